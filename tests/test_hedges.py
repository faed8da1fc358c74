"""The words of quantity and chance allow what they say, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.hedges import HEDGES, Interval, allowed, critical_tolerance, hedge
from analysis.tables import read


@pytest.mark.parametrize("item", HEDGES, ids=lambda item: item.word or "bare")
def test_rough_interval_contains_the_strict_one(item):
    """A statement that holds also roughly holds, so one interval lies in the other."""
    assert item.roughly.low <= item.holds.low <= item.holds.high <= item.roughly.high


@pytest.mark.parametrize("item", HEDGES, ids=lambda item: item.word or "bare")
def test_each_hedge_says_why(item):
    """An interval without a reason would be a number picked to suit."""
    assert len(item.reason.split()) >= 4


def test_words_stand_once():
    """Two intervals for one word would let the result choose between them."""
    assert len({item.word for item in HEDGES}) == len(HEDGES)


def test_nearly_is_below_the_number():
    """15,830 is nearly 16,000 (1.1 percent below); 16,400 is above it and is not."""
    holds, _ = allowed("nearly", 16000)
    assert 15830 in holds
    assert 16400 not in holds


def test_more_than_has_no_ceiling():
    """A floor: 3,000 tanks are exceeded by 3,001 and by 30,000 alike, not by 2,999."""
    holds, _ = allowed("more than", 3000)
    assert 3001 in holds
    assert 30000 in holds
    assert 2999 not in holds


def test_bare_number_is_its_own_rounding():
    """61 stated bare: 60.8 rounds to it, 54 is more than a tenth away."""
    holds, roughly = allowed("", 61)
    assert 60.8 in holds
    assert 54 not in roughly


def test_chance_words_do_not_scale():
    """A probability is a probability: the printed number plays no part."""
    assert allowed("will", 12345.0) == allowed("will", 1.0)


def test_critical_tolerance_of_a_bare_number():
    """Bare 188 roughly holds down to 169.2, so 9 is (169.2 - 9)/188 = 85 percent off."""
    assert critical_tolerance("", 188, 9) == pytest.approx(160.2 / 188)


def test_critical_tolerance_needs_an_end():
    """'cannot be ruled out' ends at certainty on one side and near nothing on the other."""
    assert critical_tolerance("cannot be ruled out", 1.0, 0.5) == pytest.approx(0.499)


def test_critical_tolerance_of_a_chance_is_no_share_of_a_number():
    """0.9 is 0.1 from certainty, whatever number the sentence prints beside the word."""
    for printed in (1.0, 50.0):
        assert critical_tolerance("cannot be ruled out", printed, 0.9) == pytest.approx(0.1)


def test_nothing_and_no_limit_are_no_ends():
    """Less than 100 roughly ends at 105 only, 95 above 10; 'not one' has no end to stretch to."""
    assert critical_tolerance("less than", 100, 10) == pytest.approx(0.95)
    assert critical_tolerance("more than", 100, 85) == pytest.approx(0.1)
    assert critical_tolerance("not one", 1.0, 3.0) is None
    assert critical_tolerance("", 0.0, 3.0) is None


def test_interval_has_its_ends():
    """From 90 to 110 means that 90 and 110 are inside, and 89.9 and 110.1 are not."""
    inside = [value in Interval(90, 110) for value in (89.9, 90, 110, 110.1)]
    assert inside == [False, True, True, False]


def test_unknown_word_is_refused():
    """A word without an interval has no rule; guessing one would be a verdict by hand."""
    with pytest.raises(KeyError, match="no interval for the hedge"):
        hedge("plenty of")


@given(st.floats(1, 1e6), st.floats(0.01, 100))
def test_tolerance_does_not_depend_on_the_unit(printed, factor):
    """Square miles or square kilometres: a share of the printed number has no unit."""
    value = printed * 1.7
    here = critical_tolerance("some", printed, value)
    there = critical_tolerance("some", printed * factor, value * factor)
    assert here == pytest.approx(there)


def test_every_figure_claim_with_a_number_has_its_hedge():
    """A figure is judged by its hedge: each word in the table must have an interval."""
    claims = read("claims")
    figures = claims[(claims["scale"] == "figure") & claims["claimed_value"].notna()]
    words = {item.word for item in HEDGES}
    assert set(figures["hedge"]) <= words


def test_both_ends_move_outwards():
    """0.9 and 1.1 moved by 0.05 are 0.85 and 1.15; an end at nought stays, an open one is open."""
    moved = Interval(0.9, 1.1).stretched(0.05)
    assert (moved.low, moved.high) == (pytest.approx(0.85), pytest.approx(1.15))
    assert Interval(0.0, 0.5).stretched(0.25) == Interval(0.0, 0.75)
    assert Interval(-0.5, 0.0).stretched(0.25) == Interval(-0.75, 0.0)
    assert Interval(1.0, float("inf")).stretched(0.25) == Interval(0.75, float("inf"))
