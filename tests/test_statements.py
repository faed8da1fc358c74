"""Statements and votes: hand counts, and nothing without evidence."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import statements, tables, territory

SPOKEN = tables.read("putin-statements")
VOTES = tables.read("referendum-2022")
EVIDENCE = tables.read("evidence").set_index("id")


def ids(cell: str) -> list[str]:
    return cell.split(";")


def test_every_statement_has_evidence_of_its_day():
    """The first row of evidence speaks of the day of the statement.

    The report of 13 February 2024 tells of January; the terms of 2 June 2025, Geneva and
    the refusal by 4 April are dated by event.
    """
    for row in SPOKEN.to_dict("records"):
        named = ids(row["evidence_ids"])
        assert set(named) <= set(EVIDENCE.index)
        first = EVIDENCE.loc[named[0]]
        texts = {str(first["as_of"].date()), first["value_text"], str(first["published"].date())}
        assert str(row["date"].date()) in texts or first["published"] - row["date"] < pd.Timedelta(
            days=2
        ), row["statement_id"]


def test_kinds_are_the_lanes():
    """The chart has a lane for each kind and no empty lane."""
    assert set(SPOKEN["kind"]) == set(statements.KINDS)


def test_calls_before_the_article():
    """By hand: 30 September 2022, 14 December 2023, 9 February, 13 March, 24 May 2024."""
    calls = statements.before(SPOKEN, pd.Timestamp("2024-06-03"), "calls for talks")
    days = ["2022-09-30", "2023-12-14", "2024-02-09", "2024-03-13", "2024-05-24"]
    assert calls["date"].dt.strftime("%Y-%m-%d").tolist() == days
    assert len(statements.before(SPOKEN, pd.Timestamp("2022-10-01"))) == 2


def test_announced_shares_are_not_those_of_the_counts():
    """Donetsk 2,115,800 to 4,938 is 99.767 percent, announced 99.23; Luhansk 98.998 and 98.42."""
    table = statements.announced_against_counts(VOTES).set_index("region")
    assert table.loc["Donetsk", "yes_of_valid_pct"] == pytest.approx(99.767, abs=0.001)
    assert table.loc["Luhansk", "gap_pp"] == pytest.approx(0.578, abs=0.001)
    assert set(table.index) == {"Donetsk", "Luhansk"}


def test_votes_are_their_evidence():
    """Claimed shares, turnouts, counts and polls as kept in the separate rows."""
    value = EVIDENCE["value"]
    for row in VOTES.to_dict("records"):
        name = row["region"].lower()
        assert row["claimed_yes_pct"] == value[f"sup-ref-{name}"]
        assert row["claimed_turnout_to_26_sep_pct"] == value[f"sup-ref-turnout4-{name}"]
    donetsk = VOTES.set_index("region").loc["Donetsk"]
    assert donetsk["claimed_yes_votes"] == value["sup-ref-donetsk-yes"]
    assert "4,938" in EVIDENCE.loc["sup-ref-donetsk-yes", "excerpt"]
    assert donetsk["claimed_no_votes"] == 4938
    luhansk = VOTES.set_index("region").loc["Luhansk"]
    excerpt = EVIDENCE.loc["sup-ref-luhansk", "excerpt"]
    for column in ("claimed_yes_votes", "claimed_no_votes"):
        assert f"{luhansk[column]:,}" in excerpt
    polls = VOTES.set_index("region")["poll_before_invasion_pct"]
    assert polls["Kherson"] == value["sup-ref-poll-kherson"]
    assert polls["Luhansk"] == value["sup-ref-poll-luhansk"]


def test_ground_not_held_is_area_less_ground_held():
    """100 km2 less 60 held is 40; ground held beyond a border never makes it negative."""
    day = pd.Timestamp("2024-07-08")
    held = pd.DataFrame({"date": [day] * 2, "oblast": ["A", "B"], "inside_polygon_km2": [60, 101]})
    areas = pd.DataFrame({"oblast": ["A", "B"], "polygon_area_km2": [100, 100]})
    table = statements.demanded_not_held(held, areas, ("A", "B"), day)
    assert table["not_held_km2"].tolist() == [40, 0]
    with pytest.raises(KeyError, match="2024-07-09"):
        statements.demanded_not_held(held, areas, ("A",), pd.Timestamp("2024-07-09"))


def test_ground_not_held_beside_other_publishers():
    """AFP's 62 percent of Donetsk in July 2024 leaves 38 of 26,517 km2, some 10,000.

    Reuters' 70 percent and more of Zaporizhzhia and Kherson leaves at most 30 of 27,183 and
    28,461 km2 each.
    """
    by_oblast = tables.read("deepstate-daily-by-oblast")
    table = statements.demanded_not_held(
        by_oblast, tables.read("oblast-areas"), territory.ANNEXED, by_oblast["date"].min()
    ).set_index("oblast")["not_held_km2"]
    assert table["Donetsk"] == pytest.approx(0.38 * 26_517, rel=0.1)
    assert table["Zaporizhzhia"] < 0.3 * 27_183
    assert table["Kherson"] < 0.3 * 28_461
