"""The Oryx adapter keeps what is drawn, and refuses lists that do not add up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.sources import oryx
from analysis.violations import DataError

COLUMNS = [
    "date_recorded", "country_losing", "equipment_type", "destroyed_units", "abandoned_units",
    "captured_units", "damaged_units", "total_units",
]  # fmt: skip


def row(day: str, kind: str, destroyed: int, captured: int = 0, country: str = "russia") -> list:
    return [day, country, kind, destroyed, 0, captured, 0, destroyed + captured]


def put(folder: Path, daily: list[list], later: list[list] | None = None) -> Path:
    pd.DataFrame(daily, columns=COLUMNS).to_csv(folder / oryx.DAILY, index=False)
    # No file is without a row: in most tests the later one has a type that is not kept.
    later = later or [row("2026-05-15", "Radars", 0)]
    pd.DataFrame(later, columns=COLUMNS).to_csv(folder / oryx.LATER, index=False)
    return folder


def whole(day: str, tanks: int) -> list[list]:
    """Make a list with tanks and as many radars."""
    return [row(day, "All Types", 2 * tanks), row(day, "Tanks", tanks), row(day, "Radars", tanks)]


def test_last_list_of_a_week_is_kept(tmp_path):
    """Tuesday and Friday of one week, Monday of the next: two weeks, two lists."""
    daily = whole("2023-01-03", 5) + whole("2023-01-06", 6) + whole("2023-01-09", 7)
    table = oryx.build(put(tmp_path, daily))["oryx-losses"]
    tanks = table[table["equipment"] == "tanks"]
    assert tanks["total"].tolist() == [6, 7]
    assert set(table["equipment"]) == {"all", "tanks"}
    assert set(table["country"]) == {"Russia"}


def test_every_list_near_the_article_is_kept(tmp_path):
    """Two lists of one week of May 2024 are both there."""
    daily = whole("2024-05-14", 5) + whole("2024-05-15", 6)
    table = oryx.build(put(tmp_path, daily))["oryx-losses"]
    assert len(table) == 4


def test_names_of_drones_are_joined_and_the_scope_is_marked(tmp_path):
    """Two kinds of unmanned aircraft are one row; lists since May 2026 are narrower."""
    day = "2023-01-03"
    daily = [
        row(day, "All Types", 6),
        row(day, "Reconnaissance Unmanned Aerial Vehicles", 4),
        row(day, "Unmanned Combat Aerial Vehicles", 2),
    ]
    table = oryx.build(put(tmp_path, daily, whole("2026-05-15", 9)))["oryx-losses"]
    drones = table[table["equipment"] == "drones"]
    assert drones["total"].tolist() == [6]
    assert table.groupby("date")["scope"].first().tolist() == ["all", "without drones and robots"]


def test_a_wrong_sum_is_named(tmp_path):
    """Three destroyed and two captured are not six."""
    bad = row("2023-01-03", "Tanks", 3, 2)
    bad[-1] = 6
    with pytest.raises(DataError, match="2023-01-03 russia Tanks"):
        oryx.build(put(tmp_path, [row("2023-01-03", "All Types", 5), bad]))


def test_a_list_cut_short_is_named(tmp_path):
    """A total of 10 over types that sum to 30 was cut when copied."""
    daily = [row("2023-01-03", "All Types", 10), row("2023-01-03", "Tanks", 30)]
    with pytest.raises(DataError, match="types that sum to all"):
        oryx.build(put(tmp_path, daily))


def test_a_known_fault_that_is_mended_is_named(tmp_path):
    """An exception that is no longer needed would hide the next fault."""
    with pytest.raises(DataError, match="2022-03-28"):
        oryx.build(put(tmp_path, whole("2022-03-28", 5)))


def test_a_known_fault_is_left_out(tmp_path):
    """The list of 28 March 2022 was cut off at 100."""
    daily = [
        row("2022-03-28", "All Types", 100),
        row("2022-03-28", "Tanks", 300),
        *whole("2022-04-05", 7),
    ]
    table = oryx.build(put(tmp_path, daily))["oryx-losses"]
    assert table["date"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2022-04-05"]


def test_single_days_must_agree(tmp_path):
    """An upstream file of a day that differs from the long file is named."""
    single = pd.DataFrame({"country": ["Russia"], "equipment_type": ["Tanks"], "type_total": [6]})
    single.to_csv(tmp_path / "totals_by_type_2023-01-03.csv", index=False)
    with pytest.raises(DataError, match=r"totals_by_type_2023-01-03\.csv"):
        oryx.build(put(tmp_path, whole("2023-01-03", 5)))


def test_written_table_reads_back(tmp_path):
    """The same rows, dates without hours, LF and no index."""
    tables = oryx.build(put(tmp_path, whole("2023-01-03", 5)))
    file = oryx.write(tables, tmp_path)[0]
    lines = file.read_text().splitlines()
    assert lines[1] == "2023-01-03,Russia,all,10,0,0,0,10,all"
