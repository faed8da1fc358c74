"""Where a root source and a row of evidence have their place among the pages of sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final

from analysis import tables

INDEX: Final = "pages/sources"

# Topics of the evidence table, and what a reader is told of them.  The last takes what has no
# other; its rows came to several subjects.
TOPICS: Final[Mapping[str, str]] = {
    "territory": "Land and the front",
    "kharkiv-krynky-urban": "Kharkiv, Krynky and war in cities",
    "losses": "Losses",
    "russia-economy": "Russia’s budget, economy and arms",
    "aid": "Aid to Ukraine",
    "opinion-and-diplomacy": "Opinion and diplomacy",
    "terms": "Terms of a settlement",
    "forecasts-and-war-termination": "Forecasts and how wars end",
    "counterclaims": "Those who called for talks",
    "supplement": "Other subjects",
}


def page_of(topic: str) -> str:
    """Return the name of a topic's page."""
    return f"{INDEX}-{topic}"


def of_root(origin_id: str) -> str:
    """Return the topic of most rows of a root source, the first of equals.

    Raises
    ------
    KeyError
        No such root source.
    """
    return _topics()[origin_id]


def place_of(source_id: str) -> tuple[str, str]:
    """Return page and anchor of an evidence row.

    Raises
    ------
    KeyError
        No such row.
    """
    return page_of(_topics()[_origins()[source_id]]), f"fact-{source_id}"


@cache
def _origins() -> dict[str, str]:
    rows = tables.read("evidence")
    return dict(zip(rows["id"], rows["origin_id"], strict=True))


@cache
def _topics() -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in tables.read("evidence").itertuples():
        counts[str(row.origin_id)][str(row.topic)] += 1
    *order, last = TOPICS
    found = {}
    for origin in tables.read("source-families")["origin_id"]:
        own = counts[origin]
        known = [topic for topic in order if own[topic]]
        found[origin] = max(known, key=lambda topic: own[topic]) if known else last
    return found


__all__ = ["INDEX", "TOPICS", "of_root", "page_of", "place_of"]
