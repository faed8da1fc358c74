"""Assessments of the claims about Russian losses: equipment, fleet, casualties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analysis import losses, tables, verdicts
from analysis.assessing import (
    event_finding,
    evidence,
    proposition,
    reading,
    value_of,
)
from analysis.claims import Assessment, Finding, Value, assessment, figure_finding, table
from analysis.formatting import day, number, percent
from analysis.hedges import allowed
from analysis.readings import Reading, Role, robustness

ORYX = "oryx-losses"
VESSELS, SIZES = "fleet-vessels", "fleet-sizes"
UK_MONTHLY = "uk-mod-casualties-monthly"
MODEL = "economist-casualty-model"

WAR_BEGAN = date(2022, 2, 24)
ARTICLE = date(2024, 6, 3)
# The last list that the article could have used.
LAST_LIST = date(2024, 6, 2)
NEWEST_LIST = date(2026, 9, 15)

# What the printed words count, in Oryx's terms.
KINDS: dict[str, tuple[str, ...]] = {
    "equip-16000": ("all",),
    "tanks-3000": ("tanks",),
    "armour-5000": losses.ARMOUR,
}
_UNITS = {"equip-16000": "items", "tanks-3000": "tanks", "armour-5000": "vehicles"}
_LOST_FOR_GOOD = ("destroyed", "captured", "abandoned")


def fact(evidence_id: str) -> float:
    """Return the number of one evidence row."""
    return float(evidence([evidence_id])["value"].iloc[0])


def printed(claim_id: str) -> float:
    """Return the number that the article prints for a claim, in the claim's unit."""
    return float(table()["claimed_value"][claim_id])


def ends(evidence_id: str) -> tuple[float, float]:
    """Return both ends of the range of one evidence row."""
    row = evidence([evidence_id])
    return float(row["low"].iloc[0]), float(row["high"].iloc[0])


def count(
    claim_id: str,
    on: date,
    statuses: Sequence[str] = losses.STATUSES,
    country: str = "Russia",
) -> float:
    """Return Oryx's count, in pieces, of what a claim speaks of, by a day."""
    series = losses.confirmed(tables.read(ORYX), country, KINDS[claim_id], statuses)
    return losses.on_day(series, on)


# Equipment --------------------------------------------------------------------------------


def _counted(claim_id: str) -> list[Reading]:
    """Return the readings of Oryx's lists that all three numbers share."""
    unit = _UNITS[claim_id]
    rows: tuple[tuple[date, Sequence[str], str, Role, str], ...] = (
        (LAST_LIST, losses.STATUSES, "all lost", "primary", _BY_RULE),
        (date(2024, 5, 15), losses.STATUSES, "all lost", "alternative", ""),
        (LAST_LIST, _LOST_FOR_GOOD, "without damaged", "alternative", ""),
        (LAST_LIST, ("destroyed",), "destroyed", "excluded", _LOST_IS_MORE),
    )
    return [
        reading(
            f"Oryx, list of {day(on)}, {what}",
            count(claim_id, on, statuses),
            unit,
            [ORYX],
            levels={"source": "Oryx", "definition": what, "date": day(on)},
            role=role,
            reason=reason,
            origin_id="oryx",
        )
        for on, statuses, what, role, reason in rows
    ]


_BY_RULE = (
    "has lost is all that Oryx counts as lost; its last list before the article is the best "
    "independent count published by then"
)
_LOST_IS_MORE = "the word is lost: captured and abandoned equipment is lost too"
_NOT_SHOWN = "a claim of a party to the war, without pictures, while the sentence speaks of data"


def _then_and_now(claim_id: str, note: str = "") -> tuple[Value, Value]:
    unit = _UNITS[claim_id]
    then, now = count(claim_id, LAST_LIST), count(claim_id, NEWEST_LIST)
    return (
        Value(value=then, unit=unit, text="Oryx", date=str(LAST_LIST), status="known then",
              evidence=(ORYX,)),
        Value(value=now, unit=unit, text=f"Oryx{note}", date=str(NEWEST_LIST), status="now",
              evidence=(ORYX,)),
    )  # fmt: skip


@assessment("equip-16000")
def equip_16000() -> Assessment:
    """The printed number is that of mid-May; by the article's day it had been passed."""
    found = equipment_readings()
    first, last = losses.days_that_fit(tables.read(ORYX), table())
    then, now = _then_and_now("equip-16000", ", without drones and ground robots")
    destroyed = count("equip-16000", LAST_LIST, ("destroyed",))
    return Assessment(
        findings=(figure_finding("equip-16000", found),),
        then=then,
        now=now,
        reason=(
            f"The last list before the article has {number(found[0].value)} pieces, "
            f"{number(destroyed)} of them destroyed; the printed figures are all true of the "
            f"lists of {day(first)} to {day(last)}."
        ),
        correction_direction="helps",
        would_change=(
            "A narrower meaning of equipment: without trucks and drones the count is "
            f"{percent(1 - found[-1].value / found[0].value)} lower."
        ),
    )


def equipment_readings() -> list[Reading]:
    """Count all equipment by date, status and scope."""
    others = sum(
        losses.on_day(losses.confirmed(tables.read(ORYX), "Russia", (kind,)), LAST_LIST)
        for kind in ("trucks and cars", "drones")
    )
    total = count("equip-16000", LAST_LIST)
    return [
        *_counted("equip-16000"),
        reading(
            f"Oryx, list of {day(LAST_LIST)}, without trucks, cars and drones",
            total - others,
            "items",
            [ORYX],
            levels={
                "source": "Oryx",
                "definition": "without trucks and drones",
                "date": day(LAST_LIST),
            },
            known="known then",
            origin_id="oryx",
        ),
    ]


@assessment("tanks-3000")
def tanks_3000() -> Assessment:
    """More than 3,000 tanks had been photographed as lost by 12 May 2024."""
    found = tank_readings()
    then, now = _then_and_now("tanks-3000")
    captured = count("tanks-3000", LAST_LIST, ("captured",))
    ukraine = count("tanks-3000", LAST_LIST, country="Ukraine")
    return Assessment(
        findings=(figure_finding("tanks-3000", found),),
        then=then,
        now=now,
        reason=(
            f"The last list before the article has {number(found[0].value)} tanks with a "
            f"picture, {number(captured)} of them captured; it has {number(ukraine)} "
            "Ukrainian tanks."
        ),
        correction_direction="neutral",
        would_change=(
            f"Proof that more than {number(found[0].value - printed('tanks-3000'))} of the tanks "
            "on Oryx's list were counted again or for the wrong side."
        ),
    )


def tank_readings() -> list[Reading]:
    """Count lost tanks by source, status and date."""
    april = {"definition": "not stated", "date": "April 2024"}
    return [
        *_counted("tanks-3000"),
        reading(
            "UK Ministry of Defence, 28 April 2024: nearly "
            f"{number(fact('docherty-tanks-2024-04'))}, damaged ones left out",
            fact("docherty-tanks-2024-04"),
            "tanks",
            ["docherty-tanks-2024-04"],
            levels={"source": "UK", "definition": "without damaged", "date": "April 2024"},
        ),
        reading(
            f"US European Command, 11 April 2024: over {number(fact('cavoli-tanks-2024-04'))}, a "
            "floor (drawn up to Oryx's count)",
            fact("cavoli-tanks-2024-04"),
            "tanks",
            ["cavoli-tanks-2024-04"],
            high=count("tanks-3000", LAST_LIST),
            levels={"source": "US", **april},
        ),
        reading(
            "International Institute for Strategic Studies, February 2024: over "
            f"{number(fact('iiss-tanks-2024-02'))}",
            fact("iiss-tanks-2024-02"),
            "tanks",
            ["iiss-tanks-2024-02"],
            levels={"source": "IISS", "definition": "not stated", "date": "February 2024"},
            role="excluded",
            reason="a count of February; later ones are held",
        ),
        _general_staff("gs-tanks-2024-05-15", "tanks"),
    ]


def _general_staff(evidence_id: str, unit: str) -> Reading:
    return reading(
        "General Staff of Ukraine, 15 May 2024",
        fact(evidence_id),
        unit,
        [evidence_id],
        levels={"source": "Ukraine", "definition": "claimed", "date": "15 May 2024"},
        role="excluded",
        reason=_NOT_SHOWN,
    )


@assessment("armour-5000")
def armour_5000() -> Assessment:
    """The three categories together had passed 5,000 in February 2024."""
    found = armour_readings()
    then, now = _then_and_now("armour-5000")
    series = losses.confirmed(tables.read(ORYX), "Russia", losses.ARMOUR)
    passed = losses.first_above(series, printed("armour-5000"))
    names = ("infantry fighting vehicles", "armoured fighting vehicles", "carriers")
    parts = [
        losses.on_day(losses.confirmed(tables.read(ORYX), "Russia", (kind,)), LAST_LIST)
        for kind in losses.ARMOUR
    ]
    listed = ", ".join(f"{number(n)} {name}" for n, name in zip(parts, names, strict=True))
    return Assessment(
        findings=(figure_finding("armour-5000", found, component="amount"),),
        then=then,
        now=now,
        reason=(
            f"The last list before the article has {listed}, together "
            f"{number(found[0].value)}; {number(printed('armour-5000'))} were passed by "
            f"{day(passed)}."
        ),
        correction_direction="helps",
        would_change=(
            f"A count of these categories below {number(printed('armour-5000'))}; none is held."
        ),
    )


def armour_readings() -> list[Reading]:
    """Count lost APC, AFV and IFV by status and date."""
    return [
        *_counted("armour-5000"),
        reading(
            "UK Ministry of Defence, 28 April 2024: over "
            f"{number(fact('docherty-armour-2024-04'))} armoured vehicles",
            fact("docherty-armour-2024-04"),
            "vehicles",
            ["docherty-armour-2024-04"],
            levels={"source": "UK", "definition": "all armour", "date": "April 2024"},
            role="excluded",
            reason="counts tanks and all other armour too",
        ),
        reading(
            f"US intelligence, December 2023: {number(fact('us-intel-ifv-2023-12'))} infantry "
            "vehicles",
            fact("us-intel-ifv-2023-12"),
            "vehicles",
            ["us-intel-ifv-2023-12"],
            levels={"source": "US", "definition": "infantry vehicles", "date": "December 2023"},
            role="excluded",
            reason="a count of December 2023; later ones are held",
        ),
        _general_staff("gs-acv-2024-05-15", "vehicles"),
    ]


@assessment("geolocated")
def geolocated() -> Assessment:
    """The figures are Oryx's, and Oryx documents with pictures, not with places."""
    first, last = losses.days_that_fit(tables.read(ORYX), table())
    return Assessment(
        findings=(
            event_finding(
                "geolocated",
                [],
                ["oryx-method-text"],
                note=(
                    f"The printed figures fit Oryx's lists of {day(first)} to {day(last)}. "
                    "Oryx says of itself that it lists what has photo or video evidence; it "
                    "does not say where each picture was taken."
                ),
            ),
        ),
        reason=(
            "The figures are those of Oryx, whose own statement of method speaks of "
            "photographs and videos and not of places."
        ),
        error_type="attribution",
        correction_direction="neutral",
        would_change=(
            "A geolocated list with the same totals in May 2024; the counts of WarSpotting, "
            "which records places, were not found for that month."
        ),
    )


# The fleet --------------------------------------------------------------------------------


@assessment("fleet-third")
def fleet_third() -> Assessment:
    """A third needs the claims of one side, or vessels that are not of the fleet."""
    found = fleet_readings()
    shares = fleet_share("combat-74")
    return Assessment(
        findings=(figure_finding("fleet-third", found),),
        then=value_of(found[0], date="2024-06-03"),
        now=Value(
            value=fact("oryx-ru-naval-2026-09-15"),
            unit="vessels",
            text="on Oryx's list, all theatres and services",
            date="2026-09-15",
            status="now",
            evidence=("oryx-ru-naval-2026-09-15",),
        ),
        reason=(
            f"Of the fleet's {number(shares.vessels)} combat units pictures show "
            f"{number(shares.pictured)} hit, and {number(shares.at_most)} at most were hit "
            "if all that only Ukraine's navy claims and all vessels of unknown home fleet are "
            f"added: {percent(found[0].value)} to {percent(found[0].bounds[1])}; the printed share "
            "is the navy's own figure, and the UK said "
            f"{percent(fact('uk-osce-quarter-bsf') / 100)}."
        ),
        error_type="scope",
        correction_direction="hurts",
        would_change=(
            "Pictures of damage to the warships that only Ukraine's navy counts, and the home "
            "fleets of the vessels for which none is known."
        ),
    )


def fleet_share(size_id: str) -> losses.FleetShare:
    """Vessels hit over one size of the fleet."""
    return losses.fleet_share(tables.read(VESSELS), tables.read(SIZES), size_id)


def fleet_readings() -> list[Reading]:
    """Give the share of the fleet hit by denominator and by who counts."""
    sizes = tables.read(SIZES).set_index("size_id")["evidence_id"]
    counted: list[tuple[str, str, Role, str]] = [
        ("combat-74", "combat units", "primary", _LIKE_WITH_LIKE),
        ("ships-58", "combat ships", "alternative", ""),
        ("all-275", "all vessels", "alternative", ""),
        ("afloat-over-74", "everything hit", "excluded", _UNLIKE),
        ("landing-13", "landing ships", "excluded", "a part of the fleet"),
        ("surface-6", "large ships", "excluded", "a part of the fleet"),
        ("submarines-6", "submarines", "excluded", "a part of the fleet"),
    ]
    own = [
        reading(
            f"Vessel by vessel: {share.label}",
            share.low,
            "share",
            [VESSELS, SIZES, str(sizes[share.size_id])],
            low=share.low,
            high=share.high,
            levels={"source": "pictures and claims", "definition": what},
            role=role,
            reason=reason,
            origin_id="oryx",
        )
        for share, what, role, reason in (
            (fleet_share(size_id), what, role, reason) for size_id, what, role, reason in counted
        )
    ]
    return [*own, *_fleet_published()]


_LIKE_WITH_LIKE = (
    "the fleet's own ships, boats and submarines on both sides of the fraction; pictures give "
    "the lower end and the claims of one side the upper"
)
_UNLIKE = "sets tugs, craft of other services and ships of other fleets over the fleet's warships"


def _fleet_published() -> list[Reading]:
    units = number(fleet_share("combat-74").vessels)
    return [
        reading(
            f"Ukrainian armed forces, 6 February 2024: of {units} combat units",
            fact("bsf-third-stratcom-2024-02-06") / 100,
            "share",
            ["bsf-third-stratcom-2024-02-06"],
            levels={"source": "Ukraine", "definition": "as claimed"},
        ),
        reading(
            "Ukrainian Navy, 26 March 2024: of the warships held before the war",
            fact("bsf-third-ap-2024-03-26") / 100,
            "share",
            ["bsf-third-ap-2024-03-26"],
            levels={"source": "Ukraine", "definition": "as claimed"},
        ),
        reading(
            "UK at the OSCE, 29 May 2024: of the fleet's vessels",
            fact("uk-osce-quarter-bsf") / 100,
            "share",
            ["uk-osce-quarter-bsf"],
            levels={"source": "UK", "definition": "vessels"},
        ),
        reading(
            f"Proekt, end of 2022: at least, of {units} combat units",
            fact("bsf-proekt-15pc") / 100,
            "share",
            ["bsf-proekt-15pc"],
            levels={"source": "Proekt", "definition": "combat units"},
            role="excluded",
            reason="a count of 2022; later ones are held",
        ),
    ]


# People -----------------------------------------------------------------------------------


@assessment("casualties-465k")
def casualties_465k() -> Assessment:
    """The Ministry said so on 4 May and had moved to 500,000 by 31 May."""
    found = casualty_readings()
    ratio = uk_ratio()
    within = (ratio["ratio"].sub(1).abs() <= 0.01).sum()
    said = event_finding(
        "casualties-465k",
        ["sup-ukmod-465k-2024-05-04", "uk-osce-465k-2024-05-29"],
        component="source",
        measured=[UK_MONTHLY],
        note=(
            "Printed by the Ministry on 4 May 2024. It is no count of its own: in "
            f"{number(within)} of {number(len(ratio))} months its figure is within one percent "
            "of the Ukrainian claim."
        ),
    )
    return Assessment(
        findings=(figure_finding("casualties-465k", found, component="figure"), said),
        then=value_of(found[0], date="2024-05-31"),
        now=Value(
            value=fact("economist-meta-2026-08-21"),
            low=ends("economist-meta-2026-08-21")[0],
            high=ends("economist-meta-2026-08-21")[1],
            unit="persons",
            text="killed and wounded, The Economist's model",
            date="2026-08-21",
            status="now",
            evidence=("economist-meta-2026-08-21",),
        ),
        reason=(
            f"The Ministry gave over {number(found[1].value)} on 4 May and "
            f"{number(found[0].value)} on 31 May 2024, both close to the Ukrainian claim of the "
            "day, while the United States and a NATO official spoke of at least "
            f"{number(fact('nato-350k-2024-04'))}."
        ),
        correction_direction="helps",
        would_change=("A text of the Ministry with another total between 4 May and 3 June 2024."),
    )


def uk_ratio() -> pd.DataFrame:
    """Give the UK figure over the Ukrainian claim for each month that has both."""
    months = losses.uk_over_ukraine(
        tables.read(UK_MONTHLY), tables.read("general-staff-losses-monthly")
    )
    return months.dropna(subset="ratio").reset_index(drop=True)


def casualty_readings() -> list[Reading]:
    """Give the number of Russian killed and wounded by who says so."""
    unit = "persons"
    low, high = ends("economist-462-728k-2024-06")
    model = tables.read(MODEL)
    late = model[model["date"] == pd.Timestamp(ARTICLE)]
    named = [
        ("UK Ministry of Defence, 31 May 2024", "uk-mod-500k-2024-05-31", "UK", "31 May"),
        ("UK Ministry of Defence, 4 May 2024: over", "sup-ukmod-465k-2024-05-04", "UK", "4 May"),
        ("General Staff of Ukraine, 3 June 2024", "gs-personnel-2024-06-03", "Ukraine", "3 June"),
        ("Foreign minister of France, 3 May 2024", "france-500k-2024-05-03", "France", "3 May"),
    ]
    own = [
        reading(
            name,
            fact(evidence_id),
            unit,
            [evidence_id],
            levels={"source": source, "date": on},
            role="primary" if evidence_id == "uk-mod-500k-2024-05-31" else "alternative",
            reason=_RECKONS if evidence_id == "uk-mod-500k-2024-05-31" else "",
        )
        for name, evidence_id, source, on in named
    ]
    return [
        *own,
        *_floors(highest=max(item.value for item in own)),
        reading(
            "The Economist, mid-June 2024: wounded reckoned from the dead by a range of ratios",
            (low + high) / 2,
            unit,
            ["economist-462-728k-2024-06"],
            low=low,
            high=high,
            levels={"source": "The Economist", "date": "mid-June"},
            known="about then, known later",
        ),
        reading(
            "The Economist's model for 3 June 2024, as known in 2026",
            float(late["casualties"].iloc[0]),
            unit,
            [MODEL],
            low=float(late["casualties_low"].iloc[0]),
            high=float(late["casualties_high"].iloc[0]),
            levels={"source": "The Economist", "date": "3 June"},
            known="about then, known later",
            origin_id="economist-casualty-model",
        ),
        reading(
            "US intelligence, December 2023",
            fact("us-315k-2023-12"),
            unit,
            ["us-315k-2023-12"],
            levels={"source": "US", "date": "December 2023"},
            role="excluded",
            reason="of December 2023, though repeated in February and April 2024",
        ),
    ]


def _floors(highest: float) -> list[Reading]:
    """At least so many: no ceiling is given, so the range is drawn to the highest estimate."""
    rows = (
        ("NATO official, 4 April 2024: over", "nato-350k-2024-04", "NATO", "4 April"),
        ("US Secretary of Defense, 13 June 2024: at least", "us-austin-350k-2024-06", "US",
         "13 June"),
    )  # fmt: skip
    return [
        reading(
            f"{name} (a floor, drawn up to the highest estimate of the time)",
            fact(evidence_id),
            "persons",
            [evidence_id],
            high=highest,
            levels={"source": source, "date": on},
            known="known then" if source == "NATO" else "about then, known later",
        )
        for name, evidence_id, source, on in rows
    ]


_RECKONS = (
    "the sentence says what the Ministry reckons; this is its last figure published before "
    "the article"
)


@assessment("third-still-heavy")
def third_still_heavy() -> Assessment:
    """At a third of 465,000 the losses would be substantial; no estimate is so low."""
    found = verdicts.judge(third_readings(), "substantial", 1.0)
    literal, charitable = third_outcomes(found, lowest=lowest_estimate())
    low, high = ends("bbc-dead-range-2026-06")
    least = allowed("substantial", 1.0)[1].low
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("third-still-heavy"),
                verdict=verdicts.forecast(literal, charitable),
                readings=tuple(found),
                robustness=robustness(found),
                evidence_for=("mediazona-50471-2024-04", "france-150k-dead-2024-05-03"),
                evidence_against=(
                    "cavoli-15pc-larger",
                    "iiss-three-years-2024-02",
                    "sup-ukmod-mass",
                ),
                note=(
                    "Literal rule: the sentence speaks of a case, a true number of "
                    f"{number(third())}; the lowest estimate held for the end of 2023 or later is "
                    f"{number(lowest_estimate())}: its condition never came. Charitable rule: "
                    f"even if says that the size would do, and this is at least {percent(least)} "
                    "of the force that began the war."
                ),
            ),
        ),
        then=value_of(found[0], date="2024-06-03"),
        now=Value(
            low=low,
            high=high,
            unit="persons",
            text="Russian soldiers killed, BBC Russian",
            date="2026-06-12",
            status="now",
            evidence=("bbc-dead-range-2026-06",),
        ),
        reason=(
            f"In the case named, {number(third())} dead and injured would be "
            f"{percent(found[0].value)} of the force that began the war and "
            f"{percent(found[1].value)} of a year's recruits; no estimate of 2024 held here is so "
            f"low, and {number(fact('mediazona-50471-2024-04'))} of the dead were known by name in "
            "April 2024."
        ),
        correction_direction="helps",
        would_change=(
            "Another meaning of substantial: that losses were not made good. The army was said "
            "to be larger than before the war."
        ),
    )


def lowest_estimate() -> float:
    """Lowest end of all estimates held of Russian killed and wounded, in persons."""
    found = losses.estimates(tables.read("casualty-estimates"), tables.read("evidence"))
    both = found[(found["loser"] == "Russia") & (found["counts"] == "killed and wounded")]
    return float(both["low"].fillna(both["point"]).min())


def third_outcomes(
    judged: Sequence[Reading], *, lowest: float
) -> tuple[verdicts.Outcome, verdicts.Outcome]:
    """Return what became of the conditional by its literal and by its charitable rule.

    Parameters
    ----------
    judged : sequence of Reading
        A third over each yardstick, the primary one first.
    lowest : float
        Lowest estimate of killed and wounded, in persons.

    Returns
    -------
    tuple of str
        Literal: not tested while no estimate is as low as a third, else whether a third is
        substantial by the primary yardstick.  Charitable: the same without the condition.
    """
    size: verdicts.Outcome = "came true" if judged[0].stands else "failed"
    return (size if lowest <= third() else "not tested"), size


def third() -> float:
    """A third of the printed number, in persons, as the claims table has it."""
    return printed("third-still-heavy")


def force_at_start() -> float:
    """Troops with which the war began: 315,000 are 87 percent of them (US intelligence)."""
    return fact("us-315k-2023-12") / (fact("us-87pc-2023-12") / 100)


def third_readings() -> list[Reading]:
    """A third of 465,000 over each yardstick."""
    yearly = losses.per_year(third(), WAR_BEGAN, ARTICLE)
    rows = [
        ("force that began the war", third() / force_at_start(),
         ["us-87pc-2023-12", "us-315k-2023-12"], "force"),
        ("recruits of 2023, for the losses of a year", yearly / fact("medvedev-2023-contracts"),
         ["medvedev-2023-contracts"], "intake"),
        ("Soviet killed and wounded in Afghanistan to May 1988",
         third() / fact("soviet-afghanistan-1988-05"), ["soviet-afghanistan-1988-05"], "past war"),
    ]  # fmt: skip
    return [
        reading(
            f"{number(third())} over the {name}",
            ratio,
            "ratio",
            ids,
            levels={"yardstick": level},
            role="primary" if level == "force" else "alternative",
            reason="losses are first of all losses of the force that fights" * (level == "force"),
        )
        for name, ratio, ids, level in rows
    ]
