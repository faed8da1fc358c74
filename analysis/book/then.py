"""One figure or one claim, rebuilt as it was known on an earlier day."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import jupytext

from analysis import tables
from analysis.book.figure import Figure
from analysis.paths import CHAPTERS


def figure(figure_id: str, when: date | None = None) -> Figure:
    """Draw one figure of a chapter from the tables as they were known on a day.

    Only the statements that the figure depends on are executed.

    Parameters
    ----------
    figure_id : str
        As in its address, without ``fig-``.
    when : date, optional
        As the tables are now, if not given.

    Returns
    -------
    Figure

    Raises
    ------
    KeyError
        No such figure; the message lists those there are.
    UnknownThenError
        With every table of which nothing is held from so early.
    """
    known: list[str] = []
    for chapter in sorted(CHAPTERS.glob("[0-9][0-9]-*.md")):
        statements = list(_statements(chapter))
        for place, statement in enumerate(statements):
            known += _ids(statement)
            if figure_id in _ids(statement):
                return _drawn(statements[:place], statement, when)
    message = f"no figure {figure_id!r}; there are: {', '.join(sorted(known))}"
    raise KeyError(message)


def _statements(chapter: Path) -> Iterator[ast.stmt]:
    for cell in jupytext.read(chapter).cells:
        if cell.cell_type == "code":
            yield from ast.parse(cell.source).body


def _ids(statement: ast.stmt) -> list[str]:
    """Return the id of the figure that a statement shows: the name given to `book.figure`."""
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return []
    call = statement.value
    if ast.unparse(call.func) != "book.figure":
        return []
    given = [keyword.value for keyword in call.keywords if keyword.arg in {"id", None}]
    texts = [node for value in given for node in ast.walk(value) if isinstance(node, ast.Constant)]
    return [str(node.value) for node in texts]


def _drawn(before: Sequence[ast.stmt], shown: ast.stmt, when: date | None) -> Figure:
    assert isinstance(shown, ast.Expr)
    code = ast.Module([*_needed(before, shown)], type_ignores=[])
    space: dict[str, Any] = {}
    with tables.as_known_on(when) if when else nullcontext():
        exec(compile(code, "<chapter>", "exec"), space)
        found = eval(compile(ast.Expression(shown.value), "<chapter>", "eval"), space)
    if not isinstance(found, Figure):
        message = f"not a figure: {found!r}"
        raise TypeError(message)
    return found


def _needed(before: Sequence[ast.stmt], shown: ast.stmt) -> list[ast.stmt]:
    """Return the statements that a later one depends on, in their order.

    A statement is needed if it gives a name that is used later; one that changes what a name
    stands for (``table["column"] = ...``) gives that name too.
    """
    wanted, needed = _used(shown), []
    for statement in reversed(before):
        imports = isinstance(statement, ast.Import | ast.ImportFrom)
        if imports or _given(statement) & wanted:
            needed.append(statement)
            wanted |= _used(statement)
    return needed[::-1]


def _used(statement: ast.stmt) -> set[str]:
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}


def _given(statement: ast.stmt) -> set[str]:
    targets: list[ast.expr] = []
    for node in ast.walk(statement):
        if isinstance(node, ast.Assign):
            targets += node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For):
            targets.append(node.target)
    return {node.id for t in targets for node in ast.walk(t) if isinstance(node, ast.Name)}
