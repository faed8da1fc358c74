"""Battles, strengths and outcomes from the CDB90 data base of land battles, 1600 to 1982.

Upstream: https://github.com/jrnold/CDB90, commit
e0b35ec4d798cec3bb4e6970c0f6bb7aa69e2f4c (data ODC-By; the original CDB90 of the US Army
Concepts Analysis Agency is in the public domain).  Files in one folder:
``cdb90_CDB90-patched.csv`` (``src-data/CDB90/CDB90-patched.csv``), ``cdb90_terrain.csv``
(``data/terrain.csv``) and ``cdb90_battle_durations.csv`` (``data/battle_durations.csv``).

The patched file is read on purpose.  In the tidy file of the same repository
(``data/battles.csv``) the code -1 of an attacker's defeat is lost, so that a third of the
battles, all of them defeats, have no outcome and attackers look unbeatable.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

BATTLES = "cdb90_CDB90-patched.csv"
TERRAIN = "cdb90_terrain.csv"
DURATIONS = "cdb90_battle_durations.csv"

# Codes of the column WINA, "attacker wins": -9 is not known.
OUTCOME = {1: "attacker won", 0: "draw", -1: "attacker lost", -9: ""}
# Unknown strengths and losses are -1 upstream.
UNKNOWN = -1
URBAN = "U"


def build(raw: Path) -> dict[str, pd.DataFrame]:
    """Read the battles.

    Parameters
    ----------
    raw : Path
        Folder with the three files.

    Returns
    -------
    dict of str to DataFrame
        ``cdb90-battles``: battle_id, battle, war, start, attackers, defenders (persons),
        attacker_casualties, defender_casualties (persons, all kinds), outcome, urban.

    Raises
    ------
    DataError
        With every battle whose outcome code, strength or date cannot be read.
    """
    battles = pd.read_csv(raw / BATTLES, dtype=str, keep_default_na=False)
    terrain = pd.read_csv(raw / TERRAIN, dtype=str, keep_default_na=False)
    days = pd.read_csv(raw / DURATIONS, dtype=str, keep_default_na=False)
    raise_all([*_violations(battles), *_missing(battles, days)])
    kinds = terrain[["terra1", "terra2", "terra3"]].isin([URBAN]).any(axis=1)
    urban = set(terrain.loc[kinds, "isqno"])
    start = dict(zip(days["isqno"], days["datetime_min"].str[:10], strict=True))
    table = pd.DataFrame(
        {
            "battle_id": battles["ISQNO"].astype(int),
            "battle": battles["NAME"].str.strip(),
            "war": battles["WAR"].str.strip(),
            "start": pd.to_datetime(battles["ISQNO"].map(start)).astype("datetime64[s]"),
            "attackers": _persons(battles["STRA"]),
            "defenders": _persons(battles["STRD"]),
            "attacker_casualties": _persons(battles["CASA"]),
            "defender_casualties": _persons(battles["CASD"]),
            "outcome": battles["WINA"].astype(int).map(OUTCOME),
            "urban": battles["ISQNO"].isin(urban).map({True: "true", False: "false"}),
        }
    )
    return {"cdb90-battles": table.sort_values("battle_id", ignore_index=True)}


def _persons(cells: pd.Series[str]) -> pd.Series[int]:
    numbers = pd.to_numeric(cells)
    return numbers.where(numbers != UNKNOWN).astype("Int64")


def _violations(battles: pd.DataFrame) -> list[Violation]:
    wrong = []
    for name in ("STRA", "STRD", "CASA", "CASD"):
        bad = battles[pd.to_numeric(battles[name], errors="coerce").isna()]
        wrong += [
            Violation(BATTLES, row["ISQNO"], name, row[name], "a whole number of persons")
            for _, row in bad.iterrows()
        ]
    codes = {str(code) for code in OUTCOME}
    wrong += [
        Violation(BATTLES, row["ISQNO"], "WINA", row["WINA"], "one of 1, 0, -1, -9")
        for _, row in battles[~battles["WINA"].isin(codes)].iterrows()
    ]
    # The sign of a file in which the defeats were lost on the way.
    if len(battles) > 100 and not battles["WINA"].eq("-1").any():
        wrong.append(Violation(BATTLES, "-", "WINA", "no -1", "defeats of attackers"))
    return wrong


def _missing(battles: pd.DataFrame, days: pd.DataFrame) -> list[Violation]:
    without = set(battles["ISQNO"]) - set(days["isqno"])
    return [
        Violation(DURATIONS, name, "isqno", "no row", "a row for each battle")
        for name in sorted(without)
    ]


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the table; return what was written."""
    return [write_csv(tables["cdb90-battles"], data / "series" / "cdb90_battles.csv")]
