"""The ledger of all claims, the board by premise, and what each position gains from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from analysis import claims, formatting, tables
from analysis.book import findings, glyphs
from analysis.book.card import TIERS, Link, card_html, no_link, templates
from analysis.claims import ClaimRecord, CounterclaimRecord
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
            fewest=fewest_roots,
            rooted=roots_kind,
            roots=roots_text,
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


# What a claim may be filtered by; a compound one is as well known as its least known part.
_ROOTS: Final = ("none", "one", "two or more")


def fewest_roots(record: ClaimRecord) -> int:
    """Return from how many root sources the least known proposition of a claim is known."""
    return min(_roots(record), default=0)


def roots_kind(record: ClaimRecord) -> str:
    """Return how many root sources a claim has at least, for filtering."""
    return _ROOTS[min(fewest_roots(record), len(_ROOTS) - 1)] if record.assessed else ""


def roots_text(record: ClaimRecord) -> str:
    """Write from how many root sources the propositions of a claim are known."""
    if not record.assessed:
        return ""
    low, high = min(_roots(record)), max(_roots(record))
    if high == 0:
        return "No root source"
    if low == high == 1:
        return "One root source"
    return f"{formatting.between(str(low), str(high))} root sources"


def _roots(record: ClaimRecord) -> list[int]:
    return [len(finding.root_sources) for finding in record.components]


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
        _filter(
            7,
            "roots",
            "Root sources",
            ((kind, kind) for kind in _ROOTS if any(roots_kind(r) == kind for r in records)),
        ),
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


# Places on the page of the answer: whom a verdict serves, and why.
PLACES: Final = (
    "wait: stands",
    "wait: corrected",
    "wait: other camp falls",
    "talk: stands",
    "talk: other camp stands",
    "talk: corrected",
    "neither",
)

Statement = ClaimRecord | CounterclaimRecord


def positions(
    records: Sequence[ClaimRecord], others: Sequence[CounterclaimRecord] = ()
) -> dict[str, list[Statement]]:
    """Divide the assessed statements of both sides by whom their verdict serves.

    A statement serves the side that made it where it stands, unless it concedes something or
    what came of it cuts against that side: then it serves the other.  Where it falls it serves
    the other side, if its correction cuts that way.  What only reports what others hold serves
    nobody by standing, and so do a correction that cuts neither way and what is contested or
    open.

    Parameters
    ----------
    records : sequence of ClaimRecord
        Of the article, which says wait.
    others : sequence of CounterclaimRecord
        Of those who called for talks.

    Returns
    -------
    dict of str to list of records
        With the keys of `PLACES`.
    """
    roles = tables.read("argument-roles").set_index("claim_id")["role"].to_dict()
    found: dict[str, list[Statement]] = {place: [] for place in PLACES}
    everything: list[Statement] = [*records, *others]
    for record in everything:
        if record.assessed:
            found[_serves(record, str(roles.get(record.id, "")))].append(record)
    return found


# What a claim does in the argument without speaking for it.
_NO_REASON: Final = frozenset({"reports", "describes", "names"})


def _serves(record: Statement, role: str) -> str:
    group = glyphs.group_of(record.verdict).name
    of_article = isinstance(record, ClaimRecord)
    if group in {"stands", "nearly"}:
        if not of_article:
            return "talk: other camp stands"
        if role == "concedes" or record.correction_direction == "hurts":
            return "talk: stands"
        return "neither" if role in _NO_REASON else "wait: stands"
    if group != "falls" or record.correction_direction == "neutral":
        return "neither"
    if record.correction_direction == "helps":
        return "wait: corrected" if of_article else "wait: other camp falls"
    return "talk: corrected"


def positions_html(
    records: Sequence[ClaimRecord],
    others: Sequence[CounterclaimRecord] = (),
    *,
    link: Link = no_link,
) -> str:
    """Return what the verdicts give to each position, side by side, as a fold."""
    found = {place: _by_premise(own) for place, own in positions(records, others).items()}
    many = sum(len(own) for own in positions(records, others).values())
    template = templates().get_template("positions.html")
    return template.render(found=found, link=link, many=many)


def _by_premise(records: Sequence[Statement]) -> list[dict[str, Any]]:
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


def chapters_html(*, link: Link = no_link) -> str:
    """Return the chapters with their questions and what each found."""
    rows = [
        {
            "title": chapter.title,
            "question": chapter.question,
            "page": claims.chapter_page(str(chapter.slug)),
            "finding": findings.finding(str(chapter.slug)),
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
    counts = Counter(rows["tier"])
    # From the nearest to the source to the farthest.
    order = [tier for tier in TIERS if counts[tier]] + sorted(set(counts) - set(TIERS))
    return ", ".join(f"{counts[tier]} {TIERS.get(tier, tier)}" for tier in order)


__all__ = ["ledger_html", "positions", "positions_html", "tally_text"]
