"""Puts the names of one person together: full names, surnames, names with and without a title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from menurut.reader.document import Document
from menurut.record.actors.knowledge import is_same
from menurut.record.actors.phrase import Phrase
from menurut.world import Leader, leaders, name_words

Words = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Person:
    """One person of a report: the fullest name, and every phrase that names them."""

    words: Words
    phrases: list[Phrase] = field(default_factory=list)
    full: int = 0

    def titles(self) -> list[Phrase]:
        return [title for phrase in self.phrases for title in phrase.titles]

    def owners(self) -> list[Phrase]:
        return [owner for phrase in self.phrases for owner in phrase.owners]

    def leader(self) -> Leader | None:
        return leaders().get(self.words)


def group_people(document: Document, phrases: Iterable[Phrase]) -> dict[Phrase, Person]:
    """The person of each phrase that is a person's name.

    A short form goes to the person of that name who is named in full most often, the earlier
    one of two alike.
    """
    named = [(p, _words(document, p)) for p in phrases if p.sort == "person"]
    people: list[Person] = []
    found: dict[Phrase, Person] = {}
    for phrase, words in named:
        if len(words) > 1:
            found[phrase] = person = _same_full(people, words) or _new(people, words)
            person.words = max(person.words, words, key=len)
            person.phrases.append(phrase)
            person.full += 1
    alone: dict[Words, Person] = {}
    for phrase, words in named:
        if len(words) == 1:
            person = alone.get(words) or _best(people, words[0]) or _new(people, words)
            alone[words] = person
            found[phrase] = person
            person.phrases.append(phrase)
    for person in people:
        person.phrases.sort(key=lambda p: p.item.start)
    return found


def _words(document: Document, phrase: Phrase) -> Words:
    start, end = document.span(phrase.item.start, phrase.item.end)
    text = document.text[start:end]
    return name_words(text) or (text,)


def _new(people: list[Person], words: Words) -> Person:
    person = Person(words)
    people.append(person)
    return person


def _same_full(people: list[Person], words: Words) -> Person | None:
    """The person whose full name this one is, or is a part of."""
    for person in people:
        if is_same(person.words, words):
            return person
    return None


def _best(people: list[Person], word: str) -> Person | None:
    bearing = [p for p in people if len(p.words) > 1 and word in p.words]
    return max(bearing, key=lambda p: p.full, default=None)
