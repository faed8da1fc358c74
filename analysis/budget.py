"""Russia's defence budget: what was planned, what is counted, of what it is a share.

The budget chapter "national defence" is what the Finance Ministry, the press and the article
mean by the defence budget.  Total military expenditure (SIPRI) is wider.  "Defence and
security" adds police and special services.  Each can be set over the federal budget, over the
spending of all levels of government, or over GDP; the same year then has many answers.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

CHAPTER, TOTAL_SPENDING, GDP = "national defence", "total expenditure", "GDP"
LAW, PLAN, EXPECTED, OUTTURN = (
    "draft or law",
    "three-year plan",
    "amended or expected",
    "outturn",
)


def amount_rub_trn(budget: pd.DataFrame, year: int, item: str, stage: str) -> float:
    """Return one figure of the budget, in trillion roubles of the time.

    Parameters
    ----------
    budget : DataFrame
        Table ``russia-federal-budget``.
    year : int
    item, stage : str
        As in the table.

    Raises
    ------
    KeyError
        No such figure; the message names the stages that there are.

    Notes
    -----
    Where a stage has several figures the latest stands (an expectation of September replaces
    the amendment of July).
    """
    rows = budget[(budget["year"] == year) & (budget["item"] == item)]
    found = rows[rows["stage"] == stage].sort_values("made")
    if found.empty:
        message = f"no {item} of {year} as {stage}; there are: {sorted(set(rows['stage']))}"
        raise KeyError(message)
    return float(found["value_rub_trn"].iloc[-1])


def evidence_of(budget: pd.DataFrame, year: int, item: str, stage: str) -> str:
    """Return the evidence row behind `amount_rub_trn`."""
    rows = budget[(budget["year"] == year) & (budget["item"] == item) & (budget["stage"] == stage)]
    return str(rows.sort_values("made")["evidence_id"].iloc[-1])


def growth(later: float, earlier: float) -> float:
    """Return the rise of one amount over another, as a share of the earlier one."""
    return later / earlier - 1


def plans(budget: pd.DataFrame) -> pd.DataFrame:
    """Return the defence chapter as each three-year budget saw it.

    Parameters
    ----------
    budget : DataFrame
        Table ``russia-federal-budget``.

    Returns
    -------
    DataFrame
        budget (the years it covers), year, start (first day of the year), stage, made,
        chapter_rub_trn; one row a year of each budget, from the draft or law and its plan.
    """
    rows = budget[(budget["item"] == CHAPTER) & budget["stage"].isin([LAW, PLAN])]
    return _dated(rows)


def outcomes(budget: pd.DataFrame) -> pd.DataFrame:
    """Return the nearest to an outturn that is held of the defence chapter, by year.

    The outturn of 2021; what was reported of 2022; the ministry's expectation for 2023 and
    2024.  Since 2022 the true outturn is secret.  Columns as in `plans`.
    """
    stages = [OUTTURN, EXPECTED]
    chapter = budget[budget["item"] == CHAPTER]
    reported = (chapter["stage"] == "basis not stated") & (chapter["year"] == 2022)
    return _dated(chapter[chapter["stage"].isin(stages) | reported])


def chapter_by_stage(budget: pd.DataFrame) -> pd.DataFrame:
    """Return every figure of the defence chapter with its stage; columns as in `plans`.

    The target of the leaked document is left out: its scope may be wider than the chapter.
    """
    chapter = budget[(budget["item"] == CHAPTER) & (budget["stage"] != "leaked target")]
    return _dated(chapter)


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    out = rows[["budget", "year", "stage", "made", "value_rub_trn"]].rename(
        columns={"value_rub_trn": "chapter_rub_trn"}
    )
    out["start"] = pd.to_datetime(out["year"].astype(str) + "-01-01")
    return out.sort_values(["budget", "year"], ignore_index=True)


def planned_against_later(budget: pd.DataFrame) -> pd.DataFrame:
    """Compare each year of a three-year plan with the law that was passed for that year.

    Returns
    -------
    DataFrame
        budget (of the plan), year, planned_rub_trn, law_rub_trn, excess (law over plan, as
        a share of the plan); years whose own draft or law is held.
    """
    rows = budget[budget["item"] == CHAPTER]
    planned = rows[rows["stage"] == PLAN][["budget", "year", "value_rub_trn"]]
    law = rows[rows["stage"] == LAW][["year", "value_rub_trn"]]
    both = planned.merge(law, on="year", suffixes=("_planned", "_law"))
    both = both.rename(
        columns={"value_rub_trn_planned": "planned_rub_trn", "value_rub_trn_law": "law_rub_trn"}
    )
    both["excess"] = both["law_rub_trn"] / both["planned_rub_trn"] - 1
    return both.sort_values(["budget", "year"], ignore_index=True)


def drafts(budget: pd.DataFrame) -> pd.DataFrame:
    """Return the defence chapter of each draft or law for its first year, by date made.

    Returns
    -------
    DataFrame
        date (first day of the month in which it was made), year, chapter_rub_trn.
    """
    rows = budget[(budget["item"] == CHAPTER) & (budget["stage"] == LAW)]
    table = pd.DataFrame(
        {
            "date": pd.to_datetime(rows["made"] + "-01"),
            "year": rows["year"],
            "chapter_rub_trn": rows["value_rub_trn"],
        }
    )
    return table.sort_values("date", ignore_index=True)


# Prices --------------------------------------------------------------------------------


def price_index(sipri: pd.DataFrame, base_year: int = 2021) -> pd.DataFrame:
    """Return the consumer prices behind SIPRI's constant dollars, base year 100.

    Parameters
    ----------
    sipri : DataFrame
        Table ``russia-military-expenditure-sipri``.

    Returns
    -------
    DataFrame
        year, index.  Roubles of the time over dollars at the prices and the exchange rate
        of 2023: the fixed rate drops out, prices remain.
    """
    ratio = sipri["milex_rub_trn"] / sipri["milex_constant_2023_usd_bn"]
    base = float(ratio[sipri["year"] == base_year].iloc[0])
    return pd.DataFrame({"year": sipri["year"], "index": 100 * ratio / base})


def deflator(sipri: pd.DataFrame, year: int) -> float:
    """Return prices of a year over those of the year before, from `price_index`."""
    index = price_index(sipri).set_index("year")["index"]
    return float(index[year] / index[year - 1])


def by_price_basis(sipri: pd.DataFrame, base_year: int = 2021) -> pd.DataFrame:
    """Return military expenditure in three kinds of money, base year 100.

    Returns
    -------
    DataFrame
        year, basis ("roubles of the time", "dollars of the time", "constant prices"), index.
    """
    columns = {
        "milex_rub_trn": "roubles of the time",
        "milex_current_usd_bn": "dollars of the time",
        "milex_constant_2023_usd_bn": "constant prices",
    }
    frames = []
    for column, basis in columns.items():
        base = float(sipri.loc[sipri["year"] == base_year, column].iloc[0])
        frames.append(
            pd.DataFrame(
                {"year": sipri["year"], "index": 100 * sipri[column] / base, "basis": basis}
            )
        )
    return pd.concat(frames, ignore_index=True)


# Shares --------------------------------------------------------------------------------


def gdp_rub_trn(sipri: pd.DataFrame, year: int) -> float:
    """Return the GDP on which SIPRI's share rests, in trillion roubles of the time."""
    row = sipri[sipri["year"] == year].iloc[0]
    return float(100 * row["milex_rub_trn"] / row["share_gdp_pct"])


def gdp_world_bank_rub_trn(sipri: pd.DataFrame, world_bank: pd.DataFrame, year: int) -> float:
    """Return the World Bank's GDP at the exchange rate that SIPRI uses, in trillion roubles.

    Raises
    ------
    IndexError
        The World Bank table has no such year.
    """
    row = sipri[sipri["year"] == year].iloc[0]
    roubles_per_dollar = 1000 * row["milex_rub_trn"] / row["milex_current_usd_bn"]
    dollars = world_bank.loc[world_bank["year"] == year, "gdp_current_usd_bn"].iloc[0]
    return float(dollars * roubles_per_dollar / 1000)


FEDERAL, GENERAL, OUTPUT = "federal budget", "general government", "GDP"


def shares(
    budget: pd.DataFrame, sipri: pd.DataFrame, published_pct: Mapping[str, float]
) -> pd.DataFrame:
    """Return the share of defence in 2023 and 2024 under every definition and denominator.

    Parameters
    ----------
    budget, sipri : DataFrame
        Tables ``russia-federal-budget`` and ``russia-military-expenditure-sipri``.
    published_pct : mapping of str to float
        Shares that others printed and that cannot be computed from the tables (percent):
        ``cooper-federal-2024``, ``cooper-gdp-2024``, ``putin-gdp-2024``,
        ``reuters-gdp-2023``, ``reuters-gdp-2024``.

    Returns
    -------
    DataFrame
        label, definition, denominator, year, share_pct, basis; a definition may have one
        year only.
    """
    cells = [
        *_of_federal_budget(budget, sipri),
        ("Total, planned", FEDERAL, 2024, published_pct["cooper-federal-2024"], "plan"),
        *_of_general_government(sipri),
        ("Chapter, plan", OUTPUT, 2023, published_pct["reuters-gdp-2023"], "plan"),
        ("Chapter, plan", OUTPUT, 2024, published_pct["reuters-gdp-2024"], "plan"),
        *_of_gdp(budget, sipri),
        ("Total, planned", OUTPUT, 2024, published_pct["cooper-gdp-2024"], "plan"),
        ("Defence, security", OUTPUT, 2024, published_pct["putin-gdp-2024"], "stated"),
    ]
    columns = ["definition", "denominator", "year", "share_pct", "basis"]
    table = pd.DataFrame(cells, columns=columns)
    short = {FEDERAL: "federal", GENERAL: "all levels", OUTPUT: "GDP"}
    table["label"] = table["definition"] + " / " + table["denominator"].map(short)
    return table


_Cell = tuple[str, str, int, float, str]
_YEARS = (2023, 2024)


def _sipri(sipri: pd.DataFrame, year: int, column: str) -> float:
    return float(sipri.loc[sipri["year"] == year, column].iloc[0])


def _of_federal_budget(budget: pd.DataFrame, sipri: pd.DataFrame) -> list[_Cell]:
    """Shares of the federal budget: plan over plan, expectation and total over outturn."""
    cells: list[_Cell] = []
    for year in _YEARS:
        law, outturn = (
            amount_rub_trn(budget, year, TOTAL_SPENDING, stage) for stage in (LAW, OUTTURN)
        )
        chapter = {stage: amount_rub_trn(budget, year, CHAPTER, stage) for stage in (LAW, EXPECTED)}
        total = _sipri(sipri, year, "milex_rub_trn")
        cells += [
            ("Chapter, plan", FEDERAL, year, 100 * chapter[LAW] / law, "plan"),
            ("Chapter, expected", FEDERAL, year, 100 * chapter[EXPECTED] / outturn, "expected"),
            ("Total, SIPRI", FEDERAL, year, 100 * total / outturn, "estimate"),
        ]
    return cells


def _of_general_government(sipri: pd.DataFrame) -> list[_Cell]:
    column = "share_general_government_pct"
    return [
        ("Total, SIPRI", GENERAL, year, _sipri(sipri, year, column), "estimate") for year in _YEARS
    ]


def _of_gdp(budget: pd.DataFrame, sipri: pd.DataFrame) -> list[_Cell]:
    cells: list[_Cell] = []
    for year in _YEARS:
        chapter = amount_rub_trn(budget, year, CHAPTER, EXPECTED)
        share = 100 * chapter / gdp_rub_trn(sipri, year)
        cells += [
            ("Chapter, expected", OUTPUT, year, share, "expected"),
            ("Total, SIPRI", OUTPUT, year, _sipri(sipri, year, "share_gdp_pct"), "estimate"),
        ]
    return cells
