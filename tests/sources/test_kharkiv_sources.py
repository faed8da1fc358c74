"""The adapters of the Kharkiv chapter read what upstream publishes and name every bad row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis import kharkiv
from analysis.sources import cdb90, deepstate, kharkiv_front, kharkiv_geo
from analysis.violations import DataError

BATTLES = "ISQNO,WAR,NAME,STRA,STRD,CASA,CASD,WINA\n"


def folder(path: Path, battles: str, days: str = "1,1944-10-02T00:00:00\n") -> Path:
    (path / cdb90.BATTLES).write_text(BATTLES + battles, encoding="utf-8")
    terrain = "isqno,terrano,terra1,terra2,terra3\n1,1,R,B,D\n2,1,R,U,\n"
    (path / cdb90.TERRAIN).write_text(terrain, encoding="utf-8")
    (path / cdb90.DURATIONS).write_text("isqno,datetime_min\n" + days, encoding="utf-8")
    return path


def test_defeats_unknowns_and_towns_are_read(tmp_path):
    """By the code book -1 is a defeat of the attacker and -1 an unknown number of men."""
    rows = "2,W,TOWN,-1,200,5,-1,-1\n1,W,FIELD,300,100,1,2,1\n"
    raw = folder(tmp_path, rows, "1,1944-10-02T00:00:00\n2,1944-10-03T00:00:00\n")
    table = cdb90.build(raw)["cdb90-battles"].set_index("battle_id")
    assert table["outcome"].tolist() == ["attacker won", "attacker lost"]
    assert table["urban"].tolist() == ["false", "true"]
    assert table["attackers"].isna().tolist() == [False, True]
    assert table["defender_casualties"].isna().tolist() == [False, True]
    assert str(table.loc[1, "start"].date()) == "1944-10-02"


def test_every_bad_battle_is_named(tmp_path):
    """A word for a number in 1, an unknown code in 2, and no day for 2: three findings."""
    rows = "1,W,A,many,100,1,1,1\n2,W,B,10,10,1,1,7\n"
    with pytest.raises(DataError) as error:
        cdb90.build(folder(tmp_path, rows))
    found = {(v.row, v.column) for v in error.value.violations}
    assert found == {("1", "STRA"), ("2", "WINA"), ("2", "isqno")}


def test_a_file_that_has_lost_the_defeats_is_refused(tmp_path):
    """Among a hundred battles attackers have always lost some: a file without them is wrong."""
    rows = "".join(f"{n},W,N{n},10,10,1,1,1\n" for n in range(1, 102))
    days = "".join(f"{n},1900-01-01T00:00:00\n" for n in range(1, 102))
    with pytest.raises(DataError, match="defeats of attackers"):
        cdb90.build(folder(tmp_path, rows, days))


def square(west: float, south: float, east: float, north: float) -> dict:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def outlines(path: Path, russian: list[str]) -> Path:
    """Write a city inside an oblast that meets one Russian oblast along 50.2 degrees north."""

    def feature(key: str, value: str, shape: dict) -> dict:
        return {"type": "Feature", "properties": {key: value}, "geometry": shape}

    def collection(features: list[dict]) -> str:
        return json.dumps({"type": "FeatureCollection", "features": features})

    city = feature("ADM3_PCODE", "UA6312027", square(36.2, 49.9, 36.3, 50.0))
    oblast = feature("iso3166-2", "UA-63", square(36.0, 49.5, 36.5, 50.2))
    shapes = [square(36.0, 50.2, 36.5, 50.5), square(30, 52, 31, 53), square(33, 52, 34, 53)]
    others = [feature("name_latin", n, s) for n, s in zip(russian, shapes, strict=False)]
    (path / kharkiv_geo.CITY_FILE).write_text(collection([city]), encoding="utf-8")
    (path / kharkiv_geo.OBLAST_FILE).write_text(json.dumps(oblast), encoding="utf-8")
    (path / kharkiv_geo.RUSSIAN_FILE).write_text(collection(others), encoding="utf-8")
    return path


def test_border_is_the_edge_that_faces_russia(tmp_path):
    """The only shared edge runs along 50.2 degrees north; four kilometres round the corners."""
    raw = outlines(tmp_path, list(kharkiv_geo.RUSSIAN))
    regions = kharkiv_geo.build(raw)["kharkiv-regions"].set_index("name")
    border = regions.loc["Kharkiv Oblast to Russia", "geometry"]
    west, south, east, north = border.bounds
    assert (round(west, 3), round(east, 3), round(north, 3)) == (36.0, 36.5, 50.2)
    assert 50.2 - south < 5 / 111
    assert (regions["kind"] == "border").sum() == 1


def test_missing_oblasts_are_all_named(tmp_path):
    """Two of three Russian oblasts are not in the file: two findings at once."""
    with pytest.raises(DataError) as error:
        kharkiv_geo.build(outlines(tmp_path, ["Belgorod Oblast"]))
    assert {v.row for v in error.value.violations} == {"Bryansk Oblast", "Kursk Oblast"}


def test_simplified_outlines_keep_the_distance(tmp_path):
    """The description promises that no distance moves by more than 0.1 km."""
    raw = outlines(tmp_path, list(kharkiv_geo.RUSSIAN))
    tables = kharkiv_geo.build(raw)
    border = tables["kharkiv-regions"].iloc[-1]["geometry"]
    found = kharkiv.nearest(tables["kharkiv-city"].iloc[0]["geometry"], border)
    # 0.2 degrees of a meridian from 50.0 to 50.2 north: 22.25 km on the ellipsoid.
    assert found.km == pytest.approx(22.25, abs=0.1)


def daily(path: Path, shape: dict) -> Path:
    document = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": shape}]}  # fmt: skip
    file = path / "deepstatemap_data_20250102.geojson"
    file.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_front_is_measured_from_the_city(tmp_path):
    """Ground that covers the discs of two places whole and none of the third."""
    east = square(36.85, 49.6, 37.8, 50.29078)
    row = kharkiv_front.build(daily(tmp_path, east), gaps=set())["kharkiv-front-daily"].iloc[0]
    assert row["kupiansk_share"] == pytest.approx(1, abs=1e-6)
    # The edge of the ground runs through the middle of Vovchansk's disc.
    assert row["vovchansk_share"] == pytest.approx(0.5, abs=0.02)
    assert row["krynky_share"] == 0
    # From the city's eastern tip (36.4555 E) to 36.85 E along 50 N: 0.394 x 71.7 km.
    assert row["city_edge_km"] == pytest.approx(28.3, abs=0.4)
    assert row["city_edge_km"] < row["city_centre_km"]
    assert 0 < row["north_occupied_km2"] < row["oblast_occupied_km2"]


def test_known_gaps_belong_to_the_maps():
    """The series has a row for each map and none for the days without one."""
    days = {d.date() for d in kharkiv_front.tables.read("kharkiv-front-daily")["date"]}
    assert days & deepstate.known_gaps() == set()
