"""Shells, bombs, men and the pace of the front: pure measures from frame to frame.

What none of these measures can tell.  Nobody outside the armies counts shells; a ratio is what
an official, or a gun crew, said it was.  The families of ratios count different things, so a
ratio of one family is never compared with a ratio of another.  A pace before, during and after
the gap in American aid shows what went together, not what brought about what.

Areas are in km2, Russian gains positive; paces in km2 a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis import territory

DAYS_A_YEAR = 365
FAMILIES = ("Western officials", "Ukrainian officials", "Local sectors")


@dataclass(frozen=True)
class Phase:
    """A span of days in the story of American shells, both ends included."""

    name: str
    start: pd.Timestamp
    end: pd.Timestamp


# The last regular package of 2023 is of 27 December, the law of 24 April 2024 (evidence rows
# aid-gap-last-2023, aid-gap-dig-out); on 26 June the General Staff's ratio is back at three
# (aid-rbc-3to1-jun24).  The outer ends keep the phases near the gap.
PHASES = (
    Phase("before", pd.Timestamp("2023-01-01"), pd.Timestamp("2023-12-26")),
    Phase("gap", pd.Timestamp("2023-12-27"), pd.Timestamp("2024-04-24")),
    Phase("arrival", pd.Timestamp("2024-04-25"), pd.Timestamp("2024-06-30")),
    Phase("after", pd.Timestamp("2024-07-01"), pd.Timestamp("2024-12-31")),
)
GAP = PHASES[1]
# A published period belongs to a phase when this share of its days lies in it.
SHARE_IN_PHASE = 0.8
# Who counts and how, by what a chart calls it: the series with more than one phase.  Several
# count on the maps of ISW, and each of them is a series of its own.
SERIES = {
    ("AFP", "not said"): "AFP from ISW maps, with claims",
    ("ISW", "gross Russian"): "ISW itself, gross",
    ("War Mapper", "net"): "War Mapper, net",
    ("DeepState", "net"): "DeepState, net",
}
# Shortage first: the article's sentence expects the first of each pair to be the faster.  The
# weeks in which the shells arrived are short of shells, so they stand beside both other times.
PAIRS = (("gap", "before"), ("arrival", "before"), ("gap", "after"), ("arrival", "after"))


def _days(start: pd.Timestamp, end: pd.Timestamp) -> int:
    return (end - start).days + 1


def phase_of(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Return the phase that holds four fifths of a period; empty where none does."""
    for phase in PHASES:
        shared = _days(max(start, phase.start), min(end, phase.end))
        if shared >= SHARE_IN_PHASE * _days(start, end):
            return phase.name
    return ""


# Shells --------------------------------------------------------------------------------


def ratios(table: pd.DataFrame, family: str) -> pd.DataFrame:
    """Return the published ratios of one family, the earliest first.

    Raises
    ------
    KeyError
        No such family.
    """
    if family not in FAMILIES:
        message = f"no family {family!r}; there are: {', '.join(FAMILIES)}"
        raise KeyError(message)
    return by_family(table).query("family == @family").reset_index(drop=True)


def by_family(table: pd.DataFrame) -> pd.DataFrame:
    """Return all ratios, family by family and the earliest first, with the days they cover."""
    days = (table["period_end"] - table["period_start"]).dt.days + 1
    order = table["family"].map({name: place for place, name in enumerate(FAMILIES)})
    ordered = table.assign(days=days, order=order)
    return ordered.sort_values(["order", "period_start", "ratio_id"], ignore_index=True).drop(
        columns="order"
    )


def yearly_shells(table: pd.DataFrame) -> pd.DataFrame:
    """Add the quantity as million shells a year, so that fire can be set beside supply.

    A day's fire times 365 says what the rate would use in a year, not what was fired.
    """
    factor = table["unit"].map({"shells/day": DAYS_A_YEAR, "shells/year": 1})
    return table.assign(million_a_year=table["quantity"] * factor / 1e6)


# The pace of the front -----------------------------------------------------------------


def pace_figures(published: pd.DataFrame, total: pd.DataFrame) -> pd.DataFrame:
    """Return every published Russian gain of 2023 and 2024 as a pace, by who counted it.

    Parameters
    ----------
    published : pandas.DataFrame
        As the resource ``territory-published-changes``; Russian gains in Ukraine are taken,
        claims of a side and Ukrainian gains are not.
    total : pandas.DataFrame
        As ``deepstate-daily-total``; its whole months of 2024 are added.

    Returns
    -------
    pandas.DataFrame
        counted_by, measure, period_start, period_end, days, gain_km2, km2_per_day, phase,
        known_by_article (published by 3 June 2024), basis.
    """
    figures = territory.with_differences(published)
    kept = figures[
        figures["measure"].isin(["net", "gross Russian", "not said"])
        & (figures["scope"] == "Ukraine")
        & (figures["period_end"] <= PHASES[-1].end)
    ]
    rows = kept.assign(gain_km2=kept["russian_gain_km2"])
    parts = [rows, _map_months(total)]
    columns = [
        "counted_by", "measure", "period_start", "period_end", "gain_km2", "published", "basis",
    ]  # fmt: skip
    found = pd.concat([part[columns] for part in parts if len(part)], ignore_index=True)
    found["days"] = (found["period_end"] - found["period_start"]).dt.days + 1
    found["km2_per_day"] = found["gain_km2"] / found["days"]
    spans = zip(found["period_start"], found["period_end"], strict=True)
    found["phase"] = [phase_of(start, end) for start, end in spans]
    found["known_by_article"] = found["published"] <= pd.Timestamp("2024-06-03")
    return found.sort_values(["counted_by", "period_start", "period_end"], ignore_index=True)


def _map_months(total: pd.DataFrame) -> pd.DataFrame:
    months = territory.monthly_net_change(total)
    months = months[months["full_month"] & (months["month"] < "2025-01")]
    start = pd.to_datetime(months["month"] + "-01")
    return pd.DataFrame(
        {
            "counted_by": "DeepState",
            "measure": "net",
            "period_start": start,
            "period_end": start + pd.offsets.MonthEnd(0),
            "gain_km2": months["net_change_km2"],
            "published": pd.NaT,
            "basis": "computed from maps",
        }
    )


def pace_by_phase(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the pace of each series in each phase, from figures that do not overlap.

    Of overlapping figures the one for more days is taken.  A phase that a series has no
    figure for has no row.

    Parameters
    ----------
    figures : pandas.DataFrame
        As `pace_figures` returns them.

    Returns
    -------
    pandas.DataFrame
        counted_by, measure, phase, days (with a figure), gain_km2, km2_per_day; counters in
        alphabetical order, phases in time.
    """
    inside = figures[figures["phase"] != ""]
    rows = []
    for (counter, measure), group in inside.groupby(["counted_by", "measure"]):
        for phase in PHASES:
            kept = territory.without_overlap(group[group["phase"] == phase.name])
            if kept.empty:
                continue
            days, gain = int(kept["days"].sum()), float(kept["gain_km2"].sum())
            rows.append((counter, measure, phase.name, days, gain, gain / days))
    names = ["counted_by", "measure", "phase", "days", "gain_km2", "km2_per_day"]
    return pd.DataFrame(rows, columns=names)


def pace_segments(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures behind `pace_by_phase` for drawing, with the name of their series.

    Returns
    -------
    pandas.DataFrame
        The columns of `figures` and ``series``; days that no figure covers stay empty.
    """
    inside = figures[figures["phase"] != ""]
    parts = []
    for (counter, measure), name in SERIES.items():
        group = inside[(inside["counted_by"] == counter) & (inside["measure"] == measure)]
        kept = [territory.without_overlap(group[group["phase"] == phase.name]) for phase in PHASES]
        parts += [part.assign(series=name) for part in kept if len(part)]
    return pd.concat(parts, ignore_index=True)


def phase_table(paces: pd.DataFrame) -> pd.DataFrame:
    """Return the paces with a column for each phase; what nobody published is missing."""
    pairs = zip(paces["counted_by"], paces["measure"], strict=True)
    named = paces.assign(series=[SERIES.get(pair, "") for pair in pairs])
    named = named[named["series"] != ""]
    wide = named.pivot_table(index="series", columns="phase", values="km2_per_day")
    return wide.reindex(
        index=list(SERIES.values()), columns=[phase.name for phase in PHASES]
    ).reset_index()


def contrasts(paces: pd.DataFrame) -> pd.DataFrame:
    """Return how much faster the front moved in shortage than out of it, series by series.

    Only paces of one counter and one measure are compared.  Positive: faster in shortage,
    as the article's sentence expects.

    Returns
    -------
    pandas.DataFrame
        counted_by, measure, shortage, other, difference_km2_per_day, label.
    """
    rows = []
    for (counter, measure), group in paces.groupby(["counted_by", "measure"]):
        pace = group.set_index("phase")["km2_per_day"]
        for shortage, other in PAIRS:
            if {shortage, other} <= set(pace.index):
                rows.append((counter, measure, shortage, other, pace[shortage] - pace[other]))
    names = ["counted_by", "measure", "shortage", "other", "difference_km2_per_day"]
    found = pd.DataFrame(rows, columns=names)
    found["label"] = [
        f"{counter}: {shortage}–{other}"
        for counter, shortage, other in found[["counted_by", "shortage", "other"]].itertuples(
            index=False, name=None
        )
    ]
    return found.sort_values("difference_km2_per_day", ascending=False, ignore_index=True)


def effect_interval(differences: pd.DataFrame) -> tuple[float, float]:
    """Return the lowest and the highest contrast: the interval of the effect, km2 a day."""
    values = differences["difference_km2_per_day"]
    return float(values.min()), float(values.max())


def months_of(figures: pd.DataFrame, counted_by: str, months: Iterable[str]) -> pd.DataFrame:
    """Return one counter's figures for whole months of a year, in the order of time.

    Parameters
    ----------
    figures : pandas.DataFrame
        As `pace_figures` returns them.
    counted_by : str
    months : iterable of str
        As "2024-05".

    Raises
    ------
    KeyError
        A month for which no figure was published.
    """
    wanted = list(months)
    first = figures["period_start"].dt.day == 1
    one = figures[(figures["counted_by"] == counted_by) & figures["days"].between(28, 31) & first]
    one = one.assign(month=one["period_start"].dt.strftime("%Y-%m"))
    missing = sorted(set(wanted) - set(one["month"]))
    if missing:
        message = f"{counted_by}: no figure for {', '.join(missing)}"
        raise KeyError(message)
    chosen: pd.DataFrame = one[one["month"].isin(wanted)].reset_index(drop=True)
    return chosen


# Bombs, causes, men --------------------------------------------------------------------


def bombs_per_day(table: pd.DataFrame) -> pd.DataFrame:
    """Add days and bombs a day to the counts of guided bombs; periods overlap."""
    days = (table["period_end"] - table["period_start"]).dt.days + 1
    return table.assign(days=days, bombs_per_day=table["bombs"] / days).sort_values(
        ["period_start", "period_end"], ignore_index=True
    )


def cases_per_month(table: pd.DataFrame) -> pd.DataFrame:
    """Return proceedings for absence without leave a month, for periods that do not overlap.

    A year less a printed part of it from its first day gives the rest of the year; both come
    from one office.

    Parameters
    ----------
    table : pandas.DataFrame
        As ``ukraine-absence-cases``.

    Returns
    -------
    pandas.DataFrame
        period_start, period_end, cases, months, cases_per_month, basis; in order of time.
    """
    rows = []
    for start, group in table.sort_values("period_end").groupby("period_start"):
        counted, since = 0, pd.Timestamp(str(start))
        for row in group.to_dict("records"):
            basis = "published" if not counted else "difference of two counts"
            rows.append((since, row["period_end"], row["cases"] - counted, basis))
            counted, since = row["cases"], row["period_end"] + pd.Timedelta(days=1)
    found = pd.DataFrame(rows, columns=["period_start", "period_end", "cases", "basis"])
    found["months"] = 12 * ((found["period_end"] - found["period_start"]).dt.days + 1) / DAYS_A_YEAR
    found["months"] = found["months"].round()
    return found.assign(cases_per_month=found["cases"] / found["months"])


def causes_by_time(table: pd.DataFrame, article: pd.Timestamp) -> pd.DataFrame:
    """Mark each named cause as named by the article's day or later."""
    when = ["by 3 June 2024" if early else "later" for early in table["date"] <= article]
    return table.assign(when=when).sort_values(["date", "statement_id"], ignore_index=True)


def force_ratios(table: pd.DataFrame) -> pd.DataFrame:
    """Return the low, middle and high ratio of Russian to Ukrainian strength, by scope.

    Two strengths give one ratio; a printed ratio keeps its range.

    Returns
    -------
    pandas.DataFrame
        The columns of `table`, ratio_low and ratio_high filled, and ratio (their middle).
    """
    strengths = table["russian_troops"].astype(float) / table["ukrainian_troops"].astype(float)
    low = table["ratio_low"].fillna(strengths)
    high = table["ratio_high"].fillna(strengths)
    order = pd.Categorical(table["scope"], ["theatre", "front", "sector"], ordered=True)
    found = table.assign(ratio_low=low, ratio_high=high, ratio=(low + high) / 2, order=order)
    return found.sort_values(["order", "date"], ignore_index=True).drop(columns="order")


def defenders_at_ratio(attackers: float, ratio: float) -> float:
    """Return the number of defenders whom attackers would outnumber at a ratio."""
    return attackers / ratio
