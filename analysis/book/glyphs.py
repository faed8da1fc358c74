"""Verdicts as shapes: one drawing for each group of verdict words.

A verdict is always told three times, by shape, by word and by colour, so that it survives
a grey print, a colour-blind eye and a screen reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from analysis.verdicts import NO_VERDICT, NOT_ASSESSED


@dataclass(frozen=True)
class Group:
    """Verdict words that share a shape and a colour.

    Attributes
    ----------
    name : str
        Name of the colour in `analysis.book.palette`, and of the style class.
    singular, plural : str
        What is said of one claim, and of several, on the board.
    words : tuple of str
        The verdict words of the group.
    shape : str
        Inside of a 16 by 16 drawing; it takes the colour of the text around it.
    """

    name: str
    singular: str
    plural: str
    words: tuple[str, ...]
    shape: str


_RING = '<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'

GROUPS: Final = (
    Group(
        "stands",
        "stands",
        "stand",
        ("holds", "came true", "supported", "not refuted"),
        '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
        '<path class="pos-glyph__cut" d="M4.6 8.3 7 10.7 11.5 5.7" fill="none" stroke="#fff" '
        'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>',
    ),
    Group(
        "nearly",
        "stands in part",
        "stand in part",
        ("roughly holds", "in part"),
        f'{_RING}<path d="M8 1.75a6.25 6.25 0 0 0 0 12.5z" fill="currentColor"/>',
    ),
    Group(
        "split",
        "is contested",
        "are contested",
        ("contested", "depends on reading"),
        '<path d="M8 1 15 8 8 15 1 8z" fill="none" stroke="currentColor" stroke-width="1.5" '
        'stroke-linejoin="round"/><path d="M8 1v14L1 8z" fill="currentColor"/>',
    ),
    Group(
        "falls",
        "falls",
        "fall",
        ("does not hold", "failed", "not supported", "refuted as worded"),
        '<rect x="1.5" y="1.5" width="13" height="13" rx="1.5" fill="currentColor"/>'
        '<path class="pos-glyph__cut" d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" fill="none" '
        'stroke="#fff" stroke-width="1.8" stroke-linecap="round"/>',
    ),
    Group(
        "unknown",
        "cannot be told",
        "cannot be told",
        ("cannot be checked", "the data cannot tell", "open", "not tested"),
        f'{_RING}<path d="M5 8h6" fill="none" stroke="currentColor" stroke-width="1.5" '
        'stroke-linecap="round"/>',
    ),
    Group(
        "evidence",
        "is laid out without a verdict",
        "are laid out without a verdict",
        (NO_VERDICT,),
        '<path d="M2 3.5h7M2 8h12M2 12.5h9.5" fill="none" stroke="currentColor" '
        'stroke-width="1.8" stroke-linecap="round"/>',
    ),
    Group(
        "waiting",
        "is not yet assessed",
        "are not yet assessed",
        (NOT_ASSESSED,),
        '<circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.3" '
        'stroke-dasharray="2.2 2.3"/>',
    ),
)

_BY_WORD: Final = {word: group for group in GROUPS for word in group.words}


def group_of(word: str) -> Group:
    """Return the group of a verdict word.

    Raises
    ------
    KeyError
        The word belongs to no scale; the message lists those that do.
    """
    if word not in _BY_WORD:
        message = f"no shape for the verdict {word!r}; there are: {', '.join(_BY_WORD)}"
        raise KeyError(message)
    return _BY_WORD[word]


def glyph(word: str, *, size: int = 16) -> Markup:
    """Draw a verdict word's shape; hidden from screen readers, who get the word.

    Parameters
    ----------
    word : str
        A verdict word.
    size : int
        Width and height in CSS pixels.
    """
    group = group_of(word)
    return Markup(
        f'<svg class="pos-glyph pos-glyph--{group.name}" width="{size}" height="{size}" '
        f'viewBox="0 0 16 16" aria-hidden="true" focusable="false">{group.shape}</svg>'
    )
