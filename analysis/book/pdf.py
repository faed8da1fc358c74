"""The book and its chapters as PDF: the built pages, printed by a headless Chromium.

A chapter is one page of the site without what only a screen can use; the book is all of them
behind a title page and a list of contents.  Charts stay the static SVG of the page.  Nothing
leads to a file of the machine that printed it: a link leads within the document, to another
host, or to the published address where the book has one; else it is plain text.
"""

from __future__ import annotations

import io
import posixpath
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, create_string_object

from analysis import __version__, claims, formatting, published
from analysis.book import build, editions, runner

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STATIC: Final = Path(__file__).parent / "static"

# More is no chapter to print out.
MOST_PAGES: Final = 20

BOOK: Final = "Position of Strength"

_ARTICLE: Final = '<article class="bd-article"'
_AFTER: Final = '<footer class="prev-next-footer'
_SHEET: Final = re.compile(r'<link rel="stylesheet" href="([^"?]*_static/[^"?]+)')
_TITLE: Final = re.compile(r"<title>(.*?)(?: &#8212; .*?)?</title>", re.S)
_SVG: Final = re.compile(r"<svg\b.*?</svg>", re.S)
_LINK: Final = re.compile(r"<a\b([^>]*?)>(.*?)</a>", re.S)
_HREF: Final = re.compile(r'\s*\bhref="([^"]*)"')
_HEADER_LINK: Final = re.compile(r'<a class="headerlink"[^>]*>.*?</a>', re.S)
_PHONE: Final = re.compile(r'<div class="pos-form pos-phone".*?</svg></div>', re.S)
_TOOLS: Final = re.compile(r'<div class="pos-tools">.*?</div>\n</div>\n', re.S)
_BODY_ID: Final = re.compile(r'\b(id|for)="([^"]+)"')
_LISTED_ID: Final = re.compile(r'\b(aria-labelledby|aria-describedby|headers)="([^"]+)"')
_URL_ID: Final = re.compile(r"url\(#([^)]+)\)")
_INNER_HREF: Final = re.compile(r'\bhref="#([^"]+)"')
_OTHER_HOST: Final = re.compile(r"(?:https?|mailto|doi):")

# Where a link of a page leads: the page of the site, the place on it, to an address or None.
Lead = Callable[[str, str], str | None]


def article(html: str) -> str:
    """Return what a page has to say, without tools, phone drawings and links to headings."""
    start = html.index(_ARTICLE)
    body = html[start : html.rindex("</article>", start, html.index(_AFTER, start))]
    body = body[body.index(">") + 1 :]
    for pattern in (_HEADER_LINK, _PHONE):
        body = pattern.sub("", body)
    return _TOOLS.sub("</div>\n", body)


def with_links(body: str, page: str, lead: Lead) -> str:
    """Return an article whose links lead where a sheet of paper, or its PDF, can lead.

    Parameters
    ----------
    body : str
        As `article` gives it.
    page : str
        Name of its page, for example ``chapters/04-land``.
    lead : callable
        Page and anchor to an address; None makes the link plain text.
    """
    # A link may hold a drawing, and a drawing may hold a link.
    drawings = [found.span() for found in _SVG.finditer(body)]

    def plain(at: int) -> str:
        return "g" if any(start < at < end for start, end in drawings) else "span"

    return _LINK.sub(lambda found: _link(found, page, lead, plain(found.start())), body)


def _link(found: re.Match[str], page: str, lead: Lead, plain: str) -> str:
    attributes, text = found[1], found[2]
    href = _HREF.search(attributes)
    target = href[1] if href else ""
    rest = _HREF.sub("", attributes)
    if _OTHER_HOST.match(target):
        return found[0]
    path, _, anchor = target.partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    address = lead(name.removesuffix(".html"), anchor) if href else None
    if address is None:
        return f"<{plain}{_class(rest)}>{text}</{plain}>"
    return f'<a{rest} href="{escape(address)}">{text}</a>'


def _class(attributes: str) -> str:
    named = re.search(r'\bclass="[^"]*"', attributes)
    return f" {named[0]}" if named else ""


def renamed(body: str, prefix: str) -> str:
    """Return an article whose ids, and what refers to them, begin with a prefix."""

    def several(found: re.Match[str]) -> str:
        names = " ".join(f"{prefix}{name}" for name in found[2].split())
        return f'{found[1]}="{names}"'

    body = _BODY_ID.sub(rf'\1="{prefix}\2"', body)
    body = _LISTED_ID.sub(several, body)
    return _URL_ID.sub(rf"url(#{prefix}\1)", body)


def _prefix(page: str) -> str:
    return f"{page.replace('/', '-')}--"


def _outside(page: str, anchor: str) -> str | None:
    """Lead to the published pages, where there are any."""
    if not published.base():
        return None
    name = page if Path(page).suffix and not page.startswith("chapters/") else f"{page}.html"
    return f"{published.base()}/{name}" + (f"#{anchor}" if anchor else "")


def document(title: str, articles: Sequence[str], *, sheet: str) -> str:
    """Return a document of articles, in the frame that the site's style sheet expects."""
    style = (STATIC / "print.css").read_text(encoding="utf-8")
    parts = "\n".join(articles)
    return (
        f'<!DOCTYPE html>\n<html lang="en" data-theme="light" data-mode="light">\n<head>'
        f'<meta charset="utf-8"/><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="{sheet}"/><style>{style}</style></head>\n'
        f'<body><div class="bd-container"><main class="bd-main"><div class="bd-content">'
        f'<div class="bd-article-container">\n{parts}\n</div></div></main></div></body></html>\n'
    )


def _wrapped(body: str, id: str) -> str:
    return f'<article class="bd-article" id="{id}">{body}</article>'


def chapter_html(site: Path, page: str) -> str:
    """Return one page of the site as a document to print."""
    html = (site / f"{page}.html").read_text(encoding="utf-8")

    def lead(name: str, anchor: str) -> str | None:
        return f"#{anchor}" if name == page and anchor else _outside(name, anchor)

    body = with_links(article(html), page, lead)
    return document(
        f"{page_title(html)} – {BOOK}", [_wrapped(body, "top")], sheet=_sheet(site, html, page)
    )


def page_title(html: str) -> str:
    """Return the title of a page of the site."""
    found = _TITLE.search(html)
    return found[1].strip() if found else BOOK


def _sheet(site: Path, html: str, page: str) -> str:
    found = _SHEET.search(html)
    if found is None:
        message = f"{page} has no style sheet of the site"
        raise ValueError(message)
    return ((site / page).parent / found[1]).resolve().as_uri()


def book_html(site: Path, numbers: dict[str, int]) -> str:
    """Return the whole book as a document to print.

    Parameters
    ----------
    site : Path
        Root of the built pages.
    numbers : dict of str to int
        Number of the sheet on which each page begins; a page without one has a blank.
    """
    pages = editions.contents()
    htmls = {page: (site / f"{page}.html").read_text(encoding="utf-8") for page in pages}

    def lead(name: str, anchor: str) -> str | None:
        if name in htmls:
            return f"#{_prefix(name)}{anchor}" if anchor else f"#{_prefix(name)}top"
        return _outside(name, anchor)

    parts = [_title_page(), _contents({p: page_title(h) for p, h in htmls.items()}, numbers)]
    for page, html in htmls.items():
        body = with_links(renamed(article(html), _prefix(page)), page, lead)
        parts.append(_wrapped(body, f"{_prefix(page)}top"))
    return document(BOOK, parts, sheet=_sheet(site, htmls["index"], "index"))


def _title_page() -> str:
    meta = published.citation()
    address = published.base()
    lines = [
        f"Version {__version__}, {formatting.day(str(meta['date-released']))}",
        f"Data to {formatting.day(claims.data_cut_off())}",
        "Text and pictures: CC BY 4.0. Code: MIT. Data: as stated for each table.",
    ]
    link = f'<p><a href="{escape(address)}">{escape(address)}</a></p>' if address else ""
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    _, _, subtitle = str(meta["title"]).partition(": ")
    return (
        f'<section class="pos-titlepage"><p class="pos-titlepage__book">{BOOK}</p>'
        f"<p>{escape(subtitle[:1].upper() + subtitle[1:])}</p>{said}{link}</section>"
    )


def _contents(titles: dict[str, str], numbers: dict[str, int]) -> str:
    entries = "".join(
        f'<li><a href="#{_prefix(page)}top">{title}</a><span>{numbers.get(page, "")}</span></li>'
        for page, title in titles.items()
    )
    return f'<nav class="pos-contents"><p>Contents</p><ol>{entries}</ol></nav>'


@contextmanager
def _chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    from analysis import proofs
    from analysis.book import browsing

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=proofs.chromium(), args=list(browsing.ARGUMENTS)
        )
        yield browser
        browser.close()


_LINE: Final = (
    '<div style="width:100%;margin:0 16mm;font:7.5pt sans-serif;color:#595959;'
    'display:flex;justify-content:space-between">{}</div>'
)


def printed(browser: Browser, html: str) -> bytes:
    """Print a document on A4: tagged, with bookmarks, a running title and page numbers."""
    page = browser.new_context(java_script_enabled=False).new_page()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "print.html"
        file.write_text(html, encoding="utf-8", newline="\n")
        page.goto(file.as_uri(), wait_until="load")
        content = page.pdf(
            format="A4",
            print_background=True,
            tagged=True,
            outline=True,
            display_header_footer=True,
            header_template=_LINE.format('<span class="title"></span>'),
            footer_template=_LINE.format(
                f"<span>Version {__version__}</span>"
                '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span>'
            ),
            margin={"top": "16mm", "bottom": "15mm", "left": "16mm", "right": "16mm"},
        )
    page.context.close()
    return content


def finished(content: bytes, title: str) -> bytes:
    """Return a PDF with the book's own description, and no clock in it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    released = datetime.fromisoformat(str(published.citation()["date-released"])).replace(
        tzinfo=UTC
    )
    moment = released.strftime("D:%Y%m%d%H%M%SZ")
    writer.metadata = {
        "/Title": title,
        "/Author": str(published.citation()["authors"][0]["name"]),
        "/Subject": str(published.citation()["abstract"]),
        "/CreationDate": moment,
        "/ModDate": moment,
        "/Creator": f"{BOOK} {__version__}",
    }
    root: Any = writer.root_object
    root[NameObject("/Lang")] = create_string_object("en")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def starts(content: bytes, pages: Sequence[str]) -> dict[str, int]:
    """Return the number of the sheet on which each page of the book begins.

    The bookmarks of the first level are the pages' own titles, in their order.
    """
    reader = PdfReader(io.BytesIO(content))
    tops = [item for item in reader.outline if not isinstance(item, list)]
    if len(tops) != len(pages):
        titles = [str(item.title) for item in tops]
        message = f"{len(pages)} pages, {len(tops)} bookmarks of the first level: {titles}"
        raise ValueError(message)
    return {
        page: 1 + int(reader.get_destination_page_number(item) or 0)
        for page, item in zip(pages, tops, strict=True)
    }


def chapter(browser: Browser, site: Path, page: str) -> bytes:
    """Return a page of the site as PDF."""
    html = chapter_html(site, page)
    return finished(printed(browser, html), page_title(html))


def book(browser: Browser, site: Path) -> bytes:
    """Return the book as PDF, with the numbers of its sheets in the list of contents."""
    pages = editions.contents()
    numbers = starts(printed(browser, book_html(site, {})), pages)
    return finished(printed(browser, book_html(site, numbers)), BOOK)


def make(names: Sequence[str] = ()) -> list[Path]:
    """Print the book and every chapter, or the chapters named, and offer them on the site.

    Parameters
    ----------
    names : sequence of str
        Of chapters, for example ``04-land``.

    Raises
    ------
    ValueError
        With every name that is no chapter.
    RuntimeError
        There is no Chromium; or with every chapter that is too long.
    """
    from analysis import proofs

    known = [source.stem for source in runner.sources()]
    unknown = [name for name in names if name not in known]
    if unknown:
        message = f"no such chapters: {', '.join(unknown)}; there are: {', '.join(known)}"
        raise ValueError(message)
    proofs.ensure_chromium()
    if proofs.chromium() is None:
        message = "no Chromium to print with; the variable CHROMIUM names one"
        raise RuntimeError(message)
    site, _ = build.build()
    key = build.input_key()
    made = []
    with _chromium() as browser:
        for name in names or known:
            content = chapter(browser, site, f"chapters/{name}")
            made.append(editions.keep(f"{name}.pdf", content, key))
        if not names:
            made.append(editions.keep(editions.BOOK_PDF, book(browser, site), key))
    editions.offer(site, key)
    return made


__all__ = ["MOST_PAGES", "book", "chapter", "make"]
