"""What is written is what was measured, the same on every machine."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formatting, hedges


@pytest.mark.parametrize("module", [formatting, hedges])
def test_examples_in_docstrings(module):
    """An example that is wrong misleads every reader of the code."""
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_square_mile_is_exact():
    """An international mile is 1,609.344 m by definition: 2.589988110336 km2 squared."""
    assert pytest.approx(2.589988110336, abs=1e-12) == formatting.KM2_PER_SQ_MI


def test_printed_conversion():
    """The New York Times' 188 square miles are 487 km2 in the agencies' reports of them."""
    assert formatting.area(188 * formatting.KM2_PER_SQ_MI) == "487\u202fkm² (188\u202fsq\u202fmi)"


@pytest.mark.parametrize("many", range(14))
def test_a_count_alone_and_before_a_noun(many):
    """'No readings' but 'none of 36'; from one on both are written alike."""
    alone, before_a_noun = formatting.how_many(many), formatting.count(many)
    assert (alone, before_a_noun) == ("none", "no") if many == 0 else alone == before_a_noun


def test_things_that_are_counted_have_no_unit():
    """Four provinces are 4, not '4.0 count'."""
    assert formatting.quantity(4.0, "count") == "4"
    assert formatting.quantity(0.0, "persons") == "0\u202fpersons"
    assert formatting.quantity(1.5, "items") == "1.5\u202fitems"  # a mean can be between
    assert formatting.quantity(28.8, "USD bn") == "29\u202fUSD bn"


@given(st.floats(-0.4, 0.4))
def test_no_minus_zero(value):
    """Minus zero is not a loss."""
    assert formatting.number(value) == "0"


def test_signs_are_shown_both_ways():
    """A gain and a loss of equal size are written with equal care."""
    assert formatting.signed_area(10).startswith("+10")
    assert formatting.signed_area(-10).startswith("−10")


def test_one_value_is_no_range():
    """'5 to 5' would tell readers of an uncertainty that is not there."""
    assert formatting.between("5", "5") == "5"


def test_steady_takes_off_what_processors_disagree_about():
    """What two machines give as 0.30000000000000004 and 0.3 is 0.3 on both."""
    assert formatting.steady(0.1 + 0.2) == formatting.steady(0.3 - 1e-16) == 0.3
    assert formatting.steady(123456789.4) == 123456789.0


def test_steady_keeps_what_a_reader_can_see():
    """Six significant digits are the most that is shown anywhere; nine survive."""
    assert formatting.steady(603234.567) == 603234.567
    assert formatting.steady(float("inf")) == float("inf")


def test_zero_before_a_noun_and_zero_alone():
    """English: "no rows" and "none of them", "no" alone being neither."""
    assert formatting.counted(0, "row", "rows") == "no rows"
    assert formatting.how_many(0) == "none"
    assert formatting.counted(1, "row", "rows") == "one row"
    assert formatting.counted(21, "row", "rows") == "21 rows"
