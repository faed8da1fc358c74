"""Rates, prices, deficits and men: hand counts, and agreement with other publishers."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import capacity, tables

RATES = tables.read("bank-of-russia-key-rate")
MEANS = tables.read("russia-war-capacity")
BUDGET = tables.read("russia-federal-budget")
EVIDENCE = tables.read("evidence").set_index("id")["value"]


def test_stated_changes_give_the_levels():
    """Each level is the one before plus the change that its report states; the first from 9.5."""
    before = RATES["key_rate_pct"].shift(fill_value=9.5)
    assert RATES["change_pp"].notna().all()
    assert (before + RATES["change_pp"]).tolist() == RATES["key_rate_pct"].tolist()


def test_a_missing_decision_breaks_the_line():
    """Without the rise to 12 the change to 13, one point, no longer leads from 8.5."""
    whole = capacity.key_rate_steps(RATES)
    assert set(whole["spell"]) == {1}
    broken = capacity.key_rate_steps(RATES[RATES["date"] != "2023-08-15"])
    spells = broken.set_index("date")["spell"]
    assert (spells["2023-07-21"], spells["2023-09-15"]) == (1, 2)
    unstated = RATES.assign(change_pp=RATES["change_pp"].mask(RATES["date"] == "2024-09-13"))
    assert set(capacity.key_rate_steps(unstated)["spell"]) == {1, 2}


def test_key_rate_beside_its_evidence_and_other_reports():
    """The separate evidence rows, and levels that other pages name.

    The Famagusta Gazette: 7.5 after the cuts of 2022; News.Az: 19 before the rise to 21; the
    NEST Centre: 17 after the cut of September 2025; Xinhua: 18, then 16.5, before 16.
    """
    held = RATES[RATES["evidence_id"] != ""].set_index("evidence_id")
    assert held["key_rate_pct"].to_dict() == EVIDENCE.loc[held.index].to_dict()
    days = tables.read("evidence").set_index("id").loc[held.index, "as_of"]
    assert pd.to_datetime(days).tolist() == held["date"].tolist()
    level = RATES.set_index("date")["key_rate_pct"]
    named = {"2022-09-16": 7.5, "2024-09-13": 19, "2025-07-25": 18, "2025-09-12": 17,
             "2025-10-24": 16.5}  # fmt: skip
    assert {day: level[day] for day in named} == named


def test_every_mean_is_its_evidence():
    """Each row was read on a page; the row of evidence keeps that reading, and its days, apart."""
    assert MEANS["value"].tolist() == EVIDENCE.loc[MEANS["evidence_id"]].tolist()
    facts = tables.read("evidence").set_index("id").loc[MEANS["evidence_id"]]
    for ours, theirs in (("start", "as_of"), ("end", "period_end")):
        days = pd.to_datetime(facts[theirs]).fillna(pd.Timestamp(0)).tolist()
        assert MEANS[ours].fillna(pd.Timestamp(0)).tolist() == days


def test_inflation_beside_a_second_report():
    """Reuters prints 7.42 for 2023, Vestnik Kavkaza 11.94 for 2022, the article's month 7.8."""
    prices = capacity.yearly(MEANS, "inflation").set_index("evidence_id")["value"]
    assert prices["budget-inflation-2023"] == EVIDENCE["budget-inflation-2023-reuters"]
    assert prices["budget-inflation-2022"] == EVIDENCE["budget-inflation-2022-kavkaz"]
    assert (
        prices["budget-inflation-2023"]
        < EVIDENCE["inflation-2024-04"]
        < prices["inflation-2024-year"]
    )


def test_reserve_fund_in_two_moneys():
    """Roubles over dollars is the exchange rate of the day: 61.6 in August 2022, 102 in 2025.

    The Bank of Russia's rates: 61.3 on 1 August 2022, 101.7 on 1 January 2025, 81 on 1 November.
    """
    fund, dollars = (
        capacity.yearly(MEANS, name).set_index("start")["value"]
        for name in ("reserve fund, liquid", "reserve fund, liquid, in dollars")
    )
    rate = (1000 * fund / dollars).dropna()
    expected = {"2022-08-01": 61.3, "2025-01-01": 101.7, "2025-11-01": 81}
    for day, value in expected.items():
        assert rate[pd.Timestamp(day)] == pytest.approx(value, rel=0.02)
    # The months before the invasion are held in dollars only.
    assert set(dollars.index) - set(fund.index) == {
        pd.Timestamp("2022-02-01"),
        pd.Timestamp("2022-03-01"),
    }


def test_contracts_beside_other_counts():
    """A Ukrainian minister counts 427,000 or more for 2024; budgets give less for a half-year."""
    claimed = capacity.yearly(MEANS, "contracts claimed").set_index("evidence_id")["value"]
    assert claimed["medvedev-2024-contracts"] / EVIDENCE["havryliuk-2024-contracts"] < 1.06
    halves = capacity.yearly(MEANS, "contracts in a half-year claimed")["value"]
    others = capacity.yearly(MEANS, "contracts in a half-year, other count")["value"]
    assert others.max() < halves.max()


def test_deficits_by_kind():
    """Six figures: four outturns, and plans for 2024 (amended) and 2025."""
    table = capacity.deficits(BUDGET)
    assert table.groupby("kind").size().to_dict() == {"outturn": 4, "planned": 2}
    last = table[table["year"] == 2025].set_index("kind")["deficit_rub_trn"]
    assert last["outturn"] / last["planned"] == pytest.approx(4.77, abs=0.01)


def test_the_rate_on_a_day_is_the_last_decision():
    """16 percent at the article's date, by the decision of 26 April 2024."""
    assert capacity.key_rate_pct(RATES, pd.Timestamp("2024-06-03")) == 16
    with pytest.raises(IndexError):
        capacity.key_rate_pct(RATES, pd.Timestamp("2021-01-01"))
    steps = capacity.key_rate_steps(RATES.sample(frac=1, random_state=0))
    assert steps["date"].is_monotonic_increasing


def test_an_unknown_indicator_names_those_there_are():
    """A slip is answered with the list."""
    with pytest.raises(KeyError, match="inflation"):
        capacity.yearly(MEANS, "inflatoin")
