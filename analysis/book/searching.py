"""Sphinx extension: the search page finds claims, sources, charts, terms and the text itself.

The theme's own search knows only the running text.  What can be found is gathered when the
book is built, in one file that the search page alone asks for; MiniSearch finds in it, in the
browser, without a network.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from analysis import claims, counterclaims
from analysis.book import (
    card,
    drawings,
    gloss,
    glyphs,
    reference,
    source_pages,
    topics,
    typeset,
)
from analysis.book.figure import Spec
from analysis.kept import FOLDER, chapters, keep, kept

STATIC: Final = Path(__file__).parent / "static"
TEMPLATES: Final = Path(__file__).parent / "templates" / "pages"

# In the order in which a reader sees them: key, heading.
KINDS: Final = (
    ("claim", "Claims of the article"),
    ("statement", "Statements of the other camp"),
    ("chart", "Charts"),
    ("text", "Text of the book"),
    ("term", "Glossary"),
    ("source", "Root sources"),
    ("fact", "Evidence"),
    ("table", "Tables of data"),
)

# The search page loads these, in this order, and no other page does; the file of what can be
# found comes with the first search.
SCRIPTS: Final = ("vendor/minisearch.js", "search.js")
DOCUMENTS: Final = "search-documents.js"

# What the theme's own search would load.
_THEIRS: Final = ("searchindex.js", "_static/searchtools.js", "_static/language_data.js")

# Pages that are lists of what is found as something else.
_LISTS: Final = ("pages/ledger", "pages/glossary", "pages/bibliography", "pages/sources")

_TAG: Final = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    Attributes
    ----------
    kind : str
        A key of `KINDS`.
    title : str
        What the link says.
    text : str
        What is searched below the title, and quoted around the words found.
    words : str
        What is searched and not shown: ids and names.
    note : str
        What stands beside the title.
    address : str
        From the root of the site, with its anchor.
    verdict : str
        Empty for what has none.
    """

    kind: str
    title: str
    text: str
    words: str
    note: str
    address: str
    verdict: str = ""


def of_claims() -> Iterator[Document]:
    """Yield the claims, by quotation, our words, reason, id and verdict."""
    for record in claims.assess_all():
        yield Document(
            "claim",
            f"“{record.quotation}”",
            f"{card.sentence(record.says)} {record.reason}".strip(),
            f"{record.id} {record.premise_id} {record.premise} {record.scale} {record.verdict}",
            f"claim {record.id}, {card.chapter_title(record.home_chapter)}",
            record.address,
            record.verdict,
        )


def of_statements() -> Iterator[Document]:
    """Yield the statements of those who called for talks."""
    for record in counterclaims.assess_all():
        said = f"“{record.quotation}”" if record.quotation else card.sentence(record.says)
        yield Document(
            "statement",
            said,
            f"{card.sentence(record.says)} {record.reason}".strip(),
            f"{record.id} {record.author} {record.outlet} {record.premise_id} {record.verdict}",
            f"{record.author}, {typeset.plain(record.date)}",
            record.address,
            record.verdict,
        )


def of_charts(page: str, chapter: str, specs: Iterable[Spec]) -> Iterator[Document]:
    """Yield the charts of a chapter, by title, unit, alternative text and claims."""
    for spec in specs:
        meta = spec["usermeta"]["figure"]
        yield Document(
            "chart",
            meta["title"],
            f"{card.sentence(meta['subtitle'])} {meta['alt']}",
            " ".join([meta["id"], meta["source"], *meta["claims"]]),
            f"chart, {chapter}",
            f"{page}.html#fig-{meta['id']}",
        )


def of_terms(known: Iterable[gloss.Term]) -> Iterator[Document]:
    """Yield the terms of the glossary."""
    for term in known:
        address = f"{gloss.GLOSSARY}.html#{term.anchor}"
        yield Document("term", term.name, term.definition, "", "glossary", address)


def of_tables() -> Iterator[Document]:
    """Yield the tables of the data package."""
    for entry in reference.resources():
        publishers = dict.fromkeys(source["publisher"] for source in entry["sources"])
        yield Document(
            "table",
            entry["title"],
            entry["description"],
            " ".join([entry["name"], *(s["title"] for s in entry["sources"]), *publishers]),
            "table of this book",
            f"pages/data.html#data-{entry['name']}",
        )


def of_sources() -> Iterator[Document]:
    """Yield the root sources and each row of evidence."""
    for source in source_pages.sources():
        yield Document(
            "source",
            source.name,
            source.in_short,
            " ".join([source.id, *source.publishers]),
            "root source",
            f"{source.page}.html#source-{source.id}",
        )
        for fact in source.facts:
            yield Document(
                "fact",
                f"{fact.quantity}: {fact.value}" if fact.value else fact.quantity,
                " · ".join(t for t in (fact.cited, fact.title, fact.excerpt, fact.note) if t),
                f"{fact.id} {' '.join(fact.claims)}",
                source.name,
                f"{source.page}.html#fact-{fact.id}",
            )


def of_page(page: str, document: nodes.document) -> Iterator[Document]:
    """Yield the sections of a page with their own text, without that of their parts.

    Parameters
    ----------
    page : str
        For example ``chapters/04-land``.
    document : nodes.document
        With its references resolved.
    """
    chapter = ""
    for section in document.findall(nodes.section):
        heading = next(iter(section.findall(nodes.title)), None)
        if heading is None or not section["ids"]:
            continue
        top = not chapter
        chapter = chapter or _words(heading)
        yield Document(
            "text",
            _words(heading),
            " ".join(_own_text(section)),
            "",
            "" if top else chapter,
            f"{page}.html" if top else f"{page}.html#{section['ids'][0]}",
        )


def _own_text(node: nodes.Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, nodes.section | nodes.title):
            continue
        if isinstance(child, nodes.paragraph):
            yield _words(child)
        else:
            yield from _own_text(child)


def _words(node: nodes.Node) -> str:
    """Return a text as it is read, links that were set as HTML included."""
    parts = [
        unescape(_TAG.sub("", text.astext()))
        if isinstance(text.parent, nodes.raw)
        else text.astext()
        for text in node.findall(nodes.Text)
    ]
    return " ".join("".join(parts).replace("\u2060", "").split())


def script(documents: Iterable[Document]) -> str:
    """Return the file of all that can be found; the same bytes for the same documents."""
    rows = []
    verdicts: dict[str, str] = {}
    for item in documents:
        if item.verdict:
            group = glyphs.group_of(item.verdict).name
            mark = f"{glyphs.glyph(item.verdict, size=14)} <span>{item.verdict}</span>"
            verdicts[item.verdict] = f'<span class="pos-verdict pos-verdict--{group}">{mark}</span>'
        shown = (item.title, item.text, item.note)
        title, text, note = (typeset.plain(part) for part in shown)
        place = [key for key, _ in KINDS].index(item.kind)
        rows.append([place, title, text, item.words, note, item.address, item.verdict])
    content = {"kinds": KINDS, "verdicts": verdicts, "documents": rows}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"window.posSearchDocuments={text};\n"


def gather(app: Sphinx) -> list[Document]:
    """Return everything that can be found in a built book, in the order of the kinds."""
    pages = _pages(app)
    found = app.env.found_docs
    before = kept("found-before-text", lambda: _before_text(app))
    after = kept("found-after-text", lambda: _after_text(app))
    text = [item for page in sorted(pages) for item in pages[page]]
    # A book of some chapters lacks the pages of others.
    return [item for item in before + text + after if item.address.partition(".html")[0] in found]


def _before_text(app: Sphinx) -> list[Document]:
    documents = [*of_claims(), *of_statements()]
    for page in sorted(app.env.found_docs):
        if page.startswith("chapters/"):
            specs = [spec for spec, _ in drawings.stored(Path(app.env.doc2path(page)))]
            documents += of_charts(page, app.env.titles[page].astext(), specs)
    return documents


def _after_text(app: Sphinx) -> list[Document]:
    documents: list[Document] = []
    if gloss.GLOSSARY in app.env.found_docs:
        documents += of_terms(gloss.terms(app.env.get_doctree(gloss.GLOSSARY)).values())
    if topics.INDEX in app.env.found_docs:
        documents += of_sources()
    return [*documents, *of_tables()]


def _pages(app: Sphinx) -> dict[str, list[Document]]:
    """Return the text of every page by the page's name: as written now, else as kept."""
    written = _written(app)
    if chapters():
        written = {**kept("found-text", dict), **written}
    if os.environ.get(FOLDER):
        keep("found-text", written)
    return written


def _written(app: Sphinx) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = app.builder.__dict__.setdefault("book_sections", {})
    return found


def _read(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.name == "html" and not docname.startswith(_LISTS):
        _written(app)[docname] = list(of_page(docname, doctree))


def _prepare(app: Sphinx) -> None:
    if app.builder.name != "html":
        return
    folder = Path(app.doctreedir) / "search-static"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(STATIC / "search.js", folder / "search.js")
    app.config.html_static_path.append(str(folder))
    # The words of Sphinx's own index would be collected, stemmed, and thrown away.
    for part in ("load_indexer", "index_page", "dump_search_index"):
        app.builder.__dict__[part] = lambda *given: None


def _page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> str | None:
    if page != "search":
        return None
    found = app.env.found_docs
    context["search_scripts"] = SCRIPTS
    context["search_documents"] = DOCUMENTS
    context["search_kinds"] = KINDS
    context["search_pages"] = [
        (address, words)
        for address, words in (
            ("pages/ledger", "the ledger of all claims"),
            (topics.INDEX, "the list of sources"),
            ("pages/data", "the tables of data"),
            (gloss.GLOSSARY, "the glossary"),
        )
        if address in found
    ]
    return "pos-search.html"


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    site = Path(app.outdir)
    documents = gather(app)
    (site / "_static" / DOCUMENTS).write_text(script(documents), encoding="utf-8", newline="\n")
    for name in _THEIRS:
        (site / name).unlink(missing_ok=True)


def _configure(app: Sphinx, config: Config) -> None:
    config.templates_path.append(str(TEMPLATES))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _prepare)
    # After references are resolved, before terms become links.
    app.connect("doctree-resolved", _read, priority=850)
    app.connect("html-page-context", _page, priority=960)
    app.connect("build-finished", _finish, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["Document", "gather", "of_page", "script"]
