"""What is wrong in an analysis that was made elsewhere: dates, modes, offsets, references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain

from menurut.contract import Analysis, Event, Place, Quantity, Span, Spans, Statement, Vote
from menurut.reports.errors import ReportError
from menurut.reports.stamp import check_stamp
from menurut.tables import table

Fault = tuple[str, str]
"""The field, and what is wrong with it."""
_TIMEX = re.compile(r"[0-9A-Z_:./+-]{1,80}")
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_COUNTRY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_AT = re.compile(r"^(.*?)(?: - at `\$\.?([^`]*)`)?$", re.DOTALL)
_SHOWN = 60


def faults(analysis: Analysis, text: str) -> Iterator[Fault]:
    """All that is wrong in an analysis of a text, field by field in the contract's order."""
    yield from _head(analysis)
    yield from _offsets(analysis, len(text))
    yield from _doubled(analysis)
    yield from _values(analysis)
    yield from _references(analysis)


def decoded_fault(message: str) -> Fault:
    """The field and the complaint of a message of msgspec."""
    found = _AT.match(message)
    assert found is not None
    return found[2] or "", found[1][:1].lower() + found[1][1:]


def _head(analysis: Analysis) -> Iterator[Fault]:
    if not _LANGUAGE.fullmatch(analysis.language):
        yield "language", f"{_quoted(analysis.language)} is no BCP 47 tag"
    edition = analysis.edition
    for field, moment in (
        ("published_at", analysis.published_at),
        ("edition.modified_at", edition.modified_at if edition else None),
        ("edition.embargoed_until", edition.embargoed_until if edition else None),
    ):
        if moment is not None and not _is_stamp(moment):
            yield field, f"{_quoted(moment)} is no ISO 8601 date or time"


def _is_stamp(moment: str) -> bool:
    try:
        return check_stamp(moment) == moment
    except ReportError:
        return False


def _offsets(analysis: Analysis, size: int) -> Iterator[Fault]:
    for field, (start, end) in _spans(analysis):
        if not 0 <= start <= end <= size:
            yield field, f"{start} to {end} lies outside the text of {size} characters"


def _spans(analysis: Analysis) -> Iterator[tuple[str, Span]]:
    """Every span of an analysis, with its field."""
    for name in ("blocks", "damage", "names", "times", "places", "quantities", "votes"):
        for n, item in enumerate(getattr(analysis, name)):
            yield f"{name}[{n}].span", item.span
    yield from _each("sentences", analysis.sentences)
    for n, actor in enumerate(analysis.actors):
        yield from _each(f"actors[{n}].mentions", actor.mentions)
        yield from _each(f"actors[{n}].role_spans", actor.role_spans)
    for n, statement in enumerate(analysis.statements):
        at = f"statements[{n}]"
        yield from _each(f"{at}.source.spans", statement.source.spans)
        yield from _each(f"{at}.cue", statement.cue)
        yield from _each(f"{at}.content", statement.content)
    for n, event in enumerate(analysis.events):
        yield from _each(f"events[{n}].trigger", event.trigger)
        for m, mention in enumerate(event.mentions):
            yield from _each(f"events[{n}].mentions[{m}]", mention)
    for n, vote in enumerate(analysis.votes):
        yield from _each(f"votes[{n}].draft", vote.draft)
        yield from _each(f"votes[{n}].renews", vote.renews)


def _each(field: str, spans: Spans) -> Iterator[tuple[str, Span]]:
    return ((f"{field}[{n}]", span) for n, span in enumerate(spans))


_LISTS = ("actors", "times", "places", "quantities", "statements", "events", "votes")


def _doubled(analysis: Analysis) -> Iterator[Fault]:
    for name in _LISTS:
        seen = set[str]()
        for n, item in enumerate(getattr(analysis, name)):
            if item.id in seen:
                yield f"{name}[{n}].id", f"{_quoted(item.id)} is there twice"
            seen.add(item.id)


def _values(analysis: Analysis) -> Iterator[Fault]:
    for n, time in enumerate(analysis.times):
        yield from _timed(f"times[{n}].value", time.value)
    for n, place in enumerate(analysis.places):
        yield from _spot(f"places[{n}]", place)
    for n, quantity in enumerate(analysis.quantities):
        yield from _bounds(f"quantities[{n}]", quantity)
    for n, name in enumerate(analysis.names):
        yield from _scored(f"names[{n}].score", name.score)
    for n, statement in enumerate(analysis.statements):
        yield from _scored(f"statements[{n}].score", statement.score)
        yield from _scored(f"statements[{n}].content_score", statement.content_score)
    for n, event in enumerate(analysis.events):
        yield from _kinds(f"events[{n}]", event)
    for n, vote in enumerate(analysis.votes):
        yield from _timed(f"votes[{n}].time", vote.time)
        for side in ("ayes", "noes", "abstentions"):
            count = getattr(vote, side).count
            if count is not None and count < 0:
                yield f"votes[{n}].{side}.count", f"{count} is no number of voters"


def _timed(field: str, value: str | None) -> Iterator[Fault]:
    if value is not None and not (_TIMEX.fullmatch(value) and _are_days(value)):
        yield field, f"{_quoted(value)} is no TIMEX3 value"


def _are_days(value: str) -> bool:
    """Whether the days that stand in a value are days of the calendar."""
    try:
        return all(date(*map(int, found)) for found in _DAY.findall(value))
    except ValueError:
        return False


def _spot(at: str, place: Place) -> Iterator[Fault]:
    if place.country is not None and not _COUNTRY.fullmatch(place.country):
        yield f"{at}.country", f"{_quoted(place.country)} is no ISO 3166 alpha-3 code"
    for field, most in (("latitude", 90), ("longitude", 180)):
        degrees = getattr(place, field)
        if degrees is not None and not -most <= degrees <= most:
            yield f"{at}.{field}", f"{degrees} is not between -{most} and {most}"


def _bounds(at: str, quantity: Quantity) -> Iterator[Fault]:
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low > high:
        yield f"{at}.low", f"{low:.15g} is more than high, {high:.15g}"


def _scored(field: str, score: float | None) -> Iterator[Fault]:
    if score is not None and not 0 <= score <= 1:
        yield field, f"{score} is not between 0 and 1"


def _kinds(at: str, event: Event) -> Iterator[Fault]:
    if event.mode is not None and event.mode not in _modes().get(event.type, ()):
        yield f"{at}.mode", f"{_quoted(event.mode)} is no mode of {event.type}"
    for n, context in enumerate(event.contexts):
        if context not in _contexts():
            yield f"{at}.contexts[{n}]", f"{_quoted(context)} is no context"
    yield from _timed(f"{at}.time", event.time)
    yield from _scored(f"{at}.score", event.score)


@cache
def _modes() -> dict[str, frozenset[str]]:
    """The modes of each PLOVER type."""
    rows = [row for row in table("world/plover.tsv") if row["kind"] == "mode"]
    types = {type for row in rows for type in row["of"].split()}
    return {t: frozenset(r["name"] for r in rows if t in r["of"].split()) for t in types}


@cache
def _contexts() -> frozenset[str]:
    return frozenset(r["name"] for r in table("world/plover.tsv") if r["kind"] == "context")


def _references(analysis: Analysis) -> Iterator[Fault]:
    """What refers to a value that is not there."""
    known = {name: {item.id for item in getattr(analysis, name)} for name in _LISTS}
    own = (
        *(_of_quantity(f"quantities[{n}]", q) for n, q in enumerate(analysis.quantities)),
        *(_of_statement(f"statements[{n}]", s) for n, s in enumerate(analysis.statements)),
        *(_of_event(f"events[{n}]", e) for n, e in enumerate(analysis.events)),
        *(_of_vote(f"votes[{n}]", v) for n, v in enumerate(analysis.votes)),
    )
    for field, to, ids in chain.from_iterable(own):
        for id in ids:
            if id not in known[to]:
                yield field, f"there is no {_quoted(id)} among the {to}"


Reference = tuple[str, str, Iterable[str]]
"""A field, the list that it refers to, and the ids."""


def _one(id: str | None) -> tuple[str, ...]:
    return () if id is None else (id,)


def _of_quantity(at: str, quantity: Quantity) -> Iterator[Reference]:
    yield f"{at}.according_to", "statements", quantity.according_to


def _of_statement(at: str, statement: Statement) -> Iterator[Reference]:
    yield f"{at}.source.actors", "actors", statement.source.actors
    yield f"{at}.within", "statements", _one(statement.within)


def _of_event(at: str, event: Event) -> Iterator[Reference]:
    yield f"{at}.actors", "actors", event.actors
    yield f"{at}.recipients", "actors", event.recipients
    yield f"{at}.times", "times", event.times
    yield f"{at}.place", "places", _one(event.place)
    yield f"{at}.quantities", "quantities", event.quantities
    yield f"{at}.according_to", "statements", event.according_to
    yield f"{at}.denied_by", "statements", event.denied_by


def _of_vote(at: str, vote: Vote) -> Iterator[Reference]:
    yield f"{at}.body", "actors", _one(vote.body)
    for side in ("ayes", "noes", "abstentions"):
        yield f"{at}.{side}.actors", "actors", getattr(vote, side).actors
    yield f"{at}.vetoed_by", "actors", vote.vetoed_by
    yield f"{at}.event", "events", _one(vote.event)
    yield f"{at}.according_to", "statements", vote.according_to


def _quoted(value: str) -> str:
    return repr(value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…")
