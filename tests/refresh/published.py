"""What each source would publish, made up from rows of the book's own tables.

A `Files` holds the content of each file by its path: in the repository of the source, or its
address.  Given a table as it is held, an adapter makes that same table of them again; rows put
after it are what the source has published since.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from analysis.refresh.records import RECORDS, WORLD_BANK_FILES, Repository
from analysis.sources import kiel, oryx, war_dead, worldbank
from analysis.sources.boundaries import to_lonlat

Files = dict[str, bytes]


def csv_file(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def json_file(document: object) -> bytes:
    return (json.dumps(document, indent=1) + "\n").encode()


def put(files: Files, folder: Path, *, names: bool = True) -> Path:
    """Write files into a folder as somebody would who downloaded them, under their last name."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (folder / local_name(path)).write_bytes(content)
    return folder


def local_name(path: str) -> str:
    """Return the name by which an adapter knows a file."""
    addresses = {address: name for name, address in WORLD_BANK_FILES.items()}
    renamed = {UK_FILE: war_dead.UK}
    return addresses.get(path) or renamed.get(path) or Path(path).name


# General Staff ---------------------------------------------------------------------------


def general_staff(table: pd.DataFrame) -> Files:
    """One report on the first of each month, and each correction on the day of the next one."""
    kinds = {"personnel": "personnel", "tanks": "tank", "armoured vehicles": "APC"}
    named = table.assign(kind=table["category"].map(kinds))
    levels = named.pivot_table(index="month", columns="kind", values="cumulative_at_end")
    levels.index += pd.offsets.MonthBegin(1)
    first = named[named["month"] == named["month"].min()].set_index("kind")
    start = first["cumulative_at_end"] - first["claimed"] - first["correction"]
    levels.loc[named["month"].min()] = start
    levels = levels.astype(int)
    fixes = named.pivot_table(index="month", columns="kind", values="correction").astype(int)
    fixes.index += pd.offsets.MonthBegin(1)
    fixes = fixes[(fixes != 0).any(axis=1)]
    if fixes.empty:
        fixes = (levels * 0).iloc[:1]
    files = {
        "personnel": levels.sort_index()[["personnel"]],
        "equipment": levels.sort_index()[["tank", "APC"]],
        "equipment_correction": fixes,
    }
    return {
        f"data/russia_losses_{name}.json": json_file(
            [{"date": f"{day:%Y-%m-%d}", **row.to_dict()} for day, row in frame.iterrows()]
        )
        for name, frame in files.items()
    }


def month_more(table: pd.DataFrame) -> pd.DataFrame:
    """Add a month to the claims: 1,000 persons, 10 tanks and 20 armoured vehicles."""
    claimed = {"personnel": 1000, "tanks": 10, "armoured vehicles": 20}
    last = table[table["month"] == table["month"].max()]
    more = last.assign(
        month=last["month"] + pd.offsets.MonthBegin(1),
        claimed=last["category"].map(claimed),
        correction=0,
    )
    more["cumulative_at_end"] = last["cumulative_at_end"] + more["claimed"]
    return pd.concat([table, more])


# Oryx ------------------------------------------------------------------------------------

_NAMES = {kept: name for name, kept in reversed(oryx.EQUIPMENT.items())}


def oryx_list(table: pd.DataFrame, day: pd.Timestamp) -> bytes:
    """Write one list; radars make up what the kept types lack of the total."""
    rows: list[list[object]] = [
        ["", "country", "equipment_type", *oryx.STATUSES, "type_total", "row_id", "Date"]
    ]
    for country in ("Russia", "Ukraine"):
        own = table[(table["date"] == day) & (table["country"] == country)]
        whole = own["equipment"] == "all"
        gap = int(own.loc[whole, "total"].iloc[0] - own.loc[~whole, "total"].sum())
        counted = [
            [_NAMES[row["equipment"]], *(row[status] for status in oryx.STATUSES), row["total"]]
            for row in own.to_dict("records")
        ]
        for number, cells in enumerate([*counted, ["Radars", gap, 0, 0, 0, gap]], start=1):
            rows.append([number, country, *cells, number, str(day.date())])
    return csv_file(rows)


def oryx_files(table: pd.DataFrame, days: Iterable[pd.Timestamp]) -> Files:
    return {f"data/byType/{day.date()}.csv": oryx_list(table, day) for day in days}


def list_more(table: pd.DataFrame, weeks: int = 1) -> pd.DataFrame:
    """Add a list: one more destroyed piece of every kind, and of the whole as many as kinds."""
    last = table[table["date"] == table["date"].max()]
    kinds = last.groupby("country")["equipment"].transform("count") - 1
    more = last.assign(date=last["date"] + pd.Timedelta(weeks=weeks))
    rise = np.where(more["equipment"] == "all", kinds, 1)
    for column in ("destroyed", "total"):
        more[column] = last[column] + rise
    return pd.concat([table, more])


# DeepState -------------------------------------------------------------------------------


def square(west: float, south: float, east: float, north: float) -> object:
    """Lay out a rectangle in kilometres east and north of the projection's centre."""
    corner = shapely.box(west * 1000, south * 1000, east * 1000, north * 1000)
    return to_lonlat(np.array([corner]))[0]


def map_file(*shapes: object) -> bytes:
    features = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(shape))}
        for shape in shapes
    ]
    return json_file({"type": "FeatureCollection", "features": features})


def map_path(day: str) -> str:
    return f"data/deepstatemap_data_{day.replace('-', '')}.geojson"


def maps(first: str, widths_km: Sequence[float]) -> Files:
    """Make one map a day, of ground 10 km high whose width is given."""
    days = pd.date_range(first, periods=len(widths_km))
    return {
        map_path(str(day.date())): map_file(square(5, 5, 5 + width, 15))
        for day, width in zip(days, widths_km, strict=True)
    }


# Kiel ------------------------------------------------------------------------------------

DONORS = {"Europe": "Poland", "United States": "United States", "Other donors": "Canada"}


def kiel_files(table: pd.DataFrame, release: int = 29) -> Files:
    """One donor stands for each group."""
    released = table[table["state"].str.startswith("release")]
    donors = [["country", "iso", "year", "month", "total", "financial", "humanitarian", "military"]]
    for row in released.itertuples():
        cells = [row.total_eur_bn, 0, 0, row.military_eur_bn]
        donors.append([DONORS[row.donor_group], "", row.month.year, row.month.month, *cells])
    sums = released.groupby("month")[["total_eur_bn", "military_eur_bn"]].sum().round(6)
    totals = [["year", "month", "total_allocations", "military", "financial", "humanitarian"]]
    totals += [
        [day.year, day.month, *row, 0, 0]
        for day, row in zip(sums.index, sums.to_numpy(), strict=True)
    ]
    info = [["release", "period", "date", "label"], [release, "", "2026-12-01", "Release"]]
    return {
        f"data/{kiel.DONORS}": csv_file(donors),
        f"data/{kiel.TOTALS}": csv_file(totals),
        f"data/{kiel.RELEASE_INFO}": csv_file(info),
    }


def released(table: pd.DataFrame) -> pd.DataFrame:
    """Publish the draft months as they are."""
    return table.assign(state="release 30")


# The Economist ---------------------------------------------------------------------------

_TRACKER = "output-data/tracker"
UK_FILE = (
    "source-data/deaths-and-casualties-data/"
    "Soldier deaths_casualties in Ukraine - uk mod month-by-month estimates.csv"
)


def economist(model: pd.DataFrame, ministry: pd.DataFrame) -> Files:
    files = {}
    for name in ("casualties", "deaths"):
        rows = [["date", "days_since_invasion", "estimate", "ci_lower", "ci_upper", "country"]]
        rows += [
            [
                f"{row['date']:%Y-%m-%d}",
                0,
                row[name],
                row[f"{name}_low"],
                row[f"{name}_high"],
                "russia",
            ]
            for row in reversed(model.to_dict("records"))
        ]
        files[f"{_TRACKER}/meta-estimate-{name}.csv"] = csv_file(rows)
    head = ["month", "year", "casualties (average daily losses)", "days in month"]
    rows = [[*head, "casualties in month", "cumulative casualties"]]
    rows += [
        [
            f"{row['month']:%B}".lower(),
            row["month"].year,
            row["casualties_per_day"],
            row["days"],
            row["casualties"],
            row["cumulative"],
        ]
        for row in ministry.to_dict("records")
    ]
    return files | {UK_FILE: csv_file(rows)}


def monday_more(model: pd.DataFrame) -> pd.DataFrame:
    """Add a week in which every column grows by 1,000."""
    last = model.iloc[[-1]].copy()
    numbers = last.columns.drop("date")
    last[numbers] += 1000
    last["date"] += pd.Timedelta(weeks=1)
    return pd.concat([model, last], ignore_index=True)


# World Bank ------------------------------------------------------------------------------


def world_bank(table: pd.DataFrame, updated: str = "2026-12-15") -> Files:
    columns = {worldbank.GDP: ("gdp_current_usd_bn", 1e9), worldbank.CPI: ("cpi_inflation_pct", 1)}
    return {
        WORLD_BANK_FILES[f"{indicator}.json"]: json_file(
            [
                {"page": 1, "pages": 1, "per_page": 1000, "lastupdated": updated},
                [
                    {
                        "indicator": {"id": indicator, "value": ""},
                        "countryiso3code": "RUS",
                        "date": str(row["year"]),
                        "value": None if pd.isna(row[column]) else row[column] * unit,
                    }
                    for row in table.to_dict("records")
                ],
            ]
        )
        for indicator, (column, unit) in columns.items()
    }


def year_more(table: pd.DataFrame) -> pd.DataFrame:
    """Add a year: 2,100 thousand million dollars, prices 8.4 percent up."""
    year = int(table["year"].max()) + 1
    more = pd.DataFrame(
        {"year": [year], "gdp_current_usd_bn": [2100.0], "cpi_inflation_pct": [8.4]}
    )
    return pd.concat([table, more.astype({"year": table["year"].dtype})], ignore_index=True)


def repository(name: str) -> str:
    upstream = RECORDS[name].upstream
    assert isinstance(upstream, Repository)
    return upstream.name
