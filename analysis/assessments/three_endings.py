"""Assessments of the claims about how the war could end and what each ending takes."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis import diplomacy, endings, tables, territory, verdicts
from analysis.assessing import evidence, proposition, stated
from analysis.claims import WINDOW_END, Assessment, Finding, Value, assessment
from analysis.formatting import area, between, count, day, month, number, percent
from analysis.verdicts import NO_VERDICT, Outcome

WARS = "interstate-wars"
SCORES = "endings-scorecard"
TEXT = "ending-requirements"
CLOCKS = "war-clocks"
TALKS = "diplomacy-timeline"
MAPS = "deepstate-daily-total"

PUNITIVE, SETTLEMENT, NEUTRAL = 1, 2, 3


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


@cache
def wars() -> pd.DataFrame:
    """Return the wars between states since 1823."""
    return tables.read(WARS)


@cache
def maps() -> pd.DataFrame:
    """Return the daily area occupied, DeepState maps."""
    return tables.read(MAPS)


def window_gain_km2() -> float:
    """Net gain of Russian forces from the first map to the end of the article's window."""
    first = maps()["date"].min().date()
    return territory.net_change_km2(maps(), first, WINDOW_END.date())


def gain_since_window_km2() -> float:
    """Net gain of Russian forces from the end of the window to the last map."""
    last = maps()["date"].max().date()
    return territory.net_change_km2(maps(), WINDOW_END.date(), last)


# The three endings ------------------------------------------------------------------------


def parts(ending: int) -> pd.DataFrame:
    """Return the parts of one ending with how they stand."""
    scores = endings.scorecard(tables.read(SCORES))
    return scores[scores["ending"] == ending]


def _evidence(rows: pd.DataFrame) -> tuple[str, ...]:
    named = [name for cell in rows["evidence_ids"] for name in cell.split()]
    return tuple(dict.fromkeys(named))


def _counted(ending: int) -> str:
    counts = parts(ending)["met"].value_counts()
    found = [f"{count(int(counts[word]))} {word}" for word in endings.MET if word in counts]
    return f"of its {count(len(parts(ending)))} parts {', '.join(found)}"


def _ending(claim_id: str, ending: int, then: Value, reason: str, change: str) -> Assessment:
    scores = parts(ending)
    outcome = endings.ending_outcome(scores, ending)
    literal: Outcome = (
        "came true" if outcome == "came true" else "failed" if outcome == "failed" else "open"
    )
    good = scores[scores["met"].isin(["met", "in part"])]
    rest = scores[~scores["met"].isin(["met", "in part"])]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition(claim_id),
                verdict=verdicts.forecast(literal, literal),
                evidence_for=(*_evidence(good), SCORES),
                evidence_against=_evidence(rest),
                note=(
                    "Literal rule: the war ended so, every part met; it fails when the war has "
                    "ended otherwise. Charitable rule: the same, since the article gives no day. "
                    f"By August 2026 {_counted(ending)}."
                ),
            ),
        ),
        then=then,
        now=stated(
            "; ".join(f"{row.part}: {row.met}" for row in scores.itertuples()),
            date=str(scores["as_of"].max().date()),
            status="now",
            evidence=(SCORES,),
        ),
        reason=reason,
        would_change=change,
    )


@assessment("ending-punitive")
def ending_punitive() -> Assessment:
    """More land was taken; no peace was imposed."""
    return _ending(
        "ending-punitive",
        PUNITIVE,
        stated(
            "the Istanbul documents of 2022 and the aims of December 2023 were known",
            date="2023-12-14",
            status="known then",
            evidence=("putin-2023-12-14-aims",),
        ),
        (
            f"Russian forces took {area(window_gain_km2())} in the window and the American plan "
            "of November 2025 asked Kyiv for more, but no peace of any kind was made by August "
            f"2026, so this ending is open: {_counted(PUNITIVE)}."
        ),
        "A peace signed on the terms of the Russian memorandum of June 2025, or on others.",
    )


@assessment("ending-settlement")
def ending_settlement() -> Assessment:
    """Its road was not taken in the window; its end-state is undecided."""
    return _ending(
        "ending-settlement",
        SETTLEMENT,
        stated(
            "candidate for the European Union since 2022; accession talks not yet opened",
            date="2024-06-03",
            status="about then, known later",
            evidence=("eu-accession-open",),
        ),
        (
            "Russian forces held more, not less, at the end of the window; accession to the "
            "European Union moved on without a settlement, NATO was offered up by Kyiv in December "
            f"2025, and nothing is settled: {_counted(SETTLEMENT)}."
        ),
        "A settlement with less land held by Russia than in June 2024, or one without it.",
    )


@assessment("ending-neutral")
def ending_neutral() -> Assessment:
    """Nearest to the drafts of December 2025, agreed by nobody."""
    return _ending(
        "ending-neutral",
        NEUTRAL,
        stated(
            "neutrality stood in the Istanbul communique of March 2022, with a small army",
            date="2022-03-29",
            status="about then, known later",
            evidence=("talks-2022-istanbul",),
        ),
        (
            f"The drafts of December 2025 name {number(_fact('plan20-army'))} Ukrainian troops "
            "with Western arms and guarantees in place of membership, the nearest of the endings, "
            f"but neutrality is agreed by nobody: {_counted(NEUTRAL)}."
        ),
        "An agreement that binds Ukraine to neutrality and leaves its army free to arm.",
    )


@assessment("endings-consistent")
def endings_consistent() -> Assessment:
    """Whether the sentence on what the endings share fits their descriptions."""
    text = tables.read(TEXT)
    asked = text[text["in_common_sentence"] == "yes"]
    extra = asked[asked["in_description"] == "no"]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("endings-consistent"),
                verdict=NO_VERDICT,
                evidence_for=(TEXT,),
                note=(
                    f"Of {number(len(asked))} things that the sentence asks of the second and "
                    f"third endings, {count(len(asked) - len(extra))} are in their descriptions or "
                    f"follow from them and {count(len(extra))} are not, both of the third. For "
                    "consistency: a counteroffensive may come first and a stalemate after it."
                ),
            ),
        ),
        reason=(
            "The third ending is described as a stalemate that neither side can break, and the "
            f"sentence on what it shares with the second asks of it {count(len(extra))} things "
            "more, a counteroffensive and land retaken."
        ),
        would_change=(
            "A text by the author that says in which order stalemate and counteroffensive come, or "
            "that land retaken is asked of the second ending only."
        ),
    )


# Bargaining power and time ----------------------------------------------------------------


@assessment("bargaining-power")
def bargaining_power() -> Assessment:
    """What is known on fighting first and talking later; the model stands beside it."""
    began = endings.initiators(wars())
    long = began.iloc[-1]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("bargaining-power"),
                verdict=NO_VERDICT,
                evidence_for=(
                    "fwt-min-2016-extend",
                    "fwt-min-three-quarters-fail",
                    "fwt-powell-commitment",
                    "formula-2022-now-is-time",
                    WARS,
                ),
                evidence_against=(
                    "fwt-min-four-fifths-negotiate",
                    "fwt-min-two-thirds-settle",
                    "anchorage-2025-ukraine-leaves",
                    "anchorage-2025-donbas-share",
                    "us-2026-guarantees-donbas",
                    MAPS,
                ),
                note=(
                    "For: talks while the side that began the war is ahead have prolonged wars, "
                    "and most rounds fail. Against: no counteroffensive came, and yet the figure "
                    "for the Ukrainian army in the drafts rose; land and terms did not move as "
                    "one. The model of this chapter is a lens and decides nothing here."
                ),
            ),
        ),
        then=stated(
            "talks while the initiator has the advantage extend wars since 1945 (Min, draft)",
            date="2016-10-15",
            status="known then",
            evidence=("fwt-min-2016-extend",),
        ),
        now=Value(
            value=round(window_gain_km2(), 0),
            unit="km2",
            text="net gain of Russian forces from the first map to the end of the window",
            date=str(WINDOW_END.date()),
            status="now",
            evidence=(MAPS,),
        ),
        reason=(
            f"Of {number(long['wars'])} wars of {long['length']} those who began them won "
            f"{count(int(long['won']))} and lost {count(int(long['lost']))}, which speaks for "
            "patience; in the window the momentum was not ended and no land was retaken on "
            "balance, so what bargaining power from the field would have brought was not seen."
        ),
        would_change=(
            "Cases in which one side's position in the field changed and the terms offered to it "
            "are known before and after, in numbers that allow a test."
        ),
    )


@assessment("time-ukraine-has")
def time_ukraine_has() -> Assessment:
    """Which resource was said to run out when, and what came."""
    clocks = endings.clocks(tables.read(CLOCKS))
    dated = clocks[clocks["kind"] != "no date"]
    named = clocks.set_index("clock_id")["end"]
    tank_years = count(int(_fact("iiss-three-years-2024-02")))
    stores = stores_run_out()
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("time-ukraine-has"),
                verdict=NO_VERDICT,
                evidence_for=(
                    "iiss-three-years-2024-02",
                    "aid-state-enough-2025",
                    "osint-7300-3500-2024-12",
                    "western-2026-02-losses-exceed",
                    CLOCKS,
                    MAPS,
                ),
                evidence_against=(
                    "aid-csis-until-january",
                    "sup-act-usai",
                    "ua-awol-oct-2025",
                    "cbr-2024-04-rate",
                    "imf-2024-01-gdp-2024-forecast",
                    "gdp-2025-growth",
                ),
                note=(
                    "For: aid lasted beyond the window and the front held. Against: the first "
                    f"named end of American money was {month(named['ua-aid-csis'])}, that of "
                    f"Russian tanks {month(named['ru-tanks-iiss'])}, and Russia's economy grew. A "
                    "comparison of clocks that measure different things ranks nothing."
                ),
            ),
        ),
        then=stated(
            "no further American package needed until January 2025 (CSIS); Russian tanks for about "
            f"{tank_years} years (IISS)",
            date="2024-05-01",
            status="known then",
            evidence=("aid-csis-until-january", "iiss-three-years-2024-02"),
        ),
        now=stated(
            f"the war goes on; a straight line through the counts of stored Russian tanks reaches "
            f"nothing in {_months(stores)}",
            date="2026-08-17",
            status="now",
            evidence=("sup-wh-2026-08-17", "tank-stocks"),
        ),
        reason=(
            f"The {count(len(dated))} dates held here for the end of a resource run from "
            f"{day(dated['end'].min())} to {day(dated['end'].max())}; Ukrainian forces fought on "
            "beyond all that were due by August 2026, and Russian forces did too."
        ),
        would_change=(
            "Dated estimates for men on both sides; nobody held here named a day on which either "
            "side runs out of them."
        ),
    )


def stores_run_out() -> pd.DataFrame:
    """Return when a straight line through counts of stored Russian tanks reaches nothing."""
    return endings.straight_lines(tables.read("tank-stocks"))


def _months(lines: pd.DataFrame) -> str:
    years = sorted({str(value.year) for value in lines["runs_out"]})
    return between(years[0], years[-1])


# Talks ------------------------------------------------------------------------------------


@cache
def talks_after() -> pd.DataFrame:
    """Return the talks between Russia and Ukraine after the article, by day."""
    events = tables.read(TALKS)
    both = events["parties"].str.contains("Russia") & events["parties"].str.contains("Ukraine")
    rows = events[(events["kind"] == "talks") & both]
    return rows[rows["date"] > diplomacy.ARTICLE].sort_values("date").reset_index(drop=True)


@assessment("talks-eventually")
def talks_eventually() -> Assessment:
    """Direct talks came eleven months later."""
    rounds = talks_after()
    first = rounds.iloc[0]
    outcome: Outcome = "came true" if len(rounds) else "open"
    held = endings.held_on(rounds, maps(), territory.UKRAINE_KM2)
    start = maps().sort_values("date").iloc[0]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("talks-eventually"),
                verdict=verdicts.forecast(outcome, outcome),
                evidence_for=(
                    "fwt-talks-istanbul-2025",
                    "istanbul-2025-first-direct",
                    "china-brazil-2025-05",
                    "jeddah-2025-03",
                    "memo-2025-06-option2-points",
                    "geneva-2026-02",
                    TALKS,
                ),
                evidence_against=("trilateral-on-hold-2026-03", "fwt-truce-may-2026"),
                note=(
                    "Literal rule: delegations of Russia and Ukraine meet after 3 June 2024 and a "
                    "settlement is on the table; in June 2025 written terms were. Charitable rule: "
                    "the same. The word may leaves room for the opposite as well, so little was "
                    "risked."
                ),
            ),
        ),
        then=stated(
            "no direct talks since spring 2022",
            date="2024-06-03",
            status="known then",
            evidence=(TALKS,),
        ),
        now=stated(
            f"{count(len(rounds))} rounds from {day(first['date'])} to "
            f"{day(rounds['date'].iloc[-1])}, on hold since March 2026",
            date="2026-03-04",
            status="now",
            evidence=(TALKS, "trilateral-on-hold-2026-03"),
        ),
        reason=(
            f"Direct talks began in Istanbul on {day(first['date'])}, "
            f"{number((first['date'] - diplomacy.ARTICLE).days)} days after the article, with "
            f"Russian forces holding {percent(held['share_pct'].iloc[0] / 100, 1)} of Ukraine "
            f"against {percent(start['occupied_km2'] / territory.UKRAINE_KM2, 1)} in July 2024."
        ),
        would_change="A record that the delegations of 2025 had no mandate to speak of an end.",
    )
