"""Finds the items of a sentence: names of people and bodies, and the forms of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from menurut.reader.document import Range
from menurut.record.actors.forms import Forms
from menurut.record.actors.lexicon import Entry, Item
from menurut.record.actors.person_names import person_names
from menurut.record.actors.phrase import HEADS
from menurut.record.actors.sentence import Sentence
from menurut.world import name_words as comparable

PERSON = Entry("person", "")
ORGANIZATION = Entry("org", "")
NOTHING = Entry("nothing", "")
_NO_NOUN = frozenset({"VERB", "ADV", "AUX", "ADP", "CCONJ", "SCONJ"})


def find_items(sentence: Sentence) -> list[Item]:
    """The items of a sentence in text order, none over another."""
    return _Finder(sentence).find()


class _Finder:
    """Finds the items of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.document = sentence.document
        self.first, self.last = sentence.first, sentence.last
        self.rules = sentence.rules
        self.names = sentence.names
        self.towns = sentence.towns
        self.asides = sentence.asides
        self.forms = Forms(sentence.document, sentence.words, sentence.first, sentence.last)

    def find(self) -> list[Item]:
        """The items in text order."""
        named = self._bodies()
        people = person_names(self.sentence, self.forms)
        taken = _words([*people, *named])
        found = [Item(s, e, self._sort(s, e)) for s, e in people if not _overlaps((s, e), named)]
        found += [Item(s, e, ORGANIZATION) for s, e in named]
        found += self._of_tables(taken)
        found += self._of_labels(_covered(found))
        found += self._explained(_covered(found))
        return sorted(found, key=lambda item: item.start)

    def _of_tables(self, taken: frozenset[int]) -> Iterator[Item]:
        """The forms of the tables that are here what their rows say."""
        for item in self.forms.apart(taken):
            if item.entry.sort == "leader" or self.sentence.is_called(item.start, item.end):
                yield Item(item.start, item.end, PERSON)
            elif not (self._is_common(item) or self._is_in_name(item)):
                yield item

    def _of_labels(self, covered: Set[int]) -> Iterator[Item]:
        """The bodies and places that the reader labels and no table has."""
        for start, end, label in self.names:
            if not covered.isdisjoint(range(start, end)):
                if label == "ORG" and (town := self._seat_of_office(start, end, covered)):
                    yield town
            elif label == "ORG" and self._is_name(start, end):
                yield Item(start, end, ORGANIZATION)
            elif (label == "LOC" or self.sentence.is_state(start, end)) and (
                entry := self.towns.entry(*self._without_part(start, end))
            ):
                yield Item(start, end, entry)

    def _without_part(self, start: int, end: int) -> Range:
        """The name of a place without the part of it that is meant: ``Baghdad pusat``."""
        forms, parts = self.document.forms, self.rules.directions
        while end - start > 1 and forms[end - 1] in parts:
            end -= 1
        while end - start > 1 and forms[start] in parts:
            start += 1
        return start, end

    def _seat_of_office(self, start: int, end: int, covered: Set[int]) -> Item | None:
        """The town at the end of the name of a local office (``Polres Bogor``), whose country's it
        is; bodies of other kinds bear names of their own."""
        item = self.forms.at(start)
        office = item is not None and item.entry.sort == "institution" and not item.entry.named
        if item is None or not office or self.rules.modifiers != "right":
            return None
        for word in range(item.end, end):
            clear = covered.isdisjoint(range(word, end))
            if clear and (entry := self.towns.entry(word, end)):
                return Item(word, end, entry)
        return None

    def _bodies(self) -> list[Range]:
        """The names of bodies in full, whatever pieces the model cuts them into."""
        return [(s, e) for s, e in self.asides.named if self.first <= s and e <= self.last]

    def _sort(self, start: int, end: int) -> Entry:
        """A person, or a body whose name the model takes for a person's."""
        if not self.asides.bodies or self.sentence.is_called(start, end):
            return PERSON
        text = self.document.text[slice(*self.document.span(start, end))]
        return ORGANIZATION if comparable(text) in self.asides.bodies else PERSON

    def _explained(self, covered: Set[int]) -> Iterator[Item]:
        """Nouns in no table that a name beside them explains, there or elsewhere in the report."""
        asides = self.asides
        if not asides.bearer and not asides.body_nouns:
            return
        for word in range(self.first, self.last):
            lower = self.document.lower[word]
            known = lower in asides.nouns or lower in asides.body_nouns
            beside = word in asides.bearer
            prefix = lower in self.rules.former
            if word in covered or prefix or not (beside or (known and self._is_definite(word))):
                continue
            if beside or lower in asides.nouns:
                yield Item(word, word + 1, Entry("title", lower, "", f"beside a name: {lower}"))
            else:
                yield Item(word, word + 1, Entry("institution", lower, "", "", lower))

    def _is_definite(self, word: int) -> bool:
        """Whether a determiner beside a noun and its bare modifiers points back."""
        document, lower, start = self.document, self.document.lower, word
        if document.upos[word] != "NOUN":
            return False
        while start > self.first and document.heads[start - 1] == word:
            if document.deprels[start - 1] != "compound":
                break
            start -= 1
        before = lower[start - 1] if start > self.first else ""
        after = lower[word + 1] if word + 1 < self.last else ""
        right = self.rules.modifiers == "right"
        return before in self.rules.articles or (after if right else before) in self.rules.definite

    def _is_name(self, start: int, end: int) -> bool:
        """Whether a label covers more than an article."""
        words = range(start, end)
        noun = any(self.document.upos[w] not in ("DET", "PUNCT", "ADP") for w in words)
        return noun and not self.sentence.is_small_word(start, end)

    def _is_common(self, item: Item) -> bool:
        """Whether a form is here some other word: a noun's a verb or adverb, a capital's a number
        (``Lima polisi``)."""
        if item.end - item.start > 1:
            return False
        upos = self.document.upos[item.start]
        if item.entry.sort == "capital":
            return upos == "NUM"
        return item.entry.sort in HEADS and upos in _NO_NOUN

    def _is_in_name(self, item: Item) -> bool:
        """Whether a group's form is part of a longer name (``Kutai Barat``, ``West Yorkshire``)."""
        if item.entry.sort != "group" or item.end - item.start > 1:
            return False
        word = item.start
        around = [(s, e) for s, e, _ in self.names if s <= word < e]
        tied = self.document.deprels[word].startswith("flat")
        return tied or any(e - s > 1 for s, e in around)


def _covered(items: Iterable[Item]) -> frozenset[int]:
    return _words((item.start, item.end) for item in items)


def _words(ranges: Iterable[Range]) -> frozenset[int]:
    return frozenset(w for start, end in ranges for w in range(start, end))


def _overlaps(span: Range, others: list[Range]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
