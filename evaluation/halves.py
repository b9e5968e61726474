"""Sets of our own in two halves: every other text may be tuned on, the rest is only measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from menurut.contract import Analysis, Report
from menurut.engines.local import read_reports
from menurut.reader.model import Model

HALVES = ("tuned", "held")
PUBLISHED = "2024-06-19"


class Texted(Protocol):
    @property
    def text(self) -> str: ...


T = TypeVar("T")
S = TypeVar("S", bound=Texted)


def half_of(items: Sequence[T], half: str) -> Sequence[T]:
    return items[HALVES.index(half) :: 2]


def analysed(model: Model, items: Sequence[S], language: str) -> Iterator[tuple[S, Analysis]]:
    """Each text with our analysis of it, read as a report of its own."""
    reports = [
        Report(id=str(n), text=item.text, language=language, published_at=PUBLISHED)
        for n, item in enumerate(items)
    ]
    for item, analysis in zip(items, read_reports(reports, model=model), strict=True):
        assert isinstance(analysis, Analysis)
        yield item, analysis


def language_of(path: Path) -> str:
    """The language that the name of a set says: ``places.id.txt``."""
    return path.name.split(".")[1]


def told_parts(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """The parts of a file between lines ``---``: line, text, and what the rows with ``>`` tell."""
    start = 1
    for part in path.read_text("utf-8").split("\n---\n"):
        rows = part.splitlines()
        kept = [row for row in rows if not row.startswith("#")]
        text = "\n".join(row for row in kept if not row.startswith(">")).strip()
        yield start, text, [row[1:] for row in kept if row.startswith(">")]
        start += len(rows) + 1
