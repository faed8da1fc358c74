"""What a build keeps for the next one, which may find that nothing but prose has changed."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")

# Variable with the names of the chapters whose prose has changed; unset or empty otherwise.
REWORDED: Final = "POSITION_OF_STRENGTH_REWORDED"

# Beside the folder of Sphinx's pages: these as it has written them, before the last touches.
WRITTEN: Final = "written"

# What the finished pages carry as Sphinx has written it, and is not written with every build.
FROM_PAGES: Final = ("_static/figures", "_sources", "_images", "_downloads")

# Variable with the folder of what is kept; unset where no build is to follow this one.
FOLDER: Final = "POSITION_OF_STRENGTH_KEPT"


def chapters() -> list[str]:
    """Return the pages whose prose has changed since the last build, such as chapters/04-land."""
    return os.environ.get(REWORDED, "").split()


def kept(name: str, make: Callable[[], T]) -> T:
    """Return something that no prose can change: made now, or by the last build of all pages.

    Parameters
    ----------
    name : str
        Under which it is kept.
    make : callable
        Without arguments; what it returns has to follow from code, data and outputs alone.
    """
    if chapters():
        # Written by the build whose other inputs have been found to be today's.
        found: T = pickle.loads(_file(name).read_bytes())
        return found
    made = make()
    if os.environ.get(FOLDER):
        keep(name, made)
    return made


def keep(name: str, made: object) -> None:
    """Keep something in place of what was kept under its name."""
    file = _file(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pickle.dumps(made))


def finished(html: Path) -> Path:
    """Return where the pages of the last build are, as seen from Sphinx's new ones."""
    return html.with_name("finished")


def _file(name: str) -> Path:
    return Path(os.environ[FOLDER]) / f"{name}.pickle"
