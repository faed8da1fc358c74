"""What assessments share: from evidence rows to readings, findings and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis import tables, verdicts
from analysis.claims import ARTICLE_DATE, Finding, Value, components, table
from analysis.provenance import note_fact
from analysis.readings import Reading, Role, Status


def evidence(ids: Iterable[str]) -> pd.DataFrame:
    """Return evidence rows in the order asked for; KeyError names those that are missing."""
    wanted = list(ids)
    rows = tables.read("evidence").set_index("id", drop=False)
    missing = [name for name in wanted if name not in rows.index]
    if missing:
        message = f"no evidence rows {missing}"
        raise KeyError(message)
    for name in wanted:
        note_fact(name)
    return rows.loc[wanted]


def status(ids: Iterable[str]) -> Status:
    """Say what was known when, of a number that rests on all these rows.

    It was known then if every row was published by the article's date; a row without a
    date of publication never counts.  It is of now if any row speaks of a later day.
    """
    rows = evidence(ids)
    if (rows["as_of"] > ARTICLE_DATE).any():
        return "now"
    known = rows["published"].notna() & (rows["published"] <= ARTICLE_DATE)
    return "known then" if known.all() else "about then, known later"


def families(ids: Iterable[str]) -> set[str]:
    """Return the root sources of evidence rows, so that copies count once."""
    return set(evidence(ids)["origin_id"])


def firm_families(ids: Iterable[str]) -> set[str]:
    """Return the root sources that are held through at least one page that is no mirror."""
    rows = evidence(ids)
    return set(rows.loc[rows["tier"] != "mirror", "origin_id"])


def reading(
    name: str,
    value: float,
    unit: str,
    ids: Sequence[str],
    *,
    levels: Mapping[str, str],
    low: float | None = None,
    high: float | None = None,
    role: Role = "alternative",
    reason: str = "",
    known: Status | None = None,
    origin_id: str | None = None,
) -> Reading:
    """Build a reading that rests on evidence rows.

    Parameters
    ----------
    name, value, unit, levels, low, high, role, reason
        As in `analysis.readings.Reading`.
    ids : sequence of str
        Evidence rows, or names of tables of `data/` for what is computed from a series.
    known : str, optional
        Where it does not follow from the rows (numbers computed from a series).
    origin_id : str, optional
        Root source; from the first evidence row where it is not given.
    """
    rows = [name_ for name_ in ids if name_ in _evidence_ids()]
    return Reading(
        name=name,
        levels=dict(levels),
        value=value,
        low=low,
        high=high,
        unit=unit,
        origin_id=origin_id or str(evidence(rows[:1])["origin_id"].iloc[0]),
        evidence=tuple(ids),
        status=known or status(rows),
        role=role,
        reason=reason,
    )


def _evidence_ids() -> set[str]:
    return set(tables.read("evidence")["id"])


def event_finding(
    claim_id: str,
    supporting: Sequence[str],
    contradicting: Sequence[str] = (),
    *,
    component: str = "",
    measured: Sequence[str] = (),
    beside: Sequence[str] = (),
    note: str = "",
    then: Value | None = None,
    now: Value | None = None,
) -> Finding:
    """Judge an event by its root sources and measurements; see `analysis.verdicts.event`.

    Parameters
    ----------
    claim_id, component : str
    supporting, contradicting : sequence of str
        Evidence rows that report the event as worded, or otherwise.  All are listed; a root
        source that is held through mirrors alone does not count.
    measured : sequence of str
        Tables of `data/` in which the event is seen.
    beside : sequence of str
        Evidence rows that are listed with those that support it and do not count.
    note : str
        One sentence for the card.
    then, now : Value, optional
        The proposition's own pair, where the claim is compound.
    """
    return Finding(
        component=component,
        proposition=proposition(claim_id, component),
        verdict=verdicts.event(
            firm_families(supporting), firm_families(contradicting), measured=bool(measured)
        ),
        evidence_for=tuple(dict.fromkeys([*supporting, *measured, *beside])),
        evidence_against=tuple(contradicting),
        note=note,
        then=then,
        now=now,
    )


def proposition(claim_id: str, component: str = "") -> str:
    """Return the proposition under test, in the book's words."""
    if component:
        return str(components(claim_id).loc[component, "proposition"])
    return str(table().loc[claim_id, "says"])


def value_of(found: Reading, *, date: str = "") -> Value:
    """Return a reading's number as one of the values printed, then or now."""
    return Value(
        value=round(found.value, 4),
        low=None if found.low is None else round(found.low, 4),
        high=None if found.high is None else round(found.high, 4),
        unit=found.unit,
        text=found.name,
        date=date,
        status=found.status,
        evidence=found.evidence,
    )


def stated(text: str, unit: str = "wording", **fields: Any) -> Value:
    """Return a state of things that is no number."""
    return Value(text=text, unit=unit, **fields)
