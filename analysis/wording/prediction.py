"""Numbers and figure texts of the chapter on the record of prediction."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis import claims, forecasts, tables
from analysis.assessing import evidence
from analysis.assessments import prediction
from analysis.book import Column
from analysis.forecasts import Score
from analysis.formatting import between, count, day
from analysis.formatting import number as _number
from analysis.formatting import percent as _percent
from analysis.hedges import allowed

ARTICLE = claims.ARTICLE_DATE
LIST_SOURCE = "Sources: the pages named in each row of the table of predictions"
MARKETS_SOURCE = "Manifold copies of Metaculus questions, collected by Nikos Bosse"
CONTEST_SOURCE = "Astral Codex Ten contest, answers collected by Jared Breffle"
PLATFORM_SOURCE = "ForecastBench (INFER, Metaculus, Manifold, Polymarket)"
# Six classes would leave one event in some of them.
CLASSES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
OPEN_FOR_DAYS = 60
# Ages at which the chart of learning is read off in prose.
SLOW_DAYS, MONTH_DAYS = 14, 30

OUTCOME_LABELS = {
    "true": "came true",
    "partly": "in part",
    "false": "failed",
    "unresolved": "open or untested",
}
LABELS = list(OUTCOME_LABELS.values())
SUBJECTS = (
    "invasion",
    "Russian success",
    "Ukrainian success",
    "early end",
    "no decision",
    "Russian economy",
    "other",
)
CENSUS_LABELS = {
    "2022 markets": f"2022, after {forecasts.CROWD_AGE_DAYS} days",
    "2023 contest": "2023 contest",
    "2024-26 platforms": "2024–26 platforms",
}
# Points of one subject are spread over so many lines, so that they do not hide one another.
LANES = 5


def number(value: Any, decimals: int = 0) -> str:
    """Write a cell of a table as a number."""
    return _number(float(value), decimals)


def percent(value: Any) -> str:
    """Write a cell of a table, a share of one, as a percentage."""
    return _percent(float(value))


# Frames for charts and tables ----------------------------------------------------------------


def listed() -> pd.DataFrame:
    """Return every prediction with its outcome in both passes, ready to draw."""
    table = prediction.coded(1).sort_values(["made", "prediction_id"], ignore_index=True)
    second = prediction.coded(2).set_index("prediction_id")["outcome"].map(OUTCOME_LABELS)
    table["result"] = table["outcome"].map(OUTCOME_LABELS)
    table["second_result"] = table["prediction_id"].map(second)
    table["subject"] = table["subject"].replace({"economy": "Russian economy"})
    table["lane"] = table.groupby("subject").cumcount() % LANES
    columns = ["made", "due", "forecaster", "statement", "subject", "result", "second_result"]
    return table[[*columns, "lane", "publisher"]]


def bands() -> pd.DataFrame:
    """Return the shares, in percent, for which the words hold and roughly hold."""
    holds, roughly = allowed(prediction.EVERY, 1.0)
    rows = [("roughly", roughly.low, holds.low), ("holds", holds.low, holds.high)]
    table = pd.DataFrame(rows, columns=["word", "low", "high"])
    table[["low", "high"]] *= 100
    return table


def by_kind() -> pd.DataFrame:
    """Count outcomes of the predictions due by the article's date, by type and pass."""
    parts = []
    for number_, name in forecasts.PASSES.items():
        table = forecasts.counts(prediction.due(number_), "forecast_type")
        parts.append(table.assign(row=table["forecast_type"] + f", {name}", coding_pass=name))
    return _labelled(pd.concat(parts, ignore_index=True))


def by_side() -> pd.DataFrame:
    """Count outcomes of predictions of a success of either side, by term and pass."""
    parts = []
    for subject in ("Russian success", "Ukrainian success"):
        for number_, name in forecasts.PASSES.items():
            table = prediction.coded(number_).query("subject == @subject")
            early = (table["due"] <= ARTICLE) & (table["made"] <= ARTICLE)
            term = early.map({True: "by June 2024", False: "later"})
            table = table.assign(term=term + f", {_SHORT_PASS[name]}")
            parts.append(forecasts.counts(table, "term").assign(subject=subject, coding_pass=name))
    return _labelled(pd.concat(parts, ignore_index=True))


_SHORT_PASS = {"first": "1st", "second": "2nd"}


def by_group() -> pd.DataFrame:
    """Count outcomes of the predictions due by the article's date, by kind of forecaster.

    A cell holds the number in the first pass and, after a stroke, that in the second.
    """
    wide = [
        pd.crosstab(table["group"], table["outcome"])
        for table in (prediction.resolved(prediction.due(n)) for n in forecasts.PASSES)
    ]
    groups = wide[0].sum(axis=1).sort_values(ascending=False).index
    shown = pd.DataFrame(index=groups)
    for outcome in ("true", "partly", "false"):
        pairs = [table.reindex(groups)[outcome].fillna(0).astype(int) for table in wide]
        shown[OUTCOME_LABELS[outcome]] = [f"{one} / {two}" for one, two in zip(*pairs, strict=True)]
    return shown


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    table["result"] = table["outcome"].map(OUTCOME_LABELS)
    # Bars are stacked by number, in the fixed order of outcomes.
    keys = [name for name in ("row", "subject", "term") if name in table]
    table["order"] = table["result"].map(LABELS.index)
    table = table.sort_values([*keys, "order"], ignore_index=True)
    table["to"] = table.groupby(keys)["predictions"].cumsum()
    table["from"] = table["to"] - table["predictions"]
    table["middle"] = (table["from"] + table["to"]) / 2
    return table


def agreement_table() -> pd.DataFrame:
    """Return the outcomes of the first pass (down) by those of the second (across)."""
    table = forecasts.cross_table(tables.read("prediction-codings"), "outcome", forecasts.OUTCOMES)
    return table.rename(index=OUTCOME_LABELS, columns=OUTCOME_LABELS)


@cache
def scores() -> pd.DataFrame:
    """Return the scores of the three sets of crowd forecasts, and of the opening prices."""
    crowd = forecasts.score_table(prediction.crowds())
    crowd = crowd.assign(set=crowd["census"].map(CENSUS_LABELS), who="a crowd")
    opening = forecasts.score_table(prediction.crowds(0).query("census == '2022 markets'"))
    opening = opening.assign(set="2022, opening price", who="one person")
    return pd.concat([opening, crowd], ignore_index=True)


@cache
def learning() -> pd.DataFrame:
    """Return the Brier score by age of the markets of 2022, and whose price it is."""
    found = forecasts.learning(
        tables.read("crowd-markets-2022"),
        tables.read("crowd-prices-2022"),
        tables.read("crowd-events"),
        open_for_days=OPEN_FOR_DAYS,
    )
    return found.assign(who=found["age_days"].eq(0).map({True: "one person", False: "a crowd"}))


@cache
def calibration() -> pd.DataFrame:
    """Return forecasts and outcomes by class, for the two larger sets."""
    parts = []
    for census in ("2022 markets", "2024-26 platforms"):
        part = prediction.crowds().query("census == @census")
        parts.append(forecasts.calibration(part, CLASSES).assign(set=CENSUS_LABELS[census]))
    table = pd.concat(parts, ignore_index=True)
    shares = ["forecast", "happened", "low", "high"]
    table[shares] *= 100
    return table


@cache
def board() -> pd.DataFrame:
    """Return the article's forecasts with the verdicts of the chapters they are at home in."""
    table = tables.read("article-forecasts")
    verdicts = {
        (claim_id, finding.component): finding.verdict
        for claim_id in table["claim_id"].unique()
        for finding in _findings(claim_id)
    }
    made = forecasts.article_board(table, verdicts)
    made["label"] = made["label"].astype(str)
    return made.sort_values(["low", "high", "label"], ascending=False, ignore_index=True)


def _findings(claim_id: str) -> list[Any]:
    record = claims.assess(claim_id)
    if record.components:
        return list(record.components)
    names = list(claims.components(claim_id).index) or [""]
    return [_Unassessed(name, record.verdict) for name in names]


class _Unassessed:
    """A proposition whose chapter is still to come."""

    def __init__(self, component: str, verdict: str) -> None:
        self.component, self.verdict = component, verdict


# Numbers of the prose ------------------------------------------------------------------------


def _list() -> dict[str, str]:
    every, early = prediction.coded(1), prediction.due(1)
    outcomes = early["outcome"].value_counts()
    second = prediction.due(2)["outcome"].value_counts()
    known = prediction.resolved(early)
    later = prediction.resolved(every)
    share = forecasts.share_failed
    floor = allowed(prediction.EVERY, 1.0)
    needed = [
        forecasts.unseen_failures_needed(int(outcomes["false"]), len(known), each.low)
        for each in floor
    ]
    doubled = forecasts.unseen_bounds(int(outcomes["false"]), len(known), len(known))
    return {
        "listed": number(len(every)),
        "events": number(every["event_id"].nunique()),
        "due": number(len(early)),
        "due-events": number(early["event_id"].nunique()),
        "due-known": number(len(known)),
        "due-false": number(outcomes["false"]),
        "due-true": number(outcomes["true"]),
        "due-partly": count(int(outcomes["partly"])),
        "due-open": count(int(outcomes["unresolved"])),
        "second-false": number(second["false"]),
        "second-true": number(second["true"]),
        "second-partly": count(int(second["partly"])),
        "second-open": count(int(second["unresolved"])),
        "share": percent(share(early)),
        "share-partly": percent(share(early, partly="failed")),
        "share-event": percent(share(early, weight="event")),
        "share-event-second": percent(share(prediction.due(2), weight="event")),
        "share-later": percent(share(later)),
        "later-known": number(len(later)),
        "later-false": number((later["outcome"] == "false").sum()),
        "exceptions": number(len(prediction.exceptions())),
        "allowed": number(prediction.exceptions_allowed()),
        "needed-nine": number(needed[0]),
        "needed-eight": number(needed[1]),
        "doubled-low": percent(doubled[0]),
        "doubled-high": percent(doubled[1]),
        "spare": percent(1 - floor[0].low),
        "spare-roughly": percent(1 - floor[1].low),
        "floor": percent(floor[0].low),
        "floor-roughly": percent(floor[1].low),
        "own-word": count(int(every["from_article"].sum())).capitalize(),
        "first-made": day(every["made"].min()),
        "last-made": day(every["made"].max()),
    }


def _passes() -> dict[str, str]:
    sheets = tables.read("prediction-codings")
    outcome = forecasts.agreement(sheets, "outcome", forecasts.OUTCOMES)
    kind = forecasts.agreement(sheets, "forecast_type", forecasts.TYPES)
    flips = agreement_table().loc[["came true"], ["failed"]].to_numpy().sum()
    flips += agreement_table().loc[["failed"], ["came true"]].to_numpy().sum()
    return {
        "agree": percent(outcome.share),
        "agreeing": number(outcome.agreeing),
        "differ": count(outcome.rows - outcome.agreeing),
        "flips": _or_none(int(flips)),
        "kappa": number(outcome.kappa, 2),
        "kappa-low": number(outcome.low, 2),
        "kappa-high": number(outcome.high, 2),
        "kind-agree": percent(kind.share),
        "kind-kappa": number(kind.kappa, 2),
        "kind-low": number(kind.low, 2),
        "kind-high": number(kind.high, 2),
    }


def _kinds() -> dict[str, str]:
    found: dict[str, str] = {}
    for short, column, value, outcome in (
        ("sharp-false", "forecast_type", "sharp change", "false"),
        ("same-true", "forecast_type", "continuity", "true"),
        ("russian-false", "subject", "Russian success", "false"),
        ("ukrainian-false", "subject", "Ukrainian success", "false"),
        ("early-false", "subject", "early end", "false"),
        ("undecided-true", "subject", "no decision", "true"),
    ):
        found[short] = prediction.tally(column, value, outcome)
        found[f"{short}-all"] = prediction.tally(column, value, outcome, until=None)
    for number_, name in forecasts.PASSES.items():
        sharp = prediction.due(number_).query("forecast_type == 'sharp change'")
        found[f"sharp-share-{name}"] = percent(forecasts.share_failed(sharp))
        found[f"sharp-share-partly-{name}"] = percent(
            forecasts.share_failed(sharp, partly="failed")
        )
        same = prediction.due(number_).query("forecast_type == 'continuity'")
        found[f"same-false-{name}"] = count(int((same["outcome"] == "false").sum()))
    failed = prediction.coded(1).query("outcome == 'false'")
    sides = failed["side_of_error"].value_counts()
    found["under-russia"] = number(sides["under-rated Russia"])
    found["over-russia"] = number(sides["over-rated Russia"])
    found["over-peace"] = number(sides["over-rated peace"])
    found["all-false"] = number(len(failed))
    return found | _sides() | _people()


def _sides() -> dict[str, str]:
    """Of forecasts of a success: how many events they turn on, and the hits by term."""
    every = prediction.resolved(prediction.coded(1))
    early = every["prediction_id"].isin(prediction.due(1)["prediction_id"])
    found: dict[str, str] = {}
    for short, subject in (("russian", "Russian success"), ("ukrainian", "Ukrainian success")):
        own = every["subject"] == subject
        hits = own & (every["outcome"] == "true")
        events = every.loc[own & early, "event_id"].value_counts()
        found |= {
            f"{short}-events": count(len(events)),
            f"{short}-one-event": count(int(events.iloc[0])),
            f"{short}-hits": count(int((hits & early).sum())),
            f"{short}-later-hits": _or_none(int((hits & ~early).sum())),
            f"{short}-later": count(int((own & ~early).sum())),
        }
    return found


def _or_none(value: int) -> str:
    return count(value) if value else "none"


def _people() -> dict[str, str]:
    general = prediction.coded(1).query("forecaster == 'Mark Milley'")
    early = prediction.resolved(prediction.due(1))
    officials = early.query("group == 'official'")["outcome"].value_counts()
    generals = early.query("group == 'retired general'")
    retired = generals["outcome"]
    breakthroughs = generals.query("outcome == 'false' and subject == 'Ukrainian success'")
    return {
        "milley-all": count(len(general)),
        "milley-true": count(int((general["outcome"] == "true").sum())),
        "kept": percent(prediction.kept_of_mid_2022()),
        "officials-true": number(officials["true"]),
        "officials-false": number(officials["false"]),
        "retired-false": number((retired == "false").sum()),
        "retired": number(len(retired)),
        "retired-ukrainian": count(len(breakthroughs)),
    }


def _crowds() -> dict[str, str]:
    rows = scores().query("who == 'a crowd'").set_index("census")
    opening = scores().query("who == 'one person'").iloc[0]
    found: dict[str, str] = {
        "opening-brier": number(opening["brier"], 3),
        "opening-base": number(opening["base_brier"], 3),
        "opening-questions": number(opening["questions"]),
        "crowd-days": count(forecasts.CROWD_AGE_DAYS),
        "crowd-traders": number(_traders().median()),
        "crowd-few": count(int((_traders() < 2).sum())),
    }
    for short, census in (("m", "2022 markets"), ("c", "2023 contest"), ("p", "2024-26 platforms")):
        row = rows.loc[census]
        found |= {
            f"{short}-questions": number(row["questions"]),
            f"{short}-events": number(row["events"]),
            f"{short}-brier": number(row["brier"], 3),
            f"{short}-base": number(row["base_brier"], 3),
            f"{short}-low": number(row["brier_low"], 2),
            f"{short}-high": number(row["brier_high"], 2),
            f"{short}-gain": number(row["difference"], 3),
            f"{short}-gain-low": number(row["difference_low"], 2),
            f"{short}-gain-high": number(row["difference_high"], 2),
            f"{short}-log": number(row["log_loss"], 2),
            f"{short}-log-base": number(row["base_log_loss"], 2),
            f"{short}-wrong": percent(row["wrong_side"]),
        }
    answers = tables.read("crowd-contest-2023")["answers"]
    found["c-answers"] = between(number(answers.min()), number(answers.max()))
    return found


def _traders() -> pd.Series:
    """People who had traded in each market by the age at which it is scored."""
    prices = tables.read("crowd-prices-2022")
    return prices.loc[prices["age_days"] == forecasts.CROWD_AGE_DAYS, "traders"]


def _speed() -> dict[str, str]:
    ages = learning().set_index("age_days")
    table = prediction.crowds()
    slopes: dict[str, Score] = {
        short: forecasts.calibration_slope(table[table["census"] == census])
        for short, census in (("m", "2022 markets"), ("p", "2024-26 platforms"))
    }
    found = {
        f"{short}-slope{end}": number(value, 2)
        for short, slope in slopes.items()
        for end, value in (("", slope.value), ("-low", slope.low), ("-high", slope.high))
    }
    return found | {
        "age-last": number(OPEN_FOR_DAYS),
        "age-markets": number(ages["markets"].iloc[0]),
        "age-events": number(ages["events"].iloc[0]),
        "age-base": number(learning_base(), 3),
        "brier-open": number(ages.loc[0, "brier"], 2),
        "brier-day": number(ages.loc[1, "brier"], 2),
        "slow-days": number(SLOW_DAYS),
        "brier-slow": number(ages.loc[SLOW_DAYS, "brier"], 2),
        "month-days": number(MONTH_DAYS),
        "brier-month": number(ages.loc[MONTH_DAYS, "brier"], 2),
        "brier-last": number(ages["brier"].iloc[-1], 2),
        "kyiv-first": percent(_probability("fwt-metaculus-kyiv-april-peak")),
        "kyiv-later": percent(_probability("fwt-metaculus-kyiv-april-0314")),
        "invasion-lead": number((prediction.INVASION - _day("fwt-metaculus-invasion-jan18")).days),
    }


def learning_base() -> float:
    """Brier score of the base rate of the markets in the chart of learning."""
    prices, markets = tables.read("crowd-prices-2022"), tables.read("crowd-markets-2022")
    lasting = prices.loc[prices["age_days"] == OPEN_FOR_DAYS, "market_id"]
    return forecasts.base_rate_brier(markets[markets["market_id"].isin(lasting)])


def _probability(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


def _day(evidence_id: str) -> pd.Timestamp:
    return pd.Timestamp(evidence([evidence_id])["as_of"].iloc[0])


def _board() -> dict[str, str]:
    table = board()
    risked = table[(table["low"] >= 0.5) | (table["high"] <= 0.5)]
    return {
        "board": count(len(table)),
        "board-risked": count(len(risked)),
        "board-safe": count(len(table) - len(risked)),
        "may-worst": number(forecasts.brier_of_word("may", happened=True)[1], 2),
        "will-worst": number(forecasts.brier_of_word("will", happened=True)[1], 2),
        "will-missed": number(forecasts.brier_of_word("will", happened=False)[0], 2),
        "will-low": percent(forecasts.chance_interval("will")[0]),
        "may-low": percent(forecasts.chance_interval("may")[0]),
        "may-high": percent(forecasts.chance_interval("may")[1]),
    }


def _verdicts() -> dict[str, str]:
    home = claims.at_home_in("prediction")
    return {
        "claims": count(len(home)),
        "claims-stand": count(
            len([r for r in home if r.verdict in {"holds", "roughly holds", "not refuted"}])
        ),
        "claims-refuted": count(len([r for r in home if r.verdict == "refuted as worded"])),
        "claims-contested": count(len([r for r in home if r.verdict == "contested"])),
        "claims-none": count(len([r for r in home if r.verdict == "no verdict word"])),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_list(), _passes(), _kinds(), _crowds(), _speed(), _board(), _verdicts())
    return {name: text for part in parts for name, text in part.items()}


# Texts of figures ----------------------------------------------------------------------------


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _list_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Forecasts of a success mostly failed, for both sides; those of no decision "
        "mostly came true",
        "subtitle": f"{s['listed']} dated predictions by the day they were made, "
        "with their outcome by 20 August 2026 (first pass)",
        "source": LIST_SOURCE,
        "note": "A collected list, not a sample. Height within a row has no meaning.",
        "alt": (
            f"Dots by date in {count(len(SUBJECTS))} rows. Of the resolved predictions failed: of "
            f"a Russian success "
            f"{s['russian-false-all']}, of a Ukrainian one {s['ukrainian-false-all']}, of an early "
            f"end {s['early-false-all']}; of no decision {s['undecided-true-all']} came true."
        ),
        "caption": "The line marks the article; point at a dot for the statement.",
        "claims": ["predictions-wrong", "milley-missed"],
        "columns": {
            "made": "Made",
            "due": "Due",
            "forecaster": "Forecaster",
            "statement": "Statement",
            "subject": "Subject",
            "result": "First pass",
            "second_result": "Second pass",
            "publisher": "Read at",
        },
    }


def _kind_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Most forecasts of a sharp change failed; most forecasts of more of the same "
        "came true",
        "subtitle": f"Number of predictions due by {day(ARTICLE)}, by type, in both passes",
        "source": LIST_SOURCE,
        "note": "A collected list: news repeats bold and wrong forecasts more often.",
        "alt": (
            f"Stacked bars for both passes. Of the resolved predictions of a sharp change "
            f"{s['sharp-false']} failed; of continuity {s['same-true']} came true."
        ),
        "caption": "Each pair of bars is one type, coded in both passes with one codebook.",
        "claims": ["predictions-wrong"],
        "columns": {
            "forecast_type": "Type",
            "coding_pass": "Pass",
            "result": "Outcome",
            "predictions": Column("Predictions", 0),
        },
    }


def _share_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "No way of counting makes it just about every prediction",
        "subtitle": f"Share that had failed by {day(ARTICLE)}, percent, by way of counting",
        "source": f"{LIST_SOURCE}; {MARKETS_SOURCE}; {CONTEST_SOURCE}",
        "note": "Shares of a list carry no sampling interval. For markets (after a week) and "
        "contest: share of questions on the wrong side of even chances.",
        "alt": (
            f"Dot plot. Each prediction counted once {s['share']} had failed, by event "
            f"{s['share-event']} (second pass {s['share-event-second']}), with partly true as "
            f"failed {s['share-partly']}; markets of 2022 {s['m-wrong']}, contest for 2023 "
            f"{s['c-wrong']}. The shaded band of the words begins at {s['floor-roughly']}."
        ),
        "caption": f"Dark band: at least {s['floor']}; light band: at least "
        f"{s['floor-roughly']}. The filled dot gives the verdict.",
        "claims": ["predictions-wrong"],
        "columns": {
            "source": "Way of counting",
            "name": "Reading",
            "share_pct": Column("Failed, %", 1),
            "role": "Role",
        },
    }


def _score_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "After a week the crowd of spring 2022 did no better than the base rate; no set "
        "clearly did",
        "subtitle": "Brier score of the probability; 0 is perfect, 0.25 is always one half",
        "source": f"Sources: {MARKETS_SOURCE}; {CONTEST_SOURCE}; {PLATFORM_SOURCE}",
        "note": "Bars: 95 percent interval by bootstrap over events. The base rate knows the "
        "share of yes in advance.",
        "alt": (
            f"Dots with intervals: markets of 2022 after {s['crowd-days']} days {s['m-brier']} "
            f"beside a base rate of {s['m-base']}, their opening prices, set by one person, "
            f"{s['opening-brier']}; contest for 2023 {s['c-brier']} beside {s['c-base']}; "
            f"platforms of 2024 to 2026 {s['p-brier']} beside {s['p-base']}."
        ),
        "caption": "Filled dots are crowds, the hollow one the prices that one person set; "
        "diamonds the base rate of the same questions.",
        "claims": ["predictions-wrong"],
        "columns": {
            "set": "Questions",
            "who": "Whose probability",
            "questions": Column("Number", 0),
            "events": Column("Events", 0),
            "brier": Column("Brier score", 3),
            "base_brier": Column("Base rate", 3),
            "difference": Column("Difference", 3),
            "difference_low": Column("from", 3),
            "difference_high": Column("to", 3),
            "log_loss": Column("Log loss", 2),
            "base_log_loss": Column("Base rate, log loss", 2),
        },
    }


def _learning_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Crowds were slow for {s['slow-days']} days and right within {s['month-days']}",
        "subtitle": f"Brier score by days since the market opened, {s['age-markets']} markets open "
        f"for at least {s['age-last']} days, 2022",
        "source": f"Source: {MARKETS_SOURCE}",
        "note": f"Band: 95 percent interval by bootstrap over {s['age-events']} events.",
        "alt": (
            f"Falling line: {s['brier-day']} after a day, {s['brier-slow']} after "
            f"{s['slow-days']} days, {s['brier-month']} after {s['month-days']} days and "
            f"{s['brier-last']} after {s['age-last']}; a hollow dot at the opening, "
            f"{s['brier-open']}; the base rate of these markets scores {s['age-base']}."
        ),
        "caption": "The hollow dot is the opening price, which one person set. Below the dashed "
        "line a crowd knows more than the base rate.",
        "claims": ["predictions-wrong"],
        "columns": {
            "age_days": Column("Days open", 0),
            "who": "Whose price",
            "traders": Column("Traders, median", 0),
            "brier": Column("Brier score", 3),
            "low": Column("from", 3),
            "high": Column("to", 3),
            "markets": Column("Markets", 0),
            "events": Column("Events", 0),
        },
    }


def _calibration_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "On so few events neither set can be told from one that means what it says",
        "subtitle": "Events that happened, percent, by probability given, percent",
        "source": f"Sources: {MARKETS_SOURCE}; {PLATFORM_SOURCE}",
        "note": "Bars: Wilson interval for the number of events in the class; each event "
        "counts once.",
        "alt": (
            "A panel of dots for each set, with wide intervals beside the line of perfect "
            "calibration. The "
            f"slope is {s['m-slope']} ({s['m-slope-low']} to {s['m-slope-high']}) for 2022 and "
            f"{s['p-slope']} ({s['p-slope-low']} to {s['p-slope-high']}) for 2024 to 2026; one is "
            "right."
        ),
        "caption": "On the dashed line events happen as often as was said.",
        "claims": ["predictions-wrong"],
        "columns": {
            "set": "Questions",
            "forecast": Column("Said, %", 0),
            "happened": Column("Happened, %", 0),
            "low": Column("from", 0),
            "high": Column("to", 0),
            "questions": Column("Questions", 0),
            "events": Column("Events", 0),
        },
    }


def _board_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"{s['board-risked'].capitalize()} of the article’s {s['board']} forecasts took a "
        "risk; the others could hardly miss",
        "subtitle": "Probability that the article’s word allows, percent, and what happened",
        "source": "Source: the article; verdicts of the claims’ own chapters",
        "note": "A dot at 100 happened, at 0 did not; no dot: open, in part or not yet assessed.",
        "alt": _board_alt(),
        "caption": "The narrower the bar, the more was risked. The table gives the verdict of the "
        "claim's own chapter and the range of Brier scores that the word can earn.",
        "claims": sorted(set(board()["claim_id"])),
        "columns": {
            "label": "Forecast",
            "claim_id": "Claim",
            "component": "Part",
            "chance_word": "Word",
            "event": "Event",
            "low": Column("From", 2),
            "high": Column("To", 2),
            "verdict": "Verdict",
            "brier_best": Column("Brier, best", 3),
            "brier_worst": Column("Brier, worst", 3),
        },
    }


def _board_alt() -> str:
    parts = [
        f"{row['label']}: {row['chance_word']}, {percent(row['low'])} to {percent(row['high'])}, "
        f"{row['verdict']}"
        for row in board().to_dict("records")
    ]
    return "Bars of probability. " + "; ".join(parts) + "."


def _side_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Until June 2024 forecasts of success failed for Russia and for Ukraine alike",
        "subtitle": "Number of predictions, by what they foresaw, when they were due, and pass",
        "source": LIST_SOURCE,
        "note": "A collected list. Terms end by 3 June 2024, or later.",
        "alt": (
            f"Panels of equal size. Russian success, due by June 2024: {s['russian-false']} "
            f"resolved failed; in all {s['russian-false-all']}. Ukrainian success, due by June "
            f"2024: {s['ukrainian-false']} failed; in all {s['ukrainian-false-all']}."
        ),
        "caption": "Neither panel is the record of a camp: many of these forecasters took no side "
        "on talks.",
        "claims": ["predictions-wrong", "camp-confident"],
        "columns": {
            "subject": "Foreseen",
            "term": "Due, and pass",
            "result": "Outcome",
            "predictions": Column("Predictions", 0),
        },
    }


_FIGURES = {
    "prediction-list": _list_figure,
    "prediction-kinds": _kind_figure,
    "prediction-shares": _share_figure,
    "prediction-scores": _score_figure,
    "prediction-learning": _learning_figure,
    "prediction-calibration": _calibration_figure,
    "prediction-board": _board_figure,
    "prediction-sides": _side_figure,
}
