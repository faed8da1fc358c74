"""From a number, a chart, a claim or a fact back to its code, its rows and its sources.

The records of the chapters keep what each number and chart was computed from, as seen while
they were executed (`analysis.book.trace`); claims, facts and tables say it themselves.  What
was read on the way to a number counts, so a trace may name a table that moves it little.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from analysis import claims, counterclaims, datapackage, evidence, formatting
from analysis.book import drawings, runner
from analysis.book.figure import SPEC_MIME
from analysis.claims import ClaimRecord, CounterclaimRecord
from analysis.evidence import Fact
from analysis.paths import ROOT
from analysis.records import read_record

# What a key may name, in the order in which a short key is looked up.
KINDS: Final = ("claim", "chart", "number", "fact", "table", "statement", "page")


class UnknownKeyError(LookupError):
    """No such key, or one that several things have; the message says which there are."""


@dataclass(frozen=True)
class Trace:
    """Where one thing that readers see comes from.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    key : str
        Its name; numbers are named ``CHAPTER::NAME``.
    shown : str
        The number, verdict or title that readers see.
    address : str
        Its place in the built site.
    code : tuple of str
        ``file:line``, relative to the repository.
    tables, facts : tuple of str
        Names in the data package; ids in the table of evidence.
    made_by : str
        Function of the chapter's wording that returns a number; empty for other kinds and
        for numbers of a cell.
    """

    kind: str
    key: str
    shown: str
    address: str
    code: tuple[str, ...]
    tables: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    made_by: str = ""

    @property
    def name(self) -> str:
        """The key with its kind, which no other thing has."""
        return f"{self.kind}:{self.key}"


@cache
def of_kind(kind: str) -> Mapping[str, Trace]:
    """Return the traces of one of `KINDS` by their keys.

    Raises
    ------
    FileNotFoundError
        A chapter has no record.
    """
    makers = {
        "claim": _claims,
        "chart": _charts,
        "number": _numbers,
        "fact": _facts,
        "table": _tables,
        "statement": _statements,
        "page": _pages,
    }
    return {trace.key: trace for trace in makers[kind]()}


def everything() -> tuple[Trace, ...]:
    """Return every trace of the book, kind by kind."""
    return tuple(trace for kind in KINDS for trace in of_kind(kind).values())


def find(key: str) -> Trace:
    """Return the trace of one key.

    Parameters
    ----------
    key : str
        Full (``number:04-land::fall-month``) or short (``fall-month``), where it is the only
        one of the first kind that has it.

    Raises
    ------
    UnknownKeyError
        None or several have this key.
    """
    kind, _, rest = key.partition(":")
    if kind in KINDS and rest in of_kind(kind):
        return of_kind(kind)[rest]
    for kind in KINDS:
        same = [
            trace
            for trace in of_kind(kind).values()
            if key in {trace.key, trace.key.rpartition("::")[2]}
        ]
        if len(same) == 1:
            return same[0]
        if same:
            message = f"{key!r} is in several places: {', '.join(t.name for t in same)}"
            raise UnknownKeyError(message)
    short = {trace.key.rpartition("::")[2] for trace in everything()}
    near = get_close_matches(key, sorted(short), n=5, cutoff=0.5)
    message = f"no number, chart, claim, fact or table {key!r}; near it: {', '.join(near) or '-'}"
    raise UnknownKeyError(message)


def sources(trace: Trace) -> list[dict[str, str]]:
    """Return the sources of a trace, each once.

    Returns
    -------
    list of dict
        ``of`` (fact or table), ``title``, ``publisher``, ``licence`` and ``address``; the
        address of a table whose rows have sources of their own names their column, and that
        of a table of the book's own making is empty.
    """
    found = []
    for name in trace.facts:
        fact = fact_of(name)
        found.append(
            {
                "of": name,
                "title": fact.title,
                "publisher": fact.publisher,
                "licence": "single fact, cited",
                "address": fact.url,
            }
        )
    for name in trace.tables:
        found.extend(
            {
                "of": name,
                "title": source.title,
                "publisher": source.publisher,
                "licence": source.licence,
                "address": source.path or _in_rows(datapackage.origin(name)),
            }
            for source in datapackage.origin(name).sources
        )
    return found


def _in_rows(item: datapackage.Origin) -> str:
    """Return the column that names the source of each row; empty in a table of our own."""
    columns = [column.name for column in item.columns]
    named = [name for name in columns if "url" in name] or [n for n in columns if "evidence" in n]
    return f"data/{item.path}, column {named[0]}" if named else ""


@cache
def fact_of(name: str) -> Fact:
    """Return a fact, looked up once however many numbers rest on it."""
    return evidence.fact(name)


def in_words(fact: Fact) -> str:
    """Return a fact as one line: what, how much, and of which day."""
    if fact.value is None:
        much = fact.value_text or " to ".join(
            formatting.quantity(end, fact.unit) for end in (fact.low, fact.high) if end is not None
        )
    else:
        much = formatting.quantity(fact.value, fact.unit)
    return f"{fact.quantity}, {much}, as of {formatting.day(fact.as_of)}"


def _place(function: Callable[..., object]) -> str:
    function = inspect.unwrap(function)
    file = inspect.getsourcefile(function)
    _, line = inspect.getsourcelines(function)
    return f"{_relative(str(file))}:{line}"


def _relative(file: str) -> str:
    return Path(file).resolve().relative_to(ROOT).as_posix()


def _divided(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide what a record cites into tables and facts."""
    tables = datapackage.origins()
    return (
        tuple(name for name in names if name in tables),
        tuple(name for name in names if name not in tables),
    )


def _claims() -> Iterator[Trace]:
    # As stored with the chapters; the tests compare these with what the measures give.
    for source in runner.sources():
        for record in drawings.stored_claims(runner.record_path(source)):
            yield _judged("claim", record, claims.function_of(record.id))


def _statements() -> Iterator[Trace]:
    for record in counterclaims.assess_all():
        yield _judged("statement", record, counterclaims.function_of(record.id))


def _judged(
    kind: str, record: ClaimRecord | CounterclaimRecord, function: Callable[..., object] | None
) -> Trace:
    tables, facts = _divided(record.evidence)
    code = (_place(function),) if function else ()
    own = "claims" if kind == "claim" else "counterclaims"
    return Trace(kind, record.id, record.verdict, record.address, code, (own, *tables), facts)


def _numbers() -> Iterator[Trace]:
    for source, record, found in _records():
        written = runner.shown(record)
        for name, entry in sorted(found["numbers"].items()):
            reads = found["made_in"].get(entry.get("function"), entry)
            code = f"{found['file']}:{entry['line']}" if "line" in entry else _cell(source, entry)
            yield Trace(
                "number",
                f"{source.stem}::{name}",
                written.get(name, ""),
                f"{_page(source)}#n-{name}",
                (code,),
                tuple(reads["tables"]),
                tuple(reads["facts"]),
                entry.get("function", ""),
            )


def _charts() -> Iterator[Trace]:
    for source, record, found in _records():
        titles = {meta["id"]: meta["title"] for meta in _figures(record)}
        for name, entry in sorted(found["figures"].items()):
            yield Trace(
                "chart",
                name,
                titles[name],
                f"{_page(source)}#fig-{name}",
                (_cell(source, entry),),
                tuple(entry["tables"]),
                tuple(entry["facts"]),
            )


def _page(source: Path) -> str:
    return source.relative_to(ROOT).with_suffix(".html").as_posix()


def _records() -> Iterator[tuple[Path, dict[str, Any], dict[str, Any]]]:
    """Yield each chapter with its record and what the record says of its numbers."""
    for source in runner.notebooks():
        record = read_record(runner.record_path(source))
        yield source, record, record["metadata"][runner.TRACE]


def _figures(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for cell in record["cells"]:
        for output in cell.get("outputs", []):
            meta = output.get("data", {}).get(SPEC_MIME, {}).get("usermeta", {})
            if "figure" in meta:
                yield meta["figure"]


def _cell(source: Path, entry: Mapping[str, Any]) -> str:
    """Return the line of a chapter's source on which a cell of its record begins."""
    lines = source.read_text(encoding="utf-8").splitlines()
    record = read_record(runner.record_path(source))
    text = record["cells"][entry["cell"]]["source"]
    first = next(line for line in text.splitlines() if line.strip())
    # A cell may begin like another one: the lines after it decide.
    wanted = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if line == first and lines[number - 1 : number - 1 + len(wanted)] == wanted:
            return f"{_relative(str(source))}:{number}"
    message = f"{source.name}: cell {entry['cell']} of the record is not in the chapter"
    raise LookupError(message)


def _facts() -> Iterator[Trace]:
    # The line of the file is the row, behind the line of names.
    for line, name in enumerate(evidence.table().index, start=2):
        fact = fact_of(name)
        yield Trace(
            "fact",
            name,
            fact.quantity,
            "pages/data.html#data-evidence",
            (f"data/evidence.csv:{line}",),
            ("evidence",),
            (name,),
        )


def _tables() -> Iterator[Trace]:
    for name, item in datapackage.origins().items():
        yield Trace(
            "table",
            name,
            item.title,
            f"pages/data.html#data-{name}",
            (f"data/{item.path}:1",),
            (name,),
        )


def _pages() -> Iterator[Trace]:
    """Yield what pages without code show: counted numbers, and the parts made for them."""
    from analysis.book import site
    from analysis.provenance import recording

    for kind, made in (("number", site.NUMBERS), ("part", site.DIRECTIVES)):
        for name, function in made.items():
            with recording() as reads:
                text = function()
            yield Trace(
                "page",
                name if kind == "number" else f"part::{name}",
                text if kind == "number" else "a part of a page",
                "pages/",
                (_place(function),),
                # What is made of the records of the claims reads no table of its own.
                tuple(reads.tables) or ("claims", "counterclaims"),
                tuple(reads.facts),
            )


__all__ = [
    "KINDS", "Trace", "UnknownKeyError", "everything", "fact_of", "find", "in_words", "of_kind",
    "sources",
]  # fmt: skip
