"""The formats that are read, and which one a file is in.

Each is one module with one reader, imported when it is first needed. A new format is a new
module and a line in ``FORMATS``.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from menurut.reports.errors import ReportError
from menurut.reports.source import Given, Read

HEAD = 1 << 16
"""Bytes at the beginning of a file by which its format is told."""

EXTRAS = {"pyarrow": "parquet", "backports": "zstd", "brotli": "brotli"}
"""The libraries that are not installed by default, with the extra that brings them."""


@dataclass(frozen=True, slots=True)
class Format:
    """``name``: as ``--format`` takes it. ``reader``: its module and function."""

    name: str
    reader: str
    suffixes: tuple[str, ...] = ()

    def load(self) -> Read:
        """The reader. Raises ``ReportError`` where a library is missing, naming its extra."""
        module, _, function = self.reader.partition(":")
        try:
            return cast(Read, getattr(import_module(f"menurut.reports.{module}"), function))
        except ModuleNotFoundError as error:
            raise missing(error) from None


def missing(error: ModuleNotFoundError) -> ReportError:
    """What to tell a person whose installation lacks a library."""
    library = (error.name or "").partition(".")[0]
    extra = EXTRAS.get(library)
    if extra is None:
        raise error
    return ReportError(f"this format needs more: pip install 'menurut[{extra}]'")


FORMATS = {
    found.name: found
    for found in (
        Format("text", "load:read_document", (".txt", ".text", ".md")),
        Format("html", "load:read_document", (".html", ".htm", ".xhtml")),
        Format("jsonl", "jsonl:read_jsonl", (".jsonl", ".ndjson")),
        Format("json", "json_documents:read_json", (".json",)),
        Format("ninjs", "json_documents:read_json", (".ninjs",)),
        Format("feed", "feed:read_feed", (".rss", ".atom", ".rdf")),
        Format("sitemap", "sitemap:read_sitemap"),
        Format("warc", "warc:read_warc", (".warc", ".wet")),
        Format("newsml", "newsml:read_newsml", (".newsml",)),
        Format("nitf", "nitf:read_nitf", (".nitf",)),
        Format("email", "mail:read_message", (".eml",)),
        Format("mailbox", "mail:read_mailbox", (".mbox", ".mbx")),
        Format("pdf", "pdf:read_pdf", (".pdf",)),
        Format("docx", "docx:read_docx", (".docx", ".docm")),
        Format("csv", "delimited:read_delimited", (".csv", ".tsv", ".tab")),
        Format("parquet", "parquet:read_parquet", (".parquet", ".pq")),
        Format("zip", "archives:read_zip", (".zip",)),
        Format("tar", "archives:read_tar", (".tar",)),
        Format("gzip", "compressed:read_gzip", (".gz", ".tgz")),
        Format("bzip2", "compressed:read_bzip2", (".bz2", ".tbz2")),
        Format("xz", "compressed:read_xz", (".xz", ".txz", ".lzma")),
        Format("zstd", "compressed:read_zstd", (".zst", ".zstd")),
    )
}
"""The formats by name."""

CONTAINERS = frozenset({"zip", "tar", "gzip", "bzip2", "xz", "zstd"})

_SUFFIXES = {suffix: f for f in FORMATS.values() for suffix in f.suffixes}
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"WARC/1.", "warc"),
)
_TAR = slice(257, 262)
_ROOTS = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "newsitem": "newsml",
    "newsmessage": "newsml",
    "packageitem": "newsml",
    "nitf": "nitf",
    "html": "html",
}
_PROLOGUE = re.compile(
    r"(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^\[>]*+(?:\[.*?\]\s*+)?>)\s*+)*+"
    r"<(?:[\w.-]+:)?([\w.-]+)",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
_MAIL_HEADER = re.compile(
    r"^(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|From|Date):", re.I | re.M
)
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[{\]]")
_MAILBOX = re.compile(r"From \S+ .{0,40}\d{4}\r?\n[\w-]+:")
_FIRST_LINES = 20


def suffix_of(name: str) -> str:
    """The suffix of a name in small letters; empty where there is none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def by_name(name: str) -> Format | None:
    """The format that a file's name tells."""
    return _SUFFIXES.get(suffix_of(name))


def named(format: str) -> Format:
    """The format of a name. Raises ``ReportError`` where there is none."""
    if format not in FORMATS:
        raise ReportError(f"there is no format {format!r}; it is one of: {', '.join(FORMATS)}")
    return FORMATS[format]


def by_magic(head: bytes) -> Format | None:
    """The format that the first bytes tell beyond doubt."""
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return FORMATS["docx" if b"word/" in head and b"[Content_Types].xml" in head else "zip"]
    if head[_TAR] == b"ustar":
        return FORMATS["tar"]
    return next((FORMATS[name] for magic, name in _MAGIC if head.startswith(magic)), None)


def by_content(head: bytes) -> Format | None:
    """The format that the beginning of a text tells: by a root element, by headers, as JSON."""
    text = _text(head).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        root = _PROLOGUE.match(text)
        name = _ROOTS.get(root[1].lower()) if root else None
        return FORMATS[name] if name else None
    if _JSON.match(text):
        return _json_by_line(FORMATS["json"], head)
    if _MAILBOX.match(text):
        return FORMATS["mailbox"]
    headers = _MAIL.match("\n".join(text.splitlines()[:_FIRST_LINES]) + "\n")
    if headers and len(_MAIL_HEADER.findall(headers[0])) >= 2:
        return FORMATS["email"]
    return None


def _text(head: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def recognise(name: str, head: bytes, given: Given) -> Format | None:
    """The format of a file: by its first bytes, its name, as what it is given, by how it begins.

    None where nothing tells. What is packed is unpacked first, whatever is given.
    """
    packed = by_magic(head)
    if given.format is not None:
        chosen = named(given.format)
        wraps = packed is not None and packed.name in CONTAINERS and chosen.name != "docx"
        return packed if wraps and chosen.name not in CONTAINERS else chosen
    if packed is not None:
        return packed
    told = by_name(name)
    if told is not None and told.name not in CONTAINERS:
        return _json_by_line(told, head)
    return by_content(head) if given.fallback is None else named(given.fallback)


def _json_by_line(found: Format, head: bytes) -> Format:
    """JSON Lines of reports, where a file of JSON is that."""
    if found.name != "json":
        return found
    first, newline, _ = head.partition(b"\n")
    try:
        record = json.loads(first) if newline else None
    except (ValueError, RecursionError):
        return found
    lines = isinstance(record, dict) and {"id", "text"} <= record.keys()
    return FORMATS["jsonl"] if lines else found
