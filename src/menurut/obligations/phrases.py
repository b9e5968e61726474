"""Phrases of a table in a text, met by the stems of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from menurut.ledger.stems import stem
from menurut.reports.prints import words

Name = TypeVar("Name")


class Token(NamedTuple):
    """A word of a text, lower-cased and without accents, and its stem."""

    word: str
    stem: str


class Phrase(NamedTuple):
    """A phrase of a table. ``exact``: its words count in this form alone."""

    words: tuple[str, ...]
    exact: bool


@lru_cache(512)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The words of a text in order."""
    return tuple(Token(word, stem(word, language)) for word in words(text))


def phrase(form: str, language: str) -> Phrase:
    """A phrase as a cell writes it: ``=`` in front asks for exactly this form."""
    exact = form.startswith("=")
    found = words(form.removeprefix("="))
    return Phrase(tuple(w if exact else stem(w, language) for w in found), exact)


def phrases(cell: str, language: str) -> tuple[Phrase, ...]:
    """The phrases of a cell, which ``|`` parts."""
    return tuple(phrase(form, language) for form in cell.split("|") if form.strip())


class Finder(Generic[Name]):
    """Finds the phrases of a table in a text, by their first words."""

    def __init__(self, rows: Iterable[tuple[Name, Phrase]]) -> None:
        self._stems: dict[str, list[tuple[Name, Phrase]]] = {}
        self._words: dict[str, list[tuple[Name, Phrase]]] = {}
        for name, wanted in rows:
            table = self._words if wanted.exact else self._stems
            table.setdefault(wanted.words[0], []).append((name, wanted))

    def find(self, text: Sequence[Token]) -> Iterator[tuple[Name, range]]:
        """The phrases that stand in a text, each with the range of its words."""
        for start, token in enumerate(text):
            for name, wanted in self._stems.get(token.stem, ()):
                if _stands(wanted, text, start):
                    yield name, range(start, start + len(wanted.words))
            for name, wanted in self._words.get(token.word, ()):
                if _stands(wanted, text, start):
                    yield name, range(start, start + len(wanted.words))


def _stands(wanted: Phrase, text: Sequence[Token], start: int) -> bool:
    said = text[start : start + len(wanted.words)]
    return tuple(t.word if wanted.exact else t.stem for t in said) == wanted.words


def all_places(wanted: Iterable[Phrase], text: Sequence[Token]) -> list[range]:
    """Where any of some phrases stands."""
    return [place for _name, place in Finder((None, one) for one in wanted).find(text)]
