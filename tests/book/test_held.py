"""A page that sums up does not outlive the verdicts that it sums up."""

from __future__ import annotations

import pytest
from sphinx.errors import ExtensionError

from analysis import claims
from analysis.book import held, site
from analysis.paths import ROOT

ANSWER = "## What stands\n- {claim-ref}`net-188`\n\n## What falls\n- it fell\n"


@pytest.mark.parametrize("page", held.PARTS)
def test_the_pages_say_what_the_verdicts_say(page):
    """The build asks the same: a moved verdict stops it until the sentence has moved."""
    assert held.problems(page, (ROOT / f"{page}.md").read_text(encoding="utf-8")) == []


def test_every_fault_is_named():
    """By hand: 188 square miles falls, a list names nothing, and a part is missing."""
    assert claims.assess("net-188").verdict == "does not hold"
    found = held.problems("pages/answer", ANSWER)
    assert found == [
        "net-188 stands under 'What stands', and its verdict is 'does not hold'",
        "'What falls' names no statement",
        "'What is open' stands there 0 times; expected 1",
    ]


def test_references_with_words_of_their_own_are_held_too():
    """On the front a link says what happened; the claim behind it must have the verdict."""
    side = "- **Stands**: {claim-ref}`it was so <net-188>`.\n- **Falls**: x\n- **Open**: x\n:::\n"
    found = held.problems("index", side * 2)
    assert found.count("net-188 stands under 'Stands', and its verdict is 'does not hold'") == 2


def test_a_moved_verdict_is_noticed(monkeypatch):
    """Were no-collapse refuted, front and answer would both be wrong."""
    moved = claims.assess("no-collapse").model_copy(update={"verdict": "refuted as worded"})
    real = claims.assess
    monkeypatch.setattr(claims, "assess", lambda name: moved if name == moved.id else real(name))
    for page in held.PARTS:
        text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
        assert any("no-collapse" in line for line in held.problems(page, text)), page


def test_the_build_stops():
    """The page's own words: the book does not build until the sentence has moved too."""
    with pytest.raises(ExtensionError, match="net-188 stands under 'What stands'"):
        site._hold(None, "pages/answer", [ANSWER])


def test_other_pages_are_left_alone():
    """A chapter may discuss a claim wherever it likes."""
    assert held.problems("chapters/04-land", ANSWER) == []


def test_the_front_gives_both_positions_the_same_room():
    """Words for one position are at most a quarter more than for the other."""
    text = (ROOT / "index.md").read_text(encoding="utf-8")
    wait, talk = (
        text.split(f"**For those who say {side}**")[1].split(":::")[0].split()
        for side in ("wait", "negotiate")
    )
    assert max(len(wait), len(talk)) <= 1.25 * min(len(wait), len(talk))
