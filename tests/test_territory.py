"""Land: measures give what arithmetic demands, and the series agree with other publishers.

A cell of a series that is changed by more than is shown breaks an identity (parts and whole,
square miles and km2, one file against the other), a cell of a compiled table its row of
evidence; a change that respects all of these still has to pass the printed figures of others.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

from analysis import checkpoints, tables, territory
from analysis.sources.boundaries import M2_PER_KM2, read_regions, to_laea
from analysis.sources.deepstate import CELL_M, cell_corner_m, cell_id, known_gaps

SERIES = (
    "deepstate-daily-total",
    "deepstate-daily-by-oblast",
    "isw-control-2022",
    "isw-layers-daily",
    "occupation-grid",
)


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


def test_every_series_has_three_checkpoints_of_other_publishers():
    """Three figures from outside, so that no single misprint can carry a series."""
    counts = tables.read("checkpoints")["series"].value_counts()
    assert counts.reindex(SERIES, fill_value=0).min() >= 3


def test_no_checkpoint_is_wider_than_it_needs_to_be():
    """A tolerance is at most three times the difference it absorbs, or four times the last digit.

    A wider one would let changes of the series through without need.
    """
    points = tables.read("checkpoints")
    gap = np.array([abs(measured(point) - point["expected"]) for _, point in points.iterrows()])
    digit = points["expected"].map(last_digit).to_numpy()
    wide = points["tolerance"] > np.maximum(3 * gap, 4 * digit) + 1e-9
    assert points.loc[wide, "checkpoint_id"].tolist() == []


def last_digit(printed: float) -> float:
    """Return the place of the last digit that is printed: 1000 for 163,000, 0.01 for 19.04."""
    return float(10.0 ** Decimal(f"{printed:g}").normalize().as_tuple().exponent)


# Identities inside the series -----------------------------------------------------------


def test_oblasts_sum_to_the_total_on_every_day():
    """The partition leaves nothing out; nine rounded parts are at most 0.45 km2 off."""
    total = tables.read("deepstate-daily-total").set_index("date")["occupied_km2"]
    parts = tables.read("deepstate-daily-by-oblast").groupby("date")["occupied_km2"].sum()
    off = (parts - total).abs()
    assert off[off > 0.45].to_dict() == {}
    assert len(parts) == len(total)


def test_share_of_ukraine_is_the_area_over_603628():
    """Four decimals of a percent are 6 hectares short of one km2."""
    total = tables.read("deepstate-daily-total")
    share = 100 * total["occupied_km2"] / 603_628
    off = (share - total["share_of_ukraine_pct"]).abs()
    assert total.loc[off > 0.00006, "date"].tolist() == []


def test_ground_outside_the_polygons_hardly_moves():
    """The strip and the lagoons lie behind the front, so occupied less inside is a constant.

    In Luhansk, Kharkiv and Sumy the strip is itself fought over: there it may move by what
    a strip of two kilometres holds.
    """
    by = tables.read("deepstate-daily-by-oblast")
    by["outside"] = by["occupied_km2"] - by["inside_polygon_km2"]
    free = {"Luhansk": 3.2, "Kharkiv": 40.0, "Sumy": 64.0}
    middle = by.groupby("oblast")["outside"].transform(lambda v: (v.max() + v.min()) / 2)
    off = (by["outside"] - middle).abs()
    wrong = by[off > by["oblast"].map(free).fillna(0.16)]
    assert wrong[["date", "oblast", "outside"]].to_dict("records") == []


def test_days_without_a_map_are_the_known_ones():
    """Every day from the first to the last map is there or listed."""
    days = tables.read("deepstate-daily-total")["date"]
    every = pd.date_range(days.min(), days.max())
    assert {day.date() for day in every.difference(pd.DatetimeIndex(days))} == known_gaps()


def test_grid_sums_to_the_total_of_the_first_map_of_each_month():
    """Cells tile the plane: their shares times 100 km2 are the occupied area."""
    total = tables.read("deepstate-daily-total")
    first = total.groupby(total["date"].dt.strftime("%Y-%m"))["occupied_km2"].first()
    cells = tables.read("occupation-grid").groupby("month")["share"].sum() * 100
    off = (cells - first).abs()
    assert off[off > 0.25].to_dict() == {}
    assert len(cells) == len(first)


def test_cells_lie_where_their_names_say():
    """A name is a column and a row of 10 km: projected back, the centre is their middle."""
    cells = tables.read("occupation-cells")
    points = to_laea(shapely.points(cells["lon"], cells["lat"]))
    x, y = shapely.get_coordinates(points).T
    corner_x, corner_y = cell_corner_m(cells["cell_id"])
    # Four decimals of a degree are at most about 8 m.
    assert np.hypot(x - corner_x - CELL_M / 2, y - corner_y - CELL_M / 2).max() < 12
    assert (cell_id(corner_x // CELL_M, corner_y // CELL_M) == cells["cell_id"]).all()
    assert set(tables.read("occupation-grid")["cell_id"]) <= set(cells["cell_id"])


def test_land_in_a_cell_is_cut_from_the_boundaries():
    """Each square cut with the boundary file; three decimals are a tenth of a km2."""
    cells = tables.read("occupation-cells")
    x, y = cell_corner_m(cells["cell_id"])
    squares = shapely.box(x, y, x + CELL_M, y + CELL_M)
    country = shapely.union_all(to_laea(read_regions()["geometry"].to_numpy()))
    share = shapely.area(shapely.intersection(squares, country)) / CELL_M**2
    off = (cells["land_share"] - share).abs()
    assert cells.loc[off > 0.00051, "cell_id"].tolist() == []


def test_isw_areas_are_the_same_in_both_units():
    """One square mile is 2.589988110336 km2; one decimal is a quarter of a km2."""
    layers = tables.read("isw-layers-daily")
    off = (layers["area_km2"] / territory.KM2_PER_SQ_MI - layers["area_sq_mi"]).abs()
    assert layers.loc[off > 0.051, ["date", "layer"]].to_dict("records") == []


def test_both_isw_tables_have_the_same_control():
    """On days that the later file has, both tables carry its value."""
    control = tables.read("isw-control-2022")
    layers = tables.read("isw-layers-daily")
    layers = layers[layers["layer"] == "assessed_russian_control"]
    both = control.merge(layers, on="date")
    assert both.loc[both["control_km2"] != both["area_km2"], "date"].tolist() == []
    assert len(both) == (control["basis"] == "later file").sum() == 55


def test_isw_control_is_on_one_scale():
    """Early value over rescaled value is the ratio interpolated between common days."""
    control = tables.read("isw-control-2022")
    day = (control["date"] - control["date"].min()).dt.days
    common = control["basis"] == "later file"
    ratio = control["control_as_published_km2"] / control["control_km2"]
    expected = np.interp(day, day[common], ratio[common])
    off = (control["control_as_published_km2"] / expected - control["control_km2"]).abs()
    assert control.loc[off > 0.1, "date"].tolist() == []
    assert ratio.between(1.029, 1.036).all()


def test_areas_of_oblasts_are_those_of_their_polygons():
    """Measured again from the boundary file; the official areas sum to the printed 603,540."""
    areas = tables.read("oblast-areas").set_index("oblast")
    regions = read_regions().set_index("oblast")["geometry"]
    km2 = shapely.area(to_laea(regions.to_numpy())) / M2_PER_KM2
    measured_again = pd.Series(km2, regions.index)
    assert (measured_again - areas["polygon_area_km2"]).abs().max() < 0.051
    assert areas["official_area_km2"].sum() == 603_540


# Compiled tables against the evidence ---------------------------------------------------

FACTOR = {"km2": 1.0, "sq mi": territory.KM2_PER_SQ_MI, "percent": territory.UKRAINE_KM2 / 100}


def evidence() -> pd.DataFrame:
    return tables.read("evidence").set_index("id")


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("territory-published-changes", "russian_gain_km2"),
        ("territory-published-totals", "held_km2"),
    ],
)
def test_compiled_areas_are_the_printed_ones(name, area):
    """The number stands in the evidence, and the area is that number in km2."""
    table = tables.read(name)
    printed = evidence().loc[table["evidence_id"], "value"].to_numpy()
    assert table.loc[printed != table["value_as_published"], "evidence_id"].tolist() == []
    km2 = table["value_as_published"] * table["unit_as_published"].map(FACTOR)
    off = (km2.abs() - table[area].abs()).abs()
    assert table.loc[off > 0.1, "evidence_id"].tolist() == []


def test_only_ukrainian_gains_are_negative():
    """Gross Ukrainian gains always; net ones where the source says that Ukraine gained."""
    changes = tables.read("territory-published-changes").set_index("evidence_id")
    negative = changes[changes["russian_gain_km2"] < 0]
    assert set(negative.index[negative["measure"] == "net"]) == {
        "war-mapper-aug-2023-ukraine-35",
        "isw-apr-2026-minus-116",
        "isw-apr-may-2026-minus-69",
    }
    assert set(negative["measure"]) == {"net", "gross Ukrainian"}
    assert (changes.loc[changes["measure"] == "gross Ukrainian", "russian_gain_km2"] < 0).all()


def test_compiled_shares_are_the_printed_ones():
    """Where the source prints the share itself, it is the evidence's value."""
    shares = tables.read("territory-oblast-shares")
    shares = shares[shares["basis"].str.startswith("as published")]
    printed = evidence().loc[shares["evidence_id"], "value"].to_numpy()
    assert shares.loc[printed != shares["held_share_pct"], "evidence_id"].tolist() == []


def test_other_shares_stand_in_the_text_of_their_evidence():
    """A share named beside the figure, or 100 less a printed share, is in the words quoted."""
    shares = tables.read("territory-oblast-shares")
    shares = shares[~shares["basis"].str.startswith("as published")]
    rows = evidence().loc[shares["evidence_id"]]
    text = rows["quantity"] + rows["excerpt"] + rows["note"]
    held = shares["held_share_pct"].to_numpy()
    ok = [
        f"{share:g}" in words or 100 - share == value
        for share, words, value in zip(held, text, rows["value"], strict=True)
    ]
    assert shares.loc[~np.array(ok), "evidence_id"].tolist() == []
    assert len(shares) == 6


def test_compiled_rows_carry_the_days_and_origins_of_their_evidence():
    """A figure counts as known then only by the day of publication in the evidence."""
    rows = evidence()
    for name in ("changes", "totals"):
        table = tables.read(f"territory-published-{name}")
        source = rows.loc[table["evidence_id"]]
        for column in ("published", "origin_id"):
            ours, theirs = table[column].to_numpy(), source[column].to_numpy()
            same = (ours == theirs) | (pd.isna(ours) & pd.isna(theirs))
            assert table.loc[~same, "evidence_id"].tolist() == [], (name, column)


def test_regained_shares_are_printed_or_quotients_of_printed_figures():
    """Printed shares stand in the evidence; a printed quotient is within its last digit."""
    table = tables.read("regained-2022-published")
    rows = evidence()
    lists = table["evidence_ids"].str.split(";")
    printed = table["share_pct_as_published"].notna()
    first = rows.loc[lists[printed].str[0], "value"].to_numpy()
    assert table.loc[printed, "share_pct_as_published"].tolist() == first.tolist()
    quotient = (100 * table["numerator"] / table["denominator"]).dropna()
    both = quotient.index.intersection(table.index[printed])
    assert (quotient[both] - table.loc[both, "share_pct_as_published"]).abs().max() < 0.51
    assert quotient[~quotient.index.isin(both)].round(1).tolist() == [62.7, 47.9, 36.4, 46.9]


def test_quotients_divide_printed_figures():
    """Numerators and denominators are printed figures, or sums and differences of them.

    Newsweek: 90,873 of control and 28,615 of advances; DefMon: 78,000 freed and 71,000 held;
    War Mapper: from 7 percent to "nearly 25" and down to 16.55.
    """
    table = tables.read("regained-2022-published").set_index("definition_id")
    value = evidence()["value"]
    freed, held = value["liberated-defmon-78000"], value["still-held-new-defmon-71000"]
    control, advances = value["new-control-peak-newsweek-90873"], value["advances-isw-peak-28615"]
    retaken = value["retaken-isw-counteroffensives-43500"]
    peak = 25
    after, before = value["held-war-mapper-end-2022"], value["held-war-mapper-prewar-7pct"]
    expected = {
        "isw-gross": (value["liberated-isw-74661-2023"], value["invaded-isw-119000"]),
        "isw-gross-statista": (value["liberated-isw-75000"], value["invaded-isw-119000"]),
        "newsweek-control": (retaken, control),
        "newsweek-control-advances": (retaken, control + advances),
        "defmon": (freed, freed + held),
        "war-mapper": (peak - after, peak - before),
    }
    given = table[["numerator", "denominator"]].dropna()
    assert set(given.index) == set(expected)
    for name, (numerator, denominator) in expected.items():
        assert given.loc[name].tolist() == pytest.approx([numerator, denominator]), name


def test_distances_and_days_are_printed_or_measured():
    """17 and 10 km are printed; 15.3 km is the geodesic between the GeoNames points."""
    rates = tables.read("advance-rates").set_index("rate_id")
    rows = evidence()
    assert rates["distance_km"].dropna().to_dict() == {
        "south-2023-five-months": rows.loc["fwt-zaluzhny-17km", "value"],
        "north-kharkiv-may-2024": rows.loc["off-conv-10km-23may", "value"],
        "avdiivka-ocheretyne-2024": 15.3,
    }
    metres = Geod(ellps="WGS84").inv(37.75008, 48.14019, 37.61575, 48.24446)[2]
    assert metres / 1000 == pytest.approx(15.3, abs=0.05)
    days = {name: (end - start).days for name, start, end in DATED_ADVANCES}
    assert rates["days"].dropna().to_dict() == days | {"south-2023-five-months": 150}


# Fall of Avdiivka, Russian claim of Ocheretyne; start of the offensive, day of the report.
DATED_ADVANCES = (
    ("avdiivka-ocheretyne-2024", date(2024, 2, 17), date(2024, 5, 5)),
    ("north-kharkiv-may-2024", date(2024, 5, 10), date(2024, 5, 23)),
)


def test_rates_are_printed_or_distance_over_days():
    """90 yards are 82.3 m; every other published rate is in metres already."""
    rates = tables.read("advance-rates")
    published = rates.dropna(subset=["value_as_published"])
    metres = published["value_as_published"] * published["unit_as_published"].map(
        {"m per day": 1.0, "yards per day": 0.9144}
    )
    assert (metres - published["metres_per_day"]).abs().max() < 0.05
    printed = evidence().loc[published["evidence_ids"], "value"].to_numpy()
    assert (printed == published["value_as_published"]).all()


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
    assert control["2022-10-20"] == control["2022-10-14"] == 108_562.4
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


def test_188_square_miles_are_over_three_fifths_of_the_city():
    """188 / 302.643 = 0.6212; of the whole city with its water 188 / 468 = 0.4017."""
    table = territory.ratio_to_nyc(188).set_index("measure")["ratio"].round(4)
    assert table["land, 2010 census"] == 0.6212
    assert table["total with water, older books"] == 0.4017


def test_city_areas_are_those_of_the_evidence():
    """Census and city planning, as reported in 2011."""
    values = evidence()["value"]
    assert territory.NYC_SQ_MI["land, 2010 census"] == values["nyc-land-census-302-643"]
    assert territory.NYC_SQ_MI["land, city planning"] == values["nyc-land-dcp-304-8"]
    assert values["ukraine-area-603628"] == territory.UKRAINE_KM2
    before = values["afp-total-aug-12-2024"] - values["afp-since-2022-aug-12-2024"]
    assert before == territory.HELD_BEFORE_2022_KM2


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
