"""From a feed's bytes to reports: its entries, and the pages that they link to where that is
wanted."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from menurut.contract import Failure, Report
from menurut.interface import gettext as _
from menurut.reports.source import Given, Source
from menurut.reports.sources import read_stream
from menurut.watching.plan import Feed


class Entry(NamedTuple):
    """An entry of a feed. ``print``: the same for the same edition of it."""

    print: str
    report: Report


def entries(feed: Feed, url: str, body: bytes) -> Iterator[Entry | Failure]:
    """The entries of a feed or a sitemap, in its order; what cannot be read is a ``Failure``."""
    given = Given(language=feed.language)
    for item in read_stream(BytesIO(body), Source(url, given)):
        if isinstance(item, Failure):
            yield item
        else:
            yield Entry(print_of(item), _told(feed, item))


def _told(feed: Feed, report: Report) -> Report:
    """The report with what the plan says of its feed."""
    return msgspec.structs.replace(
        report,
        publisher=feed.publisher or report.publisher,
        language=feed.language or report.language,
    )


def signed(feed: Feed, report: Report) -> Report:
    """The report under its host's name where nobody says whose it is: what nobody has published
    could take the place of everybody's reports."""
    if report.publisher:
        return report
    return msgspec.structs.replace(report, publisher=urlsplit(feed.url).hostname)


def print_of(report: Report) -> str:
    """A print of an entry as its feed gives it."""
    modified = report.edition.modified_at if report.edition else None
    said = [report.id, report.text, report.title, report.published_at, modified]
    return blake2b(msgspec.json.encode(said), digest_size=9).hexdigest()


def from_page(report: Report, body: bytes, url: str) -> Report | Failure:
    """The report as its page has it; what the feed says of it counts where the page is silent."""
    given = Given(language=report.language, fallback="html")
    page = next((i for i in read_stream(BytesIO(body), Source(url, given))), None)
    if not isinstance(page, Report):
        why = page.error if page is not None else _("there is no report in the page")
        return Failure(report.id, f"{url}: {why}")
    return msgspec.structs.replace(
        page,
        id=report.id,
        title=page.title or report.title,
        published_at=report.published_at or page.published_at,
        publisher=report.publisher or page.publisher,
        language=report.language or page.language,
        byline=page.byline or report.byline,
        url=url,
        edition=report.edition or page.edition,
    )
