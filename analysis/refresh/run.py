"""Refresh one source: ask, make tables, check them, put them in place, say what moved."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis import checks, checks_series, datapackage, series, tables, vintages
from analysis.datapackage import sha256
from analysis.refresh import descriptions, github, moved, proof, unpack
from analysis.refresh import store as stores
from analysis.refresh.fetch import Client, Limits, Validators
from analysis.refresh.records import Addresses, Held, Record, Repository
from analysis.refresh.store import Store
from analysis.violations import DataError, Violation, raise_all

STATE: Final = "state.json"
# Tables that every source needs beside its own: days without a map, printed figures.
BESIDE: Final = ("known-gaps",)

Prover = Callable[[Store, Store], list[str]]


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


@dataclass(frozen=True)
class Change:
    """What happened to one table."""

    table: str
    before: date
    after: date
    comparison: series.Comparison

    def __str__(self) -> str:
        rows, values = self.comparison.added, self.comparison.revised
        return (
            f"{self.table}: state of {self.before} -> {self.after}, {rows} new rows, "
            f"{values} held values changed"
        )


@dataclass(frozen=True)
class Outcome:
    """What a refresh did.

    Attributes
    ----------
    record : Record
    changes : tuple of Change
        Empty where nothing changed.
    moved : tuple of str
        What that moves in the book.
    """

    record: Record
    changes: tuple[Change, ...] = ()
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """How to refresh.

    Attributes
    ----------
    limits : Limits
    through : str or None
        Server that stands for all hosts; see `Client`.
    folder : Path or None
        Files that somebody downloaded, or an archive of them, instead of asking the source.
    published : date or None
        Day of these files.
    revision : str
        Why the source changes what is held beyond the tolerance.
    today : date or None
        Day of the refresh; by default this day, or the last one on which a source was
        consulted where a clock is behind it.
    prove : callable
        Says what moves between two stores, and raises where a check fails.
    """

    limits: Limits = field(default_factory=Limits)
    through: str | None = None
    folder: Path | None = None
    published: date | None = None
    revision: str = ""
    today: date | None = None
    prove: Prover = field(default=lambda before, after: book_moves(before, after))


def book_moves(before: Store, after: Store) -> list[str]:
    """Check the whole data package after the change and say what moves in the book.

    Raises
    ------
    DataError
        The package is not whole, or a claim or a string cannot be made of it.
    """
    with ThreadPoolExecutor(2) as pool:
        old = pool.submit(proof.of, before.root, check=False)
        new = pool.submit(proof.of, after.root, check=True)
        return moved.lines(old.result(), new.result())


def refresh(record: Record, store: Store, order: Order | None = None) -> Outcome:
    """Bring the tables of one source up to date, or change nothing.

    Parameters
    ----------
    record : Record
    store : Store
    order : Order, optional

    Returns
    -------
    Outcome

    Raises
    ------
    DataError
        With everything that is wrong with what the source gives; nothing has changed then.
    """
    order = order or Order()
    # Whoever refreshed before may have changed the descriptions that the store has read.
    store = Store(store.root)
    stores.finish(store)
    with stores.locked(store), tempfile.TemporaryDirectory(prefix="refresh-") as scratch:
        held = {name: store.read(name) for name in (*record.tables, *BESIDE)}
        brought = _bring(record, store, order, held, Path(scratch))
        if brought.folder is None:
            return Outcome(record)
        made = record.make(brought.folder, held)
        outcome = _put(record, store, order, brought, made)
        # Only now: what failed is asked for again without a condition.  The tables are in their
        # place, so that a state that cannot be written costs no more than that.
        with contextlib.suppress(OSError):
            _remember(record, store, brought)
    datapackage.origins.cache_clear()
    return outcome


# Asking ---------------------------------------------------------------------------------


def _bring(record: Record, store: Store, order: Order, held: Held, scratch: Path) -> Brought:
    if order.folder is not None:
        return _from_folder(record, order, scratch)
    upstream = record.upstream
    client = Client(upstream.hosts, order.limits, order.through)
    known = _validators(record, store)
    if isinstance(upstream, Repository):
        return _from_repository(upstream, record, client, held, known, scratch)
    return _from_addresses(upstream, record, client, known, scratch)


def _from_folder(record: Record, order: Order, scratch: Path) -> Brought:
    folder = order.folder or scratch
    if unpack.is_archive(folder):
        folder = unpack.unpack(folder, scratch / "unpacked")
    if not folder.is_dir():
        bad = Violation(folder.name, "-", "-", "no folder and no archive", "one of them")
        raise DataError([bad])
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(sha256(file).encode())
    return Brought(folder, f"files with the hash sha256:{digest.hexdigest()}", order.published)


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

    def ask(name: str, address: str, validators: Validators | None) -> Any:
        return client.get(
            address, folder / name, types=upstream.types, largest_bytes=record.largest_bytes,
            validators=validators,
        )  # fmt: skip

    answers = {n: ask(n, address, known.get(address)) for n, address in upstream.files.items()}
    if not any(answer.changed for answer in answers.values()):
        return Brought(None)
    for name, answer in answers.items():
        if not answer.changed:
            answers[name] = ask(name, upstream.files[name], None)
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
    entry = _state(store).get(record.name, {})
    if entry.get("tables") != _hashes(record, store):
        return {}
    return {address: Validators(**found) for address, found in entry["asked"].items()}


def _hashes(record: Record, store: Store) -> dict[str, str]:
    return {name: sha256(store.table(name)) for name in record.tables}


def _remember(record: Record, store: Store, brought: Brought) -> None:
    if not brought.asked:
        return
    asked = {address: vars(found) for address, found in brought.asked.items()}
    entry = {"tables": _hashes(record, store), "asked": asked}
    part = store.own / f"{STATE}.part"
    part.write_text(json.dumps(_state(store) | {record.name: entry}, indent=1), encoding="utf-8")
    part.replace(store.own / STATE)


# Putting in place -------------------------------------------------------------------------


def _put(
    record: Record, store: Store, order: Order, brought: Brought, made: dict[str, pd.DataFrame]
) -> Outcome:
    today = order.today or _today(store)
    with stores.staged(store) as stage:
        fresh = stage.root / "fresh"
        record.write(made, fresh)
        changed = [name for name in record.tables if _differs(name, store, fresh)]
        if not changed:
            return Outcome(record)
        comparisons = _compare(changed, store, fresh, order)
        after = _vintage(changed, store, brought, today)
        changes = []
        for name in changed:
            item, comparison = store.origins[name], comparisons[name]
            vintages.keep(
                item, stage.description(name), stage.data, by=after, on=today,
                revised=comparison.revised, reason=order.revision if comparison.beyond else "",
            )  # fmt: skip
            shutil.copyfile(fresh / item.path, stage.data / item.path)
            fields = _fields(record, store, name, brought, after, today)
            descriptions.amend(stage.description(name), after.isoformat(), fields)
            changes.append(Change(name, vintages.day(item.vintage), after, comparison))
        shutil.rmtree(fresh)
        datapackage.seal(stage.data)
        said = _check(changed, store, stage, order, today)
        stores.replace(store, stage)
    return Outcome(record, tuple(changes), tuple(said))


def _today(store: Store) -> date:
    consulted = max(source.consulted for item in store.origins.values() for source in item.sources)
    return max(datetime.now(UTC).date(), consulted)


def _differs(name: str, store: Store, fresh: Path) -> bool:
    new = fresh / store.origins[name].path
    return sha256(new) != sha256(store.table(name))


def _compare(
    changed: list[str], store: Store, fresh: Path, order: Order
) -> dict[str, series.Comparison]:
    """Check the cells of the new tables and set them beside the old ones.

    Raises
    ------
    DataError
        Cells that are not as described; changes of history beyond the tolerance, unless
        the order gives a reason.
    """
    items = [store.origins[name] for name in changed]
    raise_all(violation for item in items for violation in checks.cell_violations(item, fresh))
    found = {
        item.name: series.compare(item.name, store.read(item.name), tables.parse(item, fresh))
        for item in items
    }
    if not order.revision:
        raise_all(violation for each in found.values() for violation in each.beyond)
    return found


def _vintage(changed: list[str], store: Store, brought: Brought, today: date) -> date:
    """Return the day from which the new tables were known.

    It is the day that the source states.  Where it states none, or none after the state that
    is held, it is the day of the refresh: later than the truth, never earlier.

    Raises
    ------
    DataError
        The state that is held is of the same day, or a later one.
    """
    held = max(vintages.day(store.origins[name].vintage) for name in changed)
    published = brought.published
    if published is not None and published > today:
        bad = Violation(brought.version, "-", "published", str(published), f"a day up to {today}")
        raise DataError([bad])
    after = published if published is not None and published > held else today
    if after <= held:
        expected = f"a day after {held}, the state that is held"
        raise DataError([Violation(", ".join(changed), "-", "vintage", str(after), expected)])
    return after


def _fields(
    record: Record, store: Store, name: str, brought: Brought, after: date, today: date
) -> dict[int, dict[str, str]]:
    """Return what changes in the sources of a table's description."""
    more = record.entry_fields(brought.folder or store.data)
    fields = {}
    for place in record.entries:
        before = store.origins[name].sources[place].version
        version = brought.version
        if record.adds_version and before:
            version = f"{before}; {version}"
        fields[place] = {
            "published": (brought.published or after).isoformat(),
            "consulted": today.isoformat(),
            "version": version,
            **more.get(place, {}),
        }
    return fields


def _check(changed: list[str], store: Store, stage: Store, order: Order, today: date) -> list[str]:
    """Check the new tables as series, then the whole package and the book on it."""
    # A sum over two tables is asked also where only one of them has changed.
    asked = {
        name for group in checks_series.IDENTITIES for name in group if set(group) & set(changed)
    }
    names = (asked | set(changed)) & set(stage.origins)
    raise_all(checks_series.series_violations(stage.read, names, today=today))
    return order.prove(store, stage)


def refresh_all(
    records: list[Record], store: Store, order: Order
) -> Iterator[Outcome | tuple[Record, Exception]]:
    """Refresh one source after the other; a failure of one keeps no other from its turn."""
    for record in records:
        try:
            yield refresh(record, store, order)
        except (DataError, OSError, RuntimeError) as error:
            yield record, error
