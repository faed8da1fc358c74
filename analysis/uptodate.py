"""Whether the pages are what their inputs give; light, because it is asked most often."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from analysis.paths import ADDRESS, ROOT
from analysis.records import digest_without_prose, read_record

# Name of the file beside the pages that has the key of what they were made from.
STAMP: Final = "html.key"

# Name of the file that says what the work of the last build, kept beside the pages, is of.
KEPT: Final = "work.json"

# Beside the pages: what is made on request, and the note of what of it the pages offer.
EDITIONS: Final = "editions"
OFFERED: Final = "offered.json"

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

_CHAPTER: Final = re.compile(r"(chapters/\d\d-[^/]+)\.(?:md|ipynb)")
# From the title to the end of the paragraph below it, which other pages repeat.
_OPENING: Final = re.compile(r"^# [^\n]+\n+.*?\n(?:\n|```)", re.DOTALL | re.MULTILINE)


def inputs() -> dict[str, str]:
    """Hash every file that the pages are made from, by its path from the root."""
    files = [path for folder in _INPUTS for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [ROOT / name for name in FILES if (ROOT / name).exists()]
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
        if "__pycache__" not in path.parts and ".ipynb_checkpoints" not in path.parts
    }


def input_key(found: Mapping[str, str] | None = None) -> str:
    """Hash everything that the pages are made from, names and the address included.

    Parameters
    ----------
    found : mapping of str to str, optional
        What `inputs` gives, where it is known already.
    """
    text = json.dumps([_surroundings(), dict(inputs() if found is None else found)])
    return hashlib.sha256(text.encode()).hexdigest()


def _surroundings() -> str:
    return os.environ.get(ADDRESS, "")


def are_current(output: Path, key: str) -> bool:
    """Whether the pages of a folder were made from the inputs of a key."""
    stamp = output / STAMP
    return (
        (output / "html").exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == key
    )


def current_editions(output: Path, key: str) -> list[Path]:
    """Return the files of editions that were made from the inputs of a key."""
    return [
        path
        for path in sorted((output / EDITIONS).glob("*"))
        if path.suffix in {".epub", ".pdf"} and _key(path) == key
    ]


def _key(path: Path) -> str:
    file = path.with_name(f"{path.name}.key")
    return file.read_text(encoding="utf-8") if file.exists() else ""


def note_offered(output: Path, key: str) -> None:
    """Note that the pages offer the editions there are."""
    note = output / EDITIONS / OFFERED
    if note.parent.exists():
        note.write_text(_editions(output, key), encoding="utf-8", newline="\n")


def are_offered(output: Path, key: str) -> bool:
    """Whether the pages offer the editions that there are, and no other."""
    note = output / EDITIONS / OFFERED
    if not note.parent.exists():
        return True
    return note.exists() and note.read_text(encoding="utf-8") == _editions(output, key)


def _editions(output: Path, key: str) -> str:
    found = current_editions(output, key)
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}
    return json.dumps({"key": key, "files": hashes}, sort_keys=True)


def note_of(found: Mapping[str, str]) -> dict[str, Any]:
    """Return what is noted of a build: what it is made from, and what of that is not prose.

    Made before the build, so that what changes meanwhile is a change after it.

    Parameters
    ----------
    found : mapping of str to str
        What `inputs` gives.
    """
    chapters = {name[1] for path in found if (name := _CHAPTER.fullmatch(path))}
    return {
        "made with": _made_with(),
        "inputs": dict(found),
        "chapters": {name: _beside_prose(name) for name in sorted(chapters)},
    }


def keep_note(output: Path, note: Mapping[str, Any]) -> None:
    """Note what the kept work of a build is of, when the build has succeeded."""
    (output / KEPT).write_text(json.dumps(note, indent=1), encoding="utf-8", newline="\n")


def _made_with() -> list[str]:
    return [_surroundings(), str(ROOT), sys.version]


def _beside_prose(name: str) -> list[str]:
    """Hash what other pages may have of a chapter: all but the words below its first paragraph."""
    text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
    opening = _OPENING.search(text)
    # Without an opening that can be told apart every word counts.
    repeated = text[: opening.end()] if opening else text
    record = ROOT / f"{name}.ipynb"
    return [
        hashlib.sha256(repeated.encode()).hexdigest(),
        # A chapter that was never executed is refused by the build, with its name.
        digest_without_prose(read_record(record)) if record.exists() else "",
    ]


def kept_note(output: Path) -> dict[str, Any]:
    """Return what was noted of the last build; empty where it left no whole note."""
    try:
        found = json.loads((output / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def reworded(note: Mapping[str, Any], found: Mapping[str, str]) -> list[str]:
    """Return the chapters of which prose has changed, if nothing else has since the last build.

    Parameters
    ----------
    note : mapping
        Of the last build, see `kept_note`.
    found : mapping of str to str
        What `inputs` gives now.

    Returns
    -------
    list of str
        Names of pages, such as ``chapters/04-land``; empty where anything else has changed,
        or where no work is kept: then all pages have to be made.
    """
    before = note.get("inputs", {})
    if note.get("made with") != _made_with() or before.keys() != found.keys():
        return []
    changed = [path for path in found if found[path] != before[path]]
    names = sorted({name[1] if (name := _CHAPTER.fullmatch(path)) else "" for path in changed})
    if "" in names or any(_beside_prose(name) != note["chapters"].get(name) for name in names):
        return []
    return names


__all__ = [
    "FILES",
    "KEPT",
    "STAMP",
    "are_current",
    "are_offered",
    "current_editions",
    "input_key",
    "inputs",
    "keep_note",
    "kept_note",
    "note_of",
    "note_offered",
    "reworded",
]
