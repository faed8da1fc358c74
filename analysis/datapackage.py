"""The data package: what each table is, where it comes from, and whether it still is that.

A table is described once, by hand, in ``data/origins/NAME.yml``.  From these files
``datapackage.json`` (Frictionless Data Package v2) is sealed with the size and the
sha256 of every table, so that a changed cell is noticed before any number moves.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis import __version__
from analysis.paths import DATA, DATAPACKAGE, JOURNAL, ORIGINS, REFRESH
from analysis.violations import DataError, Violation

# The safe loader written in C, where the library has it: ten times as fast, and as safe.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Licence(_Record):
    """Terms of a table; ``none stated`` is said, never left out."""

    name: str = Field(min_length=1)
    title: str = Field(min_length=1)
    path: str | None = None


class Source(_Record):
    """One upstream source of a table."""

    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    path: str | None = None
    published: date | str | None = None
    consulted: date
    version: str | None = None
    licence: str = Field(min_length=1)


class Column(_Record):
    """One column; a description is required."""

    name: str
    type: Literal["string", "integer", "number", "boolean", "date", "year", "yearmonth", "any"]
    description: str = Field(min_length=3)
    unit: str | None = None
    # Smallest step that a reader is shown; a change below it alters nothing on a page.
    precision: float | None = None
    constraints: dict[str, Any] = Field(default_factory=dict)


class AsOf(_Record):
    """What of a table was known on a day before its vintage; without one, nothing.

    Attributes
    ----------
    column : str or None
        Column with the day on which each row was published: rows published by then stay.
    always : str or None
        Why the table holds nothing that time revises, such as the article's own words.
    """

    column: str | None = None
    always: str | None = Field(default=None, min_length=10)

    @model_validator(mode="after")
    def _one_of_the_two(self) -> AsOf:
        if (self.column is None) == (self.always is None):
            message = "as_of: either a column or a reason why always"
            raise ValueError(message)
        return self


class Origin(_Record):
    """Hand-written description of one table."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    path: str
    title: str = Field(min_length=3)
    description: str = Field(min_length=20)
    adapter: str = Field(min_length=3)
    vintage: date | str
    licence: Licence
    sources: tuple[Source, ...] = Field(min_length=1)
    primary_key: tuple[str, ...] = ()
    as_of: AsOf | None = None
    columns: tuple[Column, ...] = ()

    @property
    def file(self) -> Path:
        """Where the table is."""
        return DATA / self.path


@cache
def origins() -> dict[str, Origin]:
    """Read every origin file.

    Returns
    -------
    dict of str to Origin
        By resource name, sorted.

    Raises
    ------
    DataError
        With every file that is incomplete, and what is missing in it; or while a refresh
        that was interrupted in its last step has not been finished.
    """
    if JOURNAL.exists():
        name = f"{REFRESH.name}/{JOURNAL.name}"
        expected = "no refresh that was interrupted; any `python -m analysis` command ends it"
        raise DataError([Violation(name, "-", "-", "tables half replaced", expected)])
    return read_origins(ORIGINS)


def read_origins(folder: Path) -> dict[str, Origin]:
    """Read the descriptions of a folder; see `origins`."""
    found: dict[str, Origin] = {}
    wrong: list[Violation] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            text = file.read_text(encoding="utf-8")
            origin = Origin.model_validate(yaml.load(text, Loader=_LOADER))
            found[origin.name] = origin
        except ValidationError as error:
            wrong += [
                Violation(
                    f"origins/{file.name}",
                    "-",
                    ".".join(map(str, item["loc"])),
                    str(item["input"])[:60],
                    item["msg"],
                )
                for item in error.errors()
            ]
    if wrong:
        raise DataError(wrong)
    return found


def origin(name: str) -> Origin:
    """Return the description of one table; KeyError names the tables there are."""
    try:
        return origins()[name]
    except KeyError:
        message = f"no table {name!r}; there are: {', '.join(origins())}"
        raise KeyError(message) from None


def sha256(file: Path) -> str:
    """Return the hash of a file as lower-case hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.precision is not None:
        field["precision"] = column.precision
    if column.constraints:
        field["constraints"] = column.constraints
    return field


def describe(item: Origin, data: Path = DATA) -> dict[str, Any]:
    """Describe one table as a Frictionless resource, with its size and hash."""
    file = data / item.path
    resource: dict[str, Any] = {
        "name": item.name,
        "path": f"data/{item.path}",
        "title": item.title,
        "description": item.description.strip(),
        "adapter": item.adapter,
        "vintage": str(item.vintage),
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256(file)}",
        "licenses": [_licence(item.licence)],
        "sources": [
            {key: str(value) for key, value in source.model_dump().items() if value is not None}
            for source in item.sources
        ],
    }
    if item.as_of:
        resource["asOf"] = item.as_of.model_dump(exclude_none=True)
    if item.path.endswith(".csv"):
        resource |= {
            "type": "table",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [_field(column) for column in item.columns],
                "primaryKey": list(item.primary_key),
                "missingValues": [""],
            },
        }
    else:
        resource |= {"format": item.file.suffix[1:], "encoding": "utf-8"}
    return resource


def _licence(licence: Licence) -> dict[str, str]:
    # The profile wants an SPDX-like name; "none stated" is ours and is kept readable.
    name = licence.name.replace(" ", "-")
    out = {"name": name, "title": licence.title}
    return out | ({"path": licence.path} if licence.path else {})


def compile_package(data: Path = DATA) -> dict[str, Any]:
    """Build the descriptor of the whole package from the origin files and the tables."""
    described = origins() if data == DATA else read_origins(data / ORIGINS.name)
    return {
        "$schema": PROFILE,
        "name": "position-of-strength",
        "title": "Position of Strength: the data of the book",
        "description": (
            "Claims of one article and the evidence, series and boundaries that test them. "
            "Each table names its sources, their licences and the day they were consulted."
        ),
        "version": __version__,
        "licenses": [{"name": "CC-BY-4.0", "title": "Our own compilation; see each resource"}],
        "resources": [describe(item, data) for item in described.values()],
    }


def sealed() -> dict[str, Any]:
    """Read the committed descriptor."""
    package: dict[str, Any] = json.loads(DATAPACKAGE.read_text(encoding="utf-8"))
    return package


def seal(data: Path = DATA) -> Path:
    """Write ``datapackage.json`` beside a folder of tables; the only way it is ever written."""
    text = json.dumps(compile_package(data), indent=1, ensure_ascii=False, sort_keys=False)
    file = data.parent / DATAPACKAGE.name
    file.write_text(text + "\n", encoding="utf-8", newline="\n")
    return file
