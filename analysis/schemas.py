"""Table schemas: the columns' promises as pandera checks, which report every violation."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.datapackage import Column, Origin
from analysis.violations import Violation

# The type checks run on the cells as written: a cell that does not match is reported
# with its row instead of ending the reading of the whole table.
_PATTERNS = {
    "integer": r"-?\d+",
    "year": r"\d{4}",
    "number": r"-?\d+(\.\d+)?(e-?\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "yearmonth": r"\d{4}-(0[1-9]|1[0-2])",
}


def cell_schema(item: Origin) -> pa.DataFrameSchema:
    """Build the schema of a table's cells as text: types, patterns, required, enums, key."""
    columns = {column.name: pa.Column(str, _text_checks(column)) for column in item.columns}
    return pa.DataFrameSchema(
        columns, unique=list(item.primary_key) or None, strict=True, ordered=True
    )


def _text_checks(column: Column) -> list[pa.Check]:
    limits = column.constraints
    checks = []
    if column.type in _PATTERNS:
        pattern = f"^(?:{_PATTERNS[column.type]})?$"
        checks.append(pa.Check.str_matches(pattern, error=f"a {column.type}"))
    if limits.get("required"):
        checks.append(pa.Check.str_length(min_value=1, error="a value (required)"))
    if "pattern" in limits:
        pattern = f"^(?:{limits['pattern']})?$"
        checks.append(pa.Check.str_matches(pattern, error=f"the form {limits['pattern']}"))
    if "enum" in limits:
        allowed = [*map(str, limits["enum"]), ""]
        checks.append(pa.Check.isin(allowed, error=f"one of {limits['enum']}"))
    if limits.get("unique"):
        checks.append(pa.Check(_is_unique, error="a value that stands once in the column"))
    return checks


def _is_unique(cells: pd.Series[str]) -> pd.Series[bool]:
    return ~(cells.duplicated(keep=False) & (cells != ""))


def number_schema(item: Origin) -> pa.DataFrameSchema:
    """Build the schema of a table's numbers: minimum and maximum of each column."""
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(float, _range_checks(column), nullable=True)
            for column in item.columns
            if column.type in {"number", "integer"}
        }
    )


def _range_checks(column: Column) -> list[pa.Check]:
    limits: dict[str, Any] = column.constraints
    checks = []
    if "minimum" in limits:
        checks.append(pa.Check.ge(limits["minimum"], error=f"at least {limits['minimum']}"))
    if "maximum" in limits:
        checks.append(pa.Check.le(limits["maximum"], error=f"at most {limits['maximum']}"))
    return checks


def violations(item: Origin, frame: pd.DataFrame, schema: pa.DataFrameSchema) -> list[Violation]:
    """Run a schema over a frame and return every violation, with the row as in the file."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases.drop_duplicates(["index", "column", "check"])
        return [
            Violation(
                f"data/{item.path}",
                # The header is row 1 of the file, so the first record is row 2.
                int(case.index) + 2 if pd.notna(case.index) else "-",
                str(case.column),
                str(case.failure_case),
                str(case.check),
            )
            for case in cases.rename_axis(None).itertuples(index=False)
        ]
    return []
