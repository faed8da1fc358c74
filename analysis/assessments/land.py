"""Assessments of the claims about the land: who held what, and was the front giving way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from analysis import claims, tables, territory, verdicts
from analysis.assessing import (
    event_finding,
    evidence,
    proposition,
    reading,
    stated,
    value_of,
)
from analysis.claims import Assessment, Finding, Value, assessment, figure_finding
from analysis.formatting import (
    KM_PER_MI,
    area,
    between,
    count,
    day,
    month,
    number,
    percent,
    span,
    square_miles,
)
from analysis.hedges import allowed
from analysis.readings import Reading, Role, Status, robustness

# The share that the article names for what was regained.
HALF = 0.5
# Where "just over half" ends, roughly: half times the upper end of the word's interval.
ROUGHLY_HALF = allowed("just over", HALF)[1].high
ISW_SERIES = "isw-layers-daily"
ISW_2022 = "isw-control-2022"
DEEPSTATE = "deepstate-daily-total"
FIRST_MAP, WINDOW_END = date(2024, 7, 8), claims.WINDOW_END.date()
# The largest week that anybody published for the time before the article.
WEEK = "afp-week-may-2024-278"
SEVEN_MONTHS = "war-mapper-oct23-apr24-348"
# Windows in which the largest loss of ground is looked for.
DAYS = (7, 30)
# From here on a province is roughly "more or less fully" held.
FULLY = allowed("more or less fully", 1.0)[1].low


def _fact(evidence_id: str) -> float:
    return float(str(evidence([evidence_id])["value"].iloc[0]))


def _day_of(evidence_id: str) -> date:
    return pd.Timestamp(evidence([evidence_id])["as_of"].iloc[0]).date()


def _span_of(evidence_id: str) -> str:
    """Write the first and the last day of a row of evidence."""
    row = evidence([evidence_id]).iloc[0]
    return span(row["as_of"], row["period_end"])


def months_of(evidence_id: str) -> str:
    """Write how many calendar months a row of evidence covers."""
    row = evidence([evidence_id]).iloc[0]
    months = 12 * (row["period_end"].year - row["as_of"].year)
    return count(months + row["period_end"].month - row["as_of"].month + 1)


def _last_map() -> date:
    return pd.Timestamp(tables.read(DEEPSTATE)["date"].max()).date()


def _isw() -> pd.DataFrame:
    return territory.isw_control(tables.read(ISW_2022), tables.read(ISW_SERIES))


# Net gains of the fall of 2023 ------------------------------------------------------------


@assessment("net-188")
def net_188() -> Assessment:
    """188 square miles is the net gain of nine months that end as the fall begins."""
    found = net_188_readings()
    primary, longest = found[0], found[-2]
    source = found[-1]
    return Assessment(
        findings=(figure_finding("net-188", found),),
        then=value_of(primary, date="2023-11-21"),
        now=value_of(found[2], date="2023-11-05"),
        reason=(
            f"The count published for a month of that fall is {number(primary.value)} square "
            f"miles net; {number(source.value)} is The New York Times' count for "
            f"{_span_of('nyt-net-gain-188')}, and even the {months_of(SEVEN_MONTHS)} months from "
            f"October to April come to {number(longest.value)}."
        ),
        error_type="period",
        correction_direction="helps",
        would_change=(
            f"A tracker's net figure for September to December 2023 near "
            f"{number(source.value)} square miles, published by {day(claims.ARTICLE_DATE)}."
        ),
    )


def net_188_readings() -> list[Reading]:
    """Every way to count the net Russian gain of the fall of 2023, in square miles."""
    layers = tables.read(ISW_SERIES)
    fall = territory.net_gain_by_period(tables.read("territory-published-changes"), layers)
    own = fall.query("reading_id == 'mid-fall-month' and tracker == 'ISW'")
    rest = territory.rest_of_2023(tables.read("territory-published-changes"))
    control, advances = (
        _layer_gain(fall, name)
        for name in ("ISW layers: control", "ISW layers: control and advances")
    )
    ids = ["belfer-month-to-nov-2023-russia", "belfer-month-to-nov-2023-ukraine"]
    return [
        reading(
            "Belfer task force from ISW maps, 21 October to 21 November 2023",
            round(float(own["net_gain_sq_mi"].iloc[0]), 1),
            "sq mi",
            ids,
            levels={"source": "Belfer from ISW", "period": "a month of the fall"},
            role="primary",
            reason=(
                "the words are net and fall; the one independent count published by "
                "3 June 2024 whose days all lie in the fall"
            ),
        ),
        _layer_reading("ISW control layer", control, "ISW control"),
        _layer_reading("ISW control and advances", advances, "ISW control and advances"),
        reading(
            "AFP's gain of 2023 less The New York Times' to 25 September",
            square_miles(rest),
            "sq mi",
            ["afp-2023-total-584", "nyt-net-gain-188"],
            levels={"source": "AFP less NYT", "period": "26 September to December"},
            role="excluded",
            reason="subtracts a net figure of one counter from a figure of another",
        ),
        reading(
            f"War Mapper, {_span_of(SEVEN_MONTHS)} (the fall and the winter)",
            square_miles(_fact(SEVEN_MONTHS)),
            "sq mi",
            [SEVEN_MONTHS],
            levels={"source": "War Mapper", "period": "October to April"},
        ),
        reading(
            f"The New York Times from ISW maps, {_span_of('nyt-net-gain-188')}",
            _fact("nyt-net-gain-188"),
            "sq mi",
            ["nyt-net-gain-188", "nyt-data-cutoff"],
            levels={"source": "NYT from ISW", "period": "January to September"},
            role="excluded",
            reason=f"another period: it ends {fall_days()} days into the fall",
        ),
    ]


def fall_days() -> str:
    """Write how many days of the astronomical fall the printed number's own period has."""
    end = evidence(["nyt-net-gain-188"])["period_end"].iloc[0].date()
    return count((end - territory.LAST_FALL[0].start).days)


def _layer_gain(fall: pd.DataFrame, tracker: str) -> float:
    """Gain in square miles over the days of the astronomical fall that a layer has."""
    rows = fall[(fall["tracker"] == tracker) & (fall["reading_id"] == "astronomical")]
    return float(rows["net_gain_sq_mi"].iloc[0])


def _layer_reading(name: str, gain_sq_mi: float, source: str) -> Reading:
    return reading(
        f"{name}, first weeks of the fall (the series ends on 5 November 2023)",
        gain_sq_mi,
        "sq mi",
        [ISW_SERIES],
        levels={"source": source, "period": "first weeks of the fall"},
        known="about then, known later",
        origin_id="isw",
    )


@assessment("nyc-half")
def nyc_half() -> Assessment:
    """188 square miles beside each published area of New York City."""
    found = nyc_readings()
    primary = found[0]
    printed = _fact("nyt-net-gain-188")
    return Assessment(
        findings=(figure_finding("nyc-half", found),),
        then=value_of(primary, date="2010-04-01"),
        now=None,
        reason=(
            f"By the census {number(printed)} square miles are {percent(primary.value)} of the "
            f"city's land area; the words allow {percent(ROUGHLY_HALF)} at most."
        ),
        error_type="arithmetic",
        correction_direction="hurts",
        would_change=(
            f"A land area of New York City of at least {number(printed / ROUGHLY_HALF)} square "
            "miles in a source of standing."
        ),
    )


# Each published area of the city: its row of evidence, and how it is named.
_CITY_AREAS = {
    "nyc-land-census-302-643": ("land area, 2010 census", "census", "land"),
    "nyc-land-dcp-304-8": ("land area, Department of City Planning 2008", "city, 2008", "land"),
    "nyc-land-dcp-2002-321": (
        "land area, Department of City Planning 2002", "city, 2002", "land",
    ),
    "nyc-total-468": ("total area with water", "an answer page", "land and water"),
}  # fmt: skip


def nyc_readings() -> list[Reading]:
    """The printed gain over each area of the city, as ratios."""
    areas = {name: _fact(name) for name in _CITY_AREAS}
    table = territory.ratio_to_city(_fact("nyt-net-gain-188"), areas)
    ratio = table.set_index("measure")["ratio"]
    reasons: dict[str, tuple[Role, str]] = {
        "nyc-land-census-302-643": (
            "primary",
            "the words are land area; the census is the official measure",
        ),
        "nyc-total-468": ("excluded", "the words are land area"),
    }
    found = []
    for name, (label, source, definition) in _CITY_AREAS.items():
        role, reason = reasons.get(name, ("alternative", ""))
        found.append(
            reading(
                f"{label} ({number(areas[name], 1)} square miles)",
                float(ratio[name]),
                "ratio",
                [name],
                levels={"source": source, "definition": definition},
                role=role,
                reason=reason,
            )
        )
    return found


# What was regained in 2022 ----------------------------------------------------------------


@assessment("regained-half")
def regained_half() -> Assessment:
    """Share of the land lost since February 2022 that was regained by the end of the year."""
    found = regained_readings()
    shares = [item.value for item in found if item.role != "excluded"]
    equals = [item for item in found if item.role == "primary"]
    low, high = (percent(value) for value in (min(shares), max(shares)))
    return Assessment(
        findings=(figure_finding("regained-half", found),),
        then=Value(
            low=min(item.value for item in equals),
            high=max(item.value for item in equals),
            unit="share",
            text="trackers of equal standing",
            date="2022-12-31",
            status="known then",
            evidence=tuple(name for item in equals for name in item.evidence),
        ),
        now=value_of(next(item for item in found if item.evidence[0] == ISW_SERIES)),
        reason=(
            f"Of the independent trackers published by then one counts "
            f"{percent(equals[0].value)} and the other {percent(equals[1].value)}; all "
            f"defensible answers run from {low} to {high}."
        ),
        error_type="definition",
        correction_direction="neutral",
        would_change=(
            "A statement by the article of its source: what the answer is depends on whether "
            "ground only passed through in the north is counted."
        ),
    )


# The rule for the primary reading picks these two: independent trackers (no official of a
# belligerent or ally), published by the article's date, on the base since February 2022.
_REGAINED_PRIMARY = {
    "isw-own-share": "ISW's own count; independent, published by then, base since February 2022",
    "war-mapper": "War Mapper's own map; independent, published by then, through the year's end",
}
_REGAINED_EXCLUDED = {
    "newsweek-control": "ends before the right bank of the Dnipro was regained",
    "newsweek-control-advances": "ends before the right bank of the Dnipro was regained",
    "isw-gross-statista": "the same figures as the gross ISW reading",
}

# Names for charts and dimensions; the whole name of the source stands in the reading.
_REGAINED_SHORT = {
    "isw-gross": "ISW, gross",
    "isw-gross-statista": "ISW, gross (Statista)",
    "isw-own-share": "ISW, own share",
    "isw-layers-control-since-2022": "ISW layers, control",
    "isw-layers-control-and-advances-since-2022": "ISW layers, both",
    "range-forecasting": "Range Forecasting",
    "milley": "US joint chiefs",
    "blinken": "US state secretary",
    "defmon": "DefMon",
    "umerov": "Ukraine’s minister",
    "zaluzhny": "Ukraine’s commander",
    "economist-more-than-half": "The Economist",
    "war-mapper": "War Mapper",
}


def regained_readings() -> list[Reading]:
    """Every defensible share regained, as shares of one."""
    table = territory.regained_share_by_definition(
        tables.read("regained-2022-published"),
        tables.read(ISW_2022),
        tables.read(ISW_SERIES),
        date(2024, 6, 3),
    )
    rows = table.rename(columns=str).to_dict("records")
    return [_regained_reading({str(name): cell for name, cell in row.items()}) for row in rows]


def _regained_reading(row: dict[str, object]) -> Reading:
    slug, base = str(row["definition_id"]), str(row["base"])
    role: Role = "alternative"
    reason = _REGAINED_PRIMARY.get(slug) or _REGAINED_EXCLUDED.get(slug, "")
    if slug in _REGAINED_PRIMARY:
        role = "primary"
    elif slug in _REGAINED_EXCLUDED:
        role = "excluded"
    elif base == "all held since 2014":
        role, reason = "excluded", "the words are lost since the war began, taken as February 2022"
    computed = "computed" in str(row["basis"])
    ids = str(row["evidence_ids"]).split(";")
    return reading(
        f"{row['source']}: {row['definition']}",
        float(str(row["share_pct"])) / 100,
        "share",
        [*([ISW_SERIES, ISW_2022] if computed else []), *ids],
        levels={
            "source": _REGAINED_SHORT.get(slug, str(row["source"])),
            "definition": _layer(slug),
        },
        role=role,
        reason=reason,
        origin_id=str(row["origin_id"]),
        known="about then, known later" if computed else None,
    )


def _layer(slug: str) -> str:
    """Say what a definition counts: ground firmly held, or also ground passed through."""
    if "advances" in slug or "gross" in slug:
        return "control and advances"
    return "control" if slug.startswith(("isw-layers", "guardian")) else "not stated or mixed"


@assessment("expelled-2022")
def expelled_2022() -> Assessment:
    """Where Russian forces were at the end of 2022: north, northeast, right bank."""
    findings = (
        event_finding(
            "expelled-2022",
            ["regain-war-mapper-april-2022", "land-north-uk-mod", "land-north-zelensky-2023"],
            component="north",
            measured=[ISW_2022],
            note=f"The fall of ISW control from 29 March to 4 April 2022 is {_north_fall()}.",
        ),
        _northeast(),
        event_finding(
            "expelled-2022",
            ["land-right-bank-russian-mod", "land-right-bank-uk-mod"],
            component="right-bank",
            measured=[ISW_2022],
            note="Both belligerents' reports give 11 November 2022.",
        ),
    )
    return Assessment(
        findings=findings,
        then=stated(
            f"north by 8 April, northeast but for less than {_kharkiv_rest()} of Kharkiv Oblast, "
            "right bank by 11 November 2022",
            date="2022-12-31",
            status="known then",
            evidence=("land-kharkiv-29-settlements", "land-right-bank-russian-mod"),
        ),
        reason=(
            "The north and the right bank were free of Russian forces by the year's end; in the "
            f"northeast {percent(northeast_share())} of what had been occupied was regained."
        ),
        correction_direction="neutral",
        would_change="Evidence of Russian forces in the north or on the right bank at year's end.",
    )


def _north_fall() -> str:
    lost = -territory.net_change_km2(
        _isw(), date(2022, 3, 28), date(2022, 4, 4), value="area_km2", max_gap_days=None
    )
    return area(lost)


def _kharkiv_rest() -> str:
    return percent(_fact("land-kharkiv-29-settlements") / 100)


def northeast_share() -> float:
    """Share of the ground once occupied in Kharkiv Oblast that was regained in 2022."""
    return 1 - _fact("land-kharkiv-29-settlements") / _fact("land-kharkiv-32pct")


def _northeast() -> Finding:
    """Expelled is all or nothing as worded, so the share regained is judged as a number."""
    ids = ["land-kharkiv-29-settlements", "land-kharkiv-32pct"]
    found = reading(
        "Kharkiv Oblast, share of the occupied ground regained by 27 December 2022",
        northeast_share(),
        "share",
        ids,
        levels={"source": "regional administration"},
        role="primary",
        reason="the one figure for the northeast alone; its source is a side in the war",
    )
    return figure_finding(
        "expelled-2022", [found], component="northeast", printed=1.0, word=""
    ).model_copy(update={"note": f"Less than {_kharkiv_rest()} of the oblast stayed occupied."})


@assessment("chronology-2022")
def chronology_2022() -> Assessment:
    """Which of the named areas were regained after mid-2022."""
    share = north_share()
    findings = (
        event_finding(
            "chronology-2022",
            [],
            ["regain-war-mapper-april-2022", "land-north-zelensky-2023"],
            component="north",
            note="The north was left between 29 March and 8 April 2022, before mid-2022.",
        ),
        event_finding(
            "chronology-2022",
            ["regain-war-mapper-sept-2022"],
            component="northeast",
            measured=[ISW_2022],
            note="Regained in September and October 2022.",
        ),
        event_finding(
            "chronology-2022",
            ["land-right-bank-russian-mod", "land-right-bank-uk-mod"],
            component="right-bank",
            measured=[ISW_2022],
            note="Left by 11 November 2022.",
        ),
    )
    return Assessment(
        findings=findings,
        then=stated(
            f"{percent(share)} of the ground regained in 2022 came back in the withdrawal of "
            "spring (War Mapper)",
            date="2022-12-31",
            status="known then",
            evidence=("regain-war-mapper-april-2022", "held-war-mapper-end-2022"),
        ),
        reason=(
            "The northeast and the right bank were regained after mid-2022, but the north, "
            f"about {percent(share)} of all that was regained, was left by Russian forces in "
            "spring, before the doubts that the article sets it against."
        ),
        error_type="chronology",
        correction_direction="hurts",
        would_change="A reading of the sentence in which the north is not set after mid-2022.",
    )


def north_share() -> float:
    """Share of all ground regained in 2022 that came back in the spring (War Mapper)."""
    return _fact("regain-war-mapper-april-2022") / _all_regained_points()


def _all_regained_points() -> float:
    """All points of Ukraine's area regained in 2022 by War Mapper: peak less year's end."""
    points = tables.read("regained-2022-published").set_index("definition_id")["numerator"]
    return float(points["war-mapper"])


@assessment("counteroffensive-failed")
def counteroffensive_failed() -> Assessment:
    """The counteroffensive of 2023 against its stated aim."""
    reached_km = _fact("fwt-zaluzhny-17km")
    to_go_km = _fact("land-2023-melitopol-distance") * KM_PER_MI
    gains = [_fact(name) for name in ("afp-counteroffensive-250", "wapo-ukraine-515-2023")]
    return Assessment(
        findings=(
            event_finding(
                "counteroffensive-failed",
                ["land-2023-aim-melitopol", "land-2023-zelensky-results", "fwt-zaluzhny-17km"],
                note=(
                    f"In mid-August more than {number(to_go_km)} km were left to Melitopol; the "
                    f"whole advance was {number(reached_km)} km."
                ),
            ),
        ),
        then=stated(
            f"{number(reached_km)} km from June to October; aim not reached",
            date="2023-11-01",
            status="known then",
            evidence=("fwt-zaluzhny-17km", "land-2023-aim-melitopol"),
        ),
        now=Value(
            low=min(gains),
            high=max(gains),
            unit="km2",
            text="retaken, by who counts",
            date="2023-12-31",
            status="about then, known later",
            evidence=("afp-counteroffensive-250", "wapo-ukraine-515-2023"),
        ),
        reason=(
            "Its principal aim, to cut the land route to Crimea, was not reached, and the "
            "President of Ukraine said that the desired results were not achieved."
        ),
        would_change="Evidence that the aim was a smaller one, and that it was reached.",
    )


# The front in 2024 ------------------------------------------------------------------------


@assessment("avdiivka")
def avdiivka() -> Assessment:
    """Avdiivka fell, the advance went on, and the area north of Kharkiv was under attack."""
    rates = territory.advance_rate_m_per_day(tables.read("advance-rates")).set_index("rate_id")
    pace = float(rates["metres_per_day"]["avdiivka-ocheretyne-2024"])
    findings = (
        event_finding(
            "avdiivka",
            ["avd-syrskyi-withdrawal", "sup-riv-readout-2024-02-17", "avd-fall-date"],
            component="captured",
            note="17 February 2024.",
        ),
        event_finding(
            "avdiivka",
            ["avd-ukmod-april26", "avd-ocheretyne-voloshyn", "war-mapper-apr-2024-gain-86"],
            component="westward",
            note=f"{number(pace)} metres a day from Avdiivka to Ocheretyne, by 5 May 2024.",
        ),
        event_finding(
            "avdiivka",
            ["off-isw-foothold-may10", "afp-week-may-2024-kharkiv-257", "off-conv-10km-23may"],
            component="kharkiv",
            note=f"{area(_fact('afp-week-may-2024-kharkiv-257'))} in a week, 9 to 15 May 2024.",
        ),
    )
    return Assessment(
        findings=findings,
        then=stated(
            "Avdiivka lost on 17 February; Ocheretyne by early May; Kharkiv Oblast attacked on "
            "10 May 2024",
            date="2024-06-03",
            status="known then",
            evidence=("avd-syrskyi-withdrawal", "avd-ocheretyne-claim", "off-isw-foothold-may10"),
        ),
        now=_donetsk_now(),
        reason="Each part is reported by more than one root source before the article.",
        would_change="Nothing foreseeable: the dates are not in dispute.",
    )


def _donetsk_now() -> Value:
    shares = territory.province_share(
        tables.read("deepstate-daily-by-oblast"), tables.read("oblast-areas"), "Donetsk"
    )
    last = shares.iloc[-1]
    return Value(
        value=round(float(last["share_pct"]), 1),
        unit="percent of oblast",
        text="Donetsk Oblast occupied",
        date=str(last["date"].date()),
        status="now",
        evidence=("deepstate-daily-by-oblast", "oblast-areas"),
    )


@assessment("slow-advances")
def slow_advances() -> Assessment:
    """The pace of spring 2024 beside the offensives of this war and of others."""
    found = slow_readings()
    primary = found[0]
    by = {item.levels["yardstick"]: item.value for item in found}
    pace = spring_pace_km2_per_day()
    later = territory.daily_rate_km2(tables.read(DEEPSTATE), FIRST_MAP, WINDOW_END)
    return Assessment(
        findings=(figure_finding("slow-advances", found, printed=1.0, word="slow"),),
        then=Value(
            value=pace,
            unit="km2/day",
            text=f"ISW, {_span_of('isw-jan-may-2024-752')}",
            date="2024-05-31",
            status="known then",
            evidence=("isw-jan-may-2024-752",),
        ),
        now=Value(
            value=later,
            unit="km2/day",
            text=f"DeepState maps, {span(FIRST_MAP, WINDOW_END)}",
            date="2025-12-03",
            status="now",
            evidence=(DEEPSTATE,),
        ),
        reason=(
            f"{number(pace, 1)} km² a day from January to May 2024 are "
            f"{percent(primary.value, 1)} of the pace of September 2022, but in metres a day "
            f"the axis west of Avdiivka moved at {percent(by['Kherson 2022'])} of the pace of "
            f"Kherson in 2022 and {number(by['the Somme 1916'], 1)} times that of the Somme."
        ),
        would_change=(
            "Another yardstick: beside positional battles of the First World War the axis west "
            "of Avdiivka is not slow."
        ),
    )


def spring_pace_km2_per_day() -> float:
    """Russian gains a day from 1 January to 31 May 2024, as published by ISW."""
    row = evidence(["isw-jan-may-2024-752"]).iloc[0]
    days = (row["period_end"] - row["as_of"]).days + 1
    return float(row["value"] / days)


def spring_km2() -> float:
    """Russian gains from 1 January to 31 May 2024, as published by ISW, km2."""
    return _fact("isw-jan-may-2024-752")


def slow_readings() -> list[Reading]:
    """Pace of spring 2024 over the pace of each yardstick."""
    pace = spring_pace_km2_per_day()
    week = evidence(["afp-week-may-2024-278"]).iloc[0]
    september = _fact("regain-war-mapper-sept-2022") / 100 * territory.UKRAINE_KM2 / 30
    kharkiv = territory.largest_rolling_loss(
        _isw_2022_autumn(), 7, loser="Russia", value="area_km2"
    )
    donbas = territory.daily_rate_km2(
        _isw(), date(2022, 4, 18), date(2022, 7, 3), value="area_km2", max_gap_days=None
    )
    rates = territory.advance_rate_m_per_day(tables.read("advance-rates"))
    metres = rates.set_index("rate_id")["metres_per_day"]
    axis, axis_ids = metres["avdiivka-ocheretyne-2024"], ["avd-fall-date", "avd-ocheretyne-claim"]
    kharkiv_pace = kharkiv.loss_km2 / 7
    return [
        reading(
            "area a day, January to May 2024 (ISW), over Kharkiv in September 2022 (War Mapper)",
            pace / september,
            "ratio",
            ["isw-jan-may-2024-752", "regain-war-mapper-sept-2022"],
            levels={"measure": "area", "yardstick": "Kharkiv 2022", "period": "January to May"},
            role="primary",
            reason=(
                "advance is ground taken in a time; both counts were published by 3 June 2024, "
                "and the war's own breakthrough is the plainest opposite of slow"
            ),
        ),
        reading(
            f"area a day, {_span_of(WEEK)} (AFP from ISW), over Kharkiv's fastest week in 2022",
            float(week["value"]) / 7 / kharkiv_pace,
            "ratio",
            ["afp-week-may-2024-278", ISW_2022],
            levels={"measure": "area", "yardstick": "Kharkiv 2022", "period": "fastest week"},
            known="about then, known later",
        ),
        reading(
            "area a day, January to May 2024, over the Russian advance of April to July 2022",
            pace / donbas,
            "ratio",
            ["isw-jan-may-2024-752", ISW_2022],
            levels={"measure": "area", "yardstick": "Donbas 2022", "period": "January to May"},
            known="about then, known later",
        ),
        *(
            reading(
                f"metres a day, Avdiivka to Ocheretyne, over {label}",
                axis / metres[rate_id],
                "ratio",
                [*axis_ids, source],
                levels={"measure": "metres", "yardstick": label, "period": "since Avdiivka"},
                known="about then, known later",
            )
            for rate_id, label, source in (
                ("kharkiv-2022", "Kharkiv 2022", "rate-csis-kharkiv-2022"),
                ("kherson-2022", "Kherson 2022", "rate-csis-kherson-2022"),
                ("somme-1916", "the Somme 1916", "rate-csis-somme"),
            )
        ),
    ]


def _isw_2022_autumn() -> pd.DataFrame:
    series = _isw()
    return series[series["date"].between("2022-08-25", "2022-10-01")]


@assessment("no-collapse")
def no_collapse() -> Assessment:
    """The largest losses of ground by June 2024 and since, beside the collapse of 2022."""
    found = collapse_readings()
    judged = verdicts.judge(found, "nothing resembling", 1.0)
    # Only a loss in the time of which the article speaks, or in a wider one, can refute it.
    counter = [
        item.name
        for item in judged
        if item.role != "excluded" and item.levels["scope"] != SINCE and not item.stands
    ]
    loss = territory.largest_rolling_loss(tables.read(DEEPSTATE), 7)
    month_loss = territory.largest_rolling_loss(tables.read(DEEPSTATE), 30)
    last = _last_map()
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("no-collapse"),
                verdict=verdicts.universal(counter),
                readings=tuple(judged),
                robustness=robustness(judged),
                evidence_for=("isw-tactical-gains-may-13", "syrskyi-tactical-only-apr-2024"),
                evidence_against=("ocheretyne-3km", "sup-riv-fa-breakthrough"),
                note=(
                    f"Judged from the fall of Avdiivka ({day(_day_of('avd-fall-date'))}), of "
                    f"which the passage speaks, to {day(claims.ARTICLE_DATE)}. No daily series "
                    f"covers {unmeasured()}: the largest week published for them is judged."
                ),
            ),
        ),
        then=Value(
            value=worst_week(),
            unit="km2",
            text=f"largest week published by then, {_span_of(WEEK)}",
            date=str(pd.Timestamp(evidence([WEEK])["period_end"].iloc[0]).date()),
            status="known then",
            evidence=(WEEK,),
        ),
        now=Value(
            value=loss.loss_km2,
            unit="km2",
            text=f"largest week to {day(last)}, ending {day(loss.end)}",
            date=str(loss.end),
            status="now",
            evidence=(DEEPSTATE,),
        ),
        reason=(
            f"The largest week published for the months before the article, {_span_of(WEEK)}, "
            f"took {area(worst_week())}, {percent(judged[0].value, 1)} of what Russian forces "
            f"lost in a week at Kharkiv in 2022 and {percent(judged[1].value, 1)} of what they "
            "left on the right bank."
        ),
        would_change=(
            f"A week between {day(_day_of('avd-fall-date'))} and {day(claims.ARTICLE_DATE)} in "
            f"which Ukrainian forces lost more than {area(refuting_week_km2())}, or a rupture "
            "that operational reserves did not close."
        ),
        weaker_form=(
            f"The weaker form, that the front did not collapse, stands to {day(last)}: the worst "
            f"week since {month(FIRST_MAP)} is {area(loss.loss_km2)}, the worst "
            f"{number(DAYS[1])} days {area(month_loss.loss_km2)}."
        ),
    )


# Times that the sentence can be taken to speak of.
SCOPE = "since Avdiivka fell"
SCOPE_2023 = "since the counteroffensive began"
SCOPE_FRONT = "since the right bank was regained"
SINCE = "since the maps begin"
BEFORE = "the first months of the invasion"


def worst_week() -> float:
    """Ground taken in the largest week published for before the article, km2 (AFP from ISW)."""
    return _fact(WEEK)


def kharkiv_week() -> territory.Loss:
    """Return the most ground that Russian forces lost in a week at Kharkiv in 2022."""
    return territory.largest_rolling_loss(_isw_2022_autumn(), 7, loser="Russia", value="area_km2")


def worst_week_days() -> tuple[date, date]:
    """Return the first and the last day of `worst_week`."""
    row = evidence([WEEK]).iloc[0]
    return row["as_of"].date(), row["period_end"].date()


def agentstvo_week_km2() -> float:
    """Ground taken in the largest week of January to October 2024 on the DeepState map, km2."""
    return _fact("agentstvo-week-oct-2024-196")


def counters_apart() -> float:
    """Return the largest ratio between figures of two counters for one calendar month."""
    table = territory.monthly_change_by_tracker(
        tables.read(DEEPSTATE), tables.read("territory-published-changes")
    )
    gains = table[table["net_change_km2"] > 0].groupby("month")["net_change_km2"]
    return float((gains.max() / gains.min()).max())


def refuting_week_km2() -> float:
    """Loss in a week above which the sentence is refuted, by the smallest of the collapses."""
    smallest = min(kharkiv_week().loss_km2, right_bank_km2())
    return allowed("nothing resembling", 1.0)[1].high * smallest


def right_bank_km2() -> float:
    """Ground that Russian forces left in the week of the withdrawal from the right bank, km2."""
    return -territory.net_change_km2(
        _isw(), date(2022, 11, 8), date(2022, 11, 15), value="area_km2", max_gap_days=None
    )


def unmeasured() -> str:
    """Write the days between the last map of the ISW series and the first of DeepState."""
    first = _isw()["date"].max() + pd.Timedelta(days=1)
    return span(first, pd.Timestamp(FIRST_MAP) - pd.Timedelta(days=1))


def measured_weeks() -> pd.DataFrame:
    """Largest Russian gain in a week on the ISW maps, by the time and the layers looked at.

    Returns
    -------
    DataFrame
        scope, source, start, end (of the time looked at), loss_km2, week_start, week_end,
        longest_gap_days (days in a row without a map in that time).
    """
    layers = {
        "control": _isw(),
        "control and advances": territory.isw_control_and_advances(tables.read(ISW_SERIES)),
    }
    last = _isw()["date"].max().date()
    times = (
        (BEFORE, date(2022, 2, 24), date(2022, 3, 31)),
        (BEFORE, date(2022, 5, 1), date(2022, 5, 31)),
        (SCOPE_FRONT, date(2022, 11, 12), last),
        (SCOPE_2023, date(2023, 6, 4), last),
    )
    rows = []
    for scope, start, end in times:
        for name, series in layers.items():
            week = territory.fastest_week(series, start, end, value="area_km2")
            gap = territory.longest_gap_days(series, start, end)
            rows.append((scope, name, start, end, week.loss_km2, week.start, week.end, gap))
    columns = [
        "scope", "source", "start", "end", "loss_km2", "week_start", "week_end", "longest_gap_days",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def collapse_readings() -> list[Reading]:
    """Largest losses of Ukrainian forces over losses of Russian forces in 2022."""
    maps = tables.read(DEEPSTATE)
    kharkiv = {
        days: territory.largest_rolling_loss(
            _isw_2022_autumn(), days, loser="Russia", value="area_km2"
        ).loss_km2
        for days in DAYS
    }
    later = {days: territory.largest_rolling_loss(maps, days).loss_km2 for days in DAYS}
    about: Status = "about then, known later"

    def row(name: str, value: float, ids: list[str], **levels: str) -> dict[str, Any]:
        usual = {
            "window": f"{DAYS[0]} days",
            "yardstick": "Kharkiv 2022",
            "scope": SCOPE,
            "source": "AFP",
        }
        return {"name": name, "value": value, "ids": ids, "levels": usual | levels}

    week = _span_of(WEEK)
    rows = [
        row(
            f"largest week published, {week} (AFP from ISW), over Kharkiv 2022, {DAYS[0]} days",
            worst_week() / kharkiv[DAYS[0]],
            [WEEK, ISW_2022],
        )
        | {
            "role": "primary",
            "reason": (
                "the largest weekly loss that anybody had published by 3 June 2024, over the "
                "war's plainest collapse"
            ),
        },
        row(
            "the same week over the Russian withdrawal from the right bank, November 2022",
            worst_week() / right_bank_km2(),
            [WEEK, ISW_2022],
            yardstick="right bank 2022",
        ),
        row(
            f"May 2024 (AFP from ISW) over Kharkiv 2022, {DAYS[1]} days",
            _fact("afp-may-2024-449") / kharkiv[DAYS[1]],
            ["afp-may-2024-449", ISW_2022],
            window=f"{DAYS[1]} days",
        ),
        row(
            f"all gains of {_span_of('isw-jan-may-2024-752')} as if of one week (ISW, gross): an "
            "upper bound",
            _fact("isw-jan-may-2024-752") / kharkiv[DAYS[0]],
            ["isw-jan-may-2024-752", ISW_2022],
            source="ISW",
        ),
        row(
            f"week of {_span_of('agentstvo-week-oct-2024-196')}, until then the largest of the "
            "year (Agentstvo from DeepState): an upper bound",
            _fact("agentstvo-week-oct-2024-196") / kharkiv[DAYS[0]],
            ["agentstvo-week-oct-2024-196", ISW_2022],
            source="DeepState",
        ),
    ]
    return [
        *(_ratio(item, known=about) for item in rows),
        *_measured_readings(kharkiv[DAYS[0]], about),
        *(
            reading(
                f"largest loss since {month(FIRST_MAP)} (DeepState maps) over Kharkiv 2022, "
                f"{days} days",
                later[days] / kharkiv[days],
                "ratio",
                [DEEPSTATE, ISW_2022],
                levels={
                    "window": f"{days} days",
                    "yardstick": "Kharkiv 2022",
                    "scope": SINCE,
                    "source": "DeepState",
                },
                known="now",
                origin_id="deepstate",
            )
            for days in DAYS
        ),
    ]


def _ratio(item: dict[str, Any], *, known: Status) -> Reading:
    return reading(
        item["name"],
        item["value"],
        "ratio",
        item["ids"],
        levels=item["levels"],
        role=item.get("role", "alternative"),
        reason=item.get("reason", ""),
        known=known,
    )


def _measured_readings(kharkiv_km2: float, known: Status) -> list[Reading]:
    """Weeks of the ISW maps in wider times, and those of 2022 that the article itself grants."""
    found = []
    for week in measured_weeks().to_dict("records"):
        before = week["scope"] == BEFORE
        if before and week["source"] != "control":
            continue
        found.append(
            reading(
                f"ISW maps, {week['source']}, {span(week['start'], week['end'])}: largest week "
                f"measured, {span(week['week_start'], week['week_end'])}",
                week["loss_km2"] / kharkiv_km2,
                "ratio",
                [ISW_2022, ISW_SERIES],
                levels={
                    "window": f"{DAYS[0]} days",
                    "yardstick": "Kharkiv 2022",
                    "scope": str(week["scope"]),
                    "source": f"ISW {week['source']}",
                },
                role="excluded" if before else "alternative",
                reason=_EXCLUDED if before else "",
                known=known,
                origin_id="isw",
            )
        )
    return found


_EXCLUDED = (
    "before the front of which the article speaks: it says itself that Russian forces had overrun "
    "these areas by mid-2022"
)


# The four provinces -----------------------------------------------------------------------


@assessment("only-luhansk")
def only_luhansk() -> Assessment:
    """Share of each annexed province held, then and now."""
    found = luhansk_readings()
    maps = others_by_maps()
    judged = figure_finding("only-luhansk", found, printed=1.0, word="more or less fully")
    others = {name: share for name, share in maps.items() if name != "Luhansk"}
    fully = [name for name, share in others.items() if share >= FULLY]
    if fully:
        judged = judged.model_copy(update={"verdict": "does not hold"})
    last = others_by_maps(latest=True)
    return Assessment(
        findings=(
            judged.model_copy(
                update={
                    "note": "Only: "
                    + "; ".join(f"{name} {percent(share)}" for name, share in others.items())
                    + f" on the first map, {day(FIRST_MAP)}."
                }
            ),
        ),
        then=value_of(found[0], date="2023-06-22"),
        now=Value(
            value=round(last["Luhansk"], 4),
            unit="share",
            text="Luhansk, DeepState maps; "
            + ", ".join(f"{n} {percent(s)}" for n, s in last.items() if n != "Luhansk"),
            date=str(tables.read("deepstate-daily-by-oblast")["date"].max().date()),
            status="now",
            evidence=("deepstate-daily-by-oblast", "oblast-areas"),
        ),
        reason=(
            f"Luhansk was held to {percent(found[0].low or 0)} to {percent(found[0].high or 0)} "
            f"even by its Ukrainian governor and to {percent(maps['Luhansk'])} on the maps of "
            f"{month(FIRST_MAP)}; none of the others passed "
            f"{percent(max(others.values()))}, and {_others_now(last)} in {month(_last_map())}."
        ),
        would_change=(
            f"A tracker of spring 2024 with less than {percent(FULLY)} of Luhansk held, or with "
            "that much of another province."
        ),
    )


def _others_now(last: dict[str, float]) -> str:
    rest = [share for name, share in last.items() if name != "Luhansk"]
    held = between(percent(min(rest)), percent(max(rest)))
    return f"they stood at {held}"


def others_by_maps(*, latest: bool = False) -> dict[str, float]:
    """Share held of each annexed province on the first map (or the latest), of its polygon."""
    shares = territory.province_shares(
        tables.read("deepstate-daily-by-oblast"),
        tables.read("oblast-areas"),
        denominator="polygon",
    )
    wanted = shares["date"].max() if latest else shares["date"].min()
    rows = shares[shares["date"] == wanted].set_index("oblast")["share_pct"]
    return {name: float(rows[name]) / 100 for name in territory.ANNEXED}


def luhansk_readings() -> list[Reading]:
    """Share of Luhansk Oblast held by Russian forces, as shares of one."""
    governor = evidence(["luhansk-governor-2023-liberated-share"]).iloc[0]
    published = {
        "luhansk-deepstate-end-2022": ("DeepState", "January 2023"),
        "luhansk-war-mapper-oct-2024": ("War Mapper", "October 2024"),
    }
    return [
        reading(
            "the Ukrainian governor of Luhansk, June 2023: "
            f"{number(float(governor['low']))} to {number(float(governor['high']))} percent freed",
            1 - float(governor["value"]) / 100,
            "share",
            ["luhansk-governor-2023-liberated-share", "luhansk-governor-2023-globalist"],
            low=1 - float(governor["high"]) / 100,
            high=1 - float(governor["low"]) / 100,
            levels={"source": "governor", "date": "June 2023"},
            role="primary",
            reason=(
                "the only share of Luhansk published by 3 June 2024 that is held here; a side in "
                "the war, and the lowest of all figures"
            ),
        ),
        *(
            reading(
                f"{source}, {when}",
                _fact(name) / 100,
                "share",
                [name],
                levels={"source": source, "date": when},
            )
            for name, (source, when) in published.items()
        ),
        *(
            reading(
                f"DeepState maps, 8 July 2024, of the {denominator} area",
                min(_luhansk_by_map(denominator), 1.0),
                "share",
                ["deepstate-daily-by-oblast", "oblast-areas"],
                levels={"source": f"DeepState maps, {denominator} area", "date": "July 2024"},
                known="about then, known later",
                origin_id="deepstate",
            )
            for denominator in ("official", "polygon")
        ),
    ]


def _luhansk_by_map(denominator: str) -> float:
    shares = territory.province_share(
        tables.read("deepstate-daily-by-oblast"),
        tables.read("oblast-areas"),
        "Luhansk",
        "official" if denominator == "official" else "polygon",
    )
    return float(shares["share_pct"].iloc[0]) / 100
