"""The forms of the tables in a sentence: countries, bodies, titles, well-known people."""

from __future__ import annotations

from collections.abc import Iterator

from menurut.reader.document import Document, Range
from menurut.record.actors.lexicon import Item, Lexicon

_PLACE_NAMES = frozenset({"country", "capital", "nothing"})


class Forms:
    """The forms of the tables in the words ``[first, last)`` of a document.

    ``listed``: the longest at each word; ``long_titles``: the titles in several words.
    """

    def __init__(self, document: Document, words: Lexicon, first: int, last: int) -> None:
        self._first = first
        self._firm_names: list[Range] | None = None
        self._inside_places: set[int] | None = None
        starts, at = words.starts, words.at
        self._items = [
            at(document, word, last) if starts(form) else None
            for word, form in enumerate(document.lower[first:last], first)
        ]
        self.listed = [item for item in self._items if item is not None]
        self.long_titles = [
            (i.start, i.end) for i in self.listed if i.entry.sort == "title" and i.end - i.start > 1
        ]

    def at(self, word: int) -> Item | None:
        """The longest form of the tables that starts at a word."""
        return self._items[word - self._first]

    def apart(self, taken: frozenset[int]) -> Iterator[Item]:
        """The forms of the tables, none over another and none over a word that is taken."""
        done = self._first
        for item in self.listed:
            if item.start >= done and taken.isdisjoint(range(item.start, item.end)):
                yield item
                done = item.end

    def is_inside_place(self, word: int) -> bool:
        """Whether a word goes on with the name of a place in the tables (``Buenos Aires``)."""
        if self._inside_places is None:
            places = (i for i in self.listed if i.entry.sort in _PLACE_NAMES)
            self._inside_places = {w for i in places for w in range(i.start + 1, i.end)}
        return word in self._inside_places

    def cuts_firm(self, start: int, end: int) -> bool:
        """Whether a name would cut up one that stands in the tables."""
        return any(s < end and start < e and not start <= s < e <= end for s, e in self._firm())

    def _firm(self) -> list[Range]:
        """Names of several words in the tables, which no label of the model cuts up."""
        if self._firm_names is None:
            found = self.apart(frozenset())
            self._firm_names = [
                (i.start, i.end)
                for i in found
                if i.entry.sort in ("body", "country", "seat") and i.end - i.start > 1
            ]
        return self._firm_names
