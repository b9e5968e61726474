"""The analysis contract: what menurut takes in and what it gives back.

One JSON object a line in both directions. Offsets are Python string indexes into
``text`` (Unicode code points), half-open ``(start, end)``; a tuple of spans stands for
one discontinuous stretch, in text order. Field names are the contract's own and never change.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Span = tuple[int, int]
Spans = tuple[Span, ...]

NameLabel = Literal["PER", "ORG", "LOC", "NAT", "MISC"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Quote = Literal["direct", "indirect", "mixed"]
Status = Literal["actual", "planned", "possible", "denied"]
StatementKind = Literal[
    "say",
    "accuse",
    "deny",
    "confirm",
    "conclude",
    "estimate",
    "promise",
    "demand",
    "warn",
    "worry",
    "ask",
]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
BlockKind = Literal[
    "section",
    "headline",
    "byline",
    "published",
    "caption",
    "credit",
    "dateline",
    "subhead",
    "body",
]


Use = Literal["usable", "withheld", "canceled"]
Notice = Literal["update", "correction"]


class Edition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the sender says about a report: whose it is, which version, and may it be used.

    ``story`` is what all versions of a story share, where ``id`` names one of them; ``version``
    the sender's own count. ``status`` is NewsML's publishing status: ``canceled`` is a kill.
    ``replaces``: the id of the report that this one corrects or takes the place of. ``note``:
    words to editors. ``subjects``: codes or words of a subject scheme, as the sender writes them.
    """

    story: str | None = None
    version: str | None = None
    modified_at: str | None = None
    embargoed_until: str | None = None
    status: Use | None = None
    notice: Notice | None = None
    replaces: str | None = None
    note: str | None = None
    agency: str | None = None
    credit: str | None = None
    rights: str | None = None
    subjects: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it comes in. Relative times are resolved against ``published_at``.

    ``text`` is empty only where a sender withdraws a report without a word
    (``edition.status`` is ``canceled``).
    """

    id: str
    text: str
    title: str | None = None
    language: str | None = None
    published_at: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    edition: Edition | None = None


class Block(msgspec.Struct, frozen=True):
    """A stretch of a report and what it is: furniture, or a paragraph of the body."""

    kind: BlockKind
    span: Span


class Damage(msgspec.Struct, frozen=True):
    """A place where the text is visibly broken: doubled, cut loose, a stray quotation mark."""

    span: Span
    what: str


class Name(msgspec.Struct, frozen=True):
    span: Span
    label: NameLabel


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of the report, all mentions together. ``basis``: the row that gave the code."""

    id: str
    name: str
    code: str | None = None
    kind: str
    role: str | None = None
    mentions: Spans
    basis: str | None = None


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """A TIMEX3 time expression. ``basis``: the rule that read it."""

    id: str
    span: Span
    type: TimeType
    value: str
    mod: str | None = None
    basis: str | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    span: Span
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    basis: str | None = None


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A figure: ``low`` and ``high`` bounds (either may be open), of what."""

    id: str
    span: Span
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    of: str | None = None
    basis: str | None = None


class Source(msgspec.Struct, frozen=True):
    """Who says it: the words that name the source, and the actors they stand for."""

    spans: Spans = ()
    actors: tuple[str, ...] = ()


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    source: Source
    cue: Spans
    content: Spans
    kind: StatementKind
    quote: Quote
    within: str | None = None
    basis: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A PLOVER event. ``according_to`` empty: the reporter's own voice."""

    id: str
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Spans
    mentions: tuple[Spans, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    time: str | None = None
    place: str | None = None
    quantities: tuple[str, ...] = ()
    status: Status
    according_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    basis: str | None = None


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says: its record."""

    id: str
    language: str
    published_at: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    place: str | None = None
    edition: Edition | None = None
    blocks: tuple[Block, ...] = ()
    damage: tuple[Damage, ...] = ()
    notes: tuple[str, ...] = ()
    sentences: Spans = ()
    names: tuple[Name, ...] = ()
    actors: tuple[Actor, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()


class Failure(msgspec.Struct, frozen=True):
    """Stands in the output where a report could not be read."""

    id: str | None
    error: str


def schema() -> dict[str, Any]:
    """The JSON Schema of both sides: ``report``, ``analysis`` and ``failure`` under ``$defs``."""
    _, definitions = msgspec.json.schema_components(
        [Report, Analysis, Failure], ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "menurut: reports in, analyses out, one JSON object a line",
        "$defs": definitions,
    }
