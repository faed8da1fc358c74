"""A war-bargaining model: whether it pays to fight on and talk later.

A lens, not evidence: no verdict of the book rests on it.  It joins three ideas.  War is a
costly lottery, so a range of bargains exists that both sides prefer to it (Fearon 1995).
An offer to a foe of unknown resolve trades a better price against the risk of refusal, and
fighting and refusing both reveal what was unknown (Wagner 2000, Slantchev 2003).  A bargain
that one side expects to be strong enough to overturn does not hold (Powell 2006).

What is in dispute is 1; ``share`` is the part that Russia would get.  Costs are in the same
unit, so that 0.05 means: to spare the war is worth a twentieth of all that is in dispute.
There are two dates, now and after a window of fighting; at each one offer is made, by
Ukraine with the probability ``offers_by_ukraine``, else by Russia; whoever refuses at the
second date fights to the end.  Ukraine does not know Russia's cost and takes it as uniform.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import sobol_indices, uniform

from analysis import tables
from analysis.sweeps import Sweep

Array = npt.NDArray[np.float64]

SEED = 20240603
VERSION = "1"

# Offers tried for each row: which part of the range of costs is left to refuse.
CUTOFFS = 201

REGIONS = (
    "settle now",
    "offer and fight on",
    "wait for power",
    "wait for a guarantee",
    "no deal holds",
)
SETTLE, OFFER, WAIT, GUARANTEE, NONE = range(5)

ENDINGS = ("EU and NATO", "armed neutrality", "punitive peace")

# Width of the ranges of the guesses: as declared, halved about the middle, doubled.
WIDTHS = {"halved": 0.5, "declared": 1.0, "doubled": 2.0}

# Runs of the sensitivity analysis, a power of two as the low-discrepancy points ask for.
SOBOL_RUNS = 2**14
MEASURES = ("advantage of waiting", "price of a deal now", "hold of a deal now")


# Closed forms ------------------------------------------------------------------------------


def bargaining_range(share: float, cost_russia: float, cost_ukraine: float) -> tuple[float, float]:
    """Return the shares for Russia that both sides prefer to fighting to the end.

    Fearon (1995): from ``share - cost_russia`` to ``share + cost_ukraine``, within 0 and 1.

    Raises
    ------
    ValueError
        A cost is negative or the share is outside 0 and 1.
    """
    if min(cost_russia, cost_ukraine) < 0 or not 0 <= share <= 1:
        message = f"share {share}, costs {cost_russia} and {cost_ukraine}"
        raise ValueError(message)
    return max(share - cost_russia, 0.0), min(share + cost_ukraine, 1.0)


def best_cutoff(low: Any, high: Any, cost_ukraine: Any) -> Any:
    """Return the lowest Russian cost that the best offer still buys off.

    Fearon's risk-return trade-off under a uniform prior from `low` to `high`: the offer
    leaves Russia its war value less this cost.  The first-order condition gives half of
    ``high - cost_ukraine``, kept inside the prior.
    """
    return np.clip((np.asarray(high) - np.asarray(cost_ukraine)) / 2, low, high)


def screening_by_search(
    share: float, low: float, high: float, cost_ukraine: float
) -> tuple[float, float]:
    """Find the best take-it-or-leave-it offer by numerical search, without the closed form.

    Returns
    -------
    tuple of float
        The share offered to Russia and the chance that it is refused.
    """

    def loss(offer: float) -> float:
        accepted = np.clip((high - (share - offer)) / (high - low), 0, 1)
        return float(-(accepted * (1 - offer) + (1 - accepted) * (1 - share - cost_ukraine)))

    bounds = (share - high, share - low)
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-10})
    offer = float(found.x)
    return offer, float(((share - offer) - low) / (high - low))


def hold_margin(share: Any, cost_russia: Any, cost_ukraine: Any, shift: Any, weight: Any) -> Any:
    """Return by how much a deal holds against a later shift of power; below 0 it does not.

    Powell (2006) for two periods.  Later, which weighs `weight`, Russia can fight for
    ``share + shift - cost_russia`` and cannot promise to take less; now it can give up
    everything.  What is left to Ukraine is ``1 - weight * (share + shift - cost_russia)``;
    it prefers a war now when that is below ``1 - share - cost_ukraine``.  With `weight` 1
    the deal holds while the shift is no larger than both costs together.
    """
    later = np.minimum(np.asarray(share) + shift, 1.0) - cost_russia
    return share + cost_ukraine - weight * np.maximum(later, 0.0)


def waiting_gain(shift: Any, believed: Any, window_cost_both: Any) -> Any:
    """Return what Ukraine gains by waiting when all costs are known.

    The part of the expected shift that Russia does not yet believe, less what the window
    costs both sides: a deal now already pays Ukraine for the part that Russia believes,
    and for the costs that both are spared.
    """
    return (1 - np.asarray(believed)) * shift - window_cost_both


# The model ---------------------------------------------------------------------------------


def solve(rows: pd.DataFrame) -> pd.DataFrame:
    """Solve the two-date game for many rows of parameters at once.

    Parameters
    ----------
    rows : DataFrame
        The columns of `parameters`, all numbers; see the table ``bargaining-parameters``.

    Returns
    -------
    DataFrame
        By row: ``value_now`` and ``value_wait`` (what Ukraine can expect from an offer that
        Russia surely accepts, and from no offer until after the window), ``advantage`` of
        waiting, ``refused`` (chance that its best offer now is refused), ``price_now`` and
        ``price_later`` (Russia's share in a deal now, expected share in one later),
        ``hold_now`` and ``hold_later`` (`hold_margin`), ``region`` (index in `REGIONS`).
    """
    p = {name: rows[name].to_numpy(dtype=np.float64)[:, None] for name in names()}
    values, price = _values(p, np.linspace(0.0, 1.0, CUTOFFS)[None, :])
    best = values.argmax(axis=1)
    now, later = hold_now(p)[:, 0], hold_later(p)[:, 0]
    found = pd.DataFrame(
        {
            "value_now": values[:, 0],
            "value_wait": values[:, -1],
            "advantage": values[:, -1] - values[:, 0],
            "refused": best / (CUTOFFS - 1),
            "price_now": price[:, 0],
            "price_later": price_later(p)[:, 0],
            "hold_now": now,
            "hold_later": later,
        },
        index=rows.index,
    )
    return found.assign(region=_region(best, now, later))


def _region(best: npt.NDArray[np.intp], now: Array, later: Array) -> npt.NDArray[np.intp]:
    """Map the best offer and the hold of a deal to a region."""
    by_offer = np.where(best == 0, SETTLE, np.where(best == CUTOFFS - 1, WAIT, OFFER))
    choices = [
        ((now < 0) & (later < 0), NONE),
        ((now < 0) & (later >= 0), GUARANTEE),
        ((now >= 0) & (later < 0), SETTLE),
    ]
    region = np.select([c for c, _ in choices], [r for _, r in choices], by_offer)
    return region.astype(np.intp)


def _prior(p: Mapping[str, Array]) -> tuple[Array, Array]:
    half = p["cost_russia"] * p["cost_spread"]
    return p["cost_russia"] - half, p["cost_russia"] + half


def _values(p: Mapping[str, Array], refuse: Array) -> tuple[Array, Array]:
    """Ukraine's value, and the price now, of an offer that so large a part refuses."""
    low, high = _prior(p)
    cutoff = low + refuse * (high - low)
    price = price_now(p, low, cutoff)
    later = _later_value(p, low, cutoff)
    return (1 - refuse) * (1 - price) + refuse * later, price


def price_now(p: Mapping[str, Array], low: Array, cutoff: Array) -> Array:
    """Return the share that makes a Russia of this cost as well off as fighting on.

    Russia reckons with the part of the shift that it believes.
    """
    share = np.clip(p["russia_share"] - p["believed"] * p["expected_shift"], 0, 1)
    rest = 1 - p["window_share"]
    chosen = _cutoff_later(p, low, cutoff, share)
    offered = np.maximum(share - rest * chosen, 0)
    demanded = np.minimum(share + rest * p["cost_ukraine"], 1)
    s = p["offers_by_ukraine"]
    return np.maximum(s * offered + (1 - s) * demanded - p["window_share"] * cutoff, 0)


def price_later(p: Mapping[str, Array]) -> Array:
    """Return Russia's expected share in a deal after the window, as Ukraine expects it."""
    low, high = _prior(p)
    share, rest = share_later(p), 1 - p["window_share"]
    chosen = _cutoff_later(p, low, high, share)
    offered = np.maximum(share - rest * chosen, 0)
    demanded = np.minimum(share + rest * p["cost_ukraine"], 1)
    return p["offers_by_ukraine"] * offered + (1 - p["offers_by_ukraine"]) * demanded


def share_later(p: Mapping[str, Array]) -> Array:
    """Return Russia's share, fought out, after the window, as Ukraine expects it."""
    return np.clip(p["russia_share"] - p["expected_shift"], 0, 1)


def _later_value(p: Mapping[str, Array], low: Array, cutoff: Array) -> Array:
    """Ukraine's value of going on, when only a Russia of less than the cutoff is left."""
    share, rest = share_later(p), 1 - p["window_share"]
    chosen = _cutoff_later(p, low, cutoff, share)
    width = cutoff - low
    takes = np.divide(cutoff - chosen, width, out=np.ones_like(width), where=width > 1e-12)
    fought = 1 - share - rest * p["cost_ukraine"]
    asked = takes * (1 - np.maximum(share - rest * chosen, 0)) + (1 - takes) * fought
    s = p["offers_by_ukraine"]
    value = s * asked + (1 - s) * np.maximum(fought, 0)
    return np.asarray(value - p["window_share"] * p["cost_ukraine"])


def _cutoff_later(p: Mapping[str, Array], low: Array, high: Array, share: Array) -> Array:
    """Cost of the most resolute Russia that the best second offer still buys off."""
    chosen = best_cutoff(low, high, p["cost_ukraine"])
    # A share below nothing cannot be offered: at nothing, all who would take less take it.
    floor = np.divide(
        share, 1 - p["window_share"], out=np.full_like(share, np.inf), where=p["window_share"] < 1
    )
    return np.asarray(np.minimum(chosen, np.maximum(floor, low)))


def hold_now(p: Mapping[str, Array]) -> Array:
    """Return the hold of a deal made now."""
    margin = hold_margin(
        p["russia_share"], p["cost_russia"], p["cost_ukraine"], p["peace_shift"], p["later_weight"]
    )
    return np.asarray(margin)


def hold_later(p: Mapping[str, Array]) -> Array:
    """Return the hold of a deal after the window, with the guarantees there are by then."""
    rest = 1 - p["window_share"]
    shift = p["peace_shift"] * (1 - p["guarantee_later"])
    costs = rest * p["cost_russia"], rest * p["cost_ukraine"]
    return np.asarray(hold_margin(share_later(p), *costs, shift, p["later_weight"]))


# Parameters --------------------------------------------------------------------------------


@cache
def _parameters() -> pd.DataFrame:
    return tables.read("bargaining-parameters").set_index("parameter", drop=False)


def parameters() -> pd.DataFrame:
    """Return the declared middle and range of each parameter, with its reason."""
    return _parameters().copy()


@cache
def names() -> tuple[str, ...]:
    """Return the parameters of the model, in the order of their table."""
    table = _parameters()
    return tuple(table.loc[table["role"] == "model", "parameter"])


def declared(name: str, column: str = "middle") -> float:
    """Return one number of the table of parameters: middle, low, high, least or most."""
    return float(_parameters()[column].to_dict()[name])


def middle(**changes: float) -> pd.DataFrame:
    """Return one row of parameters at their middles, some of them changed.

    Raises
    ------
    KeyError
        A parameter that the model does not have.
    """
    unknown = sorted(set(changes) - set(names()))
    if unknown:
        message = f"no parameters {unknown}; there are {names()}"
        raise KeyError(message)
    row = {name: declared(name) for name in names()} | changes
    return pd.DataFrame([row])


def bounds(name: str, width: str = "declared") -> tuple[float, float]:
    """Return a parameter's range, as declared, halved or doubled about its middle.

    A doubled range stops where the parameter has no meaning (a probability above 1).
    """
    centre, factor = declared(name), WIDTHS[width]
    low = centre - factor * (centre - declared(name, "low"))
    high = centre + factor * (declared(name, "high") - centre)
    return max(low, declared(name, "least")), min(high, declared(name, "most"))


def ending_of(price: float) -> str:
    """Name the article's ending that a share for Russia is nearest to, by the two lines."""
    if price <= declared("line_settlement"):
        return ENDINGS[0]
    return ENDINGS[1] if price < declared("line_punitive") else ENDINGS[2]


# What decides ------------------------------------------------------------------------------


def flips() -> pd.DataFrame:
    """Return, for each parameter alone, the value at which waiting begins to pay.

    Returns
    -------
    DataFrame
        parameter, label, middle, low, high, flip (missing where no value between the least
        and the most possible turns the sign), found ("within the range", "within the
        doubled range", "beyond it", "none").
    """
    rows = [_flip(name) for name in names()]
    return pd.DataFrame(rows)


def _flip(name: str) -> dict[str, Any]:
    centre = declared(name)
    flip = _nearest_root(name, declared(name, "least"), centre, declared(name, "most"))
    inside = [width for width in ("declared", "doubled") if _within(flip, bounds(name, width))]
    found = {"declared": "within the range", "doubled": "within the doubled range"}
    return {
        "parameter": name,
        "label": str(_parameters()["label"].to_dict()[name]),
        "middle": centre,
        "low": declared(name, "low"),
        "high": declared(name, "high"),
        "flip": flip,
        "found": found[inside[0]] if inside else "none" if np.isnan(flip) else "beyond it",
    }


def _nearest_root(name: str, least: float, start: float, most: float) -> float:
    """Return the value nearest to the middle at which the advantage of waiting is nothing."""

    def advantage(value: float) -> float:
        return float(solve(middle(**{name: value}))["advantage"].iloc[0])

    tried = np.linspace(least, most, 201)
    rows = middle().loc[[0] * len(tried)].reset_index(drop=True).assign(**{name: tried})
    signs = np.sign(solve(rows)["advantage"].to_numpy())
    turns = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    roots = [float(brentq(advantage, tried[at], tried[at + 1], xtol=1e-7)) for at in turns]
    return min(roots, key=lambda root: abs(root - start), default=float("nan"))


def _within(value: float, ends: tuple[float, float]) -> bool:
    return ends[0] <= value <= ends[1]


def prices_by_shift(shifts: Array) -> pd.DataFrame:
    """Return Russia's share in a deal now and later, by the shift that Ukraine expects.

    Returns
    -------
    DataFrame
        expected_shift, deal ("now", "after the window"), price, ending.
    """
    rows = middle().loc[[0] * len(shifts)].reset_index(drop=True)
    solved = solve(rows.assign(expected_shift=shifts))
    both = {"now": solved["price_now"], "after the window": solved["price_later"]}
    parts = [
        pd.DataFrame({"expected_shift": shifts, "deal": deal, "price": price})
        for deal, price in both.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(ending=table["price"].map(ending_of))


def boundary(believed: float, cost_each: Array) -> pd.DataFrame:
    """Return the shift above which waiting pays when all costs are known (closed form).

    Parameters
    ----------
    believed : float
        Part of the shift that Russia believes; at 1 no shift suffices.
    cost_each : array
        Cost of the whole war to come to each side.
    """
    window = 2 * declared("window_share") * cost_each
    unbelieved = 1 - believed
    shift = window / unbelieved if unbelieved > 0 else np.full_like(cost_each, np.inf)
    return pd.DataFrame({"cost_each": cost_each, "expected_shift": shift})


# Sweeps ------------------------------------------------------------------------------------

# The axes of the stored grid: shift and cost are drawn, the others are moved by the reader.
GRID_SHIFTS = np.round(np.linspace(-0.10, 0.30, 21), 3)
GRID_COSTS = np.round(np.linspace(0.01, 0.16, 16), 3)
GRID_BELIEVED = (0.0, 0.25, 0.5, 0.75, 1.0)
GRID_PEACE_SHIFTS = (0.0, 0.1, 0.2)
GRID_SPREADS = (0.0, 0.8)
GRID_KEY = ("expected_shift", "cost_each", "believed", "peace_shift", "cost_spread")


def grid_parameters() -> pd.DataFrame:
    """Return the rows of the stored grid."""
    axes = (GRID_SHIFTS, GRID_COSTS, GRID_BELIEVED, GRID_PEACE_SHIFTS, GRID_SPREADS)
    return pd.DataFrame(list(product(*axes)), columns=list(GRID_KEY))


def sweep_block(rows: pd.DataFrame) -> pd.DataFrame:
    """Solve rows of the grid; all that is not on an axis is at its middle."""
    full = middle().loc[[0] * len(rows)].set_index(rows.index)
    full["cost_russia"] = full["cost_ukraine"] = rows["cost_each"]
    for name in ("expected_shift", "believed", "peace_shift", "cost_spread"):
        full[name] = rows[name]
    solved = solve(full)
    kept = solved[["advantage", "refused", "price_now", "price_later", "region"]]
    return rows[list(GRID_KEY)].join(kept)


def sobol_parameters() -> pd.DataFrame:
    """Return the rows of the stored sensitivity: width of the ranges, measure, parameter."""
    return pd.DataFrame(
        list(product(WIDTHS, MEASURES, names())), columns=["width", "measure", "parameter"]
    )


def sobol_block(rows: pd.DataFrame) -> pd.DataFrame:
    """Return first-order and total Sobol' indices for rows of `sobol_parameters`."""
    out = rows[["width", "measure", "parameter"]].copy()
    seed = int(rows["seed"].iloc[0]) if "seed" in rows else SEED
    for width, part in out.groupby("width"):
        first, total = _indices(str(width), seed)
        at = [
            (MEASURES.index(measure), names().index(name))
            for measure, name in zip(part["measure"], part["parameter"], strict=True)
        ]
        out.loc[part.index, "first_order"] = [first[cell] for cell in at]
        out.loc[part.index, "total"] = [total[cell] for cell in at]
    return out


@cache
def _indices(width: str, seed: int) -> tuple[Array, Array]:
    spans = [bounds(name, width) for name in names()]
    dists = [uniform(loc=low, scale=high - low) for low, high in spans]
    found = sobol_indices(
        func=_measured, n=SOBOL_RUNS, dists=dists, rng=np.random.default_rng(seed)
    )
    return np.asarray(found.first_order), np.asarray(found.total_order)


def _measured(points: Array) -> Array:
    """Return the measures for points of shape (parameters, runs), in blocks."""
    rows = pd.DataFrame(points.T, columns=list(names()))
    blocks = [solve(rows.iloc[at : at + 4096]) for at in range(0, len(rows), 4096)]
    solved = pd.concat(blocks)
    # The estimator centres the results in place, and pandas may hand out a read-only view.
    return np.array(solved[["advantage", "price_now", "hold_now"]].to_numpy().T)


SWEEPS = (
    Sweep(
        name="bargaining-grid",
        resource="bargaining-grid",
        parameters=grid_parameters,
        block=sweep_block,
        seed=SEED,
        version=VERSION,
        block_rows=2520,
    ),
    Sweep(
        name="bargaining-sobol",
        resource="bargaining-sobol",
        parameters=sobol_parameters,
        block=sobol_block,
        seed=SEED,
        version=VERSION,
    ),
)


def cells(grid: pd.DataFrame) -> pd.DataFrame:
    """Return the stored grid with one row a point and its regions in one list.

    Parameters
    ----------
    grid : DataFrame
        Table ``bargaining-grid``.

    Returns
    -------
    DataFrame
        expected_shift, cost_each, regions: names of the regions by the positions of the
        three sliders, spread fastest, then the shift in peace, then what Russia believes.
    """
    ordered = grid.sort_values(list(GRID_KEY))
    by_point = ordered.groupby(["expected_shift", "cost_each"])["region"]
    lists = by_point.agg(lambda codes: [REGIONS[int(code)] for code in codes])
    return lists.rename("regions").reset_index()


def shown(grid: pd.DataFrame) -> pd.DataFrame:
    """Return the part of the grid that is drawn before a slider is moved, named."""
    row = middle().iloc[0]
    chosen = grid
    for name in ("believed", "peace_shift"):
        chosen = chosen[chosen[name] == row[name]]
    chosen = chosen[chosen["cost_spread"] == GRID_SPREADS[0]]
    return chosen.assign(region_name=[REGIONS[int(code)] for code in chosen["region"]])
