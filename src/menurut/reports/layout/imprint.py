"""Lines that say who wrote a report and when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from menurut.contract import BlockKind, Span
from menurut.reports.credit import is_outlet
from menurut.reports.furniture import byline_names, is_initials, is_names, is_section, opening
from menurut.reports.layout.sheet import EDGES, STAMP_LINE, Sheet
from menurut.reports.paragraphs import BLANKS, trim
from menurut.reports.stamp import parse_stamp

_SEPARATOR = re.compile(r"\s*[|;•·]\s*|\s+[–—/-]\s+|,\s+(?=\d)")


def publication(sheet: Sheet, start: int, end: int, line: str) -> bool:
    """A line that is nothing but a publication stamp and names beside it."""
    if end - start > STAMP_LINE:
        return False
    found: list[tuple[BlockKind, Span]] = []
    stamps = list(_stamps(line))
    if not stamps:
        return False
    last = 0
    for span in [span for _, span in stamps] + [(len(line), len(line))]:
        for part in _pieces(line, last, span[0]):
            if line[slice(*part)].strip(BLANKS + EDGES):
                piece = _piece(line, part)
                if piece is None or (sheet.in_body and _is_bare(piece, line)):
                    return False
                found.append(piece)
        if span[0] < span[1]:
            found.append(("published", span))
        last = span[1]
    sheet.published_at = sheet.published_at or stamps[0][0]
    for kind, (s, e) in _with_labels(found):
        sheet.note(kind, line[s:e])
        sheet.add(kind, start + s, start + e)
    return True


def byline(sheet: Sheet, start: int, end: int, line: str) -> bool:
    """A line of byline cues and names: ``Reporter: X | Editor: Y``, ``(Reporting by X)``."""
    if len(line) > 2 * STAMP_LINE or not (sheet.blocks or sheet.title):
        return False
    inner = trim(line, 0, len(line), "()[]")
    parts = [line[s:e].strip(BLANKS) for s, e in _pieces(line, *inner)]
    if byline_names(parts[0]) is None:
        return False
    if not all(byline_names(p) or is_names(p) or is_outlet(p) for p in parts if p):
        return False
    sheet.note("byline", parts[0])
    sheet.add("byline", start, end, "()[]")
    return True


def initials(sheet: Sheet, start: int, end: int, line: str) -> bool:
    """A line of initials that signs the report."""
    if not is_initials(line):
        return False
    sheet.add("credit", start, end, "()[]")
    return True


def _stamps(line: str) -> Iterator[tuple[str, Span]]:
    """The stamps of a line, one after the other."""
    start = 0
    while (found := parse_stamp(line[start:])) is not None:
        value, (s, e) = found
        yield value, (start + s, start + e)
        start += e


def _pieces(line: str, start: int, end: int) -> Iterator[Span]:
    """What separators part in a stretch of a line."""
    for match in _SEPARATOR.finditer(line, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _piece(line: str, span: Span) -> tuple[BlockKind, Span] | None:
    """What a piece beside a stamp is; a piece that is nothing known gives None."""
    start, end = trim(line, *span, EDGES)
    words = line[start:end]
    if is_outlet(words) or is_section(words):
        return "section", (start, end)
    if opening("published", "label", r"\W*").fullmatch(words):
        return "published", (start, end)
    if byline_names(words) is not None:
        return "byline", (start, end)
    if is_names(words):
        comma = line[end : end + 1] == "," and " " not in words
        return ("dateline" if comma else "byline"), (start, end)
    return None


def _is_bare(piece: tuple[BlockKind, Span], line: str) -> bool:
    """Whether a piece is a name with no cue: enough beside a stamp at the top, not further down."""
    kind, (start, end) = piece
    return kind == "dateline" or (kind == "byline" and byline_names(line[start:end]) is None)


def _with_labels(pieces: list[tuple[BlockKind, Span]]) -> list[tuple[BlockKind, Span]]:
    """Joins a label (``Published:``) to the stamp that it goes with."""
    found: list[tuple[BlockKind, Span]] = []
    for kind, (start, end) in pieces:
        if kind == "published" and found and found[-1][0] == kind:
            found[-1] = kind, (found[-1][1][0], end)
        else:
            found.append((kind, (start, end)))
    return found
