"""Joins the tellings of a report to incidents, or opens new ones; a person's judgements first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import insert

from menurut.ledger import judgements, linking
from menurut.ledger.blocking import LOOSE, looked_up
from menurut.ledger.dialects import insert_new, newest_under
from menurut.ledger.history import PROGRAM, next_id
from menurut.ledger.incidents import Bench, Incident
from menurut.ledger.judgements import Judgement
from menurut.ledger.linking import Link
from menurut.ledger.moving import (
    Anonymous,
    incident_of,
    merge,
    placed,
    told_by_origin,
    voices_of,
)
from menurut.ledger.parameters import pace_of
from menurut.ledger.profiles import joined as together
from menurut.ledger.references import Reference, meant
from menurut.ledger.schema import accounts, names, tellings
from menurut.ledger.series import find_parts, find_series
from menurut.ledger.standing import PRESS, UNNAMED, Ballot, counted
from menurut.ledger.store import Draft
from menurut.ledger.tellings import Telling, Voice

SURE = 100.0
"""The margin of a link that a person made, or that opened the incident."""


class Place(NamedTuple):
    """A telling in its incident."""

    telling: Telling
    id: int
    incident: int
    link: Link
    by: str


class Joiner:
    """The work of joining one report's tellings."""

    def __init__(
        self,
        draft: Draft,
        bench: Bench,
        name: str,
        report: int,
        origin: int,
        publisher: str | None,
        judged: Sequence[Judgement],
        before: Sequence[Any],
    ) -> None:
        self.draft, self.bench = draft, bench
        self.name, self.report, self.origin = name, report, origin
        self.publisher = publisher
        self.judged = [j for j in judged if j.verdict in judgements.PAIRED]
        self.before = [placed(row) for row in before]
        self.joined: set[int] = set()
        self.opened: set[int] = set()
        self.places: list[Place] = []
        self.echoed = told_by_origin(draft, origin) if origin != report else set()
        self._told_in: set[int] = set()
        self._own = (f"{PRESS}{origin}", f"{UNNAMED}{origin}")
        self._known = voices_of(draft, self._own) if origin != report or before else set()
        self._unwritten: set[Anonymous] = set()
        self._keys: dict[int, list[int]] = {}

    def join(self, told: Sequence[Telling]) -> None:
        """Give every telling its incident; loose statements only where there is one for them."""
        self._look_up(told)
        first = next_id(self.draft.connection, tellings)
        for number, telling in enumerate(told, first):
            self._place(number, telling)
        self._tie()

    def _tie(self) -> None:
        """Tie acts of speech to the deed that they speak of."""
        where = {place.telling.event: place.incident for place in self.places}
        for place in self.places:
            incident = self.bench.held[place.incident]
            deeds = [where[e] for e in place.telling.about if e in where]
            if place.telling.type != LOOSE and deeds and incident.about is None:
                incident.about = next((deed for deed in deeds if deed != incident.id), None)

    def _look_up(self, told: Sequence[Telling]) -> None:
        keys = {key for telling in told for key in looked_up(telling.profile)}
        for key, incident in newest_under(
            self.draft.connection, "blocks", "key", "incident", sorted(keys)
        ):
            self._keys.setdefault(key, []).append(incident)
        old = {place.incident for place in self.before} | self.echoed
        self.bench.load(sorted(old.union(*self._keys.values())))

    def _candidates(self, telling: Telling) -> list[Incident]:
        """Those under the telling's keys, those of this report, and where it stood before."""
        ids = {i for key in looked_up(telling.profile) for i in self._keys.get(key, ())}
        ids |= self.opened | self.echoed | {place.incident for place in self.before}
        held = (self.bench.held.get(id) for id in sorted(ids))
        return [incident for incident in held if incident is not None and not incident.gone]

    def _place(self, number: int, telling: Telling) -> None:
        reference = Reference(self.name, *telling.trigger, telling.type)
        wanted, author = self._judged_same(reference, telling)
        barred = self._judged_apart(reference, telling)
        if wanted:
            self._enter(number, telling, wanted[0], Link(("judged_same",), 0.0, SURE), author)
            for other in wanted[1:]:
                self._unite(wanted[0], other)
            return
        found = self._linked(telling, barred)
        if telling.type == LOOSE:
            for incident, link in found[:1]:
                self._enter(number, telling, incident, link, PROGRAM)
            return
        if not found:
            self._open(number, telling)
            return
        incident, link = self._chosen(telling, found)
        self._enter(number, telling, incident, link, PROGRAM)
        self._merge(incident, [other for other, _ in found if other is not incident])

    def _open(self, number: int, telling: Telling) -> None:
        """Open an incident; or again the one that this report alone told of before."""
        incident = self._vacated(telling)
        if incident is None:
            incident = self.bench.open(telling.profile, number)
            self.opened.add(incident.id)
        else:
            self.bench.reopen(incident, telling.profile, number)
        near = self._candidates(telling)
        incident.series = find_series(incident, near)
        for part in find_parts(incident, near):
            part.series, part.touched = incident.id, True
        self._enter(number, telling, incident, Link(("first",), 0.0, SURE), PROGRAM)

    def _vacated(self, telling: Telling) -> Incident | None:
        for id in sorted({place.incident for place in self.before}):
            incident = self.bench.held.get(id)
            if incident is None or not incident.gone:
                continue
            if linking.compare(telling.profile, incident.profile).holds:
                return incident
        return None

    def _linked(self, telling: Telling, barred: set[int]) -> list[tuple[Incident, Link]]:
        """The incidents that a telling fits, best first, the oldest first among equals."""
        loose = telling.type == LOOSE
        open_to = [i for i in self._candidates(telling) if i.id not in barred]
        fits = [(incident, self._weighed(telling, incident)) for incident in open_to]
        held = [(incident, link) for incident, link in fits if link.holds]
        return sorted(
            held,
            key=lambda f: (-f[1].margin, loose and f[0].id not in self._told_in, f[0].id),
        )

    def _weighed(self, telling: Telling, incident: Incident) -> Link:
        if telling.type == LOOSE:
            if any(
                p.incident == incident.id and p.telling.event in telling.about for p in self.places
            ):
                return linking.UNLIKE
            return linking.compare_loose(telling.profile, incident.profile)
        besides = []
        if incident.id in self._told_in:
            besides.append(self._told_apart(telling, incident))
        if incident.id in self.echoed:
            besides.append("same_origin")
        return linking.compare(telling.profile, incident.profile, besides)

    def _told_apart(self, telling: Telling, incident: Incident) -> str:
        """How near this report tells of a telling and of an incident of its own; what is said
        twice in a sentence is said of two things."""
        if pace_of(telling.type) == "speech":
            return "same_report"
        near = (p.telling for p in self.places if p.incident == incident.id)
        alike = any(p.type == telling.type and p.words == telling.words for p in near)
        return "same_sentence" if alike else "same_report"

    def _chosen(
        self, telling: Telling, found: list[tuple[Incident, Link]]
    ) -> tuple[Incident, Link]:
        """The best; after a re-reading the incident in which it stood, if that still fits."""
        stood = meant(Reference(self.name, *telling.trigger, telling.type), self.before)
        for incident, link in found:
            if stood is not None and incident.id == stood.incident:
                return incident, link
        return found[0]

    def _merge(self, incident: Incident, others: list[Incident]) -> None:
        """Incidents that a telling shows to be one, where they fit each other beyond doubt."""
        for other in others:
            link = linking.compare(incident.profile, other.profile)
            if link.holds and not link.doubtful and not self._kept_apart(incident, other):
                into, gone = sorted((incident, other), key=lambda i: i.id)
                self._move_places(into, gone)
                self._unite(into, gone)
                incident = into

    def _unite(self, into: Incident, gone: Incident) -> None:
        twice = {into.id, gone.id} <= self._told_in
        merge(self.draft, self.bench, into, gone, self._unwritten, twice)
        if gone.id in self._told_in:
            self._told_in.add(into.id)
        for voices in (self._unwritten, self._known):
            moved = {voice for voice in voices if voice.incident == gone.id}
            voices -= moved
            voices |= {voice._replace(incident=into.id) for voice in moved}

    def _move_places(self, into: Incident, gone: Incident) -> None:
        """Those of this report too, which are not written yet."""
        moved = [p for p in self.places if p.incident == gone.id]
        self.places = [
            p._replace(incident=into.id) if p.incident == gone.id else p for p in self.places
        ]
        if moved:
            (self.joined if into.id not in self.opened else self.opened).add(into.id)
        self.opened.discard(gone.id)
        self.joined.discard(gone.id)

    def _kept_apart(self, one: Incident, other: Incident) -> bool:
        """Whether a person has judged tellings of the two to be different."""
        both = {one.id, other.id}
        for judgement in judgements.apart(self.draft):
            assert judgement.other is not None
            sides = {incident_of(self.draft, r) for r in (judgement.of, judgement.other)}
            if sides == both:
                return True
        return False

    def _others(self, verdict: str, reference: Reference, telling: Telling) -> list[Judgement]:
        """The judgements of a verdict that speak of a telling, itself as their first side."""
        found = []
        for judgement in self.judged:
            if judgement.verdict != verdict or judgement.other is None:
                continue
            sides = (judgement.of, judgement.other)
            for mine, theirs in (sides, sides[::-1]):
                if mine.report == reference.report and mine.fits(telling):
                    found.append(msgspec.structs.replace(judgement, of=mine, other=theirs))
        return found

    def _judged_same(self, reference: Reference, telling: Telling) -> tuple[list[Incident], str]:
        found: dict[int, Incident] = {}
        author = PROGRAM
        for judgement in self._others("same", reference, telling):
            incident = self._where(judgement.other)
            if incident is not None:
                found[incident.id] = incident
                author = judgement.author
        return [found[id] for id in sorted(found)], author

    def _judged_apart(self, reference: Reference, telling: Telling) -> set[int]:
        found = (self._where(j.other) for j in self._others("different", reference, telling))
        return {incident.id for incident in found if incident is not None}

    def _where(self, reference: Reference | None) -> Incident | None:
        """The incident in which a telling stands, in this report or in another."""
        if reference is None:
            return None
        if reference.report == self.name:
            place = meant(reference, [_Stands(p.telling, p.incident) for p in self.places])
            id = place.incident if place else None
        else:
            id = incident_of(self.draft, reference)
        if id is None:
            return None
        self.bench.load([id])
        incident = self.bench.held.get(id)
        return None if incident is None or incident.gone else incident

    def _enter(
        self, number: int, telling: Telling, incident: Incident, link: Link, by: str
    ) -> None:
        incident.touched = True
        ballots = [self._ballot(incident.id, voice) for voice in telling.voices]
        new_report = incident.id not in self._told_in
        status = None if telling.type == LOOSE else telling.status
        incident.tally = counted(incident.tally, status, ballots, new_report)
        self._told_in.add(incident.id)
        if self.publisher:
            incident.publishers.add(self.publisher)
        if telling.type != LOOSE:
            incident.profile = together(incident.profile, telling.profile)
        if incident.id not in self.opened:
            self.joined.add(incident.id)
        self.places.append(Place(telling, number, incident.id, link, by))

    def _ballot(self, incident: int, voice: Voice) -> Ballot:
        found = Anonymous(incident, self._source(voice), voice.stance)
        known = found in self._known or found in self._unwritten
        if found.source in self._own:
            self._unwritten.add(found)
        return Ballot(found.source, found.stance, voice.kind, known=known)

    def _source(self, voice: Voice) -> str:
        """The key of a source: a party; else the report, or its origin where it is a copy."""
        press, unnamed = self._own
        return press if voice.source is None else voice.source.key or unnamed

    def write(self) -> None:
        """Write the tellings and accounts down."""
        if not self.places:
            return
        connection, since = self.draft.connection, self.draft.revision
        connection.execute(
            insert(tellings), [self._telling(place) | {"since": since} for place in self.places]
        )
        self._write_names()
        first = next_id(connection, accounts)
        rows = [(place, voice) for place in self.places for voice in place.telling.voices]
        connection.execute(
            insert(accounts),
            [
                self._account(place, voice) | {"id": id, "since": since}
                for id, (place, voice) in enumerate(rows, first)
            ],
        )

    def _write_names(self) -> None:
        told = [place.telling for place in self.places]
        parties = [party for t in told for party in (*t.actors, *t.recipients)]
        parties += [voice.source for t in told for voice in t.voices if voice.source]
        held = dict.fromkeys((party.key, party.person) for party in parties if party.key)
        rows = [{"party": key, "name": name} for key, name in sorted(held)]
        insert_new(self.draft.connection, names, rows)

    def _telling(self, place: Place) -> dict[str, Any]:
        telling = place.telling
        return {
            "id": place.id,
            "report": self.report,
            "event": telling.event,
            "type": telling.type,
            "mode": telling.mode,
            "status": telling.status,
            "actors": _text(telling.actors),
            "recipients": _text(telling.recipients),
            "place": telling.place,
            "figures": _text(telling.figures),
            "start": telling.trigger[0],
            "end": telling.trigger[1],
            "sentence": telling.words,
            "profile": _text(telling.profile),
        }

    def _account(self, place: Place, voice: Voice) -> dict[str, Any]:
        return {
            "incident": place.incident,
            "telling": place.id,
            "report": self.report,
            "source": self._source(voice),
            "name": voice.source.name if voice.source else None,
            "code": voice.source.code if voice.source else None,
            "stance": voice.stance,
            "statement": voice.statement,
            "kind": voice.kind,
            "start": voice.span[0],
            "end": voice.span[1],
            "said_on": voice.said_on,
            "reasons": _text(place.link.reasons),
            "margin": place.link.margin,
            "linked_by": place.by,
        }


class _Stands(NamedTuple):
    """A telling of this report, already placed."""

    telling: Telling
    incident: int

    @property
    def type(self) -> str:
        return self.telling.type

    @property
    def trigger(self) -> tuple[int, int]:
        return self.telling.trigger


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
