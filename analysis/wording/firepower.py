"""Numbers and figure texts of the chapter on firepower."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis import claims, firepower, tables
from analysis.assessing import evidence
from analysis.assessments import firepower as judged
from analysis.book import Column
from analysis.formatting import area, count, day, number, percent

ARTICLE = claims.ARTICLE_DATE
PRESS = "officials and newspapers as read in the press, row by row in the table"
TRACKER_SOURCE = (
    "Sources: AFP from ISW maps, ISW, War Mapper, DeepState, as read in the press; "
    "DeepState maps, areas computed for this book"
)


@cache
def ratios() -> pd.DataFrame:
    """Return the published ratios of shells, family by family."""
    return firepower.by_family(tables.read("shell-ratios"))


@cache
def figures() -> pd.DataFrame:
    """Return every published gain of 2023 and 2024 as a pace."""
    return firepower.pace_figures(
        tables.read("territory-published-changes"), tables.read("deepstate-daily-total")
    )


@cache
def volumes() -> pd.DataFrame:
    """Return fire and supply in million shells a year."""
    found = firepower.yearly_shells(tables.read("shell-fire-and-supply"))
    order = ["side", "kind", "million_a_year"]
    return found.sort_values(order, ascending=[True, True, False], ignore_index=True)


@cache
def bombs() -> pd.DataFrame:
    """Return the counts of guided bombs as daily rates."""
    return firepower.bombs_per_day(tables.read("glide-bombs"))


@cache
def causes() -> pd.DataFrame:
    """Return the causes named, marked by time."""
    return firepower.causes_by_time(tables.read("causes-named"), ARTICLE)


@cache
def forces() -> pd.DataFrame:
    """Return ratios of strength by scope."""
    return firepower.force_ratios(tables.read("force-ratios"))


@cache
def absences() -> pd.DataFrame:
    """Return proceedings for absence without leave as monthly rates."""
    return firepower.cases_per_month(tables.read("ukraine-absence-cases"))


@cache
def afp() -> pd.DataFrame:
    """Return AFP's figures that give its pace in the phases, with a name for each period."""
    own = firepower.pace_segments(figures()).query("counted_by == 'AFP'")
    names = {365: "2023", 121: "Jan–Apr 2024"}
    months = own["period_start"].dt.strftime("%B")
    period = [names.get(days, month) for days, month in zip(own["days"], months, strict=True)]
    return own.assign(period=period).sort_values("period_start", ignore_index=True)


@cache
def slower() -> pd.DataFrame:
    """Return the paces for the case that the new shells slowed the front."""
    return afp()[afp()["period_start"] <= "2024-07-01"]


@cache
def faster() -> pd.DataFrame:
    """Return the paces for the case that the front sped up with the shells there."""
    gap, after = afp()["phase"] == "gap", afp()["phase"] == "after"
    return afp()[gap | after]


@cache
def phase_table() -> pd.DataFrame:
    """Return the paces by series and phase as a reader sees them; a dash is no figure."""
    wide = firepower.phase_table(judged.paces()).rename(
        columns={
            "series": "Who counts, and what",
            "before": "Before the gap",
            "gap": "In the gap",
            "arrival": "Shells arriving",
            "after": "After",
        }
    )
    shown = wide.set_index("Who counts, and what")
    return shown.map(lambda pace: "–" if pd.isna(pace) else number(pace, 1))


# Strings -------------------------------------------------------------------------------


def _shells() -> dict[str, str]:
    rows = ratios().set_index("ratio_id")["ratio"]
    local = firepower.ratios(ratios(), "Local sectors")["ratio"]
    year = volumes().set_index("item_id")["million_a_year"]
    made = year["ru-made-estonia"] + year["ru-dprk"]
    west = ratios()[ratios()["family"] == "Western officials"]
    spring = west["period_start"].between("2024-02-01", "2024-05-31")
    other = west.loc[~spring & (west["period_start"] < "2024-02-01"), "ratio"]
    return {
        "ratios": number(len(rows)),
        "west-march": number(rows["w-2024-03"]),
        "west-last": number(rows["w-2025-06"]),
        "west-before-low": number(other.min(), 1),
        "west-before-high": number(other.max()),
        "avdiivka-shells": number(rows["l-2024-02-avdiivka"]),
        "kyiv-january": number(rows["u-2024-01"]),
        "kyiv-spring": number(rows["u-2024-jan-may"]),
        "kyiv-president": number(rows["u-2024-04"]),
        "kyiv-june": number(rows["u-2024-06"]),
        "kyiv-summer": number(rows["u-2024-julaug"]),
        "kyiv-september": number(rows["u-2024-09"], 2),
        "kyiv-autumn": number(rows["u-2023-q4"]),
        "kyiv-2023": number(rows["u-2023-augsep"], 1),
        "west-2023": number(rows["w-2023-02"]),
        "kyiv-march-2023": number(rows["u-2023-03"]),
        "local-low": number(local.min()),
        "local-high": number(local.max()),
        "ocheretyne": number(rows["l-2024-05-ocher"]),
        "kharkiv-crews": number(rows["l-2024-05-kharkiv"]),
        "fire-west": number(year["ru-fire-nato"], 2),
        "fire-kyiv": number(year["ru-fire-gs"], 1),
        "fire-rusi": number(year["ru-fire-rusi"]),
        "made-low": number(year["ru-made-nato"], 1),
        "made-high": number(year["ru-made-estonia"], 1),
        "made-and-sent": number(made, 1),
        "fire-over-supply": number(year["ru-fire-gs"] / made, 1),
        "rusi-over-nato": number(year["ru-fire-rusi"] / year["ru-fire-nato"], 1),
        "volume-factor": number(year["ru-fire-gs"] / year["ru-fire-nato"]),
        "ua-volume-factor": number(year["ua-fire-gs"] / year["ua-fire-nato"]),
    }


def _front() -> dict[str, str]:
    paces = judged.paces().set_index(["counted_by", "measure", "phase"])["km2_per_day"]
    before, gap, arrival, after = (
        paces[("AFP", "not said", phase.name)] for phase in firepower.PHASES
    )
    isw, times = paces["ISW"]["gross Russian"], paces["The New York Times"]["gross Russian"]
    low, high = judged.effect()
    pairs = judged.differences()
    found = pairs["difference_km2_per_day"]
    earlier = pairs["other"] == "before"
    wide = firepower.phase_table(judged.paces()).set_index("series")
    month = slower().set_index("period")["km2_per_day"]
    later = faster().set_index("period")["km2_per_day"]
    gain = evidence(["afp-week-may-2024-278", "afp-may-2024-449"])["value"].astype(float)
    back = evidence(["afp-ukraine-regained-20", "afp-week-may-2024-kharkiv-257"])["value"]
    return {
        "pace-before": number(before, 1),
        "pace-gap": number(gap, 1),
        "pace-arrival": number(arrival, 1),
        "pace-after": number(after, 1),
        "isw-before": number(isw["before"], 1),
        "isw-gap": number(isw["gap"], 1),
        "times-before": number(times["before"], 1),
        "isw-faster": number(isw["gap"] - isw["before"], 1),
        "times-faster": number(isw["gap"] - times["before"], 1),
        "effect-low": number(low, 1),
        "effect-high": number(high, 1),
        "contrasts": number(len(found)),
        "contrasts-for": count(int((found > 0).sum())),
        "contrasts-against": count(int((found < 0).sum())),
        "series": count(len(wide)),
        "series-whole": count(int(wide.notna().all(axis=1).sum())),
        "series-before": count(int((found[earlier] > 0).sum())),
        "series-gap-before": count(int((pairs["shortage"][earlier] == "gap").sum())),
        "series-after": count(pairs.loc[~earlier, "counted_by"].nunique()),
        "pace-may": number(month["May"], 1),
        "pace-june": number(month["June"], 1),
        "pace-july": number(month["July"], 1),
        "pace-november": number(later["November"], 1),
        "autumn-factor": number(later["November"] / later["July"], 1),
        "deepstate-march": number(paces[("DeepState", "net", "gap")], 1),
        "kharkiv-week": area(gain.iloc[0]),
        "kharkiv-week-share": percent(gain.iloc[0] / gain.iloc[1]),
        "kharkiv-week-oblast": area(float(back.iloc[1])),
        "regained-2024": area(float(back.iloc[0])),
        "gap-start": day(firepower.GAP.start),
        "gap-end": day(firepower.GAP.end),
        "gap-days": number((firepower.GAP.end - firepower.GAP.start).days),
        "warning-days": number((firepower.GAP.end - judged.WARNING).days),
    }


def _rivals() -> dict[str, str]:
    rate = bombs().set_index("evidence_id")["bombs_per_day"]
    early = causes()[causes()["when"] == "by 3 June 2024"]
    named = early.groupby("cause")["statement_id"].nunique()
    money = evidence(["sup-fort-175-2024-01", "sup-fort-38-2024-04"])["value"].astype(float)
    squad = evidence(["sup-riv-sodol-squad"]).iloc[0]
    men = evidence(["nyt-2024-07-draft-rate", "ua-mod-2024-08-draft-multiple"])["value"]
    act = tables.read("act-2024-lines").set_index("account")["amount_usd"] / 1e9
    cases = absences().set_index("period_start")["cases_per_month"]
    fpv = evidence(["sup-ru-fpv-4000", "sup-ru-fpv-7000-2026", "sup-zaluzhny-80"])
    drones = fpv["value"].astype(float)
    return {
        "bombs-winter": number(rate["sup-kab-2024-h1q"]),
        "bombs-march": number(rate["sup-kab-2024-03"]),
        "bombs-may": number(rate["sup-kab-2024-05"]),
        "bombs-2026": number(rate["sup-kab-2026-01"]),
        "statements-early": number(early["statement_id"].nunique()),
        "named-shells": number(named["Shells, equipment"]),
        "named-men": number(named["Manpower"]),
        "named-forts": number(named["Fortifications"]),
        "named-bombs": number(named["Bombs, air defence"]),
        "squad-low": number(squad["low"]),
        "squad-high": number(squad["high"]),
        "drafted": number(float(men.iloc[0])),
        "draft-multiple": number(float(men.iloc[1]), 1),
        "absent-2023": number(cases["2023-01-01"]),
        "absent-2024": number(cases["2024-01-01"]),
        "absent-late-2024": number(cases["2024-10-01"]),
        "absent-2025": number(cases["2025-01-01"]),
        "act-missiles": number(act.filter(like="Missile Procurement").sum(), 1),
        "forts-january": number(money.iloc[0], 1),
        "forts-april": number(money.iloc[1]),
        "fpv-2025": number(drones.iloc[0]),
        "fpv-2026": number(drones.iloc[1]),
        "drone-losses": percent(drones.iloc[2] / 100),
    }


def _men() -> dict[str, str]:
    rows = forces().set_index("pair_id")
    ratio = rows["ratio"].astype(float)
    theatre = rows.loc[["theatre-2024-01"]]
    east = rows.loc[["east-2024-04"]]
    russian = float(theatre["russian_troops"].iloc[0])
    ukrainian = float(theatre["ukrainian_troops"].iloc[0])
    left = firepower.defenders_at_ratio(russian, float(east["ratio_low"].iloc[0]))
    return {
        "theatre-russia": number(russian),
        "theatre-ukraine": number(ukrainian),
        "theatre-ratio": number(ratio["theatre-2024-01"], 1),
        "theatre-ratio-2025": number(ratio["theatre-2025-01"], 1),
        "ground-ratio": number(ratio["theatre-ground-2023-12"], 1),
        "east-low": number(float(east["ratio_low"].iloc[0])),
        "east-high": number(float(east["ratio_high"].iloc[0])),
        "avdiivka-ratio": number(ratio["avdiivka-2024-02"]),
        "pokrovsk-ratio": number(ratio["pokrovsk-2025-11"]),
        "defenders": number(round(left, -3)),
        "defenders-share": percent(left / ukrainian),
    }


def _verdicts() -> dict[str, str]:
    home = claims.at_home_in("firepower")
    stands = [item for item in home if item.verdict in {"holds", "roughly holds"}]
    return {"claims": count(len(home)), "claims-stand": count(len(stands))}


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_shells(), _front(), _rivals(), _men(), _verdicts())
    return {name: text for part in parts for name, text in part.items()}


# Figures -------------------------------------------------------------------------------


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _ratios_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Western officials said {s['west-march']} to one, Kyiv {s['kyiv-spring']}, "
        f"single sectors up to {s['local-high']}",
        "subtitle": "Russian shells for each Ukrainian one, by who says so, 2023 to 2025",
        "source": f"Sources: {PRESS}",
        "note": "Statements, not counts. The families of the panels must not be joined.",
        "alt": (
            f"A panel for each family. Western officials: about {s['west-2023']} in February "
            f"2023, below one "
            f"that summer, {s['west-march']} from February to April 2024, {s['west-last']} in "
            f"June 2025. Ukrainian officials: {s['kyiv-2023']} in late summer 2023, "
            f"{s['kyiv-spring']} for January to May 2024, {s['kyiv-summer']} in the summer and "
            f"{s['kyiv-september']} in September. Sectors: {s['local-low']} to "
            f"{s['local-high']} from February to May 2024."
        ),
        "caption": "The band is the gap in American aid, the dashed line the article’s day. "
        "A bar is a mean over its days, a dot a statement of one day.",
        "claims": ["shells-5to1", "shells-double", "shells-doubled"],
        "columns": {
            "family": "Family",
            "speaker": "Speaker",
            "scope": "Scope",
            "period_start": "From",
            "period_end": "To",
            "ratio": Column("Russian shells for one", 2),
            "published": "Published",
            "note": "Limit",
        },
    }


def _volumes_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Kyiv’s count of Russian fire is {s['volume-factor']} times that of NATO "
        "officials",
        "subtitle": f"Million shells a year; a day’s fire is multiplied by {firepower.DAYS_A_YEAR}",
        "source": f"Sources: {PRESS}",
        "note": "Stocks from before the war are in none of the supplies.",
        "alt": (
            f"Bars. Russian fire: {s['fire-west']} million a year at NATO’s rate of March 2024, "
            f"{s['fire-rusi']} in RUSI’s figure for 2023, {s['fire-kyiv']} at Kyiv’s rate for "
            f"January to May 2024. Russian supply: {s['made-low']} to {s['made-high']} million "
            "made or refurbished and a North Korean delivery. Ukrainian fire and supply are "
            "far smaller."
        ),
        "caption": "NATO’s rate fits what was made and sent; RUSI’s needs stocks beside it; Kyiv "
        "must count more kinds of rounds.",
        "claims": ["shells-5to1"],
        "columns": {
            "label": "Source",
            "side": "Whose guns",
            "kind": "Fired or supply",
            "quantity": Column("As published", 0),
            "unit": "Unit",
            "million_a_year": Column("Million a year", 1),
        },
    }


def _phases_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "The front sped up in the gap, and sped up again after it",
        "subtitle": "Russian gains, km² a day, by who counts, 2023 and 2024; a bar for each period",
        "source": TRACKER_SOURCE,
        "note": "Each counts in its own way: compare within a panel. No bar, no figure.",
        "alt": (
            f"A panel for each source. AFP: {s['pace-before']} km² a day in 2023, {s['pace-gap']} "
            f"from "
            f"January to April 2024, {s['pace-may']} in May, {s['pace-june']} in June, "
            f"{s['pace-november']} in November. ISW itself: {s['isw-before']} to July 2023, "
            f"{s['isw-gap']} in the gap, nothing after May 2024. War Mapper has single months and "
            f"ends in April 2024. DeepState has {s['deepstate-march']} in March 2024 and nothing "
            "else before May."
        ),
        "caption": "The band is the gap in American aid, the dashed line the article’s day.",
        "claims": ["shortage-explains"],
        "columns": {
            "series": "Who counts, and what",
            "period_start": "From",
            "period_end": "To",
            "gain_km2": Column("Gain, km²", 0),
            "km2_per_day": Column("km² a day", 1),
            "phase": "Phase",
            "basis": "Basis",
            "known_by_article": "Published by 3 June 2024",
        },
    }


def _causes_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "By the article’s day manpower had been named about as often as shells",
        "subtitle": "Causes named for the course of the front in 2024, each dot a statement",
        "source": f"Sources: {PRESS}",
        "note": "Statements found, no sample; sorted into causes by one reader, without a second "
        "pass.",
        "alt": (
            f"Dots by cause and date. Of {s['statements-early']} statements by 3 June 2024 "
            f"{s['named-shells']} name shells or equipment, {s['named-men']} manpower, "
            f"{s['named-forts']} fortifications and {s['named-bombs']} bombs or air defence; a "
            "statement may name several."
        ),
        "caption": "Filled dots were public when the article appeared. One later statement, of "
        "February 2026, is in the table only.",
        "claims": ["shortage-explains"],
        "columns": {"date": "Date", "cause": "Cause", "speaker": "Speaker", "when": "When"},
    }


def _absences_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Most of the rise in absence without leave came after the gap",
        "subtitle": "Proceedings registered a month in the Ukrainian forces, by period",
        "source": "Source: Prosecutor General of Ukraine, as read at Censor.NET and NBN",
        "note": "Cases, not persons; registered after the act. October to December 2024 is a "
        "difference.",
        "alt": (
            f"Bars over time: {s['absent-2023']} cases a month in 2023, {s['absent-2024']} from "
            f"January to September 2024, {s['absent-late-2024']} from October to December 2024, "
            f"{s['absent-2025']} from January to July 2025."
        ),
        "caption": "The band is the gap in American aid, the dashed line the article’s day. All "
        "figures were printed after it.",
        "claims": ["shortage-explains"],
        "columns": {
            "period_start": "From",
            "period_end": "To",
            "cases": Column("Cases", 0),
            "cases_per_month": Column("Cases a month", 0),
            "basis": "Basis",
        },
    }


def _bombs_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Guided bombs a day rose from {s['bombs-winter']} in winter to "
        f"{s['bombs-may']} in May 2024, and stayed there into 2025",
        "subtitle": "Guided bombs a day, Ukrainian counts, a bar for each published period",
        "source": "Sources: Ukrainian officials as read in the press",
        "note": "One side’s counts, definitions not given; periods overlap.",
        "alt": (
            f"Bars over time: {s['bombs-winter']} a day to mid-March 2024, {s['bombs-march']} in "
            f"March, {s['bombs-may']} in May 2024, {s['bombs-2026']} in January 2026."
        ),
        "caption": "The band is the gap in American aid, the dashed line the article’s day. The "
        "counts for March 2024 cannot all be of one definition.",
        "claims": ["shortage-explains"],
        "columns": {
            "period_start": "From",
            "period_end": "To",
            "bombs": "Bombs",
            "wording": "Hedge of the source",
            "bombs_per_day": Column("Bombs a day", 0),
            "claimant": "Who counts",
        },
    }


def _force_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Outnumbered in the sectors under attack, not in the theatre",
        "subtitle": "Russian for each Ukrainian soldier, by scope, logarithmic scale",
        "source": f"Sources: {PRESS}",
        "note": "All numbers come from one side or the other. None is a count of both along the "
        "front.",
        "alt": (
            f"Dot plot. The theatre has {s['theatre-ratio']} in January 2024 and "
            f"{s['theatre-ratio-2025']} in January 2025; with Ukraine’s ground forces only "
            f"{s['ground-ratio']}. A general gave {s['east-low']} to {s['east-high']} for the "
            f"east, a brigade {s['avdiivka-ratio']} at Avdiivka, the President "
            f"{s['pokrovsk-ratio']} at Pokrovsk in 2025."
        ),
        "caption": "The dashed line is parity; the dotted one is the least that ‘vastly’ allows.",
        "claims": ["outnumbered"],
        "columns": {
            "label": "What is compared",
            "scope": "Scope",
            "russian_troops": "Russian",
            "ukrainian_troops": "Ukrainian",
            "ratio_low": Column("Ratio, low", 2),
            "ratio_high": Column("Ratio, high", 2),
            "published": "Published",
            "note": "Limit",
        },
    }


def _contrasts_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Beside what came before, the shortage fits; beside what came after, it does not",
        "subtitle": "Pace in shortage less pace out of it, km² a day, within one count",
        "source": TRACKER_SOURCE,
        "note": "A range of comparisons, not a confidence interval.",
        "alt": (
            f"{s['contrasts']} dots from {s['effect-low']} to +{s['effect-high']} km² a day; "
            f"{s['contrasts-for']} are above zero, all those with the time before the gap, and "
            f"{s['contrasts-against']} below, all those with the time after."
        ),
        "caption": "Right of the line the front was faster in shortage, as the article expects. "
        "Arrival: the weeks in which the shells came.",
        "claims": ["shortage-explains"],
        "columns": {
            "counted_by": "Who counts",
            "measure": "Measure",
            "shortage": "Shortage",
            "other": "Beside",
            "difference_km2_per_day": Column("Difference, km² a day", 1),
        },
    }


_PACES = {
    "period": "Period",
    "km2_per_day": Column("km² a day", 1),
    "gain_km2": Column("Gain, km²", 0),
    "basis": "Basis",
    "published": "Printed on",
}
_AFP_SOURCE = "Source: AFP from ISW maps, ground that Russia only claims included"


def _slower_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "When the first new shells came, the front slowed",
        "subtitle": "Russian gains, km² a day, 2023 to July 2024",
        "source": _AFP_SOURCE,
        "note": "January to April: the gain to 30 July less that of May, June and July.",
        "alt": (
            f"Bars: {s['pace-before']} km² a day in 2023, {s['pace-gap']} in January to April "
            f"2024, {s['pace-may']} in May, {s['pace-june']} in June, {s['pace-july']} in July."
        ),
        "caption": "All bars were printed in July 2024. ISW’s own count to 29 April, public when "
        f"the article appeared, makes {s['isw-gap']} a day.",
        "claims": ["shortage-explains"],
        "columns": _PACES,
    }


def _faster_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "With the shells there, the front moved faster than in the gap",
        "subtitle": "Russian gains, km² a day, the gap and July to November 2024",
        "source": _AFP_SOURCE,
        "note": f"Kyiv’s ratio: {s['kyiv-spring']} in the spring, {s['kyiv-summer']} in July and "
        f"August, {s['kyiv-september']} in September.",
        "alt": (
            f"Bars: {s['pace-gap']} km² a day in January to April 2024; by month "
            f"{s['pace-july']} in July, rising to {s['pace-november']} in November."
        ),
        "caption": "None of these bars was known when the article appeared.",
        "claims": ["shortage-explains"],
        "columns": _PACES,
    }


_FIGURES = {
    "firepower-ratios": _ratios_figure,
    "firepower-volumes": _volumes_figure,
    "firepower-phases": _phases_figure,
    "firepower-causes": _causes_figure,
    "firepower-absences": _absences_figure,
    "firepower-bombs": _bombs_figure,
    "firepower-force": _force_figure,
    "firepower-contrasts": _contrasts_figure,
    "firepower-slower": _slower_figure,
    "firepower-faster": _faster_figure,
}
