"""Which words are a place's name: the longest that the gazetteer has, or those the model marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from menurut.reader.document import Document, NameRange, Range
from menurut.record.places.gazetteer import Location, candidates, fold, likeliest
from menurut.record.places.kinds import ADMINISTERED, TOWNS
from menurut.record.places.sentences import LONGEST_PHRASE, Sentence, words_of_use
from menurut.record.places.settings import setting_before

LONGEST_NAME = 5
"""Words of a name, at most."""
ABBREVIATION = 3
"""Letters of a name that is taken for an abbreviation, at most."""

_LEAST_UNMARKED_TOWN = 30_000
"""A town that the model has not marked as a place must have so many people."""
_LEAST_FAR = {"town": 100_000, "province": 1_000_000}
"""In a country that the report does not name, a smaller one is taken for a namesake."""
_SURE = ("class", "people")
"""Before a name of one word these outweigh the model's belief that it is a person's."""


class Toponyms:
    """The names of places in a document.

    ``context``: the countries (ISO 3166 alpha-3) that the report names, each with the words used.
    """

    def __init__(self, document: Document, context: Mapping[str, Collection[str]]) -> None:
        self.document = document
        self.context = context
        self.uses = words_of_use(document.language)
        self._behind = (
            self.uses["class_after"] | self.uses["direction_after"] | self.uses["facility"]
        )
        self.marked: dict[int, NameRange] = {}
        """The names that the model takes for places, by their first word."""
        self.inside: dict[int, NameRange] = {}
        """The name that each word lies in."""
        self._surnames: set[str] = set()
        for name in document.names:
            if name.label == "LOC":
                self.marked[name.start] = name
            if name.label == "PER" and name.end - name.start > 1:
                self._surnames.add(document.forms[name.end - 1])
            for word in range(name.start, name.end):
                self.inside[word] = name

    def at(self, sentence: Sentence, word: int) -> tuple[Range | None, Location | None]:
        """The name that starts at a word: the longest that the gazetteer has, or the model's."""
        marked = self.marked.get(word)
        inner = self._past_class(word, marked.end if marked else sentence.end)
        limit = min(inner + LONGEST_NAME, sentence.end)
        for start in dict.fromkeys((word, inner) if marked else (word,)):
            for end in range(limit, inner, -1):
                location = self.look_up(start, end)
                if location and self._is_its_name(sentence, (start, end), location):
                    return (start, end), location
        if marked and self.document.forms[inner][:1].isupper():
            return (inner, marked.end), None
        return self._by_sort(sentence, word) if inner == word else None, None

    def look_up(self, start: int, end: int) -> Location | None:
        """The place that the words ``[start, end)`` most likely name; None where they name none."""
        if not self._may_end_name(start, end - 1):
            return None
        form = self.form(start, end)
        found = candidates(form, self.document.language)
        if not found or (len(fold(form)) <= ABBREVIATION and not form.isupper()):
            return None
        place = likeliest(found, self.beside(form))
        return None if place is None or self._is_far_namesake(place) else place

    def form(self, start: int, end: int) -> str:
        """The words ``[start, end)`` as they stand in the text."""
        first, last = self.document.span(start, end)
        return self.document.text[first:last]

    def beside(self, form: str) -> Collection[str]:
        """The countries that the report names, less one that only this name names.

        Georgia is a state where nothing but the United States is named beside it.
        """
        others = [code for code, names in self.context.items() if set(names) != {form}]
        return others if len(others) == 1 else self.context

    def _by_sort(self, sentence: Sentence, word: int) -> Range | None:
        """A proper noun that only the word for its sort before it shows to be a place."""
        if sentence.phrase_before(word)[1] != "class":
            return None
        end, upos = word, self.document.upos
        while end < sentence.end and upos[end] == "PROPN" and end not in self.inside:
            end += 1
        known = self.document.lower[word] in self.uses["never"]
        return (word, end) if end > word and not known else None

    def _past_class(self, word: int, end: int) -> int:
        """The first word of a name behind the words that say what sort of place it is."""
        lower = self.document.lower
        while word < end - 1:
            for size in range(LONGEST_PHRASE, 0, -1):
                if word + size < end and " ".join(lower[word : word + size]) in self.uses["class"]:
                    word += size
                    break
            else:
                break
        return word

    def _may_end_name(self, start: int, word: int) -> bool:
        """Whether a name may end with a word: a small letter starts a sort, or no name."""
        form = self.document.forms[word]
        if start == word or form[:1].isupper() or form[:1].isdigit():
            return form[:1].isalnum()
        return word in self.inside or self.document.lower[word] in self.uses["class_after"]

    def _is_far_namesake(self, place: Location) -> bool:
        """Whether the place is a small one in a country that the report says nothing of."""
        small = place.population < _LEAST_FAR.get(place.kind, 0)
        return small and bool(self.context) and place.country not in self.context

    def _is_its_name(self, sentence: Sentence, name: Range, location: Location) -> bool:
        """Whether the words are that place's name and no part or namesake of another's."""
        inside = self.inside.get(name[0])
        if location.kind in TOWNS and self.document.forms[name[0]] in self._surnames:
            return name[1] - name[0] > 1
        if inside is None:
            return self._is_known_unmarked(sentence, name, location)
        if inside.label == "LOC":
            if inside.end > name[1]:
                return self._stands_for_whole(name, location)
            return sentence.heading or not self._goes_on(sentence, name)
        whole = name[0] <= inside.start and inside.end <= name[1]
        if inside.label == "PER":
            before = setting_before(sentence, name[0])
            sure = name[1] - name[0] > 1 or (before is not None and before.use in _SURE)
            return whole and sure and before is not None
        return whole or (inside.end == name[1] and location.kind in TOWNS)

    def _stands_for_whole(self, name: Range, location: Location) -> bool:
        """Whether the place that a longer name begins with is likely the one that holds it."""
        if self.form(*name).lower() in self.uses["never"]:
            return False
        small = location.kind == "town" or location.kind in ADMINISTERED
        return not (small and self.context) or location.country in self.context

    def _is_known_unmarked(self, sentence: Sentence, name: Range, location: Location) -> bool:
        """Whether the gazetteer may be believed against the model, which marks no name here."""
        form = self.form(*name)
        if form.lower() in self.uses["never"] or not form[:1].isupper():
            return False
        small = location.kind == "town" and location.population < _LEAST_UNMARKED_TOWN
        if small and not (name[1] - name[0] > 1 and location.country in self.context):
            return False
        return sentence.heading or not self._goes_on(sentence, name)

    def _goes_on(self, sentence: Sentence, name: Range) -> bool:
        """Whether the name is but a part of a longer one (Jakarta Convention Centre)."""
        end, document = name[1], self.document
        if end >= sentence.end or not document.forms[end][:1].isupper():
            return False
        if document.lower[end] in self._behind or document.upos[end] != "PROPN":
            return False
        heads, deprels = document.heads, document.deprels
        flat = deprels[end].startswith(("flat", "compound")) and name[0] <= heads[end] < end
        modifies = deprels[end - 1].startswith("compound") and heads[end - 1] >= end
        return flat or modifies
