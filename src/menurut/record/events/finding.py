"""PLOVER events: who did what to whom, told by whom, done or only planned.

Words that may be predicates are matched against the frames of the predicate table, their
arguments found on the tree, and the tellings of one happening brought together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from menurut.contract import Actor, Event, Place, Quantity, Statement, Time
from menurut.reader.document import Document
from menurut.record.events.background import is_history
from menurut.record.events.circumstances import Circumstances
from menurut.record.events.coding import code_tellings
from menurut.record.events.denials import deny
from menurut.record.events.happenings import Happening, bring_together
from menurut.record.events.lands import Lands
from menurut.record.events.tellings import Actors, Telling, plover, spans_of


def find_events(
    document: Document,
    actors: Actors,
    statements: Sequence[Statement],
    times: Sequence[Time],
    places: Sequence[Place],
    quantities: Sequence[Quantity],
    published: date | None = None,
) -> tuple[tuple[Event, ...], tuple[Actor, ...]]:
    """The events of a report, in text order, each happening once.

    With them the countries that they reach and that only a place names, as actors of their own.
    """
    circumstances = Circumstances(document, times, places, quantities)
    lands = Lands(document, actors)
    tellings = code_tellings(document, lands, statements, circumstances)
    happenings = deny(document, lands, statements, bring_together(lands, tellings))
    ordered = sorted(happenings, key=lambda h: (h.main.word, h.main.type))
    events = tuple(_event(document, h, f"e{n}", published) for n, h in enumerate(ordered, 1))
    return events, lands.added(i for event in events for i in (*event.actors, *event.recipients))


def _each_other(main: Telling) -> tuple[str, ...]:
    """The actors of a mutual act, where its type asks for recipients."""
    mutual = plover("type")[main.type]["recipient"] == "yes" and len(main.actors) > 1
    return main.actors if mutual else ()


def _event(document: Document, happening: Happening, name: str, published: date | None) -> Event:
    main = happening.main
    done = main.judgement.status in ("actual", "denied")
    return Event(
        id=name,
        type=main.type,
        mode=main.mode,
        contexts=main.contexts,
        trigger=spans_of(document, main.words),
        mentions=tuple(spans_of(document, t.words) for t in happening.tellings if t is not main),
        actors=main.actors,
        recipients=main.recipients or _each_other(main),
        time=main.time,
        place=main.place,
        quantities=main.quantities,
        status=main.judgement.status,
        background=done and is_history(main.time, published),
        according_to=tuple(happening.according_to),
        denied_by=tuple(happening.denied_by),
        basis="; ".join((main.origin, *main.judgement.basis)),
    )
