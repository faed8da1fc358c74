"""What Russia's president and his office said of talks, and the votes of September 2022."""

from __future__ import annotations

import pandas as pd

# Lanes of the timeline, from words towards talks to acts away from them.
KINDS = (
    "talks held",
    "calls for talks",
    "reported by sources",
    "terms named",
    "aims, acts, refusals",
)


def before(statements: pd.DataFrame, day: pd.Timestamp, kind: str | None = None) -> pd.DataFrame:
    """Return the statements made before a day, of one kind if asked for.

    Parameters
    ----------
    statements : DataFrame
        Table ``putin-statements``.
    day : Timestamp
        The day itself does not count.
    kind : str, optional
        One of `KINDS`.
    """
    rows = statements[statements["date"] < day]
    if kind is not None:
        rows = rows[rows["kind"] == kind]
    return rows.sort_values(["date", "statement_id"], ignore_index=True)


def announced_against_counts(votes: pd.DataFrame) -> pd.DataFrame:
    """Set the announced share of yes beside the share that the announced counts give.

    Parameters
    ----------
    votes : DataFrame
        Table ``referendum-2022``.

    Returns
    -------
    DataFrame
        region, claimed_yes_pct, yes_of_valid_pct (yes over yes and no), gap_pp (share of
        the counts less the announced one); only regions whose counts were printed.  A gap
        can be spoiled ballots, if the share is of all ballots, or invention: the printed
        figures do not say.
    """
    counted = votes.dropna(subset=["claimed_yes_votes", "claimed_no_votes"])
    yes = counted["claimed_yes_votes"].astype(float)
    share = 100 * yes / (yes + counted["claimed_no_votes"].astype(float))
    table = counted[["region", "claimed_yes_pct"]].assign(yes_of_valid_pct=share)
    table["gap_pp"] = table["yes_of_valid_pct"] - table["claimed_yes_pct"]
    return table.reset_index(drop=True)


def demanded_not_held(
    by_oblast: pd.DataFrame, areas: pd.DataFrame, oblasts: tuple[str, ...], day: pd.Timestamp
) -> pd.DataFrame:
    """Return the ground in provinces that Russian forces did not hold on a day.

    Parameters
    ----------
    by_oblast, areas : DataFrame
        Tables ``deepstate-daily-by-oblast`` and ``oblast-areas``.
    oblasts : tuple of str
        The provinces demanded.
    day : Timestamp
        A day with a map.

    Returns
    -------
    DataFrame
        oblast, held_km2, not_held_km2 (of the boundary polygon, never below zero).

    Raises
    ------
    KeyError
        No map on that day.
    """
    rows = by_oblast[by_oblast["date"] == day].set_index("oblast")
    if rows.empty:
        message = f"no map on {day.date()}"
        raise KeyError(message)
    area = areas.set_index("oblast")["polygon_area_km2"]
    held = rows["inside_polygon_km2"].loc[list(oblasts)]
    missing = (area.loc[list(oblasts)] - held).clip(lower=0)
    return pd.DataFrame(
        {"oblast": list(oblasts), "held_km2": held.to_numpy(), "not_held_km2": missing.to_numpy()}
    )
