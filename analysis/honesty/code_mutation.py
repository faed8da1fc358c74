"""Changed code: would any test notice.

mutmut makes the mutants: each is one function with one thing changed (a comparison turned, a
number one higher, an argument left out).  It also puts a switch into each function that chooses
the mutant by name.  Its own runner starts pytest for every mutant in a copy of a process
that has computed everything already, so that what is kept in caches hides a mutant, and the
start takes longer than the tests.  Here the tests are collected once, what a mutated
function has been used for is forgotten, and only the tests that call it are asked; where
none notices, what the chapters show is compared.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.honesty import results
from analysis.honesty.memory import Used
from analysis.honesty.watch import Trial
from analysis.paths import BUILD, DATA, ROOT
from analysis.sources.tables import write_csv

TABLE: Final = DATA / "mutation_code.csv"
SEED: Final = 8
SURVIVORS: Final = DATA / "mutation_survivors.csv"

ENGINE: Final = ("verdicts", "readings", "hedges", "claims", "assessing", "evidence")
MEASURES: Final = (
    "aid", "opinion", "calls", "diplomacy", "forecasts", "territory", "firepower", "kharkiv",
    "losses", "budget", "capacity", "bargaining", "endings", "terms", "timing", "hindsight",
    "argument",
)  # fmt: skip

# The rules that give verdicts are tried in all their mutants, the other modules in so many
# of each: all would take a night.
RULES: Final = ("verdicts", "readings", "hedges")
EACH: Final = 12

# Where the mutated copy of the repository is, and what is copied beside the package.
COPY: Final = BUILD / "mutants"
_COPIED: Final = ("tests", "data", "chapters", "pages")
_FILES: Final = ("pyproject.toml", "datapackage.json", "_toc.yml", "_config.yml", "CITATION.cff",
                 "index.md", "README.md", "CHANGELOG.md", "LICENSE", "requirements.lock",
                 "CONTRIBUTING.md", "conftest.py", "Makefile")  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One function with one thing changed.

    Attributes
    ----------
    name : str
        As the switch knows it: module, function and number.
    module, function : str
        ``readings`` and ``robustness`` or ``Reading.check``.
    before, after : str
        The lines that differ, without their indentation.
    """

    name: str
    module: str
    function: str
    before: str
    after: str


def mutated(module: str) -> tuple[str, list[Mutant]]:
    """Return a module of the package with all its mutants and the switch, and the mutants.

    Texts of errors are left as they are: what a message says is not worked out anywhere.
    """
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key

    path = ROOT / "analysis" / f"{module}.py"
    source = path.read_text(encoding="utf-8")
    made = mutate_file_contents(str(path), source, None, message_lines(source))
    lines = made.code.splitlines()
    spans = made.line_span_by_function_name
    found = []
    for name in made.mutant_names:
        original = name.rpartition("_")[0] + "_orig"
        key = f"analysis.{module}.{name}"
        function, owner = orig_function_and_class_names_from_key(key)
        called = f"{owner}.{function}" if owner else function
        before, after = _difference(
            *(
                [line.replace(each, function) for line in lines[span.start - 1 : span.end]]
                for each, span in ((each, spans[each]) for each in (original, name))
            )
        )
        found.append(Mutant(key, module, called, before, after))
    return made.code, found


def message_lines(source: str) -> set[int]:
    """Return the first lines of the statements that put the text of an error together."""
    return {
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign | ast.Raise) and _names_message(node)
    }


def _names_message(statement: ast.Assign | ast.Raise) -> bool:
    if isinstance(statement, ast.Assign):
        return "message" in {goal.id for goal in statement.targets if isinstance(goal, ast.Name)}
    return "message" in {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}


def _difference(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Return what differs between two functions: the lines of each that the other lacks."""
    sides: dict[str, list[str]] = {"-": [], "+": []}
    for line in difflib.ndiff(before, after):
        if line[0] in sides:
            sides[line[0]].append(line[2:].strip())
    return " ".join(sides["-"]), " ".join(sides["+"])


def prepare(modules: Sequence[str]) -> list[Mutant]:
    """Make the mutated copy of the repository; returns its mutants.

    Modules that have not changed since the last time are taken from there.
    """
    kept = COPY.parent / "mutated"
    kept.mkdir(parents=True, exist_ok=True)
    for name in (*_COPIED, "analysis"):
        shutil.rmtree(COPY / name, ignore_errors=True)
        shutil.copytree(ROOT / name, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        shutil.copy(ROOT / name, COPY / name)
    found = []
    for module in modules:
        path = ROOT / "analysis" / f"{module}.py"
        store = kept / f"{module}-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.json"
        if store.exists():
            held = json.loads(store.read_text(encoding="utf-8"))
            code, mutants = held["code"], [Mutant(**each) for each in held["mutants"]]
        else:
            code, mutants = mutated(module)
            content = {"code": code, "mutants": [asdict(each) for each in mutants]}
            store.write_text(json.dumps(content), encoding="utf-8", newline="\n")
        (COPY / "analysis" / f"{module}.py").write_text(code, encoding="utf-8", newline="\n")
        found += mutants
    return found


# Tests that say nothing about what a function of the engine or a measure does.
NOT_ASKED: Final = {
    "test_bench.py": "of times",
    "test_chapters.py": "of the stored records and their hashes",
    "test_datapackage.py": "of the description of the data",
    "test_environments.py": "of the definitions of containers",
    "test_history.py": "of versions kept",
    "test_honesty.py": "of these proofs",
    "test_portability.py": "of how files are read and written",
    "test_proofs.py": "of these proofs",
    "test_provenance.py": "of what is read, which these proofs watch in their own way",
    "test_repository.py": "of the repository's files",
}


# In the process of the proof --------------------------------------------------------------


def run_here(
    mutants: Sequence[Mapping[str, str]],
    result: str,
    tests: Sequence[str] = (),
    chapters: Sequence[str] | None = (),
) -> None:
    """Try mutants in this process, whose package is the mutated copy.

    Parameters
    ----------
    mutants : sequence of mapping
        Fields of `Mutant`.
    result : str
        File to add the findings to.
    tests : sequence of str
        Names of their files; all if none is named.
    chapters : sequence of str or None
        Chapters whose outputs are compared where no test notices; all if none is named, and
        no outputs at all for None.
    """
    from analysis.honesty import data_mutation, results, switch, testing, watch

    def inside(items: list[Any]) -> None:
        found = data_mutation.learned(items, chapters)
        switch.choose("")
        trials = [_trial(Mutant(**each)) for each in mutants]
        for done, seen in watch.run(trials, found, total=len(trials), label="mutants"):
            results.add(Path(result), {**asdict(done.key), **asdict(seen)})

    testing.keep(data_mutation.selection(NOT_ASKED, tests), inside)


def _trial(mutant: Mutant) -> Trial:
    from analysis.honesty import switch, testing

    concerns = partial(_calls, mutant.name.partition("__mutmut_")[0])

    def make() -> None:
        switch.choose(mutant.name)
        testing.outdate(concerns)

    return Trial(mutant, (mutant.module, mutant.function), make, concerns)


def _calls(function: str, used: Used) -> bool:
    return function in used.functions


# From outside -----------------------------------------------------------------------------


def run(
    modules: Sequence[str] = (),
    *,
    sample: int | None = None,
    each: int | None = None,
    seed: int = SEED,
    tests: Sequence[str] = (),
    outputs: bool = True,
) -> pd.DataFrame:
    """Try mutants and say who noticed.

    Parameters
    ----------
    modules : sequence of str
        Of the package, such as ``readings``; engine and measures if none is named.
    sample : int, optional
        So many mutants, drawn over these modules; all if not given.
    each : int, optional
        At most so many of each module; by `RULES` and `EACH` if not given.
    seed : int
        Of the draw.
    tests : sequence of str
        Names of files of tests to ask; all if none is named.
    outputs : bool
        Whether outputs of the chapters are compared where no test notices.

    Returns
    -------
    DataFrame
        name, module, function, before, after, kind (``checkpoint``: a test noticed,
        ``output``, ``nothing``), by (who noticed), stopped, made (mutants of the module).
    """
    mutants = prepare(list(modules) or [*ENGINE, *MEASURES])
    made = Counter(mutant.module for mutant in mutants)
    if sample is not None:
        mutants = random.Random(seed).sample(mutants, min(sample, len(mutants)))
    else:
        most = {module: each or _most(module, count) for module, count in made.items()}
        mutants = [one for module in made for one in _drawn(mutants, module, most[module], seed)]
    file = results.file_of("code", tests=sorted(tests), outputs=outputs)
    done = {finding["name"] for finding in results.held(file)}
    missing = [asdict(mutant) for mutant in mutants if mutant.name not in done]
    if missing:
        request = {"mutants": missing, "result": str(file), "tests": list(tests)}
        results.run_apart("code", {**request, "chapters": [] if outputs else None}, COPY)
    held = {finding["name"]: finding for finding in results.held(file)}
    return pd.DataFrame([held[one.name] | {"made": made[one.module]} for one in mutants])


def _most(module: str, made: int) -> int:
    return made if module in RULES else EACH


def _drawn(mutants: Sequence[Mutant], module: str, most: int, seed: int) -> list[Mutant]:
    own = [mutant for mutant in mutants if mutant.module == module]
    return random.Random(f"{seed} {module}").sample(own, min(most, len(own)))


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """Count the findings by module.

    Returns
    -------
    DataFrame
        module, part (engine or measure), made (all its mutants), mutants (tried), by_test,
        by_output (noticed by no test), survived.
    """
    rows = []
    for module, part in found.groupby("module"):
        kinds = part["kind"].value_counts()
        rows.append(
            {
                "module": module,
                "part": "engine" if module in ENGINE else "measure",
                "made": int(part["made"].iloc[0]),
                "mutants": len(part),
                "by_test": int(kinds.get("checkpoint", 0)),
                "by_output": int(kinds.get("output", 0)),
                "survived": int(kinds.get("nothing", 0)),
            }
        )
    return pd.DataFrame(rows)


def survivors(found: pd.DataFrame, file: Path = SURVIVORS) -> pd.DataFrame:
    """Return the mutants that nobody noticed, with the reasons that the table holds or rules give.

    Returns
    -------
    DataFrame
        module, function, before, after, reason (empty where none is known yet).
    """
    key = ["module", "function", "before", "after"]
    table = found.loc[found["kind"] == "nothing", key].drop_duplicates()
    known: dict[tuple[str, ...], str] = {}
    if file.exists():
        held = pd.read_csv(file, dtype=str, keep_default_na=False)
        known = {tuple(row[:4]): row[4] for row in held[[*key, "reason"]].to_numpy()}
    reasons = [known.get(tuple(row)) or by_rule(row[2], row[3]) for row in table[key].to_numpy()]
    return table.assign(reason=reasons).sort_values(key, ignore_index=True)


def by_rule(before: str, after: str) -> str:
    """Return why a change of a common kind alters no result; empty for all others."""
    for pattern, reason in _ALIKE:
        if re.search(pattern, before) and not re.search(pattern, after):
            return reason
    return ""


# Changes that cannot alter a result of this book, by what they take away.
_ALIKE: Final = (
    (r"strict=True", "guards against lists of different length, which the callers never give"),
    (r"validate=\"[1m]", "guards against a repeated key, which the schema of the table refuses"),
    (r"ignore_index=True", "numbers of the rows, which nobody asks for"),
    (r"reset_index\(drop=True\)", "numbers of the rows, which nobody asks for"),
)


def write(found: pd.DataFrame) -> list[Path]:
    """Write counts and survivors; modules that were not tried now keep theirs."""
    day = pd.Timestamp(datetime.now(UTC).date()).strftime("%Y-%m-%d")
    tables = ((summary(found).assign(tried_on=day), TABLE), (survivors(found), SURVIVORS))
    written = []
    for fresh, file in tables:
        whole = fresh.astype(str)
        if file.exists():
            held = pd.read_csv(file, dtype=str, keep_default_na=False)
            whole = pd.concat([held[~held["module"].isin(found["module"])], whole])
        ordered = whole.sort_values(list(whole.columns[:4]), ignore_index=True)
        written.append(write_csv(ordered, file))
    return written
