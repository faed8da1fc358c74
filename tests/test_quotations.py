"""Quotations are the article's words, and an altered word is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import quotations, tables

CLAIMS = tables.read("claims").set_index("id")["quote"].to_dict()
LONG_QUOTES = {name: quote for name, quote in CLAIMS.items() if len(quotations.words(quote)) >= 4}

# No form of this word stands in the article, nor in any text.
FOREIGN = "zyxwvut"


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_every_run_of_a_claim_quotation_is_in_the_article(claim_id: str) -> None:
    """The claims quote verbatim, so no run may be missing and none may go unchecked."""
    quote = CLAIMS[claim_id]
    assert quotations.missing_runs(quote) == []
    assert quotations.single_words(quote) == []


@pytest.mark.parametrize("claim_id", LONG_QUOTES)
def test_an_altered_word_is_caught_wherever_it_stands(claim_id: str) -> None:
    """A word changed anywhere leaves at least one run that the article does not have."""
    found = quotations.words(LONG_QUOTES[claim_id])
    for place in range(len(found)):
        altered = [*found[:place], FOREIGN, *found[place + 1 :]]
        assert quotations.missing_runs(" ".join(altered)), f"word {place + 1} of {found}"


@pytest.mark.parametrize(
    ("altered", "why"),
    [
        ("just over 40 miles from the Russian border", "the article says 30"),
        ("nearly 15,000 pieces of equipment", "the article says 16,000"),
        ("might talk Kharkiv city into surrender", "not in the article"),
        ("the calendar favors Ukraine", "the article says Russia"),
        ("Two Ukrainian generals were replaced", "the article says Russian"),
    ],
)
def test_a_plausible_alteration_is_caught(altered: str, why: str) -> None:
    """Wrong numbers and swapped sides are what misquotation looks like; see `why`."""
    assert quotations.missing_runs(altered), why


def test_words_swapped_are_caught() -> None:
    """The words are all there, the order is not: the article has "slow advances"."""
    assert quotations.missing_runs("slow advances") == []
    assert quotations.missing_runs("advances slow") == ["advances slow"]


def test_words_by_hand() -> None:
    """Split by hand: dashes split, hyphens and decimals do not, quotes are straightened."""
    text = "Putin’s “well-regarded” U.S. ally—3.9 percent, some $61 billion (5:1)."
    expected = "putin's well-regarded u.s ally 3.9 percent some 61 billion 5:1"
    assert quotations.words(text) == expected.split()


def test_passages_beside_an_omission_are_checked_alone() -> None:
    """An ellipsis or a bracket ends a passage: the run across it is in no text."""
    assert quotations.missing_runs("slow advances … well-regarded foreign-policy") == []
    assert quotations.missing_runs("slow advances well-regarded foreign-policy") != []
    assert quotations.passages("one [two] three") == ["one ", " three"]


def test_one_word_cannot_be_checked_and_is_reported() -> None:
    """Fingerprints start at two words, so a single word is named instead of passed."""
    assert quotations.single_words("slow advances … outlandish") == ["outlandish"]
    assert quotations.missing_runs("outlandish") == []


def test_a_quotation_without_words_is_an_error() -> None:
    """Nothing to check is not the same as nothing wrong."""
    with pytest.raises(ValueError, match="without words"):
        quotations.missing_runs(" … ")


def test_the_table_is_sparse_enough_to_catch_and_to_hide() -> None:
    """Of 2**20 fingerprints about 2,000 may be in use: one foreign run in 500 passes."""
    table = tables.read("article-runs")
    assert not table.duplicated().any()
    counts = table.groupby("n").size()
    assert set(counts.index) == set(quotations.LENGTHS)
    assert counts.between(1_500, 2_500).all()


@given(st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=4, max_size=12))
def test_a_text_contains_all_its_own_runs(found: list[str]) -> None:
    """A line of k words has k - n + 1 runs of n, and the table built from it has them all."""
    text = " ".join(found)
    kept = set(quotations.fingerprints(text).itertuples(index=False, name=None))
    for n in quotations.LENGTHS:
        own = quotations.runs(text, n)
        assert len(own) == len(found) - n + 1
        assert {(n, quotations.fingerprint(run, n)) for run in own} <= kept


@given(st.text(max_size=200))
def test_splitting_twice_changes_nothing(text: str) -> None:
    """Words are clean already, so joining and splitting them again gives the same words."""
    once = quotations.words(text)
    assert quotations.words(" ".join(once)) == once


def test_runs_do_not_cross_a_paragraph() -> None:
    """Two lines of two words have two runs of two, not three."""
    assert len(quotations.fingerprints("one two\nthree four")) == 2
