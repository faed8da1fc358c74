"""The command that times the book and writes ``data/benchmarks.csv``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("groups", nargs=-1)
@click.option("--runs", default=5, show_default=True, help="Runs that count, of each.")
@click.option(
    "--cdn",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with vega.min.js, vega-lite.min.js and vega-embed.min.js.",
)
@click.option("--write", is_flag=True, help="Write data/benchmarks.csv; seal the data after it.")
def bench(groups: tuple[str, ...], runs: int, cdn: Path | None, write: bool) -> None:
    """Time GROUPS, or everything: pages, adapter, sweep, execution, build, nbval, growth."""
    from rich.console import Console
    from rich.table import Table

    from analysis import bench as benchmarks

    unknown = sorted(set(groups) - set(benchmarks.GROUPS))
    if unknown:
        known = ", ".join(benchmarks.GROUPS)
        message = f"no benchmark {', '.join(unknown)}; there are: {known}"
        raise click.BadParameter(message)
    results = benchmarks.run(groups or tuple(benchmarks.GROUPS), runs=runs, cdn=cdn)
    table = Table("measure", "variant", "unit", "runs", "median", "range", "ratio", "target")
    for row in benchmarks.printed(results):
        table.add_row(*row)
    Console().print(table)
    if write:
        click.echo(f"written: {benchmarks.write(results)}")
