"""Hedges: what the article's words of quantity and of chance allow a number to be.

A hedge is not a reading.  Each word has one interval, fixed from the word alone and
printed in the method chapter; beside a verdict stands how far the word would have to
stretch for the verdict to change (`critical_tolerance`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal


@dataclass(frozen=True)
class Interval:
    """A closed interval of numbers; either end may be infinite."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def scaled(self, factor: float) -> Interval:
        """Multiply both ends by a positive factor."""
        return Interval(self.low * factor, self.high * factor)

    def stretched(self, by: float) -> Interval:
        """Move both ends outwards; an end at nought is a floor or a ceiling and stays."""
        return Interval(self.low - by if self.low else 0.0, self.high + by if self.high else 0.0)


@dataclass(frozen=True)
class Hedge:
    """One word and what it allows.

    Attributes
    ----------
    word : str
        As in the ``hedge`` column of the claims; empty for a bare number.
    kind : {"quantity", "multiple", "chance"}
        ``quantity``: the intervals are multiples of the printed number.
        ``multiple``: they are the ratio itself (one side over the other).
        ``chance``: they are probabilities.
    holds, roughly : Interval
        Values for which the statement holds, and holds roughly.
    reason : str
        Why these ends, from the word alone.
    """

    word: str
    kind: Literal["quantity", "multiple", "chance"]
    holds: Interval
    roughly: Interval
    reason: str


_BARE = "a number without a hedge claims its own digits: it may be off by a rounding"

HEDGES: tuple[Hedge, ...] = (
    Hedge("", "quantity", Interval(0.975, 1.025), Interval(0.9, 1.1), _BARE),
    Hedge("amounted to", "quantity", Interval(0.975, 1.025), Interval(0.9, 1.1), _BARE),
    Hedge(
        "will reach",
        "quantity",
        Interval(0.975, 1.025),
        Interval(0.9, 1.1),
        "a number announced for the future claims the same digits as a bare one",
    ),
    Hedge(
        "some",
        "quantity",
        Interval(0.9, 1.1),
        Interval(0.75, 1.25),
        "the word announces a round number, a tenth to either side",
    ),
    Hedge(
        "or so",
        "quantity",
        Interval(0.9, 1.1),
        Interval(0.75, 1.25),
        "as some: a round number, a tenth to either side",
    ),
    Hedge(
        "nearly",
        "quantity",
        Interval(0.9, 1.0),
        Interval(0.8, 1.05),
        "below the number and within a tenth of it",
    ),
    Hedge(
        "almost",
        "quantity",
        Interval(0.9, 1.0),
        Interval(0.8, 1.05),
        "as nearly: below the number and within a tenth of it",
    ),
    Hedge(
        "just over",
        "quantity",
        Interval(1.0, 1.1),
        Interval(0.95, 1.2),
        "above the number and within a tenth of it",
    ),
    Hedge(
        "more than",
        "quantity",
        Interval(1.0, inf),
        Interval(0.95, inf),
        "the words set a floor and no ceiling",
    ),
    Hedge(
        "over",
        "quantity",
        Interval(1.0, inf),
        Interval(0.95, inf),
        "as more than: a floor and no ceiling",
    ),
    Hedge(
        "less than",
        "quantity",
        Interval(0.0, 1.0),
        Interval(0.0, 1.05),
        "the words set a ceiling and no floor",
    ),
    Hedge(
        "at least as much",
        "quantity",
        Interval(1.0, inf),
        Interval(0.95, inf),
        "a floor and no ceiling",
    ),
    Hedge(
        "a third",
        "quantity",
        Interval(0.9, 1.1),
        Interval(0.75, 1.25),
        "a simple fraction announces a round number, as some does",
    ),
    Hedge(
        "vastly",
        "multiple",
        Interval(2.0, inf),
        Interval(1.5, inf),
        "at least twice; half as many again is more, not vastly more",
    ),
    Hedge(
        "substantially",
        "multiple",
        Interval(1.5, inf),
        Interval(1.25, inf),
        "at least half as many again; a quarter more is larger, not substantially so",
    ),
    Hedge(
        "slow",
        "multiple",
        Interval(0.0, 0.1),
        Interval(0.0, 0.25),
        "at most a tenth of the pace it is set beside; a quarter is roughly slow",
    ),
    Hedge(
        "nothing resembling",
        "multiple",
        Interval(0.0, 0.1),
        Interval(0.0, 0.25),
        "a tenth of the thing does not resemble it; a quarter begins to",
    ),
    Hedge(
        "more or less fully",
        "multiple",
        Interval(0.95, 1.0),
        Interval(0.9, 1.0),
        "all but a twentieth; all but a tenth is roughly so",
    ),
    Hedge(
        "substantial",
        "multiple",
        Interval(0.1, inf),
        Interval(0.05, inf),
        "at least a tenth of what it is set beside; a twentieth is roughly so",
    ),
    Hedge(
        "reckons",
        "quantity",
        Interval(0.975, 1.025),
        Interval(0.9, 1.1),
        "a number passed on in another's name claims that other's own digits",
    ),
    Hedge(
        "not one",
        "multiple",
        Interval(0.0, 0.0),
        Interval(0.0, 0.0),
        "none; one case is one too many",
    ),
    Hedge(
        "just about every",
        "multiple",
        Interval(0.9, 1.0),
        Interval(0.8, 1.0),
        "as nearly, of a whole: one exception in ten, roughly one in five",
    ),
    Hedge(
        "tens of billions",
        "multiple",
        Interval(20.0, 100.0),
        Interval(10.0, 200.0),
        "at least two tens and less than a hundred, in billions",
    ),
    Hedge(
        "principal",
        "multiple",
        Interval(1.0, inf),
        Interval(0.95, inf),
        "first of all: at least as much as any other single one; a majority is not asked",
    ),
    Hedge(
        "common",
        "multiple",
        Interval(1.0, inf),
        Interval(0.5, inf),
        "at least one a month; one in two months is roughly common",
    ),
    Hedge(
        "along with",
        "multiple",
        Interval(0.0, 1.0),
        Interval(0.0, 1.1),
        "names the second thing as an addition to the first: no larger, give or take a tenth",
    ),
    Hedge(
        "just",
        "multiple",
        Interval(0.0, 0.1),
        Interval(0.0, 0.25),
        "just begun: at most a tenth of the whole is done; a quarter is no longer a beginning",
    ),
    Hedge(
        "sustain",
        "multiple",
        Interval(1.0, inf),
        Interval(0.9, inf),
        "the same pace or more; a tenth less is roughly the same",
    ),
    Hedge(
        "cannot be ruled out",
        "chance",
        Interval(0.01, 1.0),
        Interval(0.001, 1.0),
        "any chance that a careful person would not neglect",
    ),
    Hedge(
        "may",
        "chance",
        Interval(0.05, 0.95),
        Interval(0.01, 0.99),
        "neither excluded nor certain",
    ),
    Hedge(
        "could",
        "chance",
        Interval(0.05, 0.95),
        Interval(0.01, 0.99),
        "as may: neither excluded nor certain",
    ),
    Hedge(
        "will",
        "chance",
        Interval(0.9, 1.0),
        Interval(0.75, 1.0),
        "an announcement without reserve",
    ),
    Hedge(
        "virtually no chance",
        "chance",
        Interval(0.0, 0.02),
        Interval(0.0, 0.05),
        "one case in fifty at the most",
    ),
)

_BY_WORD = {hedge.word: hedge for hedge in HEDGES}

# How much wider than the book's a reader lets every word be; nought is the book.
_STRETCH: ContextVar[float] = ContextVar("stretch of the hedges", default=0.0)


@contextmanager
def stretched(by: float) -> Iterator[None]:
    """Let every word allow more, or less, than the book does, while the context lasts.

    Parameters
    ----------
    by : float
        In the measure of `critical_tolerance`: a share of the printed number for words of
        quantity, the ratio or the chance itself for the others.  Below nought is stricter.

    Raises
    ------
    ValueError
        Not a finite number.
    """
    if not isfinite(by):
        message = f"a tolerance is a finite number, not {by}"
        raise ValueError(message)
    token = _STRETCH.set(by)
    try:
        yield
    finally:
        _STRETCH.reset(token)


def hedge(word: str) -> Hedge:
    """Return the hedge for a word; KeyError lists the words that have an interval."""
    try:
        return _BY_WORD[word]
    except KeyError:
        message = f"no interval for the hedge {word!r}; there are: {sorted(_BY_WORD)}"
        raise KeyError(message) from None


def allowed(word: str, printed: float) -> tuple[Interval, Interval]:
    """Return the values for which a printed number holds, and holds roughly.

    Parameters
    ----------
    word : str
        The hedge; empty for a bare number.
    printed : float
        The number as printed, in any unit; ignored for words of kind ``multiple``
        and ``chance``, whose intervals are absolute.

    Returns
    -------
    tuple of Interval
        ``(holds, roughly)`` in the unit of `printed`.
    """
    chosen = hedge(word)
    factor = printed if chosen.kind == "quantity" else 1.0
    by = _STRETCH.get() * factor
    holds, roughly = chosen.holds.scaled(factor), chosen.roughly.scaled(factor)
    return (holds.stretched(by), roughly.stretched(by)) if by else (holds, roughly)


def critical_tolerance(word: str, printed: float, value: float) -> float | None:
    """Return how far the word must stretch, as a share of the printed number.

    For a value inside the rough interval: the distance to its nearest finite end (how
    much the value could move before the number would not even roughly hold).  For a
    value outside: the distance to the nearest end (how much wider the word would have
    to be).  None where the interval has no finite end on the side that matters.

    Examples
    --------
    188 printed, 9 measured: a bare number roughly holds down to 169.2, so the word
    would have to stretch by (169.2 - 9) / 188.

    >>> round(critical_tolerance("", 188, 9), 3)
    0.852
    """
    _, roughly = allowed(word, printed)
    ends = [end for end in (roughly.low, roughly.high) if abs(end) != inf and end != 0]
    scale = printed if hedge(word).kind == "quantity" else 1.0
    if not ends or scale == 0:
        return None
    return min(abs(value - end) for end in ends) / abs(scale)
