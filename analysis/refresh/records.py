"""The sources that can be refreshed: where they publish, what is asked, which tables it makes.

A record is all there is to a source.  What is asked conditionally is the first address of each:
for a repository the newest commit of its folder, for others every file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.refresh import github
from analysis.sources import (
    deepstate,
    general_staff,
    kharkiv_front,
    kiel,
    oryx,
    reading,
    war_dead,
    worldbank,
)

Frames = dict[str, pd.DataFrame]
Held = Mapping[str, pd.DataFrame]
MB: Final = 1_000_000

# Days of maps that are held and measured again, so that the new ones are seen to join on.
OVERLAP_DAYS: Final = 3


@dataclass(frozen=True)
class Repository:
    """Files of a repository on GitHub.

    Attributes
    ----------
    name : str
        Owner and name.
    folder : str
        Folder whose newest commit is the state of the source; empty for all of it.
    choose : callable
        Given the names in each folder of `folders` and the tables that are held, returns the
        path of each file wanted, by the name that the adapter knows it by.
    folders : tuple of str
        Folders that are listed.
    """

    name: str
    folder: str
    folders: tuple[str, ...]
    choose: Callable[[Mapping[str, Collection[str]], Held], dict[str, str]]

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts that are asked."""
        return github.HOSTS


@dataclass(frozen=True)
class Addresses:
    """Files at addresses of their own.

    Attributes
    ----------
    files : mapping of str to str
        Address by the name that the adapter knows the file by.
    hosts : tuple of str
    types : tuple of str
        Content types of the answers.
    published : callable
        Given the folder with the files, the day on which the source was last brought up to
        date by its publisher, or None where it does not say.
    """

    files: Mapping[str, str]
    hosts: tuple[str, ...]
    types: tuple[str, ...]
    published: Callable[[Path], date | None]


@dataclass(frozen=True)
class Record:
    """One source.

    Attributes
    ----------
    name : str
        What the command line calls it.
    title : str
    upstream : Repository or Addresses
    tables : tuple of str
        What is made of it, replaced together.
    make : callable
        Given a folder with the files and the tables that are held, returns the tables.
    write : callable
        Writes them under a folder like ``data/``.
    entries : tuple of int
        Which of the sources in a table's description are this one.
    entry_fields : callable
        Given the folder, further fields of each of these entries.
    adds_version : bool
        What was taken earlier stays, so that its versions stay named.
    largest_bytes : int
        Of one file.
    """

    name: str
    title: str
    upstream: Repository | Addresses
    tables: tuple[str, ...]
    make: Callable[[Path, Held], Frames]
    write: Callable[[Frames, Path], list[Path]]
    entries: tuple[int, ...] = (0,)
    entry_fields: Callable[[Path], Mapping[int, Mapping[str, str]]] = field(
        default=lambda folder: {}
    )
    adds_version: bool = False
    largest_bytes: int = 20 * MB


def _files(paths: Mapping[str, str]) -> Callable[[Mapping[str, Collection[str]], Held], Any]:
    """Choose files whose names do not change."""

    def choose(listed: Mapping[str, Collection[str]], held: Held) -> dict[str, str]:
        return dict(paths)

    return choose


# General Staff ---------------------------------------------------------------------------

GENERAL_STAFF = Record(
    name="general-staff",
    title="Losses claimed by the General Staff of Ukraine",
    upstream=Repository(
        name="PetroIvaniuk/2022-Ukraine-Russia-War-Dataset",
        folder="data",
        folders=("data",),
        choose=_files({name: f"data/{name}" for name in general_staff.FILES.values()}),
    ),
    tables=("general-staff-losses-monthly",),
    make=lambda folder, held: general_staff.build(folder),
    write=general_staff.write,
    largest_bytes=10 * MB,
)

# Oryx ------------------------------------------------------------------------------------

_LISTS = "data/byType"


def _choose_lists(listed: Mapping[str, Collection[str]], held: Held) -> dict[str, str]:
    """Choose the last list that is held, and the last one of each later week."""
    last = held["oryx-losses"]["date"].max()
    days = sorted(
        pd.Timestamp(match[1]) for name in listed[_LISTS] if (match := oryx.LIST.fullmatch(name))
    )
    by_week = {day.to_period("W"): day for day in days if day > last}
    chosen = [last] * (last in days) + list(by_week.values())
    return {f"{day.date()}.csv": f"{_LISTS}/{day.date()}.csv" for day in chosen}


ORYX = Record(
    name="oryx",
    title="Visually confirmed losses, Oryx",
    upstream=Repository(
        name="leedrake5/Russia-Ukraine",
        folder=_LISTS,
        folders=(_LISTS,),
        choose=_choose_lists,
    ),
    tables=("oryx-losses",),
    make=lambda folder, held: oryx.extend(folder, held["oryx-losses"]),
    write=oryx.write,
    entries=(1,),
    adds_version=True,
    largest_bytes=MB,
)

# DeepState -------------------------------------------------------------------------------

_MAPS = "data"
_MAP_TABLES = (
    "deepstate-daily-total",
    "deepstate-daily-by-oblast",
    "occupation-cells",
    "occupation-grid",
    "kharkiv-front-daily",
)


def _choose_maps(listed: Mapping[str, Collection[str]], held: Held) -> dict[str, str]:
    """Choose the maps after the last day that is held, and a few before it."""
    last = held["deepstate-daily-total"]["date"].max().date()
    first = last - timedelta(days=OVERLAP_DAYS)
    dated = {name: match[1] for name in listed[_MAPS] if (match := deepstate.NAME.fullmatch(name))}
    return {name: f"{_MAPS}/{name}" for name, day in dated.items() if day >= f"{first:%Y%m%d}"}


def _maps(folder: Path, held: Held) -> Frames:
    gaps = {day.date() for day in held["known-gaps"]["date"]}
    tables = deepstate.extend(folder, held, gaps=gaps)
    return tables | kharkiv_front.extend(folder, held["kharkiv-front-daily"], gaps=gaps)


def _write_maps(frames: Frames, data: Path) -> list[Path]:
    return [*deepstate.write(frames, data), *kharkiv_front.write(frames, data)]


DEEPSTATE = Record(
    name="deepstate",
    title="Daily maps, DeepState",
    upstream=Repository(
        name="cyterat/deepstate-map-data", folder=_MAPS, folders=(_MAPS,), choose=_choose_maps
    ),
    tables=_MAP_TABLES,
    make=_maps,
    write=_write_maps,
    largest_bytes=5 * MB,
)

# Kiel ------------------------------------------------------------------------------------

KIEL = Record(
    name="kiel",
    title="Ukraine Support Tracker, Kiel Institute",
    upstream=Repository(
        name="UkraineSupportTrackerWebsite/ukraine-support-tracker",
        folder="data",
        folders=("data",),
        choose=_files(
            {name: f"data/{name}" for name in (kiel.DONORS, kiel.TOTALS, kiel.RELEASE_INFO)}
        ),
    ),
    tables=("kiel-monthly-groups",),
    make=lambda folder, held: kiel.renew(folder, held["kiel-monthly-groups"]),
    write=kiel.write,
    entry_fields=lambda folder: {0: {"title": kiel.label(folder)}},
    largest_bytes=10 * MB,
)

# The Economist ---------------------------------------------------------------------------

_TRACKER = "output-data/tracker"
_COMPILED = "source-data/deaths-and-casualties-data"

ECONOMIST = Record(
    name="economist",
    title="Casualty model, The Economist",
    upstream=Repository(
        name="TheEconomist/the-economist-ukraine-war-dead-and-wounded-estimates",
        folder="",
        folders=(_TRACKER, _COMPILED),
        choose=_files(
            {name: f"{_TRACKER}/{name}" for name in war_dead.MODEL.values()}
            | {
                war_dead.UK: f"{_COMPILED}/Soldier deaths_casualties in Ukraine - "
                "uk mod month-by-month estimates.csv"
            }
        ),
    ),
    tables=("economist-casualty-model", "uk-mod-casualties-monthly"),
    make=lambda folder, held: war_dead.current(folder),
    write=war_dead.write,
    largest_bytes=5 * MB,
)

# World Bank ------------------------------------------------------------------------------

_API = "api.worldbank.org"

WORLD_BANK_FILES: Final = {
    f"{indicator}.json": f"https://{_API}/v2/country/{worldbank.CODE}/indicator/{indicator}"
    "?format=json&per_page=1000"
    for indicator in (worldbank.GDP, worldbank.CPI)
}


def _updated(folder: Path) -> date | None:
    """Return the later of the days on which the World Bank brought its figures up to date."""
    abouts = [reading.document(folder / name)[0] for name in WORLD_BANK_FILES]
    said = [str(about.get("lastupdated")) for about in abouts]
    days = pd.to_datetime(said, format="%Y-%m-%d", errors="coerce")
    return None if days.hasnans else max(days).date()


def _indicators(folder: Path) -> Mapping[int, Mapping[str, str]]:
    return {
        number: {"title": f"World Bank indicator {file.removesuffix('.json')}", "path": address}
        for number, (file, address) in enumerate(WORLD_BANK_FILES.items())
    }


WORLD_BANK = Record(
    name="world-bank",
    title="Russian GDP and consumer prices, World Bank",
    upstream=Addresses(
        files=WORLD_BANK_FILES,
        hosts=(_API,),
        types=("application/json",),
        published=_updated,
    ),
    tables=("world-bank-russia",),
    make=lambda folder, held: worldbank.build(folder),
    write=worldbank.write,
    entries=(0, 1),
    entry_fields=_indicators,
    largest_bytes=2 * MB,
)

RECORDS: Final[dict[str, Record]] = {
    record.name: record for record in (GENERAL_STAFF, ORYX, DEEPSTATE, KIEL, ECONOMIST, WORLD_BANK)
}
