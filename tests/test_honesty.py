"""Proofs of honesty: the tools do what they say, and their tables hold what is promised."""

from __future__ import annotations

import ast
import json
import re
import time
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import datapackage, tables
from analysis.book import runner
from analysis.datapackage import Column
from analysis.honesty import (
    cells,
    code_mutation,
    compat,
    data_mutation,
    independence,
    memory,
    shown,
    watch,
)
from analysis.honesty.watch import Trial, Watcher
from analysis.paths import LOCK

# Promised of the proofs: shares of what was changed.
NOTICED, KILLED = 0.99, 0.90

ANY = datapackage.origin("units")


def column(**fields):
    return Column(**{"name": "c", "type": "number", "description": "made for this test"} | fields)


def change(item, values, row=0, seed="s"):
    """Change one cell of a table of one column, which is called c."""
    frame = pd.DataFrame({"c": values})
    toy = ANY.model_copy(update={"columns": (item,), "name": "toy"})
    return cells.changed(toy, frame, ("c", row), seed)


# Changes of cells -------------------------------------------------------------------------


@given(st.decimals(-999, 999, places=2, allow_nan=False), st.integers(0, 99))
def test_numbers_move_by_two_to_nine_steps(value, seed):
    """With a step of 0.05 the distance is a whole number of steps, from 0.10 to 0.45."""
    made = change(column(precision=0.05), [str(value)], seed=str(seed))
    steps = abs(Decimal(made.after) - value) / Decimal("0.05")
    assert steps == int(steps)
    assert 2 <= steps <= 9


def test_numbers_without_a_step_move_by_their_last_digit():
    """A column that writes 3.25 writes hundredths: 7 moves by 0.02 to 0.09."""
    made = change(column(), ["7", "3.25"])
    assert Decimal("0.02") <= abs(Decimal(made.after) - 7) <= Decimal("0.09")


def test_numbers_of_rows_with_units_of_their_own_move_by_their_own_last_digit():
    """Beside 3.25 percent stand 7 persons, which move by 2 to 9 persons."""
    frame = pd.DataFrame({"c": ["7", "3.25"], "unit": ["persons", "percent"]})
    unit = column(name="unit", type="string")
    toy = ANY.model_copy(update={"columns": (column(), unit), "name": "toy"})
    made = cells.changed(toy, frame, ("c", 0), "s")
    assert 2 <= abs(Decimal(made.after) - 7) <= 9


@pytest.mark.parametrize(("value", "limits"), [("0", {"minimum": 0}), ("1", {"maximum": 1})])
def test_numbers_stay_within_the_limits_of_their_column(value, limits):
    """A limit would give the change away, so it goes to the other side: up from 0, down from 1."""
    for seed in range(20):
        made = change(column(precision=0.01, constraints=limits), [value], seed=str(seed))
        assert 0 <= float(made.after) <= 1


@pytest.mark.parametrize(
    ("item", "values", "allowed"),
    [
        (column(type="boolean"), ["true"], {"false"}),
        (column(type="string"), ["a", "b", "a", "b", "c", "c"], {"b", "c"}),
        (column(type="string", constraints={"enum": ["a", "z"]}), ["a"], {"z"}),
        (column(type="string"), ["one of a kind"], {"one of a kind (changed)"}),
        (column(type="string", constraints={"pattern": "[a-z-]+"}), ["id"], {"id-changed"}),
        (column(type="year"), ["2024"], {"2021", "2022", "2023", "2025", "2026", "2027"}),
    ],
)
def test_other_cells_become_what_their_column_could_hold(item, values, allowed):
    """Yes becomes no, a name another of the column, a text another within its pattern."""
    assert change(item, values).after in allowed


def test_dates_move_by_two_to_nine_days_and_months_by_one_to_three():
    """From 1 March 2024, a leap year, nine days back is 21 February; three months on is June."""
    day = pd.Timestamp(change(column(type="date"), ["2024-03-01"]).after)
    assert 2 <= abs((day - pd.Timestamp("2024-03-01")).days) <= 9
    month = pd.Period(change(column(type="yearmonth"), ["2024-03"]).after, "M")
    assert 1 <= abs((month - pd.Period("2024-03", "M")).n) <= 3


def test_where_there_is_no_other_value_the_cell_is_emptied():
    """Only "a" is allowed: it becomes nothing; where something is required there is no change."""
    only = column(type="string", constraints={"enum": ["a"]})
    assert change(only, ["a"] * 6).after == ""
    required = column(type="string", constraints={"enum": ["a"], "required": True})
    assert change(required, ["a"] * 6) is None


def test_a_column_that_allows_one_word_has_no_candidates():
    """Nothing but persons may stand there, so no cell of it can be changed; the other has two.

    Where the word may be missing the cell can be emptied.
    """
    word = {"enum": ["persons"], "required": True}
    only = column(name="unit", type="string", constraints=word)
    toy = ANY.model_copy(update={"columns": (only, column()), "name": "toy"})
    frame = pd.DataFrame({"unit": ["persons"] * 2, "c": ["1", "2"]})
    assert cells.candidates(toy, frame, {}) == {"c": [0, 1]}
    free = only.model_copy(update={"constraints": {"enum": ["persons"]}})
    toy = toy.model_copy(update={"columns": (free, column())})
    assert cells.candidates(toy, frame, {}) == {"unit": [0, 1], "c": [0, 1]}


def test_small_tables_are_changed_whole_and_large_ones_in_equal_parts():
    """3 + 2 cells: all five.  1,000 + 1,000 + 3 cells: 15, all three and six of each other."""
    small = cells.drawn({"a": [0, 1, 2], "b": [0, 2]}, "s")
    assert small == [("a", 0), ("a", 1), ("a", 2), ("b", 0), ("b", 2)]
    large = {"a": range(1000), "b": range(1000), "c": range(3)}
    drawn = cells.drawn(large, "s")
    counts = pd.Series([name for name, _ in drawn]).value_counts()
    assert len(drawn) == len(set(drawn)) == cells.SAMPLE
    assert counts["c"] == 3
    assert counts["a"] == counts["b"] == 6
    assert cells.drawn(large, "s") == drawn


def test_steps_are_steps_and_not_digits():
    """A step of 2 where shares are written to hundredths would be a number of digits."""
    wrong = []
    for item in datapackage.origins().values():
        if item.path.endswith(".csv"):
            table = tables.read(item.name)
            wrong += [
                f"{item.name}: {one.name}"
                for one in item.columns
                if one.precision is not None
                and (one.precision <= 0 or one.precision > max(1, table[one.name].abs().max()))
            ]
    assert wrong == []


# Caches that know what they were computed from ---------------------------------------------


def test_a_change_drops_what_hangs_on_it_and_nothing_else(monkeypatch):
    """Two sums over two tables, a third over both through the first: a drops two, b drops two."""
    monkeypatch.setattr(memory, "_STORES", [])
    calls = []

    def of(name, *parts):
        def function():
            calls.append(name)
            for part in parts:
                part()

        function.__module__ = "analysis.toy"
        return memory.cache(function)

    one = of("one", lambda: memory.note_table("a"))
    two = of("two", lambda: memory.note_table("b"))
    both = of("both", one, two)
    with memory.recorded() as used:
        both()
        both()
    assert used.tables == {"a", "b"}
    assert calls == ["both", "one", "two"]
    assert memory.drop(lambda kept: "a" in kept.tables) == 2
    both()
    assert calls[3:] == ["both", "one"]


def test_what_is_taken_from_a_cache_still_counts_as_used(monkeypatch):
    """The second caller reads nothing itself, and depends on the table all the same."""
    monkeypatch.setattr(memory, "_STORES", [])

    def function():
        memory.note_table("a")

    function.__module__ = "analysis.toy"
    kept = memory.cache(function)
    kept()
    with memory.recorded() as used:
        kept()
    assert used.tables == {"a"}


# Who notices ------------------------------------------------------------------------------


def trial(name, make=lambda: None):
    return Trial(name, ("t", "c"), make, lambda used: "t" in used.tables)


def watcher(name, notices, kind="checkpoint", table="t"):
    return Watcher(name, kind, notices, memory.Used(tables={table}))


def asked(watchers, **options):
    state = {"changed": False}
    made = trial("x", lambda: state.update(changed=True))
    ready = [watcher(name, lambda f=f: f(state), *rest) for name, f, *rest in watchers]
    [(_, seen)] = watch.run([made], ready, total=1, label="test", **options)
    assert state == {"changed": False}, "the change was made in this process"
    return seen


def test_checkpoints_are_asked_before_outputs():
    """Both would notice; the one whose expectation comes from elsewhere is named."""
    seen = asked([("o", lambda s: s["changed"], "output"), ("c", lambda s: s["changed"])])
    assert (seen.kind, seen.by) == ("checkpoint", "c")


def test_an_output_alone_is_said_to_be_alone():
    """The checkpoint is asked and sees nothing."""
    seen = asked([("o", lambda s: s["changed"], "output"), ("c", lambda s: False)])
    assert (seen.kind, seen.by, seen.stopped) == ("output", "o", False)


def test_nobody_notices_what_nobody_reads():
    """The only one that would notice depends on another table, and is not asked."""
    seen = asked([("c", lambda s: s["changed"], "checkpoint", "other")])
    assert (seen.kind, seen.by) == ("nothing", "")


def test_an_error_is_noticed_and_said_to_be_one():
    """A division by zero in a chapter stops it, which no reader would miss."""
    seen = asked([("o", lambda s: 1 / 0 if s["changed"] else False, "output")])
    assert (seen.kind, seen.stopped) == ("output", True)


def test_a_computation_without_an_end_is_stopped():
    """It would sleep for a minute; after half a second it is ended, and that is noticed."""
    seen = asked([("o", lambda s: time.sleep(60), "output")], limit_s=0.5)
    assert (seen.kind, seen.by) == ("output", "time ran out")


# What chapters show -----------------------------------------------------------------------

PROGRAM = """
import numpy as np
frame = make()
other = make()
frame["x"] = 1
total = other.sum()
total += 2
show(frame)
show(total, np.pi)
"""


def test_a_statement_needs_those_whose_names_it_uses():
    """By hand: frame comes from 1 and 3; total from 2, 4 and 5, with numpy from 0."""
    body = ast.parse(PROGRAM).body
    first, second = shown.showing("toy", body)
    assert (first.place, first.needed) == (6, (1, 3))
    assert (second.place, second.needed) == (7, (0, 2, 4, 5))


def test_evaluated_alone_a_chapter_shows_what_its_record_holds():
    """Finished strings and verdicts of the shortest chapter, against the executed record."""
    source = min(runner.sources(), key=lambda path: path.stat().st_size)
    record = json.loads(runner.record_path(source).read_text(encoding="utf-8"))
    body = shown.statements(source)
    strings, verdicts = {}, {}
    for item in shown.showing(source.stem, body):
        value = shown.value(shown.program(body, item))
        if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
            strings |= value
        elif isinstance(value, list):
            verdicts |= {f"verdict of {claim['id']}": claim["verdict"] for claim in value}
    stored = {
        name: text.encode().decode("unicode_escape") if "\\" in text else text
        for name, text in runner.shown(record).items()
    }
    assert strings | verdicts == stored
    assert len(strings) > 20


# Changes of code --------------------------------------------------------------------------


def test_mutants_tell_what_they_change():
    """One of hedges' mutants leaves the low end out of an interval: < in place of <=."""
    code, mutants = code_mutation.mutated("hedges")
    ends = [m for m in mutants if m.function == "Interval.__contains__"]
    assert {(m.before, m.after) for m in ends} == {
        ("return self.low <= value <= self.high", "return self.low < value <= self.high"),
        ("return self.low <= value <= self.high", "return self.low <= value < self.high"),
    }
    assert all(m.name.rpartition(".")[2] in code for m in mutants)


def test_texts_of_errors_are_left_as_they_are():
    """Line 2 puts a text together and line 3 raises it; line 4 is a result."""
    source = "def f(x):\n    message = f'no {x}'\n    raise KeyError(message)\n    return x + 1\n"
    assert code_mutation.message_lines(source) == {2, 3}


def test_reasons_by_rule_are_for_what_was_taken_away():
    """A zip that no longer insists on equal lengths; another change of the line has no rule."""
    before = "for a, b in zip(x, y, strict=True):"
    assert "length" in code_mutation.by_rule(before, "for a, b in zip(x, y, ):")
    assert code_mutation.by_rule(before, "for a, b in zip(x, None, strict=True):") == ""


# A second implementation ------------------------------------------------------------------


@pytest.fixture(scope="module")
def twice():
    return independence.compared()


def test_the_weightiest_numbers_agree(twice):
    """SQL over the tables gives what the measures give, to the last digit that is shown."""
    found = twice
    assert found.loc[~found["agrees"], "name"].tolist() == []
    assert found["query"].nunique() == 10
    assert {f"{name}.sql" for name in found["query"]} == {
        file.name for file in independence.FOLDER.glob("*.sql")
    }


def test_the_stored_comparison_is_of_these_tables(twice):
    """The page shows what the table holds; a table of older data would not be noticed there."""
    stored = tables.read("independence").set_index("column")
    for row in twice.itertuples():
        for side in ("first", "second"):
            held = float(stored.loc[row.column, side])
            assert held == pytest.approx(getattr(row, side), abs=row.precision / 100), row.name


def test_where_readers_meet_a_number_is_said():
    """Each key names a finished string of a chapter's record, or a claim at home there."""
    for item in independence.NUMBERS:
        chapter, _, name = item.key.partition(": ")
        [source] = [path for path in runner.sources() if path.stem == chapter]
        record = json.loads(runner.record_path(source).read_text(encoding="utf-8"))
        names = runner.shown(record)
        assert name in names or f"verdict of {name}" in names, item.key


def test_the_second_implementation_shares_no_code():
    """A query that asked Python for a number would prove nothing; nor may it name a measure."""
    for file in independence.FOLDER.glob("*.sql"):
        text = file.read_text(encoding="utf-8")
        paths = re.findall(r"read_csv\('([^']+)'", text)
        assert paths
        assert all(path.startswith("data/") for path in paths)


# Other computers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (0.1 + 0.2, 0.3, True),
        (1.00000001, 1.0, False),
        (3, 3.0, True),
        ("3", 3, False),
        (True, 1, False),
        (None, None, True),
    ],
)
def test_values_are_compared_to_nine_digits(one, other, same):
    """0.1 + 0.2 differs from 0.3 in the seventeenth digit, 1.00000001 from 1 in the ninth."""
    assert compat.alike(one, other) is same


def record(value, name="data-1"):
    spec = {"data": {"name": name}, "datasets": {name: [{"x": value}]}, "$schema": name}
    data = {"application/vnd.vegalite.v6+json": spec, "image/png": str(value)}
    return {"cells": [{"outputs": [{"data": data}]}]}


def test_a_changed_number_is_found_and_a_new_name_is_not():
    """Of the chart's two values one differs; pictures and names made from a hash do not count."""
    one = compat.shown(record(1.0))
    assert len(one) == 2
    assert compat.differences(one, compat.shown(record(1.0, "data-2"))) == []
    assert len(compat.differences(one, compat.shown(record(1.1)))) == 1


def test_a_missing_output_is_a_difference():
    """Nothing executed is not nothing different."""
    one = compat.shown(record(1.0))
    assert len(compat.differences(one, {})) == len(one)


def test_a_python_that_is_not_there_is_said():
    """No Python 2.1 is kept anywhere that runs this book."""
    with pytest.raises(LookupError, match=r"2\.1"):
        compat.interpreter("2.1")


def test_each_python_is_tried_and_the_last_with_the_newest_libraries():
    """Three Pythons with the lock, and one more environment."""
    assert compat.plan(()) == [
        ("3.11", "locked"), ("3.12", "locked"), ("3.13", "locked"), ("3.13", "newest"),
    ]  # fmt: skip


# The tables of results --------------------------------------------------------------------


def test_changed_cells_were_noticed():
    """Each change has one outcome; those that only a stored output noticed are counted apart."""
    table = tables.read("mutation-data")
    outcomes = table[["by_checkpoint", "by_output", "unnoticed"]].sum(axis=1)
    assert (outcomes == table["changed"]).all()
    assert (table["changed"] <= table["cells"]).all()
    assert (table["stopped"] <= table["by_output"]).all()


def test_next_to_no_changed_cell_passes():
    """At least 99 of 100 changes of cells are noticed, as is promised."""
    table = tables.read("mutation-data")
    assert len(table)
    assert table["unnoticed"].sum() <= (1 - NOTICED) * table["changed"].sum()


def test_changed_functions_were_noticed():
    """At least 90 of 100; each of the others is listed once with its reason."""
    table = tables.read("mutation-code")
    assert (table[["by_test", "by_output", "survived"]].sum(axis=1) == table["mutants"]).all()
    assert table["survived"].sum() <= (1 - KILLED) * table["mutants"].sum()
    listed = tables.read("mutation-survivors")["module"].value_counts()
    for row in table.itertuples():
        # Two mutants that read alike are one line.
        assert listed.get(row.module, 0) <= row.survived
        assert (listed.get(row.module, 0) > 0) == (row.survived > 0)


def test_each_module_gives_as_many_mutants():
    """Of seven at most three, the same at every draw; of two both, and none of another module."""
    made = [code_mutation.Mutant(f"{m}{n}", m, "f", "", "") for m in "ab" for n in range(7)][:9]
    first = code_mutation._drawn(made, "a", 3, seed=8)
    assert len({one.name for one in first}) == 3
    assert first == code_mutation._drawn(made, "a", 3, seed=8)
    assert {one.name for one in code_mutation._drawn(made, "b", 3, seed=8)} == {"b0", "b1"}


def test_rules_are_tried_whole_and_measures_in_a_draw():
    """What gives verdicts is weighed by every change; of 2,025 changes of a measure twelve."""
    assert code_mutation._most("verdicts", 106) == 106
    assert code_mutation._most("territory", 2025) == code_mutation.EACH
    table = tables.read("mutation-code").set_index("module")
    for module, row in table.iterrows():
        most = code_mutation._most(str(module), int(row["made"]))
        assert row["mutants"] == min(most, row["made"]), module


def test_entries_of_unread_cells_fit_their_tables():
    """Columns exist and conditions hold for some row; an entry for nothing would be forgotten."""
    for name in tables.read("unread-cells")["table"].unique():
        text = data_mutation.as_written(datapackage.origin(name))
        for column_name, rows in data_mutation.unread(name, text).items():
            assert rows, f"{name}: {column_name}"


# Slow proofs ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_sample_of_changed_cells_is_noticed():
    """Four dozen cells, drawn by a fixed seed over all tables: at most one may pass unnoticed."""
    found = data_mutation.run(sample=48)
    unnoticed = found[found["kind"] == "nothing"]
    assert len(found) == 48
    assert len(unnoticed) <= 1, unnoticed[["table", "row", "column", "after"]].to_string()


@pytest.mark.slow
def test_a_sample_of_changed_functions_is_noticed():
    """Three dozen mutants of the rules: each that survives is listed with its reason."""
    found = code_mutation.run(
        ["verdicts", "readings", "hedges"],
        sample=36,
        outputs=False,
        tests=["test_verdicts.py", "test_readings.py", "test_hedges.py"],
    )
    left = code_mutation.survivors(found)
    assert len(found) == 36
    assert left.loc[left["reason"] == "", ["function", "before", "after"]].to_numpy().tolist() == []


def test_changed_cells_cover_all_that_a_chapter_reads():
    """Each column of each table that holds something and is read, with the number of its cells."""
    table = tables.read("mutation-data")
    expected = {
        (name, column_name): size
        for name in data_mutation.tables_of_chapters()
        for column_name, size in data_mutation.size_of(name).items()
    }
    held = {(row.table, row.column): row.cells for row in table.itertuples()}
    assert held == expected


def test_changed_functions_cover_engine_and_measures():
    """Each module of the engine and each measure."""
    modules = {*code_mutation.ENGINE, *code_mutation.MEASURES}
    assert set(tables.read("mutation-code")["module"]) == modules


@pytest.mark.slow
def test_other_computers_were_tried_with_these_libraries():
    """Each Python with the versions of the lock as it is today, and the newest ones once."""
    table = tables.read("compatibility")
    found = {(".".join(row.python.split(".")[:2]), row.libraries) for row in table.itertuples()}
    assert set(compat.plan(())) <= found
    assert table["claims_equal"].all()
    assert (table["different"] == 0).all()
    lock = LOCK.read_text(encoding="utf-8")
    for row in table[table["libraries"] == "locked"].itertuples():
        for told in row.versions.split("; "):
            name, version = told.split(" ")
            assert f"{name}=={version}" in lock, f"Python {row.python}: {told}"
