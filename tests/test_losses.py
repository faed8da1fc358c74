"""Losses: measures give what arithmetic demands, and the series agree with other publishers."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis import claims, losses, tables
from analysis.evidence import fact

ORYX = tables.read("oryx-losses")
STAFF = tables.read("general-staff-losses-monthly")
UK = tables.read("uk-mod-casualties-monthly")
DEAD = tables.read("meduza-dead-2026")
VESSELS, SIZES = tables.read("fleet-vessels"), tables.read("fleet-sizes")
ESTIMATES = tables.read("casualty-estimates")


def lists(*rows: tuple[str, str, str, int, int, str]) -> pd.DataFrame:
    """Make a table of lists: day, country, equipment, destroyed, captured, scope."""
    names = ["date", "country", "equipment", "destroyed", "captured", "scope"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(date=pd.to_datetime(table["date"]), abandoned=0, damaged=0)


# Printed figures --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence_id", "country", "equipment"),
    [
        ("oryx-ru-total-2024-05-15", "Russia", ("all",)),
        ("oryx-ru-total-2024-05-24", "Russia", ("all",)),
        ("oryx-ru-total-2024-05-26", "Russia", ("all",)),
        ("oryx-ru-total-2024-06-02", "Russia", ("all",)),
        ("oryx-ru-total-2025-11-15", "Russia", ("all",)),
        ("oryx-ru-total-2026-02-24", "Russia", ("all",)),
        ("oryx-ru-total-2026-09-15", "Russia", ("all",)),
        ("oryx-ru-tanks-2024-05-15", "Russia", ("tanks",)),
        ("oryx-ru-tanks-2025-11-15", "Russia", ("tanks",)),
        ("oryx-ru-tanks-2026-09-15", "Russia", ("tanks",)),
        ("oryx-ru-ifv-2024-05-15", "Russia", ("infantry fighting vehicles",)),
        ("oryx-ru-afv-2024-05-15", "Russia", ("armoured fighting vehicles",)),
        ("oryx-ru-apc-2024-05-15", "Russia", ("armoured personnel carriers",)),
        ("oryx-ru-naval-2024-05-15", "Russia", ("ships and submarines",)),
        ("oryx-ru-naval-2026-09-15", "Russia", ("ships and submarines",)),
        ("oryx-ua-total-2024-05-15", "Ukraine", ("all",)),
        ("oryx-ua-total-2025-11-15", "Ukraine", ("all",)),
        ("oryx-ua-total-2026-02-24", "Ukraine", ("all",)),
        ("oryx-ua-total-2026-09-15", "Ukraine", ("all",)),
        ("oryx-ua-tanks-2024-05-15", "Ukraine", ("tanks",)),
    ],
)
def test_lists_are_those_that_a_second_copyist_took_down(evidence_id, country, equipment):
    """Two people copied Oryx on their own; the evidence rows are of the second."""
    row = fact(evidence_id)
    series = losses.confirmed(ORYX, country, equipment)
    assert losses.on_day(series, row.as_of, max_gap_days=0) == row.value


def test_statuses_sum_to_the_total_of_each_row():
    """A list prints the four statuses and their sum."""
    statuses = ORYX[list(losses.STATUSES)].sum(axis=1)
    assert (statuses == ORYX["total"]).all()


def test_no_type_is_larger_than_the_whole():
    """What is counted under a type is in the total too."""
    key = ["date", "country"]
    total = ORYX[ORYX["equipment"] == "all"].set_index(key)["total"]
    parts = ORYX[ORYX["equipment"] != "all"].groupby(key)["total"].sum()
    assert (parts <= total.reindex(parts.index)).all()


def test_counts_fall_only_by_corrections():
    """Oryx takes entries back, but never more than one in a hundred from list to list."""
    for country in ("Russia", "Ukraine"):
        series = losses.confirmed(ORYX, country)
        for _, scope in series.groupby("scope"):
            assert (scope["units"].pct_change().dropna() > -0.01).all()


@pytest.mark.parametrize(
    ("evidence_id", "month"),
    [
        ("sup-ukmod-899-2024-04", "2024-04"),
        ("uk-mod-daily-may-2024", "2024-05"),
        ("uk-mod-cites-gs-2024-10", "2024-09"),
    ],
)
def test_monthly_figures_are_those_the_press_printed(evidence_id, month):
    """Three averages a day as newspapers have them; Ukraine's own month is within a percent."""
    printed = fact(evidence_id).value
    both = losses.uk_over_ukraine(UK, STAFF).set_index("month").loc[f"{month}-01"]
    assert both["uk_per_day"] == printed
    assert both["ukraine_per_day"] == pytest.approx(printed, rel=0.01)


def test_december_2025_as_the_ministry_printed_it():
    """35,030 in the month, printed by the Ministry and read in a newspaper."""
    value = fact("uk-2025-12-casualties").value
    assert UK.set_index("month")["casualties"]["2025-12-01"] == value


@pytest.mark.parametrize("evidence_id", ["uk-mod-chart-2024-05-01"])
def test_sum_of_the_ministrys_months(evidence_id):
    """The running sum to 1 May 2024 in the compilation by The Economist: 462,525."""
    row = fact(evidence_id)
    assert UK.set_index("month")["cumulative"]["2024-04-01"] == row.value


def test_ukraines_running_totals_bracket_the_printed_days():
    """The totals of 27 April and 15 May 2024 lie between those of the months' ends."""
    totals = STAFF[STAFF["category"] == "personnel"].set_index("month")["cumulative_at_end"]
    assert totals["2024-03-01"] < fact("gs-465k-2024-04-27").value < totals["2024-04-01"]
    assert totals["2024-04-01"] < fact("gs-personnel-2024-05-15").value < totals["2024-05-01"]
    assert totals["2024-05-01"] < fact("gs-personnel-2024-06-03").value < totals["2024-06-01"]


def test_ukraines_months_and_corrections_sum_to_its_running_total():
    """From the report of 1 March 2022 (5,710 persons) every step is claimed or corrected."""
    rows = STAFF[STAFF["category"] == "personnel"].sort_values("month")
    sums = 5_710 + (rows["claimed"] + rows["correction"]).cumsum()
    assert (sums == rows["cumulative_at_end"]).all()


def test_the_dead_as_printed_by_others():
    """Sums in the evidence were made apart from the table; 75,000 and 120,000 were printed."""
    for name in ("meduza-2026-dead-2024-05-19", "meduza-2026-dead-2025-12-28"):
        row = fact(name)
        assert losses.dead_by(DEAD, row.as_of) == pytest.approx(row.value, abs=1)
    vintage = tables.read("meduza-dead-2024").set_index("date")
    assert vintage["flash"]["2024-06-17"] == pytest.approx(
        fact("meduza-120k-2024-06").value, rel=0.01
    )
    year_end = fact("meduza-75k-2023-12")
    assert year_end.low <= vintage["probate_low"]["2023-12-25"] <= year_end.high
    flash = fact("meduza-flash-2024-05-13")
    assert vintage["flash"]["2024-05-13"] == pytest.approx(flash.value, abs=1)


def test_the_model_lies_where_the_economist_prints_it():
    """The range of 21 August 2026 holds the last Monday; the model of May 2024 is in the file."""
    model = tables.read("economist-casualty-model").set_index("date")
    row = fact("economist-meta-2026-08-21")
    assert row.low < model["casualties"]["2026-08-17"] < row.value
    may = fact("economist-meta-casualties-2024-05-15").value
    assert model["casualties"]["2024-05-13"] < may < model["casualties"]["2024-05-20"]
    assert model["deaths"].is_monotonic_increasing


# The fleet --------------------------------------------------------------------------------


def test_vessels_destroyed_as_oryx_printed():
    """Oryx's list of 15 May 2024 has 17 vessels destroyed; Tsiklon sank four days later."""
    listed = VESSELS[VESSELS["on_oryx_list_2024_05_15"]]
    assert (listed["state_on_3_june_2024"] == "destroyed").sum() == 17
    assert "Tsiklon" not in set(listed["vessel"])


def test_every_vessel_hit_has_something_that_shows_it():
    """A vessel hit by the article's day is pictured or claimed, any other neither."""
    hit = VESSELS["state_on_3_june_2024"] != "not hit"
    assert (VESSELS.loc[hit, "shown"] != "").all()
    assert (VESSELS.loc[~hit, "shown"] == "").all()
    assert (VESSELS.loc[~hit, "hit_date"] > pd.Timestamp("2024-06-03")).all()


def test_share_of_the_fleet_counted_by_hand():
    """Hand count: 6 warships sunk, 3 damaged, 3 landing craft, 5 boats; 4 claimed, 3 unknown."""
    share = losses.fleet_share(VESSELS, SIZES, "combat-74")
    assert share.pictured == 6 + 3 + 3 + 5
    assert share.at_most == share.pictured + 4 + 3
    assert share.low == pytest.approx(17 / 74)
    assert share.high == pytest.approx(24 / 74)


def test_ship_added_to_the_fleet_moves_the_lower_end():
    """One more pictured vessel of the fleet is one more in each count that holds warships."""
    moved = VESSELS.copy()
    moved.loc[moved["vessel"] == "Minsk", "belongs"] = "pre-war fleet"
    before = losses.fleet_share(VESSELS, SIZES, "combat-74")
    after = losses.fleet_share(moved, SIZES, "combat-74")
    assert (after.pictured, after.at_most) == (before.pictured + 1, before.at_most)


def test_one_mark_for_each_vessel_hit():
    """34 vessels had been hit by the day: 26 on Oryx's list, Tsiklon, and 7 claimed."""
    marks = losses.vessels_for_chart(VESSELS)
    assert len(marks) == 26 + 1 + 7
    assert not marks.duplicated(["group", "place"]).any()


# Closed forms -----------------------------------------------------------------------------


def test_new_losses_are_differences_of_lists():
    """10 to 25 pieces on one side, 4 to 9 on the other: 15 over 5 is 3."""
    table = lists(
        ("2024-01-01", "Russia", "tanks", 8, 2, "all"),
        ("2024-03-01", "Russia", "tanks", 20, 5, "all"),
        ("2024-01-01", "Ukraine", "tanks", 4, 0, "all"),
        ("2024-03-01", "Ukraine", "tanks", 9, 0, "all"),
    )
    found = losses.interval_losses(table, [date(2024, 1, 1), date(2024, 3, 1)], ("tanks",))
    assert found[["russia", "ukraine", "ratio"]].iloc[0].tolist() == [15, 5, 3]
    assert found["russia_per_month"].iloc[0] == pytest.approx(15 / 60 * 365.25 / 12)


def test_totals_are_not_compared_across_a_change_of_scope():
    """A total over a change of the list has no value; tanks, which stay listed, have one."""
    rows = [
        (day, country, kind, units, 0, scope)
        for country in ("Russia", "Ukraine")
        for kind in ("all", "tanks")
        for day, units, scope in (("2026-02-24", 10, "all"), ("2026-05-15", 8, "without"))
    ]
    table, days = lists(*rows), [date(2026, 2, 24), date(2026, 5, 15)]
    assert losses.interval_losses(table, days)["ratio"].isna().all()
    assert losses.interval_losses(table, days, ("tanks",))["russia"].tolist() == [-2]


def test_a_later_list_is_never_used():
    """The count of a day is that of the last list before it, and too old a list is refused."""
    series = losses.confirmed(
        lists(
            ("2024-01-01", "Russia", "all", 5, 0, "all"),
            ("2024-02-01", "Russia", "all", 7, 0, "all"),
        ),
        "Russia",
    )
    assert losses.on_day(series, date(2024, 1, 31)) == 5
    with pytest.raises(losses.GapError, match="60 days"):
        losses.on_day(series, date(2024, 4, 1))
    with pytest.raises(losses.GapError, match="no list"):
        losses.on_day(series, date(2023, 12, 31))


def test_statuses_are_added_as_asked():
    """8 destroyed and 2 captured are 10 lost, 8 destroyed."""
    table = lists(("2024-01-01", "Russia", "tanks", 8, 2, "all"))
    assert losses.confirmed(table, "Russia", ("tanks",))["units"].tolist() == [10]
    destroyed = losses.confirmed(table, "Russia", ("tanks",), ("destroyed",))
    assert destroyed["units"].tolist() == [8]


def test_more_than_3000_is_not_true_of_3000():
    """On 10 May 2024 the list had exactly 3,000 tanks, on 12 May 3,005."""
    first, last = losses.days_that_fit(ORYX, claims.table())
    tanks = losses.confirmed(ORYX, "Russia", ("tanks",))
    assert losses.on_day(tanks, date(2024, 5, 10), max_gap_days=0) == 3_000
    assert (first, last) == (pd.Timestamp("2024-05-12"), pd.Timestamp("2024-05-24"))


def test_a_line_breaks_where_the_list_changed():
    """A gap of more than 60 days, or a narrower list, begins a new segment."""
    drawn = losses.both(ORYX)
    russia = drawn[(drawn["country"] == "Russia") & (drawn["status"] == "all lost")]
    spans = russia.groupby("segment")["date"].agg(["min", "max"]).sort_values("min")
    assert spans["max"].iloc[0] == pd.Timestamp("2025-07-19")
    assert spans["min"].iloc[1] == pd.Timestamp("2025-11-15")


def test_per_year_is_a_rate_of_365_days():
    """100 persons in half a year of 365 days are 200 in a year; a period must have a length."""
    assert losses.per_year(100, date(2023, 1, 1), date(2023, 7, 2)) == pytest.approx(
        100 / 182 * 365
    )
    with pytest.raises(ValueError, match="ends"):
        losses.per_year(1, date(2024, 1, 1), date(2024, 1, 1))


def test_weeks_that_have_not_ended_are_not_counted():
    """The week of 13 May 2024 ends on the 19th: on the 18th it is not in the sum."""
    week = DEAD.set_index("week_start")["dead"]["2024-05-13"]
    step = losses.dead_by(DEAD, date(2024, 5, 19)) - losses.dead_by(DEAD, date(2024, 5, 18))
    assert step == pytest.approx(week)


# Estimates --------------------------------------------------------------------------------


def test_estimates_have_numbers_and_known_roots():
    """Every row has a number in the evidence, and what it rests on is another row."""
    found = losses.estimates(ESTIMATES, tables.read("evidence"))
    assert found["point"].notna().all()
    assert set(ESTIMATES["repeats"]) - {""} <= set(ESTIMATES["estimate_id"])
    assert ((ESTIMATES["repeats"] == "") == (ESTIMATES["how"] == "")).all()
    assert (found["estimate_id"] != found["repeats"]).all()


def test_at_least_is_read_from_an_open_end():
    """NATO said over 350,000 and France 500,000: one has an open end."""
    found = losses.estimates(ESTIMATES, tables.read("evidence")).set_index("estimate_id")
    assert found.loc["nato-april", "at_least"]
    assert not found.loc["france-3-may", "at_least"]
    assert found.loc["economist-mid-june", "point"] == (462_000 + 728_000) / 2


def test_the_uk_figures_share_the_root_of_ukraines_count():
    """The Ministry names the General Staff as its source, so five rows are of one root."""
    found = losses.estimates(ESTIMATES, tables.read("evidence")).set_index("estimate_id")
    same = found[found["root"] == losses.ROOTS[True]].index
    assert {"uk-28-april", "uk-4-may", "uk-29-may", "uk-31-may", "ukraine-3-june"} <= set(same)
    assert "france-3-may" not in same


def test_what_rests_on_the_adversary():
    """Ukraine's three days, its president, four UK figures and the model that leans on one: nine.

    The chain of the model has two links: it leans on the UK's figure, which follows Ukraine's.
    """
    found = losses.estimates(ESTIMATES, tables.read("evidence")).set_index("estimate_id")
    both = found[(found["loser"] == "Russia") & (found["counts"] == "killed and wounded")]
    rests = set(both[both["root"] == losses.ROOTS[True]].index)
    assert rests == {
        "ukraine-27-april", "ukraine-15-may", "ukraine-3-june", "zelensky-feb", "uk-28-april",
        "uk-4-may", "uk-29-may", "uk-31-may", "economist-model-may",
    }  # fmt: skip
    assert found.loc["russia-on-ukraine-2024", "root"] == losses.ROOTS[True]
    assert found.loc["leak-on-ukraine-2024", "root"] == losses.ROOTS[False]


def test_sums_of_printed_parts():
    """70,000 killed and 100,000 to 120,000 wounded; 80,000 killed and 400,000 wounded."""
    us, leak = fact("us-190k-ua-2023-08"), fact("wsj-480k-ua-2024")
    dead = fact("us-70k-ua-dead-2023-08").value
    assert (us.low, us.high) == (dead + 100_000, dead + 120_000)
    assert leak.value == fact("wsj-80k-ua-2024").value + fact("wsj-400k-wounded-ua-2024").value


def test_stocks_point_at_evidence():
    """Each row of the table of tanks names a row of evidence, and its ends are in order."""
    stocks = tables.read("tank-stocks")
    assert set(stocks["evidence_id"]) <= set(tables.read("evidence")["id"])
    both = stocks.dropna(subset=["low", "high"])
    assert (both["low"] <= both["high"]).all()
    # The 4,000 of IISS have no row of evidence of their own.
    rows = stocks[(stocks["as_of"] >= "2024-02-01") & (stocks["low"] != 4_000)]
    rows = rows.drop_duplicates("evidence_id", keep="last")
    for row in rows.itertuples():
        low, high = fact(row.evidence_id).low, fact(row.evidence_id).high
        stated = {fact(row.evidence_id).value, low, high} - {None}
        assert {x for x in (row.low, row.high) if x == x} <= stated, row.evidence_id
    # The ministry's 100 a month, times twelve.
    a_year = 12 * fact("uk-mod-100-tanks-month-2024-01").value
    assert stocks.set_index("evidence_id")["low"]["uk-mod-100-tanks-month-2024-01"] == a_year
    held = {"osint-7300-3500-2024-12": 3_500, "jompy-2478-2025": 2_478}
    for name, tanks in held.items():
        assert tanks in stocks.loc[stocks["evidence_id"] == name, "low"].tolist()
        assert fact(name).value == tanks
