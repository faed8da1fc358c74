"""Assessments of the claims about the terms: did waiting bring better or worse ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import pandas as pd

from analysis import tables, terms, territory, verdicts
from analysis.assessing import proposition, stated
from analysis.claims import ARTICLE_DATE, WINDOW_END, Assessment, Finding, assessment
from analysis.formatting import area, day, number
from analysis.hedges import allowed

ARTICLE, END = ARTICLE_DATE.date(), WINDOW_END.date()
FIRST_MAP = date(2024, 7, 8)
MONTHS = 18
CODES = "terms-codes"
# The two lines from which an offer to Ukraine could come: the enemy and the mediator.
LINES = ("Russia", "United States")

# Which papers may have been the offer of 3 June 2024, and those that came after.
LEAK, PUBLIC, KELLOGG = "ru-2024-05-24", "ru-2024-06-14", "us-2024-04-kellogg"
DRAFT_RU, DRAFT_UA = "ru-2022-04-15", "ua-2022-04-15"
OFFERS = (LEAK, PUBLIC, KELLOGG, DRAFT_RU, DRAFT_UA)
MEMORANDUM, ANCHORAGE, POINTS_28 = "ru-2025-06-02", "ru-2025-08-15", "us-2025-11-20"
POINTS_20, ANSWER_20 = "joint-2025-12-24", "ru-2025-12-24"
LATER = (MEMORANDUM, ANCHORAGE, POINTS_28, POINTS_20, ANSWER_20)


# The next eighteen months ---------------------------------------------------------------------


@cache
def front_km2() -> float:
    """Net Russian gain from the first map after the article to the end of the window, km2."""
    return territory.net_change_km2(tables.read("deepstate-daily-total"), FIRST_MAP, END)


def settlements() -> int:
    """Number of papers signed by both belligerents."""
    found = terms.papers()
    signed = found[found["status"] == "signed"]["proposer"]
    return int((signed.str.contains("Russia") & signed.str.contains("Ukraine")).sum())


def with_front(counts: pd.Series[int], gain_km2: float) -> bool:
    """Whether the sure changes of one line went the way of the front.

    Terms are coded from Ukraine's side, so a Russian gain goes with worse terms.
    """
    expected = "worse" if gain_km2 > 0 else "better"
    return terms.direction(counts) == expected


def charitable(
    end: date = END, coder: terms.Coder = "both", lines: Sequence[str] = LINES
) -> verdicts.Outcome:
    """Judge the terms that stood instead of a settlement, line by line."""
    gain = front_km2()
    moved = [with_front(terms.window(line, ARTICLE, end, coder), gain) for line in lines]
    if all(moved):
        return "came true"
    return "in part" if any(moved) else "failed"


def literal() -> verdicts.Outcome:
    """Judge the settlement itself: open as long as there is none."""
    return charitable() if settlements() else "open"


def ends_allowed() -> tuple[date, date]:
    """Earliest and latest end of the window that "or so" roughly allows."""
    roughly = allowed("or so", float(MONTHS))[1]
    days = 365.25 / 12
    ends = [ARTICLE_DATE + pd.Timedelta(days=round(m * days)) for m in (roughly.low, roughly.high)]
    return ends[0].date(), ends[1].date()


def _said(counts: pd.Series[int]) -> str:
    return (
        f"{counts['better for sure']} better and {counts['worse for sure']} worse for sure "
        f"of {counts['common']}"
    )


@assessment("eighteen-months")
def eighteen_months() -> Assessment:
    """The settlement is open; of the terms offered one line went with the front, one did not."""
    counts = {line: terms.window(line, ARTICLE, END) for line in LINES}
    early, late = ends_allowed()
    finding = Finding(
        proposition=proposition("eighteen-months"),
        verdict=verdicts.forecast(literal(), charitable()),
        evidence_for=(CODES, "deepstate-polygon-total-2024-07-08", "afp-share-nov-2025"),
        evidence_against=(
            CODES,
            "anchorage-2025-ukraine-leaves",
            "anchorage-2025-south-share",
            "abudhabi-2026-donetsk-left",
        ),
        note=(
            f"Literal rule: a settlement, which has not come ({literal()}). Charitable rule: "
            "the terms that stood on both days, in the Russian and in the American line; it "
            "came true if both went the way of the front for sure under both codings, in part "
            f"if one did, and failed if none did: {charitable()}. With an end on {day(early)}, "
            f"the earliest that “or so” roughly allows: {charitable(early)}; on {day(late)}: "
            f"{charitable(late)}. The American terms of the article’s day are those of one private "
            "paper, by Keith Kellogg and Fred Fleitz, that no government had adopted; without it "
            f"only the Russian line is left: {charitable(lines=LINES[:1])}. One window is one case "
            "and shows no dependence."
        ),
    )
    return Assessment(
        findings=(finding,),
        then=stated(
            "a leaked Russian readiness to halt on current lines, no text",
            date="2024-05-24",
            status="known then",
            evidence=("reuters-2024-05-freeze-sources",),
        ),
        now=stated(
            "no settlement; the Kremlin asks for the rest of Donbas",
            date="2025-12-29",
            status="now",
            evidence=("peskov-2025-12-29-donbas",),
        ),
        reason=(
            f"No settlement was signed; while Russian forces gained {area(front_km2())} net, "
            f"the standing Russian terms had {_said(counts['Russia'])} items and the American "
            "terms, on the article’s day those of the private Kellogg–Fleitz paper, "
            f"{_said(counts['United States'])}."
        ),
        would_change=(
            "A signed settlement, or a run of cases long enough to see whether terms follow "
            "the front."
        ),
    )


# Worse and better variants --------------------------------------------------------------------


@cache
def variants() -> pd.DataFrame:
    """Compare the papers that leave Russia the present line with its own memorandum."""
    return terms.partitions(MEMORANDUM, least=4)


def spread() -> tuple[str, str, int]:
    """Best variant, its line of terms, and how many of its items are better for sure."""
    best = variants().sort_values(["better", "paper"]).iloc[-1]
    series = terms.papers().set_index("proposal_id")["series"]
    return str(best["paper"]), str(series[best["proposal_id"]]), int(best["better"])


def best_by_block() -> pd.Series[int]:
    """Count the items of the best variant that are better for sure, by block."""
    best = str(variants().sort_values(["better", "paper"])["proposal_id"].to_list()[-1])
    moves = terms.movement(MEMORANDUM, best, "both")
    return terms.count_by_block(moves)["better for sure"]


@assessment("partition-variants")
def partition_variants() -> Assessment:
    """Variants differ widely on paper; those that are best for Ukraine are not Russian."""
    found = variants()
    papers = found.drop_duplicates("proposal_id")
    series = terms.papers().set_index("proposal_id")["series"]
    own = papers[papers["proposal_id"].map(series) == "Russia"]
    finding = Finding(
        proposition=proposition("partition-variants"),
        verdict=verdicts.NO_VERDICT,
        evidence_for=(
            CODES,
            "trump-team-2024-land",
            "trump-team-2024-nato-years",
            "plan12-2025-reserves",
            "geneva-2025-points",
            "sup-bs-eu24",
        ),
        evidence_against=(
            CODES,
            "turkey-2024-fake",
            "us-2026-guarantees-donbas",
            "anchorage-2025-ukraine-leaves",
        ),
        note=(
            "For: papers that leave Russia at least the present line differ on land beyond it, the "
            "army, alliances and money. Against: the papers best for Ukraine are not Russian, and "
            "terms on paper are coded as if they were kept."
        ),
    )
    return Assessment(
        findings=(finding,),
        then=stated(
            "drafts and papers that differ on NATO, arms and recognition",
            date="2024-05-24",
            status="known then",
            evidence=("reuters-2024-05-freeze-sources",),
        ),
        now=stated(
            f"{number(len(papers))} papers beside the Russian memorandum of June 2025",
            date="2025-12-24",
            status="now",
            evidence=(CODES,),
        ),
        reason=(
            f"Of {len(papers)} papers that leave Russia at least the line of the day, the best "
            f"has {max(papers['better'])} items that are better for sure than in the Russian "
            f"memorandum of June 2025, the best Russian one {max(own['better'])}."
        ),
        would_change="A settlement in force, whose terms can be compared with those on paper.",
    )
