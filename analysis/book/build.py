"""Build the pages from the stored records; never executes and never writes to chapters/."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import yaml
from filelock import FileLock

from analysis import checks
from analysis.book import drawings, editions, runner, solutions
from analysis.book.imprint import imprint
from analysis.paths import ADDRESS, BUILD, HTML, MADE_FROM, ROOT, STUDENT
from analysis.uptodate import FILES, STAMP, are_current, input_key

# What pages are made from, beside the files of the root.
_PAGES = ("assignment", "chapters", "pages")
# Set for the build once the records are proved to be what their inputs give.
PROVED: Final = "POSITION_OF_STRENGTH_RECORDS_PROVED"
# Held while pages are made into a folder.
LOCK_NAME: Final = ".building"


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
    key = f"{'student ' if student else ''}{input_key()}"
    stamp = output / STAMP
    pages = output / "html"
    if not again and are_current(output, key):
        editions.offer(pages, key, output=output)
        return pages, False
    checks.check()
    runner.require_fresh()
    # Sphinx keeps old copies of changed scripts and does not know what a directive has
    # read, so a change of any input builds afresh.
    shutil.rmtree(pages, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    drawings.prepare(runner.record_path(source) for source in runner.notebooks())
    if student:
        shutil.rmtree(output / "source", ignore_errors=True)
        _jupyter_book(output, _student_source(output / "source"))
    else:
        _jupyter_book(output, ROOT)
    editions.offer(pages, key, output=output)
    stamp.write_text(key, encoding="utf-8", newline="\n")
    return pages, True


def _release_epoch() -> str:
    """Return the day of the release in CITATION.cff as seconds since 1970."""
    released = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["date-released"]
    moment = datetime.fromisoformat(str(released)).replace(tzinfo=UTC)
    return str(int(moment.timestamp()))


def clock() -> dict[str, str]:
    """Return the variables of a build without a clock.

    The year of the copyright line is that of the release, and the days on an axis are as
    long everywhere.
    """
    return {"SOURCE_DATE_EPOCH": _release_epoch(), "TZ": "UTC"}


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


def _jupyter_book(output: Path, source: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    # Jupyter Book always appends "_build/html"; the pages are then moved to where
    # they were asked for.
    work = output / "work"
    shutil.rmtree(work, ignore_errors=True)
    start = "from analysis import lean; lean.for_a_build(); "
    start += "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(source)]
    command += ["--path-output", str(work), "-W", "-n", "--keep-going", "--all"]
    environment = {**os.environ, **clock(), PROVED: "1", MADE_FROM: str(source)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        message = f"the book did not build:\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
        raise RuntimeError(message)
    # Sphinx's note of its settings, for itself: it has the folder's name in it.
    (work / "_build" / "html" / ".buildinfo").unlink(missing_ok=True)
    shutil.move(work / "_build" / "html", output / "html")
    shutil.rmtree(work)


__all__ = ["HTML", "build", "input_key"]
