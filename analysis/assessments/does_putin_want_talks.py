"""Assessments of the claims about Putin's wish for talks: budget, words, annexation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis import budget, statements, tables, verdicts
from analysis.assessing import (
    event_finding,
    evidence,
    firm_families,
    proposition,
    reading,
    stated,
    value_of,
)
from analysis.claims import ARTICLE_DATE, Assessment, Finding, Value, assessment, figure_finding
from analysis.formatting import count, day, number
from analysis.readings import Reading, Role

BUDGET = "russia-federal-budget"
SIPRI = "russia-military-expenditure-sipri"
WORLD_BANK = "world-bank-russia"
CHAPTER, SPENDING = budget.CHAPTER, budget.TOTAL_SPENDING


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


def _amount(year: int, item: str, stage: str) -> float:
    return budget.amount_rub_trn(tables.read(BUDGET), year, item, stage)


def _rows(*cells: tuple[int, str, str]) -> list[str]:
    """Evidence behind cells of the budget table."""
    return [budget.evidence_of(tables.read(BUDGET), *cell) for cell in cells]


def _provinces() -> str:
    """Return the number of provinces that he declared part of Russia, as a word."""
    return count(int(_fact("annexation-2022-09-30")))


def _days_from_article(evidence_id: str) -> str:
    """Return the days between a dated fact and the article, as a word."""
    said = evidence([evidence_id])["as_of"].iloc[0]
    return count(abs((said - ARTICLE_DATE).days))


def _sipri(year: int, column: str) -> float:
    table = tables.read(SIPRI)
    return float(table.loc[table["year"] == year, column].iloc[0])


def _percent(value: float, decimals: int = 1) -> str:
    return f"{number(value, decimals)} percent"


# The growth of 2024 -----------------------------------------------------------------------


@assessment("budget-70pct")
def budget_70pct() -> Assessment:
    """Growth of the defence budget of 2024 under each base, definition and price basis."""
    found = growth_readings()
    by = {item.levels["base"]: item for item in found}
    real = next(item for item in found if item.levels["source"] == "SIPRI, real")
    later = next(item for item in found if item.levels["source"] == "SIPRI, roubles")
    planned = next(item for item in found if item.levels["source"] == "SIPRI, plan")
    # The same chapter over the same base; only the year's own figure is a later one.
    chapter = next(item for item in found if item.levels["source"] == "Ministry, Sep 2024")
    return Assessment(
        findings=(figure_finding("budget-70pct", found),),
        then=value_of(found[0], date="2023-09-28"),
        now=value_of(chapter, date="2024-09-23"),
        reason=(
            f"The draft of September 2023 raised the budget chapter by over "
            f"{_percent(found[0].value, 0)} on the ministry's figure for 2023; on the law for 2023 "
            f"the rise is {_percent(by['law of 2022'].value, 0)}, by the ministry's figure of "
            f"September 2024 {_percent(chapter.value, 0)}. Total military expenditure rose by "
            f"{_percent(planned.value, 0)} in the plan and {_percent(later.value, 0)} in SIPRI's "
            f"later count, or {_percent(real.value, 0)} at constant prices."
        ),
        would_change=(
            "An official outturn of the defence chapter for 2023, secret so far, far from "
            f"{number(_amount(2023, CHAPTER, budget.EXPECTED), 2)} trillion roubles."
        ),
    )


def growth_readings() -> list[Reading]:
    """Growth of Russian defence spending from 2023 to 2024, in percent."""
    return [*_growth_of_chapter(), *_growth_of_total()]


def _growth_levels(source: str, definition: str, base: str, prices: str) -> dict[str, str]:
    return {"source": source, "definition": definition, "base": base, "prices": prices}


def _growth_of_chapter() -> list[Reading]:
    draft = (2024, CHAPTER, budget.LAW)
    expected = (2023, CHAPTER, budget.EXPECTED)
    deflated = 100 * (
        _amount(*draft) / _amount(*expected) / budget.deflator(tables.read(SIPRI), 2024) - 1
    )
    bases = (
        ("Ministry’s 2023", "expected in autumn 2023", _rows(expected), _amount(*expected)),
        ("Moscow Times’ 2023", "The Moscow Times", ["mt-2023-11-nd-2023"], None),
        ("Law for 2023", "law of 2022", _rows((2023, CHAPTER, budget.LAW)), None),
        ("Leaked target", "leaked target", ["reuters-2023-08-defence-2023-target"], None),
    )
    return [
        reading(
            "chapter, draft of 2024 over the ministry's figure for 2023 (AFP)",
            _fact("afp-2023-09-28-defence-growth-2024"),
            "percent",
            ["afp-2023-09-28-defence-growth-2024"],
            levels=_growth_levels("AFP", "chapter", "expected in autumn 2023", "current"),
            role="primary",
            reason=(
                "the words are defense budget and this year: the chapter of the budget, as "
                "printed from the ministry's document; no independent count of it existed"
            ),
        ),
        *(
            reading(
                f"chapter, draft of 2024 over {name.replace('Ministry’s', 'the ministry’s')}",
                100 * budget.growth(_amount(*draft), base or _fact(ids[0])),
                "percent",
                [*_rows(draft), *ids],
                levels=_growth_levels(name, "chapter", label, "current"),
            )
            for name, label, ids, base in bases
        ),
        reading(
            "chapter, expected for 2024 in September 2024, over the ministry's 2023",
            100 * budget.growth(_amount(2024, CHAPTER, budget.EXPECTED), _amount(*expected)),
            "percent",
            _rows((2024, CHAPTER, budget.EXPECTED), expected),
            levels=_growth_levels(
                "Ministry, Sep 2024", "chapter", "expected in autumn 2023", "current"
            ),
            known="now",
        ),
        reading(
            "chapter, draft of 2024 over the ministry's 2023, less the rise of prices",
            deflated,
            "percent",
            [*_rows(draft, expected), SIPRI],
            levels=_growth_levels(
                "Chapter, deflated", "chapter", "expected in autumn 2023", "constant"
            ),
            known="now",
            origin_id="ru-budget",
        ),
    ]


def _growth_of_total() -> list[Reading]:
    total = "total"
    rise = {
        column: 100 * budget.growth(_sipri(2024, column), _sipri(2023, column))
        for column in ("milex_rub_trn", "milex_constant_2023_usd_bn")
    }
    half_years = 100 * budget.growth(
        1 + _fact("kluge-2025-h1-vs-h1-2023") / 100, 1 + _fact("kluge-2025-h1-vs-h1-2024") / 100
    )
    cells = (
        ("SIPRI, plan", _fact("cooper-2023-12-milex-growth-2024"), "plan", "current",
         ["cooper-2023-12-milex-growth-2024"], "by its date"),
        ("SIPRI, roubles", rise["milex_rub_trn"], "outturn, estimated", "current",
         [SIPRI, "sipri-db-2023-milex-rub", "sipri-db-2024-milex-rub"], "now"),
        ("SIPRI, real", rise["milex_constant_2023_usd_bn"], "outturn, estimated", "constant",
         [SIPRI, "sipri-db-2024-milex-rub"], "now"),
        ("Kluge, January to June", half_years, "January to June", "current",
         ["kluge-2025-h1-vs-h1-2023", "kluge-2025-h1-vs-h1-2024"], "now"),
        ("IISS 2025, real", _fact("iiss-2025-02-russia-2024-real-growth"),
         "outturn, estimated", "constant", ["iiss-2025-02-russia-2024-real-growth"], "now"),
        ("IISS 2026, real", _fact("iiss-2026-02-russia-2024-real-growth"),
         "outturn, estimated", "constant", ["iiss-2026-02-russia-2024-real-growth"], "now"),
    )  # fmt: skip
    return [
        reading(
            f"total military expenditure, {base} ({source})",
            value,
            "percent",
            ids,
            levels=_growth_levels(source, total, base, prices),
            # The plan is dated by its paper; the rest speaks of years that ended later.
            known="now" if status == "now" else None,
        )
        for source, value, base, prices, ids, status in cells
    ]


# Shares of GDP ----------------------------------------------------------------------------


@assessment("budget-gdp")
def budget_gdp() -> Assessment:
    """Defence as a share of GDP in 2023 and 2024, by definition and by GDP."""
    before, after = gdp_2023_readings(), gdp_2024_readings()
    later = {item.levels["source"]: item.value for item in (*before, *after)}
    # The chapter over GDP, as forecast then and on the GDP that came.
    then, now = _pair(after[0], "2023-09-23", _from(after, "Expected 2024"), "2024-12-31")
    last_year = _pair(before[0], "2023-09-23", _from(before, "Ministry, later GDP"), "2023-12-31")
    return Assessment(
        findings=(
            figure_finding("budget-gdp", after, component="2024", then=then, now=now),
            figure_finding(
                "budget-gdp", before, component="2023", then=last_year[0], now=last_year[1]
            ),
        ),
        then=then,
        now=now,
        reason=(
            f"Reuters printed {_percent(after[0].value, 0)} for 2024 beside "
            f"{_percent(before[0].value)} for 2023 from the ministry's documents; on the GDP that "
            f"came the chapter is {_percent(later['Expected 2024'])}, and total military "
            f"expenditure is {_percent(later['SIPRI 2023'])} and "
            f"{_percent(later['SIPRI 2024'])}."
        ),
        would_change=(
            "Another definition: with total military expenditure, the field's usual measure of "
            "the burden, both years are higher."
        ),
    )


def _from(found: Sequence[Reading], source: str) -> Reading:
    return next(item for item in found if item.levels["source"] == source)


def _pair(then: Reading, then_date: str, now: Reading, now_date: str) -> tuple[Value, Value]:
    """Return one quantity by then and now, as a proposition's pair."""
    latest = value_of(now, date=now_date).model_copy(update={"status": "now"})
    return value_of(then, date=then_date), latest


def _gdp_levels(source: str, definition: str, gdp: str) -> dict[str, str]:
    return {"source": source, "definition": definition, "gdp": gdp}


_CHAPTER_REASON = (
    "the sentence speaks of the defense budget, the chapter, and the figure is printed from the "
    "ministry's documents before the article; no independent count of the chapter existed"
)


def gdp_2024_readings() -> list[Reading]:
    """Defence over GDP in 2024, in percent of GDP."""
    draft = (2024, CHAPTER, budget.LAW)
    law_gdp = (2024, budget.GDP, budget.EXPECTED)
    gdp = budget.gdp_rub_trn(tables.read(SIPRI), 2024)
    expected = (2024, CHAPTER, budget.EXPECTED)
    return [
        _gdp_printed("Reuters", "chapter", "forecast of 2023", "reuters-2023-09-share-gdp-2024",
                     "primary", _CHAPTER_REASON),
        _gdp_printed("UK at the OSCE", "not stated", "not stated", "sup-uk-osce-gdp6"),
        _gdp_printed("SIPRI, plan", "total", "forecast of 2023", "cooper-2023-12-share-gdp-2024"),
        _gdp_printed("Putin", "defence, security", "forecast of 2024",
                     "putin-2024-05-share-gdp-2024"),
        _gdp_computed("Law, GDP of July", "chapter", "forecast of 2024",
                      _amount(*draft) / _amount(*law_gdp), _rows(draft, law_gdp)),
        _gdp_computed("Law, later GDP", "chapter", "later",
                      _amount(*draft) / gdp, [*_rows(draft), SIPRI]),
        _gdp_computed("Expected 2024", "chapter", "later",
                      _amount(*expected) / gdp, [*_rows(expected), SIPRI]),
        _gdp_computed("SIPRI 2024", "total", "later",
                      _sipri(2024, "share_gdp_pct") / 100, [SIPRI], "sipri"),
        _gdp_printed("IISS 2025", "total", "later", "iiss-2025-02-russia-2024-gdp", now=True),
    ]  # fmt: skip


def gdp_2023_readings() -> list[Reading]:
    """Defence over GDP in 2023, in percent of GDP."""
    gdp = budget.gdp_world_bank_rub_trn(tables.read(SIPRI), tables.read(WORLD_BANK), 2023)
    expected = (2023, CHAPTER, budget.EXPECTED)
    law = (2023, CHAPTER, budget.LAW)
    target = "reuters-2023-08-defence-2023-target"
    return [
        _gdp_printed("Reuters", "chapter", "forecast of 2023", "reuters-2023-09-share-gdp-2023",
                     "primary", _CHAPTER_REASON),
        _gdp_printed("Carnegie", "chapter", "forecast of 2023", "carnegie-2023-10-share-gdp-2023"),
        _gdp_printed("Bloomberg", "not stated", "later", "bloomberg-2024-share-gdp-2023"),
        _gdp_computed("Ministry, later GDP", "chapter", "later",
                      _amount(*expected) / gdp, [*_rows(expected), WORLD_BANK, SIPRI]),
        _gdp_computed("Law, later GDP", "chapter", "later",
                      _amount(*law) / gdp, [*_rows(law), WORLD_BANK, SIPRI]),
        _gdp_computed("Leaked target", "leaked target", "later",
                      _fact(target) / gdp, [target, WORLD_BANK, SIPRI]),
        _gdp_printed("SIPRI, first", "total", "later", "budget-sipri-2024-04-gdp-2023"),
        _gdp_computed("SIPRI 2023", "total", "later",
                      _sipri(2023, "share_gdp_pct") / 100, [SIPRI], "sipri"),
    ]  # fmt: skip


def _gdp_printed(
    source: str, definition: str, gdp: str, evidence_id: str, role: Role = "alternative",
    reason: str = "", *, now: bool = False,
) -> Reading:  # fmt: skip
    return reading(
        f"{source}: {definition} over GDP ({gdp})",
        _fact(evidence_id),
        "percent of GDP",
        [evidence_id],
        levels=_gdp_levels(source, definition, gdp),
        role=role,
        reason=reason,
        known="now" if now else None,
    )


def _gdp_computed(
    source: str, definition: str, gdp: str, share: float, ids: Sequence[str], origin: str = ""
) -> Reading:
    return reading(
        f"{source}: {definition} over GDP ({gdp}), computed",
        100 * share,
        "percent of GDP",
        ids,
        levels=_gdp_levels(source, definition, gdp),
        known="now",
        origin_id=origin or None,
    )


# Shares of the federal budget -------------------------------------------------------------


@assessment("budget-third")
def budget_third() -> Assessment:
    """Defence as a share of the federal budget, 2024 and 2023, and where 16 can come from."""
    after, before = third_2024_readings(), third_2023_readings()
    plan, like = (item for item in before if item.role == "primary")
    sixteen = next(item for item in before if item.levels["denominator"] == "all levels")
    later = _from(after, "Expected 2024")
    # The chapter over federal spending, as planned for the year and as it went.
    then, now = _pair(after[0], "2023-10-03", later, "2024-12-31")
    last_year = _pair(plan, "2023-08-04", like, "2024-01-31")
    return Assessment(
        findings=(
            figure_finding("budget-third", after, component="2024", then=then, now=now),
            figure_finding(
                "budget-third", before, component="2023", then=last_year[0], now=last_year[1]
            ),
        ),
        then=then,
        now=now,
        reason=(
            f"For 2024 the plan has {_percent(after[0].value)}, a little less than nearly a third "
            f"allows; for 2023 the federal budget gives {_percent(plan.value)} as first planned "
            f"and {_percent(like.value)} on the base that the other figures of the paragraph "
            f"use, while {_percent(sixteen.value, 0)} is what SIPRI printed for spending of all "
            "levels of government."
        ),
        error_type="definition",
        correction_direction="hurts",
        would_change=(
            "A statement by the article of its source; on one basis throughout the share rises "
            f"from {_percent(plan.value)} to {_percent(after[0].value)} in the plans, or from "
            f"{_percent(like.value)} to {_percent(later.value)} as spent."
        ),
    )


def _third_levels(source: str, definition: str, denominator: str) -> dict[str, str]:
    return {"source": source, "definition": definition, "denominator": denominator}


_FEDERAL = "percent of federal budget"


def _third(
    source: str, definition: str, denominator: str, value: float, ids: Sequence[str],
    *, role: Role = "alternative", reason: str = "", now: bool = False, unit: str = _FEDERAL,
) -> Reading:  # fmt: skip
    return reading(
        f"{source}: {definition} over {denominator}",
        value,
        unit,
        ids,
        levels=_third_levels(source, definition, denominator),
        role=role,
        reason=reason,
        known="now" if now else None,
    )


def third_2024_readings() -> list[Reading]:
    """Defence over federal spending in 2024, in percent of the federal budget."""
    draft, outturn = (2024, CHAPTER, budget.LAW), (2024, SPENDING, budget.OUTTURN)
    amended, expected = (2024, SPENDING, budget.EXPECTED), (2024, CHAPTER, budget.EXPECTED)
    total = "sipri-db-2024-milex-rub"
    return [
        _third("Reuters", "chapter", "draft", _fact("reuters-2023-10-nd-share-2024"),
               ["reuters-2023-10-nd-share-2024"], role="primary",
               reason=(
                   "the share that the ministry's documents give, as printed; no independent "
                   "count of the chapter existed"
               )),
        _third("SIPRI", "chapter", "draft", _fact("cooper-2023-12-nd-share-2024"),
               ["cooper-2023-12-nd-share-2024"]),
        _third("AFP", "chapter", "draft", _fact("afp-2023-09-nd-share-2024"),
               ["afp-2023-09-nd-share-2024"]),
        _third("Finance minister", "chapter", "draft", _fact("siluanov-2023-10-nd-share-2024"),
               ["siluanov-2023-10-nd-share-2024"]),
        _third("SIPRI, total", "total", "draft", _fact("cooper-2023-12-milex-share-2024"),
               ["cooper-2023-12-milex-share-2024"]),
        _third("US intelligence", "not stated", "not stated", _fact("dni-haines-defence-share"),
               ["dni-haines-defence-share"]),
        _third("UK at the OSCE", "defence, security", "not stated", _fact("sup-uk-osce-40pct"),
               ["sup-uk-osce-40pct"]),
        _third("Law, amended", "chapter", "amended",
               100 * _amount(*draft) / _amount(*amended), _rows(draft, amended), now=True),
        _third("Expected 2024", "chapter", "outturn",
               100 * _amount(*expected) / _amount(*outturn), _rows(expected, outturn), now=True),
        _third("SIPRI 2024", "total", "outturn",
               100 * _fact(total) / _amount(*outturn), [total, *_rows(outturn)], now=True),
    ]  # fmt: skip


_MIXED = "numerator of the plan over the spending of the whole year: different states of the budget"


def third_2023_readings() -> list[Reading]:
    """Defence over public spending in 2023, every way, the excluded ones with their reasons."""
    outturn = (2023, SPENDING, budget.OUTTURN)
    expected, law = (2023, CHAPTER, budget.EXPECTED), (2023, CHAPTER, budget.LAW)
    moscow_times, target = "mt-2023-11-nd-2023", "reuters-2023-08-defence-2023-target"
    total, half = "sipri-db-2023-milex-rub", "reuters-2023-08-defence-h1-2023-share"
    spent = _amount(*outturn)
    return [
        _third("Plan (Reuters)", "chapter", "law",
               _fact("reuters-2023-08-nd-share-2023-plan"),
               ["reuters-2023-08-nd-share-2023-plan"], role="primary",
               reason="plan for 2023 beside plan for 2024, the one share printed by then"),
        _third("Ministry’s 2023", "chapter", "outturn",
               100 * _amount(*expected) / spent, _rows(expected, outturn), role="primary",
               reason=(
                   "the words are in 2023, a year then over, and it is the base of the printed "
                   "growth and share of GDP; both parts were published by then"
               )),
        _third("Moscow Times’ plan", "chapter", "not stated",
               _fact("mt-2023-11-nd-share-2023-plan"), ["mt-2023-11-nd-share-2023-plan"]),
        _third("Moscow Times’ 2023", "chapter", "outturn",
               100 * _fact(moscow_times) / spent, [moscow_times, *_rows(outturn)]),
        _third("Leaked target", "leaked target", "outturn",
               100 * _fact(target) / spent, [target, *_rows(outturn)]),
        _third("SIPRI 2023", "total", "outturn",
               100 * _fact(total) / spent, [total, *_rows(outturn)]),
        _third("Plan over spent", "chapter", "plan over outturn",
               100 * _amount(*law) / spent, _rows(law, outturn), role="excluded", reason=_MIXED),
        _third("Plan of 2021", "chapter", "plan of 2021", _fact("tass-2021-nd-share-2023-plan"),
               ["tass-2021-nd-share-2023-plan"], role="excluded",
               reason="made before the invasion and never in force"),
        _third("Leak, January to June", "leaked target", "January to June", _fact(half), [half],
               role="excluded",
               reason="early months alone, in which orders are paid in advance"),
        *_third_2023_of_all_levels(),
    ]  # fmt: skip


def _third_2023_of_all_levels() -> list[Reading]:
    reason = "of the spending of all levels of government; the words are federal budget"
    unit = "percent of general government spending"
    return [
        _third(source, "total", "all levels", _fact(name), [name], role="excluded",
               reason=reason, unit=unit)
        for source, name in (
            ("SIPRI, Apr 2024", "sipri-2024-04-govt-share-2023"),
            ("SIPRI, revised", "sipri-db-2023-govt-share"),
        )
    ]  # fmt: skip


# What the budget shows --------------------------------------------------------------------


@assessment("budget-means-war")
def budget_means_war() -> Assessment:
    """A judgement: what speaks for reading the budget as unwillingness, and what against."""
    plan = _amount(2025, CHAPTER, budget.PLAN)
    excess = budget.growth(_amount(2025, CHAPTER, budget.LAW), plan)
    first, last = (_amount(2024, CHAPTER, budget.LAW), _fact("kommersant-2023-09-nd-2026-plan"))
    return Assessment(
        findings=(
            Finding(
                component="no-wish",
                proposition=proposition("budget-means-war", "no-wish"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=(
                    "afp-2023-09-28-defence-growth-2024",
                    "sup-wh-2024-01-03",
                    "duma-2024-11-nd-2025-law",
                    "isw-2025-09-nd-2026",
                    "putin-2024-06-14-terms",
                ),
                evidence_against=(
                    "kommersant-2023-09-nd-2025-plan",
                    "kommersant-2023-09-nd-2026-plan",
                    "sipri-2023-12-plan-fall-2025-26",
                    "putin-2024-05-24-minsk",
                    "istanbul-2025-first-direct",
                ),
                note=(
                    "A state may arm in order to fight on, or in order to bargain; spending alone "
                    "does not say which. The page with the sums for 2025 and 2026 carries no day, "
                    "so they do not count as known then; that a fall was planned stands in a "
                    "paper of 14 December 2023."
                ),
            ),
        ),
        then=Value(
            value=last,
            unit="RUB trn",
            text=f"planned for 2026 in September 2023, after {number(first, 2)} for 2024",
            date="2023-09-30",
            status="about then, known later",
            evidence=("kommersant-2023-09-nd-2026-plan", "reuters-2023-10-nd-2024"),
        ),
        now=Value(
            value=_amount(2026, CHAPTER, budget.LAW),
            unit="RUB trn",
            text="draft for 2026, September 2025",
            date="2025-09-30",
            status="now",
            evidence=("isw-2025-09-nd-2026",),
        ),
        reason=(
            f"The plan that raised 2024 cut the chapter to {number(last, 1)} trillion roubles by "
            f"2026; the law passed for 2025 then exceeded that plan by "
            f"{_percent(100 * excess, 0)}, and Russia both fought on and came to talks."
        ),
        would_change=(
            "A count over many wars of how often a rise of spending came before talks, or a "
            "document on why the budget was raised."
        ),
    )


# What Putin said --------------------------------------------------------------------------


@assessment("putin-aims")
def putin_aims() -> Assessment:
    """The aims of December 2023, from the transcript, and the terms of June 2024 beside them."""
    return Assessment(
        findings=(
            event_finding(
                "putin-aims",
                ["putin-2023-12-14-aims"],
                measured=["talks-putin-2023-12-14-transcript"],
                note=(
                    "At the same news conference he named reaching an agreement as another way; "
                    "the article leaves that out."
                ),
            ),
        ),
        then=stated(
            "denazification, demilitarisation, neutral status",
            date="2023-12-14",
            status="known then",
            evidence=("putin-2023-12-14-aims", "putin-2023-12-14-agreement"),
        ),
        now=stated(
            f"withdrawal from {_provinces()} provinces and no NATO (June 2024); Donbas (December "
            "2025)",
            date="2025-12-29",
            status="now",
            evidence=("putin-2024-06-14-terms", "peskov-2025-12-29-donbas"),
        ),
        reason=(
            f"On {day('2023-12-14')} he said that the aims had not changed and named them; "
            "the words stand in the transcript and in a Ukrainian newspaper's report of the day."
        ),
        would_change="A transcript of the news conference without these words.",
    )


# Dated, public, his own words, and towards talks: what counts against "nothing".
CALLS = {
    "annexation-2022-09-30-talks": "30 September 2022",
    "putin-2023-12-14-agreement": "14 December 2023",
    "talks-putin-2024-02-09": "9 February 2024",
    "putin-2024-03-13": "13 March 2024",
    "putin-2024-05-24-minsk": "24 May 2024",
}


@assessment("putin-said-nothing")
def putin_said_nothing() -> Assessment:
    """Public statements towards talks before the article; one is enough against nothing."""
    calls = [name for name in CALLS if evidence([name])["published"].iloc[0] <= ARTICLE_DATE]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("putin-said-nothing"),
                verdict=verdicts.universal(calls),
                evidence_for=(
                    "african-mission-putin-reply",
                    "putin-2023-12-14-aims",
                    "talks-putin-2024-02-09-arms",
                    "putin-2024-03-13-ridiculous",
                    "sup-peskov-2024-02-14",
                    "sup-wh-2024-01-03",
                ),
                evidence_against=(
                    *calls,
                    "talks-putin-2024-05-24-interfax",
                    "sup-reuters-2024-02-13",
                    "putin-2024-05-24-reuters",
                ),
                note=(
                    f"Public statements towards talks by then: {count(len(calls))} are held, a "
                    "selection; each came with a condition or beside aims called unchanged."
                ),
            ),
        ),
        then=stated(
            "ready to negotiate, on the realities on the ground",
            date="2024-03-13",
            status="known then",
            evidence=("putin-2024-03-13", "putin-2024-05-24-minsk"),
        ),
        now=stated(
            "talks held in 2025 and 2026, no ceasefire beyond days agreed",
            date="2026-06-23",
            status="now",
            evidence=("istanbul-2025-first-direct", "geneva-2026-02", "putin-2026-06-23-istanbul"),
        ),
        reason=(
            "In an interview published on 13 March 2024 he said: Are we ready to negotiate? We "
            f"sure are; on 24 May, {_days_from_article('putin-2024-05-24-minsk')} days before the "
            "article, he called for talks to be renewed."
        ),
        error_type="scope",
        correction_direction="hurts",
        would_change="Proof that the words of 13 March and of 24 May are misreported.",
        weaker_form=(
            "The weaker form, that he offered no step back from the land then held, stands among "
            "the statements held here, which are a selection. The conditions "
            f"named were the {_provinces()} provinces (September 2022), an end of American arms "
            "(February 2024) and the realities on the ground (March and May 2024); "
            f"{_days_from_article('putin-2024-06-14-terms')} days after the article his terms "
            "asked for more land than Russian forces held."
        ),
    )


@assessment("call-it-war")
def call_it_war() -> Assessment:
    """When Moscow began to say war: before the sentence has it, and not in law."""
    return Assessment(
        findings=(
            event_finding(
                "call-it-war",
                ["sup-peskov-war-2024-03-22", "sup-gorinov-7y"],
                ["sup-putin-war-2022-12-22", "sup-peskov-dejure-2024-03-22"],
                note=(
                    "The word since puts the change after the news conference of December 2023; "
                    "Putin had used the word a year before it."
                ),
            ),
        ),
        then=stated(
            "state of war, in law still a special military operation",
            date="2024-03-22",
            status="known then",
            evidence=("sup-peskov-war-2024-03-22", "sup-peskov-dejure-2024-03-22"),
        ),
        now=None,
        reason=(
            "The Kremlin's spokesman spoke of a state of war on 22 March 2024 and added that in "
            "law it stays an operation; Putin had said war on 22 December 2022, a year before the "
            "news conference from which the article counts."
        ),
        error_type="chronology",
        correction_direction="neutral",
        would_change=(
            "A reading of since as since the invasion: then only the legal term speaks against it."
        ),
    )


# Calls for talks, held in excerpt, that say Moscow is not ready or not interested.
CAMP_COUNTER = (
    "camp-responsible-statecraft-2023-10",
    "camp-haass-kupchan-2023-04",
    "camp-beebe-2023-01",
)


@assessment("camp-assumes-putin")
def camp_assumes_putin() -> Assessment:
    """Texts of the camp that say Moscow is not ready for talks refute it of the camp as such."""
    by_then = [
        name for name in CAMP_COUNTER if evidence([name])["published"].iloc[0] <= ARTICLE_DATE
    ]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("camp-assumes-putin"),
                verdict="refuted as worded" if by_then else verdicts.NO_VERDICT,
                evidence_for=("camp-marcetic-2024-05",),
                evidence_against=(
                    *by_then,
                    "camp-beebe-lieven-2024-02",
                    "camp-haass-2023-03",
                    "haass-2025-08-not-inclined",
                ),
                note="Excerpts were read, not whole texts; nothing is inferred from silence.",
            ),
        ),
        then=stated(
            "calls for talks that say Moscow is not ready or not interested",
            date="2023-10-18",
            status="known then",
            evidence=tuple(by_then),
        ),
        now=stated(
            "a member of the camp: he is not yet inclined to end the war",
            date="2025-08-31",
            status="now",
            evidence=("haass-2025-08-not-inclined",),
        ),
        reason=(
            f"{count(len(by_then)).capitalize()} calls for talks held here say in so many words "
            "that Moscow was not ready or not much interested, and another argues the point at "
            "length instead of assuming it."
        ),
        error_type="attribution",
        correction_direction="hurts",
        would_change=(
            "Nothing can restore it of the whole camp; how many of its texts make the assumption "
            "is not known, since they were not read whole."
        ),
        weaker_form=(
            "The weaker form, that some calls take Putin to be open to talks, stands: one of "
            "28 May 2024 speaks of his apparent openness."
        ),
    )


# The annexation ---------------------------------------------------------------------------


@assessment("annexed-four")
def annexed_four() -> Assessment:
    """The declaration of 30 September 2022 and the vote of the General Assembly on it."""
    return Assessment(
        findings=(
            event_finding(
                "annexed-four",
                ["annexation-2022-09-30", "annexation-unga-press"],
                note=(
                    f"The same speech called on Kyiv to return to talks, the {_provinces()} "
                    "excepted."
                ),
            ),
        ),
        then=Value(
            value=_fact("annexation-2022-09-30"),
            unit="count",
            text="provinces declared part of Russia",
            date="2022-09-30",
            status="known then",
            evidence=("annexation-2022-09-30", "annexation-unga-press"),
        ),
        now=stated(
            "Ukrainian forces must leave Donbas; silent on Kherson and Zaporizhzhia",
            date="2025-12-29",
            status="now",
            evidence=("peskov-2025-12-29-donbas",),
        ),
        reason=(
            f"On 30 September 2022 he declared {_provinces()} provinces part of Russia for good; "
            "the record of the General Assembly names the same ones."
        ),
        would_change="A record of that day which names other provinces.",
    )


@assessment("bogus-referendum")
def bogus_referendum() -> Assessment:
    """Whether the votes of September 2022 were genuine: Assembly, conditions, arithmetic."""
    supporting = ("annexation-unga-press", "sup-unga-yes", "sup-ref-haidai-45",
                  "sup-ref-poll-kherson", "sup-ref-poll-luhansk")  # fmt: skip
    votes = tables.read("referendum-2022")
    gap = statements.announced_against_counts(votes)["gap_pp"]
    kherson = votes[votes["region"] == "Kherson"].iloc[0]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("bogus-referendum"),
                verdict=verdicts.event(firm_families(supporting), (), measured=False),
                evidence_for=(*supporting, "referendum-2022"),
                evidence_against=("sup-ref-donetsk", "sup-ref-luhansk", "sup-unga-no"),
                note=(
                    "The organisers' own count is what is tested, so it is no witness; there were "
                    f"{count(len(votes))} votes, one for each province."
                ),
            ),
        ),
        then=Value(
            value=_fact("annexation-unga-press"),
            unit="votes",
            text=(
                f"states for the resolution against it, {number(_fact('sup-unga-no'))} against, "
                f"{number(_fact('sup-unga-abstain'))} abstaining"
            ),
            date="2022-10-12",
            status="known then",
            evidence=("annexation-unga-press", "sup-unga-no", "sup-unga-abstain"),
        ),
        now=None,
        reason=(
            f"{number(_fact('annexation-unga-press'))} states rejected the votes, which were held "
            "under occupation in provinces only partly held; the announced counts do not give the "
            f"announced shares (off by {number(gap.min(), 1)} to {number(gap.max(), 1)} points, "
            f"which spoiled ballots could explain), and Kherson's claimed "
            f"{_percent(float(kherson['claimed_yes_pct']), 0)} stands beside "
            f"{_percent(float(kherson['poll_before_invasion_pct']), 0)} in a poll before the "
            "invasion."
        ),
        would_change=(
            "Observers of standing, or counts by polling station, that bear the results out."
        ),
    )


def candidates_for_sixteen() -> pd.DataFrame:
    """Return every share of defence in 2023 that is held, with its distance from 16.

    Returns
    -------
    pandas.DataFrame
        source, share_pct, of ("federal budget" or "all levels of government"), role,
        distance_pp; nearest first.
    """
    rows: list[Mapping[str, object]] = [
        {
            "source": item.levels["source"],
            "share_pct": item.value,
            "of": "all levels" if item.levels["denominator"] == "all levels" else "federal budget",
            "name": item.name,
            "role": item.role,
        }
        for item in third_2023_readings()
    ]
    table = pd.DataFrame(rows)
    table["distance_pp"] = (table["share_pct"] - 16).abs()
    return table.sort_values(["distance_pp", "source"], ignore_index=True)
