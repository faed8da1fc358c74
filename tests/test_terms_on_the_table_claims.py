"""Terms on the table: what decides each verdict, worked out again from the sheets by hand."""

from __future__ import annotations

from datetime import date

import pytest

from analysis import claims, evidence, tables, terms
from analysis.assessments import terms_on_the_table as home
from analysis.wording import terms_on_the_table as words


def test_american_line_by_hand():
    """April 2024 beside the 28 points and what stood before them, from the sheets.

    Crimea 3 to 2, Donbas 3 to 0-2, south 3 to 2, line 2 to 1, NATO 1-2 to 0, weapons 4 to 1-3
    and assets 3 to 1 are worse whatever was meant; guarantees and sanctions are not sure.
    """
    for coder in ("first", "second", "both"):
        counts = terms.window("United States", home.ARTICLE, home.END, coder)
        assert (counts["worse for sure"], counts["common"]) == (7, 9)
        assert home.with_front(counts, home.front_km2())


def test_russian_line_did_not_go_with_the_front():
    """From a leaked freeze (1-2) to Donbas (0-1) the ranges meet, and so do all the others."""
    counts = terms.window("Russia", home.ARTICLE, home.END)
    assert (counts["better for sure"], counts["worse for sure"]) == (0, 0)
    assert not home.with_front(counts, home.front_km2())


def test_the_front_went_against_ukraine():
    """6,171 km2 between two published maps, and three more weeks to the end of the window.

    The maps of 8 July 2024 and 15 November 2025 have 109,360.8 and 115,532.1 km2.
    """
    published = (
        evidence.fact("deepstate-polygon-total-2025-11-15").value
        - evidence.fact("deepstate-polygon-total-2024-07-08").value
    )
    assert published == pytest.approx(6171.3)
    assert 0 < home.front_km2() - published < 505  # DeepState's own figure for all November


def test_eighteen_months():
    """Nobody has signed, so the literal rule stays open; one line of two is in part."""
    signed = tables.read("terms-proposals").query("status == 'signed'")
    assert set(signed["proposal_id"]) == {
        "swiss-2024-06-16",
        "joint-2025-03-11",
        "europe-2026-01-06",
    }
    assert (home.literal(), home.charitable()) == ("open", "in part")
    assert claims.assess("eighteen-months").verdict == "depends on reading"


def test_or_so():
    """18 months less and plus a quarter: 13.5 and 22.5 months from 3 June 2024."""
    early, late = home.ends_allowed()
    assert abs((early - date(2025, 7, 18)).days) <= 1
    assert abs((late - date(2026, 4, 18)).days) <= 1
    # In July 2025 the memorandum of June was the last Russian paper: worse than the leak.
    for coder in ("first", "second", "both"):
        assert home.charitable(early, coder) == "came true"
        assert home.charitable(late, coder) == "in part"
    assert home.charitable(lines=("Russia",)) == "failed"


def test_with_front_needs_sure_changes():
    """Russian gains go with worse terms, Russian losses with better; a tie is neither."""
    counts = terms.count("ru-2024-06-14", "us-2025-11-20")
    assert home.with_front(counts, -100.0)
    assert not home.with_front(counts, 100.0)
    assert not home.with_front(counts * 0, 100.0)


def test_variants_spread():
    """The London text beside the memorandum: eleven of twelve common items apart for sure.

    From the sheets: all four items of territory, five of security (alliances, neutrality,
    troops, army, weapons), sanctions and assets; only prisoners are unsure.
    """
    found = home.variants()
    assert home.spread() == ("London counter-text", "Ukraine", 11)
    assert home.best_by_block().to_dict() == {
        "territory": 4,
        "security": 5,
        "state": 0,
        "economy_justice": 2,
    }
    # The text of the figure says that no paper has more items worse than better.
    assert found["better"].min() >= 0
    assert claims.assess("partition-variants").verdict == "no verdict word"
    line = terms.coded("both").query("dimension == 'territory_de_facto'").set_index("proposal_id")
    assert (line.loc[found["proposal_id"].unique(), "high"] <= 2).all()


def test_no_item_of_the_unobserved_settlement_has_a_sign():
    """The chapter's title of the bounds: every interval has values on both sides of zero."""
    found = words.bounds()
    assert len(found) == 17
    assert ((found["low"] < 0) & (found["high"] > 0)).all()


def test_which_offer_decides():
    """From the public list none worse, from the American paper none better, under each coding."""
    for coder in ("first", "second", "both"):
        public = terms.count(home.PUBLIC, home.POINTS_28, coder)
        american = terms.count(home.KELLOGG, home.POINTS_28, coder)
        assert terms.direction(public) == "better"
        assert terms.direction(american) == "worse"
        assert terms.count(home.LEAK, home.POINTS_28, coder)["common"] == 1
