"""Two clicks lead from a number of the text to the function, the rows and the addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis import tracing
from analysis.book.browsing import visit
from analysis.paths import CHAPTERS

pytestmark = pytest.mark.browser

NAMES = [f"chapters/{path.stem}.html" for path in sorted(CHAPTERS.glob("[0-9][0-9]-*.md"))]


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_page_is_in_its_list(site: Path, name):
    """A number without a line in the list could not be followed; the list has its value."""
    soup = BeautifulSoup((site / name).read_text(encoding="utf-8"), "lxml")
    numbers = soup.select("span[data-n]")
    assert len(numbers) >= 20
    for number in numbers:
        line = soup.find(id=f"n-{number['data-n']}")
        assert line is not None, number["data-n"]
        assert line.b.get_text() == number.get_text()
    charts = {figure["data-figure"] for figure in soup.select("figure[data-figure]")}
    assert charts <= {block["id"].removeprefix("trace-") for block in soup.select("[id^=trace-]")}


@pytest.mark.parametrize("name", NAMES)
def test_the_list_leads_to_the_tables(site: Path, name):
    """Each link of the list to a table leads to its place on the page of the data."""
    data = BeautifulSoup((site / "pages/data.html").read_text(encoding="utf-8"), "lxml")
    soup = BeautifulSoup((site / name).read_text(encoding="utf-8"), "lxml")
    links = soup.select("#trace .pos-trace__reads a")
    assert links
    for link in links:
        page, _, anchor = link["href"].partition("#")
        assert page == "../pages/data.html"
        assert data.find(id=anchor) is not None, anchor


def test_two_clicks_from_a_number_to_its_origin(browser, site: Path):
    """One click makes links of the numbers, the next opens the function that made one."""
    with visit(browser, site, "chapters/04-land.html") as seen:
        page = seen.page
        assert page.locator("a.pos-number").count() == 0
        page.click("button[data-trace]")
        assert page.locator("button[data-trace]").get_attribute("aria-pressed") == "true"
        first = page.locator("a.pos-number").first
        shown, name = first.inner_text(), first.get_attribute("href").removeprefix("#n-")
        first.click()
        line = page.locator(f"[id='n-{name}']")
        assert line.is_visible()
        assert line.locator("b").inner_text() == shown
        assert tracing.find(f"number:04-land::{name}").shown == line.locator("b").text_content()
        # The same button takes the links away again.
        page.evaluate("document.querySelector('button[data-trace]').click()")
        assert page.locator("a.pos-number").count() == 0
        assert seen.problems == []


def test_without_scripts_the_list_is_there_and_the_button_is_not(browser, site: Path):
    """A button that does nothing is a promise that is not kept."""
    with visit(browser, site, "chapters/04-land.html", scripts=False) as seen:
        assert not seen.page.locator("button[data-trace]").is_visible()
        assert seen.page.locator("#trace .pos-fold > summary").first.is_visible()
