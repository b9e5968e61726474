"""Reads a JSON Feed (jsonfeed.org), versions 1 and 1.1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from menurut.contract import Failure, Report
from menurut.reports.errors import ReportError, guarded
from menurut.reports.markup import fragment_paragraphs
from menurut.reports.source import Items, Source
from menurut.reports.story import compose, edition, one_line, stamp_or_none, subjects, told

_VERSION = "https://jsonfeed.org/version/"


def is_json_feed(document: dict[str, Any]) -> bool:
    """Whether a JSON object is a feed."""
    return str(document.get("version", "")).startswith(_VERSION)


def read_json_feed(document: dict[str, Any], source: Source, _number: int) -> Items:
    """A report for each item that has words. The language that a feed states is not trusted:
    it is its software's default more often than not."""
    items = document.get("items")
    if not isinstance(items, list):
        raise ReportError("the feed has no items")
    for number, item in enumerate(items, 1):
        try:
            with guarded("the item"):
                report = _report(item, document, source.numbered(number))
        except ReportError as error:
            yield Failure(source.numbered(number), str(error))
        else:
            yield report


def _report(item: dict[str, Any], feed: dict[str, Any], id: str) -> Report:
    title = one_line(item.get("title"))
    if isinstance(item.get("content_html"), str):
        words = fragment_paragraphs(item["content_html"])
    else:
        words = str(item.get("content_text") or item.get("summary") or "").splitlines()
    modified = stamp_or_none(item.get("date_modified"))
    return told(
        Report(
            id=one_line(str(item.get("id") or item.get("url") or "")) or id,
            text=compose(title, words),
            title=title,
            published_at=stamp_or_none(item.get("date_published")) or modified,
            publisher=one_line(feed.get("title")),
            url=one_line(item.get("url")) or one_line(item.get("external_url")),
            byline=_names(item) or _names(feed),
            edition=edition(modified_at=modified, subjects=subjects(_list(item.get("tags")))),
        )
    )


def _names(holder: dict[str, Any]) -> str | None:
    authors = [*_list(holder.get("authors")), holder.get("author")]
    names = [one_line(author.get("name")) for author in authors if isinstance(author, dict)]
    return ", ".join(name for name in names if name) or None


def _list(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()
