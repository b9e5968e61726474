"""What a number counts: the noun phrase behind it.

The tree says where a phrase ends; word classes and the language's table of words that end it
(``quantities.tsv``) stand by, for a small model's trees have errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from menurut.contract import Span
from menurut.reader.document import Document, Range
from menurut.record.quantities.phrases import Phrases

_LONGEST_COUNTED = 6
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X", "SYM", "NUM"})
_OUTSIDE = ("nsubj", "obj", "iobj", "obl", "root", "conj", "parataxis", "advcl", "ccomp", "acl")
_MAX_CLIMB = 4
_MODIFYING = ("amod", "compound", "nmod")
_APART = ("conj", "parataxis", "nsubj", "obj", "acl", "appos")


class NounPhrases:
    """The noun phrases of one sentence, ``words``.

    ``phrases``: by kind, ``stop`` (words that end a phrase), ``state`` (what became of those
    counted), ``complement`` (the word between *containers* and *munitions*), ``attribute`` (words
    that describe the noun before them though they look like verbs) and ``number_of`` (nouns that
    stand before what a number is of). ``times``: spans that no phrase runs into.
    """

    def __init__(
        self,
        document: Document,
        words: Range,
        phrases: Mapping[str, Phrases],
        times: Sequence[Span],
    ) -> None:
        self.document = document
        self.words = words
        self.stop = phrases["stop"].values
        self.state = phrases["state"].values
        self.complement = phrases["complement"].values
        self.attribute = phrases["attribute"].values
        self.number_of = phrases["number_of"].values
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

    def subject(self, word: int) -> Range | None:
        """The noun phrase that is the subject of the clause of a word, without *number of*."""
        heads, deprels = self.document.heads, self.document.deprels
        for _ in range(_MAX_CLIMB):
            subjects = (w for w in self.document.children[word] if deprels[w].startswith("nsubj"))
            if (subject := next(subjects, None)) is not None and subject < word:
                return self._subject_phrase(subject)
            word = heads[word]
            if not self.words[0] <= word < self.words[1]:
                return None
        return None

    def _subject_phrase(self, noun: int) -> Range | None:
        lower = self.document.lower
        if lower[noun] in self.number_of:
            first = noun + 1
            first += int(first < self.words[1] and lower[first] in self.complement)
            end = self.end(first) if first < self.words[1] else first
            return (first, end) if end > first else None
        first = noun
        while first - 1 >= self.words[0] and self._describes(first - 1, noun):
            first -= 1
        end = self.end(noun)
        return (first, end) if end > noun and self.document.upos[noun] != "PRON" else None

    def _describes(self, word: int, noun: int) -> bool:
        relation = self.document.deprels[word]
        return self.document.heads[word] == noun and relation.startswith(_MODIFYING)

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
        if word > first and lower in self.attribute:
            return True
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
