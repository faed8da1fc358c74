"""What every figure has: a finding, a source, an alternative text, a table, and one drawing."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
import toy_figures
import vl_convert
from bs4 import BeautifulSoup
from docutils import nodes
from lxml import etree

from analysis.book import figure_page, theme
from analysis.book.ext import take_code
from analysis.book.figure import MAX_ROWS, SPEC_MIME, FigureError, drawing
from analysis.book.figure_page import (
    draw,
    figure_html,
    inline_svg,
    plain_png,
    plain_svg,
    table_csv,
    write_files,
)
from analysis.book.palette import COLOURS, colour
from analysis.book.theme import PHONE, VEGA_LITE, WIDE

CITE = '<details class="pos-cite"><summary>Cite</summary></details>'
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=toy_figures.ALL, ids=lambda make: make.__name__)
def spec(request):
    return request.param().spec


@pytest.fixture(scope="module")
def line_spec():
    return toy_figures.line().spec


def page(spec):
    links = {claim: f'<a href="#claim-{claim}">“{claim}”</a>' for claim in meta(spec)["claims"]}
    html = figure_html(
        spec, draw(spec), root="../", links=links, code="<pre>draw()</pre>", cite=CITE
    )
    return BeautifulSoup(html, "lxml")


def meta(spec):
    return spec["usermeta"]["figure"]


def test_the_renderer_carries_what_altair_writes():
    """A spec is drawn by the version it was written for; altair names it in its schema."""
    assert alt.SCHEMA_VERSION.removeprefix("v").startswith(f"{VEGA_LITE}.")
    assert VEGA_LITE in vl_convert.get_vegalite_versions()


def test_a_figure_that_lacks_everything_is_told_everything():
    """Whoever writes a figure should mend it in one go, so the message names each lack."""
    with pytest.raises(FigureError) as error:
        toy_figures.line(id="No Id", title=" ", source="", alt="No Id", table=None)
    for part in ("title is empty", "source is empty", "'No Id'", "alt repeats", "without a table"):
        assert part in str(error.value)


def test_a_table_too_long_to_read_is_refused():
    """5,000 rows are the stated limit; one more must fail and 5,000 pass."""
    rows = pd.DataFrame({"x": range(MAX_ROWS + 1)})
    with pytest.raises(FigureError, match="5,001 rows"):
        toy_figures.line(table=rows, columns=None)
    assert len(meta(toy_figures.line(table=rows[:-1], columns=None).spec)["rows"]) == MAX_ROWS


def test_a_column_that_is_not_there_is_named():
    """A heading for a missing column would be an empty column on the page."""
    with pytest.raises(FigureError, match="lacks columns heigth"):
        toy_figures.line(columns={"heigth": "Height"})


def test_dates_as_text_are_refused():
    """``2025-01-01`` as text is midnight in Greenwich: still December in New York."""
    frame = pd.DataFrame({"day": ["2025-01-01"], "y": [1]})
    chart = alt.Chart(frame).mark_point().encode(x="day:T", y="y:Q")
    with pytest.raises(FigureError, match="day holds dates as text"):
        toy_figures.figure(
            chart, id="x", title="T", subtitle="s", source="S", alt="words", caption="c"
        )


def test_labels_that_leave_no_plot_are_refused():
    """On a phone of 350 px a name of 120 letters takes all of the width."""
    frame = pd.DataFrame({"name": ["m" * 120], "x": [1]})
    chart = alt.Chart(frame).mark_bar().encode(y="name:N", x="x:Q")
    with pytest.raises(FigureError, match="shorten labels"):
        toy_figures.figure(
            chart, id="x", title="T", subtitle="s", source="S", alt="words", caption="c"
        )


def test_numbers_are_stored_at_their_declared_precision():
    """One decimal declared: 10.04 is 10.0, 12.36 is 12.4, a gap stays a gap."""
    assert meta(toy_figures.line().spec)["rows"] == [
        ["2025-01-01", 10.0],
        ["2025-01-02", 12.4],
        ["2025-01-03", None],
        ["2025-01-04", 1234.5],
    ]


def test_generated_names_do_not_depend_on_what_was_drawn_before():
    """Altair counts its names over a session; the second figure must equal the first."""
    assert toy_figures.map_with_slider().spec == toy_figures.map_with_slider().spec
    assert toy_figures.pair().spec == toy_figures.pair().spec


def test_bytes_do_not_depend_on_time_zone_or_hash_seed(tmp_path):
    """A reader in Tokyo and one in New York must get the same book."""
    code = (
        "import hashlib,json,sys,toy_figures as t\n"
        "from analysis.book.figure_page import inline_svg\n"
        "from analysis.book.theme import PHONE, WIDE\n"
        "h=hashlib.sha256()\n"
        "for make in t.ALL:\n"
        "    s=make().spec\n"
        "    h.update(json.dumps(s,sort_keys=True).encode())\n"
        "    h.update((inline_svg(s,WIDE)+inline_svg(s,PHONE)).encode())\n"
        "print(h.hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone, seed in (("Asia/Tokyo", "1"), ("America/New_York", "2"))
    }
    assert len(digests) == 1


def test_the_bundle_holds_spec_picture_and_text():
    """Spec for the page and for nbval, picture for code hosts, text for everything else."""
    shown = toy_figures.line()
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {SPEC_MIME, "image/png", "text/plain"}
    assert bundle["text/plain"] == meta(shown.spec)["alt"]
    assert bundle["image/png"].startswith("iVBORw0KGgo")  # the signature of PNG, in base64


@pytest.mark.parametrize("form", [WIDE, PHONE], ids=lambda form: form.name)
def test_a_drawing_is_as_wide_as_its_form(spec, form):
    """Drawn at real size: 688 px in a column of text, 350 px on a phone, to the pixel."""
    root = etree.fromstring(inline_svg(spec, form).encode())
    assert float(root.get("width")) == pytest.approx(form.width, abs=1.5)


@pytest.mark.parametrize("form", [WIDE, PHONE], ids=lambda form: form.name)
def test_title_source_and_note_are_inside_the_drawing(spec, form):
    """A picture that travels alone must still say what it shows and who counted."""
    root = etree.fromstring(inline_svg(spec, form).encode())
    words = " ".join(" ".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    words = words.replace("\u00a0", " ")
    for part in ("title", "subtitle", "source", "note"):
        assert meta(spec)[part] in words


@pytest.mark.parametrize("form", [WIDE, PHONE], ids=lambda form: form.name)
def test_type_is_large_enough(spec, form):
    """At 390 px the page leaves 358 for a drawing of 350, so 11 px in it are 11 px on screen."""
    sizes = re.findall(r'font-size="([\d.]+)px"', inline_svg(spec, form))
    assert min(map(float, sizes)) >= 11


@pytest.mark.parametrize("form", [WIDE, PHONE], ids=lambda form: form.name)
def test_a_drawing_is_named_and_described(spec, form):
    """Role, name and description that exist, under ids of their own.

    What is in an ``img`` is not announced (ARIA: children presentational), so a drawing with
    links in it is a ``group``.
    """
    root = etree.fromstring(inline_svg(spec, form).encode())
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert root.get("role") == ("group" if meta(spec)["id"] == "toy-links" else "img")
    named = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    title, description = (named[id] for id in root.get("aria-labelledby").split())
    assert (title, description) == (meta(spec)["title"], meta(spec)["alt"])


@pytest.mark.parametrize("form", [WIDE, PHONE], ids=lambda form: form.name)
def test_a_drawing_follows_the_theme(spec, form):
    """Each colour of an inline drawing is a variable with the light value to fall back on."""
    svg = inline_svg(spec, form)
    bare = re.sub(r"var\(--pos-[a-z0-9-]+,#[0-9a-f]{6}\)", "", svg)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=\")", bare) == []
    assert re.findall(r"rgba?\([^)]*\)", bare) == []
    assert "var(--pos-ink," in svg


def test_colours_mean_the_same_inside_a_drawing(line_spec):
    """The line of Russian forces is in their colour, by name."""
    assert f'stroke="var(--pos-russia,{colour("russia")})"' in inline_svg(line_spec, WIDE)


def test_a_file_of_its_own_needs_no_page(spec):
    """A downloaded SVG has no style sheet beside it: plain colours, a ground, no variables."""
    svg = plain_svg(spec, WIDE)
    assert "var(" not in svg
    root = etree.fromstring(svg.encode())
    assert root.find(f"{SVG}rect").get("fill") == colour("ground")


def test_side_by_side_becomes_one_below_the_other():
    """Two plots of one drawing: beside each other when wide, below when narrow."""
    spec = toy_figures.pair().spec
    assert "hconcat" in drawing(spec, WIDE)["vconcat"][0]
    assert "hconcat" not in json.dumps(drawing(spec, PHONE))
    assert len(drawing(spec, PHONE)["vconcat"][0]["vconcat"]) == 2


def test_no_name_is_left_out_on_a_phone():
    """Twelve long names in 120 px would overlap; all of them must stand there all the same."""
    names = [f"a rather long name of row {letter}" for letter in "abcdefghijkl"]
    frame = pd.DataFrame({"name": names, "x": range(12)})
    chart = alt.Chart(frame).mark_point().encode(y="name:N", x="x:Q").properties(height=120)
    made = toy_figures.figure(
        chart, id="x", title="T", subtitle="s", source="S", alt="words", caption="c"
    )
    root = etree.fromstring(inline_svg(made.spec, PHONE).encode())
    words = {" ".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert {name.rsplit(" ", 1)[1] for name in names} <= {word.rsplit(" ", 1)[-1] for word in words}
    assert drawing(made.spec, PHONE)["vconcat"][0]["height"] >= 12 * 30
    assert drawing(made.spec, WIDE)["vconcat"][0]["height"] == 120


def test_a_map_keeps_its_proportions_on_a_phone():
    """A square map 440 px high in 688 px of width is half as high in half the width."""
    shape = {"type": "Polygon", "coordinates": [[[30, 48], [30, 50], [33, 50], [30, 48]]]}
    data = alt.Data(values=[{"type": "Feature", "geometry": shape, "properties": {}}])
    made = toy_figures.figure(
        alt.Chart(data).mark_geoshape().properties(height=440),
        id="x",
        title="T",
        subtitle="s",
        source="S",
        alt="words",
        caption="c",
    )
    assert drawing(made.spec, PHONE)["vconcat"][0]["height"] == round(440 * 350 / 688)


def test_no_other_host_is_asked(spec, tmp_path):
    """Schema and namespace are names, not requests; nothing else may carry an address."""
    write_files(spec, tmp_path, draw(spec), plain_png(spec))
    text = figure_html(
        spec, draw(spec), root="", links=dict.fromkeys(meta(spec)["claims"], "a link")
    ) + "".join(p.read_text("utf-8") for p in tmp_path.iterdir() if p.suffix != ".png")
    allowed = ("http://www.w3.org/", "https://vega.github.io/schema/")
    assert [a for a in re.findall(r"https?://[^\s\"'<>]+", text) if not a.startswith(allowed)] == []


def test_the_page_shows_the_whole_table(line_spec):
    """Four rows by hand; thousands with a comma, the gap as a dash, numbers to the right."""
    table = page(line_spec).find("table")
    rows = [[cell.text for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    assert rows == [
        ["Day", "Area, km²"],
        ["2025-01-01", "10.0"],
        ["2025-01-02", "12.4"],
        ["2025-01-03", "–"],
        ["2025-01-04", "1,234.5"],
    ]
    assert table.find("caption")
    assert {th.get("scope") for th in table.find_all("th")} == {"col", "row"}
    assert all("pos-num" in td.get("class", []) for td in table.find_all("td"))


def test_a_scrolling_table_can_be_reached_by_keyboard(spec):
    """A region that scrolls has a name and takes the focus (WCAG 2.1.1)."""
    region = page(spec).find(class_="pos-scroll")
    assert region["role"] == "region"
    assert region["tabindex"] == "0"
    assert meta(spec)["title"] in region["aria-label"]


def test_the_downloads_are_the_files_that_are_written(spec, tmp_path):
    """Every link under a figure leads to a file, from a page one level down."""
    soup = page(spec)
    write_files(spec, tmp_path, draw(spec), plain_png(spec))
    links = [a["href"] for a in soup.select(".pos-downloads a")]
    more = [".csv"] if "every" in meta(spec) else []
    assert [Path(link).suffix for link in links] == [".csv", *more, ".png", ".svg", ".json"]
    assert all(link.startswith("../_static/figures/") for link in links)
    assert all((tmp_path / Path(link).name).stat().st_size > 0 for link in links)
    assert (tmp_path / Path(soup.find("figure")["data-src"]).name).exists()


def test_the_csv_is_the_table(line_spec):
    """Read back with the names of the data: the same four rows, the gap empty."""
    rows = list(csv.DictReader(io.StringIO(table_csv(meta(line_spec)))))
    assert [row["area_km2"] for row in rows] == ["10.0", "12.4", "", "1234.5"]


def test_the_csv_has_areas_in_both_units(line_spec, tmp_path):
    """1234.5 km² are 476.6 square miles at 2.589988 each; the gap stays a gap in both columns."""
    write_files(line_spec, tmp_path, draw(line_spec), plain_png(line_spec))
    with (tmp_path / "toy-line.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["area_km2"] for row in rows] == ["10.0", "12.4", "", "1234.5"]
    assert rows[2]["area_sq_mi"] == ""
    assert float(rows[3]["area_sq_mi"]) == pytest.approx(476.6, abs=0.05)


def test_the_script_file_holds_both_forms(line_spec, tmp_path):
    """The script replaces the form that is shown, so it needs both; data are there once."""
    write_files(line_spec, tmp_path, draw(line_spec), plain_png(line_spec))
    text = (tmp_path / "toy-line.js").read_text("utf-8")
    stored = json.loads(text[text.index("=", text.index("]")) + 1 : text.rindex(";")])
    assert set(stored) == {"wide", "phone"}
    assert stored["wide"]["datasets"]
    assert "datasets" not in stored["phone"]


def test_claims_are_linked(line_spec):
    """A chart says which claims it bears on, and leads there."""
    link = page(line_spec).select_one(".pos-bears a")
    assert (link["href"], link.text) == ("#claim-toy-claim", "“toy-claim”")


def test_code_is_one_of_the_tools_under_a_figure(line_spec):
    """Below the drawing, folded, beside the data and the citation; no fold without code."""
    tools = page(line_spec).select_one(".pos-tools")
    assert [fold.summary.text for fold in tools.select("details")] == ["Table", "Code", "Cite"]
    assert tools.select_one(".pos-code pre").text == "draw()"
    links = dict.fromkeys(meta(line_spec)["claims"], "a link")
    bare = figure_html(line_spec, draw(line_spec), root="", links=links)
    assert "pos-code" not in bare


def cell(code, *output):
    made = nodes.container(nb_element="cell_code")
    if code:
        source = nodes.container(nb_element="cell_code_source")
        source += nodes.literal_block(code, code)
        made += source
    if output:
        shown = nodes.container(nb_element="cell_code_output")
        shown.extend(output)
        made += shown
    return made


def test_cells_of_one_figure_share_one_fold():
    """Two silent cells before it belong to the figure; the one before the words does not."""
    figure = figure_page.book_figure(spec={})
    section = nodes.section()
    section.extend(
        [
            cell("import altair"),
            nodes.paragraph("", "words"),
            cell("data = load()"),
            cell("tone = 'blue'\n"),
            cell("book.figure(chart)", figure),
        ]
    )
    assert take_code(figure) == "data = load()\n\ntone = 'blue'\n\nbook.figure(chart)"
    left = [part.astext() for part in section]
    assert left == ["import altair", "words", ""]
    assert take_code(figure) == ""


def test_a_cell_that_shows_something_keeps_its_code():
    """A table before a figure is a thing of its own."""
    figure = figure_page.book_figure(spec={})
    section = nodes.section()
    section.extend([cell("table", nodes.paragraph("", "rows")), cell("draw", figure)])
    assert take_code(figure) == "draw"
    assert section[0].astext() == "table\n\nrows"


def test_a_figure_outside_a_cell_has_no_code():
    """Glued into the text, say."""
    figure = figure_page.book_figure(spec={})
    section = nodes.section()
    section += figure
    assert take_code(figure) == ""


def test_the_steps_of_a_slider_travel_with_the_figure():
    """A slider counts 0, 1, 2; a reader wants the months."""
    soup = page(toy_figures.map_with_slider().spec)
    assert json.loads(soup.find(class_="pos-controls")["data-steps"]) == {
        "month": toy_figures.MONTHS
    }


def test_room_is_kept_for_sliders_only():
    """A chart that is bound to its own scales has no slider: no promise of one, and no gap."""
    with_slider = toy_figures.map_with_slider().spec
    dragged = {"params": [{"name": "zoom", "select": "interval", "bind": "scales"}]}
    assert "pos-controls" in figure_page._controls(with_slider, "files/x", "../")
    assert figure_page._controls(with_slider | dragged, "files/x", "../") == ""


def test_without_scripts_the_note_says_what_is_shown_and_where_the_rest_is(tmp_path):
    """The slider starts at March and its table has all months; the list of papers has a file.

    Forty papers are forty rows under one row of names.
    """
    soup = page(toy_figures.map_with_slider().spec)
    note = soup.select_one(".pos-controls p").text
    assert "The picture has: Month: Mar 2025. The table below has every setting." in note
    spec = toy_figures.linked_and_chosen().spec
    note = page(spec).select_one(".pos-controls p")
    assert "The picture has: Paper: Paper 1. Every setting is in" in note.text
    write_files(spec, tmp_path, draw(spec), plain_png(spec))
    text = (tmp_path / Path(note.a["href"]).name).read_text("utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == ["paper", "number"]
    assert rows[-1] == ["Paper 40", "40"]
    assert len(rows) == 41


def test_a_table_of_the_book_can_hold_every_setting():
    """The note links the table by its title; an unknown name is an error."""
    spec = toy_figures.linked_and_chosen(every="bargaining-grid", every_columns=None).spec
    link = page(spec).select_one(".pos-controls p a")
    assert link["href"] == "../data/series/bargaining_grid.csv"
    with pytest.raises(KeyError, match="no-such-table"):
        page(toy_figures.linked_and_chosen(every="no-such-table", every_columns=None).spec)


def test_the_table_of_a_still_picture_says_that_it_is_one():
    """A reader who takes the table for the whole would be misled."""
    captions = [
        page(make().spec).find("caption").text
        for make in (toy_figures.linked_and_chosen, toy_figures.map_with_slider)
    ]
    assert ["still picture" in text for text in captions] == [True, False]


@pytest.mark.parametrize(
    ("steps", "value", "most", "expected"),
    [
        ({"month": ["a", "b"]}, 2, 2, "month has 3 steps and 2 labels"),
        ({"month": ["a"] * 3, "year": ["b"]}, 2, 2, "steps for year, which is no control"),
        ({"month": ["a"] * 40}, 2, 39, "month has 40 steps; bind it to a list"),
        ({"month": ["a"] * 3}, 7, 2, "month starts at 7"),
    ],
)
def test_a_control_that_cannot_be_used_is_refused(steps, value, most, expected):
    """Labels, as many as steps; no more steps than a thumb can set; a start that is one."""
    bind = alt.binding_range(min=0, max=most, step=1, name="Month")
    month = alt.param(name="month", value=value, bind=bind)
    chart = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q").add_params(month)
    texts = {"title": "T", "subtitle": "s", "source": "S", "alt": "words", "caption": "c"}
    with pytest.raises(FigureError, match=re.escape(expected)):
        toy_figures.figure(chart, id="x", steps=steps, **texts)


@pytest.mark.parametrize("form", [WIDE, PHONE], ids=lambda form: form.name)
def test_links_of_a_drawing_stay_on_its_page(form):
    """The renderer would send a place on the page to a host of its own."""
    svg = inline_svg(toy_figures.linked_and_chosen().spec, form)
    links = etree.fromstring(svg.encode()).iter(f"{SVG}a")
    assert [link.get("href") for link in links] == ["#toy-chapter", "#fig-toy-line"]
    assert "xlink:href" not in svg


def test_a_picture_away_from_its_page_has_no_links():
    """A downloaded drawing keeps the words and loses links that would lead nowhere."""
    root = etree.fromstring(plain_svg(toy_figures.linked_and_chosen().spec, WIDE).encode())
    assert list(root.iter(f"{SVG}a")) == []
    assert {"P1 Ground", "P2 Time"} <= {text.text for text in root.iter(f"{SVG}text")}


def test_hostile_text_stays_text():
    """Titles come from people; one with markup must not become markup."""
    soup = page(toy_figures.line(title="<script>alert(1)</script> & more").spec)
    assert soup.find("script") is None
    assert "<script>alert(1)</script> & more" in soup.find("svg").find("title").text


@pytest.mark.parametrize("width", [120, 350, 688])
def test_lines_are_no_wider_than_asked(width):
    """Every line fits, no word is lost, and a month stays with its year."""
    text = "Russian forces hold more of Ukraine in August 2026 than in July 2024"
    lines = theme.wrap(text, width, 18, 600, balance=True)
    assert all(theme.text_width(line, 18, 600) <= width for line in lines)
    assert " ".join(lines).replace("\u00a0", " ") == text
    assert any("August\u00a02026" in line for line in lines)


def test_the_font_is_as_wide_as_it_says():
    """Inter draws all figures of its tabular kind alike; in the default kind a 1 is narrower."""
    assert theme.text_width("1", 10) < theme.text_width("0", 10)
    assert theme.text_width("ab", 10) == pytest.approx(
        theme.text_width("a", 10) + theme.text_width("b", 10)
    )
    assert theme.text_width("a", 20) == pytest.approx(2 * theme.text_width("a", 10))


def test_the_drawn_title_is_as_wide_as_measured(line_spec):
    """The renderer's own measure of a line agrees with the table of widths within 2 percent."""
    text = "Russian forces hold more of Ukraine"
    spec = {
        "$schema": line_spec["$schema"],
        "data": {"values": [{}]},
        "mark": {"type": "text", "text": text, "align": "left", "x": 0, "fontSize": 20},
        "config": {"font": "Book Sans", "padding": 0, "view": {"stroke": None}},
        "width": 1,
        "height": 20,
    }
    svg = vl_convert.vegalite_to_svg(spec, VEGA_LITE)
    drawn = float(re.search(r'width="([\d.]+)"', svg)[1])
    assert drawn == pytest.approx(theme.text_width(text, 20), rel=0.02)


def test_a_smaller_png_is_the_same_picture():
    """Packing anew changes the bytes between the marks of the format, not the pixels."""
    import struct
    import zlib

    def pixels(png):
        at, packed = 8, b""
        while at < len(png):
            length, kind = struct.unpack(">I4s", png[at : at + 8])
            packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
            at += 12 + length
        return zlib.decompress(packed)

    spec = drawing(toy_figures.line().spec, PHONE)
    png = vl_convert.vegalite_to_png(spec, VEGA_LITE)
    small = theme.deflate_png(png)
    assert pixels(small) == pixels(png)
    assert len(small) < len(png)


def test_the_palette_reaches_the_script():
    """The script maps light to dark from the same table that the style sheet is made of."""
    from analysis.book.ext import chart_bundle

    code = chart_bundle()
    stored = json.loads(code[code.index("{") : code.index("}") + 1])
    assert stored == {c.light: c.dark for c in COLOURS}
    # Top-level names of the library would collide with those of the page.
    assert re.search(r"^\(function\(\)\{$", code, re.MULTILINE)


def test_numbers_of_a_chart_are_the_same_on_every_machine():
    """Two machines differ in the sixteenth digit of a quotient; the stored data do not."""
    charts = [
        alt.Chart(pd.DataFrame({"x": [1 / 3 + ulp, None], "n": [1, 2]})).mark_point().to_dict()
        for ulp in (0.0, 5e-17)
    ]
    assert charts[0]["datasets"] == charts[1]["datasets"]
    (rows,) = charts[0]["datasets"].values()
    assert rows == [{"x": 0.333333333, "n": 1}, {"x": None, "n": 2}]
