"""Claim cards on pages: stored records turned into cards when a page is built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from docutils import nodes

from analysis.book.card import card_html
from analysis.book.cells import MIME
from analysis.claims import ClaimRecord


def site_link(page: str, anchor: str) -> str:
    """Mark an address within the site; it is made relative when the page is written."""
    return f"pos:{page}#{anchor}"


def card_node(record: ClaimRecord) -> nodes.raw:
    """Return a card as a node of a page."""
    return nodes.raw("", card_html(record, link=site_link), format="html")


class ClaimsRenderer:
    """MyST-NB renderer of stored claims."""

    # Before text/html, which is the short form for notebooks.
    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = (
        ("html", MIME, 1),
        ("epub", MIME, 1),
        ("dirhtml", MIME, 1),
        ("singlehtml", MIME, 1),
    )

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Turn stored records into cards; None for any other kind of output."""
        if inline or data.mime_type != MIME:
            return None
        return [card_node(ClaimRecord.model_validate(record)) for record in data.content]
