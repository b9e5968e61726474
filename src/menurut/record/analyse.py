"""One report's record: from a read document to actors, times, places, statements, events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from menurut.contract import (
    Actor,
    Event,
    Name,
    Place,
    Quantity,
    Span,
    Spans,
    Statement,
    Time,
    Vote,
)
from menurut.reader.document import Document, NameRange
from menurut.record.actors import Knowledge, resolve_actors
from menurut.record.events import Circumstances, Happening, Lands, as_events, find_happenings
from menurut.record.places import find_places
from menurut.record.quantities import find_quantities, with_givers
from menurut.record.scores import scored_events, scored_names, scored_statements
from menurut.record.statements import find_statements
from menurut.record.times import find_times
from menurut.record.votes import Poll, find_polls

_NOMINAL = frozenset({"ADJ", "NOUN", "NUM", "PROPN", "X"})


@dataclass(frozen=True, slots=True)
class Record:
    """What the record knows of one report.

    ``document``: as the rules saw it, without false names. ``who``, ``happenings``,
    ``polls``: what lies behind the actors, the events and the votes, for those who ask why
    (``menurut.record.grounds``).
    """

    document: Document
    who: Lands
    happenings: tuple[Happening, ...]
    sentences: Spans
    names: tuple[Name, ...]
    actors: tuple[Actor, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    votes: tuple[Vote, ...] = ()
    polls: tuple[Poll, ...] = ()


def make_record(
    document: Document,
    published_at: datetime | None,
    datelines: Sequence[Span] = (),
    knowledge: Knowledge | None = None,
) -> Record:
    """Everything that a document tells.

    Relative times stay so without ``published_at``. ``datelines``: the spans of the places where
    the report was filed, which are no words of the document. ``knowledge``: what earlier reports
    have taught of people.
    """
    stretches = [document.span(start, end) for start, end in document.paragraphs]
    times = find_times(document.text, document.language, published_at, document, stretches)
    document = replace(document, names=_true_names(document, times))
    actors = resolve_actors(document, knowledge, published_at)
    statements = scored_statements(document, find_statements(document, actors))
    places = find_places(document, datelines=datelines)
    figures = find_quantities(document, [time.span for time in times])
    quantities = with_givers(figures, statements)
    circumstances = Circumstances(document, times, places, quantities, published_at)
    lands = Lands(document, actors)
    happenings = tuple(find_happenings(document, lands, statements, circumstances))
    events = scored_events(document, as_events(document, circumstances, happenings))
    polls = find_polls(document, actors.all, times, statements, events)
    return Record(
        document=document,
        who=lands,
        happenings=happenings,
        sentences=tuple(
            document.span(*words)
            for words, kind in zip(document.sentences, document.kinds, strict=True)
            if kind == "body"
        ),
        names=tuple(scored_names(document, document.names)),
        actors=(*actors.all, *lands.reached(events)),
        times=times,
        places=places,
        quantities=quantities,
        statements=statements,
        events=events,
        votes=tuple(poll.vote for poll in polls),
        polls=polls,
    )


def _true_names(document: Document, times: Sequence[Time]) -> tuple[NameRange, ...]:
    """The names, less those that a time expression holds (``May 20``) or that hold no noun."""
    found = []
    for name in document.names:
        start, end = document.span(name.start, name.end)
        dated = any(time.span[0] <= start and end <= time.span[1] for time in times)
        if not dated and not _NOMINAL.isdisjoint(document.upos[name.start : name.end]):
            found.append(name)
    return tuple(found)
