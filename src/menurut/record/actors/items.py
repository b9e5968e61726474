"""Finds the items of a sentence: names of people and bodies, and the forms of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

from menurut.contract import BlockKind
from menurut.reader.document import Document, Range
from menurut.record.actors.asides import Asides
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.lexicon import Entry, Item, Lexicon
from menurut.record.actors.phrase import HEADS, STATES
from menurut.record.actors.towns import Towns
from menurut.tables import language_table
from menurut.world import name_words as comparable

PERSON = Entry("person", "")
ORGANIZATION = Entry("org", "")
NOTHING = Entry("nothing", "")
Names = list[tuple[int, int, str]]
_MODIFIER = frozenset({"nmod", "amod", "compound"})
_NAME_PARTS = frozenset({"compound", "flat"})
_PLACE_NAMES = frozenset({"country", "capital", "nothing"})
_NO_NOUN = frozenset({"VERB", "ADV", "AUX", "ADP", "CCONJ", "SCONJ"})


def name_words(document: Document) -> frozenset[str]:
    """The words of people's names, so that a name the model misses once is still known."""
    found: set[str] = set()
    ends = {name.end for name in document.names if name.label != "PER"}
    for name in document.names:
        if name.label != "PER" or _is_rest(document, name.start, name.end, ends):
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
    asides: Asides
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
        self.asides = sentence.asides
        self._firm_names: list[Range] | None = None
        self._inside_places: set[int] | None = None
        self.headline = sentence.kind == "headline"
        lower = self.document.lower[self.first : self.last]
        starts, at = self.words.starts, self.words.at
        self._items = [
            at(self.document, word, self.last) if starts(form) else None
            for word, form in enumerate(lower, self.first)
        ]
        self._listed = [item for item in self._items if item is not None]
        self._long_titles = [
            (i.start, i.end)
            for i in self._listed
            if i.entry.sort == "title" and i.end - i.start > 1
        ]

    def find(self) -> list[Item]:
        """The items in text order."""
        named = self._bodies()
        people: list[Range] = []
        for span in sorted([*self._person_ranges(), *self._leaders()]):
            if not people or span[0] >= people[-1][1]:
                people.append(self._widened(span))
            elif span[1] > people[-1][1]:
                people[-1] = (people[-1][0], span[1])
        people = [(self._past_noun(start, end), end) for start, end in people]
        people += self._missed(people)
        taken = frozenset(w for s, e in [*people, *named] for w in range(s, e))
        people = [span for span in people if not _overlaps(span, named)]
        found = [Item(s, e, self._sort(s, e)) for s, e in people]
        found += [Item(s, e, ORGANIZATION) for s, e in named]
        for item in self._scan(taken):
            if item.entry.sort == "leader" or self._is_called(item.start, item.end):
                found.append(Item(item.start, item.end, PERSON))
            elif not (self._is_common(item) or self._is_in_name(item)):
                found.append(item)
        covered = {w for item in found for w in range(item.start, item.end)}
        for start, end, label in self.names:
            if any(w in covered for w in range(start, end)):
                if label == "ORG" and (town := self._seat_of_office(start, end, covered)):
                    found.append(town)
                continue
            if label == "ORG" and self._is_name(start, end):
                found.append(Item(start, end, ORGANIZATION))
            elif (label == "LOC" or self._is_state(start, end)) and (
                entry := self.towns.entry(*self._without_part(start, end))
            ):
                found.append(Item(start, end, entry))
        found += self._explained({w for item in found for w in range(item.start, item.end)})
        return sorted(found, key=lambda item: item.start)

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
        item = self._item(start)
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
        if not self.asides.bodies or self._is_called(start, end):
            return PERSON
        text = self.document.text[slice(*self.document.span(start, end))]
        return ORGANIZATION if comparable(text) in self.asides.bodies else PERSON

    def _is_called(self, start: int, end: int) -> bool:
        """Whether the report gives a name as a person's somewhere (``a man named RS``)."""
        if not self.asides.called:
            return False
        text = self.document.text[slice(*self.document.span(start, end))]
        return comparable(text) in self.asides.called

    def _explained(self, covered: set[int]) -> Iterator[Item]:
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

    def _item(self, word: int) -> Item | None:
        """The longest form of the tables that starts at a word."""
        return self._items[word - self.first]

    def _scan(self, taken: frozenset[int]) -> Iterator[Item]:
        """The forms of the tables, none over another and none over a word that is taken."""
        done = self.first
        for item in self._listed:
            if item.start >= done and taken.isdisjoint(range(item.start, item.end)):
                yield item
                done = item.end

    def _is_name(self, start: int, end: int) -> bool:
        """Whether a label covers more than an article."""
        words = range(start, end)
        noun = any(self.document.upos[w] not in ("DET", "PUNCT", "ADP") for w in words)
        return noun and not self._is_small_word(start, end)

    def _is_small_word(self, start: int, end: int) -> bool:
        """Whether a label lies on a pronoun or an article alone (``She accused``)."""
        lower = self.document.lower[start]
        pronouns = _pronouns(self.document.language)
        return end - start == 1 and (lower in self.rules.stops or lower in pronouns)

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

    def _person_ranges(self) -> Iterator[Range]:
        """The names of people without the titles in front of them."""
        ends = {end for _, end, label in self.names if label != "PER"}
        for start, end, label in self.names:
            if label != "PER":
                if self._is_called(start, end):
                    yield start, end
                continue
            start, end = self._beside_titles(start, end)
            whole = self._item(start) if start < end else None
            if whole and whole.entry.sort != "leader" and self._is_explained(whole, end):
                continue
            if self._cuts_firm(start, end) or _is_rest(self.document, start, end, ends):
                continue
            if self._is_small_word(start, end):
                continue
            if self._is_state(start, end):
                continue
            start = self._past_title(start, end)
            while start < end and (step := self._title_at(start, end)):
                start = step
            end = self._without_verb(start, end)
            if start < end:
                yield start, end

    def _is_state(self, start: int, end: int) -> bool:
        """Whether a label lies on a state's name (``Nevada``) that is no person's here."""
        if not self.towns.is_state(start, end):
            return False
        return end - start > 1 or self.document.lower[start] not in self.asides.surnames

    def _is_explained(self, item: Item, end: int) -> bool:
        """Whether forms of the tables, none a person's, take up a name up to its end."""
        while item.end < end:
            following = self._item(item.end)
            if following is None or following.entry.sort not in STATES:
                return False
            item = following
        return True

    def _beside_titles(self, start: int, end: int) -> Range:
        """A name without the part of it that a title in several words has (``US Secretary``)."""
        for first, last in self._long_titles:
            if first < start < last <= end:
                start = last
            elif start <= first < end < last:
                end = first
        return start, end

    def _past_title(self, start: int, end: int) -> int:
        """Where a name starts whose label holds a title (``Interior Minister Ana Lima``)."""
        for word in range(start + 1, end):
            item = self.words.at(self.document, word, end)
            known = item is not None and item.entry.sort == "title"
            if item and known and self.document.deprels[word] in _MODIFIER:
                return item.end
        return start

    def _past_noun(self, start: int, end: int) -> int:
        """Where a name starts that opens a sentence with a noun (``Economist Ana Lima``)."""
        document = self.document
        if start != self.first or end - start < 3 or document.deprels[start] not in _MODIFIER:
            return start
        return start + 1 if start < document.heads[start] < end else start

    def _leaders(self) -> Iterator[Range]:
        """Names of well-known people in full, whatever the model says of their words."""
        for item in self._listed:
            if item.entry.sort == "leader" and item.end - item.start > 1:
                yield item.start, item.end

    def _widened(self, span: Range) -> Range:
        """A name with the proper nouns tied to it that the model has left out or called else."""
        start, end = span
        while start > self.first and not self.headline and self._is_known(start - 1):
            start -= 1
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
        """Whether a hyphen at a word ties the name before it to more of it (``Min-ah``)."""
        document = self.document
        if document.forms[word] != "-" or word + 1 >= self.last:
            return False
        before = document.ends[word - 1] == document.starts[word]
        after = document.ends[word] == document.starts[word + 1]
        proper = document.upos[word + 1] == "PROPN" or document.forms[word + 1][0].isupper()
        return before and after and proper

    def _continues(self, word: int) -> bool:
        """Whether a proper noun after a name goes on with it."""
        if self.document.upos[word] != "PROPN" or not self.document.forms[word][0].isupper():
            return False
        item = self._item(word)
        if item is not None:
            return item.entry.sort == "leader"
        tied = self.document.deprels[word].startswith("flat")
        heads = self.document.heads[word - 1] == word
        governs = heads and self.document.deprels[word - 1] in _NAME_PARTS
        return tied or governs or any(s == word for s, _, _ in self.names)

    def _missed(self, people: list[Range]) -> Iterator[Range]:
        """Runs of words known from people's names that carry no label here."""
        taken = {w for s, e in people for w in range(s, e)}
        lower = self.document.lower[self.first : self.last]
        done = self.first
        for word in (w for w, form in enumerate(lower, self.first) if form in self.known):
            end = max(word, done)
            while end < self.last and end not in taken and self._is_known(end):
                end += 1
            long = any(len(self.document.forms[w]) > 2 for w in range(word, end))
            if word >= done and long and not self._cuts_firm(word, end):
                yield self._widened((word, end))
            done = max(done, end)

    def _is_known(self, word: int) -> bool:
        if (
            self.document.lower[word] not in self.known
            or not self.document.forms[word][0].isupper()
        ):
            return False
        if any(start <= word < end for start, end in self._long_titles):
            return False
        item = self._item(word)
        if self.document.lower[word] in self.rules.honorifics or self._is_inside_place(word):
            return False
        return item is None or item.entry.sort == "leader"

    def _is_inside_place(self, word: int) -> bool:
        """Whether a word goes on with the name of a place in the tables (``Buenos Aires``)."""
        if self._inside_places is None:
            places = (i for i in self._listed if i.entry.sort in _PLACE_NAMES)
            self._inside_places = {w for i in places for w in range(i.start + 1, i.end)}
        return word in self._inside_places

    def _cuts_firm(self, start: int, end: int) -> bool:
        """Whether a name would cut up one that stands in the tables."""
        return any(s < end and start < e and not start <= s < e <= end for s, e in self._firm())

    def _firm(self) -> list[Range]:
        """Names of several words in the tables, which no label of the model cuts up."""
        if self._firm_names is None:
            found = self._scan(frozenset())
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


@cache
def _pronouns(language: str) -> frozenset[str]:
    return frozenset(row["form"] for row in language_table(language, "pronouns"))


def _is_rest(document: Document, start: int, end: int, ends: Set[int]) -> bool:
    """Whether a word is the rest of a place or a body whose label, one of ``ends``, is short."""
    return start in ends and end - start == 1 and document.deprels[start].startswith("flat")


def _overlaps(span: Range, others: list[Range]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
