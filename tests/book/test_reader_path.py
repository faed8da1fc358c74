"""A reader who has never been here: from the front to a claim, its source and its citation."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from analysis import tables
from analysis.book import browsing
from analysis.book.browsing import visit

pytestmark = pytest.mark.browser


def unfolded(card, name):
    """Open a fold of a card as a reader does, by its heading."""
    card.locator("summary", has_text=name).first.click()


@pytest.mark.parametrize("width", browsing.WIDTHS)
def test_from_the_front_to_a_citation(browser, site, width):
    """Five clicks, each on what is to be seen: claim, sources, the row, back, cite.

    The row that the card names is the row of data/evidence.csv: its publisher and its number
    stand on the page, and its own address leads out of the book.
    """
    with visit(browser, site, "index.html", width=width) as seen:
        page = seen.page
        page.locator("main a[href*='#claim-']:visible").first.click()
        page.wait_for_url("**/chapters/*.html#claim-*")
        claim_page = urlsplit(page.url)
        card = page.locator(f"#{claim_page.fragment}")
        box = card.bounding_box()
        # Open, and with its beginning on the screen, below the bar at the top.
        assert card.locator("details").first.get_attribute("open") is not None
        assert 40 <= box["y"] <= 400

        unfolded(card, "Sources")
        card.locator("a[href*='sources-'][href*='#fact-']:visible").first.click()
        page.wait_for_url("**/pages/sources-*.html#fact-*")
        row_id = urlsplit(page.url).fragment.removeprefix("fact-")
        row = tables.read("evidence").set_index("id").loc[row_id]
        shown = page.locator(f"[id='fact-{row_id}']")
        assert shown.is_visible()
        assert str(row["original_publisher"] or row["publisher"]) in shown.inner_text()
        outward = shown.locator("a[href^=http]").first.get_attribute("href")
        assert urlsplit(outward).netloc == urlsplit(row["url"]).netloc
        # And which claims rest on it, by their names.
        assert claim_page.fragment.removeprefix("claim-") in shown.inner_text()

        page.go_back()
        page.wait_for_url("**/chapters/*.html#claim-*")
        card = page.locator(f"#{claim_page.fragment}")
        unfolded(card, "Cite")
        cited = card.locator("pre:visible").inner_text()
        assert cited.startswith("@misc{position-of-strength-claim-")
        assert f"Anchor: {claim_page.fragment}" in cited
        assert seen.problems == []
