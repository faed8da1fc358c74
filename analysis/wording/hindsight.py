"""Numbers and figure texts of the chapter on what came after."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import Any

import pandas as pd

from analysis import aid, capacity, claims, hindsight, losses, opinion, tables, terms, territory
from analysis.assessing import evidence
from analysis.book import Column, colour
from analysis.formatting import (
    count,
    day,
    month,
    number,
    percent,
    quantity,
    signed_area,
)

ARTICLE, WINDOW_END = claims.ARTICLE_DATE, claims.WINDOW_END
LAST_LIST, FIRST_LIST = date(2024, 6, 2), date(2023, 6, 4)
WINDOW_LIST, LATEST_LIST = date(2025, 11, 15), date(2026, 9, 15)
_SOURCES = {
    "land": "DeepState maps, areas computed for this book; ISW and AFP as published",
    "losses": "Oryx",
    "aid": "Kiel Institute, {release}",
    "opinion": "KIIS and Gallup, as read in the press",
    "terms": "proposals coded for this book",
    "economy": "Bank of Russia, as read in the press",
}
# Both passes together: what is sure under it is sure in either.
standing = partial(terms.standing, coder="both")


# Frames --------------------------------------------------------------------------------------


@cache
def total() -> pd.DataFrame:
    """Return the daily area occupied, DeepState maps."""
    return tables.read("deepstate-daily-total")


@cache
def published() -> pd.DataFrame:
    """Return published gains by period."""
    return tables.read("territory-published-changes")


@cache
def oryx() -> pd.DataFrame:
    """Return the lists of confirmed losses."""
    return tables.read("oryx-losses")


@cache
def kiel() -> pd.DataFrame:
    """Return allocations by donor group and month."""
    return tables.read("kiel-monthly-groups")


@cache
def polls() -> pd.DataFrame:
    """Return the answers of all polls."""
    return tables.read("opinion-polls")


def sources() -> str:
    """Return whom the common axis goes back to, with the release of aid that is held."""
    return "; ".join(_SOURCES.values()).format(release=aid.release_name(kiel()))


def _asks(side: str, month: str) -> str:
    """Return the code of the line of control that a side asks for in a month."""
    rows = axis()
    chosen = (rows["series"] == f"{side} asks") & (rows["month"] == pd.Timestamp(month))
    return number(rows.loc[chosen, "value"].iloc[0])


PANELS = {
    "land": "Land: Russian net gain, km² a day",
    "losses": "Confirmed losses: tanks and armour a month",
    "aid": "Arms for Ukraine: allocated, € bn a month",
    "opinion": "Opinion in Ukraine, percent",
    "terms": "Terms: line of control asked for, code",
    "economy": "Economy: key rate in Russia, percent",
}
# Each series: its colour, and where its name stands (month, height).
SERIES = {
    "DeepState maps": ("tracker-1", "2025-12", 20.0),
    "AFP, net": ("tracker-4", "2023-07", 17.0),
    "ISW, gross": ("tracker-2", "2023-01", 5.5),
    "Russian forces": ("russia", "2023-01", 440.0),
    "Ukrainian forces": ("ukraine", "2025-08", 210.0),
    "United States": ("tracker-3", "2023-01", 7.3),
    "Europe": ("neutral", "2025-09", 6.6),
    "No land for peace": ("ukraine", "2024-01", 87.0),
    "Some land for peace": ("tracker-1", "2024-09", 18.0),
    "Talks soon": ("ink", "2025-09", 72.0),
    "Russia asks": ("russia", "2024-08", 0.6),
    "Ukraine asks": ("ukraine", "2025-01", 2.6),
    "Key rate": ("ink", "2023-01", 13.0),
}
SHORT = {"DeepState maps": "DeepState"}


@cache
def axis() -> pd.DataFrame:
    """Return all series on one axis of months, with the names and the window for a chart."""
    tracks = [
        *hindsight.land_tracks(total(), published()),
        *hindsight.loss_tracks(oryx()),
        *hindsight.aid_tracks(kiel()),
        *hindsight.opinion_tracks(polls()),
        *hindsight.terms_tracks(standing),
        hindsight.rate_track(tables.read("bank-of-russia-key-rate")),
    ]
    found = hindsight.monthly_axis(tracks)
    alone = (found["panel"] == "opinion") & (found["spans_months"] == 1)
    middle = found["month"] + pd.Timedelta(days=hindsight.MIDDLE - 1)
    found = found.assign(mark=alone.map({True: "point", False: "line"}), day=middle)
    names = [_name(panel, series) for panel, series in _pairs(found)]
    edges = [_edges(panel) for panel in PANELS]
    table = pd.concat([found, pd.DataFrame(names), pd.DataFrame(edges)], ignore_index=True)
    table["order"] = table["panel"].map({name: at for at, name in enumerate(PANELS)})
    table["heading"] = table["panel"].map(PANELS)
    return table.sort_values(["order", "mark", "series", "day"], ignore_index=True)


def _pairs(found: pd.DataFrame) -> list[tuple[str, str]]:
    pairs = found[["panel", "series"]].drop_duplicates()
    return list(pairs.itertuples(index=False, name=None))


def _name(panel: str, series: str) -> dict[str, Any]:
    _, start, height = SERIES[series]
    return {
        "panel": panel,
        "series": series,
        "mark": "name",
        "day": pd.Timestamp(start),
        "value": height,
        "name": SHORT.get(series, series),
    }


def _edges(panel: str) -> dict[str, Any]:
    ends = {"window_start": pd.Timestamp(ARTICLE), "window_end": pd.Timestamp(WINDOW_END)}
    return {"panel": panel, "mark": "window", **ends}


def figures_on_axis() -> pd.DataFrame:
    """Return the rows of `axis` that are data, for the table under the figure."""
    rows = axis()
    return rows[rows["mark"].isin(["line", "point"])]


def heads(frame: pd.DataFrame) -> list[str]:
    """Return the headings of the panels in order."""
    return list(dict.fromkeys(frame["heading"]))


def palette() -> tuple[list[str], list[str]]:
    """Return the series of the axis and their colours."""
    return list(SERIES), [colour(tone) for tone, _, _ in SERIES.values()]


@cache
def pace() -> pd.DataFrame:
    """Return Russian gains a day by tracker and period."""
    return hindsight.pace_by_tracker(total(), published())


@cache
def exchange() -> pd.DataFrame:
    """Return confirmed Russian losses for each Ukrainian one, by interval."""
    return hindsight.exchange(oryx())


@cache
def given() -> pd.DataFrame:
    """Return military allocations a month by donor group and period."""
    return hindsight.aid_by_period(kiel())


@cache
def sums() -> pd.DataFrame:
    """Return arms allocated and land lost since the article."""
    return hindsight.brought_and_cost(kiel(), total())


CONCESSIONS = (
    ("No land for peace", opinion.CONCESSIONS, opinion.NEVER),
    ("Some land for peace", opinion.CONCESSIONS, opinion.SOME),
)
TALKS = (
    ("Talks soon", "gallup-restated", "negotiate as soon as possible"),
    ("Fight on", "gallup-restated", "fight until victory"),
)
STANCE = {
    "No land for peace": "refuses",
    "Some land for peace": "open",
    "Talks soon": "open",
    "Fight on": "refuses",
}


# Where the name of each answer stands: panel, end of the text, height.
ANSWER_NAMES = {
    "No land for peace": ("2026-02", 66.0),
    "Some land for peace": ("2026-02", 23.0),
    "Talks soon": ("2025-06", 74.0),
    "Fight on": ("2026-02", 17.0),
}


@cache
def answers() -> pd.DataFrame:
    """Return the answers on concessions and on talks, each question its own panel."""
    parts = [
        opinion.followed(polls(), (answer,)).assign(panel=name, label=answer[0], mark="answer")
        for name, group in ((LAND_QUESTION, CONCESSIONS), (TALKS_QUESTION, TALKS))
        for answer in group
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(answer=table["label"].map(STANCE))


LAND_QUESTION, TALKS_QUESTION = "Concessions (KIIS)", "Talks (Gallup)"


def answers_drawn() -> pd.DataFrame:
    """Return the answers with the window and the names of the lines, for the chart."""
    found = answers()
    panels = found.drop_duplicates("label").set_index("label")["panel"]
    names = [
        {"mark": "name", "panel": panels[label], "label": label, "answer": STANCE[label],
         "middle": pd.Timestamp(at), "share_pct": height}
        for label, (at, height) in ANSWER_NAMES.items()
    ]  # fmt: skip
    ends = {"window_start": pd.Timestamp(ARTICLE), "window_end": pd.Timestamp(WINDOW_END)}
    windows = [{"mark": "window", "panel": panel, **ends} for panel in dict.fromkeys(panels)]
    return pd.concat([found, pd.DataFrame(names), pd.DataFrame(windows)], ignore_index=True)


DAYS = {
    "April 2022": date(2022, 4, 15),
    "2 June 2024": date(2024, 6, 2),
    "15 June 2024": date(2024, 6, 15),
    "June 2025": date(2025, 6, 30),
    "3 December 2025": date(2025, 12, 3),
    "June 2026": date(2026, 6, 30),
}


@cache
def apart() -> pd.DataFrame:
    """Return how far the two sides' terms stood apart on some days."""
    return hindsight.terms_apart(standing, terms.compared, DAYS)


# What was known -------------------------------------------------------------------------------


@cache
def known() -> pd.DataFrame:
    """Return what was known on the article's day over what came, by measure."""
    rows = [*_known_land_and_losses(), *_known_aid(), *_known_people(), *_known_polls_and_rate()]
    return hindsight.against_known(rows)


def _known_land_and_losses() -> list[hindsight.Known]:
    row = published().set_index("evidence_id").loc["isw-jan-may-2024-752"]
    days = (row["period_end"] - row["period_start"]).days + 1
    rows = [
        hindsight.Known(
            "Russian gain a day", "km2/day", row["russian_gain_km2"] / days, True,
            _paced("ISW", hindsight.IN), float("nan"), "ISW, gross, January to May 2024",
        )
    ]  # fmt: skip
    for country, name in (("Russia", "Armour lost, Russia"), ("Ukraine", "Armour lost, Ukraine")):
        rate = partial(hindsight.armour_per_month, oryx(), country)
        rows.append(
            hindsight.Known(
                name, "vehicles/month", rate(FIRST_LIST, LAST_LIST), True,
                rate(LAST_LIST, WINDOW_LIST), rate(WINDOW_LIST, LATEST_LIST),
                "Oryx, the year to the list of 2 June 2024",
            )
        )  # fmt: skip
    return rows


def _paced(tracker: str, period: str) -> float:
    return float(_row_of(tracker, period)["km2_per_day"])


def _row_of(tracker: str, period: str) -> dict[Any, Any]:
    found = pace()[(pace()["tracker"] == tracker) & (pace()["period"] == period)]
    return found.to_dict("records")[0]


# February 2022 to February 2024, both counted.
KIEL_MONTHS_KNOWN = 25


def _known_aid() -> list[hindsight.Known]:
    groups = (("United States", "American arms", "us"), ("Europe", "European arms", "europe"))
    return [
        hindsight.Known(
            label, "EUR bn/month", _fact(f"aid-kiel-feb24-mil-{key}") / KIEL_MONTHS_KNOWN, True,
            _given(group, hindsight.WINDOW_FIRST, hindsight.WINDOW_LAST),
            _given(group, "2025-12", "2026-04"),
            "Kiel Institute, April 2024: mean since February 2022",
        )
        for group, label, key in groups
    ]  # fmt: skip


def _given(group: str, first: str, last: str) -> float:
    months = len(pd.period_range(first, last, freq="M"))
    return aid.allocated_eur_bn(kiel(), group, first, last) / months


def _months(start: str, end: str) -> float:
    return (pd.Timestamp(end) - pd.Timestamp(start)).days / losses.DAYS_PER_MONTH


def _dead_in_window() -> float:
    weekly = tables.read("meduza-dead-2026")
    ends = (date(2024, 6, 3), WINDOW_END.date())
    return losses.dead_by(weekly, ends[1]) - losses.dead_by(weekly, ends[0])


def _known_people() -> list[hindsight.Known]:
    own = _fact("zelensky-55k-2026-02") - _fact("zelensky-31k-2024-02")
    return [
        hindsight.Known(
            "Dead, Russia (model)", "persons/month",
            _fact("meduza-75k-2023-12") / _months("2022-02-24", "2023-12-31"), True,
            _dead_in_window() / _months("2024-06-03", "2025-12-03"), float("nan"),
            "Meduza and Mediazona, February 2024: to the end of 2023",
        ),
        hindsight.Known(
            "Dead, Ukraine (own)", "persons/month",
            _fact("zelensky-31k-2024-02") / _months("2022-02-24", "2024-02-25"), True,
            own / _months("2024-02-25", "2026-02-04"), float("nan"),
            "President of Ukraine, February 2024; to February 2026",
        ),
    ]  # fmt: skip


def _known_polls_and_rate() -> list[hindsight.Known]:
    rates = hindsight.mean_by_period(figures_on_axis()).set_index(["series", "period"])["mean"]
    concessions = opinion.share_pct(polls(), opinion.CONCESSIONS, opinion.NEVER, "2023-11-29")
    talks = opinion.followed(polls(), TALKS[:1]).set_index("fieldwork_start")["share_pct"]
    later = talks[talks.index > pd.Timestamp(ARTICLE)]
    return [
        hindsight.Known(
            "No land for peace", "percent", concessions, True,
            float(rates["No land for peace", hindsight.IN]),
            float(rates["No land for peace", hindsight.AFTER]), "KIIS, December 2023",
        ),
        hindsight.Known(
            "Talks soon", "percent", float(talks[pd.Timestamp("2023-01-01")]), False,
            float(later.mean()), float("nan"), "Gallup for 2023, restated in 2024",
        ),
        hindsight.Known(
            "Key rate in Russia", "percent", _fact("cbr-2024-04-rate"), True,
            float(rates["Key rate", hindsight.IN]), float(rates["Key rate", hindsight.AFTER]),
            "Bank of Russia, April 2024",
        ),
    ]  # fmt: skip


def _known_row(label: str) -> dict[Any, Any]:
    return known()[known()["label"] == label].to_dict("records")[0]


def known_long() -> pd.DataFrame:
    """Return `known` with one row for the window and one for what came after it."""
    columns = {"ratio_in_window": "in the window", "ratio_after": "after"}
    table = known().drop(columns=["in_window", "after"]).rename(columns=columns)
    long = table.melt(
        id_vars=["label", "unit", "value", "published_by_then", "basis"],
        value_vars=list(columns.values()),
        var_name="period",
        value_name="ratio",
    )
    return long.dropna(subset=["ratio"]).reset_index(drop=True)


def known_table() -> pd.DataFrame:
    """Return what was known and what came, in words, for readers."""
    rows = known()
    return rows.assign(
        was=[_said(v, u) for v, u in zip(rows["value"], rows["unit"], strict=True)],
        came=[_said(v, u) for v, u in zip(rows["in_window"], rows["unit"], strict=True)],
        later=[_said(v, u) for v, u in zip(rows["after"], rows["unit"], strict=True)],
    )


def _said(value: float, unit: str) -> str:
    if pd.isna(value):
        return "no figure"
    short = {
        "EUR bn/month": "€ bn a month",
        "vehicles/month": "a month",
        "persons/month": "a month",
    }
    if unit in short:
        return f"{number(value, 2 if value < 20 else 0)}\u202f{short[unit]}"
    return quantity(value, unit)


# The board -----------------------------------------------------------------------------------


@cache
def measures() -> dict[str, hindsight.Measured]:
    """Return the measures that decide items of the board, by name."""
    isw = territory.isw_control(tables.read("isw-control-2022"), tables.read("isw-layers-daily"))
    collapses = territory.losses_beside_2022(isw, total(), published())
    return hindsight.measured(total(), collapses, polls(), oryx())


@cache
def board() -> pd.DataFrame:
    """Return the board: every item with what came, the effect, the values then and now."""
    items = tables.read("hindsight-items").sort_values("order", ignore_index=True)
    verdicts = {row["item_id"]: _verdict(row) for row in items.to_dict("records")}
    values = {
        row["item_id"]: _value(row)
        for row in items.to_dict("records")
        if row["basis"] in {"now", "measure"}
    }
    table = hindsight.board(items, verdicts, values)
    table["heading"] = table["kind"].str.capitalize()
    records = table.to_dict("records")
    return table.assign(
        verdict=[verdicts[row["item_id"]] for row in records],
        then=[_then(row) for row in records],
        happened=[_happened(row) for row in records],
    )


def _verdict(row: dict[Any, Any]) -> str:
    record = claims.assess(row["claim_id"])
    if not row["component"]:
        return record.verdict
    found = {finding.component: finding.verdict for finding in record.components}
    return found.get(row["component"], record.verdict)


def _value(row: dict[Any, Any]) -> float:
    if row["basis"] == "measure":
        return float(measures()[row["measure"]].value)
    now = claims.assess(row["claim_id"]).now
    return float("nan") if now is None or now.value is None else float(now.value)


def _then(row: dict[Any, Any]) -> str:
    if row["basis"] == "measure":
        found = measures()[row["measure"]]
        return "" if pd.isna(found.then) else _quantity(found.then, found.unit)
    then = claims.assess(row["claim_id"]).then
    if row["basis"] == "record" or then is None:
        return ""
    return _value_text(then)


def _happened(row: dict[Any, Any]) -> str:
    if row["basis"] == "record":
        return f"Not known. {row['why']}"
    if row["basis"] == "measure":
        found = measures()[row["measure"]]
        return f"{_measured_text(found)}: {found.text}"
    record = claims.assess(row["claim_id"])
    if row["basis"] == "now" and record.now is not None:
        return _value_text(record.now)
    return f"{_verdict(row)}: {record.reason}" if record.reason else _verdict(row)


def _measured_text(found: hindsight.Measured) -> str:
    return signed_area(found.value) if found.unit == "km2" else _quantity(found.value, found.unit)


def _value_text(value: claims.Value) -> str:
    if value.value is None:
        return value.text
    text = _quantity(value.value, value.unit)
    return f"{text}: {value.text}" if value.text else text


def _quantity(value: float, unit: str) -> str:
    return f"{number(value, 1)} to one" if unit == "ratio" else quantity(value, unit)


MARKS = {
    "helps": ("stands", "circle"),
    "both": ("split", "diamond"),
    "hurts": ("falls", "cross"),
    "neutral": ("neutral", "square"),
    "open": ("unknown", "triangle-up"),
}


def board_table() -> pd.DataFrame:
    """Return the board as a table for readers."""
    rows = board()
    names = {
        "kind": "The article",
        "statement": "What it expected, hoped for or left open",
        "happened": "What happened",
        "effect": "Effect on the argument",
    }
    return rows[list(names)].rename(columns=names).set_index("The article")


def by_subset() -> pd.DataFrame:
    """Return the counts of effects on the whole board and on parts of it."""
    rows = board()
    subsets = {
        "whole board": rows,
        "judged by a verdict only": rows[rows["basis"] == "verdict"],
        "judged by a number only": rows[rows["basis"].isin(["now", "measure"])],
        "expected": rows[rows["kind"] == "expected"],
        "hoped for": rows[rows["kind"] == "hoped for"],
        "left open": rows[rows["kind"] == "left open"],
        "one item a claim (the first)": rows.drop_duplicates("claim_id"),
    }
    counts = {
        name: part["effect"].value_counts().reindex(hindsight.EFFECTS, fill_value=0)
        for name, part in subsets.items()
    }
    return pd.DataFrame(counts).T.astype(int).rename_axis("Part of the board")


def lines() -> pd.DataFrame:
    """Return how far each item judged by a number lies from its line."""
    rows = board()
    rows = rows[rows["basis"].isin(["now", "measure"])]
    values = [_value(row) for row in rows.to_dict("records")]
    texts = [_line_text(row) for row in rows.to_dict("records")]
    found = pd.DataFrame(
        {"Item": rows["label"].to_numpy(), "Value": values, "Line": texts, "Came": rows["came"]}
    )
    found["Value"] = [number(value, 2 if abs(value) < 10 else 0) for value in found["Value"]]
    return found.set_index("Item")


def _line_text(row: dict[Any, Any]) -> str:
    return f"{row['yes_if']} {number(row['threshold'], 2 if row['threshold'] % 1 else 0)}"


# Numbers of the prose ------------------------------------------------------------------------


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


def _range(evidence_id: str) -> str:
    row = evidence([evidence_id]).iloc[0]
    return f"{number(row['low'])} to {number(row['high'])}"


def _board_counts() -> dict[str, str]:
    rows = board()
    effects = rows["effect"].value_counts()
    hoped = rows[rows["kind"] == "hoped for"]["effect"].value_counts()
    expected = rows[rows["kind"] == "expected"]["effect"].value_counts()
    left = rows[rows["kind"] == "left open"]["effect"].value_counts()
    words = {"items": number(len(rows))}
    names = {"helps": "helps", "hurts": "hurts", "both": "both", "neutral": "neutral",
             "open": "open"}  # fmt: skip
    groups = {"": effects, "hoped-": hoped, "expected-": expected, "left-": left}
    for group, counts in groups.items():
        words |= {f"{group}{names[e]}": count(int(counts.get(e, 0))) for e in names}
    kinds = rows["kind"].value_counts()
    # "left open" is a kind; "left-open" is how many of that kind are open still.
    words |= {
        "expected": count(int(kinds["expected"])),
        "hoped-for": count(int(kinds["hoped for"])),
    }
    return words


def _land() -> dict[str, str]:
    found = measures()
    low = found["lowest-month"]
    year = territory.net_change_km2(total(), total()["date"].min().date(), date(2025, 6, 3))
    two = territory.net_change_km2(total(), total()["date"].min().date(), date(2026, 6, 3))
    gain = float(found["window-change"].value)
    return {
        "first-map": day(total()["date"].min()),
        "last-map": day(total()["date"].max()),
        "window-gain": signed_area(gain),
        "window-share": percent(gain / territory.UKRAINE_KM2, 1),
        "gain-one-year": signed_area(year),
        "gain-two-years": signed_area(two),
        "worst-week": percent(float(found["worst-week"].value)),
        "slow-month": month(low.day + "-01"),
        "slow-pace": number(low.value, 1),
        "pace-isw-before": number(_paced("ISW", hindsight.BEFORE), 1),
        "pace-isw-known": number(_known_row("Russian gain a day")["value"], 1),
        "pace-isw-in": number(_paced("ISW", hindsight.IN), 1),
        "pace-maps-in": number(_paced("DeepState", hindsight.IN), 1),
        "pace-maps-after": number(_paced("DeepState", hindsight.AFTER), 1),
        "pace-2026": number(_pace_of_2026(), 1),
        "pace-afp-before": number(_paced("AFP from ISW", hindsight.BEFORE), 1),
        "pace-afp-in": number(_paced("AFP from ISW", hindsight.IN), 1),
        "afp-months": count(_figures("AFP from ISW", hindsight.IN)),
        "april-isw": signed_area(_fact("isw-apr-2026-minus-116")),
        "april-maps": signed_area(_april()),
    }


def _figures(tracker: str, period: str) -> int:
    return int(_row_of(tracker, period)["figures"])


def _pace_of_2026() -> float:
    """Return km2 a day from the last map of 2025 to the last of all; the window ended before."""
    return territory.daily_rate_km2(total(), date(2025, 12, 31), total()["date"].max().date())


def _april() -> float:
    months = territory.monthly_net_change(total()).set_index("month")["net_change_km2"]
    return float(months["2026-04"])


def _losses() -> dict[str, str]:
    rows = exchange()
    armour = rows[rows["equipment"] == "tanks and armour"].reset_index(drop=True)
    whole = rows[rows["equipment"] == "all equipment"].reset_index(drop=True)
    at = armour.index[armour["end"] == pd.Timestamp(LAST_LIST)][0]
    ru, ua = (_known_row(f"Armour lost, {country}") for country in ("Russia", "Ukraine"))
    return {
        "ratio-eve": number(armour["ratio"][at], 1),
        "ratio-eve-from": month(armour["start"][at]),
        "ratio-window": number(float(measures()["armour-ratio"].value), 1),
        "ratio-last": number(armour["ratio"].iloc[-1], 1),
        "ratio-all-last": number(whole["ratio"].iloc[-1], 1),
        "ratio-all-end": number(
            whole.loc[whole["end"] == pd.Timestamp(WINDOW_LIST), "ratio"].iloc[0], 1
        ),
        "ru-armour-known": number(ru["value"]),
        "ru-armour-in": number(ru["in_window"]),
        "ru-armour-after": number(ru["after"]),
        "ua-armour-known": number(ua["value"]),
        "ua-armour-in": number(ua["in_window"]),
        "ua-armour-after": number(ua["after"]),
    }


def _aid() -> dict[str, str]:
    rows = given().set_index(["period", "donor_group"])["eur_bn_a_month"]
    names = [name for name, _, _ in hindsight.AID_PERIODS]
    arms = sums().query("side == 'arms'")
    inside = arms[arms["day"] <= pd.Timestamp("2025-12-01")]["total"].iloc[-1]
    return {
        "us-before": number(rows[names[0], "United States"], 1),
        "us-last": number(rows[names[1], "United States"], 1),
        "us-after": number(rows[names[2], "United States"], 1),
        "europe-before": number(rows[names[0], "Europe"], 1),
        "europe-last": number(rows[names[1], "Europe"], 1),
        "europe-after": number(rows[names[2], "Europe"], 1),
        "both-before": number(rows[names[0]].sum(), 1),
        "both-after": number(rows[names[2]].sum(), 1),
        "arms-window": f"€{number(inside)} bn",
    }


def _people() -> dict[str, str]:
    weekly = tables.read("meduza-dead-2026")
    low, high = (
        losses.dead_by(weekly, WINDOW_END.date(), name) - losses.dead_by(weekly, LAST_LIST, name)
        for name in ("dead_low", "dead_high")
    )
    return {
        "ru-dead": number(round(_dead_in_window(), -3)),
        "ru-dead-low": number(round(low, -3)),
        "ru-dead-high": number(round(high, -3)),
        "ua-dead-then": number(_fact("zelensky-31k-2024-02")),
        "ua-dead-now": number(_fact("zelensky-55k-2026-02")),
        "ua-dead-csis": _range("csis-ua-dead-2026-06"),
        "ua-named": number(_fact("ukrwarlosses-ua-dead-missing-2025-11")),
    }


# The usual number of interviews of a telephone poll; that of December 2025 is not printed.
POLL_SIZE = 1000


def _opinion() -> dict[str, str]:
    rows = answers().set_index(["label", "fieldwork_start"])["share_pct"]
    never, some, soon = (
        rows[name] for name in ("No land for peace", "Some land for peace", "Talks soon")
    )
    eve = never[never.index < pd.Timestamp("2024-01-01")].iloc[-1]
    low, high = opinion.share_interval(float(never.iloc[-1]), POLL_SIZE)
    return {
        "poll-size": number(POLL_SIZE),
        "never-low": percent(low / 100),
        "never-high": percent(high / 100),
        "never-known": percent(eve / 100),
        "never-may": percent(never[pd.Timestamp("2024-05-16")] / 100),
        "never-last": percent(never.iloc[-1] / 100),
        "some-may": percent(some[pd.Timestamp("2024-05-16")] / 100),
        "some-last": percent(some.iloc[-1] / 100),
        "soon-2023": percent(soon[pd.Timestamp("2023-01-01")] / 100),
        "soon-2024": percent(soon[pd.Timestamp("2024-08-01")] / 100),
        "soon-last": percent(soon.iloc[-1] / 100),
    }


def _terms() -> dict[str, str]:
    rows = apart().query("distance == 'apart for sure'")
    keys = {
        "April 2022": "spring-2022",
        "2 June 2024": "eve",
        "15 June 2024": "list",
        "3 December 2025": "end",
        "June 2026": "now",
    }
    words = {}
    for row in rows[rows["name"].isin(list(keys))].to_dict("records"):
        words[f"apart-{keys[row['name']]}"] = count(int(row["items"]))
        words[f"common-{keys[row['name']]}"] = count(int(row["common"]))
    eve = standing("Russia", DAYS["2 June 2024"])
    eve = eve[eve["block"] != "procedure"]
    old = int((eve["date"] < hindsight.ANNEXATION).sum())
    return words | {"old-terms": count(old), "standing-terms": count(len(eve))}


def _economy() -> dict[str, str]:
    rates = axis()[axis()["series"] == "Key rate"].dropna(subset=["month"])
    top = rates.sort_values("value").iloc[-1]
    last = rates.sort_values("month").iloc[-1]
    capacity_table = tables.read("russia-war-capacity")
    growth = capacity.yearly(capacity_table, "growth of GDP").set_index("start")["value"]
    return {
        "growth-2024": percent(growth[pd.Timestamp("2024-01-01")] / 100, 1),
        "growth-2025": percent(growth[pd.Timestamp("2025-01-01")] / 100, 1),
        "rate-then": percent(_fact("cbr-2024-04-rate") / 100),
        "rate-top": percent(top["value"] / 100),
        "rate-last": percent(last["value"] / 100, 1),
        "rate-last-month": month(last["month"]),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (
        _board_counts(), _land(), _losses(), _aid(), _people(), _opinion(), _terms(), _economy(),
    )  # fmt: skip
    return {name: text for part in parts for name, text in part.items()}


# Figures -------------------------------------------------------------------------------------


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def panel(text: str) -> dict[str, Any]:
    """Return the heading of one panel of a figure, below the type size of the figure's title."""
    return {"text": text, "fontSize": 13, "fontWeight": 600, "color": colour("ink"), "offset": 6}


def _km2(change: str) -> str:
    """Return the square kilometres of a signed area, without the sign."""
    return change.split(" (")[0].lstrip("+")


def _board_figure() -> dict[str, Any]:
    s = {name: "none" if text == "no" else text for name, text in strings().items()}
    return {
        "title": "What was expected mostly turned out for the argument; what was hoped for mostly "
        "did not",
        "subtitle": "What each outcome does to the article’s argument, by a rule declared for "
        "each; state of August 2026",
        "source": "Sources: the claims of this book and their evidence",
        "note": "Counts of unequal things are no score. Open means that nobody can tell yet, or "
        "ever.",
        "alt": (
            f"Board of {s['items']} things. Expected, helping the argument: "
            f"{s['expected-helps']}; both helping and hurting: {s['expected-both']}; hurting: "
            f"{s['expected-hurts']}. Hoped for, helping: {s['hoped-helps']}; both: "
            f"{s['hoped-both']}; hurting: {s['hoped-hurts']}; open: {s['hoped-open']}. Left open, "
            f"helping: {s['left-helps']}; both: {s['left-both']}; hurting: {s['left-hurts']}; "
            f"neutral: {s['left-neutral']}; still open: {s['left-open']}."
        ),
        "caption": "A mark stands under what the outcome does to the argument for waiting. The "
        "table has the rule and the claim for each.",
        "claims": sorted(set(board()["claim_id"])),
        "columns": {
            "kind": "The article",
            "label": "Item",
            "claim_id": "Claim",
            "statement": "In words",
            "then": "Then",
            "happened": "What happened",
            "effect": "Effect",
            "why": "Why it has this effect",
        },
    }


def _axis_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Russian forces gained {_km2(s['window-gain'])} to the window’s end, "
        "new American arms stopped, and demands stayed apart",
        "subtitle": f"{count(len(PANELS)).capitalize()} measures by month, 2023 to August 2026; "
        "shaded: the article’s eighteen months",
        "source": f"Sources: {sources()}",
        "note": (
            "No series is joined to another. A gap is a month without a figure; a flat piece may "
            "be the mean of several months; lists of losses catch up in bursts. "
            "Code: 0, Ukraine leaves four provinces; 2, freeze; 4, Russia leaves Ukraine. "
            "No like series of Ukraine’s economy or of Russian arms is held."
        ),
        "alt": (
            "Panels on one axis of months. Land: the maps show "
            f"{s['pace-maps-in']} km² a day "
            f"in the window and {s['pace-maps-after']} after. Armour lost a month: Russian forces "
            f"{s['ru-armour-known']} before, {s['ru-armour-in']} in the window, "
            f"{s['ru-armour-after']} after; Ukrainian forces {s['ua-armour-known']}, "
            f"{s['ua-armour-in']}, {s['ua-armour-after']}. American arms end in January 2025, "
            f"European ones go on. No land for peace falls from {s['never-known']} to "
            f"{s['never-last']}, talks soon rises from {s['soon-2023']} to {s['soon-last']}. "
            f"Russia asks for code {_asks('Russia', '2024-06')} from June 2024 and "
            f"{_asks('Russia', '2025-08')} from August 2025, Ukraine for "
            f"{_asks('Ukraine', '2024-11')} from November 2024. The key rate goes from "
            f"{s['rate-then']} to {s['rate-top']} and to "
            f"{s['rate-last']}."
        ),
        "caption": "Read down a month. That things happened in the same month does not make one "
        "the cause of the other.",
        "claims": ["eighteen-months", "wait-for-information", "russia-tempo", "leverage-follows"],
        "columns": {
            "month": "Month",
            "heading": "Measure",
            "series": "Series",
            "value": Column("Value", 2),
            "spans_months": Column("Mean of months", 0),
            "period": "Period",
        },
    }


def _known_figure() -> dict[str, Any]:
    s = strings()
    rows = known().set_index("label")
    return {
        "title": "Russian forces took land "
        f"{number(rows['ratio_in_window']['Russian gain a day'], 1)} times as fast as was known; "
        f"American arms came at {number(rows['ratio_in_window']['American arms'], 1)} of the pace",
        "subtitle": "What came, over what was known on the article’s day (known = 1)",
        "source": "Sources: ISW as published; Oryx; Kiel Institute; Meduza and Mediazona; "
        "President of Ukraine; KIIS; Gallup; Bank of Russia",
        "note": (
            "Each row is one source. Talks soon was published later. The model of the dead was "
            "made anew in 2026 and has the missing; Ukraine’s own count is far below others."
        ),
        "alt": "Dot plot. "
        + " ".join(
            f"{row['label']}: known {row['was']}, in the window {row['came']}, after "
            f"{row['later']}."
            for row in known_table().to_dict("records")
        ),
        "caption": f"Filled: the window. Hollow: after it. Ukraine’s own count of its dead went "
        f"from {s['ua-dead-then']} to {s['ua-dead-now']}; CSIS has {s['ua-dead-csis']}.",
        "claims": ["russia-tempo", "aid-fades", "public-opposes", "third-still-heavy"],
        "columns": {
            "label": "Measure",
            "was": "Known",
            "basis": "Known from",
            "published_by_then": "Published by 3 June 2024",
            "came": "In the window",
            "later": "After",
        },
    }


def _pace_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Every tracker with figures on both sides shows the window faster than before; "
        "after it the pace fell",
        "subtitle": "Russian gains, km² a day, before (from January 2023), in and after the window",
        "source": "Sources: DeepState as published and maps; AFP from ISW maps; ISW; War Mapper",
        "note": (
            "Compare within a panel only. DeepState’s months before are March and May 2024. ISW is "
            "gross, the others net; AFP does not say so before 2025."
        ),
        "alt": "Dot plot by tracker. "
        + " ".join(
            f"{row['tracker']}, {row['period']}: {number(row['km2_per_day'], 1)} km² a day."
            for row in pace().to_dict("records")
        ),
        "caption": f"ISW’s net count for April 2026 is {s['april-isw']}, that of the maps "
        f"{s['april-maps']}: the trackers part over whether the advance had stopped.",
        "claims": ["slow-advances", "no-collapse", "russia-tempo"],
        "columns": {
            "tracker": "Tracker",
            "measure": "Measure",
            "period": "Period",
            "km2_per_day": Column("km² a day", 1),
            "days": Column("Days covered", 0),
            "figures": Column("Figures", 0),
        },
    }


def _exchange_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"The exchange of confirmed armour fell from {s['ratio-eve']} to one before the "
        f"article to {s['ratio-last']} to one",
        "subtitle": "Confirmed Russian losses for each Ukrainian one, by interval between lists",
        "source": "Source: Oryx",
        "note": "The list of all equipment lost its drones and robots in 2026: no value over the "
        "change. A picture is needed; who films more has changed.",
        "alt": (
            f"Steps. Tanks and armour: {s['ratio-eve']} from {s['ratio-eve-from']} to the article, "
            f"{s['ratio-window']} over the window, {s['ratio-last']} at the end. All equipment: "
            f"{s['ratio-all-end']} at the end of the window, {s['ratio-all-last']} in 2026."
        ),
        "caption": "Above the line Russian forces lost more pieces than Ukrainian forces, below it "
        "fewer.",
        "claims": ["equip-16000", "tanks-3000", "armour-5000", "russia-tempo"],
        "columns": {
            "equipment": "Equipment",
            "start": "From",
            "end": "To",
            "russia": Column("Russian", 0),
            "ukraine": Column("Ukrainian", 0),
            "ratio": Column("Ratio", 2),
        },
    }


def _aid_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"New American arms fell to nothing; Europe went from {s['europe-last']} to "
        f"{s['europe-after']} billion euros a month",
        "subtitle": "Military allocations, billion euros a month, by donor group",
        "source": "Source: Kiel Institute, Ukraine Support Tracker, "
        f"{aid.release_name(kiel())} ({month(tables.day_of_state('kiel-monthly-groups'))})",
        "note": "Allocated is not delivered; arms allocated earlier went on arriving. Current "
        "prices. Months of the window: June 2024 to November 2025.",
        "alt": (
            f"Bars. United States: {s['us-before']} before the article, {s['us-last']} to January "
            f"2025, {s['us-after']} from February 2025. Europe: {s['europe-before']}, "
            f"{s['europe-last']}, {s['europe-after']}. Others: small."
        ),
        "caption": f"All donors together: {s['both-before']} before the article, "
        f"{s['both-after']} from February to November 2025.",
        "claims": ["aid-fades", "europe-aid", "aid-despite-trump", "us-principal-supplier"],
        "columns": {
            "period": "Period",
            "donor_group": "Donors",
            "months": Column("Months", 0),
            "eur_bn": Column("€ bn", 1),
            "eur_bn_a_month": Column("€ bn a month", 2),
        },
    }


def _opinion_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Talks found a majority ({s['soon-last']}), giving up land did not "
        f"({s['some-last']})",
        "subtitle": "Share of answers in Ukraine, percent; bars: 95 percent interval where n is "
        "printed",
        "source": "Sources: KIIS and Gallup, as read in the press",
        "note": "The questions differ: never one line. Gallup’s figures for 2022 and 2023 are "
        "means of a "
        "year, restated in 2024. All polls leave out occupied land and most soldiers.",
        "alt": (
            f"A panel for each question. Concessions: under no circumstances {s['never-known']} "
            f"in December 2023, "
            f"{s['never-may']} in May 2024, {s['never-last']} in December 2025; some land "
            f"{s['some-may']} in May 2024, {s['some-last']} in December 2025. Talks as soon as "
            f"possible: {s['soon-2023']} in 2023, {s['soon-2024']} in autumn 2024, "
            f"{s['soon-last']} in July 2025."
        ),
        "caption": "The shaded months are the window. Most of the change on land came before it, "
        "most of the change on talks in it.",
        "claims": ["public-opposes", "not-one-yes", "draft-evasion"],
        "columns": {
            "panel": "Question",
            "label": "Answer",
            "middle": "Middle of fieldwork",
            "share_pct": Column("Share, %", 0),
            "printed_n": "n",
        },
    }


def _terms_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"The demands were nearest in April 2022; from {s['apart-eve']} items apart for "
        f"sure they came to {s['apart-end']} by the window’s end",
        "subtitle": "Items on which both sides’ standing terms speak, by whether the codes can "
        "meet",
        "source": "Sources: proposals of 2022 to 2026 coded for this book, both passes together",
        "note": "What a later paper does not mention is taken to stand: on 2 June 2024 "
        f"{s['old-terms']} of Russia’s {s['standing-terms']} terms are of April 2022. Items differ "
        "in weight; a demand without a number looks nearer than one with.",
        "alt": "Stacked bars. "
        + " ".join(
            f"{row['name']}: {row['items']} of {row['common']} apart for sure."
            for row in apart().query("distance == 'apart for sure'").to_dict("records")
        ),
        "caption": "The bars of June 2024 stand on either side of the public Russian list of "
        "14 June.",
        "claims": ["eighteen-months", "partition-variants", "bargaining-power"],
        "columns": {
            "name": "Day",
            "distance": "Distance",
            "items": Column("Items", 0),
            "common": Column("Of", 0),
        },
    }


def _sides_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"In the window {s['arms-window']} in arms was allocated and "
        f"{_km2(s['window-gain'])} of land was lost",
        "subtitle": "Running totals since the article (arms) and since the first map (land)",
        "source": f"Sources: Kiel Institute, {aid.release_name(kiel())}; DeepState maps, areas "
        "computed for this book",
        "note": "Neither is the price of the other, and neither says what talks would have "
        "brought or cost.",
        "alt": (
            f"Panels of equal size. Arms allocated by all donors reach {s['arms-window']} by "
            f"the end of November 2025. Land lost reaches {s['window-gain']} by the window’s end, "
            f"{s['window-share']} of Ukraine."
        ),
        "caption": "The line marks the end of the window.",
        "claims": ["leverage-follows", "wait-for-information", "time-ukraine-has"],
        "columns": {"side": "What", "day": "To", "total": Column("Total", 1)},
    }


_FIGURES = {
    "hindsight-board": _board_figure,
    "hindsight-axis": _axis_figure,
    "hindsight-known": _known_figure,
    "hindsight-pace": _pace_figure,
    "hindsight-exchange": _exchange_figure,
    "hindsight-aid": _aid_figure,
    "hindsight-opinion": _opinion_figure,
    "hindsight-terms": _terms_figure,
    "hindsight-sides": _sides_figure,
}
