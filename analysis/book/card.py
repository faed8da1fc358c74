"""The claim card: one claim with its verdict, its numbers on one scale, and its sources.

For pages, print and EPUB; what a cell of a chapter shows is in `analysis.book.cells`.  A
stored record is all that a card needs beside the sources that the record names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis import claims, formatting, roots, tables
from analysis.book import citations, glyphs, scale, topics, typeset, worded
from analysis.claims import ClaimRecord, Finding, Value
from analysis.hedges import Interval, hedge
from analysis.readings import Reading, Share, Status
from analysis.verdicts import NO_VERDICT

# Turns a page and an anchor into an address; None where there is no site (a notebook).
Link = Callable[[str, str], str | None]

ERRORS: Final[Mapping[str, str]] = {
    "period": "the number belongs to another period",
    "unit": "the number is in another unit",
    "scope": "the number covers something else than the words say",
    "attribution": "the number or the words belong to another source",
    "arithmetic": "the numbers do not add up",
    "definition": "the number follows another definition than the words",
    "chronology": "the order of events is another",
}

DIRECTIONS: Final[Mapping[str, str]] = {
    "helps": "Correcting it helps the article’s argument.",
    "hurts": "Correcting it hurts the article’s argument.",
    "neutral": "Correcting it cuts neither way.",
}

TIERS: Final[Mapping[str, str]] = {
    "original": "original",
    "reputable relay": "relayed by a reputable publisher",
    "mirror": "read at a mirror",
}

STATUSES: Final[Mapping[Status, str]] = {
    "known then": "then",
    "about then, known later": "about then, known later",
    "now": "now",
}


@cache
def templates() -> Environment:
    """Return the templates of cards and tables; a missing name in one is an error."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "glyph": glyphs.glyph,
        "group": glyphs.group_of,
        "chapter": chapter_title,
        "page_of": page_of,
        "held_at": held_at,
        "NO_VERDICT": NO_VERDICT,
    }
    environment.filters |= {
        "sentence": sentence,
        "robust": robustness_text,
        "typeset": typeset.plain,
    }
    return environment


def sentence(text: str) -> str:
    """Give a text a capital and a full stop, unless it ends in one."""
    text = text.strip()
    end = "" if text.endswith((".", "?", "!")) else "."
    return text[:1].upper() + text[1:] + end if text else ""


def robustness_text(words: str) -> str:
    """Join what a verdict is sensitive to: "sensitive to source and unit"."""
    joined: dict[str, list[str]] = {}
    for part in words.split("; "):
        head, of, dimension = part.partition(" to " if " to " in part else " by ")
        joined.setdefault(head + of, []).append(dimension)
    return "; ".join(head + _and(names) for head, names in joined.items())


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def no_link(page: str, anchor: str) -> None:
    """Link nothing: the card stands outside the site."""


def page_of(record: ClaimRecord) -> str:
    """Return the page on which a claim's card is, for example ``chapters/04-land``."""
    return record.address.partition(".html")[0]


def held_at(item: citations.Citation, link: Link) -> str | None:
    """Return where an evidence row stands with its root source; None for a table or no site."""
    if item.table:
        return None
    try:
        page, anchor = topics.place_of(item.id)
    except KeyError:
        # A citation that a caller made up for himself is no row.
        return None
    return link(page, anchor)


@cache
def chapter_title(slug: str) -> str:
    """Return the title of a chapter."""
    chapters = tables.read("chapters").set_index("slug")
    return str(chapters.loc[slug, "title"])


def card_html(
    record: ClaimRecord, *, link: Link = no_link, find: citations.Find = citations.find
) -> str:
    """Return a claim's card as well-formed HTML, the same bytes for the same record.

    Parameters
    ----------
    record : ClaimRecord
    link : callable
        Gives the address of an anchor on a page of the site, or None.
    find : callable
        Gives the citation for an evidence id or a table name.

    Returns
    -------
    str
        An ``<article>`` whose id is ``claim-ID``; without scripts or outside resources.

    Raises
    ------
    KeyError
        The record names sources that there are not; all of them are listed.
    """
    template = templates().get_template("card.html" if record.assessed else "waiting.html")
    return template.render(
        claim=record,
        link=link,
        error=ERRORS.get(record.error_type, ""),
        direction=direction_of(record),
        parts=[part_of(finding, record, find) for finding in record.components],
        sources=citations.find_all(record.evidence, find),
        tiers=TIERS,
    )


def direction_of(record: ClaimRecord) -> str:
    """Say which way the correction of a claim cuts; nothing where there is none."""
    # A statement that stands has nothing to correct.
    if glyphs.group_of(record.verdict).name in {"stands", "evidence", "waiting"}:
        return ""
    if record.error_type == "none" and record.correction_direction == "neutral":
        return ""
    return DIRECTIONS[record.correction_direction]


def part_of(finding: Finding, record: ClaimRecord, find: citations.Find) -> dict[str, Any]:
    """Gather what the template shows of one proposition."""
    printed, unit, word = _printed(finding, record)
    alone = len(record.components) == 1
    # A compound claim has a pair for each proposition; a simple one has one for all of it.
    then = finding.then or (record.then if alone else None)
    now = finding.now or (record.now if alone else None)
    laid_out = scale.build(
        unit=unit, printed=printed, word=word, then=then, now=now, readings=finding.readings
    )
    beside = _beside(laid_out, (finding.printed, then, now), word)
    scales = [drawn for drawn in (beside, laid_out) if drawn]
    return {
        "finding": finding,
        "scales": [_drawn(each) for each in scales],
        "words": worded_rows((finding.printed, then, now), scales),
        "remarks": _remarks(then, now),
        "roots": roots_text(finding),
        "tolerance": tolerance(finding, word, unit, known=printed is not None),
        "shares": _shares(finding.robustness.share if finding.robustness else None),
        "readings": _readings(finding.readings, find),
        "sides": [
            ("For the statement", citations.find_all(finding.evidence_for, find)),
            ("Against it", citations.find_all(finding.evidence_against, find)),
        ]
        if finding.evidence_for or finding.evidence_against
        else [],
        "open": finding.verdict == NO_VERDICT,
    }


def _printed(finding: Finding, record: ClaimRecord) -> tuple[float | None, str, str]:
    """Return printed number, unit and hedge of a proposition."""
    units = [reading.unit for reading in finding.readings]
    number = finding.printed.value if finding.printed else None
    word = record.hedge
    unit = finding.printed.unit if finding.printed else (units or [_unit_of_values(record)])[0]
    if finding.component:
        word = str(claims.components(record.id).loc[finding.component, "hedge"])
    return _same_unit(number, unit, units, word)


def _unit_of_values(record: ClaimRecord) -> str:
    return next((value.unit for value in (record.then, record.now) if value), "")


def _same_unit(
    number: float | None, unit: str, units: Sequence[str], word: str
) -> tuple[float | None, str, str]:
    # Readings in another unit than the printed number set the axis; the number stays in words.
    if units and unit not in units:
        return None, units[0], word
    return number, unit, word


def _beside(
    laid_out: scale.Scale | None, values: Sequence[Value | None], word: str
) -> scale.Scale | None:
    """Lay out a scale of their own for values in another unit than the readings."""
    drawn = {row.label for row in laid_out.rows} if laid_out else set()
    left = [v for v in values if v and v.value is not None and worded.LABELS[v.status] not in drawn]
    units = [value.unit for value in left]
    unit = max(units, key=units.count, default="")
    if units.count(unit) < 2:
        return None
    by_label = {worded.LABELS[value.status]: value for value in left if value.unit == unit}
    printed = by_label.pop("Printed", None)
    now = by_label.pop("Known now", None)
    return scale.build(
        unit=unit,
        printed=printed.value if printed else None,
        word=word if printed else "",
        then=next(iter(by_label.values()), None),
        now=now,
        readings=(),
    )


def _drawn(laid_out: scale.Scale) -> dict[str, Any]:
    """Gather what the template shows of one scale."""
    return {
        "rows": [
            {
                "row": row,
                "track": scale.track(laid_out, row),
                "height": scale.track_height(laid_out, row),
            }
            for row in laid_out.rows
        ],
        "axis": scale.axis(laid_out),
        "allowed": _allowed(laid_out),
        "key": _key(laid_out),
    }


def roots_text(finding: Finding) -> str:
    """Say from how many independent origins a proposition is known, and from which."""
    names = [roots.name(origin) for origin in finding.root_sources]
    if names:
        many = formatting.counted(len(names), "root source", "root sources")
        return f"{many[:1].upper()}{many[1:]}: {_and(names)}."
    if finding.readings or finding.evidence_for or finding.evidence_against:
        return "Compiled by this book; each row of its table names its source."
    return "No source was found."


def worded_rows(
    values: Sequence[Value | None], drawn: Sequence[scale.Scale] = ()
) -> list[scale.Row]:
    """Return printed, then and now in words, without those that a scale draws.

    Parameters
    ----------
    values : sequence of Value or None
    drawn : sequence of Scale
    """
    shown = {row.label for each in drawn for row in each.rows}
    return [
        scale.Row(worded.LABELS[value.status], worded.written(value), worded.value_note(value), ())
        for value in values
        if value is not None and worded.LABELS[value.status] not in shown
    ]


def _remarks(*values: Value | None) -> list[str]:
    """Return what is said of then and now beside their numbers."""
    return [
        f"{worded.LABELS[value.status]}: {value.text}"
        for value in values
        if value is not None and value.value is not None and value.text
    ]


def _allowed(laid_out: scale.Scale) -> str:
    """Say in words what the shading shows."""
    if laid_out.holds is None or laid_out.roughly is None:
        return ""
    word = f"“{laid_out.word}”" if laid_out.word else "A number without a hedge"
    holds = written_interval(laid_out.holds, laid_out.unit)
    roughly = written_interval(laid_out.roughly, laid_out.unit)
    wider = "" if holds == roughly else f", and roughly {roughly}"
    return f"Shaded: {word} allows {holds}{wider}."


def written_interval(interval: Interval, unit: str) -> str:
    """Write an interval; one without an upper end as "at least ..."."""
    if unit in formatting.COUNTED and math.isfinite(interval.high):
        # Things that are counted are whole: of 3.9 to 4.1 only 4 can be.
        interval = Interval(math.ceil(interval.low), math.floor(interval.high))
    low = formatting.quantity(interval.low, unit)
    if interval.high == float("inf"):
        return f"{low} or more"
    return formatting.between(low, formatting.quantity(interval.high, unit))


_KEYS: Final = (
    ("primary", "primary reading, which gives the verdict"),
    ("with", "other reading, the statement stands"),
    ("against", "other reading, it does not"),
)


def _key(laid_out: scale.Scale) -> list[tuple[str, str]]:
    """Return the marks of the readings that the scale really shows."""
    marks = [mark for row in laid_out.rows for mark in row.marks]
    shown = {"primary" if mark.kind == "primary" else _state(mark) for mark in marks}
    return [(name, text) for name, text in _KEYS if name in shown]


def _state(mark: scale.Mark) -> str:
    if mark.kind != "alternative":
        return ""
    return "with" if mark.stands else "against"


def tolerance(finding: Finding, word: str, unit: str, *, known: bool = True) -> str:
    """Say how far the word would have to stretch, or the value to move.

    Parameters
    ----------
    finding : Finding
        Its critical tolerance is a share of the printed number; for words of multiple or
        chance it is in their own unit.
    word : str
        The article's hedge.
    unit : str
        Of the number that is compared.
    known : bool
        Whether the article prints the number.
    """
    value = finding.critical_tolerance
    if value is None:
        return ""
    far = _far(value, word, unit, known=known)
    if glyphs.group_of(finding.verdict).name in {"stands", "nearly"}:
        return f"The value could move by {far} before the statement no longer even roughly held."
    name = f"“{word}”" if word else "a number without a hedge"
    return f"For the statement to hold roughly, {name} would have to allow a further {far}."


def _far(value: float, word: str, unit: str, *, known: bool) -> str:
    if hedge(word).kind == "quantity":
        share = formatting.percent(value, 0 if value >= 0.1 else 1)
        return f"{share} of the {'printed number' if known else 'number compared'}"
    if hedge(word).kind == "chance" or unit == "share":
        return f"{formatting.number(value * 100, 1)} percentage points"
    return formatting.quantity(value, unit)


def _shares(share: Share | None) -> str:
    """Say under what share of the readings the statement stands."""
    if share is None:
        return ""
    if share.uniform in {0.0, 1.0}:
        return f"It stands under {'all' if share.uniform else 'none'} of {share.readings} readings."
    text = (
        f"It stands under {formatting.percent(share.balanced)} of {share.readings} readings, "
        f"sources and definitions weighed equally; {formatting.percent(share.uniform)} "
        "if every reading counts the same"
    )
    if share.leave_one_out:
        low, high = min(share.leave_one_out.values()), max(share.leave_one_out.values())
        span = formatting.between(formatting.percent(low), formatting.percent(high))
        text += f"; {span} when one dimension is left out"
    return text + "."


def _readings(readings: Sequence[Reading], find: citations.Find) -> list[dict[str, Any]]:
    order = {"primary": 0, "alternative": 1, "excluded": 2}
    return [
        {
            "reading": reading,
            "value": worded.written_reading(reading),
            "status": STATUSES[reading.status],
            "sources": citations.find_all(reading.evidence, find),
        }
        for reading in sorted(readings, key=lambda reading: order[reading.role])
    ]
