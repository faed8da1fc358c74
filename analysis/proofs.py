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


def java() -> str | None:
    """Return the path of a Java runtime, which the check of the EPUB needs; or None."""
    return shutil.which("java")


def may_install() -> bool:
    """Whether Debian's packages can be installed here."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return Path("/etc/debian_version").exists() and root and bool(shutil.which("apt-get"))


def ensure_chromium() -> None:
    """Install Debian's Chromium where that is allowed; say loudly where it is not."""
    if not chromium() and may_install():
        _install("chromium", "the tests of the pages")


def ensure_java() -> None:
    """Install Debian's Java runtime where that is allowed."""
    if not java() and may_install():
        _install("default-jre-headless", "the check of the EPUB")


def _install(package: str, purpose: str) -> None:
    click.echo(f"installing Debian's {package} for {purpose}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    subprocess.run(["apt-get", "install", "-y", "-qq", package], env=quiet, check=False)


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
    ensure_java()
    if not java():
        click.echo("NO JAVA FOUND: the check of the EPUB will be skipped", err=True)
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
