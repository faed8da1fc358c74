"""The command that leads from a number or a chart to its code, its rows and its sources."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from analysis.tracing import Trace


@click.command()
@click.argument("key", required=False)
@click.option("--all", "whole", is_flag=True, help="Every number, chart, claim, fact and table.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def trace(key: str | None, whole: bool, as_json: bool) -> None:
    """Say where KEY comes from: its code, its rows, and the addresses of its sources.

    KEY is the name of a number of the prose (fall-month, or 04-land::fall-month), the id of
    a chart, a claim, a statement of the other camp or a fact, or the name of a table.
    """
    if (key is None) != whole:
        message = "either a KEY or --all"
        raise click.UsageError(message)
    from analysis import tracing

    if key is None:
        for each in tracing.everything():
            click.echo(json.dumps(_entry(each)) if as_json else f"{each.name}\t{each.shown}")
        return
    try:
        found = tracing.find(key)
    except tracing.UnknownKeyError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(json.dumps(_entry(found)) if as_json else "\n".join(_lines(found)))


def _entry(trace: Trace) -> dict[str, object]:
    from analysis import tracing

    return {**asdict(trace), "name": trace.name, "sources": tracing.sources(trace)}


def _lines(trace: Trace) -> Iterator[str]:
    from analysis import datapackage, tracing

    yield f"{trace.kind} {trace.key}"
    yield f"  shown     {trace.shown}"
    yield f"  read at   {trace.address}"
    for place in trace.code:
        yield f"  code      {place}"
    for name in trace.facts:
        fact = tracing.fact_of(name)
        yield f"  row       data/evidence.csv: {name}: {tracing.in_words(fact)}"
        yield f"            {fact.citation}, {fact.published or 'no day printed'}: {fact.url}"
    addresses = tracing.sources(trace)
    for name in trace.tables:
        item = datapackage.origin(name)
        yield f"  table     data/{item.path}: {item.title}"
        for source in addresses:
            if source["of"] == name:
                where = source["address"] or "the book's own"
                yield f"            {source['publisher']}: {where} ({source['licence']})"


__all__ = ["trace"]
