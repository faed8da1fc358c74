"""Sphinx extension: claim cards, ledger, board, reference tables, and the published files.

Cards and tables are HTML; addresses within the site are written as ``pos:PAGE#ANCHOR`` and
made relative only when a page is written, so that one document tree serves every format.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxRole

from analysis import __version__, claims, counterclaims, datapackage, formatting, tables
from analysis.book import (
    camp,
    changes_page,
    drawings,
    editions,
    glyphs,
    held,
    honesty_page,
    ledger,
    publish,
    reference,
    reporting,
    runner,
    take,
    typeset,
)
from analysis.book.build import PROVED
from analysis.book.card import page_of
from analysis.book.card_page import card_node, site_link
from analysis.book.imprint import imprint
from analysis.book.palette import css_variables
from analysis.kept import kept

STATIC: Final = Path(__file__).parent / "static"

# On the ledger page alone; in this order.
LEDGER_SCRIPTS: Final = ("vendor/dataTables.min.js", "ledger.js")

_LEDGER: Final = "pages/ledger"
_LINK: Final = re.compile(r'<a\b([^>]*?) href="pos:([^"#]*)#([^"]*)"([^>]*)>(.*?)</a>', re.S)


def claim_href(claim_id: str, from_page: str, builder: Builder) -> str | None:
    """Return the address of a claim's card as seen from a page.

    Parameters
    ----------
    claim_id : str
    from_page : str
        Name of the page that links, for example ``chapters/04-land``.
    builder : Builder
        Knows the pages there are and how they are addressed.

    Returns
    -------
    str or None
        None where neither the chapter of the claim nor the ledger is part of the book.
    """
    page = claims.address(claim_id).partition(".html")[0]
    return _address(page, f"claim-{claim_id}", from_page, builder)


def _address(page: str, anchor: str, from_page: str, builder: Builder) -> str | None:
    if page not in builder.env.found_docs:
        if Path(page).suffix:
            return _file_address(page, from_page, builder)
        # A book of some chapters only: the ledger has a line for every claim.
        if not anchor.startswith("claim-") or _LEDGER not in builder.env.found_docs:
            return None
        page = _LEDGER
    if page == from_page and anchor:
        return f"#{anchor}"
    address: str = builder.get_relative_uri(from_page, page)
    return f"{address}#{anchor}" if anchor else address


def _file_address(path: str, from_page: str, builder: Builder) -> str | None:
    # An EPUB holds the pages and not the files that the site carries beside them.
    if builder.name == "epub":
        return None
    return "../" * builder.get_target_uri(from_page).count("/") + path


def resolve(html: str, from_page: str, builder: Builder) -> str:
    """Turn the addresses within the site into relative ones; those that lead nowhere go."""

    def relative(found: re.Match[str]) -> str:
        before, page, anchor, after, text = found.groups()
        address = _address(unescape(page), unescape(anchor), from_page, builder)
        if address is None:
            return f"<span{before}{after}>{text}</span>"
        return f'<a{before} href="{escape(address)}"{after}>{text}</a>'

    return _LINK.sub(relative, html)


# Keeps a bracket before a link on the line of its shape.
_JOIN: Final = "\u2060"


def claim_link(record: claims.ClaimRecord) -> str:
    """Return a link to a claim's card that shows its id and the shape of its verdict."""
    return _card_link(record.id, record.verdict, site_link(page_of(record), f"claim-{record.id}"))


def statement_link(record: claims.CounterclaimRecord) -> str:
    """Return a link to the card of a statement of those who called for talks."""
    page, _, anchor = record.address.partition(".html#")
    return _card_link(record.id, record.verdict, site_link(page, anchor))


def _card_link(id: str, verdict: str, href: str) -> str:
    group = glyphs.group_of(verdict).name
    return (
        f'<a class="pos-ref pos-ref--id pos-verdict--{group}" href="{href}">'
        f"{_JOIN}{glyphs.glyph(verdict, size=13)} <u>{id}</u>"
        f'<span class="pos-hidden"> ({verdict})</span></a>'
    )


def _link_claim_ids(doctree: nodes.document) -> None:
    # Chapters write an id as code, which reads well in a notebook; a page links it.
    known, others = set(claims.table().index), set(counterclaims.table().index)
    for node in list(doctree.findall(nodes.literal)):
        name = node.astext()
        if name in known:
            link = claim_link(claims.assess(name))
        elif name in others:
            link = statement_link(counterclaims.assess(name))
        else:
            continue
        node.replace_self(nodes.raw("", link, format="html"))


def _resolve_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format == "html":
        _link_claim_ids(doctree)
    for node in doctree.findall(nodes.raw):
        text = node.astext()
        if 'href="pos:' in text:
            node.children = [nodes.Text(resolve(text, docname, app.builder))]


class _Html(SphinxDirective):
    """A directive without content that stands for a piece of HTML."""

    make: ClassVar[Callable[[], str]]
    of_prose: ClassVar[bool]

    def run(self) -> list[nodes.Node]:
        if type(self).of_prose:
            self.env.note_reread()
        return [nodes.raw("", type(self).make(), format="html")]


def _html_directive(make: Callable[[], str], *, of_prose: bool) -> type[Directive]:
    own = {"make": staticmethod(make), "of_prose": of_prose}
    directive: type[Directive] = type("HtmlDirective", (_Html,), own)
    return directive


class ClaimDirective(SphinxDirective):
    """The card of one claim from today's data, for pages without code."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the card; an unknown id is an error of the page."""
        claim_id = self.arguments[0].strip()
        if claim_id not in claims.table().index:
            message = f"no claim {claim_id!r}"
            raise self.error(message)
        return [card_node(claims.assess(claim_id))]


class DataTablesDirective(SphinxDirective):
    """Each table of the data package under a heading of its own."""

    def run(self) -> list[nodes.Node]:
        """Return one section for each table."""
        return [self._section(entry) for entry in reference.resources()]

    def _section(self, entry: dict[str, Any]) -> nodes.section:
        name = f"data-{entry['name']}"
        html = reference.package_html(entry, link=site_link)
        section = nodes.section("", nodes.title("", entry["title"]), ids=[name], names=[name])
        section += nodes.raw("", html, format="html")
        self.state.document.note_explicit_target(section)
        return section


# A link whose words are not the quotation: ``{claim-ref}`the front held <no-collapse>` ``.
_WORDED: Final = re.compile(r"(?P<words>.+?)\s*<(?P<id>[^>]+)>", re.DOTALL)


class CardRole(SphinxRole):
    """A link to the card of a claim, or of a statement, with the shape of its verdict.

    ``{claim-ref}`id` `` shows the article's words, ``{claim-ref}`words <id>` `` those given.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link; an unknown id is an error of the page."""
        worded = _WORDED.fullmatch(self.text.strip())
        name = worded["id"] if worded else self.text.strip()
        known = claims.table() if self.kind == "claim" else counterclaims.table()
        if name not in known.index:
            message = self.inliner.reporter.error(f"no {self.kind} {name!r}", line=self.lineno)
            return [], [message]
        record = claims.assess(name) if self.kind == "claim" else counterclaims.assess(name)
        said = f"“{record.quotation}”" if record.quotation else record.says
        return [
            nodes.raw("", worded_link(record, worded["words"] if worded else said), format="html")
        ], []


def worded_link(
    record: claims.ClaimRecord | claims.CounterclaimRecord, words: str, href: str | None = None
) -> str:
    """Return a link to a card: the shape of the verdict, then words that may break.

    Parameters
    ----------
    record : ClaimRecord or CounterclaimRecord
    words : str
        What the link says.
    href : str, optional
        Address as seen from the page; made relative later where it is not given.
    """
    page, _, anchor = record.address.partition(".html#")
    group = glyphs.group_of(record.verdict).name
    # A shape that stands alone at the end of a line belongs to nothing.
    first, blank, rest = words.partition(" ")
    return (
        f'<a class="pos-ref pos-verdict--{group}" '
        f'href="{escape(href or site_link(page, anchor))}">{_JOIN}<span class="pos-keep">'
        f"{glyphs.glyph(record.verdict, size=13)}\u00a0<u>{escape(first)}</u></span>"
        f"<u>{blank}{escape(rest)}</u>"
        f'<span class="pos-hidden"> ({record.verdict})</span></a>'
    )


# Numbers that pages name; each is counted, none is typed.
NUMBERS: Final[dict[str, Callable[[], str]]] = {
    "claims": lambda: formatting.number(len(claims.table())),
    "counterclaims": lambda: formatting.number(len(counterclaims.table())),
    "components": lambda: formatting.number(len(tables.read("claim-components"))),
    "evidence-rows": lambda: formatting.number(len(tables.read("evidence"))),
    "evidence-origins": lambda: formatting.number(
        tables.read("evidence")["origin_id"].replace("", None).nunique()
    ),
    "data-tables": lambda: formatting.number(len(datapackage.origins())),
    "data-cut-off": lambda: formatting.day(claims.data_cut_off()),
    "article-date": lambda: formatting.day(claims.ARTICLE_DATE),
    "window-end": lambda: formatting.day(claims.WINDOW_END),
    "version": lambda: __version__,
    "tally": lambda: ledger.tally_text(claims.assess_all()),
    **honesty_page.NUMBERS,
}


class NumberRole(SphinxRole):
    """A counted number by its name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number as text; an unknown name is an error of the page."""
        name = self.text.strip()
        if name not in NUMBERS:
            known = ", ".join(NUMBERS)
            message = self.inliner.reporter.error(f"no number {name!r}; there are: {known}")
            return [], [message]
        return [nodes.Text(NUMBERS[name]())], []


class FileRole(SphinxRole):
    """A link to a published file: ``{published}`text <claims.csv>` ``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link; a file that is not published is an error of the page."""
        text, _, path = self.text.removesuffix(">").partition(" <")
        if path not in publish.FILES:
            known = ", ".join(publish.FILES)
            message = self.inliner.reporter.error(f"no published file {path!r}; there are: {known}")
            return [], [message]
        html = f'<a href="{site_link(path, "")}">{escape(text)}</a>'
        return [nodes.raw("", html, format="html")], []


# Where the terms of the text stand; a link that a reader may follow.
_CC_BY: Final = "https://creativecommons.org/licenses/by/4.0/"


def footer(root: str = "", page: str = "index") -> str:
    """Return version, data cut-off and licences, from package and data, never from a clock.

    Parameters
    ----------
    root : str
        Relative path from the page to the root of the site.
    page : str
        Its name, for a report of an error on it.
    """
    path = f"{page}.html"
    report = reporting.report(imprint(), f"the page {path}", path)
    return (
        f'<p class="pos-footer">Position of Strength, version {__version__}. '
        f"Data to {formatting.day(claims.data_cut_off())}. "
        f'Text and pictures: <a rel="license" href="{_CC_BY}">CC BY 4.0</a>. Code: MIT. '
        f'<a href="{escape(report.href)}">Report an error</a>. '
        f'Data: <a href="{root}pages/data.html">as stated for each table</a>.</p>'
    )


def _configure(app: Sphinx, config: Config) -> None:
    config.version = config.version or __version__
    config.release = config.release or __version__


def _trust_records(app: Sphinx) -> None:
    if os.environ.get(PROVED):
        for source in runner.sources():
            claims.trust(drawings.stored_claims(runner.record_path(source)))


def _hold(app: Sphinx, page: str, source: list[str]) -> None:
    """Refuse a page whose sentences have outlived the verdicts that they name."""
    found = held.problems(page, source[0])
    if found:
        message = f"{page} says what the verdicts do not say:\n  " + "\n  ".join(found)
        raise ExtensionError(message)


def _prepare(app: Sphinx) -> None:
    """Put the styles and scripts of cards and ledger where the theme's own files go."""
    if app.builder.format != "html":
        return
    folder = Path(app.doctreedir) / "site-static"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # The figures' style sheet defines the colours; without it this one has to.
    colours = "" if "analysis.book.ext" in app.extensions else css_variables()
    style = colours + (STATIC / "site.css").read_text(encoding="utf-8")
    (folder / "site.css").write_text(style, encoding="utf-8", newline="\n")
    app.config.html_static_path.append(str(folder))
    app.add_css_file("site.css", priority=905)
    if app.builder.name != "epub":
        shutil.copy(STATIC / "favicon.svg", folder / "favicon.svg")
        shutil.copy(STATIC / "site.js", folder / "site.js")
        shutil.copy(STATIC / "ledger.js", folder / "ledger.js")
        shutil.copytree(STATIC / "vendor", folder / "vendor")
        # Not deferred: it has to know the screen before the first card is drawn.
        app.add_js_file("site.js", priority=100)


def _page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    # The footer's links are relative to the page.
    root = "../" * app.builder.get_target_uri(page).count("/")
    context["theme_extra_footer"] = footer(root, page)
    if app.builder.name != "epub":
        # Without an icon of its own a page asks the root of its host for one.
        context["metatags"] = (
            f"{context.get('metatags', '')}\n"
            f'<link rel="icon" href="{root}_static/favicon.svg" type="image/svg+xml" />\n'
            f'<link rel="license" href="{_CC_BY}" />'
        )
    # Deprecated in ARIA 1.3: a list item needs no role to be one.
    if "body" in context:
        body = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')
        context["body"] = typeset.page(body)
    if isinstance(doctree, nodes.document) and app.builder.name != "epub":
        raws = doctree.findall(nodes.raw)
        if any('id="ledger-table"' in node.astext() for node in raws):
            for script in LEDGER_SCRIPTS:
                app.add_js_file(script, defer="defer")


def _offer_notebook(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Let the theme's download button lead to the notebook that any viewer can show."""
    name = f"notebooks/{page.rpartition('/')[2]}.ipynb"
    if not page.startswith("chapters/"):
        return
    for group in context.get("header_buttons", []):
        for button in group.get("buttons", []):
            if button.get("label") in {"download-source-button", "download-notebook-button"}:
                button["url"] = context["pathto"](name, 1)
                button["tooltip"] = "Download this chapter as an executed notebook"


def missing_cards(site: Path, pages: set[str]) -> Iterator[str]:
    """Yield the addresses of claims that lead to no card.

    Parameters
    ----------
    site : Path
        Root of the built pages.
    pages : set of str
        Pages of this book; claims at home elsewhere are not asked for.
    """
    texts: dict[str, str] = {}
    for page, claim, address in kept("places-of-claims", _places):
        if page not in pages:
            continue
        if page not in texts:
            texts[page] = (site / f"{page}.html").read_text(encoding="utf-8")
        if f'id="claim-{claim}"' not in texts[page]:
            yield address


def _places() -> list[tuple[str, str, str]]:
    """Return the page, the id and the address of every claim."""
    return [(page_of(record), record.id, record.address) for record in claims.assess_all()]


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    site = Path(app.outdir)
    publish.write(site)
    # The index has no body of its own that could be set before it is written.
    index = site / "genindex.html"
    if index.exists():
        index.write_text(
            typeset.page(index.read_text(encoding="utf-8")), encoding="utf-8", newline="\n"
        )
    missing = list(missing_cards(site, set(app.env.found_docs)))
    if missing:
        message = f"addresses of claims without a card: {', '.join(missing)}"
        raise ExtensionError(message)


def _all() -> tuple[claims.ClaimRecord, ...]:
    return claims.assess_all()


_WHAT: Final = {
    take.DATA_ZIP: "The data package: description, tables, licences",
    "claims.json": "Every claim with its verdict, readings and sources",
    "claims.csv": "The same as a flat table, one claim a row",
    "evidence.csv": "One sourced figure or dated fact a row",
}


def _take_data() -> str:
    held = publish.contents()
    rows = {name: (said, held[name]) for name, said in _WHAT.items()}
    return take.list_html(rows, root="../")


def _take_notebooks() -> str:
    held = {n: c for n, c in publish.contents().items() if n.startswith("notebooks/")}
    titles = {source.stem: runner.title(source) for source in runner.notebooks()}
    rows = {name: (titles[Path(name).stem], content) for name, content in held.items()}
    return take.list_html(rows, root="../")


DIRECTIVES: Final[dict[str, Callable[[], str]]] = {
    "ledger": lambda: ledger.ledger_html(_all(), link=site_link),
    "board": lambda: camp.board_html(
        [camp.entry(record) for record in _all()],
        [camp.entry(record) for record in counterclaims.assess_all()],
        link=site_link,
    ),
    "positions": lambda: ledger.positions_html(_all(), counterclaims.assess_all(), link=site_link),
    "chapters": lambda: ledger.chapters_html(link=site_link),
    "publishers": ledger.publishers_html,
    "rules": reference.rules_html,
    "hedges": reference.hedges_html,
    "take-data": _take_data,
    "take-notebooks": _take_notebooks,
    "take-editions": editions.place,
    **honesty_page.DIRECTIVES,
    **changes_page.DIRECTIVES,
}


# Those that say something of every word of a chapter, here its hash: their page is read again
# by every build.  The title and the first paragraph of a chapter are no matter for this list:
# where they change, all pages are made again (`analysis.uptodate.reworded`).
_OF_PROSE: Final = frozenset({"take-notebooks"})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_directive("claim", ClaimDirective)
    app.add_directive("data-tables", DataTablesDirective)
    for name, make in DIRECTIVES.items():
        app.add_directive(name, _html_directive(make, of_prose=name in _OF_PROSE))
    app.add_role("claim-ref", CardRole("claim"))
    app.add_role("statement-ref", CardRole("statement"))
    app.add_role("number", NumberRole())
    app.add_role("published", FileRole())
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _trust_records)
    app.connect("builder-inited", _prepare)
    app.connect("source-read", _hold)
    app.connect("doctree-resolved", _resolve_page)
    app.connect("html-page-context", _page)
    # After the theme has made its buttons.
    app.connect("html-page-context", _offer_notebook, priority=950)
    app.connect("build-finished", _finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["claim_href", "setup"]
