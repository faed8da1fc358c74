"""Occupied area by day, by oblast and by grid cell, from the daily DeepState maps.

Upstream: https://github.com/cyterat/deepstate-map-data, folder ``data/``, one file a day,
``deepstatemap_data_YYYYMMDD.geojson``.  Repository licence GPL-3.0; the terms of the map
itself are not stated there, so only areas computed from it leave this module, no polygon.

A map dated D is the state at about 03:00 UTC of D.  "Occupied" is ground that DeepState
shows as held by Russian forces; its grey zone is not in it, the areas held since 2014 are.

Area is measured in a Lambert azimuthal equal-area projection centred on 48.5 N 31.5 E.
The oblast polygons leave out a strip along the Russian border and the lagoons, where about
1,900 km2 of occupied ground lie.  That ground is given to the nearest oblast: the plane
outside all oblasts is divided once, by the Voronoi cells of points set every 500 m along
the outer boundary, so that every map is cut by the same partition and the parts sum to
the whole.  Shares of an oblast are good to about one percentage point.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from tqdm import tqdm

from analysis.paths import DATA
from analysis.sources.boundaries import M2_PER_KM2, read_regions, to_laea, to_lonlat
from analysis.sources.tables import write_csv
from analysis.violations import DataError, Violation, raise_all

ADDRESS = "https://github.com/cyterat/deepstate-map-data/tree/main/data"
NAME = re.compile(r"deepstatemap_data_(\d{8})\.geojson", re.ASCII)

# Area of Ukraine, Crimea included, in km2 (evidence row ukraine-area-603628).
UKRAINE_KM2 = 603_628

# The two regions of the peninsula are one row: the boundary source and the map divide
# them in different places.
MERGED = {"Crimea (Autonomous Republic)": "Crimea", "Sevastopol": "Crimea"}

BOUNDARY_SPACING_M = 500
# How far outside the oblasts the partition reaches; a map that goes beyond is not Ukraine's.
MARGIN_M = 60_000
# A part below this is the noise of the oblast polygons, not a held oblast.
LEAST_PART_KM2 = 0.05

CELL_M = 10_000
CELL_KM2 = CELL_M**2 / M2_PER_KM2
# Shares this small are slivers of the projection and are written as nothing held.
LEAST_SHARE = 0.00005

# Longitudes and latitudes of Ukraine with room around; metres or swapped axes fall outside.
LONLAT_BOX = (21.0, 43.0, 42.0, 54.0)
LONLAT_NAMES = ("CRS84", "EPSG::4326", "EPSG:4326", "WGS84")
LARGEST_FILE_BYTES = 50_000_000


@dataclass(frozen=True)
class DayMap:
    """One map: its day, its file and the occupied ground in LAEA metres."""

    day: date
    file: str
    occupied: Any


def build(
    raw: Path,
    *,
    regions: pd.DataFrame | None = None,
    gaps: set[date] | None = None,
    oblasts: Collection[str] = (),
) -> dict[str, pd.DataFrame]:
    """Measure all maps of a folder or of a tar archive.

    Parameters
    ----------
    raw : Path
        Folder, or archive (.tar, .tar.xz, .tar.gz), with the daily files.
    regions : DataFrame, optional
        Columns oblast and geometry (WGS84); the committed boundaries by default.
    gaps : set of date, optional
        Days known to have no map; those listed in ``known_gaps.csv`` by default.
    oblasts : collection of str
        Oblasts that have rows even if nothing in them is held on any of these maps.

    Returns
    -------
    dict of str to DataFrame
        ``deepstate-daily-total`` (date, occupied_km2, share_of_ukraine_pct),
        ``deepstate-daily-by-oblast`` (date, oblast, occupied_km2, inside_polygon_km2),
        ``occupation-cells`` (cell_id, lon, lat, oblast, land_share) and
        ``occupation-grid`` (month, cell_id, share): share of each 100 km2 cell that is
        occupied on the first map of the month; a cell without a row has none.  Where a second
        count of the same maps lies beside them, ``known-disagreements`` says where they differ.

    Raises
    ------
    DataError
        With every file that cannot be used and every day that is missing or twice there.
    """
    if regions is None:
        regions = read_regions()
    if gaps is None:
        gaps = known_gaps()
    maps = read_maps(raw, gaps)
    partition = _partition(regions)
    by_oblast = _by_oblast(maps, partition, oblasts)
    grid = _grid(maps)
    tables = {
        "deepstate-daily-total": _total(maps),
        "deepstate-daily-by-oblast": by_oblast,
        "occupation-cells": _cells(grid, regions),
        "occupation-grid": grid,
    }
    second = next(filter(Path.exists, (raw / SECOND_COUNT, raw.parent / SECOND_COUNT)), None)
    if second is not None:
        tables["known-disagreements"] = disagreements(by_oblast, pd.read_csv(second))
    return tables


def disagreements(by_oblast: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Compare the areas by oblast with a second count of the same maps.

    Parameters
    ----------
    by_oblast, second : DataFrame
        Columns date, oblast and occupied_km2, one decimal; the second count may have the two
        regions of the peninsula apart.

    Returns
    -------
    DataFrame
        Table ``known-disagreements``: the largest difference on any day, ours less the other,
        by oblast and for the total, with its reason.

    Raises
    ------
    DataError
        With every oblast whose difference is larger than `TOLERANCE_KM2`.
    """
    other = second.assign(oblast=second["oblast"].replace(MERGED))
    other["date"] = pd.to_datetime(other["date"])
    key = ["date", "oblast"]
    ours, theirs = (frame.groupby(key)["occupied_km2"].sum() for frame in (by_oblast, other))
    gap = (ours - theirs).dropna().rename("gap").reset_index()
    total = gap.groupby("date")["gap"].sum().reset_index().assign(oblast="Ukraine")
    both = pd.concat([gap, total], ignore_index=True)
    both["size"] = both["gap"].abs()
    largest = both.sort_values("size").groupby("oblast")["gap"].last()
    table = pd.DataFrame(
        {
            "series": "deepstate-daily-by-oblast",
            "oblast": largest.index,
            "days_compared": both.groupby("oblast")["gap"].size().to_numpy(),
            "largest_difference_km2": largest.round(1).to_numpy(),
            "tolerance_km2": TOLERANCE_KM2,
            "reason": [REASONS.get(str(name), "no difference") for name in largest.index],
        }
    )
    raise_all(
        Violation(
            SECOND_COUNT,
            str(name),
            "occupied_km2",
            f"{difference:.1f} km2 off on some day",
            f"within {TOLERANCE_KM2} km2 of this count",
        )
        for name, difference in largest.items()
        if abs(difference) > TOLERANCE_KM2
    )
    return table


# A count of the same maps made before this one, with cells of 500 m for the ground outside
# the polygons.
SECOND_COUNT = "deepstate_daily_by_oblast.csv"
TOLERANCE_KM2 = 1
_VERTICES = "rounding of vertices of the boundary"
_BORDER = "ground along the Russian border: exact nearest-oblast division here; 500 m cells there"
REASONS = {
    "Crimea": (
        "shores of the Syvash outside the polygons: exact nearest-oblast division here; "
        "500 m cells there"
    ),
    "Dnipropetrovsk": _VERTICES,
    "Donetsk": _VERTICES,
    "Kharkiv": _BORDER,
    "Kherson": _VERTICES,
    "Luhansk": _BORDER,
    "Mykolaiv": (
        "spit and lagoons outside the polygons: exact nearest-oblast division here; "
        "500 m cells there"
    ),
    "Zaporizhzhia": (
        "shore outside the polygons: exact nearest-oblast division here; 500 m cells there"
    ),
    "Ukraine": "sum of parts that are rounded to 0.1 km2 in both counts",
}


def extend(
    raw: Path,
    held: Mapping[str, pd.DataFrame],
    *,
    regions: pd.DataFrame | None = None,
    gaps: set[date] | None = None,
) -> dict[str, pd.DataFrame]:
    """Put the maps of a folder after the days that are held; see `build`.

    Parameters
    ----------
    raw : Path
        Maps of later days, and of held days that are to be measured again.
    held : mapping of str to DataFrame
        The four tables.
    regions, gaps
        As for `build`.

    Returns
    -------
    dict of str to DataFrame
        The four tables: days and cells of the folder, and those that are held besides.  A
        month of the grid is measured again where the folder has its first map.
    """
    oblasts = set(held["deepstate-daily-by-oblast"]["oblast"])
    new = build(raw, regions=regions, gaps=gaps, oblasts=oblasts)
    days = new["deepstate-daily-total"]["date"]
    joined = {
        name: after(held[name], new[name], days)
        for name in ("deepstate-daily-total", "deepstate-daily-by-oblast")
    }
    all_days = joined["deepstate-daily-total"]["date"]
    first = all_days.groupby(all_days.dt.strftime("%Y-%m")).min()
    measured = list(first[first.isin(days)].index)
    old_grid, new_grid = held["occupation-grid"], new["occupation-grid"]
    grid = pd.concat(
        [
            old_grid[~old_grid["month"].isin(measured)],
            new_grid[new_grid["month"].isin(measured)],
        ]
    )
    cells = pd.concat([new["occupation-cells"], held["occupation-cells"]])
    return joined | {
        "occupation-grid": grid.sort_values(["month", "cell_id"], ignore_index=True),
        "occupation-cells": cells.drop_duplicates("cell_id").sort_values(
            "cell_id", ignore_index=True
        ),
    }


def after(held: pd.DataFrame, new: pd.DataFrame, days: pd.Series[pd.Timestamp]) -> pd.DataFrame:
    """Join the rows of new days with those of all other days that are held."""
    joined = pd.concat([held[~held["date"].isin(days)], new])
    key = [name for name in ("date", "oblast") if name in joined]
    return joined.sort_values(key, ignore_index=True)


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the tables with the digits that are shown; return what was written."""
    series = data / "series"
    km2 = {"occupied_km2": 1}
    compared = [
        write_csv(
            tables["known-disagreements"],
            data / "known_disagreements.csv",
            {"largest_difference_km2": 1},
        )
        for name in ("known-disagreements",)
        if name in tables
    ]
    return [
        *compared,
        write_csv(
            tables["deepstate-daily-total"],
            series / "deepstate_daily_total.csv",
            km2 | {"share_of_ukraine_pct": 4},
        ),
        write_csv(
            tables["deepstate-daily-by-oblast"],
            series / "deepstate_daily_by_oblast.csv",
            km2 | {"inside_polygon_km2": 1},
        ),
        write_csv(
            tables["occupation-cells"],
            series / "occupation_cells.csv",
            {"lon": 4, "lat": 4, "land_share": 3},
        ),
        write_csv(tables["occupation-grid"], series / "occupation_grid.csv", {"share": 4}),
    ]


def known_gaps(file: Path = DATA / "known_gaps.csv") -> set[date]:
    """Read the days on which upstream has no map, each with its reason in the table."""
    table = pd.read_csv(file, dtype=str)
    days = table.loc[table["series"] == "deepstate-daily-total", "date"]
    return {date.fromisoformat(day) for day in days}


# Reading -------------------------------------------------------------------------------


def read_maps(raw: Path, gaps: set[date]) -> list[DayMap]:
    """Read and check every map, in the order of their days; see `build` for errors."""
    wrong: list[Violation] = []
    read: list[tuple[date, str, Any]] = []
    for name, content in tqdm(_files(raw, wrong), desc="read maps", unit="map", disable=None):
        day = _day(name, wrong)
        occupied = _occupied(name, content, wrong)
        if day is not None:
            read.append((day, name, occupied))
    read.sort(key=lambda item: item[:2])
    wrong += _day_violations(raw.name, [day for day, _, _ in read], gaps)
    raise_all(wrong)
    projected = to_laea(np.array([shape for _, _, shape in read], dtype=object))
    return [DayMap(day, name, shape) for (day, name, _), shape in zip(read, projected, strict=True)]


def _files(raw: Path, wrong: list[Violation]) -> Iterator[tuple[str, bytes]]:
    if raw.is_dir():
        for file in sorted(raw.rglob("*.geojson")):
            yield str(file.relative_to(raw)), file.read_bytes()
        return
    try:
        with tarfile.open(raw, "r:*") as archive:
            yield from _members(archive, wrong)
    except (OSError, EOFError, tarfile.TarError) as error:
        wrong.append(Violation(raw.name, "-", "-", str(error), "a folder or a tar archive"))


def _members(archive: tarfile.TarFile, wrong: list[Violation]) -> Iterator[tuple[str, bytes]]:
    # Nothing is unpacked to disk; a name that would leave the folder still marks an archive
    # that is not what it claims to be.
    for member in archive:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or "\\" in member.name:
            wrong.append(Violation(member.name, "-", "path", member.name, "a path inside"))
        elif member.isfile() and member.size > LARGEST_FILE_BYTES:
            expected = f"at most {LARGEST_FILE_BYTES} bytes"
            wrong.append(Violation(member.name, "-", "size", str(member.size), expected))
        elif member.isfile():
            content = archive.extractfile(member)
            yield member.name, content.read() if content else b""
        elif not member.isdir():
            wrong.append(Violation(member.name, "-", "type", "link or device", "a plain file"))


def _day(name: str, wrong: list[Violation]) -> date | None:
    base = PurePosixPath(name).name
    match = NAME.fullmatch(base)
    try:
        return datetime.strptime(match[1] if match else "", "%Y%m%d").date()
    except ValueError:
        expected = "deepstatemap_data_YYYYMMDD.geojson"
        wrong.append(Violation(name, "-", "file name", base, expected))
        return None


def _day_violations(source: str, days: list[date], gaps: set[date]) -> list[Violation]:
    if not days:
        return [Violation(source, "-", "file name", "no map", "at least one daily map")]
    counts = Counter(days)
    span = {days[0] + timedelta(n) for n in range((days[-1] - days[0]).days + 1)}
    twice = [
        Violation(source, str(day), "date", f"{count} files", "one file a day")
        for day, count in sorted(counts.items())
        if count > 1
    ]
    missing = [
        Violation(source, str(day), "date", "no file", "a map, or a line in known_gaps.csv")
        for day in sorted(span - set(days) - gaps)
    ]
    found = [
        Violation(source, str(day), "date", "a map", "none: known_gaps.csv lists this day")
        for day in sorted(gaps & set(days))
    ]
    return twice + missing + found


def _occupied(name: str, content: bytes, wrong: list[Violation]) -> Any:
    """Return the union of a map's polygons in WGS84; None after adding to `wrong`."""
    try:
        document = json.loads(content)
        before = len(wrong)
        wrong.extend(_document_violations(name, document))
        if len(wrong) > before:
            return None
        parts = shapely.get_parts(shapely.from_geojson(content))
    except (ValueError, RecursionError, shapely.errors.GEOSException) as error:
        wrong.append(Violation(name, "-", "content", str(error)[:80], "GeoJSON"))
        return None
    found = list(_geometry_violations(name, parts))
    wrong.extend(found)
    if found:
        return None
    # Features that overlap are one ground; a single feature needs no union.
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _document_violations(name: str, document: Any) -> Iterator[Violation]:
    kind = document.get("type") if isinstance(document, dict) else type(document).__name__
    if kind != "FeatureCollection":
        yield Violation(name, "-", "type", str(kind), "FeatureCollection")
        return
    features = document.get("features")
    if not (isinstance(features, list) and features):
        yield Violation(name, "-", "features", "none", "at least one polygon")
        return
    for number, feature in enumerate(features, start=1):
        if not (isinstance(feature, dict) and isinstance(feature.get("geometry"), dict)):
            yield Violation(name, number, "geometry", "none", "Polygon or MultiPolygon")
    crs = document.get("crs")
    if crs and not str(crs).replace("'", "").rstrip("}").strip().endswith(LONLAT_NAMES):
        yield Violation(name, "-", "crs", str(crs)[:80], "WGS84 longitude and latitude")


def _geometry_violations(name: str, parts: NDArray[Any]) -> Iterator[Violation]:
    west, south, east, north = LONLAT_BOX
    for row, part in enumerate(parts, start=1):
        kind = part.geom_type
        if kind not in {"Polygon", "MultiPolygon"}:
            yield Violation(name, row, "geometry", kind, "Polygon or MultiPolygon")
        elif part.is_empty:
            yield Violation(name, row, "geometry", "empty", "a polygon with area")
        elif not part.is_valid:
            reason = shapely.is_valid_reason(part)
            yield Violation(name, row, "geometry", reason, "a valid polygon")
        else:
            x0, y0, x1, y1 = part.bounds
            if not (west <= x0 and south <= y0 and x1 <= east and y1 <= north):
                box = f"inside {LONLAT_BOX} (degrees)"
                yield Violation(name, row, "coordinates", str(part.bounds), box)


# Measuring -----------------------------------------------------------------------------


def _total(maps: list[DayMap]) -> pd.DataFrame:
    km2 = shapely.area([item.occupied for item in maps]) / M2_PER_KM2
    table = pd.DataFrame({"date": pd.to_datetime([item.day for item in maps]), "occupied_km2": km2})
    table["occupied_km2"] = table["occupied_km2"].round(1)
    # From the rounded area, so that a reader can recompute it from the table.
    table["share_of_ukraine_pct"] = (100 * table["occupied_km2"] / UKRAINE_KM2).round(4)
    return table


def _partition(regions: pd.DataFrame) -> pd.DataFrame:
    """Divide the plane, in LAEA metres: each oblast, and the ground around nearest to it."""
    own = to_laea(regions["geometry"].to_numpy())
    country = shapely.union_all(own)
    box = shapely.box(*(country.buffer(MARGIN_M).bounds))
    edges = shapely.intersection(shapely.boundary(own), country.boundary)
    points, owner = shapely.get_coordinates(
        shapely.segmentize(edges, BOUNDARY_SPACING_M), return_index=True
    )
    points, first = np.unique(points, axis=0, return_index=True)
    owner = owner[first]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=box, ordered=True)
    )
    outside = box.difference(country)
    around = [shapely.union_all(cells[owner == n]).intersection(outside) for n in range(len(own))]
    names = regions["oblast"].replace(MERGED)
    return pd.DataFrame(
        {
            "oblast": [*names, *names],
            "inside": [True] * len(own) + [False] * len(own),
            "geometry": [*own, *around],
        }
    )


def _by_oblast(
    maps: list[DayMap], partition: pd.DataFrame, always: Collection[str]
) -> pd.DataFrame:
    km2 = _areas(maps, partition["geometry"].to_numpy()) / M2_PER_KM2
    raise_all(_outside(maps, km2.sum(axis=1)))
    key = pd.MultiIndex.from_frame(partition[["oblast", "inside"]])
    days = pd.DatetimeIndex([item.day for item in maps], name="date")
    wide = pd.DataFrame(km2, index=days, columns=key)
    held = _long(wide, "occupied_km2")
    inside = _long(wide.loc[:, partition["inside"].to_numpy()], "inside_polygon_km2")
    table = held.merge(inside, on=["date", "oblast"], validate="1:1")
    ever = table.groupby("oblast")["occupied_km2"].transform("max") >= LEAST_PART_KM2
    shown = ever | table["oblast"].isin(list(always))
    return table[shown].sort_values(["date", "oblast"], ignore_index=True)


def _long(wide: pd.DataFrame, name: str) -> pd.DataFrame:
    summed = wide.T.groupby(level="oblast").sum().T.round(1)
    return summed.reset_index().melt("date", var_name="oblast", value_name=name)


def _areas(maps: list[DayMap], parts: NDArray[Any]) -> NDArray[np.float64]:
    """Area in m2 of every map (rows) in every part of the plane (columns)."""
    tree = shapely.STRtree(parts)
    shapely.prepare(parts)

    @cache
    def areas_of(wkb: bytes) -> NDArray[np.float64]:
        """Area of one polygon in each part; neighbouring days share most polygons."""
        polygon = shapely.from_wkb(wkb)
        hit = tree.query(polygon, predicate="intersects")
        areas = np.zeros(len(parts))
        if len(hit) == 1:
            areas[hit] = polygon.area
        else:
            areas[hit] = shapely.area(shapely.intersection(parts[hit], polygon))
        return areas

    rows = [
        sum(areas_of(wkb) for wkb in shapely.to_wkb(shapely.get_parts(item.occupied)))
        for item in tqdm(maps, desc="by oblast", unit="map", disable=None)
    ]
    return np.array(rows)


def _outside(maps: list[DayMap], divided: NDArray[np.float64]) -> Iterator[Violation]:
    total = shapely.area([item.occupied for item in maps]) / M2_PER_KM2
    for item, gap in zip(maps, total - divided, strict=True):
        if abs(gap) > LEAST_PART_KM2:
            expected = f"all ground within {MARGIN_M // 1000} km of Ukraine"
            yield Violation(item.file, "-", "geometry", f"{gap:.1f} km2 outside", expected)


def cell_id(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[Any]:
    """Name cells by column and row of 10 km, E100N100 has its corner at 31.5 E 48.5 N."""
    return np.char.add(
        np.char.add("E", np.char.zfill((x + 100).astype(str), 3)),
        np.char.add("N", np.char.zfill((y + 100).astype(str), 3)),
    )


def cell_corner_m(ids: pd.Series[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the south-west corners of named cells in LAEA metres."""
    x = ids.str[1:4].astype(int).to_numpy() - 100
    y = ids.str[5:8].astype(int).to_numpy() - 100
    return x * CELL_M, y * CELL_M


def _grid(maps: list[DayMap]) -> pd.DataFrame:
    first = {item.day.strftime("%Y-%m"): item for item in reversed(maps)}
    months = [
        _month_shares(month, first[month].occupied)
        for month in tqdm(sorted(first), desc="grid", unit="month", disable=None)
    ]
    return pd.concat(months, ignore_index=True)


def _month_shares(month: str, occupied: Any) -> pd.DataFrame:
    west, south, east, north = (np.array(occupied.bounds) // CELL_M).astype(int)
    x, y = (a.ravel() for a in np.mgrid[west : east + 1, south : north + 1])
    squares = shapely.box(x * CELL_M, y * CELL_M, (x + 1) * CELL_M, (y + 1) * CELL_M)
    shapely.prepare(occupied)
    share = np.where(shapely.contains_properly(occupied, squares), 1.0, 0.0)
    rim = shapely.intersects(occupied, squares) & (share == 0)
    cut = shapely.intersection(squares[rim], occupied)
    share[rim] = shapely.area(cut) / CELL_M**2
    held = share >= LEAST_SHARE
    table = pd.DataFrame({"month": month, "cell_id": cell_id(x, y), "share": share.round(4)})
    return table[held].sort_values("cell_id")


def _cells(grid: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Describe every cell that is ever held and the ring of cells around them."""
    corner_x, corner_y = cell_corner_m(grid["cell_id"].drop_duplicates())
    ring = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    x, y = np.unique(
        np.concatenate(
            [np.stack([corner_x // CELL_M + dx, corner_y // CELL_M + dy]) for dx, dy in ring],
            axis=1,
        ),
        axis=1,
    )
    squares = shapely.box(x * CELL_M, y * CELL_M, (x + 1) * CELL_M, (y + 1) * CELL_M)
    own = to_laea(regions["geometry"].to_numpy())
    centres = shapely.centroid(squares)
    inside, oblast = shapely.STRtree(own).query(centres, predicate="intersects")
    names = pd.Series("", index=range(len(squares)))
    names.iloc[inside] = regions["oblast"].replace(MERGED).to_numpy()[oblast]
    lonlat = shapely.get_coordinates(to_lonlat(centres))
    land = shapely.area(shapely.intersection(squares, shapely.union_all(own))) / CELL_M**2
    table = pd.DataFrame(
        {
            "cell_id": cell_id(x, y),
            "lon": lonlat[:, 0].round(4),
            "lat": lonlat[:, 1].round(4),
            "oblast": names,
            "land_share": land.round(3),
        }
    )
    return table.sort_values("cell_id", ignore_index=True)


__all__ = ["ADDRESS", "DataError", "after", "build", "extend", "known_gaps", "read_maps", "write"]
