"""The table of claims in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date

from rich.console import Console
from rich.table import Table

from analysis import claims, tables
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
    return printed(table, _waiting(records), width=width)


def as_known_on(when: date, width: int = 110) -> tuple[str, list[str]]:
    """Return the verdicts that follow from what was known on a day.

    Parameters
    ----------
    when : date
    width : int

    Returns
    -------
    table : str
        The claims that can be rebuilt: verdict then.
    others : list of str
        The claims that cannot, each with the tables of which nothing is held from so early,
        or with what its measures lack.
    """
    table = Table(box=None, padding=(0, 1), header_style="")
    for heading in ("claim", "chapter", f"verdict on what was known on {when}", "robustness"):
        table.add_column(heading)
    others = []
    with tables.as_known_on(when) as then:
        for name in claims.table().index:
            then.lacking.clear()
            try:
                record = claims.assess(str(name))
            except Exception as error:  # whatever a measure makes of rows that were not there
                then.lacking.setdefault("rows", repr(error)[:80])
            if then.lacking:
                why = "; ".join(f"{key}: {text}" for key, text in sorted(then.lacking.items()))
                others.append(f"{name}: {why}")
            else:
                row = (record.id, record.home_chapter, record.verdict, record.robustness)
                table.add_row(*row)
        then.lacking.clear()
    return printed(table, width=width), others


def readings_table(names: Sequence[str], when: date | None = None, width: int = 110) -> str:
    """Return the readings of some claims, as they are or as they were known on a day.

    Raises
    ------
    KeyError
        No such claim.
    UnknownThenError
        With every table of which nothing is held from so early.
    """
    with nullcontext() if when is None else tables.as_known_on(when):
        records = [claims.assess(name) for name in names]
    table = Table(box=None, padding=(0, 1), header_style="")
    for heading in ("claim", "part", "reading", "role", "value", "unit", "word"):
        table.add_column(heading)
    for record in records:
        table.add_row(record.id, "", "", "", record.verdict, "", record.robustness)
        for part in record.components:
            for reading in part.readings:
                value = f"{reading.value:g}"
                row = (reading.name, reading.role, value, reading.unit, reading.word)
                table.add_row("", part.component, *row)
    return printed(table, width=width)


def printed(*parts: Table | str, width: int) -> str:
    """Return tables and texts as a terminal of this width shows them, without colours."""
    console = Console(width=width, no_color=True, highlight=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _waiting(records: tuple[claims.ClaimRecord, ...]) -> str:
    waiting = Counter(r.home_chapter for r in records if not r.assessed)
    assessed = len(records) - sum(waiting.values())
    line = f"\n{assessed} of {len(records)} claims assessed"
    if waiting:
        rest = ", ".join(f"{chapter} {count}" for chapter, count in waiting.items())
        line += f"; {NOT_ASSESSED}: {rest}"
    return line
