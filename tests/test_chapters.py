"""Chapters stay thin, complete, quoted word for word, and free of typed numbers."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis import claims, quotations, tables
from analysis.book import runner
from analysis.book.frames import MARK
from analysis.paths import CHAPTERS, ROOT

SOURCES = runner.sources()
PAGES = [*runner.notebooks(), ROOT / "index.md", *sorted((ROOT / "pages").glob("*.md"))]

# The parts of an argument chapter, in order.
PARTS = (
    "What you can do after this chapter",
    "In five minutes",
    "What the article says",
    "What would make it true",
    "The data and their date",
    "What the data show",
    "Verdicts, claim by claim",
    "How sensitive the verdicts are",
    "The strongest case on each side",
    "What came after",
    "Questions for discussion",
    "Exercises",
    "Sources and how to cite",
)

LONGEST_QUOTATION = 25
MOST_QUOTED_WORDS = 700

named = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
paged = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


@cache
def record(path: Path) -> dict:
    return json.loads(runner.record_path(path).read_text(encoding="utf-8"))


def cells(path: Path) -> list[dict]:
    return [
        cell
        for cell in record(path)["cells"]
        if cell["cell_type"] == "code" and "".join(cell["source"]).strip()
    ]


def prose(path: Path) -> str:
    """Text that a reader reads: no front matter, code, comments or addresses."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"```\{code-cell\}.*?\n```", "", text, flags=re.S)
    text = re.sub(r"^%.*$", "", text, flags=re.M)
    text = re.sub(r"^(:{3,}|`{3,})\{[^\n]*$", "", text, flags=re.M)
    text = re.sub(r"^:[\w-]+:.*$", "", text, flags=re.M)
    return text


def without_marked_up(text: str) -> str:
    """Prose without what may hold digits: glue, roles, quotations, dates, links, code."""
    for pattern in (
        r"\{[a-z:-]+\}`[^`]*`",
        r"`[^`]*`",
        r"“[^”]*”",
        r"\]\([^)]*\)",
        r"https?://\S+",
        r"\(([\w-]+)\)=",
        rf"\b(?:\d{{1,2}} to )?\d{{1,2}} (?:{'|'.join(MONTHS)})(?: (?:19|20)\d\d)?",
        rf"\b(?:{'|'.join(MONTHS)}) (?:19|20)\d\d",
        r"\b(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?\b",
        r"^\d+\. ",
    ):
        text = re.sub(pattern, " ", text, flags=re.M)
    return text


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def allowed_numbers() -> list[tuple[str, str]]:
    table = tables.read("typed-numbers")
    # The others are for strings in code: see test_literals.py.
    table = table[table["page"].isin([path.stem for path in PAGES])]
    return list(table[["page", "text"]].itertuples(index=False, name=None))


@named
def test_parts(path):
    """Every argument chapter has the same parts in the same order."""
    found = re.findall(r"^## (.+)$", prose(path), flags=re.M)
    assert tuple(found) == PARTS


@named
def test_record_is_true(path):
    """The stored record is what today's text, code, data and versions give."""
    assert runner.changed_inputs(path) == []


@named
def test_record_is_not_hollow(path):
    """Nbval compares nothing in a cell that was never executed or has lost its output."""
    assert hollow(cells(path)) == []


SPEC = "application/vnd.vegalite.v6+json"
CARDS = "application/vnd.position-of-strength.claims+json"


def hollow(executed: list[dict]) -> list[str]:
    """List what nbval would pass over in silence."""
    problems = []
    counts = [cell["execution_count"] for cell in executed]
    if counts != list(range(1, len(counts) + 1)):
        problems.append(f"execution counts {counts}")
    outputs = [output for cell in executed for output in cell["outputs"]]
    kinds = [kind for output in outputs for kind in output.get("data", {})]
    figures = sum("figure(" in "".join(cell["source"]) for cell in executed)
    if kinds.count(SPEC) != figures or figures < 2:
        problems.append(f"{figures} figures, {kinds.count(SPEC)} specs")
    if CARDS not in kinds:
        problems.append("no claim card")
    tags = {tag for cell in executed for tag in cell["metadata"].get("tags", [])}
    problems += [f"tag {tag}" for tag in sorted(tags) if tag.startswith("nbval")]
    return problems


@named
def test_an_emptied_record_is_caught(path):
    """Outputs taken away, an execution count removed, a cell left out of the comparison."""
    for spoil in (
        lambda cell: cell.update(outputs=[]),
        lambda cell: cell.update(execution_count=None),
        lambda cell: cell["metadata"].update(tags=["nbval-skip"]),
    ):
        spoiled = copy.deepcopy(cells(path))
        spoil(next(cell for cell in spoiled if "figure(" in "".join(cell["source"])))
        assert hollow(spoiled)


@named
def test_record_matches_text(path):
    """The record holds the code cells of the text, no more and no fewer."""
    import jupytext

    text = [c.source for c in jupytext.read(path).cells if c.cell_type == "code"]
    stored = ["".join(c["source"]) for c in record(path)["cells"] if c["cell_type"] == "code"]
    assert stored == text


@named
def test_no_output_but_data(path):
    """A warning or an error in an output would be read as part of the book."""
    for cell in cells(path):
        assert all(o["output_type"] in {"display_data", "execute_result"} for o in cell["outputs"])


@named
def test_tables_are_whole(path):
    """Pandas ends what it has cut, cells and rows, with three dots."""
    htmls = ["".join(o["data"].get("text/html", "")) for c in cells(path) for o in c["outputs"]]
    texts = [
        cell.get_text().strip()
        for html in htmls
        if MARK in html
        for cell in BeautifulSoup(html, "html.parser").select("th, td")
    ]
    assert [text for text in texts if text.endswith("...")] == []


@named
def test_thin(path):
    """Chapters call, draw and explain: no functions, loops or file reading; short cells."""
    for cell in cells(path):
        source = "".join(cell["source"])
        lines = [line for line in source.splitlines() if line.strip()]
        assert not re.search(r"^\s*(def|for|while|class|with)\b|read_csv|open\(", source, re.M), (
            source
        )
        longest = 25 if "alt." in source or "figure(" in source else 12
        assert len(lines) <= longest, f"{len(lines)} lines:\n{source}"


@named
def test_mostly_prose(path):
    """A chapter is read: at most half of its signs are code, the drawing of charts included."""
    code = sum(len("".join(cell["source"])) for cell in cells(path))
    words = sum(len(line) for line in prose(path).splitlines())
    assert code / (code + words) <= 0.5


@paged
def test_no_typed_numbers(path):
    """A digit in prose is glued, quoted, a date, a citation, or an exception with a reason."""
    text = without_marked_up(prose(path))
    for page, allowed in allowed_numbers():
        if page == path.stem:
            text = text.replace(allowed, " ")
    assert re.findall(r"[^\n]*\d[^\n]*", text) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Russian forces gained 188 square miles.",
        "In 2024 the pace was 4.9 km² a day.",
        "About 63 % came back in spring.",
    ],
)
def test_a_typed_number_is_caught(sentence):
    """Each sentence has one number that nothing computed; years and dates are no numbers."""
    assert re.search(r"\d", without_marked_up(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "On 3 June 2024 and in May 2024, from 9 to 15 May 2024.",
        "The article says “188 square miles” (`net-188`).",
        "The gain was {glue:text}`window-gain`.",
    ],
)
def test_what_is_no_typed_number_passes(sentence):
    """Dates, quotations, ids and glued strings hold digits that were not typed as data."""
    assert not re.search(r"\d", without_marked_up(sentence))


def test_exceptions_are_needed():
    """An exception that no page needs any more hides the next mistake."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in PAGES}
    unused = [entry for entry in allowed_numbers() if entry[1] not in texts.get(entry[0], "")]
    assert unused == []


def article_quotations(path: Path) -> list[str]:
    """In this book, curly double quotation marks are for the article's own words."""
    return re.findall(r"“([^”]+)”", prose(path))


@paged
def test_quotations_are_verbatim(path):
    """Each run of words between curly quotation marks is in the article, word for word."""
    wrong = {
        quotation: missing
        for quotation in article_quotations(path)
        if (missing := quotations.missing_runs(quotation))
    }
    assert wrong == {}


@paged
def test_quotations_are_short(path):
    """At most 25 words at a time."""
    long = [q for q in article_quotations(path) if len(q.split()) > LONGEST_QUOTATION]
    assert long == []


def test_quotations_of_the_whole_book():
    """At most 700 words of the article in the whole book, each passage counted once."""
    passages = {q.lower() for path in PAGES for q in article_quotations(path)}
    passages |= {str(q).lower() for q in claims.table()["quote"]}
    # A passage inside a longer quoted one is the same passage.
    once = [p for p in passages if not any(p != other and p in other for other in passages)]
    assert sum(len(p.split()) for p in once) <= MOST_QUOTED_WORDS


@paged
def test_one_sentence_per_line(path):
    """A line holds one sentence, so that a change of one is a change of one line."""
    joined = [
        line
        for line in prose(path).splitlines()
        if re.search(r"[a-z`)”]\. [A-Z“{]", line) and not line.lstrip().startswith("|")
    ]
    assert joined == []


@named
def test_every_home_claim_is_shown(path):
    """Each claim at home in a chapter has its card there, and its id is in the prose."""
    ledger = claims.table()
    home = set(ledger[ledger["home_chapter"] == path.stem.split("-", 1)[1]]["id"])
    key = CARDS
    shown = {
        claim["id"]
        for cell in cells(path)
        for output in cell["outputs"]
        for claim in output["data"].get(key, [])
    }
    assert shown >= home
    assert {name for name in home if f"`{name}`" not in path.read_text()} == set()


@named
def test_figures_name_existing_claims(path):
    """Under a figure stand links to the claims it bears on; a misspelt id leads nowhere."""
    known = set(claims.table().index)
    specs = [o["data"][SPEC] for c in cells(path) for o in c["outputs"] if SPEC in o["data"]]
    named_claims = [claim for spec in specs for claim in spec["usermeta"]["figure"]["claims"]]
    assert len(named_claims) >= len(specs)
    assert set(named_claims) - known == set()


@named
def test_no_chart_takes_the_wheel(path):
    """A chart bound to its scales zooms where a reader meant to scroll the page."""
    specs = [o["data"][SPEC] for c in cells(path) for o in c["outputs"] if SPEC in o["data"]]
    bound = [param.get("bind") for spec in specs for param in spec.get("params", [])]
    assert "scales" not in bound


@named
def test_stored_claims_are_current(path):
    """The cards in the record are what the engine gives today."""
    key = CARDS
    for cell in cells(path):
        for output in cell["outputs"]:
            for claim in output["data"].get(key, []):
                assert claim == claims.assess(claim["id"]).model_dump(mode="json")


def test_chapters_are_all_in_the_table_of_contents():
    """A chapter that is not listed would be tested and never read."""
    contents = (ROOT / "_toc.yml").read_text()
    assert [p.stem for p in SOURCES if f"chapters/{p.stem}" not in contents] == []
    assert sorted(CHAPTERS.glob("*.ipynb")) == [runner.record_path(path) for path in SOURCES]
