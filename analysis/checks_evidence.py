"""Relations between claims, evidence and the tables they refer to.

Types, enums and patterns are checked from the descriptions of the tables; what is here
needs more than one column or more than one table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlsplit

import pandas as pd

from analysis import quotations, tables
from analysis.checks import table_check
from analysis.datapackage import origins
from analysis.violations import Violation

CLAIMS = "data/claims.csv"
COMPONENTS = "data/claim_components.csv"
EVIDENCE = "data/evidence.csv"

# The day on which the sources were last read: nothing here can be younger.
CONSULTED = date(2026, 11, 23)
MAXIMUM_QUOTE_WORDS = 25
MAXIMUM_EXCERPT_WORDS = 60

# Pages of a code host belong to the first folder of the path, not to the host.
_SHARED_HOSTS = {"github.com"}


def host(url: str) -> str:
    """Return the key of an address in the table of hosts; empty for an empty address."""
    parts = urlsplit(url)
    name = parts.netloc.lower().removeprefix("www.").rstrip(".")
    if name in _SHARED_HOSTS:
        name = f"{name}/{parts.path.strip('/').split('/')[0]}"
    return name


def tier(
    url: str, original_publisher: str, read_at: str, hosts: Mapping[str, tuple[str, str]]
) -> str:
    """Return the tier that follows from the host of a page.

    Parameters
    ----------
    url, original_publisher, read_at : str
        As in the evidence table.
    hosts : mapping of str to (owners, tier)
        The table of hosts; owners are separated by a semicolon.

    Returns
    -------
    str
        ``original`` where the host's owner published the fact first and it was read
        there; else the host's tier; ``mirror`` where no host is known.
    """
    owners, relay = hosts.get(host(url), ("", "mirror"))
    if not read_at and original_publisher in owners.split("; "):
        return "original"
    return relay


def frame_violations(
    facts: pd.DataFrame,
    *,
    claim_ids: Collection[str],
    counterclaim_ids: Collection[str] | None,
    units: Collection[str],
    families: Collection[str],
    hosts: Mapping[str, tuple[str, str]],
) -> list[Violation]:
    """Check the evidence table against the tables it refers to.

    Parameters
    ----------
    facts : pandas.DataFrame
        As read from ``data/evidence.csv``.
    claim_ids, units, families : collection of str
        What its columns may refer to.
    counterclaim_ids : collection of str or None
        None where that table is not there: then its ids are not checked.
    hosts : mapping of str to (owners, tier)

    Returns
    -------
    list of Violation
        All of them, in the order of the rows.
    """
    ids = set(facts["id"])
    repeated = set(facts["id"][facts["id"].duplicated(keep=False)])
    found: list[Violation] = []
    for row in _records(facts):
        found += _reference_violations(row, "claim_ids", claim_ids, "ids in the claims")
        if counterclaim_ids is not None:
            found += _reference_violations(
                row, "counterclaim_ids", counterclaim_ids, "ids in the counterclaims"
            )
        found += _reference_violations(row, "origin_id", families, "a source family")
        found += _reference_violations(row, "better_id", ids - {row["id"]}, "another fact")
        if row["unit"] not in units:
            found.append(_evidence(row, "unit", "a unit in the list of units"))
        if row["id"] in repeated:
            found.append(_evidence(row, "id", "an id that stands once"))
        found += _value_violations(row)
        found += _time_violations(row)
        found += _source_violations(row, hosts)
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def _evidence(row: Mapping[str, object], column: str, expected: str) -> Violation:
    return Violation(EVIDENCE, str(row["id"]), column, str(row[column]), expected)


def _reference_violations(
    row: Mapping[str, object], column: str, known: Collection[str], expected: str
) -> Iterator[Violation]:
    if set(str(row[column]).split()) - set(known):
        yield _evidence(row, column, expected)


def _value_violations(row: Mapping[str, object]) -> Iterator[Violation]:
    numbers = [float(str(row[name])) for name in ("low", "value", "high")]
    held = [number for number in numbers if not pd.isna(number)]
    if held != sorted(held):
        yield _evidence(row, "value", f"low <= value <= high, here {numbers}")
    if not held and not row["value_text"] and row["unit"] != "wording":
        yield _evidence(row, "value", "a number, a range, or value_text")
    if held and row["unit"] in {"date", "wording"}:
        yield _evidence(row, "value", f"no number for the unit {row['unit']}")
    if row["unit"] == "date" and not _is_date_text(str(row["value_text"])):
        yield _evidence(row, "value_text", "a date: YYYY, YYYY-MM, YYYY-MM-DD, or two with a slash")


def _is_date_text(text: str) -> bool:
    forms = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}
    return all(
        len(part) in forms
        and not pd.isna(pd.to_datetime(part, format=forms[len(part)], errors="coerce"))
        for part in text.split("/")
    )


def _time_violations(row: Mapping[str, object]) -> Iterator[Violation]:
    as_of, end, published = (
        pd.Timestamp(str(row[name])) for name in ("as_of", "period_end", "published")
    )
    if end < as_of:
        yield _evidence(row, "period_end", f"not before as_of ({as_of.date()})")
    if published > pd.Timestamp(CONSULTED):
        yield _evidence(row, "published", f"not after the sources were read ({CONSULTED})")


def _source_violations(
    row: Mapping[str, object], hosts: Mapping[str, tuple[str, str]]
) -> Iterator[Violation]:
    url = str(row["url"])
    if url and urlsplit(url).scheme not in {"http", "https"}:
        yield _evidence(row, "url", "an http(s) address, or nothing")
    if url and host(url) not in hosts:
        yield _evidence(row, "url", f"a host in data/hosts.csv, not {host(url)!r}")
    expected = tier(url, str(row["original_publisher"]), str(row["read_at"]), hosts)
    if row["tier"] != expected:
        yield _evidence(row, "tier", f"{expected!r}, by the table of hosts")
    if len(str(row["excerpt"]).split()) > MAXIMUM_EXCERPT_WORDS:
        yield _evidence(row, "excerpt", f"at most {MAXIMUM_EXCERPT_WORDS} words")


def claim_violations(claims: pd.DataFrame, units: Collection[str]) -> list[Violation]:
    """Check that quotations are short and the article's, and that units are known.

    Parameters
    ----------
    claims : pandas.DataFrame
        As read from ``data/claims.csv``.
    units : collection of str

    Returns
    -------
    list of Violation
    """
    found = []
    for row in _records(claims):
        quote = str(row["quote"])
        if len(quote.split()) > MAXIMUM_QUOTE_WORDS:
            expected = f"at most {MAXIMUM_QUOTE_WORDS} words"
            found.append(Violation(CLAIMS, row["id"], "quote", quote, expected))
        for run in quotations.missing_runs(quote):
            expected = f"the article's words; {run!r} is not there"
            found.append(Violation(CLAIMS, row["id"], "quote", quote, expected))
        if row["unit"] and row["unit"] not in units:
            found.append(Violation(CLAIMS, row["id"], "unit", row["unit"], "a unit in the list"))
    return found


def component_violations(
    parts: pd.DataFrame, claim_ids: Collection[str], units: Collection[str]
) -> list[Violation]:
    """Check that each proposition belongs to a claim and has a known unit.

    Parameters
    ----------
    parts : pandas.DataFrame
        As read from ``data/claim_components.csv``.
    claim_ids, units : collection of str

    Returns
    -------
    list of Violation
    """
    found = []
    for row in _records(parts):
        name = f"{row['claim_id']}/{row['component']}"
        if row["claim_id"] not in claim_ids:
            found.append(Violation(COMPONENTS, name, "claim_id", row["claim_id"], "a claim"))
        if row["unit"] and row["unit"] not in units:
            found.append(Violation(COMPONENTS, name, "unit", row["unit"], "a unit in the list"))
    return found


def hosts_table() -> dict[str, tuple[str, str]]:
    """Return owners and tier by host."""
    table = tables.read("hosts")
    return {
        str(name): (str(owner), str(level))
        for name, owner, level in zip(table["host"], table["owner"], table["tier"], strict=True)
    }


@table_check
def violations() -> Iterable[Violation]:
    """Check claims, components and evidence as they are in ``data/``."""
    claims = tables.read("claims")
    units = set(tables.read("units")["unit"])
    claim_ids = set(claims["id"])
    # The other camp's statements are a table of their own, which may not be there yet.
    kept = [name for name in ("counterclaims", "counterclaims-considered") if name in origins()]
    others = {str(id) for name in kept for id in tables.read(name)["id"]} if kept else None
    yield from claim_violations(claims, units)
    yield from component_violations(tables.read("claim-components"), claim_ids, units)
    yield from frame_violations(
        tables.read("evidence"),
        claim_ids=claim_ids,
        counterclaim_ids=others,
        units=units,
        families=set(tables.read("source-families")["origin_id"]),
        hosts=hosts_table(),
    )
    yield from _unused_families()
    yield from _unknown_rows()
    families = set(tables.read("source-families")["origin_id"])
    yield from series_violations(tables.read("table-families"), set(origins()), families)


def unknown_rows(name: str, frame: pd.DataFrame, known: Collection[str]) -> Iterator[Violation]:
    """Check that the evidence that a table names is there.

    Parameters
    ----------
    name : str
        Of the file, for the messages.
    frame : DataFrame
        Any table; its columns ``evidence_id`` and ``evidence_ids`` are looked at, in which ids
        are separated by blanks or semicolons.
    known : collection of str
        Ids of the evidence, and names of tables, which may stand in their place.
    """
    for column in ("evidence_id", "evidence_ids"):
        if column in frame:
            for place, cell in enumerate(frame[column].fillna("").astype(str)):
                unknown = {id for id in re.split(r"[\s;]+", cell) if id} - set(known)
                for id in sorted(unknown):
                    yield Violation(name, place + 2, column, id, "a row of evidence, or a table")


def _unknown_rows() -> Iterator[Violation]:
    known = {*tables.read("evidence")["id"], *origins()}
    for item in origins().values():
        if item.path.endswith(".csv"):
            yield from unknown_rows(item.path, tables.read(item.name), known)


def _unused_families() -> Iterator[Violation]:
    families = tables.read("source-families")["origin_id"]
    used = {*tables.read("evidence")["origin_id"], *tables.read("table-families")["origin_id"]}
    for name in sorted(set(families) - used):
        yield Violation("data/source_families.csv", name, "origin_id", name, "a family in use")


def series_violations(
    frame: pd.DataFrame, known: set[str], families: set[str]
) -> Iterator[Violation]:
    """Check the root sources of the series: tables and families that there are, or a reason.

    Parameters
    ----------
    frame : DataFrame
        ``table_families.csv``.
    known, families : set of str
        Names of tables, and of source families.
    """
    file = "data/table_families.csv"
    cells = (frame[name].astype(str) for name in ("table", "origin_id", "note"))
    for table, origin_id, note in zip(*cells, strict=True):
        if table not in known:
            yield Violation(file, table, "table", table, "a table of the data package")
        if origin_id and origin_id not in families:
            yield Violation(file, table, "origin_id", origin_id, "a source family")
        if not origin_id and not note:
            yield Violation(file, table, "note", "", "why the table has no root of its own")
