"""How long the book takes: to execute, to build, to prove, and to show its charts.

Every figure is a median of several runs with its lowest and highest; what matters is mostly a
ratio of two medians taken in turn on one machine, because a time in seconds is a property of
that machine too.  Builds are timed in a copy of the repository, so that nothing here writes
to chapters or pages.

The results are the table ``benchmarks``; `TARGETS` is what they are held to.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

import nbformat
import numpy as np
import pandas as pd
import shapely

from analysis.paths import DATA, ROOT
from analysis.sources.tables import write_csv

TABLE: Final = DATA / "benchmarks.csv"

# What is not part of the book's source; a copy without it is a clean clone.
_LEFT_OUT: Final = (".git", ".venv", "_build", "__pycache__", ".pytest_cache", ".*_cache", "tmp*")
_GROWTH: Final = (1, 2, 4)
_CHAPTERS: Final = 3  # of the book that is made once, twice and four times as long
_MAPS: Final = 120


@dataclass(frozen=True)
class Result:
    """What several runs of one thing gave.

    Attributes
    ----------
    group, measure, variant : str
        Name of the figure; the three are the key.
    unit : str
        ``s``, ``ms``, ``bytes``, ``maps/s`` or ``rows/s``.
    runs : int
        That counted.
    median, lowest, highest : float
        Over the runs, in `unit`.
    ratio : float or None
        This median by that of the variant `ratio_to`.
    ratio_to : str
        Empty where nothing is compared.
    """

    group: str
    measure: str
    variant: str
    unit: str
    runs: int
    median: float
    lowest: float
    highest: float
    ratio: float | None = None
    ratio_to: str = ""


@dataclass(frozen=True)
class Target:
    """What a figure is held to: at most, or at least, in its unit or as a ratio."""

    group: str
    measure: str
    variant: str
    kind: str  # "at most", "at least", "ratio at most", "ratio at least"
    value: float

    def met(self, result: Result) -> bool:
        """Say whether a result reaches the target; a ratio that is missing does not."""
        seen = result.ratio if self.kind.startswith("ratio") else result.median
        if seen is None:
            return False
        return seen <= self.value if self.kind.endswith("at most") else seen >= self.value


TARGETS: Final = (
    Target("pages", "all charts visible", "altair", "ratio at least", 4.0),
    Target("execution", "all chapters", "in parallel", "ratio at most", 1.3),
    Target("build", "from a clean clone", "book", "at most", 90.0),
    Target("build", "nothing changed", "book", "at most", 3.0),
    Target("build", "prose of one chapter changed", "book", "at most", 10.0),
    # Linear: four times the chapters take at most four times as long.
    Target("growth", "build", "4 times the chapters", "ratio at most", 4.0),
)


def result(group: str, measure: str, variant: str, unit: str, values: Sequence[float]) -> Result:
    """Summarise runs; ValueError without any."""
    if not values:
        message = f"{group}, {measure}, {variant}: no run"
        raise ValueError(message)
    return Result(
        group, measure, variant, unit, len(values), median(values), min(values), max(values)
    )


def compared(item: Result, to: Result) -> Result:
    """Add the ratio of a result's median to that of another.

    Raises
    ------
    ValueError
        The two are not in the same unit, or the other is not above zero.
    """
    if item.unit != to.unit or to.median <= 0:
        message = f"{item.variant} in {item.unit} by {to.variant}: {to.median} {to.unit}"
        raise ValueError(message)
    return replace(item, ratio=item.median / to.median, ratio_to=to.variant)


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds a call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


# Pages -----------------------------------------------------------------------------------

_PAGE_MEASURES: Final = {
    "first contentful paint": ("ms", "first_paint_ms"),
    "all charts visible": ("ms", "all_visible_ms"),
    "all charts interactive": ("ms", "all_live_ms"),
    "received when all charts are visible": ("bytes", "visible_bytes"),
    "received at rest": ("bytes", "rest_bytes"),
}


def pages(runs: int, cdn: Path | None = None) -> list[Result]:
    """Compare a page of six charts with altair's default renderer; see `bench_pages`."""
    from analysis import bench_pages

    with tempfile.TemporaryDirectory() as folder:
        loads = bench_pages.measure(bench_pages.build_pages(Path(folder), cdn), runs)
    return page_results(loads)


def page_results(loads: dict[str, list[Any]]) -> list[Result]:
    """Turn loads by variant into results, altair's beside the book's."""
    found = []
    for measure, (unit, name) in _PAGE_MEASURES.items():
        rows = {
            variant: result("pages", measure, variant, unit, [getattr(x, name) for x in seen])
            for variant, seen in loads.items()
        }
        book = rows.pop("book")
        found += [book, *(compared(row, book) for row in rows.values())]
    return found


# Adapter ---------------------------------------------------------------------------------


def synthetic_maps(folder: Path, days: int, *, seed: int = 0) -> None:
    """Write daily maps of a made-up front that moves a little each day.

    Parameters
    ----------
    folder : Path
        Where the GeoJSON files go.
    days : int
        Maps, one a day from 1 January 2024.
    seed : int
        Of the outline's 2,000 points.
    """
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    south = np.linspace(46.2, 49.5, 2000)
    front = 36.5 + 0.5 * np.sin(3 * south) + random.normal(0, 0.004, south.size)
    for day in range(days):
        west = front - 0.001 * day
        line = np.column_stack([west, south])
        shape = shapely.Polygon([*line, (39.0, 49.5), (39.0, 46.2)]).buffer(0)
        feature = f'{{"type":"Feature","properties":{{}},"geometry":{shapely.to_geojson(shape)}}}'
        text = f'{{"type":"FeatureCollection","features":[{feature}]}}'
        name = f"deepstatemap_data_{date(2024, 1, 1) + timedelta(days=day):%Y%m%d}.geojson"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def adapter(runs: int) -> list[Result]:
    """Time the adapter of the daily maps: read, check, project, measure."""
    from analysis.sources import deepstate

    with tempfile.TemporaryDirectory() as name:
        synthetic_maps(Path(name), _MAPS)
        seconds = [timed(lambda: deepstate.build(Path(name), gaps=set())) for _ in range(runs)]
    rates = [_MAPS / second for second in seconds]
    return [result("adapter", "daily maps measured", "deepstate", "maps/s", rates)]


# Sweeps ----------------------------------------------------------------------------------


def sweep(runs: int) -> list[Result]:
    """Time the models over their tables of parameters, on one core.

    Of a model with many rows so many are drawn as are sent to a core at once; what is drawn
    is the same in each run.  Each run has a seed of its own, so that none finds what another
    has kept, and a first one, which loads libraries, does not count.
    """
    from analysis import sweeps

    found = []
    for name, item in sorted(sweeps.registered().items()):
        rows = sweeps.sample(item, min(item.block_rows, len(item.parameters())), seed=1)
        seeded = [replace(item, seed=item.seed + run) for run in range(runs + 1)]
        seconds = [timed(partial(sweeps.compute, each, rows)) for each in seeded][1:]
        rates = [len(rows) / second for second in seconds]
        found.append(result("sweep", "rows of parameters", name, "rows/s", rates))
    return found


# Execution and builds, in a copy ---------------------------------------------------------


@contextmanager
def copy_of_repository() -> Iterator[Path]:
    """Copy what a clean clone holds; yields its root, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "book"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        yield root


def call(root: Path, *arguments: str) -> float:
    """Run a Python command in a copy of the repository and return its seconds.

    Raises
    ------
    RuntimeError
        It failed; with what it printed.
    """
    # First on the path, so that kernels and processes too load the copy's package.
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": ""}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        message = f"{' '.join(arguments)}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        raise RuntimeError(message)
    return seconds


_ONE_AFTER_ANOTHER: Final = """
import time
from analysis.book import runner
for source in runner.sources():
    runner.execute(source)
"""


def execution(runs: int) -> list[Result]:
    """Time the execution of all chapters: over the cores, and one after another.

    The ratio is that of the first to the second by the number of cores.
    """
    cores = os.cpu_count() or 1
    together, alone = [], []
    with copy_of_repository() as root:
        for _ in range(runs):
            together.append(call(root, "-m", "analysis", "notebooks", "--all"))
            alone.append(call(root, "-c", _ONE_AFTER_ANOTHER) / cores)
    variant = "one after another, by cores"
    base = result("execution", "all chapters", variant, "s", alone)
    fast = result("execution", "all chapters", "in parallel", "s", together)
    return [compared(fast, base), base]


def _change_prose(root: Path, run: int) -> None:
    chapter = _first_chapter(root)
    chapter.write_text(
        chapter.read_text(encoding="utf-8") + f"\nA sentence of run {run}.\n",
        encoding="utf-8",
        newline="\n",
    )


def _change_module(root: Path, run: int) -> None:
    module = root / "analysis" / "losses.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(f"{text}\n# Run {run}.\n", encoding="utf-8", newline="\n")


def _change_table(root: Path, run: int) -> None:
    origin = root / "data" / "origins" / "oryx_losses.yml"
    text = origin.read_text(encoding="utf-8")
    # A column's description is part of what a record depends on, and breaks no promise.
    changed = re.sub(
        r'(name: \w+, type: \w+,.*?description: ")', rf"\g<1>Run {run}. ", text, count=1
    )
    if changed == text:
        message = "no column to change in oryx_losses.yml"
        raise RuntimeError(message)
    origin.write_text(changed, encoding="utf-8", newline="\n")
    call(root, "-m", "analysis", "data", "seal")


def _first_chapter(root: Path) -> Path:
    return min((root / "chapters").glob("[0-9][0-9]-*.md"))


_CHANGES: Final[dict[str, Callable[[Path, int], None]]] = {
    "prose of one chapter changed": _change_prose,
    "one module changed": _change_module,
    "one table changed": _change_table,
}


def build(runs: int) -> list[Result]:
    """Time the book: from a clean clone, unchanged, and after one change of each kind.

    After a change the time is that of executing what the change reaches and of building.
    """
    seconds: dict[str, list[float]] = {"from a clean clone": [], "nothing changed": []}
    with copy_of_repository() as root:
        call(root, "-m", "analysis", "notebooks")
        for run in range(runs):
            shutil.rmtree(root / "_build", ignore_errors=True)
            seconds["from a clean clone"].append(call(root, "-m", "analysis", "book"))
            seconds["nothing changed"].append(call(root, "-m", "analysis", "book"))
            for name, change in _CHANGES.items():
                change(root, run)
                again = call(root, "-m", "analysis", "notebooks")
                again += call(root, "-m", "analysis", "book")
                seconds.setdefault(name, []).append(again)
    rows = [result("build", name, "book", "s", values) for name, values in seconds.items()]
    return rows


def nbval(runs: int) -> list[Result]:
    """Time the comparison of every chapter's record with a fresh execution."""
    cores = str(os.cpu_count() or 1)
    command = ["-m", "pytest", "-n", cores, "--dist", "loadfile", "chapters", "--nbval"]
    command += ["--nbval-current-env", "--nbval-cell-timeout=120", "-p", "no:cacheprovider"]
    with copy_of_repository() as root:
        call(root, "-m", "analysis", "notebooks")
        seconds = [call(root, *command) for _ in range(runs)]
    return [result("nbval", "all chapters", "nbval", "s", seconds)]


# Growth ----------------------------------------------------------------------------------


def growth(runs: int) -> list[Result]:
    """Time a build of a book of six-chart chapters, as it is and two and four times as long."""
    from analysis import bench_pages

    page = bench_pages.notebook("figures")
    seconds: dict[int, list[float]] = {times: [] for times in _GROWTH}
    for _ in range(runs):
        for times in _GROWTH:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name) / "book"
                chapters = {f"c{n}": _renamed(page, n) for n in range(times * _CHAPTERS)}
                bench_pages.write_book(folder, chapters, ["analysis.book.ext"])
                seconds[times].append(timed(partial(bench_pages.jupyter_book, folder)))
    rows = [
        result("growth", "build", _times(times), "s", values) for times, values in seconds.items()
    ]
    return [rows[0], *(compared(row, rows[0]) for row in rows[1:])]


def _times(times: int) -> str:
    return "the chapters" if times == 1 else f"{times} times the chapters"


def _renamed(page: Any, number: int) -> Any:
    """Give a chapter's figures ids of their own, without which a book does not build."""
    form: Any = nbformat
    text = form.writes(page)
    ids = set(re.findall(r'"figure": \{.*?"id": "([a-z0-9-]+)"', text, re.DOTALL))
    for name in ids:
        text = text.replace(f'"id": "{name}"', f'"id": "{name}-{number}"')
    return form.reads(text, as_version=4)


# Table -----------------------------------------------------------------------------------

GROUPS: Final = ("pages", "adapter", "sweep", "execution", "build", "nbval", "growth")

# Models over tables of parameters, by name; named here so that the table's lines are known
# without loading the models.
SWEEPS: Final = ("bargaining-grid", "bargaining-sobol", "timing-waiting")

# Every figure that the table has to hold: group, measure, variant.
EXPECTED: Final = (
    *(
        ("pages", measure, variant)
        for measure in _PAGE_MEASURES
        for variant in ("book", "altair", "altair-light")
    ),
    ("adapter", "daily maps measured", "deepstate"),
    *(("sweep", "rows of parameters", name) for name in SWEEPS),
    ("execution", "all chapters", "in parallel"),
    ("execution", "all chapters", "one after another, by cores"),
    ("build", "from a clean clone", "book"),
    ("build", "nothing changed", "book"),
    *(("build", name, "book") for name in _CHANGES),
    ("nbval", "all chapters", "nbval"),
    *(("growth", "build", _times(times)) for times in _GROWTH),
)


def run(groups: Iterable[str], *, runs: int, cdn: Path | None = None) -> list[Result]:
    """Measure some groups, in the order of `GROUPS`.

    Parameters
    ----------
    groups : iterable of str
        Of `GROUPS`.
    runs : int
        Runs of each that count.
    cdn : Path, optional
        Folder with the CDN's own chart scripts; see `bench_pages.build_pages`.
    """
    chosen = set(groups)
    measures: dict[str, Callable[[], list[Result]]] = {
        "pages": lambda: pages(runs, cdn),
        "adapter": lambda: adapter(runs),
        "sweep": lambda: sweep(runs),
        "execution": lambda: execution(runs),
        "build": lambda: build(runs),
        "nbval": lambda: nbval(runs),
        "growth": lambda: growth(runs),
    }
    return [item for name, measure in measures.items() if name in chosen for item in measure()]


_KEY: Final = ["group", "measure", "variant"]
_DECIMALS: Final = {"ms": 0, "bytes": 0, "s": 2, "maps/s": 1, "rows/s": 1}


def write(results: Sequence[Result], file: Path = TABLE) -> Path:
    """Put results into the table; what was not measured now stays as it was.

    A figure that was never measured has no runs and no values.
    """
    fresh = {(r.group, r.measure, r.variant): _cells(r) for r in results}
    kept = _rows(file)
    empty = {"runs": "0"}
    rows = [
        dict(zip(_KEY, key, strict=True)) | fresh.get(key, kept.get(key, empty)) for key in EXPECTED
    ]
    return write_csv(pd.DataFrame(rows, columns=_COLUMNS).sort_values(_KEY), file)


_COLUMNS: Final = [
    *_KEY,
    "unit",
    "runs",
    "median",
    "lowest",
    "highest",
    "ratio",
    "ratio_to",
    "measured_on",
    "machine",
]


def _rows(file: Path) -> dict[tuple[str, ...], dict[str, str]]:
    if not file.exists():
        return {}
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows = table.to_dict("records")
    return {tuple(str(row[k]) for k in _KEY): {str(k): v for k, v in row.items()} for row in rows}


def _cells(item: Result) -> dict[str, str]:
    digits = _DECIMALS[item.unit]
    return {
        "unit": item.unit,
        "runs": str(item.runs),
        "median": f"{item.median:.{digits}f}",
        "lowest": f"{item.lowest:.{digits}f}",
        "highest": f"{item.highest:.{digits}f}",
        "ratio": "" if item.ratio is None else f"{item.ratio:.2f}",
        "ratio_to": item.ratio_to,
        "measured_on": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
    }


def machine() -> str:
    """Return what a time depends on: cores, load when the bench ended, Python."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores{load}, Python {platform.python_version()}"


def printed(results: Sequence[Result]) -> Iterator[tuple[str, ...]]:
    """Yield lines for a terminal: what was measured, and whether it reaches its target."""
    targets = {(t.group, t.measure, t.variant): t for t in TARGETS}
    for item in results:
        cells = _cells(item)
        target = targets.get((item.group, item.measure, item.variant))
        held = ""
        if target:
            held = f"{target.kind} {target.value:g}: {'met' if target.met(item) else 'MISSED'}"
        spread = f"{cells['lowest']} to {cells['highest']}"
        names = (f"{item.group}: {item.measure}", item.variant, item.unit, cells["runs"])
        yield (*names, cells["median"], spread, cells["ratio"], held)
