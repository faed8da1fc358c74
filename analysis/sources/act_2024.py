"""Every sum of the Ukraine Security Supplemental Appropriations Act, 2024, from its text.

Upstream: H.R. 815 as enrolled (Public Law 118-50), Division B, pages 11 to 31,
https://www.govinfo.gov/content/pkg/BILLS-118hr815enr/pdf/BILLS-118hr815enr.pdf; a work of the
US government, in the public domain.  The file ``hr815_enrolled_division_b.txt`` is the text of
those pages with the line breaks of the print and a line ``[page N]`` before each page.

The law prints no total and no table.  A sum stands after "For an additional amount for" and
the name of its account; parts of three sums stand in provisos under the same heading, and what
such parts leave over is a line of its own, so that the leaves add up to the whole.  To which
purpose an account belongs is this book's coding (`PURPOSES`), not the law's.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.sources.tables import write_csv
from analysis.violations import Violation, raise_all

TEXT = "hr815_enrolled_division_b.txt"

_PAGE = re.compile(r"\n\[page (\d+)\]\nH\. R\. 815—\d+ ?\n")
_TITLE = re.compile(r"\bTITLE ([IV]+)\b")
_PAGE_MARK = re.compile(r"⟦(\d+)⟧")
_UNTIL = r"(?: to remain available until (?P<until>[A-Z][a-z]+ \d+, \d{4}))?"
_SUM = re.compile(
    rf"For an additional amount for ‘‘(?P<account>[^‘’]+)’’, \$(?P<amount>[\d,]+),{_UNTIL}"
)
_PART = re.compile(
    rf"of the total amount provided under this heading in this division, (?:up to )?"
    rf"\$(?P<amount>[\d,]+),?{_UNTIL},?"
    r"(?: shall be| may be)? (?:for |to |transferred )"
    r"(?P<account>the Ukraine Security Assistance Initiative|assistance for Ukraine"
    r"|prevent and respond to food insecurity|to accounts)"
)
_PARTS = {
    "the Ukraine Security Assistance Initiative": "Ukraine Security Assistance Initiative",
    "to accounts": "Replacement of articles and reimbursement of services (up to)",
    "assistance for Ukraine": "Assistance for Ukraine, which may include budget support",
    "prevent and respond to food insecurity": "Food insecurity",
}
UNKNOWN = "?"
REST = "Rest of {} (total less its parts)"

# Account (title, pattern of the name) to purpose; the first that fits.
PURPOSES: tuple[tuple[str, str, str], ...] = (
    ("I", r"Ukraine Security Assistance Initiative", "usai"),
    ("I", r"Replacement of articles", "stock-replacement"),
    ("I", r"Military Personnel", "us-forces-pay"),
    ("I", r"Rest of Operation and Maintenance, Defense-Wide", "defense-wide-rest"),
    ("I", r"Operation and Maintenance", "us-forces-operations"),
    ("I", r"Procurement", "us-procurement"),
    ("I", r"Research, Development", "us-research"),
    ("I", r"Inspector General", "defense-oversight"),
    ("I", r"Intelligence Community", "intelligence"),
    ("II", r".*", "energy"),
    ("III", r"Refugee", "refugees-in-us"),
    ("IV", r"Inspector General|Diplomatic Programs|Operating Expenses", "us-agencies"),
    ("IV", r"budget support", "budget-support"),
    ("IV", r"Food insecurity|Transition Initiatives|Eurasia", "economic-civil"),
    ("IV", r"Narcotics", "border-police"),
    ("IV", r"Demining", "demining"),
    ("IV", r"Foreign Military Financing", "fmf"),
)


@dataclass(frozen=True)
class _Line:
    """A sum of the law (`whole`), a part of one, or what the parts leave over."""

    title: str
    account: str
    amount_usd: int
    available_until: datetime | None
    page: int
    whole: bool
    seq: int = 0
    part_of_seq: int | None = None
    purpose: str = ""


def build(raw: Path) -> dict[str, pd.DataFrame]:
    """Read the sums of the Act.

    Parameters
    ----------
    raw : Path
        Folder with the text named above.

    Returns
    -------
    dict of str to DataFrame
        ``act-2024-lines``: seq, title, account, amount_usd, available_until (missing: until
        expended), part_of_seq, purpose (empty for a sum that has parts), page.

    Raises
    ------
    DataError
        With every account that has no purpose and every sum that its parts exceed.
    """
    lines = _with_rests(_sums((raw / TEXT).read_text(encoding="utf-8")))
    raise_all(_violations(lines))
    table = pd.DataFrame([asdict(line) for line in lines])
    table["part_of_seq"] = table["part_of_seq"].astype("Int64")
    table["available_until"] = pd.to_datetime(table["available_until"])
    order = ["seq", "title", "account", "amount_usd", "available_until", "part_of_seq", "purpose"]
    return {"act-2024-lines": table[[*order, "page"]]}


def _sums(text: str) -> list[_Line]:
    """Find sums and their parts in the order of the text."""
    flat = _PAGE.sub(r" ⟦\1⟧ ", text)
    flat = re.sub(r"\s+", " ", re.sub(r"-\s*\n", "", flat))
    pages, titles = (list(mark.finditer(flat)) for mark in (_PAGE_MARK, _TITLE))
    hits = sorted([*_SUM.finditer(flat), *_PART.finditer(flat)], key=lambda hit: hit.start())
    return [
        _Line(
            title=_before(titles, hit.start(), "I"),
            account=hit["account"] if hit.re is _SUM else _PARTS[hit["account"]],
            amount_usd=int(hit["amount"].replace(",", "")),
            available_until=datetime.strptime(hit["until"], "%B %d, %Y") if hit["until"] else None,
            page=int(_before(pages, hit.start(), "11")),
            whole=hit.re is _SUM,
        )
        for hit in hits
    ]


def _before(marks: list[re.Match[str]], place: int, default: str) -> str:
    passed = [mark.group(1) for mark in marks if mark.start() < place]
    return passed[-1] if passed else default


def _with_rests(found: list[_Line]) -> list[_Line]:
    """Give lines their numbers, tie parts to their sum, add what the parts leave over."""
    lines: list[_Line] = []
    starts = [place for place, line in enumerate(found) if line.whole]
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        whole, parts = found[start], found[start + 1 : end]
        left = whole.amount_usd - sum(part.amount_usd for part in parts)
        if parts and left > 0:
            parts = [*parts, replace(whole, account=REST.format(whole.account), amount_usd=left)]
        # A part that names no day of its own has that of the whole.
        until = whole.available_until
        seq = len(lines) + 1
        lines.append(replace(whole, seq=seq, purpose="" if parts else _purpose(whole)))
        lines += [
            replace(
                part,
                seq=seq + place,
                part_of_seq=seq,
                available_until=part.available_until or until,
                purpose=_purpose(part),
            )
            for place, part in enumerate(parts, start=1)
        ]
    return lines


def _purpose(line: _Line) -> str:
    fits = (
        purpose
        for title, pattern, purpose in PURPOSES
        if title == line.title and re.search(pattern, line.account)
    )
    return next(fits, UNKNOWN)


def _violations(lines: list[_Line]) -> list[Violation]:
    wrong = [
        Violation(TEXT, line.seq, "account", line.account, "an account with a purpose")
        for line in lines
        if line.purpose == UNKNOWN
    ]
    for whole in lines:
        parts = [line.amount_usd for line in lines if line.part_of_seq == whole.seq]
        if parts and sum(parts) != whole.amount_usd:
            expected = f"parts that add up to {whole.amount_usd}"
            wrong.append(Violation(TEXT, whole.seq, "amount_usd", str(sum(parts)), expected))
    return wrong


def write(tables: dict[str, pd.DataFrame], data: Path = DATA) -> list[Path]:
    """Write the table; return what was written."""
    return [write_csv(tables["act-2024-lines"], data / "series" / "act_2024_lines.csv")]
