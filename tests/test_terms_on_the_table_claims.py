"""Terms on the table: what decides each verdict, worked out again from the sheets by hand."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from analysis import claims, evidence, tables, terms
from analysis.assessments import terms_on_the_table as home
from analysis.book import runner
from analysis.paths import CHAPTERS
from analysis.wording import terms_on_the_table as words

TEXT = (CHAPTERS / "11-terms-on-the-table.md").read_text(encoding="utf-8")


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


# The American paper, and sentences with counts ----------------------------------------------------


def test_all_american_terms_of_the_article_s_day_are_those_of_one_private_paper():
    """From the sheets: no other American paper is older than September 2024."""
    stood = terms.standing("United States", home.ARTICLE, "both")
    assert set(stood["proposal_id"]) == {home.KELLOGG}
    paper = tables.read("terms-proposals").set_index("proposal_id").loc[home.KELLOGG]
    assert "America First Policy Institute" in paper["proposer"]
    assert "not adopted" in paper["answer"]


def test_the_card_says_whose_the_american_terms_are_and_what_is_left_without_them():
    """Without the paper only the Russian line is judged, and it did not go with the front."""
    record = claims.assess("eighteen-months")
    assert "Kellogg–Fleitz" in record.reason
    assert "private" in record.reason
    note = record.components[0].note
    assert "no government had adopted" in note
    assert "only the Russian line is left: failed" in note


def test_the_chapter_names_the_paper_before_its_first_figure():
    """A reader of the lead alone must know that the paper was nobody's offer."""
    lead = TEXT.split("## What the article says")[0]
    sentence = next(line for line in lead.splitlines() if "Kellogg–Fleitz" in line)
    assert "private" in sentence
    assert "nobody's offer" in sentence


def test_every_pair_is_in_the_table_for_download():
    """As many rows as pairs with a common item; the counts of three pairs by another way."""
    table = words.every_pair()
    assert len(table) == words.pairs_total()
    names = terms.papers().set_index("proposal_id")["label"]
    counted = [name for name in terms.DIMENSIONS if name != "ceasefire_first"]
    for a, b in (
        (home.PUBLIC, home.POINTS_28),
        (home.KELLOGG, home.POINTS_28),
        (home.POINTS_28, home.POINTS_20),
    ):
        row = table[(table["from_paper"] == names[a]) & (table["to_paper"] == names[b])]
        cells = row[counted].iloc[0]
        counts = terms.count(a, b, "both")
        assert (cells == "better").sum() == counts["better for sure"]
        assert (cells == "worse").sum() == counts["worse for sure"]
        assert (cells != "").sum() == counts["common"]


def test_lists_of_papers_are_whole_and_start_at_the_default_pair():
    """59 papers in either list; the still picture and its table are of the same pair."""
    chosen = {each.name: each.param for each in words.papers_to_choose()}
    for name, paper in (("earlier", words.FIRST), ("later", words.LAST)):
        assert list(chosen[name].bind.options) == list(range(59))
        assert len(chosen[name].bind.labels) == 59
        assert terms.papers()["proposal_id"].iloc[chosen[name].value] == paper


def test_most_sure_changes_cut_the_two_ways_that_the_title_says():
    """Counted over the five later papers from either starting point."""
    found = words.cases().groupby(["reference", "change"])["items"].sum()
    listed, paper = "Russia: public list", "US: Kellogg–Fleitz"
    assert found[listed, "better for sure"] > 3 * found[listed, "worse for sure"]
    assert found[paper, "worse for sure"] > 3 * found[paper, "better for sure"]


def test_nato_is_lowest_wherever_russia_speaks_of_it():
    """Read from the first sheet: each Russian code on NATO is 0."""
    rows = tables.read("terms-codes")
    first = rows[(rows["coding_pass"] == 1) & (rows["dimension"] == "alignment_nato")]
    own = first[first["proposal_id"].str.startswith("ru-")]
    assert set(own["code"].astype(int)) == {0}
    assert words.strings()["nato-spoken"] == words.strings()["nato-lowest"]


def test_second_ranges_follow_their_rule():
    """High confidence is the code alone, else a step to either side inside the scale."""
    rows = tables.read("terms-codes")
    second = rows[rows["coding_pass"] == 2].astype({"code": int, "code_low": int, "code_high": int})
    wide = (second["confidence"] != "high").astype(int)
    assert (second["code_low"] == (second["code"] - wide).clip(0, 4)).all()
    assert (second["code_high"] == (second["code"] + wide).clip(0, 4)).all()


@pytest.mark.parametrize("wrong", [r"\bno that\b", r"\bno is\b", r"\bno are\b", r"\bnone rounds\b"])
def test_counts_read_as_english(wrong):
    """Every glued count put into its sentence: nought must not leave "no is worse"."""
    record = next(CHAPTERS.glob("*-terms-on-the-table.ipynb")).read_text(encoding="utf-8")
    said = {**runner.shown(json.loads(record)), **words.strings()}
    text = re.sub(r"\{glue:text\}`([^`]+)`", lambda found: said[found[1]], TEXT)
    assert re.findall(wrong, text) == []
