"""Measures at the ends of their ranges: the day on a bound, a single day, names of columns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import bargaining, capacity, endings, firepower, tables, territory, timing


def frame(days, **columns):
    return pd.DataFrame({"date": pd.to_datetime(days), **columns})


def test_a_decision_is_in_force_on_its_own_day():
    """16 percent until 26 July 2024, 18 from that day on."""
    rates = frame(["2024-04-26", "2024-07-26"], key_rate_pct=[16.0, 18.0])
    assert capacity.key_rate_pct(rates, pd.Timestamp("2024-07-26")) == 18
    assert capacity.key_rate_pct(rates, pd.Timestamp("2024-07-25")) == 16


def test_a_month_of_one_day_is_a_month():
    """From the map of 31 January to that of 1 February is one day, with its change of 3 km2."""
    series = frame(["2024-01-31", "2024-02-01"], occupied_km2=[100.0, 103.0])
    found = territory.monthly_net_change(series)
    assert found[["month", "days", "net_change_km2", "full_month"]].to_numpy().tolist() == [
        ["2024-01", 1, 3.0, False]
    ]


def test_the_first_map_is_held_on_its_own_day():
    """An event of the day of the first map has that map; one of the day before has none."""
    maps = frame(["2024-06-03", "2024-06-04"], occupied_km2=[100.0, 110.0])
    events = frame(["2024-06-02", "2024-06-03"], what=["before", "on"])
    found = endings.held_on(events, maps, 1_000.0)
    assert found[["what", "share_pct"]].to_numpy().tolist() == [["on", 10.0]]


def test_shares_are_of_the_official_area_unless_asked_otherwise():
    """Whoever names no denominator gets the area that Ukraine's statistics print."""
    asked = (tables.read("deepstate-daily-by-oblast"), tables.read("oblast-areas"), ("Luhansk",))
    official = territory.province_shares(*asked, denominator="official")
    assert territory.province_shares(*asked).equals(official)
    drawn = territory.province_shares(*asked, denominator="polygon")
    assert not np.allclose(official["share_pct"], drawn["share_pct"])


def test_periods_of_the_pace_are_named_as_readers_write_them():
    """Three printed periods and three of the maps, months as three letters."""
    found = territory.pace_by_period(
        tables.read("territory-published-changes"), tables.read("deepstate-daily-total")
    )
    assert found["period"].tolist() == [
        "2023", "Jan–Apr 2024", "May 2024", "Jul–Dec 2024", "2025", "Jan–Aug 2026",
    ]  # fmt: skip


def test_a_pace_is_a_gain_by_its_days():
    """30 km2 in 10 days of one phase are 3 a day; the columns are those that are promised."""
    first = firepower.PHASES[0].name
    figures = pd.DataFrame(
        {
            "counted_by": "a", "measure": "net", "phase": [first], "days": 10, "gain_km2": 30.0,
            "period_start": pd.Timestamp("2023-02-01"),
            "period_end": pd.Timestamp("2023-02-10"),
        }
    )  # fmt: skip
    found = firepower.pace_by_phase(figures)
    assert found.to_dict("records") == [
        {"counted_by": "a", "measure": "net", "phase": first, "days": 10, "gain_km2": 30.0,
         "km2_per_day": 3.0}
    ]  # fmt: skip


def test_tables_have_the_columns_that_they_promise():
    """The numbers of the rows of what they were made from are no column."""
    means = capacity.yearly(tables.read("russia-war-capacity"), "inflation")
    assert "index" not in means
    cases = tables.read("evasion-cases")
    assert set(timing.awol_a_month(cases).columns) - set(cases.columns) == {"cases_a_month"}


def test_the_nearest_of_several_turns_is_taken(monkeypatch):
    """The advantage is nothing at -0.3, 0.02 and 0.4: from 0.05 the nearest is 0.02."""

    def solve(rows):
        x = rows["expected_shift"].to_numpy()
        return pd.DataFrame({"advantage": (x + 0.3) * (x - 0.02) * (x - 0.4)})

    monkeypatch.setattr(bargaining, "solve", solve)
    found = bargaining._nearest_root("expected_shift", -0.45, 0.05, 0.45)
    assert found == pytest.approx(0.02, abs=1e-6)


def test_a_change_of_nothing_is_half_a_loss():
    """Changes 0, 1, 0 and -1 of equal chance: one loss and two halves in four are a half."""
    walks = np.array([[0.0], [1.0], [0.0], [-1.0]])
    found = timing.wait(0.0, 1.0, 1, 0.0, walks)
    assert found["chance_less_land"] == pytest.approx((0.5 + 0 + 0.5 + 1) / 4)
