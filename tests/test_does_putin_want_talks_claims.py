"""Verdicts on Putin's wish for talks: the numbers that decide them, counted another way."""

from __future__ import annotations

import pytest

from analysis import claims, tables
from analysis.assessments import does_putin_want_talks as judged

EVIDENCE = tables.read("evidence").set_index("id")


def record(claim_id: str) -> claims.ClaimRecord:
    return claims.assess(claim_id)


def by_source(readings) -> dict[str, float]:
    return {item.levels["source"]: item.value for item in readings}


def test_growth_from_the_printed_roubles():
    """10.78 over 6.41, 4.981, 6.8 and 9.7, on paper: 68.2, 116.4, 58.5 and 11.1 percent."""
    growth = by_source(judged.growth_readings())
    expected = {
        "Ministry’s 2023": 68.2,
        "Law for 2023": 116.4,
        "Moscow Times’ 2023": 58.5,
        "Leaked target": 11.1,
        "Ministry, Sep 2024": 62.2,
        "SIPRI, roubles": 48.7,
        "Kluge, January to June": 48.9,
    }
    assert {name: growth[name] for name in expected} == pytest.approx(expected, abs=0.06)


def test_real_growth_two_ways():
    """Nominal growth over the deflator is growth in constant dollars: 1.487 / 1.0786 = 1.378."""
    growth = by_source(judged.growth_readings())
    assert growth["SIPRI, real"] == pytest.approx(100 * (1.4868 / 1.0786 - 1), abs=0.05)
    assert growth["Chapter, deflated"] == pytest.approx(100 * (1.6817 / 1.0786 - 1), abs=0.05)


def test_almost_70_holds_within_its_word():
    """68 is below 70 and within a tenth of it; 63 is where the word would end."""
    assert record("budget-70pct").verdict == "holds"
    assert 63 <= EVIDENCE.loc["afp-2023-09-28-defence-growth-2024", "value"] <= 70


def test_the_pair_of_gdp_holds_and_the_total_does_not():
    """6 and 3.9 as printed by Reuters; 7.1 and 5.9, of the total, are outside a tenth."""
    claim = record("budget-gdp")
    assert {f.component: f.verdict for f in claim.components} == {"2024": "holds", "2023": "holds"}
    assert "to definition" in claim.robustness
    turned = [r for f in claim.components for r in f.readings if r.levels["definition"] == "total"]
    assert len(turned) == 5
    assert not any(r.stands for r in turned)
    assert EVIDENCE.loc["cooper-2023-12-share-gdp-2024", "value"] > 6 * 1.1
    assert EVIDENCE.loc["budget-sipri-2024-04-gdp-2023", "value"] > 3.9 * 1.1


def test_the_third_is_rounded_up():
    """29.4 is below nine tenths of a third (30) and above eight tenths (26.7)."""
    after = next(f for f in record("budget-third").components if f.component == "2024")
    assert after.verdict == "roughly holds"
    assert all(26.7 < r.value < 30 for r in after.readings if r.role == "primary")


def test_who_repeats_the_chapter_is_no_second_witness():
    """SIPRI's 29 percent and Carnegie's 3.9 are the ministry's chapter under other names."""
    repeated = ["cooper-2023-12-nd-share-2024", "carnegie-2023-10-share-gdp-2023"]
    assert set(EVIDENCE.loc[repeated, "origin_id"]) == {"ru-budget"}
    readings = [r for name in ("budget-third", "budget-gdp") for r in record(name).primary_reading]
    assert {r.origin_id for r in readings} == {"ru-budget"}


def test_pairs_of_then_and_now_are_of_one_definition():
    """The chapter beside the chapter: 68 and 62, 6 and 5.3, 3.9 and 3.7, 29.4 and 25.9 percent."""
    growth = record("budget-70pct")
    pairs = [(growth.then, growth.now)]
    for name in ("budget-gdp", "budget-third"):
        pairs += [(part.then, part.now) for part in record(name).components]
    found = [(round(then.value, 1), round(now.value, 1)) for then, now in pairs]
    assert found == [(68, 62.2), (6, 5.3), (3.9, 3.7), (29.4, 25.9), (17.1, 19.8)]
    assert all(then.unit == now.unit for then, now in pairs)


def test_days_of_sipris_papers():
    """The paper of 14 December 2023 and the release of 22 April 2024 were known then."""
    growth = next(r for r in judged.growth_readings() if r.levels["source"] == "SIPRI, plan")
    sixteen = next(
        r for r in judged.third_2023_readings() if r.levels["source"] == "SIPRI, Apr 2024"
    )
    assert growth.status == sixteen.status == "known then"
    assert EVIDENCE.loc["sipri-2024-04-release-day", "value_text"] == "2024-04-22"


def test_sixteen_is_contested_between_plan_and_outturn():
    """4.98 of 29.06 is 17.1, within a tenth of 16 (17.6); 6.41 of 32.36 is 19.8, outside."""
    before = next(f for f in record("budget-third").components if f.component == "2023")
    assert before.verdict == "contested"
    plan, like = (r.value for r in before.readings if r.role == "primary")
    assert plan == pytest.approx(100 * 4.98 / 29.06, abs=0.05)
    assert like == pytest.approx(100 * 6.41 / 32.36, abs=0.01)
    assert plan < 17.6 < like


def test_only_all_levels_of_government_print_sixteen():
    """The nearest of eleven is SIPRI's, of all levels; the next on one federal basis is 17.1."""
    table = judged.candidates_for_sixteen()
    assert len(table) == 11
    assert table.loc[0, ["share_pct", "of"]].tolist() == [16, "all levels"]
    federal = table[(table["of"] == "federal budget") & (table["role"] != "excluded")]
    assert federal["share_pct"].min() == pytest.approx(17.1)


def test_statements_that_refute_were_public_in_time():
    """Each was published by the article's date, and is not read on mirrors alone."""
    claim = record("putin-said-nothing")
    assert claim.verdict == "refuted as worded"
    rows = EVIDENCE.loc[list(judged.CALLS)]
    assert (rows["published"] <= claims.ARTICLE_DATE).all()
    assert (rows["tier"] != "mirror").sum() >= 3
    assert claim.weaker_form


def test_camp_is_refuted_by_texts_of_its_own():
    """Three texts before the article say that Moscow is not ready or not interested."""
    claim = record("camp-assumes-putin")
    assert claim.verdict == "refuted as worded"
    rows = EVIDENCE.loc[list(judged.CAMP_COUNTER)]
    assert (rows["published"] <= claims.ARTICLE_DATE).all()
    assert rows["excerpt"].str.contains("Moscow|Russia").all()
    assert (rows["tier"] == "reputable relay").any()


def test_a_judgement_gets_no_verdict_and_both_sides():
    """The budget as a sign of will: evidence on each side, no word."""
    claim = record("budget-means-war")
    assert claim.verdict == "no verdict word"
    [finding] = claim.components
    assert len(finding.evidence_for) == len(finding.evidence_against) == 5


def test_events():
    """War: roots on both sides.  Votes: the Assembly, an official and a poll are three roots."""
    words = {name: record(name).verdict for name in
             ("call-it-war", "annexed-four", "bogus-referendum", "putin-aims")}  # fmt: skip
    assert words == {
        "call-it-war": "contested",
        "annexed-four": "holds",
        "bogus-referendum": "holds",
        "putin-aims": "holds",
    }
    roots = set(EVIDENCE.loc[["annexation-unga-press", "sup-ref-haidai-45",
                              "sup-ref-poll-kherson"], "origin_id"])  # fmt: skip
    assert len(roots) == 3
