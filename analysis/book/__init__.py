"""Rendering: figures, claim cards, pages, and the runner of the chapters."""

from analysis.book.cells import show as cards
from analysis.book.figure import Column, figure
from analysis.book.listing import table
from analysis.book.palette import TRACKERS, colour
from analysis.book.prose import live, write
from analysis.book.theme import start

__all__ = ["TRACKERS", "Column", "cards", "colour", "figure", "live", "start", "table", "write"]
