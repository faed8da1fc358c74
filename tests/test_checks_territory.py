"""No value of a table about land can change by more than is shown without being named.

Each test takes the tables as they are, changes one cell, and asks the checks what is wrong.
Hashes and seals are not asked: the fault must be found by what the value means.
"""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from analysis import checks_territory, claims, datapackage, tables

# Columns that carry words for a reader and decide nothing, each with what it is.
WORDS = {
    "note": "what limits a figure",
    "offensive": "name of a row in a chart",
    "attacker": "colour of a row in a chart",
    "definition": "what is divided by what, in words",
    "publisher": "name of a page; bound to the evidence where the table has one row of it",
    "iso_3166_2": "code of a region, for readers who join tables",
    "unit": "unit of a quotient, which has none",
    "basis": "how a number stands in its source",
    "base": "which ground counts as lost",
    "definition_id": "name of a row",
    "rate_id": "name of a row",
    "evidence_id": "address of the evidence: another row of it gives other numbers",
    "evidence_ids": "addresses of the evidence",
    "map_name": "name of a file",
}
TABLES = (
    checks_territory.TOTAL,
    checks_territory.BY_OBLAST,
    checks_territory.GRID,
    checks_territory.CELLS,
    checks_territory.AREAS,
    checks_territory.CONTROL,
    checks_territory.LAYERS,
    checks_territory.CHANGES,
    checks_territory.TOTALS,
    checks_territory.SHARES,
    checks_territory.REGAINED,
    checks_territory.RATES,
)
# Rows tried in a column of a long table; short tables are tried whole.
TRIED = 12


def columns() -> list[tuple[str, str]]:
    return [
        (name, column.name)
        for name in TABLES
        for column in datapackage.origin(name).columns
        if column.name not in WORDS
    ]


def rows_tried(name: str, column: str, table: pd.DataFrame) -> list[int]:
    filled = np.flatnonzero(table[column].notna() & (table[column].astype(str) != ""))
    if len(filled) <= 80:
        return [int(at) for at in filled]
    return random.Random(f"{name} {column}").sample([int(at) for at in filled], TRIED)


def changed(name: str, column: str, table: pd.DataFrame, at: int) -> pd.DataFrame:
    """Change one cell: a number by what is shown, a day to the next, a word to another."""
    out, item = table.copy(), datapackage.origin(name)
    described = next(c for c in item.columns if c.name == column)
    value = table[column].iloc[at]
    where = (table.index[at], column)
    if described.type in {"number", "integer"}:
        step = described.precision or max(abs(float(value)) / 100, 0.001)
        out[column] = out[column].astype(float)
        out.loc[where] = float(value) + step
    elif described.type == "date":
        out.loc[where] = value + pd.Timedelta(days=1)
    elif described.type == "boolean":
        out.loc[where] = not value
    elif described.type == "yearmonth":
        out.loc[where] = str(pd.Period(value, "M") + 1)
    else:
        others = [other for other in table[column].unique() if other not in {value, ""}]
        out.loc[where] = random.Random(f"{value}{at}").choice(others)
    return out


def key(name: str, row: pd.Series) -> set[str]:
    """Return the parts of a row's key as the checks write them."""
    parts = [row[part] for part in datapackage.origin(name).primary_key]
    return {f"{p:%Y-%m-%d}" if isinstance(p, pd.Timestamp) else str(p) for p in parts}


def test_the_tables_are_sound() -> None:
    """As published every identity holds, every row is that of its evidence."""
    assert [str(violation) for violation in checks_territory.found(tables.read)] == []


@pytest.mark.parametrize(("name", "column"), columns(), ids=lambda part: part)
def test_a_changed_cell_is_named(name: str, column: str) -> None:
    """One step of what is shown, one day, or another word: table and row are in the failure.

    A sum names the day or month whose parts miss it, where no single part stands out.
    """
    table = tables.read(name)
    path = f"data/{datapackage.origin(name).path}"
    unnoticed, unnamed = [], []
    for at in rows_tried(name, column, table):
        fault = changed(name, column, table, at)
        found = checks_territory.found(lambda n, f=fault: f if n == name else tables.read(n), name)
        where = f"{path} {'/'.join(sorted(key(name, table.iloc[at])))} {column}"
        own = [v for v in found if v.file == path]
        named = key(name, table.iloc[at]) | key(name, fault.iloc[at]) | {"sum of all"}
        if not found:
            unnoticed.append(where)
        elif not any(set(str(v.row).split("/")) & named for v in own):
            unnamed.append(f"{where}: {found[0]}")
    assert (unnoticed, unnamed) == ([], [])


def test_a_changed_number_of_the_evidence_is_named() -> None:
    """A percent more than the words that are quoted beside it, for every row that is cited."""
    evidence = tables.read("evidence")
    unnamed = []
    for name in checks_territory.cited(tables.read):
        at = evidence.index[evidence["id"] == name][0]
        if np.isnan(evidence.loc[at, "value"]):
            continue
        fault = evidence.copy()
        fault.loc[at, "value"] *= 1.01
        found = checks_territory.words_violations(lambda _, f=fault: f, [name])
        unnamed += [name] if [v.row for v in found] != [name] else []
    assert unnamed == []


@pytest.mark.parametrize("column", ["as_of", "period_end", "published"])
def test_a_changed_day_of_the_evidence_is_named(column: str) -> None:
    """The published changes carry both days of their period and that of publication."""
    evidence, table = tables.read("evidence"), tables.read(checks_territory.CHANGES)
    unnamed = []
    for name in table["evidence_id"]:
        at = evidence.index[evidence["id"] == name][0]
        if pd.isna(evidence.loc[at, column]):
            continue
        fault = evidence.copy()
        fault.loc[at, column] += pd.Timedelta(days=30)
        read = lambda n, f=fault: f if n == "evidence" else tables.read(n)  # noqa: E731
        found = [str(v.row) for v in checks_territory.change_violations(read)]
        unnamed += [name] if name not in found else []
    assert unnamed == []


def test_a_changed_checkpoint_is_named() -> None:
    """The figure that another publisher printed is the number of its row of evidence."""
    points = tables.read("checkpoints")
    unnamed = []
    for at in points.index[points["series"].isin(checks_territory.TABLES)]:
        name = points.loc[at, "checkpoint_id"]
        fault = points.copy()
        fault.loc[at, "expected"] = points.loc[at, "expected"] * 1.2
        read = lambda n, f=fault: f if n == "checkpoints" else tables.read(n)  # noqa: E731
        found = checks_territory.found(read, "checkpoints")
        found += list(checks_territory.checkpoints.violations(read, [points.loc[at, "series"]]))
        unnamed += [name] if name not in [v.row for v in found] else []
    assert unnamed == []


def test_numbers_that_verdicts_on_the_land_read_stand_in_their_evidence() -> None:
    """Beside the tables, the readings of the chapter's claims cite evidence directly."""
    known = set(tables.read("evidence")["id"])
    ids = {name for record in claims.at_home_in("land") for name in record.evidence} & known
    assert [str(v) for v in checks_territory.words_violations(tables.read, ids)] == []
    assert len(ids) > 60


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("UkraineControlMapAO24FEB2022", "2022-02-24"),
        ("UkraineControlMap_AO_09_March_2022", "2022-03-09"),
        ("AssessedRussianControlOfTerrainMAR2", "2022-03-02"),
        ("UkraineControlMapAO13MAR", "2022-03-13"),
        ("UkraineControlMapAOJUN032022", "2022-06-03"),
        ("UkraineControlMapAO22SEP22", "2022-09-22"),
        ("UkraineControlMapAO11NOV2022.shp", "2022-11-11"),
        ("UkraineControlMapAO25APR2025", "2022-04-25"),
        ("UkraineControlMap", "no day in the name"),
    ],
)
def test_the_day_of_a_map_is_in_its_name(name: str, day: str) -> None:
    """Read by eye from the names in the published file, one of them misprinted."""
    assert checks_territory.map_day(name, 2022) == day


def test_a_spike_is_how_far_a_value_leaves_both_neighbours() -> None:
    """1 5 2: four above the one, three above the other; a step and an end are none."""
    assert checks_territory.spikes(np.array([1.0, 5.0, 2.0, 2.0, 9.0])).tolist() == [0, 3, 0, 0, 0]


def test_every_word_that_is_left_out_is_a_column() -> None:
    """A column that is gone would leave a hole in the list of what is not tried."""
    names = {c.name for name in TABLES for c in datapackage.origin(name).columns}
    assert set(WORDS) <= names
