"""The budget: measures give what arithmetic demands, tables agree with other publishers."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import budget, tables

BUDGET = tables.read("russia-federal-budget")
SIPRI = tables.read("russia-military-expenditure-sipri")
WORLD_BANK = tables.read("world-bank-russia")
EVIDENCE = tables.read("evidence").set_index("id")["value"]


def amount(year: int, item: str, stage: str) -> float:
    return budget.amount_rub_trn(BUDGET, year, item, stage)


# Tables against what was printed elsewhere -------------------------------------------------


def test_every_cell_is_its_evidence():
    """Each row was read on a page; the row of evidence keeps that reading separately."""
    read = EVIDENCE.loc[BUDGET["evidence_id"]].to_numpy()
    assert BUDGET["value_rub_trn"].to_numpy() == pytest.approx(read, abs=5e-7)


@pytest.mark.parametrize(
    ("part", "whole", "ratio_pct", "tolerance"),
    [
        # Reuters, 4 August 2023: national defence is 17.1 percent of the law for 2023.
        ((2023, budget.CHAPTER, budget.LAW), (2023, budget.TOTAL_SPENDING, budget.LAW), 17.1, 0.05),
        # SIPRI, December 2023: 29 percent of the draft for 2024, in whole percents.
        ((2024, budget.CHAPTER, budget.LAW), (2024, budget.TOTAL_SPENDING, budget.LAW), 29, 0.5),
        # TASS, autumn 2021: 14.9 percent of the budget of 2022.
        ((2022, budget.CHAPTER, budget.LAW), (2022, budget.TOTAL_SPENDING, budget.LAW), 14.9, 0.1),
        # CNN, December 2024: 32.5 percent of the law for 2025.
        ((2025, budget.CHAPTER, budget.LAW), (2025, budget.TOTAL_SPENDING, budget.LAW), 32.5, 0.05),
        # SIPRI, April 2023, of Russia's own figures: the chapter of 2022 is 34 percent above plan.
        ((2022, budget.CHAPTER, "basis not stated"), (2022, budget.CHAPTER, budget.LAW), 134, 0.5),
        # RB.RU, September 2024: 6.31 percent of GDP in 2025.
        ((2025, budget.CHAPTER, budget.LAW), (2025, budget.GDP, budget.LAW), 6.31, 0.03),
        # Reuters, January 2026: the deficit of 2025 is 2.6 percent of GDP.
        ((2025, "deficit", budget.OUTTURN), (2025, budget.GDP, budget.OUTTURN), 2.6, 0.05),
        # Reuters, January 2025: spending of 2024 is 24.2 percent above that of 2023.
        (
            (2024, budget.TOTAL_SPENDING, budget.OUTTURN),
            (2023, budget.TOTAL_SPENDING, budget.OUTTURN),
            124.2,
            0.05,
        ),
    ],
)
def test_ratios_that_others_printed(part, whole, ratio_pct, tolerance):
    """A wrong cell on either side moves a ratio that another page printed."""
    assert 100 * amount(*part) / amount(*whole) == pytest.approx(ratio_pct, abs=tolerance)


def test_revenue_less_expenditure_is_the_deficit():
    """The ministry's 37.28 of revenue and 42.93 of spending in 2025 leave 5.65, printed 5.6."""
    gap = amount(2025, budget.TOTAL_SPENDING, budget.OUTTURN) - EVIDENCE["mof-2026-01-revenue-2025"]
    assert gap == pytest.approx(amount(2025, "deficit", budget.OUTTURN), abs=0.06)


@pytest.mark.parametrize(
    ("year", "column", "printed", "relative"),
    [
        # Al Jazeera, 22 April 2024, and the International Institute for Strategic Studies.
        (2023, "milex_current_usd_bn", 109, 0.005),
        (2024, "milex_current_usd_bn", 146, 0.03),
        # dpa, April 2022: 65.9 thousand million dollars in 2021.
        (2021, "milex_current_usd_bn", 65.9, 0.001),
        # The institute counts 13.1 trillion roubles for 2024, 5 percent below SIPRI.
        (2024, "milex_rub_trn", 13.1, 0.06),
        # Kluge's half-year of 2025 and its growth give 6.48 for January to June 2024.
        (2024, "milex_rub_trn", 2 * 6.48, 0.08),
    ],
)
def test_sipri_beside_other_publishers(year, column, printed, relative):
    """Another publisher's figure for the same year and money."""
    value = SIPRI.loc[SIPRI["year"] == year, column].iloc[0]
    assert value == pytest.approx(printed, rel=relative)


def test_sipri_prices_are_the_world_banks():
    """SIPRI deflates by consumer prices, which the World Bank prints to 2021: to 0.01 points.

    So each cell of roubles and of constant dollars from 2014 to 2021 is checked to one part
    in ten thousand against another publisher.
    """
    index = budget.price_index(SIPRI).set_index("year")["index"]
    printed = WORLD_BANK.dropna(subset=["cpi_inflation_pct"]).set_index("year")
    for year in range(2015, 2022):
        rise = 100 * (index[year] / index[year - 1] - 1)
        assert rise == pytest.approx(printed.loc[year, "cpi_inflation_pct"], abs=0.01)


def test_sipri_prices_of_the_war_years_are_rosstats():
    """Mean prices of a year lie between the December rates around it, here and by Rosstat.

    December rates 8.39 (2021), 11.94 (2022), 7.42 (2023), 9.5 (2024).  The leap of March
    2022 lifts the mean of 2022 above its December rates, and so lowers the rise to 2023.
    """
    assert 11.94 < 100 * (budget.deflator(SIPRI, 2022) - 1) < 14.5
    two_years = budget.deflator(SIPRI, 2022) * budget.deflator(SIPRI, 2023)
    # From mid-2021 to mid-2023 by December rates: half of 2021, all of 2022, half of 2023.
    assert two_years == pytest.approx(1.0839**0.5 * 1.1194 * 1.0742**0.5, abs=0.01)
    assert 7.42 < 100 * (budget.deflator(SIPRI, 2024) - 1) < 9.5


def test_sipri_share_rests_on_the_world_banks_gdp():
    """Dollars of 2023 over the World Bank's dollars of GDP are SIPRI's share, to 0.01 percent."""
    row = SIPRI.merge(WORLD_BANK, on="year").set_index("year").loc[2023]
    share = 100 * row["milex_current_usd_bn"] / row["gdp_current_usd_bn"]
    assert share == pytest.approx(row["share_gdp_pct"], rel=0.0001)


def test_gdp_behind_the_share_of_2024_is_the_laws():
    """The amended law of July 2024 forecast 191.4 trillion; prices rose faster, by 2.4 percent."""
    law = amount(2024, budget.GDP, budget.EXPECTED)
    assert budget.gdp_rub_trn(SIPRI, 2024) == pytest.approx(1.012 * law, rel=0.014)


def test_real_growth_as_printed():
    """Al Jazeera, April 2024: 24 percent more in 2023 in real terms; RIA: 57 since 2014.

    Both at prices of 2022, here of 2023 and revised: within a point and a half.
    """
    real = SIPRI.set_index("year")["milex_constant_2023_usd_bn"]
    assert 100 * (real[2023] / real[2022] - 1) == pytest.approx(24, abs=1.5)
    assert 100 * (real[2023] / real[2014] - 1) == pytest.approx(57, abs=1)


def test_sipri_cells_that_have_a_row_of_evidence():
    """Read from the workbook a second time, as rows of evidence."""
    table = SIPRI.set_index("year")
    assert table.loc[2023, "milex_rub_trn"] == EVIDENCE["sipri-db-2023-milex-rub"]
    assert table.loc[2024, "milex_rub_trn"] == EVIDENCE["sipri-db-2024-milex-rub"]
    printed = EVIDENCE["sipri-db-2023-share-gdp"]
    assert table.loc[2023, "share_gdp_pct"] == pytest.approx(printed, abs=0.05)


def test_dollars_of_2023_are_their_own_base():
    """At prices and rates of 2023 the year 2023 costs what it cost."""
    row = SIPRI.set_index("year").loc[2023]
    assert row["milex_constant_2023_usd_bn"] == row["milex_current_usd_bn"]


def test_dollars_are_near_what_was_first_printed():
    """First releases as other pages printed them, within one percent of later revision.

    Valdai Club (2014), UNIAN (2015), Facts Empire (2016), Daily Sabah (2017), The Moscow
    Times (2018), a translated explainer (2019), Novye Izvestia (2020); thousand million
    dollars.  For 2022 only SIPRI's own later 102.4 is held, in a note.
    """
    printed = {2014: 84.5, 2015: 66.4, 2016: 69.2, 2017: 66.3, 2018: 61.4, 2019: 65.1, 2020: 61.7}
    table = SIPRI.set_index("year")["milex_current_usd_bn"]
    assert {year: table[year] for year in printed} == pytest.approx(printed, rel=0.01)
    rows = tables.read("evidence").set_index("id")
    assert f"{table[2022]:.1f} bn" in rows.loc["sipri-2023-05-share-gdp-2022-first", "note"]


def test_general_government_share_is_near_its_first_print():
    """SIPRI's first release printed 16 percent for 2023, the next 14.8; no third count is held.

    Its share of GDP over its share of public spending is public spending over GDP, which
    moves by less than a point from 2023 to 2024, near 37 percent.
    """
    table = SIPRI.dropna(subset=["share_general_government_pct"]).set_index("year")
    assert table.loc[2023, "share_general_government_pct"] == pytest.approx(14.8, abs=0.05)
    state = 100 * table["share_gdp_pct"] / table["share_general_government_pct"]
    assert state.to_numpy() == pytest.approx([37, 37], abs=0.6)


# Measures ----------------------------------------------------------------------------------


def small() -> pd.DataFrame:
    """One budget of three years and the law that overtook its second year."""
    rows = [
        (2023, "2023–25", budget.CHAPTER, budget.LAW, "2022-09", 5.0, "a", ""),
        (2024, "2023–25", budget.CHAPTER, budget.PLAN, "2022-09", 4.0, "b", ""),
        (2024, "2024–26", budget.CHAPTER, budget.LAW, "2023-09", 10.0, "c", ""),
        (2023, "2023–25", budget.CHAPTER, budget.EXPECTED, "2023-07", 6.0, "d", ""),
        (2023, "2023–25", budget.CHAPTER, budget.EXPECTED, "2023-09", 8.0, "e", ""),
    ]
    return pd.DataFrame(rows, columns=list(BUDGET.columns))


def test_the_latest_figure_of_a_stage_stands():
    """Expected in July 6, in September 8: September stands, and so does its evidence."""
    key = (2023, budget.CHAPTER, budget.EXPECTED)
    assert budget.amount_rub_trn(small(), *key) == 8
    assert budget.evidence_of(small(), *key) == "e"


def test_a_missing_figure_names_those_there_are():
    """There is no outturn in the small table."""
    with pytest.raises(KeyError, match="amended or expected"):
        budget.amount_rub_trn(small(), 2023, budget.CHAPTER, budget.OUTTURN)


def test_growth_is_over_the_earlier_amount():
    """10 over 8 is a rise of a quarter."""
    assert budget.growth(10, 8) == 0.25


def test_a_plan_is_set_beside_the_law_of_that_year():
    """4 planned for 2024, 10 in its law: one and a half times more than planned."""
    table = budget.planned_against_later(small())
    assert table[["year", "planned_rub_trn", "law_rub_trn", "excess"]].to_numpy().tolist() == [
        [2024, 4, 10, 1.5]
    ]


def test_plans_and_drafts_of_the_small_table():
    """Three rows are laws or plans; two drafts, dated by the month they were made."""
    assert budget.plans(small())["chapter_rub_trn"].tolist() == [5, 4, 10]
    drafts = budget.drafts(small())
    assert drafts["date"].tolist() == [pd.Timestamp("2022-09-01"), pd.Timestamp("2023-09-01")]
    assert drafts["chapter_rub_trn"].tolist() == [5, 10]


def test_outcomes_are_the_nearest_to_an_outturn():
    """Four years are held: outturn, a report, two expectations."""
    table = budget.outcomes(BUDGET)
    assert table["year"].tolist() == [2021, 2022, 2023, 2024]
    assert table["chapter_rub_trn"].tolist() == [3.57, 4.7, 6.41, 10.4]


def money() -> pd.DataFrame:
    """Nominal twice, prices a quarter up: real times 1.6."""
    return pd.DataFrame(
        {
            "year": [2021, 2022],
            "milex_rub_trn": [1.0, 2.0],
            "milex_constant_2023_usd_bn": [10.0, 16.0],
            "milex_current_usd_bn": [10.0, 25.0],
            "share_gdp_pct": [4.0, 5.0],
        }
    )


def test_prices_are_nominal_over_real():
    """2 over 1.6 is 1.25."""
    assert budget.price_index(money())["index"].tolist() == [100, 125]
    assert budget.deflator(money(), 2022) == 1.25


def test_three_kinds_of_money():
    """Roubles 200, dollars 250, constant prices 160 on a base of 100."""
    table = budget.by_price_basis(money()).query("year == 2022").set_index("basis")["index"]
    assert table.to_dict() == pytest.approx(
        {"roubles of the time": 200, "dollars of the time": 250, "constant prices": 160}
    )


def test_gdp_from_a_share():
    """2 trillion at 5 percent is a GDP of 40 trillion; 25 dollars to 2 trillion roubles."""
    assert budget.gdp_rub_trn(money(), 2022) == 40
    dollars = pd.DataFrame({"year": [2022], "gdp_current_usd_bn": [500.0]})
    assert budget.gdp_world_bank_rub_trn(money(), dollars, 2022) == 40


def test_shares_under_every_definition():
    """Hand count from printed figures: 6.41 of 32.36, 13.8275 of 40.19, and those only printed."""
    printed = dict.fromkeys(
        ("cooper-federal-2024", "cooper-gdp-2024", "putin-gdp-2024", "reuters-gdp-2023",
         "reuters-gdp-2024"), 1.0)  # fmt: skip
    table = budget.shares(BUDGET, SIPRI, printed)
    key = ["definition", "denominator", "year"]
    by = table.set_index(key)["share_pct"]
    assert by["Chapter, expected", budget.FEDERAL, 2023] == pytest.approx(19.808, abs=0.001)
    assert by["Total, SIPRI", budget.FEDERAL, 2024] == pytest.approx(34.405, abs=0.001)
    assert by["Chapter, plan", budget.FEDERAL, 2024] == pytest.approx(29.405, abs=0.001)
    assert (table["share_pct"] == 1).sum() == 5
    assert not table.duplicated(key).any()
