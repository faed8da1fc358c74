"""Read the book's own tables, typed by their descriptions; the one place that opens them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.polygon import orient

from analysis import vintages
from analysis.datapackage import Origin, origin
from analysis.paths import DATA
from analysis.provenance import note_table

# Names of the tables read by this process, in order of first use: the runner stores
# them with an executed chapter, so that a later change of one of them is noticed.
READ: list[str] = []

# Each state of a table is parsed once.
_PARSED: dict[str, pd.DataFrame] = {}


class UnknownThenError(LookupError):
    """Tables of which nothing is held from as early as a day; names all of them."""

    def __init__(self, when: date, lacking: dict[str, str], cause: Exception | None = None) -> None:
        self.lacking = lacking
        lines = [f"  {name}: {why}" for name, why in sorted(lacking.items())]
        if cause is not None:
            lines.append(f"  what was published by then is not enough: {cause!r}")
        super().__init__(f"nothing can be rebuilt as it was known on {when}\n" + "\n".join(lines))


@dataclass
class Then:
    """An earlier day on which everything is read.

    Attributes
    ----------
    when : date
    lacking : dict of str to str
        Tables that were asked for and are not held from so early, with the reason.
    """

    when: date
    lacking: dict[str, str] = field(default_factory=dict)


_then: Then | None = None


@contextmanager
def as_known_on(when: date) -> Iterator[Then]:
    """Read every table as it was known on a day, for the time of a ``with`` block.

    A table gives its newest state that is not later than the day.  Where it has none, rows
    published by then, if its description names the column that says so; or all of it, if
    its description says why time revises nothing in it.  A table that has none of these is
    read as it is now, so that the block can go on and name the others too, and the end of
    the block is an error: what was computed in it must not be used.

    Parameters
    ----------
    when : date

    Yields
    ------
    Then
        A block that deals with what is lacking itself empties the list.

    Raises
    ------
    UnknownThenError
        At the end of the block, with every table of which nothing is held from so early; or
        in place of what a measure raised because rows were not known yet.
    RuntimeError
        Tables were read before: what this process computed from them is of another day.
    """
    global _then
    if READ:
        message = f"tables were read before, as they are now: {', '.join(READ)}"
        raise RuntimeError(message)
    _then = then = Then(when)
    try:
        yield then
    except Exception as error:
        raise UnknownThenError(when, then.lacking, error) from error
    finally:
        _then = None
    if then.lacking:
        raise UnknownThenError(when, then.lacking)


def day_of_state(name: str) -> date | str:
    """Return the day of the state of a table that `read` returns, as its origin states it.

    A day, or a text where the source gives none.
    """
    return _state(name)[0].vintage


def _state(name: str) -> tuple[Origin, str | None]:
    """Return which state of a table to read, and the column by which to cut it."""
    item = origin(name)
    if _then is None:
        return item, None
    state = vintages.known_on(item, _then.when)
    if state is not None:
        return state, None
    if item.as_of is None:
        _then.lacking[name] = f"no state from before {item.vintage}"
    return item, item.as_of.column if item.as_of else None


def _published(frame: pd.DataFrame, name: str, column: str) -> pd.DataFrame:
    """Return the rows that were published by the day asked for; a blank day never was."""
    if _then is None:
        return frame
    days = pd.to_datetime(frame[column])
    known: pd.DataFrame = frame[days <= pd.Timestamp(_then.when)]
    if known.empty:
        _then.lacking[name] = f"no row published by then; the first is of {days.min():%Y-%m-%d}"
        return frame
    return known.reset_index(drop=True)


def read(name: str) -> pd.DataFrame:
    """Return one table of ``data/`` with the types its description promises.

    Parameters
    ----------
    name : str
        Resource name, for example ``"deepstate-daily-total"``.

    Returns
    -------
    pandas.DataFrame
        A copy: changing it changes nothing for anybody else.  Dates are
        ``datetime64``, an empty cell is missing (an empty string in text columns).

    Raises
    ------
    KeyError
        No such table; the message lists those there are.
    ValueError
        A cell that is not of its column's type.
    """
    _note(name)
    state, column = _state(name)
    if state.path not in _PARSED:
        _PARSED[state.path] = parse(state)
    frame = _PARSED[state.path].copy()
    return _published(frame, name, column) if column else frame


def _note(name: str) -> None:
    if name not in READ:
        READ.append(name)
    note_table(name)


def parse(item: Origin, data: Path = DATA) -> pd.DataFrame:
    """Parse a table as its description says; see `read`."""
    frame = pd.read_csv(data / item.path, dtype=str, keep_default_na=False, encoding="utf-8")
    expected = [column.name for column in item.columns]
    if list(frame.columns) != expected:
        message = f"data/{item.path}: columns {list(frame.columns)}; expected {expected}"
        raise ValueError(message)
    for column in item.columns:
        frame[column.name] = _typed(frame[column.name], column.type)
    return frame


def _typed(cells: pd.Series[str], kind: str) -> Any:
    if kind == "date":
        return pd.to_datetime(cells.where(cells != ""), format="%Y-%m-%d")
    if kind == "boolean":
        return cells.map({"true": True, "false": False, "": pd.NA}).astype("boolean")
    if kind in {"string", "any", "yearmonth"}:
        return cells.astype("str")
    numbers = pd.to_numeric(cells.where(cells != ""))
    return numbers.astype("float64") if kind == "number" else numbers.astype("Int64")


def shapes(name: str) -> list[dict[str, object]]:
    """Return the features of one GeoJSON resource of ``data/geo/`` (longitude, latitude).

    Rings are clockwise: a chart draws on the sphere, where the other way round means all
    of the earth but the polygon.  The files keep the order of their standard (RFC 7946).
    """
    _note(name)
    state, _ = _state(name)
    content = json.loads(state.file.read_text(encoding="utf-8"))
    return [
        feature | {"geometry": mapping(_clockwise(shape(feature["geometry"])))}
        for feature in content["features"]
    ]


def _clockwise(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    if isinstance(geometry, MultiPolygon):
        return MultiPolygon([orient(part, sign=-1.0) for part in geometry.geoms])
    turned: Polygon = orient(geometry, sign=-1.0)
    return turned
