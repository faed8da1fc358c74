"""The pages of sources: what is held of each, what rests on it, and what goes if it is struck out.

Each root source has one place, on the page of the subject that most of its rows are on, and each
row of evidence stands there under an address of its own (``#fact-ID``).
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final

import pandas as pd
from docutils import nodes
from jinja2 import Template
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis import claims, counterclaims, datapackage, evidence, formatting, strike, tables
from analysis.book import citations, drawings, glyphs, reference, runner, topics
from analysis.book.card import TIERS, Link, templates
from analysis.book.card_page import site_link
from analysis.book.topics import INDEX, TOPICS, page_of
from analysis.book.worded import written_date
from analysis.strike import Statement, Struck

TABLES: Final = "pages/sources-tables"

STATIC: Final = Path(__file__).parent / "static"

# Only on the page of the index, in this order.
SCRIPTS: Final = ("vendor/dataTables.min.js", "sources.js")


@dataclass(frozen=True)
class Held:
    """One row of the evidence table as its page shows it.

    Attributes
    ----------
    id, quantity, value, excerpt, note : str
    dates : str
        What time the row speaks of.
    cited : str
        Publisher, where it was read, and when it was published.
    tier, title, url : str
    claims : tuple of str
        Ids of claims and statements whose cards cite the row.
    """

    id: str
    quantity: str
    value: str
    dates: str
    cited: str
    tier: str
    title: str
    url: str
    excerpt: str
    note: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """A statement whose verdict would be another."""

    record: Statement
    without: str


@dataclass(frozen=True)
class Resting:
    """What rests on something that can be struck out.

    Attributes
    ----------
    claims, statements : tuple of records
        Those whose cards cite it.
    charts : tuple of (address, title)
        Charts that bear on these claims.
    moved : tuple of Moved
        Whose verdict would change.
    """

    claims: tuple[Statement, ...]
    statements: tuple[Statement, ...]
    charts: tuple[tuple[str, str], ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Source:
    """A root source.

    Attributes
    ----------
    id, name, kind, note : str
    topic : str
        Whose page it is on.
    publishers : tuple of str
        Where its rows were read, the most frequent first.
    facts : tuple of Held
    tables : tuple of (name, title)
        Tables of the book that are made from it.
    resting : Resting
    """

    id: str
    name: str
    kind: str
    note: str
    topic: str
    publishers: tuple[str, ...]
    facts: tuple[Held, ...]
    tables: tuple[tuple[str, str], ...]
    resting: Resting

    @property
    def page(self) -> str:
        """Name of the page on which it is."""
        return page_of(self.topic)

    @property
    def in_short(self) -> str:
        """What is held of it and what rests on it, in a sentence."""
        rows = formatting.counted(len(self.facts), "row of evidence", "rows of evidence")
        made = formatting.counted(len(self.tables), "table", "tables")
        rest = len(self.resting.claims) + len(self.resting.statements)
        cards = formatting.counted(rest, "card rests", "cards rest")
        held = f"{rows} and {made}" if self.tables else rows
        return f"{held[:1].upper()}{held[1:]}; {cards} on it."


@cache
def sources() -> tuple[Source, ...]:
    """Return every root source, those on which most rests first."""
    rows, series = tables.read("evidence"), tables.read("table-families")
    titles = {entry["name"]: entry["title"] for entry in reference.resources()}
    found = []
    for family in tables.read("source-families").itertuples():
        own = rows[rows["origin_id"] == family.origin_id].sort_values(["as_of", "id"])
        made = series.loc[series["origin_id"] == family.origin_id, "table"]
        found.append(
            Source(
                id=str(family.origin_id),
                name=str(family.name),
                kind=str(family.kind),
                note=str(family.note),
                topic=topics.of_root(str(family.origin_id)),
                publishers=_publishers(own),
                facts=tuple(_held(row) for _, row in own.iterrows()),
                tables=tuple((name, titles[name]) for name in sorted(made)),
                resting=resting(strike.of_root(str(family.origin_id))),
            )
        )
    return tuple(sorted(found, key=_weight))


def _weight(source: Source) -> tuple[int, int, str]:
    rest = source.resting
    return -len(rest.claims) - len(rest.statements), -len(source.facts), source.name.casefold()


def _publishers(rows: pd.DataFrame) -> tuple[str, ...]:
    counts = Counter(rows["publisher"])
    return tuple(sorted(counts, key=lambda name: (-counts[name], name.casefold())))


@cache
def _records() -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    return claims.assess_all(), counterclaims.assess_all()


def resting(struck: Struck) -> Resting:
    """Return what rests on a source or table, and which verdicts it carries."""
    of_article, of_camp = _records()
    own = tuple(record for record in of_article if strike.rests(record, struck))
    others = tuple(record for record in of_camp if strike.rests(record, struck))
    moved = [
        Moved(record, word)
        for record in (*own, *others)
        if (word := strike.verdict(record, struck)) != record.verdict
    ]
    ids = {record.id for record in (*own, *others)}
    drawn = tuple(
        (address, title) for address, title, bears_on in _charts() if not ids.isdisjoint(bears_on)
    )
    return Resting(own, others, drawn, tuple(moved))


@cache
def _charts() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return address, title and claims of every chart of the executed chapters."""
    found = []
    for source in runner.sources():
        for spec, _ in drawings.stored(runner.record_path(source)):
            meta = spec["usermeta"]["figure"]
            address = f"chapters/{source.stem}.html#fig-{meta['id']}"
            found.append((address, str(meta["title"]), tuple(meta["claims"])))
    return tuple(found)


@cache
def _cited_by() -> dict[str, tuple[str, ...]]:
    """Return the claims and statements whose cards cite each row."""
    found: dict[str, list[str]] = defaultdict(list)
    for record in (record for side in _records() for record in side):
        for name in dict.fromkeys(record.evidence):
            found[name].append(record.id)
    return {name: tuple(ids) for name, ids in found.items()}


def _held(row: pd.Series[Any]) -> Held:
    item = citations.of_row(row)
    fact = evidence.fact(item.id)
    # The name of the page's publisher often holds one of the other two already.
    named = [name for name in (fact.original_publisher, fact.read_at) if name]
    known = any(name in fact.publisher or fact.publisher in name for name in named)
    read = "" if known else f", published by {fact.publisher}"
    published = f", {item.published}" if item.published else ", no day of publication printed"
    return Held(
        id=item.id,
        quantity=fact.quantity,
        value=value_text(fact),
        dates=_dates(fact),
        cited=f"{item.publisher}{read}{published}",
        tier=TIERS.get(fact.tier, fact.tier),
        title=item.title,
        url=item.url,
        excerpt=item.excerpt,
        note=fact.note,
        claims=_cited_by().get(item.id, ()),
    )


def value_text(fact: evidence.Fact) -> str:
    """Write the value of a row with its range and unit, or its words."""
    if fact.value is None:
        if fact.low is not None and fact.high is not None:
            ends = (formatting.quantity(end, fact.unit) for end in (fact.low, fact.high))
            return formatting.between(*ends)
        return written_date(fact.value_text)
    text = formatting.quantity(fact.value, fact.unit)
    if fact.low is None or fact.high is None or fact.low == fact.high:
        return text
    low, high = (formatting.quantity(end, fact.unit) for end in (fact.low, fact.high))
    return f"{text} ({low} to {high})"


def _dates(fact: evidence.Fact) -> str:
    if fact.period_end is None or fact.period_end == fact.as_of:
        return f"of {formatting.day(fact.as_of)}"
    return formatting.span(fact.as_of, fact.period_end)


def topic_html(topic: str, *, link: Link) -> str:
    """Return the root sources of one topic with everything that is held of them."""
    own = [source for source in sources() if source.topic == topic]
    return _template("sources_topic.html").render(sources=own, link=link, statement=_link_of(link))


def tables_html(*, link: Link) -> str:
    """Return the tables of the book by what rests on them."""
    rows = []
    for entry in reference.resources():
        rest = resting(strike.of_table(entry["name"]))
        if rest.claims or rest.statements:
            origin = datapackage.origins()[entry["name"]]
            names = dict.fromkeys(source.publisher for source in origin.sources)
            rows.append(
                {
                    "name": entry["name"],
                    "title": entry["title"],
                    "publishers": "; ".join(names),
                    "resting": rest,
                }
            )
    rows.sort(key=lambda row: (-_many(row["resting"]), row["title"].casefold()))
    return _template("sources_tables.html").render(rows=rows, link=link, statement=_link_of(link))


def _many(rest: Resting) -> int:
    return len(rest.claims) + len(rest.statements)


def index_html(*, link: Link) -> str:
    """Return all root sources by what rests on them, as one table."""
    every = sources()
    kinds = sorted({source.kind for source in every}, key=str.casefold)
    return _template("sources.html").render(
        sources=every, link=link, topics=TOPICS, page_of=page_of, kinds=kinds
    )


def rule_html() -> str:
    """Return the rules by which verdicts are worked out without a source, from their code."""
    scales: dict[strike.Rule, list[str]] = defaultdict(list)
    for scale, rule in strike.RULES.items():
        if scale != "evidence-only":
            scales[rule].append(scale)
    rows = [(names, reference.marked(reference.rule_text(rule))) for rule, names in scales.items()]
    return _template("strike_rules.html").render(rows=rows)


def _template(name: str) -> Template:
    return templates().get_template(name)


def _link_of(link: Link) -> Callable[[str], str]:
    """Return what turns the id of a claim or statement into a link with its verdict."""
    known = {record.id: record for side in _records() for record in side}

    def html(id: str) -> str:
        record = known[id]
        page, _, anchor = record.address.partition(".html#")
        group = glyphs.group_of(record.verdict).name
        return (
            f'<a class="pos-ref pos-ref--id pos-verdict--{group}" href="{link(page, anchor)}">'
            f"{glyphs.glyph(record.verdict, size=13)} <u>{id}</u>"
            f'<span class="pos-hidden"> ({record.verdict})</span></a>'
        )

    return html


class _Html(SphinxDirective):
    make: ClassVar[Callable[..., str]]

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", type(self).make(*self.arguments, link=site_link), format="html")]


class IndexDirective(_Html):
    """All root sources, as a table that can be sorted."""

    make = staticmethod(index_html)


class TablesDirective(_Html):
    """The tables of the book, by what rests on them."""

    make = staticmethod(tables_html)


class TopicDirective(_Html):
    """The root sources of one topic."""

    required_arguments = 1
    make = staticmethod(topic_html)

    def run(self) -> list[nodes.Node]:
        """Return the sources; an unknown topic is an error of the page."""
        if self.arguments[0] not in TOPICS:
            message = f"no topic {self.arguments[0]!r}; there are: {', '.join(TOPICS)}"
            raise self.error(message)
        return super().run()


class RuleDirective(SphinxDirective):
    """The written rules of striking out."""

    def run(self) -> list[nodes.Node]:
        """Return the rules as they stand in the code."""
        return [nodes.raw("", rule_html(), format="html")]


def _prepare(app: Sphinx) -> None:
    if app.builder.name != "html":
        return
    folder = Path(app.doctreedir) / "sources-static"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(STATIC / SCRIPTS[-1], folder / SCRIPTS[-1])
    app.config.html_static_path.append(str(folder))


def _page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    if page == INDEX and app.builder.name != "epub":
        for script in SCRIPTS:
            app.add_js_file(script, defer="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_directive("sources", IndexDirective)
    app.add_directive("sources-of", TopicDirective)
    app.add_directive("sources-tables", TablesDirective)
    app.add_directive("strike-rules", RuleDirective)
    app.connect("builder-inited", _prepare)
    app.connect("html-page-context", _page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["INDEX", "TOPICS", "Source", "sources", "value_text"]
