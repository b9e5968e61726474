"""Reads NewsML-G2: news items, alone, in a news message or beside a package.

The elements are read as the standard names them; the text of an item is NITF, XHTML or plain.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from menurut.contract import Edition, Failure, Report
from menurut.reports.errors import ReportError, guarded
from menurut.reports.markup import fragment_paragraphs, paragraphs_of, parse_xml
from menurut.reports.nitf import Story, story_of
from menurut.reports.source import Items, Source, read_whole
from menurut.reports.story import compose, edition, one_line, stamp_or_none, subjects, told

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_USES = frozenset(("usable", "withheld", "canceled"))
_NOTICES = {"correction": "correction", "update": "update", "writethru": "update"}
_PREVIOUS = frozenset(("previousversion", "updates", "replaces"))


def read_newsml(stream: IO[bytes], source: Source) -> Items:
    """A report for each news item of text; packages and other items only say what belongs
    together, and are passed over.

    Raises ``ReportError`` where there is no news item.
    """
    root = parse_xml(read_whole(stream))
    items = list(root.iter("newsItem"))
    if not items:
        raise ReportError("there is no news item in it")
    for number, item in enumerate(items, 1):
        try:
            with guarded("the news item"):
                report = _report(item, source.numbered(number))
        except ReportError as error:
            yield Failure(one_line(item.get("guid")) or source.numbered(number), str(error))
        else:
            yield report


def _report(item: _Element, id: str) -> Report:
    kind = _code(item, "itemMeta/itemClass")
    if kind not in (None, "text", "composite"):
        raise ReportError(f"this is no text but {kind}")
    guid, version = one_line(item.get("guid")), one_line(item.get("version"))
    said = _edition(item)
    withdrawn = said is not None and said.status == "canceled"
    story = _story(item)
    headline = _words(item, "contentMeta/headline") or story.headline
    return told(
        Report(
            id=(f"{guid}#{version}" if version else guid) if guid else id,
            text="" if withdrawn and not story.paragraphs else compose(headline, story.paragraphs),
            title=headline or _words(item, "itemMeta/title"),
            language=_language(item),
            published_at=_stamp(item, "itemMeta/firstCreated")
            or _stamp(item, "contentMeta/contentCreated")
            or _stamp(item, "itemMeta/versionCreated"),
            publisher=_named(item, "itemMeta/provider"),
            url=next(iter(item.xpath("itemMeta/link[@rel='irel:isA']/@href")), None),
            byline=_words(item, "contentMeta/by")
            or _named(item, "contentMeta/creator")
            or story.byline,
            edition=said,
        )
    )


def _edition(item: _Element) -> Edition | None:
    status = _code(item, "itemMeta/pubStatus")
    signals = [_last(code) for code in item.xpath("itemMeta/signal/@qcode")]
    links = item.xpath("itemMeta/link[@residref]")
    return edition(
        story=one_line(item.get("guid")),
        version=one_line(item.get("version")),
        modified_at=_stamp(item, "itemMeta/versionCreated"),
        embargoed_until=_stamp(item, "itemMeta/embargoed"),
        status=status if status in _USES else None,
        notice=next((_NOTICES[signal] for signal in signals if signal in _NOTICES), None),
        replaces=next(
            (one_line(a.get("residref")) for a in links if _last(a.get("rel", "")) in _PREVIOUS),
            None,
        ),
        note=_words(item, "itemMeta/edNote"),
        agency=_named(item, "contentMeta/infoSource") or _named(item, "itemMeta/provider"),
        credit=_words(item, "contentMeta/creditline"),
        rights=_words(item, "rightsInfo/copyrightNotice")
        or _named(item, "rightsInfo/copyrightHolder"),
        subjects=subjects(
            s.get("qcode") or s.get("uri") or s.get("literal")
            for s in item.xpath("contentMeta/subject")
        ),
    )


def _story(item: _Element) -> Story:
    """The first text of an item's contents that has words."""
    for content in item.xpath("contentSet/inlineXML"):
        nested = next(content.iter("nitf"), None)
        story = story_of(nested) if nested is not None else Story(None, None, _lines(content))
        if story.paragraphs:
            return story
    for content in item.xpath("contentSet/inlineData"):
        if lines := fragment_paragraphs("".join(content.itertext())):
            return Story(None, None, lines)
    return Story(None, None, [])


def _lines(content: _Element) -> list[str]:
    """The paragraphs of XHTML: of its body, where it has one."""
    body = next(content.iter("body"), None)
    return paragraphs_of(content if body is None else body)


def _language(item: _Element) -> str | None:
    tags = item.xpath("contentMeta/language/@tag")
    return one_line(tags[0]) if tags else one_line(item.get(_LANG))


def _last(code: str) -> str:
    """The code of a QCode or URI without its scheme, in small letters: ``sig:Update``, update."""
    return code.rsplit(":", 1)[-1].rsplit("/", 1)[-1].lower()


def _code(item: _Element, path: str) -> str | None:
    found = item.xpath(f"{path}/@qcode | {path}/@uri")
    return _last(found[0]) if found else None


def _words(item: _Element, path: str) -> str | None:
    found = item.xpath(path)
    return one_line(" ".join(found[0].itertext())) if found else None


def _named(item: _Element, path: str) -> str | None:
    """The name of a party: in words, else as a literal, else its code."""
    found = item.xpath(path)
    if not found:
        return None
    party = found[0]
    code = party.get("literal") or party.get("qcode", "").rpartition(":")[2]
    return _words(party, "name") or one_line(code)


def _stamp(item: _Element, path: str) -> str | None:
    return stamp_or_none(_words(item, path))
