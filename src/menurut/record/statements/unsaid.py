"""Cues that report nothing: acts that are no speech, by ``languages/<l>/not_reporting.tsv``, and
auxiliaries left alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from menurut.contract import Spans
from menurut.reader.document import Document, Range
from menurut.record.lemmas import candidates
from menurut.tables import language_table

_EMPTY = frozenset({"ADV", "AUX", "PART", "SCONJ"})


@dataclass(frozen=True, slots=True)
class _Act:
    """A row: the words of the act, and how its content begins, where it is one only so.

    Several words are a set phrase that ends in the cue, whatever the cue means elsewhere.
    """

    words: tuple[str, ...]
    content: str


@cache
def _acts(language: str) -> tuple[_Act, ...]:
    return tuple(
        _Act(tuple(row["cue"].lower().split()), row["content"].lower())
        for row in language_table(language, "not_reporting")
    )


def is_unsaid(document: Document, cue: Range, content: Spans, known: bool) -> bool:
    """Whether a cue says nothing. ``known``: the cue has a row in ``reporting.tsv``.

    A row of one word and no content counts for cues that no row of reporting knows.
    """
    if not known and all(document.upos[w] in _EMPTY for w in range(*cue)):
        return True
    lemmas = {f for w in range(*cue) for f in _forms(document, w)}
    first = document.text[slice(*content[0])].lower()
    for act in _acts(document.language):
        if len(act.words) > 1:
            if _ends_with(document, cue[1], act.words):
                return True
        elif act.words[0] in lemmas and (
            first.startswith(act.content) if act.content else not known
        ):
            return True
    return False


def _forms(document: Document, word: int) -> set[str]:
    form = document.lower[word]
    return {form, *candidates(form, document.language)}


def _ends_with(document: Document, end: int, words: tuple[str, ...]) -> bool:
    """Whether a row's words stand in a row up to ``end``."""
    start = end - len(words)
    return start >= 0 and all(word in _forms(document, at) for at, word in enumerate(words, start))
