"""A report while its paragraphs are laid out, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from menurut.contract import Block, BlockKind, Span
from menurut.reports.credit import agency_named, is_outlet, sounds_like_outlet, wire
from menurut.reports.furniture import byline_names
from menurut.reports.paragraphs import BLANKS, RULES, trim

STAMP_LINE = 160
"""Characters of a line that is nothing but a publication stamp, at most."""

HEAD = 12
"""Paragraphs at the top where headline and dateline stand."""

EDGES = RULES + ",;:.()[]·"
"""What stands around a piece of furniture and is none of its words."""


@dataclass(frozen=True)
class Layout:
    """A report's blocks in text order, and what its furniture tells.

    Every non-blank stretch of the text lies in exactly one block, but for rules, dashes and the
    brackets and commas between two blocks. What leads away from the report (read-also links,
    adverts, rights) is ``section`` too: the outlet's own marks. ``agency``: the news agency that
    the story is from, by dateline, byline or sign-off; ``credit``: the first picture's credit.
    What the report itself brings along (``title``, ``byline`` …) goes before what is found.
    """

    blocks: tuple[Block, ...]
    headline: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    place: str | None = None
    agency: str | None = None
    credit: str | None = None


@dataclass
class Sheet:
    """A report while its paragraphs are laid out one after the other."""

    text: str
    title: str | None
    paragraphs: list[Span]
    blocks: list[Block] = field(default_factory=list)
    headline: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    place: str | None = None
    agency: str | None = None
    credit: str | None = None
    in_body: bool = False
    in_list: bool = False

    def words(self, number: int) -> str:
        """The text of a paragraph; empty past the last one."""
        if number >= len(self.paragraphs):
            return ""
        start, end = self.paragraphs[number]
        return self.text[start:end]

    def add(self, kind: BlockKind, start: int, end: int, extra: str = "") -> None:
        start, end = trim(self.text, start, end, extra)
        if start < end:
            self.blocks.append(Block(kind, (start, end)))

    def note(self, kind: BlockKind, words: str) -> None:
        """Keeps what a piece of furniture tells of the report."""
        if kind == "byline":
            names = byline_names(words) or words
            self.byline = self.byline or names.strip(BLANKS + EDGES)
            self.agency = self.agency or wire(names)
        elif kind == "dateline":
            self.place = self.place or words
        elif kind == "credit":
            self.agency = self.agency or wire(words)
        if kind in ("section", "credit") and self.publisher is None and _is_outlet(words):
            row = agency_named(words)
            if row is None or row["kind"] == "outlet":
                self.publisher = row["name"] if row else words


def _is_outlet(words: str) -> bool:
    return is_outlet(words) or sounds_like_outlet(words)
