"""Fixtures: a source with a small store, and a server that stands for all sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import loopback
import pandas as pd
import published
import pytest
from click.testing import CliRunner
from stores import EAST, MADE, NORTH, Source, small_store

from analysis import paths
from analysis.__main__ import main
from analysis.refresh import run
from analysis.sources import deepstate


@pytest.fixture
def toy_regions(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """Two oblasts of 40 by 40 km near Kharkiv, in place of the boundaries of Ukraine."""
    west, east = (
        published.square(EAST + start, NORTH, EAST + start + 40, NORTH + 40) for start in (0, 40)
    )
    regions = pd.DataFrame({"oblast": ["Kharkiv", "Luhansk"], "geometry": [west, east]})
    monkeypatch.setattr(deepstate, "read_regions", lambda: regions)
    return regions


@pytest.fixture
def upstream() -> Iterator[loopback.Upstream]:
    """Serve what the sources publish on loopback."""
    found = loopback.Upstream()
    with loopback.serving(found):
        yield found


@pytest.fixture
def source(
    tmp_path: Path, upstream: loopback.Upstream, toy_regions: pd.DataFrame
) -> Callable[[str], Source]:
    """Give a source by its name, whose files are those of the tables that are held."""

    def make(name: str) -> Source:
        root = tmp_path / name / "store"
        found = Source(name, root, upstream)
        small_store(found.record, root)
        found.publish(MADE[name](found))
        return found

    return make


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., tuple[int, str]]:
    """Run ``python -m analysis refresh`` in this process on a small store."""

    def invoke(source: Source, *arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(paths, "STORE", source.store.root)
        monkeypatch.setattr(paths, "JOURNAL", source.store.journal)
        monkeypatch.setattr(run, "book_moves", lambda old, new: [])
        given = ["refresh", source.record.name, "--through", source.upstream.server]
        done = CliRunner().invoke(main, [*given, "--timeout", "2", "--retries", "0", *arguments])
        return done.exit_code, done.output

    return invoke
