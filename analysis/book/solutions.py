"""Solutions of exercises: folded on the page, and taken out of the students' book.

A solution is a cell with the tag ``solution``, which runs with its chapter, and below it a block
with the sentence of the answer.  An exercise of judgement has the block alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

TAG: Final = "solution"
# Where a record keeps what each number was computed from.
TRACE: Final = "position_of_strength_trace"
# What the folds are called: the one of an exercise that is computed, the other of judgement.
COMPUTED, JUDGED = "Solution", "What a good answer weighs"

_BLOCK: Final = re.compile(
    rf"^(:{{3,}})\{{dropdown\}} (?:{COMPUTED}|{JUDGED})\n.*?^\1$\n?", re.MULTILINE | re.DOTALL
)
_TAGS: Final = "tags"


def is_solution(cell: Mapping[str, Any]) -> bool:
    """Whether a cell of a notebook computes the answer to an exercise."""
    return TAG in cell["metadata"].get(_TAGS, [])


def blocks(text: str) -> list[str]:
    """Return the blocks with answers in the text of a chapter or of a cell."""
    return [found[0] for found in _BLOCK.finditer(text)]


def without(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook as students get it: exercises, and no answer to any.

    Parameters
    ----------
    notebook : mapping
        A record, or a chapter that has not been executed.

    Returns
    -------
    dict
        Cells that compute an answer are gone, and so is what they glued, which stands in their
        outputs and nowhere else; blocks with answers are cut out of the text.
    """
    kept = []
    for cell in notebook["cells"]:
        if is_solution(cell):
            continue
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and blocks(source):
            source = re.sub(r"\n{3,}", "\n\n", _BLOCK.sub("", source)).strip("\n")
            if not source.strip():
                continue
        kept.append({**cell, "source": source})
    return {**notebook, "cells": kept, "metadata": _without_answers(notebook.get("metadata", {}))}


def _without_answers(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out where the numbers of answers come from."""
    traced = metadata.get(TRACE)
    if traced is None:
        return dict(metadata)
    numbers = {n: of for n, of in traced["numbers"].items() if not n.startswith("answer-")}
    return {**metadata, TRACE: {**traced, "numbers": numbers}}


def strip_file(record: Path, target: Path) -> None:
    """Write a record as students get it."""
    notebook = without(json.loads(record.read_text(encoding="utf-8")))
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")


def _fold(app: Sphinx, doctree: nodes.document) -> None:
    """Put the cells of a solution behind the fold that has its answer."""
    for block in list(doctree.findall(_is_fold)):
        place = block.parent.index(block)
        before = list(takewhile(_computes, reversed(block.parent.children[:place])))
        # The sentence first: it says what the code below it found.
        for cell in reversed(before):
            block.parent.remove(cell)
            block.append(cell)


def _is_fold(node: nodes.Node) -> bool:
    title = node.next_node(nodes.rubric) if isinstance(node, nodes.container) else None
    return (
        isinstance(node, nodes.container)
        and node.get("design_component") == "dropdown"
        and title is not None
        and title.astext() in (COMPUTED, JUDGED)
    )


def _computes(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.container)
        and node.get("nb_element") == "cell_code"
        and f"tag_{TAG}" in node.get("classes", [])
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("doctree-read", _fold)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["COMPUTED", "JUDGED", "TAG", "blocks", "is_solution", "setup", "strip_file", "without"]
