"""The firepower chapter's verdict-deciding numbers, by hand from the printed figures."""

import pandas as pd
import pytest

from analysis import claims, firepower
from analysis.assessing import evidence, firm_families
from analysis.assessments import firepower as judged


def pace(counted_by, measure, phase):
    frame = judged.paces().set_index(["counted_by", "measure", "phase"])
    return frame.loc[(counted_by, measure, phase), "km2_per_day"]


def test_paces_of_isw_itself():
    """282 in the 191 days to 10 July 2023; 516 in 120 days; 752 less 516 in the 32 after them."""
    assert pace("ISW", "gross Russian", "before") == pytest.approx(282 / 191)
    assert pace("ISW", "gross Russian", "gap") == pytest.approx(516 / 120)
    assert pace("ISW", "gross Russian", "arrival") == pytest.approx(236 / 32)


def test_paces_of_afp():
    """584 / 365; 1,246 less 449, 129 and 198 is 470 in 121 days; 578 in 61; 2,469 in 152."""
    assert pace("AFP", "not said", "before") == pytest.approx(584 / 365)
    assert pace("AFP", "not said", "gap") == pytest.approx(470 / 121)
    assert pace("AFP", "not said", "arrival") == pytest.approx(578 / 61)
    assert pace("AFP", "not said", "after") == pytest.approx(2469 / 152)


def test_afp_in_the_gap_beside_its_own_text_of_may():
    """On 16 May AFP printed about 800 km2 since January and 278 for the week to 15 May.

    From 470 to 30 April that leaves 52 km2 for the eight days before the week: 6.5 a day,
    between the pace of the gap and that of the month.
    """
    printed = evidence(["afp-2024-to-15-may-800", "afp-week-may-2024-278"])["value"].astype(float)
    left = (printed.iloc[0] - printed.iloc[1] - 470) / 8
    assert pace("AFP", "not said", "gap") < left < 449 / 31


def test_paces_of_war_mapper():
    """85 - 35 in 29 + 31 days; 137.95 + 86 in 29 + 30."""
    assert pace("War Mapper", "net", "before") == pytest.approx(50 / 60)
    assert pace("War Mapper", "net", "gap") == pytest.approx(223.95 / 59)


def test_interval_of_the_effect_has_both_signs():
    """AFP's arrival less its 2023, 9.48 - 1.60, at one end; DeepState's March at the other.

    DeepState's own months of August to December 2024 on the maps come to 2,377 km2 in 153
    days, 15.5; March 2024 has 39 in 31, 1.3.
    """
    low, high = judged.effect()
    assert high == pytest.approx(578 / 61 - 584 / 365)
    assert low == pytest.approx(39 / 31 - 15.54, abs=0.01)


def test_every_series_has_the_same_signs():
    """The card says so: faster in shortage than before in each, slower than after in each."""
    found = judged.differences()
    faster = found["difference_km2_per_day"] > 0
    assert (faster == (found["other"] == "before")).all()


@pytest.mark.parametrize("share", [0.7, 0.8, 0.9, 0.95])
def test_interval_keeps_both_signs_however_phases_are_cut(share, monkeypatch):
    """Which figures count as inside a phase is a choice; the sign of the ends is not."""
    monkeypatch.setattr(firepower, "SHARE_IN_PHASE", share)
    low, high = judged.effect()
    assert low < 0 < high


def test_maps_beside_another_count():
    """Militarnyi's 3,600 km2 from DeepState for 2024 leaves room for the maps' five months."""
    deepstate = pace("DeepState", "net", "after") * 153
    assert 0.5 * 3600 < deepstate < 3600


def test_five_to_one():
    """10,000 / 2,000 = 5, inside a rounding of 5; Kyiv's 70,000 / 10,000 = 7 is not."""
    found = {item.evidence[0]: item for item in judged.five_to_one_readings()}
    assert found["fire-cnn-march-ru"].value == 5
    assert found["aid-syrskyi-janmay24"].value == 7
    stands = {r.evidence[0]: r.stands for r in claims.assess("shells-5to1").components[0].readings}
    assert stands["fire-cnn-march-ru"]
    assert not stands["aid-syrskyi-janmay24"]
    assert claims.assess("shells-5to1").robustness.startswith("reversed by family")


def test_primary_readings_were_public_and_not_on_mirrors():
    """The rule: published by 3 June 2024, and not read on a mirror."""
    for claim_id in ("shells-5to1", "outnumbered"):
        for item in claims.assess(claim_id).primary_reading:
            assert item.status == "known then"
            assert "mirror" not in set(evidence(item.evidence)["tier"])


def test_ten_to_one_in_places_has_one_root_source_that_counts():
    """A general in two interviews; The Economist on mirrors; Avdiivka was before the warning."""
    ids = judged.doubled_in_places()
    assert set(ids) == {
        "aid-economist-17to1",
        "fire-pavliuk-chasiv-yar",
        "fire-pavliuk-ocheretyne",
    }
    assert firm_families(ids) == {"ua-ground-forces"}
    assert "aid-zelensky-10to1" not in ids


def warned(*rows):
    table = pd.DataFrame(rows, columns=["family", "ratio", "period_start"])
    table["period_start"] = pd.to_datetime(table["period_start"])
    return table.assign(period_end=table["period_start"])


@pytest.mark.parametrize(
    ("rows", "law", "expected"),
    [
        # The law came fourteen days after; a sector had ten to one, then the front, then nobody.
        ([("Local sectors", 10, "2024-05-03")], "2024-04-24", ("not tested", "in part")),
        ([("Western officials", 10, "2024-05-03")], "2024-04-24", ("not tested", "came true")),
        ([("Western officials", 5, "2024-05-03")], "2024-04-24", ("not tested", "failed")),
        # A law in September would have let the condition come.
        ([("Western officials", 10, "2024-05-03")], "2024-09-01", ("came true", "came true")),
        ([("Local sectors", 10, "2024-05-03")], "2024-09-01", ("failed", "in part")),
        # Ten to one before the warning is no outcome of it, nor is another family's figure.
        ([("Local sectors", 10, "2024-02-17")], "2024-04-24", ("not tested", "failed")),
        ([("Ukrainian officials", 10, "2024-05-03")], "2024-04-24", ("not tested", "failed")),
    ],
)
def test_what_became_of_the_warning(rows, law, expected):
    """Counted on a calendar from 10 April 2024; a matter of weeks ends after eight of them."""
    assert judged.warning_outcomes(warned(*rows), law=pd.Timestamp(law)) == expected


def test_scopes_disagree():
    """Seven to ten is more than twice; 617,000 over 880,000 is less than half as many again."""
    words = {
        item.levels["scope"]: item.word for item in claims.assess("outnumbered").primary_reading
    }
    assert words == {"front": "holds", "theatre": "does not hold"}


@pytest.mark.parametrize(
    ("claim_id", "verdict"),
    [
        ("shortage-explains", "the data cannot tell"),
        ("shells-5to1", "holds"),
        # Literal: not tested, the law came 14 days after. Charitable: in part.
        ("shells-double", "depends on reading"),
        ("shells-doubled", "roughly holds"),
        ("outnumbered", "contested"),
    ],
)
def test_verdicts_do_not_move_unnoticed(claim_id, verdict):
    """Worked out by hand from the rule of each scale and the readings above."""
    assert claims.assess(claim_id).verdict == verdict
