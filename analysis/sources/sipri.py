"""Military expenditure of Russia, from the database of the Stockholm peace institute (SIPRI).

Upstream: the workbook ``SIPRI-Milex-data-1949-2024_2.xlsx`` of SIPRI's site (edition of April
2025).  Reading it needs a spreadsheet reader that the book does not depend on, so `build`
reads ``sipri_milex.csv``, its transcription cell by cell: columns country, year, indicator
(milex_local_currency, milex_current_usd_m, milex_constant_2023_usd_m, milex_share_gdp_pct,
milex_share_general_govt_spending_pct), value, sipri_flag.

SIPRI states no licence in the file; only the country and the years that the book charts are
taken.  The shares are kept for 2023 and 2024, which are charted, and left empty before.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

TRANSCRIBED = "sipri_milex.csv"
COUNTRY = "Russia"
FIRST_YEAR, FIRST_YEAR_OF_SHARES, LAST_YEAR = 2014, 2023, 2024

# Indicator of the transcription: (column of our table, divisor, digits).
INDICATORS = {
    "milex_local_currency": ("milex_rub_trn", 1e12, 6),
    "milex_constant_2023_usd_m": ("milex_constant_2023_usd_bn", 1e3, 4),
    "milex_current_usd_m": ("milex_current_usd_bn", 1e3, 4),
    "milex_share_gdp_pct": ("share_gdp_pct", 1.0, 4),
    "milex_share_general_govt_spending_pct": ("share_general_government_pct", 1.0, 4),
}
SHARES = ("share_gdp_pct", "share_general_government_pct")


def build(folder: Path) -> dict[str, pd.DataFrame]:
    """Read Russian military expenditure.

    Parameters
    ----------
    folder : Path
        With the file named above.

    Returns
    -------
    dict of str to DataFrame
        ``russia-military-expenditure-sipri``: year, milex_rub_trn (current roubles),
        milex_constant_2023_usd_bn, milex_current_usd_bn, share_gdp_pct,
        share_general_government_pct, sipri_estimate.

    Raises
    ------
    DataError
        With every cell that is no positive number, every indicator of a year that is
        missing, and every one that stands twice.
    """
    table = pd.read_csv(folder / TRANSCRIBED, dtype=str, keep_default_na=False)
    years = [str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    wanted = (table["country"] == COUNTRY) & table["year"].isin(years)
    rows = table[wanted & table["indicator"].isin(list(INDICATORS))]
    raise_all([*_cell_violations(rows), *_gap_violations(rows, years)])
    values = rows.assign(value=rows["value"].astype(float))
    wide = values.pivot_table(index="year", columns="indicator", values="value")
    out = pd.DataFrame({"year": [int(year) for year in wide.index]})
    for indicator, (column, divisor, digits) in INDICATORS.items():
        out[column] = (wide[indicator] / divisor).round(digits).to_numpy()
    out.loc[out["year"] < FIRST_YEAR_OF_SHARES, list(SHARES)] = None
    flags = rows[rows["indicator"] == "milex_local_currency"].set_index("year")["sipri_flag"]
    out["sipri_estimate"] = [flags[str(year)] != "" for year in out["year"]]
    return {"russia-military-expenditure-sipri": out}


def _cell_violations(rows: pd.DataFrame) -> list[Violation]:
    numbers = pd.to_numeric(rows["value"], errors="coerce")
    bad = rows[~(numbers > 0)]
    # The header is row 1 of the file.
    return [
        Violation(TRANSCRIBED, int(str(index)) + 2, "value", str(cell), "a positive number")
        for index, cell in bad["value"].items()
    ]


def _gap_violations(rows: pd.DataFrame, years: list[str]) -> list[Violation]:
    counts = rows.groupby(["year", "indicator"]).size().to_dict()
    return [
        Violation(
            TRANSCRIBED, f"{COUNTRY} {year}", name, str(counts.get((year, name), 0)), "one row"
        )
        for year in years
        for name in INDICATORS
        if counts.get((year, name), 0) != 1
    ]


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the table; return what was written."""
    frame = tables["russia-military-expenditure-sipri"]
    flags = frame["sipri_estimate"].map({True: "true", False: "false"})
    digits = {column: count for column, _, count in INDICATORS.values()}
    file = data / "series" / "russia_military_expenditure_sipri.csv"
    return [write_csv(frame.assign(sipri_estimate=flags), file, digits)]
