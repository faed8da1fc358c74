"""Stored sweeps are what their models give, on one core, on two and on a cluster."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config

from analysis import datapackage, sweeps, tables
from analysis.paths import ROOT
from analysis.sources.tables import write_csv

SWEEPS = sweeps.registered()
named = pytest.mark.parametrize("sweep", SWEEPS.values(), ids=SWEEPS)


def drawn(sweep: sweeps.Sweep, most: int, seed: int) -> pd.DataFrame:
    """Draw rows; few of a sweep of few rows, where each of them is dear."""
    return sweeps.sample(sweep, min(most, max(3, len(sweep.parameters()) // 33)), seed)


@named
def test_random_rows_are_recomputed(sweep):
    """Up to forty rows drawn by a fixed seed give today what the table has."""
    assert sweeps.differences(sweep, drawn(sweep, 40, seed=11)) == []


@pytest.mark.slow
@pytest.mark.recomputed
@named
def test_all_rows_are_recomputed(sweep):
    """Every row gives today what the table has, whichever rows the quick test draws."""
    assert sweeps.differences(sweep, sweep.parameters()) == []


@named
def test_a_changed_cell_is_noticed(sweep, monkeypatch):
    """One number of a stored row is moved by two steps of its precision."""
    rows = drawn(sweep, 5, seed=11)
    item = datapackage.origin(sweep.resource)
    key = item.primary_key
    column = next(c for c in item.columns if c.type == "number" and c.name not in key)
    stored = tables.read(sweep.resource)
    stored[column.name] += 2.5 * column.precision
    monkeypatch.setattr(tables, "read", lambda name: stored)
    found = sweeps.differences(sweep, rows)
    assert len(found) == len(rows)
    assert {violation.column for violation in found} == {column.name}


@named
def test_a_missing_row_is_noticed(sweep, monkeypatch):
    """Of a table emptied of its rows every recomputed row is missing."""
    stored = tables.read(sweep.resource).head(0)
    monkeypatch.setattr(tables, "read", lambda name: stored)
    found = sweeps.differences(sweep, sweeps.sample(sweep, 3, seed=1))
    assert [violation.expected for violation in found] == ["a row of this sweep"] * 3


@named
def test_the_table_has_every_row_and_says_how_it_was_made(sweep):
    """Parameters and table have one row for one; the origin names version, seed and runs."""
    stored = tables.read(sweep.resource)
    assert len(stored) == len(sweep.parameters())
    item = datapackage.origin(sweep.resource)
    assert sweep.stamp(len(stored)) in {source.version for source in item.sources}
    assert item.adapter == "analysis.sweeps"


@named
def test_blocks_do_not_alter_results(sweep):
    """Rows alone and rows in one block are the same, so a sample can be recomputed."""
    rows = drawn(sweep, 3, seed=3)
    whole = sweeps.compute(sweep, rows)
    alone = pd.concat([sweeps.compute(sweep, rows.iloc[[n]]) for n in range(3)])
    key = list(datapackage.origin(sweep.resource).primary_key)
    alone = alone.sort_values(key, ignore_index=True)
    pd.testing.assert_frame_equal(whole, alone)


@named
def test_two_processes_give_the_same(sweep):
    """Where a row is computed does not matter: two local processes agree with one."""
    rows = drawn(sweep, 6, seed=5)
    small = sweeps.Sweep(**{**vars(sweep), "block_rows": 2})
    with parallel_config(n_jobs=2):
        parallel = sweeps.compute(small, rows)
    pd.testing.assert_frame_equal(parallel, sweeps.compute(sweep, rows))


def test_random_numbers_hang_on_seed_and_label_alone():
    """Equal labels share their draws; another label or seed gives others."""
    first = sweeps.generator(7, "land").standard_normal(3)
    assert np.array_equal(first, sweeps.generator(7, "land").standard_normal(3))
    assert not np.array_equal(first, sweeps.generator(7, "lives").standard_normal(3))
    assert not np.array_equal(first, sweeps.generator(8, "land").standard_normal(3))


def test_an_unknown_sweep_is_named():
    """The message lists the sweeps there are."""
    with pytest.raises(KeyError, match=r"no sweep tming; there are: .*timing-waiting"):
        sweeps.main(["tming"])


def test_a_sweep_without_rows_is_an_error():
    """Nothing to run is a mistake, not an empty table."""
    sweep = SWEEPS["timing-waiting"]
    with pytest.raises(ValueError, match="no rows"):
        sweeps.compute(sweep, sweep.parameters().head(0))


def test_a_block_that_loses_rows_is_an_error():
    """Three rows in and two out cannot be joined to their parameters."""
    sweep = SWEEPS["timing-waiting"]
    lossy = sweeps.Sweep(**{**vars(sweep), "block": lambda rows: rows.head(2)})
    with pytest.raises(ValueError, match="3 rows went in, 2 came out"):
        sweeps.compute(lossy, sweep.parameters().head(3))


def test_monte_carlo_error_is_a_share_of_the_range():
    """Errors of 1 and 2 over values from 0 to 50: two fiftieths; no range is an error."""
    assert sweeps.monte_carlo_error([1, 2], [0, 50]) == 0.04
    with pytest.raises(ValueError, match="no range"):
        sweeps.monte_carlo_error([1], [3])


@pytest.mark.slow
def test_all_sweeps_in_ten_minutes_on_two_cores(tmp_path):
    """Whole tables, as stored, within the time that is promised."""
    began = time.monotonic()
    with parallel_config(n_jobs=2):
        for sweep in SWEEPS.values():
            results = sweeps.compute(sweep)
            item = datapackage.origin(sweep.resource)
            file = tmp_path / f"{sweep.name}.csv"
            write_csv(results, file, sweeps.decimals(item))
            fresh = pd.read_csv(file)
            stored = pd.read_csv(item.file)
            # Another machine may round a number to the neighbouring step.
            for column in item.columns:
                if column.type == "number":
                    gap = (fresh[column.name] - stored[column.name]).abs().max()
                    assert gap <= 1.001 * column.precision
                else:
                    assert fresh[column.name].equals(stored[column.name])
    assert time.monotonic() - began < 600


CLUSTER = """
import pandas as pd
from distributed import LocalCluster
from analysis import sweeps

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        workers = len(cluster.workers)
        assert workers == 2, workers
        for sweep in sweeps.registered().values():
            rows = sweeps.sample(sweep, min(60, len(sweep.parameters()) // 33), seed=2)
            small = sweeps.Sweep(**{**vars(sweep), "block_rows": 2 + len(rows) // 6})
            local = sweeps.compute(small, rows)
            with sweeps.cores(cluster.scheduler_address):
                spread = sweeps.compute(small, rows)
            pd.testing.assert_frame_equal(local, spread, check_exact=True)
            print("equal", sweep.name, len(spread))
"""


@pytest.mark.slow
def test_a_cluster_of_two_workers_gives_the_same(tmp_path):
    """The same rows on a Dask cluster of two processes and here are equal to the last bit."""
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script)], env=env, capture_output=True, text=True, timeout=550
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.count("equal") == len(SWEEPS)
