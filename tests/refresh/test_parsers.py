"""Properties of the parsers: whatever comes, it is a table or a named fault, and nothing else."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import published
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from published import Files
from stores import toy_maps

from analysis import datapackage, series, tables
from analysis.refresh import descriptions
from analysis.refresh.records import RECORDS
from analysis.refresh.store import Store
from analysis.sources import general_staff, kiel, reading
from analysis.violations import DataError

quick = settings(
    max_examples=40,
    deadline=None,
    # The fixture of the toy boundaries is the same for every example.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# What a cell may hold that looks like a number to somebody, and other surprises.
CELLS = st.one_of(
    st.sampled_from(["NaN", "nan", "inf", "-inf", "1e999", "-0", "0x10", "1_000", "١٢", "½", ""]),
    st.sampled_from(
        ["2026-02-30", "9999-99-99", "0000-01-01", "12", "-1", "1.5", "null", '"', ","]
    ),
    st.text(max_size=12),
    st.integers().map(str),
    st.floats().map(str),
)


@cache
def small(name: str) -> tuple[dict[str, pd.DataFrame], Files]:
    """Return a few rows of the tables of a source, and the files that give them."""
    record = RECORDS[name]
    held = {table: tables.parse(datapackage.origin(table)) for table in record.tables}
    held["known-gaps"] = tables.parse(datapackage.origin("known-gaps")).iloc[:0]
    first = held[record.tables[0]]
    if name == "general-staff":
        held[record.tables[0]] = first = first[first["month"] >= "2026-05-01"]
        return held, published.general_staff(first)
    if name == "oryx":
        return held, published.oryx_files(first, [first["date"].max()])
    if name == "kiel":
        held[record.tables[0]] = first = first[first["month"] >= "2026-03-01"]
        return held, published.kiel_files(first)
    if name == "economist":
        held = {table: frame.iloc[:5] for table, frame in held.items()}
        return held, published.economist(*(held[table] for table in record.tables))
    if name == "world-bank":
        return held, published.world_bank(first)
    return held, toy_maps("2026-08-23", [20])


def made(name: str, held: dict[str, pd.DataFrame], files: Files) -> dict[str, pd.DataFrame] | None:
    """Return the tables that an adapter makes of files; None where it names a fault."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return RECORDS[name].make(published.put(files, Path(folder) / "files"), held)
        except DataError as error:
            assert error.violations
            assert all(violation.file for violation in error.violations)
            return None


each = pytest.mark.parametrize("name", RECORDS)


@each
@quick
@given(data=st.data())
def test_any_bytes_are_a_table_or_a_named_fault(name, toy_regions, data):
    """One file is replaced by bytes, or cut off, or has bytes put into it somewhere."""
    held, files = small(name)
    path = data.draw(st.sampled_from(sorted(files)))
    given_bytes = files[path]
    at = data.draw(st.integers(0, len(given_bytes)))
    noise = data.draw(st.binary(max_size=20))
    changed = data.draw(
        st.sampled_from([noise, given_bytes[:at], given_bytes[:at] + noise + given_bytes[at:]])
    )
    made(name, held, files | {path: changed})


@each
@quick
@given(data=st.data())
def test_any_cell_is_a_table_or_a_named_fault(name, toy_regions, data):
    """One cell of a CSV file, or one value of a JSON document, holds something else."""
    held, files = small(name)
    path = data.draw(st.sampled_from(sorted(files)))
    text = files[path].decode()
    if path.endswith(".csv"):
        frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        row = data.draw(st.integers(0, len(frame) - 1))
        column = data.draw(st.integers(0, len(frame.columns) - 1))
        frame.iloc[row, column] = data.draw(CELLS)
        changed = frame.to_csv(index=False, lineterminator="\n")
    else:
        document = json.loads(text)
        places = list(leaves(document))
        parent, key = places[data.draw(st.integers(0, len(places) - 1))]
        parent[key] = data.draw(CELLS | st.integers() | st.floats() | st.none() | st.booleans())
        changed = json.dumps(document)
    made(name, held, files | {path: changed.encode("utf-8", "surrogatepass")})


def leaves(document: object):
    """Give every place of a JSON document that holds a value, as its holder and its key."""
    holder = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in list(holder):
        if isinstance(value, dict | list) and value:
            yield from leaves(value)
        else:
            yield document, key


@quick
@given(
    claimed=st.lists(
        st.tuples(*[st.integers(0, 50_000)] * 3, *[st.integers(-20, 20)] * 3),
        min_size=1,
        max_size=6,
    )
)
def test_what_the_staff_publishes_is_what_is_read(claimed):
    """Months and corrections, added up to running totals and taken apart again, are the same."""
    kinds = ["armoured vehicles", "personnel", "tanks"]
    months = pd.date_range("2024-01-01", periods=len(claimed), freq="MS")
    levels = dict.fromkeys(kinds, 1000)
    rows = []
    for month, numbers in zip(months, claimed, strict=True):
        for kind, new, fix in zip(kinds, numbers[:3], numbers[3:], strict=True):
            levels[kind] += new + fix
            rows.append((month, kind, new, fix, levels[kind]))
    columns = ["month", "category", "claimed", "correction", "cumulative_at_end"]
    table = pd.DataFrame(rows, columns=columns)
    with tempfile.TemporaryDirectory() as folder:
        raw = published.put(published.general_staff(table), Path(folder))
        found = general_staff.build(raw)["general-staff-losses-monthly"]
    pd.testing.assert_frame_equal(found.reset_index(drop=True), table, check_dtype=False)


@quick
@given(
    amounts=st.lists(
        st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_what_donors_gave_is_what_is_read(amounts):
    """Millionths of a thousand million, by donor and month, come back as they were given."""
    months = pd.date_range("2024-01-01", periods=len(amounts), freq="MS")
    rows = [
        (month, group, "release 31", military / 1e6, (military + rest) / 1e6)
        for month, given_by in zip(months, amounts, strict=True)
        for group, (military, rest) in zip(
            ("Europe", "Other donors", "United States"), given_by, strict=True
        )
    ]
    columns = ["month", "donor_group", "state", "military_eur_bn", "total_eur_bn"]
    table = pd.DataFrame(rows, columns=columns)
    with tempfile.TemporaryDirectory() as folder:
        raw = published.put(published.kiel_files(table, 31), Path(folder))
        found = kiel.renew(raw, table.iloc[:0])["kiel-monthly-groups"]
    pd.testing.assert_frame_equal(found, table, check_dtype=False, atol=1.1e-6, rtol=0)


# Reading ---------------------------------------------------------------------------------


def in_a_file(content: bytes, read: Callable[[Path], object]) -> object:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(content)
        return read(file)


@quick
@given(st.text(), st.lists(st.text(min_size=1, max_size=3), max_size=3))
@example('a,b\n1,"2', ["a"])
@example("a\r\rb", ["a"])
@example("\n\n", ["\n"])
def test_a_table_has_its_columns_or_is_refused(content, columns):
    """Rows of one length, the columns asked for, each once."""
    try:
        table = in_a_file(content.encode("utf-8", "replace"), lambda f: reading.table(f, columns))
    except DataError:
        return
    assert all(list(table.columns).count(name) == 1 for name in columns)
    assert len(table) >= 1
    assert table.index[0] == 2


@quick
@given(
    st.recursive(
        st.none() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_records_are_records_or_are_refused(document):
    """A list of objects that all have the field, or a fault."""
    content = json.dumps(document).encode("utf-8", "replace")
    try:
        found = in_a_file(content, lambda f: reading.records(f, ["a"]))
    except DataError:
        return
    assert list(found.columns) == ["a"]
    assert all("a" in record for record in document)


@quick
@given(CELLS)
@example("١٢")
def test_only_plain_numbers_are_numbers(cell):
    """What is taken for a number is digits, a point and an exponent, and nothing like NaN."""
    cells = reading.Cells(pd.DataFrame({"a": [cell]}, index=[2]), "file")
    found = cells.numbers("a", least=None)
    if cells.wrong:
        return
    assert np.isfinite(found.iloc[0])
    assert set(cell) <= set("0123456789.-+eE")
    assert float(cell) == found.iloc[0]


@cache
def table_of(name: str) -> pd.DataFrame:
    return tables.parse(datapackage.origin(name))


# Rules -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", series.RULES)
def test_a_table_is_no_revision_of_itself(name):
    """No value changes, no row is new, nothing is beyond the tolerance."""
    frame = table_of(name)
    assert series.compare(name, frame, frame) == series.Comparison(0, 0, ())


@pytest.mark.parametrize("name", series.RULES)
def test_every_number_of_a_table_has_a_rule(name):
    """A column without a rule could change in silence."""
    item = datapackage.origin(name)
    rule = series.RULES[name]
    numbers = {c.name for c in item.columns if c.type in {"number", "integer"}}
    assert numbers - set(rule.key) == set(rule.numbers)
    assert set(rule.key) == set(item.primary_key) | set(rule.by)


@quick
@given(data=st.data())
def test_a_change_is_beyond_its_tolerance_or_not(data):
    """One value of one table is moved by less, or by more, than its rule allows."""
    name = data.draw(st.sampled_from(sorted(series.RULES)))
    rule = series.RULES[name]
    frame = table_of(name).iloc[:200]
    column = data.draw(st.sampled_from(sorted(rule.numbers)))
    filled = np.flatnonzero(frame[column].notna())
    at = int(filled[data.draw(st.integers(0, len(filled) - 1))])
    limits = rule.numbers[column]
    held = float(frame[column].iloc[at])
    most = max(limits.history, limits.history_share * abs(held))
    more = data.draw(st.booleans())
    changed = frame.copy()
    changed[column] = changed[column].astype(float)
    changed.iloc[at, changed.columns.get_loc(column)] = held + (most + 1 if more else most / 2)
    found = series.compare(name, frame, changed)
    assert bool(found.beyond) == more
    assert found.revised == (1 if more or most else 0)


@quick
@given(
    title=st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40),
    name=st.sampled_from(sorted(datapackage.origins())),
)
@example(title='a "quoted": {title}, with # and \\', name="oryx-losses")
def test_a_description_reads_back_what_is_written(title, name):
    """Vintage and title are what was asked for, and every other field is what it was."""
    before = datapackage.origin(name)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.yml"
        file.write_bytes(Store().description(name).read_bytes())
        after = descriptions.amend(file, "2026-12-20", {0: {"title": title, "published": "2026"}})
    entry = before.sources[0].model_copy(update={"title": title, "published": "2026"})
    assert after.sources == (entry, *before.sources[1:])
    assert after == before.model_copy(update={"vintage": "2026-12-20", "sources": after.sources})
