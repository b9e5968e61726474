"""How sure a speaker is of what he says, by his own words (``fairly sure``, ``might``).

``languages/<l>/certainty.tsv`` has the phrases; of those that overlap the longest counts, so that
``not sure`` is no ``sure``. A row without a certainty keeps words from counting (``could not``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple, cast

from menurut.contract import Certainty, Spans, Statement
from menurut.reader.document import Document
from menurut.record.lemmas import lemmas
from menurut.tables import language_table

_BESIDE = frozenset({"aux", "advmod", "discourse", "obl", "amod", "xcomp"})
_UPWARD = frozenset({"ccomp", "csubj", "xcomp", "acl", "nsubj", "obj", "advcl"})
_MAX_CLIMB = 3
_CACHED_FORMS = 65_536
_CACHED_SENTENCES = 256
"""Each is asked for as often as it tells of something, by one report."""


class Mark(NamedTuple):
    """Words that tell a certainty, in text order, and the phrase of their row."""

    certainty: Certainty
    words: tuple[int, ...]
    phrase: str


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    certainty: Certainty | None


def of_statement(document: Document, cue: Spans, content: Spans) -> Mark | None:
    """What the words of saying tell, else those at the top of what is said."""
    said, inside = _words(document, cue), _words(document, content)
    beside = {c for w in said for c in _modifiers(document, w) if c not in inside}
    roots = (w for w in sorted(inside) if document.heads[w] not in inside)
    marks = (_at(document, {root, *_modifiers(document, root)}) for root in roots)
    return _at(document, said | beside) or next((mark for mark in marks if mark), None)


def of_happening(document: Document, word: int, told_by: Statement | None) -> Mark | None:
    """What the words beside a predicate or above it tell, else the statement that it lies in."""
    cue = _words(document, told_by.cue) if told_by else set()
    for _ in range(_MAX_CLIMB):
        if word in cue:
            break
        if found := _at(document, {word, *_modifiers(document, word)}):
            return found
        if document.heads[word] < 0 or document.relations[word] not in _UPWARD:
            break
        word = document.heads[word]
    return of_statement(document, told_by.cue, told_by.content) if told_by else None


def _words(document: Document, spans: Spans) -> set[int]:
    return {word for span in spans for word in range(*document.words_in(span))}


def _modifiers(document: Document, word: int) -> Iterator[int]:
    return (c for c in document.children[word] if document.relations[c] in _BESIDE)


def _at(document: Document, words: Iterable[int]) -> Mark | None:
    """The first mark that one of some words belongs to."""
    wanted = set(words)
    for sentence in sorted({document.sentence_of[word] for word in wanted}):
        start, end = document.sentences[sentence]
        for at, phrase in _marks(document.lower[start:end], document.language):
            marked = range(start + at, start + at + len(phrase.words))
            if phrase.certainty and not wanted.isdisjoint(marked):
                return Mark(phrase.certainty, tuple(marked), " ".join(phrase.words))
    return None


@lru_cache(_CACHED_SENTENCES)
def _marks(words: tuple[str, ...], language: str) -> tuple[tuple[int, _Phrase], ...]:
    """The phrases of a sentence's words, none within another, with the word each begins at."""
    found = []
    free = 0
    for at in range(len(words)):
        if at >= free and (phrase := _longest(words, at, language)):
            free = at + len(phrase.words)
            found.append((at, phrase))
    return tuple(found)


def _longest(words: tuple[str, ...], at: int, language: str) -> _Phrase | None:
    for phrase in _phrases(language).get(words[at], ()):
        if words[at : at + len(phrase.words)] == phrase.words:
            return phrase
    return _single(words[at], language)


@lru_cache(_CACHED_FORMS)
def _single(form: str, language: str) -> _Phrase | None:
    """The phrase of one word that a form is an inflection of."""
    found = (_phrases(language).get(lemma, ()) for lemma in sorted(lemmas(form, language)))
    return next((p for rows in found for p in rows if len(p.words) == 1), None)


@cache
def _phrases(language: str) -> dict[str, tuple[_Phrase, ...]]:
    """The phrases by their first word, the longest first."""
    found: dict[str, list[_Phrase]] = {}
    for row in language_table(language, "certainty"):
        for words in row["words"].split(","):
            parts = tuple(words.split())
            certainty = cast(Certainty, row["certainty"]) if row["certainty"] else None
            found.setdefault(parts[0], []).append(_Phrase(parts, certainty))
    return {first: tuple(sorted(p, key=lambda p: -len(p.words))) for first, p in found.items()}
