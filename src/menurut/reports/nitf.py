"""Reads NITF, the IPTC's older XML for a story: its text and its furniture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from menurut.contract import Edition, Report
from menurut.reports.errors import ReportError
from menurut.reports.markup import paragraphs_of, parse_xml
from menurut.reports.source import Items, Source, read_whole
from menurut.reports.story import compose, edition, one_line, stamp_or_none, subjects, told

if TYPE_CHECKING:
    from lxml.etree import _Element

_DASHES = ("-", "–", "—")
_USES = {"usable": "usable", "embargoed": "usable", "canceled": "canceled", "withheld": "withheld"}


@dataclass(frozen=True, slots=True)
class Story:
    """What the body of a story holds, whether NITF stands alone or inside NewsML-G2."""

    headline: str | None
    byline: str | None
    paragraphs: list[str]


def read_nitf(stream: IO[bytes], source: Source) -> Items:
    """The one report of a document."""
    root = parse_xml(read_whole(stream))
    story = story_of(root)
    document = _first(root, "head/docdata/doc-id")
    issued = _stamp(root, "head/docdata/date.issue") or stamp_or_none(
        _attribute(_first(root, "head/pubdata"), "date.publication")
    )
    said = _edition(root)
    withdrawn = said is not None and said.status == "canceled"
    yield told(
        Report(
            id=_attribute(document, "id-string") or source.name,
            text=""
            if withdrawn and not story.paragraphs
            else compose(story.headline, story.paragraphs),
            title=story.headline or _words(root, "head/title"),
            language=_attribute(root, "{http://www.w3.org/XML/1998/namespace}lang"),
            published_at=issued or _stamp(root, "body/body.head/dateline/story.date"),
            publisher=_attribute(_first(root, "head/pubdata"), "name")
            or _words(root, "body/body.head/distributor"),
            byline=story.byline,
            edition=said,
        )
    )


def _edition(root: _Element) -> Edition | None:
    """What the sender says of the document: version, embargo, correction, kill, rights."""
    document = _first(root, "head/docdata/doc-id")
    key = _first(root, "head/docdata/du-key")
    correction = _first(root, "head/docdata/correction")
    management = _attribute(_first(root, "head/docdata"), "management-status")
    return edition(
        story=_attribute(key, "key"),
        version=_attribute(key, "version"),
        embargoed_until=_stamp(root, "head/docdata/date.release")
        if management == "embargoed" or _later(root)
        else None,
        status=_USES.get(management or ""),
        notice="correction" if correction is not None else None,
        replaces=_attribute(correction, "id-string"),
        note=_words(root, "head/docdata/ed-msg/@info")
        or _words(root, "head/docdata/correction/@info"),
        agency=_attribute(document, "regsrc") or _words(root, "body/body.head/distributor"),
        credit=_words(root, "body/body.head/rights/rights.owner"),
        rights=_copyright(root),
        subjects=subjects(root.xpath("head/tobject/tobject.subject/@tobject.subject.refnum"))
        or subjects(root.xpath("head/docdata/identified-content/classifier/@value")),
    )


def story_of(root: _Element) -> Story:
    """The headline, byline and paragraphs of a ``nitf`` element, the dateline before the first.

    Raises ``ReportError`` where it has no body.
    """
    content = root.xpath("body/body.content")
    if not content:
        raise ReportError("the NITF has no body")
    paragraphs = [line for part in content for line in paragraphs_of(part)]
    dateline = _words(root, "body/body.head/dateline")
    if dateline and paragraphs and not paragraphs[0].startswith(dateline.rstrip(" -–—")):
        dash = "" if dateline.endswith(_DASHES) else " —"
        paragraphs[0] = f"{dateline}{dash} {paragraphs[0]}"
    return Story(
        headline=_words(root, "body/body.head/hedline/hl1"),
        byline=_words(root, "body/body.head/byline"),
        paragraphs=paragraphs,
    )


def _first(root: _Element, path: str) -> _Element | None:
    found = root.xpath(path)
    return found[0] if found else None


def _attribute(element: _Element | None, name: str) -> str | None:
    return None if element is None else one_line(element.get(name))


def _words(root: _Element, path: str) -> str | None:
    """The words of the first element, or the value of the first attribute, that a path leads to."""
    for found in root.xpath(path):
        return one_line(found if isinstance(found, str) else "".join(found.itertext()))
    return None


def _stamp(root: _Element, path: str) -> str | None:
    return stamp_or_none(_attribute(_first(root, path), "norm"))


def _later(root: _Element) -> bool:
    """Whether a story is to be released after its issue: that is an embargo."""
    issue, release = (_stamp(root, f"head/docdata/date.{name}") for name in ("issue", "release"))
    return bool(issue and release and release > issue)


def _copyright(root: _Element) -> str | None:
    holder = _first(root, "head/docdata/doc.copyright")
    if holder is None:
        return _words(root, "body/body.head/rights")
    year, name = _attribute(holder, "year"), _attribute(holder, "holder")
    return " ".join(part for part in (year, name) if part) or None
