"""Sentences that sum up are held to the verdicts: a page whose words have aged does not build.

On the front and on the page of the answer a statement is named under the word that its verdict
gives it.  When a verdict moves, the build names each sentence that has to move with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from analysis import claims, counterclaims
from analysis.book import glyphs

# Which groups of verdicts a statement may have under each word.
STANDS: Final = frozenset({"stands", "nearly"})
FALLS: Final = frozenset({"falls"})
OPEN: Final = frozenset({"split", "unknown", "evidence"})


@dataclass(frozen=True)
class Part:
    """A part of a page whose statements must have verdicts of some groups.

    Attributes
    ----------
    name : str
        What the part is called.
    start, end : str
        Patterns of the text before the part and after it.
    groups : frozenset of str
        Names of groups of verdicts, see `analysis.book.glyphs`.
    times : int
        How often the part stands on the page: once, or once for each position.
    """

    name: str
    start: str
    end: str
    groups: frozenset[str]
    times: int = 1


_SECTION_END: Final = r"\n## |\Z"
_ITEM_END: Final = r"\n- |\n:::|\Z"

PARTS: Final[Mapping[str, tuple[Part, ...]]] = {
    "pages/answer": (
        Part("What stands", r"## What stands\n", _SECTION_END, STANDS),
        Part("What falls", r"## What falls\n", _SECTION_END, FALLS),
        Part("What is open", r"## What is open\n", _SECTION_END, OPEN),
    ),
    "index": (
        Part("Stands", r"- \*\*Stands\*\*", _ITEM_END, STANDS, times=2),
        Part("Falls", r"- \*\*Falls\*\*", _ITEM_END, FALLS, times=2),
        Part("Open", r"- \*\*Open\*\*", _ITEM_END, OPEN, times=2),
    ),
}

_REFERENCE: Final = re.compile(r"\{(claim|statement)-ref\}`(?:[^`<]*<)?([a-z0-9-]+)>?`")


def problems(page: str, text: str) -> list[str]:
    """Return what a page says that the verdicts no longer say.

    Parameters
    ----------
    page : str
        Name of the page, for example ``pages/answer``.
    text : str
        Its source.

    Returns
    -------
    list of str
        One line for each statement in the wrong place, for each part that is not there, and
        for each part that names no statement.
    """
    return [line for part in PARTS.get(page, ()) for line in _problems_of(part, text)]


def _problems_of(part: Part, text: str) -> Iterator[str]:
    found = re.findall(rf"{part.start}(.*?)(?={part.end})", text, flags=re.DOTALL)
    if len(found) != part.times:
        yield f"{part.name!r} stands there {len(found)} times; expected {part.times}"
    for body in found:
        named = _REFERENCE.findall(body)
        if not named:
            yield f"{part.name!r} names no statement"
        for kind, name in named:
            verdict = _verdict(kind, name)
            if glyphs.group_of(verdict).name not in part.groups:
                yield f"{name} stands under {part.name!r}, and its verdict is {verdict!r}"


def _verdict(kind: str, name: str) -> str:
    found = claims.assess(name) if kind == "claim" else counterclaims.assess(name)
    return found.verdict


__all__ = ["PARTS", "Part", "problems"]
