"""Executed records as they lie in their files, and what of them is prose.

Light, because it is asked before it is known whether anything has to be made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

# Where a record keeps the hashes of its inputs; that of its text among them.
METADATA: Final = "position_of_strength"
TEXT: Final = "text"


def read_record(path: Path) -> dict[str, Any]:
    """Return an executed record, parsed once however many parts of a page ask for it.

    Parameters
    ----------
    path : Path
        An ``.ipynb``.

    Returns
    -------
    dict
        Shared by all who ask, so nobody may change it.
    """
    state = path.stat()
    return _parsed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=32)
def _parsed(path: Path, changed: int, size: int) -> dict[str, Any]:
    # Time and size are in the key: a record that is written again is read again.
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def digest_without_prose(record: Mapping[str, Any]) -> str:
    """Hash everything of a record that is not prose.

    Code, outputs, hashes of the other inputs, and the place of each cell stay in; the words of
    cells with text, and the hash of the chapter's text, go.
    """
    cells = [{**cell, "source": ""} if _is_prose(cell) else cell for cell in record["cells"]]
    metadata = {**record["metadata"], METADATA: _without_text(record["metadata"])}
    text = json.dumps({**record, "cells": cells, "metadata": metadata}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _without_text(metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in metadata.get(METADATA, {}).items() if name != TEXT}


def _is_prose(cell: Mapping[str, Any]) -> bool:
    return bool(cell["cell_type"] == "markdown")


def reworded(
    record: Mapping[str, Any], cells: Sequence[Mapping[str, Any]], text: str
) -> dict[str, Any] | None:
    """Return a record with other words, where nothing that is executed has changed.

    A kernel gets the cells with code, one after another, and never sees the text between
    them: the same code gives the same outputs.

    Parameters
    ----------
    record : mapping
        Of an execution whose other inputs are today's.
    cells : sequence of mapping
        Of the chapter as it reads now, set as in a record.
    text : str
        Hash of the chapter as it reads now.

    Returns
    -------
    dict or None
        None where the chapter has to be executed: a cell with code is another, or cells have
        come, gone or changed places.
    """
    before = record["cells"]
    if len(before) != len(cells):
        return None
    made = []
    for old, new in zip(before, cells, strict=True):
        if old["cell_type"] != new["cell_type"]:
            return None
        if _is_prose(new):
            made.append({**new, "id": old["id"]})
        elif (old["source"], old["metadata"]) == (new["source"], new["metadata"]):
            made.append(old)
        else:
            return None
    hashes = {**record["metadata"][METADATA], TEXT: text}
    metadata = {**record["metadata"], METADATA: hashes}
    return {**record, "cells": made, "metadata": metadata}
