"""What each version of the book said: one row a claim and version, never written again.

A verdict that moves between versions, or since the last one, is found by comparing rows; why it
moved stands in ``data/errata.csv``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from analysis import claims, counterclaims, datapackage, formatting, tables
from analysis.book import worded
from analysis.claims import Value
from analysis.violations import DataError, Violation

TABLE: Final = "verdict-history"

# What a reader is told when it differs; the hash says that anything at all does.
SAID: Final = ("verdict", "robustness", "parts", "printed", "then", "now")


@dataclass(frozen=True)
class Move:
    """A claim or statement of which something that is printed differs between two versions.

    Attributes
    ----------
    kind : str
        ``claim`` or ``statement``.
    id : str
    was, now : dict of str to str
        The fields of `SAID` that differ; empty where the book had, or has, no such statement.
    """

    kind: str
    id: str
    was: dict[str, str]
    now: dict[str, str]

    @property
    def of_verdict(self) -> bool:
        """Whether a verdict moved, of the whole or of a part, or the statement came or went."""
        before, after = self.was.get("verdict"), self.now.get("verdict")
        return before != after or self._parts_moved()

    def _parts_moved(self) -> bool:
        before, after = _parts(self.was.get("parts", "")), _parts(self.now.get("parts", ""))
        return any(before[name] != after[name] for name in before.keys() & after.keys())


def _parts(text: str) -> dict[str, str]:
    pairs = (part.partition(": ") for part in text.split("; ") if part)
    return {name: verdict for name, _, verdict in pairs}


def row(record: Mapping[str, Any], kind: str, version: str, day: date) -> dict[str, str]:
    """Return what a version says of one claim.

    Parameters
    ----------
    record : Mapping
        As ``claims.json`` carries it, of this version or an earlier one.
    kind : str
        ``claim`` or ``statement``.
    version : str
    day : date
        Of the version.
    """
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    parts = [part for part in record["components"] if part["component"]]
    return {
        "version": version,
        "date": day.isoformat(),
        "kind": kind,
        "id": record["id"],
        "verdict": record["verdict"],
        "robustness": record["robustness"],
        "parts": "; ".join(f"{part['component']}: {part['verdict']}" for part in parts),
        **{name: _written(record[name]) for name in ("printed", "then", "now")},
        "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
    }


def _written(value: Mapping[str, Any] | None) -> str:
    if value is None:
        return ""
    found = Value.model_validate(value)
    text = worded.written(found)
    if found.low is None or found.high is None:
        return text
    ends = [formatting.quantity(end, found.unit) for end in (found.low, found.high)]
    return f"{text}, {ends[0]} to {ends[1]}"


def today(version: str, day: date) -> pd.DataFrame:
    """Return the rows that the book would have if it were a version now."""
    both = [("claim", record) for record in claims.assess_all()]
    both += [("statement", record) for record in counterclaims.assess_all()]  # type: ignore[misc]
    rows = [row(record.model_dump(mode="json"), kind, version, day) for kind, record in both]
    return pd.DataFrame(rows)


def read() -> pd.DataFrame:
    """Return all versions that are kept, the first one first; texts throughout."""
    frame = tables.read(TABLE)
    return frame.assign(date=frame["date"].dt.date.astype(str)).fillna("").astype(str)


def versions() -> dict[str, str]:
    """Return the versions that are kept, each with its day, the first one first."""
    frame = read()
    return dict(zip(frame["version"], frame["date"], strict=True))


def of(version: str) -> pd.DataFrame:
    """Return the rows of one version."""
    frame = read()
    return frame[frame["version"] == version].reset_index(drop=True)


def moved(before: pd.DataFrame, after: pd.DataFrame) -> list[Move]:
    """Compare two versions.

    Returns
    -------
    list of Move
        In the order of the later version; what it no longer has comes last.
    """
    old, new = _by_id(before), _by_id(after)
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key, {}), new.get(key, {})
        differ = [name for name in SAID if was.get(name) != now.get(name)]
        if differ:
            found.append(
                Move(*key, *({n: side[n] for n in differ if n in side} for side in (was, now)))
            )
    return found


def _by_id(frame: pd.DataFrame) -> dict[tuple[str, str], dict[str, str]]:
    return {(r["kind"], r["id"]): r for r in frame.to_dict("records")}  # type: ignore[misc]


def since_last() -> list[Move]:
    """Return what moved since the last version that is kept."""
    version, day = list(versions().items())[-1]
    return moved(of(version), today(version, date.fromisoformat(day)))


def add(version: str, day: date) -> int:
    """Keep what the book says now as a version; return the number of rows.

    Raises
    ------
    DataError
        The version is kept already: what it said is never written again.
    """
    if version in versions():
        path = f"data/{datapackage.origin(TABLE).path}"
        expected = "a new version in analysis/__init__.py, pyproject.toml and CITATION.cff"
        raise DataError([Violation(path, "-", "version", f"{version} is kept already", expected)])
    write(pd.concat([read(), today(version, day)], ignore_index=True))
    return int((read()["version"] == version).sum())


def write(frame: pd.DataFrame) -> None:
    """Write the table and seal the data package again."""
    item = datapackage.origin(TABLE)
    columns = [column.name for column in item.columns]
    frame[columns].to_csv(item.file, index=False, lineterminator="\n", encoding="utf-8")
    datapackage.seal()


def unexplained(moves: Iterable[Move], errata: pd.DataFrame, version: str = "") -> list[str]:
    """Name the moved verdicts for which no erratum gives a reason.

    Parameters
    ----------
    moves : iterable of Move
    errata : pandas.DataFrame
        The table ``errata``.
    version : str
        In which the verdicts moved; empty for what is not yet a version.
    """
    rows = errata[errata["version"].fillna("") == version]
    told = {id for ids in rows["ids"].fillna("") for id in str(ids).split("; ")}
    return [move.id for move in moves if move.of_verdict and move.id not in told]
