"""Figures in a document: how many, how much, of what, and how sure.

A quantity is a number in words or figures (``numbers.py``) with the words around it that bound or
blur it and the noun phrase that it counts. What those words are is the table ``quantities.tsv`` of
the language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from menurut.contract import Quantity, Span
from menurut.reader.document import Document, Range
from menurut.record.quantities.counted import NounPhrases
from menurut.record.quantities.numbers import NumberTable, number_table, parse_figure, parse_number
from menurut.tables import language_table

_PIECE = re.compile(
    r"\d+(?:[.,]\d+)*|(?:US|A|S)?\$|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’-][^\W\d_]+)*(?:(?<=\bRp)\.)?|[^\w\s]"
)
_LONGEST_NUMBER = 12
_YEARS = (1900, 2100)
_LONGEST_BARE_FIGURE = 7
_SMALL = 12
"""Up to this number, *the three* and its like speak of what is known and count nothing."""

_BEFORE = ("more", "least", "less", "most", "about", "nearly")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A figure, a word or a sign: finer than the document's words where it must be."""

    form: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its bounds; ``start`` and ``end`` are indexes of pieces."""

    low: float | None
    high: float | None
    start: int
    end: int
    approximate: bool = False
    currency: str = ""
    figure: float | None = None
    basis: str = "number"

    @property
    def bounded(self) -> bool:
        return self.basis != "number" or self.low != self.high


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases of a kind with their values; how long they are at most by first and by last word."""

    values: dict[str, str] = field(default_factory=dict)
    by_first: dict[str, int] = field(default_factory=dict)
    by_last: dict[str, int] = field(default_factory=dict)

    def add(self, phrase: str, value: str) -> None:
        words = phrase.split(" ")
        self.values[phrase] = value
        for longest, word in ((self.by_first, words[0]), (self.by_last, words[-1])):
            longest[word] = max(len(words), longest.get(word, 0))


@cache
def _phrases(language: str) -> dict[str, _Phrases]:
    """For each kind of the table its phrases."""
    found: dict[str, _Phrases] = defaultdict(_Phrases)
    for row in language_table(language, "quantities"):
        for phrase in row["words"].split("|"):
            found[row["kind"]].add(phrase, row["value"])
    return found


@cache
def _values(language: str) -> dict[str, dict[str, str]]:
    return defaultdict(dict, {kind: found.values for kind, found in _phrases(language).items()})


@cache
def _triggers(language: str) -> frozenset[str]:
    """The words without which a sentence without digits holds no quantity."""
    numbers = number_table(language).words
    words = {word for word, (kind, _) in numbers.items() if kind not in ("one", "link")}
    return frozenset(words | set(_phrases(language)["vague"].by_last))


def find_quantities(document: Document, times: Collection[Span] = ()) -> tuple[Quantity, ...]:
    """The quantities of a document in text order, with ids ``q1``, ``q2`` and on.

    ``times``: spans of time expressions, whose figures count nothing. ``of`` is the words of what
    is counted, the ISO 4217 code of money, ``%`` of a share; None where the text does not say.
    """
    if not _phrases(document.language):
        return ()
    taken = sorted(times)
    found: list[tuple[Span, _Amount, str | None]] = []
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
        self.language = document.language
        self.phrases = _phrases(document.language)
        self.numbers: NumberTable = number_table(document.language)
        self.words: Range = document.sentences[sentence]
        start, end = document.span(*self.words)
        self.times = [t for t in times if t[0] < end and t[1] > start]
        self.nouns = NounPhrases(document, self.words, _values(self.language), self.times)
        self.pieces = [
            _Piece(m.group(), m.group().lower(), m.start(), m.end())
            for m in _PIECE.finditer(document.text, start, end)
        ]

    def read(self) -> Iterator[tuple[Span, _Amount, str | None]]:
        at = 0
        while at < len(self.pieces):
            skipped = self._match("idiom", at)
            if skipped:
                at += skipped
                continue
            amount = self._amount(at)
            if amount is None:
                at += 1
                continue
            at = amount.end
            if self._is_quantity(amount):
                found = self._whole(amount)
                if found:
                    span, whole, of = found
                    yield span, whole, of
                    while at < len(self.pieces) and self.pieces[at].start < span[1]:
                        at += 1

    # Numbers

    def _match(self, kind: str, at: int) -> int:
        """How many pieces the longest phrase of a kind takes that starts here, 0 for none."""
        if at >= len(self.pieces):
            return 0
        phrases = self.phrases[kind]
        longest = phrases.by_first.get(self.pieces[at].lower, 0)
        for size in range(min(longest, len(self.pieces) - at), 0, -1):
            if self._joined(at, at + size) in phrases.values:
                return size
        return 0

    def _match_before(self, kind: str, end: int) -> int:
        if end <= 0:
            return 0
        phrases = self.phrases[kind]
        longest = phrases.by_last.get(self.pieces[end - 1].lower, 0)
        for size in range(min(longest, end), 0, -1):
            if self._joined(end - size, end) in phrases.values:
                return size
        return 0

    def _joined(self, start: int, end: int) -> str:
        return " ".join(piece.lower for piece in self.pieces[start:end])

    def _value(self, kind: str, at: int) -> str:
        return self.phrases[kind].values[self._joined(at, at + self._match(kind, at))]

    def _amount(self, at: int) -> _Amount | None:
        """The amount that starts at a piece: one number, or two ends of a range."""
        if size := self._match("between", at):
            first = self._single(at + size)
            if first and self._match("and", first.end):
                second = self._single(first.end + 1)
                if second:
                    return self._range(first, second, at)
        first = self._single(at)
        if first is None or first.approximate:
            return first
        if size := self._match("range", first.end):
            second = self._single(first.end + size)
            if second and not second.approximate and not self._match_before("from", at):
                return self._range(first, second, at) or first
        return first

    def _range(self, first: _Amount, second: _Amount, start: int) -> _Amount | None:
        """Both ends as one amount; a scale said once (5-10 million) is meant of both."""
        low, high = first.low, second.high
        if low is None or high is None:
            return None
        if second.figure and low == first.figure and first.end - first.start <= 2:
            low *= high / second.figure
        if low >= high:
            return None
        currency = first.currency or second.currency
        return _Amount(low, high, start, second.end, currency=currency, basis="range")

    def _single(self, at: int) -> _Amount | None:
        if at >= len(self.pieces):
            return None
        currency, start = "", at
        if size := self._match("currency", at):
            currency = self._value("currency", at)
            at += size
            if not self._is_figure(at):
                return None
        if not currency and (vague := self._vague(at)):
            return vague
        words = [piece.lower for piece in self.pieces[at : at + _LONGEST_NUMBER]]
        found = parse_number(words, self.language)
        if found is None or (
            self.pieces[at].form[0].isdigit() and not self._stands_free(at, currency)
        ):
            return None
        value, size = found
        figure = parse_figure(words[0], self.language)
        return _Amount(value, value, start, at + size, currency=currency, figure=figure)

    def _vague(self, at: int) -> _Amount | None:
        """A word for a rough number, with the scales behind it (tens of thousands)."""
        size = self._match("vague", at)
        if not size:
            return None
        words = self._joined(at, at + size)
        low, _, high = self.phrases["vague"].values[words].partition("..")
        bounds = [float(low) if low else None, float(high) if high else None]
        end = at + size
        while step := self._scale(end):
            factor, size = step
            bounds = [bound and bound * factor for bound in bounds]
            end += size
        return _Amount(bounds[0], bounds[1], at, end, True, basis=f"vague: {words}")

    def _scale(self, at: int) -> tuple[float, int] | None:
        """A scale behind a vague word, plain or in the plural (of thousands)."""
        skipped = self._match("of", at)
        for size in dict.fromkeys((0, skipped)):
            if at + size >= len(self.pieces):
                continue
            word = self.pieces[at + size].lower
            kind, value = self.numbers.words.get(word, ("", 0.0))
            if kind in ("scale", "power"):
                return value, size + 1
            vague = self.phrases["vague"].values
            if size and word in vague:
                return float(vague[word].partition("..")[0]), size + 1
        return None

    def _stands_free(self, at: int, currency: str) -> bool:
        """Whether a figure is no part of a name, a date, a clock or a score (F-16, 38th, 01:01)."""
        text, piece = self.document.text, self.pieces[at]
        before = text[piece.start - 1 : piece.start]
        after = text[piece.end : piece.end + 1]
        if before and not currency and (before.isalnum() or before in "_/:#"):
            return False
        if before in ("-", "–") and piece.start > 1 and text[piece.start - 2].isalpha():
            return False
        if after.isalpha():
            glued = self.pieces[at + 1].lower
            known = self.numbers.words.get(glued, ("",))[0] == "scale"
            return known or bool(self._match("percent", at + 1)) or glued in self.numbers.about
        return not (after in ("/", ":") and text[piece.end + 1 : piece.end + 2].isdigit())

    # What is a quantity

    def _is_quantity(self, amount: _Amount) -> bool:
        first, last = self.pieces[amount.start], self.pieces[amount.end - 1]
        if any(s < last.end and first.start < e for s, e in self.times):
            return False
        if amount.currency:
            return True
        if self._match("time_unit", amount.end) or self._labelled(amount.start):
            return False
        if self._hyphened(amount.end) and self._match("time_unit", amount.end + 1):
            return False
        if self._match_before("definite", amount.start) and (amount.high or 0) <= _SMALL:
            return False
        return not self._names_itself(amount)

    def _labelled(self, at: int) -> bool:
        """Whether a word before a figure makes a name of it, an abbreviation's point between."""
        point = at > 1 and self.pieces[at - 1].form == "."
        return bool(self._match_before("label", at - 1 if point else at))

    def _hyphened(self, at: int) -> bool:
        return at < len(self.pieces) and self.pieces[at].form in ("-", "–")

    def _names_itself(self, amount: _Amount) -> bool:
        """A figure inside a name, a year, a telephone number."""
        figure = self.pieces[amount.start].form
        if figure.isdigit() and (amount.end == amount.start + 1 or amount.basis == "range"):
            if len(figure) > _LONGEST_BARE_FIGURE or (figure[0] == "0" and len(figure) > 1):
                return True
            if _YEARS[0] <= int(figure) < _YEARS[1] and not self._bounds_before(amount.start):
                return True
        word = self._word(self.pieces[amount.start].start)
        return any(
            name.start <= word < name.end and name.end - name.start > 1
            for name in self.document.names
        )

    def _bounds_before(self, at: int) -> bool:
        return any(self._match_before(kind, at) for kind in _BEFORE)

    def _word(self, offset: int) -> int:
        """The document's word at or behind a place of the text."""
        return self.document.words_in((offset, offset + 1))[0]

    # The whole of it

    def _whole(self, amount: _Amount) -> tuple[Span, _Amount, str | None] | None:
        """The quantity with its bounds and what it counts, or None where it counts nothing."""
        amount = self._bound_behind(self._bound_before(amount))
        start = self.pieces[amount.start].start
        if size := self._match("percent", amount.end):
            return (start, self.pieces[amount.end + size - 1].end), amount, "%"
        if money := self._money(amount):
            return (start, self.pieces[money.end - 1].end), money, money.currency
        counted = self._counted(amount.end)
        if counted:
            of, end = counted
            amount, end = self._bound_at_end(amount, end)
            return (start, end), amount, of
        after_reach = bool(self._match_before("reach", amount.start))
        bare = amount.bounded and not amount.basis.startswith(("vague", "less"))
        if (bare or after_reach) and self._ends(amount.end):
            return (start, self.pieces[amount.end - 1].end), amount, None
        return None

    def _ends(self, at: int) -> bool:
        """Whether nothing that could be counted follows, so that a bare figure stands."""
        return at >= len(self.pieces) or not self.pieces[at].form[0].isupper()

    def _bound_before(self, amount: _Amount) -> _Amount:
        while True:
            size, kind = max((self._match_before(kind, amount.start), kind) for kind in _BEFORE)
            start = amount.start - size
            if not size or (kind == "most" and self._tells_change(start)):
                return amount
            words = self._joined(start, amount.start)
            amount = replace(_bounded(amount, kind), start=start, basis=f"{kind}: {words}")

    def _tells_change(self, at: int) -> bool:
        """Whether a number stands just before: from 20 up to 50."""
        return at > 0 and parse_number([self.pieces[at - 1].lower], self.language) is not None

    def _bound_behind(self, amount: _Amount) -> _Amount:
        for kind in ("or_more", "or_less", "or_so"):
            at = amount.end + (1 if kind == "or_so" and self._hyphened(amount.end) else 0)
            if size := self._match(kind, at):
                return replace(_bounded(amount, kind), end=at + size)
        return amount

    def _bound_at_end(self, amount: _Amount, end: int) -> tuple[_Amount, int]:
        """The bound behind what is counted (50 orang lebih)."""
        at = next((n for n, p in enumerate(self.pieces) if p.start >= end), len(self.pieces))
        size = self._match("or_more", at)
        if not size or self._is_figure(at + size):
            return amount, end
        return _bounded(amount, "or_more"), self.pieces[at + size - 1].end

    def _money(self, amount: _Amount) -> _Amount | None:
        at = amount.end + (self._match("of", amount.end) if amount.approximate else 0)
        size = self._match("currency", at)
        if size and not self._is_figure(at + size):
            return replace(amount, currency=self._value("currency", at), end=at + size)
        return amount if amount.currency else None

    def _is_figure(self, at: int) -> bool:
        return at < len(self.pieces) and self.pieces[at].form[0].isdigit()

    # What is counted

    def _counted(self, at: int) -> tuple[str, int] | None:
        """The noun phrase behind a number: its words, and where it ends in the text."""
        at += self._match("of", at)
        at += self._match("classifier", at) or self._match("other", at)
        if at >= len(self.pieces) or self._match("no_noun", at) or self._match("time_unit", at):
            return None
        if self._is_figure(at) or not self._countable(at):
            return None
        start = self.pieces[at].start
        first = self._word(start)
        last = self.nouns.end(first)
        if last == first:
            return None
        end = self.document.ends[last - 1]
        return self.document.text[start:end], end

    def _countable(self, at: int) -> bool:
        """Whether a capital behind a number is counted (12 Palestinians), not named (7 News)."""
        form = self.pieces[at].form
        if not form[0].isupper() or form in self.phrases["acronym"].values:
            return True
        word = self._word(self.pieces[at].start)
        if word + 1 < self.words[1] and self.document.upos[word] != "PROPN":
            return True
        plural = "Number=Plur" in self.document.feats[word]
        following = self.nouns.joins(word, word + 1) and self.document.forms[word + 1][0].islower()
        return plural or following


def _bounded(amount: _Amount, kind: str) -> _Amount:
    """The amount under a bound, or blurred."""
    match kind:
        case "more" | "least" | "or_more":
            return replace(amount, high=None)
        case "less" | "most" | "or_less":
            return replace(amount, low=None)
        case "nearly":
            return replace(amount, low=None, approximate=True)
        case _:
            return replace(amount, approximate=True)
