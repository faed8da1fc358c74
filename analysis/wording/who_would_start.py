"""Numbers and figure texts of the chapter on who would start talks."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from analysis import claims, diplomacy, opinion, tables
from analysis.assessments import who_would_start as assessed
from analysis.book import Column
from analysis.formatting import between, count, day, how_many, number, percent, significant

KIIS_SOURCE = "Kyiv International Institute of Sociology (KIIS), read in the press"
AIR_SOURCE = "Ukrainian air force posts, dataset of P. Ivaniuk"
ARTICLE = claims.ARTICLE_DATE
WINDOW_END = claims.WINDOW_END
# The ends of the timeline as the sliders set them, in whichever order they stand.
FIRST_DAY = "datetime(min(first_year, last_year), 0, 1)"
LAST_DAY = "min(datetime(max(first_year, last_year), 11, 31), datetime(2026, 8, 31))"
# Launches are counted over so many days before a wave.
LAUNCH_DAYS = 90
YEARS = ("2022", "2023", "2024", "2025", "2026")
SIZES = (1, 2, 3, 5, 7, 10, 12, 15, 18, 20, 25, 30, 35, 40)


@cache
def polls() -> pd.DataFrame:
    """Return all answers."""
    return tables.read("opinion-polls")


@cache
def blocks() -> pd.DataFrame:
    """Return launches before each wave."""
    return tables.read("attacks-before-waves")


@cache
def events() -> pd.DataFrame:
    """Return the diplomacy."""
    return tables.read("diplomacy-timeline")


@cache
def calls() -> pd.DataFrame:
    """Return the named calls for talks of those who held no office in Washington."""
    return diplomacy.camp(tables.read("calls-for-talks"))


def _share(series: str, option: str, start: str) -> str:
    return percent(opinion.share_pct(polls(), series, option, start) / 100)


def _polls() -> dict[str, str]:
    never = opinion.NEVER
    series = opinion.CONCESSIONS
    return {
        "never-peak": _share(series, never, "2023-02-14"),
        "never-known": _share(series, never, "2023-11-29"),
        "never-may": _share(series, never, "2024-05-16"),
        "never-last": _share(series, never, "2025-11-26"),
        "never-since": _never_since("2024-05-16"),
        "putin-terms": _share(
            "razumkov-putin-terms", "against withdrawing from the four regions", "2024-06-20"
        ),
        "current-lines": _share("ndi-current-lines", "no", "2024-05-08"),
        "no-compromise": _share("kiis-no-compromise", "agree", "2024-05-26"),
        "nato-package": _share("kiis-package-nato", "ready to accept", "2024-06-01"),
        "negotiate-may": _share("ndi-negotiate", "yes", "2024-05-08"),
        "negotiate-no": _share("ndi-negotiate", "no", "2024-05-08"),
        "diplomacy-known": _share("kiis-diplomatic-way", "diplomatic way too", "2024-02-05"),
        "negotiate-2025": _share("gallup-restated", "negotiate as soon as possible", "2025-07-01"),
        "donbas-last": _share(
            "kiis-donbas-for-guarantees", "categorically unacceptable", "2026-03-01"
        ),
        "european-plan": _share("kiis-eu-plan", "ready to accept", "2025-11-26"),
        "endure-known": _share("kiis-endure", "as long as necessary", "2024-02-05"),
        "endure-october": _share("kiis-endure", "as long as necessary", "2024-09-20"),
        "confidence": percent(opinion.CONFIDENCE),
        "endure-last": _share("kiis-endure", "as long as necessary", "2026-03-01"),
        "shelling-2022": _share("kiis-shelling-2022", "continue", "2022-10-21"),
        "mobilisation-law": _share("kiis-mobilisation-law", "agree", "2024-05-26"),
        "no-shame": _share("razumkov-evader", "not shameful", "2024-06-20"),
        "design-factor": number(opinion.DESIGN_FACTOR, 1),
        "series-count": number(_of_ukrainians()["series"].nunique()),
        "answers-count": number(len(_of_ukrainians())),
        "n-missing": percent(float(_of_ukrainians()["n"].isna().mean())),
        "freeze-refused": _share("kiis-freeze", "categorically reject", "2025-11-26"),
        **_regions(),
    }


def _never_since(first: str) -> str:
    """Return the range of those who refuse any concession, from a wave on."""
    rows = opinion.followed(polls(), (("", opinion.CONCESSIONS, opinion.NEVER),))
    shares = rows.loc[rows["fieldwork_start"] >= pd.Timestamp(first), "share_pct"] / 100
    return between(percent(shares.min()), percent(shares.max()))


def _of_ukrainians() -> pd.DataFrame:
    return polls()[polls()["population"].str.startswith("Ukraine")]


WORDING_COLUMNS = {
    "question": "Question, as far as seen",
    "pollster": "Pollster",
    "subject": "Subject",
    "mode": "Mode",
    "waves": "Fieldwork, and number asked",
    "asked": "Who was asked",
}
CALL_COLUMNS = {
    "author": "Who calls",
    "date": "Date",
    "outlet": "Where",
    "asks_for": "Asks for",
    "when_asked": "When",
    "who_should_start": "Who should begin",
    "russian_problems": "Russian problems",
    "full_text_read": "What was read",
    "read_at": "Read at",
}
AGREEMENT_COLUMNS = {
    "agreement": "Agreement",
    "start": "From",
    "kind": "Kind",
    "outcome": "Outcome",
    "figures": "Figures",
}


def agreements() -> pd.DataFrame:
    """Return the agreements that the debate names, an empty cell where no figure is held."""
    table = tables.read("agreements-with-russia")
    return table.assign(figures=table["figures"].replace("", None))


def _regions() -> dict[str, str]:
    shelling = polls()[polls()["series"] == "kiis-shelling-2022"]
    by = shelling[shelling["option"] == "continue"].set_index("population")["share_pct"]
    talks = polls()[(polls()["series"] == "razumkov-time-for-talks") & (polls()["option"] == "yes")]
    region = talks.set_index("population")["share_pct"]
    return {
        "shelling-east": percent(by["Ukraine: East"] / 100),
        "shelling-west": percent(by["Ukraine: West"] / 100),
        "talks-south": percent(region["Ukraine: South"] / 100),
        "talks-east": percent(region["Ukraine: East"] / 100),
    }


def _none() -> dict[str, str]:
    chances = opinion.none_of_n(polls(), [10, 20, 30]).set_index(["poll", "n"])["chance_pct"]

    def chance(poll: str, n: int) -> str:
        return f"{significant(float(chances[poll, n]))}\u202f%"

    return {
        "upper-10": percent(opinion.largest_share_given_none(10)),
        "upper-20": percent(opinion.largest_share_given_none(20)),
        "upper-30": percent(opinion.largest_share_given_none(30)),
        "n-10": number(10),
        "n-20": number(20),
        "n-30": number(30),
        "chance-10-2024": chance("Territory, May 2024", 10),
        "chance-20-2024": chance("Territory, May 2024", 20),
        "chance-10-2023": chance("Territory, May 2023", 10),
        "chance-20-2023": chance("Territory, May 2023", 20),
        "chance-10-talks": chance("Talks, May 2024", 10),
    }


def _strikes() -> dict[str, str]:
    effect = opinion.declared_effect(polls(), blocks())
    forms = opinion.specifications(polls(), blocks())
    signs = forms["sign"].value_counts()
    monthly = tables.read("air-attacks-monthly").set_index("month")["drones_launched"]
    return {
        "effect": number(effect.points, 1),
        "effect-low": number(effect.low, 1),
        "effect-high": number(effect.high, 1),
        "changes": count(effect.n),
        "forms": number(len(forms)),
        "forms-positive": how_many(int(signs.get("positive", 0))),
        "forms-negative": how_many(int(signs.get("negative", 0))),
        **_launched_before(),
        "drones-may-2024": number(monthly["2024-05"]),
        "drones-nov-2025": number(monthly["2025-11"]),
    }


def _launched_before() -> dict[str, str]:
    """Return what was launched in the `LAUNCH_DAYS` before some waves."""
    pairs = opinion.resolve_and_strikes(
        polls(), blocks(), weapon="drones and missiles", days=LAUNCH_DAYS
    )
    launched = pairs.set_index("fieldwork_start")["launched"]
    waves = {"2023": "2023-05-01", "2024": "2024-05-16", "last": "2025-11-26"}
    return {
        f"launched-{name}": number(float(launched[pd.Timestamp(day)]))
        for name, day in waves.items()
    }


def _evasion() -> dict[str, str]:
    cases = opinion.cases_per_day(tables.read("evasion-cases"))
    daily = cases.set_index(["measure", "period_start"])["cases_per_day"]

    def rate(measure: str, start: str, decimals: int = 0) -> str:
        return number(float(daily[measure, pd.Timestamp(start)]), decimals)

    found = assessed.evasion_readings()
    return {
        "evading-2023": rate(assessed.EVASION_336, "2023-01-01", 1),
        "evading-2024": rate(assessed.EVASION_336, "2024-01-01", 1),
        "absent-2023": rate(assessed.AWOL_407, "2023-01-01"),
        "absent-2025": rate(assessed.AWOL_407, "2025-01-01"),
        "border-ratio": number(found[2].value),
    }


def _washington() -> dict[str, str]:
    table = tables.read("us-statements-on-talks")
    counts = diplomacy.statements(table, ARTICLE.date())
    phrases = tables.read("white-house-phrases-monthly")
    urged, _ = assessed.urgings()
    forced = diplomacy.forcing(table, ARTICLE)
    ratios = assessed.supplier_readings()
    return {
        "statements-for": number(counts["for"]),
        "urgings": count(len(urged)),
        "forcings": how_many(len(forced)),
        "statements-held": number(int(counts.sum())),
        "phrase-2022": percent(
            diplomacy.phrase_share_pct(phrases, "nothing_about_ukraine", 2022) / 100, 1
        ),
        "phrase-2023": percent(
            diplomacy.phrase_share_pct(phrases, "nothing_about_ukraine", 2023) / 100, 1
        ),
        "us-next": number(ratios[0].value, 1),
        "us-share": percent(0.01 * _sipri("United States", "2019-01-01")),
        "us-share-2024": percent(0.01 * _sipri("United States", "2020-01-01")),
        **_supplied(),
        "us-europe-then": number(ratios[3].value, 2),
        "us-europe-now": number(ratios[4].value, 2),
    }


def _supplied() -> dict[str, str]:
    """Return the least and the most that states had of the imports, over all periods."""
    shares = tables.read("arms-supplier-shares")
    american = shares["supplier"] == "United States"
    us, others = (0.01 * shares.loc[rows, "share_pct"] for rows in (american, ~american))
    then = shares.loc[shares["published"] <= ARTICLE, "period_start"]
    return {
        "us-share-least": percent(us.min()),
        "us-share-most": percent(us.max()),
        "others-most": percent(others.max()),
        "periods-then": count(then.nunique()),
    }


def _sipri(supplier: str, start: str) -> float:
    shares = tables.read("arms-supplier-shares")
    row = shares[(shares["supplier"] == supplier) & (shares["period_start"] == start)]
    return float(row["share_pct"].iloc[0])


def _diplomacy() -> dict[str, str]:
    table = events()
    before = calls()[calls()["date"] <= ARTICLE]
    year = date(2023, 6, 3), date(2024, 6, 2)
    of_year = before[before["date"].between(pd.Timestamp(year[0]), pd.Timestamp(year[1]))]
    named = before[before["russian_problems"] == "named"]
    gap = diplomacy.longest_gap(table)
    narrow = table[table["kind"] == "grain and prisoners"]["date"]
    return {
        "meetings-2022": count(diplomacy.meetings(table, date(2022, 2, 24), date(2022, 5, 31))),
        "meetings-window": count(diplomacy.meetings(table, ARTICLE.date(), WINDOW_END.date())),
        "meetings-2026": count(diplomacy.meetings(table, WINDOW_END.date(), date(2026, 12, 31))),
        "silent-days": number(diplomacy.days_without_talks(table)),
        "silent-so-far": number((ARTICLE - gap[0]).days),
        "last-round": day(gap[0]),
        "narrow": count(len(narrow)),
        "narrow-first": day(narrow.min()),
        "events": number(len(diplomacy.timeline(table))),
        "lanes": count(diplomacy.timeline(table)["lane"].nunique()),
        "last-event": day(table["date"].max()),
        "calls-before": number(len(before)),
        "calls-year": number(len(of_year)),
        "calls-month": number(diplomacy.calls_per_month(calls(), *year), 1),
        "calls-read": number(int((before["full_text_read"] == "excerpt").sum())),
        "calls-whole": how_many(int((before["full_text_read"] == "yes").sum())),
        "calls-named": count(len(named)),
        "calls-washington": number(
            int(of_year["who_should_start"].str.contains("Washington").sum())
        ),
        "agreements": count(len(tables.read("agreements-with-russia"))),
    }


def _verdicts() -> dict[str, str]:
    home = claims.at_home_in("who-would-start")
    words = pd.Series([record.verdict for record in home]).value_counts()
    stands = sum(
        int(words.get(word, 0)) for word in ("holds", "roughly holds", "came true", "not refuted")
    )
    return {
        "claims": number(len(home)),
        "claims-stand": count(stands),
        "claims-refuted": count(int(words.get("refuted as worded", 0))),
        "claims-open": count(
            sum(int(words.get(w, 0)) for w in ("the data cannot tell", "cannot be checked"))
        ),
        "claims-none": how_many(int(words.get("no verdict word", 0))),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_polls(), _none(), _strikes(), _evasion(), _washington(), _diplomacy(), _verdicts())
    return {name: text for part in parts for name, text in part.items()}


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


_POLL_COLUMNS = {
    "question": "Question",
    "option": "Answer",
    "fieldwork_start": "Fieldwork from",
    "fieldwork_end": "to",
    "mode": "Mode",
    "printed_n": "n",
    "share_pct": Column("Share, %", 1),
    "low_pct": Column("Low, %", 1),
    "high_pct": Column("High, %", 1),
    "source": "Read at",
}
_INTERVAL = "Lines: 95 percent intervals with a design factor, only where n is printed"


def _spring() -> dict[str, Any]:
    s = strings()
    return {
        "title": "From February to June 2024 most Ukrainians refused most terms, and most did not "
        "refuse talks",
        "subtitle": "Share of those asked, percent, by question; fieldwork February to June 2024",
        "source": "Sources: polls by KIIS, NDI and Razumkov, read in the press",
        "note": f"{_INTERVAL}. Each row is another wording; rows do not add up.",
        "alt": (
            f"Dot plot with a panel for terms and one for talks. Terms: {s['putin-terms']} refuse "
            f"Putin’s terms of 14 June, "
            f"{s['current-lines']} the current lines, {s['no-compromise']} any compromise, "
            f"{s['never-may']} any loss of territory; {s['nato-package']} would accept a package "
            f"with NATO. Talks: {s['negotiate-may']} want to enter negotiations, "
            f"{s['diplomacy-known']} diplomacy beside fighting."
        ),
        "caption": "Filled dots refuse, hollow dots are open; the rest did not say. Putin’s terms "
        "and the time for talks were asked about after the article, from 20 to 28 June.",
        "claims": ["public-opposes", "draft-evasion"],
        "columns": {"subject": "Subject", "label": "Short name", "answer": "Stance"}
        | _POLL_COLUMNS,
    }


def _none_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"None of {s['n-20']} is no rarity under the poll of 2023, all but excluded by "
        f"2024’s",
        "subtitle": "Chance that none says yes, and the largest share of yes that none leaves "
        "possible, percent, by number asked",
        "source": "Sources: binomial chances and Clopper–Pearson intervals computed for this "
        "book; shares of yes by KIIS and NDI",
        "note": "Holds for random samples; the people whom the author met were not one.",
        "alt": (
            f"Line charts over the number asked. With the share of May 2023 none of {s['n-10']} "
            f"has a chance of {s['chance-10-2023']}, none of {s['n-20']} {s['chance-20-2023']}; "
            f"with that of May 2024 {s['chance-10-2024']} and {s['chance-20-2024']}. None of "
            f"{s['n-10']} leaves up to {s['upper-10']} possible, none of {s['n-30']} "
            f"{s['upper-30']}."
        ),
        "caption": "How many people the author asked is not known: read off any number.",
        "claims": ["not-one-yes"],
        "columns": {
            "n": "Number asked",
            "poll": "Poll",
            "share_pct": Column("Yes in the poll, %", 0),
            "chance_pct": Column("Chance of none, %", 2),
            "upper_pct": Column("Largest share left, %", 1),
        },
    }


def _strikes_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Refusal fell from {s['never-peak']} to {s['never-may']} by May 2024 and then "
        "stayed about level; drones launched rose in both spans",
        "subtitle": "Above: refuse any concession, percent of those asked; below: launched a "
        "month, logarithmic scale",
        "source": f"Sources: {KIIS_SOURCE}; {AIR_SOURCE}",
        "note": f"{_INTERVAL}. Drones include decoys from autumn 2024; bombs and shells are "
        "left out.",
        "alt": (
            f"Charts over time. Refusal of any concession is {s['never-peak']} in February "
            f"2023, {s['never-may']} in May 2024 and {s['never-last']} in December 2025. Drones "
            f"launched a month rise from tens in early 2023 to {s['drones-may-2024']} in May 2024 "
            f"and {s['drones-nov-2025']} in November 2025; missiles show no trend."
        ),
        "caption": f"Drones and missiles launched in the {LAUNCH_DAYS} days before a wave: "
        f"{s['launched-2023']} before May 2023, {s['launched-2024']} before May 2024, "
        f"{s['launched-last']} before December 2025.",
        "claims": ["firepower-resolve"],
        "columns": {
            "month": "Month",
            "drones_launched": Column("Drones", 0),
            "missiles_launched": Column("Missiles", 0),
            "days_reported": Column("Days with a report", 0),
        },
    }


def _specifications() -> dict[str, Any]:
    s = strings()
    return {
        "title": "No form of the comparison shows refusal rising with launches; most show nothing",
        "subtitle": "Change of refusal, percentage points, for each doubling of launches, with "
        "95 percent intervals",
        "source": f"Sources: {KIIS_SOURCE}; {AIR_SOURCE}; regressions computed for this book",
        "note": "Some intervals for missiles run beyond the chart; the table has them.",
        "alt": (
            f"Forest plot of {s['forms']} estimates in groups. In changes and with the "
            f"trend removed every interval holds zero; in levels {s['forms-negative']} lie below "
            f"zero. None lies above. The declared one is {s['effect']} points, from "
            f"{s['effect-low']} to {s['effect-high']}."
        ),
        "caption": "The filled dot is the form declared before the others.",
        "claims": ["firepower-resolve"],
        "columns": {
            "form": "Form",
            "weapon": "Weapons",
            "days": Column("Span, days", 0),
            "lag_days": Column("Lag, days", 0),
            "n": Column("Points", 0),
            "points": Column("Effect, points", 1),
            "low": Column("Low", 1),
            "high": Column("High", 1),
            "sign": "Sign",
        },
    }


def _timeline() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Between one round of talks on the war and the next lay {s['silent-days']} days",
        "subtitle": f"{s['events']} dated events of the diplomacy, 24 February 2022 to "
        f"{s['last-event']}",
        "source": "Sources: press reports and official pages named in the table",
        "note": "Chosen, not a census; some days are known to the month only. Shaded: the "
        "article’s eighteen months.",
        "alt": (
            f"Timeline with {s['lanes']} lanes. {s['meetings-2022'].capitalize()} rounds of talks "
            f"of the "
            f"belligerents in February and March 2022, none until May 2025, then "
            f"{s['meetings-window']} in the article’s eighteen months and "
            f"{s['meetings-2026']} in 2026; {s['narrow']} meetings on grain and prisoners from "
            "July 2022 to January 2023. Moves of Washington crowd into 2025."
        ),
        "caption": "Point at a mark to read it; the sliders choose the years. The table has every "
        "event.",
        "steps": {"first_year": YEARS, "last_year": YEARS},
        "claims": ["istanbul-failed", "zelensky-no-talks", "zelensky-1991", "us-wont-force"],
        "columns": {
            "date": "Date",
            "lane": "Kind",
            "event": "Event",
            "parties": "Parties",
            "place": "Place",
            "outcome": "Outcome",
            "source": "Read at",
        },
    }


def _suppliers() -> dict[str, Any]:
    s = strings()
    return {
        "title": "The United States was the largest single supplier, with "
        f"{s['us-share-least']} to {s['us-share-most']}",
        "subtitle": "Share of Ukraine’s imports of major arms, percent, by period",
        "source": "Source: SIPRI, read in the press",
        "note": "Volume of major arms; shells, small drones and home production are left out.",
        "alt": (
            f"Grouped bars. The United States has {s['us-share']} in 2019 to 2023 and "
            f"{s['us-share-2024']} in 2020 to 2024; no other state passes {s['others-most']}."
        ),
        "caption": f"Periods overlap; {s['periods-then']} of them were published before the "
        "article.",
        "claims": ["us-principal-supplier"],
        "columns": {
            "period": "Period",
            "supplier": "Supplier",
            "share_pct": Column("Share, %", 1),
            "published": "Published",
        },
    }


def _terms() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Since May 2024 {s['never-since']} refuse to give up any land, "
        f"{s['never-last']} at the end",
        "subtitle": "Share that refuses, percent of those asked, by question",
        "source": f"Source: {KIIS_SOURCE}",
        "note": f"{_INTERVAL}. The questions differ: compare within a line.",
        "alt": (
            f"Dots over time. Refusal of any loss of territory falls from {s['never-peak']} in "
            f"February 2023 to {s['never-may']} in May 2024 and is {s['never-last']} in December "
            f"2025; refusal to hand over Donbas for guarantees ends at {s['donbas-last']} in "
            "March 2026."
        ),
        "caption": "Terms: the fall stopped in 2024.",
        "claims": ["public-opposes", "firepower-resolve"],
        "columns": {"series": "Series"} | _POLL_COLUMNS,
    }


def _talks() -> dict[str, Any]:
    s = strings()
    return {
        "title": (
            f"From 2023 the wish for talks grew in each series, in one to "
            f"{s['negotiate-2025']} by July 2025"
        ),
        "subtitle": "Share open to talks, percent of those asked, by question",
        "source": "Sources: NDI, Gallup, Rating and Razumkov, read in the press",
        "note": f"{_INTERVAL}. The questions differ: compare within a line.",
        "alt": (
            f"Dots over time. To enter negotiations rises to {s['negotiate-may']} in May 2024 "
            f"(NDI); to negotiate as soon as possible reaches {s['negotiate-2025']} in July 2025 "
            "(Gallup); a compromise through negotiations rises in Rating’s series, and the time "
            "for talks in Razumkov’s."
        ),
        "caption": "Talks: only Gallup’s line goes on after the summer of 2024.",
        "claims": ["public-opposes"],
        "columns": {"series": "Series"} | _POLL_COLUMNS,
    }


_FIGURES = {
    "wws-spring": _spring,
    "wws-none": _none_figure,
    "wws-strikes": _strikes_figure,
    "wws-specifications": _specifications,
    "wws-diplomacy": _timeline,
    "wws-suppliers": _suppliers,
    "wws-terms": _terms,
    "wws-talks": _talks,
}
