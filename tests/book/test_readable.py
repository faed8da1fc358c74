"""Prose of chapters in plain Markdown: what a reader sees in any notebook viewer."""

from __future__ import annotations

import pytest

from analysis.book import readable, runner
from analysis.book.readable import Place, markdown

PLACE = Place(
    number=lambda name: f"<{name}>",
    chapter=lambda name: f"{name}.ipynb",
    page=lambda address: f"https://book.example/{address}",
)

GRID = """::::{grid} 1 1 2 2
:gutter: 3

:::{grid-item}
**For waiting: the help lasted.**
It was {glue:text}`sum`.
:::

:::{grid-item}
**For talks: the help shrank.**
It fell.
:::
::::
"""


def test_a_grid_becomes_headings():
    """The two positions stand below one another, each under its own heading, numbers in place."""
    assert markdown(GRID, PLACE) == (
        "### For waiting: the help lasted\n\nIt was <sum>.\n\n"
        "### For talks: the help shrank\n\nIt fell."
    )


def test_a_note_becomes_a_quotation():
    """Viewers that know no directives show a quoted block."""
    text = ":::{note}\nThe dead had names.\n:::\n\nNext."
    assert markdown(text, PLACE) == "> **Note**\n>\n> The dead had names.\n\nNext."


def test_sources_are_named_by_author_and_year():
    """The entries of references.bib: Fearon 1995, and a book of two authors would have both."""
    said = markdown("As shown {cite}`fearon-1995,wagner-2000`.", PLACE)
    assert said == "As shown (Fearon 1995; Wagner 2000)."
    with pytest.raises(KeyError, match="nobody-1900"):
        markdown("{cite}`nobody-1900`", PLACE)


def test_links_and_claims_lead_somewhere():
    """A label goes, a page and a claim are links, a label within a page has no place to lead to."""
    text = (
        "(land)=\n# Land\n`aid-total`, `x`, [data](../pages/data.md), "
        "[aid](01-aid-window.md), [a](#part-a)"
    )
    assert markdown(text, PLACE) == (
        "# Land\n"
        "[`aid-total`](https://book.example/chapters/01-aid-window.html#claim-aid-total), `x`, "
        "[data](https://book.example/pages/data.html), [aid](01-aid-window.ipynb), a"
    )


def test_a_sign_without_a_plain_form_is_refused():
    """A reader must never see the builder's own signs."""
    with pytest.raises(ValueError, match="term"):
        markdown("a {term}`word`", PLACE)


@pytest.mark.parametrize("source", runner.sources(), ids=lambda path: path.stem)
def test_every_chapter_has_a_plain_form(source):
    """Fourteen chapters, no sign of the builder left in any."""
    import jupytext

    texts = [c.source for c in jupytext.read(source).cells if c.cell_type == "markdown"]
    plain = "\n\n".join(markdown(text, PLACE) for text in texts)
    assert not readable.SIGNS.search(plain)
    assert plain.count("### For ") >= 2 or source.stem.startswith("14")
