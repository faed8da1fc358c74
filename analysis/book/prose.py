"""Numbers in prose: finished strings that a chapter names."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from IPython.display import Markdown

# What this kernel has written so far, for prose that is live.
WRITTEN: Final[dict[str, str]] = {}

_STORED: Final = "application/papermill.record/text/plain"
_NAMED: Final = re.compile(r"\{\{([a-z0-9-]+)\}\}")


class Written(str):
    """A finished string whose thin spaces and signs are stored as they are, not escaped.

    The page evaluates what is stored: without quotation marks "1,427" would be read as
    a pair of numbers.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        mark = '"' if "'" in self else "'"
        return f"{mark}{self!s}{mark}"


def write(strings: Mapping[str, str]) -> None:
    """Store finished strings under their names, for ``{glue:text}`` in the prose.

    Parameters
    ----------
    strings : mapping of str to str
        Formatted once, by `analysis.formatting`; a number is refused, because it
        would be formatted a second time, somewhere else.

    Raises
    ------
    TypeError
        With the names of all values that are not strings.
    """
    from myst_nb import glue

    raw = [name for name, value in strings.items() if not isinstance(value, str)]
    if raw:
        message = f"not finished strings: {', '.join(raw)}"
        raise TypeError(message)
    WRITTEN.update(strings)
    if os.environ.get("JPY_SESSION_NAME"):  # a person's live session, not a record
        return
    for name, value in strings.items():
        glue(name, Written(value), display=False)


def stored(notebook: Mapping[str, Any]) -> dict[str, str]:
    """Return the strings that an executed chapter has written, by name."""
    outputs = (out for cell in notebook["cells"] for out in cell.get("outputs", []))
    named = ((out.get("metadata", {}).get("scrapbook", {}).get("name"), out) for out in outputs)
    return {
        name: str(ast.literal_eval("".join(out["data"][_STORED])))
        for name, out in named
        if name and _STORED in out.get("data", {})
    }


def live(text: str) -> Markdown:
    """Show prose with the numbers of this kernel, in a working copy of a chapter.

    Parameters
    ----------
    text : str
        Markdown that names numbers in double braces, ``{{act-total}}``.

    Raises
    ------
    KeyError
        With every name under which no string has been written yet.
    """
    from IPython.display import Markdown

    unknown = sorted({name for name in _NAMED.findall(text) if name not in WRITTEN})
    if unknown:
        message = f"not written yet (run the cells above): {', '.join(unknown)}"
        raise KeyError(message)
    said = _NAMED.sub(lambda found: WRITTEN[found[1]], text)
    return Markdown(said)  # type: ignore[no-untyped-call]
