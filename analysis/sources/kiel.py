"""Government aid to Ukraine by month, from the Kiel Institute's Ukraine Support Tracker.

Upstream: https://github.com/UkraineSupportTrackerWebsite/ukraine-support-tracker, folder
``data/``.  Two states are read, each from its own folder:

* ``kiel_release29/`` (commit ddf24c0f8f36dbe0ffb85822d5f45a732440a617, 4 August 2026):
  ``data_explorer.csv`` (country, year, month, total, financial, humanitarian, military, ...,
  in thousand million euros of the day) and ``total_allocations.csv``, the institute's own sum
  of all donors, against which ours is checked month by month.
* ``kiel_draft_2026-07/`` (commit e4ba24e267de822fde8ad600b028d77c8d020cd0): working data for
  the next release, later withdrawn.  Only months after the release's last are taken, and they
  are marked, because the two states differ for months that both have.

No licence is stated, so only the columns that the book charts are taken, summed over donors.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

RELEASE, DRAFT = "kiel_release29", "kiel_draft_2026-07"
STATES = {RELEASE: "release 29", DRAFT: "unpublished draft of release 30"}
DONORS, TOTALS = "data_explorer.csv", "total_allocations.csv"
MEASURES = ["military", "total"]
_KEY = ["month", "donor_group"]

# Europe as the tracker's publisher counts it: members and institutions of the EU, and four.
EUROPE = """Austria;Belgium;Bulgaria;Croatia;Cyprus;Czechia;Denmark;EU (Commission and Council);
Estonia;Finland;France;Germany;Greece;Hungary;Ireland;Italy;Latvia;Lithuania;Luxembourg;Malta;
Netherlands;Poland;Portugal;Romania;Slovakia;Slovenia;Spain;Sweden;
United Kingdom;Norway;Switzerland;Iceland"""
OTHERS = "Australia;Canada;China;India;Japan;New Zealand;South Korea;Taiwan;Turkiye"
GROUPS = {
    donor.strip(): group
    for group, donors in (("Europe", EUROPE), ("Other donors", OTHERS))
    for donor in donors.split(";")
}
GROUPS |= {"United States": "United States"}

# Months have six decimals; a sum over 42 donors may be off by as many halves of the last.
SUM_TOLERANCE_EUR_BN = 42 * 0.5e-6


def build(raw: Path) -> dict[str, pd.DataFrame]:
    """Read both states and sum them by donor group and month.

    Parameters
    ----------
    raw : Path
        Folder with the two folders named above; the draft's may be missing.

    Returns
    -------
    dict of str to DataFrame
        ``kiel-monthly-groups``: month (first day), donor_group, state, military_eur_bn,
        total_eur_bn; allocations at prices of the day.

    Raises
    ------
    DataError
        With every row of an unknown donor, no month, an amount that is no number or below
        nought, a military part above the whole, a key that stands twice, and every month
        whose sum is not the institute's own.
    """
    donors = {state: _donors(raw / state) for state in STATES if (raw / state).exists()}
    wrong = [bad for state, table in donors.items() for bad in _violations(state, table)]
    raise_all(wrong)
    monthly = {state: _monthly(table) for state, table in donors.items()}
    raise_all(_sum_violations(monthly[RELEASE], _donors(raw / RELEASE, TOTALS)))
    last = monthly[RELEASE]["month"].max()
    parts = [
        table[(table["month"] > last) | (state == RELEASE)].assign(state=STATES[state])
        for state, table in monthly.items()
    ]
    joined = pd.concat(parts)[[*_KEY, "state", "military_eur_bn", "total_eur_bn"]]
    return {"kiel-monthly-groups": joined.sort_values(_KEY, ignore_index=True)}


def _donors(folder: Path, name: str = DONORS) -> pd.DataFrame:
    table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    text = table["year"] + "-" + table["month"].str.zfill(2)
    return table.assign(month=pd.to_datetime(text, format="%Y-%m", errors="coerce"))


def _monthly(table: pd.DataFrame) -> pd.DataFrame:
    amounts = table.assign(donor_group=table["country"].map(GROUPS))
    amounts[MEASURES] = amounts[MEASURES].astype(float)
    # A month in which a group gave nothing has no row upstream, and means nought.
    months = pd.date_range(amounts["month"].min(), amounts["month"].max(), freq="MS")
    every = pd.MultiIndex.from_product([months, sorted(set(GROUPS.values()))], names=_KEY)
    sums = amounts.groupby(_KEY)[MEASURES].sum().reindex(every, fill_value=0.0).round(6)
    return sums.add_suffix("_eur_bn").reset_index()


def _violations(state: str, table: pd.DataFrame) -> list[Violation]:
    wrong: list[Violation] = []
    file = f"{state}/{DONORS}"

    def note(bad: pd.Series[bool], column: str, expected: str) -> None:
        for row, cell in table.loc[bad, column].items():
            wrong.append(Violation(file, int(str(row)) + 2, column, str(cell), expected))

    note(~table["country"].isin(GROUPS), "country", "a donor with a group")
    note(table["month"].isna(), "month", "a year and a month")
    amounts = table[MEASURES].apply(pd.to_numeric, errors="coerce")
    for measure in MEASURES:
        note(~amounts[measure].ge(0), measure, "thousand million euros, nought or more")
    over = amounts["military"] > amounts["total"] + SUM_TOLERANCE_EUR_BN
    note(over, "military", "no more than the total")
    note(table.duplicated(["country", "month"], keep=False), "country", "one row a month")
    return wrong


def _sum_violations(monthly: pd.DataFrame, published: pd.DataFrame) -> list[Violation]:
    ours = monthly.groupby("month")[["military_eur_bn", "total_eur_bn"]].sum()
    theirs = published.set_index("month")[["military", "total_allocations"]].astype(float)
    theirs.columns = ours.columns
    months = ours.index.union(theirs.index)
    gap = (ours.reindex(months, fill_value=0) - theirs.reindex(months, fill_value=0)).abs()
    return [
        Violation(f"{RELEASE}/{TOTALS}", str(month)[:10], column, str(value), "our sum of donors")
        for column in ours.columns
        for month, value in gap[column].items()
        # A sum that is no number has no difference, which is wrong too.
        if not value <= SUM_TOLERANCE_EUR_BN
    ]


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the table; return what was written."""
    table = tables["kiel-monthly-groups"]
    decimals = {"military_eur_bn": 6, "total_eur_bn": 6}
    return [write_csv(table, data / "series" / "kiel_monthly_groups.csv", decimals)]
