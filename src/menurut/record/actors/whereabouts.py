"""Tells the countries and seats that act from those that are only where something is."""

from __future__ import annotations

from collections.abc import Iterable

from menurut.record.actors.phrase import STATES, Phrase
from menurut.record.actors.sentence import Sentence

_PLACES = STATES | {"group"}
_CORE = ("nsubj", "obj", "iobj", "root")


def mark_places(sentence: Sentence, phrases: Iterable[Phrase]) -> None:
    """Marks the phrases of a sentence that name only a place."""
    _Places(sentence, phrases).mark()


class _Places:
    """The places among the phrases of one sentence."""

    def __init__(self, sentence: Sentence, phrases: Iterable[Phrase]) -> None:
        self.document = sentence.document
        self.first, self.last = sentence.first, sentence.last
        self.rules = sentence.rules
        self.names = sentence.names
        self.phrases = sorted(phrases, key=lambda p: p.start)
        self.starting = {p.start for p in self.phrases}

    def mark(self) -> None:
        previous: Phrase | None = None
        for phrase in self.phrases:
            if phrase.sort == "town":
                phrase.place = True
                previous = phrase
            elif phrase.sort in _PLACES and phrase.parent is None:
                phrase.place = self._is_place(phrase, previous)
                previous = phrase
            elif phrase.parent is None:
                previous = None if phrase.sort != "nothing" else phrase

    def _is_place(self, phrase: Phrase, previous: Phrase | None) -> bool:
        if (
            self._in_larger_place(phrase)
            or self._is_dateline(phrase)
            or self._beside_place_noun(phrase)
        ):
            return True
        before = self._case_before(phrase.start)
        if before in self.rules.place_cases:
            return not self._says_whose(phrase)
        if before in self.rules.path_cases and phrase.sort != "country":
            return not self._on_path_noun(phrase.start)
        joined = previous is not None and previous.end == phrase.start - 1
        if joined and previous is not None:
            word = self.document.lower[previous.end]
            listed = word in self.rules.conjunctions or (word == "," and not self._is_core(phrase))
            return listed and (previous.place or (word == "," and previous.sort == "nothing"))
        return self._after_place_name(phrase)

    def _says_whose(self, phrase: Phrase) -> bool:
        """Whether an adjective only says whose the thing is: ``fired at a Philippine boat``."""
        head = self.document.heads[phrase.start]
        adjective = self.document.upos[phrase.start] == "ADJ"
        return adjective and self.document.deprels[phrase.start] == "amod" and head >= phrase.end

    def _is_core(self, phrase: Phrase) -> bool:
        """Whether a phrase is a subject or an object by the tree."""
        return any(
            self.document.deprels[w].startswith(_CORE) for w in range(phrase.start, phrase.end)
        )

    def _case_before(self, word: int) -> str:
        word -= 1
        while word >= self.first and self._is_passed(word):
            word -= 1
        return self.document.lower[word] if word >= self.first else ""

    def _is_passed(self, word: int) -> bool:
        return (
            self.document.upos[word] == "DET" or self.document.lower[word] in self.rules.directions
        )

    def _beside_place_noun(self, phrase: Phrase) -> bool:
        """``kota Lahore``, ``the Indian capital``: part of a place's name."""
        right = self.rules.modifiers == "right"
        step = -1 if right else 1
        word = phrase.start - 1 if right else phrase.end
        while self.first <= word < self.last and self._is_passed(word):
            word += step
        for near in (word, word + step):
            if not self.first <= near < self.last or near in self.starting:
                return False
            if self.document.lower[near] in self.rules.place_nouns:
                return True
            if right or self.document.upos[near] not in ("NOUN", "ADJ", "PROPN"):
                return False
        return False

    def _on_path_noun(self, word: int) -> bool:
        before = self.document.lower[max(self.first, word - 4) : word]
        return any(w in self.rules.path_nouns for w in before)

    def _in_larger_place(self, phrase: Phrase) -> bool:
        """``Port Sudan``, but not ``northern Gaza``, which is a part of the country."""
        return any(
            label == "LOC"
            and s <= phrase.start
            and phrase.end <= e
            and any(
                self.document.lower[w] not in self.rules.directions
                for w in (*range(s, phrase.start), *range(phrase.end, e))
            )
            for s, e, label in self.names
        )

    def _after_place_name(self, phrase: Phrase) -> bool:
        """``Vladivostok, Rusia``: a country after the place that lies in it."""
        comma = phrase.start - 1
        if comma <= self.first or self.document.forms[comma] != ",":
            return False
        listed = any(p.sort == "country" and p.item.end == comma for p in self.phrases)
        named = any(label == "LOC" and e == comma for _, e, label in self.names)
        return named and not listed

    def _is_dateline(self, phrase: Phrase) -> bool:
        if phrase.start != self.first or phrase.end >= self.last or phrase.sort != "capital":
            return False
        return self.document.forms[phrase.end] in ("-", "–", "—", "(")
