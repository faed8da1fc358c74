"""Claims and their assessments: one registered function for each claim.

Add a claim: one row in ``data/claims.csv``, one function in ``analysis/assessments/``,
one sentence in its home chapter.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from analysis import assessments, readings, roots, tables, verdicts
from analysis.cited import Source, sources
from analysis.hedges import critical_tolerance
from analysis.paths import CHAPTERS
from analysis.readings import Reading, Robustness, Steady

# The article's date: what was published by then was known then.
ARTICLE_DATE = pd.Timestamp("2024-06-03")
# Eighteen months on: the end of the window the article speaks of.
WINDOW_END = pd.Timestamp("2025-12-03")

_PRINTED_ON = str(ARTICLE_DATE.date())

ErrorType = Literal[
    "none", "period", "unit", "scope", "attribution", "arithmetic", "definition", "chronology"
]
Direction = Literal["helps", "hurts", "neutral"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Value(_Record):
    """A number or a dated state of things, with its status and evidence."""

    value: Steady | None = None
    low: Steady | None = None
    high: Steady | None = None
    unit: str
    text: str = ""
    date: str = ""
    status: Literal["as printed", "known then", "about then, known later", "now"]
    evidence: tuple[str, ...] = ()


class Finding(_Record):
    """The verdict on one proposition of a claim.

    Attributes
    ----------
    component : str
        Id in the component table; empty when the claim is one proposition.
    proposition : str
    verdict : str
        One of the words of the claim's scale.
    printed : Value or None
        The number that the article prints for this proposition; filled in from the tables.
    root_sources : tuple of str
        Independent origins that it is known from, see `analysis.roots`; filled in likewise.
    readings : tuple of Reading
    robustness : Robustness or None
        None where the scale has no readings.
    critical_tolerance : float or None
        How far the hedge must stretch for the verdict to change, as a share of the
        printed number.
    evidence_for, evidence_against : tuple of str
        Evidence ids beside those of the readings.
    then, now : Value or None
        The same quantity by the article's date and the latest, where a compound claim has a
        pair for each of its propositions.
    """

    component: str = ""
    proposition: str
    verdict: str
    printed: Value | None = None
    root_sources: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    robustness: Robustness | None = None
    critical_tolerance: float | None = None
    evidence_for: tuple[str, ...] = ()
    evidence_against: tuple[str, ...] = ()
    note: str = ""
    then: Value | None = None
    now: Value | None = None


class Assessment(_Record):
    """What an assessment function returns.

    Attributes
    ----------
    findings : tuple of Finding
        One for each proposition; at least one.
    then, now : Value or None
        Known by the article's date (or about then, known later), and the latest.
    reason : str
        One sentence that a reader can check against the readings.
    error_type : str
        What kind of error a failing number makes.
    correction_direction : str
        Whether the corrected statement helps or hurts the article's argument.
    would_change : str
        What would change the verdict.
    weaker_form : str
        For universals: whether the weaker form of the statement stands, and why.
    """

    findings: tuple[Finding, ...] = Field(min_length=1)
    then: Value | None = None
    now: Value | None = None
    reason: str = Field(min_length=20)
    error_type: ErrorType = "none"
    correction_direction: Direction = "neutral"
    would_change: str = Field(min_length=10)
    weaker_form: str = ""

    @model_validator(mode="after")
    def _one_sentence(self) -> Assessment:
        if not self.reason.rstrip().endswith("."):
            message = f"the reason is not a sentence: {self.reason!r}"
            raise ValueError(message)
        return self


class ClaimRecord(_Record):
    """One claim as the published ``claims.json`` carries it."""

    id: str
    section: int
    section_title: str
    home_chapter: str
    premise_id: str
    premise: str
    kind: str
    scale: str
    quotation: str
    says: str
    hedge: str
    test: str
    assessed: bool
    verdict: str
    printed: Value | None
    then: Value | None
    now: Value | None
    components: tuple[Finding, ...]
    primary_reading: tuple[Reading, ...]
    other_readings: tuple[Reading, ...]
    excluded_readings: tuple[Reading, ...]
    robustness: str
    critical_tolerance: float | None
    error_type: ErrorType
    correction_direction: Direction
    reason: str
    would_change: str
    weaker_form: str
    evidence: tuple[str, ...]
    address: str
    # Records stored before there were such fields have none.
    root_sources: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class CounterclaimRecord(_Record):
    """One statement of those who called for talks, tested by the same rules.

    The fields are those of a claim, with who said it where in place of the article's section.
    ``quotation`` is empty where only a text translated back is held; ``premise_id`` is the
    premise of the article that the statement stands against; ``correction_direction`` speaks
    of the article's argument, as everywhere.
    """

    id: str
    author: str
    role: str
    outlet: str
    title: str
    date: str
    date_precision: Literal["day", "month"]
    url: str
    full_text_read: Literal["yes", "excerpt", "relay"]
    translated: Literal["no", "translated", "translated back"]
    after_article: bool
    home_chapter: str
    premise_id: str
    premise: str
    scale: str
    quotation: str
    quotation_language: str
    says: str
    hedge: str
    test: str
    note: str
    assessed: bool
    verdict: str
    printed: Value | None
    then: Value | None
    now: Value | None
    components: tuple[Finding, ...]
    primary_reading: tuple[Reading, ...]
    other_readings: tuple[Reading, ...]
    excluded_readings: tuple[Reading, ...]
    robustness: str
    critical_tolerance: float | None
    error_type: ErrorType
    correction_direction: Direction
    reason: str
    would_change: str
    weaker_form: str
    evidence: tuple[str, ...]
    address: str
    # Records stored before there were such fields have none.
    root_sources: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class ClaimsDocument(_Record):
    """The whole of ``claims.json``."""

    title: str = "Position of Strength: claims"
    article: str = (
        "Rajan Menon, “Now Is Not the Time to Negotiate With Putin”, Foreign Policy, 3 June 2024"
    )
    data_cut_off: str
    version: str
    claims: tuple[ClaimRecord, ...]
    counterclaims: tuple[CounterclaimRecord, ...] = ()


# Modules of chapters that were looked for and are not written yet.  A record that depends on
# one of them has to notice when it appears.
ABSENT: set[str] = set()

AssessmentFunction = Callable[[], Assessment]
_REGISTRY: dict[str, AssessmentFunction] = {}


def assessment(claim_id: str) -> Callable[[AssessmentFunction], AssessmentFunction]:
    """Register the assessment of one claim; an unknown or repeated id is an error."""

    def register(function: AssessmentFunction) -> AssessmentFunction:
        if claim_id not in table().index:
            message = f"{function.__name__}: no claim {claim_id!r} in data/claims.csv"
            raise KeyError(message)
        registered = _REGISTRY.get(claim_id)
        if registered is not None and registered.__qualname__ != function.__qualname__:
            message = f"claim {claim_id!r} has two assessments"
            raise ValueError(message)
        _REGISTRY[claim_id] = function
        return function

    return register


def table() -> pd.DataFrame:
    """Return the claims, indexed by id, in the article's order."""
    return tables.read("claims").sort_values("order").set_index("id", drop=False)


def components(claim_id: str) -> pd.DataFrame:
    """Return the propositions of a compound claim; empty for a simple one."""
    parts = tables.read("claim-components")
    return parts[parts["claim_id"] == claim_id].set_index("component", drop=False)


def figure_finding(
    claim_id: str,
    found: Sequence[Reading],
    *,
    component: str = "",
    printed: float | None = None,
    word: str | None = None,
    note: str = "",
    then: Value | None = None,
    now: Value | None = None,
) -> Finding:
    """Judge readings of a figure by the hedge of the claim (or of its component).

    Parameters
    ----------
    claim_id, component : str
        Which proposition; its printed number and hedge come from the tables.
    found : sequence of Reading
        In the unit of the printed number.
    printed : float, optional
        Where the table's number is not the one to compare (units differ).
    word : str, optional
        Where the word that decides is not in the hedge column, because it is the claim
        itself ("slow", "more or less fully").
    note : str
        One sentence for the card.
    then, now : Value, optional
        The proposition's own pair, where the claim is compound.
    """
    row = _proposition_row(claim_id, component)
    number = float(row["claimed_value"]) if printed is None else printed
    chosen = str(row["hedge"]) if word is None else word
    judged = verdicts.judge(found, chosen, number)
    primary = [reading for reading in judged if reading.role == "primary"]
    # Among equals the one that would turn first decides.
    stretches = [critical_tolerance(chosen, number, item.value) for item in primary]
    tolerance = min((each for each in stretches if each is not None), default=None)
    return Finding(
        component=component,
        proposition=str(row["proposition"] if component else row["says"]),
        verdict=verdicts.figure(judged),
        readings=tuple(judged),
        robustness=readings.robustness(judged),
        critical_tolerance=None if tolerance is None else round(tolerance, 3),
        note=note,
        then=then,
        now=now,
    )


def _proposition_row(claim_id: str, component: str) -> dict[str, Any]:
    rows, key = (components(claim_id), component) if component else (table(), claim_id)
    return dict(rows.loc[key])


def _load() -> None:
    # One module for each home chapter; importing it registers its functions.
    for module in pkgutil.iter_modules(assessments.__path__):
        importlib.import_module(f"{assessments.__name__}.{module.name}")


def function_of(claim_id: str) -> AssessmentFunction | None:
    """Return the function that assesses a claim; None where there is none yet."""
    _load()
    return _REGISTRY.get(claim_id)


@cache
def assess(claim_id: str) -> ClaimRecord:
    """Assess one claim by the function registered for it.

    Raises
    ------
    KeyError
        No such claim.
    ValueError
        The verdict is not a word of the claim's scale, or propositions are missing.
    """
    if claim_id in _TRUSTED:
        return _TRUSTED[claim_id]
    slug = str(table().loc[claim_id, "home_chapter"]).replace("-", "_")
    module = f"{assessments.__name__}.{slug}"
    if importlib.util.find_spec(module):
        importlib.import_module(module)
    else:
        ABSENT.add(module)
    function = _REGISTRY.get(claim_id)
    return record(claim_id, function() if function else None)


def reassess(claim_id: str) -> Assessment:
    """Run the assessment of one claim again, past what is kept of the first time.

    For a reader's own choices; see `analysis.whatif`.

    Raises
    ------
    KeyError
        No such claim.
    ValueError
        It has no assessment.
    """
    assess(claim_id)
    if claim_id not in _REGISTRY:
        # The record was trusted, so that its module has not been imported yet.
        _load()
    function = _REGISTRY.get(claim_id)
    if function is None:
        message = f"the claim {claim_id!r} has no assessment"
        raise ValueError(message)
    return function()


_TRUSTED: dict[str, ClaimRecord] = {}


def trust(stored: Iterable[ClaimRecord]) -> None:
    """Take stored records instead of assessing again.

    For the build alone, after it has proved that the stored records are what their inputs
    give: a page then shows exactly what the notebook comparison checked.
    """
    _TRUSTED.update({record.id: record for record in stored})


def record(claim_id: str, result: Assessment | None) -> ClaimRecord:
    """Join a claim's row with its assessment, and check that the words fit its scale."""
    row = _proposition_row(claim_id, "")
    if result is None:
        return ClaimRecord(**_row_fields(row), **UNASSESSED, address=address(claim_id))
    _check_words(row, result)
    judged = [reading for finding in result.findings for reading in finding.readings]
    parts = [finding.verdict for finding in result.findings]
    robust = [f.robustness.word for f in result.findings if f.robustness]
    weakest = verdicts.conjunction(parts, str(row["scale"]))
    deciding = next(finding for finding in result.findings if finding.verdict == weakest)
    findings = completed(result.findings, row, components(claim_id), said_on=_PRINTED_ON)
    return ClaimRecord(
        **_row_fields(row),
        assessed=True,
        verdict=weakest,
        then=result.then,
        now=result.now,
        components=findings,
        primary_reading=tuple(r for r in judged if r.role == "primary"),
        other_readings=tuple(r for r in judged if r.role == "alternative"),
        excluded_readings=tuple(r for r in judged if r.role == "excluded"),
        robustness=deciding.robustness.word if deciding.robustness else (robust or [""])[0],
        critical_tolerance=deciding.critical_tolerance,
        error_type=result.error_type,
        correction_direction=result.correction_direction,
        reason=result.reason,
        would_change=result.would_change,
        weaker_form=result.weaker_form,
        evidence=evidence_of(result),
        root_sources=union_of_roots(findings),
        sources=sources(evidence_of(result)),
        address=address(claim_id),
    )


def completed(
    findings: Iterable[Finding], row: dict[str, Any], parts: pd.DataFrame, *, said_on: str
) -> tuple[Finding, ...]:
    """Add to findings what the tables know of them: printed number and root sources.

    Parameters
    ----------
    findings : iterable of Finding
    row : dict
        The claim's or statement's own row.
    parts : DataFrame
        Its propositions, by component; empty for a simple one.
    said_on : str
        ISO date of the words.
    """
    return tuple(
        finding.model_copy(
            update={
                "printed": printed_value(
                    dict(parts.loc[finding.component]) if finding.component else row, said_on
                ),
                "root_sources": roots.of(
                    finding.readings, (*finding.evidence_for, *finding.evidence_against)
                ),
            }
        )
        for finding in findings
    )


def union_of_roots(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the root sources of all propositions, each once."""
    return tuple(sorted({name for finding in findings for name in finding.root_sources}))


def printed_value(row: dict[str, Any], said_on: str) -> Value | None:
    """Return the number that a row of claims or propositions prints; None where there is none.

    Parameters
    ----------
    row : dict
        With ``claimed_value`` and ``unit``, if propositions of its table have numbers at all.
    said_on : str
        ISO date of the words.
    """
    number = row.get("claimed_value")
    if number is None or pd.isna(number):
        return None
    return Value(value=float(number), unit=row["unit"], date=said_on, status="as printed")


UNASSESSED: dict[str, Any] = {
    "assessed": False,
    "verdict": verdicts.NOT_ASSESSED,
    "then": None,
    "now": None,
    "components": (),
    "primary_reading": (),
    "other_readings": (),
    "excluded_readings": (),
    "robustness": "",
    "critical_tolerance": None,
    "error_type": "none",
    "correction_direction": "neutral",
    "reason": "",
    "would_change": "",
    "weaker_form": "",
    "evidence": (),
    "root_sources": (),
    "sources": (),
}


def _row_fields(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "section": int(row["section"]),
        "section_title": row["section_title"],
        "home_chapter": row["home_chapter"],
        "premise_id": row["premise_id"],
        "premise": row["premise"],
        "kind": row["kind"],
        "scale": row["scale"],
        "quotation": row["quote"],
        "says": row["says"],
        "hedge": row["hedge"],
        "test": row["test"],
        "printed": printed_value(row, _PRINTED_ON),
    }


def _check_words(row: dict[str, Any], result: Assessment) -> None:
    words = verdicts.WORDS[str(row["scale"])]
    wrong = [f.verdict for f in result.findings if f.verdict not in words]
    if wrong:
        message = f"claim {row['id']!r}: {wrong} are not words of the scale {row['scale']!r}"
        raise ValueError(message)
    named = {finding.component for finding in result.findings}
    expected = set(components(str(row["id"])).index) or {""}
    if named != expected:
        message = f"claim {row['id']!r}: findings for {sorted(named)}; expected {sorted(expected)}"
        raise ValueError(message)


def evidence_of(result: Assessment) -> tuple[str, ...]:
    """Return the ids of all evidence that an assessment names, each once."""
    ids: dict[str, None] = {}
    for finding in result.findings:
        for reading in finding.readings:
            ids |= dict.fromkeys(reading.evidence)
        ids |= dict.fromkeys(finding.evidence_for + finding.evidence_against)
    pairs = [(finding.then, finding.now) for finding in result.findings]
    for value in (value for pair in (*pairs, (result.then, result.now)) for value in pair):
        ids |= dict.fromkeys(value.evidence if value else ())
    return tuple(ids)


@cache
def chapter_page(slug: str) -> str | None:
    """Return the page of a chapter ("chapters/04-land"), or None while it is unwritten."""
    found = sorted(CHAPTERS.glob(f"[0-9][0-9]-{slug}.md"))
    return f"chapters/{found[0].stem}" if found else None


def address(claim_id: str) -> str:
    """Return where the claim's card is, as a path in the site with its anchor."""
    page = chapter_page(str(table().loc[claim_id, "home_chapter"]))
    return f"{page or 'pages/ledger'}.html#claim-{claim_id}"


def assess_all() -> tuple[ClaimRecord, ...]:
    """Assess every claim, in the article's order; unassessed ones are there and say so."""
    _load()
    return tuple(assess(claim_id) for claim_id in table().index)


def at_home_in(slug: str) -> tuple[ClaimRecord, ...]:
    """Assess the claims of one home chapter, and load no other chapter's module."""
    ids = table().query("home_chapter == @slug")["id"]
    return tuple(assess(claim_id) for claim_id in ids)


def document() -> ClaimsDocument:
    """Return the published document of all claims."""
    # Imported late: the other camp's statements are assessed with what this module defines.
    from analysis import __version__, counterclaims

    return ClaimsDocument(
        data_cut_off=data_cut_off(),
        version=__version__,
        claims=assess_all(),
        counterclaims=counterclaims.assess_all(),
    )


def data_cut_off() -> str:
    """Return the latest day that the book's daily map series reaches (ISO date)."""
    return str(tables.read("deepstate-daily-total")["date"].max().date())


def to_json() -> str:
    """Write all claims as JSON, the same bytes for the same data."""
    return json.dumps(document().model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``claims.json``."""
    schema = ClaimsDocument.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def readings_frame(claim_id: str) -> pd.DataFrame:
    """Return the readings of one claim as a tidy table, excluded ones left out.

    Returns
    -------
    pandas.DataFrame
        component, source (short name), name, role, value, unit, word, status, origin_id; by
        falling value.
    """
    rows = [
        {"component": finding.component, **_reading_row(reading)}
        for finding in assess(claim_id).components
        for reading in readings.included(finding.readings)
    ]
    return pd.DataFrame(rows).sort_values("value", ascending=False, ignore_index=True)


def _reading_row(reading: Reading) -> dict[str, Any]:
    names = ("name", "role", "value", "unit", "word", "status", "origin_id")
    short = reading.levels.get("source", reading.name)
    return {"source": short, **{name: getattr(reading, name) for name in names}}


def sensitivity_frame(slug: str) -> pd.DataFrame:
    """Return verdict and robustness of each claim at home in a chapter, indexed by claim."""
    records = at_home_in(slug)
    rows = [
        {
            "claim": record.id,
            "verdict": record.verdict,
            "other readings": _other_readings(record),
            "readings": len(record.primary_reading) + len(record.other_readings),
            "excluded": len(record.excluded_readings),
        }
        for record in records
    ]
    return pd.DataFrame(rows).set_index("claim")


def _other_readings(record: ClaimRecord) -> str:
    # The word is that of the part that decides the verdict; the readings may be of another part.
    read = len(record.primary_reading) + len(record.other_readings)
    if record.robustness == "no other reading" and read > 1:
        return "no other reading of the part that decides"
    return record.robustness or "no readings on this scale"


def datapackage_names() -> tuple[str, ...]:
    """Return the names of all tables, which evidence lists may cite beside evidence rows."""
    from analysis import datapackage

    return tuple(datapackage.origins())
