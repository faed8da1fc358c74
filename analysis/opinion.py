"""Opinion of Ukrainians: intervals of polls, what a few talks can show, strikes and resolve.

Every series of the poll table is one wording, and no function here joins two of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import binom, binomtest
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep

from analysis.formatting import month_short

# The factor by which the design of a telephone sample widens the error of a simple random
# one.  KIIS printed 4.1 points for 1,011 interviews in 2025 (factor 1.3) and 2.4 for 2,000
# in 2022 (1.1); the larger is used for every poll, so that no interval is too narrow.
DESIGN_FACTOR = 1.3
CONFIDENCE = 0.95

CONCESSIONS = "kiis-concessions"
NEVER = "under no circumstances"
SOME = "can give up some territory"

Weapon = Literal["drones", "missiles", "drones and missiles"]
Form = Literal["levels", "levels, trend removed", "changes"]


# Intervals ------------------------------------------------------------------------------


def share_interval(
    share_pct: float, n: int, design_factor: float = DESIGN_FACTOR
) -> tuple[float, float]:
    """Return the 95 percent Wilson interval of a share in a poll, in percent.

    Parameters
    ----------
    share_pct : float
        Share in percent.
    n : int
        Respondents who got the question.
    design_factor : float
        How much wider the error is than that of a simple random sample; the sample counts
        as ``n / design_factor ** 2`` interviews.
    """
    effective = n / design_factor**2
    count = share_pct / 100 * effective
    low, high = proportion_confint(count, effective, alpha=1 - CONFIDENCE, method="wilson")
    return 100 * float(low), 100 * float(high)


def with_intervals(polls: pd.DataFrame) -> pd.DataFrame:
    """Add the interval of each share where n is printed.

    Parameters
    ----------
    polls : DataFrame
        Table ``opinion-polls`` or rows of it.

    Returns
    -------
    DataFrame
        With low_pct and high_pct (missing where n is not printed), middle (day in the middle
        of fieldwork) and printed_n (n as text, or "n not printed").
    """
    sizes = polls["n"].astype("float64")
    ends = [
        (np.nan, np.nan) if np.isnan(n) else share_interval(share, int(n))
        for share, n in zip(polls["share_pct"], sizes, strict=True)
    ]
    half = (polls["fieldwork_end"] - polls["fieldwork_start"]) / 2
    return polls.assign(
        low_pct=[low for low, _ in ends],
        high_pct=[high for _, high in ends],
        middle=(polls["fieldwork_start"] + half).dt.normalize(),
        printed_n=[f"{n:,}" if pd.notna(n) else "n not printed" for n in polls["n"]],
    )


def answers(
    polls: pd.DataFrame, wanted: Sequence[tuple[str, str]], *, population: str = "Ukraine"
) -> pd.DataFrame:
    """Return chosen answers of a whole country, with intervals, in order of fieldwork.

    Parameters
    ----------
    polls : DataFrame
        Table ``opinion-polls``.
    wanted : sequence of (series, option)
    population : {"Ukraine", "Russia"}

    Raises
    ------
    KeyError
        A series has no such answer.
    """
    keys = pd.MultiIndex.from_frame(polls[["series", "option"]])
    missing = [pair for pair in wanted if pair not in keys]
    if missing:
        message = f"no such answers in the polls: {missing}"
        raise KeyError(message)
    rows = polls[keys.isin(wanted) & (polls["population"] == population)]
    return with_intervals(rows.sort_values(["fieldwork_start", "series"], ignore_index=True))


def share_pct(
    polls: pd.DataFrame, series: str, option: str, start: str, *, population: str = "Ukraine"
) -> float:
    """Return one share of a whole country, in percent, by the first day of fieldwork."""
    found = answers(polls, [(series, option)], population=population)
    return float(found.set_index("fieldwork_start")["share_pct"].loc[pd.Timestamp(start)])


def wordings(polls: pd.DataFrame, country: str = "Ukraine") -> pd.DataFrame:
    """List every series of a country with its wording, mode and waves.

    Parameters
    ----------
    polls : DataFrame
        Table ``opinion-polls``.
    country : {"Ukraine", "Russia"}

    Returns
    -------
    DataFrame
        subject, series, pollster, question, asked (country, regions or both), mode, waves
        (days of fieldwork and size of each, "n not printed" where it is not).
    """
    own = polls[polls["population"].str.startswith(country)]
    rows = [
        {
            "subject": subject,
            "series": series,
            "pollster": part["pollster"].iloc[0],
            "question": part["question"].iloc[0],
            "asked": _asked(part["population"], country),
            "mode": "; ".join(sorted(set(part["mode"]))),
            "waves": _waves(part),
        }
        for (subject, series), part in own.groupby(["subject", "series"], sort=True)
    ]
    return pd.DataFrame(rows)


def _asked(populations: pd.Series[str], country: str) -> str:
    whole, parts = (populations == country).any(), (populations != country).any()
    return country if not parts else f"{country} and regions" if whole else "regions"


def fieldwork(polls: pd.DataFrame) -> list[str]:
    """Write the days of fieldwork of each row as exactly as they are known."""
    return [_fieldwork(row) for row in polls.to_dict("records")]


def _waves(part: pd.DataFrame) -> str:
    """Write the waves of a series: days of fieldwork, and how many got the question."""
    waves = part.drop_duplicates("fieldwork_start").sort_values("fieldwork_start")
    days = fieldwork(waves)
    if waves["n"].isna().all():
        return "; ".join(days) + "; n not printed"
    sizes = [f"{n:,}" if pd.notna(n) else "n not printed" for n in waves["n"]]
    return "; ".join(f"{day} ({size})" for day, size in zip(days, sizes, strict=True))


def _fieldwork(row: Mapping[Hashable, Any]) -> str:
    """Write the days of fieldwork as exactly as they are known."""
    start, end = row["fieldwork_start"], row["fieldwork_end"]
    if row["date_precision"] == "year":
        return f"{start:%Y}"
    if row["date_precision"] == "day":
        first = f"{start:%-d}" if start.month == end.month else f"{start:%-d} {month_short(start)}"
        return f"{first}–{end:%-d} {month_short(end)} {end:%Y}"
    last = f"{month_short(end)} {end:%Y}"
    span = last if start.month == end.month else f"{month_short(start)}–{last}"
    return f"about {span}" if row["date_precision"] == "approx" else span


# One moment, many wordings --------------------------------------------------------------

# Every question on terms or talks with fieldwork from February to June 2024, with the answer
# that refuses; where only the open answer was printed there is no refusing one.
SPRING_2024: tuple[tuple[str, str, str, str], ...] = (
    ("Putin’s terms", "razumkov-putin-terms", "against withdrawing from the four regions", ""),
    ("Current lines", "ndi-current-lines", "no", "yes"),
    ("Lines of Feb 2022", "ndi-lines-of-2022", "no", "yes"),
    ("Any compromise", "kiis-no-compromise", "agree", "disagree"),
    ("Some territory", CONCESSIONS, NEVER, SOME),
    ("No NATO, EU yes", "kiis-package-no-nato", "categorically against", "ready to accept"),
    ("NATO and EU", "kiis-package-nato", "categorically against", "ready to accept"),
    ("Enter negotiations", "ndi-negotiate", "no", "yes"),
    ("Time for talks", "razumkov-time-for-talks", "no", "yes"),
    ("Diplomacy as well", "kiis-diplomatic-way", "only military means", "diplomatic way too"),
)
SPRING_START, SPRING_END = pd.Timestamp("2024-02-02"), pd.Timestamp("2024-06-30")


def spring_2024(polls: pd.DataFrame) -> pd.DataFrame:
    """Return what was asked in spring 2024, refusals and openness side by side.

    Returns
    -------
    DataFrame
        label, subject ("terms" or "talks"), answer ("refuse" or "open"), share_pct, low_pct,
        high_pct, printed_n, fieldwork (text), question, option, pollster, mode.
    """
    rows = []
    for label, series, refuses, opens in SPRING_2024:
        for word, option in (("refuse", refuses), ("open", opens)):
            if option:
                found = answers(polls, [(series, option)])
                within = found["fieldwork_start"].between(SPRING_START, SPRING_END)
                rows.append(found[within].assign(label=label, answer=word))
    table = pd.concat(rows, ignore_index=True)
    return table.assign(fieldwork=fieldwork(table))


# Two cases, each series with its short name and the answer that is followed.
TERMS: tuple[tuple[str, str, str], ...] = (
    ("Any territory", CONCESSIONS, NEVER),
    ("Donbas", "kiis-donbas-for-guarantees", "categorically unacceptable"),
    ("Recognition", "kiis-recognition", "categorically against"),
    ("Freeze", "kiis-freeze", "categorically reject"),
)
TALKS: tuple[tuple[str, str, str], ...] = (
    ("Negotiate (NDI)", "ndi-negotiate", "yes"),
    ("Soon (Gallup)", "gallup-restated", "negotiate as soon as possible"),
    ("Compromise (Rating)", "rating-compromise", "compromise"),
    ("Time (Razumkov)", "razumkov-time-for-talks", "yes"),
)


def followed(
    polls: pd.DataFrame, wanted: Sequence[tuple[str, str, str]], *, since: str = "2022-01-01"
) -> pd.DataFrame:
    """Return answers over time under their short names, each series its own.

    Parameters
    ----------
    polls : DataFrame
        Table ``opinion-polls``.
    wanted : sequence of (label, series, option)
    since : str
        First day of fieldwork (ISO date).

    Returns
    -------
    DataFrame
        As `answers`, with label.
    """
    found = answers(polls, [(series, option) for _, series, option in wanted])
    names = {series: label for label, series, _ in wanted}
    later = found[found["fieldwork_start"] >= pd.Timestamp(since)]
    return later.assign(label=later["series"].map(names)).reset_index(drop=True)


# None of n ------------------------------------------------------------------------------


def largest_share_given_none(n: int) -> float:
    """Return the upper end of the exact 95 percent interval when none of n said yes.

    Clopper and Pearson's interval, two-sided: 2.5 percent in each tail.

    Returns
    -------
    float
        Share, 0 to 1.
    """
    return float(binomtest(0, n).proportion_ci(CONFIDENCE, method="exact").high)


def chance_of_none(share: float, n: int) -> float:
    """Return the chance that none of n people drawn at random says yes, given the share."""
    return float(binom.pmf(0, n, share))


def none_of_n(polls: pd.DataFrame, sizes: Sequence[int]) -> pd.DataFrame:
    """Return, for each number of people asked, what none of them saying yes would mean.

    Parameters
    ----------
    polls : DataFrame
        Table ``opinion-polls``.
    sizes : sequence of int

    Returns
    -------
    DataFrame
        n, poll (label of the poll that gives the share of yes), share_pct, chance_pct (of
        none of n), upper_pct (upper end of the exact interval).
    """
    return pd.DataFrame(
        [
            {
                "n": n,
                "poll": label,
                "share_pct": share,
                "chance_pct": 100 * chance_of_none(share / 100, n),
                "upper_pct": 100 * largest_share_given_none(n),
            }
            for n in sizes
            for label, share in yes_shares(polls)
        ]
    )


def yes_shares(polls: pd.DataFrame) -> list[tuple[str, float]]:
    """Shares of yes under three questions on which a settlement could have been wanted."""
    return [
        ("Territory, May 2023", share_pct(polls, CONCESSIONS, SOME, "2023-05-01")),
        ("Territory, May 2024", share_pct(polls, CONCESSIONS, SOME, "2024-05-16")),
        ("Talks, May 2024", share_pct(polls, "ndi-negotiate", "yes", "2024-05-08")),
    ]


# Strikes and resolve --------------------------------------------------------------------


def resolve_and_strikes(
    polls: pd.DataFrame, blocks: pd.DataFrame, *, weapon: Weapon, days: int, lag_days: int = 0
) -> pd.DataFrame:
    """Set refusal of any concession beside the weapons launched before each wave.

    Parameters
    ----------
    polls, blocks : DataFrame
        Tables ``opinion-polls`` and ``attacks-before-waves``.
    weapon : {"drones", "missiles", "drones and missiles"}
    days : int
        Length of the span before fieldwork, a multiple of 30.
    lag_days : int
        Days between the end of the span and fieldwork, a multiple of 30.

    Returns
    -------
    DataFrame
        fieldwork_start, never_pct, launched; one row a wave with both, in order.
    """
    part = blocks[(blocks["days_from"] > lag_days) & (blocks["days_to"] <= lag_days + days)]
    columns = [f"{name}_launched" for name in weapon.split(" and ")]
    # A span that the reports do not cover wholly has no sum.
    launched = part.groupby("fieldwork_start")[columns].sum(min_count=days // 30)
    never = answers(polls, [(CONCESSIONS, NEVER)])
    table = pd.DataFrame(
        {
            "fieldwork_start": never["fieldwork_start"],
            "never_pct": never["share_pct"],
            "launched": launched.sum(axis=1, skipna=False)
            .reindex(never["fieldwork_start"])
            .astype(float)
            .to_numpy(),
        }
    )
    return table.dropna().reset_index(drop=True)


@dataclass(frozen=True)
class Effect:
    """Change of refusal for each doubling of launches.

    Attributes
    ----------
    points : float
        Percentage points for each doubling.
    low, high : float
        Ends of the 95 percent interval.
    n : int
        Points of the regression.
    """

    points: float
    low: float
    high: float
    n: int


def strike_effect(table: pd.DataFrame, form: Form) -> Effect:
    """Regress refusal on the logarithm (base 2) of launches, by least squares.

    Parameters
    ----------
    table : DataFrame
        From `resolve_and_strikes`.
    form : {"levels", "levels, trend removed", "changes"}
        Levels; levels with a straight line in time beside the launches; or changes from one
        wave to the next.

    Returns
    -------
    Effect
        With the interval of Student's t.  With about a dozen points, one after the other in
        time, the interval is itself optimistic.
    """
    doublings = np.log2(table["launched"].to_numpy(dtype=float))
    never = table["never_pct"].to_numpy(dtype=float)
    years = (table["fieldwork_start"] - table["fieldwork_start"].iloc[0]).dt.days / 365.25
    if form == "changes":
        outcome, causes = np.diff(never), np.diff(doublings)[:, None]
    elif form == "levels":
        outcome, causes = never, doublings[:, None]
    else:
        outcome, causes = never, np.column_stack([doublings, years.to_numpy()])
    fit = sm.OLS(outcome, sm.add_constant(causes)).fit()
    low, high = fit.conf_int(alpha=1 - CONFIDENCE)[1]
    return Effect(float(fit.params[1]), float(low), float(high), len(outcome))


# The form that is judged: declared for its reasons, not for its result.  Changes, because
# two series that both follow time agree in levels whatever causes them; ninety days, because
# thirty hold one wave of attacks or none; both weapons, because the words are all firepower.
DECLARED: tuple[Form, Weapon, int, int] = ("changes", "drones and missiles", 90, 0)
_FORMS: tuple[Form, ...] = ("changes", "levels, trend removed", "levels")
_WEAPONS: tuple[Weapon, ...] = ("drones and missiles", "drones", "missiles")


def specifications(polls: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """Estimate the effect in every form, weapon, span and lag.

    Returns
    -------
    DataFrame
        form, weapon, days, lag_days, points, low, high, n, declared, sign ("positive",
        "negative", or "both signs" where the interval holds zero).
    """
    rows = []
    for form in _FORMS:
        for weapon in _WEAPONS:
            for days, lag in ((90, 0), (30, 0), (30, 30), (90, 90)):
                table = resolve_and_strikes(polls, blocks, weapon=weapon, days=days, lag_days=lag)
                effect = strike_effect(table, form)
                rows.append(
                    {"form": form, "weapon": weapon, "days": days, "lag_days": lag}
                    | vars(effect)
                    | {"declared": (form, weapon, days, lag) == DECLARED}
                )
    table = pd.DataFrame(rows)
    sign = np.select([table["low"] > 0, table["high"] < 0], ["positive", "negative"], "both signs")
    return table.assign(sign=sign)


def declared_effect(polls: pd.DataFrame, blocks: pd.DataFrame) -> Effect:
    """Return the effect in the declared form."""
    form, weapon, days, lag = DECLARED
    table = resolve_and_strikes(polls, blocks, weapon=weapon, days=days, lag_days=lag)
    return strike_effect(table, form)


# Evasion --------------------------------------------------------------------------------


def cases_per_day(cases: pd.DataFrame) -> pd.DataFrame:
    """Add days and cases_per_day to the table ``evasion-cases``."""
    days = (cases["period_end"] - cases["period_start"]).dt.days + 1
    return cases.assign(days=days, cases_per_day=cases["value"] / days)


@dataclass(frozen=True)
class RateRatio:
    """One rate over another, with the 95 percent interval of two Poisson counts."""

    ratio: float
    low: float
    high: float


def rate_ratio(cases: pd.DataFrame, measure: str, later: str, earlier: str) -> RateRatio:
    """Compare the daily rate of cases of two periods.

    Parameters
    ----------
    cases : DataFrame
        Table ``evasion-cases``.
    measure : str
        Value of its column measure.
    later, earlier : str
        First days of the periods (ISO dates).

    Returns
    -------
    RateRatio
        Later over earlier; score interval.  It knows only the chance in counting, not how
        the work of registering changed.
    """
    rows = cases_per_day(cases[cases["measure"] == measure]).set_index("period_start")
    days = [pd.Timestamp(start) for start in (later, earlier)]
    (after, before), (after_days, before_days) = (
        [float(rows[name].loc[day]) for day in days] for name in ("value", "days")
    )
    low, high = confint_poisson_2indep(
        after,
        after_days,
        before,
        before_days,
        method="score",
        compare="ratio",
        alpha=1 - CONFIDENCE,
    )
    ratio = (after / after_days) / (before / before_days)
    return RateRatio(ratio, float(low), float(high))
