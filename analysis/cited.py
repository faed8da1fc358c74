"""What a claim cites, in full: so that its record can be read without another table."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict

from analysis import datapackage, roots, tables


class Source(BaseModel):
    """A row of the evidence, or a table, that a record names.

    Attributes
    ----------
    id : str
        Row of ``data/evidence.csv``, or name of a table of the data package.
    kind : str
        ``fact`` or ``table``.
    publisher, read_at : str
        Who said it first, and where it was read if elsewhere.
    title, url : str
    quantity, unit, text : str
        What is taken from it; `text` where that is words or a day.
    excerpt : str
        At most 25 words of the page.
    value, low, high : float or None
    as_of, until, published : str
        ISO dates, empty where not known; of a table, its vintage in `as_of`.
    tier : str
        What kind of source it is, as the table of evidence explains.
    root_source : str
        Name of the root source; empty for a table of this book's own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Literal["fact", "table"]
    publisher: str
    read_at: str = ""
    title: str
    url: str
    quantity: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    text: str = ""
    excerpt: str = ""
    as_of: str = ""
    until: str = ""
    published: str = ""
    tier: str = ""
    root_source: str = ""


def sources(ids: Iterable[str]) -> tuple[Source, ...]:
    """Return what is cited, in the order given.

    Raises
    ------
    KeyError
        Ids that are neither a row of the evidence nor a table; all of them are listed.
    """
    found, unknown = [], []
    for name in ids:
        if name in datapackage.origins():
            found.append(_of_table(datapackage.origin(name)))
        elif name in _rows():
            found.append(_of_row(_rows()[name]))
        else:
            unknown.append(name)
    if unknown:
        message = f"neither evidence rows nor tables: {', '.join(unknown)}"
        raise KeyError(message)
    return tuple(found)


@cache
def _rows() -> dict[str, dict[str, Any]]:
    rows = tables.read("evidence").to_dict("records")
    return {str(row["id"]): {str(name): cell for name, cell in row.items()} for row in rows}


def _of_table(item: datapackage.Origin) -> Source:
    return Source(
        id=item.name,
        kind="table",
        publisher="; ".join(dict.fromkeys(source.publisher for source in item.sources)),
        title=item.title,
        url="; ".join(dict.fromkeys(str(source.path) for source in item.sources if source.path)),
        as_of=str(item.vintage),
        root_source=_root(item.name),
    )


def _of_row(row: dict[str, Any]) -> Source:
    original = str(row["original_publisher"])
    return Source(
        id=str(row["id"]),
        kind="fact",
        publisher=original or str(row["publisher"]),
        read_at=str(row["read_at"] or (row["publisher"] if original else "")),
        title=str(row["title"]),
        url=str(row["url"]),
        quantity=str(row["quantity"]),
        value=_number(row["value"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        unit=str(row["unit"]),
        text=str(row["value_text"]),
        excerpt=str(row["excerpt"]),
        as_of=_day(row["as_of"]),
        until=_day(row["period_end"]),
        published=_day(row["published"]),
        tier=str(row["tier"]),
        root_source=_root(str(row["id"])),
    )


def _number(cell: Any) -> float | None:
    return None if pd.isna(cell) else float(cell)


def _day(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell).removesuffix(" 00:00:00")


def _root(name: str) -> str:
    family = roots.family(name)
    return roots.name(family) if family else ""


__all__ = ["Source", "sources"]
