"""Faults of archives that somebody downloaded: a path that leads out, a link, a bomb, a stub."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from faults import DAY
from stores import LATER

from analysis.refresh import unpack


def zipped(path: Path, members: dict[str, bytes], link: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        if link:
            item = zipfile.ZipInfo(link)
            item.external_attr = 0o120777 << 16
            archive.writestr(item, "/etc/hosts")
    return path


def tarred(path: Path, members: dict[str, bytes], kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            item = tarfile.TarInfo(name)
            item.size, item.type, item.linkname = len(data), kind, "/etc/hosts"
            archive.addfile(item, io.BytesIO(data))
    return path


ARCHIVES = {
    "path-upwards-in-zip": (lambda p: zipped(p / "a.zip", {"../out.json": b"1"}), "a path inside"),
    "absolute-path-in-zip": (lambda p: zipped(p / "a.zip", {"/out.json": b"1"}), "a path inside"),
    "path-of-windows-in-zip": (
        lambda p: zipped(p / "a.zip", {"C:\\out.json": b"1"}),
        "a path inside",
    ),
    "link-in-zip": (lambda p: zipped(p / "a.zip", {}, link="out.json"), "a plain file"),
    "path-upwards-in-tar": (
        lambda p: tarred(p / "a.tar.gz", {"x/../../out": b"1"}),
        "a path inside",
    ),
    "absolute-path-in-tar": (lambda p: tarred(p / "a.tar.gz", {"/tmp/out": b"1"}), "a path inside"),
    "symbolic-link-in-tar": (
        lambda p: tarred(p / "a.tar.gz", {"out": b""}, tarfile.SYMTYPE),
        "a plain file",
    ),
    "hard-link-in-tar": (
        lambda p: tarred(p / "a.tar.gz", {"out": b""}, tarfile.LNKTYPE),
        "a plain file",
    ),
    "device-in-tar": (
        lambda p: tarred(p / "a.tar.gz", {"out": b""}, tarfile.CHRTYPE),
        "a plain file",
    ),
    "no-archive": (lambda p: spoilt(p / "a.zip", b"no archive"), "an archive"),
    "truncated-archive": (
        lambda p: halved(tarred(p / "a.tar.gz", {"a": bytes(100_000)})),
        "an archive",
    ),
    "damaged-archive": (
        lambda p: flipped(zipped(p / "a.zip", {"a.json": b"abcdefgh" * 50})),
        "an archive",
    ),
    "bomb": (lambda p: zipped(p / "a.zip", {"a.json": bytes(3_000_000)}), "at most"),
    "too-many-files": (
        lambda p: zipped(p / "a.zip", {f"{n}.json": b"" for n in range(300)}),
        "at most",
    ),
    "single-file": (lambda p: spoilt(p / "a.json", b"[]"), "one of them"),
    "empty-folder": (lambda p: p / "nothing", "no such file"),
}


def spoilt(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def halved(path: Path) -> Path:
    return spoilt(path, path.read_bytes()[: path.stat().st_size // 2])


def flipped(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    place = data.index(b"abcdefgh") + 3
    data[place] ^= 0xFF
    return spoilt(path, bytes(data))


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_stays_in_its_folder(name, source, command, tmp_path, monkeypatch):
    """Paths that lead outside, links, devices, bombs and broken archives are refused."""
    monkeypatch.setattr(unpack, "LARGEST_BYTES", 1_000_000)
    monkeypatch.setattr(unpack, "MOST_FILES", 200)
    found = source("general-staff")
    (tmp_path / "nothing").mkdir()
    make, said = ARCHIVES[name]
    before, beside = found.store.manifest(), set(tmp_path.iterdir())
    archive = make(tmp_path)
    status, output = command(found, "--from", str(archive))
    assert status == 1
    assert said in output
    assert "general-staff: nothing was changed" in output
    assert found.store.manifest() == before
    assert set(tmp_path.iterdir()) <= beside | {archive}


def test_a_good_archive_is_read(source, command, tmp_path):
    """The three files in a ZIP archive give what they give from the server."""
    found = source("general-staff")
    later = LATER["general-staff"](found)
    archive = zipped(tmp_path / "a.zip", {f"x/{Path(k).name}": v for k, v in later.items()})
    status, said = command(found, "--from", str(archive), "--published", DAY)
    assert status == 0, said
    assert found.held()["month"].max() == pd.Timestamp("2026-08-01")
