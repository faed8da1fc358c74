"""Faults of the net: what is no answer, no file, too much, too slow or from somewhere else.

Each is named with its address, ends the command with a status that is not 0, and leaves the
tables byte for byte as they were.
"""

from __future__ import annotations

import loopback
import published
import pytest
from faults import answers, case, files
from stores import LATER, proves_that_nothing_changes

API, RAW = "api.github.com", "raw.githubusercontent.com"
STAFF = "general-staff"
PAGE = b"<!DOCTYPE html><html><body>Service unavailable</body></html>"
JSON = "application/json"
SHORT = ("--timeout", "0.2")
NO_HASH = [{"sha": "main", "commit": {"committer": {"date": "2026-11-23T00:00:00Z"}}}]


def raw(name: str, fault: loopback.Fault, *said: str, options: tuple[str, ...] = ()):
    return case(STAFF, name, answers(RAW, fault), RAW, *said, options=options)


def listed(name: str, part: str, document: bytes, *said: str):
    return case(STAFF, name, answers(part, loopback.answer(document, JSON)), *said)


CASES = [
    raw("broken-off", loopback.broken_off(b"x" * 5000), "a whole answer"),
    raw("empty-answer", loopback.answer(b""), "'empty'"),
    raw("page-with-status-200", loopback.answer(PAGE, "text/html"), "text/html"),
    raw("page-called-text", loopback.answer(PAGE), "not a page"),
    raw("not-found", loopback.status(404), "'status 404'"),
    raw("server-error", loopback.status(500), "'status 500'"),
    raw("not-modified-though-not-asked", loopback.status(304), "'status 304'"),
    raw("redirect-to-another-host", loopback.sent_on("https://example.org/"), "example.org"),
    raw("redirect-to-a-file", loopback.sent_on("file:///etc/hosts"), "sent on to file:"),
    raw("redirect-without-end", loopback.sent_on(f"/{RAW}/x"), "at most 5 redirects"),
    raw("redirect-to-nowhere", loopback.sent_on(""), "at most 5 redirects"),
    raw("wrong-content-type", loopback.answer(b"x", "image/png"), "image/png"),
    raw("no-content-type", loopback.answer(b"x", ""), "not stated"),
    raw("oversized-as-announced", loopback.answer(bytes(10_000_001)), "at most 10000000"),
    raw("oversized-without-end", loopback.endless(), "more than 10000000 bytes"),
    raw("silent-server", loopback.silent(1), "an answer", options=SHORT),
    raw("dripping-server", loopback.dripping(0.05), "all of it in 2 s", options=SHORT),
    raw("hung-up", loopback.hung_up, "an answer"),
    raw("another-file-than-listed", loopback.answer(b"[1]"), "hash", "as listed"),
    case(
        STAFF,
        "no-server",
        lambda found: None,
        API,
        "an answer",
        options=("--through", "http://127.0.0.1:9"),
    ),
    case(
        STAFF,
        "too-many-requests",
        answers(API, loopback.status(429, Retry_After="0")),
        API,
        "'status 429'",
    ),
    case(STAFF, "forbidden", answers(API, loopback.status(403)), API, "'status 403'"),
    listed("commits-are-no-list", "/commits", b'{"message": "x"}', "the newest commit"),
    listed("commits-are-no-json", "/commits", b"[{", "/commits", "JSON"),
    listed("commit-without-hash", "/commits", published.json_file(NO_HASH), "forty hexadecimal"),
    listed("list-of-files-cut-off", "/git/trees", b'{"truncated": true, "tree": []}', "whole list"),
    listed("folder-gone", "/git/trees", b'{"tree": []}', "War-Dataset", "folder", "'data'"),
    listed("files-without-hash", "/git/trees", b'{"tree": [{"path": "data"}]}', "/git/trees"),
    case(
        STAFF,
        "commit-of-the-future",
        lambda found: setattr(found.upstream, "day", "2199-01-01"),
        "published",
        "'2199-01-01'",
    ),
    case(
        STAFF,
        "file-renamed",
        files(lambda given: {k.replace("personnel", "people"): v for k, v in given.items()}),
        "file",
        "data/russia_losses_personnel.json",
    ),
    case("deepstate", "no-map-at-all", files(lambda given: {"data/a.md": b"x"}), "file", "'none'"),
    case(
        "oryx",
        "oversized-in-the-list",
        files(lambda given: {**given, max(given): bytes(1_000_001)}),
        "size",
        "1000001 bytes",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fault_of_the_net_is_named_and_changes_nothing(case, source, command):
    """The address and what came are in the error; the tables are what they were."""
    proves_that_nothing_changes(case, source, command)


def test_no_case_stands_twice():
    """Two cases of one name would be one case."""
    assert len({case.name for case in CASES}) == len(CASES)


def test_a_broken_body_is_asked_for_again(source):
    """The first answer breaks off, the second is whole: the table is replaced."""
    found = source(STAFF)
    found.publish(LATER[STAFF](found))
    broken = loopback.broken_off(b"x" * 500)
    found.upstream.faults["personnel"] = loopback.first(broken, 1)
    assert found.refresh().changes


def test_a_redirect_inside_the_declared_hosts_is_followed(source):
    """A repository that was renamed sends on to its new name on the same host."""
    found = source(STAFF)
    found.publish(LATER[STAFF](found))
    address = f"/{API}/repos/{published.repository(STAFF)}/commits?per_page=1&path=data&again"
    found.upstream.faults["per_page"] = loopback.first(loopback.sent_on(address), 1)
    assert found.refresh().changes


def test_one_source_that_fails_keeps_no_other_from_its_turn(source, command):
    """Asked for twice, it is refused twice, and the exit status tells it."""
    found = source(STAFF)
    found.upstream.faults["/"] = loopback.status(404)
    status, said = command(found, STAFF)
    assert status == 1
    assert said.count("nothing was changed") == 2


def test_nothing_is_asked_of_another_server(source):
    """Every request of a refresh went to the declared hosts, and none beside the files needed."""
    found = source(STAFF)
    found.refresh()
    hosts = {path.split("/")[1] for path, _ in found.upstream.log}
    assert hosts == {API, RAW}
    assert len(found.upstream.log) == 3 + 3
