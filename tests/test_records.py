"""A record of other words is true without an execution, if its code has not changed."""

import copy
import json

import pytest

from analysis import records

RECORD = {
    "cells": [
        {"cell_type": "markdown", "id": "a-000", "metadata": {}, "source": "# Words"},
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": "a-001",
            "metadata": {"tags": ["remove-input"]},
            "outputs": [{"output_type": "execute_result", "data": {"text/plain": "4"}}],
            "source": "2 + 2",
        },
    ],
    "metadata": {records.METADATA: {"text": "old", "versions": "v"}, "other": 1},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def cells():
    """Return the cells as they are before an execution: no outputs, and ids of their own."""
    found = copy.deepcopy(RECORD["cells"])
    found[1] |= {"outputs": [], "execution_count": None}
    return [{**cell, "id": f"random-{at}"} for at, cell in enumerate(found)]


def test_new_words_old_outputs():
    """The words and their hash are new; outputs, ids and the other hash are the record's."""
    new = cells()
    new[0]["source"] = "# Other words"
    made = records.reworded(RECORD, new, "new")
    assert made["cells"][0] == {**RECORD["cells"][0], "source": "# Other words"}
    assert made["cells"][1] == RECORD["cells"][1]
    assert made["metadata"] == {records.METADATA: {"text": "new", "versions": "v"}, "other": 1}


def test_the_record_itself_is_left_alone():
    """It is shared by all who read it."""
    before = json.dumps(RECORD)
    records.reworded(RECORD, cells(), "new")
    assert json.dumps(RECORD) == before


def _other_code(new):
    new[1]["source"] = "2 + 3"


def _other_tag(new):
    new[1]["metadata"] = {}


def _other_order(new):
    new.reverse()


def _one_more(new):
    new.append({**new[1], "source": "1"})


@pytest.mark.parametrize("change", [_other_code, _other_tag, _other_order, _one_more])
def test_what_has_to_be_executed(change):
    """Each of these may change what the kernel gives, or where the page has it."""
    new = cells()
    change(new)
    assert records.reworded(RECORD, new, "new") is None


def test_digest_leaves_prose_out_and_nothing_else():
    """Words and their hash are prose; an output, a tag and another hash are not."""
    digest = records.digest_without_prose(RECORD)
    words = copy.deepcopy(RECORD)
    words["cells"][0]["source"] = "# Other words"
    words["metadata"][records.METADATA]["text"] = "new"
    assert records.digest_without_prose(words) == digest
    for path, value in (
        (("cells", 1, "outputs"), []),
        (("cells", 1, "metadata"), {}),
        (("cells", 0, "id"), "b"),
        (("metadata", records.METADATA), {"text": "old", "versions": "w"}),
        (("metadata", "other"), 2),
    ):
        other = copy.deepcopy(RECORD)
        place = other
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        assert records.digest_without_prose(other) != digest, path


def test_a_record_written_again_is_read_again(tmp_path):
    """What is kept of a file is kept by its time and size."""
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps({"cells": []}))
    assert records.read_record(file) == {"cells": []}
    file.write_text(json.dumps({"cells": [1]}))
    assert records.read_record(file) == {"cells": [1]}
