"""How many independent origins a number has: copies of one publication are one."""

from __future__ import annotations

import made_up_readings
import pytest

from analysis import claims, counterclaims, roots, tables
from analysis.checks_evidence import series_violations

RECORDS = claims.assess_all() + counterclaims.assess_all()
each = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)


def reading(origin_id, role="alternative"):
    return made_up_readings.reading(origin_id=origin_id, role=role)


def test_copies_count_once():
    """Two readings from ISW's maps and one from DeepState's: two origins."""
    assert roots.of([reading("isw"), reading("isw"), reading("deepstate")], ()) == (
        "deepstate",
        "isw",
    )


def test_what_is_excluded_supports_nothing():
    """A reading that does not count lends no source either."""
    assert roots.of([reading("isw"), reading("oryx", "excluded")], ()) == ("isw",)


def test_two_sources_in_one_number_are_two():
    """A rise in resolve beside a rise in attacks needs a poll and a count of attacks."""
    assert roots.of([reading("kiis and ua-air-force")], ()) == ("kiis", "ua-air-force")


def test_evidence_is_asked_where_there_are_no_readings():
    """Rows name their origin, series theirs, and a table that the book compiled has none."""
    row = tables.read("evidence").iloc[0]
    found = roots.of((), [row["id"], "oryx-losses", "diplomacy-timeline"])
    assert found == tuple(sorted({row["origin_id"], "oryx"}))


def test_the_british_totals_are_the_ukrainian_count():
    """The UK's casualty totals follow the General Staff's within a percent: one root."""
    assert roots.family("uk-mod-casualties-monthly") == "ua-general-staff"


def test_hand_counted_claims():
    """Oryx alone counts equipment by type; four pollsters asked, and the leaders spoke."""
    by_id = {record.id: record for record in RECORDS}
    assert by_id["equip-16000"].root_sources == ("oryx",)
    assert by_id["net-188"].root_sources == ("isw", "war-mapper")
    assert by_id["milley-72h"].root_sources == ("us-joint-chiefs",)
    pollsters = ("kiis", "ndi-kiis", "rating", "razumkov")
    assert by_id["public-opposes"].root_sources == (*pollsters, "ua-president")


@each
def test_roots_have_names(record):
    """A card says from whom a number is known; an id is not a name."""
    assert all(roots.name(origin) for origin in record.root_sources)


@each
def test_the_claim_has_the_roots_of_its_propositions(record):
    """The union, each once, in the order of the alphabet."""
    union = {root for finding in record.components for root in finding.root_sources}
    assert record.root_sources == tuple(sorted(union))


def test_every_cited_table_has_its_root_or_a_reason():
    """A series that is cited and not listed would count as no source at all."""
    rows = set(tables.read("evidence")["id"])
    listed = set(tables.read("table-families")["table"])
    cited = {name for record in RECORDS for name in record.evidence} - rows
    assert sorted(cited - listed) == []


def test_no_listed_table_is_idle():
    """A line that no card needs hides the next mistake."""
    cited = {name for record in RECORDS for name in record.evidence}
    assert sorted(set(tables.read("table-families")["table"]) - cited) == []


def test_a_wrong_row_is_reported_in_full():
    """An unknown table, an unknown family and a missing reason: three violations."""
    frame = tables.read("table-families").iloc[:3].copy()
    frame["table"] = ["no-such-table", *frame["table"][1:]]
    frame["origin_id"] = ["isw", "no-such-family", ""]
    frame["note"] = ""
    found = series_violations(frame, set(frame["table"][1:]), {"isw"})
    assert [violation.column for violation in found] == ["table", "origin_id", "note"]
