"""Solutions are folded in the book, and in the students' book there are none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from sphinx.search.en import SearchEnglish

from analysis.book import build, runner, solutions
from analysis.book.searching import DOCUMENTS

CHAPTERS = [path.stem for path in runner.sources()]
# A paper named in chapter 11 is an answer of another kind: "list-answer-better".
ANSWER = re.compile(r"(?<![\w-])answer-[\w-]+")
named = pytest.mark.parametrize("name", CHAPTERS)


def soup(site: Path, name: str) -> BeautifulSoup:
    page = (site / "chapters" / f"{name}.html").read_text(encoding="utf-8")
    return BeautifulSoup(page, "lxml")


def folds(page: BeautifulSoup) -> list[Tag]:
    """Return the folds of a page that have an answer."""
    named_so = (solutions.COMPUTED, solutions.JUDGED)
    return [
        fold
        for fold in page.select("details.sd-dropdown")
        if fold.select_one("summary .sd-summary-text").get_text(strip=True) in named_so
    ]


@named
def test_solutions_are_folded(site, name):
    """Closed when the page comes, with the sentence first and the code of the answer below it."""
    page = soup(site, name)
    found = folds(page)
    assert len(found) >= 3
    assert not any(fold.has_attr("open") for fold in found)
    for cell in page.select(".tag_solution"):
        fold = cell.find_parent("details")
        assert fold in found
        before = [tag.name for tag in cell.find_previous_siblings()]
        assert "p" in before
    assert len(page.select(".tag_solution")) >= 2


@named
def test_numbers_of_answers_are_filled_in(site, name):
    """A name that no cell wrote would stand in the sentence as an error of the build."""
    for fold in folds(soup(site, name)):
        told = fold.get_text(" ", strip=True)
        assert ANSWER.findall(re.sub(r'"answer-[\w-]+"', "", told)) == []
        assert "glue" not in told


def sentences(site: Path, name: str) -> list[str]:
    """Return the sentences of all answers of a page as they are read."""
    paragraphs = [p for fold in folds(soup(site, name)) for p in fold.select(".sd-card-body > p")]
    texts = (" ".join(p.get_text().split()) for p in paragraphs)
    return [part for text in texts for part in re.split(r"(?<=[.?]) (?=[A-Z])", text)]


def code(site: Path, name: str) -> list[str]:
    """Return the lines of code of all answers of a page."""
    cells = soup(site, name).select(".tag_solution pre")
    return [line.strip() for cell in cells for line in cell.get_text().splitlines() if line.strip()]


@pytest.fixture(scope="module")
def students(tmp_path_factory) -> Path:
    """Build the students' book once."""
    pages, built = build.build(output=tmp_path_factory.mktemp("students"), student=True)
    assert built
    return pages


@pytest.mark.slow
def test_the_students_book_holds_no_solution(site, students):
    """Sentences, code and glued names of answers, looked for in every file that is served.

    They are taken from the whole book as it was built, not from the source of the cut, so
    that what the cut overlooks is found.
    """
    pages = students
    served = {
        path.relative_to(pages).as_posix(): " ".join(path.read_text(encoding="utf-8").split())
        for path in pages.rglob("*")
        if path.suffix in {".html", ".js", ".ipynb", ".md", ".txt", ".json"}
        and "_static/figures" not in path.as_posix()
    }
    assert f"chapters/{CHAPTERS[0]}.html" in served
    assert f"_sources/chapters/{CHAPTERS[0]}.ipynb" in served
    read = {
        name: " ".join(BeautifulSoup(text, "lxml").get_text().split())
        if name.endswith(".html")
        else text
        for name, text in served.items()
    }
    found = []
    for name in CHAPTERS:
        lost = [*sentences(site, name), *code(site, name)]
        assert len(lost) > 10
        # A closing bracket, or an import that the chapter has elsewhere too, is no answer.
        own = {line for line in lost if len(line) > 25}
        found += [(file, line) for file, text in read.items() for line in own if line in text]
        page = soup(pages, name)
        assert folds(page) == []
        assert page.select(".tag_solution") == []
    assert found == []
    assert [name for name, text in served.items() if ANSWER.search(text)] == []
    # What students are asked is all there.
    asked = {h.get_text() for name in CHAPTERS for h in soup(site, name).select("#exercises h3")}
    kept = {h.get_text() for name in CHAPTERS for h in soup(pages, name).select("#exercises h3")}
    assert asked == kept


@pytest.mark.slow
def test_the_students_index_knows_no_word_of_an_answer(site, students):
    """A word that stands in answers alone is found by a search of the book, not of the students'.

    What the search reads is cut into parts, so that a sentence need not be in it; its words are.
    """
    pages = students
    stemmer = SearchEnglish({})

    def stems(text: str) -> set[str]:
        return {stemmer.stem(word) for word in re.findall(r"[a-z]{4,}", text.lower())}

    def terms(folder: Path) -> set[str]:
        return stems((folder / "_static" / DOCUMENTS).read_text(encoding="utf-8"))

    told = set().union(
        *(stems(f.get_text(" ")) for name in CHAPTERS for f in folds(soup(site, name)))
    )
    for page in pages.rglob("*.html"):
        told -= stems(BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").get_text(" "))
    # So that the test can fail: the whole book's index does know them.
    assert len(told & terms(site)) >= 5
    assert told & terms(pages) == set()


def test_the_students_book_is_another_book(monkeypatch, tmp_path):
    """It has a key of its own, so that neither build takes the pages of the other for its own."""
    made = []
    monkeypatch.setattr(build, "jupyter_book", lambda output, source: made.append(source))
    monkeypatch.setattr(build.drawings, "prepare", lambda records: 0)
    monkeypatch.setattr(build.checks, "check", lambda: None)
    (tmp_path / "html").mkdir()
    (tmp_path / "html.key").write_text(build.input_key())
    _, built = build.build(output=tmp_path, student=True)
    assert built
    [source] = made
    records = sorted(path.stem for path in (source / "chapters").glob("*.ipynb"))
    assert records == CHAPTERS
    texts = sorted((source / "chapters").glob("*.md"))
    assert [path.stem for path in texts] == CHAPTERS
    assert not any(path.read_text(encoding="utf-8") for path in texts)
