"""What a long proof has found so far, kept so that an interrupted one goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from analysis.paths import BUILD, LOCK, ROOT

FOLDER: Final = BUILD / "honesty"

# What the outcome of a proof depends on.
_INPUTS: Final = ("analysis/**/*.py", "data/**/*.*", "tests/**/*.py", "chapters/*.md")

# Tables that only tell how proofs went are no input of a proof.
_ABOUT_PROOFS: Final = (
    "data/mutation_",
    "data/compatibility",
    "data/independence",
    "data/benchmarks",
    "data/unread_cells",  # says which cells are tried, not what notices them
    "data/origins/mutation",
)


def key(**settings: Any) -> str:
    """Hash everything that a proof's outcome depends on, with its settings."""
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    files = {file for pattern in _INPUTS for file in ROOT.glob(pattern)} | {LOCK}
    for file in sorted(files):
        name = file.relative_to(ROOT).as_posix()
        if not name.startswith(_ABOUT_PROOFS):
            digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def file_of(kind: str, **settings: Any) -> Path:
    """Return where the findings of a proof are, by the hash of what they depend on."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return FOLDER / f"{kind}-{key(**settings)[:16]}.jsonl"


def held(file: Path) -> list[dict[str, Any]]:
    """Read what was found so far; a line that was cut off is left out."""
    if not file.exists():
        return []
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return found


def add(file: Path, finding: Mapping[str, Any]) -> None:
    """Add one finding."""
    with file.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(finding, ensure_ascii=False) + "\n")


def run_apart(kind: str, request: Mapping[str, Any], folder: Path = ROOT) -> None:
    """Run a proof in a process of its own, in which caches are watched from the start.

    Parameters
    ----------
    kind : {"data", "code"}
    request : mapping
        Arguments of the proof's ``run_here``.
    folder : Path
        The repository or a copy of it: the package that is loaded is the one there.

    Raises
    ------
    RuntimeError
        The proof could not be run.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=FOLDER, prefix=f"{kind}-", suffix=".json", encoding="utf-8"
    ) as file:
        json.dump(request, file)
        file.flush()
        command = [sys.executable, "-m", "analysis.honesty", kind, file.name]
        environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0"}
        status = subprocess.run(command, cwd=folder, env=environment).returncode
    if status:
        message = f"the proof {kind!r} could not be run; its messages are above"
        raise RuntimeError(message)
