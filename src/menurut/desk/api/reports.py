"""A report with its text; words of a report, to be cited."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from menurut.desk.api.resource import Asked, Listing, Page, Passage, Resource, Words
from menurut.ledger.citing import Held, Quotation, find_words, held_report, quote
from menurut.ledger.store import Snapshot

_ENDS = 10_000_000

Offset = Annotated[int, Meta(ge=0, le=_ENDS)]


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


def _report(snapshot: Snapshot, asked: OneReport) -> Held:
    return held_report(snapshot, asked.id)


def _cite(snapshot: Snapshot, asked: Cited) -> Page[Quotation]:
    stretch = asked.start, asked.end
    if asked.words is None:
        return Page(items=(quote(snapshot, asked.report, *stretch),))
    found = find_words(snapshot, asked.report, asked.words, *stretch, most=asked.limit)
    return Page(items=tuple(found))


REPORT = Resource(
    name="report",
    path="/reports/{id}",
    summary="A report with its text.",
    asked=OneReport,
    answer=Held,
    ask=_report,
)
CITE = Resource(
    name="cite",
    path="/quotations",
    summary="Words of a report, character for character, with their offsets in its text.",
    asked=Cited,
    answer=Page[Quotation],
    ask=_cite,
    items=Quotation,
)
