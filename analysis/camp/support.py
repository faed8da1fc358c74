"""Aid and its limits: shells, the package of 2024, Europe, and what an attack on Crimea brings."""

from __future__ import annotations

from datetime import date

from analysis import aid, calls, diplomacy, tables, territory, verdicts
from analysis.assessing import stated
from analysis.camp.ground import MAPS, maps_km2
from analysis.claims import WINDOW_END, Assessment, Finding, Value
from analysis.counterclaims import counterclaim, proposition
from analysis.formatting import day, number, percent, signed_area

KIEL = "kiel-monthly-groups"
MANIFESTO = date(2023, 2, 10)
ARTICLE = date(2024, 6, 3)
# What is left of a support that has collapsed is less than this share of what it was.
COLLAPSE_SHARE = 0.5
# Months after the act of 24 April 2024 for which the maps have the whole of the month.
FIRST, LAST = "2024-08", "2025-11"


def allocated(group: str, first: str, last: str) -> float:
    """Return all allocations of a group of donors, billion euros."""
    return aid.allocated_eur_bn(tables.read(KIEL), group, first, last, measure="total_eur_bn")


def last_month() -> str:
    """Return the last month of the published release of allocations."""
    return str(aid.release_only(tables.read(KIEL))["month"].max())[:7]


def crimea_hits() -> int:
    """Count the vessels hit in or off Crimea between the manifesto and the article."""
    return len(calls.hit_at_crimea(tables.read("fleet-vessels"), MANIFESTO, ARTICLE))


@counterclaim("wagenknecht-schwarzer-2023-02-crimea")
def crimea() -> Assessment:
    """Attacks on Crimea after the manifesto, and what followed."""
    hits = crimea_hits()
    letter: verdicts.Outcome = "failed" if hits else "not tested"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("wagenknecht-schwarzer-2023-02-crimea"),
                verdict=verdicts.forecast(letter, "not tested"),
                evidence_for=("air-attacks-monthly",),
                evidence_against=("fleet-vessels", "diplomacy-timeline"),
                note=(
                    f"Letter: an attack of any kind; {number(hits)} vessels were hit in or off "
                    "Crimea and no strike of a new kind followed. Spirit: Crimea had been struck "
                    "before the text was written, so an attempt to take it on the ground is "
                    "meant, and none was made. To be feared is also no forecast that it comes."
                ),
            ),
        ),
        now=stated(
            f"{number(hits)} vessels hit in or off Crimea by {day(ARTICLE)}, claims included",
            date=str(ARTICLE),
            status="about then, known later",
            evidence=("fleet-vessels",),
        ),
        reason=(
            f"From {day(MANIFESTO)} to {day(ARTICLE)} {number(hits)} vessels were hit in or off "
            "Crimea, and Russia answered with more of the strikes known before; an attempt to "
            "take the peninsula was never made."
        ),
        correction_direction="helps",
        would_change="The authors’ word on whether strikes, or only a landing, were meant.",
    )


@counterclaim("sachs-2023-10-europe")
def europe() -> Assessment:
    """European allocations before and after, and by year."""
    before, after = calls.year_before_and_after(tables.read(KIEL), "Europe", "2023-09")
    years = {year: allocated("Europe", f"{year}-01", f"{year}-12") for year in (2023, 2024, 2025)}
    letter: verdicts.Outcome = "came true" if after < COLLAPSE_SHARE * before else "failed"
    spirit: verdicts.Outcome = "came true" if years[2025] < years[2023] else "failed"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("sachs-2023-10-europe"),
                verdict=verdicts.forecast(letter, spirit),
                evidence_against=(KIEL,),
                note=(
                    f"Letter: collapsing, that is, less than {percent(COLLAPSE_SHARE)} in the next "
                    "year of what the year before had. Spirit: less in 2025 than in 2023. "
                    "Allocations are of governments and institutions; ratings of leaders were not "
                    "counted."
                ),
            ),
        ),
        then=Value(
            value=round(years[2023], 1),
            unit="EUR bn",
            text="European allocations of 2023",
            date="2023-12-31",
            status="about then, known later",
            evidence=(KIEL,),
        ),
        now=Value(
            value=round(years[2025], 1),
            unit="EUR bn",
            text="European allocations of 2025",
            date="2025-12-31",
            status="now",
            evidence=(KIEL,),
        ),
        reason=(
            f"European allocations were {number(years[2023], 1)} billion euros in 2023, "
            f"{number(years[2024], 1)} in 2024 and {number(years[2025], 1)} in 2025."
        ),
        correction_direction="helps",
        would_change="Another measure of support, one that did collapse.",
    )


@counterclaim("friedman-2023-12-aid-2025")
def aid_2025() -> Assessment:
    """Who governed in 2025, and what was allocated."""
    end = last_month()
    since = allocated("United States", "2025-02", end)
    before = allocated("United States", "2024-01", "2024-12")
    gone: verdicts.Outcome = "came true" if WINDOW_END > diplomacy.BIDEN_ENDS else "failed"
    stopped: verdicts.Outcome = "came true" if since == 0 else "in part"
    return Assessment(
        findings=(
            Finding(
                component="government",
                proposition=proposition("friedman-2023-12-aid-2025", "government"),
                verdict=verdicts.forecast(gone, gone),
                evidence_for=("diplomacy-timeline",),
                note="Letter and spirit: another administration governed from 20 January 2025.",
            ),
            Finding(
                component="aid",
                proposition=proposition("friedman-2023-12-aid-2025", "aid"),
                verdict=verdicts.forecast(stopped, stopped),
                evidence_for=(KIEL, "aid-no-new-packages-jul25", "aid-vance-done"),
                evidence_against=("aid-pda-90pct-delivered-2025", "aid-ndaa-400"),
                note=(
                    "Letter and spirit: new allocations from February 2025. Deliveries already "
                    "paid for went on."
                ),
            ),
        ),
        then=Value(
            value=round(before, 1),
            unit="EUR bn",
            text="American allocations of 2024",
            date="2024-12-31",
            status="now",
            evidence=(KIEL,),
        ),
        now=Value(
            value=round(since, 1),
            unit="EUR bn",
            text="new American allocations since February 2025",
            date=f"{end}-30",
            status="now",
            evidence=(KIEL,),
        ),
        reason=(
            f"Washington allocated {number(before, 1)} billion euros in 2024 and, under "
            f"another administration, {number(since, 1) if since else 'nothing'} from February "
            "2025 on."
        ),
        would_change="New American allocations that the tracker has missed.",
    )


@counterclaim("vance-2024-04-tide")
def tide() -> Assessment:
    """Months with a Ukrainian gain on balance while the package was delivered."""
    total = tables.read(MAPS)
    regained, months = calls.months_regained(territory.monthly_net_change(total), FIRST, LAST)
    first = total["date"].min().date()
    gain = territory.net_change_km2(total, first, WINDOW_END.date())
    letter: verdicts.Outcome = "came true" if regained == 0 else "in part"
    spirit: verdicts.Outcome = "came true" if gain > 0 else "failed"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("vance-2024-04-tide"),
                verdict=verdicts.forecast(letter, spirit),
                evidence_for=(MAPS,),
                evidence_against=("shell-ratios",),
                note=(
                    "Letter: no month of net Ukrainian gain. Spirit: no net gain over the whole. "
                    "He spoke of the tide, not of whether Ukraine would hold; it held."
                ),
            ),
        ),
        then=Value(
            value=round(maps_km2(first), 0),
            unit="km2",
            text="held by Russian forces on the first map",
            date=str(first),
            status="about then, known later",
            evidence=(MAPS,),
        ),
        now=Value(
            value=round(maps_km2(WINDOW_END.date()), 0),
            unit="km2",
            text="held at the end of the article’s window",
            date=str(WINDOW_END.date()),
            status="now",
            evidence=(MAPS,),
        ),
        reason=(
            f"Ukrainian forces gained ground on balance in {regained or 'none'} of the "
            f"{number(months)} months from August 2024 to November 2025, and the land held by "
            f"Russian forces changed by {signed_area(gain)}."
        ),
        would_change="A tracker with months of net Ukrainian gain in that time.",
    )
