"""The aid window: independent reasons for the numbers that decide its verdicts."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis import aid, claims, tables
from analysis.assessing import evidence
from analysis.assessments import aid_window as judged


def by_name(claim_id: str, word: str) -> float:
    record = claims.assess(claim_id)
    every = record.primary_reading + record.other_readings
    (found,) = [reading for reading in every if word in reading.name]
    return found.value


def test_the_act_by_its_titles():
    """Title I 48.432217, energy 0.247455, refugees 0.481, title IV 11.616: added by hand."""
    (primary,) = claims.assess("aid-total").primary_reading
    assert primary.value == pytest.approx(48.432217 + 0.247455 + 0.481 + 11.616, abs=1e-6)


def test_security_assistance_by_three_printed_parts():
    """CRS printed 13.41, 13.77 and 1.6: 28.78, about two thirds of 42."""
    (primary,) = claims.assess("aid-military").primary_reading
    assert primary.value == pytest.approx(13.41 + 13.77 + 1.6, abs=0.01)
    assert claims.assess("aid-military").verdict == "does not hold"
    assert primary.value / 42 < 0.9


def test_what_holds_of_the_military_definitions_needs_american_plants():
    """Without procurement (13.3) even USAI, stocks and grants are 28.8: no sum reaches 37.8."""
    record = claims.assess("aid-military")
    standing = [reading for reading in record.other_readings if reading.stands]
    assert {reading.levels["scope"] for reading in standing} == {"with US plants"}


def test_nearly_half_needs_the_summer():
    """Nearly allows 0.45 to 0.5 of 830 days: 374 to 415 days from 3 June 2024."""
    start, low, high = pd.Timestamp("2024-06-03"), 0.45 * 830, 0.5 * 830
    assert start + pd.Timedelta(days=round(low)) == pd.Timestamp("2025-06-12")
    assert start + pd.Timedelta(days=round(high)) == pd.Timestamp("2025-07-23")
    record = claims.assess("half-as-long")
    standing = {reading.levels["end"] for reading in record.other_readings if reading.stands}
    assert standing == {"Mid-2025"}
    assert record.verdict == "does not hold"


def test_the_latest_window_is_of_the_same_war():
    """From 3 June 2024 to 31 December 2025 are 576 days, over the 830 since the invasion."""
    days = (date(2025, 12, 31) - date(2024, 6, 3)).days, (date(2024, 6, 3) - date(2022, 2, 24)).days
    assert days == (576, 830)
    record = claims.assess("half-as-long")
    assert record.now.value == pytest.approx(576 / 830, abs=0.001)
    # Dates are everybody's: the arithmetic goes back to no other publisher.
    every = record.primary_reading + record.other_readings
    assert {reading.origin_id for reading in every} == {"position-of-strength"}


def test_the_purposes_by_the_lines():
    """Relief: refugees 0.481, food 0.05, demining 0.1, so 0.631; each purpose has money."""
    parts = {part.component: part for part in claims.assess("aid-total").components}
    assert {name: part.verdict for name, part in parts.items()} == dict.fromkeys(
        ("economic", "humanitarian", "military", "total"), "holds"
    )
    assert aid.relief_usd_bn(tables.read("act-2024-lines")) == pytest.approx(0.481 + 0.05 + 0.1)
    assert "0.63 billion dollars, 1.0" in parts["humanitarian"].note


def test_a_purpose_without_money_would_not_hold():
    """The rule can fail: a purpose for which the lines give nothing is none of the Act's."""
    assert judged._purpose("economic", 0.0).verdict == "does not hold"
    assert judged._purpose("economic", 9.4).verdict == "holds"


def test_then_and_now_are_of_one_unit():
    """A value in dollars beside one in euros, or a stock beside a flow, compares nothing."""
    for record in claims.at_home_in("aid-window"):
        pairs = [(part.then, part.now) for part in record.components] + [(record.then, record.now)]
        for then, now in pairs:
            if then is not None and now is not None and then.value is not None:
                assert then.unit == now.unit, record.id


def test_europe_was_the_smaller_in_arms_and_the_larger_in_all():
    """Printed on 25 April 2024: 42.0 over 43.1, and 89.9 over 67."""
    assert by_name("europe-aid", "military allocations to February") == pytest.approx(42 / 43.1)
    assert by_name("europe-aid", "all allocations to February") == pytest.approx(89.9 / 67)


def test_the_missiles_were_used_before_the_act():
    """First used on 17 April, Act signed on 24 April 2024: they cannot be of its package."""
    used, signed = evidence(["aid-atacms-first-use", "aid-hr815-signed"])["value_text"]
    assert pd.Timestamp(used) < pd.Timestamp(signed)
    parts = {
        finding.component: finding.verdict
        for finding in claims.assess("weapons-arriving").components
    }
    assert parts == {"arriving": "holds", "atacms": "does not hold"}


def test_unfinished_by_autumn():
    """2.875 of a cap of 7.8, and 9.7 of 13.77 in contracts: both short on 22 September 2024."""
    assert judged.drawn_usd_bn(judged.AUTUMN) == pytest.approx(2.875)
    assert judged.drawn_usd_bn(judged.AUTUMN) < evidence(["aid-pda-cap-fy24"])["value"].iloc[0]
    assert claims.assess("deliveries-unfinished").verdict == "came true"


def test_just_started_by_hand():
    """1,000 + 400 + 275 million drawn by 3 June 2024, over 28.79 billion: 5.8 percent."""
    (begun,) = [
        reading
        for reading in claims.assess("just-started").primary_reading
        if reading.unit == "ratio"
    ]
    assert begun.value == pytest.approx(1.675 / 28.786892)


def test_the_flow_fell_and_then_rose():
    """June to August: 225 + 150 + 125 + 200 + 125 + 125 million; less than April to June."""
    summer = 0.225 + 0.150 + 0.125 + 0.200 + 0.125 + 0.125
    assert summer < judged.drawn_usd_bn(judged.ARTICLE)
    assert claims.assess("volume-increases").verdict == "depends on reading"


def test_no_month_of_the_window_was_a_rebound():
    """Monthly totals of the maps: Russian forces held more at the end of each than before."""
    held = tables.read("deepstate-daily-total").set_index("date")["occupied_km2"]
    ends = held[held.index <= claims.WINDOW_END].resample("ME").last()
    assert (ends.diff().dropna() > 0).all()
    within, later = judged.best_thirty_days_km2()
    assert within > 0 > later


def test_aid_outlasted_the_new_year():
    """Announced after 1 January 2025: 500 million on the ninth; the front stood."""
    packages = tables.read("us-aid-packages")
    assert (packages["announced"] > "2025-01-01").sum() == 1
    assert claims.assess("aid-into-2025").verdict == "came true"
    # A fiftieth of Ukraine is 12,073 km2; less was lost by New Year 2025.
    assert judged.held_change_km2(date(2025, 1, 1)) < 12_073


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2025, 1, 1), True),  # nine days before the last package
        (date(2025, 3, 5), False),  # the stop of 3 March was lifted on 11 March
        (date(2025, 3, 11), True),
        (date(2025, 6, 30), True),  # auditors: ammunition still due on 20 November 2025
        (date(2025, 11, 21), False),  # no later report is held
    ],
)
def test_american_arms_are_due_by_dated_reports(on, due):
    """By hand from the days of the stop and of the last report: the rule can fail."""
    assert judged.american_arms_due(on) is due


def test_a_day_is_judged_by_its_conditions():
    """All, some or none: the three outcomes of a forecast that has come due."""
    assert judged.carried(True, True) == "came true"
    assert judged.carried(True, False) == "in part"
    assert judged.carried(False, False) == "failed"


def test_ground_elsewhere_was_held_for_more_than_thirty_days():
    """From 31 August to 23 November 2024 are 84 days, by the General Staff's two reports."""
    assert judged.days_held_elsewhere() == (date(2024, 11, 23) - date(2024, 8, 31)).days == 84
    assert judged.days_held_elsewhere() >= judged.HOLD_DAYS


def test_new_american_aid_ended():
    """The tracker has no American row after January 2025, so the sum since is nought."""
    rows = tables.read("kiel-monthly-groups").query("donor_group == 'United States'")
    assert (rows.loc[rows["month"] > "2025-01-01", "total_eur_bn"] == 0).all()
    assert claims.assess("aid-fades").now.value == 0


def test_europe_gave_in_every_month_of_2025():
    """The card says so; one month at nought would make it false."""
    rows = tables.read("kiel-monthly-groups").query("donor_group == 'Europe'")
    assert (rows.loc[rows["month"].dt.year == 2025, "military_eur_bn"] > 0).sum() == 12
