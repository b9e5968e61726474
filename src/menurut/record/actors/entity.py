"""An actor while it is put together, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from menurut.contract import Actor
from menurut.reader.document import Document, Range
from menurut.record.actors.coding import Coding


@dataclass(slots=True, eq=False)
class Entity:
    """An actor while it is put together. ``sort``: person, state, body or group.

    ``roles``: the words of titles. ``pointing``: the mentions that name nobody (``she``, ``both
    sides``). ``sex``: f, m or unknown.
    """

    sort: str
    kind: str
    coding: Coding
    name: str = ""
    role: str | None = None
    roles: list[Range] = field(default_factory=list)
    sex: str = ""
    mentions: list[Range] = field(default_factory=list)
    inner: list[Range] = field(default_factory=list)
    pointing: set[Range] = field(default_factory=set)
    needed: bool = False

    def actor(self, document: Document, number: int) -> Actor:
        ranges = sorted(set(self.mentions or self.inner))
        spans = tuple(document.span(s, e) for s, e in ranges)
        naming = [r for r in ranges if r not in self.pointing] or ranges
        if self.kind == "organization":
            naming = [_in_full(document, r) for r in naming]
        texts = (text_of(document, *r) for r in naming)
        return Actor(
            id=f"a{number}",
            name=self.name or max(texts, key=len),
            code=self.coding.code,
            kind=self.kind,
            role=self.role,
            role_spans=tuple(document.span(*r) for r in joined(self.roles)),
            mentions=spans,
            basis=self.coding.basis,
        )


def _in_full(document: Document, extent: Range) -> Range:
    """The words of a body's name, where the reader sees more of it than a noun with its owner."""
    start, end = extent
    for name in document.names:
        longer = name.end - name.start > end - start
        if name.label == "ORG" and name.start <= start and end <= name.end and longer:
            first = name.start + (document.upos[name.start] == "DET")
            return min(first, start), name.end
    return extent


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Ranges in order, those that overlap made one."""
    found: list[Range] = []
    for start, end in sorted(set(ranges)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def text_of(document: Document, start: int, end: int) -> str:
    """Words as they stand in the text, on one line."""
    return " ".join(document.text[slice(*document.span(start, end))].split())
