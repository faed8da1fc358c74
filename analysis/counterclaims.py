"""Statements of those who called for talks, assessed by the rules that judge the article.

Add a statement: one row in ``data/counterclaims.csv``, one function in ``analysis/camp/``, one
sentence in the chapter.  Scales, words, readings and records are those of `analysis.claims`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pandas as pd

from analysis import camp, claims, readings, tables, verdicts
from analysis.cited import sources
from analysis.claims import Assessment, CounterclaimRecord, Finding
from analysis.hedges import critical_tolerance
from analysis.readings import Reading

HOME_CHAPTER = "the-other-camp"

AssessmentFunction = Callable[[], Assessment]
_REGISTRY: dict[str, AssessmentFunction] = {}


def table() -> pd.DataFrame:
    """Return the statements, indexed by id, in the order of time."""
    return tables.read("counterclaims").sort_values("order").set_index("id", drop=False)


def considered() -> pd.DataFrame:
    """Return the statements that were considered and left out, in the order of time."""
    return tables.read("counterclaims-considered").sort_values(["date", "id"], ignore_index=True)


def components(counterclaim_id: str) -> pd.DataFrame:
    """Return the propositions of a compound statement; empty for a simple one."""
    parts = tables.read("counterclaim-components")
    return parts[parts["counterclaim_id"] == counterclaim_id].set_index("component", drop=False)


def proposition(counterclaim_id: str, component: str = "") -> str:
    """Return the proposition under test, in the book's words."""
    if component:
        return str(components(counterclaim_id).loc[component, "proposition"])
    return str(table().loc[counterclaim_id, "says"])


def counterclaim(counterclaim_id: str) -> Callable[[AssessmentFunction], AssessmentFunction]:
    """Register the assessment of one statement; an unknown or repeated id is an error."""

    def register(function: AssessmentFunction) -> AssessmentFunction:
        if counterclaim_id not in table().index:
            message = f"{function.__name__}: no row {counterclaim_id!r} in data/counterclaims.csv"
            raise KeyError(message)
        registered = _REGISTRY.get(counterclaim_id)
        if registered is not None and registered.__qualname__ != function.__qualname__:
            message = f"counterclaim {counterclaim_id!r} has two assessments"
            raise ValueError(message)
        _REGISTRY[counterclaim_id] = function
        return function

    return register


def figure_finding(counterclaim_id: str, found: Sequence[Reading]) -> Finding:
    """Judge readings of a figure by the hedge of the statement.

    Parameters
    ----------
    counterclaim_id : str
        Its number and hedge come from the table.
    found : sequence of Reading
        In the unit of that number.
    """
    row = dict(table().loc[counterclaim_id])
    word, number = str(row["hedge"]), float(row["claimed_value"])
    judged = verdicts.judge(found, word, number)
    stretches = [
        critical_tolerance(word, number, item.value) for item in judged if item.role == "primary"
    ]
    tolerance = min((each for each in stretches if each is not None), default=None)
    return Finding(
        proposition=proposition(counterclaim_id),
        verdict=verdicts.figure(judged),
        readings=tuple(judged),
        robustness=readings.robustness(judged),
        critical_tolerance=None if tolerance is None else round(tolerance, 3),
    )


def _load() -> None:
    # One module for each subject; importing it registers its functions.
    for module in pkgutil.iter_modules(camp.__path__):
        importlib.import_module(f"{camp.__name__}.{module.name}")


def function_of(counterclaim_id: str) -> AssessmentFunction | None:
    """Return the function that assesses a statement; None where there is none yet."""
    _load()
    return _REGISTRY.get(counterclaim_id)


@cache
def assess(counterclaim_id: str) -> CounterclaimRecord:
    """Assess one statement by the function registered for it.

    Raises
    ------
    KeyError
        No such statement.
    ValueError
        The verdict is not a word of the statement's scale, or propositions are missing.
    """
    _load()
    row = dict(table().loc[counterclaim_id])
    function = _REGISTRY.get(counterclaim_id)
    return record(row, function() if function else None)


def record(row: dict[str, Any], result: Assessment | None) -> CounterclaimRecord:
    """Join a statement's row with its assessment, and check that the words fit its scale."""
    if result is None:
        return CounterclaimRecord(**_row_fields(row), **claims.UNASSESSED)
    _check_words(row, result)
    judged = [reading for finding in result.findings for reading in finding.readings]
    words = [finding.verdict for finding in result.findings]
    weakest = verdicts.conjunction(words, str(row["scale"]))
    deciding = next(finding for finding in result.findings if finding.verdict == weakest)
    by_role = {
        role: tuple(reading for reading in judged if reading.role == role)
        for role in ("primary", "alternative", "excluded")
    }
    fields = _row_fields(row)
    findings = claims.completed(
        result.findings, row, components(str(row["id"])), said_on=fields["date"]
    )
    return CounterclaimRecord(
        **fields,
        assessed=True,
        verdict=weakest,
        components=findings,
        primary_reading=by_role["primary"],
        other_readings=by_role["alternative"],
        excluded_readings=by_role["excluded"],
        robustness=deciding.robustness.word if deciding.robustness else "",
        critical_tolerance=deciding.critical_tolerance,
        evidence=claims.evidence_of(result),
        root_sources=claims.union_of_roots(findings),
        sources=sources(claims.evidence_of(result)),
        **{name: getattr(result, name) for name in _TAKEN_OVER},
    )


# Fields that a record takes from its assessment as they are.
_TAKEN_OVER = (
    "then",
    "now",
    "error_type",
    "correction_direction",
    "reason",
    "would_change",
    "weaker_form",
)


def _row_fields(row: dict[str, Any]) -> dict[str, Any]:
    same = (
        "id", "author", "role", "outlet", "title", "date_precision", "url", "full_text_read",
        "translated", "premise_id", "premise", "scale", "says", "hedge", "test", "note",
    )  # fmt: skip
    said_on = str(row["date"].date())
    return {
        **{name: row[name] for name in same},
        "date": said_on,
        "after_article": bool(row["after_article"]),
        "home_chapter": HOME_CHAPTER,
        "quotation": row["quote"],
        "quotation_language": row["quote_language"],
        "printed": claims.printed_value(row, said_on),
        "address": address(row["id"]),
    }


def _check_words(row: dict[str, Any], result: Assessment) -> None:
    words = verdicts.WORDS[str(row["scale"])]
    wrong = [f.verdict for f in result.findings if f.verdict not in words]
    if wrong:
        message = f"counterclaim {row['id']!r}: {wrong} are not words of {row['scale']!r}"
        raise ValueError(message)
    named = {finding.component for finding in result.findings}
    expected = set(components(str(row["id"])).index) or {""}
    if named != expected:
        message = (
            f"counterclaim {row['id']!r}: findings for {sorted(named)}, not {sorted(expected)}"
        )
        raise ValueError(message)


def address(counterclaim_id: str) -> str:
    """Return where the statement's card is, as a path in the site with its anchor."""
    page = claims.chapter_page(HOME_CHAPTER) or "pages/ledger"
    return f"{page}.html#counterclaim-{counterclaim_id}"


def assess_all() -> tuple[CounterclaimRecord, ...]:
    """Assess every statement, in the order of time; unassessed ones are there and say so."""
    return tuple(assess(counterclaim_id) for counterclaim_id in table().index)


def status_at(found: Sequence[str], counterclaim_id: str) -> bool:
    """Tell whether all these evidence rows were public on the day of a statement.

    A row without a day of publication never counts.
    """
    rows = tables.read("evidence").set_index("id").loc[list(found)]
    said = table().loc[counterclaim_id, "date"]
    return bool((rows["published"].notna() & (rows["published"] <= said)).all())


def sensitivity_frame() -> pd.DataFrame:
    """Return verdict, what would change it and how each statement was read, by statement."""
    how = {"yes": "in full", "excerpt": "in part", "relay": "as quoted by others"}
    rows = [
        {
            "statement": record.id,
            "verdict": record.verdict,
            "what would change it": record.would_change,
            "words read": how[record.full_text_read],
        }
        for record in assess_all()
    ]
    return pd.DataFrame(rows).set_index("statement")
