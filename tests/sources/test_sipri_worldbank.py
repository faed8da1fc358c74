"""The adapters for military expenditure and for GDP and prices, on small made-up files.

All numbers here are invented so that each expected cell can be had in the head.
"""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.sources import sipri, worldbank
from analysis.violations import DataError

NAME = "russia-military-expenditure-sipri"


def transcription() -> pd.DataFrame:
    """Russia's five indicators for every year: year - 2000 of each unit, and a neighbour."""
    scale = {
        "milex_local_currency": 1e12,
        "milex_constant_2023_usd_m": 1e3,
        "milex_current_usd_m": 2e3,
        "milex_share_gdp_pct": 1.0,
        "milex_share_general_govt_spending_pct": 2.0,
    }
    rows = [
        (country, year, indicator, (year - 2000) * unit, "sipri_estimate" if year > 2021 else "")
        for country in ("Russia", "Elsewhere")
        for year in range(2013, 2025)
        for indicator, unit in scale.items()
    ]
    return pd.DataFrame(rows, columns=["country", "year", "indicator", "value", "sipri_flag"])


def put(folder, table):
    table.to_csv(folder / sipri.TRANSCRIBED, index=False)
    return folder


def test_sipri_takes_one_country_and_the_charted_years(tmp_path):
    """2014 to 2024 are eleven rows; 2024 is 24 trillion roubles and 48 thousand million dollars."""
    out = sipri.build(put(tmp_path, transcription()))[NAME]
    assert out["year"].tolist() == list(range(2014, 2025))
    last = out.iloc[-1]
    assert (last["milex_rub_trn"], last["milex_current_usd_bn"]) == (24, 48)
    assert (last["share_gdp_pct"], last["share_general_government_pct"]) == (24, 48)


def test_sipri_leaves_out_shares_that_are_not_charted(tmp_path):
    """No licence is stated, so shares begin in 2023: two of eleven years."""
    out = sipri.build(put(tmp_path, transcription()))[NAME]
    assert out["share_gdp_pct"].notna().sum() == 2
    assert out["share_general_government_pct"].notna().sum() == 2
    assert out.loc[out["sipri_estimate"], "year"].tolist() == [2022, 2023, 2024]


def test_sipri_names_every_fault_at_once(tmp_path):
    """One cell that is no number and one row that is missing: two violations, both named."""
    table = transcription().astype({"value": object})
    russia = table["country"] == "Russia"
    wrong = russia & (table["year"] == 2020) & (table["indicator"] == "milex_current_usd_m")
    gone = russia & (table["year"] == 2019) & (table["indicator"] == "milex_share_gdp_pct")
    table.loc[wrong, "value"] = "xxx"
    with pytest.raises(DataError) as caught:
        sipri.build(put(tmp_path, table[~gone]))
    text = str(caught.value)
    assert "2 violation" in text
    assert "'xxx'" in text
    assert "Russia 2019" in text


def test_sipri_writes_what_it_built(tmp_path):
    """Fewest digits: 14 trillion is written 14, booleans in lower case, empty for missing."""
    built = sipri.build(put(tmp_path, transcription()))
    [file] = sipri.write(built, tmp_path)
    lines = file.read_text().splitlines()
    assert lines[1] == "2014,14,14,28,,,false"
    assert lines[-1] == "2024,24,24,48,24,48,true"


def world_bank(folder, gdp="2000000000000", code="RUS"):
    pd.DataFrame(
        {
            "Country Name": ["Russian Federation", "Else"],
            "Country Code": [code, "XXX"],
            "Year": [2023, 2023],
            "Value": [gdp, "1"],
        }
    ).to_csv(folder / "gdp.csv", index=False)
    pd.DataFrame(
        {"Country Name": ["R"], "Country Code": [code], "2019": ["4.5"], "2023": [""]}
    ).to_csv(folder / "FP.CPI.TOTL.ZG.csv", index=False)
    return folder


def test_world_bank_joins_both_and_leaves_gaps(tmp_path):
    """2 * 10^12 dollars are 2,000 thousand million; a year with neither figure has no row."""
    out = worldbank.build(world_bank(tmp_path))["world-bank-russia"]
    assert out["year"].tolist() == [2019, 2023]
    assert out["gdp_current_usd_bn"].fillna(-1).tolist() == [-1, 2000]
    assert out["cpi_inflation_pct"].fillna(-1).tolist() == [4.5, -1]
    [file] = worldbank.write({"world-bank-russia": out}, tmp_path)
    assert file.read_text().splitlines()[1:] == ["2019,,4.5", "2023,2000,"]


def test_world_bank_refuses_what_is_no_number_and_a_missing_country(tmp_path):
    """A word in a cell is named; without Russia both files are named."""
    with pytest.raises(DataError, match=r"2023.*'many'"):
        worldbank.build(world_bank(tmp_path, gdp="many"))
    with pytest.raises(DataError, match="2 violation"):
        worldbank.build(world_bank(tmp_path, code="RUZ"))


def test_world_bank_names_the_file_it_misses(tmp_path):
    """An empty folder has neither name."""
    with pytest.raises(DataError, match=r"gdp\.csv"):
        worldbank.build(tmp_path)
