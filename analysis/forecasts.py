"""How predictions and crowd forecasts about the war fared: counts, agreement, scores.

What none of these measures can tell.  The table of predictions is a collected list, not a
sample: a share of it is a share of the list, so it carries no sampling interval, and how
well anybody predicts is not in it.  The crowd forecasts are a census of their sets of
questions; an interval says how far the answer would move if the same kind of events were
drawn again, and questions that turn on one event are drawn together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from analysis.hedges import hedge

Partly = Literal["not failed", "failed", "left out", "half"]
Weight = Literal["prediction", "event"]
Array = NDArray[Any]

OUTCOMES = ("true", "partly", "false", "unresolved")
TYPES = ("continuity", "sharp change", "condition not met")
PASSES: Mapping[int, str] = {1: "first", 2: "second"}

# A market's opening price is one person's; after a week others have traded in most of them.
CROWD_AGE_DAYS = 7

# Fixed, so that the same data give the same intervals; 9,999 as scipy's own default.
SEED = 20240603
RESAMPLES = 9_999

_PARTLY_AS: Mapping[Partly, float] = {
    "not failed": 0.0,
    "failed": 1.0,
    "left out": math.nan,
    "half": 0.5,
}


# Two passes over one list ----------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """How far two codings of the same rows agree.

    Attributes
    ----------
    rows, agreeing : int
    kappa, low, high : float
        Cohen's kappa with its 95 percent interval (asymptotic): agreement beyond what the
        two margins alone would give; 1 is full agreement, 0 is none beyond chance.
    """

    rows: int
    agreeing: int
    kappa: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """Share of rows coded alike."""
        return self.agreeing / self.rows


def coded(predictions: pd.DataFrame, codings: pd.DataFrame, coding_pass: int) -> pd.DataFrame:
    """Return the predictions with the outcome and type of one pass.

    Parameters
    ----------
    predictions, codings : DataFrame
        Tables ``predictions`` and ``prediction-codings``.
    coding_pass : {1, 2}

    Raises
    ------
    ValueError
        Predictions without a coding, or codings without a prediction.
    """
    columns = ["prediction_id", "outcome", "forecast_type", "side_of_error"]
    sheet = codings.loc[codings["coding_pass"] == coding_pass, columns]
    odd = set(sheet["prediction_id"]) ^ set(predictions["prediction_id"])
    if odd:
        message = f"pass {coding_pass}: predictions without their coding or the reverse: {odd}"
        raise ValueError(message)
    return predictions.merge(sheet, on="prediction_id", validate="one_to_one")


def cross_table(codings: pd.DataFrame, column: str, categories: tuple[str, ...]) -> pd.DataFrame:
    """Count rows by the category of the first pass (down) and of the second (across)."""
    wide = codings.pivot_table(
        index="prediction_id", columns="coding_pass", values=column, aggfunc="first"
    )
    table = pd.crosstab(wide[1], wide[2])
    ordered = table.reindex(index=list(categories), columns=list(categories), fill_value=0)
    ordered.index.name, ordered.columns.name = "first pass", "second pass"
    return ordered


def agreement(codings: pd.DataFrame, column: str, categories: tuple[str, ...]) -> Agreement:
    """Measure how far the two passes agree on a column of the coding sheet."""
    table = cross_table(codings, column, categories)
    result = cohens_kappa(table.to_numpy())
    return Agreement(
        rows=int(table.to_numpy().sum()),
        agreeing=int(np.trace(table.to_numpy())),
        kappa=float(result.kappa),
        low=float(result.kappa_low),
        high=float(result.kappa_upp),
    )


# A collected list ------------------------------------------------------------------------


def due_by(predictions: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the predictions made and due on or before a day."""
    return predictions[(predictions["made"] <= day) & (predictions["due"] <= day)]


def counts(predictions: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count outcomes within each value of a column.

    Parameters
    ----------
    predictions : DataFrame
        With ``outcome`` (see `coded`) and the column `by`.

    Returns
    -------
    DataFrame
        One row for each pair that occurs: `by`, outcome, predictions (count), share (of the
        value's predictions) and start (share of the outcomes before it in the fixed order).
    """
    table = pd.crosstab(predictions[by], predictions["outcome"])
    table = table.reindex(columns=list(OUTCOMES), fill_value=0).reset_index()
    long = table.melt(id_vars=by, var_name="outcome", value_name="predictions")
    long["share"] = long["predictions"] / long.groupby(by)["predictions"].transform("sum")
    # The rows stand in the fixed order of outcomes, so the running sum is where a bar begins.
    long["start"] = long.groupby(by)["share"].cumsum() - long["share"]
    kept: pd.DataFrame = long[long["predictions"] > 0].reset_index(drop=True)
    return kept


def share_failed(
    predictions: pd.DataFrame, *, partly: Partly = "not failed", weight: Weight = "prediction"
) -> float:
    """Return the share of resolved predictions that failed (0 to 1).

    Parameters
    ----------
    predictions : DataFrame
        With ``outcome`` and ``event_id``; unresolved ones are left out.
    partly : str
        What a prediction that came true in part counts as.
    weight : {"prediction", "event"}
        ``event``: predictions of one event share the weight of one, so that ten people who
        said the same of Kyiv count once.

    Raises
    ------
    ValueError
        No prediction is resolved.
    """
    failed = predictions["outcome"].map(
        {"true": 0.0, "false": 1.0, "partly": _PARTLY_AS[partly], "unresolved": math.nan}
    )
    resolved = failed.dropna()
    if resolved.empty:
        message = "no prediction of the list is resolved"
        raise ValueError(message)
    if weight == "event":
        return float(resolved.groupby(predictions["event_id"]).mean().mean())
    return float(resolved.mean())


def unseen_bounds(failed: int, resolved: int, unseen: int) -> tuple[float, float]:
    """Return the least and the greatest share failed if so many more were found.

    The least is reached when all unseen predictions came true, the greatest when all failed.
    """
    return failed / (resolved + unseen), (failed + unseen) / (resolved + unseen)


def unseen_failures_needed(failed: int, resolved: int, share: float) -> int:
    """Return how many unseen predictions, all failed, would lift the share to a value.

    Parameters
    ----------
    failed, resolved : int
        Of the list.
    share : float
        Share to be reached, below 1.

    Returns
    -------
    int
        Zero if the list is there already.
    """
    # A rounding of 1e-9 keeps a share that is met exactly from asking for one more.
    return max(0, math.ceil((share * resolved - failed) / (1 - share) - 1e-9))


# Crowd forecasts -------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """A mean score with the interval of a bootstrap over events.

    Attributes
    ----------
    value, low, high : float
    questions, events : int
    """

    value: float
    low: float
    high: float
    questions: int
    events: int


def brier(probability: pd.Series[float], outcome: pd.Series[Any]) -> pd.Series[float]:
    """Return the squared distance of each probability from what happened (0 best, 1 worst)."""
    return (probability - outcome.astype(float)) ** 2


def log_loss(probability: pd.Series[float], outcome: pd.Series[Any]) -> pd.Series[float]:
    """Return minus the natural logarithm of the probability given to what happened (nats)."""
    given = probability.where(outcome.astype(int) == 1, 1 - probability)
    return -given.map(math.log)


def questions(
    events: pd.DataFrame,
    markets: pd.DataFrame,
    contest: pd.DataFrame,
    platforms: pd.DataFrame,
    prices: pd.DataFrame,
    *,
    age_days: int = CROWD_AGE_DAYS,
) -> pd.DataFrame:
    """Put the three sets of crowd forecasts into one table.

    Parameters
    ----------
    events, markets, contest, platforms, prices : DataFrame
        Tables ``crowd-events``, ``crowd-markets-2022``, ``crowd-contest-2023``,
        ``crowd-questions-2024-2026`` and ``crowd-prices-2022``.
    age_days : int
        Age at which the markets are scored.  At zero it is the opening price, which one
        person set for all of them; a market that had closed by that age is left out.

    Returns
    -------
    DataFrame
        census, question_id, question, probability (price at that age, mean answer, first
        snapshot), outcome, event_id, brier, log_loss.
    """
    then = prices.loc[prices["age_days"] == age_days, ["market_id", "probability"]]
    parts = [
        markets.merge(then, on="market_id", validate="one_to_one").rename(
            columns={"market_id": "question_id"}
        ),
        contest.rename(columns={"mean_probability": "probability"}),
        platforms.rename(columns={"first_probability": "probability"}),
    ]
    names = ("2022 markets", "2023 contest", "2024-26 platforms")
    columns = ["question_id", "question", "probability", "outcome"]
    table = pd.concat(
        [part[columns].assign(census=name) for name, part in zip(names, parts, strict=True)]
    )
    table = table.merge(events, on=["census", "question_id"], validate="one_to_one")
    table["brier"] = brier(table["probability"], table["outcome"])
    table["log_loss"] = log_loss(table["probability"], table["outcome"])
    return table


def _by_event(table: pd.DataFrame, columns: list[str]) -> list[Array]:
    """Return for each column its sum by event, and last the number of questions by event."""
    grouped = table.assign(one=1.0).groupby("event_id")[[*columns, "one"]].sum()
    return [grouped[name].to_numpy(dtype=float) for name in [*columns, "one"]]


def _ratio(top: Array, bottom: Array, *, axis: int = -1) -> Any:
    return top.sum(axis=axis) / bottom.sum(axis=axis)


def _against_base_rate(squared: Array, happened: Array, number: Array, *, axis: int = -1) -> Any:
    """Brier score less that of always naming the base rate of these very questions."""
    base = happened.sum(axis=axis) / number.sum(axis=axis)
    return _ratio(squared, number, axis=axis) - base * (1 - base)


def _interval(samples: list[Array], statistic: Any) -> tuple[float, float]:
    found = stats.bootstrap(
        samples,
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def mean_score(table: pd.DataFrame, column: str) -> Score:
    """Return the mean of a score with its 95 percent interval, drawn by event.

    Parameters
    ----------
    table : DataFrame
        One question a row, with ``event_id`` and the score.
    column : str
        Name of the score, for example ``"brier"``.
    """
    samples = _by_event(table, [column])
    low, high = _interval(samples, _ratio)
    return Score(float(_ratio(*samples)), low, high, len(table), len(samples[0]))


def base_rate_brier(table: pd.DataFrame) -> float:
    """Return the Brier score of always naming the share of these questions that came to pass.

    It is p (1 - p), and it knows the share in advance, which no forecaster did.
    """
    share = float(table["outcome"].astype(float).mean())
    return share * (1 - share)


def base_rate_log_loss(table: pd.DataFrame) -> float:
    """Return the log loss of always naming that share: its entropy, in nats."""
    share = float(table["outcome"].astype(float).mean())
    return float(stats.entropy([share, 1 - share]))


def beats_base_rate(table: pd.DataFrame) -> Score:
    """Return the Brier score less that of the base rate: below zero is better than it."""
    scored = table.assign(happened=table["outcome"].astype(float))
    samples = _by_event(scored, ["brier", "happened"])
    low, high = _interval(samples, _against_base_rate)
    value = float(_against_base_rate(*samples))
    return Score(value, low, high, len(table), len(samples[0]))


def wrong_side(table: pd.DataFrame) -> float:
    """Return the share of forecasts on the wrong side of one half; one half itself is wrong."""
    right = (table["probability"] > 0.5) == (table["outcome"].astype(int) == 1)
    return float((~right | (table["probability"] == 0.5)).mean())


def score_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of each set of questions beside those of its base rate.

    Returns
    -------
    DataFrame
        census, questions, events, brier, brier_low, brier_high, base_brier, difference,
        difference_low, difference_high, log_loss, base_log_loss, wrong_side (share).
    """
    rows = []
    for census, part in table.groupby("census"):
        score, gain = mean_score(part, "brier"), beats_base_rate(part)
        rows.append(
            {
                "census": census,
                "questions": score.questions,
                "events": score.events,
                "brier": score.value,
                "brier_low": score.low,
                "brier_high": score.high,
                "base_brier": base_rate_brier(part),
                "difference": gain.value,
                "difference_low": gain.low,
                "difference_high": gain.high,
                "log_loss": float(part["log_loss"].mean()),
                "base_log_loss": base_rate_log_loss(part),
                "wrong_side": wrong_side(part),
            }
        )
    return pd.DataFrame(rows)


def learning(
    markets: pd.DataFrame, prices: pd.DataFrame, events: pd.DataFrame, *, open_for_days: int
) -> pd.DataFrame:
    """Return the Brier score by age over the markets that were open so long.

    The same markets stand at every age: a mean over whatever is still open would fall for
    no other reason than that short questions drop out.

    Returns
    -------
    DataFrame
        age_days, brier, low, high (95 percent, by event), markets, events, traders (the
        median number of people who had traded in a market).
    """
    outcomes = markets.set_index("market_id")["outcome"]
    event = events.set_index("question_id")["event_id"]
    lasting = prices.loc[prices["age_days"] == open_for_days, "market_id"]
    table = prices[prices["market_id"].isin(lasting) & (prices["age_days"] <= open_for_days)]
    table = table.assign(event_id=table["market_id"].map(event))
    table["brier"] = brier(table["probability"], table["market_id"].map(outcomes))
    rows = [
        {
            "age_days": age,
            **_as_row(mean_score(part, "brier")),
            "traders": float(part["traders"].median()),
        }
        for age, part in table.groupby("age_days")
    ]
    return pd.DataFrame(rows)


def _as_row(score: Score) -> dict[str, float | int]:
    return {
        "brier": score.value,
        "low": score.low,
        "high": score.high,
        "markets": score.questions,
        "events": score.events,
    }


def calibration(table: pd.DataFrame, edges: tuple[float, ...]) -> pd.DataFrame:
    """Compare probabilities with what happened, in classes of probability.

    Within a class each event counts once, with the mean of its outcomes, and the interval
    is Wilson's for so many events: copies of one event do not make it narrower.

    Parameters
    ----------
    table : DataFrame
        probability, outcome, event_id.
    edges : tuple of float
        Ends of the classes, from 0 to 1.

    Returns
    -------
    DataFrame
        forecast (mean probability), happened (share), low, high, questions, events.
    """
    classes = pd.cut(table["probability"], list(edges), include_lowest=True)
    rows = []
    for _, part in table.assign(happened=table["outcome"].astype(float)).groupby(
        classes, observed=True
    ):
        by_event = part.groupby("event_id")[["probability", "happened"]].mean()
        number = len(by_event)
        low, high = proportion_confint(by_event["happened"].sum(), number, method="wilson")
        rows.append(
            {
                "forecast": float(by_event["probability"].mean()),
                "happened": float(by_event["happened"].mean()),
                "low": float(low),
                "high": float(high),
                "questions": len(part),
                "events": number,
            }
        )
    return pd.DataFrame(rows)


def calibration_slope(table: pd.DataFrame) -> Score:
    """Return the slope of what happened on the log odds of the forecast (Cox).

    One means that the odds were right; below one they were too far apart, as when nine in
    ten is said of what happens six times in ten; zero means no relation.  The interval uses
    errors clustered by event.
    """
    odds = pd.Series(np.log(table["probability"] / (1 - table["probability"])), name="odds")
    groups = pd.factorize(table["event_id"])[0]
    fit = sm.Logit(table["outcome"].astype(float), sm.add_constant(odds)).fit(
        disp=0, cov_type="cluster", cov_kwds={"groups": groups}
    )
    low, high = fit.conf_int().loc["odds"]
    return Score(
        float(fit.params["odds"]), float(low), float(high), len(table), int(groups.max() + 1)
    )


# Words of chance -------------------------------------------------------------------------


def chance_interval(word: str) -> tuple[float, float]:
    """Return the probabilities that a word of chance allows; (0, 1) for no word.

    Raises
    ------
    ValueError
        The word is not one of chance.
    """
    if not word:
        return 0.0, 1.0
    chosen = hedge(word)
    if chosen.kind != "chance":
        message = f"{word!r} is a word of {chosen.kind}, not of chance"
        raise ValueError(message)
    return chosen.holds.low, chosen.holds.high


def brier_of_word(word: str, *, happened: bool) -> tuple[float, float]:
    """Return the best and the worst Brier score that a word of chance can earn.

    A word that allows nearly everything can earn nearly any score: it was not risked.
    """
    low, high = chance_interval(word)
    ends = [(end - float(happened)) ** 2 for end in (low, high)]
    best = 0.0 if low <= float(happened) <= high else min(ends)
    return best, max(ends)


def article_board(forecasts: pd.DataFrame, verdicts: Mapping[tuple[str, str], str]) -> pd.DataFrame:
    """Set each forecast of the article beside what its word allows and what came of it.

    Parameters
    ----------
    forecasts : DataFrame
        Table ``article-forecasts``.
    verdicts : mapping of (claim_id, component) to str
        Verdicts by the claims' own rules.

    Returns
    -------
    DataFrame
        The table with verdict, low and high (probability that the word allows), event_share
        (1 happened, 0 did not, missing while open or in part) and brier_best, brier_worst.
    """
    table = forecasts.copy()
    keys = zip(table["claim_id"], table["component"], strict=True)
    table["verdict"] = [verdicts[key] for key in keys]
    ends = [chance_interval(str(word)) for word in table["chance_word"]]
    table["low"], table["high"] = ([end[side] for end in ends] for side in (0, 1))
    came = table["verdict"].map({"came true": True, "failed": False})
    table["event_share"] = [
        math.nan if pd.isna(true) else float(bool(true) == bool(means))
        for true, means in zip(came, table["true_means_event"], strict=True)
    ]
    scores = [
        (math.nan, math.nan)
        if math.isnan(share)
        else brier_of_word(str(word), happened=share == 1.0)
        for word, share in zip(table["chance_word"], table["event_share"], strict=True)
    ]
    table["brier_best"], table["brier_worst"] = ([s[side] for s in scores] for side in (0, 1))
    return table
