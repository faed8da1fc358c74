"""Static drawings of figures, made once for each spec and kept until the spec changes.

A drawing depends on its spec and on the code that draws, on nothing else; both are in the
name of the file that keeps it.  A change of prose then draws nothing again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from joblib import Parallel, delayed

from analysis.book import cells, figure_page, theme
from analysis.book.figure import SPEC_MIME, Spec
from analysis.book.figure_page import Drawings
from analysis.claims import ClaimRecord
from analysis.paths import BUILD
from analysis.records import read_record

# Beside the pages, so that `make clean` takes it away with them.
KEPT: Final = BUILD / "drawings"

_CODE: Final = ("figure.py", "figure_page.py", "palette.py", "theme.py")


@cache
def _code_hash() -> bytes:
    digest = hashlib.sha256(version("vl-convert-python").encode())
    files = [Path(__file__).with_name(name) for name in _CODE] + sorted(theme.FONTS.glob("*.otf"))
    for path in files:
        digest.update(path.read_bytes())
    return digest.digest()


def key(spec: Spec) -> str:
    """Return the name under which a figure's drawings are kept."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(_code_hash() + text.encode()).hexdigest()


def of(spec: Spec) -> Drawings:
    """Return a figure's drawings, kept or made now."""
    path = KEPT / f"{key(spec)}.json"
    if not path.exists():
        _keep(spec)
    return Drawings(**json.loads(path.read_text(encoding="utf-8")))


def _keep(spec: Spec) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    # Vega counts days by the local clock, and a summer time moves its points by a hair.  The
    # engine reads the zone once, when it starts: a process that has drawn before keeps its own.
    os.environ["TZ"] = "UTC"
    text = json.dumps(asdict(figure_page.draw(spec)))
    # In one step, because two processes may draw the same figure.
    path = KEPT / f"{key(spec)}.json"
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


def prepare(records: Iterable[Path]) -> int:
    """Draw over the cores whatever the records show and is not kept yet.

    Parameters
    ----------
    records : iterable of Path
        Executed chapters.

    Returns
    -------
    int
        How many figures were drawn.
    """
    specs = {key(spec): spec for path in records for spec, _ in stored(path)}
    missing = [spec for name, spec in specs.items() if not (KEPT / f"{name}.json").exists()]
    # A batch for each core: starting a process costs as much as drawing ten figures.
    cores = min(os.cpu_count() or 1, max(1, len(missing) // 8))
    batches = [missing[core::cores] for core in range(cores)]
    Parallel(n_jobs=cores)(delayed(_keep_all)(batch) for batch in batches)
    for path in KEPT.glob("*.json"):
        if path.stem not in specs:
            path.unlink(missing_ok=True)
    return len(missing)


def _keep_all(specs: Sequence[Spec]) -> None:
    for spec in specs:
        _keep(spec)


def stored_claims(record: Path) -> list[ClaimRecord]:
    """Return the assessed claims that an executed chapter shows.

    Parameters
    ----------
    record : Path
        An ``.ipynb``.
    """
    return [
        ClaimRecord.model_validate(claim)
        for bundle in _bundles(record)
        for claim in bundle.get(cells.MIME, [])
    ]


def stored(record: Path) -> list[tuple[Spec, bytes]]:
    """Return each figure of an executed chapter: its spec and the PNG stored beside it.

    Parameters
    ----------
    record : Path
        An ``.ipynb``.
    """
    return [
        (bundle[SPEC_MIME], base64.b64decode(bundle["image/png"]))
        for bundle in _bundles(record)
        if "figure" in bundle.get(SPEC_MIME, {}).get("usermeta", {}) and "image/png" in bundle
    ]


def _bundles(record: Path) -> list[Mapping[str, Any]]:
    parts = read_record(record)["cells"]
    return [out["data"] for cell in parts for out in cell.get("outputs", []) if "data" in out]


__all__ = ["key", "of", "prepare", "stored", "stored_claims"]
