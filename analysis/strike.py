"""Strike out a source: what the verdicts would be if it were not held.

A thought experiment by rule, computed from the stored readings and evidence of each claim.
Nothing is measured again: the rules below only ask what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from analysis import roots, tables, verdicts
from analysis.assessing import firm_families
from analysis.claims import ClaimRecord, CounterclaimRecord, Finding
from analysis.readings import Reading, Status, included

Statement = ClaimRecord | CounterclaimRecord

# The dimension in which readings differ by who says it, and in nothing else.
_SOURCE: Final = "source"
# What was known earlier comes first, as for every primary reading.
_EARLIEST: Final[tuple[Status, ...]] = ("known then", "about then, known later", "now")


@dataclass(frozen=True)
class Struck:
    """What is struck out.

    Attributes
    ----------
    ids : frozenset of str
        Rows of the evidence table, and tables.
    origin : str
        Root source; empty where only a table is struck.
    """

    ids: frozenset[str]
    origin: str = ""

    def fells(self, reading: Reading) -> bool:
        """Whether a reading falls: it is of the root source, or computed from what is struck."""
        of_it = self.origin in reading.origin_id.split(" and ") if self.origin else False
        return of_it or not self.ids.isdisjoint(reading.evidence)


@cache
def of_root(origin_id: str) -> Struck:
    """Return all that goes with a root source: its rows, and the tables made from it.

    Raises
    ------
    KeyError
        No such root source.
    """
    roots.name(origin_id)
    rows, series = tables.read("evidence"), tables.read("table-families")
    return Struck(
        frozenset(rows.loc[rows["origin_id"] == origin_id, "id"])
        | frozenset(series.loc[series["origin_id"] == origin_id, "table"]),
        origin_id,
    )


def of_table(name: str) -> Struck:
    """Return a table of the book alone, whoever its numbers are from."""
    return Struck(frozenset({name}))


def rests(record: Statement, struck: Struck) -> bool:
    """Whether the card of a statement cites anything that is struck."""
    return not struck.ids.isdisjoint(record.evidence)


def verdict(record: Statement, struck: Struck) -> str:
    """Return the verdict on a statement without what is struck.

    Parameters
    ----------
    record : ClaimRecord or CounterclaimRecord
    struck : Struck

    Returns
    -------
    str
        A word of the statement's scale; a compound one is as good as its weakest part.
    """
    if not record.assessed:
        return record.verdict
    words = [_without(record.scale, finding, struck) for finding in record.components]
    return verdicts.conjunction(words, record.scale)


def _without(scale: str, finding: Finding, struck: Struck) -> str:
    listed = {*finding.evidence_for, *finding.evidence_against}
    fallen = any(struck.fells(reading) for reading in included(finding.readings))
    # What does not touch a proposition changes nothing about it.
    if not fallen and struck.ids.isdisjoint(listed):
        return finding.verdict
    return RULES[scale](finding, struck)


def figure(finding: Finding, struck: Struck) -> str:
    """Give the verdict on a figure without what is struck.

    Parameters
    ----------
    finding : Finding
    struck : Struck

    Returns
    -------
    str
        Readings of the source, and those computed from any of its rows, fall.  While a primary
        reading is left, the rule of the scale is applied to it.  Else the readings that differ
        from a lost one in the source alone take its place, those known earliest; else all that
        are left.  Where they agree, their word is the verdict; where the statement stands
        under all, ``roughly holds``; else ``contested``.  Where none is left, ``cannot be
        checked``.
    """
    if not included(finding.readings):
        return event(finding, struck)
    if not any(reading.role == "primary" for reading in finding.readings):
        return finding.verdict
    return verdicts.figure(_deciding(finding.readings, struck))


def _deciding(readings: Sequence[Reading], struck: Struck) -> list[Reading]:
    """Return the readings that decide once some have fallen, all of them primary."""
    counted = included(readings)
    kept = [reading for reading in counted if not struck.fells(reading)]
    primary = [reading for reading in kept if reading.role == "primary"]
    if primary:
        return primary
    lost = [reading for reading in counted if reading.role == "primary"]
    alike = [reading for reading in kept if any(_same_but_source(reading, old) for old in lost)]
    for status in _EARLIEST:
        first = [reading for reading in alike if reading.status == status]
        if first:
            return [_promoted(reading) for reading in first]
    return [_promoted(reading) for reading in kept]


def _same_but_source(one: Reading, other: Reading) -> bool:
    names = {*one.levels, *other.levels} - {_SOURCE}
    return all(one.levels.get(name) == other.levels.get(name) for name in names)


def _promoted(reading: Reading) -> Reading:
    reason = reading.reason or "in place of a reading that was struck out"
    return reading.model_copy(update={"role": "primary", "reason": reason})


def event(finding: Finding, struck: Struck) -> str:
    """Give the verdict on an event without what is struck.

    Parameters
    ----------
    finding : Finding
    struck : Struck

    Returns
    -------
    str
        The rule of the scale is applied to the rows and tables that are left.  Some cards list
        rows that only stand beside the others and do not count; there the verdict stays unless
        the rule gives another word than for the whole list, and is then ``cannot be checked``.
    """
    if included(finding.readings):
        return figure(finding, struck)
    before = _event(finding, ())
    after = _event(finding, struck.ids)
    if before == finding.verdict:
        return after
    return finding.verdict if after in {before, finding.verdict} else "cannot be checked"


def _event(finding: Finding, struck: Collection[str]) -> str:
    supporting, measured = _rows_and_tables(finding.evidence_for, struck)
    contradicting, _ = _rows_and_tables(finding.evidence_against, struck)
    return verdicts.event(
        firm_families(supporting), firm_families(contradicting), measured=bool(measured)
    )


def _rows_and_tables(ids: Iterable[str], struck: Collection[str]) -> tuple[list[str], list[str]]:
    left = [name for name in ids if name not in struck]
    return [n for n in left if n in _row_ids()], [n for n in left if n not in _row_ids()]


@cache
def _row_ids() -> frozenset[str]:
    return frozenset(tables.read("evidence")["id"])


def universal(finding: Finding, struck: Struck) -> str:
    """Give the verdict on a universal without what is struck.

    Parameters
    ----------
    finding : Finding
    struck : Struck

    Returns
    -------
    str
        ``refuted as worded`` while one counter-example is left, else ``not refuted``; what is
        not refuted stays so.
    """
    if finding.verdict != "refuted as worded":
        return finding.verdict
    return finding.verdict if _counter_example_left(finding, struck) else "not refuted"


def attribution(finding: Finding, struck: Struck) -> str:
    """Give the verdict on an attribution without what is struck.

    Parameters
    ----------
    finding : Finding
    struck : Struck

    Returns
    -------
    str
        ``refuted as worded`` while one piece of evidence against it is left, else none.
    """
    if finding.verdict != "refuted as worded":
        return finding.verdict
    return finding.verdict if _counter_example_left(finding, struck) else verdicts.NO_VERDICT


def _counter_example_left(finding: Finding, struck: Struck) -> bool:
    if not struck.ids.issuperset(finding.evidence_against):
        return True
    return any(
        reading.stands is False and not struck.fells(reading)
        for reading in included(finding.readings)
    )


def forecast(finding: Finding, struck: Struck) -> str:
    """Give the verdict on a forecast, or a conditional, without what is struck.

    Parameters
    ----------
    finding : Finding
    struck : Struck

    Returns
    -------
    str
        What came true needs something on the side for it, what failed something on the side
        against it, and what came true in part or depends on the reading something on each
        side that had anything; else it is ``open``.  Where it was measured, the primary reading
        is replaced as for a figure: ``open`` if no reading is left, ``depends on reading`` if
        what takes its place turns the result.
    """
    if finding.verdict in {"open", "not tested"}:
        return finding.verdict
    primary = [reading for reading in finding.readings if reading.role == "primary"]
    if primary:
        deciding = _deciding(finding.readings, struck)
        if not deciding:
            return "open"
        if {r.stands for r in deciding} != {r.stands for r in primary}:
            return "depends on reading"
    sides = {
        "came true": (finding.evidence_for,),
        "failed": (finding.evidence_against,),
    }.get(finding.verdict, (finding.evidence_for, finding.evidence_against))
    emptied = any(side and struck.ids.issuperset(side) for side in sides)
    return "open" if emptied else finding.verdict


def causal(finding: Finding, struck: Struck) -> str:
    """Give the verdict on a causal statement without what is struck.

    Parameters
    ----------
    finding : Finding
    struck : Struck

    Returns
    -------
    str
        ``the data cannot tell``: an effect is measured from all of its data or not at all.
    """
    return "the data cannot tell"


def _unchanged(finding: Finding, struck: Struck) -> str:
    return finding.verdict


Rule = Callable[[Finding, Struck], str]

# One rule for each scale; the page of the sources prints what they say they return.
RULES: Final[dict[str, Rule]] = {
    "figure": figure,
    "event": event,
    "universal": universal,
    "forecast": forecast,
    "conditional": forecast,
    "causal": causal,
    "attribution": attribution,
    # Evidence on both sides is shown and not judged.
    "evidence-only": _unchanged,
}

__all__ = ["RULES", "Struck", "of_root", "of_table", "rests", "verdict"]
