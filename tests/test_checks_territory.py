"""No value of a table about land can change by more than is shown without being named.

Each test takes the tables as they are, changes one cell, and asks the checks what is wrong.
Hashes and seals are not asked: the fault must be found by what the value means.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from analysis import checks_territory, datapackage, tables
from analysis.checks_territory import map_day, spikes

# Columns that carry words for a reader and decide nothing, each with what it is.
WORDS = {
    "note": "what limits a figure",
    "offensive": "name of a row in a chart",
    "attacker": "colour of a row in a chart",
    "definition": "what is divided by what, in words",
    "why": "reason for a tolerance",
    "reason": "reason for a difference",
    "publisher": "name of a page; bound to the evidence where the table has one row of it",
    "iso_3166_2": "code of a region, for readers who join tables",
    "unit": "unit of a quotient, which has none",
    "basis": "how a number stands in its source",
    "base": "which ground counts as lost",
    "checkpoint_id": "name of a row",
    "definition_id": "name of a row",
    "rate_id": "name of a row",
    "evidence_id": "address of the evidence: another row of it gives other numbers",
    "evidence_ids": "addresses of the evidence",
    "map_name": "name of a file",
    "series": "name of a table",
    "quantity": "name of a measure",
    "key": "place in a table",
    "tolerance": "tested by itself",
    "tolerance_km2": "tested by itself",
    "value_text": "words",
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
