"""Verdicts: the written rules that turn readings and evidence into words.

Nobody assigns a verdict by hand.  Each scale has its words and one rule; the words are
the only ones that chapters, ``claims.json`` and the ledger use.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from analysis.hedges import Interval, allowed
from analysis.readings import Reading

FIGURE_WORDS = ("holds", "roughly holds", "contested", "does not hold", "cannot be checked")
UNIVERSAL_WORDS = ("not refuted", "refuted as worded")
FORECAST_WORDS = ("came true", "in part", "open", "not tested", "depends on reading", "failed")
CAUSAL_WORDS = ("supported", "the data cannot tell", "not supported")
NO_VERDICT = "no verdict word"
NOT_ASSESSED = "not yet assessed"

WORDS: dict[str, tuple[str, ...]] = {
    "figure": FIGURE_WORDS,
    "event": FIGURE_WORDS,
    "universal": UNIVERSAL_WORDS,
    "forecast": FORECAST_WORDS,
    "conditional": FORECAST_WORDS,
    "causal": CAUSAL_WORDS,
    "attribution": (NO_VERDICT, "refuted as worded"),
    "evidence-only": (NO_VERDICT,),
}

# Readings under which a claim stands; the rest is for robustness only.
STANDS = frozenset({"holds", "roughly holds"})

Outcome = Literal["came true", "in part", "failed", "open", "not tested"]


def classify(reading: Reading, holds: Interval, roughly: Interval) -> str:
    """Say what one reading makes of a figure.

    Parameters
    ----------
    reading : Reading
        With its range, in the unit of the intervals.
    holds, roughly : Interval
        From `analysis.hedges.allowed`.

    Returns
    -------
    str
        ``holds`` when its whole range is inside `holds`, ``roughly holds`` when it is
        inside `roughly`, ``does not hold`` when it lies wholly outside `roughly`, and
        ``contested`` when the range has values on both sides.
    """
    low, high = reading.bounds
    if low in holds and high in holds:
        return "holds"
    if low in roughly and high in roughly:
        return "roughly holds"
    if high < roughly.low or low > roughly.high:
        return "does not hold"
    return "contested"


def judge(readings: Sequence[Reading], word: str, printed: float) -> list[Reading]:
    """Return the readings with the word that each gives and whether the claim stands."""
    holds, roughly = allowed(word, printed)
    return [
        reading.model_copy(
            update={
                "word": (verdict := classify(reading, holds, roughly)),
                "stands": verdict in STANDS,
            }
        )
        for reading in readings
    ]


def figure(readings: Sequence[Reading]) -> str:
    """Give the verdict on a figure from its primary readings.

    Parameters
    ----------
    readings : sequence of Reading
        Judged.  Several primary readings are sources of equal standing.

    Returns
    -------
    str
        The word of the primary reading.  Where equals disagree: the weaker word if the
        claim stands under all of them, else ``contested``.  Without a primary reading:
        ``cannot be checked``.
    """
    words = {reading.word for reading in readings if reading.role == "primary"}
    if not words:
        return "cannot be checked"
    if len(words) == 1:
        return words.pop()
    return "roughly holds" if words <= STANDS else "contested"


def event(supporting: Collection[str], contradicting: Collection[str], *, measured: bool) -> str:
    """Give the verdict on a dated event.

    Parameters
    ----------
    supporting, contradicting : collection of str
        Root sources (``origin_id``) that report the event as worded, or otherwise.
    measured : bool
        Whether a series or a primary document shows it, beside the reports.

    Returns
    -------
    str
        ``contested`` when root sources stand on both sides; ``does not hold`` when all
        are against it; ``holds`` when it is measured or two root sources agree;
        ``roughly holds`` for one root source alone; else ``cannot be checked``.
    """
    for_it, against = len(set(supporting)), len(set(contradicting))
    if against and (for_it or measured):
        return "contested"
    if against:
        return "does not hold"
    if measured or for_it > 1:
        return "holds"
    return "roughly holds" if for_it else "cannot be checked"


def universal(counter_examples: Collection[str]) -> str:
    """Give the verdict on a universal: one dated public counter-example refutes it."""
    return "refuted as worded" if counter_examples else "not refuted"


def forecast(literal: Outcome, charitable: Outcome) -> str:
    """Give the verdict on a forecast from its literal and its charitable rule."""
    return literal if literal == charitable else "depends on reading"


def causal(low: float, high: float, *, expected_sign: Literal[1, -1]) -> str:
    """Give the verdict on a causal statement from the interval of its effect."""
    if low > high:
        message = f"an interval from {low} to {high} has its ends the wrong way round"
        raise ValueError(message)
    if low * expected_sign > 0 and high * expected_sign > 0:
        return "supported"
    if low * expected_sign < 0 and high * expected_sign < 0:
        return "not supported"
    return "the data cannot tell"


def conjunction(words: Sequence[str], scale: str) -> str:
    """Give the verdict on a compound claim: it is as good as its weakest proposition.

    ``cannot be checked`` only counts where no proposition fails, and ``open`` or ``not
    tested`` only where none has failed or is in part true.
    """
    order = _STRENGTH[scale]
    return max(words, key=order.index)


# From strong to weak, for conjunctions.
_STRENGTH: dict[str, tuple[str, ...]] = {
    "figure": ("holds", "roughly holds", "cannot be checked", "contested", "does not hold"),
    "event": ("holds", "roughly holds", "cannot be checked", "contested", "does not hold"),
    "universal": UNIVERSAL_WORDS,
    "forecast": (
        "came true",
        "not tested",
        "open",
        "in part",
        "depends on reading",
        "failed",
    ),
    "causal": CAUSAL_WORDS,
    "attribution": (NO_VERDICT, "refuted as worded"),
    "evidence-only": (NO_VERDICT,),
}
_STRENGTH["conditional"] = _STRENGTH["forecast"]
