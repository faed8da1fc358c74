"""The pages on changes and on replies: what moved, why, who said so, and who answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from analysis import claims, counterclaims, history, tables
from analysis.book import glyphs, reporting
from analysis.book.card import Link, no_link, templates
from analysis.book.card_page import site_link
from analysis.book.imprint import Imprint, imprint
from analysis.book.worded import written_date
from analysis.history import Move
from analysis.violations import DataError, Violation

# What a table of moved values calls the fields of a claim.
_NAMES: Final = {
    "robustness": "robustness",
    "parts": "parts",
    "printed": "printed",
    "then": "known then",
    "now": "known now",
}


def title_of(kind: str, id: str, link: Link = no_link) -> str:
    """Return a link to the card of a claim or statement; its id where it has none any more."""
    if kind == "claim" and id in claims.table().index:
        page, _, anchor = claims.address(id).partition(".html#")
    elif kind == "statement" and id in counterclaims.table().index:
        page, _, anchor = counterclaims.address(id).partition(".html#")
    else:
        return f"<code>{escape(id)}</code>"
    href = link(page, anchor)
    return f'<a href="{escape(href)}">{escape(id)}</a>' if href else escape(id)


def _concerned(ids: str, link: Link) -> list[str]:
    known = [(id, "claim" if id in claims.table().index else "statement") for id in ids.split("; ")]
    return [title_of(kind, id, link) for id, kind in known if id]


def _verdict(word: str) -> str:
    return f"{glyphs.glyph(word, size=14)} {escape(word)}" if word else "not tested"


def _errata() -> pd.DataFrame:
    frame = tables.read("errata")
    return frame.assign(date=frame["date"].dt.date.astype(str)).fillna("")


def periods() -> list[tuple[str, str, list[Move]]]:
    """Return what moved in each version, and since the last, the latest first.

    Returns
    -------
    list of tuple
        Heading, version of the errata that explain it (empty for none yet), and moves.

    Raises
    ------
    DataError
        A verdict moved for which ``data/errata.csv`` gives no reason; all of them are named.
    """
    kept = list(history.versions())
    found = [(f"Since {kept[-1]}, not yet a version", "", history.since_last())]
    for before, after in pairwise(kept):
        moves = history.moved(history.of(before), history.of(after))
        found.insert(1, (f"From {before} to {after}", after, moves))
    wrong = [
        Violation("data/errata.csv", "-", "ids", id, f"a reason why the verdict moved: {heading}")
        for heading, version, moves in found
        for id in history.unexplained(moves, _errata(), version)
    ]
    if wrong:
        raise DataError(wrong)
    return found


def moves_html(link: Link = no_link) -> str:
    """Return the tables of moved verdicts and of moved values."""
    errata = _errata()
    return templates().get_template("moves.html").render(
        periods=[
            {
                "heading": heading,
                "verdicts": [
                    _moved_verdict(move, errata, version, link)
                    for move in moves
                    if move.of_verdict
                ],
                "values": list(_moved_values(moves, link)),
            }
            for heading, version, moves in periods()
        ]
    )  # fmt: skip


def _moved_verdict(move: Move, errata: pd.DataFrame, version: str, link: Link) -> dict[str, Any]:
    rows = errata[(errata["version"] == version)]
    rows = rows[[move.id in str(ids).split("; ") for ids in rows["ids"]]]
    before, after = move.was.get("verdict", ""), move.now.get("verdict", "")
    if before == after:
        # The whole stands; a part of it moved.
        before, after = move.was["parts"], move.now["parts"]
        sides = [escape(before), escape(after)]
    else:
        sides = [_verdict(before), _verdict(after)]
    reason = " ".join(f"{row['wrong']} {row['changed']}" for _, row in rows.iterrows())
    return {"what": title_of(move.kind, move.id, link), "sides": sides, "reason": reason}


def _moved_values(moves: Sequence[Move], link: Link) -> Iterable[dict[str, Any]]:
    for move in moves:
        for name, heading in _NAMES.items():
            if move.was and move.now and name in move.was | move.now:
                yield {
                    "what": title_of(move.kind, move.id, link),
                    "field": heading,
                    "was": move.was.get(name) or "–",
                    "now": move.now.get(name) or "–",
                }


def errata_html(link: Link = no_link) -> str:
    """Return the list of corrections, the latest first."""
    rows = [
        {
            **row,
            "date": written_date(str(row["date"])),
            "concerns": _concerned(str(row["ids"]), link),
            "version": row["version"] or "not yet a version",
        }
        for row in _errata().sort_values("date", ascending=False, kind="stable").to_dict("records")
    ]
    return templates().get_template("errata.html").render(rows=rows)


def versions_html(made: Imprint | None = None) -> str:
    """Return the versions there are, the latest first, each with its folder.

    A version keeps its folder when the next one is published, so its addresses stay.
    """
    made = made or imprint()
    # Only where this version is published in such a folder are the others beside it.
    own = f"/v{made.version}/"
    parent = made.address.removesuffix(own) if made.address.endswith(own) else ""
    rows = [
        {
            "version": version,
            "date": written_date(day),
            "claims": int((history.of(version)["kind"] == "claim").sum()),
            "statements": int((history.of(version)["kind"] == "statement").sum()),
            "folder": f"v{version}/",
            "href": f"{parent}/v{version}/" if parent else "",
        }
        for version, day in reversed(history.versions().items())
    ]
    return templates().get_template("versions.html").render(rows=rows)


def replies_html(
    link: Link = no_link, replies: pd.DataFrame | None = None, made: Imprint | None = None
) -> str:
    """Return the replies that have been received, and how to send one.

    Parameters
    ----------
    link : callable
    replies : pandas.DataFrame or None
        The table ``replies``.
    made : Imprint or None
        Says whether somebody to write to is known.
    """
    made = made or imprint()
    frame = tables.read("replies") if replies is None else replies
    rows = [
        {
            **row,
            "date": written_date(str(row["date"])[:10]),
            "answer": "" if pd.isna(row["answer"]) else row["answer"],
            "concerns": _concerned(str(row["ids"]), link),
            "id": f"reply-{number}",
        }
        for number, row in enumerate(frame.to_dict("records"), 1)
    ]
    href = reporting.report(made, "the right of reply", "pages/reply.html").href
    known = bool(made.tracker or made.contact)
    return templates().get_template("replies.html").render(rows=rows, href=href, known=known)


def replies_to(id: str, frame: pd.DataFrame | None = None) -> list[tuple[str, str]]:
    """Return who answered what is said of a claim: anchor on the page of replies, and author."""
    frame = tables.read("replies") if frame is None else frame
    return [
        (f"reply-{number}", str(row["author"]))
        for number, row in enumerate(frame.to_dict("records"), 1)
        if id in str(row["ids"]).split("; ")
    ]


DIRECTIVES: Final[dict[str, Callable[[], str]]] = {
    "moves": lambda: moves_html(link=site_link),
    "errata": lambda: errata_html(link=site_link),
    "versions": lambda: versions_html(),
    "replies": lambda: replies_html(link=site_link),
}

__all__ = ["DIRECTIVES", "errata_html", "moves_html", "replies_html", "replies_to", "versions_html"]
