"""The words at a predicate and in its parties that bear on its status."""

from __future__ import annotations

from collections.abc import Iterator

from menurut.reader.document import Document
from menurut.record.events.clauses import infinitive, is_present
from menurut.record.events.signs import Sign, marked_by, sign_of, status_of_form
from menurut.record.events.syntax import is_subject, relation

_BESIDE = ("aux", "advmod", "det", "cc", "discourse")
_CORE = ("nsubj", "obj", "obl:agent")
_QUANTIFYING = ("det", "cc", "advmod", "nummod", "amod")


def signs_beside(
    document: Document, word: int, own: bool, below: frozenset[str] = frozenset()
) -> Iterator[Sign | None]:
    """Auxiliaries, adverbs, markers and adjectives at a predicate, and its ``if`` clause.

    ``below``: the relations of what a condition belongs to rather than to the predicate
    (``threatened to strike if``, ``menyerukan pemogokan bila``).
    """
    conditional = all(relation(document, c) not in below for c in document.children[word])
    for child in sorted(document.children[word], key=lambda c: relation(document, c) == "mark"):
        deprel = relation(document, child)
        if deprel in _BESIDE or document.upos[child] == "DET":
            yield _at_verb(document, word, child, own)
            yield from _condition(document, child)
        elif deprel in ("mark", "case"):
            present = ("mark:present",) if is_present(document, word) else ()
            yield marked_by(document, child, infinitive(document, word), *present, "open", "mark")
        elif deprel in ("amod", "compound", "nmod"):
            yield sign_of(document, child, "modifier")
        elif deprel == "advcl" and child == word - 1:
            yield _at_verb(document, word, child, own)
        elif deprel == "advcl" and conditional:
            yield from _condition(document, child)
        elif document.deprels[child].startswith(_CORE) and document.upos[word] == "VERB":
            yield from _of_argument(document, child)


def _at_verb(document: Document, word: int, child: int, own: bool) -> Sign | None:
    """The sign of an auxiliary or adverb: in the words of who acts (``would``), before an
    infinitive (``have yet to``), or before its subject (``had it attacked``) it may be another."""
    children = document.children[word]
    infinitive = any(
        status_of_form(document.lower[c], "infinitive:xcomp", document.language)
        for c in children
        if relation(document, c) == "mark"
    )
    inverted = relation(document, child) == "aux" and any(
        is_subject(document, c) and c > child for c in children
    )
    held = (("reported", own), ("infinitive:beside", infinitive), ("inverted", inverted))
    kinds = [kind for kind, holds in held if holds]
    found = (sign_of(document, child, kind) for kind in (*kinds, "open", "aux"))
    return next((sign for sign in found if sign), None)


def _of_argument(document: Document, noun: int) -> Iterator[Sign | None]:
    """A negation within an argument: ``no treaty was signed``, ``neither Iran nor Iraq``."""
    yield sign_of(document, noun, "argument")
    for child in document.children[noun]:
        if relation(document, child) in _QUANTIFYING:
            yield sign_of(document, child, "argument")
            for inner in document.children[child]:
                yield sign_of(document, inner, "argument")


def _condition(document: Document, clause: int) -> Iterator[Sign | None]:
    for child in document.children[clause]:
        if relation(document, child) in ("mark", "advmod"):
            yield sign_of(document, child, "condition")
