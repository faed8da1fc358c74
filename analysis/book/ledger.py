"""The ledger of all claims, the board by premise, and what each position gains from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from analysis import claims, tables
from analysis.book import glyphs
from analysis.book.card import TIERS, Link, card_html, no_link, templates
from analysis.claims import ClaimRecord
from analysis.verdicts import WORDS

# From what upholds a statement to what does not, for sorting.
_WORD_ORDER: Final = {
    word: place
    for place, word in enumerate(
        dict.fromkeys(word for group in glyphs.GROUPS for word in group.words)
    )
}


def ledger_html(records: Sequence[ClaimRecord], *, link: Link = no_link) -> str:
    """Return the table of all claims, with its controls and the cards that have no chapter.

    Parameters
    ----------
    records : sequence of ClaimRecord
        All claims, in the article's order.
    link : callable
        Gives the address of an anchor on a page of the site, or None.
    """
    homeless = [r for r in records if r.assessed and r.address.startswith("pages/ledger.")]
    return (
        templates()
        .get_template("ledger.html")
        .render(
            claims=records,
            link=link,
            order=_WORD_ORDER,
            filters=_filters(records),
            robust=robustness_kind,
            cards=[Markup(card_html(record, link=link)) for record in homeless],
        )
    )


def robustness_kind(record: ClaimRecord) -> str:
    """Return the robustness without its dimension, for filtering."""
    words = record.robustness
    for kind in ("reversed by", "sensitive to"):
        if kind in words:
            return f"{kind} a dimension"
    return words


def _filters(records: Sequence[ClaimRecord]) -> list[dict[str, Any]]:
    """Return the filters of the ledger: column, label and options that occur."""
    used = {record.verdict for record in records}
    return [
        _filter(
            1,
            "section",
            "Section",
            ((str(r.section), f"{r.section}. {r.section_title}") for r in records),
        ),
        _filter(
            2,
            "premise",
            "Premise",
            ((r.premise_id, f"{r.premise_id}: {r.premise}") for r in records),
        ),
        _filter(3, "scale", "Scale", ((s, s) for s in WORDS if any(r.scale == s for r in records))),
        _filter(4, "verdict", "Verdict", ((word, word) for word in _WORD_ORDER if word in used)),
        _filter(
            5,
            "robustness",
            "Robustness",
            ((kind, kind) for kind in sorted({robustness_kind(r) for r in records} - {""})),
        ),
        _filter(6, "chapter", "Chapter", _chapters(records)),
    ]


def _filter(
    column: int, name: str, label: str, options: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    return {"column": column, "name": name, "label": label, "options": list(dict(options).items())}


def _chapters(records: Sequence[ClaimRecord]) -> list[tuple[str, str]]:
    used = {record.home_chapter for record in records}
    chapters = tables.read("chapters").sort_values("number")
    return [(str(row.slug), str(row.title)) for row in chapters.itertuples() if row.slug in used]


def tally(records: Iterable[ClaimRecord]) -> list[tuple[glyphs.Group, int]]:
    """Count claims by group of verdicts, in the order of the groups, without empty ones."""
    counts = Counter(glyphs.group_of(record.verdict).name for record in records)
    return [(group, counts[group.name]) for group in glyphs.GROUPS if counts[group.name]]


def tally_text(records: Iterable[ClaimRecord]) -> str:
    """Write a tally: "3 stand, 1 falls, 4 are not yet assessed"."""
    return ", ".join(
        f"{number} {group.singular if number == 1 else group.plural}"
        for group, number in tally(records)
    )


def board_html(records: Sequence[ClaimRecord], *, link: Link = no_link) -> str:
    """Return the board: each premise with the verdicts of its claims; never a score."""
    rows = []
    for premise in dict.fromkeys(record.premise_id for record in records):
        own = [record for record in records if record.premise_id == premise]
        rows.append(
            {
                "id": premise,
                "premise": own[0].premise,
                "claims": sorted(own, key=lambda record: _WORD_ORDER[record.verdict]),
                "waiting": sum(not record.assessed for record in own),
                "tally": tally(own),
            }
        )
    return (
        templates()
        .get_template("board.html")
        .render(
            rows=rows,
            link=link,
            groups=[group for group, _ in tally(records)],
            marks={group.name: glyphs.glyph(group.words[0], size=14) for group in glyphs.GROUPS},
        )
    )


def positions(records: Sequence[ClaimRecord]) -> dict[str, list[ClaimRecord]]:
    """Divide the assessed claims by whom their verdict serves.

    A statement of the article that stands serves those who say wait, unless the article
    concedes something by it or what came of it cuts against the argument: then it serves
    those who say negotiate.  One that falls serves those who say negotiate, unless its
    correction helps the article's argument.  What only reports what others hold serves
    nobody by standing, and so do a correction that cuts neither way and what is contested.

    Returns
    -------
    dict of str to list of ClaimRecord
        Keys ``wait: stands``, ``wait: corrected``, ``talk: stands``, ``talk: corrected``,
        ``neither``.
    """
    roles = tables.read("argument-roles").set_index("claim_id")["role"].to_dict()
    found: dict[str, list[ClaimRecord]] = {
        "wait: stands": [],
        "wait: corrected": [],
        "talk: stands": [],
        "talk: corrected": [],
        "neither": [],
    }
    for record in records:
        if record.assessed:
            found[_serves(record, str(roles[record.id]))].append(record)
    return found


# What a claim does in the argument without speaking for it.
_NO_REASON: Final = frozenset({"reports", "describes", "names"})


def _serves(record: ClaimRecord, role: str) -> str:
    group = glyphs.group_of(record.verdict).name
    if group in {"stands", "nearly"}:
        if role == "concedes" or record.correction_direction == "hurts":
            return "talk: stands"
        return "neither" if role in _NO_REASON else "wait: stands"
    if group != "falls":
        return "neither"
    return {"helps": "wait: corrected", "hurts": "talk: corrected", "neutral": "neither"}[
        record.correction_direction
    ]


def positions_html(records: Sequence[ClaimRecord], *, link: Link = no_link) -> str:
    """Return what the verdicts so far give to each position, side by side."""
    found = {place: _by_premise(own) for place, own in positions(records).items()}
    return templates().get_template("positions.html").render(found=found, link=link)


def _by_premise(records: Sequence[ClaimRecord]) -> list[dict[str, Any]]:
    names = dict(sorted((record.premise_id, record.premise) for record in records))
    return [
        {
            "id": premise,
            "premise": name,
            "claims": sorted(
                (r for r in records if r.premise_id == premise),
                key=lambda r: _WORD_ORDER[r.verdict],
            ),
        }
        for premise, name in names.items()
    ]


def chapters_html(records: Sequence[ClaimRecord], *, link: Link = no_link) -> str:
    """Return the chapters with their questions and what their claims came to."""
    rows = [
        {
            "title": chapter.title,
            "question": chapter.question,
            "page": claims.chapter_page(str(chapter.slug)),
            "tally": tally_text(r for r in records if r.home_chapter == chapter.slug),
        }
        for chapter in tables.read("chapters").sort_values("number").itertuples()
    ]
    return templates().get_template("chapters.html").render(rows=rows, link=link)


# Publishers with fewer rows than this are folded away.
_OFTEN_CITED: Final = 10


def publishers_html() -> str:
    """Return who published the evidence, by whoever said it first, and how it was read."""
    evidence = tables.read("evidence")
    said_first = evidence["original_publisher"].where(
        evidence["original_publisher"] != "", evidence["publisher"]
    )
    counts = said_first.value_counts()
    names = sorted(counts.index, key=lambda name: (-counts[name], name.casefold()))
    rows = [(name, int(counts[name]), _tiers(evidence[said_first == name])) for name in names]
    return (
        templates()
        .get_template("publishers.html")
        .render(
            often=[row for row in rows if row[1] >= _OFTEN_CITED],
            seldom=[row for row in rows if row[1] < _OFTEN_CITED],
        )
    )


def _tiers(rows: pd.DataFrame) -> str:
    counts = rows["tier"].value_counts().sort_index()
    return ", ".join(f"{number} {TIERS.get(str(tier), tier)}" for tier, number in counts.items())


__all__ = ["board_html", "ledger_html", "positions", "positions_html", "tally_text"]
