"""Assessments of the claims about the aid window: how much help, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from analysis import aid, tables, territory, verdicts
from analysis.assessing import event_finding, evidence, proposition, reading, stated, value_of
from analysis.claims import Assessment, Finding, Value, assessment, figure_finding, table
from analysis.formatting import count, day, number, percent
from analysis.hedges import allowed
from analysis.readings import Reading, Role, Status
from analysis.verdicts import Outcome

LINES, DEFINITIONS = "act-2024-lines", "act-2024-military-definitions"
PACKAGES, KIEL, DATES = "us-aid-packages", "kiel-monthly-groups", "aid-window-dates"
DEEPSTATE = "deepstate-daily-total"
THEN: Status = "about then, known later"

ACT, ARTICLE, AUTUMN, INAUGURATION = (
    aid.ACT_SIGNED,
    aid.ARTICLE,
    aid.AUTUMN_2024,
    aid.INAUGURATION,
)
# The last day of the administration that announced the packages.
TERM_ENDS = pd.Timestamp("2025-01-20")
INVASION = pd.Timestamp("2022-02-24")
NEW_YEAR = pd.Timestamp("2025-01-01")
# A change of front smaller than this share of Ukraine is no collapse: a fiftieth.
HELD_SHARE = 0.02
PRINTED_MILITARY_USD_BN = float(table()["claimed_value"]["aid-military"])


@cache
def _table(name: str) -> pd.DataFrame:
    return tables.read(name)


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


def _bn(value: float, decimals: int = 1) -> str:
    return f"{number(value, decimals)} billion dollars"


def drawn_usd_bn(last: pd.Timestamp, *, measure: str = "drawdown") -> float:
    """Drawdowns (or contracts) announced under the Act up to a day, in thousand million USD."""
    return aid.announced_usd_bn(_table(PACKAGES), ACT, last, measure)


def act_usd_bn() -> float:
    """Sum of all lines of the Act, in thousand million USD."""
    return aid.whole_act_usd_bn(_table(LINES))


def security_assistance_usd_bn() -> float:
    """Arms for Ukraine in the Act as the Congressional Research Service counts them."""
    return aid.purposes_sum_usd_bn(_table(LINES), aid.SECURITY_ASSISTANCE)


def held_change_km2(last: date, *, first: date = date(2024, 7, 8)) -> float:
    """Change of the land held by Russian forces between two maps, in km2."""
    return territory.net_change_km2(_table(DEEPSTATE), first, last)


# The size of the Act -----------------------------------------------------------------------


@assessment("aid-total")
def aid_total() -> Assessment:
    """Sum of the Act's titles under each definition, and the three purposes by its lines."""
    found = total_readings()
    primary, ours = found[0], found[-1]
    others = [item.value for item in found[1:-1] if item.role != "excluded"]
    relief = aid.relief_usd_bn(_table(LINES))
    then = value_of(primary, date="2024-04-24")
    now = then.model_copy(
        update={
            "text": (
                "the same sum, of a law; the Special Inspector General prints nearly "
                f"{number(_fact('aid-act-total-oig'))}"
            ),
            "date": "2024-06-30",
            "status": "now",
            "evidence": (LINES, "aid-act-total-oig"),
        }
    )
    return Assessment(
        findings=(
            _purpose("economic", aid.purposes_sum_usd_bn(_table(LINES), aid.ECONOMIC)),
            _purpose("humanitarian", relief),
            _purpose("military", security_assistance_usd_bn()),
            figure_finding("aid-total", found, component="total", then=then, now=now),
        ),
        then=then,
        now=now,
        reason=(
            f"The lines of the Act add up to {_bn(primary.value, 2)}, and counts of others run "
            f"from {number(min(others), 2)} to {number(max(others), 1)}; {_bn(ours.value)} of it "
            "is for Ukraine and its neighbours, and the humanitarian part is "
            f"{_bn(relief, 2)}, most of it for people who came to the United States."
        ),
        would_change="A line of the Act that is missing from the table, or that is repeated in it.",
    )


_PURPOSE_EVIDENCE = {
    "economic": ("sup-act-esf-ukraine", "sup-act-aeeca"),
    "humanitarian": ("sup-act-refugees", "sup-act-nadr"),
    "military": ("sup-act-usai", "sup-act-fmf"),
}


def _purpose(component: str, usd_bn: float) -> Finding:
    """Judge whether the Act has a purpose: it does if its lines give money for it."""
    share = usd_bn / act_usd_bn()
    lines, given = _PURPOSE_EVIDENCE[component], usd_bn > 0
    return event_finding(
        "aid-total",
        lines if given else (),
        () if given else lines,
        component=component,
        measured=[LINES] if given else [],
        note=f"By its lines {_bn(usd_bn, 2)}, {percent(share, 1)} of the Act.",
    )


def total_readings() -> list[Reading]:
    """Every count of the whole Act, in thousand million dollars."""
    lines = _table(LINES)
    subtraction = _fact("aid-cumulative-174") - _fact("aid-four-acts-113")
    for_ukraine = aid.purposes_sum_usd_bn(
        lines, (*aid.SECURITY_ASSISTANCE, *aid.ECONOMIC, *aid.CIVIL_SECURITY)
    )
    printed = {
        "aid-act-total-house-6084": "House count, as usually reported",
        "aid-house-2307-total": "House version of 17 April 2024",
        "aid-act-total-oig": "Special Inspector General",
        "aid-act-total-crfb": "Committee for a Responsible Federal Budget",
    }
    return [
        reading(
            "sum of all lines of the Act",
            act_usd_bn(),
            "USD bn",
            [LINES],
            levels={"source": "the law", "scope": "whole Act"},
            role="primary",
            reason="the law itself, public since 24 April 2024; the words are the tranche, whole",
            known="known then",
            origin_id="us-congress",
        ),
        reading(
            "Congressional Research Service: all the Acts less those before this one",
            subtraction,
            "USD bn",
            ["aid-cumulative-174", "aid-four-acts-113"],
            levels={"source": "CRS", "scope": "whole Act"},
            origin_id="crs",
        ),
        *(
            reading(
                name, _fact(row), "USD bn", [row], levels={"source": name, "scope": "whole Act"}
            )
            for row, name in printed.items()
        ),
        reading(
            "the Senate's text of February 2024",
            _fact("aid-senate-feb-total"),
            "USD bn",
            ["aid-senate-feb-total"],
            levels={"source": "Senate", "scope": "whole bill"},
            role="excluded",
            reason="another text, not the one that became law",
        ),
        reading(
            "only lines for Ukraine and its neighbours: security assistance, civil, economic",
            for_ukraine,
            "USD bn",
            [LINES, "aid-security-assistance-288"],
            levels={"source": "the law", "scope": "for Ukraine"},
            known="known then",
            origin_id="us-congress",
        ),
    ]


@assessment("aid-military")
def aid_military() -> Assessment:
    """Every definition of military over the lines of the Act."""
    found = military_readings()
    primary = next(item for item in found if item.role == "primary")
    stand = [item for item in found if item.value in allowed("", PRINTED_MILITARY_USD_BN)[0]]
    low, high = (f(item.value for item in stand) for f in (min, max))
    announced = {kind: drawn_usd_bn(TERM_ENDS, measure=kind) for kind in ("drawdown", "usai")}
    return Assessment(
        findings=(figure_finding("aid-military", found),),
        then=value_of(primary, date="2024-05-22"),
        now=Value(
            value=round(primary.value, 4),
            unit="USD bn",
            text=(
                "the same sum, of a law; under it drawdowns of "
                f"{number(announced['drawdown'], 1)} and contracts of "
                f"{number(announced['usai'], 1)} had been announced by {day(TERM_ENDS)}"
            ),
            date=str(TERM_ENDS.date()),
            status="now",
            evidence=(LINES, PACKAGES),
        ),
        reason=(
            f"The security assistance in the Act is {_bn(primary.value)}; "
            f"sums from {number(low, 1)} to {number(high, 1)} come only with the accounts "
            "that buy for American stocks and plants, and no source that states the printed "
            "number was found."
        ),
        error_type="definition",
        correction_direction="hurts",
        would_change=(
            "A document of spring 2024 that gives the number with its accounts, or a usage in "
            "which purchases for American stocks are assistance to Ukraine."
        ),
    )


def _scope(row: Mapping[str, Any]) -> str:
    text = str(row["purposes"])
    if "us-forces" in text:
        return "with US forces"
    wider = "us-procurement" in text or row["definition_id"] in {"house-buckets", "csis-equipment"}
    return "with US plants" if wider else "for Ukraine"


def military_readings() -> list[Reading]:
    """The military part of the Act under every definition, in thousand million dollars."""
    rows = aid.military_definitions(_table(LINES), _table(DEFINITIONS)).to_dict("records")
    return [_military_reading({str(key): cell for key, cell in row.items()}) for row in rows]


def _military_reading(row: Mapping[str, Any]) -> Reading:
    computed = row["basis"] == "computed"
    ids = str(row["evidence_ids"]).split()
    role: Role = "primary" if row["definition_id"] == "security-assistance" else "alternative"
    return reading(
        str(row["definition"]),
        float(row["usd_bn"]),
        "USD bn",
        [*([LINES] if computed else []), *ids],
        levels={"definition": str(row["short_name"]), "scope": _scope(row)},
        role=role,
        reason=""
        if role == "alternative"
        else (
            "the field's own term, security assistance, as the Congressional Research Service "
            "counted it on 22 May 2024; computed from the law"
        ),
        # The law was public, so what is added from its lines could be known.
        known="known then" if computed else None,
        origin_id="us-congress" if computed else None,
    )


# The time bought ---------------------------------------------------------------------------


def nearly_half() -> tuple[float, float]:
    """Return the shares of the war's length for which the printed words hold."""
    word, printed = table()["hedge"]["half-as-long"], table()["claimed_value"]["half-as-long"]
    holds, _ = allowed(str(word), float(printed))
    return holds.low, holds.high


@assessment("half-as-long")
def half_as_long() -> Assessment:
    """Date arithmetic under every reading of the next year and of the war's start."""
    found = window_readings()
    primary = next(item for item in found if item.role == "primary")
    ends = [aid.share_reached_on(INVASION, ARTICLE, share) for share in nearly_half()]
    # The same war and day of speaking as in the primary reading; only the end is another.
    enough = next(
        item
        for item in found
        if "aid-state-enough-2025" in item.evidence
        and all(item.levels[name] == primary.levels[name] for name in ("war", "spoken"))
    )
    return Assessment(
        findings=(figure_finding("half-as-long", found),),
        then=value_of(primary, date="2024-06-03"),
        now=Value(
            value=round(enough.value, 3),
            unit="ratio",
            text="the State Department in December 2024: enough to fight until the end of 2025",
            date="2025-12-31",
            status="now",
            evidence=("aid-state-enough-2025", DATES),
        ),
        reason=(
            f"From 3 June 2024 to the next year are {(NEW_YEAR - ARTICLE).days} days, "
            f"{percent(primary.value)} of the {(ARTICLE - INVASION).days} days since the "
            f"invasion; nearly half would end between {day(ends[0])} and "
            f"{day(ends[1])}."
        ),
        error_type="arithmetic",
        correction_direction="hurts",
        would_change=(
            "A statement that the middle of 2025 was meant: then the ratio is right, and the "
            "words into the next year say less than was meant."
        ),
    )


def window_readings() -> list[Reading]:
    """Time bought over the war so far, for every start, day of speaking and end."""
    rows = aid.window_ratios(_table(DATES)).to_dict("records")
    return [_window_reading({str(key): cell for key, cell in row.items()}) for row in rows]


def _window_reading(row: Mapping[str, Any]) -> Reading:
    choice = (row["start_date_id"], row["now_date_id"], row["end_date_id"])
    primary = choice == ("2022-02-24-invasion", "2024-06-03-published", "2025-01-01-new-year")
    # CSIS published the same end on 1 May 2024: no new package needed until January.
    ids = [row["end_evidence_id"]] if row["end_evidence_id"] else []
    ids += ["aid-csis-until-january"] if primary else []
    later: bool = str(row["end_date_id"])[:10] in {"2025-08-31", "2025-12-31"}
    return reading(
        f"{row['end']}, spoken {row['now']}, over {row['start']}",
        float(row["ratio"]),
        "ratio",
        [DATES, *ids],
        levels={"end": row["end"], "war": row["start"], "spoken": row["now"]},
        role="primary" if primary else "alternative",
        reason="the literal words, from the day of publication, over the war since the invasion"
        if primary
        else "",
        known="now" if later else "known then",
        # Dates are known to all; the arithmetic on them is this book's.
        origin_id="position-of-strength",
    )


@assessment("aid-into-2025")
def aid_into_2025() -> Assessment:
    """Whether the fight went on into 2025, with arms of the package and of Europe."""
    new_year, mid_year = date(2025, 1, 1), date(2025, 6, 30)
    outcome, charitable = (
        carried(front_stands(on), american_arms_due(on), europe_gives(on))
        for on in (new_year, mid_year)
    )
    share = held_change_km2(new_year) / territory.UKRAINE_KM2
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("aid-into-2025"),
                verdict=verdicts.forecast(outcome, charitable),
                evidence_for=(
                    *ARMS_STILL_TO_COME,
                    "aid-biden-dec30-all-usai",
                    "aid-state-enough-2025",
                    PACKAGES,
                    KIEL,
                    DEEPSTATE,
                ),
                note=(
                    "Literal rule: on 1 January 2025 the front stands (less than "
                    f"{percent(HELD_SHARE)} of Ukraine lost since the first map), arms of American "
                    "packages are due and no stop is in force, and Europe allocates arms in that "
                    "month. Charitable rule: the same on 30 June 2025, about as far as nearly half "
                    "of the war so far. That the aid was what made it possible is not tested."
                ),
            ),
        ),
        then=stated(
            "CSIS: no further package needed until January; Kiel: relief for a time, not a "
            "game changer",
            date="2024-05-01",
            status="known then",
            evidence=("aid-csis-until-january", "aid-kiel-gap-2025"),
        ),
        now=Value(
            value=round(100 * share, 2),
            unit="percent of Ukraine",
            text="land lost by Ukrainian forces from 8 July 2024 to 1 January 2025",
            date="2025-01-01",
            status="now",
            evidence=(DEEPSTATE,),
        ),
        reason=(
            f"On 1 January 2025 Russian forces held {percent(share, 2)} of Ukraine more than on "
            f"the first map of July 2024, the last package came on {day('2025-01-09')}, American "
            "arms were still due in November 2025, and Europe allocated arms in every month of "
            "2025."
        ),
        correction_direction="neutral",
        would_change="Evidence that the arms of the package had run out before 1 January 2025.",
    )


# Reports that arms of American packages had still to arrive on their day, and the last package;
# they do not tell the arms of the Act from those of earlier ones.
ARMS_STILL_TO_COME = (
    "aid-last-us-package",
    "aid-pda-90pct-delivered-2025",
    "aid-oig-undelivered-907m",
)
# Stops of all American shipments, from and to; the partial one of July 2025 is no such stop.
FULL_STOPS = (("aid-pause-mar25", "aid-pause-mar25-lifted"),)


def front_stands(on: date) -> bool:
    """Tell whether less than a fiftieth of Ukraine has been lost since the first map."""
    return held_change_km2(on) / territory.UKRAINE_KM2 < HELD_SHARE


def american_arms_due(on: date) -> bool:
    """Tell whether American arms were on their way on a day.

    They are if a report of that day or a later one says that some have still to arrive, or
    a package is announced, and no stop of all shipments is in force on the day.
    """
    reported = evidence(ARMS_STILL_TO_COME)["as_of"]
    stops = [evidence(pair)["value_text"].map(pd.Timestamp).tolist() for pair in FULL_STOPS]
    moment = pd.Timestamp(on)
    stopped = any(first <= moment < last for first, last in stops)
    return bool((reported >= moment).any()) and not stopped


def europe_gives(on: date) -> bool:
    """Tell whether Europe allocates arms in the month of a day."""
    month = f"{on:%Y-%m}"
    return aid.allocated_eur_bn(_table(KIEL), "Europe", month, month) > 0


def carried(*conditions: bool) -> Outcome:
    """Judge a day by its conditions: all of them, some, or none."""
    if all(conditions):
        return "came true"
    return "in part" if any(conditions) else "failed"


@assessment("aid-despite-trump")
def aid_despite_trump() -> Assessment:
    """Whether the aid of the Act reached into 2025 whoever won."""
    first, last = evidence(FULL_STOPS[0])["value_text"].map(pd.Timestamp)
    new_year, inauguration, mid_year = date(2025, 1, 1), INAUGURATION.date(), date(2025, 6, 30)
    new, after, later = (
        carried(front_stands(on), american_arms_due(on))
        for on in (new_year, inauguration, mid_year)
    )
    left = _fact("aid-pda-left-38")
    coming = (*ARMS_STILL_TO_COME, "aid-biden-dec30-all-usai", DEEPSTATE)
    then = stated(
        "money for arms could be committed until 30 September 2025, so beyond a change of "
        "President",
        date="2024-04-24",
        status="known then",
        evidence=("sup-act-usai", LINES),
    )
    now = stated(
        f"stopped from 3 to 11 March 2025, then resumed; {_bn(left)} of drawdown authority left "
        "unused",
        date="2025-03-11",
        status="now",
        evidence=("aid-pause-mar25", "aid-pause-mar25-lifted", "aid-pda-left-38"),
    )
    return Assessment(
        findings=(
            Finding(
                component="even-if-trump",
                proposition=proposition("aid-despite-trump", "even-if-trump"),
                verdict=verdicts.forecast(after, later),
                evidence_for=("aid-pause-mar25-lifted", "aid-pause-jul25-reversed", *coming),
                evidence_against=("aid-pause-mar25", "aid-pause-jul25", "aid-vance-done"),
                note=(
                    "The condition came: Donald Trump won. Literal rule: on 20 January 2025 the "
                    "front stands, and American arms are on their way. Charitable rule: the same "
                    "on 30 June 2025. All shipments stood still for "
                    f"{(last - first).days} days in March, and a part of them for a week in July."
                ),
                then=then,
                now=now,
            ),
            Finding(
                component="into-2025",
                proposition=proposition("aid-despite-trump", "into-2025"),
                verdict=verdicts.forecast(new, later),
                evidence_for=(*coming, PACKAGES, "aid-state-enough-2025"),
                note=(
                    "Literal rule: on 1 January 2025 the front stands, and American arms are on "
                    "their way. Charitable rule: the same on 30 June 2025."
                ),
            ),
        ),
        then=then,
        now=now,
        reason=(
            f"Ukrainian forces fought on {day(new_year)}, on {day(inauguration)} and on "
            f"{day(mid_year)} with American arms still to come; all shipments stood still for "
            f"{(last - first).days} days in March 2025 and then went on."
        ),
        correction_direction="neutral",
        would_change="Evidence that deliveries already paid for were cancelled for good.",
    )


@assessment("aid-fades")
def aid_fades() -> Assessment:
    """Whether another package became a harder sell, and whether support ended."""
    since = aid.allocated_eur_bn(
        _table(KIEL), "United States", "2025-02", "2026-04", measure="total_eur_bn"
    )
    new_aid_ended: Outcome = "came true" if since == 0 else "failed"
    # The last request that is known; one of 2025 would have put the literal words to the test.
    asked = evidence(["aid-johnson-24bn"])["as_of"].iloc[0]
    in_2025: Outcome = "not tested" if asked < NEW_YEAR else new_aid_ended
    votes = stated(
        "101 Republicans of the House voted for the Act; Kiel saw the same gap coming in 2025 "
        "without a further package",
        date="2024-04-25",
        status="known then",
        evidence=("aid-house-vote-yes", "aid-kiel-gap-2025"),
    )
    ended = Value(
        value=round(since, 2),
        unit="EUR bn",
        text="American allocations of any kind, February 2025 to April 2026",
        date="2026-04-30",
        status="now",
        evidence=(KIEL,),
    )
    return Assessment(
        findings=(
            Finding(
                component="biden",
                proposition=proposition("aid-fades", "biden"),
                verdict=verdicts.forecast(in_2025, new_aid_ended),
                evidence_for=("aid-johnson-24bn", "aid-house-vote-yes", "aid-kiel-gap-2025"),
                evidence_against=("aid-sullivan-one-year-on",),
                note=(
                    "Literal rule: a package asked for in 2025 under President Biden; he left "
                    "office, so it was not tested. Charitable rule: his last request, of December "
                    "2024, fails; the Speaker refused it."
                ),
                then=votes,
                now=stated(
                    "the Speaker refuses the last request, of December 2024",
                    date="2024-12-04",
                    status="now",
                    evidence=("aid-johnson-24bn",),
                ),
            ),
            Finding(
                component="trump",
                proposition=proposition("aid-fades", "trump"),
                verdict=verdicts.forecast("in part", new_aid_ended),
                evidence_for=(
                    "aid-vance-done",
                    "aid-no-new-packages-jul25",
                    "aid-pause-mar25",
                    KIEL,
                ),
                evidence_against=(
                    "aid-pause-mar25-lifted",
                    "aid-fms-825",
                    "aid-purl-5bn-jul26",
                    "aid-ndaa-400",
                ),
                note=(
                    "Literal rule: all support ends, new aid, deliveries, sales and intelligence; "
                    "new aid ended, the rest did not, so in part. Charitable rule: new American "
                    "aid ends."
                ),
                now=ended,
            ),
        ),
        then=votes,
        now=ended,
        reason=(
            "The tracker has no new American aid from February 2025 to April 2026, and the last "
            "request of 2024 was refused; deliveries already paid for, intelligence and sales "
            "went on, and a request by President Biden in 2025 never came."
        ),
        correction_direction="neutral",
        would_change=(
            "A reading of support: if it means new aid, both parts came true; if it means all "
            "help, the second came true in part."
        ),
    )


# Europe ------------------------------------------------------------------------------------


@assessment("europe-aid")
def europe_aid() -> Assessment:
    """Europe's allocations over America's, military and all, then and after."""
    found = europe_readings()
    by = {item.levels["period"]: item for item in found if item.levels["measure"] == "military"}
    primary, latest = found[0], by["the war to April 2026"]
    everything = next(item for item in found if "aid-kiel-feb24-europe899" in item.evidence)
    window = by["the eighteen months"].value
    return Assessment(
        findings=(figure_finding("europe-aid", found, printed=1.0),),
        then=value_of(primary, date="2024-02-29"),
        now=value_of(latest, date="2026-04-30"),
        reason=(
            f"By the figures of April 2024 Europe's military aid was {percent(primary.value)} of "
            f"the American, so the smaller by little; its aid of all kinds was "
            f"{number(everything.value, 2)} times the American. In the article's eighteen months "
            f"it allocated {number(window, 1)} times as much military aid, and by April 2026 "
            f"{number(latest.value, 2)} times as much in all. Both sides of the ratio are the Kiel "
            "Institute's count, in its releases of April 2024 and of August 2026."
        ),
        correction_direction="neutral",
        would_change=(
            "Counting all aid, as the sentence before it does: then Europe's is the larger part."
        ),
    )


def europe_readings() -> list[Reading]:
    """Europe over the United States, as ratios."""
    kiel = _table(KIEL)

    def ratio(first: str, last: str, measure: str = "military_eur_bn") -> float:
        europe, america = (
            aid.allocated_eur_bn(kiel, group, first, last, measure=measure)
            for group in ("Europe", "United States")
        )
        return europe / america

    published = ("as published in April 2024", "Kiel, April 2024")
    release = ("by the release of August 2026", "Kiel, Release 29")
    so_far = "the war to the article"
    rows: list[tuple[str, float, list[str], tuple[str, str, str], Role, Status | None]] = [
        (
            f"military allocations to February 2024, {published[0]}",
            _fact("aid-kiel-feb24-mil-europe") / _fact("aid-kiel-feb24-mil-us"),
            ["aid-kiel-feb24-mil-europe", "aid-kiel-feb24-mil-us"],
            ("military", published[1], so_far),
            "primary",
            None,
        ),
        (
            f"military allocations to May 2024, {release[0]}",
            ratio("2022-01", "2024-05"),
            [KIEL],
            ("military", release[1], so_far),
            "alternative",
            THEN,
        ),
        (
            f"all allocations to February 2024, {published[0]}",
            _fact("aid-kiel-feb24-europe899") / _fact("aid-kiel-feb24-us67"),
            ["aid-kiel-feb24-europe899", "aid-kiel-feb24-us67"],
            ("all aid", published[1], so_far),
            "alternative",
            None,
        ),
        (
            f"all allocations to May 2024, {release[0]}",
            ratio("2022-01", "2024-05", "total_eur_bn"),
            [KIEL],
            ("all aid", release[1], so_far),
            "alternative",
            THEN,
        ),
        (
            f"military allocations while the package ran, April 2024 to January 2025, {release[0]}",
            ratio("2024-04", "2025-01"),
            [KIEL],
            ("military", release[1], "the package's run"),
            "alternative",
            "now",
        ),
        (
            f"military allocations in the eighteen months from June 2024, {release[0]}",
            ratio("2024-06", "2025-11"),
            [KIEL],
            ("military", release[1], "the eighteen months"),
            "alternative",
            "now",
        ),
        (
            f"military allocations to April 2026, {release[0]}",
            ratio("2022-01", "2026-04"),
            [KIEL],
            ("military", release[1], "the war to April 2026"),
            "alternative",
            "now",
        ),
    ]
    return [
        reading(
            name,
            value,
            "ratio",
            ids,
            levels=dict(zip(("measure", "source", "period"), levels, strict=True)),
            role=role,
            reason="the words are military; the one tracker of both, published by 3 June 2024"
            if role == "primary"
            else "",
            known=known,
            origin_id="kiel",
        )
        for name, value, ids, levels, role, known in rows
    ]


# What had arrived --------------------------------------------------------------------------


@assessment("weapons-arriving")
def weapons_arriving() -> Assessment:
    """Whether the newest batch was arriving, and whose were the long-range missiles."""
    missiles = event_finding(
        "weapons-arriving",
        [],
        ["aid-atacms-march-pda", "aid-atacms-not-new-package"],
        component="atacms",
        note=(
            "The missiles were in use since 17 April 2024 (Reuters), but they came with the "
            "drawdown of 12 March, before the Act; the White House and the State Department said "
            "so on 24 April."
        ),
    )
    return Assessment(
        findings=(
            event_finding(
                "weapons-arriving",
                [
                    "aid-arrive-white-house-apr29",
                    "aid-arrive-pentagon-apr26",
                    "aid-arrive-zelensky-jun1",
                ],
                component="arriving",
                note=(
                    "The Pentagon, the White House and the President of Ukraine say that it had "
                    "begun; the last adds that not much had come."
                ),
            ),
            missiles,
        ),
        then=stated(
            f"drawdowns of {_bn(drawn_usd_bn(ARTICLE))} announced since the Act; long-range "
            "missiles in use since 17 April",
            date="2024-06-03",
            status=THEN,
            evidence=(PACKAGES, "aid-atacms-first-use"),
        ),
        reason=(
            "Arms of the new package were arriving by the end of April, but the long-range "
            "missiles in use were sent in March under an earlier drawdown, as the White House "
            "said on 24 April 2024."
        ),
        error_type="attribution",
        correction_direction="neutral",
        would_change=(
            "Evidence that long-range missiles of the April package were fired by 3 June 2024, "
            "or a reading of newest batch that takes in the package of March."
        ),
    )


@assessment("just-started")
def just_started() -> Assessment:
    """How large the flow was to be, and how much of it had come by the article."""
    amount, begun = amount_readings(), begun_readings()
    sums = value_of(amount[0], date="2024-05-22"), _announced_in_all(amount[0])
    shares = value_of(begun[0], date="2024-06-03"), value_of(begun[1], date=str(TERM_ENDS.date()))
    return Assessment(
        findings=(
            figure_finding(
                "just-started", amount, component="amount", printed=1.0, then=sums[0], now=sums[1]
            ),
            figure_finding(
                "just-started", begun, component="begun", printed=1.0, then=shares[0], now=shares[1]
            ),
        ),
        then=sums[0],
        now=sums[1],
        reason=(
            f"The Act holds {_bn(amount[0].value)} of security assistance, of which drawdowns of "
            f"{_bn(drawn_usd_bn(ARTICLE))}, or {percent(begun[0].value)}, had been announced by "
            "3 June 2024; Europe, by contrast, had been giving since 2022."
        ),
        correction_direction="neutral",
        would_change=(
            "A count of deliveries by month; none is published, so announced drawdowns stand for "
            "them and are an upper bound of what had come from American stocks."
        ),
    )


def _announced_in_all(whole: Reading) -> Value:
    """Return the sum of the Act as it stands, with what had been announced of it in the end."""
    announced = drawn_usd_bn(TERM_ENDS) + drawn_usd_bn(TERM_ENDS, measure="usai")
    return Value(
        value=round(whole.value, 4),
        unit=whole.unit,
        text=f"the same sum, of a law; {_bn(announced)} announced under it by {day(TERM_ENDS)}",
        date=str(TERM_ENDS.date()),
        status="now",
        evidence=(LINES, PACKAGES),
    )


def amount_readings() -> list[Reading]:
    """How much was on its way, in thousand million of the currency named in the unit."""
    announced = drawn_usd_bn(ARTICLE) + drawn_usd_bn(ARTICLE, measure="usai")
    realised = aid.allocated_eur_bn(_table(KIEL), "United States", "2024-04", "2025-01")
    crs, law = "aid-security-assistance-288", "sup-act-usai"
    rows: list[tuple[str, float, str, list[str], str, Status]] = [
        (
            "security assistance in the Act, as CRS counts it",
            security_assistance_usd_bn(),
            "USD bn",
            [LINES, crs],
            "money for Ukraine",
            "known then",
        ),
        (
            "new money for arms in the Act: USAI and military financing",
            aid.purposes_sum_usd_bn(_table(LINES), aid.NEW_ARMS),
            "USD bn",
            [LINES, law, "sup-act-fmf"],
            "new money",
            "known then",
        ),
        (
            "drawdown cap of the fiscal year: what could come from stocks at once",
            _fact("aid-pda-cap-fy24"),
            "USD bn",
            ["aid-pda-cap-fy24"],
            "authority",
            "known then",
        ),
        (
            "packages announced by the article, drawdowns and contracts",
            announced,
            "USD bn",
            [PACKAGES, "aid-wh-may17-usai"],
            "announced",
            "known then",
        ),
        (
            "Kiel's estimate of April 2024 of what will go to Ukraine, in euros",
            _fact("aid-kiel-23bn"),
            "EUR bn",
            ["aid-kiel-23bn"],
            "expected allocations",
            "known then",
        ),
        (
            "US military allocations from April 2024 to January 2025, in euros",
            realised,
            "EUR bn",
            [KIEL, "aid-kiel-data-us-mil-apr24jan25"],
            "allocations",
            "now",
        ),
    ]
    return [
        reading(
            name,
            value,
            unit,
            ids,
            levels={"measure": measure, "currency": unit[:3]},
            role="alternative" if place else "primary",
            reason=""
            if place
            else "the field's term for arms to Ukraine; the American part alone, so a floor",
            known=known,
            origin_id=_ORIGIN_OF_AMOUNT.get(ids[0]),
        )
        for place, (name, value, unit, ids, measure, known) in enumerate(rows)
    ]


# What is added from the law or from the announcements goes back to them, whoever else added it.
_ORIGIN_OF_AMOUNT = {LINES: "us-congress", PACKAGES: "white-house", KIEL: "kiel"}


def begun_readings() -> list[Reading]:
    """Share of the whole that had come by the article, as ratios."""
    drawn = drawn_usd_bn(ARTICLE)
    kiel = _table(KIEL)
    europe = aid.allocated_by(kiel, "Europe", "2024-05") / aid.allocated_by(
        kiel, "Europe", "2025-11"
    )
    return [
        reading(
            "drawdowns announced by 3 June 2024 over the security assistance of the Act",
            drawn / security_assistance_usd_bn(),
            "ratio",
            [PACKAGES, LINES, "aid-security-assistance-288"],
            levels={"donor": "United States", "whole": "security assistance"},
            role="primary",
            reason=(
                "deliveries are not published; drawdowns, which leave the shelves at once, are "
                "the nearest, and an upper bound of what had come from them"
            ),
            known="known then",
            origin_id="white-house",
        ),
        reading(
            "drawdowns announced by 20 January 2025 over the security assistance of the Act",
            drawn_usd_bn(TERM_ENDS) / security_assistance_usd_bn(),
            "ratio",
            [PACKAGES, LINES, "aid-security-assistance-288"],
            levels={"donor": "United States, in the end", "whole": "security assistance"},
            role="excluded",
            reason="it shows how far drawdowns went later, not whether they had just started",
            known="now",
            origin_id="white-house",
        ),
        reading(
            "the same drawdowns over the drawdown cap of the fiscal year",
            drawn / _fact("aid-pda-cap-fy24"),
            "ratio",
            [PACKAGES, "aid-pda-cap-fy24"],
            levels={"donor": "United States", "whole": "drawdown cap"},
            known="known then",
            origin_id="white-house",
        ),
        reading(
            "outlays of the Act expected by 30 September 2024 over the Act (CBO)",
            _fact("aid-cbo-fy24") / act_usd_bn(),
            "ratio",
            ["aid-cbo-fy24", LINES],
            levels={"donor": "United States", "whole": "the Act"},
        ),
        reading(
            "European military allocations to May 2024 over those to November 2025",
            europe,
            "ratio",
            [KIEL],
            levels={"donor": "Europe", "whole": "all to the window's end"},
            known="now",
            origin_id="kiel",
        ),
    ]


@assessment("deliveries-unfinished")
def deliveries_unfinished() -> Assessment:
    """What of the Act had been drawn by the first day of autumn 2024."""
    drawn, cap = drawn_usd_bn(AUTUMN), _fact("sup-act-pda-cap")
    contracts = drawn_usd_bn(AUTUMN, measure="usai")
    usai = aid.purposes_sum_usd_bn(_table(LINES), ("usai",))
    outcome: Outcome = "came true" if drawn < cap and contracts < usai else "failed"
    kept = evidence(["aid-biden-sept26-pda"])["as_of"].iloc[0]
    received: Outcome = "came true" if _fact("aid-zelensky-10pct") < 100 else "failed"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("deliveries-unfinished"),
                verdict=verdicts.forecast(outcome, received),
                evidence_for=(
                    PACKAGES,
                    "aid-biden-sept26-pda",
                    "aid-zelensky-10pct",
                    "aid-cbo-fy24",
                    "aid-oig-undelivered-907m",
                    "sup-gao-675",
                ),
                note=(
                    "Literal rule: on 22 September 2024 drawdowns are below the cap and contracts "
                    "below the Act's line for them. Charitable rule: a recipient still says in "
                    "October that not all has come. The Congressional Budget Office expected "
                    f"{_bn(_fact('aid-cbo-fy24'))} of the whole Act to be spent by the end of "
                    "September 2024."
                ),
            ),
        ),
        then=Value(
            value=round(drawn_usd_bn(ARTICLE), 3),
            unit="USD bn",
            text=f"drawdowns announced by 3 June 2024, of a cap of {number(cap, 1)}",
            date="2024-06-03",
            status="known then",
            evidence=(PACKAGES, "sup-act-pda-cap"),
        ),
        now=Value(
            value=round(drawn, 3),
            unit="USD bn",
            text=f"drawdowns announced by 22 September 2024, of a cap of {number(cap, 1)}",
            date="2024-09-22",
            status="now",
            evidence=(PACKAGES, "sup-act-pda-cap"),
        ),
        reason=(
            f"By 22 September 2024 drawdowns of {_bn(drawn)} of a cap of {number(cap, 1)} and "
            f"contracts of {number(contracts, 1)} of {number(usai, 1)} had been announced; "
            f"{count((kept - AUTUMN).days)} days later {_bn(_fact('aid-biden-sept26-pda'))} of "
            "authority had to be kept from lapsing."
        ),
        correction_direction="neutral",
        would_change="A count of deliveries that shows all of it there by 22 September 2024.",
    )


@assessment("volume-increases")
def volume_increases() -> Assessment:
    """Whether the flow grew in the months after the article."""
    periods = aid.volume_before_and_after(_table(PACKAGES)).set_index("period")
    pace, soon_ends = periods["usd_bn_a_month"], periods["last"]["three months after"]
    until = day(soon_ends)
    now, soon = pace["the Act to the article"], pace["three months after"]
    gap, half = pace["January to May 2024"], pace["June to December 2024"]
    shells = _table("shell-ratios").set_index("ratio_id")["ua_shells_per_day"]
    fire = [float(shells[name]) for name in ("u-2024-jan-may", "u-2024-08")]
    literal: Outcome = "came true" if soon > now else "failed"
    charitable: Outcome = "came true" if half > gap and fire[1] > fire[0] else "in part"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("volume-increases"),
                verdict=verdicts.forecast(literal, charitable),
                evidence_for=(
                    PACKAGES,
                    "aid-syrskyi-aug24-ua",
                    "aid-syrskyi-janmay24",
                    "aid-czech-first-june24",
                    "aid-czech-2024-15m",
                ),
                evidence_against=(KIEL, "aid-zelensky-10pct", "aid-biden-sept26-pda"),
                note=(
                    "Nobody publishes arrivals by month. Literal rule: American drawdowns, the "
                    f"quickest arms, are larger a month from the article to {until} than from "
                    "the Act to the article. Charitable rule: from June to December they are "
                    "larger than from January to May, and Ukrainian forces fire more shells a day "
                    "in August than in spring."
                ),
            ),
        ),
        then=Value(
            value=round(now, 2),
            unit="USD bn",
            text="of drawdowns a month from the Act to the article",
            date="2024-06-03",
            status="known then",
            evidence=(PACKAGES,),
        ),
        now=Value(
            value=round(soon, 2),
            unit="USD bn",
            text=f"of drawdowns a month from the article to {until}",
            date=str(soon_ends.date()),
            status="now",
            evidence=(PACKAGES,),
        ),
        reason=(
            f"Drawdowns fell from {number(now, 2)} to {number(soon, 2)} billion dollars a month "
            f"from the article to {until}, but from June to December they were "
            f"{number(half / gap, 1)} times those of January to May, and shells fired rose from "
            f"about {number(fire[0])} to {number(fire[1])} a day."
        ),
        correction_direction="hurts",
        would_change="Deliveries by month, which neither Washington nor Kyiv publishes.",
    )


# The rebound -------------------------------------------------------------------------------


@assessment("rebound-possible")
def rebound_possible() -> Assessment:
    """What would have counted as a rebound, and what happened."""
    within, later = best_thirty_days_km2()
    kursk, held = _fact("kursk-peak-1376"), days_held_elsewhere()
    literal: Outcome = "came true" if within < 0 else "in part" if held >= HOLD_DAYS else "failed"
    charitable: Outcome = "came true" if min(within, later) < 0 else literal
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("rebound-possible"),
                verdict=verdicts.forecast(literal, charitable),
                evidence_for=(
                    *HELD_ELSEWHERE,
                    "isw-feb-2026-first-net-gain",
                    "sup-isw-201-2026-02",
                    "sup-deepstate-may-june-2026",
                ),
                evidence_against=(DEEPSTATE, "kursk-may-2025-9sqmi"),
                note=(
                    "Literal rule: within eighteen months Ukrainian forces gain land in Ukraine "
                    f"on balance over some {count(HOLD_DAYS)} days (came true), or at least take "
                    f"and hold ground elsewhere for {count(HOLD_DAYS)} days (in part). Charitable "
                    "rule: the same without an end date. A chance cannot be refuted by one "
                    "outcome, so the words alone could hardly have failed."
                ),
            ),
        ),
        then=stated(
            "US officials expected an offensive in 2025, not before",
            date="2024-05-04",
            status="known then",
            evidence=("fwt-sullivan-2025-offensive",),
        ),
        now=Value(
            value=round(later, 1),
            unit="km2",
            text=f"best {count(HOLD_DAYS)} days for Ukrainian forces since the window, net change "
            "of land held by Russian forces",
            date="2026-08-22",
            status="now",
            evidence=(DEEPSTATE,),
        ),
        reason=(
            f"In no {count(HOLD_DAYS)} days of the article's eighteen months did Ukrainian forces "
            f"gain land on balance in Ukraine (the best has {number(within)} km2 lost); they took "
            f"up to {number(kursk)} km2 in Kursk Oblast in August 2024, held ground there for "
            f"{number(held)} days or more by their own count and lost it by May 2025, and the "
            "first net gain came in 2026."
        ),
        correction_direction="neutral",
        would_change=(
            "Counting Kursk as the rebound that was meant, or a rule that a chance is judged by "
            "the outcome alone."
        ),
    )


# How long land is gained on balance, or ground held, to count.
HOLD_DAYS = 30
# Ground held in Kursk Oblast, by day; the later ones count only while some is held.
HELD_ELSEWHERE = ("kursk-peak-1376", "kursk-nov-2024-800")


def days_held_elsewhere() -> int:
    """Return the days from the first to the last report of ground held in Russia."""
    rows = evidence(HELD_ELSEWHERE)
    days = rows.loc[rows["value"] > 0, "as_of"]
    return int((days.max() - days.min()).days)


@cache
def best_thirty_days_km2() -> tuple[float, float]:
    """Smallest change of land held by Russian forces over thirty days, in km2.

    Returns
    -------
    tuple of float
        Within the article's eighteen months, and after them.
    """
    held = _table(DEEPSTATE).set_index("date")["occupied_km2"].resample("D").ffill()
    change = (held - held.shift(HOLD_DAYS)).dropna()
    inside = change[change.index <= aid.WINDOW_END]
    after = change[change.index > aid.WINDOW_END + pd.Timedelta(days=HOLD_DAYS)]
    return float(inside.min()), float(after.min())
