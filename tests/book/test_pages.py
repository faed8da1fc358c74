"""Every page of the real book in a browser: quiet, light, accessible, at every width."""

from __future__ import annotations

import gzip
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.book import browsing, build
from analysis.book.browsing import unfold, visit
from analysis.paths import ASSIGNMENT, CHAPTERS, ROOT

pytestmark = pytest.mark.browser

# Known before the book is built, so that each page is a test of its own.
NAMES = (
    "index.html",
    *(f"chapters/{path.stem}.html" for path in sorted(CHAPTERS.glob("[0-9][0-9]-*.md"))),
    *(f"assignment/{path.stem}.html" for path in sorted(ASSIGNMENT.glob("*.md"))),
    *(f"pages/{path.stem}.html" for path in sorted((ROOT / "pages").glob("*.md"))),
)
CHAPTER_PAGES = [name for name in NAMES if name.startswith("chapters/")]

# Compressed bytes before any interaction, and the sum of layout shifts.
BUDGET_KB = 400
MOST_SHIFT = 0.02

# The rows of a table of data are alike: a dozen of them have every fault that all have.
SHORTEN = """() => document.querySelectorAll('.pos-scroll tbody').forEach(
  body => [...body.rows].slice(12).forEach(row => row.remove()))"""

# The theme's own pages are read too: who searches, and who looks a term up.
FOUND_BY_SEARCH = ("search.html", "genindex.html")

# A rule that is off finds nothing: axe leaves the one of WCAG 2.2 out unless it is asked for.
# What passes is told by its rule alone: an address for each of its elements takes half the time.
RULES = {
    "rules": {"target-size": {"enabled": True}},
    "preload": False,
    "resultTypes": ["violations"],
}

# Number everything that a key should reach, and remember how it looks without the focus.
REACHABLE = """() => {
  const look = e => { const s = getComputedStyle(e);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow].join('|'); };
  window.looks = {};
  const all = document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]');
  let count = 0;
  const held = document.activeElement;
  if (held !== document.body) held.blur();
  for (const e of all) {
    if (e.tabIndex < 0 || e.disabled || e.closest('[inert]')) continue;
    if (!e.checkVisibility({visibilityProperty: true})) continue;
    e.dataset.reach = ++count;
    window.looks[count] = look(e);
  }
  if (held !== document.body) held.focus();
  window.seen = new Set();
  window.unseen = [];
  window.note = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return false;
    const key = e.dataset.reach || e.outerHTML.slice(0, 90);
    if (window.seen.has(key)) return false;
    window.seen.add(key);
    const s = getComputedStyle(e);
    const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1
      && !/rgba\\(.*, 0\\)|transparent/.test(s.outlineColor);
    const before = (window.looks[e.dataset.reach] || '').split('|');
    const shadow = s.boxShadow !== 'none' && s.boxShadow !== before[3];
    const newRing = ring && [s.outlineStyle, s.outlineWidth, s.outlineColor].join('|')
      !== before.slice(0, 3).join('|');
    if (!newRing && !shadow) window.unseen.push(e.outerHTML.slice(0, 120));
    return true;
  };
  return count;
}"""

# The list of a page's contents shows the parts of the section in sight, and hides them again.
MISSED = """() => [...document.querySelectorAll('[data-reach]')]
  .filter(e => !window.seen.has(e.dataset.reach) && e.checkVisibility())
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="session")
def pages(site: Path) -> Path:
    return site


def test_every_page_is_tested(pages):
    """A page that is built and not listed would be read and never looked at."""
    assert set(browsing.pages(pages)) - {"404.html"} == set(NAMES)
    others = {path.name for path in pages.glob("*.html")} - {*NAMES, "404.html"}
    assert others == set(FOUND_BY_SEARCH)


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
@pytest.mark.parametrize("name", [*NAMES, *FOUND_BY_SEARCH])
def test_accessible_at_every_width(browser, pages, name, width, ground):
    """No axe violation, no sideways scroll, no error, on both grounds, all folds open.

    The rules are axe's own, up to WCAG 2.2 AA with the size of targets, and its good practice.
    """
    with visit(browser, pages, name, width=width, ground=ground) as seen:
        # What is hidden must be as accessible as what is shown.
        unfold(seen.page)
        seen.wake()
        across = seen.page.evaluate("document.documentElement.scrollWidth")
        assert across <= width
        seen.page.evaluate(SHORTEN)
        # Asked before axe, which itself tries to read the style sheets of a page.
        assert seen.problems == []
        found = Axe().run(seen.page, options=RULES).response
        broken = [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]]
        assert broken == []
        kinds = ("passes", "incomplete", "inapplicable")
        assert "target-size" in {rule["id"] for kind in kinds for rule in found[kind]}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NAMES, *FOUND_BY_SEARCH])
def test_keyboard_reaches_every_control(browser, pages, name):
    """Tab by Tab through the whole page: nothing is left out, and what has the focus shows it.

    Everything that a key should reach is counted beforehand, and its look without the focus is
    remembered: a shadow that is always there is no sign of the focus.
    """
    with visit(browser, pages, name) as seen:
        seen.wake()
        count = seen.page.evaluate(REACHABLE)
        assert count > 10
        # A page that puts the focus into a field at once, as the search does, is begun in its
        # middle; where the last element is left, the browser itself takes the focus.
        rounds = 1 + seen.page.evaluate("window.note()")
        for _ in range(3 * count):
            seen.page.keyboard.press("Tab")
            rounds -= not seen.page.evaluate("window.note()")
            if not rounds:
                break
        assert seen.page.evaluate(MISSED) == []
        assert seen.page.evaluate("window.unseen") == []


@pytest.mark.slow
def test_a_page_without_a_focus_ring_is_caught(browser, pages):
    """Take the rings away, or a control out of the order, and the test above must see it."""
    with visit(browser, pages, "index.html") as seen:
        style = "*:focus, *:focus-visible { outline: none !important; box-shadow: none !important }"
        seen.page.add_style_tag(content=style)
        seen.page.evaluate(REACHABLE)
        seen.page.keyboard.press("Tab")
        seen.page.evaluate("window.note()")
        assert seen.page.evaluate("window.unseen") != []
        assert seen.page.evaluate(MISSED) != []


def test_the_slider_of_the_map_works_by_keyboard(browser, pages):
    """On the chapter itself: one step back with a key changes the month and the drawing."""
    with visit(browser, pages, "chapters/04-land.html") as seen:
        seen.wake()
        slider = seen.page.locator(".pos-controls input[type=range]").first
        figure = seen.page.locator("figure.pos-figure:has(.pos-controls input[type=range])").first
        slider.focus()
        seen.page.wait_for_timeout(300)
        before = slider.get_attribute("aria-valuetext"), slider.input_value()
        drawn = figure.locator(".pos-live:visible").first.inner_html()
        for _ in range(6):
            seen.page.keyboard.press("ArrowLeft")
        assert (slider.get_attribute("aria-valuetext"), slider.input_value()) != before
        seen.page.wait_for_function(
            "([id, was]) => document.querySelector(`#${id} .pos-live svg`)"
            "?.closest('.pos-live').innerHTML !== was",
            arg=[figure.get_attribute("id"), drawn],
            timeout=10_000,
        )
        assert seen.problems == []


@pytest.mark.parametrize("name", ["index.html", "pages/ledger.html", "pages/answer.html"])
def test_the_side_bar_keeps_its_title_and_its_margin(browser, pages, name):
    """On a desk the title is in sight on every page, and no word touches the edge."""
    with visit(browser, pages, name) as seen:
        bar = seen.page.locator("#pst-primary-sidebar").bounding_box()
        title = seen.page.locator("#pst-primary-sidebar .logo__title").bounding_box()
        assert title["y"] >= 0
        ends = seen.page.eval_on_selector_all(
            "#pst-primary-sidebar :is(p.caption, li > a)",
            """all => all.map(e => { const r = document.createRange(); r.selectNodeContents(e);
                                     return r.getBoundingClientRect().right; })""",
        )
        assert max(ends) <= bar["x"] + bar["width"] - 12


@pytest.fixture(scope="session")
def served(pages, tmp_path_factory):
    """Serve the site two folders below the root of a host of this machine."""
    root = tmp_path_factory.mktemp("host")
    (root / "some").mkdir()
    (root / "some" / "path").symlink_to(pages, target_is_directory=True)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some/path/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["index.html", "chapters/04-land.html", "pages/ledger.html"])
def test_the_site_works_from_a_sub_path(browser, served, name):
    """Nothing is asked for above the folder, everything asked for is there, and scripts run."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    wrong = []
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("response", lambda r: wrong.append((r.status, r.url)) if r.status >= 400 else None)
    page.on(
        "request",
        lambda r: None if r.url.startswith((served, "data:", "blob:")) else wrong.append(r.url),
    )
    page.goto(served + name)
    page.evaluate(browsing.SCROLL)
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Book Sans"')
    charts = page.locator("figure.pos-figure").count()
    awake = "n => document.querySelectorAll('figure.pos-figure .vega-embed').length >= n"
    page.wait_for_function(awake, arg=charts, timeout=30_000)
    if "ledger" in name:
        assert page.locator("#ledger-count").inner_text().endswith("claims")
    # Every link within the site leads to a page that is there.
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href.split('#')[0])")
    for link in {link for link in links if link.startswith(served)}:
        assert page.request.get(link).ok, link
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("name", ["index.html", "chapters/04-land.html", "pages/ledger.html"])
def test_print_is_whole(browser, pages, name):
    """On A4: cards unfolded, drawings for a wide column, no tools, nothing beside the sheet."""
    with visit(browser, pages, name, width=703) as seen:
        page = seen.page
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 703
        assert page.locator(".pos-card details:not([open])").count() == 0
        assert page.locator(".pos-tools:visible, .pos-filter:visible").count() == 0
        for figure in page.locator("figure.pos-figure").all():
            assert figure.locator(".pos-wide > svg").is_visible()
            assert figure.locator(".pos-phone").is_hidden()


@pytest.mark.parametrize("name", ["index.html", "chapters/04-land.html", "pages/ledger.html"])
def test_reduced_motion_is_honoured(browser, pages, name):
    """With the wish set, nothing on a real page takes longer than a frame to change."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto((pages / name).as_uri())
    longest = page.evaluate(
        """Math.max(...[...document.querySelectorAll('*')].flatMap(e => {
             const s = getComputedStyle(e);
             return [s.transitionDuration, s.animationDuration].flatMap(
               list => list.split(',').map(one => parseFloat(one) * (/ms/.test(one) ? .001 : 1)));
           }))"""
    )
    assert longest <= 0.016
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


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
