"""What a number counts: the noun phrase behind it.

The tree says where a phrase ends; word classes and the language's table of words that end it
(``quantities.tsv``) stand by, for a small model's trees have errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from menurut.contract import Span
from menurut.reader.document import Document, Range

_LONGEST_COUNTED = 6
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X", "SYM", "NUM"})
_OUTSIDE = ("nsubj", "obj", "iobj", "obl", "root", "conj", "parataxis", "advcl", "ccomp", "acl")
_APART = ("conj", "parataxis", "nsubj", "obj", "acl", "appos")


class NounPhrases:
    """The noun phrases of one sentence, ``words``.

    ``phrases``: by kind, ``stop`` (words that end a phrase), ``state`` (what became of those
    counted) and ``complement`` (the word between *containers* and *munitions*). ``times``: spans
    that no phrase runs into.
    """

    def __init__(
        self,
        document: Document,
        words: Range,
        phrases: Mapping[str, Mapping[str, str]],
        times: Sequence[Span],
    ) -> None:
        self.document = document
        self.words = words
        self.stop = phrases["stop"]
        self.state = phrases["state"]
        self.complement = phrases["complement"]
        self.times = times

    def end(self, first: int) -> int:
        """The end of the noun phrase that starts at a word: that word itself where none does."""
        state = self._state(first)
        if state and not self._modifies(first):
            return first + state
        end = first
        while end - first < _LONGEST_COUNTED and (step := self._step(first, end)):
            end += step
        return self._with_state(self._complement(end)) if end > first else first

    def _modifies(self, word: int) -> bool:
        """Whether the word describes a noun behind it (two missing workers)."""
        head = self.document.heads[word]
        return word < head <= word + _LONGEST_COUNTED and self.document.upos[head] in _NOMINAL

    def _step(self, first: int, word: int) -> int:
        """How many words go on with the noun phrase: one, or a hyphen and the word behind it."""
        if self.joins(first, word):
            return 1
        hyphen = first < word < self.words[1] and self.document.forms[word] == "-"
        return 2 if hyphen and self.joins(first, word + 1) else 0

    def joins(self, first: int, word: int) -> bool:
        """Whether a word goes on with the noun phrase that starts at ``first``."""
        if word >= self.words[1]:
            return False
        lower, upos = self.document.lower[word], self.document.upos[word]
        if lower in self.stop or self._timed(word):
            return False
        if upos not in _NOMINAL or not lower[0].isalpha():
            return False
        if word == first:
            return True
        if upos == "NUM" or self._state(word):
            return False
        return not self._leaves(first, word)

    def _leaves(self, first: int, word: int) -> bool:
        """Whether the tree hangs the word outside the phrase, as an argument of its own."""
        heads = self.document.heads
        if any(heads[w] == word for w in range(max(first - 1, self.words[0]), word)):
            return False
        relation = self.document.deprels[word]
        if first <= heads[word] < word:
            return relation.startswith(_APART)
        return relation.startswith(_OUTSIDE)

    def _complement(self, end: int) -> int:
        """The end of *of munitions* behind *containers*, where the language counts so."""
        if end + 1 >= self.words[1] or self.document.lower[end] not in self.complement:
            return end
        last = end + 1
        while last - end <= _LONGEST_COUNTED and self.joins(end + 1, last):
            last += 1
        return last if last > end + 1 else end

    def _state(self, word: int) -> int:
        """How many words at a place say what became of those counted."""
        for size in (2, 1):
            if word + size <= self.words[1]:
                phrase = " ".join(self.document.lower[word : word + size])
                if phrase in self.state:
                    return size
        return 0

    def _with_state(self, end: int) -> int:
        """The end past what became of those counted (orang tewas)."""
        return end + self._state(end)

    def _timed(self, word: int) -> bool:
        start, end = self.document.span(word, word + 1)
        return any(s < end and start < e for s, e in self.times)
