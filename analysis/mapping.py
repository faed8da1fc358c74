"""Shapes of the map of occupied squares, ready for drawing: longitude and latitude.

Squares are cut in the equal-area projection in which they were measured, so that they meet
without seams.  Squares that never change their step of the scale are joined into one shape
for each step: a map then draws a hundred squares that move instead of a thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from analysis.sources.boundaries import to_laea, to_lonlat
from analysis.sources.deepstate import CELL_M, MERGED, cell_corner_m

Feature = dict[str, Any]

# Three decimals of a degree are some hundred metres, less than a pixel of any chart.
DECIMALS = 3
# Ground shown around the outermost square.
MARGIN_M = 35_000


def squares(ids: pd.Series[str]) -> NDArray[Any]:
    """Return the squares of named cells in LAEA metres."""
    x, y = cell_corner_m(ids)
    cut: NDArray[Any] = shapely.box(x, y, x + CELL_M, y + CELL_M)
    return cut


def step_of(shares_pct: NDArray[Any], steps: Sequence[float]) -> NDArray[Any]:
    """Return the number of the step of a threshold scale that each share falls into, from 0."""
    numbered: NDArray[Any] = np.digitize(shares_pct, list(steps))
    return numbered


def month_features(cells: pd.DataFrame, steps: Sequence[float]) -> list[Feature]:
    """Return the squares of a map with a slider over the months.

    Parameters
    ----------
    cells : DataFrame
        From `analysis.territory.grid_by_cell`.
    steps : sequence of float
        Thresholds of the colour scale, percent.

    Returns
    -------
    list of dict
        GeoJSON features.  ``shares_pct`` (a list, one whole percent a month), ``place`` (the
        oblast).  A square that changes its step is a feature of its own; all that stay in one
        step are one feature with the middle of that step in every month.
    """
    shares = np.array(cells["shares_pct"].tolist())
    numbered = step_of(shares, steps)
    fixed = (numbered == numbered[:, :1]).all(axis=1)
    shapes = squares(cells["cell_id"])
    edges = [0.0, *map(float, steps), 100.0]
    found = []
    for number in np.unique(numbered[fixed, 0]):
        chosen = fixed & (numbered[:, 0] == number)
        if not shares[chosen].any():
            continue
        middle = round((edges[number] + edges[number + 1]) / 2)
        properties = {"shares_pct": [middle] * shares.shape[1], "place": "held all the time"}
        found.append(feature(shapely.union_all(shapes[chosen]), **properties))
    for at in np.flatnonzero(~fixed):
        row = cells.iloc[at]
        found.append(feature(shapes[at], shares_pct=list(row["shares_pct"]), place=row["oblast"]))
    return found


def change_features(cells: pd.DataFrame, least_pct: float) -> list[Feature]:
    """Return the squares whose share changed by so many points or more: change_pct, place."""
    moved = cells[cells["change_pct"].abs() >= least_pct]
    return [
        feature(shape, change_pct=int(change), place=place)
        for shape, change, place in zip(
            squares(moved["cell_id"]), moved["change_pct"], moved["oblast"], strict=True
        )
    ]


def ever_held(cells: pd.DataFrame) -> list[Feature]:
    """Return all squares that are ever held as one shape."""
    return [feature(shapely.union_all(squares(cells["cell_id"])))]


def window(cells: pd.DataFrame) -> Any:
    """Return the box around all squares, with a margin, in LAEA metres."""
    west, south, east, north = shapely.total_bounds(squares(cells["cell_id"]))
    return shapely.box(west - MARGIN_M, south - MARGIN_M, east + MARGIN_M, north + MARGIN_M)


def land_features(regions: Sequence[Feature], box: Any) -> list[Feature]:
    """Cut the regions of a drawing to a box; what lies outside is left out.

    Parameters
    ----------
    regions : sequence of dict
        GeoJSON features with the property ``oblast``.
    box : Polygon
        From `window`, LAEA metres.
    """
    cut = _cut(regions, box)
    return [feature(shape, place=name) for name, shape in cut.items()]


def names(regions: Sequence[Feature], box: Any, places: Sequence[str]) -> pd.DataFrame:
    """Return where the names of oblasts stand: place, lon, lat (inside the part shown)."""
    cut = _cut(regions, box)
    points = to_lonlat(np.array([shapely.point_on_surface(cut[name]) for name in places]))
    lon, lat = shapely.get_coordinates(points).T
    return pd.DataFrame({"place": list(places), "lon": lon.round(3), "lat": lat.round(3)})


def _cut(regions: Sequence[Feature], box: Any) -> dict[str, Any]:
    shapes = to_laea(
        np.array([shapely.geometry.shape(region["geometry"]) for region in regions], dtype=object)
    )
    inside = shapely.intersection(shapely.make_valid(shapes), box)
    named = [
        MERGED.get(str(r["properties"]["oblast"]), str(r["properties"]["oblast"])) for r in regions
    ]
    found: dict[str, Any] = {}
    for name, shape in zip(named, inside, strict=True):
        if not shape.is_empty:
            found[name] = shapely.union(found[name], shape) if name in found else shape
    return found


def feature(shape: Any, **properties: Any) -> Feature:
    """Bring a shape in LAEA metres to a GeoJSON feature, rings clockwise as d3 wants them."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    lonlat = to_lonlat(np.array([shapely.multipolygons(polygons)]))[0]
    turned = shapely.orient_polygons(lonlat, exterior_cw=True)
    geometry = shapely.geometry.mapping(turned)
    geometry["coordinates"] = _rounded(geometry["coordinates"])
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _rounded(part: Any) -> Any:
    if isinstance(part, float):
        return round(part, DECIMALS)
    return [_rounded(each) for each in part]
