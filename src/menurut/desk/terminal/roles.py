"""Which stretches of a text have which role: source, words of saying, content, trigger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from menurut.contract import Span, Spans, Statement
from menurut.desk.terminal.marks import Role

Marked = tuple[Role, Spans]
Piece = tuple[int, int, Role]
"""Where a stretch starts and ends, and its role."""

_CONTEXT = 60
"""Characters of its sentence shown on each side of a stretch."""


def roles_of(statement: Statement) -> list[Marked]:
    """The roles that a statement gives to words, the one that counts most first."""
    return [
        ("source", statement.source.spans),
        ("cue", statement.cue),
        ("content", statement.content),
    ]


def extent(roles: Iterable[Marked]) -> Spans:
    """All their spans in text order, but for empty ones."""
    return tuple(sorted(s for _role, spans in roles for s in spans if s[0] < s[1]))


def within(roles: Iterable[Marked], window: Span) -> Span:
    """From the first to the last of the roles' words that touch a window."""
    inside = [s for s in extent(roles) if s[0] < window[1] and window[0] < s[1]]
    return inside[0][0], max(end for _start, end in inside)


def pieces(roles: Sequence[Marked], cut: Span) -> list[Piece]:
    """The stretches of ``cut`` that have a role, in order; where two meet the first keeps it."""
    taken: list[Piece] = []
    for role, spans in roles:
        for start, end in spans:
            taken += _free(max(start, cut[0]), min(end, cut[1]), role, sorted(taken))
    return sorted(taken)


def _free(start: int, end: int, role: Role, taken: Sequence[Piece]) -> list[Piece]:
    free = []
    for left, right, _role in taken:
        if right <= start or left >= end:
            continue
        if start < left:
            free.append((start, left, role))
        start = right
    return [*free, (start, end, role)] if start < end else free


def nearby(text: str, span: Span, window: Span) -> Span:
    """The span with some whole words of the window on each side."""
    start, end = span
    left, right = start - _CONTEXT, end + _CONTEXT
    if left > window[0]:
        blank = text.find(" ", left, start)
        start = blank + 1 if blank >= 0 else start
    else:
        start = window[0]
    if right < window[1]:
        blank = text.rfind(" ", end, right)
        end = blank if blank >= 0 else end
    else:
        end = window[1]
    return start, end
