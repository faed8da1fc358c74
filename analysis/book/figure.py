"""``figure()``: an altair chart with its finding, source, alternative text and table.

The result is stored in a notebook as one Vega-Lite spec and a picture.
Everything a page needs beyond the drawing travels in the spec's ``usermeta``.
"""

import base64
import copy
import json
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import vl_convert

from analysis.book import theme
from analysis.book.palette import colour
from analysis.book.theme import PHONE, VEGA_LITE, WIDE, Form
from analysis.formatting import steady

Spec = dict[str, Any]

SPEC_MIME: Final = "application/vnd.vegalite.v6+json"

# JupyterLab 4 draws a chart only under this older name.
LAB_MIME: Final = "application/vnd.vegalite.v5+json"

# More is a download, not a table to read; altair stops at the same number.
MAX_ROWS: Final = 5000

# A slider with more steps cannot be set by a thumb on a phone; it is a list to choose from.
MOST_STEPS: Final = 30

# A plot narrower than this share of the drawing has lost to its labels.
_LEAST_PLOT: Final = 0.38

# Pixels for a line of a category name that is folded on a phone.
_FOLDED_LINE: Final = 17

# What stays at the top when a chart becomes part of a column; all else is the chart's own.
_TOP_LEVEL: Final = ("$schema", "config", "datasets", "background", "padding", "autosize")

_SVG_WIDTH: Final = re.compile(r'<svg[^>]*? width="([\d.]+)"')
_SVG_ORIGIN: Final = re.compile(r'<g [^>]*?transform="translate\(([-\d.]+),')
_COUNTER: Final = re.compile(r"\b(param|view)_(\d+)\b")
_DATE_ONLY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class FigureError(ValueError):
    """A figure lacks what every figure must have; the message lists all that is missing."""


@dataclass(frozen=True)
class Column:
    """How a column of the table under a chart is shown.

    Attributes
    ----------
    label
        Heading, with the unit: ``"Held, km²"``.
    digits
        Decimals that the source carries; ``None`` leaves numbers as they are.
    """

    label: str
    digits: int | None = None


@dataclass(frozen=True)
class Figure:
    """A finished figure; a notebook shows it, a page is made from its spec."""

    spec: Spec
    alt: str

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        theme.start()
        picture = vl_convert.vegalite_to_png(framed(self.spec), VEGA_LITE, scale=2)
        bundle: dict[str, object] = {
            SPEC_MIME: self.spec,
            "image/png": base64.b64encode(theme.deflate_png(picture)).decode("ascii"),
            "text/plain": self.alt,
        }
        if os.environ.get("JPY_SESSION_NAME"):  # a person's live session, not a record
            bundle[LAB_MIME] = self.spec
        return bundle


def figure(
    chart: Any,
    *,
    id: str,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    caption: str,
    claims: Sequence[str] = (),
    table: pd.DataFrame | None = None,
    columns: Mapping[str, str | Column] | None = None,
    note: str = "",
    phone: Any = None,
    steps: Mapping[str, Sequence[str]] | None = None,
    every: pd.DataFrame | str | None = None,
    every_columns: Mapping[str, str | Column] | None = None,
) -> Figure:
    """Make a chart into a figure of the book.

    Parameters
    ----------
    chart
        An altair chart without a title; its width is set here, its height is kept.
    id
        Lower-case words joined by hyphens, unique in the book; the address is ``#fig-<id>``.
    title
        The finding, as a sentence.
    subtitle
        Unit and date.
    source
        ``"Sources: ..."``; drawn inside the image.
    alt
        What a reader who cannot see the chart needs to know, with the main numbers.
    caption
        What to look at.
    claims
        Ids of the claims that the chart bears on.
    table
        The data as a reader would want them, at most 5,000 rows.
    columns
        Columns of ``table`` to show, in order, each with a heading or a ``Column``; all
        columns under their own names if not given.
    note
        A limit of the data, such as "Lower bound"; drawn above the source line.
    phone
        Another chart for screens 390 px across; by default ``chart`` itself, narrower, with
        charts that stand side by side put below one another.
    steps
        For each parameter bound to a slider, the labels of its steps from first to last; a
        list to choose from has its labels in the chart.
    every
        What the chart shows at every setting of its controls, where ``table`` holds only
        the settings of the still picture: a table for download, or the name of a table of
        the book that has it.
    every_columns
        Columns of ``every``, as for ``table``.

    Returns
    -------
    Figure
        Shows as a chart in JupyterLab and as a figure on a page.

    Raises
    ------
    FigureError
        If anything required is missing or wrong; the message lists all of it.
    """
    theme.start()
    texts = {"title": title, "subtitle": subtitle, "source": source, "alt": alt}
    wide = _stable_names(chart.to_dict())
    narrow = _stable_names(phone.to_dict()) if phone is not None else _for_phone(wide)
    shown = columns_of(table, columns)
    whole = None if isinstance(every, str) else every
    all_shown = columns_of(whole, every_columns)
    problems = [
        *_text_problems(id, texts | {"caption": caption}),
        *_table_problems(table, shown),
        *(f"every: {problem}" for problem in _table_problems(whole, all_shown)),
        *_spec_problems(wide),
        *_control_problems(wide, steps or {}),
    ]
    if problems:
        message = f"figure {id!r}: " + "; ".join(problems)
        raise FigureError(message)
    texts["note"] = note
    spec = _fit(wide, texts, WIDE)
    small = _fit(narrow, texts, PHONE)
    spec["datasets"] = dict(sorted((spec.get("datasets", {}) | small.pop("datasets", {})).items()))
    meta = {
        "id": id,
        **texts,
        "caption": caption,
        "claims": list(claims),
        "columns": _headings(shown),
        "rows": rows_of(table, shown),
        "steps": {name: list(labels) for name, labels in (steps or {}).items()},
        "phone": small,
    }
    if every is not None:
        stored = {"columns": _headings(all_shown), "rows": rows_of(whole, all_shown)}
        meta["every"] = every if isinstance(every, str) else stored
    spec["usermeta"] = {"figure": meta}
    return Figure(spec=spec, alt=alt)


def drawing(spec: Spec, form: Form) -> Spec:
    """Return the plain spec of one form of a figure, ready for a renderer.

    Parameters
    ----------
    spec
        The spec of a ``Figure``.
    form
        ``WIDE`` or ``PHONE``.

    Returns
    -------
    dict
        A Vega-Lite spec without ``usermeta``.
    """
    meta = spec["usermeta"]["figure"]
    chosen = spec if form is WIDE else meta["phone"] | {"datasets": spec.get("datasets", {})}
    return {key: value for key, value in chosen.items() if key != "usermeta"}


def framed(spec: Spec) -> Spec:
    """Return the wide form with a margin: a picture to be used away from the page."""
    plain = drawing(spec, WIDE)
    return plain | {"config": plain["config"] | {"padding": 20}}


def _text_problems(id: str, texts: Mapping[str, str]) -> list[str]:
    problems = [f"{name} is empty" for name, text in texts.items() if not text.strip()]
    if not _ID.fullmatch(id):
        problems.append(f"id {id!r} is not lower-case words joined by hyphens")
    if texts["alt"].strip() in {id, texts["title"]}:
        problems.append("alt repeats the id or the title; it must describe the chart")
    return problems


def _table_problems(table: pd.DataFrame | None, shown: Mapping[str, Column]) -> list[str]:
    if table is None:
        return ["columns are given without a table"] if shown else []
    problems = []
    if len(table) > MAX_ROWS:
        problems.append(f"table has {len(table):,} rows, more than {MAX_ROWS:,}")
    if table.empty:
        problems.append("table is empty")
    missing = [name for name in shown if name not in table.columns]
    if missing:
        problems.append(f"table lacks columns {', '.join(missing)}")
    return problems


def _spec_problems(spec: Spec) -> list[str]:
    problems = ["the chart has a title of its own"] if "title" in spec else []
    dated = sorted(
        field
        for field in {
            str(channel["field"])
            for channel in _channels(spec)
            if channel.get("type") == "temporal" and "field" in channel
        }
        if any(
            isinstance(row.get(field), str) and _DATE_ONLY.fullmatch(row[field])
            for rows in spec.get("datasets", {}).values()
            for row in rows
            if isinstance(row, dict)
        )
    )
    # A bare date is read as midnight in Greenwich, and drawn in the reader's own time zone.
    problems += [f"{field} holds dates as text; pass datetimes" for field in dated]
    return problems


def controls(spec: Spec) -> dict[str, tuple[str, list[object], object]]:
    """Return the controls of a chart.

    Parameters
    ----------
    spec
        A Vega-Lite spec, finished or not.

    Returns
    -------
    dict
        By name of the parameter: its heading, its values in order, and the one at the start.
    """
    return {
        str(param["name"]): (
            str(param["bind"].get("name", param["name"])),
            _settings(param["bind"]),
            param.get("value"),
        )
        for param in spec.get("params", [])
        # A chart that is bound to its own scales is dragged, and has no control.
        if isinstance(param.get("bind"), dict)
    }


def _settings(bind: Spec) -> list[object]:
    if bind["input"] == "range":
        low, high, step = bind["min"], bind["max"], bind.get("step", 1)
        return [low + step * at for at in range(round((high - low) / step) + 1)]
    return list(bind["options"])


def _control_problems(spec: Spec, steps: Mapping[str, Sequence[str]]) -> list[str]:
    problems = []
    binds = {
        str(param["name"]): param["bind"]
        for param in spec.get("params", [])
        if isinstance(param.get("bind"), dict)
    }
    for name, (_, values, start) in controls(spec).items():
        slider = binds[name]["input"] == "range"
        labels = steps.get(name, ()) if slider else binds[name].get("labels", ())
        if len(labels) != len(values):
            problems.append(f"{name} has {len(values)} steps and {len(labels)} labels")
        if slider and len(values) > MOST_STEPS:
            problems.append(f"{name} has {len(values)} steps; bind it to a list to choose from")
        if start not in values:
            problems.append(f"{name} starts at {start!r}, which is none of its steps")
    unknown = sorted(set(steps) - set(binds))
    return problems + [f"steps for {name}, which is no control" for name in unknown]


def _channels(node: Any) -> Iterator[Spec]:
    if isinstance(node, dict):
        for channel in node.get("encoding", {}).values():
            yield from (part for part in _as_list(channel) if isinstance(part, dict))
        for key, value in node.items():
            if key not in ("datasets", "config", "encoding"):
                yield from _channels(value)
    elif isinstance(node, list):
        for value in node:
            yield from _channels(value)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def columns_of(
    table: pd.DataFrame | None, columns: Mapping[str, str | Column] | None
) -> dict[str, Column]:
    """Return the columns of a table that are shown, in order, each with its heading."""
    if columns is None:
        return {} if table is None else {str(name): Column(str(name)) for name in table.columns}
    return {
        name: column if isinstance(column, Column) else Column(column)
        for name, column in columns.items()
    }


def _headings(shown: Mapping[str, Column]) -> list[dict[str, object]]:
    return [
        {"name": name, "label": column.label, "digits": column.digits}
        for name, column in shown.items()
    ]


def rows_of(table: pd.DataFrame | None, shown: Mapping[str, Column]) -> list[list[object]]:
    """Return the cells that are shown, row by row, each rounded as its column says.

    A column named `year` holds names of years, which are written without a separator of
    thousands.
    """
    if table is None:
        return []
    cells = [
        [_cell(value, column.digits) for value in _years_named(table[name])]
        for name, column in shown.items()
    ]
    return [list(row) for row in zip(*cells, strict=True)]


def in_words(value: object, digits: int | None) -> str:
    """Write a cell as a reader sees it; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        text = f"{value:,}" if digits is None else f"{value:,.{digits}f}"
        return text.replace("-", "−")
    return str(value)


def _years_named(values: "pd.Series[Any]") -> "pd.Series[Any]":
    if values.name != "year" or not pd.api.types.is_numeric_dtype(values):
        return values
    return values.astype("Int64").astype("string")


def _cell(value: Any, digits: int | None) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, bool | str) else str(value)
    if not math.isfinite(value):
        return value
    if digits is None:
        return value if isinstance(value, int) else steady(value)
    rounded = round(float(value), digits) + 0.0  # no minus zero
    return int(rounded) if digits == 0 else rounded


def _stable_names(spec: Spec) -> Spec:
    """Renumber generated names, which altair counts over a whole session."""
    data = spec.pop("datasets", {})
    text = json.dumps(spec, ensure_ascii=False)
    seen: dict[str, dict[str, int]] = {}
    for kind, number in _COUNTER.findall(text):
        seen.setdefault(kind, {}).setdefault(number, len(seen[kind]) + 1)
    text = _COUNTER.sub(lambda m: f"{m[1]}_{seen[m[1]][m[2]]}", text)
    renamed: Spec = json.loads(text)
    return renamed | ({"datasets": data} if data else {})


def _for_phone(spec: Spec) -> Spec:
    """Return the chart for a phone: parts below one another, and heights that fit the width."""
    narrow = copy.deepcopy({key: value for key, value in spec.items() if key != "datasets"})
    _stack_in_place(narrow)
    _set_heights(narrow, spec.get("datasets", {}))
    return narrow | ({"datasets": spec["datasets"]} if "datasets" in spec else {})


def _set_heights(node: Spec, datasets: Mapping[str, Any]) -> None:
    """Shrink maps with their width; give names that take two lines the room for them."""
    for part in _parts(node):
        _set_heights(part, datasets)
    height = node.get("height")
    if _parts(node) or not isinstance(height, int | float):
        return
    if any(_mark(unit) == "geoshape" for unit in _units(node)):
        node["height"] = round(height * PHONE.width / WIDE.width)
        return
    names = _category_names(node, datasets)
    longest = max(map(len, names), default=0)
    if longest > theme.FOLD_AFTER:
        lines = min(3, math.ceil(longest / theme.FOLD_AT))
        node["height"] = max(height, _FOLDED_LINE * lines * len(names))


def _units(node: Spec) -> Iterator[Spec]:
    yield node
    for layer in node.get("layer", []):
        yield from _units(layer)


def _mark(unit: Spec) -> object:
    mark = unit.get("mark")
    return mark["type"] if isinstance(mark, dict) else mark


def _category_names(node: Spec, datasets: Mapping[str, Any]) -> set[str]:
    fields = {
        y["field"]
        for unit in _units(node)
        for y in [unit.get("encoding", {}).get("y", {})]
        if y.get("type") in ("nominal", "ordinal") and "field" in y
    }
    return {
        str(row[field])
        for rows in datasets.values()
        for row in rows
        if isinstance(row, dict)
        for field in fields & row.keys()
    }


def _stack_in_place(node: Spec) -> None:
    if "hconcat" in node:
        node["vconcat"] = node.pop("hconcat")
    if "columns" in node and ("concat" in node or "facet" in node):
        node["columns"] = 1
    for part in _parts(node):
        _stack_in_place(part)


def _parts(node: Spec) -> list[Spec]:
    inner = [node["spec"]] if "spec" in node else []
    return [*node.get("hconcat", []), *node.get("vconcat", []), *node.get("concat", []), *inner]


def _fit(chart: Spec, texts: Mapping[str, str], form: Form) -> Spec:
    """Set the widths of the plots so that the whole drawing is as wide as its form.

    Measured without title and source line, which are broken to the form's width and would
    hide what the plot itself takes.
    """
    bare = {**texts, "title": "", "subtitle": "", "note": "", "source": ""}
    inner = form.width - 60.0
    for _ in range(5):
        svg = vl_convert.vegalite_to_svg(_compose(chart, bare, form, inner, 0), VEGA_LITE)
        width, left = float(_match(_SVG_WIDTH, svg)), float(_match(_SVG_ORIGIN, svg))
        if abs(form.width - width) < 1:
            break
        inner += form.width - width
    if width > form.width + 1 or inner < form.width * _LEAST_PLOT:
        message = (
            f"figure for {form.name}: {width:.0f} px wide for {form.width}, plot {inner:.0f} px;"
            " shorten labels or legend, or give another chart as phone="
        )
        raise FigureError(message)
    return _compose(chart, texts, form, inner, left)


def _match(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        message = f"the renderer's SVG has no {pattern.pattern}"
        raise FigureError(message)
    return found[1]


def _compose(chart: Spec, texts: Mapping[str, str], form: Form, inner: float, left: float) -> Spec:
    """Put title, chart and source line into one spec."""
    body = copy.deepcopy({k: v for k, v in chart.items() if k not in _TOP_LEVEL})
    _set_width(body, round(inner))
    hoisted = [p for p in body.get("params", []) if "views" in p or "select" not in p]
    own = [p for p in body.pop("params", []) if p not in hoisted]
    if own:
        body["params"] = own
    title, subtitle = texts["title"], texts["subtitle"]
    spec = {
        "$schema": chart["$schema"],
        "background": colour("ground"),
        "config": theme.config(form) | {"concat": {"spacing": 14}},
        "description": texts["alt"],
        "title": {
            "text": theme.wrap(title, form.width - 4, form.title, 600, balance=True),
            "subtitle": theme.wrap(subtitle, form.width - 4, form.subtitle),
        },
        "vconcat": [body, _source_line(texts, form, left)],
        "datasets": chart.get("datasets", {}),
    }
    return spec | ({"params": hoisted} if hoisted else {})


def _source_line(texts: Mapping[str, str], form: Form, left: float) -> Spec:
    """Return a strip of text; ``left`` is where the drawing's edge lies left of the plot."""
    wrapped: Iterable[str] = (
        line
        for text in (texts["note"], texts["source"])
        if text
        for line in theme.wrap(text, form.width - 4, form.source)
    )
    lines, leading = list(wrapped), theme.line_height(form.source)
    return {
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "top",
            "color": colour("ink-faint"),
            "fontSize": form.source,
            "lineHeight": leading,
            "text": lines,
            "x": -left,
            "y": 0,
        },
        "width": 10,
        "height": leading * len(lines),
    }


def _set_width(node: Spec, width: float) -> None:
    """Give a chart and its parts a width in pixels, in the proportions they ask for."""
    if "hconcat" in node or "concat" in node:
        parts = node.get("hconcat") or node["concat"]
        columns = min(int(node.get("columns", len(parts))), len(parts))
        row = sum(_wish(part) for part in parts[:columns])
        for part in parts:
            _set_width(part, (width - 20 * (columns - 1)) * _wish(part) / row)
    elif "vconcat" in node:
        for part in node["vconcat"]:
            _set_width(part, width)
    elif "spec" in node:
        columns = int(node.get("columns", 1))
        _set_width(node["spec"], (width - 20 * (columns - 1)) / columns)
    elif not isinstance(node.get("width"), dict):  # a step per category sets its own width
        node["width"] = round(width)


def _wish(node: Spec) -> float:
    width = node.get("width", 1)
    return float(width) if isinstance(width, int | float) else 1.0
