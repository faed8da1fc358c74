"""The bargaining model gives what the closed forms of its literature give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import bargaining, endings, sweeps, tables, territory

DRAWS = 400


def draws(width: str = "doubled", seed: int = 3) -> pd.DataFrame:
    """Parameters drawn from their ranges, the same at every run."""
    random = np.random.default_rng(seed)
    columns = {name: random.uniform(*bargaining.bounds(name, width), DRAWS)
               for name in bargaining.names()}  # fmt: skip
    return pd.DataFrame(columns)


def test_the_bargaining_range_is_fearons():
    """Fearon (1995): p - c_A to p + c_B; 0.5 with costs 0.1 and 0.2 gives 0.4 to 0.7."""
    assert bargaining.bargaining_range(0.5, 0.1, 0.2) == pytest.approx((0.4, 0.7))


def test_the_bargaining_range_stays_within_the_pie():
    """Nobody can get less than nothing or more than all."""
    assert bargaining.bargaining_range(0.05, 0.2, 0.0) == (0.0, 0.05)
    assert bargaining.bargaining_range(0.95, 0.0, 0.2) == (0.95, 1.0)


def test_negative_costs_are_refused():
    """With a negative cost war is no loss and the range would be turned inside out."""
    with pytest.raises(ValueError, match="costs"):
        bargaining.bargaining_range(0.5, -0.1, 0.1)


@pytest.mark.parametrize(
    ("share", "low", "high", "cost", "offer", "refused"),
    [
        # Inner solution: cutoff (0.4 - 0.1) / 2 = 0.15; of a prior from 0 to 0.4 the part
        # below it, 0.15 / 0.4, refuses.
        (0.5, 0.0, 0.4, 0.1, 0.35, 0.375),
        # Half of 0.2 - 0.3 is below the prior: buy off everybody at the lowest cost.
        (0.5, 0.1, 0.2, 0.3, 0.4, 0.0),
        (0.6, 0.02, 0.5, 0.0, 0.35, (0.25 - 0.02) / 0.48),
    ],
)
def test_the_offer_is_the_closed_form_and_the_search_finds_it(
    share, low, high, cost, offer, refused
):
    """Derivative of (c_hi - p + x)(1 - x) + (p - x - c_lo)(1 - p - c_U) set to nothing."""
    cutoff = float(bargaining.best_cutoff(low, high, cost))
    assert share - cutoff == pytest.approx(offer)
    found, chance = bargaining.screening_by_search(share, low, high, cost)
    assert found == pytest.approx(offer, abs=1e-5)
    assert chance == pytest.approx(refused, abs=1e-4)


@pytest.mark.parametrize(("shift", "holds"), [(0.29, True), (0.31, False)])
def test_a_deal_holds_while_the_shift_is_smaller_than_both_costs(shift, holds):
    """Powell (2006) with a future that is all that counts: shift against 0.1 + 0.2."""
    assert (bargaining.hold_margin(0.4, 0.1, 0.2, shift, 1.0) >= 0) is np.bool_(holds)


def test_a_deal_holds_by_powells_inequality():
    """0.5 + 0.2 - 0.9 * (0.5 + 0.3 - 0.1) = 0.07, by hand."""
    assert bargaining.hold_margin(0.5, 0.1, 0.2, 0.3, 0.9) == pytest.approx(0.07)


def test_with_known_costs_the_advantage_of_waiting_is_the_closed_form():
    """Who makes offers and what Russia would win cancel; (1 - a) g - k (c_R + c_U) is left."""
    rows = draws("declared").assign(cost_spread=0.0)
    expected = bargaining.waiting_gain(
        rows["expected_shift"],
        rows["believed"],
        rows["window_share"] * (rows["cost_russia"] + rows["cost_ukraine"]),
    )
    assert bargaining.solve(rows)["advantage"].to_numpy() == pytest.approx(expected.to_numpy())


def test_a_shift_that_both_foresee_is_no_reason_to_wait():
    """What Russia believes is in the price today, so that only the costs of waiting remain."""
    rows = draws("declared").assign(cost_spread=0.0, believed=1.0)
    assert (bargaining.solve(rows)["advantage"] < 0).all()


def test_offering_is_never_worse_than_waiting_or_settling():
    """The best offer is the best of all, and offers that all or none refuse are among them."""
    rows = draws()
    p = {name: rows[name].to_numpy()[:, None] for name in bargaining.names()}
    values, _ = bargaining._values(p, np.linspace(0, 1, bargaining.CUTOFFS)[None, :])
    solved = bargaining.solve(rows)
    at = (solved["refused"] * (bargaining.CUTOFFS - 1)).round().astype(int)
    best = values[np.arange(DRAWS), at]
    assert (best >= solved["value_now"] - 1e-12).all()
    assert (best >= solved["value_wait"] - 1e-12).all()


def test_a_window_that_is_the_whole_war_is_fearons_offer():
    """With nothing left to fight for after the window only the first offer screens.

    Russia that refuses fights the war: it gets the share less all its cost.  No shift, and
    Ukraine makes all offers: the chance of refusal is that of the one-shot offer.
    """
    row = bargaining.middle(
        window_share=1.0, expected_shift=0.0, offers_by_ukraine=1.0, cost_russia=0.2,
        cost_spread=1.0, cost_ukraine=0.05, peace_shift=0.0,
    )  # fmt: skip
    solved = bargaining.solve(row).iloc[0]
    _, refused = bargaining.screening_by_search(0.5, 0.0, 0.4, 0.05)
    assert solved["refused"] == pytest.approx(refused, abs=1 / (bargaining.CUTOFFS - 1))


def test_shares_stay_shares():
    """No price is below nothing or above all, however far the ranges reach."""
    solved = bargaining.solve(draws())
    assert solved[["price_now", "price_later"]].min().min() >= 0
    assert solved[["price_now", "price_later"]].max().max() <= 1


def test_regions_follow_the_hold_of_deals():
    """Where no deal holds the offer does not matter; all five regions occur in the grid."""
    solved = bargaining.solve(draws())
    dead = (solved["hold_now"] < 0) & (solved["hold_later"] < 0)
    assert (solved.loc[dead, "region"] == bargaining.NONE).all()
    assert (solved.loc[~dead, "region"] != bargaining.NONE).all()
    assert set(tables.read("bargaining-grid")["region"]) == set(range(5))


def test_the_flip_is_where_the_closed_form_says():
    """Solved again at the value found, waiting and settling are worth the same."""
    table = bargaining.flips().set_index("parameter")
    for name in table.index[table["flip"].notna()]:
        row = bargaining.middle(**{name: float(table.loc[name, "flip"])})
        assert bargaining.solve(row)["advantage"].iloc[0] == pytest.approx(0, abs=1e-5)
    assert list(table.index[table["found"] == "within the range"]) == ["expected_shift"]


def test_the_boundary_is_a_straight_line_and_ends_with_belief():
    """At a cost of 0.05 each and half believed: 2 * 0.64 * 0.05 / 0.5 = 0.128."""
    line = bargaining.boundary(0.5, np.array([0.05]))
    assert line["expected_shift"].iloc[0] == pytest.approx(0.128)
    assert np.isinf(bargaining.boundary(1.0, np.array([0.05]))["expected_shift"]).all()


def test_ranges_are_in_order_and_halve_and_double():
    """Low, middle, high within least and most; -0.05 to 0.15 about 0.05 halves to 0 to 0.1."""
    table = bargaining.parameters()
    ordered = table[["least", "low", "middle", "high", "most"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= 0).all()
    assert bargaining.bounds("expected_shift", "halved") == pytest.approx((0.0, 0.1))
    assert bargaining.bounds("expected_shift", "doubled") == pytest.approx((-0.15, 0.25))
    assert bargaining.bounds("believed", "doubled") == (0.0, 1.0)


def test_limits_of_parameters_are_those_of_what_they_mean():
    """A part of a whole is from 0 to 1; a share of 0.5 that falls or grows by 0.45 stays above 0.

    The lines between the endings are guesses, drawn a tenth to either side.
    """
    table = bargaining.parameters()
    parts = table.drop(["russia_share", "expected_shift", "cost_russia", "cost_ukraine"])
    assert set(map(tuple, parts[["least", "most"]].to_numpy())) == {(0.0, 1.0)}
    share, shift = table.loc["russia_share"], table.loc["expected_shift"]
    for end in ("least", "most"):
        assert share["middle"] + shift[end] == pytest.approx(share[end])
    costs = table.loc[["cost_russia", "cost_ukraine"], ["least", "low", "high", "most"]]
    assert costs.to_numpy().tolist() == [[0.001, 0.01, 0.15, 0.9]] * 2
    lines = table[table["role"] == "line"]
    assert (lines["middle"] - lines["low"]).tolist() == pytest.approx([0.1, 0.1])
    assert (lines["high"] - lines["middle"]).tolist() == pytest.approx([0.1, 0.1])


def test_the_ranges_from_data_are_those_of_the_data():
    """Eighteen months over the median and the quartiles of the further life of old wars."""
    wars = tables.read("interstate-wars")
    further = endings.outlasting(wars, endings.age_days(endings.ARTICLE))["further_days"]
    shares = [min(1.0, endings.WINDOW_DAYS / further.quantile(q)) for q in (0.75, 0.5, 0.25)]
    row = bargaining.parameters().loc["window_share"]
    assert [row["low"], row["middle"], row["high"]] == pytest.approx(shares, abs=0.005)


def test_the_range_of_the_shift_holds_what_land_did():
    """The window on the maps and the autumn of 2022 on ISW's lie within it, near its ends."""
    areas = tables.read("oblast-areas")
    maps = tables.read("deepstate-daily-total")
    window = endings.land_shift(
        maps, areas, maps["date"].min().date(), pd.Timestamp("2025-12-03").date()
    )
    isw = territory.isw_control(tables.read("isw-control-2022"), tables.read("isw-layers-daily"))
    span = (pd.Timestamp("2022-08-29").date(), pd.Timestamp("2022-11-15").date())
    autumn = endings.land_shift(isw, areas, *span, value="area_km2")
    low, high = bargaining.bounds("expected_shift")
    assert low <= window <= low + 0.01
    assert high - 0.05 <= autumn <= high


def test_a_parameter_that_does_not_exist_is_named():
    """A misspelt name would silently leave the middle in place."""
    with pytest.raises(KeyError, match="believd"):
        bargaining.middle(believd=1.0)


def test_endings_by_share():
    """Lines at 0.4 and 0.6: the ends of the range are the first and the second ending."""
    assert [bargaining.ending_of(x) for x in (0.2, 0.5, 0.9)] == list(bargaining.ENDINGS)


def test_the_stored_grid_is_what_the_model_gives():
    """All 10,080 stored rows, recomputed."""
    sweep = bargaining.SWEEPS[0]
    assert sweeps.differences(sweep, sweep.parameters()) == []


def test_a_changed_cell_of_the_grid_is_noticed(monkeypatch):
    """One stored cell moved by three steps of its precision is one difference."""
    sweep = bargaining.SWEEPS[0]
    rows = sweep.parameters().head(20)
    spoiled = tables.read(sweep.resource)
    first = (spoiled[list(bargaining.GRID_KEY)] == rows.iloc[4]).all(axis=1)
    spoiled.loc[first, "price_now"] += 0.003
    monkeypatch.setattr(sweeps.tables, "read", lambda name: spoiled)
    assert [v.column for v in sweeps.differences(sweep, rows)] == ["price_now"]


def test_the_stored_sensitivity_is_what_the_model_gives():
    """One width recomputed; the indices of scipy hang on the seed alone."""
    sweep = bargaining.SWEEPS[1]
    rows = sweep.parameters()
    assert sweeps.differences(sweep, rows[rows["width"] == "halved"]) == []


def test_the_sensitivity_does_not_hang_on_the_seed():
    """Total indices of two seeds differ by less than one percent of the range of an index."""
    first, second = (bargaining._indices("declared", seed)[1] for seed in (bargaining.SEED, 8))
    assert np.abs(first - second).max() < 0.01


def test_indices_of_what_plays_no_part_are_nothing():
    """In closed form who makes offers cancels, and the hold of deals is another measure."""
    table = tables.read("bargaining-sobol")
    rows = table[(table["measure"] == "advantage of waiting") & (table["width"] == "declared")]
    total = rows.set_index("parameter")["total"]
    assert total[["guarantee_later", "later_weight", "peace_shift"]].abs().max() == 0
    assert total["offers_by_ukraine"] <= 0.01
    assert total.sum() >= 0.99


def test_origins_carry_the_stamp_of_their_sweep():
    """Version, seed and number of runs stand in the description of each stored table."""
    from analysis.datapackage import origin

    for sweep in bargaining.SWEEPS:
        stamp = sweep.stamp(len(tables.read(sweep.resource)))
        assert stamp in {source.version for source in origin(sweep.resource).sources}


def test_the_lists_of_regions_follow_the_sliders():
    """Position = belief * 6 + peace * 2 + doubt, as the chart computes it."""
    grid = tables.read("bargaining-grid")
    points = bargaining.cells(grid)
    keys = ["expected_shift", "cost_each", "believed", "peace_shift", "cost_spread"]
    for belief, peace, doubt in ((0, 0, 0), (2, 1, 0), (4, 2, 1), (3, 0, 1)):
        values = (
            points["expected_shift"][7], points["cost_each"][7],
            bargaining.GRID_BELIEVED[belief], bargaining.GRID_PEACE_SHIFTS[peace],
            bargaining.GRID_SPREADS[doubt],
        )  # fmt: skip
        row = grid[np.isclose(grid[keys], values).all(axis=1)]
        stored = bargaining.REGIONS[int(row["region"].iloc[0])]
        assert points["regions"][7][belief * 6 + peace * 2 + doubt] == stored
