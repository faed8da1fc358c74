"""Who made the book, its version, its date and where it is published: from CITATION.cff.

Where the book is published is not known to those who build it, so an address is used only
when ``url`` stands in CITATION.cff or the builder names one (``book --address``).  The same
holds for the tracker (``repository-code``) and for a person to write to (``contact``).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from analysis import claims
from analysis.paths import ADDRESS, ROOT
from analysis.violations import DataError, Violation

FILE: Final = ROOT / "CITATION.cff"


# Terms of text and pictures.
LICENCE: Final = "CC BY 4.0"
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"

# A book of many pages names the place of its publisher; this one has none to name.
NOT_STATED: Final = "not stated"


@dataclass(frozen=True)
class Article:
    """A work of somebody else, with the day of its publication (ISO date)."""

    title: str
    author: str
    journal: str
    published: str


@dataclass(frozen=True)
class Imprint:
    """What the title page of a printed book would say.

    Attributes
    ----------
    title : str
        With its subtitle.
    authors : tuple of str
        Names as they are printed.
    version : str
    released : date
        Day of the version.
    data_to : str
        Last day that the data reach (ISO date).
    address : str
        Address of the root of the pages, with a slash at its end; empty when not known.
    tracker : str
        Address of the repository, without a slash at its end; empty when not known.
    contact : str
        Address for mail; empty when not known.
    doi : str
        Empty when there is none.
    article : Article or None
        The article that the book tests: the first of the references.
    """

    title: str
    authors: tuple[str, ...]
    version: str
    released: date
    data_to: str
    address: str = ""
    tracker: str = ""
    contact: str = ""
    doi: str = ""
    article: Article | None = None

    @property
    def name(self) -> str:
        """The title without its subtitle."""
        return self.title.partition(":")[0]

    def at(self, path: str) -> str:
        """Return the full address of a path in the site; empty when the root is not known."""
        return self.address + path if self.address else ""


def read(file: Path, *, address: str = "", data_to: str) -> Imprint:
    """Read an imprint from a citation file.

    Parameters
    ----------
    file : Path
        In the Citation File Format 1.2.0.
    address : str
        Takes the place of the file's ``url``.
    data_to : str
        ISO date.

    Raises
    ------
    DataError
        With every key that is missing and every address that is none.
    """
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    wrong = [
        Violation(file.name, "-", key, "missing", "a value")
        for key in ("title", "authors", "version", "date-released")
        if not found.get(key)
    ]
    url = address or str(found.get("url", ""))
    tracker = str(found.get("repository-code", ""))
    for key, value in (("url", url), ("repository-code", tracker)):
        if value and not _is_address(value):
            expected = "an address that begins with http:// or https://, without ? and #"
            wrong.append(Violation(file.name, "-", key, value, expected))
    if wrong:
        raise DataError(wrong)
    people = [person for person in found.get("contact", []) if person.get("email")]
    return Imprint(
        title=str(found["title"]),
        authors=tuple(_name(author) for author in found["authors"]),
        version=str(found["version"]),
        released=date.fromisoformat(str(found["date-released"])),
        data_to=data_to,
        address=f"{url.rstrip('/')}/" if url else "",
        tracker=tracker.rstrip("/"),
        contact=str(people[0]["email"]) if people else "",
        doi=str(found.get("doi", "")),
        article=_article(found["references"][0]) if found.get("references") else None,
    )


def _article(reference: dict[str, Any]) -> Article:
    author = reference["authors"][0]
    return Article(
        title=str(reference["title"]),
        author=f"{author['given-names']} {author['family-names']}",
        journal=str(reference["journal"]),
        published=str(reference["date-published"]),
    )


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not set(text) & set("?# ")


def _name(author: dict[str, str]) -> str:
    # Family name first, as reference managers part a name at its comma.
    if "family-names" in author:
        return f"{author['family-names']}, {author['given-names']}"
    return author["name"]


@cache
def imprint() -> Imprint:
    """Return the imprint of this book."""
    return read(FILE, address=os.environ.get(ADDRESS, ""), data_to=claims.data_cut_off())
