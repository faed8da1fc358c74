"""What a check found wrong, collected and raised once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """One broken expectation, located so that a reader can open the file and mend it."""

    file: str
    row: str | int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        return (
            f"{self.file}, row {self.row}, {self.column}: {self.value!r}; expected {self.expected}"
        )


class DataError(ValueError):
    """Bad data; carries every violation, not only the first."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        lines = "\n".join(f"  {violation}" for violation in self.violations)
        super().__init__(f"{len(self.violations)} violation(s)\n{lines}")


def raise_all(violations: Iterable[Violation]) -> None:
    """Raise one `DataError` with all violations, or return when there are none."""
    found = tuple(violations)
    if found:
        raise DataError(found)
