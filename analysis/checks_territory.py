"""Checks of the tables about land: every value against something that does not follow from it.

A cell that is changed by more than a reader is shown breaks an identity (parts and whole,
square miles and km2, one file against the other), leaves its row of evidence, or misses a
figure that another publisher printed.  Every violation names table, row and column.

The checks take a reader of tables, so that a test can hand them tables with a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from analysis import checkpoints, tables, territory
from analysis.checks import table_check
from analysis.datapackage import origin
from analysis.formatting import KM2_PER_SQ_MI
from analysis.sources.boundaries import M2_PER_KM2, read_regions, to_laea
from analysis.sources.deepstate import CELL_KM2, CELL_M, MERGED, cell_corner_m, known_gaps
from analysis.sources.isw import rescaled
from analysis.violations import Violation

Read = Callable[[str], pd.DataFrame]
Series = pd.Series

TOTAL = "deepstate-daily-total"
BY_OBLAST = "deepstate-daily-by-oblast"
GRID = "occupation-grid"
CELLS = "occupation-cells"
AREAS = "oblast-areas"
CONTROL = "isw-control-2022"
LAYERS = "isw-layers-daily"
CHANGES = "territory-published-changes"
TOTALS = "territory-published-totals"
SHARES = "territory-oblast-shares"
REGAINED = "regained-2022-published"
RATES = "advance-rates"
DISAGREEMENTS = "known-disagreements"
# The tables whose values a chart or a verdict about land shows.
TABLES = (
    TOTAL, BY_OBLAST, GRID, CELLS, AREAS, CONTROL, LAYERS, CHANGES, TOTALS, SHARES, REGAINED, RATES,
)  # fmt: skip

KM2_IN: dict[str, float] = {
    "km2": 1.0,
    "sq mi": KM2_PER_SQ_MI,
    "percent": territory.UKRAINE_KM2 / 100,
    "percent of Ukraine": territory.UKRAINE_KM2 / 100,
}


@table_check
def violations() -> Iterable[Violation]:
    """Check the tables about land as they are in ``data/``."""
    return dict.fromkeys(found(tables.read))


def found(read: Read, changed: str = "") -> list[Violation]:
    """Return every violation in the tables about land.

    Parameters
    ----------
    read : callable
        Table by resource name; `analysis.tables.read`, or tables with a fault.
    changed : str, optional
        Name of the only table that can be at fault: checks that do not look at it are left out.
    """
    checks = {check: names for check, names in _checks().items() if not changed or changed in names}
    looked_at = dict.fromkeys(name for names in checks.values() for name in names)
    # What stands twice is named alone: no other check can say what it means.
    twice = [violation for name in looked_at for violation in _twice(name, read(name))]
    if twice:
        return twice
    wrong = [violation for check in checks for violation in check(read)]
    return [*wrong, *checkpoints.violations(read, [changed] if changed else TABLES)]


def _twice(name: str, table: pd.DataFrame) -> Iterator[Violation]:
    key = list(origin(name).primary_key)
    yield from _wrong(
        name, table, table.duplicated(key, keep=False), key[-1], "a key that stands once"
    )


def _checks() -> dict[Callable[[Read], Iterator[Violation]], tuple[str, ...]]:
    return {
        total_violations: (TOTAL,),
        by_oblast_violations: (BY_OBLAST, TOTAL),
        grid_violations: (GRID, TOTAL, CELLS),
        cell_violations: (CELLS,),
        area_violations: (AREAS,),
        control_violations: (CONTROL, LAYERS),
        layer_violations: (LAYERS, CONTROL),
        change_violations: (CHANGES,),
        level_violations: (TOTALS,),
        share_violations: (SHARES,),
        regained_violations: (REGAINED,),
        rate_violations: (RATES,),
        disagreement_violations: (DISAGREEMENTS, TOTAL, BY_OBLAST),
        words_violations: ("evidence",),
        printed_violations: ("checkpoints",),
    }


def _wrong(
    name: str, table: pd.DataFrame, bad: Any, column: str, expected: Sequence[object] | str
) -> Iterator[Violation]:
    """One violation for each bad row; ``expected`` for all, or one for each row of the table."""
    item = origin(name)
    each = [expected] * len(table) if isinstance(expected, str) else list(expected)
    for at in np.flatnonzero(np.asarray(bad, dtype=bool)):
        row = table.iloc[at]
        key = "/".join(_text(row[part]) for part in item.primary_key)
        yield Violation(f"data/{item.path}", key, column, _text(row[column]), _text(each[at]))


def _text(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:g}" if abs(value) < 1e5 else f"{value:.1f}"
    return "" if value is None or value is pd.NaT else str(value)


def spikes(values: NDArray[Any]) -> NDArray[Any]:
    """How far each value stands out from both neighbours (0 where it lies between them).

    Ground changes hands and stays; a value that leaves its neighbours and comes back the next
    day is a slip of the pen.  The first and the last have one neighbour and never stand out.
    """
    before, after = values[1:-1] - values[:-2], values[1:-1] - values[2:]
    out = np.zeros(len(values))
    same = np.sign(before) == np.sign(after)
    out[1:-1] = np.where(same, np.minimum(abs(before), abs(after)), 0.0)
    return out


# The DeepState maps ---------------------------------------------------------------------

# Four decimals of a percent of Ukraine, rounded.
_SHARE_STEP_PCT = 0.00006
# Nine parts rounded to 0.1 km2.
_PARTS_KM2 = 0.45
# Ground that comes and goes again within two maps, in km2, by oblast; the largest in the maps
# are 5.1 (Donetsk), 2.6 (Kharkiv) and 2.1 (Zaporizhzhia).
_COMES_AND_GOES_KM2 = {"Donetsk": 5.5, "Kharkiv": 3.0, "Zaporizhzhia": 2.5}
_LITTLE_KM2 = 0.55
# The strip outside the polygons is fought over in these three: what it may hold, half its range.
_STRIP_KM2 = {"Luhansk": 3.2, "Kharkiv": 40.0, "Sumy": 64.0}
_STRIP_ELSEWHERE_KM2 = 0.16


def total_violations(read: Read) -> Iterator[Violation]:
    """Ask for the share that the area is of Ukraine, and for a map of every day but known gaps."""
    total = read(TOTAL)
    share = 100 * total["occupied_km2"] / territory.UKRAINE_KM2
    off = (share - total["share_of_ukraine_pct"]).abs() > _SHARE_STEP_PCT
    yield from _wrong(TOTAL, total, off, "share_of_ukraine_pct", [f"{s:.4f}" for s in share])
    yield from _wrong(TOTAL, total, off, "occupied_km2", "the share times the area of Ukraine")
    yield from _calendar(TOTAL, total)


def _calendar(name: str, table: pd.DataFrame) -> Iterator[Violation]:
    days = pd.DatetimeIndex(table["date"].unique())
    missing = {day.date() for day in pd.date_range(days.min(), days.max()).difference(days)}
    path = f"data/{origin(name).path}"
    for day in sorted(missing - known_gaps()):
        yield Violation(path, f"{day}", "date", "no row", "a map, or a row of known_gaps.csv")
    for day in sorted(known_gaps() - missing):
        yield Violation(path, f"{day}", "date", "a row", "none: there is no map of that day")


def by_oblast_violations(read: Read) -> Iterator[Violation]:
    """Parts sum to the whole; the strip outside the polygons hardly moves; nothing flickers."""
    table = read(BY_OBLAST)
    yield from _calendar(BY_OBLAST, table)
    whole = read(TOTAL).set_index("date")["occupied_km2"]
    parts = table.groupby("date")["occupied_km2"].transform("sum")
    gap = parts - table["date"].map(whole)
    outside = table["occupied_km2"] - table["inside_polygon_km2"]
    group = table["oblast"]
    flicker = table.groupby(group)["occupied_km2"].transform(lambda v: spikes(v.to_numpy()))
    # Of a day whose parts miss the whole, the part that stands out by that much is named.
    off = (gap.abs() > _PARTS_KM2) & ((flicker - gap.abs()).abs() < _COMES_AND_GOES_KM2["Donetsk"])
    off |= flicker > group.map(_COMES_AND_GOES_KM2).fillna(_LITTLE_KM2)
    named = off.groupby(table["date"]).transform("any")
    off |= (gap.abs() > _PARTS_KM2) & ~named
    yield from _wrong(
        BY_OBLAST,
        table,
        off,
        "occupied_km2",
        [f"parts that sum to {whole.get(day, float('nan')):.1f}" for day in table["date"]],
    )
    middle = outside.groupby(group).transform(lambda v: (v.max() + v.min()) / 2)
    far = (outside - middle).abs() > group.map(_STRIP_KM2).fillna(_STRIP_ELSEWHERE_KM2)
    jumps = outside.groupby(group).transform(lambda v: spikes(v.to_numpy())) > _LITTLE_KM2
    # Where one map moves the middle, all others seem far from it: the typical value decides.
    typical = outside.groupby(group).transform("median")
    far &= (outside - typical).abs() > group.map(_STRIP_KM2).fillna(_STRIP_ELSEWHERE_KM2)
    yield from _wrong(
        BY_OBLAST,
        table,
        far | jumps,
        "inside_polygon_km2",
        [f"occupied less a strip of about {strip:.1f}" for strip in typical],
    )


# The grid ---------------------------------------------------------------------------------

# Four decimals in some 1,400 cells.
_GRID_KM2 = 0.25
# The largest share that came and went within two months, and where.
_FLICKER_SHARE = 0.1
# Ground below this may come and go with the rounding of a vertex.
_SLIVER = 0.006
_KNOWN_FLICKER = {
    (
        "2026-02",
        "E136N093",
    ): "taken by February 2026 and regained in that month: evidence syrskyi-400-feb-2026"
}


def grid_violations(read: Read) -> Iterator[Violation]:
    """Cells tile the plane: their shares times 100 km2 are the occupied area of that map."""
    grid, total = read(GRID), read(TOTAL)
    first = total.groupby(total["date"].dt.strftime("%Y-%m"))["occupied_km2"].first()
    unknown = ~grid["cell_id"].isin(read(CELLS)["cell_id"])
    yield from _wrong(GRID, grid, unknown, "cell_id", "a cell of occupation_cells.csv")
    wide = grid.pivot_table(index="cell_id", columns="month", values="share", fill_value=0.0)
    flicker = pd.DataFrame(
        np.apply_along_axis(spikes, 1, wide.to_numpy()), wide.index, wide.columns
    )
    place = pd.MultiIndex.from_frame(grid[["month", "cell_id"]])
    long = flicker.melt(ignore_index=False).set_index("month", append=True)["value"]
    stands_out = long.swaplevel().reindex(place).to_numpy()
    sums = grid.groupby("month")["share"].transform("sum") * CELL_KM2
    gap = (sums - grid["month"].map(first)).to_numpy()
    missed = np.abs(gap) > _GRID_KM2
    suspect = missed & (np.abs(stands_out * CELL_KM2 - np.abs(gap)) < _GRID_KM2)
    named = pd.Series(suspect).groupby(grid["month"]).transform("any").to_numpy()
    begins = ~grid["month"].duplicated().to_numpy()
    known = place.isin(list(_KNOWN_FLICKER))
    bad = suspect | (missed & ~named & begins) | ((stands_out > _FLICKER_SHARE) & ~known)
    expected = [f"shares that sum to {first.get(m, float('nan')):.1f} km2" for m in grid["month"]]
    yield from _wrong(GRID, grid, bad, "share", expected)
    yield from _missing_cells(wide)


def _missing_cells(wide: pd.DataFrame) -> Iterator[Violation]:
    """Cells without a row in a month beside months in which they were held.

    In two years of maps no cell lost its last ground between two months in which it had some,
    and none was empty at the end or began with more than a sliver after the first month.
    """
    path = f"data/{origin(GRID).path}"
    held = wide.to_numpy()
    # An end has one neighbour, which stands for both.
    before = np.column_stack([held[:, 1], held[:, :-1]])
    after = np.column_stack([held[:, 1:], held[:, -2]])
    gone = (held == 0) & (np.minimum(before, after) > _SLIVER)
    for cell, month in zip(*np.nonzero(gone), strict=True):
        row = f"{wide.columns[month]}/{wide.index[cell]}"
        yield Violation(path, row, "cell_id", "no row", "the cell, held in the months beside it")
    months = pd.period_range(wide.columns.min(), wide.columns.max(), freq="M").astype(str)
    for name in sorted(set(months) - set(wide.columns)):
        yield Violation(path, name, "month", "no row", "a map of every month")


def cell_violations(read: Read) -> Iterator[Violation]:
    """Ask that a cell lies where its name says, in its oblast, on as much land as is given."""
    cells = read(CELLS)
    x, y = cell_corner_m(cells["cell_id"])
    centres = shapely.points(x + CELL_M / 2, y + CELL_M / 2)
    own = to_laea(shapely.points(cells["lon"], cells["lat"]))
    # Four decimals of a degree are at most about 8 m.
    east, north = (shapely.get_coordinates(own) - shapely.get_coordinates(centres)).T
    yield from _wrong(CELLS, cells, abs(east) > 12, "lon", "the middle of the cell, by its name")
    yield from _wrong(CELLS, cells, abs(north) > 12, "lat", "the middle of the cell, by its name")
    oblast, share = _cut(tuple(cells["cell_id"]))
    yield from _wrong(CELLS, cells, cells["oblast"].to_numpy() != oblast, "oblast", list(oblast))
    off = np.abs(cells["land_share"] - share) > 0.00051
    yield from _wrong(CELLS, cells, off, "land_share", [f"{s:.3f}" for s in share])


@cache
def _cut(ids: tuple[str, ...]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Oblast of the middle, and share of the square on land, of named cells."""
    x, y = cell_corner_m(pd.Series(ids))
    squares = shapely.box(x, y, x + CELL_M, y + CELL_M)
    regions = read_regions()
    own = to_laea(regions["geometry"].to_numpy())
    at, which = shapely.STRtree(own).query(shapely.centroid(squares), predicate="intersects")
    names = np.full(len(ids), "", dtype=object)
    names[at] = regions["oblast"].replace(MERGED).to_numpy()[which]
    share = shapely.area(shapely.intersection(squares, shapely.union_all(own))) / CELL_M**2
    return names, share


# The printed sum of the official areas, and where they leave the polygons by more than two
# percent: the polygons of these five are drawn otherwise (Kyiv City at twice its size) or leave
# out bays.
_OFFICIAL_SUM_KM2 = 603_540
_DRAWN_OTHERWISE = {"Kyiv City", "Kyiv Oblast", "Mykolaiv", "Kherson", "Sevastopol"}


def area_violations(read: Read) -> Iterator[Violation]:
    """Polygons are measured again; official areas sum to the printed whole, near the polygons."""
    areas = read(AREAS)
    measured = areas["oblast"].map(_polygon_km2())
    off = ~((measured - areas["polygon_area_km2"]).abs() < 0.051)
    yield from _wrong(AREAS, areas, off, "polygon_area_km2", [f"{m:.1f}" for m in measured])
    ratio = areas["official_area_km2"] / measured
    far = ((ratio - 1).abs() > 0.02) & ~areas["oblast"].isin(_DRAWN_OTHERWISE)
    yield from _wrong(AREAS, areas, far, "official_area_km2", [f"about {m:.0f}" for m in measured])
    total = areas["official_area_km2"].sum()
    if total != _OFFICIAL_SUM_KM2:
        path = f"data/{origin(AREAS).path}"
        expected = f"{_OFFICIAL_SUM_KM2}, the printed sum"
        yield Violation(path, "sum of all", "official_area_km2", f"{total:g}", expected)


@cache
def _polygon_km2() -> dict[str, float]:
    regions = read_regions()
    km2 = shapely.area(to_laea(regions["geometry"].to_numpy())) / M2_PER_KM2
    return dict(zip(regions["oblast"], map(float, km2), strict=True))


# The ISW maps -----------------------------------------------------------------------------

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
# Names of maps whose day is misprinted at the source.
_MISPRINTED = {"UkraineControlMapAO25APR2025": "2022-04-25"}
_DAY_THEN_MONTH = re.compile(r"(\d{1,2})_?([A-Z]{3,9})_?(\d{2,4})?$")
_MONTH_THEN_DAY = re.compile(r"([A-Z]{3})(\d{1,2})(\d{4})?$")


def map_day(name: str, year: int) -> str:
    """Read the day from the name of an ISW map, as ISO date; ``year`` where it has none.

    >>> map_day("UkraineControlMap_AO_09_March_2022", 2022)
    '2022-03-09'
    """
    if name in _MISPRINTED:
        return _MISPRINTED[name]
    text = name.upper().removesuffix(".SHP")
    if matched := _MONTH_THEN_DAY.search(text):
        month, day, printed = matched[1], matched[2], matched[3]
    elif matched := _DAY_THEN_MONTH.search(text):
        day, month, printed = matched[1], matched[2], matched[3]
    else:
        return "no day in the name"
    if month[:3] not in _MONTHS:
        return "no day in the name"
    # A year of two digits is of this century.
    full = year if printed is None else int(printed) % 100 + 2000
    return f"{full}-{_MONTHS.index(month[:3]) + 1:02d}-{int(day):02d}"


def control_violations(read: Read) -> Iterator[Violation]:
    """Share beside area, day in the name, one scale, and the later file on common days."""
    control, layers = read(CONTROL), read(LAYERS)
    share = 100 * control["control_as_published_km2"] / territory.UKRAINE_KM2
    off = (share - control["share_as_published_pct"]).abs() > _SHARE_STEP_PCT
    yield from _wrong(CONTROL, control, off, "share_as_published_pct", [f"{s:.4f}" for s in share])
    yield from _wrong(
        CONTROL, control, off, "control_as_published_km2", "the share times the area of Ukraine"
    )
    days = [map_day(n, d.year) for n, d in zip(control["map_name"], control["date"], strict=True)]
    other = control["date"].dt.strftime("%Y-%m-%d") != days
    yield from _wrong(CONTROL, control, other, "date", [f"{day}, as in map_name" for day in days])
    later = layers[layers["layer"] == "assessed_russian_control"].set_index("date")["area_km2"]
    published = control.groupby("date")["control_as_published_km2"].first()
    every = published.reindex(pd.date_range(published.index.min(), published.index.max())).ffill()
    scaled = control["date"].map(rescaled(every, later[~later.index.duplicated()]))
    off = ~((control["control_km2"] - scaled).abs() < 0.11)
    yield from _wrong(CONTROL, control, off, "control_km2", [f"{s:.1f}" for s in scaled])
    basis = np.where(control["date"].isin(later.index), "later file", "early file, rescaled")
    yield from _wrong(CONTROL, control, control["basis"] != basis, "basis", list(basis))


_FIRST_OF_ALL_LAYERS = pd.Timestamp("2022-03-05")
# Days of which only these layers were taken.
_FEWER_LAYERS = {
    pd.Timestamp(day): {"assessed_russian_control", "claimed_ukrainian_counteroffensives"}
    for day in ("2022-03-22", "2022-09-03")
}
# The later file on days on which the early one did not change: rounding of the projection.
_UNCHANGED_KM2 = 1.2


def layer_violations(read: Read) -> Iterator[Violation]:
    """Both units; every layer of a day is there; control is that of the other table."""
    layers, control = read(LAYERS), read(CONTROL)
    miles = layers["area_km2"] / KM2_PER_SQ_MI
    off = (miles - layers["area_sq_mi"]).abs() > 0.051
    yield from _wrong(LAYERS, layers, off, "area_sq_mi", [f"{m:.1f}" for m in miles])
    yield from _wrong(LAYERS, layers, off, "area_km2", "the same area as in square miles")
    names = layers.groupby("date")["layer"].agg(set)
    whole = set(layers["layer"])
    path = f"data/{origin(LAYERS).path}"
    for day, held in names[names.index >= _FIRST_OF_ALL_LAYERS].items():
        if held != _FEWER_LAYERS.get(pd.Timestamp(str(day)), whole):
            yield Violation(path, f"{day:%Y-%m-%d}", "layer", f"{sorted(held)}", f"{sorted(whole)}")
    filled = control.set_index("date")["control_km2"].resample("D").ffill()
    own = layers[layers["layer"] == "assessed_russian_control"]
    here = own[own["date"] <= filled.index.max()]
    gap = (here["area_km2"] - here["date"].map(filled)).abs()
    expected = [f"{filled[day]:.1f}, as in isw_control_2022.csv" for day in here["date"]]
    yield from _wrong(LAYERS, here, gap > _UNCHANGED_KM2, "area_km2", expected)


# Compiled tables against the evidence ---------------------------------------------------------


def _rows_of(read: Read, ids: Any) -> pd.DataFrame:
    return read("evidence").set_index("id").reindex(list(ids))


def _bound(
    name: str, table: pd.DataFrame, columns: dict[str, str], rows: pd.DataFrame
) -> Iterator[Violation]:
    """Every cell of these columns is that of the row of evidence."""
    for column, theirs in columns.items():
        ours, other = table[column].to_numpy(), rows[theirs].to_numpy()
        same = (ours == other) | (pd.isna(ours) & pd.isna(other))
        yield from _wrong(name, table, ~same, column, [_text(cell) for cell in other])


# Whose maps a publisher of figures reads.
_MAPS_OF = {
    "AFP": "ISW with claims",
    "Militarnyi": "DeepState",
    "Belfer Center": "ISW",
    "The New York Times": "ISW",
    "The Washington Post": "ISW",
    "The Economist": "ISW",
    "The Guardian": "ISW",
    "CNN": "ISW",
    "DefMon (open-source analyst)": "DefMon",
    "The Insider": "ISW",
    "UK Ministry of Defence": "UK MoD",
    "Russian defence minister": "Russian command",
    "Valery Gerasimov": "Russian command",
    "Vladimir Putin": "Russian command",
}
# Rows whose publisher reads another map here than elsewhere, or another layer of it, by the
# words of the evidence.
KNOWN_TRACKERS = {
    "afp-counteroffensive-250": "ISW",
    "afp-fourth-year-4524": "ISW",
    "putin-briefed-6640-2025": "Russian command",
}
# Who counted, where the publisher goes by another name there.
_COUNTER = {
    "Belfer Center": "Belfer task force",
    "Militarnyi": "DeepState",
    "Russian defence minister": "Russian command",
    "Valery Gerasimov": "Russian command",
    "Vladimir Putin": "Russian command",
    "UK Ministry of Defence": "UK MoD",
}
# Rows whose publisher passes on the count of another, by the words of the evidence.
KNOWN_COUNTERS = {
    "belfer-four-weeks-dec-2025-247": "Belfer task force",
    "putin-briefed-6640-2025": "Russian command",
}
# What each counter counts where its words do not say otherwise.
_COUNTS = {
    "AFP": "net",
    "DeepState": "net",
    "War Mapper": "net",
    "UK MoD": "net",
    "Belfer task force": "net",
    "The Economist": "net",
    "Russian command": "claim",
}
# The first day of the periods for which AFP says that its figures are net.
_AFP_SAYS_NET = pd.Timestamp("2025-01-01")
# Rows whose words say otherwise.
KNOWN_MEASURES = {
    "belfer-month-to-nov-2023-russia": "gross Russian",
    "belfer-month-to-nov-2023-ukraine": "gross Ukrainian",
    "nyt-net-gain-188": "net",
    "isw-insider-feb-2023-234": "net",
    "isw-apr-2026-minus-116": "net",
    "isw-apr-may-2026-minus-69": "net",
}
# The Russian count of 2024 that ISW gave with Kursk Oblast in it.
_WITH_KURSK = {"isw-2024-total-4168"}


def change_violations(read: Read) -> Iterator[Violation]:
    """Hold number, unit, days, map, measure, ground and source of every published change."""
    table = read(CHANGES)
    rows = _rows_of(read, table["evidence_id"])
    yield from _bound(
        CHANGES,
        table,
        {
            "period_start": "as_of",
            "period_end": "period_end",
            "value_as_published": "value",
            "unit_as_published": "unit",
            "publisher": "publisher",
            "published": "published",
            "origin_id": "origin_id",
        },
        rows,
    )
    km2 = table["value_as_published"] * table["unit_as_published"].map(KM2_IN)
    ukrainian = table["measure"] == "gross Ukrainian"
    ukrainian |= rows["quantity"].str.startswith("net Ukrainian").to_numpy(dtype=bool)
    signed = km2.where(~ukrainian, -km2.abs())
    off = (signed - table["russian_gain_km2"]).abs() > 0.1
    yield from _wrong(CHANGES, table, off, "russian_gain_km2", [f"{v:.2f}" for v in signed])
    yield from _who_counts(table, rows)
    with_kursk = table["evidence_id"].isin(_WITH_KURSK)
    scope = np.where(with_kursk, "Ukraine and Kursk Oblast", "Ukraine")
    yield from _wrong(CHANGES, table, table["scope"] != scope, "scope", list(scope))


def _who_counts(table: pd.DataFrame, rows: pd.DataFrame) -> Iterator[Violation]:
    ids = table["evidence_id"]
    publisher = rows["original_publisher"].reset_index(drop=True)
    tracker = ids.map(KNOWN_TRACKERS).fillna(publisher.map(_MAPS_OF)).fillna(publisher)
    yield from _wrong(CHANGES, table, table["tracker"] != tracker, "tracker", list(tracker))
    counter = ids.map(KNOWN_COUNTERS).fillna(publisher.map(_COUNTER)).fillna(publisher)
    yield from _wrong(CHANGES, table, table["counted_by"] != counter, "counted_by", list(counter))
    usual = counter.map(_COUNTS).fillna("gross Russian")
    usual[(counter == "AFP") & (table["period_start"] < _AFP_SAYS_NET)] = "not said"
    retaken = (
        rows["quantity"].str.contains("recaptured|retaken|Ukrainian gains").to_numpy(dtype=bool)
    )
    usual[retaken] = "gross Ukrainian"
    measure = ids.map(KNOWN_MEASURES).fillna(usual)
    yield from _wrong(CHANGES, table, table["measure"] != measure, "measure", list(measure))


# What a published level counts, by who published it and whether the 2014 areas are in it.
_LEVEL_COUNTS = {
    ("AFP", True): "control, advances and claims",
    ("Belfer Center", True): "control and advances",
    ("ISW", True): "control and advances",
    ("CNN", True): "control",
    ("War Mapper", True): "control",
    ("DeepState", True): "occupied",
    ("The Kyiv Independent", True): "not stated",
}
_LEVEL_TRACKER = {"AFP": "ISW", "The Kyiv Independent": "not stated"}


def level_violations(read: Read) -> Iterator[Violation]:
    """Hold number, unit, day, map, measure and source of every published level."""
    table = read(TOTALS)
    rows = _rows_of(read, table["evidence_id"])
    yield from _bound(
        TOTALS,
        table,
        {
            "date": "as_of",
            "value_as_published": "value",
            "publisher": "publisher",
            "published": "published",
            "origin_id": "origin_id",
        },
        rows,
    )
    unit = rows["unit"].replace({"percent of Ukraine": "percent"}).tolist()
    yield from _wrong(TOTALS, table, table["unit_as_published"] != unit, "unit_as_published", unit)
    km2 = table["value_as_published"] * table["unit_as_published"].map(KM2_IN)
    off = (km2 - table["held_km2"]).abs() > 0.1
    yield from _wrong(TOTALS, table, off, "held_km2", [f"{v:.1f}" for v in km2])
    publisher = rows["original_publisher"].reset_index(drop=True)
    tracker = publisher.map(_LEVEL_TRACKER).fillna(publisher.map(_MAPS_OF)).fillna(publisher)
    yield from _wrong(TOTALS, table, table["tracker"] != tracker, "tracker", list(tracker))
    since = rows["quantity"].str.contains("since 24 Feb|after 24 Feb").to_numpy(dtype=bool)
    whole = table["includes_2014_areas"].astype(bool).to_numpy()
    yield from _wrong(
        TOTALS, table, whole == since, "includes_2014_areas", list(np.where(since, "false", "true"))
    )
    counts = [
        "taken since 24 Feb 2022" if new else _LEVEL_COUNTS.get((who, True), "not stated")
        for who, new in zip(publisher, since, strict=True)
    ]
    yield from _wrong(TOTALS, table, table["measure"] != counts, "measure", counts)


# A share named beside the figure, with the day that the text gives it.
_NAMED_BESIDE = {
    ("Donetsk", "guardian-donetsk-54"): "2022-12-15",
    ("Kherson", "guardian-kherson-93-to-73"): "2022-06-15",
}
_SHARE_TRACKER = {
    "Russian defence minister": "Russian claim",
    "Vladimir Putin": "Russian claim",
    "Leonid Pasechnik": "Russian claim",
    "Luhansk Regional Military Administration": "Ukrainian governor",
    "Reuters": "open-source maps",
    "numonly.com": "not stated",
    "europesays.com": "not stated",
    "The Insider": "DeepState",
}
_BESIDE = "named in the same text"


def share_violations(read: Read) -> Iterator[Violation]:
    """Share, oblast, day, map and source of every published share of an oblast."""
    table = read(SHARES)
    rows = _rows_of(read, table["evidence_id"])
    columns = {"publisher": "publisher", "published": "published", "origin_id": "origin_id"}
    yield from _bound(SHARES, table, columns, rows)
    beside = [
        _NAMED_BESIDE.get((o, i), "") if b == _BESIDE else ""
        for o, i, b in zip(table["oblast"], table["evidence_id"], table["basis"], strict=True)
    ]
    day = pd.to_datetime(pd.Series(beside).replace("", None)).fillna(
        rows["as_of"].reset_index(drop=True)
    )
    yield from _wrong(SHARES, table, (table["date"] != day), "date", [_text(d) for d in day])
    publisher = rows["original_publisher"].reset_index(drop=True)
    tracker = publisher.map(_SHARE_TRACKER).fillna(publisher.map(_MAPS_OF)).fillna(publisher)
    yield from _wrong(SHARES, table, table["tracker"] != tracker, "tracker", list(tracker))
    words = (rows["quantity"] + " " + rows["excerpt"] + " " + rows["note"]).to_numpy()
    held, printed = table["held_share_pct"].to_numpy(), rows["value"].to_numpy()
    freed = table["basis"].str.startswith("100 less").to_numpy()
    said = np.array([_has_number(str(w), h) for w, h in zip(words, held, strict=True)])
    right = np.where(freed, 100 - printed, printed)
    off = np.where(table["basis"] == _BESIDE, ~said, right != held)
    yield from _wrong(SHARES, table, off, "held_share_pct", [f"{value:g}" for value in right])
    named = [str(o) in str(w) or b == _BESIDE for o, w, b in
             zip(table["oblast"], words, table["basis"], strict=True)]  # fmt: skip
    yield from _wrong(SHARES, table, ~np.array(named), "oblast", "an oblast named in the evidence")


def _has_number(text: str, value: float) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(f'{value:g}')}(?![\d]|\.\d)", text) is not None


def regained_violations(read: Read) -> Iterator[Violation]:
    """Numbers, days and sources of every published share regained."""
    table = read(REGAINED)
    ids = table["evidence_ids"].str.split(";")
    rows = _rows_of(read, ids.str[0])
    columns = {
        "as_of": "as_of",
        "published": "published",
        "origin_id": "origin_id",
        "publisher": "publisher",
    }
    yield from _bound(REGAINED, table, columns, rows)
    values = read("evidence").set_index("id")["value"]
    terms = [[float(values.get(i, np.nan)) for i in each] for each in ids]
    printed = table["share_pct_as_published"]
    off = [not np.isnan(p) and p not in known for p, known in zip(printed, terms, strict=True)]
    expected = [f"one of {known}" for known in terms]
    yield from _wrong(REGAINED, table, off, "share_pct_as_published", expected)
    for column in ("numerator", "denominator"):
        can = [_combinations(known) for known in terms]
        off = [
            not np.isnan(number) and not np.isclose(number, list(known)).any()
            for number, known in zip(table[column], can, strict=True)
        ]
        yield from _wrong(REGAINED, table, off, column, "printed, or a sum of printed figures")


# War Mapper's share at its highest, "nearly 25 percent", stands in the words alone.
_NEARLY_25 = 25.0


def _combinations(known: list[float]) -> set[float]:
    """Figures, the sum and the differences of two, and the differences to the peak in words."""
    pairs = {a + b for a in known for b in known if a != b} | {
        abs(a - b) for a in known for b in known
    }
    return set(known) | pairs | {_NEARLY_25 - a for a in known if a < _NEARLY_25}


# Distances that are measured, with the places whose coordinates give them (GeoNames).
_MEASURED_KM = {"avdiivka-ocheretyne-2024": 15.3}
_YARD_M = 0.9144
# Five months are written as that many days.
_FIVE_MONTHS = {"south-2023-five-months": 150}


def rate_violations(read: Read) -> Iterator[Violation]:
    """Rates, distances and days of every offensive."""
    table = read(RATES)
    ids = table["evidence_ids"].str.split(";")
    last = ids.str[0].where(table["basis"] != "distance over days", ids.str[0])
    rows = _rows_of(read, last)
    published = table["basis"] != "distance over days"
    printed = rows["value"].to_numpy()
    off = published & ~(table["value_as_published"] == printed)
    yield from _wrong(RATES, table, off, "value_as_published", [f"{v:g}" for v in printed])
    metres = table["value_as_published"] * table["unit_as_published"].map(
        {"m per day": 1.0, "yards per day": _YARD_M}
    )
    off = published & ~((metres - table["metres_per_day"]).abs() < 0.05)
    yield from _wrong(RATES, table, off, "metres_per_day", [f"{m:.1f}" for m in metres])
    distance = table["rate_id"].map(_MEASURED_KM).fillna(pd.Series(printed))
    off = ~published & (table["distance_km"] != distance)
    yield from _wrong(RATES, table, off, "distance_km", [f"{d:g}" for d in distance])
    yield from _bound(
        RATES, table[published.to_numpy()], {"publisher": "publisher"}, rows[published.to_numpy()]
    )
    latest = [read("evidence").set_index("id")["published"].reindex(each).max() for each in ids]
    same = (table["published"] == latest) | (table["published"].isna() & pd.isna(pd.Series(latest)))
    yield from _wrong(RATES, table, ~same, "published", [_text(day) for day in latest])
    yield from _rate_periods(read, table, ids)


# Periods that the evidence gives in words.
_PERIODS_IN_WORDS = {"south-2023": "2023 summer", "south-2023-five-months": "2023-06 to 2023-10"}


def _rate_periods(read: Read, table: pd.DataFrame, ids: Any) -> Iterator[Violation]:
    """Hold the days of a computed rate to its two days, a period to that of the evidence."""
    ends = table["period"].str.extract(r"^(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)$")
    between = (pd.to_datetime(ends[1]) - pd.to_datetime(ends[0])).dt.days
    days = table["rate_id"].map(_FIVE_MONTHS).fillna(between)
    off = table["days"].notna() & (table["days"] != days)
    yield from _wrong(RATES, table, off, "days", [f"{day:g}" for day in days])
    rows = read("evidence").set_index("id")[["as_of", "period_end"]]
    said = [
        _PERIODS_IN_WORDS.get(rate, _period(rows.reindex(each), len(period.split(" ")[0])))
        for rate, period, each in zip(table["rate_id"], table["period"], ids, strict=True)
    ]
    yield from _wrong(RATES, table, table["period"] != said, "period", said)


def _period(rows: pd.DataFrame, digits: int) -> str:
    """First and last day of the evidence, to the year, month or day."""
    days = pd.concat([rows["as_of"], rows["period_end"]]).dropna()
    first, last = (f"{day:%Y-%m-%d}"[:digits] for day in (days.min(), days.max()))
    return first if first == last else f"{first} to {last}"


# The evidence in its own words ----------------------------------------------------------------

# Numbers that the excerpt gives in words, in another unit, or beside it, each with the words.
IN_WORDS: dict[str, tuple[float, str]] = {
    "isw-control-layer-2022-03-28": (132792.4, "132792413925"),
    "isw-control-layer-2023-01-05": (104719.3, "104719308401"),
    "liberated-defmon-78000": (78_000, "78 thousand"),
    "lost-a-fifth-guardian": (20, "a fifth"),
    "prewar-share-7pct-afp": (7, "seven percent"),
    "luhansk-governor-2023-globalist": (6, "5-7%"),
    "luhansk-governor-2023-liberated-share": (6, "five to seven percent"),
    "luhansk-shoigu-2022-claim": (100, "full control"),
    "off-isw-foothold-may10": (5, "five kilometers deep"),
    "rate-csis-kharkiv-2022": (7500, "7,5 kilometra"),
    "regained-economist-more-than-half": (50, "more than half"),
    "kharkiv-zelensky-8000-sep-2022": (8000, "another 4,000"),
}
_CITED = {
    CHANGES: "evidence_id",
    TOTALS: "evidence_id",
    SHARES: "evidence_id",
    REGAINED: "evidence_ids",
    RATES: "evidence_ids",
}


def cited(read: Read) -> list[str]:
    """Return the ids of all evidence that the tables about land and their checkpoints cite."""
    found = [
        name
        for table, column in _CITED.items()
        for cell in read(table)[column]
        for name in str(cell).split(";")
    ]
    points = read("checkpoints")
    found += points.loc[points["series"].isin(TABLES), "evidence_id"].tolist()
    return sorted(set(filter(None, found)))


def words_violations(read: Read, ids: Iterable[str] | None = None) -> Iterator[Violation]:
    """Ask that a number of the evidence stands in the words that are quoted for it.

    Parameters
    ----------
    read : callable
    ids : iterable of str, optional
        Rows to look at; what the tables about land cite by default.
    """
    evidence = read("evidence")
    wanted = set(cited(read) if ids is None else ids)
    rows = evidence[evidence["id"].isin(wanted) & evidence["value"].notna()]
    bad = [
        not _says(str(row["id"]), float(row["value"]), f"{row['excerpt']} {row['note']}")
        for row in rows.to_dict("records")
    ]
    expected = [f"a number in the excerpt: {text}" for text in rows["excerpt"]]
    yield from _wrong("evidence", rows, bad, "value", expected)
    dated = evidence[evidence["id"].isin(wanted) & (evidence["unit"] == "date")]
    days = zip(dated["as_of"].dt.strftime("%Y-%m-%d"), dated["value_text"], strict=True)
    # A month or a year stands for a day in it.
    other = [not day.startswith(text) for day, text in days]
    yield from _wrong("evidence", dated, other, "as_of", list(dated["value_text"]))


def _says(name: str, value: float, text: str) -> bool:
    if name in IN_WORDS:
        known, words = IN_WORDS[name]
        return value == known and words in text.lower()
    plain, grouped = f"{abs(value):g}", f"{abs(value):,.10g}"
    whole = f"{abs(value):,.0f}"
    forms = {plain, f"{abs(value):.0f}" if value == round(value) else plain, grouped}
    if value == round(value):
        forms |= {whole, whole.replace(",", " "), whole.replace(",", ".")}
    forms |= {plain.replace(".", ","), f"{abs(value):.2f}".replace(".", ",")}
    flat = text.replace("\u202f", " ").replace("\xa0", " ")
    return any(re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d]|[.,]\d)", flat) for form in forms)


# Checkpoints whose figure is not the number of the evidence, with what it is made of.
_MADE_OF = {
    "cell-avdiivka": "a place behind the front is held",
    "cell-ocheretyne": "a place behind the front is held",
    "cell-vuhledar": "a place behind the front is held",
    "layers-year-war-mapper": "16.55 less 25",
    "shares-luhansk-governor": "100 less 6",
}


def printed_violations(read: Read) -> Iterator[Violation]:
    """Hold the figure of a checkpoint to the number of its evidence, in the series' unit."""
    points = read("checkpoints")
    points = points[points["series"].isin(TABLES) & (points["evidence_id"] != "")]
    points = points[~points["checkpoint_id"].isin(_MADE_OF)]
    rows = _rows_of(read, points["evidence_id"])
    areal = rows["unit"].map(KM2_IN).fillna(1.0).to_numpy()
    printed, expected = rows["value"].abs().to_numpy(), points["expected"].abs().to_numpy()
    same = (printed == expected) | (np.abs(printed * areal - expected) < 0.1)
    yield from _wrong("checkpoints", points, ~same, "expected", [f"{value:g}" for value in printed])


# Two counts of the same maps --------------------------------------------------------------------


def disagreement_violations(read: Read) -> Iterator[Violation]:
    """Every oblast was compared on every day, and differs by less than the row allows."""
    table = read(DISAGREEMENTS)
    days = min(read(TOTAL)["date"].nunique(), int(table["days_compared"].max()))
    off = table["days_compared"] != days
    yield from _wrong(DISAGREEMENTS, table, off, "days_compared", f"{days}, as in all rows")
    # A tenth is a step of the table: more than half of the tolerance was never seen.
    far = table["largest_difference_km2"].abs() > table["tolerance_km2"] / 2
    yield from _wrong(
        DISAGREEMENTS, table, far, "largest_difference_km2", "at most half of tolerance_km2"
    )
    compared = set(table["oblast"])
    for name in sorted(set(read(BY_OBLAST)["oblast"]) | {"Ukraine"}):
        if name not in compared:
            path = f"data/{origin('known-disagreements').path}"
            yield Violation(path, name, "oblast", "no row", "a row for every oblast and the total")
