"""What a process that makes pages can do without; imports nothing, because it comes first."""

from __future__ import annotations

import gc
import sys
from typing import Final

# The grammar of international addresses, which the checker of JSON schemas compiles whenever
# it is loaded: two seconds of each process, for a format that no schema of the book names.
# The checker takes it as an extra that may be missing.
GRAMMAR: Final = "rfc3987_syntax"

# Objects made between two searches for cycles.  Trees of documents are nothing but cycles that
# live to the end: with the usual number the search takes a tenth of a build.
_OBJECTS: Final = 200_000


def without_grammar() -> None:
    """Let the checker of JSON schemas be loaded without the grammar of addresses."""
    sys.modules.setdefault(GRAMMAR, None)  # type: ignore[arg-type]


def for_a_build() -> None:
    """Prepare a process that makes pages and then ends."""
    without_grammar()
    gc.set_threshold(_OBJECTS, 20, 100)
