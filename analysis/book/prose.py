"""Numbers in prose: finished strings that a chapter names."""

from __future__ import annotations

from collections.abc import Mapping


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
    for name, value in strings.items():
        glue(name, Written(value), display=False)
