"""The search finds every kind of thing, and each result leads to its place."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from docutils import nodes

from analysis import claims, counterclaims, datapackage, tables
from analysis.book import browsing, drawings, runner, searching
from analysis.book.searching import Document

# Compressed bytes of what the first search asks for.
BUDGET_KB = 400


@pytest.fixture(scope="module")
def index(site):
    text = (site / "_static" / searching.DOCUMENTS).read_text(encoding="utf-8")
    return json.loads(text.removeprefix("window.posSearchDocuments=").removesuffix(";\n"))


@pytest.fixture(scope="module")
def found(index):
    """Addresses by kind."""
    kinds = [key for key, _ in index["kinds"]]
    return {
        key: [row[5] for row in index["documents"] if row[0] == place]
        for place, key in enumerate(kinds)
    }


def test_everything_can_be_found(site, found):
    """Counted in the tables and records: claims, statements, charts, rows, sources, tables."""
    assert Counter(found["claim"]) == Counter(r.address for r in claims.assess_all())
    assert Counter(found["statement"]) == Counter(r.address for r in counterclaims.assess_all())
    assert len(found["fact"]) == len(tables.read("evidence"))
    assert len(found["source"]) == len(tables.read("source-families"))
    assert len(found["table"]) == len(datapackage.origins())
    charts = sum(len(drawings.stored(runner.record_path(path))) for path in runner.sources())
    assert len(found["chart"]) == charts
    glossary = (site / "pages/glossary.html").read_text(encoding="utf-8")
    terms = BeautifulSoup(glossary, "lxml").select("dl.glossary dt[id]")
    assert len(found["term"]) == len(terms) > 20


def test_every_heading_of_a_chapter_can_be_found(site, found):
    """Each section that the page has an address for is a result of its own."""
    for path in runner.sources():
        name = f"chapters/{path.stem}.html"
        soup = BeautifulSoup((site / name).read_text(encoding="utf-8"), "lxml")
        sections = [part["id"] for part in soup.select("article section[id]") if part.h2]
        inner = [i for i in sections if not i.startswith(("claim-", "fig-"))][1:]
        assert {f"{name}#{anchor}" for anchor in inner} <= set(found["text"])


def test_every_result_leads_to_its_place(site, found):
    """No page and no anchor is promised that is not there."""
    addresses = {address for kind in found.values() for address in kind}
    anchors = {}
    for name in {address.partition("#")[0] for address in addresses}:
        soup = BeautifulSoup((site / name).read_text(encoding="utf-8"), "lxml")
        anchors[name] = {node["id"] for node in soup.select("[id]")} | {""}
    broken = [a for a in addresses if a.partition("#")[2] not in anchors[a.partition("#")[0]]]
    assert broken == []


def test_the_index_is_light_and_loaded_by_the_search_alone(site):
    """At most 400 kB compressed; no other page names it, and the theme's own index is gone."""
    data = (site / "_static" / searching.DOCUMENTS).read_bytes()
    assert len(gzip.compress(data, 9)) / 1000 <= BUDGET_KB
    users = [
        path.name
        for path in site.rglob("*.html")
        if any(
            mark in path.read_text(encoding="utf-8")
            for mark in (searching.DOCUMENTS, "minisearch", "searchtools", "searchindex")
        )
    ]
    assert users == ["search.html"]
    assert "searchtools" not in (site / "search.html").read_text(encoding="utf-8")
    assert not (site / "searchindex.js").exists()


def test_a_section_has_its_own_text_alone():
    """The text of a part belongs to the part, and a link set as HTML is read as its words."""
    part = nodes.section("", nodes.title("", "Part"), nodes.paragraph("", "inner"), ids=["part"])
    link = nodes.raw("", '<a href="x"><u>a &amp; b</u></a>', format="html")
    whole = nodes.section("", nodes.title("", "Whole"), ids=["whole"])
    whole += [nodes.paragraph("", "", nodes.Text("outer "), link), part]
    document = nodes.document(None, None)
    document += whole
    assert list(searching.of_page("pages/x", document)) == [
        Document("text", "Whole", "outer a & b", "", "", "pages/x.html"),
        Document("text", "Part", "inner", "", "Whole", "pages/x.html#part"),
    ]


def results(page, kind):
    section = f"section[aria-labelledby=search-{kind}]"
    page.wait_for_selector(section)
    return page.locator(f"{section} a").evaluate_all("all => all.map(a => a.getAttribute('href'))")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "kind", "address"),
    [
        ("net-188", "claim", "#claim-net-188"),
        ("188 square miles", "claim", "#claim-net-188"),
        ("sachs attrition", "statement", "#counterclaim-sachs-2023-10-attrition"),
        ("drawdown", "term", "#term-drawdown"),
        ("Kiel Institute", "source", "#source-kiel"),
        ("Cavoli 15", "fact", "#fact-cavoli-15pc-larger"),
        ("aid-definitions", "chart", "#fig-aid-definitions"),
    ],
)
def test_what_is_asked_for_is_found(browser, site, words, kind, address):
    """By id, by the article's words, by author, term, publisher and title; from a file."""
    with browsing.visit(browser, site, "search.html") as seen:
        seen.page.locator("#search-words").fill(words)
        assert any(found.endswith(address) for found in results(seen.page, kind))
        assert seen.problems == []


@pytest.mark.browser
def test_nothing_is_loaded_before_the_first_search(browser, site):
    """Who opens the page and asks nothing waits for no index, and stays below 400 kB."""
    with browsing.visit(browser, site, "search.html") as seen:
        seen.wake()
        names = {path.name for path in seen.loaded}
        assert searching.DOCUMENTS not in names
        sizes = [len(gzip.compress(path.read_bytes(), 9)) for path in set(seen.loaded)]
        assert sum(sizes) / 1000 <= BUDGET_KB
        assert seen.shift() < 0.02


@pytest.mark.browser
def test_search_by_keyboard_is_said_aloud(browser, site):
    """Words, a kind, further results and the first link with keys alone; the number is a status."""
    with browsing.visit(browser, site, "search.html") as seen:
        page = seen.page
        page.locator("#search-words").focus()
        page.keyboard.type("Kharkiv")
        count = page.locator("#search-count")
        page.wait_for_selector("#search-fact")
        assert count.get_attribute("role") == "status"
        shown = sum(int(t) for t in page.locator("#search-results .pos-count").all_inner_texts())
        assert count.inner_text() == f"{shown} results for “Kharkiv”"
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.className") == "pos-search__title"
        more = page.locator("section[aria-labelledby=search-claim] .pos-search__more")
        more.focus()
        page.keyboard.press("Enter")
        # The focus is on the first of those that were not there before.
        place = "[...document.querySelectorAll('section[aria-labelledby=search-claim] a')]"
        assert page.evaluate(f"{place}.indexOf(document.activeElement)") == 5
        page.locator("#search-kind").focus()
        page.keyboard.type("Glossary")
        page.locator("#search-words").fill("verdict")
        page.wait_for_selector("#search-term")
        assert page.locator("#search-results section").count() == 1
        page.locator("#search-words").fill("zzzz")
        page.wait_for_function(
            "document.getElementById('search-count').textContent.startsWith('Nothing found')"
        )
        assert seen.problems == []


@pytest.mark.browser
def test_the_box_of_every_page_leads_to_the_results(browser, site):
    """What is typed in the theme's own box on a chapter arrives in the address and is searched."""
    with browsing.visit(browser, site, "chapters/04-land.html") as seen:
        page = seen.page
        page.keyboard.press("Control+k")
        page.keyboard.type("bridgehead")
        page.keyboard.press("Enter")
        page.wait_for_selector("#search-claim")
        assert page.url.endswith("search.html?q=bridgehead")
        assert page.locator("#search-words").input_value() == "bridgehead"


@pytest.mark.browser
def test_without_scripts_the_page_says_where_to_look(browser, site):
    """Links to ledger, sources, tables and glossary in place of a form that does nothing."""
    with browsing.visit(browser, site, "search.html", scripts=False) as seen:
        page = seen.page
        assert page.locator("#search-form").is_hidden()
        links = page.locator("#search a:visible")
        hrefs = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        for name in ("ledger", "sources", "data", "glossary"):
            assert f"pages/{name}.html" in hrefs
            assert (site / f"pages/{name}.html").exists()


@pytest.mark.browser
@pytest.mark.parametrize("ground", browsing.GROUNDS)
@pytest.mark.parametrize("width", [390, 1280])
def test_results_are_accessible(browser, site, width, ground):
    """No rule that axe can test is broken by results of every kind, none beside the screen."""
    with browsing.visit(browser, site, "search.html", width=width, ground=ground) as seen:
        page = seen.page
        page.locator("#search-words").fill("Russian")
        page.wait_for_selector("#search-table")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options={"preload": False}).response
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []
