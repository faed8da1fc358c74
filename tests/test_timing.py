"""The lens on waiting: closed forms, hand counts, and what must hold whatever is assumed."""

from __future__ import annotations

import html
import re
from math import inf, pi, sqrt

import altair as alt
import numpy as np
import pandas as pd
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from analysis import sweeps, tables, territory, timing
from analysis.book.theme import VEGA_LITE
from analysis.wording import timing as words

MONTH = timing.DAYS_PER_MONTH


def steps(*pairs: tuple[float, float]) -> pd.DataFrame:
    """Build changes from (months, km2) pairs."""
    return pd.DataFrame([(m * MONTH, x) for m, x in pairs], columns=["days", "change_km2"])


# The front ---------------------------------------------------------------------------------


def test_equal_months_give_mean_and_sample_deviation():
    """10, 30 and 50 in a month each: mean 30; (400 + 0 + 400) / 2 is the variance."""
    front = timing.estimate(steps((1, 10), (1, 30), (1, 50)))
    assert front.drift_km2 == pytest.approx(30)
    assert front.volatility_km2 == pytest.approx(20)
    assert front.drift_error_km2 == pytest.approx(20 / sqrt(3))


def test_unequal_months_weigh_by_their_length():
    """100 in one month and 100 in three: 50 a month; 50^2 / 1 + 50^2 / 3 is the variance."""
    front = timing.estimate(steps((1, 100), (3, 100)))
    assert front.drift_km2 == pytest.approx(50)
    assert front.volatility_km2 == pytest.approx(sqrt(50**2 + 50**2 / 3))


def test_a_front_that_moves_evenly_has_no_volatility():
    """40 a month, whatever the length of the steps: no interval is left around 40."""
    front = timing.estimate(steps((1, 40), (2, 80), (0.5, 20)))
    assert front.drift_interval_km2() == pytest.approx((40, 40))
    assert front.predicted_km2(18) == pytest.approx((720, 720))


def test_one_change_is_not_enough():
    """From one change no spread can be told."""
    with pytest.raises(ValueError, match="two changes or more; got 1"):
        timing.estimate(steps((1, 10)))


def test_interval_of_two_changes_uses_the_printed_quantile():
    """Tables of Student's distribution print 6.314 for one degree of freedom and 95 percent."""
    front = timing.estimate(steps((1, 10), (1, 30)))
    low, high = front.drift_interval_km2()
    assert high - 20 == pytest.approx(6.314 * sqrt(200) / sqrt(2), rel=1e-4)
    assert low + high == pytest.approx(40)


def test_prediction_adds_the_variance_of_the_drift():
    """For as many months as were seen, swing and error of the drift weigh the same."""
    front = timing.Front(0, 10, 1_000_000, 18)
    assert front.predicted_km2(18)[1] == pytest.approx(1.6449 * 10 * sqrt(2 * 18), rel=1e-4)
    assert timing.share_of_prediction(front, 18, 0) == pytest.approx(0.5)


def test_steps_are_at_least_so_long():
    """Maps on days 0, 20, 30, 59 and 60 with steps of 28 days: 0 to 30 and 30 to 59."""
    days = pd.to_datetime("2024-01-01") + pd.to_timedelta([0, 20, 30, 59, 60], unit="D")
    series = pd.DataFrame({"date": days, "km2": [0, 9, 10, 14, 99]})
    found = timing.spaced_changes(series, "km2")
    assert found["days"].tolist() == [30, 29]
    assert found["change_km2"].tolist() == [10, 4]


def test_isw_totals_of_1_june():
    """Printed: 516 to 29 April and 752 to 31 May, so 120 days and then 236 in 32."""
    found = timing.isw_2024(tables.read("territory-published-changes"))
    assert found["days"].tolist() == [120, 32]
    assert found["change_km2"].tolist() == [516, 752 - 516]


def test_war_mapper_in_three_parts():
    """Printed: 348.12 from October to April (213 days), of it 137.95 and 86 in two months."""
    found = timing.war_mapper(tables.read("territory-published-changes"))
    assert found["days"].tolist() == [29, 30, 213 - 59]
    assert found["change_km2"].sum() == pytest.approx(348.12)


def test_the_maps_step_from_first_to_last():
    """Steps join without gaps: their sum is the difference of the first and the last map."""
    total = tables.read("deepstate-daily-total")
    found = timing.deepstate(total, timing.ARTICLE, timing.WINDOW_END)
    held = total.set_index("date")["occupied_km2"]
    assert found["change_km2"].sum() == pytest.approx(
        held[found["end"].iloc[-1]] - held[found["start"].iloc[0]]
    )
    assert (found["days"] >= 28).all()
    assert found["days"].sum() == (found["end"].iloc[-1] - found["start"].iloc[0]).days


def test_what_was_known_leaves_the_sign_open():
    """Interval of the declared estimate holds zero; that of what came does not."""
    frame = words.fronts().set_index("estimate")
    known, came = frame.loc[timing.KNOWN_THEN], frame.loc[timing.AS_IT_CAME]
    assert known["drift_low_km2"] < 0 < known["drift_high_km2"]
    assert came["drift_low_km2"] > known["drift_high_km2"]
    # Hand: (107675.1 - 107522.6) + 752 km2 in 291 + 152 days.
    assert known["drift_km2"] == pytest.approx((152.5 + 752) / (291 + 152) * MONTH, rel=1e-6)


# Closed forms of the walk ----------------------------------------------------------------------


def test_chance_of_a_driftless_front_is_one_half():
    """A symmetric walk ends below its start as often as above."""
    assert timing.chance_less_land(0, 200, 18) == pytest.approx(0.5)
    assert timing.chance_less_land(0, 0, 18) == 0.5


def test_chance_at_one_deviation_is_the_printed_value():
    """A drift of one deviation over four months: the normal table prints 0.1587."""
    assert timing.chance_less_land(50, 100, 4) == pytest.approx(0.1587, abs=5e-5)
    assert timing.chance_less_land(-50, 100, 4) == pytest.approx(0.8413, abs=5e-5)


def test_without_volatility_the_end_is_certain():
    """An option on a certain end is worth what it ends at, or nothing."""
    assert timing.chance_less_land(10, 0, 18) == 0
    assert timing.chance_less_land(-10, 0, 18) == 1
    assert timing.expected_regain_km2(-10, 0, 18) == 180
    assert timing.expected_regain_km2(10, 0, 18) == 0


def test_driftless_regain_is_bacheliers():
    """At the money the value is s root(t) / root(2 pi)."""
    assert timing.expected_regain_km2(0, 200, 18) == pytest.approx(200 * sqrt(18) / sqrt(2 * pi))


@given(st.floats(-500, 500), st.floats(1, 500), st.integers(1, 36))
def test_regain_less_loss_is_the_drift(drift, volatility, months):
    """E max(x, 0) less E max(-x, 0) is E x: put-call parity."""
    gain = timing.expected_regain_km2(drift, volatility, months)
    loss = timing.expected_regain_km2(-drift, volatility, months)
    assert gain - loss == pytest.approx(-drift * months, abs=1e-6)
    assert gain >= max(0.0, -drift * months) - 1e-6


# The option --------------------------------------------------------------------------------------

WALKS = timing._walks(1, 24)


def test_waiting_without_volatility_by_hand():
    """400 a month: 1,200 after the third month is the first loss of 1,000 or more."""
    found = timing.wait(400, 0, 18, 1000, WALKS)
    assert (found["land_km2"], found["months_waited"]) == (1200, 3)
    assert timing.wait(400, 0, 18, 0, WALKS)["land_km2"] == 7200
    assert timing.wait(-50, 0, 18, 1000, WALKS)["months_waited"] == 18


@pytest.mark.parametrize("limit", [0, 500, 1000, 2000])
def test_no_rule_makes_a_driftless_front_pay(limit):
    """Optional stopping: a martingale has the same mean at every bounded stopping time."""
    found = timing.wait(0, 200, 18, limit, WALKS)
    assert abs(found["land_km2"]) <= 4 * found["land_error_km2"] + 1e-9


@pytest.mark.parametrize("limit", [500, 1000])
def test_stopped_land_is_drift_times_months_waited(limit):
    """Wald: the mean of the walk when stopped is the drift times the mean time."""
    found = timing.wait(100, 200, 18, limit, WALKS)
    assert found["land_km2"] == pytest.approx(100 * found["months_waited"], abs=60)


def test_one_month_leaves_no_room_for_a_rule():
    """After one month all settle, whatever the limit."""
    free, bound = (timing.wait(30, 200, 1, limit, WALKS) for limit in (0, 500))
    assert free == bound


def test_stored_means_without_a_limit_are_the_drift():
    """Mirror images cancel the swings: the mean is drift times months, exactly."""
    rows = tables.read("timing-waiting").query("limit_km2 == 0")
    gap = rows["land_km2"] - rows["drift_km2"] * rows["months"]
    assert gap.abs().max() <= 0.5


def test_stored_chances_without_a_limit_are_the_closed_form():
    """Within five standard errors and rounding of the normal distribution, in every row."""
    rows = tables.read("timing-waiting").query("limit_km2 == 0")
    exact = [
        timing.chance_less_land(float(row.drift_km2), float(row.volatility_km2), int(row.months))
        for row in rows.itertuples()
    ]
    gap = (rows["chance_less_land"] - np.array(exact)).abs()
    assert (gap <= 5 * rows["chance_error"] + 0.0006).all()


def test_stored_driftless_rows_pay_nothing():
    """The martingale again, over every stored volatility, length and limit."""
    rows = tables.read("timing-waiting").query("drift_km2 == 0")
    assert (rows["land_km2"].abs() <= 4 * rows["land_error_km2"] + 0.5).all()


def test_monte_carlo_error_is_below_one_percent_of_the_range():
    """The promise: at most one percent of the range of the results."""
    rows = tables.read("timing-waiting")
    assert sweeps.monte_carlo_error(rows["land_error_km2"], rows["land_km2"]) <= 0.01
    assert sweeps.monte_carlo_error(rows["chance_error"], rows["chance_less_land"]) <= 0.01


def test_a_limit_never_lengthens_the_wait():
    """The lower the limit the sooner it is reached."""
    rows = tables.read("timing-waiting").query("limit_km2 > 0")
    wide = rows.pivot_table(
        index=["months", "drift_km2", "volatility_km2"], columns="limit_km2", values="months_waited"
    )
    assert (wide[500] <= wide[1000]).all()
    assert (wide[1000] <= wide[2000]).all()


# The break-even --------------------------------------------------------------------------------


def test_terms_cost_by_hand():
    """0.3 of one step and 0.2 of two: 0.7; worse terms than no offer are not signed."""
    assert timing.terms_cost_steps(0.3, 1, 0.2, 2) == pytest.approx(0.7)
    assert timing.terms_cost_steps(0.3, 5, 0.2, 2) == pytest.approx(0.3 * 2 + 0.4)
    assert timing.terms_cost_steps(0, 1, 0, 2) == 0


def test_steps_needed_by_hand():
    """20,000 lives at 10,000 a step and 3,000 km2 at 2,000 a step: 2 and 1.5."""
    needed = timing.steps_needed(20_000, 3_000, lives_per_step=10_000, km2_per_step=2_000)
    assert needed == pytest.approx(3.5)


def test_an_axis_that_does_not_count_drops_out():
    """With an infinite price in lives only land is left, and the other way round."""
    assert timing.steps_needed(9e9, 500, lives_per_step=inf, km2_per_step=1000) == 0.5
    assert timing.steps_needed(500, 9e9, lives_per_step=1000, km2_per_step=inf) == 0.5


def test_a_price_of_nothing_is_an_error():
    """A life or a square kilometre at no price would make every wait infinitely dear."""
    with pytest.raises(ValueError, match="must be positive"):
        timing.steps_needed(1, 1, lives_per_step=0, km2_per_step=1)


def test_chance_needed_by_hand():
    """1.2 steps needed, 0.3 lost on the way, two steps to be had: three quarters."""
    assert timing.chance_needed(1.2, 2, 0.3) == pytest.approx(0.75)
    assert timing.chance_needed(-5, 1, 0.3) == 0
    with pytest.raises(ValueError, match="positive"):
        timing.chance_needed(1, 0, 0)


@given(
    st.floats(0, 1e5), st.floats(-5e3, 5e3), st.floats(0.1, 5), st.floats(0.05, 1), st.floats(0, 2)
)
def test_the_chance_that_talks_fail_moves_no_break_even(lives, land, gain, success, cost):
    """Where talks fail both courses are one: all stakes shrink alike, the sign stays."""
    prices = {"lives_per_step": 10_000, "km2_per_step": 2_000}
    sure = gain - cost - timing.steps_needed(lives, land, **prices)
    scaled = success * (gain - cost) - timing.steps_needed(
        success * lives, success * land, **prices
    )
    assert scaled == pytest.approx(success * sure, abs=1e-9)


def test_surface_by_hand():
    """18 months at 1,000 killed a month, 6,600 km2: 18,000 / 10,000 and 6,600 / 2,000."""
    grid = timing.surface(0, 18, 1000, 6600).set_index(["lives_per_step", "km2_per_step"])
    assert grid.loc[(10_000, 2_000), "steps"] == pytest.approx(1.8 + 3.3)
    assert len(grid) == len(timing.LIVES_PER_STEP) * len(timing.KM2_PER_STEP)


def test_drifts_of_the_sweep_hold_both_estimates():
    """What the text says of a drift is a row of the sweep, to the whole square kilometre."""
    drifts = words.fronts().set_index("estimate")["drift_km2"].round()
    assert drifts[timing.KNOWN_THEN] == timing.KNOWN_DRIFT
    assert drifts[timing.AS_IT_CAME] == timing.CAME_DRIFT
    assert {timing.KNOWN_DRIFT, timing.CAME_DRIFT} <= set(timing.FRONT_DRIFTS)


def test_outcomes_stand_where_the_chart_looks_for_them():
    """Each setting is one row; by hand: 382 a month for 18 months without a limit are 6,876."""
    rows = words.outcomes()
    sizes = [len(each) for each in words.labels().values()][:4]
    assert len(rows) == np.prod(sizes)
    row = rows.iloc[words.setting(front=timing.FRONT_DRIFTS.index(timing.CAME_DRIFT))]
    assert row[["drift_km2", "months", "volatility_km2", "limit_km2"]].tolist() == [382, 18, 200, 0]
    assert row["land_km2"] == 18 * 382
    assert row["killed_0"] == pytest.approx(18 * words.lives_a_month()["official"])
    # Four provinces fewer to give than at first, and the rest of Donbas to give later.
    assert row["km2_3"] == pytest.approx(6876 - words.provinces().sum() + words.donbas_km2())


def test_a_setting_that_the_sweep_lacks_is_an_error():
    """A control must not show a number that nobody computed."""
    rows = tables.read("timing-waiting").query("months != 12")
    with pytest.raises(ValueError, match="'months': 12"):
        timing.outcomes(rows)


def test_whose_lives_and_which_offer_move_the_still_picture_most():
    """At the prices of the text, one control at a time from where it starts."""
    ranges = {
        name: np.ptp([words._needed(**{name: at}) for at in range(len(labels))])
        for name, labels in words.labels().items()
    }
    rest = {name: each for name, each in ranges.items() if name not in {"lives", "offer"}}
    assert min(ranges["lives"], ranges["offer"]) > max(rest.values())
    # With a fast front and all the dead counted, the right to stop moves it as much.
    fast = {"front": len(timing.FRONT_DRIFTS) - 1, "lives": 2}
    stops = [words._needed(rule=at, **fast) for at in range(len(timing.LIMITS))]
    assert np.ptp(stops) > ranges["offer"]


def test_controls_have_a_label_for_every_step():
    """As many labels as values, on each control of the three charts."""
    values = (
        timing.FRONT_DRIFTS, timing.MONTHS, timing.SHOWN_VOLATILITIES, timing.LIMITS,
        words.killed_a_month(), words.offers_km2(),
    )  # fmt: skip
    assert [len(each) for each in words.labels().values()] == [len(each) for each in values]
    assert len(words.TERMS_LABELS["withdrawn"]) == len(words.WITHDRAWN_STEPS)
    assert len(words.OPTION_LABELS["swing"]) == len(timing.VOLATILITIES)


def test_controls_reach_the_declared_ranges():
    """A range that a reader is told of is one that he or she can set, to both ends."""
    table = tables.read("timing-assumptions").set_index("assumption_id")
    reached = {
        "drift": timing.FRONT_DRIFTS,
        "volatility": timing.SHOWN_VOLATILITIES,
        "months": timing.MONTHS,
        "harden-steps": words.HARDEN_STEPS,
        "withdrawn-steps": words.WITHDRAWN_STEPS,
    }
    for name, values in reached.items():
        assert (min(values), max(values)) == tuple(table.loc[name, ["low", "high"]]), name


def drawn_texts(chart: alt.Chart) -> list[str]:
    """Draw a chart of texts with the renderer of the book and return what it writes."""
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), VEGA_LITE)
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def moved(controls: list[alt.Parameter], **positions: int) -> list[alt.Parameter]:
    """Return the controls of a chart as a reader would have set them."""
    for each in controls:
        if each.name in positions:
            each.param.value = positions[each.name]
    return controls


SETTINGS = [
    {},
    {"front": 4, "rule": 2, "lives": 2},
    {"front": 0, "months": 3, "swing": 3, "offer": 1},
    {"front": 1, "months": 0, "swing": 0, "lives": 0},
    {"front": 3, "offer": 3, "rule": 1},
]


@pytest.mark.parametrize("positions", SETTINGS, ids=str)
def test_the_chart_works_out_what_the_book_works_out(positions):
    """The renderer's own arithmetic at all pairs of prices, beside lives and land over price."""
    chart = (
        alt.Chart(words.price_grid())
        .mark_text()
        .transform_calculate(
            said="'s ' + format(lost / datum.lives_per_step + area / datum.km2_per_step, '.3f')"
        )
        .encode(
            x=alt.X("lives_per_step:O").axis(None),
            y=alt.Y("km2_per_step:O").axis(None),
            text="said:N",
        )
    )
    texts = drawn_texts(chart.add_params(*moved(words.controls(), **positions)))
    found = [float(text[2:].replace("−", "-")) for text in texts if text.startswith("s ")]
    at = words.START | positions
    row = words.outcomes().iloc[words.setting(**positions)]
    people, km2 = row[f"killed_{at['lives']}"], row[f"km2_{at['offer']}"]
    expected = [
        timing.steps_needed(people, km2, lives_per_step=lives, km2_per_step=area)
        for lives, area in words.price_grid().to_numpy()
    ]
    assert found == pytest.approx(expected, abs=0.002)


@pytest.mark.parametrize("positions", SETTINGS, ids=str)
def test_lines_of_the_chart_are_lines_of_equal_steps(positions):
    """Each drawn point between floor and ceiling needs as many steps as its line says."""
    edges = (
        alt.Chart(words.bands())
        .transform_calculate(u="sequence(0, 201, 5)")
        .transform_flatten(["u"])
        .transform_calculate(**words.BAND)
        .transform_filter("datum.edge >= 0")
        .transform_calculate(said="'p ' + datum.edge + ' ' + datum.x + ' ' + datum.at")
    )
    chart = edges.mark_text().encode(x=alt.X("x:Q").axis(None), text="said:N")
    texts = drawn_texts(chart.add_params(*moved(words.controls(), **positions)))
    points = np.array([text.split()[1:] for text in texts if text.startswith("p ")], dtype=float)
    inside = points[(points[:, 2] > 200) & (points[:, 2] < 40_000)]
    at = words.START | positions
    row = words.outcomes().iloc[words.setting(**positions)]
    people, km2 = row[f"killed_{at['lives']}"], row[f"km2_{at['offer']}"]
    for edge, lives, area in inside:
        needed = timing.steps_needed(people, km2, lives_per_step=lives, km2_per_step=area)
        assert needed == pytest.approx(edge, abs=1e-3)
    assert len(inside) > 0 or km2 == 0


def test_triangle_of_chances():
    """Chances by tenths that add up to at most one: 11 x 12 / 2 cells for each pair of costs."""
    grid = timing.terms_grid([1.0, 3.0], [2.0])
    assert len(grid) == 2 * 66
    cell = grid.query("chance_harden == 0.3 and chance_withdrawn == 0.2").set_index("harden_steps")
    assert cell["needed"].tolist() == [pytest.approx(0.3 + 0.4), pytest.approx(0.6 + 0.4)]
    assert cell["chance_left"].tolist() == [0.5, 0.5]
    assert not cell["reachable"].any()


@pytest.mark.parametrize(("harden", "withdrawn"), [(0, 0), (1, 1), (3, 1), (2, 3)])
def test_the_triangle_of_the_chart_is_that_of_the_table(harden, withdrawn):
    """The renderer's own arithmetic in every cell, at four settings of the two controls."""
    chart = (
        alt.Chart(words.terms_as_drawn())
        .mark_text()
        .transform_calculate(
            said=f"'n ' + format({words.TERMS_NEEDED}, '.2f') + ' ' + ({words.TERMS_REACHABLE})"
        )
        .encode(
            y=alt.Y("chance_harden:O").axis(None),
            x=alt.X("chance_withdrawn:O").axis(None),
            text="said:N",
        )
    )
    positions = {"harden": harden, "withdrawn": withdrawn}
    texts = drawn_texts(chart.add_params(*moved(words.terms_controls(), **positions)))
    found = [text.split()[1:] for text in texts if text.startswith("n ")]
    rows = words.terms()
    rows = rows[rows["harden_steps"] == words.HARDEN_STEPS[harden]]
    rows = rows[rows["withdrawn_steps"] == words.WITHDRAWN_STEPS[withdrawn]]
    assert [float(needed) for needed, _ in found] == pytest.approx((100 * rows["needed"]).tolist())
    assert [word == "true" for _, word in found] == rows["reachable"].tolist()


# Declared ranges and series ----------------------------------------------------------------------


def test_every_range_is_in_order_and_has_its_reason():
    """Low, middle, high in this order; no source means that it is called a guess."""
    table = tables.read("timing-assumptions")
    given_ = table.dropna(subset=["low", "high"])
    middle = given_["middle"].fillna(given_["low"])
    assert ((given_["low"] <= middle) & (middle <= given_["high"])).all()
    unsourced = table[table["evidence_ids"] == ""]
    assert set(unsourced["basis"]) <= {
        "guess",
        "declared around the estimates",
        "the article’s words",
    }


def test_evidence_named_by_the_tables_exists():
    """A misspelt id would leave a number without its source."""
    known = set(tables.read("evidence")["id"])
    for name in ("timing-assumptions", "leverage-cases"):
        ids = ";".join(tables.read(name)["evidence_ids"]).split(";")
        assert {each for each in ids if each} - known == set()


def test_manpower_rows_are_their_evidence():
    """Value and range of each row are those of the evidence row that it names."""
    rows = tables.read("mobilisation-and-recruitment")
    facts = tables.read("evidence").set_index("id").loc[rows["evidence_id"]]
    for column in ("value", "low", "high"):
        ours = rows[column].to_numpy()
        theirs = facts[column].to_numpy()
        stated = ~np.isnan(ours)
        assert np.array_equal(ours[stated], theirs[stated])
    assert (rows["published"].fillna(pd.Timestamp(0)).to_numpy()
            == facts["published"].fillna(pd.Timestamp(0)).to_numpy()).all()  # fmt: skip
    # The evidence is of the row's first day, of its last, of the day it was printed, or of a
    # month whose day is not known.
    days = pd.to_datetime(facts["as_of"]).to_numpy()
    known = [rows[name].to_numpy() for name in ("period_start", "period_end", "published")]
    known.append(known[0].astype("datetime64[M]").astype(known[0].dtype))
    assert np.any([days == each for each in known], axis=0).all()
    # The size of a force is of one day, or of a month.
    force = rows[rows["measure"] == "size of the force"]
    span = (force["period_end"] - force["period_start"]).dt.days
    assert span.isin([0, 30]).all()
    kinds = {"force": "size of the force", "growth": "net growth a month",
             "loss": "net loss a month", "recruits": "recruits in the period",
             "rate": "intake a month"}  # fmt: skip
    of_ids = rows["row_id"].str.split("-").str[1].map(kinds)
    assert (of_ids.isna() | (of_ids == rows["measure"])).all()
    sides = rows["row_id"].str[:2].map({"ru": "Russia", "ua": "Ukraine"})
    assert sides.tolist() == rows["side"].tolist()


def test_recruits_are_spread_over_their_months():
    """450,000 in the 366 days of 2024: 37,423 a month of 30.4375 days."""
    found = timing.recruits_a_month(tables.read("mobilisation-and-recruitment"))
    row = found[found["row_id"] == "ru-recruits-2024"].iloc[0]
    assert row["value"] == pytest.approx(450_000 / 366 * MONTH)
    west = found[found["row_id"] == "ru-western-2026"].iloc[0]
    assert (west["low"], west["value"], west["high"]) == (30_000, 32_500, 35_000)


def test_absences_a_month_by_hand():
    """110,511 from January to July 2025, 212 days; 17,658 in the 365 days of 2023."""
    found = timing.awol_a_month(tables.read("evasion-cases"))["cases_a_month"]
    assert found.iloc[-1] == pytest.approx(110_511 / 212 * MONTH)
    assert found.iloc[1] == pytest.approx(17_658 / 365 * MONTH)


def test_killed_a_month_by_hand():
    """From 31,000 on 25 February 2024 to 55,000 on 4 February 2026 are 24,000 in 710 days."""
    rate = timing.killed_a_month(
        31_000, 55_000, pd.Timestamp("2024-02-25"), pd.Timestamp("2026-02-04")
    )
    assert rate == pytest.approx(24_000 / 710 * MONTH)
    assert words.lives_a_month()["official"] == pytest.approx(rate)
    with pytest.raises(ValueError, match="not later"):
        timing.killed_a_month(1, 2, pd.Timestamp("2024-01-02"), pd.Timestamp("2024-01-02"))


def test_land_asked_for_fits_published_shares():
    """Published shares held in mid-2024 by official areas: Donetsk 59.6, Zaporizhzhia 72.7."""
    held = words.provinces()
    assert held["Donetsk"] == pytest.approx(26_517 * (1 - 0.596), rel=0.04)
    assert held["Zaporizhzhia"] == pytest.approx(27_180 * (1 - 0.727), rel=0.04)
    assert held["Luhansk"] < 0.03 * 26_684


def test_land_asked_for_needs_a_map():
    """No map of the article's day is held."""
    with pytest.raises(territory.GapError, match="no map of 2024-06-03"):
        timing.still_held_km2(
            tables.read("deepstate-daily-by-oblast"), tables.read("oblast-areas"), timing.ARTICLE
        )


def test_steps_of_what_was_known_are_told_as_they_are():
    """Hand count of ISW's maps of 2023 and its two totals; nothing for two months between."""
    said = words.strings()
    assert said["days-maps"] == "32 to 57"
    assert said["days-totals"] == "120 and 32"
    assert (said["gap-from"], said["gap-to"]) == ("23 October 2023", "31 December 2023")


def test_ranges_of_the_claims_on_tempo_by_hand():
    """Least and most of the monthly claims, and of the counts of recruits, in thousands.

    28,490 claimed in September 2025 and 48,670 in December 2024.  127,500 bonuses in half a
    year are 21 thousand a month, 450,000 contracts in a year 37.
    """
    said = words.strings()
    assert said["casualties-range"] == "28 to 49"
    assert said["recruits-range"] == "21 to 37"


def test_assumptions_are_printed_with_the_digits_they_have():
    """0.75 must not become 0.8; what is computed is printed as a number; starts are there."""
    assert [words._short(each) for each in (0.75, 0.3, 18.0, -100.0)] == [
        "0.75",
        "0.3",
        "18",
        "−100",
    ]
    shown = words.assumptions()
    assert not shown["Range"].str.contains("nan|data").any()
    chances = shown[shown.index.str.startswith("chance")]
    assert chances["Start"].tolist() == ["0.3", "0.3", "0.2"]


def test_tempo_of_november_2024_by_hand():
    """725.9 km2 in 30 days; Ukraine claimed 45,720 killed and wounded in the month."""
    row = words.tempo().set_index("date").loc["2024-11-01"]
    assert row["km2_a_day"] == pytest.approx(725.9 / 30, abs=0.01)
    assert row["casualties_a_day"] == 45_720 / 30
    assert row["casualties_per_km2"] == pytest.approx(45_720 / 725.9, abs=0.02)
