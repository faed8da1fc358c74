"""Working copies of the chapters, to be changed and rerun in JupyterLab.

``chapters/NN-name.md`` stays what people edit and ``NN-name.ipynb`` its record; a working copy
in ``lab/`` belongs to the reader.  Its prose is live: a cell of text that names numbers is a
cell of code whose source is folded away and which prints the text from the running kernel.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jupytext

from analysis import published
from analysis.book import runner
from analysis.book.readable import Place, markdown
from analysis.paths import HTML, LAB, ROOT

# Where a working copy keeps the hash of what was put into it.
METADATA: Final = "position_of_strength_copy"

_SETTINGS: Final = Path(__file__).parent / "jupyter"

_TITLE: Final = re.compile(r"^# .+$", re.MULTILINE)
_HEADING: Final = re.compile(r"^(?=#{2,4} )", re.MULTILINE)
_HOW: Final = (
    "*A working copy: change what you like, here, in `data/` or in `analysis/`, then choose"
    " Run → Restart Kernel and Run All Cells.*\n"
    "*Charts and the numbers in the text follow;"
    " `python -m analysis claims --diff` lists what you have moved.*"
)


@dataclass(frozen=True)
class Copied:
    """What became of a working copy.

    Attributes
    ----------
    path : Path
    state : {"made", "kept", "changed"}
        ``changed``: kept because the reader has changed it.
    """

    path: Path
    state: str


def copies(names: Sequence[str] = (), *, folder: Path = LAB, fresh: bool = False) -> list[Copied]:
    """Make the working copies; one that the reader has changed is left as it is.

    Parameters
    ----------
    names : sequence of str
        Chapters (``04-land``); all if empty.
    folder : Path
        Where they go; made if need be.
    fresh : bool
        Replace changed copies too.

    Raises
    ------
    ValueError
        With every name that is no chapter.
    """
    known = {source.stem: source for source in runner.notebooks()}
    unknown = [name for name in names if name not in known]
    if unknown:
        message = f"no such chapters: {', '.join(unknown)}; there are: {', '.join(known)}"
        raise ValueError(message)
    folder.mkdir(parents=True, exist_ok=True)
    return [_copy(known[name], folder, fresh=fresh) for name in names or known]


def _copy(source: Path, folder: Path, *, fresh: bool) -> Copied:
    path = folder / f"{source.stem}.ipynb"
    notebook = working_copy(source)
    if path.exists():
        held = json.loads(path.read_text(encoding="utf-8"))
        before = held["metadata"].get(METADATA)
        if content_hash(held) != before and not fresh:
            return Copied(path, "changed")
        # An unchanged copy keeps its outputs, until the chapter itself changes.
        if before == content_hash(notebook) and not fresh:
            return Copied(path, "kept")
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return Copied(path, "made")


def content_hash(notebook: dict[str, Any]) -> str:
    """Hash what a reader may change in a notebook: kinds and texts of its cells, not outputs."""
    cells = [[cell["cell_type"], "".join(cell["source"])] for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def working_copy(source: Path) -> dict[str, Any]:
    """Return a chapter as a notebook to work in.

    The cell that writes the numbers comes right after the title: in the chapter it stands
    below the first paragraph, which needs them.

    Parameters
    ----------
    source : Path
        The chapter's text.
    """
    parts = [
        (cell["cell_type"], cell["source"], cell.metadata) for cell in jupytext.read(source).cells
    ]
    title, lead = _split(parts[0][1])
    setup = next(at for at, (kind, _, _) in enumerate(parts) if kind == "code")
    cells = [_note(markdown(title, PLACE)), _note(_HOW), _code(parts[setup][1])]
    cells += _texts(lead)
    for at, (kind, text, metadata) in enumerate(parts):
        if at not in (0, setup):
            hidden = "remove-input" in metadata.get("tags", [])
            cells += _texts(text) if kind == "markdown" else [_code(text, hidden=hidden)]
    for at, cell in enumerate(cells):
        cell["id"] = f"{source.stem}-{at:03d}"
    notebook: dict[str, Any] = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    notebook["metadata"][METADATA] = content_hash(notebook)
    return notebook


def _split(text: str) -> tuple[str, str]:
    title = _TITLE.search(text)
    if title is None:
        message = "a chapter begins with its title"
        raise ValueError(message)
    return text[: title.end()], text[title.end() :].strip()


def _texts(text: str) -> list[dict[str, Any]]:
    """Return a text as cells: headings and what names no number as text, the rest live."""
    cells = []
    for section in _HEADING.split(markdown(text, PLACE)):
        heading, _, rest = section.partition("\n") if section[:1] == "#" else ("", "", section)
        if "{{" not in section:
            cells += [_note(section.strip())] if section.strip() else []
            continue
        # A heading in an output is none for the list of contents, nor for a link.
        cells += [_note(heading)] if heading else []
        cells.append(_code(f"book.live(r'''\n{rest.strip()}\n''')", hidden=True))
    return cells


def _note(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _code(source: str, *, hidden: bool = False) -> dict[str, Any]:
    metadata = {"jupyter": {"source_hidden": True}} if hidden else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def _page(address: str) -> str | None:
    """Lead to the chapter's working copy, to the published page or to the one built here."""
    page, _, anchor = address.partition("#")
    stem = Path(page).stem
    if page.startswith("chapters/"):
        return f"{stem}.ipynb#Verdicts,-claim-by-claim" if anchor else f"{stem}.ipynb"
    if published.base():
        return f"{published.base()}/{address}"
    built = HTML / page
    return f"../{HTML.relative_to(ROOT).as_posix()}/{address}" if built.exists() else None


PLACE: Final = Place(
    number=lambda name: "{{" + name + "}}",
    chapter=lambda name: f"{name}.ipynb",
    page=_page,
)


def command(
    names: Sequence[str], arguments: Sequence[str] = (), *, root: Path = ROOT, folder: Path = LAB
) -> list[str]:
    """Return the command that opens JupyterLab on the working copies.

    It asks no other host: neither for news nor for a newer version, and its list of
    extensions shows only what is installed.

    Parameters
    ----------
    names : sequence of str
        Of chapters; the first one named is opened.
    arguments : sequence of str
        Handed to JupyterLab.
    root, folder : Path
        What the file browser shows, and where within it the working copies are.
    """
    start = folder.relative_to(root).as_posix() + (f"/{names[0]}.ipynb" if names else "")
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{start}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        *arguments,
    ]


def environment() -> dict[str, str]:
    """Return the environment of JupyterLab: the reader's, and settings that ask nobody for news."""
    paths = (str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", ""))
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


__all__ = ["Copied", "command", "content_hash", "copies", "environment", "working_copy"]
