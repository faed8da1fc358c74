"""What a replaced table moves in the book, and how to go back to what was known before."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import published
import pytest
from stores import LATER, Source

from analysis import datapackage, paths, tables, vintages
from analysis.book import then
from analysis.refresh import moved
from analysis.refresh.store import Store

STAFF = "general-staff-losses-monthly"


def run(store: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the tables of a store."""
    env = {
        **os.environ,
        "PYTHONPATH": str(paths.ROOT),
        "POSITION_OF_STRENGTH_STORE": str(store),
    }
    return subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True)


# As it was known -------------------------------------------------------------------------

ROWS = """
import json, sys
from datetime import date
from analysis import tables

found = {}
for day in sys.argv[1:]:
    tables.READ.clear()
    try:
        with tables.as_known_on(date.fromisoformat(day)):
            found[day] = {name: len(tables.read(name)) for name in NAMES}
    except tables.UnknownThenError as error:
        found[day] = error.lacking
print(json.dumps(found))
"""


def rows_then(store: Path, names: list[str], *days: str) -> dict[str, dict[str, object]]:
    done = run(store, "-c", ROWS.replace("NAMES", repr(names)), *days)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, object]] = json.loads(done.stdout)
    return found


def describe(store: Store, name: str, rows: list[str], as_of: str) -> None:
    """Put a table with days of publication into a store, of the vintage 2026-11-23."""
    (store.data / f"{name}.csv").write_text("id,published\n" + "\n".join(rows) + "\n")
    (store.data / "origins" / f"{name}.yml").write_text(f"""
name: {name}
path: {name}.csv
title: Made up for this test
description: Rows with the day on which each of them was published.
adapter: by hand
vintage: 2026-11-23
licence: {{name: CC0-1.0, title: Public domain}}
sources: [{{title: T, publisher: P, consulted: 2026-11-23, licence: CC0-1.0}}]
{as_of}
columns:
  - {{name: id, type: string, description: An id}}
  - {{name: published, type: date, description: Day of publication}}
""")


def test_a_table_is_read_in_the_state_of_the_day(source):
    """Three states, of 8 August, 20 and 21 December 2026, with 159, 162 and 165 rows.

    A table without an earlier state is cut by the days of publication where its description
    names their column, is whole where nothing in it is revised, and is lacking otherwise.
    """
    found: Source = source("general-staff")
    for day in ("2026-12-20", "2026-12-21"):
        found.upstream.day = day
        found.publish(published.general_staff(published.month_more(found.held())))
        found.refresh()
    store = Store(found.store.root)
    dated = ["a,2024-05-01", "b,2024-06-03", "c,2025-01-01", "d,"]
    describe(store, "cut", dated, "as_of: {column: published}")
    describe(store, "whole", dated, 'as_of: {always: "a rule of this test"}')
    describe(store, "lacking", dated, "")
    datapackage.seal(store.data)

    days = ["2026-08-08", "2026-12-19", "2026-12-20", "2026-12-21", "2030-01-01"]
    states = rows_then(store.root, [STAFF], *days)
    assert [states[day][STAFF] for day in days] == [159, 159, 162, 165, 165]
    assert "no state from before 2026-12-21" in states_before(store, "2026-08-07")[STAFF]

    names = ["cut", "whole"]
    cut = rows_then(store.root, names, "2024-05-31", "2024-06-03", "2026-11-23", "2020-01-01")
    assert cut["2024-05-31"] == {"cut": 1, "whole": 4}
    assert cut["2024-06-03"] == {"cut": 2, "whole": 4}
    assert cut["2026-11-23"] == {"cut": 4, "whole": 4}
    assert list(cut["2020-01-01"]) == ["cut"]
    assert "2024-05-01" in str(cut["2020-01-01"])

    both = rows_then(store.root, ["lacking", STAFF], "2024-06-03")["2024-06-03"]
    assert set(both) == {"lacking", STAFF}


def states_before(store: Store, day: str) -> dict[str, object]:
    return rows_then(store.root, [STAFF], day)[day]


def test_a_process_that_has_read_tables_cannot_go_back():
    """What it has computed from them is of another day."""
    tables.read("chapters")
    with pytest.raises(RuntimeError, match="chapters"), tables.as_known_on(date(2024, 6, 3)):
        pass


@pytest.mark.parametrize(
    ("vintage", "day"),
    [("2010", "2010-12-31"), ("2024-02", "2024-02-29"), ("2026-08-22", "2026-08-22")],
)
def test_a_year_was_complete_on_its_last_day(vintage, day):
    """A state that names only its year or month counts from the end of it, never too early."""
    assert str(vintages.day(vintage)) == day


def test_every_table_that_is_cut_has_the_column():
    """The column that the description names is there and holds days."""
    cut = [item for item in datapackage.origins().values() if item.as_of and item.as_of.column]
    assert len(cut) > 10
    for item in cut:
        kinds = {column.name: column.type for column in item.columns}
        assert kinds[item.as_of.column] == "date", item.name


@pytest.mark.parametrize("as_of", [{}, {"column": "a", "always": "both of them at once"}])
def test_either_a_column_or_a_reason(as_of):
    """A description that says neither, or both, says nothing."""
    with pytest.raises(ValueError, match="either"):
        datapackage.AsOf(**as_of)


# One figure of a chapter -----------------------------------------------------------------


def test_only_what_a_figure_needs_is_executed():
    """Of five statements the figure needs the import, the table, and the line that changes it."""
    code = "import pandas as pd\na = pd.f()\nb = pd.g()\na['x'] = 1\nc = b\n"
    shown = ast.parse("book.figure(a)").body[0]
    needed = then._needed(ast.parse(code).body, shown)
    assert [ast.unparse(s) for s in needed] == [
        "import pandas as pd",
        "a = pd.f()",
        "a['x'] = 1",
    ]


def test_every_figure_of_the_book_can_be_asked_for():
    """As many ids as calls of ``book.figure``, and no id twice."""
    chapters = sorted(paths.CHAPTERS.glob("[0-9][0-9]-*.md"))
    calls = sum(c.read_text(encoding="utf-8").count("book.figure(") for c in chapters)
    ids = [name for c in chapters for s in then._statements(c) for name in then._ids(s)]
    assert len(ids) == len(set(ids)) == calls


def test_a_figure_is_that_of_its_chapter():
    """Drawn alone, it has the data and the texts of the chapter's record."""
    drawn = json.loads(json.dumps(then.figure("losses-days").spec))
    record = json.loads((paths.CHAPTERS / "07-losses.ipynb").read_text(encoding="utf-8"))
    specs = [
        output["data"]["application/vnd.vegalite.v6+json"]
        for cell in record["cells"]
        for output in cell.get("outputs", [])
        if "application/vnd.vegalite.v6+json" in output.get("data", {})
    ]
    stored = {spec["usermeta"]["figure"]["id"]: spec for spec in specs}["losses-days"]
    assert drawn["usermeta"] == stored["usermeta"]


def test_an_unknown_figure_names_those_there_are():
    """A typing error in a name should show the right one."""
    with pytest.raises(KeyError, match="losses-days"):
        then.figure("losses-day")


# What moves ------------------------------------------------------------------------------


def proof(**changes: object) -> dict[str, object]:
    found = {
        "claims": {"c": {"verdict": "holds", "value now": "5"}},
        "strings": {"04-land": {"area": "1,000"}, "07-losses": {"tanks": "3,079"}},
        "stale": {"04-land": ["text"], "07-losses": []},
        "broken": {},
    }
    return found | changes


def test_nothing_moved_is_said():
    """Four kinds of things that can move, and of each that none did."""
    assert [line.split(": ")[-1] for line in moved.lines(proof(), proof())] == ["none"] * 4


def test_what_moved_is_named_with_both_values():
    """A verdict, a value, a number in prose; a chapter that was stale before is not named again."""
    after = proof(
        claims={"c": {"verdict": "contested", "value now": "6"}},
        strings={"04-land": {"area": "1,001"}, "07-losses": {"tanks": "3,079"}},
        stale={"04-land": ["text", "table x"], "07-losses": []},
    )
    said = moved.lines(proof(), after)
    assert "  c: verdict: holds -> contested" in said
    assert "  c: value now: 5 -> 6" in said
    assert "  04-land: area: 1,000 -> 1,001" in said
    assert "  04-land: table x" in said
    assert not any("07-losses" in line for line in said)


def test_a_chapter_whose_words_no_longer_fit_is_named():
    """Its strings cannot be compared, which is said before anything else is to be done."""
    after = proof(strings={"04-land": {"area": "1,000"}}, broken={"07-losses": "IndexError"})
    said = moved.lines(proof(), after)
    assert "  07-losses: IndexError" in said
    assert not any("tanks" in line for line in said)


@pytest.mark.slow
def test_a_refresh_of_the_book_and_the_way_back(tmp_path):
    """A hundred tanks are taken off the list of 2 June 2024, so that fewer than 3,000 are left.

    Without a reason that is refused.  With one the verdict on “more than 3,000 tanks” changes and
    is named, the old one can still be had, and the figure of the old state is drawn as before.
    """
    store = Store(tmp_path / "store")
    store.root.mkdir()
    shutil.copytree(Store().data, store.data)
    shutil.copy(paths.DATAPACKAGE, store.root)
    table = published.list_more(store.read("oryx-losses"))
    day = pd.Timestamp("2024-06-02")
    fewer = (table["date"] == day) & (table["country"] == "Russia")
    fewer &= table["equipment"].isin(["all", "tanks"])
    table.loc[fewer, ["destroyed", "total"]] -= 100
    files = published.oryx_files(table, [day, table["date"].max()])
    folder = published.put(files, tmp_path / "files")
    order = ["refresh", "oryx", "--from", str(folder), "--published", "2026-11-24"]

    before = store.manifest()
    refused = run(store.root, "-m", "analysis", *order)
    assert refused.returncode == 1
    assert (
        "2024-06-02 Russia tanks all, total: '2979'; expected 3079, which is held" in refused.stderr
    )
    assert store.manifest() == before

    done = run(store.root, "-m", "analysis", *order, "--revision", "a test of the way back")
    assert done.returncode == 0, done.stderr
    assert "state of 2026-09-15 -> 2026-11-24, 14 new rows, 4 held values changed" in done.stdout
    assert "tanks-3000: verdict: holds -> " in done.stdout
    assert "3079.0 -> 2979.0" in done.stdout
    assert "07-losses: tanks: 3,079 -> 2,979" in done.stdout
    assert "07-losses: table oryx-losses" in done.stdout

    now = run(store.root, "-m", "analysis", "claims", "tanks-3000")
    old = run(store.root, "-m", "analysis", "claims", "tanks-3000", "--as-of", "2026-11-23")
    assert "2979" in now.stdout
    assert "3079" in old.stdout
    never = run(store.root, "-m", "analysis", "claims", "tanks-3000", "--as-of", "2024-06-03")
    assert never.returncode == 1
    assert "oryx-losses: no state from before 2026-11-24" in never.stderr

    drawings = {}
    for name, options in {"then": ["--as-of", "2026-11-23"], "now": []}.items():
        file = tmp_path / f"{name}.svg"
        command = ["figure", "losses-days", *options, "--to", str(file)]
        assert run(store.root, "-m", "analysis", *command).returncode == 0
        drawings[name] = file.read_text(encoding="utf-8")
    first = tmp_path / "first.svg"
    assert (
        run(paths.ROOT, "-m", "analysis", "figure", "losses-days", "--to", str(first)).returncode
        == 0
    )
    assert drawings["then"] == first.read_text(encoding="utf-8")
    assert drawings["now"] != drawings["then"]


def test_later_states_are_published_in_every_test(source):
    """Guards the helpers: what is published later is not what is published now."""
    for name in LATER:
        found = source(name)
        assert LATER[name](found) != found.files
