"""A small store for each source, with what the source publishes now and what it will."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import loopback
import pandas as pd
import published
import yaml
from faults import DAY, Case
from published import Files

from analysis import datapackage
from analysis.refresh import records, run
from analysis.refresh.store import Store
from analysis.sources import deepstate, kharkiv_front

BESIDE = ("known-gaps", "checkpoints", "vintages", "oblast-areas")
# Kharkiv lies here, in kilometres from the centre of the projection.
EAST, NORTH = 330, 190
# Later than every table that is held.
TODAY = date(2026, 12, 24)
QUICK = run.Limits(connect_s=2, read_s=0.5, file_s=1, retries=1, backoff_s=0.01)


def toy_maps(first: str, widths_km: list[float]) -> Files:
    """One map a day of ground near Kharkiv, 10 km high."""
    days = pd.date_range(first, periods=len(widths_km))
    return {
        published.map_path(str(day.date())): published.map_file(
            published.square(EAST + 5, NORTH + 5, EAST + 5 + width, NORTH + 15)
        )
        for day, width in zip(days, widths_km, strict=True)
    }


class Source:
    """One source with its store: what is held, and what the source publishes."""

    def __init__(self, name: str, root: Path, upstream: loopback.Upstream) -> None:
        self.record = records.RECORDS[name]
        self.store = Store(root)
        self.upstream = upstream
        self.files: Files = {}

    def publish(self, files: Files) -> None:
        """Let the source publish these files."""
        self.files = files
        target = self.record.upstream
        if isinstance(target, records.Repository):
            self.upstream.repositories[target.name] = files
        else:
            self.upstream.addresses = files

    def held(self, table: str | None = None) -> pd.DataFrame:
        """Return a table as it is in the store now."""
        return Store(self.store.root).read(table or self.record.tables[0])

    def refresh(self, **order: object) -> run.Outcome:
        """Refresh from the server, without asking the whole book what moves."""
        given = {
            "through": self.upstream.server,
            "limits": QUICK,
            "today": TODAY,
            "prove": lambda old, new: [],
        }
        return run.refresh(self.record, Store(self.store.root), run.Order(**given | order))


# Later than every table that is held.
TODAY = date(2026, 12, 24)
QUICK = run.Limits(connect_s=2, read_s=0.5, file_s=1, retries=1, backoff_s=0.01)


def small_store(record: records.Record, root: Path) -> None:
    """Copy the tables of one source, and the few that every source needs."""
    (root / "data" / "origins").mkdir(parents=True)
    for name in (*record.tables, *BESIDE):
        item = datapackage.origin(name)
        target = root / "data" / item.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(item.file, target)
        shutil.copy(Store().description(name), root / "data" / "origins")
    points = pd.read_csv(root / "data" / "checkpoints.csv", dtype=str, keep_default_na=False)
    own = set(record.tables) if record.name != "deepstate" else set()
    points[points["series"].isin(own)].to_csv(
        root / "data" / "checkpoints.csv", index=False, lineterminator="\n"
    )
    if record.name == "deepstate":
        _toy_tables(root)
    datapackage.seal(root / "data")


def _toy_tables(root: Path) -> None:
    """Replace the tables of the maps by those of five made-up maps."""
    raw = published.put(toy_maps("2026-08-18", [20, 20.1, 20.2, 20.3, 20.4]), root / "maps")
    built = deepstate.build(raw, gaps=set())
    deepstate.write(built, root / "data")
    kharkiv_front.write(kharkiv_front.build(raw, gaps=set()), root / "data")
    shutil.rmtree(root / "maps")
    gaps = root / "data" / "known_gaps.csv"
    gaps.write_text(gaps.read_text().splitlines()[0] + "\n")


MADE: dict[str, Callable[[Source], Files]] = {
    "general-staff": lambda s: published.general_staff(s.held()),
    "oryx": lambda s: published.oryx_files(s.held(), [s.held()["date"].max()]),
    "deepstate": lambda s: toy_maps("2026-08-18", [20, 20.1, 20.2, 20.3, 20.4]),
    "kiel": lambda s: published.kiel_files(s.held()),
    "economist": lambda s: published.economist(*(s.held(name) for name in s.record.tables)),
    "world-bank": lambda s: published.world_bank(s.held()),
}


def later_oryx(source: Source) -> Files:
    table = published.list_more(source.held())
    return published.oryx_files(table, sorted(table["date"].unique())[-2:])


LATER: dict[str, Callable[[Source], Files]] = {
    "general-staff": lambda s: published.general_staff(published.month_more(s.held())),
    "oryx": later_oryx,
    "deepstate": lambda s: toy_maps("2026-08-18", [20, 20.1, 20.2, 20.3, 20.4, 20.5, 20.6]),
    "kiel": lambda s: published.kiel_files(published.released(s.held()), 30),
    "economist": lambda s: published.economist(
        published.monday_more(s.held()), s.held("uk-mod-casualties-monthly")
    ),
    "world-bank": lambda s: published.world_bank(published.year_more(s.held()), DAY),
}


def origin_of(source: Source, table: str) -> dict[str, object]:
    """Return a description as it stands in the store."""
    text = source.store.description(table).read_text(encoding="utf-8")
    found: dict[str, object] = yaml.safe_load(text)
    return found


def proves_that_nothing_changes(
    case: Case,
    source: Callable[[str], Source],
    command: Callable[..., tuple[int, str]],
) -> None:
    """Spoil a source that has something new, refresh it, and look at what is said and left."""
    found = source(case.source)
    found.upstream.day = DAY
    found.publish(LATER[case.source](found))
    case.spoil(found)
    before = found.store.manifest()
    status, said = command(found, *case.options)
    assert status == 1, said
    assert f"{case.source}: nothing was changed" in said
    assert [part for part in case.said if part not in said] == [], said
    assert found.store.manifest() == before
    assert not (found.store.own / "stage").exists()
