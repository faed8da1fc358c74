"""Every page of the book can be cited, reported on and read by programs; no link leads nowhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import bibtexparser
import pytest
import rispy
from bs4 import BeautifulSoup

from analysis import __version__, claims, counterclaims, formatting, tables
from analysis.book import browsing, cite_box, heads
from analysis.book.imprint import imprint
from analysis.paths import CHAPTERS, ROOT

NAMES = (
    "index",
    *(f"chapters/{path.stem}" for path in sorted(CHAPTERS.glob("[0-9][0-9]-*.md"))),
    *(f"pages/{path.stem}" for path in sorted((ROOT / "pages").glob("*.md"))),
)
CHAPTER_PAGES = [name for name in NAMES if name.startswith("chapters/")]
TITLE = imprint().title
DATA_TO = formatting.day(claims.data_cut_off())

named = pytest.mark.parametrize("name", NAMES)
chaptered = pytest.mark.parametrize("name", CHAPTER_PAGES)


@pytest.fixture(scope="module")
def page(site):
    """Read a page of the built book, once."""
    read = {}

    def get(name):
        if name not in read:
            read[name] = BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "lxml")
        return read[name]

    return get


def metas(soup):
    """Return the tags of a head by name; a name may come more than once."""
    found = {}
    for tag in soup.head.select("meta[content]"):
        found.setdefault(tag.get("name") or tag.get("property"), []).append(tag["content"])
    return found


def extracted(soup):
    """Read a record as a reference manager does: Highwire first, then Dublin Core, then OG."""
    found = metas(soup)

    def first(*names):
        return next((found[name] for name in names if name in found), [])

    return {
        "title": first("citation_title", "DC.title", "og:title"),
        "authors": first("citation_author", "DC.creator"),
        "date": first("citation_publication_date", "DC.date"),
        "book": first("citation_inbook_title", "citation_book_title", "DCTERMS.isPartOf"),
        "publisher": first("citation_publisher", "DC.publisher"),
        "language": first("citation_language", "DC.language", "og:locale"),
        "rights": first("DC.rights"),
        "url": first("citation_public_url", "DC.identifier", "og:url"),
    }


@named
def test_a_reference_manager_finds_a_whole_record(page, name):
    """Title, authors, day, book, publisher and language stand in the head of every page."""
    record = extracted(page(name))
    heading = page(name).select_one("article h1")
    title = heading.get_text().removesuffix("#").strip()
    assert record["title"] == [TITLE if name == "index" else title]
    assert record["authors"] == list(imprint().authors)
    assert record["date"] == [f"{imprint().released:%Y/%m/%d}"]
    assert (record["book"], record["language"]) == ([TITLE], ["en"])
    assert record["publisher"] == [imprint().authors[0]]
    assert record["url"] == ([imprint().at(f"{name}.html")] if imprint().address else [])


@named
def test_three_vocabularies_agree(page, name):
    """Highwire, Dublin Core and Open Graph name one title; none of them comes twice."""
    found = metas(page(name))
    assert found["citation_title"] == found["DC.title"] == found["og:title"]
    assert found["og:description"] == found["description"] == found["twitter:description"]
    once = [key for key in found if key.startswith(("DC", "og:", "twitter:", "description"))]
    assert [key for key in once if len(found[key]) > 1] == []


def test_no_two_pages_say_the_same_of_themselves(page):
    """A description that fits two pages describes neither."""
    said = Counter(metas(page(name))["description"][0] for name in NAMES)
    assert [text for text, times in said.items() if times > 1] == []
    assert min(len(text) for text in said) >= 20


@named
def test_the_picture_of_a_preview_is_a_chart_of_the_page(site, page, name):
    """A PNG that is there; on a chapter one of its own charts, with the chart's finding."""
    found = metas(page(name))
    (picture,) = found["og:image"]
    assert (
        found["twitter:image"] == [picture] and found["og:image:alt"] == found["twitter:image:alt"]
    )
    path = (site / f"{name}.html").parent / picture
    assert path.read_bytes().startswith(b"\x89PNG")
    if name in CHAPTER_PAGES:
        own = [figure["data-figure"] for figure in page(name).select("figure.pos-figure")]
        assert path.stem == own[0]


@named
def test_what_search_engines_read_is_well_formed(site, page, name):
    """JSON-LD with the type of the page, each part under an id that the page has."""
    (script,) = page(name).select('script[type="application/ld+json"]')
    found = json.loads(script.string)
    wanted = {"index": "Book", "chapters": "Chapter", "pages": "WebPage"}
    assert found["@type"] == wanted[name.partition("/")[0]]
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    ids = {tag["id"] for tag in page(name).select("[id]")}
    parts = found.get("hasPart", []) + found.get("mainEntity", {}).get("hasPart", [])
    assert [part["@id"] for part in parts if part["@id"].partition("#")[2] not in ids] == []
    files = [part["distribution"] for part in parts if "distribution" in part]
    flat = [item for each in files for item in (each if isinstance(each, list) else [each])]
    folder = (site / f"{name}.html").parent
    assert [item for item in flat if not (folder / item["contentUrl"]).exists()] == []


@chaptered
def test_a_chapter_s_charts_and_claims_are_data_and_reviews(page, name):
    """As many data sets as charts; a claim with a verdict word is a review with that word."""
    found = json.loads(page(name).select_one('script[type="application/ld+json"]').string)
    kinds = Counter(part["@type"] for part in found["hasPart"])
    assert kinds["Dataset"] == len(page(name).select("figure.pos-figure"))
    assert kinds["Claim"] + kinds["ClaimReview"] == len(page(name).select("article.pos-card"))
    for part in found["hasPart"]:
        anchor = part["@id"].partition("#")[2]
        if part["@type"] == "ClaimReview" and anchor.startswith("claim-"):
            verdict = claims.assess(anchor.removeprefix("claim-")).verdict
            assert part["reviewRating"]["alternateName"] == verdict
            assert part["itemReviewed"]["author"]["name"] == "Rajan Menon"


def test_the_data_page_lists_every_table(page):
    """One data set for each table of the data package, and the package itself."""
    found = json.loads(page("pages/data").select_one('script[type="application/ld+json"]').string)
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    listed = [part["name"] for part in found["mainEntity"]["hasPart"]]
    assert listed == [entry["title"] for entry in package["resources"]]


def test_a_sign_of_a_tag_does_not_end_the_script():
    """A title that closes a script would open the page to whatever follows."""
    made = heads.html(heads.Page("pages/x", "</script><b>", "about x", "page"), imprint())
    soup = BeautifulSoup(made, "lxml")
    assert soup.select("b") == []
    found = json.loads(soup.select_one("script").string)
    assert found["name"] == "</script><b>"


@named
def test_the_box_of_a_page(site, page, name):
    """Three printed styles and three files; each file is read back to the same title."""
    (box,) = page(name).select("section.pos-citebox")
    assert [term.get_text() for term in box.select("dt")] == ["APA", "Chicago", "MLA"]
    for text in (entry.get_text() for entry in box.select("dd")):
        assert f"ersion {__version__}, data to {DATA_TO}" in text
    folder = (site / f"{name}.html").parent
    texts = [(folder / link["href"]).read_text("utf-8") for link in box.select("a[download]")]
    (title,) = metas(page(name))["citation_title"]
    entry = bibtexparser.parse_string(texts[0]).entries[0]
    assert entry.fields_dict["title"].value == f"{{{title}}}"
    assert rispy.loads(texts[1])[0]["title"] == title
    assert json.loads(texts[2])[0]["title"] == title
    assert len(texts) == len(cite_box.FILES)


def test_no_sentence_of_a_chapter_says_how_to_cite_it():
    """The box is made from version and data; a typed sentence would age beside it."""
    texts = [path.read_text(encoding="utf-8") for path in CHAPTERS.glob("[0-9][0-9]-*.md")]
    assert [text for text in texts if "Cite this chapter as" in text] == []


def folds_of(block):
    return [fold.summary.get_text() for fold in block.select("details.pos-cite")]


@chaptered
def test_every_chart_can_be_cited_and_reported(page, name):
    """The address printed in the fold is that of the chart above it."""
    blocks = page(name).select(".pos-figure-block")
    assert blocks
    for block in blocks:
        anchor = block.select_one("figure")["id"]
        assert folds_of(block) == ["Cite", "Report an error"]
        assert block.select_one(".pos-cite code").get_text() == f"{name}.html#{anchor}"
        entry = bibtexparser.parse_string(block.select_one(".pos-cite pre").get_text()).entries[0]
        assert anchor in entry.fields_dict["note"].value


def test_every_claim_and_statement_can_be_cited_and_reported(page):
    """Each card with a body, once in the book, under the address that claims.json gives it."""
    records = [*claims.assess_all(), *counterclaims.assess_all()]
    for record in records:
        place, _, anchor = record.address.partition(".html#")
        card = page(place).find(id=anchor)
        assert folds_of(card) == ["Cite", "Report an error"], record.id
        assert card.select_one(".pos-cite code").get_text() == record.address
        link = urlsplit(card.select_one(".pos-report a")["href"])
        (body,) = parse_qs(link.query)["body"]
        for words in (record.id, f"Verdict shown: {record.verdict}", __version__, DATA_TO):
            assert words in body
        copied = card.select_one(".pos-report pre").get_text()
        assert copied.splitlines() == body.splitlines()


def test_every_footer_begins_a_report(site):
    """Also on the pages that the theme makes: which page, which version, which data."""
    for path in sorted(site.rglob("*.html")):
        if "_static" in path.parts:
            continue
        soup = BeautifulSoup(path.read_text("utf-8"), "lxml")
        link = soup.select_one(".pos-footer").find("a", string="Report an error")
        (body,) = parse_qs(urlsplit(link["href"]).query)["body"]
        wanted = "index.html" if path.name == "404.html" else path.relative_to(site).as_posix()
        assert f"Place: {imprint().at(wanted) or wanted}" in body
        assert f"Version {__version__}, data to {DATA_TO}" in body


@pytest.mark.skipif(bool(imprint().address), reason="the address of the book is known")
def test_without_an_address_nothing_pretends_to_one(site, page):
    """No canonical link, no map, no full address: whoever copies the pages may put them up."""
    for name in NAMES:
        assert page(name).select("link[rel=canonical]") == []
        assert "og:url" not in metas(page(name))
        assert page(name).select(".pos-citebox .pos-here")
    assert not (site / "sitemap.xml").exists() and not (site / "robots.txt").exists()


class Host(SimpleHTTPRequestHandler):
    """A host that shows 404.html for what it does not have, as public ones do."""

    def log_message(self, *arguments):  # noqa: D102
        pass

    def send_error(self, code, *arguments):  # noqa: D102
        body = (Path(self.directory) / "some/path/404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@pytest.fixture(scope="module")
def hosted(site, tmp_path_factory):
    """Serve the site two folders below the root of a host of this machine."""
    root = tmp_path_factory.mktemp("host")
    (root / "some").mkdir()
    (root / "some" / "path").symlink_to(site, target_is_directory=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(root)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some/path/"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("lost", ["x.html", "chapters/99-x.html", "a/b/c/d.html", "pages/a/b/"])
def test_the_page_for_lost_addresses_leads_home_from_any_depth(browser, hosted, lost):
    """The links of a page that is shown in place of another are relative to the other."""
    page = browser.new_context().new_page()
    page.goto(hosted + lost)
    page.wait_for_function("root => document.baseURI === root", arg=hosted, timeout=5_000)
    links = page.eval_on_selector_all("main a", "all => all.map(a => a.href)")
    assert links[0] == f"{hosted}index.html"
    assert all(page.request.get(link).ok for link in links)
    page.context.close()


@pytest.mark.browser
def test_the_reader_s_address_completes_a_citation(browser, site, hosted):
    """On a host the address of the chapter and of the chart; on the reader's disk none."""
    name = "chapters/04-land.html"
    page = browser.new_context().new_page()
    page.goto(hosted + name)
    page.wait_for_function("document.querySelector('.pos-copybutton')")
    said = page.locator(".pos-citebox dd").all_inner_texts()
    assert [text.rpartition(" ")[2] for text in said] == [
        hosted + name, f"{hosted}{name}.", f"{hosted}{name}.",
    ]  # fmt: skip
    figure = page.locator(".pos-figure-block").first
    anchor = figure.locator("figure").get_attribute("id")
    pre = figure.locator(".pos-cite pre").first.text_content()
    fields = bibtexparser.parse_string(pre).entries[0].fields_dict
    assert fields["url"].value == f"{hosted}{name}#{anchor}"
    page.goto((site / name).as_uri())
    page.wait_for_function("document.querySelector('.pos-copybutton')")
    assert page.locator(".pos-here").all_text_contents() == [""] * page.locator(".pos-here").count()
    page.context.close()


@pytest.mark.browser
def test_a_button_copies_the_citation_and_says_so(browser, hosted):
    """What is in the clipboard is the text beside the button; a screen reader is told."""
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(hosted + "pages/reply.html")
    button = page.get_by_role("button", name="Copy APA")
    button.click()
    page.wait_for_function("document.querySelector('.pos-copied').textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".pos-citebox dd").first.text_content().strip()
    assert page.locator(".pos-copied").first.get_attribute("role") == "status"
    context.close()


@pytest.mark.browser
def test_without_scripts_there_is_no_dead_button(browser, site):
    """The texts, the files and the report are there; what needs a script is not shown."""
    with browsing.visit(browser, site, "chapters/04-land.html", scripts=False) as seen:
        assert seen.page.locator(".pos-copybutton").count() == 0
        assert seen.page.locator(".pos-citebox dd").count() == 3
        assert seen.page.locator(".pos-citebox .pos-report a").get_attribute("href")


def test_the_tables_of_trust_are_shown_whole(page):
    """Every erratum is on its page, and a reply that came would be."""
    errata = tables.read("errata")
    shown = page("pages/changes").select(".pos-errata > li")
    assert len(shown) == len(errata)
    text = page("pages/reply").select_one("article").get_text(" ")
    assert ("No reply has been received" in text) == (len(tables.read("replies")) == 0)


def test_a_moved_verdict_links_to_its_card(page):
    """By hand: border-adjacent went from does not hold to contested after the first version."""
    rows = page("pages/changes").select("#what-moved table tbody tr")
    row = next(row for row in rows if row.th.get_text() == "border-adjacent")
    assert row.th.a["href"].endswith("06-kharkiv-krynky.html#claim-border-adjacent")
    sides = [re.sub(r"\s+", " ", cell.get_text()).strip() for cell in row.select("td")[:2]]
    assert sides == ["does not hold", "contested"]
