"""The adapter of The Economist's repository reads four files and checks what must be true."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.sources import war_dead
from analysis.violations import DataError

UK = """month,year,casualties (average daily losses),days in month,casualties in month,\
cumulative casualties
march,2022,386,31,11966,11966
april,2022,193,30,5790,{total}
"""
MODEL = """date,days_since_invasion,estimate,ci_lower,ci_upper,pi_low,pi_high,type,country
2022-03-02,7,NA,NA,NA,NA,NA,x,russia
2022-03-01,6,120.4,{low},150,0,0,x,russia
2022-02-28,5,100.6,80,120,0,0,x,russia
"""
M2024 = """Date,a,b,c,d,e,f,g,h,i,j
2024-01-29,10,20.5,30,15,21,31,16,,,
2024-02-05,12,,,,,,,25,35,20
"""
M2026 = """Year,Week,BmzNow,EDSuperlatesFromCoeffs,ED,EDPrediction,EDAssembled,\
EDAssembledLow,EDAssembledHigh
{week},3,1.5,10.25,,11.75,9,14
2025,52,2,-0.5,,20,19.5,15,25
"""


def put(folder: Path, total: int = 17756, low: int = 90, week: str = "2022,24") -> Path:
    texts = {
        "uk_mod_month_by_month.csv": UK.format(total=total),
        "meta-estimate-casualties.csv": MODEL.format(low=low),
        "meta-estimate-deaths.csv": MODEL.format(low=90),
        "meduza_2024.csv": M2024,
        "meduza_2026_weekly.csv": M2026.format(week=week),
    }
    for name, text in texts.items():
        (folder / f"prefix_{name}").write_text(text, encoding="utf-8")
    return folder


def test_months_of_the_ministry(tmp_path):
    """386 a day for 31 days are 11,966; 193 for 30 are 5,790; together 17,756."""
    table = war_dead.build(put(tmp_path, week="2022,8"))["uk-mod-casualties-monthly"]
    assert table["month"].dt.strftime("%Y-%m").tolist() == ["2022-03", "2022-04"]
    assert table["cumulative"].tolist() == [386 * 31, 386 * 31 + 193 * 30]


def test_a_sum_that_is_off_is_named(tmp_path):
    """The running sum must be that of the months."""
    with pytest.raises(DataError, match="sum of months"):
        war_dead.build(put(tmp_path, total=17_757, week="2022,8"))


def test_mondays_of_the_model(tmp_path):
    """28 February 2022 was a Monday; empty days and other weekdays are left out."""
    table = war_dead.build(put(tmp_path, week="2022,8"))["economist-casualty-model"]
    assert table["date"].dt.strftime("%Y-%m-%d").tolist() == ["2022-02-28"]
    assert table["casualties"].tolist() == [101]


def test_flash_estimates_are_joined(tmp_path):
    """The flash estimate stands in other columns from February 2024 on."""
    table = war_dead.build(put(tmp_path, week="2022,8"))["meduza-dead-2024"]
    assert table["flash"].tolist() == [21, 25]
    assert table["probate"].isna().tolist() == [False, True]


def test_weeks_of_death(tmp_path):
    """ISO week 8 of 2022 begins on 21 February; the last half of 2025 is predicted."""
    table = war_dead.build(put(tmp_path, week="2022,8"))["meduza-dead-2026"]
    assert table["week_start"].dt.strftime("%Y-%m-%d").tolist() == ["2022-02-21", "2025-12-22"]
    assert table["basis"].tolist() == ["probate cases", "prediction"]
    assert table["killed"].tolist() == [10.25, 20]


def test_the_swapped_week_is_put_right_and_no_other(tmp_path):
    """Ends the wrong way round are mended in the known week only, where they must be so."""
    with pytest.raises(DataError, match="dead_low"):
        war_dead.build(put(tmp_path, week="2022,24"))


def test_written_tables_read_back(tmp_path):
    """One decimal for estimates of people, empty cells for what is missing."""
    tables = war_dead.build(put(tmp_path, week="2022,8"))
    files = {file.name: file.read_text() for file in war_dead.write(tables, tmp_path)}
    assert "2024-02-05,12,,,,25,20,35" in files["meduza_dead_2024.csv"]
    assert "2022-02-21,3,10.2,1.5,11.8,9,14,probate cases" in files["meduza_dead_2026.csv"]
