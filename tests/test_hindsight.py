"""What came after: one axis of months, periods, outcomes; closed forms, printed and hand counts."""

import re
from datetime import date

import pandas as pd
import pytest

from analysis import aid, claims, evidence, formatting, hindsight, tables, territory
from analysis.paths import CHAPTERS
from analysis.wording import hindsight as words

TOTAL = "deepstate-daily-total"


def track(rows, cadence="interval", series="a"):
    frame = pd.DataFrame(rows, columns=["start", "end", "value"])
    frame[["start", "end"]] = frame[["start", "end"]].apply(pd.to_datetime)
    return hindsight.Track("panel", series, "unit", cadence, frame)


def months(axis):
    return [f"{month:%Y-%m}" for month in axis["month"]]


# One axis ------------------------------------------------------------------------------


def test_an_interval_fills_the_months_whose_middle_it_holds():
    """10 January to 20 March holds the 15th of three months; 16 to 31 May holds none."""
    axis = hindsight.monthly_axis(
        [track([("2024-01-10", "2024-03-20", 3.0), ("2024-05-16", "2024-05-31", 9.0)])]
    )
    assert months(axis) == ["2024-01", "2024-02", "2024-03"]
    assert axis["spans_months"].tolist() == [3, 3, 3]


def test_a_gap_begins_a_new_segment():
    """February has no figure, so January and March may not be joined by a line."""
    axis = hindsight.monthly_axis(
        [track([("2024-01-01", "2024-02-01", 1.0), ("2024-03-01", "2024-04-01", 2.0)])]
    )
    assert axis["segment"].tolist() == ["a 1", "a 2"]


def test_a_wave_stands_in_the_month_of_its_middle():
    """26 November to 29 December 2025: the middle of 33 days is 12 December."""
    axis = hindsight.monthly_axis([track([("2025-11-26", "2025-12-29", 53.0)], "wave")])
    assert months(axis) == ["2025-12"]


def test_a_year_of_fieldwork_is_a_mean_of_its_months():
    """Gallup's average of 2023 is no answer of July 2023: all twelve months carry it."""
    axis = hindsight.monthly_axis([track([("2023-01-01", "2023-12-31", 27.0)], "wave")])
    assert len(axis) == 12
    assert set(axis["spans_months"]) == {12}


def test_a_rate_holds_until_the_next_decision_and_not_beyond_the_last():
    """Sixteen from January, eighteen from 26 March: March ends at eighteen, April is unknown."""
    rows = [("2024-01-05", "2024-01-05", 16.0), ("2024-03-26", "2024-03-26", 18.0)]
    axis = hindsight.monthly_axis([track(rows, "step")])
    assert months(axis) == ["2024-01", "2024-02", "2024-03"]
    assert axis["value"].tolist() == [16.0, 16.0, 18.0]


def test_two_figures_in_one_month_are_refused():
    """Which of the two would be drawn is nobody's choice to make in silence."""
    rows = [("2024-05-01", "2024-05-10", 1.0), ("2024-05-18", "2024-05-30", 2.0)]
    with pytest.raises(ValueError, match="two figures in one month"):
        hindsight.monthly_axis([track(rows, "wave")])


def test_series_of_two_trackers_are_never_one():
    """Two tracks of one panel keep their own segments and values."""
    one, two = (
        track([("2024-01-01", "2024-02-01", value)], series=name)
        for name, value in (("a", 1.0), ("b", 5.0))
    )
    axis = hindsight.monthly_axis([one, two])
    assert axis.set_index("segment")["value"].to_dict() == {"a 1": 1.0, "b 1": 5.0}


@pytest.mark.parametrize(
    ("month", "period"),
    [
        ("2024-05", "before"),
        ("2024-06", "in the window"),
        ("2025-11", "in the window"),
        ("2025-12", "after"),
    ],
)
def test_periods(month, period):
    """3 June 2024 to 3 December 2025: eighteen months from June 2024 to November 2025."""
    assert hindsight.period_of(pd.Timestamp(month)) == period


def test_the_window_has_eighteen_months():
    """Eighteen months are what the article names."""
    span = pd.period_range(hindsight.WINDOW_FIRST, hindsight.WINDOW_LAST, freq="M")
    assert len(span) == 18


def test_means_weigh_months_alike():
    """One month of 1 and two of 4 before the window: (1 + 4 + 4) / 3 = 3."""
    axis = hindsight.monthly_axis(
        [track([("2024-01-01", "2024-02-01", 1.0), ("2024-02-01", "2024-04-01", 4.0)])]
    )
    found = hindsight.mean_by_period(axis).iloc[0]
    assert (found["mean"], found["months"]) == (3.0, 3)


# The series as drawn -------------------------------------------------------------------


def drawn(series):
    rows = words.figures_on_axis()
    return rows[rows["series"] == series].set_index("month")


def test_the_maps_have_no_figure_before_they_begin():
    """The first whole month of maps is August 2024; before it the panel stays empty."""
    assert drawn("DeepState maps").index.min() == pd.Timestamp("2024-08-01")


def test_afp_months_are_the_printed_ones():
    """AFP printed 725 km2 for November 2024, 701 for November 2025 and 244 for December."""
    values = drawn("AFP, net")["value"]
    assert values["2024-11-01"] == pytest.approx(725 / 30)
    assert values["2025-11-01"] == pytest.approx(701 / 30)
    assert values["2025-12-01"] == pytest.approx(244 / 31)


def test_both_trackers_put_the_peak_of_2024_in_november():
    """AFP counts 725 km2 for the month from ISW's maps, the polygons 725.9."""
    values = drawn("DeepState maps")["value"]
    assert values["2024-11-01"] == pytest.approx(725 / 30, rel=0.01)


def test_new_american_arms_end_in_january_2025():
    """No American package was announced after 9 January 2025."""
    values = drawn("United States")["value"]
    assert values["2025-01-01"] > 0
    assert values["2025-02-01":].sum() == 0


def test_armour_series_keeps_every_vehicle():
    """Rates times lengths give back the difference of the first and last list in the span."""
    for country in ("Russia", "Ukraine"):
        rows = next(
            t for t in hindsight.loss_tracks(words.oryx()) if t.series.startswith(country[:4])
        ).rows
        lengths = (rows["end"] - rows["start"]).dt.days / (365.25 / 12)
        table = words.oryx()
        table = table[table["equipment"].isin(hindsight.ARMOUR) & (table["country"] == country)]
        counts = table.groupby("date")["total"].sum()
        first, last = counts[rows["start"].min()], counts[rows["end"].max()]
        assert (rows["value"] * lengths).sum() == pytest.approx(last - first, abs=1)


# Before, in and after ------------------------------------------------------------------


def pace(tracker, period):
    table = words.pace().set_index(["tracker", "period"])
    return table.loc[(tracker, period), "km2_per_day"]


def test_pace_of_isw_by_hand():
    """282 km2 to 10 July 2023 and 752 in January to May 2024; 3,561 in the 280 to 7 October."""
    assert pace("ISW", "before") == pytest.approx((282 + 752) / (191 + 152))
    assert pace("ISW", "in the window") == pytest.approx(3561 / 280)


def test_pace_of_afp_before_by_hand():
    """584 km2 in 2023, 470 in January to April 2024 (a difference) and 449 in May: 517 days."""
    assert pace("AFP from ISW", "before") == pytest.approx((584 + 470 + 449) / (365 + 121 + 31))


def test_pace_of_afp_by_hand():
    """The printed months of the window, June to November 2024 and seven of 2025, over 396 days."""
    printed = (129, 198, 477, 459, 610, 725, 240, 379, 507, 588, 634, 461, 701)
    assert pace("AFP from ISW", "in the window") == pytest.approx(sum(printed) / 396)


def test_pace_of_war_mapper_by_hand():
    """85 in 29 days, -35 in 31 and 348.12 in the 213 days from October 2023 to April 2024."""
    assert pace("War Mapper", "before") == pytest.approx((85 - 35 + 348.12) / (29 + 31 + 213))


def test_overlapping_figures_are_not_added():
    """516 km2 to 29 April are part of the 752 to 31 May: the longer figure alone is taken."""
    ids = words.pace().set_index(["tracker", "period"]).loc[("ISW", "before"), "evidence_ids"]
    assert "isw-jan-may-2024-752" in ids
    assert "isw-jan-apr-2024-516" not in ids


def test_title_on_pace_is_true():
    """Every tracker with figures on both sides is faster in the window, and slower after it."""
    wide = words.pace().pivot_table(index="tracker", columns="period", values="km2_per_day")
    both = wide.dropna(subset=["before", "in the window"])
    later = wide.dropna(subset=["in the window", "after"])
    assert len(both) == 3
    assert (both["in the window"] > both["before"]).all()
    assert (later["after"] < later["in the window"]).all()


def exchanged(equipment, end):
    table = words.exchange().set_index(["equipment", "end"])
    return table.loc[(equipment, pd.Timestamp(end))]


def test_exchange_by_hand_from_the_lists():
    """24,136 less 15,830 + 7,523 Russian pieces, 11,443 less 5,729 + 4,657: 783 to 1,057.

    The lists of 15 May 2024 and the growth to 15 November 2025 were added up from another
    copy of the list than the one the table is made of.
    """
    last = {side: evidence.fact(f"oryx-{side}-total-2026-02-24").value for side in ("ru", "ua")}
    found = exchanged("all equipment", "2026-02-24")
    assert found["russia"] == last["ru"] - 23_353
    assert found["ratio"] == pytest.approx(783 / 1057)


def test_no_value_over_the_change_of_the_list():
    """In spring 2026 drones left the list, so its totals before and after do not compare."""
    table = words.exchange().query("equipment == 'all equipment'")
    assert pd.Timestamp("2026-05-15") not in set(table["end"])


def test_aid_periods_cover_every_month_once():
    """The four periods together are January 2023 to April 2026, forty months."""
    table = words.given()
    assert table.groupby("donor_group")["months"].sum().unique().tolist() == [40]
    for group, part in table.groupby("donor_group"):
        whole = aid.allocated_eur_bn(words.kiel(), group, "2023-01", "2026-04")
        assert part["eur_bn"].sum() == pytest.approx(whole)


def test_running_totals_begin_at_zero_and_end_at_the_sums():
    """The land lost by 1 December 2025 is the difference of two maps, read off the table."""
    sums = words.sums().set_index(["side", "day"])["total"]
    assert sums["arms", "2024-06-01"] == sums["land", "2024-07-08"] == 0
    held = tables.read(TOTAL).set_index("date")["occupied_km2"]
    assert sums["land", "2025-12-01"] == pytest.approx(held["2025-12-01"] - 109_360.8)


# What was known ------------------------------------------------------------------------


def test_known_figures_are_those_printed_by_then():
    """752 km2 over 152 days; 43.1 and 42.0 billion euros over 25 months; 74 percent; 16."""
    table = words.known().set_index("label")["value"]
    assert table["Russian gain a day"] == pytest.approx(752 / 152)
    assert table["American arms"] == pytest.approx(43.1 / 25)
    assert table["European arms"] == pytest.approx(42.0 / 25)
    assert table["No land for peace"] == 74
    assert table["Key rate in Russia"] == 16


def test_nothing_published_later_counts_as_known():
    """Each figure marked as known has a day of publication by 3 June 2024 in the evidence."""
    ids = [
        "isw-jan-may-2024-752", "aid-kiel-feb24-mil-us", "aid-kiel-feb24-mil-europe",
        "meduza-75k-2023-12", "zelensky-31k-2024-02", "kiis-concessions-2023-12-against",
        "cbr-2024-04-rate",
    ]  # fmt: skip
    published = tables.read("evidence").set_index("id").loc[ids, "published"]
    assert (published <= pd.Timestamp("2024-06-03")).all()
    known = words.known().set_index("label")["published_by_then"]
    assert list(known[~known].index) == ["Talks soon"]


def test_ratios_have_the_known_value_below():
    """Gallup's 27 percent of 2023 and the mean of 52 and 69 after: 60.5 over 27."""
    row = words.known().set_index("label").loc["Talks soon"]
    assert row["ratio_in_window"] == pytest.approx(60.5 / 27)


# Terms ---------------------------------------------------------------------------------


def asked(side, day):
    """Return terms: code 3 in April 2022, and 0 (Russia) or 2 (Ukraine) from June 2024."""
    early, late = pd.Timestamp("2022-04-15"), pd.Timestamp("2024-06-14")
    after = pd.Timestamp(day) >= late
    code = (0 if side == "Russia" else 2) if after else 3
    rows = [
        (hindsight.LINE, "territory", code, late if after else early),
        ("ceasefire_first", "procedure", 1, early),
    ]
    return pd.DataFrame(rows, columns=["dimension", "block", "code", "date"])


def test_terms_from_before_the_annexation_do_not_stand_after_it():
    """What was offered in April 2022 is no demand of 2023: months before June 2024 are empty."""
    russia, ukraine = hindsight.terms_tracks(asked, "2023-01", "2024-08")
    axis = hindsight.monthly_axis([russia, ukraine])
    assert axis["month"].min() == pd.Timestamp("2024-06-01")
    assert axis.groupby("series")["value"].first().to_dict() == {
        "Russia asks": 0.0,
        "Ukraine asks": 2.0,
    }


def test_distances_add_up_and_leave_procedure_out():
    """Of three items two cannot meet, one can; the item on procedure is not counted."""

    def compared(_one, _two):
        changes = ["better for sure", "worse for sure", "unsure", "same"]
        blocks = ["territory", "security", "state", "procedure"]
        return pd.DataFrame({"change": changes, "block": blocks})

    found = hindsight.terms_apart(asked, compared, {"then": date(2024, 6, 2)})
    assert found["items"].tolist() == [2, 1, 0]
    assert found["to"].tolist() == [2, 3, 3]
    assert set(found["common"]) == {3}


def test_title_on_terms_is_true():
    """The demands were apart on the smallest share of items in April 2022."""
    table = words.apart().query("distance == 'apart for sure'").set_index("name")
    shares = table["items"] / table["common"]
    assert shares.idxmin() == "April 2022"


# The board -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "came"),
    [
        ("came true", "yes"),
        ("not refuted", "yes"),
        ("failed", "no"),
        ("refuted as worded", "no"),
        ("depends on reading", "both"),
        ("not tested", "open"),
        ("no verdict word", "open"),
        ("not yet assessed", "open"),
    ],
)
def test_outcome_of_a_verdict(verdict, came):
    """A verdict that cannot be told never counts for a side."""
    assert hindsight.came_by_verdict(verdict) == came


def test_every_verdict_word_has_an_outcome():
    """The words for yes, no and both are verdict words, and no word is in two of the sets."""
    from analysis import verdicts

    every = {word for words_ in verdicts.WORDS.values() for word in words_}
    sets = (hindsight.YES, hindsight.NO, hindsight.BOTH)
    assert set().union(*sets) <= every
    assert sum(map(len, sets)) == len(set().union(*sets))


def test_outcome_of_a_number():
    """The line itself counts as met, on either side; a missing number leaves the thing open."""
    assert hindsight.came_by_value(0.5, "at least", 0.5) == "yes"
    assert hindsight.came_by_value(0.51, "at most", 0.5) == "no"
    assert hindsight.came_by_value(float("nan"), "at most", 0.5) == "open"


def test_effect_of_an_outcome():
    """Both is both only where yes and no differ; what is open has no effect yet."""
    assert hindsight.effect_on_argument("yes", "helps", "hurts") == "helps"
    assert hindsight.effect_on_argument("no", "helps", "hurts") == "hurts"
    assert hindsight.effect_on_argument("both", "helps", "hurts") == "both"
    assert hindsight.effect_on_argument("both", "neutral", "neutral") == "neutral"
    assert hindsight.effect_on_argument("open", "helps", "hurts") == "open"


def items():
    return tables.read("hindsight-items")


def test_items_name_what_there_is():
    """Claims, propositions, evidence and measures named in the table exist."""
    ledger = claims.table()
    known = set(tables.read("evidence")["id"])
    for row in items().to_dict("records"):
        assert row["claim_id"] in ledger.index
        parts = list(claims.components(row["claim_id"]).index)
        assert not row["component"] or row["component"] in parts
        assert set(str(row["evidence_ids"]).split()) <= known
        assert (row["basis"] == "measure") == bool(row["measure"])
        assert not row["measure"] or row["measure"] in words.measures()


def test_only_what_is_left_open_rests_on_the_record():
    """A row without a verdict or a number names its evidence, and its effect is open."""
    table = items()
    record = table[table["basis"] == "record"]
    assert set(record["kind"]) == {"left open"}
    assert (record["evidence_ids"] != "").all()
    assert set(record["if_yes"]) | set(record["if_no"]) == {"open"}


def test_a_line_is_drawn_where_a_number_decides_and_nowhere_else():
    """A verdict or the record needs no line; a number without one decides nothing."""
    table = items()
    numbered = table["basis"].isin(["now", "measure"])
    assert table["threshold"].notna().equals(numbered)
    assert (table["yes_if"] != "").equals(numbered)


def test_labels_and_places_are_unique():
    """Two items of one label would share a row of the chart."""
    table = items()
    assert table["label"].is_unique
    assert sorted(table["order"]) == list(range(1, len(table) + 1))


def test_what_has_no_rule_for_a_side_is_not_on_the_board():
    """A yes and a no never do the same to the argument, unless the item is neutral or open."""
    table = items()
    same = table[table["if_yes"] == table["if_no"]]
    assert set(same["if_yes"]) <= {"neutral", "open"}


def test_measured_change_is_the_difference_of_two_maps():
    """Read off the table: the map of 3 December 2025 less that of 8 July 2024."""
    held = tables.read(TOTAL).set_index("date")["occupied_km2"]
    change = words.measures()["window-change"].value
    assert change == pytest.approx(held["2025-12-03"] - 109_360.8)
    assert change > 0


def test_measured_slowest_month():
    """March 2025: 118.6 km2 on the polygons; DeepState itself printed 133, the UK 143."""
    low = words.measures()["lowest-month"]
    assert low.day == "2025-03"
    assert low.value == pytest.approx(133 / 31, rel=0.15)


def test_measured_exchange_of_armour():
    """4,523 Russian and 1,855 Ukrainian vehicles between the lists that bound the window."""
    found = words.measures()
    assert found["armour-ratio"].value == pytest.approx(4523 / 1855)
    assert found["armour-ratio"].then == pytest.approx(4481 / 1281)
    assert found["armour-kept"].value == pytest.approx((4523 / 1855) / (4481 / 1281))


def test_values_then_are_of_the_same_measure():
    """Talks soon: Gallup's 27 percent of 2023 beside 69; no series of the maps before them."""
    found = words.measures()
    assert (found["talks-soon"].then, found["talks-soon"].value) == (0.27, 0.69)
    rows = words.board().set_index("item_id")["then"]
    assert rows["land-back"] == ""


def test_worst_week_of_the_window_is_inside_it():
    """The week to 27 November 2024 lost 244 km2; Kharkiv 2022 was some 7,500."""
    share = words.measures()["worst-week"].value
    assert share == pytest.approx(244.1 / 7_475, abs=0.001)


def moved(row, factor):
    value, line = words._value(row), row["threshold"] * factor
    return hindsight.came_by_value(value, row["yes_if"], line)


def test_what_the_chapter_says_of_lines_is_true():
    """Moved by a quarter to either side, only the majority on land changes its outcome."""
    rows = words.board()
    rows = rows[rows["basis"].isin(["now", "measure"])].to_dict("records")
    turned = {
        row["label"]
        for row in rows
        if any(moved(row, factor) != row["came"] for factor in (0.75, 1.25))
    }
    assert turned == {"Land still refused"}


def test_no_end_of_the_window_turns_the_sign():
    """After twelve, eighteen and twenty-four months the change on the maps is a Russian gain."""
    total = tables.read(TOTAL)
    ends = (date(2025, 6, 3), date(2025, 12, 3), date(2026, 6, 3))
    changes = [territory.net_change_km2(total, date(2024, 7, 8), end) for end in ends]
    assert changes == sorted(changes)
    assert changes[0] > 0
    assert changes[2] - changes[1] < changes[1] - changes[0]


def test_what_the_lead_says_of_the_board_is_true():
    """Most of the expected helped, and of the hoped-for fewer than half did."""
    rows = words.board()
    expected = rows[rows["kind"] == "expected"]["effect"]
    hoped = rows[rows["kind"] == "hoped for"]["effect"]
    assert (expected == "helps").mean() > 0.5
    assert (hoped == "helps").mean() < 0.5
    assert set(rows["effect"]) <= set(hindsight.EFFECTS)


def test_subsets_keep_the_pattern():
    """The rows of the table of parts are counts of the board, adding up to their items."""
    table = words.by_subset()
    assert table.loc["whole board"].sum() == len(words.board())
    kinds = table.loc[["expected", "hoped for", "left open"]].sum()
    assert kinds.equals(table.loc["whole board"])


def test_the_pace_of_2026_begins_with_2026():
    """115,786.3 km2 and what December added are no part of it: 791.9 km2 in 234 days are 3.4."""
    held = words.total().set_index("date")["occupied_km2"]
    gain = held.iloc[-1] - held[pd.Timestamp("2025-12-31")]
    days = (held.index[-1] - pd.Timestamp("2025-12-31")).days
    assert days == 234
    assert words.strings()["pace-2026"] == f"{gain / days:.1f}" == "3.4"
    assert words.strings()["pace-maps-after"] == "4.6"


def test_no_total_of_the_board_stands_in_lead_or_title():
    """A count of hand-picked things reads as a score, and the design allows none."""
    text = (CHAPTERS / "12-hindsight.md").read_text(encoding="utf-8")
    lead = text.split("## What the article says")[0]
    assert not re.search(r"`(expected|hoped|left)[a-z-]*`", lead)
    title = words.figure_texts("hindsight-board")["title"].split()
    numbers = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
    assert not numbers & {word.strip(",;.").lower() for word in title}


def test_title_of_the_board_is_true():
    """More than half of the expected things help, and less than half of the hoped ones."""
    counts = words.by_subset()
    share = counts["helps"] / counts.sum(axis=1)
    assert share["expected"] > 0.5 > share["hoped for"]


def test_the_alternative_text_counts_what_is_open():
    """Of the things left open some have since turned one way: the rest is counted, not the kind."""
    board = words.board()
    still = board[(board["kind"] == "left open") & (board["effect"] == "open")]
    alt = words.figure_texts("hindsight-board")["alt"]
    assert f"still open: {formatting.count(len(still))}." in alt
