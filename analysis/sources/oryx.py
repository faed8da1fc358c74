"""Visually confirmed equipment losses of both belligerents, from transcriptions of Oryx.

Oryx lists every lost piece of which a photograph or a video is known, with its status:
destroyed, damaged, abandoned, captured.  It keeps no old versions; others copied its totals
day by day:

* scarnecchia/oryx_data (CC BY 4.0): every version of ``totals_by_type.csv`` in the history of
  the repository, newest commit a8624b4781666b73440fba89824133cb41531a72 (19 July 2025), put
  one below the other in ``oryx_losses_by_type_daily.csv``.  Files of single days as upstream
  has them (``*totals_by_type_YYYY-MM-DD.csv``) are read too and must agree with it.
* leedrake5/Russia-Ukraine (no licence stated), four days after that:
  ``oryx_losses_by_type_later_snapshots.csv``.  Only the types that the book draws are taken.

Both files have the columns date_recorded, country_losing, equipment_type, destroyed_units,
abandoned_units, captured_units, damaged_units, total_units.  In spring 2026 Oryx took
reconnaissance drones and ground robots off its list and revised captured equipment, so that
totals fall; `NARROWER_SINCE` marks the lists since then.

leedrake5/Russia-Ukraine goes on, one file a list, ``data/byType/YYYY-MM-DD.csv``, with the columns
country, equipment_type, destroyed, abandoned, captured, damaged, type_total and Date; `extend`
puts such lists after those that are held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources import reading
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

DAILY = "oryx_losses_by_type_daily.csv"
LATER = "oryx_losses_by_type_later_snapshots.csv"
_UPSTREAM = re.compile(r"totals_by_type_(\d{4}-\d{2}-\d{2})\.csv$")
# A list of one day as it goes on being copied.
LIST = re.compile(r"(\d{4}-\d{2}-\d{2})\.csv", re.ASCII)
BOTH = ("russia", "ukraine")

STATUSES = ("destroyed", "abandoned", "captured", "damaged")
# Names changed over the years; what the book does not draw is left out.
EQUIPMENT = {
    "All Types": "all",
    "Tanks": "tanks",
    "Infantry Fighting Vehicles": "infantry fighting vehicles",
    "Armoured Fighting Vehicles": "armoured fighting vehicles",
    "Armoured Personnel Carriers": "armoured personnel carriers",
    "Naval Ships and Submarines": "ships and submarines",
    "Naval Ships": "ships and submarines",
    "Trucks, Vehicles and Jeeps": "trucks and cars",
    "Trucks and similar vehicles": "trucks and cars",
    "Unmanned Aerial Vehicles": "drones",
    "Reconnaissance Unmanned Aerial Vehicles": "drones",
    "Unmanned Combat Aerial Vehicles": "drones",
    "Unmanned Ground Vehicles": "ground robots",
}
# The first list read after recon drones and ground robots had left it.
NARROWER_SINCE = pd.Timestamp("2026-05-15")
# Around the article every list is kept, elsewhere the last of each week.
EVERY_LIST = (pd.Timestamp("2024-04-08"), pd.Timestamp("2024-06-10"))
# Lists on which the sum of the types is off by more than this share of the printed total
# were copied wrongly.
LARGEST_GAP = 0.12
# Each is left out whole; an entry that is no longer needed is a violation too.
CUT_SHORT = {
    ("2022-03-28", "russia"): "destroyed equipment cut off at 100",
    ("2022-12-26", "russia"): "infantry fighting vehicles missing",
    ("2024-04-14", "ukraine"): "reconnaissance drones at 1,950 between 287 and 296",
}


def build(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the transcriptions and keep the lists and types that the book uses.

    Parameters
    ----------
    folder : Path
        With the files named above; files of single days may lie in a folder below.

    Returns
    -------
    dict of str to DataFrame
        ``oryx-losses``: date, country, equipment, destroyed, abandoned, captured, damaged,
        total (pieces, cumulative), scope; one row a list, country and type.

    Raises
    ------
    DataError
        A file that is missing or broken, a cell that is no number, statuses that do not sum
        to the total, lists cut short that are not known, single days that differ from the
        long file.
    """
    daily, later = _long(folder, DAILY), _long(folder, LATER)
    raise_all([*_sums(daily, DAILY), *_sums(later, LATER), *_cut_short(daily)])
    raise_all(_single_days(folder, daily))
    known = pd.MultiIndex.from_tuples(list(CUT_SHORT))
    keys = pd.MultiIndex.from_frame(daily[["date_recorded", "country_losing"]])
    return {"oryx-losses": _tidy(pd.concat([daily[~keys.isin(known)], later]))}


def extend(folder: Path, held: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Put lists of single days after those that are held.

    Parameters
    ----------
    folder : Path
        With files ``YYYY-MM-DD.csv`` as described above.
    held : DataFrame
        The table ``oryx-losses``.

    Returns
    -------
    dict of str to DataFrame
        ``oryx-losses``: the lists that are held, except those that the folder has too, and
        the last list of each later week.

    Raises
    ------
    DataError
        A list that is broken, cut short, of one belligerent only, or without a type that
        the last one held has; statuses that do not sum to the total.
    """
    files = sorted(file for file in folder.rglob("*.csv") if LIST.fullmatch(file.name))
    if not files:
        raise_all([Violation(str(folder.name), "-", "-", "no list", "files YYYY-MM-DD.csv")])
    read = [_list(file) for file in files]
    raise_all(
        violation
        for file, table in zip(files, read, strict=True)
        for violation in (*_sums(table, file.name), *_one_list(table, file.name))
    )
    rows = _by_type(pd.concat(read))
    days = pd.DatetimeIndex(held["date"])
    again = rows[rows["date"].isin(days)]
    later = rows[rows["date"] > days.max()]
    raise_all(_types_lost(later, held))
    kept = held[~held["date"].isin(again["date"])]
    table = pd.concat([kept, again, later[_kept(later)]])
    return {"oryx-losses": table.sort_values(["date", "country", "equipment"], ignore_index=True)}


def _list(file: Path) -> pd.DataFrame:
    """Read one list as it is copied now, into the columns of the long files."""
    columns = ["country", "equipment_type", *STATUSES, "type_total", "Date"]
    cells = reading.Cells(reading.table(file, columns), file.name)
    match = LIST.fullmatch(file.name)
    day = match[1] if match else ""
    cells.note(cells.frame["Date"] != day, "Date", f"{day}, as in the name of the file")
    cells.words("country", [name.capitalize() for name in BOTH])
    counts = {
        f"{name}_units": cells.numbers(column, whole=True)
        for name, column in ((*((s, s) for s in STATUSES), ("total", "type_total")))
    }
    # A name may be broken over two lines.
    names = cells.frame["equipment_type"].str.strip()
    cells.frame["equipment_type"] = names
    cells.once(["country", "equipment_type"])
    cells.check()
    table = pd.DataFrame(counts).astype("int64")
    table.insert(0, "date_recorded", day)
    table.insert(1, "country_losing", cells.frame["country"].str.lower())
    table.insert(2, "equipment_type", names)
    return table


def _one_list(table: pd.DataFrame, file: str) -> Iterator[Violation]:
    for country in BOTH:
        own = table[table["country_losing"] == country]
        if "All Types" not in set(own["equipment_type"]):
            yield Violation(file, country, "equipment_type", "no total", "a row All Types")
    gaps = _gaps(table).reset_index()
    for country, gap in zip(gaps["country_losing"], gaps["total_units"], strict=True):
        if not gap <= LARGEST_GAP:
            yield Violation(file, country, "type_total", f"{gap:.0%}", "types that sum to all")


def _types_lost(rows: pd.DataFrame, held: pd.DataFrame) -> Iterator[Violation]:
    """Find types that the last list held has and a later one of the same scope has not."""
    for key, group in rows.groupby(["date", "country", "scope"]):
        day, country, scope = (str(part) for part in key)
        same = held[(held["country"] == country) & (held["scope"] == scope)]
        last = same[same["date"] == same["date"].max()]
        for kind in sorted(set(last["equipment"]) - set(group["equipment"])):
            file, expected = f"{day[:10]}.csv", f"{kind}, as before"
            yield Violation(file, country, "equipment_type", "no such type", expected)


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the tables of `build` to ``series/``."""
    return [write_csv(tables["oryx-losses"], data / "series" / "oryx_losses.csv")]


def _long(folder: Path, name: str) -> pd.DataFrame:
    columns = ["date_recorded", "country_losing", "equipment_type"]
    counts = [f"{status}_units" for status in (*STATUSES, "total")]
    cells = reading.Cells(reading.table(reading.find(folder, name), [*columns, *counts]), name)
    cells.days("date_recorded")
    cells.words("country_losing", BOTH)
    numbers = {column: cells.numbers(column, whole=True) for column in counts}
    cells.once(columns)
    cells.check()
    return cells.frame[columns].assign(**numbers).astype(dict.fromkeys(counts, "int64"))


def _tidy(raw: pd.DataFrame) -> pd.DataFrame:
    table = _by_type(raw)
    return table[_kept(table)].reset_index(drop=True)


def _by_type(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the book uses: date, country, equipment, statuses, total, scope."""
    table = raw.assign(
        date=pd.to_datetime(raw["date_recorded"]),
        country=raw["country_losing"].str.capitalize(),
        equipment=raw["equipment_type"].map(EQUIPMENT),
    ).dropna(subset="equipment")
    table = table.rename(columns={f"{name}_units": name for name in (*STATUSES, "total")})
    table = table.groupby(["date", "country", "equipment"], as_index=False)[
        [*STATUSES, "total"]
    ].sum()
    narrow = table["date"] >= NARROWER_SINCE
    return table.assign(scope=narrow.map({False: "all", True: "without drones and robots"}))


def _kept(table: pd.DataFrame) -> pd.Series[bool]:
    """Keep every list near the article and after the daily ones, else the last of a week."""
    week = table["date"].dt.to_period("W")
    last = table.groupby(["country", week])["date"].transform("max")
    return table["date"].between(*EVERY_LIST) | (table["date"] == last)


def _sums(raw: pd.DataFrame, file: str) -> Iterator[Violation]:
    statuses = raw[[f"{name}_units" for name in STATUSES]].sum(axis=1)
    for row in raw[statuses != raw["total_units"]].itertuples():
        place = f"{row.date_recorded} {row.country_losing} {row.equipment_type}"
        yield Violation(file, place, "total_units", str(row.total_units), "the four statuses")


def _cut_short(daily: pd.DataFrame) -> Iterator[Violation]:
    gap = _gaps(daily)
    found = set(gap[gap > LARGEST_GAP].index)
    for day, country in sorted(found - set(CUT_SHORT)):
        size = f"{gap[day, country]:.0%}"
        yield Violation(DAILY, f"{day} {country}", "total_units", size, "types that sum to all")
    for day, country in sorted(set(CUT_SHORT) - found):
        if (day, country) in gap.index:
            reason = CUT_SHORT[day, country]
            yield Violation(DAILY, f"{day} {country}", "-", reason, "a list that is cut short")


def _gaps(table: pd.DataFrame) -> pd.Series[float]:
    """How far the types of a list are from its printed total, as a share of it."""
    key = ["date_recorded", "country_losing"]
    # Rows that sum up others begin with one of these words.
    plain = ~table["equipment_type"].str.startswith(("All Types", "Subtotal", "Losses "))
    total = table[table["equipment_type"] == "All Types"].set_index(key)["total_units"]
    return (total - table[plain].groupby(key)["total_units"].sum()).abs() / total


def _single_days(folder: Path, daily: pd.DataFrame) -> Iterator[Violation]:
    """Compare upstream files of single days with the same day of the long file."""
    long = daily.set_index(["date_recorded", "country_losing", "equipment_type"])["total_units"]
    for file in sorted(folder.rglob("*totals_by_type_*.csv")):
        match = _UPSTREAM.search(file.name)
        if match is None:
            continue
        columns = ["country", "equipment_type", "type_total"]
        cells = reading.Cells(reading.table(file, columns), file.name)
        totals = cells.numbers("type_total", whole=True)
        cells.check()
        single = cells.frame.assign(type_total=totals.astype("int64"))
        # Names that the long file writes in another way are not compared.
        named = set(EQUIPMENT) & set(daily["equipment_type"])
        for row in single[single["equipment_type"].isin(named)].itertuples():
            key = (match[1], str(row.country).lower(), row.equipment_type)
            if long.get(key) != row.type_total:
                expected = f"{long.get(key)} as in {DAILY}"
                yield Violation(file.name, str(key), "type_total", str(row.type_total), expected)


__all__ = ["build", "write"]
