"""What it costs to wait and what waiting can bring: a lens on the article's advice.

Waiting for eighteen months is treated as an option: the right to settle later, on the line
and the terms that there are then.  One thing is estimated, the land held by Russian forces,
as a walk with drift and volatility; everything else is a declared range (table
``timing-assumptions``).  Lives, land and the other terms of a settlement are three separate
axes: no function here turns one into another at a rate of its own, and where a price is
needed it is an argument, so that a reader sets it.

What the model cannot tell.  A front is no random walk: attacks come in seasons and a line
can break.  Nobody has seen what talks in June 2024 would have brought.  The model says what
follows from an assumption; it is no evidence for one.

Land is in km2 held by Russian forces, so a positive change is land lost to Ukraine; time is
in months of 30.4375 days; a step of the terms is one improvement of the terms other than
the line of control, as large as the reader means it to be.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis import territory
from analysis.sweeps import SEED, Sweep, generator

DAYS_PER_MONTH = 30.4375
# "The next 18 months or so".
WINDOW_MONTHS = 18
# Changes of the line are taken over at least so many days: from day to day a map moves by
# re-drawing, and the next day's move takes some of it back.
STEP_DAYS = 28

ARTICLE = pd.Timestamp("2024-06-03")
WINDOW_END = pd.Timestamp("2025-12-03")

Floats = npt.NDArray[np.float64]


# The one state that is estimated: land ------------------------------------------------------


@dataclass(frozen=True)
class Front:
    """Drift and volatility of the land held by Russian forces.

    Attributes
    ----------
    drift_km2 : float
        Mean change, km2 a month.
    volatility_km2 : float
        Spread of a month's change around the drift, km2; grows with the root of time.
    steps : int
        Changes from which both are estimated.
    months : float
        Months that the changes cover.
    """

    drift_km2: float
    volatility_km2: float
    steps: int
    months: float

    @property
    def drift_error_km2(self) -> float:
        """Standard error of the drift, km2 a month: volatility over the root of the months."""
        return self.volatility_km2 / sqrt(self.months)

    def drift_interval_km2(self, level: float = 0.9) -> tuple[float, float]:
        """Return the interval of the drift, km2 a month, from Student's distribution."""
        reach = self._quantile(level) * self.drift_error_km2
        return self.drift_km2 - reach, self.drift_km2 + reach

    def predicted_km2(self, months: float, level: float = 0.9) -> tuple[float, float]:
        """Return the interval of the change over so many months, the drift being uncertain.

        The variance is that of the walk and that of the drift: s2 t + (s t)2 / T.
        """
        spread = self.volatility_km2 * sqrt(months + months**2 / self.months)
        middle, reach = self.drift_km2 * months, self._quantile(level) * spread
        return middle - reach, middle + reach

    def _quantile(self, level: float) -> float:
        return float(stats.t.ppf(0.5 + level / 2, self.steps - 1))


def estimate(changes: pd.DataFrame) -> Front:
    """Estimate drift and volatility from changes over periods of unequal length.

    The changes are taken as independent and normal with mean m t and variance s2 t, for
    which m = sum(x) / sum(t) and s2 = sum((x - m t)2 / t) / (n - 1).

    Parameters
    ----------
    changes : DataFrame
        ``change_km2`` and ``days``; periods must not overlap, gaps between them do no harm.

    Raises
    ------
    ValueError
        Fewer than two changes: no spread can be told from one.
    """
    if len(changes) < 2:
        message = f"drift and volatility need two changes or more; got {len(changes)}"
        raise ValueError(message)
    change = changes["change_km2"].to_numpy(dtype=float)
    months = changes["days"].to_numpy(dtype=float) / DAYS_PER_MONTH
    drift = change.sum() / months.sum()
    variance = ((change - drift * months) ** 2 / months).sum() / (len(changes) - 1)
    return Front(float(drift), sqrt(variance), len(changes), float(months.sum()))


def spaced_changes(series: pd.DataFrame, value: str, step_days: int = STEP_DAYS) -> pd.DataFrame:
    """Return changes of a series between days at least ``step_days`` apart.

    Parameters
    ----------
    series : DataFrame
        ``date`` and ``value`` (km2), with gaps or without.

    Returns
    -------
    DataFrame
        start, end, days, change_km2; each step runs to the first map that is old enough.
    """
    ordered = series.sort_values("date")[["date", value]].to_numpy()
    kept = [ordered[0]]
    for row in ordered[1:]:
        if (row[0] - kept[-1][0]).days >= step_days:
            kept.append(row)
    pairs = [(a[0], b[0], (b[0] - a[0]).days, b[1] - a[1]) for a, b in itertools.pairwise(kept)]
    return pd.DataFrame(pairs, columns=["start", "end", "days", "change_km2"])


def isw_2023(layers: pd.DataFrame) -> pd.DataFrame:
    """Return the steps of 2023 on ISW's maps, control and advances together (net)."""
    both = territory.isw_control_and_advances(layers)
    year = both[both["date"] >= pd.Timestamp("2023-01-01")]
    return spaced_changes(year, "area_km2")


def isw_2024(published: pd.DataFrame) -> pd.DataFrame:
    """Return the two steps of January to May 2024 from ISW's totals of 1 June (gross)."""
    names = ["isw-jan-apr-2024-516", "isw-jan-may-2024-752"]
    totals = published.set_index("evidence_id").loc[names]
    start = totals["period_start"].iloc[0] - pd.Timedelta(days=1)
    ends = totals["period_end"].tolist()
    gains = totals["russian_gain_km2"].astype(float).tolist()
    table = pd.DataFrame({"start": [start, ends[0]], "end": ends})
    table["days"] = (table["end"] - table["start"]).dt.days
    table["change_km2"] = [gains[0], gains[1] - gains[0]]
    return table


def war_mapper(published: pd.DataFrame) -> pd.DataFrame:
    """Return War Mapper's October 2023 to April 2024 in three parts: two months and the rest."""
    rows = published.set_index("evidence_id")
    whole = rows.loc["war-mapper-oct23-apr24-348"]
    months = rows.loc[["war-mapper-feb-2024-gain-138", "war-mapper-apr-2024-gain-86"]]
    parts = [(r.period_start, r.period_end, r.russian_gain_km2) for r in months.itertuples()]
    table = pd.DataFrame(parts, columns=["start", "end", "change_km2"])
    table["days"] = (table["end"] - table["start"]).dt.days + 1
    days = (whole["period_end"] - whole["period_start"]).days + 1
    rest = {
        "start": whole["period_start"],
        "end": whole["period_end"],
        "days": days - table["days"].sum(),
        "change_km2": whole["russian_gain_km2"] - table["change_km2"].sum(),
    }
    return pd.concat([table, pd.DataFrame([rest])], ignore_index=True)


def deepstate(total: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Return the steps of the DeepState maps between two days."""
    inside = total[total["date"].between(start, end)]
    return spaced_changes(inside, "occupied_km2")


# Estimates by name: what each rests on is said in `fronts`.
KNOWN_THEN = "ISW, Jan 2023–May 2024"
AS_IT_CAME = "DeepState, window"


def fronts(
    layers: pd.DataFrame, published: pd.DataFrame, total: pd.DataFrame
) -> dict[str, tuple[Front, bool]]:
    """Estimate the front from what was known and from what came.

    Returns
    -------
    dict of str to (Front, bool)
        By name; whether all of it was public on 3 June 2024.  The first is the declared one
        for "known then": the tracker with the most maps, from the last year and a half.  It
        joins net steps of 2023 and gross ones of 2024, when hardly any land was regained.
    """
    early, late = isw_2023(layers), isw_2024(published)
    last = total["date"].max()
    return {
        KNOWN_THEN: (estimate(pd.concat([early, late], ignore_index=True)), True),
        "ISW, 2023 alone": (estimate(early), True),
        "ISW, Jan–May 2024": (estimate(late), True),
        "War Mapper to Apr 2024": (estimate(war_mapper(published)), True),
        AS_IT_CAME: (estimate(deepstate(total, ARTICLE, WINDOW_END)), False),
        "DeepState, 2026": (estimate(deepstate(total, pd.Timestamp("2026-01-01"), last)), False),
    }


def fronts_frame(estimates: Mapping[str, tuple[Front, bool]]) -> pd.DataFrame:
    """Return the estimates with 90 percent intervals of the drift as a table."""
    rows = []
    for name, (front, known) in estimates.items():
        low, high = front.drift_interval_km2()
        rows.append(
            {
                "estimate": name,
                "known_by_article": known,
                "steps": front.steps,
                "months": front.months,
                "drift_km2": front.drift_km2,
                "drift_low_km2": low,
                "drift_high_km2": high,
                "volatility_km2": front.volatility_km2,
                "low_km2": front.predicted_km2(WINDOW_MONTHS)[0],
                "high_km2": front.predicted_km2(WINDOW_MONTHS)[1],
                "chance_less_land": share_of_prediction(front, WINDOW_MONTHS, 0.0),
            }
        )
    return pd.DataFrame(rows)


def chance_less_land(
    drift_km2: float, volatility_km2: float, months: float, by_km2: float = 0.0
) -> float:
    """Return the chance that Russian forces hold less land after so many months.

    Parameters
    ----------
    by_km2 : float
        How much less at least.

    Returns
    -------
    float
        The normal distribution at (-by - drift t) / (volatility root t); without volatility
        it is certain or excluded, and where nothing moves at all it is one half.
    """
    middle, spread = -by_km2 - drift_km2 * months, volatility_km2 * sqrt(months)
    if spread == 0:
        return float(0.5 * (1 + np.sign(middle)))
    return float(stats.norm.cdf(middle / spread))


def expected_regain_km2(drift_km2: float, volatility_km2: float, months: float) -> float:
    """Return the mean of the land regained, counting an end with more land lost as nothing.

    It is what the right to regain would be worth were losses free: Bachelier's formula
    s root(t) f(d) - m t F(d), with d = -m t / (s root(t)).
    """
    middle, spread = -drift_km2 * months, volatility_km2 * sqrt(months)
    if spread == 0:
        return max(middle, 0.0)
    ratio = middle / spread
    return float(spread * stats.norm.pdf(ratio) + middle * stats.norm.cdf(ratio))


# The chances that the bands of the fan hold.
INNER_BAND, OUTER_BAND = 0.5, 0.9


def fan(front: Front, months: Sequence[float]) -> pd.DataFrame:
    """Return what an estimate says of the months to come.

    Returns
    -------
    DataFrame
        month, middle_km2, and the ends of the central half (half_) and of nine tenths.
    """
    rows = []
    for month in months:
        half, most = (front.predicted_km2(month, band) for band in (INNER_BAND, OUTER_BAND))
        rows.append((month, front.drift_km2 * month, *half, *most))
    columns = ["month", "middle_km2", "half_low_km2", "half_high_km2", "low_km2", "high_km2"]
    return pd.DataFrame(rows, columns=columns)


def share_of_prediction(front: Front, months: float, change_km2: float) -> float:
    """Return the share of the predicted distribution that lies below a change."""
    spread = front.volatility_km2 * sqrt(months + months**2 / front.months)
    score = (change_km2 - front.drift_km2 * months) / spread
    return float(stats.t.cdf(score, front.steps - 1))


def since_first_map(total: pd.DataFrame) -> pd.DataFrame:
    """Return the change of the DeepState maps since the first, weekly: date, month, change."""
    ordered = total.sort_values("date").iloc[::7]
    first = ordered.iloc[0]
    days = (ordered["date"] - first["date"]).dt.days
    return pd.DataFrame(
        {
            "date": ordered["date"],
            "month": days / DAYS_PER_MONTH,
            "change_km2": ordered["occupied_km2"] - first["occupied_km2"],
        }
    ).reset_index(drop=True)


# The option: waiting with the right to settle early ------------------------------------------

# The two estimates of the drift, in whole km2 a month, so that what is said of them is a row
# of the sweep and not of a neighbour: as known on the article's day, and as it came.
KNOWN_DRIFT, CAME_DRIFT = 62, 382
MONTHS = (6, 12, 18, 24)
DRIFTS = tuple(sorted({*range(-200, 701, 50), KNOWN_DRIFT, CAME_DRIFT}))
VOLATILITIES = (0, 50, 100, 150, 200, 300, 400)
# Zero stands for no limit: the one who waits settles at the end, whatever happens.
LIMITS = (0, 500, 1000, 2000)


def _grid() -> pd.DataFrame:
    """Return the parameters of the sweep: months x drift x volatility x limit."""
    axes = {
        "months": MONTHS,
        "drift_km2": DRIFTS,
        "volatility_km2": VOLATILITIES,
        "limit_km2": LIMITS,
    }
    return pd.DataFrame(itertools.product(*axes.values()), columns=list(axes))


PATHS = 20_000


@cache
def _walks(seed: int, months: int) -> Floats:
    """Draw standard walks, one row a path: half of them and their mirror images."""
    draws = generator(seed, "land").standard_normal((PATHS // 2, months))
    half = np.cumsum(draws, axis=1)
    return np.concatenate([half, -half])


def wait(
    drift_km2: float, volatility_km2: float, months: int, limit_km2: float, walks: Floats
) -> dict[str, float]:
    """Wait, look at the line each month, and settle early when too much land is lost.

    Parameters
    ----------
    limit_km2 : float
        Settle at the end of the first month that has lost so much since the beginning;
        zero means to wait to the end in any case.
    walks : array of shape (paths, at least `months`)
        Standard walks at the ends of the months.

    Returns
    -------
    dict of str to float
        Mean change of land and its standard error, the 5th and 95th percentile, the chance
        of less land at the settlement and its standard error, and the mean months waited.
    """
    steps = np.arange(1, months + 1)
    land = drift_km2 * steps + volatility_km2 * walks[:, :months]
    over = land >= limit_km2 if limit_km2 > 0 else np.zeros_like(land, dtype=bool)
    over[:, -1] = True
    last = over.argmax(axis=1)
    change = land[np.arange(len(land)), last]
    less = (change < 0) + 0.5 * (change == 0)
    return {
        "land_km2": float(change.mean()),
        "land_error_km2": _standard_error(change),
        "land_low_km2": float(np.quantile(change, 0.05)),
        "land_high_km2": float(np.quantile(change, 0.95)),
        "chance_less_land": float(less.mean()),
        "chance_error": _standard_error(less),
        "months_waited": float(last.mean() + 1),
    }


def _standard_error(values: Floats) -> float:
    # A path and its mirror image are one draw: the error is that of the means of the pairs.
    pairs = values.reshape(2, -1).mean(axis=0)
    return float(pairs.std(ddof=1) / sqrt(len(pairs)))


def waiting_block(rows: pd.DataFrame) -> pd.DataFrame:
    """Run `wait` for each row of parameters; all rows share the same walks."""
    walks = _walks(int(rows[SEED].iloc[0]), int(max(24, rows["months"].max())))
    names = ["drift_km2", "volatility_km2", "months", "limit_km2"]
    found = [
        wait(drift, volatility, int(months), limit, walks)
        for drift, volatility, months, limit in rows[names].to_numpy(dtype=float)
    ]
    return pd.concat([rows.reset_index(drop=True), pd.DataFrame(found)], axis=1)


WAITING = Sweep(
    name="timing-waiting",
    resource="timing-waiting",
    parameters=_grid,
    block=waiting_block,
    seed=20240603,
    version="2",
    block_rows=147,
)

SWEEPS = (WAITING,)


def option_lines(results: pd.DataFrame) -> pd.DataFrame:
    """Return the sweep with its rules in words, for drawing; one row a run."""
    names = {limit: rule_name(limit) for limit in LIMITS}
    return results.assign(rule=results["limit_km2"].map(names)).reset_index(drop=True)


def rule_name(limit_km2: int) -> str:
    """Name a rule of waiting by the loss at which it ends."""
    return f"settle at {limit_km2:,} km²" if limit_km2 else "wait to the end"


# Lives, land and terms: the break-even -------------------------------------------------------


def terms_cost_steps(
    chance_harden: float, harden_steps: float, chance_withdrawn: float, withdrawn_steps: float
) -> float:
    """Return the steps of terms that waiting is expected to lose.

    The one who waits keeps the right not to sign, so hardened terms can cost no more than
    having no offer at all does.
    """
    return chance_harden * min(harden_steps, withdrawn_steps) + chance_withdrawn * withdrawn_steps


def steps_needed(
    lives: float, land_km2: float, *, lives_per_step: float, km2_per_step: float
) -> float:
    """Return the steps of terms that waiting had to bring to be right.

    Parameters
    ----------
    lives, land_km2 : float
        Lost by waiting rather than settling; negative where waiting saved them.
    lives_per_step, km2_per_step : float
        What a reader would give, in each alone, for one step of better terms; infinite for
        a reader who does not count that axis.

    Returns
    -------
    float
        Lives over their price and land over its price, added: a plane.  The model has no
        price of its own; negative means that waiting was right even with worse terms.
    """
    if lives_per_step <= 0 or km2_per_step <= 0:
        message = f"prices must be positive; got {lives_per_step} lives, {km2_per_step} km2"
        raise ValueError(message)
    return lives / lives_per_step + land_km2 / km2_per_step


def chance_needed(steps: float, gain_steps: float, cost_steps: float) -> float:
    """Return the chance of better terms at which waiting breaks even.

    Parameters
    ----------
    steps : float
        From `steps_needed`.
    gain_steps : float
        Steps that better terms would bring.
    cost_steps : float
        From `terms_cost_steps`.

    Returns
    -------
    float
        At least zero; above one where no chance is high enough.
    """
    if gain_steps <= 0:
        message = f"a gain must be positive; got {gain_steps} steps"
        raise ValueError(message)
    return max(0.0, (steps + cost_steps) / gain_steps)


# Prices on the two axes of the surface: each reader finds his or her own.
LIVES_PER_STEP = (2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
KM2_PER_STEP = (250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000)

# Steps of the controls, in their order, all of them values of the sweep.
FRONT_DRIFTS = (-100, 0, KNOWN_DRIFT, 150, CAME_DRIFT)
SHOWN_VOLATILITIES = (0, 100, 200, 400)


def outcomes(results: pd.DataFrame) -> pd.DataFrame:
    """Return what waiting does to the land at every setting of front, months, swing and rule.

    Parameters
    ----------
    results : DataFrame
        Table ``timing-waiting``.

    Returns
    -------
    DataFrame
        drift_km2, months, volatility_km2, limit_km2, land_km2 (lost by waiting), and
        months_waited; ordered so that the rule changes fastest, then the swing, then the
        months, and the front slowest.
    """
    axes = (FRONT_DRIFTS, MONTHS, SHOWN_VOLATILITIES, LIMITS)
    columns = ["drift_km2", "months", "volatility_km2", "limit_km2"]
    settings = pd.DataFrame(itertools.product(*axes), columns=columns)
    wanted = [*columns, "land_km2", "months_waited"]
    found = settings.merge(results[wanted], on=columns, how="left", validate="1:1")
    missing = found[found["land_km2"].isna()]
    if not missing.empty:
        message = f"the sweep has no rows for {missing[columns].to_dict('records')}"
        raise ValueError(message)
    return found


def surface(
    land_km2: float, months_waited: float, lives_a_month: float, offer_km2: float
) -> pd.DataFrame:
    """Return the steps of terms that waiting had to bring, at each pair of prices.

    Parameters
    ----------
    land_km2, months_waited : float
        Lost by waiting, and waited; from `outcomes`.
    lives_a_month : float
        People killed a month.
    offer_km2 : float
        Land that the terms at the end take beyond what those at the start took, km2;
        negative where the earlier terms took more.

    Returns
    -------
    DataFrame
        lives_per_step, km2_per_step, steps.
    """
    rows = [
        (
            people,
            area,
            steps_needed(
                lives_a_month * months_waited,
                land_km2 + offer_km2,
                lives_per_step=people,
                km2_per_step=area,
            ),
        )
        for people, area in itertools.product(LIVES_PER_STEP, KM2_PER_STEP)
    ]
    return pd.DataFrame(rows, columns=["lives_per_step", "km2_per_step", "steps"])


# Edges of the bands of the surface, in steps; below the first, waiting was right even at the
# price of worse terms.
BAND_EDGES = (0, 1, 2, 4, 8, 16)


def terms_grid(harden_steps: Sequence[float], withdrawn_steps: Sequence[float]) -> pd.DataFrame:
    """Return the chance of better terms that is needed, over the two chances of worse ones.

    Lives and land are left out: these are the terms alone, with better terms worth a step.

    Returns
    -------
    DataFrame
        chance_harden, chance_withdrawn (0 to 1, by tenths, their sum at most 1),
        chance_left, harden_steps, withdrawn_steps, needed, reachable (whether so much is
        left).
    """
    tenths = [n / 10 for n in range(11)]
    rows = []
    for harden, withdrawn in itertools.product(tenths, tenths):
        if harden + withdrawn > 1.0001:
            continue
        left = round(1 - harden - withdrawn, 4)
        for hardened, gone in itertools.product(harden_steps, withdrawn_steps):
            cost = terms_cost_steps(harden, hardened, withdrawn, gone)
            needed = round(chance_needed(0, 1, cost), 4)
            rows.append((harden, withdrawn, left, hardened, gone, needed, needed <= left + 1e-9))
    columns = [
        "chance_harden",
        "chance_withdrawn",
        "chance_left",
        "harden_steps",
        "withdrawn_steps",
        "needed",
        "reachable",
    ]
    return pd.DataFrame(rows, columns=columns)


# Declared ranges and the lives counted ---------------------------------------------------------


def assumption(table: pd.DataFrame, name: str) -> dict[str, Any]:
    """Return one declared range: low, middle, high, unit, reason."""
    row = table.set_index("assumption_id").loc[name]
    return {str(key): value for key, value in row.items()}


def months_between(start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Return the months from one day to another."""
    return float((end - start).days) / DAYS_PER_MONTH


def killed_a_month(early: float, late: float, start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Return people killed a month between two running totals."""
    if end <= start:
        message = f"the later total ({end:%Y-%m-%d}) is not later than {start:%Y-%m-%d}"
        raise ValueError(message)
    return (late - early) / months_between(start, end)


# The land of the terms -------------------------------------------------------------------------


def still_held_km2(
    by_oblast: pd.DataFrame, areas: pd.DataFrame, day: pd.Timestamp
) -> pd.Series[float]:
    """Return what Ukrainian forces held of each of the four provinces on a day, km2.

    Area of the province's polygon less what Russian forces held inside it; a demand for
    the whole province is a demand for this much.
    """
    shares = territory.province_shares(by_oblast, areas, denominator="polygon")
    then = shares[shares["date"] == day].set_index("oblast")
    if then.empty:
        message = f"no map of {day:%Y-%m-%d}"
        raise territory.GapError(message)
    polygon = areas.set_index("oblast")["polygon_area_km2"]
    held: pd.Series[float] = (polygon.loc[then.index] - then["inside_polygon_km2"]).rename(
        "held_km2"
    )
    return held


# What the three awaited facts turned out to be ---------------------------------------------------


def draft_rates(table: pd.DataFrame) -> pd.DataFrame:
    """Return published monthly intakes of the Ukrainian draft, with middle and ends.

    Parameters
    ----------
    table : DataFrame
        Table ``mobilisation-and-recruitment``.
    """
    rows = table[(table["side"] == "Ukraine") & (table["measure"] == "intake a month")]
    return _with_middle(rows)


def recruits_a_month(table: pd.DataFrame) -> pd.DataFrame:
    """Return Russian recruits a month of each count, by who counts.

    A count for a period is spread over its days; a rate is taken as printed.
    """
    rows = table[(table["side"] == "Russia") & (table["measure"].isin(_RECRUITS))]
    found = _with_middle(rows)
    months = [
        months_between(start, end + pd.Timedelta(days=1))
        for start, end in zip(found["period_start"], found["period_end"], strict=True)
    ]
    whole = found["measure"] == "recruits in the period"
    for column in ("value", "low", "high"):
        found[column] = found[column].where(~whole, found[column] / months)
    return found.reset_index(drop=True)


_RECRUITS = ("recruits in the period", "intake a month")


def _with_middle(rows: pd.DataFrame) -> pd.DataFrame:
    middle = rows["value"].fillna((rows["low"] + rows["high"]) / 2)
    return rows.assign(
        value=middle, low=rows["low"].fillna(middle), high=rows["high"].fillna(middle)
    ).reset_index(drop=True)


def awol_a_month(cases: pd.DataFrame) -> pd.DataFrame:
    """Return registered absences without leave a month, by period that does not overlap."""
    kept = cases[cases["measure"].str.startswith("absence")]
    months = [
        months_between(start, end + pd.Timedelta(days=1))
        for start, end in zip(kept["period_start"], kept["period_end"], strict=True)
    ]
    return kept.assign(cases_a_month=kept["value"] / months).reset_index(drop=True)


def tempo_frame(total: pd.DataFrame, general_staff: pd.DataFrame) -> pd.DataFrame:
    """Return month by month the ground gained and the casualties that Ukraine claimed.

    Returns
    -------
    DataFrame
        date (first of the month), km2_a_day (DeepState), casualties_a_day (General Staff
        of Ukraine), casualties_per_km2; whole months of the map series.
    """
    months = territory.monthly_net_change(total)
    months = months[months["full_month"]]
    months = months.assign(date=pd.to_datetime(months["month"] + "-01"))
    claims = general_staff[general_staff["category"] == "personnel"][["month", "claimed"]]
    both = months.merge(claims.rename(columns={"month": "date"}), on="date", how="inner")
    days = both["date"].dt.days_in_month
    return pd.DataFrame(
        {
            "date": both["date"],
            "km2_a_day": both["net_change_km2"] / both["days"],
            "casualties_a_day": both["claimed"] / days,
            "casualties_per_km2": both["claimed"] / days * both["days"] / both["net_change_km2"],
        }
    )
