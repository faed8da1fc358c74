"""One table of colours for charts, cards and pages, on light and on dark ground.

Each colour has a name that says what it stands for and two values.
The chart theme, the style sheet and the chart script all read this table, so that Russian
forces are the same orange and Ukrainian forces the same blue everywhere.
Hue is never the only carrier of a meaning: series are labelled directly, verdicts have a
shape and a word.
"""

from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["ground", "text", "line", "mark", "tint", "fill"]


@dataclass(frozen=True)
class Colour:
    """A colour on both grounds.

    Attributes
    ----------
    name
        Name in Python, and in the style sheet as ``--pos-<name>``.
    light, dark
        ``#rrggbb`` on the light and on the dark ground; no two colours share a light value,
        because a drawn chart is translated by value.
    role
        ``text`` has at least 4.5:1 and ``mark`` at least 3:1 against the ground (WCAG 2.2,
        1.4.3 and 1.4.11); ``ground``, ``line``, ``tint`` and ``fill`` carry no meaning alone.
    meaning
        What it stands for.
    """

    name: str
    light: str
    dark: str
    role: Role
    meaning: str


COLOURS: Final = (
    Colour("ground", "#ffffff", "#121212", "ground", "the page"),
    Colour("panel", "#f6f7f8", "#1c1e21", "ground", "tool rows, table heads"),
    Colour("ink", "#16191d", "#eceef1", "text", "titles and labels"),
    Colour("ink-soft", "#4b525c", "#b4bac3", "text", "subtitles, axis labels, notes"),
    Colour("ink-faint", "#656c77", "#9299a4", "text", "source line"),
    Colour("grid", "#e4e7ea", "#2c3035", "line", "grid"),
    Colour("axis", "#8b929c", "#737a85", "mark", "zero line and ticks"),
    Colour("land", "#eceef0", "#2a2e33", "fill", "land outside the subject"),
    Colour("border", "#c3c9d0", "#4b525b", "line", "boundaries"),
    Colour("russia", "#b5471b", "#f08a56", "text", "Russian forces"),
    Colour("ukraine", "#1f62b0", "#6ea8ee", "text", "Ukrainian forces"),
    Colour("neutral", "#6d6d70", "#8e95a2", "text", "neither side; context"),
    Colour("russia-soft", "#f3d3c3", "#573019", "tint", "range of a Russian series"),
    Colour("ukraine-soft", "#cddff5", "#1c3a5f", "tint", "range of a Ukrainian series"),
    Colour("neutral-soft", "#dde0e5", "#3a3f47", "tint", "range of a neutral series"),
    Colour("tracker-1", "#96308a", "#e2c4ec", "text", "first tracker (DeepState)"),
    Colour("tracker-2", "#0a6a58", "#27d9ae", "text", "second tracker (ISW)"),
    Colour("tracker-3", "#5a4310", "#f7bb2f", "text", "third tracker (War Mapper)"),
    Colour("tracker-4", "#6b707c", "#8d94a3", "text", "other trackers"),
    Colour("stands", "#0a5c73", "#7fdcf2", "text", "verdicts that uphold the statement"),
    Colour("nearly", "#4a90a4", "#1b86a6", "mark", "verdicts that uphold it in part"),
    Colour("split", "#9a6b00", "#f2b632", "text", "contested, depends on the reading"),
    Colour("falls", "#7d2457", "#f2a6cd", "text", "verdicts against the statement"),
    Colour("unknown", "#6b7280", "#8c93a2", "text", "cannot be checked, open, not tested"),
    Colour("scale-1", "#f7e6dc", "#33231b", "fill", "lowest step of a map"),
    Colour("scale-2", "#efc7b0", "#57331f", "fill", "second step"),
    Colour("scale-3", "#e2a17d", "#7d4626", "fill", "third step"),
    Colour("scale-4", "#cb7448", "#a85d31", "fill", "fourth step"),
    Colour("scale-5", "#a5481b", "#d67d49", "fill", "fifth step"),
    Colour("scale-6", "#6e2c0d", "#f6ac80", "fill", "highest step"),
)

BY_NAME: Final = {colour.name: colour for colour in COLOURS}
LIGHT_TO_DARK: Final = {colour.light: colour.dark for colour in COLOURS}

# Steps of a map, lowest first; drawn with a threshold scale, never interpolated, so that each
# step has a value on either ground.
SEQUENTIAL: Final = tuple(BY_NAME[f"scale-{step}"].light for step in range(1, 7))

# Fixed order, so that a tracker keeps its colour from chart to chart.
TRACKERS: Final = {
    "DeepState": BY_NAME["tracker-1"].light,
    "ISW": BY_NAME["tracker-2"].light,
    "War Mapper": BY_NAME["tracker-3"].light,
    "Other": BY_NAME["tracker-4"].light,
}

# Groups whose members meet in one chart and are told apart by colour; tested for distance.
GROUPS: Final = {
    "forces": ("russia", "ukraine", "neutral"),
    "trackers": ("tracker-1", "tracker-2", "tracker-3", "tracker-4"),
    "verdicts": ("stands", "nearly", "split", "falls", "unknown"),
}


def colour(name: str) -> str:
    """Return the light value of a named colour, the one to write into a chart.

    Parameters
    ----------
    name
        A name of the table, for example ``"russia"``.

    Returns
    -------
    str
        ``#rrggbb``.

    Raises
    ------
    KeyError
        If there is no such colour; the message lists the names.
    """
    if name not in BY_NAME:
        message = f"no colour {name!r}; there are {', '.join(BY_NAME)}"
        raise KeyError(message)
    return BY_NAME[name].light


def css_variables() -> str:
    """Return the style sheet part that defines every colour for both grounds."""
    light = "".join(f"--pos-{c.name}:{c.light};" for c in COLOURS)
    dark = "".join(f"--pos-{c.name}:{c.dark};" for c in COLOURS)
    return (
        f":root{{{light}}}\nhtml[data-theme=dark]{{{dark}}}\n@media print{{:root,"
        f"html[data-theme=dark]{{{light}}}}}\n"
    )
