"""Sphinx extension: figures, the chart script, the style sheet, and a light page.

What the theme ships and this book does not use is left out of the pages: an icon script of
half a megabyte, the loader of a remote kernel, source maps and translations.
A page then asks no other host for anything.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from pathlib import Path
from typing import Any, Final, cast

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from analysis import claims
from analysis.book import areas, drawings, figure_page, frames, slim
from analysis.book.cite_pages import figure_folds
from analysis.book.figure_page import book_figure
from analysis.book.palette import LIGHT_TO_DARK, css_variables
from analysis.book.site import claim_href, worded_link
from analysis.book.theme import FONTS, VEGA_LITE
from analysis.kept import FOLDER, chapters, finished, keep, kept

STATIC: Final = Path(__file__).parent / "static"

_LOG: Final = logging.getLogger(__name__)

_ICON_SCRIPT: Final = re.compile(r"\s*<script[^>]*scripts/fontawesome\.js[^>]*></script>")
_ICON_USE: Final = re.compile(r"""class=["'][^"']*\bfa[srb]? [^"']*|class=["'][^"']*\bfa-[^"']*""")
_ICON_NAME: Final = re.compile(r"\bfa-([a-z0-9-]+)")
_ICON_STYLE: Final = frozenset({"solid", "regular", "brands", "lg", "fw", "sm", "xs", "xl"})
_FONT_FACE: Final = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)
_SIDE_BAR: Final = '<div id="pst-primary-sidebar"'
_NAVIGATION: Final = 'role="navigation" aria-label="Book"'
_OUTSIDE: Final = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?(?:src|data)=["'](?:https?:)?//[^"']+"""
    r"""|<link\b(?![^>]*rel=["'](?:canonical|license|author))[^>]*href=["'](?:https?:)?//[^"']+"""
    r"""|url\(["']?(?:https?:)?//[^)]+|@import\s+["'](?:https?:)?//[^"']+"""
    r"""|\b(?:unpkg\.com|cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com|esm\.sh)/[^"'\s]*""",
    re.IGNORECASE,
)


class FigureTransform(SphinxPostTransform):
    """Turn figures into HTML, or into an image with a caption for every other format."""

    default_priority = 6  # after MyST-NB has chosen among the forms of an output

    def run(self, **kwargs: object) -> None:
        """Replace each figure node of the page."""
        for node in list(self.document.findall(book_figure)):
            spec = node["spec"]
            if self.app.builder.name in ("html", "dirhtml", "singlehtml"):
                html = self._html(spec, self._highlighted(take_code(node)))
                node.replace_self(nodes.raw("", html, format="html"))
            elif self.app.builder.format in ("html", "latex"):
                node.replace_self(self._picture(spec))
            else:
                node.replace_self(nodes.paragraph("", spec["usermeta"]["figure"]["alt"]))

    def _highlighted(self, code: str) -> str:
        if not code:
            return ""
        builder = cast("StandaloneHTMLBuilder", self.app.builder)
        return str(builder.highlighter.highlight_block(code, "ipython3"))

    def _html(self, spec: dict[str, Any], code: str) -> str:
        meta, docname = spec["usermeta"]["figure"], self.env.docname
        self._check_unique(meta["id"], docname)
        drawn = drawings.of(spec)
        folder = Path(self.app.outdir) / figure_page.FIGURES
        figure_page.write_files(spec, folder, drawn, self._png(docname, meta["id"]))
        links = {claim: self._link(docname, claim) for claim in meta["claims"]}
        root = "../" * self.app.builder.get_target_uri(docname).count("/")
        cite = figure_folds(self.env, docname, meta)
        shown = {**spec, "usermeta": {**spec["usermeta"], "figure": areas.with_miles(meta)}}
        return figure_page.figure_html(shown, drawn, root=root, links=links, code=code, cite=cite)

    def _png(self, docname: str, id: str) -> bytes:
        """Return the picture that stands in the record, so that page and record agree."""
        pngs: dict[str, bytes] = self.document.__dict__.setdefault("book_pngs", {})
        if not pngs:
            record = Path(self.env.doc2path(docname))
            for spec, png in drawings.stored(record):
                pngs[spec["usermeta"]["figure"]["id"]] = png
        return pngs[id]

    def _check_unique(self, id: str, docname: str) -> None:
        seen: dict[str, str] = self.app.builder.__dict__.setdefault("book_figures", {})
        if seen.setdefault(id, docname) != docname:
            _LOG.warning("figure id %r is used in %s and in %s", id, seen[id], docname)

    def _link(self, docname: str, claim: str) -> str:
        """Return a link to a claim in the article's own words."""
        # A book of one chapter, say, has neither the claim's chapter nor the ledger; that a
        # figure names only claims of the table is tested where its chapter is.
        if claim not in claims.table().index:
            return escape(claim)
        record = claims.assess(claim)
        href = claim_href(claim, docname, self.app.builder) or f"#claim-{claim}"
        return worded_link(record, f"“{record.quotation}”", href)

    def _picture(self, spec: dict[str, Any]) -> nodes.Node:
        """Write the picture where the builder collects images: SVG for EPUB, PNG for print."""
        name = spec["usermeta"]["figure"]["id"]
        folder = Path(self.app.doctreedir) / "figures"
        folder.mkdir(parents=True, exist_ok=True)
        if self.app.builder.format == "html":
            file = folder / f"{name}.svg"
            file.write_text(drawings.of(spec).plain, encoding="utf-8", newline="\n")
        else:
            file = folder / f"{name}.png"
            file.write_bytes(self._png(self.env.docname, name))
        self.env.images.add_file(self.env.docname, str(file))
        return figure_page.picture(spec, str(file))


def take_code(figure: nodes.Element) -> str:
    """Take the code of a figure out of its page, and return it.

    It is the code of the cell that shows the figure, and of the cells right before it that show
    nothing: they prepare its data.  Without it the page has one line for each of them.

    Parameters
    ----------
    figure : Element
        Within the output of a cell, or not.

    Returns
    -------
    str
        Empty where there is none to see.
    """
    cell = figure
    while cell is not None and cell.get("nb_element") != "cell_code":
        cell = cell.parent
    if cell is None:
        return ""
    before = cell.parent.children[: cell.parent.index(cell)]
    silent = list(takewhile(_prepares, reversed(before)))
    codes = []
    for part in [*reversed(silent), cell]:
        for source in [child for child in part if child.get("nb_element") == "cell_code_source"]:
            codes.append(source.astext().strip("\n"))
            part.remove(source)
    for part in silent:
        part.parent.remove(part)
    return "\n\n".join(codes)


def _prepares(node: nodes.Node) -> bool:
    """Whether a node is a cell whose code is to be seen and whose output is nothing."""
    parts = [child.get("nb_element") for child in node] if _is_cell(node) else []
    return parts == ["cell_code_source"]


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def chart_bundle() -> str:
    """Return the chart library as one script that defines ``vegaEmbed`` and ``posDark``.

    The bundle declares names at top level that collide with Sphinx's own, so it is wrapped.
    """
    code = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
    dark = json.dumps(LIGHT_TO_DARK, sort_keys=True)
    return f"window.posDark={dark};\n(function(){{\n{code}\n}})();\n"


def icons_in_use(html: Path, seen: Collection[str] = ()) -> set[str]:
    """Return the names of the icons, without ``fa-``, that the pages of a build ask for.

    Parameters
    ----------
    html
        Folder of the built pages.
    seen
        Pages to leave out, by their paths from the folder.
    """
    pages = (p for p in html.rglob("*.html") if p.relative_to(html).as_posix() not in seen)
    texts = (file.read_text(encoding="utf-8") for file in pages)
    uses = (use for text in texts for use in _ICON_USE.findall(text))
    return {name for use in uses for name in _ICON_NAME.findall(use)} - _ICON_STYLE


def icons_carried() -> set[str]:
    """Return the names of the icons in the font that comes with the book."""
    return set(json.loads((FONTS / "icons.json").read_text(encoding="utf-8")))


def outside_requests(html: Path, seen: Collection[str] = ()) -> Iterator[str]:
    """Yield every place in a built book that would ask another host for something.

    Links that a reader may follow are not requests.

    Parameters
    ----------
    html
        Folder of the built pages.
    seen
        Pages to leave out, by their paths from the folder.

    Yields
    ------
    str
        File and the text found.
    """
    for file in sorted(html.rglob("*")):
        if file.relative_to(html).as_posix() in seen:
            continue
        if file.suffix in (".html", ".css") or file.parent == html / "_static":
            if file.suffix not in (".html", ".css", ".js") or file.name == "vega-bundle.js":
                continue
            text = file.read_text(encoding="utf-8")
            for found in _OUTSIDE.finditer(text):
                yield f"{file.relative_to(html)}: {found[0][:120]}"


def _no_remote_kernel(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context.get(kind, []) if not _is_thebe(file)]


def _is_thebe(file: object) -> bool:
    body = getattr(file, "attributes", {}).get("body") or ""
    return "thebe" in str(getattr(file, "filename", "")) or "THEBE" in body


def _no_kernel_settings(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(nodes.raw)):
        if "text/x-thebe-config" in node.astext() or "<script>kernelName =" in node.astext():
            node.parent.remove(node)


def _tables(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the tables of chapters fit for keyboards, screen readers and small screens."""
    found = [node for node in doctree.findall(nodes.raw) if frames.MARK in node.astext()]
    for number, node in enumerate(found, 1):
        html = frames.frame_html(node.astext(), f"Table {number}")
        node.replace_self(nodes.raw("", html, format="html"))


def _prepare(app: Sphinx) -> None:
    """Put styles, fonts and scripts where the theme's own files go."""
    if app.builder.format != "html":
        return
    folder = Path(app.doctreedir) / "static"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    style = css_variables() + (STATIC / "book.css").read_text(encoding="utf-8")
    if app.builder.name == "epub":
        style = _FONT_FACE.sub("", style)  # a reader has fonts; the package would grow
    else:
        _web_files(app, folder)
    (folder / "book.css").write_text(style, encoding="utf-8", newline="\n")
    app.config.html_static_path.append(str(folder))
    app.add_css_file("book.css", priority=900)


def _web_files(app: Sphinx, folder: Path) -> None:
    (folder / "fonts").mkdir()
    for file in [*FONTS.glob("Book*.woff2"), FONTS / "OFL.txt"]:
        shutil.copy(file, folder / "fonts" / file.name)
    shutil.copy(STATIC / "charts.js", folder / "charts.js")
    bundle = kept("chart-bundle", chart_bundle)
    (folder / "vega-bundle.js").write_text(bundle, encoding="utf-8", newline="\n")
    app.add_js_file("charts.js", defer="defer")


def _write_over_the_cores(app: Sphinx, env: BuildEnvironment) -> None:
    """Let pages be written while the next ones are resolved.

    Reading stays in one process: some extensions of the theme do not say that they can be
    read in several, which Sphinx would warn of.  What this book keeps while it resolves pages
    is kept in the first process, where all of them are resolved.
    """
    if app.builder.name == "html":
        app.parallel = os.cpu_count() or 1


def _slim(app: Sphinx, error: Exception | None) -> None:
    """Take out of the finished pages what nothing uses."""
    if error or app.builder.format != "html" or app.builder.name == "epub":
        return
    html = Path(app.outdir)
    _remove_unused(html / "_static")
    texts = {
        page.relative_to(html).as_posix(): page.read_text(encoding="utf-8")
        for page in sorted(html.rglob("*.html"))
    }
    before = kept("pages", lambda: _NO_PAGES) if chapters() else _NO_PAGES
    names = _names(texts, before)
    used = slim.names_of_scripts(html).union(*(item.used for item in names.values()))
    now = _Pages(slim.deciding(used, html), names)
    same = _the_same(now, before)
    for name in same:
        (html / name).write_bytes((finished(html) / name).read_bytes())
    if same:
        for sheet in (finished(html) / "_static").glob("sheets-*.css"):
            shutil.copyfile(sheet, html / "_static" / sheet.name)
    for name in texts.keys() - same:
        light = _light(texts[name], html / name, html, used)
        if light != texts[name]:
            (html / name).write_text(light, encoding="utf-8", newline="\n")
    for name in sorted(icons_in_use(html, same) - icons_carried()):
        _LOG.warning("icon %r is not in the book's icon font", name)
    for place in outside_requests(html, same):
        _LOG.warning("a page asks another host: %s", place)
    if os.environ.get(FOLDER):
        keep("pages", now)


@dataclass(frozen=True)
class _Named:
    """The text of a page before its last touch: its hash, and the names that are in use on it."""

    digest: str
    used: frozenset[str]


@dataclass(frozen=True)
class _Pages:
    """Pages before their last touch; where the names that decide are the same it is the same.

    Attributes
    ----------
    deciding : frozenset of str
        Names in use that decide what the style sheet holds, see `slim.deciding`.
    names : mapping of str to _Named
        By the path of the page.
    """

    deciding: frozenset[str]
    names: Mapping[str, _Named]


_NO_PAGES: Final = _Pages(frozenset(), {})


def _names(texts: Mapping[str, str], before: _Pages) -> dict[str, _Named]:
    found = {}
    for name, text in texts.items():
        digest, known = hashlib.sha256(text.encode()).hexdigest(), before.names.get(name)
        same = known is not None and known.digest == digest
        found[name] = known if known and same else _Named(digest, slim.names_of_page(text))
    return found


def _the_same(now: _Pages, before: _Pages) -> set[str]:
    """Return the pages that were finished by the last build as they would be now."""
    if now.deciding != before.deciding:
        return set()
    return {name for name, named in now.names.items() if before.names.get(name) == named}


def _light(text: str, page: Path, html: Path, used: frozenset[str]) -> str:
    light = _ICON_SCRIPT.sub("", text)
    # A name that differs from the words shown cannot be spoken to a voice control.
    light = light.replace(' aria-label="Toggle hidden content"', "")
    # The book's title stands in the side bar, outside every landmark of the theme.
    if _NAVIGATION not in light:
        light = light.replace(_SIDE_BAR, f"{_SIDE_BAR} {_NAVIGATION}")
    if (html / "_static") not in page.parents:
        light = slim.one_sheet(light, page, html, used)
        light = slim.scripts_last(light)
    return light


def _remove_unused(static: Path) -> None:
    for pattern in ("**/*.map", "scripts/fontawesome.js*", "sphinx-thebe.*", "webpack-macros.html"):
        for file in static.glob(pattern):
            file.unlink()
    shutil.rmtree(static / "locales", ignore_errors=True)
    icons = static / "vendor" / "fontawesome" / "webfonts"
    shutil.rmtree(icons, ignore_errors=True)
    icons.mkdir(parents=True)
    shutil.copy(FONTS / "icons-solid.woff2", icons / "fa-solid-900.woff2")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_node(book_figure)
    app.add_post_transform(FigureTransform)
    app.connect("builder-inited", _prepare)
    app.connect("env-updated", _write_over_the_cores)
    # Late, so that scripts added by others are seen.
    app.connect("html-page-context", _no_remote_kernel, priority=950)
    app.connect("doctree-resolved", _no_kernel_settings, priority=950)
    app.connect("doctree-resolved", _tables, priority=950)
    app.connect("build-finished", _slim, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
