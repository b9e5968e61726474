"""Ties nouns to the names that stand beside them: titles to people, class words to bodies."""

from __future__ import annotations

from menurut.record.actors.asides import is_abbreviation
from menurut.record.actors.board import Board
from menurut.record.actors.items import ORGANIZATION
from menurut.record.actors.lexicon import Item
from menurut.record.actors.phrase import Phrase

_BODIES = frozenset({"institution", "org", "body"})
_PERSONAL = frozenset({"title", "people"})
_COMMAS = frozenset(",(")


def tie_asides(board: Board) -> None:
    """Gives every noun the name that the tree puts beside it, and every body its short name."""
    bearer, first, last = board.sentence.asides.bearer, board.sentence.first, board.sentence.last
    nouns = [noun for noun in bearer if first <= noun < last]
    if nouns or any(phrase.sort in _BODIES for phrase in board.phrases):
        _Besides(board).tie(nouns)


class _Besides:
    """The phrases of one sentence."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.document = board.document
        self.last = board.sentence.last

    def tie(self, nouns: list[int]) -> None:
        """Ties the names, from the last noun to the first, so that inner titles come before."""
        bearer = self.board.sentence.asides.bearer
        for noun in sorted(nouns, reverse=True):
            phrase = self._at(noun)
            if phrase is not None and phrase.sort in _PERSONAL:
                self._name(phrase, self._person(*bearer[noun]))
        bodies = [p for p in self.board.phrases if p.sort in _BODIES]
        bodies.sort(key=lambda p: p.start)
        for phrase in bodies:
            if phrase.sort == "institution" and phrase.entry.named and not phrase.also:
                self._name_body(phrase)
        for phrase in bodies:
            self._shorten(phrase)

    def _at(self, word: int) -> Phrase | None:
        """The phrase whose noun or name a word belongs to."""
        return next((p for p in self.board.phrases if p.item.start <= word < p.item.end), None)

    # --- people ------------------------------------------------------------------------------

    def _person(self, start: int, end: int) -> Phrase | None:
        """The person that a name means, past forms of address at its head."""
        inside = [p for word in range(start, end) if (p := self._at(word)) is not None]
        named = (p if p.sort == "person" else p.name for p in inside)
        return next((p for p in named if p is not None), None)

    def _name(self, phrase: Phrase, person: Phrase | None) -> None:
        """``her coach, Ana Lima``: the noun becomes a title of the name, under other titles."""
        if person is None:
            return
        top = person.outermost()
        if phrase.name or phrase.parent or phrase.plural or top is phrase or top.end <= phrase.end:
            return
        phrase.name = person
        top.parent = phrase
        unlisted = not phrase.entry.basis.startswith("languages/")
        person.titles.insert(len(person.titles) if unlisted else 0, phrase)
        phrase.start = min(phrase.start, self._leftmost(phrase))
        phrase.end = max(phrase.end, top.end)
        self._take_in(phrase)

    def _leftmost(self, phrase: Phrase) -> int:
        """The first of the bare nouns before a noun that belong to it (``station manager``)."""
        start = phrase.item.start
        while start > self.board.sentence.first and self._is_bare_noun(start - 1, phrase):
            start -= 1
        return start

    def _is_bare_noun(self, word: int, phrase: Phrase) -> bool:
        inside = phrase.item.start <= self.document.heads[word] < phrase.item.end
        return inside and self.document.deprels[word] == "compound"

    def _take_in(self, phrase: Phrase) -> None:
        """What stands inside a phrase is a part of it, a mention of its own where it is a body."""
        for other in self.board.phrases:
            inside = phrase.start <= other.start and other.end <= phrase.end
            if inside and other is not phrase and other.parent is None:
                other.parent = phrase
                other.linked = True

    # --- bodies ------------------------------------------------------------------------------

    def _name_body(self, phrase: Phrase) -> None:
        """``the airline SkyVela``, ``a software maker, Cendrix``: a noun and the name beside it."""
        beside = self.board.starting.get(phrase.end) or self._apposed(phrase)
        if beside is not None and beside.parent in (None, phrase) and self._is_it(phrase, beside):
            self._add(phrase, beside)

    def _is_it(self, phrase: Phrase, beside: Phrase) -> bool:
        """Whether a name beside a noun is that body's own and not its master's (``UN agency``)."""
        sector = phrase.entry.code
        same = beside.sort == "body" and bool(sector) and beside.entry.code.endswith(f" {sector}")
        return beside.sort == "org" or same

    def _apposed(self, phrase: Phrase) -> Phrase | None:
        for word in self.document.children[phrase.item.end - 1]:
            apposed = word >= phrase.end and self.document.deprels[word] == "appos"
            if apposed and self.document.forms[word - 1] in _COMMAS:
                return self.board.starting.get(word)
        return None

    def _shorten(self, phrase: Phrase) -> None:
        """``the tennis federation (FENT)``: the short name in brackets."""
        top = phrase.outermost() if phrase.parent and phrase in phrase.parent.also else phrase
        word = top.end + 1
        if word + 1 >= self.last or self.document.forms[word - 1] != "(":
            return
        if self.document.forms[word + 1] != ")" or not is_abbreviation(self.document.forms[word]):
            return
        short = self.board.starting.get(word)
        if short is None:
            short = Phrase(word, word + 1, Item(word, word + 1, ORGANIZATION))
            self.board.phrases.append(short)
            self.board.starting[word] = self.board.ending[word + 1] = short
        if short.sort == "org" and short.parent is None:
            self._add(top, short)

    def _add(self, phrase: Phrase, name: Phrase) -> None:
        name.parent = phrase
        phrase.also.append(name)
        bracketed = self.document.forms[name.start - 1] == "(" and name.end < self.last
        phrase.end = max(phrase.end, name.end + bracketed)
        if name in phrase.owners:
            phrase.owners.remove(name)
