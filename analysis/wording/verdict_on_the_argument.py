"""Numbers, frames and figure texts of the chapter on the argument as a whole."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pandas as pd

from analysis import argument, claims, counterclaims, tables
from analysis.argument import READING_SETS, ReadingSet, State
from analysis.assessments import three_endings
from analysis.assessments import verdict_on_the_argument as judged
from analysis.book.palette import colour
from analysis.camp import talks
from analysis.claims import ClaimRecord
from analysis.formatting import area, count, day, signed_area
from analysis.verdicts import NO_VERDICT, NOT_ASSESSED

MAP_SOURCE = "the argument map of this book, verdicts of its chapters"
CAMP_SOURCE = "statements and verdicts of the chapter on the other camp"
COLUMNS = (
    "Worded: verdicts as worded. Weaker: universals in their weaker form where that serves. "
    "Most and least: the most and the least favourable readings."
)
OUR_READING = "How the parts are joined is a reading; the table of variants has others."

# Words for a part of an argument, with a shape and a colour each.
PART_WORDS: dict[State, str] = {"stands": "carried", "open": "open", "falls": "blocked"}
GRANTED = "granted"
PARTS = ["carried", "open", "blocked", GRANTED]
PART_SHAPES = ["circle", "diamond", "square", "cross"]
PART_COLOURS = [colour(name) for name in ("stands", "split", "falls", "neutral")]
# Words for a statement; a statement without a verdict word is no open one.
CLAIMS = ["stands", "open", "falls", NO_VERDICT]
CLAIM_SHAPES = ["circle", "diamond", "square", "triangle-up"]
CLAIM_COLOURS = [colour(name) for name in ("stands", "split", "falls", "ink-soft")]

SHORT: dict[ReadingSet, str] = {
    "primary": "worded",
    "weaker forms": "weaker",
    "most favourable": "most",
    "least favourable": "least",
}
READINGS = list(SHORT.values())
SAID: dict[ReadingSet, str] = {
    "primary": "Verdicts as worded",
    "weaker forms": "Weaker forms where they serve",
    "most favourable": "Most favourable readings",
    "least favourable": "Least favourable readings",
}


# Frames -----------------------------------------------------------------------------------


@cache
def _states(variant: str, reading_set: ReadingSet, whose: str = judged.ARTICLE) -> dict[str, State]:
    return judged.evaluated(reading_set, variant, whose)


def _word(kind: str, state: State) -> str:
    return GRANTED if kind == "warrant" and state == "stands" else PART_WORDS[state]


def _titled(row: Any) -> str:
    numbered = row["kind"] == "premise"
    return f"{row['node']} {row['label']}" if numbered else str(row["label"])


def drawn() -> pd.DataFrame:
    """Return the parts that are drawn, with their place in the map and in the outline."""
    rows = judged.nodes()
    rows = rows[rows["across"] >= 0]
    depth = _depths()
    return rows.assign(
        name=[_titled(row) for _, row in rows.iterrows()],
        depth=[depth[node] for node in rows.index],
        row=range(len(rows)),
    ).reset_index(drop=True)


def _depths() -> dict[str, int]:
    gates, _ = judged.put_together()
    found = {judged.TOP[judged.ARTICLE]: 0}
    for node in judged.nodes().index:
        for part in gates[node].parts if node in gates else ():
            found[part] = found[node] + 1
    return found


def map_nodes() -> pd.DataFrame:
    """Return one row for each part, variant and set of readings, for the sliders."""
    places = drawn()
    rows = [
        {
            "node": row["node"],
            "name": row["name"],
            "across": row["across"],
            "down": row["down"],
            "depth": row["depth"],
            "row": row["row"],
            "to": f"#{part_label(str(row['node']))}",
            "variant": place,
            "reading": at,
            "state": _word(row["kind"], _states(variant, reading)[row["node"]]),
        }
        for place, variant in enumerate(judged.variants()["variant"])
        for at, reading in enumerate(READING_SETS)
        for row in places.to_dict("records")
    ]
    table = pd.DataFrame(rows)
    return table.assign(said=table["name"] + ": " + table["state"])


def part_label(node: str) -> str:
    """Return the anchor of a part in the chapter's list of parts."""
    return f"part-{node.lower()}"


def map_settings() -> pd.DataFrame:
    """Return the state of every drawn part at every setting of both controls, for download."""
    names = judged.variants()["label"].to_list()
    table = map_nodes()
    return pd.DataFrame(
        {
            "structure": [names[at] for at in table["variant"]],
            "readings": [SAID[READING_SETS[at]] for at in table["reading"]],
            "part": table["name"],
            "state": table["state"],
        }
    )


def map_edges() -> pd.DataFrame:
    """Return the lines between the parts that are drawn, with both ends in either drawing."""
    places = drawn().set_index("node")
    lines = judged.edges()
    lines = lines[lines["node"].isin(places.index) & lines["part"].isin(places.index)]
    ends = {
        name.format(column): places.loc[lines[end], column].to_numpy()
        for end, name in (("part", "{}"), ("node", "{}2"))
        for column in ("across", "down", "depth", "row")
    }
    words = lines["words_of"].map({"article": "the article says so", "book": "our reading"})
    return lines.assign(words=words, **ends).reset_index(drop=True)


def map_table() -> pd.DataFrame:
    """Return the parts in the order of the outline with their state under each reading."""
    rows = judged.nodes()
    lines = judged.edges()
    rests = lines.groupby("node", sort=False)["part"].agg(", ".join)
    table = rows.assign(
        rests=[rests.get(node, "") for node in rows.index],
        rule=rows["rule"].map({"all": "all of", "any": "one of"}).fillna("not stated"),
    )
    for reading, short in SHORT.items():
        found = _states(judged.DECLARED, reading)
        table[short] = [_word(str(kind), found[str(node)]) for node, kind in rows["kind"].items()]
    return table.reset_index(drop=True)


def carrying() -> pd.DataFrame:
    """Return which claim carries which premise, with its state as worded."""
    premise = judged.nodes()["premise_id"].to_dict()
    lines = judged.edges()
    lines = lines[lines["part_kind"] == "claim"]
    found = judged.judged()
    home = claims.table()["premise_id"].to_dict()
    rows = [
        {
            "claim": part,
            "premise": premise[node],
            "needed": "all" if judged.structure()[node].rule == "all" else "one",
            "ledger": home[part],
            "verdict": found[part].verdict,
            "state": _claim_word(found[part].verdict),
            **{
                short: _claim_word(found[part].verdict, argument.state_under(found[part], reading))
                for reading, short in SHORT.items()
            },
        }
        for node, part in zip(lines["node"], lines["part"], strict=True)
    ]
    table = pd.DataFrame(rows).sort_values(["premise", "claim"], ignore_index=True)
    return table.assign(slot=table.groupby("premise").cumcount() + 1)


def _claim_word(verdict: str, state: State | None = None) -> str:
    if verdict in {NO_VERDICT, NOT_ASSESSED}:
        return NO_VERDICT
    return argument.state_of(verdict) if state is None else state


def carried_by_reading() -> pd.DataFrame:
    """Return the carrying claims once for each set of readings, grouped by state."""
    wide = carrying()
    long = wide.melt(["premise", "claim"], READINGS, "readings", "word")
    long["place"] = long["word"].map({word: place for place, word in enumerate(CLAIMS)})
    long = long.sort_values(["readings", "premise", "place", "claim"], ignore_index=True)
    long["slot"] = long.groupby(["readings", "premise"]).cumcount() + 1
    return long.drop(columns="place")


def cut_dots() -> pd.DataFrame:
    """Return the premises of each smallest blocking set, either ground enough or both needed."""
    premises = [node for node in judged.nodes().index if node.startswith("P")]
    primary = _states(judged.DECLARED, "primary")
    rows = [
        {"rule": title, "set": place, "premise": node, "state": PART_WORDS[primary[node]]}
        for title, variant in (
            ("Either ground is enough", judged.DECLARED),
            ("Both grounds are needed", "both-grounds"),
        )
        for place, one in enumerate(judged.cuts(variant), start=1)
        for node in premises
        if node in one
    ]
    return pd.DataFrame(rows)


SIDES = {judged.ARTICLE: "For waiting", judged.TALKS: "For talks"}


def conclusions() -> pd.DataFrame:
    """Return the state of either conclusion in each variant under each set of readings."""
    rows = [
        {
            "side": side,
            "variant": label,
            "readings": SHORT[reading],
            "state": PART_WORDS[_states(name, reading, whose)[judged.TOP[whose]]],
            "reason": reason,
        }
        for whose, side in SIDES.items()
        for name, _, label, reason in judged.variants(whose).itertuples(index=False)
        for reading in READING_SETS
    ]
    return pd.DataFrame(rows)


@cache
def ledger() -> tuple[ClaimRecord, ...]:
    """Return all claims but the conclusion."""
    return tuple(claims.assess(name) for name in claims.table().index if name != "thesis")


def errors() -> pd.DataFrame:
    """Return the claims with an error and which way its correction cuts, one mark a claim."""
    rows = [
        {
            "premise": record.premise_id,
            "claim": record.id,
            "error": record.error_type,
            "cuts": record.correction_direction,
            "carries": record.id in judged.judged(),
        }
        for record in ledger()
        if record.error_type != "none"
    ]
    table = pd.DataFrame(rows).sort_values(["premise", "cuts", "claim"], ignore_index=True)
    slot = table.groupby(["premise", "cuts"]).cumcount() + 1
    return table.assign(slot=slot, way=table["cuts"].map(CUTS))


# Which way a correction cuts, in the order of the panels.
CUTS = {"hurts": "Hurts the argument", "neutral": "Cuts neither way", "helps": "Helps it"}


def two_sides() -> pd.DataFrame:
    """Return the state of every premise, unstated step and conclusion of both arguments."""
    rows = []
    for whose, side in SIDES.items():
        parts = judged.nodes(whose)
        for reading in READING_SETS:
            states = _states(judged.DECLARED, reading, whose)
            rows += [
                {
                    "side": side,
                    "part": str(row["label"]),
                    "kind": row["kind"],
                    "says": row["says"],
                    "readings": SHORT[reading],
                    "state": _word(str(row["kind"]), states[str(node)]),
                }
                for node, row in parts.iterrows()
                if row["kind"] != "group"
            ]
    return pd.DataFrame(rows)


# Tables -----------------------------------------------------------------------------------

_GROUPS = ("stands", "falls", "open", NO_VERDICT)


def premises_in_words() -> pd.DataFrame:
    """Say of each premise how many of its claims stand, fall and are open, by what they do."""
    roles = tables.read(judged.ROLES).set_index("claim_id")
    # Of a compound claim only one proposition may carry.
    carried = {name: each.verdict for name, each in judged.judged().items()}
    rows = [
        (
            roles.loc[record.id, "node"],
            roles.loc[record.id, "role"],
            _claim_word(carried.get(record.id, record.verdict)),
        )
        for record in ledger()
    ]
    table = pd.DataFrame(rows, columns=["node", "role", "word"])
    labels = judged.nodes()["label"].to_dict()
    said = {
        f"{node} {labels[node]}": {
            "carry it": _counted(group[group["role"] == "carries"]["word"]),
            "support it": _counted(group[group["role"] == "supports"]["word"]),
            "concede, report or ask": _counted(
                group[~group["role"].isin(["carries", "supports", "names"])]["word"]
            ),
        }
        for node, group in _by_premise(table)
    }
    return pd.DataFrame(said).T.rename_axis("premise")


def _by_premise(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    premise = judged.nodes()["premise_id"].to_dict()
    home = table["node"].map(lambda node: premise.get(node) or "")
    return [(node, table[home == node]) for node in sorted(set(home) - {"", "C"})]


def _counted(words: pd.Series[str]) -> str:
    found = Counter(words)
    parts = [f"{found[name]} {_PLURAL[name]}" for name in _GROUPS if found[name]]
    return ", ".join(parts) or "–"


_PLURAL = {"stands": "stand", "falls": "fall", "open": "open", NO_VERDICT: "without a verdict"}


def read_by_us() -> pd.DataFrame:
    """Return the lines of the article's map that are this book's reading."""
    names = judged.nodes()["label"]
    lines = judged.edges()
    ours = lines[lines["words_of"] == "book"]
    return pd.DataFrame(
        {
            "part": [names.get(node, node) for node in ours["node"]],
            "rests on": [names.get(part, part) for part in ours["part"]],
            "nearest sentence": ours["joined_by"].where(ours["joined_by"] != "", "none"),
            "why we read it so": ours["reason"],
        }
    ).set_index("part")


def claim_cuts() -> tuple[argument.LeafSet, ...]:
    """Return the smallest sets of claims that would block the conclusion, no unsaid step in any."""
    gates, steps = judged.put_together()
    return tuple(one for one in argument.cut_sets(gates, "C") if not one & set(steps))


def carry_sets() -> tuple[argument.LeafSet, ...]:
    """Return the smallest sets of claims that would carry the conclusion, beside what stands."""
    gates, steps = judged.put_together()
    return argument.missing_to_carry(gates, "C", judged.leaf_states("primary") | steps)


def block_sets() -> tuple[argument.LeafSet, ...]:
    """Return the smallest sets of claims that would block the conclusion, beside what falls."""
    gates, steps = judged.put_together()
    states = judged.leaf_states("primary") | steps
    return argument.missing_to_block(gates, "C", states, fixed=steps)


def shortest_by_the_first_ground() -> argument.LeafSet:
    """Return the smallest set of claims that would carry the conclusion by waiting alone."""
    gates, steps = judged.put_together()
    return argument.missing_to_carry(gates, "A", judged.leaf_states("primary") | steps)[0]


def missing_sets() -> pd.DataFrame:
    """Return the smallest sets of claims that would carry, or block, the conclusion as worded."""
    rows = [
        (verb, then, ", ".join(sorted(one)), len(one))
        for verb, then, found in (
            ("stood", "carried", carry_sets()),
            ("fell", "blocked", block_sets()),
        )
        for one in found
    ]
    columns = ["if these", "then it is", "claims", "how many"]
    return pd.DataFrame(rows, columns=columns).set_index(["if these", "then it is"])


def left_out() -> pd.DataFrame:
    """Return what it changes to leave out one dimension of the readings at a time.

    Dimensions that move no carrying claim have no row.
    """
    found = judged.judged()
    rows = []
    for name in argument.dimensions(found.values()):
        moved = [
            claim
            for claim, each in found.items()
            if any(
                argument.state_under(each, reading)
                != argument.state_under(each, reading, without=name)
                for reading in READING_SETS
            )
        ]
        most, least = (
            PART_WORDS[judged.evaluated(reading, without=name)["C"]] for reading in READING_SETS[2:]
        )
        if moved:
            rows.append((name, ", ".join(moved), most, least))
    columns = ["left out", "claims it had moved", "most favourable", "least favourable"]
    return pd.DataFrame(rows, columns=columns).set_index("left out")


# Strings ----------------------------------------------------------------------------------


def _conclusion(variant: str = judged.DECLARED, reading: ReadingSet = "primary") -> str:
    return PART_WORDS[_states(variant, reading)["C"]]


def _structure() -> dict[str, str]:
    lines = judged.edges()
    kinds = Counter(lines["words_of"])
    found = carrying()
    unsaid = [node for node, row in judged.nodes().iterrows() if row["kind"] == "warrant"]
    return {
        "claims": count(len(ledger())),
        "carrying": count(len(found)),
        "lines": count(len(lines)),
        "lines-article": count(kinds["article"]),
        "lines-book": count(kinds["book"]),
        "unsaid": count(len(unsaid)),
        "no-verdict": count(len(judged.without_verdict())),
        "cut-sets-claims": count(len(claim_cuts())),
        "cut-sets": count(len(judged.cuts())),
        "cut-smallest": count(min(len(one) for one in judged.cuts())),
        "cut-sets-both": count(len(judged.cuts("both-grounds"))),
        "first-ground-needs": count(len(shortest_by_the_first_ground())),
        "first-ground-no-word": count(
            len(shortest_by_the_first_ground() & set(judged.without_verdict()))
        ),
        "dimensions": count(len(argument.dimensions(judged.judged().values()))),
        "dimensions-moving": count(len(left_out())),
        "cut-singles-both": count(sum(len(one) == 1 for one in judged.cuts("both-grounds"))),
        "variants": count(len(judged.variants())),
    }


def _premises() -> dict[str, str]:
    names = judged.nodes()
    premises = list(names.index[names["kind"] == "premise"])
    found = {
        f"premises-{SHORT[reading]}-{word}": count(
            sum(_states(judged.DECLARED, reading)[node] == word for node in premises)
        )
        for reading in READING_SETS
        for word in PART_WORDS
    }
    return {
        "premises": count(len(premises)),
        **found,
        **{
            f"fate-{node.lower()}": PART_WORDS[_states(judged.DECLARED, "primary")[node]]
            for node in ("A", "F", "T", "P8")
        },
        "conclusion": _conclusion(),
        "conclusion-weaker": _conclusion(reading="weaker forms"),
        "conclusion-both": _conclusion("both-grounds"),
        "conclusion-both-weaker": _conclusion("both-grounds", "weaker forms"),
        "conclusion-unsaid": _conclusion("unsaid-open", "most favourable"),
        "conclusion-waiting-most": _conclusion("waiting-alone", "most favourable"),
        "conclusion-waiting-least": _conclusion("waiting-alone", "least favourable"),
        "conclusion-every": _conclusion("every-part"),
        **_variant_counts(),
    }


def _variant_counts() -> dict[str, str]:
    table = conclusions()
    table = table[table["readings"] == "worded"]
    worded = {side: Counter(part["state"]) for side, part in table.groupby("side")}
    prefixes = {"": SIDES[judged.ARTICLE], "talks-": SIDES[judged.TALKS]}
    return {
        f"{prefix}variants-{state}": count(worded[side][state])
        for prefix, side in prefixes.items()
        for state in PART_WORDS.values()
    }


def _talks() -> dict[str, str]:
    lines = judged.edges(judged.TALKS)
    carried = lines[lines["part_kind"] == "counterclaim"]
    after = counterclaims.table().loc[carried["part"], "after_article"]
    return {
        "talks-carrying": count(len(carried)),
        "talks-statements": count(len(counterclaims.table())),
        "talks-after": count(int(after.sum())),
        "talks-conclusion": _talks_conclusion(),
        "talks-most": _talks_conclusion(reading="most favourable"),
        "talks-least": _talks_conclusion(reading="least favourable"),
        "talks-every": _talks_conclusion("every-part"),
        "talks-either": _talks_conclusion("either-ground"),
        "talks-one-voice-most": _talks_conclusion("one-voice", "most favourable"),
        "talks-unsaid": _talks_conclusion("unsaid-open", "most favourable"),
        "talks-deal": _talks_conclusion("deal-alone"),
        "talks-waiting": _talks_conclusion("waiting-alone"),
    }


def _talks_conclusion(variant: str = judged.DECLARED, reading: ReadingSet = "primary") -> str:
    return PART_WORDS[_states(variant, reading, judged.TALKS)[judged.TOP[judged.TALKS]]]


def _error_counts() -> dict[str, str]:
    found = errors()
    cuts = Counter(found["cuts"])
    of_carrying = Counter(found[found["carries"]]["cuts"])
    return {
        "errors": count(len(found)),
        **{f"errors-{way}": count(cuts[way]) for way in ("helps", "hurts", "neutral")},
        "errors-carrying": count(int(found["carries"].sum())),
        "errors-carrying-hurts": count(of_carrying["hurts"]),
        "errors-carrying-helps": count(of_carrying["helps"]),
        "errors-carrying-helps-verb": "helps" if of_carrying["helps"] == 1 else "help",
    }


def _world() -> dict[str, str]:
    gain = three_endings.window_gain_km2()
    rounds = three_endings.talks_after()
    return {
        "window-gain": signed_area(gain),
        "demanded": area(talks.demanded_km2()),
        "talks-began": day(rounds["date"].iloc[0]),
        "last-map": day(claims.data_cut_off()),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_structure(), _premises(), _talks(), _error_counts(), _world())
    return {name: text for part in parts for name, text in part.items()}


# Figure texts -----------------------------------------------------------------------------


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def steps() -> dict[str, list[str]]:
    """Return the labels of the two sliders of the map."""
    return {
        "readings": [SAID[reading] for reading in READING_SETS],
        "structure": list(judged.variants()["label"]),
    }


def _map() -> dict[str, Any]:
    s = strings()
    states = ", ".join(
        f"{row['name']} {row['worded']}"
        for row in map_table().assign(name=lambda t: t["label"]).to_dict("records")
        if row["kind"] in {"premise", "inference"}
    )
    return {
        "title": f"As worded, the conclusion is {_said_of(s['conclusion'])}: one ground "
        "is blocked, one is open",
        "subtitle": "What rests on what; broken lines are this book’s reading",
        "source": f"Source: {MAP_SOURCE}",
        "note": "Blocked means not carried by these premises; it does not mean false.",
        "alt": (
            f"A map of {s['premises']} premises and {s['unsaid']} unsaid steps that lead by way of "
            f"the grounds, waiting is worth it and talks lead nowhere, to the conclusion, which "
            f"is {_said_of(s['conclusion'])}. As worded: {states}."
        ),
        "caption": "Each name leads to what the part rests on. "
        f"{count(len(steps())).capitalize()} controls change the readings "
        "and the way the parts are joined; the broken lines are ours, the full ones rest on a "
        "sentence of the article.",
        "claims": ["thesis", "time-ukraine-has", *carrying()["claim"]],
        "columns": {
            "node": "Part",
            "says": "Says",
            "rule": "Rests on",
            "rests": "These",
            **{short: SAID[reading] for reading, short in SHORT.items()},
        },
        "every_columns": {
            "structure": "Structure",
            "readings": "Readings",
            "part": "Part",
            "state": "State",
        },
    }


def _said_of(state: str) -> str:
    return "left open" if state == "open" else state


def _matrix() -> dict[str, Any]:
    s = strings()
    found = Counter(carrying()["state"])
    return {
        "title": f"{s['carrying'].capitalize()} claims carry the premises, and "
        f"{count(found[NO_VERDICT])} of them get no verdict word",
        "subtitle": "Claims that the premises rest on, with the verdict as worded",
        "source": f"Source: {MAP_SOURCE}",
        "alt": (
            f"A grid of {s['carrying']} claims by premise P1 to P8. As worded "
            f"{count(found['stands'])} stand, {count(found['falls'])} fall, "
            f"{count(found['open'])} are open and {count(found[NO_VERDICT])} get no verdict word; "
            f"those without are at P6, P7 and P8."
        ),
        "caption": "A row with one mark: no claim carries more than one premise. P5 needs one of "
        f"its {count(int(carrying()['premise'].eq('P5').sum()))} claims, P6 either of its pairs.",
        "claims": list(carrying()["claim"]),
        "columns": {
            "claim": "Claim",
            "premise": "Premise carried",
            "ledger": "Premise in the list",
            "verdict": "Verdict",
        },
    }


def _readings() -> dict[str, Any]:
    s = strings()
    blocked = [
        "none" if s[name] == "no" else s[name]
        for name in ("premises-worded-falls", "premises-most-falls", "premises-least-falls")
    ]
    return {
        "title": f"As worded {s['premises-worded-falls']} premises are blocked; in the most "
        f"favourable reading {_none(s['premises-most-falls'])}",
        "subtitle": "Claims that carry each premise, by state; one mark a claim",
        "source": f"Source: {MAP_SOURCE}",
        "note": "No reading gives a word to a claim that has none.",
        "alt": (
            f"A panel of marks by premise for each set of readings. Of {s['premises']} premises "
            f"{s['premises-worded-stands']} are carried as worded, "
            f"{s['premises-most-stands']} in the most favourable readings and "
            f"{s['premises-least-stands']} in the least; blocked are "
            f"{blocked[0]}, {blocked[1]} and {blocked[2]}."
        ),
        "caption": "Marks change shape from panel to panel where a reading turns a claim.",
        "claims": ["zelensky-no-talks", "putin-said-nothing", "predictions-wrong", "fleet-third"],
        "columns": {
            "readings": "Readings",
            "premise": "Premise",
            "claim": "Claim",
            "word": "State",
        },
    }


def _none(text: str) -> str:
    return "none" if text == "no" else f"still {text}"


def _cuts() -> dict[str, Any]:
    s = strings()
    dots = cut_dots()
    blocked = sorted(set(dots.loc[dots["state"] == "blocked", "premise"]))
    return {
        "title": f"If either ground is enough, no fewer than {s['cut-smallest']} premises must "
        "fail together",
        "subtitle": "Smallest sets of premises whose failing blocks the conclusion, one a row",
        "source": f"Source: {MAP_SOURCE}",
        "note": f"Unsaid steps granted. {OUR_READING}",
        "alt": (
            f"Grids of dots, sets by premises. Either ground enough: {s['cut-sets']} sets, "
            f"each with P2 and P7. Both grounds needed: {s['cut-sets-both']} sets, "
            f"{s['cut-singles-both']} of them a single premise. Blocked as worded are "
            f"{', '.join(blocked)}."
        ),
        "caption": "Shape and colour say how each premise fares as worded; where a whole row is "
        "blocked, the conclusion is.",
        "claims": ["thesis", "bargaining-power", "zelensky-no-talks", "putin-said-nothing"],
        "columns": {
            "rule": "How the grounds are joined",
            "set": "Set",
            "premise": "Premise",
            "state": "As worded",
        },
    }


def _variants() -> dict[str, Any]:
    s = strings()
    return {
        "title": "How the parts are joined decides as much as whether they stand, on either side",
        "subtitle": "Both conclusions in each variant of their structure, by set of readings",
        "source": f"Sources: {MAP_SOURCE}; {CAMP_SOURCE}",
        "alt": (
            f"A grid for each side, of {s['variants']} variants by "
            f"{count(len(READING_SETS))} sets of readings. As worded the "
            f"conclusion for waiting is carried in {s['variants-carried']}, open in "
            f"{s['variants-open']} and blocked in {s['variants-blocked']}; that for talks is "
            f"carried in {s['talks-variants-carried']}, open in {s['talks-variants-open']} and "
            f"blocked in {s['talks-variants-blocked']}."
        ),
        "caption": f"Each row is another way to read the same argument; the table has the "
        f"reasons. {COLUMNS}",
        "claims": ["thesis", "time-ukraine-has", "camp-assumes-putin"],
        "columns": {
            "side": "Side",
            "variant": "Variant",
            "readings": "Readings",
            "state": "Conclusion",
            "reason": "Why one might read it so",
        },
    }


def _errors() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Of {s['errors']} corrections {s['errors-hurts']} hurt the argument, "
        f"{s['errors-helps']} help it and {s['errors-neutral']} cut neither way",
        "subtitle": "Claims with an error, by what correcting it does to the article’s argument",
        "source": f"Source: {MAP_SOURCE}",
        "note": "An error of weight and one of none are a mark each.",
        "alt": (
            f"A panel of marks by premise for each way to cut. Correcting hurts the argument in "
            f"{s['errors-hurts']} claims, cuts neither way in {s['errors-neutral']} and helps it "
            f"in {s['errors-helps']}. {s['errors-carrying'].capitalize()} of all {s['errors']} "
            "carry a premise."
        ),
        "caption": "Filled marks are claims that carry a premise, hollow ones examples and "
        "details.",
        "claims": list(errors()["claim"]),
        "columns": {
            "premise": "Premise in the list",
            "claim": "Claim",
            "error": "Kind of error",
            "way": "Correcting it",
            "carries": "Carries a premise",
        },
    }


def _sides() -> dict[str, Any]:
    s = strings()
    return {
        "title": "As worded neither argument is carried, and neither is blocked",
        "subtitle": f"Parts of both arguments under {count(len(READING_SETS))} sets of readings",
        "source": f"Sources: {MAP_SOURCE}; {CAMP_SOURCE}",
        "note": "The argument for talks is put together from several authors; none of them made "
        "it whole.",
        "alt": (
            f"Panels of one size. The case for waiting ends {_said_of(s['conclusion'])} as "
            f"worded and {_said_of(s['conclusion-weaker'])} with weaker forms; the case for talks "
            f"ends {_said_of(s['talks-conclusion'])} as worded and "
            f"{_said_of(s['talks-most'])} in the most favourable readings."
        ),
        "caption": "Granted steps are those that each side takes and does not show: what waiting "
        f"costs, what a deal costs, whether it is kept. {COLUMNS}",
        "claims": ["thesis", "camp-beliefs", "camp-assumes-putin"],
        "columns": {
            "side": "Side",
            "part": "Part",
            "says": "Says",
            "readings": "Readings",
            "state": "State",
        },
    }


_FIGURES = {
    "argument-map": _map,
    "argument-carrying": _matrix,
    "argument-readings": _readings,
    "argument-cuts": _cuts,
    "argument-variants": _variants,
    "argument-errors": _errors,
    "argument-sides": _sides,
}
