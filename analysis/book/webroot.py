"""Files at the root of the site: the page for an address that leads nowhere, and maps for robots.

A page for lost addresses is shown at any depth, so it carries its own style and finds the root
of the book: from the book's address where it is known, else from the folders that there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape as xml

from analysis.book.imprint import Imprint
from analysis.book.palette import css_variables

# Everything that has a page lies in one of these folders, or at the root.
FOLDERS: Final = ("chapters", "pages", "data", "sources", "_static")

_STYLE: Final = """
body { margin: 0; background: var(--pos-ground); color: var(--pos-ink);
  font: 1.0625rem/1.6 "Book Sans", system-ui, sans-serif; }
main, footer { max-width: 40rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-top: 12vh; }
h1 { font-size: 1.75rem; line-height: 1.25; }
li { margin: 0.35rem 0; }
a { display: inline-block; min-height: 1.5rem; color: inherit; text-underline-offset: 0.2em; }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
footer { padding-top: 2rem; font-size: 0.875rem; }
"""

# The last of the book's own folders in the address is one step below the root; where none is in
# it, the next folder upwards that holds the book's data package is the root.
_ROOT: Final = """
(function () {
  var path = location.pathname, found = path.match(/^(.*\\/)(?:FOLDERS)\\//);
  var base = document.createElement("base");
  base.href = found ? found[1] : path.replace(/[^\\/]*$/, "");
  document.head.appendChild(base);
  function climb(folder) {
    fetch(folder + "datapackage.json", { method: "HEAD" }).then(function (answer) {
      if (answer.ok) base.href = folder;
      else if (folder !== "/") climb(folder.replace(/[^\\/]+\\/$/, ""));
    });
  }
  if (!found && /^http/.test(location.protocol)) climb(path.replace(/[^\\/]*$/, ""));
})();
""".replace("FOLDERS", "|".join(FOLDERS))

_GROUND: Final = """
document.documentElement.dataset.theme =
  matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
"""


def lost_page(imprint: Imprint, footer: str) -> str:
    """Return ``404.html``.

    Parameters
    ----------
    imprint : Imprint
    footer : str
        Version, state and licences, with links from the root of the site.
    """
    address = escape(imprint.address)
    base = f'<base href="{address}" />' if address else f"<script>{_ROOT}</script>"
    name = escape(imprint.name)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="robots" content="noindex" />
{base}
<title>Not found — {name}</title>
<style>{css_variables()}{_STYLE}</style>
<script>{_GROUND}</script>
</head>
<body>
<main>
<h1>There is no page at this address</h1>
<p>A page of {name} may have been named otherwise in another version; every version keeps its own addresses.</p>
<ul>
<li><a href="index.html">Front of the book, with all chapters</a></li>
<li><a href="pages/ledger.html">Ledger of all claims</a></li>
<li><a href="pages/changes.html">Changes and errata, with the versions there are</a></li>
</ul>
<noscript><p>If these links fail, take away what follows the folder of the book in the address.</p></noscript>
</main>
<footer>{footer}</footer>
</body>
</html>
"""  # noqa: E501


def sitemap(imprint: Imprint, pages: Iterable[str]) -> str:
    """Return ``sitemap.xml``: every page with the day of its version.

    Parameters
    ----------
    imprint : Imprint
        With an address.
    pages : iterable of str
        Names of pages, such as ``chapters/04-land``.
    """
    entries = "\n".join(
        f"<url><loc>{xml(imprint.at(f'{page}.html'))}</loc>"
        f"<lastmod>{imprint.released.isoformat()}</lastmod></url>"
        for page in sorted(pages)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}\n</urlset>\n"
    )


def robots(imprint: Imprint) -> str:
    """Return ``robots.txt``: everything may be read, and where the map is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {imprint.at('sitemap.xml')}\n"


def write(site: Path, imprint: Imprint, pages: Iterable[str], footer: str) -> None:
    """Write the files at the root; maps only where the book has an address."""
    files = {"404.html": lost_page(imprint, footer)}
    if imprint.address:
        files |= {"sitemap.xml": sitemap(imprint, pages), "robots.txt": robots(imprint)}
    for name, text in files.items():
        (site / name).write_text(text, encoding="utf-8", newline="\n")
