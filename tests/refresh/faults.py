"""How to spoil what a source publishes: one small function for each way.

A spoiler takes a source (`conftest.Source`) and lets it publish something else, or lets the
server misbehave.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import loopback
import pandas as pd
import published
import shapely

Spoil = Callable[[Any], None]
Frame = pd.DataFrame

# No commit is later than the day on which the sources were last consulted.
DAY = "2026-11-23"


@dataclass(frozen=True)
class Case:
    """One fault: where, how, what the error has to name, and further options of the command."""

    source: str
    name: str
    spoil: Spoil
    said: tuple[str, ...]
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.source}-{self.name}"


def case(source: str, name: str, spoil: Spoil, *said: str, options: tuple[str, ...] = ()) -> Case:
    return Case(source, name, spoil, said, options)


def answers(part: str, fault: loopback.Fault) -> Spoil:
    """Let the server misbehave for addresses with this part."""

    def spoil(found: Any) -> None:
        found.upstream.faults[part] = fault

    return spoil


def files(change: Callable[[Mapping[str, bytes]], Mapping[str, bytes]]) -> Spoil:
    """Let the source publish other files."""
    return lambda found: found.publish(dict(change(found.files)))


def content(path: str, change: Callable[[bytes], bytes]) -> Spoil:
    """Let the source publish another content of one file; ``newest`` is the last by name."""

    def spoil(found: Any) -> None:
        name = {"newest": max, "oldest": min}.get(path, lambda names: path)(found.files)
        found.publish(found.files | {name: change(found.files[name])})

    return spoil


def words(path: str, old: str, new: str) -> Spoil:
    """Replace words of one file, which have to be there."""

    def change(given: bytes) -> bytes:
        assert old.encode() in given, old
        return given.replace(old.encode(), new.encode(), 1)

    return content(path, change)


def records(path: str, change: Callable[[Any], object]) -> Spoil:
    """Change a JSON file."""

    def spoil(given: bytes) -> bytes:
        found = json.loads(given)
        change(found)
        return published.json_file(found)

    return content(path, spoil)


def record(path: str, number: int, **fields: object) -> Spoil:
    """Change fields of one record of a JSON list, numbered from 1."""
    return records(path, lambda found: found[number - 1].update(fields))


def cells(path: str, change: Callable[[Frame], Frame | None]) -> Spoil:
    """Change the cells of a CSV file, all of them text."""

    def spoil(given: bytes) -> bytes:
        frame = pd.read_csv(io.BytesIO(given), dtype=str, keep_default_na=False)
        changed = change(frame)
        table = frame if changed is None else changed
        return table.to_csv(index=False, lineterminator="\n").encode()

    return content(path, spoil)


def cell(path: str, row: int, column: str, value: str) -> Spoil:
    """Write one cell of a CSV file, the header being row 1."""

    def change(frame: Frame) -> None:
        frame.iloc[row - 2, frame.columns.get_loc(column)] = value

    return cells(path, change)


def again(path: str, row: int) -> Spoil:
    """Put a row of a CSV file a second time at its end."""
    return cells(path, lambda frame: pd.concat([frame, frame.iloc[[row - 2]]]))


def scaled(path: str, columns: list[str], factor: float) -> Spoil:
    """Write columns of a CSV file in another unit."""

    def change(frame: Frame) -> None:
        for column in columns:
            frame[column] = (frame[column].astype(float) * factor).map("{:.6f}".format)

    return cells(path, change)


def several(*spoils: Spoil) -> Spoil:
    def spoil(found: Any) -> None:
        for each in spoils:
            each(found)

    return spoil


# Maps ------------------------------------------------------------------------------------

NEW_MAP = "data/deepstatemap_data_20260823.geojson"


def new_map(*shapes: object, **fields: object) -> Spoil:
    """Publish another map of 23 August 2026, with further fields of the document."""
    document = json.loads(published.map_file(*shapes)) | fields
    return content(NEW_MAP, lambda given: published.json_file(document))


def geometry(**fields: object) -> Spoil:
    """Publish a map of one feature with this geometry; with none at all if nothing is given."""
    feature = {"type": "Feature", "properties": {}, "geometry": fields or None}
    return new_map(features=[feature])


def bow_tie(shape: Any) -> Any:
    """Cross two sides of a rectangle."""
    west, south, east, north = shape.bounds
    return shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])


def in_metres(shape: Any) -> Any:
    """Give a shape coordinates as large as those of a projection."""
    return shapely.transform(shape, lambda degrees: degrees * 111_000)


def turned(shape: Any) -> Any:
    """Swap longitude and latitude."""
    return shapely.transform(shape, lambda degrees: degrees[:, ::-1])
