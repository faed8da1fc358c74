"""The land chapter's verdict-deciding numbers, by hand from the printed figures."""

import pytest

from analysis import claims
from analysis.assessments import land


def value(claim_id, start):
    for finding in claims.assess(claim_id).components:
        for reading in finding.readings:
            if reading.name.startswith(start):
                return reading.value
    raise AssertionError(start)


def test_fall_of_2023():
    """Belfer prints +16 and -7 square miles for the month: net 9; 348.12 / 2.58999 = 134.4."""
    assert value("net-188", "Belfer") == pytest.approx(16 - 7, abs=0.05)
    assert value("net-188", "War Mapper") == pytest.approx(134.4, abs=0.1)
    assert value("net-188", "AFP") == pytest.approx((584 - 487) / 2.59, abs=0.5)


def test_new_york_city():
    """188 / 302.643 = 0.6212 by long division; half would need 376 square miles of land."""
    assert value("nyc-half", "land area, 2010 census") == pytest.approx(0.6212, abs=1e-4)


def test_regained():
    """War Mapper: (25 - 16.55) / (25 - 7) = 8.45 / 18 = 0.4694; ISW gross 74,661 / 119,000."""
    by = {r.levels["source"]: r.value for r in land.regained_readings() if r.role != "excluded"}
    assert by["War Mapper"] == pytest.approx(0.4694, abs=1e-4)
    assert by["ISW, gross"] == pytest.approx(0.6274, abs=1e-4)
    # (132,792.4 - 104,719.3) / (132,792.4 - 42,179)
    assert by["ISW layers, control"] == pytest.approx(0.3098, abs=1e-4)


def test_pace_of_spring():
    """752 km2 in the 152 days from 1 January to 31 May 2024, a leap year: 4.947 a day."""
    assert land.spring_pace_km2_per_day() == pytest.approx(752 / 152, abs=1e-9)


def test_week_beside_kharkiv():
    """278 km2 over 7,475 (120,111.8 on 5 September less 112,636.8 on the 11th) = 3.7 percent."""
    assert value("no-collapse", "fastest Russian week") == pytest.approx(278 / 7475, abs=1e-4)


def test_northeast():
    """Of 32 percent of Kharkiv Oblast once occupied less than 2 stayed so: 30 / 32."""
    assert land.northeast_share() == pytest.approx(0.9375)


def test_north_came_back_in_spring():
    """War Mapper: 5.31 of the 8.45 points regained in 2022, 63 percent."""
    assert land.north_share() == pytest.approx(0.628, abs=0.001)


@pytest.mark.parametrize(
    ("claim_id", "verdict"),
    [
        ("net-188", "does not hold"),
        ("nyc-half", "does not hold"),
        ("regained-half", "contested"),
        ("slow-advances", "holds"),
        ("expelled-2022", "roughly holds"),
        ("chronology-2022", "does not hold"),
        ("counteroffensive-failed", "holds"),
        ("avdiivka", "holds"),
        ("no-collapse", "not refuted"),
        ("only-luhansk", "roughly holds"),
    ],
)
def test_verdicts_do_not_move_unnoticed(claim_id, verdict):
    """Worked out by hand from the rule of each scale and the readings above."""
    assert claims.assess(claim_id).verdict == verdict
