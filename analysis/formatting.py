"""The one formatter: how numbers, dates and ranges are written in prose, charts and cards."""

from __future__ import annotations

from datetime import date, datetime
from math import floor, log10

import pandas as pd

# International mile, by definition; and its square.
KM_PER_MI = 1.609344
KM2_PER_SQ_MI = 2.589988110336

MINUS = "−"


# Processors and mathematical libraries differ in the last of a double's sixteen digits.
STEADY_DIGITS = 9


def steady(value: float) -> float:
    """Round to nine significant digits, so that a stored number is the same on every machine.

    Nothing in the book is shown to more than six, so no reader sees a difference.

    >>> steady(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.{STEADY_DIGITS}g}")


def number(value: float, decimals: int = 0) -> str:
    """Write a number with thousands separators and a true minus sign.

    >>> number(-1234.56, 1)
    '−1,234.6'
    """
    text = f"{value:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def significant(value: float, digits: int = 2) -> str:
    """Write a number with so many significant digits, in plain notation.

    >>> significant(0.01234)
    '0.012'
    """
    if value == 0:
        return "0"
    decimals = digits - 1 - floor(log10(abs(value)))
    return number(round(value, decimals), max(decimals, 0))


def percent(share: float, decimals: int = 0) -> str:
    r"""Write a share (0 to 1) as a percentage with a thin no-break space.

    >>> percent(0.621)
    '62\u202f%'
    """
    return f"{number(share * 100, decimals)}\u202f%"


def square_miles(km2: float) -> float:
    """Convert square kilometres to square miles."""
    return km2 / KM2_PER_SQ_MI


def area(km2: float, decimals: int = 0) -> str:
    r"""Write an area in both units.

    >>> area(486.9)
    '487\u202fkm² (188\u202fsq\u202fmi)'
    """
    miles = number(square_miles(km2), decimals)
    return f"{number(km2, decimals)}\u202fkm² ({miles}\u202fsq\u202fmi)"


def signed_area(km2: float, decimals: int = 0) -> str:
    """Write a change of area in both units, with its sign."""
    sign = "+" if round(km2, decimals) > 0 else ""
    miles = number(square_miles(km2), decimals)
    return f"{sign}{number(km2, decimals)}\u202fkm² ({sign}{miles}\u202fsq\u202fmi)"


def between(low: str, high: str) -> str:
    """Write a range; one value where both ends are written alike."""
    return low if low == high else f"{low} to {high}"


def day(value: date | datetime | pd.Timestamp | str) -> str:
    """Write a date as "3 June 2024", whatever the locale.

    >>> day("2024-06-03")
    '3 June 2024'
    """
    moment = pd.Timestamp(value)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def span(
    first: date | datetime | pd.Timestamp | str, last: date | datetime | pd.Timestamp | str
) -> str:
    """Write two days as a range, without what they share.

    >>> span("2024-05-09", "2024-05-15"), span("2024-01-01", "2024-05-31")
    ('9 to 15 May 2024', '1 January to 31 May 2024')
    """
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    if start == end:
        return day(end)
    shown = day(start)
    if start.year == end.year:
        shown = shown.removesuffix(f" {start.year}")
        if start.month == end.month:
            shown = str(start.day)
    return f"{shown} to {day(end)}"


def month(value: date | datetime | pd.Timestamp | str) -> str:
    """Write a month as "June 2024", whatever the locale."""
    moment = pd.Timestamp(value)
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def month_short(value: date | datetime | pd.Timestamp) -> str:
    """Write a month in three letters, "Jun", whatever the locale."""
    return MONTHS[value.month - 1][:3]


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def count(value: int) -> str:
    """Write a small count as a word, a large one in digits.

    >>> count(3), count(40)
    ('three', '40')
    """
    return _SMALL[value] if 0 <= value < len(_SMALL) else number(value)


def how_many(value: int) -> str:
    """Write a small count that stands without a noun: none instead of no.

    >>> how_many(0), how_many(3)
    ('none', 'three')
    """
    return count(value) if value else "none"


# Units of things of which there is no half.
COUNTED = frozenset(
    {"count", "persons", "troops", "votes", "cases", "items", "vehicles", "tanks", "vessels"}
    | {"bombs", "drones", "shells"}
)


def are(value: int) -> str:
    """Write a count as the subject of what follows.

    >>> are(0), are(1), are(3)
    ('none is', 'one is', 'three are')
    """
    return f"{count(value) if value else 'none'} {'are' if value > 1 else 'is'}"


def things(value: int, one: str) -> str:
    """Write a count with the name of what is counted.

    >>> things(0, "item"), things(1, "item"), things(3, "item")
    ('no item', 'one item', 'three items')
    """
    return f"{count(value)} {one}{'s' if value > 1 else ''}"


def quantity(value: float, unit: str) -> str:
    """Write a value with its unit as claim cards and tables show it.

    Shares and percentages are written as percentages; areas in their own unit.
    """
    if unit in {"share", "ratio"}:
        return (
            percent(value, 0 if abs(value) >= 0.1 else 1) if unit == "share" else number(value, 2)
        )
    if unit.startswith("percent"):
        return f"{number(value, 1)}\u202f%{unit.removeprefix('percent')}"
    whole = unit in COUNTED and float(value).is_integer()
    digits = 0 if whole or abs(value) >= 20 else 1
    if unit == "count":
        return number(value, digits)
    return f"{number(value, digits)}\u202f{_SHORT.get(unit, unit)}"


_SHORT = {"km2": "km²", "sq mi": "sq\u202fmi", "km2/day": "km² a day", "m/day": "m a day"}


def counted(value: int, singular: str, plural: str) -> str:
    """Write a count with its noun, in the number that belongs to it.

    >>> counted(0, "row", "rows"), counted(1, "row", "rows"), counted(40, "row", "rows")
    ('no rows', 'one row', '40 rows')
    """
    return f"{count(value)} {singular if value == 1 else plural}"
