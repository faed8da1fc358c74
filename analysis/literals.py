"""Find numbers that somebody typed into a string that readers get to see.

Prose is scanned where it stands; a sentence that code puts together is scanned here, in the
modules whose strings reach a page.  A number there has to come from a measure, through
`analysis.formatting`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis import tables
from analysis.formatting import MONTHS
from analysis.paths import ROOT

# Packages whose strings are sentences, reasons and names of readings.
SPEAKING: Final = ("assessments", "wording", "camp")

_MONTH: Final = "|".join(MONTHS)
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
# Dates, quotations of the article, units with a digit, and numbers within names or versions.
_NO_NUMBERS: Final = (
    r"“[^”]*”",
    r"https?://\S+",
    rf"\b\d{{1,2}}(?: (?:to|and) \d{{1,2}})? (?:{_MONTH})(?: {_YEAR})?",
    rf"\b(?:{_MONTH})(?: \d{{1,2}},)? {_YEAR}",
    rf"\b{_YEAR}(?:-\d\d){{0,2}}(?:[–-](?:{_YEAR}|\d\d))?\b",
    r"\bk?m2\b",
)
_WORDS: Final = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|half|"
    "halves|thirds|quarters|tenths|twice|threefold|tenfold"
)
_FRACTIONS: Final = r"(?:a|one) (?:third|quarter|fifth|sixth|tenth|hundredth)"
# A vega expression: it names the datum of a row, or is a call of a function with nothing in it
# but names, numbers and signs; words with a blank alone between them are a sentence.
_EXPRESSION: Final = re.compile(
    r".*\bdatum\.[a-z_].*|(?:clamp|datetime|max|min|pow)\((?!.*\w \w).*\)", re.DOTALL
)
# What is quoted within an expression is shown.
_QUOTED: Final = re.compile(r"'[^']*'")
# A digit within a name (CDB90, P4, 18th) belongs to the name.
_DIGITS: Final = r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)"
_NUMBER: Final = re.compile(rf"{_DIGITS}|\b(?:{_FRACTIONS}|{_WORDS})\b", re.IGNORECASE)
# What a string is looked up with, compared with or parsed by never reaches a reader.
_NOT_SAID: Final = frozenset({"query", "eval", "compile", "sub", "findall", "match", "search",
                              "fullmatch", "Timestamp", "Timedelta", "strftime", "split",
                              "read", "replace", "contains", "DateOffset"})  # fmt: skip
# Stands for what a formatted string fills in.
_FILLED: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Typed:
    """A number typed into a string.

    Attributes
    ----------
    module : str
        Path of the module without its ending, from the package.
    line : int
    number : str
    text : str
        The string; what is filled in is left out.
    """

    module: str
    line: int
    number: str
    text: str


def speaking() -> list[Path]:
    """Return the modules whose strings reach readers, in order."""
    return [
        path
        for package in SPEAKING
        for path in sorted((ROOT / "analysis" / package).glob("*.py"))
        if path.name != "__init__.py"
    ]


def allowed(module: str) -> list[str]:
    """Return the texts in which a number may stand typed in the strings of a module.

    They are rows of ``data/typed_numbers.csv``, each with its reason; ``*`` is every module.
    """
    table = tables.read("typed-numbers")
    return [str(text) for text in table.loc[table["page"].isin([module, EVERYWHERE]), "text"]]


# In the table of exceptions: a name or a convention of the whole book.
EVERYWHERE: Final = "*"


def typed(source: str, module: str, exceptions: Iterable[str] = ()) -> list[Typed]:
    """Return the numbers that are typed into strings of a module, in the order of its lines.

    Parameters
    ----------
    source : str
        Of the module.
    module : str
        What it is called in the result.
    exceptions : iterable of str
        Texts whose numbers may stand; see `allowed`.
    """
    kept = sorted(exceptions, key=len, reverse=True)
    return [
        Typed(module, line, found[0], " ".join(text.replace(_FILLED, "…").split()))
        for line, text in map(_shown, _strings(ast.parse(source)))
        if _is_said(text)
        for found in _NUMBER.finditer(_without_names(text, kept))
    ]


def name_of(path: Path) -> str:
    """Return what a module is called in exceptions: ``wording/land``."""
    return f"{path.parent.name}/{path.stem}"


def _without_names(text: str, exceptions: Iterable[str]) -> str:
    for exception in exceptions:
        text = text.replace(exception, " ")
    for pattern in _NO_NUMBERS:
        text = re.sub(pattern, " ", text)
    return text


def _shown(found: tuple[int, str]) -> tuple[int, str]:
    """Leave of a vega expression what it quotes; a sentence is left whole."""
    line, text = found
    return line, " ".join(_QUOTED.findall(text)) if _EXPRESSION.fullmatch(text) else text


def _is_said(text: str) -> bool:
    # Ids, columns and file names have no blanks; a number word alone is said all the same.
    return " " in text.strip() or bool(_NUMBER.fullmatch(text.strip()))


def _strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    left_out = {id(node) for parent in ast.walk(tree) for node in _unsaid(parent)}
    stack = [tree]
    while stack:
        node = stack.pop()
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, _joined(node)
            # What is filled in may hold strings of its own.
            stack += [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        else:
            stack += reversed(list(ast.iter_child_nodes(node)))


def _joined(node: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else _FILLED for part in node.values
    )


def _unsaid(node: ast.AST) -> list[ast.AST]:
    """Return the children of a node whose strings no reader sees."""
    if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
        first = node.body[0] if node.body else None
        is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        return [first] if first is not None and is_doc else []
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    if isinstance(node, ast.Call):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return [*node.args] if called in _NOT_SAID else []
    return []


__all__ = ["EVERYWHERE", "SPEAKING", "Typed", "allowed", "name_of", "speaking", "typed"]
