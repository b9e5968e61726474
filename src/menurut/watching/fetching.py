"""Fetches pages politely: conditionally, within bounds of size and time, as robots.txt allows."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import Lock
from urllib.parse import urljoin, urlsplit

from protego import Protego
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from menurut import __version__
from menurut.interface import gettext as _
from menurut.watching.addresses import AddressError, checked, host_of, public_pool

AGENT = f"menurut/{__version__} (reads news feeds)"
LARGEST = 20_000_000
"""Bytes of a page, unpacked."""
LARGEST_ROBOTS = 500_000
"""Bytes of robots.txt that are read, as RFC 9309 asks at least."""
MOST_HOPS = 5
LONGEST_DELAY = 60.0
"""Seconds between two requests that a host's robots.txt may ask for: a watch has other hosts."""
MOST_RULES = 200
"""Hosts whose robots.txt is kept."""
DEADLINE = 60.0
"""Seconds that a page may take as a whole, however slowly it drips."""
TIMEOUT = 15.0
"""Seconds without a byte."""
ROBOTS_KEPT = 86_400.0
_CHUNK = 1 << 16
_ANY_HEAD = zlib.MAX_WBITS | 32
_MOVED = frozenset({301, 302, 303, 307, 308})
_STATUSES = frozenset(HTTPStatus)
_FOR_GOOD = frozenset({301, 308})


class FetchError(Exception):
    """A page that could not be had. ``wait``: seconds after which its host asks to come again;
    ``gone``: it is not there, or not for us, and asking again soon is no use."""

    def __init__(self, reason: str, wait: float | None = None, gone: bool = False) -> None:
        super().__init__(reason)
        self.wait = wait
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave. ``body``: None where nothing changed. ``moved``: for good, to there."""

    url: str
    body: bytes | None
    kind: str = ""
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None


@dataclass(slots=True)
class _Rules:
    robots: Protego | None
    until: float
    reason: str = ""


class Fetcher:
    """Fetches pages. ``private``: hosts (``host:port``) that may be private. ``now``: the time."""

    def __init__(
        self,
        now: Callable[[], float],
        agent: str = AGENT,
        private: frozenset[str] = frozenset(),
    ) -> None:
        self.now = now
        self.agent = agent
        self._rules: dict[str, _Rules] = {}
        self._lock = Lock()
        self._pool = public_pool(private, TIMEOUT)

    def delay(self, url: str) -> float:
        """Seconds that the host's robots.txt wants between two requests, as far as it is known;
        up to ``LONGEST_DELAY``."""
        rules = self._rules.get(_origin(url))
        asked = rules.robots.crawl_delay(self.agent) if rules and rules.robots else None
        return min(float(asked or 0), LONGEST_DELAY)

    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Page:
        """The page at an address, if it has changed.

        Raises ``FetchError`` where it cannot be had, or must not: robots.txt, a private address.
        """
        self._allow(url)
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._follow(url, {k: v for k, v in asked.items() if v}, LARGEST, self._allow)

    def post(self, url: str, body: bytes, kind: str) -> None:
        """Send a message. Raises ``FetchError`` where it is not taken."""
        with _plainly():
            headers = {"User-Agent": self.agent, "Content-Type": kind}
            answer = self._request("POST", checked(url), headers, body)
            answer.drain_conn()
            if not 200 <= answer.status < 300:
                raise FetchError(_answered(answer), _retry_after(answer, self.now()))

    def _allow(self, url: str) -> None:
        rules = self._rules_of(url)
        if rules.robots is None:
            raise FetchError(rules.reason)
        if not rules.robots.can_fetch(url, self.agent):
            raise FetchError(_("robots.txt of the host does not allow it"), gone=True)

    def _rules_of(self, url: str) -> _Rules:
        """The rules of a host; RFC 9309: what is not there allows all, what fails allows none."""
        with _plainly():
            origin = _origin(checked(url))
        held = self._rules.get(origin)
        if held is None or held.until <= self.now():
            held = self._read_rules(origin)
            with self._lock:
                self._rules.pop(origin, None)
                while len(self._rules) >= MOST_RULES:
                    del self._rules[next(iter(self._rules))]
                self._rules[origin] = held
        return held

    def _read_rules(self, origin: str) -> _Rules:
        until = self.now() + ROBOTS_KEPT
        try:
            page = self._follow(f"{origin}/robots.txt", {}, LARGEST_ROBOTS, lambda _url: None, True)
        except FetchError as error:
            if error.gone:
                return _Rules(Protego.parse(""), until)
            reason = _("robots.txt cannot be read: {reason}").format(reason=error)
            return _Rules(None, self.now() + 600, reason)
        return _Rules(Protego.parse((page.body or b"").decode("utf-8", "replace")), until)

    def _follow(
        self,
        url: str,
        asked: dict[str, str],
        most: int,
        allow: Callable[[str], None],
        cut: bool = False,
    ) -> Page:
        """A page through its redirects, each of them checked like the first."""
        moved: str | None = None
        steady = True
        with _plainly():
            here = checked(url)
            for _hop in range(MOST_HOPS + 1):
                answer = self._request("GET", here, {"User-Agent": self.agent, **asked})
                if answer.status not in _MOVED:
                    return self._page(answer, here, moved, most, cut)
                steady = steady and answer.status in _FOR_GOOD
                target = answer.headers.get("Location")
                answer.close()
                if not target:
                    raise FetchError(_("it is said to have moved, but not where to"))
                here = checked(urljoin(here, target))
                allow(here)
                moved = here if steady else moved
        raise FetchError(_("more than {n} redirects").format(n=MOST_HOPS))

    def _request(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None = None
    ) -> BaseHTTPResponse:
        headers = {"Accept-Encoding": "gzip, deflate", **headers}
        return self._pool.request(
            method,
            url,
            headers=headers,
            body=body,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )

    def _page(
        self, answer: BaseHTTPResponse, url: str, moved: str | None, most: int, cut: bool
    ) -> Page:
        headers = answer.headers
        etag, modified = headers.get("ETag"), headers.get("Last-Modified")
        try:
            if answer.status == 304:
                return Page(url, None, "", etag, modified, moved)
            if answer.status != 200:
                wait = _retry_after(answer, self.now())
                gone = 400 <= answer.status < 500 and answer.status != 429
                raise FetchError(_answered(answer), wait, gone)
            body = _body(answer, most, cut)
        finally:
            answer.close()
        return Page(url, body, headers.get("Content-Type", ""), etag, modified, moved)


class _plainly:  # noqa: N801 (used like a function)
    """Turns what goes wrong on the way into a ``FetchError``."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, AddressError):
            raise FetchError(str(error)) from None
        if isinstance(error, (HTTPError, OSError)):
            raise FetchError(_reason(error)) from None


def _reason(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text.rpartition(">: ")[2].removeprefix("Failed to establish a new connection: ")[:300]


def _body(answer: BaseHTTPResponse, most: int, cut: bool) -> bytes:
    """The bytes of an answer, unpacked. ``cut``: more than ``most`` are left out, else refused."""
    parts, size = [], 0
    for data in _unpacked(_dripping(answer), answer.headers.get("Content-Encoding", "")):
        parts.append(data)
        size += len(data)
        if size > most:
            if cut:
                break
            raise FetchError(_("it is larger than {n} MB").format(n=round(most / 1e6)))
    return b"".join(parts)[:most]


def _dripping(answer: BaseHTTPResponse) -> Iterator[bytes]:
    began = time.monotonic()
    while data := answer.read1(_CHUNK):
        yield data
        if time.monotonic() - began > DEADLINE:
            raise FetchError(_("it takes more than {n} seconds").format(n=round(DEADLINE)))


def _unpacked(parts: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """Unpacks gzip and deflate some bytes at a time, so that a bomb is stopped where it swells."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        yield from parts
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        reason = _("it is packed in a way that was not asked for: {coding}")
        raise FetchError(reason.format(coding=coding[:40]))
    unpack = zlib.decompressobj(_ANY_HEAD)
    try:
        for data in parts:
            while data:
                yield unpack.decompress(data, _CHUNK)
                data = unpack.unconsumed_tail
                if unpack.eof:
                    data, unpack = unpack.unused_data, zlib.decompressobj(_ANY_HEAD)
    except zlib.error:
        raise FetchError(_("its gzip is broken")) from None


def _answered(answer: BaseHTTPResponse) -> str:
    known = HTTPStatus(answer.status).phrase if answer.status in _STATUSES else ""
    return _("the answer is {status}").format(status=f"{answer.status} {known}".strip())


def _retry_after(answer: BaseHTTPResponse, now: float) -> float | None:
    """Seconds that an answer asks to wait, at most a day."""
    text = (answer.headers.get("Retry-After") or "").strip()
    if text.isdecimal():
        return min(float(text), 86_400.0)
    try:
        return min(max(parsedate_to_datetime(text).timestamp() - now, 0.0), 86_400.0)
    except (ValueError, TypeError):
        return None


def _origin(url: str) -> str:
    return f"{urlsplit(url).scheme}://{host_of(url)}"
