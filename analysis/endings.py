"""How wars between states end, how long they last, and the article's three endings in 2026."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint

from analysis.territory import net_change_km2

WAR_BEGAN = date(2022, 2, 24)
ARTICLE = date(2024, 6, 3)
WINDOW_DAYS = (date(2025, 12, 3) - ARTICLE).days

# Ends after which there may have been fighting of another kind: the war between states is
# over, and whether it "ended" is a matter of definition.
OPEN_ENDINGS = ("became another war",)

# The land that Russia's constitution claims since 2022.
CLAIMED = (
    "Crimea (Autonomous Republic)",
    "Donetsk",
    "Kherson",
    "Luhansk",
    "Sevastopol",
    "Zaporizhzhia",
)

# The words of the scorecard, from met to not met.
MET = ("met", "in part", "open", "not met")


def age_days(day: date) -> int:
    """Return how long the war had lasted on a day, first and last day counted."""
    return (day - WAR_BEGAN).days + 1


def survival(wars: pd.DataFrame, *, open_endings_count: bool = True) -> pd.DataFrame:
    """Estimate the share of wars that outlast so many days (Kaplan and Meier).

    Parameters
    ----------
    wars : DataFrame
        Table ``interstate-wars``.
    open_endings_count : bool
        Whether a war that became another war had ended; if not, it was only observed until
        then.

    Returns
    -------
    DataFrame
        days, surviving, low, high: shares with a pointwise 95 percent interval on the
        log-log scale, which stays within 0 and 1; missing where all or none survive.
        Starts at day 0.
    """
    ended = np.ones(len(wars), dtype=int)
    if not open_endings_count:
        ended = (~wars["ending"].isin(OPEN_ENDINGS)).to_numpy().astype(int)
    curve = SurvfuncRight(wars["duration_days"].to_numpy(dtype=float), ended)
    share, error = np.asarray(curve.surv_prob), np.asarray(curve.surv_prob_se)
    inside = (share > 0) & (share < 1)
    log = np.log(np.where(inside, share, 0.5))
    stretch = np.exp(1.959964 * error / (np.where(inside, share, 0.5) * np.abs(log)))
    table = pd.DataFrame(
        {
            "days": np.asarray(curve.surv_times, dtype=float),
            "surviving": share,
            "low": np.where(inside, share**stretch, np.nan),
            "high": np.where(inside, share ** (1 / stretch), np.nan),
        }
    )
    start = pd.DataFrame({"days": [0.0], "surviving": [1.0]})
    return pd.concat([start, table], ignore_index=True)


def surviving_at(curve: pd.DataFrame, days: float) -> pd.Series[float]:
    """Return the row of a survival curve in force at a day."""
    return curve[curve["days"] <= days].iloc[-1]


def outlasting(wars: pd.DataFrame, days: int) -> pd.DataFrame:
    """Return the wars that lasted longer than so many days, shortest first.

    Returns
    -------
    DataFrame
        The columns of ``interstate-wars`` with further_days (after `days`).
    """
    longer = wars[wars["duration_days"] > days].sort_values("duration_days")
    return longer.assign(further_days=longer["duration_days"] - days).reset_index(drop=True)


def exact_share(count: int, total: int) -> tuple[float, float, float]:
    """Return a share with its exact 95 percent interval (Clopper and Pearson)."""
    low, high = proportion_confint(count, total, alpha=0.05, method="beta")
    return count / total, float(low), float(high)


def ending_within(wars: pd.DataFrame, days: int, horizon: int) -> tuple[int, int]:
    """Count, among wars that outlasted `days`, those that ended in the next `horizon` days.

    Returns
    -------
    tuple of int
        How many ended, of how many.
    """
    longer = outlasting(wars, days)
    return int((longer["further_days"] <= horizon).sum()), len(longer)


def chances(wars: pd.DataFrame, ages: Mapping[str, int], horizon: int) -> pd.DataFrame:
    """Return the share of wars of each age that ended within the horizon, with its interval.

    Returns
    -------
    DataFrame
        age, days, ended, of, share_pct, low_pct, high_pct.
    """
    rows = []
    for age, days in ages.items():
        ended, of = ending_within(wars, days, horizon)
        share, low, high = exact_share(ended, of)
        rows.append((age, days, ended, of, 100 * share, 100 * low, 100 * high))
    columns = ["age", "days", "ended", "of", "share_pct", "low_pct", "high_pct"]
    return pd.DataFrame(rows, columns=columns)


# Lengths, in days, between which the results of those who began wars are counted.
LENGTHS = (
    ("a year or less", 0, 365),
    ("one to two years", 365, 730),
    ("over two years", 730, 9999),
)


def initiators(wars: pd.DataFrame) -> pd.DataFrame:
    """Return how those who began wars fared, by the length of the war.

    Returns
    -------
    DataFrame
        length, won, lost, neither, wars, share_pct (won), low_pct, high_pct.
    """
    rows = []
    for length, low, high in LENGTHS:
        part = wars[wars["duration_days"].between(low + 1, high)]
        counts = part["initiator_result"].value_counts()
        won, lost = int(counts.get("won", 0)), int(counts.get("lost", 0))
        share = [100 * value for value in exact_share(won, len(part))]
        rows.append((length, won, lost, len(part) - won - lost, len(part), *share))
    columns = ["length", "won", "lost", "neither", "wars", "share_pct", "low_pct", "high_pct"]
    return pd.DataFrame(rows, columns=columns)


def endings_by_age(wars: pd.DataFrame, days: int) -> pd.DataFrame:
    """Count how wars ended: all of them and those that outlasted `days`.

    Returns
    -------
    DataFrame
        group ("all wars", "as long as this one"), ending, wars, share_pct.
    """
    groups = {"all wars": wars, "as long as this one": outlasting(wars, days)}
    parts = []
    for group, part in groups.items():
        counts = part["ending"].value_counts().rename_axis("ending").reset_index(name="wars")
        parts.append(counts.assign(group=group, share_pct=100 * counts["wars"] / len(part)))
    return pd.concat(parts, ignore_index=True)[["group", "ending", "wars", "share_pct"]]


# Land --------------------------------------------------------------------------------------


def claimed_km2(areas: pd.DataFrame) -> float:
    """Return the area of the land that Russia claims, in km2 (official areas)."""
    rows = areas[areas["oblast"].isin(CLAIMED)]
    missing = sorted(set(CLAIMED) - set(rows["oblast"]))
    if missing:
        message = f"no areas of {missing}"
        raise ValueError(message)
    return float(rows["official_area_km2"].sum())


def land_shift(
    series: pd.DataFrame, areas: pd.DataFrame, start: date, end: date, value: str = "occupied_km2"
) -> float:
    """Return the fall of the land held by Russian forces as a share of what Russia claims.

    Above 0: Ukrainian forces gained.  A proxy for one part of the shift in the model, the
    land, and for no other.
    """
    change = net_change_km2(series, start, end, value=value, max_gap_days=None)
    return -change / claimed_km2(areas)


# The endings -------------------------------------------------------------------------------


def scorecard(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of each ending in the article's order, with how they stand.

    Parameters
    ----------
    parts : DataFrame
        Table ``endings-scorecard``.

    Returns
    -------
    DataFrame
        Its columns, with place (1, 2, ... within the ending).
    """
    ordered = parts.sort_values(["ending", "part_id"]).reset_index(drop=True)
    return ordered.assign(place=ordered.groupby("ending").cumcount() + 1)


def ending_outcome(parts: pd.DataFrame, ending: int) -> str:
    """Say what became of an ending: the rule is the same for all three.

    Returns
    -------
    str
        "came true" when every part is met; "failed" when the war has ended otherwise (a
        part of the kind "end" stands at "not met"); else "open": while the war goes on,
        no way in which it may end is excluded or confirmed.
    """
    own = parts[parts["ending"] == ending]
    if own.empty:
        message = f"no parts of ending {ending}"
        raise ValueError(message)
    if (own["met"] == "met").all():
        return "came true"
    if (own.loc[own["kind"] == "end", "met"] == "not met").any():
        return "failed"
    return "open"


def requirements(table: pd.DataFrame, endings: Sequence[int] = (1, 2, 3)) -> pd.DataFrame:
    """Return what the text asks of each ending, one row a cell, for a matrix.

    Parameters
    ----------
    table : DataFrame
        Table ``ending-requirements``.
    """
    rows = table[table["ending"].isin(endings)]
    return rows.sort_values(["requirement", "ending"]).reset_index(drop=True)


def clocks(table: pd.DataFrame) -> pd.DataFrame:
    """Return the estimates of when a resource runs out, each as a span that can be drawn.

    Parameters
    ----------
    table : DataFrame
        Table ``war-clocks``.

    Returns
    -------
    DataFrame
        Its columns, with known ("by June 2024", "later") and end (the later of the dates).
    """
    known = np.where(table["said_on"] <= pd.Timestamp(ARTICLE), "by June 2024", "later")
    end = table["runs_out_to"].fillna(table["runs_out_from"])
    return table.assign(known=known, end=end).sort_values(["side", "end"], ignore_index=True)


def held_on(days: pd.DataFrame, maps: pd.DataFrame, ukraine_km2: float) -> pd.DataFrame:
    """Return the land held on dated events, for those that lie within the daily maps.

    Parameters
    ----------
    days : DataFrame
        ``date`` (datetime64) and any other columns.
    maps : DataFrame
        Table ``deepstate-daily-total``.
    ukraine_km2 : float

    Returns
    -------
    DataFrame
        The rows with occupied_km2 and share_pct of the last map on or before the day.
    """
    known = maps.sort_values("date")[["date", "occupied_km2"]]
    rows = days[days["date"] >= known["date"].min()].sort_values("date")
    joined = pd.merge_asof(rows, known, on="date")
    share: Any = 100 * joined["occupied_km2"] / ukraine_km2
    return joined.assign(share_pct=share)


def straight_lines(stocks: pd.DataFrame) -> pd.DataFrame:
    """Return when a straight line through two counts of stored tanks reaches nothing.

    Parameters
    ----------
    stocks : DataFrame
        Table ``tank-stocks``.

    Returns
    -------
    DataFrame
        publisher, start, end, start_tanks, end_tanks, per_month, runs_out: one line for each
        publisher with two counts or more, from its first to its last.  A line through two
        points is arithmetic, not a forecast: what is left is in a worse state than what is
        gone, and fewer are taken as fewer are fit.
    """
    stored = stocks[stocks["measure"] == "in store"].sort_values("as_of")
    rows = []
    for publisher, part in stored.groupby("publisher", sort=True):
        if len(part) < 2:
            continue
        first, last = part.iloc[0], part.iloc[-1]
        days = (last["as_of"] - first["as_of"]).days
        per_day = (first["low"] - last["low"]) / days
        end = last["as_of"] + pd.Timedelta(days=round(last["low"] / per_day))
        span = (first["as_of"], last["as_of"], first["low"], last["low"])
        rows.append((publisher, *span, 30.4375 * per_day, end))
    columns = ["publisher", "start", "end", "start_tanks", "end_tanks", "per_month", "runs_out"]
    return pd.DataFrame(rows, columns=columns)


def clock_spans(table: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Return all dates held for the end of a resource, stated and computed, as spans.

    Parameters
    ----------
    table, lines : DataFrame
        Table ``war-clocks`` and the result of `straight_lines`.

    Returns
    -------
    DataFrame
        side, clock, start, end, basis ("stated", "straight line", "no day named"), came;
        Ukraine first, by end, those without one last.
    """
    stated = clocks(table).rename(columns={"said_on": "start"})
    basis = np.where(stated["kind"] == "no date", "no day named", "stated")
    computed = pd.DataFrame(
        {
            "side": "Russia",
            "clock": "Tanks, " + lines["publisher"],
            "start": lines["end"],
            "end": lines["runs_out"],
            "basis": "straight line",
            "came": "Arithmetic on two counts, not a forecast.",
        }
    )
    columns = ["side", "clock", "start", "end", "basis", "came"]
    both = pd.concat([stated.assign(basis=basis)[columns], computed], ignore_index=True)
    return both.sort_values(["side", "end"], ascending=[False, True], ignore_index=True)
