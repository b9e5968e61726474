"""How sure the reader model is of what the record took from it.

Scores are chances as the model gives them, to two digits: they tell sure readings from doubtful
ones, and are no measured accuracy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from menurut.contract import Actor, Event, Name, Span, Spans, Statement
from menurut.reader.document import Document, NameRange, Range


def rounded(score: float) -> float:
    """A chance to two digits."""
    return round(float(score), 2)


def scored_names(document: Document, names: Iterable[NameRange]) -> Iterator[Name]:
    """The names with their scores."""
    for name in names:
        yield Name(document.span(name.start, name.end), name.label, rounded(name.score))


def scored_statements(document: Document, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, with the scores of those whose words of saying the model found."""
    seen = [(document.spans(found.cue), found) for found in document.statements]
    scored = []
    for statement in statements:
        found = next((f for cue, f in seen if _meet(cue, statement.cue)), None)
        scored.append(
            statement
            if found is None
            else msgspec.structs.replace(
                statement,
                score=rounded(found.score),
                content_score=rounded(found.content_score),
            )
        )
    return tuple(scored)


def scored_events(document: Document, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, with the scores of those of which the model sees one of their type there."""
    seen = [(found.type, _span(document, found.trigger), found.score) for found in document.events]
    scored = []
    for event in events:
        scores = [s for type, at, s in seen if type == event.type and _meet((at,), event.trigger)]
        best = rounded(max(scores)) if scores else None
        scored.append(event if best is None else msgspec.structs.replace(event, score=best))
    return tuple(scored)


def name_of(actor: Actor, names: Sequence[Name]) -> Name | None:
    """The first name by which a report calls an actor, as the model found it."""
    return next(
        (n for n in names if n.score is not None and _meet((n.span,), actor.mentions)), None
    )


def _span(document: Document, words: Range) -> Span:
    return document.span(*words)


def _meet(some: Spans, others: Spans) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in some for b in others)
