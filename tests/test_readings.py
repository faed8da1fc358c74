"""Readings decide robustness by a rule that copies of a source cannot move."""

import pytest
from pydantic import ValidationError

from analysis.readings import Reading, robustness, share


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
