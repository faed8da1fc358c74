"""The repository tells a stranger the truth about itself."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

from analysis import __main__ as cli
from analysis import __version__, readme
from analysis.paths import LOCK, ROOT

CFF_SCHEMA = Path(__file__).parent / "schemas" / "citation-file-format-1.2.0.json"


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_generated_parts_of_the_readme_are_fresh():
    """Chapters, verdicts and tables in the README are those of today."""
    text = readme.README.read_text(encoding="utf-8")
    assert readme.filled(text) == text


def test_readme_is_short():
    """A front door: at most 120 lines."""
    assert len(readme.README.read_text(encoding="utf-8").splitlines()) <= 120


def test_a_row_of_the_readme_can_be_read():
    """A cell with seventy links is no table: at most six links in a row."""
    rows = [line for line in readme.README.read_text("utf-8").splitlines() if line[:2] == "| "]
    assert max(row.count("](") for row in rows) <= 6


def test_the_readme_says_what_each_chapter_found():
    """Chapter, question, finding: a count of verdicts is no finding."""
    rows = re.findall(r"^\| \d+\. \[.*\|$", readme.README.read_text("utf-8"), flags=re.M)
    found = [row.strip("| ").split(" | ")[2] for row in rows]
    assert len(found) == 14
    assert all(text.endswith(".") and len(text.split()) >= 8 for text in found)


def test_every_command_of_the_makefile_is_in_the_readme():
    """A target that nobody is told of is not there; and each has its command."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = " ".join(re.findall(r"^\.PHONY: (.+)$", makefile, flags=re.M)).split()
    text = readme.README.read_text(encoding="utf-8")
    assert [target for target in targets if f"make {target}" not in text] == []
    commands = re.findall(r"\$\(RUN\) (\S+)", makefile)
    assert sorted({*commands, "clean"}) == sorted(targets)
    assert [name for name in commands if name not in cli.main.commands] == []


def test_citation_file_is_valid():
    """CITATION.cff fits the schema of the Citation File Format 1.2.0."""
    citation = yaml.load((ROOT / "CITATION.cff").read_text(), Loader=yaml.BaseLoader)
    schema = json.loads(CFF_SCHEMA.read_text())
    jsonschema.Draft7Validator(schema).validate(citation)


def test_one_version():
    """Package, citation file and the newest entry of the change log name one version."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert {citation["version"], project["version"], newest[1]} == {__version__}


def test_dependencies_are_pinned_with_hashes():
    """Every requirement of the lock has one exact version and at least one sha256."""
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK.read_text(encoding="utf-8"))
    assert len(blocks) > 100
    loose = [b.splitlines()[0] for b in blocks if "==" not in b or "--hash=sha256:" not in b]
    assert loose == []


def test_no_registry_is_named():
    """Where packages come from is the reader's own setting."""
    hosts = ["pypi" + ".org", "python" + "hosted.org", "index" + "-url", "npm" + "js.org"]
    for path in tracked():
        if path.suffix in {".ipynb", ".png", ".woff2", ".ttf"} or "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        assert not [host for host in hosts if host in text], path


@pytest.mark.parametrize("tool", [["ruff", "check"], ["ruff", "format", "--check"]])
def test_style(tool):
    """One style: a reader of the code should see ideas, not habits."""
    done = subprocess.run(
        [sys.executable, "-m", *tool, "analysis", "tests", "conftest.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_types():
    """Mypy strict on the package."""
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
