"""The words of a document that may head a predicate, and the rows of the table for each."""

from __future__ import annotations

from collections.abc import Iterator

from menurut.reader.document import Document
from menurut.record.events import frames
from menurut.record.events.frames import Match
from menurut.record.events.rules import IN_NAME, MODIFIES, Lack
from menurut.record.events.syntax import NOMINAL, preposition, relation

_READ = frozenset({"body", "headline", "caption"})
_MODIFIERS = frozenset({"compound", "flat", "amod"})
_ARGUMENTS = frozenset({"obl", "obj", "nsubj", "nmod"})


class Heads:
    """The words of a document that may head a predicate."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._matched: dict[int, tuple[Match, ...]] = {}
        self._in_names = {
            w for n in document.names if n.label != "NAT" for w in range(n.start, n.end)
        }

    def words(self) -> Iterator[int]:
        """The words that may head a predicate, verbs before the nouns that they take in."""
        document = self.document
        for (start, end), kind in zip(document.sentences, document.kinds, strict=True):
            if kind in _READ:
                words = [w for w in range(start, end) if self._may_head(w)]
                yield from sorted(words, key=lambda w: document.upos[w] in NOMINAL)

    def types(self, word: int) -> frozenset[str]:
        """The types of the rows that the table has for a word, whether they fit or not."""
        return frozenset(frame.type for frame, _ in self.matches(word))

    def is_event(self, word: int) -> bool:
        """Whether a word by itself may tell of an event."""
        return any(len(match.frame.words) == 1 for match in self.matches(word))

    def bars(self, word: int) -> Lack | None:
        """Why a word heads no predicate, whatever the table has of it."""
        if word in self._in_names:
            return Lack(IN_NAME)
        return Lack(MODIFIES) if self._only_modifies(word) else None

    def matches(self, word: int) -> tuple[Match, ...]:
        """The frames of a word. A noun that opens a sentence may be taken for a name."""
        if word in self._matched:
            return self._matched[word]
        document = self.document
        form, upos = document.lower[word], document.upos[word]
        found = frames.matches(form, upos, document.language)
        opens = document.sentences[document.sentence_of[word]][0] == word
        if upos == "PROPN" and opens:
            found += frames.matches(form, "NOUN", document.language)
        self._matched[word] = found
        return found

    def _may_head(self, word: int) -> bool:
        return bool(self.matches(word)) and self.bars(word) is None

    def _only_modifies(self, word: int) -> bool:
        """Whether a word without arguments modifies a noun: ``talks venue``, ``convicted man``."""
        document = self.document
        if self._names_talks(word):
            return True
        if relation(document, word) not in _MODIFIERS:
            return False
        return not any(relation(document, c) in _ARGUMENTS for c in document.children[word])

    def _names_talks(self, word: int) -> bool:
        """Whether a bare noun only says what talks are about: ``perundingan perdagangan``."""
        document = self.document
        head = document.heads[word]
        bare = document.deprels[word] in ("nmod", "compound") and not preposition(document, word)
        if head < 0 or not bare or document.upos[head] != "NOUN":
            return False
        return document.upos[word] == "NOUN" and self.types(head) == {"CONSULT"}
