"""Sweeps: a model run over a table of parameters, its results stored as data.

A sweep is a frame of parameters, one row a run, and a pure function from rows of parameters
to rows of results.  The runner cuts the frame into blocks and gives them to joblib: to the
cores of this machine, or without a change of code to a cluster through joblib's Dask backend
(``parallel_config(backend="dask")``).  A row's result may depend on nothing but its own
parameters and the seed, so that blocks, cores and machines cannot alter it.

Results are tables like all others, with an origin that names the version of the model, the
seed and the number of runs (`Sweep.stamp`); a random sample of their rows is recomputed by
the tests (`differences`).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from joblib import Parallel, delayed, parallel_config
from tqdm import tqdm

from analysis import tables
from analysis.datapackage import Origin, origin
from analysis.sources.tables import write_csv
from analysis.violations import Violation

# Modules that define sweeps, each in a tuple ``SWEEPS``; imported when a sweep is asked for,
# so that a chapter that reads one model does not load the others.
MODULES = ("analysis.timing", "analysis.bargaining")

# The column that carries a sweep's seed to its blocks.
SEED = "seed"


@dataclass(frozen=True)
class Sweep:
    """One model over one table of parameters.

    Attributes
    ----------
    name : str
        As the command line takes it.
    resource : str
        The table in ``data/`` that holds the results (its origin gives the precision).
    parameters : callable
        Returns the parameters, one row a run; the columns of the table's primary key among
        them.
    block : callable
        Vectorised model: some rows of the parameters, with the column ``seed`` added, to
        the same rows in the same order with all columns of the table.  It must be a
        function at the top of a module, because other processes import it.
    seed : int
        Root of all random numbers (`generator`); stored though a model may draw none.
    version : str
        Version of the model; raised by hand when its results change.
    block_rows : int
        Rows in a block: enough to be worth sending, few enough for the memory.
    """

    name: str
    resource: str
    parameters: Callable[[], pd.DataFrame]
    block: Callable[[pd.DataFrame], pd.DataFrame]
    seed: int
    version: str
    block_rows: int = 500

    def stamp(self, runs: int) -> str:
        """Return what the origin of the stored results must say of how they were made."""
        return f"model {self.version}, seed {self.seed}, {runs:,} runs"


def generator(seed: int, *labels: str | int) -> np.random.Generator:
    """Return the random numbers of one seed and purpose, the same on every machine.

    Parameters
    ----------
    seed : int
        Of the sweep.
    *labels : str or int
        What the numbers are for.  Equal labels give equal numbers: rows that leave their
        own parameters out share their draws, and differ by their parameters alone.
    """
    words = [crc32(str(label).encode()) for label in labels]
    return np.random.default_rng([seed, *words])


def registered() -> dict[str, Sweep]:
    """Return every sweep by name.

    Raises
    ------
    ValueError
        Two sweeps have one name or write one table.
    """
    found = [sweep for module in MODULES for sweep in importlib.import_module(module).SWEEPS]
    for field in ("name", "resource"):
        values = [getattr(sweep, field) for sweep in found]
        if len(set(values)) < len(values):
            message = f"sweeps that share a {field}: {sorted(values)}"
            raise ValueError(message)
    return {sweep.name: sweep for sweep in found}


def compute(
    sweep: Sweep, rows: pd.DataFrame | None = None, *, n_jobs: int | None = None
) -> pd.DataFrame:
    """Run a sweep, or only some rows of its parameters.

    Parameters
    ----------
    sweep : Sweep
    rows : DataFrame, optional
        Rows of ``sweep.parameters()``; all of them by default.
    n_jobs : int, optional
        Processes; by default what the joblib configuration around this call says, which
        is one process outside of any.

    Returns
    -------
    DataFrame
        The columns of the sweep's table, in order, not rounded; sorted by its primary key.
    """
    wanted = sweep.parameters() if rows is None else rows
    if wanted.empty:
        message = f"sweep {sweep.name!r} has no rows to run"
        raise ValueError(message)
    starts = range(0, len(wanted), sweep.block_rows)
    blocks = [wanted.iloc[start : start + sweep.block_rows] for start in starts]
    jobs = Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_run_block)(sweep, block) for block in blocks
    )
    # Progress is for a person at a terminal; a log gets none.
    bar = tqdm(jobs, total=len(blocks), desc=sweep.name, unit="block", disable=None)
    done = pd.concat(list(bar), ignore_index=True)
    item = origin(sweep.resource)
    columns = [column.name for column in item.columns]
    ordered: pd.DataFrame = done[columns]
    return ordered.sort_values(list(item.primary_key), ignore_index=True)


def _run_block(sweep: Sweep, rows: pd.DataFrame) -> pd.DataFrame:
    result = sweep.block(rows.assign(**{SEED: sweep.seed}))
    if len(result) != len(rows):
        message = f"sweep {sweep.name!r}: {len(rows)} rows went in, {len(result)} came out"
        raise ValueError(message)
    return result


def cores(cluster: str | None = None) -> AbstractContextManager[object]:
    """Return the context in which sweeps run: all local cores, or a Dask cluster.

    Parameters
    ----------
    cluster : str, optional
        Address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``, whose workers have
        this package installed; local cores without it.

    Raises
    ------
    ModuleNotFoundError
        A cluster is asked for and ``distributed`` is not installed.
    """
    stack = ExitStack()
    if cluster is None:
        stack.enter_context(parallel_config(n_jobs=-1))
        return stack
    distributed: Any = importlib.import_module("distributed")
    stack.enter_context(distributed.Client(cluster))
    stack.enter_context(parallel_config(backend="dask"))
    return stack


def decimals(item: Origin) -> dict[str, int]:
    """Return digits after the point of each column of numbers, from its stated precision.

    Raises
    ------
    ValueError
        A column of numbers states no precision: its digits would differ between machines.
    """
    numbers = [column for column in item.columns if column.type == "number"]
    missing = [column.name for column in numbers if column.precision is None]
    if missing:
        message = f"origin {item.name!r}: no precision for {missing}"
        raise ValueError(message)
    return {
        column.name: max(0, -int(np.floor(np.log10(column.precision or 1.0)))) for column in numbers
    }


def store(sweep: Sweep, results: pd.DataFrame) -> int:
    """Write the results of a whole sweep to its table, rounded to the stated precision.

    Returns
    -------
    int
        Rows written.
    """
    item = origin(sweep.resource)
    write_csv(results, item.file, decimals(item))
    return len(results)


def run(sweep: Sweep) -> str:
    """Compute and store one sweep; return a line about it for the terminal.

    The line ends with the stamp that the origin of the table must carry.
    """
    rows = store(sweep, compute(sweep))
    stamp = sweep.stamp(rows)
    said = {source.version for source in origin(sweep.resource).sources}
    warning = "" if stamp in said else "; the origin of the table must say so"
    return f"{sweep.name}: {origin(sweep.resource).path}, {stamp}{warning}"


def main(names: Iterable[str] = (), cluster: str | None = None) -> list[str]:
    """Recompute and store the named sweeps, or all.

    Parameters
    ----------
    names : iterable of str
        Names of sweeps; none means all.
    cluster : str, optional
        Address of a Dask scheduler; see `cores`.

    Returns
    -------
    list of str
        One line for each sweep.

    Raises
    ------
    KeyError
        An unknown name; the message lists those there are.
    """
    known = registered()
    chosen = list(names) or list(known)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        message = f"no sweep {', '.join(unknown)}; there are: {', '.join(known)}"
        raise KeyError(message)
    with cores(cluster):
        return [run(known[name]) for name in chosen]


def sample(sweep: Sweep, size: int, seed: int) -> pd.DataFrame:
    """Return so many rows of a sweep's parameters, drawn at random."""
    rows = sweep.parameters()
    return rows.sample(n=min(size, len(rows)), random_state=seed)


def differences(sweep: Sweep, rows: pd.DataFrame) -> list[Violation]:
    """Recompute some rows of a sweep and compare them with the stored table.

    Parameters
    ----------
    sweep : Sweep
    rows : DataFrame
        Rows of its parameters, such as `sample` gives.

    Returns
    -------
    list of Violation
        Every cell that differs by more than one step of its column's precision, and every
        row that is missing; empty when the table is what the model gives.
    """
    item = origin(sweep.resource)
    key = list(item.primary_key)
    stored = tables.read(sweep.resource)
    fresh = _as_stored(compute(sweep, rows), item)
    both = fresh.merge(stored, on=key, how="left", suffixes=("", " stored"), indicator=True)
    found = []
    for _, row in both.iterrows():
        where = ", ".join(f"{name}={row[name]}" for name in key)
        if row["_merge"] == "left_only":
            found.append(Violation(f"data/{item.path}", where, "-", "-", "a row of this sweep"))
            continue
        found += _cells_that_differ(row, item, where)
    return found


def _as_stored(results: pd.DataFrame, item: Origin) -> pd.DataFrame:
    rounded: pd.DataFrame = results.round(decimals(item))
    return rounded


def _cells_that_differ(row: pd.Series[Any], item: Origin, where: str) -> list[Violation]:
    found = []
    for column in item.columns:
        if column.name in item.primary_key:
            continue
        fresh, stored = row[column.name], row[f"{column.name} stored"]
        if not _alike(fresh, stored, column.precision if column.type == "number" else None):
            file = f"data/{item.path}"
            found.append(Violation(file, where, column.name, str(stored), f"{fresh} as computed"))
    return found


def _alike(fresh: Any, stored: Any, precision: float | None) -> bool:
    if pd.isna(fresh) or pd.isna(stored):
        return bool(pd.isna(fresh) and pd.isna(stored))
    if precision is None:
        return bool(fresh == stored)
    # Two machines may round the same number to neighbouring steps, and no further apart.
    return bool(abs(fresh - stored) <= 1.001 * precision)


def monte_carlo_error(standard_errors: Sequence[float], values: Sequence[float]) -> float:
    """Return the largest standard error as a share of the range of the results.

    Parameters
    ----------
    standard_errors, values : sequence of float
        Of the same column, one a row.

    Raises
    ------
    ValueError
        All values are equal, so that there is no range.
    """
    width = float(np.max(values) - np.min(values))
    if width == 0:
        message = "the results have no range"
        raise ValueError(message)
    return float(np.max(standard_errors)) / width
