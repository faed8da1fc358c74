"""What can be taken away is whole, readable and the same each time."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile

import nbformat
import pytest

from analysis import datapackage
from analysis.book import publish, readable, runner, take


def test_the_archive_is_the_data_package():
    """Description, README and every table, each with the bytes that the description seals."""
    archive = zipfile.ZipFile(io.BytesIO(take.data_zip()))
    package = json.loads(archive.read("datapackage.json"))
    paths = [resource["path"] for resource in package["resources"]]
    assert sorted(archive.namelist()) == sorted([*paths, "README.txt", "datapackage.json"])
    for resource in package["resources"]:
        kind, _, sealed = resource["hash"].rpartition(":")
        assert kind in ("", "sha256")
        assert hashlib.sha256(archive.read(resource["path"])).hexdigest() == sealed
    assert len(paths) == len(datapackage.origins())


def test_the_archive_has_no_clock():
    """Made twice it is the same bytes; its members are sorted and of one day."""
    assert take.data_zip() == take.data_zip()
    infos = zipfile.ZipFile(io.BytesIO(take.data_zip())).infolist()
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {info.date_time for info in infos} == {take.EPOCH}


@pytest.mark.parametrize("source", runner.sources(), ids=lambda path: path.stem)
def test_a_notebook_reads_in_any_viewer(source):
    """Valid by the format's schema, numbers in the text, none of the builder's signs."""
    record = runner.record_path(source)
    held = json.loads(record.read_text(encoding="utf-8"))
    notebook = nbformat.reads(take.notebook(record).decode("utf-8"), as_version=4)
    nbformat.validate(notebook)
    text = "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert not readable.SIGNS.search(text)
    named = re.findall(r"\{glue:text\}`([^`]+)`", source.read_text(encoding="utf-8"))
    strings = take.stored(held)
    assert [name for name in named if strings[name] not in text] == []
    kinds = {mime for c in notebook.cells for out in c.get("outputs", []) for mime in out.data}
    assert "image/png" in kinds
    assert not [mime for mime in kinds if "position-of-strength" in mime or "papermill" in mime]


def test_sizes_are_said_as_readers_say_them():
    """Thousands and millions of bytes, not powers of two; nothing is of no size."""
    assert take.size(b"x") == "1 kB"
    assert take.size(b"x" * 46_900) == "47 kB"
    assert take.size(b"x" * 2_360_000) == "2.4 MB"


def test_the_page_states_what_is_there(site):
    """Each link of the page leads to a file with the checksum that the page prints."""
    page = (site / "pages" / "take.html").read_text(encoding="utf-8")
    entries = re.findall(r'<li><a href="\.\./([^"]+)" download="">.*?<code>(\w{64})</code>', page)
    assert {take.DATA_ZIP, "claims.json", "claims.csv", "evidence.csv"} <= {n for n, _ in entries}
    assert {n for n in publish.contents() if n.startswith("notebooks/")} <= {n for n, _ in entries}
    for name, sealed in entries:
        assert hashlib.sha256((site / name).read_bytes()).hexdigest() == sealed, name


def test_the_download_button_leads_to_the_readable_notebook(site):
    """The theme's own button gives the builder's source."""
    for source in runner.sources():
        html = (site / "chapters" / f"{source.stem}.html").read_text(encoding="utf-8")
        assert f'href="../notebooks/{source.stem}.ipynb"' in html
        assert f"_sources/chapters/{source.stem}.ipynb" not in html
