"""Make the pages again that a change of prose is on; light, because it is done most often.

Whatever is not such a change is built from nothing, see `analysis.book.build`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import yaml
from filelock import FileLock

from analysis import kept
from analysis.paths import MADE_FROM, ROOT
from analysis.records import METADATA, TEXT, read_record
from analysis.uptodate import (
    KEPT,
    STAMP,
    are_current,
    are_offered,
    current_editions,
    input_key,
    inputs,
    keep_note,
    kept_note,
    note_offered,
    reworded,
)

# Set for the build once the records are proved to be what their inputs give.
PROVED: Final = "POSITION_OF_STRENGTH_RECORDS_PROVED"
# The work of Sphinx, kept so that a change of prose need not read every chapter again.
WORK: Final = "work"
# Held while pages are made into a folder.
LOCK_NAME: Final = ".building"


def quickly(output: Path) -> str:
    """Bring the pages up to date if that takes little.

    Returns
    -------
    str
        What was done: ``built`` or ``up to date``; empty where all pages have to be made.
    """
    output.mkdir(parents=True, exist_ok=True)
    with FileLock(output / LOCK_NAME):
        found = inputs()
        key = input_key(found)
        if are_current(output, key):
            return "up to date" if are_offered(output, key) else ""
        return "built" if rewrite(output, found, key) else ""


def rewrite(output: Path, found: Mapping[str, str], key: str) -> bool:
    """Write again what the prose of some chapters is on, and leave every other page as it is.

    Data, code, outputs and drawings are those of the last build, which has checked them.

    Parameters
    ----------
    output : Path
        The folder of what is built; its lock is held.
    found, key : mapping and str
        The inputs, and the key of them all.

    Returns
    -------
    bool
        False where the pages have to be made from nothing: more than prose has changed, or the
        prose is on other pages too, as a new heading is, or something is wrong with it, which
        is then said by the whole build as it always is.
    """
    note = kept_note(output) if (output / STAMP).exists() else {}
    chapters = reworded(note, found)
    if not chapters or not all(_is_fresh(name) for name in chapters):
        return False
    # From here on the pages are neither the old ones nor the new, and nothing says they are.
    forget(output)
    try:
        _rewrite(output, chapters)
    except (OSError, RuntimeError):
        return False
    if current_editions(output, key):
        from analysis.book import editions

        editions.offer(output / "html", key, output=output)
    note_offered(output, key)
    # What is not prose is as it was noted: that was the condition.
    keep_note(output, {**note, "inputs": dict(found)})
    (output / STAMP).write_text(key, encoding="utf-8", newline="\n")
    return True


def forget(output: Path) -> None:
    """Take away what says that pages and kept work are whole."""
    (output / STAMP).unlink(missing_ok=True)
    (output / KEPT).unlink(missing_ok=True)


def _is_fresh(name: str) -> bool:
    """Whether the record of a chapter has the chapter's words.

    That all else in it is as it was when the record was true is what `reworded` found.
    """
    text = hashlib.sha256((ROOT / f"{name}.md").read_bytes()).hexdigest()
    stored = read_record(ROOT / f"{name}.ipynb")["metadata"][METADATA][TEXT]
    return bool(text == stored)


def _rewrite(output: Path, chapters: Sequence[str]) -> None:
    work, pages = output / WORK / "_build", output / "html"
    html = work / "html"
    # Sphinx finds its pages as it wrote them, and files as they are in the finished ones.
    (work / kept.WRITTEN).rename(html)
    for name in kept.FROM_PAGES:
        if (pages / name).exists():
            (html / name).parent.mkdir(parents=True, exist_ok=True)
            (pages / name).rename(html / name)
    shutil.rmtree(kept.finished(html), ignore_errors=True)
    pages.rename(kept.finished(html))
    jupyter_book(output, ROOT, chapters)
    shutil.rmtree(kept.finished(html))


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


def jupyter_book(output: Path, source: Path, chapters: Sequence[str] = ()) -> None:
    """Let Jupyter Book make the pages, strictly: a warning is an error.

    Parameters
    ----------
    output : Path
        Folder in which ``html`` is made.
    source : Path
        Folder that it is made from.
    chapters : sequence of str
        Pages whose prose has changed since the work in `output` was done; where none are
        given everything is done anew.

    Raises
    ------
    RuntimeError
        Jupyter Book reported an error or a warning; the message has its log.
    """
    output.mkdir(parents=True, exist_ok=True)
    # Jupyter Book always appends "_build/html"; the pages are then moved to where
    # they were asked for.
    work = output / WORK
    start = "from analysis import lean; lean.for_a_build(); "
    start += "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(source)]
    command += ["--path-output", str(work), "-W", "-n", "--keep-going"]
    command += [] if chapters else ["--all"]
    environment = {**os.environ, **clock(), PROVED: "1", MADE_FROM: str(source)}
    environment |= {kept.REWORDED: " ".join(chapters), kept.FOLDER: str(work / "kept")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        message = f"the book did not build:\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
        raise RuntimeError(message)
    # Sphinx's note of its settings, for itself: it has the folder's name in it.
    (work / "_build" / "html" / ".buildinfo").unlink(missing_ok=True)
    shutil.move(work / "_build" / "html", output / "html")
