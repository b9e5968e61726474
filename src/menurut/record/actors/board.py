"""The phrases of one sentence while they are built, and what the builders ask of them."""

from __future__ import annotations

from menurut.record.actors.items import find_items
from menurut.record.actors.lexicon import Item, is_doubled
from menurut.record.actors.phrase import Phrase
from menurut.record.actors.sentence import Sentence

_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "X", "NUM"})


class Board:
    """The phrases of a sentence by the words where their items start and end."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.document = sentence.document
        self.rules = sentence.rules
        items = find_items(sentence)
        self.phrases = [Phrase(i.start, i.end, i, plural=self._is_plural(i)) for i in items]
        self.starting = {p.start: p for p in self.phrases}
        self.ending = {p.end: p for p in self.phrases}

    def _is_plural(self, item: Item) -> bool:
        return item.entry.plural or is_doubled(self.document.lower[item.start])

    def ends_at(self, word: int) -> Phrase | None:
        """The outermost phrase that ends before a word."""
        found = self.ending.get(word)
        if found is None:
            return None
        outermost = found.outermost()
        return outermost if outermost.end == word else None

    def by_start(self, word: int) -> Phrase | None:
        """The outermost phrase that starts at a word, however far its head is."""
        found = next((p for p in self.phrases if p.start == word and p.parent is None), None)
        return found or self.starting.get(word)

    def is_bare(self, word: int) -> bool:
        """Whether a word may stand inside a phrase without being in any table."""
        lower, tag = self.document.lower[word], self.document.upos[word]
        if lower in self.rules.stops or (tag == "PUNCT" and lower != "-"):
            return False
        if tag in _CONTENT or lower == "-":
            return True
        return self.document.forms[word][0].isupper() and tag not in ("PRON", "DET", "CCONJ", "ADP")
