"""What stands beside names and tells whose they are: ``her coach, Ana Lima``, ``the airline Vela``.

Read off the tree before the phrases are built, since a noun that no table has becomes a title by
the name beside it, and a name that the model takes for a person's is a body's beside ``company``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from menurut.reader.document import Document, NameRange, Range
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.lexicon import Lexicon
from menurut.record.actors.towns import Towns
from menurut.world import name_words

Words = tuple[str, ...]
_APPOSED = ("appos", "flat")
_TIED = ("appos", "flat", "nmod", "compound", "nsubj")
_COUNTED = frozenset({"NOUN", "PROPN", "NUM"})
_MAX_CHAIN = 3
_MAX_BODY = 5
_MAX_NAME = 4
_MAX_TITLE = 4
_MIN_ABBREVIATION = 2


@dataclass(frozen=True, slots=True)
class Asides:
    """What names say of the words beside them.

    ``bearer``: for a noun, the person's name beside it; ``nouns``: these nouns by form, so that
    ``the coach`` is known later. ``bodies``: names that are no person's; ``named``: where they
    stand beside a noun for a body; ``body_nouns``: the nouns in bodies' names (``the museum``).
    ``surnames``: the words of people's names in full. ``called``: names that a word before them
    gives to a person (``berinisial RS``).
    """

    bearer: dict[int, Range] = field(default_factory=dict)
    bodies: frozenset[Words] = frozenset()
    nouns: frozenset[str] = frozenset()
    named: tuple[Range, ...] = ()
    body_nouns: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    called: frozenset[Words] = frozenset()


def find_asides(document: Document, rules: Grammar, words: Lexicon, towns: Towns) -> Asides:
    """The asides of a document."""
    return _Finder(document, rules, words, towns).find()


class _Finder:
    """Finds the asides of one document."""

    def __init__(self, document: Document, rules: Grammar, words: Lexicon, towns: Towns) -> None:
        self.document = document
        self.rules = rules
        self.words = words
        self.towns = towns
        self._named = {w for n in document.names for w in range(n.start, n.end)}

    def find(self) -> Asides:
        bearer: dict[int, Range] = {}
        named = self._named_bodies()
        bodies = {form for span in named for form in self._forms(span)} | {*self._abbreviations()}
        for name in self.document.names:
            person = name.label == "PER" and (
                not bodies or self._key(name.start, name.end) not in bodies
            )
            if person:
                for noun in self._nouns(name):
                    bearer.setdefault(noun, (name.start, name.end))
        nouns = frozenset(self.document.lower[w] for w in bearer if not self._is_listed(w))
        surnames = frozenset(
            self.document.lower[word]
            for name in self.document.names
            if name.label == "PER" and name.end - name.start > 1
            for word in range(name.start, name.end)
        )
        body_nouns = frozenset(self._body_nouns())
        called = frozenset(self._key(start, end) for start, end in self._called())
        return Asides(bearer, frozenset(bodies), nouns, named, body_nouns, surnames, called)

    def _called(self) -> Iterator[Range]:
        """Where names stand behind ``named`` or ``berinisial``."""
        forms = self.document.forms
        for first, last in self.document.sentences:
            for word in range(first + 1, last):
                if self.document.lower[word - 1] in self.rules.calling:
                    end = word
                    while end < min(last, word + _MAX_NAME) and forms[end][0].isupper():
                        end += 1
                    if end > word:
                        yield word, end

    def _body_nouns(self) -> Iterator[str]:
        """The nouns that head the names of bodies (``British Museum``)."""
        right = self.rules.modifiers == "right"
        for name in self.document.names:
            if name.label == "ORG" and name.end - name.start > 1:
                yield self.document.lower[name.start if right else name.end - 1]

    # --- people ------------------------------------------------------------------------------

    def _nouns(self, name: NameRange) -> Iterator[int]:
        """The nouns that a person's name stands beside by the tree, the nearest first."""
        noun = self._beside(name)
        for _ in range(_MAX_CHAIN):
            if noun is None or not self._may_bear(noun, name.start):
                return
            yield noun
            higher = self.document.heads[noun]
            noun = higher if self.document.deprels[noun].startswith(_APPOSED) else None

    def _beside(self, name: NameRange) -> int | None:
        top = next((w for w in range(name.start, name.end) if self._leaves(w, name)), name.start)
        head, before = self.document.heads[top], name.start - 1
        if self.document.deprels[top].startswith(_APPOSED) and 0 <= head < name.start:
            return head
        if (subject := self._subject_beside(top, name.start)) is not None:
            return subject
        if before < 0 or self.document.upos[before] != "NOUN" or self.rules.modifiers == "right":
            return None
        same = self.document.heads[before] == head
        tied = self.document.heads[before] == top or head == before or same
        return before if tied and self.document.deprels[before].startswith(_TIED) else None

    def _subject_beside(self, top: int, start: int) -> int | None:
        """The noun of a clause that has two subjects, parted by a comma: an apposition misread."""
        document, head = self.document, self.document.heads[top]
        if head < start or not document.deprels[top].startswith("nsubj"):
            return None
        if "," not in document.forms[max(0, start - _MAX_TITLE) : start]:
            return None
        below = document.children[head]
        found = [w for w in below if w < start - 1 and document.deprels[w].startswith("nsubj")]
        return found[-1] if found and "," in document.forms[found[-1] : start] else None

    def _leaves(self, word: int, name: NameRange) -> bool:
        head = self.document.heads[word]
        return self.document.upos[word] != "PUNCT" and not name.start <= head < name.end

    def _may_bear(self, noun: int, name: int) -> bool:
        """Whether a word can stand for one person named after it, in the same sentence."""
        document = self.document
        if noun >= name or (noun in self._named and document.deprels[noun].startswith("flat")):
            return False
        if document.sentence_of[noun] != document.sentence_of[name]:
            return False
        return document.upos[noun] in _COUNTED and "Number=Plur" not in document.feats[noun]

    def _is_listed(self, word: int) -> bool:
        known = self.words.starts(self.document.lower[word])
        return known and self.words.at(self.document, word, word + 1) is not None

    # --- bodies ------------------------------------------------------------------------------

    def _named_bodies(self) -> tuple[Range, ...]:
        found: list[Range] = []
        for name in self.document.names:
            span = self._of_body(name)
            if span and not (found and span[0] < found[-1][1]):
                found.append(span)
        return tuple(found)

    def _of_body(self, name: NameRange) -> Range | None:
        """The extent of a name that a noun for a body stands before (``the airline SkyVela``)."""
        if name.label not in ("PER", "ORG", "LOC") or self._body_noun(name) is None:
            return None
        last = self.document.sentences[self.document.sentence_of[name.start]][1]
        if self.words.at(self.document, name.start, last) is not None:
            return None
        end = name.end
        while end < min(last, name.start + _MAX_BODY) and (step := self._more(end)):
            end += step
        labels = {n.label for n in self.document.names if name.start <= n.start < end}
        place = labels == {"LOC"} and self.towns.entry(name.start, end) is not None
        return None if place else (name.start, end)

    def _body_noun(self, name: NameRange) -> int | None:
        document, before = self.document, name.start - 1
        head = document.heads[name.start]
        commaed = before > 0 and document.forms[before] in ",("
        deprel = document.deprels[name.start]
        if commaed and deprel == "appos" and self._is_bearer(head):
            return head
        if self.rules.modifiers == "left" and self._is_bearer(before):
            return before
        tied = not commaed and head < name.start and deprel in _TIED
        return head if tied and self._is_bearer(head) and self._has_body_label(name) else None

    def _has_body_label(self, name: NameRange) -> bool:
        """Whether a name or the name right behind it is labelled as a body's."""
        near = (n for n in self.document.names if n.start in (name.start, name.end))
        return any(n.label == "ORG" for n in near)

    def _is_bearer(self, word: int) -> bool:
        """Whether a word is a noun for bodies that go by a name of their own."""
        if word < 0 or not self.words.starts(self.document.lower[word]):
            return False
        first = self.document.sentences[self.document.sentence_of[word]][0]
        small = self.document.forms[word] == self.document.lower[word]
        if not small and (word != first or self.document.upos[word] == "PROPN"):
            return False
        item = self.words.at(self.document, word, word + 1)
        return item is not None and item.entry.named

    def _more(self, word: int) -> int:
        """How many words at a word go on with a name before it."""
        document = self.document
        if document.forms[word] == "-" and document.ends[word - 1] == document.starts[word]:
            return 2 if word + 1 < len(document) and word + 1 in self._named else 0
        proper = document.upos[word] == "PROPN" and document.forms[word][0].isupper()
        return int(proper and word in self._named)

    def _abbreviations(self) -> Iterator[Words]:
        """``(FENT)``: names in capitals alone in brackets, which are hardly ever a person's."""
        forms = self.document.forms
        opening = (word for word, form in enumerate(forms[:-2]) if form == "(")
        for word in opening:
            if forms[word + 2] == ")" and is_abbreviation(forms[word + 1]):
                yield name_words(forms[word + 1])

    def _forms(self, span: Range) -> set[Words]:
        """A body's name, and its first word, by which it may go later."""
        key = self._key(*span)
        return {key, key[:1]}

    def _key(self, start: int, end: int) -> Words:
        return name_words(self.document.text[slice(*self.document.span(start, end))])


def is_abbreviation(form: str) -> bool:
    """Whether a word is made of capitals."""
    return len(form) >= _MIN_ABBREVIATION and form.isupper() and form.isalpha()
