"""The page that sums up: its sentences are held to the verdicts that they name."""

from __future__ import annotations

import re

import pytest

from analysis import claims
from analysis.book import glyphs
from analysis.paths import ROOT

TEXT = (ROOT / "pages" / "answer.md").read_text(encoding="utf-8")
REFERENCE = re.compile(r"\{claim-ref\}`([a-z0-9-]+)`")

# What a claim under a heading may have come to.
ALLOWED = {
    "What stands": {"stands", "nearly"},
    "What falls": {"falls"},
    "What is open": {"split", "unknown", "evidence"},
}


def named(heading: str) -> list[str]:
    part = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    return REFERENCE.findall(part)


@pytest.mark.parametrize(
    ("heading", "claim_id"), [(heading, id) for heading in ALLOWED for id in named(heading)]
)
def test_a_sentence_does_not_outlive_its_verdict(heading, claim_id):
    """A claim stands under the heading that its verdict gives it, or the page is wrong."""
    verdict = claims.assess(claim_id).verdict
    assert glyphs.group_of(verdict).name in ALLOWED[heading], verdict


def test_each_list_names_claims():
    """A list without references would be opinion."""
    assert all(len(named(heading)) >= 5 for heading in ALLOWED)


def test_errors_are_listed_by_the_way_they_cut():
    """Numbers whose correction hurts, and those whose correction helps, stand apart."""
    falls = TEXT.split("## What falls\n")[1].split("\n## ")[0]
    safer = REFERENCE.findall(falls.split("look safer")[1].split("\n- ")[0])
    worse = REFERENCE.findall(falls.split("look worse")[1].split("\n- ")[0])
    assert {claims.assess(id).correction_direction for id in safer} == {"hurts"}
    assert {claims.assess(id).correction_direction for id in worse} == {"helps"}


def test_both_positions_get_the_same_room():
    """Words for one position are at most a fifth more than for the other."""
    wait = TEXT.split("those who say wait\n")[1].split("\n## ")[0].split()
    talk = TEXT.split("those who say negotiate\n")[1].split("\n## ")[0].split()
    assert max(len(wait), len(talk)) <= 1.25 * min(len(wait), len(talk))
