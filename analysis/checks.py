"""Check the whole of ``data/``: every violation at once, with file, row and column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
from jsonschema import Draft7Validator

from analysis import datapackage, schemas, vintages
from analysis.datapackage import Origin
from analysis.paths import DATA, DATAPACKAGE, ORIGINS
from analysis.violations import Violation, raise_all

# Checks over whole tables (sums, references between tables); each module of them
# registers its own here, under the resource that must be right for it to run.
TableCheck = Callable[[], Iterable[Violation]]
_TABLE_CHECKS: list[TableCheck] = []
_SEALED = "what was sealed (after a change of your own: python -m analysis data seal)"


def table_check(function: TableCheck) -> TableCheck:
    """Register a check that looks at whole tables."""
    _TABLE_CHECKS.append(function)
    return function


def check() -> None:
    """Check files, descriptions, hashes, cells and relations of the data.

    Raises
    ------
    DataError
        With the complete list of violations.
    """
    _load_table_checks()
    found = [*_files_without_description(), *vintages.violations(), *_package_violations()]
    described = datapackage.origins().values()
    cells = [violation for item in described for violation in cell_violations(item)]
    found += cells
    # Relations are only asked of tables whose own cells are right.
    if not cells:
        found += [violation for function in _TABLE_CHECKS for violation in function()]
    raise_all(found)


def _load_table_checks() -> None:
    from analysis import (  # noqa: F401
        checks_evidence,
        checks_relations,
        checks_series,
        checks_territory,
    )


def _files_without_description() -> Iterator[Violation]:
    described = {item.file for item in datapackage.origins().values()}
    # Descriptions need none, and earlier states are listed in a table of their own.
    apart = {ORIGINS, DATA / vintages.FOLDER}
    for file in sorted(DATA.rglob("*")):
        if file.is_file() and not apart & set(file.parents) and file not in described:
            name = str(file.relative_to(DATA.parent))
            yield Violation(name, "-", "-", "no description", "a file in data/origins/")
    for file in sorted(described - set(DATA.rglob("*"))):
        yield Violation(str(file.relative_to(DATA.parent)), "-", "-", "missing", "the file")


def profile_violations(package: dict[str, Any]) -> Iterator[Violation]:
    """Hold a descriptor against the Frictionless v2 profile, as carried by dplib.

    dplib's own check looks for the profile on the network and fails without one.
    """
    spec = find_spec("dplib")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    profile = folder / "profiles" / "2.0" / "datapackage.json"
    validator = Draft7Validator(json.loads(profile.read_text(encoding="utf-8")))
    for error in validator.iter_errors(package):
        where = "/".join(map(str, error.absolute_path)) or "-"
        yield Violation(DATAPACKAGE.name, "-", where, error.message[:80], "profile v2")


def _package_violations() -> Iterator[Violation]:
    package = datapackage.sealed()
    yield from profile_violations(package)
    entries = {entry["name"]: entry for entry in package["resources"]}
    for name, item in datapackage.origins().items():
        entry = entries.pop(name, None)
        if entry is None:
            yield Violation(DATAPACKAGE.name, name, "-", "not sealed", "data seal to be run")
        elif item.file.exists():
            yield from _seal_violations(item, entry)
    for name in entries:
        yield Violation(DATAPACKAGE.name, name, "-", "no such table", "an origin file")


def _seal_violations(item: Origin, entry: dict[str, object]) -> Iterator[Violation]:
    fresh = datapackage.describe(item)
    for key in sorted(fresh.keys() | entry.keys()):
        if json.dumps(fresh.get(key)) != json.dumps(entry.get(key)):
            was = json.dumps(entry.get(key))[:60]
            yield Violation(f"data/{item.path}", "-", key, was, _SEALED)


def cell_violations(item: Origin, data: Path = DATA) -> list[Violation]:
    """Find the cells of a table that are not as its description promises."""
    file = data / item.path
    if not item.path.endswith(".csv") or not file.exists():
        return []
    text = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    found = schemas.violations(item, text, schemas.cell_schema(item))
    if not found:
        columns = [c.name for c in item.columns if c.type in {"number", "integer"}]
        numbers = text[columns].apply(pd.to_numeric, errors="coerce").astype(float)
        found = schemas.violations(item, numbers, schemas.number_schema(item))
    return found
