"""Refresh one source: ask, make tables, check them, put them in place, say what moved."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pandas as pd

from analysis import checks, checks_series, datapackage, series, tables, vintages
from analysis.datapackage import sha256
from analysis.refresh import asking, descriptions, moved, proof
from analysis.refresh import store as stores
from analysis.refresh.asking import Brought
from analysis.refresh.fetch import Client, Limits
from analysis.refresh.records import Record
from analysis.refresh.store import Store
from analysis.violations import DataError, Violation, raise_all

# A table that a source needs beside its own: the days without a map.
BESIDE: Final = ("known-gaps",)

Prover = Callable[[Store, Store], list[str]]


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
        if order.folder is not None:
            brought = asking.take(order.folder, order.published, Path(scratch))
        else:
            client = Client(record.upstream.hosts, order.limits, order.through)
            brought = asking.ask(record, store, client, held, Path(scratch))
        if brought.folder is None:
            return Outcome(record)
        outcome = _put(record, store, order, brought, record.make(brought.folder, held))
        # Only now: what failed is asked for again without a condition.
        asking.remember(record, store, brought)
    datapackage.origins.cache_clear()
    return outcome


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
