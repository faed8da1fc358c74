"""Changes of single cells: to another value that the column could hold, above what is shown."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Self

import pandas as pd

from analysis.datapackage import Column, Origin

# Up to so many cells a table is changed in all of them; above, in a sample of at least one
# cell of each column.
ALL_CELLS: Final = 24
SAMPLE: Final = 15

# A number moves by so many steps of what a reader is shown, a date by so many days.
_STEPS: Final = (2, 9)
_MONTHS: Final = (1, 3)


@dataclass(frozen=True)
class Change:
    """One cell with another value.

    Attributes
    ----------
    table, column : str
    row : int
        Counted from 0, the header left out.
    before, after : str
        As written in the file.
    """

    table: str
    row: int
    column: str
    before: str
    after: str


def candidates(
    item: Origin,
    text: pd.DataFrame,
    unread: Mapping[str, Collection[int]],
) -> dict[str, list[int]]:
    """Return the cells of a table that can be changed: those that hold something and are read.

    Parameters
    ----------
    item : Origin
    text : DataFrame
        The table as written, one string a cell.
    unread : mapping of str to collection of int
        Rows that nothing reads, by column.

    Returns
    -------
    dict of str to list of int
        Rows by column.
    """
    return {
        column.name: rows
        for column in item.columns
        if not _fixed(column)
        and (
            rows := [
                row
                for row, cell in enumerate(text[column.name])
                if cell and row not in unread.get(column.name, ())
            ]
        )
    }


def _fixed(column: Column) -> bool:
    """Say whether one word alone may stand there, and has to: there is nothing to change it to."""
    only = len(column.constraints.get("enum", ())) == 1
    return only and bool(column.constraints.get("required"))


def drawn(
    cells: Mapping[str, Sequence[int]], seed: str, limit: int | None = None
) -> list[tuple[str, int]]:
    """Draw the cells to be changed: all of a small table, as many of each column of a large one.

    Parameters
    ----------
    cells : mapping of str to sequence of int
        Rows by column.
    seed : str
        Of the draw.
    limit : int, optional
        Cells to draw; by `ALL_CELLS` and `SAMPLE` if not given.

    Returns
    -------
    list of tuple of str and int
        Column and row, in the order of the table.
    """
    held = [(column, row) for column, rows in cells.items() for row in rows]
    if limit is None:
        limit = len(held) if len(held) <= ALL_CELLS else max(SAMPLE, len(cells))
    draw = random.Random(seed)
    queues = {column: draw.sample(list(rows), len(rows)) for column, rows in cells.items()}
    chosen: set[tuple[str, int]] = set()
    while len(chosen) < min(limit, len(held)):
        for column in draw.sample(list(queues), len(queues)):
            if queues[column] and len(chosen) < limit:
                chosen.add((column, queues[column].pop()))
    return [cell for cell in held if cell in chosen]


@dataclass(frozen=True)
class Held:
    """What a column holds, worked out once for all its cells.

    Attributes
    ----------
    count : int
        Cells, the empty ones included.
    values : tuple of str
        Different values that are not empty, sorted.
    step : Decimal or None
        Place of the last digit of a column of numbers.
    """

    count: int
    values: tuple[str, ...]
    step: Decimal | None

    @classmethod
    def of(cls, column: Column, cells: pd.Series[str]) -> Self:
        """Read a column as written."""
        number = column.type in {"number", "integer"}
        values = tuple(sorted(set(cells) - {""}))
        return cls(len(cells), values, last_digit(cells) if number else None)


def changed(
    item: Origin, text: pd.DataFrame, cell: tuple[str, int], seed: str, held: Held | None = None
) -> Change | None:
    """Give one cell another value that its column could hold.

    Numbers move by 2 to 9 steps of the column's ``precision``, or of the last digit that the
    column writes, or the cell where each row has a unit of its own; dates by as many days; yes
    and no, and names that stand in several rows, are exchanged for another one of the column;
    texts are altered within their pattern; a cell for which there is no other value is emptied.

    Parameters
    ----------
    item : Origin
    text : DataFrame
        The table as written, one string a cell.
    cell : tuple of str and int
        Column and row.
    seed : str
    held : Held, optional
        What the column holds, for whoever changes many of its cells.

    Returns
    -------
    Change or None
        None where the column allows no other value and must not be empty.
    """
    name, row = cell
    column = next(column for column in item.columns if column.name == name)
    before = str(text.iloc[row][name])
    draw = random.Random(f"{seed} {item.name} {name} {row}")
    make = _MAKERS.get(column.type, _other_text)
    held = held or Held.of(column, text[name])
    if held.step is not None and any(each.name == "unit" for each in item.columns):
        # Rows of different units: 401,808 persons do not move by hundredths of a percent.
        held = replace(held, step=last_digit(pd.Series([before])))
    after = make(column, held, before, draw)
    if after in {None, before}:
        if column.constraints.get("required"):
            return None
        after = ""
    return Change(item.name, row, name, before, str(after))


def _moved(column: Column, held: Held, before: str, draw: random.Random) -> str | None:
    if "enum" in column.constraints:
        return _other_of([str(value) for value in column.constraints["enum"]], before, draw)
    step = Decimal(str(column.precision)) if column.precision else held.step
    assert step is not None
    value = Decimal(before)
    move = step * draw.randint(*_STEPS)
    low, high = (column.constraints.get(name) for name in ("minimum", "maximum"))
    tries = [value + move, value - move] if draw.random() < 0.5 else [value - move, value + move]
    fits = [new for new in tries if _within(new, low, high)]
    # A change that a limit of the column gives away is no trial, unless there is no other.
    new = (fits or tries)[0]
    return f"{new:f}" if column.type == "number" else str(int(new))


def _within(value: Decimal, low: object, high: object) -> bool:
    return (low is None or value >= Decimal(str(low))) and (
        high is None or value <= Decimal(str(high))
    )


def last_digit(cells: pd.Series[str]) -> Decimal:
    """Return the place of the last digit that a column writes: 0.01 where one cell says 3.25."""
    places = [Decimal(cell).as_tuple().exponent for cell in cells if cell]
    smallest = min((int(place) for place in places), default=0)
    return Decimal(1).scaleb(min(smallest, 0))


def _later(column: Column, held: Held, before: str, draw: random.Random) -> str:
    days = draw.choice((-1, 1)) * draw.randint(*_STEPS)
    return str((pd.Timestamp(before) + pd.Timedelta(days=days)).date())


def _later_month(column: Column, held: Held, before: str, draw: random.Random) -> str:
    months = draw.choice((-1, 1)) * draw.randint(*_MONTHS)
    return str(pd.Period(before, "M") + months)


def _later_year(column: Column, held: Held, before: str, draw: random.Random) -> str:
    return str(int(before) + draw.choice((-1, 1)) * draw.randint(*_MONTHS))


def _other_truth(column: Column, held: Held, before: str, draw: random.Random) -> str:
    return "false" if before == "true" else "true"


def _other_text(column: Column, held: Held, before: str, draw: random.Random) -> str | None:
    if "enum" in column.constraints:
        return _other_of([str(value) for value in column.constraints["enum"]], before, draw)
    if 1 < len(held.values) <= held.count / 2:
        return _other_of(held.values, before, draw)
    pattern = column.constraints.get("pattern")
    altered = [f"{before} (changed)", f"{before}-changed", f"{before}x", before[:-1]]
    fits = [text for text in altered if text and (not pattern or re.fullmatch(pattern, text))]
    return fits[0] if fits else _other_of(held.values, before, draw)


def _other_of(values: Sequence[str], before: str, draw: random.Random) -> str | None:
    others = [value for value in values if value not in {before, ""}]
    return draw.choice(others) if others else None


_Maker = Callable[[Column, Held, str, random.Random], str | None]

_MAKERS: Final[dict[str, _Maker]] = {
    "number": _moved,
    "integer": _moved,
    "year": _later_year,
    "date": _later,
    "yearmonth": _later_month,
    "boolean": _other_truth,
}
