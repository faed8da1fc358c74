"""Every page of the real book in a browser: quiet, light, accessible, at every width."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.book import browsing, build
from analysis.book.browsing import unfold, visit
from analysis.paths import CHAPTERS, ROOT

pytestmark = pytest.mark.browser

# Known before the book is built, so that each page is a test of its own.
NAMES = (
    "index.html",
    *(f"chapters/{path.stem}.html" for path in sorted(CHAPTERS.glob("[0-9][0-9]-*.md"))),
    *(f"pages/{path.stem}.html" for path in sorted((ROOT / "pages").glob("*.md"))),
)
CHAPTER_PAGES = [name for name in NAMES if name.startswith("chapters/")]

# Compressed bytes before any interaction, and the sum of layout shifts.
BUDGET_KB = 400
MOST_SHIFT = 0.02

# The rows of a table of data are alike: a dozen of them have every fault that all have.
SHORTEN = """() => document.querySelectorAll('.pos-scroll tbody').forEach(
  body => [...body.rows].slice(12).forEach(row => row.remove()))"""

FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e);
  const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0;
  const inner = e.closest('label, .form-control, .search-button') || e;
  const t = getComputedStyle(inner);
  return ring || s.boxShadow !== 'none' || t.boxShadow !== 'none' || t.outlineStyle !== 'none'
    ? true : e.outerHTML.slice(0, 120);
}"""


@pytest.fixture(scope="session")
def pages(site: Path) -> Path:
    return site


def test_every_page_is_tested(pages):
    """A page that is built and not listed would be read and never looked at."""
    assert set(browsing.pages(pages)) - {"404.html"} == set(NAMES)


@pytest.mark.parametrize("name", CHAPTER_PAGES)
def test_scripts_off_every_chart_is_there(browser, pages, name):
    """Without scripts each figure shows its drawing, at its size, with its table."""
    with visit(browser, pages, name, scripts=False) as seen:
        figures = seen.page.locator(".pos-figure-block")
        assert figures.count() >= 5
        for figure in figures.all():
            assert figure.locator("svg:visible").first.bounding_box()["height"] > 100
            assert figure.locator("table").count() >= 1


@pytest.mark.parametrize("name", CHAPTER_PAGES)
def test_scripts_on_every_chart_is_interactive(browser, pages, name):
    """With scripts each figure is drawn by vega once it is in view; nothing else is asked."""
    with visit(browser, pages, name) as seen:
        seen.wake()
        count = seen.page.locator("figure.pos-figure").count()
        awake = "() => document.querySelectorAll('figure.pos-figure .vega-embed').length"
        seen.page.wait_for_function(f"({awake})() >= {count}", timeout=30_000)
        assert seen.problems == []


@pytest.mark.parametrize("name", NAMES)
def test_light_and_still(browser, pages, name):
    """At most 400 kB compressed before interaction, and nothing pushes the text about."""
    with visit(browser, pages, name) as seen:
        sizes = {path: len(gzip.compress(path.read_bytes(), 9)) for path in set(seen.loaded)}
        assert sum(sizes.values()) / 1000 <= BUDGET_KB, sorted(
            ((size // 1000, path.name) for path, size in sizes.items()), reverse=True
        )[:6]
        seen.wake()
        assert seen.shift() < MOST_SHIFT
        assert seen.problems == []


@pytest.mark.slow
@pytest.mark.parametrize("ground", browsing.GROUNDS)
@pytest.mark.parametrize("width", browsing.WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_accessible_at_every_width(browser, pages, name, width, ground):
    """No axe violation, no sideways scroll, no error, on both grounds, all folds open."""
    with visit(browser, pages, name, width=width, ground=ground) as seen:
        # What is hidden must be as accessible as what is shown.
        unfold(seen.page)
        seen.wake()
        across = seen.page.evaluate("document.documentElement.scrollWidth")
        assert across <= width
        seen.page.evaluate(SHORTEN)
        # Asked before axe, which itself tries to read the style sheets of a page.
        assert seen.problems == []
        found = Axe().run(seen.page).response["violations"]
        broken = [(v["id"], v["nodes"][0]["html"][:120]) for v in found]
        assert broken == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["index.html", *CHAPTER_PAGES[:1], "pages/ledger.html"])
def test_keyboard_reaches_every_control(browser, pages, name):
    """Tab walks on through the page, and what has the focus always shows it."""
    with visit(browser, pages, name) as seen:
        hidden = []
        for _ in range(60):
            seen.page.keyboard.press("Tab")
            shown = seen.page.evaluate(FOCUS)
            if shown not in (True, None):
                hidden.append(shown)
        assert hidden == []


@pytest.mark.slow
def test_the_contact_sheet_can_be_rebuilt(browser, pages, tmp_path):
    """One command gives pictures of a page at two widths on two grounds, from top to bottom.

    Of the front and of the longest chapter here; the command takes all pages.
    """
    names = ["index.html", "chapters/13-the-other-camp.html"]
    sheet = browsing.contact_sheet(browser, pages, tmp_path / "sheet", names)
    pictures = [path.stem for path in sheet.parent.glob("*.png")]
    assert {stem.rsplit("-", 1)[0] for stem in pictures} == {
        f"{name.removesuffix('.html').replace('/', '-')}-{width}-{ground}"
        for name in names
        for width in (390, 1280)
        for ground in browsing.GROUNDS
    }
    assert sum(stem.startswith("chapters-13") for stem in pictures) > 8
    assert min(path.stat().st_size for path in sheet.parent.glob("*.png")) > 5_000


def test_nothing_changed_is_not_built_again(site):
    """The second build of the same inputs finds the first and leaves it."""
    _, built = build.build()
    assert not built
