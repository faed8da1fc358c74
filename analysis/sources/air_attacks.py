"""Long-range drones and missiles launched at Ukraine, from posts of the Ukrainian air force.

Upstream: the dataset "Massive Missile Attacks on Ukraine" (P. Ivaniuk, Kaggle), in the copy
https://github.com/vovaara-droid/graphrag-learning (commit
11283311a81d6b797b08b2f5e35b765bf8e35ae1, ``data/``):

* ``missile_attacks_daily_to_2026-06-07.csv``: one type of weapon in one reporting window;
  columns time_start, time_end, model, launched and others.
* ``missiles_and_uavs.csv``: model, category and others.

No licence is stated in that repository, so that only sums are kept: by month, and for thirty
days at a time before each wave of the poll to which they are compared.  A window counts on
the day it ends.  Only launches of one-way drones of long range (Shahed and what is reported
with it, decoys among them from autumn 2024) and of missiles are taken; reconnaissance drones,
small drones of the front and bombs are not.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis import tables
from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

ATTACKS = "missile_attacks_daily_to_2026-06-07.csv"
MODELS = "missiles_and_uavs.csv"

LONG_RANGE_DRONES = frozenset({"Shahed-136/131", "Shahed-136/131 and Lancet"})

# Models that the second file lacks, and what they are.
UNLISTED = {
    "Iskander-M and Iskander-K": "missile",
    "Intercontinental ballistic missile": "missile",
    "Iskander-M/KN-23 and Iskander-K and Kalibr": "missile",
    "Iskander-M/KN-23 and Iskander-K and X-59/X-69": "missile",
    "X-101/X-555 and Kalibr and Iskander-M/KN-23": "missile",
    "Фенікс": "other",
    "Aerial Bomb": "other",
    "Картограф": "other",
    "Привет-82": "other",
}
BLOCK_DAYS = 30
BLOCKS = 6


def build(raw: Path, waves: pd.Series[pd.Timestamp] | None = None) -> dict[str, pd.DataFrame]:
    """Read the attacks and add them up.

    Parameters
    ----------
    raw : Path
        Folder with the two files named above.
    waves : Series of Timestamp, optional
        First days of fieldwork of the poll; those in the poll table if not given.

    Returns
    -------
    dict of str to DataFrame
        ``air-attacks-monthly`` (month, drones_launched, missiles_launched, days_reported,
        full_month) and ``attacks-before-waves`` (fieldwork_start, days_from, days_to,
        drones_launched, missiles_launched): launches in the thirty days that end
        ``days_from`` days before fieldwork, empty where the file does not reach back.

    Raises
    ------
    DataError
        With every row without a readable day, of an unknown model, or whose number of
        launches is not a number of zero or more.
    """
    attacks = pd.read_csv(raw / ATTACKS, dtype=str, keep_default_na=False)
    models = pd.read_csv(raw / MODELS, dtype=str, keep_default_na=False)
    groups = _groups(models)
    raise_all(_violations(attacks, groups))
    daily = _daily(attacks, groups)
    waves = _waves() if waves is None else waves
    return {"air-attacks-monthly": _monthly(daily), "attacks-before-waves": _blocks(daily, waves)}


def _waves() -> pd.Series[pd.Timestamp]:
    polls = tables.read("opinion-polls")
    starts: pd.Series[pd.Timestamp] = polls.loc[
        polls["series"] == "kiis-concessions", "fieldwork_start"
    ]
    return starts.drop_duplicates()


def _groups(models: pd.DataFrame) -> dict[str, str]:
    """Group of each model: drone, missile or other."""
    category = models.set_index("model")["category"]
    found = {
        str(model): "missile" if "missile" in kind or "ballistic" in kind else "other"
        for model, kind in category.items()
    }
    return found | UNLISTED | dict.fromkeys(LONG_RANGE_DRONES, "drone")


def _violations(attacks: pd.DataFrame, groups: dict[str, str]) -> list[Violation]:
    launched = pd.to_numeric(attacks["launched"], errors="coerce")
    checks = (
        ("time_end", _days(attacks).isna(), "a day, YYYY-MM-DD"),
        ("model", ~attacks["model"].isin(groups), f"a model of {MODELS}"),
        ("launched", ~launched.ge(0) & (attacks["launched"] != ""), "a number, 0 or more"),
    )
    # The header is row 1 of the file.
    return [
        Violation(ATTACKS, int(row) + 2, column, str(attacks.loc[row, column]), expected)
        for column, bad, expected in checks
        for row in attacks.index[bad]
    ]


def _days(attacks: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    text = attacks["time_end"].str.strip().str[:10]
    return pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")


def _daily(attacks: pd.DataFrame, groups: dict[str, str]) -> pd.DataFrame:
    """Return launches by day; a day without a report is a day without launches."""
    table = pd.DataFrame(
        {
            "date": _days(attacks),
            "group": attacks["model"].map(groups),
            "launched": pd.to_numeric(attacks["launched"], errors="coerce").fillna(0.0),
        }
    )
    sums = table.pivot_table(index="date", columns="group", values="launched", aggfunc="sum")
    whole = pd.date_range(sums.index.min(), sums.index.max(), name="date")
    daily = sums.reindex(whole).reindex(columns=["drone", "missile"])
    return daily.fillna(0.0).assign(reported=whole.isin(sums.index))


def _monthly(daily: pd.DataFrame) -> pd.DataFrame:
    grouped = daily.groupby(pd.DatetimeIndex(daily.index).strftime("%Y-%m"))
    out = pd.DataFrame(
        {
            "month": list(grouped.groups),
            "drones_launched": grouped["drone"].sum().to_numpy(dtype="int64"),
            "missiles_launched": grouped["missile"].sum().to_numpy(dtype="int64"),
            "days_reported": grouped["reported"].sum().to_numpy(dtype="int64"),
        }
    )
    whole = grouped.size().to_numpy() == pd.PeriodIndex(out["month"], freq="M").days_in_month
    return out.assign(full_month=whole)


def _blocks(daily: pd.DataFrame, waves: pd.Series[pd.Timestamp]) -> pd.DataFrame:
    rows = [
        _block(daily, pd.Timestamp(start), BLOCK_DAYS * number)
        for start in sorted(set(waves))
        for number in range(BLOCKS)
    ]
    return pd.DataFrame(rows).astype({"drones_launched": "Int64", "missiles_launched": "Int64"})


def _block(daily: pd.DataFrame, start: pd.Timestamp, before: int) -> dict[str, object]:
    last = start - pd.Timedelta(days=before + 1)
    first = last - pd.Timedelta(days=BLOCK_DAYS - 1)
    covered = daily.index.min() <= first and last <= daily.index.max()
    sums = daily.loc[first:last, ["drone", "missile"]].sum()
    return {
        "fieldwork_start": start,
        "days_from": before + 1,
        "days_to": before + BLOCK_DAYS,
        "drones_launched": int(sums["drone"]) if covered else pd.NA,
        "missiles_launched": int(sums["missile"]) if covered else pd.NA,
    }


def write(built: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write both tables; return what was written."""
    monthly = built["air-attacks-monthly"]
    words = monthly["full_month"].map({True: "true", False: "false"})
    return [
        write_csv(monthly.assign(full_month=words), data / "series" / "air_attacks_monthly.csv"),
        write_csv(built["attacks-before-waves"], data / "series" / "attacks_before_waves.csv"),
    ]
