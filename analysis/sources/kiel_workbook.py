"""The workbook in which the Kiel Institute publishes a release of its tracker.

``Ukraine_Support_Tracker_Release_NN.xlsx``, linked from
https://www.kielinstitut.de/topics/war-against-ukraine/ukraine-support-tracker/; its address has a
part of its own in every release.  Two sheets are read:

* "Bilateral Assistance, MAIN DATA", one row for a part of an allocation: donor,
  aid_type_general, measure, month (counted from January 2022; 0 where it is not known) and
  tot_sub_activity_value_EUR_redistr (euros).  Rows without a month are in no monthly sum.
* "Allocations by type and month": the institute's own sums, in thousand million euros.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import openpyxl
import pandas as pd

from analysis.sources import reading
from analysis.violations import DataError, Violation, raise_all

NAME: Final = re.compile(r".*Ukraine_Support_Tracker_Release_(\d+)(v\d+)?\.xlsx")
MAIN, SUMS = "Bilateral Assistance, MAIN DATA", "Allocations by type and month"
AMOUNT: Final = "tot_sub_activity_value_EUR_redistr"
NEEDED: Final = ("donor", "aid_type_general", "measure", "month", AMOUNT)
FIRST_MONTH: Final = pd.Period("2022-01", freq="M")
LAST_NUMBER: Final = 600
# A workbook is a ZIP archive; one that unpacks to more is none that the institute made.
LARGEST_BYTES: Final = 400_000_000
# What openpyxl raises for what is no workbook; a broken sheet of XML is a SyntaxError.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, TypeError,
    AttributeError, SyntaxError, NotImplementedError,
)  # fmt: skip


def find(folder: Path) -> Path | None:
    """Return the workbook of a folder; the last by name where there are several."""
    books = sorted(file for file in folder.rglob("*.xlsx") if NAME.fullmatch(file.name))
    return books[-1] if books else None


def release(file: Path) -> int:
    """Return the number of the release, which stands in the name of the file."""
    match = NAME.fullmatch(file.name)
    if match is None:
        reading.refuse(file.name, "-", file.name, "Ukraine_Support_Tracker_Release_NN.xlsx")
    return int(match[1])


def read(file: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read what each donor allocated in each month, and the institute's own sums.

    Returns
    -------
    donors : DataFrame
        country, month, military, total (thousand million euros, as text).
    sums : DataFrame
        month, military, total_allocations (thousand million euros).

    Raises
    ------
    DataError
        No workbook, no such sheets or columns, and every row without a month or an amount.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > LARGEST_BYTES:
            reading.refuse(file.name, "-", f"{size} bytes", f"at most {LARGEST_BYTES} unpacked")
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        sheets = {
            name: list(book[name].iter_rows(values_only=True))
            for name in (MAIN, SUMS)
            if name in book.sheetnames
        }
        book.close()
    except DataError:
        raise
    except _BROKEN as error:
        reading.refuse(file.name, "-", str(error)[:60], "a workbook")
    for name in (MAIN, SUMS):
        if name not in sheets:
            reading.refuse(file.name, "-", f"sheets {book.sheetnames}"[:80], f"a sheet {name!r}")
    return _donors(f"{file.name}, {MAIN}", sheets[MAIN]), _sums(
        f"{file.name}, {SUMS}", sheets[SUMS]
    )


def _donors(place: str, rows: list[Sequence[Any]]) -> pd.DataFrame:
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    missing = [name for name in NEEDED if name not in header]
    if missing:
        reading.refuse(place, 1, f"no {', '.join(missing)}", f"columns {', '.join(NEEDED)}")
    parts = pd.DataFrame(
        [[row[header.index(name)] for name in NEEDED] for row in rows[1:]],
        columns=list(NEEDED),
        index=pd.RangeIndex(2, len(rows) + 1),
        dtype=object,
    )
    parts = parts[parts["donor"].notna() & (parts["measure"] == "Allocation")]
    months = pd.to_numeric(parts["month"], errors="coerce")
    euros = pd.to_numeric(parts[AMOUNT].fillna(0), errors="coerce")
    checks = (
        ("month", ~months.between(0, LAST_NUMBER), "months since the end of 2021, or 0"),
        (AMOUNT, ~euros.between(0, reading.LARGEST), "euros, nought or more"),
    )
    raise_all(
        Violation(place, int(str(row)), column, str(parts.loc[row, column]), expected)
        for column, bad, expected in checks
        for row in parts.index[bad]
    )
    if parts.empty:
        reading.refuse(place, "-", "no allocation", "at least one")
    dated = months > 0
    table = pd.DataFrame(
        {
            "country": parts.loc[dated, "donor"].astype(str).str.strip(),
            "month": [(FIRST_MONTH + int(number) - 1).to_timestamp() for number in months[dated]],
            "military": euros[dated].where(parts.loc[dated, "aid_type_general"] == "Military", 0),
            "total": euros[dated],
        }
    )
    sums = table.groupby(["country", "month"], as_index=False).sum()
    return sums.assign(
        **{name: (sums[name] / 1e9).map("{:.9f}".format) for name in ("military", "total")}
    )


def _sums(place: str, rows: list[Sequence[Any]]) -> pd.DataFrame:
    names = [[str(cell or "").strip().lower() for cell in row] for row in rows]
    top = next((number for number, row in enumerate(names) if "month" in row), None)
    if top is None:
        reading.refuse(place, "-", "no header", "a row with Month")
    starts = {"month": "month", "military": "military", "total_allocations": "total"}
    at = {
        name: next((n for n, text in enumerate(names[top]) if text.startswith(start)), None)
        for name, start in starts.items()
    }
    columns = [place_of for place_of in at.values() if place_of is not None]
    if len(columns) < len(at):
        reading.refuse(place, top + 1, str(names[top])[:80], "Month, Military and Total")
    found = [[row[column] for column in columns] for row in _dated(rows[top + 1 :], columns)]
    table = pd.DataFrame(found, columns=list(at))
    numbers = table[["military", "total_allocations"]].apply(pd.to_numeric, errors="coerce")
    if table.empty or not bool((numbers >= 0).all(axis=None)):
        reading.refuse(place, "-", "a sum that is no number", "thousand million euros")
    months = pd.to_datetime(table["month"]).dt.to_period("M").dt.to_timestamp()
    return pd.DataFrame({"month": months, **numbers})


def _dated(rows: list[Sequence[Any]], columns: Sequence[int]) -> Iterator[Sequence[Any]]:
    """Yield the rows that begin with a month; others are notes and totals."""
    for row in rows:
        if len(row) > max(columns) and isinstance(row[columns[0]], datetime):
            yield row
