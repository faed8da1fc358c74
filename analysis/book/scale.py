"""The small scale of a claim card: printed, then, now and all readings on one axis.

Positions are percentages of the axis, so that the drawing fills any width while its text
keeps its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Final

from markupsafe import Markup

from analysis import formatting
from analysis.book.worded import LABELS, value_note, written
from analysis.claims import Value
from analysis.hedges import Interval, allowed, hedge
from analysis.readings import Reading, included

# Dots nearer to one another than this share of the axis are set in two lanes.
_APART: Final = 2.4
_LANE_PX: Final = 11
_ROW_PX: Final = 22
_SHORT_LABEL: Final = 5
_EXACT: Final = 1e-9


@dataclass(frozen=True)
class Mark:
    """One value on the axis, with its range, in the unit of the axis."""

    value: float
    low: float
    high: float
    kind: str
    stands: bool | None = None


@dataclass(frozen=True)
class Row:
    """One line of the scale: its label, its value in words, and the marks drawn."""

    label: str
    text: str
    note: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Scale:
    """An axis with rows, and what the article's word allows.

    Attributes
    ----------
    unit : str
    low, high : float
        Ends of the axis, in `unit`.
    ticks : tuple of float
    holds, roughly : Interval or None
        What the hedge allows; None where there is no printed number or no interval.
    printed : float or None
    word : str
        The hedge.
    rows : tuple of Row
    """

    unit: str
    low: float
    high: float
    ticks: tuple[float, ...]
    holds: Interval | None
    roughly: Interval | None
    printed: float | None
    word: str
    rows: tuple[Row, ...]

    def percent(self, value: float) -> float:
        """Return a place on the axis as a percentage, kept inside it."""
        inside = min(max(value, self.low), self.high)
        return round(100 * (inside - self.low) / (self.high - self.low), 2)


def build(
    *,
    unit: str,
    printed: float | None,
    word: str,
    then: Value | None,
    now: Value | None,
    readings: Sequence[Reading],
) -> Scale | None:
    """Lay out the scale of one proposition.

    Parameters
    ----------
    unit : str
        Unit of the axis; values and readings in another unit are left to the text.
    printed : float or None
        The printed number, in `unit`.
    word : str
        The article's hedge.
    then, now : Value or None
    readings : sequence of Reading
        Excluded ones are not drawn.

    Returns
    -------
    Scale or None
        None where fewer than two numbers could be compared.
    """
    holds, roughly = _allowed(word, printed)
    rows = [
        *_printed_row(printed, unit),
        *_value_row(then, unit),
        *_value_row(now, unit),
        *_readings_row(readings, unit),
    ]
    marks = [mark for row in rows for mark in row.marks]
    if len({mark.value for mark in marks}) + (roughly is not None) < 2:
        return None
    ends = [end for mark in marks for end in (mark.low, mark.high)]
    ends += [end for end in _ends(roughly) if isfinite(end)]
    low, high, ticks = _axis(min(ends), max(ends))
    return Scale(unit, low, high, ticks, holds, roughly, printed, word, tuple(rows))


def _allowed(word: str, printed: float | None) -> tuple[Interval | None, Interval | None]:
    try:
        chosen = hedge(word)
    except KeyError:
        return None, None
    # A multiple is an interval by itself; a chance is not on the axis of a quantity.
    if chosen.kind == "chance" or (printed is None and chosen.kind == "quantity"):
        return None, None
    return allowed(word, printed or 0.0)


def _ends(interval: Interval | None) -> tuple[float, ...]:
    return () if interval is None else (interval.low, interval.high)


def _printed_row(printed: float | None, unit: str) -> list[Row]:
    if printed is None:
        return []
    mark = Mark(printed, printed, printed, "printed")
    return [Row("Printed", formatting.quantity(printed, unit), "", (mark,))]


def _value_row(value: Value | None, unit: str) -> list[Row]:
    if value is None or value.value is None:
        return []
    label, kind = LABELS[value.status], "now" if value.status == "now" else "then"
    low = value.value if value.low is None else value.low
    high = value.value if value.high is None else value.high
    marks = (Mark(value.value, low, high, kind),) if value.unit == unit else ()
    return [Row(label, written(value), value_note(value), marks)] if marks else []


def _readings_row(readings: Sequence[Reading], unit: str) -> list[Row]:
    drawn = [reading for reading in included(readings) if reading.unit == unit]
    if not drawn:
        return []
    # The primary reading is drawn last, on top of the others.
    order = sorted(drawn, key=lambda reading: (reading.role == "primary", reading.value))
    marks = tuple(
        Mark(reading.value, *reading.bounds, reading.role, reading.stands) for reading in order
    )
    lowest, highest = min(m.value for m in marks), max(m.value for m in marks)
    text = formatting.between(formatting.quantity(lowest, unit), formatting.quantity(highest, unit))
    label = "Reading" if len(drawn) == 1 else "Readings"
    note = _standing(drawn) if len(drawn) > 1 else ""
    return [Row(label, text, note, marks)]


def _standing(drawn: Sequence[Reading]) -> str:
    """Say with how many readings the statement stands; nothing where it was not asked."""
    asked = [reading.stands for reading in drawn if reading.stands is not None]
    if len(asked) < len(drawn):
        return ""
    many = "all" if all(asked) else str(sum(asked) or "none")
    return f"{many} of {len(drawn)} with the statement"


def _axis(low: float, high: float) -> tuple[float, float, tuple[float, ...]]:
    # Zero belongs on the axis unless the numbers are close together and far from it.
    if 0 < low < 0.55 * high:
        low = 0.0
    if 0.55 * low < high < 0:
        high = 0.0
    span = high - low or abs(high) or 1.0
    step = _nice(span / 4)
    start, stop = floor(low / step), ceil(high / step)
    # All numbers alike: one step more, so that the axis has a length.
    stop += start == stop
    places = max(0, 1 - floor(log10(step)))
    ticks = tuple(round(step * place, places) for place in range(start, stop + 1))
    # Room for half a dot beyond the outer ticks.
    margin = 0.04 * (ticks[-1] - ticks[0])
    return ticks[0] - margin, ticks[-1] + margin, ticks


def _nice(step: float) -> float:
    power: float = 10.0 ** floor(log10(step))
    return float(next(power * factor for factor in (1, 2, 2.5, 5, 10) if step <= power * factor))


def track(scale: Scale, row: Row) -> Markup:
    """Draw the marks of one row over the shaded band and the line of the printed number."""
    lanes = _lanes(scale, row.marks)
    body = [*_band(scale), *_printed_line(scale)]
    for mark, lane in zip(row.marks, lanes, strict=True):
        body += _drawn(scale, mark, _ROW_PX / 2 + lane * _LANE_PX)
    return _svg(body, track_height(scale, row))


def track_height(scale: Scale, row: Row) -> int:
    """Return the height of a row's drawing in CSS pixels: one lane, or more where dots meet."""
    return _ROW_PX + _LANE_PX * max(_lanes(scale, row.marks), default=0)


def axis(scale: Scale) -> Markup:
    """Draw the ticks and their labels."""
    body = ['<line class="pos-axis" x1="0" x2="100%" y1="0.5" y2="0.5"/>']
    for tick in scale.ticks:
        x = scale.percent(tick)
        label = tick_label(tick, scale)
        # A long label at an end would stand outside the card.
        long = len(label) > _SHORT_LABEL
        anchor = "start" if long and x < 8 else "end" if long and x > 92 else "middle"
        body.append(f'<line class="pos-axis" x1="{x}%" x2="{x}%" y1="0" y2="5"/>')
        body.append(f'<text class="pos-tick" x="{x}%" y="17" text-anchor="{anchor}">{label}</text>')
    return _svg(body, 21)


def tick_label(tick: float, scale: Scale) -> str:
    """Write a tick with as many decimals as all ticks need; shares as percentages."""
    factor = 100 if scale.unit == "share" else 1
    values = [value * factor for value in scale.ticks]
    decimals = next(d for d in range(9) if all(abs(v - round(v, d)) < _EXACT for v in values))
    text = formatting.number(tick * factor, decimals)
    return f"{text}\u202f%" if scale.unit == "share" else text


def _svg(body: Iterable[str], height: int) -> Markup:
    return Markup(
        f'<svg class="pos-track" width="100%" height="{height}" aria-hidden="true" '
        f'focusable="false">{"".join(body)}</svg>'
    )


def _band(scale: Scale) -> list[str]:
    drawn = []
    for name, interval in (("roughly", scale.roughly), ("holds", scale.holds)):
        if interval is not None:
            low, high = scale.percent(interval.low), scale.percent(interval.high)
            drawn.append(
                f'<rect class="pos-band pos-band--{name}" x="{low}%" y="0" '
                f'width="{round(high - low, 2)}%" height="100%"/>'
            )
    return drawn


def _printed_line(scale: Scale) -> list[str]:
    if scale.printed is None:
        return []
    x = scale.percent(scale.printed)
    return [f'<line class="pos-printed" x1="{x}%" x2="{x}%" y1="0" y2="100%"/>']


def _lanes(scale: Scale, marks: Sequence[Mark]) -> list[int]:
    """Give each mark the first lane in which it touches no other."""
    taken: dict[int, list[tuple[float, float]]] = {}
    lanes = [0] * len(marks)
    # The primary reading, which is last, chooses first and so stays in the first lane.
    for place in reversed(range(len(marks))):
        mark = marks[place]
        left = scale.percent(mark.low) - _APART / 2
        right = scale.percent(mark.high) + _APART / 2
        lane = 0
        while any(left < end and start < right for start, end in taken.get(lane, [])):
            lane += 1
        taken.setdefault(lane, []).append((left, right))
        lanes[place] = lane
    return lanes


def _drawn(scale: Scale, mark: Mark, y: float) -> list[str]:
    x = scale.percent(mark.value)
    state = (
        "" if mark.stands is None else " pos-mark--with" if mark.stands else " pos-mark--against"
    )
    parts = []
    if mark.low != mark.high:
        left, right = scale.percent(mark.low), scale.percent(mark.high)
        parts.append(
            f'<line class="pos-range pos-range--{mark.kind}" x1="{left}%" x2="{right}%" '
            f'y1="{y:g}" y2="{y:g}"/>'
        )
    parts.append(
        # A nested drawing is placed by percentage and drawn in pixels.
        f'<svg x="{x}%" y="{y:g}" overflow="visible" '
        f'class="pos-mark pos-mark--{mark.kind}{state}">{_SHAPES[mark.kind]}</svg>'
    )
    return parts


_SHAPES: Final = {
    "printed": '<path d="M0-7V7" stroke-width="3"/>',
    "then": '<circle r="5"/>',
    "now": '<rect x="-4.5" y="-4.5" width="9" height="9"/>',
    "primary": '<path d="M0-6.5 6.5 0 0 6.5-6.5 0z"/>',
    "alternative": '<circle r="4"/>',
}
