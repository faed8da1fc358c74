"""The same numbers on other Pythons and on the newest libraries.

The book is built and proved on one Python with pinned libraries.  Here a clean copy of it is
taken to an environment of its own for each other Python and once for the newest libraries that
are allowed; there the claims are worked out and all chapters executed, and what they show is
compared with the stored records, number by number.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd

from analysis import claims
from analysis.book import runner
from analysis.formatting import steady
from analysis.paths import DATA, LOCK, ROOT
from analysis.sources.tables import write_csv

TABLE: Final = DATA / "compatibility.csv"
PYTHONS: Final = ("3.11", "3.12", "3.13")

Libraries = Literal["locked", "newest"]

# Libraries whose versions are told, because numbers pass through them.
TOLD: Final = ("numpy", "pandas", "scipy", "statsmodels", "shapely", "altair")

# What differs between versions of a library without telling a reader anything.
_NOT_COMPARED: Final = frozenset({"$schema", "image/png", "text/plain"})
_LEFT_OUT: Final = shutil.ignore_patterns(
    ".git", ".venv", "_build", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis"
)


@dataclass(frozen=True)
class Outcome:
    """What one environment gave.

    Attributes
    ----------
    python : str
        Its full version.
    libraries : str
        ``locked`` or ``newest``.
    versions : str
        Of the libraries in `TOLD`.
    claims_equal : bool
        Whether ``claims.json`` is the same, byte for byte.
    chapters : int
        That were executed.
    values : int
        Numbers and texts that were compared.
    different : int
        Of these.
    seconds : float
        For everything but the installation.
    """

    python: str
    libraries: Libraries
    versions: str
    claims_equal: bool
    chapters: int
    values: int
    different: int
    seconds: float

    @property
    def same(self) -> bool:
        """Whether readers would see the same there."""
        return self.claims_equal and self.different == 0


def table(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Return outcomes as a table, one row an environment."""
    return pd.DataFrame([asdict(each) for each in outcomes])


def interpreter(name: str) -> Path:
    """Find a Python by its version (``3.12``) or path: given, on PATH, or kept by pyenv.

    Raises
    ------
    LookupError
        None is found; the message says where was looked.
    """
    if re.fullmatch(r"\d+\.\d+", name):
        if name == f"{sys.version_info.major}.{sys.version_info.minor}":
            return Path(sys.executable)
        found = shutil.which(f"python{name}")
        # A shim of pyenv answers to the name and then refuses when no version is chosen.
        if found and _answers(Path(found)):
            return Path(found)
        kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
        for python in sorted(kept.glob(f"{name}.*/bin/python"), reverse=True):
            if _answers(python):
                return python
    elif shutil.which(name) and _answers(Path(str(shutil.which(name)))):
        return Path(str(shutil.which(name)))
    message = f"no Python {name!r}: not on PATH, not kept by pyenv, no path of one"
    raise LookupError(message)


def _answers(python: Path) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def requirements(libraries: Libraries) -> list[str]:
    """Return what pip is asked for: the lock, or what is allowed without it."""
    if libraries == "locked":
        # The lock names every package, and pip would refuse one asked for with an extra.
        return ["--no-deps", "--require-hashes", "-r", str(LOCK)]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return ["--upgrade", *project["dependencies"]]


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every number and text of a structure with its place in it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in _NOT_COMPARED:
                yield from leaves(value, f"{path}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from leaves(value, f"{path}/{place}")
    else:
        yield path, node


def alike(one: object, other: object) -> bool:
    """Say whether two values are the same to the digits that the book stores."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return steady(float(one)) == steady(float(other))
    return one == other


def shown(record: dict[str, Any]) -> dict[str, object]:
    """Return all that a record shows: each number and text of its outputs by place.

    Tables that altair names by a hash of their content are named by their order.
    """
    found: dict[str, object] = {}
    for place, cell in enumerate(record["cells"]):
        for number, output in enumerate(cell.get("outputs", [])):
            data = dict(output.get("data", {}))
            for mime, content in data.items():
                held = _by_order(content) if isinstance(content, dict) else content
                kept = (
                    "".join(held) if isinstance(held, list) and mime.startswith("text/") else held
                )
                found.update(leaves({mime: kept}, f"{place}.{number}"))
    return found


def _by_order(spec: dict[str, Any]) -> dict[str, Any]:
    names = list(spec.get("datasets", {}))
    text = json.dumps(spec, ensure_ascii=False)
    for place, name in enumerate(names):
        text = text.replace(f'"{name}"', f'"table {place}"')
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def differences(one: dict[str, object], other: dict[str, object]) -> list[str]:
    """Return the places whose values differ, or stand in one record only."""
    places = one.keys() | other.keys()
    missing = object()
    return sorted(
        place for place in places if not alike(one.get(place, missing), other.get(place, missing))
    )


def check(python: str, libraries: Libraries, *, keep: Path | None = None) -> Outcome:
    """Work out claims and chapters in a fresh environment, and compare.

    Parameters
    ----------
    python : str
        See `interpreter`.
    libraries : {"locked", "newest"}
    keep : Path, optional
        Folder for the environment; a temporary one, removed afterwards, if not given.

    Raises
    ------
    RuntimeError
        A step failed; the message ends in what it said.
    """
    with tempfile.TemporaryDirectory(prefix="compatibility-") as temporary:
        folder = keep or Path(temporary)
        copy, home = folder / "book", folder / "environment"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, dirs_exist_ok=True)
        own = home / ("Scripts" if os.name == "nt" else "bin") / "python"
        _step([interpreter(python), "-m", "venv", home], folder)
        pip: list[str | Path] = [own, "-m", "pip", "--disable-pip-version-check"]
        _step([*pip, "install", "--quiet", *requirements(libraries)], folder)
        _step([*pip, "check"], folder)
        start = time.perf_counter()
        told = "; ".join(f"{name} {{version({name!r})}}" for name in TOLD)
        asked = f"from importlib.metadata import version; print(f{told!r})"
        versions = _step([own, "-c", asked], copy).strip()
        exact = _step([own, "-c", "import platform; print(platform.python_version())"], copy)
        document = _step([own, "-m", "analysis", "claims", "--json"], copy)
        _step([own, "-m", "analysis", "notebooks", "--all"], copy)
        values, different = compared(copy)
        return Outcome(
            python=exact.strip(),
            libraries=libraries,
            versions=versions,
            claims_equal=document.strip() == claims.to_json().strip(),
            chapters=len(runner.sources()),
            values=values,
            different=len(different),
            seconds=round(time.perf_counter() - start, 1),
        )


def compared(copy: Path) -> tuple[int, list[str]]:
    """Compare the records of a copy with those of this repository.

    Returns
    -------
    tuple of int and list of str
        How many values there are, and the places of those that differ.
    """
    count, different = 0, []
    for source in runner.sources():
        here = runner.record_path(source)
        there = copy / here.relative_to(ROOT)
        stored, fresh = (
            shown(json.loads(path.read_text(encoding="utf-8"))) for path in (here, there)
        )
        count += len(stored)
        different += [f"{source.stem}: {place}" for place in differences(stored, fresh)]
    return count, different


def _step(command: Sequence[str | Path], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    # The environment that runs this must not be found by the one that is tried.
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "JUPYTER_PATH"):
        environment.pop(name, None)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        said = (done.stdout[-1500:] + done.stderr[-3000:]).strip()
        message = f"{' '.join(str(part) for part in command)[:200]}\n{said}"
        raise RuntimeError(message)
    return done.stdout


def plan(pythons: Sequence[str]) -> list[tuple[str, Libraries]]:
    """Return what is tried: each Python with the lock, and the last with the newest libraries."""
    chosen = list(pythons) or list(PYTHONS)
    return [*((name, "locked") for name in chosen), (chosen[-1], "newest")]


def write(outcomes: Sequence[Outcome], file: Path = TABLE) -> Path:
    """Write the outcomes; those of other Pythons and libraries that the table holds stay."""
    day = pd.Timestamp(datetime.now(UTC).date())
    fresh = table(outcomes).assign(checked_on=day)
    fresh["claims_equal"] = fresh["claims_equal"].map({True: "true", False: "false"})
    if file.exists():
        held = pd.read_csv(file, dtype=str, keep_default_na=False)
        done = {(_minor(each.python), each.libraries) for each in outcomes}
        keys = zip(held["python"].map(_minor), held["libraries"], strict=True)
        held = held[[key not in done for key in keys]]
        fresh = pd.concat([held, fresh.astype(str)], ignore_index=True)
    ordered = fresh.sort_values(["libraries", "python"], ignore_index=True)
    return write_csv(ordered, file)


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])
