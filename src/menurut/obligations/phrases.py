"""Phrases of a table in a text, met by the stems of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from menurut.ledger.stems import stem, words


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


def places(wanted: Phrase, text: Sequence[Token]) -> Iterator[range]:
    """Where a phrase stands in a text, as ranges of its words."""
    length = len(wanted.words)
    said = [token.word if wanted.exact else token.stem for token in text]
    for start in range(len(said) - length + 1):
        if tuple(said[start : start + length]) == wanted.words:
            yield range(start, start + length)


def all_places(wanted: Iterable[Phrase], text: Sequence[Token]) -> list[range]:
    """Where any of some phrases stands."""
    return [place for one in wanted for place in places(one, text)]
