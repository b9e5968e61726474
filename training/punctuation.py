"""Where marks of punctuation hang, by the guidelines of Universal Dependencies.

https://universaldependencies.org/u/dep/punct.html: a mark at the edge of a phrase hangs from its
head, paired marks both from the head of what they hold, and none makes the tree cross itself.
Treebanks of before 2019 hang them otherwise. With the true trees the rule hangs 92 marks of a
hundred as today's GSD does (the part that is learnt), 97 as EWT dev does, but 65 as CSUI, which has
ways of its own with commas. ``training.relabel`` uses it for the older GSD.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from menurut.reader.labels import UPOS
from menurut.reader.trees import reach_root
from training.examples import Words

_PUNCT = UPOS.index("PUNCT")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "‘": "’", "``": "''"}
_STRAIGHT = frozenset("\"'")
_STOPS = frozenset(".?!…")
_LONGEST_ABBREVIATION = 3


def punctuated(words: Words) -> list[int]:
    """The heads of a sentence whose tree is known, its marks hung anew where that gives a tree."""
    heads = _Marks(words).heads()
    return heads if is_tree(heads) else words.heads


def is_tree(heads: Sequence[int]) -> bool:
    """One root, and from every word a way to it."""
    return sum(head < 0 for head in heads) == 1 and reach_root(np.array(heads))


class _Marks:
    def __init__(self, words: Words) -> None:
        self.forms = words.forms
        self.given = words.heads
        self.is_mark = [tag == _PUNCT for tag in words.upos]
        self.above = [self._above(word) for word in range(len(words))]

    def _above(self, word: int) -> int:
        """The head of a word, past marks; -1 for the root."""
        head = self.given[word]
        while head >= 0 and self.is_mark[head]:
            head = self.given[head]
        return max(head, -1)

    def heads(self) -> list[int]:
        out = list(self.above)
        start = 0
        for at, form in enumerate(self.forms):
            if not self.is_mark[at] or self.given[at] == -1:
                continue
            out[at] = self._head(at, start)
            if form in _STOPS and not self._abbreviates(at):
                start = at + 1
        for opening, closing in self._pairs():
            if top := self._top(opening, closing):
                out[opening] = out[closing] = top[0]
        return out

    def _head(self, at: int, start: int) -> int:
        """The head of a mark; ``start``: where the clause before a full stop begins."""
        if self._abbreviates(at):
            return at - 1
        left, right = self._left(at), self._right(at)
        if left is None:
            return self.given[at] if right is None else right
        if right is None or self.forms[at] in _STOPS:
            return self._within(at, left, start)
        up, down = self._way(left), self._way(right)
        if right in up:
            return left
        if left in down:
            return right
        return left if len(up) > len(down) else right

    def _left(self, at: int) -> int | None:
        """The highest word whose phrase ends right before a mark."""
        word = next((w for w in range(at - 1, -1, -1) if not self.is_mark[w]), None)
        while word is not None and 0 <= self.above[word] < at:
            word = self.above[word]
        return word

    def _right(self, at: int) -> int | None:
        """The highest word whose phrase begins right after a mark."""
        word = next((w for w in range(at + 1, len(self.forms)) if not self.is_mark[w]), None)
        while word is not None and self.above[word] > at:
            word = self.above[word]
        return word

    def _within(self, at: int, found: int, start: int) -> int:
        """The head, but no higher than the sentence that a full stop closes."""
        if found >= start:
            return found
        words = [w for w in range(start, at) if not self.is_mark[w]]
        return next((w for w in words if not start <= self.above[w] < at), found)

    def _way(self, word: int) -> list[int]:
        """The words from a word up to the root."""
        way = [word]
        while self.above[way[-1]] >= 0:
            way.append(self.above[way[-1]])
        return way

    def _abbreviates(self, at: int) -> bool:
        before = self.forms[at - 1] if at else ""
        short = 0 < len(before) <= _LONGEST_ABBREVIATION and before[0].isupper()
        inside = at + 1 < len(self.forms)
        return self.forms[at] == "." and inside and short and not self.is_mark[at - 1]

    def _pairs(self) -> list[tuple[int, int]]:
        opened: list[int] = []
        pairs = []
        for at, form in enumerate(self.forms):
            if not self.is_mark[at]:
                continue
            last = self.forms[opened[-1]] if opened else ""
            if last == form and form in _STRAIGHT:
                pairs.append((opened.pop(), at))
            elif form in _STRAIGHT or form in _PAIRS:
                opened.append(at)
            elif last and _PAIRS.get(last) == form:
                pairs.append((opened.pop(), at))
        return pairs

    def _top(self, opening: int, closing: int) -> Sequence[int]:
        """The words between two marks whose heads are not between them."""
        inner = [w for w in range(opening + 1, closing) if not self.is_mark[w]]
        return [w for w in inner if not opening < self.above[w] < closing]
