"""Figures in a document: how many, how much, of what, and how sure.

A quantity is an amount (``amounts.py``) with the noun phrase that it counts (``counted.py``), or
what else the sentence tells of it. The words that do this are the table ``quantities.tsv`` of the
language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from menurut.contract import Quantity, Span
from menurut.reader.document import Document
from menurut.record.quantities.amounts import SHARE, Amount, Amounts
from menurut.record.quantities.counted import NounPhrases
from menurut.record.quantities.numbers import number_table
from menurut.record.quantities.phrases import Pieces, phrases_of

_YEARS = (1900, 2100)
_LONGEST_BARE_FIGURE = 7
_SMALL = 12
"""Up to this number, *the three* and its like speak of what is known and count nothing."""

_CROWD = 100
"""From this number on a rough number of nothing named is one of people."""

_Found = tuple[Span, Amount, str | None]


@cache
def _triggers(language: str) -> frozenset[str]:
    """The words without which a sentence without digits holds no quantity."""
    numbers = number_table(language).words
    phrases = phrases_of(language)
    words = {word for word, (kind, _) in numbers.items() if kind not in ("one", "link")}
    words |= set(phrases["vague"].by_last) | set(phrases["article"].by_last)
    shares = set(phrases["share"].by_last)
    return frozenset(words | shares | {part for word in shares for part in word.split("-")})


def find_quantities(document: Document, times: Collection[Span] = ()) -> tuple[Quantity, ...]:
    """The quantities of a document in text order, with ids ``q1``, ``q2`` and on.

    ``times``: spans of time expressions, whose figures count nothing. ``of`` is the words of what
    is counted, the ISO 4217 code of money, ``%`` of a share; None where the text does not say.
    """
    if not phrases_of(document.language):
        return ()
    taken = sorted(times)
    found: list[_Found] = []
    for sentence, (start, end) in enumerate(document.sentences):
        if _worth_reading(document, start, end):
            found += _Sentence(document, sentence, taken).read()
    return tuple(
        Quantity(
            id=f"q{number}",
            span=span,
            low=amount.low,
            high=amount.high,
            approximate=amount.approximate,
            of=of,
            basis=amount.basis,
        )
        for number, (span, amount, of) in enumerate(found, 1)
    )


def _worth_reading(document: Document, start: int, end: int) -> bool:
    triggers = _triggers(document.language)
    return any(
        word in triggers or (not word.isalpha() and _has_number(word, triggers))
        for word in document.lower[start:end]
    )


def _has_number(word: str, triggers: frozenset[str]) -> bool:
    return any(c.isdigit() for c in word) or any(part in triggers for part in word.split("-"))


class _Sentence:
    """Reads one sentence from left to right."""

    def __init__(self, document: Document, sentence: int, times: Sequence[Span]) -> None:
        self.document = document
        self.words = document.sentences[sentence]
        start, end = document.span(*self.words)
        self.times = [t for t in times if t[0] < end and t[1] > start]
        self.pieces = Pieces(document.text, start, end, document.language)
        self.amounts = Amounts(document.text, self.pieces)
        self.nouns = NounPhrases(document, self.words, self.pieces.phrases, self.times)
        self.last: _Found | None = None

    def read(self) -> Iterator[_Found]:
        at = 0
        while at < len(self.pieces):
            skipped = self._idiom(at)
            amount = None if skipped else self.amounts.at(at)
            if amount is None:
                at += skipped or 1
                continue
            at = amount.end
            found = self._whole(amount) if self._is_quantity(amount) else None
            if found:
                yield found
                self.last = found
                at = max(at, self.pieces.index(found[0][1]))

    # What is a quantity

    def _idiom(self, at: int) -> int:
        """How many pieces a phrase takes that counts nothing, unless a bound stands before it."""
        size = self.pieces.match("idiom", at)
        return 0 if size and self.amounts.bound_before(at) else size

    def _is_quantity(self, amount: Amount) -> bool:
        pieces = self.pieces
        first, last = pieces[amount.start], pieces[amount.end - 1]
        if any(s < last.end and first.start < e for s, e in self.times):
            return False
        if amount.currency:
            return True
        if self._times(amount.end) or self._labelled(amount.start):
            return False
        known = pieces.match_before("definite", amount.start)
        if known and (amount.high or 0) <= _SMALL:
            return bool(pieces.match_before("part_of", amount.start))
        return not self._names_itself(amount)

    def _times(self, at: int) -> bool:
        """Whether a unit of time follows, alone or in a compound (a 35-year-old)."""
        if not self.pieces.hyphened(at):
            return bool(self.pieces.match("time_unit", at))
        unit = self.pieces[at + 1].lower.partition("-")[0]
        return unit in self.pieces.phrases["time_unit"].values

    def _labelled(self, at: int) -> bool:
        """Whether a word before a figure makes a name of it, an abbreviation's point between."""
        point = at > 1 and self.pieces[at - 1].form == "."
        return bool(self.pieces.match_before("label", at - 1 if point else at))

    def _names_itself(self, amount: Amount) -> bool:
        """A figure inside a name, a year, a telephone number."""
        figure = self.pieces[amount.start].form
        if figure.isdigit() and (amount.end == amount.start + 1 or amount.basis == "range"):
            if len(figure) > _LONGEST_BARE_FIGURE or (figure[0] == "0" and len(figure) > 1):
                return True
            if _YEARS[0] <= int(figure) < _YEARS[1] and not self.amounts.bound_before(amount.start):
                return True
        word = self._word(self.pieces[amount.start].start)
        return any(
            name.start <= word < name.end and name.end - name.start > 1
            for name in self.document.names
        )

    def _word(self, offset: int) -> int:
        """The document's word at or behind a place of the text."""
        return self.document.words_in((offset, offset + 1))[0]

    # The whole of it

    def _whole(self, amount: Amount) -> _Found | None:
        """The quantity with its bounds and what it counts, or None where it counts nothing."""
        amount = self.amounts.with_bounds(amount)
        start = self.pieces[amount.start].start
        if measured := self._measured(amount):
            return measured
        if size := self.pieces.match("percent", amount.end):
            return (start, self.pieces[amount.end + size - 1].end), amount, SHARE
        if money := self._money(amount):
            return (start, self.pieces[money.end - 1].end), money, money.currency
        for read in (self._compound, self._part, self._state, self._others, self._counted):
            if counted := read(amount):
                of, end = counted
                amount, end = self.amounts.bound_at_end(amount, end)
                return (start, end), amount, of
        if self._stands_bare(amount):
            return (start, self.pieces[amount.end - 1].end), amount, self._told_of(amount)
        return None

    def _measured(self, amount: Amount) -> _Found | None:
        """A figure behind the name of what it measures (magnitude 7.1)."""
        size = self.pieces.match_before("measure", amount.start)
        if not size or self.pieces.match("percent", amount.end):
            return None
        start = amount.start - size
        span = (self.pieces[start].start, self.pieces[amount.end - 1].end)
        return span, amount, self.pieces.value("measure", start, size)

    def _money(self, amount: Amount) -> Amount | None:
        if amount.currency:
            size = self.pieces.match("currency", amount.end)
            return replace(amount, end=amount.end + size) if size else amount
        at = amount.end + (self.pieces.match("of", amount.end) if amount.approximate else 0)
        size = self.pieces.match("currency", at)
        if size and not self.pieces.is_figure(at + size):
            currency = self.pieces.value("currency", at, size)
            return replace(amount, currency=currency, end=at + size)
        return None

    def _stands_bare(self, amount: Amount) -> bool:
        """Whether a number that counts nothing named is a quantity all the same."""
        if self.pieces.match_before("reach", amount.start) or self._changed(amount):
            return self._ends(amount.end)
        if self.pieces.match_before("victims", amount.start):
            return self._ends(amount.end)
        if amount.vague:
            return self._rough_subject(amount)
        less = amount.basis.startswith("less")
        return amount.bounded and not less and self._ends(amount.end)

    def _ends(self, at: int) -> bool:
        """Whether nothing that could be counted follows, so that a bare figure stands."""
        return at >= len(self.pieces) or not self.pieces[at].form[0].isupper()

    def _rough_subject(self, amount: Amount) -> bool:
        """Whether a rough number is people by itself (Thousands marched)."""
        crowd = self.pieces.match("crowd", amount.start) or (amount.low or 0) >= _CROWD
        if not crowd or amount.end >= len(self.pieces):
            return False
        word = self._word(self.pieces[amount.start].start)
        free = word == self.words[0] or self.document.upos[word - 1] not in ("ADJ", "DET", "NOUN")
        behind = self._word(self.pieces[amount.end].start)
        return free and self.document.upos[behind] in ("AUX", "VERB")

    # What is counted

    def _counted(self, amount: Amount) -> tuple[str, int] | None:
        """The noun phrase behind a number: its words, and where it ends in the text."""
        pieces = self.pieces
        at = amount.end + pieces.match("of", amount.end)
        if size := pieces.match("pronoun", at):
            return pieces.value("pronoun", at, size), pieces[at + size - 1].end
        at += pieces.match("classifier", at) or self._other(at)
        if at >= len(pieces) or pieces.match("no_noun", at) or pieces.match("time_unit", at):
            return None
        if pieces.is_figure(at) or not self._countable(at):
            return None
        first = self._word(pieces[at].start)
        unit = pieces.match("unit", at)
        behind = self._word(pieces[at + unit - 1].end) if unit else first
        last = self.nouns.end(behind) if behind < self.words[1] else behind
        if last == first:
            return None
        end = self.document.ends[last - 1]
        return self.document.text[pieces[at].start : end], end

    def _other(self, at: int) -> int:
        """How many pieces are no part of what is counted (more ships), unless a name starts so."""
        size = self.pieces.match("other", at)
        return size if size and self.pieces[at].form.islower() else 0

    def _told(self, start: int, end: int) -> tuple[str, int]:
        """The words of some pieces, and where they end."""
        last = self.pieces[end - 1].end
        return self.document.text[self.pieces[start].start : last], last

    def _countable(self, at: int) -> bool:
        """Whether a capital behind a number is counted (12 Palestinians), not named (7 News)."""
        form = self.pieces[at].form
        if not form[0].isupper() or form in self.pieces.phrases["acronym"].values:
            return True
        word = self._word(self.pieces[at].start)
        if word + 1 < self.words[1] and self.document.upos[word] != "PROPN":
            return True
        plural = "Number=Plur" in self.document.feats[word]
        following = self.nouns.joins(word, word + 1) and self.document.forms[word + 1][0].islower()
        return plural or following

    def _compound(self, amount: Amount) -> tuple[str, int] | None:
        """What a number joined to it counts (a 15-member council)."""
        at = amount.end + 1
        if not self.pieces.hyphened(amount.end) or not self.pieces[at].form.islower():
            return None
        word = self._word(self.pieces[at].start)
        known = self.document.upos[word] in ("NOUN", "X") or self.pieces.is_figure(amount.start)
        if not known or self.pieces.match("no_noun", at):
            return None
        return self._told(at, at + 1)

    def _part(self, amount: Amount) -> tuple[str, int] | None:
        """So many of so many: what the second counts (four of the nine defendants)."""
        size = self.pieces.match("part_of", amount.end)
        whole = self.amounts.single(amount.end + size) if size else None
        if whole is None or whole.currency or (whole.high or 0) <= (amount.low or amount.high or 0):
            return None
        counted = self._counted(whole)
        return (counted[0], self.pieces[amount.end - 1].end) if counted else None

    def _state(self, amount: Amount) -> tuple[str, int] | None:
        """What became of a number of them (60 were missing)."""
        size = self.pieces.match("linking", amount.end)
        state = self.pieces.match("state", amount.end + size) if size else 0
        return self._told(amount.end + size, amount.end + size + state) if state else None

    def _others(self, amount: Amount) -> tuple[str, int] | None:
        """Others of those counted before (18 lainnya luka)."""
        size = self.pieces.match("others", amount.end)
        if not size:
            return None
        state = self.pieces.match("state", amount.end + size)
        return self._told(amount.end, amount.end + size + state)

    def _changed(self, amount: Amount) -> bool:
        """Whether the number is what an earlier one became (from 20 barrels to 14)."""
        size = self.pieces.match_before("to", amount.start)
        if not size or self.last is None:
            return False
        (start, end), _, _ = self.last
        before = self.pieces.index(start)
        return bool(self.pieces.match_before("from", before)) and (
            self.pieces.index(end) == amount.start - size
        )

    def _told_of(self, amount: Amount) -> str | None:
        """What a bare number is a number of, by the sentence."""
        if self._changed(amount):
            return self.last[2] if self.last else None
        if not self.pieces.match_before("reach", amount.start):
            return None
        words = self.nouns.subject(self._word(self.pieces[amount.start].start))
        if words is None:
            return None
        start, end = self.document.span(*words)
        return self.document.text[start:end]
