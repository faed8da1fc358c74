"""Verdicts on losses rest on numbers that can be had without the code."""

from __future__ import annotations

import pytest

from analysis import claims, verdicts
from analysis.assessments import losses as assessed
from analysis.formatting import steady


def primary(claim_id: str):
    record = claims.assess(claim_id)
    return record, record.primary_reading[0]


def test_equipment_rests_on_the_list_of_2_june():
    """Printed on 2 June 2024: 11,575 + 2,909 + 915 + 730 = 16,129; nearly ends at 16,000."""
    record, reading = primary("equip-16000")
    assert reading.value == 11_575 + 2_909 + 915 + 730
    assert record.verdict == "roughly holds"
    by = {item.levels["definition"]: item for item in record.other_readings}
    # 16,129 less 3,288 trucks and cars and 383 drones, counted from the same list.
    assert by["without trucks and drones"].value == 16_129 - 3_288 - 383
    assert not by["without trucks and drones"].stands


def test_tanks_stand_by_79():
    """2,067 destroyed, 516 captured, 340 abandoned and 156 damaged are 3,079."""
    record, reading = primary("tanks-3000")
    assert reading.value == 2_067 + 516 + 340 + 156
    assert record.verdict == "holds"


def test_armour_is_the_sum_of_the_three_categories_named():
    """IFV 4,081, AFV 1,373 and APC 446 are 5,900, above the printed 5,000."""
    record, reading = primary("armour-5000")
    assert reading.value == 4_081 + 1_373 + 446
    assert record.verdict == "holds"
    assert record.robustness == "robust"


def test_nothing_supports_geolocated():
    """Oryx's own method names pictures; no root source is on the other side."""
    record = claims.assess("geolocated")
    assert record.verdict == "does not hold"
    assert record.components[0].evidence_for == ()


def test_a_third_of_the_fleet_is_contested():
    """17 of 74 is below a quarter, where the word ends; 24 of 74 is inside a tenth of a third."""
    record, reading = primary("fleet-third")
    assert reading.bounds == (steady(17 / 74), steady(24 / 74))
    assert 17 / 74 < 0.25 < 0.3 < 24 / 74
    assert record.verdict == "contested"


def test_ukraines_own_share_is_one_source():
    """Two statements of one navy carry one origin, so they count once."""
    record = claims.assess("fleet-third")
    ours = {item.origin_id for item in record.other_readings if item.levels["source"] == "Ukraine"}
    assert len(ours) == 1


def test_the_ministry_had_moved_on():
    """500,000 is 7.5 percent above 465,000: inside a tenth, outside a fortieth."""
    record, reading = primary("casualties-465k")
    assert reading.value / 465_000 == pytest.approx(1.0753, abs=1e-4)
    found = {finding.component: finding.verdict for finding in record.components}
    assert found == {"figure": "roughly holds", "source": "holds"}


def test_floors_are_neither_for_nor_against():
    """Over 350,000 allows 465,000 and also allows less: contested, not refuted."""
    found = claims.assess("casualties-465k").other_readings
    words = {item.word for item in found if "floor" in item.name}
    assert words == {"contested"}


def test_a_third_beside_the_force_that_began_the_war():
    """315,000 are 87 percent of 362,069; 155,000 are 42.8 percent of that."""
    record, reading = primary("third-still-heavy")
    assert assessed.third() == 465_000 / 3
    assert reading.value == pytest.approx(155_000 * 0.87 / 315_000)
    # The lowest estimate held, 290,000 (The Economist, end of 2023), is not as low as a third.
    assert assessed.lowest_estimate() == 290_000
    assert record.verdict == "depends on reading"


def test_a_case_that_never_came_is_not_tested():
    """Below a third the sentence is tested, above it not; the size is the charitable rule."""
    judged = verdicts.judge(assessed.third_readings(), "substantial", 1.0)
    assert assessed.third_outcomes(judged, lowest=290_000) == ("not tested", "came true")
    assert assessed.third_outcomes(judged, lowest=150_000) == ("came true", "came true")


def test_a_third_beside_the_other_yardsticks():
    """155,000 in 830 days are 68,163 a year, of 452,000 recruits; Afghanistan is 48,788."""
    found = {item.levels["yardstick"]: item.value for item in assessed.third_readings()}
    assert found["intake"] == pytest.approx(155_000 / 830 * 365 / 452_000)
    assert found["past war"] == pytest.approx(155_000 / (13_310 + 35_478))


def test_every_home_claim_is_assessed():
    """Seven claims are at home in the chapter and each has a verdict."""
    home = claims.at_home_in("losses")
    assert len(home) == 7
    assert all(record.assessed for record in home)
