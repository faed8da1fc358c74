"""The map of squares covers what the grid says, and moves what changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis import mapping, tables
from analysis.sources.boundaries import to_laea

STEPS = [10, 30, 50, 70, 90]


def cells(*rows: tuple[str, list[int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["cell_id", "shares_pct"])
    change = [shares[-1] - shares[0] for shares in frame["shares_pct"]]
    return frame.assign(change_pct=change, oblast="Donetsk")


def area_km2(feature: mapping.Feature) -> float:
    shape = np.array([shapely.geometry.shape(feature["geometry"])])
    return float(shapely.area(to_laea(shape))[0]) / 1e6


def test_squares_that_stay_in_one_step_are_one_shape():
    """Two neighbours at 95 to 100 percent are 200 km2 in one; the one that moves stands alone."""
    made = cells(("E146N097", [95, 100]), ("E147N097", [100, 100]), ("E145N097", [0, 60]))
    fixed, moving = mapping.month_features(made, STEPS)
    assert area_km2(fixed) == pytest.approx(200, abs=1)
    assert fixed["properties"]["shares_pct"] == [95, 95]
    assert moving["properties"] == {"shares_pct": [0, 60], "place": "Donetsk"}
    assert area_km2(moving) == pytest.approx(100, abs=0.5)


def test_a_square_that_is_never_held_is_not_drawn():
    """A share of nothing in every month is no ground."""
    assert mapping.month_features(cells(("E146N097", [0, 0])), STEPS) == []


def test_only_squares_that_moved_are_in_the_map_of_changes():
    """Ten points and more, gained or lost."""
    made = cells(("E146N097", [50, 59]), ("E147N097", [50, 60]), ("E145N097", [50, 40]))
    found = [f["properties"]["change_pct"] for f in mapping.change_features(made, 10)]
    assert found == [10, -10]


def test_all_that_is_ever_held_has_the_area_of_its_squares():
    """Three squares of 100 km2, of which two meet."""
    made = cells(("E146N097", [1, 1]), ("E147N097", [1, 1]), ("E120N090", [1, 1]))
    assert area_km2(mapping.ever_held(made)[0]) == pytest.approx(300, abs=1)


def test_rings_are_clockwise_for_the_sphere():
    """The other way round a renderer fills all of the earth but the square."""
    ring = mapping.ever_held(cells(("E146N097", [1])))[0]["geometry"]["coordinates"][0][0]
    assert not shapely.is_ccw(shapely.linearrings(ring))


def test_land_is_cut_to_the_window_and_the_peninsula_is_one():
    """The box round squares in Donetsk and Crimea leaves Lviv out; the city is in Crimea."""
    made = cells(("E146N097", [1]), ("E125N064", [1]))
    box = mapping.window(made)
    regions = tables.shapes("ukraine-drawing")
    places = [f["properties"]["place"] for f in mapping.land_features(regions, box)]
    assert {"Donetsk", "Crimea"} <= set(places)
    assert not {"Lviv", "Sevastopol"} & set(places)
    names = mapping.names(regions, box, ("Donetsk",))
    assert names["lon"].between(36.5, 39.2).all()
    assert names["lat"].between(46.8, 49.3).all()
