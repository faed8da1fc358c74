"""Readings: the defensible ways to put a number on a claim, and what they do to it.

A reading is one combination of source, definition, period and unit.  One of them is
primary, fixed by rule before the result: the literal words, the field's standard
definition, the best independent source published by the article's date.  It gives the
verdict; all others say how robust the verdict is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from analysis.formatting import steady

# A number that is stored in a record and compared with what another machine computes.
Steady = Annotated[float, AfterValidator(steady)]

# What was known when.  "then": published by 3 June 2024.  "about then": it speaks of
# that time but was published later, or carries no date of publication.
Status = Literal["known then", "about then, known later", "now"]
Role = Literal["primary", "alternative", "excluded"]

# Fewer readings than this make no share: three of four is not 75 percent of anything.
MINIMUM_FOR_A_SHARE = 5


class Reading(BaseModel):
    """One way to put a number on a claim.

    Attributes
    ----------
    name : str
        What a reader is told: source, definition and period in words.
    levels : dict of str to str
        The choice made in each dimension, for example ``{"source": "ISW", "period":
        "September to November"}``.  All readings of a claim share the dimensions.
    value, low, high : float
        The number and its range, in `unit`.
    unit : str
    origin_id : str
        Root source, so that copies count once.
    evidence : tuple of str
        Ids in the evidence table, or names of series, that the number rests on.
    status : str
        Known then, about then, or now.
    role : str
        Primary, alternative, or excluded.
    reason : str
        Why it is primary, or why it is excluded.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    levels: dict[str, str]
    value: Steady
    low: Steady | None = None
    high: Steady | None = None
    unit: str
    origin_id: str
    evidence: tuple[str, ...] = Field(min_length=1)
    status: Status
    role: Role = "alternative"
    reason: str = ""
    # Filled in by the verdict rule.
    word: str = ""
    stands: bool | None = None

    @model_validator(mode="after")
    def _reasons_and_order(self) -> Reading:
        if self.role != "alternative" and not self.reason:
            message = f"reading {self.name!r}: a {self.role} reading needs its reason"
            raise ValueError(message)
        low, high = self.bounds
        if not low <= self.value <= high:
            message = f"reading {self.name!r}: {low} <= {self.value} <= {high} is false"
            raise ValueError(message)
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """Range of the number; the number itself where no range is known."""
        return (
            self.value if self.low is None else self.low,
            self.value if self.high is None else self.high,
        )


class Share(BaseModel):
    """Share of the readings under which a claim stands, three ways.

    Attributes
    ----------
    readings : int
        How many readings there are; at least five.
    uniform : float
        Each reading counts the same.
    balanced : float
        Each dimension, the root source among them, counts the same, and within a
        dimension each level: ten copies of one source weigh as one.
    leave_one_out : dict of str to float
        The balanced share without one dimension each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    readings: int
    uniform: Steady
    balanced: Steady
    leave_one_out: dict[str, Steady]


class Robustness(BaseModel):
    """What other readings do to the verdict.

    Attributes
    ----------
    word : str
        ``robust``, ``sensitive to DIMENSION``, ``reversed by DIMENSION`` (several are
        joined by a semicolon), or ``no other reading``.
    share : Share or None
        None below five readings.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: str
    sensitive_to: tuple[str, ...] = ()
    reversed_by: tuple[str, ...] = ()
    share: Share | None = None


def included(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings that are not excluded."""
    return [reading for reading in readings if reading.role != "excluded"]


def robustness(readings: Sequence[Reading]) -> Robustness:
    """Compare the primary reading with all others.

    Parameters
    ----------
    readings : sequence of Reading
        With ``stands`` filled in by the verdict rule.

    Returns
    -------
    Robustness
        A dimension reverses the claim when every reading that differs from the primary
        in it turns the result over, and the claim is sensitive to it when some do.
        Readings that differ in this dimension alone are compared where there are any.
    """
    kept = included(readings)
    primary = [reading for reading in kept if reading.role == "primary"]
    others = [reading for reading in kept if reading.role == "alternative"]
    if not primary or not others:
        return Robustness(word="no other reading", share=share(kept))
    sensitive, reversing = [], []
    for dimension in _dimensions(kept):
        turned = [
            reading.stands != primary[0].stands for reading in _varied(primary, others, dimension)
        ]
        if turned and all(turned):
            reversing.append(dimension)
        elif any(turned):
            sensitive.append(dimension)
    words = [f"reversed by {name}" for name in reversing]
    words += [f"sensitive to {name}" for name in sensitive]
    return Robustness(
        word="; ".join(words) or "robust",
        sensitive_to=tuple(sensitive),
        reversed_by=tuple(reversing),
        share=share(kept),
    )


def _varied(primary: Sequence[Reading], others: Sequence[Reading], dimension: str) -> list[Reading]:
    """Return the readings that differ in a dimension, in it alone where there are such."""
    alone, also = [], []
    for other in others:
        changed = {
            name for name in other.levels if other.levels[name] != primary[0].levels.get(name)
        }
        if changed == {dimension}:
            alone.append(other)
        elif dimension in changed:
            also.append(other)
    return alone or also


def _dimensions(readings: Sequence[Reading]) -> list[str]:
    return sorted({name for reading in readings for name in reading.levels})


def share(readings: Sequence[Reading]) -> Share | None:
    """Return the shares of readings under which the claim stands, or None below five."""
    if len(readings) < MINIMUM_FOR_A_SHARE:
        return None
    levels = [{**reading.levels, "root source": reading.origin_id} for reading in readings]
    stands = [bool(reading.stands) for reading in readings]
    dimensions = [
        name for name in sorted(levels[0]) if len({level.get(name) for level in levels}) > 1
    ]
    shares = {name: _level_share(levels, stands, name) for name in dimensions}
    return Share(
        readings=len(readings),
        uniform=round(fmean(stands), 4),
        balanced=round(fmean(shares.values()) if shares else fmean(stands), 4),
        leave_one_out={
            left: round(fmean(value for name, value in shares.items() if name != left), 4)
            for left in dimensions
            if len(dimensions) > 1
        },
    )


def _level_share(
    levels: Sequence[Mapping[str, str]], stands: Sequence[bool], dimension: str
) -> float:
    """Mean over the levels of a dimension of the share that stands within each."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for level, stand in zip(levels, stands, strict=True):
        groups[level.get(dimension, "")].append(stand)
    return fmean(fmean(group) for group in groups.values())
