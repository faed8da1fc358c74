"""A reader who changes something is told what it moves, and that nothing moves otherwise."""

from __future__ import annotations

import json

import pytest
from test_proofs import copy_of_the_repository, run

from analysis import claims, difference
from analysis.refresh import proof

RECORD = claims.assess("aid-total")


def notebook(*outputs: dict[str, object]) -> str:
    return json.dumps({"cells": [{"outputs": list(outputs)}]})


def glued(name: str, text: str) -> dict[str, object]:
    return {
        "metadata": {"scrapbook": {"name": name}},
        "data": {"application/papermill.record/text/plain": repr(text)},
    }


CARD = {
    "metadata": {},
    "data": {"application/vnd.position-of-strength.claims+json": [RECORD.model_dump(mode="json")]},
}
BEFORE = difference.stored({"01-a": notebook(glued("sum", "6 km"), glued("why", "it's"), CARD)})


def now(**changes: object) -> dict[str, object]:
    same: dict[str, object] = {
        "claims": {"aid-total": proof.shown(RECORD), "unshown": {"verdict": "holds"}},
        "strings": {"01-a": {"sum": "6 km", "why": "it's", "unshown": "7"}},
        "broken": {},
    }
    return same | changes


def test_nothing_moved():
    """The same strings, one with an apostrophe, and the same card; what no record shows is out."""
    assert difference.report(BEFORE, now()) == difference.NOTHING


def test_what_moved_is_listed():
    """One verdict and one number, each with the old and the new word; a gone number says so."""
    worse = proof.shown(RECORD) | {"verdict": "does not hold"}
    said = difference.report(
        BEFORE, now(claims={"aid-total": worse}, strings={"01-a": {"sum": "7 km"}})
    )
    assert "verdicts: 1" in said
    assert RECORD.verdict in said and "does not hold" in said
    assert "numbers in prose: 2" in said
    assert "6 km" in said and "7 km" in said and "(gone)" in said


def test_words_that_cannot_be_written_are_named():
    """A chapter whose strings fail is one line, and not a list of all its numbers."""
    said = difference.report(BEFORE, now(strings={}, broken={"01-a": "ValueError('no row')"}))
    assert "no row" in said
    assert "numbers in prose" not in said


def test_an_unknown_ref_is_an_error():
    """Git's own words, not an empty list that looks like no change."""
    with pytest.raises(ValueError, match="no-such-ref"):
        difference.records("no-such-ref")


@pytest.mark.slow
def test_a_changed_hedge_changes_a_verdict(tmp_path):
    """The Act has 60.78 of the printed 61 billion, a ratio of 0.9964.

    With "some" a tenth to either side, 61 holds; a thousandth to either side, it holds roughly,
    and the critical tolerance is not asked.  Untouched, nothing moves.
    """
    folder = copy_of_the_repository(tmp_path / "book")
    done = run(folder, "-m", "analysis", "claims", "--diff")
    assert (done.returncode, done.stdout.strip()) == (0, difference.NOTHING), done.stderr[-2000:]
    path = folder / "analysis" / "hedges.py"
    text = path.read_text(encoding="utf-8")
    start = text.index('        "some",')
    changed = text[start:].replace("Interval(0.9, 1.1)", "Interval(0.999, 1.001)", 1)
    path.write_text(text[:start] + changed, encoding="utf-8")
    done = run(folder, "-m", "analysis", "claims", "--diff")
    assert done.returncode == 0, done.stderr[-2000:]
    line = next(
        line for line in done.stdout.splitlines() if line.split()[:2] == ["aid-total", "verdict"]
    )
    assert line.split("verdict", 1)[1].split("  ")[-1].strip().startswith("roughly holds"), line
