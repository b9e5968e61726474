"""Finds the items of a sentence: names of people and bodies, and the forms of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from menurut.contract import BlockKind
from menurut.reader.document import Document, Range
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.lexicon import Entry, Item, Lexicon
from menurut.record.actors.phrase import HEADS
from menurut.record.actors.towns import Towns

PERSON = Entry("person", "")
ORGANIZATION = Entry("org", "")
Names = list[tuple[int, int, str]]


def name_words(document: Document) -> frozenset[str]:
    """The words of people's names, so that a name the model misses once is still known."""
    found: set[str] = set()
    for name in document.names:
        if name.label != "PER":
            continue
        if document.kinds[document.sentence_of[name.start]] != "headline":
            end = name.end
            while end < len(document) and document.deprels[end].startswith("flat"):
                end += 1
            found |= {w for w in document.lower[name.start : end] if w[0].isalpha()}
    return frozenset(found)


def names_by_sentence(document: Document) -> dict[int, Names]:
    """The names of each sentence: first word, end and label."""
    found: dict[int, Names] = {}
    for name in document.names:
        found.setdefault(document.sentence_of[name.start], []).append(
            (name.start, name.end, name.label)
        )
    return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document, words ``[first, last)``, and what it is read with.

    ``known``: words of people's names anywhere in the document (see ``name_words``).
    """

    document: Document
    first: int
    last: int
    rules: Grammar
    words: Lexicon
    names: Names
    known: frozenset[str]
    towns: Towns
    kind: BlockKind = "body"


def find_items(sentence: Sentence) -> list[Item]:
    """The items of a sentence in text order, none over another."""
    return _Finder(sentence).find()


class _Finder:
    """Finds the items of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.document = sentence.document
        self.first, self.last = sentence.first, sentence.last
        self.rules = sentence.rules
        self.words = sentence.words
        self.names = sentence.names
        self.known = sentence.known
        self.towns = sentence.towns
        self._firm_names: list[Range] | None = None
        self.headline = sentence.kind == "headline"

    def find(self) -> list[Item]:
        """The items in text order."""
        people: list[Range] = []
        for span in sorted([*self._person_ranges(), *self._leaders()]):
            if not people or span[0] >= people[-1][1]:
                people.append(self._widened(span))
            elif span[1] > people[-1][1]:
                people[-1] = (people[-1][0], span[1])
        people += self._missed(people)
        taken = frozenset(w for s, e in people for w in range(s, e))
        found = [Item(s, e, PERSON) for s, e in people]
        for item in self.words.scan(self.document, (self.first, self.last), taken):
            if item.entry.sort == "leader":
                found.append(Item(item.start, item.end, PERSON))
            elif not self._is_common(item):
                found.append(item)
        covered = {w for item in found for w in range(item.start, item.end)}
        for start, end, label in self.names:
            if any(w in covered for w in range(start, end)):
                continue
            if label == "ORG" and self._is_name(start, end):
                found.append(Item(start, end, ORGANIZATION))
            elif label == "LOC" and (entry := self.towns.entry(start, end)):
                found.append(Item(start, end, entry))
        return sorted(found, key=lambda item: item.start)

    def _is_name(self, start: int, end: int) -> bool:
        """Whether a label covers more than an article."""
        return any(self.document.upos[w] not in ("DET", "PUNCT", "ADP") for w in range(start, end))

    def _is_common(self, item: Item) -> bool:
        """Whether a head noun's form is here some other word (a verb, an adjective)."""
        if item.entry.sort not in HEADS or item.end - item.start > 1:
            return False
        return self.document.upos[item.start] in ("VERB", "ADV", "AUX", "ADP", "CCONJ", "SCONJ")

    def _person_ranges(self) -> Iterator[Range]:
        """The names of people without the titles in front of them."""
        for start, end, label in self.names:
            if label != "PER":
                continue
            whole = self.words.at(self.document, start, self.last)
            if whole and whole.end >= end and whole.entry.sort != "leader":
                continue
            if self._cuts_firm(start, end):
                continue
            while start < end and (step := self._title_at(start, end)):
                start = step
            end = self._without_verb(start, end)
            if start < end:
                yield start, end

    def _leaders(self) -> Iterator[Range]:
        """Names of well-known people in full, whatever the model says of their words."""
        for word in range(self.first, self.last - 1):
            item = self.words.at(self.document, word, self.last)
            if item and item.entry.sort == "leader" and item.end - item.start > 1:
                yield item.start, item.end

    def _widened(self, span: Range) -> Range:
        """A name with the proper nouns tied to it that the model has left out or called else."""
        start, end = span
        while end < self.last and not self.headline:
            if self._hyphenated(end) or self._has_particle(end):
                end += 2
            elif self._continues(end):
                end += 1
            else:
                break
        return start, end

    def _has_particle(self, word: int) -> bool:
        """Whether ``de``, ``bin`` or the like at a word leads on to more of the name."""
        if self.document.lower[word] not in self.rules.particles or word + 1 >= self.last:
            return False
        proper = self.document.upos[word + 1] == "PROPN"
        return proper and self.document.forms[word + 1][0].isupper()

    def _hyphenated(self, word: int) -> bool:
        """Whether a hyphen at a word ties the name before it to a capitalised word."""
        document = self.document
        if document.forms[word] != "-" or word + 1 >= self.last:
            return False
        before = document.ends[word - 1] == document.starts[word]
        after = document.ends[word] == document.starts[word + 1]
        return before and after and document.forms[word + 1][0].isupper()

    def _continues(self, word: int) -> bool:
        """Whether a proper noun after a name goes on with it."""
        if self.document.upos[word] != "PROPN" or not self.document.forms[word][0].isupper():
            return False
        item = self.words.at(self.document, word, self.last)
        if item is not None:
            return item.entry.sort == "leader"
        tied = self.document.deprels[word].startswith("flat")
        return tied or any(s == word for s, _, _ in self.names)

    def _missed(self, people: list[Range]) -> Iterator[Range]:
        """Runs of words known from people's names that carry no label here."""
        taken = {w for s, e in people for w in range(s, e)}
        word = self.first
        while word < self.last:
            end = word
            while end < self.last and end not in taken and self._is_known(end):
                end += 1
            long = any(len(self.document.forms[w]) > 2 for w in range(word, end))
            if long and not self._cuts_firm(word, end):
                yield word, end
            word = max(end, word + 1)

    def _is_known(self, word: int) -> bool:
        if (
            self.document.lower[word] not in self.known
            or not self.document.forms[word][0].isupper()
        ):
            return False
        item = self.words.at(self.document, word, self.last)
        return item is None or item.entry.sort == "leader"

    def _cuts_firm(self, start: int, end: int) -> bool:
        """Whether a name would cut up one that stands in the tables."""
        return any(s < end and start < e and not start <= s < e <= end for s, e in self._firm())

    def _firm(self) -> list[Range]:
        """Names of several words in the tables, which no label of the model cuts up."""
        if self._firm_names is None:
            found = self.words.scan(self.document, (self.first, self.last), frozenset())
            self._firm_names = [
                (i.start, i.end)
                for i in found
                if i.entry.sort in ("body", "country", "seat") and i.end - i.start > 1
            ]
        return self._firm_names

    def _without_verb(self, start: int, end: int) -> int:
        """The end of a name in a headline, where the model takes capitals for names."""
        if self.headline and self.document.lower[start] in self.known:
            while end > start and self.document.lower[end - 1] not in self.known:
                end -= 1
        return end

    def _title_at(self, start: int, end: int) -> int:
        """Where the title or the honorific at the head of a name ends, 0 if there is none."""
        if self.document.lower[start] in self.rules.honorifics | self.rules.deputies:
            return start + 1
        item = self.words.at(self.document, start, end)
        return (
            item.end if item and item.end < end and item.entry.sort in ("title", "country") else 0
        )
