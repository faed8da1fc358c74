"""Front and README repeat what a chapter's lead found, and nothing else."""

from __future__ import annotations

import re

import pytest

from analysis import tables
from analysis.book import findings

SLUGS = list(tables.read("chapters")["slug"])


@pytest.mark.parametrize("slug", SLUGS)
def test_a_finding_is_a_sentence_of_the_lead(slug):
    """A full sentence with its numbers filled in; neither the question nor a count of verdicts."""
    text = findings.finding(slug)
    assert text[0].isupper() and text.endswith(".")
    assert not re.search(r"[{}`]|glue", text)
    assert not re.match(r"Of the \w+ claims", text)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_lead_asks_first(slug):
    """A chapter begins with its question; what it found comes after."""
    assert findings.lead(slug)[0].endswith("?")


def test_the_numbers_are_those_of_the_record():
    """Of the land: 278 km2 in the fastest week is a number of the engine, not of this file."""
    from analysis.wording import land

    assert land.strings()["week-known"] in findings.finding("land")


@pytest.mark.parametrize(("place", "message"), [(1, "no sentence 1"), (40, "no sentence 40")])
def test_a_wrong_place_is_refused(monkeypatch, place, message):
    """The first sentence asks, and a lead is never forty sentences long."""
    rows = tables.read("chapters").assign(finding=place)
    monkeypatch.setattr(findings.tables, "read", lambda name: rows)
    with pytest.raises(ValueError, match=message):
        findings.finding("land")


def test_markup_is_refused(monkeypatch):
    """A table cell of the README would show the signs."""
    monkeypatch.setattr(findings, "lead", lambda slug: ["What?", "It was `code` all along."])
    with pytest.raises(ValueError, match="markup"):
        findings.finding("land")
