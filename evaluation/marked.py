"""Development sets of one sentence a line, with what is looked for in brackets: ``[words=value]``.

Lines of even number may be tuned on, those of odd number only measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from menurut.contract import Analysis, Report, Span
from menurut.pipeline import read_reports
from menurut.reader.model import Model

HALVES = ("tuned", "held")
PUBLISHED = "2024-06-19"
_MARK = re.compile(r"\[([^\]=\[]+)=([^\]\[]+)\]")


class MarkedError(ValueError):
    """A line that cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its brackets, and for each the span of its words and its value."""

    text: str
    marks: tuple[tuple[Span, str], ...]


def read_marked(path: Path) -> list[Marked]:
    """The lines of a set, in order. Raises ``MarkedError`` where a bracket is broken."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        marked = _marked(line.strip())
        if "[" in marked.text or "]" in marked.text:
            raise MarkedError(f"{path}:{number}: a bracket that cannot be read: {line}")
        found.append(marked)
    return found


def _marked(line: str) -> Marked:
    text, marks, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        marks.append(((len(text), len(text) + len(match[1])), match[2]))
        text += match[1]
        at = match.end()
    return Marked(text + line[at:], tuple(marks))


def half_of(sentences: list[Marked], half: str) -> list[Marked]:
    return sentences[HALVES.index(half) :: 2]


def analysed(
    model: Model, sentences: list[Marked], language: str
) -> Iterator[tuple[Marked, Analysis]]:
    """Each sentence with our analysis of it, read as a report of its own."""
    reports = [
        Report(id=str(n), text=sentence.text, language=language, published_at=PUBLISHED)
        for n, sentence in enumerate(sentences)
    ]
    for sentence, analysis in zip(sentences, read_reports(reports, model=model), strict=True):
        assert isinstance(analysis, Analysis)
        yield sentence, analysis


def overlap(a: Span, b: Span) -> float:
    """How many characters two spans share."""
    return float(max(0, min(a[1], b[1]) - max(a[0], b[0])))
