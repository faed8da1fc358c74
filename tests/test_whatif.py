"""A reader's own tolerance and reading go through the book's rules, and through no other."""

from __future__ import annotations

import pytest

from analysis import claims, hedges, whatif
from analysis.hedges import Interval


def test_without_choices_the_verdicts_are_the_books():
    """Nought added to every interval and no reading chosen is the book itself."""
    for name in ("net-188", "regained-half", "only-luhansk", "no-collapse", "expelled-2022"):
        found = whatif.verdict(name)
        assert found.verdict == found.book == claims.assess(name).verdict
        assert not found.changed


def test_an_interval_is_stretched_by_a_share_of_the_printed_number():
    """188 printed: roughly from 169.2 to 206.8; a tenth more is 18.8 at either end."""
    with hedges.stretched(0.1):
        _, roughly = hedges.allowed("amounted to", 188)
    assert (roughly.low, roughly.high) == pytest.approx((150.4, 225.6))
    _, after = hedges.allowed("amounted to", 188)
    assert (after.low, after.high) == pytest.approx((169.2, 206.8))


def test_a_ratio_is_stretched_by_itself():
    """Slow is a tenth, roughly a quarter, of the pace beside it; nought stays the floor."""
    with hedges.stretched(0.09):
        holds, roughly = hedges.allowed("slow", 1.0)
    assert (holds.low, holds.high) == pytest.approx((0.0, 0.19))
    assert (roughly.low, roughly.high) == pytest.approx((0.0, 0.34))


def test_what_has_no_end_keeps_none():
    """More than sets a floor only: a wider word lowers it and adds no ceiling."""
    assert Interval(1.0, float("inf")).stretched(0.1) == Interval(0.9, float("inf"))


def test_the_stretch_ends_with_an_error_too():
    """A failing assessment must not leave its wider words to the next one."""
    with pytest.raises(RuntimeError), hedges.stretched(0.5):
        raise RuntimeError
    assert hedges.allowed("some", 100)[0] == Interval(90.0, pytest.approx(110.0))


@pytest.mark.parametrize("by", [float("nan"), float("inf")])
def test_a_tolerance_is_finite(by):
    """An infinite word would hold of everything, and not-a-number of nothing."""
    with pytest.raises(ValueError, match="finite"), hedges.stretched(by):
        pass


def test_a_verdict_turns_where_the_card_says():
    """188 printed, 9 measured: at 0.852 of 188, 160.2, the rough end 169.2 reaches 9.0.

    169.2 - 0.85 x 188 = 9.4, above 9; 169.2 - 0.86 x 188 = 7.5, below it.
    """
    assert claims.assess("net-188").critical_tolerance == 0.852
    assert whatif.verdict("net-188", tolerance=0.85).verdict == "does not hold"
    assert whatif.verdict("net-188", tolerance=0.86).verdict == "roughly holds"


def test_another_reading_decides():
    """The city's own area of 2002 is 321.0: 188 over it is 0.586, just over half roughly.

    Just over a half is roughly 0.475 to 0.6; the census of 2010 has 302.6 and gives 0.621.
    """
    assert whatif.verdict("nyc-half").verdict == "does not hold"
    assert whatif.verdict("nyc-half", primary="city, 2002").verdict == "roughly holds"


def test_a_source_less():
    """Two primary sources stand on either side of a half, 0.53 and 0.469: either alone decides."""
    assert whatif.verdict("regained-half").verdict == "contested"
    assert whatif.verdict("regained-half", without=["War Mapper"]).verdict == "holds"
    assert whatif.verdict("regained-half", without=["ISW, own share"]).verdict == "does not hold"


def test_a_reading_that_is_not_there_is_named_with_those_that_are():
    """A misspelt source must not leave the book's own verdict standing in its place."""
    with pytest.raises(KeyError, match=r"War Maper.*there are.*War Mapper"):
        whatif.verdict("regained-half", primary="War Maper")


def test_a_verdict_that_is_not_made_from_readings_has_none_to_choose():
    """An event is judged by root sources: there is no number to set in another's place."""
    with pytest.raises(ValueError, match="not made from readings"):
        whatif.verdict("avdiivka", primary="War Mapper")
    with pytest.raises(ValueError, match="not made from readings"):
        whatif.choices("avdiivka")


def test_a_tolerance_below_the_books_is_refused():
    """Several assessments say which readings stand, and some have none left if words narrow."""
    with pytest.raises(ValueError, match="nought or more"):
        whatif.verdict("net-188", tolerance=-0.01)


def test_the_choices_are_the_readings_that_are_not_excluded():
    """Of the readings of the gain four are kept; excluded ones are no defensible choice."""
    table = whatif.choices("net-188")
    assert list(table.columns) == ["name", "source", "value", "unit", "word", "role"]
    assert set(table["source"]) == {
        "War Mapper", "ISW control and advances", "Belfer from ISW", "ISW control",
    }  # fmt: skip


@pytest.mark.slow
def test_what_can_be_chosen_can_be_judged():
    """Every claim on the list has a verdict when its first other reading decides."""
    names = whatif.choosable()
    assert {"net-188", "regained-half", "casualties-465k"} <= set(names)
    assert "avdiivka" not in names
    for name in names:
        table = whatif.choices(name)
        other = table.loc[table["role"] != "primary", "name"].iloc[0]
        assert whatif.verdict(name, primary=other).verdict


@pytest.mark.slow
def test_a_wider_ledger_grants_more_and_takes_nothing():
    """A wider word allows all that the narrow one did, so figures only get better words.

    At five hundredths the comparison with New York turns: 0.621 lies 0.021 of a half (0.042)
    beyond the rough end 0.6.
    """
    table = whatif.ledger(0.05).set_index("claim")
    assert len(table) == len(claims.table())
    moved = table[table["changed"]]
    assert moved.loc["nyc-half", ["book", "own"]].tolist() == ["does not hold", "roughly holds"]
    assert set(moved["scale"]) <= {"figure", "event"}
    order = ["holds", "roughly holds", "contested", "does not hold"]
    assert all(order.index(own) < order.index(book) for book, own in
               zip(moved["book"], moved["own"], strict=True))  # fmt: skip


def test_an_outcome_reads_as_three_lines():
    """What a reader sees below the cell: own verdict, the book's, how many readings there are."""
    shown = repr(whatif.verdict("regained-half", primary="War Mapper")).splitlines()
    assert shown[:2] == ["regained-half: does not hold", "in the book: contested"]
    assert shown[2].startswith("12 readings, ")
