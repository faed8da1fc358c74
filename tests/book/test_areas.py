"""Areas stand in both units on every page; what is in both already is left alone."""

from __future__ import annotations

import doctest
import re

import pytest
from bs4 import BeautifulSoup

from analysis.book import areas, typeset

THIN = "\u202f"


def test_examples_in_docstrings():
    """An example that is wrong misleads every reader of the code."""
    result = doctest.testmod(areas)
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One square mile is 2.589988 km2, by the definition of the mile: 6,426 / 2.589988 = 2,481.
        ("gained 6,426 km²", "gained 6,426 km² (2,481_sq_mi)"),
        ("−76 km² lost", "−76 km² (−29_sq_mi) lost"),
        ("+62 km² a month", "+62 km² (+24_sq_mi) a month"),
        ("−14.3 to 7.9 km² a day", "−14.3 to 7.9 km² (−5.5 to 3.1_sq_mi) a day"),
        ("250 km² to 515 km²", "250 km² (97_sq_mi) to 515 km² (199_sq_mi)"),
        # The other way round: 188 × 2.589988 = 486.9.
        ("net gain 188_sq_mi", "net gain 188_sq_mi (487_km²)"),
        # Written in both units already, in either order.
        ("487 km² (188 sq mi)", "487 km² (188 sq mi)"),
        ("188 square miles, 487 km²", "188 square miles, 487 km²"),
        ("1,000 km² are 386 square miles", "1,000 km² are 386 square miles"),
        # A density is no area, and a unit without a number needs none.
        ("Attackers to a km²", "Attackers to a km²"),
        ("Ground of Ukraine, km²", "Ground of Ukraine, km²"),
    ],
)
def test_numbers_of_square_kilometres(text, expected):
    """By hand: the number divided by 2.589988, with no fewer decimals than it came with."""
    assert areas.both_units(text.replace("_", THIN)) == expected.replace("_", THIN)


def test_a_glued_number_before_its_unit():
    """The number is an element of its own; one of the line before is not that of the unit."""
    html = "<p>pace <span>4.9</span> km² a day</p>"
    assert f"</span> km² (1.9{THIN}sq{THIN}mi) a day" in typeset.page(html)
    assert typeset.page("<p>4.9</p><p> km² a day</p>") == "<p>4.9</p><p> km² a day</p>"
    assert typeset.page("<q>4.9 km²</q>") == "<q>4.9 km²</q>"


def meta(*columns, rows):
    return {
        "columns": [{"name": name, "label": label, "digits": n} for name, label, n in columns],
        "rows": rows,
    }


def test_a_column_of_areas_gets_its_miles():
    """259 km2 are 100.0 square miles, and an empty cell stays empty."""
    shown = areas.with_miles(
        meta(("d", "Day", None), ("a", "Held, km²", 0), rows=[["x", 259], ["y", None]])
    )
    assert [column["label"] for column in shown["columns"]] == ["Day", "Held, km²", "Held, sq mi"]
    assert shown["rows"][0][2] == pytest.approx(100.0004, abs=1e-4)
    assert shown["rows"][1] == ["y", None, None]


def test_columns_that_are_no_areas_stay():
    """A density, a chance under an area, and a table that has square miles."""
    for label in ("Attackers to a km²", "Claimed casualties per km²"):
        table = meta(("a", label, 0), rows=[[1]])
        assert areas.with_miles(table) == table
    settled = areas.with_miles(meta(("a", "settle at 500 km²", 2), rows=[[0.4]]))
    assert settled["columns"][0]["label"] == f"settle at 500 km² (193{THIN}sq{THIN}mi)"
    assert settled["rows"] == [[0.4]]
    both = meta(("a", "Held, km²", 0), ("b", "Held, sq mi", 0), rows=[[259, 100]])
    assert areas.with_miles(both) == both


# Drawings, code and citations keep their words; words of others are theirs.
_LEFT_OUT = "svg, script, style, code, pre, q, cite"
_ALONE = re.compile(r"\d[ \u00a0\u202f]km²")
_MILES = re.compile(r"sq[ \u00a0\u202f]mi|square miles?")


def test_no_page_has_an_area_in_one_unit(site):
    """In prose, cards and tables: within forty letters of a number of km² there are miles."""
    alone = []
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if "_static" in page.parts or "km²" not in text:
            continue
        article = BeautifulSoup(text, "lxml").select_one("article.bd-article") or BeautifulSoup(
            text, "lxml"
        )
        for part in article.select(_LEFT_OUT):
            part.extract()
        for block in article.find_all(["p", "li", "dd", "td", "th", "figcaption", "caption"]):
            # Each area is asked about in the smallest block that holds it.
            if block.find(["p", "li", "dd", "td", "th"]):
                continue
            words = block.get_text("", strip=False)
            if block.find_parent("table", class_=lambda names: "pos-" not in str(names)):
                continue
            for found in _ALONE.finditer(words):
                if not _MILES.search(words[max(0, found.start() - 60) : found.end() + 45]):
                    alone.append(f"{page.name}: {words[max(0, found.start() - 40) : found.end()]}")
    assert alone == []


def test_tables_of_charts_have_both_units(site):
    """Wherever a table under a chart has a column of km², it has one of square miles."""
    without = []
    for page in sorted((site / "chapters").glob("*.html")):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
        for table in soup.select(".pos-data table"):
            heads = [cell.get_text() for cell in table.select("thead th")]
            if any(re.search(r"(^|, )km²( a day| a month)?$", head) for head in heads) and not any(
                _MILES.search(head) for head in heads
            ):
                without.append((page.name, heads))
    assert without == []
