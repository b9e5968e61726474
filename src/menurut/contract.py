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
TimeBasis = Literal["clause", "statement", "report"]
Quote = Literal["direct", "indirect", "mixed"]
Status = Literal["actual", "planned", "possible", "denied"]
Certainty = Literal["high", "moderate", "low"]
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
Outcome = Literal["adopted", "rejected", "vetoed"]
ValueSort = Literal["actor", "time", "place", "quantity", "statement", "event", "vote"]


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
    """A name. ``score``: how sure the reader model is, from 0 to 1; None where it was not asked."""

    span: Span
    label: NameLabel
    score: float | None = None


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of the report, all mentions together. ``basis``: the row that gave the code.

    ``role_spans``: the words that say what somebody is, wherever the report says it.
    """

    id: str
    name: str
    code: str | None = None
    kind: str
    role: str | None = None
    role_spans: Spans = ()
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
    """A place. ``kind``: what the gazetteer has it as: ``country``, ``province``, ``town``, ``sea``
    and so on."""

    id: str
    span: Span
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    kind: str | None = None
    basis: str | None = None


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A figure: ``low`` and ``high`` bounds (either may be open), of what.

    ``according_to``: the innermost statement that gives it; empty: the reporter's own voice.
    """

    id: str
    span: Span
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    of: str | None = None
    according_to: tuple[str, ...] = ()
    basis: str | None = None


class Source(msgspec.Struct, frozen=True):
    """Who says it: the words that name the source, and the actors they stand for."""

    spans: Spans = ()
    actors: tuple[str, ...] = ()


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Who says what. ``certainty``: how sure the speaker says to be, where the words tell it.

    ``score``: how sure the reader model is of the words of saying, from 0 to 1, and
    ``content_score`` of what is said; None where a rule found it, and not the model.
    """

    id: str
    source: Source
    cue: Spans
    content: Spans
    kind: StatementKind
    quote: Quote
    within: str | None = None
    certainty: Certainty | None = None
    score: float | None = None
    content_score: float | None = None
    basis: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A PLOVER event. ``according_to`` empty: the reporter's own voice.

    ``time_basis``: whether its time was named in its own clause, follows from that of the statement
    which tells it (``../2024-06-17``: by then), or is the day of the report; ``times``: the ids of
    the expressions that say it. ``background``: told as history, its own time lies months before
    the report. ``certainty``: how sure it is to who tells it, by the words beside it, else by those
    of the statement that it lies in. ``score``: how sure the reader model is that its trigger tells
    of an event of this type, from 0 to 1; None where only a table says so.
    """

    id: str
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Spans
    mentions: tuple[Spans, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    time: str | None = None
    time_basis: TimeBasis | None = None
    times: tuple[str, ...] = ()
    place: str | None = None
    quantities: tuple[str, ...] = ()
    status: Status
    background: bool = False
    certainty: Certainty | None = None
    score: float | None = None
    according_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    basis: str | None = None


class Voters(msgspec.Struct, frozen=True):
    """One side of a vote: how many, and the actors that are named; either may be unknown."""

    count: int | None = None
    actors: tuple[str, ...] = ()


class Vote(msgspec.Struct, frozen=True, kw_only=True):
    """A vote in a body of states. ``span``: the sentences that tell of it.

    ``body``: the actor that votes. ``draft``: the words for what was voted on; ``renews``: for
    what it would have kept going, and what lapses where it falls. ``noes`` holds those of
    ``vetoed_by``. ``event``: the record's event of the veto. ``according_to`` empty: the
    reporter's own voice.
    """

    id: str
    span: Span
    body: str | None = None
    draft: Spans = ()
    renews: Spans = ()
    ayes: Voters = Voters()
    noes: Voters = Voters()
    abstentions: Voters = Voters()
    vetoed_by: tuple[str, ...] = ()
    outcome: Outcome | None = None
    time: str | None = None
    event: str | None = None
    according_to: tuple[str, ...] = ()
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
    votes: tuple[Vote, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What one report teaches of a person: the office held, when and by whom it was told.

    ``at``: when the report was published. ``told_by``: the source of the statement that says it;
    empty where the reporter does. ``spans``: the words of the role, then those of the name.
    """

    person: str
    role: str
    code: str
    at: str | None = None
    told_by: tuple[str, ...] = ()
    report: str
    language: str
    spans: Spans = ()
    basis: str | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of a table, or a rule of the code. ``file`` and ``line`` are of the data folder;
    ``cells`` are the row's own by column, ``example`` is the sentence that stands beside it."""

    name: str
    file: str | None = None
    line: int | None = None
    cells: dict[str, str] = {}
    example: str | None = None


class Ground(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why one field of a value is what it is. ``words``: where the report says so; ``path``: how
    they hang together on the tree; ``score``: how sure the reader model is of them."""

    field: str
    value: str
    rules: tuple[Rule, ...] = ()
    words: Spans = ()
    path: str | None = None
    score: float | None = None


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A value of an analysis, by its id, with its grounds. ``sentence``: counted from 1."""

    id: str
    sort: ValueSort
    words: Spans
    sentence: int | None
    grounds: tuple[Ground, ...]


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """Words of which an event or a statement could have been read, and why none was."""

    words: Spans
    sentence: int | None
    grounds: tuple[Ground, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why an analysis is what it is. It has the ids of the analysis of the same report."""

    id: str
    explained: tuple[Explained, ...] = ()
    unread: tuple[Unread, ...] = ()


class Failure(msgspec.Struct, frozen=True):
    """Stands in the output where a report could not be read."""

    id: str | None
    error: str


def schema() -> dict[str, Any]:
    """The JSON Schema of all that goes in and out, by the name of its type under ``$defs``."""
    _, definitions = msgspec.json.schema_components(
        [Report, Analysis, Explanation, Failure, Fact], ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "menurut: reports in, analyses out, one JSON object a line",
        "$defs": definitions,
    }
