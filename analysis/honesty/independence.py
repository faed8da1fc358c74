"""The weightiest numbers of the argument a second time, as SQL straight over the tables.

Each file in ``sql/`` is one query of DuckDB over the CSV files; it shares no line with the
measures, no library with them and, where there are two ways, not the way either.  What both
give must agree to the last digit that a reader is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from math import floor, log10
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from analysis import aid, claims, endings, forecasts, losses, tables, terms, territory, timing
from analysis.paths import DATA, ROOT
from analysis.sources.tables import write_csv

TABLE: Final = DATA / "independence.csv"
FOLDER: Final = Path(__file__).parent / "sql"

ARTICLE: Final = claims.ARTICLE_DATE
_WINDOW: Final = ("2024-06", "2025-11")


@dataclass(frozen=True)
class Weighty:
    """One number on which the argument leans.

    Attributes
    ----------
    query, column : str
        File in ``sql/`` and its column, which is the second implementation.
    name, unit : str
    key : str
        Chapter and finished string in which readers meet it.
    precision : float
        Step of the last digit that readers are shown.
    why : str
        What hangs on it.
    first : callable
        The first implementation: the book's own measure.
    """

    query: str
    column: str
    name: str
    unit: str
    key: str
    precision: float
    why: str
    first: Callable[[], float]


def _lines() -> pd.DataFrame:
    return tables.read("act-2024-lines")


def _allocated(group: str) -> float:
    return aid.allocated_eur_bn(tables.read("kiel-monthly-groups"), group, *_WINDOW)


def _maps() -> pd.DataFrame:
    return tables.read("deepstate-daily-total")


def _window_gain() -> float:
    first = _maps()["date"].min().date()
    return territory.net_change_km2(_maps(), first, claims.WINDOW_END.date())


def _share_held() -> float:
    last = _maps()["date"].max().date()
    return 100 * territory.level_km2(_maps(), last) / territory.UKRAINE_KM2


def _fall_month() -> float:
    fall = territory.net_gain_by_period(
        tables.read("territory-published-changes"), tables.read("isw-layers-daily")
    )
    own = fall.query("reading_id == 'mid-fall-month' and tracker == 'ISW'")
    return float(own["net_gain_sq_mi"].iloc[0])


def _fall_days() -> float:
    # With nothing left out, so that the article's own number is among the figures too.
    fall = territory.net_gain_by_period(
        tables.read("territory-published-changes"),
        tables.read("isw-layers-daily"),
        least_cover=0.0,
        least_inside=0.0,
    )
    row = fall.query("reading_id == 'astronomical' and evidence_ids == 'nyt-net-gain-188'")
    period = next(one for one in territory.LAST_FALL if one.reading_id == "astronomical")
    return float(row["cover"].iloc[0]) * period.days


def _loss_ratio() -> float:
    oryx = tables.read("oryx-losses")
    russia, ukraine = (losses.confirmed(oryx, side) for side in ("Russia", "Ukraine"))
    return losses.on_day(russia, ARTICLE) / losses.on_day(ukraine, ARTICLE)


def _surviving() -> float:
    curve = endings.survival(tables.read("interstate-wars"), open_endings_count=False)
    age = endings.age_days(date(2024, 6, 3))
    return 100 * float(endings.surviving_at(curve, age)["surviving"])


def _failed() -> float:
    listed = forecasts.coded(tables.read("predictions"), tables.read("prediction-codings"), 1)
    return 100 * forecasts.share_failed(forecasts.due_by(listed, ARTICLE))


def _kappa() -> float:
    sheets = tables.read("prediction-codings")
    return forecasts.agreement(sheets, "outcome", forecasts.OUTCOMES).kappa


def _moves(change: str) -> float:
    return float(terms.count("ru-2024-06-14", "us-2025-11-20", "both")[change])


@cache
def _front() -> timing.Front:
    found = timing.fronts(
        tables.read("isw-layers-daily"), tables.read("territory-published-changes"), _maps()
    )
    return found[timing.KNOWN_THEN][0]


NUMBERS: Final = (
    Weighty(
        "act", "act_total", "the Act of April 2024, whole", "USD bn", "01-aid-window: act-total",
        0.01, "the help whose end decides how long Ukraine can wait",
        lambda: aid.whole_act_usd_bn(_lines()),
    ),
    Weighty(
        "act", "act_security", "security assistance in the Act", "USD bn",
        "01-aid-window: security", 0.1, "the printed sum is larger; the claim falls with it",
        lambda: aid.purposes_sum_usd_bn(_lines(), aid.SECURITY_ASSISTANCE),
    ),
    Weighty(
        "allocations", "allocated_europe", "arms allocated by Europe in the eighteen months",
        "EUR bn", "01-aid-window: europe-window", 0.1, "whether help went on without Washington",
        lambda: _allocated("Europe"),
    ),
    Weighty(
        "allocations", "allocated_us", "arms allocated by the United States in the eighteen months",
        "EUR bn", "01-aid-window: us-window", 0.1, "the other side of the same comparison",
        lambda: _allocated("United States"),
    ),
    Weighty(
        "window_gain", "window_gain", "land gained by Russian forces in the window of maps", "km2",
        "04-land: window-gain", 1.0, "the price of waiting in land; five chapters use it",
        _window_gain,
    ),
    Weighty(
        "share_held", "share_held", "share of Ukraine held on the latest map", "percent",
        "10-three-endings: held-last", 0.1, "how far the war is from the demands of either side",
        _share_held,
    ),
    Weighty(
        "last_fall", "fall_month", "net gain in a month of the fall of 2023", "sq mi",
        "04-land: fall-month", 1.0, "the count against which the printed number does not hold",
        _fall_month,
    ),
    Weighty(
        "last_fall", "fall_days", "days of the fall in the period of the printed number", "days",
        "04-land: net-188", 1.0, "that its error is one of period, not of amount",
        _fall_days,
    ),
    Weighty(
        "loss_ratio", "loss_ratio", "confirmed losses, Russian over Ukrainian, by the article",
        "ratio", "07-losses: ratio-total", 0.1, "the premise that Russian losses cannot last",
        _loss_ratio,
    ),
    Weighty(
        "survival", "surviving", "wars that went on at the age of this one", "percent",
        "10-three-endings: share-longer-censored", 1.0, "how unusual it is to expect an end soon",
        _surviving,
    ),
    Weighty(
        "predictions", "predictions_failed", "predictions due by the article that failed",
        "percent", "03-prediction: share", 1.0, "the premise that forecasts of this war fail",
        _failed,
    ),
    Weighty(
        "predictions", "predictions_kappa", "agreement of the two codings of outcomes", "kappa",
        "03-prediction: kappa", 0.01, "whether that share depends on who codes",
        _kappa,
    ),
    Weighty(
        "terms_moves", "terms_better", "terms that became better for sure, list to 28 points",
        "items", "11-terms-on-the-table: list-28-better", 1.0,
        "whether waiting improved what was offered", lambda: _moves("better for sure"),
    ),
    Weighty(
        "terms_moves", "terms_worse", "terms that became worse for sure, list to 28 points",
        "items", "11-terms-on-the-table: list-28-worse", 1.0, "the other side of the same count",
        lambda: _moves("worse for sure"),
    ),
    Weighty(
        "front", "front_drift", "drift of the front as known at the article", "km2 a month",
        "08-timing: drift-known", 1.0, "what one more month was expected to cost",
        lambda: _front().drift_km2,
    ),
    Weighty(
        "front", "front_volatility", "volatility of the front as known at the article",
        "km2 a month", "08-timing: volatility-known", 1.0, "what one more month could bring",
        lambda: _front().volatility_km2,
    ),
)  # fmt: skip


def second(query: str) -> dict[str, float]:
    """Run one query over the tables; returns its columns.

    Raises
    ------
    ValueError
        It gives another number of rows than one, or nothing in a column.
    """
    text = (FOLDER / f"{query}.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        # The queries name the tables as they lie in the repository.
        connection.execute(f"SET file_search_path = '{ROOT.as_posix()}'")
        result = connection.execute(text)
        names = [column[0] for column in result.description or ()]
        rows = result.fetchall()
    if len(rows) != 1 or None in rows[0]:
        message = f"{query}.sql: one row without gaps is expected; got {rows}"
        raise ValueError(message)
    return {name: float(value) for name, value in zip(names, rows[0], strict=True)}


def compared() -> pd.DataFrame:
    """Compute every number twice.

    Returns
    -------
    DataFrame
        query, column, name, unit, key, why, precision, first, second, difference, agrees
        (the difference is less than half of the precision).
    """
    found = {query: second(query) for query in dict.fromkeys(item.query for item in NUMBERS)}
    rows = []
    for item in NUMBERS:
        one, other = item.first(), found[item.query][item.column]
        rows.append(
            {
                **{name: getattr(item, name) for name in _SHOWN},
                "first": one,
                "second": other,
                "difference": other - one,
                "agrees": abs(other - one) < item.precision / 2,
            }
        )
    return pd.DataFrame(rows)


_SHOWN: Final = ("query", "column", "name", "unit", "key", "why", "precision")


def write(found: pd.DataFrame, file: Path = TABLE) -> Path:
    """Write the comparison, to three digits more than readers are shown."""
    out = found.drop(columns="difference").assign(
        agrees=found["agrees"].map({True: "true", False: "false"}),
        computed_on=pd.Timestamp(datetime.now(UTC).date()),
    )
    for name in ("first", "second"):
        out[name] = [
            round(value, 3 + max(0, -floor(log10(step))))
            for value, step in zip(out[name], out["precision"], strict=True)
        ]
    return write_csv(out, file)
