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
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

# Name upstream first, then the name under which a copy may be kept.
GDP_FILES = ("gdp.csv", "worldbank_gdp_current_usd.csv")
CPI_FILES = ("FP.CPI.TOTL.ZG.csv", "worldbank_FP.CPI.TOTL.ZG.csv")
CODE = "RUS"
# Prices from the year after the first that SIPRI is charted for, GDP where shares are.
FIRST_YEAR, FIRST_YEAR_OF_GDP, LAST_YEAR = 2015, 2023, 2024


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
    FileNotFoundError
        Neither name of a file is there.
    DataError
        With every cell that is no number, and a country that is missing.
    """
    gdp = pd.read_csv(_find(folder, GDP_FILES), dtype=str, keep_default_na=False)
    cpi = pd.read_csv(_find(folder, CPI_FILES), dtype=str, keep_default_na=False)
    russia = gdp[gdp["Country Code"] == CODE]
    dollars = dict(zip(russia["Year"], russia["Value"], strict=True))
    rows = cpi[cpi["Country Code"] == CODE].to_dict("records")
    prices = {str(name): str(cell) for name, cell in rows[0].items()} if rows else {}
    missing = [
        Violation(names[0], "-", "Country Code", "no row", CODE)
        for names, empty in ((GDP_FILES, not dollars), (CPI_FILES, not prices))
        if empty
    ]
    raise_all(missing)
    years = [str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    out = pd.DataFrame(
        {
            "year": [int(year) for year in years],
            "gdp_current_usd_bn": _numbers(GDP_FILES[0], dollars, years),
            "cpi_inflation_pct": _numbers(CPI_FILES[0], prices, years),
        }
    )
    out["gdp_current_usd_bn"] = (out["gdp_current_usd_bn"] / 1e9).round(3)
    out.loc[out["year"] < FIRST_YEAR_OF_GDP, "gdp_current_usd_bn"] = None
    out["cpi_inflation_pct"] = out["cpi_inflation_pct"].round(3)
    kept = out.dropna(how="all", subset=["gdp_current_usd_bn", "cpi_inflation_pct"])
    return {"world-bank-russia": kept.reset_index(drop=True)}


def _find(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (folder / name).exists():
            return folder / name
    message = f"none of {names} in {folder}"
    raise FileNotFoundError(message)


def _numbers(file: str, cells: dict[str, str], years: list[str]) -> pd.Series[float]:
    texts = pd.Series([cells.get(year, "") for year in years], index=years)
    numbers = pd.to_numeric(texts.where(texts != ""), errors="coerce")
    bad = texts[(texts != "") & numbers.isna()]
    raise_all(
        Violation(file, CODE, str(year), str(cell), "a number or nothing")
        for year, cell in bad.items()
    )
    return numbers.astype(float).reset_index(drop=True)


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the table; return what was written."""
    digits = {"gdp_current_usd_bn": 3, "cpi_inflation_pct": 3}
    file = data / "series" / "world_bank_russia.csv"
    return [write_csv(tables["world-bank-russia"], file, digits)]
