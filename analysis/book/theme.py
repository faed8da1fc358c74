"""The look of all charts: one altair theme in two sizes, and text that wraps.

``wide`` is drawn for a column of text, ``phone`` for a screen 390 px across; both are drawn at
their real size, so that type is never scaled below what can be read.
"""

import json
import re
import struct
import zlib
from calendar import month_name
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import altair as alt
import pandas as pd
import vl_convert

from analysis.book.palette import SEQUENTIAL, TRACKERS, colour
from analysis.formatting import steady

FONTS: Final = Path(__file__).parent / "fonts"
FONT_STACK: Final = "Book Sans, Inter, Helvetica, Arial, sans-serif"

# The renderer's own number for the Vega-Lite that altair writes; a test compares the two.
VEGA_LITE: Final = "6.4"


@dataclass(frozen=True)
class Form:
    """Sizes of one form of a chart, all in CSS pixels."""

    name: str
    width: int
    title: int
    subtitle: int
    label: int
    source: int


WIDE: Final = Form("wide", width=688, title=20, subtitle=14, label=13, source=12)
PHONE: Final = Form("phone", width=350, title=18, subtitle=14, label=12, source=12)

# Months under the axis, the year once under its January and under the first label.
_MONTH_LABEL: Final = (
    "datum.index == 0 || timeFormat(datum.value, '%m') == '01'"
    " ? [timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
    " : timeFormat(datum.value, '%b')"
)

# Letters in a line of a category name on a phone; a name that is much longer is folded.
FOLD_AT: Final = 18
FOLD_AFTER: Final = 20

# Long category names take two or three lines on a phone, so that the plot keeps its width.
_FOLDED_LABEL: Final = (
    f"length(datum.label) > {FOLD_AFTER}"
    f" ? split(replace(replace(datum.label, regexp('^(.{{1,{FOLD_AT}}}) '), '$1|'),"
    f" regexp('[|](?=.{{{FOLD_AFTER},}})(.{{1,{FOLD_AT}}}) '), '|$1|'), '|') : datum.label"
)
_DATE: Final = re.compile(rf"({'|'.join(month_name[1:])}) (\d{{4}})")


def line_height(size: int) -> int:
    """Return the distance between base lines in pixels for a type size in pixels."""
    return round(size * 1.3)


def config(form: Form) -> dict[str, Any]:
    """Return the Vega-Lite ``config`` of one form.

    Parameters
    ----------
    form
        ``WIDE`` or ``PHONE``.

    Returns
    -------
    dict
        A config object; colours are light values of the palette.
    """
    text = {"labelFont": FONT_STACK, "titleFont": FONT_STACK}
    return {
        "background": colour("ground"),
        "font": FONT_STACK,
        "padding": 0,
        "timeFormat": "%b %Y",
        "view": {"stroke": None, "continuousHeight": 320 if form is WIDE else 260},
        "title": _titles(form),
        "axis": _axes(form) | text,
        "axisX": {"grid": False, "tickSize": 5, "domain": True},
        "axisY": {"ticks": False, "domain": False, "labelPadding": 8},
        "axisTemporal": {"labelExpr": _MONTH_LABEL, "tickCount": 8 if form is WIDE else 4},
        "axisXQuantitative": {"grid": True, "ticks": False, "domain": False, "tickCount": 5},
        "axisYBand": _category_axis(form),
        "axisYPoint": _category_axis(form),
        "legend": _legends(form) | text,
        "header": _headers(form) | text,
        "range": {
            "category": [colour("neutral"), *TRACKERS.values()],
            "ordinal": list(SEQUENTIAL),
            "ramp": list(SEQUENTIAL),
        },
    } | _marks(form)


def _titles(form: Form) -> dict[str, Any]:
    return {
        "anchor": "start",
        "frame": "bounds",
        "offset": 18 if form is WIDE else 14,
        "color": colour("ink"),
        "fontSize": form.title,
        "fontWeight": 600,
        "lineHeight": line_height(form.title),
        "subtitleColor": colour("ink-soft"),
        "subtitleFontSize": form.subtitle,
        "subtitleLineHeight": line_height(form.subtitle),
        "subtitlePadding": 6,
        "font": FONT_STACK,
        "subtitleFont": FONT_STACK,
    }


def _axes(form: Form) -> dict[str, Any]:
    return {
        "title": None,
        "domainColor": colour("axis"),
        "tickColor": colour("axis"),
        "gridColor": colour("grid"),
        "labelColor": colour("ink-soft"),
        "titleColor": colour("ink-soft"),
        "labelFontSize": form.label,
        "titleFontSize": form.label,
        "titleFontWeight": 400,
        "labelLimit": 0,
        "labelOverlap": "greedy",
        "labelSeparation": 8,
        "labelLineHeight": line_height(form.label),
        "tickCount": 6 if form is WIDE else 4,
    }


def _category_axis(form: Form) -> dict[str, Any]:
    # A name left out to make room would leave a mark without a meaning.
    look = {
        "grid": False,
        "domain": False,
        "labelColor": colour("ink"),
        "labelOverlap": False,
    }
    return look if form is WIDE else look | {"labelExpr": _FOLDED_LABEL}


def _legends(form: Form) -> dict[str, Any]:
    return {
        "title": None,
        "orient": "top",
        "labelColor": colour("ink"),
        "titleColor": colour("ink-soft"),
        "labelFontSize": form.label,
        "titleFontSize": form.label,
        "titleFontWeight": 400,
        "labelLimit": 300,
        "symbolType": "square",
        "symbolStrokeWidth": 0,
        "columnPadding": 16,
        "offset": 8,
        "padding": 0,
        "columns": 0 if form is WIDE else 2,
    }


def _headers(form: Form) -> dict[str, Any]:
    return {
        "title": None,
        "labelAnchor": "start",
        "labelColor": colour("ink"),
        "labelFontSize": form.label + 1,
        "labelFontWeight": 600,
        "labelPadding": 8,
    }


def _marks(form: Form) -> dict[str, Any]:
    return {
        "mark": {"color": colour("neutral")},
        "line": {"strokeWidth": 2.5, "strokeJoin": "round", "strokeCap": "round"},
        "area": {"line": False, "opacity": 1},
        "bar": {"cornerRadiusEnd": 1},
        "rule": {"color": colour("axis"), "strokeWidth": 1},
        "point": {"filled": True, "size": 80, "opacity": 1},
        "circle": {"size": 80, "opacity": 1},
        "geoshape": {"stroke": colour("border"), "strokeWidth": 0.6},
        "text": {"color": colour("ink"), "fontSize": form.label, "font": FONT_STACK},
    }


@alt.theme.register("book", enable=False)
def _theme() -> alt.theme.ThemeConfig:
    return {"config": config(WIDE)}  # type: ignore[typeddict-item]


def steady_data(data: Any = None, max_rows: int | None = None) -> Any:
    """Give altair a frame whose numbers are the same on every machine; see `steady`.

    Parameters
    ----------
    data : DataFrame or other data that altair takes
        Anything but a DataFrame is passed on as it is.
    max_rows : int, optional
        As in altair's own transformer.
    """
    if isinstance(data, pd.DataFrame):
        floats = data.select_dtypes("float").columns
        data = data.assign(**{name: data[name].map(steady, na_action="ignore") for name in floats})
    return alt.default_data_transformer(data, **({"max_rows": max_rows} if max_rows else {}))


alt.data_transformers.register("steady", steady_data)


@cache
def start() -> None:
    """Enable theme and rounding for altair, whole tables, and the fonts; once a process.

    Raises
    ------
    RuntimeError
        If the renderer does not know the Vega-Lite version that altair writes.
    """
    if VEGA_LITE not in vl_convert.get_vegalite_versions():
        message = f"the installed vl-convert does not carry Vega-Lite {VEGA_LITE}"
        raise RuntimeError(message)
    alt.theme.enable("book")
    alt.data_transformers.enable("steady")
    # Pandas cuts cells at fifty letters and leaves out rows: a reader would miss them.
    for limit in ("max_colwidth", "max_rows", "max_columns"):
        pd.set_option(f"display.{limit}", None)
    vl_convert.register_font_directory(str(FONTS))


@cache
def _advances() -> dict[str, dict[str, float]]:
    widths: dict[str, dict[str, float]] = json.loads((FONTS / "advances.json").read_text("utf-8"))
    return widths


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width of a line of text in pixels, from the font's own advance widths.

    Parameters
    ----------
    text
        One line.
    size
        Type size in pixels.
    weight
        400 or 600, the two weights that are carried.

    Returns
    -------
    float
        Width in pixels; a character that the font lacks counts as an ``x``.
    """
    widths = _advances()[str(weight)]
    return size * sum(widths.get(character, widths["x"]) for character in text)


def wrap(
    text: str, width: float, size: float, weight: int = 400, *, balance: bool = False
) -> list[str]:
    """Break a text into lines no wider than a given width.

    Parameters
    ----------
    text
        The text; runs of white space count as one blank, and a month stays with its year.
    width
        Width in pixels.
    size, weight
        Type size in pixels, and weight (400 or 600).
    balance
        Make the lines about equally long, without adding one: for titles.

    Returns
    -------
    list of str
        The lines; a single word wider than the width stands on a line of its own.
    """
    words = [word for word in re.split(r"[ \n\t]+", _DATE.sub("\\1\u00a0\\2", text)) if word]
    lines = _greedy(words, width, size, weight)
    if not balance or len(lines) < 2:
        return lines
    low, high = width / len(lines), width
    for _ in range(12):  # 12 halvings bring 700 px below a pixel
        middle = (low + high) / 2
        if len(_greedy(words, middle, size, weight)) > len(lines):
            low = middle
        else:
            high = middle
    return _greedy(words, high, size, weight)


def _greedy(words: list[str], width: float, size: float, weight: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def deflate_png(png: bytes) -> bytes:
    """Pack a PNG anew at zlib's best level: a quarter of what the renderer writes.

    Parameters
    ----------
    png
        A PNG file.

    Returns
    -------
    bytes
        The same picture.
    """
    chunks, packed, at = [], b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        packed += body if kind == b"IDAT" else b""
        chunks.append((kind, body))
        at += 12 + length
    pixels = zlib.compress(zlib.decompress(packed), 9)
    head = [(kind, body) for kind, body in chunks if kind not in (b"IDAT", b"IEND")]
    return png[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in [*head, (b"IDAT", pixels), (b"IEND", b"")]
    )
