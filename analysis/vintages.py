"""Earlier states of tables: where they are kept, and which one was known on a day.

A refresh keeps the table that it replaces, with its description, under
``data/vintages/NAME/VINTAGE.csv`` and ``.yml``, and lists both with their hashes in
``data/vintages.csv``.  Neither is ever written again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd
import yaml

from analysis.datapackage import Origin, sha256
from analysis.paths import DATA
from analysis.violations import DataError, Violation

FOLDER: Final = "vintages"
INDEX: Final = "vintages.csv"
COLUMNS: Final = (
    "table", "vintage", "path", "rows", "sha256", "description_sha256", "replaced_on",
    "replaced_by", "values_revised", "revision",
)  # fmt: skip


def day(vintage: date | str) -> date:
    """Return the day on which a vintage was complete: the last one of a bare year or month."""
    if isinstance(vintage, date):
        return vintage
    period = pd.Period(vintage)
    return period.end_time.date()


def index(data: Path = DATA) -> pd.DataFrame:
    """Return the list of earlier states as text, one row each; empty where there is none."""
    file = data / INDEX
    if not file.exists():
        return pd.DataFrame(columns=list(COLUMNS), dtype=str)
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")


def known_on(item: Origin, when: date, data: Path = DATA) -> Origin | None:
    """Return the description of the newest state of a table that is not later than a day.

    Parameters
    ----------
    item : Origin
        The table as it is now.
    when : date
    data : Path

    Returns
    -------
    Origin or None
        The table as it is now, or an earlier state with the columns of its time; None where
        none is held from so early.
    """
    if day(item.vintage) <= when:
        return item
    held = index(data).query("table == @item.name")
    early = held[pd.to_datetime(held["vintage"]) <= pd.Timestamp(when)]
    if early.empty:
        return None
    path = str(early.sort_values("vintage")["path"].iloc[-1])
    text = (data / path).with_suffix(".yml").read_text(encoding="utf-8")
    return Origin.model_validate(yaml.safe_load(text)).model_copy(update={"path": path})


def keep(
    item: Origin, description: Path, data: Path, *, by: date, on: date, revised: int, reason: str
) -> None:
    """Keep the table that is about to be replaced, and list it.

    Parameters
    ----------
    item : Origin
        The table with its description, neither of them replaced yet.
    description : Path
        The file of the description.
    data : Path
        Folder of the tables.
    by, on : date
        Vintage of the new state; day of the refresh.
    revised : int
        Values of this state that the new one changes or drops.
    reason : str
        Why, where that is more than the tolerance allows.

    Raises
    ------
    DataError
        A state of that vintage is kept already: it is never overwritten.
    """
    vintage = day(item.vintage).isoformat()
    path = f"{FOLDER}/{item.name}/{vintage}.csv"
    table, notes = data / path, (data / path).with_suffix(".yml")
    if table.exists() or notes.exists():
        expected = "a vintage that is not kept yet: one that is kept is never overwritten"
        raise DataError([Violation(f"data/{path}", "-", "vintage", vintage, expected)])
    table.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(data / item.path, table)
    shutil.copyfile(description, notes)
    rows = len(pd.read_csv(table, dtype=str, keep_default_na=False))
    line = (
        item.name, vintage, path, str(rows), sha256(table), sha256(notes), on.isoformat(),
        by.isoformat(), str(revised), reason,
    )  # fmt: skip
    listed = pd.concat([index(data), pd.DataFrame([line], columns=list(COLUMNS))])
    listed = listed.sort_values(["table", "vintage"])
    listed.to_csv(data / INDEX, index=False, lineterminator="\n")


def violations(data: Path = DATA) -> Iterator[Violation]:
    """Find kept states that were changed, lost or never listed."""
    listed = index(data)
    known = set()
    for row in listed.itertuples():
        table = data / str(row.path)
        hashes = {table: row.sha256, table.with_suffix(".yml"): row.description_sha256}
        known |= set(hashes)
        for file, expected in hashes.items():
            name = f"data/{file.relative_to(data).as_posix()}"
            if not file.exists():
                yield Violation(name, "-", "-", "missing", f"the file listed in data/{INDEX}")
            elif sha256(file) != expected:
                yield Violation(name, "-", "sha256", sha256(file), f"{expected}: never changed")
    for file in sorted((data / FOLDER).rglob("*")):
        if file.is_file() and file not in known:
            name = f"data/{file.relative_to(data).as_posix()}"
            yield Violation(name, "-", "-", "not listed", f"a line in data/{INDEX}")
