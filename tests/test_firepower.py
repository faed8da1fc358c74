"""Firepower: ratios stay in their family, paces in their tracker, gaps stay gaps."""

import pandas as pd
import pytest

from analysis import firepower, tables
from analysis.assessing import evidence


def changes(*rows):
    names = ["counted_by", "measure", "period_start", "period_end", "russian_gain_km2"]
    frame = pd.DataFrame(rows, columns=names)
    frame["period_start"] = pd.to_datetime(frame["period_start"])
    frame["period_end"] = pd.to_datetime(frame["period_end"])
    return frame.assign(
        scope="Ukraine",
        published=pd.Timestamp("2024-05-01"),
        evidence_id=[f"row-{n}" for n in range(len(frame))],
    )


def no_maps():
    days = pd.to_datetime(["2024-08-01", "2024-08-02"])
    return pd.DataFrame({"date": days, "occupied_km2": [1.0, 2.0]})


def paces(*rows):
    return firepower.pace_by_phase(firepower.pace_figures(changes(*rows), no_maps()))


@pytest.mark.parametrize(
    ("start", "end", "phase"),
    [
        ("2023-10-21", "2023-11-21", "before"),
        # 27 and 28 December alone.
        ("2023-12-27", "2023-12-28", "gap"),
        # 24 of 30 days: exactly four fifths.
        ("2024-04-01", "2024-04-30", "gap"),
        # 88 of 213 days before, 120 in the gap, 5 after: neither reaches four fifths.
        ("2023-10-01", "2024-04-30", ""),
        # 24 days in the gap of 47.
        ("2024-04-01", "2024-05-17", ""),
        ("2024-05-01", "2024-05-31", "arrival"),
        ("2025-01-01", "2025-01-31", ""),
    ],
)
def test_phase_by_hand(start, end, phase):
    """Days counted on a calendar."""
    assert firepower.phase_of(pd.Timestamp(start), pd.Timestamp(end)) == phase


def test_phases_are_adjacent():
    """A day between two phases would belong to neither."""
    for early, late in zip(firepower.PHASES[:-1], firepower.PHASES[1:], strict=True):
        assert late.start - early.end == pd.Timedelta(days=1)


def test_overlapping_figures_count_once():
    """The month inside the quarter is left out: 90 km2 over the 90 days of the quarter."""
    found = paces(
        ("A", "net", "2023-01-01", "2023-03-31", 90.0),
        ("A", "net", "2023-02-01", "2023-02-28", 500.0),
    )
    assert found["km2_per_day"].tolist() == [1.0]
    assert found["days"].tolist() == [90]


def test_separate_figures_add_up():
    """31 and 28 days with 62 and 56 km2: 118 / 59 = 2."""
    found = paces(
        ("A", "net", "2023-01-01", "2023-01-31", 62.0),
        ("A", "net", "2023-02-01", "2023-02-28", 56.0),
    )
    assert found["km2_per_day"].tolist() == [2.0]


def test_contrasts_stay_within_a_counter_and_a_measure():
    """One counter before, another in the gap, a third with two measures: nothing to compare."""
    found = paces(
        ("A", "net", "2023-01-01", "2023-01-31", 31.0),
        ("B", "net", "2024-02-01", "2024-02-29", 58.0),
        ("C", "net", "2023-01-01", "2023-01-31", 31.0),
        ("C", "gross Russian", "2024-02-01", "2024-02-29", 58.0),
    )
    assert firepower.contrasts(found).empty


def test_contrast_is_shortage_less_other():
    """58 km2 in 29 days is 2 a day, 31 in 31 is 1: the front was 1 a day faster in the gap."""
    found = firepower.contrasts(
        paces(
            ("A", "net", "2023-01-01", "2023-01-31", 31.0),
            ("A", "net", "2024-02-01", "2024-02-29", 58.0),
        )
    )
    assert found["difference_km2_per_day"].tolist() == [1.0]
    assert found[["shortage", "other"]].to_numpy().tolist() == [["gap", "before"]]
    assert firepower.effect_interval(found) == (1.0, 1.0)


def test_claims_of_a_side_and_other_ground_are_left_out():
    """A command's claim is not a tracker, and ground in Russia is not Ukraine's."""
    frame = changes(
        ("Russian command", "claim", "2024-01-01", "2024-04-02", 403.0),
        ("ISW", "gross Russian", "2024-01-01", "2024-04-02", 100.0),
        ("War Mapper", "net", "2024-02-01", "2024-02-29", 58.0),
    )
    frame.loc[1, "scope"] = "Ukraine and Kursk Oblast"
    assert firepower.pace_figures(frame, no_maps())["counted_by"].tolist() == ["War Mapper"]


def real_figures():
    return firepower.pace_figures(
        tables.read("territory-published-changes"), tables.read("deepstate-daily-total")
    )


def test_what_nobody_published_is_missing():
    """War Mapper ends in April 2024, ISW's own count in May; AFP alone reaches all through."""
    found = firepower.phase_table(firepower.pace_by_phase(real_figures())).set_index("series")
    assert found.loc["War Mapper, net"].isna().tolist() == [False, False, True, True]
    assert found.loc["ISW itself, gross"].isna().tolist() == [False, False, False, True]
    whole = found.notna().all(axis=1)
    assert whole[whole].index.tolist() == ["AFP from ISW maps, with claims"]


def test_no_series_mixes_counters():
    """The Times' 857 km2 and AFP's 584 are of the same maps and days, and not of one count."""
    segments = firepower.pace_segments(real_figures())
    kinds = segments[["series", "counted_by", "measure"]].drop_duplicates()
    assert len(kinds) == len(firepower.SERIES)
    isw = segments[(segments["counted_by"] == "ISW") & (segments["phase"] == "before")]
    assert isw["gain_km2"].tolist() == [282]


def test_both_times_stand_beside_both_kinds_of_shortage():
    """Arrival beside after alone would count a month against the sentence and never for it."""
    assert sorted(firepower.PAIRS) == [
        ("arrival", "after"), ("arrival", "before"), ("gap", "after"), ("gap", "before"),
    ]  # fmt: skip


def test_cases_per_month_by_hand():
    """17,658 / 12; 35,307 / 9; 67,840 less 35,307 over three months; 110,511 / 7."""
    frame = firepower.cases_per_month(tables.read("ukraine-absence-cases"))
    rate = frame.set_index("period_start")["cases_per_month"].round(1)
    assert rate["2023-01-01"] == 1471.5
    assert rate["2024-01-01"] == 3923.0
    assert rate["2024-10-01"] == 10844.3
    assert rate["2025-01-01"] == 15787.3


def test_cases_beside_another_newspaper():
    """235,000 from 2022 to September 2025: the two months left keep the pace of 2025."""
    frame = tables.read("ukraine-absence-cases").set_index("evidence_id")["cases"]
    years = frame.drop("ua-awol-2024-9m").sum()
    total = float(evidence(["ua-awol-sep-2025-cumulative"])["value"].iloc[0])
    assert (total - years) / 2 == pytest.approx(110_511 / 7, rel=0.05)


def test_month_without_a_figure_is_an_error():
    """AFP printed no change for April 2024."""
    with pytest.raises(KeyError, match="2024-04"):
        firepower.months_of(real_figures(), "AFP", ["2024-04"])


def test_yearly_shells():
    """10,000 a day is 3.65 million in 365 days; a yearly figure stays what it is."""
    frame = pd.DataFrame({"quantity": [10_000, 3e6], "unit": ["shells/day", "shells/year"]})
    assert firepower.yearly_shells(frame)["million_a_year"].tolist() == [3.65, 3.0]


def test_unknown_family():
    """The message names the three."""
    with pytest.raises(KeyError, match="Local sectors"):
        firepower.ratios(tables.read("shell-ratios"), "Kyiv")


def test_families_share_no_statement():
    """A statement in two families would join them; sectors never speak for the front."""
    frame = tables.read("shell-ratios")
    assert not frame["evidence_id"].duplicated().any()
    local = frame["family"] == "Local sectors"
    assert ((frame["scope"] == "whole front") == ~local).all()


def test_ratios_follow_from_their_volumes():
    """Where both volumes are printed the ratio is their quotient, to two percent."""
    both = tables.read("shell-ratios").dropna(subset=["ru_shells_per_day", "ua_shells_per_day"])
    assert len(both) >= 8
    quotients = both["ru_shells_per_day"] / both["ua_shells_per_day"]
    assert quotients.tolist() == pytest.approx(both["ratio"].tolist(), rel=0.02)


@pytest.mark.parametrize(
    ("table", "key", "row", "column", "other", "expected"),
    [
        # FW-MAG prints 400,000 and 131,000 for 6 to 14 August: 3.05.
        ("shell-ratios", "ratio_id", "u-2024-08", "ratio", "sup-bs-syrskyi-aug-3", 3.05),
        # AP's words of Cavoli, read elsewhere.
        ("shell-ratios", "ratio_id", "w-2024-04", "ratio", "aid-cavoli-5to1", 5),
        # CNN's volumes as another newspaper has them.
        ("shell-ratios", "ratio_id", "w-2024-03", "ru_shells_per_day", "aid-cnn-ru-10000", 10_000),
        ("shell-ratios", "ratio_id", "w-2024-03", "ua_shells_per_day", "aid-cnn-ua-2000", 2_000),
        # Sky News through a second relay.
        ("shell-ratios", "ratio_id", "l-2024-05-kharkiv", "ratio", "aid-bain-1to5", 5),
        (
            "shell-fire-and-supply",
            "item_id",
            "ru-made-nato",
            "quantity",
            "nato-2024-03-shells",
            3e6,
        ),
        (
            "shell-fire-and-supply",
            "item_id",
            "ua-west",
            "quantity",
            "nato-2024-03-west-shells",
            1.2e6,
        ),
        # Bain's own estimate equals Estonia's.
        (
            "shell-fire-and-supply",
            "item_id",
            "ru-made-estonia",
            "quantity",
            "sup-bs-bain-45m",
            4.5e6,
        ),
        # The Kyiv Independent beside Reuters.
        ("glide-bombs", "evidence_id", "sup-kab-2024-03", "bombs", "march-2024-bombs", 3_000),
        (
            "force-ratios",
            "pair_id",
            "theatre-2024-01",
            "russian_troops",
            "putin-2023-12-in-zone",
            617_000,
        ),
        (
            "force-ratios",
            "pair_id",
            "theatre-2024-01",
            "ukrainian_troops",
            "zelensky-2024-01-army",
            880_000,
        ),
        # Cavoli's floor for Russian troops at the front in April 2025.
        (
            "force-ratios",
            "pair_id",
            "theatre-2025-01",
            "russian_troops",
            "cavoli-2025-600k",
            600_000,
        ),
    ],
)
def test_checkpoints_from_other_publishers(table, key, row, column, other, expected):
    """The value of the series, the value in another publisher's row, and the printed figure."""
    value = float(tables.read(table).set_index(key).loc[row, column])
    assert value == pytest.approx(expected, rel=0.005)
    assert float(evidence([other])["value"].iloc[0]) == pytest.approx(expected, rel=0.005)


@pytest.mark.parametrize(
    ("start", "rate"),
    # Printed as 45 a day; 3,500 / 31 and 5,717 / 31 by hand, the last printed as 184.
    [("2024-01-01", 45), ("2024-08-01", 112.9), ("2026-01-01", 184.4)],
)
def test_bombs_a_day(start, rate):
    """Rates that the sources print, or one long division."""
    found = firepower.bombs_per_day(tables.read("glide-bombs")).set_index("period_start")
    first = found.loc[[start], "bombs_per_day"].iloc[0]
    assert first == pytest.approx(rate, abs=0.5)


def test_winter_of_2025_26_lies_between_its_months():
    """Hibya prints more than 14,670 for three months: 163 a day, below the record of January."""
    found = firepower.bombs_per_day(tables.read("glide-bombs")).set_index("evidence_id")
    winter = float(evidence(["winter-2025-26-bombs"])["value"].iloc[0]) / 90
    assert winter < found.loc["sup-kab-2026-01", "bombs_per_day"] < 1.25 * winter


def test_force_ratios_by_hand():
    """617,000 over 880,000 is 0.701; a printed range keeps its ends."""
    found = firepower.force_ratios(tables.read("force-ratios")).set_index("pair_id")
    assert found.loc["theatre-2024-01", "ratio"] == pytest.approx(0.7011, abs=1e-4)
    assert found.loc["east-2024-04", ["ratio_low", "ratio_high"]].tolist() == [7, 10]
    # 617,000 / 7 = 88,143.
    assert firepower.defenders_at_ratio(617_000, 7) == pytest.approx(88_143, abs=1)


def test_causes_are_dated():
    """A statement of the article's own day counts as made by then, the next day's as later."""
    frame = pd.DataFrame(
        {"date": pd.to_datetime(["2024-06-03", "2024-06-04"]), "statement_id": ["a", "b"]}
    )
    found = firepower.causes_by_time(frame, pd.Timestamp("2024-06-03"))
    assert found["when"].tolist() == ["by 3 June 2024", "later"]


@pytest.mark.parametrize(
    "table",
    [
        "shell-ratios",
        "shell-fire-and-supply",
        "glide-bombs",
        "causes-named",
        "ukraine-absence-cases",
    ],
)
def test_dates_of_publication_are_those_of_the_evidence(table):
    """What was known when follows the row of evidence, so the two must not part."""
    frame = tables.read(table)
    rows = evidence(frame["evidence_id"])["published"].reset_index(drop=True)
    pd.testing.assert_series_equal(frame["published"], rows, check_names=False)
