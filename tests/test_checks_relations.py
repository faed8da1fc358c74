"""Relations within tables hold, and one wrong cell of each is named."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import checks_relations, tables
from analysis.checks_relations import RELATIONS


def said(needed, **frames):
    """Ask one relation, with other frames in the place of some tables."""
    given = [frames.get(name.replace("-", "_"), tables.read(name)) for name in needed]
    return [str(violation) for violation in RELATIONS[needed](*given)]


def with_cell(name, row, column, move):
    frame = tables.read(name)
    frame[column] = frame[column].astype(object)
    frame.loc[row, column] = move(frame.loc[row, column])
    frame[column] = frame[column].infer_objects()
    return frame


def test_the_tables_hold_to_their_relations():
    """As they are committed."""
    assert [str(violation) for violation in checks_relations.violations()] == []


@pytest.mark.parametrize(
    ("needed", "row", "column", "move", "expected"),
    [
        # 7 April to 13 November 1823: 24 + 31 + 30 + 31 + 31 + 30 + 31 + 13 = 221 days.
        (("interstate-wars",), 0, "duration_days", lambda x: x + 1, "222"),
        # 430.9 + 25.3 = 456.2, the middle between 336.2 and 576.2.
        (("meduza-dead-2026",), 0, "killed", lambda x: x + 0.2, "those killed and missing"),
        (("meduza-dead-2026",), 0, "dead_low", lambda x: x - 0.4, "the middle between"),
        (("meduza-dead-2026",), 5, "week_start", lambda x: x + pd.Timedelta(days=1), "Monday"),
        (("crowd-markets-2022", "crowd-prices-2022"), 0, "opening_probability",
         lambda x: x + 0.01, "the price at age 0"),
        (("oryx-losses",), 0, "scope", lambda x: "without drones and robots", "one scope"),
        (("oryx-losses",), 0, "date", lambda x: x + pd.Timedelta(days=1), "a row of it"),
        # The first span of a wave is of 1 to 30 days before it.
        (("attacks-before-waves",), 0, "days_to", lambda x: 31, "30 days"),
        (("attacks-before-waves",), 1, "days_from", lambda x: 30, "the day after"),
        (("act-2024-lines",), 0, "available_until", lambda x: x + pd.Timedelta(days=1),
         "the end of a fiscal or a calendar year"),
        # 136.1 km2 on the first two days: six more on the second alone are no front.
        (("kharkiv-front-daily",), 1, "north_occupied_km2", lambda x: x + 6, "of the day before"),
        # The outturn of 2025 belongs to the budget of 2025 to 2027.
        (("russia-federal-budget",), 0, "budget", lambda x: "2024–26", "whose first year"),
        (("tank-stocks",), 0, "high", lambda x: x + 9, "one count"),
        (("interstate-wars",), 0, "initiator_result", lambda x: "stalemate", "a winner is named"),
        # Three had traded on day 3 and two on day 1.
        (("crowd-prices-2022",), 1, "traders", lambda x: 3, "had traded before"),
        (("terms-proposals",), 16, "proposer", lambda x: "Ukraine", "Russia in it"),
        (("terms-proposals",), 16, "date", lambda x: x + pd.Timedelta(days=40), "of the month"),
        (("argument-nodes",), 0, "across", lambda x: -0.15, "from the left"),
        (("argument-variants",), 0, "order", lambda x: 11, "its place among"),
        (("ending-requirements",), 0, "place", lambda x: 3, "one place of its own"),
        # The page of 25 July 2023 four days later.
        (("us-aid-packages",), 42, "announced", lambda x: x + pd.Timedelta(days=4),
         "the day in the address"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(needed, row, column, move, expected):
    """Each row is changed by more than rounding; the message says what was expected there."""
    name = needed[0]
    found = said(needed, **{name.replace("-", "_"): with_cell(name, row, column, move)})
    assert found
    assert any(expected in text for text in found), found
    assert any(name in text for text in found)


def test_rounded_tenths_are_no_violation():
    """10.04 and 20.04 are printed as 10.0 and 20.0, their sum 30.08 as 30.1: a tenth apart."""
    frame = tables.read("meduza-dead-2026").head(1)
    frame = frame.assign(killed=10.0, missing=20.0, dead=30.1, dead_low=20.1, dead_high=40.1)
    assert said(("meduza-dead-2026",), meduza_dead_2026=frame) == []
