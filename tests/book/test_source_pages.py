"""The pages of sources: every row and root source has one address, and every link arrives."""

from __future__ import annotations

from collections import Counter

import pytest
from bs4 import BeautifulSoup

from analysis import claims, evidence, tables
from analysis.book import browsing, source_pages, topics


@pytest.fixture(scope="module")
def pages(site):
    names = [topics.INDEX, source_pages.TABLES, *map(topics.page_of, topics.TOPICS)]
    return {
        name: BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "lxml")
        for name in names
    }


def ids(pages, prefix):
    found = (node["id"] for soup in pages.values() for node in soup.select(f"[id^={prefix}]"))
    return Counter(name for name in found if not name.endswith("-name"))


def test_each_row_of_evidence_has_one_address(pages):
    """Every row of the table, once in the whole book, on the page where links look for it."""
    rows = tables.read("evidence")["id"]
    assert ids(pages, "fact-") == Counter(f"fact-{name}" for name in rows)
    for name in rows:
        page, anchor = topics.place_of(name)
        assert pages[page].find(id=anchor) is not None


def test_each_root_source_has_one_address(pages):
    """Those without a row of evidence included: a table alone is held of them."""
    origins = tables.read("source-families")["origin_id"]
    assert ids(pages, "source-") == Counter(f"source-{name}" for name in origins)


def test_a_source_shows_its_rows_and_nobody_elses(pages):
    """Rows below a root source are those that name it as their origin."""
    rows = tables.read("evidence")
    for soup in pages.values():
        for section in soup.select("section.pos-sourced[id^=source-]"):
            own = rows.loc[rows["origin_id"] == section["id"].removeprefix("source-"), "id"]
            shown = {item["id"].removeprefix("fact-") for item in section.select("li[id^=fact-]")}
            assert shown == set(own)


def test_a_card_leads_to_the_rows_that_it_cites(site):
    """Each row in the list of sources of a card has a link to its place."""
    record = claims.assess("net-188")
    page = (site / record.address.partition("#")[0]).read_text(encoding="utf-8")
    card = BeautifulSoup(page, "lxml").find(id="claim-net-188")
    linked = {a["href"].partition("#")[2] for a in card.select('.pos-sources a[href*="#fact-"]')}
    known = set(tables.read("evidence")["id"])
    assert linked == {f"fact-{name}" for name in record.evidence if name in known}
    assert linked


def test_links_of_these_pages_arrive(site, pages):
    """Every address within the site is a page that is there, with its anchor."""
    anchors = {
        name: set(_ids((site / name).read_text(encoding="utf-8"))) for name in browsing.pages(site)
    }
    broken = []
    for name, soup in pages.items():
        here = (site / f"{name}.html").parent
        for link in soup.select(".bd-article a[href], article a[href]"):
            path, _, anchor = link["href"].partition("#")
            if "://" in path or path.startswith("mailto:"):
                continue
            target = (here / path).resolve() if path else (site / f"{name}.html").resolve()
            page = target.relative_to(site.resolve()).as_posix()
            if page.endswith(".html") and (
                page not in anchors or (anchor and anchor not in anchors[page])
            ):
                broken.append((name, link["href"]))
    assert broken == []


def _ids(text):
    return (node["id"] for node in BeautifulSoup(text, "lxml").select("[id]"))


def test_the_index_counts_what_the_pages_show(pages):
    """One line a root source with the counts of its own section, the weightiest first."""
    lines = pages[topics.INDEX].select("#sources-table tbody tr")
    assert len(lines) == len(tables.read("source-families"))
    resting = []
    for line in lines:
        held, rest, change = (int(cell.text) for cell in line.select("td.pos-num"))
        page, _, anchor = line.a["href"].partition(".html#")
        section = pages[f"pages/{page}"].find(id=anchor)
        assert len(section.select("li[id^=fact-]")) == held
        assert len(section.select(".pos-sourced__moved li")) == change
        assert len(section.select(".pos-sourced__refs a")) == rest
        resting.append(rest)
    assert resting == sorted(resting, reverse=True)


def test_values_carry_their_ranges_and_units():
    """As the table has them: a number with its range, a range without a middle, a wording."""
    rows = evidence.table()
    ranged = rows[rows["value"].notna() & (rows["low"] < rows["high"])].iloc[0]
    assert " to " in source_pages.value_text(evidence.fact(ranged["id"]))
    bare = rows[rows["value"].isna() & (rows["low"] < rows["high"])].iloc[0]
    assert " to " in source_pages.value_text(evidence.fact(bare["id"]))
    said = rows[rows["unit"] == "wording"].iloc[0]
    assert source_pages.value_text(evidence.fact(said["id"])) == said["value_text"]


@pytest.mark.browser
def test_the_index_is_sorted_and_filtered_by_keyboard(browser, pages, site):
    """Another order, a kind, a word and back, with keys alone; the count is said aloud."""
    with browsing.visit(browser, site, f"{topics.INDEX}.html") as seen:
        page = seen.page
        total = len(tables.read("source-families"))
        count = page.locator("#sources-count")
        assert count.inner_text() == f"{total} sources"
        assert count.get_attribute("aria-live") == "polite"
        page.locator("#sources-sort").focus()
        page.keyboard.type("what would")
        changes = [int(t) for t in page.locator("#sources-table td:nth-child(5)").all_inner_texts()]
        assert changes == sorted(changes, reverse=True)
        assert changes[0] > 1
        page.locator("#sources-kind").focus()
        page.keyboard.type("Tracker")
        kinds = tables.read("source-families")["kind"]
        assert count.inner_text() == f"{(kinds == 'tracker').sum()} of {total} sources"
        page.locator("#sources-controls button").press("Enter")
        page.wait_for_function(
            "document.getElementById('sources-count').textContent.match(/^\\d+ sources$/)"
        )
        assert seen.problems == []
    with browsing.visit(browser, site, f"{topics.INDEX}.html", scripts=False) as seen:
        assert seen.page.locator("#sources-table tbody tr:visible").count() == total
        assert seen.page.locator("#sources-controls").is_hidden()
