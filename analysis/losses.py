"""Losses of equipment, ships and people: pure measures over counts, claims and models.

What none of these measures can tell.  A visually confirmed loss is one of which somebody took
a picture and somebody else found it: the count is a floor, and how far below the truth it lies
differs by side, by kind of equipment and by year.  "Lost" joins destroyed, captured, abandoned
and damaged.  Killed, wounded and missing are people; an estimate of their number that joins
the killed with the wounded says little about either.  A claim of a belligerent is a claim, and
a ministry that passes it on does not make it two.

Counts of equipment are in pieces and cumulative since 24 February 2022; people in persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.formatting import number
from analysis.hedges import allowed

# The three categories of the article's sentence, as Oryx names them.
ARMOUR = (
    "infantry fighting vehicles",
    "armoured fighting vehicles",
    "armoured personnel carriers",
)
_HEAVY = ("tanks", *ARMOUR)
STATUSES = ("destroyed", "captured", "abandoned", "damaged")
# The claims that print a count of equipment, and what Oryx calls what they count.
COUNTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "equip-16000": ("All equipment", ("all",)),
    "tanks-3000": ("Tanks", ("tanks",)),
    "armour-5000": ("IFV, AFV and APC", ARMOUR),
}
# Lists in which an interval may begin or end lie at most this far from the day asked for;
# the longest gap between two copied lists of 2022 to 2025 is 36 days.
LONGEST_GAP_DAYS = 40
DAYS_PER_MONTH = 365.25 / 12
# Shares of the fleet that were published, by evidence row.
PUBLISHED_SHARES: Mapping[str, str] = {
    "bsf-third-stratcom-2024-02-06": "Ukraine, 6 Feb",
    "bsf-third-ap-2024-03-26": "Ukraine, 26 Mar",
    "uk-osce-quarter-bsf": "UK, 29 May",
}
# Whose figures of a belligerent's losses are those of its adversary, by root source.
ADVERSARY: Mapping[str, tuple[str, ...]] = {
    "Russia": ("ua-general-staff", "ua-president"),
    "Ukraine": ("ru-defence-ministry",),
}
# How charts name the two roots of an estimate.
ROOTS = {True: "the adversary’s, or rests on it", False: "another source"}
KINDS = ("claim of a belligerent", "official of another state", "model", "count of names")


class GapError(ValueError):
    """No list within the allowed distance of the day that is asked for."""


# Equipment --------------------------------------------------------------------------------


def confirmed(
    oryx: pd.DataFrame,
    country: str,
    equipment: Sequence[str] = ("all",),
    statuses: Sequence[str] = STATUSES,
) -> pd.DataFrame:
    """Return the confirmed losses of one belligerent by list.

    Parameters
    ----------
    oryx : DataFrame
        Table ``oryx-losses``.
    country : {"Russia", "Ukraine"}
    equipment, statuses : sequence of str
        Types and statuses that are added up.

    Returns
    -------
    DataFrame
        date, units (pieces, cumulative), scope; one row a list.
    """
    rows = oryx[(oryx["country"] == country) & oryx["equipment"].isin(list(equipment))]
    units = rows[list(statuses)].sum(axis=1).astype(float)
    table = rows.assign(units=units).groupby("date", as_index=False)
    return table.agg(units=("units", "sum"), scope=("scope", "first"))


def on_day(
    series: pd.DataFrame,
    day: date | pd.Timestamp,
    *,
    value: str = "units",
    max_gap_days: int = LONGEST_GAP_DAYS,
) -> float:
    """Return the count of the last list on or before a day; a later list is never used.

    Raises
    ------
    GapError
        No list, or only one that is older than `max_gap_days`.
    """
    before = series[series["date"] <= pd.Timestamp(day)].sort_values("date")
    if before.empty:
        message = f"no list on or before {day}"
        raise GapError(message)
    age = (pd.Timestamp(day) - before["date"].iloc[-1]).days
    if age > max_gap_days:
        message = f"the last list before {day} is {age} days old"
        raise GapError(message)
    return float(before[value].iloc[-1])


def both(oryx: pd.DataFrame) -> pd.DataFrame:
    """Return all and destroyed equipment of both belligerents, for a chart.

    Returns
    -------
    DataFrame
        date, country, status ("all lost" or "destroyed"), units, segment; a new segment where
        the scope of the list changed or lists lie more than 60 days apart.
    """
    parts = [
        confirmed(oryx, country, statuses=statuses).assign(country=country, status=name)
        for country in ("Russia", "Ukraine")
        for name, statuses in (("all lost", STATUSES), ("destroyed", ("destroyed",)))
    ]
    joined = pd.concat(parts, ignore_index=True)
    groups = joined.groupby(["country", "status"])
    gap = groups["date"].diff().dt.days > 60
    narrower = joined["scope"] != groups["scope"].shift(fill_value="all")
    line = (gap | narrower).groupby([joined["country"], joined["status"]]).cumsum()
    return joined.assign(
        segment=joined["country"] + " " + joined["status"] + " " + line.astype(str)
    )


def share_of_printed(
    oryx: pd.DataFrame, claims: pd.DataFrame, start: date, end: date
) -> pd.DataFrame:
    """Return each count in percent of the number that the article prints, by list.

    Parameters
    ----------
    oryx : DataFrame
        Table ``oryx-counts``.
    claims : DataFrame
        Table ``claims`` by id: ``claimed_value``, and ``hedge``, the word before it.
    start, end : date
        First and last day of the lists.

    Returns
    -------
    DataFrame
        date, figure, units, share_pct, fits (whether the printed words are true of it).
    """
    parts = []
    for claim_id, (name, equipment) in COUNTED.items():
        printed = float(claims["claimed_value"][claim_id])
        word = str(claims["hedge"][claim_id])
        series = confirmed(oryx, "Russia", equipment)
        parts.append(
            series.assign(
                figure=f"{name}, of {printed:,.0f}",
                share_pct=100 * series["units"] / printed,
                fits=[_fits(units, printed, word) for units in series["units"]],
            )
        )
    joined = pd.concat(parts, ignore_index=True)
    inside = joined["date"].between(pd.Timestamp(start), pd.Timestamp(end))
    return joined[inside].reset_index(drop=True)


def _fits(units: float, printed: float, word: str) -> bool:
    holds, _ = allowed(word, printed)
    # "More than 3,000" is not true of 3,000 itself.
    return units in holds and not (word in {"more than", "over"} and units == printed)


def days_that_fit(oryx: pd.DataFrame, claims: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last list of which all printed figures are true.

    Parameters
    ----------
    oryx, claims : DataFrame
        As for `share_of_printed`.
    """
    shares = share_of_printed(oryx, claims, oryx["date"].min(), oryx["date"].max())
    every = shares.groupby("date")["fits"].all()
    days = every[every].index
    return pd.Timestamp(days.min()), pd.Timestamp(days.max())


def first_above(series: pd.DataFrame, units: float) -> pd.Timestamp:
    """Return the date of the first list whose count is above a number."""
    above = series.loc[series["units"] > units, "date"]
    if above.empty:
        message = f"no list with more than {units}"
        raise GapError(message)
    return pd.Timestamp(above.min())


def by_type_and_status(oryx: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the last list on or before a day, by belligerent, type and status.

    Returns
    -------
    DataFrame
        Indexed by country and equipment; destroyed, captured, abandoned, damaged, all.
    """
    before = oryx[oryx["date"] <= pd.Timestamp(day)]
    last = before[before["date"] == before.groupby("country")["date"].transform("max")]
    order = ["all", "tanks", *ARMOUR, "trucks and cars", "drones", "ships and submarines"]
    table = last[last["equipment"].isin(order)].rename(columns={"total": "all"})
    table["equipment"] = pd.Categorical(table["equipment"], order, ordered=True)
    table = table.sort_values(["country", "equipment"]).set_index(["country", "equipment"])
    return table[[*STATUSES, "all"]].astype(int)


def interval_losses(
    oryx: pd.DataFrame,
    days: Sequence[date],
    equipment: Sequence[str] = ("all",),
) -> pd.DataFrame:
    """Return new losses of both belligerents between days.

    Parameters
    ----------
    oryx : DataFrame
        Table ``oryx-losses``.
    days : sequence of date
        In order; the last list on or before each is taken.
    equipment : sequence of str
        ``("all",)`` depends on the scope of the list: an interval in which the scope changed
        has no value, rather than a wrong one.

    Returns
    -------
    DataFrame
        start, end, middle, days, russia, ukraine (new pieces), ratio (Russian over Ukrainian),
        russia_per_month, ukraine_per_month.
    """
    series = {c: confirmed(oryx, c, equipment) for c in ("Russia", "Ukraine")}
    rows = [
        _interval(series, pd.Timestamp(start), pd.Timestamp(end), "all" in equipment)
        for start, end in pairwise(days)
    ]
    table = pd.DataFrame(rows)
    months = table["days"] / DAYS_PER_MONTH
    return table.assign(
        ratio=table["russia"] / table["ukraine"],
        russia_per_month=table["russia"] / months,
        ukraine_per_month=table["ukraine"] / months,
    )


def _interval(
    series: Mapping[str, pd.DataFrame], start: pd.Timestamp, end: pd.Timestamp, scoped: bool
) -> dict[str, Any]:
    scopes = {
        str(frame.loc[frame["date"] <= day, "scope"].iloc[-1])
        for frame in series.values()
        for day in (start, end)
    }
    changed = scoped and len(scopes) > 1
    new = {
        country.lower(): np.nan if changed else on_day(frame, end) - on_day(frame, start)
        for country, frame in series.items()
    }
    middle = start + (end - start) / 2
    return {"start": start, "end": end, "middle": middle, "days": (end - start).days, **new}


# The fleet --------------------------------------------------------------------------------


@dataclass(frozen=True)
class FleetShare:
    """Vessels hit over one size of the fleet.

    Attributes
    ----------
    size_id, label : str
    vessels : int
        The denominator.
    pictured, destroyed : int
        Vessels whose damage was photographed or filmed, and how many of them were destroyed.
    at_most : int
        With those that only Ukraine's side claims and those of unknown home fleet.
    low, high : float
        Shares, pictured and at most.
    """

    size_id: str
    label: str
    vessels: int
    pictured: int
    destroyed: int
    at_most: int

    @property
    def low(self) -> float:
        """Share that pictures show."""
        return self.pictured / self.vessels

    @property
    def high(self) -> float:
        """Share at most."""
        return self.at_most / self.vessels


def fleet_share(vessels: pd.DataFrame, sizes: pd.DataFrame, size_id: str) -> FleetShare:
    """Count the vessels hit by 3 June 2024 over one size of the fleet.

    Parameters
    ----------
    vessels, sizes : DataFrame
        Tables ``fleet-vessels`` and ``fleet-sizes``.
    size_id : str
    """
    size = sizes.set_index("size_id").to_dict("index")[size_id]
    hit = vessels[vessels["state_on_3_june_2024"] != "not hit"]
    inside = hit["unit_class"].isin(str(size["unit_classes"]).split(";"))
    if size["kinds"]:
        inside &= hit["kind"].isin(str(size["kinds"]).split(";"))
    belongs = str(size["belongs"]).split(";")
    own = hit[inside & hit["belongs"].isin(belongs)]
    pictured = own[own["shown"] == "pictured"]
    return FleetShare(
        size_id=size_id,
        label=str(size["label"]),
        vessels=int(size["vessels"]),
        pictured=len(pictured),
        destroyed=int((pictured["state_on_3_june_2024"] == "destroyed").sum()),
        at_most=int((inside & hit["belongs"].isin([*belongs, "not known"])).sum()),
    )


def fleet_shares(vessels: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """Count the vessels hit over each size of the fleet; see `fleet_share`.

    Returns
    -------
    DataFrame
        The attributes of `FleetShare`, and low_pct and high_pct (percent).
    """
    found = [fleet_share(vessels, sizes, name) for name in sizes["size_id"]]
    table = pd.DataFrame([asdict(share) for share in found])
    return table.assign(
        low_pct=[100 * share.low for share in found],
        high_pct=[100 * share.high for share in found],
    )


def vessels_for_chart(vessels: pd.DataFrame) -> pd.DataFrame:
    """Line up the vessels hit by 3 June 2024, one mark each.

    Returns
    -------
    DataFrame
        group, place (1, 2, ... within the group), vessel, kind, service, hit_date, state
        ("destroyed", "damaged", "claimed"); pictured ones first.
    """
    hit = vessels[vessels["state_on_3_june_2024"] != "not hit"]
    own = hit["belongs"] == "pre-war fleet"
    group = hit["unit_class"].map(
        {"combat ship": "Warships", "landing craft": "Craft and boats", "boat": "Craft and boats",
         "auxiliary": "Auxiliaries"}
    )  # fmt: skip
    state = hit["state_on_3_june_2024"].where(hit["shown"] == "pictured", "claimed")
    rank = state.map({"destroyed": 0, "damaged": 1, "claimed": 2})
    table = hit.assign(group=group.where(own, "Not of that fleet"), state=state, rank=rank)
    table = table.sort_values(["group", "rank", "hit_date", "vessel"])
    table["place"] = table.groupby("group").cumcount() + 1
    columns = ["group", "place", "vessel", "kind", "service", "hit_date", "state", "confirmation"]
    return table[columns].reset_index(drop=True)


def stores(stocks: pd.DataFrame) -> pd.DataFrame:
    """Return the published counts of tanks in store, by day (pieces), with a label each."""
    rows = stocks[stocks["measure"] == "in store"].sort_values("as_of")
    rows = rows.rename(columns={"low": "tanks"})[["as_of", "tanks", "publisher", "note"]]
    text = [f"{number(tanks)} {who}" for tanks, who in zip(rows.tanks, rows.publisher, strict=True)]
    return rows.assign(label=text)


def ratios_for_chart(oryx: pd.DataFrame, days: Sequence[date]) -> pd.DataFrame:
    """Return Russian over Ukrainian new losses by interval, for all equipment and armour.

    Returns
    -------
    DataFrame
        As `interval_losses`, with measure ("all equipment", "tanks and armour").
    """
    parts = [
        interval_losses(oryx, days, equipment).assign(measure=name)
        for name, equipment in (("all equipment", ("all",)), ("tanks and armour", _HEAVY))
    ]
    return pd.concat(parts, ignore_index=True)


def shares_for_chart(
    vessels: pd.DataFrame, sizes: pd.DataFrame, evidence: pd.DataFrame
) -> pd.DataFrame:
    """Put the counted shares beside the published ones.

    Returns
    -------
    DataFrame
        label, basis ("counted here" or "published"), low_pct, high_pct, pictured, at_most,
        vessels.
    """
    counted = fleet_shares(vessels, sizes).assign(basis="counted here")
    published = evidence.set_index("id").loc[list(PUBLISHED_SHARES), "value"]
    said = pd.DataFrame(
        {
            "label": list(PUBLISHED_SHARES.values()),
            "basis": "published",
            "low_pct": published.to_numpy(float),
            "high_pct": published.to_numpy(float),
        }
    )
    columns = ["label", "basis", "low_pct", "high_pct", "pictured", "at_most", "vessels"]
    counted = counted.sort_values("high_pct", ascending=False)
    return pd.concat([said, counted], ignore_index=True)[columns]


# People -----------------------------------------------------------------------------------


def estimates(table: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Join the list of estimates with the numbers of their evidence rows.

    Parameters
    ----------
    table : DataFrame
        Table ``casualty-estimates``.
    evidence : DataFrame
        Evidence table.

    Returns
    -------
    DataFrame
        The columns of `table` and date, published, value, low, high (persons; an open end is
        missing), point (the value, or the middle of a range), at_least, origin_id, copies
        (whether it repeats or follows another), root (one of `ROOTS`: whether it, or what it
        repeats, follows or leans on, is a figure of the adversary).
    """
    facts = evidence.set_index("id")
    fields = facts[["value", "low", "high", "as_of", "period_end", "published", "origin_id"]]
    joined = table.join(fields, on="evidence_id")
    floor = joined["low"].notna() & (joined["low"] == joined["value"]) & joined["high"].isna()
    middle = (joined["low"] + joined["high"]) / 2
    # A running total stands under the day of its end, a month under its first day.
    total = joined["as_of"] == pd.Timestamp("2022-02-24")
    return joined.assign(
        date=joined["period_end"].where(total, joined["as_of"]),
        point=joined["value"].fillna(middle),
        at_least=floor,
        copies=joined["how"].isin(["repeats", "follows"]),
        root=_rests_on_adversary(joined).map(ROOTS),
    ).sort_values(["date", "estimate_id"], ignore_index=True)


def _rests_on_adversary(table: pd.DataFrame) -> pd.Series[bool]:
    """Follow each estimate to what it rests on and look for a figure of the adversary."""
    adversary = [
        origin in ADVERSARY[loser]
        for origin, loser in zip(table["origin_id"], table["loser"], strict=True)
    ]
    rests = pd.Series(adversary, index=table["estimate_id"])
    below = table.set_index("estimate_id")["repeats"]
    # As many steps as there are rows: no chain is longer.
    for _ in range(len(table)):
        rests = rests | below.map(rests).fillna(value=False).astype(bool)
    return rests.reset_index(drop=True)


def for_chart(found: pd.DataFrame, loser: str, counts: Sequence[str]) -> pd.DataFrame:
    """Take the estimates of one belligerent's losses, by kind and then by day.

    Parameters
    ----------
    found : DataFrame
        From `estimates`.
    loser : {"Russia", "Ukraine"}
    counts : sequence of str
        Who is counted: "killed", "killed and wounded", "killed or disabled".

    Returns
    -------
    DataFrame
        With point, from and to in thousands of persons (columns ending in ``_k``).
    """
    chosen = found[(found["loser"] == loser) & found["counts"].isin(list(counts))]
    order = chosen["kind"].map({name: place for place, name in enumerate(KINDS)})
    chosen = chosen.assign(order=order).sort_values(["order", "date", "estimate_id"])
    return (
        chosen.assign(
            point_k=chosen["point"] / 1000,
            low_k=chosen["low"].fillna(chosen["point"]) / 1000,
            high_k=chosen["high"].fillna(chosen["point"]) / 1000,
        )
        .drop(columns="order")
        .reset_index(drop=True)
    )


def uk_over_ukraine(uk: pd.DataFrame, general_staff: pd.DataFrame) -> pd.DataFrame:
    """Set the monthly casualties of the UK Ministry of Defence beside Ukraine's claim.

    Returns
    -------
    DataFrame
        month, uk, ukraine (persons), uk_per_day, ukraine_per_day, ratio (UK over Ukraine).
    """
    claims = general_staff[general_staff["category"] == "personnel"]
    joined = claims[["month", "claimed"]].merge(uk, on="month", how="left")
    days = joined["month"].dt.days_in_month
    return pd.DataFrame(
        {
            "month": joined["month"],
            "uk": joined["casualties"],
            "ukraine": joined["claimed"],
            "uk_per_day": joined["casualties_per_day"],
            "ukraine_per_day": joined["claimed"] / days,
            "ratio": joined["casualties"] / joined["claimed"],
        }
    )


def claimed_between(general_staff: pd.DataFrame, category: str, start: str, end: str) -> int:
    """Return what Ukraine claimed from one month to another, both included ("2024-06")."""
    rows = general_staff[general_staff["category"] == category]
    inside = rows["month"].between(pd.Timestamp(f"{start}-01"), pd.Timestamp(f"{end}-01"))
    return int(rows.loc[inside, "claimed"].sum())


def dead_by(weekly: pd.DataFrame, day: date, value: str = "dead") -> float:
    """Return the people killed in all weeks that ended by a day.

    Parameters
    ----------
    weekly : DataFrame
        Table ``meduza-dead-2026``, by week of death.
    day : date
    value : {"dead", "dead_low", "dead_high", "killed", "missing", "named"}
        The ends of the range add up the ends of each week, which is too wide.
    """
    ended = weekly["week_start"] + pd.Timedelta(days=6) <= pd.Timestamp(day)
    return float(weekly.loc[ended, value].sum())


def per_year(persons: float, start: date, end: date) -> float:
    """Spread a number of persons over a period and return it for 365 days."""
    days = (end - start).days
    if days <= 0:
        message = f"the period ends ({end}) before it starts ({start})"
        raise ValueError(message)
    return persons / days * 365
