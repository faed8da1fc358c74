"""A pytest session that is kept, so that single tests can be asked again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

from analysis.honesty import memory
from analysis.honesty.memory import Used
from analysis.honesty.watch import Watcher
from analysis.paths import ROOT

# Plugins that say something about a run, spread it over processes, or need pages.
_WITHOUT: Final = ("cacheprovider", "xdist", "nbval", "capture", "logging", "faulthandler")


class _Keeper:
    def __init__(self, body: Callable[[list[pytest.Item]], None]) -> None:
        self.body = body

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            message = f"{session.testsfailed} errors while tests were collected"
            raise session.Interrupted(message)
        self.body(session.items)
        return True


def keep(selection: Sequence[str], body: Callable[[list[pytest.Item]], None]) -> None:
    """Collect tests, and call a function while they are there.

    Parameters
    ----------
    selection : sequence of str
        Arguments of pytest that select tests.
    body : callable
        Given the tests.

    Raises
    ------
    RuntimeError
        The tests could not be collected, or the function failed.
    """
    # A change is tried on a busy machine, and on the same examples as any other change.
    settings.register_profile("proof", deadline=None, derandomize=True, database=None)
    settings.load_profile("proof")
    arguments = [
        "--rootdir",
        str(ROOT),
        "-m",
        "(recomputed or not slow) and not browser",
        "--noconftest",
    ]
    arguments += ["--no-header", "--no-summary", "-q"]
    # Libraries of the measures are loaded before the tests here.
    arguments += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    arguments += [*(f"-pno:{name}" for name in _WITHOUT)]
    status = pytest.main([*arguments, *selection], plugins=[_Keeper(body)])
    if status:
        message = f"pytest ended with {status!r}"
        raise RuntimeError(message)


def watchers(items: Sequence[pytest.Item]) -> list[Watcher]:
    """Make tests into something that can be asked whether it notices a change.

    What a module of tests reads when it is loaded counts for each of its tests.
    """
    for item in items:
        if isinstance(item, pytest.Function) and item.module not in _LOADED:
            _LOADED[item.module] = _load(item.module)
    found = []
    for item in items:
        if isinstance(item, pytest.Function):
            used = Used()
            used.add(_LOADED[item.module])
            found.append(Watcher(item.nodeid, "checkpoint", _asked(item), used))
    return found


def _load(module: ModuleType) -> Used:
    # Into the names it has, so that the tests collected from it see the new values.
    assert module.__spec__ is not None
    assert module.__spec__.loader is not None
    with memory.recorded() as used:
        module.__spec__.loader.exec_module(module)
    return used


# Modules of tests with what was used to load them, and those that a change has made stale.
_LOADED: dict[ModuleType, Used] = {}
_STALE: set[ModuleType] = set()


def outdate(concerns: Callable[[Used], bool]) -> None:
    """Mark the modules of tests that a change concerns, to be loaded again when asked."""
    _STALE.update(module for module, used in _LOADED.items() if concerns(used))


def _asked(item: pytest.Function) -> Callable[[], bool]:
    def fails() -> bool:
        if item.module in _STALE:
            _STALE.discard(item.module)
            _load(item.module)
        reports: list[Any] = runtestprotocol(item, log=False, nextitem=None)
        return any(report.failed for report in reports)

    return fails
