"""After a change of prose other pages stay: only if nothing that they share has moved."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from analysis.book import rereading, slim
from analysis.kept import FOLDER, REWORDED, kept


def environment():
    """Return what Sphinx has of two pages, as far as pages share it."""
    return SimpleNamespace(
        all_docs={"a": 1, "b": 2},
        titles={"a": nodes.title("", "A"), "b": nodes.title("", "B")},
        tocs={"a": nodes.bullet_list("", nodes.list_item()), "b": nodes.bullet_list()},
        metadata={"a": {"hash": "1"}, "b": {"hash": "2"}},
        domaindata={"std": {"labels": {"x": ("a", "x", "X")}, "refs": ["a", "b"]}},
        reread_always={"b"},
    )


def moved(change):
    before, after = environment(), environment()
    change(after)
    first, second = (rereading.shared(env, ["a"]) for env in (before, after))
    return sorted(name for name in first | second if first.get(name) != second.get(name))


def _nothing(env):
    # Read again, a page comes last, and at a later time.
    env.titles = dict(reversed(env.titles.items()))
    env.domaindata["std"]["refs"].reverse()
    env.all_docs["a"] = 3
    env.metadata["a"] = {"hash": "3"}


def _title(env):
    env.titles["a"] = nodes.title("", "Another")


def _heading(env):
    env.tocs["a"] += nodes.list_item()


def _label(env):
    env.domaindata["std"]["labels"]["y"] = ("a", "y", "Y")


def _metadata(env):
    env.metadata["b"] = {"hash": "3"}


def _new_part(env):
    env.glossary = {"a": "term"}


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (_nothing, []),
        (_title, ["titles"]),
        (_heading, ["tocs"]),
        (_label, ["domain std"]),
        (_metadata, ["metadata"]),
        (_new_part, ["glossary"]),
    ],
)
def test_what_pages_share(change, names):
    """Titles, headings and labels are on other pages too; order, times and own notes are not."""
    assert moved(change) == names


def test_the_build_ends_where_other_pages_may_change(monkeypatch):
    """A heading more is in the side bar of every page: the error names what has moved."""
    monkeypatch.setenv(REWORDED, "a")
    app, env = SimpleNamespace(), environment()
    assert rereading._reread(app, env, set(), set(), set()) == ["a"]
    _heading(env)
    with pytest.raises(ExtensionError, match="tocs"):
        rereading._hold(app, env)


def test_prose_alone_goes_on(monkeypatch):
    """Nothing that is shared has moved."""
    monkeypatch.setenv(REWORDED, "a")
    app, env = SimpleNamespace(), environment()
    rereading._reread(app, env, set(), set(), set())
    _nothing(env)
    rereading._hold(app, env)


def test_a_whole_build_compares_nothing(monkeypatch):
    """Without names of chapters everything is read, and there is nothing before it."""
    monkeypatch.delenv(REWORDED, raising=False)
    app, env = SimpleNamespace(), environment()
    assert rereading._reread(app, env, set(), set(), set()) == []
    rereading._hold(app, env)


def test_without_kept_work(monkeypatch):
    """Sphinx would read all pages, and the comparison with nothing would prove nothing."""
    monkeypatch.setenv(REWORDED, "a")
    env = SimpleNamespace(all_docs={})
    with pytest.raises(ExtensionError, match="nothing is kept"):
        rereading._reread(SimpleNamespace(), env, set(), set(), set())


def test_what_no_prose_changes_is_kept(tmp_path, monkeypatch):
    """Made by a whole build each time, and taken from it by a build after a change of prose."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    monkeypatch.delenv(REWORDED, raising=False)
    assert [kept("part", lambda: 1), kept("part", lambda: 2)] == [1, 2]
    monkeypatch.setenv(REWORDED, "chapters/04-land")
    assert kept("part", lambda: 3) == 2
    monkeypatch.delenv(REWORDED)
    monkeypatch.delenv(FOLDER)
    assert kept("part", lambda: 4) == 4


def test_words_that_no_rule_asks_for_decide_nothing(tmp_path):
    """The sheet asks for two names; a word of the book's search that is no name changes nothing.

    A name with a sign of its own may be written otherwise in a sheet, and one that ends in a
    hyphen stands for all that begin so: they decide whatever the sheet says.
    """
    static = tmp_path / "_static"
    static.mkdir()
    (static / "a.css").write_text(".card, #top { color: red }")
    before = slim.deciding(frozenset({"card", "sd:row", "tab-"}), tmp_path)
    assert before == {"card", "sd:row", "tab-"}
    assert slim.deciding(frozenset({"card", "sd:row", "tab-", "attrition"}), tmp_path) == before
    assert slim.deciding(frozenset({"card", "sd:row", "tab-", "top"}), tmp_path) != before
