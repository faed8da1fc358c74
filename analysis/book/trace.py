"""What a chapter has reached: modules, tables, and what each number and figure was made from.

Runs in the kernel that executes a chapter.  `watch` records the reads of each cell; `dump`
hands them to the runner, which keeps them with the record.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from analysis import claims, provenance, tables
from analysis.paths import ROOT
from analysis.provenance import Reads

MARK: Final = "reached:"

# Source and reads of the cells run so far, in order.
CELLS: list[tuple[str, Reads]] = []


def watch() -> None:
    """Record the reads of each later cell of this notebook, apart from all others."""
    shell = sys.modules["IPython"].get_ipython()
    shell.events.register("pre_run_cell", lambda info: _begin(info.raw_cell, shell.user_ns))


def _begin(source: str, names: dict[str, Any]) -> None:
    if CELLS:
        provenance.close(CELLS[-1][1])
    words = names.get("words")
    texts = getattr(words, "figure_texts", None)
    if texts is not None and not hasattr(texts, "__wrapped__"):
        # Texts are made for all charts of a chapter together: not what one chart shows.
        vars(words)["figure_texts"] = provenance.aside(texts)
    CELLS.append((source, provenance.open_recording()))


def dump(words: ModuleType | None = None) -> str:
    """Return, as one line, what the chapter has reached so far.

    Parameters
    ----------
    words : module, optional
        The chapter's module of wording; its numbers are traced to the functions that
        make them.

    Returns
    -------
    str
        Modules of this package and tables in use; reads of each cell; for each number its
        code and reads.
    """
    loaded = {name for name in sys.modules if name == "analysis" or name.startswith("analysis.")}
    found = {
        "modules": sorted(loaded | claims.ABSENT),
        "tables": sorted(tables.READ),
        "cells": [
            {"source": source, "tables": reads.tables, "facts": reads.facts}
            for source, reads in CELLS
        ],
        "words": numbers(words) if words else {"file": "", "made_in": {}, "numbers": {}},
    }
    return MARK + json.dumps(found)


def numbers(words: ModuleType) -> dict[str, Any]:
    """Trace the numbers of a chapter's prose to the functions that make them.

    Parameters
    ----------
    words : module
        With functions without arguments that return finished strings by name, and
        ``strings``, which joins them.

    Returns
    -------
    dict
        ``made_in``: by name of the function, its ``tables`` and ``facts``; ``numbers``: by
        name of the number, its ``function`` and ``line``; ``file`` of all of them.
    """
    made_in: dict[str, dict[str, Any]] = {}
    found: dict[str, dict[str, Any]] = {}
    for function in _groups(words):
        with provenance.recording() as reads:
            made = function()
        lines = _lines(function)
        name = function.__name__
        made_in[name] = {"tables": list(reads.tables), "facts": list(reads.facts)}
        found |= {key: {"function": name, "line": lines.get(key, lines[""])} for key in made}
    used = {entry["function"] for entry in found.values()}
    return {
        "file": _path(words),
        "made_in": {name: reads for name, reads in made_in.items() if name in used},
        "numbers": found,
    }


def _groups(words: ModuleType) -> Iterator[Callable[[], Mapping[str, str]]]:
    """Yield what makes numbers; ``strings`` first, so that a narrower function replaces it."""
    if not inspect.signature(words.strings).parameters:
        yield words.strings
    for name, function in vars(words).items():
        own = inspect.isfunction(function) and function.__module__ == words.__name__
        if own and name != "strings" and not inspect.signature(function).parameters:
            said = str(inspect.signature(function).return_annotation)
            if said in {"dict[str, str]", "Mapping[str, str]"}:
                yield function


def _path(module: ModuleType) -> str:
    return Path(str(module.__file__)).relative_to(ROOT).as_posix()


def _lines(function: Callable[..., object]) -> dict[str, int]:
    """Return the line of each name that a function's text spells out; its own under ""."""
    text, first = inspect.getsourcelines(inspect.unwrap(function))
    lines = {"": first}
    for node in ast.walk(ast.parse(inspect.cleandoc("\n" + "".join(text)))):
        if isinstance(node, ast.Dict):
            for key in node.keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value:
                    lines[key.value] = first + key.lineno - 1
    return lines


def figure_reads(cells: list[dict[str, Any]], place: int) -> Reads:
    """Return what a cell shows rests on: its own reads, and those of the cells it builds on.

    Parameters
    ----------
    cells : list of dict
        Source and reads of each cell, in order; as `dump` gives them.
    place : int
        The cell.

    Returns
    -------
    Reads
        Of the cell and, for each name that it uses, of the last cell before it that gives
        the name its value.
    """
    reads = Reads(list(cells[place]["tables"]), list(cells[place]["facts"]))
    needed = _names(cells[place]["source"], ast.Load)
    for cell in reversed(cells[:place]):
        given = needed & _names(cell["source"], ast.Store)
        if given:
            reads.add(Reads(cell["tables"], cell["facts"]))
            needed = (needed - given) | _names(cell["source"], ast.Load)
    return reads


def _names(source: str, context: type) -> set[str]:
    tree = ast.parse(source)
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, context)
    }


__all__ = ["MARK", "dump", "figure_reads", "numbers", "watch"]
