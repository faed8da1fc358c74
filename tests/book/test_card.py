"""Cards tell a verdict three times, show every reading, and are the same for the same record."""

from __future__ import annotations

import json
import math
import re
from xml.etree import ElementTree

import made_up
import pytest
from bs4 import BeautifulSoup

from analysis import claims, tables, verdicts
from analysis.book import card, cells, glyphs, palette, scale
from analysis.book.card_page import ClaimsRenderer, site_link
from analysis.claims import ClaimRecord, Value
from analysis.hedges import Interval

RECORDS = made_up.records()

each = pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.id)


def soup(record: ClaimRecord) -> BeautifulSoup:
    return BeautifulSoup(card.card_html(record, link=site_link), "lxml")


def test_every_verdict_word_has_one_shape():
    """A word without a shape could not be drawn, and one in two groups would be ambiguous."""
    words = {word for scale_words in verdicts.WORDS.values() for word in scale_words}
    grouped = [word for group in glyphs.GROUPS for word in group.words]
    assert set(grouped) == words | {verdicts.NOT_ASSESSED}
    assert len(grouped) == len(set(grouped))


def test_shapes_differ():
    """In grey print the shape alone tells the groups apart."""
    assert len({group.shape for group in glyphs.GROUPS}) == len(glyphs.GROUPS)


def test_groups_with_a_colour_have_it_in_the_palette():
    """The style sheet colours a group by the palette entry of its name."""
    coloured = {group.name for group in glyphs.GROUPS} - {"evidence", "waiting"}
    assert coloured <= set(palette.BY_NAME)


def test_made_up_records_cover_every_group():
    """The cards under test are of every kind, so that no template branch stays untried."""
    groups = {glyphs.group_of(record.verdict).name for record in RECORDS.values()}
    assert groups == {group.name for group in glyphs.GROUPS} - {"waiting"}


@each
def test_well_formed(record):
    """An EPUB reader refuses a page that is not well-formed XML."""
    ElementTree.fromstring(card.card_html(record, link=site_link))


@each
def test_quotation_verdict_and_address(record):
    """The summary line alone says what is claimed and what became of it."""
    article = soup(record).article
    assert article["id"] == f"claim-{record.id}"
    summary = article.summary.get_text(" ")
    assert record.quotation in summary
    expected = "evidence, no verdict" if record.verdict == "no verdict word" else record.verdict
    assert expected in summary
    assert article.summary.svg is not None


@each
def test_ids_are_unique(record):
    """A repeated id would send a link, or a screen reader, to the wrong place."""
    ids = [tag["id"] for tag in soup(record).find_all(id=True)]
    assert len(ids) == len(set(ids))


@each
def test_no_script_and_nothing_from_elsewhere(record):
    """Cards work in print, in an EPUB and without scripts."""
    html = card.card_html(record, link=site_link)
    assert not re.search(r"<script|<img|<link|<iframe|\son\w+=", html)


@each
def test_same_record_same_bytes(record):
    """Stored and read again, as a notebook does it, a record gives the same card."""
    again = ClaimRecord.model_validate(json.loads(json.dumps(record.model_dump(mode="json"))))
    assert card.card_html(again) == card.card_html(record)


@each
def test_every_source_is_listed(record):
    """Each id that the record rests on is one entry of the list of sources."""
    listed = soup(record).select(".pos-sources > li")
    assert len(listed) == len(record.evidence)


def test_unknown_sources_are_all_named():
    """One failing build names every missing source, not the first alone."""
    record = RECORDS["no-collapse"].model_copy(update={"evidence": ("nothing-a", "nothing-b")})
    with pytest.raises(KeyError, match="nothing-a, nothing-b"):
        card.card_html(record)


def test_readings_primary_first_and_excluded_with_reason():
    """Of the six made-up readings the primary stands first and the excluded one last."""
    rows = soup(RECORDS["net-188"]).select(".pos-readings tbody tr")
    assert len(rows) == 6
    assert rows[0].th.get_text().startswith("primary Belfer, autumn")
    assert rows[-1].th.get_text().startswith("excluded Russian ministry")
    assert "A claim without a map." in rows[-1].th.get_text()
    assert "not counted" in rows[-1].get_text()


def test_counts_are_whole():
    """Four provinces, within a fortieth or a tenth, are four; 93 within a tenth are 84 to 102."""
    assert card.written_interval(Interval(3.9, 4.1), "count") == "4"
    assert card.written_interval(Interval(3.6, 4.4), "count") == "4"
    assert card.written_interval(Interval(83.7, 102.3), "count") == "84 to 102"
    assert card.written_interval(Interval(1.0, math.inf), "count") == "1 or more"


def test_each_proposition_shows_its_own_pair():
    """A compound claim has then and now for each part; the claim's own pair is not repeated."""
    soup_ = soup(claims.assess("budget-third"))
    labels = [
        [th.text for th in part.select(".pos-scale th[scope=row]")]
        for part in soup_.select(".pos-parts > li")
    ]
    assert labels == [["Printed", "Known then", "Known now", "Readings"]] * 2


def test_dots_are_the_included_readings():
    """Five of six made-up readings count: one primary, one with the statement, three against."""
    marks = soup(RECORDS["net-188"]).select(".pos-scale .pos-track .pos-mark")
    classes = [mark["class"] for mark in marks]
    assert sum("pos-mark--primary" in c for c in classes) == 1
    alternatives = [c for c in classes if "pos-mark--alternative" in c]
    assert sum("pos-mark--with" in c for c in alternatives) == 1
    assert sum("pos-mark--against" in c for c in alternatives) == 3


def test_scale_text_for_screen_readers():
    """What the drawing shows is in the table beside it; the drawing itself is hidden."""
    table = soup(RECORDS["net-188"]).select_one(".pos-scale")
    rows = {
        row.th.get_text(): row.td.get_text(" ", strip=True)
        for row in table.select("tr:has(th[scope=row])")
    }
    assert rows["Printed"].replace("\u202f", " ") == "188 sq mi"
    assert rows["Known then"].replace("\u202f", " ") == "9.0 sq mi 21 November 2023"
    assert "1 of 5 with the statement" in rows["Readings"]
    assert all(svg["aria-hidden"] == "true" for svg in table.select("svg.pos-track"))


def test_shading_is_what_the_hedge_allows():
    """“amounted to” is a bare number: 188 give or take 2.5 percent, roughly 10 percent."""
    key = soup(RECORDS["net-188"]).select_one(".pos-scale__key").get_text()
    assert "183\u202fsq\u202fmi to 193\u202fsq\u202fmi" in key
    assert "169\u202fsq\u202fmi to 207\u202fsq\u202fmi" in key


def test_critical_tolerance_sentence():
    """9 measured, 169.2 needed, 188 printed: (169.2 - 9) / 188 is 85 percent."""
    text = soup(RECORDS["net-188"]).select_one(".pos-facts").get_text(" ")
    assert "would have to allow a further 85\u202f% of the printed number" in text


def test_shares_below_five_readings_are_not_shown():
    """Three readings make no share; five do."""
    few = soup(RECORDS["regained-half"]).select_one(".pos-facts").get_text(" ")
    many = soup(RECORDS["net-188"]).select_one(".pos-facts").get_text(" ")
    assert "Under other readings" not in few
    # One of five readings stands: 20 percent if all count the same.
    assert "20\u202f% if every reading counts the same" in many


def test_which_way_a_correction_cuts():
    """The made-up error helps the article; a statement that stands has nothing to correct."""
    wrong = soup(RECORDS["net-188"]).get_text(" ")
    assert "Period: the number belongs to another period." in wrong
    assert "Correcting it helps the article’s argument." in wrong
    assert "Correcting it" not in soup(RECORDS["no-collapse"]).get_text(" ")


def test_parts_have_their_own_verdicts():
    """Three propositions, of which one holds only roughly: so does the whole."""
    article = soup(RECORDS["expelled-2022"]).article
    words = [item.get_text(strip=True) for item in article.select(".pos-parts .pos-verdict")]
    assert words == ["holds", "roughly holds", "holds"]
    assert "roughly holds" in article.summary.get_text()


def test_evidence_on_both_sides_is_open_where_there_is_no_verdict():
    """Without a verdict word the evidence is the content, so it is not folded away."""
    article = soup(RECORDS["bargaining-power"]).article
    sides = article.select_one(".pos-sides")
    assert [title.get_text() for title in sides.select(".pos-sides__title")] == [
        "For the statement",
        "Against it",
    ]
    assert sides.find_parent("details", class_="pos-more") is None


def test_waiting_card_says_what_it_takes():
    """A claim without an assessment is shown as such, with its test."""
    record = claims.record("thesis", None)
    text = BeautifulSoup(card.card_html(record), "lxml").get_text(" ")
    assert "not yet assessed" in text
    assert record.quotation in text
    assert record.says.rstrip(".")[1:] in text


def test_links_only_where_there_is_a_site():
    """In a notebook a link to a page would lead nowhere."""
    assert "pos:" not in card.card_html(RECORDS["net-188"])
    assert 'href="pos:pages/method#rule-figure"' in card.card_html(
        RECORDS["net-188"], link=site_link
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("robust", "robust"),
        ("sensitive to source; sensitive to unit", "sensitive to source and unit"),
        ("reversed by period; sensitive to source", "reversed by period; sensitive to source"),
    ],
)
def test_robustness_is_joined(words, text):
    """Said once, however many dimensions there are."""
    assert card.robustness_text(words) == text


def laid_out(**changes):
    fields = {"unit": "km2", "printed": None, "word": "", "then": None, "now": None, "readings": ()}
    return scale.build(**(fields | changes))


def test_no_scale_for_a_lonely_number():
    """One number cannot be compared with anything."""
    then = Value(value=9.0, unit="km2", status="known then")
    assert laid_out(then=then) is None


def test_scale_starts_at_zero_unless_numbers_are_close():
    """9 beside 188 needs the zero; 98.2 beside 98.9 would drown in it."""
    then = Value(value=9.0, unit="km2", status="known then")
    assert min(laid_out(printed=188.0, then=then).ticks) == 0
    near = Value(value=98.9, unit="km2", status="known then")
    now = Value(value=98.2, unit="km2", status="now")
    assert min(laid_out(then=near, now=now).ticks) > 90


def test_ticks_are_written_exactly():
    """Ticks at 92.5 and 97.5 percent must not be rounded to 92 and 98."""
    then = Value(value=0.94, low=0.93, high=0.95, unit="share", status="known then")
    now = Value(value=0.998, unit="share", status="now")
    drawn = laid_out(unit="share", then=then, now=now)
    for tick in drawn.ticks:
        label = scale.tick_label(tick, drawn).removesuffix("\u202f%")
        assert float(label) == pytest.approx(tick * 100)


def test_marks_stay_inside_the_axis():
    """Every end of every range is drawn between 0 and 100 percent, unclamped."""
    then = Value(value=-40.0, low=-90.0, high=15.0, unit="km2", status="known then")
    drawn = laid_out(then=then, printed=60.0)
    assert drawn.low <= -90 and drawn.high >= 66


def test_another_unit_stays_in_words():
    """A value in km2 has no place on an axis in square miles."""
    record = made_up.net_188()
    other = record.model_copy(
        update={"then": Value(value=23.0, unit="km2", date="2023-11", status="known then")}
    )
    page = soup(other)
    assert "Known then" not in page.select_one(".pos-scale").get_text()
    assert "23\u202fkm²" in page.select_one(".pos-words").get_text()


def test_a_pair_in_another_unit_has_a_scale_of_its_own():
    """Readings compare paces, then and now are paces: each is drawn on its own axis."""
    record = made_up.net_188()
    pair = {
        "then": Value(value=5.0, unit="km2/day", date="2024-05-31", status="known then"),
        "now": Value(value=12.5, unit="km2/day", date="2025-12-03", status="now"),
    }
    first, second = soup(record.model_copy(update=pair)).select(".pos-scale")
    labels = [th.get_text() for th in first.select("tbody th")]
    assert labels == ["Known then", "Known now"]
    assert len(first.select(".pos-mark")) == 2
    assert [th.get_text() for th in second.select("tbody th")] == ["Printed", "Readings"]
    assert not soup(record.model_copy(update=pair)).select(".pos-words")


@pytest.mark.parametrize("claim_id", ["slow-advances", "no-collapse"])
def test_then_and_now_are_drawn(claim_id):
    """Paces and areas beside readings that are shares: both pairs stand on a scale."""
    labels = [th.get_text() for th in soup(claims.assess(claim_id)).select(".pos-scale tbody th")]
    assert {"Known then", "Known now"} <= set(labels)


@pytest.mark.parametrize(
    ("claim_id", "printed"),
    [
        ("budget-gdp", {"2024": (6.0, "6.0\u202f% of GDP"), "2023": (3.9, "3.9\u202f% of GDP")}),
        (
            "budget-third",
            {
                "2024": (33.3, "33.3\u202f% of federal budget"),
                "2023": (16.0, "16.0\u202f% of federal budget"),
            },
        ),
    ],
)
def test_a_compound_claim_prints_a_number_for_each_proposition(claim_id, printed):
    """The article gives 6 against 3.9 and a third against 16 percent: two numbers each."""
    record = claims.assess(claim_id)
    assert {f.component: f.printed.value for f in record.components} == {
        component: value for component, (value, _) in printed.items()
    }
    shown = [
        row.select_one(".pos-scale__value").get_text()
        for row in soup(record).select(".pos-scale tr:has(th[scope=row])")
        if row.th.get_text() == "Printed"
    ]
    assert shown == [text for _, text in printed.values()]


def test_a_card_says_how_many_root_sources_there_are():
    """One origin is said to be one, and no origin is said to be none."""
    record = RECORDS["net-188"]
    part = record.components[0]

    def facts(roots, **changes):
        made = part.model_copy(update={"root_sources": roots, **changes})
        text = soup(record.model_copy(update={"components": (made,)})).select_one(".pos-facts")
        names = [dt.get_text() for dt in text.select("dt")]
        return text.select("dd")[names.index("Known from")].get_text()

    assert facts(("oryx",)) == "One root source: Oryx."
    assert facts(("isw", "oryx")) == "Two root sources: Institute for the Study of War and Oryx."
    assert facts(()) == "Compiled by this book; each row of its table names its source."
    assert facts((), readings=()) == "No source was found."


def test_each_proposition_of_a_compound_claim_names_its_roots():
    """Three propositions, three sets of sources: none stands for another."""
    notes = [
        [note.get_text() for note in item.select(".pos-card__note") if "root source" in note.text]
        for item in soup(claims.assess("expelled-2022")).select(".pos-parts > li")
    ]
    assert [len(own) for own in notes] == [1, 1, 1]


def test_a_source_without_a_title_is_called_by_what_it_says():
    """An id is no name: 200 rows of evidence come from pages without a title."""
    rows = tables.read("evidence")
    row = rows[rows["title"] == ""].iloc[0]
    record = RECORDS["no-collapse"].model_copy(update={"evidence": (row["id"],)})
    (listed,) = soup(record).select(".pos-sources > li")
    assert row["quantity"] in listed.get_text()
    assert row["id"] not in listed.get_text()


def test_dots_that_meet_are_set_apart():
    """Two readings of the same value must both be seen."""
    same = [
        made_up.reading("A, x", 10.0, role="primary", reason="first of the two"),
        made_up.reading("B, x", 10.0),
        made_up.reading("C, y", 90.0),
    ]
    drawn = laid_out(unit="sq mi", readings=same)
    row = drawn.rows[-1]
    assert scale.track_height(drawn, row) > scale.track_height(drawn, scale.Row("", "", "", ()))


def test_show_bundle():
    """The stored record is what the comparison of notebooks checks; text and HTML go with it."""
    bundle = cells.Cards(list(RECORDS.values())[:2])._repr_mimebundle_()
    assert [record["id"] for record in bundle[cells.MIME]] == list(RECORDS)[:2]
    json.dumps(bundle[cells.MIME], allow_nan=False)
    assert "does not hold" in bundle["text/plain"]
    assert "<script" not in bundle["text/html"]
    assert bundle == cells.Cards(list(RECORDS.values())[:2])._repr_mimebundle_()


def test_show_needs_a_claim():
    """An empty cell output would look like a verdict that was lost."""
    with pytest.raises(ValueError, match="at least one"):
        cells.show()
    with pytest.raises(KeyError):
        cells.show("no-such-claim")


def test_renderer_takes_our_records_alone():
    """Other outputs are left to MyST-NB."""

    class Data:
        mime_type = cells.MIME
        content = [RECORDS["net-188"].model_dump(mode="json")]  # noqa: RUF012

    (node,) = ClaimsRenderer.handle_mime(None, Data, inline=False)
    assert 'id="claim-net-188"' in node.astext()
    Data.mime_type = "text/html"
    assert ClaimsRenderer.handle_mime(None, Data, inline=False) is None


def test_an_axis_of_equal_numbers_has_a_length():
    """Printed, then and now all 4: the scale still has two ends to draw between."""
    low, high, ticks = scale._axis(4.0, 4.0)
    assert low < 4.0 < high
    assert len(ticks) >= 2
