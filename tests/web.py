"""A web server of the tests' own, with pages that are set, and some that are hostile."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What a page answers. ``drip``: a byte at a time, for ever."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: bool = False


Page = Answer | Callable[[dict[str, str]], Answer]


class Site:
    """Pages by path, and what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: Counter[str] = Counter()
        self.posted: list[bytes] = []
        self.url = ""
        self.host = ""

    def put(self, path: str, body: str | bytes, **headers: str) -> None:
        """A page that knows whether it has changed since it was last asked for."""
        data = body.encode() if isinstance(body, str) else body
        etag = f'"{hash(data):x}"'
        kind = {"Content-Type": "application/xml", "ETag": etag, **headers}

        def answer(asked: dict[str, str]) -> Answer:
            if asked.get("If-None-Match") == etag:
                return Answer(b"", 304, {"ETag": etag})
            return Answer(data, 200, kind)

        self.pages[path] = answer


def bomb() -> Answer:
    """A small answer that unpacks to a gigabyte."""
    inner = gzip.compress(bytes(1 << 20))
    return Answer(inner * 1024, 200, {"Content-Encoding": "gzip"})


@contextmanager
def served() -> Iterator[Site]:
    """A site on a port of this machine."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked[self.path] += 1
            page = site.pages.get(self.path, Answer(b"", 404))
            answer = page if isinstance(page, Answer) else page(dict(self.headers))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if not answer.drip:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            try:
                self.wfile.write(answer.body)
                while answer.drip and not stopped.wait(0.05):
                    self.wfile.write(b" ")
                    self.wfile.flush()
            except OSError:
                return

        def do_POST(self) -> None:
            site.asked[self.path] += 1
            site.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            page = site.pages.get(self.path, Answer(b"", 204))
            self.send_response(page.status if isinstance(page, Answer) else 204)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            return

    stopped = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.host = f"127.0.0.1:{server.server_address[1]}"
    site.url = f"http://{site.host}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
