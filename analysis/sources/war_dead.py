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
from analysis.sources import reading
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

UK = "uk_mod_month_by_month.csv"
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
        A file that is missing or broken, a cell that is no number, monthly figures that do
        not add up, a lower end above an upper one, a week twice.
    """
    tables = {
        "meduza-dead-2024": _dead_2024(reading.find(folder, "meduza_2024.csv")),
        "meduza-dead-2026": _dead_2026(reading.find(folder, "meduza_2026_weekly.csv")),
    }
    raise_all([v for name, table in tables.items() for v in _violations(name, table)])
    return current(folder) | tables


def current(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the two series that upstream goes on with; see `build`.

    The estimates of Meduza and Mediazona are states of 2024 and of 2026, each from a file of
    its own, and stand as they are.

    Returns
    -------
    dict of str to DataFrame
        ``uk-mod-casualties-monthly`` and ``economist-casualty-model``.
    """
    tables = {
        "uk-mod-casualties-monthly": _uk(reading.find(folder, UK)),
        "economist-casualty-model": _model(folder),
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


# Columns of the Ministry's file, and what they become.
_UK = {
    "days in month": "days",
    "casualties (average daily losses)": "casualties_per_day",
    "casualties in month": "casualties",
    "cumulative casualties": "cumulative",
}


def _uk(file: Path) -> pd.DataFrame:
    cells = reading.Cells(reading.table(file, ["month", "year", *_UK]), file.name)
    text = cells.frame["month"].str.capitalize() + " " + cells.frame["year"]
    months = pd.to_datetime(text, format="%B %Y", errors="coerce")
    cells.note(months.isna(), "month", "a month and a year")
    cells.once(["month", "year"])
    numbers = {name: cells.numbers(column, whole=True) for column, name in _UK.items()}
    off = numbers["days"] != months.dt.days_in_month
    cells.note(off & months.notna(), "days in month", "the days of the month")
    cells.check()
    table = pd.DataFrame({"month": months} | numbers).astype(dict.fromkeys(numbers, "int64"))
    return table.sort_values("month", ignore_index=True)


def _model(folder: Path) -> pd.DataFrame:
    parts = [_measure(reading.find(folder, file), name) for name, file in MODEL.items()]
    joined = parts[0].join(parts[1], how="inner").dropna().reset_index()
    mondays: pd.DataFrame = joined[joined["date"].dt.day_of_week == 0]
    return mondays.reset_index(drop=True)


def _measure(file: Path, name: str) -> pd.DataFrame:
    columns = {"estimate": name, "ci_lower": f"{name}_low", "ci_upper": f"{name}_high"}
    cells = reading.Cells(reading.table(file, ["date", "country", *columns]), file.name)
    cells.words("country", ["russia"])
    dates = cells.days("date")
    cells.once(["date"])
    # Days that are not estimated yet have NA in every column.
    empty = (cells.frame[list(columns)] == "NA").all(axis=1)
    numbers = {new: cells.numbers(old, empty=("NA",)) for old, new in columns.items()}
    for old, new in columns.items():
        cells.note(numbers[new].isna() & ~empty & (cells.frame[old] == "NA"), old, "a number")
    cells.check()
    table = pd.DataFrame({"date": dates} | numbers).set_index("date").sort_index()
    return table.round().astype("Int64")


def _dead_2024(file: Path) -> pd.DataFrame:
    raw = _by_position(file)
    # The flash estimate is in one set of columns for the weeks it was fitted to and in
    # another for the later ones.
    for end in ("", "_high", "_low"):
        raw[f"flash{end}"] = raw[f"flash{end}"].fillna(raw[f"training{end}"])
    names = ["probate", "probate_low", "probate_high", "flash", "flash_low", "flash_high"]
    table = raw[["date", "named", *names]]
    return table.assign(named=table["named"].astype("Int64")).sort_values("date")


def _by_position(file: Path) -> pd.DataFrame:
    """Read the file of 2024, whose header is in Russian and begins with a byte order mark."""
    raw = reading.table(file, [], bom=True)
    if len(raw.columns) != len(_MEDUZA_2024):
        reading.refuse(file.name, 1, f"{len(raw.columns)} columns", f"{len(_MEDUZA_2024)}")
    cells = reading.Cells(raw.set_axis(list(_MEDUZA_2024), axis="columns"), file.name)
    dates = cells.days("date")
    cells.once(["date"])
    numbers = {name: cells.numbers(name, empty=("",)) for name in _MEDUZA_2024[1:]}
    cells.check()
    return pd.DataFrame({"date": dates} | numbers)


def _dead_2026(file: Path) -> pd.DataFrame:
    columns = ["Year", "Week", "ED", "EDPrediction", *_MEDUZA_2026]
    cells = reading.Cells(reading.table(file, columns), file.name)
    week = cells.frame["Year"] + "-W" + cells.frame["Week"].str.zfill(2) + "-1"
    starts = pd.to_datetime(week, format="%G-W%V-%u", errors="coerce")
    cells.note(starts.isna(), "Week", "a week of the year")
    # The number of the missing can be slightly negative, an artefact of the estimate.
    raw = pd.DataFrame(
        {name: cells.numbers(name, least=None) for name in _MEDUZA_2026}
        | {name: cells.numbers(name, empty=("",)) for name in ("ED", "EDPrediction")}
    )
    cells.check()
    table = raw[list(_MEDUZA_2026)].rename(columns=_MEDUZA_2026).astype({"named": "int64"})
    table.insert(0, "week_start", starts)
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
