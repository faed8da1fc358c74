"""Claims as a cell of a chapter shows them.

Nothing here knows how a page looks: a change of the card's looks leaves records true.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Final

from analysis import claims
from analysis.book import worded
from analysis.claims import ClaimRecord, Value

MIME: Final = "application/vnd.position-of-strength.claims+json"


class Cards:
    """Claims as a cell of a chapter shows them.

    The stored records are what the notebook comparison checks and what a page is made
    from; the HTML is for people who work in a notebook.
    """

    def __init__(self, records: Sequence[ClaimRecord]) -> None:
        self.records = tuple(records)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            MIME: [record.model_dump(mode="json") for record in self.records],
            "text/html": notebook_html(self.records),
            "text/plain": plain_table(self.records),
        }

    def __repr__(self) -> str:
        return plain_table(self.records)


def show(*claim_ids: str) -> Cards:
    """Show the cards of claims, as the last expression of a cell.

    Parameters
    ----------
    *claim_ids : str
        At least one.

    Raises
    ------
    KeyError
        No such claim.
    ValueError
        No claim was named.
    """
    if not claim_ids:
        message = "name at least one claim to show"
        raise ValueError(message)
    return Cards([claims.assess(claim_id) for claim_id in claim_ids])


def notebook_html(records: Sequence[ClaimRecord]) -> str:
    """Return a short form of cards that needs no style sheet."""
    return "\n".join(_short_card(record) for record in records)


def _short_card(record: ClaimRecord) -> str:
    robust = f"; {record.robustness}" if record.robustness else ""
    lines = [
        f"<b>“{escape(record.quotation)}”</b> <code>{record.id}</code>",
        f"<b>{record.verdict}</b>{escape(robust)}",
        escape(record.reason or record.test),
    ]
    values = [value for value in (record.printed, record.then, record.now) if value is not None]
    parts = [f"{part.verdict}: {part.proposition}" for part in record.components]
    return (
        '<div style="border-top:2px solid currentColor;padding:.4em 0 .8em;max-width:46em">'
        + "".join(f'<p style="margin:.2em 0">{line}</p>' for line in lines)
        + (f"<table><tbody>{''.join(map(_row, values))}</tbody></table>" if values else "")
        + (f"<ul>{''.join(f'<li>{escape(p)}</li>' for p in parts)}</ul>" if len(parts) > 1 else "")
        + "</div>"
    )


def _row(value: Value) -> str:
    label = worded.LABELS[value.status]
    cells = [escape(text) for text in (worded.written(value), worded.value_note(value))]
    return f'<tr><th scope="row">{label}</th><td>{cells[0]}</td><td>{cells[1]}</td></tr>'


def plain_table(records: Sequence[ClaimRecord]) -> str:
    """Return claims, verdicts and robustness as aligned text."""
    cells = [(record.id, record.verdict, record.robustness) for record in records]
    widths = [max(len(row[column]) for row in cells) for column in range(3)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in cells
    ]
    return "\n".join(line.rstrip() for line in lines)


__all__ = ["MIME", "Cards", "show"]
