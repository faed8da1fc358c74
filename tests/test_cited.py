"""What a claim cites stands in its record, as the tables have it."""

from __future__ import annotations

import pytest

from analysis import cited, claims, counterclaims, datapackage, tables

RECORDS = [*claims.assess_all(), *counterclaims.assess_all()]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_every_id_is_cited_in_full_and_in_order(record):
    """A record names an id and says what it is; one that nobody said is none."""
    assert tuple(source.id for source in record.sources) == record.evidence
    assert all(source.publisher for source in record.sources)
    # Of some pages no title is held; what was read there is said in any case.
    assert all(source.title or source.quantity for source in record.sources)


def test_a_fact_is_cited_as_its_row_has_it():
    """One row by hand: the count of Ukraine's General Staff of 27 April 2024, read elsewhere."""
    row = tables.read("evidence").set_index("id").loc["gs-465k-2024-04-27"]
    [found] = cited.sources(["gs-465k-2024-04-27"])
    assert found.kind == "fact"
    assert (found.value, found.unit, found.url) == (row["value"], row["unit"], row["url"])
    assert found.published == f"{row['published']:%Y-%m-%d}"
    assert (found.publisher, found.read_at or found.publisher) != ("", "")
    assert found.as_of == "2024-04-27"


def test_a_table_is_cited_with_its_vintage():
    """The table of Oryx is cited with the day as of which it is held, and with its root."""
    [found] = cited.sources(["oryx-losses"])
    assert (found.kind, found.root_source) == ("table", "Oryx")
    assert found.as_of == str(datapackage.origin("oryx-losses").vintage)


def test_unknown_ids_are_named_all():
    """Two of three are unknown."""
    with pytest.raises(KeyError, match="no-row, no-table"):
        cited.sources(["no-row", "oryx-losses", "no-table"])


def test_where_it_was_read_is_told_from_who_said_it():
    """A page that repeats another names both; the first to say it comes first."""
    rows = tables.read("evidence")
    relayed = rows[(rows["original_publisher"] != "") & (rows["read_at"] == "")].iloc[0]
    [found] = cited.sources([relayed["id"]])
    assert (found.publisher, found.read_at) == (
        relayed["original_publisher"], relayed["publisher"],
    )  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_a_fact_that_is_cited_bears_on_what_cites_it(record):
    """Whoever comes from the fact finds every claim and statement that rests on it."""
    facts = tables.read("evidence").set_index("id")
    column = "claim_ids" if isinstance(record, claims.ClaimRecord) else "counterclaim_ids"
    cited_facts = [source.id for source in record.sources if source.kind == "fact"]
    assert [name for name in cited_facts if record.id not in facts[column][name].split()] == []
