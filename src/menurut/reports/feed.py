"""Reads RSS (0.9 to 2.0) and Atom feeds, and Atom's tombstones of withdrawn entries (RFC 6721)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any
from xml.sax import SAXException

from menurut.contract import Failure, Report
from menurut.reports.errors import ReportError, guarded
from menurut.reports.markup import fragment_line, fragment_paragraphs, parse_xml
from menurut.reports.source import Items, Source, read_whole
from menurut.reports.story import compose, edition, one_line, stamp_or_none, subjects, told


def read_feed(stream: IO[bytes], source: Source) -> Items:
    """A report for each entry that has words, as far as the feed gives them: nothing is fetched.

    The language that a feed states is not trusted: it is its software's default more often than
    not.
    """
    import feedparser

    data = read_whole(stream)
    if b"<!ENTITY" in data:
        raise ReportError("the XML declares entities of its own, which are not expanded")
    with guarded("the feed"):
        # A stream, never the bytes themselves: feedparser would take them for a name or address.
        feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        if not feed.version:
            raise ReportError("this is no feed")
        if isinstance(feed.get("bozo_exception"), SAXException):
            raise ReportError(f"the XML is broken: {feed.bozo_exception}")
    for number, entry in enumerate(feed.entries, 1):
        try:
            with guarded("the entry"):
                report = _report(entry, feed.feed, source.numbered(number))
        except ReportError as error:
            yield Failure(one_line(entry.get("id")) or source.numbered(number), str(error))
        else:
            yield report
    if b"deleted-entry" in data:
        yield from _withdrawn(data, fragment_line(feed.feed.get("title")))


def _report(entry: Any, feed: Any, id: str) -> Report:
    title = fragment_line(entry.get("title"))
    published = stamp_or_none(entry.get("published"))
    updated = stamp_or_none(entry.get("updated"))
    credit = next((c.get("content") for c in entry.get("media_credit") or ()), None)
    tags = entry.get("tags") or ()
    return told(
        Report(
            id=one_line(entry.get("id")) or one_line(entry.get("link")) or id,
            text=compose(title, fragment_paragraphs(_content(entry))),
            title=title,
            published_at=published or updated,
            publisher=fragment_line((entry.get("source") or feed).get("title")),
            url=one_line(entry.get("link")),
            byline=fragment_line(entry.get("author")),
            edition=edition(
                modified_at=updated if updated != published else None,
                credit=one_line(credit),
                rights=fragment_line(entry.get("rights") or feed.get("rights")),
                subjects=subjects(tag.get("term") or tag.get("label") for tag in tags),
            ),
        )
    )


def _content(entry: Any) -> str:
    """The longest text of an entry: its content, or its summary."""
    held = [part.get("value") for part in entry.get("content") or ()]
    return max(
        (t for t in [*held, entry.get("summary")] if isinstance(t, str)), key=len, default=""
    )


def _withdrawn(data: bytes, publisher: str | None) -> Iterator[Report]:
    for tomb in parse_xml(data).iter("deleted-entry"):
        ref = one_line(tomb.get("ref"))
        if ref is not None:
            note = one_line("".join(tomb.xpath("comment//text()")))
            when = stamp_or_none(tomb.get("when"))
            withdrawal = edition(story=ref, status="canceled", note=note, modified_at=when)
            yield Report(
                id=f"{ref}#deleted",
                text="",
                published_at=when,
                publisher=publisher,
                edition=withdrawal,
            )
