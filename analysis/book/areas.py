"""Areas in both units on every page: square kilometres, and square miles beside them.

The article counts in square miles and most sources in square kilometres; a reader should not
have to convert either.  What is written in both already is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from analysis.formatting import KM2_PER_SQ_MI, MINUS, number, square_miles

_NUMBER: Final = rf"[+{MINUS}-]?\d[\d,]*(?:\.\d+)?"
_AREA: Final = re.compile(
    rf"(?<![\d.,])(?:(?P<low>{_NUMBER})(?P<to> to ))?(?P<high>{_NUMBER})[ \u00a0\u202f]"
    r"(?P<unit>km²|sq[ \u00a0\u202f]mi)"
)
# How far on, or back, the same area may be written in the other unit.
_NEAR: Final = 40
_MILES: Final = re.compile(r"sq[ \u00a0\u202f]mi|square miles?")
_KILOMETRES: Final = re.compile(r"km²|square kilomet")

# A column whose values are areas: its heading ends in the unit, over a time perhaps.
_COLUMN: Final = re.compile(r"(?:^|, )km²(?P<of> a day| a month| for a step)?$")


def both_units(text: str, before: str = "") -> str:
    r"""Write the other unit beside every area that stands in one alone.

    Parameters
    ----------
    text : str
    before : str
        What a reader reads right before it, where a number may stand apart from its unit.

    Examples
    --------
    >>> both_units("4.9 km² a day, and 1 to 5 km² by January")
    '4.9 km² (1.9\u202fsq\u202fmi) a day, and 1 to 5 km² (0.4 to 1.9\u202fsq\u202fmi) by January'
    """
    if "km²" not in text and _MILES.search(text) is None:
        return text
    whole = before + text
    pieces, at = [], len(before)
    for found in _AREA.finditer(whole):
        around = whole[max(0, found.start() - _NEAR) : found.start()], whole[found.end() :][:_NEAR]
        metric = found["unit"] == "km²"
        other = _MILES if metric else _KILOMETRES
        if found.end() <= len(before) or any(other.search(part) for part in around):
            continue
        unit = "sq\u202fmi" if metric else "km²"
        pieces += [whole[at : found.end()], f" ({_converted(found, metric=metric)}\u202f{unit})"]
        at = found.end()
    return "".join([*pieces, whole[at:]])


def _converted(found: re.Match[str], *, metric: bool) -> str:
    ends = [found[name] for name in ("low", "high") if found[name]]
    convert = square_miles if metric else _square_kilometres
    areas = [convert(_value(end)) for end in ends]
    # No fewer decimals than the source has, and one where whole ones would say too little.
    decimals = max(len(end.partition(".")[2]) for end in ends)
    if min(abs(each) for each in areas) < 10:
        decimals = max(decimals, 1)
    return " to ".join(
        ("+" if end.startswith("+") else "") + number(each, decimals)
        for end, each in zip(ends, areas, strict=True)
    )


def _square_kilometres(sq_mi: float) -> float:
    return sq_mi * KM2_PER_SQ_MI


def _value(text: str) -> float:
    return float(text.replace(",", "").replace(MINUS, "-"))


def of_area(heading: str) -> bool:
    """Whether the heading of a column says that its values are areas in km2."""
    return _COLUMN.search(heading) is not None


def with_miles(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Give each column of areas in the table of a figure one in square miles to its right.

    Parameters
    ----------
    meta : mapping
        The figure's part of ``usermeta``: columns and rows.

    Returns
    -------
    dict
        The same, where a column already has square miles.
    """
    columns = [dict(column) for column in meta["columns"]]
    rows = [list(row) for row in meta["rows"]]
    if not any(_MILES.search(column["label"]) for column in columns):
        for at in reversed(range(len(columns))):
            found = _COLUMN.search(columns[at]["label"])
            values = [row[at] for row in rows]
            if found is None or not all(isinstance(v, int | float) or v is None for v in values):
                continue
            columns.insert(at + 1, _column(columns[at], values))
            for row, value in zip(rows, values, strict=True):
                row.insert(at + 1, None if value is None else square_miles(value))
    for column in columns:
        column["label"] = both_units(column["label"])
    return {**meta, "columns": columns, "rows": rows}


def _column(column: Mapping[str, Any], values: list[float | None]) -> dict[str, Any]:
    most = max((abs(value) for value in values if value is not None), default=0.0)
    digits = max(column["digits"] or 0, 1 if square_miles(most) < 10 else 0)
    label = column["label"].replace("km²", "sq mi")
    name = column["name"].removesuffix("_km2") + "_sq_mi"
    return {"name": name, "label": label, "digits": digits}


__all__ = ["both_units", "of_area", "with_miles"]
