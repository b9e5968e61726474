"""Turns the bytes of a file into text, or says why it is none."""

from __future__ import annotations

import codecs
import re

from menurut.reports.errors import ReportError

LARGEST = 20_000_000
"""The most bytes that one report may have."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office file"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f]")
_TEXT_CODEC = re.compile(r"ascii|utf|iso8859|iso2022|cp|koi8|gb|big5|shift_jis|euc|mac|hz|tis")
_MARKS_OF_PRINT = re.compile("[‘’“”–—…•€™©®°\u00a0«»]")
_STRANGE_SHARE = 0.1


def check_size(size: int) -> None:
    """Raises ``ReportError`` for no bytes, or more than ``LARGEST``."""
    if size == 0:
        raise ReportError("the file is empty")
    if size > LARGEST:
        raise ReportError(
            f"the file is too large: {size / 1e6:.0f} MB, the most is {LARGEST / 1e6:.0f} MB"
        )


def declared_charset(data: bytes) -> str | None:
    """The character set that an HTML page declares near its beginning."""
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii") if match else None


def decode(data: bytes, charset: str | None = None) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else by the ``charset`` that came
    with it or that the page declares, and as a last resort Windows-1252, where that gives sane
    text.

    Raises ``ReportError`` for an empty, too large or binary file and for an unknown encoding.
    """
    check_size(len(data))
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReportError(f"the file is {what}, not text or HTML")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    if (zero := data.find(b"\0")) >= 0:
        raise ReportError(
            f"the file is binary, or UTF-16 without a byte order mark: a zero byte at {zero}"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _declared(data, charset) or _last_resort(data)
        if text is None:
            raise ReportError(
                f"the text is not UTF-8 (byte {error.start}), and its encoding is not known; "
                "save it as UTF-8"
            ) from None
        return text


def _marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReportError(
            f"the file begins like {encoding.removesuffix('-sig').upper()} "
            f"but is broken at byte {error.start}"
        ) from None


def _declared(data: bytes, charset: str | None) -> str | None:
    """The text by a declared character set; None without one that fits."""
    for name in (charset, declared_charset(data)):
        try:
            codec = codecs.lookup(name).name if name else ""
            # Others (punycode, idna) are no character sets of pages, and take quadratic time.
            if _TEXT_CODEC.match(codec):
                return data.decode(codec)
        except (LookupError, ValueError):
            continue
    return None


def _last_resort(data: bytes) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    strange = sum(ord(c) > 0x7E for c in _MARKS_OF_PRINT.sub("", text))
    sane = strange <= _STRANGE_SHARE * len(text) and _CONTROL.search(text) is None
    return text if sane else None
