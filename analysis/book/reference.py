"""Tables of the method and data pages, made from the code and the data package alone."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from math import inf
from typing import Any, Final

from markupsafe import Markup, escape

from analysis import datapackage, formatting, tables, verdicts
from analysis.book import glyphs
from analysis.book.card import Link, no_link, templates
from analysis.book.worded import written_date
from analysis.hedges import HEDGES, Hedge, Interval

# The functions whose descriptions are the written rule of each scale.
RULES: Final[dict[str, tuple[Callable[..., Any], ...]]] = {
    "figure": (verdicts.classify, verdicts.figure),
    "event": (verdicts.event,),
    "universal": (verdicts.universal,),
    "forecast": (verdicts.forecast,),
    "conditional": (verdicts.forecast,),
    "causal": (verdicts.causal,),
}


def rule_text(function: Callable[..., Any]) -> str:
    """Return what a rule's function says it returns, or else its first line.

    Read from the description in the code, so that the page cannot say another rule than
    the one that is applied.
    """
    text = inspect.getdoc(function) or ""
    returned = re.search(r"\nReturns\n-+\n\S+\n((?:    .*\n?|\n)+)", text)
    body = returned.group(1) if returned else text.split("\n\n")[0]
    return " ".join(body.split())


def marked(text: str) -> Markup:
    """Set the words between double backticks as words of a scale."""
    pieces = re.split(r"``?([^`]+)``?", text)
    return Markup("").join(
        Markup("<em>{}</em>").format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def rules_html() -> str:
    """Return the scales with their words, from strong to weak, and their rules."""
    rows = [
        {
            "scale": scale,
            "words": [(word, glyphs.glyph(word, size=14)) for word in words],
            "rules": [marked(rule_text(function)) for function in RULES.get(scale, ())],
        }
        for scale, words in verdicts.WORDS.items()
    ]
    return templates().get_template("rules.html").render(rows=rows)


def hedges_html() -> str:
    """Return every hedge with what it allows and why."""
    rows = [
        {
            "word": item.word,
            "holds": written_hedge(item, item.holds),
            "roughly": written_hedge(item, item.roughly),
            "reason": item.reason,
            "kind": item.kind,
        }
        for item in HEDGES
    ]
    return templates().get_template("hedges.html").render(rows=rows)


def written_hedge(item: Hedge, interval: Interval) -> str:
    """Write an interval of a hedge: shares of the number, times, or a chance."""
    write = formatting.percent if item.kind != "multiple" else _times
    decimals = 1 if item.kind == "quantity" and interval.low * 100 % 1 else 0
    low = write(interval.low, decimals)
    if interval.high == inf:
        return f"{low} or more"
    return formatting.between(low, write(interval.high, decimals))


def _times(value: float, decimals: int = 0) -> str:
    return f"{formatting.number(value, 1 if value % 1 else decimals)} times"


def package_html(entry: dict[str, Any], *, link: Link = no_link) -> str:
    """Return one table of the data package: what it is, from whom, on what terms."""
    return (
        templates()
        .get_template("resource.html")
        .render(
            entry=entry,
            facts=_facts(entry),
            size=_size(entry),
            making=[
                ("Made by", entry["adapter"]),
                ("sha256", entry["hash"].removeprefix("sha256:")),
            ],
            file=link(entry["path"], ""),
            fields=entry.get("schema", {}).get("fields", []),
            sources=[_source(source) for source in entry["sources"]],
            constraints=_constraints,
        )
    )


def _facts(entry: dict[str, Any]) -> list[tuple[str, str]]:
    licence = entry["licenses"][0]
    known = (
        licence["name"].replace("-", " ") if licence["name"] == "none-stated" else licence["name"]
    )
    terms = f"{known}: {licence['title']}" if known not in licence["title"] else licence["title"]
    return [("Licence", terms), ("State of the source", written_date(entry["vintage"]))]


def _size(entry: dict[str, Any]) -> str:
    if entry.get("format") != "csv":
        return ""
    frame = tables.read(entry["name"])
    return f"{formatting.number(len(frame))} rows, {len(frame.columns)} columns"


def _source(source: dict[str, str]) -> dict[str, str]:
    dates = [
        f"published {written_date(source['published'])}" if source.get("published") else "",
        f"consulted {written_date(source['consulted'])}",
        source.get("version", ""),
        f"licence: {source['licence']}",
    ]
    path = source.get("path", "")
    return {
        "title": source["title"],
        "publisher": source["publisher"],
        "path": path if path.startswith("https://") else "",
        "notes": ", ".join(text for text in dates if text),
    }


def _constraints(field: dict[str, Any]) -> str:
    limits = dict(field.get("constraints", {}))
    words = ["required"] if limits.pop("required", False) else []
    words += ["unique"] if limits.pop("unique", False) else []
    if "enum" in limits:
        words.append("one of: " + ", ".join(map(str, limits.pop("enum"))))
    words += [f"{name} {value}" for name, value in limits.items()]
    return "; ".join(words)


def resources() -> list[dict[str, Any]]:
    """Return the described tables, in the order of the data package."""
    return list(datapackage.sealed()["resources"])
