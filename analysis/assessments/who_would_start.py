"""Assessments of the claims on who would start talks: Washington, Kyiv, Ukrainians."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis import diplomacy, opinion, tables, verdicts
from analysis.assessing import (
    event_finding,
    evidence,
    families,
    proposition,
    reading,
    stated,
    value_of,
)
from analysis.claims import ARTICLE_DATE, Assessment, Finding, Value, assessment, figure_finding
from analysis.formatting import count, day, how_many, number, percent, significant
from analysis.readings import Reading, Role, Status, included, robustness

ARTICLE = ARTICLE_DATE.date()
POLLS = "opinion-polls"
STATEMENTS = "us-statements-on-talks"
CALLS = "calls-for-talks"
SUPPLIERS = "arms-supplier-shares"
EVASION_336 = "draft evasion, Article 336"
AWOL_407 = "absence without leave, Article 407"


def _polls() -> pd.DataFrame:
    return tables.read(POLLS)


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


# Washington -------------------------------------------------------------------------------


@assessment("biden-team-nothing")
def biden_team_nothing() -> Assessment:
    """Words and acts of the Biden team that suggest force; urgings without it beside them."""
    table = tables.read(STATEMENTS)
    forced = list(diplomacy.forcing(table, ARTICLE_DATE)["evidence_id"])
    urged, held = urgings()
    counts = diplomacy.statements(table, ARTICLE)
    later = diplomacy.forcing(table, diplomacy.BIDEN_ENDS)
    sources = len(families(urged))
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("biden-team-nothing"),
                verdict=verdicts.universal(forced),
                evidence_for=tuple(held),
                evidence_against=(*forced, *urged),
                note=(
                    "A counter-example is a dated word or reported act of the team that names or "
                    "uses a means of pressure on Kyiv, such as arms withheld or a deal over its "
                    "head. Urgings without one stand on the other side of the evidence; several "
                    "of the reports of them add that Kyiv decides."
                ),
            ),
        ),
        then=Value(
            value=len(forced),
            unit="count",
            text=(
                f"statements found that name a means of pressure, beside {len(urged)} that urge "
                f"Kyiv without one and {counts['for']} that say that Kyiv decides"
            ),
            date="2024-06-03",
            status="known then",
            evidence=(STATEMENTS,),
        ),
        now=Value(
            value=len(later),
            unit="count",
            text="the same, to the end of the term on 20 January 2025",
            date="2025-01-20",
            status="now",
            evidence=("sup-wh-2024-11-13", STATEMENTS),
        ),
        reason=(
            f"The words are strong-arm: of the {counts.sum()} statements and reports held to "
            f"3 June 2024 {how_many(len(forced))} names or uses a means of pressure, while "
            f"{count(len(urged))}, from {count(sources)} sources, have a member of the team urge "
            "Kyiv toward talks or toward other aims, among them the chairman of the Joint Chiefs "
            "in November 2022 and, as reported, the security adviser on Crimea."
        ),
        would_change=(
            "A dated word or act before 3 June 2024 in which arms, money or a deal over Kyiv’s "
            "head are held out to move it; the list is a chosen sample."
        ),
        weaker_form=(
            "The broader sentence, that nothing suggested even urging Kyiv toward talks, would be "
            f"refuted: {count(len(urged))} public statements or reports do."
        ),
    )


def urgings() -> tuple[list[str], list[str]]:
    """Return evidence ids of urgings before the article, and of statements that Kyiv decides."""
    table = tables.read(STATEMENTS)
    before = table[table["date"] <= ARTICLE_DATE]
    against = before[(before["bearing"] == "against") & (before["urges_kyiv"] != "none")]
    return list(against["evidence_id"]), list(before[before["bearing"] == "for"]["evidence_id"])


@assessment("us-wont-force")
def us_wont_force() -> Assessment:
    """No forced settlement, and no talks over Kyiv's head, until 20 January 2025."""
    pressed = diplomacy.forcing(tables.read(STATEMENTS), diplomacy.BIDEN_ENDS)
    in_public = pressed[pressed["channel"] != "private, reported"]
    literal, charitable = (_outcome(no_pressure=found.empty) for found in (pressed, in_public))
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("us-wont-force"),
                verdict=verdicts.forecast(literal, charitable),
                evidence_for=("sup-wh-2024-06-13", "sup-wh-2024-06-26", "sup-wh-2024-11-13"),
                evidence_against=("sup-wsj-2022-11-crimea", "sup-nbc-2023-11"),
                note=(
                    "Literal rule: until 20 January 2025 no word or act of the administration is "
                    "known, reported ones included, by which arms are withheld or a deal made over "
                    "Kyiv’s head to bring it to a table. Charitable rule: none in public. One "
                    "outcome does not show how small the chance was."
                ),
            ),
        ),
        then=stated(
            "the White House backs the Ukrainian formula on the day of the article",
            date="2024-06-03",
            status="known then",
            evidence=("sup-wh-2024-06-03",),
        ),
        now=stated(
            "arms frozen after the quarrel of 28 February 2025; a 28-point draft with a limit "
            "in November 2025, both by the next administration",
            date="2025-11-21",
            status="now",
            evidence=("plan28-deadline", "plan28-2025-11"),
        ),
        reason=(
            "No act of the Biden administration to 20 January 2025 is known by which it forced "
            "Kyiv to talk or talked over its head; the pressure came with the next one, from "
            "February 2025."
        ),
        would_change="A dated act of pressure by the administration before 20 January 2025.",
    )


def _outcome(*, no_pressure: bool) -> verdicts.Outcome:
    return "came true" if no_pressure else "failed"


@assessment("us-principal-supplier")
def us_principal_supplier() -> Assessment:
    """The United States' share of arms over that of the next supplier."""
    found = supplier_readings()
    by = {(item.levels["beside"], item.levels["period"]): item for item in found}
    then, now = by["next state", "2019-23"], by["next state", "2020-24"]
    europe = [by["Europe as one", period].value for period in ("to May 2024", "to April 2026")]
    return Assessment(
        findings=(figure_finding("us-principal-supplier", found, printed=1.0, word="principal"),),
        then=value_of(then, date="2023-12-31"),
        now=value_of(now, date="2024-12-31"),
        reason=(
            f"By volume of major arms the United States supplied {number(then.value, 1)} times as "
            f"much as the next state in 2019-23 and {number(now.value, 1)} times in 2020-24; "
            f"beside all of Europe taken as one it had given {number(europe[0], 2)} times as much "
            f"military aid by May 2024 and {number(europe[1], 2)} times by April 2026."
        ),
        would_change="A measure of arms at that date by which another state gave more.",
    )


def supplier_readings() -> list[Reading]:
    """US supply over that of the next largest supplier, as ratios."""
    shares = tables.read(SUPPLIERS)
    periods = {
        "2019-23": ("2019-01-01", "2023-12-31", ["sipri-2019-23-us", SUPPLIERS]),
        "2022": ("2022-01-01", "2022-12-31", ["sipri-2022-us", SUPPLIERS]),
        "2020-24": ("2020-01-01", "2024-12-31", ["sup-sipri-2024-us", SUPPLIERS]),
    }
    sipri = [
        reading(
            f"SIPRI, volume of major arms imported, {period}, over the next state",
            diplomacy.largest_over_next(shares, "United States", start, end),
            "ratio",
            ids,
            levels={"measure": "volume of arms", "beside": "next state", "period": period},
            role="primary" if period == "2019-23" else "alternative",
            reason=(
                "weaponry delivered, by the standard measure of arms transfers, in the latest "
                "release by 3 June 2024"
                if period == "2019-23"
                else ""
            ),
            # The shares of the runners-up carry no day; SIPRI's release is dated.
            known="now" if period == "2020-24" else "known then",
        )
        for period, (start, end, ids) in periods.items()
    ]
    return [*sipri, *_kiel_readings()]


def _kiel_readings() -> list[Reading]:
    pairs = (
        (
            "to May 2024",
            ["aid-kiel-data-us-mil-2024-05", "aid-kiel-data-europe-mil-2024-05"],
            "about then, known later",
        ),
        (
            "to April 2026",
            ["aid-kiel-data-us-mil-total", "aid-kiel-data-europe-mil-total"],
            "now",
        ),
    )
    return [
        reading(
            f"Kiel Institute, military allocations {period}, over Europe taken as one",
            _fact(ids[0]) / _fact(ids[1]),
            "ratio",
            ids,
            levels={"measure": "money allocated", "beside": "Europe as one", "period": period},
            known=_STATUS[word],
        )
        for period, ids, word in pairs
    ]


_STATUS: dict[str, Status] = {
    "about then, known later": "about then, known later",
    "now": "now",
}


# Kyiv -------------------------------------------------------------------------------------


@assessment("zelensky-no-talks")
def zelensky_no_talks() -> Assessment:
    """Statements of the President after the talks had stopped that eased a condition."""
    counter = ["ap-2022-11-08-shift", "zelensky-cbs-2024-03"]
    public = [name for name in counter if evidence([name])["published"].iloc[0] <= ARTICLE_DATE]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("zelensky-no-talks"),
                verdict=verdicts.universal(public),
                evidence_for=("zelensky-decree-2022-10",),
                evidence_against=(*public, "zelensky-2022-05-21-diplomacy"),
                note=(
                    "A counter-example is a public statement of the President, after the talks "
                    "stopped in May 2022, that eases a condition for talks; none found eases "
                    "the terms. That the end will be in diplomacy, said on 21 May 2022, eases "
                    "none and does not count."
                ),
            ),
        ),
        then=stated(
            "decree of 4 October 2022: talks with Putin impossible; 28 March 2024: not all land "
            "need be freed by military means alone",
            date="2024-03-28",
            status="known then",
            evidence=("zelensky-decree-2022-10", "zelensky-cbs-2024-03"),
        ),
        now=stated(
            "direct talks from 16 May 2025; a public letter of 4 June 2026 asks Putin to meet",
            date="2026-06-04",
            status="now",
            evidence=("jeddah-2025-03", "zelensky-letter-putin-2026-06"),
        ),
        reason=(
            "On 7 November 2022 he spoke of real peace talks, which AP called a shift from his "
            "refusal, and on 28 March 2024 he said that land need not all be freed by military "
            "means alone before talks; his terms stayed as they were."
        ),
        error_type="scope",
        correction_direction="hurts",
        would_change=(
            "If only milder terms count as an inclination to compromise, none from before the "
            "article were found, and the sentence stands as worded."
        ),
        weaker_form=(
            "The weaker form, that he offered no compromise on land or alliances after the spring "
            "of 2022, stands: the first found is of 20 November 2024, on Crimea."
        ),
    )


@assessment("zelensky-1991")
def zelensky_1991() -> Assessment:
    """The stated goal, and whether it changed."""
    changed = evidence(["zelensky-parisien-2024-12"])["as_of"].iloc[0]
    then = stated(
        "no victory without Crimea (July 2023)",
        date="2023-07-02",
        status="known then",
        evidence=("zelensky-cnn-2023-07-pravda",),
    )
    now = stated(
        "Crimea by diplomacy; no strength to retake Donbas and Crimea",
        date="2024-12-18",
        status="now",
        evidence=("zelensky-fox-2024-11", "zelensky-parisien-2024-12"),
    )
    goal = event_finding(
        "zelensky-1991",
        ["zelensky-cnn-2023-07-pravda", "formula-2022-points"],
        component="goal",
        note=(
            f"His own words of July 2023 and the {count(int(_fact('formula-2022-points')))} "
            "points of November 2022; on 28 March 2024 the means changed, not the goal."
        ),
        then=then,
        now=now,
    )
    change = event_finding(
        "zelensky-1991",
        ["zelensky-fox-2024-11", "zelensky-parisien-2024-12", "jeddah-2025-03"],
        component="could-change",
        measured=["diplomacy-timeline"],
        note=f"It changed by {day(changed)}, after losses of ground and not after gains.",
    )
    return Assessment(
        findings=(change, goal),
        then=then,
        now=now,
        reason=(
            "He named all land with Crimea as the aim in July 2023, and on 20 November and 18 "
            "December 2024 left Crimea and Donbas to diplomacy."
        ),
        would_change=(
            "A statement from before 3 June 2024 that a settlement may leave land lost since "
            "2014 to Russia."
        ),
    )


@assessment("istanbul-failed")
def istanbul_failed() -> Assessment:
    """The talks of spring 2022 and their end."""
    met = diplomacy.meetings(
        tables.read("diplomacy-timeline"), date(2022, 2, 28), date(2022, 3, 29)
    )
    return Assessment(
        findings=(
            event_finding(
                "istanbul-failed",
                ["charap-radchenko-2024-04", "talks-on-hold-2022-05-17", "talks-2022-first-round"],
                measured=["diplomacy-timeline"],
                note=(
                    "No text was signed; the drafts of 15 April 2022 left the size of the army "
                    "and the reply of the guarantors open."
                ),
            ),
        ),
        then=stated(
            "halted in May 2022 without a signed text",
            date="2022-05-17",
            status="known then",
            evidence=("talks-on-hold-2022-05-17", "charap-radchenko-2024-04"),
        ),
        now=stated(
            "drafts of March and April 2022 published on 15 June 2024",
            date="2024-06-15",
            status="now",
            evidence=("talks-2022-last-draft",),
        ),
        reason=(
            f"{count(met).capitalize()} meetings from 28 February to 29 March 2022, drafts to 15 "
            "April, and on 17 May Kyiv’s negotiator calls the talks on hold; nothing was signed."
        ),
        would_change="A text signed by both sides in 2022.",
    )


@assessment("budapest")
def budapest() -> Assessment:
    """The first paragraph of the memorandum of 5 December 1994."""
    return Assessment(
        findings=(
            event_finding(
                "budapest",
                ["budapest-art1", "budapest-art2", "budapest-rferl-2014"],
                measured=["agreements-with-russia"],
                note=(
                    "The text itself: the powers reaffirm their commitment to respect the "
                    "existing borders of Ukraine. It gives assurances, not guarantees."
                ),
            ),
        ),
        then=stated(
            "no threat or use of force against the territorial integrity of Ukraine; the borders "
            "are in the first paragraph of the same text",
            date="1994-12-05",
            status="known then",
            evidence=("budapest-art2", "budapest-rferl-2014"),
        ),
        now=None,
        reason=(
            "The first paragraph has Russia, with the United Kingdom and the United States, "
            "reaffirm the commitment to respect the existing borders of Ukraine."
        ),
        would_change="A text of the memorandum without these words.",
    )


# Ukrainians -------------------------------------------------------------------------------


@assessment("public-opposes")
def public_opposes() -> Assessment:
    """Refusal of terms and of talks; beside the leaders there is no measure that both share."""
    shares = opposition_readings()
    terms = shares[0]
    talks = next(item for item in shares if item.levels["subject"] == "talks")
    then = value_of(terms, date="2023-12-09")
    now = value_of(_share_reading(_LATEST, "terms"), date="2025-12-29")
    return Assessment(
        findings=(
            _beside_the_leaders(terms, talks),
            figure_finding(
                "public-opposes",
                shares,
                component="opposes",
                printed=0.5,
                word="more than",
                note="Opposes: a majority of those asked.",
                then=then,
                now=now,
            ),
        ),
        then=then,
        now=now,
        reason=(
            f"{percent(terms.value)} refused any loss of territory in the last poll published "
            "with that answer, so a majority opposed the terms; the leaders’ refusal is a stated "
            "position and no quantity, so that as much has no common measure. On land most "
            "citizens gave the leaders’ answer, on talks most did not: "
            f"{percent(talks.value)} wanted military means alone in February 2024."
        ),
        would_change=(
            f"A definition of the deal: a majority refuses in {_majorities(shares, 'terms')} "
            f"readings on terms and in {_majorities(shares, 'talks')} on talks; and, for the "
            "comparison, a poll that puts the same question to citizens and to those who govern."
        ),
    )


def _beside_the_leaders(terms: Reading, talks: Reading) -> Finding:
    """Lay out what is held beside the leaders' position, of which there is no quantity.

    They refused any loss of land (goal of 1991) and, by decree, talks with Putin.
    """
    return figure_finding(
        "public-opposes",
        [],
        component="as-leaders",
        printed=1.0,
        note=(
            "The leaders refused any loss of land and, by the decree of October 2022, talks with "
            f"Putin. {percent(terms.value)} of citizens gave the first answer in December 2023, "
            f"{percent(talks.value)} the second in February 2024. How firm a position is, no poll "
            "measures, so that nothing can be set over it."
        ),
    ).model_copy(
        update={
            "evidence_for": (
                "zelensky-cnn-2023-07",
                "kiis-concessions-2023-12-against",
                "ndi-keep-current-lines-2024-05",
            ),
            "evidence_against": (
                "zelensky-decree-2022-10",
                "kiis-diplomatic-way-2024-02",
                "ndi-negotiate-2024-05-yes",
            ),
        }
    )


def _majorities(shares: Sequence[Reading], subject: str) -> str:
    """Say in how many readings on a subject more than half refuse."""
    values = [item.value for item in included(shares) if item.levels["subject"] == subject]
    return f"{how_many(sum(value > 0.5 for value in values))} of {count(len(values))}"


# Label, series, refusing answer, first day of fieldwork.
_Asked = tuple[str, str, str, str]
_LAST_KNOWN: _Asked = ("Some territory", opinion.CONCESSIONS, opinion.NEVER, "2023-11-29")
_LATEST: _Asked = ("Some territory", opinion.CONCESSIONS, opinion.NEVER, "2025-11-26")
_PUTINS_TERMS: _Asked = (
    "Putin’s terms",
    "razumkov-putin-terms",
    "against withdrawing from the four regions",
    "2024-06-20",
)
_TERMS: tuple[_Asked, ...] = (
    ("Some territory", opinion.CONCESSIONS, opinion.NEVER, "2024-05-16"),
    ("Any compromise", "kiis-no-compromise", "agree", "2024-05-26"),
    ("Current lines", "ndi-current-lines", "no", "2024-05-08"),
    ("Lines of Feb 2022", "ndi-lines-of-2022", "no", "2024-05-08"),
    ("No NATO, EU yes", "kiis-package-no-nato", "categorically against", "2024-06-01"),
    ("NATO and EU", "kiis-package-nato", "categorically against", "2024-06-01"),
)
_TALKS: tuple[_Asked, ...] = (
    ("Diplomacy as well", "kiis-diplomatic-way", "only military means", "2024-02-05"),
    ("Enter negotiations", "ndi-negotiate", "no", "2024-05-08"),
    ("Time for talks", "razumkov-time-for-talks", "no", "2024-06-20"),
    ("Compromise or fight", "rating-compromise", "fight on", "2023-11-01"),
)


def _row(asked: _Asked) -> pd.Series[Any]:
    _, series, option, start = asked
    rows = opinion.answers(_polls(), [(series, option)])
    return rows[rows["fieldwork_start"] == pd.Timestamp(start)].iloc[0]


def _known(row: pd.Series[Any]) -> Status:
    """Say when a poll was public; fieldwork after the article's date is of now."""
    if row["fieldwork_end"] > ARTICLE_DATE + pd.Timedelta(days=31):
        return "now"
    # A missing day is never public by a date.
    public = row["published"] <= ARTICLE_DATE
    return "known then" if public else "about then, known later"


def _share_reading(
    asked: _Asked, subject: str, *, role: Role = "alternative", reason: str = ""
) -> Reading:
    row = _row(asked)
    ids = [str(row["evidence_id"])] if row["evidence_id"] else []
    bounds = {
        name: float(row[f"{name}_pct"]) / 100
        for name in ("low", "high")
        if pd.notna(row[f"{name}_pct"])
    }
    return reading(
        f"{row['pollster']}: {asked[0]}, '{row['option']}', {day(asked[3])}",
        float(row["share_pct"]) / 100,
        "share",
        [*ids, POLLS],
        levels={"subject": subject, "question": asked[0], "date": asked[3]},
        role=role,
        reason=reason,
        known=_known(row),
        # Waves without a row of evidence are all of KIIS.
        origin_id=None if ids else "kiis",
        **bounds,
    )


def opposition_readings() -> list[Reading]:
    """Shares that refuse a deal, by question: the terms first, then the talks."""
    primary = _share_reading(
        _LAST_KNOWN,
        "terms",
        role="primary",
        reason=(
            "a deal has terms; the longest series with one wording on terms, in its last wave "
            "published with this answer by 3 June 2024"
        ),
    )
    later = _share_reading(
        _PUTINS_TERMS,
        "terms",
        role="excluded",
        reason="terms named on 14 June 2024, after the sentence",
    )
    return [
        primary,
        *(_share_reading(asked, "terms") for asked in _TERMS),
        *(_share_reading(asked, "talks") for asked in _TALKS),
        later,
    ]


# Nobody published how many were asked: a number for the sake of an example.
ASKED = 20


@assessment("not-one-yes")
def not_one_yes() -> Assessment:
    """A report of talks of which no record is published."""
    chances = opinion.none_of_n(_polls(), [ASKED]).set_index("poll")["chance_pct"]
    low, high = (float(chances[name]) for name in ("Territory, May 2024", "Territory, May 2023"))
    return Assessment(
        findings=(
            figure_finding("not-one-yes", _expected_readings()).model_copy(
                update={
                    "note": (
                        "No list, number, date or wording of these talks is published, so that "
                        "nothing independent can be set beside them."
                    )
                }
            ),
        ),
        then=Value(
            value=round(opinion.largest_share_given_none(ASKED), 4),
            unit="share",
            text=f"largest share of yes that none of {ASKED} random people would leave possible",
            date="2024-06-03",
            status="about then, known later",
            evidence=(POLLS,),
        ),
        now=None,
        reason=(
            f"Who was asked, how many and when is not published; had they been {ASKED} Ukrainians "
            f"drawn at random, none would have had a chance of {significant(low)} percent under "
            f"the poll of May 2024 and {significant(high)} percent under that of May 2023."
        ),
        would_change="A record of the talks: who, how many, when, and the words of the question.",
    )


def _expected_readings() -> list[Reading]:
    """What a random sample would hold: no reading of what these people said."""
    return [
        reading(
            f"yes expected among {ASKED} drawn at random: {label}",
            ASKED * share / 100,
            "persons",
            [POLLS],
            levels={"poll": label},
            role="excluded",
            reason="a poll of other people does not say what these said",
            known="about then, known later",
            origin_id="kiis",
        )
        for label, share in opinion.yes_shares(_polls())
    ]


@assessment("draft-evasion")
def draft_evasion() -> Assessment:
    """Evasion is counted; giving up is not what most Ukrainians say."""
    cases = tables.read("evasion-cases")
    rates = opinion.cases_per_day(cases[cases["measure"] == EVASION_336])
    endure = opinion.share_pct(_polls(), "kiis-endure", "as long as necessary", "2024-02-05")
    now = opinion.share_pct(_polls(), "kiis-endure", "as long as necessary", "2026-03-01")
    lines = opinion.share_pct(_polls(), "ndi-current-lines", "no", "2024-05-08")
    wanted = _fact("evaders-wanted-2026-01")
    ready = Value(
        value=endure,
        unit="percent",
        text="ready to endure the war as long as necessary (KIIS, February 2024)",
        date="2024-02-10",
        status="known then",
        evidence=("kiis-2024-02-endure", POLLS),
    )
    still = Value(
        value=now,
        unit="percent",
        text=f"the same, March 2026; {number(wanted / 1e6)} million wanted for evasion in January "
        "2026",
        date="2026-03-08",
        status="now",
        evidence=("kiis-endure-2026-03", "evaders-wanted-2026-01"),
    )
    return Assessment(
        findings=(
            event_finding(
                "draft-evasion",
                ["ua-evasion-336-2023", "bbc-fled-2023", "border-daily-2023-09"],
                component="exists",
                measured=["evasion-cases"],
                note="Proceedings, flights across the border and men held there all show it.",
            ),
            event_finding(
                "draft-evasion",
                ["kiis-no-compromise-2024-06", "ndi-keep-current-lines-2024-05"],
                component="society",
                measured=[POLLS],
                note=(
                    "To give up is taken as to accept defeat, not as to wish for talks, which a "
                    "majority did, nor as to be willing to serve, which fewer were."
                ),
                then=ready,
                now=still,
            ).model_copy(
                update={
                    "evidence_against": (
                        "ndi-negotiate-2024-05-yes",
                        "razumkov-evader-no-shame-2024-06",
                        "kiis-mobilisation-law-2024-06",
                    )
                }
            ),
        ),
        then=ready,
        now=still,
        reason=(
            f"The Prosecutor General registered {number(rates['value'].iloc[1])} cases of evasion "
            f"in 2023, while {number(endure)} percent in February 2024 were ready to endure as "
            f"long as necessary and {number(lines)} percent in May refused a peace on the current "
            "lines."
        ),
        would_change=(
            "A poll of spring 2024 in which most accept the current lines or Russian terms."
        ),
    )


# Causes -----------------------------------------------------------------------------------


@assessment("evasion-from-aid-gap")
def evasion_from_aid_gap() -> Assessment:
    """Evasion before and during the delay of American aid, by three proxies."""
    found = evasion_readings()
    low, high = (min(r.bounds[0] for r in found), max(r.bounds[1] for r in found))
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("evasion-from-aid-gap"),
                verdict=verdicts.causal(float(np.log(low)), float(np.log(high)), expected_sign=1),
                readings=tuple(found),
                robustness=robustness(found),
                note=(
                    f"Proxy only. The declared interval spans the {count(len(found))} proxies, as "
                    "logarithms of the later rate over the earlier; the mobilisation law of 18 May "
                    "2024 is a rival cause of what came after."
                ),
            ),
        ),
        then=value_of(found[0], date="2024-03-31"),
        # No later figure of the same measure is held: the statistics were classified in 2025.
        now=None,
        reason=(
            f"In the first quarter of 2024, all of it within the delay, cases of evasion were "
            f"registered at {number(found[0].value, 2)} times the rate of 2023, but absence "
            f"without leave to September at {number(found[1].value, 1)} times and border "
            f"attempts in June, after the delay, at {number(found[2].value)} times."
        ),
        would_change=(
            "Monthly figures of evasion from September 2023 to September 2024, or a poll that "
            "asks evaders why."
        ),
    )


def evasion_readings() -> list[Reading]:
    """Later rate over earlier rate, for three proxies of evasion."""
    cases = tables.read("evasion-cases")
    registered = opinion.rate_ratio(cases, EVASION_336, "2024-01-01", "2023-01-01")
    absent = opinion.rate_ratio(cases, AWOL_407, "2024-01-01", "2023-01-01")
    before = evidence(["border-daily-2023-09"]).iloc[0]
    attempts = _fact("border-daily-attempts-2024-06")
    specs: tuple[tuple[str, float, float, float, list[str], str, str], ...] = (
        (
            "cases of draft evasion, first quarter of 2024 over 2023",
            registered.ratio,
            registered.low,
            registered.high,
            ["ua-evasion-336-2024q1", "ua-evasion-336-2023"],
            "evasion",
            "within the delay",
        ),
        (
            "cases of absence without leave, January to September 2024 over 2023",
            absent.ratio,
            absent.low,
            absent.high,
            ["ua-awol-2024-9m", "ua-awol-2023"],
            "absence",
            "delay and after",
        ),
        (
            f"attempts at the border a day, June 2024 (over {number(attempts)}) over men held a "
            "day, September 2023",
            attempts / before["value"],
            attempts / before["high"],
            attempts / before["low"],
            ["border-daily-attempts-2024-06", "border-daily-2023-09"],
            "border",
            "after the delay",
        ),
    )
    return [
        _judged_cause(
            reading(
                name,
                float(ratio),
                "ratio",
                ids,
                levels={"measure": measure, "period": period},
                low=float(low),
                high=float(high),
                role="primary" if measure == "evasion" else "alternative",
                reason=(
                    "the words are draft evasion; the one measure whose period lies in the delay"
                    if measure == "evasion"
                    else ""
                ),
                known="known then" if measure == "evasion" else "about then, known later",
            ),
            none=1.0,
        )
        for name, ratio, low, high, ids, measure, period in specs
    ]


def _judged_cause(found: Reading, none: float) -> Reading:
    """Fill in the word of a causal reading; no effect is `none`."""
    low, high = found.bounds
    word = verdicts.causal(low - none, high - none, expected_sign=1)
    return found.model_copy(update={"word": word, "stands": word == "supported"})


@assessment("firepower-resolve")
def firepower_resolve() -> Assessment:
    """Refusal of concessions against drones and missiles launched before each wave."""
    found = resolve_readings()
    declared = found[0]
    low, high = declared.bounds
    spread = opinion.specifications(_polls(), tables.read("attacks-before-waves"))
    signs = spread["sign"].value_counts()
    polls = _polls()
    changes = opinion.declared_effect(polls, tables.read("attacks-before-waves")).n
    first, last = (
        opinion.share_pct(polls, opinion.CONCESSIONS, opinion.NEVER, start)
        for start in ("2023-02-14", "2025-11-26")
    )
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("firepower-resolve"),
                verdict=verdicts.causal(low, high, expected_sign=1),
                readings=tuple(found),
                robustness=robustness(found),
                evidence_for=("kiis-shelling-2022-10-fight", "kiis-donbas-2026-03-against"),
                evidence_against=("dill-repl-2025-weakened", "kiis-shelling-2022-10-east"),
                note=(
                    "Proxy only on both ends: launches of drones and missiles, and refusal of "
                    "concessions. Of all forms tried none has an interval above zero."
                ),
            ),
        ),
        then=_effect_by_then(),
        now=value_of(declared, date="2025-12-29"),
        reason=(
            f"Over {count(changes)} changes from wave to wave a doubling of launches goes with a "
            f"change of refusal between {number(low, 1)} and {number(high, 1)} points; of the "
            f"{len(spread)} forms tried {how_many(int(signs.get('positive', 0)))} is clearly "
            f"positive and {how_many(int(signs.get('negative', 0)))} are clearly negative, all of "
            "these in levels, where refusal "
            f"fell from {number(first)} to {number(last)} percent as launches rose."
        ),
        would_change=(
            "A panel of the same people asked before and after strikes, by distance from them, "
            "with an interval above zero."
        ),
    )


def _effect_by_then() -> Value:
    """Return the declared effect over the waves with fieldwork before the article."""
    polls = _polls()
    known = polls[polls["fieldwork_end"] <= ARTICLE_DATE]
    effect = opinion.declared_effect(known, tables.read("attacks-before-waves"))
    return Value(
        value=round(effect.points, 4),
        low=round(effect.low, 4),
        high=round(effect.high, 4),
        unit="points",
        text=f"the same form over the waves to May 2024, {count(effect.n)} changes",
        date="2024-05-22",
        status="about then, known later",
        evidence=(POLLS, "attacks-before-waves"),
    )


def resolve_readings() -> list[Reading]:
    """Points of refusal for each doubling of launches: the declared form and its neighbours."""
    table = opinion.specifications(_polls(), tables.read("attacks-before-waves"))
    both = table[table["weapon"] == "drones and missiles"]
    others = table[(table["weapon"] != "drones and missiles") & (table["days"] == 90)]
    kept = pd.concat([both, others[others["lag_days"] == 0]])
    kept = kept.sort_values("declared", ascending=False, kind="stable")
    return [_judged_cause(_effect_reading(row), none=0.0) for row in kept.to_dict("records")]


def _effect_reading(row: Mapping[Hashable, Any]) -> Reading:
    form, weapon, days, lag = (row[name] for name in ("form", "weapon", "days", "lag_days"))
    span = f"{days} days" + (f", {lag} days earlier" if lag else "")
    declared = bool(row["declared"])
    return reading(
        f"{form}, {weapon}, {span}, {row['n']} points",
        float(row["points"]),
        "points",
        [POLLS, "attacks-before-waves"],
        levels={"form": str(form), "weapon": str(weapon), "span": span},
        low=float(row["low"]),
        high=float(row["high"]),
        role="primary" if declared else "alternative",
        reason=(
            "changes, because series that follow time agree in levels whatever causes them"
            if declared
            else ""
        ),
        known="now",
        origin_id="kiis and ua-air-force",
    )


# The camp ---------------------------------------------------------------------------------


@assessment("calls-common")
def calls_common() -> Assessment:
    """Named calls for talks in the year before the article: a lower bound."""
    found = calls_readings()
    calls = diplomacy.camp(tables.read(CALLS))
    year = calls[calls["date"].between(pd.Timestamp("2023-06-03"), pd.Timestamp("2024-06-02"))]
    return Assessment(
        findings=(figure_finding("calls-common", found, printed=1.0),),
        then=value_of(found[0], date="2024-06-02"),
        now=None,
        reason=(
            f"{len(year)} named calls were found in the year before the article, "
            f"{int(year['specialist'].sum())} of them by people with posts in research on "
            "foreign policy, and the search is no census: there were at least so many."
        ),
        would_change="Nothing found can lower a count that is a minimum, except errors in it.",
    )


def calls_readings() -> list[Reading]:
    """Calls found a month, by who is counted and over which span."""
    calls = diplomacy.camp(tables.read(CALLS))
    read = calls[calls["full_text_read"] == "excerpt"]
    experts = calls[calls["specialist"]]
    year, quarter = (date(2023, 6, 3), date(2024, 6, 2)), (date(2024, 3, 3), date(2024, 6, 2))
    specs = (
        ("all named calls found, the year before", calls, year, "all", "a year"),
        ("by specialists, the year before", experts, year, "specialists", "a year"),
        ("of which a part of the text itself was read", read, year, "read in part", "a year"),
        ("all named calls found, from March 2024", calls, quarter, "all", "from March 2024"),
    )
    return [
        reading(
            f"{name}, at least",
            diplomacy.calls_per_month(rows, *span),
            "calls/month",
            [CALLS],
            levels={"counted": counted, "period": period},
            role="primary" if position == 0 else "alternative",
            reason="the words are calls in public; a minimum, because the search is no census"
            if position == 0
            else "",
            known="known then",
            origin_id="calls-found",
        )
        for position, (name, rows, span, counted, period) in enumerate(specs)
    ]


@assessment("camp-beliefs")
def camp_beliefs() -> Assessment:
    """What the named pieces say of victory, of time and of a settlement."""
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("camp-beliefs"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=("call-quincy-2024-02", "ferguson-2023-09-lock-in", "rand-reversal"),
                evidence_against=(
                    "haynes-2023-06-devastated",
                    "menon-kupchan-boston",
                    "kissinger-2022-12-nato",
                ),
                note=(
                    "The words are tend to: no single text can refute them, and a share of texts "
                    "chosen by hand cannot confirm them."
                ),
            ),
        ),
        then=stated(
            "Quincy Institute: little realistic prospect of further Ukrainian gains",
            date="2024-02-16",
            status="known then",
            evidence=("call-quincy-2024-02",),
        ),
        now=None,
        reason=(
            "The Quincy paper of February 2024 says what the sentence says, a call of June 2023 "
            "rests on the opposite, that Russia is weak, and no text of either was read whole."
        ),
        would_change="A census of calls for talks, coded from whole texts by independent readers.",
    )


@assessment("camp-omits")
def camp_omits() -> Assessment:
    """Calls for talks from before the article that name problems of Russia."""
    calls = diplomacy.camp(tables.read(CALLS))
    named = calls[(calls["russian_problems"] == "named") & (calls["date"] <= ARTICLE_DATE)]
    before = int((calls["date"] <= ARTICLE_DATE).sum())
    shown = [name for name in named["evidence_id"] if name]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("camp-omits"),
                verdict=verdicts.universal(shown),
                evidence_against=tuple(shown),
                evidence_for=("mearsheimer-2023-05-ratio",),
                note=(
                    f"Named in {len(named)} of the {before} calls found from before the article; "
                    "for the rest nothing follows, because no text was read whole. A call by a "
                    "member of the Biden team counts as Washington’s and is left out."
                ),
            ),
        ),
        then=stated(
            "The war has devastated Russia. Its military is decimated.",
            date="2023-06-13",
            status="known then",
            evidence=("haynes-2023-06-devastated",),
        ),
        now=None,
        reason=(
            "A call for talks of 13 June 2023 begins with the devastation of Russia and the state "
            "of its army, and the Quincy paper of February 2024 says what Russia cannot conquer."
        ),
        error_type="scope",
        correction_direction="hurts",
        would_change=(
            "Read of calls of spring 2024 alone, it would need a text of those weeks; the latest "
            "found that names a Russian problem is of February 2024."
        ),
        weaker_form=(
            "Whether most calls pass over Russian problems cannot be told: no text was read whole, "
            "and silence in an excerpt proves nothing."
        ),
    )


@assessment("talks-this-summer")
def talks_this_summer() -> Assessment:
    """When the named calls want talks to begin."""
    calls = diplomacy.camp(tables.read(CALLS))
    before = calls[calls["date"] <= ARTICLE_DATE]
    now = int(before["when_asked"].isin(["now", "soon"]).sum())
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("talks-this-summer"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=("call-marcetic-2024-05", "call-quincy-2024-02", "call-pope-2024-03"),
                evidence_against=("menon-kupchan-boston",),
                note=(
                    f"{now} of {len(before)} calls found from before the article ask for talks "
                    "now or soon; none that names the summer of 2024 was found."
                ),
            ),
        ),
        then=stated(
            "a deal now, however unpleasant (28 May 2024)",
            date="2024-05-28",
            status="known then",
            evidence=("call-marcetic-2024-05",),
        ),
        now=None,
        reason=(
            "The call nearest in time, of 28 May 2024, wants a deal now, which includes the "
            "summer; a text that says summer was not found, and texts were not read whole."
        ),
        would_change="A dated text from before 3 June 2024 that names the summer.",
    )


# Trust ------------------------------------------------------------------------------------


@assessment("putin-not-trusted")
def putin_not_trusted() -> Assessment:
    """The record of agreements, and what Ukrainians expect."""
    record = tables.read("agreements-with-russia")
    kept = tuple(record[record["outcome"] == "kept"]["evidence_id"])
    broken = tuple(record[record["outcome"].isin(["broken", "disputed"])]["evidence_id"])
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("putin-not-trusted"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=(*broken, "sup-kiis-2025-09-russia", "sup-kiis-2026-01-lasting"),
                evidence_against=(*kept, "sup-osce-2020-6294"),
                note=(
                    "Narrow exchanges that either side could stop were kept; ceasefires along a "
                    "front were not, and monitors counted breaches by both sides."
                ),
            ),
        ),
        then=stated(
            "grain deal kept for a year, then not renewed; ceasefires of Minsk broken many times",
            date="2023-07-17",
            status="known then",
            evidence=("sup-grain-end", "sup-ilovaisk-366"),
        ),
        now=Value(
            value=_fact("sup-kiis-2026-01-lasting"),
            unit="percent",
            text="do not believe that the talks will bring lasting peace (KIIS, January 2026)",
            date="2026-01-14",
            status="now",
            evidence=("sup-kiis-2026-01-lasting",),
        ),
        reason=(
            f"Of {count(len(record))} agreements named in the debate {count(len(kept))} were kept, "
            "both narrow and mutual, and no ceasefire was; whether a settlement with other "
            "guarantees would be kept is not in the record."
        ),
        would_change=(
            "A ceasefire with monitors and guarantees that is kept for a year, or broken at once."
        ),
    )


def sides(ids: Sequence[str]) -> pd.DataFrame:
    """Return evidence as a table for readers: when, who, what."""
    rows = evidence(ids)
    return rows[["as_of", "original_publisher", "quantity", "excerpt"]].reset_index(drop=True)
