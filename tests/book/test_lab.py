"""Working copies belong to the reader: live prose, and nothing of theirs is overwritten."""

from __future__ import annotations

import json
import re

import pytest

from analysis.book import lab, prose, runner

NAME = "04-land"


def cells(notebook, kind):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("source", runner.sources(), ids=lambda path: path.stem)
def test_prose_is_live(source):
    """As many numbers as the chapter names, all in folded cells below the one that writes them."""
    notebook = lab.working_copy(source)
    named = re.findall(r"\{glue:text\}`([^`]+)`", source.read_text(encoding="utf-8"))
    live = [c for c in cells(notebook, "code") if c["source"].startswith("book.live(")]
    shown = [name for c in live for name in re.findall(r"\{\{([^}]+)\}\}", c["source"])]
    assert shown == named
    assert all(c["metadata"]["jupyter"]["source_hidden"] for c in live)
    codes = [c["source"] for c in cells(notebook, "code")]
    assert "book.write(words.strings())" in codes[0]
    assert not any("{{" in c["source"] for c in cells(notebook, "markdown"))


def test_headings_are_text():
    """The nine or more parts of a chapter are in the list of contents: cells of text."""
    source = next(path for path in runner.sources() if path.stem == NAME)
    wanted = re.findall(r"^## (.+)$", source.read_text(encoding="utf-8"), flags=re.M)
    text = "\n".join(c["source"] for c in cells(lab.working_copy(source), "markdown"))
    assert re.findall(r"^## (.+)$", text, flags=re.M) == wanted


def test_a_changed_copy_is_left_alone(tmp_path):
    """Made; kept, with the outputs of a run; never overwritten after a change, unless asked to."""
    (first,) = lab.copies([NAME], folder=tmp_path)
    assert first.state == "made"
    notebook = json.loads(first.path.read_text(encoding="utf-8"))
    notebook["cells"][2]["execution_count"] = 7
    first.path.write_text(json.dumps(notebook), encoding="utf-8")
    assert lab.copies([NAME], folder=tmp_path)[0].state == "kept"
    notebook["cells"][2]["source"] += "\n# mine"
    first.path.write_text(json.dumps(notebook), encoding="utf-8")
    assert lab.copies([NAME], folder=tmp_path)[0].state == "changed"
    assert "# mine" in first.path.read_text(encoding="utf-8")
    assert lab.copies([NAME], folder=tmp_path, fresh=True)[0].state == "made"
    assert "# mine" not in first.path.read_text(encoding="utf-8")


def test_an_untouched_copy_follows_its_chapter(tmp_path):
    """The chapter was written again: a copy made of the old text, and not changed, is made anew."""
    (first,) = lab.copies([NAME], folder=tmp_path)
    notebook = json.loads(first.path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = "# Another title"
    notebook["metadata"][lab.METADATA] = lab.content_hash(notebook)
    first.path.write_text(json.dumps(notebook), encoding="utf-8")
    assert lab.copies([NAME], folder=tmp_path)[0].state == "made"


def test_unknown_chapters_are_all_named(tmp_path):
    """Two wrong names, one error."""
    with pytest.raises(ValueError, match="99-a, 99-b"):
        lab.copies(["99-a", NAME, "99-b"], folder=tmp_path)


def test_prose_has_the_numbers_of_the_kernel(monkeypatch):
    """A number written again is the one that is shown; one never written is an error."""
    monkeypatch.setattr(prose, "WRITTEN", {"held": "18 %"})
    assert prose.live("Held: {{held}}.").data == "Held: 18 %."
    prose.WRITTEN["held"] = "19 %"
    assert prose.live("Held: {{held}}.").data == "Held: 19 %."
    with pytest.raises(KeyError, match="lost, won"):
        prose.live("{{won}} {{held}} {{lost}}")


def test_nobody_else_is_asked():
    """JupyterLab asks for news and for newer versions of itself unless told not to."""
    command = " ".join(lab.command([NAME]))
    assert "news_url=None" in command
    assert "NeverCheckForUpdate" in command
    assert "extension_manager=readonly" in command
    assert command.count("lab/tree/lab/04-land.ipynb") == 1
