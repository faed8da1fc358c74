"""What the pointer is told: the table's headings, areas in both units, and nothing of a line."""

from __future__ import annotations

import pytest

from analysis.book import hints

META = {
    "columns": [
        {"name": "who", "label": "Counted by", "digits": None},
        {"name": "day", "label": "Day", "digits": None},
        {"name": "held_km2", "label": "Held, km²", "digits": 0},
        {"name": "tanks", "label": "Tanks", "digits": None},
    ]
}
Y = {"field": "held_km2", "type": "quantitative", "axis": {"title": None}}
X = {"field": "day", "type": "temporal"}


def unit(mark, **encoding):
    return {"mark": mark, "encoding": {"x": X, "y": Y, **encoding}}


def told(chart):
    return hints.with_hints(chart, META)["encoding"]["tooltip"]


def test_a_point_says_its_values_under_the_headings_of_the_table():
    """Who, then how much in both units, then when; drawing matters, an axis say, stay out."""
    found = told(unit({"type": "point"}, color={"field": "who", "type": "nominal"}))
    titles = [hint["title"] for hint in found]
    assert titles == ["Counted by", "Held, km²", "Held, sq mi", "Day"]
    assert all("axis" not in hint for hint in found)
    assert found[1]["format"] == ",.0f"
    assert found[3]["format"] == "%-d %B %Y"


def test_square_miles_are_computed_in_the_chart():
    """A square mile has 2.589988 square kilometres, so the chart divides by that."""
    made = hints.with_hints(unit("bar"), META)
    (step,) = made["transform"]
    assert step["as"] == made["encoding"]["tooltip"][1]["field"]
    assert step["calculate"].startswith("datum['held_km2'] / 2.58998")


@pytest.mark.parametrize("mark", ["line", "area", "rule", "text", {"type": "geoshape"}])
def test_what_is_no_row_says_nothing(mark):
    """Under the pointer a line would say its first point wherever it is touched."""
    assert "tooltip" not in hints.with_hints(unit(mark), META)["encoding"]


def test_what_a_chart_names_itself_is_kept():
    """Its two hints in its order, with its own heading and format; only a name gets a heading."""
    own = [
        {"field": "tanks", "type": "quantitative"},
        {"field": "who", "type": "nominal", "title": "Whose count"},
    ]
    found = told(unit("line", tooltip=own))
    assert [hint["title"] for hint in found] == ["Tanks", "Whose count"]


def test_layers_share_the_encoding_above_them():
    """The point is told x and y from above and its own colour; the original is left alone."""
    point = {"mark": "circle", "encoding": {"color": {"field": "who", "type": "nominal"}}}
    chart = {"encoding": {"x": X, "y": Y}, "layer": [{"mark": "line"}, point]}
    line, dots = hints.with_hints(chart, META)["layer"]
    assert "encoding" not in line
    assert len(dots["encoding"]["tooltip"]) == 4
    assert "tooltip" not in point["encoding"]


def test_fields_that_the_table_does_not_have_are_left_out():
    """A place of a label, say, has no heading: it says nothing to a reader."""
    chart = {"mark": "point", "encoding": {"x": {"field": "at", "type": "quantitative"}}}
    assert "tooltip" not in hints.with_hints(chart, META)["encoding"]
