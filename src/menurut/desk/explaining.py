"""Explaining at the command line: which rule and which words every value comes from."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TYPE_CHECKING

import msgspec

from menurut.contract import Analysis, Explanation, Failure, Report, Span, Unread, ValueSort
from menurut.desk import reading
from menurut.desk.reading import Input
from menurut.interface import gettext as _
from menurut.pipeline import explain
from menurut.reports import ReportError

if TYPE_CHECKING:
    from menurut.desk.terminal import Color

SORTS: dict[str, ValueSort] = {
    "actors": "actor",
    "times": "time",
    "places": "place",
    "quantities": "quantity",
    "statements": "statement",
    "events": "event",
    "votes": "vote",
}
"""What ``--only`` may name."""

_WORD = re.compile(r"[\w'’-]+")

Write = Callable[[Report, Analysis, Explanation], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: values of some sorts (all if empty), at an offset, at some words."""

    only: frozenset[str] = frozenset()
    at: int | None = None
    find: str | None = None

    def spans(self, text: str) -> list[Span] | None:
        """The words that are asked about; None: the whole text.

        Raises ``ReportError`` where the text has no such words or no such offset.
        """
        if self.at is None and self.find is None:
            return None
        spans = [] if self.at is None else [_word_at(text, self.at)]
        return spans if self.find is None else spans + _found(text, self.find)

    def answered(self, explanation: Explanation) -> Explanation:
        """The explanation, less the sorts that are not asked for."""
        if not self.only:
            return explanation
        sorts = {SORTS[name] for name in self.only}
        return msgspec.structs.replace(
            explanation,
            explained=tuple(value for value in explanation.explained if value.sort in sorts),
            unread=tuple(
                less
                for unread in explanation.unread
                if (less := _less(unread, {"block", *sorts})).grounds
            ),
        )


def _less(unread: Unread, sorts: set[str]) -> Unread:
    """What was not read, of some sorts."""
    grounds = tuple(ground for ground in unread.grounds if ground.field in sorts)
    return msgspec.structs.replace(unread, grounds=grounds)


def _word_at(text: str, at: int) -> Span:
    if at >= len(text):
        size = len(text)
        raise ReportError(_("the text has only {size} characters").format(size=size))
    words = (m.span() for m in _WORD.finditer(text))
    return next(((start, end) for start, end in words if start <= at < end), (at, at + 1))


def _found(text: str, wanted: str) -> list[Span]:
    """Where the words stand, whatever their case and the blanks between them."""
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    found = re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else ()
    spans = [m.span() for m in found]
    if not spans:
        raise ReportError(_("these words are not in it: {words}").format(words=wanted))
    return spans


def run(
    inputs: Iterable[Input],
    question: Question,
    write: Write,
    fail: Callable[[Input, Failure], None],
) -> int:
    """Explain every report, in order; how many could not be read, or lack the words."""
    failed = 0
    for given in inputs:
        answer = _explained(given.item, question)
        if isinstance(answer, Failure):
            fail(given, answer)
            failed += 1
        else:
            write(*answer)
    return failed


def _explained(
    item: Report | Failure, question: Question
) -> tuple[Report, Analysis, Explanation] | Failure:
    if isinstance(item, Failure):
        return item
    try:
        analysis, explanation = explain(item, question.spans(item.text))
    except ReportError as error:
        return Failure(item.id, _(str(error)))
    return item, analysis, question.answered(explanation)


def complain(given: Input, failure: Failure) -> None:
    """Name a report that could not be explained on standard error."""
    reading.complain_of(given.name, failure)


def lines() -> tuple[Write, Callable[[Input, Failure], None]]:
    """Writers of JSON Lines: an explanation, or a failure, for each report."""
    stream = sys.stdout.buffer
    encoder = msgspec.json.Encoder()

    def put(line: Explanation | Failure) -> None:
        stream.write(encoder.encode(line) + b"\n")
        stream.flush()

    return lambda _report, _analysis, explanation: put(explanation), lambda _given, f: put(f)


def pages(color: Color, width: int | None) -> Write:
    """A writer of pages for a person."""
    from menurut.desk.grounds import render
    from menurut.desk.terminal import open_console

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    console = open_console(sys.stdout, color, width)
    return lambda report, analysis, explanation: render(console, report, analysis, explanation)
