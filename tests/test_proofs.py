"""Slow proofs: the same pages everywhere, and no series that can change unnoticed."""

from __future__ import annotations

import csv
import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import checks_territory, datapackage
from analysis.book import drawings
from analysis.paths import ROOT

pytestmark = pytest.mark.slow

# What a build needs; the record of git and built pages stay behind.
PARTS = ("analysis", "assignment", "chapters", "data", "pages", "tests")
FILES = (
    "_config.yml",
    "_toc.yml",
    "index.md",
    "conftest.py",
    "pyproject.toml",
    "requirements.lock",
    "datapackage.json",
    "CHANGELOG.md",
    "CITATION.cff",
)


def copy_of_the_repository(folder: Path) -> Path:
    for part in PARTS:
        ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / part, folder / part, ignore=ignore)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # The copy comes first on the path, so that nothing is read from the original.
    env = {**os.environ, "PYTHONPATH": str(folder), **environment}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)


def manifest(pages: Path) -> dict[str, str]:
    return {
        path.relative_to(pages).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(pages.rglob("*"))
        if path.is_file()
    }


def test_pages_are_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """Folder, time zone, locale and hash seed are the builder's; the pages are the reader's."""
    settings = [
        {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Auckland", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "77"},
    ]
    manifests = []
    for number, environment in enumerate(settings):
        folder = copy_of_the_repository(tmp_path / f"a folder {number}" / ("x" * number) / "book")
        done = run(folder, "-m", "analysis", "book", "--again", **environment)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        manifests.append(manifest(folder / "_build" / "html"))
    first, second = manifests
    assert len(first) > 50
    different = [name for name in first | second if first.get(name) != second.get(name)]
    assert different == []


SENTENCE = (
    "A sentence more, on attrition and the tracker, leads to [the land](04-land.md)"
    " and to `no-collapse`, of 2024-05-01."
)


def change_prose(folder: Path, name: str, words: str) -> None:
    """Put words below a heading in the middle of a chapter, and bring its record up to date."""
    chapter = folder / "chapters" / f"{name}.md"
    text = chapter.read_text(encoding="utf-8")
    heading = "## What the data show\n"
    assert heading in text
    chapter.write_text(text.replace(heading, f"{heading}\n{words}\n"), encoding="utf-8")
    done = run(folder, "-m", "analysis", "notebooks")
    assert done.returncode == 0, done.stderr[-3000:]


def build_of(folder: Path, *arguments: str) -> int:
    """Build the book; return when the chapter on land, which nobody changes, was last read."""
    done = run(folder, "-m", "analysis", "book", *arguments)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    work = folder / "_build" / "work" / "_build" / ".doctrees"
    return (work / "chapters" / "04-land.doctree").stat().st_mtime_ns


def test_pages_after_a_change_of_prose_are_those_of_a_whole_build(tmp_path: Path) -> None:
    """A heading, then a sentence with a cross-reference, a term, a claim and a date.

    A heading is in the lists of contents, so all chapters are read again; a sentence is on its
    page alone, so the others are not.  Whatever was read, every file is that of a build that
    has nothing to go by.
    """
    folder = copy_of_the_repository(tmp_path / "book")
    if drawings.KEPT.exists():
        # Kept by the hash of all that they are drawn from; to draw them again proves nothing.
        shutil.copytree(drawings.KEPT, folder / "_build" / "drawings")
    first = build_of(folder)
    change_prose(folder, "05-firepower", "### A heading more\n\nWith words of its own.\n")
    second = build_of(folder)
    assert second > first
    change_prose(folder, "05-firepower", SENTENCE)
    change_prose(folder, "02-who-would-start", SENTENCE)
    assert build_of(folder) == second
    found = manifest(folder / "_build" / "html")
    text = (folder / "_build" / "html" / "chapters" / "05-firepower.html").read_text("utf-8")
    assert "A sentence more" in text
    build_of(folder, "--output", str(tmp_path / "from nothing"))
    whole = manifest(tmp_path / "from nothing" / "html")
    assert [name for name in found | whole if found.get(name) != whole.get(name)] == []


def numeric_columns(item: datapackage.Origin) -> list[datapackage.Column]:
    return [column for column in item.columns if column.type in {"number", "integer"}]


def series_of_the_land_chapter() -> list[datapackage.Origin]:
    return [datapackage.origin(name) for name in checks_territory.TABLES]


@pytest.mark.parametrize("item", series_of_the_land_chapter(), ids=lambda item: item.name)
def test_a_changed_value_is_noticed(item: datapackage.Origin, tmp_path: Path) -> None:
    """Two cells of each series, drawn by a fixed seed, are changed by a fifth.

    The seal is made again, so that no hash gives the change away: the identities, the evidence
    and the checkpoints of other publishers have to notice it, and to name file, row and column.
    """
    folder = copy_of_the_repository(tmp_path / "book")
    path = folder / "data" / item.path
    original = path.read_text(encoding="utf-8")
    draw = random.Random(item.name)
    unnoticed = []
    for _ in range(2):
        row, where = change_one_cell(path, original, item, draw)
        sealed = run(folder, "-m", "analysis", "data", "seal")
        assert sealed.returncode == 0, sealed.stderr
        test = "tests/test_checks_territory.py::test_the_tables_are_sound"
        done = run(folder, "-m", "pytest", "-x", "-q", "-vv", "-p", "no:cacheprovider", test)
        named = [
            line
            for line in done.stdout.splitlines()
            if f"data/{item.path}" in line and any(part in line for part in row)
        ]
        if done.returncode == 0 or not named:
            unnoticed.append(where)
        path.write_text(original, encoding="utf-8")
    assert unnoticed == []


def change_one_cell(
    path: Path, original: str, item: datapackage.Origin, draw: random.Random
) -> tuple[list[str], str]:
    """Change one cell; return the parts of the row's key, and what was done."""
    rows = list(csv.DictReader(original.splitlines()))
    charted = [c.name for c in numeric_columns(item) if c.name not in NOT_CHARTED]
    cells = [
        (at, name)
        for at, row in enumerate(rows)
        for name in charted
        if row[name] and abs(float(row[name])) > 0.3
    ]
    at, name = draw.choice(cells)
    before = rows[at][name]
    rows[at][name] = f"{float(before) * 1.2:.3f}".rstrip("0").rstrip(".")
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    key = [rows[at][part] for part in item.primary_key]
    return key, f"{item.path} row {at + 2} {name}: {before} -> {rows[at][name]}"


# Columns kept for readers who want to check a conversion; no chart or measure uses them.
NOT_CHARTED = {"control_as_published_km2", "area_sq_mi", "share_pct_as_published"}
