"""Captions of pictures and their credits."""

from __future__ import annotations

from menurut.reports.credit import find_credit, starts_with_label
from menurut.reports.dateline import read_dateline
from menurut.reports.furniture import forms, labelled
from menurut.reports.layout.sheet import Sheet
from menurut.reports.paragraphs import BLANKS, RULES, ends_sentence

_CAPTION_WORDS = 80


def caption(sheet: Sheet, number: int, start: int, line: str) -> bool:
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
        sheet.note("credit", line)
    sheet.credit = sheet.credit or line[s:e]
    return True
