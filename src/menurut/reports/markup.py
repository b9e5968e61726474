"""Parses HTML and XML from outside, all of it hostile, and takes the paragraphs out.

Nothing is fetched, no entity that a document declares is expanded, and size, depth and the
count of elements are bounded.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from menurut.reports.decode import decode
from menurut.reports.errors import ReportError
from menurut.reports.paragraphs import BLANKS
from menurut.reports.story import clean

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

DEEPEST = 200
MOST_ELEMENTS = 30_000
MOST_ATTRIBUTES = 1_000
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script|\Z)|<style\b.*?(?:</style|\Z)"
    r"|<[a-z](?:=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)|[^>=]++|=)*+",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+)")
_ATTRIBUTE = re.compile(r"[^\s/]+")
_PROLOGUE = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_MARKUP = re.compile(r"<[a-zA-Z!/?]")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "alt-code",
        "b",
        "bdi",
        "bdo",
        "big",
        "chron",
        "cite",
        "classifier",
        "code",
        "copyrite",
        "dfn",
        "em",
        "event",
        "font",
        "frac",
        "function",
        "i",
        "inline",
        "kbd",
        "lang",
        "location",
        "mark",
        "money",
        "num",
        "object.title",
        "org",
        "person",
        "pronounce",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "virtloc",
        "wbr",
    ]
)
"""Elements within a paragraph, of HTML and of NITF; all others part two paragraphs."""
_LEFT_OUT = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "embed",
        "figure",
        "form",
        "head",
        "iframe",
        "media",
        "noscript",
        "nitf-table-metadata",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)


def parse_html(page: str) -> HtmlElement:
    """The page parsed. Raises ``ReportError`` for one that is empty, too deep or too large."""
    from lxml import etree
    from lxml import html as lxml_html

    page = _PROLOGUE.sub("", clean(page), count=1)
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


def parse_xml(data: bytes) -> _Element:
    """The root of an XML document; its elements keep their local names only.

    A document that is not in the character set it declares is read as ``decode`` reads a text.
    Raises ``ReportError`` where it is no XML or declares entities of its own.
    """
    from lxml import etree

    try:
        root = _root(data)
    except etree.XMLSyntaxError as error:
        try:
            root = _root(_DECLARATION.sub("", clean(decode(data))).encode())
        except (etree.XMLSyntaxError, ReportError):
            raise ReportError(f"the XML is broken: {error.msg}") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise ReportError("the XML declares entities of its own, which are not expanded")
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname
    return root


def _root(data: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(**XML_LIMITS))


XML_LIMITS = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How every XML parser is set: nothing is expanded, nothing fetched, the depth bounded."""


def paragraphs_of(element: _Element) -> list[str]:
    """The paragraphs of an element's text, as its blocks part them; scripts, figures left out."""
    found = [""]

    def part() -> None:
        if found[-1]:
            found.append("")

    from lxml import etree

    hidden = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        name = _name(node)
        left_out, block = name in _LEFT_OUT, name not in _INLINE
        if event == "start":
            hidden += left_out
            if block:
                part()
            if not hidden:
                found[-1] += node.text or ""
        else:
            hidden -= left_out
            if block:
                part()
            if not hidden and node is not element:
                found[-1] += node.tail or ""
    lines = (" ".join(clean(line).split()).strip(BLANKS) for line in found)
    return [line for line in lines if line]


def _name(node: _Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def fragment_paragraphs(markup: str) -> list[str]:
    """The paragraphs of a piece of HTML, or of a plain text: there, a paragraph a line.

    Raises ``ReportError`` where the markup is too deep or too large.
    """
    if not _MARKUP.search(markup):
        lines = (line.strip(BLANKS) for line in clean(unescape(markup)).splitlines())
        return [line for line in lines if line]
    return paragraphs_of(parse_html(markup)) if markup.strip(BLANKS) else []


def fragment_line(markup: object) -> str | None:
    """One line of a piece of HTML, a headline say; None for no words."""
    if not isinstance(markup, str):
        return None
    return " ".join(fragment_paragraphs(markup)) or None
