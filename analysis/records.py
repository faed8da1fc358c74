"""Executed records as they lie in their files; light, because much is asked of them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any


def read_record(path: Path) -> dict[str, Any]:
    """Return an executed record, parsed once however many parts of a page ask for it.

    Parameters
    ----------
    path : Path
        An ``.ipynb``.

    Returns
    -------
    dict
        Shared by all who ask, so nobody may change it.
    """
    state = path.stat()
    return _parsed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=32)
def _parsed(path: Path, changed: int, size: int) -> dict[str, Any]:
    # Time and size are in the key: a record that is written again is read again.
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
