"""Readings decide robustness by a rule that copies of a source cannot move."""

import pytest
from pydantic import ValidationError

from analysis.readings import Reading, included, robustness, share


def reading(stands, role="alternative", origin="a", **levels):
    return Reading(
        name="r",
        levels=levels or {"source": "x"},
        value=1.0,
        unit="km2",
        origin_id=origin,
        evidence=("e",),
        status="known then",
        role=role,
        reason="rule" if role != "alternative" else "",
        stands=stands,
    )


def test_no_alternative_is_said():
    """One reading alone cannot be called robust: nothing was varied."""
    assert robustness([reading(True, "primary")]).word == "no other reading"


def test_robust_when_nothing_turns():
    """Two sources, same result: no dimension turns the verdict over."""
    found = robustness([reading(True, "primary", source="x"), reading(True, source="y")])
    assert found.word == "robust"


def test_sensitive_when_some_turn():
    """Of two other sources one disagrees: sensitive, not reversed."""
    found = robustness(
        [
            reading(True, "primary", source="x"),
            reading(False, source="y"),
            reading(True, source="z"),
        ]
    )
    assert found.word == "sensitive to source"
    assert found.sensitive_to == ("source",)


def test_several_dimensions_are_all_named():
    """Each later period turns the result, one of two sources does: both are said, in this order."""
    found = robustness(
        [
            reading(True, "primary", source="x", period="p"),
            reading(False, source="x", period="q"),
            reading(False, source="y", period="p"),
            reading(True, source="z", period="p"),
        ]
    )
    assert found.word == "reversed by period; sensitive to source"


def test_reversed_when_all_turn():
    """Every other period gives the opposite result: the period reverses the claim."""
    found = robustness(
        [
            reading(False, "primary", source="x", period="fall"),
            reading(True, source="x", period="nine months"),
            reading(True, source="x", period="year"),
        ]
    )
    assert found.word == "reversed by period"


def test_single_change_is_preferred_to_joint_change():
    """Where one reading changes the source only, one that changes more says nothing of it."""
    found = robustness(
        [
            reading(True, "primary", source="x", period="p"),
            reading(True, source="y", period="p"),
            reading(False, source="y", period="q"),
        ]
    )
    assert found.reversed_by == ("period",)
    assert found.sensitive_to == ()


def test_excluded_readings_do_not_count():
    """An excluded reading is listed with its reason and decides nothing."""
    found = robustness(
        [
            reading(True, "primary"),
            reading(True, source="y"),
            reading(False, "excluded", source="z"),
        ]
    )
    assert found.word == "robust"


def test_what_is_included():
    """All but the excluded one, in the order given."""
    kept = [reading(True, "primary"), reading(True, source="y")]
    assert included([kept[0], reading(False, "excluded", source="z"), kept[1]]) == kept


def test_share_stands_beside_the_word():
    """Four of five readings stand; five primary readings have a share too, though none varies."""
    mixed = [reading(True, "primary", source="0"), reading(False, source="1")]
    mixed += [reading(True, source=str(n)) for n in range(2, 5)]
    equals = [reading(True, "primary", source=str(n)) for n in range(5)]
    for readings, expected in ((mixed, 0.8), (equals, 1.0)):
        found = robustness(readings).share
        assert found is not None
        assert (found.readings, found.uniform) == (5, expected)


def test_share_of_readings_that_are_all_alike():
    """No dimension varies: the balanced share is the plain one, 3 of 5, and none is left out."""
    found = share([reading(stands) for stands in (True, True, True, False, False)])
    assert (found.uniform, found.balanced, found.leave_one_out) == (0.6, 0.6, {})


def test_a_dimension_that_does_not_vary_weighs_nothing():
    """Six sources, two stand: 1/3 to four digits; one period for all would halve the balance.

    With one varied dimension nothing is left when it is left out, so that is not given.
    """
    found = share([reading(number < 2, source=str(number), period="p") for number in range(6)])
    assert (found.uniform, found.balanced, found.leave_one_out) == (0.3333, 0.3333, {})


def test_a_level_that_is_missing_is_a_level():
    """The first reading names a period, five do not: two levels, 1 and 1/5; sources 2/6.

    The mean of 3/5 and 1/3 is 7/15; without the source 3/5, without the period 1/3.
    """
    found = share(
        [
            reading(True, source="0", period="p"),
            *(reading(number == 1, source=str(number)) for number in range(1, 6)),
        ]
    )
    assert found.balanced == 0.4667
    assert found.leave_one_out == {"period": 0.3333, "source": 0.6}


def test_no_share_below_five():
    """Three of four is not 75 percent of anything."""
    assert share([reading(True, source=str(n)) for n in range(4)]) is None


def test_copies_do_not_weigh():
    """Four copies of one root source against one other: uniform 4/5, balanced 1/2.

    By hand: the source dimension has five levels (mean 4/5); the root-source dimension
    has two (mean of 1 and 0 = 1/2).  The mean over the two dimensions is 0.65; without
    the source dimension it is 1/2.
    """
    five = [reading(True, source=str(n), origin="isw") for n in range(4)]
    five.append(reading(False, source="other", origin="warmapper"))
    found = share(five)
    assert found.uniform == 0.8
    assert found.balanced == 0.65
    assert found.leave_one_out["source"] == 0.5
    assert found.leave_one_out["root source"] == 0.8


def test_reading_needs_its_reason():
    """A primary or excluded reading without a reason would be a choice by taste."""
    with pytest.raises(ValidationError, match="needs its reason"):
        Reading(
            name="r",
            levels={},
            value=1,
            unit="km2",
            origin_id="a",
            evidence=("e",),
            status="now",
            role="primary",
        )


def test_range_must_contain_the_value():
    """A range of 2 to 3 around 1 is a typing error in the data."""
    with pytest.raises(ValidationError, match="is false"):
        Reading(
            name="r",
            levels={},
            value=1,
            low=2,
            high=3,
            unit="km2",
            origin_id="a",
            evidence=("e",),
            status="now",
        )
