"""How adapters read what a source publishes: strictly, so that a fault is named, not guessed away.

Every function collects what is wrong as violations with file, row and column.  A row of a table
is counted as in the file, the header being row 1; a record of a JSON list from 1.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import pandas as pd

from analysis.violations import DataError, Violation, raise_all

BOM: Final = b"\xef\xbb\xbf"
# Digits of other scripts are digits to a regular expression, and to nothing that reads numbers.
NUMBER: Final = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
WHOLE: Final = re.compile(r"-?\d+", re.ASCII)
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# No number here is larger: the largest is a gross domestic product in dollars.
LARGEST: Final = 1e15


def find(folder: Path, ending: str) -> Path:
    """Return the first file of a folder whose name ends so; a prefix does no harm.

    Raises
    ------
    DataError
        There is none.
    """
    found = sorted(file for file in folder.rglob(f"*{ending}") if file.is_file())
    if not found:
        refuse(ending, "-", "no such file", f"{ending} in the folder")
    return found[0]


def text(file: Path, *, bom: bool = False) -> str:
    """Return a file as text.

    Parameters
    ----------
    file : Path
    bom : bool
        The source begins its file with a byte order mark.

    Raises
    ------
    DataError
        Empty, not UTF-8, a mark that is not the source's habit, or a page instead of data.
    """
    content = file.read_bytes()
    if not content.strip():
        refuse(file.name, "-", "empty", "data")
    if content.startswith(BOM) and not bom:
        refuse(file.name, "-", "a byte order mark", "UTF-8 without one")
    try:
        decoded = content.decode("utf-8-sig" if bom else "utf-8")
    except UnicodeDecodeError as error:
        refuse(file.name, "-", f"byte {error.object[error.start]:#04x} at {error.start}", "UTF-8")
    if "\0" in decoded:
        refuse(file.name, "-", "a zero byte", "text")
    if is_page(content):
        refuse(file.name, "-", decoded.lstrip()[:40], "data, not a page")
    return decoded


def refuse(file: str, row: str | int, value: str, expected: str) -> NoReturn:
    """Refuse a file for one reason.

    Raises
    ------
    DataError
        Always.
    """
    raise DataError([Violation(file, row, "-", value, expected)])


def is_page(content: bytes) -> bool:
    """Return whether something is an HTML page, whatever it was announced as."""
    start = content.removeprefix(BOM).lstrip()[:200].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def table(file: Path, columns: Sequence[str], *, bom: bool = False) -> pd.DataFrame:
    """Read a CSV file with a header; its cells stay text.

    Parameters
    ----------
    file : Path
    columns : sequence of str
        Columns that must be there; others may be.
    bom : bool
        As for `text`.

    Returns
    -------
    DataFrame
        Indexed by the row in the file.

    Raises
    ------
    DataError
        With every column that is missing or stands twice, and every row of another length.
    """
    reader = csv.reader(io.StringIO(text(file, bom=bom), newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        refuse(file.name, reader.line_num, str(error), "comma-separated values")
    header = rows[0] if rows else []
    expected = f"the columns {', '.join(columns)}"
    wrong = [
        Violation(file.name, 1, name, f"there {header.count(name)} times", expected)
        for name in columns
        if header.count(name) != 1
    ]
    wrong += [
        Violation(file.name, number, "-", f"{len(row)} cells", f"{len(header)} cells")
        for number, row in enumerate(rows[1:], start=2)
        if len(row) != len(header)
    ]
    if len(rows) < 2:
        wrong.append(Violation(file.name, "-", "-", "no row", "at least one row"))
    raise_all(wrong)
    frame = pd.DataFrame(rows[1:], columns=header, dtype=str)
    frame.index = pd.RangeIndex(2, len(rows) + 1)
    return frame


def document(file: Path) -> Any:
    """Read a JSON document; refuse what is no JSON, such as NaN.

    Raises
    ------
    DataError
        With the place at which it breaks off or goes wrong.
    """

    def no_number(constant: str) -> Any:
        raise ValueError(constant)

    content = text(file)
    try:
        return json.loads(content, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        refuse(file.name, getattr(error, "lineno", "-"), str(error)[:80], "JSON")


def records(file: Path, fields: Sequence[str]) -> pd.DataFrame:
    """Read a JSON list of records; its cells become text.

    Parameters
    ----------
    file : Path
    fields : sequence of str
        Fields that every record must have.

    Returns
    -------
    DataFrame
        The fields, indexed by the number of the record.

    Raises
    ------
    DataError
        Not a list of records, or with every field that a record lacks.
    """
    found = document(file)
    if not isinstance(found, list) or not found:
        kind = f"{type(found).__name__} of {len(found) if isinstance(found, list) else 1}"
        refuse(file.name, "-", kind, "a list of records")
    wrong = [
        Violation(file.name, number, name, "no such field", "the field in every record")
        for number, record in enumerate(found, start=1)
        for name in fields
        if not isinstance(record, dict) or name not in record
    ]
    raise_all(wrong)
    cells = [[_cell(record[name]) for name in fields] for record in found]
    return pd.DataFrame(cells, columns=list(fields), index=pd.RangeIndex(1, len(found) + 1))


def _cell(value: object) -> str:
    # A boolean is no number, although Python counts with it.
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)


class Cells:
    """Turn the cells of one file into numbers and days, collecting every fault.

    Parameters
    ----------
    frame : DataFrame
        As `table` and `records` give it.
    file : str
        Name for the violations.
    """

    def __init__(self, frame: pd.DataFrame, file: str) -> None:
        self.frame = frame
        self.file = file
        self.wrong: list[Violation] = []

    def note(self, bad: pd.Series[bool], column: str, expected: str) -> None:
        """Add a violation for each row that is bad."""
        for row, cell in self.frame.loc[bad, column].items():
            self.wrong.append(Violation(self.file, int(str(row)), column, str(cell)[:60], expected))

    def _matching(
        self, column: str, form: Callable[[str], object], empty: Collection[str], expected: str
    ) -> pd.Series[str]:
        cells = self.frame[column].astype(str)
        blank = cells.isin(list(empty))
        fits = cells.map(lambda cell: form(cell) is not None)
        self.note(~fits & ~blank, column, expected)
        return cells.where(fits & ~blank)

    def numbers(
        self,
        column: str,
        *,
        least: float | None = 0,
        empty: Collection[str] = (),
        whole: bool = False,
    ) -> pd.Series[float]:
        """Return a column as numbers.

        Parameters
        ----------
        column : str
        least : float or None
            Smallest number there may be.
        empty : collection of str
            Cells that stand for a missing number.
        whole : bool
            Only whole numbers.
        """
        kind = "a whole number" if whole else "a number"
        expected = kind if least is None else f"{kind}, {least:g} or more"
        form = WHOLE if whole else NUMBER
        found = pd.to_numeric(self._matching(column, form.fullmatch, empty, expected))
        self.note(found.abs() > LARGEST, column, f"a number of at most {LARGEST:g}")
        if least is not None:
            self.note(found < least, column, expected)
        return found.astype(float)

    def days(self, column: str) -> pd.Series[pd.Timestamp]:
        """Return a column as days, each of them once."""
        expected = "a day, YYYY-MM-DD"
        cells = self._matching(column, DAY.fullmatch, (), expected)
        found = pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce")
        self.note(found.isna() & cells.notna(), column, expected)
        return found

    def once(self, columns: Sequence[str]) -> None:
        """Refuse rows that share all these columns."""
        twice = self.frame.duplicated(list(columns), keep=False)
        self.note(twice, columns[0], f"one row for each {' and '.join(columns)}")

    def words(self, column: str, known: Collection[str]) -> None:
        """Refuse words that are not known."""
        self.note(~self.frame[column].isin(list(known)), column, f"one of {sorted(known)}"[:120])

    def check(self) -> None:
        """Raise what was found.

        Raises
        ------
        DataError
            With every fault of the file.
        """
        raise_all(self.wrong)
