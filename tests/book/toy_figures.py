"""Four small figures whose numbers can be checked by eye; for tests of the rendering only."""

import altair as alt
import pandas as pd

from analysis.book.figure import Column, Figure, figure
from analysis.book.palette import SEQUENTIAL, colour

MONTHS = ["Jan 2025", "Feb 2025", "Mar 2025"]


def series() -> pd.DataFrame:
    days = pd.date_range("2025-01-01", periods=4, freq="D")
    return pd.DataFrame({"day": days, "area_km2": [10.04, 12.36, None, 1234.5]})


def line(**changes: object) -> Figure:
    chart = (
        alt.Chart(series())
        .mark_line(color=colour("russia"))
        .encode(x="day:T", y="area_km2:Q", tooltip="area_km2:Q")
        .properties(height=200)
    )
    stated = {
        "id": "toy-line",
        "title": "The toy line rises by a factor of more than one hundred within four days",
        "subtitle": "Toy area, km², 1 to 4 January 2025",
        "source": "Source: made up for a test",
        "alt": "Line from 10 to 1,234.5 square kilometres with a gap on the third day.",
        "caption": "The gap is drawn as a gap.",
        "claims": ["toy-claim"],
        "table": series(),
        "columns": {"day": "Day", "area_km2": Column("Area, km²", 1)},
        "note": "Lower bound.",
    }
    return figure(chart, **(stated | changes))  # type: ignore[arg-type]


def pair() -> Figure:
    frame = pd.DataFrame({"name": ["a", "b"], "low": [1, 3], "high": [2, 5]})
    bars = alt.Chart(frame).mark_bar(color=colour("ukraine")).encode(y="name:N", x="high:Q")
    dots = alt.Chart(frame).mark_point(color=colour("neutral")).encode(y="name:N", x="low:Q")
    return figure(
        bars | dots,
        id="toy-pair",
        title="Two charts side by side",
        subtitle="Toy unit, 2025",
        source="Source: made up for a test",
        alt="Two small charts of two rows each.",
        caption="Side by side in a column of text, one below the other on a phone.",
        table=frame,
    )


def map_with_slider() -> Figure:
    frame = pd.DataFrame(
        {
            "place": ["A", "B"] * 3,
            "step": [0, 0, 1, 1, 2, 2],
            "share": [10, 20, 30, 40, 50, 60],
        }
    )
    bands = ["under 35", "35 and more"]
    frame["band"] = [bands[share >= 35] for share in frame.share]
    month = alt.param(
        name="month", value=2, bind=alt.binding_range(min=0, max=2, step=1, name="Month")
    )
    tiles = alt.Chart(frame).transform_filter("datum.step == month").encode(x="place:O")
    fill = alt.Color("band:O").scale(domain=bands, range=[SEQUENTIAL[0], SEQUENTIAL[5]])
    return figure(
        alt.layer(
            tiles.mark_rect(height=80).encode(color=fill),
            tiles.mark_text(dy=50).encode(text="share:Q"),
        )
        .add_params(month)
        .properties(height=140),
        id="toy-map",
        title="Toy shares rise from month to month",
        subtitle="Share, percent",
        source="Source: made up for a test",
        alt="Two tiles with shares of 50 and 60 percent in March 2025.",
        caption="Move the slider.",
        table=frame,
        columns={"place": "Place", "step": "Step", "share": "Share, %"},
        steps={"month": MONTHS},
    )


PAPERS = [f"Paper {number}" for number in range(1, 41)]


def linked_and_chosen(**changes: object) -> Figure:
    """Two parts that link to places on the page, and a list of forty papers to choose from."""
    frame = pd.DataFrame(
        {"name": ["P1 Ground", "P2 Time"], "at": [1, 2], "to": ["#toy-chapter", "#fig-toy-line"]}
    )
    whole = pd.DataFrame({"paper": PAPERS, "number": range(1, 41)})
    paper = alt.param(
        name="paper",
        value=0,
        bind=alt.binding_select(options=list(range(40)), labels=PAPERS, name="Paper"),
    )
    base = alt.Chart(frame).encode(x=alt.X("at:Q").scale(domain=[0, 3]))
    dots = base.mark_point().encode(size=alt.value(60))
    names = base.mark_text(dy=-14).encode(text="name:N", href="to:N")
    said = base.transform_calculate(said="'no. ' + (paper + 1)").mark_text(dy=14)
    stated = {
        "id": "toy-links",
        "title": "Two parts, each with a link",
        "subtitle": "Toy unit, 2025",
        "source": "Source: made up for a test",
        "alt": "Two dots with names that lead to other places on the page.",
        "caption": "Choose a paper.",
        "table": frame,
        "columns": {"name": "Part", "at": "At"},
        "every": whole,
        "every_columns": {"paper": "Paper", "number": "Number"},
    }
    chart = (dots + names + said.encode(text="said:N")).add_params(paper).properties(height=80)
    return figure(chart, **(stated | changes))  # type: ignore[arg-type]


ALL = (line, pair, map_with_slider, linked_and_chosen)
