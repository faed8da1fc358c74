"""The logic of the argument map, against hand examples and against all assignments."""

from __future__ import annotations

import random
from itertools import combinations, product

import pandas as pd
import pytest

from analysis import argument
from analysis.argument import Gate, Judged
from analysis.readings import Reading
from analysis.violations import DataError, Violation

# Two grounds, one of them of two parts: top stands if c does, or if a and b do.
TWO_GROUNDS = {"top": Gate("any", ("ab", "c")), "ab": Gate("all", ("a", "b"))}
# A bridge: two out of three, written as any of three pairs; leaves are shared.
TWO_OF_THREE = {
    "top": Gate("any", ("ab", "bc", "ac")),
    "ab": Gate("all", ("a", "b")),
    "bc": Gate("all", ("b", "c")),
    "ac": Gate("all", ("a", "c")),
}


def sets(*words: str) -> set[frozenset[str]]:
    return {frozenset(word) for word in words}


def test_cut_sets_of_two_grounds():
    """To block "c or (a and b)" c must fail together with one of a and b."""
    assert set(argument.cut_sets(TWO_GROUNDS, "top")) == sets("ac", "bc")


def test_path_sets_of_two_grounds():
    """It is carried by c alone, or by a and b."""
    assert set(argument.path_sets(TWO_GROUNDS, "top")) == sets("c", "ab")


def test_two_of_three_is_its_own_dual():
    """Any two of three carry a majority, and any two failing block it."""
    assert set(argument.cut_sets(TWO_OF_THREE, "top")) == sets("ab", "bc", "ac")
    assert set(argument.path_sets(TWO_OF_THREE, "top")) == sets("ab", "bc", "ac")


def test_a_premise_can_be_taken_as_a_leaf():
    """With the pair as one leaf the sets name the pair."""
    found = argument.cut_sets(TWO_GROUNDS, "top", stop=["ab"])
    assert found == (frozenset({"ab", "c"}),)


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [
        ("stands", "stands", "falls", "stands"),
        ("stands", "open", "falls", "open"),
        ("falls", "open", "falls", "falls"),
        ("open", "open", "stands", "stands"),
        ("falls", "stands", "open", "open"),
    ],
)
def test_three_values_by_hand(a, b, c, expected):
    """Kleene's tables: "and" takes the weaker value, "or" the stronger."""
    found = argument.evaluate(TWO_GROUNDS, "top", {"a": a, "b": b, "c": c})
    assert found["top"] == expected


def test_a_leaf_without_a_state_is_open():
    """Nothing is known of it, so it decides nothing."""
    assert argument.evaluate(TWO_GROUNDS, "top", {})["top"] == "open"


def random_structure(seed: int) -> dict[str, Gate]:
    """Draw gates of two to three parts from six leaves, in layers, so that leaves are shared."""
    draw = random.Random(seed)
    names = list("uvwxyz")
    gates: dict[str, Gate] = {}
    for number in range(4):
        parts = tuple(draw.sample(names, draw.choice([2, 3])))
        gates[f"g{number}"] = Gate(draw.choice(["all", "any"]), parts)
        names.append(f"g{number}")
    gates["top"] = Gate(draw.choice(["all", "any"]), tuple(gates))
    return gates


def truth(structure: dict[str, Gate], node: str, standing: frozenset[str]) -> bool:
    """Evaluate in two values, written anew and by recursion alone."""
    if node not in structure:
        return node in standing
    values = [truth(structure, part, standing) for part in structure[node].parts]
    return all(values) if structure[node].rule == "all" else any(values)


def smallest(names: tuple[str, ...], works) -> set[frozenset[str]]:
    """Try every subset by size and keep those that hold no smaller one that works."""
    kept: set[frozenset[str]] = set()
    for size in range(len(names) + 1):
        for one in map(frozenset, combinations(names, size)):
            if works(one) and not any(other <= one for other in kept):
                kept.add(one)
    return kept


@pytest.mark.parametrize("seed", range(40))
def test_sets_against_all_subsets(seed):
    """The oracle switches off, or on, every subset of the leaves and keeps the smallest."""
    structure = random_structure(seed)
    names = argument.leaves(structure, "top")
    everything = frozenset(names)
    blocked = smallest(names, lambda off: not truth(structure, "top", everything - off))
    carried = smallest(names, lambda on: truth(structure, "top", on))
    assert set(argument.cut_sets(structure, "top")) == blocked
    assert set(argument.path_sets(structure, "top")) == carried


@pytest.mark.parametrize("seed", range(40))
def test_three_values_against_all_completions(seed):
    """A value is definite exactly if every way to settle the open leaves gives it."""
    structure = random_structure(seed)
    names = argument.leaves(structure, "top")
    draw = random.Random(seed + 1000)
    states = {name: draw.choice(["stands", "falls", "open"]) for name in names}
    unsettled = [name for name in names if states[name] == "open"]
    fixed = {name for name in names if states[name] == "stands"}
    results = {
        truth(
            structure,
            "top",
            frozenset(fixed | {n for n, on in zip(unsettled, way, strict=True) if on}),
        )
        for way in product([True, False], repeat=len(unsettled))
    }
    expected = "open" if len(results) == 2 else "stands" if results == {True} else "falls"
    assert argument.evaluate(structure, "top", states)["top"] == expected


@pytest.mark.parametrize("seed", range(40))
def test_what_is_missing_does_it_and_less_does_not(seed):
    """Making a missing set stand carries the top; leaving any one of it out does not."""
    structure = random_structure(seed)
    names = argument.leaves(structure, "top")
    draw = random.Random(seed + 2000)
    states = {name: draw.choice(["stands", "falls", "open"]) for name in names}
    standing = frozenset(name for name in names if states[name] == "stands")
    for one in argument.missing_to_carry(structure, "top", states):
        assert truth(structure, "top", standing | one)
        assert not any(truth(structure, "top", (standing | one) - {name}) for name in one)
    hoped = frozenset(name for name in names if states[name] != "falls")
    for one in argument.missing_to_block(structure, "top", states):
        assert not truth(structure, "top", hoped - one)
        assert all(truth(structure, "top", (hoped - one) | {name}) for name in one)


def test_what_is_fixed_is_not_asked_for():
    """Where c may not be touched only a and b are left to carry the top."""
    states = {"a": "falls", "b": "open", "c": "open"}
    found = argument.missing_to_carry(TWO_GROUNDS, "top", states, fixed=["c"])
    assert set(found) == sets("ab")


def test_bad_structures_are_named_all_at_once():
    """A ring, an empty gate and a rule that is none: three parts, each reported."""
    bad = {
        "top": Gate("all", ("ring", "empty", "rule")),
        "ring": Gate("all", ("ring",)),
        "empty": Gate("all", ()),
        "rule": Gate("most", ("x",)),  # type: ignore[arg-type]
    }
    with pytest.raises(DataError) as caught:
        argument.evaluate(bad, "top", {})
    assert {str(violation.row) for violation in caught.value.violations} == {
        "ring",
        "empty",
        "rule",
    }


def test_a_top_that_is_no_gate_is_refused():
    """A name that nothing rests on has no parts to evaluate."""
    with pytest.raises(DataError, match="a gate"):
        argument.cut_sets(TWO_GROUNDS, "a")


# States -------------------------------------------------------------------------------------


def reading(stands: bool, *, role: str = "alternative", source: str = "one") -> Reading:
    return Reading(
        name=f"{source} {role}",
        levels={"source": source},
        value=1.0,
        unit="count",
        origin_id="somebody",
        evidence=("row",),
        status="known then",
        role=role,
        reason="because",
        word="holds" if stands else "does not hold",
        stands=stands,
    )


def under(judged: Judged, **rest: str) -> list[str]:
    return [argument.state_under(judged, name, **rest) for name in argument.READING_SETS]


def test_no_verdict_word_is_open_under_every_reading():
    """A statement without pass or fail stays so, even with readings and a weaker form."""
    assert under(Judged("no verdict word", weaker_serves=True)) == ["open"] * 4


def test_a_refuted_universal_turns_with_its_weaker_form():
    """As worded it falls; the weaker form serves in the second and third set only."""
    judged = Judged("refuted as worded", weaker_serves=True)
    assert under(judged) == ["falls", "stands", "stands", "falls"]
    assert under(Judged("refuted as worded")) == ["falls"] * 4


def test_one_reading_turns_the_ends_and_not_the_verdict():
    """A figure that holds and has one reading against it falls in the least favourable set."""
    judged = Judged("holds", (reading(True, role="primary"), reading(False, source="two")))
    assert under(judged) == ["stands", "stands", "stands", "falls"]
    assert under(judged, without="source") == ["stands"] * 4


def test_an_excluded_reading_counts_for_nothing():
    """It was excluded with a reason."""
    judged = Judged("holds", (reading(True, role="primary"), reading(False, role="excluded")))
    assert under(judged) == ["stands"] * 4


def test_a_forecast_goes_as_far_as_its_two_rules():
    """In part and came true: at best it stands, at worst it is open, not fallen."""
    judged = Judged("depends on reading", outcomes=("in part", "came true"))
    assert under(judged) == ["open", "open", "stands", "open"]
    assert under(Judged("depends on reading", outcomes=("not tested", "failed"))) == [
        "open",
        "open",
        "open",
        "falls",
    ]


def test_dimensions_are_those_that_vary():
    """One level is no choice."""
    two = Judged("holds", (reading(True, role="primary"), reading(True, source="two")))
    assert argument.dimensions([two]) == ("source",)
    assert argument.dimensions([Judged("holds", (reading(True, role="primary"),))]) == ()


# Tables -------------------------------------------------------------------------------------


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    nodes = pd.DataFrame(
        {
            "argument": "article",
            "node": ["C", "P", "U"],
            "kind": ["conclusion", "premise", "warrant"],
            "rule": ["all", "any", "granted"],
        }
    )
    edges = pd.DataFrame(
        {
            "argument": "article",
            "node": ["C", "C", "P", "P"],
            "part": ["P", "U", "x", "y"],
            "part_kind": ["node", "node", "claim", "claim"],
        }
    )
    return nodes, edges


def test_structure_from_tables():
    """A warrant is a leaf; it stands where it is granted."""
    nodes, edges = tables()
    found = argument.structure_of(nodes, edges, "article")
    assert found == {"C": Gate("all", ("P", "U")), "P": Gate("any", ("x", "y"))}
    assert argument.warrants(nodes, "article") == {"U": "stands"}


def test_parts_without_a_line_and_lines_without_a_part_are_named():
    """One node that nothing names and one name that is no node."""
    nodes, edges = tables()
    edges.loc[0, "part"] = "Q"
    with pytest.raises(DataError) as caught:
        argument.structure_of(nodes, edges, "article")
    assert [str(violation) for violation in caught.value.violations] == [
        str(Violation("data/argument_map.csv", "Q", "part", "Q", "a node")),
        str(Violation("data/argument_map.csv", "P", "part", "P", "a line to it")),
    ]


def test_an_unknown_rule_is_named_with_its_cell():
    """The message has the gate, the column, what stands there and what may stand there."""
    with pytest.raises(DataError) as caught:
        argument.check({"top": Gate("most", ("a", "b"))}, "top")
    [violation] = caught.value.violations
    assert (violation.row, violation.column, violation.value) == ("top", "rule", "most")
    assert "any" in violation.expected


def test_a_variant_changes_what_it_names():
    """The rule of one gate and the grant of one step; the rest is as it was."""
    nodes, edges = tables()
    gates = argument.structure_of(nodes, edges, "article")
    change = pd.DataFrame({"node": ["P", "U"], "rule": ["all", "open"], "parts": ["x;y", ""]})
    new, steps = argument.changed(gates, argument.warrants(nodes, "article"), change)
    assert new == {"C": gates["C"], "P": Gate("all", ("x", "y"))}
    assert steps == {"U": "open"}
