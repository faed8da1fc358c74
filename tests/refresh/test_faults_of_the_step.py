"""Faults of the machine: a full disk, a kill in mid-write, two at once, a journal left behind.

Whatever happens, the tables are those of before or those of after, never a mix, and the next
command goes on from there.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import loopback
import published
import pytest
from stores import LATER, Source

from analysis import datapackage, paths, vintages
from analysis.refresh import store as stores
from analysis.refresh.store import Store
from analysis.sources import tables as written
from analysis.violations import DataError

STAFF = "general-staff"


def with_news(source, name=STAFF) -> Source:
    found: Source = source(name)
    found.publish(LATER[name](found))
    return found


# A full disk -----------------------------------------------------------------------------


def no_space(*arguments: object, **options: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


FULL = {
    "while the answer is written": (Path, "open"),
    "while the tables are written": (written.pd.DataFrame, "to_csv"),
    "while the copy is made": (shutil, "copytree"),
    "while the old table is kept": (shutil, "copyfile"),
    "while the package is sealed": (datapackage, "seal"),
    "before the journal is in place": (stores, "_to_disk"),
}


@pytest.mark.parametrize("when", FULL)
def test_a_full_disk_changes_nothing(when, source, monkeypatch):
    """No space is left at one of the places where something is written."""
    found = with_news(source)
    before = found.store.manifest()
    with monkeypatch.context() as patched:
        patched.setattr(*FULL[when], no_space)
        with pytest.raises(OSError, match="No space left"):
            found.refresh()
    assert found.store.manifest() == before
    assert not found.store.journal.exists()
    assert found.refresh().changes


def test_a_full_disk_is_an_error_of_the_command(source, command, monkeypatch):
    """The command says which source, what happened, and ends with a status that is not 0."""
    found = with_news(source)
    found.upstream.day = "2026-11-23"
    before = found.store.manifest()
    monkeypatch.setattr(datapackage, "seal", no_space)
    status, said = command(found)
    assert status == 1
    assert "general-staff: nothing was changed" in said
    assert "No space left" in said
    assert found.store.manifest() == before


def test_a_state_that_cannot_be_written_costs_one_unconditional_request(source):
    """The tables are in their place by then, which is what was asked for."""
    found = with_news(source)
    (found.store.own / "state.json.part").mkdir(parents=True)
    assert found.refresh().changes
    assert not (found.store.own / "state.json").exists()


@pytest.mark.parametrize("state", ["", "{", "[]", '{"general-staff": {}}', '{"general-staff": 1}'])
def test_a_broken_state_is_no_state(state, source):
    """What was asked last time is a help, not a need."""
    found = with_news(source)
    found.store.own.mkdir()
    (found.store.own / "state.json").write_text(state)
    assert found.refresh().changes


# Killed in mid-write ---------------------------------------------------------------------

# Runs a refresh that is killed when it is about to put its Nth file in place.
KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from analysis.refresh import records, run
from analysis.refresh.store import Store

root, folder, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
replace, moved = Path.replace, []

def killing(self, target):
    moved.append(target)
    if len(moved) == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)

Path.replace = killing
order = run.Order(folder=folder, published=date(2026, 12, 20), today=date(2026, 12, 24),
                  prove=lambda old, new: [])
run.refresh(records.RECORDS["general-staff"], Store(root), order)
"""


def killed(found: Source, folder: Path, at: int) -> int:
    command = [sys.executable, "-c", KILLED, str(found.store.root), str(folder), str(at)]
    env = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    return subprocess.run(command, env=env, capture_output=True).returncode


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal of Unix")
def test_killed_at_every_step_it_is_the_old_or_the_new(source, tmp_path):
    """A refresh of one table puts a journal and six files in place, one after the other.

    It is killed before each of these seven steps.  Before the journal nothing has changed; after
    it the next start moves the rest, and reading in between is refused.
    """
    found = source(STAFF)
    folder = published.put(LATER[STAFF](found), tmp_path / "files")
    pristine = tmp_path / "pristine"
    shutil.copytree(found.store.root, pristine)
    before = found.store.manifest()
    assert killed(found, folder, 99) == 0
    after = found.store.manifest()
    changed = [path for path in after if before.get(path) != after[path]]
    assert len(changed) == 6
    outcomes = []
    for at in range(1, len(changed) + 2):
        shutil.rmtree(found.store.root)
        shutil.copytree(pristine, found.store.root)
        assert killed(found, folder, at) == -signal.SIGKILL
        half = found.store.manifest()
        assert half == before or found.store.journal.exists()
        finished = stores.finish(Store(found.store.root))
        outcomes.append("new" if finished else "old")
        assert found.store.manifest() == (after if finished else before)
        assert list(vintages.violations(found.store.data)) == []
    assert outcomes == ["old", *["new"] * 6]


def half_moved(source, monkeypatch) -> tuple[Source, dict[str, str]]:
    """Give a store in which only the first of six files has been moved."""
    found = with_news(source)
    before = found.store.manifest()
    replace, moves = Path.replace, []

    def breaking(self: Path, target: Path) -> Path:
        moves.append(target)
        # The answers and the journal come first; then one file of the store.
        if found.store.journal.exists() and len([m for m in moves if _in(found, m)]) > 1:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", breaking)
        with pytest.raises(KeyboardInterrupt):
            found.refresh()
    return found, before


def _in(found: Source, path: Path) -> bool:
    return found.store.own not in Path(path).parents and found.store.root in Path(path).parents


def test_half_replaced_tables_are_not_read(source, monkeypatch):
    """A reader in another process is told of it instead of reading a mix."""
    found, before = half_moved(source, monkeypatch)
    assert found.store.manifest() != before
    monkeypatch.setattr(datapackage, "JOURNAL", found.store.journal)
    datapackage.origins.cache_clear()
    with pytest.raises(DataError, match="tables half replaced"):
        datapackage.origins()
    datapackage.origins.cache_clear()


def test_the_next_command_moves_the_rest(source, command, monkeypatch):
    """Any command ends the step first, and says so."""
    found, _ = half_moved(source, monkeypatch)
    found.upstream.day = "2026-11-23"
    status, said = command(found)
    assert "a refresh that was interrupted has been finished" in said
    assert status == 0
    assert not found.store.journal.exists()
    sealed = json.loads((found.store.root / "datapackage.json").read_text())
    assert sealed == datapackage.compile_package(found.store.data)


def test_a_staged_file_that_is_lost_is_named(source, monkeypatch):
    """Somebody emptied the folder of the stage: nothing more is moved, and the file is named."""
    found, _ = half_moved(source, monkeypatch)
    shutil.rmtree(found.store.own / "stage")
    before = found.store.manifest()
    with pytest.raises(DataError, match="'lost'"):
        stores.finish(found.store)
    assert found.store.manifest() == before


def test_what_an_earlier_refresh_left_is_cleared(source):
    """Killed before its journal, a refresh leaves a stage that the next one does not use."""
    found = with_news(source)
    left = found.store.own / "stage" / "data" / "stray.csv"
    left.parent.mkdir(parents=True)
    left.write_text("x")
    found.refresh()
    assert not (found.store.data / "stray.csv").exists()
    assert not (found.store.own / "stage").exists()


# Two at once -----------------------------------------------------------------------------


def test_two_at_once_are_one_and_an_error(source, command):
    """While one holds the lock the other says so, and changes nothing."""
    found = with_news(source)
    before = found.store.manifest()
    with stores.locked(found.store):
        status, said = command(found)
    assert status == 1
    assert "no other refresh at work" in said
    assert found.store.manifest() == before


@pytest.mark.slow
def test_two_processes_at_once(source, tmp_path):
    """The first process waits for its answer; the second is refused meanwhile."""
    found = with_news(source)
    found.upstream.day = "2026-11-23"
    over = threading.Event()
    found.upstream.faults["raw.githubusercontent"] = loopback.silent_until(over)
    command = [sys.executable, "-m", "analysis", "refresh", STAFF, "--retries", "0"]
    command += ["--through", found.upstream.server, "--timeout", "120"]
    env = {
        **os.environ,
        "PYTHONPATH": str(paths.ROOT),
        "POSITION_OF_STRENGTH_STORE": str(found.store.root),
    }
    before = found.store.manifest()
    one = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not found.upstream.log and time.monotonic() < deadline:
        time.sleep(0.05)
    two = subprocess.run(command, env=env, capture_output=True, text=True)
    over.set()
    _, said = one.communicate(timeout=60)
    assert two.returncode == 1
    assert "no other refresh at work" in two.stderr
    assert one.returncode == 1
    assert "an answer" in said
    assert found.store.manifest() == before


# The record of earlier states ------------------------------------------------------------


def test_an_earlier_state_is_never_overwritten(source):
    """A file stands where the state is to be kept: it is left alone, and nothing changes."""
    found = with_news(source)
    kept = found.store.data / "vintages" / "general-staff-losses-monthly" / "2026-08-08.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("something else\n")
    before = found.store.manifest()
    with pytest.raises(DataError, match="never overwritten"):
        found.refresh()
    assert found.store.manifest() == before


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda kept: kept.write_text(kept.read_text().replace("17700", "17701")), "never changed"),
        (lambda kept: kept.unlink(), "missing"),
        (lambda kept: kept.with_name("2020-01-01.csv").write_text("x\n"), "not listed"),
        (lambda kept: kept.with_suffix(".yml").write_text("x: 1\n"), "never changed"),
    ],
    ids=["changed", "lost", "stray", "description-changed"],
)
def test_a_kept_state_that_is_touched_is_found(spoil, said, source):
    """One digit changed, a file lost, one added, a description changed: each is a violation."""
    found = with_news(source)
    found.refresh()
    table = "general-staff-losses-monthly"
    spoil(found.store.data / "vintages" / table / "2026-08-08.csv")
    violations = [str(violation) for violation in vintages.violations(found.store.data)]
    assert len(violations) == 1
    assert said in violations[0]
