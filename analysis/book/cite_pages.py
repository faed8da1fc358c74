"""Sphinx extension: how to cite, how to report, and what pages say of themselves to programs.

Works on finished pages, so that neither chapters nor cards know of it.
"""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from analysis import claims, counterclaims, tables
from analysis.book import changes_page, cite_box, citing, drawings, heads, reference, webroot
from analysis.book.card_page import site_link
from analysis.book.figure_page import FIGURES
from analysis.book.findings import finding
from analysis.book.imprint import imprint
from analysis.book.site import footer

STATIC: Final = Path(__file__).parent / "static"

# A card that has a body: its kind and id, and the place before its end.
_CARD: Final = re.compile(
    r'(<article class="pos-card [^"]*" id="((?:counter)?claim-[^"]+)".*?)'
    r"(</div>\s*</details>\s*</article>)",
    re.DOTALL,
)

_SHOWN: Final = re.compile(r'<article class="pos-card [^"]*" id="((?:counter)?claim-[^"]+)"')
_DESCRIPTION: Final = re.compile(r'<meta[^>]*\bname="description"[^>]*/?>\s*')


def title_of(env: BuildEnvironment, page: str) -> str:
    """Return the title of a page as plain text."""
    title = env.titles.get(page)
    return title.astext() if title is not None else page


def cited_page(env: BuildEnvironment, page: str) -> citing.Citable:
    """Return a page as it is cited; the front stands for the whole book."""
    if page == env.config.root_doc:
        return citing.book(imprint())
    return citing.page(imprint(), page, title_of(env, page), chapter_number(page))


def chapter_number(page: str) -> int | None:
    """Return the number of a chapter, from ``data/chapters.csv``; None for other pages."""
    found = re.fullmatch(r"chapters/\d+-(.+)", page)
    rows = tables.read("chapters").set_index("slug")["number"]
    return int(rows[found[1]]) if found and found[1] in rows.index else None


def kind_of(page: str, root: str = "index") -> str:
    """Return what a reader calls a page."""
    return "book" if page == root else "chapter" if page.startswith("chapters/") else "page"


def figure_folds(env: BuildEnvironment, page: str, meta: dict[str, Any]) -> str:
    """Return the folds below a chart."""
    cited = citing.chart(imprint(), page, title_of(env, page), meta)
    return cite_box.folds(cited, f"the chart {meta['id']}", imprint())


def card_folds(env: BuildEnvironment, page: str, anchor: str) -> str:
    """Return the folds of a card.

    Parameters
    ----------
    env : BuildEnvironment
    page : str
        On which the card stands.
    anchor : str
        ``claim-ID`` or ``counterclaim-ID``.
    """
    kind, _, id = anchor.partition("-")
    if kind == "claim":
        record: claims.ClaimRecord | claims.CounterclaimRecord = claims.assess(id)
        said, what = f"“{record.quotation}”", f"the claim {id}"
    else:
        record = other = counterclaims.assess(id)
        words = f"‘{other.quotation}’" if other.quotation else other.says
        said, what = f"{other.author}, {words}", f"the statement {id}"
    home, _, _ = record.address.partition(".html")
    home = home if home in env.found_docs else page
    cited = citing.card(imprint(), anchor, said, f"{home}.html#{anchor}", title_of(env, home))
    replies = "".join(
        f'<p class="pos-replied"><a href="{site_link("pages/reply", at)}">'
        f"Reply by {escape(by)}</a></p>"
        for at, by in changes_page.replies_to(id)
    )
    return replies + cite_box.folds(cited, what, imprint(), f"Verdict shown: {record.verdict}")


def _add_to_cards(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return

    def with_folds(found: re.Match[str]) -> str:
        folds = card_folds(app.env, docname, found[2])
        return f'{found[1]}<div class="pos-tools">{folds}</div>\n{found[3]}'

    for node in doctree.findall(nodes.raw):
        text = node.astext()
        if '<article class="pos-card' in text:
            node.children = [nodes.Text(_CARD.sub(with_folds, text))]


def _add_box(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    if not isinstance(doctree, nodes.document) or "body" not in context:
        return
    name = page.rpartition("/")[2]
    files = None if app.builder.name == "epub" else name
    what = kind_of(page, app.config.root_doc)
    box = cite_box.box(cited_page(app.env, page), what, imprint(), files=files)
    context["body"] = f"{context['body']}\n{box}"


def _head(app: Sphinx, page: str, doctree: nodes.document) -> heads.Page:
    """Collect what the head of a page says."""
    texts = [node.astext() for node in doctree.findall(nodes.raw)]
    anchors = [found[1] for text in texts for found in _SHOWN.finditer(text)]
    package = [text for text in texts if 'class="pos-resource"' in text]
    figures = figures_of(app.env, page)
    return heads.Page(
        name=page,
        title=title_of(app.env, page),
        description=description(page, doctree),
        kind=kind_of(page, app.config.root_doc),
        number=chapter_number(page),
        image=_image(figures or figures_of(app.env, _last_chapter(app.env))),
        figures=figures,
        cards=[_record(anchor) for anchor in anchors],
        tables=reference.resources() if package else (),
    )


def figures_of(env: BuildEnvironment, page: str) -> list[dict[str, Any]]:
    """Return the part of ``usermeta`` of each chart of an executed page."""
    record = Path(env.doc2path(page))
    if record.suffix != ".ipynb":
        return []
    return [spec["usermeta"]["figure"] for spec, _ in drawings.stored(record)]


def _last_chapter(env: BuildEnvironment) -> str:
    # The last chapter sums the book up, and its first chart stands for pages without charts.
    chapters = sorted(page for page in env.found_docs if page.startswith("chapters/"))
    return chapters[-1] if chapters else env.config.root_doc


def _image(figures: list[dict[str, Any]]) -> heads.Image | None:
    if not figures:
        return None
    first = figures[0]
    return heads.Image(f"{FIGURES}/{first['id']}.png", first["title"])


def _record(anchor: str) -> claims.ClaimRecord | claims.CounterclaimRecord:
    kind, _, id = anchor.partition("-")
    return claims.assess(id) if kind == "claim" else counterclaims.assess(id)


def description(page: str, doctree: nodes.document) -> str:
    """Return what a page is about: its own words, or a chapter's question and finding.

    A page that is neither says its name and what it belongs to.
    """
    own = [node["content"] for node in doctree.findall(nodes.meta) if "name" in node]
    if own:
        return str(own[0])
    chapters = tables.read("chapters").set_index("slug")["question"]
    slug = page.partition("-")[2]
    if not page.startswith("chapters/") or slug not in chapters.index:
        return f"{page.rpartition('/')[2]}: a page of {imprint().name}"
    return f"{chapters[slug]} {finding(slug)}"


def _add_head(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    if not isinstance(doctree, nodes.document) or app.builder.name == "epub":
        return
    given = _DESCRIPTION.sub("", str(context.get("metatags", "")))
    context["metatags"] = f"{given}\n{heads.html(_head(app, page, doctree), imprint())}"


def _configure(app: Sphinx, config: Config) -> None:
    # Sphinx writes the canonical link of each page from it.
    config.html_baseurl = imprint().address


def _prepare(app: Sphinx) -> None:
    if app.builder.format != "html" or app.builder.name == "epub":
        return
    folder = Path(app.doctreedir) / "cite-static"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(STATIC / "cite.js", folder / "cite.js")
    app.config.html_static_path.append(str(folder))
    app.add_js_file("cite.js", defer="defer")


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    for page in sorted(app.env.found_docs):
        cited = cited_page(app.env, page)
        for suffix, make in cite_box.FILES.values():
            path = Path(app.outdir) / f"{page}{suffix}"
            path.write_text(make(cited), encoding="utf-8", newline="\n")
    webroot.write(Path(app.outdir), imprint(), app.env.found_docs, footer())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _prepare)
    # Before the addresses within the site are made relative.
    app.connect("doctree-resolved", _add_to_cards, priority=400)
    app.connect("html-page-context", _add_box, priority=600)
    app.connect("html-page-context", _add_head, priority=610)
    app.connect("build-finished", _finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["setup"]
