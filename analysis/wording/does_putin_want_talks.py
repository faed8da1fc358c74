"""Numbers and figure texts of the chapter on whether Putin wants talks."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis import budget, capacity, claims, opinion, statements, tables, territory
from analysis.assessing import evidence
from analysis.assessments import does_putin_want_talks as judged
from analysis.book import Column
from analysis.formatting import area, between, count, day, number, percent

ARTICLE = claims.ARTICLE_DATE
WINDOW_END = claims.WINDOW_END
TERMS_SAID = pd.Timestamp("2024-06-14")
MINISTRY = "Russian laws and Finance Ministry, as read in the press"
SIPRI_SOURCE = "SIPRI Military Expenditure Database, edition of April 2025"
DEEPSTATE_SOURCE = "DeepState maps, areas computed for this book"


@cache
def rubles() -> pd.DataFrame:
    """Return the federal budget by year and stage."""
    return tables.read("russia-federal-budget")


@cache
def sipri() -> pd.DataFrame:
    """Return military expenditure as SIPRI estimates it."""
    return tables.read("russia-military-expenditure-sipri")


@cache
def shares() -> pd.DataFrame:
    """Return the shares of 2023 and 2024 under every definition and denominator."""
    printed = {
        "cooper-federal-2024": "cooper-2023-12-milex-share-2024",
        "cooper-gdp-2024": "cooper-2023-12-share-gdp-2024",
        "putin-gdp-2024": "putin-2024-05-share-gdp-2024",
        "reuters-gdp-2023": "reuters-2023-09-share-gdp-2023",
        "reuters-gdp-2024": "reuters-2023-09-share-gdp-2024",
    }
    return budget.shares(rubles(), sipri(), {key: _fact(name) for key, name in printed.items()})


@cache
def spoken() -> pd.DataFrame:
    """Return the statements, terms and talks."""
    return tables.read("putin-statements")


@cache
def demanded() -> pd.DataFrame:
    """Return what Russian forces did not hold of the four provinces on the first map."""
    by_oblast = tables.read("deepstate-daily-by-oblast")
    return statements.demanded_not_held(
        by_oblast, tables.read("oblast-areas"), territory.ANNEXED, by_oblast["date"].min()
    )


@cache
def means() -> pd.DataFrame:
    """Return Russia's means for the war."""
    return tables.read("russia-war-capacity")


@cache
def rates() -> pd.DataFrame:
    """Return the decisions on the key rate."""
    return tables.read("bank-of-russia-key-rate")


def panel(text: str) -> dict[str, Any]:
    """Return the heading of one panel of a figure, below the type size of the figure's title."""
    return {"text": text, "fontSize": 13, "anchor": "start", "frame": "group", "offset": 6}


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


def printed_growth_pct() -> float:
    """Return the growth of the defence budget that the article prints."""
    return float(claims.table()["claimed_value"]["budget-70pct"])


def printed_share_pct() -> float:
    """Return the share of the budget in 2023 that the article prints."""
    return float(claims.components("budget-third")["claimed_value"]["2023"])


def _trillion(value: float, decimals: int = 1) -> str:
    return f"{number(value, decimals)} trillion roubles"


def _pct(value: float, decimals: int = 0) -> str:
    return percent(value / 100, decimals)


def _amount(year: int, item: str, stage: str) -> float:
    return budget.amount_rub_trn(rubles(), year, item, stage)


def _plans() -> dict[str, str]:
    chapter = budget.CHAPTER
    law = {year: _amount(year, chapter, budget.LAW) for year in (2022, 2023, 2024, 2025, 2026)}
    planned = {year: _amount(year, chapter, budget.PLAN) for year in (2025,)}
    later = budget.planned_against_later(rubles()).set_index(["budget", "year"])["planned_rub_trn"]
    of_2023 = {year: float(later["2024–26", year]) for year in (2025, 2026)}
    spending = budget.TOTAL_SPENDING
    over = {
        year: _amount(year, spending, budget.OUTTURN) - _amount(year, spending, budget.LAW)
        for year in (2022, 2023, 2024, 2025)
    }
    return {
        "law-2023": _trillion(law[2023]),
        "law-2024": _trillion(law[2024]),
        "law-2025": _trillion(law[2025]),
        "law-2026": _trillion(law[2026]),
        "plan-2025": _trillion(of_2023[2025]),
        "plan-2026": _trillion(of_2023[2026]),
        "cut-2025": percent(1 - of_2023[2025] / law[2024]),
        "cut-2026": percent(1 - of_2023[2026] / law[2024]),
        "over-plan-2025": percent(law[2025] / of_2023[2025] - 1),
        "over-plan-2026": percent(law[2026] / of_2023[2026] - 1),
        "expected-2023": _trillion(_amount(2023, chapter, budget.EXPECTED), 2),
        "expected-2024": _trillion(_amount(2024, chapter, budget.EXPECTED)),
        "outturn-2021": _trillion(_amount(2021, chapter, budget.OUTTURN)),
        "spending-over": between(number(min(over.values()), 1), number(max(over.values()), 1)),
        "plan-latest": _trillion(planned[2025]),
        "budgets": count(budget.plans(rubles())["budget"].nunique()),
    }


def _share(definition: str, denominator: str, year: int, decimals: int = 1) -> str:
    rows = shares()
    chosen = rows[
        (rows["definition"] == definition)
        & (rows["denominator"] == denominator)
        & (rows["year"] == year)
    ]
    return _pct(float(chosen["share_pct"].iloc[0]), decimals)


def _shares() -> dict[str, str]:
    sixteen = judged.candidates_for_sixteen()
    federal = sixteen[(sixteen["of"] == "federal budget") & (sixteen["role"] != "excluded")]
    nearest = federal["distance_pp"].min()
    federal_2024 = shares().query("denominator == 'federal budget' and year == 2024")["share_pct"]
    return {
        "plan-share-2023": _share("Chapter, plan", budget.FEDERAL, 2023),
        "plan-share-2024": _share("Chapter, plan", budget.FEDERAL, 2024),
        "spent-share-2023": _share("Chapter, expected", budget.FEDERAL, 2023),
        "spent-share-2024": _share("Chapter, expected", budget.FEDERAL, 2024),
        "total-share-2023": _share("Total, SIPRI", budget.FEDERAL, 2023),
        "total-share-2024": _share("Total, SIPRI", budget.FEDERAL, 2024),
        "levels-2023": _share("Total, SIPRI", budget.GENERAL, 2023),
        "levels-2024": _share("Total, SIPRI", budget.GENERAL, 2024),
        "levels-first": _pct(_fact("sipri-2024-04-govt-share-2023")),
        "gdp-spent-2023": _share("Chapter, expected", budget.OUTPUT, 2023),
        "gdp-spent-2024": _share("Chapter, expected", budget.OUTPUT, 2024),
        "gdp-total-2023": _share("Total, SIPRI", budget.OUTPUT, 2023),
        "gdp-total-2024": _share("Total, SIPRI", budget.OUTPUT, 2024),
        "gdp-total-first": _pct(_fact("budget-sipri-2024-04-gdp-2023"), 1),
        "gdp-putin": _share("Defence, security", budget.OUTPUT, 2024),
        "federal-low": _pct(float(federal_2024.min())),
        "federal-high": _pct(float(federal_2024.max())),
        "nearest-federal": f"{number(float(nearest), 1)} points",
        "mixed-2023": _pct(
            float(sixteen.set_index("source").loc[["Plan over spent"], "share_pct"].iloc[0]), 1
        ),
        "ways-2023": count(len(sixteen)),
        "rise-plan": number(_ratio("Chapter, plan"), 1),
        "rise-spent": number(_ratio("Chapter, expected"), 1),
        "rise-printed": number(_fact("reuters-2023-10-nd-share-2024") / printed_share_pct(), 1),
        "printed-2023": number(printed_share_pct()),
    }


def _ratio(definition: str) -> float:
    rows = shares().query("denominator == 'federal budget'")
    by = rows[rows["definition"] == definition].set_index("year")["share_pct"]
    return float(by[2024] / by[2023])


def _growth() -> dict[str, str]:
    found = judged.growth_readings()
    by = {item.levels["source"]: item.value for item in found}
    known = [item.value for item in found if item.status == "known then"]
    later = [item.value for item in found if item.status == "now"]
    index = budget.by_price_basis(sipri())
    last = index[index["year"] == 2024].set_index("basis")["index"]
    return {
        "growth-printed": _pct(by["AFP"]),
        "growth-article": number(printed_growth_pct()),
        "growth-law": _pct(by["Law for 2023"]),
        "growth-leak": _pct(by["Leaked target"]),
        "growth-total-plan": _pct(by["SIPRI, plan"]),
        "growth-total": _pct(by["SIPRI, roubles"]),
        "growth-real": _pct(by["SIPRI, real"]),
        "growth-deflated": _pct(by["Chapter, deflated"]),
        "growth-iiss-low": _pct(by["IISS 2025, real"]),
        "growth-iiss-high": _pct(by["IISS 2026, real"]),
        "growth-expected": _pct(by["Ministry, Sep 2024"]),
        "growth-known-low": _pct(min(known)),
        "growth-known-high": _pct(max(known)),
        "growth-later-low": _pct(min(later)),
        "growth-later-high": _pct(max(later)),
        "index-nominal": number(float(last["roubles of the time"]) / 100, 1),
        "index-real": number(float(last["constant prices"]) / 100, 1),
        "index-dollars": number(float(last["dollars of the time"]) / 100, 1),
        "prices-2024": _pct(100 * (budget.deflator(sipri(), 2024) - 1), 1),
    }


def _words() -> dict[str, str]:
    calls = statements.before(spoken(), ARTICLE, "calls for talks")
    return {
        "calls": count(len(calls)),
        "first-call": day(calls["date"].iloc[0]),
        "last-call": day(calls["date"].iloc[-1]),
        "call-days": count(int((ARTICLE - calls["date"].iloc[-1]).days)),
        "not-held": area(float(demanded()["not_held_km2"].sum())),
        "map-day": day(tables.read("deepstate-daily-by-oblast")["date"].min()),
        "not-held-luhansk": area(float(demanded().set_index("oblast")["not_held_km2"]["Luhansk"])),
        "not-held-donetsk": area(float(demanded().set_index("oblast")["not_held_km2"]["Donetsk"])),
        "votes-for": number(_fact("annexation-unga-press")),
        "votes-against": number(_fact("sup-unga-no")),
        "sources": count(int(_fact("putin-2024-05-24-reuters"))),
        "ceasefire-days": number(_fact("jeddah-2025-days")),
        "camp-texts": count(len(_counter_texts())),
        **_levada(),
    }


LEVADA = (
    ("levada-talks", "start peace talks"),
    ("levada-talks", "continue military action"),
    ("levada-end-this-week", "support"),
    ("levada-end-this-week", "support if occupied land is returned"),
)
POLL_COLUMNS = {
    "fieldwork": "Fieldwork",
    "option": "Answer",
    "share_pct": Column("Share, %", 0),
    "printed_n": "n",
    "mode": "Mode",
    "question": "Question, as far as seen",
    "source": "Read at",
}


def levada() -> pd.DataFrame:
    """Return what Levada asked Russians about talks and an end, in order of fieldwork."""
    rows = opinion.answers(tables.read("opinion-polls"), LEVADA, population="Russia")
    order = ["series", "fieldwork_start", "option"]
    sorted_rows = rows.sort_values(order, ascending=[False, True, False], ignore_index=True)
    return sorted_rows.assign(fieldwork=opinion.fieldwork(sorted_rows))


def _levada() -> dict[str, str]:
    months = {"may": "2024-05-01", "june": "2024-06-20", "july": "2024-07-01"}
    names = {"talks": "start peace talks", "fight": "continue military action"}
    polls = tables.read("opinion-polls")

    def share(option: str, start: str) -> str:
        return _pct(opinion.share_pct(polls, "levada-talks", option, start, population="Russia"))

    return {
        f"levada-{name}-{month}": share(option, start)
        for name, option in names.items()
        for month, start in months.items()
    }


def _deficit(year: int, kind: str) -> float:
    rows = capacity.deficits(rubles())
    chosen = rows[(rows["year"] == year) & (rows["kind"] == kind)]
    return float(chosen["deficit_rub_trn"].iloc[0])


def _counter_texts() -> list[str]:
    finding = claims.assess("camp-assumes-putin").components[0]
    return [name for name in finding.evidence_against if name in judged.CAMP_COUNTER]


def _by_year(indicator: str) -> dict[int, float]:
    rows = capacity.yearly(means(), indicator)
    years = (pd.Timestamp(start).year for start in rows["start"])
    return {year: float(value) for year, value in zip(years, rows["value"], strict=True)}


def _by_day(indicator: str) -> dict[str, float]:
    rows = capacity.yearly(means(), indicator)
    days = rows["start"].dt.strftime("%Y-%m-%d")
    return {day: float(value) for day, value in zip(days, rows["value"], strict=True)}


def _billion(dollars: float) -> str:
    return f"{number(dollars, 0)} billion dollars"


def _capacity() -> dict[str, str]:
    prices = _by_year("inflation")
    fund = _by_day("reserve fund, liquid")
    dollars = _by_day("reserve fund, liquid, in dollars")
    men, growth = _by_year("contracts claimed"), _by_year("growth of GDP")
    steps = capacity.key_rate_steps(rates())
    return {
        "rate-article": _pct(capacity.key_rate_pct(rates(), ARTICLE)),
        "rate-peak": _pct(float(steps["key_rate_pct"][steps["date"] > ARTICLE].max())),
        "rate-window": _pct(capacity.key_rate_pct(rates(), WINDOW_END), 1),
        "rate-last": _pct(float(steps["key_rate_pct"].iloc[-1]), 1),
        "rate-last-day": day(steps["date"].iloc[-1]),
        "deficit-2025": _trillion(_deficit(2025, "outturn")),
        "deficit-2025-plan": _trillion(_deficit(2025, "planned")),
        "deficit-2024": _trillion(_deficit(2024, "outturn")),
        "deficit-2026-part": _trillion(_fact("eastern-economy-2026-deficit-jan-apr")),
        "inflation-2024": _pct(prices[2024], 1),
        "inflation-2025": _pct(prices[2025], 1),
        "fund-before": _billion(dollars["2022-02-01"]),
        "fund-top": _billion(dollars["2022-08-01"]),
        "fund-article": _billion(dollars["2024-05-01"]),
        "fund-least": _billion(min(dollars.values())),
        "fund-last": _billion(dollars["2026-02-01"]),
        "fund-roubles-top": number(fund["2022-08-01"], 1),
        "fund-roubles-article": number(fund["2024-05-01"], 1),
        "fund-roubles-least": number(min(fund.values()), 1),
        "fund-roubles-last": _trillion(fund["2026-02-01"]),
        "men-2024": number(men[2024]),
        "men-2025": number(men[2025]),
        "men-2024-other": number(_fact("havryliuk-2024-contracts")),
        "half-2025-low": number(_fact("istories-2025-h1-contracts")),
        "half-2025-high": number(_fact("kluge-2025-h1-contracts")),
        "growth-2024": _pct(growth[2024], 1),
        "growth-2025": _pct(growth[2025], 1),
    }


def _verdicts() -> dict[str, str]:
    home = claims.at_home_in("does-putin-want-talks")
    words = [record.verdict for record in home]
    return {
        "claims": count(len(home)),
        "claims-stand": count(sum(w in {"holds", "roughly holds"} for w in words)),
        "claims-contested": count(words.count("contested")),
        "claims-refuted": count(words.count("refuted as worded")),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_plans(), _shares(), _growth(), _words(), _capacity(), _verdicts())
    return {name: text for part in parts for name, text in part.items()}


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _plans_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "The plans of 2022 and 2023 foresaw cuts; the next budgets raised the sum",
        "subtitle": "Trillion roubles of the time, by budget year: national defence (above), "
        "total federal spending (below)",
        "source": f"Source: {MINISTRY}",
        "note": "A line is one budget with its plans. Since 2022 the outturn of the chapter is "
        "secret: held are what the ministry expected for 2023 and 2024 and press figures without "
        "a stated basis. Spending in 2022: a floor.",
        "alt": (
            f"Lines of {s['budgets']} budgets. That of September 2023 falls from {s['law-2024']} "
            f"for "
            f"2024 to {s['plan-2025']} for 2025 and {s['plan-2026']} for 2026; the one after it "
            f"begins at {s['law-2025']} for 2025, the last at {s['law-2026']} for 2026. What was "
            f"reached, as far as it is held, rises from an outturn of {s['outturn-2021']} in 2021 "
            f"to {s['expected-2024']} expected for 2024. "
            f"Below, total spending ended {s['spending-over']} trillion above the law of the year."
        ),
        "caption": "Follow one line to the right for what was planned; go up at a year for what "
        "was decided later.",
        "claims": ["budget-70pct", "budget-third", "budget-means-war"],
        "columns": {
            "year": "Year",
            "item": "Item",
            "stage": "Stage",
            "made": "Made in",
            "value_rub_trn": Column("Trillion roubles", 2),
        },
    }


def _shares_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Defence took {s['federal-low']} to {s['federal-high']} of the federal budget of "
        "2024, by what is counted",
        "subtitle": "Share in percent, 2023 (hollow) and 2024 (filled), by definition and "
        "denominator",
        "source": f"Sources: {MINISTRY}; {SIPRI_SOURCE}; J. Cooper for SIPRI, December 2023; "
        "V. Putin, May 2024",
        "note": "Chapter: national defence. Total: with items outside the chapter. Expected and "
        "total are over the later outturn or GDP.",
        "alt": (
            f"Dot plot in groups. Of the federal budget the chapter rises from "
            f"{s['plan-share-2023']} to {s['plan-share-2024']} in the plans and from "
            f"{s['spent-share-2023']} to {s['spent-share-2024']} as expected over the outturn, the "
            f"total from {s['total-share-2023']} to {s['total-share-2024']}. Of all levels of "
            f"government the total rises from {s['levels-2023']} to {s['levels-2024']}. Of GDP the "
            f"total rises from {s['gdp-total-2023']} to {s['gdp-total-2024']}."
        ),
        "caption": "Compare dots on one line only: each line is one definition over one "
        "denominator.",
        "claims": ["budget-third", "budget-gdp"],
        "columns": {
            "definition": "What is counted",
            "denominator": "Of what",
            "year": "Year",
            "share_pct": Column("Share, %", 1),
            "basis": "Basis",
        },
    }


def _sixteen_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"The one {s['printed-2023']} in print is a share of all public spending, not of "
        "the federal budget",
        "subtitle": "Shares of defence in public spending in 2023, percent",
        "source": f"Sources: {MINISTRY}; SIPRI, first release as read at Kristeligt Dagblad; "
        f"{SIPRI_SOURCE}",
        "note": "That the article took SIPRI’s figure is inferred from number and date; the "
        "article names no source.",
        "alt": (
            f"Dot plot of {s['ways-2023']} shares with a line at {s['printed-2023']}. SIPRI's "
            f"first release of "
            f"April 2024 lies on the line and is of all levels of government. Of the federal "
            f"budget the plan has {s['plan-share-2023']} and the ministry's later figure "
            f"{s['spent-share-2023']}."
        ),
        "caption": "Orange dots are shares of the federal budget, grey ones of all levels; hollow "
        "dots are left out of the verdict, with reasons on the card.",
        "claims": ["budget-third"],
        "columns": {
            "source": "Figure",
            "name": "Reading",
            "share_pct": Column("Share, %", 1),
            "of": "Of what",
            "role": "Role",
        },
    }


def _growth_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"“Almost 70 percent” is one answer between {s['growth-known-low']} and "
        f"{s['growth-known-high']}",
        "subtitle": "Growth of Russian defence spending from 2023 to 2024, percent",
        "source": f"Sources: {MINISTRY}; SIPRI; IISS; J. Kluge (SWP)",
        "note": "The chapter of the budget and total military expenditure are different things; "
        "neither outturn of the chapter is published.",
        "alt": (
            f"Dot plot with a line at {s['growth-article']}. The printed figure rests on "
            f"{s['growth-printed']}. The "
            f"law on the law gives {s['growth-law']}, the leaked target {s['growth-leak']}. Later "
            f"counts run from {s['growth-later-low']} to {s['growth-later-high']}."
        ),
        "caption": "Filled dots were known when the article appeared; hollow ones came later or "
        "carry no date.",
        "claims": ["budget-70pct"],
        "columns": {
            "source": "Figure",
            "name": "Reading",
            "value": Column("Growth, %", 1),
            "word": "Under the rule",
            "status": "Known",
        },
    }


def _prices_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"In roubles spending grew {s['index-nominal']} times since 2021, at constant "
        f"prices {s['index-real']} times",
        "subtitle": "Total military expenditure of Russia, 2021 = 100",
        "source": f"Source: {SIPRI_SOURCE}",
        "note": "From 2022 SIPRI’s own estimates, which it revises.",
        "alt": (
            f"Lines from 2014 to 2024 that meet in 2021. By 2024 roubles of the time stand "
            f"at {s['index-nominal']} times the level of 2021, dollars of the time at "
            f"{s['index-dollars']} and constant prices at {s['index-real']} times."
        ),
        "caption": "Constant prices take the rise of consumer prices out; dollars also carry the "
        "exchange rate.",
        "claims": ["budget-70pct"],
        "columns": {
            "year": Column("Year", 0),
            "basis": "Kind of money",
            "index": Column("2021 = 100", 0),
        },
    }


def _timeline_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Calls for talks and aims called unchanged stood side by side; budgets rose to "
        "2025, and the last draft is lower",
        "subtitle": "Russian statements and talks by kind, and the defence chapter of each draft "
        "budget (trillion roubles), September 2022 to June 2026",
        "source": f"Sources: statements as read in the press, row by row in the table; {MINISTRY}",
        "note": "A selection of what is held, not a census: do not count the dots. The dashed line "
        "is the article’s date.",
        "alt": (
            f"Timeline in lanes by kind. Before the article there are dots for calls for talks, "
            f"the "
            f"first on {s['first-call']}, the last on {s['last-call']}, for aims and refusals, and "
            f"for reports by sources; after it dots for terms and for talks held from May 2025. "
            f"Below, the chapter of the draft budgets rises from {s['law-2023']} for 2023 to "
            f"{s['law-2024']} for 2024 and {s['law-2025']} for 2025; the draft for 2026 has "
            f"{s['law-2026']}."
        ),
        "caption": "The table under the chart has the words and where they were read.",
        "claims": ["putin-said-nothing", "putin-aims", "budget-means-war"],
        "columns": {
            "date": "Date",
            "speaker": "Who",
            "kind": "Kind",
            "text": "What was said or done",
        },
    }


def _cuts_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"The draft of September 2023 planned a cut of {s['cut-2026']} by 2026",
        "subtitle": "National defence as planned in September 2023, trillion roubles of the time",
        "source": f"Source: {MINISTRY}",
        "alt": (
            f"Bars: {s['law-2024']} for 2024, {s['plan-2025']} for 2025, {s['plan-2026']} for 2026."
        ),
        "caption": "Public since autumn 2023. The law passed for 2025 overturned it.",
        "claims": ["budget-means-war"],
        "columns": {
            "year": "Year",
            "stage": "Stage",
            "chapter_rub_trn": Column("Trillion roubles", 1),
        },
    }


def _land_figure() -> dict[str, Any]:
    s = strings()
    parts = ", ".join(
        f"{row['oblast']} {area(row['not_held_km2'])}" for row in demanded().to_dict("records")
    )
    return {
        "title": "The terms of June 2024 asked for land that Russian forces did not hold",
        "subtitle": f"Ground in the {count(len(territory.ANNEXED))} provinces not held on "
        f"{s['map-day']}, km²",
        "source": f"Sources: {DEEPSTATE_SOURCE}; terms of 14 June 2024 as read in the Kyiv "
        "Independent",
        "alt": f"Bars of ground demanded and not held: {parts}; together {s['not-held']}.",
        "caption": f"Said {count((TERMS_SAID - ARTICLE).days)} days after the article; the map is "
        "the first of its series.",
        "claims": ["putin-said-nothing", "annexed-four"],
        "columns": {
            "oblast": "Province",
            "held_km2": Column("Held, km²", 0),
            "not_held_km2": Column("Not held, km²", 0),
        },
    }


def _capacity_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"The federal deficit rose to {s['deficit-2025']} in 2025, the key rate to "
        f"{s['rate-peak']} for a time",
        "subtitle": "Key rate and inflation, percent; federal deficit, trillion roubles; liquid "
        "part of the reserve fund, billion dollars; contracts signed in a year as claimed, "
        "thousand",
        "source": f"Sources: Bank of Russia, Rosstat, {MINISTRY}; D. Medvedev, as read in the "
        "press",
        "note": "Reserve fund: days on which the ministry’s figure was read, in dollars of the "
        "day. Contracts are claims; 2023 runs to 1 December.",
        "alt": (
            f"Panels from above. The key rate is {s['rate-article']} at the article's date, peaks "
            f"at "
            f"{s['rate-peak']} and is {s['rate-last']} on {s['rate-last-day']}; inflation is "
            f"{s['inflation-2024']} at the end of 2024 and {s['inflation-2025']} at the end of "
            f"2025. The deficit of 2025 is {s['deficit-2025']} against {s['deficit-2025-plan']} "
            f"planned. The liquid part of the reserve fund goes from {s['fund-before']} in "
            f"February 2022 to {s['fund-article']} in May 2024, {s['fund-least']} in January 2025 "
            f"and {s['fund-last']} in February 2026. Contracts claimed are {s['men-2024']} in 2024 "
            f"and {s['men-2025']} in 2025."
        ),
        "caption": "Dots on the key rate are inflation from December to December; hollow bars are "
        "deficits as planned.",
        "claims": ["budget-means-war"],
        "columns": {
            "panel": "What",
            "date": "Date",
            "kind": "Kind",
            "value": Column("Value", 1),
            "unit": "Unit",
        },
    }


# Numbers nearer to one another than this many days would be drawn over each other on a phone.
_APART_DAYS = 100


def _apart(days: pd.Series[pd.Timestamp]) -> list[bool]:
    """Say which of some sorted days are numbered: the first, the last, and those apart."""
    kept = [days.iloc[0]]
    for moment in days.iloc[1:-1]:
        far = [abs((moment - other).days) >= _APART_DAYS for other in (kept[-1], days.iloc[-1])]
        kept += [moment] if all(far) else []
    return list(days.isin([*kept, days.iloc[-1]]))


@cache
def capacity_table() -> pd.DataFrame:
    """Return the four panels on capacity as one table: panel, date, kind, value, unit, spell."""
    steps = capacity.key_rate_steps(rates()).rename(columns={"key_rate_pct": "value"})
    prices = capacity.yearly(means(), "inflation")
    men = capacity.yearly(means(), "contracts claimed")
    lack = capacity.deficits(rubles())
    fund = capacity.yearly(means(), "reserve fund, liquid, in dollars")
    frames = [
        steps[["date", "value", "spell"]].assign(panel="rate", kind="key rate", unit="percent"),
        prices.rename(columns={"end": "date"})[["date", "value"]].assign(
            panel="rate", kind="inflation", unit="percent"
        ),
        pd.DataFrame(
            {
                "date": pd.to_datetime(lack["year"].astype(str) + "-07-01"),
                "value": lack["deficit_rub_trn"],
                "kind": lack["kind"],
            }
        ).assign(panel="deficit", unit="trillion roubles"),
        fund.rename(columns={"start": "date"})[["date", "value"]].assign(
            panel="fund",
            kind="reserve fund, liquid",
            unit="billion dollars",
            label=_apart(fund["start"]),
        ),
        pd.DataFrame(
            {"date": men["start"] + pd.Timedelta(days=181), "value": men["value"] / 1000}
        ).assign(panel="contracts", kind="contracts claimed", unit="thousand"),
    ]
    table = pd.concat(frames, ignore_index=True)
    # Only fund rows say whether they are numbered; a chart's data can hold no missing truth value.
    return table.assign(label=table["label"].eq(True))


_FIGURES = {
    "talks-plans": _plans_figure,
    "talks-shares": _shares_figure,
    "talks-sixteen": _sixteen_figure,
    "talks-growth": _growth_figure,
    "talks-prices": _prices_figure,
    "talks-timeline": _timeline_figure,
    "talks-cuts": _cuts_figure,
    "talks-land": _land_figure,
    "talks-capacity": _capacity_figure,
}
