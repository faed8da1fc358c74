"""In a real JupyterLab: run all, see a chart and a number, change the data, see the number move."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from analysis.book import lab
from analysis.paths import DATA, DATAPACKAGE, ROOT

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NAME = "01-aid-window"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder with a copy of the tables and one working copy."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(DATA, folder / "data")
    shutil.copy(DATAPACKAGE, folder)
    lab.copies([NAME], folder=folder / "lab")
    return folder


@pytest.fixture(scope="module")
def address(place):
    """Start JupyterLab on this machine alone; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    command = lab.command([NAME], options, root=place, folder=place / "lab")
    environment = {
        **lab.environment(),
        "PYTHONPATH": str(ROOT),
        "POSITION_OF_STRENGTH_STORE": str(place),
        # What a reader has set up for Jupyter is neither used nor touched.
        "JUPYTER_CONFIG_DIR": str(place / "jupyter"),
        "JUPYTERLAB_SETTINGS_DIR": str(place / "jupyter-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(place / "jupyter-workspaces"),
    }
    with (place / "lab.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, cwd=place, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(url, place / "lab.log")
            yield url
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def wait_for(url: str, log: Path) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/api", timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


def run_all(page) -> None:
    # A kernel that is still starting drops what it is asked to run.
    page.get_by_text("| Idle").wait_for(timeout=120_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Restart Kernel and Run All Cells…").click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()


def scrolled_until(page, found, step: int):
    """Scroll through the notebook until something is found; off the screen nothing is drawn."""
    script = """step => {
      const panel = document.querySelector('.jp-WindowedPanel-outer');
      panel.scrollTop = step ? panel.scrollTop + step : 0;
    }"""
    for _ in range(240):
        page.evaluate(script, step)
        page.wait_for_timeout(500)
        if result := found():
            return result
    page.screenshot(path="_build/lab-timeout.png")
    pytest.fail("not found in the notebook; see _build/lab-timeout.png")


def prose_of(page, pattern: str) -> str:
    """Return a group of the pattern from the live prose at the top, once it is there."""

    def found():
        texts = page.locator(".jp-OutputArea-output.jp-RenderedMarkdown").all_text_contents()
        return next((match[1] for text in texts if (match := re.search(pattern, text))), None)

    return scrolled_until(page, found, 0)


def test_a_change_moves_the_numbers_in_the_text(address, place, browser):
    """The Act has 60.78 billion dollars; a fiftieth more in its largest line must show."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    outside = []
    page.on("request", lambda r: None if address[7:] in r.url else outside.append(r.url))
    page.goto(f"{address}/lab/tree/lab/{NAME}.ipynb")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    assert "{glue" not in page.locator(".jp-Notebook").inner_text()
    run_all(page)
    said = r"as large as the article says, ([\d.]+) billion"
    before = prose_of(page, said)
    # An interactive chart: drawn by Vega in the page, beside no still picture.
    drawn = page.locator(".vega-embed svg, .vega-embed canvas")
    assert scrolled_until(page, drawn.count, 300) >= 1

    table = place / "data" / "series" / "act_2024_lines.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    lines = [row for row in rows if row["purpose"] and not row["part_of_seq"]]
    largest = max(lines, key=lambda row: int(row["amount_usd"]))
    added = int(largest["amount_usd"]) // 50
    largest["amount_usd"] = str(int(largest["amount_usd"]) + added)
    with table.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    run_all(page)
    other = rf"as large as the article says, ((?!{re.escape(before)})[\d.]+) billion"
    after = prose_of(page, other)
    assert float(before) == 60.78
    assert float(after) == pytest.approx(60.78 + added / 1e9, abs=0.01)
    assert outside == []
    # Nothing asks the reader for news.
    assert page.locator(".Toastify__toast").count() == 0
    page.close()
