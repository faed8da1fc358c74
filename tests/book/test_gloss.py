"""Glossary terms in running text: marked once, never inside somebody's own words."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

from analysis.book import gloss
from analysis.book.browsing import visit
from analysis.book.gloss import Term

KNOWN = {
    "mirror": Term("mirror", "term-mirror", "A copy."),
    "net gain": Term("net gain", "term-net-gain", "Ground taken minus ground lost."),
    "hedge": Term("hedge", "term-hedge", "A word that softens a number."),
}


def page(*paragraphs: str) -> nodes.document:
    document = new_document("page")
    document += nodes.title("", "A net gain in a heading")
    for text in paragraphs:
        document += nodes.paragraph("", text)
    return document


def links(document: nodes.document) -> list[tuple[str, str]]:
    raw = "".join(node.astext() for node in document.findall(nodes.raw))
    return [(a["href"], a.text) for a in BeautifulSoup(raw, "lxml").find_all("a")]


def test_only_the_first_use_is_marked():
    """Three uses over two paragraphs and one in a heading: one link, at the first in the text."""
    document = page("Net gains were small. A net gain is net.", "The net gain again.")
    assert gloss.mark(document, KNOWN, "glossary.html") == 1
    assert links(document) == [("glossary.html#term-net-gain", "Net gains")]
    assert document[1].astext().endswith("were small. A net gain is net.")


def test_quotations_and_everyday_words_are_left_alone():
    """What the article says stays as it is; a mirror on a wall is no copy of a publication."""
    document = page("He wrote “a net gain” before a mirror.")
    assert gloss.mark(document, KNOWN, "glossary.html") == 0
    assert links(document) == []


def test_words_that_contain_a_term_are_not_terms():
    """A hedgehog is not a hedge."""
    document = page("A hedgehog crossed the road.")
    assert gloss.mark(document, KNOWN, "glossary.html") == 0


def test_a_definition_cannot_break_out_of_its_attribute():
    """Quotation marks in a definition are data, not markup."""
    term = Term("x", "term-x", 'a "quoted" <b>word</b>')
    anchor = BeautifulSoup(gloss.link(term, "x", "g.html"), "lxml").find("a")
    assert anchor["data-definition"] == 'a "quoted" <b>word</b>'


@pytest.mark.browser
def test_the_definition_shows_on_focus_and_goes_with_escape(browser, site):
    """WCAG 1.4.13: what appears on focus can be dismissed without moving the focus."""
    with visit(browser, site, "chapters/04-land.html") as seen:
        term = seen.page.locator("a.pos-term").first
        term.focus()
        bubble = seen.page.locator("#pos-definition")
        assert bubble.is_visible()
        assert bubble.inner_text() == term.get_attribute("data-definition")
        assert term.get_attribute("aria-describedby") == "pos-definition"
        seen.page.keyboard.press("Escape")
        assert not bubble.is_visible()


@pytest.mark.browser
def test_every_term_on_a_page_leads_to_the_glossary(site):
    """An anchor that the glossary does not have would lead to its top."""
    glossary = BeautifulSoup((site / "pages/glossary.html").read_text("utf-8"), "lxml")
    for name in ("chapters/04-land.html", "pages/method.html"):
        soup = BeautifulSoup((site / name).read_text("utf-8"), "lxml")
        found = [a["href"].partition("#")[2] for a in soup.select("a.pos-term")]
        assert len(found) == len(set(found)) >= 1
        assert [anchor for anchor in found if glossary.find(id=anchor) is None] == []
