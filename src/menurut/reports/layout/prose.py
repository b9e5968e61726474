"""Paragraphs of the story, with the dateline and the sign-off that stand in them."""

from __future__ import annotations

from menurut.reports.credit import find_credit
from menurut.reports.dateline import Dateline, read_dateline
from menurut.reports.layout.sheet import HEAD, Sheet
from menurut.reports.stamp import parse_stamp

_LEDES = 6


def body(sheet: Sheet, number: int, start: int, near_end: bool) -> None:
    """A paragraph of the story, its dateline and its sign-off cut from it."""
    end = sheet.paragraphs[number][1]
    line = sheet.text[start:end]
    dateline = None if sheet.place or number > HEAD else read_dateline(line)
    if dateline is not None and _fits(sheet, dateline):
        start = _dateline(sheet, start, line, dateline)
    sheet.in_body = True
    credit = find_credit(sheet.text[start:end]) if near_end else None
    if credit is None or credit.of_photo or credit.span[0] == 0:
        sheet.add("body", start, end)
        return
    s, e = start + credit.span[0], start + credit.span[1]
    sheet.add("body", start, s, "([")
    sheet.note("credit", sheet.text[s:e])
    sheet.add("credit", s, e)


def _fits(sheet: Sheet, dateline: Dateline) -> bool:
    """Whether a dateline can stand here: the less sure it is, the nearer to the beginning."""
    if dateline.signed or not sheet.in_body:
        return True
    return dateline.sure and sum(block.kind == "body" for block in sheet.blocks) <= _LEDES


def _dateline(sheet: Sheet, start: int, line: str, dateline: Dateline) -> int:
    """Lays the pieces of a dateline; gives where the story begins."""
    for kind, (s, e) in dateline.parts:
        sheet.note(kind, line[s:e])
        stamp = parse_stamp(line[s:e]) if kind == "published" else None
        sheet.published_at = sheet.published_at or (stamp[0] if stamp else None)
        sheet.add(kind, start + s, start + e)
    return start + dateline.body
