"""What the ledger keeps of a report and its analysis: tellings, and who vouches for them.

A telling is one event of one report, or a statement that no event rests on but that speaks of
parties and figures. Its voices are the sources that affirm, deny or doubt it. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from menurut.contract import Analysis, Event, Quantity, Report, Span, Statement
from menurut.ledger.blocking import LOOSE
from menurut.ledger.intervals import Interval, interval, iso
from menurut.ledger.matters import matters
from menurut.ledger.page import Page, hull, overlap, spot, within
from menurut.ledger.parameters import pace_of
from menurut.ledger.parties import Party, root
from menurut.ledger.profiles import Figure, Profile
from menurut.ledger.spots import Spot

Stance = Literal["affirms", "denies", "doubts"]
_WITNESS = frozenset({"deny", "confirm", "conclude", "estimate", "accuse"})
_STEM = 4


class Said(msgspec.Struct, frozen=True):
    """A figure as a source gives it."""

    words: str
    low: float | None
    high: float | None
    approximate: bool
    of: str | None


class Voice(msgspec.Struct, frozen=True):
    """Whose version a telling is. ``source``: None for the report's own voice.

    ``words``: the statement, or the sentence, as the report has it; ``span``: where it stands.
    """

    source: Party | None
    stance: Stance
    statement: str | None
    kind: str | None
    words: str
    span: Span
    said_on: str | None


class Telling(msgspec.Struct, frozen=True):
    """An event, or a loose statement, of one report, ready to be linked.

    ``about``: for an act of speech, the events that the statement speaks of; for a loose statement,
    those that rest on it already.
    """

    event: str
    type: str
    mode: str | None
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    trigger: Span
    words: str
    place: str | None
    figures: tuple[Said, ...]
    voices: tuple[Voice, ...]
    profile: Profile
    about: tuple[str, ...] = ()


def tellings(report: Report, analysis: Analysis) -> list[Telling]:
    """What the ledger keeps of a report, in text order; loose statements last."""
    return _Teller(report, analysis).all()


class _Teller(Page):
    """Takes the tellings of one report."""

    def all(self) -> list[Telling]:
        events = sorted(self.analysis.events, key=lambda e: hull(e.trigger))
        return [*map(self.telling, events), *map(self.loose, self.loose_statements())]

    def telling(self, event: Event) -> Telling:
        actors, recipients = self.sides(event.actors), self.sides(event.recipients)
        if event.status == "denied" and not (actors and recipients):
            named = {p.key for p in recipients}
            deniers = (p for p in self.deniers(event) if p.key not in named)
            actors = tuple(dict.fromkeys((*actors, *deniers)))
        where = hull(event.trigger)
        around = self.sentence(where)
        said = self.figures(event, self.scope(event, around))
        place = self.places.get(event.place or "")
        return Telling(
            event=event.id,
            type=event.type,
            mode=event.mode,
            status=event.status,
            actors=actors,
            recipients=recipients,
            trigger=where,
            words=self.words((around,)),
            place=place.name if place else None,
            figures=tuple(map(self.said, said)),
            voices=tuple(dict.fromkeys(self.voices(event, around))),
            profile=self.profile(event, actors, recipients, said, self.scope(event, around)),
            about=self.about(event),
        )

    def profile(
        self,
        event: Event,
        actors: tuple[Party, ...],
        recipients: tuple[Party, ...],
        said: list[Quantity],
        scope: Span,
    ) -> Profile:
        text = self.stems(self.text[slice(*scope)])
        content = {s for s in text if len(s) >= _STEM} - self.names
        told = None if self.day is None else Interval(self.day, self.day)
        return Profile(
            type=event.type,
            modes=frozenset([event.mode] if event.mode else []),
            actors=_keys(p for p in actors if p.key not in self.nobody),
            recipients=_keys(p for p in recipients if p.key not in self.nobody),
            persons=_named({"actors": actors, "recipients": recipients}),
            when=self.when(event),
            told=told,
            places=self.spots(event, scope),
            figures=tuple(map(self.figure, said)),
            matters=matters(text, self.analysis.language),
            words={self.analysis.language: frozenset(content)},
            statuses=frozenset([event.status]),
        )

    def when(self, event: Event) -> Interval | None:
        """The days of an event; those on which something was announced are not its own."""
        found = interval(event.time, self.day)
        past = found is not None and self.day is not None and found.last <= self.day
        return None if past and event.status == "planned" else found

    def about(self, event: Event) -> tuple[str, ...]:
        """The events that an act of speech speaks of: those told or denied by its statement."""
        if pace_of(event.type) != "speech":
            return ()
        cued = [
            s.id
            for s in self.analysis.statements
            if any(overlap(t, c) for t in event.trigger for c in s.cue)
        ]
        return self.resting_on(cued, besides=event.id)

    def figures(self, event: Event, scope: Span) -> list[Quantity]:
        """The figures of an event; where it has none, those of the words that tell of it alone."""
        own = [self.quantities[q] for q in event.quantities if q in self.quantities]
        if own or any(within(hull(e.trigger), (scope,)) for e in self.others(event)):
            return own
        return [q for q in self.quantities.values() if within(q.span, (scope,))]

    def others(self, event: Event) -> Iterator[Event]:
        return (e for e in self.analysis.events if e.id != event.id)

    def spots(self, event: Event, scope: Span) -> tuple[Spot, ...]:
        """Where an event is: its place, else the one place within a country that its words name."""
        place = self.places.get(event.place or "")
        return (spot(place),) if place else self.only_spot((scope,))

    def scope(self, event: Event, around: Span) -> Span:
        """Where an event is told: its statement, within the sentence of its trigger."""
        start, end = hull(event.trigger)
        for id in reversed(event.according_to):
            statement = self.statements.get(id)
            for first, last in statement.content if statement else ():
                if first <= start and end <= last:
                    return max(first, around[0]), min(last, around[1])
        return around

    def voices(self, event: Event, around: Span) -> Iterator[Voice]:
        stance = stance_of(event.status)
        told = self.innermost(event.according_to)
        if not told:
            yield Voice(None, stance, None, None, self.words((around,)), around, None)
        for statement in told:
            yield from self.voices_of(statement, stance)
        for statement in self.known(event.denied_by):
            yield from self.voices_of(statement, "denies")
        for denier in self.answers(event, around):
            yield Voice(denier, "denies", None, None, self.words((around,)), around, None)

    def answers(self, event: Event, around: Span) -> list[Party]:
        """Parties of a deed that reject, in the sentence in which others tell of it, what is said.

        ``Washington says Pyongyang armed Moscow, which both deny``: a denial that the reader has
        as an act alone.
        """
        if event.denied_by or event.status != "actual" or not event.according_to:
            return []
        sides = {p.key for p in self.sides(event.actors + event.recipients)}
        acts = [e for e in self.analysis.events if e.type == "REJECT" and e.mode is None]
        near = [e for e in acts if within(hull(e.trigger), (around,)) and e.status == "actual"]
        own = [e for e in near if not set(e.according_to) & set(event.according_to)]
        return [p for e in own for p in self.sides(e.actors) if p.key in sides]

    def deniers(self, event: Event) -> Iterator[Party]:
        """Who denies an event: a party to it, where another is not named (``denied a deal``)."""
        for statement in self.innermost(event.according_to):
            yield from (source for source in self.sources(statement) if source.key)

    def voices_of(self, statement: Statement, stance: Stance) -> Iterator[Voice]:
        span = hull(statement.source.spans + statement.cue + statement.content)
        words = self.words(statement.content or (span,))
        said_on = self.said_on(statement)
        for source in self.sources(statement):
            yield Voice(source, stance, statement.id, statement.kind, words, span, said_on)

    def sources(self, statement: Statement) -> tuple[Party, ...]:
        """Who makes a statement; one unnamed party where no actor is known."""
        named = self.sides(statement.source.actors)
        if named:
            return tuple({p.key: p for p in named}.values())
        name = self.words(statement.source.spans)
        return (Party("", name),)

    def said_on(self, statement: Statement) -> str | None:
        """The day on which it was said: that of the act of speech at the same cue."""
        for event in self.analysis.events:
            if event.time and any(overlap(t, c) for t in event.trigger for c in statement.cue):
                stretch = interval(event.time)
                return iso(stretch.first) if stretch and stretch.days == 1 else event.time
        return None

    def loose_statements(self) -> Iterator[Statement]:
        """Statements that no event tells of, that nests no other, and that speak of a party."""
        outer = {statement.within for statement in self.analysis.statements}
        for statement in self.analysis.statements:
            whole = statement.id not in outer and statement.content
            if whole and self.bears_witness(statement) and not self.told_whole(statement):
                yield statement

    def told_whole(self, statement: Statement) -> bool:
        """Whether the events that rest on a statement have all the parties that it speaks of."""
        ids = set(self.resting_on([statement.id]))
        events = [e for e in self.analysis.events if e.id in ids]
        sides = {root(p.key) for e in events for p in self.sides((*e.actors, *e.recipients))}
        return bool(events) and {root(p.key) for p in self.spoken_of(statement)} <= sides

    def spoken_of(self, statement: Statement) -> list[Party]:
        """The parties and countries that a statement speaks of."""
        named = [p for a, p in self.parties.items() if self.mentioned(a, statement.content)]
        return named + self.lands(statement.content)

    def bears_witness(self, statement: Statement) -> bool:
        """Whether a statement says how things are, and not what is feared, asked or promised."""
        counts = (q for q in self.quantities.values() if within(q.span, statement.content))
        return statement.kind in _WITNESS or (statement.kind == "say" and any(counts))

    def loose(self, statement: Statement) -> Telling:
        content = hull(statement.content)
        named = self.spoken_of(statement)
        if statement.kind == "deny":
            named += [p for p in self.sources(statement) if p.key]
        parties = tuple({p.key: p for p in named}.values())
        said = [q for q in self.quantities.values() if within(q.span, statement.content)]
        text = self.stems(self.words(statement.content))
        told = None if self.day is None else Interval(self.day, self.day)
        return Telling(
            event=statement.id,
            type=LOOSE,
            mode=None,
            status="denied" if statement.kind == "deny" else "actual",
            actors=parties,
            recipients=(),
            trigger=content,
            words=self.words(statement.content),
            place=None,
            about=self.resting_on([statement.id]),
            figures=tuple(map(self.said, said)),
            voices=tuple(
                self.voices_of(statement, "denies" if statement.kind == "deny" else "affirms")
            ),
            profile=Profile(
                type=LOOSE,
                actors=_keys(parties),
                told=told,
                places=self.only_spot(statement.content),
                figures=tuple(map(self.figure, said)),
                matters=matters(text, self.analysis.language),
                words={self.analysis.language: frozenset(s for s in text if len(s) >= _STEM)},
            ),
        )

    def said(self, quantity: Quantity) -> Said:
        start, end = quantity.span
        words = self.text[start:end]
        return Said(words, quantity.low, quantity.high, quantity.approximate, quantity.of)

    def figure(self, quantity: Quantity) -> Figure:
        of = " ".join(sorted(matters(self.stems(quantity.of or ""), self.analysis.language)))
        return Figure(quantity.low, quantity.high, of or (quantity.of or ""))


def stance_of(status: str) -> Stance:
    """What whoever tells of an event of this status says of it."""
    stances: dict[str, Stance] = {"denied": "denies", "possible": "doubts"}
    return stances.get(status, "affirms")


def _keys(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party.key for party in parties))


def _named(sides: dict[str, tuple[Party, ...]]) -> dict[str, tuple[str, ...]]:
    found = {side: tuple(p.person for p in parties if p.person) for side, parties in sides.items()}
    return {side: persons for side, persons in found.items() if persons}
