"""Gross domestic product and consumer prices of Russia, from World Bank indicators.

Upstream, both under the Public Domain Dedication and License (ODC-PDDL-1.0):

* https://github.com/datasets/gdp, ``data/gdp.csv`` (commit
  822019c80142c162e4ca4eb1a63699ae36075078): NY.GDP.MKTP.CD, columns Country Name, Country
  Code, Year, Value (current USD).
* https://github.com/datasets/inflation, ``archive/FP.CPI.TOTL.ZG.csv`` (commit
  fc1dbea68842b3606d00019f5ed3788466f84adc): FP.CPI.TOTL.ZG, one column a year (percent).  The
  series for Russia stops in 2021.  Not used: ``data/inflation-consumer.csv`` of the same
  repository, whose figures for Russia look like another price index (19.4 for 2021 against
  6.7 here).

The World Bank itself gives the same indicators for one country as JSON (api.worldbank.org, version
2), one page of records after a record about the answer; files of that form, named after the
indicator, are read first.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.paths import DATA
from analysis.sources import reading
from analysis.sources.tables import write_csv
from analysis.violations import DataError, Violation, raise_all

# Name upstream first, then the name under which a copy may be kept.
GDP_FILES = ("gdp.csv", "worldbank_gdp_current_usd.csv")
CPI_FILES = ("FP.CPI.TOTL.ZG.csv", "worldbank_FP.CPI.TOTL.ZG.csv")
GDP, CPI = "NY.GDP.MKTP.CD", "FP.CPI.TOTL.ZG"
CODE = "RUS"
# Prices from the year after the first that SIPRI is charted for, GDP where shares are.
FIRST_YEAR, FIRST_YEAR_OF_GDP = 2015, 2023
# The years that a file may speak of; the World Bank has none before.
YEAR = re.compile(r"(19[6-9]|20\d|21\d)\d", re.ASCII)


def build(folder: Path) -> dict[str, pd.DataFrame]:
    """Read both indicators for Russia.

    Parameters
    ----------
    folder : Path
        With one file of each pair named above.

    Returns
    -------
    dict of str to DataFrame
        ``world-bank-russia``: year, gdp_current_usd_bn, cpi_inflation_pct (mean of the year
        over the year before); empty where the World Bank has no figure and, for GDP, before
        2023.  Years without either are left out.

    Raises
    ------
    DataError
        A file that is missing or broken; every cell that is no number, every year that
        stands twice, and a country that is missing.
    """
    dollars, gdp_file = _gdp(folder)
    prices, cpi_file = _cpi(folder)
    raise_all(
        Violation(file, "-", "Country Code", "no row", CODE)
        for file, cells in ((gdp_file, dollars), (cpi_file, prices))
        if not cells
    )
    years = range(FIRST_YEAR, 1 + max(int(year) for year in (*dollars, *prices)))
    out = pd.DataFrame(
        {
            "year": list(years),
            "gdp_current_usd_bn": _numbers(gdp_file, dollars, years, least=0.0),
            "cpi_inflation_pct": _numbers(cpi_file, prices, years, least=-100.0),
        }
    )
    out["gdp_current_usd_bn"] = (out["gdp_current_usd_bn"] / 1e9).round(3)
    out.loc[out["year"] < FIRST_YEAR_OF_GDP, "gdp_current_usd_bn"] = None
    out["cpi_inflation_pct"] = out["cpi_inflation_pct"].round(3)
    kept = out.dropna(how="all", subset=["gdp_current_usd_bn", "cpi_inflation_pct"])
    return {"world-bank-russia": kept.reset_index(drop=True)}


def _gdp(folder: Path) -> tuple[dict[str, str], str]:
    """Return dollars by year, as text, and the name of the file."""
    file = _find(folder, (f"{GDP}.json", *GDP_FILES))
    if file.suffix == ".json":
        return _api(file, GDP), file.name
    table = reading.table(file, ["Country Code", "Year", "Value"])
    russia = table[table["Country Code"] == CODE]
    cells = reading.Cells(russia, file.name)
    cells.note(~russia["Year"].map(lambda year: bool(YEAR.fullmatch(year))), "Year", "a year")
    cells.once(["Year"])
    cells.check()
    return dict(zip(russia["Year"], russia["Value"], strict=True)), file.name


def _cpi(folder: Path) -> tuple[dict[str, str], str]:
    file = _find(folder, (f"{CPI}.json", *CPI_FILES))
    if file.suffix == ".json":
        return _api(file, CPI), file.name
    table = reading.table(file, ["Country Code"])
    russia = table[table["Country Code"] == CODE]
    cells = reading.Cells(russia, file.name)
    cells.once(["Country Code"])
    cells.check()
    years = [str(name) for name in table if YEAR.fullmatch(str(name))]
    return {year: str(russia[year].iloc[0]) for year in years if len(russia)}, file.name


def _api(file: Path, indicator: str) -> dict[str, str]:
    """Read an answer of the API: a record about it, then the records of the years."""
    found = reading.document(file)

    def wrong(column: str, value: object, expected: str) -> None:
        raise_all([Violation(file.name, "-", column, str(value)[:60], expected)])

    if not (isinstance(found, list) and len(found) == 2 and isinstance(found[0], dict)):
        wrong("-", found, "a record about the answer and a list of records")
    about, records = found
    if about.get("pages") != 1 or not isinstance(records, list):
        wrong("pages", about.get("pages"), "one page of records")
    violations: list[Violation] = []
    years: dict[str, str] = {}
    for number, record in enumerate(records, start=1):
        problem = _record_problem(record, indicator, years)
        if problem:
            violations.append(Violation(file.name, number, *problem))
            continue
        value = record["value"]
        years[record["date"]] = "" if value is None else f"{value:.15g}"
    raise_all(violations)
    return years


def _record_problem(
    record: Any, indicator: str, before: dict[str, str]
) -> tuple[str, str, str] | None:
    """Return column, value and expectation of what is wrong with one record of the API."""
    if not isinstance(record, dict):
        return "-", str(record)[:60], "a record"
    kind = record.get("indicator")
    name = kind.get("id") if isinstance(kind, dict) else kind
    year, value = record.get("date"), record.get("value", "no such field")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name != indicator:
        return "indicator", str(name), indicator
    if record.get("countryiso3code") != CODE:
        return "countryiso3code", str(record.get("countryiso3code")), CODE
    if not (isinstance(year, str) and YEAR.fullmatch(year)):
        return "date", str(year), "a year"
    if year in before:
        return "date", year, "each year once"
    return None if number or value is None else ("value", str(value), "a number or null")


def _find(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (folder / name).exists():
            return folder / name
    raise DataError([Violation(names[-1], "-", "-", "no such file", f"one of {', '.join(names)}")])


def _numbers(file: str, cells: dict[str, str], years: range, least: float) -> pd.Series[float]:
    frame = pd.DataFrame({"value": [cells.get(str(year), "") for year in years]}, index=years)
    column = reading.Cells(frame, file)
    numbers = column.numbers("value", least=least, empty=("",))
    column.check()
    return numbers.reset_index(drop=True)


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the table; return what was written."""
    digits = {"gdp_current_usd_bn": 3, "cpi_inflation_pct": 3}
    file = data / "series" / "world_bank_russia.csv"
    return [write_csv(tables["world-bank-russia"], file, digits)]
