"""Figures that other publishers printed, held against the series of the book."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from analysis import territory
from analysis.violations import Violation

Read = Callable[[str], pd.DataFrame]

# How the parts of a key are divided: column, then the values that tell the series apart.
DIVIDER: Final = " / "
# Column with the day, and those that tell series apart, of tables whose rows are named.
_ROWS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "general-staff-losses-monthly": ("month", ("category",)),
    "oryx-losses": ("date", ("country", "equipment")),
    "kiel-monthly-groups": ("month", ("donor_group",)),
    "uk-mod-casualties-monthly": ("month", ()),
    # A row of these is told by its name alone.
    "territory-published-changes": ("", ("evidence_id",)),
    "territory-published-totals": ("", ("evidence_id",)),
    "territory-oblast-shares": ("", ("oblast", "evidence_id")),
    "regained-2022-published": ("", ("definition_id",)),
    "advance-rates": ("", ("rate_id",)),
    "oblast-areas": ("", ("oblast",)),
}


def measured(read: Read, point: Mapping[Any, Any]) -> float:
    """Take from a series what a checkpoint names.

    Parameters
    ----------
    read : callable
        Gives a table by its name.
    point : mapping
        A row of the table of checkpoints.

    Returns
    -------
    float
        In the unit of the printed figure.
    """
    name, key, quantity = (str(point[column]) for column in ("series", "key", "quantity"))
    day = point["end"].date()
    if quantity == "column_sum":
        return float(read(name)[key].sum())
    if name in _ROWS:
        return _row(read(name), name, key, quantity, day)
    if quantity == "oblast_share_pct":
        return _oblast_share_pct(read, key, day)
    frame, value = _frame(read, name, key)
    if quantity == "cell_share":
        return territory.level_km2(frame, day, value="share")
    level = territory.level_km2(frame, day, value=value)
    unit = territory.UKRAINE_KM2 / 100 if quantity.endswith("_pct") else 1
    if quantity.startswith("change"):
        start = point["start"].date()
        return territory.net_change_km2(frame, start, day, value=value) / unit
    if quantity == "lost_share_pct":
        peak = territory.level_km2(frame, point["start"].date(), value=value)
        return 100 * (peak - level) / peak
    above = territory.HELD_BEFORE_2022_KM2 if quantity.startswith("above") else 0
    return (level - above) / unit


def _row(table: pd.DataFrame, name: str, key: str, quantity: str, day: date) -> float:
    column, *values = key.split(DIVIDER)
    when, by = _ROWS[name]
    chosen = table
    for part, value in zip(by, values, strict=True):
        chosen = chosen[chosen[part] == value]
    if column == "share_pct":
        quotient = 100 * chosen["numerator"] / chosen["denominator"]
        chosen = chosen.assign(share_pct=quotient.fillna(chosen["share_pct_as_published"]))
    if not when:
        return float(chosen[column].sum()) if len(chosen) else float("nan")
    if quantity == "running_sum":
        return float(chosen.loc[chosen[when] <= pd.Timestamp(day), column].sum())
    found = float(chosen.set_index(when)[column][pd.Timestamp(day)])
    return found / pd.Timestamp(day).days_in_month if quantity == "row_per_day" else found


def _frame(read: Read, name: str, key: str) -> tuple[pd.DataFrame, str]:
    if name == "isw-control-2022":
        layers = read("isw-layers-daily")
        return territory.isw_control(read(name), layers.iloc[:0]), "area_km2"
    if name == "isw-layers-daily":
        layers = read(name)
        if key == "control and advances":
            return territory.isw_control_and_advances(layers), "area_km2"
        return layers[layers["layer"] == key], "area_km2"
    if name == "occupation-grid":
        grid = read(name)
        grid = grid.assign(date=pd.to_datetime(grid["month"]))
        if key:
            return grid[grid["cell_id"] == key], "share"
        total = grid.groupby("date")["share"].sum() * 100
        return total.rename("occupied_km2").reset_index(), "occupied_km2"
    return read("deepstate-daily-total"), "occupied_km2"


def _oblast_share_pct(read: Read, oblast: str, day: date) -> float:
    # Kherson's official area counts bays: its shares are printed of the land.
    shares = territory.province_share(
        read("deepstate-daily-by-oblast"),
        read("oblast-areas"),
        oblast,
        "polygon" if oblast == "Kherson" else "official",
    )
    return territory.level_km2(shares, day, value="share_pct")


def violations(read: Read, names: Collection[str]) -> Iterator[Violation]:
    """Find the printed figures that a series no longer agrees with.

    Parameters
    ----------
    read : callable
        Gives a table by its name; ``checkpoints`` among them.
    names : collection of str
        Series to ask.
    """
    points = read("checkpoints")
    for point in points[points["series"].isin(list(names))].to_dict("records"):
        expected = f"{point['expected']:g} give or take {point['tolerance']:g}"
        expected += f", printed by {point['publisher']}"
        name = f"data/checkpoints.csv, {point['series']}"
        try:
            value = measured(read, point)
        except (KeyError, ValueError) as error:
            yield Violation(
                name, point["checkpoint_id"], point["key"] or "-", repr(error), expected
            )
            continue
        if not abs(value - point["expected"]) <= point["tolerance"] + 1e-9:
            yield Violation(
                name, point["checkpoint_id"], point["key"] or "-", f"{value:g}", expected
            )
