"""Estimates of casualties and of the dead, from the repository of The Economist.

Upstream: https://github.com/TheEconomist/the-economist-ukraine-war-dead-and-wounded-estimates
(code MIT, data CC BY 4.0), commit 978a24b4abdcca2ca6e89e2158dc5c281ea760ca (22 August 2026).
It holds The Economist's own model, the monthly figures of the UK Ministry of Defence, and
the estimates that Meduza and Mediazona make from the register of probate cases.

Files are found by the end of their names, so that a prefix does no harm:
``uk_mod_month_by_month.csv``, ``meta-estimate-casualties.csv``, ``meta-estimate-deaths.csv``,
``meduza_2024.csv`` (cumulative, as known in July 2024) and ``meduza_2026_weekly.csv`` (by week
of death, as known in 2026; it adds men declared dead by courts, which raises every past week).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

MODEL = {"casualties": "meta-estimate-casualties.csv", "deaths": "meta-estimate-deaths.csv"}
# Columns of the file of 2024, whose header is in Russian, by position.
_MEDUZA_2024 = (
    "date", "named", "probate", "probate_high", "probate_low", "training", "training_high",
    "training_low", "flash", "flash_high", "flash_low",
)  # fmt: skip
_MEDUZA_2026 = {
    "BmzNow": "named",
    "EDSuperlatesFromCoeffs": "missing",
    "EDAssembled": "dead",
    "EDAssembledLow": "dead_low",
    "EDAssembledHigh": "dead_high",
}
# Weeks whose two ends stand the wrong way round upstream; put right here.
SWAPPED = (pd.Timestamp("2022-06-13"),)


def build(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the four series.

    Parameters
    ----------
    folder : Path
        With the files named above, under any prefix.

    Returns
    -------
    dict of str to DataFrame
        ``uk-mod-casualties-monthly``, ``economist-casualty-model`` (Mondays),
        ``meduza-dead-2024`` (cumulative), ``meduza-dead-2026`` (by week of death); all in
        persons.

    Raises
    ------
    DataError
        Monthly figures that do not add up, a lower end above an upper one, a week twice.
    """
    tables = {
        "uk-mod-casualties-monthly": _uk(_find(folder, "uk_mod_month_by_month.csv")),
        "economist-casualty-model": _model(folder),
        "meduza-dead-2024": _dead_2024(_find(folder, "meduza_2024.csv")),
        "meduza-dead-2026": _dead_2026(_find(folder, "meduza_2026_weekly.csv")),
    }
    raise_all([v for name, table in tables.items() for v in _violations(name, table)])
    return tables


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the tables of `build` to ``series/``."""
    decimals = dict.fromkeys(
        ("killed", "missing", "dead", "dead_low", "dead_high", "probate", "probate_low",
         "probate_high", "flash", "flash_low", "flash_high"), 1,
    )  # fmt: skip
    return [
        write_csv(
            table,
            data / "series" / f"{name.replace('-', '_')}.csv",
            {key: digits for key, digits in decimals.items() if key in table},
        )
        for name, table in tables.items()
    ]


def _find(folder: Path, ending: str) -> Path:
    found = sorted(folder.rglob(f"*{ending}"))
    if not found:
        message = f"no file *{ending} in {folder}"
        raise FileNotFoundError(message)
    return found[0]


def _uk(file: Path) -> pd.DataFrame:
    raw = pd.read_csv(file)
    text = raw["month"].str.capitalize() + " " + raw["year"].astype(str)
    return pd.DataFrame(
        {
            "month": pd.to_datetime(text, format="%B %Y"),
            "days": raw["days in month"],
            "casualties_per_day": raw["casualties (average daily losses)"],
            "casualties": raw["casualties in month"],
            "cumulative": raw["cumulative casualties"],
        }
    ).sort_values("month", ignore_index=True)


def _model(folder: Path) -> pd.DataFrame:
    parts = [_measure(_find(folder, file), name) for name, file in MODEL.items()]
    joined = parts[0].join(parts[1], how="inner").dropna().reset_index()
    mondays: pd.DataFrame = joined[joined["date"].dt.day_of_week == 0]
    return mondays.reset_index(drop=True)


def _measure(file: Path, name: str) -> pd.DataFrame:
    raw = pd.read_csv(file, parse_dates=["date"]).set_index("date").sort_index()
    columns = {"estimate": name, "ci_lower": f"{name}_low", "ci_upper": f"{name}_high"}
    table: pd.DataFrame = raw[list(columns)].rename(columns=columns).round().astype("Int64")
    return table


def _dead_2024(file: Path) -> pd.DataFrame:
    raw = pd.read_csv(file, header=0, names=list(_MEDUZA_2024), parse_dates=["date"])
    # The flash estimate is in one set of columns for the weeks it was fitted to and in
    # another for the later ones.
    for end in ("", "_high", "_low"):
        raw[f"flash{end}"] = raw[f"flash{end}"].fillna(raw[f"training{end}"])
    names = ["probate", "probate_low", "probate_high", "flash", "flash_low", "flash_high"]
    table = raw[["date", "named", *names]]
    return table.assign(named=table["named"].astype("Int64")).sort_values("date")


def _dead_2026(file: Path) -> pd.DataFrame:
    raw = pd.read_csv(file)
    week = raw["Year"].astype(str) + "-W" + raw["Week"].astype(str).str.zfill(2) + "-1"
    table = raw[list(_MEDUZA_2026)].rename(columns=_MEDUZA_2026)
    table.insert(0, "week_start", pd.to_datetime(week, format="%G-W%V-%u"))
    table.insert(2, "killed", raw["ED"].fillna(raw["EDPrediction"]))
    table["basis"] = raw["ED"].isna().map({False: "probate cases", True: "prediction"})
    wrong = table["week_start"].isin(SWAPPED)
    ends = ["dead_low", "dead_high"]
    table.loc[wrong, ends] = table.loc[wrong, ends[::-1]].to_numpy()
    return table.sort_values("week_start", ignore_index=True)


def _violations(name: str, table: pd.DataFrame) -> list[Violation]:
    key = str(table.columns[0])
    found = [
        Violation(name, str(day), key, "twice", "each once")
        for day in table[key][table[key].duplicated()]
    ]
    for low in [column for column in table if str(column).endswith("_low")]:
        high = str(low).replace("_low", "_high")
        wrong = table[table[low] > table[high]]
        found += [Violation(name, str(d), str(low), "above", high) for d in wrong[key]]
    if name == "uk-mod-casualties-monthly":
        off = table[table["casualties"].cumsum() != table["cumulative"]]
        found += [Violation(name, str(d), "cumulative", "-", "sum of months") for d in off[key]]
    return found


__all__ = ["build", "write"]
