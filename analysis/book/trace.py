"""What a chapter has reached: the modules it loaded and the tables it read."""

from __future__ import annotations

import json
import sys

from analysis import claims, tables

MARK = "reached:"


def dump() -> str:
    """Return, as one line, the modules of this package and the tables in use so far."""
    loaded = {name for name in sys.modules if name == "analysis" or name.startswith("analysis.")}
    modules = sorted(loaded | claims.ABSENT)
    return MARK + json.dumps({"modules": modules, "tables": sorted(tables.READ)})
