"""When, where and how many: the times, places and figures that belong to a predicate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from menurut.contract import Place, Quantity, Span, Time
from menurut.reader.document import Document
from menurut.record.events.syntax import noun_phrase, relation

_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"})
_SHARING = frozenset({"xcomp", "conj"})
_POINTS = frozenset({"DATE", "TIME"})
_MAX_CLIMB = 3


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Spanned)


def _by_word(document: Document, items: Iterable[T]) -> dict[int, T]:
    return {word: item for item in items for word in range(*document.words_in(item.span))}


def _is_point(value: str) -> bool:
    """Whether a value is a calendar date that may bound an interval."""
    return (value[:1].isdigit() or value.startswith("X")) and "/" not in value


class Circumstances:
    """Looks up the times, places and quantities of a report by the words of a clause."""

    def __init__(
        self,
        document: Document,
        times: Sequence[Time],
        places: Sequence[Place],
        quantities: Sequence[Quantity],
    ) -> None:
        self._document = document
        self._timed = frozenset(_by_word(document, times))
        self._times = _by_word(document, (t for t in times if t.type in _POINTS))
        self._places = _by_word(document, places)
        self._quantities = _by_word(document, quantities)

    def is_time(self, word: int) -> bool:
        """Whether a word belongs to an expression of time."""
        return word in self._timed

    def country(self, word: int) -> str | None:
        """The country of the place that a word names."""
        place = self._places.get(word)
        return place.country if place else None

    def time(self, word: int, nominal: bool) -> str | None:
        """The TIMEX3 value of a predicate's time; ``a/b`` where two are coordinated."""
        if not self._times:
            return None
        for clause in self._clauses(word, nominal):
            found = list(dict.fromkeys(self._times[w] for w in clause if w in self._times))
            if found:
                return self._joined(found)
        return None

    def _joined(self, found: list[Time]) -> str:
        """The first time's value, as an interval with the second where ``and`` joins them."""
        if len(found) > 1 and all(_is_point(time.value) for time in found[:2]):
            words = self._document.words_in(found[1].span)
            first = set(range(*self._document.words_in(found[0].span)))
            joined = any(
                self._document.deprels[w] == "conj" and self._document.heads[w] in first
                for w in range(*words)
            )
            if joined:
                return f"{found[0].value}/{found[1].value}"
        return found[0].value

    def place(self, word: int, nominal: bool, parties: Iterable[int]) -> str | None:
        """The place that a predicate's clause names outside its agents."""
        if not self._places:
            return None
        outside = {w for party in parties for w in noun_phrase(self._document, party)}
        for clause in self._clauses(word, nominal):
            for w in clause:
                if w in self._places and w not in outside:
                    return self._places[w].id
        return None

    def quantities(self, words: Iterable[int]) -> tuple[str, ...]:
        """The figures within the noun phrases of a predicate's arguments."""
        if not self._quantities:
            return ()
        inside = sorted({w for word in words for w in noun_phrase(self._document, word)})
        found = (self._quantities[w].id for w in inside if w in self._quantities)
        return tuple(dict.fromkeys(found))

    def _clauses(self, word: int, nominal: bool) -> Iterable[list[int]]:
        """The words of the predicate's own clause, shallow ones first, then of those it shares."""
        document = self._document
        yield self._own(word)
        for _ in range(_MAX_CLIMB):
            head = document.heads[word]
            deprel = relation(document, word)
            shares = deprel in _SHARING or (nominal and deprel == "nsubj")
            if head < 0 or not shares:
                return
            yield self._own(head)
            word, nominal = head, False

    def _own(self, word: int) -> list[int]:
        document = self._document
        found, level = [word], [word]
        while level:
            level = [
                child
                for w in level
                for child in document.children[w]
                if relation(document, child) not in _CLAUSES
                and not (relation(document, child) == "conj" and document.upos[child] == "VERB")
            ]
            found.extend(level)
        return found
