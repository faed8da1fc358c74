"""Numbers that decide the verdicts on the other camp, from closed forms and hand counts."""

from __future__ import annotations

import re
from datetime import date
from math import log

import pandas as pd
import pytest

from analysis import calls, counterclaims, tables, terms
from analysis.camp import ground, support, talks
from analysis.paths import CHAPTERS
from analysis.wording import hindsight as hindsight_words
from analysis.wording import the_other_camp as words

VERDICTS = {record.id: record.verdict for record in counterclaims.assess_all()}


# Measures ---------------------------------------------------------------------------------


def test_no_event_in_either_period_bounds_the_rate_on_both_sides():
    """With no event the upper Poisson limit is -ln(0.025) over the years: 3.689 / T."""
    low, high = calls.rate_difference(0, 2.0, 0, 4.0)
    assert low == pytest.approx(log(0.025) / 2)
    assert high == pytest.approx(-log(0.025) / 4)


def test_many_more_events_raise_the_rate_for_sure():
    """Poisson limits of 100 events are 81.4 and 121.6 (Ulm 1990), far from those of none."""
    low, high = calls.rate_difference(0, 1.0, 100, 1.0)
    assert low == pytest.approx(81.36 - 3.689, abs=0.01)
    assert high == pytest.approx(121.63, abs=0.01)


def test_a_period_without_length_is_refused():
    """A rate over no time is none."""
    with pytest.raises(ValueError, match="positive"):
        calls.rate_difference(0, 0.0, 0, 1.0)


def test_months_regained_counts_full_months_below_nought():
    """Of four months one is not full and two of the others fell: two of three."""
    monthly = pd.DataFrame(
        {
            "month": ["2024-07", "2024-08", "2024-09", "2024-10"],
            "net_change_km2": [-5.0, -1.0, 3.0, -0.1],
            "full_month": [False, True, True, True],
        }
    )
    assert calls.months_regained(monthly, "2024-07", "2024-10") == (2, 3)
    assert calls.months_regained(monthly, "2024-09", "2024-09") == (0, 1)


def kiel(group: str = "Europe") -> pd.DataFrame:
    """Give one unit a month for two years from January 2023, and a draft that never counts."""
    months = pd.date_range("2023-01-01", "2024-12-01", freq="MS")
    rows = pd.DataFrame(
        {
            "month": months,
            "donor_group": group,
            "state": "release 29",
            "military_eur_bn": 0.0,
            "total_eur_bn": 1.0,
        }
    )
    draft = rows.assign(state="unpublished draft of release 30", total_eur_bn=100.0)
    return pd.concat([rows, draft], ignore_index=True)


def test_twelve_months_before_and_after():
    """One unit a month: twelve in the year up to December 2023 and twelve after it."""
    assert calls.year_before_and_after(kiel(), "Europe", "2023-12") == (12.0, 12.0)
    # From July 2023 only eighteen months are left, six of them after June 2024.
    assert calls.year_before_and_after(kiel(), "Europe", "2024-06") == (12.0, 6.0)


def test_half_years_hold_six_months_each():
    """Two years of one unit a month are four half-years of six, drafts left out."""
    halves = calls.by_half_year(kiel())
    assert halves["half_year"].tolist() == ["2023 H1", "2023 H2", "2024 H1", "2024 H2"]
    assert halves["total_eur_bn"].tolist() == [6.0] * 4
    assert halves["months"].tolist() == [6] * 4


def test_hits_at_crimea_are_dated_and_placed():
    """Of four vessels one was hit elsewhere, one too early and one on no known day."""
    vessels = pd.DataFrame(
        {
            "vessel": ["a", "b", "c", "d"],
            "hit_date": pd.to_datetime(["2023-05-01", "2023-05-01", "2022-10-29", None]),
            "place": ["off Crimea", "Novorossiysk", "Sevastopol", "Sevastopol"],
        }
    )
    found = calls.hit_at_crimea(vessels, date(2023, 2, 10), date(2024, 6, 3))
    assert found["vessel"].tolist() == ["a"]


def test_held_on_takes_each_day_from_its_own_tracker():
    """Half of Ukraine's 603,628 km2 is 50 percent, whatever the other tracker says."""
    one = pd.DataFrame({"date": pd.to_datetime(["2022-07-08"]), "area_km2": [301_814.0]})
    other = pd.DataFrame({"date": pd.to_datetime(["2024-07-08"]), "occupied_km2": [0.0]})
    table = calls.held_on(
        {"then": ("A", one, date(2022, 7, 8)), "later": ("B", other, date(2024, 7, 9))}
    )
    assert table["share_pct"].round(2).tolist() == [50.0, 0.0]


# What decides the verdicts ----------------------------------------------------------------


def test_ukraines_own_demands_came_down():
    """From the sheets: Crimea, Donbas and the south 4 to 3, the line 4 to 2, prisoners 4 to 3.

    Foreign troops went from 1 in the draft of April 2022 to 4.
    """
    counts = terms.window("Ukraine", talks.CONCESSIONS, ground.last_day())
    assert (counts["worse for sure"], counts["better for sure"]) == (5, 1)
    assert VERDICTS["charap-2023-08-concessions"] == "depends on reading"


def test_no_later_paper_has_a_better_line_than_the_leak():
    """The leak allows 1 and 2; the memorandum has 0, the other three have 1."""
    line = talks.line_after_the_leak()
    assert line["ru-2025-06-02"] == "worse for sure"
    assert set(line.values()) == {"worse for sure", "unsure"}
    record = counterclaims.assess("marcetic-2024-05-deal-now")
    assert record.verdict == "depends on reading"
    assert "not known" in record.components[0].note
    assert "is not shown" in record.reason


def test_attrition_turned_in_the_lists_and_gets_no_verdict():
    """2.9 to one in the half-year of the essay, below one in 2026; means are not published."""
    record = counterclaims.assess("sachs-2023-10-attrition")
    assert record.then.value == pytest.approx(2.93, abs=0.01)
    assert record.now.value < 1
    assert record.verdict == "no verdict word"
    finding = record.components[0]
    assert len(finding.evidence_for) == len(finding.evidence_against) == 3


def test_vessels_at_crimea_counted_by_hand():
    """Counted in the table of vessels, February 2023 to the article: nineteen entries."""
    assert support.crimea_hits() == 19
    assert VERDICTS["wagenknecht-schwarzer-2023-02-crimea"] == "depends on reading"


def test_the_line_of_july_2022(monkeypatch):
    """118,525.8 less 104,719.9 km2 is 13,805.9, or 11.7 percent: more than a tenth."""
    lost = ground.isw_km2(ground.POSEN) - ground.isw_km2(ground.END_2022)
    assert lost == pytest.approx(13_805.9, abs=0.05)
    assert VERDICTS["posen-2022-07-stalemate"] == "depends on reading"
    monkeypatch.setattr(calls, "CLOSE_SHARE", 1 / 8)
    assert ground.posen().findings[0].verdict == "came true"


def test_ground_asked_for_and_lost():
    """563.6 + 10,959.0 + 7,434.2 + 7,309.4 km2 by province; 115,786.3 less 109,360.8 km2."""
    assert talks.demanded_km2() == pytest.approx(26_266.2, abs=0.05)
    assert talks.gained_in_window_km2() == pytest.approx(6_425.5, abs=0.05)
    assert VERDICTS["mearsheimer-2024-06-best-deal"] == "failed"


def test_demand_exceeds_the_loss_by_the_official_areas_too():
    """The official areas are larger than the polygons: the demand grows by a tenth, no less."""
    areas = tables.read("oblast-areas").set_index("oblast")["official_area_km2"]
    daily = tables.read("deepstate-daily-by-oblast")
    first = daily[daily["date"] == daily["date"].min()].set_index("oblast")["inside_polygon_km2"]
    official = sum(areas[name] - first[name] for name in talks.territory.ANNEXED)
    assert talks.demanded_km2() == pytest.approx(official, rel=0.1)
    assert min(official, talks.demanded_km2()) > 4 * talks.gained_in_window_km2()


def test_european_aid_did_not_fall():
    """Sums of the release, read off by year: 46.8, 44.5 and 74.1 thousand million euros."""
    years = [support.allocated("Europe", f"{y}-01", f"{y}-12") for y in (2023, 2024, 2025)]
    assert [round(value, 1) for value in years] == [46.8, 44.5, 74.1]
    assert VERDICTS["sachs-2023-10-europe"] == "failed"


def test_american_aid_ended():
    """The release has 46.4 thousand million euros for 2024 and nought from February 2025."""
    assert support.allocated("United States", "2025-02", "2026-04") == 0
    assert VERDICTS["friedman-2023-12-aid-2025"] == "came true"


def test_the_sides_were_nearest_in_april_2022():
    """On every later day, under each coding, a larger share of subjects is apart."""
    days = calls.apart_days(pd.Timestamp("2022-04-15"), pd.Timestamp("2026-08-22"))
    for coder in talks.CODERS:
        shares = calls.apart_through_time(days, coder).set_index("date")["share_pct"]
        assert shares.iloc[1:].min() > shares.iloc[0]


def test_apart_counts_only_sure_differences():
    """In April 2022 the papers were coded apart for sure on six subjects, by hand."""
    sides = [terms.standing(side, date(2022, 4, 15)) for side in ("Russia", "Ukraine")]
    both = sides[0].merge(sides[1], on="dimension", suffixes=("_ru", "_ua"))
    both = both[both["block_ru"] != "procedure"]
    sure = (both["low_ua"] > both["high_ru"]).sum()
    found = calls.apart(date(2022, 4, 15), "first")
    assert (found.apart, found.spoken) == (sure, len(both)) == (6, 13)


def test_the_window_turns_with_the_coding():
    """Two years on one coding has the sides where they were, the other one subject farther."""
    turn = calls.WASHINGTON_MEDIATES
    assert calls.apart(turn, "first") == calls.apart(talks.WINDOW, "first")
    assert calls.apart(turn, "second").apart == calls.apart(talks.WINDOW, "second").apart + 1
    assert VERDICTS["beebe-2023-01-window"] == "depends on reading"


def test_the_sides_were_no_nearer_on_the_day_of_the_article():
    """Nothing that either said between November 2022 and June 2024 closed a gap for sure."""
    for coder in talks.CODERS:
        then, later = calls.apart(talks.MILLEY, coder), calls.apart(date(2024, 6, 3), coder)
        assert later.share >= then.share


def test_absences_a_day_by_hand():
    """17,658 cases in 365 days and 110,511 in the 212 days to the end of July 2025."""
    row = talks.time_measures().set_index("measure").loc["Absence cases"]
    assert row["before"] == pytest.approx(17_658 / 365)
    assert row["after"] == pytest.approx(110_511 / 212)


def test_directions_of_the_measures():
    """By hand: land, American aid, armour and absences against; the other three for."""
    moved = talks.time_measures().set_index("measure")["moved"]
    against = {"Pace of gains", "American aid", "Armour lost, ratio", "Absence cases"}
    assert set(moved.index[moved == "against Ukraine"]) == against
    assert (moved == "for Ukraine").sum() == 3
    assert VERDICTS["haass-kupchan-2023-11-time"] == "depends on reading"


def test_no_more_than_the_poisson_limits_can_be_said_of_washington():
    """Without an end in either time the interval has both signs, whatever the rounds."""
    assert VERDICTS["charap-priebe-2023-01-washington-steps"] == "the data cannot tell"


def test_figures_say_what_the_numbers_say():
    """Titles that name an order are true of the data behind them."""
    held = words.held()
    for tracker, days in held.groupby("tracker"):
        later = days[days["date"] >= pd.Timestamp(talks.MILLEY)]["share_pct"]
        assert later.iloc[-1] > later.iloc[0], tracker
        assert later.iloc[1:].min() > later.iloc[0], tracker
    asked = words.asked_and_lost().set_index("what")["area_km2"]
    assert asked["Asked, June 2024"] / asked["Lost, to Dec 2025"] == pytest.approx(4.09, abs=0.01)


def test_no_level_of_one_tracker_is_set_beside_one_of_the_other():
    """Up to 1,523 km2 of 603,550 lie between them, 0.3 points: a level is given once."""
    text = (CHAPTERS / "13-the-other-camp.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        isw = "held-november-2022" in line or "held-july-2022" in line
        assert not (isw and re.search(r"held-(july-2024|december-2025|august-2026)", line)), line
    texts = words.figure_texts("camp-line")
    assert "up to 0.3 points apart" in texts["note"]


def test_one_coding_in_prose_and_on_cards():
    """Both together, as in the chapters on terms and hindsight: 11 of 14, 12 of 14, 9 of 15."""
    said = words.strings()
    assert said["apart-january"] == said["apart-milley"] == "11 of 14"
    assert said["apart-article"] == said["apart-turn"] == "12 of 14"
    assert said["apart-end"] == "9 of 15"
    note = counterclaims.assess("milley-2022-11-strength").components[0].note
    assert "11 of 14" in note
    eve = hindsight_words.apart().query(
        "name == '3 December 2025' and distance == 'apart for sure'"
    )
    assert f"{eve['items'].iloc[0]} of {eve['common'].iloc[0]}" == said["apart-end"]


def test_counts_in_the_lead_add_up():
    """Stand, divide, fall, open and without a word are all the statements there are."""
    numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    names = ("stand", "split", "fall", "open", "none")
    total = sum(numbers.index(words.strings()[f"camp-{name}"].split()[0]) for name in names)
    assert total == len(VERDICTS)
