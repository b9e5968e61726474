"""The names of people in a sentence, labelled, well known, or known from the rest of the report."""

from __future__ import annotations

from collections.abc import Iterator

from menurut.reader.document import Range
from menurut.record.actors.forms import Forms
from menurut.record.actors.lexicon import Item
from menurut.record.actors.phrase import STATES
from menurut.record.actors.sentence import Sentence, is_rest

_MODIFIER = frozenset({"nmod", "amod", "compound"})
_NAME_PARTS = frozenset({"compound", "flat"})


def person_names(sentence: Sentence, forms: Forms) -> list[Range]:
    """The names of people without the titles in front of them, none over another."""
    return _PersonNames(sentence, forms).find()


class _PersonNames:
    """Finds the names of people in one sentence."""

    def __init__(self, sentence: Sentence, forms: Forms) -> None:
        self.sentence = sentence
        self.document = sentence.document
        self.first, self.last = sentence.first, sentence.last
        self.rules = sentence.rules
        self.words = sentence.words
        self.names = sentence.names
        self.known = sentence.known
        self.headline = sentence.headline
        self.forms = forms

    def find(self) -> list[Range]:
        """Labelled and well-known names in text order, then those that carry no label here."""
        people: list[Range] = []
        for span in sorted([*self._labelled(), *self._leaders()]):
            if not people or span[0] >= people[-1][1]:
                people.append(self._widened(span))
            elif span[1] > people[-1][1]:
                people[-1] = (people[-1][0], span[1])
        people = [(self._past_noun(start, end), end) for start, end in people]
        return [*people, *self._missed(people)]

    def _labelled(self) -> Iterator[Range]:
        """The names of people without the titles in front of them."""
        ends = {end for _, end, label in self.names if label != "PER"}
        for start, end, label in self.names:
            if label != "PER":
                if self.sentence.is_called(start, end):
                    yield start, end
                continue
            start, end = self._beside_titles(start, end)
            whole = self.forms.at(start) if start < end else None
            if whole and whole.entry.sort != "leader" and self._is_explained(whole, end):
                continue
            if self.forms.cuts_firm(start, end) or is_rest(self.document, start, end, ends):
                continue
            if self.sentence.is_small_word(start, end):
                continue
            if self.sentence.is_state(start, end):
                continue
            start = self._past_title(start, end)
            while start < end and (step := self._title_at(start, end)):
                start = step
            end = self._without_verb(start, end)
            if start < end:
                yield start, end

    def _beside_titles(self, start: int, end: int) -> Range:
        """A name without the part of it that a title in several words has (``US Secretary``)."""
        for first, last in self.forms.long_titles:
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

    def _title_at(self, start: int, end: int) -> int:
        """Where the title or the honorific at the head of a name ends, 0 if there is none."""
        if self.document.lower[start] in self.rules.honorifics | self.rules.deputies:
            return start + 1
        item = self.words.at(self.document, start, end)
        return (
            item.end if item and item.end < end and item.entry.sort in ("title", "country") else 0
        )

    def _without_verb(self, start: int, end: int) -> int:
        """The end of a name in a headline, where the model takes capitals for names."""
        if self.headline and self.document.lower[start] in self.known:
            while end > start and self.document.lower[end - 1] not in self.known:
                end -= 1
        return end

    def _is_explained(self, item: Item, end: int) -> bool:
        """Whether forms of the tables, none a person's, take up a name up to its end."""
        while item.end < end:
            following = self.forms.at(item.end)
            if following is None or following.entry.sort not in STATES:
                return False
            item = following
        return True

    def _past_noun(self, start: int, end: int) -> int:
        """Where a name starts that opens a sentence with a noun (``Economist Ana Lima``)."""
        document = self.document
        if start != self.first or end - start < 3 or document.deprels[start] not in _MODIFIER:
            return start
        return start + 1 if start < document.heads[start] < end else start

    def _leaders(self) -> Iterator[Range]:
        """Names of well-known people in full, whatever the model says of their words."""
        for item in self.forms.listed:
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
        item = self.forms.at(word)
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
            if word >= done and long and not self.forms.cuts_firm(word, end):
                yield self._widened((word, end))
            done = max(done, end)

    def _is_known(self, word: int) -> bool:
        if (
            self.document.lower[word] not in self.known
            or not self.document.forms[word][0].isupper()
        ):
            return False
        if any(start <= word < end for start, end in self.forms.long_titles):
            return False
        item = self.forms.at(word)
        if self.document.lower[word] in self.rules.honorifics or self.forms.is_inside_place(word):
            return False
        return item is None or item.entry.sort == "leader"
