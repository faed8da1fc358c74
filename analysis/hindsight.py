"""What came after the article: series on one axis of months, and outcomes of what was expected.

What none of these measures can tell.  They show what happened in the article's eighteen
months and after, not what would have happened had talks begun in June 2024: that course was
not taken and nobody observed it.  Trackers and pollsters keep their own lines; no level of
one is moved to fit another, and a month without a figure has no row.

A month belongs to one of three periods: before the window (January 2023 to May 2024), in it
(June 2024 to November 2025) and after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis import aid, losses, opinion, territory

ARTICLE = date(2024, 6, 3)
WINDOW_END = date(2025, 12, 3)
BEFORE, IN, AFTER = PERIODS = ("before", "in the window", "after")
AXIS_FIRST, AXIS_LAST = "2023-01", "2026-08"
WINDOW_FIRST, WINDOW_LAST = "2024-06", "2025-11"
# Armour is counted alike throughout; the list of all equipment lost its drones in 2026.
ARMOUR = ("tanks", *losses.ARMOUR)
# A list stands for the end of a month if it is at most this much older.
LIST_AGE_DAYS = 16
# Longer fieldwork, such as Gallup's averages of a year, is a mean of its months.
LONG_FIELDWORK_DAYS = 45
# The day that stands for a month: two intervals that meet never claim it both.
MIDDLE = 15

Cadence = Literal["interval", "wave", "step"]
# A side and a day to the terms that then stood, one row a dimension.
Standing = Callable[[str, date | pd.Timestamp], pd.DataFrame]


@dataclass(frozen=True)
class Track:
    """One series of one source, as it is published.

    Attributes
    ----------
    panel : str
        What it measures; series of one panel share an axis and a unit.
    series, unit : str
    cadence : {"interval", "wave", "step"}
        A mean over an interval, an answer of a poll, or a value in force until the next.
    rows : DataFrame
        start, end (days), value; a step has no use for its end.
    """

    panel: str
    series: str
    unit: str
    cadence: Cadence
    rows: pd.DataFrame


def period_of(month: pd.Timestamp) -> str:
    """Return the period of a month, by its first day."""
    if month < pd.Timestamp(WINDOW_FIRST):
        return BEFORE
    return IN if month <= pd.Timestamp(WINDOW_LAST) else AFTER


# One axis ------------------------------------------------------------------------------


def monthly_axis(
    tracks: Sequence[Track], *, first: str = AXIS_FIRST, last: str = AXIS_LAST
) -> pd.DataFrame:
    """Set series of unlike sources on one axis of months, each in its own unit.

    Parameters
    ----------
    tracks : sequence of Track
    first, last : str
        Months, "2023-01"; both are kept.

    Returns
    -------
    DataFrame
        panel, series, unit, month (first day), value, spans_months (number of months whose
        mean the value is), period, segment.  An interval fills each month whose middle lies
        in it; a wave stands in the month of the middle of its fieldwork.  A month
        without a figure has no row, and a new segment begins after it.

    Raises
    ------
    ValueError
        Two rows of one series fall into one month.
    """
    table = pd.concat([_on_months(track) for track in tracks], ignore_index=True)
    table = table[table["month"].between(pd.Timestamp(first), pd.Timestamp(last))]
    twice = table.duplicated(["panel", "series", "month"])
    if twice.any():
        rows = table.loc[twice, ["series", "month"]].to_dict("records")
        message = f"two figures in one month: {rows}"
        raise ValueError(message)
    table = table.sort_values(["panel", "series", "month"], ignore_index=True)
    months = table["month"].dt.year * 12 + table["month"].dt.month
    gap = months.groupby([table["panel"], table["series"]]).diff() != 1
    number = gap.groupby([table["panel"], table["series"]]).cumsum()
    table["period"] = [period_of(month) for month in table["month"]]
    table["segment"] = table["series"] + " " + number.astype(str)
    return table


def _on_months(track: Track) -> pd.DataFrame:
    rows = track.rows.sort_values("start", ignore_index=True)
    if track.cadence == "step":
        rows = _in_force(rows)
    filled = [
        {"month": month, "value": float(value), "spans_months": len(months)}
        for start, end, value in rows[["start", "end", "value"]].itertuples(index=False)
        for months in [_months(start, end, track.cadence)]
        for month in months
    ]
    columns = {"month": "datetime64[s]", "value": "float64", "spans_months": "int64"}
    table = pd.DataFrame(filled, columns=list(columns)).astype(columns)
    return table.assign(panel=track.panel, series=track.series, unit=track.unit)


def _in_force(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the value at the end of each month, up to the month of the last decision."""
    months = pd.period_range(rows["start"].min(), rows["start"].max(), freq="M")
    ends = pd.DataFrame({"start": months.end_time.normalize().astype("datetime64[s]")})
    starts = rows.assign(start=rows["start"].astype("datetime64[s]"))[["start", "value"]]
    held = pd.merge_asof(ends, starts, on="start")
    return held.assign(end=held["start"], start=months.start_time.astype("datetime64[s]"))


def _months(start: pd.Timestamp, end: pd.Timestamp, cadence: Cadence) -> list[pd.Timestamp]:
    days = (end - start).days
    if cadence == "wave" and days <= LONG_FIELDWORK_DAYS:
        middle = start + (end - start) / 2
        return [middle.normalize().replace(day=1)]
    months = [month.start_time for month in pd.period_range(start, end, freq="M")]
    return [month for month in months if start <= month.replace(day=MIDDLE) < end]


def mean_by_period(axis: pd.DataFrame) -> pd.DataFrame:
    """Average each series over the months of a period that have a figure.

    Returns
    -------
    DataFrame
        panel, series, unit, period, mean, months (with a figure), by panel and series.
    """
    keys = ["panel", "series", "unit", "period"]
    grouped = axis.groupby(keys, sort=False)["value"].agg(mean="mean", months="size")
    return grouped.reset_index()


# The series ----------------------------------------------------------------------------


def maps_track(total: pd.DataFrame) -> Track:
    """Return Russian net gains in km2 a day by whole month, from the DeepState maps.

    Parameters
    ----------
    total : DataFrame
        Table ``deepstate-daily-total``.
    """
    maps = territory.monthly_net_change(total).query("full_month")
    rows = maps.assign(value=maps["net_change_km2"] / maps["days"])
    return Track("land", "DeepState maps", "km2/day", "interval", rows[["start", "end", "value"]])


def land_tracks(total: pd.DataFrame, published: pd.DataFrame) -> list[Track]:
    """Return Russian gains in km2 a day: the DeepState maps, AFP by month, ISW by period.

    Parameters
    ----------
    total, published : DataFrame
        Tables ``deepstate-daily-total`` and ``territory-published-changes``.
    """
    found = territory.with_differences(published).set_index("evidence_id")
    names = {"AFP from ISW": "AFP, net", "ISW": "ISW, gross"}
    tracks = [maps_track(total)]
    paces = pace_by_tracker(total, published)
    for tracker, name in names.items():
        ids = " ".join(paces.loc[paces["tracker"] == tracker, "evidence_ids"]).split()
        rows = found.loc[ids, ["period_start", "period_end", "russian_gain_km2"]]
        ends = rows["period_end"] + pd.Timedelta(days=1)
        days = (ends - rows["period_start"]).dt.days
        per_day = rows["russian_gain_km2"] / days
        part = pd.DataFrame({"start": rows["period_start"], "end": ends, "value": per_day})
        tracks.append(Track("land", name, "km2/day", "interval", part))
    return tracks


def loss_tracks(oryx: pd.DataFrame) -> list[Track]:
    """Return confirmed losses of tanks and armoured vehicles a month, each side its own."""
    names = {"Russia": "Russian forces", "Ukraine": "Ukrainian forces"}
    days = _list_days(losses.confirmed(oryx, "Russia", ARMOUR)["date"])
    table = losses.interval_losses(oryx, days, ARMOUR)
    return [
        Track(
            "losses",
            name,
            "vehicles/month",
            "interval",
            table[["start", "end"]].assign(value=table[f"{country.lower()}_per_month"]),
        )
        for country, name in names.items()
    ]


def _list_days(dates: pd.Series[pd.Timestamp]) -> list[date]:
    """Return the last list of each month that has one near its end, and the last of all."""
    ends = pd.period_range(dates.min(), dates.max(), freq="M").end_time.normalize()
    last = [dates[dates <= end].max() for end in ends]
    near = [day for day, end in zip(last, ends, strict=True) if (end - day).days <= LIST_AGE_DAYS]
    return sorted({day.date() for day in [*near, dates.max()]})


def aid_tracks(monthly: pd.DataFrame) -> list[Track]:
    """Return military allocations a month in billion euros, by donor group."""
    rows = aid.release_only(monthly)
    ends = rows["month"] + pd.offsets.MonthBegin(1)
    rows = rows.assign(start=rows["month"], end=ends, value=rows["military_eur_bn"])
    return [
        Track("aid", str(name), "EUR bn/month", "interval", part[["start", "end", "value"]])
        for name, part in rows[rows["donor_group"].isin(aid.DONORS[:2])].groupby("donor_group")
    ]


OPINION: tuple[tuple[str, str, str], ...] = (
    ("No land for peace", opinion.CONCESSIONS, opinion.NEVER),
    ("Some land for peace", opinion.CONCESSIONS, opinion.SOME),
    ("Talks soon", "gallup-restated", "negotiate as soon as possible"),
)


def opinion_tracks(polls: pd.DataFrame) -> list[Track]:
    """Return three answers of two questions over time, in percent; never one line."""
    found = opinion.followed(polls, OPINION[:1] + OPINION[2:])
    some = opinion.followed(polls, OPINION[1:2])
    both = pd.concat([found, some], ignore_index=True)
    both = both.rename(
        columns={"fieldwork_start": "start", "fieldwork_end": "end", "share_pct": "value"}
    )
    return [
        Track("opinion", str(name), "percent", "wave", part[["start", "end", "value"]])
        for name, part in both.groupby("label")
    ]


def rate_track(rates: pd.DataFrame) -> Track:
    """Return the key rate of the Bank of Russia at the end of each month, in percent."""
    rows = rates.rename(columns={"date": "start", "key_rate_pct": "value"})
    rows = rows[["start", "value"]].assign(end=rows["start"])
    return Track("economy", "Key rate", "percent", "step", rows)


SIDES = ("Russia", "Ukraine")
LINE = "territory_de_facto"
# On this day Russia declared four provinces its own, "not subject to discussion": what it had
# offered on the line before is no longer its demand.
ANNEXATION = pd.Timestamp("2022-09-30")


def terms_tracks(standing: Standing, first: str = AXIS_FIRST, last: str = "2026-06") -> list[Track]:
    """Return where each side asked the line to run at the end of each month, code 0 to 4.

    Parameters
    ----------
    standing : callable
        `analysis.terms.standing`: side and day to its last terms, one row a dimension.
    first, last : str
        Months; the last should be that of the last paper held.

    Returns
    -------
    list of Track
        Papers from before `ANNEXATION` do not stand after it: a side has no value until it
        speaks of the line anew.
    """
    months = pd.period_range(first, last, freq="M")
    tracks = []
    for side in SIDES:
        codes = [_line(standing(side, month.end_time.normalize())) for month in months]
        rows = pd.DataFrame({"start": months.start_time, "value": codes})
        rows["end"] = (months + 1).start_time
        name = f"{side} asks"
        tracks.append(Track("terms", name, "code", "interval", rows.dropna(subset=["value"])))
    return tracks


def _line(terms: pd.DataFrame) -> float:
    of_line = (terms["dimension"] == LINE) & (terms["date"] >= ANNEXATION)
    found = terms.loc[of_line, "code"]
    return float(found.iloc[0]) if len(found) else np.nan


def terms_apart(
    standing: Standing, compared: Callable[..., pd.DataFrame], days: Mapping[str, date]
) -> pd.DataFrame:
    """Count on how many items the two sides' standing terms were apart on some days.

    Parameters
    ----------
    standing, compared : callable
        `analysis.terms.standing` and `analysis.terms.compared`.
    days : mapping of str to date
        By name for charts.

    Returns
    -------
    DataFrame
        name, day, distance ("apart for sure": the ranges of the codes do not meet; "perhaps
        apart"; "the same"), items, from and to (for stacked bars), common (all items on which
        both speak).  Procedure is left out.
    """
    rows: list[dict[str, object]] = []
    for name, day in days.items():
        both = compared(standing("Russia", day), standing("Ukraine", day))
        both = both[both["block"] != "procedure"]
        found = both["change"].map(_DISTANCE).value_counts()
        at = 0
        for distance in DISTANCES:
            items = int(found.get(distance, 0))
            row = {"name": name, "day": pd.Timestamp(day), "distance": distance, "items": items}
            rows.append(row | {"from": at, "to": at + items, "common": len(both)})
            at += items
    return pd.DataFrame(rows)


DISTANCES = ("apart for sure", "perhaps apart", "the same")
_DISTANCE = {
    "better for sure": DISTANCES[0],
    "worse for sure": DISTANCES[0],
    "unsure": DISTANCES[1],
    "same": DISTANCES[2],
}


# Before, in and after the window ---------------------------------------------------------

# Name, who counts, and which measures make up the series.  AFP prints net gains from 2025 on;
# before, it does not say, and Ukrainian forces retook some 20 km2 in seven months of 2024.
TRACKERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("DeepState", "DeepState", ("net",)),
    ("AFP from ISW", "AFP", ("not said", "net")),
    ("ISW", "ISW", ("gross Russian",)),
    ("War Mapper", "War Mapper", ("net",)),
)


def pace_by_tracker(total: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Russian gains a day before, in and after the window, within one tracker each.

    Figures published for days that lie wholly in a period are added, longest first, and none
    that overlaps one already taken.  For DeepState in and after the window the maps
    themselves are measured.

    Parameters
    ----------
    total, published : DataFrame
        Tables ``deepstate-daily-total`` and ``territory-published-changes``.

    Returns
    -------
    DataFrame
        tracker, measure, period, km2_per_day, days (that the figures cover), figures,
        evidence_ids.  A tracker without figures in a period has no row.
    """
    figures = territory.with_differences(published)
    rows = [
        _pace(figures, name, counter, measures, period)
        for name, counter, measures in TRACKERS
        for period in PERIODS
        if not (name == "DeepState" and period != BEFORE)
    ]
    rows += [_maps(total, period) for period in (IN, AFTER)]
    table = pd.DataFrame([row for row in rows if row["days"]])
    order = {name: at for at, (name, _, _) in enumerate(TRACKERS)}
    place = table["tracker"].map(order) * 3 + table["period"].map(PERIODS.index)
    return table.loc[place.sort_values().index].reset_index(drop=True)


def span_days(period: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of a period."""
    return {
        BEFORE: (pd.Timestamp(AXIS_FIRST), pd.Timestamp(ARTICLE) - pd.Timedelta(days=1)),
        IN: (pd.Timestamp("2024-06-01"), pd.Timestamp(WINDOW_END)),
        AFTER: (pd.Timestamp("2025-12-01"), pd.Timestamp("2026-08-31")),
    }[period]


def _pace(
    figures: pd.DataFrame, name: str, counter: str, measures: tuple[str, ...], period: str
) -> dict[str, object]:
    first, last = span_days(period)
    rows = figures[
        (figures["counted_by"] == counter)
        & figures["measure"].isin(measures)
        & (figures["scope"] == "Ukraine")
        & (figures["period_start"] >= first)
        & (figures["period_end"] <= last)
    ]
    kept = territory.without_overlap(rows)
    covered = int(((kept["period_end"] - kept["period_start"]).dt.days + 1).sum())
    gain = float(kept["russian_gain_km2"].sum())
    return {
        "tracker": name,
        "measure": "net" if "net" in measures else "gross Russian",
        "period": period,
        "km2_per_day": gain / covered if covered else np.nan,
        "days": covered,
        "figures": len(kept),
        "evidence_ids": " ".join(sorted(kept["evidence_id"])),
    }


def _maps(total: pd.DataFrame, period: str) -> dict[str, object]:
    first = total["date"].min().date() if period == IN else WINDOW_END
    last = WINDOW_END if period == IN else total["date"].max().date()
    return {
        "tracker": "DeepState",
        "measure": "net",
        "period": period,
        "km2_per_day": territory.daily_rate_km2(total, first, last),
        "days": (last - first).days,
        "figures": 1,
        "evidence_ids": "",
    }


# Days of lists that cut the time before, in and after the window.
EXCHANGE_DAYS = (
    date(2023, 1, 1),
    date(2023, 7, 1),
    date(2023, 12, 18),
    date(2024, 6, 2),
    date(2024, 12, 3),
    date(2025, 7, 19),
    date(2025, 11, 15),
    date(2026, 2, 24),
    date(2026, 5, 15),
    date(2026, 9, 15),
)


def exchange(oryx: pd.DataFrame) -> pd.DataFrame:
    """Set confirmed Russian losses over Ukrainian ones, by interval, armour and all equipment.

    Returns
    -------
    DataFrame
        equipment, start, end, middle, days, russia, ukraine, ratio, russia_per_month,
        ukraine_per_month, period (of the middle); without the intervals over which the
        scope of the list changed.
    """
    kinds = {"tanks and armour": ARMOUR, "all equipment": ("all",)}
    parts = [
        losses.interval_losses(oryx, EXCHANGE_DAYS, types).assign(equipment=name)
        for name, types in kinds.items()
    ]
    table = pd.concat(parts, ignore_index=True).dropna(subset=["ratio"])
    ends = [(pd.Timestamp(ARTICLE), BEFORE), (pd.Timestamp(WINDOW_END), IN)]
    table["period"] = [
        next((name for end, name in ends if middle < end), AFTER) for middle in table["middle"]
    ]
    return table.reset_index(drop=True)


AID_PERIODS: tuple[tuple[str, str, str], ...] = (
    ("Jan 2023–May 2024", "2023-01", "2024-05"),
    ("June 2024–Jan 2025", "2024-06", "2025-01"),
    ("Feb–Nov 2025", "2025-02", "2025-11"),
    ("Dec 2025–Apr 2026", "2025-12", "2026-04"),
)


def aid_by_period(monthly: pd.DataFrame) -> pd.DataFrame:
    """Military allocations a month by donor group: the window is cut where the President changed.

    Returns
    -------
    DataFrame
        period, donor_group, months, eur_bn, eur_bn_a_month.
    """
    rows = []
    for period, first, last in AID_PERIODS:
        months = len(pd.period_range(first, last, freq="M"))
        for group in aid.DONORS:
            given = aid.allocated_eur_bn(monthly, group, first, last)
            row = {"period": period, "donor_group": group, "months": months, "eur_bn": given}
            rows.append(row | {"eur_bn_a_month": given / months})
    return pd.DataFrame(rows)


def brought_and_cost(monthly: pd.DataFrame, total: pd.DataFrame) -> pd.DataFrame:
    """Arms allocated and land lost since the article, running totals by month.

    Neither is the other's price: they are two sums over the same months.

    Returns
    -------
    DataFrame
        side ("arms", EUR bn, all donors, from June 2024; "land", km2, from the first map),
        day (end of the month), total.
    """
    rows = aid.release_only(monthly).groupby("month")["military_eur_bn"].sum()
    given = rows[rows.index >= pd.Timestamp(WINDOW_FIRST)].cumsum()
    days = [month + pd.offsets.MonthBegin(1) for month in given.index]
    arms = pd.DataFrame({"side": "arms", "day": days, "total": given.to_numpy()})
    first = total["date"].min().date()
    ends = [day.date() for day in pd.date_range("2024-08-01", total["date"].max(), freq="MS")]
    lost = [territory.net_change_km2(total, first, end) for end in ends]
    land = pd.DataFrame({"side": "land", "day": pd.to_datetime(ends), "total": lost})
    start = pd.DataFrame(
        {
            "side": ["arms", "land"],
            "day": [pd.Timestamp(WINDOW_FIRST), pd.Timestamp(first)],
            "total": [0.0, 0.0],
        }
    )
    table = pd.concat([start, arms, land], ignore_index=True)
    table["day"] = table["day"].astype("datetime64[s]")
    return table.sort_values(["side", "day"], ignore_index=True)


# What was known, and what came -------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """What a reader of the article could know of a series, or the nearest to it.

    Attributes
    ----------
    label, unit : str
    value : float
    published_by_then : bool
        False for a figure about then that was published later.
    in_window, after : float
        The same measure of the same source; missing where there is none.
    basis : str
        Period and source of the value known.
    """

    label: str
    unit: str
    value: float
    published_by_then: bool
    in_window: float
    after: float
    basis: str


def against_known(rows: Sequence[Known]) -> pd.DataFrame:
    """Set what came over what was known.

    Returns
    -------
    DataFrame
        The fields of `Known`, and ratio_in_window and ratio_after (known = 1).
    """
    table = pd.DataFrame(rows)
    return table.assign(
        ratio_in_window=table["in_window"] / table["value"],
        ratio_after=table["after"] / table["value"],
    )


def armour_per_month(oryx: pd.DataFrame, country: str, start: date, end: date) -> float:
    """Return confirmed losses of tanks and armoured vehicles a month between two lists."""
    row = losses.interval_losses(oryx, (start, end), ARMOUR).iloc[0]
    return float(row[f"{country.lower()}_per_month"])


# The board -------------------------------------------------------------------------------

# Lists that stand for the beginning, the article's day, and the end of the window.
ARMOUR_DAYS = (date(2023, 1, 1), date(2024, 6, 2), date(2025, 11, 15))

YES = frozenset({"came true", "holds", "roughly holds", "not refuted", "supported"})
NO = frozenset({"failed", "does not hold", "not supported", "refuted as worded"})
BOTH = frozenset({"in part", "contested", "depends on reading"})
EFFECTS = ("helps", "both", "hurts", "neutral", "open")

Came = Literal["yes", "no", "both", "open"]


@dataclass(frozen=True)
class Measured:
    """A number that says whether something came, with what it is.

    Attributes
    ----------
    value : float
    unit, text, day : str
    then : float
        The same measure before the article; missing where there is none.
    """

    value: float
    unit: str
    text: str
    day: str
    then: float = np.nan


def came_by_verdict(verdict: str) -> Came:
    """Return whether a thing came, from the verdict on the statement of it."""
    if verdict in YES:
        return "yes"
    if verdict in NO:
        return "no"
    return "both" if verdict in BOTH else "open"


def came_by_value(value: float, yes_if: str, threshold: float) -> Came:
    """Return whether a number meets the line drawn for it.

    Parameters
    ----------
    value : float
    yes_if : {"at least", "at most"}
    threshold : float
        In the unit of the value.
    """
    if np.isnan(value):
        return "open"
    met = value >= threshold if yes_if == "at least" else value <= threshold
    return "yes" if met else "no"


def effect_on_argument(came: Came, if_yes: str, if_no: str) -> str:
    """Return what an outcome does to the argument: a word of `EFFECTS`."""
    if came == "open":
        return "open"
    if came == "both":
        return if_yes if if_yes == if_no else "both"
    return if_yes if came == "yes" else if_no


def board(
    items: pd.DataFrame, verdicts: Mapping[str, str], values: Mapping[str, float]
) -> pd.DataFrame:
    """Say of each thing expected, hoped for or left open what came and what it does.

    Parameters
    ----------
    items : DataFrame
        Table ``hindsight-items``.
    verdicts, values : mapping of item_id
        Verdict of the claim for items judged by it; number for items judged by a measure or
        by the claim's present value.

    Returns
    -------
    DataFrame
        The table with came ("yes", "no", "both", "open") and effect (a word of `EFFECTS`).
    """
    came = [_came(dict(row), verdicts, values) for _, row in items.iterrows()]
    effects = [
        effect_on_argument(outcome, yes, no)
        for outcome, yes, no in zip(came, items["if_yes"], items["if_no"], strict=True)
    ]
    return items.assign(came=came, effect=effects)


def _came(row: Mapping[Any, Any], verdicts: Mapping[str, str], values: Mapping[str, float]) -> Came:
    if row["basis"] == "record":
        return "open"
    if row["basis"] == "verdict":
        return came_by_verdict(verdicts[row["item_id"]])
    return came_by_value(values[row["item_id"]], row["yes_if"], row["threshold"])


def measured(
    total: pd.DataFrame, collapses: pd.DataFrame, polls: pd.DataFrame, oryx: pd.DataFrame
) -> dict[str, Measured]:
    """Measure what no claim carries: by name, for items judged by a measure.

    Parameters
    ----------
    total, polls, oryx : DataFrame
        Tables ``deepstate-daily-total``, ``opinion-polls`` and ``oryx-losses``.
    collapses : DataFrame
        From `territory.losses_beside_2022`.
    """
    first = total["date"].min().date()
    weeks = collapses.set_index("event")["loss_km2"]
    months = monthly_axis([maps_track(total)])
    inside = months[months["period"] == IN]
    lowest = inside.sort_values("value").iloc[0]
    asked = opinion.followed(polls, OPINION[2:])
    eve = asked[asked["fieldwork_end"] < pd.Timestamp(ARTICLE)].iloc[-1]
    talks = asked.iloc[-1]
    kept = total[total["date"] <= pd.Timestamp(WINDOW_END)]
    worst = territory.largest_rolling_loss(kept, 7).loss_km2
    armour = losses.interval_losses(oryx, ARMOUR_DAYS, ARMOUR)["ratio"]
    change = territory.net_change_km2(total, first, WINDOW_END)
    return {
        "worst-week": Measured(
            worst / weeks["Kharkiv, Sept 2022"],
            "share",
            "worst week of the window over Kharkiv 2022",
            f"{WINDOW_END}",
            weeks["Week in May 2024"] / weeks["Kharkiv, Sept 2022"],
        ),
        "window-change": Measured(
            change, "km2", "net change of land held by Russian forces", f"{WINDOW_END}"
        ),
        "lowest-month": Measured(
            float(lowest["value"]),
            "km2/day",
            "slowest month of the window, Russian net gain",
            f"{lowest['month']:%Y-%m}",
        ),
        "talks-soon": Measured(
            float(talks["share_pct"]) / 100,
            "share",
            "want talks as soon as possible",
            f"{talks['fieldwork_end']:%Y-%m}",
            float(eve["share_pct"]) / 100,
        ),
        "armour-ratio": Measured(
            float(armour[1]),
            "ratio",
            "confirmed Russian armour lost for each Ukrainian vehicle",
            f"{ARMOUR_DAYS[2]}",
            float(armour[0]),
        ),
        "armour-kept": Measured(
            float(armour[1] / armour[0]),
            "ratio",
            "the exchange of the window over that from January 2023 to the article",
            f"{ARMOUR_DAYS[2]}",
        ),
    }


def effects_by_kind(board_table: pd.DataFrame) -> pd.DataFrame:
    """Count effects by kind of item: kind, effect, items; every effect has a row."""
    counts = board_table.groupby(["kind", "effect"]).size()
    full = pd.MultiIndex.from_product(
        [sorted(set(board_table["kind"])), EFFECTS], names=["kind", "effect"]
    )
    return counts.reindex(full, fill_value=0).rename("items").reset_index()
