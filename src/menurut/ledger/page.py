"""One report with its analysis, indexed: what the ledger looks up while it takes its tellings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from menurut.contract import Actor, Analysis, Place, Quantity, Report, Span, Spans, Statement
from menurut.ledger.intervals import day_of
from menurut.ledger.parties import Party, party
from menurut.ledger.spots import SMALL, Spot
from menurut.ledger.stems import stems

_LONGEST = 400


class Page:
    """A report and its analysis, by ids and by stretches of the text."""

    def __init__(self, report: Report, analysis: Analysis) -> None:
        self.text = report.text
        self.analysis = analysis
        self.day = day_of(analysis.published_at)
        self.actors: dict[str, Actor] = {actor.id: actor for actor in analysis.actors}
        people = [n.span for n in analysis.names if n.label == "PER"]
        self.parties = {actor.id: party(actor, people) for actor in analysis.actors}
        self.places: dict[str, Place] = {place.id: place for place in analysis.places}
        self.quantities: dict[str, Quantity] = {q.id: q for q in analysis.quantities}
        self.statements: dict[str, Statement] = {s.id: s for s in analysis.statements}

    def sides(self, ids: Iterable[str]) -> tuple[Party, ...]:
        return tuple(self.parties[id] for id in ids if id in self.parties)

    def known(self, ids: Iterable[str]) -> list[Statement]:
        return [self.statements[id] for id in ids if id in self.statements]

    def innermost(self, ids: Iterable[str]) -> list[Statement]:
        """The statements of ``ids`` that hold no other of them."""
        found = self.known(ids)
        outer = {statement.within for statement in found}
        return [statement for statement in found if statement.id not in outer]

    def resting_on(self, statements: Iterable[str], besides: str | None = None) -> tuple[str, ...]:
        """The events that statements tell of or deny."""
        wanted = set(statements)
        return tuple(
            e.id
            for e in self.analysis.events
            if e.id != besides and wanted.intersection((*e.according_to, *e.denied_by))
        )

    def mentioned(self, actor: str, spans: Spans) -> bool:
        return any(within(mention, spans) for mention in self.actors[actor].mentions)

    def lands(self, spans: Spans) -> list[Party]:
        """The countries of the places that stand in a stretch."""
        met = [p for p in self.places.values() if p.country and within(p.span, spans)]
        return [Party(p.country, p.name, p.country) for p in met if p.country]

    def only_spot(self, spans: Spans) -> tuple[Spot, ...]:
        """The one place within a country that some words name; none where they name more."""
        near = [p for p in self.places.values() if within(p.span, spans)]
        small = {p.geonames: p for p in near if p.kind in SMALL and p.geonames}
        return tuple(map(spot, small.values())) if len(small) == 1 else ()

    def stems(self, text: str) -> list[str]:
        return stems(text, self.analysis.language)

    def words(self, spans: Spans) -> str:
        text = " … ".join(" ".join(self.text[start:end].split()) for start, end in spans)
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"

    @cached_property
    def names(self) -> set[str]:
        """The stems of names, which say who, not what."""
        return {s for name in self.analysis.names for s in self.stems(self.text[slice(*name.span)])}

    @cached_property
    def nobody(self) -> set[str]:
        """The keys of people without a name, a country or a body: ``people``, ``dua anak``."""
        named = [name.span for name in self.analysis.names]
        return {
            self.parties[actor.id].key
            for actor in self.analysis.actors
            if actor.code is None
            and actor.kind in ("group", "person")
            and not any(overlap(mention, name) for mention in actor.mentions for name in named)
        }

    @cached_property
    def lines(self) -> list[Span]:
        return sorted(self.analysis.sentences)

    def sentence(self, span: Span) -> Span:
        """The sentences that a span touches, or its line where it stands in none."""
        met = [line for line in self.lines if overlap(line, span)]
        if met:
            return met[0][0], met[-1][1]
        close = self.text.find("\n", span[1])
        start = self.text.rfind("\n", 0, span[0]) + 1
        return start, close if close >= 0 else len(self.text)


def spot(place: Place) -> Spot:
    """What is compared of a place."""
    where = (place.latitude, place.longitude)
    return Spot(place.geonames, place.country, place.name, *where, place.kind)


def hull(spans: Spans) -> Span:
    """From the first to the last of some spans."""
    return min((s for s, _ in spans), default=0), max((e for _, e in spans), default=0)


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def within(span: Span, spans: Spans) -> bool:
    """Whether a span lies in one of some others."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)
