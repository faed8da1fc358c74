"""Numbers and figure texts of the chapter on timing."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from analysis import claims, losses, tables, territory, timing
from analysis.assessing import evidence
from analysis.assessments import timing as judged
from analysis.book import Column, colour
from analysis.formatting import area, between, count, day, month, number, percent, things

ARTICLE, WINDOW_END = claims.ARTICLE_DATE, claims.WINDOW_END
FIRST_MAP = judged.FIRST_MAP
# The rule that the text reads off: to settle once so much is lost.
STOP_KM2 = timing.LIMITS[2]
LAW_TOOK_EFFECT = pd.Timestamp("2024-05-18")
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
    """Return the land by drift, rule, months and swing, up to a drift of 500 km2 a month."""
    lines = timing.option_lines(_table("timing-waiting"))
    columns = ["drift_km2", "rule", "months", "volatility_km2", "land_km2", "months_waited"]
    return lines.loc[lines["drift_km2"] <= 500, [*columns, "chance_less_land"]]


def option_as_drawn() -> pd.DataFrame:
    """Return the lines of the still picture."""
    return option().query("months == @MONTHS_AT_START and volatility_km2 == @SWING_AT_START")


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


_PROVINCES = count(len(territory.ANNEXED))
LIVES_LABELS = ("Ukraine, official", "Ukraine, by name", "both sides, high")
LIVES_KEYS = ("official", "by name", "both, high")
_NOTED = {timing.KNOWN_DRIFT: ", as known then", timing.CAME_DRIFT: ", as it came"}
FRONT_LABELS = tuple(
    "no drift"
    if drift == 0
    else f"{'+' if drift > 0 else '−'}{abs(drift)} km² a month{_NOTED.get(drift, '')}"
    for drift in timing.FRONT_DRIFTS
)
OFFER_LABELS = (
    "the line, both times",
    "provinces then, line later",
    "line then, Donbas later",
    "provinces then, Donbas later",
)
MONTHS_AT_START, SWING_AT_START = timing.WINDOW_MONTHS, 200
# Where the controls start: the drift that was known, the whole wait, the count by name, the
# line both times.  A start is not a finding.
START = {
    "front": timing.FRONT_DRIFTS.index(timing.KNOWN_DRIFT),
    "months": timing.MONTHS.index(MONTHS_AT_START),
    "swing": timing.SHOWN_VOLATILITIES.index(SWING_AT_START),
    "rule": 0,
    "lives": 1,
    "offer": 0,
}
_HEADS = {
    "front": "Front",
    "months": "Months",
    "swing": "Swing of a month",
    "rule": "Rule",
    "lives": "Lives",
    "offer": "Offers",
}


def labels() -> dict[str, list[str]]:
    """Return the labels of the steps of each control."""
    return {
        "front": list(FRONT_LABELS),
        "months": [f"{number(months)} months" for months in timing.MONTHS],
        "swing": [f"{number(swing)} km²" for swing in timing.SHOWN_VOLATILITIES],
        "rule": [timing.rule_name(limit) for limit in timing.LIMITS],
        "lives": list(LIVES_LABELS),
        "offer": list(OFFER_LABELS),
    }


@cache
def outcomes() -> pd.DataFrame:
    """Return what waiting takes at every setting: people by count, km2 by pair of offers."""
    found = timing.outcomes(_table("timing-waiting"))
    lives, offers = killed_a_month(), offers_km2()
    people = {f"killed_{at}": found["months_waited"] * each for at, each in enumerate(lives)}
    land_lost = {f"km2_{at}": found["land_km2"] + each for at, each in enumerate(offers)}
    return found.assign(**people, **land_lost)


def killed_a_month() -> list[float]:
    """Return people killed a month by the steps of the control."""
    return [lives_a_month()[key] for key in LIVES_KEYS]


def offers_km2() -> list[float]:
    """Return what the terms at the end take beyond those at the start, by pair of offers."""
    asked, rest = float(provinces().sum()), donbas_km2()
    return [0.0, -asked, rest, rest - asked]


def setting(**changes: int) -> int:
    """Return the row of `outcomes` for positions of the controls, the others at their start."""
    at = START | changes
    place = at["front"] * len(timing.MONTHS) + at["months"]
    place = place * len(timing.SHOWN_VOLATILITIES) + at["swing"]
    return place * len(timing.LIMITS) + at["rule"]


@cache
def surface() -> pd.DataFrame:
    """Return the steps needed at each pair of prices in the still picture."""
    row = outcomes().to_dict("records")[setting()]
    people = killed_a_month()[START["lives"]]
    offer = offers_km2()[START["offer"]]
    return timing.surface(row["land_km2"], row["months_waited"], people, offer)


def _slider(name: str, heading: str, start: int, steps: int) -> alt.Parameter:
    bind = alt.binding_range(min=0, max=steps - 1, step=1, name=heading)
    return alt.param(name=name, value=start, bind=bind)


def controls() -> list[alt.Parameter]:
    """Return the controls of the break-even surface, and what they choose among.

    ``lost`` are the people and ``area`` the km2 that waiting takes at the setting.
    """
    rows = outcomes()
    sliders = [
        _slider(name, heading, START[name], len(labels()[name])) for name, heading in _HEADS.items()
    ]
    sizes = (len(timing.MONTHS), len(timing.SHOWN_VOLATILITIES), len(timing.LIMITS))
    at = f"((front * {sizes[0]} + months) * {sizes[1]} + swing) * {sizes[2]} + rule"
    return [
        *sliders,
        alt.param(name="waited", value=rows["months_waited"].tolist()),
        alt.param(name="land", value=rows["land_km2"].tolist()),
        alt.param(name="killed", value=[round(each, 3) for each in killed_a_month()]),
        alt.param(name="offers", value=[round(each, 3) for each in offers_km2()]),
        alt.param(name="lost", expr=f"killed[lives] * waited[{at}]"),
        alt.param(name="area", expr=f"land[{at}] + offers[offer]"),
    ]


# The surface is drawn as bands between lines of equal steps.  With u = lost / x steps lost in
# lives, a point has e steps or more where area / y >= e - u; the far ends lie outside the
# plot, so that a band that fills it shows no edge.
_LIVES_FROM, _LIVES_TO = timing.LIVES_PER_STEP[0], timing.LIVES_PER_STEP[-1]
_KM2_FROM, _KM2_TO = timing.KM2_PER_STEP[0], timing.KM2_PER_STEP[-1]
_FLOOR, _CEILING = _KM2_FROM / 1.4, _KM2_TO * 1.4
_POINTS = 200
_BOUND = f"clamp(area / datum.rest, {_FLOOR:.4g}, {_CEILING:.6g})"
BAND = {
    "x": f"{_LIVES_FROM} * pow({_LIVES_TO / _LIVES_FROM:g}, datum.u / {_POINTS})",
    "rest": "datum.edge - lost / datum.x",
    "low": f"area >= 0 ? {_FLOOR:.4g} : datum.rest < 0 ? {_BOUND} : {_CEILING:.6g}",
    "high": f"area >= 0 && datum.rest > 0 ? {_BOUND} : {_CEILING:.6g}",
    "at": "area >= 0 ? datum.high : datum.low",
}
# Where a line of equal steps leaves the plot, at the top or at the right, and is named.
LEAVES = {
    "over": f"lost / (datum.edge - area / {_KM2_TO})",
    "top": f"datum.over > {1.1 * _LIVES_FROM:g} && datum.over < {_LIVES_TO / 1.1:.7g}",
    "right": f"area / (datum.edge - lost / {_LIVES_TO})",
    "beside": (
        f"!datum.top && datum.right > {1.2 * _KM2_FROM:g} && datum.right < {_KM2_TO / 1.2:.7g}"
    ),
}


@cache
def bands() -> pd.DataFrame:
    """Return the bands of the surface, each by the steps at which it begins."""
    edges = timing.BAND_EDGES
    names = [f"{low} to {high}" for low, high in pairwise(edges)]
    names = [f"below {edges[0]}", *names, f"over {edges[-1]}"]
    return pd.DataFrame({"edge": [-1e9, *edges], "band": names})


BAND_TONES = [colour("neutral-soft"), *(colour(f"scale-{n}") for n in range(1, 7))]


@cache
def price_grid() -> pd.DataFrame:
    """Return the pairs of prices at which a reader may ask for the steps."""
    return surface()[["lives_per_step", "km2_per_step"]]


def settings() -> pd.DataFrame:
    """Return `outcomes` for download: with it anyone can work out the steps at any prices."""
    return outcomes()


SETTINGS_COLUMNS = {
    "drift_km2": Column("Front, km² a month", 0),
    "months": Column("Months", 0),
    "volatility_km2": Column("Swing of a month, km²", 0),
    "limit_km2": Column(f"Settle at, km² ({timing.LIMITS[0]}: at the end)", 0),
    "months_waited": Column("Months waited", 2),
    **{f"killed_{at}": Column(f"Killed: {label}", 0) for at, label in enumerate(LIVES_LABELS)},
    **{f"km2_{at}": Column(f"km²: {label}", 0) for at, label in enumerate(OFFER_LABELS)},
}


HARDEN_STEPS = (0.5, 1.0, 2.0, 3.0)
WITHDRAWN_STEPS = (1.0, 2.0, 3.0, 4.0)
HARDEN_AT_START, WITHDRAWN_AT_START = 1, 1


@cache
def terms() -> pd.DataFrame:
    """Return the chance of better terms that is needed, for the terms alone."""
    return timing.terms_grid(HARDEN_STEPS, WITHDRAWN_STEPS)


def terms_as_drawn() -> pd.DataFrame:
    """Return the still picture of the terms alone, with the chances in percent as names."""
    table = terms()
    at_start = (table["harden_steps"] == HARDEN_STEPS[HARDEN_AT_START]) & (
        table["withdrawn_steps"] == WITHDRAWN_STEPS[WITHDRAWN_AT_START]
    )
    found = table[at_start]
    return found.assign(
        harden_name=[_tens(each) for each in found["chance_harden"]],
        withdrawn_name=[_tens(each) for each in found["chance_withdrawn"]],
    ).reset_index(drop=True)


def terms_controls() -> list[alt.Parameter]:
    """Return the controls of the terms alone; the costs are what they choose among."""
    return [
        _slider("harden", "Worse terms cost", HARDEN_AT_START, len(HARDEN_STEPS)),
        _slider("withdrawn", "No offer costs", WITHDRAWN_AT_START, len(WITHDRAWN_STEPS)),
        alt.param(name="hardened", value=list(HARDEN_STEPS)),
        alt.param(name="gone", value=list(WITHDRAWN_STEPS)),
    ]


# Worse terms need not be signed, so they cost no more than no offer does; a better step is one.
TERMS_NEEDED = (
    "100 * (datum.chance_harden * min(hardened[harden], gone[withdrawn])"
    " + datum.chance_withdrawn * gone[withdrawn])"
)
TERMS_REACHABLE = f"{TERMS_NEEDED} <= 100 * datum.chance_left + 0.001"


def _steps_said(steps: float) -> str:
    return things(int(steps), "step") if steps >= 1 else f"{number(steps, 1)} steps"


TERMS_LABELS = {
    "harden": [_steps_said(each) for each in HARDEN_STEPS],
    "withdrawn": [_steps_said(each) for each in WITHDRAWN_STEPS],
}


def option_controls() -> list[alt.Parameter]:
    """Return the controls of the chart of rules: months of waiting, and the swing of a month."""
    return [
        _slider("months", "Months", timing.MONTHS.index(MONTHS_AT_START), len(timing.MONTHS)),
        _slider(
            "swing",
            _HEADS["swing"],
            timing.VOLATILITIES.index(SWING_AT_START),
            len(timing.VOLATILITIES),
        ),
        alt.param(name="spans", value=list(timing.MONTHS)),
        alt.param(name="swings", value=list(timing.VOLATILITIES)),
    ]


OPTION_LABELS = {
    "months": labels()["months"],
    "swing": [f"{number(swing)} km²" for swing in timing.VOLATILITIES],
}


def _tens(share: float) -> str:
    return str(10 * round(10 * share))


def assumptions() -> pd.DataFrame:
    """Return the declared ranges as a reader sees them; what is computed has one number."""
    table = _table("timing-assumptions")
    computed = _computed_assumptions()
    ends, starts = [], []
    for row in table.to_dict("records"):
        name, (low, middle, high) = (
            row["assumption_id"],
            (row[c] for c in ("low", "middle", "high")),
        )
        one = computed.get(name) or number(low)
        ends.append(one if name in computed or low == high else f"{_short(low)} to {_short(high)}")
        starts.append(one if pd.isna(middle) or low == high else _short(middle))
    shown = table.assign(Range=ends, Start=starts).rename(
        columns={"quantity": "Assumed", "unit": "Unit", "basis": "Rests on", "reason": "Why"}
    )
    return shown[["Assumed", "Range", "Start", "Unit", "Rests on", "Why"]].set_index("Assumed")


def _computed_assumptions() -> dict[str, str]:
    lives = lives_a_month()
    return {
        "lives-ukraine-official": _thousand(lives["official"]),
        "lives-ukraine-names": _thousand(lives["by name"]),
        "lives-both": between(_thousand(lives["both, low"]), _thousand(lives["both, high"])),
        "offer-provinces": number(float(provinces().sum())),
    }


def _short(value: float) -> str:
    """Write a number with the digits it has, two at most after the point."""
    decimals = next(d for d in range(3) if d == 2 or round(value, d) == value)
    return number(value, decimals)


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
    """Return Ukrainian intake and registered absences a month, as segments in time.

    Intake before the law is computed: what the press named after it, over the multiple that
    the ministry gave for the two.
    """
    intake = timing.draft_rates(_table(judged.MANPOWER)).assign(series="taken in")
    before = pd.DataFrame(
        {
            "series": ["taken in"],
            "who": ["Defence Ministry’s multiple"],
            "period_start": [pd.Timestamp("2024-01-01")],
            "period_end": [pd.Timestamp("2024-03-31")],
            "value": [judged.intake_before()],
        }
    )
    absent = timing.awol_a_month(_table(judged.AWOL))
    absent = absent[absent["period_start"] >= "2023-01-01"].assign(
        series="registered absent", who="Prosecutor General", value=absent["cases_a_month"]
    )
    columns = ["series", "who", "period_start", "period_end", "value"]
    return pd.concat([before, intake[columns], absent[columns]], ignore_index=True)


# Names of the segments of the draft, where they stand: months from the start, and height.
_INTAKE_NAMES = {
    "Defence Ministry’s multiple": ("2024-01-01", 13_400),
    "Zelensky, all of 2024": ("2024-01-01", 31_500),
    "Zelensky, May 2025": ("2025-05-01", 23_600),
    "Venislavsky, July 2025": ("2025-02-10", 33_400),
}


def manpower_names() -> pd.DataFrame:
    """Return where the counts of the draft are named in the chart."""
    rows = [(pd.Timestamp(at), high, who) for who, (at, high) in _INTAKE_NAMES.items()]
    return pd.DataFrame(rows, columns=["period_start", "value", "who"])


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
    maps, totals = timing.isw_2023(_table(judged.LAYERS)), timing.isw_2024(_table(judged.CHANGES))
    return {
        "steps-maps": count(len(maps)),
        "days-maps": between(number(maps["days"].min()), number(maps["days"].max())),
        "steps-totals": count(len(totals)),
        "days-totals": " and ".join(number(each) for each in totals["days"]),
        "gap-from": day(maps["end"].iloc[-1]),
        "gap-to": day(totals["start"].iloc[0]),
        "drift-known": number(known["drift_km2"]),
        "drift-known-range": between(
            number(known["drift_low_km2"]), number(known["drift_high_km2"])
        ),
        "volatility-known": number(front.volatility_km2),
        "drift-others-range": between(number(min(drifts)), number(max(drifts))),
        "drift-came": number(later["drift_km2"]),
        "drift-2026": number(rows["DeepState, 2026"]["drift_km2"]),
        "middle-18": area(front.drift_km2 * timing.WINDOW_MONTHS),
        "low-18": number(known["low_km2"]),
        "high-18": number(known["high_km2"]),
        "chance-less-range": between(percent(min(chances)), percent(max(chances))),
        "window-gain": area(gain),
        "window-share": percent(gain / territory.UKRAINE_KM2, 1),
        "above-prediction": percent(1 - below, 1),
        "first-map": day(FIRST_MAP),
    }


def _option() -> dict[str, str]:
    rows = _table("timing-waiting")
    pick = (
        rows.query("months == @MONTHS_AT_START and volatility_km2 == @SWING_AT_START")
        .set_index(["drift_km2", "limit_km2"])
        .to_dict("index")
    )
    errors = rows["chance_error"].max() / (
        rows["chance_less_land"].max() - rows["chance_less_land"].min()
    )
    land = rows["land_error_km2"].max() / (rows["land_km2"].max() - rows["land_km2"].min())
    came = timing.CAME_DRIFT
    return {
        "runs": number(len(rows)),
        "paths": number(timing.PATHS),
        "error-share": percent(max(errors, land), 2),
        "swing-shown": number(SWING_AT_START),
        "drift-low": number(option()["drift_km2"].min()),
        "drift-high": number(option()["drift_km2"].max()),
        "stop-land": number(pick[came, STOP_KM2]["land_km2"]),
        "stop-months": number(pick[came, STOP_KM2]["months_waited"], 1),
        "no-stop-land": number(pick[came, 0]["land_km2"]),
        "map-months": number(timing.months_between(FIRST_MAP, WINDOW_END), 1),
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


PRICE = (10_000, 2_000)


def _needed(**changes: int) -> float:
    """Return the steps needed at the prices of the text, with some controls moved."""
    at = START | changes
    row = outcomes().to_dict("records")[setting(**changes)]
    return timing.steps_needed(
        row[f"killed_{at['lives']}"],
        row[f"km2_{at['offer']}"],
        lives_per_step=PRICE[0],
        km2_per_step=PRICE[1],
    )


def _surface() -> dict[str, str]:
    came, stop = FRONT_LABELS.index(_label(timing.CAME_DRIFT)), timing.LIMITS.index(1000)
    moved = {
        "start": {},
        "came": {"front": came},
        "stop": {"front": came, "rule": stop},
        "both": {"lives": 2},
        "donbas": {"offer": 2},
        "provinces": {"offer": 1},
        "record": {"offer": 3},
    }
    return {
        **{f"needed-{name}": number(_needed(**changes), 1) for name, changes in moved.items()},
        "price-lives": number(PRICE[0]),
        "price-land": number(PRICE[1]),
    }


def _label(drift: int) -> str:
    return FRONT_LABELS[timing.FRONT_DRIFTS.index(drift)]


def _terms() -> dict[str, str]:
    hardened, gone = HARDEN_STEPS[HARDEN_AT_START], WITHDRAWN_STEPS[WITHDRAWN_AT_START]
    table = _table("timing-assumptions")
    worse, none = (
        float(timing.assumption(table, name)["middle"])
        for name in ("chance-harden", "chance-withdrawn")
    )
    needed = timing.chance_needed(0, 1, timing.terms_cost_steps(worse, hardened, none, gone))
    return {
        "terms-needed": percent(needed),
        "terms-left": percent(1 - worse - none),
        "terms-possible": percent(float(terms_as_drawn()["reachable"].mean())),
        "chance-worse": percent(worse),
        "chance-none": percent(none),
    }


def _facts() -> dict[str, str]:
    shells = ratios().set_index("ratio_id")["ratio"]
    rows = _table(judged.MANPOWER).set_index("row_id")["value"]
    months = tempo().set_index("date")
    peak = months["casualties_a_day"].idxmax()
    absent = timing.awol_a_month(_table(judged.AWOL))["cases_a_month"]
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
        **_tempo_ranges(),
        "ratio-last": month(ratios()["date"].iloc[-1]),
    }


def _tempo_ranges() -> dict[str, str]:
    """Return the ranges of both claims over the months of the window, in thousands."""
    claimed = casualties().set_index("month")["thousand"].loc["2024-06":"2025-11"]
    counts = recruits()
    inside = counts[(counts["period_end"] > ARTICLE) & (counts["period_start"] < WINDOW_END)]
    taken = inside["value"] / 1000
    return {
        "casualties-range": between(number(claimed.min()), number(claimed.max())),
        "recruits-range": between(number(taken.min()), number(taken.max())),
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


_INNER, _OUTER = percent(timing.INNER_BAND), percent(timing.OUTER_BAND)


def _fan_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "What was known left the sign open; what came lies above nearly all of it",
        "subtitle": "Change of the land held by Russian forces since the start, km², by months; "
        "the fan is a random walk fitted to what was known",
        "source": f"Sources: ISW layers by The Economist; ISW as read in the press; {MAPS}",
        "note": f"The fan starts on 3 June 2024, the maps on {s['first-map']}, on another tracker.",
        "alt": (
            f"Fan chart. On what was known by 3 June 2024 the change after "
            f"{number(timing.WINDOW_MONTHS)} months runs from "
            f"{s['low-18']} to {s['high-18']} km² with a chance of {_OUTER}, with a middle of "
            f"{s['middle-18']}. The DeepState maps rise to {s['window-gain']} by 3 December 2025."
        ),
        "caption": f"Inner band: a chance of {_INNER}. Outer band: {_OUTER}. Below zero, Russian "
        "forces would hold less than at the start. The fan is a model and no observation.",
        "claims": ["wait-for-information", "russia-tempo"],
        "columns": {
            "month": Column("Month", 2),
            "middle_km2": Column("Middle, km²", 0),
            "half_low_km2": Column(f"{_INNER} band, low", 0),
            "half_high_km2": Column(f"{_INNER} band, high", 0),
            "low_km2": Column(f"{_OUTER} band, low", 0),
            "high_km2": Column(f"{_OUTER} band, high", 0),
        },
    }


def _option_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "In the model the right to settle early caps the loss; it cannot make a "
        "driftless front pay",
        "subtitle": "Mean change of the land held by Russian forces at the settlement, km², by "
        "drift, km² a month",
        "source": f"Source: {MODEL}",
        "note": "Assumes that the offer still stands on the day one settles.",
        "alt": (
            f"Lines by drift from {s['drift-low']} to {s['drift-high']} km² a month, one a rule, "
            f"for eighteen months and a swing of {s['swing-shown']} km². All meet near zero where "
            f"there is no drift. At "
            f"{s['drift-came']} a month waiting to the end loses {s['no-stop-land']} km²; "
            f"settling once {number(STOP_KM2)} are lost ends at {s['stop-land']} after "
            f"{s['stop-months']} "
            "months."
        ),
        "caption": "Dashed lines: the drift as estimated on the article’s day, and as it came. "
        "Controls: how long one waits at most, and how much a month swings around the drift.",
        "claims": ["wait-for-information"],
        "columns": {
            "drift_km2": Column("Drift, km² a month", 0),
            "rule": "Rule",
            "months": Column("At most, months", 0),
            "volatility_km2": Column("Swing of a month, km²", 0),
            "land_km2": Column("Land, km²", 0),
            "months_waited": Column("Months waited", 1),
            "chance_less_land": Column("Chance of less land", 3),
        },
    }


def _surface_texts(s: dict[str, str]) -> dict[str, Any]:
    start = {name: labels()[name][at] for name, at in START.items()}
    return {
        "title": "What waiting had to bring depends on what lives and land are worth to a reader",
        "subtitle": "Steps of better terms at which waiting breaks even, by a reader’s prices for "
        "one step",
        "source": f"Source: {MODEL}, with counts of the dead and maps as in the text",
        "note": "Lines of equal steps are named at the edge where they leave the picture.",
        "alt": (
            f"Bands between lines of equal steps, over prices in lives and in land on logarithmic "
            f"axes, for {start['front']}, {start['months']}, {start['lives']}, {start['offer']}. "
            f"At {s['price-lives']} lives and {s['price-land']} km² for a step, waiting had to "
            f"bring {s['needed-start']} steps; with the drift that came, {s['needed-came']}; had "
            f"{_PROVINCES} provinces been asked for in June 2024 and a halt on the line later, "
            f"{s['needed-provinces']}."
        ),
        "caption": "Find your own prices on the axes, then move the controls. The model has no "
        "price of its own. Below zero waiting was right even at the price of worse terms.",
        "claims": ["wait-for-information"],
        "columns": {
            "lives_per_step": Column("Lives for a step", 0),
            "km2_per_step": Column("km² for a step", 0),
            "steps": Column("Steps needed", 2),
        },
        "every_columns": SETTINGS_COLUMNS,
    }


def _terms_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "On terms alone, waiting needs better odds of gain the likelier an offer lapses",
        "subtitle": "Chance of terms one step better at which waiting breaks even, percent",
        "source": f"Source: {MODEL}; the chances on the axes are guesses",
        "note": "Grey: no chance of better terms is high enough. Empty: the chances exceed one.",
        "alt": (
            f"Triangle of the chance that terms harden by the chance that the offer is withdrawn. "
            f"At {s['chance-worse']} and {s['chance-none']} better terms must have a chance of "
            f"{s['terms-needed']}, with {s['terms-left']} left; {s['terms-possible']} of the grid "
            "can break even at all."
        ),
        "caption": "Controls: how many steps worse terms cost, and how many it costs to have no "
        "offer; terms worse than none are not signed.",
        "claims": ["wait-for-information", "leverage-follows"],
        "columns": {
            "chance_harden": Column("Chance that terms harden", 1),
            "chance_withdrawn": Column("Chance that the offer goes", 1),
            "needed": Column("Chance of better terms needed", 2),
            "chance_left": Column("Chance left", 1),
        },
        "every_columns": {
            "harden_steps": Column("Worse terms cost, steps", 1),
            "withdrawn_steps": Column("No offer costs, steps", 1),
            "chance_harden": Column("Chance that terms harden", 1),
            "chance_withdrawn": Column("Chance that the offer goes", 1),
            "needed": Column("Chance of better terms needed", 2),
            "chance_left": Column("Chance left", 1),
        },
    }


def _arms_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": "By the ratios to autumn 2024 Ukraine’s firepower rose, and the advance went on "
        "faster",
        "subtitle": "Above: Russian shells for one Ukrainian. Below: km² a day on the maps",
        "source": f"Sources: {PRESS}; {MAPS}",
        "note": f"Ratios by Ukrainian officials; none held here is later than {s['ratio-last']}. "
        "Dots below are months as published by several trackers.",
        "alt": (
            f"Panels in time. Ratios of shells fall from {s['ratio-spring']} in spring 2024 "
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
        "title": f"In the window Ukraine claimed {s['casualties-range']} thousand Russian "
        f"casualties a month; counts of recruits run from {s['recruits-range']}",
        "subtitle": "Persons a month, thousand",
        "source": f"Sources: General Staff of Ukraine (casualties); {PRESS} (recruits)",
        "note": "Casualties are Ukraine’s claim, killed and wounded, and many return; recruits are "
        "claims of either side and counts of bonuses paid.",
        "alt": (
            f"Line of casualties claimed by Ukraine, with a peak of {s['peak-casualties']} a day "
            f"in {s['peak-month']}, over bars in time of recruits: claimed by Russia "
            f"{s['recruits-2024']} in 2024 and {s['recruits-2025']} in 2025; bonuses paid "
            f"count {s['bonus-2025']} from January to June 2025."
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
        "title": f"Officials put intake before the law at {s['intake-before']} or "
        f"{s['intake-after']} a month; registered absences grew in each count",
        "subtitle": "Ukrainian soldiers taken in, and cases of absence registered, thousand a "
        "month",
        "source": f"Sources: {PRESS}; Prosecutor General of Ukraine as read in the press",
        "note": "Cases, not persons; some returned. Intake is what officials said in passing; "
        "that before the law is the press figure after it over the ministry’s multiple.",
        "alt": (
            f"Bars in time. Intake before the law is {s['intake-before']} a month by the "
            f"ministry’s multiple and {s['intake-after']} by the President’s figure for all of "
            f"2024; from May 2024 it is {s['intake-lowest']} to {s['intake-after']}. Registered "
            f"absences rise from {s['absent-2023']} a month in 2023 to {s['absent-2025']} in 2025."
        ),
        "caption": f"The law took effect on {day(LAW_TOOK_EFFECT)}, "
        f"{count((ARTICLE - LAW_TOOK_EFFECT).days)} days before the article. The figures for the "
        "months before it cannot both be right.",
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
            f"Bars: the {_PROVINCES} provinces that Russia asked to be left in full hold "
            f"{s['asked']} "
            f"under Ukrainian control, most in Donetsk ({s['asked-donetsk']}); the window took "
            f"{s['window-gain']}."
        ),
        "caption": f"The first {_PROVINCES} bars are land that the terms of 14 June 2024 asked "
        "Ukraine to leave.",
        "claims": ["wait-for-information"],
        "columns": {"what": "Land", "km2": Column("km²", 0), "kind": "Kind"},
    }


def _killed_texts(s: dict[str, str]) -> dict[str, Any]:
    return {
        "title": f"In eighteen months {s['both-18-range']} soldiers were killed or went missing",
        "subtitle": "Soldiers killed or missing in eighteen months, thousand, by count",
        "source": "Sources: President of Ukraine; lostarmour.info, pro-Russian; Meduza, Mediazona",
        "alt": (
            f"Bars: Ukraine {s['ua-18-range']} by its counts, Russia {s['ru-18']} by the model "
            f"of probate cases."
        ),
        "caption": "By name: with the missing, at the mean pace of the whole war. The line on the "
        "Russian bar adds up weekly ranges, which is too wide. None counts civilians.",
        "claims": ["wait-for-information"],
        "columns": {
            "count": "Count",
            "a_month": Column("Killed a month", 0),
            "thousand": Column(f"In {timing.WINDOW_MONTHS} months, thousand", 1),
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
