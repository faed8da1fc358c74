"""From a stored figure to the page: static SVG, table, downloads, citation.

The page carries two drawings, one for a column of text and one for a phone, and shows the one
that fits.
Both are complete without any script; ``static/charts.js`` replaces the visible one by the
interactive chart when it comes into view.
"""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, ClassVar, Final
from xml.etree import ElementTree

import vl_convert
from docutils import nodes

from analysis import datapackage
from analysis.book import areas, hints, theme
from analysis.book.figure import SPEC_MIME, Spec, controls, drawing, framed, in_words
from analysis.book.frames import cell_class
from analysis.book.palette import COLOURS
from analysis.book.theme import PHONE, VEGA_LITE, WIDE, Form

FIGURES: Final = "_static/figures"

# The downloads for a chart's own table, and for every setting of its controls.
_ALL_SETTINGS: Final = "-all-settings.csv"

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_HEX: Final = re.compile("|".join(c.light for c in COLOURS))
_LONG_NUMBER: Final = re.compile(r"-?\d+\.\d{3,}")
_REFERENCE: Final = re.compile(r"url\(['\"]?#([^)'\"]+)['\"]?\)")
_DROPPED: Final = ("role", "class", "pointer-events", "version", "font-family")
_NOTHING: Final = ("M0,0h0v0h0Z", "")

ElementTree.register_namespace("", _SVG)


class book_figure(nodes.General, nodes.Element):  # type: ignore[misc]
    """A figure in a document tree; holds the spec until the output format is known."""


class VegaFigureRenderer:
    """MyST-NB plug-in: puts a stored figure into the document tree."""

    mime_priority_overrides: ClassVar = [("*", SPEC_MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the figure's node, or ``None`` for what is not one of our figures."""
        if data.mime_type != SPEC_MIME or inline:
            return None
        spec = data.content if isinstance(data.content, dict) else json.loads(data.string)
        if "figure" not in spec.get("usermeta", {}):
            return None
        return [book_figure(spec=spec)]


@dataclass(frozen=True)
class Drawings:
    """The static forms of one figure.

    Attributes
    ----------
    plain : str
        SVG file in the colours for light ground.
    wide, phone : str
        SVG elements for a page, in colours that follow its theme.
    """

    plain: str
    wide: str
    phone: str


def draw(spec: Spec) -> Drawings:
    """Draw a figure's static forms."""
    return Drawings(plain_svg(spec, WIDE), inline_svg(spec, WIDE), inline_svg(spec, PHONE))


def plain_svg(spec: Spec, form: Form) -> str:
    """Return the drawing as a file of its own, in the colours for light ground."""
    root = _drawn(spec, form, framed(spec) if form is WIDE else drawing(spec, form))
    _unlink(root)
    _describe(root, spec, form)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def plain_png(spec: Spec) -> bytes:
    """Return the drawing as a PNG for light ground, two dots to a pixel."""
    theme.start()
    return theme.deflate_png(vl_convert.vegalite_to_png(framed(spec), VEGA_LITE, scale=2))


def inline_svg(spec: Spec, form: Form) -> str:
    """Return the drawing for a page: no ground, colours that follow the page's theme.

    Parameters
    ----------
    spec
        Spec of a ``Figure``.
    form
        ``WIDE`` or ``PHONE``.

    Returns
    -------
    str
        One ``<svg>`` element, named and described for screen readers.
    """
    root = _drawn(spec, form, drawing(spec, form))
    ground = root.find(f"{{{_SVG}}}rect")
    if ground is not None:
        root.remove(ground)
    for element in root.iter():
        for name, value in element.attrib.items():
            element.set(name, _HEX.sub(_variable, value))
    _describe(root, spec, form)
    return ElementTree.tostring(root, "unicode")


_NAMES: Final = {c.light: c.name for c in COLOURS}


def _variable(match: re.Match[str]) -> str:
    return f"var(--pos-{_NAMES[match[0]]},{match[0]})"


def _drawn(spec: Spec, form: Form, quiet: Spec) -> ElementTree.Element:
    """Draw, and leave out what only the interactive chart needs."""
    theme.start()
    quiet = quiet | {"config": quiet["config"] | {"aria": False}}
    text = vl_convert.vegalite_to_svg(quiet, VEGA_LITE).replace('fill="white"', 'fill="#ffffff"')
    root = ElementTree.fromstring(text)
    prefix = f"fig-{spec['usermeta']['figure']['id']}-{form.name}"
    _prune(root)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name.startswith("aria-") or name in _DROPPED:
                del element.attrib[name]
            elif name == "id":
                element.set(name, f"{prefix}-{value}")
            elif name == _XLINK:
                # The renderer puts an address of its own before a place on this page.
                del element.attrib[name]
                element.set("href", value[value.index("#") :])
            else:
                value = _REFERENCE.sub(rf"url(#{prefix}-\1)", value)
                element.set(name, _LONG_NUMBER.sub(lambda m: f"{float(m[0]):.2f}", value))
    root.set("font-family", theme.FONT_STACK)
    return root


def _prune(element: ElementTree.Element) -> None:
    """Drop the empty shapes that a renderer keeps for its own use."""
    for child in list(element):
        _prune(child)
        empty_path = child.tag == f"{{{_SVG}}}path" and child.get("d", "") in _NOTHING
        empty_group = child.tag == f"{{{_SVG}}}g" and len(child) == 0
        if empty_path or empty_group or child.get("display") == "none":
            element.remove(child)


def _unlink(element: ElementTree.Element) -> None:
    """Put what a link holds in its place: a picture away from its page leads nowhere."""
    for at, child in enumerate(list(element)):
        _unlink(child)
        if child.tag == f"{{{_SVG}}}a":
            element.remove(child)
            element.insert(at, child[0])


def _describe(root: ElementTree.Element, spec: Spec, form: Form) -> None:
    meta = spec["usermeta"]["figure"]
    prefix = f"fig-{meta['id']}-{form.name}"
    # What is in an image is not announced, so a drawing with links must be a group.
    linked = root.find(f".//{{{_SVG}}}a") is not None
    root.set("role", "group" if linked else "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    for at, (tag, text) in enumerate((("title", meta["title"]), ("desc", meta["alt"]))):
        element = ElementTree.Element(f"{{{_SVG}}}{tag}", id=f"{prefix}-{tag}")
        element.text = text
        root.insert(at, element)


def table_csv(meta: Mapping[str, Any]) -> str:
    """Return a table as CSV, with the column names of the data.

    Parameters
    ----------
    meta
        The figure's part of ``usermeta``, or its ``every``: columns and rows.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column["name"] for column in meta["columns"]])
    writer.writerows(meta["rows"])
    return out.getvalue()


def write_files(spec: Spec, folder: Path, drawn: Drawings, png: bytes) -> None:
    """Write the downloads of a figure and what the chart script loads.

    Parameters
    ----------
    spec
        Spec of a ``Figure``.
    folder
        Where; made if need be.
    drawn, png
        Its drawings.
    """
    meta = spec["usermeta"]["figure"]
    folder.mkdir(parents=True, exist_ok=True)
    wide = hints.with_hints(drawing(spec, WIDE), meta)
    both = {"wide": wide, "phone": hints.with_hints(meta["phone"], meta, wide.get("datasets"))}
    text = json.dumps(both, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    plain = json.dumps(wide, ensure_ascii=False, sort_keys=True, indent=1)
    files = {
        ".svg": drawn.plain,
        ".vl.json": plain + "\n",
        # A page opened from a disk may not fetch, but it may add a script.
        ".js": f"(window.posFigures=window.posFigures||{{}})[{json.dumps(meta['id'])}]={text};\n",
    }
    if meta["rows"]:
        files[".csv"] = table_csv(areas.with_miles(meta))
    if isinstance(meta.get("every"), dict):
        files[_ALL_SETTINGS] = table_csv(areas.with_miles(meta["every"]))
    for suffix, content in files.items():
        (folder / f"{meta['id']}{suffix}").write_bytes(content.encode("utf-8"))
    (folder / f"{meta['id']}.png").write_bytes(png)


def figure_html(
    spec: Spec,
    drawn: Drawings,
    *,
    root: str,
    links: Mapping[str, str],
    code: str = "",
    cite: str = "",
) -> str:
    """Return the HTML of a figure.

    Parameters
    ----------
    spec
        Spec of a ``Figure``.
    drawn
        Its drawings.
    root
        Relative path from the page to the book's root: ``""`` or ``"../"`` and so on.
    links
        A finished link to each claim that the chart bears on.
    code
        The code that draws it, highlighted; empty for none.
    cite
        How to cite it and how to report an error, finished; empty for neither.

    Returns
    -------
    str
        A block with the figure and its tools.
    """
    meta = spec["usermeta"]["figure"]
    files = f"{root}{FIGURES}/{meta['id']}"
    forms = _form(drawn.wide, WIDE) + _form(drawn.phone, PHONE)
    return (
        f'<div class="pos-figure-block">\n<figure class="pos-figure" id="fig-{meta["id"]}"'
        f' data-figure="{meta["id"]}" data-src="{files}.js">\n'
        f'<div class="pos-chart">{forms}</div>\n{_controls(spec, files, root)}'
        f"<figcaption><p>{escape(meta['caption'])}</p>{_claims(meta, links)}</figcaption>\n"
        f'</figure>\n<div class="pos-tools">{_downloads(meta, files)}{_data(meta)}'
        f"{_code(code)}{cite}</div>\n</div>\n"
    )


def _form(svg: str, form: Form) -> str:
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    width, height = (size[1], size[2]) if size else (str(form.width), "400")
    style = f"--pos-w:{width};--pos-h:{height}"
    return f'<div class="pos-form pos-{form.name}" style="{style}">{svg}</div>'


def _controls(spec: Spec, files: str, root: str) -> str:
    """Reserve the room of the controls, so that nothing moves when they come."""
    bound = controls(spec)
    if not bound:
        return ""
    meta = spec["usermeta"]["figure"]
    steps = escape(json.dumps(meta["steps"], ensure_ascii=False, sort_keys=True), quote=True)
    return (
        f'<div class="pos-controls" style="--pos-n:{len(bound)}" data-steps="{steps}">'
        f"<p>With scripts switched on, controls here change what the chart shows."
        f" The picture has: {_start(spec)}. {_where_the_rest_is(meta, files, root)}</p></div>\n"
    )


def _start(spec: Spec) -> str:
    """Say how the controls stand in the still picture."""
    steps = spec["usermeta"]["figure"]["steps"]
    binds = {param["name"]: param.get("bind") for param in spec["params"]}
    said = [
        f"{heading}: {(steps.get(name) or binds[name]['labels'])[values.index(start)]}"
        for name, (heading, values, start) in controls(spec).items()
    ]
    return escape("; ".join(said))


def _where_the_rest_is(meta: Mapping[str, Any], files: str, root: str) -> str:
    every = meta.get("every")
    if every is None:
        return "The table below has every setting."
    if isinstance(every, str):
        item = datapackage.origin(every)
        href, name = f"{root}data/{item.path}", escape(item.title)
        return f'Every setting is in the table <a href="{href}" download>{name}</a>.'
    href = f"{files}{_ALL_SETTINGS}"
    return f'Every setting is in <a href="{href}" download>a table for download</a>.'


def _claims(meta: Mapping[str, Any], links: Mapping[str, str]) -> str:
    if not meta["claims"]:
        return ""
    return f'<p class="pos-bears">Bears on {", ".join(links[c] for c in meta["claims"])}</p>'


def _code(code: str) -> str:
    if not code:
        return ""
    return f'<details class="pos-code"><summary>Code</summary>{code}</details>'


def _data(meta: Mapping[str, Any]) -> str:
    if not meta["rows"]:
        return ""
    numeric = [_is_numeric(meta["rows"], at) for at in range(len(meta["columns"]))]
    head = "".join(
        f'<th scope="col"{_right(n)}>{escape(column["label"])}</th>'
        for column, n in zip(meta["columns"], numeric, strict=True)
    )
    body = "\n".join(_row(row, meta["columns"], numeric) for row in meta["rows"])
    name = escape(f"Data: {meta['title']}", quote=True)
    still = " As in the still picture." if "every" in meta else ""
    return (
        f'<details class="pos-data"><summary>Table</summary>'
        f'<div class="pos-scroll" role="region" tabindex="0" aria-label="{name}">'
        f"<table><caption>{escape(meta['title'])}. {escape(meta['subtitle'])}.{still}</caption>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div></details>"
    )


def _is_numeric(rows: Sequence[Sequence[object]], at: int) -> bool:
    values = [row[at] for row in rows if row[at] is not None]
    return bool(values) and all(
        isinstance(v, int | float) and not isinstance(v, bool) for v in values
    )


def _right(numeric: bool) -> str:
    return ' class="pos-num"' if numeric else ""


def _row(
    row: Sequence[object], columns: Sequence[Mapping[str, Any]], numeric: Sequence[bool]
) -> str:
    cells = [
        f"<td{look}>{shown}</td>" if at else f'<th scope="row"{look}>{shown}</th>'
        for at, (value, column, n) in enumerate(zip(row, columns, numeric, strict=True))
        for text in [in_words(value, column["digits"])]
        for shown, look in [(escape(text), cell_class(text, numeric=n))]
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _downloads(meta: Mapping[str, Any], files: str) -> str:
    kinds = [("CSV", ".csv")] if meta["rows"] else []
    if isinstance(meta.get("every"), dict):
        kinds.append(("All settings", _ALL_SETTINGS))
    kinds += [("PNG", ".png"), ("SVG", ".svg"), ("Spec", ".vl.json")]
    links = "".join(
        f'<li><a href="{files}{suffix}" download aria-label="{kind} of chart: '
        f'{escape(meta["title"], quote=True)}">{kind}</a></li>'
        for kind, suffix in kinds
    )
    return f'<ul class="pos-downloads">{links}</ul>'


def picture(spec: Spec, uri: str) -> nodes.figure:
    """Return a figure for print and EPUB: an image with alternative text and a caption."""
    meta = spec["usermeta"]["figure"]
    image = nodes.image(uri=uri, alt=f"{meta['title']}. {meta['alt']}", candidates={"*": uri})
    image["width"] = "100%"
    caption = nodes.caption("", meta["caption"])
    return nodes.figure("", image, caption, ids=[f"fig-{meta['id']}"])
