"""Headlines, the lines under them, subheads, and lists of other reports' headlines."""

from __future__ import annotations

import re

from menurut.reports.credit import find_credit
from menurut.reports.dateline import read_dateline
from menurut.reports.furniture import (
    byline_names,
    heads_a_list,
    is_link,
    is_names,
    is_section,
    labelled,
)
from menurut.reports.layout.sheet import HEAD, STAMP_LINE, Sheet
from menurut.reports.paragraphs import CLOSERS, RULES, ends_sentence, trim
from menurut.reports.stamp import parse_stamp

_HEADLINE_WORDS = 25
_SUBHEAD_WORDS = 7
_SUBHEAD_WORDS_IN_CAPITALS = 12
_PARAGRAPH_WORDS = 10
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$")


def repeated_headline(sheet: Sheet, number: int) -> int | None:
    """Lays the headline where it stands again before a caption; gives where the rest begins."""
    if sheet.headline is None or number > HEAD:
        return None
    start, end = sheet.paragraphs[number]
    after = start + len(sheet.headline)
    if not sheet.text.startswith(sheet.headline, start) or sheet.text[after : after + 1].isalnum():
        return None
    sheet.add("headline", start, after)
    return trim(sheet.text, after, end, RULES)[0]


def section(sheet: Sheet, start: int, end: int, line: str) -> bool:
    """What leads elsewhere: a mark, a link, and the titles in a list under such a mark."""
    listed = sheet.in_list and _is_short(line, _HEADLINE_WORDS) and not ends_sentence(line)
    sheet.in_list = listed or heads_a_list(line)
    if not (sheet.in_list or is_section(line) or is_link(line)):
        return False
    sheet.add("section", start, end, RULES)
    return True


def head(sheet: Sheet, number: int, start: int, line: str) -> bool:
    """The headline, a byline of bare names, the line under the headline."""
    following = sheet.words(number + 1)
    end = sheet.paragraphs[number][1]
    if sheet.headline is None:
        if not _is_headline(sheet.title, line, following):
            return False
        sheet.headline = line
        sheet.add("headline", start, end)
        return True
    if not following or not _is_short(line, _HEADLINE_WORDS) or find_credit(line):
        return False
    if is_names(line) and len(line.split()) <= 5 and parse_stamp(following[:STAMP_LINE]):
        sheet.note("byline", line)
        sheet.add("byline", start, end)
        return True
    if labelled("caption", line) is not None or read_dateline(line):
        return False
    sheet.add("subhead", start, end)
    return True


def subhead(sheet: Sheet, number: int, start: int, line: str) -> bool:
    """A short line between two paragraphs of the body."""
    most = _SUBHEAD_WORDS_IN_CAPITALS if line.isupper() else _SUBHEAD_WORDS
    following = sheet.words(number + 1)
    if (
        not _is_short(line, most)
        or "\n" in line
        or ends_sentence(line)
        or not (line[0].isupper() or line[0].isdigit())
        or not ends_sentence(sheet.words(number - 1))
        or not ends_sentence(following)
        or len(following.split()) < _PARAGRAPH_WORDS
    ):
        return False
    sheet.add("subhead", start, sheet.paragraphs[number][1])
    return True


def _is_headline(title: str | None, line: str, following: str) -> bool:
    if title is not None and _same(title, line):
        return True
    if not following or not _is_short(line, _HEADLINE_WORDS) or read_dateline(line):
        return False
    return title is None or _is_furniture(following)


def _same(left: str, right: str) -> bool:
    """Whether two headlines are one: the same words, or nearly."""
    a, b = set(re.findall(r"\w+", left.lower())), set(re.findall(r"\w+", right.lower()))
    return bool(a and b) and len(a & b) >= 0.7 * len(a | b)


def _is_furniture(line: str) -> bool:
    """Whether a line after a headline shows that it was one."""
    return bool(
        is_section(line)
        or read_dateline(line)
        or byline_names(line)
        or (len(line) <= STAMP_LINE and parse_stamp(line))
    )


def _is_short(line: str, most: int) -> bool:
    """A line of few words that does not end like a sentence."""
    if len(line.split()) > most:
        return False
    if ends_sentence(line) and not line.rstrip(CLOSERS).endswith(("?", "…")):
        return _ABBREVIATION.search(line) is not None
    return not line.endswith((":", ";", ","))
