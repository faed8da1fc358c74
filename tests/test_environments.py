"""Whoever opens the book in a container or on a Binder gets the locked versions, and no others."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
import yaml

from analysis.paths import LOCK, ROOT

LOCKED = "-m pip install --no-deps --require-hashes -r requirements.lock"
BINDER = ROOT / ".binder"


def flat(text: str) -> str:
    return re.sub(r" --(quiet|no-cache-dir)\b", "", text)


def test_the_container_is_made_as_the_makefile_makes_it():
    """Its one command is a target of the Makefile, which installs the lock with its hashes."""
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert container["postCreateCommand"] == "make .venv/.ready"
    assert "$(VENV)/.ready: requirements.lock" in makefile and "VENV := .venv" in makefile
    assert LOCKED in flat(makefile)
    # Debian's Chromium and Java are what the tests would install.
    assert {"chromium", "default-jre-headless"} <= set(container["onCreateCommand"].split())


def test_the_binder_is_made_from_the_lock():
    """The same line as in the Makefile; a list of packages of its own would be a second lock."""
    build = flat((BINDER / "postBuild").read_text(encoding="utf-8"))
    assert LOCKED in build
    assert "--no-deps --no-build-isolation --editable ." in build
    assert not (BINDER / "requirements.txt").exists()
    assert not (BINDER / "environment.yml").exists()
    assert os.name == "nt" or os.access(BINDER / "postBuild", os.X_OK)


def test_one_python():
    """Container and Binder have the oldest Python that the package takes: 3.11, as the lock."""
    image = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))["image"]
    assert re.search(r"python:3\.11\b", image)
    assert (BINDER / "runtime.txt").read_text(encoding="utf-8").strip() == "python-3.11"
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "jupyterlab==" in LOCK.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts of a Linux container")
@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_the_scripts_can_be_read_by_a_shell(name):
    """`bash -n` reads a script without running it."""
    done = subprocess.run(["bash", "-n", str(BINDER / name)], capture_output=True)
    assert done.returncode == 0, done.stderr


def test_no_page_has_a_launch_button():
    """A button would send readers to another host; the files are for those who look for them."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert not {"binderhub_url", "colab_url", "jupyterhub_url"} & set(config["launch_buttons"])


def test_no_page_launches(site):
    """Nor does a built chapter have one."""
    for page in sorted((site / "chapters").glob("*.html")):
        assert "btn-launch" not in page.read_text(encoding="utf-8"), page.name
