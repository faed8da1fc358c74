"""Numbers in sentences that code puts together come from measures, as those in prose do."""

from __future__ import annotations

import pytest

from analysis import literals, tables
from analysis.paths import ROOT

PAGES = {
    path.stem for folder in ("chapters", "pages", ".") for path in (ROOT / folder).glob("*.md")
}


def found(source: str, *exceptions: str) -> list[str]:
    return [one.number for one in literals.typed(source, "made/up", exceptions)]


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        ('REASON = "The front moved 19 km in May."', ["19"]),
        ('reason = f"{gain} of 1,427 squares and a third of the rest"', ["1,427", "a third"]),
        ('caption = "Three verdicts do not depend on it"', ["Three"]),
        ('strings = {"months": "eleven"}', ["eleven"]),
        ("f\"{share} at 2.5 times, {'twice the rate'}\"", ["2.5", "twice"]),
    ],
)
def test_a_typed_number_is_found(source, numbers):
    """Digits and number words, in plain strings, in formatted ones and in what these fill in."""
    assert found(source) == numbers


@pytest.mark.parametrize(
    "source",
    [
        'at = "on 3 June 2024, in May 2024 and from 9 to 15 May 2024"',
        'said = "the article has “188 square miles” for it"',
        'name = "battles of CDB90, premise P4, by the 18th Army"',
        'text = f"{share:.2f} km2 a day"',
        'key = "isw-2024-05"',
        'frame["two columns"] = frame["area 2"] == "3 of 4"',
        'frame.query("level >= 4 and side == 2")',
        'names = {"5 to 1": text}',
        'left = "datum.expected_shift - 0.0101"',
        'high = f"area >= 0 && datum.rest > 0 ? {bound} : {ceiling:.6g}"',
        'last = "min(datetime(max(first_year, last_year), 11, 31), datetime(2026, 8, 31))"',
        '"""Has 3 figures in its description."""',
        'def f():\n    """Return the 2 ends."""',
    ],
)
def test_what_no_reader_reads_as_a_number_passes(source):
    """Dates, quotations, names, units, ids, lookups, keys and descriptions of code."""
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        ("label = \"datum.held + ' of 20 villages'\"", ["20"]),
        ('text = "min(a, b) of the 20 villages (all)"', ["20"]),
        ('text = "Each datum is one of 20 villages."', ["20"]),
    ],
)
def test_what_an_expression_shows_is_said(source, numbers):
    """Vega writes what an expression quotes; a sentence about a call or a datum is no code."""
    assert found(source) == numbers


def test_an_exception_covers_its_text_alone():
    """The plan is called by its number; another 28 beside it is not."""
    source = 'text = "the 28 points, and 28 of them"'
    assert found(source) == ["28", "28"]
    assert found(source, "28 points") == ["28"]


def typed_in(folder: str) -> list[literals.Typed]:
    paths = [path for path in literals.speaking() if path.parent.name == folder]
    return [
        one
        for path in paths
        for module in [literals.name_of(path)]
        for one in literals.typed(path.read_text("utf-8"), module, literals.allowed(module))
    ]


def listed(found: list[literals.Typed]) -> list[str]:
    return [f"{one.module}.py:{one.line}: {one.number!r} in {one.text[:90]}" for one in found]


FOLDERS = pytest.mark.parametrize("folder", sorted(literals.SPEAKING))


@FOLDERS
def test_no_digits_are_typed_into_strings(folder):
    """A digit that a reader sees is computed, or is an exception with its reason."""
    assert listed([one for one in typed_in(folder) if one.number[0].isdigit()]) == []


@FOLDERS
def test_no_number_words_are_typed_into_strings(folder):
    """A counted thing is counted by the code: "three verdicts" will be four one day."""
    assert listed([one for one in typed_in(folder) if not one.number[0].isdigit()]) == []


def test_exceptions_are_needed():
    """An exception that no string needs any more hides the next mistake."""
    table = tables.read("typed-numbers")
    sources = {literals.name_of(path): path.read_text("utf-8") for path in literals.speaking()}
    idle = [
        (page, text)
        for page, text in zip(table["page"], table["text"], strict=True)
        if page not in PAGES
        and not any(
            text in source
            for name, source in sources.items()
            if page in {name, literals.EVERYWHERE}
        )
    ]
    assert idle == []
