"""What has changed since a build decides how much is made again; in doubt, everything."""

import json
import shutil

import pytest

from analysis import records, rewriting, uptodate

PROSE = "Words that only this chapter has.\n"
TEXT = f"# A title\n\nThe question.\nThe finding.\n\n## A part\n\n{PROSE}"


def record_of(text, output="4"):
    """Return a record as the runner writes it, with one cell of code below the prose."""
    return {
        "cells": [
            {"cell_type": "markdown", "id": "01-a-000", "metadata": {}, "source": text},
            {
                "cell_type": "code",
                "execution_count": 1,
                "id": "01-a-001",
                "metadata": {},
                "outputs": [{"output_type": "execute_result", "data": {"text/plain": output}}],
                "source": "2 + 2",
            },
        ],
        "metadata": {records.METADATA: {records.TEXT: str(hash(text)), "versions": "v"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def write_chapter(root, name, text, **parts):
    (root / "chapters" / f"{name}.md").write_text(text, encoding="utf-8")
    record = json.dumps(record_of(text, **parts))
    (root / "chapters" / f"{name}.ipynb").write_text(record, encoding="utf-8")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a book of two chapters of which a build has just noted what it was made from."""
    root = tmp_path / "book"
    for folder in ("chapters", "data", "analysis", "pages"):
        (root / folder).mkdir(parents=True)
    (root / "_build").mkdir()
    (root / "data" / "claims.csv").write_text("id\na\n")
    (root / "analysis" / "rule.py").write_text("LIMIT = 1\n")
    (root / "pages" / "glossary.md").write_text("# Glossary\n")
    (root / "_config.yml").write_text("title: A book\n")
    write_chapter(root, "01-a", TEXT)
    write_chapter(root, "02-b", TEXT)
    monkeypatch.setattr(uptodate, "ROOT", root)
    monkeypatch.setattr(rewriting, "ROOT", root)
    uptodate.keep_note(root / "_build", uptodate.note_of(uptodate.inputs()))
    return root


def changed(root):
    return uptodate.reworded(uptodate.kept_note(root / "_build"), uptodate.inputs())


def test_prose_of_one_chapter(root):
    """A sentence below the first paragraph, in the text and in its record: one chapter."""
    write_chapter(root, "01-a", TEXT.replace(PROSE, "Other words.\n"))
    assert changed(root) == ["chapters/01-a"]


def test_prose_of_two_chapters(root):
    """Each of the two is named, in the order of the book."""
    for name in ("02-b", "01-a"):
        write_chapter(root, name, f"{TEXT}\nOne sentence more.\n")
    assert changed(root) == ["chapters/01-a", "chapters/02-b"]


def test_nothing_changed(root):
    """Nothing is reworded, so that nothing is chosen that would be written in vain."""
    assert changed(root) == []


MORE_THAN_PROSE = {
    "the title": lambda root: write_chapter(root, "01-a", TEXT.replace("A title", "Another")),
    # The front and the README repeat a sentence of it.
    "the first paragraph": lambda root: write_chapter(root, "01-a", TEXT.replace("finding", "X")),
    "an output": lambda root: write_chapter(root, "01-a", TEXT, output="5"),
    "a table": lambda root: (root / "data" / "claims.csv").write_text("id\nb\n"),
    "a module": lambda root: (root / "analysis" / "rule.py").write_text("LIMIT = 2\n"),
    "a page": lambda root: (root / "pages" / "glossary.md").write_text("# Terms\n"),
    "a setting": lambda root: (root / "_config.yml").write_text("title: The book\n"),
    "a chapter more": lambda root: write_chapter(root, "03-c", TEXT),
    "a chapter less": lambda root: (root / "chapters" / "02-b.md").unlink(),
    "references": lambda root: (root / "chapters" / "references.bib").write_text("@book{a}"),
}


@pytest.mark.parametrize("change", MORE_THAN_PROSE.values(), ids=MORE_THAN_PROSE)
def test_more_than_prose(root, change):
    """Other pages may hold any of these."""
    change(root)
    assert changed(root) == []


def test_more_than_prose_beside_prose(root):
    """A table and a sentence: the sentence does not hide the table."""
    write_chapter(root, "01-a", f"{TEXT}\nOne sentence more.\n")
    assert changed(root) == ["chapters/01-a"]
    MORE_THAN_PROSE["a table"](root)
    assert changed(root) == []


def test_another_address(root, monkeypatch):
    """The address of the site is in the head of every page."""
    write_chapter(root, "01-a", f"{TEXT}\nOne sentence more.\n")
    monkeypatch.setenv(uptodate.ADDRESS, "https://example.org/")
    assert changed(root) == []


@pytest.mark.parametrize("note", [None, "", "[", "{}"])
def test_without_a_whole_note(root, note):
    """A build that did not end has left none, or half of one: it is trusted in nothing."""
    write_chapter(root, "01-a", f"{TEXT}\nOne sentence more.\n")
    file = root / "_build" / uptodate.KEPT
    file.unlink() if note is None else file.write_text(note)
    assert changed(root) == []


def test_key_names_the_files(root):
    """The same bytes under another name are another book."""
    before = uptodate.input_key()
    shutil.move(root / "data" / "claims.csv", root / "data" / "other.csv")
    assert uptodate.input_key() != before


@pytest.fixture
def built(root):
    """Return the folder of a build with pages and kept work, after which a word has changed."""
    output = root / "_build"
    for folder in ("html/_static/figures", "work/_build/written"):
        (output / folder).mkdir(parents=True)
    (output / uptodate.STAMP).write_text("of the old words")
    text = f"{TEXT}\nOne sentence more.\n"
    write_chapter(root, "01-a", text)
    record = record_of(text)
    digest = rewriting.hashlib.sha256(text.encode()).hexdigest()
    record["metadata"][records.METADATA][records.TEXT] = digest
    (root / "chapters" / "01-a.ipynb").write_text(json.dumps(record))
    return output


def rewrite(output):
    found = uptodate.inputs()
    return rewriting.rewrite(output, found, uptodate.input_key(found))


def test_a_failed_rewriting_is_trusted_in_nothing(built, monkeypatch):
    """What says that pages and work are whole goes first, and nothing brings it back."""

    def fail(*given):
        assert not (built / uptodate.STAMP).exists()
        assert not (built / uptodate.KEPT).exists()
        raise RuntimeError("a warning")

    monkeypatch.setattr(rewriting, "jupyter_book", fail)
    assert not rewrite(built)
    assert not (built / uptodate.STAMP).exists()
    assert not (built / uptodate.KEPT).exists()
    assert not rewrite(built)


def test_a_rewriting_is_noted_last(built, monkeypatch):
    """With the key of the new words, so that the next build finds nothing to do."""
    asked = []

    def make(output, source, chapters):
        asked.extend(chapters)
        (output / "html").mkdir()

    monkeypatch.setattr(rewriting, "jupyter_book", make)
    assert rewrite(built)
    assert asked == ["chapters/01-a"]
    assert uptodate.are_current(built, uptodate.input_key())
    assert changed(built.parent) == []


def test_words_that_the_record_does_not_have(built, root, monkeypatch):
    """A text that was edited after `notebooks` ran is stale: the whole build says so."""
    monkeypatch.setattr(rewriting, "jupyter_book", lambda *given: pytest.fail("pages were made"))
    chapter = root / "chapters" / "01-a.md"
    chapter.write_text(f"{chapter.read_text()}\nAnd one.\n")
    assert not rewrite(built)
    # Nothing was taken away: the pages are still what their stamp says.
    assert (built / uptodate.STAMP).exists()
    assert (built / "html").exists()


def test_editions_that_have_aged_or_come(root):
    """The pages name an edition by its content: another file, or another key, is offered anew."""
    output = root / "_build"
    assert uptodate.are_offered(output, "k")
    folder = output / uptodate.EDITIONS
    folder.mkdir()
    assert not uptodate.are_offered(output, "k")
    uptodate.note_offered(output, "k")
    assert uptodate.are_offered(output, "k")
    (folder / "book.epub").write_bytes(b"a book")
    (folder / "book.epub.key").write_text("k")
    assert not uptodate.are_offered(output, "k")
    uptodate.note_offered(output, "k")
    assert uptodate.are_offered(output, "k")
    assert not uptodate.are_offered(output, "another")
