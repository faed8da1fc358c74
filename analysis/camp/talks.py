"""Talks, terms and time: who moves whom, what was on offer, and what waiting did."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis import calls, diplomacy, losses, statements, tables, terms, territory, verdicts
from analysis.assessing import evidence, firm_families, stated
from analysis.assessments import terms_on_the_table
from analysis.camp.ground import (
    CHANGES,
    ISW_2022,
    ISW_DAILY,
    MAPS,
    held_now,
    held_then,
    isw,
    isw_km2,
    last_day,
    share,
)
from analysis.camp.support import KIEL
from analysis.claims import WINDOW_END, Assessment, Finding, Value
from analysis.counterclaims import counterclaim, proposition
from analysis.formatting import are, area, count, day, how_many, number, percent

CODES, PAPERS, EVENTS = "terms-codes", "terms-proposals", "diplomacy-timeline"
DRONES = "air-attacks-monthly"
CODERS: tuple[terms.Coder, ...] = ("first", "second", "both")
MILLEY, WINDOW = date(2022, 11, 16), date(2023, 1, 13)
ESSAY = date(2023, 11, 17)
JUNE_TERMS = "ru-2024-06-14"
CONCESSIONS, MARCETIC = date(2023, 8, 29), date(2024, 5, 28)
# The leak that he answers, and the Russian and American papers at and around the window's end.
LEAK = "ru-2024-05-24"
AFTER_THE_LEAK = ("ru-2025-06-02", "ru-2025-08-15", "us-2025-11-20", "ru-2025-12-24")


def time_measures() -> pd.DataFrame:
    """Return what moved for and against Ukraine between the end of 2023 and that of 2025."""
    names = {
        "total": MAPS,
        "changes": CHANGES,
        "kiel": KIEL,
        "oryx": "oryx-losses",
        "cases": "evasion-cases",
        "ratios": "shell-ratios",
    }
    frames = {short: tables.read(name) for short, name in names.items()}
    return calls.time_measures(frames, ESSAY, WINDOW_END.date())


def provinces() -> str:
    """Return the number of provinces that Russia declared its own, as a word."""
    return count(len(territory.ANNEXED))


def demanded_km2() -> float:
    """Return the ground in the four provinces that Russia asked for and did not hold."""
    rows = statements.demanded_not_held(
        tables.read("deepstate-daily-by-oblast"),
        tables.read("oblast-areas"),
        territory.ANNEXED,
        tables.read(MAPS)["date"].min(),
    )
    return float(rows["not_held_km2"].sum())


def gained_in_window_km2() -> float:
    """Return the ground gained by Russian forces from the first map to the window's end."""
    total = tables.read(MAPS)
    return territory.net_change_km2(total, total["date"].min().date(), WINDOW_END.date())


def settled_share() -> float:
    """Return the share of interstate wars settled short of total victory (Min 2020)."""
    return float(evidence(["fwt-min-two-thirds-settle"])["value"].iloc[0])


@counterclaim("charap-priebe-2023-01-washington-steps")
def washington() -> Assessment:
    """Count rounds of talks and ends of the war, before and after Washington mediated."""
    events, turn = tables.read(EVENTS), calls.WASHINGTON_MEDIATES
    start = date(2023, 1, 25)
    rounds = (
        diplomacy.meetings(events, start, turn),
        diplomacy.meetings(events, turn, last_day()),
    )
    years = ((turn - start).days / 365.25, (last_day() - turn).days / 365.25)
    low, high = calls.rate_difference(0, years[0], 0, years[1])
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("charap-priebe-2023-01-washington-steps"),
                verdict=verdicts.causal(low, high, expected_sign=1),
                evidence_for=(EVENTS, "istanbul-2025-first-direct"),
                evidence_against=(PAPERS, CODES),
                note=(
                    "Declared interval: change of the rate of negotiated ends, none in either "
                    f"period, with exact Poisson limits ({number(low, 1)} to {number(high, 1)} a "
                    "year). Rounds of talks are a proxy: they rose, and no end came of them."
                ),
            ),
        ),
        then=stated(
            f"{count(rounds[0])} rounds of direct talks from the paper to {day(turn)}",
            date=str(turn),
            status="now",
            evidence=(EVENTS,),
        ),
        now=stated(
            f"{count(rounds[1])} rounds from then to {day(last_day())}, no settlement",
            date=str(last_day()),
            status="now",
            evidence=(EVENTS,),
        ),
        reason=(
            f"Under a Washington that mediated there were {count(rounds[1])} rounds of talks "
            f"after {how_many(rounds[0])} from {day(start)} to then, and no end in either time."
        ),
        would_change="A settlement, or several wars with and without such steps.",
    )


@counterclaim("ramaphosa-2023-06-all-wars")
def all_wars() -> Assessment:
    """One published count of wars that were not settled is enough."""
    settled = settled_share()
    known, other = ("fwt-min-two-thirds-settle",), "fwt-ucdp-1946-2005-victory"
    since = evidence(known)["as_of"].iloc[0].year
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("ramaphosa-2023-06-all-wars"),
                verdict=verdicts.universal(known if settled < 1 else ()),
                evidence_against=(*known, other),
                note=(
                    f"{count(len((*known, other))).capitalize()} counts with different lists of "
                    "wars; in either, many ended by the "
                    "victory of one side or faded without a text."
                ),
            ),
        ),
        reason=(
            f"In the count published in 2020, {percent(settled)} of interstate wars "
            f"since {since} ended by a settlement short of total victory, so the others did not."
        ),
        correction_direction="neutral",
        would_change="Nothing: the word all falls by one war.",
        weaker_form=("The weaker form, that most wars end by a settlement, stands in that count."),
    )


@counterclaim("charap-radchenko-2024-04-extraordinary")
def extraordinary() -> Assessment:
    """Read the papers of spring 2022, and the distance of the sides then and since."""
    supporting = (
        "istanbul-crimea-years",
        "istanbul-guarantors",
        "sup-bs-draft-army-ru",
        "sup-bs-draft-army-ua",
        "talks-2022-last-draft",
    )
    april, now = calls.apart(date(2022, 4, 15), "both"), calls.apart(last_day(), "both")
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("charap-radchenko-2024-04-extraordinary"),
                verdict=verdicts.event(firm_families(supporting), (), measured=False),
                evidence_for=(*supporting, CODES, PAPERS),
                note=(
                    "The communiqué puts Crimea off for years and offers neutrality under "
                    "guarantees; the size of the army in the draft of April 2022 was printed in "
                    "March 2024, and drafts of 17 March and 15 April 2022 in June. "
                    "To consider is not to sign, and no final text was agreed."
                ),
            ),
        ),
        then=stated(
            f"apart for sure on {april.apart} of {april.spoken} subjects in April 2022",
            date="2022-04-15",
            status="about then, known later",
            evidence=(CODES,),
        ),
        now=stated(
            f"apart for sure on {now.apart} of {now.spoken} subjects in August 2026",
            date=str(last_day()),
            status="now",
            evidence=(CODES,),
        ),
        reason=(
            "The communiqué of Istanbul and the drafts of April 2022 show both sides moving: they "
            f"stood apart for sure on {april.apart} of {april.spoken} subjects, the least share "
            "of any time since."
        ),
        correction_direction="hurts",
        would_change="Proof that the drafts were forged or that no leader had seen them.",
    )


@counterclaim("milley-2022-11-strength")
def strength() -> Assessment:
    """Set the line of November 2022 beside later ones, and beside what both then asked for."""
    then, later = isw_km2(MILLEY), isw()
    since = later[later["date"] > pd.Timestamp(MILLEY)]["area_km2"]
    lowest = float(since.min())
    asked = calls.apart(MILLEY, "both")
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("milley-2022-11-strength"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=(
                    ISW_2022,
                    ISW_DAILY,
                    MAPS,
                    "milley-2022-11-16-strength-cnn",
                    "milley-cement-gains",
                ),
                evidence_against=(CODES, "annexation-2022-09-30-talks", "annexation-2022-09-30"),
                note=(
                    "That it was the strongest moment can be counted; that talks would then have "
                    f"paid cannot. Russia had just declared {provinces()} provinces its own and "
                    f"not for discussion, and the sides stood apart on {asked.apart} of "
                    f"{asked.spoken} subjects."
                ),
            ),
        ),
        then=held_then(MILLEY),
        now=held_now(),
        reason=(
            f"Russian forces held {percent(share(then), 1)} of Ukraine that day and at the least "
            f"{percent(share(lowest), 1)} soon after (ISW, to November 2023); the DeepState maps, "
            "another tracker, begin in July 2024 and have risen since."
        ),
        would_change="A text of November 2022 that shows what Russia would have accepted.",
    )


@counterclaim("beebe-2023-01-window")
def window() -> Assessment:
    """How far apart the sides stood in January 2023, two years later and at the window's end."""
    turn, end = calls.WASHINGTON_MEDIATES, WINDOW_END.date()
    stood = {
        coder: [calls.apart(when, coder).share for when in (WINDOW, turn, end)] for coder in CODERS
    }
    farther_end = [shares[2] > shares[0] for shares in stood.values()]
    farther_turn = [shares[1] > shares[0] for shares in stood.values()]
    letter, spirit = _by_coders(farther_end), _by_coders(farther_turn)
    first = [calls.apart(when, "both") for when in (WINDOW, turn, end)]
    events = tables.read(EVENTS)
    quiet = diplomacy.meetings(events, WINDOW, turn)
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("beebe-2023-01-window"),
                verdict=verdicts.forecast(letter, spirit),
                evidence_for=(EVENTS,),
                evidence_against=(CODES, PAPERS),
                note=(
                    "A chance is not observed; the share of subjects on which the sides’ "
                    "standing terms are apart for sure stands for it. Letter: farther apart at "
                    f"the end of 2025. Spirit: farther apart on {day(turn)}, up to which nobody "
                    "had acted. True if so under each coding of the terms, in part if under some."
                ),
            ),
        ),
        then=stated(
            f"apart on {first[0].apart} of {first[0].spoken} subjects in January 2023",
            date=str(WINDOW),
            status="about then, known later",
            evidence=(CODES,),
        ),
        now=stated(
            f"apart on {first[2].apart} of {first[2].spoken} subjects in December 2025",
            date=str(end),
            status="now",
            evidence=(CODES,),
        ),
        reason=(
            f"The sides were apart for sure on {percent(first[0].share)} of their common subjects "
            f"in January 2023, on {percent(first[1].share)} on {day(turn)} and on "
            f"{percent(first[2].share)} at the end of 2025; from the first of these days to the "
            f"second there were {count(quiet)} rounds of talks."
        ),
        correction_direction="helps",
        would_change="A better measure of the chance of a settlement than the distance of terms.",
    )


def _by_coders(farther: list[bool]) -> verdicts.Outcome:
    if all(farther):
        return "came true"
    return "in part" if any(farther) else "failed"


@counterclaim("haass-kupchan-2023-11-time")
def time_on_whose_side() -> Assessment:
    """How many measures moved against Ukraine between the end of 2023 and that of 2025."""
    moved = time_measures().set_index("measure")["moved"]
    against, of = int((moved == "against Ukraine").sum()), len(moved)
    better = int((moved == "for Ukraine").sum())
    letter: verdicts.Outcome = "came true" if against == of else "in part" if against else "failed"
    spirit: verdicts.Outcome = "came true" if against > of / 2 else "in part"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("haass-kupchan-2023-11-time"),
                verdict=verdicts.forecast(letter, spirit),
                evidence_for=(MAPS, "oryx-losses", "evasion-cases"),
                evidence_against=(KIEL, "shell-ratios", CODES),
                note=(
                    "Letter: each of the measures moved against Ukraine. Spirit: most "
                    "of them. They are counted, not weighed, and which ones are taken is a choice."
                ),
            ),
        ),
        then=stated(
            "measures at the end of 2023, listed in the chapter",
            date="2023-12-31",
            status="about then, known later",
            evidence=(CHANGES, KIEL, "oryx-losses", "evasion-cases"),
        ),
        now=stated(
            f"{count(against)} of {count(of)} measures moved against Ukraine, {count(better)} "
            "for it",
            date=str(WINDOW_END.date()),
            status="now",
            evidence=(MAPS, KIEL, "oryx-losses", "evasion-cases", "shell-ratios", CODES),
        ),
        reason=(
            f"Of {count(of)} measures {count(against)} moved against Ukraine between the end of "
            f"2023 and that of 2025 (land, American aid, losses of armour, absences) and "
            f"{count(better)} for it (European aid, shells, Russian terms)."
        ),
        would_change="A weight for each measure on which both camps agree.",
    )


@counterclaim("pope-francis-2024-03-before-worse")
def before_worse() -> Assessment:
    """Land, strikes and deaths in spring 2024 and at the end of 2025."""
    pace = territory.pace_by_period(tables.read(CHANGES), tables.read(MAPS))
    rate = pace.set_index("period")["km2_per_day"]
    drones = tables.read(DRONES).set_index("month")["drones_launched"]
    flown = [float(drones[month]) for month in ("2024-03", "2025-11")]
    dead = tables.read("meduza-dead-2026")
    fallen = [losses.dead_by(dead, when) for when in (date(2024, 3, 9), date(2025, 12, 3))]
    worse = (
        rate["2025"] > rate["Jan–Apr 2024"],
        flown[1] > flown[0],
        gained_in_window_km2() > 0,
    )
    outcome: verdicts.Outcome = "came true" if all(worse) else "in part" if any(worse) else "failed"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("pope-francis-2024-03-before-worse"),
                verdict=verdicts.forecast(outcome, outcome),
                evidence_for=(MAPS, CHANGES, DRONES),
                evidence_against=(CODES, "pope-2024-03-never-surrender"),
                note=(
                    "Letter and spirit: the land held, the pace at which it is lost and the "
                    "drones launched in a month are all worse. Terms, which are not meant by the "
                    "words, went both ways. Of the dead only the Russian ones are estimated week "
                    f"by week: {number(round(fallen[0], -3))} by the interview, "
                    f"{number(round(fallen[1], -3))} by the end of the window."
                ),
            ),
        ),
        then=stated(
            f"{number(flown[0])} drones launched in March 2024; Russian gains "
            f"{number(rate['Jan–Apr 2024'], 1)} km² a day",
            date="2024-03-31",
            status="about then, known later",
            evidence=(DRONES, CHANGES),
        ),
        now=stated(
            f"{number(flown[1])} drones in November 2025; {number(rate['2025'], 1)} km² a day in "
            "2025",
            date="2025-11-30",
            status="now",
            evidence=(DRONES, MAPS),
        ),
        reason=(
            f"Drones launched at Ukraine rose from {number(flown[0])} in March 2024 to "
            f"{number(flown[1])} in November 2025, and Russian forces gained "
            f"{area(gained_in_window_km2())} in the article’s window."
        ),
        would_change="A reading in which terms or the army’s own strength decide what is worse.",
    )


@counterclaim("charap-2023-08-concessions")
def concessions() -> Assessment:
    """Ukraine's own standing demands on that day and on the last of the data."""
    counts = terms.window("Ukraine", CONCESSIONS, last_day())
    points = count(int(evidence(["formula-2022-points"])["value"].iloc[0]))
    lower, higher = int(counts["worse for sure"]), int(counts["better for sure"])
    stood = [terms.standing("Ukraine", when, "both") for when in (CONCESSIONS, last_day())]
    moved = terms.compared(*stood).set_index("dimension")["change"].to_dict()
    on_line = str(moved["territory_de_facto"]).removesuffix(" for sure")
    letter: verdicts.Outcome = "came true" if terms_on_the_table.settlements() else "open"
    spirit: verdicts.Outcome = "came true" if lower > higher else "failed"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("charap-2023-08-concessions"),
                verdict=verdicts.forecast(letter, spirit),
                evidence_for=(CODES, PAPERS),
                evidence_against=("abudhabi-2026-donetsk-left",),
                note=(
                    "Letter: concessions in a text that both sides have signed; there is none, and "
                    "no date is given, so it is open. Spirit: Ukraine’s own standing demands are "
                    "lower for sure on more items than they are higher, under both codings. What "
                    "is asked for is not yet what is given."
                ),
            ),
        ),
        then=stated(
            f"all land within the borders of 1991 ({points} points of November 2022)",
            date="2022-11-15",
            status="about then, known later",
            evidence=(CODES,),
        ),
        now=stated(
            f"{count(lower)} items lower for sure and {count(higher)} higher; the line of control "
            f"is {on_line}",
            date=str(last_day()),
            status="now",
            evidence=(CODES,),
        ),
        reason=(
            f"Between August 2023 and the last day of the data Ukraine’s own standing demands came "
            f"down for sure on {count(lower)} items, from the borders of 1991 to the present line "
            f"among them, and went up on {count(higher)}; nothing has been signed."
        ),
        would_change="A settlement, with or without concessions by Ukraine.",
    )


@counterclaim("marcetic-2024-05-deal-now")
def deal_now() -> Assessment:
    """Set a halt on the line of that day beside the land, deaths and papers that followed."""
    gain = gained_in_window_km2()
    dead = tables.read("meduza-dead-2026")
    ends = [losses.dead_by(dead, when) for when in (MARCETIC, WINDOW_END.date())]
    died = ends[1] - ends[0]
    line = line_after_the_leak()
    sources = int(evidence(["reuters-2024-05-freeze-sources"])["value"].iloc[0])
    worse, better = (
        [name for name, word in line.items() if word == f"{way} for sure"]
        for way in ("worse", "better")
    )
    followed = (gain > 0, died > 0, not better)
    spirit: verdicts.Outcome = (
        "came true" if all(followed) else "in part" if any(followed) else "failed"
    )
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("marcetic-2024-05-deal-now"),
                verdict=verdicts.forecast("not tested", spirit),
                evidence_for=(MAPS, "reuters-2024-05-freeze-sources", "meduza-dead-2026"),
                evidence_against=(CODES, PAPERS, "putin-2024-06-14-terms"),
                note=(
                    "Letter: no such deal was struck, so its condition never came. Spirit: a halt "
                    "on the line of that day, taken as one that was to be had and was kept, beside "
                    "what followed; true if land was lost, people died and no later paper has a "
                    f"better line for Ukraine for sure: {spirit}. Whether it was to be had is not "
                    f"known: {count(sources)} unnamed sources said so, and the public terms of "
                    f"14 June 2024 asked for {provinces()} provinces. Other terms of the leak are "
                    "not known."
                ),
            ),
        ),
        then=stated(
            "a leaked readiness to halt on the line of the day; no text, no terms on arms or "
            "alliances",
            date="2024-05-24",
            status="known then",
            evidence=("reuters-2024-05-freeze-sources",),
        ),
        now=Value(
            value=round(gain, 0),
            unit="km2",
            text="gained by Russian forces from the first map to the end of the window",
            date=str(WINDOW_END.date()),
            status="now",
            evidence=(MAPS,),
        ),
        reason=(
            f"No deal was struck; Russian forces gained {area(gain)} by the end of the window, a "
            f"model counts about {number(round(died, -3))} more Russian dead, and on the line "
            f"{are(len(worse))} worse for Ukraine for sure of {count(len(line))} later papers and "
            f"{are(len(better))} better. That the halt was to be had is not shown."
        ),
        would_change="A Russian document of May 2024 that says on what terms it would have halted.",
    )


def line_after_the_leak() -> dict[str, str]:
    """Return the change on the line of control from the leak to each later paper, by paper.

    Sure only where it is so under both codings of the terms.
    """
    moved = {name: terms.movement(LEAK, name, "both") for name in AFTER_THE_LEAK}
    return {
        name: str(found.set_index("dimension")["change"].to_dict()["territory_de_facto"])
        for name, found in moved.items()
    }


@counterclaim("mearsheimer-2024-06-best-deal")
def best_deal() -> Assessment:
    """Set what the terms of June 2024 asked for beside what was lost and asked for later."""
    demanded, gained = demanded_km2(), gained_in_window_km2()
    first = tables.read(MAPS)["date"].min()
    line = terms.movement(JUNE_TERMS, "ru-2025-08-15", "both").set_index("dimension")
    softer = line.loc["territory_de_facto", "change"] == "better for sure"
    letter: verdicts.Outcome = "failed" if softer else "open"
    spirit: verdicts.Outcome = "failed" if demanded > gained else "came true"
    rest = float(evidence(["anchorage-2025-ukraine-leaves"])["value"].iloc[0])
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("mearsheimer-2024-06-best-deal"),
                verdict=verdicts.forecast(letter, spirit),
                evidence_for=("putin-2024-06-14-terms",),
                evidence_against=(MAPS, CODES, "anchorage-2025-ukraine-leaves"),
                note=(
                    "Letter: later Russian terms ask for less on the line of control for sure. "
                    "Spirit: fighting on cost less ground than the terms asked for. Lives are "
                    "not in this sum, and no Russian terms were ever accepted."
                ),
            ),
        ),
        then=Value(
            value=round(demanded, 0),
            unit="km2",
            text=f"of the {provinces()} provinces not held by Russian forces in July 2024",
            date=str(first.date()),
            status="about then, known later",
            evidence=(MAPS, "deepstate-daily-by-oblast", "oblast-areas"),
        ),
        now=Value(
            value=round(gained, 0),
            unit="km2",
            text="gained by Russian forces to the end of the window",
            date=str(WINDOW_END.date()),
            status="now",
            evidence=(MAPS,),
        ),
        reason=(
            f"The terms asked for {area(demanded)} that Russian forces did not hold; from "
            f"{day(first)} to {day(WINDOW_END)} they gained {area(gained)}, and by August "
            f"2025 the demand had shrunk to about {area(rest)}."
        ),
        correction_direction="helps",
        would_change="A settlement that leaves Ukraine less than those terms would have.",
    )
