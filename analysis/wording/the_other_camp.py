"""Numbers and figure texts of the chapter on those who called for talks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from analysis import (
    aid,
    calls,
    claims,
    counterclaims,
    diplomacy,
    hindsight,
    tables,
    terms,
    territory,
)
from analysis.assessing import evidence
from analysis.book import Column, glyphs
from analysis.camp import ground, support, talks
from analysis.formatting import (
    are,
    area,
    between,
    count,
    day,
    number,
    percent,
    signed_area,
    significant,
    things,
)

ARTICLE = claims.ARTICLE_DATE
WINDOW_END = claims.WINDOW_END
DEEPSTATE_SOURCE = "DeepState maps, areas computed for this book"
ISW_SOURCE = "Institute for the Study of War (ISW), areas by The Economist"

LIST_SOURCE = "Statements as listed in this chapter, tested by the rules of this book"
PICKED = "Hand-picked by people who knew how the war went: no share of hits is a rate."
# Which statements are about the line, the aid and the terms; by id, with their short names.
ON_LAND = {
    "posen-2022-07-stalemate": "Posen",
    "milley-2022-11-strength": "Milley",
    "charap-2023-06-no-decisive-victory": "Charap",
    "pope-francis-2024-03-before-worse": "Pope Francis",
}
ON_AID = {
    "sachs-2023-10-europe": "Sachs",
    "vance-2024-04-tide": "Vance",
}
ON_TERMS = {
    "milley-2022-11-strength": "Milley",
    "haass-kupchan-2023-11-time": "Haass",
    "marcetic-2024-05-deal-now": "Marcetic",
}


def said(names: dict[str, str]) -> pd.DataFrame:
    """Return date, name and verdict of some statements, for marks on a chart."""
    rows = [(counterclaims.assess(key), name) for key, name in names.items()]
    return pd.DataFrame(
        {
            "date": [pd.Timestamp(record.date) for record, _ in rows],
            "name": [name for _, name in rows],
            "verdict": [record.verdict for record, _ in rows],
        }
    )


@cache
def tracked() -> pd.DataFrame:
    """Return the land held by two trackers, one row a week, gaps kept."""
    frames = {"ISW": ground.isw(), "DeepState": tables.read(ground.MAPS)}
    series = territory.control_through_time(frames)
    weekly = series[series.groupby("segment").cumcount() % 7 == 0]
    # The first weeks of the war, and their levels, would flatten all that the calls speak of.
    return weekly[weekly["date"] >= pd.Timestamp("2022-06-01")].reset_index(drop=True)


@cache
def distance() -> pd.DataFrame:
    """Return how far apart the sides stood, by coding of the terms."""
    days = calls.apart_days(pd.Timestamp("2022-04-15"), pd.Timestamp(ground.last_day()))
    names: dict[terms.Coder, str] = {
        "first": "first coding",
        "second": "second coding",
        "both": "both together",
    }
    parts = [calls.apart_through_time(days, key).assign(coding=name) for key, name in names.items()]
    return pd.concat(parts, ignore_index=True)


@cache
def half_years() -> pd.DataFrame:
    """Return American and European allocations by half-year."""
    return calls.by_half_year(tables.read(support.KIEL))


@cache
def measures() -> pd.DataFrame:
    """Return what moved for and against Ukraine, with the ratio of after to before."""
    table = talks.time_measures()
    return table.assign(ratio=(table["after"] / table["before"]).where(table["before"] > 0))


@cache
def held() -> pd.DataFrame:
    """Return the share of Ukraine held on the days that matter here, by tracker."""
    isw, maps = ground.isw(), tables.read(ground.MAPS)
    first, last_isw = maps["date"].min().date(), isw["date"].max().date()
    days = {
        "July 2022": ("ISW", isw, ground.POSEN),
        "November 2022": ("ISW", isw, talks.MILLEY),
        "June 2023": ("ISW", isw, date(2023, 6, 5)),
        "November 2023": ("ISW", isw, last_isw),
        "July 2024": ("DeepState", maps, first),
        "July 2025": ("DeepState", maps, date(2025, 7, 8)),
        "December 2025": ("DeepState", maps, WINDOW_END.date()),
        "August 2026": ("DeepState", maps, ground.last_day()),
    }
    return calls.held_on(days)


@cache
def asked_and_lost() -> pd.DataFrame:
    """Return the ground asked for in June 2024 and later, and what fighting on cost."""
    rest = float(evidence(["anchorage-2025-ukraine-leaves"])["value"].iloc[0])
    rows = [
        ("Asked, June 2024", talks.demanded_km2(), "asked for"),
        ("Asked, Aug 2025", rest, "asked for"),
        ("Lost, to Dec 2025", talks.gained_in_window_km2(), "lost by fighting"),
    ]
    return pd.DataFrame(rows, columns=["what", "area_km2", "kind"])


def _list() -> dict[str, str]:
    table = counterclaims.table()
    read = Counter(table["full_text_read"])
    records = counterclaims.assess_all()
    groups = Counter(glyphs.group_of(record.verdict).name for record in records)
    wordless = groups["evidence"]
    names = {
        "stands": "stand",
        "split": "split",
        "falls": "fall",
        "unknown": "open",
        "evidence": "none",
    }
    return {
        "statements": count(len(table)),
        "authors": count(len({name for cell in table["author"] for name in cell.split(" and ")})),
        "left-out": count(len(counterclaims.considered())),
        "considered": count(len(table) + len(counterclaims.considered())),
        "after": count(int(table["after_article"].sum())),
        "in-full": count(read["yes"]) if read["yes"] else "none",
        "in-part": count(read["excerpt"]),
        "relayed": count(read["relay"]),
        "first": day(table["date"].min()),
        "last": day(table["date"].max()),
        **{f"camp-{name}": count(groups[group]) for group, name in names.items()},
        "camp-none": f"{count(wordless) if wordless else 'none'} "
        f"{'get' if wordless > 1 else 'gets'} no verdict word",
    }


def _article() -> dict[str, str]:
    records = [record for record in claims.assess_all() if record.premise_id != "C"]
    groups = Counter(glyphs.group_of(record.verdict).name for record in records)
    return {
        "article-claims": count(len(records)),
        "article-assessed": count(sum(record.assessed for record in records)),
        "article-stand": count(groups["stands"]),
        "article-fall": count(groups["falls"]),
    }


def _land() -> dict[str, str]:
    share = held().set_index("label")["share_pct"]
    low = ground.isw()
    low = low[low["date"] > pd.Timestamp("2022-04-20")]["area_km2"].min()
    pace = territory.pace_by_period(
        tables.read(ground.CHANGES), tables.read(ground.MAPS)
    ).set_index("period")["km2_per_day"]
    then, end = ground.isw_km2(ground.POSEN), ground.isw_km2(ground.END_2022)
    return {
        **{
            f"held-{str(name).lower().replace(' ', '-')}": percent(v / 100, 1)
            for name, v in share.items()
        },
        "held-low": percent(low / territory.UKRAINE_KM2, 1),
        "posen-lost": area(then - end),
        "isw-rose": signed_area(
            ground.isw_km2(ground.isw()["date"].max().date()) - ground.isw_km2(talks.MILLEY)
        ),
        "posen-lost-share": percent((then - end) / then),
        "close-share": percent(calls.CLOSE_SHARE),
        "window-gain": signed_area(talks.gained_in_window_km2()),
        "pace-2023": number(pace["2023"], 1),
        "pace-2025": number(pace["2025"], 1),
        "pace-2026": number(pace.iloc[-1], 1),
        "last-map": day(ground.last_day()),
    }


def _aid() -> dict[str, str]:
    year = {y: support.allocated("Europe", f"{y}-01", f"{y}-12") for y in (2023, 2024, 2025)}
    return {
        **{f"europe-{y}": number(value, 1) for y, value in year.items()},
        "us-2024": number(support.allocated("United States", "2024-01", "2024-12"), 1),
        "us-since": _or_nothing(
            support.allocated("United States", "2025-02", support.last_month())
        ),
        "crimea-hits": number(support.crimea_hits()),
    }


def _or_nothing(eur_bn: float) -> str:
    return f"{number(eur_bn, 1)} billion" if eur_bn else "nothing"


def _terms() -> dict[str, str]:
    april, january, turn, end = (
        calls.apart(when, "both")
        for when in (
            date(2022, 4, 15),
            talks.WINDOW,
            calls.WASHINGTON_MEDIATES,
            WINDOW_END.date(),
        )
    )
    eve = [calls.apart(talks.MILLEY, "both"), calls.apart(ARTICLE.date(), "both")]
    events = tables.read(talks.EVENTS)
    before = diplomacy.meetings(events, date(2023, 1, 25), calls.WASHINGTON_MEDIATES)
    after = diplomacy.meetings(events, calls.WASHINGTON_MEDIATES, ground.last_day())
    return {
        "apart-april": f"{april.apart} of {april.spoken}",
        "apart-january": f"{january.apart} of {january.spoken}",
        "apart-turn": f"{turn.apart} of {turn.spoken}",
        "apart-end": f"{end.apart} of {end.spoken}",
        "apart-milley": f"{eve[0].apart} of {eve[0].spoken}",
        "apart-article": f"{eve[1].apart} of {eve[1].spoken}",
        "rounds-before": things(before, "round"),
        "rounds-after": things(after, "round"),
        **_conceded(),
        "demanded": area(talks.demanded_km2()),
        "demanded-later": area(float(asked_and_lost()["area_km2"].iloc[1])),
        "lost-share": percent(talks.gained_in_window_km2() / talks.demanded_km2()),
        "demanded-ratio": number(talks.demanded_km2() / talks.gained_in_window_km2(), 1),
        "settled": percent(talks.settled_share()),
    }


def _conceded() -> dict[str, str]:
    counts = terms.window("Ukraine", talks.CONCESSIONS, ground.last_day())
    line = talks.line_after_the_leak()
    return {
        "leak-papers": count(len(line)),
        "leak-better-are": are(sum(word == "better for sure" for word in line.values())),
        "demands-lower": things(int(counts["worse for sure"]), "item"),
        "demands-higher": count(int(counts["better for sure"])),
    }


def _armour() -> dict[str, str]:
    ratios = hindsight.exchange(tables.read("oryx-losses"))
    armour = ratios[ratios["equipment"] == "tanks and armour"].set_index("start")["ratio"]
    return {
        "armour-2023": number(float(armour[pd.Timestamp("2023-07-01")]), 1),
        "armour-2026": number(float(armour.iloc[-1]), 1),
    }


def _measures() -> dict[str, str]:
    table = measures().set_index("measure")
    moved = Counter(table["moved"])
    against = moved["against Ukraine"]
    names = {
        "absence": "Absence cases",
        "pace": "Pace of gains",
        "europe": "European aid",
        "armour": "Armour lost, ratio",
    }
    return {
        "measures": count(len(table)),
        "measures-against": count(against),
        "measures-for": count(moved["for Ukraine"]),
        "measures-one-less": f"{count(against - 1)} of {count(len(table) - 1)}",
        **{
            f"times-{key}": significant(float(table["ratio"][name]), 2)
            for key, name in names.items()
        },
    }


def kiel_source() -> str:
    """Return the name of the tracker of aid and of the release that is held."""
    return f"Kiel Institute, Ukraine Support Tracker, {aid.release_name(tables.read(support.KIEL))}"


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_list(), _article(), _land(), _aid(), _terms(), _armour(), _measures())
    return {name: text for part in parts for name, text in part.items()}


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _board() -> dict[str, Any]:
    s = strings()
    return {
        "title": "On both sides some statements stand, some fall and many hang on the reading",
        "subtitle": "One mark a statement, by premise of the article (P1 to P8)",
        "source": f"Source: {LIST_SOURCE}",
        "note": PICKED,
        "alt": (
            f"A panel of marks for each side. The article: {s['article-claims']} claims, of which "
            f"{s['article-stand']} stand and {s['article-fall']} fall, {s['article-assessed']} "
            f"being assessed. The other camp: {s['statements']} statements, of which "
            f"{s['camp-stand']} stand, {s['camp-fall']} fall, {s['camp-split']} are contested or "
            f"depend on the reading, {s['camp-open']} cannot be told and "
            f"{s['camp-none']}."
        ),
        "caption": "Each mark is one statement; shape and colour give the kind of verdict. "
        "The lists are of different lengths and weights.",
        "claims": ["camp-beliefs", "camp-confident"],
        "columns": {
            "side": "Side",
            "premise_id": "Premise",
            "premise": "In words",
            "said": "Claim, or statement",
            "verdict": "Verdict",
        },
    }


def _timeline() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Those who called for talks spoke at every turn of the war, not with one voice",
        "subtitle": f"The {s['statements']} statements by date, with the verdict on each",
        "source": f"Source: {LIST_SOURCE}",
        "note": PICKED,
        "alt": (
            f"Dots by date from {s['first']} to {s['last']}, one row a statement, each with its "
            f"verdict in words. {s['camp-stand'].capitalize()} stand, {s['camp-fall']} fall; "
            f"later than the article of {day(ARTICLE)}: {s['after']}."
        ),
        "caption": "The line marks the day of the article; what lies to its right was not known "
        "to its author.",
        "claims": ["calls-common", "camp-confident"],
        "columns": {
            "date": "Date",
            "author": "Author",
            "says": "Statement, in our words",
            "premise_id": "Against premise",
            "verdict": "Verdict",
        },
    }


def _land_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "On neither tracker did Ukraine’s line get better again after the end of 2022",
        "subtitle": "Share of Ukraine held by Russian forces, percent, with the days of "
        f"{count(len(ON_LAND))} calls",
        "source": f"Sources: {ISW_SOURCE}; {DEEPSTATE_SOURCE}",
        "note": "Each tracker has levels of its own: compare changes, not levels.",
        "alt": (
            f"Lines with gaps. ISW falls from {s['held-july-2022']} in July 2022 to "
            f"{s['held-low']} at the end of that year and stays; the DeepState maps rise from "
            f"{s['held-july-2024']} in July 2024 to {s['held-august-2026']} in August 2026. Rules "
            "mark the statements of Posen, Milley, Charap and Pope Francis."
        ),
        "caption": "What a call for a halt would have fixed is the height of the line on its day, "
        "had the other side agreed.",
        "claims": ["camp-beliefs", "no-collapse"],
        "columns": {
            "date": "Date",
            "tracker": "Tracker",
            "share_of_ukraine_pct": Column("Held, % of Ukraine", 2),
        },
    }


def _aid_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "New American aid ended, European aid grew: one warning came true, one failed",
        "subtitle": "Allocations of all kinds by half-year, billion euros",
        "source": f"Source: {kiel_source()}",
        "note": "Euros of the day; allocations are not deliveries. 2026 is known to April and is "
        "in the table only.",
        "alt": (
            f"Lines by half-year. Europe: {s['europe-2023']} billion euros in all of "
            f"2023, {s['europe-2024']} in 2024, {s['europe-2025']} in 2025. United States: "
            f"{s['us-2024']} in 2024 and {s['us-since']} after January 2025. Rules mark Sachs in "
            "October 2023 and Vance in April 2024."
        ),
        "caption": "Sachs foresaw the fall of the European line, Friedman doubted the American; "
        "Vance "
        "spoke of what the package of spring 2024 could turn.",
        "claims": ["aid-fades", "aid-despite-trump", "europe-aid"],
        "columns": {
            "half_year": "Half-year",
            "donor_group": "Donors",
            "total_eur_bn": Column("EUR bn", 1),
            "months": "Months counted",
        },
    }


def _apart_figure() -> dict[str, Any]:
    s = strings()
    shares = distance()[distance()["coding"] == "both together"]["share_pct"]
    span = between(percent(shares.min() / 100), percent(shares.max() / 100))
    return {
        "title": "The terms of both sides have at no time been as near as in spring 2022",
        "subtitle": "Subjects on which the standing terms are apart for sure, percent of those on "
        "which both spoke",
        "source": "Source: terms of both sides as coded for this book, in both passes",
        "note": "Codes order and do not measure; what a later paper does not mention is taken "
        "to stand.",
        "alt": (
            f"Step lines for each coding and for both together. Under both together apart on "
            f"{s['apart-april']} subjects in April 2022, {s['apart-january']} in January 2023, "
            f"{s['apart-end']} in December 2025; the share runs {span}."
        ),
        "caption": "Higher is farther apart. A window that gets smaller would show as a rise.",
        "claims": ["istanbul-failed", "camp-assumes-putin", "leverage-follows"],
        "columns": {
            "date": "Date",
            "coding": "Coding",
            "apart": "Apart",
            "spoken": "Both spoke",
            "share_pct": Column("Apart, %", 0),
        },
    }


def _time_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Of {s['measures']} measures {s['measures-against']} moved against Ukraine, "
        f"{s['measures-for']} for it",
        "subtitle": "End of 2025 over end of 2023, or the nearest period, as a multiple "
        "(logarithmic scale)",
        "source": f"Sources: {DEEPSTATE_SOURCE}; AFP from ISW; {kiel_source()}; Oryx; Prosecutor "
        "General and officials of Ukraine",
        "note": "Ratios are Russian to Ukrainian. Counted, not weighed. Terms have no multiple and "
        "stand in the table only.",
        "alt": (
            f"Dot plot on a logarithmic scale. Absence cases {s['times-absence']} times as many, "
            f"Russian pace {s['times-pace']} times, European aid {s['times-europe']} times, "
            f"Russian armour lost to one Ukrainian {s['times-armour']} times, American aid near "
            "nought."
        ),
        "caption": "Right of the line a number grew, left of it it shrank; the colour says for "
        "whom.",
        "claims": ["camp-beliefs", "leverage-follows", "deliveries-unfinished"],
        "columns": {
            "measure": "Measure",
            "before": Column("Before", 1),
            "after": Column("After", 1),
            "unit": "Unit",
            "before_period": "First period",
            "after_period": "Last period",
            "moved": "Moved",
        },
    }


def _line_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "After November 2022 Russian forces gained on either tracker’s maps",
        "subtitle": "Share of Ukraine held by Russian forces, percent, on each tracker’s own maps",
        "source": f"Sources: {ISW_SOURCE}; {DEEPSTATE_SOURCE}",
        "note": f"On days that both have, levels of the trackers lie up to {ground.tracker_gap()} "
        "points apart: read each panel alone.",
        "alt": (
            f"A panel of dots for each tracker. ISW: {s['held-july-2022']} in July 2022, "
            f"{s['held-november-2022']} in November 2022, {s['held-june-2023']} in June 2023, "
            f"{s['held-november-2023']} in November 2023. DeepState maps: {s['held-july-2024']} in "
            f"July 2024, {s['held-july-2025']} in July 2025, {s['held-december-2025']} in December "
            f"2025, {s['held-august-2026']} in August 2026."
        ),
        "caption": "Whether Russia would have halted on any of these days is in no public "
        "statement; of May 2024 there is one leak that says so.",
        "claims": ["leverage-follows", "camp-beliefs"],
        "columns": {
            "label": "Day in",
            "tracker": "Tracker",
            "share_pct": Column("Held, %", 2),
            "area_km2": Column("Held, km²", 0),
        },
    }


def _asked_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"The terms of June 2024 asked for {s['demanded-ratio']} times what fighting on "
        "then cost",
        "subtitle": "Ground of Ukraine, km²",
        "source": f"Sources: {DEEPSTATE_SOURCE}; Reuters on Anchorage",
        "note": "Lives are not in this sum. No Russian terms were ever accepted by Ukraine.",
        "alt": (
            f"Bars: {s['demanded']} asked for in June 2024, {s['demanded-later']} asked for in "
            f"August 2025, {s['window-gain']} lost from July 2024 to December 2025."
        ),
        "caption": "Ground asked for is what Russian forces did not hold; ground lost is net.",
        "claims": ["leverage-follows", "eighteen-months"],
        "columns": {"what": "What", "area_km2": Column("km²", 0), "kind": "Kind"},
    }


_FIGURES = {
    "camp-board": _board,
    "camp-timeline": _timeline,
    "camp-land": _land_figure,
    "camp-aid": _aid_figure,
    "camp-apart": _apart_figure,
    "camp-time": _time_figure,
    "camp-line": _line_figure,
    "camp-asked": _asked_figure,
}
