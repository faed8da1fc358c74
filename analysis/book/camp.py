"""Cards and board of the other camp, with the look and the rules of the article's own.

``cards`` and ``board`` are for cells of a chapter; what they store is turned into cards and a
board when a page is built, as for claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast

import pandas as pd
from docutils import nodes

from analysis import claims, counterclaims
from analysis.book import card, citations, glyphs
from analysis.book.card import ERRORS, TIERS, Link, no_link, templates
from analysis.book.card_page import site_link
from analysis.book.palette import colour
from analysis.claims import ClaimRecord, CounterclaimRecord
from analysis.formatting import day, month

CARDS_MIME: Final = "application/vnd.position-of-strength.counterclaims+json"
BOARD_MIME: Final = "application/vnd.position-of-strength.both-camps+json"

READ: Final = {
    "yes": "read in full",
    "excerpt": "read in part",
    "relay": "read as quoted by others",
}
_TRANSLATED: Final = {
    "no": "",
    "translated": "translated",
    "translated back": "translated back, so no words are printed",
}


def said_on(record: CounterclaimRecord) -> str:
    """Write the date of a statement as well as it is known."""
    return day(record.date) if record.date_precision == "day" else month(record.date)


def marks(record: CounterclaimRecord) -> list[str]:
    """Return what a reader must be told beside the date of a statement."""
    after = "made after the article" if record.after_article else ""
    return [mark for mark in (after, _TRANSLATED[record.translated]) if mark]


def card_html(
    record: CounterclaimRecord, *, link: Link = no_link, find: citations.Find = citations.find
) -> str:
    """Return the card of one statement as well-formed HTML; see `analysis.book.card`.

    Returns
    -------
    str
        An ``<article>`` whose id is ``counterclaim-ID``.

    Raises
    ------
    KeyError
        The record names sources that there are not; all of them are listed.
    """
    like_a_claim = cast("ClaimRecord", record)
    # The propositions of a statement carry no numbers of their own to look up.
    findings = [found.model_copy(update={"component": ""}) for found in record.components]
    return templates().get_template("counterclaim.html").render(
        claim=record,
        link=link,
        date=said_on(record),
        marks=marks(record),
        read=READ[record.full_text_read],
        error=ERRORS.get(record.error_type, ""),
        direction=card.direction_of(like_a_claim),
        parts=[card.part_of(finding, like_a_claim, find) for finding in findings],
        sources=citations.find_all(record.evidence, find),
        tiers=TIERS,
    )  # fmt: skip


class CounterclaimCards:
    """Statements as a cell of a chapter shows them."""

    def __init__(self, records: Sequence[CounterclaimRecord]) -> None:
        self.records = tuple(records)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            CARDS_MIME: [record.model_dump(mode="json") for record in self.records],
            "text/html": "".join(card_html(record) for record in self.records),
            "text/plain": repr(self),
        }

    def __repr__(self) -> str:
        width = max(len(record.id) for record in self.records)
        return "\n".join(f"{record.id.ljust(width)}  {record.verdict}" for record in self.records)


def cards(*counterclaim_ids: str) -> CounterclaimCards:
    """Show the cards of statements, as the last expression of a cell; all if none is named.

    Raises
    ------
    KeyError
        No such statement.
    """
    wanted = counterclaim_ids or tuple(counterclaims.table().index)
    return CounterclaimCards([counterclaims.assess(name) for name in wanted])


@dataclass(frozen=True)
class Entry:
    """One mark of the board: what a reader is told of it and where its card is."""

    id: str
    premise_id: str
    premise: str
    label: str
    verdict: str
    assessed: bool
    address: str


def entry(record: ClaimRecord | CounterclaimRecord) -> Entry:
    """Return what the board needs of a claim or of a statement."""
    label = (
        f"“{record.quotation}”"
        if isinstance(record, ClaimRecord)
        else f"{record.author}, {said_on(record)}: {record.says}"
    )
    return Entry(
        record.id,
        record.premise_id,
        record.premise,
        label,
        record.verdict,
        record.assessed,
        record.address,
    )


def board_html(article: Sequence[Entry], camp: Sequence[Entry], *, link: Link = no_link) -> str:
    """Return the board of both sides: premises as rows, verdicts as shapes, never a score."""
    words = [word for group in glyphs.GROUPS for word in group.words]
    rows = [
        {
            "id": premise,
            "premise": text,
            "claims": _sorted(article, premise, words),
            "counterclaims": _sorted(camp, premise, words),
        }
        for premise, text in _premises([*article, *camp])
    ]
    used = {glyphs.group_of(item.verdict).name for item in (*article, *camp)}
    groups = [group for group in glyphs.GROUPS if group.name in used]
    return templates().get_template("both_camps.html").render(rows=rows, link=link, groups=groups)


def _premises(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Return the premises in their order; the conclusion comes last."""
    found = {item.premise_id: item.premise for item in entries}
    return sorted(found.items(), key=lambda premise: (premise[0] == "C", premise[0]))


def _sorted(entries: Sequence[Entry], premise: str, words: Sequence[str]) -> list[Entry]:
    own = [item for item in entries if item.premise_id == premise]
    return sorted(own, key=lambda item: words.index(item.verdict))


class Board:
    """The board of both sides as a cell of a chapter shows it."""

    def __init__(self, article: Sequence[Entry], camp: Sequence[Entry]) -> None:
        self.article, self.camp = tuple(article), tuple(camp)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        stored = {"article": self.article, "camp": self.camp}
        return {
            BOARD_MIME: {side: [vars(item) for item in items] for side, items in stored.items()},
            "text/html": board_html(self.article, self.camp),
            "text/plain": repr(self),
        }

    def __repr__(self) -> str:
        return f"board of {len(self.article)} claims and {len(self.camp)} statements"


def board() -> Board:
    """Show both sides' verdicts by premise, as the last expression of a cell."""
    kept = [entry(record) for record in claims.assess_all() if record.premise_id != "C"]
    return Board(kept, [entry(record) for record in counterclaims.assess_all()])


# What a verdict group is called in a chart, in the order in which its marks are drawn.
GROUP_NAMES: Final = {
    "stands": "stands",
    "nearly": "in part",
    "split": "contested",
    "falls": "falls",
    "unknown": "open",
    "evidence": "no verdict word",
    "waiting": "not yet assessed",
}
_COLOURS: Final = {"evidence": "ink-soft", "waiting": "axis"}
_SHAPES: Final = (
    "circle",
    "triangle-up",
    "diamond",
    "square",
    "triangle-down",
    "cross",
    "triangle-right",
)
# A second statement of an author needs a word that tells it from the first.
_SHORT: Final = {
    "charap-2023-06-no-decisive-victory": "Charap, victory",
    "charap-2023-08-concessions": "Charap, concessions",
    "sachs-2023-10-attrition": "Sachs, attrition",
    "sachs-2023-10-europe": "Sachs, Europe",
    "charap-priebe-2023-01-washington-steps": "Charap, Priebe",
    "charap-radchenko-2024-04-extraordinary": "Charap, Radchenko",
    "haass-kupchan-2023-11-time": "Haass, Kupchan",
    "beebe-lieven-2024-02-collapse": "Beebe, Lieven",
    "wagenknecht-schwarzer-2023-02-crimea": "Wagenknecht et al.",
    "pope-francis-2024-03-before-worse": "Pope Francis",
}


def group_scale() -> dict[str, list[str]]:
    """Return names, colours and shapes of the verdict groups that occur, for a chart's scales."""
    shown = board()
    used = {glyphs.group_of(item.verdict).name for item in (*shown.article, *shown.camp)}
    kept = [
        (text, colour(_COLOURS.get(name, name)), shape)
        for (name, text), shape in zip(GROUP_NAMES.items(), _SHAPES, strict=True)
        if name in used
    ]
    return {
        "names": [text for text, _, _ in kept],
        "colours": [tone for _, tone, _ in kept],
        "shapes": [shape for _, _, shape in kept],
    }


def board_frame() -> pd.DataFrame:
    """Return both sides' verdicts as one mark a row.

    Returns
    -------
    DataFrame
        side ("The article", "The other camp"), premise_id, premise, slot (place in the row of
        its premise), group, verdict, said.
    """
    order = list(GROUP_NAMES)
    rows = []
    shown = board()
    for side, entries in (("The article", shown.article), ("The other camp", shown.camp)):
        for item in entries:
            group = glyphs.group_of(item.verdict).name
            said = item.label if side == "The other camp" else item.id
            rows.append(
                (side, item.premise_id, item.premise, order.index(group), item.verdict, said)
            )
    names = ["side", "premise_id", "premise", "place", "verdict", "said"]
    table = pd.DataFrame(rows, columns=names).sort_values(
        ["side", "premise_id", "place", "said"], ignore_index=True
    )
    table["slot"] = table.groupby(["side", "premise_id"]).cumcount() + 1
    table["group"] = [GROUP_NAMES[order[place]] for place in table["place"]]
    return table.drop(columns="place")


def timeline_frame() -> pd.DataFrame:
    """Return the statements in the order of time: date, name, group, verdict, says."""
    rows = [
        {
            "date": pd.Timestamp(record.date),
            "name": _SHORT.get(record.id, record.author.rsplit(" ", 1)[-1]),
            "author": record.author,
            "premise_id": record.premise_id,
            "says": record.says,
            "verdict": record.verdict,
            "group": GROUP_NAMES[glyphs.group_of(record.verdict).name],
            "after_article": record.after_article,
        }
        for record in counterclaims.assess_all()
    ]
    return pd.DataFrame(rows)


class CampRenderer:
    """MyST-NB renderer of stored statements and of the stored board."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = tuple(
        (builder, mime, 1)
        for builder in ("html", "epub", "dirhtml", "singlehtml")
        for mime in (CARDS_MIME, BOARD_MIME)
    )

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Turn stored records into cards or a board; None for any other kind of output."""
        if inline or data.mime_type not in (CARDS_MIME, BOARD_MIME):
            return None
        if data.mime_type == BOARD_MIME:
            sides = [[Entry(**item) for item in data.content[side]] for side in ("article", "camp")]
            return [nodes.raw("", board_html(*sides, link=site_link), format="html")]
        records = [CounterclaimRecord.model_validate(record) for record in data.content]
        return [nodes.raw("", card_html(r, link=site_link), format="html") for r in records]


__all__ = [
    "BOARD_MIME",
    "CARDS_MIME",
    "CampRenderer",
    "board",
    "board_frame",
    "board_html",
    "card_html",
    "cards",
    "group_scale",
    "timeline_frame",
]
