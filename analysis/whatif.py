"""What a reader's own choices do to verdicts: another tolerance, another reading, a source less.

The rules are the book's.  Only what they are given changes, and nothing here is stored: the
cards, the ledger and ``claims.json`` show the book's own choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis import claims, hedges, readings, verdicts
from analysis.claims import Finding
from analysis.readings import Reading

_CHOSEN = "chosen by the reader"
_FORMERLY = "alternative"


@dataclass(frozen=True, repr=False)
class Outcome:
    """The verdict on a claim under a reader's choices.

    Attributes
    ----------
    claim : str
        Id.
    verdict, book : str
        Under these choices, and in the book; words of the claim's scale.
    robustness : str
        What the other readings then do; empty where the scale has none.
    readings : int
        How many readings there are, excluded ones left out.
    """

    claim: str
    verdict: str
    book: str
    robustness: str
    readings: int

    def __repr__(self) -> str:
        lines = [f"{self.claim}: {self.verdict}", f"in the book: {self.book}"]
        if self.readings:
            lines.append(f"{self.readings} readings, {self.robustness or 'no robustness'}")
        return "\n".join(lines)

    @property
    def changed(self) -> bool:
        """Whether the choices turn the book's verdict."""
        return self.verdict != self.book


def verdict(
    claim_id: str, *, tolerance: float = 0.0, primary: str = "", without: Sequence[str] = ()
) -> Outcome:
    """Assess a claim by the book's rules under other choices.

    Parameters
    ----------
    claim_id : str
    tolerance : float
        How much wider the claim's word is taken than the book takes it: a share of the
        printed number, or the ratio itself where the word has one; see
        `analysis.hedges.critical_tolerance`.  Nought is the book.
    primary : str
        Name of a reading, or what a reading has in one of its dimensions (a source, a
        period); all readings that have it give the verdict.  Empty is the book.
    without : sequence of str
        Names or dimensions likewise; such readings are left out.

    Raises
    ------
    KeyError
        No such claim, or no reading of that name; lists what there is.
    ValueError
        A tolerance below nought, or the claim's verdict is not made from readings, so that
        none can be chosen.
    """
    if tolerance < 0:
        message = f"a tolerance is nought or more, not {tolerance}: the book's rules are its floor"
        raise ValueError(message)
    # Assessed here once before: whatever a measure keeps it keeps as the book has it.
    book = claims.assess(claim_id)
    with hedges.stretched(tolerance):
        found = claims.reassess(claim_id).findings
    if primary or without:
        made = claims.reassess(claim_id).findings
        found = _chosen(claim_id, made, found, primary, tuple(without))
    weakest = verdicts.conjunction([finding.verdict for finding in found], book.scale)
    deciding = next(finding for finding in found if finding.verdict == weakest)
    kept = [item for finding in found for item in readings.included(finding.readings)]
    return Outcome(
        claim=claim_id,
        verdict=weakest,
        book=book.verdict,
        robustness=deciding.robustness.word if deciding.robustness else "",
        readings=len(kept),
    )


def ledger(tolerance: float) -> pd.DataFrame:
    """Assess every claim under one tolerance.

    Parameters
    ----------
    tolerance : float
        As in `verdict`.

    Returns
    -------
    DataFrame
        claim, quotation, chapter, scale, book, own (verdicts) and changed (bool), in the
        article's order.
    """
    rows = []
    for record in claims.assess_all():
        own = verdict(record.id, tolerance=tolerance)
        rows.append(
            {
                "claim": record.id,
                "quotation": record.quotation,
                "chapter": record.home_chapter,
                "scale": record.scale,
                "book": own.book,
                "own": own.verdict,
                "changed": own.changed,
            }
        )
    return pd.DataFrame(rows)


def choices(claim_id: str) -> pd.DataFrame:
    """Return the readings of a claim from which a reader may choose.

    Returns
    -------
    DataFrame
        name, source, value, unit, word (what this reading makes of the claim) and role.

    Raises
    ------
    ValueError
        The claim's verdict is not made from readings.
    """
    if not any(map(_by_readings, claims.assess(claim_id).components)):
        raise ValueError(_no_choice(claim_id))
    table = claims.readings_frame(claim_id)
    return table[["name", "source", "value", "unit", "word", "role"]]


def choosable() -> list[str]:
    """Return the ids of the claims with at least two readings of which one gives the verdict."""
    return [
        record.id
        for record in claims.assess_all()
        if any(
            _by_readings(finding) and len(readings.included(finding.readings)) > 1
            for finding in record.components
        )
    ]


def _by_readings(finding: Finding) -> bool:
    return bool(finding.readings) and verdicts.figure(finding.readings) == finding.verdict


def _no_choice(claim_id: str) -> str:
    return f"the verdict on {claim_id!r} is not made from readings; its rule is on its card"


def _chosen(
    claim_id: str,
    made: Sequence[Finding],
    found: Sequence[Finding],
    primary: str,
    without: tuple[str, ...],
) -> tuple[Finding, ...]:
    by_readings = [_by_readings(finding) for finding in made]
    if not any(by_readings):
        raise ValueError(_no_choice(claim_id))
    asked = [name for name in (primary, *without) if name]
    there = [item for f in made for item in readings.included(f.readings)]
    missing = [name for name in asked if not any(_is(item, name) for item in there)]
    if missing:
        names = sorted({item.name for item in there})
        message = f"{claim_id!r} has no reading {missing}; there are: {names}"
        raise KeyError(message)
    return tuple(
        _with(finding, primary, without) if decides else finding
        for finding, decides in zip(found, by_readings, strict=True)
    )


def _is(item: Reading, name: str) -> bool:
    return name == item.name or name in item.levels.values()


def _with(finding: Finding, primary: str, without: tuple[str, ...]) -> Finding:
    kept = [r for r in finding.readings if not any(_is(r, name) for name in without)]
    if primary and any(_is(r, primary) for r in readings.included(kept)):
        kept = [_recast(item, primary) for item in kept]
    update: dict[str, Any] = {
        "readings": tuple(kept),
        "verdict": verdicts.figure(kept),
        "robustness": readings.robustness(kept),
        "critical_tolerance": None,
    }
    return finding.model_copy(update=update)


def _recast(item: Reading, primary: str) -> Reading:
    if item.role == "excluded":
        return item
    role = "primary" if _is(item, primary) else _FORMERLY
    return item.model_copy(update={"role": role, "reason": _CHOSEN})


__all__ = ["Outcome", "choices", "choosable", "ledger", "verdict"]
