"""Unpack an archive that somebody downloaded, without letting it leave its folder."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from analysis.violations import DataError, Violation, raise_all

# The largest archive in use holds the daily maps: about a hundred million bytes.
LARGEST_BYTES: Final = 1_000_000_000
MOST_FILES: Final = 20_000
SUFFIXES: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2")
# Kind of a file in the upper half of a ZIP member's attributes, where Unix made it.
_KIND, _PLAIN = 0xF000, (0x0000, 0x8000)
_BROKEN = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, tarfile.TarError,
    zipfile.BadZipFile, zlib.error, LZMAError,
)  # fmt: skip


class _Member(NamedTuple):
    name: str
    size: int
    plain: bool


def is_archive(file: Path) -> bool:
    """Return whether a file is named like an archive."""
    return file.is_file() and file.name.lower().endswith(SUFFIXES)


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack an archive of plain files.

    Parameters
    ----------
    archive : Path
        ZIP or tar.
    folder : Path
        Where to; created.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    DataError
        No archive, or with every name that leads outside the folder, every link and device,
        and what is too much; nothing is left in the folder then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if archive.name.lower().endswith(".zip"):
            with zipfile.ZipFile(archive) as packed:
                raise_all(_violations(archive.name, _zipped(packed)))
                packed.extractall(folder)
        else:
            with tarfile.open(archive, "r:*") as tar:
                raise_all(_violations(archive.name, _tarred(tar)))
                tar.extractall(folder, filter="data")
    except DataError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except _BROKEN as error:
        shutil.rmtree(folder, ignore_errors=True)
        bad = Violation(archive.name, "-", "-", str(error)[:80], "an archive")
        raise DataError([bad]) from error
    return folder


def _zipped(archive: zipfile.ZipFile) -> Iterator[_Member]:
    for item in archive.infolist():
        kind = (item.external_attr >> 16) & _KIND
        yield _Member(item.filename, item.file_size, item.is_dir() or kind in _PLAIN)


def _tarred(archive: tarfile.TarFile) -> Iterator[_Member]:
    for item in archive:
        yield _Member(item.name, item.size, item.isfile() or item.isdir())


def _violations(archive: str, members: Iterable[_Member]) -> Iterator[Violation]:
    size = 0
    for count, member in enumerate(members, start=1):
        path = PurePosixPath(member.name)
        size += member.size
        if path.is_absolute() or ".." in path.parts or "\\" in member.name or ":" in member.name:
            yield Violation(archive, count, "name", member.name, "a path inside the archive")
        if not member.plain:
            yield Violation(archive, count, "kind", member.name, "a plain file, no link or device")
        if size > LARGEST_BYTES or count > MOST_FILES:
            expected = f"at most {MOST_FILES} files and {LARGEST_BYTES} bytes"
            yield Violation(archive, count, "size", f"{size} bytes so far", expected)
            return
