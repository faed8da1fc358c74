"""A book whose address is known: full addresses everywhere, and the same bytes each time.

Slow: a small book of the front, one chapter and two pages is built twice.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rispy
from bs4 import BeautifulSoup

from analysis.book.imprint import ADDRESS
from analysis.paths import CHAPTERS, ROOT

pytestmark = pytest.mark.slow

HERE = "https://book.example/v1.0/"
CHAPTER = "chapters/08-timing"
PAGES = ("index", CHAPTER, "pages/changes", "pages/reply")
TOC = "format: jb-book\nroot: index\nchapters:\n" + "".join(f"- file: {p}\n" for p in PAGES[1:])


def build(folder: Path) -> Path:
    (folder / "chapters").mkdir(parents=True)
    shutil.copy(ROOT / "_config.yml", folder / "_config.yml")
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    for name in ("index.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "pages", folder / "pages")
    shutil.copy(ROOT / f"{CHAPTER}.ipynb", folder / "chapters")
    shutil.copy(CHAPTERS / "references.bib", folder / "chapters")
    start = "from jupyter_book.cli.main import main; main()"
    # Links to chapters that are not in it are missing, so a warning is no error here.
    command = [sys.executable, "-c", start, "build", str(folder)]
    environment = {ADDRESS: HERE, "SOURCE_DATE_EPOCH": "1700000000", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, cwd=folder
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    return build(tmp_path_factory.mktemp("address") / "book")


def read(html, name):
    return BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "lxml")


@pytest.mark.parametrize("name", PAGES)
def test_addresses_are_full(html, name):
    """Canonical link, preview and reference managers name the place where the page will be."""
    soup = read(html, name)
    address = f"{HERE}{name}.html"
    assert [link["href"] for link in soup.select("link[rel=canonical]")] == [address]
    content = {
        tag.get("name") or tag.get("property"): tag["content"]
        for tag in soup.select("head meta[content]")
    }
    assert (
        content["og:url"] == content["citation_public_url"] == content["DC.identifier"] == address
    )
    picture = content["og:image"].removeprefix(HERE)
    assert content["og:image"].startswith(HERE) and (html / picture).exists()
    found = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    assert found["@id"] == (f"{HERE}index.html#book" if name == "index" else f"{address}#page")
    ids = [part["@id"] for part in found.get("hasPart", [])]
    assert all(id.startswith(f"{address}#") for id in ids)


@pytest.mark.parametrize("name", PAGES)
def test_citations_carry_the_address_and_leave_no_gap_for_it(html, name):
    """In print, in the file for reference managers, and nothing for a script to fill in."""
    soup = read(html, name)
    said = [entry.get_text() for entry in soup.select(".pos-citebox dd")]
    assert [text.removesuffix(".").endswith(f"{HERE}{name}.html") for text in said] == [True] * 3
    assert soup.select(".pos-here") == []
    (entry,) = rispy.loads((html / f"{name}.ris").read_text("utf-8"))
    assert entry["urls"] == [f"{HERE}{name}.html"]


def test_a_chart_is_cited_with_its_own_address(html):
    """The address leads to the chart, not to the top of the chapter."""
    for block in read(html, CHAPTER).select(".pos-figure-block"):
        anchor = block.select_one("figure")["id"]
        assert f"{HERE}{CHAPTER}.html#{anchor}" in block.select_one(".pos-cite p").get_text()


def test_the_map_of_the_site_names_every_page_once(html):
    """As the protocol of sitemaps has it; robots are told where it is."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ElementTree.parse(html / "sitemap.xml").getroot()
    places = [place.text for place in root.findall("s:url/s:loc", space)]
    assert places == sorted(f"{HERE}{name}.html" for name in PAGES)
    assert f"Sitemap: {HERE}sitemap.xml" in (html / "robots.txt").read_text("utf-8").splitlines()


def test_the_page_for_lost_addresses_knows_its_root(html):
    """Its links are right at any depth without any script."""
    soup = read(html, "404")
    assert soup.select_one("base")["href"] == HERE
    assert soup.select("head link, head script[src]") == []


def test_two_builds_are_the_same_bytes(html, tmp_path):
    """In another folder; nothing on a page comes from a clock or from where it was made."""
    again = build(tmp_path / "elsewhere" / "book")
    names = [p.relative_to(html).as_posix() for p in sorted(html.rglob("*")) if p.is_file()]
    differ = [n for n in names if (html / n).read_bytes() != (again / n).read_bytes()]
    # Sphinx keeps notes for its own next build.
    assert [n for n in differ if not n.startswith(".")] == []
