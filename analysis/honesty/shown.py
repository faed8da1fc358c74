"""What chapters show, statement by statement, evaluated in this process.

The records of the chapters are compared by nbval in kernels of their own, a chapter at a time,
which takes minutes.  Here each statement that shows something is evaluated alone, together
with the statements that it needs, and without the drawing: what is compared is the finished
strings, the cards, the tables, and the data and texts of the figures.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, cast
from unittest import mock

import altair
import altair.utils.schemapi
import jupytext

from analysis import book
from analysis.book import runner
from analysis.book.cells import Cards
from analysis.book.figure import Figure
from analysis.honesty.watch import Watcher


@dataclass(frozen=True)
class Shown:
    """A statement of a chapter that shows something.

    Attributes
    ----------
    chapter : str
        Name of the chapter, such as ``04-land``.
    place : int
        Which statement of the chapter it is, counted from the first.
    needed : tuple of int
        Statements before it whose names it uses, directly or not.
    """

    chapter: str
    place: int
    needed: tuple[int, ...]


def statements(source: Path) -> list[ast.stmt]:
    """Return the statements of a chapter's cells, in order."""
    cells = [cell.source for cell in jupytext.read(source).cells if cell.cell_type == "code"]
    return [statement for cell in cells for statement in ast.parse(cell).body]


def showing(chapter: str, body: Sequence[ast.stmt]) -> list[Shown]:
    """Return the statements that show something: expressions whose value is not thrown away."""
    return [
        Shown(chapter, place, _needed(body, place))
        for place, statement in enumerate(body)
        if isinstance(statement, ast.Expr)
    ]


def _needed(body: Sequence[ast.stmt], place: int) -> tuple[int, ...]:
    """Return the statements before one whose names it uses: a slice of the program."""
    wanted, found = _used(body[place]), []
    for before in range(place - 1, -1, -1):
        if _bound(body[before]) & wanted:
            found.append(before)
            wanted = wanted | _used(body[before])
    return tuple(reversed(found))


def _used(statement: ast.stmt) -> set[str]:
    names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
    used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    # What is added to a name needs the name's value before.
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        used.add(statement.target.id)
    return used


def _bound(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(item.asname or item.name).split(".")[0] for item in statement.names}
    return {
        root.id
        for node in ast.walk(statement)
        if isinstance(getattr(node, "ctx", None), ast.Store) and (root := _root(node))
    }


def _root(node: ast.AST) -> ast.Name | None:
    """Return the name in ``name``, ``name[...]`` and ``name.part``: whose value is stored to."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node if isinstance(node, ast.Name) else None


def program(body: Sequence[ast.stmt], item: Shown) -> tuple[CodeType, CodeType]:
    """Compile a statement and those it needs."""
    name = f"<{item.chapter}, statement {item.place}>"
    before = ast.Module([body[place] for place in item.needed], type_ignores=[])
    shown = ast.Expression(cast("ast.Expr", body[item.place]).value)
    return compile(before, name, "exec"), compile(shown, name, "eval")


@contextmanager
def undrawn() -> Iterator[None]:
    """Leave out what only looks: figures are not fitted, finished strings not stored."""
    # By its full name, because the package has a function of the same name.
    module = importlib.import_module("analysis.book.figure")
    fit = mock.patch.object(module, "_fit", lambda chart, texts, form: {**chart, "texts": texts})
    to_dict = altair.TopLevelMixin.to_dict

    def unchecked(chart: Any, **named: Any) -> Any:
        # Charts are checked against altair's schema when a chapter is executed.
        return to_dict(chart, **{**named, "validate": False})

    plain = mock.patch.object(altair.TopLevelMixin, "to_dict", unchecked)
    unsaid = mock.patch.object(book, "write", dict)
    with fit, plain, unsaid, altair.utils.schemapi.debug_mode(False):
        yield


def value(program: tuple[CodeType, CodeType]) -> object:
    """Evaluate a statement after those it needs; what it shows in the form that is compared."""
    names: dict[str, Any] = {"__name__": "__main__"}
    with undrawn():
        exec(program[0], names)
        return comparable(eval(program[1], names))


def comparable(result: Any) -> object:
    """Return what a chapter shows as plain values: strings, numbers, lists and mappings."""
    if isinstance(result, Figure):
        return result.spec
    if isinstance(result, Cards):
        return [record.model_dump(mode="json") for record in result.records]
    if isinstance(result, Mapping):
        return dict(result)
    for name in ("_repr_mimebundle_", "_repr_html_"):
        if hasattr(result, name):
            return getattr(result, name)()
    return None if result is None else repr(result)


def digest(shown: object) -> str:
    """Return a hash of what is shown."""
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class _Output:
    """One statement, compared with what it showed the first time it was asked."""

    def __init__(self, program: tuple[CodeType, CodeType]) -> None:
        self.program = program
        self.before: str | None = None

    def notices(self) -> bool:
        now = digest(value(self.program))
        if self.before is None:
            self.before = now
        return now != self.before


def watchers(chapters: Sequence[str] = ()) -> list[Watcher]:
    """Return what can be compared of chapters, all of them if none is named."""
    found = []
    for source in runner.sources():
        if chapters and source.stem not in chapters:
            continue
        body = statements(source)
        for item in showing(source.stem, body):
            output = _Output(program(body, item))
            name = f"{source.stem}: {ast.unparse(body[item.place])[:70]}"
            found.append(Watcher(name, "output", output.notices))
    return found
