"""Every number, chart, claim, fact and table leads to code, rows and the address of a source."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from analysis import datapackage, tables, tracing
from analysis.__main__ import main
from analysis.book import runner
from analysis.paths import ROOT
from analysis.tracing import UnknownKeyError

OWN = "Position of Strength"


def entries(kind):
    return list(tracing.of_kind(kind).values())


def test_every_number_and_chart_of_the_records_is_traced():
    """What a record shows under a name is what can be asked for: no number is left out."""
    shown = {
        f"{source.stem}::{name}"
        for source in runner.notebooks()
        for name in runner.shown(json.loads(runner.record_path(source).read_text("utf-8")))
        if not name.startswith("verdict of ")
    }
    assert shown == set(tracing.of_kind("number"))
    assert len(entries("chart")) >= 5 * len(runner.sources())


def test_every_claim_and_statement_is_traced():
    """93 claims and every statement of the other camp, each with its function."""
    assert len(entries("claim")) == 93
    assert {t.key for t in entries("statement")} == set(tables.read("counterclaims")["id"])
    assert [t.name for t in (*entries("claim"), *entries("statement")) if not t.code] == []


def test_all_code_is_there():
    """A place in the code is a line of a file that has it."""
    lines = {}
    for trace in tracing.everything():
        for place in trace.code:
            file, _, line = place.rpartition(":")
            if file not in lines:
                lines[file] = len((ROOT / file).read_text(encoding="utf-8").splitlines())
            assert 1 <= int(line) <= lines[file], trace.name


def test_the_line_of_a_number_names_it():
    """The line is where the name is written, or where the function begins that makes it.

    A number of a cell has the first line of the cell.
    """
    texts = {}
    for trace in entries("number"):
        file, _, line = trace.code[0].rpartition(":")
        text = texts.setdefault(file, (ROOT / file).read_text(encoding="utf-8").splitlines())
        there = text[int(line) - 1]
        if trace.made_by:
            name = trace.key.partition("::")[2]
            assert f'"{name}"' in there or there.startswith(("def ", "@")), trace
        else:
            before = [part for part in text[: int(line) - 1] if not part.startswith(":tags:")]
            assert before[-1].startswith("```{code-cell}"), trace


def test_the_line_of_a_fact_is_its_row():
    """The row of the file begins with the id of the fact."""
    text = (ROOT / "data" / "evidence.csv").read_text(encoding="utf-8").splitlines()
    for trace in entries("fact"):
        assert text[int(trace.code[0].rpartition(":")[2]) - 1].startswith(f"{trace.key},")


# What rests on no table: dates and rules that the code states, and pictures of a pure model.
WITHOUT_ROWS = {
    "chart:timing-terms",
    "number:08-timing::answer-both",
    "number:08-timing::answer-land",
}


def test_all_lead_to_rows():
    """Each reads a table or a fact, but for those listed with their reason."""
    bare = {t.name for t in tracing.everything() if not t.tables and not t.facts}
    assert bare == WITHOUT_ROWS


def test_all_sources_have_an_address():
    """The address of the source, or the column that has it for each row, or it is our own."""
    facts = tables.read("evidence").set_index("id")["note"].to_dict()
    for trace in tracing.everything():
        found = tracing.sources(trace)
        for name in {source["of"] for source in found}:
            own = [source for source in found if source["of"] == name]
            stated = any(source["address"] or source["publisher"] == OWN for source in own)
            # A row may say in its note that the address is not known, and then has none.
            stated = stated or (name in facts and "not known" in facts[name])
            assert stated, (trace.name, name)
        for source in found:
            if source["address"].startswith("data/"):
                path, _, column = source["address"].partition(", column ")
                assert column in (ROOT / path).read_text(encoding="utf-8").splitlines()[0]
            elif source["address"]:
                assert source["address"].startswith(("http://", "https://"))


def test_a_number_read_by_hand():
    """The fall of 2023 by ISW's counts: layers of The Economist, no map of DeepState's.

    DeepState's maps begin on 8 July 2024 and cannot have anything to do with it.
    """
    trace = tracing.find("fall-month")
    assert trace.key == "04-land::fall-month"
    assert "isw-layers-daily" in trace.tables
    assert "deepstate-daily-total" not in trace.tables
    assert "(9 sq mi)" in trace.shown.replace("\u202f", " ")


def test_a_short_name_of_two_numbers_is_refused():
    """A name that two chapters use is no address; the message has both."""
    short = [key.partition("::")[2] for key in tracing.of_kind("number")]
    twice = next(
        name
        for name in sorted(short)
        if short.count(name) > 1 and name not in tracing.of_kind("claim")
    )
    with pytest.raises(UnknownKeyError, match="in several places") as raised:
        tracing.find(twice)
    assert str(raised.value).count(f"::{twice}") == short.count(twice)


def test_an_unknown_name_is_refused_with_those_near_it():
    """A slip of the hand is met with the right name, and exit status 1."""
    done = CliRunner().invoke(main, ["trace", "fal-month"])
    assert done.exit_code == 1
    assert "fall-month" in done.output


def test_the_command_prints_code_rows_and_addresses():
    """For the claim on 188 square miles: its function, The New York Times' row, its address."""
    done = CliRunner().invoke(main, ["trace", "net-188"])
    assert done.exit_code == 0
    assert "code      analysis/assessments/land.py:" in done.output
    assert "data/evidence.csv: nyt-net-gain-188" in done.output
    assert "188 sq mi" in done.output.replace("\u202f", " ").replace("\u00a0", " ")
    assert "https://" in done.output
    item = datapackage.origin("isw-layers-daily")
    assert f"table     data/{item.path}" in done.output
