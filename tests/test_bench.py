"""Benchmarks: the arithmetic, the table in the repository, and the target of the charts."""

from __future__ import annotations

import time
from statistics import median

import pandas as pd
import pytest

from analysis import bench, bench_pages, sweeps, tables
from analysis.bench import EXPECTED, TARGETS, Result, Target, compared, result
from analysis.bench_pages import Load

KEY = ["group", "measure", "variant"]


def of(*values: float, variant: str = "a", unit: str = "ms") -> Result:
    return result("g", "m", variant, unit, values)


@pytest.mark.parametrize(
    ("values", "middle"), [((3.0, 1.0, 2.0), 2.0), ((4.0, 1.0, 2.0, 3.0), 2.5), ((7.0,), 7.0)]
)
def test_the_middle_of_the_runs(values, middle):
    """Odd: the middle one in order; even: halfway between the two in the middle."""
    seen = of(*values)
    assert (seen.median, seen.lowest, seen.highest) == (middle, min(values), max(values))
    assert seen.runs == len(values)


def test_one_slow_run_does_not_move_the_median():
    """1, 2, 3 and 1, 2, 300 have the same middle."""
    assert of(1, 2, 300).median == of(1, 2, 3).median == 2


def test_no_run_is_no_result():
    """A median of nothing would be a number from nowhere."""
    with pytest.raises(ValueError, match="no run"):
        of()


def test_ratio_is_of_the_medians():
    """Medians 8 and 2: the first takes four times as long as the second."""
    seen = compared(of(9, 8, 1), of(2, 2, 7, variant="b"))
    assert (seen.ratio, seen.ratio_to) == (4.0, "b")


@pytest.mark.parametrize("other", [of(1, unit="s"), of(0.0), of(-1.0)])
def test_ratio_needs_the_same_unit_and_something_above_zero(other):
    """Milliseconds by seconds, or by nothing, is not a ratio."""
    with pytest.raises(ValueError, match="by a"):
        compared(of(8), other)


@pytest.mark.parametrize(
    ("kind", "value", "ratio", "met"),
    [
        ("at most", 5.0, None, True),
        ("at most", 4.9, None, False),
        ("ratio at least", 4.0, 4.0, True),
        ("ratio at least", 4.0, 3.99, False),
        ("ratio at most", 1.3, 1.31, False),
        ("ratio at least", 4.0, None, False),
    ],
)
def test_targets_include_their_bound(kind, value, ratio, met):
    """Five against at most five is met; a ratio that was not taken meets nothing."""
    seen = Result("g", "m", "a", "s", 3, 5.0, 4.0, 6.0, ratio)
    assert Target("g", "m", "a", kind, value).met(seen) is met


def test_pages_are_compared_with_the_book():
    """Altair's charts after 4,000 and 6,000 ms, the book's after 1,000: a ratio of 5."""
    slow = [Load(900, ms, ms, 10, 20) for ms in (4000.0, 6000.0)]
    rows = bench.page_results({"book": [Load(500, 1000, 3000, 10, 20)], "altair": slow})
    seen = {(row.measure, row.variant): row for row in rows}
    assert seen["all charts visible", "altair"].ratio == 5
    assert seen["all charts visible", "altair"].ratio_to == "book"
    assert seen["all charts visible", "book"].ratio is None
    assert seen["received at rest", "altair"].ratio == 1


def test_the_surplus_of_the_scripts_is_taken_off():
    """25,000 bytes are 200,000 bits, at 10 Mbit/s 20 ms."""
    seen = bench_pages._credited(Load(100, 1000, 2000, 300_000, 400_000), 25_000)
    assert seen == Load(100, 980, 1980, 275_000, 375_000)


def test_maps_of_a_made_up_front(tmp_path):
    """The front moves 0.001 degrees west a day, at 48 degrees north 74 m along 367 km: 27 km2."""
    bench.synthetic_maps(tmp_path, 2)
    from analysis.sources import deepstate

    areas = deepstate.build(tmp_path, gaps=set())["deepstate-daily-total"]["occupied_km2"]
    assert areas[1] - areas[0] == pytest.approx(27.4, abs=0.6)


def test_the_table_is_complete():
    """A line for every figure, in the order of the key; all page figures are measured."""
    table = tables.read("benchmarks")
    assert sorted(map(tuple, table[KEY].to_numpy())) == sorted(EXPECTED)
    assert list(map(tuple, table[KEY].to_numpy())) == sorted(map(tuple, table[KEY].to_numpy()))
    assert (table.loc[table.group == "pages", "runs"] >= 5).all()


def test_what_is_measured_is_whole_and_what_is_not_is_empty():
    """Lowest, median and highest in order; a line without runs has no value at all."""
    table = tables.read("benchmarks")
    done, open_ = table[table.runs > 0], table[table.runs == 0]
    assert (done["lowest"] <= done["median"]).all()
    assert (done["median"] <= done["highest"]).all()
    assert done[["unit", "measured_on", "machine"]].notna().all(axis=None)
    assert open_[["median", "lowest", "highest", "ratio"]].isna().all(axis=None)


def test_ratios_in_the_table_are_those_of_its_medians():
    """Recomputed from the two medians that the line names, to the two digits it carries."""
    table = tables.read("benchmarks")
    medians = table.set_index(KEY)["median"]
    for row in table[table["ratio"].notna()].itertuples():
        other = medians[row.group, row.measure, row.ratio_to]
        # Medians in the table are rounded too, most coarsely those in seconds.
        assert row.ratio == pytest.approx(row.median / other, abs=0.011, rel=0.01)


def test_what_was_measured_reaches_its_target():
    """Each line of the table that has a target holds it; lines without runs say so instead."""
    rows = tables.read("benchmarks").set_index(KEY)
    missed = []
    for target in TARGETS:
        row = rows.loc[(target.group, target.measure, target.variant)]
        if row["runs"] > 0:
            given = row["ratio"] if row["ratio"] == row["ratio"] else None
            seen = Result(*KEY, "s", 1, row["median"], row["lowest"], row["highest"], given)
            missed += [] if target.met(seen) else [(target, row["median"], given)]
    assert missed == []
    assert rows.loc[("pages", "all charts visible", "altair"), "runs"] > 0


def test_every_target_is_about_a_figure_of_the_table():
    """A target for what is never measured would never be missed."""
    assert {(t.group, t.measure, t.variant) for t in TARGETS} <= set(EXPECTED)


def test_every_sweep_is_timed():
    """The names stand in the benchmark, so that its table loads no model; none is missing."""
    assert set(bench.SWEEPS) == set(sweeps.registered())


def test_rates_of_sweeps_are_rows_by_seconds(monkeypatch):
    """A model that takes 0.05 s or a little more for 40 rows gives at most 800 rows a second."""
    slow = sweeps.registered()["bargaining-grid"]
    monkeypatch.setattr(sweeps, "registered", lambda: {"slow": slow})
    monkeypatch.setattr(sweeps, "sample", lambda item, count, seed: pd.DataFrame({"x": range(40)}))
    monkeypatch.setattr(sweeps, "compute", lambda item, rows: time.sleep(0.05))
    [found] = bench.sweep(2)
    assert (found.variant, found.unit, found.runs) == ("slow", "rows/s", 2)
    assert 0 < found.median <= 800


def test_writing_keeps_what_was_not_measured_now(tmp_path):
    """Two figures written one after the other are both there; the others have no runs."""
    file = tmp_path / "benchmarks.csv"
    bench.write([result("adapter", "daily maps measured", "deepstate", "maps/s", [9.0])], file)
    bench.write([result("nbval", "all chapters", "nbval", "s", [61.25])], file)
    rows = bench._rows(file)
    assert len(rows) == len(EXPECTED)
    assert rows["adapter", "daily maps measured", "deepstate"]["median"] == "9.0"
    assert rows["nbval", "all chapters", "nbval"]["median"] == "61.25"
    assert rows["build", "nothing changed", "book"]["runs"] == "0"


@pytest.mark.slow
@pytest.mark.browser
def test_charts_are_visible_sooner(browser, tmp_path):
    """Three loads of each page in turn: a guard against a page that has become heavy.

    The measured ratio is a line of the table and is held to its target there; a machine that
    does other work at the same time gives less, so the guard is half of the target.
    """
    loads = bench_pages.measure_in(browser, bench_pages.build_pages(tmp_path), runs=3)
    visible = {name: median(x.all_visible_ms for x in seen) for name, seen in loads.items()}
    target = next(t for t in TARGETS if t.group == "pages")
    assert visible["altair"] / visible["book"] >= target.value / 2, visible
    received = {name: median(x.visible_bytes for x in seen) for name, seen in loads.items()}
    assert received["book"] < received["altair"], received
