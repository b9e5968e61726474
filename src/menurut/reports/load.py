"""Reads a report from a file, whatever its format."""

from __future__ import annotations

import re
from pathlib import Path

from menurut.contract import Report
from menurut.reports.decode import check_size, decode
from menurut.reports.errors import ReportError
from menurut.reports.paragraphs import BLANKS
from menurut.reports.stamp import check_stamp

_HTML = re.compile(
    r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_CONTROL_SHARE = 0.01


def read_path(
    path: Path | str, *, language: str | None = None, published_at: str | None = None
) -> Report:
    """Read a file of plain text or a saved HTML page; its name is the report's id.

    What is given as ``language`` and ``published_at`` goes before what the page says. Raises
    ``ReportError``, which names the file, where the file cannot be read or holds no report.
    """
    path = Path(path)
    try:
        data = _bytes(path)
        return read_bytes(
            data, path.name, suffix=path.suffix, language=language, published_at=published_at
        )
    except ReportError as error:
        raise ReportError(f"{path}: {error}") from None


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


def _bytes(path: Path) -> bytes:
    """The bytes of a regular file of a size that is read."""
    try:
        if path.is_dir():
            raise ReportError("this is a directory, not a file")
        if not path.exists():
            raise ReportError("there is no such file")
        if not path.is_file():
            raise ReportError("this is not a regular file")
        check_size(path.stat().st_size)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportError(f"cannot be read: {reason}") from None
