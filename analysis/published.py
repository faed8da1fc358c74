"""Where the book is published, if anywhere: the address in CITATION.cff."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from analysis.paths import ROOT


@cache
def citation() -> dict[str, Any]:
    """Return what CITATION.cff says of the book."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return found


def base() -> str:
    """Return the address of the published pages, no slash at its end; empty if none is set."""
    return str(citation().get("url", "")).rstrip("/")
