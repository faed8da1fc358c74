"""The DeepState adapter measures area as geometry defines it, and refuses what is not a map.

All maps here are squares laid out in metres of the equal-area projection, so every expected
area is length times width.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.sources import deepstate
from analysis.sources.boundaries import to_lonlat
from analysis.violations import DataError

KM = 1_000


def square(west: float, south: float, east: float, north: float) -> Any:
    """Lay out a rectangle in kilometres east and north of the projection's centre."""
    laea = shapely.box(west * KM, south * KM, east * KM, north * KM)
    return to_lonlat(np.array([laea]))[0]


def feature(shape: Any) -> dict[str, Any]:
    geometry = json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def document(*shapes: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [feature(shape) for shape in shapes]}


def name_of(day: str) -> str:
    return f"deepstatemap_data_{day.replace('-', '')}.geojson"


def put(folder: Path, day: str, *shapes: Any) -> Path:
    file = folder / name_of(day)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document(*shapes)), encoding="utf-8")
    return file


@pytest.fixture
def regions() -> pd.DataFrame:
    """Two oblasts of 40 by 40 km, side by side."""
    return pd.DataFrame(
        {"oblast": ["West", "East"], "geometry": [square(0, 0, 40, 40), square(40, 0, 80, 40)]}
    )


@pytest.fixture
def build(tmp_path: Path, regions: pd.DataFrame) -> Callable[..., dict[str, pd.DataFrame]]:
    def run(raw: Path = tmp_path, gaps: frozenset[str] = frozenset()) -> dict[str, pd.DataFrame]:
        days = {date.fromisoformat(day) for day in gaps}
        return deepstate.build(raw, regions=regions, gaps=days)

    return run


def by_oblast(tables: dict[str, pd.DataFrame], column: str = "occupied_km2") -> dict[str, float]:
    return tables["deepstate-daily-by-oblast"].set_index("oblast")[column].to_dict()


def total(tables: dict[str, pd.DataFrame]) -> list[float]:
    return tables["deepstate-daily-total"]["occupied_km2"].tolist()


def test_area_of_a_rectangle_is_length_times_width(tmp_path, build):
    """20 km by 10 km is 200 km2, and 200 / 603,628 is 0.0331 percent."""
    put(tmp_path, "2025-01-01", square(5, 5, 25, 15))
    tables = build()
    assert total(tables) == [200.0]
    assert tables["deepstate-daily-total"]["share_of_ukraine_pct"].tolist() == [0.0331]
    assert by_oblast(tables) == {"West": 200.0}


def test_ground_on_both_sides_of_a_border_is_divided_at_it(tmp_path, build):
    """A strip from x = 30 to 45 km, 10 km high: 100 km2 west of the border at 40, 50 east."""
    put(tmp_path, "2025-01-01", square(30, 5, 45, 15))
    assert by_oblast(build()) == {"West": 100.0, "East": 50.0}


def test_ground_outside_all_oblasts_goes_to_the_nearest(tmp_path, build):
    """5 km of a 10 by 10 square lie east of East's border: hers, but not inside her polygon."""
    put(tmp_path, "2025-01-01", square(75, 10, 85, 20))
    tables = build()
    assert by_oblast(tables) == {"East": 100.0}
    assert by_oblast(tables, "inside_polygon_km2") == {"East": 50.0}


def test_ground_north_of_the_border_is_divided_by_distance(tmp_path, build):
    """Above y = 40 the nearest oblast changes at x = 40: a strip from 30 to 60 gives 1 to 2.

    The dividing line runs between points 500 m apart, so it is off by at most 250 m of the
    2 km height, half a km2.
    """
    put(tmp_path, "2025-01-01", square(30, 41, 60, 43))
    areas = by_oblast(build())
    assert areas["West"] == pytest.approx(20, abs=0.5)
    assert areas["East"] == pytest.approx(40, abs=0.5)
    assert sum(areas.values()) == pytest.approx(60, abs=0.11)


def test_overlapping_features_count_once(tmp_path, build):
    """Two 10 by 10 squares that share a half cover 150 km2, not 200."""
    put(tmp_path, "2025-01-01", square(5, 5, 15, 15), square(10, 5, 20, 15))
    tables = build()
    assert total(tables) == [150.0]
    assert by_oblast(tables) == {"West": 150.0}


def test_a_hole_is_not_occupied(tmp_path, build):
    """A 20 by 20 square with a 10 by 10 hole covers 300 km2."""
    put(tmp_path, "2025-01-01", square(5, 5, 25, 25).difference(square(10, 10, 20, 20)))
    assert total(build()) == [300.0]


def test_grid_shares_are_parts_of_100_km2(tmp_path, build):
    """A square shifted by half a cell fills half of two cells; the ring round two is twelve."""
    put(tmp_path, "2025-01-01", square(5, 0, 15, 10))
    tables = build()
    grid = tables["occupation-grid"]
    assert dict(zip(grid["cell_id"], grid["share"], strict=True)) == {
        "E100N100": 0.5,
        "E101N100": 0.5,
    }
    assert len(tables["occupation-cells"]) == 12
    cells = tables["occupation-cells"].set_index("cell_id")
    assert cells.loc["E101N100", "oblast"] == "West"
    assert cells.loc["E099N100", ["oblast", "land_share"]].tolist() == ["", 0.0]


def test_grid_takes_the_first_map_of_each_month(tmp_path, build):
    """January has maps of the 30th and 31st, February of the 1st and 2nd."""
    for day, east in (("01-30", 10), ("01-31", 20), ("02-01", 30), ("02-02", 40)):
        put(tmp_path, f"2025-{day}", square(0, 0, east, 10))
    grid = build()["occupation-grid"]
    assert grid.groupby("month")["share"].sum().to_dict() == {"2025-01": 1.0, "2025-02": 3.0}


def test_a_known_gap_is_left_open_and_any_other_is_an_error(tmp_path, build):
    """Of 1 to 5 January the 2nd is listed, the 4th is not; the 5th is listed but there."""
    for day in ("01", "03", "05"):
        put(tmp_path, f"2025-01-{day}", square(0, 0, 10, 10))
    with pytest.raises(DataError) as error:
        build(gaps=frozenset({"2025-01-02", "2025-01-05"}))
    assert [(v.row, v.value) for v in error.value.violations] == [
        ("2025-01-04", "no file"),
        ("2025-01-05", "a map"),
    ]
    days = build(gaps=frozenset({"2025-01-02", "2025-01-04"}))["deepstate-daily-total"]["date"]
    assert days.dt.day.tolist() == [1, 3, 5]


def test_every_bad_map_is_named_at_once(tmp_path, build):
    """Nine files, nine faults, one error that lists them all."""
    put(tmp_path, "2025-01-01", square(0, 0, 10, 10))
    put(tmp_path / "copy", "2025-01-01", square(0, 0, 10, 10))
    (tmp_path / name_of("2025-01-02")).write_text("{")
    (tmp_path / name_of("2025-01-03")).write_text("[]")
    put(tmp_path, "2025-01-04")
    bow_tie = shapely.Polygon([(31, 48), (32, 49), (32, 48), (31, 49)])
    put(tmp_path, "2025-01-05", bow_tie)
    put(tmp_path, "2025-01-06", shapely.box(0, 0, 10_000, 10_000))
    mercator = document(square(0, 0, 10, 10)) | {
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    }
    (tmp_path / name_of("2025-01-07")).write_text(json.dumps(mercator))
    put(tmp_path, "2025-01-08", shapely.Point(31.5, 48.5))
    (tmp_path / "deepstatemap_data_20250199.geojson").write_text(
        json.dumps(document(square(0, 0, 10, 10)))
    )
    with pytest.raises(DataError) as error:
        build()
    found = {(Path(v.file).name, v.column) for v in error.value.violations}
    assert found == {
        (tmp_path.name, "date"),
        (name_of("2025-01-02"), "content"),
        (name_of("2025-01-03"), "type"),
        (name_of("2025-01-04"), "features"),
        (name_of("2025-01-05"), "geometry"),
        (name_of("2025-01-06"), "coordinates"),
        (name_of("2025-01-07"), "crs"),
        (name_of("2025-01-08"), "geometry"),
        ("deepstatemap_data_20250199.geojson", "file name"),
    }
    twice = [v for v in error.value.violations if v.column == "date"]
    assert [(v.row, v.value) for v in twice] == [("2025-01-01", "2 files")]


def test_ground_far_from_every_oblast_is_an_error(tmp_path, build):
    """100 km east of East's border lies beyond the 60 km that the partition reaches."""
    put(tmp_path, "2025-01-01", square(180, 0, 190, 10))
    with pytest.raises(DataError, match=r"100\.0 km2 outside"):
        build()


def test_an_empty_folder_and_a_file_that_is_no_archive_are_errors(tmp_path, build):
    """Nothing to measure is never a table of no rows."""
    with pytest.raises(DataError, match="at least one daily map"):
        build()
    (tmp_path / "maps.tar").write_bytes(b"not an archive")
    with pytest.raises(DataError, match="a folder or a tar archive"):
        build(tmp_path / "maps.tar")


def pack(file: Path, *members: tuple[str, bytes | None]) -> Path:
    """Write an archive; content None makes a symbolic link to /etc/passwd."""
    with tarfile.open(file, "w:xz") as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            if content is None:
                member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
                archive.addfile(member)
            else:
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    return file


def test_archive_and_folder_give_the_same_tables(tmp_path, build):
    """The same two maps, loose and packed."""
    files = [
        put(tmp_path / "maps", day, square(0, 0, east, 10))
        for day, east in (("2025-01-01", 10), ("2025-01-02", 20))
    ]
    packed = pack(tmp_path / "m.tar.xz", *((f"data/{f.name}", f.read_bytes()) for f in files))
    loose, tables = build(tmp_path / "maps"), build(packed)
    assert total(tables) == [100.0, 200.0]
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, loose[name])


@pytest.mark.parametrize(
    ("name", "linked"),
    [
        ("../deepstatemap_data_20250102.geojson", False),
        ("/tmp/deepstatemap_data_20250102.geojson", False),
        ("data\\..\\deepstatemap_data_20250102.geojson", False),
        ("deepstatemap_data_20250102.geojson", True),
    ],
)
def test_an_archive_that_reaches_outside_is_refused(tmp_path, build, name, linked):
    """Names that climb or start at the root, and links, mark an archive not to be trusted."""
    good = json.dumps(document(square(0, 0, 10, 10))).encode()
    archive = pack(
        tmp_path / "m.tar.xz",
        (name_of("2025-01-01"), good),
        (name, None if linked else good),
    )
    with pytest.raises(DataError) as error:
        build(archive)
    assert [v.file for v in error.value.violations] == [name]


def test_written_tables_are_the_same_bytes_each_time(tmp_path, build):
    """Nothing in a table depends on order of files, hashing or the clock."""
    for day, east in (("2025-01-02", 20), ("2025-01-01", 10.04)):
        put(tmp_path / "maps", day, square(0, 0, east, 10))
    texts = [
        [f.read_bytes() for f in deepstate.write(build(tmp_path / "maps"), tmp_path / folder)]
        for folder in ("a", "b")
    ]
    assert texts[0] == texts[1]
    assert texts[0][0] == (
        b"date,occupied_km2,share_of_ukraine_pct\n2025-01-01,100.4,0.0166\n2025-01-02,200,0.0331\n"
    )


def test_known_gaps_are_those_of_the_public_repository():
    """Counted by hand: seven days between the first and the last map have no file upstream."""
    assert {day.isoformat() for day in deepstate.known_gaps()} == {
        "2024-08-18", "2024-08-19", "2025-01-01", "2025-03-31", "2025-04-01",
        "2025-11-26", "2026-07-09",
    }  # fmt: skip


def test_a_second_count_of_the_same_maps_is_compared_by_oblast(tmp_path, build):
    """1,600 km2 in the west, counted as 1,599.6 before: 0.4 more here; the peninsula is one."""
    put(tmp_path, "2024-07-08", square(0, 0, 40, 40))
    second = "date,oblast,occupied_km2\n2024-07-08,West,1599.6\n2024-07-08,East,0\n"
    (tmp_path / deepstate.SECOND_COUNT).write_text(second, encoding="utf-8")
    rows = build()["known-disagreements"].set_index("oblast")
    assert rows["largest_difference_km2"].to_dict() == {"Ukraine": 0.4, "West": 0.4}
    assert set(rows["days_compared"]) == {1}


def test_a_second_count_that_differs_by_more_is_refused(tmp_path, build):
    """1,600 and 1,590 km2 are ten apart: not the same maps, or not the same oblasts."""
    put(tmp_path, "2024-07-08", square(0, 0, 40, 40))
    second = "date,oblast,occupied_km2\n2024-07-08,West,1590\n"
    (tmp_path / deepstate.SECOND_COUNT).write_text(second, encoding="utf-8")
    with pytest.raises(DataError, match="West"):
        build()
