"""Reports: a list, each with its text and record, and words of one, to be cited."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from menurut.desk.api.resource import Asked, Listing, Paged, Passage, Resource, Words
from menurut.ledger.citing import Citation, find_words, quote
from menurut.ledger.paging import Page
from menurut.ledger.reports_kept import Kept, ReportFilter, Whole, page_reports, read_report
from menurut.ledger.store import Snapshot

_ENDS = 10_000_000

Offset = Annotated[int, Meta(ge=0, le=_ENDS)]


class Reports(Paged, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which reports are wanted."""

    publisher: Annotated[Words | None, Meta(description="Of this outlet.")] = None
    agency: Annotated[Words | None, Meta(description="Carrying this agency's story.")] = None
    language: Annotated[Words | None, Meta(description="In this language (`id`).")] = None
    first: Annotated[date | None, Meta(description="Published on this day or later.")] = (
        msgspec.field(name="from", default=None)
    )
    last: Annotated[date | None, Meta(description="Published on this day or earlier.")] = (
        msgspec.field(name="to", default=None)
    )
    origin: Annotated[Words | None, Meta(description="This report and those that copy it.")] = None
    copies: Annotated[bool, Meta(description="Also those that copy another report.")] = True


class OneReport(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which report is wanted."""

    id: Annotated[Words, Meta(description="The report's id.")]


class Cited(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which words of a report are wanted: all between two offsets, or where some stand there."""

    report: Annotated[Words, Meta(description="The report's id.")]
    start: Annotated[
        Offset, Meta(description="Where to begin: how many characters of the text come before.")
    ] = 0
    end: Annotated[
        Offset | None,
        Meta(description="Where to end: the offset after the last character; else at the end."),
    ] = None
    words: Annotated[
        Passage | None,
        Meta(description="Words to look for there, in exactly this form; only blanks may differ."),
    ] = None


def _reports(snapshot: Snapshot, asked: Reports) -> Page[Kept]:
    wanted = ReportFilter(
        publisher=asked.publisher,
        agency=asked.agency,
        language=asked.language,
        first=asked.first.toordinal() if asked.first else None,
        last=asked.last.toordinal() if asked.last else None,
        origin=asked.origin,
        copies=asked.copies,
    )
    return page_reports(snapshot, wanted, asked.limit, asked.after)


def _report(snapshot: Snapshot, asked: OneReport) -> Whole:
    return read_report(snapshot, asked.id)


def _cite(snapshot: Snapshot, asked: Cited) -> Page[Citation]:
    stretch = asked.start, asked.end
    if asked.words is None:
        return Page(items=(quote(snapshot, asked.report, *stretch),))
    found = find_words(snapshot, asked.report, asked.words, *stretch, most=asked.limit)
    return Page(items=tuple(found))


REPORTS = Resource(
    name="reports",
    path="/reports",
    summary="Reports in the ledger, the newest first.",
    asked=Reports,
    answer=Page[Kept],
    ask=_reports,
    items=Kept,
)
REPORT = Resource(
    name="report",
    path="/reports/{id}",
    summary="A report with its text, its analysis and the accounts that it carries.",
    asked=OneReport,
    answer=Whole,
    ask=_report,
)
CITE = Resource(
    name="cite",
    path="/citations",
    summary="Words of a report, character for character, with their offsets in its text.",
    asked=Cited,
    answer=Page[Citation],
    ask=_cite,
    items=Citation,
)
