"""The ledger is complete, its verdicts follow from its readings, and its JSON is what it says."""

from __future__ import annotations

import json

import jsonschema
import pandas as pd
import pytest

from analysis import assessing, claims, tables, verdicts
from analysis.claims import Assessment, Finding

RECORDS = claims.assess_all()
ASSESSED = [record for record in RECORDS if record.assessed]

each = pytest.mark.parametrize("record", ASSESSED, ids=lambda record: record.id)


def test_every_claim_is_in_the_ledger():
    """93 claims by a hand count of the article's table; an unassessed one is shown as such."""
    assert len(RECORDS) == 93
    waiting = [record for record in RECORDS if not record.assessed]
    assert {record.verdict for record in waiting} <= {verdicts.NOT_ASSESSED}


def test_the_document_fits_its_published_schema():
    """What others read must be what the schema promises them."""
    document = json.loads(claims.to_json())
    schema = claims.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)


def test_the_schema_is_not_blind():
    """A claim without its quotation, or with a made-up field, is refused."""
    validator = jsonschema.Draft202012Validator(claims.json_schema())
    document = json.loads(claims.to_json())
    del document["claims"][0]["quotation"]
    assert not validator.is_valid(document)
    document = json.loads(claims.to_json())
    document["claims"][0]["score"] = 1
    assert not validator.is_valid(document)


def test_the_document_is_repeatable():
    """The same data give the same bytes."""
    first = claims.to_json()
    claims.assess.cache_clear()
    assert claims.to_json() == first


@each
def test_words_belong_to_the_scale(record):
    """Chapters, claims.json and the ledger use these words and no others."""
    words = verdicts.WORDS[record.scale]
    assert record.verdict in words
    assert {finding.verdict for finding in record.components} <= set(words)


@each
def test_a_compound_claim_is_as_good_as_its_weakest_part(record):
    """A conjunction holds only as far as each of its propositions."""
    parts = [finding.verdict for finding in record.components]
    assert record.verdict == verdicts.conjunction(parts, record.scale)


@each
def test_components_are_those_of_the_table(record):
    """Each proposition of a compound claim has its own verdict; none is left out."""
    expected = set(claims.components(record.id).index) or {""}
    assert {finding.component for finding in record.components} == expected


@each
def test_evidence_exists(record):
    """Each id is a row of the evidence or a table of the data; nothing rests on a name alone."""
    known = set(tables.read("evidence")["id"]) | set(claims.datapackage_names())
    assert set(record.evidence) - known == set()


@each
def test_no_primary_reading_rests_on_a_mirror_alone(record):
    """A repost can be altered; one original or reputable relay must stand beside it."""
    rows = tables.read("evidence").set_index("id")
    for reading in record.primary_reading:
        tiers = {rows.loc[name, "tier"] for name in reading.evidence if name in rows.index}
        own_series = any(name not in rows.index for name in reading.evidence)
        assert own_series or tiers - {"mirror"} or record.id in mirror_exceptions(), reading.name


@each
def test_no_event_rests_on_mirrors_alone(record):
    """Take the firm rows of an event away and its verdict would rest on nothing."""
    rows = tables.read("evidence").set_index("id")
    for finding in record.components if record.scale == "event" else ():
        if finding.readings or finding.verdict == "cannot be checked":
            continue
        named = [*finding.evidence_for, *finding.evidence_against]
        assert any(n not in rows.index or rows.loc[n, "tier"] != "mirror" for n in named)


def test_a_root_source_on_a_mirror_does_not_count():
    """Two roots hold and one roughly holds; The Economist's 17 to one is read on a mirror alone."""
    firm, mirror = "fire-pavliuk-chasiv-yar", "aid-economist-17to1"
    both = assessing.event_finding("shells-doubled", [firm, mirror])
    assert both.verdict == "roughly holds"
    assert both.evidence_for == (firm, mirror)
    assert assessing.event_finding("shells-doubled", [mirror]).verdict == "cannot be checked"


def mirror_exceptions() -> dict[str, str]:
    """Claims whose primary reading has only mirrors, each with its reason."""
    table = tables.read("mirror-only")
    return dict(zip(table["claim_id"], table["reason"], strict=True))


def test_mirror_exceptions_are_needed():
    """An exception that is no longer needed hides the next repost."""
    rows = tables.read("evidence").set_index("id")
    only = set()
    for record in ASSESSED:
        for reading in record.primary_reading:
            named = [name for name in reading.evidence if name in rows.index]
            tiers = {rows.loc[name, "tier"] for name in named}
            if len(named) == len(reading.evidence) and tiers == {"mirror"}:
                only.add(record.id)
    assert set(mirror_exceptions()) == only


@each
def test_known_then_means_published_by_then(record):
    """A row without a date of publication, or with a later one, is never 'known then'."""
    rows = tables.read("evidence").set_index("id")
    known = [r for finding in record.components for r in finding.readings]
    values = [value for value in (record.then, record.now) if value]
    for item in [*known, *values]:
        if item.status == "known then":
            dates = rows["published"].reindex([n for n in item.evidence if n in rows.index])
            assert (dates <= claims.ARTICLE_DATE).all(), item
            assert dates.notna().all(), item


@each
def test_each_card_says_why_and_what_would_change_it(record):
    """A verdict without a reason, or that nothing could change, teaches nothing."""
    assert record.reason.endswith(".")
    assert len(record.would_change) > 10


@each
def test_an_error_has_a_kind_and_a_direction(record):
    """A figure that does not hold says what kind of error it makes and which way it cuts."""
    if record.scale == "figure" and record.verdict == "does not hold":
        assert record.error_type != "none"


@each
def test_universals_say_whether_the_weaker_form_stands(record):
    """'Nothing' falls by one case; the reader needs to know whether 'little' stands."""
    if record.scale == "universal":
        assert record.weaker_form


def test_an_unknown_claim_is_refused():
    """An assessment of a claim that is not in the table would never be shown."""
    with pytest.raises(KeyError, match="no-such-claim"):
        claims.assessment("no-such-claim")(lambda: None)


def test_a_word_of_another_scale_is_refused():
    """'came true' is no word for a figure."""
    wrong = Assessment(
        findings=(Finding(proposition="p", verdict="came true"),),
        reason="A sentence that is long enough to pass.",
        would_change="nothing at all",
    )
    with pytest.raises(ValueError, match="not words of the scale"):
        claims.record("net-188", wrong)


def test_status_counts_undated_pages_as_unknown():
    """Undated row: about then; dated before 3 June 2024: known; speaking of 2025: now."""
    rows = tables.read("evidence")
    undated = rows[rows["published"].isna() & (rows["as_of"] < pd.Timestamp("2024-01-01"))]
    assert assessing.status([undated["id"].iloc[0]]) == "about then, known later"
    assert assessing.status(["nyt-net-gain-188"]) == "known then"
    assert assessing.status(["nyt-net-gain-188", "afp-2025-total-5600"]) == "now"


def test_addresses_lead_to_home_chapters():
    """An assessed claim's card is in its chapter; the others are in the ledger."""
    assert claims.address("net-188") == "chapters/04-land.html#claim-net-188"
