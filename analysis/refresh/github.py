"""Files of a public repository on GitHub, all of one commit and each checked by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Final, NoReturn
from urllib.parse import quote, urlencode

from tqdm import tqdm

from analysis.refresh.fetch import Client, Validators
from analysis.sources import reading
from analysis.violations import DataError, Violation

API, RAW = "api.github.com", "raw.githubusercontent.com"
HOSTS: Final = (API, RAW)
# Raw files come as text whatever they hold, or as bytes of no stated kind.
RAW_TYPES: Final = ("text/plain", "application/octet-stream", "text/csv", "application/json")
LARGEST_LISTING_BYTES: Final = 20_000_000


@dataclass(frozen=True)
class Commit:
    """A state of a repository: its hash and the day on which it was made (UTC)."""

    sha: str
    day: date


@dataclass(frozen=True)
class Blob:
    """A file of a commit: git's hash of it, and its size."""

    sha: str
    size: int


def address_of_newest(repository: str, folder: str) -> str:
    """Return the address that names the newest commit of a folder, or of a repository."""
    asked = {"per_page": "1"} | ({"path": folder} if folder else {})
    return f"https://{API}/repos/{repository}/commits?{urlencode(asked)}"


def newest(
    client: Client, address: str, scratch: Path, validators: Validators | None
) -> tuple[Commit | None, Validators]:
    """Return the newest commit, or None where GitHub says that there is no newer one.

    Raises
    ------
    DataError
        No answer, or one that names no commit.
    """
    file = scratch / "commits.json"
    answer = client.get(
        address, file, types=("application/json",), largest_bytes=LARGEST_LISTING_BYTES,
        validators=validators, headers={"Accept": "application/vnd.github+json"},
    )  # fmt: skip
    if not answer.changed:
        return None, answer.validators
    found = _document(file, address)
    try:
        sha, made = found[0]["sha"], found[0]["commit"]["committer"]["date"]
        day = date.fromisoformat(made[:10])
    except (LookupError, TypeError, ValueError) as error:
        _refuse(address, "commit", repr(error), "a list with the newest commit")
    return Commit(_hash(sha, address), day), answer.validators


def listing(
    client: Client, repository: str, commit: Commit, folder: str, scratch: Path
) -> dict[str, Blob]:
    """Return the files of one folder at a commit, by name.

    Raises
    ------
    DataError
        No answer, no such folder, or a list that GitHub cut off.
    """
    tree, entries = commit.sha, _tree(client, repository, commit.sha, scratch)
    for part in PurePosixPath(folder).parts:
        inside = {str(entry["path"]): entry for entry in entries if entry["type"] == "tree"}
        if part not in inside:
            _refuse(f"{repository}, {tree}", "folder", part, "the folder in the repository")
        tree = _hash(inside[part]["sha"], repository)
        entries = _tree(client, repository, tree, scratch)
    return {
        str(entry["path"]): Blob(_hash(entry["sha"], repository), int(entry.get("size", 0)))
        for entry in entries
        if entry["type"] == "blob"
    }


def _tree(client: Client, repository: str, sha: str, scratch: Path) -> list[dict[str, Any]]:
    address = f"https://{API}/repos/{repository}/git/trees/{sha}"
    file = scratch / "tree.json"
    client.get(
        address, file, types=("application/json",), largest_bytes=LARGEST_LISTING_BYTES,
        headers={"Accept": "application/vnd.github+json"},
    )  # fmt: skip
    found = _document(file, address)
    if not isinstance(found, dict) or found.get("truncated") or "tree" not in found:
        _refuse(address, "tree", "cut off or missing", "a whole list of files")
    entries: list[dict[str, Any]] = found["tree"]
    for entry in entries:
        if not isinstance(entry, dict) or not {"path", "type", "sha"} <= set(entry):
            _refuse(address, "tree", str(entry)[:60], "path, type and hash of each file")
    return entries


def bring(
    client: Client,
    repository: str,
    commit: Commit,
    wanted: Mapping[str, tuple[str, Blob]],
    folder: Path,
    largest_bytes: int,
) -> None:
    """Bring files of a commit into a folder.

    Parameters
    ----------
    client : Client
    repository : str
    commit : Commit
    wanted : mapping of str to (str, Blob)
        Name in the folder; path in the repository, and what the listing says of it.
    folder : Path
    largest_bytes : int
        Of one file.

    Raises
    ------
    DataError
        A file that does not come, or that is not the one of the commit.
    """
    bar = tqdm(wanted.items(), desc=repository.split("/")[1], unit="file", disable=None)
    for name, (path, blob) in bar:
        address = f"https://{RAW}/{repository}/{commit.sha}/{quote(path)}"
        if blob.size > largest_bytes:
            _refuse(address, "size", f"{blob.size} bytes", f"at most {largest_bytes}")
        file = folder / name
        client.get(address, file, types=RAW_TYPES, largest_bytes=largest_bytes)
        found = blob_hash(file.read_bytes())
        if found != blob.sha:
            _refuse(address, "hash", found, f"{blob.sha}, as listed: broken off or changed")


def blob_hash(content: bytes) -> str:
    """Return git's hash of a file: SHA-1 of a header with its length, and of the content."""
    header = b"blob %d\0" % len(content)
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def _document(file: Path, address: str) -> Any:
    try:
        return reading.document(file)
    except DataError as error:
        wrong = [Violation(address, v.row, v.column, v.value, v.expected) for v in error.violations]
        raise DataError(wrong) from error


def _hash(text: object, where: str) -> str:
    if not (isinstance(text, str) and len(text) == 40 and text.isalnum()):
        _refuse(where, "hash", str(text)[:60], "forty hexadecimal digits")
    return text


def _refuse(where: str, column: str, value: str, expected: str) -> NoReturn:
    raise DataError([Violation(where, "-", column, value, expected)])
