"""The ISW and boundary adapters read what upstream publishes and name every bad row at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.sources import boundaries, isw
from analysis.violations import DataError

EARLY_HEAD = (
    "date,area_assessed_as_russia_controlled,name,area_assessed_as_russia_controlled_percent\n"
)
EARLY = EARLY_HEAD + "2022-02-24,81984426651.9,UkraineControlMapAO24FEB2022.zip,0.135819456108628\n"
UPSTREAM_HEAD = "date,name,type,area,area_in_square_km,source\n"


def folder(path: Path, **files: str) -> Path:
    (path / isw.EARLY).write_text(EARLY, encoding="utf-8")
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def test_upstream_file_is_read_in_its_own_layout(tmp_path):
    """First row of the published file: 79,528.129 km2, which is 30,706.0 square miles."""
    row = (
        "2022-02-24,UkraineControlMapAO24FEB2022.geojson,Territory assessed as Russia-controlled,"
        "79528129059.6231,79528.12905962308,Institute for the Study of War\n"
    )
    raw = folder(tmp_path, areas_of_control_daily_summary=UPSTREAM_HEAD + row)
    layers = isw.build(raw)["isw-layers-daily"]
    assert layers.loc[0, ["layer", "area_km2", "area_sq_mi"]].tolist() == [
        "assessed_russian_control", 79528.1, 30706.0,
    ]  # fmt: skip


def test_transcription_is_read_when_the_upstream_file_is_not_there(tmp_path):
    """Layers are sorted by day and layer, whatever the order of the file."""
    text = (
        "date,layer,area_km2,source\n"
        "2022-03-26,assessed_russian_control,132768.4,x\n"
        "2022-03-26,assessed_russian_advances,28521.7,x\n"
        "2022-02-24,assessed_russian_control,79528.1,x\n"
    )
    tables = isw.build(folder(tmp_path, isw_layers_2022_2023=text))
    assert tables["isw-layers-daily"]["area_km2"].tolist() == [79528.1, 28521.7, 132768.4]
    control = tables["isw-control-2022"]
    assert control.loc[0, ["control_as_published_km2", "map_name"]].tolist() == [
        81984.4, "UkraineControlMapAO24FEB2022",
    ]  # fmt: skip


def test_a_layer_that_the_book_does_not_take_is_left_out(tmp_path):
    """Partisan warfare is a layer of the published file from spring 2022 on."""
    rows = (
        "".join(
            f"2022-05-08,x.geojson,{kind},1,1.0,Institute for the Study of War\n"
            for kind in ("Reported Ukrainian partisan warfare", "Claimed Russian control")
        )
        + "2022-02-24,x.geojson,Territory assessed as Russia-controlled,1,79528.1,x\n"
    )
    raw = folder(tmp_path, areas_of_control_daily_summary=UPSTREAM_HEAD + rows)
    layers = isw.build(raw)["isw-layers-daily"]["layer"]
    assert set(layers) == {"claimed_russian_control", "assessed_russian_control"}


def test_the_early_file_is_kept_on_days_of_change_and_rescaled(tmp_path):
    """Early 103, 103, 104, 106 over ratios 1.03, 1.04, 1.05, 1.06: on the third day 99.05.

    Common days are the first and the last, so that the ratio runs in equal steps; the second
    day brings no change and has no row.
    """
    days = zip(("01", "02", "03", "04"), (103, 103, 104, 106), strict=True)
    early = EARLY_HEAD + "".join(f"2022-03-{d},{a}e6,Map{d}.zip,0.1\n" for d, a in days)
    later = "date,layer,area_km2\n" + "".join(
        f"2022-03-{d},assessed_russian_control,100\n" for d in ("01", "04")
    )
    (tmp_path / isw.EARLY).write_text(early, encoding="utf-8")
    (tmp_path / isw.LAYERS_TRANSCRIBED).write_text(later, encoding="utf-8")
    control = isw.build(tmp_path)["isw-control-2022"]
    assert control["date"].dt.day.tolist() == [1, 3, 4]
    # 104 / 1.05 = 99.0476
    assert control["control_km2"].tolist() == [100, 99, 100]
    assert control["basis"].tolist() == ["later file", "early file, rescaled", "later file"]


def test_every_bad_row_of_the_layers_is_named(tmp_path):
    """Row 1 is the header: a bad day in 2, an unknown layer in 3, areas in 4 and 5, a pair 6-7."""
    control = "assessed_russian_control"
    text = "date,layer,area_km2,source\n" + "".join(
        f"{day},{layer},{area},x\n"
        for day, layer, area in (
            ("26 March", control, "1"),
            ("2022-03-26", "grey zone", "1"),
            ("2022-03-27", control, "many"),
            ("2022-03-28", control, "700000"),
            ("2022-03-29", control, "1"),
            ("2022-03-29", control, "1"),
        )
    )
    with pytest.raises(DataError) as error:
        isw.build(folder(tmp_path, isw_layers_2022_2023=text))
    assert {(v.row, v.column) for v in error.value.violations} == {
        (2, "date"), (3, "layer"), (4, "area_km2"), (5, "area_km2"), (6, "layer"), (7, "layer"),
    }  # fmt: skip


def topology(**changes: object) -> dict[str, object]:
    """All 27 regions as unit squares on a one-degree grid, one arc each."""
    names = list(boundaries.REGIONS)
    arcs = [[[n, 0], [1, 0], [0, 1], [-1, 0], [0, -1]] for n in range(len(names))]
    shapes = [
        {"type": "Polygon", "arcs": [[n]], "properties": {"name": name}}
        for n, name in enumerate(names)
    ]
    return {
        "transform": {"scale": [0.5, 0.5], "translate": [25.0, 48.0]},
        "arcs": arcs,
        "objects": {"ukr": {"geometries": shapes}},
    } | changes


def put(path: Path, document: dict[str, object]) -> Path:
    (path / boundaries.RAW_NAME).write_text(json.dumps(document), encoding="utf-8")
    return path


def test_arcs_become_polygons_with_shared_borders(tmp_path):
    """Cell 0 is the half-degree square from 25 E 48 N; equal squares have equal areas."""
    tables = boundaries.build(put(tmp_path, topology()))
    first = tables["ukraine-oblasts"].set_index("oblast").loc["Cherkasy", "geometry"]
    assert first.bounds == (25.0, 48.0, 25.5, 48.5)
    areas = tables["oblast-areas"].set_index("oblast")["polygon_area_km2"]
    # 0.5 degrees of latitude are 55.6 km, of longitude at 48.25 N 37.1 km.
    assert areas["Cherkasy"] == pytest.approx(55.6 * 37.1, rel=0.005)
    files = boundaries.write(tables, tmp_path)
    assert [f.name for f in files][2] == "oblast_areas.csv"
    again = boundaries.read_regions(files[0]).set_index("oblast")
    assert again.loc["Cherkasy", "geometry"].equals(first)


def test_every_bad_region_is_named(tmp_path):
    """One region renamed: unknown under its new name and missing under the old; one a bow tie."""
    document = topology()
    shapes = document["objects"]["ukr"]["geometries"]
    shapes[3]["properties"]["name"] = "Taurida"
    document["arcs"][5] = [[5, 0], [1, 1], [0, -1], [-1, 1], [0, -1]]
    with pytest.raises(DataError) as error:
        boundaries.build(put(tmp_path, document))
    found = {(v.row, v.column) for v in error.value.violations}
    names = list(boundaries.REGIONS)
    assert found == {("Taurida", "name"), (names[3], "name"), (names[5], "geometry")}
