"""A citation in any form leads back to the same author, title, version and state of the data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import bibtexparser
import jsonschema
import pytest
import rispy
from bs4 import BeautifulSoup

from analysis.book import cite_box, citing, reporting
from analysis.book.imprint import FILE, Imprint, read
from analysis.violations import DataError

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "schemas/csl-data-1.0.2.json").read_text(encoding="utf-8")
)
PLACELESS = Imprint(
    title="Toy Book: with a subtitle",
    authors=("Toy Press",),
    version="1.2.0",
    released=date(2026, 3, 4),
    data_to="2026-02-01",
)
PLACED = Imprint(
    title="Toy Book: with a subtitle",
    authors=("Doe, Jane", "Toy Press"),
    version="1.2.0",
    released=date(2026, 3, 4),
    data_to="2026-02-01",
    address="https://book.example/v1.2/",
    tracker="https://code.example/toy",
    contact="editor@book.example",
)


def things(imprint):
    meta = {"id": "pace", "title": "50 % of 3 km² & more is ‘too_much’"}
    return {
        "book": citing.book(imprint),
        "chapter": citing.page(imprint, "chapters/09-want", "Does he want talks?", 9),
        "page": citing.page(imprint, "pages/ledger", "Ledger"),
        "chart": citing.chart(imprint, "chapters/09-want", "Does he want talks?", meta),
        "claim": citing.card(
            imprint, "claim-a-b", "“so it is”", "chapters/01-a.html#claim-a-b", "The land"
        ),
    }


@pytest.fixture(params=[PLACELESS, PLACED], ids=["no address", "address"])
def imprint(request):
    return request.param


KINDS = list(things(PLACELESS))


@pytest.mark.parametrize(
    ("kind", "style", "printed"),
    [
        (
            "book",
            "APA",
            "Doe, J., & Toy Press. (2026). Toy Book: with a subtitle (Version 1.2.0, data to"
            " 1 February 2026). https://book.example/v1.2/index.html",
        ),
        (
            "chapter",
            "APA",
            "Doe, J., & Toy Press. (2026). Does he want talks? In Toy Book: with a subtitle"
            " (Version 1.2.0, data to 1 February 2026, Chapter 9)."
            " https://book.example/v1.2/chapters/09-want.html",
        ),
        (
            "chapter",
            "MLA",
            "Toy Press. “Does He Want Talks?” Toy Book: With a Subtitle,"
            " Version 1.2.0, data to 1 February 2026, 2026,"
            " https://book.example/v1.2/chapters/09-want.html.",
        ),
        (
            "page",
            "Chicago",
            "Toy Press. 2026. “Ledger.” In Toy Book: With a Subtitle, version 1.2.0,"
            " data to 1 February 2026. https://book.example/v1.2/pages/ledger.html.",
        ),
        (
            "claim",
            "APA",
            "Doe, J., & Toy Press. (2026). Claim a-b: “so it is.” In The land, Toy Book (Version"
            " 1.2.0, data to 1 February 2026)."
            " https://book.example/v1.2/chapters/01-a.html#claim-a-b",
        ),
    ],
)
def test_printed_forms(kind, style, printed):
    """By the handbooks: APA 7 (10.2, 10.3), Chicago 18 (author-date), MLA 9 (core elements).

    A question keeps its mark and gets no full stop; a version is one version; a full stop
    stands before a closing quotation mark.
    """
    # In MLA and Chicago the library shortens given names, so the author here has none.
    press = PLACED if style == "APA" else replace(PLACED, authors=("Toy Press",))
    assert citing.styled(things(press)[kind], style) == printed


def test_a_chart_without_an_address_ends_with_its_version():
    """APA 10.14, visual works: author, year, title, kind in brackets, what it is part of."""
    assert citing.styled(things(PLACELESS)["chart"], "APA") == (
        "Toy Press. (2026). 50 % of 3 km² & more is ‘too_much’ [Chart]. In Does he want talks?,"
        " Toy Book (Version 1.2.0, data to 1 February 2026)."
    )


@pytest.mark.parametrize("kind", KINDS)
def test_html_has_the_words_of_the_plain_form(imprint, kind):
    """Titles in italics are all that is added, and every sign of a title is escaped."""
    cited = things(imprint)[kind]
    for style in citing.STYLES:
        html = citing.styled(cited, style, html=True)
        page = BeautifulSoup(html, "html.parser")
        assert page.get_text() == citing.styled(cited, style)
        assert {tag.name for tag in page.find_all()} == {"i"}
        assert "& " not in html


@pytest.mark.parametrize("kind", KINDS)
def test_version_and_state_of_the_data_are_in_every_form(imprint, kind):
    """Both decide what a page says; the dates and numbers are those of the made-up imprint."""
    cited = things(imprint)[kind]
    forms = [citing.styled(cited, style) for style in citing.STYLES]
    forms += [make(cited) for _, make in cite_box.FILES.values()]
    for text in forms:
        assert "1.2.0" in text
        assert "ata to 1 February 2026" in text
        assert ("https://book.example/v1.2/" in text) == bool(imprint.address)


@pytest.mark.parametrize("kind", KINDS)
def test_bibtex_is_read_back(imprint, kind):
    """Another library's parser finds one entry with the same title, year and address."""
    cited = things(imprint)[kind]
    library = bibtexparser.parse_string(citing.bibtex(cited))
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    title = cited.csl["title"].replace("%", r"\%").replace("&", r"\&").replace("_", r"\_")
    assert fields["title"] == f"{{{title}}}"
    assert (entry.key, fields["year"]) == (cited.id, "2026")
    assert fields.get("url") == (imprint.address + cited.path if imprint.address else None)
    wanted = {"book": "book", "chapter": "incollection", "page": "incollection"}
    assert entry.entry_type == wanted.get(kind, "misc")
    if "#" in cited.path:
        assert f"Licence: CC BY 4.0. Anchor: {cited.path.split('#')[1]}" in fields["note"]


@pytest.mark.parametrize("kind", KINDS)
def test_ris_is_read_back(imprint, kind):
    """A parser finds one entry with title, authors, day, version and address."""
    cited = things(imprint)[kind]
    (entry,) = rispy.loads(citing.ris(cited))
    assert entry["title"] == cited.csl["title"]
    assert entry["authors"] == list(imprint.authors)
    assert (entry["date"], entry["edition"]) == ("2026/03/04", "Version 1.2.0")
    assert entry.get("urls") == ([imprint.address + cited.path] if imprint.address else None)
    assert entry["type_of_reference"] == {
        "book": "BOOK", "chapter": "CHAP", "page": "CHAP", "chart": "CHART", "claim": "DICT",
    }[kind]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_csl_json_fits_its_schema(imprint, kind):
    """One item with the variables of CSL 1.0.2 and none besides."""
    document = json.loads(citing.csl_json(things(imprint)[kind]))
    jsonschema.Draft7Validator(SCHEMA).validate(document)
    (item,) = document
    assert item["issued"] == {"date-parts": [[2026, 3, 4]]}


def test_the_schema_refuses_what_csl_does_not_know():
    """A schema that takes anything would prove nothing."""
    (item,) = json.loads(citing.csl_json(things(PLACED)["chapter"]))
    validator = jsonschema.Draft7Validator(SCHEMA)
    for wrong in ({"colour": "red"}, {"issued": "2026"}, {"type": "chapters"}):
        assert not validator.is_valid([item | wrong])


def test_the_box_has_three_styles_and_three_files():
    """What a student needs and what a reference manager needs, under one heading."""
    html = cite_box.box(things(PLACED)["chapter"], "chapter", PLACED, files="09-want")
    box = BeautifulSoup(html, "lxml").select_one("section.pos-citebox")
    assert box.h2.get_text() == "Cite this chapter"
    assert [term.get_text() for term in box.select("dt")] == ["APA", "Chicago", "MLA"]
    assert [link["href"] for link in box.select("a[download]")] == [
        "09-want.bib", "09-want.ris", "09-want.csl.json",
    ]  # fmt: skip


def test_places_for_the_reader_s_address():
    """Where the address is known nothing is filled in; where not, one place for each citation."""
    for imprint, count in ((PLACED, 0), (PLACELESS, 3)):
        html = cite_box.box(things(imprint)["chapter"], "chapter", imprint, files=None)
        assert len(BeautifulSoup(html, "lxml").select(".pos-here")) == count
    chart = cite_box.folds(things(PLACELESS)["chart"], "the chart pace", PLACELESS)
    places = BeautifulSoup(chart, "lxml").select(".pos-here")
    assert [place["data-anchor"] for place in places] == ["fig-pace", "fig-pace"]


def test_bibtex_with_the_reader_s_address_is_read_back():
    """What the script fills in makes a field of the entry, not a broken file."""
    html = cite_box.folds(things(PLACELESS)["chart"], "the chart pace", PLACELESS)
    pre = BeautifulSoup(html, "lxml").select_one(".pos-cite pre")
    place = pre.select_one(".pos-here")
    place.string = f"{place['data-before']}https://x.example/p#fig-pace{place['data-after']}"
    library = bibtexparser.parse_string(pre.get_text())
    fields = {field.key: field.value for field in library.entries[0].fields}
    assert library.failed_blocks == []
    assert fields["url"] == "https://x.example/p#fig-pace"


def test_a_fold_states_address_and_licence():
    """The stable address is printed even where the host is not known."""
    html = cite_box.folds(things(PLACELESS)["claim"], "the claim a-b", PLACELESS)
    last = BeautifulSoup(html, "lxml").select("details.pos-cite > p")[1]
    wanted = "Address in the book: chapters/01-a.html#claim-a-b. Licence: CC BY 4.0."
    assert last.get_text() == wanted


def test_a_report_begins_with_place_version_and_state():
    """Everything that whoever mends it has to know, in a link without any script."""
    from urllib.parse import parse_qs, urlsplit

    lines = [
        "About: the claim a-b",
        "Verdict shown: holds",
        "Place: chapters/01-a.html#claim-a-b",
        "Version 1.2.0, data to 1 February 2026",
    ]
    path = "chapters/01-a.html#claim-a-b"
    made = reporting.report(PLACELESS, "the claim a-b", path, "Verdict shown: holds")
    assert made.text.splitlines()[:4] == lines
    link = urlsplit(made.href)
    asked = parse_qs(link.query)
    assert (link.scheme, link.path) == ("mailto", "")
    assert asked["subject"] == ["Error in the claim a-b"]
    assert asked["body"][0].split("\r\n")[:4] == lines


def test_a_report_goes_to_the_tracker_or_to_the_one_who_is_named():
    """A tracker comes first; without it the mail has a recipient where one is known."""
    made = reporting.report(PLACED, "the page x", "pages/x.html")
    assert made.href.startswith("https://code.example/toy/issues/new?title=Error%20in%20the")
    mail = reporting.report(replace(PLACED, tracker=""), "the page x", "pages/x.html")
    assert mail.href.startswith("mailto:editor@book.example?subject=")


CFF = """
title: "A: b"
authors: [{family-names: Doe, given-names: Jane}, {name: Toy Press}]
version: 1.0
date-released: "2026-01-02"
"""


def test_the_citation_file_is_read(tmp_path):
    """Keys as the Citation File Format names them; an address gets its slash."""
    more = "url: https://book.example\nrepository-code: https://code.example/x/\n"
    more += "contact: [{name: The editor, email: e@book.example}]\ndoi: 10.1/x\n"
    (tmp_path / "c.cff").write_text(CFF + more, encoding="utf-8")
    found = read(tmp_path / "c.cff", data_to="2026-02-01")
    assert found.authors == ("Doe, Jane", "Toy Press")
    assert (found.name, found.version, found.released) == ("A", "1.0", date(2026, 1, 2))
    assert (found.address, found.tracker) == ("https://book.example/", "https://code.example/x")
    assert (found.contact, found.doi) == ("e@book.example", "10.1/x")
    named = read(tmp_path / "c.cff", address="https://other.example/v1/", data_to="2026-02-01")
    assert named.at("a.html#b") == "https://other.example/v1/a.html#b"


@pytest.mark.parametrize("address", ["book.example", "ftp://book.example", "https://b.example/?x"])
def test_an_address_that_is_none_is_refused(tmp_path, address):
    """All that is wrong is named at once: the address and the missing keys."""
    (tmp_path / "c.cff").write_text("title: A\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(tmp_path / "c.cff", address=address, data_to="2026-02-01")
    assert all(word in str(caught.value) for word in (address, "authors", "date-released"))


def test_the_book_s_own_citation_file_is_complete():
    """Title, author, version and day: what every citation prints.

    The author has no given name, which the library would shorten where MLA has it in full.
    """
    found = read(FILE, data_to="2026-02-01")
    assert found.version and found.title.startswith(found.name)
    assert found.authors and not any("," in name for name in found.authors)
