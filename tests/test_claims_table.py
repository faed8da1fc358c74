"""The table of claims is complete, consistent and short in its quotations."""

from __future__ import annotations

from analysis import checks_evidence, tables

CLAIMS = tables.read("claims")
COMPONENTS = tables.read("claim-components")


def test_counts_are_those_of_the_hand_made_list() -> None:
    """The list was counted by hand: 93 statements, 50 propositions in 23 of them."""
    assert len(CLAIMS) == 93
    assert len(COMPONENTS) == 50
    assert COMPONENTS["claim_id"].nunique() == 23


def test_claims_by_section_are_the_hand_count() -> None:
    """Counted by hand in the list; they sum to 93."""
    expected = {1: 11, 2: 16, 3: 31, 4: 8, 5: 7, 6: 11, 7: 9}
    assert CLAIMS.groupby("section").size().to_dict() == expected


def test_the_order_runs_through_the_sections() -> None:
    """Places 1 to 93, and no section starts before the one before it has ended."""
    in_order = CLAIMS.sort_values("order")
    assert in_order["order"].tolist() == list(range(1, 94))
    assert in_order["section"].is_monotonic_increasing


def test_one_title_for_each_section_and_one_text_for_each_premise() -> None:
    """The article has seven sections; the argument has eight premises and a conclusion."""
    assert CLAIMS.groupby("section")["section_title"].nunique().eq(1).all()
    assert CLAIMS.groupby("premise_id")["premise"].nunique().eq(1).all()
    assert set(CLAIMS["premise_id"]) == {"C", *(f"P{n}" for n in range(1, 9))}


def test_quotations_are_short() -> None:
    """At most 25 words each, and far below 700 words of the article together."""
    lengths = CLAIMS["quote"].str.split().map(len)
    assert lengths.between(2, 25).all()
    assert lengths.sum() <= 700


def test_home_chapters_are_chapters() -> None:
    """A claim card needs a chapter that exists."""
    assert set(CLAIMS["home_chapter"]) <= set(tables.read("chapters")["slug"])


def test_two_values_are_in_the_components() -> None:
    """The article gives 6 against 3.9 and a third against 16 percent: two numbers each."""
    rows = COMPONENTS.set_index(["claim_id", "component"])["claimed_value"]
    assert rows["budget-gdp", "2024"] == 6
    assert rows["budget-gdp", "2023"] == 3.9
    assert rows["budget-third", "2024"] == 33.3
    assert rows["budget-third", "2023"] == 16
    both = CLAIMS.set_index("id").loc[["budget-gdp", "budget-third"], "claimed_value"]
    assert both.isna().all()


def test_printed_numbers_of_the_article() -> None:
    """Numbers copied from the article's sentences by hand."""
    printed = CLAIMS.set_index("id")["claimed_value"]
    expected = {
        "aid-total": 61,
        "aid-military": 42,
        "net-188": 188,
        "kharkiv-135sqmi": 135,
        "kharkiv-30mi": 30,
        "border-30k": 30_000,
        "equip-16000": 16_000,
        "tanks-3000": 3_000,
        "casualties-465k": 465_000,
        "budget-70pct": 70,
        "shells-5to1": 5,
        "milley-72h": 72,
    }
    assert printed[list(expected)].to_dict() == expected


def test_a_number_has_a_unit() -> None:
    """A bare number says nothing."""
    for table in (CLAIMS, COMPONENTS):
        numbers = table[table["claimed_value"].notna()]
        assert (numbers["unit"] != "").all()


def test_a_broken_claim_is_reported_in_full() -> None:
    """One row with three faults gives three violations, not the first alone."""
    row = CLAIMS.iloc[[0]].assign(quote="slow " * 26 + "advances", unit="furlongs")
    columns = [v.column for v in checks_evidence.claim_violations(row, {"percent"})]
    assert columns.count("unit") == 1
    assert columns.count("quote") >= 2


def test_a_proposition_without_its_claim_is_reported() -> None:
    """Every component must belong to a claim."""
    found = checks_evidence.component_violations(COMPONENTS, set(), {""})
    assert sum(v.column == "claim_id" for v in found) == 50
