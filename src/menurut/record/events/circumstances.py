"""When, where and how many: the times, places and figures that belong to a predicate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from menurut.contract import Place, Quantity, Span, Status, Time, TimeBasis
from menurut.reader.document import Document
from menurut.record.events.syntax import noun_phrase, preposition, relation
from menurut.record.times import OPEN, bounded, is_point, joined

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


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event: its TIMEX3 value, where that comes from, and the ids of the expressions
    that it was read from."""

    value: str
    basis: TimeBasis
    times: tuple[str, ...] = ()


def _from_statement(when: When, status: Status) -> When | None:
    """What was said at a time had happened by then, or was planned for later; what is only possible
    or denied has no time from that."""
    if not is_point(when.value):
        return None
    if status == "actual":
        return When(f"{OPEN}/{when.value}", "statement", when.times)
    return When(f"{when.value}/{OPEN}", "statement", when.times) if status == "planned" else None


class Circumstances:
    """Looks up the times, places and quantities of a report by the words of a clause."""

    def __init__(
        self,
        document: Document,
        times: Sequence[Time],
        places: Sequence[Place],
        quantities: Sequence[Quantity],
        published_at: datetime | None = None,
    ) -> None:
        self._document = document
        self.published = published_at.date() if published_at else None
        self._timed = frozenset(_by_word(document, times))
        self._times = _by_word(document, (t for t in times if t.type in _POINTS))
        self._places = _by_word(document, places)
        self._quantities = _by_word(document, quantities)

    def is_time(self, word: int) -> bool:
        """Whether a word belongs to an expression of time."""
        return word in self._timed

    def words_of(self, when: When) -> list[int]:
        """The words of the expressions that a time was read from."""
        return [word for word, time in self._times.items() if time.id in when.times]

    def country(self, word: int) -> str | None:
        """The country of the place that a word names."""
        place = self._places.get(word)
        return place.country if place else None

    def country_of_clause(self, word: int) -> str | None:
        """The country of the place where a predicate's act is done: ``di Nablus``, ``di kota
        Nablus``."""
        document = self._document
        nouns = [c for c in document.children[word] if relation(document, c) == "obl"]
        near = (w for noun in nouns for w in (noun, *document.children[noun]))
        bare = (w for w in near if w in nouns or not preposition(document, w))
        return next((land for w in bare if (land := self.country(w))), None)

    def time(self, word: int, nominal: bool) -> When | None:
        """When it happened, by the predicate's own clause; an interval where two times are joined
        or the words say since or until."""
        if not self._times:
            return None
        for clause in self._clauses(word, nominal):
            found = list(dict.fromkeys(self._times[w] for w in clause if w in self._times))
            if found:
                return self._joined(found)
        return None

    def time_beyond(self, word: int, cue: Iterable[int], status: Status) -> When | None:
        """The time of an event whose own clause names none: from the clause of its statement, which
        what it tells of came before (or, if planned, is to come after), or from the report, for
        what its headline or first sentence tells in the reporter's own voice as done.

        ``cue``: the words of the statement that the event lies in; none if it lies in none.
        """
        words = tuple(cue)
        for head in words:
            when = self.time(head, nominal=False)
            if when is not None:
                return _from_statement(when, status)
        if words or status != "actual" or self.published is None or not self._is_lead(word):
            return None
        return When(self.published.isoformat(), "report")

    def _is_lead(self, word: int) -> bool:
        """Whether a word stands in the headline or in the first sentence of the body."""
        sentence = self._document.sentence_of[word]
        kinds = self._document.kinds
        return kinds[sentence] == "headline" or "body" not in kinds[:sentence]

    def _joined(self, found: list[Time]) -> When:
        """The first time, with the next where the two are one interval."""
        text, language = self._document.text, self._document.language
        if len(found) > 1:
            one, other = sorted(found[:2], key=lambda time: time.span)
            value = joined(text, language, one, other)
            if value is not None:
                return When(value, "clause", (one.id, other.id))
        return When(bounded(text, language, found[0]), "clause", (found[0].id,))

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
