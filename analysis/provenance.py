"""What a number was computed from: the tables and facts read on the way to it.

``tables.read`` and ``evidence.fact`` report here, and `cache` remembers with a result what
was read for it, so that a number that comes out of a cache is traced like a fresh one.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Reads:
    """Tables and facts in the order of their first reading.

    Attributes
    ----------
    tables : list of str
        Names in the data package.
    facts : list of str
        Ids in the table of evidence.
    """

    tables: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def add(self, other: Reads) -> None:
        """Take over what another recording has."""
        for name in other.tables:
            _once(self.tables, name)
        for name in other.facts:
            _once(self.facts, name)


# The recordings under way, the outermost first.
_OPEN: list[Reads] = []


def _once(known: list[str], name: str) -> None:
    if name not in known:
        known.append(name)


def note_table(name: str) -> None:
    """Report that a table was read."""
    for reads in _OPEN:
        _once(reads.tables, name)


def note_fact(fact_id: str) -> None:
    """Report that one fact of the table of evidence was used."""
    for reads in _OPEN:
        _once(reads.facts, fact_id)


def open_recording() -> Reads:
    """Begin a recording that `close` ends."""
    reads = Reads()
    _OPEN.append(reads)
    return reads


def close(reads: Reads) -> None:
    """End a recording; by identity, for two recordings that have read the same are equal."""
    _OPEN[:] = [other for other in _OPEN if other is not reads]


@contextmanager
def recording() -> Iterator[Reads]:
    """Record what is read within the block; recordings may stand inside one another.

    Yields
    ------
    Reads
        Fills while the block runs.
    """
    reads = open_recording()
    try:
        yield reads
    finally:
        close(reads)


def aside(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function reads out of the recordings under way.

    For texts around a chart, which are made for all charts of a chapter together: what they
    read is not what the chart shows.
    """

    @functools.wraps(function)
    def unrecorded(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = _OPEN[:]
        _OPEN.clear()
        try:
            return function(*args, **kwargs)
        finally:
            _OPEN[:] = kept

    return unrecorded


def cache(function: Callable[P, R]) -> Callable[P, R]:
    """Remember results, as `functools.cache` does, and what was read for each.

    Parameters
    ----------
    function : callable
        With hashable arguments.

    Returns
    -------
    callable
        With ``cache_clear``.
    """
    known: dict[Any, tuple[R, Reads]] = {}

    @functools.wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (args, tuple(sorted(kwargs.items())))
        if key not in known:
            with recording() as reads:
                result = function(*args, **kwargs)
            known[key] = (result, reads)
            return result
        result, reads = known[key]
        for other in _OPEN:
            other.add(reads)
        return result

    cast("Any", remembered).cache_clear = known.clear
    return remembered


def install() -> None:
    """Put `cache` in the place of ``functools.cache``, before the measures are loaded.

    The process that executes a chapter for its record does so; for readers the measures keep
    the cache of the standard library.

    Raises
    ------
    RuntimeError
        The measures are loaded already, with the other cache.
    """
    if "analysis.tables" in sys.modules:
        message = "measures were loaded before their caches could be watched"
        raise RuntimeError(message)
    plain = functools.cache

    def watched(function: Callable[P, R]) -> Callable[P, R]:
        own = function.__module__.startswith("analysis")
        return cache(function) if own else plain(function)

    functools.cache = watched  # type: ignore[assignment]


__all__ = [
    "Reads", "aside", "cache", "close", "install", "note_fact", "note_table", "open_recording",
    "recording",
]  # fmt: skip
