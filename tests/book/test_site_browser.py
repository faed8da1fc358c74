"""The book's own pages in a real browser: cards, ledger, front, and the same in an EPUB."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import made_up
import nbformat
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import claims
from analysis.book import typeset
from analysis.book.browsing import unfold
from analysis.book.cells import Cards
from analysis.paths import ROOT

pytestmark = pytest.mark.browser

CARDS = list(made_up.records().values())
# This book has no chapters but the one with the cards.
CHAPTER_LINK = re.compile(r"\[([^\]]+)\]\((?:\.\./)?chapters/[^)]+\)")
OWN = ("answer", "ledger", "method", "data", "glossary", "bibliography")
PAGES = ("index.html", "chapters/cards.html", *(f"pages/{name}.html" for name in OWN))


def write_book(folder: Path) -> None:
    """Write the real pages, and one notebook page with a card of each kind."""
    (folder / "pages").mkdir()
    # The page on changes includes the change log.
    shutil.copy(ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
    for path in [ROOT / "index.md", *(ROOT / "pages").glob("*.md")]:
        text = CHAPTER_LINK.sub(r"\1", path.read_text("utf-8"))
        (folder / path.relative_to(ROOT)).write_text(text, "utf-8")
    # The page of sources is tested with the whole book; here it is a page to link to.
    (folder / "pages/sources.md").write_text("# Sources\n\nBy subject.\n", "utf-8")
    (folder / "chapters").mkdir()
    shutil.copy(ROOT / "chapters/references.bib", folder / "chapters")
    shutil.copy(ROOT / "_config.yml", folder)
    pages = [{"file": "chapters/cards"}, *({"file": f"pages/{name}"} for name in (*OWN, "sources"))]
    contents = {"format": "jb-book", "root": "index", "chapters": pages}
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents), "utf-8")
    bundle = Cards([*CARDS, claims.record("thesis", None)])._repr_mimebundle_()
    shown = new_output("execute_result", data=bundle, execution_count=1)
    words = "# Cards\n\nSee {claim-ref}`thesis`.\n\n## All kinds"
    cells = [
        new_markdown_cell(words, id="words"),
        new_code_cell("show()", execution_count=1, outputs=[shown], id="cards"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "chapters/cards.ipynb")


def build(folder: Path, *options: str) -> Path:
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(folder), "-n", "-W", "--keep-going"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return folder / "_build"


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "a book"
    folder.mkdir()
    write_book(folder)
    return folder


@pytest.fixture(scope="module")
def html(book) -> Path:
    return build(book) / "html"


@pytest.fixture
def visit(browser, html):
    """Open a page; at the end nothing was logged as an error and no other host was asked."""
    seen: list[str] = []
    contexts = []

    def open_page(name, *, width=1280, height=900, dark=False, scripts=True, anchor=""):
        scheme = "dark" if dark else "light"
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        if scripts:
            context.add_init_script(f"localStorage.setItem('mode', '{scheme}')")
        page = context.new_page()
        page.on("console", lambda m: seen.append(m.text) if m.type in {"error", "warning"} else 0)
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("request", lambda r: seen.append(r.url) if urlsplit(r.url).netloc else 0)
        page.goto((html / name).as_uri() + anchor)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_cards_are_accessible_and_no_wider_than_the_screen(visit, dark, width):
    """No rule of WCAG 2.2 A or AA that axe can test is broken, with all parts unfolded.

    The cards are made up, one of each kind; the real pages are tested by the slow proofs.
    """
    page = visit("chapters/cards.html", width=width, dark=dark)
    unfold(page)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, context=".bd-article", options={"runOnly": rules, "preload": False})
    wrong = [
        (v["id"], node["html"][:160]) for v in found.response["violations"] for node in v["nodes"]
    ]
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["chapters/cards.html", "pages/ledger.html", "index.html"])
def test_nothing_moves_while_loading(visit, name):
    """Folding cards and waking the ledger must not push the text about: under 0.02."""
    page = visit(name, width=390, height=844)
    shift = page.evaluate(
        """() => new Promise(done => {
             let sum = 0;
             new PerformanceObserver(list => list.getEntries().forEach(e => {
               if (!e.hadRecentInput) sum += e.value;
             })).observe({type: 'layout-shift', buffered: true});
             setTimeout(() => done(sum), 500);
           })"""
    )
    assert shift < 0.02


def test_complete_without_script(visit):
    """Every claim and every card is there and open; dead controls are not shown."""
    page = visit("pages/ledger.html", scripts=False)
    assert page.locator("#ledger-table tbody tr:visible").count() == len(claims.table())
    assert page.locator("#ledger-controls").is_hidden()
    page = visit("chapters/cards.html", scripts=False, width=390)
    assert page.locator(".pos-card").count() == len(CARDS) + 1
    assert page.locator(".pos-card__body:visible").count() == len(CARDS)


def test_cards_fold_on_a_phone_alone(visit):
    """Folded on a narrow screen, where the line that stays has quotation and verdict."""
    assert visit("chapters/cards.html").locator(".pos-card__body:visible").count() == len(CARDS)
    page = visit("chapters/cards.html", width=390)
    assert page.locator(".pos-card__body:visible").count() == 0
    assert page.locator(".pos-card__words:visible").count() == len(CARDS) + 1
    page.locator("#claim-net-188 summary").first.press("Enter")
    assert page.locator("#claim-net-188 .pos-card__body").is_visible()


def test_link_to_a_card_opens_it(visit):
    """Who follows a link to a claim on a phone sees the claim, not a folded line."""
    page = visit("chapters/cards.html", width=390, anchor="#claim-no-collapse")
    assert page.locator("#claim-no-collapse .pos-card__body").is_visible()
    assert page.locator("#claim-net-188 .pos-card__body").is_hidden()


def shown(page) -> list[str]:
    return page.locator("#ledger-table tbody tr:visible .pos-ledger__words").all_inner_texts()


def test_ledger_by_keyboard(visit):
    """Search, filter, sort and reset with keys alone; the count is said aloud."""
    page = visit("pages/ledger.html")
    everything = [typeset.plain(f"“{quotation}”") for quotation in claims.table()["quote"]]
    assert shown(page) == everything
    page.locator("#ledger-search").focus()
    page.keyboard.type("bridgehead")
    expected = [q for q in everything if "bridgehead" in q.lower()]
    assert set(expected) <= set(shown(page)) != set(everything)
    page.locator("#ledger-search").fill("")
    page.locator("#ledger-premise").focus()
    page.keyboard.type("P6")
    own = claims.table().query("premise_id == 'P6'")["quote"]
    assert shown(page) == [typeset.plain(f"“{quotation}”") for quotation in own]
    assert page.locator("#ledger-count").inner_text() == f"{len(own)} of {len(everything)} claims"
    assert page.url.endswith("#premise=P6")
    page.keyboard.press("Tab")
    page.locator("#ledger-controls button").press("Enter")
    page.wait_for_function(
        "document.getElementById('ledger-count').textContent.match(/^\\d+ claims$/)"
    )
    assert shown(page) == everything


@pytest.mark.parametrize(
    ("label", "selector", "kind"),
    [
        ("premise", ".pos-ledger__premise", "data-order"),
        ("verdict", ".pos-ledger__verdict", "data-order"),
        ("root sources", ".pos-ledger__roots", "data-order"),
    ],
)
def test_ledger_sorts_by_keyboard(visit, label, selector, kind):
    """The list "Sort by" puts the lines in the order of a column, and the address keeps it."""
    page = visit("pages/ledger.html")
    page.locator("#ledger-sort").select_option(label=label)
    cells = page.locator(f"#ledger-table tbody {selector}")
    order = [cell.get_attribute(kind) for cell in cells.all()]
    as_sorted = [str(n) for n in sorted(map(int, order))] if order[0].isdigit() else sorted(order)
    assert order == as_sorted and len(order) == len(claims.table())
    assert "#sort=" in page.url


def test_nothing_hidden_takes_the_focus(visit):
    """The headings of the ledger are for screen readers: a key must not land on them."""
    page = visit("pages/ledger.html", width=390)
    assert page.locator("#ledger-table thead [tabindex]").count() == 0
    assert page.locator("#ledger-table thead [role=button]").count() == 0


@pytest.mark.parametrize(("width", "least"), [(1280, 0.5), (390, 0.95)])
def test_the_statement_has_most_of_the_ledger(visit, width, least):
    """Half of the width on a desk, all of it on a phone; no verdict breaks into lines."""
    page = visit("pages/ledger.html", width=width)
    row = page.locator("#ledger-table tbody tr").first.bounding_box()
    statement = page.locator(".pos-ledger__statement").first.bounding_box()
    assert statement["width"] >= least * row["width"]
    heights = page.eval_on_selector_all(
        ".pos-ledger__verdict .pos-verdict", "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert max(heights) < 30


def test_the_ledger_is_no_longer_than_a_reader_scrolls(visit):
    """Reasons are folded: 93 lines of at most 100 px on a desk, and of 170 px on a phone."""
    for width, most in ((1280, 100), (390, 170)):
        page = visit("pages/ledger.html", width=width)
        height = page.evaluate("document.documentElement.scrollHeight")
        assert height <= most * len(claims.table())
        page.locator(".pos-ledger__why summary").first.click()
        assert page.locator(".pos-ledger__why span").first.is_visible()


def test_ledger_address_carries_the_choice(visit):
    """The board links to the ledger of one premise; a wrong value filters nothing away."""
    page = visit("pages/ledger.html", anchor="#premise=P5")
    assert len(shown(page)) == len(claims.table().query("premise_id == 'P5'"))
    page = visit("pages/ledger.html", anchor="#premise=P99")
    assert len(shown(page)) == len(claims.table())


FRONT = ("article h1", ".pos-lead", ".pos-short", ".pos-boards", ".pos-key", ".pos-boards__note")


def test_front_in_one_screen(visit):
    """Article, book, both answers, both boards and the legend, before any scrolling."""
    page = visit("index.html", height=900)
    for selector in FRONT:
        box = page.locator(selector).first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 900, selector


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_both_positions_have_one_size(visit, width):
    """The two answers are as wide as each other, and so are the two boards, at every width."""
    page = visit("index.html", width=width)
    for selector in (".pos-short .pos-side", ".pos-board tbody tr:first-child td"):
        boxes = [part.bounding_box() for part in page.locator(selector).all()]
        assert len(boxes) == 2
        assert boxes[0]["width"] == pytest.approx(boxes[1]["width"], abs=10), selector


def test_the_short_answer_comes_early_on_a_phone(visit):
    """Both positions' answers end within the second screen of a phone, before the boards."""
    page = visit("index.html", width=390, height=844)
    first, second = (side.bounding_box() for side in page.locator(".pos-short .pos-side").all())
    assert first["y"] < 844
    assert second["y"] + second["height"] < 1.25 * 844
    assert second["y"] < page.locator(".pos-board").bounding_box()["y"]


def test_the_answer_is_one_sheet_of_paper(visit, tmp_path):
    """A4 with margins of 12 mm; unfolded, the list of all statements begins a sheet of its own."""
    from pypdf import PdfReader

    page = visit("pages/answer.html")
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")

    def printed(name):
        page.pdf(path=tmp_path / name, format="A4", margin=margins)
        return [sheet.extract_text() for sheet in PdfReader(tmp_path / name).pages]

    (sheet,) = printed("short.pdf")
    for heading in page.locator("article section section > h2").all_inner_texts()[:-1]:
        assert heading.strip("#") in " ".join(sheet.split())
    page.evaluate("document.querySelectorAll('.pos-all, .pos-all *').forEach(e => e.open = true)")
    first, *more = printed("long.pdf")
    assert " ".join(first.split()) == " ".join(sheet.split())
    assert len(more) >= 2
    assert all(part.text_content().strip() for part in page.locator(".pos-positions li").all())


def test_links_within_the_site_lead_somewhere(visit, html):
    """Every link of the front and the cards page ends at an existing file and anchor."""
    from bs4 import BeautifulSoup

    for name in PAGES:
        soup = BeautifulSoup((html / name).read_text("utf-8"), "lxml")
        for link in soup.select("article a[href], .pos-board a[href]"):
            target = urlsplit(link["href"])
            if target.scheme or link["href"] in {"", "#"}:
                continue
            file = ((html / name).parent / target.path).resolve() if target.path else html / name
            assert file.exists(), (name, link["href"])
            if target.fragment and file.suffix == ".html" and "=" not in target.fragment:
                assert f'id="{target.fragment}"' in file.read_text("utf-8"), (name, link["href"])


def test_print_shows_all(visit):
    """On paper nothing is folded and nothing is left to click."""
    page = visit("chapters/cards.html")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".pos-card details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".pos-card details.pos-more[open]").count() == 0


def test_epub_has_the_same_cards(book):
    """The same card in an EPUB: well-formed, without scripts, with links inside the book."""
    folder = build(book, "--builder", "custom", "--custom-builder", "epub") / "epub"
    with zipfile.ZipFile(next(folder.glob("*.epub"))) as epub:
        page = epub.read("chapters/cards.xhtml").decode("utf-8")
        names = set(epub.namelist())
    ElementTree.fromstring(page.replace("&nbsp;", " "))
    for record in CARDS:
        assert f'id="claim-{record.id}"' in page
    assert "pos:" not in page.replace("claim-pos:", "")
    assert "../pages/method.xhtml#rule-figure" in page
    assert "pages/method.xhtml" in names
