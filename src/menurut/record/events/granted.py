"""What a sentence takes for granted, whatever it asks for or denies."""

from __future__ import annotations

from collections.abc import Container

from menurut.reader.document import Document
from menurut.record.events.clauses import is_relative
from menurut.record.events.signs import status_of_form, takes_for_granted
from menurut.record.events.syntax import relation

_MAX_CLIMB = 5


def is_given(document: Document, word: int, cue: Container[int]) -> bool:
    """Whether a statement takes a happening for granted, whatever it asks for or denies: it stands
    in an aside of the clause (``after the raid``, ``used in the raid``)."""
    for _ in range(_MAX_CLIMB):
        if word in cue or document.heads[word] < 0:
            return False
        if is_relative(document, word) or stands_aside(document, word, "told"):
            return True
        if is_taken_for_granted(document, word):
            return document.heads[word] not in cue
        word = document.heads[word]
    return False


def is_taken_for_granted(document: Document, noun: int) -> bool:
    """Whether a noun's preposition, or the verb that it is the object of (``condemned the raid``),
    takes what it tells of for granted."""
    if stands_aside(document, noun):
        return True
    return relation(document, noun) in ("obj", "obl", "nmod") and takes_for_granted(
        document, document.heads[noun]
    )


def stands_aside(document: Document, word: int, *kinds: str) -> bool:
    """Whether a word's preposition or conjunction takes it for granted (``given`` rows)."""
    return any(
        status_of_form(document.lower[c], kind, document.language)
        for c in document.children[word]
        if relation(document, c) in ("case", "mark")
        for kind in ("given", *(f"given:{kind}" for kind in kinds))
    )
