"""Shared by the tests and by nbval: the browser, the built pages, the closing table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis import proofs
from analysis.book import browsing, build


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built pages, built before by `python -m analysis test`."""
    pages, _ = build.build()
    return pages


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Find a Chromium; without one a loud skip, and a failure in CI."""
    path = proofs.chromium()
    if path is None:
        message = "NO CHROMIUM: this page was not tested in a browser"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def java() -> str:
    """Find a Java runtime; without one a loud skip, and a failure in CI that could have had one."""
    path = proofs.java()
    if path is None:
        message = "NO JAVA: this EPUB was not checked"
        if os.environ.get("CI") and proofs.may_install():
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[object]:
    """Start a headless Chromium (playwright) that keeps to itself."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path,
            args=list(browsing.ARGUMENTS),
        )
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Close with the claims: what was proved, and how many wait; before them, what was skipped."""
    from analysis.report import claims_table

    skipped = terminalreporter.stats.get("skipped", [])
    for missing in ("NO CHROMIUM", "NO JAVA"):
        count = sum(missing in str(report.longrepr) for report in skipped)
        if count:
            terminalreporter.write_line(f"{missing}: {count} tests skipped", red=True, bold=True)

    terminalreporter.section("claims")
    terminalreporter.write_line(claims_table())
