"""Reads a saved HTML page: the article and what the page says of it.

``trafilatura`` finds the article; the full publication stamp is taken from the page's own
metadata (schema.org JSON-LD, Open Graph, ``<time>``), which it reads to the day only. Nothing
is fetched. A page is hostile until read: its size, its depth and its count of elements are bounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from menurut.contract import Report
from menurut.reports.decode import decode
from menurut.reports.errors import ReportError
from menurut.reports.furniture import is_link, is_section
from menurut.reports.paragraphs import BLANKS, ends_sentence
from menurut.reports.stamp import check_stamp, parse_stamp

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

DEEPEST = 200
MOST_ELEMENTS = 30_000
MOST_ATTRIBUTES = 1_000
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
_PLAIN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script|\Z)|<style\b.*?(?:</style|\Z)"
    r"|<[a-z](?:=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)|[^>=]++|=)*+",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+)")
_ATTRIBUTE = re.compile(r"[^\s/]+")
_PROLOGUE = re.compile(r"\s*<\?xml[^>]{0,200}\?>")


def read_html(
    data: bytes,
    *,
    id: str,
    url: str | None = None,
    language: str | None = None,
    published_at: str | None = None,
) -> Report:
    """Read the article of a saved page: the headline, a blank line, then a paragraph a line.

    What is given as ``url``, ``language`` and ``published_at`` goes before what the page says.
    Raises ``ReportError`` where the page holds no article.
    """
    return read_page(decode(data), id=id, url=url, language=language, published_at=published_at)


def read_page(
    page: str,
    *,
    id: str,
    url: str | None = None,
    language: str | None = None,
    published_at: str | None = None,
) -> Report:
    """``read_html`` for a page that is text already."""
    tree = _tree(page)
    stamp = published_at or _published(tree)
    article = _article(tree)
    lines = _paragraphs(article)
    if not _is_article(lines):
        raise ReportError("the page holds no article")
    title = _clean(article.title)
    if title is not None:
        while lines and lines[0].casefold() == title.casefold():
            del lines[0]
        lines.insert(0, title + "\n")
    return Report(
        id=id,
        text="\n".join(lines),
        title=title,
        language=language,
        published_at=stamp or _valid(article.date),
        publisher=_clean(article.sitename),
        url=url or _clean(article.url),
        byline=_clean(article.author),
    )


def _tree(page: str) -> HtmlElement:
    """The page parsed. Raises ``ReportError`` for one that is empty, too deep or too large."""
    from lxml import etree
    from lxml import html as lxml_html

    page = _PROLOGUE.sub("", _PLAIN.sub("", page), count=1)
    _check_tags(page)
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        tree = lxml_html.document_fromstring(page, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReportError(f"the page cannot be parsed: {error}") from None
    _check_shape(tree)
    return tree


def _check_tags(page: str) -> None:
    """The parser's time grows with the square of the attributes of one tag: so few are let in."""
    for match in _TAG.finditer(page):
        tag = match[0]
        if len(tag) <= 2 * MOST_ATTRIBUTES or tag.lower().startswith(("<!--", "<script", "<style")):
            continue
        if len(_ATTRIBUTE.findall(_VALUE.sub(" ", tag))) > MOST_ATTRIBUTES:
            raise ReportError(f"the page has a tag with more than {MOST_ATTRIBUTES} attributes")


def _check_shape(tree: HtmlElement) -> None:
    from lxml import etree

    depth = elements = 0

    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > DEEPEST:
            raise ReportError(f"the page is nested more than {DEEPEST} elements deep")
        if elements > MOST_ELEMENTS:
            raise ReportError(f"the page has more than {MOST_ELEMENTS} elements")


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
    text = _PLAIN.sub("", article.text or "")
    lines = (line.strip(BLANKS) for line in text.splitlines())
    return [line for line in lines if line and not (is_link(line) or is_section(line))]


def _is_article(lines: list[str]) -> bool:
    """Whether the text has running sentences, not menus and buttons alone."""
    sentences = [line for line in lines if ends_sentence(line)]
    words = [len(line.split()) for line in sentences]
    return sum(words) >= _FEWEST_WORDS and max(words) >= _SENTENCE_WORDS


def _clean(value: str | None) -> str | None:
    """One line of text, or None."""
    return " ".join(_PLAIN.sub("", value).split()) or None if value else None


def _valid(value: str | None) -> str | None:
    """The stamp in ISO 8601; None where it is none."""
    if not value:
        return None
    try:
        return check_stamp(value)
    except ReportError:
        found = parse_stamp(value)
        return found[0] if found else None


def _published(tree: HtmlElement) -> str | None:
    """The stamp that the page's metadata gives; the first with a time of day, if any has one."""
    stamps = [stamp for value in _stamps(tree) if (stamp := _valid(value))]
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
