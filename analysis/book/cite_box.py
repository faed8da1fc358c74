"""HTML of citations and of reports: the box of a page, the folds of charts and cards.

All of it is complete without a script.  ``static/cite.js`` adds buttons that copy, and, where
the address of the book is not known, the address under which it is being read.
"""

from __future__ import annotations

from html import escape
from typing import Final

from analysis.book import citing, reporting
from analysis.book.citing import Citable
from analysis.book.imprint import LICENCE, Imprint

# Files for reference managers: what a reader is offered, the suffix, and what makes it.
FILES: Final = {
    "BibTeX": (".bib", citing.bibtex),
    "RIS": (".ris", citing.ris),
    "CSL-JSON": (".csl.json", citing.csl_json),
}

# After the address these two styles end the sentence.
_STOP: Final = {"APA": "", "Chicago": ".", "MLA": "."}


def box(cited: Citable, what: str, imprint: Imprint, *, files: str | None) -> str:
    """Return the box at the end of a page.

    Parameters
    ----------
    cited : Citable
        The page.
    what : str
        ``chapter``, ``page`` or ``book``.
    imprint : Imprint
    files : str or None
        Address of the files without their suffix, as seen from the page; None where the
        format has no files beside its pages.

    Returns
    -------
    str
        A ``<section>`` with a heading of its own.
    """
    styles = "\n".join(
        f'<dt id="cite-{name.lower()}">{name}</dt>'
        f'<dd class="pos-copy">{citing.styled(cited, name, html=True)}'
        f"{_here(cited, before=' ', after=_STOP[name])}</dd>"
        for name in citing.STYLES
    )
    offered = "" if files is None else f"<p>For reference managers: {_downloads(files)}.</p>\n"
    report = reporting.report(imprint, f"the {what} “{cited.csl['title']}”", cited.path)
    return (
        f'<section class="pos-citebox" aria-labelledby="cite-this">\n'
        f'<h2 id="cite-this">Cite this {what}</h2>\n'
        f"<dl>\n{styles}\n</dl>\n{offered}"
        f'<div class="pos-tools">{_report(report, cited.csl["title"])}</div>\n</section>\n'
    )


def _downloads(files: str) -> str:
    links = [
        f'<a href="{escape(files + suffix)}" download="">{name}</a>'
        for name, (suffix, _) in FILES.items()
    ]
    return ", ".join(links[:-1]) + " and " + links[-1]


def folds(cited: Citable, what: str, imprint: Imprint, detail: str = "") -> str:
    """Return the folds of a chart or a card: how to cite it, how to report an error.

    Parameters
    ----------
    cited : Citable
    what : str
        What a report is about: ``the chart land-pace``.
    imprint : Imprint
    detail : str
        What a report states beside it, such as the verdict that is shown.
    """
    title = str(cited.csl["title"])
    bibtex = citing.bibtex(cited).rstrip()
    # The address of the reader comes as the last field.
    head = bibtex.removesuffix("\n}")
    apa = citing.styled(cited, "APA", html=True)
    name = escape(f"BibTeX: {title}", quote=True)
    report = reporting.report(imprint, what, cited.path, detail)
    return (
        f'<details class="pos-cite"><summary>Cite</summary>'
        f'<p class="pos-copy">{apa}{_here(cited, before=" ")}</p>'
        f'<pre class="pos-copy" tabindex="0" role="region" aria-label="{name}">{escape(head)}'
        f"{_here(cited, before=',&#10;  url = {', after='}')}\n}}</pre>"
        f"<p>Address in the book: <code>{escape(cited.path)}</code>. Licence: {LICENCE}.</p>"
        f"</details>{_report(report, title)}"
    )


def _report(report: reporting.Report, title: str) -> str:
    name = escape(f"Report: {title}", quote=True)
    where = "Open a report" if report.href.startswith("http") else "Write a message"
    return (
        f'<details class="pos-cite pos-report"><summary>Report an error</summary>'
        f'<p><a href="{escape(report.href)}">{where}</a> with this text, or copy it:</p>'
        f'<pre class="pos-copy" tabindex="0" role="region" aria-label="{name}">'
        f"{escape(report.text)}</pre></details>"
    )


def _here(cited: Citable, *, before: str, after: str = "") -> str:
    """Mark where the reader's address goes; nothing where the address is known."""
    if "URL" in cited.csl:
        return ""
    anchor = escape(cited.path.partition("#")[2])
    return (
        f'<span class="pos-here" data-anchor="{anchor}"'
        f' data-before="{before}" data-after="{after}"></span>'
    )
