"""The structure of an argument: which parts carry it, and which sets of them would block it.

An argument is a set of gates.  A gate stands on its parts, by one of two rules: all of them are
needed, or any of them is enough.  What is no gate is a leaf.  There is no negation and there are
no weights, so the failing of a part never helps and nothing is ever more or less than it is.

Three values: ``stands``, ``falls``, ``open``.  A gate gets a definite value only if it would get
it whatever became of its open parts (strong Kleene logic; exact here because nothing is negated).
What falls here is the support for a sentence, not the sentence: a conclusion that is not carried
by its premises may still be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal, get_args

import pandas as pd

from analysis.readings import Reading, included
from analysis.verdicts import STANDS, Outcome
from analysis.violations import Violation, raise_all

State = Literal["stands", "falls", "open"]
Rule = Literal["all", "any"]
LeafSet = frozenset[str]

# From weak to strong: "all" takes the weakest of its parts, "any" the strongest.
_ORDER: Final[tuple[State, ...]] = ("falls", "open", "stands")


@dataclass(frozen=True)
class Gate:
    """A part of an argument that rests on others.

    Attributes
    ----------
    rule : {"all", "any"}
        Whether every part is needed or one is enough.
    parts : tuple of str
        Names of gates or leaves; at least one.
    """

    rule: Rule
    parts: tuple[str, ...]


Structure = Mapping[str, Gate]


def check(structure: Structure, top: str) -> None:
    """Refuse a structure that has no value.

    Raises
    ------
    DataError
        Names every gate without parts, with an unknown rule, or resting on itself, and the top
        if it is no gate.
    """
    name = "argument"
    found = [
        Violation(name, node, "parts", "", "at least one part")
        for node, gate in structure.items()
        if not gate.parts
    ]
    found += [
        Violation(name, node, "rule", gate.rule, f"one of {get_args(Rule)}")
        for node, gate in structure.items()
        if gate.rule not in get_args(Rule)
    ]
    found += [
        Violation(name, node, "parts", node, "no gate that rests on itself")
        for node in structure
        if node in _below(structure, node)
    ]
    if top not in structure:
        found.append(Violation(name, top, "node", top, "a gate"))
    raise_all(found)


def _below(structure: Structure, node: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(structure[node].parts) if node in structure else []
    while waiting:
        part = waiting.pop()
        if part not in seen:
            seen.add(part)
            waiting += structure[part].parts if part in structure else ()
    return seen


def leaves(structure: Structure, top: str) -> tuple[str, ...]:
    """Return the leaves under a gate, sorted by name."""
    return tuple(sorted(part for part in _below(structure, top) if part not in structure))


def evaluate(structure: Structure, top: str, states: Mapping[str, State]) -> dict[str, State]:
    """Return the value of a gate and of all gates and leaves below it.

    Parameters
    ----------
    structure : mapping of str to Gate
    top : str
    states : mapping of str to str
        Value of each leaf; a leaf that is not named is open.

    Returns
    -------
    dict of str to str

    Raises
    ------
    DataError
        The structure has no value; see `check`.
    """
    check(structure, top)
    found: dict[str, State] = {}

    def value(node: str) -> State:
        if node not in found:
            gate = structure.get(node)
            found[node] = (
                states.get(node, "open")
                if gate is None
                else _joined(gate.rule, [value(part) for part in gate.parts])
            )
        return found[node]

    value(top)
    return found


def _joined(rule: Rule, values: Sequence[State]) -> State:
    choose = min if rule == "all" else max
    return choose(values, key=_ORDER.index)


def cut_sets(structure: Structure, top: str, *, stop: Iterable[str] = ()) -> tuple[LeafSet, ...]:
    """Return the smallest sets of leaves whose failing blocks a gate, all else standing.

    Parameters
    ----------
    structure : mapping of str to Gate
    top : str
    stop : iterable of str
        Gates to treat as leaves, for example the premises.

    Returns
    -------
    tuple of frozenset
        No set holds another; by size, then by name.
    """
    return _sets(structure, top, frozenset(stop), joining="all")


def path_sets(structure: Structure, top: str, *, stop: Iterable[str] = ()) -> tuple[LeafSet, ...]:
    """Return the smallest sets of leaves whose standing carries a gate, all else failing.

    Parameters and returns as for `cut_sets`.
    """
    return _sets(structure, top, frozenset(stop), joining="any")


def _sets(structure: Structure, top: str, stop: LeafSet, *, joining: Rule) -> tuple[LeafSet, ...]:
    """Collect alternatives at gates of the joining rule, and combine them at the others."""
    check(structure, top)

    def under(node: str) -> list[LeafSet]:
        gate = structure.get(node)
        if gate is None or node in stop:
            return [frozenset({node})]
        parts = [under(part) for part in gate.parts]
        if gate.rule == joining:
            return minimal(one for part in parts for one in part)
        return minimal(frozenset().union(*chosen) for chosen in product(*parts))

    return tuple(under(top))


def minimal(sets: Iterable[LeafSet]) -> list[LeafSet]:
    """Drop every set that holds another one; order by size, then by name."""
    ordered = sorted(set(sets), key=lambda one: (len(one), sorted(one)))
    kept: list[LeafSet] = []
    for one in ordered:
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept


def missing_to_carry(
    structure: Structure, top: str, states: Mapping[str, State], *, fixed: Iterable[str] = ()
) -> tuple[LeafSet, ...]:
    """Return the smallest sets of leaves that would have to stand as well for a gate to stand.

    Parameters
    ----------
    structure, top, states
        As in `evaluate`.
    fixed : iterable of str
        Leaves that are not to be changed.

    Returns
    -------
    tuple of frozenset
        Holds the empty set alone where the gate stands already; empty where nothing would do.
    """
    return _changes(path_sets(structure, top), states, "stands", frozenset(fixed))


def missing_to_block(
    structure: Structure, top: str, states: Mapping[str, State], *, fixed: Iterable[str] = ()
) -> tuple[LeafSet, ...]:
    """Return the smallest sets of leaves that would have to fall as well for a gate to fall.

    Parameters and returns as for `missing_to_carry`, with the empty set where it has fallen.
    """
    return _changes(cut_sets(structure, top), states, "falls", frozenset(fixed))


def _changes(
    sets: Iterable[LeafSet], states: Mapping[str, State], wanted: State, fixed: LeafSet
) -> tuple[LeafSet, ...]:
    left = (frozenset(leaf for leaf in one if states.get(leaf) != wanted) for one in sets)
    return tuple(minimal(one for one in left if not one & fixed))


# From verdicts to states ---------------------------------------------------------------------

_WORDS: Final[Mapping[str, State]] = {
    **dict.fromkeys(("holds", "roughly holds", "came true", "supported", "not refuted"), "stands"),
    **dict.fromkeys(("does not hold", "failed", "not supported", "refuted as worded"), "falls"),
}

ReadingSet = Literal["primary", "weaker forms", "most favourable", "least favourable"]
READING_SETS: Final[tuple[ReadingSet, ...]] = get_args(ReadingSet)


def state_of(word: str) -> State:
    """Return the state that a verdict word gives; what is neither for nor against is open."""
    return _WORDS.get(word, "open")


@dataclass(frozen=True)
class Judged:
    """One carrying statement with all that its state may depend on.

    Attributes
    ----------
    verdict : str
        Verdict word of the statement, or of the proposition that carries.
    readings : tuple of Reading
        Judged; empty where the scale has none.
    outcomes : tuple of str
        Of a forecast that depends on the reading: what the literal and the charitable rule give.
    weaker_serves : bool
        It is refuted as worded, its weaker form stands, and that is enough for the argument.
    """

    verdict: str
    readings: tuple[Reading, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    weaker_serves: bool = False


def state_under(judged: Judged, reading_set: ReadingSet, *, without: str = "") -> State:
    """Return the state of a statement under a set of readings.

    Parameters
    ----------
    judged : Judged
    reading_set : str
        ``primary``: by the verdict.  ``weaker forms``: the same, but a universal counts by its
        weaker form where that serves.  ``most favourable``: it stands if any defensible reading,
        rule or form has it stand.  ``least favourable``: it falls if any has it fall.
    without : str
        A dimension of the readings that is held at the level of the primary reading.

    Returns
    -------
    str
        A statement without a verdict word is open under every set.
    """
    states = {state_of(judged.verdict)}
    if reading_set == "primary":
        return states.pop()
    weaker = judged.weaker_serves and judged.verdict == "refuted as worded"
    if reading_set == "weaker forms":
        return "stands" if weaker else states.pop()
    states |= {state_of(word) for word in judged.outcomes}
    states |= {_reading_state(reading) for reading in _held(judged.readings, without)}
    states |= {"stands"} if weaker else set()
    choose = max if reading_set == "most favourable" else min
    # An open verdict is not made definite by leaving the most or least of one value.
    return choose(states, key=_ORDER.index)


def _reading_state(reading: Reading) -> State:
    if reading.word and reading.word not in STANDS:
        return state_of(reading.word)
    return "open" if reading.stands is None else "stands" if reading.stands else "falls"


def _held(readings: Sequence[Reading], dimension: str) -> list[Reading]:
    kept = included(readings)
    if not dimension:
        return kept
    levels = {reading.levels.get(dimension) for reading in kept if reading.role == "primary"}
    return [reading for reading in kept if reading.levels.get(dimension) in levels]


def dimensions(statements: Iterable[Judged]) -> tuple[str, ...]:
    """Return the dimensions in which the readings of these statements differ, sorted."""
    seen: dict[str, set[str]] = {}
    for judged in statements:
        for reading in included(judged.readings):
            for name, level in reading.levels.items():
                seen.setdefault(name, set()).add(level)
    return tuple(sorted(name for name, levels in seen.items() if len(levels) > 1))


# From tables to structures -------------------------------------------------------------------


def structure_of(nodes: pd.DataFrame, edges: pd.DataFrame, argument: str) -> dict[str, Gate]:
    """Build the gates of one argument from its tables.

    Parameters
    ----------
    nodes, edges : DataFrame
        Tables ``argument-nodes`` and ``argument-map``.
    argument : str
        ``article`` or ``talks``.

    Raises
    ------
    DataError
        Lists parts that are named and not described, described and not used, or gates without
        parts.
    """
    rows = nodes[nodes["argument"] == argument].set_index("node")
    lines = edges[edges["argument"] == argument]
    named = set(lines.loc[lines["part_kind"] == "node", "part"])
    top = set(rows.index[rows["kind"] == "conclusion"])
    path = "data/argument_map.csv"
    unknown = (named | set(lines["node"])) - set(rows.index)
    unused = set(rows.index) - named - top
    raise_all(
        [
            *(Violation(path, name, "part", name, "a node") for name in sorted(unknown)),
            *(Violation(path, name, "part", name, "a line to it") for name in sorted(unused)),
        ]
    )
    gates = rows[rows["kind"] != "warrant"]
    parts = lines.groupby("node", sort=False)["part"].agg(tuple)
    built = {
        str(node): Gate(rule=rule, parts=tuple(parts.get(node, ())))
        for node, rule in gates["rule"].items()
    }
    check(built, str(next(iter(top))))
    return built


def warrants(nodes: pd.DataFrame, argument: str) -> dict[str, State]:
    """Return the state of each unstated step: stands where it is granted, else open."""
    rows = nodes[(nodes["argument"] == argument) & (nodes["kind"] == "warrant")]
    return {
        str(node): "stands" if rule == "granted" else "open"
        for node, rule in zip(rows["node"], rows["rule"], strict=True)
    }


def changed(
    structure: Structure, granted: Mapping[str, State], change: pd.DataFrame
) -> tuple[dict[str, Gate], dict[str, State]]:
    """Apply one variant to a structure.

    Parameters
    ----------
    structure : mapping of str to Gate
    granted : mapping of str to str
        From `warrants`.
    change : DataFrame
        Rows of one variant in table ``argument-variants``: node, rule, parts.

    Returns
    -------
    tuple
        The gates and the unstated steps of the variant.
    """
    gates, steps = dict(structure), dict(granted)
    for node, rule, parts in change[["node", "rule", "parts"]].itertuples(index=False):
        if parts:
            gates[node] = Gate(rule=rule, parts=tuple(parts.split(";")))
        else:
            steps[node] = "stands" if rule == "granted" else "open"
    return gates, steps
