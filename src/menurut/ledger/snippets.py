"""The stretch of a text that answers a query best, and where the query's words stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from menurut.contract import Span
from menurut.ledger.stems import stem
from menurut.reports.prints import words

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
"""A word with the accents that stand in characters of their own."""
_LONGEST = 320
_BEFORE = 80
_CUT = "…"


class Snippet(NamedTuple):
    """A stretch of text on one line. ``marks``: spans of it that hold words of the query."""

    words: str
    marks: tuple[Span, ...]


def snippet(text: str, language: str, query: Sequence[tuple[str, ...]]) -> Snippet:
    """The paragraph that holds most words of a query, cut to what stands around the first."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    best = max(lines, key=lambda line: _held(line, language, query), default="")
    line = _cut(best, marks(best, language, query))
    return Snippet(line, marks(line, language, query))


def marks(text: str, language: str, query: Sequence[tuple[str, ...]]) -> tuple[Span, ...]:
    """Where words of a query stand in a text. ``query``: for each word the stems it may have."""
    wanted = {stem for group in query for stem in group}
    return tuple(m.span() for m in _WORD.finditer(text) if _stems(m[0], language) & wanted)


def _stems(word: str, language: str) -> set[str]:
    return {stem(form, language) for form in words(word)}


def _held(line: str, language: str, query: Sequence[tuple[str, ...]]) -> int:
    found = {stem(word, language) for word in words(line)}
    return sum(any(stem in found for stem in group) for group in query)


def _cut(line: str, found: Sequence[Span]) -> str:
    if len(line) <= _LONGEST:
        return line
    start = max(0, (found[0][0] if found else 0) - _BEFORE)
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(line), start + _LONGEST)
    if end < len(line):
        end = max(line.rfind(" ", start, end), start + _LONGEST // 2)
    return (_CUT if start else "") + line[start:end] + (_CUT if end < len(line) else "")
