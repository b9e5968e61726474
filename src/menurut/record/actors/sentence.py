"""A sentence with what its items are found by: labels, tables, and what the report tells."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from menurut.contract import BlockKind
from menurut.reader.document import Document
from menurut.record.actors.asides import Asides
from menurut.record.actors.grammar import Grammar
from menurut.record.actors.lexicon import Lexicon
from menurut.record.actors.towns import Towns
from menurut.tables import language_table
from menurut.world import name_words as comparable

Names = list[tuple[int, int, str]]


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

    @property
    def headline(self) -> bool:
        return self.kind == "headline"

    def is_called(self, start: int, end: int) -> bool:
        """Whether the report gives a name as a person's somewhere (``a man named RS``)."""
        if not self.asides.called:
            return False
        text = self.document.text[slice(*self.document.span(start, end))]
        return comparable(text) in self.asides.called

    def is_small_word(self, start: int, end: int) -> bool:
        """Whether a label lies on a pronoun or an article alone (``She accused``)."""
        lower = self.document.lower[start]
        pronouns = _pronouns(self.document.language)
        return end - start == 1 and (lower in self.rules.stops or lower in pronouns)

    def is_state(self, start: int, end: int) -> bool:
        """Whether a label lies on a state's name (``Nevada``) that is no person's here."""
        if not self.towns.is_state(start, end):
            return False
        return end - start > 1 or self.document.lower[start] not in self.asides.surnames


def name_words(document: Document) -> frozenset[str]:
    """The words of people's names, so that a name the model misses once is still known."""
    found: set[str] = set()
    ends = {name.end for name in document.names if name.label != "PER"}
    for name in document.names:
        if name.label != "PER" or is_rest(document, name.start, name.end, ends):
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


def is_rest(document: Document, start: int, end: int, ends: Set[int]) -> bool:
    """Whether a word is the rest of a place or a body whose label, one of ``ends``, is short."""
    return start in ends and end - start == 1 and document.deprels[start].startswith("flat")


@cache
def _pronouns(language: str) -> frozenset[str]:
    return frozenset(row["form"] for row in language_table(language, "pronouns"))
