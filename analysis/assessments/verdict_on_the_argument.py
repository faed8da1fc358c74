"""Assessment of the conclusion: the argument map, with the states of what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from analysis import argument, claims, counterclaims, tables, verdicts
from analysis.argument import Gate, Judged, ReadingSet, State
from analysis.assessing import proposition, stated
from analysis.claims import (
    Assessment,
    ClaimRecord,
    CounterclaimRecord,
    Finding,
    assessment,
)
from analysis.formatting import count
from analysis.verdicts import NO_VERDICT, Outcome

NODES = "argument-nodes"
MAP = "argument-map"
ROLES = "argument-roles"
VARIANTS = "argument-variants"
ARTICLE, TALKS = "article", "talks"
TOP = {ARTICLE: "C", TALKS: "G"}

DECLARED = "as-declared"


def nodes(whose: str = ARTICLE) -> pd.DataFrame:
    """Return the parts of one argument in the order of the outline, indexed by name."""
    rows = tables.read(NODES)
    rows = rows[rows["argument"] == whose].sort_values("order")
    return rows.set_index("node", drop=False)


def edges(whose: str = ARTICLE) -> pd.DataFrame:
    """Return the lines of one argument map."""
    rows = tables.read(MAP)
    return rows[rows["argument"] == whose].reset_index(drop=True)


@cache
def structure(whose: str = ARTICLE) -> dict[str, Gate]:
    """Return the gates of one argument as declared."""
    return argument.structure_of(tables.read(NODES), tables.read(MAP), whose)


def _variant_rows(whose: str) -> pd.DataFrame:
    rows = tables.read(VARIANTS)
    return rows[rows["argument"] == whose]


def variants(whose: str = ARTICLE) -> pd.DataFrame:
    """Return the variants of one argument: variant, order, label, reason."""
    rows = _variant_rows(whose).drop_duplicates("variant").sort_values("order")
    return rows[["variant", "order", "label", "reason"]].reset_index(drop=True)


def put_together(
    variant: str = DECLARED, whose: str = ARTICLE
) -> tuple[dict[str, Gate], dict[str, State]]:
    """Return gates and unstated steps of one argument in one variant."""
    rows = _variant_rows(whose)
    chosen = rows[rows["variant"] == variant]
    if chosen.empty:
        message = f"no variant {variant!r}; there are {sorted(set(rows['variant']))}"
        raise KeyError(message)
    granted = argument.warrants(tables.read(NODES), whose)
    return argument.changed(structure(whose), granted, chosen)


# States of the leaves ---------------------------------------------------------------------


@cache
def judged(whose: str = ARTICLE) -> Mapping[str, Judged]:
    """Return the carrying statements of one argument as the other chapters judge them."""
    rows = edges(whose)
    carried = rows[rows["part_kind"] != "node"]
    assess = claims.assess if whose == ARTICLE else counterclaims.assess
    return {
        str(row.part): _judged(
            assess(str(row.part)), str(row.component), serves=bool(row.weaker_form == "serves")
        )
        for row in carried.itertuples()
    }


@cache
def brought_in(whose: str = ARTICLE) -> Mapping[str, Judged]:
    """Return the statements that carry in some variant of an argument, and not as declared."""
    named = {part for cell in _variant_rows(whose)["parts"] for part in cell.split(";") if part}
    new = sorted(named - set(nodes(whose).index) - set(judged(whose)))
    assess = claims.assess if whose == ARTICLE else counterclaims.assess
    return {name: _judged(assess(name), "", serves=False) for name in new}


def _judged(record: ClaimRecord | CounterclaimRecord, component: str, *, serves: bool) -> Judged:
    parts = [item for item in record.components if not component or item.component == component]
    if component and not parts:
        message = f"claim {record.id!r} has no proposition {component!r}"
        raise KeyError(message)
    return Judged(
        verdict=parts[0].verdict if component else record.verdict,
        readings=tuple(reading for item in parts for reading in item.readings),
        outcomes=outcomes(record.id, record.verdict),
        weaker_serves=serves and "stands" in record.weaker_form,
    )


def outcomes(claim_id: str, verdict: str) -> tuple[Outcome, ...]:
    """Return what the literal and the charitable rule give, where they disagree.

    The two are those of the home chapters.  Where they are not known here a forecast that
    depends on the reading stays open under every reading.
    """
    if verdict != "depends on reading" or claim_id not in _OUTCOMES:
        return ()
    literal, charitable = _OUTCOMES[claim_id]()
    if verdicts.forecast(literal, charitable) != verdict:
        message = f"{claim_id!r}: {literal} and {charitable} do not give {verdict!r}"
        raise ValueError(message)
    return literal, charitable


def _eighteen_months() -> tuple[Outcome, Outcome]:
    from analysis.assessments import terms_on_the_table

    return terms_on_the_table.literal(), terms_on_the_table.charitable()


def _rebound() -> tuple[Outcome, Outcome]:
    from analysis.assessments import aid_window

    within, later = aid_window.best_thirty_days_km2()
    literal: Outcome = "came true" if within < 0 else "in part"
    return literal, "came true" if min(within, later) < 0 else literal


def _leverage() -> tuple[Outcome, Outcome]:
    from analysis.assessments import timing

    better = (timing.leverage_cases()["terms_moved"] == "better").tolist()
    return "not tested", "came true" if all(better) else "in part" if any(better) else "failed"


def _time() -> tuple[Outcome, Outcome]:
    from analysis.camp import talks

    against = (talks.time_measures()["moved"] == "against Ukraine").tolist()
    letter: Outcome = "came true" if all(against) else "in part" if any(against) else "failed"
    return letter, "came true" if 2 * sum(against) > len(against) else "in part"


_OUTCOMES = {
    "eighteen-months": _eighteen_months,
    "rebound-possible": _rebound,
    "leverage-follows": _leverage,
    "haass-kupchan-2023-11-time": _time,
}


def leaf_states(
    reading_set: ReadingSet, whose: str = ARTICLE, *, without: str = ""
) -> dict[str, State]:
    """Return the state of each carrying statement under a set of readings."""
    statements = {**judged(whose), **brought_in(whose)}
    return {
        name: argument.state_under(each, reading_set, without=without)
        for name, each in statements.items()
    }


def evaluated(
    reading_set: ReadingSet,
    variant: str = DECLARED,
    whose: str = ARTICLE,
    *,
    without: str = "",
) -> dict[str, State]:
    """Return the state of every part of one argument.

    Parameters
    ----------
    reading_set : str
        One of `analysis.argument.READING_SETS`.
    variant : str
        Name in table ``argument-variants``.
    whose : str
        ``article`` or ``talks``.
    without : str
        A dimension of the readings that is left out.
    """
    gates, steps = put_together(variant, whose)
    states = leaf_states(reading_set, whose, without=without) | steps
    found = {node: argument.evaluate(gates, node, states)[node] for node in gates}
    return states | found


def cuts(variant: str = DECLARED) -> tuple[argument.LeafSet, ...]:
    """Return the smallest sets of premises whose failing blocks the conclusion.

    Unstated steps are granted, so no set holds one.
    """
    gates, _ = put_together(variant)
    rows = nodes()
    premises = rows.index[rows["kind"] == "premise"]
    unsaid = set(rows.index[rows["kind"] == "warrant"])
    found = argument.cut_sets(gates, TOP[ARTICLE], stop=premises)
    return tuple(one for one in found if not one & unsaid)


def without_verdict() -> tuple[str, ...]:
    """Return the carrying claims that get no verdict word, in the order of the map."""
    return tuple(name for name, each in judged().items() if each.verdict == NO_VERDICT)


# The conclusion ---------------------------------------------------------------------------

_SAID = {"stands": "carried", "falls": "blocked", "open": "left open"}


@assessment("thesis")
def thesis() -> Assessment:
    """Advice has no verdict: what is laid out is which of its premises stand."""
    found = {name: evaluated(name) for name in argument.READING_SETS}
    kinds = nodes()["kind"]
    premises = [str(node) for node in kinds.index[kinds == "premise"]]
    primary = [found["primary"][node] for node in premises]
    open_names = without_verdict()
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("thesis"),
                verdict=NO_VERDICT,
                evidence_for=(
                    "fwt-min-2016-extend",
                    "fwt-min-three-quarters-fail",
                    "putin-2024-06-14-terms",
                    MAP,
                    NODES,
                ),
                evidence_against=(
                    "putin-2024-05-24-reuters",
                    "talks-putin-2024-05-24-interfax",
                    "deepstate-daily-total",
                    VARIANTS,
                ),
                note=(
                    "The map says what carries the sentence and what would block it. A part is "
                    "carried, blocked or left open; blocked means that these premises do not "
                    "carry it, not that it is false."
                ),
            ),
        ),
        then=stated(
            "Putin calls for talks on the realities on the ground (24 May 2024); talks while the "
            "side that began a war is ahead prolong it (Min, draft)",
            date="2024-06-03",
            status="known then",
            evidence=("fwt-min-2016-extend", "talks-putin-2024-05-24-interfax"),
        ),
        now=stated(
            f"by the verdicts as worded the conclusion is {_SAID[found['primary']['C']]}, with "
            f"universals in their weaker form {_SAID[found['weaker forms']['C']]}",
            date=claims.data_cut_off(),
            status="now",
            evidence=(MAP, NODES, VARIANTS),
        ),
        reason=(
            f"Of {count(len(premises))} premises {count(primary.count('stands'))} stand as worded, "
            f"{count(primary.count('falls'))} fall and {count(primary.count('open'))} are open, "
            f"and {count(len(open_names))} of the {count(len(judged()))} claims that carry them "
            "get no verdict word."
        ),
        would_change=(
            "A reason of the article, or of a reader, why one ground is enough or why both are "
            "needed; and a way to weigh lives, land and terms that both sides accept."
        ),
    )
