"""The table of claims in the terminal."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table

from analysis import claims
from analysis.verdicts import NOT_ASSESSED


def claims_table(width: int = 110) -> str:
    """Return all claims with verdict and robustness, and a count, as plain text."""
    records = claims.assess_all()
    table = Table(box=None, padding=(0, 1), header_style="")
    for heading in ("claim", "chapter", "scale", "verdict", "robustness"):
        table.add_column(heading)
    for record in records:
        if record.assessed:
            row = (record.id, record.home_chapter, record.scale, record.verdict)
            table.add_row(*row, record.robustness)
    console = Console(width=width, no_color=True, highlight=False)
    with console.capture() as capture:
        console.print(table)
        console.print(_waiting(records))
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _waiting(records: tuple[claims.ClaimRecord, ...]) -> str:
    waiting = Counter(r.home_chapter for r in records if not r.assessed)
    assessed = len(records) - sum(waiting.values())
    line = f"\n{assessed} of {len(records)} claims assessed"
    if waiting:
        rest = ", ".join(f"{chapter} {count}" for chapter, count in waiting.items())
        line += f"; {NOT_ASSESSED}: {rest}"
    return line
