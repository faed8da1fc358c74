"""Caches that know what they were computed from, so that a change empties only what it must.

The measures and the words of the chapters keep results in ``functools.cache``.  In the process
of a proof `install` puts a cache in its place that stores with each result which tables were
read and which functions called for it.  A result that is taken from the cache then counts as
a use of all of these, and a changed table or function drops exactly the results that hang on it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass
class Used:
    """What a computation used.

    Attributes
    ----------
    tables : set of str
        Names of tables that were read.
    functions : set of str
        Functions that were called, as far as their calls are noted.
    """

    tables: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)

    def add(self, other: Used) -> None:
        """Add what another computation used, which was part of this one."""
        self.tables |= other.tables
        self.functions |= other.functions

    def breadth(self) -> int:
        """Return how much was used: what uses little is quick and close to what it uses."""
        return len(self.tables) + len(self.functions)


Store = dict[Hashable, tuple[Any, Used]]

_STORES: list[Store] = []
_OPEN: list[Used] = [Used()]


def note_table(name: str) -> None:
    """Note that a table is read now."""
    _OPEN[-1].tables.add(name)


def note_function(name: str) -> None:
    """Note that a function is called now."""
    _OPEN[-1].functions.add(name)


@contextmanager
def recorded() -> Iterator[Used]:
    """Record what is used in a ``with`` block; it also counts for the block around it."""
    used = Used()
    _OPEN.append(used)
    try:
        yield used
    finally:
        _OPEN.pop()
        _OPEN[-1].add(used)


def cache(function: Function) -> Function:
    """Keep the results of a function of this package, with what each was computed from."""
    if not function.__module__.startswith("analysis"):
        kept: Function = functools.lru_cache(maxsize=None)(function)  # type: ignore[assignment]
        return kept
    store: Store = {}
    _STORES.append(store)

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        key = (arguments, tuple(sorted(named.items())))
        if key not in store:
            with recorded() as used:
                value = function(*arguments, **named)
            store[key] = (value, used)
        value, used = store[key]
        _OPEN[-1].add(used)
        return value

    call.cache_clear = store.clear  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


def drop(changed: Callable[[Used], bool]) -> int:
    """Drop every result that was computed from what is changed; returns how many."""
    count = 0
    for store in _STORES:
        for key in [key for key, (_, used) in store.items() if changed(used)]:
            del store[key]
            count += 1
    return count


def install() -> None:
    """Put `cache` in the place of ``functools.cache``, before the measures are loaded.

    Raises
    ------
    RuntimeError
        The measures are loaded already, with the other cache.
    """
    import sys

    if "analysis.tables" in sys.modules:
        message = "measures were loaded before their caches could be watched"
        raise RuntimeError(message)
    functools.cache = cache  # type: ignore[assignment]
    from analysis import tables

    read, shapes = tables.read, tables.shapes
    held: dict[str, pd.DataFrame] = {}

    def noted(name: str) -> pd.DataFrame:
        note_table(name)
        if name not in held:
            held[name] = read(name)
        # pandas copies what is changed when it is changed, so sharing is safe and quick.
        return held[name].copy(deep=False)

    def noted_shapes(name: str) -> list[dict[str, object]]:
        note_table(name)
        return shapes(name)

    tables.read, tables.shapes = noted, noted_shapes


def replace(name: str, frame: pd.DataFrame) -> None:
    """Give another table under a name to everybody who reads it, for the rest of the process."""
    from analysis import tables

    read = tables.read

    def other(wanted: str) -> pd.DataFrame:
        return frame.copy(deep=False) if wanted == name else read(wanted)

    tables.read = other  # type: ignore[assignment]
