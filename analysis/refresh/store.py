"""Where the tables are, the copy on which a refresh works, and the one step that replaces them.

The step: every new file lies beside the tables, on the same file system; a journal that lists
their moves is put in place; the files are moved; the journal is taken away.  Killed before the
journal is there, nothing has changed; killed after it, the next start of any command moves the
rest.  While the journal is there nothing reads the tables.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd
from filelock import FileLock, Timeout

from analysis import datapackage, tables
from analysis.datapackage import Origin, sha256
from analysis.paths import DATAPACKAGE, JOURNAL, ORIGINS, REFRESH, STORE
from analysis.violations import DataError, Violation

STAGE: Final = "stage"


@dataclass(frozen=True)
class Store:
    """A folder with ``data/`` and ``datapackage.json``."""

    root: Path = STORE

    @property
    def data(self) -> Path:
        """Folder of the tables."""
        return self.root / "data"

    @property
    def own(self) -> Path:
        """Folder of what a refresh keeps for itself."""
        return self.root / REFRESH.name

    @property
    def journal(self) -> Path:
        """List of moves under way."""
        return self.own / JOURNAL.name

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Descriptions of the tables, read once."""
        return datapackage.read_origins(self.data / ORIGINS.name)

    def read(self, name: str) -> pd.DataFrame:
        """Return a table with the types its description promises."""
        return tables.parse(self.origins[name], self.data)

    def table(self, name: str) -> Path:
        """Return the file of a table."""
        return self.data / self.origins[name].path

    def description(self, name: str) -> Path:
        """Return the file that describes a table."""
        for file in (self.data / ORIGINS.name).glob("*.yml"):
            if file.stem.replace("_", "-") == name:
                return file
        message = f"no description of {name}"
        raise KeyError(message)

    def manifest(self) -> dict[str, str]:
        """Return the hash of every file of the data package, by its path in the store."""
        files = [DATAPACKAGE.name, *(str(p) for p in self.data.rglob("*") if p.is_file())]
        paths = sorted(self.root / file for file in files)
        return {p.relative_to(self.root).as_posix(): sha256(p) for p in paths if p.exists()}


@contextmanager
def locked(store: Store, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the lock of a store, so that two refreshes never work at once.

    Raises
    ------
    DataError
        Another refresh holds it.
    """
    store.own.mkdir(exist_ok=True)
    try:
        with FileLock(store.own / "lock", timeout=wait_s):
            yield
    except Timeout as error:
        name = f"{REFRESH.name}/lock"
        expected = "no other refresh at work; try again when it has ended"
        raise DataError([Violation(name, "-", "-", "held", expected)]) from error


@contextmanager
def staged(store: Store) -> Iterator[Store]:
    """Give a copy of a store to work on; it is gone at the end."""
    stage = store.own / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    try:
        shutil.copytree(store.data, stage / "data")
        shutil.copyfile(store.root / DATAPACKAGE.name, stage / DATAPACKAGE.name)
        yield Store(stage)
    finally:
        # After a journal the files of the stage belong to it, until all of them are moved.
        if not store.journal.exists():
            shutil.rmtree(stage, ignore_errors=True)


def replace(store: Store, stage: Store) -> list[str]:
    """Put every file of a stage that differs in the place of the old one, in one step.

    Returns
    -------
    list of str
        Paths that were written.
    """
    before, after = store.manifest(), stage.manifest()
    gone = sorted(before.keys() - after.keys())
    if gone:
        message = f"a refresh takes no file away: {gone}"
        raise RuntimeError(message)
    moves = {path: digest for path, digest in after.items() if before.get(path) != digest}
    for path in moves:
        _to_disk(stage.root / path)
    part = store.journal.with_suffix(".part")
    part.write_text(json.dumps(moves, indent=1), encoding="utf-8", newline="\n")
    _to_disk(part)
    part.replace(store.journal)
    _to_disk(store.own)
    _move(store, moves)
    return sorted(moves)


def finish(store: Store, wait_s: float = 30.0) -> bool:
    """End a step that was interrupted; return whether there was one.

    Raises
    ------
    DataError
        A file is neither where it was staged nor where it belongs.
    """
    if not store.journal.exists():
        return False
    with locked(store, wait_s):
        # Whoever wrote it may have ended it meanwhile.
        if not store.journal.exists():
            return False
        _move(store, json.loads(store.journal.read_text(encoding="utf-8")))
    return True


def _move(store: Store, moves: dict[str, str]) -> None:
    stage = store.own / STAGE
    lost = [
        Violation(path, "-", "-", "lost", "the staged file, or the new one in its place")
        for path, digest in moves.items()
        if not (stage / path).exists()
        and not ((store.root / path).exists() and sha256(store.root / path) == digest)
    ]
    if lost:
        raise DataError(lost)
    for path in moves:
        target = store.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if (stage / path).exists():
            (stage / path).replace(target)
            _to_disk(target.parent)
    store.journal.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _to_disk(path: Path) -> None:
    """Have the system write a file, or the names in a folder, before what comes next."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
