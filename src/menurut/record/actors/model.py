"""What the resolver hands on: the actors, and which of them any word or phrase stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from menurut.contract import Actor
from menurut.reader.document import Document

Ids = tuple[str, ...]
_STATE = "government"


@dataclass(frozen=True, slots=True)
class Span:
    """A phrase, words ``[start, end)``, and the actors that it stands for as a whole."""

    start: int
    end: int
    ids: Ids


@dataclass(frozen=True)
class Actors:
    """The actors of a report.

    ``all``: the actors in the order of their first mention. ``words``: what each word stands for;
    ``phrases``: the outermost phrases in text order, none over another.
    """

    document: Document
    all: tuple[Actor, ...]
    words: Mapping[int, Ids]
    phrases: Sequence[Span]
    conjunctions: frozenset[str] = frozenset()
    _codes: dict[str, str | None] = field(init=False, repr=False)
    _phrase_of: dict[int, Span] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_codes", {actor.id: actor.code for actor in self.all})
        spread = {w: span for span in self.phrases for w in range(span.start, span.end)}
        object.__setattr__(self, "_phrase_of", spread)

    def code(self, actor: str) -> str | None:
        """The code of an actor by its id; None where it has none or the id is unknown."""
        return self._codes.get(actor)

    def country(self, code: str) -> Ids:
        """The state of a country (ISO 3166 alpha-3), where the report names it as such: neither
        its officials nor its citizens are meant by a town of it."""
        return tuple(a.id for a in self.all if a.kind == _STATE and a.code == f"{code} GOV")

    def of_word(self, word: int) -> Ids:
        """The actors that the phrase headed by a word stands for, coordinated ones included."""
        own = self.words.get(word, ())
        if not own:
            return ()
        return _unique([*own, *(i for w in self._conjuncts(word) for i in self.words.get(w, ()))])

    def in_range(self, start: int, end: int) -> Ids:
        """The actors named by a phrase of words ``[start, end)``, not those inside their titles.

        Of several phrases the first counts, and those coordinated with it.
        """
        spans = [s for s in self._spans_in(start, end) if s.ids]
        if not spans:
            return ()
        if len(spans) > 1 and spans[1].start == spans[0].end and self._heads(spans[1], start, end):
            spans = spans[1:]
        counted = [spans[0]]
        for span in spans[1:]:
            if not self._joined(counted[-1].end, span.start):
                break
            counted.append(span)
        if len(counted) > 2 and not self._has_conjunction(counted[0].end, counted[-1].start):
            counted = counted[:1]
        return _unique([i for span in counted for i in span.ids])

    def _heads(self, span: Span, start: int, end: int) -> bool:
        """Whether a phrase has the head of a stretch in it (``Rangers manager Steven Keane``)."""
        outside = (w for w in range(start, end) if not start <= self.document.heads[w] < end)
        return any(span.start <= word < span.end for word in outside)

    def _spans_in(self, start: int, end: int) -> list[Span]:
        found = {self._phrase_of[w] for w in range(start, end) if w in self._phrase_of}
        return sorted(found, key=lambda span: span.start)

    def _joined(self, start: int, end: int) -> bool:
        """Whether nothing but commas and conjunctions stands between two phrases."""
        words = [w for w in range(start, end) if not self._is_small(w)]
        return start < end and all(self._joins(w) for w in words)

    def _joins(self, word: int) -> bool:
        return self.document.lower[word] in self.conjunctions or self.document.forms[word] == ","

    def _is_small(self, word: int) -> bool:
        return self.document.upos[word] == "DET"

    def _has_conjunction(self, start: int, end: int) -> bool:
        return any(self.document.lower[w] in self.conjunctions for w in range(start, end))

    def _conjuncts(self, word: int) -> list[int]:
        """The heads coordinated with the phrase that a word belongs to."""
        phrase = self._phrase_of.get(word)
        leads = phrase is not None and self.words.get(word) == phrase.ids
        inside = range(phrase.start, phrase.end) if phrase and leads else range(word, word + 1)
        return sorted(
            child
            for w in inside
            for child in self.document.children[w]
            if self.document.deprels[child] == "conj" and child not in inside
        )


def _unique(ids: list[str]) -> Ids:
    return tuple(dict.fromkeys(ids))
