"""Verdicts on who would start talks: the numbers that decide them, found another way."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis import claims, diplomacy, opinion, tables
from analysis import verdicts as rule
from analysis.assessments import who_would_start as assessed
from analysis.formatting import steady

FACTS = tables.read("evidence").set_index("id")
ARTICLE = pd.Timestamp("2024-06-03")


def verdicts(claim_id: str) -> dict[str, str]:
    return {part.component: part.verdict for part in claims.assess(claim_id).components}


@pytest.mark.parametrize("claim_id", ["zelensky-no-talks", "camp-omits"])
def test_a_universal_is_refuted_by_what_was_public(claim_id):
    """At least one counter-example has a day of publication by 3 June 2024 and no mirror."""
    record = claims.assess(claim_id)
    assert record.verdict == "refuted as worded"
    against = FACTS.loc[[i for i in record.components[0].evidence_against if i in FACTS.index]]
    public = against[(against["published"] <= ARTICLE) & (against["tier"] != "mirror")]
    assert len(public) >= 1
    assert record.weaker_form


def test_no_statement_names_a_means_of_pressure():
    """The weaker form and the forecast rest on this: read in the table, row by row."""
    table = tables.read("us-statements-on-talks")
    assert not table["uses_leverage"].any()
    assert claims.assess("us-wont-force").verdict == "came true"


def test_urging_is_no_strong_arming():
    """Seven urgings by hand, Milley's among them, none with a means of pressure: not refuted."""
    record = claims.assess("biden-team-nothing")
    urged, _ = assessed.urgings()
    assert len(urged) == 7
    assert set(urged) <= set(record.components[0].evidence_against)
    assert record.verdict == "not refuted"
    assert "would be refuted" in record.weaker_form


def test_one_word_with_a_means_of_pressure_would_refute_it():
    """The rule can fail: one row of the table marked as pressure, before the article or not."""
    table = tables.read("us-statements-on-talks")
    for name, refuted in (("sup-wsj-2022-11-crimea", True), ("sup-wh-2024-11-13", False)):
        marked = table.assign(uses_leverage=table["evidence_id"] == name)
        found = diplomacy.forcing(marked, ARTICLE)["evidence_id"]
        assert (rule.universal(list(found)) == "refuted as worded") is refuted


def test_the_public_by_hand():
    """74 against on land is a majority; beside the leaders there is no number to set it over."""
    found = verdicts("public-opposes")
    assert found == {"as-leaders": "cannot be checked", "opposes": "holds"}
    (part, _) = claims.assess("public-opposes").components
    assert part.readings == ()
    assert part.evidence_for
    assert part.evidence_against
    assert FACTS.loc["kiis-concessions-2023-12-against", "value"] == 74
    assert FACTS.loc["kiis-concessions-2023-12-against", "published"] <= ARTICLE
    primary = assessed.opposition_readings()[0]
    assert primary.value == 0.74
    assert primary.bounds[0] > 0.5


def test_readings_on_talks_are_all_without_a_majority():
    """What would change the verdict says so: 23, 38, 35 and 48 percent refuse."""
    talks = [r.value for r in assessed.opposition_readings() if r.levels["subject"] == "talks"]
    assert sorted(talks) == [0.23, 0.35, 0.38, 0.48]


def test_a_reading_published_later_is_not_known_then():
    """The wave of May 2024 came out on 23 July 2024."""
    by = {r.levels["date"]: r.status for r in assessed.opposition_readings()}
    assert by["2024-05-16"] == "about then, known later"
    assert by["2023-11-29"] == "known then"


def test_nothing_is_set_beside_talks_of_which_no_record_exists():
    """No reading but excluded ones: the scale then says that it cannot be checked."""
    record = claims.assess("not-one-yes")
    assert record.verdict == "cannot be checked"
    assert record.primary_reading == record.other_readings == ()


def test_terms_named_later_are_no_reading():
    """Putin's terms are of 14 June 2024, the claim of 3 June."""
    (later,) = [r for r in assessed.opposition_readings() if r.role == "excluded"]
    assert later.value == 0.83
    (excluded,) = claims.assess("public-opposes").excluded_readings
    assert (excluded.name, excluded.evidence) == (later.name, later.evidence)


def test_then_and_now_are_of_one_quantity():
    """39 over 14 and 45 over 12 are both over the next state; both effects are points."""
    supplier = claims.assess("us-principal-supplier")
    assert (supplier.then.value, supplier.now.value) == (pytest.approx(39 / 14, abs=1e-4), 3.75)
    for record in claims.at_home_in("who-would-start"):
        if record.then and record.now and record.then.value is not None:
            assert record.then.unit == record.now.unit, record.id


def test_washington_is_not_the_camp():
    """The chairman of the Joint Chiefs is one of the team, so his call is not the camp's."""
    calls = tables.read("calls-for-talks")
    assert set(calls.loc[calls["biden_team"], "call_id"]) == {"milley-2022-11"}
    against = claims.assess("camp-omits").components[0].evidence_against
    assert "milley-2022-11-16-strength-cnn" not in against
    assert len(diplomacy.camp(calls)) == len(calls) - 1


def test_the_supplier_by_hand():
    """39 over 14 is 2.8; 51.64 over 48.03 is 1.08; 64.62 over 102.21 is 0.63."""
    found = [round(r.value, 2) for r in assessed.supplier_readings()]
    assert (found[0], found[3], found[4]) == (2.79, 1.08, 0.63)


def test_kiel_sums_agree_with_those_of_the_institute():
    """The institute, 25 April 2024: 67 bn euros of all kinds; the military part is smaller."""
    assert FACTS.loc["aid-kiel-data-us-mil-2024-05", "value"] < 67
    later = FACTS.loc["aid-kiel-data-us-mil-total", "value"]
    assert FACTS.loc["aid-kiel-data-us-mil-2024-05", "value"] < later


def test_the_effect_of_strikes_holds_both_signs():
    """Ten changes; the correlation that the interval comes from is near none.

    With r the correlation of ten pairs, t = r sqrt(8 / (1 - r^2)) must stay below 2.306.
    """
    pairs = opinion.resolve_and_strikes(
        tables.read("opinion-polls"),
        tables.read("attacks-before-waves"),
        weapon="drones and missiles",
        days=90,
    )
    moves = pd.DataFrame(
        {
            "never": pairs["never_pct"].diff(),
            "doublings": (pairs["launched"].map(math.log2)).diff(),
        }
    ).dropna()
    assert len(moves) == 10
    r = moves["never"].corr(moves["doublings"])
    assert abs(r * math.sqrt(8 / (1 - r**2))) < 2.306
    assert claims.assess("firepower-resolve").verdict == "the data cannot tell"


def test_clearly_negative_forms_are_all_in_levels():
    """The reason on the card says so."""
    forms = opinion.specifications(
        tables.read("opinion-polls"), tables.read("attacks-before-waves")
    )
    assert set(forms.loc[forms["sign"] == "negative", "form"]) == {"levels"}


def test_evasion_by_hand():
    """16.8 a day over 18.5 is below one, 129 over 48 above it, 100 over 25 is four."""
    found = {r.levels["measure"]: r.value for r in assessed.evasion_readings()}
    assert found["evasion"] == pytest.approx(0.907, abs=0.001)
    assert found["absence"] == steady((35307 / 274) / (17658 / 365))
    assert found["border"] == 4
    assert claims.assess("evasion-from-aid-gap").verdict == "the data cannot tell"


def test_calls_counted_by_hand():
    """Twenty-one rows of the table lie between 3 June 2023 and 2 June 2024."""
    calls = tables.read("calls-for-talks")["date"]
    rows = calls.between(pd.Timestamp("2023-06-03"), pd.Timestamp("2024-06-02")).sum()
    assert rows == 21
    assert assessed.calls_readings()[0].value == pytest.approx(21 / (366 / 30.4375))


def test_attributions_get_no_word():
    """A camp's beliefs are not confirmed by texts chosen by hand."""
    for claim_id in ("camp-beliefs", "talks-this-summer", "putin-not-trusted"):
        record = claims.assess(claim_id)
        assert record.verdict == "no verdict word"
        assert record.components[0].evidence_for
        assert record.components[0].evidence_against


def test_events_rest_on_two_roots_or_a_document():
    """Events that hold: two root sources agree, or the text itself is held."""
    for claim_id in ("istanbul-failed", "budapest", "zelensky-1991", "draft-evasion"):
        assert set(verdicts(claim_id).values()) == {"holds"}, claim_id


def test_evidence_is_held():
    """Each id on a card is a row of evidence or the name of a table."""
    from analysis.datapackage import origins

    known = set(FACTS.index) | set(origins())
    for record in claims.at_home_in("who-would-start"):
        assert set(record.evidence) <= known, record.id


def test_readings_of_another_part_are_not_readings_of_the_verdict():
    """The eleven readings are of whether citizens oppose a deal; what decides is the comparison."""
    row = claims.sensitivity_frame("who-would-start").loc["public-opposes"]
    assert row["readings"] == 11
    assert row["other readings"] == "no other reading of the part that decides"
