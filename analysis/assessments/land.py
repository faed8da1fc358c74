"""Assessments of the claims about the land: who held what, and was the front giving way."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis import tables, territory, verdicts
from analysis.assessing import (
    event_finding,
    evidence,
    proposition,
    reading,
    stated,
    value_of,
)
from analysis.claims import Assessment, Finding, Value, assessment, figure_finding
from analysis.formatting import KM_PER_MI, area, between, day, number, percent, square_miles
from analysis.hedges import allowed
from analysis.readings import Reading, Role, robustness

# Where "just over half" ends, roughly: half times the upper end of the word's interval.
ROUGHLY_HALF = allowed("just over", 0.5)[1].high
ISW_SERIES = "isw-layers-daily"
ISW_2022 = "isw-control-2022"
DEEPSTATE = "deepstate-daily-total"


def _fact(evidence_id: str) -> float:
    return float(str(evidence([evidence_id])["value"].iloc[0]))


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
        now=value_of(found[3], date="2023-12-31"),
        reason=(
            f"The count published for a month of that fall is {number(primary.value)} square "
            f"miles net; {number(source.value)} is The New York Times' count for "
            f"1 January to 25 September, and even the seven months from October to April "
            f"come to {number(longest.value)}."
        ),
        error_type="period",
        correction_direction="helps",
        would_change=(
            "A tracker's net figure for September to December 2023 near 188 square miles, "
            "published by 3 June 2024."
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
            "War Mapper, October 2023 to April 2024 (seven months from early fall)",
            square_miles(_fact("war-mapper-oct23-apr24-348")),
            "sq mi",
            ["war-mapper-oct23-apr24-348"],
            levels={"source": "War Mapper", "period": "October to April"},
        ),
        reading(
            "The New York Times from ISW maps, 1 January to 25 September 2023",
            _fact("nyt-net-gain-188"),
            "sq mi",
            ["nyt-net-gain-188", "nyt-data-cutoff"],
            levels={"source": "NYT from ISW", "period": "January to September"},
            role="excluded",
            reason="another period: its nine months end two days into the fall",
        ),
    ]


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
    return Assessment(
        findings=(figure_finding("nyc-half", found),),
        then=value_of(primary, date="2010-04-01"),
        now=None,
        reason=(
            f"By the census 188 square miles are {percent(primary.value)} of the city's land "
            f"area, nearer to three fifths than to just over half."
        ),
        error_type="arithmetic",
        correction_direction="hurts",
        would_change=(
            f"A land area of New York City of at least "
            f"{number(_fact('nyc-land-census-302-643') * primary.value / ROUGHLY_HALF)} square "
            "miles in a source of standing."
        ),
    )


def nyc_readings() -> list[Reading]:
    """188 square miles over each area of the city, as ratios."""
    ratio = territory.ratio_to_nyc(_fact("nyt-net-gain-188")).set_index("measure")["ratio"]
    census, planning = "nyc-land-census-302-643", "nyc-land-dcp-304-8"
    return [
        reading(
            "land area, 2010 census (302.6 square miles)",
            ratio["land, 2010 census"],
            "ratio",
            [census],
            levels={"source": "census", "definition": "land"},
            role="primary",
            reason="the words are land area; the census is the official measure",
        ),
        reading(
            "land area, Department of City Planning (304.8 square miles)",
            ratio["land, city planning"],
            "ratio",
            [planning],
            levels={"source": "city planning", "definition": "land"},
        ),
        reading(
            "land area in older books (321 square miles)",
            ratio["land, older books"],
            "ratio",
            [planning],
            levels={"source": "older books", "definition": "land"},
        ),
        reading(
            "total area with water (468 square miles)",
            ratio["total with water, older books"],
            "ratio",
            [planning],
            levels={"source": "older books", "definition": "land and water"},
            role="excluded",
            reason="the words are land area",
        ),
    ]


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
            text="two trackers of equal standing",
            date="2022-12-31",
            status="known then",
            evidence=tuple(name for item in equals for name in item.evidence),
        ),
        now=value_of(next(item for item in found if item.evidence[0] == ISW_SERIES)),
        reason=(
            f"Of two independent trackers published by then one counts "
            f"{percent(equals[0].value)} and the other {percent(equals[1].value)}; all "
            f"defensible answers run from {low} to {high}."
        ),
        error_type="definition",
        correction_direction="neutral",
        would_change=(
            "A statement by the article of its source; with ground only passed through in the "
            "north counted it is over half, with firm control only it is about a third."
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
    "isw-gross-statista": "the same two figures as the gross ISW reading",
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
                    f"whole advance was {number(reached_km)} km in five months."
                ),
            ),
        ),
        then=stated(
            f"{number(reached_km)} km in five months; aim not reached",
            date="2023-11-01",
            status="known then",
            evidence=("fwt-zaluzhny-17km", "land-2023-aim-melitopol"),
        ),
        now=Value(
            low=min(gains),
            high=max(gains),
            unit="km2",
            text="retaken, by two counts",
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
        reason="Each of the three is reported by more than one root source before the article.",
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
    later = territory.daily_rate_km2(tables.read(DEEPSTATE), date(2024, 7, 8), date(2025, 12, 3))
    return Assessment(
        findings=(figure_finding("slow-advances", found, printed=1.0, word="slow"),),
        then=Value(
            value=round(pace, 2),
            unit="km2/day",
            text="ISW, 1 January to 31 May 2024",
            date="2024-05-31",
            status="known then",
            evidence=("isw-jan-may-2024-752",),
        ),
        now=Value(
            value=round(later, 2),
            unit="km2/day",
            text="DeepState maps, 8 July 2024 to 3 December 2025",
            date="2025-12-03",
            status="now",
            evidence=(DEEPSTATE,),
        ),
        reason=(
            f"{number(pace, 1)} km2 a day in the first five months of 2024 are "
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
            levels={"measure": "area", "yardstick": "Kharkiv 2022", "period": "five months"},
            role="primary",
            reason=(
                "advance is ground taken in a time; both counts were published by 3 June 2024, "
                "and the war's own breakthrough is the plainest opposite of slow"
            ),
        ),
        reading(
            "area a day, 9 to 15 May 2024 (AFP from ISW), over Kharkiv's fastest week in 2022",
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
            levels={"measure": "area", "yardstick": "Donbas 2022", "period": "five months"},
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
    # Only losses from before the article can refute it.
    counter = [item.name for item in judged if item.levels["time"] == "before" and not item.stands]
    loss = territory.largest_rolling_loss(tables.read(DEEPSTATE), 7)
    month = territory.largest_rolling_loss(tables.read(DEEPSTATE), 30)
    word = verdicts.universal(counter)
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("no-collapse"),
                verdict=word,
                readings=tuple(judged),
                robustness=robustness(judged),
                evidence_for=("isw-tactical-gains-may-13", "syrskyi-tactical-only-apr-2024"),
                evidence_against=("ocheretyne-3km", "sup-riv-fa-breakthrough"),
                note=(
                    f"The week is judged: {percent(judged[0].value, 1)} of the week in which "
                    "Russian forces lost the Kharkiv front in 2022."
                ),
            ),
        ),
        then=Value(
            value=_fact("afp-week-may-2024-278"),
            unit="km2",
            text="largest week known then, 9 to 15 May 2024",
            date="2024-05-15",
            status="known then",
            evidence=("afp-week-may-2024-278",),
        ),
        now=Value(
            value=round(loss.loss_km2, 1),
            unit="km2",
            text=f"largest week to 22 August 2026, ending {day(loss.end)}",
            date=str(loss.end),
            status="now",
            evidence=(DEEPSTATE,),
        ),
        reason=(
            f"The fastest Russian week before the article took {area(worst_week())}, "
            f"{percent(judged[0].value, 1)} of what Russian forces lost in a week at Kharkiv in "
            f"2022 and {percent(judged[1].value, 1)} of what they left on the right bank."
        ),
        would_change=(
            "A week before June 2024 in which more than a tenth of that was lost, or a rupture "
            "that operational reserves did not close."
        ),
        weaker_form=(
            f"The weaker form, that the front did not collapse, stands to 22 August 2026: the "
            f"worst week since July 2024 is {area(loss.loss_km2)}, the worst thirty days "
            f"{area(month.loss_km2)}."
        ),
    )


def worst_week() -> float:
    """Ground taken in the fastest week before the article, in km2 (AFP from ISW)."""
    return _fact("afp-week-may-2024-278")


def collapse_readings() -> list[Reading]:
    """Largest losses of Ukrainian forces over losses of Russian forces in 2022."""
    isw, maps = _isw(), tables.read(DEEPSTATE)
    autumn = _isw_2022_autumn()
    kharkiv = {
        days: territory.largest_rolling_loss(
            autumn, days, loser="Russia", value="area_km2"
        ).loss_km2
        for days in (7, 30)
    }
    right_bank = -territory.net_change_km2(
        isw, date(2022, 11, 8), date(2022, 11, 15), value="area_km2", max_gap_days=None
    )
    week = "afp-week-may-2024-278"
    later = {days: territory.largest_rolling_loss(maps, days).loss_km2 for days in (7, 30)}
    return [
        reading(
            "fastest Russian week (9 to 15 May 2024) over Kharkiv 2022, seven days",
            worst_week() / kharkiv[7],
            "ratio",
            [week, ISW_2022],
            levels={"window": "7 days", "yardstick": "Kharkiv 2022", "time": "before"},
            role="primary",
            reason="the largest weekly loss public by 3 June 2024 over the war's plainest collapse",
            known="about then, known later",
        ),
        reading(
            "the same week over the Russian withdrawal from the right bank, November 2022",
            worst_week() / right_bank,
            "ratio",
            [week, ISW_2022],
            levels={"window": "7 days", "yardstick": "right bank 2022", "time": "before"},
            known="about then, known later",
        ),
        reading(
            "May 2024 (AFP from ISW) over Kharkiv 2022, thirty days",
            _fact("afp-may-2024-449") / kharkiv[30],
            "ratio",
            ["afp-may-2024-449", ISW_2022],
            levels={"window": "30 days", "yardstick": "Kharkiv 2022", "time": "before"},
        ),
        *(
            reading(
                f"largest loss since July 2024 (DeepState maps) over Kharkiv 2022, {days} days",
                later[days] / kharkiv[days],
                "ratio",
                [DEEPSTATE, ISW_2022],
                levels={"window": f"{days} days", "yardstick": "Kharkiv 2022", "time": "since"},
                known="now",
                origin_id="deepstate",
            )
            for days in (7, 30)
        ),
    ]


# The four provinces -----------------------------------------------------------------------


@assessment("only-luhansk")
def only_luhansk() -> Assessment:
    """Share of each annexed province held, then and now."""
    found = luhansk_readings()
    maps = others_by_maps()
    judged = figure_finding("only-luhansk", found, printed=1.0, word="more or less fully")
    others = {name: share for name, share in maps.items() if name != "Luhansk"}
    fully = [name for name, share in others.items() if share >= 0.9]
    if fully:
        judged = judged.model_copy(update={"verdict": "does not hold"})
    last = others_by_maps(latest=True)
    return Assessment(
        findings=(
            judged.model_copy(
                update={
                    "note": "Only: "
                    + "; ".join(f"{name} {percent(share)}" for name, share in others.items())
                    + " on the first map of July 2024."
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
            f"July 2024; none of the other three passed "
            f"{percent(max(others.values()))}, and {_others_now(last)} by August 2026."
        ),
        would_change="A tracker of spring 2024 with less than nine tenths of Luhansk held.",
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
            "the Ukrainian governor of Luhansk, June 2023: 5 to 7 percent freed",
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
