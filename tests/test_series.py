"""Series have limits, sums and printed figures, and a change that breaks one of them is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analysis import checkpoints, checks_series, series, tables
from analysis.checks_series import series_violations


def changed(name: str, **cells: object) -> Callable[[str], pd.DataFrame]:
    """Read the tables as they are, but with other cells in the last row of one of them."""
    frame = tables.read(name)
    for column, value in cells.items():
        at = frame.columns.get_loc(column)
        frame.iloc[-1, at] = frame.iloc[-1, at] + value
    return lambda asked: frame.copy() if asked == name else tables.read(asked)


def said(read: Callable[[str], pd.DataFrame], *names: str) -> list[str]:
    return [str(violation) for violation in series_violations(read, names)]


def test_the_series_hold():
    """All series that are refreshed, as they are committed."""
    assert said(tables.read, *series.RULES) == []


@pytest.mark.parametrize(
    ("name", "beside", "cells", "expected"),
    [
        ("general-staff-losses-monthly", (), {"claimed": 1}, "and the correction"),
        ("oryx-losses", (), {"total": 1}, "the four statuses"),
        ("deepstate-daily-total", (), {"share_of_ukraine_pct": 0.001}, "percent of 603628"),
        (
            "deepstate-daily-by-oblast",
            ("deepstate-daily-total",),
            {"occupied_km2": 1.0},
            "sum to the whole",
        ),
        ("occupation-grid", ("deepstate-daily-total",), {"share": 0.1}, "first map of the month"),
        ("economist-casualty-model", (), {"deaths_low": 10**7}, "no more than deaths"),
        ("uk-mod-casualties-monthly", (), {"cumulative": 1}, "the sum of months"),
        ("kiel-monthly-groups", (), {"military_eur_bn": 1.0}, "no more than the total"),
    ],
)
def test_a_sum_that_is_off_is_named(name, beside, cells, expected):
    """One cell more than the sum allows: by hand, each identity in turn."""
    found = said(changed(name, **cells), name, *beside)
    assert any(expected in line for line in found), found


def test_every_identity_is_tried_above():
    """Eight sums; a ninth would need a case of its own."""
    assert len(checks_series.IDENTITIES) == 8


def test_a_printed_figure_that_no_longer_fits_is_named():
    """Of the tanks on 15 May 2024 one is taken away: the list was copied with 3,021."""
    frame = tables.read("oryx-losses")
    tanks = (frame["date"] == "2024-05-15") & (frame["country"] == "Russia")
    tanks &= frame["equipment"] == "tanks"
    frame.loc[tanks, ["total", "destroyed"]] -= 1
    points = tables.read("checkpoints")

    def read(name: str) -> pd.DataFrame:
        return {"oryx-losses": frame, "checkpoints": points}[name]

    found = [str(violation) for violation in checkpoints.violations(read, ["oryx-losses"])]
    assert len(found) == 1
    assert "oryx-ru-tanks-may-2024" in found[0]
    assert "'3020'; expected 3021" in found[0]


def test_a_printed_figure_without_its_row_is_named():
    """The row is gone, so that nothing is left to compare: that is no agreement."""
    frame = tables.read("uk-mod-casualties-monthly")
    points = tables.read("checkpoints")
    short = {"uk-mod-casualties-monthly": frame[frame["month"] < "2024-04-01"]}
    found = list(
        checkpoints.violations(lambda n: short.get(n, points), ["uk-mod-casualties-monthly"])
    )
    assert len(found) == 3


def staff(*levels: int) -> pd.DataFrame:
    months = pd.date_range("2024-01-01", periods=len(levels), freq="MS")
    return pd.DataFrame(
        {
            "month": months,
            "category": "personnel",
            "claimed": 0,
            "correction": 0,
            "cumulative_at_end": levels,
        }
    )


def found_in(frame: pd.DataFrame, **options: object) -> list[str]:
    return [str(v) for v in series.violations("general-staff-losses-monthly", frame, **options)]


def test_a_fall_is_named_with_both_values():
    """A running total that goes from 12 to 11."""
    found = found_in(staff(10, 12, 11))
    assert found == [
        "general-staff-losses-monthly, row 2024-03-01 personnel, cumulative_at_end: "
        "'11 after 12'; expected no fall"
    ]


def test_a_gap_is_named_unless_it_is_known():
    """February is missing; in the list of known gaps it is not."""
    frame = staff(10, 11, 12).drop(index=1)
    assert "row 2024-02-01 personnel, month: 'no row'" in found_in(frame)[0]
    assert found_in(frame, gaps=[date(2024, 2, 1)]) == []


def test_a_row_of_a_later_day_is_named():
    """On 15 February a row of March is of the future."""
    found = found_in(staff(10, 11, 12), today=date(2024, 2, 15))
    assert len(found) == 1
    assert "row 2024-03-01 personnel, month: '2024-03-01'" in found[0]


def test_a_day_between_months_is_named():
    """The second of a month is none of the days of a monthly series."""
    frame = staff(10, 11)
    frame.loc[1, "month"] = pd.Timestamp("2024-02-02")
    assert "a day of the kind MS" in " ".join(found_in(frame))


def test_a_row_twice_is_named():
    """Two rows of one month and category."""
    frame = staff(10, 11)
    assert "'twice'" in found_in(pd.concat([frame, frame.iloc[[1]]]))[0]


def test_a_new_value_may_fill_a_gap_and_not_open_one():
    """Prices of 2023 become known: no revision.  Those of 2021 are gone: one."""
    held = tables.read("world-bank-russia")
    more, less = held.copy(), held.copy()
    more.loc[more["year"] == 2023, "cpi_inflation_pct"] = 5.9
    less.loc[less["year"] == 2021, "cpi_inflation_pct"] = None
    assert series.compare("world-bank-russia", held, more).beyond == ()
    found = series.compare("world-bank-russia", held, less)
    assert [violation.row for violation in found.beyond] == ["2021"]
    assert found.revised == 1


def test_a_row_that_goes_is_a_revision():
    """Every value of the row is lost, and its key is named."""
    held = tables.read("world-bank-russia")
    found = series.compare("world-bank-russia", held, held[held["year"] != 2020])
    assert [violation.value for violation in found.beyond] == ["gone"]
    assert found.revised == 2


def test_text_that_is_fixed_may_not_change():
    """A cell of the grid does not move to another oblast."""
    held = tables.read("occupation-cells").iloc[200:210]
    moved = held.assign(oblast="Kyiv")
    found = series.compare("occupation-cells", held, moved)
    assert len(found.beyond) == 10
    assert found.beyond[0].column == "oblast"
