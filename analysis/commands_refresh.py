"""The commands of living data: refresh the tables, and go back to what was known."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

DAY = click.DateTime(["%Y-%m-%d"])
AS_OF = click.option(
    "--as-of",
    type=DAY,
    help="Read every table as it was known on this day; fails where that is not held.",
)


def day(found: datetime | None) -> date | None:
    """Return the day of an option."""
    return None if found is None else found.date()


def _sources(context: click.Context, option: click.Parameter, names: tuple[str, ...]) -> list[str]:
    from analysis.refresh.records import RECORDS

    # The adapters are named with underscores, which is accepted too.
    chosen = [name.replace("_", "-") for name in names]
    unknown = sorted(set(chosen) - set(RECORDS))
    if unknown:
        message = f"no source {', '.join(unknown)}; there are: {', '.join(RECORDS)}"
        raise click.BadParameter(message)
    return chosen or list(RECORDS)


def _server(context: click.Context, option: click.Parameter, address: str | None) -> str | None:
    if address is not None and urlsplit(address).scheme not in {"http", "https"}:
        message = "an address that begins with http:// or https://"
        raise click.BadParameter(message)
    return address


@click.command()
@click.argument("sources", nargs=-1, callback=_sources)
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    help="Folder or archive with what one source publishes, instead of asking it.",
)
@click.option("--published", type=DAY, help="Day of the files given with --from; today otherwise.")
@click.option("--revision", default="", help="Why the source changes what is held so much.")
@click.option(
    "--through",
    callback=_server,
    help="Server that stands for all hosts: https://HOST/PATH is asked there as /HOST/PATH.",
)
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    help="Seconds without an answer; a whole file may take ten times as long.",
)
@click.option("--retries", default=4, show_default=True, help="Attempts after a passing fault.")
def refresh(
    sources: list[str],
    folder: Path | None,
    published: datetime | None,
    revision: str,
    through: str | None,
    timeout: float,
    retries: int,
) -> None:
    """Bring SOURCES, or all, up to date: in one step for each, or not at all.

    Sources: general-staff, oryx, deepstate, kiel, economist, world-bank.
    """
    from analysis import paths
    from analysis.refresh.fetch import Limits
    from analysis.refresh.records import RECORDS
    from analysis.refresh.run import Order, Outcome, refresh_all
    from analysis.refresh.store import Store

    if folder is not None and len(sources) != 1:
        message = "--from needs one source, whose files they are"
        raise click.UsageError(message)
    if published is not None and folder is None:
        message = "--published says the day of the files given with --from"
        raise click.UsageError(message)
    order = Order(
        limits=Limits(
            connect_s=min(timeout, 10.0), read_s=timeout, file_s=10 * timeout, retries=retries
        ),
        through=through,
        folder=folder,
        published=day(published),
        revision=revision,
    )
    failed = False
    for result in refresh_all([RECORDS[name] for name in sources], Store(paths.STORE), order):
        if isinstance(result, Outcome):
            _report(result)
        else:
            record, error = result
            failed = True
            click.echo(f"{record.name}: nothing was changed\n{error}", err=True)
    if failed:
        sys.exit(1)


def _report(outcome: object) -> None:
    from analysis.refresh.run import Outcome

    assert isinstance(outcome, Outcome)
    if not outcome.changes:
        click.echo(f"{outcome.record.name}: up to date")
        return
    click.echo(f"{outcome.record.name}: replaced")
    for change in outcome.changes:
        click.echo(f"  {change}")
    for line in outcome.moved:
        click.echo(line)


@click.command()
@click.argument("figure_id", metavar="ID")
@AS_OF
@click.option("--to", type=click.Path(path_type=Path), help="SVG file; under _build/ otherwise.")
def figure(figure_id: str, as_of: datetime | None, to: Path | None) -> None:
    """Draw the figure ID, as it is or as it was known on an earlier day."""
    from analysis.book import then
    from analysis.book.figure_page import plain_svg
    from analysis.book.theme import WIDE
    from analysis.paths import BUILD

    try:
        drawn = then.figure(figure_id.removeprefix("fig-"), day(as_of))
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="ID") from error
    when = f"-{as_of:%Y-%m-%d}" if as_of else ""
    file = to or BUILD / "figures" / f"{figure_id.removeprefix('fig-')}{when}.svg"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(plain_svg(drawn.spec, WIDE), encoding="utf-8", newline="\n")
    click.echo(f"{drawn.alt}\nwritten: {file}")
