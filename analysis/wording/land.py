"""Numbers, frames and figure texts of the chapter on the land."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis import claims, mapping, tables, territory
from analysis.assessments import land
from analysis.book import Column
from analysis.book.palette import colour
from analysis.formatting import (
    KM2_PER_SQ_MI,
    area,
    between,
    count,
    day,
    month,
    number,
    percent,
    span,
)
from analysis.hedges import allowed
from analysis.sources.deepstate import CELL_M

ISW_SOURCE = "Institute for the Study of War (ISW), areas by The Economist"
DEEPSTATE_SOURCE = "DeepState maps, areas computed for this book"
BOUNDARIES = "boundaries after Natural Earth"
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


@cache
def cells() -> pd.DataFrame:
    """Return the squares of the grid with their shares by month."""
    return territory.grid_by_cell(tables.read("occupation-cells"), tables.read("occupation-grid"))


def window() -> pd.DataFrame:
    """Return the article's day and the end of its eighteen months, with what a chart says."""
    return pd.DataFrame(
        {
            "start": [ARTICLE],
            "end": [WINDOW_END],
            "article": ["the article"],
            "months": ["and its window"],
        }
    )


def sq_mi(km2: list[float]) -> list[float]:
    """Convert the ends of a scale, so that the axes on both sides show the same ground."""
    return [value / KM2_PER_SQ_MI for value in km2]


# Ends of the axes: the whole war and the time since 2023, thousand km2; months, km2.
HELD_KM2 = [70.0, 170.0]
HELD_SINCE_KM2 = [98.0, 120.0]
MONTH_KM2 = [-150.0, 800.0]

# Frames of the figures -------------------------------------------------------------------------

# Who draws or counts, with the colour and the symbol that it keeps in every chart.
COUNTERS: dict[str, tuple[str, str]] = {
    "DeepState": ("tracker-1", "circle"),
    "ISW": ("tracker-2", "square"),
    "War Mapper": ("tracker-3", "diamond"),
    "AFP from ISW": ("tracker-4", "triangle-up"),
    "Others": ("ink", "cross"),
}
SHAPES = [shape for _, shape in COUNTERS.values()]
_SHOWN_AS = {
    "AFP": "AFP from ISW",
    "DeepState maps": "DeepState",
    "Others from ISW": "Others",
    "not stated": "Others",
    "UK MoD": "Others",
    "open-source maps": "Others",
    "Ukrainian governor": "Others",
    "Russian claim": "Others",
    "ISW with claims": "AFP from ISW",
}
# A map a week draws the same line as a map a day.
_EVERY = 7


def tones() -> list[str]:
    """Return the colours of `COUNTERS` in their order."""
    return [colour(tone) for tone, _ in COUNTERS.values()]


@cache
def held() -> pd.DataFrame:
    """Return land held by Russian forces: daily series by tracker, and published levels.

    Returns
    -------
    DataFrame
        date, tracker (of `COUNTERS`), area_km2, area_sq_mi, held and held_sq_mi (thousands),
        segment (rows of one may be joined by a line), form ("series" or "published").
    """
    series = territory.control_through_time({"ISW": isw(), "DeepState": total()})
    moved = series.groupby("segment")["area_km2"].diff() != 0
    place = series.groupby("segment").cumcount()
    last = ~series.duplicated("segment", keep="last")
    thin = (series["tracker"] == "ISW") | (place % _EVERY == 0)
    drawn = series[(moved & thin) | last].assign(form="series")
    levels = territory.published_levels(tables.read("territory-published-totals"))
    levels = levels.assign(
        form="published", tracker=levels["counted_by"].replace(_SHOWN_AS), segment=""
    )
    columns = ["date", "tracker", "area_km2", "segment", "form"]
    both = pd.concat([drawn[columns], levels[columns]], ignore_index=True)
    both["area_sq_mi"] = both["area_km2"] / KM2_PER_SQ_MI
    both["held"] = both["area_km2"] / 1000
    both["held_sq_mi"] = both["area_sq_mi"] / 1000
    return both


def held_names() -> pd.DataFrame:
    """Return where the names of the trackers stand, in each part of the figure."""
    rows = [
        ("ISW", "ISW control", "whole war", "2022-05-25", 127.0),
        ("Others", "ISW, with advances", "whole war", "2022-05-10", 163.0),
        ("DeepState", "DeepState maps", "whole war", "2025-03-01", 124.0),
        ("DeepState", "DeepState maps", "since 2023", "2024-06-25", 116.9),
        ("ISW", "ISW control", "since 2023", "2023-01-10", 108.2),
        ("War Mapper", "War Mapper", "since 2023", "2023-02-10", 102.0),
        ("AFP from ISW", "AFP from ISW", "since 2023", "2024-09-05", 107.2),
        ("Others", "others", "since 2023", "2026-02-10", 119.2),
    ]
    table = pd.DataFrame(rows, columns=["tracker", "name", "part", "date", "held"])
    return table.assign(date=pd.to_datetime(table["date"]))


@cache
def monthly() -> pd.DataFrame:
    """Return net change by month: bars of the DeepState maps, and figures as published.

    Returns
    -------
    DataFrame
        As `analysis.territory.monthly_change_by_tracker`, with net_change_sq_mi, counter (of
        `COUNTERS`), form ("maps" or "published"), bar_start and bar_end (dates).
    """
    table = territory.monthly_change_by_tracker(total(), changes())
    first = pd.to_datetime(table["month"])
    table["net_change_sq_mi"] = table["net_change_km2"] / KM2_PER_SQ_MI
    table["counter"] = table["counted_by"].replace(_SHOWN_AS)
    table["form"] = (table["counted_by"] == "DeepState maps").map(
        {True: "maps", False: "published"}
    )
    # A bar stands a little apart from the next.
    table["bar_start"] = first + pd.Timedelta(days=2)
    table["bar_end"] = first + pd.offsets.MonthEnd(1) - pd.Timedelta(days=2)
    return table


@cache
def fall() -> pd.DataFrame:
    """Return the counts of the fall of 2023 with both units written beside each."""
    table = territory.fall_2023(changes(), tables.read("isw-layers-daily"))
    table["said"] = [
        f"{number(miles)} sq mi\n{number(km2)} km²"
        for miles, km2 in zip(table["net_gain_sq_mi"], table["net_gain_km2"], strict=True)
    ]
    # Between the others and the printed number there is room on the left only.
    most = table["net_gain_sq_mi"].max()
    table["said_left"] = table["net_gain_sq_mi"].between(most / 2, most, inclusive="left")
    return table.reset_index(drop=True)


_COUNTED = {
    "control": "Ground firmly held",
    "control and advances": "Ground driven through as well",
    "not stated or mixed": "Not said, or otherwise",
}


COUNTED = list(_COUNTED.values())


@cache
def regained() -> pd.DataFrame:
    """Return the shares regained, by what each of them counts."""
    table = claims.readings_frame("regained-half")
    layers = {item.name: item.levels["definition"] for item in land.regained_readings()}
    table["counted"] = table["name"].map(layers).map(_COUNTED)
    table["share_pct"] = 100 * table["value"]
    table["primary"] = table["role"] == "primary"
    table["half_pct"] = 100 * land.HALF
    return table


@cache
def rates() -> pd.DataFrame:
    """Return rates of advance with who attacked, in words."""
    table = territory.advance_rate_m_per_day(tables.read("advance-rates"))
    table["who"] = table["attacker"].map(_FORCES).fillna("Other wars")
    return table


_FORCES = {"Russia": "Russian forces", "Ukraine": "Ukrainian forces"}


@cache
def provinces() -> pd.DataFrame:
    """Return shares of the provinces: maps once a week, and figures as published.

    Returns
    -------
    DataFrame
        date, oblast, counter, share_pct, form ("maps" or "published"), said (the share written
        beside the first and the last map), basis.
    """
    maps = territory.province_shares(
        tables.read("deepstate-daily-by-oblast"), tables.read("oblast-areas"), denominator="polygon"
    )
    ends = maps["date"].isin([maps["date"].min(), maps["date"].max()])
    maps = maps.assign(
        counter="DeepState",
        form="maps",
        basis="computed from the maps, of the polygon",
        said=maps["share_pct"].map(number).where(ends, ""),
    )
    maps = maps[(maps.groupby("oblast").cumcount() % _EVERY == 0) | ends]
    published = tables.read("territory-oblast-shares")
    published = published.assign(
        counter=published["tracker"].replace(_SHOWN_AS),
        share_pct=published["held_share_pct"],
        form="published",
        said="",
    )
    columns = ["date", "oblast", "counter", "share_pct", "form", "said", "basis"]
    both = pd.concat([maps[columns], published[columns]], ignore_index=True)
    # A number stands inside its panel, clear of the line that marks the article.
    aside = pd.Timedelta(days=60)
    first = both["date"] < maps["date"].min() + aside
    return both.assign(said_at=(both["date"] + aside).where(first, both["date"] - aside / 2))


# Steps of the map's scale, percent of a square.
STEPS = [10, 30, 50, 70, 90]
# Points of change from which on a square counts as moved, and the steps above.
MOVED_PCT = 10
CHANGE_STEPS = [40, 70]
_NAMED = ("Luhansk", "Donetsk", "Zaporizhzhia", "Kherson", "Crimea", "Kharkiv", "Dnipropetrovsk")


@cache
def shapes() -> dict[str, list[mapping.Feature]]:
    """Return the shapes of the map: land, months, changed squares, all that is ever held."""
    box = mapping.window(cells())
    return {
        "land": mapping.land_features(tables.shapes("ukraine-drawing"), box),
        "months": mapping.month_features(cells(), STEPS),
        "changed": mapping.change_features(cells(), MOVED_PCT),
        "held": mapping.ever_held(cells()),
    }


@cache
def oblast_names() -> pd.DataFrame:
    """Return where the names of oblasts stand on the map."""
    box = mapping.window(cells())
    return mapping.names(tables.shapes("ukraine-drawing"), box, _NAMED)


def months() -> list[str]:
    """Return the months of the grid in words."""
    return [
        month(f"{name}-01") for name in sorted(tables.read("occupation-grid")["month"].unique())
    ]


@cache
def losses() -> pd.DataFrame:
    """Return the largest weekly losses of both sides' forces, written in both units."""
    table = territory.losses_beside_2022(isw(), total(), changes())
    table["loss_sq_mi"] = table["loss_km2"] / KM2_PER_SQ_MI
    table["said"] = [
        f"{number(km2)} km²\n{number(miles)} sq mi"
        for km2, miles in zip(table["loss_km2"], table["loss_sq_mi"], strict=True)
    ]
    table["label"] = table["event"].replace(
        {
            "Week in May 2024": "Largest published before the article",
            "Worst week since": f"Largest since {month(total()['date'].min())}",
        }
    )
    return table


@cache
def pace() -> pd.DataFrame:
    """Return Russian gains a day, each counter by itself."""
    table = territory.pace_by_counter(changes(), total(), ARTICLE.date())
    table["sq_mi_per_day"] = table["km2_per_day"] / KM2_PER_SQ_MI
    # A bar reaches to the end of its last day.
    table["until"] = table["end"] + pd.Timedelta(days=1)
    middle = table["start"] + (table["until"] - table["start"]) / 2
    # Beside the line that marks the article a number stands clear of it.
    close = (ARTICLE - middle).between(pd.Timedelta(0), pd.Timedelta(days=30))
    table["said_at"] = middle.where(~close, middle - pd.Timedelta(days=16))
    return table


# What a reader could see on the article's day comes first.
PACE_ORDER = list(territory.PACE_COUNTERS)

SENSITIVITY_COLUMNS = {
    "claim": "Claim",
    "verdict": "Verdict",
    "other readings": "Other readings",
    "counted": "Readings, excluded ones apart",
}


@cache
def sensitivity() -> pd.DataFrame:
    """Return what other readings do to each verdict, with the article's words for the claim."""
    table = claims.sensitivity_frame("land").reset_index()
    words = {record.id: record.quotation for record in claims.at_home_in("land")}
    counted = [
        f"{number(used)} + {number(left)}" if left else number(used)
        for used, left in zip(table["readings"], table["excluded"], strict=True)
    ]
    return table.assign(claim=[f"“{words[name]}”" for name in table["claim"]], counted=counted)


# Strings ------------------------------------------------------------------------------------


def _window() -> dict[str, str]:
    series = total().set_index("date")["occupied_km2"]
    first, last = series.index[0], series.index[-1]
    gain = territory.net_change_km2(total(), first.date(), WINDOW_END.date())
    by_month = territory.monthly_net_change(total())
    full = by_month[by_month["full_month"]].set_index("month")["net_change_km2"]
    year = full[full.index >= f"{last.year}"]
    swing = isw()["area_km2"].max() - isw().loc[isw()["date"] == "2022-12-31", "area_km2"].iloc[0]
    return {
        "first-map": day(first),
        "map-weeks": count(round((first - ARTICLE).days / 7)),
        "map-years": _years(),
        "last-map": day(last),
        "held-first": area(series.iloc[0]),
        "held-last": area(series.iloc[-1]),
        # "more" or "less" goes with the sign, so that a sentence stays true.
        "window-gain": f"{area(abs(gain))} {'more' if gain > 0 else 'less'}",
        "window-moved": f"{'grew' if gain > 0 else 'shrank'} by {area(abs(gain))}",
        "window-share": percent(abs(gain) / territory.UKRAINE_KM2, 1),
        "swing-2022": area(swing),
        "swing-share": percent(swing / territory.UKRAINE_KM2, 1),
        "best-month": month(f"{full.idxmax()}-01"),
        "best-month-gain": area(full.max()),
        "last-month": month(f"{full.index[-1]}-01"),
        "last-month-gain": area(full.iloc[-1]),
        "year-low": number(year.min()),
        "year-high": number(year.max()),
        "year": str(last.year),
    }


def _gaps() -> dict[str, str]:
    early = isw()["date"].max()
    table = monthly()
    march = table[table["month"] == "2025-03"]["net_change_km2"]
    own = territory.own_counts_beside_maps(table)["difference_km2"].abs()
    november = table[table["month"] == "2025-11"].set_index("counted_by")["net_change_km2"]
    afp = table[table["counted_by"] == "AFP"].set_index("month")["net_change_km2"]
    return {
        "isw-end": day(early),
        "gap-days": number((total()["date"].min() - early).days - 1),
        "gap-span": land.unmeasured(),
        "march-2025-low": area(march.min()),
        "march-2025-high": area(march.max()),
        "own-counts": count(len(own)),
        "own-most": number(own.max()),
        "november-afp": number(november["AFP"]),
        "november-deepstate": number(november["DeepState"]),
        "afp-may": number(afp["2024-05"]),
        "afp-june": number(afp["2024-06"]),
        "afp-july": number(afp["2024-07"]),
    }


def _fall() -> dict[str, str]:
    found = {item.levels["source"]: item for item in land.net_188_readings()}
    nine = territory.net_gain_by_period(changes(), tables.read("isw-layers-daily"))
    own = nine[nine["reading_id"] == "sources-own"].set_index("tracker")["net_gain_km2"]
    printed, month_of_fall = found["NYT from ISW"].value, found["Belfer from ISW"].value
    return {
        "fall-month": area(month_of_fall * KM2_PER_SQ_MI),
        "fall-longest": area(found["War Mapper"].value * KM2_PER_SQ_MI),
        "printed-net": area(printed * KM2_PER_SQ_MI),
        "fall-ratio": number(printed / month_of_fall),
        "nine-months-control": area(own["ISW layers: control"]),
        "nine-months-both": area(own["ISW layers: control and advances"]),
        "nyc-share": percent(land.nyc_readings()[0].value),
        "printed-months": land.months_of("nyt-net-gain-188"),
        "fall-days": land.fall_days(),
    }


def _regained() -> dict[str, str]:
    kept = [r for r in land.regained_readings() if r.role != "excluded"]
    primary = sorted(r.value for r in kept if r.role == "primary")
    by = {r.levels["source"]: r.value for r in kept}
    return {
        "regained-low": percent(min(r.value for r in kept)),
        "regained-high": percent(max(r.value for r in kept)),
        "regained-war-mapper": percent(primary[0]),
        "regained-isw": percent(primary[-1]),
        "regained-answers": number(len(kept)),
        "regained-commander": percent(by["Ukraine’s commander"]),
        "regained-allies": between(
            percent(by["US state secretary"]), percent(by["US joint chiefs"])
        ),
        "north-share": percent(land.north_share()),
        "northeast-share": percent(land.northeast_share()),
    }


def _pace() -> dict[str, str]:
    table = pace().set_index(["counter", "period"])["km2_per_day"]
    isw_own, afp, maps = territory.PACE_COUNTERS
    ratios = (
        table[isw_own, "May 2024"] / table[isw_own, "Jan–Jul 2023"],
        table[afp, "May 2024"] / table[afp, "2023"],
    )
    metres = rates().set_index("rate_id")["metres_per_day"]
    avdiivka = metres["avdiivka-ocheretyne-2024"]
    return {
        "pace-isw-2023": number(table[isw_own, "Jan–Jul 2023"], 1),
        "pace-isw-spring": number(table[isw_own, "Jan–Apr 2024"], 1),
        "pace-isw-may": number(table[isw_own, "May 2024"], 1),
        "pace-afp-2023": number(table[afp, "2023"], 1),
        "pace-afp-may": number(table[afp, "May 2024"], 1),
        "pace-afp-summer": number(table[afp, "Jun–Jul 2024"], 1),
        "pace-afp-autumn": number(table[afp, "Aug–Dec 2024"], 1),
        "pace-afp-2025": number(table[afp, "2025"], 1),
        "pace-maps-2025": number(table[maps, "2025"], 1),
        "pace-maps-2026": number(table[maps, "2026"], 1),
        "pace-may-low": number(min(ratios)),
        "pace-may-high": number(max(ratios)),
        "metres-avdiivka": number(avdiivka),
        "metres-somme": number(metres["somme-1916"]),
        "metres-kherson": number(metres["kherson-2022"]),
        "metres-kharkiv": number(metres["kharkiv-2022"]),
        "metres-pokrovsk": number(metres["pokrovsk-2024-26"]),
        "metres-of-kherson": percent(avdiivka / metres["kherson-2022"]),
        "metres-of-somme": number(avdiivka / metres["somme-1916"], 1),
        "spring-pace": number(land.spring_pace_km2_per_day(), 1),
        "spring-total": area(land.spring_km2()),
    }


def _weeks() -> dict[str, str]:
    table = losses().set_index("event")["loss_km2"]
    week, kharkiv = table["Week in May 2024"], table["Kharkiv, Sept 2022"]
    measured = land.measured_weeks()
    measured = measured[measured["scope"] == land.SCOPE_FRONT].set_index("source")
    front: dict[Any, Any] = measured.to_dict("index")
    holds, roughly = allowed("nothing resembling", 1.0)
    maps_week = land.agentstvo_week_km2()
    return {
        "week-known": area(week),
        "week-span": span(*land.worst_week_days()),
        "week-since": area(table["Worst week since"]),
        "week-share": percent(week / kharkiv, 1),
        "week-maps": area(maps_week),
        "kharkiv-week": area(kharkiv),
        "kharkiv-ratio": number(kharkiv / week),
        "line-holds": percent(holds.high),
        "line-roughly": percent(roughly.high),
        "line-roughly-area": area(land.refuting_week_km2()),
        "measured-control": area(front["control"]["loss_km2"]),
        "measured-both": area(front["control and advances"]["loss_km2"]),
        "measured-control-span": span(front["control"]["week_start"], front["control"]["week_end"]),
        "measured-from": day(front["control"]["start"]),
        "slow-holds": percent(allowed("slow", 1.0)[0].high),
    }


def _provinces() -> dict[str, str]:
    then, now = land.others_by_maps(), land.others_by_maps(latest=True)
    words = {f"{name.lower()}-then": percent(share) for name, share in then.items()}
    words |= {f"{name.lower()}-now": percent(share) for name, share in now.items()}
    moved = cells()["change_pct"].abs() >= MOVED_PCT
    where = cells().loc[moved, "oblast"].value_counts()
    back = int((cells()["change_pct"] <= -MOVED_PCT).sum())
    return words | {
        "cells": number(len(cells())),
        "cells-moved": number(int(moved.sum())),
        "cells-moved-share": percent(moved.mean()),
        "cells-back": count(back),
        "cells-whose": "" if back else ", all of them Russian gains",
        "cells-donetsk": number(int(where["Donetsk"])),
        "square-side": number(CELL_M / 1000),
        "moved-points": count(MOVED_PCT),
    }


# What each claim is about, for a sentence that names several.
_ABOUT = {
    "slow-advances": "the pace of the advance",
    "expelled-2022": "the areas left in that year",
    "regained-half": "the share regained",
    "chronology-2022": "the order of events",
    "counteroffensive-failed": "the counteroffensive",
    "net-188": "the gain of the fall",
    "nyc-half": "the comparison with New York City",
    "avdiivka": "Avdiivka",
    "no-collapse": "the absence of a collapse",
    "only-luhansk": "Luhansk",
}


def _verdicts() -> dict[str, str]:
    home = claims.at_home_in("land")
    stands = [r for r in home if r.verdict in {"holds", "roughly holds", "not refuted"}]
    falls = [r for r in home if r.verdict == "does not hold"]
    contested = [r for r in home if r.verdict == "contested"]
    robust = [_ABOUT[r.id] for r in home if r.robustness == "robust"]
    return {
        "claims": count(len(home)),
        "claims-stand": count(len(stands)),
        "claims-fall": count(len(falls)),
        "claims-contested": f"{count(len(contested))} {'is' if len(contested) == 1 else 'are'} "
        "contested",
        "claims-robust": f"{', '.join(robust[:-1])} and {robust[-1]}",
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (
        _window(), _gaps(), _fall(), _regained(), _pace(), _weeks(), _provinces(), _verdicts(),
    )  # fmt: skip
    return {name: text for part in parts for name, text in part.items()}


# Figures ------------------------------------------------------------------------------------


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
        "title": "The land held swung widely in 2022 and has grown slowly since, by every tracker",
        "subtitle": "Land held by Russian forces, thousand km² (left) and thousand square miles "
        f"(right), {span(isw()['date'].min(), total()['date'].max())}",
        "source": f"Sources: {ISW_SOURCE}; {DEEPSTATE_SOURCE}; levels as published by War Mapper, "
        "DeepState, and by AFP, the Belfer task force and others from ISW maps",
        "note": (
            "Each tracker draws its own line: compare changes of one, not levels of several. No "
            f"daily series runs from {s['gap-span']}."
        ),
        "alt": (
            "Lines and dots, the whole war above and the time since 2023 below. ISW control peaks "
            f"in March 2022 and is {s['swing-2022']} lower at the end of the year; it ends on "
            f"{s['isw-end']}. The DeepState maps rise from {s['held-first']} on {s['first-map']} "
            f"to {s['held-last']} on {s['last-map']}. Levels published by War Mapper and AFP lie "
            "lower and rise as well. The article’s date and its eighteen months are marked."
        ),
        "caption": (
            "Below, the same from 2023 on: lines are daily maps, symbols are levels as published. "
            "The shaded window is the article’s eighteen months. In it the land held "
            f"{s['window-moved']} on the DeepState maps, counted from {s['first-map']}."
        ),
        "claims": ["no-collapse", "slow-advances"],
        "columns": {
            "date": "Date",
            "tracker": "Tracker",
            "form": "Daily map or published level",
            "area_km2": Column("Held, km²", 0),
            "area_sq_mi": Column("Held, sq mi", 0),
        },
    }


def _monthly() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Monthly gains peaked in {s['best-month']} and fell back in {s['year']}",
        "subtitle": "Net change of land held by Russian forces in a month, km² (left) and square "
        "miles (right)",
        "source": f"Sources: {DEEPSTATE_SOURCE}; months as published by DeepState, AFP from ISW "
        "maps, ISW, War Mapper and the UK Ministry of Defence",
        "note": "ISW’s months are gross gains; AFP’s include ground that Russia only claims, and "
        "before 2025 it does not say whether they are net.",
        "alt": (
            f"Bars by month from August 2024, highest {s['best-month']} with "
            f"{s['best-month-gain']}; in {s['year']} between {s['year-low']} and {s['year-high']} "
            f"km². Symbols of other counters lie above or below: for March 2025 from "
            f"{s['march-2025-low']} to {s['march-2025-high']}."
        ),
        "caption": (
            "Bars are the DeepState maps, symbols are figures as published for the same month; the "
            "shaded part is the article’s eighteen months. "
            f"Circles are DeepState’s own figures; in {s['own-counts']} months they differ from "
            f"the bars by at most {s['own-most']} km², because it counts in its own hours."
        ),
        "claims": ["net-188", "slow-advances"],
        "columns": {
            "month": "Month",
            "counted_by": "Counted by",
            "tracker": "On whose map",
            "measure": "Measure",
            "net_change_km2": Column("Change, km²", 0),
            "net_change_sq_mi": Column("Change, sq mi", 0),
        },
    }


def _fall_2023() -> dict[str, Any]:
    s = strings()
    return {
        "title": "The printed gain is that of January to September, not of the fall",
        "subtitle": "Net Russian gain by period and counter, 2023 to 2024, square miles",
        "source": "Sources: The New York Times, Belfer task force and AFP from ISW maps; "
        "War Mapper; ISW layers by The Economist",
        "note": "Periods differ in length; none is scaled to fit another. AFP less NYT mixes "
        "counters and is no reading.",
        "alt": (
            f"Dot plot. For a month of the fall of 2023 a count has {s['fall-month']}, for "
            f"October to April {s['fall-longest']}; only January to September has "
            f"{s['printed-net']}."
        ),
        "caption": "The dashed line marks the printed number; the dot on it is for another period.",
        "claims": ["net-188", "nyc-half"],
        "columns": {
            "period": "Period",
            "tracker": "Counter",
            "net_gain_sq_mi": Column("Net gain, sq mi", 0),
            "net_gain_km2": Column("Net gain, km²", 0),
            "comparability": "Beside the period named",
        },
    }


def _regained_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "What share was regained depends on what is counted",
        "subtitle": "Share of the land lost since 24 February 2022 that was regained by the "
        "end of 2022, percent",
        "source": "Sources: ISW, War Mapper, DefMon and officials as read in the press; "
        "ISW layers by The Economist",
        "alt": (
            f"Dot plot of {s['regained-answers']} answers from {s['regained-low']} to "
            f"{s['regained-high']}, in groups by what is counted; the primary readings are "
            f"{s['regained-war-mapper']} (War Mapper) and {s['regained-isw']} (ISW)."
        ),
        "caption": "Filled dots are the primary readings; the dashed line marks "
        f"{number(100 * land.HALF)} percent.",
        "claims": ["regained-half", "chronology-2022", "expelled-2022"],
        "columns": {
            "source": "Source",
            "counted": "What it counts",
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
        "source": "Sources: Center for Strategic and International Studies (CSIS) as read in the "
        "press; distances over days computed for this book",
        "note": "A rate hangs on the axis and dates chosen; a deepest point is an upper bound. "
        "Avdiivka is the way from there to Ocheretyne.",
        "alt": (
            f"Dot plot on a logarithmic scale: the Somme {s['metres-somme']}, Pokrovsk 2024 to "
            f"2026 {s['metres-pokrovsk']}, Avdiivka to Ocheretyne {s['metres-avdiivka']}, Kherson "
            f"2022 {s['metres-kherson']}, Kharkiv 2022 {s['metres-kharkiv']} metres a day."
        ),
        "caption": "Steps of the scale multiply: compare distances between dots as ratios.",
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
        "title": f"The largest week before the article took one part in {s['kharkiv-ratio']} of "
        "Kharkiv 2022",
        "subtitle": "Most ground lost within a week, km² and square miles, by whose forces lost it",
        "source": f"Sources: {ISW_SOURCE}; AFP from ISW maps; {DEEPSTATE_SOURCE}",
        "note": f"No daily series runs from {s['gap-span']}: for that time the largest week that "
        "was published.",
        "alt": (
            f"Bars: Russian forces lost {s['kharkiv-week']} in a week at Kharkiv in 2022; "
            f"Ukrainian forces lost {s['week-known']} in the largest week published for the time "
            f"before the article and {s['week-since']} in the worst week since {s['first-map']}."
        ),
        "caption": "Ground lost by each side’s forces in the same span of days.",
        "claims": ["no-collapse"],
        "columns": {
            "event": "Event",
            "loser": "Who lost ground",
            "loss_km2": Column("Lost, km²", 0),
            "loss_sq_mi": Column("Lost, sq mi", 0),
            "tracker": "Tracker",
            "start": "From",
            "end": "To",
        },
    }


# A distance on the axis of the pace, to be read in both units.
_UNIT_KM2 = 10


def _pace_rose() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"In May 2024 the pace was {s['pace-may-low']} to {s['pace-may-high']} times that "
        "of 2023, by who counts",
        "subtitle": "Russian gains in km² a day, each counter by itself; "
        f"{number(_UNIT_KM2)} km² are {number(_UNIT_KM2 / KM2_PER_SQ_MI, 1)} square miles",
        "source": f"Sources: ISW and AFP as published; DeepState as published; {DEEPSTATE_SOURCE}",
        "note": "Compare bars of one row only: for the same month counters differ by a factor "
        f"of up to {number(land.counters_apart())}.",
        "alt": (
            f"Bars by period. ISW: {s['pace-isw-2023']} km² a day early in 2023, "
            f"{s['pace-isw-spring']} in January to April 2024, {s['pace-isw-may']} in May. AFP: "
            f"{s['pace-afp-2023']} in 2023, {s['pace-afp-may']} in May 2024, "
            f"{s['pace-afp-summer']} in June and July, {s['pace-afp-2025']} in 2025. DeepState: "
            f"{s['pace-maps-2025']} in 2025, {s['pace-maps-2026']} in 2026."
        ),
        "caption": "The line marks the article. Faint bars had been published when it appeared; "
        "full ones came after.",
        "claims": ["slow-advances", "no-collapse"],
        "columns": {
            "counter": "Counter",
            "period": "Period",
            "start": "From",
            "end": "To",
            "km2_per_day": Column("km² a day", 1),
            "sq_mi_per_day": Column("sq mi a day", 1),
            "known_then": "Published by 3 June 2024",
        },
    }


def _provinces_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Of the provinces claimed by Russia only Luhansk is almost fully held",
        "subtitle": "Share of each province held by Russian forces, percent; lines are DeepState "
        f"maps, to {s['last-map']}",
        "source": f"Sources: {DEEPSTATE_SOURCE}; {BOUNDARIES}; shares as published by ISW, AFP, "
        "DeepState, War Mapper and officials",
        "note": f"Good to about a percentage point. The maps begin on {s['first-map']}; symbols "
        "are shares as published, claims of both sides among them.",
        "alt": (
            f"A panel for each province. Luhansk is at {s['luhansk-then']} on the first map and "
            f"{s['luhansk-now']} on the last; Donetsk rises from {s['donetsk-then']} to "
            f"{s['donetsk-now']}; Zaporizhzhia from {s['zaporizhzhia-then']} to "
            f"{s['zaporizhzhia-now']}; Kherson stays at {s['kherson-now']}."
        ),
        "caption": "Numbers stand at the first and the last map; the line marks the article. "
        "Donetsk is where the front moved.",
        "claims": ["only-luhansk"],
        "columns": {
            "date": "Date",
            "oblast": "Province",
            "share_pct": Column("Held, %", 1),
            "counter": "Counter",
            "form": "Map or published",
            "basis": "Basis",
        },
    }


def _map() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"In {_years()} years the front moved through {s['cells-moved']} of "
        f"{s['cells']} squares{s['cells-whose']}",
        "subtitle": f"Squares of {s['square-side']} by {s['square-side']} km. First: share "
        f"occupied on the first map of a month, {months()[-1]} as drawn. Second: points gained "
        f"from {months()[0]} to {months()[-1]}",
        "source": f"Sources: {DEEPSTATE_SOURCE}; {BOUNDARIES}",
        "note": f"The maps begin on {s['first-map']}, after the article: they cannot show the "
        "front of June 2024.",
        "alt": (
            "Maps of the east and south of Ukraine in squares. On the first, squares are shaded "
            "by the share occupied. On the second, those that changed: "
            f"{s['cells-moved']} of {s['cells']} by {s['moved-points']} points or more, "
            f"{s['cells-donetsk']} of them in Donetsk Oblast; {s['cells-back']} square lost as "
            "much."
        ),
        "caption": "Move the slider through the months. The table lists the squares that changed "
        "by a point or more.",
        "claims": ["only-luhansk", "no-collapse"],
        "columns": {
            "cell_id": "Square",
            "oblast": "Province",
            "lon": Column("Longitude", 2),
            "lat": Column("Latitude", 2),
            "change_pct": Column("Change, points", 0),
        },
    }


def _years() -> str:
    return count(round(len(months()) / 12))


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
