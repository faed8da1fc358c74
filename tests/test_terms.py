"""Terms: counts, agreement and bounds against hand counts, closed forms and printed numbers."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis import evidence, tables, terms

CODERS = ("first", "second", "both")


def ranges(*pairs: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["low", "high"])


# Changes ----------------------------------------------------------------------------------


def test_a_change_is_sure_only_where_ranges_do_not_meet():
    """0 to 1-2 is better whatever was meant; 0-1 to 1 may be no change; 2 to 2 is none."""
    before = ranges((0, 0), (2, 3), (0, 1), (2, 2), (2, 3), (1, 2))
    after = ranges((1, 2), (0, 1), (1, 1), (2, 2), (2, 3), (0, 1))
    assert list(terms.change(before, after)) == [
        "better for sure",
        "worse for sure",
        "unsure",
        "same",
        "unsure",
        "unsure",
    ]


def test_list_of_june_2024_to_28_points_by_hand():
    """From the sheet of the first pass, item by item.

    Ranges do not meet on Crimea (0 to 2), the south (0 to 2), the line (0 to 1), the army
    (0-1 to 2) and sanctions (0 to 1-2); they meet on Donbas, NATO, neutrality, weapons and
    language.
    """
    moves = terms.movement("ru-2024-06-14", "us-2025-11-20").set_index("label")["change"]
    better = {"Crimea, status", "South, status", "Line of control", "Army size", "Sanctions"}
    counted = moves.drop("Ceasefire first")
    assert set(counted[counted == "better for sure"].index) == better
    assert (counted == "unsure").sum() == 5
    assert len(counted) == 10


@pytest.mark.parametrize(
    ("a", "b", "better", "worse"),
    [
        ("ru-2022-04-15", "ru-2024-06-14", 0, 2),
        ("ru-2022-04-15", "ru-2025-06-02", 0, 3),
        ("ru-2022-04-15", "ru-2025-08-15", 1, 0),
        ("ru-2022-03-07", "ru-2022-04-15", 0, 0),
    ],
)
def test_counts_made_before_this_code(a, b, better, worse):
    """Counted by another program when the papers were collected."""
    counts = terms.count(a, b)
    assert (counts["better for sure"], counts["worse for sure"]) == (better, worse)


def test_procedure_is_not_in_the_totals():
    """The two papers share eleven items; ceasefire first is the one left out."""
    moves = terms.movement("ru-2024-06-14", "us-2025-11-20")
    assert len(moves) - int(terms.count_by_block(moves)["common"].sum()) == 1
    assert terms.count_by_block(moves, terms.BLOCKS)["common"]["procedure"] == 1


def test_unknown_paper():
    """A misspelt paper must not look like one that is silent on everything."""
    with pytest.raises(KeyError, match="no set of terms"):
        terms.movement("ru-2024-06-41", "us-2025-11-20")


def test_papers_without_a_common_item():
    """The Kyiv compact has no word on land, the first feeler no word on anything else."""
    assert terms.count("ua-2022-09-13", "ru-2024-02")["common"] == 0


@pytest.mark.parametrize("coder", CODERS)
def test_the_table_of_pairs_is_the_sum_of_single_comparisons(coder):
    """Every fortieth pair, compared one by one."""
    found = terms.pairs(coder)
    for (a, b), rows in list(found.groupby(["from_id", "to_id"]))[::40]:
        one = terms.count_by_block(terms.movement(a, b, coder), terms.BLOCKS)
        for row in rows.to_dict("records"):
            assert {name: row[name] for name in one} == one.loc[row["block"]].to_dict()
        assert terms.papers().set_index("proposal_id")["step"][[a, b]].is_monotonic_increasing


def test_pairs_of_third_parties_are_distances():
    """African states and Brazil are two authors: the change between them is no movement."""
    found = terms.pairs().set_index(["from_id", "to_id"])["kind"]
    assert set(found.loc[[("africa-2023-06-17", "brazilchina-2024-05-23")]]) == {"distance"}
    assert set(found.loc[[("ru-2024-06-14", "ru-2025-06-02")]]) == {"movement"}
    assert set(found.loc[[("ru-2024-06-14", "us-2025-11-20")]]) == {"distance"}


def test_sure_under_both_is_sure_under_each():
    """The union of two ranges contains either, so fewer pairs of ranges are apart."""
    both, first, second = (terms.pairs_by_dimension(terms.coded(c)) for c in ("both", *CODERS[:2]))
    for sign in ("better for sure", "worse for sure", "same"):
        sure = both["change"] == sign
        assert (first.loc[sure, "change"] == sign).all()
        assert (second.loc[sure, "change"] == sign).all()


@pytest.mark.parametrize("coder", CODERS)
def test_lookup_mirrors_itself_and_the_comparisons(coder):
    """Turned round in time a better item is a worse one, so the square is its own mirror."""
    size = len(terms.papers())
    mirrored = str.maketrans("+-", "-+")
    for row in terms.lookup(coder).to_dict("records"):
        square = np.array(list(row["signs"])).reshape(size, size)
        assert ("".join(square.T.ravel())).translate(mirrored) == row["signs"]
        assert len(row["ranges"]) == 3 * size
    moves = terms.movement("us-2024-04-kellogg", "us-2025-11-20", coder)
    signs = terms.lookup(coder).set_index("dimension")["signs"]
    place = size * terms.step("us-2024-04-kellogg") + terms.step("us-2025-11-20")
    assert [signs[d][place] for d in moves["dimension"]] == list(moves["change"].map(terms.SIGNS))


# What stood -------------------------------------------------------------------------------


def test_the_line_of_control_that_stood():
    """By date: the leak of 24 May, the list of 14 June, and never the doubtful report of 2026."""

    def line(day: date) -> tuple[str, int]:
        row = terms.standing("Russia", day).set_index("dimension").loc["territory_de_facto"]
        return str(row["proposal_id"]), int(row["code"])

    assert line(date(2024, 6, 3)) == ("ru-2024-05-24", 2)
    assert line(date(2024, 6, 14)) == ("ru-2024-06-14", 0)
    assert line(date(2026, 6, 5)) == ("ru-2026-01-23", 1)


def test_bounds_of_the_line_by_hand():
    """Then 1-2 (leak) and 3-4 (interview of March 2024); at the end 0-1 (Bishkek) and 2.

    A settlement lay in 1 to 4 and would lie in 0 to 2: the change is between 0 - 4 and 2 - 1.
    """
    found = terms.bounds(date(2024, 6, 3), date(2025, 12, 3)).set_index("dimension")
    row = found.loc["territory_de_facto"]
    assert list(row[["then_low", "then_high", "now_low", "now_high"]]) == [1, 4, 0, 2]
    assert (row["low"], row["high"], row["sign"]) == (-4, 1, "either")


def test_a_silent_side_can_be_anywhere():
    """Russia has never spoken of the plant by June 2024: down to 0; Ukraine asked for 3 to 4."""
    found = terms.bounds(date(2024, 6, 3), date(2025, 12, 3)).set_index("dimension")
    assert list(found.loc["zaporizhzhia_npp", ["then_low", "then_high"]]) == [0, 4]


# Agreement --------------------------------------------------------------------------------


def test_weighted_kappa_from_its_definition():
    """One less the weighted disagreement seen over that of two coders who know only the shares."""
    codes = tables.read("terms-codes")
    found = terms.agreement(codes).set_index("dimension")
    for name, rows in codes.groupby("dimension"):
        wide = rows.pivot_table(index="proposal_id", columns="coding_pass", values="code")
        first, second = (wide[n].astype(int).to_numpy() for n in (1, 2))
        seen = np.abs(first - second).mean()
        chance = np.abs(first[:, None] - second[None, :]).mean()
        assert found.loc[name, "kappa"] == pytest.approx(1 - seen / chance)


def test_exact_interval_of_full_agreement():
    """With n of n alike the lower end is the n-th root of 0.025 (Clopper and Pearson)."""
    found = terms.agreement(tables.read("terms-codes")).set_index("dimension")
    row = found.loc["zaporizhzhia_npp"]
    assert (row["terms"], row["agreed"]) == (8, 8)
    assert row["share_low"] == pytest.approx(0.025 ** (1 / 8))
    assert row["share_high"] == 1


def test_disagreements_by_hand():
    """Sixteen of 373 codes differ in the two printed sheets, each by one step."""
    whole = terms.agreement(tables.read("terms-codes")).set_index("dimension").loc["all"]
    assert whole["terms"] - whole["agreed"] == 16
    assert whole["largest_step"] == 1
    assert terms.inside_first_range(tables.read("terms-codes")) == pytest.approx(370 / 373)


# The sheets -------------------------------------------------------------------------------


def test_sheets_are_whole():
    """Two codes for each term, inside its range, of a code that the codebook has."""
    codes, texts, book = (tables.read(f"terms-{n}") for n in ("codes", "texts", "codebook"))
    key = ["proposal_id", "dimension"]
    assert set(codes.groupby(key).size()) == {2}
    assert set(map(tuple, codes[key].to_numpy())) == set(map(tuple, texts[key].to_numpy()))
    assert set(codes["proposal_id"]) == set(tables.read("terms-proposals")["proposal_id"])
    assert ((codes["code_low"] <= codes["code"]) & (codes["code"] <= codes["code_high"])).all()
    known = set(map(tuple, book[["dimension", "code"]].to_numpy()))
    assert set(map(tuple, codes[["dimension", "code"]].to_numpy())) <= known
    assert set(book["dimension"]) == set(terms.DIMENSIONS)
    assert set(book["block"]) == set(terms.BLOCKS)


def test_ranges_of_the_second_pass_follow_their_rule():
    """One step to either side unless sure, cut at the ends; other codes it names lie inside."""
    second = tables.read("terms-codes").query("coding_pass == 2")
    step = (second["confidence"] != "high").astype(int)
    assert (second["code_low"] == (second["code"] - step).clip(lower=0)).all()
    assert (second["code_high"] == (second["code"] + step).clip(upper=4)).all()
    named = [
        (row, int(code))
        for row in second.to_dict("records")
        for code in re.findall(r"\b([0-4]) (?:possible|if)", row["reason"])
    ]
    assert len(named) > 10
    assert [row["proposal_id"] for row, code in named
            if not row["code_low"] <= code <= row["code_high"]] == []  # fmt: skip


def test_no_long_excerpt():
    """At most 25 words of any page."""
    words = tables.read("terms-texts")["excerpt"].str.split().str.len()
    assert words.max() <= 25


def test_army_codes_follow_the_numbers():
    """By the codebook: to 100,000 is 0, to 300,000 is 1, to 700,000 is 2, above is 3."""
    found = pd.concat([terms.caps("first"), terms.caps("second")]).dropna(subset="limit_persons")
    assert len(found) == 16
    expected = np.searchsorted([100_000, 300_000, 700_000], found["limit_persons"].astype(int))
    assert list(found["code"]) == list(expected)


@pytest.mark.parametrize(
    ("paper", "fact"),
    [
        ("Russia: first draft", "draft-2022-03-07-army"),
        ("Russia: April draft", "draft-2022-04-army-russia"),
        ("Ukraine: April draft", "draft-2022-04-army-ukraine"),
        ("US: 28 points", "plan28-army"),
        ("Europe: E3 text", "e3-2025-army"),
        ("20 points", "plan20-army"),
    ],
)
def test_army_numbers_are_the_printed_ones(paper, fact):
    """The same number was collected apart from the coding, from the page in the evidence table."""
    limits = terms.caps().set_index("paper")["limit_persons"]
    assert limits[paper] == evidence.fact(fact).value


# The ground -------------------------------------------------------------------------------


def test_land_beside_published_shares():
    """War Mapper printed 17.57 percent for June 2024, DeepState 19.04 for September 2025.

    AFP's 19.3 for November 2025 counts claims as well and is the upper end.
    """
    land = terms.ground().set_index("proposal_id")
    assert land.loc["ru-2024-06-14", "held_pct"] == pytest.approx(17.57, abs=0.005)
    assert 19.04 < land.loc["ru-2025-10-nonpaper", "held_pct"] < 19.11
    assert 19.1 < land.loc["us-2025-11-20", "held_pct"] < 19.3


def test_gaps_stay_gaps():
    """No map of December 2023, no list of losses of 2026 with all kinds, no aid of May 2026."""
    land = terms.ground().set_index("proposal_id")
    assert pd.isna(land.loc["ru-2023-12-14", "held_pct"])
    assert pd.isna(land.loc["ua-2026-06-04", "lost_russia"])
    assert pd.isna(land.loc["ua-2026-06-04", "aid_eur_bn"])
    assert pd.isna(land.loc["ru-2024-06-14", "gain_90_km2"])
    said = terms.beside().query("measure == 'Military aid'").set_index("step")["text"]
    assert said[terms.step("ua-2026-06-04")] == terms.NO_SERIES


def test_losses_are_those_of_the_last_list():
    """Oryx as copied on 9 and 10 June 2024 had 16,257 Russian pieces; the next list is later."""
    assert terms.ground().set_index("proposal_id").loc["ru-2024-06-14", "lost_russia"] == 16257


def test_a_day_is_not_said_more_exactly_than_it_is_known():
    """The American paper of April 2024 is known by its month, the private note by about a day."""
    said = terms.beside().query("measure == 'Day'").set_index("step")["text"]
    assert said[terms.step("us-2024-04-kellogg")] == "April 2024"
    assert said[terms.step("ru-2025-10-nonpaper")] == "about 18 October 2025"
    assert said[terms.step("ru-2024-06-14")] == "14 June 2024"


def test_steps_of_the_russian_line_beside_the_front():
    """Two steps are sure: down between leak and list, up between memorandum and Anchorage."""
    found = terms.steps_beside_land("Russia")
    sure = found[found["change"].isin(["better for sure", "worse for sure"])]
    assert list(sure["to_paper"]) == ["Russia: public list", "Russia: Anchorage"]
    # The one for the better came while the share held grew (DeepState).
    assert sure["held_change_pct"].iloc[1] > 0.2
