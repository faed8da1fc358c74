"""``python -m analysis history``: what each version said, kept once and for all."""

from __future__ import annotations

import click


@click.group()
def history() -> None:
    """Keep what this version says of each claim, or print what moved since the last."""


@history.command("add")
def add() -> None:
    """Add the present version to data/verdict_history.csv; never writes one again."""
    from analysis import __version__
    from analysis import history as kept
    from analysis.book.imprint import imprint

    number = kept.add(__version__, imprint().released)
    click.echo(f"{number} rows kept as version {__version__}; the data package is sealed")


@history.command("moved")
def moved() -> None:
    """Print what is said otherwise now than in the last version that is kept."""
    from analysis import history as kept

    for move in kept.since_last():
        for name in move.was | move.now:
            before, after = move.was.get(name, "-") or "-", move.now.get(name, "-") or "-"
            click.echo(f"{move.id}  {name}: {before} -> {after}")
