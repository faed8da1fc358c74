"""The forms of the book that are made on request, EPUB and PDF, and their place on the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import yaml

from analysis import uptodate
from analysis.book.take import list_html
from analysis.paths import BUILD, ROOT

# Beside the pages: a new build of the pages takes nothing away that is still true.
FOLDER: Final = uptodate.EDITIONS

PAGE: Final = "pages/take.html"
_START, _END = "<!-- editions -->", "<!-- end of editions -->"
_ABSENT: Final = (
    "<p>This copy of the pages was made without them;"
    " <code>make epub</code> and <code>make pdf</code> add them.</p>"
)
_PLACE: Final = re.compile(f"{_START}.*?{_END}", re.DOTALL)

# Pages that make sense on the site alone.
LEFT_OUT: Final = ("pages/take",)

BOOK_EPUB: Final = "position-of-strength.epub"
BOOK_PDF: Final = "position-of-strength.pdf"


def contents(root: Path = ROOT) -> list[str]:
    """Return the pages of a book that an edition holds, in the order of reading.

    Parameters
    ----------
    root : Path
        Folder of the book's table of contents.
    """
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    listed = [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    return [toc["root"], *(name for name in listed if name not in LEFT_OUT)]


def place() -> str:
    """Return what the page has where the editions are named, before any is made."""
    return f"{_START}{_ABSENT}{_END}"


def keep(name: str, content: bytes, key: str, *, output: Path = BUILD) -> Path:
    """Keep an edition with the hash of what it was made from.

    Parameters
    ----------
    name : str
        Of the file.
    content : bytes
    key : str
        As `analysis.book.build.input_key` gives it.
    output : Path
        The folder of what is built.
    """
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    path.with_name(f"{name}.key").write_text(key, encoding="utf-8", newline="\n")
    return path


def current(key: str, *, output: Path = BUILD) -> list[Path]:
    """Return the editions that were made from today's inputs; the whole book comes first."""
    found = uptodate.current_editions(output, key)
    return sorted(found, key=lambda path: (path.name not in {BOOK_EPUB, BOOK_PDF}, path.name))


def offer(site: Path, key: str, *, output: Path = BUILD) -> list[Path]:
    """Put the editions that are true into the site, and name them on its page.

    Parameters
    ----------
    site : Path
        Root of the built pages.
    key : str
        Of the inputs that the pages were made from.
    output : Path
        The folder of what is built.

    Returns
    -------
    list of Path
        The files on the site.
    """
    page = site / PAGE
    if not page.exists():
        return []
    rows = {}
    for path in current(key, output=output):
        content = path.read_bytes()
        target = site / FOLDER / path.name
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        rows[f"{FOLDER}/{path.name}"] = (_said(path.name), content)
    body = list_html(rows, root="../") if rows else _ABSENT
    text = page.read_text(encoding="utf-8")
    filled = _PLACE.sub(lambda _: f"{_START}{body}{_END}", text)
    if filled != text:
        page.write_text(filled, encoding="utf-8", newline="\n")
    uptodate.note_offered(output, key)
    return [site / name for name in rows]


def _said(name: str) -> str:
    whole = {BOOK_EPUB: "The whole book, EPUB 3", BOOK_PDF: "The whole book, A4"}
    return whole.get(name, "One chapter, A4")


__all__ = [
    "BOOK_EPUB",
    "BOOK_PDF",
    "FOLDER",
    "PAGE",
    "contents",
    "current",
    "keep",
    "offer",
    "place",
]
