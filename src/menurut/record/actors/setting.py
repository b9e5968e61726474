"""Where a report is set: the country of people and offices whose country it does not say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from menurut.reader.document import Document
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.people import Person
from menurut.record.actors.phrase import PLACES, Phrase
from menurut.world import bodies, countries

_CLEAR_MAJORITY = 0.6
_LEAST_NAMED = 2


class Setting:
    """The countries that a document speaks of, as a whole and sentence by sentence.

    ``main``: the country that most names of states mean, where one is clearly ahead.
    ``at_home``: whether an office without a country may be of the readers' own.
    """

    def __init__(
        self, document: Document, phrases: list[Phrase], people: Iterable[Person], rules: Grammar
    ) -> None:
        self._document = document
        self._rules = rules
        self._located = self._locate(phrases)
        self._stages = _stages(self._located, len(document.sentences))
        named = named_countries(phrases)
        self.main = _main(named)
        self._every = {*named, *_hinted(phrases, people)}
        self.at_home = not self._every or rules.home in (named or self._every)

    def of_report(self, ruling: bool) -> str | None:
        """The one country that the report speaks of.

        Where it names none, those who rule or guard it (``ruling``) are the readers' own.
        """
        if not self._every:
            return self._rules.home or None if ruling else None
        return min(self._every) if len(self._every) == 1 else None

    def of_sentence(self, word: int) -> str | None:
        """The country where something is said to be before a word of a sentence, else after it.

        A sentence that tells of no place is set where all sentences before it are.
        """
        sentence = self._document.sentence_of[word]
        found = self._located.get(sentence)
        if not found:
            return self._stages[sentence]
        before = [p for p in found if p.start < word]
        return (before[-1] if before else found[0]).entry.key

    def _locate(self, phrases: list[Phrase]) -> dict[int, list[Phrase]]:
        found: dict[int, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            if phrase.sort not in PLACES:
                continue
            if phrase.place or self._is_under_place_case(phrase) or self._is_in_part(phrase):
                found[self._document.sentence_of[phrase.start]].append(phrase)
        return found

    def _is_under_place_case(self, phrase: Phrase) -> bool:
        """``a court in Dhaka``: a place although it belongs to a phrase."""
        before = self._document.lower[phrase.start - 1] if phrase.start else ""
        return phrase.linked and before in self._rules.place_cases

    def _is_in_part(self, phrase: Phrase) -> bool:
        """``southern Lebanon``: a part of a country is a place, though the country may act."""
        document, right = self._document, self._rules.modifiers == "right"
        beside = phrase.item.end if right else phrase.item.start - 1
        return 0 <= beside < len(document) and document.lower[beside] in self._rules.directions


def _stages(located: dict[int, list[Phrase]], sentences: int) -> list[str | None]:
    """For each sentence the one country where all before it is said to be."""
    places: set[str] = set()
    found: list[str | None] = []
    for sentence in range(sentences):
        found.append(min(places) if len(places) == 1 else None)
        places.update(p.entry.key for p in located.get(sentence, ()))
    return found


def named_countries(phrases: Iterable[Phrase]) -> Counter[str]:
    """How often a report names each country, its capital, or a body of its own."""
    phrases = list(phrases)
    count = Counter(p.entry.key for p in phrases if p.sort in ("country", "capital"))
    for phrase in phrases:
        if phrase.sort == "body" and (code := bodies()[phrase.entry.key].code[:3]) in countries():
            count[code] += 1
    return count


def _hinted(phrases: list[Phrase], people: Iterable[Person]) -> Iterable[str]:
    """The countries of towns, seats, nationals and well-known people."""
    known = countries()
    yield from (p.entry.key for p in phrases if p.sort in ("town", "national"))
    codes = [p.entry.code for p in phrases if p.sort == "seat"]
    codes += [leader.code for person in people if (leader := person.leader())]
    yield from (code[:3] for code in codes if code[:3] in known)


def _main(named: Counter[str]) -> str | None:
    if not named:
        return None
    country, number = named.most_common(1)[0]
    clear = number >= _CLEAR_MAJORITY * named.total()
    return country if clear and number >= _LEAST_NAMED else None
