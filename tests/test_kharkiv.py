"""Kharkiv: measures give what geometry and counting demand, and tables agree with their sources."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis import evidence, kharkiv, tables

BATTLES = tables.read("urban-battles")
CDB90 = tables.read("cdb90-battles")
FRONT = tables.read("kharkiv-front-daily")


# Distances -------------------------------------------------------------------------------


def test_a_degree_of_the_equator():
    """One degree of the equator is 2 pi a / 360 with a = 6378.137 km: 111.3195 km."""
    found = kharkiv.nearest(shapely.Point(36, 0), shapely.Point(37, 0))
    assert found.km == pytest.approx(2 * math.pi * 6378.137 / 360, abs=1e-3)
    assert found.mi == pytest.approx(found.km / 1.609344)


def test_a_minute_of_the_meridian():
    """A minute of latitude at 50 north is 1,853.8 m on the ellipsoid (the nautical mile's own)."""
    found = kharkiv.nearest(shapely.Point(36, 50), shapely.Point(36, 50 + 1 / 60))
    assert found.km == pytest.approx(1.8538, abs=2e-4)


def test_nearest_is_symmetric_and_zero_where_shapes_touch():
    """A distance has no direction, and a shape is no way from itself."""
    city, line = kharkiv.city(), kharkiv.border()
    there, back = kharkiv.nearest(city, line).km, kharkiv.nearest(line, city).km
    assert there == pytest.approx(back, abs=0.005)
    assert kharkiv.nearest(city, city.centroid).km == 0


def test_ring_has_its_radius():
    """Every corner of the ring is 30 miles, 48.28 km, from its middle."""
    circle = kharkiv.ring(36.23, 49.99, 30 * kharkiv.KM_PER_MI)
    lengths = [
        kharkiv.GEOD.inv(36.23, 49.99, lon, lat)[2] / 1000
        for lon, lat in shapely.get_coordinates(circle)
    ]
    assert lengths == pytest.approx([48.28032] * len(lengths), abs=1e-3)


def test_distances_agree_with_another_measurement():
    """Evidence rows hold the same lengths from unsimplified outlines, and the printed 30 km."""
    centre = shapely.Point(36.23111, 49.9925)
    border, city = kharkiv.border(), kharkiv.city()
    for fact_id, found in (
        ("dist-centre-border-computed", kharkiv.nearest(centre, border)),
        ("dist-edge-border-computed", kharkiv.nearest(city, border)),
        ("dist-farthest-city-point-computed", kharkiv.farthest(city, border)),
    ):
        assert found.km == pytest.approx(evidence.fact(fact_id).value, abs=0.1)
    printed = evidence.fact("dist-wp-30km").value
    assert kharkiv.nearest(city, border).km < printed < kharkiv.farthest(city, border).km


def test_city_fits_its_published_size():
    """Within the official 350.02 km2 by two percent, and 24.3 by 25.2 km as the Dupuy Institute."""
    city = kharkiv.city()
    official = evidence.fact("area-kharkiv-council-2012").value
    assert kharkiv.area_km2(city) == pytest.approx(official, rel=0.02)
    west, south, east, north = city.bounds
    assert kharkiv.GEOD.inv(36.2, south, 36.2, north)[2] / 1000 == pytest.approx(24.3, abs=1.2)
    assert kharkiv.GEOD.inv(west, 50, east, 50)[2] / 1000 == pytest.approx(25.2, abs=1.2)


def test_gaps_agree_with_the_evidence():
    """New Voice of Ukraine: Belgorod borders Kharkiv Oblast; the others as in the evidence."""
    gaps = kharkiv.gaps_km().set_index("oblast")["to_oblast_km"]
    assert gaps["Belgorod Oblast"] == 0
    assert gaps["Kursk Oblast"] == pytest.approx(
        evidence.fact("adjacent-computed-kursk").value, abs=0.5
    )
    assert gaps["Bryansk Oblast"] == pytest.approx(
        evidence.fact("adjacent-computed-bryansk").value, abs=0.5
    )


def test_map_draws_nothing_empty_and_turns_clockwise():
    """The drawing library fills the globe outside a ring that turns the other way."""
    for features in kharkiv.map_features().values():
        for feature in features:
            shape = shapely.geometry.shape(feature["geometry"])
            assert not shape.is_empty
            if shape.geom_type == "Polygon":
                assert not shapely.is_ccw(shape.exterior)
    kinds = set(kharkiv.map_labels()["kind"])
    assert kinds == {"place", "ring", "city", "land", "from centre", "from edge"}


# Battles for cities ----------------------------------------------------------------------


def battle(name: str, outcome: str, **cells: float) -> dict[str, object]:
    start, end = pd.Timestamp("2000-01-01"), pd.Timestamp("2000-01-10")
    blank = dict.fromkeys(
        ("attackers_low", "attackers_high", "defenders_low", "defenders_high",
         "city_area_km2", "prewar_population"), np.nan,
    )  # fmt: skip
    return {"battle_id": name, "battle": name, "start": start, "end": end, "outcome": outcome,
            "left_out": "", **blank, **cells}  # fmt: skip


def fight(outcome: str, attackers: tuple[int, int], defenders: tuple[int, int]) -> dict:
    ends = dict(zip(("attackers_low", "attackers_high"), attackers, strict=True))
    ends |= dict(zip(("defenders_low", "defenders_high"), defenders, strict=True))
    return battle(outcome, outcome, **ends)


def test_ratios_and_densities_by_hand():
    """100 to 300 against 50 to 100: 1 to 6, middle 200/75; 200 on 4 km2 and 2,000 people."""
    row = battle("a", "attacker won", attackers_low=100, attackers_high=300, defenders_low=50,
                 defenders_high=100, city_area_km2=4, prewar_population=2000)  # fmt: skip
    found = kharkiv.city_battles(pd.DataFrame([row])).iloc[0]
    assert found[["force_ratio_low", "force_ratio_high"]].tolist() == [1, 6]
    assert found["force_ratio_mid"] == pytest.approx(200 / 75)
    assert found["attackers_per_km2"] == 50
    assert found["attackers_per_1000_inhabitants"] == 100
    assert found["days"] == 10
    assert not found["defenders_floor"]


def test_a_floor_of_the_defenders_is_marked():
    """Only 'more than 50' defenders: the ratio 100/50 is an upper bound and says so."""
    row = battle("a", "attacker lost", attackers_low=100, attackers_high=100, defenders_low=50)
    found = kharkiv.city_battles(pd.DataFrame([row])).iloc[0]
    assert found["defenders_floor"]
    assert found["force_ratio_mid"] == 2


def test_rows_left_out_take_no_part():
    """A line with a reason is in the table and in no measure."""
    rows = pd.DataFrame([battle("a", "attacker won"), battle("b", "attacker won")])
    rows.loc[1, "left_out"] = "not a city"
    assert kharkiv.city_battles(rows)["battle_id"].tolist() == ["a"]
    assert (BATTLES["left_out"] != "").sum() == 2


def test_concordance_by_counting_pairs():
    """Of six pairs (3, 5) over (1, 3, 4): four above, one tied, one below: 4.5 of 6."""
    assert kharkiv.concordance([3, 5], [1, 3, 4]) == pytest.approx(4.5 / 6)
    assert kharkiv.concordance([2, 3], [0, 1]) == 1
    assert kharkiv.concordance([1], [1]) == 0.5


def test_separation_is_reproducible_and_holds_its_middle():
    """A fixed seed gives the same interval twice, and the estimate lies in it."""
    rows = kharkiv.city_battles(BATTLES)
    first = kharkiv.separation(rows, "force_ratio_mid", resamples=300)
    assert first == kharkiv.separation(rows, "force_ratio_mid", resamples=300)
    assert first.low <= first.value <= first.high
    # Twenty won and five lost battles have both strengths, by a hand count of the table.
    assert first.cases == 25


def test_strengths_without_a_range_leave_nothing_to_draw():
    """Where low and high are one number every draw gives the same concordance."""
    rows = pd.DataFrame([
        fight("attacker won", (40, 40), (10, 10)),
        fight("attacker lost", (10, 10), (10, 10)),
    ])  # fmt: skip
    drawn = kharkiv.separation_over_strengths(kharkiv.city_battles(rows), draws=20)
    assert drawn.tolist() == [1.0] * 20


def test_drawn_strengths_reach_both_orders():
    """10 to 1,000 against 100, and 100 against 100: half of the draws lie above one."""
    rows = pd.DataFrame([
        fight("attacker won", (10, 1000), (100, 100)),
        fight("attacker lost", (100, 100), (100, 100)),
    ])  # fmt: skip
    drawn = kharkiv.separation_over_strengths(kharkiv.city_battles(rows), draws=2000)
    assert drawn.mean() == pytest.approx(0.5, abs=0.05)


def test_wilson_interval_of_a_printed_example():
    """Newcombe 1998, table I: 81 of 263 has the Wilson interval 0.2553 to 0.3662."""
    found = kharkiv.share(81, 263)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_newcombe_interval_of_a_printed_example():
    """Newcombe 1998 (differences), 56/70 against 48/80: 0.2 with 0.0524 to 0.3339."""
    rows = pd.DataFrame({
        "urban": [True] * 70 + [False] * 80,
        "won": [True] * 56 + [False] * 14 + [True] * 48 + [False] * 32,
    })  # fmt: skip
    found = kharkiv.urban_difference(rows)
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_costs_on_urban_ground_are_ratios_of_geometric_means():
    """Urban 2 and 8 to one, other 1 and 4 to one: geometric means 4 and 2, so twice."""
    rows = pd.DataFrame({
        "urban": [True, True, False, False],
        "attacker_casualties": pd.array([20, 80, 10, 40], dtype="Int64"),
        "defender_casualties": pd.array([10, 10, 10, 10], dtype="Int64"),
    })  # fmt: skip
    found = kharkiv.urban_cost(rows)
    assert found.value == pytest.approx(2)
    # The interval is symmetric in logarithms.
    assert math.sqrt(found.low * found.high) == pytest.approx(2)


# Tables against their sources ------------------------------------------------------------


@pytest.mark.parametrize(
    ("battle_id", "column", "fact_id"),
    [
        ("mosul-2016", "attackers_low", "urban-mwi-mosul-attackers"),
        ("mosul-2016", "city_area_km2", "urban-mwi-mosul-area"),
        ("fallujah-2004b", "city_area_km2", "urban-mwi-fallujah-area"),
        ("pokrovsk-2025", "attackers_low", "pok-110000"),
        ("pokrovsk-2025", "attackers_high", "pok-170000"),
        ("pokrovsk-2025", "city_area_km2", "pok-area-isw"),
        ("avdiivka-2023", "attackers_low", "need-kramarov-avdiivka-120000"),
        ("avdiivka-2023", "attacker_killed_low", "avd-ua-claim-killed"),
        ("avdiivka-2023", "prewar_population", "avd-prewar-pop"),
        ("bakhmut-2022", "attacker_killed_low", "bakhmut-wagner-20000"),
        ("kharkiv-2022", "prewar_population", "pop-kharkiv-2022"),
    ],
)
def test_battles_agree_with_the_evidence(battle_id, column, fact_id):
    """The printed figure of the named source stands in the table unchanged."""
    row = BATTLES.set_index("battle_id").loc[battle_id]
    assert float(row[column]) == pytest.approx(evidence.fact(fact_id).value, abs=0.5)


@pytest.mark.parametrize(
    ("battle_id", "number"),
    [("vaux-1918", 347), ("sevastopol-1944", 503), ("gaza-khan-yunis-1956", 653),
     ("suez-city-1973", 583), ("westwall-aachen-1944", 468)],
)  # fmt: skip
def test_battles_agree_with_cdb90(battle_id, number):
    """Five battles stand in both tables: strengths and outcome are the same."""
    mine = BATTLES.set_index("battle_id").loc[battle_id]
    theirs = CDB90.set_index("battle_id").loc[number]
    assert (mine["attackers_low"], mine["defenders_high"]) == (
        theirs["attackers"],
        theirs["defenders"],
    )
    assert mine["outcome"] == theirs["outcome"]


def test_cdb90_keeps_the_defeats():
    """The repository counts 660 battles; 398 + 43 + 217 + 2 unknown, by the codes 1, 0, -1, -9."""
    counts = CDB90["outcome"].value_counts()
    assert len(CDB90) == 660
    assert counts.to_dict() == {"attacker won": 398, "draw": 43, "attacker lost": 217, "": 2}
    assert int(CDB90["urban"].sum()) == 12


def test_cdb90_has_known_battles():
    """Nieuport 1600: the attacker lost 4,000 of 11,500; White Mountain 1620 was an imperial win."""
    first, second = CDB90.iloc[0], CDB90.iloc[1]
    assert (first["attackers"], first["attacker_casualties"]) == (11_500, 4_000)
    assert [first["outcome"], second["outcome"]] == ["attacker lost", "attacker won"]


def test_success_bands_share_out_all_battles():
    """Each battle with both strengths is in one band, and without defeats every share rises."""
    rows = kharkiv.with_ratio(CDB90)
    table = kharkiv.success_by_ratio(rows)
    assert table["battles"].sum() == len(rows)
    assert table["won"].sum() == rows["won"].sum()
    assert (table["share_without_defeats"] > table["share"]).all()
    assert ((table["low"] < table["share"]) & (table["share"] < table["high"])).all()


def test_troop_figures_are_those_of_the_evidence():
    """Every figure with its ends and dates stands in the evidence under the same id."""
    for row in tables.read("kharkiv-troops").to_dict("records"):
        fact = evidence.fact(row["evidence_id"])
        ends = [None if pd.isna(row[name]) else float(row[name]) for name in ("low", "high")]
        assert (float(row["troops"]), *ends) == (fact.value, fact.low, fact.high)
        assert row["as_of"].date() == fact.as_of


def test_timeline_days_are_those_of_the_evidence():
    """Every statement has the day of its evidence row, and none stands twice."""
    rows = tables.read("krynky-timeline")
    days = [evidence.fact(name).as_of for name in rows["evidence_id"]]
    assert rows["date"].dt.date.tolist() == days


# The front -------------------------------------------------------------------------------


def test_front_agrees_with_the_evidence():
    """First and last map as measured once before, with the unsimplified outline."""
    first, last = FRONT.iloc[0], FRONT.iloc[-1]
    for row, day in ((first, "20240708"), (last, "20260822")):
        assert row["city_edge_km"] == pytest.approx(
            evidence.fact(f"ds-front-edge-{day}").value, abs=0.1
        )
        for column, name in (("oblast_occupied_km2", "oblast"), ("north_occupied_km2", "north")):
            value = evidence.fact(f"ds-{name}-area-{day}").value
            assert row[column] == pytest.approx(value, abs=1)
    assert 100 * FRONT["kupiansk_share"].max() == pytest.approx(10, abs=1)


def test_front_agrees_with_the_series_by_oblast():
    """The other series was cut with outlines good to a few kilometres of the border.

    It also holds the ground outside them that lies nearest to the oblast, so it is larger by
    75 to 155 km2, and the two move together from day to day but for single jumps.
    """
    other = tables.read("deepstate-daily-by-oblast")
    other = other[other["oblast"] == "Kharkiv"].set_index("date")["occupied_km2"]
    gap = other - FRONT.set_index("date")["oblast_occupied_km2"]
    assert gap.notna().all()
    assert gap.between(70, 160).all()
    assert gap.diff().abs().quantile(0.99) < 4


def test_front_holds_to_geometry():
    """A centre is farther than the edge, by less than the city is wide; a part is no whole."""
    wide = kharkiv.farthest(kharkiv.city(), kharkiv.city().centroid).km
    gap = FRONT["city_centre_km"] - FRONT["city_edge_km"]
    assert gap.between(0, wide).all()
    assert (FRONT["north_occupied_km2"] <= FRONT["oblast_occupied_km2"]).all()
    # What is occupied lies on this side of the border or on it: not nearer than the border is
    # short of the deepest advance that ISW printed in May 2024, 8 km.
    border = kharkiv.nearest(kharkiv.city(), kharkiv.border()).km
    assert FRONT["city_edge_km"].min() > border - evidence.fact("isw-kharkiv-8km").value


def test_map_dates_follow_reports():
    """Krynky changes within days of DeepState's statement, Vovchansk of the Russian claim."""
    krynky = kharkiv.first_day_at(FRONT, "krynky_share", 0.7)
    said = pd.Timestamp(evidence.fact("kry-deepstate-july18").as_of)
    assert 0 <= (krynky - said).days <= 3
    vovchansk = kharkiv.first_day_at(FRONT, "vovchansk_share", 0.5)
    claimed = pd.Timestamp(evidence.fact("hs-vovchansk-claim").as_of)
    assert 0 <= (vovchansk - claimed).days <= 7
    assert vovchansk == pd.Timestamp(evidence.fact("ds-vovchansk-majority").as_of)


def test_a_share_never_reached_is_an_error():
    """Kupiansk was never half occupied on the maps: there is no first day to return."""
    with pytest.raises(ValueError, match="never reached"):
        kharkiv.first_day_at(FRONT, "kupiansk_share", 0.5)


def test_required_troops_by_hand():
    """20 to 1,000 for 1.3 million is 26,000; the lowest density that sufficed times the people."""
    rows = kharkiv.required_troops(
        kharkiv.city_battles(BATTLES), area=350, populations={"p": 1_300_000}, per_1000=20
    )
    by = rows.set_index(["rule", "basis"])["troops"]
    assert by["rule for stability operations", "per inhabitants"] == 26_000
    # Ramadi 2006: 7,500 attackers, 280,000 inhabitants.
    assert by["lowest that sufficed", "per inhabitants"] == pytest.approx(7_500 / 280 * 1_300)
    # Mariupol: 14,000 on 242.6 km2 is the lowest by area too, and counts once.
    assert by["lowest that sufficed", "per area"] == pytest.approx(14_000 / 242.6 * 350)
    assert ("as at Mariupol", "per area") not in by.index
    assert (rows["multiple"] * 30_000).tolist() == pytest.approx(rows["troops"].tolist())
