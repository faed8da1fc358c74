"""Aid: measures give what arithmetic demands, and the tables agree with other publishers."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import aid, tables
from analysis.assessing import evidence

LINES = tables.read("act-2024-lines")
PURPOSES = tables.read("act-2024-purposes")
DEFINITIONS = tables.read("act-2024-military-definitions")
PACKAGES = tables.read("us-aid-packages")
KIEL = tables.read("kiel-monthly-groups")


def printed(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


# The Act against other counts of it --------------------------------------------------------


def test_parts_add_up_to_their_sums():
    """A line with parts stands beside them, so each such sum equals its parts to the dollar."""
    parts = LINES.dropna(subset="part_of_seq").groupby("part_of_seq")["amount_usd"].sum()
    wholes = LINES.set_index("seq")["amount_usd"]
    assert {int(seq): int(total) for seq, total in parts.items()} == {
        int(seq): int(wholes[seq]) for seq in parts.index
    }
    assert set(LINES.loc[LINES["purpose"] == "", "seq"]) == set(parts.index)


@pytest.mark.parametrize(
    ("purposes", "evidence_id", "tolerance"),
    [
        (("usai",), "aid-line-usai", 0.005),
        (("usai",), "aid-ap-weapons-138", 0.05),
        (("stock-replacement",), "aid-line-replenish", 0.005),
        (("fmf",), "aid-house-fmf-16", 0.05),
        (aid.SECURITY_ASSISTANCE, "aid-security-assistance-288", 0.05),
        (("budget-support",), "aid-house-loan-785", 0.005),
    ],
)
def test_lines_agree_with_printed_counts(purposes, evidence_id, tolerance):
    """CRS, AP and the House committee printed these parts; half of their last digit is allowed."""
    assert aid.purposes_sum_usd_bn(LINES, purposes) == pytest.approx(
        printed(evidence_id), abs=tolerance
    )


def test_the_whole_act_by_three_other_counts():
    """Inspector General: nearly 61, 48.4 by Defense; CRS: 174.2 for five Acts, 113.4 for four."""
    whole = aid.whole_act_usd_bn(LINES)
    assert printed("aid-act-total-oig") - 0.5 < whole < printed("aid-act-total-oig")
    four, five = printed("aid-four-acts-113"), printed("aid-cumulative-174")
    assert whole == pytest.approx(five - four, abs=0.1)
    defense = aid.military_definitions(LINES, DEFINITIONS).set_index("definition_id")["usd_bn"]
    assert defense["defense-department"] == pytest.approx(printed("aid-act-dod-oig"), abs=0.05)


def test_accounts_for_missiles_and_ammunition_as_the_law_names_them():
    """Two accounts for missiles, 2,742,757,000 and 366,001,000 dollars, and one for ammunition."""
    names = ["Missile Procurement, Army", "Missile Procurement, Air Force"]
    sums = LINES.set_index("account")["amount_usd"]
    assert sums[names].tolist() == [2_742_757_000, 366_001_000]
    assert sums["Procurement of Ammunition, Army"] == 5_612_900_000


def test_every_line_has_a_purpose_that_is_described():
    """A purpose without a description would be missing from the readers' table."""
    assert set(LINES["purpose"]) - {""} == set(PURPOSES["purpose"])


def test_printed_definitions_are_the_evidence():
    """House buckets: 23.2 + 13.8 + 1.6 = 38.6; CSIS prints 25.7."""
    rows = DEFINITIONS.set_index("definition_id")
    assert rows.loc["csis-equipment", "published_usd_bn"] == printed("aid-csis-equipment")
    buckets = rows.loc["house-buckets", "evidence_ids"].split()
    assert rows.loc["house-buckets", "published_usd_bn"] == pytest.approx(
        sum(printed(name) for name in buckets)
    )
    assert rows.loc["could-reach", "authority_usd_bn"] == printed("aid-pda-cap-fy24")


def test_purposes_lapse_when_their_last_line_does():
    """By the law: forces at the end of 2024, arms in September 2025, procurement a year later."""
    ends = aid.purposes_frame(LINES, PURPOSES).set_index("purpose")["lapses"]
    assert ends["usai"] == pd.Timestamp("2025-09-30")
    assert ends["us-procurement"] == pd.Timestamp("2026-09-30")
    assert ends["us-forces-pay"] == pd.Timestamp("2024-12-31")
    # One of the energy lines is available until spent, so the purpose has no last day.
    assert pd.isna(ends["energy"])


def test_combinations_are_all_of_them():
    """Three blocks of 1, 2 and 4 give each of 1 to 7 once (binary numbers)."""
    sums = aid.combinations_of(pd.Series({"a": 1.0, "b": 2.0, "c": 4.0}))
    assert sums["sum"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert sums.loc[6, "blocks"] == "a, b, c"
    assert aid.near(sums, 4.4, 0.5)["sum"].tolist() == [4.0]


def test_histogram_counts_each_once():
    """Sums 0.5, 1.5, 1.9 and 4 in bins of two: three, none, one."""
    frame = aid.histogram(pd.DataFrame({"sum": [0.5, 1.5, 1.9, 4.0]}), 2)
    assert frame["combinations"].tolist() == [3, 0, 1]
    assert frame["start"].tolist() == [0, 2, 4]


# Days ---------------------------------------------------------------------------------------


def test_window_by_hand():
    """3 June to 1 January: 27 + 31 + 31 + 30 + 31 + 30 + 31 + 1 = 212 days.

    From 24 February 2022: two years to 24 February 2024 are 730, then 5 days to the end of the
    leap February, 31, 30, 31 and 3 make 830.
    """
    frame = aid.window_ratios(tables.read("aid-window-dates"))
    row = frame[
        (frame["start_date_id"] == "2022-02-24-invasion")
        & (frame["now_date_id"] == "2024-06-03-published")
        & (frame["end_date_id"] == "2025-01-01-new-year")
    ].iloc[0]
    assert row["days_ahead"] == 27 + 31 + 31 + 30 + 31 + 30 + 31 + 1
    assert row["days_of_war"] == 730 + 5 + 31 + 30 + 31 + 3
    assert row["ratio"] == pytest.approx(212 / 830)
    assert len(frame) == 2 * 2 * 6


def test_a_share_of_the_war_ends_on_a_day():
    """Half of ten days after the eleventh is five days on."""
    day = aid.share_reached_on(pd.Timestamp("2024-01-01"), pd.Timestamp("2024-01-11"), 0.5)
    assert day == pd.Timestamp("2024-01-16")


# Packages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [23, 24, 29, 31, 66])
def test_drawdowns_as_the_departments_announced_them(number):
    """State and Defense Department announcements name the number and the sum of a drawdown."""
    row = PACKAGES[PACKAGES["drawdown_number"] == number].iloc[0]
    assert row["drawdown_usd_mn"] / 1000 == printed(f"aid-drawdown-{number}")


def test_drawdowns_equal_the_memoranda():
    """Where the President's memorandum was held, it has the announced sum."""
    both = PACKAGES.dropna(subset=["drawdown_usd_mn", "memorandum_usd_mn"])
    assert len(both) > 40
    assert (both["drawdown_usd_mn"] == both["memorandum_usd_mn"]).all()


def test_all_drawdowns_by_another_count():
    """CSIS counts 34 billion dollars announced by January 2025; ours to half its last digit."""
    total = aid.packages_only(PACKAGES)["drawdown_usd_bn"].sum()
    assert total == pytest.approx(printed("aid-csis-jul25-pda"), abs=0.5)


def test_numbers_of_drawdowns_are_without_gap():
    """The departments number them from one since August 2021."""
    numbers = PACKAGES["drawdown_number"].dropna().astype(int).tolist()
    assert numbers == list(range(1, len(numbers) + 1))


def test_packages_since_the_act_by_hand():
    """Ten drawdowns to 6 September: 1000+400+275+225+150+125+200+125+125+250 = 2,875 million."""
    drawn = aid.announced_usd_bn(PACKAGES, aid.ACT_SIGNED, aid.AUTUMN_2024, "drawdown")
    assert drawn == pytest.approx(2.875)
    # Contracts: 6,000 on 26 April, 2,200 in July, 1,500 on 29 July.
    signed = aid.announced_usd_bn(PACKAGES, aid.ACT_SIGNED, aid.AUTUMN_2024, "usai")
    assert signed == pytest.approx(9.7)


def test_an_authority_is_not_a_package():
    """The 5.55 billion of 26 September 2024 were drawn by later packages: never added."""
    frame = pd.DataFrame(
        {
            "announced": pd.to_datetime(["2024-09-26", "2024-10-01"]),
            "kind": ["authority", "package"],
            "drawdown_usd_mn": [5550.0, 100.0],
            "usai_usd_mn": [None, None],
        }
    )
    assert aid.packages_only(frame)["drawdown_usd_bn"].tolist() == [0.1]


def test_months_without_a_package_are_nought():
    """None was announced in January and February 2024, one of 300 million in March."""
    months = aid.monthly_packages(PACKAGES, pd.Timestamp("2024-01-01"), pd.Timestamp("2024-03-01"))
    assert months["drawdown_usd_bn"].tolist() == [0.0, 0.0, 0.3]


def test_running_totals_end_at_the_sums():
    """The last step of each line is the sum of all that was announced since the Act."""
    last = pd.Timestamp("2025-12-03")
    lines = aid.cumulative_since_act(PACKAGES, last).set_index(["kind", "announced"])
    ends = lines["cumulative_usd_bn"].xs(last, level="announced")
    assert ends["Drawdowns"] == pytest.approx(
        aid.announced_usd_bn(PACKAGES, aid.ACT_SIGNED, last, "drawdown")
    )
    assert ends["Contracts (USAI)"] == pytest.approx(
        aid.announced_usd_bn(PACKAGES, aid.ACT_SIGNED, last, "usai")
    )


# Allocations --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "measure", "month", "evidence_id", "tolerance"),
    [
        # Three percent: weapons are revalued and past months revised with every release.
        ("Europe", "military_eur_bn", "2024-02", "aid-kiel-feb24-mil-europe", 1.3),
        ("United States", "military_eur_bn", "2024-02", "aid-kiel-feb24-mil-us", 1.3),
        ("Europe", "total_eur_bn", "2024-02", "aid-kiel-feb24-europe899", 2.7),
        ("United States", "total_eur_bn", "2024-02", "aid-kiel-feb24-us67", 2.0),
        ("United States", "military_eur_bn", "2025-02", "aid-kiel-feb25-mil-us", 0.5),
        ("Europe", "total_eur_bn", "2025-02", "aid-kiel-feb25-total-europe", 4.1),
        ("Europe", "military_eur_bn", "2025-04", "aid-kiel-apr25-mil-europe", 2.2),
    ],
)
def test_running_totals_as_the_press_read_them(group, measure, month, evidence_id, tolerance):
    """Totals of earlier releases, read at newspapers; the tracker itself has one release here."""
    total = aid.allocated_by(KIEL, group, month, measure=measure)
    assert total == pytest.approx(printed(evidence_id), abs=tolerance)


def test_all_donors_to_october_2025():
    """The institute's report of December 2025 has 32.5 billion euros of arms in ten months."""
    total = aid.allocated_eur_bn(KIEL, "all", "2025-01", "2025-10")
    assert total == pytest.approx(printed("aid-kiel-2025-to-oct"), rel=0.03)


def test_the_last_american_package():
    """The institute printed 480 million euros on 9 January 2025 as the last one."""
    january = aid.allocated_eur_bn(KIEL, "United States", "2025-01", "2025-01")
    assert january == pytest.approx(printed("aid-last-us-package"), abs=0.005)
    assert aid.last_month_with_aid(KIEL, "United States") == pd.Timestamp("2025-01-01")


def test_changes_of_2025_in_real_terms():
    """The institute: 67 percent up for Europe, 13 down for all; other prices, other release."""
    rises = {year: printed(f"aid-euro-prices-{year}") for year in (2023, 2024, 2025)}
    annual = aid.annual_real(KIEL, rises)
    europe, every = (100 * aid.change_over_mean(annual, group) for group in ("Europe", "all"))
    assert europe == pytest.approx(printed("aid-kiel-2025-mil67"), abs=6)
    assert every == pytest.approx(printed("aid-kiel-2025-mil-all-13"), abs=4)


def allocations(**months: tuple[float, float]) -> pd.DataFrame:
    rows = [
        (pd.Timestamp(name[1:].replace("_", "-")), group, "release 29", value, value)
        for name, values in months.items()
        for group, value in zip(("United States", "Europe"), values, strict=True)
    ]
    columns = ["month", "donor_group", "state", "military_eur_bn", "total_eur_bn"]
    return pd.DataFrame(rows, columns=columns)


def test_the_crossing_is_the_one_that_lasts():
    """Europe leads in January, falls behind in February and leads for good from March."""
    frame = allocations(m2024_01=(1, 2), m2024_02=(4, 0), m2024_03=(0, 9))
    crossing = aid.last_crossing(aid.running_totals(frame))
    assert crossing == pd.Timestamp("2024-03-31")


def test_prices_raise_earlier_years_alone():
    """100 in 2023 with prices up a tenth is 110 in prices of 2024; 2024 stays as it is."""
    frame = allocations(m2023_05=(0, 100), m2024_05=(0, 50))
    annual = aid.annual_real(frame, {2024: 10.0}).query("donor_group == 'Europe'")
    assert annual["real_eur_bn"].tolist() == pytest.approx([110.0, 50.0])
    assert aid.change_over_mean(annual, "Europe") == pytest.approx(50 / 110 - 1)


def test_the_draft_is_never_added():
    """The draft's months follow the release and are shown, not summed."""
    frame = allocations(m2024_01=(1, 1), m2024_02=(1, 1))
    frame.loc[frame["month"] == "2024-02-01", "state"] = "unpublished draft of release 30"
    assert aid.allocated_eur_bn(frame, "all", "2024-01", "2024-02") == 2.0


def test_volume_by_hand():
    """From the Act to the article: 1,675 million in 41 days, so 1.2256 billion in thirty."""
    pace = aid.volume_before_and_after(PACKAGES).set_index("period")["usd_bn_a_month"]
    assert pace["the Act to the article"] == pytest.approx(1.675 / 41 * 30)
    # January to May 2024: 300 + 1,000 + 675 million in 152 days.
    assert pace["January to May 2024"] == pytest.approx(1.975 / 152 * 30)


def test_periods_are_whole_months_and_do_not_overlap():
    """Each month from March 2022 to April 2026 is in one period: 50 months."""
    months = [
        month for _, first, last in aid.PERIODS for month in pd.period_range(first, last, freq="M")
    ]
    assert months == list(pd.period_range("2022-03", "2026-04", freq="M"))
