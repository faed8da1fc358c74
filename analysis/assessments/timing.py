"""Assessments of the claims about timing: what was worth waiting for, and what came."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis import tables, territory, timing, verdicts
from analysis.assessing import evidence, proposition, reading, stated
from analysis.claims import ARTICLE_DATE, Assessment, Finding, Value, assessment
from analysis.formatting import area, between, count, number, percent
from analysis.readings import Reading, robustness
from analysis.verdicts import Outcome

CHANGES, TOTAL, LAYERS = (
    "territory-published-changes",
    "deepstate-daily-total",
    "isw-layers-daily",
)
MANPOWER, CASES, DEAD = "mobilisation-and-recruitment", "leverage-cases", "meduza-dead-2026"
CONTROL_2022 = "isw-control-2022"
AWOL = "evasion-cases"

FIRST_MAP = pd.Timestamp("2024-07-08")
LAST_OF_MAY, LAST_OF_2025 = pd.Timestamp("2024-05-31"), pd.Timestamp("2025-12-31")
_ISW_LATER = ("rate-csis-area-2024", "rate-csis-area-2025")


def fact(evidence_id: str) -> float:
    """Return the number of one evidence row."""
    return float(evidence([evidence_id])["value"].iloc[0])


def _ends(evidence_id: str) -> tuple[float, float]:
    row = evidence([evidence_id])
    return float(row["low"].iloc[0]), float(row["high"].iloc[0])


def _manpower(row_id: str) -> float:
    values = tables.read(MANPOWER).set_index("row_id")["value"]
    return float(values.loc[row_id])


# Russia's tempo -------------------------------------------------------------------------------


def published_pace(*evidence_ids: str) -> float:
    """Return km2 a day of published gains whose periods follow one another."""
    rows = tables.read(CHANGES).set_index("evidence_id").loc[list(evidence_ids)]
    days = (rows["period_end"] - rows["period_start"]).dt.days + 1
    return float(rows["russian_gain_km2"].sum() / days.sum())


def isw_window_pace() -> float:
    """Return km2 a day from 1 June 2024 to the end of 2025, on ISW's maps.

    The two years as CSIS counted them, less the January to May 2024 that ISW had counted.
    """
    rows = tables.read(CHANGES).set_index("evidence_id")
    gain = rows["russian_gain_km2"].astype(float).to_dict()
    taken = sum(gain[name] for name in _ISW_LATER) - gain["isw-jan-may-2024-752"]
    return float(taken / (LAST_OF_2025 - LAST_OF_MAY).days)


def may_pace() -> float:
    """Return ISW's km2 a day of 30 April to 31 May 2024, between its two totals."""
    step = timing.isw_2024(tables.read(CHANGES)).iloc[1]
    return float(step["change_km2"] / step["days"])


def map_pace(start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Return km2 a day on the DeepState maps."""
    return territory.daily_rate_km2(tables.read(TOTAL), start.date(), end.date())


def tempo_readings() -> list[Reading]:
    """Set the pace of the window beside the tempo of the article's day."""
    window, before = isw_window_pace(), published_pace("isw-jan-may-2024-752")
    published = evidence(["isw-jan-may-2024-752"])["published"].iloc[0]
    before_article = (ARTICLE_DATE - published).days
    maps = map_pace(FIRST_MAP, timing.WINDOW_END)
    deepstate_may = published_pace("deepstate-may-2024-317")
    after = map_pace(LAST_OF_2025, tables.read(TOTAL)["date"].max())
    isw = {"tracker": "ISW", "tempo": "January to May 2024", "later": "June 2024 to 2025"}
    maps_levels = {"tracker": "DeepState", "tempo": "May 2024", "later": "window"}
    return [
        reading(
            "ISW: June 2024 to December 2025 over January to May 2024",
            window / before, "ratio", ["isw-jan-may-2024-752", *_ISW_LATER],
            levels=isw, role="primary", known="now",
            reason=f"the tempo as ISW had published it {count(before_article)} days before the "
            "article, and the same maps afterwards",
        ),
        reading(
            "ISW: the same over May 2024",
            window / may_pace(), "ratio", ["isw-jan-may-2024-752", "isw-jan-apr-2024-516"],
            levels=isw | {"tempo": "May 2024"}, known="now",
        ),
        reading(
            "ISW: the same over the week of 9 to 15 May 2024",
            window / published_pace("afp-week-may-2024-278"), "ratio",
            ["afp-week-may-2024-278", *_ISW_LATER],
            levels=isw | {"tempo": "one week of May 2024"}, known="now",
        ),
        reading(
            "DeepState: maps of the window over May 2024",
            maps / deepstate_may, "ratio", [TOTAL, "deepstate-may-2024-317"],
            levels=maps_levels, known="now", origin_id="deepstate",
        ),
        reading(
            "AFP with claims: 2025 over May 2024",
            published_pace("afp-2025-total-5600") / published_pace("afp-may-2024-449"), "ratio",
            ["afp-2025-total-5600", "afp-may-2024-449"],
            levels={"tracker": "ISW with claims", "tempo": "May 2024", "later": "2025"},
            known="now",
        ),
        reading(
            "DeepState: 2026 over May 2024",
            after / deepstate_may, "ratio", [TOTAL, "deepstate-may-2024-317"],
            levels=maps_levels | {"later": "2026"}, known="now", origin_id="deepstate",
            role="excluded", reason="it lies after the article’s eighteen months",
        ),
    ]  # fmt: skip


def force_grew() -> bool:
    """Tell whether Kyiv counted Russian forces against it as growing in the window."""
    rows = tables.read(MANPOWER).set_index("row_id")
    growth = rows.loc[["ru-growth-2025-04", "ru-growth-2025-08"], ["value", "low"]]
    return bool((growth["value"].fillna(growth["low"]) > 0).all())


@assessment("russia-tempo")
def russia_tempo() -> Assessment:
    """Whether the advance kept its pace once Ukraine fired more."""
    found = verdicts.judge(tempo_readings(), "sustain", 1.0)
    literal: Outcome = "came true" if found[0].stands else "failed"
    charitable: Outcome = "came true" if found[0].stands and force_grew() else "in part"
    before, window = published_pace("isw-jan-may-2024-752"), isw_window_pace()
    after = map_pace(LAST_OF_2025, tables.read(TOTAL)["date"].max())
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("russia-tempo"),
                verdict=verdicts.forecast(literal, charitable),
                readings=tuple(found),
                robustness=robustness(found),
                evidence_for=("syrskyi-2025-08-net-growth", "iiss-2026-02-capacity", TOTAL),
                evidence_against=(
                    "western-2026-02-losses-exceed",
                    "bloomberg-2026-01-net-loss",
                    "isw-apr-2026-minus-116",
                ),
                note=(
                    "The article asks and does not answer; the word says how the question came "
                    "out. Literal rule: ground taken a day from June 2024 to the end of 2025 is "
                    "at least that of January to May 2024. Charitable rule: beside that, Kyiv "
                    "itself counts the Russian force as growing."
                ),
            ),
        ),
        then=Value(
            value=before,
            unit="km2/day",
            text="Russian gains, ISW, January to May 2024",
            date="2024-06-01",
            status="known then",
            evidence=("isw-jan-may-2024-752",),
        ),
        now=Value(
            value=window,
            unit="km2/day",
            text="Russian gains, CSIS from ISW maps, June 2024 to December 2025",
            date="2025-12-31",
            status="now",
            evidence=_ISW_LATER,
        ),
        reason=(
            f"Russian forces took {number(before, 1)} km² a day in January to May 2024 and "
            f"{number(window, 1)} from June 2024 to the end of 2025, while Kyiv counted their "
            f"force as growing by about {number(_manpower('ru-growth-2025-08'))} a month; after "
            f"the window the pace fell to {number(after, 1)}."
        ),
        correction_direction="hurts",
        would_change="A reading in which tempo means the pace of the second week of May 2024.",
    )


# Ukraine's draft --------------------------------------------------------------------------------


def intake_before() -> float:
    """Return the monthly intake before the law: that after it over the Ministry's multiple."""
    return _manpower("ua-rate-2024-05") / _manpower("ua-multiple-2024")


def intake_of_2024() -> float:
    """Return the monthly intake that the President of Ukraine gave for the whole of 2024."""
    return _manpower("ua-rate-2024")


def lowest_intake_after() -> float:
    """Return the lowest monthly intake that anyone published for the window."""
    rates = timing.draft_rates(tables.read(MANPOWER))
    inside = rates[rates["period_start"] > pd.Timestamp("2024-05-01")]
    return float(inside["low"].min())


@assessment("draft-success")
def draft_success() -> Assessment:
    """Whether the draft refilled the ranks, by intake and by the size of the force."""
    early, late = _manpower("ua-force-2024"), _manpower("ua-force-2025")
    before, lowest = intake_before(), lowest_intake_after()
    literal: Outcome = "came true" if late > early else "failed"
    charitable: Outcome = "came true" if lowest > before else "in part"
    by_year: Outcome = "came true" if lowest > intake_of_2024() else "in part"
    cases = timing.awol_a_month(tables.read(AWOL))["cases_a_month"]
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("draft-success"),
                verdict=verdicts.forecast(literal, charitable),
                evidence_for=(
                    "nyt-2024-07-draft-rate",
                    "ua-mod-2024-08-draft-multiple",
                    "venislavsky-2025-07-draft-rate",
                    "zelensky-2025-05-draft-rate",
                ),
                evidence_against=(
                    "zelensky-2024-01-army",
                    "zelensky-2025-01-army",
                    "ua-awol-2025-7m",
                    "fedorov-2026-01-awol",
                    "ua-mp-2025-05-draft-decline",
                ),
                note=(
                    "The article asks and does not answer; the word says how the question came "
                    "out. Literal rule: ranks are refilled when the force is larger at the last "
                    "official count of the window than before the law. Charitable rule: monthly "
                    "intake is above that before the law, at its lowest; intake before the law is "
                    f"what the ministry’s multiple gives ({charitable}). With the figure that the "
                    f"President gave for all of 2024, {number(intake_of_2024())}, in its place: "
                    f"{by_year}. Nobody publishes how many soldiers hold the front."
                ),
            ),
        ),
        then=Value(
            low=_ends("ua-500k-request")[0],
            high=_ends("ua-500k-request")[1],
            unit="troops",
            text="asked for by the General Staff in December 2023, later reduced",
            date="2023-12-19",
            status="known then",
            evidence=("ua-500k-request", "ua-500k-reduced"),
        ),
        now=Value(
            value=late,
            unit="troops",
            text=f"the whole force in January 2025, as in January 2024 ({number(early)})",
            date="2025-01-15",
            status="now",
            evidence=("zelensky-2025-01-army", "zelensky-2024-01-army"),
        ),
        reason=(
            f"By the ministry’s multiple intake rose from about {number(before)} a month before "
            f"the law to {between(number(lowest), number(_manpower('ua-rate-2024-05')))}, by the "
            f"President’s figure it was {number(intake_of_2024())} in all of 2024; the force "
            f"numbered {number(early)} in January 2024 and {number(late)} a year later, and "
            f"registered absences rose from {number(cases.iloc[1])} a month in 2023 to "
            f"{number(cases.iloc[-1])} in 2025."
        ),
        correction_direction="neutral",
        would_change="A count of soldiers at the front by month, which Kyiv keeps secret.",
    )


# Leverage ---------------------------------------------------------------------------------------


@cache
def _control() -> pd.DataFrame:
    return territory.isw_control(tables.read(CONTROL_2022), tables.read(LAYERS))


def leverage_cases() -> pd.DataFrame:
    """Return the four times Russian forces lost ground, the change filled in from the maps."""
    cases = tables.read(CASES).sort_values("period_start", ignore_index=True)
    computed = [
        territory.net_change_km2(
            _control(), start.date(), end.date(), value="area_km2", max_gap_days=31
        )
        if basis == "ISW control"
        else published
        for start, end, basis, published in zip(
            cases["period_start"],
            cases["period_end"],
            cases["ground_basis"],
            cases["ground_change_km2"],
            strict=True,
        )
    ]
    return cases.assign(ground_change_km2=computed)


@assessment("leverage-follows")
def leverage_follows() -> Assessment:
    """Whether terms improve when Russian forces lose ground."""
    cases = leverage_cases()
    better, known = int((cases["terms_moved"] == "better").sum()), len(cases)
    charitable: Outcome = "came true" if better == known else "in part" if better else "failed"
    gained = map_pace(FIRST_MAP, timing.WINDOW_END) > 0
    literal: Outcome = "not tested" if gained else charitable
    ids = ";".join(cases["evidence_ids"]).split(";")
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("leverage-follows"),
                verdict=verdicts.forecast(literal, charitable),
                evidence_for=("draft-2022-03-07-army", "draft-2022-04-army-russia", CASES),
                evidence_against=tuple(
                    name
                    for name in dict.fromkeys(ids)
                    if name not in {"draft-2022-03-07-army", "draft-2022-04-army-russia"}
                ),
                note=(
                    "Literal rule: in the window Ukrainian forces regain land in sum and the "
                    "next Russian terms are better. Charitable rule: other times at which "
                    "Russian forces lost ground count too, those of 2022 and 2026 and Kursk "
                    "Oblast; better terms after all of them, some or none."
                ),
            ),
        ),
        then=stated(
            "Russian terms eased in April 2022, after the withdrawal from the north, and "
            "hardened in September 2022, after Kharkiv",
            date="2022-09-30",
            status="about then, known later",
            evidence=("draft-2022-04-army-russia", "annexation-2022-09-30-talks"),
        ),
        now=stated(
            "no easing is known after Kursk in 2024 or after the net losses of April 2026",
            date="2026-06-23",
            status="now",
            evidence=("kursk-peak-1376", "isw-apr-2026-minus-116", "putin-2026-06-23-istanbul"),
        ),
        reason=(
            "In the window Russian forces gained land, so the condition did not come; in "
            f"{better} of {known} other cases of ground lost the next known Russian terms were "
            "better for Ukraine."
        ),
        correction_direction="neutral",
        would_change=(
            "A time at which Ukrainian forces regain land over months, with Russian terms known "
            "before and after."
        ),
    )


# Waiting ----------------------------------------------------------------------------------------


# Chance that the change lies within the range that is shown.
CHANCE = 0.9


@cache
def known_front() -> timing.Front:
    """Return the front as it could be estimated on the article's day."""
    estimates = timing.fronts(tables.read(LAYERS), tables.read(CHANGES), tables.read(TOTAL))
    return estimates[timing.KNOWN_THEN][0]


def window_gain_km2() -> float:
    """Return what the DeepState maps add from the first map to the end of the window."""
    return territory.net_change_km2(tables.read(TOTAL), FIRST_MAP.date(), timing.WINDOW_END.date())


@assessment("wait-for-information")
def wait_for_information() -> Assessment:
    """What waiting could be worth on what was known, and what the awaited facts became."""
    front = known_front()
    low, high = front.predicted_km2(timing.WINDOW_MONTHS, CHANCE)
    less = timing.share_of_prediction(front, timing.WINDOW_MONTHS, 0.0)
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("wait-for-information"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=(
                    "fwt-min-three-quarters-fail",
                    "fwt-min-2016-extend",
                    "putin-2024-06-terms-lines",
                    "war-mapper-oct23-apr24-348",
                ),
                evidence_against=(
                    "reuters-2024-05-freeze-sources",
                    "rate-csis-area-2025",
                    "zelensky-55k-2026-02",
                    "anchorage-2025-ukraine-leaves",
                    DEAD,
                    TOTAL,
                ),
                note=(
                    "No verdict: what talks in June 2024 would have brought was not observed. "
                    "The model of the chapter is a lens; it says what waiting had to bring on "
                    "stated assumptions."
                ),
            ),
        ),
        then=Value(
            low=round(low),
            high=round(high),
            unit="km2",
            text="change of the land held by Russian forces in "
            f"{number(timing.WINDOW_MONTHS)} months, with a chance of {percent(CHANCE)} by a "
            "random walk fitted to the maps of the time",
            date="2024-06-03",
            status="known then",
            evidence=(LAYERS, "isw-jan-may-2024-752"),
        ),
        now=Value(
            value=round(window_gain_km2()),
            unit="km2",
            text="on the DeepState maps from 8 July 2024 to 3 December 2025",
            date="2025-12-03",
            status="now",
            evidence=(TOTAL,),
        ),
        reason=(
            f"At the end of the window Russian forces held {area(window_gain_km2())} more than on "
            "the first map of July 2024; a random walk fitted to what was known on the article’s "
            f"day, a model, had given a chance of about {percent(less)} that they would hold less. "
            "What a settlement would have kept or lost is not observed."
        ),
        correction_direction="neutral",
        would_change="Nothing that can be observed: the other course was not taken.",
    )
