"""Whether a person is a woman or a man, by titles and given names: no ``she`` means a man."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from menurut.reader.document import Document
from menurut.record.actors.people import Person
from menurut.tables import Row, language_table
from menurut.world import name_words


@dataclass(frozen=True, slots=True)
class Sexes:
    """The words of a language that tell a sex: nouns and forms of address, and given names."""

    nouns: Mapping[str, str]
    names: Mapping[str, str]

    def of_nouns(self, words: Iterable[str]) -> str:
        """The sex that the last telling noun of a title names; empty where none does."""
        return next((self.nouns[w] for w in reversed(list(words)) if w in self.nouns), "")

    def of_name(self, words: tuple[str, ...]) -> str:
        """The sex by the given names of a full name, whose last word is none."""
        return next((self.names[w] for w in words[:-1] if w in self.names), "")


@cache
def sexes(language: str) -> Sexes:
    """The words of a language that tell a sex; none where it has no table."""
    rows = language_table(language, "sexes")
    names = {form: row["sex"] for row in rows if row["kind"] == "name" for form in _names(row)}
    nouns = {form: row["sex"] for row in rows if row["kind"] == "noun" for form in _cells(row)}
    return Sexes(nouns, names)


def sex_of(person: Person, document: Document) -> str:
    """A person's sex by titles and forms of address, else by the given name."""
    known = sexes(document.language)
    for phrase in person.phrases:
        ranges = [(title.item.start, title.item.end) for title in phrase.titles]
        ranges.append((max(0, phrase.item.start - 1), phrase.item.start + 1))
        for start, end in ranges:
            if sex := known.of_nouns(document.lower[start:end]):
                return sex
    return known.of_name(person.words)


def _cells(row: Row) -> list[str]:
    return row["forms"].split("|")


def _names(row: Row) -> Iterable[str]:
    return ("".join(name_words(form)) for form in _cells(row))
