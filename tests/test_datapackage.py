"""Every table says what it is, and a change of one cell is noticed."""

import shutil
from pathlib import Path

import pytest
import yaml

from analysis import checks, datapackage, schemas, tables
from analysis.datapackage import Origin
from analysis.violations import DataError

ORIGIN = """
name: sample
path: sample.csv
title: A sample
description: A table made for this test, with one row too many.
adapter: by hand
vintage: 2026-01-01
licence: {name: CC0-1.0, title: Public domain}
sources: [{title: T, publisher: P, consulted: 2026-01-01, licence: CC0-1.0}]
primary_key: [id]
columns:
  - {name: id, type: string, description: An id, constraints: {required: true, unique: true}}
  - {name: day, type: date, description: A day}
  - {name: km2, type: number, description: An area, constraints: {minimum: 0}}
"""


def origin_of(tmp_path, rows):
    item = Origin.model_validate(yaml.safe_load(ORIGIN))
    (tmp_path / "sample.csv").write_text("id,day,km2\n" + rows, encoding="utf-8")
    object.__setattr__(item, "path", str(tmp_path / "sample.csv"))
    return item


def test_the_committed_data_are_whole():
    """All tables: described, licensed, hashed, and with cells as promised."""
    checks.check()


def test_profile():
    """The Frictionless v2 profile, as its makers publish it, accepts the descriptor."""
    assert list(checks.profile_violations(datapackage.sealed())) == []


def test_profile_is_not_blind():
    """A package without resources, and one whose resource has no name, are not valid."""
    assert list(checks.profile_violations({"name": "x"}))
    assert list(checks.profile_violations({"resources": [{"path": "a.csv"}]}))


def test_seal_is_current():
    """What is sealed is what the descriptions and the tables give today."""
    assert datapackage.sealed() == datapackage.compile_package()


@pytest.mark.parametrize("item", datapackage.origins().values(), ids=lambda item: item.name)
def test_every_table_states_licence_and_source(item):
    """Licence may be 'none stated'; it may not be silent, and neither may a source's."""
    assert item.licence.name
    assert all(source.licence for source in item.sources)


@pytest.mark.parametrize("removed", ["licence", "sources", "description", "vintage"])
def test_an_incomplete_description_is_refused(removed):
    """A table whose licence or source was deleted must not be sealed again in silence."""
    content = yaml.safe_load(ORIGIN)
    del content[removed]
    with pytest.raises(ValueError, match=removed):
        Origin.model_validate(content)


def test_all_violations_are_reported_at_once(tmp_path):
    """Four wrong cells by hand, in rows 2 to 4 of the file: four lines, each located."""
    item = origin_of(tmp_path, "a,2024-02-30x,1\na,2024-01-02,many\n,2024-01-03,2\n")
    text = tables.pd.read_csv(item.file, dtype=str, keep_default_na=False)
    found = schemas.violations(item, text, schemas.cell_schema(item))
    places = {(violation.row, violation.column) for violation in found}
    assert {(2, "day"), (3, "km2"), (4, "id")} <= places
    assert any(violation.column == "id" and violation.value == "a" for violation in found)


def test_a_negative_area_is_a_violation(tmp_path):
    """An area below zero does not exist."""
    item = origin_of(tmp_path, "a,2024-01-01,-3\n")
    text = tables.parse(item)[["km2"]]
    found = schemas.violations(item, text, schemas.number_schema(item))
    assert [(violation.row, violation.column) for violation in found] == [(2, "km2")]


def test_a_changed_cell_breaks_the_seal(tmp_path, monkeypatch):
    """One digit changed in one table: the hash differs and the file is named."""
    item = datapackage.origin("chapters")
    copy = tmp_path / "chapters.csv"
    shutil.copy(item.file, copy)
    copy.write_text(copy.read_text().replace("1,aid-window", "9,aid-window"))
    changed = item.model_copy(update={"path": str(copy)})
    entry = next(e for e in datapackage.sealed()["resources"] if e["name"] == "chapters")
    found = list(checks._seal_violations(changed, entry | {"path": f"data/{copy}"}))
    assert [violation.column for violation in found] == ["hash"]


def test_a_file_without_description_is_refused(tmp_path, monkeypatch):
    """A table nobody described has no licence and no source."""
    (tmp_path / "stray.csv").write_text("a\n1\n")
    monkeypatch.setattr(checks, "DATA", tmp_path)
    monkeypatch.setattr(checks.datapackage, "origins", dict)
    found = list(checks._files_without_description())
    assert [Path(violation.file).name for violation in found] == ["stray.csv"]


def test_error_lists_everything():
    """A reader who mends one cell at a time should not need ten runs to find ten."""
    from analysis.violations import Violation, raise_all

    many = [Violation("f.csv", row, "c", "v", "w") for row in range(10)]
    with pytest.raises(DataError) as caught:
        raise_all(many)
    assert str(caught.value).count("f.csv") == 10


def test_reading_gives_a_copy():
    """A chapter that changes its table must not change another's."""
    first = tables.read("chapters")
    first.loc[0, "title"] = "changed"
    assert tables.read("chapters").loc[0, "title"] != "changed"


def test_unknown_table_names_those_there_are():
    """A typing error in a name should show the right one."""
    with pytest.raises(KeyError, match="chapters"):
        tables.read("no-such-table")
