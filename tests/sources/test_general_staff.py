"""The adapter of Ukraine's claims gives months, with corrections taken out."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.sources import general_staff
from analysis.violations import DataError


def put(folder: Path, persons: dict[str, int], corrections: dict[str, int] | None = None) -> Path:
    days = list(persons)
    (folder / "x_russia_losses_personnel.json").write_text(
        json.dumps([{"date": day, "personnel": persons[day]} for day in days])
    )
    (folder / "russia_losses_equipment.json").write_text(
        json.dumps([{"date": day, "tank": 1, "APC": 2} for day in days])
    )
    fixed = corrections or {"2022-10-13": 0}
    (folder / "russia_losses_equipment_correction.json").write_text(
        json.dumps([{"date": day, "personnel": n, "tank": 0, "APC": 0} for day, n in fixed.items()])
    )
    return folder


def daily(start: str, end: str, step: int) -> dict[str, int]:
    return {str(d.date()): n * step for n, d in enumerate(pd.date_range(start, end))}


def persons(folder: Path) -> pd.DataFrame:
    table = general_staff.build(folder)["general-staff-losses-monthly"]
    return table[table["category"] == "personnel"].set_index("month")


def test_a_month_runs_from_its_first_report_to_the_next(tmp_path):
    """At 10 a day March has 31 days and April 30: 310 and 300; May is not complete."""
    found = persons(put(tmp_path, daily("2022-03-01", "2022-05-20", 10)))
    assert found["claimed"].tolist() == [310, 300]
    assert found["cumulative_at_end"].tolist() == [310, 610]


def test_a_correction_is_taken_out_of_its_month(tmp_path):
    """A step of 1,650 that revises earlier months is no loss of the month."""
    days = daily("2022-03-01", "2022-05-01", 10)
    days = {day: n + 1650 * (day >= "2022-03-20") for day, n in days.items()}
    found = persons(put(tmp_path, days, {"2022-03-20": 1650}))
    assert found["claimed"].tolist() == [310, 300]
    assert found["correction"].tolist() == [1650, 0]


def test_a_correction_of_the_first_belongs_to_the_month_before(tmp_path):
    """The report of 1 April speaks of 31 March."""
    days = daily("2022-03-01", "2022-05-01", 10)
    days = {day: n + 7 * (day >= "2022-04-01") for day, n in days.items()}
    found = persons(put(tmp_path, days, {"2022-04-01": 7}))
    assert found["correction"].tolist() == [7, 0]


def test_a_fall_without_a_correction_is_named(tmp_path):
    """A cumulative claim cannot fall."""
    days = daily("2022-03-01", "2022-05-01", 10) | {"2022-03-15": 5}
    with pytest.raises(DataError, match="2022-03-15"):
        general_staff.build(put(tmp_path, days))


def test_a_missing_first_of_a_month_is_named(tmp_path):
    """Without the report of 1 April neither March nor April can be had."""
    days = daily("2022-03-01", "2022-05-01", 10)
    del days["2022-04-01"]
    with pytest.raises(DataError, match="2022-04-01"):
        general_staff.build(put(tmp_path, days))


def test_missing_files_are_named(tmp_path):
    """The name of the file that is wanted is in the error."""
    with pytest.raises(DataError, match="personnel"):
        general_staff.build(tmp_path)
