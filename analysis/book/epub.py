"""The whole book as EPUB 3: the pages that Sphinx writes, mended until the standard is met.

Sphinx's EPUB has what a web page may have and a book may not: names that do not exist, forms,
downloads, drawings outside their namespace.  Every page is read as XML, mended, and described
afresh in the package's list, so that nothing is in the book of which the list does not know.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urldefrag
from uuid import NAMESPACE_URL, uuid5

import vl_convert
from lxml import etree

from analysis import __version__, checks, claims, formatting, published
from analysis.book import build, drawings, editions, runner, take, theme
from analysis.book.palette import colour
from analysis.paths import BUILD, ROOT

XHTML: Final = "http://www.w3.org/1999/xhtml"
SVG: Final = "http://www.w3.org/2000/svg"
OPS: Final = "http://www.idpf.org/2007/ops"
_BOOK: Final = "Position of Strength"
_FOLDER: Final = "OEBPS"
_COVER: Final = (1200, 1800)  # pixels

_MEDIA: Final = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}

# What a page on a screen does and a book does not: tools, forms, scripts.
_TOOLS: Final = (
    "script",
    "button",
    "input",
    "select",
    "form",
    "link",
    "meta",
    "template",
    "iframe",
)


# The same by its class; code is for those who can run it, in the notebooks.
_SCREEN: Final = {"pos-tools", "headerlink", "cell_input", "above-input"}


class Epub:
    """Members of an EPUB under mending.

    Parameters
    ----------
    members : mapping of str to bytes
        Of the archive that Sphinx wrote.
    order : list of str
        Pages in the order of reading, by name without suffix.
    """

    def __init__(self, members: Mapping[str, bytes], order: list[str]) -> None:
        prefix = posixpath.dirname(_package_path(members))
        inside = {
            posixpath.relpath(name, prefix or "."): content for name, content in members.items()
        }
        self.order = [f"{name}.xhtml" for name in order if f"{name}.xhtml" in inside]
        self.pages = {name: _parsed(name, inside[name]) for name in self.order}
        self.files = {
            name: content
            for name, content in inside.items()
            if Path(name).suffix in {".svg", ".png", ".css"} and "META-INF" not in name
        }
        self.titles = {name: _title(page) for name, page in self.pages.items()}

    def mend(self) -> None:
        """Mend every page, then take out the links that lead nowhere and the unused files."""
        for name, page in self.pages.items():
            _mend(page, name)
        ids = {
            name: {node.get("id") for node in page.iter() if node.get("id")}
            for name, page in self.pages.items()
        }
        used: set[str] = set()
        for name, page in self.pages.items():
            _relink(page, name, ids)
            used |= {
                posixpath.normpath(posixpath.join(posixpath.dirname(name), s))
                for s in _images(page)
            }
        self.files = {name: content for name, content in self.files.items() if name in used}

    def written(self, style: str) -> bytes:
        """Return the archive, the same bytes for the same book."""
        members = {f"{_FOLDER}/{name}": content for name, content in self.files.items()}
        for name, page in self.pages.items():
            depth = name.count("/")
            members[f"{_FOLDER}/{name}"] = _serialised(page, self.titles[name], "../" * depth)
        members |= {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": _CONTAINER.encode(),
            f"{_FOLDER}/style.css": style.encode(),
            f"{_FOLDER}/cover.png": cover(),
            f"{_FOLDER}/cover.xhtml": _cover_page().encode(),
            f"{_FOLDER}/nav.xhtml": self._contents().encode(),
            f"{_FOLDER}/package.opf": self._package(members).encode(),
        }
        return take.archive(members, stored_first="mimetype")

    def _contents(self) -> str:
        entries = "".join(
            f'<li><a href="{name}">{escape(title)}</a></li>' for name, title in self.titles.items()
        )
        return _frame(
            "Contents",
            f'<nav epub:type="toc" role="doc-toc" aria-label="Contents"><h1>Contents</h1>'
            f"<ol>{entries}</ol></nav>"
            '<nav epub:type="landmarks" hidden="hidden" aria-label="Landmarks"><ol>'
            '<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>'
            '<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>'
            f'<li><a epub:type="bodymatter" href="{self.order[0]}">{escape(_BOOK)}</a></li>'
            "</ol></nav>",
            "",
        )

    def _package(self, members: Mapping[str, bytes]) -> str:
        meta = published.citation()
        released = datetime.fromisoformat(str(meta["date-released"])).replace(tzinfo=UTC)
        manifest = [
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>',
            '<item id="cover-image" href="cover.png" media-type="image/png"'
            ' properties="cover-image"/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
        ]
        ids = {}
        for number, name in enumerate(sorted({*self.pages, *self.files})):
            ids[name] = f"item{number}"
            drawn = name in self.pages and self.pages[name].find(f".//{{{SVG}}}svg") is not None
            properties = ' properties="svg"' if drawn else ""
            manifest.append(
                f'<item id="{ids[name]}" href="{escape(name)}"'
                f' media-type="{_MEDIA[Path(name).suffix]}"{properties}/>'
            )
        spine = "".join(f'<itemref idref="{ids[name]}"/>' for name in self.order)
        return _OPF.format(
            identifier=uuid5(NAMESPACE_URL, f"{published.base() or _BOOK} {__version__}").urn,
            title=escape(str(meta["title"])),
            author=escape(str(meta["authors"][0]["name"])),
            date=f"{released:%Y-%m-%d}",
            modified=f"{released:%Y-%m-%dT%H:%M:%SZ}",
            description=escape(str(meta["abstract"])),
            manifest="\n".join(manifest),
            spine=spine,
        )


_CONTAINER: Final = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

_OPF: Final = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xml:lang="en" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>en</dc:language>
<dc:creator>{author}</dc:creator>
<dc:publisher>{author}</dc:publisher>
<dc:date>{date}</dc:date>
<dc:rights>Text and pictures: CC BY 4.0. Code: MIT. Data: as stated for each table.</dc:rights>
<dc:description>{description}</dc:description>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">longDescription</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Every chart has an alternative text with its main
numbers; every verdict is a word beside its sign; the order of reading is that of the text.</meta>
<meta name="cover" content="cover-image"/>
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
<itemref idref="cover" linear="no"/>
<itemref idref="nav" linear="yes"/>
{spine}
</spine>
</package>
"""


def _package_path(members: Mapping[str, bytes]) -> str:
    return next(name for name in members if name.endswith(".opf"))


def _parsed(name: str, content: bytes) -> Any:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        message = f"{name} is not well-formed: {error}"
        raise ValueError(message) from error


def _local(node: Any) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _title(page: Any) -> str:
    heading = page.find(f".//{{{XHTML}}}h1")
    return " ".join("".join(heading.itertext()).split()) if heading is not None else _BOOK


def _mend(page: Any, name: str) -> None:
    for node in list(page.iter()):
        if not isinstance(node.tag, str):
            _drop(node)
        elif _local(node) == "svg" and etree.QName(node).namespace == XHTML:
            _into_svg(node)
    body = page.find(f"{{{XHTML}}}body")
    _unwrap_articles(body)
    seen: set[str] = set()
    for node in list(body.iter()):
        if node.getparent() is None:
            continue
        tag = _local(node)
        if tag in _TOOLS or _SCREEN & set(node.get("class", "").split()):
            _drop(node)
            continue
        if etree.QName(node).namespace == XHTML:
            _mend_html(node, tag)
        id = node.get("id")
        if id is not None:
            if id in seen or not re.fullmatch(r"[A-Za-z_][\w.-]*", id):
                del node.attrib["id"]
            seen.add(id)


def _unwrap_articles(body: Any) -> None:
    """Take away the document frame of Sphinx; what it holds stays."""
    for node in list(body.iter(f"{{{XHTML}}}div")):
        if node.get("class", "") in {"related", "sphinxsidebar", "clearer"} or node.get("role") in {
            "navigation",
            "search",
        }:
            _drop(node)


def _mend_html(node: Any, tag: str) -> None:
    for attribute in ("download", "onclick", "target", "align", "border", "valign", "tabindex"):
        node.attrib.pop(attribute, None)
    for attribute in [a for a in node.attrib if a.startswith(("data-", "on"))]:
        del node.attrib[attribute]
    if tag == "details":
        # Every fold is open: a reader of a book cannot be relied on to open one.
        node.tag = f"{{{XHTML}}}div"
        node.attrib.pop("open", None)
    elif tag == "summary":
        node.tag = f"{{{XHTML}}}div"
        node.set("class", f"pos-summary {node.get('class', '')}".strip())
    elif tag == "label":
        node.tag = f"{{{XHTML}}}span"
        node.attrib.pop("for", None)
    elif tag in {"tt", "center", "big"}:
        node.tag = f"{{{XHTML}}}span"
    if tag in {"table", "colgroup", "col", "td", "th", "tr"}:
        node.attrib.pop("width", None)


def _into_svg(node: Any) -> None:
    """Put a drawing into its own namespace, declared once, as readers of books expect it."""
    drawing = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
    drawing.attrib.update(node.attrib)
    drawing.text, drawing.tail = node.text, node.tail
    node.getparent().replace(node, drawing)
    drawing.extend(list(node))
    for part in drawing.iter():
        if isinstance(part.tag, str) and etree.QName(part).namespace == XHTML:
            part.tag = f"{{{SVG}}}{_local(part)}"


def _drop(node: Any) -> None:
    """Remove a node and keep the text that follows it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _relink(page: Any, name: str, ids: Mapping[str, set[str]]) -> None:
    for node in page.iter(f"{{{XHTML}}}a", f"{{{SVG}}}a"):
        href = node.get("href")
        if href is None or re.match(r"https?:|mailto:", href):
            continue
        path, anchor = urldefrag(href)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
        target = name if not path else target
        if target not in ids:
            del node.attrib["href"]
        elif anchor and anchor not in ids[target]:
            # The page is there, the place on it is not: a reader is led to the page.
            node.set("href", path) if path else node.attrib.pop("href")
    for node in page.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "headers"):
            named = node.get(attribute) if isinstance(node.tag, str) else None
            if named and not set(named.split()) <= ids[name]:
                del node.attrib[attribute]


def _images(page: Any) -> Iterator[str]:
    for node in page.iter(f"{{{XHTML}}}img"):
        yield unquote(node.get("src", ""))


def _serialised(page: Any, title: str, root: str) -> bytes:
    body = page.find(f"{{{XHTML}}}body")
    inner = "".join(
        [escape(body.text or "", quote=False)]
        + [etree.tostring(child, encoding="unicode") for child in body]
    )
    return _frame(title, inner, root).encode("utf-8")


def _frame(title: str, body: str, root: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML}" xmlns:epub="{OPS}" lang="en" xml:lang="en">\n'
        f"<head><title>{escape(title)}</title>"
        f'<link rel="stylesheet" type="text/css" href="{root}style.css"/></head>\n'
        f"<body>{body}</body>\n</html>\n"
    )


def cover() -> bytes:
    """Return the picture on the cover."""
    theme.start()
    width, height = _COVER
    lines = ["Position", "of Strength"]
    texts = "".join(
        f'<text x="100" y="{560 + 170 * at}" font-size="150" font-weight="600">{line}</text>'
        for at, line in enumerate(lines)
    )
    said = ["One argument about the war in Ukraine,", "tested with data"]
    texts += "".join(
        f'<text x="104" y="{940 + 66 * at}" font-size="50">{line}</text>'
        for at, line in enumerate(said)
    )
    state = f"Version {__version__}. Data to {formatting.day(claims.data_cut_off())}"
    svg = (
        f'<svg xmlns="{SVG}" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' font-family="{escape(theme.FONT_STACK)}" fill="{colour("ink")}">'
        f'<rect width="{width}" height="{height}" fill="{colour("ground")}"/>'
        f'<rect x="104" y="300" width="490" height="24" fill="{colour("russia")}"/>'
        f'<rect x="606" y="300" width="490" height="24" fill="{colour("ukraine")}"/>{texts}'
        f'<text x="104" y="1640" font-size="40">{state}</text></svg>'
    )
    return theme.deflate_png(vl_convert.svg_to_png(svg))


def _cover_page() -> str:
    return _frame(
        "Cover",
        '<section epub:type="cover" aria-label="Cover">'
        f'<img src="cover.png" alt="{_BOOK}" style="max-width:100%"/></section>',
        "",
    )


def style() -> str:
    """Return the style sheet of the EPUB."""
    return (Path(__file__).parent / "static" / "epub.css").read_text(encoding="utf-8")


def from_sphinx(root: Path, folder: Path) -> dict[str, bytes]:
    """Let Sphinx write the pages of a book as EPUB; return the members of its archive.

    Raises
    ------
    RuntimeError
        Jupyter Book reported an error; its log is the message.
    """
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(root), "--path-output", str(folder)]
    command += ["--builder", "custom", "--custom-builder", "epub", "--all"]
    environment = {**os.environ, **build.clock(), build.PROVED: "1"}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    found = sorted((folder / "_build" / "epub").glob("*.epub"))
    if done.returncode or not found:
        message = f"the EPUB did not build:\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}"
        raise RuntimeError(message)
    with zipfile.ZipFile(io.BytesIO(found[0].read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def make() -> Path:
    """Make the EPUB of the book and offer it on the site, where that is built."""
    checks.check()
    runner.require_fresh()
    key = build.input_key()
    drawings.prepare(runner.record_path(source) for source in runner.sources())
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        members = from_sphinx(ROOT, Path(folder))
    book = Epub(members, editions.contents())
    book.mend()
    path = editions.keep(editions.BOOK_EPUB, book.written(style()), key)
    site, _ = build.build()
    editions.offer(site, key)
    return path


__all__ = ["Epub", "cover", "from_sphinx", "make", "style"]
