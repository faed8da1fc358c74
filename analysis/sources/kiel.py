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

`renew` reads a later release in one of the two forms in which the institute publishes it: three
files of that folder, ``data_explorer.csv``, ``total_allocations.csv`` and ``release_info.csv``,
or the workbook that its pages offer (`analysis.sources.kiel_workbook`).

No licence is stated, so only the columns that the book charts are taken, summed over donors.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources import kiel_workbook, reading
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

RELEASE, DRAFT = "kiel_release29", "kiel_draft_2026-07"
STATES = {RELEASE: "release 29", DRAFT: "unpublished draft of release 30"}
DONORS, TOTALS, RELEASE_INFO = "data_explorer.csv", "total_allocations.csv", "release_info.csv"
DRAFT_STATE = "unpublished draft"
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

# No donor gives more in a month: the gross domestic product of the largest in a week.
LARGEST_EUR_BN = 500
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
    donors = {state: _donors(raw / state, state) for state in STATES if (raw / state).exists()}
    wrong = [bad for state, table in donors.items() for bad in _violations(state, table)]
    raise_all(wrong)
    monthly = {state: _monthly(table) for state, table in donors.items()}
    name = f"{RELEASE}/{TOTALS}"
    raise_all(_sum_violations(monthly[RELEASE], _totals(raw / RELEASE), name))
    last = monthly[RELEASE]["month"].max()
    parts = [
        table[(table["month"] > last) | (state == RELEASE)].assign(state=STATES[state])
        for state, table in monthly.items()
    ]
    return {"kiel-monthly-groups": _joined(parts)}


def renew(folder: Path, held: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Read a later release; see `build` for the table and the errors.

    Parameters
    ----------
    folder : Path
        With the three files, or the workbook, named above.
    held : DataFrame
        The table ``kiel-monthly-groups``.  Months of a draft stay until a release has them.

    Returns
    -------
    dict of str to DataFrame
        ``kiel-monthly-groups``.
    """
    book = kiel_workbook.find(folder)
    if book:
        number = kiel_workbook.release(book)
        table, totals = kiel_workbook.read(book)
        name = f"{book.name}, {kiel_workbook.SUMS}"
    else:
        home = reading.find(folder, DONORS).parent
        number, table, totals, name = _release(home), _donors(home, ""), _totals(home), TOTALS
    raise_all(_violations("", table))
    monthly = _monthly(table)
    raise_all(_sum_violations(monthly, totals, name))
    draft = held["state"].str.startswith(DRAFT_STATE) & (held["month"] > monthly["month"].max())
    release = monthly.assign(state=f"release {number}")
    return {"kiel-monthly-groups": _joined([release, held[draft]])}


def label(folder: Path) -> str:
    """Return how the institute names the release of a folder; see `renew`."""
    book = kiel_workbook.find(folder)
    info = None if book else reading.find(folder, RELEASE_INFO).parent
    number = kiel_workbook.release(book) if book else _release(info or folder)
    return f"Ukraine Support Tracker, Release {number}"


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    joined = pd.concat(parts)[[*_KEY, "state", "military_eur_bn", "total_eur_bn"]]
    return joined.sort_values(_KEY, ignore_index=True)


def _release(folder: Path) -> int:
    cells = reading.Cells(reading.table(folder / RELEASE_INFO, ["release", "date"]), RELEASE_INFO)
    number = cells.numbers("release", whole=True, least=1)
    cells.check()
    return int(number.iloc[0])


def _donors(folder: Path, state: str) -> pd.DataFrame:
    """Read what each donor gave in each month; the cells stay text, the month is a day."""
    table = reading.table(reading.find(folder, DONORS), ["country", "year", "month", *MEASURES])
    text = table["year"] + "-" + table["month"].str.zfill(2)
    return table.assign(month=pd.to_datetime(text, format="%Y-%m", errors="coerce"))


def _totals(folder: Path) -> pd.DataFrame:
    """Read the institute's own sums: month, military and total_allocations."""
    columns = ["year", "month", "military", "total_allocations"]
    cells = reading.Cells(reading.table(reading.find(folder, TOTALS), columns), TOTALS)
    text = cells.frame["year"] + "-" + cells.frame["month"].str.zfill(2)
    months = pd.to_datetime(text, format="%Y-%m", errors="coerce")
    cells.note(months.isna(), "month", "a year and a month")
    cells.once(["year", "month"])
    numbers = {name: cells.numbers(name) for name in columns[2:]}
    cells.check()
    return pd.DataFrame({"month": months} | numbers)


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
    file = f"{state}/{DONORS}".lstrip("/")

    def note(bad: pd.Series[bool], column: str, expected: str) -> None:
        for row, cell in table.loc[bad, column].items():
            wrong.append(Violation(file, int(str(row)), column, str(cell), expected))

    note(~table["country"].isin(GROUPS), "country", "a donor with a group")
    note(table["month"].isna(), "month", "a year and a month")
    # Words that Python or pandas would take for a number, such as NaN or inf, are none here.
    fits = {name: table[name].map(lambda c: bool(reading.NUMBER.fullmatch(c))) for name in MEASURES}
    amounts = table[MEASURES].where(pd.DataFrame(fits)).apply(pd.to_numeric)
    for measure in MEASURES:
        in_range = amounts[measure].between(0, LARGEST_EUR_BN)
        note(~in_range, measure, f"thousand million euros, nought to {LARGEST_EUR_BN}")
    over = amounts["military"] > amounts["total"] + SUM_TOLERANCE_EUR_BN
    note(over, "military", "no more than the total")
    note(table.duplicated(["country", "month"], keep=False), "country", "one row a month")
    return wrong


def _sum_violations(monthly: pd.DataFrame, published: pd.DataFrame, file: str) -> list[Violation]:
    ours = monthly.groupby("month")[["military_eur_bn", "total_eur_bn"]].sum()
    theirs = published.set_index("month")[["military", "total_allocations"]].astype(float)
    theirs.columns = ours.columns
    months = ours.index.union(theirs.index)
    gap = (ours.reindex(months, fill_value=0) - theirs.reindex(months, fill_value=0)).abs()
    return [
        Violation(file, str(month)[:10], column, str(value), "our sum of donors")
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
