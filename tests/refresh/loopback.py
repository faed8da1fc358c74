"""A server on loopback that stands for the hosts of all sources, and can misbehave.

It answers as GitHub does (newest commit, trees, raw files of a commit; entity tags) and gives
any other file at its address.  A fault is a function that answers in place of it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from threading import Event, Thread
from urllib.parse import parse_qs, unquote, urlsplit

from analysis.refresh.github import API, RAW, blob_hash

Handler = BaseHTTPRequestHandler
Fault = Callable[[Handler], None]


@dataclass
class Upstream:
    """What the sources publish at the moment, and what goes wrong.

    Attributes
    ----------
    repositories : dict
        Files by path, by name of the repository.
    addresses : dict
        Files by their address.
    day : str
        Day of the newest commit.
    faults : dict
        Fault by a part of the path it strikes.
    log : list
        Path and status of every answer.
    by_day : bool
        Conditions are days of change instead of entity tags.
    """

    repositories: dict[str, dict[str, bytes]] = field(default_factory=dict)
    addresses: dict[str, bytes] = field(default_factory=dict)
    day: str = "2026-12-20"
    faults: dict[str, Fault] = field(default_factory=dict)
    log: list[tuple[str, int]] = field(default_factory=list)
    server: str = ""
    by_day: bool = False

    def asked(self, part: str) -> list[int]:
        """Return the status of every answer to a path with this part in it."""
        return [status for path, status in self.log if part in path]


def commit(files: dict[str, bytes]) -> str:
    """Return a hash of a state of a repository."""
    listed = json.dumps({path: blob_hash(content) for path, content in sorted(files.items())})
    return hashlib.sha1(listed.encode()).hexdigest()


def tree(files: dict[str, bytes], folder: str) -> list[dict[str, object]]:
    """List one folder as GitHub does."""
    entries: dict[str, dict[str, object]] = {}
    for path, content in files.items():
        inside = PurePosixPath(path).relative_to(folder) if path.startswith(folder) else None
        if inside is None:
            continue
        name, deeper = inside.parts[0], len(inside.parts) > 1
        if deeper:
            below = f"{folder}/{name}".strip("/")
            entries[name] = {"path": name, "type": "tree", "sha": tree_hash(below)}
        else:
            size = {"size": len(content), "sha": blob_hash(content)}
            entries[name] = {"path": name, "type": "blob", **size}
    return list(entries.values())


def tree_hash(folder: str) -> str:
    return hashlib.sha1(f"tree {folder}".encode()).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    upstream: Upstream

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def log_request(self, code: object = "-", size: object = "-") -> None:
        self.upstream.log.append((self.path, int(getattr(code, "value", code))))

    def do_GET(self) -> None:
        for part, fault in self.upstream.faults.items():
            if part in self.path:
                fault(self)
                return
        parts = urlsplit(self.path)
        host, _, rest = parts.path.lstrip("/").partition("/")
        if host == API and rest.startswith("repos/"):
            self._github(rest.removeprefix("repos/"), parse_qs(parts.query))
        elif host == RAW:
            owner, name, _, path = rest.split("/", 3)
            files = self.upstream.repositories[f"{owner}/{name}"]
            send(self, files[unquote(path)], "text/plain; charset=utf-8")
        else:
            query = f"?{parts.query}" if parts.query else ""
            content = self.upstream.addresses[f"https://{host}/{rest}{query}"]
            tagged(self, content, "application/json;charset=utf-8")

    def _github(self, rest: str, asked: dict[str, list[str]]) -> None:
        owner, name, what = rest.split("/", 2)
        files = self.upstream.repositories[f"{owner}/{name}"]
        sha = commit(files)
        if what == "commits":
            made = f"{self.upstream.day}T06:00:00Z"
            document: object = [{"sha": sha, "commit": {"committer": {"date": made}}}]
        else:
            wanted = what.removeprefix("git/trees/")
            folders = {sha: ""} | {
                tree_hash(str(folder)): str(folder)
                for path in files
                for folder in PurePosixPath(path).parents
                if str(folder) != "."
            }
            listed = tree(files, folders[wanted])
            document = {"sha": wanted, "tree": listed, "truncated": False}
        tagged(self, json.dumps(document).encode(), "application/json; charset=utf-8")


def send(handler: Handler, content: bytes, kind: str, status: int = 200, **headers: str) -> None:
    """Answer with a whole file."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


MODIFIED = "Mon, 23 Nov 2026 06:00:00 GMT"


def tagged(handler: Handler, content: bytes, kind: str) -> None:
    """Answer conditionally, as a server does that gives entity tags, or days of change."""
    if handler.upstream.by_day:  # type: ignore[attr-defined]
        if handler.headers.get("If-Modified-Since") == MODIFIED:
            send(handler, b"", kind, 304)
        else:
            send(handler, content, kind, Last_Modified=MODIFIED)
        return
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    if handler.headers.get("If-None-Match") == tag:
        handler.send_response(304)
        handler.send_header("ETag", tag)
        handler.end_headers()
    else:
        send(handler, content, kind, ETag=tag)


@contextmanager
def serving(upstream: Upstream) -> Iterator[str]:
    """Serve on a free port of this machine; give the address."""
    handler = type("Handler", (_Handler,), {"upstream": upstream})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    upstream.server = f"http://127.0.0.1:{server.server_port}"
    try:
        yield upstream.server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# Faults ----------------------------------------------------------------------------------


def status(code: int, **headers: str) -> Fault:
    """Answer with a status and nothing else."""
    return lambda handler: send(handler, b"", "text/plain", code, **headers)


def answer(content: bytes, kind: str = "text/plain") -> Fault:
    """Answer with another file."""
    return lambda handler: send(handler, content, kind)


def sent_on(location: str) -> Fault:
    """Send the asker somewhere else."""
    return lambda handler: send(handler, b"", "text/plain", 302, Location=location)


def broken_off(content: bytes, kind: str = "text/plain") -> Fault:
    """Announce a whole file, send half of it and hang up."""

    def fault(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2])
        handler.wfile.flush()
        handler.close_connection = True
        handler.connection.close()

    return fault


def hung_up(handler: Handler) -> None:
    """Hang up without an answer."""
    handler.close_connection = True
    handler.connection.close()


def silent(seconds: float) -> Fault:
    """Take the question and say nothing for a while."""

    def fault(handler: Handler) -> None:
        time.sleep(seconds)
        hung_up(handler)

    return fault


def silent_until(over: Event) -> Fault:
    """Take the question and say nothing until somebody says so."""

    def fault(handler: Handler) -> None:
        over.wait(120)
        hung_up(handler)

    return fault


def dripping(seconds: float, kind: str = "text/plain") -> Fault:
    """Send a byte now and then, so that no single wait is long."""

    def fault(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(seconds)
        except OSError:
            handler.close_connection = True

    return fault


def endless(kind: str = "text/plain") -> Fault:
    """Send without end and without saying how much."""

    def fault(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"1,2,3\n" * 10_000)
        except OSError:
            handler.close_connection = True

    return fault


def first(fault: Fault, times: int) -> Fault:
    """Misbehave the first few times, then answer as always."""
    left = [times]

    def sometimes(handler: Handler) -> None:
        if left[0]:
            left[0] -= 1
            fault(handler)
            return
        kept = dict(handler.upstream.faults)  # type: ignore[attr-defined]
        handler.upstream.faults.clear()  # type: ignore[attr-defined]
        handler.do_GET()  # type: ignore[attr-defined]
        handler.upstream.faults.update(kept)  # type: ignore[attr-defined]

    return sometimes
