"""Numbers and figure texts of the chapter on Kharkiv and Krynky."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis import claims, kharkiv, readings, tables
from analysis.assessing import evidence
from analysis.assessments import kharkiv_krynky as home
from analysis.book import Column
from analysis.formatting import (
    MONTHS,
    between,
    count,
    day,
    month,
    number,
    percent,
    signed_area,
    significant,
)

ARTICLE = claims.ARTICLE_DATE
WINDOW_END = claims.WINDOW_END
DEEPSTATE = "DeepState maps, measured for this book"

# What may separate battles won from battles lost: column by its name for readers.
MEASURES = {
    "Attackers to each defender, middle": "force_ratio_mid",
    "the same, fewest over most": "force_ratio_low",
    "the same, most over fewest": "force_ratio_high",
    "Attackers to 1,000 inhabitants": "attackers_per_1000_inhabitants",
    "Attackers to a km²": "attackers_per_km2",
    "Length in days": "days",
}


@cache
def front() -> pd.DataFrame:
    """Daily distances and areas around Kharkiv."""
    return tables.read("kharkiv-front-daily")


@cache
def battles() -> pd.DataFrame:
    """Battles for cities, with ratios, densities and a short name."""
    rows = home.city_battles()
    return rows.assign(label=_labels(rows))


def _labels(rows: pd.DataFrame) -> list[str]:
    """Short name and year; the month too where two battles share both."""
    names = rows["battle"].str.replace(r" \(.*", "", regex=True).str.replace("Gaza - ", "")
    years = rows["start"].dt.year.astype(str)
    twice = (names + years).duplicated(keep=False)
    months = [f"{MONTHS[month - 1][:3]} " for month in rows["start"].dt.month]
    parts = zip(names, months, years, twice, strict=True)
    return [f"{name} {month if two else ''}{year}" for name, month, year, two in parts]


def ratios() -> pd.DataFrame:
    """Decided battles with a force ratio, the highest first."""
    rows = kharkiv.decided(battles()).dropna(subset=["force_ratio_mid"])
    return rows.sort_values("force_ratio_mid", ascending=False, ignore_index=True)


def densities() -> pd.DataFrame:
    """Attackers to 1,000 inhabitants by battle, and 30,000 at Kharkiv among them."""
    name = "attackers_per_1000_inhabitants"
    rows = kharkiv.decided(battles()).dropna(subset=[name])
    rows = rows[["label", "outcome", name, f"{name}_low", f"{name}_high"]]
    low, high = _kharkiv_density()
    printed = number(kharkiv.PRINTED_TROOPS)
    own = {"label": f"{printed} at Kharkiv", "outcome": "not tried", name: (low + high) / 2}
    own |= {f"{name}_low": low, f"{name}_high": high}
    table = pd.concat([rows, pd.DataFrame([own])], ignore_index=True)
    table.columns = pd.Index(["label", "outcome", "density", "low", "high"])
    return table.sort_values("density", ascending=False, ignore_index=True)


def _kharkiv_density() -> tuple[float, float]:
    """30,000 to 1,000 inhabitants, by the larger and by the smaller population."""
    counts = (_fact("pop-kharkiv-2022"), _fact("pop-kharkiv-jun2024-un"))
    found = [
        kharkiv.densities(kharkiv.PRINTED_TROOPS, _area(), people)["per_1000_inhabitants"]
        for people in counts
    ]
    return min(found), max(found)


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


def rule_per_1000() -> float:
    """Security personnel to 1,000 inhabitants, by the rule for stability operations."""
    return _fact("rule-quinlivan-20")


def edge_km() -> float:
    """Distance from the nearest edge of the city to the border, in kilometres."""
    return home.distance_mi("nearest edge", "OpenStreetMap") * kharkiv.KM_PER_MI


def _area() -> float:
    return _fact("area-kharkiv-council-2012")


def troops() -> pd.DataFrame:
    """Troop figures by scope, the smallest first; ends where the source gives them."""
    table = tables.read("kharkiv-troops").sort_values(["troops", "scope"], ignore_index=True)
    for name in ("troops", "low", "high"):
        table[name] = table[name].astype(float)
    table["from"] = table["low"].fillna(table["troops"])
    table["to"] = table["high"].fillna(table["troops"])
    ends = zip(table["from"], table["to"], strict=True)
    table["text"] = [between(number(low), number(high)) for low, high in ends]
    return table


def krynky() -> pd.DataFrame:
    """Statements on Krynky with their citation, in order of time."""
    table = tables.read("krynky-timeline").sort_values(["date", "source"], ignore_index=True)
    rows = evidence(table["evidence_id"])
    table["read_at"] = [
        str(a) or str(b) for a, b in zip(rows["read_at"], rows["publisher"], strict=True)
    ]
    return table


def success() -> pd.DataFrame:
    """CDB90, 1939 to 1982: attackers' share of wins by band of the force ratio, in percent."""
    rows = kharkiv.with_ratio(tables.read("cdb90-battles"), kharkiv.MODERN)
    table = kharkiv.success_by_ratio(rows)
    for name in ("share", "low", "high", "share_without_defeats"):
        table[f"{name}_pct"] = 100 * table[name]
    return table


def separations() -> pd.DataFrame:
    """Say what separates battles won from battles lost, for the table of the chapter."""
    table = kharkiv.separations(battles(), MEASURES).round(2)
    names = ["Measure", "Battles", "Won", "Lost", "Concordance", "Low", "High"]
    return table.set_axis(names, axis=1).set_index("Measure")


def costs() -> pd.DataFrame:
    """Killed on the attacker's side, for the table of the chapter."""
    names = ["Battle", "Outcome", "Days", "Killed, low", "Killed, high", "Whose figure"]
    return kharkiv.costs(battles()).set_axis(names, axis=1).set_index("Battle")


def distances() -> pd.DataFrame:
    """Distances from the city to two drawings of the border, for the table of the chapter."""
    table = home.distance_table().round(1)
    names = {"Kharkiv": "centre (GeoNames)", "Kharkiv centre": "centre (encyclopaedias)"}
    table["measured_from"] = table["measured_from"].replace(names)
    return table.set_axis(["From", "Border", "km", "miles"], axis=1).set_index("From")


# Strings ---------------------------------------------------------------------------------


def _places() -> dict[str, str]:
    gaps = kharkiv.gaps_km().set_index("oblast")["to_oblast_km"]
    found: dict[str, str] = {}
    for name, key in (("Kharkiv centre", "centre"), ("nearest edge", "edge")):
        miles = home.distance_mi(name, "OpenStreetMap")
        found |= {f"{key}-mi": number(miles), f"{key}-km": number(miles * kharkiv.KM_PER_MI, 1)}
    centres = [home.distance_mi("Kharkiv centre", name) for name in ("GIS-Lab", "OpenStreetMap")]
    farthest = max(home.distance_mi("farthest point", n) for n in ("GIS-Lab", "OpenStreetMap"))
    rings = [number(miles) for miles in kharkiv.RINGS_MI]
    return found | {
        "farthest-mi": number(farthest),
        "borders-differ-km": number((centres[0] - centres[1]) * kharkiv.KM_PER_MI, 1),
        "kursk-gap-km": number(float(gaps["Kursk Oblast"])),
        "bryansk-gap-km": number(float(gaps["Bryansk Oblast"])),
        "area-sq-mi": number(_area() / kharkiv.KM2_PER_SQ_MI, 1),
        "area-km2": number(_area()),
        "thirty-km": number(_printed_mi() * kharkiv.KM_PER_MI),
        "printed-mi": number(_printed_mi()),
        "rings-mi": f"{', '.join(rings[:-1])} and {rings[-1]}",
        "oblasts": count(len(kharkiv.RUSSIAN_OBLASTS)),
    }


def _printed_mi() -> float:
    return float(claims.table()["claimed_value"]["kharkiv-30mi"])


def _forces() -> dict[str, str]:
    table = tables.read("kharkiv-troops").set_index("scope")["troops"]
    low, high = _kharkiv_density()
    later = evidence(["troops-isw-aug2024-72000"]).iloc[0]
    per_km2 = kharkiv.densities(kharkiv.PRINTED_TROOPS, _area(), 1)["per_km2"]
    won = kharkiv.decided(battles())
    won = won[won["won"]]
    least = won.sort_values("attackers_per_1000_inhabitants").iloc[0]
    thin = won.sort_values("attackers_per_km2").iloc[0]
    return {
        "three-oblasts": number(table["All three oblasts"]),
        "belgorod": number(table["Belgorod Oblast"]),
        "attacking": number(table["Attacking"]),
        "day-one": between(
            *(number(evidence(["troops-initial-assault-wp"])[e].iloc[0]) for e in ("low", "high"))
        ),
        "encircle": number(table["Needed, to encircle"]),
        "approach": number(table["Needed, to approach"]),
        "group-later": between(number(later["low"]), number(later["high"])),
        "printed": number(kharkiv.PRINTED_TROOPS),
        "density": between(number(low), number(high)),
        "density-km2": number(per_km2),
        "least-density": number(least["attackers_per_1000_inhabitants"]),
        "least-battle": str(least["label"]),
        "mariupol-density": number(
            won.set_index("battle_id")["attackers_per_1000_inhabitants"]["mariupol-2022"]
        ),
        "thin-density": number(thin["attackers_per_km2"]),
        "thin-battle": str(thin["label"]),
        "rule": number(rule_per_1000()),
        "rule-peaceful": between(
            *(number(evidence(["rule-quinlivan-peaceful"])[e].iloc[0]) for e in ("low", "high"))
        ),
        "population-then": number(_fact("pop-kharkiv-jun2024-un") / 1e6, 1),
    }


def _battles() -> dict[str, str]:
    rows = kharkiv.decided(battles())
    all_ = kharkiv.share(int(rows["won"].sum()), len(rows))
    held = rows.dropna(subset=["force_ratio_mid"])
    middle = kharkiv.separation(battles(), "force_ratio_mid")
    drawn = kharkiv.separation_over_strengths(battles())
    parts = kharkiv.success_at_least(battles(), "force_ratio_mid", 3).set_index("side")
    fewer = held[held["won"] & (held["force_ratio_high"] < 1)]
    firm = held[held["reliability"] != "encyclopaedia"]
    return {
        "battles": number(len(tables.read("urban-battles"))),
        "battles-decided": number(len(rows)),
        "battles-won": number(int(rows["won"].sum())),
        "battles-share": percent(all_.value),
        "battles-low": percent(all_.low),
        "battles-high": percent(all_.high),
        "battles-ratio": number(len(held)),
        "battles-ratio-lost": count(int((~held["won"]).sum())),
        "battles-firm": count(len(firm)),
        "lowest-ratio": _ratio_of(ratios().iloc[-1]),
        "highest-ratio": _ratio_of(ratios().iloc[0]),
        "concordance": number(middle.value, 2),
        "concordance-interval": between(number(middle.low, 2), number(middle.high, 2)),
        "concordance-drawn": between(number(np.min(drawn), 2), number(np.max(drawn), 2)),
        "three-share": percent(parts["share"]["from"]),
        "three-battles": number(parts["battles"]["from"]),
        "three-interval": between(percent(parts["low"]["from"]), percent(parts["high"]["from"])),
        "below-share": percent(parts["share"]["below"]),
        "below-battles": number(parts["battles"]["below"]),
        "below-interval": between(percent(parts["low"]["below"]), percent(parts["high"]["below"])),
        "outnumbered": count(len(fewer)),
        "costly": count(len(kharkiv.costs(battles()))),
    }


def _ratio_of(battle: pd.Series[Any]) -> str:
    return f"{significant(battle['force_ratio_mid'])} ({battle['label']})"


def _cdb90() -> dict[str, str]:
    whole = kharkiv.with_ratio(tables.read("cdb90-battles"))
    effect, cost = kharkiv.urban_difference(whole), kharkiv.urban_cost(whole)
    table = success().set_index("band")
    even, threefold, fivefold = (
        str(table.index[table["from_ratio"] == ratio][0]) for ratio in (1, 3, 5)
    )
    without = table["share_without_defeats"]
    defeats = tables.read("cdb90-battles")["outcome"] == "attacker lost"
    first, last = whole["start"].min(), whole["start"].max()
    hidden = whole[whole["outcome"] != "attacker lost"]
    return {
        "cdb90": number(len(whole)),
        "cdb90-span": between(*(str(end.year) for end in (first, last))),
        "cdb90-urban": count(effect.cases),
        "cdb90-modern": number(int(table["battles"].sum())),
        "cdb90-defeats": number(int(defeats.sum())),
        "cdb90-won": percent(whole["won"].mean()),
        "cdb90-hidden": percent(hidden["won"].mean()),
        "cdb90-hidden-range": between(percent(without.min()), percent(without.max())),
        "even-band": even,
        "threefold-band": threefold,
        "fivefold-band": fivefold,
        "even": percent(table["share"][even]),
        "threefold": percent(table["share"][threefold]),
        "fivefold": percent(table["share"][fivefold]),
        "fivefold-interval": between(
            percent(table["low"][fivefold]), percent(table["high"][fivefold])
        ),
        "urban-points": number(100 * effect.value),
        "urban-interval": between(number(100 * effect.low), number(100 * effect.high)),
        "urban-cost": number(cost.value, 1),
        "urban-cost-interval": between(number(cost.low, 1), number(cost.high, 1)),
    }


def _since() -> dict[str, str]:
    rows = front()
    _, nearest = kharkiv.closest(rows)
    last = rows.iloc[-1]
    window = rows[rows["date"] <= WINDOW_END]
    return {
        "first-month": month(rows["date"].min()),
        "last-month": month(rows["date"].max()),
        "oblast-growth": percent(
            last["oblast_occupied_km2"] / rows.iloc[0]["oblast_occupied_km2"] - 1
        ),
        "first-map": day(rows["date"].min()),
        "last-map": day(rows["date"].max()),
        "nearest-km": number(nearest, 1),
        "nearest-mi": number(nearest / kharkiv.KM_PER_MI, 1),
        "last-km": number(last["city_edge_km"], 1),
        "largest-km": number(rows["city_edge_km"].max(), 1),
        "oblast-first": number(rows.iloc[0]["oblast_occupied_km2"]),
        "oblast-last": number(last["oblast_occupied_km2"]),
        "oblast-change": signed_area(kharkiv.change(rows, "oblast_occupied_km2")),
        "oblast-window": signed_area(kharkiv.change(window, "oblast_occupied_km2")),
        "north-first": number(rows.iloc[0]["north_occupied_km2"]),
        "north-last": number(last["north_occupied_km2"]),
        "north-change": signed_area(kharkiv.change(rows, "north_occupied_km2")),
        "vovchansk-half": day(kharkiv.first_day_at(rows, "vovchansk_share", 0.5)),
        "kupiansk-most": percent(rows["kupiansk_share"].max()),
        "kupiansk-last": percent(last["kupiansk_share"]),
        "krynky-map": day(kharkiv.first_day_at(rows, "krynky_share", 0.7)),
        "strikes": number(_fact("hs-kharkiv-jan2026-attacks")),
    }


def _krynky() -> dict[str, str]:
    area = evidence(["kry-jan2024-few-km2"]).iloc[0]
    grown = evidence(["kry-russian-grouping-growth"]).iloc[0]
    return {
        "krynky-dead": number(_fact("kry-slidstvo-killed")),
        "krynky-missing": number(_fact("kry-slidstvo-missing")),
        "krynky-area": between(number(area["low"]), number(area["high"])),
        "krynky-men": number(_fact("kry-20-men")),
        "grouping-first": number(grown["low"]),
        "grouping-last": number(grown["high"]),
        "krynky-statements": number(len(krynky())),
    }


def _verdicts() -> dict[str, str]:
    found = claims.at_home_in("kharkiv-krynky")
    words = [record.verdict for record in found]
    force = next(r for r in found if r.id == "kharkiv-force").components[0]
    kept = readings.included(force.readings)
    return {
        "claims": count(len(found)),
        "claims-stand": count(sum(word in {"holds", "roughly holds"} for word in words)),
        "claims-fall": count(words.count("does not hold")),
        "claims-open": count(
            len(words) - sum(w in {"holds", "roughly holds", "does not hold"} for w in words)
        ),
        "force-ways": number(len(kept)),
        "force-stands": number(sum(bool(item.stands) for item in kept)),
        "force-low": number(min(item.value for item in kept), 1),
        "force-high": number(max(item.value for item in kept)),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_places(), _forces(), _battles(), _cdb90(), _since(), _krynky(), _verdicts())
    return {name: text for part in parts for name, text in part.items()}


# Figures ---------------------------------------------------------------------------------


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _map() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"No point of Kharkiv is {s['printed-mi']} miles from Russia",
        "subtitle": f"Rings of {s['rings-mi']} miles along the ground from the city’s centre",
        "source": "Sources: city outline OCHA (COD-AB); border and oblasts OpenStreetMap "
        "contributors (ODbL); points GeoNames",
        "note": "The city is drawn within its limits, which hold woods and fields.",
        "alt": (
            f"Map of Kharkiv and the border with Russia. The nearest edge of the city is "
            f"{s['edge-mi']} miles ({s['edge-km']} km) from the border, the centre "
            f"{s['centre-mi']} miles ({s['centre-km']} km). The ring of {s['printed-mi']} miles "
            "runs far inside Russia in the north."
        ),
        "caption": "The lines are the shortest ways to the border, from the centre and, in the "
        "other colour, from the edge.",
        "claims": ["kharkiv-30mi", "kharkiv-135sqmi", "border-adjacent"],
        "columns": {
            "measured_from": "Measured from",
            "border": "Border drawn by",
            "km": Column("km", 1),
            "mi": Column("Miles", 1),
        },
    }


def _troops() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Some {s['printed']} fits one oblast, or the attackers, not {s['oblasts']} "
        f"oblasts",
        "subtitle": "Russian troops near Kharkiv by what was counted, spring 2024 unless said",
        "source": "Sources: Ukrainian officials and officers, ISW, Verstka and others, as read in "
        "the press; see the table",
        "note": "Logarithmic scale. All figures come from Ukrainian or Western observers.",
        "alt": (
            f"Dot plot. Committed on the first day {s['day-one']}; Belgorod Oblast "
            f"{s['belgorod']}; attacking {s['attacking']}; all {s['oblasts']} oblasts "
            f"{s['three-oblasts']}; the northern group in August 2024 {s['group-later']}; said "
            f"to be needed {s['approach']} to approach and {s['encircle']} to encircle the city."
        ),
        "caption": "The dashed line is the article’s number. Hollow dots are not counts of troops "
        "there at the time.",
        "claims": ["border-30k", "kharkiv-force"],
        "columns": {
            "scope": "Counted",
            "kind": "Kind",
            "source": "Source",
            "as_of": "As of",
            "troops": Column("Troops", 0),
            "low": Column("Low", 0),
            "high": Column("High", 0),
        },
    }


def _ratios() -> dict[str, Any]:
    s = strings()
    return {
        "title": "In the list attackers mostly won, some of them outnumbered",
        "subtitle": "Attackers to each defender, lowest to highest figure, by battle, 1918 to 2023",
        "source": "Sources: encyclopaedias, Modern War Institute, CDB90, press; see the table",
        "note": "Logarithmic scale. A list collected by hand; strengths are orders of magnitude.",
        "alt": (
            f"Range plot of {s['battles-ratio']} battles, {s['battles-ratio-lost']} of them lost "
            f"by the attacker. Middle ratios run from {s['lowest-ratio']} to {s['highest-ratio']}; "
            "the lost ones lie among the lower and middle ratios."
        ),
        "caption": "Filled dots: the attacker won. Hollow dots: the attacker lost. Lines run over "
        "all printed figures.",
        "claims": ["urban-defender", "kharkiv-force"],
        "columns": {
            "label": "Battle",
            "outcome": "Outcome",
            "force_ratio_low": Column("Ratio, low", 2),
            "force_ratio_mid": Column("Middle", 2),
            "force_ratio_high": Column("High", 2),
            "days": Column("Days", 0),
            "attackers_low": Column("Attackers, low", 0),
            "attackers_high": Column("Attackers, high", 0),
            "defenders_low": Column("Defenders, low", 0),
            "defenders_high": Column("Defenders, high", 0),
            "reliability": "Kind of source",
        },
    }


def _densities() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"{s['printed']} at Kharkiv would be fewer to the inhabitants than in any listed "
        "city that was taken",
        "subtitle": "Attackers to 1,000 inhabitants before the battle",
        "source": "Sources: as in the figure before; population of Kharkiv from the statistics "
        "office and the mayor",
        "note": "Logarithmic scale. Most inhabitants had left most of these cities.",
        "alt": (
            f"Dot plot. {s['printed']} at Kharkiv are {s['density']} to 1,000 inhabitants; the "
            f"lowest at which attackers won is {s['least-density']}, {s['least-battle']}; "
            f"Mariupol has {s['mariupol-density']}. Kyiv in 2022 lies lower and was not taken."
        ),
        "caption": f"The dashed line is a rule of thumb of {s['rule']} to 1,000 for demanding "
        "stability operations, after the fighting.",
        "claims": ["kharkiv-force", "kharkiv-pop"],
        "columns": {
            "label": "Battle",
            "outcome": "Outcome",
            "density": Column("Per 1,000", 0),
            "low": Column("Low", 0),
            "high": Column("High", 0),
        },
    }


def _success() -> dict[str, Any]:
    s = strings()
    return {
        "title": "In older battles success rises slowly with numbers",
        "subtitle": f"Share of battles won by the attacker, percent, by attackers to each "
        f"defender; {s['cdb90-modern']} land battles 1939 to 1982, few of them in cities",
        "source": "Source: CDB90, patched file (Arnold, from the US Army)",
        "note": "Lines are 95 percent intervals, as if battles were drawn at random; their number "
        "on the right.",
        "alt": (
            f"Dots with intervals by band of the force ratio: {s['even']} at {s['even-band']}, "
            f"{s['threefold']} at {s['threefold-band']}, {s['fivefold']} at {s['fivefold-band']} "
            f"({s['fivefold-interval']}). Hollow dots show what a file without the defeats would "
            f"say: {s['cdb90-hidden-range']}."
        ),
        "caption": "Hollow dots: the same with the attackers’ defeats lost, as in the tidy copy "
        "of the data.",
        "claims": ["urban-defender", "kharkiv-force"],
        "columns": {
            "band": "Attackers to one defender",
            "battles": Column("Battles", 0),
            "won": Column("Won", 0),
            "share_pct": Column("Share, %", 0),
            "low_pct": Column("Low, %", 0),
            "high_pct": Column("High, %", 0),
            "share_without_defeats_pct": Column("Without defeats, %", 0),
        },
    }


def _timeline() -> dict[str, Any]:
    s = strings()
    return {
        "title": "In April 2024 the sources still have Ukrainian forces in Krynky",
        "subtitle": "Dated statements on whether Ukrainian forces were in the village, by source",
        "source": "Sources: as named, mostly read in the press; see the table",
        "note": "One reader put the statements into the words of the table. April 2024 is shaded.",
        "alt": (
            f"Timeline of {s['krynky-statements']} statements from October 2023 to July 2024. "
            "Until mid-June 2024 nearly all place Ukrainian forces in Krynky; Russia’s minister "
            "claimed it on 20 February; an officer’s post of 23 May says it was left, denied the "
            "same day; from the end of June sources say gone, the command that others are held."
        ),
        "caption": "Each row is a source; the dashed line is the article’s date.",
        "claims": ["krynky-evacuated", "krynky-expanded", "krynky-crossing"],
        "columns": {
            "date": "Date",
            "source": "Source",
            "party": "Whose",
            "says": "Ukrainian forces",
            "statement": "Statement",
            "read_at": "Read at",
        },
    }


def _front() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"From {s['first-month']} to {s['last-month']} the front came no nearer to the "
        "city",
        "subtitle": f"From the edge of Kharkiv to the nearest occupied ground, km, day by day, "
        f"{s['first-map']} to {s['last-map']}",
        "source": f"Source: {DEEPSTATE}",
        "note": "Ground that nobody holds firmly is not counted as occupied.",
        "alt": (
            f"Line chart, almost flat: {s['nearest-km']} km at its nearest, {s['largest-km']} km "
            f"at its farthest, {s['last-km']} km on {s['last-map']}. The border itself lies "
            f"{s['edge-km']} km from the edge."
        ),
        "caption": "Zero is the edge of the city; the dashed line is the border with Russia.",
        "claims": ["kharkiv-force", "kharkiv-retake"],
        "columns": {
            "date": "Date",
            "city_edge_km": Column("From the edge, km", 1),
            "city_centre_km": Column("From the centre, km", 1),
        },
    }


def _oblast() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"From {s['first-month']} to {s['last-month']} occupied ground in the oblast grew "
        f"by {s['oblast-growth']}",
        "subtitle": f"Occupied ground in Kharkiv Oblast and in its northern sector, km², "
        f"{s['first-map']} to {s['last-map']}",
        "source": f"Source: {DEEPSTATE}",
        "note": "Ground that nobody holds firmly is not counted as occupied.",
        "alt": (
            f"Line chart. Kharkiv Oblast from {s['oblast-first']} to {s['oblast-last']} km²; the "
            f"northern sector of Lyptsi and Vovchansk from {s['north-first']} to "
            f"{s['north-last']} km²."
        ),
        "caption": "Most of the growth came in the east of the oblast, far from the city.",
        "claims": ["kharkiv-force", "kharkiv-retake"],
        "columns": {
            "date": "Date",
            "sector": "Where",
            "occupied_km2": Column("Occupied, km²", 0),
        },
    }


def oblast() -> pd.DataFrame:
    """Occupied ground by week, the oblast and its northern sector, in long form."""
    weekly = front()[front()["date"].dt.day_of_week == 0]
    names = {"oblast_occupied_km2": "Kharkiv Oblast", "north_occupied_km2": "northern sector"}
    table: pd.DataFrame = weekly.melt("date", list(names), "sector", "occupied_km2")
    table["sector"] = table["sector"].map(names)
    return table


_FIGURES = {
    "kharkiv-map": _map,
    "kharkiv-troops": _troops,
    "kharkiv-battles": _ratios,
    "kharkiv-density": _densities,
    "kharkiv-cdb90": _success,
    "krynky-timeline": _timeline,
    "kharkiv-front": _front,
    "kharkiv-oblast": _oblast,
}
