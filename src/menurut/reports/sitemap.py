"""Reads sitemaps (sitemaps.org) with the news extension: headlines, dates and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from menurut.contract import Failure, Report
from menurut.reports.errors import ReportError
from menurut.reports.markup import parse_xml
from menurut.reports.source import Items, Source, read_whole
from menurut.reports.story import edition, one_line, stamp_or_none, subjects

LARGEST_SITEMAP = 52_500_000
"""Bytes: the protocol's own bound, 50 MB."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a sitemap: a page, or in an index a further sitemap."""

    url: str | None
    title: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    publisher: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()


def sitemap_links(data: bytes) -> Iterator[Link]:
    """The entries of a sitemap or of an index of sitemaps, in order.

    Raises ``ReportError`` where the XML is broken.
    """
    root = parse_xml(data)
    for entry in root:
        words = {
            element.tag: one_line("".join(element.itertext()))
            for element in entry.iter("*")
            if len(element) == 0
        }
        yield Link(
            url=words.get("loc"),
            title=words.get("title"),
            published_at=stamp_or_none(words.get("publication_date")),
            modified_at=stamp_or_none(words.get("lastmod")),
            publisher=words.get("name"),
            language=words.get("language"),
            keywords=subjects((words.get("keywords") or "").split(",")),
        )


def read_sitemap(stream: IO[bytes], source: Source) -> Items:
    """A report for each entry of a news sitemap: its headline; the page itself is not fetched.

    Raises ``ReportError`` for a sitemap of addresses alone.
    """
    links = list(sitemap_links(read_whole(stream, LARGEST_SITEMAP)))
    if not any(link.title for link in links):
        raise ReportError("the sitemap has addresses alone, no headlines; nothing is fetched")
    for number, link in enumerate(links, 1):
        if link.title is None:
            yield Failure(link.url or source.numbered(number), "the entry has no headline")
            continue
        yield Report(
            id=link.url or source.numbered(number),
            text=link.title,
            title=link.title,
            language=link.language,
            published_at=link.published_at or link.modified_at,
            publisher=link.publisher,
            url=link.url,
            edition=edition(modified_at=link.modified_at, subjects=link.keywords),
        )
