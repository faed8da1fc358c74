"""The adapter of crowd forecasts, on files small enough to check by eye."""

import pandas as pd
import pytest

from analysis.sources import forecasts
from analysis.violations import DataError

DAY = 86_400_000
ADDRESS = "https://www.metaculus.com/questions/77/a-question/"


@pytest.fixture
def raw(tmp_path):
    markets = pd.DataFrame(
        {
            "id": ["yes", "no", "share", "other"],
            "createdTime": 0,
            "closeTime": [10 * DAY, 40 * DAY, 40 * DAY, DAY],
            "resolution": ["YES", "NO", "MKT", "YES"],
            "resolutionTime": [8 * DAY, 50 * DAY, 50 * DAY, DAY],
            "description": [ADDRESS, f"Copied from {ADDRESS}.", ADDRESS, "no address"],
        }
    )
    rows = [
        ("yes", 0.5, 0.6, 2 * DAY),
        ("yes", 0.6, 0.9, 7 * DAY),
        ("no", 0.3, 0.2, DAY // 2),
        ("share", 0.3, 0.2, DAY),
    ]
    trades = pd.DataFrame(rows, columns=["contractId", "probBefore", "probAfter", "createdTime"])
    trades["userId"] = ["first", "second", "first", "first"]
    answers = pd.DataFrame({"respondent": [1, 2], "q3_prob_pct": [20.0, 60.0]})
    outcomes = pd.DataFrame(
        {"question_number": [3], "question": ["3. Will it?"], "resolution": ["NO"]}
    )
    markets.to_csv(tmp_path / forecasts.MARKETS, index=False)
    trades.to_csv(tmp_path / forecasts.TRADES, index=False)
    answers.to_csv(tmp_path / forecasts.ANSWERS, index=False)
    outcomes.to_csv(tmp_path / forecasts.OUTCOMES, index=False)
    return tmp_path


WAR = {"yes", "no", "share"}


def test_markets(raw):
    """One market resolved to a share has no outcome; the price before the first trade opens."""
    built = forecasts.build(raw, markets=WAR)["crowd-markets-2022"].set_index("market_id")
    assert sorted(built.index) == ["no", "yes"]
    assert built["opening_probability"].to_dict() == {"no": 0.3, "yes": 0.5}
    assert built["final_probability"].to_dict() == {"no": 0.2, "yes": 0.9}
    assert built["metaculus_id"].tolist() == [77, 77]
    # It resolved on the eighth day, before its time was up.
    assert built.loc["yes", "closed"] == pd.Timestamp("1970-01-09")


def test_prices(raw):
    """Half before the trade of day 2, then 0.6; the trade at day 7 sharp counts from day 8 on."""
    prices = forecasts.build(raw, markets=WAR)["crowd-prices-2022"]
    one = prices[prices["market_id"] == "yes"].set_index("age_days")["probability"]
    assert one.to_dict() == {0: 0.5, 1: 0.5, 3: 0.6, 7: 0.6}
    assert prices.loc[prices["market_id"] == "no", "age_days"].max() == 30


def test_traders(raw):
    """Nobody had traded on day 1, one person by day 3; the second trades at day 7 sharp."""
    prices = forecasts.build(raw, markets=WAR)["crowd-prices-2022"]
    one = prices[prices["market_id"] == "yes"].set_index("age_days")["traders"]
    assert one.to_dict() == {0: 0, 1: 0, 3: 1, 7: 1}


def test_contest(raw):
    """Answers of 20 and 60 percent: mean 0.4, one of two above one half."""
    row = forecasts.build(raw, markets=WAR)["crowd-contest-2023"].iloc[0]
    assert (row["mean_probability"], row["share_above_half"], row["outcome"]) == (0.4, 0.5, 0)
    assert row["question"] == "Will it?"


def test_every_violation_is_named(raw):
    """A missing market, a market without an address and a price of 1.2 come in one error."""
    trades = pd.read_csv(raw / forecasts.TRADES)
    trades.loc[0, "probAfter"] = 1.2
    trades.to_csv(raw / forecasts.TRADES, index=False)
    with pytest.raises(DataError) as error:
        forecasts.build(raw, markets=WAR | {"gone", "other"})
    assert len(error.value.violations) == 3


def test_question_without_an_outcome(raw):
    """A question that the table of outcomes does not have cannot be scored."""
    (raw / forecasts.OUTCOMES).write_text("question_number,question,resolution\n4,4. x,NO\n")
    with pytest.raises(DataError, match="YES or NO"):
        forecasts.build(raw, markets=WAR)


def test_write_is_the_same_twice(raw, tmp_path):
    """Same input, same bytes, so that a rebuilt table shows no change."""
    built = forecasts.build(raw, markets=WAR)
    first = [path.read_bytes() for path in forecasts.write(built, tmp_path / "a")]
    second = [path.read_bytes() for path in forecasts.write(built, tmp_path / "b")]
    assert first == second
