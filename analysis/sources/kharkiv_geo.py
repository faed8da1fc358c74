"""Outlines for the distances of Kharkiv: the city, its oblast, three Russian oblasts.

Upstream, three files in one folder:

- ``kharkiv-city.geojson``: https://github.com/jeanromainroy/visual-storytelling-kharkiv-infrastructure,
  commit 9e5b4767a939f81698caad6ea752c4381f1398cd; attributes are OCHA COD-AB level 3, code
  UA6312027, which the Humanitarian Data Exchange gives out under CC BY 3.0 IGO.
- ``UA_63_Kharkivska.geojson``: https://github.com/EugeneBorshch/ukraine_geojson, commit
  6533810c16180947381dca2e965584c1e526a07e; its attributes name OpenStreetMap relation 71254,
  so it is under the ODbL.
- ``russian_border_oblasts.geojson``: four features of
  https://github.com/codeforamerica/click_that_hood, commit
  034f4812d1381f5fc7f52eed00745e7d6c59a18c, ``public/data/russia.geojson`` (GIS-Lab from
  OpenStreetMap, ODbL); coarse, off by up to two kilometres.

All are simplified: the city to 25 m and the oblast to 50 m, which moves no distance by more
than 0.1 km; the Russian oblasts to 300 m, less than their own error.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.polygon import orient

from analysis.paths import DATA
from analysis.sources.boundaries import to_laea, to_lonlat
from analysis.violations import Violation, raise_all

CITY_FILE = "kharkiv-city.geojson"
OBLAST_FILE = "UA_63_Kharkivska.geojson"
RUSSIAN_FILE = "russian_border_oblasts.geojson"

CITY_CODE = "UA6312027"
OBLAST_CODE = "UA-63"
RUSSIAN = ("Belgorod Oblast", "Bryansk Oblast", "Kursk Oblast")

CITY_TOLERANCE_M, OBLAST_TOLERANCE_M, RUSSIAN_TOLERANCE_M = 25, 50, 300
# The two outlines of the border differ by up to two kilometres; what lies within this of
# Belgorod Oblast is the part of Kharkiv Oblast's edge that faces Russia.
BORDER_REACH_M = 4_000
# Five decimals are about one metre.
DECIMALS = 5


def build(raw: Path) -> dict[str, pd.DataFrame]:
    """Read and simplify the outlines.

    Parameters
    ----------
    raw : Path
        Folder with the three files named above.

    Returns
    -------
    dict of str to DataFrame
        ``kharkiv-city`` (name, geometry) and ``kharkiv-regions`` (name, kind, geometry; kind
        is oblast or border), WGS84 longitude and latitude, outer rings clockwise as
        drawing libraries want them.

    Raises
    ------
    DataError
        With every feature that is missing or not a valid shape.
    """
    wrong: list[Violation] = []
    city = _one(raw, CITY_FILE, "ADM3_PCODE", CITY_CODE, wrong)
    oblast = _one(raw, OBLAST_FILE, "iso3166-2", OBLAST_CODE, wrong)
    russian = [_one(raw, RUSSIAN_FILE, "name_latin", name, wrong) for name in RUSSIAN]
    raise_all(wrong)
    border = _border(oblast, russian[RUSSIAN.index("Belgorod Oblast")])
    regions = [
        ("Kharkiv Oblast", "oblast", _simple(oblast, OBLAST_TOLERANCE_M)),
        *(
            (name, "oblast", _simple(shape, RUSSIAN_TOLERANCE_M))
            for name, shape in zip(RUSSIAN, russian, strict=True)
        ),
        ("Kharkiv Oblast to Russia", "border", border),
    ]
    outline = pd.DataFrame([("Kharkiv", _simple(city, CITY_TOLERANCE_M))])
    return {
        "kharkiv-city": outline.set_axis(["name", "geometry"], axis=1),
        "kharkiv-regions": pd.DataFrame(regions, columns=["name", "kind", "geometry"]),
    }


def _one(raw: Path, file: str, key: str, value: str, wrong: list[Violation]) -> Any:
    """Return the one feature whose property has a value; None after adding to `wrong`."""
    document = json.loads((raw / file).read_text(encoding="utf-8"))
    features = document.get("features", [document])
    found = [f["geometry"] for f in features if f["properties"].get(key) == value]
    if len(found) != 1:
        wrong.append(Violation(file, value, key, f"{len(found)} features", "exactly one"))
        return None
    shape = shapely.geometry.shape(found[0])
    if not shape.is_valid:
        reason = shapely.is_valid_reason(shape)
        wrong.append(Violation(file, value, "geometry", reason, "a valid polygon"))
    return shape


def _simple(shape: Any, tolerance_m: float) -> Any:
    plane = to_laea(np.array([shape], dtype=object))
    light = to_lonlat(shapely.simplify(plane, tolerance_m))[0]
    parts = [orient(part, sign=-1) for part in shapely.get_parts(light)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _border(oblast: Any, neighbour: Any) -> Any:
    plane, other = to_laea(np.array([oblast, neighbour], dtype=object))
    facing = shapely.line_merge(shapely.intersection(plane.boundary, other.buffer(BORDER_REACH_M)))
    # Slivers where the ring begins and ends are joined by the longest run alone.
    longest = max(shapely.get_parts(facing), key=shapely.length)
    return to_lonlat(np.array([shapely.simplify(longest, OBLAST_TOLERANCE_M)], dtype=object))[0]


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write both files; return what was written."""
    geo = data / "geo"
    geo.mkdir(parents=True, exist_ok=True)
    return [
        _write(tables["kharkiv-city"], geo / "kharkiv_city.geojson"),
        _write(tables["kharkiv-regions"], geo / "kharkiv_regions.geojson"),
    ]


def _write(frame: pd.DataFrame, file: Path) -> Path:
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {k: v for k, v in row.items() if k != "geometry"},
                "geometry": _rounded(shapely.geometry.mapping(row["geometry"])),
            },
            separators=(",", ":"),
        )
        for row in frame.to_dict("records")
    ]
    body = ",\n".join(lines)
    file.write_text(
        f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', encoding="utf-8", newline="\n"
    )
    return file


def _rounded(geometry: Any) -> Any:
    if isinstance(geometry, dict):
        return {str(key): _rounded(value) for key, value in geometry.items()}
    if isinstance(geometry, list | tuple):
        return [_rounded(value) for value in geometry]
    return round(geometry, DECIMALS) if isinstance(geometry, float) else geometry
