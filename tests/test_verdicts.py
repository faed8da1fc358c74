"""The rules give the verdict, and every word belongs to a scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import verdicts
from analysis.hedges import Interval
from analysis.readings import Reading

HOLDS, ROUGHLY = Interval(90, 110), Interval(80, 120)


def reading(value, low=None, high=None, role="primary"):
    return Reading(
        name="r",
        levels={"source": "x"},
        value=value,
        low=low,
        high=high,
        unit="km2",
        origin_id="a",
        evidence=("e",),
        status="known then",
        role=role,
        reason="rule",
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "word"),
    [
        (100, None, None, "holds"),
        (110, None, None, "holds"),
        (115, None, None, "roughly holds"),
        (130, None, None, "does not hold"),
        (100, 95, 115, "roughly holds"),
        (100, 70, 130, "contested"),
        (130, 121, 140, "does not hold"),
        (125, 115, 140, "contested"),
        # A range that ends where the rough interval begins still has one value inside it.
        (75, 70, 80, "contested"),
        (130, 120, 140, "contested"),
    ],
)
def test_classify(value, low, high, word):
    """Each case by hand: 90-110 holds, 80-120 roughly; a range on both sides is contested."""
    assert verdicts.classify(reading(value, low, high), HOLDS, ROUGHLY) == word


def test_what_stands():
    """Bare 100 holds at 100, roughly at 108, not at 200: the claim stands under the first two."""
    judged = verdicts.judge([reading(value) for value in (100, 108, 200)], "", 100)
    assert [one.word for one in judged] == ["holds", "roughly holds", "does not hold"]
    assert [one.stands for one in judged] == [True, True, False]


@given(st.floats(-1e6, 1e6))
def test_a_point_is_never_contested(value):
    """A single number is inside or outside; only a range can be on both sides."""
    assert verdicts.classify(reading(value), HOLDS, ROUGHLY) != "contested"


def test_figure_without_primary_cannot_be_checked():
    """Without a source that qualifies there is no verdict, whatever the others say."""
    assert verdicts.figure([]) == "cannot be checked"


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([100, 101], "holds"),
        ([100, 115], "roughly holds"),
        ([100, 200], "contested"),
        ([200, 300], "does not hold"),
    ],
)
def test_equal_primary_sources(values, word):
    """Equals that agree give their word; if the claim stands for one only, contested."""
    judged = verdicts.judge([reading(value) for value in values], "some", 100)
    assert verdicts.figure(judged) == word


@pytest.mark.parametrize(
    ("supporting", "contradicting", "measured", "word"),
    [
        (["isw", "ap"], [], False, "holds"),
        (["isw", "isw"], [], False, "roughly holds"),
        ([], [], True, "holds"),
        (["isw"], ["tass"], False, "contested"),
        ([], ["tass"], True, "contested"),
        ([], ["tass"], False, "does not hold"),
        ([], [], False, "cannot be checked"),
    ],
)
def test_event(supporting, contradicting, measured, word):
    """Two root sources or a measurement carry an event; two copies of one are one."""
    assert verdicts.event(supporting, contradicting, measured=measured) == word


@pytest.mark.parametrize(
    ("low", "high", "sign", "word"),
    [
        (0.1, 0.4, 1, "supported"),
        (-0.4, -0.1, -1, "supported"),
        (-0.4, -0.1, 1, "not supported"),
        (-0.1, 0.4, 1, "the data cannot tell"),
        (0.0, 0.4, 1, "the data cannot tell"),
        (0.0, 0.4, -1, "the data cannot tell"),
        (-0.4, 0.0, 1, "the data cannot tell"),
        (-0.4, 0.0, -1, "the data cannot tell"),
        (-0.5, 0.5, -1, "the data cannot tell"),
        (0.2, 0.2, 1, "supported"),
    ],
)
def test_causal(low, high, sign, word):
    """An interval with both signs, or with zero, cannot tell the sign of an effect."""
    assert verdicts.causal(low, high, expected_sign=sign) == word


def test_causal_refuses_a_reversed_interval():
    """0.4 to 0.1 is no interval: the ends were swapped somewhere."""
    with pytest.raises(ValueError, match="wrong way round"):
        verdicts.causal(0.4, 0.1, expected_sign=1)


def test_forecast_needs_both_rules_to_agree():
    """Literal and charitable rule disagree: the reader is told, nobody chooses."""
    assert verdicts.forecast("failed", "in part") == "depends on reading"
    assert verdicts.forecast("open", "open") == "open"


def test_universal_falls_by_one_case():
    """'Nothing' is false as soon as there is one thing."""
    assert verdicts.universal(["one"]) == "refuted as worded"
    assert verdicts.universal([]) == "not refuted"


def test_conjunction_is_its_weakest_part():
    """'A and B' is no better than the worse of A and B."""
    assert verdicts.conjunction(["holds", "does not hold"], "event") == "does not hold"
    assert verdicts.conjunction(["holds", "cannot be checked"], "event") == "cannot be checked"


@pytest.mark.parametrize("scale", verdicts.WORDS)
def test_every_word_can_be_compared(scale):
    """A word that the conjunction does not know would stop a compound claim."""
    assert verdicts.conjunction(list(verdicts.WORDS[scale]), scale) in verdicts.WORDS[scale]
