"""Puts a report's text together from the pieces that a format keeps apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from menurut.contract import Edition, Report
from menurut.reports.errors import ReportError
from menurut.reports.furniture import byline_names
from menurut.reports.paragraphs import BLANKS
from menurut.reports.stamp import check_stamp, parse_stamp

_BASIC = re.compile(r"\d{8}T")
"""ISO 8601's basic format, which only sorts among its own."""
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without control characters and halves of characters."""
    return _UNPRINTED.sub("", text)


def one_line(value: object) -> str | None:
    """One line of text; None for no words, and for what is no text."""
    return " ".join(clean(value).split()) or None if isinstance(value, str) else None


def compose(headline: str | None, paragraphs: Iterable[str]) -> str:
    """The text of a report: the headline, a blank line, then a paragraph a line.

    A headline that the paragraphs repeat at their beginning stands once.
    """
    lines = [line for paragraph in paragraphs if (line := clean(paragraph).strip(BLANKS))]
    if headline is None:
        return "\n".join(lines)
    while lines and lines[0].casefold() == headline.casefold():
        del lines[0]
    return "\n".join([headline + "\n", *lines]) if lines else headline


def stamp_or_none(value: object) -> str | None:
    """A stamp in ISO 8601, from ISO 8601, RFC 5322 or an outlet's own words; None from none."""
    words = one_line(value)
    if words is None:
        return None
    try:
        stamp = check_stamp(words)
    except ReportError:
        found = parse_stamp(words)
        return found[0] if found else None
    return datetime.fromisoformat(stamp).isoformat() if _BASIC.match(stamp) else stamp


def subjects(values: Iterable[object]) -> tuple[str, ...]:
    """Subject codes or words, each once, in the order given."""
    return tuple(dict.fromkeys(words for value in values if (words := one_line(value))))


def edition(**fields: Any) -> Edition | None:
    """An ``Edition`` of the fields that say something; None where none does."""
    known = {name: value for name, value in fields.items() if value}
    return Edition(**known) if known else None


def is_withdrawn(report: Report) -> bool:
    """Whether a report is a kill: its sender takes it back."""
    return report.edition is not None and report.edition.status == "canceled"


def told(report: Report) -> Report:
    """The report, if it tells anything, its byline less the words that introduce the names.

    Raises ``ReportError`` for no words that is no kill.
    """
    if not report.text.strip(BLANKS) and not is_withdrawn(report):
        raise ReportError("there are no words in it")
    names = byline_names(report.byline) if report.byline else None
    return msgspec.structs.replace(report, byline=names) if names else report
