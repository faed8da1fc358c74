"""Changed data: would anybody notice.

Cells of every table that a chapter reads are changed, one at a time, to another value that the
column could hold.  Hashes and keys do not count as noticing: the table is given to the measures
in memory, as if everything had been sealed again after the change.  Asked are the checks of
the data and the tests, whose expectations come from elsewhere (other publishers, other tables,
computation by hand), and, where none of these notices, what the chapters show.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis import checks, datapackage, schemas, tables
from analysis.book import runner
from analysis.datapackage import Origin
from analysis.honesty import cells, memory, results, watch
from analysis.honesty.cells import Change
from analysis.honesty.memory import Used
from analysis.honesty.watch import Kind, Trial, Watcher
from analysis.paths import DATA, ROOT
from analysis.sources.tables import write_csv

NAME: Final = "mutation-data"
PACKAGE: Final = ROOT / "analysis"
TABLE: Final = DATA / "mutation_data.csv"
SEED: Final = 8
# Tests that are no checkpoint of a table, with the reason.
NOT_ASKED: Final = {
    "test_answer.py": "of pages, which are made from the outputs",
    "test_bench.py": "of times, not of data",
    "test_chapters.py": "of the stored records and their hashes",
    "test_claims.py": "of the form of the records of all claims",
    "test_datapackage.py": "of hashes; the schemas are asked themselves",
    "test_difference.py": "of what a change moves, by changing things itself",
    "test_environments.py": "of the definitions of containers",
    "test_history.py": "of versions kept, not of data",
    "test_honesty.py": "of these proofs",
    "test_portability.py": "of how files are read and written",
    "test_proofs.py": "of these proofs",
    "test_provenance.py": "of what is read, which these proofs watch in their own way",
    "test_repository.py": "of the repository's files",
    "test_teaching.py": "of the stored records and the form of chapters",
    "test_tracing.py": "of the stored records and where they come from",
}
# Single tests, by the beginning of their name.
_NOT_ASKED_EITHER: Final = (
    "test_a_changed_cell_of_the_grid_is_noticed",  # changes the table itself
    "test_two_processes_give_the_same",  # starts processes, in which nothing is changed
    # draws with a library whose threads do not live on in a forked process
    "test_the_chart_works_out_what_the_book_works_out",
    "test_lines_of_the_chart_are_lines_of_equal_steps",
    "test_the_triangle_of_the_chart_is_that_of_the_table",
)


# What is changed --------------------------------------------------------------------------


def tables_of_chapters() -> list[str]:
    """Return the names of the tables that the records of the chapters were made from."""
    found: set[str] = set()
    for source in runner.sources():
        record = json.loads(runner.record_path(source).read_text(encoding="utf-8"))
        stored = record["metadata"].get(runner.METADATA, {})
        found |= {name.removeprefix("table ") for name in stored if name.startswith("table ")}
    return sorted(
        name
        for name in found
        if name in datapackage.origins() and _is_csv(datapackage.origin(name))
    )


def _is_csv(item: Origin) -> bool:
    return item.path.endswith(".csv")


def as_written(item: Origin) -> pd.DataFrame:
    """Read a table as text, one string a cell."""
    return pd.read_csv(item.file, dtype=str, keep_default_na=False, encoding="utf-8")


def unread(name: str, text: pd.DataFrame) -> dict[str, set[int]]:
    """Return the rows that nothing reads by column, as the table ``unread-cells`` says.

    Raises
    ------
    ValueError
        An entry that names no column of the table, or whose rows are no query of it.
    """
    listed = tables.read("unread-cells")
    found: dict[str, set[int]] = {}
    for entry in listed[listed["table"] == name].itertuples():
        columns = list(text.columns) if entry.column == "*" else [str(entry.column)]
        if not set(columns) <= set(text.columns):
            message = f"unread-cells: {name} has no column {entry.column!r}"
            raise ValueError(message)
        rows = set(range(len(text)))
        if entry.rows:
            # Names that the query may use.
            named = named_elsewhere(name)  # noqa: F841
            cited = named_by_assessments()  # noqa: F841
            coded = named_by_code()  # noqa: F841
            rows = set(text.reset_index(drop=True).query(str(entry.rows)).index)
        for column in columns:
            found.setdefault(column, set()).update(rows)
    return found


@cache
def named_elsewhere(name: str) -> set[str]:
    """Return every word that the code of the package or another table contains.

    A row of evidence whose id is not among them is asked for by nobody.
    """
    others = [
        item.file for item in datapackage.origins().values() if _is_csv(item) and item.name != name
    ]
    files = [*others, *PACKAGE.rglob("*.py")]
    return _words(file.read_text(encoding="utf-8") for file in files)


@cache
def named_by_code() -> set[str]:
    """Return every word of the package: what is in none is named by other tables at most."""
    return _words(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))


@cache
def named_by_assessments() -> set[str]:
    """Return every word of the assessments, with the root sources of the facts they name.

    What a claim or a statement cites stands in its record with title, address and root.
    """
    files = [file for name in ("assessments", "camp") for file in (PACKAGE / name).rglob("*.py")]
    words = _words(file.read_text(encoding="utf-8") for file in files)
    facts = tables.read("evidence")
    return words | set(facts.loc[facts["id"].isin(words), "origin_id"])


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"[\w.-]+", text)}


def changes_of(name: str, seed: int, *, limit: int | None = None) -> list[Change]:
    """Return the changes of a table that are tried; see `cells.drawn` for how many."""
    item = datapackage.origin(name)
    text = as_written(item)
    held = cells.candidates(item, text, unread(name, text))
    drawn = cells.drawn(held, f"{seed} {name}", limit)
    made = (cells.changed(item, text, cell, str(seed)) for cell in drawn)
    return [change for change in made if change is not None]


def columns_of(name: str, seed: int, *, listed: bool) -> list[list[Change]]:
    """Return changes of whole columns, all their cells at once.

    Parameters
    ----------
    listed : bool
        Whether the cells that the table ``unread-cells`` lists are changed, or the others.
    """
    item = datapackage.origin(name)
    text = as_written(item)
    without = unread(name, text)
    found = []
    for column in text.columns:
        rows = [row for row in range(len(text)) if (row in without.get(column, ())) is listed]
        full = [row for row in rows if text.iloc[row][column]]
        described = next(each for each in item.columns if each.name == column)
        held = cells.Held.of(described, text[column])
        made = [cells.changed(item, text, (column, row), str(seed), held) for row in full]
        found.append([change for change in made if change is not None])
    return [changes for changes in found if changes]


def size_of(name: str) -> dict[str, int]:
    """Return how many cells each column of a table has that hold something and are read."""
    item = datapackage.origin(name)
    text = as_written(item)
    held = cells.candidates(item, text, unread(name, text))
    return {column: len(rows) for column, rows in held.items()}


# In the process of the proof --------------------------------------------------------------


def with_changes(
    item: Origin, text: pd.DataFrame, changes: Sequence[Change]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a table with some cells changed, as text and typed."""
    other, typed = text.copy(), tables.read(item.name)
    types = {column.name: column.type for column in item.columns}
    for name in dict.fromkeys(change.column for change in changes):
        column = other[name].tolist()
        for change in changes:
            if change.column == name:
                column[change.row] = change.after
        other[name] = column
        typed[name] = tables._typed(other[name], types[name])
    return other, typed


def broken_promise(item: Origin, text: pd.DataFrame, column: str) -> str:
    """Say whether a changed column breaks what the table's description promises of it."""
    in_key = column in item.primary_key
    names = {column, *(item.primary_key if in_key else ())}
    part = item.model_copy(
        update={
            "columns": tuple(each for each in item.columns if each.name in names),
            "primary_key": item.primary_key if in_key else (),
        }
    )
    some = text[[each.name for each in part.columns]]
    found = schemas.violations(part, some, schemas.cell_schema(part))
    numbers = [each.name for each in part.columns if each.type in {"number", "integer"}]
    if not found and numbers:
        values = some[numbers].apply(pd.to_numeric, errors="coerce").astype(float)
        found = schemas.violations(part, values, schemas.number_schema(part))
    return "schema" if found else ""


def trial(changes: Sequence[Change], *, outputs_alone: bool = False) -> Trial:
    """Return changes of a table that are made together as something that can be tried.

    What the description of the table promises is only asked of single cells: a whole column
    that is changed has to be noticed by somebody who reads it.
    """
    from analysis.honesty import testing

    table, columns = changes[0].table, dict.fromkeys(change.column for change in changes)
    item = datapackage.origin(table)
    concerns = partial(_reads, table)
    made: dict[str, pd.DataFrame] = {}

    def make() -> None:
        made["text"], typed = with_changes(item, as_written(item), changes)
        memory.replace(table, typed)
        testing.outdate(concerns)

    def first() -> str:
        if len(changes) > 1:
            return ""
        return broken_promise(item, made["text"], changes[0].column)

    asked: tuple[Kind, ...] = ("output",) if outputs_alone else ("checkpoint", "output")
    return Trial(named(changes), (table, "; ".join(columns)), make, concerns, first, asked)


def named(changes: Sequence[Change]) -> Change:
    """Return one change that stands for several of a table: its row is minus their number."""
    if len(changes) == 1:
        return changes[0]
    columns = "; ".join(dict.fromkeys(change.column for change in changes))
    return Change(changes[0].table, -len(changes), columns, "", "")


def _reads(table: str, used: Used) -> bool:
    return table in used.tables


def check_watchers() -> list[Watcher]:
    """Return the checks over whole tables as watchers."""
    checks._load_table_checks()
    return [
        Watcher(f"check {function.__module__}", "checkpoint", partial(_any_violation, function))
        for function in checks._TABLE_CHECKS
    ]


def _any_violation(function: checks.TableCheck) -> bool:
    return any(True for _ in function())


def learned(items: Sequence[Any], chapters: Sequence[str] | None = ()) -> list[Watcher]:
    """Return everything that could notice a change, with what it depends on.

    Parameters
    ----------
    items : sequence of pytest.Item
    chapters : sequence of str or None
        Chapters whose outputs are compared; all if none is named, no outputs for None.

    Raises
    ------
    RuntimeError
        Something fails although nothing is changed; the message names all of it.
    """
    from analysis import claims, counterclaims
    from analysis.honesty import shown, testing

    asked = [item for item in items if not item.name.startswith(_NOT_ASKED_EITHER)]
    found = [*check_watchers(), *testing.watchers(asked)]
    if chapters is not None:
        found += shown.watchers(chapters)
        # Worked out once before anything is timed, because everything builds on it.
        claims.assess_all()
        counterclaims.assess_all()
    wrong = [watcher.name for watcher in watch.learn_all(found)]
    if wrong:
        message = "these fail although nothing is changed:\n" + "\n".join(wrong)
        raise RuntimeError(message)
    return found


def selection(not_asked: Collection[str], names: Sequence[str] = ()) -> list[str]:
    """Return the files of tests that are asked; of all that say something if none is named."""
    files = sorted((ROOT / "tests").glob("test_*.py"))
    chosen = [file for file in files if file.name in names or not names]
    return [str(file) for file in chosen if file.name not in not_asked]


def run_here(
    trials: Iterable[Sequence[Mapping[str, Any]]], result: str, *, outputs_alone: bool = False
) -> None:
    """Try changes in this process and add who noticed to a file."""
    from analysis.honesty import testing

    wanted = [[Change(**change) for change in changes] for changes in trials]

    def inside(items: list[Any]) -> None:
        found = learned(items)
        made = [trial(changes, outputs_alone=outputs_alone) for changes in wanted]
        for done, seen in watch.run(made, found, total=len(made), label="changes"):
            results.add(Path(result), {**asdict(done.key), **asdict(seen)})

    testing.keep(selection(NOT_ASKED), inside)


# From outside -----------------------------------------------------------------------------


def run(names: Sequence[str] = (), *, sample: int | None = None, seed: int = SEED) -> pd.DataFrame:
    """Change cells of tables, one at a time, and say who noticed.

    Parameters
    ----------
    names : sequence of str
        Tables; all that a chapter reads if none is named.
    sample : int, optional
        So many cells, drawn over these tables; all that belong to the proof if not given.
    seed : int
        Of the draw and of the changes.

    Returns
    -------
    DataFrame
        table, row, column, before, after, kind (``checkpoint``, ``output`` or ``nothing``),
        by (who noticed), stopped.
    """
    # Of a table of which every cell is listed as unread there is nothing to try.
    chosen = [name for name in list(names) or tables_of_chapters() if size_of(name)]
    limits: dict[str, int | None] = dict.fromkeys(chosen)
    if sample is not None:
        draw = random.Random(seed)
        # Each table as often as any other, so that the large ones do not fill the sample.
        turns = range(0, sample, len(chosen))
        order = [name for _ in turns for name in draw.sample(chosen, len(chosen))][:sample]
        limits = {name: order.count(name) for name in dict.fromkeys(order)}
    wanted = [
        [change] for name, limit in limits.items() for change in changes_of(name, seed, limit=limit)
    ]
    return tried(wanted, seed)


def whole_columns(names: Sequence[str] = (), *, seed: int = SEED) -> tuple[list[str], list[str]]:
    """Change whole columns, to find what nothing reads.

    Returns
    -------
    tuple of list of str
        Columns that nothing reads and that ``unread-cells`` does not list, each as a line for
        that table with the column's description in place of the reason, and columns of which
        it lists cells although an output hangs on them.  (A check that looks at all cells may
        well notice what is listed: nobody is deceived by that.)
    """
    chosen = list(names) or tables_of_chapters()
    others = [part for name in chosen for part in columns_of(name, seed, listed=False)]
    listed = [columns_of(name, seed, listed=True) for name in chosen]
    # All that is listed of a table at once: one trial, since nobody is expected to notice.
    together = [[change for part in parts for change in part] for parts in listed if parts]
    missing = tried(others, seed).query("kind == 'nothing'")
    needless = missing.head(0)
    if together:
        found = tried(together, seed, outputs_alone=True).query("kind != 'nothing'")
        doubtful = [p for parts in listed for p in parts if p[0].table in set(found["table"])]
        if doubtful:
            needless = tried(doubtful, seed, outputs_alone=True).query("kind != 'nothing'")
    lists = [
        [f"{row.table}: {row.column}" for row in part.itertuples()] for part in (missing, needless)
    ]
    return lists[0], lists[1]


def tried(
    wanted: Sequence[Sequence[Change]], seed: int, *, outputs_alone: bool = False
) -> pd.DataFrame:
    """Try changes that were not tried before under the same data and code."""
    kind = "data-outputs" if outputs_alone else "data"
    file = results.file_of(kind, seed=seed)
    done = {_place(finding) for finding in results.held(file)}
    missing = [changes for changes in wanted if _place(asdict(named(changes))) not in done]
    if missing:
        trials = [[asdict(change) for change in changes] for changes in missing]
        request = {"trials": trials, "result": str(file), "outputs_alone": outputs_alone}
        results.run_apart("data", request)
    held = {_place(finding): finding for finding in results.held(file)}
    return pd.DataFrame([held[_place(asdict(named(changes)))] for changes in wanted])


def _place(finding: Mapping[str, Any]) -> tuple[str, int, str]:
    return str(finding["table"]), int(finding["row"]), str(finding["column"])


def summary(found: pd.DataFrame, seed: int = SEED) -> pd.DataFrame:
    """Count the findings by table and column.

    Returns
    -------
    DataFrame
        table, column, cells (that hold something and are read), changed, by_checkpoint,
        by_output (noticed by nothing else), stopped (of these, those that ended in an error),
        unnoticed, seed.
    """
    rows = []
    sizes = {name: size_of(str(name)) for name in found["table"].unique()}
    for (table, column), part in found.groupby(["table", "column"], sort=False):
        kinds = part["kind"].value_counts()
        rows.append(
            {
                "table": table,
                "column": column,
                "cells": sizes[table].get(str(column), 0),
                "changed": len(part),
                "by_checkpoint": int(kinds.get("checkpoint", 0)),
                "by_output": int(kinds.get("output", 0)),
                "stopped": int((part["stopped"] & (part["kind"] == "output")).sum()),
                "unnoticed": int(kinds.get("nothing", 0)),
                "seed": seed,
            }
        )
    return pd.DataFrame(rows)


def write(counted: pd.DataFrame, file: Path = TABLE) -> Path:
    """Write the counts; tables that were not changed now keep theirs."""
    fresh = counted.assign(changed_on=pd.Timestamp(datetime.now(UTC).date()))
    if file.exists():
        held = pd.read_csv(file, dtype=str, keep_default_na=False)
        held = held[~held["table"].isin(fresh["table"])]
        fresh["changed_on"] = fresh["changed_on"].dt.strftime("%Y-%m-%d")
        fresh = pd.concat([held, fresh.astype(str)], ignore_index=True)
    return write_csv(fresh.sort_values(["table", "column"], ignore_index=True), file)
