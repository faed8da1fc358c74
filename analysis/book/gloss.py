"""Glossary terms in running text: the first use on a page leads to its definition.

Without scripts the term is a link to the glossary; with them its definition shows beside it
on hover, focus and touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

GLOSSARY: Final = "pages/glossary"

# Pages that define or list terms, and would be covered in links.
_WITHOUT: Final = frozenset({GLOSSARY, "pages/bibliography", "pages/ledger", "pages/data"})

# Words of everyday speech: they are the book's terms only where a source marks them as such.
_EVERYDAY: Final = frozenset(
    {
        "advance", "assessment", "claim", "delivery", "mirror", "origin", "premise", "reading",
        "scale", "obligation", "authority",
    }
)  # fmt: skip

# Text that is a name, an address, a heading or somebody's own words.
_LEFT_ALONE: Final = (
    nodes.title, nodes.reference, nodes.literal, nodes.raw, nodes.literal_block, nodes.caption,
    nodes.term, addnodes.pending_xref,
)  # fmt: skip

_QUOTED: Final = re.compile(r"“[^”]*”")


@dataclass(frozen=True)
class Term:
    """A term of the glossary.

    Attributes
    ----------
    name : str
    anchor : str
        Id in the glossary page.
    definition : str
        Its first sentence or two, as plain text.
    """

    name: str
    anchor: str
    definition: str


def terms(glossary: nodes.document) -> dict[str, Term]:
    """Read the terms of the glossary's document, by name in lower case."""
    found = {}
    for item in glossary.findall(nodes.definition_list_item):
        body = next(iter(item.findall(nodes.definition)), None)
        for term in item.findall(nodes.term):
            if body is not None and term["ids"]:
                name = term.astext().strip()
                found[name.lower()] = Term(name, term["ids"][0], _plain(body))
    return found


def _plain(body: nodes.Node) -> str:
    """Return a definition without its citations."""
    copy = body.deepcopy()
    for node in list(copy.findall(addnodes.pending_xref)):
        if node.get("refdomain") == "cite":
            node.parent.remove(node)
    return re.sub(r"\s+([.,;])", r"\1", " ".join(copy.astext().split()))


def pattern(known: Mapping[str, Term]) -> re.Pattern[str]:
    """Return what finds any term, the longest first, in the singular or plural."""
    names = sorted((name for name in known if name not in _EVERYDAY), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, names))})(?:s|es)?\b", re.IGNORECASE)


def mark(document: nodes.document, known: Mapping[str, Term], href: str) -> int:
    """Turn the first use of each term into a link with its definition.

    Parameters
    ----------
    document : nodes.document
        A page; changed in place.
    known : mapping of str to Term
    href : str
        Relative address of the glossary's page.

    Returns
    -------
    int
        How many terms were marked.
    """
    finder = pattern(known)
    used: set[str] = set()
    for text in list(_running_text(document)):
        pieces = list(_pieces(text.astext(), finder, known, used, href))
        if len(pieces) > 1 or not isinstance(pieces[0], nodes.Text):
            text.parent.replace(text, pieces)
    return len(used)


def _running_text(document: nodes.document) -> Iterator[nodes.Text]:
    for paragraph in document.findall(nodes.paragraph):
        for text in paragraph.findall(nodes.Text):
            if not any(isinstance(parent, _LEFT_ALONE) for parent in _parents(text)):
                yield text


def _parents(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _pieces(
    text: str, finder: re.Pattern[str], known: Mapping[str, Term], used: set[str], href: str
) -> Iterator[nodes.Node]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    at = 0
    for match in finder.finditer(text):
        name = match[1].lower()
        inside = any(start <= match.start() < end for start, end in quoted)
        if name in used or inside:
            continue
        used.add(name)
        if match.start() > at:
            yield nodes.Text(text[at : match.start()])
        yield nodes.raw("", link(known[name], match[0], href), format="html")
        at = match.end()
    if at < len(text) or not text:
        yield nodes.Text(text[at:])


def link(term: Term, text: str, href: str) -> str:
    """Return a term as a link that carries its definition."""
    return (
        f'<a class="pos-term" href="{escape(href)}#{term.anchor}"'
        f' data-definition="{escape(term.definition)}">{escape(text)}</a>'
    )


def _mark_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    known_pages = app.env.found_docs
    if app.builder.name != "html" or docname in _WITHOUT or GLOSSARY not in known_pages:
        return
    known = app.builder.__dict__.get("book_terms")
    if known is None:
        known = app.builder.__dict__["book_terms"] = terms(app.env.get_doctree(GLOSSARY))
    mark(doctree, known, app.builder.get_relative_uri(docname, GLOSSARY))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("doctree-resolved", _mark_page, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
