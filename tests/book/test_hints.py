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
    """In the table's order, areas in both units; what is drawing, an axis say, stays out."""
    found = told(unit({"type": "point"}, color={"field": "who", "type": "nominal"}))
    titles = [hint["title"] for hint in found]
    assert titles == ["Counted by", "Day", "Held, km²", "Held, sq mi"]
    assert all("axis" not in hint for hint in found)
    assert found[2]["format"] == ",.0f"
    assert found[1]["format"] == "%-d %B %Y"


def test_square_miles_are_computed_in_the_chart():
    """A square mile has 2.589988 square kilometres, so the chart divides by that."""
    made = hints.with_hints(unit("bar"), META)
    (step,) = made["transform"]
    assert step["as"] == made["encoding"]["tooltip"][2]["field"]
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


ROWS = [
    {"who": "one", "day": "2024-06-03T00:00:00", "held_km2": None, "tanks": 3, "place": 1},
    {"who": "two", "day": "2024-06-04T00:00:00", "held_km2": 9.5, "tanks": 4, "place": 2},
]


def with_rows(**more):
    chart = {"mark": "bar", "encoding": {"y": Y}, "data": {"name": "rows"}, **more}
    return {**chart, "datasets": {"rows": ROWS}}


def test_a_mark_of_a_row_says_the_whole_row():
    """Only the height is encoded; who, when and the tanks come from the same row of the data."""
    found = told(with_rows())
    titles = [hint["title"] for hint in found]
    assert titles == ["Counted by", "Day", "Held, km²", "Held, sq mi", "Tanks"]
    assert [hint["type"] for hint in found][:2] == ["nominal", "temporal"]


def test_a_mark_of_several_rows_says_what_it_shows():
    """A sum over days belongs to no day: only the sum is told, summed in both units."""
    summed = {"y": {**Y, "aggregate": "sum"}}
    for chart in (
        with_rows(encoding=summed),
        with_rows(transform=[{"aggregate": [], "groupby": ["who"]}]),
    ):
        assert [hint["title"] for hint in told(chart)] == ["Held, km²", "Held, sq mi"]


def test_a_table_with_square_miles_needs_no_second_ones():
    """Its own column, with its own rounding, is the one that a reader finds in the table."""
    more = {"name": "held_sq_mi", "label": "Held, sq mi", "digits": 1}
    meta = {"columns": [*META["columns"], more]}
    chart = unit("bar", color={"field": "held_sq_mi", "type": "quantitative"})
    titles = [hint["title"] for hint in hints.with_hints(chart, meta)["encoding"]["tooltip"]]
    assert titles == ["Day", "Held, km²", "Held, sq mi"]
