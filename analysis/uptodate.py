"""Whether the pages are what their inputs give; light, because it is asked most often."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from analysis.paths import ADDRESS, ROOT

# Name of the file beside the pages that has the key of what they were made from.
STAMP: Final = "html.key"

# Everything that a page is made from.
_INPUTS = ("analysis", "assignment", "chapters", "data", "pages")
FILES = (
    "_config.yml",
    "_toc.yml",
    "index.md",
    "CHANGELOG.md",
    "CITATION.cff",
    "datapackage.json",
    "requirements.lock",
)


def input_key() -> str:
    """Hash everything that the pages are made from, names and the address included."""
    digest = hashlib.sha256(os.environ.get(ADDRESS, "").encode() + b"\0")
    files = [path for folder in _INPUTS for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [ROOT / name for name in FILES if (ROOT / name).exists()]
    for path in sorted(files):
        if "__pycache__" in path.parts or ".ipynb_checkpoints" in path.parts:
            continue
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def are_current(output: Path, key: str) -> bool:
    """Whether the pages of a folder were made from the inputs of a key."""
    stamp = output / STAMP
    return (
        (output / "html").exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == key
    )


__all__ = ["FILES", "STAMP", "are_current", "input_key"]
