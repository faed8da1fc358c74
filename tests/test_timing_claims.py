"""Verdicts on timing rest on numbers that can be had without the code."""

from __future__ import annotations

import re

import pytest

from analysis import claims, tables
from analysis.assessments import timing as judged
from analysis.formatting import quantity


def test_tempo_rests_on_three_printed_totals():
    """3,604 and 4,831 less 752 in 579 days, over 752 in the 152 days to 31 May 2024."""
    record = claims.assess("russia-tempo")
    before, window = 752 / 152, (3_604 + 4_831 - 752) / 579
    assert record.primary_reading[0].value == pytest.approx(window / before)
    assert window / before > 1
    assert record.verdict == "came true"
    assert record.robustness == "sensitive to tempo"


def test_only_the_week_of_kharkiv_was_not_kept_up():
    """278 km2 in seven days are 39.7 a day, three times the pace of the window."""
    record = claims.assess("russia-tempo")
    falls = [reading for reading in record.other_readings if not reading.stands]
    assert [reading.levels["tempo"] for reading in falls] == ["one week of May 2024"]
    assert falls[0].value == pytest.approx((3_604 + 4_831 - 752) / 579 / (278 / 7))


def test_maps_agree_with_the_totals():
    """DeepState printed 317 for May 2024; its maps of the window give 6,425.5 in 513 days."""
    record = claims.assess("russia-tempo")
    maps = next(r for r in record.other_readings if r.levels["tracker"] == "DeepState")
    assert maps.value == pytest.approx(6_425.5 / 513 / (317 / 31), rel=1e-3)


def test_what_came_after_the_window_is_excluded():
    """The slow year 2026 would reverse the verdict; it lies after the article's months."""
    record = claims.assess("russia-tempo")
    (later,) = record.excluded_readings
    assert later.value < 0.9
    assert later.levels["later"] == "2026"


def test_draft_depends_on_the_rule():
    """30,000 over 2.5 is 12,000, less than any later rate; 880,000 is not more than 880,000."""
    record = claims.assess("draft-success")
    assert judged.intake_before() == 12_000
    assert judged.lowest_intake_after() == 25_000
    rows = tables.read("mobilisation-and-recruitment").set_index("row_id")["value"]
    assert rows["ua-force-2025"] == rows["ua-force-2024"] == 880_000
    assert record.verdict == "depends on reading"
    # 25,000 at the lowest is less than the 30,000 that the President gave for all of 2024.
    assert judged.intake_of_2024() == 30_000
    assert record.components[0].note.count("in its place: in part") == 1


def test_tempo_is_rounded_once():
    """752 km2 in 152 days are 4.947 a day: 4.9, and not 4.95 and then 5.0."""
    record = claims.assess("russia-tempo")
    assert quantity(record.then.value, record.then.unit).startswith("4.9")
    assert "took 4.9 km²" in record.reason


def test_a_number_of_the_model_says_that_it_is_one():
    """No chance stands on the card without the word model in its sentence."""
    record = claims.assess("wait-for-information")
    assert re.search(r"a model, had given a chance of about \d+", record.reason)
    assert "random walk" in record.then.text


def test_leverage_was_not_tested_and_the_record_is_mixed():
    """One of four cases was followed by better terms, one by worse, two by none."""
    record = claims.assess("leverage-follows")
    moved = judged.leverage_cases()["terms_moved"]
    assert sorted(moved) == ["better", "none", "none", "worse"]
    assert record.verdict == "depends on reading"


def test_ground_was_lost_in_every_case_of_the_record():
    """ISW printed 31,655 km2 for the week of the withdrawal; 7,350 for 6 to 11 September."""
    change = judged.leverage_cases().set_index("case_id")["ground_change_km2"]
    assert (change < 0).all()
    assert -31_655 <= change["2022-03-north"] <= -20_000
    assert -12_000 <= change["2022-09-kharkiv"] <= -7_350


def test_waiting_has_no_verdict_and_evidence_on_both_sides():
    """A judgement: what talks would have brought was not observed."""
    record = claims.assess("wait-for-information")
    assert record.verdict == "no verdict word"
    finding = record.components[0]
    assert len(finding.evidence_for) >= 3
    assert len(finding.evidence_against) >= 3
    assert record.then.low < 0 < record.then.high < record.now.value


def test_no_verdict_rests_on_the_model():
    """The sweep's table is among the evidence of no claim."""
    for record in claims.at_home_in("timing"):
        assert "timing-waiting" not in record.evidence
