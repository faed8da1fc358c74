"""The built pages in a headless Chromium: for the tests of the pages and the contact sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Widths of a phone, a tablet and a desk; grounds of the theme.
WIDTHS = (390, 768, 1280)
GROUNDS = ("light", "dark")

ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-gpu")

# Bring every figure into view and stay until its script has drawn it, or ten seconds.
SCROLL = """async () => {
  for (const figure of document.querySelectorAll('figure.pos-figure')) {
    figure.scrollIntoView();
    const drawn = () => ['live', 'static'].includes(figure.dataset.state);
    for (let wait = 0; wait < 200 && !drawn(); wait++)
      await new Promise(done => setTimeout(done, 50));
  }
  window.scrollTo(0, 0);
}"""

# Sum of all layout shifts that no reader's own action has caused.
_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
}"""

# Folds open with a fade, in which the words have less contrast than they have at rest.
_UNFOLD = """async () => {
  document.querySelectorAll('details').forEach(fold => { fold.open = true });
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const ends = document.getAnimations().map(moving => moving.finished.catch(() => null));
  await Promise.race([Promise.all(ends), new Promise(done => setTimeout(done, 5000))]);
}"""


def unfold(page: Page) -> None:
    """Open every fold of a page and wait until nothing on it moves.

    Parameters
    ----------
    page : Page
        Of playwright.
    """
    page.evaluate(_UNFOLD)


@dataclass
class Visit:
    """One page as a reader's browser has it.

    Attributes
    ----------
    page : Page
        Of playwright.
    problems : list of str
        Errors of the console and requests to other hosts.
    loaded : list of Path
        Files asked for before any interaction.
    """

    page: Page
    problems: list[str] = field(default_factory=list)
    loaded: list[Path] = field(default_factory=list)

    def wake(self) -> None:
        """Bring each figure into view and wait until the page is quiet."""
        self.page.evaluate(SCROLL)
        self.page.wait_for_timeout(400)

    def shift(self) -> float:
        """Return the sum of layout shifts so far."""
        value: float = self.page.evaluate("window.shifted || 0")
        return value


def pages(site: Path) -> list[str]:
    """Return the addresses of all pages that a reader reads, from the root of the site."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return sorted(name for name in found if not name.startswith(("_static", "genindex", "search")))


@contextmanager
def visit(
    browser: Browser,
    site: Path,
    name: str,
    *,
    width: int = 1280,
    ground: str = "light",
    scripts: bool = True,
) -> Iterator[Visit]:
    """Open a page of the site from its file, as a reader without a network would.

    Parameters
    ----------
    browser : Browser
        A Chromium of playwright.
    site : Path
        Root of the built pages.
    name : str
        Address of the page from the root.
    width : int
        Of the window, in CSS pixels.
    ground : {"light", "dark"}
        What the reader's system asks for.
    scripts : bool
        Whether scripts run.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if ground == "dark" else "light",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    seen = Visit(page)
    page.on("console", lambda m: seen.problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: seen.problems.append(str(error)))

    def asked(request: object) -> None:
        url = str(getattr(request, "url", ""))
        if url.startswith("file:"):
            seen.loaded.append(Path(url.removeprefix("file://").partition("?")[0]))
        elif not url.startswith(("data:", "blob:")):
            seen.problems.append(f"request to another host: {url}")

    page.on("request", asked)
    if scripts:
        page.add_init_script(f"({_SHIFTS})()")
    page.goto((site / name).as_uri())
    page.wait_for_timeout(300)
    try:
        yield seen
    finally:
        context.close()


# A longer picture is more than a browser draws at once.
_TALLEST = 6_000


def contact_sheet(
    browser: Browser, site: Path, folder: Path, names: Sequence[str] | None = None
) -> Path:
    """Take pictures of every page at phone and desk width, on both grounds.

    Parameters
    ----------
    browser : Browser
    site : Path
        Root of the built pages.
    folder : Path
        Where the pictures and their page go.
    names : sequence of str, optional
        Pages to take; all if not given.

    Returns
    -------
    Path
        A page with all pictures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for name in names or pages(site):
        cells = []
        for width in (390, 1280):
            for ground in GROUNDS:
                stem = folder / f"{name.removesuffix('.html').replace('/', '-')}-{width}-{ground}"
                with visit(browser, site, name, width=width, ground=ground) as seen:
                    seen.wake()
                    parts = _pictures(seen.page, stem, width)
                links = (f'<a href="{p}"><img src="{p}" width="320"></a>' for p in parts)
                cells.append(f"<td>{'<br>'.join(links)}</td>")
        rows.append(f"<tr><th>{name}</th>{''.join(cells)}</tr>")
    sheet = folder / "index.html"
    sheet.write_text(f"<table>{''.join(rows)}</table>", encoding="utf-8", newline="\n")
    return sheet


def _pictures(page: Page, stem: Path, width: int) -> list[str]:
    """Photograph a page from top to bottom, in parts; returns their names."""
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    names = []
    # Equal parts: a last strip of a few pixels shows nothing.
    parts = ceil(height / _TALLEST)
    tall = ceil(height / parts)
    for part, top in enumerate(range(0, height, tall)):
        name = f"{stem.name}-{part}.png"
        clip = {"x": 0, "y": top, "width": width, "height": min(tall, height - top)}
        page.screenshot(path=str(stem.with_name(name)), full_page=True, clip=clip)  # type: ignore[arg-type]
        names.append(name)
    return names
