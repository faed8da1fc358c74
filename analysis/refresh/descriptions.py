"""Change values in the description of a table and leave its words and its layout alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis.datapackage import Origin
from analysis.violations import DataError, Violation


def amend(file: Path, vintage: str, entries: Mapping[int, Mapping[str, str]]) -> Origin:
    """Write another vintage, and other fields of some sources, into a description.

    Parameters
    ----------
    file : Path
        The description; rewritten.
    vintage : str
    entries : mapping of int to mapping of str to str
        Fields of the sources by their place in the list; a field may be new.

    Returns
    -------
    Origin
        The description as it is now.

    Raises
    ------
    DataError
        What is written does not read back as it should.
    """
    text = file.read_text(encoding="utf-8")
    root = yaml.compose(text)
    sources = _value(root, "sources")
    edits = [_edit(text, root, "vintage", vintage)]
    for place, fields in entries.items():
        entry = sources.value[place]
        edits += [_edit(text, entry, name, value) for name, value in fields.items()]
    # From the end, so that the places of what comes before stay true.
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    file.write_text(text, encoding="utf-8", newline="\n")
    return _proved(file, vintage, entries)


def _value(mapping: Any, name: str) -> Any:
    return next((value for key, value in mapping.value if key.value == name), None)


def _edit(text: str, mapping: Any, name: str, value: str) -> tuple[int, int, str]:
    """Return the span of text that a field takes, and what to write there."""
    node = _value(mapping, name)
    quoted = yaml.safe_dump(value, default_style='"', width=10_000, allow_unicode=True).strip()
    if node is not None:
        end = node.end_mark.index
        # The mark of a scalar in block style may lie behind the break of its line.
        while end > node.start_mark.index and text[end - 1].isspace():
            end -= 1
        return node.start_mark.index, end, quoted
    key, last = mapping.value[-1]
    if mapping.flow_style:
        return last.end_mark.index, last.end_mark.index, f", {name}: {quoted}"
    return (
        key.start_mark.index,
        key.start_mark.index,
        (f"{name}: {quoted}\n" + " " * key.start_mark.column),
    )


def _proved(file: Path, vintage: str, entries: Mapping[int, Mapping[str, str]]) -> Origin:
    item = Origin.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    found = {"vintage": str(item.vintage)} | {
        f"{place}.{name}": str(getattr(item.sources[place], name))
        for place, fields in entries.items()
        for name in fields
    }
    expected = {"vintage": vintage} | {
        f"{place}.{name}": value
        for place, fields in entries.items()
        for name, value in fields.items()
    }
    wrong = [
        Violation(f"data/origins/{file.name}", "-", name, found[name], expected[name])
        for name in expected
        if found[name] != expected[name]
    ]
    if wrong:
        raise DataError(wrong)
    return item
