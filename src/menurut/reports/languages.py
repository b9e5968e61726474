"""Tells which language a text is in."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from menurut.tables import language_table, languages

_SAMPLE = 6000
_FEWEST_LETTERS = 12
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _neighbours() -> dict[str, list[tuple[str, frozenset[str], frozenset[str]]]]:
    """For a guessed language: who may be taken for it, that one's words, the other's words."""
    found: dict[str, list[tuple[str, frozenset[str], frozenset[str]]]] = defaultdict(list)
    for language in sorted(languages()):
        table = language_table(language, "neighbours")
        for guess in {row["neighbour"] for row in table}:
            rows = [row for row in table if row["neighbour"] == guess]
            own, other = frozenset(r["own"] for r in rows), frozenset(r["other"] for r in rows)
            found[guess].append((language, own, other))
    return dict(found)


def detect_language(text: str) -> str | None:
    """The BCP 47 code of the language of a text; None where there is too little to tell by.

    ``py3langid`` guesses; a guess that a language's ``neighbours.tsv`` names gives way to that
    language unless the other's words outnumber its own.
    """
    from py3langid import classify

    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if sum(map(len, words)) < _FEWEST_LETTERS:
        return None
    guess = str(classify(sample)[0])
    for language, own, other in _neighbours().get(guess, ()):
        if sum(word in own for word in words) >= sum(word in other for word in words):
            return language
    return guess
