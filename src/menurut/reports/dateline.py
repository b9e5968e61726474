"""Reads the dateline that opens a story: place, date and agency before a dash."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from menurut.contract import Span
from menurut.reports.credit import is_outlet, sounds_like_outlet
from menurut.reports.furniture import is_names
from menurut.reports.paragraphs import BLANKS, trim
from menurut.reports.stamp import is_date

PartKind = Literal["dateline", "credit", "published"]

_LONGEST = 90
_DASH = re.compile(r"(?:\s+(?:--|[–—-])|--|[–—])\s*(?=[\"'“‘«(A-Z0-9À-Þ])")
_POINT = re.compile(r"(?<=\d{4})\.\s+(?=[\"'“‘«(A-Z0-9À-Þ])")
_PIECE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|(?<=[\s.,])/[^/,]+/|[^,()\[\]]+")
_LEADING_SLASH = re.compile(r"\s+(?=/[^/,]+/)")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_LONGEST_PARTICLE = 3
_LONGEST_CREDIT = 4


@dataclass(frozen=True, slots=True)
class Dateline:
    """``parts``: its pieces in order. ``body``: where the story begins.

    ``sure``: a place in capitals, or with a date or a known outlet. ``signed``: the latter.
    """

    parts: tuple[tuple[PartKind, Span], ...]
    body: int
    sure: bool
    signed: bool

    @property
    def place(self) -> Span | None:
        spans = [span for kind, span in self.parts if kind == "dateline"]
        return (spans[0][0], spans[-1][1]) if spans else None


def _is_place(words: str) -> bool:
    """Capitals, with no more than short particles between them: ``Rio de Janeiro``."""
    tokens = words.split()
    if not 1 <= len(tokens) <= 4 or any(c.isdigit() for c in words):
        return False
    inner = tokens[1:-1]
    return all(token[0].isupper() for token in (tokens[0], tokens[-1])) and all(
        token[0].isupper() or len(token) <= _LONGEST_PARTICLE for token in inner
    )


def _kind(piece: str) -> PartKind | None:
    words = piece.strip(BLANKS + "()[]/.")
    if not words:
        return None
    if is_outlet(words) or sounds_like_outlet(words):
        return "credit"
    if is_date(words):
        return "published"
    if piece[0] in "([/":
        return "credit" if is_names(words) and len(words.split()) <= _LONGEST_CREDIT else None
    return "dateline" if _is_place(words) else None


def _parts(head: str) -> list[tuple[PartKind, Span]] | None:
    """The pieces of what stands before the dash; None where one of them is something else."""
    found: list[tuple[PartKind, Span]] = []
    for match in _PIECE.finditer(head):
        for span in _split(head, *match.span()):
            start, end = trim(head, *span)
            if start == end or not head[start:end].strip("./"):
                continue
            kind = _kind(head[start:end])
            if kind is None:
                return None
            inner = trim(head, start, end, "()[]/")
            start, end = inner if kind != "published" else (start, end)
            found.append((kind, (start, end)))
    return _merged(found)


def _split(head: str, start: int, end: int) -> list[Span]:
    """Cuts ``June 18. /TASS/`` before the slash."""
    cut = _LEADING_SLASH.search(head, start, end)
    return [(start, cut.start()), (cut.end(), end)] if cut else [(start, end)]


def _merged(parts: list[tuple[PartKind, Span]]) -> list[tuple[PartKind, Span]]:
    """Joins neighbours of one kind: ``BEIRUT, Lebanon`` is one place, ``Rabu (19/6)`` one date."""
    found: list[tuple[PartKind, Span]] = []
    for kind, (start, end) in parts:
        if found and found[-1][0] == kind and kind != "credit":
            found[-1] = kind, (found[-1][1][0], end)
        else:
            found.append((kind, (start, end)))
    return found


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens a paragraph, or None.

    A place in small letters with nothing else before the dash (``Jakarta - ``) is not ``sure``:
    a sentence may open with a name and an aside.
    """
    stop = _DASH.search(paragraph, 0, _LONGEST)
    dated = stop is None or stop.start() == 0
    stop = _POINT.search(paragraph, 0, _LONGEST) if dated else stop
    if stop is None:
        return None
    head = paragraph[: stop.start()]
    parts = _parts(head)
    kinds = [kind for kind, _ in parts or ()]
    if not parts or kinds.count("dateline") != 1 or (dated and "published" not in kinds):
        return None
    pieces = [(kind, head[s:e]) for kind, (s, e) in parts]
    place = next(words for kind, words in pieces if kind == "dateline")
    capitals = place.split(",")[0].isupper() and len(place) > 2
    signed = any(kind == "published" or _is_known(kind, words) for kind, words in pieces)
    sure = signed or capitals
    plain = len(place.split()) <= 3 and all(word[0].isupper() for word in place.split())
    if not sure and (not plain or _has_aside(paragraph, stop.end())):
        return None
    return Dateline(tuple(parts), stop.end(), sure, signed)


def _is_known(kind: PartKind, words: str) -> bool:
    return kind == "credit" and (is_outlet(words) or sounds_like_outlet(words))


def _has_aside(paragraph: str, start: int) -> bool:
    """Whether a second dash closes an aside before the first sentence ends."""
    stop = _SENTENCE_END.search(paragraph, start)
    return (
        re.search(r"\s[–—-]{1,2}\s", paragraph[start : stop.start() if stop else None]) is not None
    )
