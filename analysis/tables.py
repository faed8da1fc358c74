"""Read the book's own tables, typed by their descriptions; the one place that opens them."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.polygon import orient

from analysis.datapackage import Origin, origin
from analysis.provenance import cache, note_table

# Names of the tables read by this process, in order of first use: the runner stores
# them with an executed chapter, so that a later change of one of them is noticed.
READ: list[str] = []


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
    return _read(name).copy()


def _note(name: str) -> None:
    if name not in READ:
        READ.append(name)
    note_table(name)


@cache
def _read(name: str) -> pd.DataFrame:
    return parse(origin(name))


def parse(item: Origin) -> pd.DataFrame:
    """Parse a table as its description says; see `read`."""
    frame = pd.read_csv(item.file, dtype=str, keep_default_na=False, encoding="utf-8")
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
    content = json.loads(origin(name).file.read_text(encoding="utf-8"))
    return [
        feature | {"geometry": mapping(_clockwise(shape(feature["geometry"])))}
        for feature in content["features"]
    ]


def _clockwise(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    if isinstance(geometry, MultiPolygon):
        return MultiPolygon([orient(part, sign=-1.0) for part in geometry.geoms])
    turned: Polygon = orient(geometry, sign=-1.0)
    return turned
