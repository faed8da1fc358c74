"""The last touch on a page: written dates, curly quotation marks, areas in both units.

Names of readings, reasons and titles come from many hands and tables.  One pass over the text
of a finished page sets them alike; code, drawings and the words of others are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Final

from docutils.utils.smartquotes import educate_tokens

from analysis.book import areas
from analysis.formatting import day, month

# A date is no date within an address, an id or a file name.
_LONE: Final = r"(?<![\w./:#=-])", r"(?![\w/-]|\.\w)"
_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = re.compile(rf"{_LONE[0]}({_YEAR}-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])){_LONE[1]}")
_MONTH: Final = re.compile(rf"{_LONE[0]}({_YEAR}-(?:0[1-9]|1[0-2])){_LONE[1]}")
_YEARS: Final = re.compile(rf"{_LONE[0]}({_YEAR})-((?:{_YEAR}|\d\d)){_LONE[1]}")
_SQUARE: Final = re.compile(r"\bkm2\b")

_TAG: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME: Final = re.compile(r"</?([a-zA-Z][\w-]*)")
# Text that stands as it is, and text whose dates do: words of others, and tables of data.
_VERBATIM: Final = frozenset({"code", "pre", "script", "style", "svg", "math", "kbd", "samp"})
_DATED: Final = frozenset({"q", "cite", "data"})
# Elements within a line of text; at any other the line is at its end.
_WITHIN: Final = frozenset({"span", "a", "b", "u", "i", "em", "strong", "sup", "sub", "abbr"})
_BEFORE: Final = 60


def written(text: str) -> str:
    """Write dates, spans of years and square kilometres as a reader expects them.

    Examples
    --------
    >>> written("from 2022-03-28 to 2023-01-05, as in 2019-23")
    'from 28 March 2022 to 5 January 2023, as in 2019–23'
    """
    text = _DAY.sub(lambda found: day(found[1]), text)
    text = _MONTH.sub(lambda found: month(found[1]), text)
    return _SQUARE.sub("km²", _YEARS.sub(r"\1–\2", text))


def curly(text: str) -> str:
    r"""Turn straight quotation marks and apostrophes of a plain text into curly ones.

    Double ones become single: in this book the double ones are for the article's own words.

    Examples
    --------
    >>> curly('the year\'s "pause"')
    'the year’s ‘pause’'
    """
    return "".join(educate_tokens([("plain", text.replace('"', "'"))], attr="q", language="en"))


def plain(text: str) -> str:
    """Set a plain text: a tooltip, say."""
    return curly(written(text))


def page(html: str) -> str:
    """Set the text of a page.

    Parameters
    ----------
    html : str
        Well-formed; text within code and drawings is left alone, and so are the dates of
        quotations, titles and cells of tables.

    Returns
    -------
    str
        The same elements with the same attributes.
    """
    return "".join(educate_tokens(_tokens(html), attr="q", language="en"))


def _tokens(html: str) -> Iterator[tuple[str, str]]:
    inside: dict[str, int] = {}
    # A number that was glued in stands in an element of its own, before its unit.
    before = ""
    for place, piece in enumerate(_TAG.split(html)):
        if place % 2:
            _count(piece, inside)
            before = "" if _ends_a_line(piece) else before
            yield "tag", piece
        elif any(inside.get(name) for name in _VERBATIM):
            yield "literal", piece
        else:
            text = unescape(piece).replace('"', "'")
            if not any(inside.get(name) for name in _DATED):
                text = areas.both_units(written(text), before)
            before = (before + text)[-_BEFORE:]
            yield "plain", escape(text, quote=False)


def _ends_a_line(tag: str) -> bool:
    name = _NAME.match(tag)
    return name is not None and name[1].lower() not in _WITHIN


def _count(tag: str, inside: dict[str, int]) -> None:
    name = _NAME.match(tag)
    if name is None or tag.endswith("/>"):
        return
    key = name[1].lower()
    # The book's own tables of words have classes of their own; all others hold data.
    if key == "table" and "pos-" not in tag:
        key = "data"
    if tag.startswith("</table"):
        inside["data"] = 0
    inside[key] = max(0, inside.get(key, 0) + (-1 if tag.startswith("</") else 1))


__all__ = ["curly", "page", "plain", "written"]
