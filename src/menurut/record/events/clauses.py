"""The shape of a clause: its tense, its form, whether it only says more of a noun."""

from __future__ import annotations

from menurut.reader.document import Document
from menurut.record.events.signs import governor, status_of_form
from menurut.record.events.syntax import is_subject, relation


def is_past(document: Document, word: int) -> bool:
    """Whether a clause is told as done by itself: ``announced that it had agreed``."""
    language = document.language
    if any(
        status_of_form(document.lower[c], "aux", language) == "actual"
        for c in document.children[word]
        if relation(document, c) in ("aux", "advmod")
    ):
        return True
    return any(
        "Tense=Past" in document.feats[w] and "VerbForm=Fin" in document.feats[w]
        for w in (word, *document.children[word])
        if w == word or relation(document, w) in ("aux", "cop")
    )


def is_present(document: Document, word: int) -> bool:
    """Whether a clause is in the present tense: what is said to be before it is still to come."""
    return any(
        "Tense=Pres" in document.feats[w] and "VerbForm=Fin" in document.feats[w]
        for w in (word, *document.children[word])
        if w == word or relation(document, w) in ("aux", "cop")
    )


def infinitive(document: Document, word: int) -> str:
    """What an infinitive that is no complement is: ``is to visit``, ``Putin to visit Hanoi``."""
    if any(relation(document, c) in ("aux", "cop") for c in document.children[word]):
        return "infinitive:aux"
    return "infinitive:root" if document.heads[word] < 0 else "infinitive"


def has_own_subject(document: Document, word: int) -> bool:
    return any(document.deprels[c].startswith("nsubj") for c in document.children[word])


def other_form(document: Document, word: int, head: int) -> bool:
    """Whether two verbs differ in form, as an infinitive and a participle do."""
    forms = [
        {f for f in document.feats[w].split("|") if f.startswith("VerbForm")} for w in (word, head)
    ]
    return bool(forms[0] and forms[1] and forms[0] != forms[1])


def is_relative(document: Document, word: int) -> bool:
    """Whether a clause says more of a noun, and is not what the noun means (``evidence that``,
    ``rencana mengerahkan``)."""
    if document.deprels[word] != "acl:relcl":
        return False
    children = document.children[word]
    if any(document.upos[c] == "SCONJ" and relation(document, c) == "mark" for c in children):
        return False
    own = any(document.upos[c] == "PRON" or is_subject(document, c) for c in children)
    return own or governor(document, document.heads[word], clause=True) is None
