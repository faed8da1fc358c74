"""Wars between states from the Correlates of War project, version 4.0 (1816 to 2007).

Upstream: Inter-State War Data, version 4.0 (Sarkees and Wayman, Resort to War, 2010),
https://correlatesofwar.org, free for research with citation; read from the copy at
https://github.com/andybega/WarDeaths, commit 34ccf88f2b6340c154bb20a8050d5c4ece9b2301,
``data/InterStateWarData_v4.0.csv`` (line ends changed).  One row there is one state's part in
one war; here one row is one war.

A war's length is the span from the first day to the last day of any state in it, both
counted, as the title "the war has lasted so many days" is understood.  In seven wars fighting
paused and was taken up again; the pause is part of the span.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

FILE = "InterStateWarData_v4.0.csv"

# Codes of the column Outcome.  5 (ongoing) and 7 (goes on below war) do not occur.
WON, LOST, COMPROMISE, TRANSFORMED, STALEMATE, CHANGED_SIDES = 1, 2, 3, 4, 6, 8
KNOWN = {WON, LOST, COMPROMISE, TRANSFORMED, STALEMATE, CHANGED_SIDES}
# A war has the first of these that any state in it has: a named winner decides it.
ENDINGS = {
    WON: "winner named",
    STALEMATE: "stalemate",
    COMPROMISE: "compromise",
    TRANSFORMED: "became another war",
}
RESULTS = {
    WON: "won",
    LOST: "lost",
    STALEMATE: "stalemate",
    COMPROMISE: "compromise",
    TRANSFORMED: "became another war",
}
INITIATOR = "1"
SPELLS = ("1", "2")


def build(raw: Path) -> dict[str, pd.DataFrame]:
    """Read the wars.

    Parameters
    ----------
    raw : Path
        Folder with ``InterStateWarData_v4.0.csv``.

    Returns
    -------
    dict of str to DataFrame
        ``interstate-wars``: war_id, war, start, end, duration_days (both days counted),
        states, interrupted, ending, initiator_result.

    Raises
    ------
    DataError
        With every row whose outcome code or dates cannot be read.
    """
    rows = pd.read_csv(raw / FILE, dtype=str, keep_default_na=False)
    raise_all(_violations(rows))
    wars = [_war(number, group) for number, group in rows.groupby("WarNum", sort=False)]
    table = pd.DataFrame(wars).sort_values("war_id", ignore_index=True)
    return {"interstate-wars": table}


def _war(number: Any, states: pd.DataFrame) -> dict[str, Any]:
    starts = [d for spell in SPELLS for d in _days(states, "Start", spell)]
    ends = [d for spell in SPELLS for d in _days(states, "End", spell)]
    codes = set(states["Outcome"].astype(int))
    began = states.loc[states["Initiator"] == INITIATOR, "Outcome"].astype(int)
    start, end = min(starts), max(ends)
    return {
        "war_id": int(number),
        "war": str(states["WarName"].iloc[0]).strip(),
        "start": start,
        "end": end,
        "duration_days": (end - start).days + 1,
        "states": len(states),
        "interrupted": "true" if len(_days(states, "Start", "2")) else "false",
        "ending": next(ENDINGS[code] for code in ENDINGS if code in codes),
        "initiator_result": next(RESULTS[code] for code in RESULTS if code in set(began)),
    }


def _days(states: pd.DataFrame, edge: str, spell: str) -> list[pd.Timestamp]:
    """Dates of one edge of one spell; -8 says that there was no second spell."""
    parts = states[[f"{edge}{part}{spell}" for part in ("Year", "Month", "Day")]].astype(int)
    parts.columns = ["year", "month", "day"]
    there = parts[(parts > 0).all(axis=1)]
    return [pd.Timestamp(day).as_unit("s") for day in pd.to_datetime(there)]


def _violations(rows: pd.DataFrame) -> list[Violation]:
    wrong = []
    for index, row in rows.iterrows():
        where = f"{row['WarNum']}, {row['StateName']}"
        if not row["Outcome"].isdigit() or int(row["Outcome"]) not in KNOWN:
            expected = f"one of {sorted(KNOWN)}"
            wrong.append(Violation(FILE, where, "Outcome", row["Outcome"], expected))
        if not _dated(rows.loc[[index]]):
            value = f"{row['StartYear1']}-{row['StartMonth1']}-{row['StartDay1']}"
            wrong.append(Violation(FILE, where, "StartYear1", value, "a first and a last day"))
    wars = rows[rows["Initiator"] == INITIATOR]["WarNum"]
    wrong += [
        Violation(FILE, number, "Initiator", "none", "at least one state that began the war")
        for number in sorted(set(rows["WarNum"]) - set(wars))
    ]
    return wrong


def _dated(row: pd.DataFrame) -> bool:
    try:
        return bool(_days(row, "Start", "1") and _days(row, "End", "1"))
    except ValueError:
        return False


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the table; return what was written."""
    return [write_csv(tables["interstate-wars"], data / "series" / "interstate_wars.csv")]
