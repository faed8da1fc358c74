"""Ask a source, or take what somebody downloaded, and remember what was asked."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from analysis.datapackage import sha256
from analysis.refresh import github, unpack
from analysis.refresh.fetch import Answer, Client, Validators
from analysis.refresh.records import Addresses, Held, Record, Repository
from analysis.refresh.store import Store
from analysis.violations import DataError, Violation, raise_all

STATE: Final = "state.json"


@dataclass(frozen=True)
class Brought:
    """What a source gave.

    Attributes
    ----------
    folder : Path or None
        Its files; None where it says that nothing has changed.
    version : str
        Which state of the source it is.
    published : date or None
        Day of that state, where the source says so.
    asked : mapping of str to Validators
        What makes the next request conditional, by address.
    """

    folder: Path | None
    version: str = ""
    published: date | None = None
    asked: Mapping[str, Validators] = field(default_factory=dict)


def ask(record: Record, store: Store, client: Client, held: Held, scratch: Path) -> Brought:
    """Ask a source for what is new since the tables that are held.

    Parameters
    ----------
    record : Record
    store : Store
        Whose state says what was asked last.
    client : Client
    held : mapping of str to DataFrame
        The tables of the source, from which follows what is needed.
    scratch : Path
        Folder for what comes.

    Returns
    -------
    Brought

    Raises
    ------
    DataError
        With what is wrong with an answer.
    """
    known = _validators(record, store)
    if isinstance(record.upstream, Repository):
        return _from_repository(record.upstream, record, client, held, known, scratch)
    return _from_addresses(record.upstream, record, client, known, scratch)


def take(folder: Path, published: date | None, scratch: Path) -> Brought:
    """Take files that somebody downloaded: a folder, or an archive of it.

    Raises
    ------
    DataError
        Neither of them, or an archive that leads outside its folder.
    """
    if unpack.is_archive(folder):
        folder = unpack.unpack(folder, scratch / "unpacked")
    if not folder.is_dir():
        bad = Violation(folder.name, "-", "-", "no folder and no archive", "one of them")
        raise DataError([bad])
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(sha256(file).encode())
    return Brought(folder, f"files with the hash sha256:{digest.hexdigest()}", published)


def _from_repository(
    upstream: Repository,
    record: Record,
    client: Client,
    held: Held,
    known: Mapping[str, Validators],
    scratch: Path,
) -> Brought:
    address = github.address_of_newest(upstream.name, upstream.folder)
    commit, validators = github.newest(client, address, scratch, known.get(address))
    if commit is None:
        return Brought(None)
    listed = {
        folder: github.listing(client, upstream.name, commit, folder, scratch)
        for folder in upstream.folders
    }
    chosen = upstream.choose(listed, held)
    blobs = {
        f"{folder}/{name}": blob for folder, names in listed.items() for name, blob in names.items()
    }
    raise_all(
        Violation(upstream.name, commit.sha[:10], "file", "not there", path)
        for path in chosen.values()
        if path not in blobs
    )
    if not chosen:
        expected = f"a file of the kind that {record.name} needs"
        raise DataError([Violation(upstream.name, commit.sha[:10], "file", "none", expected)])
    folder = scratch / "files"
    folder.mkdir()
    wanted = {name: (path, blobs[path]) for name, path in chosen.items()}
    github.bring(client, upstream.name, commit, wanted, folder, record.largest_bytes)
    return Brought(folder, f"commit {commit.sha}", commit.day, {address: validators})


def _from_addresses(
    upstream: Addresses,
    record: Record,
    client: Client,
    known: Mapping[str, Validators],
    scratch: Path,
) -> Brought:
    folder = scratch / "files"
    folder.mkdir()

    def get(name: str, address: str, validators: Validators | None) -> Answer:
        return client.get(
            address, folder / name, types=upstream.types, largest_bytes=record.largest_bytes,
            validators=validators,
        )  # fmt: skip

    answers = {n: get(n, address, known.get(address)) for n, address in upstream.files.items()}
    if not any(answer.changed for answer in answers.values()):
        return Brought(None)
    for name, answer in answers.items():
        if not answer.changed:
            answers[name] = get(name, upstream.files[name], None)
    version = ", ".join(f"{name} sha256:{answers[name].sha256[:16]}" for name in answers)
    asked = {upstream.files[name]: answer.validators for name, answer in answers.items()}
    try:
        published = upstream.published(folder)
    except (LookupError, TypeError, AttributeError) as error:
        bad = Violation(record.name, "-", "lastupdated", repr(error)[:60], "a record on the answer")
        raise DataError([bad]) from error
    return Brought(folder, version, published, asked)


# What was asked last ----------------------------------------------------------------------


def _state(store: Store) -> dict[str, Any]:
    # A state that cannot be read only costs one unconditional request.
    with contextlib.suppress(OSError, ValueError):
        found = json.loads((store.own / STATE).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _validators(record: Record, store: Store) -> dict[str, Validators]:
    """Return validators of the last time, if the tables are still what came of it."""
    with contextlib.suppress(KeyError, TypeError, AttributeError):
        entry = _state(store)[record.name]
        if entry["tables"] == _hashes(record, store):
            return {address: Validators(**found) for address, found in entry["asked"].items()}
    return {}


def _hashes(record: Record, store: Store) -> dict[str, str]:
    return {name: sha256(store.table(name)) for name in record.tables}


def remember(record: Record, store: Store, brought: Brought) -> None:
    """Keep what makes the next request conditional, with the tables that came of this one.

    The tables are in their place by now, so that a state that cannot be written costs no more
    than an unconditional request.
    """
    if not brought.asked:
        return
    asked = {address: vars(found) for address, found in brought.asked.items()}
    entry = {"tables": _hashes(record, store), "asked": asked}
    part = store.own / f"{STATE}.part"
    with contextlib.suppress(OSError):
        text = json.dumps(_state(store) | {record.name: entry}, indent=1)
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(store.own / STATE)
