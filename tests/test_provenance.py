"""A number is traced to what was read for it, whether it was computed now or before."""

from __future__ import annotations

import pytest

from analysis import evidence, provenance, tables
from analysis.provenance import recording


def test_a_read_is_recorded_once_and_in_order():
    """Two tables, one of them twice."""
    with recording() as reads:
        tables.read("units")
        tables.read("chapters")
        tables.read("units")
    assert reads.tables == ["units", "chapters"]


def test_nothing_is_recorded_outside():
    """What is read before and after a recording is not part of it."""
    tables.read("units")
    with recording() as reads:
        pass
    tables.read("chapters")
    assert reads.tables == []


def test_recordings_stand_inside_one_another():
    """The outer one has what the inner one has, and more."""
    with recording() as outer:
        tables.read("units")
        with recording() as inner:
            tables.read("chapters")
    assert inner.tables == ["chapters"]
    assert outer.tables == ["units", "chapters"]


def test_a_remembered_result_brings_its_reads():
    """The second call computes nothing and is traced like the first."""
    calls = []

    @provenance.cache
    def rows() -> int:
        calls.append(1)
        return len(tables.read("units"))

    with recording() as first:
        rows()
    with recording() as second:
        rows()
    assert calls == [1]
    assert first.tables == second.tables == ["units"]


def test_caches_within_caches():
    """A result that rests on another remembered result is traced through both."""

    @provenance.cache
    def inner() -> int:
        return len(tables.read("units"))

    @provenance.cache
    def outer() -> int:
        return inner() + len(tables.read("chapters"))

    inner()
    with recording() as reads:
        outer()
    assert reads.tables == ["units", "chapters"]


def test_a_fact_is_recorded_by_its_id():
    """The table of evidence is read whole; the fact says which row was used."""
    fact_id = evidence.table().index[0]
    with recording() as reads:
        evidence.fact(fact_id)
    assert reads.facts == [fact_id]


def test_arguments_are_told_apart_and_failures_not_remembered():
    """Two arguments, two results; a call that failed is made again."""
    calls = []

    @provenance.cache
    def half(value: int) -> float:
        calls.append(value)
        if value < 0:
            raise ValueError(value)
        return value / 2

    assert [half(2), half(3), half(2)] == [1.0, 1.5, 1.0]
    for _ in range(2):
        with pytest.raises(ValueError):
            half(-1)
    assert calls == [2, 3, -1, -1]
