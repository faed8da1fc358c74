"""``table()``: a table of a chapter with whole cells, headings for readers and no row numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis.book.figure import Column, columns_of, in_words, rows_of


@dataclass(frozen=True)
class Listing:
    """A table as a cell of a chapter shows it.

    Attributes
    ----------
    headings : tuple of str
    rows : tuple of tuple of str
        Finished cells; the first of a row heads it.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.plain()}

    def __repr__(self) -> str:
        return self.plain()

    def html(self) -> str:
        """Return the table in the form that pandas writes, which pages look for."""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.headings)
        body = "\n".join(_row(row) for row in self.rows)
        parts = f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>"
        return f'<table class="dataframe">{parts}</table>'

    def plain(self) -> str:
        """Return the table as lines of cells with tabs between them."""
        return "\n".join("\t".join(row) for row in (self.headings, *self.rows))


def _row(row: Sequence[str]) -> str:
    first, *others = (escape(text) for text in row)
    cells = "".join(f"<td>{text}</td>" for text in others)
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def table(frame: pd.DataFrame, columns: Mapping[str, str | Column]) -> Listing:
    """Show columns of a frame as a table for readers, as the last expression of a cell.

    Parameters
    ----------
    frame : DataFrame
        Every row is shown, and every cell whole.
    columns : mapping of str to str or Column
        Columns to show, in order, each with a heading or a ``Column`` (heading and decimals);
        the first heads the rows.

    Returns
    -------
    Listing

    Raises
    ------
    ValueError
        The frame is empty, lacks a column, or a heading is a name of code; all are listed.
    """
    shown = columns_of(frame, columns)
    problems = [] if len(frame) and shown else ["nothing to show"]
    problems += [f"no column {name!r}" for name in shown if name not in frame.columns]
    problems += [
        f"heading {column.label!r} is no heading for readers"
        for column in shown.values()
        if "_" in column.label or not column.label.strip()
    ]
    if problems:
        message = "table: " + "; ".join(problems)
        raise ValueError(message)
    digits = [column.digits for column in shown.values()]
    rows = tuple(
        tuple(in_words(value, places) for value, places in zip(row, digits, strict=True))
        for row in rows_of(frame, shown)
    )
    return Listing(tuple(column.label for column in shown.values()), rows)
