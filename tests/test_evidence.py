"""Evidence: every fact is whole, points at things that exist, and copies count once."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import checks_evidence, evidence, tables
from analysis.violations import DataError, raise_all

FACTS = tables.read("evidence")
ARTICLE = date(2024, 6, 3)
CHECK = {
    "claim_ids": set(tables.read("claims")["id"]),
    "counterclaim_ids": None,
    "units": set(tables.read("units")["unit"]),
    "families": set(tables.read("source-families")["origin_id"]),
    "hosts": checks_evidence.hosts_table(),
}


def test_counts_by_topic() -> None:
    """Rows counted in the collections the table began with: rows are added, never dropped."""
    counts = FACTS.groupby("topic").size()
    first = {
        "aid": 177,
        "counterclaims": 60,
        "forecasts-and-war-termination": 86,
        "kharkiv-krynky-urban": 161,
        "losses": 135,
        "opinion-and-diplomacy": 109,
        "russia-economy": 218,
        "supplement": 200,
        "terms": 68,
        "territory": 183,
    }
    assert {topic: counts[topic] for topic in first if counts[topic] < first[topic]} == {}


def test_claims_components_and_evidence_have_no_violation() -> None:
    """Everything a row refers to exists; see the checks for what is asked."""
    assert [str(violation) for violation in checks_evidence.violations()] == []


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"claim_ids": "equip-16000 no-such-claim"}, "claim_ids"),
        ({"origin_id": "nobody"}, "origin_id"),
        ({"unit": "furlongs"}, "unit"),
        ({"low": 1e9}, "value"),
        ({"value": float("nan"), "low": float("nan"), "high": float("nan")}, "value"),
        ({"unit": "date", "value_text": "spring"}, "value"),
        ({"period_end": pd.Timestamp("2022-01-01")}, "period_end"),
        ({"published": pd.Timestamp("2026-11-24")}, "published"),
        ({"url": "ftp://example.org/x"}, "url"),
        ({"url": "https://example.org/x"}, "url"),
        ({"excerpt": "word " * 61}, "excerpt"),
        ({"tier": "original"}, "tier"),
        ({"better_id": "no-such-fact"}, "better_id"),
        ({"better_id": "oryx-ru-total-2024-05-15"}, "better_id"),
    ],
)
def test_a_fault_is_found(changes: dict[str, object], column: str) -> None:
    """A sound row with one thing broken is reported in that column and no other row."""
    row = FACTS[FACTS["id"] == "oryx-ru-total-2024-05-15"]
    assert checks_evidence.frame_violations(row, **CHECK) == []
    found = checks_evidence.frame_violations(row.assign(**changes), **CHECK)
    assert column in {violation.column for violation in found}
    assert {violation.row for violation in found} == {"oryx-ru-total-2024-05-15"}


def test_a_repeated_id_is_found_and_all_is_raised_at_once() -> None:
    """Both copies are named in one error."""
    row = FACTS[FACTS["id"] == "oryx-ru-total-2024-05-15"]
    found = checks_evidence.frame_violations(pd.concat([row, row]), **CHECK)
    with pytest.raises(DataError, match="2 violation"):
        raise_all(found)


def test_counterclaims_are_checked_only_when_their_table_is_there() -> None:
    """Without the table the ids are left alone; with an empty one each is unknown."""
    rows = FACTS[FACTS["counterclaim_ids"] != ""]
    assert len(rows) > 0
    assert checks_evidence.frame_violations(rows, **CHECK) == []
    found = checks_evidence.frame_violations(rows, **(CHECK | {"counterclaim_ids": set()}))
    assert len(found) == len(rows)


def test_a_fact_is_typed() -> None:
    """The count of 15 May 2024 as printed in the list: 15,830 pieces, no range."""
    found = evidence.fact("oryx-ru-total-2024-05-15")
    assert (found.value, found.unit, found.low) == (15_830.0, "items", None)
    assert found.as_of == date(2024, 5, 15)
    assert found.claim_ids == ("equip-16000",)
    assert found.origin_id == "oryx"
    assert found.citation.startswith("Oryx, as read at ")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.value = 0.0  # type: ignore[misc]


def test_every_row_makes_a_fact() -> None:
    """No row is lost on the way from the table to the typed record."""
    assert [evidence.fact(fact_id).id for fact_id in FACTS["id"]] == FACTS["id"].tolist()


def test_an_unknown_fact_names_its_neighbours() -> None:
    """A slip of one letter is answered with the id that was meant."""
    with pytest.raises(KeyError, match="oryx-ru-total-2024-05-15"):
        evidence.fact("oryx-ru-totl-2024-05-15")


def test_facts_of_a_claim() -> None:
    """188 = 331 - 143 in the source of the number, so both terms belong to the claim."""
    found = evidence.for_claim("net-188")
    gain = found.loc["nyt-russia-gain-331", "value"] - found.loc["nyt-ukraine-gain-143", "value"]
    assert gain == found.loc["nyt-net-gain-188", "value"] == 188
    assert found["as_of"].is_monotonic_increasing
    split = [len(evidence.for_claim("net-188", b)) for b in ("claim", "context", "hindsight")]
    assert sum(split) == len(found)
    assert evidence.for_claim("no-such-claim").empty


def test_every_claim_that_speaks_of_the_world_has_evidence() -> None:
    """One claim is about the text alone; the thesis rests on facts of what it is made of."""
    without = {name for name in CHECK["claim_ids"] if evidence.for_claim(name).empty}
    assert without == {"endings-consistent"}


@given(st.dates(date(2021, 1, 1), date(2027, 1, 1)), st.dates(date(2021, 1, 1), date(2027, 1, 1)))
def test_knowledge_only_grows(first: date, second: date) -> None:
    """What was public on a day is public on every later day, and is never undated."""
    earlier, later = sorted((first, second))
    then = evidence.published_by(FACTS, earlier)
    assert set(then["id"]) <= set(evidence.published_by(FACTS, later)["id"])
    assert then["published"].notna().all()


def test_an_undated_page_never_counts_as_known() -> None:
    """A row without a day of publication stays out however late the date asked for."""
    undated = int(FACTS["published"].isna().sum())
    assert undated > 0
    assert len(evidence.published_by(FACTS, date(2999, 1, 1))) == len(FACTS) - undated
    example = evidence.fact(FACTS[FACTS["published"].isna()]["id"].iloc[0])
    assert not example.published_by(date(2999, 1, 1))


def test_published_on_the_day_itself_counts() -> None:
    """The rule is "by the date": a page of 28 April 2024 is known on that day, not before."""
    found = evidence.fact("gs-465k-2024-04-27")
    assert found.published is not None
    assert found.published_by(found.published)
    assert not found.published_by(found.published - timedelta(days=1))


def test_copies_count_once() -> None:
    """One tally of maps, one list of photos, one headcount: each passed on by others."""
    isw = ["isw-may-2025", "afp-may-2025-507", "belfer-total-apr-2025", "nyt-net-gain-188"]
    assert list(evidence.families(isw)) == ["isw"]
    headcount = ["gs-465k-2024-04-27", "uk-osce-465k-2024-05-29", "sup-ukmod-465k-2024-05-04"]
    assert list(evidence.families(headcount)) == ["ua-general-staff"]
    assert list(evidence.families([*headcount, "uk-mod-320k-2023-11"])) == [
        "ua-general-staff",
        "uk-mod",
    ]
    assert evidence.families(["isw-may-2025", "isw-may-2025"]) == {"isw": ("isw-may-2025",)}
    with pytest.raises(KeyError):
        evidence.families(["no-such-fact"])


def test_daily_lists_go_back_to_their_root() -> None:
    """Every row that a list or map lent its numbers to carries that list's family."""
    by_publisher = {
        "Oryx": "oryx",
        "DeepState": "deepstate",
        "War Mapper": "war-mapper",
        "Kiel Institute for the World Economy": "kiel",
        "KIIS": "kiis",
    }
    for publisher, root in by_publisher.items():
        rows = FACTS[FACTS["original_publisher"] == publisher]
        assert len(rows) >= 10
        assert (rows["origin_id"] == root).mean() > 0.9, publisher


@pytest.mark.parametrize(
    ("url", "publisher", "read_at", "expected"),
    [
        ("https://www.sipri.org/a", "SIPRI", "", "original"),
        ("https://www.sipri.org/a", "Reuters", "", "reputable relay"),
        ("https://www.sipri.org/a", "SIPRI", "a copy", "reputable relay"),
        ("https://github.com/TheEconomist/x", "The Economist", "", "original"),
        ("https://news-pravda.com/x", "The Wall Street Journal", "news-pravda.com", "mirror"),
        ("https://unknown.example/x", "SIPRI", "", "mirror"),
        ("", "SIPRI", "", "mirror"),
    ],
)
def test_tier_follows_from_the_host(url: str, publisher: str, read_at: str, expected: str) -> None:
    """Own site and read there: original; known carrier: relay; anything else: mirror."""
    assert checks_evidence.tier(url, publisher, read_at, CHECK["hosts"]) == expected


def test_better_facts_are_not_worse() -> None:
    """A fact that betters another comes from a page at least as near to the original."""
    rank = {"mirror": 0, "reputable relay": 1, "original": 2}
    for row in FACTS[FACTS["better_id"] != ""].itertuples():
        assert rank[evidence.fact(row.better_id).tier] >= rank[row.tier], row.id


def test_excerpts_are_short_quotations() -> None:
    """Short enough to quote: at most 25 words, and there unless the value is computed."""
    lengths = FACTS["excerpt"].str.split().map(len)
    assert lengths.max() <= 25
    computed = FACTS[lengths == 0]
    assert computed["publisher"].str.contains("comput|own arithmetic").all()


def test_evidence_that_a_table_names_must_be_there():
    """Of three ids in two rows one is unknown; a table's name and an empty cell are no fault."""
    frame = pd.DataFrame({"evidence_ids": ["a b", "c;claims", None], "evidence_id": ["a", "", "b"]})
    found = list(checks_evidence.unknown_rows("t.csv", frame, {"a", "b", "claims"}))
    assert [(each.row, each.column, each.value) for each in found] == [(3, "evidence_ids", "c")]


def test_what_is_published_on_the_day_is_published_by_then():
    """Of three pages, of the day before, the day and the day after, two were public on the day."""
    days = pd.to_datetime(["2024-06-02", "2024-06-03", "2024-06-04"])
    frame = pd.DataFrame({"id": ["before", "on", "after"], "published": days})
    assert evidence.published_by(frame, date(2024, 6, 3))["id"].tolist() == ["before", "on"]
