"""What a page says of itself to programs: reference managers, search engines, previews.

Four vocabularies say the same: Highwire tags and Dublin Core for reference managers, Open Graph
and its Twitter form for previews, JSON-LD (schema.org) for search engines.  Addresses are full
where the address of the book is known, and relative to the page where not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from analysis.book.figure_page import FIGURES
from analysis.book.imprint import LICENCE_ADDRESS, Imprint
from analysis.claims import ClaimRecord, CounterclaimRecord
from analysis.verdicts import NO_VERDICT

_SCHEMA: Final = "https://schema.org"


@dataclass(frozen=True)
class Image:
    """A picture for previews.

    Attributes
    ----------
    path : str
        From the root of the site.
    alt : str
    """

    path: str
    alt: str


@dataclass(frozen=True)
class Page:
    """What is known of a page when its head is written.

    Attributes
    ----------
    name : str
        ``chapters/04-land``.
    title, description : str
        As plain text.
    kind : str
        ``book``, ``chapter`` or ``page``.
    number : int or None
        Of a chapter.
    image : Image or None
    figures : sequence of dict
        The part of ``usermeta`` of each chart on it.
    cards : sequence of ClaimRecord or CounterclaimRecord
        Of which it shows the cards.
    tables : sequence of dict
        Entries of the data package that it describes.
    """

    name: str
    title: str
    description: str
    kind: str
    number: int | None = None
    image: Image | None = None
    figures: Sequence[dict[str, Any]] = ()
    cards: Sequence[ClaimRecord | CounterclaimRecord] = ()
    tables: Sequence[dict[str, Any]] = ()

    @property
    def path(self) -> str:
        """Address from the root of the site."""
        return f"{self.name}.html"


def html(page: Page, imprint: Imprint) -> str:
    """Return the tags of a page's head, one a line."""
    rows = [*_description(page), *highwire(page, imprint), *dublin_core(page, imprint)]
    lines = [
        f'<meta {attribute}="{name}" content="{escape(content, quote=True)}" />'
        for attribute, name, content in [*rows, *previews(page, imprint)]
    ]
    # A sign that opens a tag would end the script.
    text = json.dumps(json_ld(page, imprint), ensure_ascii=False).replace("<", "\\u003c")
    return "\n".join([*lines, f'<script type="application/ld+json">{text}</script>'])


Tag = tuple[str, str, str]


def _description(page: Page) -> list[Tag]:
    return [("name", "description", page.description)]


def highwire(page: Page, imprint: Imprint) -> list[Tag]:
    """Return the tags that reference managers and Google Scholar read."""
    whole = page.kind == "book"
    known = imprint.at(page.path)
    tags = [
        ("citation_title", imprint.title if whole else page.title),
        *(("citation_author", name) for name in imprint.authors),
        ("citation_publication_date", imprint.released.strftime("%Y/%m/%d")),
        # One name is read for the type of the entry, the other for the title of the book.
        *([] if whole else [("citation_inbook_title", imprint.title)]),
        ("citation_book_title", imprint.title),
        ("citation_publisher", publisher(imprint)),
        ("citation_language", "en"),
        *([("citation_public_url", known), ("citation_fulltext_html_url", known)] if known else []),
        *([("citation_doi", imprint.doi)] if imprint.doi else []),
    ]
    return [("name", name, content) for name, content in tags]


def publisher(imprint: Imprint) -> str:
    """Return who publishes the book: its author, since it names nobody else."""
    return imprint.authors[0]


def dublin_core(page: Page, imprint: Imprint) -> list[Tag]:
    """Return the elements of Dublin Core."""
    known = imprint.at(page.path)
    tags = [
        ("DC.title", imprint.title if page.kind == "book" else page.title),
        *(("DC.creator", name) for name in imprint.authors),
        ("DC.date", imprint.released.isoformat()),
        ("DC.publisher", publisher(imprint)),
        ("DC.language", "en"),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        ("DC.rights", LICENCE_ADDRESS),
        *([] if page.kind == "book" else [("DCTERMS.isPartOf", imprint.title)]),
        *([("DC.identifier", known)] if known else []),
    ]
    return [("name", name, content) for name, content in tags]


def previews(page: Page, imprint: Imprint) -> list[Tag]:
    """Return the tags of Open Graph, and those that Twitter reads beside them."""
    known = imprint.at(page.path)
    title = imprint.title if page.kind == "book" else page.title
    graph = [
        ("og:type", "book" if page.kind == "book" else "article"),
        ("og:site_name", imprint.name),
        ("og:title", title),
        ("og:description", page.description),
        ("og:locale", "en_GB"),
        *([("og:url", known)] if known else []),
    ]
    card = [
        ("twitter:card", "summary_large_image" if page.image else "summary"),
        ("twitter:title", title),
        ("twitter:description", page.description),
    ]
    if page.image:
        address = _address(page, imprint, page.image.path)
        graph += [
            ("og:image", address),
            ("og:image:type", "image/png"),
            ("og:image:alt", page.image.alt),
        ]
        card += [("twitter:image", address), ("twitter:image:alt", page.image.alt)]
    tags = [("property", name, content) for name, content in graph]
    return tags + [("name", name, content) for name, content in card]


def _address(page: Page, imprint: Imprint, path: str) -> str:
    """Return the address of something in the site, full or as seen from the page."""
    return imprint.at(path) or "../" * page.name.count("/") + path


def json_ld(page: Page, imprint: Imprint) -> dict[str, Any]:
    """Return what schema.org has a word for: the book, a chapter, its charts and its claims."""
    here = _address(page, imprint, page.path)
    maker = {"@type": "Organization", "name": imprint.authors[0]}
    book = {
        "@type": "Book",
        "@id": _address(page, imprint, "index.html#book"),
        "name": imprint.title,
        "author": maker,
        "datePublished": imprint.released.isoformat(),
        "version": imprint.version,
        "inLanguage": "en",
        "license": LICENCE_ADDRESS,
        **({"url": imprint.address, "bookFormat": f"{_SCHEMA}/EBook"} if imprint.address else {}),
    }
    if page.kind == "book":
        return {"@context": _SCHEMA, **book, "description": page.description}
    parts = [_chart(page, imprint, meta, maker) for meta in page.figures]
    parts += [_review(page, imprint, record, maker) for record in page.cards]
    own = {
        "@context": _SCHEMA,
        "@type": "Chapter" if page.kind == "chapter" else "WebPage",
        "@id": f"{here}#page",
        "name": page.title,
        "description": page.description,
        "author": maker,
        "datePublished": imprint.released.isoformat(),
        "inLanguage": "en",
        "license": LICENCE_ADDRESS,
        "isPartOf": book,
        **({"position": page.number} if page.number else {}),
        **({"image": _address(page, imprint, page.image.path)} if page.image else {}),
        **({"hasPart": parts} if parts else {}),
    }
    if page.tables:
        own["mainEntity"] = _package(page, imprint, maker)
    return own


def _chart(
    page: Page, imprint: Imprint, meta: dict[str, Any], maker: dict[str, str]
) -> dict[str, Any]:
    files = f"{FIGURES}/{meta['id']}"
    kinds = [("text/csv", ".csv")] if meta["rows"] else []
    kinds += [("image/png", ".png"), ("image/svg+xml", ".svg")]
    return {
        "@type": "Dataset",
        "@id": f"{_address(page, imprint, page.path)}#fig-{meta['id']}",
        "name": meta["title"],
        "description": f"{meta['subtitle']}. {meta['alt']}",
        "license": LICENCE_ADDRESS,
        "creator": maker,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": _address(page, imprint, files + suffix),
            }
            for kind, suffix in kinds
        ],
    }


def _review(
    page: Page,
    imprint: Imprint,
    record: ClaimRecord | CounterclaimRecord,
    maker: dict[str, str],
) -> dict[str, Any]:
    if isinstance(record, CounterclaimRecord):
        anchor, author, said_on = f"counterclaim-{record.id}", record.author, record.date
        where: dict[str, Any] = {"@type": "CreativeWork", "name": record.title}
        if record.url.startswith("https://"):
            where["url"] = record.url
    else:
        article = imprint.article
        anchor = f"claim-{record.id}"
        author = article.author if article else ""
        said_on = article.published if article else ""
        where = {"@type": "Article", "name": article.title if article else ""}
    claim = {
        "@type": "Claim",
        "author": {"@type": "Person", "name": author},
        "datePublished": said_on,
        "appearance": where,
    }
    address = f"{_address(page, imprint, page.path)}#{anchor}"
    if record.verdict == NO_VERDICT or not record.assessed:
        return {**claim, "@id": address, "name": record.says}
    return {
        "@type": "ClaimReview",
        "@id": address,
        "url": address,
        "claimReviewed": record.says,
        "author": maker,
        "datePublished": imprint.released.isoformat(),
        "itemReviewed": claim,
        # A word of the scale; there is no number to rate by.
        "reviewRating": {"@type": "Rating", "alternateName": record.verdict},
    }


def _package(page: Page, imprint: Imprint, maker: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": f"{_address(page, imprint, page.path)}#dataset",
        "name": f"{imprint.name}: data",
        "description": page.description,
        "creator": maker,
        "version": imprint.version,
        "license": LICENCE_ADDRESS,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": _address(page, imprint, "datapackage.json"),
            }
        ],
        "hasPart": [
            {
                "@type": "Dataset",
                "@id": f"{_address(page, imprint, page.path)}#data-{entry['name']}",
                "name": entry["title"],
                # Of some tables the terms are not stated, and then none are named here.
                **({"license": terms} if (terms := entry["licenses"][0].get("path")) else {}),
                "distribution": {
                    "@type": "DataDownload",
                    "encodingFormat": entry.get("mediatype", "application/json"),
                    "contentUrl": _address(page, imprint, entry["path"]),
                },
            }
            for entry in page.tables
        ],
    }
