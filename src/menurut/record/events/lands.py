"""Countries that a report names only by a place of theirs, where an event reaches them.

A town that is merely where something happens is a place; one that is struck, helped or visited
stands for its country, which is then an actor like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

from menurut.contract import Actor, Event
from menurut.reader.document import Document
from menurut.record.events.syntax import relation
from menurut.record.events.tellings import Actors
from menurut.record.places import locate
from menurut.tables import language_table

_BESIDE = frozenset({"amod", "compound"})
_TOWN = 50_000
"""The people of a town that is meant though the report names nothing else of its country."""
_KIND = "state"
_BASIS = "the country of a place"


class Lands:
    """The actors of a report, and the countries of its places as they are asked for."""

    def __init__(self, document: Document, actors: Actors) -> None:
        self._document = document
        self._actors = actors
        self._added: dict[str, Actor] = {}
        self._codes: dict[str, str] = {}

    @property
    def all(self) -> tuple[Actor, ...]:
        return self._actors.all

    def of_word(self, word: int) -> tuple[str, ...]:
        return self._actors.of_word(word)

    def code(self, actor: str) -> str | None:
        return self._codes.get(actor) or self._actors.code(actor)

    def country(self, code: str) -> tuple[str, ...]:
        return self._actors.country(code)

    def of_place(self, word: int, land: str) -> tuple[str, ...]:
        """The state that a place lies in; where the report has not named it, it is added."""
        return self._actors.country(land) or self.soil(word, land)

    def beside(self, word: int) -> str | None:
        """The country that an adjective gives a mere place: ``a Palestinian village``."""
        document = self._document
        adjectives = _adjectives(document.language)
        beside = (c for c in document.children[word] if relation(document, c) in _BESIDE)
        return next((adjectives[f] for c in beside if (f := document.forms[c]) in adjectives), None)

    def located(self, word: int) -> str | None:
        """The country of a name that stands where a party does (``an attack on Kharkiv``), by the
        gazetteer: no sign of place is asked for there."""
        document = self._document
        name = next((n for n in document.names if n.start <= word < n.end), None)
        if name is None or name.label != "LOC":
            return None
        start, end = document.span(name.start, name.end)
        known = {code[:3] for a in self.all if (code := a.code)}
        place = locate(document.text[start:end], document.language, known)
        if place is None or (place.population < _TOWN and place.country not in known):
            return None
        return place.country

    def soil(self, word: int, land: str) -> tuple[str, ...]:
        """A place's country itself, added, whoever of it the report names."""
        span = self._document.starts[word], self._document.ends[word]
        actor = self._added.get(land)
        if actor is None:
            number = len(self._actors.all) + len(self._added) + 1
            name = _names(self._document.language).get(land, land)
            actor = Actor(
                id=f"a{number}", name=name, code=land, kind=_KIND, mentions=(), basis=_BASIS
            )
            self._codes[actor.id] = land
        if span not in actor.mentions:
            mentions = tuple(sorted((*actor.mentions, span)))
            actor = msgspec.structs.replace(actor, mentions=mentions)
        self._added[land] = actor
        return (actor.id,)

    def reached(self, events: Iterable[Event]) -> tuple[Actor, ...]:
        """The added countries that are parties of events."""
        ids = {i for event in events for i in (*event.actors, *event.recipients)}
        return tuple(actor for actor in self._added.values() if actor.id in ids)


@cache
def _adjectives(language: str) -> dict[str, str]:
    """The country of each adjective of a language."""
    rows = language_table(language, "countries")
    return {form: row["code"] for row in rows for form in row["adjectives"].split("|") if form}


@cache
def _names(language: str) -> dict[str, str]:
    """The preferred name of each country in a language."""
    rows = language_table(language, "countries")
    return {row["code"]: row["names"].partition("|")[0] for row in rows}
