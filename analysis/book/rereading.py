"""Sphinx extension: after a change of prose only the pages that it is on are made again.

Sphinx keeps what it has read and reads again what has changed; which pages have to be written
then it knows only in part.  This extension compares all that the book's pages share before
and after: where it is the same, no other page can have changed, and where it is not the build
ends with an error, upon which the whole book is built.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from analysis.kept import WRITTEN, chapters

# Attributes of Sphinx's environment that are of this process, say when something was read, or
# hold what another attribute holds too (`domaindata` is what `domains` hold).
_OF_PROCESS: Final = frozenset(
    {
        "all_docs", "app", "config", "config_status", "config_status_extra", "doctreedir",
        "domains", "events", "project", "settings", "srcdir", "version", "temp_data",
        "ref_context", "_pickled_doctree_cache", "_write_doc_doctree_cache",
    }
)  # fmt: skip


def shared(env: BuildEnvironment, own: list[str]) -> dict[str, str]:
    """Return, by name, what pages have in common: titles, contents, labels, citations.

    Parameters
    ----------
    env : BuildEnvironment
    own : list of str
        Pages whose front matter is left out: no other page reads it.

    Returns
    -------
    dict of str to str
        A hash for each part; the order in which pages were read makes no difference.
    """
    parts = {name: value for name, value in vars(env).items() if name not in _OF_PROCESS}
    parts |= {f"domain {name}": data for name, data in parts.pop("domaindata").items()}
    parts["metadata"] = {page: said for page, said in env.metadata.items() if page not in own}
    return {
        name: hashlib.sha256(_said(value, frozenset()).encode()).hexdigest()
        for name, value in parts.items()
    }


def _said(value: Any, within: frozenset[int]) -> str:
    """Write a value so that equal ones are written alike."""
    if id(value) in within:
        return "(above)"
    inside = within | {id(value)}
    if isinstance(value, nodes.Node):
        return str(value.pformat())
    if isinstance(value, str | bytes | int | float | bool | None):
        return repr(value)
    if isinstance(value, Mapping):
        items = (f"{_said(k, inside)}: {_said(v, inside)}" for k, v in value.items())
        return f"{{{', '.join(sorted(items))}}}"
    if isinstance(value, tuple):
        return f"({', '.join(_said(item, inside) for item in value)})"
    if isinstance(value, list | set | frozenset):
        # What is gathered of pages comes in the order in which they were read.
        return f"[{', '.join(sorted(_said(item, inside) for item in value))}]"
    named = vars(value) if hasattr(value, "__dict__") else repr(value)
    return f"{type(value).__qualname__}({_said(named, inside)})"


def _reread(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the chapters again whatever the clock says of their files."""
    found = chapters()
    if found:
        if not env.all_docs:
            message = "nothing is kept of the last build"
            raise ExtensionError(message)
        app.__dict__["book_shared"] = shared(env, found)
    return found


def _hold(app: Sphinx, env: BuildEnvironment) -> None:
    """Refuse to go on where other pages may have to change."""
    before = app.__dict__.pop("book_shared", None)
    if before is None:
        return
    after = shared(env, chapters())
    moved = sorted(name for name in before | after if before.get(name) != after.get(name))
    if moved:
        message = f"not on the changed pages alone: {', '.join(moved)}"
        raise ExtensionError(message)


def _keep(app: Sphinx, error: Exception | None) -> None:
    """Keep the pages as Sphinx has written them, before all of them get their last touches."""
    if error or app.builder.name != "html":
        return
    outdir = Path(app.outdir)
    kept = outdir.with_name(WRITTEN)
    shutil.rmtree(kept, ignore_errors=True)
    for page in outdir.rglob("*.html"):
        name = page.relative_to(outdir)
        if name.parts[0] != "_static":
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            # With its time, by which Sphinx sees whether it is older than its source.
            shutil.copy2(page, kept / name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx: the comparison after all others have updated, the copy first."""
    app.connect("env-get-outdated", _reread)
    app.connect("env-updated", _hold, priority=990)
    app.connect("build-finished", _keep, priority=0)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


__all__ = ["setup", "shared"]
