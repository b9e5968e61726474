"""Reads the text of a PDF file."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import IO

from menurut.contract import Report
from menurut.reports.decode import LARGEST
from menurut.reports.errors import ReportError, guarded
from menurut.reports.paragraphs import BLANKS
from menurut.reports.source import Items, Source, read_whole
from menurut.reports.story import clean

LARGEST_PDF = 100_000_000
MOST_PAGES = 1_000
_BROKEN_WORD = re.compile(r"(\w+)-\n(\w+)")
_SHORTEST_STEM = 3


def read_pdf(stream: IO[bytes], source: Source) -> Items:
    """The one report of a file, its pages one after the other."""
    yield read_pdf_bytes(read_whole(stream, LARGEST_PDF), id=source.name)


def read_pdf_bytes(data: bytes, *, id: str, url: str | None = None) -> Report:
    """The report of a file's bytes; what the file says of itself is left: it tells who typed it.

    Raises ``ReportError`` where it is broken or locked, or its pages hold pictures alone.
    """
    text = _join_words(clean("\n\n".join(page.strip(BLANKS) for page in _pages(data))))
    if not text.strip(BLANKS):
        raise ReportError("the PDF has no text: its pages hold pictures alone")
    return Report(id=id, text=text, url=url)


def _pages(data: bytes) -> list[str]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    size = 0
    with guarded("the PDF"):
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReportError("the PDF is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            raise ReportError(f"the PDF has more than {MOST_PAGES} pages")
        for page in reader.pages:
            pages.append(page.extract_text())
            size += len(pages[-1])
            if size > LARGEST:
                raise ReportError(f"the PDF has more than {LARGEST / 1e6:.0f} MB of text")
    return pages


def _join_words(text: str) -> str:
    """The text with words joined again that a line's end has broken; ``anak-anak`` keeps its
    hyphen, as do other words whose second half takes up the first."""

    def join(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        stem = second[: max(_SHORTEST_STEM, len(second) // 2)].lower()
        keeps = stem in first.lower() or not second[0].islower()
        return f"{first}-{second}" if keeps else first + second

    return _BROKEN_WORD.sub(join, text)
