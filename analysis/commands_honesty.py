"""The commands of the proofs that the book would notice."""

from __future__ import annotations

import sys
from typing import Any

import click


@click.group()
def mutation() -> None:
    """Change data or code and ask whether anything notices."""


_sample = click.option("--sample", type=click.IntRange(min=1), help="So many, drawn by the seed.")
_seed = click.option("--seed", default=8, show_default=True)
_write = click.option("--write", is_flag=True, help="Write the tables; seal the data after it.")


@mutation.command("data")
@click.argument("tables", nargs=-1)
@_sample
@_seed
@_write
def mutation_data(tables: tuple[str, ...], sample: int | None, seed: int, write: bool) -> None:
    """Change cells of TABLES, or of all that a chapter reads."""
    from analysis.honesty import data_mutation

    if sample is None:
        missing, needless = data_mutation.whole_columns(tables, seed=seed)
        for name in missing:
            click.echo(f"nothing reads it, so it belongs in data/unread_cells.csv: {name}")
        for name in needless:
            click.echo(f"data/unread_cells.csv lists it, but it is read: {name}")
        if missing or needless:
            sys.exit(1)
    found = data_mutation.run(tables, sample=sample, seed=seed)
    counted = data_mutation.summary(found, seed)
    _print(
        counted.groupby("table", as_index=False)[
            ["cells", "changed", "by_checkpoint", "by_output", "stopped", "unnoticed"]
        ].sum(),
        total=True,
    )
    for row in found[found["kind"] == "nothing"].to_dict("records"):
        place = f"{row['table']} row {row['row'] + 2} {row['column']}"
        click.echo(f"unnoticed: {place}: {row['before']!r} -> {row['after']!r}")
    share = 1 - counted["unnoticed"].sum() / counted["changed"].sum()
    click.echo(f"noticed: {100 * share:.2f} percent of {counted['changed'].sum()} changed cells")
    if write:
        click.echo(f"written: {data_mutation.write(counted)}")


@mutation.command("code")
@click.argument("modules", nargs=-1)
@_sample
@_seed
@_write
@click.option("--each", type=click.IntRange(min=1), help="At most so many of each module.")
@click.option("--tests", multiple=True, help="Files of tests to ask, such as test_readings.py.")
@click.option("--no-outputs", is_flag=True, help="Do not compare what chapters show.")
def mutation_code(
    modules: tuple[str, ...],
    sample: int | None,
    each: int | None,
    seed: int,
    write: bool,
    tests: tuple[str, ...],
    no_outputs: bool,
) -> None:
    """Try mutants of MODULES, or of the engine and all measures.

    The rules that give verdicts are tried whole, the other modules in a draw.
    """
    from analysis.honesty import code_mutation

    found = code_mutation.run(
        modules, sample=sample, each=each, seed=seed, tests=tests, outputs=not no_outputs
    )
    counted = code_mutation.summary(found)
    _print(counted, total=True)
    left = code_mutation.survivors(found)
    for row in left.to_dict("records"):
        reason = row["reason"] or "NO REASON GIVEN"
        place = f"{row['module']}.{row['function']}"
        click.echo(f"survived: {place}: {row['before']} -> {row['after']}: {reason}")
    share = 1 - counted["survived"].sum() / counted["mutants"].sum()
    click.echo(f"killed: {100 * share:.2f} percent of {counted['mutants'].sum()} mutants")
    if write:
        for path in code_mutation.write(found):
            click.echo(f"written: {path}")


@mutation.command("all")
@click.pass_context
def mutation_all(context: click.Context) -> None:
    """Change all data and all code that belong to the proof; write and seal the tables."""
    from analysis import datapackage

    for command in (mutation_code, mutation_data):
        try:
            context.invoke(command, write=True)
        except SystemExit as end:
            if end.code:
                raise
    click.echo(f"sealed: {datapackage.seal()}")


@click.command()
@click.option("--write", is_flag=True, help="Write data/independence.csv; seal the data after it.")
def independence(write: bool) -> None:
    """Compute the weightiest numbers a second time, in SQL, and compare."""
    from analysis.honesty import independence as second

    found = second.compared()
    shown = found[["name", "unit", "key", "precision", "first", "second", "difference", "agrees"]]
    _print(shown)
    if write:
        click.echo(f"written: {second.write(found)}")
    sys.exit(0 if found["agrees"].all() else 1)


@click.command()
@click.argument("pythons", nargs=-1)
@click.option("--only", type=click.Choice(["locked", "newest"]), help="One set of libraries.")
@click.option("--write", is_flag=True, help="Write data/compatibility.csv; seal the data after it.")
def compat(pythons: tuple[str, ...], only: str | None, write: bool) -> None:
    """Execute the book on PYTHONS (3.12, or a path) and on the newest libraries, and compare."""
    from analysis.honesty import compat as elsewhere

    outcomes = []
    for python, libraries in elsewhere.plan(pythons):
        if only in {None, libraries}:
            click.echo(f"Python {python}, {libraries} libraries ...")
            outcomes.append(elsewhere.check(python, libraries))
            _print(elsewhere.table(outcomes[-1:]))
    _print(elsewhere.table(outcomes))
    if write:
        click.echo(f"written: {elsewhere.write(outcomes)}")
    sys.exit(0 if all(each.same for each in outcomes) else 1)


def _print(frame: Any, *, total: bool = False) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*map(str, frame.columns))
    for row in frame.itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    if total:
        numbers = frame.select_dtypes("number").sum()
        table.add_section()
        table.add_row(*(str(numbers.get(name, "")) for name in frame.columns))
    Console().print(table)


def _cell(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
