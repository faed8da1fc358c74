"""Land: measures give what arithmetic demands, and the series agree with other publishers.

That no single cell can be changed unnoticed is tested in test_checks_territory.py.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from pyproj import Geod

from analysis import checkpoints, checks_territory, datapackage, tables, territory
from analysis.book import runner
from analysis.paths import CHAPTERS


def series(*values: float, start: str = "2025-01-01", step: int = 1) -> pd.DataFrame:
    days = pd.date_range(start, periods=len(values), freq=f"{step}D")
    return pd.DataFrame({"date": days, "occupied_km2": list(values)})


# Printed figures of other publishers ----------------------------------------------------


def measured(point: pd.Series) -> float:
    """Take from a series what a checkpoint names."""
    return checkpoints.measured(tables.read, point)


def printed() -> list[dict[str, object]]:
    return tables.read("checkpoints").to_dict("records")


@pytest.mark.parametrize("point", printed(), ids=lambda point: point["checkpoint_id"])
def test_series_agree_with_what_others_printed(point):
    """Each figure was printed by somebody else; the row says why the tolerance is what it is."""
    value = measured(pd.Series(point))
    assert value == pytest.approx(point["expected"], abs=point["tolerance"]), point["series"]


def series_of_the_chapter() -> list[str]:
    """Return the series that the chapter's record says it read, places of cells left out."""
    notebook = json.loads((CHAPTERS / "04-land.ipynb").read_text(encoding="utf-8"))
    inputs = notebook["metadata"][runner.METADATA]
    read = [name.removeprefix("table ") for name in inputs if name.startswith("table ")]
    paths = {name: datapackage.origin(name).path for name in read}
    return [
        n for n, path in paths.items() if path.startswith("series/") and n != "occupation-cells"
    ]


def test_every_series_has_three_checkpoints_of_other_publishers():
    """Three figures from outside, so that no single misprint can carry a series."""
    counts = tables.read("checkpoints")["series"].value_counts()
    short = counts.reindex(series_of_the_chapter(), fill_value=0)
    assert short[short < 3].to_dict() == {}
    assert set(series_of_the_chapter()) >= {"isw-layers-daily", "territory-published-changes"}


def test_isw_layers_are_held_by_root_sources_other_than_the_isw():
    """A figure that goes back to ISW's own map can share its mistake: three do not."""
    rows = tables.read("checkpoints")
    rows = rows[rows["series"] == "isw-layers-daily"]
    roots = evidence().loc[rows["evidence_id"], "origin_id"]
    assert set(roots) >= {"war-mapper", "ua-president", "washington-post"}


# What may lie between a series and a figure that somebody else printed, fixed from what is
# published about such differences and not from the series that is tested.
def own_hours(point: dict) -> float:
    """Allow a day at the printed pace at either end: the same map, its own hours."""
    return 2 * abs(point["expected"]) / (point["end"] - point["start"]).days


def own_area(point: dict) -> float:
    """Allow half a percent of all that was held: the same layer in another projection."""
    unit = 1 if point["quantity"].endswith("km2") else territory.UKRAINE_KM2 / 100
    return 0.005 * 163_000 / unit


def another_map(point: dict) -> float:
    """DefMon, The Economist and ISW print 78,000, 74,000 and 74,661 km2 for one thing."""
    return abs(point["expected"]) * (78_000 - 74_000) / 78_000


def another_counter(point: dict) -> float:
    """For March 2025 four counters print 133 to 240 km2."""
    return abs(point["expected"]) * (240 - 133) / 240


def another_level(point: dict) -> float:
    """War Mapper's level of June 2024 and AFP's of August are 2,013 km2 apart."""
    return 108_070 - 106_057


def claims_added(point: dict) -> float:
    """AFP adds claimed ground, 731 km2 in a year: of Donetsk Oblast 2.8 points."""
    return 100 * 731 / 26_517


def border(point: dict) -> float:
    """Allow a point: a share of an oblast is no better, because the strip at the border is not."""
    return 1.0


def floor(point: dict) -> float:
    """Allow half way to the next ten: printed as more than so many tens."""
    return 5.0


def two_thousands(point: dict) -> float:
    """More than 4,000 and about as much again: two roundings; days that the series lacks."""
    days = (point["end"] - point["start"]).days
    return 1_000 + abs(point["expected"]) * (12 - days) / 12


def in_words(point: dict) -> float:
    """Nearly 25 percent, a fifth: half a point."""
    return 0.5


def another_area(point: dict) -> float:
    """Two handbooks print 603,628 and 603,550 km2 for the country."""
    return 603_628 - 603_550


def none(point: dict) -> float:
    """Allow nothing: the same figure on another page, or a place well behind the front."""
    return 0.0


KINDS = {
    own_hours: [
        "total-aug-2024", "total-nov-2024", "total-jan-2025", "total-mar-2025", "total-aug-2025",
        "total-oct-2025", "total-nov-2025", "total-jan-2026", "total-week-oct-2024-agentstvo",
        "total-week-nov-2024-agentstvo",
    ],
    own_area: [
        "advances-newsweek", "control-layer-newsweek", "control-peak-newsweek", "both-layers-cnn",
        "control-belfer-feb-2023",
    ],
    another_map: [
        "control-north-war-mapper", "layers-north-war-mapper", "regained-liberated-economist",
    ],
    another_counter: [
        "control-september-war-mapper", "both-layers-counteroffensive", "total-nov-2024-afp",
        "total-mar-2025-uk",
    ],
    another_level: [
        "total-level-aug-2024-afp", "total-level-apr-2025-belfer", "totals-cnn-kyiv-independent",
        "totals-prewar-afp",
    ],
    claims_added: ["donetsk-jul-2024-afp"],
    border: ["luhansk-jan-2026", "luhansk-oct-2024-war-mapper", "kherson-2025-insider",
             "shares-luhansk-governor"],
    floor: ["kherson-nov-2024-reuters", "zaporizhzhia-nov-2024-reuters"],
    two_thousands: ["control-kharkiv-zelensky", "layers-kharkiv-zelensky"],
    in_words: ["layers-year-war-mapper", "control-guardian-feb-2023"],
    another_area: ["areas-sum-cia"],
}  # fmt: skip
# Printed in steps wider than the last digit shows, in the checkpoint's unit.
STEPS = {
    "totals-cnn-kyiv-independent": 6_036.3,
    "totals-prewar-afp": 6_036.3,
    "totals-deepstate-maps": 60.4,
    "shares-luhansk-governor": 1,
}
# The map of the morning after, and a thousandth of a cell.
SLACK = {"_pct": 0.025, "cell_share": 0.03}


def of_the_land() -> list[dict]:
    points = tables.read("checkpoints")
    return points[points["series"].isin(checks_territory.TABLES)].to_dict("records")


@pytest.mark.parametrize("point", of_the_land(), ids=lambda point: point["checkpoint_id"])
def test_a_tolerance_follows_from_how_the_figure_was_counted(point):
    """Half the printed step, and what two counts of that kind are known to differ by.

    The second is a published distance between other counts, so that a series cannot widen its
    own tolerance.
    """
    name = point["checkpoint_id"]
    kind = next((kind for kind, names in KINDS.items() if name in names), none)
    step = STEPS.get(name, last_digit(point["expected"]))
    slack = next((v for end, v in SLACK.items() if point["quantity"].endswith(end)), 0.0)
    assert point["tolerance"] <= step / 2 + kind(point) + slack + 1e-9, kind.__doc__


def test_every_kind_is_of_a_checkpoint_that_is_there():
    """A name that is left over would hide a checkpoint that was renamed."""
    names = {point["checkpoint_id"] for point in of_the_land()}
    assert {name for kind in KINDS.values() for name in kind} | set(STEPS) <= names


def last_digit(printed: float) -> float:
    """Return the place of the last digit that is printed: 1000 for 163,000, 0.01 for 19.04."""
    return float(10.0 ** Decimal(f"{printed:g}").normalize().as_tuple().exponent)


def evidence() -> pd.DataFrame:
    return tables.read("evidence").set_index("id")


# Distances -------------------------------------------------------------------------------


def test_the_measured_distance_is_the_geodesic_between_the_places():
    """15.3 km between the GeoNames points of Avdiivka and Ocheretyne; the UK prints 15."""
    metres = Geod(ellps="WGS84").inv(37.75008, 48.14019, 37.61575, 48.24446)[2]
    rates = tables.read("advance-rates").set_index("rate_id")
    assert metres / 1000 == pytest.approx(
        rates.loc["avdiivka-ocheretyne-2024", "distance_km"], abs=0.05
    )


@pytest.mark.parametrize(
    ("place", "lon", "lat", "cell"),
    [("Avdiivka", 37.75008, 48.14019, "E146N097"), ("Ocheretyne", 37.61575, 48.24446, "E145N098")],
)
def test_a_cell_holds_the_place_it_stands_for(place, lon, lat, cell):
    """The GeoNames point lies within half a diagonal (7.1 km) of the middle of its square."""
    row = tables.read("occupation-cells").set_index("cell_id").loc[cell]
    assert Geod(ellps="WGS84").inv(lon, lat, row["lon"], row["lat"])[2] < 7_100, place


# Measures -------------------------------------------------------------------------------


def test_net_change_takes_the_map_of_the_day_or_the_last_before_it():
    """10 maps two days apart, one km2 each: from the 4th (map of the 3rd) to the 9th is 3."""
    maps = series(*range(10), step=2)
    assert territory.net_change_km2(maps, date(2025, 1, 4), date(2025, 1, 9)) == 3
    assert territory.daily_rate_km2(maps, date(2025, 1, 4), date(2025, 1, 9)) == 3 / 5


def test_a_gap_is_an_error_unless_the_series_lists_changes():
    """Eleven days without a map are one too many; a list of changes has no gaps."""
    maps = series(5, 7, step=30)
    with pytest.raises(territory.GapError, match="11 days older"):
        territory.level_km2(maps, date(2025, 1, 12))
    assert territory.level_km2(maps, date(2025, 1, 11)) == 5
    assert territory.level_km2(maps, date(2025, 1, 12), max_gap_days=None) == 5
    with pytest.raises(territory.GapError, match="begins 2025-01-01"):
        territory.level_km2(maps, date(2024, 12, 31))
    with pytest.raises(ValueError, match="before it starts"):
        territory.net_change_km2(maps, date(2025, 1, 2), date(2025, 1, 1))
    with pytest.raises(ValueError, match="at least one day"):
        territory.daily_rate_km2(maps, date(2025, 1, 2), date(2025, 1, 2))


def test_months_run_from_first_map_to_first_map():
    """One km2 a day from 30 January: February has 28, the cut months 2 and 4."""
    table = territory.monthly_net_change(series(*range(35), start="2025-01-30"))
    assert table["month"].tolist() == ["2025-01", "2025-02", "2025-03"]
    assert table["net_change_km2"].tolist() == [2, 28, 4]
    assert table["full_month"].tolist() == [False, True, False]


def test_months_sum_to_the_change_of_the_whole_series():
    """Each month ends with the map that the next begins with."""
    total = tables.read("deepstate-daily-total")
    months = territory.monthly_net_change(total)
    whole = total["occupied_km2"].iloc[-1] - total["occupied_km2"].iloc[0]
    assert months["net_change_km2"].sum() == pytest.approx(whole)
    assert (months["end"].iloc[:-1].to_numpy() == months["start"].iloc[1:].to_numpy()).all()


def test_months_by_tracker_keep_trackers_apart():
    """November 2024: AFP printed 725; the maps have 111,484.5 less 110,758.6."""
    table = territory.monthly_change_by_tracker(
        tables.read("deepstate-daily-total"), tables.read("territory-published-changes")
    )
    month = table[table["month"] == "2024-11"].set_index("tracker")["net_change_km2"]
    assert month.round(1).to_dict() == {"DeepState maps": 725.9, "ISW with claims": 725.0}
    assert not table.duplicated(["month", "tracker", "evidence_id"]).any()
    assert "2024-07" not in set(table.loc[table["tracker"] == "DeepState maps", "month"])


def test_largest_loss_may_be_shorter_than_the_window():
    """Held 0 0 5 9 9 3: Ukraine loses 9 from day 2 to 4, Russia 6 from day 5 to 6."""
    maps = series(0, 0, 5, 9, 9, 3)
    loss = territory.largest_rolling_loss(maps, 3)
    assert (loss.loss_km2, loss.start.day, loss.end.day) == (9, 2, 4)
    assert territory.largest_rolling_loss(maps, 1).loss_km2 == 5
    back = territory.largest_rolling_loss(maps, 5, loser="Russia")
    assert (back.loss_km2, back.start.day, back.end.day) == (6, 5, 6)
    assert territory.largest_rolling_loss(series(3, 2, 1), 2).loss_km2 == 0
    square_mile = territory.Loss(date(2025, 1, 1), date(2025, 1, 2), 2.589988110336)
    assert square_mile.loss_sq_mi == 1


def test_segments_break_at_gaps_and_never_cross_trackers():
    """Ten days are joined, eleven are not; a second tracker starts its own."""
    days = pd.to_datetime(["2025-01-01", "2025-01-11", "2025-01-22"])
    a = pd.DataFrame({"date": days, "held_km2": [1.0, 2.0, 3.0]})
    b = pd.DataFrame({"date": days[:1], "area_km2": [6036.28]})
    table = territory.control_through_time({"A": a, "B": b})
    assert table["segment"].tolist() == ["A 1", "A 1", "A 2", "B 1"]
    assert table["share_of_ukraine_pct"].iloc[-1] == pytest.approx(1)


def test_isw_control_fills_days_without_change_and_leaves_gaps_open():
    """Between two rows of the list of changes nothing changed; between windows nobody knows."""
    control = territory.isw_control(
        tables.read("isw-control-2022"), tables.read("isw-layers-daily")
    ).set_index("date")["area_km2"]
    assert control["2022-10-20"] == control["2022-10-14"] == 108_562.7
    assert pd.Timestamp("2023-02-20") not in control.index
    assert control.index.is_unique


def test_regained_shares_run_from_a_fifth_to_over_sixty_percent():
    """Hand count on ISW layers: (132,792.4 - 104,719.3) / (132,792.4 - 42,179) is 31.0 percent.

    With advances (160,986.0 - 107,522.6) / (160,986.0 - 42,179) is 45.0; with the areas of
    2014 in the base 21.1 and 33.2.  War Mapper: (25 - 16.55) / (25 - 7) is 46.9.
    """
    table = territory.regained_share_by_definition(
        tables.read("regained-2022-published"),
        tables.read("isw-control-2022"),
        tables.read("isw-layers-daily"),
        date(2024, 6, 3),
    ).set_index("definition_id")
    own = table[table.index.str.startswith("isw-layers")]["share_pct"].round(1)
    assert sorted(own) == [21.1, 31.0, 33.2, 45.0]
    assert table.loc["war-mapper", "share_pct"] == pytest.approx(46.94, abs=0.01)
    assert table.loc["zaluzhny", "status"] == "about then"
    assert table.loc["isw-own-share", ["share_pct", "status"]].tolist() == [53, "known then"]


def test_last_fall_by_every_reading():
    """The Times printed 188 square miles for its nine months, Belfer 16 less 7 for a month.

    By hand from the ISW layers: control and advances 107,702.0 on 5 November less 107,646.7
    on 22 September is 55.3 km2.
    """
    table = territory.net_gain_by_period(
        tables.read("territory-published-changes"), tables.read("isw-layers-daily")
    )
    gain = table.set_index(["reading_id", "tracker"])["net_gain_sq_mi"]
    assert gain["sources-own", "ISW"] == pytest.approx(188, abs=0.01)
    assert gain["mid-fall-month", "ISW"] == pytest.approx(9, abs=0.01)
    km2 = table.set_index(["reading_id", "tracker"])["net_gain_km2"]
    assert km2["astronomical", "ISW layers: control and advances"] == pytest.approx(55.3)
    assert set(table["reading_id"]) == {period.reading_id for period in territory.LAST_FALL}
    same = table.set_index(["reading_id", "tracker"])["comparability"]
    assert same["mid-fall-month", "ISW"] == "same days"
    assert same["astronomical", "War Mapper"] == "lacks 8 of the 90 days, has 131 days more"


def test_differences_are_of_one_counter():
    """752 less 516 is 236 in May by ISW; 1,246 less 449, 129 and 198 is 470 to April by AFP."""
    table = territory.with_differences(tables.read("territory-published-changes"))
    rest = table[table["basis"] == "difference of totals"].set_index("counted_by")
    assert rest["russian_gain_km2"].to_dict() == {"ISW": 236, "AFP": 470}
    assert rest.loc["AFP", "period_end"] == pd.Timestamp("2024-04-30")
    assert rest.loc["ISW", "period_start"] == pd.Timestamp("2024-04-30")


def test_a_difference_of_two_counters_is_refused():
    """ISW's total less a part that AFP printed would be a number of nobody."""
    table = tables.read("territory-published-changes").copy()
    wrong = table["evidence_id"] == "isw-jan-apr-2024-516"
    table.loc[wrong, "counted_by"] = "AFP"
    with pytest.raises(ValueError, match="one counter"):
        territory.with_differences(table)


def test_without_overlap_takes_the_longer():
    """A quarter, a month inside it and the month after: the month inside is left out."""
    starts = ["2023-01-01", "2023-02-01", "2023-04-01"]
    ends = ["2023-03-31", "2023-02-28", "2023-04-30"]
    frame = pd.DataFrame(
        {"period_start": pd.to_datetime(starts), "period_end": pd.to_datetime(ends)}
    )
    assert territory.without_overlap(frame).index.tolist() == [0, 2]


def test_rest_of_2023_mixes_two_counters():
    """AFP's 584 km2 less 188 square miles (486.9 km2) is 97."""
    rest = territory.rest_of_2023(tables.read("territory-published-changes"))
    assert rest == pytest.approx(97.1, abs=0.05)


def test_an_area_beside_each_area_of_a_city():
    """188 / 302.643 = 0.6212 by long division; 302.643 square miles are 783.8 km2."""
    table = territory.ratio_to_city(188, {"land": 302.643, "all": 468.0}).set_index("measure")
    assert table["ratio"].round(4).to_dict() == {"land": 0.6212, "all": 0.4017}
    assert table["city_km2"].round(1)["land"] == 783.8


def test_constants_are_those_of_the_evidence():
    """The area of the country as printed; held before 2022 is AFP's total less what was taken."""
    values = evidence()["value"]
    assert values["ukraine-area-603628"] == territory.UKRAINE_KM2
    before = values["afp-total-aug-12-2024"] - values["afp-since-2022-aug-12-2024"]
    assert before == territory.HELD_BEFORE_2022_KM2


def pace() -> pd.DataFrame:
    changes, total = (
        tables.read("territory-published-changes"),
        tables.read("deepstate-daily-total"),
    )
    return territory.pace_by_counter(changes, total, date(2024, 6, 3))


def test_paces_of_one_counter_by_hand():
    """ISW: 282 in the 191 days to 10 July 2023; 752 less 516 in the 32 from 30 April.

    AFP: 1,246 less 449, 129 and 198 is 470 in the 121 days to April; 3,985 less 1,246 is 2,739
    in the 153 days from 31 July to 30 December.  DeepState prints 317 for May.
    """
    table = pace().set_index(["counter", "period"])
    isw, afp, maps = territory.PACE_COUNTERS
    by = table["km2_per_day"]
    assert by[isw, "Jan–Jul 2023"] == pytest.approx(282 / 191)
    assert by[isw, "May 2024"] == pytest.approx(236 / 32)
    assert by[afp, "Jan–Apr 2024"] == pytest.approx(470 / 121)
    assert by[afp, "Aug–Dec 2024"] == pytest.approx(2739 / 153)
    assert by[maps, "May 2024"] == pytest.approx(317 / 31)
    assert table.loc[(afp, "Jan–Apr 2024"), "end"] == pd.Timestamp("2024-04-30")
    assert table.loc[(isw, "May 2024"), "start"] == pd.Timestamp("2024-04-30")


def test_only_isw_had_published_its_rise_by_the_article():
    """ISW's figures are of 11 July 2023 and 1 June 2024; AFP's of July 2024 and later."""
    table = pace()
    known = table[table["known_then"]]
    assert set(known["counter"]) == {territory.PACE_COUNTERS[0]}
    assert known["period"].tolist() == ["Jan–Jul 2023", "Jan–Apr 2024", "May 2024"]


def test_periods_of_one_counter_do_not_overlap():
    """A day that stood in two bars would be counted twice."""
    table = pace()
    nexts = table.groupby("counter")["start"].shift(-1)
    assert (table["end"] <= nexts.fillna(pd.Timestamp("2099-01-01"))).all()


def test_a_pace_of_two_counters_is_refused():
    """ISW's total less a part that AFP printed would be a number of nobody."""
    table = tables.read("territory-published-changes")
    wrong = table["evidence_id"] == "isw-jan-apr-2024-516"
    table.loc[wrong, "counted_by"] = "AFP"
    with pytest.raises(ValueError, match="one counter"):
        territory.pace_by_counter(table, tables.read("deepstate-daily-total"), date(2024, 6, 3))


def test_levels_keep_their_counter_and_leave_out_whole_percents():
    """AFP's 108,070 km2 are ISW's map; 18 percent could be anything from 105,600 to 111,700."""
    table = territory.published_levels(tables.read("territory-published-totals"))
    by = table.set_index("evidence_id")
    assert by.loc["afp-total-aug-12-2024", "counted_by"] == "AFP from ISW"
    assert by.loc["war-mapper-apr-2024-total", "area_km2"] == pytest.approx(105_816, abs=1)
    assert not {"cnn-lost-18pct-since-2014", "held-war-mapper-prewar-7pct"} & set(by.index)
    assert "afp-since-2022-aug-12-2024" not in by.index


def test_the_largest_gap_of_levels_by_hand():
    """12 August 2024: 109,593.3 on the maps less the 108,070 of AFP from ISW are 1,523.3."""
    levels = territory.published_levels(tables.read("territory-published-totals"))
    maps = tables.read("deepstate-daily-total")
    assert territory.largest_level_gap_km2(levels, maps) == pytest.approx(1523.3)
    # DeepState's own printed level is no other tracker's.
    own = levels[levels["counted_by"] == "DeepState"].assign(area_km2=0.0)
    with_own = pd.concat([levels[levels["counted_by"] == "AFP from ISW"], own])
    assert territory.largest_level_gap_km2(with_own, maps) == pytest.approx(1523.3)


def test_own_months_beside_the_maps():
    """For November 2025 DeepState prints 505, the maps of its first days and December's 482.9."""
    monthly = territory.monthly_change_by_tracker(
        tables.read("deepstate-daily-total"), tables.read("territory-published-changes")
    )
    table = territory.own_counts_beside_maps(monthly).set_index("month")
    assert table.loc["2025-11", "difference_km2"] == pytest.approx(505 - 482.9)
    assert monthly.set_index("month")["middle"]["2025-11"].iloc[0] == pd.Timestamp("2025-11-15")


def test_the_fastest_week_sees_only_what_has_maps_at_both_ends():
    """Rises of 4 and 9 two days apart, then 30 over a gap of ten days, which no week spans."""
    days = pd.to_datetime(["2025-01-01", "2025-01-03", "2025-01-05", "2025-01-15"])
    maps = pd.DataFrame({"date": days, "occupied_km2": [0.0, 4.0, 9.0, 39.0]})
    week = territory.fastest_week(maps, date(2025, 1, 1), date(2025, 1, 31))
    assert (week.loss_km2, week.start.day, week.end.day) == (9, 1, 5)
    assert territory.longest_gap_days(maps, date(2025, 1, 1), date(2025, 1, 31)) == 10
    assert territory.fastest_week(maps, date(2025, 1, 3), date(2025, 1, 31)).loss_km2 == 5


def test_province_share_takes_the_ground_that_fits_its_denominator():
    """A region of 100 km2 official, 80 drawn: 50 held, 48 of it inside, are 50 and 60 percent."""
    by = pd.DataFrame(
        {
            "date": pd.to_datetime(["2025-01-01"]),
            "oblast": ["A"],
            "occupied_km2": [50.0],
            "inside_polygon_km2": [48.0],
        }
    )
    areas = pd.DataFrame(
        {"oblast": ["A"], "official_area_km2": [100.0], "polygon_area_km2": [80.0]}
    )
    assert territory.province_share(by, areas, "A")["share_pct"].tolist() == [50]
    assert territory.province_share(by, areas, "A", "polygon")["share_pct"].tolist() == [60]
    with pytest.raises(KeyError):
        territory.province_share(by, areas, "B")


def test_crimea_is_measured_against_both_its_regions():
    """All of the peninsula is held: 26,081 and 864 km2 official, within two percent."""
    shares = territory.province_share(
        tables.read("deepstate-daily-by-oblast"), tables.read("oblast-areas"), "Crimea"
    )
    assert shares["share_pct"].between(99, 102).all()


def test_held_since_looks_for_the_last_unbroken_run():
    """60, 40, 60, 70: at or above 50 since the third day; 80 was never reached."""
    days = pd.date_range("2025-01-01", periods=4)
    shares = pd.DataFrame({"date": days, "share_pct": [60, 40, 60, 70]})
    assert territory.held_since(shares, 50) == days[2]
    assert territory.held_since(shares, 30) == days[0]
    assert territory.held_since(shares, 80) is None


def test_rates_are_ordered_and_computed_from_distance():
    """Avdiivka to Ocheretyne: 15.3 km in 78 days is 196 m a day; the Somme was 80."""
    rates = territory.advance_rate_m_per_day(tables.read("advance-rates"))
    assert rates["metres_per_day"].is_monotonic_increasing
    by_id = rates.set_index("rate_id")["metres_per_day"]
    assert by_id["avdiivka-ocheretyne-2024"] == pytest.approx(196.15, abs=0.01)
    assert by_id["somme-1916"] == 80


def test_grid_month_has_every_cell_and_zero_where_nothing_is_held():
    """The cell of Pokrovsk had no occupied ground in July 2024; the ring round all has none."""
    cells, grid = tables.read("occupation-cells"), tables.read("occupation-grid")
    month = territory.grid_month(cells, grid, "2024-07").set_index("cell_id")["share"]
    assert len(month) == len(cells)
    assert month["E142N099"] == 0
    assert month["E146N097"] == 1
    with pytest.raises(KeyError, match="2024-07 to 2026-08"):
        territory.grid_month(cells, grid, "2024-06")
