"""Assessments of the claims about shells, men and what the gains of 2024 owe to."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

from analysis import firepower, tables, verdicts
from analysis.assessing import event_finding, evidence, proposition, reading, stated, value_of
from analysis.claims import (
    ARTICLE_DATE,
    Assessment,
    Finding,
    Value,
    assessment,
    figure_finding,
)
from analysis.formatting import between, count, day, number
from analysis.readings import Reading, Role

RATIOS = "shell-ratios"
FORCES = "force-ratios"
CHANGES = "territory-published-changes"
MAPS = "deepstate-daily-total"


def ratio_row(ratio_id: str) -> pd.Series[Any]:
    """Return one published ratio of shells by its id."""
    row: Any = tables.read(RATIOS).set_index("ratio_id").loc[ratio_id]
    return cast("pd.Series[Any]", row)


def _whole(value: float) -> str:
    return number(value, 0 if value == round(value) else 1)


# Five to one ---------------------------------------------------------------------------


@assessment("shells-5to1")
def shells_5to1() -> Assessment:
    """Ratios of the whole front by March 2024, by family."""
    found = five_to_one_readings()
    march = ratio_row("w-2024-03")
    kyiv = [
        item.value
        for item in found
        if item.levels["family"] == "Ukrainian officials" and item.role != "excluded"
    ]
    return Assessment(
        findings=(figure_finding("shells-5to1", found),),
        then=value_of(found[0], date="2024-03-11"),
        now=value_of(found[4], date="2024-08-20"),
        reason=(
            f"NATO officials gave {number(march['ru_shells_per_day'])} shells a day against "
            f"{number(march['ua_shells_per_day'])} on {day(march['period_end'])}, and a "
            f"newspaper and General Cavoli the same ratio in February and April; Ukrainian "
            f"officials gave {between(_whole(min(kyiv)), _whole(max(kyiv)))} for the same months."
        ),
        correction_direction="neutral",
        would_change=(
            "A count of shells fired on both sides in March 2024 by somebody outside the "
            "armies, or the method behind either family of figures."
        ),
    )


# Which row stands for what; the rule takes those published then, not on a mirror, and not
# by an official of a side in the war.
_FIVE: tuple[tuple[str, Role, str], ...] = (
    (
        "w-2024-03",
        "primary",
        "the month and the front as printed; published then; not by a side in the war",
    ),
    (
        "w-2024-02",
        "primary",
        "the same family in February, by another source; the words are by March",
    ),
    ("w-2024-04", "alternative", ""),
    ("u-2024-03", "alternative", ""),
    ("u-2024-jan-may", "alternative", ""),
    ("u-2024-04", "alternative", ""),
    ("u-2024-05", "alternative", ""),
    ("w-2024-01", "excluded", "speaks of January; the words are by March"),
    ("u-2024-01", "excluded", "a floor, and speaks of January; the words are by March"),
    ("l-2024-05-kharkiv", "excluded", "one sector, in May; the words are of the whole front"),
)


def five_to_one_readings() -> list[Reading]:
    """Every ratio for the whole front in the first months of 2024."""
    return [_ratio_reading(*item) for item in _FIVE]


def _ratio_reading(ratio_id: str, role: Role, reason: str) -> Reading:
    row = ratio_row(ratio_id)
    ids = [str(row["evidence_id"])]
    if ratio_id == "w-2024-03":
        ids.append("fire-cnn-march-ua")
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in _ENDS)
    return reading(
        f"{row['speaker']}, {_when(row)}",
        float(row["ratio"]),
        "ratio",
        ids,
        levels={"source": str(row["speaker"]), "family": str(row["family"])},
        low=low,
        high=high,
        role=role,
        reason=reason,
    )


_ENDS = ("ratio_low", "ratio_high")


def _when(row: pd.Series[Any]) -> str:
    start, end = row["period_start"], row["period_end"]
    first = f"{start:%B %Y}"
    return first if start.month == end.month else f"{start:%B} to {end:%B %Y}"


# Ten to one ----------------------------------------------------------------------------


WARNING = pd.Timestamp("2024-04-10")
# What “a matter of weeks” can mean at most: two months.
MATTER_OF_WEEKS = pd.Timedelta(weeks=8)


@assessment("shells-double")
def shells_double() -> Assessment:
    """The warning of ten to one, with its condition and without it."""
    literal, charitable = warning_outcomes(tables.read(RATIOS), law=firepower.GAP.end)
    days = (firepower.GAP.end - WARNING).days
    local = doubled_in_places()
    highest = firepower.ratios(tables.read(RATIOS), "Western officials")["ratio"].max()
    ten, most = count(TEN_TO_ONE), count(int(highest))
    later = [str(ratio_row(name)["evidence_id"]) for name in ("u-2024-05", "u-2024-06")]
    finding = Finding(
        proposition=proposition("shells-double"),
        verdict=verdicts.forecast(literal, charitable),
        evidence_for=("sup-bs-cavoli-10", "aid-cavoli-up", *local),
        evidence_against=(*later, "sup-bs-bain-5to1", "aid-gap-dig-out"),
        note=(
            f"Literal rule: the testimony, {ten} to one along the front if American support "
            f"stops; the law came {days} days later, so it was not tested. Charitable rule, the "
            "article’s own: a doubling along the front makes it true, in some places true in "
            "part, and places are named."
        ),
    )
    return Assessment(
        findings=(finding,),
        then=stated(
            f"along the front {_whole(ratio_row('u-2024-05')['ratio'])} to one by the "
            "commander of the Ukrainian ground forces, a month after the warning",
            date="2024-05-10",
            status="known then",
            evidence=("fire-pavliuk-front",),
        ),
        now=stated(
            f"{_whole(ratio_row('u-2024-06')['ratio'])} to one in mid-June by Ukraine’s deputy "
            "defence minister, falling",
            date="2024-06-15",
            status="now",
            evidence=("fire-havryliuk-june",),
        ),
        reason=(
            "The words ‘in a matter of weeks’ are Cavoli’s, but he said what would happen "
            f"without American supplies, and the law of 24 April 2024 ended that case {days} days "
            f"later; in his own family of figures no ratio above {most} was reported."
        ),
        error_type="scope",
        correction_direction="neutral",
        would_change=(
            "A figure of Western officials for the whole front in late April or May 2024 near "
            f"{ten} to one, or well below {most}."
        ),
    )


def warning_outcomes(
    table: pd.DataFrame, *, law: pd.Timestamp
) -> tuple[verdicts.Outcome, verdicts.Outcome]:
    """Return what became of the warning by its literal and by its charitable rule.

    Parameters
    ----------
    table : DataFrame
        Table ``shell-ratios``.
    law : Timestamp
        Day on which American support was resumed.

    Returns
    -------
    tuple of str
        Literal: the warning was of ten to one along the front within weeks without American
        support; it was not tested if the support came within those weeks.  Charitable: ten
        to one along the front makes it true, ten to one in places true in part.  The front is
        judged by the family of figures from which the warning came.
    """
    ends = WARNING + MATTER_OF_WEEKS
    since = table[(table["period_start"] > WARNING) & (table["period_end"] <= ends)]
    ten = since[since["ratio"] >= TEN_TO_ONE]
    front = (ten["family"] == "Western officials").any()
    places = (ten["family"] == "Local sectors").any()
    came: verdicts.Outcome = "came true" if front else "failed"
    literal: verdicts.Outcome = "not tested" if law < ends else came
    return literal, "in part" if places and not front else came


TEN_TO_ONE = 10


def doubled_in_places() -> list[str]:
    """Evidence ids of reports of ten to one or more from a sector, after the warning."""
    local = firepower.ratios(tables.read(RATIOS), "Local sectors")
    since = (local["period_start"] > WARNING) & (local["published"] <= ARTICLE_DATE)
    return list(local[since & (local["ratio"] >= TEN_TO_ONE)]["evidence_id"])


@assessment("shells-doubled")
def shells_doubled() -> Assessment:
    """Ten to one in places: reports from single sectors, April and May 2024."""
    ids = doubled_in_places()
    avdiivka = ratio_row("l-2024-02-avdiivka")
    finding = event_finding(
        "shells-doubled",
        ids,
        beside=[str(avdiivka["evidence_id"])],
        note=(
            "Reports from sectors after the warning only. The general’s words, in a Ukrainian "
            "agency, are one root source; The Economist’s is read on mirrors and does not "
            f"count. The {count(int(avdiivka['ratio']))} to one at Avdiivka is older than the "
            "warning, and the President’s is of the whole front: neither counts."
        ),
    )
    ratios = [float(str(value)) for value in evidence(ids)["value"]]
    return Assessment(
        findings=(finding,),
        then=Value(
            low=min(ratios),
            high=max(ratios),
            unit="ratio",
            text="some parts of the front, Chasiv Yar, Ocheretyne",
            date="2024-05-10",
            status="known then",
            evidence=tuple(ids),
        ),
        reason=(
            f"Between 25 April and 10 May 2024 The Economist and the commander of the Ukrainian "
            f"ground forces gave {between(_whole(min(ratios)), _whole(max(ratios)))} to one for "
            "single places; the first is held on mirrors alone, so that one root source is left."
        ),
        correction_direction="neutral",
        would_change=(
            "A second root source for shells in one of these places; or evidence that the local "
            "figures count guns or all means of fire."
        ),
    )


# Outnumbered ---------------------------------------------------------------------------


@assessment("outnumbered")
def outnumbered() -> Assessment:
    """Russian over Ukrainian strength in the theatre, in the east and in sectors."""
    found = force_readings()
    east, theatre = found[0], found[1]
    return Assessment(
        findings=(figure_finding("outnumbered", found, printed=1.0),),
        then=Value(
            low=theatre.value,
            high=east.high,
            unit="ratio",
            text="from the whole theatre to the east of the front",
            date="2024-04-11",
            status="known then",
            evidence=(*theatre.evidence, *east.evidence),
        ),
        now=value_of(found[-2], date="2025-01-15"),
        reason=(
            f"Along the east a Ukrainian general gave {_whole(east.bounds[0])} to "
            f"{_whole(east.bounds[1])} Russians for each Ukrainian, but in the theatre the "
            f"presidents’ own figures make {number(theatre.value, 1)}, and nobody counted both "
            "sides along the front."
        ),
        error_type="scope",
        correction_direction="neutral",
        would_change=(
            "A dated count of Ukrainian soldiers at the front in spring 2024 beside one of the "
            "Russian soldiers opposite them."
        ),
    )


_FORCES: tuple[tuple[str, Role, str], ...] = (
    (
        "east-2024-04",
        "primary",
        "nearest to the words (the soldiers who hold the ground); one scope narrower than "
        "the front; published then",
    ),
    (
        "theatre-2024-01",
        "primary",
        "one scope wider than the front, each side by its own president; published then",
    ),
    ("avdiivka-2024-02", "alternative", ""),
    ("theatre-ground-2023-12", "alternative", ""),
    ("theatre-2024-06", "alternative", ""),
    ("theatre-2025-01", "alternative", ""),
    ("pokrovsk-2025-11", "excluded", "a battle of autumn 2025"),
)


def force_readings() -> list[Reading]:
    """Every ratio of strengths held, with its scope."""
    table = firepower.force_ratios(tables.read(FORCES)).set_index("pair_id")
    rows = {str(name): row for name, row in table.iterrows()}
    return [_force_reading(rows[name], role, reason) for name, role, reason in _FORCES]


def _force_reading(row: pd.Series[Any], role: Role, reason: str) -> Reading:
    return reading(
        f"{row['label']} ({row['note']})" if row["note"] else str(row["label"]),
        round(float(row["ratio"]), 4),
        "ratio",
        str(row["evidence_ids"]).split(";"),
        levels={"scope": str(row["scope"])},
        low=round(float(row["ratio_low"]), 4),
        high=round(float(row["ratio_high"]), 4),
        role=role,
        reason=reason,
    )


# What the gains owe to -----------------------------------------------------------------


def paces() -> pd.DataFrame:
    """Return the pace of each series before, in and after the gap in aid."""
    return firepower.pace_by_phase(firepower.pace_figures(tables.read(CHANGES), tables.read(MAPS)))


def differences() -> pd.DataFrame:
    """Return the contrasts of pace, series by series."""
    return firepower.contrasts(paces())


def effect() -> tuple[float, float]:
    """Return the interval of the contrasts, shortage less other, km2 a day."""
    return firepower.effect_interval(differences())


@assessment("shortage-explains")
def shortage_explains() -> Assessment:
    """Compare the pace in the shortage with the pace before it and after it."""
    low, high = effect()
    found = paces().set_index(["counted_by", "measure", "phase"])["km2_per_day"]
    afp = {phase: float(found[("AFP", "not said", phase)]) for phase in ("before", "gap", "after")}
    finding = Finding(
        proposition=proposition("shortage-explains"),
        verdict=verdicts.causal(low, high, expected_sign=1),
        evidence_for=(
            "sup-riv-kirby-2024-02-15",
            "sup-riv-readout-2024-02-17",
            "aid-csis-deliveries-10pct",
            "aid-sullivan-july-stabilised",
            CHANGES,
        ),
        evidence_against=(
            "sup-riv-sodol-2024-04-11",
            "sup-riv-sodol-squad",
            "sup-riv-fa-2024",
            "sup-riv-zelensky-kab",
            "sup-fort-kharkiv-miscalc",
            "sup-riv-isw-2024-08",
            MAPS,
        ),
        note=(
            "Declared interval: pace in shortage (the gap, and the weeks in which the shells "
            "arrived) less pace before and after, lowest and highest over every series with "
            "figures on both sides; it is a range of comparisons, not a confidence interval."
        ),
    )
    return Assessment(
        findings=(finding,),
        then=Value(
            value=round(float(found[("ISW", "gross Russian", "gap")]), 2),
            unit="km2/day",
            text="pace in the gap (ISW, gross)",
            date="2024-04-29",
            status="known then",
            evidence=("isw-jan-apr-2024-516",),
        ),
        now=Value(
            low=round(low, 2),
            high=round(high, 2),
            unit="km2/day",
            text="pace in shortage less pace out of it, by series",
            date="2024-12-31",
            status="now",
            evidence=(CHANGES, MAPS),
        ),
        reason=(
            f"By AFP’s count the front moved faster in the gap than before it "
            f"({number(afp['gap'], 1)} against {number(afp['before'], 1)} km² a day) and faster "
            f"still after the shells had come ({number(afp['after'], 1)}), and every other series "
            "has the same signs, so that the pace alone cannot say what the gains owe to."
        ),
        correction_direction="hurts",
        would_change=(
            "Shells fired by sector and week beside the ground lost there, or reports by the "
            "units that lost ground, so that shells and manpower can be told apart."
        ),
    )
