"""Values and readings in words: what a card, a notebook and a citation say of a number."""

from __future__ import annotations

from typing import Final

from analysis import formatting
from analysis.claims import Value
from analysis.readings import Reading

LABELS: Final = {
    "as printed": "Printed",
    "known then": "Known then",
    "about then, known later": "About then, known later",
    "now": "Known now",
}


def written(value: Value) -> str:
    """Write a value, or its text where it is not a number."""
    return value.text if value.value is None else formatting.quantity(value.value, value.unit)


def value_note(value: Value) -> str:
    """Write the range and the date of a value."""
    notes = [
        _range(value.low, value.high, value.unit),
        "" if value.status == "as printed" else written_date(value.date),
    ]
    return ", ".join(note for note in notes if note)


def _range(low: float | None, high: float | None, unit: str) -> str:
    if low is None or high is None or low == high:
        return ""
    return f"{formatting.quantity(low, unit)} to {formatting.quantity(high, unit)}"


def written_reading(reading: Reading) -> str:
    """Write the number of a reading with its range."""
    text = formatting.quantity(reading.value, reading.unit)
    span = _range(reading.low, reading.high, reading.unit)
    return f"{text} ({span})" if span else text


def written_date(date: str) -> str:
    """Write "2024-06-03" as "3 June 2024" and "2024-06" as "June 2024"; leave others alone."""
    parts = date.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) not in {2, 3}:
        return date
    return formatting.day(date) if len(parts) == 3 else formatting.month(date)
