"""Numbers and figure texts of the chapter on the land."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis import claims, tables, territory
from analysis.assessments import land
from analysis.book import Column
from analysis.formatting import (
    KM2_PER_SQ_MI,
    area,
    count,
    day,
    month,
    number,
    percent,
    signed_area,
)

ISW_SOURCE = "Institute for the Study of War (ISW), areas by The Economist"
DEEPSTATE_SOURCE = "DeepState maps, areas computed for this book"
ARTICLE = claims.ARTICLE_DATE
WINDOW_END = claims.WINDOW_END


@cache
def total() -> pd.DataFrame:
    """Return the daily area occupied, DeepState maps."""
    return tables.read("deepstate-daily-total")


@cache
def isw() -> pd.DataFrame:
    """Return the area under assessed Russian control, ISW."""
    return territory.isw_control(tables.read("isw-control-2022"), tables.read("isw-layers-daily"))


@cache
def changes() -> pd.DataFrame:
    """Return published gains by period."""
    return tables.read("territory-published-changes")


def _window() -> dict[str, str]:
    held = total().set_index("date")["occupied_km2"]
    first, last = held.index[0], held.index[-1]
    end = WINDOW_END.date()
    gain = territory.net_change_km2(total(), first.date(), end)
    monthly = territory.monthly_net_change(total())
    full = monthly[monthly["full_month"]].set_index("month")["net_change_km2"]
    return {
        "first-map": day(first),
        "last-map": day(last),
        "held-first": area(held.iloc[0]),
        "held-last": area(held.iloc[-1]),
        "window-gain": signed_area(gain),
        "window-share": percent(gain / territory.UKRAINE_KM2, 1),
        "best-month": month(f"{full.idxmax()}-01"),
        "best-month-gain": area(full.max()),
        "last-month": month(f"{full.index[-1]}-01"),
        "last-month-gain": area(full.iloc[-1]),
    }


def _gaps() -> dict[str, str]:
    early = isw()["date"].max()
    total_gap = (total()["date"].min() - early).days
    trackers = territory.monthly_change_by_tracker(total(), changes())
    march = trackers[trackers["month"] == "2025-03"]["net_change_km2"]
    return {
        "isw-end": day(early),
        "gap-days": number(total_gap),
        "march-2025-low": area(march.min()),
        "march-2025-high": area(march.max()),
    }


def _fall() -> dict[str, str]:
    found = land.net_188_readings()
    nine = territory.net_gain_by_period(changes(), tables.read("isw-layers-daily"))
    own = nine[nine["reading_id"] == "sources-own"].set_index("tracker")["net_gain_km2"]
    return {
        "fall-month": area(found[0].value * KM2_PER_SQ_MI),
        "fall-longest": area(found[4].value * KM2_PER_SQ_MI),
        "printed-net": area(found[5].value * KM2_PER_SQ_MI),
        "fall-ratio": number(found[5].value / found[0].value),
        "nine-months-control": area(own["ISW layers: control"]),
        "nine-months-both": area(own["ISW layers: control and advances"]),
        "nyc-share": percent(land.nyc_readings()[0].value),
    }


def _regained() -> dict[str, str]:
    kept = [r for r in land.regained_readings() if r.role != "excluded"]
    primary = sorted(r.value for r in kept if r.role == "primary")
    north = land.north_share()
    return {
        "regained-low": percent(min(r.value for r in kept)),
        "regained-high": percent(max(r.value for r in kept)),
        "regained-war-mapper": percent(primary[0]),
        "regained-isw": percent(primary[-1]),
        "regained-answers": number(len(kept)),
        "north-share": percent(north),
        "northeast-share": percent(land.northeast_share()),
    }


def _pace() -> dict[str, str]:
    pace = territory.pace_by_period(changes(), total()).set_index("period")["km2_per_day"]
    losses = territory.losses_beside_2022(isw(), total(), changes()).set_index("event")["loss_km2"]
    week = losses["Week in May 2024"]
    rates = territory.advance_rate_m_per_day(tables.read("advance-rates"))
    metres = rates.set_index("rate_id")["metres_per_day"]
    return {
        "pace-2023": number(pace["2023"], 1),
        "pace-spring": number(pace["Jan–Apr 2024"], 1),
        "pace-may": number(pace["May 2024"], 1),
        "pace-may-ratio": number(pace["May 2024"] / pace["2023"]),
        "pace-2025": number(pace["2025"], 1),
        "pace-2026": number(pace["Jan–Aug 2026"], 1),
        "week-known": area(week),
        "week-since": area(losses["Worst week since"]),
        "kharkiv-week": area(losses["Kharkiv, Sept 2022"]),
        "kharkiv-ratio": number(losses["Kharkiv, Sept 2022"] / week),
        "metres-avdiivka": number(metres["avdiivka-ocheretyne-2024"]),
        "metres-somme": number(metres["somme-1916"]),
        "metres-kherson": number(metres["kherson-2022"]),
        "metres-kharkiv": number(metres["kharkiv-2022"]),
        "spring-pace": number(land.spring_pace_km2_per_day(), 1),
    }


def _provinces() -> dict[str, str]:
    then, now = land.others_by_maps(), land.others_by_maps(latest=True)
    words = {f"{name.lower()}-then": percent(share) for name, share in then.items()}
    words |= {f"{name.lower()}-now": percent(share) for name, share in now.items()}
    cells = territory.grid_by_cell(tables.read("occupation-cells"), tables.read("occupation-grid"))
    moved = int((cells["change_pct"].abs() >= 10).sum())
    return words | {
        "cells": number(len(cells)),
        "cells-moved": number(moved),
        "cells-moved-share": percent(moved / len(cells)),
    }


def _verdicts() -> dict[str, str]:
    home = claims.at_home_in("land")
    stands = [r for r in home if r.verdict in {"holds", "roughly holds", "not refuted"}]
    falls = [r for r in home if r.verdict == "does not hold"]
    return {
        "claims": count(len(home)),
        "claims-stand": count(len(stands)),
        "claims-fall": count(len(falls)),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_window(), _gaps(), _fall(), _regained(), _pace(), _provinces(), _verdicts())
    return {name: text for part in parts for name, text in part.items()}


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _control() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Russian forces held more land at the end of the article’s window than before it",
        "subtitle": f"Land held by Russian forces, thousand km², {_span()}",
        "source": f"Sources: {ISW_SOURCE}; {DEEPSTATE_SOURCE}; totals as published by War Mapper",
        "note": (
            "Each tracker draws its own line: compare changes, not levels. "
            f"No daily series runs from {s['isw-end']} to {s['first-map']}."
        ),
        "alt": (
            f"Line chart. ISW control peaks in March 2022 and falls by the end of the year; it "
            f"ends on {s['isw-end']}. The DeepState maps rise from {s['held-first']} on "
            f"{s['first-map']} to {s['held-last']} on {s['last-map']}."
        ),
        "caption": (
            f"The shaded window is the article’s eighteen months. In it the land held grew by "
            f"{s['window-gain']} on the DeepState maps from {s['first-map']}."
        ),
        "claims": ["no-collapse", "slow-advances"],
        "columns": {
            "date": "Date",
            "tracker": "Tracker",
            "area_km2": Column("Held, km²", 0),
        },
    }


def _span() -> str:
    return f"{day(isw()['date'].min())} to {day(total()['date'].max())}"


def _monthly() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Monthly gains peaked in {s['best-month']} and nearly stopped in 2026",
        "subtitle": "Net change of land held by Russian forces, km² a month",
        "source": f"Sources: {DEEPSTATE_SOURCE}; months as published by AFP from ISW maps, "
        "DeepState, War Mapper, ISW and the UK Ministry of Defence",
        "note": "Dots are published figures; AFP’s include ground that Russia only claims.",
        "alt": (
            f"Bars by month from August 2024, highest {s['best-month']} with "
            f"{s['best-month-gain']}, lowest 2026; {s['last-month']} has {s['last-month-gain']}. "
            f"Dots of other trackers lie up to twice as high or low: March 2025 runs from "
            f"{s['march-2025-low']} to {s['march-2025-high']}."
        ),
        "caption": "Where bar and dots differ, trackers differ about the same month.",
        "claims": ["net-188", "slow-advances"],
        "columns": {
            "month": "Month",
            "tracker": "Tracker",
            "measure": "Measure",
            "net_change_km2": Column("Change, km²", 0),
        },
    }


def _fall_2023() -> dict[str, Any]:
    s = strings()
    return {
        "title": "The printed gain is that of nine months, not of the fall",
        "subtitle": "Net Russian gain in square miles, by period and tracker, 2023 to 2024",
        "source": "Sources: The New York Times, Belfer task force and AFP from ISW maps; "
        "War Mapper; ISW layers by The Economist",
        "note": "Periods differ in length; none is scaled to fit another.",
        "alt": (
            f"Dot plot. For part of the fall of 2023 counts run from a few square miles to a few "
            f"dozen; October to April has {s['fall-longest']}; only January to September "
            f"has {s['printed-net']}."
        ),
        "caption": "The line marks the printed number; the dot on it is for another period.",
        "claims": ["net-188", "nyc-half"],
        "columns": {
            "period": "Period",
            "tracker": "Tracker",
            "net_gain_sq_mi": Column("Net gain, sq mi", 0),
            "net_gain_km2": Column("Net gain, km²", 0),
            "comparability": "Beside the period named",
        },
    }


def _regained_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Whether more than half was regained depends on what is counted",
        "subtitle": "Share of the land lost since 24 February 2022 that was regained by the "
        "end of 2022, percent",
        "source": "Sources: ISW, War Mapper, DefMon and officials as read in the press; "
        "ISW layers by The Economist",
        "alt": (
            f"Dot plot of {s['regained-answers']} answers from {s['regained-low']} to "
            f"{s['regained-high']}; the two primary readings are {s['regained-war-mapper']} "
            f"(War Mapper) and {s['regained-isw']} (ISW)."
        ),
        "caption": "Filled dots are the two primary readings; a line marks one half.",
        "claims": ["regained-half", "chronology-2022", "expelled-2022"],
        "columns": {
            "source": "Source",
            "name": "Reading",
            "share_pct": Column("Share, %", 1),
            "role": "Role",
            "status": "Known",
        },
    }


def _rates() -> dict[str, Any]:
    s = strings()
    return {
        "title": "West of Avdiivka the front moved faster than on the Somme, far slower than "
        "at Kharkiv",
        "subtitle": "Rate of advance on one axis, metres a day, logarithmic scale",
        "source": "Sources: CSIS as read in the press; distances over days computed for this book",
        "note": "A rate hangs on the axis and dates chosen; distances run to the deepest point.",
        "alt": (
            f"Dot plot on a logarithmic scale: the Somme {s['metres-somme']}, Avdiivka to "
            f"Ocheretyne {s['metres-avdiivka']}, Kherson 2022 {s['metres-kherson']}, Kharkiv "
            f"2022 {s['metres-kharkiv']} metres a day."
        ),
        "caption": "Each gridline is ten times the one before.",
        "claims": ["slow-advances", "avdiivka"],
        "columns": {
            "offensive": "Offensive",
            "attacker": "Attacker",
            "period": "Period",
            "metres_per_day": Column("Metres a day", 0),
            "basis": "Basis",
        },
    }


def _front_held() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"The fastest week before the article took one part in {s['kharkiv-ratio']} of "
        "Kharkiv 2022",
        "subtitle": "Most ground lost within a week, km²",
        "source": f"Sources: {ISW_SOURCE}; AFP from ISW maps; {DEEPSTATE_SOURCE}",
        "alt": (
            f"Bars: Russian forces lost {s['kharkiv-week']} in a week at Kharkiv in 2022; "
            f"Ukrainian forces lost {s['week-known']} in the worst week before the article and "
            f"{s['week-since']} in the worst week since July 2024."
        ),
        "caption": "Ground lost by each side’s forces in the same span of days.",
        "claims": ["no-collapse"],
        "columns": {
            "event": "Event",
            "loser": "Who lost ground",
            "loss_km2": Column("Lost, km²", 0),
            "tracker": "Tracker",
        },
    }


def _pace_rose() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"In May 2024 the pace was {s['pace-may-ratio']} times that of 2023, and it "
        "stayed there",
        "subtitle": "Russian gains, km² a day, by period",
        "source": f"Sources: AFP and ISW from ISW maps; {DEEPSTATE_SOURCE} (net)",
        "alt": (
            f"Bars: {s['pace-2023']} km² a day in 2023, {s['pace-spring']} in January to April "
            f"2024, {s['pace-may']} in May 2024, {s['pace-2025']} in 2025, {s['pace-2026']} in "
            "2026."
        ),
        "caption": "Light bars were known when the article appeared; dark ones came after.",
        "claims": ["slow-advances", "no-collapse"],
        "columns": {
            "period": "Period",
            "tracker": "Tracker",
            "km2_per_day": Column("km² a day", 1),
            "known_by_article": "Published by 3 June 2024",
        },
    }


def _provinces_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Of the four provinces claimed by Russia only Luhansk is almost fully held",
        "subtitle": f"Share of each province held by Russian forces, percent, {s['first-map']} "
        f"to {s['last-map']}",
        "source": f"Sources: {DEEPSTATE_SOURCE}; boundaries after Natural Earth",
        "note": "Good to about one percentage point. The maps begin five weeks after the article.",
        "alt": (
            f"Four lines. Luhansk stays near {s['luhansk-now']}; Donetsk rises from "
            f"{s['donetsk-then']} to {s['donetsk-now']}; Zaporizhzhia from "
            f"{s['zaporizhzhia-then']} to {s['zaporizhzhia-now']}; Kherson stays at "
            f"{s['kherson-now']}."
        ),
        "caption": "Donetsk is where the line moved.",
        "claims": ["only-luhansk"],
        "columns": {
            "date": "Date",
            "oblast": "Province",
            "share_pct": Column("Held, %", 1),
        },
    }


def _map() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"In two years the line moved in {s['cells-moved']} of {s['cells']} squares",
        "subtitle": "Share of each square of 10 by 10 km that is occupied, first map of the "
        "month; the still picture shows the last",
        "source": f"Sources: {DEEPSTATE_SOURCE}; boundaries after Natural Earth",
        "note": f"The maps begin on {s['first-map']}, after the article: the picture cannot show "
        "the front of June 2024.",
        "alt": (
            f"Map of squares in the east and south of Ukraine, shaded by the share occupied. "
            f"{s['cells-moved']} of {s['cells']} squares changed by a tenth or more between the "
            "first and the last month, most of them in Donetsk Oblast."
        ),
        "caption": "Move the slider; outlined squares changed by a tenth or more. "
        "The table lists the squares that changed by a point or more.",
        "claims": ["only-luhansk", "no-collapse"],
        "columns": {
            "cell_id": "Square",
            "oblast": "Province",
            "lon": Column("Longitude", 2),
            "lat": Column("Latitude", 2),
            "change_pct": Column("Change, points", 0),
        },
    }


_FIGURES = {
    "land-control": _control,
    "land-monthly": _monthly,
    "land-fall": _fall_2023,
    "land-regained": _regained_figure,
    "land-rates": _rates,
    "land-front-held": _front_held,
    "land-pace": _pace_rose,
    "land-provinces": _provinces_figure,
    "land-map": _map,
}
