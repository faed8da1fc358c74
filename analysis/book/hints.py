"""What a chart says under the pointer: the values of a mark, named as in the figure's table.

Most charts of the chapters name no hints of their own; they get the fields that their marks
show, with the table's headings, and areas in both units.  A chart that names its hints keeps
them, and gets headings for the names of fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, Final

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


def with_hints(chart: Mapping[str, Any], meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chart whose marks say their values under the pointer.

    Parameters
    ----------
    chart : mapping
        Vega-Lite.
    meta : mapping
        The figure's part of ``usermeta``: the columns of its table give the headings.

    Returns
    -------
    dict
        A copy.
    """
    made = deepcopy(dict(chart))
    columns = {column["name"]: column for column in meta["columns"]}
    _give(made, {}, columns)
    return made


def _give(part: dict[str, Any], inherited: dict[str, Any], columns: Mapping[str, Any]) -> None:
    own = part.get("encoding", {})
    encoding = {**inherited, **own}
    for name in ("facet", "row", "column"):
        if isinstance(part.get(name), dict) and "field" in part[name]:
            encoding[name] = part[name]
    inner = part["spec"] if isinstance(part.get("spec"), dict) else None
    parts = [*([inner] if inner else []), *part.get("layer", ())]
    for kind in ("concat", "hconcat", "vconcat"):
        parts += part.get(kind, ())
    if parts:
        for each in parts:
            _give(each, encoding, columns)
    elif "mark" in part:
        _give_unit(part, encoding, columns)


def _give_unit(unit: dict[str, Any], encoding: dict[str, Any], columns: Mapping[str, Any]) -> None:
    mark = unit["mark"] if isinstance(unit["mark"], str) else unit["mark"]["type"]
    named = encoding.get("tooltip")
    if named is None and mark in _MARKS:
        shown = [encoding[name] for name in _CHANNELS if isinstance(encoding.get(name), dict)]
        asked = [_value(channel) for channel in shown if channel.get("field") in columns]
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
    hints: Iterable[dict[str, Any]], columns: Mapping[str, Any]
) -> Iterable[dict[str, Any]]:
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
        if number and areas.of_area(hint["title"]):
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
