"""The generated parts of README.md: chapters with their findings, and the data table."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from analysis import claims, datapackage, tables
from analysis.paths import ROOT

README = ROOT / "README.md"


def chapters_table() -> str:
    """Return the chapters with their question and their count of verdicts, as Markdown."""
    lines = ["| chapter | question | verdicts |", "| --- | --- | --- |"]
    for row in tables.read("chapters").sort_values("number").itertuples():
        page = claims.chapter_page(str(row.slug))
        title = f"[{row.title}]({page}.md)" if page else str(row.title)
        lines.append(f"| {row.number}. {title} | {row.question} | {_verdicts(str(row.slug))} |")
    return "\n".join(lines)


def _verdicts(slug: str) -> str:
    words = Counter(record.verdict for record in claims.at_home_in(slug))
    return ", ".join(f"{count} {word}" for word, count in words.items()) or "draws on the others"


def data_table() -> str:
    """Return all tables by licence, as Markdown; publishers stand in the data package."""
    by_licence: dict[str, list[str]] = {}
    for name, item in datapackage.origins().items():
        by_licence.setdefault(item.licence.name, []).append(f"[{name}](data/{item.path})")
    lines = ["| licence | tables |", "| --- | --- |"]
    lines += [f"| {licence} | {', '.join(names)} |" for licence, names in by_licence.items()]
    return "\n".join(lines)


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
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    return README
