"""The page that sums up: its sentences are held to the verdicts that they name."""

from __future__ import annotations

import re

import pytest

from analysis import claims, tables
from analysis.book import glyphs, ledger
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


SERVES = {
    record.id: place
    for place, own in ledger.positions(claims.assess_all()).items()
    for record in own
}


@pytest.mark.parametrize(
    "claim_id",
    ["russia-tempo", "slow-advances", "avdiivka", "counteroffensive-failed", "draft-evasion"],
)
def test_what_the_article_grants_serves_the_other_side(claim_id):
    """Russian forces advance, took a town and kept their tempo: no reasons to wait.

    Four of these sentences are concessions, and of the fifth the outcome cuts against the
    argument.
    """
    assert SERVES[claim_id] == "talk: stands"


def test_each_position_is_served_by_role_and_direction():
    """Read from the tables again: no concession and no outcome that hurts is a gain of waiting."""
    roles = tables.read("argument-roles").set_index("claim_id")["role"]
    for record in claims.assess_all():
        place = SERVES[record.id]
        stands = glyphs.group_of(record.verdict).name in {"stands", "nearly"}
        hurts = roles[record.id] == "concedes" or record.correction_direction == "hurts"
        assert (place == "talk: stands") == (stands and hurts), record.id
        if place == "wait: stands":
            assert roles[record.id] in {"carries", "supports", "asks"}, record.id


def test_a_report_of_what_others_hold_serves_nobody_by_standing():
    """That calls for talks were common is no reason for or against them."""
    assert SERVES["calls-common"] == "neither"


def test_the_leak_of_may_2024_is_not_left_out():
    """The page says what is public and what was leaked; chapters lean on the leak."""
    assert "no statement of that time" not in TEXT
    assert re.search(r"no public statement .* one leak", TEXT)


def test_the_american_paper_is_named_with_its_status():
    """The terms that grew worse are those of one paper, written by men out of office."""
    sentence = next(line for line in TEXT.splitlines() if "American terms" in line)
    assert "Kellogg" in TEXT
    assert "nobody’s offer" in TEXT or "nobody's offer" in TEXT
    assert "paper" in sentence
