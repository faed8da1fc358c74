"""Numbers and figure texts of the chapter on losses."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from analysis import claims, losses, tables
from analysis.assessments import losses as assessed
from analysis.book import Column
from analysis.formatting import between, count, day, month, number, percent

ORYX_SOURCE = "Oryx, copied by scarnecchia and leedrake5"
ARTICLE = claims.ARTICLE_DATE
WINDOW_END = claims.WINDOW_END
THIRD_PCT = 100 / 3
LAST_LIST, NEWEST_LIST = assessed.LAST_LIST, assessed.NEWEST_LIST
# Half-years before and after the article, then the single lists that are held.
INTERVALS = (
    date(2022, 12, 2),
    date(2023, 6, 2),
    date(2023, 12, 2),
    date(2024, 6, 2),
    date(2024, 12, 2),
    date(2025, 6, 2),
    date(2025, 11, 15),
    date(2026, 2, 24),
    date(2026, 5, 15),
    date(2026, 9, 15),
)
# Estimates that do not tell the killed from the wounded.
TOGETHER = ("killed and wounded",)
# Where the half-year before the article begins.
_EVE = "2023-12-02"
_YEARS = (date(2023, 6, 2), date(2024, 6, 2), date(2025, 6, 2))


@cache
def oryx() -> pd.DataFrame:
    """Visually confirmed losses."""
    return tables.read("oryx-losses")


@cache
def found() -> pd.DataFrame:
    """Every estimate of killed and wounded with its number."""
    return losses.estimates(tables.read("casualty-estimates"), tables.read("evidence"))


@cache
def uk() -> pd.DataFrame:
    """Monthly casualties, UK and Ukraine."""
    return losses.uk_over_ukraine(
        tables.read("uk-mod-casualties-monthly"), tables.read("general-staff-losses-monthly")
    )


@cache
def ratios() -> pd.DataFrame:
    """Russian over Ukrainian new losses by interval."""
    return losses.ratios_for_chart(oryx(), INTERVALS)


def _fact(evidence_id: str, decimals: int = 0) -> str:
    return number(assessed.fact(evidence_id), decimals)


def printed_and_its_third() -> pd.DataFrame:
    """Return the printed number of casualties and its third, in thousands: where lines stand."""
    persons = [assessed.third(), assessed.printed("casualties-465k")]
    return pd.DataFrame({"x": [value / 1000 for value in persons]})


def _range(evidence_id: str) -> str:
    low, high = assessed.ends(evidence_id)
    return between(number(low), number(high))


def _equipment() -> dict[str, str]:
    first, last = losses.days_that_fit(oryx(), claims.table())
    russia = {key: assessed.count(key, LAST_LIST) for key in assessed.KINDS}
    ukraine = {key: assessed.count(key, LAST_LIST, country="Ukraine") for key in assessed.KINDS}
    destroyed = assessed.count("equip-16000", LAST_LIST, ("destroyed",))
    captured = assessed.count("equip-16000", LAST_LIST, ("captured",))
    printed = claims.table()["claimed_value"]
    everything = losses.confirmed(oryx(), "Russia")
    passed = losses.first_above(everything, printed["equip-16000"])
    of_armour = losses.confirmed(oryx(), "Russia", losses.ARMOUR)
    armour = losses.first_above(of_armour, printed["armour-5000"])
    narrow = assessed.equipment_readings()[-1].value
    return {
        "last-list": day(LAST_LIST),
        "newest-list": day(NEWEST_LIST),
        "fit-first": day(first),
        "fit-last": day(last),
        "total": number(russia["equip-16000"]),
        "tanks": number(russia["tanks-3000"]),
        "armour": number(russia["armour-5000"]),
        "total-ua": number(ukraine["equip-16000"]),
        "tanks-ua": number(ukraine["tanks-3000"]),
        "armour-ua": number(ukraine["armour-5000"]),
        "ratio-total": number(russia["equip-16000"] / ukraine["equip-16000"], 1),
        "ratio-tanks": number(russia["tanks-3000"] / ukraine["tanks-3000"], 1),
        "destroyed": number(destroyed),
        "destroyed-share": percent(destroyed / russia["equip-16000"]),
        "captured": number(captured),
        "without-trucks": number(narrow),
        "printed-all": number(printed["equip-16000"]),
        "printed-tanks": number(printed["tanks-3000"]),
        "printed-armour": number(printed["armour-5000"]),
        "figures": count(len(losses.COUNTED)),
        "passed-days": count((ARTICLE - passed).days),
        "passed-16000": day(passed),
        "passed-5000": month(armour),
        "claim-tanks-ratio": number(
            assessed.fact("gs-tanks-2024-05-15") / assessed.fact("oryx-ru-tanks-2024-05-15"), 1
        ),
        "gs-tanks": _fact("gs-tanks-2024-05-15"),
    }


def _ratio(measure: str, start: str, column: str = "ratio") -> float:
    rows = ratios()
    chosen = rows[(rows["measure"] == measure) & (rows["start"] == pd.Timestamp(start))]
    return float(chosen[column].iloc[0])


def _below_one(measure: str) -> pd.Timestamp:
    """First day of the first period from which on each ratio that has a value is below one."""
    rows = ratios().dropna(subset="ratio")
    rows = rows[rows["measure"] == measure]
    above = rows.loc[rows["ratio"] >= 1, "end"].max()
    return pd.Timestamp(rows.loc[rows["start"] >= above, "start"].min())


def _pace() -> dict[str, str]:
    tanks = losses.interval_losses(oryx(), INTERVALS, ("tanks",)).set_index("start")
    monthly, theirs = tanks["russia_per_month"], tanks["ukraine_per_month"]
    years = losses.interval_losses(oryx(), _YEARS, ("tanks",))["russia"]
    to_november = (LAST_LIST, date(2025, 11, 15))
    window = losses.interval_losses(oryx(), to_november)
    window_tanks = losses.interval_losses(oryx(), to_november, ("tanks",))
    return {
        "ratio-before": number(_ratio("all equipment", _EVE), 1),
        "eve": month(_EVE),
        "ratio-end": number(_ratio("all equipment", "2025-06-02"), 1),
        "ratio-winter": number(_ratio("all equipment", "2025-11-15"), 2),
        "ratio-2026": number(_ratio("all equipment", "2026-05-15"), 2),
        "below-all": month(_below_one("all equipment")),
        "below-armour": month(_below_one("tanks and armour")),
        "ratio-armour-before": number(_ratio("tanks and armour", "2023-12-02"), 1),
        "ratio-armour-end": number(_ratio("tanks and armour", "2025-06-02"), 1),
        "ratio-armour-2026": number(_ratio("tanks and armour", "2026-05-15"), 2),
        "tanks-month-before": number(monthly["2023-12-02"]),
        "tanks-month-end": number(monthly["2025-06-02"]),
        "tanks-month-2026": number(monthly["2026-05-15"]),
        "tanks-month-ua-2026": number(theirs["2026-05-15"]),
        "tanks-year": number(years.iloc[0]),
        "tanks-year-after": number(years.iloc[1]),
        "window-ru": number(window["russia"].iloc[0]),
        "window-ua": number(window["ukraine"].iloc[0]),
        "window-tanks": number(window_tanks["russia"].iloc[0]),
        "total-2026": number(assessed.count("equip-16000", NEWEST_LIST)),
        "total-feb-2026": number(assessed.count("equip-16000", date(2026, 2, 24))),
        "tanks-2026": number(assessed.count("tanks-3000", NEWEST_LIST)),
        "break-from": day("2026-02-24"),
        "break-to": day("2026-05-15"),
    }


def _stores() -> dict[str, str]:
    stored = losses.stores(tables.read("tank-stocks")).set_index("as_of")["tanks"]
    stocks = tables.read("tank-stocks")
    new = stocks[(stocks["measure"] == "new built") & (stocks["as_of"] == "2024-12-31")]
    refit = stocks[(stocks["measure"] == "put into service") & (stocks["publisher"] == "IISS")]
    return {
        "stores-before": number(stored.iloc[0]),
        "stores-iiss": number(stored["2024-02-13"]),
        "stores-2024": number(stored["2024-12-31"]),
        "stores-last": number(stored.iloc[-1]),
        "stores-fall": percent(1 - stored.iloc[-1] / stored.iloc[0]),
        "stores-span": f"{month(stored.index[0])} to {month(stored.index[-1])}",
        "new-low": number(new["low"].min()),
        "new-high": number(new["high"].max()),
        "new-2025": _fact("janes-tanks-2025"),
        "generated": between(number(refit["low"].iloc[0]), number(refit["high"].iloc[0])),
        "larger": percent(assessed.fact("cavoli-15pc-larger") / 100),
        "front-2025": _fact("cavoli-2025-600k"),
        "three-years": count(int(assessed.fact("iiss-three-years-2024-02"))),
        "uk-month": _fact("uk-mod-100-tanks-month-2024-01"),
    }


def _fleet() -> dict[str, str]:
    shares = {name: assessed.fleet_share(name) for name in tables.read("fleet-sizes")["size_id"]}
    combat, small, every = shares["combat-74"], shares["ships-58"], shares["all-275"]
    vessels = losses.vessels_for_chart(tables.read("fleet-vessels"))
    own = vessels[vessels["group"] == "Warships"]
    return {
        "ua-share": percent(assessed.fact("bsf-third-ap-2024-03-26") / 100),
        "uk-share": percent(assessed.fact("uk-osce-quarter-bsf") / 100),
        "hit": number(len(vessels)),
        "hit-destroyed": number((vessels["state"] == "destroyed").sum()),
        "hit-damaged": number((vessels["state"] == "damaged").sum()),
        "hit-claimed": number((vessels["state"] == "claimed").sum()),
        "hit-other": number((vessels["group"] == "Not of that fleet").sum()),
        "hit-warships": number(len(own)),
        "combat": number(combat.vessels),
        "combat-hit": number(combat.pictured),
        "combat-most": number(combat.at_most),
        "combat-low": percent(combat.low),
        "combat-high": percent(combat.high),
        "small-low": percent(small.low),
        "small-high": percent(small.high),
        "small": number(small.vessels),
        "every": number(every.vessels),
        "every-low": percent(every.low),
        "every-high": percent(every.high),
        "afloat-low": percent(shares["afloat-over-74"].low),
        "landing-low": percent(shares["landing-13"].low),
        "landing-high": percent(shares["landing-13"].high),
        "naval-now": _fact("oryx-ru-naval-2026-09-15"),
        "naval-2024": number(
            losses.on_day(losses.confirmed(oryx(), "Russia", ("ships and submarines",)), LAST_LIST)
        ),
    }


def _people() -> dict[str, str]:
    wounded = losses.for_chart(found(), "Russia", TOGETHER)
    known = wounded[wounded["published"] <= ARTICLE]
    copies = wounded[wounded["root"] == losses.ROOTS[True]]
    ratio = assessed.uk_ratio()
    near = (ratio["ratio"].sub(1).abs() <= 0.01).sum()
    return {
        "estimates": number(len(wounded)),
        "estimates-copies": number(len(copies)),
        "estimates-low": number(known["low"].fillna(known["point"]).min()),
        "estimates-high": number(known["high"].fillna(known["point"]).max()),
        "uk-465": _fact("sup-ukmod-465k-2024-05-04"),
        "uk-500": _fact("uk-mod-500k-2024-05-31"),
        "gs-465": _fact("gs-465k-2024-04-27"),
        "gs-article": _fact("gs-personnel-2024-06-03"),
        "nato": _fact("nato-350k-2024-04"),
        "nato-permanent": _fact("nato-200k-permanent-2024-04"),
        "us-june": _fact("us-austin-350k-2024-06"),
        "us-october": _fact("us-600k-2024-10"),
        "france": _fact("france-500k-2024-05-03"),
        "france-dead": _fact("france-150k-dead-2024-05-03"),
        "economist-june": _range("economist-462-728k-2024-06"),
        "uk-months": number(len(ratio)),
        "uk-near": number(near),
        "uk-ratio-mean": number(ratio["ratio"].mean(), 2),
        "third": number(assessed.third()),
        "third-force": percent(assessed.third_readings()[0].value),
        "third-intake": percent(assessed.third_readings()[1].value),
        "third-afghanistan": number(assessed.third_readings()[2].value, 1),
        "force": number(round(assessed.force_at_start(), -4)),
        "afghanistan": _fact("soviet-afghanistan-1988-05"),
        "army-recruits": _fact("medvedev-2023-contracts"),
    }


def _dead() -> dict[str, str]:
    weekly = tables.read("meduza-dead-2026")
    before = losses.dead_by(weekly, LAST_LIST)
    end = losses.dead_by(weekly, date(2025, 11, 30))
    killed = losses.dead_by(weekly, LAST_LIST, "killed")
    return {
        "dead-most": number(losses.for_chart(found(), "Russia", ["killed"])["point"].max()),
        "dead-flash": _fact("meduza-flash-2024-05-13"),
        "dead-flash-range": _range("meduza-flash-2024-05-13"),
        "dead-now": number(before),
        "dead-killed": number(killed),
        "dead-missing": number(before - killed),
        "dead-window": number(round(end - before, -3)),
        "dead-end": number(round(end, -3)),
        "names": _fact("mediazona-50471-2024-04"),
        "names-may": _fact("mediazona-52789-2024-05"),
        "names-2026": _fact("mediazona-200k-2026-02-24"),
        "names-then-known": number(losses.dead_by(weekly, LAST_LIST, "named")),
        "bbc-2026": _range("bbc-dead-range-2026-06"),
        "official-ru": _fact("russia-official-5937"),
        "ua-official": _fact("zelensky-31k-2024-02"),
        "ua-names": _fact("ualosses-42k-2024-02"),
        "ua-leak": _fact("wsj-80k-ua-2024"),
        "ua-us": _fact("us-70k-ua-dead-2023-08"),
        "ua-leak-wounded": _fact("wsj-400k-wounded-ua-2024"),
        "ua-official-2026": _fact("zelensky-55k-2026-02"),
        "ua-csis-2026": _range("csis-ua-dead-2026-06"),
        "kobak": _fact("kobak-excess-2024-01"),
        "meduza-2023": _fact("meduza-75k-2023-12"),
        "ru-claim-2023": _fact("ru-mod-383k-ua-2023-12"),
        "ru-claim-2024": _fact("ru-mod-444k-ua-2024-02"),
        "ru-claim-spring": _fact("shoigu-111k-2024"),
        "ua-us-together": _range("us-190k-ua-2023-08"),
        "ua-leak-together": _fact("wsj-480k-ua-2024"),
    }


def _after() -> dict[str, str]:
    staff = tables.read("general-staff-losses-monthly")
    people = staff[staff["category"] == "personnel"].set_index("month")["claimed"]
    best = pd.Timestamp(str(people.idxmax()))
    window = losses.claimed_between(staff, "personnel", "2024-06", "2025-11")
    before = int(people[:"2024-05-01"].sum())
    tanks = staff[staff["category"] == "tanks"].set_index("month")["claimed"]
    return {
        "claim-may": number(people["2024-05-01"]),
        "claim-peak": number(people[best]),
        "claim-peak-month": month(best),
        "claim-last": number(people.iloc[-1]),
        "claim-last-month": month(people.index[-1]),
        "claim-window": number(window),
        "claim-before": number(before),
        "claim-tanks-may": number(tanks["2024-05-01"]),
        "claim-tanks-nov": number(tanks["2025-11-01"]),
        "claim-tanks-last": number(tanks.iloc[-1]),
        "model-now": _range("economist-meta-2026-08-21"),
        "csis-ru": _fact("csis-1-49m-2026-06"),
        "gs-now": _fact("gs-personnel-2026-08-08"),
    }


def _verdicts() -> dict[str, str]:
    home = claims.at_home_in("losses")
    stands = [r for r in home if r.verdict in {"holds", "roughly holds", "came true"}]
    falls = [r for r in home if r.verdict == "does not hold"]
    contested = [r for r in home if r.verdict == "contested"]
    depends = [r for r in home if r.verdict == "depends on reading"]
    return {
        "claims": count(len(home)),
        "claims-stand": count(len(stands)),
        "claims-fall": count(len(falls)),
        "claims-contested": count(len(contested)),
        "claims-depends": count(len(depends)),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (
        _equipment(), _pace(), _stores(), _fleet(), _people(), _dead(), _after(), _verdicts(),
    )  # fmt: skip
    return {name: text for part in parts for name, text in part.items()}


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _confirmed() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"By June 2024 pictures show Russian forces losing {s['ratio-total']} times as "
        "much equipment as Ukrainian forces",
        "subtitle": "Pieces of equipment lost with a picture, thousand, cumulative, April 2022 "
        "to September 2026",
        "source": f"Sources: {ORYX_SOURCE}",
        "note": f"Lower bounds. Between {s['break-from']} and {s['break-to']} drones and ground "
        "robots left the list: the lines do not join.",
        "alt": (
            f"Lines. On {s['last-list']} Russian losses stand at {s['total']}, of them "
            f"{s['destroyed']} destroyed, Ukrainian losses at {s['total-ua']}. By "
            f"{s['newest-list']}, on a narrower list, Russian losses are {s['total-2026']}."
        ),
        "caption": "Thick lines are all lost equipment, thin lines what was destroyed; the "
        "shaded window is the article’s eighteen months.",
        "claims": ["equip-16000", "geolocated"],
        "columns": {
            "date": "Date",
            "country": "Lost by",
            "status": "Status",
            "units": Column("Pieces", 0),
            "scope": "List",
        },
    }


def _days() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"All {s['figures']} figures are true of the lists of {s['fit-first']} to "
        f"{s['fit-last']}",
        "subtitle": "Russian losses with a picture, percent of the number that the article "
        "prints, by list, 8 April to 10 June 2024",
        "source": f"Sources: {ORYX_SOURCE}",
        "note": "A list is shown where it was copied; Oryx also corrects itself downward.",
        "alt": (
            f"Rising lines. Armour passed the printed {s['printed-armour']} in "
            f"{s['passed-5000']}; tanks pass {s['printed-tanks']} by {s['fit-first']}, all "
            f"equipment passes {s['printed-all']} on {s['passed-16000']}, {s['passed-days']} days "
            "before the article."
        ),
        "caption": f"The shaded days are those on which all {s['figures']} figures fit.",
        "claims": ["equip-16000", "tanks-3000", "armour-5000"],
        "columns": {
            "date": "List of",
            "figure": "Figure",
            "units": Column("Pieces", 0),
            "share_pct": Column("Of the printed number, %", 1),
            "fits": "Fits the words",
        },
    }


def _vessels() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"{s['hit']} vessels were reported hit; {s['hit-warships']} of them were "
        "warships of the fleet",
        "subtitle": "Each mark is a vessel destroyed or damaged by 3 June 2024",
        "source": "Sources: Oryx; reports named in the table of vessels",
        "note": "Warships of the fleet of February 2022, landing ships and the submarine included.",
        "alt": (
            f"Rows of marks: {s['hit-destroyed']} vessels destroyed, {s['hit-damaged']} damaged "
            f"and {s['hit-claimed']} claimed by Ukraine’s side alone; {s['hit-other']} did not "
            "belong to the fleet of February 2022 or their home is not known."
        ),
        "caption": "The table names each vessel, with the day and who confirms it.",
        "claims": ["fleet-third"],
        "columns": {
            "vessel": "Vessel",
            "kind": "Kind",
            "group": "Group",
            "service": "Home",
            "hit_date": "Hit on",
            "state": "State",
            "confirmation": "Confirmed by",
        },
    }


def _fleet_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Like over like, {s['combat-low']} to {s['combat-high']} of the fleet had "
        "been hit",
        "subtitle": "Share of the fleet damaged or destroyed by 3 June 2024, percent, by what "
        "is counted",
        "source": "Sources: counted from the table of vessels; sizes by Proekt as read at The "
        "Insider; Ukrainian Navy; UK at the OSCE",
        "note": "From what pictures show to what one side claims and vessels of unknown home.",
        "alt": (
            f"Ranges by denominator: {s['combat']} combat units {s['combat-low']} to "
            f"{s['combat-high']}, {s['small']} without boats {s['small-low']} to "
            f"{s['small-high']}, {s['every']} vessels of all kinds {s['every-low']} to "
            f"{s['every-high']}. Everything hit over {s['combat']} gives {s['afloat-low']} or "
            f"more. Ukraine published {s['ua-share']}, the UK {s['uk-share']}."
        ),
        "caption": "The dashed line is the share that the article prints.",
        "claims": ["fleet-third"],
        "columns": {
            "label": "Counted",
            "basis": "Basis",
            "vessels": Column("Size", 0),
            "pictured": Column("Pictured", 0),
            "at_most": Column("At most", 0),
            "low_pct": Column("From, %", 1),
            "high_pct": Column("To, %", 1),
        },
    }


_ESTIMATE_COLUMNS = {
    "who": "Who",
    "loser": "Soldiers of",
    "counts": "Counts",
    "kind": "Kind",
    "date": "As of",
    "published": "Published",
    "low": Column("From", 0),
    "point": Column("Number, or middle", 0),
    "high": Column("To", 0),
    "repeats": "Rests on",
    "how": "How",
}


def _estimates_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Of {s['estimates']} estimates {s['estimates-copies']} are Ukraine’s own or rest "
        "on its count",
        "subtitle": "Russian soldiers killed and wounded, thousand, estimates of December 2023 "
        "to June 2024",
        "source": "Sources: named in the table",
        "note": "An arrow marks an estimate given as at least so many.",
        "alt": (
            f"Dot plot by kind. Estimates published by the article’s day run from "
            f"{s['estimates-low']} to {s['estimates-high']}. The UK gave {s['uk-465']} and "
            f"then {s['uk-500']}, following Ukraine; NATO and the United States at least "
            f"{s['nato']}; The Economist {s['economist-june']} in mid-June."
        ),
        "caption": "Blue marks are Ukraine’s own or rest on its count; hollow marks repeat or "
        f"follow another. Dashed lines are the printed number and {s['third']}, the part of it "
        "that the article weighs too.",
        "claims": ["casualties-465k", "third-still-heavy"],
        "columns": _ESTIMATE_COLUMNS,
    }


def _ukraine_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "For Ukrainian losses there were Russia’s claims, a count of 2023 and a leak",
        "subtitle": "Ukrainian soldiers killed and wounded, thousand, estimates of August 2023 to "
        "early 2024",
        "source": "Sources: named in the table",
        "note": "Ukraine published no such number. The leak was printed in September 2024.",
        "alt": (
            f"Dot plot on the scale of the figure before. US officials {s['ua-us-together']} in "
            f"August 2023; Russia’s minister {s['ru-claim-2023']} in December 2023 and at least "
            f"{s['ru-claim-2024']} in February 2024; a leaked Ukrainian estimate "
            f"{s['ua-leak-together']}."
        ),
        "caption": "Red marks are claims of Russia. The same scale as in the figure on Russian "
        "losses.",
        "claims": ["casualties-465k"],
        "columns": _ESTIMATE_COLUMNS,
    }


def _dead_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"The dead alone: {s['names']} Russian names known, up to {s['dead-most']} "
        f"claimed; {s['ua-official']} to {s['ua-leak']} of Ukraine",
        "subtitle": "Soldiers killed, thousand, last estimates before or of June 2024; killed "
        "only, no wounded",
        "source": "Sources: named in the table",
        "note": "Every number is of people. Names are a lower bound; Russia’s own figure is of "
        "September 2022.",
        "alt": (
            f"Dot plot, each side in its colour. Russian soldiers: names {s['names']}, Kobak and "
            f"others "
            f"{s['kobak']} to the end of 2023, Meduza and Mediazona {s['dead-flash']}, France "
            f"{s['france-dead']}. Ukrainian soldiers: the "
            f"president {s['ua-official']}, names {s['ua-names']}, US officials {s['ua-us']}, a "
            f"leaked estimate {s['ua-leak']}."
        ),
        "caption": "Above the soldiers of Russia, below, in blue, those of Ukraine, on one scale.",
        "claims": ["third-still-heavy", "casualties-465k"],
        "columns": _ESTIMATE_COLUMNS,
    }


def _uk_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "The UK’s monthly figures are the Ukrainian claim passed on",
        "subtitle": "Russian killed and wounded a day, by month, March 2022 to July 2026",
        "source": "Sources: General Staff of Ukraine, compiled by Petro Ivaniuk; UK Ministry of "
        "Defence, compiled by The Economist",
        "note": "Claims of a party to the war; later corrections taken out.",
        "alt": (
            f"Bars for the Ukrainian claim and dots for the UK figure lie on one another: in "
            f"{s['uk-near']} of {s['uk-months']} months they differ by at most one percent. The "
            f"claim peaks in {s['claim-peak-month']} with {s['claim-peak']} in the month."
        ),
        "caption": "Dots on top of bars: another publisher, one count.",
        "claims": ["casualties-465k"],
        "columns": {
            "month": "Month",
            "ukraine_per_day": Column("Ukraine, a day", 0),
            "uk_per_day": Column("UK, a day", 0),
            "ratio": Column("UK over Ukraine", 3),
        },
    }


def _stores_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Russia’s stored tanks fell by {s['stores-fall']} from {s['stores-span']}",
        "subtitle": "Tanks in Russian storage bases, February 2022 to September 2025",
        "source": "Sources: Re:Russia, IISS and Jompy as read in the press",
        "note": "Counts by different rules; many tanks left are beyond repair.",
        "alt": (
            f"Dots: {s['stores-before']} tanks in store before the war, {s['stores-iiss']} in "
            f"February 2024, {s['stores-2024']} at the end of 2024, {s['stores-last']} by late "
            "summer 2025."
        ),
        "caption": "What was lost was replaced from stores, and the stores ran down.",
        "claims": ["tanks-3000"],
        "columns": {
            "as_of": "Day",
            "tanks": Column("Tanks in store", 0),
            "publisher": "Publisher",
            "note": "Note",
        },
    }


def _ratio_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "The documented exchange of equipment turned against Ukrainian forces",
        "subtitle": "Russian losses for each Ukrainian one, pieces with a picture, by period",
        "source": f"Sources: {ORYX_SOURCE}",
        "note": f"All equipment has no value from {s['break-from']} to {s['break-to']}: the list "
        "changed.",
        "alt": (
            f"Falling lines. For all equipment the ratio falls from {s['ratio-before']} "
            f"from {s['eve']} to the article to {s['ratio-end']} by November 2025, "
            f"{s['ratio-winter']} by February 2026 and, on the narrower list, {s['ratio-2026']} in "
            "summer 2026; for tanks and armour from "
            f"{s['ratio-armour-before']} to {s['ratio-armour-2026']}."
        ),
        "caption": "Below the dashed line pictures show more Ukrainian than Russian losses.",
        "claims": ["equip-16000", "armour-5000"],
        "columns": {
            "start": "From",
            "end": "To",
            "measure": "Counted",
            "russia": Column("Russian losses", 0),
            "ukraine": Column("Ukrainian losses", 0),
            "ratio": Column("Ratio", 2),
        },
    }


_FIGURES = {
    "losses-confirmed": _confirmed,
    "losses-days": _days,
    "losses-vessels": _vessels,
    "losses-fleet": _fleet_figure,
    "losses-estimates": _estimates_figure,
    "losses-ukraine": _ukraine_figure,
    "losses-dead": _dead_figure,
    "losses-uk": _uk_figure,
    "losses-stores": _stores_figure,
    "losses-ratio": _ratio_figure,
}
