"""Each chapter can be taught from: goals, five minutes, questions, a first change, exercises."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jupytext
import pytest

from analysis.book import runner, solutions

SOURCES = runner.sources()
named = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)

# Whom a question presses; those on method may be more than one.
PRESSED = ("For those who would wait.", "For those who would talk.", "On method.")
# A paper named in chapter 11 is an answer of another kind: "list-answer-better".
ANSWER = re.compile(r"(?<![\w-])answer-[\w-]+")
GLUED = re.compile(r"\{glue:text\}`([^`]+)`")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def part(path: Path, title: str) -> str:
    """Return what stands below a heading of the second level."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## )", text(path), re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line.strip() and not line.startswith(":")]


@dataclass(frozen=True)
class Exercise:
    """One exercise: its heading, and the cells and blocks that answer it."""

    title: str
    cells: tuple[str, ...]
    answers: tuple[str, ...]

    @property
    def computed(self) -> bool:
        """Whether a cell answers it."""
        return bool(self.cells)


@cache
def exercises(path: Path) -> tuple[Exercise, ...]:
    """Read the exercises of a chapter from its text, in order."""
    found = []
    for block in re.split(r"^### ", part(path, "Exercises"), flags=re.MULTILINE)[1:]:
        title = block.splitlines()[0]
        cells = re.findall(r"```\{code-cell\}\n:tags: \[solution\]\n(.*?)\n```", block, re.DOTALL)
        found.append(Exercise(title, tuple(cells), tuple(solutions.blocks(block))))
    return tuple(found)


@named
def test_goals(path):
    """Two to four things that a reader can do afterwards: more are not remembered."""
    goals = lines(part(path, "What you can do after this chapter"))
    assert 2 <= len(goals) <= 4
    assert all(goal.startswith("- ") and goal.endswith(".") for goal in goals)


@named
def test_five_minutes(path):
    """Five to eight sentences, one a line, with computed numbers; both positions are named."""
    told = lines(part(path, "In five minutes"))
    assert 5 <= len(told) <= 8
    assert len(GLUED.findall("\n".join(told))) >= 3
    words = "\n".join(told).lower()
    assert "wait" in words
    assert "talk" in words


@named
def test_questions_press_both_positions(path):
    """One presses those who would wait, one those who would talk, then one on method."""
    asked = re.findall(r"^- \*\*(.+?)\*\*$", part(path, "Questions for discussion"), re.MULTILINE)
    assert set(asked) == set(PRESSED)
    assert len(asked) >= 3
    # Neither position is pressed more often than the other.
    assert asked.count(PRESSED[0]) == asked.count(PRESSED[1])
    assert asked == sorted(asked, key=PRESSED.index)
    assert part(path, "Questions for discussion").count("?\n") >= len(asked)


@named
def test_the_first_change_is_a_cell_that_runs(path):
    """The box says what to watch, and right below it stands the cell to be changed.

    The cell is open to students too: it is no solution.
    """
    found = re.match(
        r"\n:::\{admonition\} Change this first\n:class: tip\n(.*?)\n:::\n\n"
        r"```\{code-cell\}\n(.*?)\n```",
        part(path, "Exercises"),
        re.DOTALL,
    )
    assert found
    box, cell = found.groups()
    assert "cell below" in box
    assert "Watch" in box
    assert ":tags:" not in cell
    # What is to be replaced is there to be found: the last line has it.
    replaced = re.findall(r"`([^`]+)`", box)
    assert replaced
    assert any(name in cell for name in replaced)


@named
def test_exercises(path):
    """At least two that are computed and one of judgement, each with its answer."""
    found = [each for each in exercises(path) if each.title != "More to try"]
    assert sum(each.computed for each in found) >= 2
    assert sum(not each.computed for each in found) >= 1
    for each in found:
        kind = solutions.COMPUTED if each.computed else solutions.JUDGED
        assert len(each.answers) == 1, each.title
        assert each.answers[0].startswith(f":::{{dropdown}} {kind}\n"), each.title


@named
def test_answers_use_what_their_cells_computed(path):
    """A number of an answer is written by the cell above it, and every such number is used.

    The chapter's other strings may stand beside it; no digit is typed (see test_chapters).
    """
    for each in exercises(path):
        written = set(re.findall(r'"(answer-[\w-]+)":', "\n".join(each.cells)))
        used = set(GLUED.findall("\n".join(each.answers)))
        assert {name for name in used if name.startswith("answer-")} == written, each.title
        assert bool(written) == each.computed, each.title


@named
def test_answers_stand_nowhere_else(path):
    """Outside its fold an answer would be told before the question is thought about."""
    outside = text(path)
    for block in solutions.blocks(outside):
        outside = outside.replace(block, "")
    assert [name for name in GLUED.findall(outside) if name.startswith("answer-")] == []


@named
def test_solutions_are_short(path):
    """Two to ten lines: arithmetic belongs in a measure."""
    for each in exercises(path):
        for cell in each.cells:
            assert 2 <= len([line for line in cell.splitlines() if line.strip()]) <= 10, each.title


@named
def test_solutions_were_executed(path):
    """The record holds every solution with what it gave, folded in JupyterLab as well."""
    record = json.loads(text(runner.record_path(path)))
    cells = [cell for cell in record["cells"] if solutions.is_solution(cell)]
    assert len(cells) == sum(len(each.cells) for each in exercises(path))
    for cell in cells:
        assert cell["execution_count"]
        assert cell["outputs"]
        assert cell["metadata"]["jupyter"] == {"source_hidden": True}


def glued(notebook: dict) -> set[str]:
    """Return the names under which a notebook's outputs store strings."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return {output.get("metadata", {}).get("scrapbook", {}).get("name") for output in outputs}


@named
def test_a_students_record_holds_no_answer(path):
    """No cell, no output and no sentence of an answer is left; everything else is."""
    record = json.loads(text(runner.record_path(path)))
    left = solutions.without(record)
    whole = json.dumps(left, ensure_ascii=False)
    assert not any(name.startswith("answer-") for name in glued(left) - {None})
    assert ANSWER.findall(whole) == []
    assert solutions.COMPUTED not in re.findall(r"\{dropdown\} (.+?)\\n", whole)
    for each in exercises(path):
        assert f"### {each.title}" in whole
        for sentence in lines(each.answers[0])[1:] if each.answers else []:
            assert json.dumps(sentence, ensure_ascii=False)[1:-1] not in whole, sentence
    code = [cell for cell in record["cells"] if cell["cell_type"] == "code"]
    kept = [cell for cell in left["cells"] if cell["cell_type"] == "code"]
    assert [c["id"] for c in kept] == [c["id"] for c in code if not solutions.is_solution(c)]


def test_a_block_is_cut_and_its_neighbours_stay():
    """Hand-made: of three paragraphs the middle one is an answer, and nested fences end it."""
    source = (
        "Question?\n\n::::{dropdown} Solution\nIt is so.\n\n:::{note}\nBecause.\n:::\n::::\n\n"
        "### Next\n\n:::{dropdown} Not an answer\nStays.\n:::"
    )
    cell = {"cell_type": "markdown", "metadata": {}, "source": source}
    [left] = solutions.without({"cells": [cell]})["cells"]
    assert left["source"] == "Question?\n\n### Next\n\n:::{dropdown} Not an answer\nStays.\n:::"


def test_a_cell_with_nothing_but_an_answer_goes():
    """An empty cell in a student's notebook would show where an answer had been."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": ":::{dropdown} Solution\nSo.\n:::"}
    assert solutions.without({"cells": [cell]})["cells"] == []


def test_jupytext_reads_the_tag():
    """The tag is what the cut goes by; a chapter whose tags are lost would give all away."""
    tags = [solutions.is_solution(cell) for path in SOURCES for cell in jupytext.read(path).cells]
    assert sum(tags) >= 2 * len(SOURCES)
