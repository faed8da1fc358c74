"""A report of an error, begun for the reader: where, which version, which state of the data."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from analysis.book.imprint import Imprint
from analysis.formatting import day


@dataclass(frozen=True)
class Report:
    """A text, and a link that carries it to the tracker or into a message.

    Attributes
    ----------
    href : str
        Page for new issues of the tracker, or ``mailto:`` with an empty recipient where
        nobody to write to is known.
    text : str
        For a reader who would rather copy it.
    """

    href: str
    text: str


def report(imprint: Imprint, what: str, path: str, detail: str = "") -> Report:
    """Begin a report.

    Parameters
    ----------
    imprint : Imprint
    what : str
        ``the claim no-collapse``.
    path : str
        Address from the root of the site, with its anchor.
    detail : str
        A line more, such as the verdict that is shown.
    """
    lines = [
        f"About: {what}",
        *([detail] if detail else []),
        f"Place: {imprint.at(path) or path}",
        f"Version {imprint.version}, data to {day(imprint.data_to)}",
        "What is wrong: ",
        "What shows it (source, page, date): ",
    ]
    text, title = "\n".join(lines), f"Error in {what}"
    if imprint.tracker:
        href = f"{imprint.tracker}/issues/new?title={quote(title)}&body={quote(text)}"
    else:
        # Lines of a message end in both signs (RFC 6068).
        body = quote("\r\n".join(lines))
        href = f"mailto:{quote(imprint.contact, safe='@')}?subject={quote(title)}&body={body}"
    return Report(href, text)
