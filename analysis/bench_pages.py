"""One page with six charts, drawn by this book and by altair's default renderer, in a browser.

Three pages are built by jupyter-book from one notebook and differ in two things only:

``book``
    This book's figures in this book's pages.
``altair``
    Altair's default renderer in the pages that jupyter-book makes if nothing is changed.
``altair-light``
    Altair's default renderer in this book's lighter pages, which tells the part that the
    charts have in the difference from the part that the theme has.

All come from one server on this machine, compressed alike, over an emulated line and on a
slowed processor.  Where the comparison could favour either side it favours altair's: its
scripts come from the same host as the page (no second name look-up and handshake), are cached
after the first request, and what they weigh beyond the CDN's own files is taken off.
"""

from __future__ import annotations

import gzip
import math
import mimetypes
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

import altair as alt
import nbformat
import vl_convert
from nbclient import NotebookClient

from analysis.book import drawings, runner
from analysis.book.figure import Figure, drawing
from analysis.book.theme import VEGA_LITE, WIDE
from analysis.paths import CHAPTERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

# The first six charts of a chapter whose charts are of ordinary size, none of them a map.
CHAPTER: Final = "05-firepower"
CHARTS: Final = 6

BITS_PER_S: Final = 10_000_000
LATENCY_MS: Final = 40
SLOWED: Final = 4

# Width of a desk; so high that all six charts are on the screen at once and must be painted.
VIEWPORT: Final = {"width": 1280, "height": 6000}

# What vega 6.4.0, vega-lite 6.4.1 and vega-embed 7.3.0 weigh as the CDN's minified files
# (npm packages, build/*.min.js), each compressed by gzip at level 6.
CDN_BYTES: Final = 179_950 + 78_908 + 20_801

_CDN: Final = re.compile(r"https://[\w./-]+?/(vega(?:-lib|-lite|-embed)?)(?:@[\d.]+)?\?noext")
_SCRIPTS: Final = ("vega", "vega-lite", "vega-embed")
_FLAGS: Final = ("-W", "-n", "--keep-going")

_CONFIG: Final = """
title: Six charts
author: Position of Strength
copyright: "2026"
only_build_toc_files: true
execute: {execute_notebooks: "off"}
html: {use_issues_button: false, use_repository_button: false, use_edit_page_button: false}
sphinx:
  recursive_update: true
  extra_extensions: [EXTENSIONS]
  config:
    project: Six charts
    language: en
    html_theme_options: {navbar_persistent: []}
"""
_TOC: Final = "format: jb-book\nroot: index\nchapters:\n"

_WORDS: Final = (
    "The chart below is one of six on this page. The words around it are there so that the"
    " page reads like a page of a book: a paragraph says what is asked, a chart answers, and"
    " the next paragraph goes on from there."
)

# Watches without asking for frames of its own, which would slow what is measured.  A static
# chart counts once its drawing is complete, that is when what follows it has been read; an
# altair chart once its drawing is there.  Both must then be on the screen: observers of the
# screen are told within the frame that shows it, after its layout.
_WATCH: Final = """
(() => {
  const marks = window.benchMarks = {}, known = new Set(), seen = new Set();
  const altair = '.vega-embed:not(.pos-live) :is(canvas, svg.marks)';
  const charts = () => [
    ...[...document.querySelectorAll('.pos-phone')].map(e => e.previousElementSibling),
    ...document.querySelectorAll(altair),
  ];
  const shown = new IntersectionObserver(entries => {
    for (const entry of entries)
      if (entry.isIntersecting && entry.boundingClientRect.height > 50) seen.add(entry.target);
    if (seen.size >= COUNT && !marks.visible) marks.visible = performance.now();
  }, { threshold: [0, 0.5] });
  const look = () => {
    for (const chart of charts()) if (!known.has(chart)) { known.add(chart); shown.observe(chart); }
    const live = document.querySelectorAll(`.pos-figure[data-state=live], ${altair}`);
    if (live.length >= COUNT && !marks.live) marks.live = performance.now();
  };
  new MutationObserver(look).observe(document, {
    childList: true, subtree: true, attributes: true, attributeFilter: ['data-state'],
  });
})();
"""
_DONE: Final = "() => window.benchMarks.visible && window.benchMarks.live"
_READ: Final = """() => ({
  visible: window.benchMarks.visible,
  live: window.benchMarks.live,
  first: performance.getEntriesByName('first-contentful-paint')[0].startTime,
})"""


@dataclass(frozen=True)
class Load:
    """One load of a page with an empty cache.

    Attributes
    ----------
    first_paint_ms, all_visible_ms, all_live_ms : float
        Since the start of navigation: first contentful paint; all charts painted; all charts
        drawn by their scripts.
    visible_bytes, rest_bytes : int
        Received, compressed, when all charts were visible and when the page was at rest with
        all charts on the screen and nothing touched.
    """

    first_paint_ms: float
    all_visible_ms: float
    all_live_ms: float
    visible_bytes: int
    rest_bytes: int


# Pages -----------------------------------------------------------------------------------


@cache
def figures() -> tuple[Figure, ...]:
    """Return the six figures from their chapter's record."""
    record = runner.record_path(CHAPTERS / f"{CHAPTER}.md")
    specs = [spec for spec, _ in drawings.stored(record)][:CHARTS]
    return tuple(Figure(spec, spec["usermeta"]["figure"]["alt"]) for spec in specs)


def charts() -> tuple[Any, ...]:
    """Return the same six as altair charts, shown by whatever renderer is enabled."""
    return tuple(alt.Chart.from_dict(drawing(figure.spec, WIDE)) for figure in figures())


def notebook(source: str) -> Any:
    """Execute the notebook of six charts.

    Parameters
    ----------
    source : {"figures", "charts"}
        Which function of this module gives what the cells show.
    """
    new: Any = nbformat.v4
    start = "import altair\naltair.renderers.enable('default')\n"
    start += f"from analysis import bench_pages\nsix = bench_pages.{source}()"
    cells = [
        new.new_markdown_cell(f"# Six charts\n\n{_WORDS}", id="start"),
        new.new_code_cell(start, id="load", metadata={"tags": ["remove-cell"]}),
    ]
    for at in range(CHARTS):
        hidden = {"tags": ["hide-input"]}
        cells.append(new.new_markdown_cell(f"## Part {at + 1}\n\n{_WORDS}", id=f"words-{at}"))
        cells.append(new.new_code_cell(f"six[{at}]", id=f"chart-{at}", metadata=hidden))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = new.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    NotebookClient(made, timeout=120, kernel_name="python3", record_timing=False).execute()
    made.cells[1].outputs = []
    return made


def write_book(folder: Path, pages: Mapping[str, Any], extensions: Sequence[str]) -> None:
    """Write the source of a book whose chapters are the given notebooks.

    Parameters
    ----------
    folder : Path
        Made if need be.
    pages : mapping of str to notebook
        By file name without suffix, in order.
    extensions : sequence of str
        Sphinx extensions beyond those of jupyter-book.
    """
    write: Any = nbformat.writes
    folder.mkdir(parents=True, exist_ok=True)
    config = _CONFIG.replace("EXTENSIONS", ", ".join(extensions))
    (folder / "_config.yml").write_text(config, encoding="utf-8", newline="\n")
    contents = _TOC + "".join(f"- file: {name}\n" for name in pages)
    (folder / "_toc.yml").write_text(contents, encoding="utf-8", newline="\n")
    (folder / "index.md").write_text("# Front\n\nWords.\n", encoding="utf-8", newline="\n")
    for name, page in pages.items():
        text: str = write(page)
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8", newline="\n")


def jupyter_book(folder: Path) -> Path:
    """Build a book strictly and return the folder of its pages."""
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(folder), *_FLAGS]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode:
        message = f"{folder.name} did not build:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        raise RuntimeError(message)
    return folder / "_build" / "html"


def build_pages(folder: Path, cdn: Path | None = None) -> dict[str, Path]:
    """Build the three pages.

    Parameters
    ----------
    folder : Path
        Where.
    cdn : Path, optional
        Folder with ``vega.min.js``, ``vega-lite.min.js`` and ``vega-embed.min.js`` as the CDN
        serves them; by default the same libraries from vl-convert.

    Returns
    -------
    dict of str to Path
        Root of the built pages by variant.
    """
    ours, theirs = notebook("figures"), notebook("charts")
    _serve_scripts_here(theirs)
    light = ["analysis.book.ext"]
    sources = {"book": (ours, light), "altair": (theirs, []), "altair-light": (theirs, light)}
    sites = {}
    for name, (page, extensions) in sources.items():
        write_book(folder / name, {"six": page}, extensions)
        sites[name] = jupyter_book(folder / name)
        if page is theirs:
            _write_scripts(sites[name], cdn)
    return sites


def _serve_scripts_here(page: Any) -> None:
    """Point altair's output at scripts beside the page instead of at the CDN."""
    for cell in page.cells:
        for output in cell.get("outputs", []):
            html = output["data"]["text/html"]
            output["data"]["text/html"], count = _CDN.subn(r"cdn/\1.js", html)
            if count != len(_SCRIPTS) + 1:  # a fourth, older name is there but never asked for
                message = f"altair's output names {count} scripts of the CDN, not four"
                raise RuntimeError(message)


def _write_scripts(site: Path, cdn: Path | None) -> None:
    folder = site / "cdn"
    folder.mkdir()
    if cdn is not None:
        for name in _SCRIPTS:
            shutil.copy(cdn / f"{name}.min.js", folder / f"{name}.js")
        return
    names = "window.vega=vega;window.vegaLite=vegaLite;window.vegaEmbed=vegaEmbed;"
    code = vl_convert.javascript_bundle(names, vl_version=VEGA_LITE)
    # All three are in the first file; the others are asked for as they are on the CDN.
    (folder / "vega.js").write_text(
        f"(function(){{\n{code}\n}})();\n", encoding="utf-8", newline="\n"
    )
    for name in _SCRIPTS[1:]:
        (folder / f"{name}.js").write_text(";\n", encoding="utf-8", newline="\n")


def surplus_bytes(site: Path) -> int:
    """Return how much more the chart scripts of a site weigh than the CDN's, compressed."""
    files = (site / "cdn").glob("*.js")
    return max(0, sum(len(_compressed(file)) for file in files) - CDN_BYTES)


# Server ----------------------------------------------------------------------------------


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)


_PACKED: Final = frozenset({".html", ".css", ".js", ".json", ".svg"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Path

    def do_GET(self) -> None:
        file = self.site / unquote(urlsplit(self.path).path).lstrip("/")
        if not file.is_file():
            self.send_error(404)
            return
        packed = file.suffix in _PACKED
        body = _compressed(file) if packed else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "font/woff2")
        self.send_header("Content-Length", str(len(body)))
        # As the CDN does: six charts ask for the same scripts.
        self.send_header("Cache-Control", "public, max-age=604800")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a request is not news."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; yields the address of its root."""
    for file in site.rglob("*"):
        # Compressed before the clock starts, as a web server would have it.
        if file.is_file() and file.suffix in _PACKED:
            _compressed(file)
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# Browser ---------------------------------------------------------------------------------


def load(browser: Browser, address: str) -> Load:
    """Load a page once over the emulated line, with an empty cache.

    Parameters
    ----------
    browser : Browser
        A Chromium of playwright.
    address : str
        Of the page.
    """
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    try:
        context.add_init_script(_WATCH.replace("COUNT", str(CHARTS)))
        page = context.new_page()
        traffic = _throttle(page)
        page.goto(address, wait_until="commit")
        page.wait_for_function(_DONE, timeout=120_000)
        traffic.rest(page)
        seen = page.evaluate(_READ)
        start = page.evaluate("performance.timeOrigin")
    finally:
        context.close()
    visible = max(seen["visible"], seen["first"])
    before, all_bytes = traffic.bytes(until=start + visible), traffic.bytes()
    return Load(seen["first"], visible, seen["live"], before, all_bytes)


def _throttle(page: Page) -> Traffic:
    """Slow the line and the processor of a page, and listen to what it receives."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = BITS_PER_S / 8
    conditions = {"offline": False, "latency": LATENCY_MS}
    session.send(
        "Network.emulateNetworkConditions",
        conditions | {"downloadThroughput": line, "uploadThroughput": line},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return Traffic(session)


class Traffic:
    """What a page receives, and when.

    Parameters
    ----------
    session : CDPSession
        With the network's events switched on.
    """

    def __init__(self, session: CDPSession) -> None:
        self._pending: set[str] = set()
        self._offset_s = 0.0
        self._received: list[tuple[float, float]] = []
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._arrived)
        session.on("Network.loadingFailed", self._failed)

    def _sent(self, event: dict[str, Any]) -> None:
        # The browser's clock is monotonic; each request names it beside the wall's.
        self._offset_s = event["wallTime"] - event["timestamp"]
        if not event["request"]["url"].startswith("data:"):
            self._pending.add(event["requestId"])

    def _arrived(self, event: dict[str, Any]) -> None:
        self._pending.discard(event["requestId"])
        moment_ms = 1000 * (event["timestamp"] + self._offset_s)
        self._received.append((moment_ms, event["encodedDataLength"]))

    def _failed(self, event: dict[str, Any]) -> None:
        self._pending.discard(event["requestId"])

    def rest(self, page: Page) -> None:
        """Wait until nothing has been under way for half a second, ten seconds at most."""
        quiet = 0
        for _ in range(100):
            page.wait_for_timeout(100)
            quiet = 0 if self._pending else quiet + 1
            if quiet == 5:
                return

    def bytes(self, until: float = math.inf) -> int:
        """Return the bytes received, compressed, up to a moment in ms since 1970."""
        return int(sum(size for moment, size in self._received if moment <= until))


def measure(sites: Mapping[str, Path], runs: int) -> dict[str, list[Load]]:
    """Load each page several times, in turn, so that a busy machine is busy for all.

    Parameters
    ----------
    sites : mapping of str to Path
        As `build_pages` gives them.
    runs : int
        Loads of each page after one that is not counted.

    Returns
    -------
    dict of str to list of Load
        With what the scripts weigh beyond the CDN's files taken off, bytes and time alike.
    """
    from playwright.sync_api import sync_playwright

    from analysis import proofs
    from analysis.book import browsing

    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=proofs.chromium(), args=list(browsing.ARGUMENTS)
        )
        found = measure_in(chromium, sites, runs)
        chromium.close()
    return found


def measure_in(chromium: Browser, sites: Mapping[str, Path], runs: int) -> dict[str, list[Load]]:
    """Do what `measure` does in a browser that is open already: a process has one at most."""
    found: dict[str, list[Load]] = {name: [] for name in sites}
    for run in range(runs + 1):
        for name, site in sites.items():
            with serve(site) as root:
                seen = load(chromium, f"{root}/six.html")
            if run:
                found[name].append(_credited(seen, surplus_bytes(site)))
    return found


def _credited(seen: Load, surplus: int) -> Load:
    spared_ms = 1000 * 8 * surplus / BITS_PER_S
    return Load(
        seen.first_paint_ms,
        seen.all_visible_ms - spared_ms,
        seen.all_live_ms - spared_ms,
        seen.visible_bytes - surplus,
        seen.rest_bytes - surplus,
    )


__all__ = ["Load", "build_pages", "charts", "figures", "load", "measure", "measure_in", "serve"]
