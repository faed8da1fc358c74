"""The first call of a chapter."""

from __future__ import annotations

from analysis.book import theme, trace


def start() -> None:
    """Enable the theme of the charts, and record what each cell reads."""
    theme.start()
    trace.watch()


__all__ = ["start"]
