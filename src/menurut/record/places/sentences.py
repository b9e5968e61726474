"""A sentence in which places are looked for, with the words that the language's table names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from menurut.reader.document import Document, Range
from menurut.tables import language_table

LONGEST_PHRASE = 3
"""Words of a phrase of the table, at most."""

_SUBJECTS = ("nsubj", "csubj")
_USES = ("class", "part", "in", "on", "to", "goal", "after", "visit", "people", "befall", "strike")
"""The uses of words before a name, in the order in which they are tried."""


@cache
def words_of_use(language: str) -> Mapping[str, frozenset[str]]:
    """The words of each use in ``languages/<l>/places.tsv``; none of a use that it has not."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for row in language_table(language, "places"):
        found[row["use"]] |= frozenset(row["words"].split("|"))
    return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words ``[start, end)`` of a document. ``uses``: the table's words by their use;
    ``heading``: it lies in a headline; ``opens``: a paragraph begins with it."""

    document: Document
    uses: Mapping[str, frozenset[str]]
    start: int
    end: int
    heading: bool
    opens: bool

    def phrase_before(self, end: int) -> tuple[int, str]:
        """The longest phrase of the table that ends before a word: its length and its use."""
        for size in range(min(LONGEST_PHRASE, end - self.start), 0, -1):
            phrase = " ".join(self.document.lower[end - size : end])
            for use in (*_USES, "filler"):
                if phrase in self.uses[use]:
                    return size, use
        return 0, ""

    def possesses(self, end: int) -> bool:
        """Whether what stands before a word has what follows it (Lebanon's army)."""
        return end < self.end and self.document.lower[end] in self.uses["possessive"]

    def of_office(self, word: int) -> bool:
        """Whether the word before makes an office of the place (the government of a province)."""
        return word > self.start and self.document.lower[word - 1] in self.uses["office"]

    def sort_behind(self, end: int) -> int:
        """How many words behind a name say its sort, and are not another's (city of Kherson)."""
        for size in (2, 1):
            phrase = " ".join(self.document.lower[end : min(end + size, self.end)])
            if phrase in self.uses["class"]:
                return 0
            if phrase in self.uses["class_after"]:
                return size
        return 0

    def is_subject(self, name: Range) -> bool:
        """Whether a word of a name is the subject of a verb."""
        return any(self.document.deprels[w].startswith(_SUBJECTS) for w in range(*name))
