"""Verdicts on the endings, with independent reasons for the numbers that they rest on."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import claims, tables, verdicts
from analysis.assessments import three_endings as judged

OPEN = ("ending-punitive", "ending-settlement", "ending-neutral")
EVIDENCE_ONLY = ("bargaining-power", "endings-consistent", "time-ukraine-has")


@pytest.mark.parametrize("claim_id", OPEN)
def test_endings_are_open_while_the_war_goes_on(claim_id):
    """The White House speaks of the war as going on on 17 August 2026; no peace is recorded."""
    assert claims.assess(claim_id).verdict == "open"
    row = tables.read("evidence").set_index("id").loc["sup-wh-2026-08-17"]
    assert row["as_of"] == pd.Timestamp("2026-08-17")


@pytest.mark.parametrize("claim_id", EVIDENCE_ONLY)
def test_judgements_have_no_verdict_word(claim_id):
    """On this scale there is evidence on both sides and a line on what would change it."""
    record = claims.assess(claim_id)
    assert record.verdict == verdicts.NO_VERDICT
    assert len(record.would_change) > 20


@pytest.mark.parametrize("claim_id", ["bargaining-power", "time-ukraine-has"])
def test_judgements_have_evidence_on_both_sides(claim_id):
    """At least three rows each way, and none on both."""
    finding = claims.assess(claim_id).components[0]
    assert min(len(finding.evidence_for), len(finding.evidence_against)) >= 3
    assert not set(finding.evidence_for) & set(finding.evidence_against)


def test_talks_came():
    """Three rounds in Istanbul (RFE/RL) and three in Abu Dhabi and Geneva; first 16 May 2025.

    From 3 June 2024 to 16 May 2025: 365 days less 18.
    """
    record = claims.assess("talks-eventually")
    assert record.verdict == "came true"
    rounds = judged.talks_after()
    assert len(rounds) == 6
    assert rounds["date"].iloc[0] == pd.Timestamp("2025-05-16")
    assert "347 days" in record.reason
    evidence = tables.read("evidence").set_index("id")
    in_2025 = rounds[rounds["date"].dt.year == 2025]
    assert len(in_2025) == evidence.loc["fwt-talks-istanbul-2025", "value"]


def test_talks_do_not_rest_on_a_mirror_alone():
    """At least one original or relay among what is for it."""
    tiers = tables.read("evidence").set_index("id")["tier"]
    found = claims.assess("talks-eventually").components[0].evidence_for
    assert "original" in {tiers[name] for name in found if name in tiers.index}


def test_land_in_the_window():
    """Russian-held share 18.1 percent on the first map; the gain near published sums.

    AFP from ISW and others have about 5,600 km2 for 2025 alone and some 4,200 for 2024; the
    window begins in July 2024 and DeepState counts less, so it lies between 5,000 and 8,500.
    """
    assert 5_000 < judged.window_gain_km2() < 8_500


def test_reasons_name_the_counts_of_parts():
    """By hand from the table: 5, 6 and 4 parts."""
    assert "five parts one met, one in part, three open" in claims.assess("ending-punitive").reason
    assert "six parts four open, two not met" in claims.assess("ending-settlement").reason
    assert "four parts three in part, one open" in claims.assess("ending-neutral").reason


def test_the_consistency_of_the_text():
    """Two endings times four requirements are eight; two of them not in the description."""
    note = claims.assess("endings-consistent").components[0].note
    assert note.startswith("Of 8 things")
    assert "two are not" in note


def test_no_verdict_rests_on_the_model():
    """The model's tables are in no claim's evidence: it is a lens."""
    used = {name for record in claims.at_home_in("three-endings") for name in record.evidence}
    assert not {name for name in used if name.startswith("bargaining")}


def test_clocks_of_the_claim_are_those_of_the_table():
    """Four dated clocks, from the end of January 2025 (CSIS) to February 2027 (IISS)."""
    reason = claims.assess("time-ukraine-has").reason
    assert "The four dates" in reason
    assert "31 January 2025 to 13 February 2027" in reason
