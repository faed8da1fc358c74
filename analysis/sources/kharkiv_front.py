"""How near occupied ground came to Kharkiv, by day, from the daily DeepState maps.

Upstream and its limits: see `analysis.sources.deepstate`, which reads and checks the maps.
Only distances, areas and shares computed from the maps leave this module, no polygon.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from analysis import kharkiv, tables
from analysis.paths import DATA
from analysis.sources import deepstate
from analysis.sources.boundaries import M2_PER_KM2, to_laea, to_lonlat
from analysis.sources.tables import write_csv

# The sector of Lyptsi and Vovchansk: what of Kharkiv Oblast lies in this box (degrees).
NORTH = (36.00, 49.95, 37.40, 50.60)
# Ground near the middle of a town; the disc is not its limits, and part of Krynky's lies
# in the river.
DISC_M = 1_500
DISCS = ("Krynky", "Vovchansk", "Kupiansk")


def build(raw: Path, *, gaps: set[date] | None = None) -> dict[str, pd.DataFrame]:
    """Measure every map of a folder or tar archive.

    Parameters
    ----------
    raw : Path
        As for `analysis.sources.deepstate.build`.
    gaps : set of date, optional
        Days known to have no map; those listed in ``known_gaps.csv`` by default.

    Returns
    -------
    dict of str to DataFrame
        ``kharkiv-front-daily``: date; city_edge_km and city_centre_km, geodesic kilometres
        to the nearest occupied ground; oblast_occupied_km2 and north_occupied_km2; and for
        each disc the share occupied (0 to 1).

    Raises
    ------
    DataError
        With every file that cannot be used; see the reader of the maps.
    """
    maps = deepstate.read_maps(raw, deepstate.known_gaps() if gaps is None else gaps)
    shapes = _shapes()
    rows = [{"date": pd.Timestamp(item.day), **_measure(item.occupied, shapes)} for item in maps]
    return {"kharkiv-front-daily": pd.DataFrame(rows)}


def extend(
    raw: Path, held: pd.DataFrame, *, gaps: set[date] | None = None
) -> dict[str, pd.DataFrame]:
    """Put the maps of a folder after the days that are held; see `build`."""
    new = build(raw, gaps=gaps)["kharkiv-front-daily"]
    return {"kharkiv-front-daily": deepstate.after(held, new, new["date"])}


def _shapes() -> dict[str, Any]:
    places = tables.read("kharkiv-places").set_index("place")
    oblast = kharkiv.region("Kharkiv Oblast")
    points = [shapely.Point(places.loc[n, "lon"], places.loc[n, "lat"]) for n in DISCS]
    centre = shapely.Point(places.loc["Kharkiv centre", ["lon", "lat"]].astype(float))
    north = shapely.intersection(oblast, shapely.box(*NORTH))
    names = ["city", "centre", "oblast", "north"]
    plane = to_laea(np.array([kharkiv.city(), centre, oblast, north, *points], dtype=object))
    found = dict(zip([*names, *DISCS], plane, strict=True))
    return found | {name: found[name].buffer(DISC_M, quad_segs=32) for name in DISCS}


def _measure(occupied: Any, shapes: dict[str, Any]) -> dict[str, float]:
    edge, centre = (_km(shapes[name], occupied) for name in ("city", "centre"))
    km2 = {
        f"{name}_occupied_km2": occupied.intersection(shapes[name]).area / M2_PER_KM2
        for name in ("oblast", "north")
    }
    shares = {
        f"{name.lower()}_share": occupied.intersection(shapes[name]).area / shapes[name].area
        for name in DISCS
    }
    return {"city_edge_km": edge, "city_centre_km": centre, **km2, **shares}


def _km(start: Any, occupied: Any) -> float:
    """Find the nearest points in the plane, then measure between them on the ellipsoid."""
    line = to_lonlat(np.array([shapely.shortest_line(start, occupied)], dtype=object))[0]
    return float(kharkiv.GEOD.geometry_length(line)) / 1000


def write(frames: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the table with the digits that are shown; return what was written."""
    digits = {"city_edge_km": 2, "city_centre_km": 2}
    digits |= {"oblast_occupied_km2": 1, "north_occupied_km2": 1}
    digits |= {f"{name.lower()}_share": 2 for name in DISCS}
    file = data / "series" / "kharkiv_front_daily.csv"
    return [write_csv(frames["kharkiv-front-daily"], file, digits)]
