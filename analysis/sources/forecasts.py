"""Crowd forecasts about the war: markets of 2022 and a forecasting contest for 2023.

Upstream, files as published:

* https://github.com/nikosbosse/Metaculus-data-analyses (commit
  2c4ee8895f52de65f2f29860a0d9e12c38a3828d), ``comparison-manifold/manifold-data/``:
  ``metaculus-binary-markets.csv`` and ``metaculus-binary-bets.csv``.  One author copied
  questions of the forecasting platform Metaculus to the play-money market Manifold; the
  files hold every trade.  No licence is stated, so only prices at a few ages leave here.
* https://github.com/jbreffle/acx-prediction-contest (commit
  df31d0df977bfc0b8110af3ff763876ee4f1f577): ``current_manifold_prob.csv`` (the outcomes) and
  ``acx2023_blindmode_war_questions.csv``, the war questions of the published answers (percent,
  one row a person).  No licence is stated, so only means leave here.

Which markets are about the war is a choice made by reading; it is written down in the table
``crowd-events`` and nowhere else.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import tables
from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

MARKETS = "metaculus-binary-markets.csv"
TRADES = "metaculus-binary-bets.csv"
ANSWERS = "acx2023_blindmode_war_questions.csv"
OUTCOMES = "current_manifold_prob.csv"

# Ages in days at which a price is kept; the chart of learning shows these.
AGES_DAYS = (0, 1, 3, 7, 14, 21, 30, 45, 60, 75, 90)
RESOLVED = {"YES": 1, "NO": 0}
_METACULUS = re.compile(r"questions/(\d+)/([\w-]+)")


def build(raw: Path, *, markets: set[str] | None = None) -> dict[str, pd.DataFrame]:
    """Read the trades of the markets and the answers of the contest.

    Parameters
    ----------
    raw : Path
        Folder with the four files named above.
    markets : set of str, optional
        Ids of the markets about the war; those of ``crowd-events`` by default.

    Returns
    -------
    dict of str to DataFrame
        ``crowd-markets-2022`` (one market a row), ``crowd-prices-2022`` (market_id, age_days,
        probability, traders) and ``crowd-contest-2023`` (one question a row); probabilities 0 to 1.

    Raises
    ------
    DataError
        With every market that is missing or does not name its Metaculus question, every price
        outside 0 to 1, and every question of the contest without an outcome.
    """
    wanted = _war_markets() if markets is None else markets
    listed = pd.read_csv(raw / MARKETS).set_index("id", drop=False)
    trades = pd.read_csv(raw / TRADES)
    raise_all([*_market_violations(listed, wanted), *_price_violations(trades)])
    # Markets resolved to a percentage have no outcome that a forecast could be scored by.
    scored = listed[listed.index.isin(wanted) & listed["resolution"].isin(RESOLVED)]
    trades = trades.assign(time=pd.to_datetime(trades["createdTime"], unit="ms"))
    by_market = {name: part.sort_values("time") for name, part in trades.groupby("contractId")}
    rows = [_market(row, by_market[row["id"]]) for _, row in scored.iterrows()]
    prices = [_prices(row, by_market[row["id"]]) for _, row in scored.iterrows()]
    return {
        "crowd-markets-2022": pd.DataFrame(rows).sort_values("market_id", ignore_index=True),
        "crowd-prices-2022": pd.concat(prices).sort_values(
            ["market_id", "age_days"], ignore_index=True
        ),
        "crowd-contest-2023": _contest(raw),
    }


def write(built: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the three tables with the digits that are shown; return what was written."""
    series = data / "series"
    return [
        write_csv(
            built["crowd-markets-2022"],
            series / "crowd_markets_2022.csv",
            {"opening_probability": 4, "final_probability": 4},
        ),
        write_csv(built["crowd-prices-2022"], series / "crowd_prices_2022.csv", {"probability": 4}),
        write_csv(
            built["crowd-contest-2023"],
            series / "crowd_contest_2023.csv",
            {"mean_probability": 4, "median_probability": 4, "share_above_half": 4},
        ),
    ]


def _war_markets() -> set[str]:
    events = tables.read("crowd-events")
    return set(events.loc[events["census"] == "2022 markets", "question_id"])


def _market_violations(listed: pd.DataFrame, wanted: set[str]) -> list[Violation]:
    missing = sorted(wanted - set(listed.index))
    found = [Violation(MARKETS, name, "id", name, "a market of the dump") for name in missing]
    texts = listed.loc[listed.index.isin(wanted), "description"].astype(str)
    return found + [
        Violation(MARKETS, str(name), "description", text[:40], "a Metaculus address")
        for name, text in texts.items()
        if not _METACULUS.search(text)
    ]


def _price_violations(trades: pd.DataFrame) -> list[Violation]:
    return [
        Violation(TRADES, int(str(place)) + 2, column, str(value), "a probability from 0 to 1")
        for column in ("probBefore", "probAfter")
        for place, value in trades[column].items()
        if not 0 <= value <= 1
    ]


def _market(row: pd.Series, trades: pd.DataFrame) -> dict[str, object]:
    opened, closed = _life(row)
    # Checked before: each market names the question that it copies.
    number, name = _METACULUS.findall(str(row["description"]))[0]
    return {
        "market_id": row["id"],
        "metaculus_id": int(number),
        "question": name,
        "opened": opened.normalize(),
        "closed": closed.normalize(),
        "outcome": RESOLVED[row["resolution"]],
        "opening_probability": float(trades["probBefore"].iloc[0]),
        "final_probability": float(trades["probAfter"].iloc[-1]),
        "trades": len(trades),
    }


def _life(row: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return when a market opened and when trading in it ended."""
    end = min(row["closeTime"], row["resolutionTime"])
    return pd.Timestamp(row["createdTime"], unit="ms"), pd.Timestamp(end, unit="ms")


def _prices(row: pd.Series, trades: pd.DataFrame) -> pd.DataFrame:
    """Return the last price at each age that the open market reached, and who had traded."""
    opened, closed = _life(row)
    ages = [age for age in AGES_DAYS if opened + pd.Timedelta(days=age) < closed]
    times = trades["time"].to_numpy()
    found, people = [], []
    for age in ages:
        before = int(np.searchsorted(times, (opened + pd.Timedelta(days=age)).to_datetime64()))
        # Until the first trade the price is the one that the market's author set.
        source = trades["probAfter"].iloc[before - 1] if before else trades["probBefore"].iloc[0]
        found.append(float(source))
        people.append(trades["userId"].iloc[:before].nunique())
    return pd.DataFrame(
        {"market_id": row["id"], "age_days": ages, "probability": found, "traders": people}
    )


def _contest(raw: Path) -> pd.DataFrame:
    answers = pd.read_csv(raw / ANSWERS)
    listed = pd.read_csv(raw / OUTCOMES).set_index("question_number")
    asked = [name for name in answers.columns if name.endswith("_prob_pct")]
    numbers = [int(name[1:].split("_")[0]) for name in asked]
    outcomes = {int(str(n)): str(text) for n, text in listed["resolution"].items()}
    titles = {int(str(n)): str(text).split(". ", 1)[-1] for n, text in listed["question"].items()}
    raise_all(
        Violation(OUTCOMES, number, "resolution", outcomes.get(number, "missing"), "YES or NO")
        for number in numbers
        if outcomes.get(number) not in RESOLVED
    )
    shares = answers[asked] / 100
    return pd.DataFrame(
        {
            "question_id": [str(number) for number in numbers],
            "question": [titles[number] for number in numbers],
            "answers": shares.notna().sum().to_numpy(),
            "mean_probability": shares.mean().to_numpy(),
            "median_probability": shares.median().to_numpy(),
            "share_above_half": [float((c.dropna() > 0.5).mean()) for _, c in shares.items()],
            "outcome": [RESOLVED[outcomes[number]] for number in numbers],
        }
    )
