"""Assessments of the claims about Kharkiv and Krynky."""

from __future__ import annotations

from functools import cache
from typing import cast

import pandas as pd

from analysis import kharkiv, tables, verdicts
from analysis.assessing import (
    event_finding,
    evidence,
    firm_families,
    proposition,
    reading,
    stated,
    value_of,
)
from analysis.claims import (
    ARTICLE_DATE,
    Assessment,
    Finding,
    Value,
    assessment,
    figure_finding,
    table,
)
from analysis.formatting import between, count, day, number, percent
from analysis.hedges import allowed
from analysis.readings import Reading, Role, included, robustness

FRONT = "kharkiv-front-daily"
CDB90 = "cdb90-battles"
BATTLES = "urban-battles"
REGIONS = "kharkiv-regions"
CITY = "kharkiv-city"


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


# The city --------------------------------------------------------------------------------


@cache
def distance_table() -> pd.DataFrame:
    """Distances from two centres, the edge and the farthest point to two drawn borders."""
    places = tables.read("kharkiv-places")
    centres = places[places["place"].isin(["Kharkiv", "Kharkiv centre"])]
    borders = {
        "OpenStreetMap": kharkiv.border(),
        "GIS-Lab": kharkiv.region("Belgorod Oblast"),
    }
    return kharkiv.distances(kharkiv.city(), centres, borders)


def distance_mi(measured_from: str, border: str) -> float:
    """Return one distance of `distance_table`, in statute miles."""
    miles = distance_table().set_index(["measured_from", "border"])["mi"]
    return float(miles[measured_from, border])


@assessment("kharkiv-30mi")
def kharkiv_30mi() -> Assessment:
    """Distance from the city to Russia, computed and as published."""
    found = distance_readings()
    printed_mi = float(table()["claimed_value"]["kharkiv-30mi"])
    edge = distance_mi("nearest edge", "OpenStreetMap")
    far = max(distance_mi("farthest point", name) for name in ("OpenStreetMap", "GIS-Lab"))
    return Assessment(
        findings=(figure_finding("kharkiv-30mi", found),),
        then=value_of(found[1], date="2024-05-14"),
        now=None,
        reason=(
            f"The centre lies {number(found[0].value, 1)} miles from the border and the nearest "
            f"edge {number(edge, 1)}; even the farthest point of the city is at most "
            f"{number(far, 1)} miles away, so that no point of it is {number(printed_mi)} miles "
            "from Russia."
        ),
        error_type="unit",
        correction_direction="hurts",
        would_change=(
            f"Nothing foreseeable: {number(printed_mi)} miles are "
            f"{number(printed_mi * kharkiv.KM_PER_MI)} km, and the city is not that far."
        ),
    )


def distance_readings() -> list[Reading]:
    """Every way to say how far Kharkiv is from Russia, in miles."""
    places, shapes = "kharkiv-places", [REGIONS, CITY]
    computed = [
        ("centre of the city to the border of OpenStreetMap", "Kharkiv centre", "OpenStreetMap"),
        ("point of GeoNames to the border of OpenStreetMap", "Kharkiv", "OpenStreetMap"),
        ("nearest edge of the city", "nearest edge", "OpenStreetMap"),
        ("farthest point of the city", "farthest point", "OpenStreetMap"),
        (
            "centre of the city to the coarse outline of Belgorod Oblast",
            "Kharkiv centre",
            "GIS-Lab",
        ),
    ]
    rows = [
        reading(
            name,
            distance_mi(measured_from, border),
            "mi",
            [*shapes, places, "dist-centre-border-computed"],
            levels={"source": f"computed, {border}", "measured from": _point(measured_from)},
            role="primary" if number_ == 0 else "alternative",
            reason="a place is as far as its centre; the boundary is public" if not number_ else "",
            known="about then, known later",
            origin_id="openstreetmap-contributors",
        )
        for number_, (name, measured_from, border) in enumerate(computed)
    ]
    published = [_published_distance(*item) for item in _PUBLISHED_DISTANCES]
    kilometres = rows[0].value * kharkiv.KM_PER_MI
    return [
        rows[0],
        *published[:1],
        *rows[1:],
        *published[1:],
        reading(
            "the printed number read as kilometres",
            kilometres,
            "km",
            [*shapes, places, "dist-centre-border-computed"],
            levels={"source": "computed, OpenStreetMap", "measured from": "centre"},
            role="excluded",
            reason="the word is miles; in kilometres the number would be right",
            known="about then, known later",
            origin_id="openstreetmap-contributors",
        ),
    ]


def _point(measured_from: str) -> str:
    return "centre" if measured_from.startswith("Kharkiv") else measured_from


# Evidence row, what the page says before its number, short source, role.
_PUBLISHED_DISTANCES: tuple[tuple[str, str, str, Role], ...] = (
    ("dist-ki-less-than-30km", "The Kyiv Independent, 14 May 2024: less than",
     "The Kyiv Independent", "primary"),
    ("dist-rand-newsweek-26km", "Newsweek, April 2024:", "Newsweek", "alternative"),
    ("dist-libertatea-part-of-city", "Libertatea, August 2023: less than", "Libertatea",
     "alternative"),
    ("dist-wp-30km", "Wikipedia:", "Wikipedia", "alternative"),
    ("dist-wion-25mi", "WION, 2022:", "WION", "alternative"),
    ("dist-krone-40km", "Kronen Zeitung, 2022:", "Kronen Zeitung", "alternative"),
)  # fmt: skip


def _published_distance(evidence_id: str, name: str, source: str, role: Role) -> Reading:
    row = evidence([evidence_id]).iloc[0]
    miles = float(row["value"]) / (1 if row["unit"] == "mi" else kharkiv.KM_PER_MI)
    unit = "miles" if row["unit"] == "mi" else row["unit"]
    before = (ARTICLE_DATE - row["published"]).days if role == "primary" else 0
    reason = f"published {count(before)} days before, by an outlet on the spot; an upper bound"
    return reading(
        f"{name} {number(row['value'])} {unit}",
        miles,
        "mi",
        [evidence_id],
        levels={"source": source, "measured from": "not said"},
        role=role,
        reason=reason if role == "primary" else "",
    )


@assessment("kharkiv-135sqmi")
def kharkiv_135sqmi() -> Assessment:
    """Area of the city as voted in 2012, and of its drawn outline."""
    found = area_readings()
    return Assessment(
        findings=(
            figure_finding("kharkiv-135sqmi", found).model_copy(
                update={"evidence_for": ("area-kharkiv-parliament-2012",)}
            ),
        ),
        then=value_of(found[0], date="2012-06-21"),
        reason=(
            f"The boundaries of 2012 hold {_hectares()} hectares, {number(found[0].value, 1)} "
            f"square miles, and the drawn outline measures {number(found[1].value, 1)}."
        ),
        would_change="A change of the city's limits between 2012 and June 2024.",
    )


def _hectares() -> str:
    return number(100 * _fact("area-kharkiv-council-2012"))


def area_readings() -> list[Reading]:
    """Area of Kharkiv in square miles."""
    levels = {"definition": "city limits"}
    outline = kharkiv.area_km2(kharkiv.city()) / kharkiv.KM2_PER_SQ_MI
    before = float(evidence(["area-kharkiv-parliament-2012"])["low"].iloc[0])
    return [
        reading(
            f"boundaries approved in 2012 ({_hectares()} hectares)",
            _fact("area-kharkiv-council-2012") / kharkiv.KM2_PER_SQ_MI,
            "sq mi",
            ["area-kharkiv-council-2012"],
            levels=levels | {"source": "oblast council"},
            role="primary",
            reason="the official area; parliament passed it on 6 September 2012",
        ),
        reading(
            "outline of the city (OCHA), area on the ellipsoid",
            outline,
            "sq mi",
            [CITY, "area-kharkiv-computed"],
            levels=levels | {"source": "OCHA outline"},
            known="about then, known later",
            origin_id="ocha",
        ),
        reading(
            "area before the extension of 2012",
            before / kharkiv.KM2_PER_SQ_MI,
            "sq mi",
            ["area-kharkiv-parliament-2012"],
            levels=levels | {"source": "before 2012"},
            role="excluded",
            reason="other limits: out of date since September 2012",
        ),
    ]


@assessment("kharkiv-pop")
def kharkiv_pop() -> Assessment:
    """Population by the last official estimate and by the mayor in 2024; rank."""
    found = population_readings()
    kept = [item for item in found if item.role == "primary"]
    mayor = [item.value for item in included(found) if item.levels["source"] == "mayor"]
    later = next(item for item in found if item.levels["date"] == "June 2025")
    return Assessment(
        findings=(
            figure_finding("kharkiv-pop", found, component="population"),
            event_finding(
                "kharkiv-pop",
                ["kharkiv-second-reuters", "area-kharkiv-parliament-2012"],
                component="second",
                note="After Kyiv, in statistics and in reports of May 2024.",
            ),
        ),
        then=Value(
            low=min(item.value for item in kept),
            high=round(max(item.value for item in kept), 4),
            unit="million",
            text="a study of May 2024, and the last official estimate",
            date="2024-05-20",
            status="about then, known later",
            evidence=tuple(name for item in kept for name in item.evidence),
        ),
        now=value_of(later, date="2025-06-26"),
        reason=(
            f"The last official estimate, for January 2022, is {number(kept[0].value, 2)} "
            f"million; the mayor's figures since run from {number(min(mayor), 1)} to "
            f"{number(max(mayor), 1)} million; a study of May 2024 has {number(kept[1].value, 1)}."
        ),
        error_type="period",
        correction_direction="neutral",
        would_change="A count of the people who lived in Kharkiv in spring 2024.",
    )


def population_readings() -> list[Reading]:
    """Population of Kharkiv, in millions."""
    rows: list[tuple[str, tuple[str, ...], str, str, Role, str]] = [
        ("last official estimate, 1 January 2022",
         ("pop-kharkiv-2022", "pop-kharkiv-2020-statistics"), "statistics office", "January 2022",
         "primary", "the standard definition: registered present population, the only statistic"),
        ("TRENDS, May 2024", ("pop-kharkiv-may2024-trends",), "TRENDS", "May 2024", "primary",
         "the literal word is has; the independent figure that speaks of that month"),
        ("the mayor to the United Nations, June 2024", ("pop-kharkiv-jun2024-un",), "mayor",
         "June 2024", "alternative", ""),
        ("the mayor, December 2022", ("pop-kharkiv-dec2022",), "mayor", "December 2022",
         "alternative", ""),
        ("the mayor, September 2024", ("pop-kharkiv-sep2024-terekhov",), "mayor",
         "September 2024", "alternative", ""),
        ("the mayor, June 2025", ("pop-kharkiv-jun2025-terekhov",), "mayor", "June 2025",
         "alternative", ""),
        ("the mayor on the time before the invasion", ("pop-kharkiv-oct2025-terekhov-prewar",),
         "mayor", "before 2022", "excluded", "counts students and commuters, before the invasion"),
    ]  # fmt: skip
    return [
        reading(
            name,
            _fact(ids[0]) / 1e6,
            "million",
            ids,
            levels={"source": source, "date": when},
            role=role,
            reason=reason,
        )
        for name, ids, source, when, role, reason in rows
    ]


@assessment("kharkiv-retake")
def kharkiv_retake() -> Assessment:
    """Whether Russian forces ever held the city since February 2022."""
    return Assessment(
        findings=(
            event_finding(
                "kharkiv-retake",
                [],
                ["kharkiv-governor-feb27", "kharkiv2022-russian-casualties"],
                beside=["land-kharkiv-32pct"],
                note=(
                    "The verdict is on the word retake, not on the article’s doubt that the city "
                    "would fall, which is tested elsewhere. Parts of the oblast were held in "
                    "2022, the city never; read loosely, as take, the sentence implies no "
                    "earlier hold."
                ),
            ),
        ),
        then=stated(
            "Russian vehicles entered on 27 February 2022 and were driven out the same day",
            date="2022-02-27",
            status="about then, known later",
            evidence=("kharkiv-governor-feb27",),
        ),
        now=Value(
            value=_front().iloc[-1]["city_edge_km"],
            unit="km",
            text="from the city's edge to the nearest occupied ground",
            date=str(_front()["date"].max().date()),
            status="now",
            evidence=(FRONT,),
        ),
        reason=(
            "To retake is to take what was once held; Russian forces broke into Kharkiv on "
            "27 February 2022, were driven out on that day, and never held the city."
        ),
        error_type="scope",
        correction_direction="helps",
        would_change="A source of standing by which Russian forces controlled the city in 2022.",
    )


# Troops ----------------------------------------------------------------------------------


@assessment("border-30k")
def border_30k() -> Assessment:
    """Troops in the three oblasts, and the other things that were counted."""
    found = troop_readings()
    counted = evidence(found[0].evidence)["as_of"].iloc[0]
    attacking = _fact("troops-lytvynenko-attacking-30000")
    belgorod = _fact("troops-isw-belgorod-31000")
    later = evidence(["troops-isw-aug2024-72000"]).iloc[0]
    return Assessment(
        findings=(figure_finding("border-30k", found),),
        then=value_of(found[0], date="2024-05-05"),
        now=Value(
            value=float(later["value"]),
            low=float(later["low"]),
            high=float(later["high"]),
            unit="troops",
            text="Northern group, August 2024, by ISW (read in an encyclopaedia)",
            date="2024-08-07",
            status="now",
            evidence=("troops-isw-aug2024-72000",),
        ),
        reason=(
            f"The one count for exactly these oblasts, of {day(counted)}, is about "
            f"{number(found[0].value)}; {number(belgorod)} is Belgorod Oblast alone and "
            f"{number(attacking)} those said to be attacking."
        ),
        error_type="scope",
        correction_direction="hurts",
        would_change=(
            f"A count of about {number(kharkiv.PRINTED_TROOPS)} for these oblasts together from "
            "spring 2024."
        ),
    )


# Evidence rows, name, scope, role, reason.
_TROOPS: tuple[tuple[tuple[str, ...], str, str, Role, str], ...] = (
    (("troops-isw-three-oblasts-50000",), "ISW, from Mashovets, 5 May 2024: all oblasts named",
     "all oblasts named", "primary",
     "the words name these oblasts; the only count for all, and the first to publish it"),
    (("troops-isw-belgorod-31000", "troops-isw-kursk-10000", "troops-isw-bryansk-8000"),
     "the same source, oblast by oblast, added", "all oblasts named", "alternative", ""),
    (("troops-lytvynenko-border-50000",), "secretary of the security council, 13 May 2024",
     "on the border", "alternative", ""),
    (("troops-yusov-50000",), "military intelligence, 23 May 2024: Kharkiv and Sumy borders",
     "on the border", "alternative", ""),
    (("troops-skibitskyi-35000",), "military intelligence, 2 May 2024: on the Kharkiv border",
     "northern group", "alternative", ""),
    (("troops-anotherday-30000",), "first reports of a massing, 8 May 2024: an upper bound",
     "massed", "alternative", ""),
    (("troops-isw-belgorod-31000",), "Belgorod Oblast alone", "one oblast", "excluded",
     "one of the oblasts named"),
    (("troops-lytvynenko-attacking-30000",), "troops attacking, 13 May 2024", "attacking",
     "excluded", "the words are amassed in the provinces, not attacking from them"),
    (("troops-trends-40000",), "force of the assault of 10 May 2024", "attacking", "excluded",
     "the words are amassed in the provinces, not attacking from them"),
    (("troops-skibitskyi-planned",), "planned for the northern group", "planned", "excluded",
     "a plan is not a strength"),
    (("troops-isw-aug2024-72000",), "northern group in August 2024", "later", "excluded",
     "later than the article"),
)  # fmt: skip


def troop_readings() -> list[Reading]:
    """Number of troops by scope."""
    return [
        reading(
            name,
            sum(_fact(evidence_id) for evidence_id in ids),
            "troops",
            ids,
            levels={"scope": scope, "source": str(evidence(ids)["origin_id"].iloc[0])},
            role=role,
            reason=reason,
        )
        for ids, name, scope, role, reason in _TROOPS
    ]


@assessment("border-adjacent")
def border_adjacent() -> Assessment:
    """Which of the three oblasts touch Kharkiv Oblast, and which Ukraine."""
    gaps = kharkiv.gaps_km().set_index("oblast")
    to_ukraine = int((gaps["to_ukraine_km"] == 0).sum())
    kursk, bryansk = (float(gaps["to_oblast_km"][f"{n} Oblast"]) for n in ("Kursk", "Bryansk"))
    return Assessment(
        findings=(
            event_finding(
                "border-adjacent",
                ["adjacent-oblast-belgorod"],
                ["adjacent-computed-kursk", "adjacent-computed-bryansk"],
                measured=[REGIONS, "ukraine-oblasts"] if to_ukraine == len(gaps) else [],
                note=(
                    "The sentence does not say to what they are adjacent. Read as adjacent to "
                    "Ukraine, all of them are; read as adjacent to Kharkiv Oblast, whose city it "
                    "speaks of, Belgorod Oblast alone is."
                ),
            ),
        ),
        then=stated(
            f"Belgorod touches Kharkiv Oblast; Kursk Oblast is {number(kursk)} km and Bryansk "
            f"Oblast {number(bryansk)} km away from it",
            date="2024-06-03",
            status="about then, known later",
            evidence=(REGIONS, "adjacent-oblast-belgorod"),
        ),
        reason=(
            f"All of them touch Ukraine and one of them Kharkiv Oblast; Kursk Oblast ends "
            f"{number(kursk)} km and Bryansk Oblast {number(bryansk)} km away from it."
        ),
        error_type="scope",
        would_change="A word of the article on what the provinces are adjacent to.",
    )


# Force and city --------------------------------------------------------------------------


@cache
def city_battles() -> pd.DataFrame:
    """Battles for cities with ratios and densities."""
    return kharkiv.city_battles(tables.read(BATTLES))


@cache
def _front() -> pd.DataFrame:
    return tables.read(FRONT)


@assessment("kharkiv-force")
def kharkiv_force() -> Assessment:
    """30,000 beside what was said to be needed and what sufficed elsewhere; what happened."""
    found = force_readings()
    judged = verdicts.judge(found, "substantially", 1.0)
    since, nearest_km = kharkiv.closest(_front())
    later = evidence(["troops-isw-aug2024-72000"]).iloc[0]
    group = between(number(later["low"]), number(later["high"]))
    # Literal: a conditional is tested when its condition comes; nobody tried to take the city.
    # Charitable: the force that was there, and the larger one of August, did not reach it.
    reached = nearest_km <= 0
    literal: verdicts.Outcome = "failed" if reached else "not tested"
    charitable: verdicts.Outcome = "failed" if reached else "came true"
    stands = [item for item in judged if item.stands]
    # A quantity stands if it holds at least roughly.
    more = allowed("substantially", 1.0)[1].low - 1
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("kharkiv-force"),
                verdict=verdicts.forecast(literal, charitable),
                readings=tuple(judged),
                robustness=robustness(judged),
                evidence_for=(
                    "need-isw-lacks-forces",
                    "need-isw-may13",
                    "need-cavoli-16may",
                    "troops-skibitskyi-not-enough",
                    "need-pivnenko-years",
                    "need-syrskyi-may30",
                ),
                evidence_against=("need-rand-dissent", "need-khodorkovsky"),
                note=(
                    "Literal rule: the condition is an attempt to take the city, and none was "
                    "made: not tested.  Charitable rule: the force named, and a group of "
                    f"{group} in August 2024, came no nearer than {number(nearest_km, 1)} km to "
                    f"the city's edge by {day(_front()['date'].max())}: came true."
                ),
            ),
        ),
        then=stated(
            "ISW, Ukrainian military intelligence and NATO's commander: too few to take Kharkiv",
            date="2024-05-16",
            status="known then",
            evidence=("need-isw-lacks-forces", "troops-skibitskyi-not-enough", "need-cavoli-16may"),
        ),
        now=Value(
            value=float(_front().iloc[-1]["city_edge_km"]),
            unit="km",
            text="from the city's edge to the nearest occupied ground",
            date=str(_front()["date"].max().date()),
            status="now",
            evidence=(FRONT,),
        ),
        reason=(
            f"No assault on the city was tried, and no occupied ground came nearer to it than "
            f"{number(nearest_km, 1)} km (on {day(since)}); of {len(judged)} ways to say what "
            f"force is needed {len(stands)} ask for more than {number(kharkiv.PRINTED_TROOPS)} by "
            f"{percent(more)} or more."
        ),
        would_change="An assault on Kharkiv by a force of known strength.",
    )


def force_readings() -> list[Reading]:
    """Troops asked for over the 30,000 of the article, by rule."""
    area = _fact("area-kharkiv-council-2012")
    before, later = _fact("pop-kharkiv-2022"), _fact("pop-kharkiv-jun2024-un")
    populations = {
        f"{number(before / 1e6, 2)} million (2022)": before,
        f"{number(later / 1e6, 1)} million (2024)": later,
    }
    required = kharkiv.required_troops(
        city_battles(), area=area, populations=populations, per_1000=_fact("rule-quinlivan-20")
    )
    stated_needs = [
        ("need-kremlin-300000", "said in the Kremlin, by Verstka: to encircle", "Verstka"),
        ("need-kramarov-100000", "an analyst: merely to approach", "Kramarov"),
    ]
    found = [
        reading(
            name,
            _fact(evidence_id) / kharkiv.PRINTED_TROOPS,
            "ratio",
            [evidence_id],
            levels={"rule": source, "basis": "stated need", "population": "none"},
            role="primary",
            reason="a number for this very city, published before the article",
        )
        for evidence_id, name, source in stated_needs
    ]
    rows = cast("list[dict[str, object]]", required.to_dict("records"))
    return found + [_density_reading(row) for row in rows]


def _density_reading(row: dict[str, object]) -> Reading:
    rule, basis = str(row["rule"]), str(row["basis"])
    people = str(row["population"]) or "none"
    ids = [BATTLES]
    if rule == "rule for stability operations":
        ids = ["rule-quinlivan-20"]
    if basis == "per inhabitants":
        ids = [*ids, "pop-kharkiv-2022" if "2022" in people else "pop-kharkiv-jun2024-un"]
    else:
        ids = [*ids, "area-kharkiv-council-2012"]
    where = f", {people}" if people != "none" else ""
    return reading(
        f"{rule}, {basis}{where}",
        float(str(row["multiple"])),
        "ratio",
        ids,
        levels={"rule": rule, "basis": basis, "population": people},
        known="about then, known later",
        origin_id="rand" if "rule-quinlivan-20" in ids else "urban-battles",
    )


@assessment("urban-defender")
def urban_defender() -> Assessment:
    """Attackers' success and losses on urban and on other ground."""
    found = urban_readings()
    primary = found[0]
    rows = kharkiv.decided(city_battles())
    listed = kharkiv.share(int(rows["won"].sum()), len(rows))
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("urban-defender"),
                verdict=primary.word,
                readings=tuple(found),
                robustness=robustness(found),
                evidence_for=(
                    "urban-spencer-defender-advantage",
                    "urban-gpf-multiplier",
                    "urban-mccoy-stalingrad",
                    "urban-peters-casualty-rule",
                ),
                evidence_against=(
                    "urban-tdi-dissent",
                    "urban-tnsr-dissent",
                    "urban-csis-cordesman",
                ),
                note=(
                    "Proxy only: who won and who lost more, not what an advantage is; the "
                    f"battles were chosen, not drawn.  In the list of city battles attackers won "
                    f"{percent(listed.value)} of {listed.cases} (from {percent(listed.low)} to "
                    f"{percent(listed.high)} if the list were a random draw)."
                ),
            ),
        ),
        then=stated(
            "doctrine says that cities favour defenders; studies of the Dupuy Institute find "
            "slower advances and fewer casualties",
            date="2019-05-16",
            status="known then",
            evidence=("urban-spencer-defender-advantage", "urban-tdi-dissent"),
        ),
        reason=(
            f"In CDB90 attackers won {number(100 * primary.value)} points more often on urban "
            f"ground than elsewhere, with an interval from {number(100 * (primary.low or 0))} "
            f"to {number(100 * (primary.high or 0))} points that holds effects of both signs."
        ),
        would_change="A table of battles, drawn by a rule, with some dozens of urban ones.",
    )


def urban_readings() -> list[Reading]:
    """Effects of urban ground by measure and period, with the verdict each gives."""
    whole = kharkiv.with_ratio(tables.read(CDB90))
    modern = kharkiv.with_ratio(tables.read(CDB90), kharkiv.MODERN)
    spans = (("1600 to 1982", whole), ("1939 to 1982", modern))
    outcome = [
        _effect(
            f"attackers' share of wins, {span}", kharkiv.urban_difference(rows), "outcome", span
        )
        for span, rows in spans
    ]
    cost = [
        _effect(f"attackers' losses to each of the defender's, {span}", kharkiv.urban_cost(rows),
                "losses", span)
        for span, rows in spans
    ]  # fmt: skip
    return [*outcome, *cost]


def _effect(name: str, found: kharkiv.Estimate, measure: str, span: str) -> Reading:
    """Turn an effect into a reading; losses are a ratio, without effect at one."""
    losses = measure == "losses"
    low, high = (found.low - 1, found.high - 1) if losses else (found.low, found.high)
    word = verdicts.causal(low, high, expected_sign=1 if losses else -1)
    primary = measure == "outcome" and span == "1600 to 1982"
    return reading(
        f"{name} ({found.cases} urban battles)",
        found.value,
        "ratio" if losses else "share",
        [CDB90],
        low=found.low,
        high=found.high,
        levels={"measure": measure, "period": span},
        role="primary" if primary else "alternative",
        reason="an advantage shows in who wins; the widest comparison there is" if primary else "",
        known="about then, known later",
        origin_id="cdb90",
    ).model_copy(update={"word": word, "stands": word == "supported"})


# Krynky ----------------------------------------------------------------------------------


@assessment("krynky-crossing")
def krynky_crossing() -> Assessment:
    """The crossing in October 2023 and the report of December."""
    crossing = ["kry-isw-presence-oct20", "kry-20-men"]
    men, roots = count(int(_fact("kry-20-men"))), len(firm_families(crossing))
    return Assessment(
        findings=(
            event_finding(
                "krynky-crossing",
                crossing,
                component="october",
                note=f"About {men} men by 19 October 2023; ISW saw a presence on 20 October.",
            ),
            event_finding(
                "krynky-crossing",
                ["kry-nyt-syndicated", "kry-nyt-suicide-mission"],
                component="suicide-mission",
                measured=["fwt-krynky-nyt-suicide"],
                note=(
                    "The Times' own text, as its syndication printed it, carries the words in "
                    "its title; the claim is about that text."
                ),
            ),
        ),
        then=stated(
            f"some {men} marines in the village by 19 and 20 October 2023; report of 16 December",
            date="2023-10-20",
            status="known then",
            evidence=("kry-isw-presence-oct20", "fwt-krynky-nyt-suicide"),
        ),
        reason=(
            f"{count(roots).capitalize()} root sources put Ukrainian forces in Krynky by 20 "
            "October 2023, and the Times' text of 16 December 2023 has the phrase."
        ),
        would_change="Nothing foreseeable: the date is not in dispute.",
    )


@assessment("krynky-expanded")
def krynky_expanded() -> Assessment:
    """Growth after the report, failed assaults, and what bloggers wrote."""
    area = evidence(["kry-jan2024-few-km2"]).iloc[0]
    dead, missing = _fact("kry-slidstvo-killed"), _fact("kry-slidstvo-missing")
    return Assessment(
        findings=(
            event_finding(
                "krynky-expanded",
                ["kry-vipflash-strip"],
                component="growth",
                beside=["kry-ukmod-nov-expanded", "kry-jan2024-few-km2"],
                note=(
                    "The growth that is dated came in November 2023, before the report of "
                    "16 December; after it no source above the rank of a mirror shows growth, "
                    "and no map of those months is held here."
                ),
            ),
            event_finding(
                "krynky-expanded",
                [
                    "kry-ukmod-jan2024",
                    "kry-ukmod-104gad-bt",
                    "kry-ukmod-104gad",
                    "kry-assaults-apr30",
                    "kry-marines-claim-killed",
                ],
                component="failed-assaults",
                note=(
                    "To April 2024.  Russia's minister claimed the village on 20 February; "
                    "fighting for it went on.  The Russian dead have not been counted."
                ),
            ),
            event_finding(
                "krynky-expanded",
                ["kry-ukmod-104gad-bt", "kry-makarevich-reason"],
                component="bloggers",
                note="Calls for the commander to go, as the UK Ministry of Defence reports them.",
            ),
        ),
        then=Value(
            low=float(area["low"]),
            high=float(area["high"]),
            unit="km2",
            text="held in early January 2024: just a few square kilometres",
            date="2024-01-04",
            status="known then",
            evidence=("kry-jan2024-few-km2",),
        ),
        now=stated(
            f"{number(dead)} Ukrainian dead recovered and {number(missing)} missing, October "
            "2023 to June 2024 (Slidstvo.Info, police data)",
            date="2024-06-30",
            status="now",
            evidence=("kry-slidstvo-killed", "kry-slidstvo-missing"),
        ),
        reason=(
            "That assaults failed at great loss is reported by both a foreign government and "
            "Ukrainian spokesmen, but the growth that can be dated came before the report that "
            "it is set against, in November 2023."
        ),
        error_type="chronology",
        correction_direction="hurts",
        would_change="Maps of the bridgehead from mid-December 2023 to spring 2024.",
    )


@assessment("krynky-generals")
def krynky_generals() -> Assessment:
    """The two commanders."""
    return Assessment(
        findings=(
            event_finding(
                "krynky-generals",
                ["kry-makarevich-replaced", "kry-makarevich-ukmod", "kry-makarevich-reason"],
                component="first",
                note="Makarevich by Teplinsky, reported on 30 October 2023.",
            ),
            event_finding(
                "krynky-generals",
                ["kry-marzoev-isw"],
                component="second",
                beside=["kry-marzoev-newsweek"],
                note=(
                    "Marzoev of the 18th Army, by Russian bloggers on 13 and 14 April 2024; ISW "
                    "could not confirm it, and the reason reported is a failure to retake ground."
                ),
            ),
        ),
        then=stated(
            "Makarevich replaced in October 2023; Marzoev reported dismissed in April 2024, "
            "not confirmed",
            date="2024-04-15",
            status="known then",
            evidence=("kry-marzoev-isw",),
        ),
        reason=(
            "The first change was reported by a Russian agency and accepted by a foreign "
            "ministry; the second goes back to one root source that its relay could not confirm."
        ),
        would_change="A second root source on the dismissal of April 2024, or a denial of it.",
    )


@assessment("krynky-evacuated")
def krynky_evacuated() -> Assessment:
    """When the last positions in Krynky were left, by source."""
    mapped = kharkiv.first_day_at(_front(), "krynky_share", 0.7)
    return Assessment(
        findings=(
            event_finding(
                "krynky-evacuated",
                [],
                [
                    "kry-syrskyi-apr28",
                    "kry-pletenchuk-apr30",
                    "kry-pletenchuk-may23",
                    "kry-times-june16",
                    "kry-suspilne-defence-period",
                    "kry-pravda-july16",
                    "kry-deepstate-july18",
                ],
                component="april",
                beside=["kry-bunyatov-may23"],
                note=(
                    "The only report of a withdrawal before the article is an officer's post of "
                    "23 May 2024, denied on the same day."
                ),
            ),
            event_finding(
                "krynky-evacuated",
                ["kry-bunyatov-may23", "kry-lykhovii-july18", "kry-bbc-july17"],
                component="elsewhere",
                note="All go back to Ukrainian soldiers; no map held here shows the places.",
            ),
        ),
        then=stated(
            "still fought for on 28 and 30 April; a post of 23 May that it was left, denied",
            date="2024-05-23",
            status="known then",
            evidence=("kry-syrskyi-apr28", "kry-pletenchuk-apr30", "kry-pletenchuk-may23"),
        ),
        now=stated(
            f"left by the end of June or early July 2024; map changed on {day(mapped)}",
            date=str(mapped.date()),
            status="now",
            evidence=("kry-pravda-july16", "kry-suspilne-defence-period", FRONT),
        ),
        reason=(
            "Ukraine's commander-in-chief and a spokesman had troops in Krynky on 28 and 30 April "
            "2024, in reports published before the article; the withdrawal became known in July "
            "and had come some weeks earlier."
        ),
        error_type="period",
        correction_direction="helps",
        would_change="A report from April 2024, from any side, that Ukrainian forces had left.",
    )
