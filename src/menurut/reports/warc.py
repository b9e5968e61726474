"""Reads WARC archives of the web, a record at a time: saved pages, texts and PDFs.

Only records that hold a report are looked at: HTTP responses with status 200, resources, and
converted texts (WET). Others (requests, pictures, scripts, redirects) are passed over. Records
are framed here, by the standard library's headers: the libraries for it stop at the first broken
record, or give a block that is cut off as if it were whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, parse_headers
from io import BytesIO
from typing import IO

import msgspec

from menurut.contract import Failure, Report
from menurut.reports.decode import LARGEST, decode
from menurut.reports.errors import ReportError, guarded
from menurut.reports.formats import missing
from menurut.reports.html import read_html
from menurut.reports.load import read_text
from menurut.reports.pdf import read_pdf_bytes
from menurut.reports.source import Items, Source, read_head
from menurut.reports.story import one_line

_CHUNK = 1 << 16
_OK = b"200"
_READ_TYPES = frozenset(("response", "resource", "conversion"))
_READ_KINDS = frozenset(("text/html", "application/xhtml+xml", "text/plain", "application/pdf"))
_ENCODINGS = {"gzip": 47, "x-gzip": 47, "deflate": 47}
"""Content encodings that ``zlib`` undoes, with its parameter for either kind of header."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A record's headers, and its block where it may hold a report."""

    headers: Message
    block: bytes | None

    @property
    def id(self) -> str:
        return (one_line(self.headers.get("WARC-Record-ID")) or "").strip("<>")

    @property
    def url(self) -> str | None:
        address = one_line(self.headers.get("WARC-Target-URI"))
        return address.strip("<>") if address else None


def read_warc(stream: IO[bytes], source: Source) -> Items:
    """The reports of an archive's records. After a broken record, reading goes on at the next.

    Raises ``ReportError`` where it holds no record.
    """
    number = 0
    for record in _records(stream):
        number += 1
        if isinstance(record, ReportError):
            yield Failure(source.numbered(number), str(record))
        elif record.block is not None:
            yield from _read(record, source, number)
    if number == 0:
        raise ReportError("there is no WARC record in it")


def _records(stream: IO[bytes]) -> Iterator[_Record | ReportError]:
    """The records in order; for a stretch that is none, an error."""
    whole = True
    while line := stream.readline(_CHUNK):
        if line.startswith(b"WARC/"):
            whole = True
            try:
                yield _record(stream)
            except (ReportError, HTTPException) as error:
                yield ReportError(f"a broken record: {error}")
        elif line.strip() and whole:
            whole = False
            yield ReportError("a broken record: it does not begin with WARC/")


def _record(stream: IO[bytes]) -> _Record:
    headers = parse_headers(stream)
    length = headers.get("Content-Length", "").strip()
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise ReportError("it does not tell its length")
    size = int(length)
    if headers.get("WARC-Type", "").strip().lower() not in _READ_TYPES:
        _skip(stream, size)
        return _Record(headers, None)
    if size > LARGEST:
        _skip(stream, size)
        raise ReportError(f"it is too large: the most is {LARGEST / 1e6:.0f} MB")
    block = read_head(stream, size)
    if len(block) < size:
        raise ReportError("it is cut off")
    return _Record(headers, block)


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0:
        data = stream.read(min(size, _CHUNK))
        if not data:
            raise ReportError("it is cut off")
        size -= len(data)


def _read(record: _Record, source: Source, number: int) -> Items:
    """The report of a record, if it is of a kind that can hold one."""
    id = record.id or source.numbered(number)
    try:
        with guarded("the record"):
            report = _report(record, id, source)
    except ReportError as error:
        where = f" ({record.url})" if record.url else ""
        yield Failure(id, f"{error}{where}")
    else:
        if report is not None:
            yield report


def _report(record: _Record, id: str, source: Source) -> Report | None:
    headers, payload = record.headers, record.block or b""
    if headers.get_content_type() == "application/http":
        status, _, rest = payload.partition(b"\n")
        if not status.startswith(b"HTTP/"):
            raise ReportError("it is no HTTP response")
        if status.split()[1:2] != [_OK]:
            return None
        stream = BytesIO(rest)
        headers = parse_headers(stream)
        payload = stream.read()
    kind, charset = headers.get_content_type(), headers.get_content_charset()
    if kind not in _READ_KINDS:
        return None
    return _document(_decoded(payload, headers), kind, charset, id, record.url, source)


def _document(
    data: bytes, kind: str, charset: str | None, id: str, url: str | None, source: Source
) -> Report:
    given = source.given
    if kind == "application/pdf":
        return read_pdf_bytes(data, id=id, url=url)
    if kind == "text/plain":
        report = read_text(decode(data, charset), id=id, language=given.language)
        return msgspec.structs.replace(report, url=url)
    return read_html(data, id=id, url=url, charset=charset, language=given.language)


def _decoded(payload: bytes, headers: Message) -> bytes:
    """The payload without its transfer and content encodings.

    Raises ``ReportError`` for one that is broken or too large.
    """
    if headers.get("Transfer-Encoding", "").strip().lower() == "chunked":
        payload = _unchunked(payload)
    encoding = headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return payload
    if encoding == "br":
        return _unpacked_brotli(payload)
    if encoding not in _ENCODINGS:
        raise ReportError(f"its content encoding is not read: {encoding[:40]}")
    with guarded("the packed content"):
        data = zlib.decompressobj(_ENCODINGS[encoding]).decompress(payload, LARGEST + 1)
    return _bounded(data)


def _unpacked_brotli(payload: bytes) -> bytes:
    try:
        import brotli
    except ModuleNotFoundError as error:
        raise missing(error) from None
    with guarded("the packed content"):
        data = brotli.Decompressor().process(payload, output_buffer_limit=LARGEST + 1)
    return _bounded(data)


def _bounded(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise ReportError(f"it unpacks to more than {LARGEST / 1e6:.0f} MB")
    return data


def _unchunked(payload: bytes) -> bytes:
    """The chunks put together; what a crawler has put together already stays as it is."""
    stream, parts = BytesIO(payload), []
    while size := stream.readline(_CHUNK).partition(b";")[0].strip():
        try:
            length = int(size, 16)
        except ValueError:
            return payload
        if length == 0:
            break
        parts.append(stream.read(max(length, 0)))
        stream.readline()
    return b"".join(parts)
