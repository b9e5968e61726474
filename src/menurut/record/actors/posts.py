"""Who holds which post, so that a title alone means the person who was named with it."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.reader.document import Document
from menurut.record.actors.coding import Coder
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.people import Person
from menurut.record.actors.phrase import Phrase

_PERSONAL = frozenset({"title", "people"})
_Titled = tuple[int, frozenset[str], Person]


class Posts:
    """The titles that come with names in one document."""

    def __init__(
        self, document: Document, coder: Coder, people: Iterable[Person], rules: Grammar
    ) -> None:
        self._document = document
        self._rules = rules
        self._offices: dict[tuple[str, str | None], Person] = {}
        self._titled: dict[str, list[_Titled]] = {}
        for person in dict.fromkeys(people):
            self._note_offices(person, coder.of_person(person).country)
            self._note_words(person)
        for named in self._titled.values():
            named.sort(key=lambda titled: titled[0])

    def holder(self, phrase: Phrase, country: str | None) -> Person | None:
        """The person whom a title without a name means, if one is known.

        A title that points back means whoever was named with it last; one with a country, or
        before any name, the holder of the office.
        """
        if phrase.sort not in _PERSONAL or phrase.plural:
            return None
        alone = not phrase.owners and not phrase.extra and self._is_definite(phrase)
        if alone and (named := self._last_named(phrase)) is not None:
            return named
        if phrase.sort != "title" or phrase.former or self._is_one_of_several(phrase):
            return None
        found = self._offices.get((phrase.entry.key, country))
        if found is None and not phrase.owners:
            found = self._offices.get((phrase.entry.key, None))
        return found

    def _note_offices(self, person: Person, country: str | None) -> None:
        for title in person.titles():
            if title.sort == "title" and not title.former:
                self._offices.setdefault((title.entry.key, country), person)
                self._offices.setdefault((title.entry.key, None), person)

    def _note_words(self, person: Person) -> None:
        for title in person.titles():
            words = frozenset(self._words(title))
            for word in words:
                self._titled.setdefault(word, []).append((title.start, words, person))

    def _words(self, title: Phrase) -> Iterable[str]:
        """The words of a title's noun, and of a noun for people right before it."""
        start = title.item.start
        ranks = (o.start for o in title.owners if o.sort == "people" and o.end == start)
        return self._document.lower[min(ranks, default=start) : title.item.end]

    def _last_named(self, phrase: Phrase) -> Person | None:
        """The person named last with all words of a title (``the detective``)."""
        words = set(self._document.lower[phrase.item.start : phrase.item.end])
        named = self._titled.get(head_word(self._document, phrase, self._rules), ())
        fits = (p for at, known, p in reversed(named) if at < phrase.start and words <= known)
        return next(fits, None)

    def _is_definite(self, phrase: Phrase) -> bool:
        return phrase.definite or self._before(phrase) in self._rules.articles

    def _is_one_of_several(self, phrase: Phrase) -> bool:
        first = self._document.lower[phrase.start]
        return not self._rules.indefinite.isdisjoint({first, self._before(phrase)})

    def _before(self, phrase: Phrase) -> str:
        return self._document.lower[phrase.start - 1] if phrase.start else ""


def head_word(document: Document, phrase: Phrase, rules: Grammar) -> str:
    """The noun that heads a form of the tables (``bank`` of ``central bank``)."""
    item = phrase.item
    return document.lower[item.start if rules.modifiers == "right" else item.end - 1]
