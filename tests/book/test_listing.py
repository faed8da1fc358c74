"""Tables of chapters: whole cells, headings for readers, no row numbers."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.book import Column, start, table
from analysis.book.frames import MARK, frame_html

LONG = "To achieve peace and keep independence Ukraine can give up some territory / under no " * 2


def page(listing) -> BeautifulSoup:
    html = listing._repr_mimebundle_()["text/html"]
    assert MARK in html  # so that the page gives it a region and a look
    return BeautifulSoup(frame_html(html, "Table 1"), "lxml")


def test_long_cells_are_whole_and_rows_have_no_numbers():
    """Pandas cuts at fifty letters and numbers the rows from nought; a reader needs neither."""
    frame = pd.DataFrame({"asked": [LONG, "short"], "share": [57.0, 9.25]})
    made = page(table(frame, {"asked": "Question", "share": Column("Share, %", 1)}))
    assert [th.text for th in made.select("thead th")] == ["Question", "Share, %"]
    assert [th.text for th in made.select("tbody th")] == [LONG.strip(), "short"]
    assert [td.text for td in made.select("tbody td")] == ["57.0", "9.2"]


def test_years_are_names_and_counts_are_numbers():
    """The year 2022 is not two thousand and twenty-two things; 2022 roubles are."""
    frame = pd.DataFrame({"year": [2022, None], "rub": [2022, 7]})
    made = page(table(frame, {"year": Column("Year", 0), "rub": "Roubles"}))
    assert [row.get_text("|", strip=True) for row in made.select("tbody tr")] == [
        "2022|2,022",
        "–|7",
    ]


def test_long_cells_wrap_and_short_ones_do_not():
    """A wording of 170 letters on one line would push the numbers off the screen."""
    made = page(table(pd.DataFrame({"a": [LONG], "b": ["CATI"]}), {"a": "Question", "b": "Mode"}))
    assert made.select_one("tbody th")["class"] == ["pos-long"]
    assert not made.select_one("tbody td").has_attr("class")


def test_missing_cells_and_markup():
    """A dash is a missing value; what looks like markup is text."""
    frame = pd.DataFrame({"who": ["a <b>"], "n": [pd.NA], "day": [pd.Timestamp("2024-06-03")]})
    made = page(table(frame, {"who": "Who", "n": "n", "day": "Day"}))
    assert made.select_one("tbody th").text == "a <b>"
    assert [td.text for td in made.select("tbody td")] == ["–", "2024-06-03"]


def test_names_of_code_are_refused_with_all_other_faults():
    """A heading such as full_text_read is a column's name, not a heading."""
    frame = pd.DataFrame({"full_text_read": ["no"]})
    with pytest.raises(ValueError, match=r"no column 'n'.*'full_text_read' is no heading"):
        table(frame, {"full_text_read": "full_text_read", "n": "n"})
    with pytest.raises(ValueError, match="nothing to show"):
        table(frame.iloc[:0], {"full_text_read": "Read"})


def test_bare_frames_are_whole_too():
    """After start() pandas cuts neither a cell nor a row, so no chapter loses one unseen."""
    start()
    frame = pd.DataFrame({"text": [LONG] * 100})
    shown = BeautifulSoup(frame.to_html(), "lxml")
    assert len(shown.select("tbody tr")) == 100
    assert {td.text.strip() for td in shown.select("td")} == {LONG.strip()}
