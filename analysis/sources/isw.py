"""Areas of the layers of the ISW maps, from The Economist's war-fire model.

Upstream: https://github.com/TheEconomist/the-economist-war-fire-model (data CC BY 4.0), two
files of ``output-data/``:

* ``areas_of_control_daily_summary.csv`` (commit 4c994279827ae681a47f55452af83303235a5781):
  columns date, name, type, area (m2), area_in_square_km and derived ones.  `build` reads it
  when the folder holds it.  Otherwise it reads ``isw_layers_2022_2023.csv``, a transcription
  of chosen windows of days (columns date, layer, area_km2).
* ``area_assessed_as_controlled_by_Russia.csv`` (commit
  5546086d8c35c1365055891fd13b0b25f5ebbd2f), an early file, one row a day to 8 February 2023,
  whose areas are 3.0 to 3.6 percent too large (projection).  Its days of change are brought
  to the scale of the later file by the ratio between common days.

The Institute for the Study of War (ISW) draws the maps; control is what it assesses as
controlled, advances is presence without control.  Ground was moved from one to the other on
single days (8 May 2022, 27 January and 4 March 2023), so a change of control alone is partly
definition.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

UPSTREAM = "areas_of_control_daily_summary.csv"
LAYERS_TRANSCRIBED = "isw_layers_2022_2023.csv"
EARLY = "area_assessed_as_controlled_by_Russia.csv"

LAYERS = {
    "Territory assessed as Russia-controlled": "assessed_russian_control",
    "Assessed Russian advances": "assessed_russian_advances",
    "Claimed Russian control": "claimed_russian_control",
    "Claimed Ukrainian counter-offensive": "claimed_ukrainian_counteroffensives",
}
# Known layers that the book does not take.
LEFT_OUT = {"Reported Ukrainian partisan warfare"}
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
        (date, control_km2, control_as_published_km2, share_as_published_pct, map_name, basis):
        the days on which control changed, on the scale of the later file and as published.

    Raises
    ------
    DataError
        With every row that has no date, an unknown layer, an area that is not a number
        between 0 and that of Ukraine, or a key that stands twice.
    """
    upstream = raw / UPSTREAM
    name = UPSTREAM if upstream.exists() else LAYERS_TRANSCRIBED
    table = pd.read_csv(raw / name, dtype=str, keep_default_na=False)
    layers = _from_upstream(table) if upstream.exists() else table[["date", "layer", "area_km2"]]
    early = _early(pd.read_csv(raw / EARLY, dtype=str, keep_default_na=False))
    raise_all(
        [
            *_violations(name, layers, ["date", "layer"], "area_km2", set(LAYERS.values())),
            *_violations(EARLY, early, ["date"], "control_as_published_km2", set()),
        ]
    )
    typed = _layers(layers)
    return {"isw-layers-daily": typed, "isw-control-2022": _control(early, typed)}


def _from_upstream(table: pd.DataFrame) -> pd.DataFrame:
    taken = table[~table["type"].isin(LEFT_OUT)]
    renamed = taken.rename(columns={"area_in_square_km": "area_km2"})
    return renamed.assign(layer=renamed["type"].replace(LAYERS))[["date", "layer", "area_km2"]]


def _early(table: pd.DataFrame) -> pd.DataFrame:
    """Bring the early file to km2; a cell that is no number is left for the check."""
    m2 = pd.to_numeric(table["area_assessed_as_russia_controlled"], errors="coerce")
    return pd.DataFrame(
        {
            "date": table["date"],
            "control_as_published_km2": (m2 / 1e6).round(1),
            "share_as_published_pct": 100
            * pd.to_numeric(table["area_assessed_as_russia_controlled_percent"], errors="coerce"),
            "map_name": table["name"].str.removesuffix(".zip"),
        }
    )


def _layers(layers: pd.DataFrame) -> pd.DataFrame:
    out = layers.assign(date=pd.to_datetime(layers["date"]))
    out["area_km2"] = out["area_km2"].astype(float).round(1)
    out["area_sq_mi"] = (out["area_km2"] / KM2_PER_SQ_MI).round(1)
    return out.sort_values(["date", "layer"], ignore_index=True)


def _control(early: pd.DataFrame, layers: pd.DataFrame) -> pd.DataFrame:
    """Keep the days of change, on the scale of the later file (see `rescaled`)."""
    daily = early.assign(date=pd.to_datetime(early["date"])).sort_values("date")
    control = layers[layers["layer"] == "assessed_russian_control"].set_index("date")["area_km2"]
    published = daily.set_index("date")["control_as_published_km2"]
    daily["control_km2"] = rescaled(published, control).to_numpy()
    daily["basis"] = np.where(daily["date"].isin(control.index), *BASIS)
    changed = daily["control_as_published_km2"].diff() != 0
    columns = ["date", "control_km2", "control_as_published_km2", "share_as_published_pct"]
    kept: pd.DataFrame = daily.loc[changed, [*columns, "map_name", "basis"]]
    return kept.reset_index(drop=True)


BASIS = ("later file", "early file, rescaled")


def rescaled(published: pd.Series[float], control: pd.Series[float]) -> pd.Series[float]:
    """Bring the early series to the scale of the later one.

    Parameters
    ----------
    published, control : Series
        Areas by day, km2: of the early file (every day) and of the later file (chosen days).

    Returns
    -------
    Series
        By day of `published`, km2, one decimal: the later value where there is one, else the
        early value over the ratio interpolated between the common days on either side.
    """
    common = control.reindex(published.index)
    known = common.notna()
    day = (published.index - published.index[0]).days
    ratio = np.interp(day, day[known], (published / common)[known])
    return common.fillna(published / ratio).round(1)


def _violations(
    file: str, table: pd.DataFrame, key: list[str], area: str, layers: set[str]
) -> list[Violation]:
    wrong: list[Violation] = []

    def note(bad: pd.Series[bool], column: str, expected: str) -> None:
        # The header is row 1 of the file.
        cells = table.loc[bad, column]
        for row, cell in zip(cells.index, cells, strict=True):
            wrong.append(Violation(file, int(row) + 2, column, str(cell), expected))

    dates = pd.to_datetime(table["date"], format="%Y-%m-%d", errors="coerce")
    note(dates.isna(), "date", "a day, YYYY-MM-DD")
    if layers:
        note(~table["layer"].isin(layers), "layer", f"one of {sorted(layers)}")
    number = pd.to_numeric(table[area], errors="coerce")
    note(~number.between(0, UKRAINE_KM2), area, f"km2, 0 to {UKRAINE_KM2}")
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
            {"control_km2": 1, "control_as_published_km2": 1, "share_as_published_pct": 4},
        ),
    ]
