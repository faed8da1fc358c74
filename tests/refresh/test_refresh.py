"""For each source: nothing new, something new, and a source that does not answer."""

from __future__ import annotations

import json

import loopback
import pandas as pd
import published
import pytest
from stores import LATER, MADE, origin_of

from analysis import datapackage, vintages
from analysis.refresh.records import RECORDS
from analysis.violations import DataError

each = pytest.mark.parametrize("name", RECORDS)


def test_every_source_is_proved_here():
    """A record without made-up files would be a source that nobody tried."""
    assert set(MADE) == set(LATER) == set(RECORDS)
    assert len(RECORDS) == 6


@each
def test_the_same_files_change_nothing(name, source):
    """Made from the tables that are held, the files give those tables again, byte for byte."""
    found = source(name)
    before = found.store.manifest()
    assert found.refresh().changes == ()
    assert found.store.manifest() == before


@each
def test_the_second_time_the_source_is_asked_conditionally(name, source):
    """With the tag of the first answer it answers 304, and no file is asked for."""
    found = source(name)
    found.refresh()
    found.upstream.log.clear()
    assert found.refresh().changes == ()
    assert {status for _, status in found.upstream.log} == {304}


@each
def test_a_source_may_date_its_answers_instead(name, source):
    """A server without tags says when a file changed, and is asked since then."""
    found = source(name)
    found.upstream.by_day = True
    found.refresh()
    found.upstream.log.clear()
    assert found.refresh().changes == ()
    assert {status for _, status in found.upstream.log} == {304}


@each
def test_a_condition_is_dropped_with_the_table_it_stands_for(name, source):
    """Somebody puts back an older table: that nothing is new upstream says nothing then."""
    found = source(name)
    found.refresh()
    table = found.store.table(found.record.tables[0])
    table.write_text(table.read_text() + "\n")
    found.upstream.log.clear()
    found.refresh()
    assert 304 not in {status for _, status in found.upstream.log}


@each
def test_new_rows_replace_the_table_in_one_step(name, source):
    """The new row is there, the old table is kept, and the description names the new state."""
    found = source(name)
    table = found.record.tables[0]
    held, old = found.held(), found.store.table(table).read_bytes()
    was = vintages.day(found.store.origins[table].vintage)
    found.publish(LATER[name](found))
    outcome = found.refresh()
    assert table in [change.table for change in outcome.changes]
    assert len(found.held()) >= len(held)
    assert not found.held().equals(held)
    kept = found.store.data / "vintages" / table / f"{was}.csv"
    assert kept.read_bytes() == old
    now = origin_of(found, table)
    entry = now["sources"][found.record.entries[-1]]
    assert str(now["vintage"]) > str(was)
    assert str(entry["consulted"]) == "2026-12-24"
    sealed = json.loads((found.store.root / "datapackage.json").read_text())
    assert sealed == datapackage.compile_package(found.store.data)
    assert list(vintages.violations(found.store.data)) == []
    assert not found.store.journal.exists()
    assert found.refresh().changes == ()


@each
def test_a_source_that_does_not_answer_changes_nothing(name, source):
    """503 again and again: an error that names the address and the status."""
    found = source(name)
    found.publish(LATER[name](found))
    before = found.store.manifest()
    found.upstream.faults["/"] = loopback.status(503)
    with pytest.raises(DataError, match=r"https://.*'status 503'"):
        found.refresh()
    assert found.store.manifest() == before


@each
def test_a_passing_fault_is_waited_out(name, source):
    """One 503 with Retry-After 0, then the answer: the table is replaced."""
    found = source(name)
    found.publish(LATER[name](found))
    busy = loopback.status(503, Retry_After="0")
    found.upstream.faults["/"] = loopback.first(busy, 1)
    assert found.refresh().changes
    assert found.upstream.log[0][1] == 503


# What is written --------------------------------------------------------------------------


def test_new_values_by_hand(source):
    """A month of 1,000 persons after July 2026, whose running total was 1,447,620."""
    found = source("general-staff")
    found.publish(LATER["general-staff"](found))
    found.refresh()
    persons = found.held().query("category == 'personnel'").set_index("month")
    assert persons.loc["2026-08-01", "claimed"] == 1000
    assert persons.loc["2026-08-01", "cumulative_at_end"] == 1_448_620


def test_days_join_on(source):
    """10 km high and 20.5 km wide are 205 km2, the day after 204; 5 and 7 days in all."""
    found = source("deepstate")
    found.publish(LATER["deepstate"](found))
    outcome = found.refresh()
    total = found.held("deepstate-daily-total").set_index("date")["occupied_km2"]
    assert total["2026-08-22":].tolist() == [204.0, 205.0, 206.0]
    assert {change.table for change in outcome.changes} >= {
        "deepstate-daily-by-oblast",
        "kharkiv-front-daily",
    }
    assert {change.comparison.revised for change in outcome.changes} == {0}
    # Three held days are measured again, so five maps are asked for.
    assert len(found.upstream.asked("geojson")) == 6


def test_a_list_a_week(source):
    """Of three later lists in two weeks the last of each week is asked for, and the held one."""
    found = source("oryx")
    table = found.held()
    for days in (2, 4, 10):
        last = table["date"].max()
        more = published.list_more(table)
        more.loc[more["date"] > last, "date"] = found.held()["date"].max() + pd.Timedelta(days=days)
        table = more
    days = sorted(table["date"].unique())[-4:]
    found.publish(published.oryx_files(table, days))
    found.refresh()
    # 15 September 2026 was a Tuesday: two days later is of its week, four days too, ten not.
    got = sorted(found.held()["date"].unique())[-3:]
    assert [f"{day:%m-%d}" for day in pd.DatetimeIndex(got)] == ["09-15", "09-19", "09-25"]


def test_a_draft_gives_way_to_the_release(source):
    """Months of the draft are of release 30 once it has them, and no month is lost."""
    found = source("kiel")
    assert found.held()["state"].str.startswith("unpublished").any()
    rows = len(found.held())
    found.publish(LATER["kiel"](found))
    found.refresh()
    assert set(found.held()["state"]) == {"release 30"}
    assert len(found.held()) == rows
    title = origin_of(found, "kiel-monthly-groups")["sources"][0]["title"]
    assert title == "Ukraine Support Tracker, Release 30"


def test_the_day_of_the_commit_is_the_vintage(source):
    """The commit of 20 December is later than the state held, and not after the refresh."""
    found = source("general-staff")
    found.publish(LATER["general-staff"](found))
    found.refresh()
    now = origin_of(found, "general-staff-losses-monthly")
    assert now["vintage"] == "2026-12-20"
    assert now["sources"][0]["consulted"] == "2026-12-24"
    assert now["sources"][0]["version"] == f"commit {loopback.commit(found.files)}"


def test_an_older_state_counts_from_the_day_it_was_read(source):
    """The bank says 15 November, the table is held as of 23 November: known from the refresh."""
    found = source("world-bank")
    found.publish(published.world_bank(published.year_more(found.held()), "2026-11-15"))
    found.refresh()
    assert origin_of(found, "world-bank-russia")["vintage"] == "2026-12-24"


def test_words_of_a_description_stay(source):
    """Only vintage, days and version change in the file; the layout is its author's."""
    found = source("oryx")
    file = found.store.description("oryx-losses")
    before = file.read_text(encoding="utf-8").splitlines()
    found.publish(LATER["oryx"](found))
    found.refresh()
    after = file.read_text(encoding="utf-8").splitlines()
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 2
    assert changed[0].startswith("vintage:")
    assert "leedrake5" in changed[1]


def test_two_replacements_keep_two_states(source):
    """Each state of the table is kept under its own day, and neither is written again."""
    found = source("general-staff")
    table = "general-staff-losses-monthly"
    for day in ("2026-12-20", "2026-12-21"):
        found.upstream.day = day
        found.publish(published.general_staff(published.month_more(found.held())))
        found.refresh()
    listed = vintages.index(found.store.data)
    assert listed["vintage"].tolist() == ["2026-08-08", "2026-12-20"]
    assert listed["replaced_by"].tolist() == ["2026-12-20", "2026-12-21"]
    assert list(vintages.violations(found.store.data)) == []
    rows = [len((found.store.data / path).read_text().splitlines()) for path in listed["path"]]
    assert rows[1] - rows[0] == 3
    assert len(found.held(table)) + 1 - rows[1] == 3


def test_the_same_day_twice_is_refused(source):
    """A second state of one day would have to take the place of the first in the record."""
    found = source("general-staff")
    day = pd.Timestamp("2026-12-20").date()
    found.publish(LATER["general-staff"](found))
    found.refresh(today=day)
    before = found.store.manifest()
    found.publish(published.general_staff(published.month_more(found.held())))
    with pytest.raises(DataError, match="a day after 2026-12-20"):
        found.refresh(today=day)
    assert found.store.manifest() == before


def test_a_reason_lets_a_revision_in_and_is_kept(source):
    """History changed by 5 persons is refused; with a reason it is taken and recorded."""
    found = source("general-staff")
    table = published.month_more(found.held())
    first = table["month"] == table["month"].min()
    persons = first & (table["category"] == "personnel")
    table.loc[persons, ["claimed"]] += 5
    table.loc[persons, ["correction"]] -= 5
    found.publish(published.general_staff(table))
    with pytest.raises(DataError, match="which is held"):
        found.refresh()
    found.refresh(revision="the compiler moved five persons into a correction")
    line = vintages.index(found.store.data).iloc[0]
    assert line["values_revised"] == "2"
    assert "five persons" in line["revision"]


def test_small_changes_of_a_model_are_counted(source):
    """Three persons more in one week of 2024 are within the tolerance: taken, and counted."""
    found = source("economist")
    model = published.monday_more(found.held())
    model.loc[100, "casualties"] += 3
    found.publish(published.economist(model, found.held("uk-mod-casualties-monthly")))
    change = found.refresh().changes[0]
    assert (change.comparison.revised, change.comparison.added) == (1, 1)
    assert vintages.index(found.store.data)["values_revised"].tolist() == ["1"]
