"""How much help, of what kind, by when: measures over sums of law, packages and allocations.

What none of these measures can tell.  Nobody publishes deliveries by month.  An appropriation
is money that a law gives; an authority is leave to give from stock, with a cap and no money; a
commitment is a promise; an allocation is aid earmarked for a purpose; an obligation is a
contract; an outlay is money paid; a delivery is a thing that has arrived.  Each is a later step
than the one before, counted by other offices over other sums and spans, so that a later one can
even be the larger; totals of different words are never added, nor compared as if they were one
thing.  US dollars and euros are never put on one axis; all amounts are nominal
unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

# The Act was signed, and its first drawdown announced, on this day (aid-hr815-signed).
ACT_SIGNED = pd.Timestamp("2024-04-24")
ARTICLE = pd.Timestamp("2024-06-03")
# The September equinox of 2024: the first day of autumn.
AUTUMN_2024 = pd.Timestamp("2024-09-22")
INAUGURATION = pd.Timestamp("2025-01-20")
WINDOW_END = pd.Timestamp("2025-12-03")
DONORS = ("United States", "Europe", "Other donors")

# Purposes of the Act by their use in definitions (codes of act-2024-purposes).
SECURITY_ASSISTANCE = ("usai", "stock-replacement", "fmf")
NEW_ARMS = ("usai", "fmf")
ECONOMIC = ("budget-support", "economic-civil")
CIVIL_SECURITY = ("border-police", "demining")
# Relief of people: by purpose, and the one account that is named for it (a part of a purpose).
RELIEF_PURPOSES = ("refugees-in-us", "demining")
RELIEF_ACCOUNTS = ("Food insecurity",)


# The Act ----------------------------------------------------------------------------------


def by_purpose_usd_bn(lines: pd.DataFrame) -> pd.Series[float]:
    """Add the lines of the Act by purpose.

    Parameters
    ----------
    lines : DataFrame
        ``act-2024-lines``: amount_usd, purpose (empty for a sum that stands in parts).

    Returns
    -------
    Series
        Thousand million dollars by purpose; a sum and its parts count once.
    """
    leaves = lines[lines["purpose"] != ""]
    return leaves.groupby("purpose")["amount_usd"].sum() / 1e9


def purposes_sum_usd_bn(lines: pd.DataFrame, purposes: Sequence[str]) -> float:
    """Add some purposes of the Act, in thousand million dollars; KeyError for an unknown one."""
    return float(by_purpose_usd_bn(lines).loc[list(purposes)].sum())


def relief_usd_bn(lines: pd.DataFrame) -> float:
    """Add what the Act gives for the relief of people, wherever they are, in thousand million USD.

    Refugees in the United States, food abroad and demining; none of its accounts bears the
    name of humanitarian aid.
    """
    named = lines[lines["account"].isin(RELIEF_ACCOUNTS)]
    by_account = float(named["amount_usd"].sum()) / 1e9
    return purposes_sum_usd_bn(lines, RELIEF_PURPOSES) + by_account


def whole_act_usd_bn(lines: pd.DataFrame) -> float:
    """Add all sums of the Act, in thousand million dollars (the law prints no total)."""
    return float(by_purpose_usd_bn(lines).sum())


def purposes_frame(lines: pd.DataFrame, purposes: pd.DataFrame) -> pd.DataFrame:
    """Say of each purpose what it is for, how much it is and when it lapses.

    Returns
    -------
    DataFrame
        By falling amount: name, what_it_is_for, usd_bn, lapses (last day on which the money
        may be committed, the latest of its lines; missing where one has no end), reaches_ukraine.
    """
    leaves = lines[lines["purpose"] != ""]
    ends = leaves.groupby("purpose")["available_until"].agg(lambda days: days.max(skipna=False))
    table = purposes.set_index("purpose")
    table["usd_bn"] = by_purpose_usd_bn(lines)
    table["lapses"] = ends
    columns = ["name", "what_it_is_for", "usd_bn", "lapses", "reaches_ukraine"]
    return table[columns].sort_values("usd_bn", ascending=False).reset_index()


def military_definitions(lines: pd.DataFrame, definitions: pd.DataFrame) -> pd.DataFrame:
    """Compute the military part of the Act under every definition.

    Returns
    -------
    DataFrame
        The table of definitions with ``usd_bn``, by falling amount.
    """
    amounts = by_purpose_usd_bn(lines)
    out = definitions.copy()
    summed = [float(amounts.loc[text.split()].sum()) for text in out["purposes"]]
    computed = pd.Series(summed, index=out.index) + out["authority_usd_bn"].fillna(0)
    out["usd_bn"] = computed.where(out["basis"] == "computed", out["published_usd_bn"])
    return out.sort_values("usd_bn", ascending=False, ignore_index=True)


def military_blocks_usd_bn(lines: pd.DataFrame, purposes: pd.DataFrame) -> pd.Series[float]:
    """Add the military purposes of the Act by block, in thousand million dollars."""
    blocks = purposes.set_index("purpose")["military_block"]
    military = blocks[blocks != ""]
    amounts = by_purpose_usd_bn(lines).loc[military.index]
    return amounts.groupby(military).sum()


def combinations_of(blocks: pd.Series[float]) -> pd.DataFrame:
    """Add up every combination of at least one block.

    Parameters
    ----------
    blocks : Series
        Amounts by name; n of them give 2**n - 1 combinations.

    Returns
    -------
    DataFrame
        blocks (names joined by ", "), count, sum, by rising sum.
    """
    rows = [
        {"blocks": ", ".join(names), "count": size, "sum": float(blocks.loc[list(names)].sum())}
        for size in range(1, len(blocks) + 1)
        for names in combinations(blocks.index, size)
    ]
    return pd.DataFrame(rows).sort_values(["sum", "blocks"], ignore_index=True)


def near(sums: pd.DataFrame, target: float, within: float) -> pd.DataFrame:
    """Return the combinations whose sum is at most `within` from a target."""
    return sums[(sums["sum"] - target).abs() <= within].reset_index(drop=True)


def histogram(sums: pd.DataFrame, width: float) -> pd.DataFrame:
    """Count combinations in bins of one width from nought; start, end and combinations."""
    bins = (sums["sum"] // width).astype(int)
    counts = bins.value_counts().reindex(range(int(bins.max()) + 1), fill_value=0)
    start = counts.index.to_numpy() * width
    return pd.DataFrame({"start": start, "end": start + width, "combinations": counts.to_numpy()})


# The time bought ---------------------------------------------------------------------------


def window_ratios(dates: pd.DataFrame) -> pd.DataFrame:
    """Set the time bought beside the war so far, under every reading of the three days.

    Parameters
    ----------
    dates : DataFrame
        ``aid-window-dates``: kind (start, now, end), date_id, date, name.

    Returns
    -------
    DataFrame
        start, now, end (names), end_date, evidence_id, days_ahead, days_of_war and ratio; one
        row for each combination.
    """
    columns = ["date", "name", "evidence_id", "date_id"]
    parts = {
        kind: dates.loc[dates["kind"] == kind, columns].add_prefix(f"{kind}_")
        for kind in ("start", "now", "end")
    }
    out = parts["start"].merge(parts["now"], how="cross").merge(parts["end"], how="cross")
    out["days_ahead"] = (out["end_date"] - out["now_date"]).dt.days
    out["days_of_war"] = (out["now_date"] - out["start_date"]).dt.days
    out["ratio"] = out["days_ahead"] / out["days_of_war"]
    return out.rename(columns={f"{kind}_name": kind for kind in parts})


def share_reached_on(start: pd.Timestamp, now: pd.Timestamp, share: float) -> pd.Timestamp:
    """Return the day on which the time since `now` is a share of the time before it."""
    return now + pd.Timedelta(days=round(share * (now - start).days))


# American packages -------------------------------------------------------------------------


def packages_only(packages: pd.DataFrame) -> pd.DataFrame:
    """Drop authorities, which later packages use up; amounts in thousand million dollars."""
    out = packages[packages["kind"] == "package"].copy()
    for measure in ("drawdown", "usai"):
        out[f"{measure}_usd_bn"] = out[f"{measure}_usd_mn"].fillna(0) / 1000
    return out[["announced", "drawdown_usd_bn", "usai_usd_bn"]]


def announced_usd_bn(
    packages: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, measure: str
) -> float:
    """Add what was announced from one day to another, both counted.

    Parameters
    ----------
    measure : {"drawdown", "usai"}

    Returns
    -------
    float
        Thousand million dollars, announced; contracts and deliveries come later.
    """
    rows = packages_only(packages)
    return float(rows.loc[rows["announced"].between(first, last), f"{measure}_usd_bn"].sum())


def monthly_packages(
    packages: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DataFrame:
    """Add announced packages by month; a month without one has nought.

    Returns
    -------
    DataFrame
        month (first day), drawdown_usd_bn, usai_usd_bn.
    """
    rows = packages_only(packages)
    rows["month"] = rows["announced"].dt.to_period("M").dt.to_timestamp()
    sums = rows.groupby("month")[["drawdown_usd_bn", "usai_usd_bn"]].sum()
    months = pd.date_range(first, last, freq="MS", name="month")
    return sums.reindex(months, fill_value=0.0).reset_index()


def cumulative_since_act(packages: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    """Add announcements since the Act, drawdowns and contracts apart.

    Returns
    -------
    DataFrame
        announced, kind ("Drawdowns" or "Contracts (USAI)"), cumulative_usd_bn; each kind is
        carried on to `last`.
    """
    rows = packages_only(packages)
    rows = rows[rows["announced"] >= ACT_SIGNED].set_index("announced")
    rows = rows.rename(
        columns={"drawdown_usd_bn": "Drawdowns", "usai_usd_bn": "Contracts (USAI)"}
    ).cumsum()
    rows.loc[last] = rows.iloc[-1]
    return rows.reset_index().melt(
        id_vars="announced", var_name="kind", value_name="cumulative_usd_bn"
    )


# Allocations of all donors ------------------------------------------------------------------


def release_only(monthly: pd.DataFrame) -> pd.DataFrame:
    """Keep the published release; the withdrawn draft is never added to it."""
    return monthly[monthly["state"].str.startswith("release ")].copy()


def release_name(monthly: pd.DataFrame) -> str:
    """Return what the institute calls the published release: "Release 29"."""
    return str(release_only(monthly)["state"].iloc[0]).capitalize()


def allocated_eur_bn(
    monthly: pd.DataFrame,
    donor_group: str,
    first: str,
    last: str,
    *,
    measure: str = "military_eur_bn",
) -> float:
    """Add what a group of donors allocated from one month to another, both counted.

    Parameters
    ----------
    donor_group : str
        One of `DONORS`, or "all".
    first, last : str
        Months, "2024-06".

    Returns
    -------
    float
        Thousand million euros of the day.
    """
    rows = release_only(monthly)
    inside = rows["month"].between(pd.Timestamp(first), pd.Timestamp(last))
    if donor_group != "all":
        inside &= rows["donor_group"] == donor_group
    return float(rows.loc[inside, measure].sum())


def allocated_by(
    monthly: pd.DataFrame, donor_group: str, last: str, *, measure: str = "military_eur_bn"
) -> float:
    """Add all that a group had allocated by the end of a month, from January 2022."""
    return allocated_eur_bn(monthly, donor_group, "2022-01", last, measure=measure)


def running_totals(monthly: pd.DataFrame) -> pd.DataFrame:
    """Cumulate the military allocations of the United States and Europe.

    Returns
    -------
    DataFrame
        month (its last day), donor_group, cumulative_eur_bn.
    """
    rows = release_only(monthly)
    rows = rows[rows["donor_group"].isin(DONORS[:2])].sort_values(["donor_group", "month"])
    rows["cumulative_eur_bn"] = rows.groupby("donor_group")["military_eur_bn"].cumsum()
    rows["month"] = rows["month"] + pd.offsets.MonthEnd(0)
    return rows[["month", "donor_group", "cumulative_eur_bn"]].reset_index(drop=True)


def last_crossing(totals: pd.DataFrame) -> pd.Timestamp:
    """Return the end of the month from which Europe's running total stays the larger."""
    sides = totals.set_index("month").groupby("donor_group")["cumulative_eur_bn"]
    wide = pd.DataFrame(dict(list(sides)))
    behind = wide.index[wide["Europe"] <= wide["United States"]]
    return pd.Timestamp(wide.index[wide.index > behind.max()].min())


def last_month_with_aid(monthly: pd.DataFrame, donor_group: str) -> pd.Timestamp:
    """Return the last month in which a group allocated anything at all."""
    rows = monthly[(monthly["donor_group"] == donor_group) & (monthly["total_eur_bn"] > 0)]
    return pd.Timestamp(rows["month"].max())


# The periods of aid, by their months: each holds whole months and none overlaps another.
PERIODS = (
    ("Mar–Dec 2022", "2022-03", "2022-12"),
    ("2023", "2023-01", "2023-12"),
    ("Gap: Jan–Mar 2024", "2024-01", "2024-03"),
    ("Apr 2024–Jan 2025", "2024-04", "2025-01"),
    ("Feb–Nov 2025", "2025-02", "2025-11"),
    ("Dec 2025–Apr 2026", "2025-12", "2026-04"),
)


def monthly_mean_by_period(monthly: pd.DataFrame) -> pd.DataFrame:
    """Average military allocations a month, by period and donor group.

    Returns
    -------
    DataFrame
        period, donor_group, eur_bn_a_month, nominal.
    """
    rows = []
    for period, first, last in PERIODS:
        months = len(pd.period_range(first, last, freq="M"))
        for group in DONORS:
            total = allocated_eur_bn(monthly, group, first, last)
            rows.append({"period": period, "donor_group": group, "eur_bn_a_month": total / months})
    return pd.DataFrame(rows)


def annual_real(monthly: pd.DataFrame, price_rise_pct: Mapping[int, float]) -> pd.DataFrame:
    """Military allocations of whole years, nominal and in prices of the last of them.

    Parameters
    ----------
    price_rise_pct : mapping of int to float
        Rise of consumer prices in a year over the year before, percent, for every year after
        the first.  Consumer prices are not those of arms; indices of the prices of arms makers
        exist, for single countries and branches, and none is held.

    Returns
    -------
    DataFrame
        year, donor_group ("Europe" and "all"), nominal_eur_bn, real_eur_bn.
    """
    rows = release_only(monthly)
    last = max(price_rise_pct)
    years = range(min(price_rise_pct) - 1, last + 1)
    out = []
    for year in years:
        factor = 1.0
        for later in range(year + 1, last + 1):
            factor *= 1 + price_rise_pct[later] / 100
        for group in ("Europe", "all"):
            nominal = allocated_eur_bn(rows, group, f"{year}-01", f"{year}-12")
            row = {"year": year, "donor_group": group, "nominal_eur_bn": nominal}
            out.append(row | {"real_eur_bn": nominal * factor})
    return pd.DataFrame(out)


def change_over_mean(
    annual: pd.DataFrame, donor_group: str, *, measure: str = "real_eur_bn"
) -> float:
    """Return the last year's change over the mean of the years before, as a share."""
    rows = annual[annual["donor_group"] == donor_group].set_index("year")[measure]
    before = rows[rows.index < rows.index.max()].mean()
    return float(rows.iloc[-1] / before - 1)


# What had arrived ---------------------------------------------------------------------------


def rate_usd_bn_a_month(packages: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> float:
    """Drawdowns announced from one day to another, per 30 days."""
    days = (last - first).days + 1
    return announced_usd_bn(packages, first, last, "drawdown") / days * 30


def volume_before_and_after(packages: pd.DataFrame) -> pd.DataFrame:
    """Pace of announced drawdowns before, at and after the article.

    Returns
    -------
    DataFrame
        period, first, last, usd_bn_a_month: the gap with its end, from the Act to the article,
        the three months after it, the seven months to the year's end.
    """
    day = pd.Timedelta(days=1)
    spans = {
        "January to May 2024": (pd.Timestamp("2024-01-01"), pd.Timestamp("2024-05-31")),
        "the Act to the article": (ACT_SIGNED, ARTICLE),
        "three months after": (ARTICLE + day, ARTICLE + pd.DateOffset(months=3)),
        "June to December 2024": (pd.Timestamp("2024-06-01"), pd.Timestamp("2024-12-31")),
    }
    return pd.DataFrame(
        {
            "period": period,
            "first": first,
            "last": last,
            "usd_bn_a_month": rate_usd_bn_a_month(packages, first, last),
        }
        for period, (first, last) in spans.items()
    )
