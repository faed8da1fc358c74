"""Tables of a notebook: one row of headings, named regions, numbers to the right."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.book.frames import MARK, frame_html


def soup(frame: pd.DataFrame) -> BeautifulSoup:
    html = frame.to_html()
    assert MARK in html  # what the page looks for is what pandas writes
    return BeautifulSoup(frame_html(html, "Table 1"), "lxml")


def test_the_name_of_the_row_labels_is_a_heading():
    """Pandas puts it in a second row of headings, mostly of empty cells, which heads nothing."""
    frame = pd.DataFrame({"Won": [25, 20]}, index=pd.Index(["one", "two"], name="Measure"))
    page = soup(frame)
    assert [th.text for th in page.select("thead th")] == ["Measure", "Won"]
    assert len(page.select("thead tr")) == 1
    assert {th["scope"] for th in page.select("thead th")} == {"col"}
    assert [th["scope"] for th in page.select("tbody th")] == ["row", "row"]


def test_an_unnamed_corner_is_no_heading():
    """An empty heading is read out as a heading without a name (axe: empty-table-header)."""
    page = soup(pd.DataFrame({"Won": [25]}))
    assert [th.text for th in page.select("thead th")] == ["Won"]
    assert page.select_one("thead td").text == ""


def test_numbers_stand_to_the_right_and_words_to_the_left():
    """Ranges and names are words; a dash is a missing number."""
    frame = pd.DataFrame({"n": ["1,234", "–"], "share": ["5 %", "12 %"], "who": ["a", "2 of b"]})
    page = soup(frame)
    right = ["pos-num" in td.get("class", []) for td in page.select("tbody tr")[0].select("td")]
    assert right == [True, True, False]


def test_text_of_cells_stays_escaped():
    """A name with a bracket is text, not markup."""
    page = soup(pd.DataFrame({"who": ["a <b> & c"]}))
    assert page.select_one("tbody td").text == "a <b> & c"


def test_what_is_no_table_is_an_error():
    """A page must not lose a table in silence."""
    with pytest.raises(ValueError, match="no table"):
        frame_html("<p>words</p>", "Table 1")
