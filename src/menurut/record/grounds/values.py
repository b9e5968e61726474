"""The grounds of every value of a record."""

from __future__ import annotations

from collections.abc import Iterator

from menurut.contract import (
    Actor,
    Explained,
    Ground,
    Place,
    Quantity,
    Rule,
    Spans,
    Statement,
    Time,
    ValueSort,
)
from menurut.record.analyse import Record
from menurut.record.certainty import of_statement
from menurut.record.grounds.happenings import ground_of_certainty, grounds_of
from menurut.record.grounds.paths import sentence_number
from menurut.record.grounds.polls import grounds_of_poll
from menurut.record.grounds.rows import rules_of
from menurut.record.scores import name_of
from menurut.record.statements.drafts import POINTS_BACK

READER = "the reader model: words that it ties to the words of saying"
NAME = "the reader model: words that are a name"
QUOTED_ON = "a quotation that goes on, by who spoke before it"
ACTORS = "the actors that these words stand for"
MARKS = "how much of the content stands between quotation marks"
INSIDE = "the smallest statement that holds its words of saying"
NO_ROW = "no table has it"


def explain_record(record: Record) -> tuple[Explained, ...]:
    """All values with their grounds: actors, times, places, figures, statements, events, votes."""
    read = _Values(record)
    return (
        *map(read.actor, record.actors),
        *map(read.time, record.times),
        *map(read.place, record.places),
        *map(read.quantity, record.quantities),
        *map(read.statement, record.statements),
        *(
            read.explained(event.id, "event", event.trigger, grounds_of(record, event, happening))
            for event, happening in zip(record.events, record.happenings, strict=True)
        ),
        *(
            read.explained(poll.vote.id, "vote", (poll.vote.span,), grounds_of_poll(record, poll))
            for poll in record.polls
        ),
    )


class _Values:
    """Explains the values of one record."""

    def __init__(self, record: Record) -> None:
        self._document = record.document
        self._language = record.document.language
        self._sentences = record.sentences
        self._names = record.names

    def explained(
        self, id: str, sort: ValueSort, words: Spans, grounds: Iterator[Ground]
    ) -> Explained:
        return Explained(
            id=id,
            sort=sort,
            words=words,
            sentence=sentence_number(self._sentences, words),
            grounds=tuple(grounds),
        )

    def actor(self, actor: Actor) -> Explained:
        return self.explained(actor.id, "actor", actor.mentions, self._of_actor(actor))

    def _of_actor(self, actor: Actor) -> Iterator[Ground]:
        rules = rules_of(actor.basis, self._language) or (Rule(name=NO_ROW),)
        yield Ground(field="code", value=actor.code or "", rules=rules, words=actor.mentions[:1])
        if name := name_of(actor, self._names):
            seen = (Rule(name=NAME),)
            words = (name.span,)
            yield Ground(field="name", value=name.label, rules=seen, words=words, score=name.score)
        yield Ground(field="kind", value=actor.kind)
        if actor.role:
            yield Ground(field="role", value=actor.role)
        if len(actor.mentions) > 1:
            yield Ground(field="mentions", value=str(len(actor.mentions)), words=actor.mentions)

    def time(self, time: Time) -> Explained:
        value = f"{time.type} {time.value}" + (f" {time.mod}" if time.mod else "")
        return self._simple(time.id, "time", time, value)

    def place(self, place: Place) -> Explained:
        parts = (place.name, place.country, place.latitude, place.longitude)
        value = ", ".join(str(part) for part in parts if part is not None)
        return self._simple(place.id, "place", place, value)

    def quantity(self, quantity: Quantity) -> Explained:
        bounds = (quantity.low, quantity.high)
        low, high = ("" if bound is None else f"{bound:.15g}" for bound in bounds)
        value = (low if low == high else f"{low}..{high}") + f" {quantity.of or ''}".rstrip()
        return self._simple(quantity.id, "quantity", quantity, value)

    def _simple(
        self, id: str, sort: ValueSort, item: Time | Place | Quantity, value: str
    ) -> Explained:
        rules = rules_of(item.basis, self._language, sort)
        ground = Ground(field="value", value=value, rules=rules, words=(item.span,))
        return self.explained(id, sort, (item.span,), iter((ground,)))

    def statement(self, statement: Statement) -> Explained:
        words = statement.cue or statement.source.spans or statement.content
        return self.explained(statement.id, "statement", words, self._of_statement(statement))

    def _of_statement(self, statement: Statement) -> Iterator[Ground]:
        rows = rules_of(statement.basis, self._language)
        found = READER if statement.cue else QUOTED_ON
        seen = (Rule(name=POINTS_BACK if POINTS_BACK in (statement.basis or "") else found),)
        speakers = statement.source
        if statement.cue:
            yield Ground(
                field="cue", value="", rules=seen, words=statement.cue, score=statement.score
            )
        if speakers.spans:
            yield Ground(field="source", value="", rules=seen, words=speakers.spans)
        if speakers.actors:
            rules = (Rule(name=ACTORS if speakers.spans else QUOTED_ON),)
            yield Ground(
                field="actors", value=" ".join(speakers.actors), rules=rules, words=speakers.spans
            )
        sure = statement.content_score
        yield Ground(field="content", value="", rules=seen, words=statement.content, score=sure)
        yield Ground(field="kind", value=statement.kind, rules=rows, words=statement.cue)
        if mark := of_statement(self._document, statement.cue, statement.content):
            yield ground_of_certainty(self._document, mark)
        yield Ground(field="quote", value=statement.quote, rules=(Rule(name=MARKS),))
        if statement.within:
            yield Ground(field="within", value=statement.within, rules=(Rule(name=INSIDE),))
