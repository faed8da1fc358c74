"""Files that the site carries beside its pages: claims, their schema, and the data."""

from __future__ import annotations

import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from analysis import claims, datapackage
from analysis.book import take
from analysis.claims import ClaimRecord
from analysis.kept import FOLDER, chapters, keep, kept
from analysis.paths import DATAPACKAGE

# Addresses of the published files, from the root of the site.
FILES: Final = (
    "claims.json",
    "claims.schema.json",
    "claims.csv",
    "evidence.csv",
    "datapackage.json",
    take.DATA_ZIP,
)


def claims_frame(records: tuple[ClaimRecord, ...]) -> pd.DataFrame:
    """Return the claims as a flat table, one row each, with their verdicts.

    Returns
    -------
    pandas.DataFrame
        Numbers of printed, then and now in the unit that stands beside them.
    """
    rows = []
    for record in records:
        row: dict[str, object] = {
            name: getattr(record, name)
            for name in (
                "id", "section", "home_chapter", "premise_id", "scale", "quotation", "says",
                "hedge", "verdict", "robustness", "critical_tolerance", "error_type",
                "correction_direction", "reason", "address",
            )
        }  # fmt: skip
        row["root_sources"] = "; ".join(record.root_sources)
        for name in ("printed", "then", "now"):
            value = getattr(record, name)
            row[name] = value.value if value else None
            row[f"{name}_unit"] = value.unit if value else ""
        rows.append(row)
    return pd.DataFrame(rows)


def write(site: Path) -> list[Path]:
    """Write every published file into a site.

    Parameters
    ----------
    site : Path
        Root of the built pages.

    Returns
    -------
    list of Path
        What was written.
    """
    written = [_bytes(site / name, content) for name, content in contents().items()]
    # Paths in the descriptor are relative to it, so the tables keep their folder.
    for item in datapackage.origins().values():
        written.append(_copy(item.file, site / "data" / item.path))
    return written


@cache
def contents() -> dict[str, bytes]:
    """Return every published file but the tables, by its address from the root of the site."""
    return {**kept("published", _of_data), **_notebooks()}


def _notebooks() -> dict[str, bytes]:
    """Return the executed notebooks; those of chapters whose words are the same as kept."""
    names = {f"notebooks/{Path(page).name}.ipynb" for page in chapters()}
    made = take.notebooks(names) if names else take.notebooks()
    found = {**kept("notebooks", dict), **made} if names else made
    if os.environ.get(FOLDER):
        keep("notebooks", found)
    return found


def _of_data() -> dict[str, bytes]:
    schema = json.dumps(claims.json_schema(), indent=1, ensure_ascii=False) + "\n"
    texts = {
        "claims.json": claims.to_json(),
        "claims.schema.json": schema,
        "claims.csv": _csv(claims_frame(claims.assess_all())),
    }
    return {
        **{name: text.encode("utf-8") for name, text in texts.items()},
        "evidence.csv": datapackage.origin("evidence").file.read_bytes(),
        "datapackage.json": DATAPACKAGE.read_bytes(),
        take.DATA_ZIP: take.data_zip(),
    }


def _csv(frame: pd.DataFrame) -> str:
    return str(frame.to_csv(index=False, lineterminator="\n"))


def _bytes(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return target
