"""The grounds of an event: its row, the words and the paths of its parties, the signs of its
status, who tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from menurut.contract import Event, Ground, Rule, Span, Spans
from menurut.reader.document import Document
from menurut.record.analyse import Record
from menurut.record.certainty import Mark, of_happening
from menurut.record.events.background import words_of_past
from menurut.record.events.happenings import Happening
from menurut.record.events.rules import ASKED, DATED, LONG_AGO, MUTUAL
from menurut.record.events.signs import Sign
from menurut.record.events.tellings import Role, Telling, spans_of
from menurut.record.grounds.paths import path, top, words_in
from menurut.record.grounds.rows import rule

DONE = "nothing beside it says that it is not so, or not yet"
OF_ROW = "the row itself says so"
IN_CLAUSE = "in the clause of the event, or in one that it shares its parties with"
IN_PARTIES = "in the words of its parties"
TELLS = "the innermost statement whose content holds it"
AGAIN = "another telling of one happening: type, parties, time and status agree"

_NAMED = 3
"""Words of a party whose path is shown."""


def grounds_of(record: Record, event: Event, happening: Happening) -> Iterator[Ground]:
    """Everything that made an event what it is."""
    document, main = record.document, happening.main
    row = rule(main.origin, main.line)
    kind = " ".join(filter(None, (event.type, event.mode, *event.contexts)))
    yield Ground(field="type", value=kind, rules=(row,), words=event.trigger, score=event.score)
    yield from _party(record, main, "actors", main.actors, main.doers)
    if main.recipients:
        yield from _party(record, main, "recipients", main.recipients, main.receivers)
    elif event.recipients:
        value = " ".join(event.recipients)
        yield Ground(field="recipients", value=value, rules=(Rule(name=MUTUAL),))
    yield from _status(document, main, row)
    if mark := of_happening(document, main.word, main.told_by):
        yield ground_of_certainty(document, mark)
    yield from _background(document, event, main)
    yield from _circumstances(record, event, main)
    tellers = dict.fromkeys(event.according_to, TELLS)
    yield from _tellers(record, "according_to", tellers)
    yield from _tellers(record, "denied_by", happening.denied_by)
    for telling in happening.tellings:
        if telling is not main:
            rules = (Rule(name=AGAIN), rule(telling.origin, telling.line))
            words = spans_of(document, telling.words)
            yield Ground(field="mentions", value="", rules=rules, words=words)


def _party(
    record: Record, main: Telling, field: str, ids: tuple[str, ...], role: Role
) -> Iterator[Ground]:
    """Where a party stands: words and path where the tree gave it, else the rule that did."""
    if not ids:
        return
    document = record.document
    paths = [path(document, main.word, word) for word in role.words[:_NAMED]]
    yield Ground(
        field=field,
        value=" ".join(ids),
        rules=(Rule(name=role.rule),) if role.rule else (),
        words=spans_of(document, role.words) if role.words else _source(record, main, ids),
        path="; ".join(filter(None, paths)) or None,
    )


def _source(record: Record, main: Telling, ids: tuple[str, ...]) -> Spans:
    """The words of a statement's source that name the party."""
    told = (main.act_of, main.told_by.id if main.told_by else None)
    sources = (s.source for s in record.statements if s.id in told)
    return next((s.spans for s in sources if set(ids) & set(s.actors)), ())


def _status(document: Document, main: Telling, row: Rule) -> Iterator[Ground]:
    judged = main.judgement
    if not judged.basis:
        told = (row, Rule(name=OF_ROW)) if judged.status != "actual" else (Rule(name=DONE),)
        yield Ground(field="status", value=judged.status, rules=told)
    for sign in judged.basis:
        yield _sign(document, main, judged.status, sign)


def _sign(document: Document, main: Telling, status: str, sign: Sign) -> Ground:
    name = f"languages/{document.language}/status.tsv: {sign.row}"
    stands = sign.word >= 0
    return Ground(
        field="status",
        value=status,
        rules=(rule(name) if sign.row else Rule(name=DATED if sign.form == DATED else ASKED),),
        words=(document.span(sign.word, sign.word + 1),) if stands else (),
        path=path(document, main.word, sign.word) if stands else None,
    )


def _background(document: Document, event: Event, main: Telling) -> Iterator[Ground]:
    """Why an event is history: by its date where no word says so."""
    if not event.background:
        return
    dated = event.time is not None
    past = next(words_of_past(document, main), None) if not dated else None
    if past is None:
        yield Ground(field="background", value="", rules=(Rule(name=LONG_AGO),))
        return
    row = rule(f"languages/{document.language}/status.tsv: {past.row}")
    words = (document.span(past.word, past.word + 1),)
    yield Ground(field="background", value="", rules=(Rule(name=past.rule), row), words=words)


def ground_of_certainty(document: Document, mark: Mark) -> Ground:
    row = rule(f"languages/{document.language}/certainty.tsv: {mark.phrase}")
    words = spans_of(document, mark.words)
    return Ground(field="certainty", value=mark.certainty, rules=(row,), words=words)


def _circumstances(record: Record, event: Event, main: Telling) -> Iterator[Ground]:
    """When, where and how many."""
    document = record.document
    sentence = document.span(*document.sentences[document.sentence_of[main.word]])
    if event.time:
        values = event.time.split("/")
        spans = [t.span for t in record.times if t.value == event.time or t.value in values]
        near = tuple(s for s in spans if sentence[0] <= s[0] < sentence[1]) or tuple(spans[:1])
        yield _tied(document, main, "time", event.time, near, IN_CLAUSE)
    for place in record.places:
        if place.id == event.place:
            yield _tied(document, main, "place", place.id, (place.span,), IN_CLAUSE)
    for quantity in record.quantities:
        if quantity.id in event.quantities:
            span = quantity.span
            yield _tied(document, main, "quantities", quantity.id, (span,), IN_PARTIES)


def _tied(
    document: Document, main: Telling, field: str, value: str, spans: tuple[Span, ...], name: str
) -> Ground:
    head = top(document, words_in(document, spans))
    way = None if head is None else path(document, main.word, head)
    return Ground(field=field, value=value, rules=(Rule(name=name),), words=spans, path=way)


def _tellers(record: Record, field: str, names: Mapping[str, str]) -> Iterator[Ground]:
    """The statements that vouch for an event or deny it, each by its rule."""
    for statement in record.statements:
        if name := names.get(statement.id):
            words = tuple(sorted((*statement.source.spans, *statement.cue)))
            yield Ground(field=field, value=statement.id, rules=(Rule(name=name),), words=words)
