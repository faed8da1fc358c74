"""Numbers and figure texts of the chapter on timing."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis import claims, losses, tables, territory, timing
from analysis.assessing import evidence
from analysis.assessments import timing as judged
from analysis.book import Column
from analysis.formatting import area, between, count, day, number, percent

ARTICLE, WINDOW_END = claims.ARTICLE_DATE, claims.WINDOW_END
FIRST_MAP = judged.FIRST_MAP
PRESS = "officials and newspapers as read in the press, row by row in the table"
MAPS = "DeepState maps, areas computed for this book"
MODEL = "computed for this book (a model, not an observation)"


def _table(name: str) -> pd.DataFrame:
    return tables.read(name)


@cache
def fronts() -> pd.DataFrame:
    """Return the estimates of the front, then and since."""
    found = timing.fronts(_table(judged.LAYERS), _table(judged.CHANGES), _table(judged.TOTAL))
    return timing.fronts_frame(found)


@cache
def fan() -> pd.DataFrame:
    """Return what the estimate of the article's day says of eighteen months."""
    quarters = [step / 4 for step in range(4 * timing.WINDOW_MONTHS + 1)]
    return timing.fan(judged.known_front(), quarters)


@cache
def came() -> pd.DataFrame:
    """Return the change of the maps in the eighteen months since the first."""
    series = timing.since_first_map(_table(judged.TOTAL))
    return series[series["month"] <= timing.WINDOW_MONTHS]


@cache
def option() -> pd.DataFrame:
    """Return the land by drift and rule, up to a drift of 500 km2 a month."""
    lines = timing.option_lines(
        _table("timing-waiting"), timing.SURFACE_VOLATILITY, timing.WINDOW_MONTHS
    )
    return lines[lines["drift_km2"] <= 500]


# Lives and offers ----------------------------------------------------------------------


@cache
def lives_a_month() -> dict[str, float]:
    """Return soldiers killed a month by three ways to count, as the assumptions name them."""
    rows = evidence(["zelensky-31k-2024-02", "zelensky-55k-2026-02"])
    (early, late), (start, end) = rows["value"].tolist(), rows["as_of"].tolist()
    official = timing.killed_a_month(early, late, start, end)
    names = evidence(["ukrwarlosses-ua-dead-missing-2025-11"]).iloc[0]
    by_name = timing.killed_a_month(0, names["value"], losses_began(), names["as_of"])
    return {
        "official": official,
        "by name": by_name,
        "Russian": russian_a_month(),
        "both, low": official + russian_a_month(),
        "both, high": by_name + russian_a_month(),
    }


def losses_began() -> pd.Timestamp:
    """Return the first day of the invasion."""
    return pd.Timestamp("2022-02-24")


@cache
def russian_dead(value: str = "dead") -> float:
    """Return the Russian dead of the window by the model of probate cases, or an end of it."""
    weekly = _table(judged.DEAD)
    until, since = WINDOW_END.date(), ARTICLE.date()
    return losses.dead_by(weekly, until, value) - losses.dead_by(weekly, since, value)


def russian_a_month() -> float:
    """Return the Russian dead a month of the window."""
    return russian_dead() / timing.months_between(ARTICLE, WINDOW_END)


@cache
def provinces() -> pd.Series[float]:
    """Return what the public terms of June 2024 asked Ukraine to leave, by province."""
    return timing.still_held_km2(
        _table("deepstate-daily-by-oblast"), _table("oblast-areas"), FIRST_MAP
    )


def donbas_km2() -> float:
    """Return the part of Donbas that Ukrainian forces held in August 2025, as printed."""
    return judged.fact("anchorage-2025-ukraine-leaves")


LIVES_LABELS = ("Ukraine, official", "Ukraine, by name", "both sides, high")
FRONT_LABELS = tuple(
    "no drift" if drift == 0 else f"{'+' if drift > 0 else '−'}{abs(drift)} km² a month"
    for drift in timing.FRONT_DRIFTS
)
RULE_LABELS = ("wait to the end", "settle at 1,000 km²")
OFFER_LABELS = ("the line, both times", "then provinces, later line", "then line, later Donbas")


@cache
def surface() -> pd.DataFrame:
    """Return the break-even surface for the chart's sliders."""
    lives = lives_a_month()
    found = timing.surface(
        _table("timing-waiting"),
        [lives["official"], lives["by name"], lives["both, high"]],
        [0.0, -float(provinces().sum()), donbas_km2()],
    )
    start = [cell[START[0]][START[1]][START[2]][START[3]] for cell in found["needed"]]
    return found.assign(at_start=start)


# Where the sliders start: the drift nearest to what was known, the whole wait, the count by
# name, the line both times.  A start is not a finding.
START = (2, 0, 1, 0)


def sliders() -> dict[str, list[str]]:
    """Return the labels of the steps of the four sliders."""
    labels = (FRONT_LABELS, RULE_LABELS, LIVES_LABELS, OFFER_LABELS)
    return dict(zip(("front", "rule", "lives", "offer"), map(list, labels), strict=True))


HARDEN_STEPS = (0.5, 1.0, 2.0)
WITHDRAWN_STEPS = 2.0


@cache
def terms() -> pd.DataFrame:
    """Return the chance of better terms that is needed, for the terms alone."""
    found = timing.terms_grid(HARDEN_STEPS, WITHDRAWN_STEPS)
    at_start = [cell[1] for cell in found["needed"]]
    reachable = [
        [each <= left + 1e-9 for each in cell]
        for cell, left in zip(found["needed"], found["chance_left"], strict=True)
    ]
    return found.assign(
        at_start=at_start,
        reachable=pd.Series(reachable, index=found.index),
        harden_name=[_tens(each) for each in found["chance_harden"]],
        withdrawn_name=[_tens(each) for each in found["chance_withdrawn"]],
    )


def _tens(share: float) -> str:
    return str(10 * round(10 * share))


def assumptions() -> pd.DataFrame:
    """Return the declared ranges as a reader sees them; a dash is computed from data."""
    table = _table("timing-assumptions")
    ends = [
        "from data"
        if pd.isna(low)
        else f"{number(low, _places(low))} to {number(high, _places(high))}"
        for low, high in zip(table["low"], table["high"], strict=True)
    ]
    shown = table.assign(Range=ends).rename(
        columns={"quantity": "Assumed", "unit": "Unit", "basis": "Rests on", "reason": "Why"}
    )
    return shown[["Assumed", "Range", "Unit", "Rests on", "Why"]].set_index("Assumed")


def _places(value: float) -> int:
    return 0 if value == round(value) else 1


# The three facts -----------------------------------------------------------------------


@cache
def ratios() -> pd.DataFrame:
    """Return the ratios of shells that Ukrainian officials gave for the whole front."""
    rows = _table("shell-ratios")
    kept = rows[(rows["family"] == "Ukrainian officials") & (rows["period_end"] >= "2023-08-01")]
    middle = kept["period_start"] + (kept["period_end"] - kept["period_start"]) / 2
    return kept.assign(date=middle.dt.normalize()).sort_values("date", ignore_index=True)


@cache
def tempo() -> pd.DataFrame:
    """Return ground and casualties month by month."""
    return timing.tempo_frame(_table(judged.TOTAL), _table("general-staff-losses-monthly"))


@cache
def published_pace() -> pd.DataFrame:
    """Return published gains of whole months from October 2023 to July 2024, km2 a day."""
    months = territory.monthly_change_by_tracker(_table(judged.TOTAL), _table(judged.CHANGES))
    months = months[(months["month"] >= "2023-10") & (months["month"] <= "2024-07")]
    dates = pd.to_datetime(months["month"] + "-15")
    pace = months["net_change_km2"] / dates.dt.days_in_month
    return months.assign(date=dates, km2_a_day=pace).reset_index(drop=True)


@cache
def casualties() -> pd.DataFrame:
    """Return Russian casualties as Ukraine claimed them, thousand a month, since 2024."""
    rows = _table("general-staff-losses-monthly")
    kept = rows[(rows["category"] == "personnel") & (rows["month"] >= "2024-01-01")]
    return kept.assign(thousand=kept["claimed"] / 1000).reset_index(drop=True)


@cache
def recruits() -> pd.DataFrame:
    """Return Russian recruits a month by who counts, since 2024."""
    found = timing.recruits_a_month(_table(judged.MANPOWER))
    return found[found["period_start"] >= "2024-01-01"].reset_index(drop=True)


@cache
def manpower() -> pd.DataFrame:
    """Return Ukrainian intake and registered absences a month, as segments in time."""
    intake = timing.draft_rates(_table(judged.MANPOWER)).assign(series="taken in")
    absent = timing.awol_a_month(_table(judged.AWOL))
    absent = absent[absent["period_start"] >= "2023-01-01"].assign(
        series="registered absent", who="Prosecutor General", value=absent["cases_a_month"]
    )
    columns = ["series", "who", "period_start", "period_end", "value"]
    return pd.concat([intake[columns], absent[columns]], ignore_index=True)


# The strongest case on each side -----------------------------------------------------------


@cache
def asked_and_lost() -> pd.DataFrame:
    """Return the land that the public terms asked for beside what the window took."""
    rows = [(name, held, "asked for") for name, held in provinces().items()]
    rows.append(("Lost in the window", judged.window_gain_km2(), "lost"))
    return pd.DataFrame(rows, columns=["what", "km2", "kind"])


@cache
def killed() -> pd.DataFrame:
    """Return soldiers killed in the eighteen months by three counts, in thousands."""
    lives = lives_a_month()
    rows = [
        ("Ukraine, official", lives["official"], "Ukraine"),
        ("Ukraine, by name", lives["by name"], "Ukraine"),
        ("Russia, probate", lives["Russian"], "Russia"),
    ]
    table = pd.DataFrame(rows, columns=["count", "a_month", "side"])
    table["thousand"] = table["a_month"] * timing.WINDOW_MONTHS / 1000
    russian = table["side"] == "Russia"
    for end in ("low", "high"):
        table[end] = table["thousand"].where(~russian, russian_dead(f"dead_{end}") / 1000)
    return table


# Strings -----------------------------------------------------------------------------------


def _thousand(value: float) -> str:
    return number(round(value, -2))


def _front() -> dict[str, str]:
    rows = fronts().set_index("estimate").to_dict("index")
    known, later = rows[timing.KNOWN_THEN], rows[timing.AS_IT_CAME]
    public = [row for row in rows.values() if row["known_by_article"]]
    front = judged.known_front()
    months = timing.months_between(FIRST_MAP, WINDOW_END)
    gain = judged.window_gain_km2()
    below = timing.share_of_prediction(front, months, gain)
    drifts = [row["drift_km2"] for row in public]
    chances = [row["chance_less_land"] for row in public]
    return {
        "drift-known": number(known["drift_km2"]),
        "drift-known-range": between(
            number(known["drift_low_km2"]), number(known["drift_high_km2"])
        ),
        "drift-others-range": between(number(min(drifts)), number(max(drifts))),
        "volatility-known": number(known["volatility_km2"]),
        "drift-came": number(later["drift_km2"]),
        "volatility-came": number(later["volatility_km2"]),
        "drift-2026": number(rows["DeepState, 2026"]["drift_km2"]),
        "steps-known": count(int(known["steps"])),
        "steps-came": number(int(later["steps"])),
        "middle-18": area(front.drift_km2 * timing.WINDOW_MONTHS),
        "low-18": number(known["low_km2"]),
        "high-18": number(known["high_km2"]),
        "chance-less": percent(known["chance_less_land"]),
        "chance-less-range": between(percent(min(chances)), percent(max(chances))),
        "window-gain": area(gain),
        "window-share": percent(gain / territory.UKRAINE_KM2, 1),
        "above-prediction": percent(1 - below, 1),
        "first-map": day(FIRST_MAP),
    }


def _option() -> dict[str, str]:
    rows = _table("timing-waiting")
    pick = (
        rows.query("months == 18 and volatility_km2 == 200")
        .set_index(["drift_km2", "limit_km2"])
        .to_dict("index")
    )
    errors = rows["chance_error"].max() / (
        rows["chance_less_land"].max() - rows["chance_less_land"].min()
    )
    land = rows["land_error_km2"].max() / (rows["land_km2"].max() - rows["land_km2"].min())
    return {
        "runs": number(len(rows)),
        "paths": number(timing.PATHS),
        "error-share": percent(max(errors, land), 2),
        "volatility-shown": number(timing.SURFACE_VOLATILITY),
        "stop-land": number(pick[400, 1000]["land_km2"]),
        "stop-months": number(pick[400, 1000]["months_waited"], 1),
        "no-stop-land": number(pick[400, 0]["land_km2"]),
        "stop-chance": percent(pick[50, 1000]["chance_less_land"]),
        "no-stop-chance": percent(pick[50, 0]["chance_less_land"]),
        "martingale": number(
            max(abs(pick[0, limit]["land_km2"]) for limit in (0, 500, 1000, 2000))
        ),
    }


def _lives() -> dict[str, str]:
    lives = lives_a_month()
    months = timing.WINDOW_MONTHS
    by_province = provinces()
    return {
        "ua-official": _thousand(lives["official"]),
        "ua-names": _thousand(lives["by name"]),
        "ru-month": _thousand(lives["Russian"]),
        "ua-18-range": between(
            _thousand(lives["official"] * months), _thousand(lives["by name"] * months)
        ),
        "ru-18": _thousand(russian_dead()),
        "both-18-range": between(
            number(round(lives["both, low"] * months, -3)),
            number(round(lives["both, high"] * months, -3)),
        ),
        "asked": area(float(by_province.sum())),
        "asked-ratio": number(float(by_province.sum()) / judged.window_gain_km2(), 1),
        "asked-donetsk": area(float(by_province["Donetsk"])),
        "donbas-left": area(donbas_km2()),
        "fail-share": percent(judged.fact("fwt-min-three-quarters-fail")),
    }


def _needed(*, front: int, rule: int, lives: int, offer: int, price: tuple[int, int]) -> float:
    cells = surface().set_index(["lives_per_step", "km2_per_step"])["needed"]
    return float(cells.loc[price][front][rule][lives][offer])


def _surface() -> dict[str, str]:
    middle = (10_000, 2_000)
    start = dict(zip(("front", "rule", "lives", "offer"), START, strict=True))
    return {
        "needed-start": number(_needed(**start, price=middle), 1),
        "needed-came": number(_needed(**start | {"front": 4}, price=middle), 1),
        "needed-provinces": number(_needed(**start | {"offer": 1}, price=middle), 1),
        "needed-both": number(_needed(**start | {"lives": 2}, price=middle), 1),
        "needed-donbas": number(_needed(**start | {"offer": 2}, price=middle), 1),
        "needed-stop": number(_needed(**start | {"front": 4, "rule": 1}, price=middle), 1),
        "price-lives": number(middle[0]),
        "price-land": number(middle[1]),
    }


def _terms() -> dict[str, str]:
    cost = timing.terms_cost_steps(0.3, 1, 0.2, WITHDRAWN_STEPS)
    grid = terms()
    possible = (grid["at_start"] <= grid["chance_left"] + 1e-9).mean()
    return {
        "terms-needed": percent(timing.chance_needed(0, 1, cost)),
        "terms-left": percent(1 - 0.3 - 0.2),
        "terms-possible": percent(float(possible)),
        "withdrawn-steps": count(int(WITHDRAWN_STEPS)),
    }


def _facts() -> dict[str, str]:
    shells = ratios().set_index("ratio_id")["ratio"]
    rows = _table(judged.MANPOWER).set_index("row_id")["value"]
    months = tempo().set_index("date")
    peak = months["casualties_a_day"].idxmax()
    absent = timing.awol_a_month(_table(judged.AWOL))["cases_a_month"]
    cost = months["casualties_per_km2"]
    return {
        "ratio-spring": number(shells["u-2024-jan-may"]),
        "ratio-august": number(shells["u-2024-08"]),
        "ratio-september": number(shells["u-2024-09"], 1),
        "pace-before": number(judged.published_pace("isw-jan-may-2024-752"), 1),
        "pace-window": number(judged.isw_window_pace(), 1),
        "pace-2026": number(judged.map_pace(judged.LAST_OF_2025, _last_map()), 1),
        "peak-casualties": number(months["casualties_a_day"].max()),
        "peak-month": f"{peak:%B %Y}",
        "recruits-2024": number(rows["ru-recruits-2024"]),
        "recruits-2025": number(rows["ru-recruits-2025"]),
        "bonus-2025": number(rows["ru-bonus-2025h1"]),
        "kluge-2025": number(rows["ru-kluge-2025h1"]),
        "growth": number(rows["ru-growth-2025-08"]),
        "intake-before": number(judged.intake_before()),
        "intake-after": number(rows["ua-rate-2024-05"]),
        "intake-lowest": number(judged.lowest_intake_after()),
        "force": number(rows["ua-force-2025"]),
        "absent-2023": number(absent.iloc[1]),
        "absent-2025": number(absent.iloc[-1]),
        "cost-2024": number(cost.loc["2024-08":"2024-12"].mean()),
        "cost-2025": number(cost.loc["2025-01":"2025-11"].median()),
    }


def _last_map() -> pd.Timestamp:
    return pd.Timestamp(_table(judged.TOTAL)["date"].max())


def _cases() -> dict[str, str]:
    cases = judged.leverage_cases().set_index("case_id")
    change = cases["ground_change_km2"]
    return {
        "cases": count(len(cases)),
        "cases-better": count(int((cases["terms_moved"] == "better").sum())),
        "case-north": area(-float(change["2022-03-north"])),
        "case-kharkiv": area(-float(change["2022-09-kharkiv"])),
        "claims": count(len(claims.at_home_in("timing"))),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_front(), _option(), _lives(), _surface(), _terms(), _facts(), _cases())
    return {name: text for part in parts for name, text in part.items()}


# Figures -----------------------------------------------------------------------------------


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id](strings())}


def _fan_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "What was known left the sign open; what came lies above nearly all of it",
        "subtitle": "Change of the land held by Russian forces since the start, km², by months",
        "source": f"Sources: ISW layers by The Economist; ISW as read in the press; {MAPS}",
        "note": f"The fan starts on 3 June 2024, the maps on {s['first-map']}, on another tracker.",
        "alt": (
            f"Fan chart. On what was known by 3 June 2024 the change after 18 months runs from "
            f"{s['low-18']} to {s['high-18']} km² in nine chances of ten, with a middle of "
            f"{s['middle-18']}. The DeepState maps rise to {s['window-gain']} by 3 December 2025."
        ),
        "caption": "Dark band: one chance in two. Light band: nine in ten. Below zero, Russian "
        "forces would hold less than at the start.",
        "claims": ["wait-for-information", "russia-tempo"],
        "columns": {
            "month": Column("Month", 2),
            "middle_km2": Column("Middle, km²", 0),
            "half_low_km2": Column("One in two, low", 0),
            "half_high_km2": Column("One in two, high", 0),
            "low_km2": Column("Nine in ten, low", 0),
            "high_km2": Column("Nine in ten, high", 0),
        },
    }


def _option_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "The right to settle early caps the loss; it cannot make a driftless front pay",
        "subtitle": f"Mean change of the land held by Russian forces after up to 18 months, km², "
        f"by drift; volatility {s['volatility-shown']} km²",
        "source": f"Source: {MODEL}",
        "note": "Assumes that the offer still stands on the day one settles.",
        "alt": (
            f"Four lines by drift from −200 to 500 km² a month. All meet near zero where there is "
            f"no drift. At 400 a month waiting to the end loses {s['no-stop-land']} km²; settling "
            f"once 1,000 are lost ends at {s['stop-land']} after {s['stop-months']} months."
        ),
        "caption": "Dashed lines: the drift as estimated on the article’s day, and as it came.",
        "claims": ["wait-for-information"],
        "columns": {
            "drift_km2": Column("Drift, km² a month", 0),
            "rule": "Rule",
            "land_km2": Column("Land, km²", 0),
            "months_waited": Column("Months waited", 1),
            "chance_less_land": Column("Chance of less land", 3),
        },
    }


def _surface_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "What waiting had to bring depends on what lives and land are worth to a reader",
        "subtitle": "Steps of better terms that break even, by the lives and by the km² a reader "
        "would give for one step",
        "source": f"Source: {MODEL}, with counts of the dead and maps as in the text",
        "note": f"The still picture: drift 50 km² a month, {LIVES_LABELS[1]}, the line both times.",
        "alt": (
            f"Grid of nine prices in lives by eight in land, shaded by the steps of terms needed. "
            f"At {s['price-lives']} lives and {s['price-land']} km² for a step, waiting had to "
            f"bring {s['needed-start']} steps; with the drift that came, {s['needed-came']}; had "
            f"the public terms of June 2024 been the only offer, {s['needed-provinces']}."
        ),
        "caption": "Find your own prices on the axes, then move the sliders. Where two shades "
        "meet runs a line of equal terms. The model has no price of its own.",
        "claims": ["wait-for-information"],
        "columns": {
            "lives_per_step": Column("Lives for a step", 0),
            "km2_per_step": Column("km² for a step", 0),
            "at_start": Column("Steps needed, as drawn", 2),
        },
    }


def _terms_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "On terms alone, waiting needs better odds of gain the likelier an offer lapses",
        "subtitle": "Chance of terms one step better at which waiting breaks even, percent",
        "source": f"Source: {MODEL}; the chances on the axes are guesses",
        "note": "Grey: no chance of better terms is high enough. Empty: the chances exceed one.",
        "alt": (
            f"Triangle of the chance that terms harden by the chance that the offer is withdrawn. "
            f"At 30 and 20 percent better terms must have a chance of {s['terms-needed']}, with "
            f"{s['terms-left']} left; {s['terms-possible']} of the grid can break even at all."
        ),
        "caption": "Move the slider: how many steps hardened terms cost. No offer costs "
        f"{s['withdrawn-steps']} steps.",
        "claims": ["wait-for-information", "leverage-follows"],
        "columns": {
            "chance_harden": Column("Chance that terms harden", 1),
            "chance_withdrawn": Column("Chance that the offer goes", 1),
            "at_start": Column("Chance of better terms needed", 2),
            "chance_left": Column("Chance left", 1),
        },
    }


def _arms_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "Ukraine’s firepower rose from summer 2024, and the advance went on faster",
        "subtitle": "Above: Russian shells for one Ukrainian. Below: km² a day on the maps",
        "source": f"Sources: {PRESS}; {MAPS}",
        "note": "Ratios by Ukrainian officials; dots are months as published by several trackers.",
        "alt": (
            f"Two panels in time. Ratios of shells fall from {s['ratio-spring']} in spring 2024 "
            f"to {s['ratio-august']} in August. Ground a day rises to a peak in November 2024, "
            f"stays high in 2025 and falls to {s['pace-2026']} in 2026."
        ),
        "caption": "The dashed line marks the article.",
        "claims": ["russia-tempo", "wait-for-information"],
        "columns": {
            "date": "Month",
            "km2_a_day": Column("km² a day", 1),
            "casualties_a_day": Column("Claimed casualties a day", 0),
            "casualties_per_km2": Column("Claimed casualties per km²", 0),
        },
    }


def _tempo_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "Claimed Russian casualties and claimed recruits were of one size in the window",
        "subtitle": "Persons a month, thousand",
        "source": f"Sources: General Staff of Ukraine (casualties); {PRESS} (recruits)",
        "note": "Both are claims of a side; casualties are killed and wounded, and many return.",
        "alt": (
            f"Line of casualties claimed by Ukraine, with a peak of {s['peak-casualties']} a day "
            f"in {s['peak-month']}, over bars in time of recruits: claimed by Russia "
            f"{s['recruits-2024']} in 2024 and {s['recruits-2025']} in 2025; bonuses paid "
            f"count {s['bonus-2025']} in the first half of 2025."
        ),
        "caption": "Each bar is one count over its period; where bars lie above one another, "
        "counts of the same months differ.",
        "claims": ["russia-tempo"],
        "columns": {
            "who": "Who counts",
            "period_start": "From",
            "period_end": "To",
            "value": Column("Recruits a month", 0),
        },
    }


def _draft_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "The draft took in more people; registered absences grew faster",
        "subtitle": "Ukrainian soldiers taken in, and cases of absence registered, thousand a "
        "month",
        "source": f"Sources: {PRESS}; Prosecutor General of Ukraine as read in the press",
        "note": "Cases, not persons; some returned. Intake is what officials said in passing.",
        "alt": (
            f"Bars in time. Intake is about {s['intake-lowest']} to {s['intake-after']} a month "
            f"from May 2024; registered absences rise from {s['absent-2023']} a month in 2023 to "
            f"{s['absent-2025']} in 2025."
        ),
        "caption": "The law took effect on 18 May 2024, sixteen days before the article.",
        "claims": ["draft-success"],
        "columns": {
            "series": "What",
            "who": "Who says",
            "period_start": "From",
            "period_end": "To",
            "value": Column("A month", 0),
        },
    }


def _asked_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": f"The public terms of June 2024 asked for {s['asked-ratio']} times what was lost",
        "subtitle": f"km² still held by Ukrainian forces on {s['first-map']}, and lost after",
        "source": f"Sources: {MAPS}; boundaries after Natural Earth",
        "alt": (
            f"Bars: the four provinces that Russia asked to be left in full hold {s['asked']} "
            f"under Ukrainian control, most in Donetsk ({s['asked-donetsk']}); the window took "
            f"{s['window-gain']}."
        ),
        "caption": "Light bars: land that the terms of 14 June 2024 asked Ukraine to leave.",
        "claims": ["wait-for-information"],
        "columns": {"what": "Land", "km2": Column("km²", 0), "kind": "Kind"},
    }


def _killed_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": f"In eighteen months {s['both-18-range']} soldiers were killed or went missing",
        "subtitle": "Soldiers killed or missing in eighteen months, thousand, by count",
        "source": "Sources: President of Ukraine; lostarmour.info, pro-Russian; Meduza, Mediazona",
        "alt": (
            f"Bars: Ukraine {s['ua-18-range']} by two counts, Russia {s['ru-18']} by the model "
            f"of probate cases."
        ),
        "caption": "By name: with the missing, at the mean pace of the whole war. The line on the "
        "Russian bar adds up weekly ranges, which is too wide. None counts civilians.",
        "claims": ["wait-for-information"],
        "columns": {
            "count": "Count",
            "a_month": Column("Killed a month", 0),
            "thousand": Column("In 18 months, thousand", 1),
            "side": "Side",
        },
    }


_FIGURES = {
    "timing-fan": _fan_texts,
    "timing-option": _option_texts,
    "timing-break-even": _surface_texts,
    "timing-terms": _terms_texts,
    "timing-arms": _arms_texts,
    "timing-tempo": _tempo_texts,
    "timing-draft": _draft_texts,
    "timing-asked": _asked_texts,
    "timing-killed": _killed_texts,
}
