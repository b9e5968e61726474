"""Reads a saved HTML page: the article and what the page says of it.

``trafilatura`` finds the article; the full publication stamp is taken from the page's own
metadata (schema.org JSON-LD, Open Graph, ``<time>``), which it reads to the day only. Nothing
is fetched. A page is hostile until read: its size, its depth and its count of elements are bounded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from menurut.contract import Report
from menurut.reports.decode import decode
from menurut.reports.errors import ReportError
from menurut.reports.furniture import is_link, is_section
from menurut.reports.markup import parse_html
from menurut.reports.paragraphs import BLANKS, ends_sentence
from menurut.reports.story import clean, compose, one_line, stamp_or_none

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

_FEWEST_WORDS = 25
_SENTENCE_WORDS = 8
_LONGEST_JSON = 1_000_000
_STAMPED = (
    "//meta[@property='article:published_time' or @name='article:published_time']/@content",
    "//meta[@itemprop='datePublished' or @name='datePublished']/@content",
    "//meta[@name='publishdate' or @name='pubdate' or @name='date']/@content",
    "//time[@itemprop='datePublished']/@datetime",
    "//article//time/@datetime",
)


def read_html(
    data: bytes,
    *,
    id: str,
    url: str | None = None,
    language: str | None = None,
    published_at: str | None = None,
    charset: str | None = None,
) -> Report:
    """Read the article of a saved page: the headline, a blank line, then a paragraph a line.

    What is given as ``url``, ``language`` and ``published_at`` goes before what the page says.
    Raises ``ReportError`` where the page holds no article.
    """
    return read_page(
        decode(data, charset), id=id, url=url, language=language, published_at=published_at
    )


def read_page(
    page: str,
    *,
    id: str,
    url: str | None = None,
    language: str | None = None,
    published_at: str | None = None,
) -> Report:
    """``read_html`` for a page that is text already."""
    tree = parse_html(page)
    stamp = published_at or _published(tree)
    article = _article(tree)
    lines = _paragraphs(article)
    if not _is_article(lines):
        raise ReportError("the page holds no article")
    title = one_line(article.title)
    return Report(
        id=id,
        text=compose(title, lines),
        title=title,
        language=language,
        published_at=stamp or stamp_or_none(article.date),
        publisher=one_line(article.sitename),
        url=url or one_line(article.url),
        byline=one_line(article.author),
    )


def _article(tree: HtmlElement) -> Document:
    """What trafilatura makes of the page. Raises ``ReportError`` where it finds nothing."""
    from trafilatura import bare_extraction

    try:
        article = bare_extraction(
            tree, include_comments=False, include_tables=False, with_metadata=True
        )
    except Exception as error:  # hostile pages break a parser's helpers in unforeseen ways
        raise ReportError(f"the page cannot be read: {type(error).__name__}") from error
    if article is None or isinstance(article, dict):
        raise ReportError("the page holds no article")
    return article


def _paragraphs(article: Document) -> list[str]:
    text = clean(article.text or "")
    lines = (line.strip(BLANKS) for line in text.splitlines())
    return [line for line in lines if line and not (is_link(line) or is_section(line))]


def _is_article(lines: list[str]) -> bool:
    """Whether the text has running sentences, not menus and buttons alone."""
    sentences = [line for line in lines if ends_sentence(line)]
    words = [len(line.split()) for line in sentences]
    return sum(words) >= _FEWEST_WORDS and max(words) >= _SENTENCE_WORDS


def _published(tree: HtmlElement) -> str | None:
    """The stamp that the page's metadata gives; the first with a time of day, if any has one."""
    stamps = [stamp for value in _stamps(tree) if (stamp := stamp_or_none(value))]
    return next((stamp for stamp in stamps if "T" in stamp), stamps[0] if stamps else None)


def _stamps(tree: HtmlElement) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:20]:
        if len(script) <= _LONGEST_JSON:
            yield from _linked_data(script)
    for path in _STAMPED:
        for value in tree.xpath(path)[:5]:
            yield str(value)


def _linked_data(script: str) -> Iterator[str]:
    """Every ``datePublished`` of a JSON-LD block."""
    try:
        waiting: list[Any] = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                yield node["datePublished"]
            waiting += [value for value in node.values() if isinstance(value, dict | list)]
