"""The switch that mutmut puts into each function: which mutant is chosen, and who was called."""

from __future__ import annotations

from mutmut.mutation import trampoline

from analysis.honesty import memory


def note_calls() -> None:
    """Note each call of a function that has mutants; none of them is chosen."""
    trampoline.set_mutant_under_test("stats")
    noted = "record_trampoline_hit"
    setattr(trampoline, noted, lambda name, caller=None: memory.note_function(name))


def choose(name: str) -> None:
    """Choose a mutant by its name; the original for an empty one."""
    trampoline.set_mutant_under_test(name)
