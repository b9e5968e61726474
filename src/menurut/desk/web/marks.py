"""The marked text of a report: what was read, laid over the words in layers that may overlap.

The text is cut at every edge of a mark, so a piece has all the marks that lie over it. Nothing is
drawn here: a piece says which values it belongs to and as what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from menurut.contract import Analysis, BlockKind, Span, Spans

LAYERS = (
    "trigger",
    "cue",
    "quantity",
    "time",
    "place",
    "source",
    "actor",
    "mention",
    "content",
)
"""From what a word tells most exactly to what merely holds it: the first is where a click goes."""
_RANK = {layer: rank for rank, layer in enumerate(LAYERS)}
_FURNITURE = frozenset({"caption", "credit", "section", "published", "byline"})


class Mark(NamedTuple):
    """A stretch of the text and the value (by its id) that is read there."""

    start: int
    end: int
    layer: str
    value: str


class Piece(NamedTuple):
    """A stretch that no edge cuts. ``marks``: the most exact first, inner ones before outer ones.

    ``begins``: whether its first mark begins here, so that the keyboard stops once at each.
    """

    start: int
    words: str
    marks: tuple[Mark, ...]
    begins: bool

    @property
    def layers(self) -> str:
        """Its layers, each once; how deep statements lie in one another as ``deep-2``."""
        deep = sum(mark.layer == "content" for mark in self.marks)
        held = dict.fromkeys(mark.layer for mark in self.marks)
        return " ".join([*held, *([f"deep-{min(deep, 3)}"] if deep > 1 else [])])

    @property
    def values(self) -> str:
        return " ".join(dict.fromkeys(mark.value for mark in self.marks))


class Paragraph(NamedTuple):
    """A block of the report, in pieces. ``runs_on``: the next block stands in the same line."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    runs_on: bool = False

    @property
    def furniture(self) -> bool:
        return self.kind in _FURNITURE


def marks_of(analysis: Analysis) -> list[Mark]:
    """Everything that is read at words of the text."""
    return [mark for mark in _all(analysis) if mark.start < mark.end]


def _all(analysis: Analysis) -> Iterator[Mark]:
    for statement in analysis.statements:
        yield from _spans(statement.source.spans, "source", statement.id)
        yield from _spans(statement.cue, "cue", statement.id)
        yield from _spans(statement.content, "content", statement.id)
    for event in analysis.events:
        yield from _spans(event.trigger, "trigger", event.id)
        for mention in event.mentions:
            yield from _spans(mention, "mention", event.id)
    for actor in analysis.actors:
        yield from _spans(actor.mentions, "actor", actor.id)
    for time in analysis.times:
        yield Mark(*time.span, "time", time.id)
    for place in analysis.places:
        yield Mark(*place.span, "place", place.id)
    for quantity in analysis.quantities:
        yield Mark(*quantity.span, "quantity", quantity.id)


def _spans(spans: Spans, layer: str, value: str) -> Iterator[Mark]:
    return (Mark(start, end, layer, value) for start, end in spans)


def pieces(
    text: str, span: Span, marks: Sequence[Mark], cuts_at: Sequence[int] = ()
) -> list[Piece]:
    """A stretch of the text in pieces. ``marks``: in any order; those outside are passed over.

    ``cuts_at``: where the text is cut beside, so that an address may point there.
    """
    first, last = span
    inside = [m for m in marks if m.start < last and m.end > first]
    edges = {first, last, *cuts_at, *(m.start for m in inside), *(m.end for m in inside)}
    cuts = sorted(edge for edge in edges if first <= edge <= last)
    opening = sorted(inside)
    open_: list[Mark] = []
    found, next_ = [], 0
    for start, end in pairwise(cuts):
        while next_ < len(opening) and opening[next_].start <= start:
            open_.append(opening[next_])
            next_ += 1
        open_ = [m for m in open_ if m.end > start]
        over = tuple(sorted(open_, key=_exactness))
        begins = bool(over) and max(over[0].start, first) == start
        found.append(Piece(start, text[start:end], over, begins))
    return found


def _exactness(mark: Mark) -> tuple[int, int, str]:
    return _RANK[mark.layer], mark.end - mark.start, mark.value


def paragraphs(text: str, analysis: Analysis, cuts_at: Sequence[int] = ()) -> list[Paragraph]:
    """The whole text, a block at a time; a line at a time where the analysis has no blocks."""
    marks = sorted(marks_of(analysis))
    blocks = [(block.kind, block.span) for block in analysis.blocks] or list(_lines(text))
    found = []
    for at, (kind, span) in enumerate(blocks, 1):
        between = text[span[1] : blocks[at][1][0]] if at < len(blocks) else "\n"
        words = tuple(pieces(text, span, marks, cuts_at))
        found.append(Paragraph(kind, words, "\n" not in between))
    return found


def _lines(text: str) -> Iterator[tuple[BlockKind, Span]]:
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped)
            yield "body", (at, at + len(stripped))
        start += len(line)
