"""Figures in a real browser, from a small book opened as files: no server, no network."""

import gzip
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
import toy_figures
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.book.browsing import unfold
from analysis.book.ext import icons_carried, icons_in_use, outside_requests

pytestmark = pytest.mark.browser

CONFIG = """
title: Toy Book
author: Toy Author
copyright: "2026"
only_build_toc_files: true
execute: {execute_notebooks: "off"}
html: {use_issues_button: false, use_repository_button: false, use_edit_page_button: false}
sphinx:
  recursive_update: true
  extra_extensions: [analysis.book.ext]
  config:
    project: Toy Book
    version: "1.2"
    language: en
    html_theme_options: {navbar_persistent: []}
"""
TOC = "format: jb-book\nroot: index\nchapters:\n- file: chapters/toy\n- file: pages/ledger\n"
FILLER = "\n\n".join(["A paragraph that keeps the next chart below the first screen."] * 30)

# Compressed, before anything is touched: the stated budget of a page.
BUDGET_BYTES = 400_000


def write_book(folder: Path) -> None:
    for name in ("chapters", "pages"):
        (folder / name).mkdir(parents=True)
    (folder / "_config.yml").write_text(CONFIG, "utf-8")
    (folder / "_toc.yml").write_text(TOC, "utf-8")
    (folder / "index.md").write_text("# Toy Book\n\n:::{note}\nA note.\n:::\n", "utf-8")
    (folder / "pages/ledger.md").write_text("# Ledger\n\nClaims.\n", "utf-8")
    cells = [new_markdown_cell("# Toy chapter\n\nSome words.")]
    for count, make in enumerate(toy_figures.ALL, 1):
        bundle = make()._repr_mimebundle_()
        shown = new_output("execute_result", data=bundle, execution_count=count)
        tags = {"tags": ["hide-input"]}
        cell = new_code_cell("figure(...)", execution_count=count, outputs=[shown], metadata=tags)
        cells += [cell, new_markdown_cell(FILLER)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "chapters/toy.ipynb")


def build(folder: Path, *options: str) -> None:
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((folder / "_build").glob("*/chapters/toy.*")), done.stdout


@pytest.fixture(scope="module")
def html(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("toy") / "book with a blank"
    write_book(folder)
    build(folder, "-W", "-n", "--keep-going")
    return folder / "_build" / "html"


@pytest.fixture
def visit(browser, html):
    """Open the chapter; ``problems`` fills with console errors and requests to other hosts."""
    contexts = []

    def go(width=1280, height=900, ground="light", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.add_init_script(
            f"localStorage.setItem('mode','{ground}');localStorage.setItem('theme','{ground}');"
            "window.shift=0;new PerformanceObserver(list=>{for(const e of list.getEntries())"
            "if(!e.hadRecentInput)window.shift+=e.value})"
            ".observe({type:'layout-shift',buffered:true});"
        )
        page = context.new_page()
        page.problems, page.asked = [], []
        page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((html / "chapters" / "toy.html").as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


def outside(page):
    return [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))]


def see_all(page):
    """Bring each figure into view and wait until it is interactive."""
    for name in page.eval_on_selector_all(".pos-figure", "all => all.map(f => f.id)"):
        page.locator(f"#{name}").scroll_into_view_if_needed()
        page.wait_for_selector(f"#{name}[data-state=live]", timeout=15_000)


def test_without_scripts_every_chart_is_there(visit):
    """No script: the drawing has its size, its title and its table."""
    page = visit(java_script_enabled=False)
    for figure in page.locator(".pos-figure").all():
        box = figure.locator(".pos-wide > svg").bounding_box()
        assert box["width"] > 600
        assert box["height"] > 100
    assert page.locator(".pos-data table").count() == len(toy_figures.ALL)
    assert page.locator(".pos-phone > svg").first.is_hidden()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_charts_wake_up_quietly(visit, width, ground):
    """In view: interactive, no error, no other host, nothing moves, nothing sticks out."""
    page = visit(width, ground=ground)
    see_all(page)
    assert page.problems == []
    assert outside(page) == []
    assert page.evaluate("window.shift") < 0.02
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.locator(".pos-live svg").count() == len(toy_figures.ALL)


def test_the_pointer_is_told_what_the_table_says(visit):
    """Over a bar: its fields under the headings of the figure's table."""
    page = visit()
    see_all(page)
    page.locator("#fig-toy-pair .pos-live .mark-rect path").first.hover()
    page.wait_for_selector("#vg-tooltip-element.visible")
    block = page.locator(".pos-figure-block", has=page.locator("#fig-toy-pair"))
    headings = block.locator("thead th").all_text_contents()
    shown = page.locator("#vg-tooltip-element td.key").all_inner_texts()
    assert shown
    assert {key.strip(" :") for key in shown} <= {heading.strip() for heading in headings}


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_axe_finds_nothing(visit, width, ground):
    """WCAG rules of axe, with every fold open and every chart interactive."""
    page = visit(width, ground=ground)
    see_all(page)
    unfold(page)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


def test_a_chart_out_of_view_costs_nothing(visit):
    """The library and the third figure's spec come only when that figure is in view."""
    page = visit(height=300)
    page.wait_for_timeout(800)
    assert not any("toy-map.js" in url for url in page.asked)
    page.locator("#fig-toy-map").scroll_into_view_if_needed()
    page.wait_for_selector("#fig-toy-map[data-state=live]")
    assert sum("vega-bundle.js" in url for url in page.asked) == 1


def test_a_page_is_light_before_interaction(visit):
    """All that is asked for before a chart wakes, each file compressed: within the budget."""
    page = visit(height=300)
    page.wait_for_timeout(800)
    files = {unquote(urlsplit(url).path) for url in page.asked if url.startswith("file:")}
    late = ("vega-bundle.js", "/_static/figures/")
    sizes = {
        Path(file).name: len(gzip.compress(Path(file).read_bytes(), mtime=0))
        for file in files
        if not any(part in file for part in late)
    }
    assert "toy.html" in sizes
    assert sum(sizes.values()) <= BUDGET_BYTES, sizes


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_gets_its_own_drawing(visit, scripts):
    """At 390 px the narrow form is shown at its real size, so that 12 px type is 12 px."""
    page = visit(390, 844, java_script_enabled=scripts)
    form = page.locator("#fig-toy-line .pos-phone")
    assert form.is_visible()
    assert page.locator("#fig-toy-line .pos-wide").is_hidden()
    assert form.bounding_box()["width"] == pytest.approx(350, abs=1)


def test_colours_follow_the_theme(visit):
    """The same line: the light value on light ground, the dark value on dark ground."""
    stroke = "e => getComputedStyle(e).stroke"
    path = "#fig-toy-line .pos-wide > svg path[stroke*=russia]"
    seen = [
        visit(ground=ground, java_script_enabled=True).locator(path).first.evaluate(stroke)
        for ground in ("light", "dark")
    ]
    assert seen == ["rgb(181, 71, 27)", "rgb(240, 138, 86)"]


def test_an_interactive_chart_changes_with_the_theme(visit):
    """A switch of the theme redraws in the dark values, and keeps where the slider stood."""
    page = visit()
    see_all(page)
    page.locator("#fig-toy-map input[type=range]").fill("0")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_selector("#fig-toy-line .pos-live path[stroke='#f08a56']", state="attached")
    page.wait_for_selector("#fig-toy-map .pos-live path[fill='#33231b']", state="attached")
    assert page.locator("#fig-toy-map input[type=range]").input_value() == "0"
    assert page.locator("#fig-toy-map output").inner_text() == "Jan 2025"
    assert page.problems == []


def test_the_slider_works_by_keyboard(visit):
    """From March one step back is February, and its shares, 30 and 40, are drawn."""
    page = visit()
    see_all(page)
    slider = page.get_by_role("slider", name="Month")
    slider.focus()
    assert slider.get_attribute("aria-valuetext") == "Mar 2025"
    assert slider.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "Feb 2025"
    live = "#fig-toy-map .pos-wide .pos-live text"
    page.wait_for_function(
        f"[...document.querySelectorAll('{live}')].some(t => t.textContent === '30')"
    )
    words = page.locator(live).all_text_contents()
    assert {"30", "40"} <= set(words)
    assert not {"50", "60"} & set(words)


@pytest.mark.parametrize("figure", ["toy-map", "toy-links"])
def test_controls_are_wide_enough_for_a_thumb(visit, figure):
    """On a phone the control stands below its name and takes the width of the column, 350 px."""
    page = visit(390, 844)
    see_all(page)
    label = page.locator(f"#fig-{figure} .pos-controls label")
    control = label.locator("input, select").bounding_box()
    name = label.locator(".vega-bind-name").bounding_box()
    assert control["width"] >= 340
    assert control["height"] >= 44
    assert control["y"] >= name["y"] + name["height"] - 1
    box = page.locator(f"#fig-{figure} .pos-controls").bounding_box()
    assert control["y"] + control["height"] <= box["y"] + box["height"] + 1


def test_a_list_works_by_keyboard(visit):
    """One key down from the first paper is the second, and the chart says so."""
    page = visit()
    see_all(page)
    chosen = page.get_by_role("combobox", name="Paper")
    chosen.focus()
    assert chosen.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("ArrowDown")
    live = "#fig-toy-links .pos-wide .pos-live text"
    page.wait_for_function(
        f"[...document.querySelectorAll('{live}')].some(t => t.textContent === 'no. 2')"
    )


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_parts_of_a_drawing_lead_to_their_places(visit, scripts, width):
    """By keyboard, with scripts and without: focus, a ring, Enter, and the place is reached."""
    page = visit(width, java_script_enabled=scripts)
    if scripts:
        see_all(page)
    form = ".pos-wide" if width == 1280 else ".pos-phone"
    link = page.locator(f"#fig-toy-links {form} > svg a").nth(1)
    link.focus()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**#fig-toy-line")


def test_parts_of_an_interactive_drawing_answer_to_a_mouse(visit):
    """A click on the name that the library has drawn leads to the same place."""
    page = visit()
    see_all(page)
    page.locator("#fig-toy-links .pos-wide .pos-live text", has_text="P2 Time").click()
    page.wait_for_url("**#fig-toy-line")


@pytest.mark.parametrize("figure", ["toy-line", "toy-pair", "toy-map"])
def test_the_interactive_chart_keeps_its_name(visit, figure):
    """A screen reader hears the same title and description before and after."""
    page = visit()
    before = page.locator(f"#fig-{figure} .pos-wide > svg")
    name = before.locator("> title").text_content() + ". " + before.locator("> desc").text_content()
    see_all(page)
    live = page.locator(f"#fig-{figure} .pos-live svg")
    assert live.get_attribute("role") == "img"
    assert live.get_attribute("aria-label") == name
    assert page.locator(f"#fig-{figure} .pos-live [role]").count() == 1


def test_reduced_motion_is_honoured(visit):
    """With the wish set, nothing on the page takes longer than a frame to change."""
    page = visit(reduced_motion="reduce")
    longest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map(e =>"
        " parseFloat(getComputedStyle(e).transitionDuration)))"
    )
    assert longest <= 0.016


def test_print_has_the_static_drawing(visit):
    """On paper: the wide drawing, no tools, no slider."""
    page = visit()
    see_all(page)
    page.emulate_media(media="print")
    assert page.locator("#fig-toy-line .pos-wide > svg").is_visible()
    assert page.locator("#fig-toy-line .pos-live").is_hidden()
    assert page.locator(".pos-tools").first.is_hidden()


def test_pages_ask_no_other_host(html):
    """Read from the files, so that requests made only on a click are found as well."""
    assert list(outside_requests(html)) == []


def test_the_check_for_other_hosts_sees_them(tmp_path):
    """Three ways to ask another host are found, a link that a reader may follow is not."""
    (tmp_path / "page.html").write_text(
        '<a href="https://a.org">x</a><script src="https://b.org/x.js"></script>'
        '<link rel="stylesheet" href="//c.org/x.css"><style>a{background:url(https://d.org)}</style>'
        '<link rel="canonical" href="https://e.org/">',
        "utf-8",
    )
    found = " ".join(outside_requests(tmp_path))
    assert [host in found for host in ("a.org", "b.org", "c.org", "d.org", "e.org")] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_every_icon_is_in_the_subset(html):
    """The theme's icon font is replaced by a small one, which must hold what pages use."""
    used = icons_in_use(html)
    assert {"magnifying-glass", "bars", "download"} <= used
    assert used <= icons_carried()


def test_nothing_unused_is_shipped(html):
    """Source maps, translations, the icon script and the remote kernel are left out."""
    left = {file.name for file in (html / "_static").rglob("*")}
    assert not {"fontawesome.js", "locales", "sphinx-thebe.js"} & left
    assert not [name for name in left if name.endswith(".map")]


@pytest.mark.slow
def test_two_builds_are_the_same(html, tmp_path):
    """Built again in another folder: every file has the same bytes."""
    write_book(tmp_path / "again")
    build(tmp_path / "again", "-W", "-n", "--keep-going")
    other = tmp_path / "again" / "_build" / "html"
    files = sorted(f.relative_to(html) for f in html.rglob("*") if f.is_file())
    assert files == sorted(f.relative_to(other) for f in other.rglob("*") if f.is_file())
    differ = [str(f) for f in files if (html / f).read_bytes() != (other / f).read_bytes()]
    assert differ == []


@pytest.mark.slow
def test_epub_has_pictures_with_text(tmp_path):
    """An EPUB reader runs no script: SVG images with the alternative text."""
    write_book(tmp_path / "book")
    build(tmp_path / "book", "--builder", "custom", "--custom-builder", "epub")
    epub = tmp_path / "book" / "_build" / "epub"
    page = (epub / "chapters" / "toy.xhtml").read_text("utf-8")
    assert (epub / "_images" / "toy-line.svg").exists()
    assert "Line from 10 to 1,234.5 square kilometres" in page
    assert "<script" not in page
