"""The generated parts of README.md: chapters with their findings, and the data table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from analysis import claims, datapackage, formatting, tables
from analysis.book import findings
from analysis.datapackage import Origin
from analysis.paths import ROOT

README = ROOT / "README.md"


def chapters_table() -> str:
    """Return the chapters with their question and what they found, as Markdown."""
    lines = ["| chapter | question | finding |", "| --- | --- | --- |"]
    for row in tables.read("chapters").sort_values("number").itertuples():
        page = claims.chapter_page(str(row.slug))
        title = f"[{row.title}]({page}.md)" if page else str(row.title)
        found = findings.finding(str(row.slug))
        lines.append(f"| {row.number}. {title} | {row.question} | {found} |")
    return "\n".join(lines)


# Tables that an adapter makes from what a publisher offers; the others are the book's own.
_FROM_UPSTREAM = "analysis.sources."


def data_table() -> str:
    """Return the data by source, as Markdown; the data package describes every table."""
    taken: dict[tuple[str, str], list[Origin]] = {}
    for item in datapackage.origins().values():
        if item.adapter.startswith(_FROM_UPSTREAM):
            taken.setdefault((item.sources[0].publisher, item.licence.name), []).append(item)
    lines = ["| source | tables | state | licence |", "| --- | --- | --- | --- |"]
    for (publisher, licence), items in sorted(taken.items(), key=_by_name):
        names = ", ".join(f"[{item.name}](data/{item.path})" for item in items)
        states = formatting.between(*_span(str(item.vintage) for item in items))
        lines.append(f"| {publisher} | {names} | {states} | {licence} |")
    return "\n".join([*lines, _own_tables()])


def _by_name(entry: tuple[tuple[str, str], list[Origin]]) -> tuple[str, str]:
    publisher, licence = entry[0]
    return publisher.casefold(), licence


def _span(dates: Iterable[str]) -> tuple[str, str]:
    ordered = sorted(dates)
    return ordered[0], ordered[-1]


def _own_tables() -> str:
    """Return the row of what the book compiled itself, each row of it with its source."""
    own = [
        item
        for item in datapackage.origins().values()
        if not item.adapter.startswith(_FROM_UPSTREAM)
    ]
    named = ["claims", "counterclaims", "evidence"]
    links = ", ".join(f"[{name}](data/{datapackage.origin(name).path})" for name in named)
    licences = ", ".join(sorted({item.licence.name for item in own}))
    states = formatting.between(*_span(str(item.vintage) for item in own))
    return (
        f"| compiled for this book, each row with its source | {links} "
        f"and {len(own) - len(named)} more in [data/](data/) | {states} | {licences} |"
    )


def filled(text: str) -> str:
    """Return a text with its generated parts made afresh.

    A part stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``.
    """
    parts = {"chapters": chapters_table, "data": data_table}
    for name, make in parts.items():
        pattern = rf"(<!-- generated: {name} -->\n).*?(<!-- end -->)"
        fresh = make().replace("\\", "\\\\")
        text = re.sub(pattern, rf"\g<1>{fresh}\n\g<2>", text, flags=re.S)
    return text


def write() -> Path:
    """Write the generated parts into README.md."""
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return README
