"""Gives each paragraph of a report its block or blocks."""

from __future__ import annotations

from menurut.contract import Report
from menurut.reports.layout.headings import head, repeated_headline, section, subhead
from menurut.reports.layout.imprint import byline, initials, publication
from menurut.reports.layout.pictures import caption
from menurut.reports.layout.prose import body
from menurut.reports.layout.sheet import Layout, Sheet
from menurut.reports.paragraphs import paragraphs

_TAIL = 4


def lay_out(report: Report) -> Layout:
    """Cut a report into blocks. When unsure, a paragraph is body."""
    sheet = Sheet(report.text, report.title, paragraphs(report.text))
    for number, (start, _) in enumerate(sheet.paragraphs):
        after = repeated_headline(sheet, number)
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


def _lay(sheet: Sheet, number: int, start: int) -> None:
    """Give one paragraph, from ``start`` on, its block or blocks."""
    end = sheet.paragraphs[number][1]
    line = sheet.text[start:end]
    near_end = number >= len(sheet.paragraphs) - _TAIL
    laid = (
        section(sheet, start, end, line)
        or (near_end and initials(sheet, start, end, line))
        or ((near_end or not sheet.in_body) and publication(sheet, start, end, line))
        or byline(sheet, start, end, line)
        or (not sheet.in_body and head(sheet, number, start, line))
        or caption(sheet, number, start, line)
        or (sheet.in_body and subhead(sheet, number, start, line))
    )
    if not laid:
        body(sheet, number, start, near_end)
