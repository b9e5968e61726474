"""Quotation marks: which stretches of a paragraph stand between them."""

from __future__ import annotations

import re

from menurut.contract import Span

_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")
_STRAIGHT = '"'
MARKS = frozenset('"“”„«»')
_MARK = re.compile(f"[{''.join(sorted(MARKS))}]")


def quotations(text: str, start: int, end: int) -> list[Span]:
    """The spans between marks in ``text[start:end]``, without the marks.

    A mark that is never closed runs to the paragraph's end, as when a quotation goes on in the
    next; a closing mark with no opening one is passed over, unless a straight mark says otherwise.
    """
    found: list[Span] = []
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        at, char = mark.start(), mark[0]
        opens = char in _OPENING or (char == _STRAIGHT and opened is None)
        if opens and opened is None:
            opened = at + 1
        elif opened is not None and (char in _CLOSING or char == _STRAIGHT or char == "“"):
            found.append((opened, at))
            opened = None
    if opened is not None and opened < end:
        found.append((opened, end))
    return [(s, e) for s, e in found if text[s:e].strip()]
