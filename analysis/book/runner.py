"""Execute the chapters whose inputs changed, and say whether a record is still true.

``chapters/NN-name.md`` is what people edit; ``NN-name.ipynb`` is its executed record,
from which pages are built and which nbval compares.  A record carries the hashes of
everything it was made from: its text, the modules it loaded, the tables it read and the
locked versions.  Nothing else decides whether it is stale.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import jupytext
import nbformat
from joblib import Parallel, delayed
from nbclient import NotebookClient
from tqdm import tqdm

from analysis import datapackage, lean
from analysis.book import solutions
from analysis.book.figure import SPEC_MIME
from analysis.book.trace import MARK, figure_reads
from analysis.paths import ASSIGNMENT, CHAPTERS, LOCK
from analysis.records import METADATA as METADATA
from analysis.records import TEXT, read_record, reworded

Inputs = dict[str, str]

# Where it keeps what each number and figure was computed from.
TRACE = solutions.TRACE

# Runs before a chapter, and after it; neither is part of the record.  A module of the book's
# that were loaded here without need would be an input of every chapter.
_BEFORE: Final = (
    f"import sys as _sys\n_sys.modules.setdefault({lean.GRAMMAR!r}, None)\n"
    "from analysis import provenance as _provenance\n_provenance.install()\n"
    "from analysis.book import trace as _trace\n_trace.watch()"
)
_AFTER: Final = "print(_trace.dump(globals().get('words')))"


class StaleError(RuntimeError):
    """Records that are not what their inputs would give; names each changed input."""


def sources() -> list[Path]:
    """Return the chapters' sources in order."""
    return sorted(CHAPTERS.glob("[0-9][0-9]-*.md"))


def notebooks() -> list[Path]:
    """Return the sources of everything that is executed: chapters, then the assignment."""
    return [*sources(), *sorted(ASSIGNMENT.glob("*.md"))]


def record_path(source: Path) -> Path:
    """Return where the executed record of a chapter is."""
    return source.with_suffix(".ipynb")


def title(source: Path) -> str:
    """Return a chapter's title."""
    text = source.read_text(encoding="utf-8")
    return next(line[2:].strip() for line in text.splitlines() if line.startswith("# "))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def inputs(source: Path, modules: Iterable[str], tables: Iterable[str]) -> Inputs:
    """Hash everything that a chapter's record depends on.

    Parameters
    ----------
    source : Path
        The chapter's text.
    modules, tables : iterable of str
        Modules of this package and tables reached by its execution.

    Returns
    -------
    dict of str to str
        Sha256 by name of the input; a missing one has the hash ``"missing"``.
    """
    found = {TEXT: _hash(source.read_bytes()), "versions": _hash(LOCK.read_bytes())}
    for module in sorted(modules):
        spec = importlib.util.find_spec(module)
        path = Path(spec.origin) if spec and spec.origin else None
        found[f"module {module}"] = _hash(path.read_bytes()) if path else "missing"
    for table in sorted(tables):
        item = datapackage.origins().get(table)
        known = item is not None and item.file.exists()
        found[f"table {table}"] = _table_hash(item) if known and item else "missing"
    return found


def _table_hash(item: datapackage.Origin) -> str:
    # The description decides the types, so it is an input as much as the cells are.
    return _hash(item.file.read_bytes() + repr(item.columns).encode())


def changed_inputs(source: Path) -> list[str]:
    """Return what has changed since a chapter was executed; empty when the record is true."""
    path = record_path(source)
    if not path.exists():
        return ["never executed"]
    stored: Inputs = read_record(path)["metadata"].get(METADATA, {})
    if not stored:
        return ["record without hashes of its inputs"]
    modules = [name.removeprefix("module ") for name in stored if name.startswith("module ")]
    tables = [name.removeprefix("table ") for name in stored if name.startswith("table ")]
    now = inputs(source, modules, tables)
    return [name for name in now if now[name] != stored.get(name)]


def require_fresh(only: Iterable[Path] | None = None) -> None:
    """Raise `StaleError` naming every stale record and the input that changed.

    Parameters
    ----------
    only : iterable of Path, optional
        Sources to look at, where the others are known to be fresh; all if not given.
    """
    looked_at = notebooks() if only is None else only
    stale = {source.name: changed_inputs(source) for source in looked_at}
    lines = [f"  {name}: {', '.join(why)}" for name, why in stale.items() if why]
    if lines:
        message = "stale records (run `python -m analysis notebooks`):\n" + "\n".join(lines)
        raise StaleError(message)


def execute(source: Path) -> dict[str, Any]:
    """Execute one chapter and return its record.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        A cell failed; the message has the cell and the traceback.
    RuntimeError
        A cell printed or warned: an output of a chapter is a chart, a table or a card.
    """
    notebook = jupytext.read(source)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_BEFORE))  # type: ignore[no-untyped-call]
    notebook.cells.append(nbformat.v4.new_code_cell(_AFTER))  # type: ignore[no-untyped-call]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(source.parent)}},
    )
    client.execute(env=environment)
    reached = _reached(notebook.cells.pop())
    notebook.cells.pop(0)
    _refuse_warnings(source, notebook)
    return _as_record(source, notebook, reached)


def _refuse_warnings(source: Path, notebook: Any) -> None:
    said = [
        f"cell {place}: {output.get('text', '')}"
        for place, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", [])
        if output.get("output_type") == "stream"
    ]
    if said:
        message = f"{source.name}: readers would see this\n" + "\n".join(said)
        raise RuntimeError(message)


def _reached(cell: Any) -> dict[str, Any]:
    text = "".join(output.get("text", "") for output in cell.outputs)
    found: dict[str, Any] = json.loads(text.split(MARK, 1)[1])
    return found


def _traced(notebook: Any, reached: dict[str, Any]) -> dict[str, Any]:
    """Return what each number and each figure of a chapter was computed from."""
    words = reached["words"]
    named: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    seen = {cell["source"].strip(): place for place, cell in enumerate(reached["cells"])}
    for number, cell in enumerate(notebook.cells):
        place = seen.get(cell["source"].strip())
        if cell.cell_type != "code" or place is None:
            continue
        reads = figure_reads(reached["cells"], place)
        known = {"cell": number, "tables": reads.tables, "facts": reads.facts}
        for output in cell.get("outputs", []):
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if name:
                named[name] = words["numbers"].get(name, known)
            spec = output.get("data", {}).get(SPEC_MIME, {})
            if "figure" in spec.get("usermeta", {}):
                figures[spec["usermeta"]["figure"]["id"]] = known
    return {**words, "numbers": named, "figures": figures}


def _set(source: Path, notebook: Any) -> Iterator[Any]:
    """Yield the cells of a chapter as a record has them, but for what the kernel gives."""
    for place, cell in enumerate(notebook.cells):
        # Random cell ids would make every execution a change.
        cell["id"] = f"{source.stem}-{place:03d}"
        cell.metadata.pop("execution", None)
        if solutions.is_solution(cell):
            # Folded in JupyterLab too, until the reader opens it.
            cell.metadata["jupyter"] = {"source_hidden": True}
        yield cell


def with_new_words(source: Path) -> dict[str, Any] | None:
    """Return the record of a chapter of which nothing but prose has changed; None otherwise.

    It is the record that an execution would give, see `analysis.records.reworded`.
    """
    if changed_inputs(source) != [TEXT]:
        return None
    cells = [dict(cell) for cell in _set(source, jupytext.read(source))]
    return reworded(read_record(record_path(source)), cells, _hash(source.read_bytes()))


def write_new_words(source: Path) -> bool:
    """Write the record of a chapter of which nothing but prose has changed, if it is that."""
    record = with_new_words(source)
    if record is not None:
        write_record(source, record)
    return record is not None


def _as_record(source: Path, notebook: Any, reached: dict[str, Any]) -> dict[str, Any]:
    for cell in _set(source, notebook):
        # The cell before the chapter's first was counted by the kernel.
        for counted in (cell, *cell.get("outputs", [])):
            if counted.get("execution_count"):
                counted["execution_count"] -= 1
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        METADATA: inputs(source, reached["modules"], reached["tables"]),
        TRACE: _traced(notebook, reached),
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    return dict(notebook)


def write_record(source: Path, notebook: dict[str, Any]) -> None:
    """Write a record in one step, the same bytes for the same content."""
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    path = record_path(source)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


def shown(notebook: dict[str, Any]) -> dict[str, str]:
    """Return what a record tells readers in figures: named strings and verdicts."""
    found: dict[str, str] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            data = output.get("data", {})
            if name:
                text = "".join(data.get("application/papermill.record/text/plain", ""))
                found[name] = text.strip("'\"")
            for claim in data.get("application/vnd.position-of-strength.claims+json", []):
                found[f"verdict of {claim['id']}"] = claim["verdict"]
    return found


def moved(source: Path, fresh: dict[str, Any]) -> list[str]:
    """Compare a fresh record with the one on disk: which numbers and verdicts moved."""
    path = record_path(source)
    before = shown(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}
    after = shown(fresh)
    return [
        f"{source.stem}: {name}: {before.get(name, '(new)')} -> {after.get(name, '(gone)')}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def run(*, everything: bool = False, only: Sequence[str] = ()) -> list[str]:
    """Execute what has changed inputs, in parallel, and write the records.

    Parameters
    ----------
    everything : bool
        Execute all chapters, changed or not.
    only : sequence of str
        Names (``04-land``) to limit it to.

    Returns
    -------
    list of str
        The numbers and verdicts that moved, one line each.
    """
    chosen = [source for source in notebooks() if not only or source.stem in only]
    stale = [source for source in chosen if everything or changed_inputs(source)]
    if not everything:
        # Where no cell runs, no number and no verdict can have moved.
        stale = [source for source in stale if not write_new_words(source)]
    jobs = Parallel(n_jobs=os.cpu_count() or 1, return_as="generator")(
        delayed(execute)(source) for source in stale
    )
    lines: list[str] = []
    for source, notebook in zip(stale, tqdm(jobs, total=len(stale), unit="chapter"), strict=True):
        lines += moved(source, notebook)
        write_record(source, notebook)
    return lines
