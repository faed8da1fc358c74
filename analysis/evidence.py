"""Evidence: one sourced figure, dated event or statement at a time, and who it goes back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal, cast

import pandas as pd

from analysis import tables
from analysis.provenance import note_fact

Bearing = Literal["claim", "context", "hindsight"]
Tier = Literal["original", "reputable relay", "mirror"]


@dataclass(frozen=True)
class Fact:
    """One row of the evidence table.

    Attributes
    ----------
    value, low, high : float or None
        In `unit`; None where the fact is a date, a wording or a range without a middle.
    value_text : str
        A date (ISO 8601, to the precision known) or a short wording.
    published : date or None
        None where the page prints no day: such a fact never counts as known by a date.
    read_at : str
        Where it was read, when that is not the original publisher.
    origin_id : str
        Root source; facts that share it are not independent.
    better_id : str
        A fact of the same content from a better page; empty where none is held.
    """

    id: str
    topic: str
    claim_ids: tuple[str, ...]
    counterclaim_ids: tuple[str, ...]
    bearing: Bearing
    quantity: str
    value: float | None
    value_text: str
    low: float | None
    high: float | None
    unit: str
    as_of: date
    period_end: date | None
    publisher: str
    original_publisher: str
    read_at: str
    tier: Tier
    author: str
    title: str
    published: date | None
    url: str
    excerpt: str
    reliability: str
    origin_id: str
    better_id: str
    note: str

    @property
    def citation(self) -> str:
        """Name of the source as it is cited: "X", or "X, as read at Y"."""
        if not self.read_at:
            return self.original_publisher
        return f"{self.original_publisher}, as read at {self.read_at}"

    def published_by(self, day: date) -> bool:
        """Tell whether the page was public on a day; one without a date never was."""
        return self.published is not None and self.published <= day


def table() -> pd.DataFrame:
    """Return all facts, indexed by id."""
    # The index has no name of its own: "id" is the column, and sorting by it stays clear.
    return tables.read("evidence").set_index("id", drop=False).rename_axis(None)


def fact(fact_id: str) -> Fact:
    """Return one fact by its id.

    Raises
    ------
    KeyError
        No such fact; the message names the ids nearest to it.
    """
    facts = table()
    if fact_id not in facts.index:
        near = get_close_matches(fact_id, facts.index, n=5, cutoff=0.5)
        message = f"no fact {fact_id!r} in data/evidence.csv; near it: {', '.join(near) or 'none'}"
        raise KeyError(message)
    note_fact(fact_id)
    return _fact(cast("Mapping[str, Any]", facts.loc[fact_id].to_dict()))


def _fact(row: Mapping[str, Any]) -> Fact:
    cells = dict(row)
    for name in ("claim_ids", "counterclaim_ids"):
        cells[name] = tuple(str(cells[name]).split())
    for name in ("value", "low", "high"):
        cells[name] = None if pd.isna(cells[name]) else float(cells[name])
    for name in ("as_of", "period_end", "published"):
        cells[name] = None if pd.isna(cells[name]) else cells[name].date()
    return Fact(**cells)


def for_claim(claim_id: str, bearing: Bearing | None = None) -> pd.DataFrame:
    """Return the facts that bear on a claim, indexed by id, the earliest first.

    Parameters
    ----------
    claim_id : str
    bearing : {"claim", "context", "hindsight"}, optional
        Only those collected for this reason.

    Returns
    -------
    pandas.DataFrame
        Empty where there are none.
    """
    facts = table()
    chosen = facts["claim_ids"].str.split().map(lambda ids: claim_id in ids).astype(bool)
    if bearing is not None:
        chosen &= facts["bearing"] == bearing
    return facts[chosen].sort_values(["as_of", "id"])


def published_by(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the facts published on or before a day; a blank ``published`` never counts."""
    # A comparison with a missing date is False, which is the rule wanted here.
    return frame[frame["published"] <= pd.Timestamp(day)]


def families(fact_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Group facts by their root source.

    Parameters
    ----------
    fact_ids : iterable of str

    Returns
    -------
    dict of str to tuple of str
        Ids by ``origin_id``, in the order given; its length is the number of
        independent sources.

    Raises
    ------
    KeyError
        An id is unknown.
    """
    grouped: dict[str, tuple[str, ...]] = {}
    for fact_id in dict.fromkeys(fact_ids):
        root = fact(fact_id).origin_id
        grouped[root] = (*grouped.get(root, ()), fact_id)
    return grouped
