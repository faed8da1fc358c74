"""Ask a source for a file: politely, conditionally, and refusing what is not the file."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from analysis import __version__
from analysis.sources.reading import is_page
from analysis.violations import DataError, Violation

CHUNK: Final = 65_536
# Answers that may be another one in a moment.
PASSING: Final = (429, 500, 502, 503, 504)
REDIRECTS: Final = (301, 302, 303, 307, 308)
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Limits:
    """How long and how often a source is asked.

    Attributes
    ----------
    connect_s, read_s : float
        Seconds to the connection, and between two pieces of an answer.
    file_s : float
        Seconds for a whole file.
    retries : int
        Further attempts after a passing fault.
    backoff_s : float
        Seconds before the second attempt; doubled each time.
    longest_wait_s : int
        Most seconds that an answer (Retry-After) may make us wait.
    redirects : int
        Most redirects of one request.
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    file_s: float = 300.0
    retries: int = 4
    backoff_s: float = 0.5
    longest_wait_s: int = 60
    redirects: int = 5


@dataclass(frozen=True)
class Validators:
    """What makes the next request for the same address conditional."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class Answer:
    """What an address gave.

    Attributes
    ----------
    changed : bool
        False where the source says that nothing changed since the last time; there is no
        file then.
    validators : Validators
    sha256 : str
        Of the file.
    """

    changed: bool
    validators: Validators
    sha256: str = ""


class _BrokenOffError(Exception):
    """A body that ended before its end; worth another attempt."""


def _anonymous(request: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without a method of its own a session would send what it finds in a .netrc file.
    return request


class Client:
    """Asks the declared hosts, and no other.

    Parameters
    ----------
    hosts : collection of str
        Where addresses and redirects may lead.
    limits : Limits
    through : str, optional
        Address of a server that stands for all hosts: ``https://HOST/PATH`` is asked as
        ``THROUGH/HOST/PATH``.
    """

    def __init__(
        self, hosts: Collection[str], limits: Limits | None = None, through: str | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.through = through.rstrip("/") if through else None
        self.hosts = {urlsplit(self.through).netloc} if self.through else set(hosts)
        self.session = requests.Session()
        self.session.auth = _anonymous
        self.session.headers["User-Agent"] = f"position-of-strength/{__version__} (data refresh)"
        # Proxies are the reader's own setting, but none stands before this machine itself.
        self.session.trust_env = urlsplit(self.through or "").hostname not in LOOPBACK
        retry = Retry(
            total=self.limits.retries,
            backoff_factor=self.limits.backoff_s,
            status_forcelist=PASSING,
            allowed_methods=("GET",),
            respect_retry_after_header=True,
            retry_after_max=self.limits.longest_wait_s,
            raise_on_status=False,
            redirect=False,
        )
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=retry))

    def get(
        self,
        address: str,
        to: Path,
        *,
        types: Collection[str],
        largest_bytes: int,
        validators: Validators | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask an address and write its answer into a file.

        Parameters
        ----------
        address : str
        to : Path
            The file; not there unless the whole of it came.
        types : collection of str
            Content types that the source answers with.
        largest_bytes : int
            More is refused.
        validators : Validators, optional
            Of the last answer: the source may say that nothing changed since.
        headers : mapping of str to str, optional

        Returns
        -------
        Answer

        Raises
        ------
        DataError
            No answer, another status than 200 or 304, a redirect to a host that is not
            declared, another type, a page instead of data, too much or too slow, broken off.
        """
        sent = dict(headers or {}) | (validators.headers() if validators else {})
        part = to.with_name(to.name + ".part")
        try:
            for attempt in range(self.limits.retries + 1):
                try:
                    return self._once(address, part, to, types, largest_bytes, sent)
                except _BrokenOffError as error:
                    if attempt == self.limits.retries:
                        _refuse(address, str(error.__cause__)[:80], "a whole answer")
                    time.sleep(self.limits.backoff_s * 2**attempt)
        finally:
            part.unlink(missing_ok=True)
        raise AssertionError

    def _once(
        self,
        address: str,
        part: Path,
        to: Path,
        types: Collection[str],
        largest_bytes: int,
        headers: Mapping[str, str],
    ) -> Answer:
        deadline = time.monotonic() + self.limits.file_s
        with self._followed(address, headers) as response:
            found = Validators(
                response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
            )
            if response.status_code == 304 and headers:
                return Answer(False, found)
            _check_head(address, response, types, largest_bytes)
            digest = self._body(address, response, part, largest_bytes, deadline)
        part.replace(to)
        return Answer(True, found, digest)

    def _followed(self, address: str, headers: Mapping[str, str]) -> requests.Response:
        """Follow redirects inside the declared hosts."""
        here = self._url(address)
        for _ in range(self.limits.redirects + 1):
            self._check_host(address, here)
            try:
                response = self.session.get(
                    here,
                    headers=dict(headers),
                    stream=True,
                    allow_redirects=False,
                    timeout=(self.limits.connect_s, self.limits.read_s),
                )
            except requests.RequestException as error:
                _refuse(address, f"{type(error).__name__}: {error}"[:160], "an answer")
            if response.status_code not in REDIRECTS:
                return response
            target = response.headers.get("Location", "")
            response.close()
            here = urljoin(here, target)
        _refuse(address, here, f"at most {self.limits.redirects} redirects")

    def _url(self, address: str) -> str:
        parts = urlsplit(address)
        if self.through is None:
            return address
        query = f"?{parts.query}" if parts.query else ""
        return f"{self.through}/{parts.netloc}{parts.path}{query}"

    def _check_host(self, address: str, here: str) -> None:
        parts = urlsplit(here)
        safe = parts.scheme == "https" or self.through is not None
        if parts.netloc not in self.hosts or not safe:
            expected = f"https on {', '.join(sorted(self.hosts))}"
            _refuse(address, f"sent on to {here}"[:160], expected)

    def _body(
        self,
        address: str,
        response: requests.Response,
        part: Path,
        largest_bytes: int,
        deadline: float,
    ) -> str:
        digest, size, first = hashlib.sha256(), 0, b""
        with part.open("wb") as file:
            while True:
                try:
                    # One piece as soon as it is there, so that a slow source meets the limit.
                    piece = response.raw.read1(CHUNK, decode_content=True)
                except HTTPError as error:
                    raise _BrokenOffError from error
                if not piece:
                    break
                size += len(piece)
                first = first or piece[:512]
                if size > largest_bytes:
                    _refuse(address, f"more than {largest_bytes} bytes", "a file of that size")
                if time.monotonic() > deadline:
                    _refuse(address, f"{size} bytes", f"all of it in {self.limits.file_s:g} s")
                digest.update(piece)
                file.write(piece)
        if is_page(first):
            _refuse(address, first[:40].decode("utf-8", "replace"), "data, not a page")
        if not size:
            _refuse(address, "empty", "data")
        return digest.hexdigest()


def _check_head(
    address: str, response: requests.Response, types: Collection[str], largest_bytes: int
) -> None:
    if response.status_code != 200:
        _refuse(address, f"status {response.status_code}", "status 200")
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if kind not in types:
        _refuse(address, f"content type {kind or 'not stated'}", f"one of {sorted(types)}")
    length = response.headers.get("Content-Length", "0")
    if length.isdigit() and int(length) > largest_bytes:
        _refuse(address, f"{length} bytes", f"at most {largest_bytes}")


def _refuse(address: str, value: str, expected: str) -> NoReturn:
    raise DataError([Violation(address, "-", "-", value, expected)])
