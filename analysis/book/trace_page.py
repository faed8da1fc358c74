"""The end of each chapter says where its numbers and charts come from.

Links in the text lead to it: scripts turn the numbers into links when the reader asks for
them, so that a page that is only read has no hundred links more.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from myst_nb.ext.glue.roles import PasteTextRole
from sphinx.application import Sphinx

from analysis import datapackage, tracing
from analysis.book import topics
from analysis.book.card import templates
from analysis.paths import ROOT
from analysis.tracing import Trace

# Facts that one function reads; of more than these the list would be longer than the chapter.
MOST_FACTS: Final = 80

Highlight = Callable[[str], str]


class traced(nodes.inline):  # type: ignore[misc]
    """A number of the prose, with its name in ``key``."""


class TracedText(PasteTextRole):  # type: ignore[misc]
    """``{glue:text}`` whose number knows its name, so that it can lead to its origin."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number; one of another chapter stays as it is."""
        found, messages = super().run()
        return [self._named(node) for node in found], messages

    def _named(self, node: nodes.Node) -> nodes.Node:
        if type(node) is not nodes.inline:
            return node
        name = self.text.rpartition(":")[0] or self.text
        made = traced(node.rawsource, node.astext(), classes=node["classes"], key=name)
        self.set_source_info(made)
        return made


def _visit(translator: Any, node: traced) -> None:
    translator.body.append(translator.starttag(node, "span", "", **{"data-n": node["key"]}))


def _depart(translator: Any, node: traced) -> None:
    translator.body.append("</span>")


@dataclass(frozen=True)
class Fact:
    """A row of evidence as the list shows it; ``place`` is that on its page of sources."""

    id: str
    said: str
    citation: str
    address: str
    place: str


def section_html(stem: str, highlight: Highlight, body: str) -> str:
    """Return the section of one chapter.

    Parameters
    ----------
    stem : str
        Name of the chapter's file, ``04-land``.
    highlight : callable
        Turns Python code into HTML.
    body : str
        The page: answers that it does not show are not told here either.

    Returns
    -------
    str
        A fold with every number of the prose and every chart.
    """
    numbers = [
        trace
        for trace in tracing.of_kind("number").values()
        if trace.key.startswith(f"{stem}::")
        and (not _short(trace).startswith("answer-") or f'data-n="{_short(trace)}"' in body)
    ]
    charts = [t for t in tracing.of_kind("chart").values() if f"/{stem}.html" in t.address]
    charts = [chart for chart in charts if f'data-figure="{chart.key}"' in body]
    numbers.sort(key=_made_by)
    groups = [_group(list(own), highlight) for _, own in groupby(numbers, key=_made_by)]
    template = templates().get_template("trace.html")
    return template.render(
        groups=groups,
        charts=[(chart, _reads(chart)) for chart in charts],
        many=len(numbers),
        name=_short,
        line=_line,
    )


def _made_by(trace: Trace) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return trace.made_by, trace.tables, trace.facts


def _group(own: Sequence[Trace], highlight: Highlight) -> dict[str, Any]:
    first = own[0]
    file = first.code[0].partition(":")[0]
    return {
        "function": first.made_by,
        "file": file,
        "numbers": sorted(own, key=lambda trace: trace.key),
        "code": highlight(_source(file, first.made_by)) if first.made_by else "",
        **_reads(first),
    }


def _source(file: str, function: str) -> str:
    module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
    return inspect.getsource(inspect.unwrap(getattr(module, function)))


def _reads(trace: Trace) -> dict[str, Any]:
    return {
        "tables": [datapackage.origin(name) for name in trace.tables],
        "facts": [_fact(name) for name in trace.facts[:MOST_FACTS]],
        "more": max(0, len(trace.facts) - MOST_FACTS),
    }


@cache
def _fact(name: str) -> Fact:
    fact = tracing.fact_of(name)
    page, anchor = topics.place_of(name)
    return Fact(name, tracing.in_words(fact), fact.citation, fact.url, f"{page}.html#{anchor}")


def _short(trace: Trace) -> str:
    return trace.key.rpartition("::")[2]


def _line(trace: Trace) -> str:
    return trace.code[0].rpartition(":")[2]


# Stands under the title; nothing without scripts, which turn numbers into links.
BUTTON: Final = (
    '<p class="pos-traced"><button type="button" class="pos-button" aria-pressed="false"'
    " data-trace>Show where numbers come from</button></p>"
)


def add(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Put the button under the title of a chapter, and the section at its end."""
    folder, _, stem = page.rpartition("/")
    if app.builder.name != "html" or "body" not in context:
        return
    if folder not in {"chapters", "assignment"}:
        return
    if not any(t.key.startswith(f"{stem}::") for t in tracing.of_kind("number").values()):
        return
    highlighter = app.builder.highlighter  # type: ignore[attr-defined]
    # The code of a measure may be the answer to an exercise: students have it in the package.
    student = Path(app.srcdir).resolve() != ROOT.resolve()

    def highlighted(code: str) -> str:
        return "" if student else str(highlighter.highlight_block(code, "python"))

    section = section_html(stem, highlighted, context["body"])
    root = "../" * app.builder.get_target_uri(page).count("/")
    head, end, rest = context["body"].partition("</h1>")
    body = f"{head}{end}\n{BUTTON}{rest}"
    before, close, after = body.rpartition("</section>")
    context["body"] = f"{before}{section.replace('pos-root:', escape(root))}{close}{after}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx, after the notebooks' own roles."""
    app.setup_extension("myst_nb")
    app.add_role_to_domain("glue", "text", TracedText(), override=True)
    app.add_node(traced, html=(_visit, _depart))
    app.connect("html-page-context", add, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["TracedText", "section_html", "setup"]
