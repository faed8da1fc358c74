"""Ledger, board, reference tables and published files say what the data and the rules say."""

from __future__ import annotations

import hashlib
import json
import re
from types import SimpleNamespace

import jsonschema
import made_up
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis import claims, counterclaims, datapackage, formatting, hedges, tables, verdicts
from analysis.book import camp, glyphs, ledger, publish, reference, site
from analysis.book.card_page import site_link

MADE = made_up.records()
VENDOR = site.STATIC / "vendor"
# The words by which a licence is known, whatever its file calls it.
LICENCE_WORDS = {"MIT": "Permission is hereby granted, free of charge, to any person"}


@pytest.fixture(scope="module")
def records():
    """All claims: the made-up assessments, and the rest not assessed."""
    return tuple(MADE.get(i) or claims.record(i, None) for i in claims.table().index)


@pytest.fixture(scope="module")
def ledger_page(records):
    return BeautifulSoup(ledger.ledger_html(records, link=site_link), "lxml")


def rows(page):
    return page.select("#ledger-table tbody tr")


def test_ledger_has_every_claim_in_order(records, ledger_page):
    """The table is whole without any script; nothing is left out for not being assessed."""
    quotations = [row.select_one(".pos-ledger__words").get_text() for row in rows(ledger_page)]
    assert quotations == [f"“{q}”" for q in claims.table()["quote"]]


def test_ledger_verdicts(records, ledger_page):
    """Each line carries its own verdict word."""
    shown = [row.select_one(".pos-ledger__verdict")["data-search"] for row in rows(ledger_page)]
    assert shown == [record.verdict for record in records]


def test_every_claim_has_an_address_on_the_ledger(records, ledger_page):
    """A link to a claim whose chapter is not in the book leads to its line or its card."""
    ids = [tag["id"] for tag in ledger_page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {f"claim-{record.id}" for record in records} <= set(ids)


def test_assessed_claims_without_a_chapter_have_their_card_here(records, ledger_page):
    """No assessment is hidden because a chapter is not written yet."""
    cards = {card["id"] for card in ledger_page.select("article.pos-card")}
    homeless = [r for r in records if r.assessed and r.address.startswith("pages/ledger")]
    assert cards == {f"claim-{record.id}" for record in homeless}


def test_filters_hold_every_value(records, ledger_page):
    """A value missing from a filter could not be chosen."""
    for place, attribute in ((1, "section"), (2, "premise_id"), (3, "scale"), (4, "verdict")):
        select = ledger_page.select_one(f'select[data-column="{place}"]')
        options = {option["value"] for option in select.find_all("option")} - {""}
        assert options == {str(getattr(record, attribute)) for record in records}


def test_ledger_says_how_many_roots_a_claim_has(records, ledger_page):
    """By hand: one made-up claim is known from ISW alone of the known families, one from none."""
    cells = {row["id"]: row.select_one(".pos-ledger__roots") for row in rows(ledger_page)}
    assert cells["claim-regained-half"].get_text() == "One root source"
    assert cells["claim-regained-half"]["data-search"] == "one"
    assert cells["claim-thesis"].get_text() == ""


@pytest.mark.parametrize(
    ("counts", "kind", "text"),
    [
        ((0,), "none", "No root source"),
        ((1,), "one", "One root source"),
        ((4,), "two or more", "4 root sources"),
        ((1, 6), "one", "1 to 6 root sources"),
    ],
)
def test_a_compound_claim_is_as_well_known_as_its_least_known_part(counts, kind, text):
    """A reader who filters for one root must find the claim whose part has only one."""
    record = MADE["counteroffensive-failed"]
    part = record.components[0]
    parts = tuple(
        part.model_copy(update={"root_sources": tuple(f"root-{n}" for n in range(count))})
        for count in counts
    )
    made = record.model_copy(update={"components": parts})
    assert (ledger.roots_kind(made), ledger.roots_text(made)) == (kind, text)


def test_filter_columns_match_the_table(ledger_page):
    """The script filters by column number; the header of that column has the filter's name."""
    heads = [th.get_text(strip=True) for th in ledger_page.select("#ledger-table thead th")]
    for select in ledger_page.select("select[data-column]"):
        label = ledger_page.select_one(f'label[for="{select["id"]}"]').get_text()
        assert heads[int(select["data-column"])] == label


@pytest.fixture(scope="module")
def front_board(records):
    entries = [camp.entry(record) for record in records]
    others = [camp.entry(record) for record in counterclaims.assess_all()]
    return BeautifulSoup(camp.board_html(entries, others, link=site_link), "lxml")


def test_board_shows_every_statement_once(records, front_board):
    """One mark for each assessed claim, one ring for each other, one for each statement."""
    article, other = (front_board.select(f"tbody td:nth-of-type({n})") for n in (1, 2))
    assert sum(len(cell.select("a")) for cell in article) == len(MADE)
    assert sum(len(cell.select("i")) for cell in article) == len(records) - len(MADE)
    assert sum(len(cell.select("a")) for cell in other) == len(counterclaims.table())


def test_board_has_every_premise_and_the_thesis_last(front_board):
    """Eight premises and the conclusion; each leads to its claims in the ledger."""
    ids = [cell.get_text() for cell in front_board.select(".pos-board__id")]
    assert ids == [*(f"P{n}" for n in range(1, 9)), "C"]
    links = [a["href"] for a in front_board.select("tbody th a")]
    assert links == [f"pos:pages/ledger#premise={id}" for id in ids]


def test_board_gives_both_positions_one_width():
    """The two columns have one rule for their width, on a desk and on a phone."""
    css = (site.STATIC / "site.css").read_text(encoding="utf-8")
    widths = re.findall(r"\.pos-board[^{]*thead[^{]*\{[^}]*?width: ([^;]+);", css)
    assert widths == ["33.25%", "33.5%", "auto"]  # both sides, the premise, and a phone's grid


def test_board_names_each_shape(front_board):
    """A link that is only a shape would be nameless for a screen reader."""
    for link in front_board.select(".pos-board__marks a"):
        assert re.fullmatch(r".+: .+", link.get_text(strip=True))
        assert link["title"] == link.get_text(strip=True)


def test_board_explains_its_shapes(front_board):
    """Every group of verdicts that is drawn is in the legend, with its words."""
    drawn = {g["class"][1] for g in front_board.select("table .pos-glyph")}
    explained = {g["class"][1] for g in front_board.select(".pos-key .pos-glyph")}
    assert drawn <= explained


@pytest.mark.parametrize(
    ("claim_id", "place"),
    [
        ("counteroffensive-failed", "talk: stands"),
        ("expelled-2022", "wait: stands"),
        ("net-188", "wait: corrected"),
        ("deliveries-unfinished", "talk: corrected"),
        ("regained-half", "neither"),
        ("bargaining-power", "neither"),
    ],
)
def test_positions(records, claim_id, place):
    """What stands serves those who wait, unless the article grants it to the other side.

    An error serves the side its correction helps.
    """
    found = ledger.positions(records)
    assert [key for key, own in found.items() if claim_id in {r.id for r in own}] == [place]


def test_positions_divide_the_assessed_claims(records):
    """Each assessed claim is in one place, an unassessed one in none."""
    found = [record.id for own in ledger.positions(records).values() for record in own]
    assert sorted(found) == sorted(MADE)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("charap-2023-06-no-decisive-victory", "talk: other camp stands"),
        ("sachs-2023-10-europe", "wait: other camp falls"),
        ("ramaphosa-2023-06-all-wars", "neither"),
        ("haass-kupchan-2023-11-time", "neither"),
    ],
)
def test_positions_of_the_other_camp(statement, place):
    """The same rule turned round: what stands serves those who said it."""
    found = ledger.positions((), counterclaims.assess_all())
    assert [key for key, own in found.items() if statement in {r.id for r in own}] == [place]


def test_the_list_of_all_statements_is_a_fold_with_everything(records):
    """The answer proper is short; the long list is one touch away, and complete."""
    html = ledger.positions_html(records, counterclaims.assess_all(), link=site_link)
    page = BeautifulSoup(html, "lxml")
    assert page.body.find(recursive=False).name == "details"
    shown = page.select(".pos-positions li")
    assert len(shown) == len(MADE) + len(counterclaims.table())


def test_tally_grammar():
    """One stands, two stand."""
    one, two = MADE["counteroffensive-failed"], MADE["us-wont-force"]
    assert ledger.tally_text([one]) == "1 stands"
    assert ledger.tally_text([one, two, MADE["net-188"]]) == "2 stand, 1 falls"


def test_hedge_table_is_complete():
    """Every hedge that the rules use is printed, with both intervals."""
    page = BeautifulSoup(reference.hedges_html(), "lxml")
    words = [row.th.get_text().strip("“”") for row in page.select("tbody tr")]
    assert words == [item.word or "a bare number" for item in hedges.HEDGES]


@pytest.mark.parametrize(
    ("word", "holds", "roughly"),
    [
        ("", "97.5\u202f% to 102.5\u202f%", "90\u202f% to 110\u202f%"),
        ("more than", "100\u202f% or more", "95\u202f% or more"),
        ("vastly", "2 times or more", "1.5 times or more"),
        ("virtually no chance", "0\u202f% to 2\u202f%", "0\u202f% to 5\u202f%"),
    ],
)
def test_hedges_are_written_as_they_are_applied(word, holds, roughly):
    """By hand from the table of intervals."""
    item = hedges.hedge(word)
    assert reference.written_hedge(item, item.holds) == holds
    assert reference.written_hedge(item, item.roughly) == roughly


def test_rules_name_every_scale_and_word():
    """The method page prints each scale with its words, in the order of the rules."""
    page = BeautifulSoup(reference.rules_html(), "lxml")
    for scale, words in verdicts.WORDS.items():
        section = page.select_one(f"#rule-{scale}")
        assert [li.span.get_text() for li in section.select("li")] == list(words)
        assert section.find_all("p")[-1].get_text(strip=True)


def test_rule_text_is_the_code_s_own():
    """The description of the function that gives the verdict is what the page prints."""
    text = reference.rule_text(verdicts.event)
    assert "``contested`` when root sources stand on both sides" in text
    page = BeautifulSoup(reference.rules_html(), "lxml").select_one("#rule-event").get_text()
    assert text.replace("``", "") in page


@pytest.mark.parametrize("entry", reference.resources(), ids=lambda entry: entry["name"])
def test_every_table_is_described(entry):
    """Title page of a table: licence, sources, checksum, download and all columns."""
    page = BeautifulSoup(reference.package_html(entry, link=site_link), "lxml")
    text = page.get_text(" ")
    assert entry["hash"].removeprefix("sha256:") in text
    assert entry["licenses"][0]["title"] in text
    assert all(source["publisher"] in text for source in entry["sources"])
    columns = [code.get_text() for code in page.select(".pos-columns code")]
    assert columns == [field["name"] for field in entry.get("schema", {}).get("fields", [])]
    assert page.select_one("a[download]")["href"] == f"pos:{entry['path']}#"


def test_publishers_count_every_row():
    """Rows by publisher add up to the table of evidence."""
    page = BeautifulSoup(ledger.publishers_html(), "lxml")
    counts = [int(cell.get_text().replace(",", "")) for cell in page.select("td.pos-num")]
    assert sum(counts) == len(tables.read("evidence"))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    publish.write(folder)
    return folder


def test_published_claims_fit_their_schema(published):
    """Who reads claims.json with the schema beside it meets no surprise."""
    document = json.loads((published / "claims.json").read_text(encoding="utf-8"))
    schema = json.loads((published / "claims.schema.json").read_text(encoding="utf-8"))
    # The validator at hand knows drafts up to 2019; what the schema uses is common to all.
    jsonschema.Draft7Validator(schema).validate(document)
    assert [claim["id"] for claim in document["claims"]] == list(claims.table().index)


def test_published_claims_carry_roots_and_printed_numbers(published):
    """By hand: Oryx alone counts equipment by type; 6 percent is set against 3.9."""
    document = json.loads((published / "claims.json").read_text(encoding="utf-8"))
    by_id = {claim["id"]: claim for claim in document["claims"]}
    assert by_id["equip-16000"]["root_sources"] == ["oryx"]
    parts = by_id["budget-gdp"]["components"]
    assert [part["printed"]["value"] for part in parts] == [6.0, 3.9]
    assert all(part["root_sources"] for part in parts)
    schema = json.loads((published / "claims.schema.json").read_text(encoding="utf-8"))
    # The article's total of equipment is Oryx's, which two people keep as a table.
    assert [source["publisher"] for source in by_id["equip-16000"]["sources"]] == [
        "scarnecchia, from Oryx; leedrake5, from Oryx"
    ]
    for name, field in (
        ("ClaimRecord", "root_sources"),
        ("ClaimRecord", "sources"),
        ("Finding", "printed"),
    ):
        assert field in schema["$defs"][name]["properties"]
    flat = pd.read_csv(published / "claims.csv", keep_default_na=False).set_index("id")
    assert flat.loc["net-188", "root_sources"] == "isw; war-mapper"


def test_published_package_paths_lead_to_the_files(published):
    """Paths are relative to datapackage.json, and the files are those that were described."""
    package = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    for entry in package["resources"]:
        data = (published / entry["path"]).read_bytes()
        assert len(data) == entry["bytes"]
        assert f"sha256:{hashlib.sha256(data).hexdigest()}" == entry["hash"]
    assert len(package["resources"]) == len(datapackage.origins())


def test_published_csv_agrees_with_the_json(published):
    """The flat table has the verdicts of the document."""
    flat = pd.read_csv(published / "claims.csv", keep_default_na=False)
    document = json.loads((published / "claims.json").read_text(encoding="utf-8"))
    assert list(flat["verdict"]) == [claim["verdict"] for claim in document["claims"]]


def test_published_files_are_the_same_each_time(published, tmp_path):
    """Two builds of the same data give the same bytes."""
    for path in publish.write(tmp_path):
        other = published / path.relative_to(tmp_path)
        assert path.read_bytes() == other.read_bytes()


def test_footer_has_version_and_cut_off_and_no_clock():
    """From the package and the data; the day of the build is nowhere."""
    text = BeautifulSoup(site.footer(), "lxml").get_text()
    assert formatting.day(claims.data_cut_off()) in text
    assert re.findall(r"\b20\d\d\b", text) == [claims.data_cut_off()[:4]]


def test_every_page_states_its_licences(request):
    """The text's licence with its address, the code's, and where the data's are."""
    built = request.getfixturevalue("site")
    for page in sorted(built.rglob("*.html")):
        if "_static" in page.parts:
            continue
        foot = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").select_one(".pos-footer")
        assert "CC BY 4.0" in foot.get_text() and "Code: MIT" in foot.get_text(), page.name
        licence = foot.select_one("a[rel=license]")["href"]
        assert licence == "https://creativecommons.org/licenses/by/4.0/"
        data = foot.select("a")[-1]["href"]
        assert (page.parent / data).resolve() == (built / "pages/data.html").resolve()


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (claims.assess("no-collapse"), "the front held"),
        (counterclaims.assess("sachs-2023-10-europe"), "Europe"),
    ],
    ids=["claim", "statement"],
)
def test_a_link_in_words_carries_the_verdict(record, words):
    """Shape for the eye, word for the ear, and the address of the card."""
    link = BeautifulSoup(site.worded_link(record, words), "lxml").a
    assert link.select_one("svg.pos-glyph")
    assert "".join(part.get_text() for part in link.select("u")) == words
    assert link.select_one(".pos-hidden").get_text() == f" ({record.verdict})"
    assert link["href"] == "pos:" + record.address.replace(".html", "")
    # A shape alone at the end of a line belongs to nothing.
    assert link.select_one(".pos-keep u").get_text() == words.split()[0]


@pytest.mark.parametrize("name", site.NUMBERS)
def test_numbers_are_finished_strings(name):
    """A role prints what it gets; nothing may come out empty or as a Python object."""
    text = site.NUMBERS[name]()
    assert text and "<" not in text and "nan" not in text


class Builder:
    """What the resolver asks of a Sphinx builder, for pages in one folder or none."""

    def __init__(self, name="html", suffix=".html", docs=("index", "pages/ledger", "pages/data")):
        self.name, self.suffix, self.env = name, suffix, SimpleNamespace(found_docs=set(docs))

    def get_target_uri(self, page):  # noqa: D102
        return page + self.suffix

    def get_relative_uri(self, start, target):  # noqa: D102
        up = "../" * start.count("/")
        return f"{up}{target}{self.suffix}"


@pytest.mark.parametrize(
    ("href", "page", "builder", "expected"),
    [
        (
            "pos:pages/data#data-x",
            "chapters/a",
            Builder(),
            '<a href="../pages/data.html#data-x">x</a>',
        ),
        (
            "pos:pages/data#data-x",
            "a",
            Builder(suffix=".xhtml"),
            '<a href="pages/data.xhtml#data-x">x</a>',
        ),
        ("pos:pages/ledger#claim-b", "pages/ledger", Builder(), '<a href="#claim-b">x</a>'),
        (
            "pos:chapters/09-b#claim-b",
            "index",
            Builder(),
            '<a href="pages/ledger.html#claim-b">x</a>',
        ),
        ("pos:chapters/09-b#claim-b", "index", Builder(docs=("index",)), "<span>x</span>"),
        ("pos:claims.json#", "pages/data", Builder(), '<a href="../claims.json">x</a>'),
        ("pos:claims.json#", "pages/data", Builder("epub"), "<span>x</span>"),
    ],
)
def test_addresses_within_the_site(href, page, builder, expected):
    """Relative to the page, in the suffix of the format; what leads nowhere is no link."""
    assert site.resolve(f'<a href="{href}">x</a>', page, builder) == expected


def test_claim_href(monkeypatch):
    """A claim whose chapter is not in the book is found in the ledger."""
    monkeypatch.setattr(claims, "address", lambda claim_id: "chapters/09-x.html#claim-thesis")
    assert site.claim_href("thesis", "index", Builder()) == "pages/ledger.html#claim-thesis"


def test_missing_cards_are_named(tmp_path):
    """A chapter that forgets a card breaks every link to it."""
    page = claims.address("thesis").partition(".html")[0]
    path = tmp_path / f"{page}.html"
    path.parent.mkdir(parents=True)
    path.write_text("<p>no card here</p>", encoding="utf-8")
    assert claims.address("thesis") in list(site.missing_cards(tmp_path, {page}))


def test_vendored_files_are_what_they_say():
    """Every file of others has its origin, version, hash and licence; nothing else is there."""
    entries = json.loads((VENDOR / "VENDORED.json").read_text(encoding="utf-8"))
    for entry in entries:
        data = (VENDOR / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        # Not every file says its version; all say where they are from, with version and hash.
        assert (entry["version"] in data[:200].decode()) == entry["states_version"]
        assert entry["version"] in entry["origin"]
        assert entry["integrity"].startswith("sha512-")
        granted = (VENDOR / entry["licence_file"]).read_text(encoding="utf-8")
        assert LICENCE_WORDS[entry["licence"]] in granted
    known = {e["file"] for e in entries} | {e["licence_file"] for e in entries} | {"VENDORED.json"}
    assert {path.name for path in VENDOR.iterdir()} == known


def test_scripts_of_the_ledger_exist():
    """The page names its scripts; a missing one would leave dead controls."""
    assert [name for name in site.LEDGER_SCRIPTS if not (site.STATIC / name).exists()] == []


def test_style_uses_colours_that_there_are():
    """A variable that the palette does not define would fall back to nothing."""
    from analysis.book.palette import BY_NAME

    css = (site.STATIC / "site.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\(--pos-([a-z0-9-]+)", css))
    own = set(re.findall(r"--pos-([a-z0-9-]+):", css))
    assert used - own <= set(BY_NAME)
    assert {g.name for g in glyphs.GROUPS} <= set(re.findall(r"\.pos-glyph--([a-z]+)", css))
