"""The same on Linux, macOS and Windows: what differs between them is nowhere left to chance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.paths import ROOT

# Of one system each: a call has to ask first whether it is there.
ONE_SYSTEM = {"geteuid", "getuid", "fork", "uname", "killpg", "getpgid", "setsid", "chown"}
ONE_SYSTEM_MODULES = {"fcntl", "pwd", "grp", "resource", "termios", "msvcrt", "winreg"}

# Absolute paths, each with its reason.
KNOWN_PATHS = {"/etc/debian_version": "tells Debian, where apt-get may install what tests need"}

SOURCES = [*sorted((ROOT / "analysis").rglob("*.py")), ROOT / "conftest.py"]


def violations(tree: ast.AST) -> Iterator[str]:
    """Yield what a module does that another system would do differently, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {what}" for what in _of_call(node))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = (
                [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            )
            yield from (f"{node.lineno}: {n}" for n in names if n in ONE_SYSTEM_MODULES)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            rooted = node.value.startswith(
                ("/tmp", "/usr", "/etc", "/dev", "/proc", "/home", "C:\\")
            )
            if rooted and node.value not in KNOWN_PATHS:
                yield f"{node.lineno}: {node.value}"
    yield from _unasked(tree)


def _of_call(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = {keyword.arg for keyword in node.keywords}
    constants = [a.value for a in node.args if isinstance(a, ast.Constant)]
    if name == "read_text" and not (given & {"encoding"} or node.args):
        yield "read_text without encoding"
    if name == "write_text" and not ({"encoding", "newline"} <= given or _is_store(node)):
        yield "write_text without encoding and newline"
    if name == "open" and _opens_text(node, constants):
        needed = {"encoding", "newline"} if "w" in _mode(node, constants) else {"encoding"}
        if not needed <= given:
            yield f"open without {' and '.join(sorted(needed - given))}"
    if name in {"run", "Popen", "check_output"} and "text" in given and "encoding" not in given:
        yield f"{name} with text and without encoding"
    if name in {"Path", "open"} and any(map(_joined_by_hand, node.args)):
        yield "a path put together as text"


def _is_store(node: ast.Call) -> bool:
    """Whether a method of the project's own has this name: it is not `Path.write_text`."""
    return isinstance(node.func, ast.Name)


def _mode(node: ast.Call, constants: list[object]) -> str:
    named = [
        k.value.value
        for k in node.keywords
        if k.arg == "mode" and isinstance(k.value, ast.Constant)
    ]
    return "".join(str(text) for text in [*constants, *named])


def _opens_text(node: ast.Call, constants: list[object]) -> bool:
    # `archive.open` and `tarfile.open` give bytes.
    builtin = isinstance(node.func, ast.Name)
    method = isinstance(node.func, ast.Attribute) and not (
        isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"tarfile", "os", "lzma", "gzip"}
    )
    return (
        (builtin or method)
        and "b" not in _mode(node, constants)
        and "r:" not in _mode(node, constants)
    )


def _joined_by_hand(argument: ast.expr) -> bool:
    if not isinstance(argument, ast.JoinedStr | ast.BinOp):
        return False
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and "/" in part.value
        for part in ast.walk(argument)
    )


def _unasked(tree: ast.AST) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            parts = list(ast.walk(function))
            asked = {
                part.value
                for call in parts
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "hasattr"
                for part in call.args
                if isinstance(part, ast.Constant)
            }
            for part in parts:
                if isinstance(part, ast.Attribute) and part.attr in ONE_SYSTEM - asked:
                    yield f"{part.lineno}: {part.attr} without hasattr"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_depends_on_the_system(path: Path) -> None:
    """Windows reads and writes text in another encoding and with other line ends unless told."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert sorted(set(violations(tree))) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("p.read_text()", "1: read_text without encoding"),
        ("p.write_text(t, encoding='utf-8')", "1: write_text without encoding and newline"),
        ("p.open('w', encoding='utf-8')", "1: open without newline"),
        ("open(folder + '/a.csv', encoding='utf-8')", "1: a path put together as text"),
        ("subprocess.run(c, text=True)", "1: run with text and without encoding"),
        ("def f():\n    os.geteuid()", "2: geteuid without hasattr"),
        ("import fcntl", "1: fcntl"),
        ("x = '/tmp/a'", "1: /tmp/a"),
    ],
)
def test_each_dependence_is_found(code: str, found: str) -> None:
    """A scan that finds nothing proves something only if it would find each of these."""
    assert found in list(violations(ast.parse(code)))


def test_no_exception_outlives_its_reason() -> None:
    """Each absolute path that is allowed is used."""
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert [path for path in KNOWN_PATHS if path not in text] == []
