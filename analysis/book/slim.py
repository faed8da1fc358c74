"""Make finished pages appear sooner: one style sheet of the rules in use, scripts after the text.

A page is drawn when its style sheets have come and its text has been read.  The theme asks for
ten style sheets, of which most rules match nothing in this book, and for a dozen scripts
before the text; none of these scripts is needed to read.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import tinycss2  # type: ignore[import-untyped]

_SCRIPT: Final = re.compile(r"\s*<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_SOURCE: Final = re.compile(r'\bsrc="([^"]+)"')
_PRELOAD: Final = re.compile(r'\s*<link rel="preload" as="script"[^>]*/?>')
_STYLE_LINK: Final = re.compile(r'\s*<link\b(?=[^>]*\brel="stylesheet")[^>]*>')
_HREF: Final = re.compile(r'href="([^"?#]+)')
_NAMES_OF: Final = re.compile(r"""\b(?:class|id)=["']([^"']*)["']""")
_WORD: Final = re.compile(r"[A-Za-z_][\w-]*")
_URL: Final = re.compile(r"""url\((['"]?)(?!data:|https?:|#)([^'")]+)\1\)""")
_CHARSET: Final = re.compile(r'@charset "[^"]*";')

# These decide how a page looks before it is drawn: the ground, and which cards are folded.
_EARLY: Final = ('data-cfasync="false"', "/site.js", "type=", "ledger.js", "dataTables")
# The book's own sheets hold nothing for other books, and style what the chart library makes.
_OWN: Final = ("book.css", "site.css")
# The theme learns the reader's ground only from its last script, and then draws all again.
_THEME: Final = re.compile(r'(localStorage\.getItem\("(mode|theme)"\) \|\| )""')
_DARK: Final = 'matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"'
_LOADER: Final = (
    "(function(d){function add(s){var e=d.createElement('script');e.async=false;e.src=s;"
    "d.body.appendChild(e);return e}add(%s).onload=function(){"
    "var t=d.createElement('script');t.text=%s;d.body.appendChild(t);%s.forEach(add)}})(document);"
)
# The theme's own search, which finds nothing on cards and in tables; see searching.py.
_SEARCH: Final = ("searchindex.js", "/searchtools.js", "/language_data.js")
_GROUPS: Final = ("media", "supports", "layer")


def _known_theme(found: re.Match[str]) -> str:
    return found[1] + ('"auto"' if found[2] == "mode" else f"({_DARK})")


def scripts_last(page: str) -> str:
    """Let the scripts of the theme come after the text is drawn.

    The first of them is asked for when the text has been read, which leaves the browser time
    to draw it; the others follow in their order, and the page's ``load`` event waits for all.

    Parameters
    ----------
    page : str
        HTML.

    Returns
    -------
    str
        HTML that can be drawn before its scripts have come.
    """
    found = [m for m in _SCRIPT.finditer(page) if not any(mark in m[1] for mark in _EARLY)]
    files = [source[1] for m in found if (source := _SOURCE.search(m[1]))]
    files = [file for file in files if not any(mark in file for mark in _SEARCH)]
    texts = [m[2] for m in found if not _SOURCE.search(m[1])]
    # Tabs are made when the document is read, and on no other occasion.
    if not files or "sd-tab-set" in page:
        return page
    for m in reversed(found):
        page = page[: m.start()] + page[m.end() :]
    first, rest = files[0], files[1:]
    loader = _LOADER % tuple(json.dumps(x) for x in (first, "\n".join(texts), rest))
    before, end, after = _THEME.sub(_known_theme, _PRELOAD.sub("", page)).rpartition("</body>")
    return f"{before}<script>{loader}</script>\n{end}{after}"


def names_in_use(html: Path) -> frozenset[str]:
    """Return every class and id of the pages, and every word of the scripts.

    A script may make an element of any name that it holds, so its words count as names; one
    that ends in a hyphen stands for all names that begin so.
    """
    texts = (file.read_text(encoding="utf-8") for file in html.rglob("*.html"))
    return names_of_scripts(html).union(*map(names_of_page, texts))


def names_of_page(text: str) -> frozenset[str]:
    """Return every class and id of a page."""
    return frozenset(name for names in _NAMES_OF.findall(text) for name in names.split())


def names_of_scripts(html: Path) -> frozenset[str]:
    """Return every word of the scripts of a build."""
    found: set[str] = set()
    for file in (html / "_static").rglob("*.js"):
        if file.name != "vega-bundle.js" and "figures" not in file.parts:
            found.update(_WORD.findall(file.read_text(encoding="utf-8")))
    return frozenset(found)


def deciding(used: frozenset[str], html: Path) -> frozenset[str]:
    """Return the names in use on which it depends what is left of the style sheets.

    Scripts hold the words of the whole book, for its search, and no rule asks for most.

    Parameters
    ----------
    used : frozenset of str
        See `names_in_use`.
    html : Path
        Folder of the pages and of the style sheets.
    """
    asked: set[str] = set()
    for sheet in (html / "_static").rglob("*.css"):
        asked.update(_WORD.findall(sheet.read_text(encoding="utf-8")))
    # Beginnings of names, and names that a sheet may write otherwise than a page.
    apart = {name for name in used if name.endswith("-") or not _WORD.fullmatch(name)}
    return frozenset(used & asked | apart)


def rules_in_use(css: str, used: frozenset[str]) -> str:
    """Leave out the rules of a style sheet that no element can match.

    Parameters
    ----------
    css : str
        Style sheet.
    used : frozenset of str
        Names that elements may have, see `names_in_use`.

    Returns
    -------
    str
        What is left, in order.
    """
    prefixes = tuple(name for name in used if name.endswith("-") and len(name) > 3)
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "\n".join(_kept(rules, used, prefixes))


def _kept(rules: Iterable[Any], used: frozenset[str], prefixes: tuple[str, ...]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [part for part in _selectors(rule.prelude) if _may(part, used, prefixes)]
            if selectors:
                chosen = ",".join(tinycss2.serialize(part).strip() for part in selectors)
                yield f"{chosen}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, True, True)
            body = "\n".join(_kept(inner, used, prefixes))
            if body:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{body}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: Iterable[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _may(selector: list[Any], used: frozenset[str], prefixes: tuple[str, ...]) -> bool:
    # Names within brackets, as in :not(.x), are not asked about: they need not be there.
    names = [token.value for token in selector if token.type == "hash"]
    for dot, name in pairwise(selector):
        if dot.type == "literal" and dot.value == "." and name.type == "ident":
            names.append(name.value)
    return all(name in used or name.startswith(prefixes) for name in names)


def one_sheet(page: str, file: Path, html: Path, used: frozenset[str]) -> str:
    """Replace the style sheets of a page by one with the rules in use.

    Parameters
    ----------
    page : str
        HTML.
    file : Path
        Where it is.
    html : Path
        Root of the pages; the sheet is written to its ``_static``.
    used : frozenset of str
        See `names_in_use`.
    """
    links = [link for link in _STYLE_LINK.findall(page) if "//" not in link]
    sheets = tuple(
        (file.parent / found[1]).resolve() for link in links if (found := _HREF.search(link))
    )
    if not sheets:
        return page
    key = hashlib.sha256(
        "\n".join(s.relative_to(html.resolve()).as_posix() for s in sheets).encode()
    ).hexdigest()[:8]
    target = html / "_static" / f"sheets-{key}.css"
    if not target.exists():
        target.write_text(
            "\n".join(_read(s, target.parent, used) for s in sheets), encoding="utf-8", newline="\n"
        )
    digest = hashlib.sha256(target.read_bytes()).hexdigest()[:8]
    address = os.path.relpath(target, file.parent).replace(os.sep, "/")
    first, rest = links[0], links[1:]
    page = page.replace(first, f'\n  <link rel="stylesheet" href="{address}?v={digest}" />', 1)
    for link in rest:
        page = page.replace(link, "", 1)
    return page


def _read(sheet: Path, static: Path, used: frozenset[str]) -> str:
    css = _CHARSET.sub("", sheet.read_text(encoding="utf-8"))
    css = re.sub(
        r'@import "([^"]+)";', lambda m: _read(sheet.parent / m[1], static, used) + "\n", css
    )
    css = _URL.sub(partial(_address, sheet.parent, static), css)
    return css if sheet.name in _OWN else rules_in_use(css, used)


def _address(folder: Path, static: Path, found: re.Match[str]) -> str:
    path, mark, rest = found[2].partition("?")
    if path.endswith(".woff2") and (folder / path).exists():
        # A font that comes after the text is drawn moves every line of it.
        font = base64.b64encode((folder / path).read_bytes()).decode("ascii")
        return f'url("data:font/woff2;base64,{font}")'
    return f'url("{os.path.relpath(folder / path, static).replace(os.sep, "/")}{mark}{rest}")'
