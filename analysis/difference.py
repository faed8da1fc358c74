"""What a reader's change has moved: today's numbers and verdicts against stored records.

The records of the chapters say what the book says; whoever changes a table, a hedge, a measure
or a rule sees here, without a chapter being executed, what would be said now.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from analysis.book.prose import stored as glued
from analysis.claims import ClaimRecord, CounterclaimRecord
from analysis.paths import CHAPTERS, ROOT
from analysis.refresh import moved, proof
from analysis.report import printed

NOTHING: Final = "nothing moved"

_CLAIMS: Final[dict[str, type[ClaimRecord] | type[CounterclaimRecord]]] = {
    "application/vnd.position-of-strength.claims+json": ClaimRecord,
    "application/vnd.position-of-strength.counterclaims+json": CounterclaimRecord,
}
Said = dict[str, dict[str, str]]


def stored(notebooks: Mapping[str, str]) -> tuple[Said, Said]:
    """Return what executed chapters say.

    Parameters
    ----------
    notebooks : mapping of str to str
        By name of the chapter, the text of its record.

    Returns
    -------
    claims, strings : dict
        Verdict, robustness, values and readings by id; numbers in prose by chapter and name.
    """
    claims: Said = {}
    strings: Said = {}
    for chapter, text in notebooks.items():
        notebook = json.loads(text)
        # Answers to exercises are computed by cells of the chapter, which is not executed here.
        strings[chapter] = {
            name: said for name, said in glued(notebook).items() if not name.startswith("answer-")
        }
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                for mime, kind in _CLAIMS.items():
                    for entry in data.get(mime, []):
                        claims[entry["id"]] = proof.shown(kind.model_validate(entry))
    return claims, strings


def records(ref: str = "") -> dict[str, str]:
    """Return the texts of the chapters' records, as they lie here or as a git ref has them.

    Raises
    ------
    ValueError
        Git knows no such ref, or the ref holds no record.
    """
    if not ref:
        paths = sorted(CHAPTERS.glob("[0-9][0-9]-*.ipynb"))
        return {path.stem: path.read_text(encoding="utf-8") for path in paths}
    folder = CHAPTERS.relative_to(ROOT).as_posix()
    listed = _git("ls-tree", "--name-only", ref, f"{folder}/").splitlines()
    found = {Path(name).stem: name for name in listed if name.endswith(".ipynb")}
    if not found:
        message = f"{ref!r} holds no executed chapter in {folder}/"
        raise ValueError(message)
    return {stem: _git("show", f"{ref}:{name}") for stem, name in sorted(found.items())}


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        message = f"git {' '.join(arguments)}: {done.stderr.strip()}"
        raise ValueError(message)
    return done.stdout


def report(before: tuple[Said, Said], now: Mapping[str, Any], width: int = 110) -> str:
    """Return as plain text what moved between records and today.

    Parameters
    ----------
    before : tuple
        As `stored` gives it.
    now : dict
        As `analysis.refresh.proof.proof` gives it.
    width : int

    Returns
    -------
    str
        Tables of verdicts, of other values of claims and of numbers in prose; then the
        chapters whose words can no longer be written.  Or that nothing moved.
    """
    claims, strings = before
    # A name that no record shows is not said anywhere; one that is gone is.
    said = {
        c: {n: t for n, t in now["strings"].get(c, {}).items() if n in strings[c]} for c in strings
    }
    shown = {c: now["claims"][c] for c in claims if c in now["claims"]}
    of_claims = list(moved.moves(claims, shown))
    written = {c: t for c, t in strings.items() if c not in now["broken"]}
    of_prose = list(moved.moves(written, {c: said[c] for c in written}))
    parts = [
        ("verdicts", [move for move in of_claims if move[1] in moved.VERDICTS]),
        ("values and readings of claims", [m for m in of_claims if m[1] not in moved.VERDICTS]),
        ("numbers in prose", of_prose),
        ("words that can no longer be written", _broken(now["broken"])),
    ]
    texts = [_table(title, rows, width) for title, rows in parts if rows]
    return "\n\n".join(texts) or NOTHING


def _broken(broken: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    return [(chapter, "all", "", why) for chapter, why in sorted(broken.items())]


def _table(title: str, rows: list[tuple[str, str, str, str]], width: int) -> str:
    table = Table(box=None, padding=(0, 1), header_style="")
    for heading in ("of", "what", "before", "now"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return f"{title}: {len(rows)}\n{printed(table, width=width)}"


def against(ref: str = "") -> str:
    """Return what moved against the stored records, or against those of a git ref."""
    return report(stored(records(ref)), proof.proof(check=False))


__all__ = ["NOTHING", "against", "records", "report", "stored"]
