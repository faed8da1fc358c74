"""Who held what land, when: measures over area series, pure functions from frame to frame.

What none of these measures can tell.  Trackers draw different lines: DeepState counts ground
firmly held, ISW control what it assesses as controlled, AFP adds Russian advances and claims
to it.  On one day their levels differ by up to some 1,500 km2 (`largest_level_gap_km2`), more
than all of the net movement of 2023, so levels of two trackers are never put into one series
and only changes are compared.  An area says nothing about what stands on it, what it cost, or
who can move on it unseen.

Areas are in km2, Russian-held ground positive: a positive change is a Russian gain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.formatting import KM2_PER_SQ_MI

# Crimea included; evidence row ukraine-area-603628.
UKRAINE_KM2 = 603_628
# Held by Russian forces and those they backed before 24 February 2022: AFP's total of
# 108,070 less the 65,891 km2 taken since (evidence rows afp-total-aug-12-2024,
# afp-since-2022-aug-12-2024).  Belfer's figures give 43,059, one percent more of the base.
HELD_BEFORE_2022_KM2 = 108_070 - 65_891
# A series is drawn through a gap of at most this many days; a longer one stays open.
LONGEST_GAP_DAYS = 10
# Russian control at its widest in 2022 and after the last change of that year (ISW layers).
PEAK_2022 = date(2022, 3, 28)
AFTER_2022 = date(2023, 1, 5)

ANNEXED = ("Luhansk", "Donetsk", "Zaporizhzhia", "Kherson")
# The series of the maps has the peninsula in one row, the table of areas in two.
PARTS = {"Crimea": ("Crimea (Autonomous Republic)", "Sevastopol")}


# A computed figure has no day of publication.
UNDATED = np.datetime64("NaT", "us")


class GapError(ValueError):
    """No map within the allowed distance of the day that is asked for."""


@dataclass(frozen=True)
class Loss:
    """The most ground lost in a window, net, in km2."""

    start: date
    end: date
    loss_km2: float

    @property
    def loss_sq_mi(self) -> float:
        """The loss in square miles."""
        return self.loss_km2 / KM2_PER_SQ_MI

    @property
    def share_of_ukraine_pct(self) -> float:
        """The loss in percent of Ukraine, Crimea included."""
        return 100 * self.loss_km2 / UKRAINE_KM2


# Levels and changes --------------------------------------------------------------------


def level_km2(
    series: pd.DataFrame,
    day: date,
    *,
    value: str = "occupied_km2",
    max_gap_days: int | None = LONGEST_GAP_DAYS,
) -> float:
    """Return the area on a day, or on the nearest day before it that has a map.

    Parameters
    ----------
    series : DataFrame
        Columns ``date`` (one row a day) and ``value`` (km2).
    day : date
        The day asked for; a later map is never used.
    value : str
        Column of the area.
    max_gap_days : int or None
        Oldest map that is still used; None for a series that lists only days of change,
        where a day without a row means no change.

    Raises
    ------
    GapError
        No map on or before the day, or only one that is too old.
    """
    ordered = series.sort_values("date")
    before = ordered[ordered["date"] <= pd.Timestamp(day)]
    if before.empty:
        message = f"no map on or before {day}; the series begins {ordered['date'].min():%Y-%m-%d}"
        raise GapError(message)
    last = before.iloc[-1]
    age = (pd.Timestamp(day) - last["date"]).days
    if max_gap_days is not None and age > max_gap_days:
        message = f"no map for {day}: the last is {age} days older ({last['date']:%Y-%m-%d})"
        raise GapError(message)
    return float(last[value])


def net_change_km2(
    series: pd.DataFrame,
    start: date,
    end: date,
    *,
    value: str = "occupied_km2",
    max_gap_days: int | None = LONGEST_GAP_DAYS,
) -> float:
    """Return the area on ``end`` less the area on ``start``; see `level_km2` for both days.

    It nets gains against losses: a zero can hide much movement either way.
    """
    if end < start:
        message = f"the period ends ({end}) before it starts ({start})"
        raise ValueError(message)
    first = level_km2(series, start, value=value, max_gap_days=max_gap_days)
    return level_km2(series, end, value=value, max_gap_days=max_gap_days) - first


def daily_rate_km2(
    series: pd.DataFrame,
    start: date,
    end: date,
    *,
    value: str = "occupied_km2",
    max_gap_days: int | None = LONGEST_GAP_DAYS,
) -> float:
    """Return the net change in km2 a day over a period of at least one day."""
    days = (end - start).days
    if days < 1:
        message = f"a rate needs at least one day; got {start} to {end}"
        raise ValueError(message)
    change = net_change_km2(series, start, end, value=value, max_gap_days=max_gap_days)
    return change / days


def monthly_net_change(series: pd.DataFrame, *, value: str = "occupied_km2") -> pd.DataFrame:
    """Net change of each calendar month of a daily series.

    A map dated D is the state early on D, so a month runs from the map of its first day to
    that of the next month's first day, or the nearest map before either.

    Returns
    -------
    DataFrame
        month (YYYY-MM), start and end (days of the maps used), net_change_km2, days,
        full_month (False for the months in which the series begins or ends).
    """
    ordered = series.sort_values("date")
    first, last = ordered["date"].iloc[0], ordered["date"].iloc[-1]
    months = pd.period_range(first, last, freq="M")
    starts = [_map_day(ordered, month.start_time) for month in months]
    ends = [_map_day(ordered, (month + 1).start_time) for month in months]
    held = ordered.set_index("date")[value]
    table = pd.DataFrame({"month": months.astype(str), "start": starts, "end": ends})
    table["net_change_km2"] = held.loc[ends].to_numpy() - held.loc[starts].to_numpy()
    table["days"] = (table["end"] - table["start"]).dt.days
    table["full_month"] = [
        month.start_time >= first and (month + 1).start_time <= last for month in months
    ]
    kept: pd.DataFrame = table[table["days"] > 0].reset_index(drop=True)
    return kept


def _map_day(ordered: pd.DataFrame, day: pd.Timestamp) -> pd.Timestamp:
    """Return the nearest day with a map not after ``day``, else the first day there is."""
    before = ordered.loc[ordered["date"] <= day, "date"]
    found = ordered["date"].iloc[0] if before.empty else before.iloc[-1]
    if (day - found).days > LONGEST_GAP_DAYS and day <= ordered["date"].iloc[-1]:
        message = f"no map within {LONGEST_GAP_DAYS} days before {day:%Y-%m-%d}"
        raise GapError(message)
    return pd.Timestamp(found)


def monthly_change_by_tracker(total: pd.DataFrame, published_changes: pd.DataFrame) -> pd.DataFrame:
    """Net change by calendar month: the DeepState maps beside what trackers published.

    Only published figures for one whole calendar month are taken (up to one day short of
    it), no claims of a side and no Ukrainian gains, and each keeps its word.  The same month
    differs between trackers by a factor of up to three.

    Returns
    -------
    DataFrame
        month, middle (its middle day, where all its values stand in a chart), tracker,
        counted_by, measure, net_change_km2, published, evidence_id (empty for our own).
    """
    own = monthly_net_change(total)
    own = own[own["full_month"]].assign(
        tracker="DeepState maps",
        counted_by="DeepState maps",
        measure="net",
        published=UNDATED,
        evidence_id="",
    )
    kept = published_changes["measure"].isin(["net", "gross Russian", "not said"])
    rows = published_changes[kept & (published_changes["scope"] == "Ukraine")]
    start, end = rows["period_start"], rows["period_end"]
    month_end = end + pd.offsets.MonthEnd(0)
    same = start.dt.to_period("M") == end.dt.to_period("M")
    rows = rows.loc[same & (start.dt.day == 1) & ((month_end - end).dt.days <= 1)]
    rows = rows.assign(
        month=rows["period_start"].dt.strftime("%Y-%m"), net_change_km2=rows["russian_gain_km2"]
    )
    columns = [
        "month", "tracker", "counted_by", "measure", "net_change_km2", "published", "evidence_id",
    ]  # fmt: skip
    both: pd.DataFrame = pd.concat([own[columns], rows[columns]], ignore_index=True)
    both.insert(1, "middle", pd.to_datetime(both["month"]) + pd.Timedelta(days=14))
    return both.sort_values(["month", "tracker", "evidence_id"], ignore_index=True)


def own_counts_beside_maps(monthly: pd.DataFrame) -> pd.DataFrame:
    """Compare what DeepState published for a month with the maps of that month.

    Parameters
    ----------
    monthly : DataFrame
        From `monthly_change_by_tracker`.

    Returns
    -------
    DataFrame
        month, published_km2, maps_km2, difference_km2 (published less maps); one map, its own
        hours and later corrections.
    """
    by = monthly.pivot_table(index="month", columns="counted_by", values="net_change_km2")
    table = by[["DeepState", "DeepState maps"]].dropna().reset_index()
    table.columns = pd.Index(["month", "published_km2", "maps_km2"])
    table["difference_km2"] = table["published_km2"] - table["maps_km2"]
    return table


def largest_rolling_loss(
    series: pd.DataFrame,
    days: int,
    *,
    loser: Literal["Ukraine", "Russia"] = "Ukraine",
    value: str = "occupied_km2",
) -> Loss:
    """Find the most ground that one side lost, net, within so many days.

    The window may be shorter: a loss in one day is also a loss within a week, so the answer
    never falls as the window grows.  A window without a map at one of its ends can only
    hide a loss, never make one up.

    Parameters
    ----------
    series : DataFrame
        Columns ``date`` and ``value``, the area held by Russian forces in km2; a series of
        change days must be filled first (`isw_control` is).
    days : int
        Largest number of days between the first and the last map.
    loser : {"Ukraine", "Russia"}
        Ukraine loses when the area grows, Russia when it shrinks.

    Returns
    -------
    Loss
        First and last day and the loss; zero on one day if that side never lost ground.
    """
    held = series.set_index("date")[value].sort_index()
    signed = held if loser == "Russia" else -held
    best = signed.rolling(f"{days}D", closed="both").max()
    loss = best - signed
    end = loss.index[loss == loss.max()][0]
    window = signed.loc[end - pd.Timedelta(days=days) : end]
    # The last day at the best level: the loss begins where it is left for good.
    start = window.index[window == window.max()][-1]
    return Loss(start.date(), end.date(), float(loss.max()))


# The series of the ISW maps ------------------------------------------------------------


def isw_control(control_2022: pd.DataFrame, layers: pd.DataFrame) -> pd.DataFrame:
    """Join the two control series of the ISW maps: date, area_km2.

    Both come from the same layer on the same scale (they agree on every common day), so
    this is one tracker.  Until 8 February 2023 the source lists the days of change, and
    the days between are filled with the last value; after it there are windows of days
    with gaps between them, which stay gaps.
    """
    early = control_2022.set_index("date")["control_km2"].rename("area_km2")
    filled = early.sort_index().resample("D").ffill().reset_index()
    daily = layers.loc[layers["layer"] == "assessed_russian_control", ["date", "area_km2"]]
    later = daily[daily["date"] > filled["date"].max()]
    joined: pd.DataFrame = pd.concat([filled, later])
    return joined.sort_values("date", ignore_index=True)


def isw_control_and_advances(layers: pd.DataFrame) -> pd.DataFrame:
    """Sum control and advances of the ISW maps on days that have both: date, area_km2.

    Ground moved between the two layers cancels out, so this sum is free of the
    re-labelling of 27 January and 4 March 2023; it counts ground only passed through.
    """
    control = layers[layers["layer"] == "assessed_russian_control"]
    advances = layers[layers["layer"] == "assessed_russian_advances"]
    both = control.merge(advances, on="date", suffixes=("", "_advances"), validate="1:1")
    both["area_km2"] += both["area_km2_advances"]
    return both[["date", "area_km2"]].sort_values("date", ignore_index=True)


def control_through_time(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Stack area series of several trackers, with gaps marked so that they stay gaps.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        By tracker: columns ``date`` and one of ``area_km2``, ``occupied_km2``,
        ``control_km2`` or ``held_km2``.

    Returns
    -------
    DataFrame
        date, tracker, area_km2, share_of_ukraine_pct, segment.  Rows of one segment may be
        joined by a line; a new one begins after more than 10 days without a row.  Segments
        never cross trackers, and no level of one tracker is moved to fit another.
    """
    stacked = [
        pd.DataFrame({"date": f["date"], "tracker": tracker, "area_km2": _area(f)})
        for tracker, f in frames.items()
    ]
    table = pd.concat(stacked, ignore_index=True).sort_values(["tracker", "date"])
    gap = table.groupby("tracker")["date"].diff() > pd.Timedelta(days=LONGEST_GAP_DAYS)
    number = gap.groupby(table["tracker"]).cumsum() + 1
    table["share_of_ukraine_pct"] = 100 * table["area_km2"] / UKRAINE_KM2
    table["segment"] = table["tracker"] + " " + number.astype(str)
    return table.reset_index(drop=True)


def _area(frame: pd.DataFrame) -> pd.Series[float]:
    names = ("area_km2", "occupied_km2", "control_km2", "held_km2")
    column = next(name for name in names if name in frame)
    return frame[column].astype(float)


def published_levels(totals: pd.DataFrame) -> pd.DataFrame:
    """Return levels that trackers published for all of Ukraine, with the areas of 2014.

    Those printed in whole percents are left out: their rounding is larger than the movement.

    Parameters
    ----------
    totals : DataFrame
        Table ``territory-published-totals``.

    Returns
    -------
    DataFrame
        date, counted_by ("War Mapper", "AFP from ISW", "Others from ISW", "DeepState",
        "not stated"), area_km2, measure, published, evidence_id, in the order of the days.
    """
    # A whole percent of Ukraine is 6,000 km2, more than two years of movement.
    rough = (totals["unit_as_published"] == "percent") & (totals["value_as_published"] % 1 == 0)
    rows = totals[totals["includes_2014_areas"].astype(bool) & ~rough]
    afp = rows["publisher"].str.startswith("AFP")
    named = rows["tracker"].mask(rows["tracker"] == "ISW", "Others from ISW")
    table = rows.assign(counted_by=named.mask(afp, "AFP from ISW"), area_km2=rows["held_km2"])
    columns = ["date", "counted_by", "area_km2", "measure", "published", "evidence_id"]
    kept: pd.DataFrame = table[columns].sort_values(["date", "evidence_id"], ignore_index=True)
    return kept


def largest_level_gap_km2(levels: pd.DataFrame, maps: pd.DataFrame) -> float:
    """Return how far levels published from ISW lie from another tracker's maps at the most.

    Parameters
    ----------
    levels : DataFrame
        From `published_levels`.
    maps : DataFrame
        Table ``deepstate-daily-total``.

    Returns
    -------
    float
        Largest distance in either direction on days that both have, km2.
    """
    from_isw = levels[levels["counted_by"].str.endswith("from ISW")]
    both = from_isw.merge(maps[["date", "occupied_km2"]], on="date")
    return float((both["area_km2"] - both["occupied_km2"]).abs().max())


# Share regained in 2022 ----------------------------------------------------------------


def regained_share_by_definition(
    published: pd.DataFrame,
    control_2022: pd.DataFrame,
    layers: pd.DataFrame,
    known_by: date,
) -> pd.DataFrame:
    """List every defensible answer to "how much of what was lost had been regained".

    Parameters
    ----------
    published : DataFrame
        Table ``regained-2022-published``.
    control_2022, layers : DataFrame
        Tables ``isw-control-2022`` and ``isw-layers-daily``: four answers are computed.
    known_by : date
        Day by which a figure must have been published to count as known then.

    Returns
    -------
    DataFrame
        definition_id, source, definition, origin_id, base, numerator, denominator, unit,
        share_pct, as_of, published, status ("known then", or "about then" where the source
        does not say when it was published, or "later"), basis, evidence_ids; by falling
        share.  The answers run from a fifth to over 60 percent because numerator (ground
        left or ground retaken) and base (control, control and advances, since 2014) differ.
    """
    rows = published.rename(columns={"publisher": "source"})
    quotient = 100 * rows["numerator"] / rows["denominator"]
    rows = rows.assign(share_pct=quotient.fillna(rows["share_pct_as_published"]))
    own = _regained_from_layers(control_2022, layers)
    table = pd.concat([rows.drop(columns="share_pct_as_published"), own], ignore_index=True)
    known = table["published"] <= pd.Timestamp(known_by)
    about = table["published"].isna()
    table["status"] = np.select([known, about], ["known then", "about then"], "later")
    return table.sort_values(["share_pct", "definition_id"], ascending=False, ignore_index=True)


def _regained_from_layers(control_2022: pd.DataFrame, layers: pd.DataFrame) -> pd.DataFrame:
    control = isw_control(control_2022, layers)
    both = isw_control_and_advances(layers)
    rows = []
    for label, series in (("control", control), ("control and advances", both)):
        peak = level_km2(series, PEAK_2022, value="area_km2", max_gap_days=0)
        after = level_km2(series, AFTER_2022, value="area_km2", max_gap_days=0)
        for base, held_before in (
            ("since 24 Feb 2022", HELD_BEFORE_2022_KM2),
            ("all held since 2014", 0),
        ):
            slug = f"{label} {'since 2022' if held_before else 'since 2014'}".replace(" ", "-")
            rows.append(
                {
                    "definition_id": f"isw-layers-{slug}",
                    "source": "ISW layers, The Economist's areas",
                    "definition": f"fall of {label} from {PEAK_2022} to {AFTER_2022}",
                    "origin_id": "isw",
                    "base": base,
                    "numerator": peak - after,
                    "denominator": peak - held_before,
                    "unit": "km2",
                    "share_pct": 100 * (peak - after) / (peak - held_before),
                    "as_of": pd.Timestamp(AFTER_2022),
                    "published": UNDATED,
                    "basis": "computed from the series",
                    "evidence_ids": "isw-control-layer-2022-03-28;isw-control-layer-2023-01-05",
                }
            )
    return pd.DataFrame(rows)


# "Last fall" ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """One way to read a period of the text."""

    reading_id: str
    label: str
    start: date
    end: date

    @property
    def days(self) -> int:
        """Length, first and last day included."""
        return (self.end - self.start).days + 1


# The article is of June 2024: last fall is the fall of 2023.  The equinox of that year fell
# on 23 September, the solstice on 22 December.
LAST_FALL: tuple[Period, ...] = (
    Period("astronomical", "astronomical fall", date(2023, 9, 23), date(2023, 12, 21)),
    Period("meteorological", "September to November", date(2023, 9, 1), date(2023, 11, 30)),
    Period("fourth-quarter", "October to December", date(2023, 10, 1), date(2023, 12, 31)),
    Period("mid-fall-month", "the month to 21 November", date(2023, 10, 21), date(2023, 11, 21)),
    Period("fall-and-winter", "October 2023 to April 2024", date(2023, 10, 1), date(2024, 4, 30)),
    Period(
        "sources-own", "the source's own: 1 January to 25 September",
        date(2023, 1, 1), date(2023, 9, 25),
    ),
)  # fmt: skip


def net_gain_by_period(
    published_changes: pd.DataFrame,
    layers: pd.DataFrame,
    periods: tuple[Period, ...] = LAST_FALL,
    *,
    least_cover: float = 0.3,
    least_inside: float = 0.35,
) -> pd.DataFrame:
    """Net Russian gain for every reading of a period, by tracker, with what is comparable.

    Published net figures are taken as they are; a gross Russian and a gross Ukrainian figure
    of one tracker for the same days make a net one.  From the ISW layers come control, and
    control with advances, over the part of the period that the series has (it ends on
    5 November 2023).

    Parameters
    ----------
    published_changes, layers : DataFrame
        Tables ``territory-published-changes`` and ``isw-layers-daily``.
    periods : tuple of Period
        Readings of the words.
    least_cover, least_inside : float
        A figure is listed when it covers at least this share of the reading's days, and
        when at least this share of its own days lies inside the reading.

    Returns
    -------
    DataFrame
        reading_id, reading, tracker, net_gain_km2, net_gain_sq_mi, start, end, days,
        cover (share of the reading's days), comparability (in words), publisher, published,
        origin_id, evidence_ids.  A longer or shorter period is never scaled to fit.
    """
    published = _published_net(published_changes)
    frames = [
        _beside(period, pd.concat([published, _layer_changes(layers, period)]))
        for period in periods
    ]
    table = pd.concat(frames, ignore_index=True)
    enough = (table["cover"] >= least_cover) & (table["inside"] >= least_inside)
    table = table[enough].drop(columns="inside").reset_index(drop=True)
    table["net_gain_sq_mi"] = table["net_gain_km2"] / KM2_PER_SQ_MI
    return table


def _beside(period: Period, figures: pd.DataFrame) -> pd.DataFrame:
    """Put the figures beside a period: shared days, and what differs in words."""
    table = figures.assign(reading_id=period.reading_id, reading=period.label)
    table["days"] = (table["end"] - table["start"]).dt.days + 1
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    first = table["start"].where(table["start"] >= start, start)
    last = table["end"].where(table["end"] <= end, end)
    shared = ((last - first).dt.days + 1).clip(lower=0)
    table["cover"] = shared / period.days
    table["comparability"] = [
        _comparability(period.days, int(days), int(common))
        for days, common in zip(table["days"], shared, strict=True)
    ]
    return table.assign(inside=shared / table["days"])


def _published_net(changes: pd.DataFrame) -> pd.DataFrame:
    ukraine = changes[changes["scope"] == "Ukraine"]
    named = ukraine.rename(columns={"period_start": "start", "period_end": "end"})
    key = ["start", "end", "tracker", "origin_id"]
    net = named[named["measure"] == "net"].copy()
    gross = named[named["measure"].isin(["gross Russian", "gross Ukrainian"])]
    pairs = gross.groupby(key).filter(lambda rows: set(rows["measure"]) == _BOTH_SIDES)
    sums = pairs.groupby(key, as_index=False).agg(
        russian_gain_km2=("russian_gain_km2", "sum"),
        published=("published", "max"),
        publisher=("publisher", "first"),
        evidence_id=("evidence_id", ";".join),
    )
    # A net figure printed by the source itself makes the sum of its parts a repetition.
    printed = set(map(tuple, net[key].to_numpy()))
    sums = sums[[tuple(row) not in printed for row in sums[key].to_numpy()]]
    table = pd.concat([net, sums], ignore_index=True)
    renamed = table.rename(
        columns={"russian_gain_km2": "net_gain_km2", "evidence_id": "evidence_ids"}
    )
    return renamed[[*key, "net_gain_km2", "publisher", "published", "evidence_ids"]]


_BOTH_SIDES = {"gross Russian", "gross Ukrainian"}


def _layer_changes(layers: pd.DataFrame, period: Period) -> pd.DataFrame:
    control = layers[layers["layer"] == "assessed_russian_control"]
    rows = []
    for tracker, series in (
        ("ISW layers: control", control),
        ("ISW layers: control and advances", isw_control_and_advances(layers)),
    ):
        used = _window(series, period)
        if len(used) > 1:
            gain = float(used["area_km2"].iloc[-1] - used["area_km2"].iloc[0])
            rows.append((used["date"].iloc[0], used["date"].iloc[-1], tracker, "isw", gain, ""))
    columns = ["start", "end", "tracker", "origin_id", "net_gain_km2", "evidence_ids"]
    publisher = "The Economist, from the ISW layers"
    return pd.DataFrame(rows, columns=columns).assign(published=UNDATED, publisher=publisher)


def _window(series: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Rows of a period, with the map before its first day when that is recent enough."""
    start = pd.Timestamp(period.start)
    before = series[series["date"].between(start - pd.Timedelta(days=LONGEST_GAP_DAYS), start)]
    inside = series[series["date"].between(start, pd.Timestamp(period.end))]
    used = pd.concat([before.sort_values("date").tail(1), inside])
    return used.drop_duplicates("date").sort_values("date")


def _comparability(period_days: int, figure_days: int, shared: int) -> str:
    extra, missing = figure_days - shared, period_days - shared
    parts = [f"lacks {missing} of the {period_days} days"] if missing else []
    parts += [f"has {extra} days more"] if extra else []
    return ", ".join(parts) or "same days"


def with_differences(published_changes: pd.DataFrame) -> pd.DataFrame:
    """Add the gains that follow from two totals of one counter, as further rows.

    A total since 1 January less what the same counter printed for a part of its days leaves
    the gain of the other days.  Totals of two counters are never subtracted: on one map
    they differ by a factor of up to three.

    Parameters
    ----------
    published_changes : DataFrame
        Table ``territory-published-changes``.

    Returns
    -------
    DataFrame
        The table with basis ("published" or "difference of totals"); a difference has the
        evidence ids of all its parts, separated by semicolons, and the latest day of
        publication among them.  A total that the table lacks adds no row.
    """
    found = published_changes.set_index("evidence_id", drop=False)
    rows = [
        _difference(found.loc[[total, *parts]], gap)
        for total, parts, gap in _TOTALS
        if {total, *parts} <= set(found.index)
    ]
    plain = published_changes.assign(basis="published")
    return pd.concat([plain, pd.DataFrame(rows)], ignore_index=True) if rows else plain


# A total, the printed parts of it, and the days that are left.
_TOTALS = (
    (
        "isw-jan-may-2024-752",
        ("isw-jan-apr-2024-516",),
        (pd.Timestamp("2024-04-30"), pd.Timestamp("2024-05-31")),
    ),
    (
        "afp-2024-to-july-1246",
        ("afp-may-2024-449", "afp-june-2024-129", "afp-july-2024-198"),
        (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-04-30")),
    ),
)


def _difference(rows: pd.DataFrame, left: tuple[pd.Timestamp, pd.Timestamp]) -> dict[str, Any]:
    total, parts = rows.iloc[0], rows.iloc[1:]
    if len(rows[["counted_by", "measure"]].drop_duplicates()) > 1:
        message = f"not of one counter and measure: {', '.join(rows.index)}"
        raise ValueError(message)
    kept = ["tracker", "counted_by", "measure", "scope", "origin_id", "publisher"]
    return {
        **{name: total[name] for name in kept},
        "period_start": left[0],
        "period_end": left[1],
        "russian_gain_km2": total["russian_gain_km2"] - parts["russian_gain_km2"].sum(),
        "published": rows["published"].max(),
        "evidence_id": ";".join(rows["evidence_id"]),
        "note": "",
        "basis": "difference of totals",
    }


def without_overlap(figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures of which no two share a day, in the order in which they were taken.

    Parameters
    ----------
    figures : DataFrame
        With period_start and period_end (both days included).

    Returns
    -------
    DataFrame
        Of figures that overlap the one for more days; of equally long ones the earlier.
    """
    days = (figures["period_end"] - figures["period_start"]).dt.days
    ordered = figures.assign(span=days).sort_values(
        ["span", "period_start"], ascending=[False, True], kind="stable"
    )
    chosen: list[Any] = []
    for label, row in ordered.iterrows():
        taken = figures.loc[chosen]
        clash = (taken["period_start"] <= row["period_end"]) & (
            taken["period_end"] >= row["period_start"]
        )
        if not clash.any():
            chosen.append(label)
    return figures.loc[chosen]


def rest_of_2023(published_changes: pd.DataFrame) -> float:
    """AFP's gain of 2023 less the Times' to 25 September, in km2: no measure of the fall.

    Two counters, of whom one prints a net figure and the other does not say: on the same
    maps the Times' gross gain of nine months (857 km2) is above AFP's of the whole year.
    """
    gain = published_changes.set_index("evidence_id")["russian_gain_km2"]
    return float(gain["afp-2023-total-584"] - gain["nyt-net-gain-188"])


def ratio_to_city(gain_sq_mi: float, areas_sq_mi: Mapping[str, float]) -> pd.DataFrame:
    """Compare an area with each area of a city: measure, city_sq_mi, city_km2, ratio."""
    table = pd.DataFrame(areas_sq_mi.items(), columns=["measure", "city_sq_mi"])
    table["city_km2"] = table["city_sq_mi"] * KM2_PER_SQ_MI
    table["ratio"] = gain_sq_mi / table["city_sq_mi"]
    return table


# Provinces -----------------------------------------------------------------------------


def province_share(
    by_oblast: pd.DataFrame,
    areas: pd.DataFrame,
    oblast: str,
    denominator: Literal["official", "polygon"] = "official",
) -> pd.DataFrame:
    """Share of an oblast that is occupied, by date.

    Parameters
    ----------
    by_oblast, areas : DataFrame
        Tables ``deepstate-daily-by-oblast`` and ``oblast-areas``.
    oblast : str
        Name as in ``by_oblast``.
    denominator : {"official", "polygon"}
        All occupied ground over the official area, or the ground inside the boundary
        polygon over the polygon.  They differ by a point; Kherson's official area counts
        bays and lagoons, so only the polygon is right there (72 against 67 percent).

    Returns
    -------
    DataFrame
        Rows of ``by_oblast`` with share_pct.  Good to about one point: with the official
        area a share can pass 100 by that much, because borders differ a little.

    Raises
    ------
    KeyError
        No such oblast in either table.
    """
    rows = by_oblast[by_oblast["oblast"] == oblast]
    names = PARTS.get(oblast, (oblast,))
    area = areas.set_index("oblast")[f"{denominator}_area_km2"].loc[list(names)].sum()
    if rows.empty:
        raise KeyError(oblast)
    held = rows["occupied_km2" if denominator == "official" else "inside_polygon_km2"]
    return rows.assign(share_pct=100 * held / float(area)).reset_index(drop=True)


def province_shares(
    by_oblast: pd.DataFrame,
    areas: pd.DataFrame,
    oblasts: tuple[str, ...] = ANNEXED,
    denominator: Literal["official", "polygon"] = "official",
) -> pd.DataFrame:
    """Stack `province_share` of several oblasts, the annexed four by default."""
    frames = [province_share(by_oblast, areas, name, denominator) for name in oblasts]
    return pd.concat(frames, ignore_index=True)


def held_since(shares: pd.DataFrame, threshold_pct: float) -> pd.Timestamp | None:
    """Return the day since which a share has stayed at or above a threshold to the end.

    None when the last share is below it.  The day is the first map of that unbroken run;
    if the run begins with the series, the threshold may have been passed long before.
    """
    ordered = shares.sort_values("date")
    below = ordered.loc[ordered["share_pct"] < threshold_pct, "date"]
    run = ordered if below.empty else ordered[ordered["date"] > below.iloc[-1]]
    return None if run.empty else pd.Timestamp(run["date"].iloc[0])


# Rates of advance ----------------------------------------------------------------------


def advance_rate_m_per_day(rates: pd.DataFrame) -> pd.DataFrame:
    """Metres a day of every offensive: as published, or distance over days.

    Returns
    -------
    DataFrame
        The table ``advance-rates`` with metres_per_day filled in, slowest first.  A rate is
        the shift of the line on one axis, not area, and hangs on the start date and the
        axis that its author chose; distances run to the deepest point, so they are upper
        bounds for the front as a whole.
    """
    computed = 1000 * rates["distance_km"] / rates["days"]
    table = rates.assign(metres_per_day=rates["metres_per_day"].fillna(computed))
    return table.sort_values(["metres_per_day", "rate_id"], ignore_index=True)


# The grid ------------------------------------------------------------------------------


def grid_month(cells: pd.DataFrame, grid: pd.DataFrame, month: str) -> pd.DataFrame:
    """Return all cells with the share occupied on the first map of a month.

    Parameters
    ----------
    cells, grid : DataFrame
        Tables ``occupation-cells`` and ``occupation-grid``.
    month : str
        YYYY-MM.

    Returns
    -------
    DataFrame
        Columns of ``cells`` and share, 0 where nothing is held.  The share is of the whole
        100 km2 cell: on a coast or border even a fully held cell stays below 1.

    Raises
    ------
    KeyError
        The grid has no such month; the message names those it has.
    """
    rows = grid[grid["month"] == month]
    if rows.empty:
        message = f"no month {month}; the grid has {grid['month'].min()} to {grid['month'].max()}"
        raise KeyError(message)
    merged = cells.merge(rows[["cell_id", "share"]], on="cell_id", how="left")
    return merged.assign(share=merged["share"].fillna(0.0))


def grid_by_cell(cells: pd.DataFrame, grid: pd.DataFrame) -> pd.DataFrame:
    """Return the grid with one row a cell, as a map with a time slider wants it.

    Parameters
    ----------
    cells, grid : DataFrame
        Tables ``occupation-cells`` and ``occupation-grid``.

    Returns
    -------
    DataFrame
        cell_id, lon, lat, oblast, shares_pct (list, one whole percent a month, in the order
        of the months), change_pct (last month less first).  Cells never held are left out.
    """
    by_month = grid.pivot_table(index="cell_id", columns="month", values="share", fill_value=0.0)
    percent = (100 * by_month).round().astype(int)
    wide = pd.DataFrame(
        {
            "shares_pct": percent.to_numpy().tolist(),
            "change_pct": percent.iloc[:, -1] - percent.iloc[:, 0],
        },
        index=percent.index,
    )
    places = cells[["cell_id", "lon", "lat", "oblast"]]
    merged = places.merge(wide, left_on="cell_id", right_index=True)
    return merged.sort_values("cell_id", ignore_index=True)


# The two cases -------------------------------------------------------------------------


def losses_beside_2022(
    isw: pd.DataFrame, total: pd.DataFrame, published_changes: pd.DataFrame
) -> pd.DataFrame:
    """Most ground lost in a week: the collapses of 2022 and the front since.

    Parameters
    ----------
    isw : DataFrame
        From `isw_control`.
    total, published_changes : DataFrame
        Tables ``deepstate-daily-total`` and ``territory-published-changes``.

    Returns
    -------
    DataFrame
        event, loser ("Russian forces" or "Ukrainian forces"), loss_km2, tracker, start, end;
        largest first.  Two trackers: compare orders of magnitude, not single km2.
    """
    week = _published(published_changes, "afp-week-may-2024-278")
    spring = isw[isw["date"].between("2022-03-20", "2022-04-15")]
    september = isw[isw["date"].between("2022-08-25", "2022-10-01")]
    november = isw[isw["date"].between("2022-11-01", "2022-11-30")]
    rows = [
        (
            event,
            "Russian forces",
            "ISW",
            largest_rolling_loss(part, 7, loser="Russia", value="area_km2"),
        )
        for event, part in (
            ("North, spring 2022", spring),
            ("Kharkiv, Sept 2022", september),
            ("Kherson, Nov 2022", november),
        )
    ]
    known = Loss(week["period_start"].date(), week["period_end"].date(), week["russian_gain_km2"])
    rows.append(("Week in May 2024", "Ukrainian forces", "AFP from ISW", known))
    since = largest_rolling_loss(total, 7)
    rows.append(("Worst week since", "Ukrainian forces", "DeepState", since))
    table = pd.DataFrame(
        [(e, who, loss.loss_km2, by, loss.start, loss.end) for e, who, by, loss in rows],
        columns=["event", "loser", "loss_km2", "tracker", "start", "end"],
    ).astype({"start": "datetime64[s]", "end": "datetime64[s]"})
    return table.sort_values("loss_km2", ascending=False, ignore_index=True)


def pace_by_period(published_changes: pd.DataFrame, total: pd.DataFrame) -> pd.DataFrame:
    """Russian gains a day, from before the article to the end of the series.

    Returns
    -------
    DataFrame
        period, start, end, tracker (who counted), km2_per_day, known_by_article (whether the
        figure was published by 3 June 2024), evidence_id.  ISW's figure is gross, those from
        the DeepState maps are net; AFP does not say which its are.
    """
    rows = [
        _pace(_published(published_changes, name), name, period)
        for name, period in (
            ("afp-2023-total-584", "2023"),
            ("isw-jan-apr-2024-516", "Jan–Apr 2024"),
            ("afp-may-2024-449", "May 2024"),
        )
    ]
    last = total["date"].max().date()
    rows += [
        (name, start, end, "DeepState", daily_rate_km2(total, start, end), False, "")
        for name, start, end in (
            ("Jul–Dec 2024", date(2024, 7, 8), date(2024, 12, 31)),
            ("2025", date(2024, 12, 31), date(2025, 12, 31)),
            ("Jan–Aug 2026", date(2025, 12, 31), last),
        )
    ]
    columns = [
        "period",
        "start",
        "end",
        "tracker",
        "km2_per_day",
        "known_by_article",
        "evidence_id",
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"start": "datetime64[s]", "end": "datetime64[s]"})


def _published(published_changes: pd.DataFrame, evidence_id: str) -> dict[str, Any]:
    row = published_changes[published_changes["evidence_id"] == evidence_id].iloc[0]
    return {str(name): cell for name, cell in row.items()}


def _pace(row: dict[str, Any], name: str, period: str) -> tuple[object, ...]:
    days = (row["period_end"] - row["period_start"]).days + 1
    known = bool(pd.notna(row["published"]) and row["published"] <= pd.Timestamp("2024-06-03"))
    start, end = row["period_start"].date(), row["period_end"].date()
    pace = row["russian_gain_km2"] / days
    return (period, start, end, _COUNTERS[row["counted_by"]], pace, known, name)


_COUNTERS = {"AFP": "AFP from ISW", "ISW": "ISW"}


@dataclass(frozen=True)
class Paced:
    """One period of one counter: published figures, less printed parts of them."""

    counter: str
    label: str
    totals: tuple[str, ...]
    parts: tuple[str, ...] = ()


# Every counter with a figure before May 2024 and one for May itself, its periods in order.
_ISW, _AFP, _MAPS = "ISW itself, gross", "AFP from ISW, with claims", "DeepState, net"
PACE_COUNTERS = (_ISW, _AFP, _MAPS)
_PACED: tuple[Paced, ...] = (
    Paced(_ISW, "Jan–Jul 2023", ("isw-russia-282-h1-2023",)),
    Paced(_ISW, "Jan–Apr 2024", ("isw-jan-apr-2024-516",)),
    Paced(_ISW, "May 2024", ("isw-jan-may-2024-752",), ("isw-jan-apr-2024-516",)),
    Paced(_ISW, "Jan–Oct 2025", ("isw-oct-7-2025-3561",)),
    Paced(_AFP, "2023", ("afp-2023-total-584",)),
    Paced(
        _AFP,
        "Jan–Apr 2024",
        ("afp-2024-to-july-1246",),
        ("afp-may-2024-449", "afp-june-2024-129", "afp-july-2024-198"),
    ),
    Paced(_AFP, "May 2024", ("afp-may-2024-449",)),
    Paced(_AFP, "Jun–Jul 2024", ("afp-june-2024-129", "afp-july-2024-198")),
    Paced(_AFP, "Aug–Dec 2024", ("afp-2024-total-3985",), ("afp-2024-to-july-1246",)),
    Paced(_AFP, "2025", ("afp-2025-total-5600",)),
    Paced(_MAPS, "March 2024", ("deepstate-mar-2024-39",)),
    Paced(_MAPS, "May 2024", ("deepstate-may-2024-317",)),
)
# Periods of the maps, which continue DeepState's own months.
_PACED_MAPS = (
    ("Jul–Dec 2024", date(2024, 7, 8), date(2024, 12, 31)),
    ("2025", date(2024, 12, 31), date(2025, 12, 31)),
    ("2026", date(2025, 12, 31), None),
)


def pace_by_counter(
    published_changes: pd.DataFrame, total: pd.DataFrame, known_by: date
) -> pd.DataFrame:
    """Russian gains a day, each counter by itself, from before the article on.

    A pace of one counter is only ever set beside another of the same: on one map and for the
    same days counters differ by a factor of up to three.

    Parameters
    ----------
    published_changes, total : DataFrame
        Tables ``territory-published-changes`` and ``deepstate-daily-total``.
    known_by : date
        Day by which all figures of a period must have been published to count as known then.

    Returns
    -------
    DataFrame
        counter, period, start, end (days), gain_km2, km2_per_day, known_then, evidence_ids.

    Raises
    ------
    ValueError
        A total and its parts that are not of one counter and measure.
    """
    found = published_changes.set_index("evidence_id", drop=False)
    rows = [_paced(found, paced, known_by) for paced in _PACED]
    last = total["date"].max().date()
    for label, start, end in _PACED_MAPS:
        until = end or last
        gain = net_change_km2(total, start, until)
        rows.append((_MAPS, label, start, until, gain, (until - start).days, False, ""))
    columns = [
        "counter", "period", "start", "end", "gain_km2", "days", "known_then", "evidence_ids",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table["km2_per_day"] = table["gain_km2"] / table["days"]
    table = table.astype({"start": "datetime64[s]", "end": "datetime64[s]"})
    return table.sort_values(["counter", "start"], ignore_index=True)


def _paced(found: pd.DataFrame, paced: Paced, known_by: date) -> tuple[object, ...]:
    """Totals less parts; the days that are left lie before all parts or after them."""
    totals, parts = found.loc[list(paced.totals)], found.loc[list(paced.parts)]
    rows = pd.concat([totals, parts])
    # AFP prints net gains of 2025 and does not say for the years before; each is alone here.
    if len(rows[["counted_by", "measure"]].drop_duplicates()) > 1:
        message = f"{paced.label}: not of one counter and measure: {', '.join(rows.index)}"
        raise ValueError(message)
    start, end = totals["period_start"].min(), totals["period_end"].max()
    if len(parts) and parts["period_start"].min() == start:
        start = parts["period_end"].max() + pd.Timedelta(days=1)
    elif len(parts):
        end = parts["period_start"].min() - pd.Timedelta(days=1)
    gain = float(totals["russian_gain_km2"].sum()) - float(parts["russian_gain_km2"].sum())
    known = bool((rows["published"] <= pd.Timestamp(known_by)).all())
    ids = ";".join(map(str, rows.index))
    days = (end - start).days + 1
    return (paced.counter, paced.label, start.date(), end.date(), gain, days, known, ids)


def fastest_week(
    series: pd.DataFrame, start: date, end: date, *, value: str = "occupied_km2"
) -> Loss:
    """Find the most ground that Russian forces took within a week of a period, net.

    Only weeks at both ends of which there is a map are seen: in a series with gaps the answer
    is the largest that was measured, not the largest that there was.
    """
    inside = series[series["date"].between(pd.Timestamp(start), pd.Timestamp(end))]
    return largest_rolling_loss(inside, 7, value=value)


def longest_gap_days(series: pd.DataFrame, start: date, end: date) -> int:
    """Return the longest run of days between two maps of a series within a period."""
    days = series.loc[series["date"].between(pd.Timestamp(start), pd.Timestamp(end)), "date"]
    gaps = days.sort_values().diff().dt.days.dropna()
    return int(max(gaps.tolist(), default=0))


def fall_2023(published_changes: pd.DataFrame, layers: pd.DataFrame) -> pd.DataFrame:
    """Net Russian gain of the fall of 2023, one row for each count and its own period.

    Parameters
    ----------
    published_changes, layers : DataFrame
        Tables ``territory-published-changes`` and ``isw-layers-daily``.

    Returns
    -------
    DataFrame
        label, period, tracker, net_gain_sq_mi, net_gain_km2, comparability; by the last day
        of the period, the printed number's own period at the end.
    """
    counts = net_gain_by_period(published_changes, layers)
    wanted = [
        ("mid-fall-month", "ISW", "Belfer from ISW"),
        ("astronomical", "ISW layers: control", "ISW control"),
        ("astronomical", "ISW layers: control and advances", "ISW with advances"),
        ("fall-and-winter", "War Mapper", "War Mapper"),
        ("sources-own", "ISW", "NYT from ISW"),
    ]
    rows = [
        _fall_row(counts.query("reading_id == @reading and tracker == @tracker").iloc[0], name)
        for reading, tracker, name in wanted
    ]
    rest = rest_of_2023(published_changes)
    mixed = {
        "label": "AFP less NYT, 26 Sep–31 Dec",
        "period": "26 September to 31 December 2023",
        "tracker": "AFP less NYT",
        "net_gain_km2": rest,
        "net_gain_sq_mi": rest / KM2_PER_SQ_MI,
        "comparability": "two counters, one of them net: no measure of the fall",
    }
    return pd.DataFrame([*rows[:3], mixed, *rows[3:]])


def _fall_row(row: pd.Series[Any], name: str) -> dict[str, object]:
    start, end = (f"{when.day} {when:%b}" for when in (row["start"], row["end"]))
    return {
        "label": f"{name}, {start}–{end}",
        "period": f"{row['start']:%Y-%m-%d} to {row['end']:%Y-%m-%d}",
        "tracker": name,
        "net_gain_km2": row["net_gain_km2"],
        "net_gain_sq_mi": row["net_gain_sq_mi"],
        "comparability": row["comparability"],
    }
