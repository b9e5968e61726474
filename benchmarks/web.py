"""WARC archives of made-up pages: the project's own stories in the furniture of a news site."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from random import Random
from typing import IO, cast

FURNITURE = 24_000
"""Bytes of scripts, styles and links on a page beside its article; those of the press have more."""
_DAY = datetime.fromisoformat("2024-06-19T08:00:00+07:00")
_LINKS = "".join(f'<li><a href="/rubrik/{n}">Rubrik {n}</a></li>' for n in range(60))
_SCRIPT = "<script>var data = {};</script>"


def page(number: int, text: str, language: str) -> str:
    """A page that holds a text."""
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in text.split("\n") if one.strip())
    title = escape(" ".join(text.split()[:9]))
    stamp = (_DAY + timedelta(minutes=number)).isoformat()
    filler = _SCRIPT.format("1," * ((FURNITURE - len(_LINKS)) // 2))
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="{stamp}">{filler}</head>'
        f"<body><nav><ul>{_LINKS}</ul></nav><article><h1>{title}</h1>{paragraphs}</article>"
        f"<footer>Tentang kami</footer></body></html>"
    )


def record(number: int, body: bytes, kind: str = "text/html; charset=utf-8") -> bytes:
    """A saved response."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: https://outlet{number % 50}.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def write_pages(path: Path, articles: Iterable[dict[str, str]]) -> None:
    """An archive of one page an article, packed record by record as crawlers do."""
    with path.open("wb") as out:
        for number, row in enumerate(articles):
            held = page(number, row["text"], row["language"]).encode()
            out.write(gzip.compress(record(number, held), compresslevel=6))


def write_large(path: Path, size: int, articles: list[dict[str, str]], pages: int) -> None:
    """An archive of some bytes before packing: so many pages, and pictures to fill it.

    A name in ``.gz`` is packed.
    """
    picture = Random(1).randbytes(400_000)
    with ExitStack() as stack:
        out: IO[bytes] = stack.enter_context(path.open("wb"))
        if path.suffix == ".gz":
            packed = gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1)
            out = cast(IO[bytes], stack.enter_context(packed))
        written, held = 0, 0
        while written < size:
            if held * size <= pages * written:
                row = articles[held % len(articles)]
                data = record(held, page(held, row["text"], row["language"]).encode())
                held += 1
            else:
                data = record(written, picture, "image/jpeg")
            out.write(data)
            written += len(data)
