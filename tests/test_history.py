"""What a version said is never written again, and no verdict moves without a reason."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from analysis import __main__ as cli
from analysis import claims, counterclaims, history, tables
from analysis.book import changes_page
from analysis.book.imprint import FILE, read
from analysis.violations import DataError

MADE = read(FILE, data_to="2026-02-01")


def made_row(id, verdict="holds", **other):
    blank = dict.fromkeys(("robustness", "parts", "printed", "then", "now"), "")
    return {"kind": "claim", "id": id, "verdict": verdict, **blank, **other}


def test_the_first_version_is_whole():
    """93 claims and twenty statements, as the change log says of 0.1.0; each with its hash."""
    first = history.of("0.1.0")
    assert Counter(first["kind"]) == {"claim": 93, "statement": 20}
    assert set(first["date"]) == {"2026-11-23"}
    assert first["sha256"].str.fullmatch(r"[0-9a-f]{64}").all()


def test_words_of_the_first_version():
    """Read by hand from the cards of 0.1.0, three of which the later review of rules changed."""
    first = history.of("0.1.0").set_index("id")
    assert first.loc["biden-team-nothing", "verdict"] == "refuted as worded"
    assert first.loc["border-adjacent", "verdict"] == "does not hold"
    assert first.loc["milley-missed", "parts"] == "kyiv: holds; lost: contested"
    assert first.loc["half-as-long", "now"] == "0.16"


def test_every_moved_verdict_has_its_reason():
    """The reader of a changed verdict is owed the mistake; the page does not build without."""
    errata = tables.read("errata")
    assert history.unexplained(history.since_last(), errata) == []
    moved = {move.id for move in history.since_last() if move.of_verdict}
    assert {"biden-team-nothing", "public-opposes", "milley-missed"} <= moved


def test_corrections_name_claims_that_there_are_or_were():
    """An id that nothing ever had is a slip of the pen."""
    known = {*claims.table().index, *counterclaims.table().index, *history.read()["id"]}
    named = {id for ids in tables.read("errata")["ids"] for id in ids.split("; ") if id}
    assert named - known == set()


def test_a_move_without_a_reason_is_named(monkeypatch):
    """Take the reasons away, and every moved verdict is listed at once."""
    none = tables.read("errata").iloc[:0]
    wanted = [move.id for move in history.since_last() if move.of_verdict]
    assert history.unexplained(history.since_last(), none) == wanted
    monkeypatch.setattr(changes_page, "_errata", lambda: none)
    with pytest.raises(DataError) as caught:
        changes_page.periods()
    assert all(id in str(caught.value) for id in wanted)


def test_moves_are_found_by_hand():
    """Five rows before and after: one stands, a verdict, a part and a value move, one goes."""
    before = pd.DataFrame(
        [
            made_row("stands"),
            made_row("verdict"),
            made_row("part", parts="a: holds; b: holds"),
            made_row("value", now="3"),
            made_row("gone"),
        ]
    )
    after = pd.DataFrame(
        [
            made_row("stands"),
            made_row("verdict", "contested"),
            made_row("part", parts="a: holds; b: contested"),
            made_row("value", now="4"),
            made_row("new"),
        ]
    )
    moves = history.moved(before, after)
    assert [(move.id, move.of_verdict) for move in moves] == [
        ("verdict", True), ("part", True), ("value", False), ("new", True), ("gone", True),
    ]  # fmt: skip
    assert (moves[0].was, moves[0].now) == ({"verdict": "holds"}, {"verdict": "contested"})
    assert moves[3].was == {} and moves[4].now == {}


def test_taking_a_claim_apart_moves_no_verdict():
    """One proposition becomes two, and the word of the whole stays: that is no correction."""
    before = pd.DataFrame([made_row("whole")])
    after = pd.DataFrame([made_row("whole", parts="a: holds; b: holds")])
    assert [move.of_verdict for move in history.moved(before, after)] == [False]


def test_the_hash_tells_of_any_change():
    """A reason that is worded otherwise changes nothing that is listed, but the hash."""
    record = claims.assess("no-collapse").model_dump(mode="json")
    day = date(2026, 1, 2)
    first = history.row(record, "claim", "1.0", day)
    again = history.row(json.loads(json.dumps(record)), "claim", "1.0", day)
    other = history.row(record | {"reason": "Another."}, "claim", "1.0", day)
    assert first == again
    assert {name for name in first if first[name] != other[name]} == {"sha256"}


def test_a_version_is_never_written_again(monkeypatch):
    """The command stops with the table's name, and writes nothing."""
    written = []
    monkeypatch.setattr(history, "write", written.append)
    with pytest.raises(DataError, match=r"verdict_history\.csv.*0\.1\.0 is kept already"):
        history.add("0.1.0", date(2026, 11, 23))
    assert written == []


def test_a_new_version_is_added_below_the_others(monkeypatch):
    """The rows of earlier versions stay what they were; those of today come after."""
    written = []
    monkeypatch.setattr(history, "write", written.append)
    before = history.read()
    history.add("9.9.9", date(2026, 12, 24))
    (frame,) = written
    pd.testing.assert_frame_equal(frame.iloc[: len(before)], before)
    added = frame.iloc[len(before) :]
    assert set(added["version"]) == {"9.9.9"}
    assert list(added["id"]) == [*claims.table().index, *counterclaims.table().index]


def test_the_command_prints_what_moved():
    """By hand: border-adjacent went from does not hold to contested after 0.1.0."""
    done = CliRunner().invoke(cli.main, ["history", "moved"])
    assert done.exit_code == 0
    assert "border-adjacent  verdict: does not hold -> contested" in done.output.splitlines()


REPLY = {
    "date": "2026-12-01",
    "author": "A. Author",
    "standing": "author of the article",
    "ids": "no-collapse; thesis",
    "words": "First line.\nSecond <b>line</b>.",
    "answer": None,
    "published": "2026-12-02",
}


def test_a_reply_is_printed_unaltered_and_found_from_its_claims():
    """A made-up reply: both lines, its signs as they are, who wrote it, on what."""
    frame = pd.DataFrame([REPLY])
    soup = BeautifulSoup(changes_page.replies_html(replies=frame, made=MADE), "lxml")
    reply = soup.select_one("article#reply-1")
    assert [line.get_text() for line in reply.select("blockquote p")] == REPLY["words"].split("\n")
    assert reply.h3.get_text() == "A. Author, 1 December 2026"
    assert "The book:" not in reply.get_text()
    assert changes_page.replies_to("thesis", frame) == [("reply-1", "A. Author")]
    assert changes_page.replies_to("net-188", frame) == []


def test_versions_are_linked_where_they_are_beside_this_one():
    """A version in a folder of its own has the others next to it; else only names are known."""
    from dataclasses import replace

    here = replace(MADE, address=f"https://book.example/v{MADE.version}/")
    links = BeautifulSoup(changes_page.versions_html(here), "lxml").select("a")
    assert links[-1]["href"] == "https://book.example/v0.1.0/"
    nowhere = replace(MADE, address="")
    assert BeautifulSoup(changes_page.versions_html(nowhere), "lxml").select("a") == []
