"""Chapters as plain Markdown: readable in every notebook viewer, without the book's own signs.

A chapter's text names numbers (``{glue:text}``), sources (``{cite}``), labels and grids, which
only the book's builder knows.  Here they become what every viewer shows: the numbers
themselves, (Author Year), headings, quoted notes and links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pybtex.database import Entry, parse_file

from analysis import claims, counterclaims
from analysis.paths import CHAPTERS

_LABEL: Final = re.compile(r"\(([a-z0-9-]+)\)=\s*")
_FENCE: Final = re.compile(r"(?P<ticks>:{3,}|`{3,})(?:\{(?P<name>[a-z-]+)\} ?(?P<title>.*))?\s*")
_OPTION: Final = re.compile(r":[a-z-]+:.*")
_BOLD_LINE: Final = re.compile(r"\*\*(.+?)\.?\*\*\s*")
_GLUE: Final = re.compile(r"\{glue:text\}`([^`]+)`")
_CITE: Final = re.compile(r"\{cite\}`([^`]+)`")
_REFERENCE: Final = re.compile(r"\{(?:claim|statement)-ref\}`(?:([^`<]+?)\s*<)?([a-z0-9-]+)>?`")
_LITERAL: Final = re.compile(r"(?<![`}\[])`([a-z0-9-]+)`(?!`)")
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_OUTSIDE: Final = re.compile(r"[a-z]+:")

# The book's signs; none may stand in front of a reader of a notebook.
SIGNS: Final = re.compile(r"\{[a-z:-]+\}`|^(?::{3,}|`{3,})\{|^\([a-z0-9-]+\)=", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """Where a text will be read.

    Attributes
    ----------
    number : callable
        Name of a number to what stands for it.
    chapter, page : callable
        File name of a chapter without suffix, or address of a page from the root of the site
        with its anchor, to an address as seen from the text; None where it cannot be reached.
    """

    number: Callable[[str], str]
    chapter: Callable[[str], str | None]
    page: Callable[[str], str | None]


def markdown(text: str, place: Place) -> str:
    """Return the text of a Markdown cell in plain Markdown.

    Parameters
    ----------
    text : str
        In MyST, as chapters are written.
    place : Place
        Where it will be read.

    Raises
    ------
    KeyError
        With every source that is cited and not in the bibliography.
    ValueError
        With what is left of the book's own signs.
    """
    plain = "\n".join(_blocks(text.splitlines()))
    plain = _CITE.sub(lambda found: _cited(found[1].split(",")), plain)
    plain = _GLUE.sub(lambda found: place.number(found[1]), plain)
    plain = _REFERENCE.sub(lambda found: _worded(found[1], found[2], place), plain)
    plain = _LINK.sub(lambda found: _linked(found[1], found[2], place), plain)
    plain = _LITERAL.sub(lambda found: _claim(found[1], place), plain)
    plain = re.sub(r"\n{3,}", "\n\n", plain).strip()
    left = SIGNS.findall(plain)
    if left:
        message = f"no plain form is known for {', '.join(left)}"
        raise ValueError(message)
    return plain


def _blocks(lines: list[str]) -> Iterator[str]:
    """Yield the lines without labels and fences; notes are quoted, grids have headings."""
    fences: list[str] = []
    head = False  # right after the opening of a fence, where its options stand
    for line in lines:
        fence = _FENCE.fullmatch(line)
        if fence and fence["name"]:
            fences.append(fence["name"])
            head = True
            if fence["name"] in {"note", "admonition"}:
                yield f"> **{fence['title'] or 'Note'}**"
                yield ">"
            continue
        if fence and fences:
            fences.pop()
            yield ""
            continue
        if _LABEL.fullmatch(line) or (head and _OPTION.fullmatch(line)):
            continue
        title = _BOLD_LINE.fullmatch(line) if head else None
        head = head and not line.strip()
        if title and fences[-1:] == ["grid-item"]:
            yield f"### {title[1]}\n"
        elif {"note", "admonition"} & set(fences):
            yield f"> {line}".rstrip()
        else:
            yield line


@cache
def _sources() -> dict[str, str]:
    entries: dict[str, Entry] = parse_file(str(CHAPTERS / "references.bib"), "bibtex").entries
    return {
        key: f"{_authors(entry)} {entry.fields.get('year', 'n.d.')}"
        for key, entry in entries.items()
    }


def _authors(entry: Entry) -> str:
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join([*person.prelast_names, *person.last_names]) for person in people]
    names = [name.replace("{", "").replace("}", "") for name in names]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names) or str(entry.fields.get("title", "")).strip("{}")


def _cited(keys: list[str]) -> str:
    unknown = [key for key in keys if key.strip() not in _sources()]
    if unknown:
        message = f"not in references.bib: {', '.join(unknown)}"
        raise KeyError(message)
    return f"({'; '.join(_sources()[key.strip()] for key in keys)})"


@cache
def _labels() -> dict[str, str]:
    """Return the chapter of each label that stands before a chapter's title."""
    found = {}
    for source in sorted(CHAPTERS.glob("[0-9][0-9]-*.md")):
        label = re.search(r"^\(([a-z0-9-]+)\)=\n# ", source.read_text(encoding="utf-8"), re.M)
        if label:
            found[label[1]] = source.stem
    return found


def _linked(words: str, target: str, place: Place) -> str:
    if _OUTSIDE.match(target):
        return f"[{words}]({target})"
    path, _, anchor = target.partition("#")
    name = path.rpartition("/")[2].removesuffix(".md")
    if path.startswith("../"):
        href = place.page(path.removeprefix("../").removesuffix(".md") + ".html")
    elif path:
        href = place.chapter(name)
    else:
        # A label within a page is no heading, so a notebook cannot lead to it.
        chapter = _labels().get(anchor)
        href = place.chapter(chapter) if chapter else None
    return f"[{words}]({href})" if href else words


def _home(name: str) -> Any:
    """Return the module that knows a claim or a statement by its id; None for neither."""
    return next((m for m in (claims, counterclaims) if name in m.table().index), None)


def _worded(words: str | None, name: str, place: Place) -> str:
    home = _home(name)
    if home is None:
        message = f"neither a claim nor a statement: {name}"
        raise KeyError(message)
    row = home.table().loc[name]
    href = place.page(home.address(name))
    said = words or (f"“{row['quote']}”" if row["quote"] else str(row["says"]))
    return f"[{said}]({href})" if href else said


def _claim(name: str, place: Place) -> str:
    # An id is code in a chapter; a page links it, and so does a notebook.
    home = _home(name)
    href = place.page(home.address(name)) if home else None
    return f"[`{name}`]({href})" if href else f"`{name}`"


__all__ = ["SIGNS", "Place", "markdown"]
