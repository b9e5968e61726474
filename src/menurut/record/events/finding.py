"""PLOVER events: who did what to whom, told by whom, done or only planned.

Words that may be predicates are matched against the frames of the predicate table, their
arguments found on the tree, and the tellings of one happening brought together.
"""

from __future__ import annotations

from collections.abc import Sequence

from menurut.contract import Event, Statement
from menurut.reader.document import Document
from menurut.record.certainty import of_happening
from menurut.record.events.background import background
from menurut.record.events.circumstances import Circumstances, When
from menurut.record.events.denials import deny
from menurut.record.events.gathering import gather_tellings
from menurut.record.events.happenings import Happening, bring_together
from menurut.record.events.lands import Lands
from menurut.record.events.tellings import Telling, plover, spans_of
from menurut.record.events.voices import words_of


def find_happenings(
    document: Document,
    actors: Lands,
    statements: Sequence[Statement],
    circumstances: Circumstances,
) -> list[Happening]:
    """What happens in a report, in text order, each happening once with all its tellings."""
    tellings = gather_tellings(document, actors, statements, circumstances)
    happenings = deny(document, actors, statements, bring_together(actors, tellings))
    return sorted(happenings, key=lambda h: (h.main.word, h.main.type))


def as_events(
    document: Document, circumstances: Circumstances, happenings: Sequence[Happening]
) -> tuple[Event, ...]:
    """The happenings as the contract has them."""
    return tuple(_event(document, circumstances, h, f"e{n}") for n, h in enumerate(happenings, 1))


def _when(document: Document, circumstances: Circumstances, main: Telling) -> When | None:
    told_by = main.told_by
    cue = words_of(document, told_by.cue) if told_by else ()
    return main.time or circumstances.time_beyond(main.word, cue, main.judgement.status)


def _each_other(main: Telling) -> tuple[str, ...]:
    """The actors of a mutual act, where its type asks for recipients."""
    mutual = plover("type")[main.type]["recipient"] == "yes" and len(main.actors) > 1
    return main.actors if mutual else ()


def _event(
    document: Document, circumstances: Circumstances, happening: Happening, name: str
) -> Event:
    main = happening.main
    when = _when(document, circumstances, main)
    mark = of_happening(document, main.word, main.told_by)
    past = background(document, main, when, circumstances.published)
    if past is not None and when is not None and when.basis == "report":
        when = None
    return Event(
        id=name,
        type=main.type,
        mode=main.mode,
        contexts=main.contexts,
        trigger=spans_of(document, main.words),
        mentions=tuple(spans_of(document, t.words) for t in happening.tellings if t is not main),
        actors=main.actors,
        recipients=main.recipients or _each_other(main),
        time=when.value if when else None,
        time_basis=when.basis if when else None,
        times=when.times if when else (),
        place=main.place,
        quantities=main.quantities,
        status=main.judgement.status,
        background=past is not None,
        certainty=mark.certainty if mark else None,
        according_to=tuple(happening.according_to),
        denied_by=tuple(happening.denied_by),
        basis="; ".join((main.origin, *(sign.form for sign in main.judgement.basis))),
    )
