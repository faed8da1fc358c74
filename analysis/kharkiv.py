"""Could Kharkiv be taken: distances, forces against the city, and what city battles show.

What none of these measures can tell.  The list of city battles is small, collected by hand
and chosen twice: by commanders, who attack where they expect to win, and by those who write
about battles.  Its strengths are mostly those of encyclopaedias.  No figure for the defenders
of Kharkiv in spring 2024 was found, so there is no force ratio for an assault on it.
Intervals here say how much such numbers could move by chance alone; they do not mend the
choice of the battles.

Distances are geodesic, on the WGS84 ellipsoid, in kilometres.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray
from scipy import stats
from shapely.geometry.polygon import orient
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis import tables

GEOD = pyproj.Geod(ellps="WGS84")
# The international mile, exactly.
KM_PER_MI = 1.609344
KM2_PER_SQ_MI = KM_PER_MI**2

# The article's number of troops in the three oblasts.
PRINTED_TROOPS = 30_000
RUSSIAN_OBLASTS = ("Belgorod Oblast", "Bryansk Oblast", "Kursk Oblast")

# The circles about the city's centre on the map, in miles; the last is the printed distance.
RINGS_MI = (10.0, 20.0, 30.0)

# Bands of attackers to each defender; the last has no upper end.
BANDS = (0.0, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, np.inf)
# The period of CDB90 nearest to today's armies.
MODERN = (pd.Timestamp("1939-01-01"), pd.Timestamp("1982-12-31"))
CONFIDENCE = 0.95
SEED = 20240603


@dataclass(frozen=True)
class Nearest:
    """The shortest line between two shapes: its length and its ends (longitude, latitude)."""

    km: float
    start: tuple[float, float]
    end: tuple[float, float]

    @property
    def mi(self) -> float:
        """The length in statute miles."""
        return self.km / KM_PER_MI


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 percent interval and how many cases it rests on."""

    value: float
    low: float
    high: float
    cases: int


# Shapes ----------------------------------------------------------------------------------


def city() -> Any:
    """Return the outline of Kharkiv city (longitude, latitude)."""
    return shapely.geometry.shape(tables.shapes("kharkiv-city")[0]["geometry"])


def region(name: str) -> Any:
    """Return one outline of ``kharkiv-regions`` by name; KeyError if there is none."""
    found = {
        feature["properties"]["name"]: feature["geometry"]  # type: ignore[index]
        for feature in tables.shapes("kharkiv-regions")
    }
    return shapely.geometry.shape(found[name])


def ukraine() -> Any:
    """Return the outline of Ukraine, drawn coarsely: it misses a strip of up to two kilometres."""
    parts = [shapely.geometry.shape(f["geometry"]) for f in tables.shapes("ukraine-oblasts")]
    return shapely.union_all(parts)


def border() -> Any:
    """Return the part of the edge of Kharkiv Oblast that faces Russia."""
    return region("Kharkiv Oblast to Russia")


# Distances -------------------------------------------------------------------------------


def nearest(start: Any, end: Any) -> Nearest:
    """Find the shortest geodesic between two shapes.

    Parameters
    ----------
    start, end : shapely geometry
        Longitude and latitude (WGS84); zero kilometres where they touch.

    Returns
    -------
    Nearest
        The ends are found in an azimuthal equidistant plane around ``start``, in which
        distances of a few hundred kilometres are right to a few metres, and measured on
        the ellipsoid.
    """
    middle = start.centroid
    plane = f"+proj=aeqd +lon_0={middle.x} +lat_0={middle.y} +datum=WGS84"
    there = pyproj.Transformer.from_crs("OGC:CRS84", plane, always_xy=True)
    shapes = [_moved(shape, there.transform) for shape in (start, end)]
    line = shapely.shortest_line(*shapes)
    back = pyproj.Transformer.from_crs(plane, "OGC:CRS84", always_xy=True)
    first, last = _moved(line, back.transform).coords
    metres = GEOD.inv(*first, *last)[2]
    return Nearest(float(metres) / 1000, tuple(first), tuple(last))


def _moved(shape: Any, transform: Any) -> Any:
    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(shape, move)


def farthest(area: Any, line: Any) -> Nearest:
    """Return the shortest line to ``line`` from that corner of ``area`` which is farthest."""
    corners = [shapely.Point(xy) for xy in shapely.get_coordinates(area)]
    return max((nearest(corner, line) for corner in corners), key=lambda found: found.km)


def area_km2(shape: Any) -> float:
    """Return the area of a shape on the ellipsoid, in square kilometres."""
    return abs(float(GEOD.geometry_area_perimeter(shape)[0])) / 1e6


def ring(lon: float, lat: float, radius_km: float, *, corners: int = 180) -> Any:
    """Return the circle of a geodesic radius around a point, as a line."""
    azimuths = np.linspace(0, 360, corners + 1)
    count = len(azimuths)
    lons, lats, _ = GEOD.fwd(
        np.full(count, lon), np.full(count, lat), azimuths, np.full(count, radius_km * 1000)
    )
    return shapely.LineString(np.column_stack([lons, lats]))


def distances(outline: Any, centres: pd.DataFrame, borders: dict[str, Any]) -> pd.DataFrame:
    """Measure from the city to each drawing of the border.

    Parameters
    ----------
    outline : shapely polygon
        The city.
    centres : DataFrame
        Columns place, lon, lat: points that stand for the city.
    borders : dict of str to shapely geometry
        Drawings of the border (line or polygon beyond it) by name.

    Returns
    -------
    DataFrame
        measured_from, border, km, mi: each centre, the nearest edge and the farthest point
        of the city, to each border.
    """
    rows = []
    for name, line in borders.items():
        found = {
            str(place): nearest(shapely.Point(lon, lat), line)
            for place, lon, lat in centres[["place", "lon", "lat"]].itertuples(index=False)
        }
        found |= {"nearest edge": nearest(outline, line), "farthest point": farthest(outline, line)}
        rows += [(place, name, item.km, item.mi) for place, item in found.items()]
    return pd.DataFrame(rows, columns=["measured_from", "border", "km", "mi"])


# Two drawings of the border differ by up to two kilometres, so a gap below this is none.
LEAST_GAP_KM = 3


def gaps_km(oblasts: Iterable[str] = RUSSIAN_OBLASTS) -> pd.DataFrame:
    """Measure the gap between each Russian oblast and Kharkiv Oblast, and Ukraine.

    Returns
    -------
    DataFrame
        oblast, to_oblast_km and to_ukraine_km (0 where they touch, see `LEAST_GAP_KM`) and
        to_city_km (from the city's edge).
    """
    kharkiv, country, town = region("Kharkiv Oblast"), ukraine(), city()
    rows = []
    for name in oblasts:
        other = region(name)
        gaps = (nearest(other, kharkiv).km, nearest(other, country).km)
        rows.append(
            (name, *(0.0 if gap < LEAST_GAP_KM else gap for gap in gaps), nearest(town, other).km)
        )
    columns = ["oblast", "to_oblast_km", "to_ukraine_km", "to_city_km"]
    return pd.DataFrame(rows, columns=columns)


# The corners of the drawn map: west, south, east, north (degrees).
MAP_BOX = (35.35, 49.48, 37.4, 50.68)


def map_features(rings_mi: Sequence[float] = RINGS_MI) -> dict[str, list[dict[str, Any]]]:
    """Return what the map draws, cut to its frame, as lists of GeoJSON features.

    Parameters
    ----------
    rings_mi : sequence of float
        Radii around the centre of the city, in statute miles along the ellipsoid.

    Returns
    -------
    dict of str to list of dict
        land (the frame), city, border, rings, and lines (the shortest way to the border from
        the centre and from the edge), outer rings clockwise.
    """
    frame = shapely.box(*MAP_BOX)
    places = tables.read("kharkiv-places").set_index("place")
    lon, lat = _centre(places)
    ways = {
        "centre": nearest(shapely.Point(lon, lat), border()),
        "edge": nearest(city(), border()),
    }
    return {
        "land": [_feature("frame", frame)],
        "city": [_feature("Kharkiv", city())],
        "border": [_feature("border", border().intersection(frame))],
        "rings": [_feature(f"{mi:g}", ring(lon, lat, mi * KM_PER_MI)) for mi in rings_mi],
        "lines": [
            _feature(name, shapely.LineString([way.start, way.end])) for name, way in ways.items()
        ],
    }


def _centre(places: pd.DataFrame) -> tuple[float, float]:
    return float(places["lon"]["Kharkiv centre"]), float(places["lat"]["Kharkiv centre"])


def _feature(name: str, shape: Any) -> dict[str, Any]:
    """Make a feature; polygons get clockwise outer rings, as the drawing library asks."""
    parts = [
        orient(part, sign=-1) if part.geom_type == "Polygon" else part
        for part in shapely.get_parts(shape)
    ]
    drawn = parts[0] if len(parts) == 1 else shapely.geometrycollections(parts)
    if len(parts) > 1 and all(part.geom_type == "Polygon" for part in parts):
        drawn = shapely.MultiPolygon(parts)
    geometry = json.loads(shapely.to_geojson(shapely.set_precision(drawn, 0.00001)))
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def map_labels(rings_mi: Sequence[float] = RINGS_MI) -> pd.DataFrame:
    """Return the texts on the map with their points.

    Returns
    -------
    DataFrame
        label, kind (place, ring, city, land, and from centre, from edge for the lengths of the
        two shortest ways to the border), lon, lat.
    """
    places = tables.read("kharkiv-places").set_index("place")
    shown = ["Belgorod", "Vovchansk"]
    rows = [(name, "place", places.loc[name, "lon"], places.loc[name, "lat"]) for name in shown]
    lon, lat = _centre(places)
    for mi in rings_mi:
        east, south, _ = GEOD.fwd(lon, lat, 180, mi * KM_PER_MI * 1000)
        rows.append((f"{mi:g} miles", "ring", east, south))
    for kind, start in (("from centre", shapely.Point(lon, lat)), ("from edge", city())):
        way = nearest(start, border())
        # Below the bends of the border, above the first ring.
        rows.append((f"{kind} {way.mi:.0f} mi", kind, way.end[0], way.end[1] - 0.115))
    rows += [("Kharkiv", "city", 36.1, 49.93), ("Russia", "land", 35.95, 50.6)]
    rows.append(("Ukraine", "land", 35.6, 49.55))
    return pd.DataFrame(rows, columns=["label", "kind", "lon", "lat"])


# Battles for cities ----------------------------------------------------------------------


def city_battles(battles: pd.DataFrame) -> pd.DataFrame:
    """Add force ratios and densities to the list of battles, rows left out dropped.

    Parameters
    ----------
    battles : DataFrame
        As ``urban-battles``.

    Returns
    -------
    DataFrame
        The columns given and: days; force_ratio_low, _mid, _high (attackers to each
        defender: low is the fewest attackers over the most defenders, mid the middle of
        one range over the middle of the other); attackers_per_km2 and
        attackers_per_1000_inhabitants with _low and _high.  Where only a floor of the
        defenders is known it stands for them and the ratio is an upper bound
        (``defenders_floor`` true).
    """
    kept = battles[battles["left_out"] == ""].copy()
    low, high = (kept[f"attackers_{end}"].astype(float) for end in ("low", "high"))
    fewest = kept["defenders_low"].astype(float)
    kept["defenders_floor"] = kept["defenders_high"].isna() & fewest.notna()
    most = kept["defenders_high"].astype(float).fillna(fewest)
    kept["days"] = (kept["end"] - kept["start"]).dt.days + 1
    kept["attackers_mid"] = (low + high) / 2
    kept["force_ratio_low"] = low / most
    kept["force_ratio_mid"] = (low + high) / (fewest + most)
    kept["force_ratio_high"] = high / fewest
    for name, per in (
        ("attackers_per_km2", kept["city_area_km2"]),
        ("attackers_per_1000_inhabitants", kept["prewar_population"].astype(float) / 1000),
    ):
        kept[f"{name}_low"], kept[f"{name}_high"] = low / per, high / per
        kept[name] = kept["attackers_mid"] / per
    return kept


def decided(battles: pd.DataFrame) -> pd.DataFrame:
    """Return the battles that one side won; ``won`` says whether it was the attacker."""
    rows = battles[battles["outcome"].isin(["attacker won", "attacker lost"])].copy()
    return rows.assign(won=rows["outcome"] == "attacker won")


def share(won: int, of: int) -> Estimate:
    """Return a share with its Wilson score interval (Wilson 1927)."""
    low, high = proportion_confint(won, of, alpha=1 - CONFIDENCE, method="wilson")
    return Estimate(won / of, float(low), float(high), of)


def concordance(
    won: Sequence[float] | NDArray[np.float64], lost: Sequence[float] | NDArray[np.float64]
) -> float:
    """Chance that a battle won by the attacker has the larger value; a tie counts a half.

    It is the Mann-Whitney statistic over the number of pairs: 1 if every battle won lies
    above every battle lost, 0.5 if the value tells nothing.
    """
    first, second = np.asarray(won, dtype=float), np.asarray(lost, dtype=float)
    above = (first[:, None] > second[None, :]).mean()
    return float(above + 0.5 * (first[:, None] == second[None, :]).mean())


def separation(battles: pd.DataFrame, measure: str, *, resamples: int = 4_000) -> Estimate:
    """How well a measure separates the battles won from those lost.

    Parameters
    ----------
    battles : DataFrame
        As `city_battles` gives; battles without the measure or undecided take no part.
    measure : str
        Column, for example ``force_ratio_mid``.
    resamples : int
        Bootstrap resamples, won and lost drawn apart, percentiles, fixed seed.

    Returns
    -------
    Estimate
        The concordance; an interval that holds 0.5 means that the list cannot tell.
    """
    rows = decided(battles).dropna(subset=[measure])
    won, lost = (rows.loc[rows["won"] == side, measure].to_numpy() for side in (True, False))
    found = stats.bootstrap(
        (won, lost), concordance, n_resamples=resamples, vectorized=False, paired=False,
        method="percentile", confidence_level=CONFIDENCE, rng=np.random.default_rng(SEED),
    ).confidence_interval  # fmt: skip
    return Estimate(concordance(won, lost), float(found.low), float(found.high), len(rows))


def separation_over_strengths(
    battles: pd.DataFrame, *, draws: int = 2_000, seed: int = SEED
) -> NDArray[np.float64]:
    """Concordance of the force ratio over strengths drawn from their printed ranges.

    Parameters
    ----------
    battles : DataFrame
        As `city_battles` gives.
    draws : int
        Each draws attackers and defenders of every battle between the lower and the higher
        figure, evenly on a logarithmic scale, since the figures are orders of magnitude.

    Returns
    -------
    ndarray of float, shape (draws,)
    """
    rows = decided(battles).dropna(subset=["force_ratio_low", "force_ratio_high"])
    random = np.random.default_rng(seed)
    ends = np.log(rows[["force_ratio_low", "force_ratio_high"]].to_numpy(dtype=float))
    forces = rows[["attackers_low", "attackers_high", "defenders_low", "defenders_high"]]
    logs = np.log(forces.astype(float).ffill(axis=1).to_numpy())
    shape = (draws, len(rows))
    attackers = logs[:, 0] + random.random(shape) * (logs[:, 1] - logs[:, 0])
    defenders = logs[:, 2] + random.random(shape) * (logs[:, 3] - logs[:, 2])
    ratios = np.clip(attackers - defenders, ends[:, 0], ends[:, 1])
    won = rows["won"].to_numpy()
    return np.array([concordance(row[won], row[~won]) for row in ratios])


def separations(battles: pd.DataFrame, measures: dict[str, str]) -> pd.DataFrame:
    """Give `separation` for several measures.

    Parameters
    ----------
    battles : DataFrame
        As `city_battles` gives.
    measures : dict of str to str
        Column by its name for readers.

    Returns
    -------
    DataFrame
        measure, battles, won, lost, concordance, low, high.
    """
    rows = []
    for name, column in measures.items():
        found = separation(battles, column)
        won = int(decided(battles).dropna(subset=[column])["won"].sum())
        rows.append((name, found.cases, won, found.cases - won, found.value, found.low, found.high))
    names = ["measure", "battles", "won", "lost", "concordance", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def costs(battles: pd.DataFrame, *, at_least: int = 1_000) -> pd.DataFrame:
    """List the killed on the attacker's side, where a figure was seen; the most first.

    Parameters
    ----------
    battles : DataFrame
        As `city_battles` gives.
    at_least : int
        Only battles whose higher figure reaches this many persons.

    Returns
    -------
    DataFrame
        battle, outcome, days, attacker_killed_low, attacker_killed_high, casualties_note.
        No rate is given: strengths are taken on one day, the killed over months.
    """
    rows = battles[battles["attacker_killed_high"].fillna(0) >= at_least]
    names = ["battle", "outcome", "days", "attacker_killed_low", "attacker_killed_high"]
    ordered = rows.sort_values("attacker_killed_high", ascending=False)
    return ordered[[*names, "casualties_note"]].reset_index(drop=True)


def success_at_least(battles: pd.DataFrame, measure: str, floor: float) -> pd.DataFrame:
    """Share of the battles won by attackers below and from a value of a measure on.

    Returns
    -------
    DataFrame
        side (below, from), battles, share, low, high; a side without battles is left out.
    """
    rows = decided(battles).dropna(subset=[measure])
    from_on = rows[measure] >= floor
    out = []
    for side, part in (("below", rows[~from_on]), ("from", rows[from_on])):
        if len(part):
            found = share(int(part["won"].sum()), len(part))
            out.append((side, found.cases, found.value, found.low, found.high))
    return pd.DataFrame(out, columns=["side", "battles", "share", "low", "high"])


# CDB90 -----------------------------------------------------------------------------------


def with_ratio(cdb90: pd.DataFrame, period: tuple[pd.Timestamp, pd.Timestamp] | None = None) -> Any:
    """Return the battles of CDB90 with strengths and outcome, and their force ratio.

    Parameters
    ----------
    cdb90 : DataFrame
        As ``cdb90-battles``.
    period : (first day, last day), optional

    Returns
    -------
    DataFrame
        The columns given, force_ratio and won; a draw is not a win.
    """
    rows = cdb90[(cdb90["outcome"] != "") & (cdb90["defenders"] > 0) & (cdb90["attackers"] > 0)]
    if period is not None:
        rows = rows[rows["start"].between(*period)]
    ratio = rows["attackers"].astype(float) / rows["defenders"].astype(float)
    return rows.assign(force_ratio=ratio, won=rows["outcome"] == "attacker won")


def success_by_ratio(rows: pd.DataFrame, bands: Sequence[float] = BANDS) -> pd.DataFrame:
    """Share of the battles that attackers won, by band of the force ratio.

    Parameters
    ----------
    rows : DataFrame
        Columns force_ratio, won and outcome, as `with_ratio` gives.
    bands : sequence of float
        Ends of the bands; a band holds its lower end and not its upper.

    Returns
    -------
    DataFrame
        band, from_ratio, battles, won, share, low, high (Wilson), and
        share_without_defeats: what a file shows in which the defeats have no code.
    """
    out = []
    for low, high in pairwise(bands):
        part = rows[rows["force_ratio"].between(low, high, inclusive="left")]
        if part.empty:
            continue
        found = share(int(part["won"].sum()), len(part))
        kept = part[part["outcome"] != "attacker lost"]
        out.append(
            (_band(low, high), low, found.cases, int(part["won"].sum()), found.value, found.low,
             found.high, float(kept["won"].mean()))
        )  # fmt: skip
    names = ["band", "from_ratio", "battles", "won", "share", "low", "high"]
    return pd.DataFrame(out, columns=[*names, "share_without_defeats"])


def _band(low: float, high: float) -> str:
    if low == 0:
        return f"under {high:g}"
    return f"{low:g} and over" if np.isinf(high) else f"{low:g} to {high:g}"


def urban_difference(rows: pd.DataFrame) -> Estimate:
    """Attackers' share of wins on urban ground less that on other ground.

    Parameters
    ----------
    rows : DataFrame
        Columns urban and won.

    Returns
    -------
    Estimate
        In points of a share (-1 to 1), Newcombe's interval for two independent shares;
        negative if the town helps the defender.  ``cases`` counts the urban battles.
    """
    urban, other = (rows.loc[rows["urban"] == side, "won"] for side in (True, False))
    low, high = confint_proportions_2indep(
        int(urban.sum()), len(urban), int(other.sum()), len(other),
        method="newcomb", compare="diff", alpha=1 - CONFIDENCE,
    )  # fmt: skip
    return Estimate(float(urban.mean() - other.mean()), float(low), float(high), len(urban))


def urban_cost(rows: pd.DataFrame) -> Estimate:
    """Attackers' losses to each loss of the defender: urban over other ground.

    Parameters
    ----------
    rows : DataFrame
        Columns urban, attacker_casualties, defender_casualties.

    Returns
    -------
    Estimate
        Ratio of the geometric means, Welch's interval on logarithms; above 1 if the town
        costs the attacker more, against the defender's losses, than other ground.
    """
    both = (rows["attacker_casualties"] > 0) & (rows["defender_casualties"] > 0)
    held = rows[both.fillna(False)]
    logs = np.log(
        held["attacker_casualties"].astype(float) / held["defender_casualties"].astype(float)
    )
    urban, other = (logs[held["urban"] == side] for side in (True, False))
    found = stats.ttest_ind(urban, other, equal_var=False).confidence_interval(CONFIDENCE)
    middle = float(np.exp(urban.mean() - other.mean()))
    return Estimate(middle, float(np.exp(found.low)), float(np.exp(found.high)), len(urban))


# Where 30,000 would lie ------------------------------------------------------------------


def densities(troops: float, area: float, inhabitants: float) -> dict[str, float]:
    """Return troops for each km2 and for each 1,000 inhabitants."""
    return {"per_km2": troops / area, "per_1000_inhabitants": 1000 * troops / inhabitants}


def required_troops(
    battles: pd.DataFrame, *, area: float, populations: dict[str, float], per_1000: float
) -> pd.DataFrame:
    """Troops that Kharkiv would ask for by each density that once sufficed.

    Parameters
    ----------
    battles : DataFrame
        As `city_battles` gives; those that attackers won are used.
    area : float
        Area of the city in km2.
    populations : dict of str to float
        Inhabitants by the name of the estimate.
    per_1000 : float
        A rule of thumb: security personnel for each 1,000 inhabitants in demanding
        stability operations, after the fighting.

    Returns
    -------
    DataFrame
        rule, basis (per inhabitants, per area), population, troops and multiple (of the
        number printed in the article).
    """
    won = decided(battles)
    won = won[won["won"]]
    rows = []
    for name, count in populations.items():
        rows.append(
            ("rule for stability operations", "per inhabitants", name, per_1000 * count / 1000)
        )
        rows += [
            (rule, "per inhabitants", name, density * count / 1000)
            for rule, density in _anchors(won, "attackers_per_1000_inhabitants")
        ]
    rows += [
        (rule, "per area", "", density * area)
        for rule, density in _anchors(won, "attackers_per_km2")
    ]
    found = pd.DataFrame(rows, columns=["rule", "basis", "population", "troops"])
    # One battle may be both the lowest and an anchor of its own: it counts once.
    found = found.drop_duplicates(["basis", "population", "troops"], ignore_index=True)
    return found.assign(multiple=found["troops"] / PRINTED_TROOPS)


def _anchors(won: pd.DataFrame, measure: str) -> list[tuple[str, float]]:
    held = won.dropna(subset=[measure]).set_index("battle_id")[measure]
    return [
        ("lowest that sufficed", float(held.min())),
        ("as at Mariupol", float(held["mariupol-2022"])),
        ("as at Mosul", float(held["mosul-2016"])),
        ("middle of those that sufficed", float(held.median())),
    ]


# The front since -------------------------------------------------------------------------


def closest(front: pd.DataFrame) -> tuple[pd.Timestamp, float]:
    """Return the first day on which occupied ground was nearest to the city, and the km."""
    row = front.sort_values(["city_edge_km", "date"]).iloc[0]
    return row["date"], float(row["city_edge_km"])


def change(front: pd.DataFrame, column: str) -> float:
    """Return the last value of a column of the daily series less the first."""
    ordered = front.sort_values("date")[column]
    return float(ordered.iloc[-1] - ordered.iloc[0])


def first_day_at(front: pd.DataFrame, column: str, share_held: float) -> pd.Timestamp:
    """Return the first day on which a share reached a value; ValueError if it never did."""
    days = front.loc[front[column] >= share_held, "date"]
    if days.empty:
        message = f"{column} never reached {share_held}; its largest is {front[column].max()}"
        raise ValueError(message)
    return pd.Timestamp(days.min())
