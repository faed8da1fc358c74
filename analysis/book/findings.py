"""What each chapter found, in the sentence of its lead that says so.

The sentence is the chapter's own, with the numbers of its executed record: the front and the
README repeat it and cannot say anything else.
"""

from __future__ import annotations

import re
from typing import Final

from analysis import claims, tables
from analysis.book import runner
from analysis.paths import CHAPTERS
from analysis.records import read_record

_GLUE: Final = re.compile(r"\{glue:text\}`([^`]+)`")
_LEAD: Final = re.compile(r"^# [^\n]+\n+(.*?)\n(?:\n|```)", re.DOTALL | re.MULTILINE)
_MARKUP: Final = re.compile(r"[{}`*\[\]]")


def lead(slug: str) -> list[str]:
    """Return the sentences of a chapter's first paragraph, as its source has them.

    Raises
    ------
    ValueError
        The chapter does not begin with a paragraph.
    """
    source = next(path for path in runner.sources() if path.stem.split("-", 1)[1] == slug)
    found = _LEAD.search(source.read_text(encoding="utf-8"))
    if found is None:
        message = f"{source.name}: no paragraph below the title"
        raise ValueError(message)
    return found[1].splitlines()


def finding(slug: str) -> str:
    """Return the finding of a chapter as plain text; empty while there is no chapter.

    Raises
    ------
    ValueError
        ``data/chapters.csv`` names a sentence that the lead does not have, or one with markup
        that a plain text cannot show.
    """
    if claims.chapter_page(slug) is None:
        return ""
    rows = tables.read("chapters")
    place, sentences = int(rows.loc[rows["slug"] == slug, "finding"].iloc[0]), lead(slug)
    if not 1 < place <= len(sentences):
        message = f"{slug}: no sentence {place} after the question in a lead of {len(sentences)}"
        raise ValueError(message)
    glued = _strings(slug)
    text = _GLUE.sub(lambda name: glued[name[1]], sentences[place - 1])
    if _MARKUP.search(text):
        message = f"{slug}: the finding has markup: {text!r}"
        raise ValueError(message)
    return text


def _strings(slug: str) -> dict[str, str]:
    record = next(CHAPTERS.glob(f"[0-9][0-9]-{slug}.ipynb"))
    return runner.shown(read_record(record))


__all__ = ["finding", "lead"]
