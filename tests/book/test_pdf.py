"""Chapters and book on paper: they can be read, found through and followed away from the site."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise

import pytest
from pypdf import PdfReader

from analysis.book import editions, pdf, runner, solutions
from analysis.book.prose import stored

PAGE = """<html><head><title>A land &#8212; Position of Strength</title></head><body>
<article class="bd-article"><h1 id="one">A land<a class="headerlink" href="#one">#</a></h1>
<p><a href="#one">here</a> <a class="x" href="../pages/data.html#data-a">data</a>
<a href="https://book.example/">out</a></p>
<a href="b.html#c"><svg><path/></svg> <u>c</u></a>
<svg><a href="#claim-b"><text>b</text></a><path fill="url(#g)"/></svg>
<div class="pos-tools"><button>CSV</button></div>
</div>
</article></div><footer class="prev-next-footer"></footer></body></html>"""


def test_an_article_leaves_the_screen_behind():
    """Title and words stay; tools and links to headings go."""
    body = pdf.article(PAGE)
    assert "A land" in body and "out" in body
    assert "headerlink" not in body and "CSV" not in body and "<footer" not in body


def test_links_lead_somewhere_or_are_text(monkeypatch):
    """No place, no link: on paper and in a drawing; another host's address stays as it is."""
    body = pdf.with_links(pdf.article(PAGE), "chapters/a", lambda page, anchor: None)
    assert re.findall(r'href="([^"]*)"', body) == ["https://book.example/"]
    assert '<span class="x">data</span>' in body
    assert "<g><text>b</text></g>" in body
    assert "<span><svg><path/></svg> <u>c</u></span>" in body
    monkeypatch.setattr(pdf.published, "base", lambda: "https://pos.example")
    body = pdf.with_links(pdf.article(PAGE), "chapters/a", pdf._outside)
    assert 'href="https://pos.example/pages/data.html#data-a"' in body


def test_pages_can_stand_in_one_document():
    """Two pages with the same ids: each id, and what refers to it, takes its page's name."""
    body = pdf.renamed(
        '<h2 id="a"></h2><svg aria-labelledby="a b"><path fill="url(#g)"/></svg>', "p--"
    )
    assert 'id="p--a"' in body and 'aria-labelledby="p--a p--b"' in body and "url(#p--g)" in body


def addresses(reader: PdfReader) -> list[str]:
    found = []
    for page in reader.pages:
        for annotation in page.get("/Annots") or []:
            action = annotation.get_object().get("/A")
            if action is not None and "/URI" in action.get_object():
                found.append(str(action.get_object()["/URI"]))
    return found


def fonts_embedded(reader: PdfReader) -> list[bool]:
    found = []
    for page in reader.pages:
        for font in (page["/Resources"].get_object().get("/Font") or {}).values():
            font = font.get_object()
            parts = font.get("/DescendantFonts")
            inner = parts.get_object()[0].get_object() if parts is not None else font
            # A Type 3 font is its own drawings.
            own = font["/Subtype"] == "/Type3"
            described = inner.get("/FontDescriptor")
            keys = described.get_object().keys() if described is not None else ()
            found.append(own or any(key.startswith("/FontFile") for key in keys))
    return found


def flat(text: str) -> str:
    return "".join(text.split())


def titles(outline) -> list[str]:
    return [
        t for item in outline for t in (titles(item) if isinstance(item, list) else [item.title])
    ]


def on_paper(value: str, sheets: list[str]) -> bool:
    """Whether a value is on a sheet, or begins on one and ends at the top of the next."""
    return any(value in sheet for sheet in sheets) or any(
        value[:cut] in sheet and after.startswith(value[cut:])
        for sheet, after in pairwise(sheets)
        for cut in range(1, len(value))
    )


@pytest.mark.browser
def test_a_chapter_on_paper(site, browser):
    """The chapter on the land: its numbers, its parts as bookmarks, its drawings as drawings."""
    source = next(path for path in runner.sources() if path.stem == "04-land")
    reader = PdfReader(io.BytesIO(pdf.chapter(browser, site, f"chapters/{source.stem}")))
    sheets = [flat(page.extract_text()) for page in reader.pages]
    record = json.loads(runner.record_path(source).read_text(encoding="utf-8"))
    prose = source.read_text(encoding="utf-8")
    # Answers are folded, and stay so on paper.
    for block in solutions.blocks(prose):
        prose = prose.replace(block, "")
    strings = {n: t for n, t in stored(record).items() if f"`{n}`" in prose}
    assert [name for name, value in strings.items() if not on_paper(flat(value), sheets)] == []
    wanted = re.findall(r"^## (.+)$", source.read_text(encoding="utf-8"), flags=re.M)
    assert set(wanted) <= set(titles(reader.outline))
    # A chart that is no picture: nothing on the sheets is made of dots.
    assert sum(len(page.images) for page in reader.pages) == 0
    assert all(fonts_embedded(reader))
    assert all(re.match(r"https?:|mailto:", address) for address in addresses(reader))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(reader.pages) <= pdf.MOST_PAGES


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("source", runner.sources(), ids=lambda path: path.stem)
def test_a_chapter_is_short_enough_to_print(site, browser, source):
    """At most twenty sheets; and no link to a file of this machine."""
    reader = PdfReader(io.BytesIO(pdf.chapter(browser, site, f"chapters/{source.stem}")))
    assert len(reader.pages) <= pdf.MOST_PAGES
    assert all(re.match(r"https?:|mailto:", address) for address in addresses(reader))


@pytest.mark.slow
@pytest.mark.browser
def test_the_book_on_paper(site, browser):
    """Each page of the contents begins on the sheet that the contents name; no link is a file."""
    content = pdf.book(browser, site)
    reader = PdfReader(io.BytesIO(content))
    numbers = pdf.starts(content, editions.contents())
    assert len(numbers) > 20
    listed = flat("".join(page.extract_text() for page in reader.pages[1:3]))
    for page, number in numbers.items():
        title = flat(pdf.page_title((site / f"{page}.html").read_text(encoding="utf-8")))
        assert f"{title}{number}" in listed, page
        assert title in flat(reader.pages[number - 1].extract_text())
    assert all(re.match(r"https?:|mailto:", address) for address in addresses(reader))
    assert all(fonts_embedded(reader))
    assert reader.metadata.title == pdf.BOOK


def test_what_was_made_is_offered_and_what_has_aged_is_not(tmp_path):
    """Links only where files exist, and only files of today's inputs."""
    site = tmp_path / "html"
    page = site / editions.PAGE
    page.parent.mkdir(parents=True)
    page.write_text(f"<p>before</p>{editions.place()}<p>after</p>", encoding="utf-8")
    assert editions.offer(site, "key", output=tmp_path) == []
    assert "make epub" in page.read_text(encoding="utf-8")
    editions.keep("01-a.pdf", b"%PDF", "key", output=tmp_path)
    editions.keep(editions.BOOK_EPUB, b"PK", "an older key", output=tmp_path)
    made = editions.offer(site, "key", output=tmp_path)
    assert made == [site / "editions" / "01-a.pdf"]
    text = page.read_text(encoding="utf-8")
    assert 'href="../editions/01-a.pdf"' in text and ".epub" not in text and "make epub" not in text
    editions.offer(site, "another key", output=tmp_path)
    assert "make epub" in page.read_text(encoding="utf-8")
