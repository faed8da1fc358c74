"""Diplomacy: who met and spoke, who called for talks, what Washington said."""

from __future__ import annotations

from datetime import date

import pandas as pd

# The order of the lanes of the timeline, from the battlefield outward.
LANES = (
    "talks",
    "grain and prisoners",
    "truce",
    "terms and decisions",
    "Washington",
    "summits without Russia",
    "calls and comment",
)

DAYS_A_MONTH = 365.25 / 12

ARTICLE = pd.Timestamp("2024-06-03")
BIDEN_ENDS = pd.Timestamp("2025-01-20")


def timeline(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events since the invasion, each with its lane.

    Parameters
    ----------
    events : DataFrame
        Table ``diplomacy-timeline``.

    Returns
    -------
    DataFrame
        Its columns, with lane (kind with a capital) and period ("before the article", "the
        eighteen months", "after").
    """
    since = events[events["date"] >= pd.Timestamp("2022-02-24")].copy()
    order = pd.Categorical(since["kind"], categories=list(LANES), ordered=True)
    since["lane"] = [kind[0].upper() + kind[1:] for kind in order.astype(str)]
    since["period"] = "after"
    since.loc[since["date"] <= pd.Timestamp("2025-12-03"), "period"] = "the eighteen months"
    since.loc[since["date"] <= ARTICLE, "period"] = "before the article"
    return since.sort_values("date", ignore_index=True)


def meetings(events: pd.DataFrame, start: date, end: date) -> int:
    """Count rounds of talks of Russia and Ukraine on an end of the war, from one day to another.

    Parameters
    ----------
    events : DataFrame
        Table ``diplomacy-timeline``.
    start, end : date
        First and last day.
    """
    talks = events[events["kind"] == "talks"]
    return int(talks["date"].between(pd.Timestamp(start), pd.Timestamp(end)).sum())


def longest_gap(events: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the days of the two rounds of talks with the longest span between them."""
    days = events.loc[events["kind"] == "talks", "date"].sort_values(ignore_index=True)
    place = int(days.diff().dt.days.idxmax())
    return days[place - 1], days[place]


def days_without_talks(events: pd.DataFrame) -> int:
    """Return the longest span of days between two rounds of talks.

    Meetings on grain and on prisoners fell within it; they are no rounds on an end of the war.
    """
    first, last = longest_gap(events)
    return (last - first).days


def camp(calls: pd.DataFrame) -> pd.DataFrame:
    """Return the calls of those who then held no office in the Biden administration.

    A word of a member of that team is one of Washington's, tested there, and cannot also
    count as a word of those who called on Washington.
    """
    return calls[~calls["biden_team"]].reset_index(drop=True)


def forcing(statements: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Return the statements to a day, that day included, that name or use a means of pressure.

    Parameters
    ----------
    statements : DataFrame
        Table ``us-statements-on-talks``.
    until : Timestamp
    """
    return statements[statements["uses_leverage"] & (statements["date"] <= until)]


def calls_per_month(calls: pd.DataFrame, start: date, end: date) -> float:
    """Return the calls for talks found, a month, from one day to another (a lower bound).

    Parameters
    ----------
    calls : DataFrame
        Table ``calls-for-talks``.
    start, end : date
        First and last day.
    """
    within = calls["date"].between(pd.Timestamp(start), pd.Timestamp(end))
    return float(within.sum() / (((end - start).days + 1) / DAYS_A_MONTH))


def calls_by_quarter(calls: pd.DataFrame) -> pd.DataFrame:
    """Count calls by quarter; a quarter in which none was found has zero.

    Returns
    -------
    DataFrame
        quarter ("2023 Q4"), calls, by_specialists.
    """
    quarter = calls["date"].dt.to_period("Q")
    counts = calls.groupby(quarter)["specialist"].agg(["size", "sum"])
    whole = pd.period_range(quarter.min(), quarter.max(), freq="Q")
    counts = counts.reindex(whole, fill_value=0)
    return pd.DataFrame(
        {
            "quarter": [f"{period.year} Q{period.quarter}" for period in counts.index],
            "calls": counts["size"].astype(int).to_numpy(),
            "by_specialists": counts["sum"].astype(int).to_numpy(),
        }
    )


def calls_before(calls: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the calls of before a day, as a table to be read.

    Returns
    -------
    DataFrame
        date, author, outlet, asks_for, when_asked, who_should_start, russian_problems,
        full_text_read, read_at.
    """
    before = calls[calls["date"] < pd.Timestamp(day)].sort_values(["date", "call_id"])
    columns = [
        "date",
        "author",
        "outlet",
        "asks_for",
        "when_asked",
        "who_should_start",
        "russian_problems",
        "full_text_read",
        "read_at",
    ]
    return before[columns].reset_index(drop=True)


def statements(table: pd.DataFrame, until: date) -> pd.Series[int]:
    """Count statements for, against and neutral, to a day, that day included."""
    kept = table[table["date"] <= pd.Timestamp(until)]
    return kept["bearing"].value_counts().reindex(["for", "against", "neutral"], fill_value=0)


def phrase_share_pct(phrases: pd.DataFrame, phrase: str, year: int) -> float:
    """Return the share of White House texts naming Ukraine that hold a set phrase.

    Parameters
    ----------
    phrases : DataFrame
        Table ``white-house-phrases-monthly``.
    phrase : str
        Column of the phrase.
    year : int

    Returns
    -------
    float
        Percent.
    """
    rows = phrases[phrases["month"].str.startswith(f"{year}-")]
    return float(100 * rows[phrase].sum() / rows["texts_naming_ukraine"].sum())


def largest_over_next(shares: pd.DataFrame, supplier: str, start: str, end: str) -> float:
    """Divide a supplier's share by that of the next largest one of the same period.

    Parameters
    ----------
    shares : DataFrame
        Table ``arms-supplier-shares``.
    supplier : str
    start, end : str
        First and last day of the period (ISO dates).

    Returns
    -------
    float
        More than 1 where the supplier is the largest.
    """
    period = (shares["period_start"] == start) & (shares["period_end"] == end)
    by = shares[period].set_index("supplier")["share_pct"]
    return float(by[supplier] / by.drop(supplier).max())


def supplier_shares(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the three largest suppliers of each period, in order of publication.

    Returns
    -------
    DataFrame
        period ("2019-2023"), supplier, share_pct, published.
    """
    first, last = (shares[name].dt.year.astype(str) for name in ("period_start", "period_end"))
    period = first.where(first == last, first + "–" + last)
    table = shares.assign(period=period).sort_values(
        ["published", "share_pct"], ascending=[True, False]
    )
    kept = table.groupby("period", sort=False).head(3)
    return kept[["period", "supplier", "share_pct", "published"]].reset_index(drop=True)
