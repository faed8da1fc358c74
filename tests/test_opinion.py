"""Polls, intervals, strikes and cases: closed forms, hand counts and other publishers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import opinion, tables

POLLS = tables.read("opinion-polls")
BLOCKS = tables.read("attacks-before-waves")
NEVER, SOME = (opinion.CONCESSIONS, opinion.NEVER), (opinion.CONCESSIONS, opinion.SOME)


@pytest.mark.parametrize("n", [1, 5, 10, 20, 30, 40])
def test_exact_interval_of_none_has_a_closed_form(n):
    """With none of n the binomial tail is (1 - p)^n; it is 2.5 percent at 1 - 0.025^(1/n)."""
    assert opinion.largest_share_given_none(n) == pytest.approx(1 - 0.025 ** (1 / n))


def test_none_of_ten_under_the_poll_of_may_2024():
    """0.68 to the tenth is 0.0211 by hand."""
    assert opinion.chance_of_none(0.32, 10) == pytest.approx(0.021139, abs=1e-6)


def test_none_of_n_holds_every_number_and_poll():
    """Three polls for each number; the chance falls as more are asked."""
    table = opinion.none_of_n(POLLS, [2, 4])
    assert len(table) == 6
    by = table.set_index(["poll", "n"])["chance_pct"]
    assert by["Talks, May 2024", 2] == pytest.approx(43**2 / 100)
    assert (by.xs(4, level="n") < by.xs(2, level="n")).all()


def test_wilson_interval_by_hand():
    """Wilson's formula for 50 of 100, z = 1.96: centre 0.5, half width 0.0962."""
    low, high = opinion.share_interval(50.0, 100, design_factor=1.0)
    z = 1.959964
    half = z * np.sqrt(0.25 / 100 + z**2 / 4e4) / (1 + z**2 / 100)
    assert (low, high) == pytest.approx((50 - 100 * half, 50 + 100 * half), abs=1e-4)


def test_design_factor_follows_from_printed_errors():
    """KIIS prints 4.1 points for 1,011 interviews; simple random sampling gives 3.08."""
    printed = tables.read("evidence").set_index("id").loc["kiis-error-2025-05", "value"]
    simple = 100 * 1.959964 * np.sqrt(0.25 / 1011)
    assert printed / simple == pytest.approx(opinion.DESIGN_FACTOR, abs=0.05)


def test_wordings_hold_every_series_and_wave():
    """29 series of Ukrainians and two of Russians by hand; no wave is left out of its line."""
    for country, series in (("Ukraine", 29), ("Russia", 2)):
        table = opinion.wordings(POLLS, country)
        own = POLLS[POLLS["population"].str.startswith(country)]
        assert len(table) == own["series"].nunique() == series
        waves = own.groupby("series")["fieldwork_start"].nunique()
        for row in table.to_dict("records"):
            assert (
                row["waves"].count(";") + 1 - row["waves"].count("; n not") == waves[row["series"]]
            )


def test_days_of_fieldwork_as_exactly_as_known():
    """Days, days over two months, a month, months, a year and a guess, each written as it is."""
    rows = pd.DataFrame(
        [
            ("2024-05-08", "2024-05-25", "day"),
            ("2024-05-26", "2024-06-01", "day"),
            ("2022-05-01", "2022-05-31", "month"),
            ("2024-08-01", "2024-10-31", "month"),
            ("2023-01-01", "2023-12-31", "year"),
            ("2024-03-15", "2024-03-15", "approx"),
        ],
        columns=["fieldwork_start", "fieldwork_end", "date_precision"],
    )
    for name in ("fieldwork_start", "fieldwork_end"):
        rows[name] = pd.to_datetime(rows[name])
    assert opinion.fieldwork(rows) == [
        "8–25 May 2024",
        "26 May–1 Jun 2024",
        "May 2022",
        "Aug–Oct 2024",
        "2023",
        "about Mar 2024",
    ]


def test_russians_by_the_printed_waves():
    """Levada: half in May 2024, a record 58 in June, by Novaya Gazeta Europe; 67 in 2026."""
    shares = [
        opinion.share_pct(POLLS, "levada-talks", "start peace talks", day, population="Russia")
        for day in ("2024-05-01", "2024-06-20", "2024-07-01", "2026-02-18")
    ]
    assert shares == [50, 58, 49, 67]
    # An answer of Russians is never one of Ukrainians.
    with pytest.raises(KeyError):
        opinion.share_pct(POLLS, "levada-talks", "start peace talks", "2024-05-01")


def test_no_interval_without_a_printed_n():
    """An interval only where n is printed; elsewhere the words n not printed."""
    table = opinion.with_intervals(POLLS)
    assert (table["low_pct"].isna() == table["n"].isna()).all()
    assert set(table.loc[table["n"].isna(), "printed_n"]) == {"n not printed"}
    known = table.dropna(subset=["low_pct"])
    assert (known["low_pct"] < known["share_pct"]).all()
    assert (known["share_pct"] < known["high_pct"]).all()


def test_every_answer_without_n_says_why():
    """An empty n has its reason, and a printed one needs none."""
    assert (POLLS["n"].isna() == (POLLS["n_note"] != "")).all()


def test_one_wording_a_series():
    """Wordings are never pooled: a series with two questions would be two series."""
    assert POLLS.groupby("series")["question"].nunique().max() == 1
    assert POLLS.groupby("series")["pollster"].nunique().max() == 1


def test_answers_of_one_wave_are_no_more_than_all():
    """Shares of one question add to at most a hundred, and rounding.

    Two series hold answers to several questions, which do not exclude one another.
    """
    several = ["razumkov-putin-terms", "levada-end-this-week"]
    alternatives = POLLS[~POLLS["series"].isin(several)]
    sums = alternatives.groupby(["series", "population", "fieldwork_start"])["share_pct"].sum()
    assert sums.max() <= 101


# (series, option, first day, share, who printed it): other publishers than the column source.
PRINTED_ELSEWHERE = [
    (*NEVER, "2022-07-06", 84, "Kyiv Independent, 27 July 2022"),
    (*SOME, "2022-07-06", 10, "Kyiv Independent, 27 July 2022"),
    (*NEVER, "2023-11-29", 74, "Censor.NET, 14 December 2023"),
    (*NEVER, "2023-10-01", 80, "Censor.NET, 14 December 2023"),
    (*NEVER, "2023-05-01", 84, "Censor.NET, 14 December 2023"),
    (*NEVER, "2024-05-16", 55, "iROZHLAS, July 2024"),
    (*SOME, "2024-05-16", 32, "iROZHLAS, July 2024"),
    (*SOME, "2023-05-01", 10, "iROZHLAS, July 2024"),
    (*SOME, "2024-12-02", 38, "a Russian channel on KIIS, 3 January 2025"),
    ("kiis-no-compromise", "agree", "2024-05-26", 58, "in-ukraine.info in Italian"),
    ("kiis-no-compromise", "disagree", "2024-05-26", 30, "in-ukraine.info in Italian"),
    ("kiis-mobilisation-law", "agree", "2024-05-26", 34, "in-ukraine.info in Italian"),
    ("kiis-shelling-2022", "continue", "2022-10-21", 86, "np-resilience.com.ua, 24 October 2022"),
    ("kiis-endure", "as long as necessary", "2025-03-01", 54, "RT, 5 June 2025"),
    ("kiis-endure", "as long as necessary", "2025-05-15", 60, "RT, 5 June 2025"),
]


@pytest.mark.parametrize(("series", "option", "start", "printed", "who"), PRINTED_ELSEWHERE)
def test_share_as_printed_elsewhere(series, option, start, printed, who):
    """A second publisher printed the same whole percent of the same wave."""
    assert opinion.share_pct(POLLS, series, option, start) == printed, who


def test_shares_agree_with_the_evidence():
    """A wave with a row of evidence has its share there too, as value of one of its answers."""
    facts = tables.read("evidence").set_index("id")["value"]
    wrong = []
    for (name,), part in POLLS[POLLS["evidence_id"] != ""].groupby(["evidence_id"]):
        if facts[name] not in set(part["share_pct"]):
            wrong.append((name, facts[name], sorted(part["share_pct"])))
    assert wrong == []


def test_unknown_answer_is_an_error():
    """A misspelt answer must not give an empty chart."""
    with pytest.raises(KeyError, match="no such answers"):
        opinion.answers(POLLS, [("kiis-concessions", "perhaps")])


def test_wish_for_talks_grew_in_every_followed_series_from_2023():
    """The title of a chart says so: the last share is the highest since January 2023."""
    wished = opinion.followed(POLLS, opinion.TALKS, since="2023-01-01")
    for _, part in wished.groupby("series"):
        assert part["share_pct"].iloc[-1] == part["share_pct"].max() > part["share_pct"].iloc[0]


def test_spring_has_both_subjects_and_no_other_season():
    """Terms beside talks, fieldwork from February to June 2024."""
    asked = opinion.spring_2024(POLLS)
    assert set(asked["subject"]) == {"terms", "talks"}
    assert asked["fieldwork_start"].between("2024-02-01", "2024-06-30").all()
    refused = asked[asked["answer"] == "refuse"].set_index("label")["share_pct"]
    assert (
        refused.drop(["NATO and EU", "Enter negotiations", "Time for talks", "Diplomacy as well"])
        > 50
    ).all()
    assert (refused[["Enter negotiations", "Time for talks", "Diplomacy as well"]] < 50).all()


# Strikes ----------------------------------------------------------------------------------


def synthetic(never: list[float], launched: list[float]) -> pd.DataFrame:
    days = pd.date_range("2023-01-01", periods=len(never), freq="90D")
    return pd.DataFrame({"fieldwork_start": days, "never_pct": never, "launched": launched})


def test_effect_in_levels_is_the_slope():
    """Refusal rises by 3 points for each doubling, with a little noise that cancels."""
    doublings = np.array([0, 1, 2, 3, 4, 5], dtype=float)
    noise = np.array([0.1, -0.1, 0, 0, -0.1, 0.1])
    effect = opinion.strike_effect(
        synthetic(list(50 + 3 * doublings + noise), list(2**doublings)), "levels"
    )
    assert effect.points == pytest.approx(3.0, abs=1e-9)
    assert effect.low < 3 < effect.high


def test_effect_in_changes_forgets_a_common_trend():
    """Both rise steadily: levels see an effect, changes have none to see beyond their mean."""
    moves = np.array([1.0, 1.4, 0.6, 1.2, 0.8, 1.0, 1.3, 0.7])
    doublings = np.cumsum(moves)
    never = 50 + 2.0 * np.arange(8) + np.array([0, 0.2, -0.1, 0.1, -0.2, 0.1, 0.0, -0.1])
    table = synthetic(list(never), list(2**doublings))
    assert opinion.strike_effect(table, "levels").low > 0
    changes = opinion.strike_effect(table, "changes")
    assert changes.low < 0 < changes.high
    assert changes.n == 7


def test_ninety_days_are_three_spans_of_thirty():
    """Sum by hand for the wave of February 2023: 234 drones and 556 missiles."""
    both = opinion.resolve_and_strikes(
        POLLS, BLOCKS, weapon="drones and missiles", days=90
    ).set_index("fieldwork_start")
    assert both.loc["2023-02-14", "launched"] == 234 + 556


def test_waves_before_the_reports_begin_are_left_out():
    """The reports begin on 28 September 2022; ninety days before December 2022 reach behind."""
    starts = opinion.resolve_and_strikes(POLLS, BLOCKS, weapon="drones", days=90)["fieldwork_start"]
    assert starts.min() == pd.Timestamp("2023-02-14")


def test_one_form_is_declared():
    """The form that is judged is fixed before the others are looked at, and there is one."""
    forms = opinion.specifications(POLLS, BLOCKS)
    assert forms["declared"].sum() == 1
    assert len(forms) == 3 * 3 * 4
    assert (forms["sign"] == "positive").sum() == 0


# Launches and cases -----------------------------------------------------------------------

# (month, column, printed, tolerance, who).  Others count the same posts by other hours.
COUNTED_ELSEWHERE = [
    ("2025-07", "drones_launched", "afp-2025-07-drones", 10),
    ("2025-07", "missiles_launched", "afp-2025-07-missiles", 10),
    ("2025-09", "drones_launched", "afp-2025-09-drones", 10),
    ("2025-09", "missiles_launched", "afp-2025-09-missiles", 10),
    ("2025-10", "drones_launched", "afp-2025-10-drones", 10),
    ("2025-10", "missiles_launched", "afp-2025-10-missiles", 10),
    ("2024-07", "drones_launched", "kyivindependent-2024-07-drones", 10),
]


@pytest.mark.parametrize(("month", "column", "evidence_id", "tolerance"), COUNTED_ELSEWHERE)
def test_launches_as_counted_elsewhere(month, column, evidence_id, tolerance):
    """AFP and The Kyiv Independent added up the same posts; windows over midnight differ."""
    printed = tables.read("evidence").set_index("id").loc[evidence_id, "value"]
    ours = tables.read("air-attacks-monthly").set_index("month").loc[month, column]
    assert abs(ours - printed) <= tolerance


def test_spans_before_waves_agree_with_the_months():
    """Thirty days before 1 October 2023 are September 2023: 503 drones, 101 missiles."""
    span = BLOCKS.set_index(["fieldwork_start", "days_from"]).loc[(pd.Timestamp("2023-10-01"), 1)]
    month = tables.read("air-attacks-monthly").set_index("month").loc["2023-09"]
    assert span["drones_launched"] == month["drones_launched"] == 503
    assert span["missiles_launched"] == month["missiles_launched"] == 101


def test_every_wave_has_its_spans():
    """Six spans for each wave of the poll on concessions, and no others."""
    waves = set(POLLS.loc[POLLS["series"] == opinion.CONCESSIONS, "fieldwork_start"])
    assert set(BLOCKS["fieldwork_start"]) == waves
    assert (BLOCKS.groupby("fieldwork_start").size() == 6).all()


@pytest.mark.parametrize(
    ("start", "printed"), [("2022-02-24", 2431), ("2023-01-01", 6745), ("2024-01-01", 1526)]
)
def test_cases_of_evasion_as_printed_by_nv(start, printed):
    """NV had the same numbers from the same office (Yahoo News, spring 2024)."""
    cases = tables.read("evasion-cases").set_index(["measure", "period_start"])["value"]
    assert cases[("draft evasion, Article 336", pd.Timestamp(start))] == printed


def test_rate_ratio_by_hand():
    """1,526 in 91 days over 6,745 in 365: 16.77 over 18.48 a day, 0.907; Wald interval near."""
    found = opinion.rate_ratio(
        tables.read("evasion-cases"), "draft evasion, Article 336", "2024-01-01", "2023-01-01"
    )
    assert found.ratio == pytest.approx((1526 / 91) / (6745 / 365))
    half = 1.959964 * np.sqrt(1 / 1526 + 1 / 6745)
    assert np.log([found.low, found.high]) == pytest.approx(
        np.log(found.ratio) + np.array([-half, half]), abs=0.002
    )


def test_launches_were_level_while_refusal_fell_and_rose_while_it_was_level():
    """The title of a chart says so: May 2023 to May 2024, and May 2024 to November 2025."""
    monthly = tables.read("air-attacks-monthly").set_index("month")
    launched = monthly["drones_launched"] + monthly["missiles_launched"]
    assert 0.5 < launched["2024-05"] / launched["2023-05"] < 2
    assert launched["2025-11"] / launched["2024-05"] > 10
    never = [
        opinion.share_pct(POLLS, *NEVER, day) for day in ("2023-05-01", "2024-05-16", "2025-11-26")
    ]
    assert never[0] - never[1] > 20
    assert abs(never[1] - never[2]) < 5
