"""Areas of the layers of the ISW maps, from The Economist's war-fire model.

Upstream: https://github.com/TheEconomist/the-economist-war-fire-model (data CC BY 4.0), two
files of ``output-data/``:

* ``areas_of_control_daily_summary.csv`` (commit 4c994279827ae681a47f55452af83303235a5781):
  columns date, name, type, area (m2), area_in_square_km and derived ones.  `build` reads it
  when the folder holds it.  Otherwise it reads ``isw_layers_2022_2023.csv``, a transcription
  of chosen windows of days (columns date, layer, area_km2).
* ``area_assessed_as_controlled_by_Russia.csv`` (commit
  5546086d8c35c1365055891fd13b0b25f5ebbd2f), an early file whose areas are 3.0 to 3.6 percent
  too large (projection).  Only its transcription ``isw_control_2022_series.csv`` is read: the
  days on which control changed, as published and brought to the scale of the later file by
  the ratio between common days (error below 0.1 percent).

The Institute for the Study of War (ISW) draws the maps; control is what it assesses as
controlled, advances is presence without control.  Ground was moved from one to the other on
single days (27 January and 4 March 2023), so a change of control alone is partly definition.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

UPSTREAM = "areas_of_control_daily_summary.csv"
LAYERS_TRANSCRIBED = "isw_layers_2022_2023.csv"
CONTROL_TRANSCRIBED = "isw_control_2022_series.csv"

LAYERS = {
    "Territory assessed as Russia-controlled": "assessed_russian_control",
    "Assessed Russian advances": "assessed_russian_advances",
    "Claimed Russian control": "claimed_russian_control",
    "Claimed Ukrainian counter-offensive": "claimed_ukrainian_counteroffensives",
}
BASIS = {
    "later file, same day": "later file",
    "early file divided by interpolated ratio": "early file, rescaled",
}
# The international square mile (US National Institute of Standards and Technology).
KM2_PER_SQ_MI = 2.589988110336
UKRAINE_KM2 = 603_628


def build(raw: Path) -> dict[str, pd.DataFrame]:
    """Read the ISW layers and the control series of 2022.

    Parameters
    ----------
    raw : Path
        Folder with the files named above.

    Returns
    -------
    dict of str to DataFrame
        ``isw-layers-daily`` (date, layer, area_km2, area_sq_mi) and ``isw-control-2022``
        (date, control_km2, control_as_published_km2, basis), areas as published or rescaled.

    Raises
    ------
    DataError
        With every row that has no date, an unknown layer or basis, an area that is not a
        number between 0 and that of Ukraine, or a key that stands twice.
    """
    upstream = raw / UPSTREAM
    name = UPSTREAM if upstream.exists() else LAYERS_TRANSCRIBED
    table = pd.read_csv(raw / name, dtype=str, keep_default_na=False)
    layers = _from_upstream(table) if upstream.exists() else table[["date", "layer", "area_km2"]]
    control = pd.read_csv(raw / CONTROL_TRANSCRIBED, dtype=str, keep_default_na=False)
    control = control.rename(
        columns={
            "control_km2_rescaled": "control_km2",
            "control_km2_as_published": "control_as_published_km2",
        }
    )
    raise_all(
        [
            *_violations(name, layers, ["date", "layer"], ["area_km2"], {"layer": LAYERS.values()}),
            *_violations(
                CONTROL_TRANSCRIBED,
                control,
                ["date"],
                ["control_km2", "control_as_published_km2"],
                {"basis": BASIS},
            ),
        ]
    )
    return {"isw-layers-daily": _layers(layers), "isw-control-2022": _control(control)}


def _from_upstream(table: pd.DataFrame) -> pd.DataFrame:
    renamed = table.rename(columns={"area_in_square_km": "area_km2"})
    return renamed.assign(layer=renamed["type"].replace(LAYERS))[["date", "layer", "area_km2"]]


def _layers(layers: pd.DataFrame) -> pd.DataFrame:
    out = layers.assign(date=pd.to_datetime(layers["date"]))
    out["area_km2"] = out["area_km2"].astype(float).round(1)
    out["area_sq_mi"] = (out["area_km2"] / KM2_PER_SQ_MI).round(1)
    return out.sort_values(["date", "layer"], ignore_index=True)


def _control(control: pd.DataFrame) -> pd.DataFrame:
    columns = ["control_km2", "control_as_published_km2"]
    out = control[["date", *columns, "basis"]].assign(date=pd.to_datetime(control["date"]))
    out[columns] = out[columns].astype(float).round(1)
    out["basis"] = out["basis"].replace(BASIS)
    return out.sort_values("date", ignore_index=True)


def _violations(
    file: str,
    table: pd.DataFrame,
    key: list[str],
    areas: list[str],
    words: dict[str, object],
) -> list[Violation]:
    wrong: list[Violation] = []

    def note(bad: pd.Series[bool], column: str, expected: str) -> None:
        # The header is row 1 of the file.
        cells = table.loc[bad, column]
        for row, cell in zip(cells.index, cells, strict=True):
            wrong.append(Violation(file, int(row) + 2, column, str(cell), expected))

    dates = pd.to_datetime(table["date"], format="%Y-%m-%d", errors="coerce")
    note(dates.isna(), "date", "a day, YYYY-MM-DD")
    for column, allowed in words.items():
        known = list(allowed)  # type: ignore[call-overload]
        note(~table[column].isin(known), column, f"one of {known}")
    for column in areas:
        number = pd.to_numeric(table[column], errors="coerce")
        note(~number.between(0, UKRAINE_KM2), column, f"km2, 0 to {UKRAINE_KM2}")
    note(table.duplicated(key, keep=False), key[-1], f"one row for each {' and '.join(key)}")
    return wrong


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write both tables; return what was written."""
    series = data / "series"
    return [
        write_csv(
            tables["isw-layers-daily"],
            series / "isw_layers_daily.csv",
            {"area_km2": 1, "area_sq_mi": 1},
        ),
        write_csv(
            tables["isw-control-2022"],
            series / "isw_control_2022.csv",
            {"control_km2": 1, "control_as_published_km2": 1},
        ),
    ]
