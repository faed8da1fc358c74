"""Root sources: from how many independent origins a number or an event is known.

Copies of one publication are one source.  Each reading and each row of evidence names its root
(``origin_id``); what a table of the book is made from stands in ``data/table_families.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from analysis import tables
from analysis.readings import Reading, included


def of(readings: Sequence[Reading], evidence: Iterable[str]) -> tuple[str, ...]:
    """Return the root sources of one proposition, each once, in the order of the alphabet.

    Parameters
    ----------
    readings : sequence of Reading
        Where any of them counts, the roots are theirs: each speaks for its own number.
    evidence : iterable of str
        Evidence rows and tables for and against; asked where no reading counts.

    Returns
    -------
    tuple of str
        Names in ``data/source_families.csv``.  What the book itself compiled is no root
        source; its rows name theirs.
    """
    counted = included(readings)
    named = [reading.origin_id for reading in counted] if counted else [*evidence]
    # A number that is made from two sources at once names both.
    found = {family(part) for name in named for part in name.split(" and ")}
    return tuple(sorted(found - {""}))


def family(name: str) -> str:
    """Return the root source of an evidence row, a table or an origin; empty for none."""
    of_rows, of_tables, known = _families()
    if name in of_rows:
        return of_rows[name]
    if name in of_tables:
        return of_tables[name]
    return name if name in known else ""


@cache
def _families() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    rows, series = tables.read("evidence"), tables.read("table-families")
    known = tables.read("source-families")
    return (
        dict(zip(rows["id"], rows["origin_id"], strict=True)),
        dict(zip(series["table"], series["origin_id"], strict=True)),
        dict(zip(known["origin_id"], known["name"], strict=True)),
    )


def name(origin_id: str) -> str:
    """Return what readers call a root source.

    Raises
    ------
    KeyError
        No such family in ``data/source_families.csv``.
    """
    return _families()[2][origin_id]


__all__ = ["family", "name", "of"]
