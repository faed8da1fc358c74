"""Which numbers, verdicts and records a replaced table moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from analysis.refresh.proof import Proof

NEW, GONE = "(new)", "(gone)"
VERDICTS: Final = ("verdict", "robustness")


def lines(before: Proof, after: Proof) -> list[str]:
    """Say what moved between two proofs.

    Parameters
    ----------
    before, after : dict
        As `analysis.refresh.proof.proof` gives them.

    Returns
    -------
    list of str
        Verdicts, then values of claims, then numbers in prose, each with the old and the new
        one; then the chapters whose records have to be executed again.
    """
    claims = list(moves(before["claims"], after["claims"]))
    verdicts = [move for move in claims if move[1] in VERDICTS]
    values = [move for move in claims if move[1] not in VERDICTS]
    written = before["strings"].keys() & after["strings"].keys()
    old, new = ({c: each["strings"][c] for c in written} for each in (before, after))
    prose = list(moves(old, new))
    broken = {c: why for c, why in after["broken"].items() if c not in before["broken"]}
    stale = {
        chapter: sorted(set(changed) - set(before["stale"].get(chapter, ())))
        for chapter, changed in after["stale"].items()
    }
    return [
        *_section("verdicts that changed", verdicts),
        *_section("values of claims that moved", values),
        *_section("numbers in prose that moved", prose),
        *_broken(broken),
        *_reruns({chapter: why for chapter, why in stale.items() if why}),
    ]


def moves(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield what differs: key, name, the old text and the new one."""
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, {}), after.get(key, {})
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                yield key, name, old.get(name, NEW), new.get(name, GONE)


def _section(title: str, moves: list[tuple[str, str, str, str]]) -> list[str]:
    if not moves:
        return [f"{title}: none"]
    return [f"{title}: {len(moves)}", *(f"  {k}: {n}: {old} -> {new}" for k, n, old, new in moves)]


def _broken(chapters: Mapping[str, str]) -> list[str]:
    if not chapters:
        return []
    named = [f"  {chapter}: {why}" for chapter, why in sorted(chapters.items())]
    return [f"CHAPTERS WHOSE WORDS NO LONGER FIT, to be mended first: {len(chapters)}", *named]


def _reruns(stale: Mapping[str, list[str]]) -> list[str]:
    if not stale:
        return ["chapters to execute again: none"]
    named = [f"  {chapter}: {', '.join(why)}" for chapter, why in sorted(stale.items())]
    return [
        f"chapters to execute again (`python -m analysis notebooks`): {len(stale)}",
        *named,
    ]
