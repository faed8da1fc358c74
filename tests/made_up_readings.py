"""Readings with invented numbers, for tests of the rules about them."""

from __future__ import annotations

from analysis.readings import Reading


def reading(*, origin_id: str, role: str = "alternative", value: float = 1.0) -> Reading:
    """Make a reading of one root source."""
    return Reading.model_validate(
        {
            "name": f"made up, from {origin_id}",
            "levels": {"source": origin_id},
            "value": value,
            "unit": "km2",
            "origin_id": origin_id,
            "evidence": ("made-up",),
            "status": "known then",
            "role": role,
            "reason": "" if role == "alternative" else "made up",
        }
    )
