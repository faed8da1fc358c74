"""What the book says on the tables of a store: verdicts, numbers in prose, records to be rerun.

Run as a process of its own with ``POSITION_OF_STRENGTH_STORE`` naming the store, because what a
process has once read and computed it keeps.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from analysis.paths import CHAPTERS, ROOT
from analysis.violations import DataError, Violation, raise_all

MARK: Final = "proof:"
_WORDING: Final = re.compile(r"^from analysis\.wording import (\w+) as words$", re.M)

Proof = dict[str, Any]


def proof(*, check: bool) -> Proof:
    """Assess every claim and write every string on the tables of this process.

    Parameters
    ----------
    check : bool
        Check the data package first.

    Returns
    -------
    dict
        ``claims`` (verdict, robustness, values then and now, readings, by id), ``strings``
        (by chapter and name), ``stale`` (changed inputs by chapter), ``broken`` (by chapter:
        why its strings cannot be written).

    Raises
    ------
    DataError
        From the check; or with every claim that cannot be assessed.
    """
    from analysis import checks

    if check:
        checks.check()
    strings, broken = _strings()
    return {"claims": _claims(), "strings": strings, "stale": _stale(), "broken": broken}


def _claims() -> dict[str, dict[str, str]]:
    from analysis import claims, counterclaims

    found: dict[str, dict[str, str]] = {}
    wrong: list[Violation] = []
    for module, ids in (
        (claims, claims.table().index),
        (counterclaims, counterclaims.table().index),
    ):
        for name in map(str, ids):
            try:
                found[name] = shown(module.assess(name))
            except Exception as error:  # whatever a measure makes of tables it cannot use
                wrong.append(Violation("claims", name, "-", repr(error)[:160], "a verdict"))
    raise_all(wrong)
    return found


def shown(item: Any) -> dict[str, str]:
    """Return what is shown of an assessed claim: verdict, robustness, values, readings."""
    found = {"verdict": item.verdict, "robustness": item.robustness}
    for name in ("then", "now"):
        value = getattr(item, name)
        found[f"value {name}"] = "" if value is None else f"{value.value} {value.text}".strip()
    for part in item.components:
        for reading in part.readings:
            name = f"reading {part.component} {reading.name}".replace("  ", " ")
            found[name] = str(reading.value)
    return found


def _strings() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Write the strings of every chapter that can still be written, and say of which not."""
    found, broken = {}, {}
    for source in sorted(CHAPTERS.glob("[0-9][0-9]-*.md")):
        match = _WORDING.search(source.read_text(encoding="utf-8"))
        if match is None:
            continue
        try:
            words = importlib.import_module(f"analysis.wording.{match[1]}").strings()
        except Exception as error:  # as above
            broken[source.stem] = repr(error)[:160]
        else:
            found[source.stem] = {name: str(text) for name, text in words.items()}
    return found, broken


def _stale() -> dict[str, list[str]]:
    from analysis.book import runner

    return {source.stem: runner.changed_inputs(source) for source in runner.sources()}


def of(store: Path, *, check: bool) -> Proof:
    """Return the proof of a store, made by another process.

    Raises
    ------
    DataError
        As `proof`.
    RuntimeError
        The process failed otherwise.
    """
    code = f"from analysis.refresh import proof; proof.main({check})"
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "POSITION_OF_STRENGTH_STORE": str(store), "PYTHONPATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if MARK not in done.stdout:
        raise RuntimeError(done.stderr[-2000:])
    found: Proof = json.loads(done.stdout.split(MARK, 1)[1])
    if "violations" in found:
        raise DataError([Violation(*parts) for parts in found["violations"]])
    return found


def main(check: bool) -> None:
    """Print the proof of this process's store for the process that asked."""
    try:
        found = proof(check=check)
    except DataError as error:
        found = {
            "violations": [[v.file, v.row, v.column, v.value, v.expected] for v in error.violations]
        }
    print(MARK + json.dumps(found))
