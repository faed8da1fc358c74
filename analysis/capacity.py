"""What Russia's war has cost it and what it could still pay: rates, prices, deficits, men."""

from __future__ import annotations

import pandas as pd

from analysis.budget import OUTTURN


def key_rate_steps(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the key rate from decision to decision, in spells without a missing step.

    Parameters
    ----------
    rates : DataFrame
        Table ``bank-of-russia-key-rate``.

    Returns
    -------
    DataFrame
        date, key_rate_pct, precision, spell; sorted by date.  A new spell begins where the
        stated change does not lead from the level before to this one, or none is stated:
        steps are then missing between the two rows, and no line may join them.
    """
    rows = rates.sort_values("date")
    expected = rows["key_rate_pct"].shift() + rows["change_pp"]
    follows = (expected - rows["key_rate_pct"]).abs() < _SAME
    columns = rows[["date", "key_rate_pct", "precision"]]
    return columns.assign(spell=(~follows).cumsum()).reset_index(drop=True)


# Rates are set in quarters of a point; anything nearer is the same level.
_SAME = 0.01


def key_rate_pct(rates: pd.DataFrame, day: pd.Timestamp) -> float:
    """Return the rate in force on a day, in percent.

    Raises
    ------
    IndexError
        The day lies before the first decision held.
    """
    held = rates[rates["date"] <= day].sort_values("date")
    return float(held["key_rate_pct"].iloc[-1])


def deficits(budget: pd.DataFrame) -> pd.DataFrame:
    """Return the federal deficit by year: as last planned before the year's end, and outturn.

    Parameters
    ----------
    budget : DataFrame
        Table ``russia-federal-budget``.

    Returns
    -------
    DataFrame
        year, kind ("planned" or "outturn"), deficit_rub_trn.
    """
    rows = budget[budget["item"] == "deficit"].sort_values(["year", "made"])
    kind = rows["stage"].map(lambda stage: "outturn" if stage == OUTTURN else "planned")
    table = pd.DataFrame(
        {"year": rows["year"], "kind": kind, "deficit_rub_trn": rows["value_rub_trn"]}
    )
    return table.reset_index(drop=True)


def yearly(capacity: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return one indicator by period: start, end, value, source; sorted by its first day.

    Parameters
    ----------
    capacity : DataFrame
        Table ``russia-war-capacity``.
    indicator : str
        As in the table.

    Raises
    ------
    KeyError
        No such indicator; the message names those that there are.
    """
    rows = capacity[capacity["indicator"] == indicator]
    if rows.empty:
        message = f"no indicator {indicator!r}; there are {sorted(set(capacity['indicator']))}"
        raise KeyError(message)
    columns = ["start", "end", "value", "unit", "source", "evidence_id"]
    return rows.sort_values(["start", "evidence_id"])[columns].reset_index(drop=True)
