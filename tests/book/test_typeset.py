"""One hand sets every page: written dates, curly marks, and the words of others left alone."""

from __future__ import annotations

import doctest
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from analysis.book import typeset


def test_examples_in_docstrings():
    """An example that is wrong misleads every reader of the code."""
    result = doctest.testmod(typeset)
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 2022-03-28 to 2023-01-05", "from 28 March 2022 to 5 January 2023"),
        ("known since 2024-06.", "known since June 2024."),
        ("imported, 2019-23, and 2022-2024", "imported, 2019–23, and 2022–2024"),
        ("4.9 km2 a day", "4.9 km² a day"),
        # An id, an address, a file name and a number of parts are no dates.
        ("claim walt-2022-03-three-outcomes", "claim walt-2022-03-three-outcomes"),
        ("data/byType/2026-09-15.csv", "data/byType/2026-09-15.csv"),
        ("#zelensky-2024-01", "#zelensky-2024-01"),
    ],
)
def test_dates_and_years(text, expected):
    """By hand: the day as an English reader writes it, and nothing that only looks like one."""
    assert typeset.written(text) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Ukraine's</p>", "<p>Ukraine’s</p>"),
        ("<p><a>Ukraine</a>'s 'no' and \"yes\"</p>", "<p><a>Ukraine</a>’s ‘no’ and ‘yes’</p>"),
        ("<p>the others&#39; &quot;pause&quot;</p>", "<p>the others’ ‘pause’</p>"),
        ("<code>it's 2024-06-03</code>", "<code>it's 2024-06-03</code>"),
        ("<q>said 'no' on 2024-06-03</q>", "<q>said ‘no’ on 2024-06-03</q>"),
        ("<table><tr><td>2024-06-03</td></tr></table> 2024-06-03",
         "<table><tr><td>2024-06-03</td></tr></table> 3 June 2024"),
        ('<table class="pos-table"><tr><th>2024-06-03</th></tr></table>',
         '<table class="pos-table"><tr><th>3 June 2024</th></tr></table>'),
        ('<a title="it\'s" href="x-2024-06-03">x</a>',
         '<a title="it\'s" href="x-2024-06-03">x</a>'),
        ("<p>“the article's words” &amp; &lt;b&gt;</p>",
         "<p>“the article’s words” &amp; &lt;b&gt;</p>"),
    ],
)  # fmt: skip
def test_pages(html, expected):
    """Text is set; tags, code, drawings, quotations and tables of data keep what they have."""
    assert typeset.page(html) == expected


@given(st.lists(st.sampled_from(["<p>", "</p>", "<br/>", "<code>", "</code>", "it's", " 1 < 2 "])))
def test_tags_are_never_touched(pieces):
    """Whatever the text, the same tags come out in the same order."""
    html = "".join(piece.replace(" < ", " &lt; ") for piece in pieces)
    tags = re.compile(r"<[^>]*>")
    assert tags.findall(typeset.page(html)) == tags.findall(html)


# What a reader sees as text, outside code, data and words of others.
_LEFT_OUT = "code, pre, script, style, svg, q, cite, .pos-scroll, .pos-tools, .pos-hash"
_ISO = re.compile(r"(?<![\w./-])(?:19|20)\d\d-\d\d-\d\d(?![\w/-])")


def test_no_page_shows_raw_marks_or_dates(site):
    """On every page: no straight quotation mark, and no date as a machine writes it."""
    found = []
    for page in sorted(site.rglob("*.html")):
        article = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").select_one("article")
        if "_static" in page.parts or article is None:
            continue
        for part in article.select(_LEFT_OUT):
            part.extract()
        for text in article.find_all(string=True):
            if re.search("['\"]", text) or _ISO.search(text):
                found.append(f"{page.name}: {text.strip()[:80]}")
    assert found == []
