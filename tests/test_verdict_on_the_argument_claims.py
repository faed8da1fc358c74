"""The argument map of the book: complete, worked out by hand, and fair in form."""

from __future__ import annotations

import re

import pytest

from analysis import argument, claims, counterclaims, tables, verdicts
from analysis.assessments import verdict_on_the_argument as judged
from analysis.book import citations
from analysis.paths import CHAPTERS
from analysis.wording import verdict_on_the_argument as words

TEXT = (CHAPTERS / "14-verdict-on-the-argument.md").read_text(encoding="utf-8")


# Data ---------------------------------------------------------------------------------------


def test_every_claim_has_a_role():
    """The conclusion is among them; a claim added to the list must be given one."""
    roles = tables.read(judged.ROLES).set_index("claim_id")
    assert set(roles.index) == set(claims.table().index)
    assert set(roles["node"]) <= set(judged.nodes().index)


def test_roles_and_map_agree_on_what_carries():
    """A claim carries by its role exactly if a line of the map ends in it."""
    roles = tables.read(judged.ROLES).set_index("claim_id")["role"]
    assert set(roles.index[roles == "carries"]) == set(judged.judged())


def test_lines_name_sentences_that_there_are():
    """A line that the article draws names the claim whose sentence draws it."""
    lines = tables.read(judged.MAP)
    assert set(lines["joined_by"]) - {""} <= set(claims.table().index)
    assert (lines.loc[lines["words_of"] == "article", "joined_by"] != "").all()


def test_parts_that_carry_are_claims_and_statements():
    """Each line to a claim ends in one of the list, each to a statement in one of the camp."""
    lines = tables.read(judged.MAP)
    ends = lines.groupby("part_kind")["part"].agg(set)
    assert ends["claim"] <= set(claims.table().index)
    assert ends["counterclaim"] <= set(counterclaims.table().index)


def test_premises_are_those_of_the_list():
    """P1 to P8, each once."""
    rows = judged.nodes()
    premises = rows[rows["kind"] == "premise"]["premise_id"]
    assert sorted(premises) == sorted(set(claims.table()["premise_id"]) - {"C"})


def test_a_weaker_form_serves_only_where_it_stands():
    """The card of the claim says that it stands; else the mark would be a wish."""
    lines = tables.read(judged.MAP)
    for name in lines.loc[lines["weaker_form"] == "serves", "part"]:
        record = claims.assess(name)
        assert record.verdict == "refuted as worded"
        assert re.search(r"\bstands\b", record.weaker_form)


def test_two_outcomes_give_the_verdict_of_the_home_chapter():
    """The rule for two outcomes that disagree, applied again."""
    for name in judged._OUTCOMES:
        found = claims.assess if name in claims.table().index else counterclaims.assess
        verdict = found(name).verdict
        literal, charitable = judged.outcomes(name, verdict)
        assert verdicts.forecast(literal, charitable) == verdict


# The conclusion by hand ------------------------------------------------------------------------


def test_smallest_sets_by_hand():
    """Waiting is blocked by P1, P4, P6 or P8, or by P3 with P5; no taker by P2 with P7.

    With either ground enough one of the first five goes with P2 and P7; with both needed each
    of the six is a set of its own.
    """
    waiting = [{"P1"}, {"P4"}, {"P6"}, {"P8"}, {"P3", "P5"}]
    either = {frozenset(one | {"P2", "P7"}) for one in waiting}
    assert set(judged.cuts()) == either
    both = {frozenset(one) for one in [*waiting, {"P2", "P7"}]}
    assert set(judged.cuts("both-grounds")) == both


def test_number_of_smallest_sets_of_claims_by_hand():
    """Waiting: P8 three, P1 one, P4 two, P6 two by two, P3 with all of P5 one, the step one: 12.

    No taker: three of P2 by two of P7, and the step: 7.  Together 84; without the two unsaid
    steps, which are no claims, 11 by 6.
    """
    gates, _ = judged.put_together()
    assert len(argument.cut_sets(gates, "A")) == 12
    assert len(argument.cut_sets(gates, "F")) == 7
    assert len(argument.cut_sets(gates, "C")) == 84
    assert len(words.claim_cuts()) == 66
    assert all(one <= set(judged.judged()) for one in words.claim_cuts())


def test_conclusion_by_hand():
    """As worded P2 falls with Kyiv and P7 with Putin's words, so the second ground is blocked.

    The first rests on P8, whose three claims have no word or are open, so it is open; either
    ground enough gives open, both needed gives blocked.
    """
    assert claims.assess("zelensky-no-talks").verdict == "refuted as worded"
    assert claims.assess("putin-said-nothing").verdict == "refuted as worded"
    found = judged.evaluated("primary")
    assert [found[name] for name in ("P2", "P7", "F")] == ["falls"] * 3
    assert [found[name] for name in ("P8", "A", "C")] == ["open"] * 3
    assert judged.evaluated("primary", "both-grounds")["C"] == "falls"


def test_weaker_forms_carry_the_conclusion_through_the_second_ground_alone():
    """P2 stands with Kyiv's weaker form; the first ground does not move."""
    found = judged.evaluated("weaker forms")
    assert [found[name] for name in ("P2", "F", "C")] == ["stands"] * 3
    assert found["A"] == "open"


def test_the_first_ground_is_open_under_every_reading():
    """Claims without a verdict word are in it, and none of its needed parts falls."""
    for name in argument.READING_SETS:
        assert judged.evaluated(name)["A"] == "open"
        assert judged.evaluated(name, "waiting-alone")["C"] == "open"


def test_unsaid_steps_left_open_leave_the_conclusion_open_at_best():
    """Each ground needs one, and an open part of "all" never stands."""
    assert judged.evaluated("most favourable", "unsaid-open")["C"] == "open"


def test_statements_without_a_word_are_open_everywhere():
    """Four of the carrying claims are of that scale."""
    names = judged.without_verdict()
    assert set(names) == {
        "wait-for-information",
        "budget-means-war",
        "bargaining-power",
        "endings-consistent",
    }
    for reading in argument.READING_SETS:
        states = judged.leaf_states(reading)
        assert {states[name] for name in names} == {"open"}


def test_the_order_of_reading_sets_holds_in_every_variant():
    """Nothing is negated, so no part fares better as worded than at its most favourable."""
    order = ["falls", "open", "stands"]
    for whose in (judged.ARTICLE, judged.TALKS):
        for variant in judged.variants(whose)["variant"]:
            sets = [judged.evaluated(name, variant, whose) for name in argument.READING_SETS]
            primary, weaker, most, least = sets
            for node in primary:
                ranks = [order.index(found[node]) for found in (least, primary, weaker, most)]
                assert ranks == sorted(ranks), (variant, node)


def test_no_variant_but_the_declared():
    """A misspelt variant must not pass for the declared structure."""
    with pytest.raises(KeyError, match="as-declared"):
        judged.put_together("as-declred")


def test_the_conclusion_has_no_verdict():
    """Advice: evidence on both sides, and what would change this."""
    record = claims.assess("thesis")
    assert record.verdict == verdicts.NO_VERDICT
    finding = record.components[0]
    assert min(len(finding.evidence_for), len(finding.evidence_against)) >= 3
    assert not set(finding.evidence_for) & set(finding.evidence_against)


def test_an_unassessed_claim_leaves_its_premise_open():
    """The word of a claim nobody has assessed yet is no verdict for or against."""
    assert argument.state_of(verdicts.NOT_ASSESSED) == "open"


def talks(reading: str = "primary", variant: str = judged.DECLARED) -> dict[str, str]:
    return judged.evaluated(reading, variant, judged.TALKS)


def test_talks_are_open_by_the_same_logic():
    """That a deal can be had needs a claim of which the data cannot tell, so it is open."""
    assert (
        counterclaims.assess("charap-priebe-2023-01-washington-steps").verdict
        == "the data cannot tell"
    )
    for name in argument.READING_SETS:
        assert talks(name)["G"] == talks(name)["Y"] == "open"
    # With every part needed the failed statement on the best of all deals blocks it.
    assert counterclaims.assess("mearsheimer-2024-06-best-deal").verdict == "failed"
    assert talks("primary", "every-part")["G"] == "falls"


def test_the_loss_by_waiting_is_carried_and_so_are_variants_that_need_no_more():
    """No victory came, things got worse, and the price is granted: three "stands" of "all"."""
    assert counterclaims.assess("charap-2023-06-no-decisive-victory").verdict == "came true"
    assert counterclaims.assess("pope-francis-2024-03-before-worse").verdict == "came true"
    assert talks()["X"] == "stands"
    for variant in ("either-ground", "waiting-alone", "one-voice"):
        assert talks("primary", variant)["G"] == "stands"
    # With the price tested and not granted it hangs on a statement that depends on the reading.
    assert talks("primary", "price-tested")["V1"] == talks("primary", "price-tested")["X"] == "open"


def test_both_arguments_have_as_many_variants():
    """A conclusion that is read in ten ways has more chances than one that is read in two."""
    sizes = {whose: len(judged.variants(whose)) for whose in (judged.ARTICLE, judged.TALKS)}
    assert len(set(sizes.values())) == 1
    shared = set(judged.variants()["variant"]) & set(judged.variants(judged.TALKS)["variant"])
    assert shared == {"as-declared", "unsaid-open", "waiting-alone", "every-part"}
    for whose in sizes:
        assert (
            judged.evaluated("most favourable", "unsaid-open", whose)[judged.TOP[whose]] == "open"
        )


def test_talks_are_the_reverse_of_the_article_s_form():
    """Not (A or F) is (not A) and (not F): where either ground is enough to wait, two are needed.

    With each leaf of one argument turned round the two conclusions exclude one another; here
    the joins alone are compared.
    """
    assert judged.structure()["C"].rule == "any"
    assert judged.structure(judged.TALKS)["G"].rule == "all"
    assert len(judged.structure()["C"].parts) == len(judged.structure(judged.TALKS)["G"].parts) == 2


def test_every_part_needed_leaves_no_choice():
    """In that variant every gate of either argument that has more than one part needs them all."""
    for whose in (judged.ARTICLE, judged.TALKS):
        gates, _ = judged.put_together("every-part", whose)
        below = argument.leaves(gates, judged.TOP[whose])
        assert below
        assert {gate.rule for gate in gates.values() if len(gate.parts) > 1} == {"all"}


def test_sources_of_the_map_are_the_book_s_own():
    """The map is a reading of the article by this book, and no newspaper has published it."""
    for name in (judged.MAP, judged.NODES, judged.VARIANTS, judged.ROLES):
        assert citations.find(name).publisher == "Position of Strength"


# The chapter ---------------------------------------------------------------------------------


def cases() -> dict[str, list[str]]:
    """Return the sentences of the two cases."""
    blocks = re.findall(r":::\{grid-item\}\n\*\*(.+?)\*\*\n(.+?)\n:::", TEXT, flags=re.S)
    return {title: body.splitlines() for title, body in blocks}


def test_both_cases_are_of_one_length():
    """As many sentences, and words within one in ten; references do not count."""
    waiting, talks = cases().values()
    assert len(waiting) == len(talks) == 12
    counted = [
        sum(len(re.sub(r"\([^()]*(\([^()]*\))?[^()]*\)\.$", "", line).split()) for line in case)
        for case in (waiting, talks)
    ]
    assert max(counted) <= 1.1 * min(counted), counted


def test_each_sentence_of_a_case_rests_on_something():
    """A claim, a statement of the camp, an evidence row, or a chapter that exists."""
    known = (
        set(claims.table().index)
        | set(counterclaims.table().index)
        | set(tables.read("evidence")["id"])
    )
    for lines in cases().values():
        for line in lines:
            names = re.findall(r"`([\w-]+)`", line.replace("{glue:text}`", "{`{"))
            names = [name for name in names if name not in words.strings()]
            pages = re.findall(r"\]\(([\w-]+\.md)\)", line)
            assert names or pages, line
            assert set(names) <= known, line
            assert all((CHAPTERS / page).exists() for page in pages), line


def test_titles_that_state_a_finding_are_still_true():
    """Words in titles that no number fills: they follow from these states."""
    found = judged.evaluated("primary")
    assert (found["F"], found["A"]) == ("falls", "open")
    assert {found["C"], talks()["G"]} == {"open"}


def test_premises_move_as_the_text_says():
    """P1 stands under all sets, P5 under all but the least favourable; P4, P6 and P8 are open.

    The others turn; P7 cannot be carried: one of its two claims has no verdict word.
    """
    moves = {
        name: [judged.evaluated(reading)[name] for reading in argument.READING_SETS]
        for name in judged.nodes().index
        if name.startswith("P")
    }
    assert moves["P1"] == ["stands"] * 4
    assert moves["P5"] == ["stands", "stands", "stands", "open"]
    assert moves["P4"] == moves["P6"] == moves["P8"] == ["open"] * 4
    assert moves["P2"] == moves["P3"] == ["falls", "stands", "stands", "falls"]
    assert moves["P7"] == ["falls", "open", "open", "falls"]


def test_shortest_ways_to_carry_the_conclusion_as_the_text_says():
    """Kyiv's sentence alone; by the first ground five, three of them without a verdict word.

    The five are P8's three, what the gains owe to, and seeing first (deliveries stand already).
    """
    found = words.carry_sets()
    assert found[0] == {"zelensky-no-talks"}
    first = words.shortest_by_the_first_ground()
    assert first == {
        "bargaining-power",
        "endings-consistent",
        "eighteen-months",
        "shortage-explains",
        "wait-for-information",
    }
    assert len(first & set(judged.without_verdict())) == 3


def test_errors_are_all_on_the_chart_or_in_its_table():
    """Every claim whose record names an error is counted once."""
    named = [record.id for record in words.ledger() if record.error_type != "none"]
    assert sorted(words.errors()["claim"]) == sorted(named)


def test_every_claim_beside_the_conclusion_is_counted_in_words():
    """The numbers in the table of premises add up to the claims that are at home in one.

    Beside the conclusion three claims belong to it and one names an inference.
    """
    cells = words.premises_in_words().to_numpy().ravel()
    counted = sum(int(number) for cell in cells for number in re.findall(r"\d+", cell))
    roles = tables.read(judged.ROLES).set_index("claim_id")
    elsewhere = set(roles.index[roles["node"].isin(["C", "T"])])
    assert counted == len(roles) - len(elsewhere)


def part_lines() -> dict[str, str]:
    """Return the chapter's line on each part, by the part's anchor."""
    found = re.findall(r"^\(part-(\w+)\)=\n(\*\*.+)$", TEXT, flags=re.M)
    return dict(found)


def test_each_part_of_the_map_has_its_line():
    """Drawn parts are links to these lines; groups are named in the line of their premise."""
    nodes = judged.nodes()
    assert set(part_lines()) == {node.lower() for node in nodes.index}
    drawn = {row["to"] for row in words.map_nodes().to_dict("records")}
    assert drawn <= {f"#part-{name}" for name in part_lines()}
    assert len(drawn) == len(words.drawn())


@pytest.mark.parametrize("node", list(judged.nodes().index))
def test_a_line_names_what_the_part_rests_on(node):
    """Rule and parts of each line are those of the map's tables, none more and none fewer."""
    line = part_lines()[node.lower()]
    row = judged.nodes().loc[node]
    assert line.startswith(f"**{words._titled(row)}**")
    if row["kind"] == "warrant":
        assert str(row["says"]) in line
        return
    gate = judged.structure()[node]
    head, rests = re.split(r"rests on (?:all|one) of: ", line)
    assert f"rests on {'all' if gate.rule == 'all' else 'one'} of:" in line
    named = re.findall(r"`([\w-]+)`", rests)
    linked = [name.upper() for name in re.findall(r"\(#part-(\w+)\)", rests)]
    assert sorted([*named, *linked]) == sorted(gate.parts)
    assert f"`{row['claim_id']}`" in head or not row["claim_id"]


def test_every_setting_of_the_map_is_in_its_table():
    """Sixteen drawn parts, ten variants, four sets of readings."""
    table = words.map_settings()
    assert len(table) == 16 * 10 * 4
    assert not table.duplicated(["structure", "readings", "part"]).any()


def test_all_errors_are_drawn():
    """The three panels hold every claim with an error, those that cut neither way as well."""
    found = words.errors()
    assert set(found["way"]) == set(words.CUTS.values())
    assert found["way"].notna().all()


@pytest.mark.parametrize("word", ["flatter", "tends to", "fair mirror"])
def test_no_motive_is_read_into_the_errors(word):
    """Which way a correction cuts is counted; why an author erred is not."""
    titles = " ".join(words.figure_texts(name)["title"] for name in words._FIGURES)
    assert word not in TEXT + titles


def test_the_lead_says_that_unsaid_steps_are_granted():
    """Carried with the weaker forms holds only so; left open it is open at best."""
    lead = TEXT.split("## What the article says")[0]
    assert "grants {glue:text}`unsaid` steps" in lead
    assert "`conclusion-unsaid` even at best" in lead
    assert judged.evaluated("weaker forms", "unsaid-open")["C"] == "open"
