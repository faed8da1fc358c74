"""What came after a call for talks: land, aid, attacks, terms, and how far apart the sides stood.

What none of these measures can tell.  They show what happened after a day, not what talks
begun on it would have brought: no text says that either side would have stopped.  Levels of
two trackers are never joined; a change is taken within one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
from scipy import stats

from analysis import aid, losses, terms, territory

# Washington turns to mediation: the change of government.
WASHINGTON_MEDIATES = date(2025, 1, 20)
# Ground lost before a line is no longer close to where it was, as a share of what was held.
CLOSE_SHARE = 0.1
# A share of the country within which an area counts as the same, in percentage points.
SAME_SIZE_POINTS = 1.0
# Where the vessels of the table were hit when they lay in or off Crimea.
CRIMEA = "Crimea|Sevastopol|Kerch|Feodosia|Alupka"


@dataclass(frozen=True)
class Apart:
    """On how many of the subjects of which both spoke the sides stood apart for sure."""

    apart: int
    spoken: int

    @property
    def share(self) -> float:
        """Share of the common subjects, 0 to 1."""
        return self.apart / self.spoken


@cache
def apart(day: date | pd.Timestamp, coder: terms.Coder = "both") -> Apart:
    """Count the subjects on which Ukraine's standing terms exceed Russia's for sure.

    Parameters
    ----------
    day : date
    coder : {"first", "second", "both"}
        Pass of the coding; see `analysis.terms.coded`.  Where one number is given it is that
        of both together.
    """
    sides = [terms.standing(side, day, coder) for side in ("Russia", "Ukraine")]
    both = terms.compared(*sides)
    counted = both[both["block"].isin(terms.COUNTED)]
    return Apart(int((counted["change"] == "better for sure").sum()), len(counted))


def apart_through_time(days: Sequence[pd.Timestamp], coder: terms.Coder = "both") -> pd.DataFrame:
    """Return date, apart, spoken and share_pct on each of these days."""
    found = [apart(day, coder) for day in days]
    return pd.DataFrame(
        {
            "date": list(days),
            "apart": [item.apart for item in found],
            "spoken": [item.spoken for item in found],
            "share_pct": [100 * item.share for item in found],
        }
    )


def apart_days(first: pd.Timestamp, last: pd.Timestamp) -> list[pd.Timestamp]:
    """Return the days on which the distance can change: papers of either side, and the last."""
    papers = terms.papers()
    sides = papers["series"].isin(["Russia", "Ukraine"]) & ~papers["weak"].astype(bool)
    days = papers.loc[sides & papers["date"].between(first, last), "date"].unique()
    return [*(pd.Timestamp(day) for day in days), pd.Timestamp(last)]


def rate_difference(
    before: int, years_before: float, after: int, years_after: float, *, level: float = 0.95
) -> tuple[float, float]:
    """Bound the change of a yearly rate of rare events by exact Poisson limits.

    The ends combine the limits of both periods, which is wider than needed and needs no
    further assumption.

    Parameters
    ----------
    before, after : int
        Events in either period.
    years_before, years_after : float
    level : float
        Of each period's two-sided interval.

    Returns
    -------
    tuple of float
        Lowest and highest change, events a year.

    Raises
    ------
    ValueError
        A period without length.
    """
    if min(years_before, years_after) <= 0:
        message = f"periods of {years_before} and {years_after} years: both must be positive"
        raise ValueError(message)
    old = [limit / years_before for limit in _poisson_limits(before, level)]
    new = [limit / years_after for limit in _poisson_limits(after, level)]
    return new[0] - old[1], new[1] - old[0]


def _poisson_limits(events: int, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    low = stats.chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    return float(low), float(stats.chi2.ppf(1 - tail, 2 * (events + 1)) / 2)


def hit_at_crimea(vessels: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    """Return the vessels hit in or off Crimea from one day to another, claims included.

    Parameters
    ----------
    vessels : DataFrame
        Table ``fleet-vessels``.
    """
    dated = vessels["hit_date"].between(pd.Timestamp(start), pd.Timestamp(end))
    there = vessels["place"].str.contains(CRIMEA)
    return vessels[dated & there].sort_values(["hit_date", "vessel"], ignore_index=True)


def months_regained(monthly: pd.DataFrame, first: str, last: str) -> tuple[int, int]:
    """Count the full months in which Ukrainian forces gained ground on balance, and all.

    Parameters
    ----------
    monthly : DataFrame
        From `analysis.territory.monthly_net_change`.
    first, last : str
        Months, "2024-08", both counted.
    """
    kept = monthly[monthly["full_month"] & monthly["month"].between(first, last)]
    return int((kept["net_change_km2"] < 0).sum()), len(kept)


def year_before_and_after(
    monthly: pd.DataFrame, donor_group: str, month: str
) -> tuple[float, float]:
    """Return a group's allocations in the twelve months up to a month and after it, EUR bn.

    The month itself is the last of the earlier twelve.
    """
    middle = pd.Period(month, "M")
    spans = [(middle - 11, middle), (middle + 1, middle + 12)]
    before, after = (
        aid.allocated_eur_bn(monthly, donor_group, str(start), str(end), measure="total_eur_bn")
        for start, end in spans
    )
    return before, after


def time_measures(frames: Mapping[str, pd.DataFrame], then: date, now: date) -> pd.DataFrame:
    """List what moved for and against Ukraine between two days, one measure a row.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        ``total`` (DeepState maps), ``changes`` (published gains), ``kiel``, ``oryx``,
        ``cases`` (evasion cases) and ``ratios`` (shells).
    then, now : date
        For terms; the other measures have their own periods, in the columns.

    Returns
    -------
    DataFrame
        measure, before, after, unit, before_period, after_period, moved ("against Ukraine",
        "for Ukraine" or "no sure change").
    """
    rows = [
        _land(frames["total"], frames["changes"], now),
        *_allocations(frames["kiel"]),
        _armour(frames["oryx"]),
        _shells(frames["ratios"]),
        _absence(frames["cases"]),
        _russian_terms(then, now),
    ]
    return pd.DataFrame(rows)


def _row(
    measure: str, before: float, after: float, unit: str, periods: tuple[str, str], good: int
) -> dict[str, Any]:
    """One measure; `good` is 1 where more is better for Ukraine, -1 where less is."""
    change = (after > before) - (after < before)
    words = {1: "for Ukraine", 0: "no sure change", -1: "against Ukraine"}
    return {
        "measure": measure,
        "before": before,
        "after": after,
        "unit": unit,
        "before_period": periods[0],
        "after_period": periods[1],
        "moved": words[change * good],
    }


def _land(total: pd.DataFrame, changes: pd.DataFrame, now: date) -> dict[str, Any]:
    pace = territory.pace_by_period(changes, total).set_index("period")["km2_per_day"]
    first = total["date"].min().date()
    later = territory.daily_rate_km2(total, first, now)
    periods = ("2023", f"{first:%B %Y} to {now:%B %Y}")
    return _row("Pace of gains", float(pace["2023"]), later, "km2/day", periods, -1)


def _allocations(kiel: pd.DataFrame) -> list[dict[str, Any]]:
    found = []
    for group, name in (("United States", "American aid"), ("Europe", "European aid")):
        sums = [
            aid.allocated_eur_bn(kiel, group, f"{year}-01", f"{year}-12", measure="total_eur_bn")
            for year in (2023, 2025)
        ]
        found.append(_row(name, sums[0], sums[1], "EUR bn", ("2023", "2025"), 1))
    return found


def _armour(oryx: pd.DataFrame) -> dict[str, Any]:
    days = (date(2023, 5, 15), date(2023, 11, 15), date(2025, 5, 15), date(2025, 11, 15))
    ratios = losses.interval_losses(oryx, days, ("tanks", *losses.ARMOUR))["ratio"]
    periods = ("May to November 2023", "May to November 2025")
    name = "Armour lost, ratio"
    return _row(name, float(ratios.iloc[0]), float(ratios.iloc[2]), "ratio", periods, 1)


def _shells(ratios: pd.DataFrame) -> dict[str, Any]:
    # One family of speakers, from the autumn of the statement to its last figure.
    family = ratios[ratios["family"] == "Ukrainian officials"].sort_values("period_start")
    autumn = family[family["period_start"] == pd.Timestamp("2023-10-01")].iloc[0]
    last = family.iloc[-1]
    periods = ("October to December 2023", f"{last['period_start']:%B %Y}")
    numbers = float(autumn["ratio"]), float(last["ratio"])
    return _row("Shells fired, ratio", *numbers, "ratio", periods, -1)


def _absence(cases: pd.DataFrame) -> dict[str, Any]:
    rows = cases[cases["measure"].str.startswith("absence")].set_index("period_start")
    days = (rows["period_end"] - rows.index).dt.days + 1
    rate = rows["value"] / days
    before, after = rate.loc[pd.Timestamp("2023-01-01")], rate.loc[pd.Timestamp("2025-01-01")]
    periods = ("2023", "January to July 2025")
    return _row("Absence cases", float(before), float(after), "cases/day", periods, -1)


def _russian_terms(then: date, now: date) -> dict[str, Any]:
    moves = terms.compared(terms.standing("Russia", then), terms.standing("Russia", now))
    counts = terms.count_by_block(moves).sum()
    balance = float(counts["better for sure"] - counts["worse for sure"])
    periods = (f"{then:%B %Y}", f"{now:%B %Y}")
    return _row("Russian terms", 0.0, balance, "count", periods, 1)


# Frames for charts --------------------------------------------------------------------------


def by_half_year(kiel: pd.DataFrame) -> pd.DataFrame:
    """Add allocations of the United States and of Europe by half-year.

    Parameters
    ----------
    kiel : DataFrame
        Table ``kiel-monthly-groups``; only the published release is taken.

    Returns
    -------
    DataFrame
        half_year ("2024 H1"), middle (its middle day), donor_group, total_eur_bn, months;
        a half-year with fewer than six months is in it and says so.
    """
    rows = aid.release_only(kiel)
    rows = rows[rows["donor_group"].isin(["United States", "Europe"])]
    half = rows["month"].dt.month.gt(6).astype(int) + 1
    keyed = rows.assign(year=rows["month"].dt.year, half=half)
    table = keyed.groupby(["year", "half", "donor_group"], as_index=False).agg(
        total_eur_bn=("total_eur_bn", "sum"), months=("month", "nunique")
    )
    table["half_year"] = table["year"].astype(str) + " H" + table["half"].astype(str)
    starts = table["year"].astype(str) + "-" + table["half"].map({1: "04", 2: "10"}) + "-01"
    table["middle"] = pd.to_datetime(starts)
    columns = ["half_year", "middle", "donor_group", "total_eur_bn", "months"]
    return table[columns]


def held_on(days: Mapping[str, tuple[str, pd.DataFrame, date]]) -> pd.DataFrame:
    """Return the share of Ukraine held on named days, each on its own tracker.

    Parameters
    ----------
    days : mapping of str to (tracker, series, day)
        By label; a series with ``area_km2`` or ``occupied_km2``.

    Returns
    -------
    DataFrame
        label, tracker, date, area_km2, share_pct.
    """
    rows = []
    for label, (tracker, series, when) in days.items():
        value = "area_km2" if "area_km2" in series.columns else "occupied_km2"
        held = territory.level_km2(series, when, value=value, max_gap_days=None)
        share = 100 * held / territory.UKRAINE_KM2
        rows.append((label, tracker, pd.Timestamp(when), held, share))
    return pd.DataFrame(rows, columns=["label", "tracker", "date", "area_km2", "share_pct"])
