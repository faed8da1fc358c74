"""Build the pages from the stored records; never executes and never writes to chapters/."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from filelock import FileLock

from analysis import checks, rewriting
from analysis.book import drawings, editions, runner, solutions
from analysis.book.imprint import imprint
from analysis.paths import ADDRESS, BUILD, HTML, ROOT, STUDENT
from analysis.rewriting import LOCK_NAME, PROVED, WORK, clock, jupyter_book
from analysis.uptodate import FILES, STAMP, are_current, input_key, inputs, keep_note, note_of

# What pages are made from, beside the files of the root.
_PAGES = ("assignment", "chapters", "pages")


def build(
    *,
    output: Path | None = None,
    again: bool = False,
    address: str = "",
    student: bool = False,
) -> tuple[Path, bool]:
    """Build the book strictly: a warning is an error.

    Parameters
    ----------
    output : Path, optional
        Folder in which ``html`` is made; that of the book, or of the students' book, otherwise.
    again : bool
        Build even when nothing has changed.
    address : str
        Where the pages will be published, in place of ``url`` in CITATION.cff.
    student : bool
        Leave out every solution, in the pages and in the notebooks that they offer.

    Returns
    -------
    tuple of Path and bool
        The folder of the pages, and whether anything was built.

    Raises
    ------
    DataError
        The data break a promise.
    StaleError
        A chapter's record is not what its inputs would give.
    RuntimeError
        Jupyter Book reported an error or a warning; its log is printed.
    """
    if address:
        # The process that makes the pages reads it there, see `analysis.book.imprint`.
        os.environ[ADDRESS] = address
    # An address that is none is better told before the pages are made than after.
    imprint()
    output = output or (STUDENT if student else BUILD)
    output.mkdir(parents=True, exist_ok=True)
    # Two at once would clear away each other's pages; the second finds them made.
    with FileLock(output / LOCK_NAME):
        return _build(output, again=again, student=student)


def _build(output: Path, *, again: bool, student: bool) -> tuple[Path, bool]:
    found = inputs()
    key = f"{'student ' if student else ''}{input_key(found)}"
    stamp = output / STAMP
    pages = output / "html"
    if not again and are_current(output, key):
        editions.offer(pages, key, output=output)
        return pages, False
    if not (again or student) and rewriting.rewrite(output, found, key):
        return pages, True
    note = note_of(found)
    _build_all(output, student=student)
    editions.offer(pages, key, output=output)
    if not student:
        keep_note(output, note)
    stamp.write_text(key, encoding="utf-8", newline="\n")
    return pages, True


def _build_all(output: Path, *, student: bool) -> None:
    checks.check()
    runner.require_fresh()
    rewriting.forget(output)
    # Sphinx keeps old copies of changed scripts and does not know what a directive has
    # read, so a change of any input but prose builds afresh.
    shutil.rmtree(output / "html", ignore_errors=True)
    shutil.rmtree(output / WORK, ignore_errors=True)
    drawings.prepare(runner.record_path(source) for source in runner.notebooks())
    if student:
        shutil.rmtree(output / "source", ignore_errors=True)
        jupyter_book(output, _student_source(output / "source"))
        shutil.rmtree(output / WORK, ignore_errors=True)
    else:
        jupyter_book(output, ROOT)


def _student_source(folder: Path) -> Path:
    """Copy what Jupyter Book reads, with the records as students get them."""
    for name in (*_PAGES, *FILES):
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("*.ipynb"))
        elif path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / name)
    for source in runner.notebooks():
        record = runner.record_path(source)
        solutions.strip_file(record, folder / record.relative_to(ROOT))
        # The text of a chapter has its solutions too.  No page is made from it; an empty file
        # in its place is what links to the chapter are looked up by.
        (folder / source.relative_to(ROOT)).write_text("", encoding="utf-8", newline="\n")
    return folder


__all__ = ["HTML", "LOCK_NAME", "PROVED", "build", "clock", "input_key"]
