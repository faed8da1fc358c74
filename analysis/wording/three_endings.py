"""Numbers and figure texts of the chapter on the three endings."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from analysis import bargaining, book, claims, endings, tables, territory
from analysis.assessments import three_endings as judged
from analysis.book import Column
from analysis.formatting import between, count, day, number, percent, signed_area

ARTICLE = claims.ARTICLE_DATE
WINDOW_END = claims.WINDOW_END
WINDOW_YEARS = endings.WINDOW_DAYS / 365.25
DEEPSTATE_SOURCE = "DeepState maps, areas computed for this book"
COW_SOURCE = "Correlates of War, inter-state wars, version 4.0"
MODEL_SOURCE = "model of this book, a lens and no evidence"

APRIL_ENDS = pd.Timestamp("2026-04-30").date()
# The shortest and the longest wars, by the names of their lengths.
SHORT, *_, LONG = (name for name, _, _ in endings.LENGTHS)
AUTUMN = (pd.Timestamp("2022-08-29").date(), pd.Timestamp("2022-11-15").date())


@cache
def wars() -> pd.DataFrame:
    """Return the wars between states since 1823."""
    return tables.read("interstate-wars")


@cache
def age() -> int:
    """Return how many days the war had lasted on 3 June 2024."""
    return endings.age_days(endings.ARTICLE)


@cache
def curve() -> pd.DataFrame:
    """Return the survival curve of all wars, in years."""
    table = endings.survival(wars())
    return table.assign(years=table["days"] / 365.25)


@cache
def marks() -> pd.DataFrame:
    """Return the ages of this war that are marked on the curve."""
    days = {
        "article": endings.ARTICLE,
        "window ends": WINDOW_END.date(),
        "last map": last_map().date(),
    }
    ages = {name: endings.age_days(moment) for name, moment in days.items()}
    rows = [(name, n, n / 365.25, _surviving(n)) for name, n in ages.items()]
    return pd.DataFrame(rows, columns=["name", "days", "years", "surviving"])


def _surviving(days: int) -> float:
    return float(endings.surviving_at(curve(), days)["surviving"])


@cache
def last_map() -> pd.Timestamp:
    """Return the day of the last daily map."""
    return pd.Timestamp(judged.maps()["date"].max())


@cache
def old_wars() -> pd.DataFrame:
    """Return the wars that outlasted this one's age on 3 June 2024, in further years."""
    table = endings.outlasting(wars(), age())
    short = table["war"].replace({"Second Laotian, Phase 2": "Laos, phase 2",
                                  "Vietnam War, Phase 2": "Vietnam, phase 2",
                                  "Second Greco-Turkish": "Greco-Turkish, 2nd",
                                  "Third Sino-Japanese": "Sino-Japanese, 3rd"})  # fmt: skip
    return table.assign(name=short, further_years=table["further_days"] / 365.25)


@cache
def land() -> pd.DataFrame:
    """Return what two periods of this war brought in land, as shifts in the model's unit."""
    areas = tables.read("oblast-areas")
    isw = territory.isw_control(tables.read("isw-control-2022"), tables.read("isw-layers-daily"))
    first = judged.maps()["date"].min().date()
    window = endings.land_shift(judged.maps(), areas, first, WINDOW_END.date())
    autumn = endings.land_shift(isw, areas, *AUTUMN, value="area_km2")
    names = ["land, the window", "land, autumn 2022"]
    return pd.DataFrame({"name": names, "expected_shift": [window, autumn]})


@cache
def prices() -> pd.DataFrame:
    """Return Russia's share in a deal now and later, by the shift expected, in percent."""
    table = bargaining.prices_by_shift(np.linspace(-0.10, 0.30, 41))
    return table.assign(price_pct=100 * table["price"], shift_pct=100 * table["expected_shift"])


@cache
def flips() -> pd.DataFrame:
    """Return the value of each assumption at which waiting begins to pay."""
    return bargaining.flips()


def flips_table() -> pd.DataFrame:
    """Return the flips as the chapter prints them, indexed by assumption."""
    table = flips()
    rows = pd.DataFrame(
        {
            "assumption": table["label"],
            "middle": [number(value, 2) for value in table["middle"]],
            "range": [
                f"{number(low, 2)} to {number(high, 2)}"
                for low, high in zip(table["low"], table["high"], strict=True)
            ],
            "waiting pays from": [
                "no value" if np.isnan(value) else number(value, 2) for value in table["flip"]
            ],
            "where": table["found"],
        }
    )
    return rows.set_index("assumption")


@cache
def weights() -> pd.DataFrame:
    """Return which assumptions move the advantage of waiting, in percent of its variance."""
    table = tables.read("bargaining-sobol")
    rows = table[table["measure"] == "advantage of waiting"]
    labels = bargaining.parameters()["label"].to_dict()
    rows = rows.assign(label=rows["parameter"].map(labels), total_pct=100 * rows["total"])
    most = rows.groupby("parameter")["total"].transform("max")
    return rows[most >= 0.01].sort_values(["width", "total"], ascending=[True, False])


@cache
def scores() -> pd.DataFrame:
    """Return the parts of the endings with their order in the figure."""
    return endings.scorecard(tables.read("endings-scorecard"))


@cache
def spans() -> pd.DataFrame:
    """Return the dates held for the end of a resource."""
    return endings.clock_spans(tables.read("war-clocks"), judged.stores_run_out())


@cache
def began() -> pd.DataFrame:
    """Return how those who began wars fared, long form, for a stacked chart."""
    table = endings.initiators(wars())
    return table.melt(
        id_vars=["length", "wars"], value_vars=["won", "lost", "neither"],
        var_name="result", value_name="count",
    )  # fmt: skip


def requirements_table() -> pd.DataFrame:
    """Return what the article asks of the second and third endings, twice."""
    table = endings.requirements(tables.read("ending-requirements"), (2, 3))
    names = {place: f"ending {count(place)}" for place in (2, 3)}
    table = table.assign(name=table["ending"].map(names)).sort_values(["place", "ending"])
    wide = table.set_index(["requirement", "name"])["in_description"].unstack()  # noqa: PD010
    wide = wide.loc[table["requirement"].drop_duplicates()]
    wide["asked by the sentence"] = "yes, of both"
    return wide.rename_axis(columns=None)


def talks_table() -> pd.DataFrame:
    """Return the talks after the article with the land held on their day."""
    held = endings.held_on(judged.talks_after(), judged.maps(), territory.UKRAINE_KM2)
    table = pd.DataFrame(
        {
            "day": [day(value) for value in held["date"]],
            "talks": held["event"],
            "held by Russian forces": [percent(value / 100, 1) for value in held["share_pct"]],
        }
    )
    return table.set_index("day")


# Strings ----------------------------------------------------------------------------------


def _base_rates() -> dict[str, str]:
    longer = endings.outlasting(wars(), age())
    ended, of = endings.ending_within(wars(), age(), endings.WINDOW_DAYS)
    share, low, high = endings.exact_share(ended, of)
    outlasted = endings.exact_share(len(longer), len(wars()))
    censored = endings.surviving_at(endings.survival(wars(), open_endings_count=False), age())
    recent = wars()[wars()["start"] >= pd.Timestamp("1946-01-01")]
    recent_ended, recent_of = endings.ending_within(recent, age(), endings.WINDOW_DAYS)
    return {
        "years-end": number(curve()["years"].max(), 1),
        "age": number(age()),
        "wars": number(len(wars())),
        "wars-longer": number(len(longer)),
        "share-longer": percent(outlasted[0]),
        "share-longer-range": between(percent(outlasted[1]), percent(outlasted[2])),
        "share-longer-censored": percent(float(censored["surviving"])),
        "ended-window": count(ended),
        "went-on": count(of - ended),
        "share-window": percent(share),
        "share-window-range": between(percent(low), percent(high)),
        "recent-ended": count(recent_ended),
        "recent-of": count(recent_of),
        "median-further": number(float(longer["further_days"].median())),
        "first-war": str(wars()["start"].min().year),
        "last-war": str(wars()["start"].max().year),
    }


def _outcomes() -> dict[str, str]:
    table = endings.endings_by_age(wars(), age())
    old = table[table["group"] == "as long as this one"].set_index("ending")["wars"]
    every = table[table["group"] == "all wars"].set_index("ending")
    fared = endings.initiators(wars()).set_index("length").to_dict("index")
    short, long = fared[SHORT], fared[LONG]
    old_fared = endings.outlasting(wars(), age())["initiator_result"].value_counts()
    return {
        "old-winner": count(int(old["winner named"])),
        "old-stalemate": count(int(old["stalemate"])),
        "all-winner": percent(every["share_pct"]["winner named"] / 100),
        "short-wars": number(short["wars"]),
        "short-won": number(short["won"]),
        "long-wars": number(long["wars"]),
        "long-won": count(int(long["won"])),
        "long-lost": count(int(long["lost"])),
        "long-share": percent(long["share_pct"] / 100),
        "long-range": between(percent(long["low_pct"] / 100), percent(long["high_pct"] / 100)),
        "short-share": percent(short["share_pct"] / 100),
        "old-won": count(int(old_fared["won"])),
        "old-lost": count(int(old_fared["lost"])),
    }


def _model() -> dict[str, str]:
    middle = bargaining.middle()
    solved = bargaining.solve(middle).iloc[0]
    table = flips().set_index("parameter")
    found = table["found"].value_counts()
    flip = table["flip"].to_dict()
    window = float(middle["window_share"].iloc[0]) * (
        float(middle["cost_russia"].iloc[0]) + float(middle["cost_ukraine"].iloc[0])
    )
    believed = 1 - float(middle["believed"].iloc[0])
    _, high = bargaining.bounds("expected_shift", "halved")
    moved = land().set_index("name")["expected_shift"]
    lines = {name: bargaining.declared(name) for name in ("line_settlement", "line_punitive")}
    return {
        "middle-share": percent(bargaining.declared("russia_share")),
        "middle-cost": percent(bargaining.declared("cost_russia")),
        "middle-shift": percent(bargaining.declared("expected_shift")),
        "range-low": percent(_range()[0]),
        "range-high": percent(_range()[1]),
        "window-cost": percent(window, 1),
        "unbelieved": percent(believed * float(middle["expected_shift"].iloc[0]), 1),
        "flip-shift": percent(flip["expected_shift"], 1),
        "flip-closed": percent(window / believed, 1),
        "flip-cost": percent(flip["cost_ukraine"], 1),
        "flips-within": count(int(found.get("within the range", 0))),
        "shift-halved": percent(high),
        "shift-low": percent(bargaining.declared("expected_shift", "low")),
        "shift-high": percent(bargaining.declared("expected_shift", "high")),
        "price-now": percent(solved["price_now"]),
        "price-later": percent(solved["price_later"]),
        "land-window": percent(moved["land, the window"], 1),
        "land-autumn": percent(moved["land, autumn 2022"], 1),
        "line-two": percent(lines["line_settlement"]),
        "line-one": percent(lines["line_punitive"]),
        "guesses": count(int((bargaining.parameters()["basis"] == "guess").sum())),
        "from-data": count(int((bargaining.parameters()["basis"] == "data").sum())),
        "assumptions": count(len(bargaining.names())),
        **_crossings(),
        **_weights(),
    }


def _range() -> tuple[float, float]:
    """Return the bargaining range at the middles of the parameters."""
    names = ("russia_share", "cost_russia", "cost_ukraine")
    return bargaining.bargaining_range(*(bargaining.declared(name) for name in names))


def _crossings() -> dict[str, str]:
    table = prices()
    later = table[table["deal"] == "after the window"]
    now = table[table["deal"] == "now"]
    cross = later.loc[later["price"].to_numpy() <= now["price"].to_numpy(), "expected_shift"]
    two = later.loc[later["ending"] == bargaining.ENDINGS[0], "expected_shift"]
    two_now = now.loc[now["ending"] == bargaining.ENDINGS[0], "expected_shift"]
    one = later.loc[later["ending"] == bargaining.ENDINGS[2], "expected_shift"]
    return {
        "price-cross": percent(float(cross.min())),
        "two-later-from": percent(float(two.min())),
        "two-now-from": percent(float(two_now.min())),
        "one-later-to": percent(float(one.max())),
    }


def _weights() -> dict[str, str]:
    table = weights().set_index(["width", "parameter"])["total"]
    shift = [table[(width, "expected_shift")] for width in bargaining.WIDTHS]
    cost = [table[(width, "cost_ukraine")] for width in bargaining.WIDTHS]
    return {
        "weight-shift": between(percent(min(shift)), percent(max(shift))),
        "weight-cost": between(percent(min(cost)), percent(max(cost))),
    }


def _endings() -> dict[str, str]:
    table = scores()
    named = table[table["ending"] <= 3]
    counts = named["met"].value_counts()
    talks = judged.talks_after()
    held = judged.maps().set_index("date")["occupied_km2"]
    return {
        "endings": count(len(bargaining.ENDINGS)),
        "parts": count(len(named)) if len(named) <= 12 else number(len(named)),
        "parts-met": count(int(counts["met"])),
        "parts-in-part": count(int(counts["in part"])),
        "parts-open": count(int(counts["open"])),
        "parts-not": count(int(counts["not met"])),
        "talks-rounds": count(len(talks)),
        "talks-first": day(talks["date"].iloc[0]),
        "talks-days": number((talks["date"].iloc[0] - ARTICLE).days),
        "window-gain": signed_area(judged.window_gain_km2()),
        "since-window": signed_area(judged.gain_since_window_km2()),
        **_after_the_window(),
        "held-last": percent(float(held.iloc[-1]) / territory.UKRAINE_KM2, 1),
        "held-first": percent(float(held.iloc[0]) / territory.UKRAINE_KM2, 1),
        "first-map": day(held.index[0]),
        "last-map": day(held.index[-1]),
        "army-28": number(judged._fact("plan28-army")),
        "army-20": number(judged._fact("plan20-army")),
        "truce-days": count(int(judged._fact("fwt-truce-may-2026"))),
        "ceasefire-chance": percent(judged._fact("fwt-forecastbench-metaculus-ceasefire-aug2026")),
        "nato-chance": percent(judged._fact("fwt-manifold-nato-2035")),
        "rounds-failing": percent(judged._fact("fwt-min-three-quarters-fail")),
        "settled-short": percent(judged._fact("fwt-min-two-thirds-settle")),
        "some-talks": percent(judged._fact("fwt-min-four-fifths-negotiate")),
    }


def _after_the_window() -> dict[str, str]:
    """Return how the advance slowed by steps, and what the trackers say of April 2026."""
    months = territory.monthly_net_change(judged.maps()).set_index("month")
    pace = months["net_change_km2"] / months["days"]
    spring = months.loc["2026-02":"2026-04"]
    since = territory.daily_rate_km2(judged.maps(), APRIL_ENDS, last_map().date())
    whole = months[months["full_month"]]
    freed = int((whole["net_change_km2"] < 0).sum())
    return {
        "pace-december": number(pace["2025-12"], 1),
        "pace-january": number(pace["2026-01"], 1),
        "pace-spring": number(spring["net_change_km2"].sum() / spring["days"].sum(), 1),
        "pace-since-may": number(since, 1),
        "months-freed": count(freed) if freed else "none",
        "months-whole": number(len(whole)),
        "august-part": signed_area(float(months["net_change_km2"].iloc[-1])),
        "april-isw": signed_area(judged._fact("isw-apr-2026-minus-116")),
        "april-maps": signed_area(float(months["net_change_km2"]["2026-04"])),
    }


def _clocks() -> dict[str, str]:
    table = spans()
    dated = table[table["basis"] == "stated"]
    lines = judged.stores_run_out().set_index("publisher").to_dict("index")["Re:Russia"]
    return {
        "clocks": count(len(dated)),
        "clock-first": day(dated["end"].min()),
        "clock-last": day(dated["end"].max()),
        "tanks-russia-2022": number(lines["start_tanks"]),
        "tanks-russia-2024": number(lines["end_tanks"]),
        "tanks-line": str(lines["runs_out"].year),
        "claims": count(len(claims.at_home_in("three-endings"))),
        "claims-open": count(sum(r.verdict == "open" for r in claims.at_home_in("three-endings"))),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_base_rates(), _outcomes(), _model(), _endings(), _clocks())
    return {name: text for part in parts for name, text in part.items()}


# Figures ----------------------------------------------------------------------------------


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _survival() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"On the article’s day the war had outlasted all but {s['wars-longer']} of "
        f"{s['wars']} wars between states",
        "subtitle": "Wars that last longer than so many years, percent of all, 1823 to 2003",
        "source": f"Source: {COW_SOURCE}; shares computed for this book",
        "note": "Band: pointwise 95 percent interval, log-log scale.",
        "alt": (
            f"Falling step curve with a band. At the age of this war on 3 June 2024, {s['age']} "
            f"days, {s['share-longer']} of wars go on (interval {s['share-longer-range']}, exact). "
            f"The curve reaches nothing after {s['years-end']} years."
        ),
        "caption": f"Dots: this war on {count(len(marks()))} days. Few wars carry the right end "
        f"of the curve.",
        "claims": ["bargaining-power", "time-ukraine-has"],
        "columns": {
            "days": Column("Days", 0),
            "surviving": Column("Go on, share", 3),
            "low": Column("Low", 3),
            "high": Column("High", 3),
        },
    }


def _prices() -> dict[str, Any]:
    s = strings()
    return {
        "title": "In the model a deal after the window moves more with the shift expected than a "
        "deal now",
        "subtitle": "Russia’s share in a deal, percent, by the shift that Ukraine expects of "
        "the window, percent of what is in dispute; all else at its middle",
        "source": f"Source: {MODEL_SOURCE}; land: DeepState maps, ISW by The Economist",
        "note": "The price only: what the fighting costs is not in these lines.",
        "alt": (
            f"Falling lines. A deal now runs through all {s['endings']} bands more flatly than a "
            f"deal after the window; they cross at a shift of {s['price-cross']}. Land alone "
            f"moved by "
            f"{s['land-window']} in the window and by {s['land-autumn']} in the autumn of 2022."
        ),
        "caption": "Bands: the article’s endings, divided by lines that the book drew. "
        "Broken line: the later deal. Dotted: what land alone did, in the window and in 2022.",
        "claims": ["bargaining-power", "ending-punitive", "ending-settlement", "ending-neutral"],
        "columns": {
            "deal": "Deal",
            "expected_shift": Column("Shift expected", 2),
            "price": Column("Russia’s share", 3),
            "ending": "Ending",
        },
    }


def _map() -> dict[str, Any]:
    s = strings()
    return {
        "title": "In the model waiting pays where the shift that Russia does not yet believe "
        "outweighs what the window costs",
        "subtitle": "What is best for Ukraine in the model, by the shift that it expects and the "
        "cost of the war to come to each side, parts of what is in dispute",
        "source": f"Source: {MODEL_SOURCE}",
        "note": "Line: boundary in closed form, when Russia’s cost is known and a deal holds.",
        "alt": (
            "Map of the model. Upper left, settling now is best; lower right, below a straight "
            f"line, waiting for power. At the middle cost the line is crossed at a shift of "
            f"{s['flip-closed']}. At the lowest costs a deal made now would not hold: there "
            "waiting for a guarantee is best or, with a large shift, no deal holds."
        ),
        "caption": f"Controls: {count(len(_SLIDERS))} assumptions at a time. Areas of the picture "
        f"are not "
        "probabilities: nobody knows where in it the war was.",
        "claims": ["bargaining-power"],
        "columns": {
            "expected_shift": Column("Shift expected", 2),
            "cost_each": Column("Cost to each", 2),
            "region_name": "Best for Ukraine",
            "advantage": Column("Advantage of waiting", 3),
        },
    }


def _weights_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "What Ukraine expects to gain, and what the war costs it, decide the model’s "
        "answer",
        "subtitle": "Part of the variance of the advantage of waiting that involves an assumption, "
        "percent, ranges as declared, halved and doubled",
        "source": f"Source: {MODEL_SOURCE}; Sobol’ total indices by scipy",
        "note": "Parts add up to more than the whole where assumptions act together.",
        "alt": (
            f"Dot plot. The shift expected accounts for {s['weight-shift']} of the variance, "
            f"Ukraine’s cost for {s['weight-cost']}; what Russia believes, its cost and the length "
            "of the war for less. The order is the same under every width at the top."
        ),
        "caption": "Assumptions that are not shown do not move this result.",
        "claims": ["bargaining-power"],
        "columns": {
            "label": "Assumption",
            "width": "Ranges",
            "total_pct": Column("Total index, %", 0),
            "first_order": Column("First order", 2),
        },
    }


def _scores_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Of {s['parts']} parts of the {s['endings']} endings {s['parts-met']} was met "
        f"by August "
        f"2026 and {s['parts-open']} are open",
        "subtitle": "How each part of each ending stood between December 2025 and August 2026",
        "source": f"Sources: rows of the book’s evidence named in the table; {DEEPSTATE_SOURCE}",
        "note": "A part that belongs to a peace is open while there is none.",
        "alt": (
            f"Dots in a column for each state. Met: more land taken by Russian forces. In part: "
            f"{s['parts-in-part']} parts, among them a stalemate and Western arms. Open: every "
            "part of a peace but one. Not met: Russia holding less, and Putin seeing no more gain."
        ),
        "caption": "The fourth ending, that the war goes on, is not on the article’s list.",
        "claims": ["ending-punitive", "ending-settlement", "ending-neutral"],
        "columns": {
            "ending_name": "Ending",
            "part": "Part",
            "met": "State",
            "as_of": "On",
            "reason": "Why",
        },
    }


def _clocks_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Money and arms had named ends between January 2025 and 2027; for soldiers "
        "nobody named one",
        "subtitle": "From the day of the estimate to the day it names",
        "source": "Sources: CSIS, IISS, the Act of April 2024, State Department, Western and "
        "Ukrainian officials; tank counts by Re:Russia and Jompy",
        "note": "Hollow: a straight line through a pair of counts, arithmetic and no forecast. "
        "Diamonds: no day named.",
        "alt": (
            f"Spans by resource. American aid was to last until January 2025, the money until 30 "
            f"September 2025, arms until the end of 2025; Russian tanks until 2027 by IISS and "
            f"{s['tanks-line']} by a line through Re:Russia’s counts. No day for soldiers of "
            "either side."
        ),
        "caption": "The shaded band is the article’s eighteen months.",
        "claims": ["time-ukraine-has"],
        "columns": {
            "side": "Whose",
            "clock": "Resource",
            "start": "Said on",
            "end": "Runs out",
            "basis": "Basis",
            "came": "What came",
        },
    }


def _began() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Those who begin wars win short ones and seldom long ones",
        "subtitle": "Wars between states by length and by how they ended for the side that began "
        "them, 1823 to 2003",
        "source": f"Source: {COW_SOURCE}",
        "note": f"Won in wars of {LONG}: {s['long-share']}, exact 95 percent interval "
        f"{s['long-range']}.",
        "alt": (
            f"Bars. Of {s['short-wars']} wars of {SHORT} those who began them won "
            f"{s['short-won']}; of {s['long-wars']} wars of {LONG} they won "
            f"{s['long-won']} and lost {s['long-lost']}."
        ),
        "caption": "Long wars differ from short ones in more than length.",
        "claims": ["bargaining-power", "time-ukraine-has"],
        "columns": {
            "length": "Length",
            "result": "For those who began it",
            "count": Column("Wars", 0),
            "wars": Column("Of", 0),
        },
    }


def _old() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Of the wars that had lasted as long, {s['went-on']} went on beyond another "
        "eighteen months",
        "subtitle": f"Further length, in years, of the {s['wars-longer']} wars that outlasted "
        f"{s['age']} days",
        "source": f"Source: {COW_SOURCE}",
        "note": f"Ended within eighteen months: {s['share-window']}, exact 95 percent interval "
        f"{s['share-window-range']}.",
        "alt": (
            f"Bars by war, shortest first. {s['ended-window'].capitalize()} ended within the next "
            f"eighteen months, {s['went-on']} did not; {s['old-winner']} ended with a winner, "
            f"{s['old-stalemate']} in stalemate."
        ),
        "caption": "The line marks eighteen months. A war with a winner may have ended in talks.",
        "claims": ["bargaining-power", "time-ukraine-has"],
        "columns": {
            "war": "War",
            "end": "Ended",
            "further_days": Column("Further days", 0),
            "ending": "Ending",
            "initiator_result": "For those who began it",
        },
    }


_FIGURES = {
    "endings-survival": _survival,
    "endings-prices": _prices,
    "endings-map": _map,
    "endings-weights": _weights_figure,
    "endings-scores": _scores_figure,
    "endings-clocks": _clocks_figure,
    "endings-began": _began,
    "endings-old": _old,
}


# What the chapter draws --------------------------------------------------------------------

# Regions of the model, states of a part, results and endings; none is a side's colour.
TONES = [
    book.colour(name) for name in ("tracker-2", "split", "tracker-1", "nearly", "neutral-soft")
]
STATE_TONES = [book.colour(name) for name in ("stands", "nearly", "unknown", "falls")]
RESULT_TONES = [book.colour(name) for name in ("tracker-2", "tracker-1", "unknown")]
ENDING_TONES = [book.colour(name) for name in ("stands", "split", "unknown")]
BAND_TONES = [book.colour(name) for name in ("ukraine-soft", "neutral-soft", "russia-soft")]
WIDTH_TONES = [book.colour(name) for name in ("split", "ink", "stands")]
ENDING_ORDER = ["punitive peace", "EU and NATO", "armed neutrality", "the war goes on"]

# Position of the sliders in the list of regions of a point: doubt about Russia's cost moves
# fastest, then the shift in peace, then what Russia believes.
PICK = (
    f"datum.regions[believed * {len(bargaining.GRID_PEACE_SHIFTS) * len(bargaining.GRID_SPREADS)}"
    f" + peace * {len(bargaining.GRID_SPREADS)} + doubt]"
)
# The edges of a tile about its point, a hair over half a step so that no seam shows.
TILE = {
    "left": "datum.expected_shift - 0.0101",
    "right": "datum.expected_shift + 0.0101",
    "bottom": "datum.cost_each - 0.00505",
    "top": "datum.cost_each + 0.00505",
}
STEPS = {
    "believed": [percent(value) for value in bargaining.GRID_BELIEVED],
    "peace": [percent(value) for value in bargaining.GRID_PEACE_SHIFTS],
    "doubt": ["known", f"unknown within {percent(bargaining.GRID_SPREADS[-1])}"],
}
_SLIDERS = (
    ("believed", 2, "Part of the shift that Russia believes"),
    ("peace", 1, "Shift that peace brings Russia"),
    ("doubt", 0, "Russia’s cost"),
)


def sliders() -> list[alt.Parameter]:
    """Return the sliders of the model's map."""
    return [
        alt.param(
            name=name,
            value=start,
            bind=alt.binding_range(min=0, max=len(STEPS[name]) - 1, step=1, name=label),
        )
        for name, start, label in _SLIDERS
    ]


def by_weight() -> list[str]:
    """Return the labels of the assumptions, the weightiest under declared ranges first."""
    table = weights()
    return list(table[table["width"] == "declared"].sort_values("total", ascending=False)["label"])


def bands() -> pd.DataFrame:
    """Return the bands of Russia's share that the book calls the article's endings."""
    two = 100 * bargaining.declared("line_settlement")
    one = 100 * bargaining.declared("line_punitive")
    lows, highs = [20.0, two, one], [two, one, 75.0]
    table = pd.DataFrame({"ending": bargaining.ENDINGS, "low": lows, "high": highs})
    return table.assign(at=[two - 3, two + 3, 72.0])


def price_names() -> pd.DataFrame:
    """Return where the two lines of the prices are named."""
    table = prices()
    at = table[table["expected_shift"].round(3) == -0.08].set_index("deal")["price_pct"]
    names = {"now": "deal now", "after the window": "deal after the window"}
    rows = [(-9.0, at["now"] - 4.5, names["now"]), (-7.0, at["after the window"] + 4, "deal later")]
    return pd.DataFrame(rows, columns=["shift_pct", "price_pct", "deal"])


def window() -> pd.DataFrame:
    """Return the article's eighteen months."""
    return pd.DataFrame({"start": [ARTICLE], "end": [WINDOW_END]})
