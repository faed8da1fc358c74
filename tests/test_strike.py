"""Striking out a source: what is left is judged by the rules of the scale, and by no others."""

from __future__ import annotations

import pytest

from analysis import claims, counterclaims, strike, tables, verdicts
from analysis.claims import Finding
from analysis.readings import Reading
from analysis.strike import Struck


def reading(word, origin, *, role="alternative", status="known then", rests_on=(), **levels):
    return Reading(
        name="made up",
        levels=levels or {"source": origin},
        value=1.0,
        unit="km2",
        origin_id=origin,
        evidence=rests_on or (f"row-of-{origin}",),
        status=status,
        role=role,
        reason="" if role == "alternative" else "made up",
        word=word,
        stands=word in verdicts.STANDS,
    )


def of(verdict, *readings, pro=(), con=()):
    return Finding(
        proposition="made up",
        verdict=verdict,
        readings=readings,
        evidence_for=pro,
        evidence_against=con,
    )


def without(origin, *ids):
    return Struck(frozenset(ids), origin)


@pytest.fixture(scope="module")
def records():
    return [*claims.assess_all(), *counterclaims.assess_all()]


def test_nothing_struck_changes_nothing(records):
    """What touches no card leaves every verdict as it is stored."""
    nothing = Struck(frozenset({"no-such-row"}))
    assert [r.id for r in records if strike.verdict(r, nothing) != r.verdict] == []


def test_only_words_of_the_scale_and_only_where_it_is_cited(records):
    """Each statement keeps a word of its scale, and one that does not cite the source its own."""
    for origin in tables.read("source-families")["origin_id"]:
        struck = strike.of_root(origin)
        for record in records:
            word = strike.verdict(record, struck)
            assert word in verdicts.WORDS[record.scale]
            assert word == record.verdict or strike.rests(record, struck)


def test_the_reading_of_another_source_takes_the_place():
    """Same definition, other source: its word is the verdict, and the other definition waits."""
    finding = of(
        "holds",
        reading("holds", "a", role="primary", source="a", definition="wide"),
        reading("does not hold", "b", source="b", definition="wide"),
        reading("holds", "c", source="c", definition="narrow"),
    )
    assert strike.figure(finding, without("a")) == "does not hold"
    # Without the one alike only the other definition is left, and then it speaks.
    assert strike.figure(finding, without("a", "row-of-b")) == "holds"


def test_what_was_known_then_comes_first():
    """Of two that could take the place, the one published by the article's date decides."""
    finding = of(
        "holds",
        reading("holds", "a", role="primary"),
        reading("roughly holds", "b"),
        reading("does not hold", "c", status="now"),
    )
    assert strike.figure(finding, without("a")) == "roughly holds"


def test_equals_that_disagree_are_contested():
    """Two readings of the same standing, one on each side: as for two primary ones."""
    finding = of(
        "holds",
        reading("holds", "a", role="primary"),
        reading("holds", "b"),
        reading("does not hold", "c"),
    )
    assert strike.figure(finding, without("a")) == "contested"


def test_one_of_two_primary_readings_is_enough():
    """The card is contested between two sources; without one of them the other decides."""
    finding = of(
        "contested",
        reading("holds", "a", role="primary"),
        reading("does not hold", "b", role="primary"),
        reading("holds", "c"),
    )
    assert strike.figure(finding, without("b")) == "holds"


def test_no_reading_left_cannot_be_checked():
    """All readings are of one source, the excluded one apart, which never counts."""
    finding = of(
        "holds",
        reading("holds", "a", role="primary"),
        reading("holds", "a"),
        reading("holds", "b", role="excluded"),
    )
    assert strike.figure(finding, without("a")) == "cannot be checked"


def test_a_number_made_from_two_sources_falls_with_either():
    """The quotient of one source's number and another's is no number without one of them."""
    finding = of("holds", reading("holds", "a and b", role="primary", rests_on=("x", "y")))
    assert strike.figure(finding, without("b")) == "cannot be checked"
    assert strike.figure(finding, Struck(frozenset({"y"}))) == "cannot be checked"


def test_universal_needs_one_counter_example():
    """One of two refutes as well as both; none does not."""
    finding = of("refuted as worded", con=("x", "y"))
    assert strike.universal(finding, Struck(frozenset({"x"}))) == "refuted as worded"
    assert strike.universal(finding, Struck(frozenset({"x", "y"}))) == "not refuted"


def test_forecast_needs_its_own_side():
    """What failed is carried by what speaks against it; the other side may go."""
    finding = of("failed", pro=("x",), con=("y", "z"))
    assert strike.forecast(finding, Struck(frozenset({"x"}))) == "failed"
    assert strike.forecast(finding, Struck(frozenset({"y"}))) == "failed"
    assert strike.forecast(finding, Struck(frozenset({"y", "z"}))) == "open"


def test_forecast_by_measurement():
    """The next source shows the opposite: the result depends on which is read."""
    finding = of("came true", reading("holds", "a", role="primary"), reading("does not hold", "b"))
    assert strike.forecast(finding, without("a")) == "depends on reading"
    assert strike.forecast(finding, without("b")) == "came true"
    assert strike.forecast(finding, without("a", "row-of-b")) == "open"


def test_events_are_counted_again(records):
    """Two root sources have the four annexed provinces; one alone is "roughly holds"."""
    annexed = next(record for record in records if record.id == "annexed-four")
    assert annexed.verdict == "holds"
    assert len(annexed.components[0].root_sources) == 2
    assert strike.verdict(annexed, strike.of_root("ru-president")) == "roughly holds"


def test_a_forecast_from_one_table(records):
    """European support is measured in one series; without it nothing says what came of it."""
    europe = next(record for record in records if record.id == "sachs-2023-10-europe")
    assert europe.evidence == ("kiel-monthly-groups",)
    assert strike.verdict(europe, strike.of_root("kiel")) == "open"
    assert strike.verdict(europe, strike.of_table("kiel-monthly-groups")) == "open"


def test_a_root_source_takes_its_tables_along():
    """DeepState's map is held as rows of evidence and as three tables of days."""
    struck = strike.of_root("deepstate")
    assert {"deepstate-daily-total", "deepstate-daily-by-oblast", "kharkiv-front-daily"} <= (
        struck.ids
    )
    with pytest.raises(KeyError):
        strike.of_root("nobody")
