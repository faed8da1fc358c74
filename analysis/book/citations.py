"""What a card cites: rows of the evidence table and tables of the data package."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from analysis import datapackage, tables
from analysis.book.worded import written_date


@dataclass(frozen=True)
class Citation:
    """One source as a card and the notes of a reading show it.

    Attributes
    ----------
    id : str
        Evidence id, or name of a table.
    publisher : str
        Who said it first; where it was read elsewhere, "X, as read at Y".
    title, says, published, tier, excerpt : str
        `says` is the quantity or fact that is taken from it.
    url : str
        Address outside the site; empty for a table.
    table : str
        Name of a table of the book; empty for an evidence row.
    """

    id: str
    publisher: str
    title: str
    published: str
    says: str = ""
    tier: str = ""
    excerpt: str = ""
    url: str = ""
    table: str = ""


Find = Callable[[str], Citation]


def find(source_id: str) -> Citation:
    """Return the citation for an evidence id or a table name.

    Raises
    ------
    KeyError
        There is neither an evidence row nor a table of this name.
    """
    if source_id in datapackage.origins():
        return _of_table(datapackage.origins()[source_id])
    place = _places().get(source_id)
    if place is None:
        message = f"{source_id!r} is neither a row of data/evidence.csv nor a table of the book"
        raise KeyError(message)
    return of_row(_rows().iloc[place])


@cache
def _rows() -> pd.DataFrame:
    return tables.read("evidence")


@cache
def _places() -> dict[str, int]:
    return {str(id): place for place, id in enumerate(_rows()["id"])}


def find_all(ids: Iterable[str], lookup: Find = find) -> list[Citation]:
    """Return the citations for all ids, or raise once naming every unknown one."""
    found, unknown = [], []
    for source_id in ids:
        try:
            found.append(lookup(source_id))
        except KeyError:
            unknown.append(source_id)
    if unknown:
        message = f"neither evidence rows nor tables: {', '.join(unknown)}"
        raise KeyError(message)
    return found


def _of_table(item: datapackage.Origin) -> Citation:
    publishers = dict.fromkeys(source.publisher for source in item.sources)
    return Citation(
        id=item.name,
        publisher="; ".join(publishers),
        title=item.title,
        published=f"as of {written_date(str(item.vintage))}",
        table=item.name,
    )


def of_row(row: pd.Series[Any]) -> Citation:
    """Turn a row of the evidence table into a citation."""
    cell = {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
    author = cell["original_publisher"] or cell["publisher"]
    if cell["read_at"] and cell["read_at"] != author:
        author = f"{author}, as read at {cell['read_at']}"
    return Citation(
        id=cell["id"],
        publisher=author,
        title=cell["title"],
        says=cell["quantity"],
        published=written_date(cell["published"].removesuffix(" 00:00:00")),
        tier=cell["tier"],
        excerpt=cell["excerpt"],
        url=cell["url"] if cell["url"].startswith("https://") else "",
    )
