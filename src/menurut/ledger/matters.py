"""What a stretch of text is about, across languages: arms, grain, a ceasefire.

``languages/<l>/matters.tsv`` gives the words of each matter; they are met by their stems.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from menurut.ledger.stems import stem
from menurut.tables import language_table


@cache
def _matters(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in language_table(language, "matters"):
        for word in row["words"].split("|"):
            found.setdefault(stem(word.casefold(), language), set()).add(row["matter"])
    return {word: frozenset(names) for word, names in found.items()}


def matters(text_stems: Iterable[str], language: str) -> frozenset[str]:
    """The matters that the stems of a text speak of."""
    table = _matters(language)
    return frozenset(name for word in text_stems for name in table.get(word, ()))
