"""Made-up assessments of real claims: every kind of verdict, for tests of cards and pages.

The numbers are invented; the claims, hedges, rules and evidence ids are the book's own.
"""

from __future__ import annotations

from analysis import claims, tables
from analysis.claims import Assessment, ClaimRecord, Finding, Value
from analysis.readings import Reading, Robustness


def evidence_ids(count: int) -> tuple[str, ...]:
    """Return the first evidence rows that were published with an address."""
    rows = tables.read("evidence")
    rows = rows[rows["published"].notna() & rows["url"].str.startswith("https://")]
    return tuple(rows["id"].head(count))


def reading(name: str, value: float, **changes: object) -> Reading:
    fields: dict[str, object] = {
        "name": name,
        "levels": {"source": name.split(",")[0], "period": name.split(",")[-1].strip()},
        "value": value,
        "unit": "sq mi",
        "origin_id": name.split(",")[0].lower(),
        "evidence": evidence_ids(1),
        "status": "known then",
    }
    return Reading.model_validate(fields | changes)


def net_188() -> ClaimRecord:
    """Make a figure that does not hold: 9 measured where 188 is printed."""
    readings = [
        reading("Belfer, autumn", 9.0, role="primary", reason="the words name the autumn"),
        reading("ISW, autumn", 8.0, low=3.0, high=23.0),
        reading("War Mapper, autumn and winter", 134.0, status="about then, known later"),
        reading("AFP, autumn", 37.0),
        reading("New York Times, January to September", 188.0, evidence=evidence_ids(2)),
        reading("Russian ministry, autumn", 400.0, role="excluded", reason="a claim without a map"),
    ]
    result = Assessment(
        findings=(claims.figure_finding("net-188", readings),),
        then=Value(value=9.0, unit="sq mi", date="2023-11-21", status="known then"),
        now=Value(value=12.0, low=8.0, high=37.0, unit="sq mi", date="2026-08", status="now"),
        reason="The number is the count for January to September 2023, not for the autumn.",
        error_type="period",
        correction_direction="helps",
        would_change="a series that shows a net gain of that size between September and December",
    )
    return claims.record("net-188", result)


def regained_half() -> ClaimRecord:
    """Make a figure that is contested: equal primary sources stand on both sides."""
    base = {"unit": "share", "evidence": evidence_ids(1)}
    readings = [
        reading("ISW, gross", 0.63, role="primary", reason="the usual definition", **base),
        reading("Commander, gross", 0.40, role="primary", reason="equal standing", **base),
        reading("War Mapper, net", 0.47, **base),
    ]
    result = Assessment(
        findings=(claims.figure_finding("regained-half", readings),),
        reason="Sources of equal standing put the share on both sides of a half.",
        correction_direction="hurts",
        would_change="one definition of lost ground that all trackers share",
    )
    return claims.record("regained-half", result)


def expelled_2022() -> ClaimRecord:
    """Make an event of three propositions, the weakest of which decides."""
    words = {"north": "holds", "northeast": "roughly holds", "right-bank": "holds"}
    parts = claims.components("expelled-2022")
    findings = tuple(
        Finding(
            component=name,
            proposition=str(parts.loc[name, "proposition"]),
            verdict=word,
            evidence_for=evidence_ids(2),
        )
        for name, word in words.items()
    )
    result = Assessment(
        findings=findings,
        reason="Russian forces left the north and the right bank, and nearly all of the northeast.",
        would_change="a map that shows them there at the end of the year",
    )
    return claims.record("expelled-2022", result)


def simple(claim_id: str, verdict: str, **changes: object) -> ClaimRecord:
    """Make one proposition with a verdict and evidence on both sides."""
    fields: dict[str, object] = {
        "findings": (
            Finding(
                proposition=str(claims.table().loc[claim_id, "says"]),
                verdict=verdict,
                evidence_for=evidence_ids(3)[1:],
                evidence_against=evidence_ids(1),
                robustness=Robustness(word="robust") if verdict == "holds" else None,
            ),
        ),
        "reason": "This sentence is made up for a test of the page and says nothing of the war.",
        "would_change": "a dated, public report to the contrary",
    }
    return claims.record(claim_id, Assessment.model_validate(fields | changes))


def records() -> dict[str, ClaimRecord]:
    """One claim at least of each group of verdicts, by id."""
    made = [
        net_188(),
        regained_half(),
        expelled_2022(),
        simple("counteroffensive-failed", "holds"),
        simple("no-collapse", "not refuted", weaker_form="the weaker form stands as well"),
        simple("shells-doubled", "cannot be checked"),
        simple("us-wont-force", "came true"),
        simple("aid-into-2025", "in part"),
        simple("deliveries-unfinished", "failed", correction_direction="hurts"),
        simple("biden-team-nothing", "refuted as worded", correction_direction="hurts"),
        simple("leverage-follows", "not tested"),
        simple("shortage-explains", "the data cannot tell"),
        simple("bargaining-power", "no verdict word"),
    ]
    return {record.id: record for record in made if record is not None}
