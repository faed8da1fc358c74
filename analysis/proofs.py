"""Run the tests and the slow proofs, with what they need on a fresh machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from analysis.book import build
from analysis.paths import ROOT


def chromium() -> str | None:
    """Return the path of a Chromium, or None; the variable CHROMIUM names another one."""
    named = os.environ.get("CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return named or next(filter(None, map(shutil.which, names)), None)


def ensure_chromium() -> None:
    """Install Debian's Chromium where that is allowed; say loudly where it is not."""
    if chromium() or not Path("/etc/debian_version").exists():
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        click.echo("installing Debian's Chromium for the tests of the pages")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], env=quiet, check=False)


def run(*, slow: bool, arguments: Sequence[str] = ()) -> int:
    """Build the book and run pytest over the tests and the chapters.

    Parameters
    ----------
    slow : bool
        Run the slow proofs instead of the quick tests and nbval.
    arguments : sequence of str
        Handed to pytest.

    Returns
    -------
    int
        Exit status; 0 when everything passed.
    """
    ensure_chromium()
    if not chromium():
        click.echo("NO CHROMIUM FOUND: every test of a page in a browser will be skipped", err=True)
    # Built once, before the tests are spread over processes.
    build.build()
    command = [sys.executable, "-m", "pytest", "-n", str(os.cpu_count() or 1)]
    # The slow proofs are few and long, so each goes to whoever is free.
    command += ["--dist", "load" if slow else "loadfile"]
    command += ["-m", "slow" if slow else "not slow", "tests"]
    if not slow:
        # Cells of one chapter share a kernel, so a chapter stays in one process.
        command += [
            "chapters",
            "assignment",
            "--nbval",
            "--nbval-current-env",
            "--nbval-cell-timeout=120",
        ]
    return subprocess.run([*command, *arguments], cwd=ROOT).returncode
