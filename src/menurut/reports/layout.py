"""Tells a report's furniture from its body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from menurut.contract import Block, BlockKind, Report, Span
from menurut.reports.credit import (
    agency_named,
    find_credit,
    is_outlet,
    sounds_like_outlet,
    starts_with_label,
    wire,
)
from menurut.reports.dateline import Dateline, read_dateline
from menurut.reports.furniture import (
    byline_names,
    forms,
    heads_a_list,
    is_initials,
    is_link,
    is_names,
    is_section,
    labelled,
    opening,
)
from menurut.reports.paragraphs import BLANKS, CLOSERS, RULES, ends_sentence, paragraphs, trim
from menurut.reports.stamp import parse_stamp

_HEADLINE_WORDS = 25
_SUBHEAD_WORDS = 7
_SUBHEAD_WORDS_IN_CAPITALS = 12
_PARAGRAPH_WORDS = 10
_CAPTION_WORDS = 80
_STAMP_LINE = 160
_HEAD = 12
_TAIL = 4
_LEDES = 6
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$")
_SEPARATOR = re.compile(r"\s*[|;•·]\s*|\s+[–—/-]\s+|,\s+(?=\d)")
_EDGES = RULES + ",;:.()[]·"


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
class _Sheet:
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


def lay_out(report: Report) -> Layout:
    """Cut a report into blocks. When unsure, a paragraph is body."""
    sheet = _Sheet(report.text, report.title, paragraphs(report.text))
    for number, (start, _) in enumerate(sheet.paragraphs):
        after = _repeated_headline(sheet, number)
        if after is None:
            _lay(sheet, number, start)
        elif after < sheet.paragraphs[number][1]:
            _lay(sheet, number, after)
    return Layout(
        blocks=tuple(sheet.blocks),
        headline=sheet.headline or report.title,
        byline=report.byline or sheet.byline,
        publisher=report.publisher or sheet.publisher,
        published_at=report.published_at or sheet.published_at,
        place=sheet.place,
        agency=sheet.agency,
        credit=sheet.credit,
    )


def _lay(sheet: _Sheet, number: int, start: int) -> None:
    """Give one paragraph, from ``start`` on, its block or blocks."""
    end = sheet.paragraphs[number][1]
    line = sheet.text[start:end]
    near_end = number >= len(sheet.paragraphs) - _TAIL
    laid = (
        _section(sheet, start, end, line)
        or (near_end and _initials(sheet, start, end, line))
        or ((near_end or not sheet.in_body) and _published(sheet, start, end, line))
        or _byline(sheet, start, end, line)
        or (not sheet.in_body and _head(sheet, number, start, line))
        or _caption(sheet, number, start, line)
        or (sheet.in_body and _subhead(sheet, number, start, line))
    )
    if not laid:
        _body(sheet, number, start, near_end)


def _same(left: str, right: str) -> bool:
    """Whether two headlines are one: the same words, or nearly."""
    a, b = set(re.findall(r"\w+", left.lower())), set(re.findall(r"\w+", right.lower()))
    return bool(a and b) and len(a & b) >= 0.7 * len(a | b)


def _repeated_headline(sheet: _Sheet, number: int) -> int | None:
    """Lays the headline where it stands again before a caption; gives where the rest begins."""
    if sheet.headline is None or number > _HEAD:
        return None
    start, end = sheet.paragraphs[number]
    after = start + len(sheet.headline)
    if not sheet.text.startswith(sheet.headline, start) or sheet.text[after : after + 1].isalnum():
        return None
    sheet.add("headline", start, after)
    return trim(sheet.text, after, end, RULES)[0]


def _section(sheet: _Sheet, start: int, end: int, line: str) -> bool:
    """What leads elsewhere: a mark, a link, and the titles in a list under such a mark."""
    listed = sheet.in_list and _is_short(line, _HEADLINE_WORDS) and not ends_sentence(line)
    sheet.in_list = listed or heads_a_list(line)
    if not (sheet.in_list or is_section(line) or is_link(line)):
        return False
    sheet.add("section", start, end, RULES)
    return True


def _initials(sheet: _Sheet, start: int, end: int, line: str) -> bool:
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
    start, end = trim(line, *span, _EDGES)
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


def _published(sheet: _Sheet, start: int, end: int, line: str) -> bool:
    """A line that is nothing but a publication stamp and names beside it."""
    if end - start > _STAMP_LINE:
        return False
    found: list[tuple[BlockKind, Span]] = []
    stamps = list(_stamps(line))
    if not stamps:
        return False
    last = 0
    for span in [span for _, span in stamps] + [(len(line), len(line))]:
        for part in _pieces(line, last, span[0]):
            if line[slice(*part)].strip(BLANKS + _EDGES):
                piece = _piece(line, part)
                if piece is None or (sheet.in_body and _is_bare(piece, line)):
                    return False
                found.append(piece)
        if span[0] < span[1]:
            found.append(("published", span))
        last = span[1]
    sheet.published_at = sheet.published_at or stamps[0][0]
    for kind, (s, e) in _with_labels(found):
        _note(sheet, kind, line[s:e])
        sheet.add(kind, start + s, start + e)
    return True


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


def _note(sheet: _Sheet, kind: BlockKind, words: str) -> None:
    """Keeps what a piece of furniture tells of the report."""
    if kind == "byline":
        names = byline_names(words) or words
        sheet.byline = sheet.byline or names.strip(BLANKS + _EDGES)
        sheet.agency = sheet.agency or wire(names)
    elif kind == "dateline":
        sheet.place = sheet.place or words
    elif kind == "credit":
        sheet.agency = sheet.agency or wire(words)
    if kind in ("section", "credit") and sheet.publisher is None and _is_outlet(words):
        row = agency_named(words)
        if row is None or row["kind"] == "outlet":
            sheet.publisher = row["name"] if row else words


def _is_outlet(words: str) -> bool:
    return is_outlet(words) or sounds_like_outlet(words)


def _byline(sheet: _Sheet, start: int, end: int, line: str) -> bool:
    """A line of byline cues and names: ``Reporter: X | Editor: Y``, ``(Reporting by X)``."""
    if len(line) > 2 * _STAMP_LINE or not (sheet.blocks or sheet.title):
        return False
    inner = trim(line, 0, len(line), "()[]")
    parts = [line[s:e].strip(BLANKS) for s, e in _pieces(line, *inner)]
    if byline_names(parts[0]) is None:
        return False
    if not all(byline_names(p) or is_names(p) or is_outlet(p) for p in parts if p):
        return False
    _note(sheet, "byline", parts[0])
    sheet.add("byline", start, end, "()[]")
    return True


def _is_short(line: str, most: int) -> bool:
    """A line of few words that does not end like a sentence."""
    if len(line.split()) > most:
        return False
    if ends_sentence(line) and not line.rstrip(CLOSERS).endswith(("?", "…")):
        return _ABBREVIATION.search(line) is not None
    return not line.endswith((":", ";", ","))


def _is_furniture(line: str) -> bool:
    """Whether a line after a headline shows that it was one."""
    return bool(
        is_section(line)
        or read_dateline(line)
        or byline_names(line)
        or (len(line) <= _STAMP_LINE and parse_stamp(line))
    )


def _head(sheet: _Sheet, number: int, start: int, line: str) -> bool:
    """The headline, a byline of bare names, the line under the headline."""
    following = sheet.words(number + 1)
    end = sheet.paragraphs[number][1]
    if sheet.headline is None:
        if not _is_headline(sheet.title, line, following):
            return False
        sheet.headline = line
        sheet.add("headline", start, end)
        return True
    if not following or not _is_short(line, _HEADLINE_WORDS) or find_credit(line):
        return False
    if is_names(line) and len(line.split()) <= 5 and parse_stamp(following[:_STAMP_LINE]):
        _note(sheet, "byline", line)
        sheet.add("byline", start, end)
        return True
    if labelled("caption", line) is not None or read_dateline(line):
        return False
    sheet.add("subhead", start, end)
    return True


def _is_headline(title: str | None, line: str, following: str) -> bool:
    if title is not None and _same(title, line):
        return True
    if not following or not _is_short(line, _HEADLINE_WORDS) or read_dateline(line):
        return False
    return title is None or _is_furniture(following)


def _caption(sheet: _Sheet, number: int, start: int, line: str) -> bool:
    """A caption with its credit, a caption by its label, or a credit alone."""
    end = sheet.paragraphs[number][1]
    if len(line.split()) > _CAPTION_WORDS:
        return False
    credit = find_credit(line)
    label = labelled("caption", line) is not None or line.lower().startswith(
        forms("caption", "start")
    )
    if credit is None:
        if not label and not (starts_with_label(line) and ends_sentence(line)):
            return False
        sheet.add("caption", start, end)
        return True
    in_head = (
        not sheet.in_body and sheet.headline is not None and number + 1 < len(sheet.paragraphs)
    )
    alone = credit.span == (0, len(line))
    if not (credit.of_photo or label or alone or (in_head and not read_dateline(line))):
        return False
    if read_dateline(line) and not label:
        return False
    s, e = credit.span
    sheet.add("caption", start, start + len(line[:s].rstrip(BLANKS + RULES + "([")))
    sheet.add("credit", start + s, start + e)
    sheet.add("caption", start + e, end, ")].")
    if alone and not credit.of_photo:
        _note(sheet, "credit", line)
    sheet.credit = sheet.credit or line[s:e]
    return True


def _subhead(sheet: _Sheet, number: int, start: int, line: str) -> bool:
    """A short line between two paragraphs of the body."""
    most = _SUBHEAD_WORDS_IN_CAPITALS if line.isupper() else _SUBHEAD_WORDS
    following = sheet.words(number + 1)
    if (
        not _is_short(line, most)
        or "\n" in line
        or ends_sentence(line)
        or not (line[0].isupper() or line[0].isdigit())
        or not ends_sentence(sheet.words(number - 1))
        or not ends_sentence(following)
        or len(following.split()) < _PARAGRAPH_WORDS
    ):
        return False
    sheet.add("subhead", start, sheet.paragraphs[number][1])
    return True


def _body(sheet: _Sheet, number: int, start: int, near_end: bool) -> None:
    """A paragraph of the story, its dateline and its sign-off cut from it."""
    end = sheet.paragraphs[number][1]
    line = sheet.text[start:end]
    dateline = None if sheet.place or number > _HEAD else read_dateline(line)
    if dateline is not None and _fits(sheet, dateline):
        start = _dateline(sheet, start, line, dateline)
    sheet.in_body = True
    credit = find_credit(sheet.text[start:end]) if near_end else None
    if credit is None or credit.of_photo or credit.span[0] == 0:
        sheet.add("body", start, end)
        return
    s, e = start + credit.span[0], start + credit.span[1]
    sheet.add("body", start, s, "([")
    _note(sheet, "credit", sheet.text[s:e])
    sheet.add("credit", s, e)


def _fits(sheet: _Sheet, dateline: Dateline) -> bool:
    """Whether a dateline can stand here: the less sure it is, the nearer to the beginning."""
    if dateline.signed or not sheet.in_body:
        return True
    return dateline.sure and sum(block.kind == "body" for block in sheet.blocks) <= _LEDES


def _dateline(sheet: _Sheet, start: int, line: str, dateline: Dateline) -> int:
    """Lays the pieces of a dateline; gives where the story begins."""
    for kind, (s, e) in dateline.parts:
        _note(sheet, kind, line[s:e])
        stamp = parse_stamp(line[s:e]) if kind == "published" else None
        sheet.published_at = sheet.published_at or (stamp[0] if stamp else None)
        sheet.add(kind, start + s, start + e)
    return start + dateline.body
