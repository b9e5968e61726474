"""Cuts a text into paragraphs: one a line, but hard-wrapped lines are joined again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from menurut.contract import Span

BLANKS = "".join(chr(c) for c in range(0x3001) if chr(c).isspace()) + "\u200b\u2060\ufeff"
"""What counts as blank: white space and the marks of no width."""

RULES = "-–—―|•·▪■●►▶▸»›*_=~#<>/\\"
"""The characters of a line that only rules off: such a line is no paragraph."""

CLOSERS = "\"'”’»)]"
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_WIDEST = 100
_WRAPPED = 0.4
_SLACK = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it. ``opens``: an empty line or an indent comes before."""

    span: Span
    text: str
    opens: bool


def trim(text: str, start: int, end: int, extra: str = "") -> Span:
    """The stretch without the blanks (and ``extra`` characters) at its ends; it may be empty."""
    chars = BLANKS + extra
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip(chars))
    kept = stretch.strip(chars)
    return start + left, start + left + len(kept)


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, a question or exclamation mark, quotes aside."""
    return line.rstrip(BLANKS + CLOSERS).endswith((".", "!", "?", "…"))


def lines(text: str) -> list[Line]:
    """The lines that hold more than blanks."""
    found: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        start, end = trim(text, *match.span())
        if start == end:
            continue
        breaks = len(_BREAK.findall(text, last, match.start()))
        opens = not found or breaks > 1 or start - match.start() > 1
        found.append(Line((start, end), text[start:end], opens))
        last = match.end()
    return found


def _runs_on(line: str, after: str) -> bool:
    return not ends_sentence(line) and after[:1].islower()


def _is_wrapped(found: list[Line]) -> bool:
    """Whether a text is set to a width: short lines, many of which break off in a sentence."""
    if not found or max(len(line.text) for line in found) > _WIDEST:
        return False
    pairs = [(a.text, b.text) for a, b in pairwise(found) if not b.opens]
    broken = sum(_runs_on(a, b) for a, b in pairs)
    return broken >= 2 and broken >= _WRAPPED * len(pairs)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next word would not have fitted any more."""
    return len(line) + 1 + len(after.split(None, 1)[0]) > width - _SLACK


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, in order; lines that only rule off are left out."""
    found = [line for line in lines(text) if line.text.strip(RULES + BLANKS)]
    if not _is_wrapped(found):
        return [line.span for line in found]
    width = max(len(line.text) for line in found)
    spans: list[Span] = []
    before: Line | None = None
    for line in found:
        if (
            before is not None
            and not line.opens
            and (_runs_on(before.text, line.text) or _is_full(before.text, line.text, width))
        ):
            spans[-1] = spans[-1][0], line.span[1]
        else:
            spans.append(line.span)
        before = line
    return spans
