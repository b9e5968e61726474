"""A report with its text; words of a report, to be cited."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from menurut.desk.api.resource import Asked, Listing, Page, Resource, Words
from menurut.ledger.citing import Held, Quotation, find_words, held_report, quote
from menurut.ledger.store import Snapshot

_ENDS = 10_000_000

Offset = Annotated[int, Meta(ge=0, le=_ENDS)]


class OneReport(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which report is wanted."""

    id: Annotated[Words, Meta(description="The report's id.")]


class Cited(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which words of a report are wanted: between two offsets, or wherever some words stand."""

    report: Annotated[Words, Meta(description="The report's id.")]
    start: Annotated[
        Offset | None,
        Meta(description="Where the words begin: characters of the text before them."),
    ] = None
    end: Annotated[
        Offset | None, Meta(description="Where the words end: the offset after the last one.")
    ] = None
    words: Annotated[
        Words | None,
        Meta(description="Words to be found as they are, instead of offsets; blanks may differ."),
    ] = None

    def __post_init__(self) -> None:
        super().__post_init__()
        offsets = (self.start is not None, self.end is not None)
        if any(offsets) if self.words is not None else not all(offsets):
            raise ValueError("`words` are wanted, or else `start` and `end`")


def _report(snapshot: Snapshot, asked: OneReport) -> Held:
    return held_report(snapshot, asked.id)


def _cite(snapshot: Snapshot, asked: Cited) -> Page[Quotation]:
    if asked.words is not None:
        found = find_words(snapshot, asked.report, asked.words, asked.limit)
        return Page(items=tuple(found))
    assert asked.start is not None
    assert asked.end is not None
    return Page(items=(quote(snapshot, asked.report, (asked.start, asked.end)),))


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
