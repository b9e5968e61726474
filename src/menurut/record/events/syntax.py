"""Small questions about a UD tree that every part of the event coder asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from menurut.reader.document import Document

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "DET"})
VERBAL = frozenset({"VERB", "ADJ", "AUX"})
_COORDINATED = NOMINAL | {"ADJ"}
_UPWARD = frozenset({"obj", "obl", "nmod", "conj"})
_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj")
_BARE_MODIFIERS = ("nmod", "compound", "amod", "flat", "det", "nmod:poss", "appos")


def relation(document: Document, word: int) -> str:
    """The universal relation of a word, without its subtype."""
    return document.relations[word]


def preposition(document: Document, word: int) -> tuple[str, ...]:
    """The lower-cased case markers of a noun, a fixed phrase joined (``because of``)."""
    found = []
    for child in document.children[word]:
        if relation(document, child) in ("case", "mark") and document.upos[child] != "PART":
            fixed = [c for c in document.children[child] if document.deprels[c] == "fixed"]
            found.append(" ".join(document.lower[w] for w in (child, *fixed)))
            if fixed:
                found.append(document.lower[fixed[-1]])
    return tuple(found)


def climb(document: Document, noun: int) -> Iterator[tuple[int, frozenset[str]]]:
    """The words above a noun up to its verb, each with the relations that lead there."""
    passed: set[str] = set()
    word = noun
    while document.upos[word] not in VERBAL:
        deprel = relation(document, word)
        if document.heads[word] < 0 or deprel not in _UPWARD:
            return
        word = document.heads[word]
        passed.add(deprel)
        yield word, frozenset(passed)


def coordinated(document: Document, words: Iterable[int]) -> list[int]:
    """The words with the nominals that are coordinated with them, in text order."""
    found: list[int] = []
    for word in words:
        found.append(word)
        found.extend(
            child
            for child in document.children[word]
            if document.deprels[child] == "conj" and document.upos[child] in _COORDINATED
        )
    return sorted(set(found))


def noun_phrase(document: Document, word: int) -> Iterator[int]:
    """The words of a noun phrase without the clauses that hang from it."""
    yield word
    for child in document.children[word]:
        if relation(document, child) not in (*_CLAUSAL, "punct"):
            yield from noun_phrase(document, child)


def is_subject(document: Document, word: int) -> bool:
    return relation(document, word) == "nsubj"


def has_subject(document: Document, word: int) -> bool:
    """Whether a predicate has a grammatical subject of its own."""
    return any(is_subject(document, child) for child in document.children[word])


def possessors(document: Document, noun: int) -> list[int]:
    """Who has a noun: a possessor, a bare modifier, a compound's first part, a demonym."""
    children = document.children[noun]
    owners = [c for c in children if document.deprels[c] == "nmod:poss"]
    return owners or [
        c
        for c in children
        if document.deprels[c] in _BARE_MODIFIERS
        and not preposition(document, c)
        and document.upos[c] != "VERB"
        and not (document.upos[c] == "ADJ" and document.forms[c].islower())
    ]
