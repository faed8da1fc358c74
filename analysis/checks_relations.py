"""Relations that hold within a table, or between two of one publisher, whatever it says.

A war is as long as from its first day to its last; the dead are those killed and those missing.
A cell that is misread breaks such a relation, although it looks like any other of its column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pandas as pd

from analysis import tables
from analysis.checks import table_check
from analysis.datapackage import origins
from analysis.violations import Violation

# Days on which appropriations lapse: the end of the fiscal year and of the calendar year.
LAPSE_DAYS: Final = ("09-30", "12-31")
# Numbers printed to a tenth: their sum is at most this far from the printed sum.
ROUNDED_PERSONS: Final = 0.101
# Twice a number rounded to a tenth, beside the sum of two others.
ROUNDED_TWICE_PERSONS: Final = 0.201
# Kinds of equipment that every list of Oryx has.
KINDS: Final = frozenset(
    {
        "all", "armoured fighting vehicles", "armoured personnel carriers",
        "infantry fighting vehicles", "ships and submarines", "tanks", "trucks and cars",
    }
)  # fmt: skip

# Ground that changes hands for a single day: more than this, in the unit of the column, is a
# misread map.
SPIKES: Final = {
    "city_edge_km": 0.15,
    "oblast_occupied_km2": 2.65,
    "north_occupied_km2": 1.5,
    "krynky_share": 0.015,
    "vovchansk_share": 0.015,
    "kupiansk_share": 0.015,
}

# What an id says of its row: the words that its first part stands for.
NAMED_BY_ID: Final = {
    "proposer": {"ru": "Russia", "ua": "Ukraine", "joint": "and Ukraine"},
    "series": {
        "ru": "Russia", "ua": "Ukraine", "us": "United States", "joint": "Joint drafts",
        "europe": "Europe",
    },
}  # fmt: skip


@table_check
def violations() -> Iterable[Violation]:
    """Check the tables that are described, as they are in ``data/``."""
    described = set(origins())
    for needed, relation in RELATIONS.items():
        if set(needed) <= described:
            yield from relation(*(tables.read(name) for name in needed))


def _broken(
    name: str,
    place: pd.Series,
    column: str,
    cells: pd.Series,
    wrong: pd.Series[bool],
    expected: str,
) -> Iterator[Violation]:
    for where, cell in zip(place[wrong], cells[wrong], strict=True):
        yield Violation(name, _plain(where), column, _plain(cell), expected)


def _plain(cell: object) -> str:
    return str(cell).removesuffix(" 00:00:00")


def _wars(frame: pd.DataFrame) -> Iterator[Violation]:
    days = (frame["end"] - frame["start"]).dt.days + 1
    named = frame["ending"] == "winner named"
    result = frame["initiator_result"]
    wrong = (named & ~result.isin(["won", "lost"])) | (~named & (result != frame["ending"]))
    yield from _broken(
        "interstate-wars", frame["war"], "initiator_result", result, wrong,
        "won or lost where a winner is named, and the ending where none is",
    )  # fmt: skip
    yield from _broken(
        "interstate-wars", frame["war"], "duration_days", frame["duration_days"],
        frame["duration_days"] != days, "days from the first to the last, both counted",
    )  # fmt: skip


def _dead(frame: pd.DataFrame) -> Iterator[Violation]:
    name, weeks = "meduza-dead-2026", frame["week_start"]
    gap = (frame["killed"] + frame["missing"] - frame["dead"]).abs()
    yield from _broken(
        name, weeks, "dead", frame["dead"], gap > ROUNDED_PERSONS, "those killed and missing"
    )
    gap = (frame["dead_low"] + frame["dead_high"] - 2 * frame["dead"]).abs()
    yield from _broken(
        name, weeks, "dead", frame["dead"], gap > ROUNDED_TWICE_PERSONS,
        "the middle between dead_low and dead_high",
    )  # fmt: skip
    apart = weeks.diff().dt.days.fillna(7)
    yield from _broken(name, weeks, "week_start", weeks, apart != 7, "the Monday after the last")


def _openings(markets: pd.DataFrame, prices: pd.DataFrame) -> Iterator[Violation]:
    first = prices[prices["age_days"] == 0].set_index("market_id")["probability"]
    cells = markets["opening_probability"]
    yield from _broken(
        "crowd-markets-2022", markets["market_id"], "opening_probability", cells,
        cells != first.reindex(markets["market_id"]).to_numpy(), "the price at age 0",
    )  # fmt: skip


def _lists(frame: pd.DataFrame) -> Iterator[Violation]:
    name, scopes = "oryx-losses", frame.groupby("date")["scope"].nunique()
    days = scopes.index.to_series()
    yield from _broken(name, days, "scope", scopes, scopes != 1, "one scope in a list")
    place = frame["date"].dt.strftime("%Y-%m-%d") + " " + frame["country"]
    for where, kinds in frame["equipment"].groupby(place):
        for missing in sorted(KINDS - set(kinds)):
            yield Violation(name, str(where), "equipment", missing, "a row of it")


def _spans(frame: pd.DataFrame) -> Iterator[Violation]:
    ordered = frame.sort_values(["fieldwork_start", "days_from"])
    before = ordered.groupby("fieldwork_start")["days_to"].shift(fill_value=0)
    place, cells = ordered["fieldwork_start"], ordered["days_from"]
    yield from _broken(
        "attacks-before-waves", place, "days_from", cells, cells != before + 1,
        "the day after the span before",
    )  # fmt: skip
    days = ordered["days_to"] - ordered["days_from"] + 1
    yield from _broken(
        "attacks-before-waves", place, "days_to", ordered["days_to"], days != 30, "30 days"
    )


def _lapses(frame: pd.DataFrame) -> Iterator[Violation]:
    days = frame["available_until"]
    wrong = days.notna() & ~days.dt.strftime("%m-%d").isin(LAPSE_DAYS)
    yield from _broken(
        "act-2024-lines", frame["seq"], "available_until", days, wrong,
        "the end of a fiscal or a calendar year",
    )  # fmt: skip


def _front(frame: pd.DataFrame) -> Iterator[Violation]:
    place = frame["date"]
    for column, most in SPIKES.items():
        cells = frame[column]
        before, after = cells - cells.shift(1), cells - cells.shift(-1)
        both = before.abs().where(before.abs() < after.abs(), after.abs())
        yield from _broken(
            "kharkiv-front-daily", place, column, cells, (before * after > 0) & (both > most),
            f"within {most} of the day before or of the day after",
        )  # fmt: skip


def _budgets(frame: pd.DataFrame) -> Iterator[Violation]:
    first = frame["budget"].str[:4].astype(int)
    later, made = frame["year"].astype(int) - first, frame["made"].astype(str).str[:4].astype(int)
    plan = frame["stage"] == "three-year plan"
    right = later.between(1, 2) & (made == first - 1)
    yield from _broken(
        "russia-federal-budget", frame["evidence_id"], "budget", frame["budget"],
        (plan & ~right) | (~plan & (later != 0)),
        "the budget whose first year it is, or for a plan one of the two after that",
    )  # fmt: skip


def _stores(frame: pd.DataFrame) -> Iterator[Violation]:
    wrong = (frame["measure"] == "in store") & (frame["low"] != frame["high"])
    yield from _broken(
        "tank-stocks", frame["as_of"], "high", frame["high"], wrong, "one count of what is in store"
    )


def _openness(frame: pd.DataFrame) -> Iterator[Violation]:
    ordered = frame.sort_values(["market_id", "age_days"])
    fewer = ordered.groupby("market_id")["traders"].diff() < 0
    yield from _broken(
        "crowd-prices-2022", ordered["market_id"], "traders", ordered["traders"], fewer,
        "no fewer than had traded before",
    )  # fmt: skip


def _papers(frame: pd.DataFrame) -> Iterator[Violation]:
    name, place = "terms-proposals", frame["proposal_id"]
    pairs = zip(place, frame["date"].dt.strftime("%Y-%m"), strict=True)
    wrong = pd.Series([month not in id for id, month in pairs], index=frame.index)
    yield from _broken(name, place, "date", frame["date"], wrong, "of the month in its id")
    begins = place.str.split("-").str[0]
    for column, words in NAMED_BY_ID.items():
        for first, word in words.items():
            wrong = (begins == first) & ~frame[column].str.contains(word, regex=False)
            yield from _broken(name, place, column, frame[column], wrong, f"{word} in it")


def _announced(frame: pd.DataFrame) -> Iterator[Violation]:
    page = frame["url"].where(frame["url"].str.contains("bidenwhitehouse", regex=False), "")
    day = pd.to_datetime(page.str.extract(r"/(\d{4}/\d\d/\d\d)/")[0], format="%Y/%m/%d")
    # A memorandum is sometimes put on the page the day before it is announced.
    apart = (frame["announced"] - day).dt.days.abs().fillna(0)
    yield from _broken(
        "us-aid-packages", frame["url"], "announced", frame["announced"], apart > 1,
        "the day in the address",
    )  # fmt: skip


def _nodes(frame: pd.DataFrame) -> Iterator[Violation]:
    across = frame["across"]
    yield from _broken(
        "argument-nodes", frame["node"], "across", across, (across < 0) & (across != -1),
        "-1 for what is not drawn, or a place from the left",
    )  # fmt: skip


def _variants(frame: pd.DataFrame) -> Iterator[Violation]:
    # The changes of one variant are several rows.
    each = frame.drop_duplicates(["argument", "variant", "order"])
    place = each["argument"] + " " + each["variant"]
    count = each.groupby("argument")["order"].transform("size")
    wrong = each.duplicated(["argument", "order"], keep=False) | ~each["order"].between(1, count)
    yield from _broken(
        "argument-variants", place, "order", each["order"], wrong, "its place among its like"
    )


def _requirements(frame: pd.DataFrame) -> Iterator[Violation]:
    each = frame.drop_duplicates(["requirement", "place"])
    wrong = each.duplicated("requirement", keep=False) | each.duplicated("place", keep=False)
    yield from _broken(
        "ending-requirements", each["requirement"], "place", each["place"], wrong,
        "one place of its own for each requirement",
    )  # fmt: skip


RELATIONS: Final[dict[tuple[str, ...], Callable[..., Iterator[Violation]]]] = {
    ("interstate-wars",): _wars,
    ("meduza-dead-2026",): _dead,
    ("crowd-markets-2022", "crowd-prices-2022"): _openings,
    ("oryx-losses",): _lists,
    ("attacks-before-waves",): _spans,
    ("act-2024-lines",): _lapses,
    ("kharkiv-front-daily",): _front,
    ("russia-federal-budget",): _budgets,
    ("tank-stocks",): _stores,
    ("crowd-prices-2022",): _openness,
    ("terms-proposals",): _papers,
    ("us-aid-packages",): _announced,
    ("argument-nodes",): _nodes,
    ("argument-variants",): _variants,
    ("ending-requirements",): _requirements,
}
