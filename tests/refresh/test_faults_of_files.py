"""Faults of what is published: broken, misspelt, in another unit, swapped, falling, missing.

Each is named with file, row and column, ends the command with a status that is not 0, and
leaves the tables byte for byte as they were.
"""

from __future__ import annotations

import json

import pandas as pd
import published
import pytest
from faults import (
    DAY,
    NEW_MAP,
    again,
    bow_tie,
    case,
    cell,
    cells,
    content,
    files,
    geometry,
    in_metres,
    new_map,
    record,
    records,
    scaled,
    several,
    turned,
    words,
)
from stores import EAST, LATER, NORTH, proves_that_nothing_changes, toy_maps

from analysis.refresh.records import RECORDS, WORLD_BANK_FILES

# General Staff ---------------------------------------------------------------------------

PERSONS, PIECES = "data/russia_losses_personnel.json", "data/russia_losses_equipment.json"
FILE = "russia_losses_personnel.json"


def staff(name, spoil, *said):
    return case("general-staff", name, spoil, *said)


def both(change):
    """Change both files of running totals alike."""
    return several(records(PERSONS, change), records(PIECES, change))


def times(factor, rows=slice(None)):
    """Multiply the persons of some records."""

    def change(found):
        for each in found[rows]:
            each["personnel"] = int(each["personnel"] * factor)

    return records(PERSONS, change)


def shifted(number, by):
    """Add persons to one record, numbered from 1."""

    def change(found):
        found[number - 1]["personnel"] += by

    return records(PERSONS, change)


STAFF = [
    staff("truncated", content(PERSONS, lambda c: c[: len(c) // 2]), f"{FILE}, row", "JSON"),
    staff("empty", content(PERSONS, lambda c: b" \n"), FILE, "'empty'"),
    staff("utf-16", content(PERSONS, lambda c: c.decode().encode("utf-16")), FILE, "UTF-8"),
    staff("byte-order-mark", content(PERSONS, lambda c: b"\xef\xbb\xbf" + c), FILE, "order mark"),
    staff("zero-byte", content(PERSONS, lambda c: c + b"\0"), FILE, "zero byte"),
    staff("field-renamed", words(PERSONS, '"personnel"', '"killed"'), f"{FILE}, row 1, personnel"),
    staff("nan-as-text", record(PERSONS, 5, personnel="NaN"), f"{FILE}, row 5, personnel: 'NaN'"),
    staff("nan-as-number", record(PERSONS, 5, personnel=float("nan")), FILE, "NaN", "JSON"),
    staff("null", record(PERSONS, 5, personnel=None), "row 5, personnel: 'null'"),
    staff("true", record(PERSONS, 5, personnel=True), "row 5, personnel: 'true'"),
    staff("half-a-person", record(PERSONS, 5, personnel=1.5), "row 5, personnel: '1.5'", "whole"),
    staff("too-large", record(PERSONS, 5, personnel=10**30), "row 5, personnel", "at most 1e+15"),
    staff("negative", record(PIECES, 3, tank=-5), "equipment.json, row 3, tank: '-5'", "0 or more"),
    staff("falling", shifted(10, -30_000), "2022-12-01, personnel: '-", "no fall"),
    staff("day-twice", records(PERSONS, lambda r: r.append(r[3])), f"{FILE}, row 4, date"),
    staff("impossible-day", record(PERSONS, 4, date="2022-02-30"), "row 4, date: '2022-02-30'"),
    staff("american-day", record(PERSONS, 4, date="06/01/2022"), "row 4, date: '06/01/2022'"),
    staff("month-missing", both(lambda r: r.pop(20)), "2023-11-01, date: 'none'"),
    staff(
        "day-in-one-file", records(PIECES, lambda r: r.pop(20)), "equipment.json, row 2023-11-01"
    ),
    staff(
        "future-months",
        both(lambda r: r.extend(r[-1] | {"date": f"2198-{m:02}-01"} for m in range(1, 13))),
        "2026-10-01, date: 'none'",
    ),
    staff("unit-of-all-changed", times(1000), "row personnel, claimed", "1000 times the held"),
    staff(
        "unit-of-the-last-changed", times(1000, slice(-1, None)), "2026-08-01 personnel, claimed"
    ),
    staff("history-changed", shifted(13, 10), "2023-02-01 personnel, claimed", "which is held"),
    staff(
        "older-state",
        both(lambda r: r.__delitem__(slice(-3, None))),
        "2026-07-01 personnel, month: 'gone'",
    ),
    staff("empty-list", content(PERSONS, lambda c: b"[]"), FILE, "a list of records"),
    staff("object", content(PERSONS, lambda c: b'{"a": 1}'), FILE, "a list of records"),
    staff("bare-numbers", content(PERSONS, lambda c: b"[1, 2]"), f"{FILE}, row 1", "no such field"),
    staff("nested-without-end", content(PERSONS, lambda c: b"[" * 100_000), FILE, "JSON"),
]

# Oryx ------------------------------------------------------------------------------------

LIST = "2026-09-22.csv"


def oryx(name, spoil, *said):
    return case("oryx", name, spoil, *said)


def swapped(frame):
    frame["country"] = frame["country"].map({"Russia": "Ukraine", "Ukraine": "Russia"})


def fewer_vessels(given):
    """Take one destroyed vessel off the list that is held: 38 of 39."""
    assert b",26,0,0,13,39," in given
    return given.replace(b",26,0,0,13,39,", b",25,0,0,13,38,")


ORYX = [
    oryx("belligerents-swapped", cells("newest", swapped), "2026-09-22 Russia all", "no fall"),
    oryx("statuses-do-not-sum", cell("newest", 2, "type_total", "99999"), LIST, "total_units"),
    oryx("cut-short", cells("newest", lambda f: f.drop(f.index[3:9])), LIST, "that sum to all"),
    oryx(
        "type-renamed",
        words("newest", "Tanks", "Main Battle Tanks"),
        f"{LIST}, row Russia, equipment_type",
        "tanks, as before",
    ),
    oryx(
        "one-belligerent",
        cells("newest", lambda f: f[f["country"] == "Russia"]),
        f"{LIST}, row ukraine",
        "All Types",
    ),
    oryx("country-misspelt", cell("newest", 4, "country", "Rusia"), f"{LIST}, row 4, country"),
    oryx("type-twice", again("newest", 3), f"{LIST}, row 3, country", "one row for each"),
    oryx("day-inside-is-another", cell("newest", 5, "Date", "2026-09-21"), f"{LIST}, row 5, Date"),
    oryx(
        "column-gone",
        cells("newest", lambda f: f.drop(columns="damaged")),
        f"{LIST}, row 1, damaged",
        "there 0 times",
    ),
    oryx("latin-1", content("newest", lambda c: c + b"\xe9,\n"), LIST, "byte 0xe9", "UTF-8"),
    oryx("ragged-row", content("newest", lambda c: c + b"1,2,3\n"), LIST, "'3 cells'"),
    oryx(
        "open-quotation-mark", content("newest", lambda c: c + b'"a,b\n'), LIST, "comma-separated"
    ),
    oryx("space-in-a-number", cell("newest", 3, "destroyed", "3 352"), "row 3, destroyed: '3 352'"),
    oryx("list-held-changed", content("oldest", fewer_vessels), "2026-09-15 Russia ships", "held"),
]

# DeepState -------------------------------------------------------------------------------

MAP = "deepstatemap_data_20260823.geojson"
GROUND = published.square(EAST + 5, NORTH + 5, EAST + 25.5, NORTH + 15)
MERCATOR = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}


def maps(name, spoil, *said):
    return case("deepstate", name, spoil, *said)


MAPS = [
    maps("wrong-crs", new_map(GROUND, crs=MERCATOR), f"{MAP}, row -, crs", "WGS84"),
    maps("metres-without-crs", new_map(in_metres(GROUND)), f"{MAP}, row 1, coordinates"),
    maps("axes-swapped", new_map(turned(GROUND)), f"{MAP}, row 1, coordinates"),
    maps("self-intersecting", new_map(bow_tie(GROUND)), f"{MAP}, row 1", "Self-intersection"),
    maps("empty-geometry", geometry(type="Polygon", coordinates=[]), f"{MAP}, row 1", "'empty'"),
    maps("no-geometry", geometry(), f"{MAP}, row 1, geometry", "'none'"),
    maps("point", geometry(type="Point", coordinates=[36.2, 50.0]), f"{MAP}, row 1", "'Point'"),
    maps("unknown-geometry", geometry(type="Blob", coordinates=[]), MAP, "GeoJSON"),
    maps("no-features", new_map(GROUND, features=[]), f"{MAP}, row -, features"),
    maps("no-collection", content(NEW_MAP, lambda c: b'{"type": "Topology"}'), MAP, "'Topology'"),
    maps("truncated", content(NEW_MAP, lambda c: c[:-40]), MAP, "GeoJSON"),
    maps("nested-without-end", content(NEW_MAP, lambda c: b"[" * 100_000), MAP, "GeoJSON"),
    maps(
        "day-missing",
        files(lambda given: {k: v for k, v in given.items() if k != NEW_MAP}),
        "2026-08-23, date: 'no file'",
        "known_gaps.csv",
    ),
    maps(
        "impossible-day",
        files(lambda given: {**given, NEW_MAP.replace("0823", "0899"): given[NEW_MAP]}),
        "deepstatemap_data_20260899.geojson",
        "file name",
    ),
    maps("another-country", new_map(published.square(-600, 0, -590, 10)), MAP, "outside"),
    maps(
        "ground-grows-tenfold",
        new_map(published.square(EAST + 5, NORTH + 5, EAST + 75, NORTH + 35)),
        "deepstate-daily-total, row 2026-08-23, occupied_km2",
        "no step",
    ),
    maps(
        "held-day-is-another",
        files(lambda given: {**given, **toy_maps("2026-08-21", [20.8])}),
        "deepstate-daily-total, row 2026-08-21, occupied_km2",
        "which is held",
    ),
]

# Kiel ------------------------------------------------------------------------------------

DONORS, TOTALS = "data/data_explorer.csv", "data/total_allocations.csv"


def aid(name, spoil, *said):
    return case("kiel", name, spoil, *said)


def before_2026(frame):
    return frame[frame["year"] < "2026"]


AID = [
    aid("unknown-donor", cell(DONORS, 12, "country", "Atlantis"), "explorer.csv, row 12, country"),
    aid("thirteenth-month", cell(DONORS, 12, "month", "13"), "data_explorer.csv, row 12, month"),
    aid("negative", cell(DONORS, 12, "military", "-1"), "explorer.csv, row 12, military: '-1'"),
    aid("infinite", cell(DONORS, 12, "total", "inf"), "data_explorer.csv, row 12, total: 'inf'"),
    aid("part-above-whole", cell(DONORS, 12, "military", "400"), "row 12, military", "the total"),
    aid("donor-twice", again(DONORS, 12), "data_explorer.csv, row 12, country", "one row a month"),
    aid("other-sums", cell(TOTALS, 7, "military", "99"), "total_allocations.csv, row 2022-06-01"),
    aid(
        "millions",
        several(
            scaled(DONORS, ["total", "military"], 1 / 1000),
            scaled(TOTALS, ["total_allocations", "military"], 1 / 1000),
        ),
        "kiel-monthly-groups",
        "military_eur_bn",
        "times the held values",
    ),
    aid(
        "months-lost",
        several(cells(DONORS, before_2026), cells(TOTALS, before_2026)),
        "kiel-monthly-groups, row 2026-01-01 Europe, month: 'gone'",
    ),
    aid("column-renamed", words(DONORS, "military", "arms"), "row 1, military", "there 0 times"),
    aid("column-twice", words(DONORS, "humanitarian", "military"), "military", "there 2 times"),
    aid("release-in-words", words("data/release_info.csv", "30,", "xxx,"), "row 2, release: 'xxx'"),
    aid("header-only", content(DONORS, lambda c: c.splitlines()[0]), "explorer.csv", "no row"),
]

# The Economist ---------------------------------------------------------------------------

MODEL, UK = "output-data/tracker/meta-estimate-casualties.csv", published.UK_FILE
ESTIMATES, MONTHS = "meta-estimate-casualties.csv", "uk_mod_month_by_month.csv"


def model(name, spoil, *said):
    return case("economist", name, spoil, *said)


MODELS = [
    model("ends-crossed", cell(MODEL, 2, "ci_lower", "9999999"), "casualties_low: 'above'"),
    model("one-cell-open", cell(MODEL, 9, "estimate", "NA"), f"{ESTIMATES}, row 9, estimate: 'NA'"),
    model("other-belligerent", words(MODEL, "russia", "ukraine"), f"{ESTIMATES}, row 2, country"),
    model("monday-missing", cells(MODEL, lambda f: f.drop(f.index[4])), "date: 'gone'"),
    model("week-twice", again(MODEL, 6), f"{ESTIMATES}, row 6, date"),
    model(
        "thousands",
        scaled(MODEL, ["estimate", "ci_lower", "ci_upper"], 1 / 1000),
        "economist-casualty-model, row -, casualties",
        "times the held values",
    ),
    model("falling", cell(MODEL, 2, "estimate", "1500000"), "casualties", "no fall"),
    model("past-modelled-anew", cell(MODEL, 122, "estimate", "500000"), "which is held"),
    model("months-do-not-sum", cell(UK, 7, "casualties in month", "1"), "cumulative", "of months"),
    model("month-misspelt", cell(UK, 7, "month", "Augustus"), f"{MONTHS}, row 7, month"),
    model("days-of-another-month", cell(UK, 7, "days in month", "28"), f"{MONTHS}, row 7, days in"),
    model("comma-in-a-number", cell(UK, 7, "cumulative casualties", "53,000"), "'53,000'"),
]

# World Bank ------------------------------------------------------------------------------

GDP, CPI = WORLD_BANK_FILES.values()
DOLLARS, PRICES = "NY.GDP.MKTP.CD.json", "FP.CPI.TOTL.ZG.json"


def bank(name, spoil, *said):
    return case("world-bank", name, spoil, *said)


def year(path, number, **fields):
    return records(path, lambda found: found[1][number - 1].update(fields))


def in_thousand_millions(found):
    for each in found[1]:
        each["value"] = each["value"] and each["value"] / 1e9


BANK = [
    bank("message", content(GDP, lambda c: b'[{"message": [{"id": "120"}]}]'), DOLLARS, "a record"),
    bank("no-list", content(GDP, lambda c: b'{"a": 1}'), "world-bank", "lastupdated"),
    bank(
        "other-country", year(GDP, 1, countryiso3code="UKR"), f"{DOLLARS}, row 1, countryiso3code"
    ),
    bank(
        "other-indicator", year(CPI, 3, indicator={"id": "X"}), f"{PRICES}, row 3, indicator: 'X'"
    ),
    bank("word", year(GDP, 9, value="n/a"), f"{DOLLARS}, row 9, value: 'n/a'"),
    bank("second-page", records(GDP, lambda found: found[0].update(pages=2)), DOLLARS, "one page"),
    bank("year-twice", year(GDP, 2, date="2015"), f"{DOLLARS}, row 2, date: '2015'", "once"),
    bank("quarters", year(GDP, 1, date="2015Q1"), f"{DOLLARS}, row 1, date: '2015Q1'"),
    bank("country-gone", records(GDP, lambda found: found[1].clear()), DOLLARS, "'no row'"),
    bank("negative", year(GDP, 9, value=-1.0), DOLLARS, "0 or more"),
    bank("other-unit", records(GDP, in_thousand_millions), "gdp_current_usd_bn", "which is held"),
    bank("from-the-future", words(GDP, DAY, "2199-01-01"), "published: '2199-01-01'"),
]

CASES = [*STAFF, *ORYX, *MAPS, *AID, *MODELS, *BANK]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fault_of_a_file_is_named_and_changes_nothing(case, source, command):
    """File, row and column are in the error; the tables are what they were."""
    proves_that_nothing_changes(case, source, command)


def test_every_source_has_faults_of_its_own():
    """Six sources, at least ten faults of the files of each, and no case twice."""
    counts = pd.Series([case.source for case in CASES]).value_counts()
    assert set(counts.index) == set(RECORDS)
    assert counts.min() >= 10
    assert len({str(case) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("name", [name for name in RECORDS if name != "world-bank"])
def test_without_a_fault_the_same_command_succeeds(name, source, command):
    """Else a case could fail for a reason of its own.

    The table of the World Bank is held as of the day on which the sources were last consulted,
    so that on a clock that stands at that day there can be no later state of it.
    """
    found = source(name)
    found.upstream.day = DAY
    found.publish(LATER[name](found))
    status, said = command(found)
    assert status == 0, said
    assert f"{name}: replaced" in said


def test_all_faults_of_a_file_are_named_at_once(source, command):
    """Three wrong cells in three rows: three lines, so that one run is enough to mend them."""
    found = source("kiel")
    found.upstream.day = DAY
    found.publish(LATER["kiel"](found))
    for row, column, value in ((5, "country", "X"), (9, "total", "Y"), (12, "military", "Z")):
        cell(DONORS, row, column, value)(found)
    _, said = command(found)
    assert [f"row {n}" in said for n in (5, 9, 12)] == [True] * 3
    assert json.dumps(said).count("data_explorer.csv, row") == 3
