"""Reads ninjs, the IPTC's news in JSON, generations 1, 2 and 3.

The generations differ in how they write names (``versioncreated``, ``versionCreated``) and in
where headlines and bodies stand (``body_html``; ``bodies``, with a role and a type each).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from menurut.contract import Edition, Failure, Report
from menurut.reports.errors import ReportError, guarded
from menurut.reports.markup import fragment_line, fragment_paragraphs
from menurut.reports.source import Items, Source
from menurut.reports.story import compose, edition, one_line, stamp_or_none, subjects, told

Item = dict[str, Any]

_TEXTS = frozenset((None, "text", "composite"))
_USES = frozenset(("usable", "withheld", "canceled"))


def is_ninjs(document: Item) -> bool:
    """Whether a JSON object is a news item: it has a ``uri``, and something of its own."""
    keys = {key.lower() for key in document}
    own = {"versioncreated", "pubstatus", "bodies", "headlines", "representationtype", "type"}
    return "uri" in keys and (
        not own.isdisjoint(keys) or any(key.startswith(("body", "headline")) for key in keys)
    )


def read_ninjs(document: Item, source: Source, number: int) -> Items:
    """The report of an item, then those of the text items that it brings along."""
    try:
        with guarded("the item"):
            report = _report(_folded(document))
    except ReportError as error:
        yield Failure(one_line(document.get("uri")) or source.numbered(number), str(error))
    else:
        yield report
    for item in _associated(_folded(document)):
        yield from read_ninjs(item, source, number)


def _folded(item: Item) -> Item:
    """The item with its names in small letters, as generation 1 has them."""
    return {key.lower(): value for key, value in item.items()}


def _associated(item: Item) -> Iterator[Item]:
    """Text items inside a package, where they stand whole and not as a mere reference."""
    held = item.get("associations")
    items = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    for inner in items:
        if isinstance(inner, dict) and inner.get("type") in _TEXTS and _body(_folded(inner)):
            yield inner


def _report(item: Item) -> Report:
    uri = one_line(item.get("uri"))
    if uri is None:
        raise ReportError("the item has no uri")
    if item.get("type") not in _TEXTS:
        raise ReportError(f"this is no text but {one_line(str(item['type']))}")
    said = _edition(item)
    withdrawn = said is not None and said.status == "canceled"
    title = _headline(item)
    version = said.version if said else None
    return told(
        Report(
            id=f"{uri}#{version}" if version else uri,
            text="" if withdrawn and not _body(item) else compose(title, _body(item)),
            title=title,
            language=one_line(item.get("language")),
            published_at=stamp_or_none(
                item.get("firstcreated") or item.get("contentcreated") or item.get("versioncreated")
            ),
            publisher=_source(item) or one_line(item.get("copyrightholder")),
            url=_url(item),
            byline=one_line(item.get("byline")) or one_line(item.get("by")),
            edition=said,
        )
    )


def _edition(item: Item) -> Edition | None:
    status = one_line(item.get("pubstatus"))
    return edition(
        story=one_line(item.get("uri")),
        version=one_line(str(item.get("version") or "")),
        modified_at=stamp_or_none(item.get("versioncreated")),
        embargoed_until=stamp_or_none(item.get("embargoed")),
        status=status if status in _USES else None,
        note=one_line(item.get("ednote")),
        agency=_source(item) or one_line(item.get("copyrightholder")),
        credit=one_line(item.get("creditline")),
        rights=one_line(item.get("copyrightnotice")) or one_line(item.get("usageterms")),
        subjects=subjects(
            subject.get("code") or subject.get("uri") or subject.get("name")
            for key in ("subject", "subjects")
            for subject in _objects(item.get(key))
        ),
    )


def _objects(value: object) -> list[Item]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _source(item: Item) -> str | None:
    """Who the item is from."""
    sources = [*_objects(item.get("infosource")), *_objects(item.get("infosources"))]
    return next((name for s in sources if (name := one_line(s.get("name")))), None)


def _url(item: Item) -> str | None:
    uri = one_line(item.get("uri")) or ""
    return uri if uri.startswith(("http://", "https://")) else None


def _parts(item: Item, singular: str, plural: str) -> list[tuple[str, str, str]]:
    """Role, type and value of the item's headlines or bodies, in either way of writing them."""
    found = [
        (
            str(part.get("role") or ""),
            str(part.get("contentType") or part.get("contenttype") or ""),
            part["value"],
        )
        for part in _objects(item.get(plural))
        if isinstance(part.get("value"), str)
    ]
    for key, value in item.items():
        if isinstance(value, str) and key.partition("_")[0] == singular:
            found.append((key.partition("_")[2], "", value))
    return found


def _headline(item: Item) -> str | None:
    parts = _parts(item, "headline", "headlines")
    main = [value for role, _, value in parts if role in ("", "main")]
    return fragment_line(next(iter(main or [value for *_, value in parts]), None))


def _body(item: Item) -> list[str]:
    """The paragraphs of the body that keeps them best: of several, marked-up ones go first."""
    bodies = [fragment_paragraphs(value) for *_, value in _parts(item, "body", "bodies")]
    return max(bodies, key=lambda lines: (len(lines), sum(map(len, lines))), default=[])
