"""The diplomacy: dates by other publishers, hand counts, and rates by arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from analysis import diplomacy, tables

EVENTS = tables.read("diplomacy-timeline")
CALLS = tables.read("calls-for-talks")
STATEMENTS = tables.read("us-statements-on-talks")


@pytest.mark.parametrize("day", ["2022-02-28", "2022-03-03", "2022-03-07"])
def test_rounds_in_belarus_as_the_quint_dates_them(day):
    """The Quint, 8 March 2022: first round 28 February, second 3 March, third 7 March."""
    talks = EVENTS[EVENTS["kind"] == "talks"]
    assert pd.Timestamp(day) in set(talks["date"])


def test_longest_gap_by_the_calendar():
    """From Istanbul, 29 March 2022, to Istanbul, 16 May 2025, are 1,144 days."""
    assert diplomacy.days_without_talks(EVENTS) == (date(2025, 5, 16) - date(2022, 3, 29)).days


def test_the_article_in_the_gap_by_the_calendar():
    """From 29 March 2022 to 3 June 2024 are 797 days."""
    first, last = diplomacy.longest_gap(EVENTS)
    assert (first.date(), last.date()) == (date(2022, 3, 29), date(2025, 5, 16))
    assert (date(2024, 6, 3) - first.date()).days == 797


def test_meetings_by_hand():
    """Three in Belarus, Antalya, two by video, Istanbul: seven; three in Istanbul in 2025."""
    assert diplomacy.meetings(EVENTS, date(2022, 2, 24), date(2022, 5, 31)) == 7
    assert diplomacy.meetings(EVENTS, date(2024, 6, 3), date(2025, 12, 3)) == 3
    assert diplomacy.meetings(EVENTS, date(2022, 4, 1), date(2025, 5, 15)) == 0


def test_contact_without_talks_is_recorded():
    """Guterres, 13 July 2022, of the meeting on grain: the first face to face since March.

    So the gap between two rounds of talks was none of contact, and no round may be made of it.
    """
    narrow = EVENTS[EVENTS["kind"] == "grain and prisoners"]
    first, last = diplomacy.longest_gap(EVENTS)
    assert narrow["date"].min() == pd.Timestamp("2022-07-13")
    assert narrow["date"].between(first, last).all()


def test_every_event_has_a_lane():
    """A kind that is no lane would not be drawn."""
    assert set(EVENTS["kind"]) == set(diplomacy.LANES)
    assert diplomacy.timeline(EVENTS)["date"].is_monotonic_increasing


def test_calls_a_month_by_hand():
    """Twelve calls in a year of 366 days are 12 / 366 * 30.4375 a month."""
    days = pd.date_range("2023-06-05", periods=12, freq="30D")
    made = pd.DataFrame({"date": days})
    rate = diplomacy.calls_per_month(made, date(2023, 6, 3), date(2024, 6, 2))
    assert rate == pytest.approx(12 / 366 * 30.4375)


def test_quarters_without_calls_are_there():
    """A gap is a zero, not a missing quarter."""
    table = diplomacy.calls_by_quarter(CALLS)
    assert table["calls"].sum() == len(CALLS)
    assert len(table) == len(pd.period_range(CALLS["date"].min(), CALLS["date"].max(), freq="Q"))


def test_nothing_was_read_whole():
    """The book says so; a whole text read later must change the sentence."""
    assert set(CALLS["full_text_read"]) == {"excerpt", "relay"}


def test_statements_are_evidence():
    """Each statement is a row of evidence of the day it names."""
    facts = tables.read("evidence").set_index("id")
    assert set(STATEMENTS["evidence_id"]) <= set(facts.index)
    counts = diplomacy.statements(STATEMENTS, date(2024, 6, 3))
    assert counts.sum() == (STATEMENTS["date"] <= "2024-06-03").sum()


def test_phrase_share_by_hand():
    """Two of eight texts that name Ukraine are a quarter."""
    made = pd.DataFrame(
        {
            "month": ["2022-01", "2022-02", "2023-01"],
            "texts_naming_ukraine": [5, 3, 9],
            "just_peace": [2, 0, 9],
        }
    )
    assert diplomacy.phrase_share_pct(made, "just_peace", 2022) == 25.0


@pytest.mark.parametrize(
    ("supplier", "printed"),
    [
        ("United States", 35),
        ("Poland", 17),
        ("Germany", 11),
        ("United Kingdom", 10),
        ("Czechia", 4.4),
    ],
)
def test_suppliers_of_2022_as_printed_by_nv(supplier, printed):
    """New Voice of Ukraine printed SIPRI's five shares of 2022 as well."""
    shares = tables.read("arms-supplier-shares")
    year = shares[shares["period_end"] == "2022-12-31"].set_index("supplier")["share_pct"]
    assert year[supplier] == printed


def test_largest_over_next_by_hand():
    """39 over 14 is 2.79."""
    shares = tables.read("arms-supplier-shares")
    ratio = diplomacy.largest_over_next(shares, "United States", "2019-01-01", "2023-12-31")
    assert ratio == pytest.approx(39 / 14)


def test_the_united_states_is_the_largest_supplier_with_less_than_half():
    """The title of a chart says so, of every period."""
    table = diplomacy.supplier_shares(tables.read("arms-supplier-shares"))
    first = table.groupby("period", sort=False).head(1)
    assert set(first["supplier"]) == {"United States"}
    assert (first["share_pct"] < 50).all()


def test_shares_agree_with_the_evidence():
    """Each share is the value of the row of evidence it names; SIPRI prints a period at once."""
    facts = tables.read("evidence").set_index("id")
    shares = tables.read("arms-supplier-shares")
    assert (shares["evidence_id"].map(facts["value"]) == shares["share_pct"]).all()
    printed = shares["evidence_id"].map(facts["published"])
    assert (printed.isna() | (printed == shares["published"])).all()
    assert (
        len(shares[["period_start", "published"]].drop_duplicates())
        == shares["period_start"].nunique()
    )


def test_evidence_of_a_call_is_of_its_author():
    """An id of the evidence has the name that the call's own id begins with."""
    held = CALLS[CALLS["evidence_id"] != ""]
    names = held["call_id"].str.split("-").str[0]
    pairs = zip(names, held["evidence_id"].str.split("-"), strict=True)
    assert [name for name, words in pairs if name not in words] == []


def test_a_call_of_the_day_is_not_before_it():
    """The article cannot have known a call of its own day."""
    call = CALLS.head(1)
    day = call["date"].iloc[0].date()
    assert diplomacy.calls_before(call, day).empty
    assert len(diplomacy.calls_before(call, day + timedelta(days=1))) == 1


def test_periods_include_their_last_day():
    """The article is of 3 June 2024; eighteen months later is 3 December 2025."""
    days = ["2022-02-23", "2024-06-03", "2024-06-04", "2025-12-03", "2025-12-04"]
    events = pd.DataFrame({"date": pd.to_datetime(days), "kind": "talks"})
    assert diplomacy.timeline(events)["period"].tolist() == [
        "before the article", "the eighteen months", "the eighteen months", "after",
    ]  # fmt: skip


def test_no_statement_of_a_kind_is_none():
    """One statement for talks on the day asked for: none against, none neutral."""
    table = pd.DataFrame({"date": [pd.Timestamp("2024-06-03")], "bearing": ["for"]})
    assert diplomacy.statements(table, date(2024, 6, 3)).tolist() == [1, 0, 0]


def test_days_of_statements_are_those_of_their_evidence():
    """The day is that of which the page speaks, that on which it was made, or the one it names."""
    facts = tables.read("evidence").set_index("id").loc[STATEMENTS["evidence_id"]]
    days = STATEMENTS["date"].dt.strftime("%Y-%m-%d").to_numpy()
    named = [facts["as_of"].astype(str).str[:10], facts["published"].astype(str).str[:10],
             facts["value_text"]]  # fmt: skip
    assert [day for day, *said in zip(days, *named, strict=True) if day not in said] == []
