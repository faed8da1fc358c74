"""The ISW and boundary adapters read what upstream publishes and name every bad row at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.sources import boundaries, isw
from analysis.violations import DataError

CONTROL = (
    "date,control_km2_as_published,control_km2_rescaled,share_of_ukraine_pct_rescaled,basis,source\n"
    '2022-02-24,81984.4,79528.1,13.18,"later file, same day",x\n'
)
UPSTREAM_HEAD = "date,name,type,area,area_in_square_km,source\n"


def folder(path: Path, **files: str) -> Path:
    (path / isw.CONTROL_TRANSCRIBED).write_text(CONTROL, encoding="utf-8")
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
    )
    tables = isw.build(folder(tmp_path, isw_layers_2022_2023=text))
    assert tables["isw-layers-daily"]["area_km2"].tolist() == [28521.7, 132768.4]
    control = tables["isw-control-2022"]
    assert control.loc[0, ["control_km2", "basis"]].tolist() == [79528.1, "later file"]


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
