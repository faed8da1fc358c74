"""Measures of predictions and crowd forecasts: closed forms, hand counts, printed figures."""

import math

import pandas as pd
import pytest

from analysis import evidence, forecasts, tables, territory

ARTICLE = pd.Timestamp("2024-06-03")


def coded(coding_pass):
    return forecasts.coded(
        tables.read("predictions"), tables.read("prediction-codings"), coding_pass
    )


def crowds(age_days=forecasts.CROWD_AGE_DAYS):
    return forecasts.questions(
        tables.read("crowd-events"),
        tables.read("crowd-markets-2022"),
        tables.read("crowd-contest-2023"),
        tables.read("crowd-questions-2024-2026"),
        tables.read("crowd-prices-2022"),
        age_days=age_days,
    )


def made_up(outcomes, events=None, **columns):
    events = events or [f"event-{n}" for n in range(len(outcomes))]
    return pd.DataFrame({"outcome": outcomes, "event_id": events, **columns})


# Two passes ------------------------------------------------------------------------------


def test_kappa_closed_form():
    """Two coders agree on 35 of 50 rows, margins 25/25 and 30/20: (0.7 - 0.5) / 0.5 = 0.4."""
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    sheet = pd.DataFrame(
        [(str(row), side + 1, pair[side]) for row, pair in enumerate(pairs) for side in (0, 1)],
        columns=["prediction_id", "coding_pass", "outcome"],
    )
    found = forecasts.agreement(sheet, "outcome", ("a", "b"))
    assert (found.rows, found.agreeing) == (50, 35)
    assert found.kappa == pytest.approx(0.4)
    # The textbook's standard error, sqrt(0.7 * 0.3 / 50) / 0.5 = 0.1296, is near the exact one.
    assert found.low == pytest.approx(0.4 - 1.96 * 0.1296, abs=0.01)
    assert found.high == pytest.approx(0.4 + 1.96 * 0.1296, abs=0.01)


def test_agreement_of_the_passes():
    """Listed row by row from both sheets: ten differ in outcome and twelve in type."""
    sheets = tables.read("prediction-codings")
    outcome = forecasts.agreement(sheets, "outcome", forecasts.OUTCOMES)
    kind = forecasts.agreement(sheets, "forecast_type", forecasts.TYPES)
    assert (outcome.rows, outcome.agreeing, kind.agreeing) == (116, 106, 104)
    assert outcome.kappa == pytest.approx(0.857, abs=0.0005)


def test_coding_without_a_prediction_is_refused():
    """A row that only one of two sheets has would be lost in the merge without a word."""
    sheets = tables.read("prediction-codings")
    with pytest.raises(ValueError, match="pass 2"):
        forecasts.coded(tables.read("predictions").iloc[1:], sheets, 2)


# The list --------------------------------------------------------------------------------


@pytest.mark.parametrize(("coding_pass", "expected"), [(1, [40, 7, 58, 11]), (2, [40, 5, 62, 9])])
def test_outcomes_of_the_list(coding_pass, expected):
    """Pinned when the sheets were published, true, partly, false, open: a changed cell shows."""
    found = coded(coding_pass)["outcome"].value_counts()
    assert [found[name] for name in forecasts.OUTCOMES] == expected


def test_due_by_the_article():
    """Pinned: 64 terms had ended by 15 May 2024, one more by 3 June; none is the article's own."""
    found = forecasts.due_by(coded(1), ARTICLE)
    assert len(found) == 65
    assert found["outcome"].value_counts().to_dict() == {
        "false": 37,
        "true": 22,
        "partly": 4,
        "unresolved": 2,
    }
    assert not found["from_article"].any()


def test_share_failed():
    """Of true, false, partly, open: 1 of 3 failed; 2 of 3; 1 of 2; 1.5 of 3."""
    table = made_up(["true", "false", "partly", "unresolved"])
    assert forecasts.share_failed(table) == pytest.approx(1 / 3)
    assert forecasts.share_failed(table, partly="failed") == pytest.approx(2 / 3)
    assert forecasts.share_failed(table, partly="left out") == pytest.approx(1 / 2)
    assert forecasts.share_failed(table, partly="half") == pytest.approx(1.5 / 3)


def test_ten_who_said_the_same_count_once():
    """Ten failures of one event and one hit of another: 10 of 11 by head, 1 of 2 by event."""
    table = made_up(["false"] * 10 + ["true"], ["kyiv"] * 10 + ["length"])
    assert forecasts.share_failed(table) == pytest.approx(10 / 11)
    assert forecasts.share_failed(table, weight="event") == pytest.approx(1 / 2)


def test_nothing_resolved_has_no_share():
    """Zero of zero is no share; a silent NaN would be drawn as a gap."""
    with pytest.raises(ValueError, match="resolved"):
        forecasts.share_failed(made_up(["unresolved"]))


def test_counts():
    """Two true and two false of one kind: each half, and the second bar begins at one half."""
    table = made_up(["true", "false", "true", "false"], group=["x"] * 4)
    found = forecasts.counts(table, "group").set_index("outcome")
    assert found["predictions"].to_dict() == {"true": 2, "false": 2}
    assert found["start"].to_dict() == {"true": 0.0, "false": 0.5}


def test_unseen():
    """37 of 63: with x more failures (37 + x) / (63 + x) = 0.9 at x = 197, 0.8 at x = 67."""
    assert forecasts.unseen_failures_needed(37, 63, 0.9) == 197
    assert forecasts.unseen_failures_needed(37, 63, 0.8) == 67
    assert forecasts.unseen_failures_needed(9, 10, 0.9) == 0
    assert forecasts.unseen_bounds(37, 63, 63) == pytest.approx((37 / 126, 100 / 126))


# Outcomes against what others measured ----------------------------------------------------


def outcome(prediction_id):
    rows = [coded(n).set_index("prediction_id").loc[prediction_id, "outcome"] for n in (1, 2)]
    return tuple(rows)


@pytest.mark.parametrize(
    ("prediction_id", "percent"),
    [
        ("iif-gdp-minus-15", -15),
        ("jpm-gs-gdp-minus-7", -7),
        ("kudrin-gdp-minus-10", -10),
        ("worldbank-gdp-minus-11", -11.2),
    ],
)
def test_russian_output(prediction_id, percent):
    """Rosstat's first count of 2022 (Reuters) is -2.1 percent; each forecast lay 4 below it."""
    measured = evidence.fact("fwt-rosstat-gdp-2022").value
    assert measured - percent > 4
    assert outcome(prediction_id) == ("false", "false")


@pytest.mark.parametrize(
    ("prediction_id", "day", "expected"),
    [
        # The first map is half a year after the term: what was not held then was not before.
        ("pentagon-leak-donbas-not-2023", "2024-07-08", "true"),
        ("prigozhin-donbas-two-years", "2025-02-10", "false"),
    ],
)
def test_donbas(prediction_id, day, expected):
    """DeepState's maps: at least a quarter of Donetsk Oblast was not held on the day."""
    shares = territory.province_share(
        tables.read("deepstate-daily-by-oblast"), tables.read("oblast-areas"), "Donetsk"
    )
    assert shares.loc[shares["date"] <= pd.Timestamp(day), "share_pct"].max() < 75
    assert outcome(prediction_id) == (expected, expected)


def test_counteroffensive():
    """The commander's own 17 km in five months (The Economist): modest, and no breakthrough."""
    assert evidence.fact("fwt-zaluzhny-17km").value < 20
    assert outcome("pentagon-leak-modest-gains") == ("true", "true")
    assert outcome("petraeus-significant-breakthroughs") == ("false", "false")


# Crowds ----------------------------------------------------------------------------------


def test_scores_closed_form():
    """0.9 for what happens: (0.1)^2 and -ln 0.9; for what does not: (0.9)^2 and -ln 0.1."""
    probability, happened = pd.Series([0.9, 0.9]), pd.Series([1, 0])
    assert forecasts.brier(probability, happened).tolist() == pytest.approx([0.01, 0.81])
    assert forecasts.log_loss(probability, happened).tolist() == pytest.approx(
        [-math.log(0.9), -math.log(0.1)]
    )


def test_base_rate_closed_form():
    """One in four: 1/4 times 3/4, and the entropy of (1/4, 3/4)."""
    table = made_up([1, 0, 0, 0])
    assert forecasts.base_rate_brier(table) == pytest.approx(3 / 16)
    assert forecasts.base_rate_log_loss(table) == pytest.approx(
        -(math.log(0.25) / 4 + 3 * math.log(0.75) / 4)
    )


def test_always_naming_the_base_rate_gains_nothing():
    """Its Brier score is p (1 - p) by algebra, so the difference is zero."""
    table = made_up([1, 0, 0, 0, 1, 0, 0, 0])
    table["brier"] = forecasts.brier(pd.Series([0.25] * 8), table["outcome"])
    assert forecasts.beats_base_rate(table).value == pytest.approx(0)


def test_copies_of_a_question_add_no_information():
    """Each question asked twice: the same mean and the same interval, if drawn by event."""
    table = made_up([1, 0, 1, 0, 1], brier=[0.1, 0.4, 0.2, 0.9, 0.3])
    once = forecasts.mean_score(table, "brier")
    twice = forecasts.mean_score(pd.concat([table, table]), "brier")
    assert (twice.value, twice.low, twice.high) == pytest.approx((once.value, once.low, once.high))
    assert (twice.questions, twice.events) == (10, 5)


def test_one_half_is_on_no_side():
    """0.6 for yes is right, 0.6 for no is wrong, and one half is never right: 2 of 3."""
    table = made_up([1, 0, 1], probability=[0.6, 0.6, 0.5])
    assert forecasts.wrong_side(table) == pytest.approx(2 / 3)


def test_calibration_slope_of_true_odds():
    """Said 0.2 for one in five and 0.8 for four in five: the odds are right, the slope is one."""
    table = made_up([1, 0, 0, 0, 0, 1, 1, 1, 1, 0], probability=[0.2] * 5 + [0.8] * 5)
    found = forecasts.calibration_slope(table)
    assert found.value == pytest.approx(1, abs=1e-6)
    assert found.low < 1 < found.high


def test_calibration_counts_an_event_once():
    """Three copies of a hit and one miss said with 0.7: one of two events, Wilson 0.09 to 0.91."""
    table = made_up([1, 1, 1, 0], ["a", "a", "a", "b"], probability=[0.7] * 4)
    found = forecasts.calibration(table, (0.0, 0.5, 1.0)).iloc[0]
    assert (found["questions"], found["events"]) == (4, 2)
    assert found["happened"] == pytest.approx(0.5)
    # Wilson at n = 2, x = 1: (1 + z^2 / 2 -+ z sqrt(1/2 + z^2 / 4)) / (2 + z^2), z = 1.96.
    assert (found["low"], found["high"]) == pytest.approx((0.0945, 0.9055), abs=1e-3)


def test_learning_keeps_to_the_same_markets():
    """A market that closes early is left out at every age, so the mean cannot fall by it."""
    markets = pd.DataFrame({"market_id": ["a", "b", "c"], "outcome": [0, 1, 0]})
    events = pd.DataFrame({"question_id": ["a", "b", "c"], "event_id": ["x", "y", "z"]})
    rows = [("a", 0, 0.5), ("a", 7, 0.1), ("b", 0, 0.5), ("b", 7, 0.7), ("c", 0, 1.0)]
    prices = pd.DataFrame(rows, columns=["market_id", "age_days", "probability"])
    prices["traders"] = prices["age_days"]
    found = forecasts.learning(markets, prices, events, open_for_days=7).set_index("age_days")
    assert found["brier"].to_dict() == pytest.approx({0: 0.25, 7: (0.01 + 0.09) / 2})
    assert found["markets"].tolist() == [2, 2]
    assert found["traders"].tolist() == [0, 7]


@pytest.mark.parametrize(("age_days", "markets"), [(0, 44), (7, 43)])
def test_sets_of_questions(age_days, markets):
    """The dumps hold 44 scored markets, of which one closed within a week, ten and 46."""
    assert crowds(age_days)["census"].value_counts().to_dict() == {
        "2022 markets": markets,
        "2023 contest": 10,
        "2024-26 platforms": 46,
    }


def test_opening_prices_are_nobody_elses():
    """Nobody has traded at age zero, so that no crowd made the opening price."""
    prices = tables.read("crowd-prices-2022").set_index("age_days")
    assert (prices.loc[[0], "traders"] == 0).all()
    assert prices.loc[[forecasts.CROWD_AGE_DAYS], "traders"].median() >= 2


@pytest.mark.parametrize(
    ("fact_id", "question"),
    [
        ("fwt-metaculus-kyiv-april-0228", "kyiv-to-fall-to-russian-forces-by-april-2022"),
        ("fwt-metaculus-three-of-six-cities", "russia-takeover-of-ukrainian-cities-by-june"),
    ],
)
def test_opening_prices_are_near_metaculus(fact_id, question):
    """The markets opened two days after a newsletter printed Metaculus; prices move a tenth."""
    markets = tables.read("crowd-markets-2022").set_index("question")
    opened = markets.loc[[question], "opening_probability"]
    assert (opened - evidence.fact(fact_id).value).abs().max() < 0.1


def test_price_of_kyiv_fell_with_metaculus():
    """Metaculus stood at 0.14 on 14 March; the market, twelve days old, lies near it."""
    markets = tables.read("crowd-markets-2022").set_index("question")
    market = markets.loc["kyiv-to-fall-to-russian-forces-by-april-2022", "market_id"]
    prices = tables.read("crowd-prices-2022")
    around = prices[prices["market_id"] == market].set_index("age_days")["probability"].loc[[7, 14]]
    printed = evidence.fact("fwt-metaculus-kyiv-april-0314").value
    assert around.loc[14] - 0.02 <= printed <= around.loc[7]


@pytest.mark.parametrize("month", ["2026-06", "2026-07"])
def test_monthly_balance_as_the_platform_saw_it(month):
    """A question on a net Russian gain in the month resolved to yes; the maps say the same."""
    monthly = territory.monthly_net_change(tables.read("deepstate-daily-total"))
    gain = monthly.set_index("month").loc[month, "net_change_km2"]
    asked = tables.read("crowd-questions-2024-2026")
    name = {"2026-06": "June 2026", "2026-07": "July 2026"}[month]
    row = asked[asked["question"].str.contains(f"gain more territory than it loses in {name}")]
    assert gain > 0
    assert row["outcome"].tolist() == [1]


def test_platforms_and_list_agree_on_the_end_of_2025():
    """Manifold resolved an end of the war in 2025 to no; so do both passes of the list."""
    asked = tables.read("crowd-questions-2024-2026")
    row = asked[asked["question"] == "Will the Russia-Ukraine war end before the end of 2025?"]
    assert row["outcome"].tolist() == [0]
    assert outcome("zelensky-end-by-2025") == ("false", "false")


def test_contest_and_markets_agree_on_the_president():
    """Two publishers on one fact: in office on 1 February and at the end of 2023."""
    contest = tables.read("crowd-contest-2023").set_index("question_id")
    markets = tables.read("crowd-markets-2022").set_index("question")
    assert contest.loc["1", "outcome"] == 1
    assert markets.loc["presidency-of-vladimir-putin-on-feb-1-2023", "outcome"] == 1


@pytest.mark.parametrize(
    ("age_days", "squares", "yes", "markets"), [(0, 9.0377, 13, 44), (7, 8.3684, 12, 43)]
)
def test_market_scores(age_days, squares, yes, markets):
    """Counted in the dump; the sum of squares is pinned, so that a changed price shows."""
    table = crowds(age_days).query("census == '2022 markets'")
    assert table["brier"].sum() == pytest.approx(squares, abs=5e-5)
    assert forecasts.base_rate_brier(table) == pytest.approx(yes * (markets - yes) / markets**2)


# Words of chance -------------------------------------------------------------------------


def test_words_of_chance():
    """Will allows 0.9 to 1: at worst 0.01 if it happens, at best 0.81 if it does not."""
    assert forecasts.brier_of_word("will", happened=True) == pytest.approx((0, 0.01))
    assert forecasts.brier_of_word("will", happened=False) == pytest.approx((0.81, 1))
    assert forecasts.brier_of_word("virtually no chance", happened=False)[1] == pytest.approx(4e-4)
    assert forecasts.brier_of_word("", happened=True) == (0.0, 1.0)


def test_a_word_of_quantity_is_no_chance():
    """Nearly says nothing about a probability; its interval would be a wrong bar."""
    with pytest.raises(ValueError, match="quantity"):
        forecasts.chance_interval("nearly")


def test_board():
    """Virtually no chance of pressure, and the claim came true: the event did not happen."""
    table = pd.DataFrame(
        {
            "claim_id": ["a", "b", "c"],
            "component": ["", "", ""],
            "chance_word": ["virtually no chance", "will", "may"],
            "true_means_event": [False, True, True],
        }
    )
    verdicts = {("a", ""): "came true", ("b", ""): "failed", ("c", ""): "open"}
    found = forecasts.article_board(table, verdicts)
    assert found["event_share"].tolist()[:2] == [0.0, 0.0]
    assert math.isnan(found["event_share"].iloc[2])
    assert found["brier_best"].tolist()[:2] == pytest.approx([0, 0.81])


def test_board_holds_forecasts_of_the_article():
    """Each row names a claim about the future, and a proposition that the claim has."""
    from analysis import claims

    rows = tables.read("article-forecasts")
    listed = claims.table()
    for row in rows.itertuples():
        assert listed.loc[row.claim_id, "kind"] == "forecast"
        assert row.component in (set(claims.components(row.claim_id).index) or {""})
        forecasts.chance_interval(row.chance_word)
