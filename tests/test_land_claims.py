"""The land chapter's verdict-deciding numbers, by hand from the printed figures."""

import pandas as pd
import pytest

from analysis import claims
from analysis.assessments import land
from analysis.wording import land as words


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
    assert value("no-collapse", "largest week published") == pytest.approx(278 / 7475, abs=1e-4)


def test_no_measured_week_since_the_right_bank_is_larger_than_the_published_one():
    """With advances, which a change of layers cancels out of: 108,228.1 less 108,029.4 is 198.7.

    With control alone 105,414.0 less 104,739.1 is 674.9 on 20 to 27 January 2023, of which the
    text says that it is mostly a change of layers: over those days both layers rose by 177.
    """
    weeks = land.measured_weeks()
    inside = weeks[weeks["scope"].isin([land.SCOPE_FRONT, land.SCOPE_2023])]
    both = inside[inside["source"] == "control and advances"]
    assert both["loss_km2"].max() == pytest.approx(198.7)
    assert land.worst_week() > 198.7
    larger = inside[inside["loss_km2"] > land.worst_week()]
    assert larger[["source", "week_start"]].astype(str).to_numpy().tolist() == [
        ["control", "2023-01-20"]
    ]


def test_weeks_of_2022_are_listed_and_left_out_with_their_reason():
    """42,145.5 km2 to 3 March 2022 and 2,403.6 on 8 May would refute; the article grants them."""
    excluded = [r for r in land.collapse_readings() if r.role == "excluded"]
    assert [round(r.value * 7475) for r in excluded] == [42_146, 2_404]
    assert all("by mid-2022" in r.reason for r in excluded)


def test_a_larger_week_in_the_time_of_the_sentence_would_refute_it(monkeypatch):
    """The smallest collapse is the right bank, 3,621.6 km2 in a week: a quarter is 905."""
    fact = land._fact
    for week, word in ((910, "refuted as worded"), (900, "not refuted")):
        monkeypatch.setattr(land, "_fact", lambda i, w=week: w if i == land.WEEK else fact(i))
        assert land.no_collapse().findings[0].verdict == word


def test_a_larger_week_after_the_article_would_not(monkeypatch):
    """The sentence is of June 2024: what came after belongs to the weaker form."""
    read = land.tables.read

    def risen(name):
        table = read(name)
        if name == land.DEEPSTATE:
            table.loc[table["date"] > pd.Timestamp("2025-01-05"), "occupied_km2"] += 5_000
        return table

    monkeypatch.setattr(land.tables, "read", risen)
    result = land.no_collapse()
    assert result.findings[0].verdict == "not refuted"
    assert result.now.value > 5_000


def test_the_days_without_a_series_are_named():
    """The last ISW map is of 5 November 2023, the first DeepState map of 8 July 2024."""
    assert land.unmeasured() == "6 November 2023 to 7 July 2024"
    assert words.strings()["gap-days"] == "245"
    assert land.unmeasured() in claims.assess("no-collapse").components[0].note


def test_one_pace_is_written_in_one_way():
    """752 km2 in 152 days are 4.947 a day: 4.9 in the reason and in the value."""
    record = claims.assess("slow-advances")
    assert record.reason.startswith("4.9 km² a day")
    assert record.then.value == pytest.approx(752 / 152)


def test_sentences_that_go_with_a_sign(monkeypatch):
    """A sum that turned would be written as less and as shrunk, never as a negative gain."""
    text = words.strings()
    assert text["window-gain"].endswith("more")
    assert text["window-moved"].startswith("grew by ")
    monkeypatch.setattr(words.territory, "net_change_km2", lambda *_, **__: -6_426.0)
    turned = words._window()
    assert turned["window-gain"].endswith("less")
    assert turned["window-moved"].startswith("shrank by 6,426")


def test_both_axes_of_a_figure_show_the_same_ground():
    """100 km2 are 38.61 square miles: the ends of the axes are the same areas."""
    assert words.sq_mi([0.0, 100.0]) == pytest.approx([0, 38.610], abs=0.001)
    held = words.held()
    low, high = words.HELD_KM2
    assert held["held"].between(low, high).all()
    recent = held[held["date"] > pd.Timestamp("2023-01-01")]["held"]
    assert recent.between(*words.HELD_SINCE_KM2).all()
    assert words.monthly()["net_change_km2"].between(*words.MONTH_KM2).all()


def test_lines_of_the_first_figure_keep_gaps_and_trackers_apart():
    """No segment has two trackers; none spans the days without a series."""
    lines = words.held().query("form == 'series'")
    pairs = lines[["segment", "tracker"]].drop_duplicates()
    assert not pairs["segment"].duplicated().any()
    ends = lines.groupby("segment")["date"].agg(["min", "max"])
    gap = pd.Timestamp("2024-01-01")
    assert not ((ends["min"] < gap) & (ends["max"] > gap)).any()
    # Of 36 days with a map in 2023 those on which control moved, and the ends of windows.
    assert len(lines[lines["date"].between("2023-02-09", "2023-11-05")]) == 30


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
