"""Copies in a stream of reports: marked in their analyses, or left unread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from menurut.contract import Report
from menurut.desk.reading import Input
from menurut.pipeline import unread
from menurut.reports.copies import SAME, Copy, Window
from menurut.reports.errors import ReportError

COPY = "a copy of {of} ({share:.0%} of its words)"
SKIPPED = "not read: a copy of {of} ({share:.0%} of its words)"


def watch(inputs: Iterator[Input], window: Window, before: int, *, skip: bool) -> Iterator[Input]:
    """The inputs, those that are copies with a note of what they copy.

    ``before``: how many inputs of the stream came earlier. ``skip``: copies in which next to
    nothing is new get an analysis that says so, in place of being read. What its sender says is a
    correction, an update or a withdrawal is always read.
    """
    for at, given in enumerate(inputs, before + 1):
        item = given.item
        copy = window.see(item, at) if isinstance(item, Report) else None
        yield _told(given, item, copy, skip) if copy and isinstance(item, Report) else given


def _told(given: Input, report: Report, copy: Copy, skip: bool) -> Input:
    if skip and copy.share >= SAME and not _is_news(report):
        with suppress(ReportError):  # which reading it tells
            note = SKIPPED.format(of=copy.of, share=copy.share)
            return replace(given, instead=unread(report, note))
    return replace(given, note=COPY.format(of=copy.of, share=copy.share))


def _is_news(report: Report) -> bool:
    edition = report.edition
    return edition is not None and (edition.notice is not None or edition.status == "canceled")
