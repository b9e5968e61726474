"""Stems of words, by the affixes of ``languages/<l>/stemming.tsv``.

A light stemmer, so that a search for *kirim* finds *mengirim*, *dikirim* and *pengiriman*: groups
of rows in order, of each the first row that fits. A stem need not be a word; it need be the same
one in the text and in the query.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from menurut.reports.prints import words
from menurut.tables import language_table, languages

_CACHED = 131_072
_VOWELS = "aiueo"


class Affix(NamedTuple):
    """A row: what stands before and behind, and how short the middle may be.

    ``to`` takes the place of the prefix, or of the suffix where there is no prefix. ``next``: V
    where the stem must begin with a vowel. ``strip``: ``all`` takes both affixes off, ``suffix``
    only the one behind.
    """

    group: str
    prefix: str
    suffix: str
    to: str
    next: str
    least: int
    strip: str

    def apply(self, form: str) -> str | None:
        """The form without the affixes, or None where the row does not fit."""
        if not form.startswith(self.prefix) or not form.endswith(self.suffix):
            return None
        middle = form[len(self.prefix) : len(form) - len(self.suffix)]
        if len(middle) < self.least or (self.next == "V" and middle[0] not in _VOWELS):
            return None
        if self.strip == "suffix":
            return self.prefix + middle
        return self.to + middle if self.prefix else middle + self.to


@cache
def affixes(language: str) -> tuple[tuple[Affix, ...], ...]:
    """The rows of a language, group by group; none where the language has no table."""
    groups: dict[str, list[Affix]] = {}
    for row in language_table(language, "stemming"):
        affix = Affix(
            row["group"],
            row["prefix"],
            row["suffix"],
            row["to"],
            row["next"],
            int(row["least"]),
            row["strip"] or "all",
        )
        groups.setdefault(affix.group, []).append(affix)
    return tuple(tuple(rows) for rows in groups.values())


@lru_cache(_CACHED)
def stem(word: str, language: str) -> str:
    """The stem of a lower-cased word."""
    for rows in affixes(language):
        word = next((found for row in rows if (found := row.apply(word)) is not None), word)
    return word


def stems(text: str, language: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word, language) for word in words(text)]


def query_stems(query: str) -> list[tuple[str, ...]]:
    """For each word of a query, the stems it may have in any language."""
    spoken = sorted(languages())
    return [tuple(dict.fromkeys(stem(word, at) for at in spoken)) for word in words(query)]
