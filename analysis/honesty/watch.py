"""What would notice a change: tests, checks and outputs of chapters, each asked on its own.

A change of a cell or of a line of code is made in a forked process, where nothing it leaves
behind can reach the next one.  Of all that could notice it only what depends on the changed
table or function is asked, and first what noticed the changes before it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Literal

from tqdm import tqdm

from analysis.honesty import memory
from analysis.honesty.memory import Used

Kind = Literal["checkpoint", "output"]


@dataclass
class Watcher:
    """One thing that can notice a change.

    Attributes
    ----------
    name : str
    kind : str
        ``checkpoint`` for a test or a check, whose expectation does not come from what the
        book has computed; ``output`` for what a chapter shows, compared with itself.
    notices : callable
        Whether it notices, asked in a process in which the change was made.
    used : Used
        What it depends on, as seen when nothing was changed.
    seconds : float
        How long it took then.
    """

    name: str
    kind: Kind
    notices: Callable[[], bool]
    used: Used = field(default_factory=Used)
    seconds: float = 0.0


@dataclass(frozen=True)
class Seen:
    """Who noticed a change; empty where nobody did.

    ``stopped`` says that the computation ended in an error instead of another result.
    """

    kind: Kind | Literal["nothing"]
    by: str = ""
    stopped: bool = False
    seconds: float = 0.0


@dataclass
class Trial:
    """One change and how it is made.

    Attributes
    ----------
    key
        Names the change.
    group : tuple of str and str
        Table and column, or module and function: changes of a group, and less so those that
        share its first part, are mostly noticed by the same watchers.
    make : callable
        Makes the change in this process; it is never undone.
    concerns : callable
        Whether the change concerns what was computed from these tables and functions.
    first : callable
        Checks at once whether the change is noticed without any watcher, by name.
    asked : tuple of str
        Kinds of watchers that are asked.
    """

    key: Any
    group: tuple[str, str]
    make: Callable[[], None]
    concerns: Callable[[Used], bool]
    first: Callable[[], str] = field(default=lambda: "")
    asked: tuple[Kind, ...] = ("checkpoint", "output")


def learn(watcher: Watcher) -> bool:
    """Ask a watcher while nothing is changed, and store what it depends on.

    Returns
    -------
    bool
        Whether it noticed something although nothing is changed, which must not be.
    """
    start = time.perf_counter()
    with memory.recorded() as used:
        wrong = watcher.notices()
    watcher.seconds = time.perf_counter() - start
    watcher.used.add(used)
    return wrong


def learn_all(watchers: Sequence[Watcher]) -> list[Watcher]:
    """Ask all watchers while nothing is changed; returns those that notice something."""
    return [each for each in tqdm(watchers, unit="watcher", desc="learning") if learn(each)]


def examine(trial: Trial, watchers: Sequence[Watcher]) -> Seen:
    """Make a change in this process and say who notices it first.

    Checkpoints are asked before outputs, so that an output alone is what is left.
    """
    start = time.perf_counter()
    trial.make()
    memory.drop(trial.concerns)
    early = trial.first()
    if early:
        return Seen("checkpoint", early, seconds=time.perf_counter() - start)
    for watcher in watchers:
        try:
            noticed, stopped = watcher.notices(), False
        except Exception:
            noticed, stopped = True, True
        if noticed:
            return Seen(watcher.kind, watcher.name, stopped, time.perf_counter() - start)
    return Seen("nothing", seconds=time.perf_counter() - start)


def run(
    trials: Iterable[Trial],
    watchers: Sequence[Watcher],
    *,
    total: int,
    label: str,
    limit_s: float = 300.0,
    workers: int | None = None,
) -> Iterator[tuple[Trial, Seen]]:
    """Try changes, each in a process of its own, over the cores of this machine.

    Parameters
    ----------
    trials : iterable of Trial
    watchers : sequence of Watcher
        Whose dependencies were learned.
    total : int
        Number of trials, for the progress bar.
    label : str
        Of the progress bar.
    limit_s : float
        A change after which the computation takes longer than this has stopped it.
    workers : int, optional
        Processes; the number of cores if not given.

    Yields
    ------
    tuple of Trial and Seen
        As they end.
    """
    # Forked processes share what is loaded; a collection would copy it.
    gc.collect()
    gc.freeze()
    context = multiprocessing.get_context("fork")
    running: dict[Connection, tuple[Any, Trial, float]] = {}
    noticed: dict[tuple[str, ...], Counter[str]] = {}
    waiting = iter(trials)
    room = workers or os.cpu_count() or 1
    with tqdm(total=total, unit="change", desc=label, smoothing=0.05) as bar:
        while True:
            while len(running) < room and (trial := next(waiting, None)) is not None:
                before = [noticed.get(trial.group[:size], Counter()) for size in (2, 1)]
                order = _order(trial, watchers, before)
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(target=_child, args=(sender, trial, order))
                process.start()
                sender.close()
                running[receiver] = (process, trial, time.monotonic() + limit_s)
            if not running:
                break
            for trial, seen in _ended(running):
                for group in (trial.group, trial.group[:1]):
                    noticed.setdefault(group, Counter())[seen.by] += 1
                bar.update()
                yield trial, seen
    gc.unfreeze()


def _order(
    trial: Trial, watchers: Sequence[Watcher], before: Sequence[Counter[str]]
) -> list[Watcher]:
    """Checkpoints first; then those that noticed changes like this one; then the narrow ones."""
    concerned = [
        watcher
        for watcher in watchers
        if watcher.kind in trial.asked and trial.concerns(watcher.used)
    ]
    return sorted(
        concerned,
        key=lambda w: (w.kind == "output", *(-seen[w.name] for seen in before), w.used.breadth()),
    )


def _child(sender: Connection, trial: Trial, order: Sequence[Watcher]) -> None:
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    sender.send(examine(trial, order))
    sender.close()
    os._exit(0)  # no cleaning up: what it would clean up belongs to the parent


def _ended(
    running: dict[Connection, tuple[Any, Trial, float]],
) -> Iterator[tuple[Trial, Seen]]:
    ready = wait(list(running), timeout=1.0)
    now = time.monotonic()
    for receiver in list(running):
        process, trial, deadline = running[receiver]
        if receiver in ready:
            try:
                seen = receiver.recv()
            except EOFError:  # it died: no output could be compared
                seen = Seen("output", "the process ended", stopped=True)
        elif now > deadline:
            process.kill()
            seen = Seen("output", "time ran out", stopped=True)
        else:
            continue
        process.join()
        receiver.close()
        del running[receiver]
        yield trial, seen
