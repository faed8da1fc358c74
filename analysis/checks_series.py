"""Checks of whole series: sums, order in time, and references between tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analysis import checkpoints, series, tables
from analysis.checks import table_check
from analysis.datapackage import origins
from analysis.violations import Violation

Read = Callable[[str], pd.DataFrame]

# km2, Crimea included (evidence row ukraine-area-603628).
UKRAINE_KM2: Final = 603_628
# Nine parts rounded to 0.1 km2 are at most this far from their rounded sum.
ROUNDED_PARTS_KM2: Final = 0.51
# Some 1,400 cells of 100 km2 with shares rounded to four places; slivers are left out.
ROUNDED_CELLS_KM2: Final = 1.5


@table_check
def violations() -> Iterable[Violation]:
    """Check every series that a refresh renews, as it is in ``data/``."""
    described = set(origins())
    yield from series_violations(tables.read, set(series.RULES) & described)


def series_violations(
    read: Read, names: Iterable[str], *, today: date | None = None
) -> Iterator[Violation]:
    """Check series alone, against each other and against what others printed.

    Parameters
    ----------
    read : callable
        Gives a table by its name.
    names : iterable of str
        Tables to check; a sum over several is only asked where all of them are there.
    today : date, optional
        No row may be of a later day.

    Yields
    ------
    Violation
    """
    chosen = sorted(names)
    frames = {name: read(name) for name in chosen}
    gaps = _known_gaps(read)
    for name, frame in frames.items():
        yield from series.violations(name, frame, gaps=gaps, today=today)
    for needed, identity in IDENTITIES.items():
        if set(needed) <= set(frames):
            yield from identity(*(frames[name] for name in needed))
    yield from checkpoints.violations(read, chosen)


def _known_gaps(read: Read) -> set[date]:
    table = read("known-gaps")
    return {day.date() for day in table["date"]}


def _off(
    name: str, place: pd.Series, column: str, gap: pd.Series[float], most: float, expected: str
) -> Iterator[Violation]:
    wrong = ~(gap.abs() <= most)
    for where, size in zip(place[wrong], gap[wrong], strict=True):
        yield Violation(name, str(where).removesuffix(" 00:00:00"), column, f"{size:+g}", expected)


def _staff(frame: pd.DataFrame) -> Iterator[Violation]:
    ordered = frame.sort_values("month")
    sums = ordered.groupby("category")["cumulative_at_end"].diff()
    gap = (sums - ordered["claimed"] - ordered["correction"]).astype("Float64").fillna(0)
    place = ordered["month"].dt.strftime("%Y-%m-%d") + " " + ordered["category"]
    yield from _off(
        "general-staff-losses-monthly", place, "cumulative_at_end", gap.astype(float), 0,
        "the total before, what was claimed and the correction",
    )  # fmt: skip


def _oryx(frame: pd.DataFrame) -> Iterator[Violation]:
    place = frame["date"].dt.strftime("%Y-%m-%d") + " " + frame["country"]
    parts = frame[["destroyed", "abandoned", "captured", "damaged"]].sum(axis=1)
    gap = (frame["total"] - parts).astype(float)
    yield from _off(
        "oryx-losses", place + " " + frame["equipment"], "total", gap, 0, "the four statuses"
    )
    whole = frame[frame["equipment"] == "all"].set_index(["date", "country"])["total"]
    rest = frame[frame["equipment"] != "all"].groupby(["date", "country"])["total"].sum()
    over = (rest - whole).astype("Float64").fillna(0).clip(lower=0).astype(float).reset_index()
    where = over["date"].dt.strftime("%Y-%m-%d") + " " + over["country"]
    yield from _off("oryx-losses", where, "total", over["total"], 0, "types no larger than all")


def _oblasts(total: pd.DataFrame, parts: pd.DataFrame) -> Iterator[Violation]:
    sums = parts.groupby("date")["occupied_km2"].sum()
    whole = total.set_index("date")["occupied_km2"]
    days = whole.index.union(sums.index)
    gap = (sums.reindex(days) - whole.reindex(days)).fillna(np.inf)
    yield from _off(
        "deepstate-daily-by-oblast", days.to_series(), "occupied_km2", gap, ROUNDED_PARTS_KM2,
        "parts that sum to the whole of the day",
    )  # fmt: skip


def _share(total: pd.DataFrame) -> Iterator[Violation]:
    gap = total["share_of_ukraine_pct"] - 100 * total["occupied_km2"] / UKRAINE_KM2
    yield from _off(
        "deepstate-daily-total", total["date"], "share_of_ukraine_pct", gap, 0.0001,
        f"percent of {UKRAINE_KM2} km2",
    )  # fmt: skip


def _grid(total: pd.DataFrame, grid: pd.DataFrame) -> Iterator[Violation]:
    held = total.sort_values("date").groupby(total["date"].dt.strftime("%Y-%m"))
    first = held["occupied_km2"].first()
    cells = 100 * grid.groupby("month")["share"].sum()
    months = first.index.union(cells.index)
    gap = (cells.reindex(months) - first.reindex(months)).fillna(np.inf)
    yield from _off(
        "occupation-grid", months.to_series(), "share", gap, ROUNDED_CELLS_KM2,
        "cells that sum to the first map of the month, km2",
    )  # fmt: skip


def _model(frame: pd.DataFrame) -> Iterator[Violation]:
    for name in ("casualties", "deaths"):
        for low, high in ((f"{name}_low", name), (name, f"{name}_high")):
            over = (frame[low] - frame[high]).clip(lower=0).astype(float)
            yield from _off(
                "economist-casualty-model", frame["date"], low, over, 0, f"no more than {high}"
            )


def _ministry(frame: pd.DataFrame) -> Iterator[Violation]:
    ordered = frame.sort_values("month")
    gap = (ordered["casualties"].cumsum() - ordered["cumulative"]).astype(float)
    yield from _off(
        "uk-mod-casualties-monthly", ordered["month"], "cumulative", gap, 0, "the sum of months"
    )


def _aid(frame: pd.DataFrame) -> Iterator[Violation]:
    place = frame["month"].dt.strftime("%Y-%m-%d") + " " + frame["donor_group"]
    over = (frame["military_eur_bn"] - frame["total_eur_bn"]).clip(lower=0)
    yield from _off(
        "kiel-monthly-groups", place, "military_eur_bn", over, 0.0001, "no more than the total"
    )


IDENTITIES: Final[dict[tuple[str, ...], Callable[..., Iterator[Violation]]]] = {
    ("general-staff-losses-monthly",): _staff,
    ("oryx-losses",): _oryx,
    ("deepstate-daily-total", "deepstate-daily-by-oblast"): _oblasts,
    ("deepstate-daily-total",): _share,
    ("deepstate-daily-total", "occupation-grid"): _grid,
    ("economist-casualty-model",): _model,
    ("uk-mod-casualties-monthly",): _ministry,
    ("kiel-monthly-groups",): _aid,
}
