"""Reads a report from plain text, or from what turns out to be a saved page."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import IO

from menurut.contract import Report
from menurut.reports.decode import decode
from menurut.reports.errors import ReportError
from menurut.reports.paragraphs import BLANKS
from menurut.reports.source import Items, Source, read_whole
from menurut.reports.stamp import check_stamp

_HTML = re.compile(
    r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_CONTROL_SHARE = 0.01


def read_document(stream: IO[bytes], source: Source) -> Items:
    """Read a file of plain text or a saved HTML page, which is one report."""
    given = source.given
    yield read_bytes(
        read_whole(stream),
        source.name,
        suffix=".html" if given.format == "html" else PurePosixPath(source.name).suffix,
        language=given.language,
        published_at=given.published_at,
    )


def read_bytes(
    data: bytes,
    name: str,
    *,
    suffix: str = "",
    language: str | None = None,
    published_at: str | None = None,
) -> Report:
    """Read a report from the bytes of a file. HTML is known by its beginning, or by the suffix.

    Raises ``ReportError`` where the bytes hold no report.
    """
    if published_at is not None:
        published_at = check_stamp(published_at)
    text = decode(data)
    if suffix.lower() in _HTML_SUFFIXES or _HTML.match(text[:4096].lstrip(BLANKS)):
        from menurut.reports.html import read_page

        return read_page(text, id=name, language=language, published_at=published_at)
    return read_text(text, id=name, language=language, published_at=published_at)


def read_text(
    text: str, *, id: str, language: str | None = None, published_at: str | None = None
) -> Report:
    """A report from plain text. Raises ``ReportError`` where it is blank or no text."""
    if not text.strip(BLANKS):
        raise ReportError("the file holds nothing but blanks")
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise ReportError("the file is binary: it is full of control characters")
    return Report(id=id, text=text, language=language, published_at=published_at)
