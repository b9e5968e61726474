"""Reads the text of a DOCX file (Office Open XML)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING
from zipfile import ZipFile

from menurut.contract import Report
from menurut.reports.decode import LARGEST
from menurut.reports.errors import ReportError, guarded
from menurut.reports.markup import parse_xml
from menurut.reports.source import Items, Source, counted, read_whole, seekable
from menurut.reports.story import compose, told

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "word/document.xml"
_WORDS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}


def read_docx(stream: IO[bytes], source: Source) -> Items:
    """The one report of a file: the text as it stands with all changes taken, notes left out."""
    with guarded("the DOCX file"), seekable(stream) as file, ZipFile(file) as archive:
        if _TEXT not in archive.namelist():
            raise ReportError("this is no DOCX file: it has no text")
        with archive.open(_TEXT) as member:
            part = counted(member, source.meter.make, "the DOCX file")
            root = parse_xml(read_whole(part, LARGEST))
    yield told(Report(id=source.name, text=compose(None, _paragraphs(root))))


def _paragraphs(root: _Element) -> Iterator[str]:
    """The paragraphs in order, those of tables and text boxes too (these once, not in the form for
    old programs as well)."""
    for paragraph in root.iter("p"):
        if next(paragraph.iterancestors("Fallback"), None) is None:
            yield "".join(_words(paragraph))


def _words(paragraph: _Element) -> Iterator[str]:
    """The words of a paragraph but for those of paragraphs within it; deleted ones are ``delText``
    and stay out."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == "t":
            yield element.text or ""
        elif element.tag in _WORDS:
            yield _WORDS[element.tag]
        elif element.tag not in ("p", "Fallback", "pPr", "rPr"):
            waiting.extend(reversed(element))
