"""Tables of a notebook made fit for keyboards, screen readers and small screens."""

from __future__ import annotations

import re
from typing import Final

from bs4 import BeautifulSoup, Tag

# What pandas calls the tables it writes.
MARK: Final = 'class="dataframe"'

# A text longer than this many letters takes several lines instead of a line of its own width.
_LONG: Final = 36

_NUMBER: Final = re.compile(r"[−-]?[\d,   ]*\.?\d+ ?%?|[–-]|NaN|")


def frame_html(html: str, label: str) -> str:
    """Return a table as pandas writes it in the form of the book's other tables.

    The name of the row labels moves into the one row of headings, labels and headings say
    what they head, numbers stand to the right, and the table scrolls in a region of its own.

    Parameters
    ----------
    html : str
        With one table.
    label : str
        Name of the region, unique on its page.
    """
    table = BeautifulSoup(html, "html.parser").find("table")
    if not isinstance(table, Tag):
        message = f"no table in {html[:80]!r}"
        raise ValueError(message)
    head = _headings(table)
    rows = [row for row in table.select("tbody tr") if isinstance(row, Tag)]
    numeric = _numeric_columns(rows)
    body = "".join(f"<tr>{''.join(_cells(row, numeric))}</tr>" for row in rows)
    names = "".join(_heading(name, right=place in numeric) for place, name in enumerate(head))
    return (
        f'<div class="pos-scroll" role="region" tabindex="0" aria-label="{label}">'
        f'<table class="dataframe"><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'
        "</div>"
    )


def _headings(table: Tag) -> list[str]:
    """Return the headings, with the names of the row labels taken into the first row."""
    rows = [
        [cell.decode_contents().strip() for cell in _of(row)] for row in table.select("thead tr")
    ]
    *_, last = rows
    if len(rows) > 1 and len(last) == len(rows[-2]):
        return [name or label for name, label in zip(rows[-2], last, strict=True)]
    return last


def _of(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(["th", "td"]) if isinstance(cell, Tag)]


def _heading(name: str, *, right: bool) -> str:
    # The corner above unnamed row labels heads nothing.
    if not name:
        return "<td></td>"
    # Frames name their columns in lower case, a table of a book does not.
    return f'<th scope="col"{cell_class("", numeric=right)}>{name[:1].upper()}{name[1:]}</th>'


def cell_class(text: str, *, numeric: bool) -> str:
    """Return the class of a cell, with the blank before it: number, long text, or none."""
    if numeric:
        return ' class="pos-num"'
    return ' class="pos-long"' if len(text) > _LONG else ""


def _numeric_columns(rows: list[Tag]) -> set[int]:
    texts: dict[int, list[str]] = {}
    for row in rows:
        for place, cell in enumerate(_of(row)):
            texts.setdefault(place, []).append(cell.get_text().strip())
    return {
        place
        for place, column in texts.items()
        if all(_NUMBER.fullmatch(text) for text in column) and any(column)
    }


def _cells(row: Tag, numeric: set[int]) -> list[str]:
    return [
        f'<th scope="row"{cell_class(text, numeric=False)}>{inner}</th>'
        if cell.name == "th"
        else f"<td{cell_class(text, numeric=place in numeric)}>{inner}</td>"
        for place, cell in enumerate(_of(row))
        for text, inner in [(cell.get_text().strip(), cell.decode_contents().strip())]
    ]


__all__ = ["MARK", "cell_class", "frame_html"]
