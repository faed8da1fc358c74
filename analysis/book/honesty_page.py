"""The tables and numbers of the page on how the book is kept honest."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final

import pandas as pd

from analysis import bench, formatting, tables
from analysis.book import runner
from analysis.book.card import templates
from analysis.book.worded import written_date
from analysis.honesty import cells, code_mutation

_NOT_RUN: Final = "Not run yet."


def _listed(
    name: str,
    headings: Sequence[tuple[str, bool]],
    rows: Iterable[Sequence[object]],
    *,
    folded: bool = False,
) -> str:
    """Return a table; the headings say which columns hold numbers."""
    return (
        templates()
        .get_template("proofs.html")
        .render(
            name=name,
            headings=headings,
            rows=[list(row) for row in rows],
            folded=folded,
            empty=_NOT_RUN,
        )
    )


def _data() -> pd.DataFrame:
    return tables.read("mutation-data")


def _code() -> pd.DataFrame:
    return tables.read("mutation-code")


def mutation_data_html() -> str:
    """Return how many changed cells of each table were noticed, and by what."""
    counted = _data().groupby("table")[[*_NOTICED, "unnoticed"]].sum()
    rows = [
        (table, *(formatting.number(int(value)) for value in values))
        for table, values in zip(counted.index, counted.to_numpy(), strict=True)
    ]
    headings = [
        ("Table", False),
        ("Cells", True),
        ("Changed", True),
        ("Noticed from outside", True),
        ("By an output alone", True),
        ("Not noticed", True),
    ]
    return _listed("Changed cells by table", headings, rows, folded=True)


_NOTICED: Final = ["cells", "changed", "by_checkpoint", "by_output"]


def unread_cells_html() -> str:
    """Return the cells that nothing reads, with the reason."""
    listed = tables.read("unread-cells").groupby(["table", "reason"], sort=False)
    rows = [
        (table, ", ".join(_named(part)), reason)
        for (table, reason), part in ((key, part) for key, part in listed)
    ]
    headings = [("Table", False), ("Columns", False), ("Why it is kept", False)]
    return _listed("Cells that nothing reads", headings, rows, folded=True)


def _named(entries: pd.DataFrame) -> list[str]:
    return [
        f"{'all columns' if column == '*' else column}{' (some rows)' if rows else ''}"
        for column, rows in zip(entries["column"], entries["rows"], strict=True)
    ]


def mutation_code_html() -> str:
    """Return how many changed functions of each module were noticed, and those that were not."""
    counts = ["made", "mutants", "by_test", "by_output", "survived"]
    table = _code()
    rows = [
        (f"{module} ({part})", *(formatting.number(int(value)) for value in values))
        for module, part, values in zip(
            table["module"], table["part"], table[counts].to_numpy(), strict=True
        )
    ]
    headings = [
        ("Module", False),
        ("Possible changes", True),
        ("Tried", True),
        ("Noticed by a test", True),
        ("By an output alone", True),
        ("Not noticed", True),
    ]
    modules = _listed("Changed functions by module", headings, rows)
    left = tables.read("mutation-survivors")
    columns = ["module", "function", "before", "after", "reason"]
    names = ["Module", "Function", "As it is", "As changed", "Why nothing notices"]
    survivors = _listed(
        "Changes that nothing noticed",
        [(name, False) for name in names],
        left[columns].to_numpy().tolist(),
        folded=True,
    )
    return modules + survivors


def independence_html() -> str:
    """Return the numbers that were computed twice."""
    rows = [
        (
            f"{row['name'][0].upper()}{row['name'][1:]} ({row['unit']})",
            _written(row["first"], row["precision"]),
            _written(row["second"], row["precision"]),
            row["why"],
        )
        for row in tables.read("independence").to_dict("records")
    ]
    headings = [
        ("Number", False),
        ("By the measures", True),
        ("By a query", True),
        ("What hangs on it", False),
    ]
    return _listed("The weightiest numbers, computed twice", headings, rows)


def _written(value: float, precision: float) -> str:
    """Write a value with one digit more than readers are shown elsewhere."""
    decimals = len(f"{precision:f}".rstrip("0").partition(".")[2])
    return formatting.number(value, decimals + 1)


def compatibility_html() -> str:
    """Return the environments in which the book was executed."""
    rows = [
        (
            row["python"],
            row["libraries"],
            "the same" if row["claims_equal"] else "NOT the same",
            formatting.number(int(row["values"])),
            formatting.number(int(row["different"])),
            written_date(str(row["checked_on"].date())),
        )
        for row in tables.read("compatibility").to_dict("records")
    ]
    headings = [
        ("Python", False),
        ("Libraries", False),
        ("Claims", False),
        ("Values", True),
        ("Different", True),
        ("Day", False),
    ]
    return _listed("Other Pythons and newer libraries", headings, rows)


def benchmarks_html() -> str:
    """Return how long the book takes, with the target that a figure is held to."""
    targets = {(each.group, each.measure, each.variant): each for each in bench.TARGETS}
    rows = []
    for row in tables.read("benchmarks").to_dict("records"):
        target = targets.get((row["group"], row["measure"], row["variant"]))
        held = f"{target.kind} {formatting.number(target.value, 1)}" if target else ""
        rows.append((f"{row['group']}: {row['measure']}, {row['variant']}", *_timed(row), held))
    headings = [
        ("What", False),
        ("Runs", True),
        ("Median", True),
        ("From", True),
        ("To", True),
        ("Unit", False),
        ("Ratio", True),
        ("Held to", False),
    ]
    return _listed("How long the book takes", headings, rows, folded=True)


def _timed(row: dict[Hashable, Any]) -> tuple[str, ...]:
    if not row["runs"]:
        return ("0", "", "", "", "", "")
    digits = 0 if row["unit"] in {"ms", "bytes"} else 1
    values = (formatting.number(row[name], digits) for name in ("median", "lowest", "highest"))
    ratio = "" if pd.isna(row["ratio"]) else formatting.number(row["ratio"], 2)
    return (formatting.number(int(row["runs"])), *values, str(row["unit"]), ratio)


def _sum(frame: pd.DataFrame, *columns: str) -> str:
    return formatting.number(int(frame[list(columns)].to_numpy().sum()))


def _percent(part: int, whole: int) -> str:
    return formatting.percent(part / whole, 1) if whole else _NOT_RUN.lower().rstrip(".")


def _noticed() -> str:
    table = _data()
    changed = int(table["changed"].sum())
    return _percent(changed - int(table["unnoticed"].sum()), changed)


def _killed(table: pd.DataFrame) -> str:
    mutants = int(table["mutants"].sum())
    return _percent(mutants - int(table["survived"].sum()), mutants)


def _engine() -> pd.DataFrame:
    table = _code()
    return table[table["part"] == "engine"]


def _agreeing() -> str:
    table = tables.read("independence")
    return f"{formatting.number(int(table['agrees'].sum()))} of {formatting.number(len(table))}"


def _values() -> str:
    held: Any = tables.read("compatibility")["values"].max()
    return "all" if pd.isna(held) else formatting.number(int(held))


def _seeds() -> str:
    return ", ".join(str(seed) for seed in sorted(_data()["seed"].unique())) or "that is given"


# Numbers that the page names; each is counted, none is typed.
NUMBERS: Final[dict[str, Callable[[], str]]] = {
    "records": lambda: formatting.number(len(runner.sources())),
    "record-values": _values,
    "checkpoints": lambda: formatting.number(len(tables.read("checkpoints"))),
    "mutation-tables": lambda: formatting.number(_data()["table"].nunique()),
    "mutation-cells": lambda: _sum(_data(), "changed"),
    "mutation-all": lambda: formatting.number(cells.ALL_CELLS),
    "mutation-sample": lambda: formatting.number(cells.SAMPLE),
    "mutation-seed": _seeds,
    "mutation-noticed": _noticed,
    "mutation-by-checkpoint": lambda: _sum(_data(), "by_checkpoint"),
    "mutation-by-output": lambda: _sum(_data(), "by_output"),
    "mutation-unnoticed": lambda: _sum(_data(), "unnoticed"),
    "mutants": lambda: _sum(_code(), "mutants"),
    "mutants-made": lambda: _sum(_code(), "made"),
    "mutants-each": lambda: formatting.count(code_mutation.EACH),
    "mutants-killed": lambda: _killed(_code()),
    "mutants-by-test": lambda: _sum(_code(), "by_test"),
    "mutants-by-output": lambda: _sum(_code(), "by_output"),
    "mutants-engine": lambda: _sum(_engine(), "mutants"),
    "mutants-engine-killed": lambda: _killed(_engine()),
    "independence-agree": _agreeing,
}

DIRECTIVES: Final[dict[str, Callable[[], str]]] = {
    "mutation-data": mutation_data_html,
    "unread-cells": unread_cells_html,
    "mutation-code": mutation_code_html,
    "independence": independence_html,
    "compatibility": compatibility_html,
    "benchmarks": benchmarks_html,
}
