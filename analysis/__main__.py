"""The command line: ``python -m analysis COMMAND``, the same on every system."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from analysis import lean
from analysis.commands_bench import bench
from analysis.commands_history import history
from analysis.commands_honesty import compat, independence, mutation
from analysis.commands_refresh import AS_OF, day, figure, refresh
from analysis.commands_trace import trace
from analysis.violations import DataError

# Adapters that rebuild tables from a folder of what their source publishes.
SOURCES = (
    "act_2024",
    "air_attacks",
    "boundaries",
    "cdb90",
    "cow",
    "deepstate",
    "forecasts",
    "general_staff",
    "isw",
    "kharkiv_front",
    "kharkiv_geo",
    "kiel",
    "oryx",
    "sipri",
    "war_dead",
    "worldbank",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Position of Strength: build, test and question the book."""
    from analysis import paths

    if paths.JOURNAL.exists():
        from analysis.refresh.store import Store, finish

        if finish(Store(paths.STORE)):
            click.echo("a refresh that was interrupted has been finished", err=True)


@main.command()
@click.option("--again", is_flag=True, help="Build even when nothing has changed.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder to build in.")
@click.option("--address", default="", help="Where the pages will be published (http...).")
@click.option("--student", is_flag=True, help="Leave out the solutions of exercises.")
def book(again: bool, output: Path | None, address: str, student: bool) -> None:
    """Build the pages from the stored records."""
    from analysis import paths, rewriting

    # Nothing heavy is loaded to say that nothing has changed, or nothing but prose.
    if not (again or output or address or student) and (state := rewriting.quickly(paths.BUILD)):
        click.echo(f"{state}: {paths.HTML / 'index.html'}")
        return

    from analysis.book import build

    pages, built = build.build(output=output, again=again, address=address, student=student)
    state = "built" if built else "up to date"
    click.echo(f"{state}: {pages / 'index.html'}")


@main.command()
@click.option("--again", is_flag=True, help="Build even when nothing has changed.")
@click.pass_context
def student(context: click.Context, again: bool) -> None:
    """Build the pages without the solutions of exercises; the same as book --student."""
    context.invoke(book, again=again, student=True)


@main.command()
@click.option("--all", "everything", is_flag=True, help="Execute all chapters.")
@click.argument("names", nargs=-1)
def notebooks(everything: bool, names: tuple[str, ...]) -> None:
    """Execute the chapters whose inputs changed; print what moved."""
    from analysis.book import runner

    lines = runner.run(everything=everything, only=names)
    click.echo("\n".join(lines) or "no number and no verdict moved")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print claims.json.")
@click.option("--diff", is_flag=True, help="What moved against the stored records, or a git REF.")
@AS_OF
@click.argument("names", metavar="[CLAIM | REF]...", nargs=-1)
def claims(as_json: bool, diff: bool, as_of: datetime | None, names: tuple[str, ...]) -> None:
    """Print the table of claims with their verdicts, or the readings of CLAIM."""
    from analysis import claims as ledger
    from analysis import report

    when = day(as_of)
    if as_json and (names or when):
        message = "--json prints all claims as they are"
        raise click.UsageError(message)
    if diff:
        _difference(names, plain=not (as_json or when))
    elif names:
        click.echo(report.readings_table(names, when))
    elif when:
        table, others = report.as_known_on(when)
        click.echo(table)
        if others:
            click.echo(f"\n{len(others)} claims cannot be rebuilt as of {when}:", err=True)
            click.echo("\n".join(f"  {line}" for line in others), err=True)
            sys.exit(1)
    else:
        click.echo(ledger.to_json() if as_json else report.claims_table(), nl=not as_json)


def _difference(names: tuple[str, ...], *, plain: bool) -> None:
    from analysis import difference

    if len(names) > 1 or not plain:
        message = "--diff takes one git REF at most, and no other option"
        raise click.UsageError(message)
    try:
        click.echo(difference.against(*names))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@main.group()
def data() -> None:
    """Check or seal the tables in data/."""


@data.command("check")
def data_check() -> None:
    """Report every violation in data/ at once."""
    from analysis import checks, datapackage

    checks.check()
    click.echo(f"{len(datapackage.origins())} tables, no violation")


@data.command("seal")
def data_seal() -> None:
    """Write datapackage.json from the descriptions and the tables."""
    from analysis import datapackage

    click.echo(f"sealed: {datapackage.seal()}")


@data.command("build")
@click.argument("source", type=click.Choice(SOURCES))
@click.option("--from", "folder", type=click.Path(exists=True, path_type=Path), required=True)
def data_build(source: str, folder: Path) -> None:
    """Rebuild tables from a folder that holds what SOURCE publishes."""
    import importlib

    adapter = importlib.import_module(f"analysis.sources.{source}")
    for path in adapter.write(adapter.build(folder)):
        click.echo(f"written: {path}")


@main.command()
@click.argument("names", nargs=-1)
@click.option("--cluster", help="Address of a Dask scheduler; this machine's cores otherwise.")
def sweep(names: tuple[str, ...], cluster: str | None) -> None:
    """Run the models over their parameters again and store the results."""
    from analysis import sweeps

    for line in sweeps.main(names, cluster):
        click.echo(line)


@main.command()
def readme() -> None:
    """Write the generated parts of README.md."""
    from analysis import readme as front_door

    click.echo(f"written: {front_door.write()}")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Build the book, run the quick tests and nbval; ends in the table of claims."""
    from analysis import proofs

    sys.exit(proofs.run(slow=False, arguments=arguments))


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def prove(arguments: tuple[str, ...]) -> None:
    """Run the slow proofs."""
    from analysis import proofs

    sys.exit(proofs.run(slow=True, arguments=arguments))


@main.command()
@click.option("--port", default=8000, show_default=True)
def serve(port: int) -> None:
    """Build the book and serve it on this machine."""
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    from analysis.book import build

    pages, _ = build.build()
    handler = partial(SimpleHTTPRequestHandler, directory=str(pages))
    click.echo(f"http://127.0.0.1:{port}/  (Ctrl-C stops it)")
    ThreadingHTTPServer(("127.0.0.1", port), handler).serve_forever()


@main.command("contact-sheet")
@click.option("--to", type=click.Path(path_type=Path), help="Folder of the pictures.")
def contact_sheet(to: Path | None) -> None:
    """Take a picture of every page at two widths, light and dark."""
    from playwright.sync_api import sync_playwright

    from analysis import proofs
    from analysis.book import browsing, build
    from analysis.paths import BUILD

    pages, _ = build.build()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=proofs.chromium(), args=list(browsing.ARGUMENTS)
        )
        click.echo(browsing.contact_sheet(chromium, pages, to or BUILD / "contact-sheet"))
        chromium.close()


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--fresh", is_flag=True, help="Replace working copies that you have changed.")
@click.option("--only-copy", is_flag=True, help="Make the working copies and open nothing.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(fresh: bool, only_copy: bool, arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on working copies of the chapters (`lab/`).

    ARGUMENTS are names of chapters (04-land), all if none is given, and options of JupyterLab.
    """
    import subprocess

    from analysis.book import lab as copying

    names = [argument for argument in arguments if not argument.startswith("-")]
    options = [argument for argument in arguments if argument.startswith("-")]
    try:
        made = copying.copies(names, fresh=fresh)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    for copy in made:
        if copy.state == "made":
            click.echo(f"made: {copy.path}")
        elif copy.state == "changed":
            click.echo(f"yours, left as it is: {copy.path} (--fresh makes it again)")
    if not only_copy:
        sys.exit(subprocess.call(copying.command(names, options), env=copying.environment()))


@main.command()
def epub() -> None:
    """Make the book as EPUB and offer it on the page "Take it with you"."""
    from analysis.book import epub as edition

    click.echo(f"made: {edition.make()}")


@main.command()
@click.argument("chapters", nargs=-1)
def pdf(chapters: tuple[str, ...]) -> None:
    """Print the book and every chapter as PDF, or the CHAPTERS named (04-land)."""
    from analysis.book import pdf as edition

    try:
        for path in edition.make(chapters):
            click.echo(f"made: {path}")
    except ValueError as error:
        raise click.UsageError(str(error)) from error


for command in (bench, compat, figure, history, independence, mutation, refresh, trace):
    main.add_command(command)


def cli() -> None:
    """Run the command line; known failures are printed whole, without a traceback."""
    lean.without_grammar()
    try:
        main()
    except Exception as error:
        # Looked up only now: to load them takes longer than to say that all is up to date.
        from analysis.book.runner import StaleError
        from analysis.tables import UnknownThenError

        if not isinstance(error, DataError | StaleError | UnknownThenError):
            raise
        click.echo(f"{type(error).__name__}: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    cli()
