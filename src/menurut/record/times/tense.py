"""Whether a clause speaks of the past or of what is to come, from its tense and aspect words."""

from __future__ import annotations

import re

from menurut.reader.document import Document
from menurut.record.times.grammar import Tense

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?][\"'”’)]*\s|\n")
REACH = 160
"""How many characters of a sentence are looked at on each side."""
AHEAD = 4
"""How many words after an expression may tell its tense."""


def sentence_end(text: str, start: int, end: int) -> int | None:
    """Where the first sentence ends that does so in a stretch of text; None: none does."""
    found = _SENTENCE_END.search(text, start, end)
    return found.end() if found else None


def direction_in_text(text: str, start: int, end: int, tense: Tense) -> int:
    """-1 past, 1 future, 0 unknown: by the nearest verb or tense word before, else just after."""
    left = text[max(0, start - REACH) : start]
    cut = max((stop.end() for stop in _SENTENCE_END.finditer(left)), default=0)
    words = _WORD.findall(left.lower(), cut)
    for at in range(len(words) - 1, -1, -1):
        if way := _way(words, at, tense):
            return way
    right = _SENTENCE_END.split(text[end : end + REACH], maxsplit=1)[0]
    words = _WORD.findall(right.lower())[:AHEAD]
    return next((way for at in range(len(words)) if (way := _way(words, at, tense))), 0)


def direction_in_clause(document: Document, start: int, end: int, tense: Tense) -> int:
    """The same from the tree: the verb above the words, or that which governs it (*plans to*).

    A verb without a word of tense is past, as news is.
    """
    first, last = document.words_in((start, end))
    word = first if first < last else -1
    seen: set[int] = set()
    while word >= 0 and word not in seen:
        seen.add(word)
        if way := _verb_way(document, word, tense):
            return way
        if document.upos[word] == "VERB" and not _governed(document, word, tense):
            return -1
        word = document.heads[word]
    return 0


def _way(words: list[str], at: int, tense: Tense) -> int:
    way = tense.words.get(words[at], 0)
    if way or not tense.is_verb(words[at]):
        return way
    before = words[max(0, at - 2) : at]
    if before and before[-1] in tense.purpose:
        return 0
    return next((way for word in reversed(before) if (way := tense.words.get(word, 0))), -1)


def _verb_way(document: Document, word: int, tense: Tense) -> int:
    """What the word and its auxiliaries and adverbs say."""
    for child in document.children[word]:
        if document.deprels[child].split(":")[0] in ("aux", "advmod") and (
            way := tense.words.get(document.lower[child], 0)
        ):
            return way
    if document.upos[word] != "VERB":
        return 0
    if way := tense.words.get(document.lower[word], 0):
        return way
    feats = document.feats[word]
    return -1 if "Tense=Past" in feats and "VerbForm=Part" not in feats else 0


def _governed(document: Document, word: int, tense: Tense) -> bool:
    """Whether the verb takes its tense from the word above it."""
    if document.deprels[word].split(":")[0] == "xcomp":
        return True
    return any(
        document.deprels[child] == "mark" and document.lower[child] in tense.purpose
        for child in document.children[word]
    )
