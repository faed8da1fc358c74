"""What the General Staff of Ukraine claims as Russian losses, by month.

Upstream: https://github.com/PetroIvaniuk/2022-Ukraine-Russia-War-Dataset (MIT), commit
37655f8bbdd6806d2f94416253116b02a750c97b (8 August 2026), folder ``data/``:
``russia_losses_personnel.json`` and ``russia_losses_equipment.json`` (cumulative, one record a
day) and ``russia_losses_equipment_correction.json`` (the part of a day's step that revises
earlier days).  Files may carry a prefix, as in ``petroivaniuk_russia_losses_personnel.json``.

These are claims of a party to the war.  Personnel are killed and wounded together.  A report
dated the 1st speaks of the day before, so a month is what was added from the report of its
first day to that of the next month's first day, corrections taken out.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources import reading
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

FILES = {
    "personnel": "russia_losses_personnel.json",
    "equipment": "russia_losses_equipment.json",
    "correction": "russia_losses_equipment_correction.json",
}
CATEGORIES = {"personnel": "personnel", "tank": "tanks", "APC": "armoured vehicles"}
FIELDS = {"personnel": ["personnel"], "equipment": ["tank", "APC"], "correction": list(CATEGORIES)}
# The compiler dates this correction a day before the step in the series that it explains.
MOVED = {pd.Timestamp("2023-05-27"): pd.Timestamp("2023-05-28")}


def build(folder: Path) -> dict[str, pd.DataFrame]:
    """Add up the daily claims by month.

    Parameters
    ----------
    folder : Path
        With the three files, under any prefix.

    Returns
    -------
    dict of str to DataFrame
        ``general-staff-losses-monthly``: month (first day), category, claimed (pieces or
        persons, corrections taken out), correction, cumulative_at_end; full months only.

    Raises
    ------
    DataError
        A file that is missing or broken, a cell that is no number, a day that stands twice
        or in one file only; a cumulative claim that falls without a correction, or a first
        of a month without a report.
    """
    claims, corrections = _cumulative(folder), _corrections(folder)
    raise_all([*_falls(claims, corrections), *_missing(claims)])
    parts = [_monthly(claims[name], corrections[name], name) for name in CATEGORIES.values()]
    table = pd.concat(parts, ignore_index=True)
    return {"general-staff-losses-monthly": table.sort_values(["month", "category"])}


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the tables of `build` to ``series/``."""
    name = "general-staff-losses-monthly"
    return [write_csv(tables[name], data / "series" / "general_staff_losses_monthly.csv")]


def _read(folder: Path, name: str) -> pd.DataFrame:
    file = reading.find(folder, FILES[name])
    cells = reading.Cells(reading.records(file, ["date", *FIELDS[name]]), file.name)
    least = None if name == "correction" else 0
    frame = pd.DataFrame(
        {"date": cells.days("date")}
        | {field: cells.numbers(field, least=least, whole=True) for field in FIELDS[name]}
    )
    cells.once(["date"])
    cells.check()
    return frame.set_index("date").sort_index()


def _cumulative(folder: Path) -> pd.DataFrame:
    persons, pieces = _read(folder, "personnel"), _read(folder, "equipment")
    for name, own, other in (("equipment", pieces, persons), ("personnel", persons, pieces)):
        raise_all(
            Violation(FILES[name], str(day)[:10], "date", "no record", "the days of both files")
            for day in other.index.difference(own.index)
        )
    return persons.join(pieces).rename(columns=CATEGORIES)


def _corrections(folder: Path) -> pd.DataFrame:
    return _read(folder, "correction").rename(columns=CATEGORIES).rename(index=MOVED)


def _falls(claims: pd.DataFrame, corrections: pd.DataFrame) -> list[Violation]:
    step = claims.diff().sub(corrections.reindex(claims.index).fillna(0))
    return [
        Violation(FILES["equipment"], str(day)[:10], name, f"{value:.0f}", "no fall")
        for name in CATEGORIES.values()
        for day, value in step[name][step[name] < 0].items()
    ]


def _missing(claims: pd.DataFrame) -> list[Violation]:
    firsts = pd.date_range(claims.index[0], claims.index[-1], freq="MS")
    return [
        Violation(FILES["personnel"], str(day.date()), "date", "none", "a report of the day")
        for day in firsts.difference(pd.DatetimeIndex(claims.index))
    ]


def _monthly(
    cumulative: pd.Series[float], corrections: pd.Series[float], name: str
) -> pd.DataFrame:
    """Take a month from the report of its first day to that of the next month's first."""
    firsts = pd.date_range(cumulative.index[0], cumulative.index[-1], freq="MS")
    level = cumulative.reindex(firsts)
    # A correction dated the 1st belongs to the month that the report speaks of.
    owner = (
        (pd.DatetimeIndex(corrections.index) - pd.Timedelta(days=1)).to_period("M").to_timestamp()
    )
    corrected = corrections.groupby(owner).sum().reindex(firsts[:-1]).fillna(0)
    return pd.DataFrame(
        {
            "month": firsts[:-1],
            "category": name,
            "claimed": (level.diff().iloc[1:].to_numpy() - corrected.to_numpy()).astype(int),
            "correction": corrected.to_numpy().astype(int),
            "cumulative_at_end": level.iloc[1:].to_numpy().astype(int),
        }
    )


__all__ = ["build", "write"]
