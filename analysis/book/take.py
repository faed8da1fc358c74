"""What a reader can take away: executed notebooks, and the data package as one file."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Collection, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final

from analysis import __version__, datapackage, published
from analysis.book import runner
from analysis.book.figure import LAB_MIME, SPEC_MIME, drawing
from analysis.book.prose import stored
from analysis.book.readable import Place, markdown
from analysis.book.theme import WIDE
from analysis.paths import DATAPACKAGE, MADE_FROM, ROOT
from analysis.records import read_record

DATA_ZIP: Final = "position-of-strength-data.zip"

# The earliest day that a ZIP archive can name: its members have no other clock.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)

# What a viewer of notebooks can show; the rest is for the builder of the book.
_SHOWN: Final = ("image/png", "text/html", "text/plain")

_README: Final = """\
Position of Strength {version}: the data

datapackage.json describes every table (Frictionless Data Package v2): columns with types and
units, sources, licence, vintage and sha256. The tables are in data/, as text in UTF-8.

Licences differ from table to table. Each is stated in datapackage.json under the table's name;
where a source states none, only what the book's charts need is held.

data/claims.csv holds the claims of the article, data/evidence.csv one sourced figure or fact a
row. Verdicts are no data: they follow from the rules in the book's code, and are published
beside this file as claims.json and claims.csv.
"""


def archive(members: Mapping[str, bytes], *, stored_first: str = "") -> bytes:
    """Return a ZIP archive that is the same bytes for the same members.

    Parameters
    ----------
    members : mapping of str to bytes
        By name within the archive; sorted by it.
    stored_first : str
        A member that comes first and is not compressed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in sorted(members, key=lambda name: (name != stored_first, name)):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = (
                zipfile.ZIP_STORED if name == stored_first else zipfile.ZIP_DEFLATED
            )
            # Otherwise the archive tells on which system it was made.
            info.create_system, info.external_attr = 3, 0o644 << 16
            file.writestr(info, members[name])
    return out.getvalue()


def data_zip() -> bytes:
    """Return the data package as one archive: its description, its tables, a README."""
    members = {
        "README.txt": _README.format(version=__version__).encode("utf-8"),
        DATAPACKAGE.name: DATAPACKAGE.read_bytes(),
    }
    for item in datapackage.origins().values():
        members[f"data/{item.path}"] = item.file.read_bytes()
    return archive(members)


def notebooks(only: Collection[str] | None = None) -> dict[str, bytes]:
    """Return everything executed as notebooks, by their addresses from the root of the site.

    They are those of the folder that the pages are made from: the students' book is made from
    one whose records have no solutions.

    Parameters
    ----------
    only : collection of str, optional
        Addresses to which it is limited.
    """
    root = Path(os.environ.get(MADE_FROM, ROOT))
    records = [root / runner.record_path(path).relative_to(ROOT) for path in runner.notebooks()]
    named = {f"notebooks/{path.name}": path for path in records if path.exists()}
    return {name: notebook(path) for name, path in named.items() if only is None or name in only}


def notebook(record: Path) -> bytes:
    """Return an executed chapter that any notebook viewer shows as it is meant.

    Parameters
    ----------
    record : Path
        An ``.ipynb`` of `analysis.book.runner`.
    """
    held = read_record(record)
    strings = stored(held)
    place = Place(
        number=lambda name: strings[name],
        chapter=lambda name: f"{name}.ipynb",
        page=lambda address: f"{published.base() or '..'}/{address}",
    )
    cells = [_cell(cell, place) for cell in held["cells"]]
    note = {"cell_type": "markdown", "id": f"{record.stem}-note", "metadata": {}, "source": _note()}
    kernel = held["metadata"]
    out = {
        "cells": [cells[0], note, *cells[1:]],
        "metadata": {name: kernel[name] for name in ("kernelspec", "language_info")},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(out, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")


def _note() -> str:
    return (
        f"*Executed record, version {__version__} of the book.*\n"
        "*To rerun it, take the book's repository and say `make lab`.*"
    )


def _cell(cell: Mapping[str, Any], place: Place) -> dict[str, Any]:
    source = "".join(cell["source"])
    common = {"cell_type": cell["cell_type"], "id": cell["id"]}
    if cell["cell_type"] != "code":
        return {**common, "metadata": {}, "source": markdown(source, place)}
    hidden = "remove-input" in cell["metadata"].get("tags", [])
    return {
        **common,
        "metadata": {"jupyter": {"source_hidden": True}} if hidden else {},
        "execution_count": cell["execution_count"],
        "source": source,
        "outputs": [new for old in cell["outputs"] if (new := _output(old))],
    }


def _output(output: Mapping[str, Any]) -> dict[str, Any] | None:
    data = output.get("data", {})
    shown = {mime: content for mime, content in data.items() if mime in _SHOWN}
    if not shown:
        return None
    spec = data.get(SPEC_MIME)
    if spec and "figure" in spec.get("usermeta", {}):
        shown[LAB_MIME] = drawing(spec, WIDE)
    kept = {name: output[name] for name in ("output_type", "execution_count") if name in output}
    return {**kept, "data": shown, "metadata": {}}


def size(content: bytes) -> str:
    """Return a size as a reader reads it, in kB of 1000 bytes or MB of a million."""
    if len(content) < 1_000_000:
        return f"{max(1, round(len(content) / 1000))} kB"
    return f"{len(content) / 1_000_000:.1f} MB"


def list_html(rows: Mapping[str, tuple[str, bytes]], *, root: str) -> str:
    """Return a list of files: what each is, its name, its size and its sha256.

    Parameters
    ----------
    rows : mapping of str to (str, bytes)
        By address from the root of the site: what it is, and its content.
    root : str
        What stands before each address.
    """
    entries = "".join(
        f'<li><a href="{escape(root + path)}" download="">{escape(said)}</a>'
        f"<span>{escape(Path(path).name)}, {size(content)}</span>"
        f"<code>{hashlib.sha256(content).hexdigest()}</code></li>"
        for path, (said, content) in rows.items()
    )
    return f'<ul class="pos-take">{entries}</ul>'


__all__ = ["DATA_ZIP", "archive", "data_zip", "list_html", "notebook", "notebooks", "size"]
