"""What a chart says under the pointer: the values of a mark, named as in the figure's table.

Most charts of the chapters name no hints of their own; they get the row of the table that a mark
stands for, as far as the chart has it, with the table's headings and areas in both units.  A
chart that names its hints keeps them, and gets headings for the names of fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final, NamedTuple

from analysis.book import areas
from analysis.formatting import KM2_PER_SQ_MI

# Marks of which each stands for one row; of a line the pointer would be told its first point.
_MARKS: Final = {"point", "circle", "square", "bar", "tick", "rect", "arc"}
# Channels in the order in which a reader asks: which, when or where, how much.
_CHANNELS: Final = (
    *("facet", "row", "column", "color", "fill", "stroke", "shape", "detail"),
    *("y", "yOffset", "x", "xOffset", "x2", "y2", "size", "theta", "text"),
)
# What belongs to a value, and not to how it is drawn.
_VALUE: Final = ("field", "type", "aggregate", "bin", "timeUnit")
_DAY: Final = "%-d %B %Y"
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")
# Steps after which a row of the data is another row than before.
_ROWS: Final = {"aggregate", "fold", "pivot", "density", "flatten", "joinaggregate", "window"}
# More would cover the chart.
_MOST: Final = 7


def with_hints(
    chart: Mapping[str, Any],
    meta: Mapping[str, Any],
    datasets: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> dict[str, Any]:
    """Return a chart whose marks say their values under the pointer.

    Parameters
    ----------
    chart : mapping
        Vega-Lite.
    meta : mapping
        The figure's part of ``usermeta``: the columns of its table give the headings.
    datasets : mapping of str to sequence of mapping, optional
        Rows by the name of the data, for a form of a chart that has none of its own.

    Returns
    -------
    dict
        A copy.
    """
    made = {key: deepcopy(value) for key, value in chart.items() if key != "datasets"}
    held = datasets or chart.get("datasets", {})
    columns = {column["name"]: column for column in meta["columns"]}
    _give(made, _Above({}, {}, same_rows=True), columns, held)
    return made | ({"datasets": chart["datasets"]} if "datasets" in chart else {})


class _Above(NamedTuple):
    """What a part of a chart has from the parts that it stands in."""

    encoding: dict[str, Any]
    fields: dict[str, str]  # of its data, with their types
    same_rows: bool


def _fields(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    found = {}
    for name in rows[0] if rows else ():
        value = next((row[name] for row in rows if row.get(name) is not None), None)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        day = isinstance(value, str) and _ISO.fullmatch(value) is not None
        found[name] = "quantitative" if number else "temporal" if day else "nominal"
    return found


def _give(
    part: dict[str, Any],
    above: _Above,
    columns: Mapping[str, Any],
    held: Mapping[str, Sequence[Mapping[str, Any]]],
) -> None:
    encoding = {**above.encoding, **part.get("encoding", {})}
    data = part.get("data") or {}
    fields = _fields(held.get(data.get("name", ""), [])) if data else above.fields
    steps = {name for step in part.get("transform", ()) for name in step}
    same_rows = (above.same_rows or bool(data)) and not steps & _ROWS
    for name in ("facet", "row", "column"):
        if isinstance(part.get(name), dict) and "field" in part[name]:
            encoding[name] = part[name]
    inner = part["spec"] if isinstance(part.get("spec"), dict) else None
    parts = [*([inner] if inner else []), *part.get("layer", ())]
    for kind in ("concat", "hconcat", "vconcat"):
        parts += part.get(kind, ())
    if parts:
        for each in parts:
            _give(each, _Above(encoding, fields, same_rows), columns, held)
    elif "mark" in part:
        _give_unit(part, _Above(encoding, fields, same_rows), columns)


def _give_unit(unit: dict[str, Any], above: _Above, columns: Mapping[str, Any]) -> None:
    encoding = above.encoding
    mark = unit["mark"] if isinstance(unit["mark"], str) else unit["mark"]["type"]
    named = encoding.get("tooltip")
    if named is None and mark in _MARKS:
        shown = [encoding[name] for name in _CHANNELS if isinstance(encoding.get(name), dict)]
        asked = _row_of([_value(one) for one in shown if one.get("field") in columns], above)
        asked = _in_order(_once(asked), columns)
    elif isinstance(named, list):
        asked = named
    else:
        return
    hints = list(_headed(_once(asked), columns))
    if not hints:
        return
    for hint in hints:
        if hint["field"].endswith(_MILES):
            unit.setdefault("transform", []).append(_converted(hint["field"]))
    unit["encoding"] = {**unit.get("encoding", {}), "tooltip": hints}


def _row_of(shown: list[dict[str, Any]], above: _Above) -> list[dict[str, Any]]:
    """Add the other fields of a row, where a mark stands for one row of the data."""
    grouped = any("aggregate" in one or "bin" in one for one in above.encoding.values() if one)
    if grouped or not above.same_rows:
        return shown
    return [*shown, *({"field": name, "type": type} for name, type in above.fields.items())]


def _in_order(hints: Sequence[dict[str, Any]], columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Keep what the table has, in its order, and of a long row the beginning."""
    place = {name: at for at, name in enumerate(columns)}
    known = [hint for hint in hints if hint["field"] in place]
    return sorted(known, key=lambda hint: place[hint["field"]])[:_MOST]


def _value(channel: Mapping[str, Any]) -> dict[str, Any]:
    # A second end, such as x2, has no type of its own; ends of bars are numbers or days.
    return {name: channel[name] for name in _VALUE if channel.get(name) is not None}


def _once(hints: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for hint in hints:
        found.setdefault(str(hint.get("field")), dict(hint))
    return list(found.values())


# Ending of the name of a field in square miles that is computed in the chart.
_MILES: Final = "__sq_mi"


def _headed(
    hints: Sequence[dict[str, Any]], columns: Mapping[str, Any]
) -> Iterable[dict[str, Any]]:
    headings = [str(columns.get(hint.get("field", ""), {}).get("label")) for hint in hints]
    converted = any("sq mi" in heading for heading in headings)
    for hint in hints:
        column = columns.get(hint.get("field", ""))
        if column is None:
            yield hint
            continue
        digits = column["digits"]
        hint.setdefault("title", column["label"])
        hint.setdefault("type", "nominal" if digits is None else "quantitative")
        number = hint["type"] == "quantitative"
        if number and "bin" not in hint:
            hint.setdefault("format", "," if digits is None else f",.{digits}f")
        if hint["type"] == "temporal" and "timeUnit" not in hint:
            hint.setdefault("format", _DAY)
        yield hint
        if number and not converted and areas.of_area(hint["title"]):
            yield {
                **hint,
                "field": hint["field"] + _MILES,
                "title": hint["title"].replace("km²", "sq mi"),
                "format": f",.{max(digits or 0, 1)}f",
            }


def _converted(field: str) -> dict[str, str]:
    source = field.removesuffix(_MILES)
    return {"calculate": f"datum[{source!r}] / {KM2_PER_SQ_MI}", "as": field}


__all__ = ["with_hints"]
