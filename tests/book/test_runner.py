"""A stored record is true only while everything it was made from is unchanged."""

import ast
import json
import shutil

import pytest

from analysis.book import runner
from analysis.book.prose import Written, write

CHAPTER = """---
kernelspec: {display_name: Python 3, language: python, name: python3}
---
# A chapter

```{code-cell}
from analysis import tables
from analysis.book.prose import write
write({"titles": str(len(tables.read("chapters")))})
```
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chapters")
    path = folder / "01-sample.md"
    path.write_text(CHAPTER)
    runner.write_record(path, runner.execute(path))
    return path


def test_fresh_record_is_true(source):
    """Nothing was touched since the execution."""
    assert runner.changed_inputs(source) == []


def test_record_knows_what_it_reached(source):
    """The cell reads one table through one module; both must be among the hashes."""
    stored = json.loads(runner.record_path(source).read_text())["metadata"][runner.METADATA]
    assert {"table chapters", "module analysis.tables", "text", "versions"} <= stored.keys()


def test_changed_prose_is_noticed(source, tmp_path):
    """One word more in the text."""
    copy = shutil.copy(source, tmp_path)
    shutil.copy(runner.record_path(source), tmp_path)
    path = tmp_path / source.name
    path.write_text(path.read_text() + "\nOne word more.\n")
    assert runner.changed_inputs(path) == ["text"], copy


def test_new_words_need_no_execution(source, tmp_path):
    """The record with other words is the one that an execution gives, byte for byte."""
    shutil.copy(source, tmp_path)
    shutil.copy(runner.record_path(source), tmp_path)
    path = tmp_path / source.name
    path.write_text(path.read_text().replace("# A chapter", "# A chapter\n\nWith a sentence."))
    assert runner.write_new_words(path)
    reworded = runner.record_path(path).read_bytes()
    assert b"With a sentence." in reworded
    assert runner.changed_inputs(path) == []
    runner.write_record(path, runner.execute(path))
    assert runner.record_path(path).read_bytes() == reworded


def test_new_code_is_executed(source, tmp_path):
    """A changed cell, like a changed table, is no matter of words."""
    shutil.copy(source, tmp_path)
    record = runner.record_path(source).read_bytes()
    path = tmp_path / source.name
    runner.record_path(path).write_bytes(record)
    path.write_text(path.read_text().replace("titles", "rows"))
    assert not runner.write_new_words(path)
    assert runner.record_path(path).read_bytes() == record


@pytest.mark.parametrize("name", ["table chapters", "module analysis.tables", "versions"])
def test_changed_input_is_named(source, tmp_path, name):
    """A stored hash that is not today's: exactly this input is named."""
    shutil.copy(source, tmp_path)
    path = tmp_path / source.name
    record = json.loads(runner.record_path(source).read_text())
    record["metadata"][runner.METADATA][name] = "0" * 64
    runner.record_path(path).write_text(json.dumps(record))
    assert runner.changed_inputs(path) == [name]


def test_never_executed_is_stale(tmp_path):
    """A text without a record has no numbers to show."""
    path = tmp_path / "02-new.md"
    path.write_text(CHAPTER)
    assert runner.changed_inputs(path) == ["never executed"]


def test_execution_is_repeatable(source):
    """The same inputs give the same bytes, ids included."""
    before = runner.record_path(source).read_bytes()
    runner.write_record(source, runner.execute(source))
    assert runner.record_path(source).read_bytes() == before


def test_moved_numbers_are_listed(source):
    """The number of chapters changed from the stored one: one line says from what to what."""
    fresh = json.loads(runner.record_path(source).read_text())
    text = json.dumps(fresh).replace("'14'", "'15'")
    assert runner.moved(source, json.loads(text)) == ["01-sample: titles: 14 -> 15"]


def test_numbers_are_not_accepted_as_strings():
    """A raw number would be formatted a second time, somewhere else."""
    with pytest.raises(TypeError, match="share"):
        write({"share": 0.5})


def test_written_strings_show_themselves():
    """A thin space must reach the page as a space, and 1,427 as one number, not as a pair."""
    assert ast.literal_eval(repr(Written("62\u202f%"))) == "62\u202f%"
    assert "\\u" not in repr(Written("62\u202f%"))
    assert ast.literal_eval(repr(Written("1,427"))) == "1,427"
    assert ast.literal_eval(repr(Written("Russia's"))) == "Russia's"
