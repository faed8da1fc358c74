"""What must hold for the series that a refresh renews, alone and beside what they replace.

`RULES` states, for each table, the distance between its days, how far a value may fall, step
or multiply from one day to the next, and how far a later state may change a value that is
already held.  A change beyond that is a revision, which somebody has to give a reason for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.violations import Violation

# A value this many times the one held is another unit, not another estimate.
UNIT_RATIO: Final = 5.0
# Fewer common values do not tell a unit from a revision.
LEAST_COMMON: Final = 3
# Rows of a series before a value is set beside the largest so far: a war starts from nothing.
SETTLED: Final = 12


@dataclass(frozen=True)
class Values:
    """What holds for one column of numbers, in its own unit.

    Attributes
    ----------
    history, history_share : float
        Largest change of a held value that is no revision: absolute, or as a share of it;
        the larger of the two.
    falls, falls_share : float or None
        Largest fall from one row to the next, absolute and as a share, the larger of the
        two; None where the column may fall.
    step, step_share : float or None
        The same for a change in either direction.
    multiple : float or None
        Largest multiple of the largest value so far, for what is counted by period.
    """

    history: float = 0.0
    history_share: float = 0.0
    falls: float | None = None
    falls_share: float = 0.0
    step: float | None = None
    step_share: float = 0.0
    multiple: float | None = None


@dataclass(frozen=True)
class Rule:
    """What holds for one table.

    Attributes
    ----------
    day : str
        Column that orders the rows; empty where the rows have no day.
    by : tuple of str
        Columns that tell the series of the table apart.
    every : str or None
        Distance of the days as a pandas frequency; None where it varies.
    numbers : mapping of str to Values
    fixed : tuple of str
        Columns of text that no later state changes.
    why : str
        Where the limits come from.
    """

    day: str
    by: tuple[str, ...]
    every: str | None
    numbers: Mapping[str, Values]
    why: str
    fixed: tuple[str, ...] = ()
    longest_gap_days: int = field(default=31)

    @property
    def key(self) -> list[str]:
        """Columns that name a row."""
        return [*([self.day] if self.day else []), *self.by]


_SHARE_OF_DISC = Values(history=0.01, step=1.0)

RULES: Final[dict[str, Rule]] = {
    "general-staff-losses-monthly": Rule(
        day="month",
        by=("category",),
        every="MS",
        numbers={
            "claimed": Values(multiple=2.0),
            "correction": Values(),
            "cumulative_at_end": Values(falls=0.0),
        },
        why="A running claim does not fall, corrections apart, and past months stand as they "
        "were printed; no month was more than 1.4 times the largest before it.",
    ),
    "oryx-losses": Rule(
        day="date",
        by=("country", "equipment", "scope"),
        every=None,
        numbers={
            name: Values(falls=10, falls_share=0.08, step=100, step_share=0.35)
            for name in ("destroyed", "total")
        }
        | {
            # Pieces move between these when a wreck is looked at again.
            name: Values(falls=25, falls_share=0.25, step=150, step_share=0.5)
            for name in ("abandoned", "captured", "damaged")
        },
        why="Oryx corrects itself: since April 2022 no list fell by more than 10 pieces and 8 "
        "percent against the last of the week before, nor rose by more than 31 percent.",
    ),
    "deepstate-daily-total": Rule(
        day="date",
        by=(),
        every="D",
        numbers={
            "occupied_km2": Values(history=0.1, step=250.0),
            "share_of_ukraine_pct": Values(history=0.0001, step=0.05),
        },
        why="The largest step of a day since July 2024 is 116 km2; areas are rounded to 0.1.",
    ),
    "deepstate-daily-by-oblast": Rule(
        day="date",
        by=("oblast",),
        every="D",
        numbers={
            name: Values(history=0.1, step=250.0) for name in ("occupied_km2", "inside_polygon_km2")
        },
        why="As for the whole.",
    ),
    "occupation-grid": Rule(
        day="month",
        by=("cell_id",),
        every=None,
        numbers={"share": Values(history=0.0002)},
        why="Shares of past months are geometry and change only by rounding.",
    ),
    "occupation-cells": Rule(
        day="",
        by=("cell_id",),
        every=None,
        numbers={
            "lon": Values(history=0.0001),
            "lat": Values(history=0.0001),
            "land_share": Values(history=0.001),
        },
        fixed=("oblast",),
        why="A cell does not move.",
    ),
    "kharkiv-front-daily": Rule(
        day="date",
        by=(),
        every="D",
        numbers={
            "city_edge_km": Values(history=0.01, step=10.0),
            "city_centre_km": Values(history=0.01, step=10.0),
            "oblast_occupied_km2": Values(history=0.1, step=250.0),
            "north_occupied_km2": Values(history=0.1, step=150.0),
            "krynky_share": _SHARE_OF_DISC,
            "vovchansk_share": _SHARE_OF_DISC,
            "kupiansk_share": _SHARE_OF_DISC,
        },
        why="The largest steps of a day so far are 1 km and 30 km2.",
    ),
    "kiel-monthly-groups": Rule(
        day="month",
        by=("donor_group",),
        every="MS",
        numbers={
            name: Values(history=2.5, multiple=3.0) for name in ("military_eur_bn", "total_eur_bn")
        },
        why="Every release revises past months: the withdrawn draft of release 30 differed from "
        "release 29 by up to 2.3 thousand million euros in a month.",
    ),
    "economist-casualty-model": Rule(
        day="date",
        by=(),
        every="W-MON",
        numbers={
            "casualties": Values(history_share=0.03, falls=0.0, step_share=0.1, step=20_000),
            "deaths": Values(history_share=0.03, falls=0.0, step_share=0.1, step=20_000),
        }
        | {
            f"{name}_{end}": Values(history_share=0.1, step_share=0.25, step=40_000)
            for name in ("casualties", "deaths")
            for end in ("low", "high")
        },
        why="The model is estimated anew each day: from February to August 2026 the estimate "
        "for a day moved by up to 1.4 percent and the ends of its interval by up to 6.",
    ),
    "uk-mod-casualties-monthly": Rule(
        day="month",
        by=(),
        every="MS",
        numbers={
            "days": Values(),
            "casualties_per_day": Values(multiple=2.0),
            "casualties": Values(multiple=2.0),
            "cumulative": Values(falls=0.0),
        },
        why="The Ministry does not revise a month; no month was more than 1.4 times the largest "
        "before it.",
    ),
    "world-bank-russia": Rule(
        day="year",
        by=(),
        every=None,
        numbers={
            "gdp_current_usd_bn": Values(history_share=0.05, step_share=0.6, step=0.0),
            "cpi_inflation_pct": Values(history=0.5, step=60.0),
        },
        why="National accounts are revised by a few percent, prices hardly at all.",
    ),
}


# A table alone --------------------------------------------------------------------------


def violations(
    name: str, frame: pd.DataFrame, *, gaps: Collection[date] = (), today: date | None = None
) -> Iterator[Violation]:
    """Find what one state of a series may not hold.

    Parameters
    ----------
    name : str
        Resource name; a table without a rule has no violation.
    frame : DataFrame
        As `analysis.tables.read` gives it.
    gaps : collection of date
        Days known to be missing.
    today : date, optional
        No row may be of a later day.

    Yields
    ------
    Violation
        Located by the key of the row.
    """
    rule = RULES.get(name)
    if rule is None:
        return
    yield from _repeated(name, rule, frame)
    if not rule.day:
        return
    days = _days(frame[rule.day])
    if today is not None:
        late = frame[days > pd.Timestamp(today)]
        for row in late[rule.key].itertuples(index=False):
            yield Violation(name, _row(row), rule.day, str(row[0])[:10], f"a day up to {today}")
    ordered = frame.assign(**{rule.day: days}).sort_values(rule.day)
    groups = ordered.groupby(list(rule.by), sort=True) if rule.by else [((), ordered)]
    for key, series in groups:
        yield from _gaps(name, rule, key, series, gaps)
        for column, limits in rule.numbers.items():
            yield from _moves(name, rule, key, series, column, limits)


def _days(column: pd.Series[Any]) -> pd.Series[pd.Timestamp]:
    return pd.to_datetime(column.astype(str), format="ISO8601")


def _row(parts: Any) -> str:
    return " ".join(str(part)[:40].removesuffix(" 00:00:00") for part in parts)


def _repeated(name: str, rule: Rule, frame: pd.DataFrame) -> Iterator[Violation]:
    twice = frame[frame.duplicated(rule.key)]
    for row in twice[rule.key].itertuples(index=False):
        yield Violation(name, _row(row), rule.key[0], "twice", "each row once")


def _gaps(
    name: str, rule: Rule, key: Any, series: pd.DataFrame, gaps: Collection[date]
) -> Iterator[Violation]:
    if rule.every is None or series.empty:
        return
    days = series[rule.day]
    expected = pd.date_range(days.iloc[0], days.iloc[-1], freq=rule.every)
    known = pd.DatetimeIndex(sorted(gaps))
    for missing in expected.difference(pd.DatetimeIndex(days)).difference(known):
        place = _row([missing, *_parts(key)])
        yield Violation(name, place, rule.day, "no row", "a row, or a line in known_gaps.csv")
    for other in pd.DatetimeIndex(days).difference(expected):
        place = _row([other, *_parts(key)])
        yield Violation(name, place, rule.day, str(other.date()), f"a day of the kind {rule.every}")


def _parts(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _moves(
    name: str, rule: Rule, key: Any, series: pd.DataFrame, column: str, limits: Values
) -> Iterator[Violation]:
    """Find falls, steps and multiples beyond their limits."""
    held = series[[rule.day, column]].dropna()
    value = held[column].astype(float).to_numpy()
    before = value[:-1]
    if len(value) < 2:
        return
    change = np.diff(value)
    # Over a longer gap a series may have moved by any amount.
    near = held[rule.day].diff().dt.days.to_numpy()[1:] <= max(rule.longest_gap_days, 1)
    if rule.every is None and rule.day == "year":
        near = np.ones(len(change), dtype=bool)
    slack = 1e-9
    wrong: dict[str, Any] = {}
    if limits.falls is not None:
        most = np.maximum(limits.falls, limits.falls_share * np.abs(before))
        text = f"no fall{_slack(limits.falls, limits.falls_share)}"
        wrong[text] = change < -most - slack
    if limits.step is not None:
        most = np.maximum(limits.step, limits.step_share * np.abs(before))
        text = f"no step{_slack(limits.step, limits.step_share)}"
        wrong[text] = (np.abs(change) > most + slack) & near
    if limits.multiple is not None:
        largest = np.maximum.accumulate(value)[:-1]
        far = (value[1:] > limits.multiple * largest) & (np.arange(1, len(value)) >= SETTLED)
        wrong[f"at most {limits.multiple:g} times the largest so far"] = far
    for expected, where in wrong.items():
        for at in np.flatnonzero(where):
            place = _row([held[rule.day].iloc[at + 1], *_parts(key)])
            shown = f"{value[at + 1]:g} after {before[at]:g}"
            yield Violation(name, place, column, shown, expected)


# A table beside the one it replaces -----------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """What a later state does to the values of the one that is held.

    Attributes
    ----------
    revised : int
        Held values that change, however little, or go.
    added : int
        Rows that are new.
    beyond : tuple of Violation
        Changes above the tolerance, and rows that are gone.
    """

    revised: int
    added: int
    beyond: tuple[Violation, ...]


def compare(name: str, held: pd.DataFrame, new: pd.DataFrame) -> Comparison:
    """Set a new state of a table beside the one it is to replace.

    Parameters
    ----------
    name : str
        Resource name of a table with a rule.
    held, new : DataFrame
        As `analysis.tables.read` gives them.

    Returns
    -------
    Comparison
    """
    rule = RULES[name]
    before, after = (_indexed(rule, frame) for frame in (held, new))
    common = before.index.intersection(after.index)
    gone = before.index.difference(after.index)
    beyond = [
        Violation(name, _row(_parts(key)), rule.key[0], "gone", "every row that is held")
        for key in gone
    ]
    revised = len(gone) * len(rule.numbers)
    for column, limits in rule.numbers.items():
        old, fresh = (_numbers(frame.loc[common, column]) for frame in (before, after))
        changed, above = _changed(old, fresh, limits)
        revised += int(changed.sum())
        # Each series of a table may have come in a unit of its own.
        for name_of, rows in _series(rule, common).items():
            unit = _unit(name, column, name_of, old[rows], fresh[rows])
            if unit is not None:
                beyond.append(unit)
                above[rows] = False
        beyond += [
            Violation(
                name,
                _row(_parts(common[int(at)])),
                column,
                f"{fresh[at]:.10g}",
                f"{old[at]:.10g}, which is held{_slack(limits.history, limits.history_share)}",
            )
            for at in np.flatnonzero(above)
        ]
    for column in rule.fixed:
        old_text, new_text = (frame.loc[common, column].astype(str) for frame in (before, after))
        for key in common[(old_text != new_text).to_numpy()]:
            value, expected = str(new_text[key]), f"{old_text[key]!r}, which is held"
            beyond.append(Violation(name, _row(_parts(key)), column, value, expected))
            revised += 1
    added = len(after.index.difference(before.index))
    return Comparison(revised, added, tuple(beyond))


def _numbers(column: pd.Series[Any]) -> NDArray[np.float64]:
    found = column.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    return np.asarray(found, dtype=np.float64)


def _series(rule: Rule, common: pd.Index[Any]) -> dict[str, NDArray[np.intp]]:
    """Return the rows of each series of a table, by the name of the series."""
    if not rule.by or not rule.day:
        return {"-": np.arange(len(common))}
    found = common.to_frame(index=False).groupby(list(rule.by)).indices
    return {_row(_parts(name)): np.asarray(rows) for name, rows in found.items()}


def _slack(absolute: float, share: float) -> str:
    """Say how far a value may be off."""
    allowed = [f"{absolute:g}"] * (absolute > 0) + [f"{share:.0%}"] * (share > 0)
    return f", give or take {' or '.join(allowed)}" if allowed else ""


def _indexed(rule: Rule, frame: pd.DataFrame) -> pd.DataFrame:
    # Days as text, so that one key reads like another in a message.
    key = {name: frame[name].astype(str).str.removesuffix(" 00:00:00") for name in rule.key}
    return frame.assign(**key).drop_duplicates(rule.key).set_index(rule.key).sort_index()


def _changed(old: Any, fresh: Any, limits: Values) -> tuple[Any, Any]:
    """Return which values change at all, and which beyond their tolerance."""
    one_missing = np.isnan(old) != np.isnan(fresh)
    # What was not known yet may become known; what was known may not go.
    lost = one_missing & np.isnan(fresh)
    gap = np.abs(np.nan_to_num(fresh - old))
    most = np.maximum(limits.history, limits.history_share * np.abs(np.nan_to_num(old)))
    return (gap > 1e-9) | lost, (gap > most + 1e-9) | lost


def _unit(name: str, column: str, row: str, old: Any, fresh: Any) -> Violation | None:
    both = ~np.isnan(old) & ~np.isnan(fresh) & (old != 0) & (fresh != 0)
    if both.sum() < LEAST_COMMON:
        return None
    ratio = float(np.median(fresh[both] / old[both]))
    if 1 / UNIT_RATIO < ratio < UNIT_RATIO:
        return None
    expected = "the unit of the values that are held"
    return Violation(name, row, column, f"{ratio:g} times the held values", expected)
