"""What was on the table, and whether it got better or worse: measures over coded terms.

Every set of terms is coded on up to seventeen dimensions, from 0 (worst for Ukraine's declared
aims) to 4 (best), each code with the range that its words allow, in two passes with one
codebook.  A change is sure only where the two ranges do not meet.

What none of these measures can tell.  Codes order, they do not measure: one step on Crimea is
not one step on language, so changes are counted by block and never averaged.  A demand without
a number has a wider range than one with a number, and looks softer if only the codes are
compared.  Silence is missing, never a middle code.  Terms that were asked for are not terms that
would have been agreed: what talks in 2024 would have brought is not observed anywhere.

Tables are read in `papers`, `coded` and `ground`; what works on frames takes them as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from analysis import aid, losses, tables, territory
from analysis.formatting import day as day_in_words
from analysis.formatting import month as month_in_words
from analysis.formatting import number

Coder = Literal["first", "second", "both"]
Side = Literal["Russia", "Ukraine"]

BLOCKS = ("territory", "security", "state", "economy_justice", "procedure")
# Whether a ceasefire comes before talks was no interest of Ukraine's in 2022 and 2023, when it
# refused one itself, and is one from 2025: its block stands in tables, not in totals.
COUNTED = BLOCKS[:-1]
DIMENSIONS = (
    "territory_de_jure_crimea",
    "territory_de_jure_donbas",
    "territory_de_jure_kherson_zaporizhzhia",
    "territory_de_facto",
    "alignment_nato",
    "neutrality",
    "foreign_troops_or_bases",
    "army_size_cap",
    "weapons_limits",
    "security_guarantees",
    "eu_membership",
    "language_church_politics",
    "zaporizhzhia_npp",
    "sanctions_on_russia",
    "frozen_assets_reparations",
    "prisoners_children_amnesty",
    "ceasefire_first",
)
CODES = range(5)
# Sure only where the ranges of the two codes do not meet; "same" only where both allow one
# and the same code; all else is unsure.
CHANGES = ("better for sure", "unsure", "same", "worse for sure")
# One sign for each change in the strings of `lookup`; a blank where a paper is silent.
SIGNS = dict(zip(CHANGES, "+?=-", strict=True))
# Characters of a range of codes in `lookup`.
_WIDTH = 3
# Papers of several authors with aims of their own: two of them are no movement.
NO_LINES = ("Third parties", "Joint drafts")
# Limits demanded without a number: their words allow codes that a number would exclude.
CAPS = ("army_size_cap", "weapons_limits")
_CODE = ["code", "low", "high"]


# Tables -----------------------------------------------------------------------------------


@cache
def papers() -> pd.DataFrame:
    """Return the sets of terms in order of time, with their place in it as ``step``."""
    table = tables.read("terms-proposals").sort_values(["date", "proposal_id"], ignore_index=True)
    return table.assign(step=table.index)


@cache
def coded(coder: Coder = "first") -> pd.DataFrame:
    """Return the codes of one pass, or the union of the ranges of both.

    Parameters
    ----------
    coder : {"first", "second", "both"}
        ``both`` keeps the first code and widens its range by the range of the second pass:
        a change that is sure under it is sure in either pass.

    Returns
    -------
    DataFrame
        proposal_id, dimension, code, low, high, block, label, date, series, paper, weak;
        one row for each dimension on which a paper speaks, in order of time.
    """
    names = tables.read("terms-codebook")[["dimension", "block", "label"]].drop_duplicates()
    about = papers().rename(columns={"label": "paper"})
    about = about[["proposal_id", "date", "series", "paper", "weak", "step"]]
    table = by_coder(tables.read("terms-codes"), coder)
    table = table.merge(names, on="dimension", validate="m:1")
    table = table.merge(about, on="proposal_id", validate="m:1")
    table["dimension"] = pd.Categorical(table["dimension"], DIMENSIONS, ordered=True)
    return table.sort_values(["step", "dimension"], ignore_index=True)


def by_coder(codes: pd.DataFrame, coder: Coder) -> pd.DataFrame:
    """Return proposal_id, dimension, code, low, high of one pass or of both together."""
    renamed = codes.rename(columns={"code_low": "low", "code_high": "high"})
    renamed[_CODE] = renamed[_CODE].astype(int)
    key = ["proposal_id", "dimension"]
    if coder == "both":
        kept = renamed.sort_values("coding_pass").groupby(key, as_index=False)
        return kept.agg(code=("code", "first"), low=("low", "min"), high=("high", "max"))
    chosen = renamed[renamed["coding_pass"] == {"first": 1, "second": 2}[coder]]
    return chosen[[*key, *_CODE]].reset_index(drop=True)


# Two sets of terms ------------------------------------------------------------------------


def change(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series[str]:
    """Name the change between two frames of ranges (columns low, high) of the same rows."""
    conditions = [
        after["low"] > before["high"],
        after["high"] < before["low"],
        (after["low"] == after["high"])
        & (before["low"] == before["high"])
        & (after["low"] == before["low"]),
    ]
    names = ["better for sure", "worse for sure", "same"]
    return pd.Series(np.select(conditions, names, "unsure"), index=before.index, dtype=str)


def movement(a: str, b: str, coder: Coder = "first") -> pd.DataFrame:
    """Compare two sets of terms on the dimensions on which both speak.

    Parameters
    ----------
    a, b : str
        Rows of ``terms-proposals``: from which to which.
    coder : {"first", "second", "both"}

    Returns
    -------
    DataFrame
        dimension, block, label, code_from, low_from, high_from, code_to, low_to, high_to,
        change (one of `CHANGES`); one row a common dimension, none where there is none.

    Raises
    ------
    KeyError
        No such set of terms.
    """
    unknown = {a, b} - set(papers()["proposal_id"])
    if unknown:
        message = f"no set of terms {sorted(unknown)} in terms-proposals"
        raise KeyError(message)
    codes = coded(coder)
    return compared(codes[codes["proposal_id"] == a], codes[codes["proposal_id"] == b])


def compared(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Compare two positions, each one row a dimension; see `movement` for the columns."""
    later = after[["dimension", *_CODE]]
    both = before[["dimension", "block", "label", *_CODE]].merge(
        later, on="dimension", suffixes=("_from", "_to"), validate="1:1"
    )
    both["change"] = _changes(both)
    return both.sort_values("dimension", ignore_index=True)


def _changes(both: pd.DataFrame) -> pd.Series[str]:
    before, after = (
        both[[f"low_{end}", f"high_{end}"]].set_axis(["low", "high"], axis=1)
        for end in ("from", "to")
    )
    return change(before, after)


def count_by_block(moves: pd.DataFrame, blocks: Sequence[str] = COUNTED) -> pd.DataFrame:
    """Count the changes of one comparison by block.

    Parameters
    ----------
    moves : DataFrame
        From `movement` or `compared`.
    blocks : sequence of str
        `COUNTED` leaves out procedure; `BLOCKS` has all.

    Returns
    -------
    DataFrame
        Indexed by block, columns `CHANGES` and ``common`` (their sum); integers.
    """
    found = pd.crosstab(moves["block"], moves["change"])
    table = found.reindex(index=list(blocks), columns=list(CHANGES), fill_value=0).astype(int)
    return table.assign(common=table.sum(axis=1)).rename_axis(columns=None)


def count(a: str, b: str, coder: Coder = "first") -> pd.Series[int]:
    """Count the changes from one set of terms to another over the counted blocks.

    As the sum of ``count_by_block(movement(a, b, coder))``, from one table of all pairs.
    """
    known = _tally(coder)
    if (a, b) in known.index:
        counts = known.loc[[(a, b)]].to_numpy()[0]
        return pd.Series(counts, index=known.columns, dtype=int)
    return count_by_block(movement(a, b, coder)).sum().astype(int)


@cache
def _tally(coder: Coder) -> pd.DataFrame:
    both = pairs_by_dimension(coded(coder))
    both = both[both["block"].isin(COUNTED)]
    found = pd.crosstab([both["proposal_id_from"], both["proposal_id_to"]], both["change"])
    table = found.reindex(columns=list(CHANGES), fill_value=0)
    return table.assign(common=table.sum(axis=1)).rename_axis(columns=None)


def direction(counts: pd.Series[int]) -> str:
    """Say which sure changes prevail: "better", "worse", "even", or "unsure" if there are none."""
    better, worse = int(counts["better for sure"]), int(counts["worse for sure"])
    if better == worse == 0:
        return "unsure"
    return "even" if better == worse else "better" if better > worse else "worse"


# All pairs --------------------------------------------------------------------------------


@cache
def pairs(coder: Coder = "first") -> pd.DataFrame:
    """Compare every two sets of terms, from the earlier to the later, by block.

    Returns
    -------
    DataFrame
        from_id, to_id, from_date, to_date, kind ("movement" within one line of terms, else
        "distance" between two), block, `CHANGES`, common; one row for each pair and block on
        which both papers speak.
    """
    both = pairs_by_dimension(coded(coder))
    both = both[both["step_from"] < both["step_to"]]
    key = ["proposal_id_from", "proposal_id_to", "date_from", "date_to", "kind", "block"]
    counts = pd.crosstab([both[name] for name in key], both["change"])
    table = counts.reindex(columns=list(CHANGES), fill_value=0).astype(int)
    table = table.assign(common=table.sum(axis=1)).rename_axis(columns=None).reset_index()
    names = {f"{name}_{end}": f"{end}_{name}" for name in ("date",) for end in ("from", "to")}
    names |= {f"proposal_id_{end}": f"{end}_id" for end in ("from", "to")}
    return table.rename(columns=names)


def pairs_by_dimension(codes: pd.DataFrame) -> pd.DataFrame:
    """Join every set of terms with every other on each common dimension, in both directions."""
    wanted = ["proposal_id", "date", "step", "series", "dimension", "block", *_CODE]
    part = codes[wanted]
    both = part.merge(part, on=["dimension", "block"], suffixes=("_from", "_to"))
    both = both[both["step_from"] != both["step_to"]].reset_index(drop=True)
    same_line = (both["series_from"] == both["series_to"]) & ~both["series_from"].isin(NO_LINES)
    return both.assign(kind=np.where(same_line, "movement", "distance"), change=_changes(both))


def lookup(coder: Coder = "first") -> pd.DataFrame:
    """Lay out the changes between all sets of terms for a chart with two sliders.

    Returns
    -------
    DataFrame
        dimension, label, block, signs, ranges; one row a dimension.  With n sets of terms,
        character ``n * from_step + to_step`` of ``signs`` is the change in either direction
        of time (see `SIGNS`; a blank where one of the two is silent), and the three
        characters from ``3 * step`` of ``ranges`` are the codes of one set.
    """
    codes, size = coded(coder), len(papers())
    rows = []
    for name, part in codes.groupby("dimension", observed=True):
        known = part.set_index("step")
        both = known.merge(known, how="cross", suffixes=("_from", "_to"))
        at = np.add.outer(size * known.index.to_numpy(), known.index.to_numpy()).ravel()
        signs = np.full(size * size, " ")
        signs[at] = _changes(both).map(SIGNS).to_numpy()
        said = pd.Series(as_ranges(known), index=known.index).reindex(range(size), fill_value="")
        texts = ("".join(signs), "".join(said.str.ljust(_WIDTH)))
        rows.append((name, part["label"].iloc[0], part["block"].iloc[0], *texts))
    return pd.DataFrame(rows, columns=["dimension", "label", "block", "signs", "ranges"])


def all_pairs(coder: Coder = "both") -> pd.DataFrame:
    """Return every pair of sets of terms that have an item in common, one row a pair.

    Returns
    -------
    DataFrame
        from_paper, from_date, to_paper, to_date (the earlier first), kind ("movement" within
        one line of terms, else "distance"), and a column for each of `DIMENSIONS` with one
        of `CHANGES`, empty where one of the two is silent.
    """
    both = pairs_by_dimension(coded(coder))
    both = both[both["step_from"] < both["step_to"]]
    wide = both.pivot_table(
        index=["step_from", "step_to", "kind"],
        columns="dimension",
        values="change",
        aggfunc="first",
        observed=False,
    )
    wide = wide.reindex(columns=list(DIMENSIONS)).fillna("").reset_index()
    names = papers().set_index("step")
    ends = {
        f"{end}_{column}": names.loc[wide[f"step_{end}"], source].to_numpy()
        for end in ("from", "to")
        for column, source in (("paper", "label"), ("date", "date"))
    }
    table = wide.assign(**ends).rename_axis(columns=None)
    return table[[*ends, "kind", *DIMENSIONS]]


def as_ranges(codes: pd.DataFrame, end: str = "") -> list[str]:
    """Write ranges of codes, such as "2" or "0–1"; `end` is a suffix of low and high."""
    ends = zip(codes[f"low{end}"], codes[f"high{end}"], strict=True)
    return [f"{low}" if low == high else f"{low}–{high}" for low, high in ends]


# What stood at a date ---------------------------------------------------------------------


def standing(
    series: str, day: date | pd.Timestamp, coder: Coder = "first", *, weak: bool = False
) -> pd.DataFrame:
    """Return the last terms of one line on each dimension, as they stood on a day.

    A dimension keeps the terms of the last paper that spoke of it: what a later paper does not
    mention is taken to stand, which is an assumption and not something anybody said.

    Parameters
    ----------
    series : str
        A value of the column in ``terms-proposals``, such as ``"Russia"``.
    day : date
        Papers of later days are not used.
    weak : bool
        Whether papers of doubtful existence or content count.

    Returns
    -------
    DataFrame
        As `coded`, one row a dimension.
    """
    codes = coded(coder)
    kept = codes[(codes["series"] == series) & (codes["date"] <= pd.Timestamp(day))]
    kept = kept if weak else kept[~kept["weak"].astype(bool)]
    last = kept.sort_values(["step", "dimension"]).groupby("dimension", observed=True).tail(1)
    return last.sort_values("dimension", ignore_index=True)


def window(series: str, start: date, end: date, coder: Coder = "both") -> pd.Series[int]:
    """Count the changes of the standing terms of one line between two days."""
    before, after = standing(series, start, coder), standing(series, end, coder)
    return count_by_block(compared(before, after)).sum().astype(int)


def bounds(then: date, now: date, coder: Coder = "first") -> pd.DataFrame:
    """Bound the change of an unobserved settlement between two days, dimension by dimension.

    The only assumption: a settlement of either day would have lain between what Russia and
    what Ukraine asked for by then; where one of them was silent, anywhere on its side of the
    scale.  These are worst-case bounds: they hold without any model of bargaining, and they
    are wide.

    Returns
    -------
    DataFrame
        dimension, label, block, then_low, then_high, now_low, now_high, low, high (steps of
        change), sign ("better" or "worse" for sure, "not worse", "not better" or "either").
    """
    table = tables.read("terms-codebook")[["dimension", "label", "block"]].drop_duplicates()
    for name, day in (("then", then), ("now", now)):
        ends = _between_sides(day, coder)
        table = table.merge(ends.add_prefix(f"{name}_"), left_on="dimension", right_index=True)
    table["low"] = table["now_low"] - table["then_high"]
    table["high"] = table["now_high"] - table["then_low"]
    low, high = table["low"], table["high"]
    names = ["better", "worse", "not worse", "not better"]
    table["sign"] = np.select([low > 0, high < 0, low == 0, high == 0], names, "either")
    order = {name: place for place, name in enumerate(DIMENSIONS)}
    return table.sort_values("dimension", key=lambda d: d.map(order), ignore_index=True)


def _between_sides(day: date, coder: Coder) -> pd.DataFrame:
    """Range of codes between the two sides' standing terms, by dimension."""
    sides = [standing(side, day, coder).set_index("dimension") for side in ("Russia", "Ukraine")]
    ranges = [side[["low", "high"]].reindex(list(DIMENSIONS)) for side in sides]
    low = ranges[0]["low"].fillna(CODES[0]), ranges[1]["low"].fillna(CODES[-1])
    high = ranges[0]["high"].fillna(CODES[0]), ranges[1]["high"].fillna(CODES[-1])
    joined = {"low": np.minimum(*low), "high": np.maximum(*high)}
    return pd.DataFrame(joined).astype(int)


# Agreement --------------------------------------------------------------------------------


def agreement(codes: pd.DataFrame) -> pd.DataFrame:
    """Compare the two passes by dimension, and over all of them.

    Parameters
    ----------
    codes : DataFrame
        Table ``terms-codes``.

    Returns
    -------
    DataFrame
        dimension ("all" in the last row), terms, agreed (counts), share, share_low,
        share_high (exact 95 percent interval, Clopper and Pearson 1934), kappa, kappa_low,
        kappa_high (Cohen 1968, linear weights, asymptotic 95 percent interval cut at 1),
        largest_step.  Where the passes agree on every term the interval of kappa has no
        width, which says that its formula fails there and not that kappa is known.
    """
    parts = [
        codes[codes["coding_pass"] == number].set_index(["proposal_id", "dimension"])["code"]
        for number in (1, 2)
    ]
    wide = pd.DataFrame({1: parts[0], 2: parts[1]}).astype(int).reset_index("dimension")
    named = [(name, wide[wide["dimension"] == name]) for name in DIMENSIONS]
    return pd.DataFrame([_agreement(name, part) for name, part in [*named, ("all", wide)]])


def _agreement(name: str, both: pd.DataFrame) -> dict[str, object]:
    agreed = int((both[1] == both[2]).sum())
    low, high = proportion_confint(agreed, len(both), method="beta")
    table = pd.crosstab(both[1], both[2]).reindex(index=CODES, columns=CODES, fill_value=0)
    kappa = cohens_kappa(table.to_numpy(), wt="linear")
    return {
        "dimension": name,
        "terms": len(both),
        "agreed": agreed,
        "share": agreed / len(both),
        "share_low": float(low),
        "share_high": float(high),
        "kappa": float(kappa.kappa),
        "kappa_low": float(kappa.kappa_low),
        "kappa_high": min(1.0, float(kappa.kappa_upp)),
        "largest_step": int((both[1] - both[2]).abs().max()),
    }


def inside_first_range(codes: pd.DataFrame) -> float:
    """Share of the second codes that lie in the range that the first pass had allowed."""
    wide = codes.set_index(["proposal_id", "dimension"])
    first, second = (wide[wide["coding_pass"] == number] for number in (1, 2))
    code = second["code"].reindex(first.index)
    return float(((code >= first["code_low"]) & (code <= first["code_high"])).mean())


# Frames for charts ------------------------------------------------------------------------


def against(reference: str, others: Sequence[str], coder: Coder = "both") -> pd.DataFrame:
    """Count the changes from one set of terms to each of several others.

    Returns
    -------
    DataFrame
        reference, proposal_id, paper, change, items, place (of the change in `CHANGES`), better
        (sure changes for the better less those for the worse); changes without an item are
        left out.
    """
    names = papers().set_index("proposal_id")["label"]
    rows = []
    for other in others:
        counts = count(reference, other, coder)
        net = counts["better for sure"] - counts["worse for sure"]
        rows += [
            (names[reference], other, names[other], name, int(counts[name]), place, int(net))
            for place, name in enumerate(CHANGES)
            if counts[name]
        ]
    columns = ["reference", "proposal_id", "paper", "change", "items", "place", "better"]
    return pd.DataFrame(rows, columns=columns)


def partitions(reference: str, least: int, coder: Coder = "both") -> pd.DataFrame:
    """Compare all papers that leave Russia at least the line of the day with one of them.

    Parameters
    ----------
    reference : str
        The paper that the others are set beside.
    least : int
        Counted dimensions that a paper must share with the reference.

    Returns
    -------
    DataFrame
        As `against`.  A paper belongs here if no code that its words allow on the line of
        control is above 2, a freeze on or near the line of the day.
    """
    codes = coded(coder)
    line = codes[(codes["dimension"] == "territory_de_facto") & (codes["high"] <= 2)]
    names = [name for name in line["proposal_id"] if name != reference]
    return against(
        reference, [n for n in names if count(reference, n, coder)["common"] >= least], coder
    )


def outcomes(
    bases: Sequence[str], ends: Sequence[str], coders: Sequence[Coder] = ("first", "second", "both")
) -> pd.DataFrame:
    """Count sure changes from each paper that may have been the offer to each later one.

    Returns
    -------
    DataFrame
        from_id, to_id, coder, `CHANGES`, common, direction.
    """
    rows = []
    for base in bases:
        for end in ends:
            for coder in coders:
                counts = count(base, end, coder)
                found = {"from_id": base, "to_id": end, "coder": coder, **counts.to_dict()}
                rows.append(found | {"direction": direction(counts)})
    return pd.DataFrame(rows)


def outcome_table(found: pd.DataFrame) -> pd.DataFrame:
    """Write `outcomes` as a table for readers: sure gains and losses of common items."""
    names = papers().set_index("proposal_id")["label"]
    text = [
        f"+{row['better for sure']} −{row['worse for sure']} of {row['common']}"
        for row in found.to_dict("records")
    ]
    table = found.assign(
        text=text, offer=found["from_id"].map(names), later=found["to_id"].map(names)
    )
    wide = table.set_index(["offer", "coder", "later"])["text"].unstack(["later"])  # noqa: PD010
    offers, coders, later = (
        list(dict.fromkeys(table[name])) for name in ("offer", "coder", "later")
    )
    wide = wide.reindex(pd.MultiIndex.from_product([offers, coders]), columns=later)
    return wide.rename_axis(columns=None, index=["offer on the table", "coding"])


def caps(coder: Coder = "first") -> pd.DataFrame:
    """Return what each paper says of the size of the army, in order of time.

    Returns
    -------
    DataFrame
        paper, date, series, code, low, high, limit_persons, said ("85,000", "no limit" or
        "no number").
    """
    texts = tables.read("terms-texts").set_index(["proposal_id", "dimension"])
    codes = coded(coder)
    found = codes[codes["dimension"] == "army_size_cap"].copy()
    key = [(name, "army_size_cap") for name in found["proposal_id"]]
    found["limit_persons"] = texts["army_limit_persons"].reindex(key).to_numpy()
    found["said"] = [
        number(limit) if pd.notna(limit) else "no limit" if code == CODES[-1] else "no number"
        for limit, code in zip(found["limit_persons"], found["code"], strict=True)
    ]
    columns = ["paper", "date", "series", *_CODE, "limit_persons", "said", "step"]
    return found[columns].reset_index(drop=True)


def labels() -> list[str]:
    """Return the short names of the dimensions, in the order of `DIMENSIONS`."""
    names = tables.read("terms-codebook").drop_duplicates("dimension").set_index("dimension")
    return [str(names.loc[name, "label"]) for name in DIMENSIONS]


def step(proposal_id: str) -> int:
    """Return the place of a set of terms in the order of time."""
    return list(papers()["proposal_id"]).index(proposal_id)


def sheet(series: str, coder: Coder = "first") -> pd.DataFrame:
    """Return all codes of one line of terms, with the paper's place in that line."""
    codes = coded(coder)
    found = codes[codes["series"] == series].copy()
    found["when"] = (
        found["date"].dt.strftime("%b %y") + " " + found["paper"].str.split(": ").str[-1]
    )
    return found.drop(columns="weak").reset_index(drop=True)


# The ground -------------------------------------------------------------------------------

# Rows under the chart with two sliders: what is compared, and the ground at both dates.
BESIDE = (
    "Terms",
    "Day",
    "Whose",
    "Land held",
    "Gain, 90 days",
    "Russian losses",
    "Ukrainian losses",
    "Military aid",
)
# War Mapper's totals fill the months between the maps; they are dated by the end of a month.
NEAREST_DAYS = 45
NO_SERIES = "no series"


@cache
def ground() -> pd.DataFrame:
    """Return land, confirmed losses and aid at the date of each set of terms.

    Returns
    -------
    DataFrame
        proposal_id, step, date, tracker, held_pct (of Ukraine, Crimea included), gain_90_km2
        (net, of the same tracker; missing where its maps do not reach back), lost_russia,
        lost_ukraine (pieces of equipment confirmed, cumulative), aid_eur_bn (military aid
        allocated by all donors from January 2022 to the end of the month before).  Missing
        where no series reaches: no tracker's level is carried over to another's days.
    """
    days = papers()[["proposal_id", "step", "date"]]
    maps, totals = trackers(), _war_mapper()
    land = [_land(day, maps, totals) for day in days["date"]]
    oryx = tables.read("oryx-losses")
    # From 2026 the only lists held leave out drones and robots: another count, not fewer losses.
    whole = oryx[oryx["scope"] == "all"]
    for side in ("Russia", "Ukraine"):
        lists = losses.confirmed(whole, side)
        counts = [_or_missing(losses.on_day, lists, day) for day in days["date"]]
        days = days.assign(**{f"lost_{side.lower()}": counts})
    monthly = aid.release_only(tables.read("kiel-monthly-groups"))
    allocated = [_allocated(monthly, day) for day in days["date"]]
    return pd.concat([days, pd.DataFrame(land)], axis=1).assign(aid_eur_bn=allocated)


@cache
def trackers() -> dict[str, pd.DataFrame]:
    """Return the area held by day (columns date, area_km2) on the maps of each tracker."""
    isw = territory.isw_control(tables.read("isw-control-2022"), tables.read("isw-layers-daily"))
    maps = tables.read("deepstate-daily-total").rename(columns={"occupied_km2": "area_km2"})
    return {"ISW": isw, "DeepState": maps}


def _war_mapper() -> pd.DataFrame:
    totals = tables.read("territory-published-totals")
    return totals[(totals["tracker"] == "War Mapper") & (totals["measure"] == "control")]


def _or_missing(measure: Callable[..., float], *arguments: Any, **options: Any) -> float:
    """Return a measure, or a missing value where the series has a gap."""
    try:
        return measure(*arguments, **options)
    except (losses.GapError, territory.GapError):
        return float("nan")


def _land(
    day: pd.Timestamp, maps: dict[str, pd.DataFrame], totals: pd.DataFrame
) -> dict[str, object]:
    for tracker, series in maps.items():
        held = _or_missing(territory.level_km2, series, day, value="area_km2")
        if pd.notna(held):
            start = day - pd.Timedelta(days=90)
            before = _or_missing(territory.level_km2, series, start, value="area_km2")
            return _land_row(tracker, held, held - before)
    distance = (totals["date"] - day).abs().dt.days
    if distance.min() > NEAREST_DAYS:
        return _land_row("", float("nan"), float("nan"))
    held = totals["held_km2"].to_numpy()[distance.to_numpy().argmin()]
    return _land_row("War Mapper", float(held), float("nan"))


def _land_row(tracker: str, held_km2: float, gain_km2: float) -> dict[str, object]:
    share = 100 * held_km2 / territory.UKRAINE_KM2
    return {"tracker": tracker, "held_pct": share, "gain_90_km2": gain_km2}


def _allocated(monthly: pd.DataFrame, day: pd.Timestamp) -> float:
    last = day.to_period("M") - 1
    known = monthly["month"].dt.to_period("M")
    if last > known.max() or last < known.min():
        return float("nan")
    return aid.allocated_by(monthly, "all", str(last))


def said_day(day: pd.Timestamp, precision: str) -> str:
    """Write the day of a paper no more exactly than it is known."""
    if precision == "month":
        return month_in_words(day)
    return f"{'about ' if precision == 'approx' else ''}{day_in_words(day)}"


def beside() -> pd.DataFrame:
    """Write `ground` for the chart with two sliders: step, measure (see `BESIDE`), text."""
    about = papers()[["proposal_id", "label", "series", "date_precision"]]
    rows = ground().merge(about, on="proposal_id", validate="1:1").to_dict("records")
    return pd.DataFrame(
        [
            (row["step"], measure, text)
            for row in rows
            for measure, text in zip(BESIDE, _texts(row), strict=True)
        ],
        columns=["step", "measure", "text"],
    )


def _texts(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    gain = row["gain_90_km2"]
    return (
        row["label"],
        said_day(row["date"], row["date_precision"]),
        row["series"],
        f"{number(row['held_pct'], 1)} % {row['tracker']}" if row["tracker"] else NO_SERIES,
        f"{'+' if gain > 0 else ''}{number(gain)} km²" if pd.notna(gain) else NO_SERIES,
        *(
            number(row[name]) if pd.notna(row[name]) else NO_SERIES
            for name in ("lost_russia", "lost_ukraine")
        ),
        f"€{number(row['aid_eur_bn'])} bn" if pd.notna(row["aid_eur_bn"]) else NO_SERIES,
    )


def line_of_control(coder: Coder = "first") -> pd.DataFrame:
    """Return the codes on the line of control of the belligerents and the United States."""
    codes = coded(coder)
    found = codes[
        (codes["dimension"] == "territory_de_facto")
        & codes["series"].isin(["Russia", "Ukraine", "United States"])
    ]
    return found.drop(columns="weak").merge(
        ground()[["proposal_id", "held_pct", "tracker"]], on="proposal_id", validate="1:1"
    )


def steps_beside_land(series: str, coder: Coder = "first") -> pd.DataFrame:
    """Set each step of one line of terms on the line of control beside the front.

    Parameters
    ----------
    series : str
        Whose terms.

    Returns
    -------
    DataFrame
        from_paper, to_paper, from_date, to_date, change, held_change_pct (points of Ukraine
        between the two days, of one tracker; missing where the trackers differ).
    """
    found = line_of_control(coder)
    found = found[found["series"] == series].reset_index(drop=True)
    before, after = found.iloc[:-1].reset_index(drop=True), found.iloc[1:].reset_index(drop=True)
    held = (after["held_pct"] - before["held_pct"]).where(before["tracker"] == after["tracker"])
    return pd.DataFrame(
        {
            "from_paper": before["paper"],
            "to_paper": after["paper"],
            "from_date": before["date"],
            "to_date": after["date"],
            "change": change(before, after),
            "held_change_pct": held,
        }
    )
