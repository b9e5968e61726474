"""The words that bear on a status, from the predicate outwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from menurut.reader.document import Document
from menurut.record.events.arguments import voice_of
from menurut.record.events.beside import signs_beside
from menurut.record.events.clauses import has_own_subject, is_past, is_relative, other_form
from menurut.record.events.granted import is_taken_for_granted
from menurut.record.events.signs import Sign, governor, happening_to, sign_of, status_of_form
from menurut.record.events.syntax import relation
from menurut.record.lemmas import markers

_MAX_CLIMB = 5
_VERBAL = ("VERB", "ADJ", "AUX")
_CLAUSAL = ("xcomp", "ccomp", "csubj", "advcl", "acl")
_NOMINAL = ("obj", "nsubj", "obl", "nmod", "dep")
_ACTED_ON = ("obj", "nsubj:pass")
_COMPLEMENTS = frozenset({"xcomp", "ccomp"})
_OBJECTS = _COMPLEMENTS | {"obj"}


def signs_over(
    document: Document, word: int, own: bool, speech: bool, is_event: Callable[[int], bool]
) -> Iterator[Sign | None]:
    """The words that bear on the status, from the predicate outwards."""
    below = _OBJECTS if speech else _COMPLEMENTS
    yield from signs_beside(document, word, own, below)
    for _ in range(_MAX_CLIMB):
        head = _kept_by(document, word) or document.heads[word]
        if head < 0:
            return
        deprel = relation(document, word)
        if deprel == "conj":
            if has_own_subject(document, word) or other_form(document, word, head):
                return
            yield from (s for s in signs_beside(document, head, own) if s and s.status != "denied")
        elif deprel in _CLAUSAL:
            if is_relative(document, word):
                return
            above = None if _stands_apart(document, word) else governor(document, head, clause=True)
            yield from _over_clause(document, word, above)
            if above is None and deprel != "xcomp":
                return
            yield from signs_beside(document, head, own)
        elif deprel in _NOMINAL:
            if document.upos[word] in ("PRON", "PROPN") or is_taken_for_granted(document, word):
                return
            yield from _over_noun(document, word, head, own, is_event)
            if is_event(head) or deprel == "obl" or governor(document, head) is None:
                return
        else:
            return
        word = head


def _kept_by(document: Document, word: int) -> int | None:
    """The verb whose object is kept from doing something, where the parser joins what it is kept
    from to the object (``stopped the crowd from marching``)."""
    noun = document.heads[word]
    if relation(document, word) != "acl" or relation(document, noun) != "obj":
        return None
    children = document.children[word]
    marks = [document.lower[c] for c in children if relation(document, c) == "mark"]
    kept = any(status_of_form(m, "kept", document.language) for m in marks)
    return document.heads[noun] if kept else None


def _stands_apart(document: Document, word: int) -> bool:
    """Whether a clause is no complement of its head: an aside, or what its head was done for
    (``abandoned the post to avoid a siege``)."""
    if _is_aside(document, word):
        return True
    head = document.heads[word]
    acted_on = any(document.deprels[c] in _ACTED_ON for c in document.children[head])
    above = governor(document, head, clause=True)
    denying = above is not None and above.status == "denied"
    purposes = (word, *(c for c in document.children[word] if document.deprels[c] == "xcomp"))
    purpose = any(sign for w in purposes for sign in _purpose(document, w, "advcl"))
    return denying and acted_on and purpose and relation(document, word) == "advcl"


def _is_aside(document: Document, word: int) -> bool:
    """Whether an adverbial clause stands by itself: ``failed after it attacked``."""
    if relation(document, word) != "advcl":
        return False
    language = document.language
    marks = [
        document.lower[c]
        for c in document.children[word]
        if relation(document, c) in ("mark", "case")
    ]
    tied = any(
        status_of_form(m, "infinitive:advcl", language)
        or status_of_form(m, "tied", language)
        or m in markers(language, "object")
        for m in marks
    )
    set_off = any(document.deprels[c] == "punct" and c < word for c in document.children[word])
    return not tied and (bool(marks) or set_off or has_own_subject(document, word))


def _over_clause(document: Document, word: int, above: Sign | None) -> Iterator[Sign | None]:
    """What governs a clause: a listed word, or its marker alone. What is told as done by itself is
    not to come (``announced that it had agreed``)."""
    deprel = relation(document, word)
    if above is None:
        yield from _purpose(document, word, deprel)
    elif above.status != "planned" or deprel == "xcomp" or not is_past(document, word):
        yield above
    elif deprel != "ccomp":
        yield above._replace(status="actual")


def _purpose(document: Document, word: int, deprel: str) -> Iterator[Sign | None]:
    """An infinitive under a word that the table does not list: only intended. One that hangs from
    a name at the top of a sentence is its predicate, as headlines have it; the first or the last
    to do a thing has done it."""
    head = document.heads[word]
    if deprel == "acl" and any(sign_of(document, c, "ranked") for c in document.children[head]):
        return
    headed = deprel == "acl" and document.upos[head] == "PROPN" and document.heads[head] < 0
    for child in document.children[word]:
        if relation(document, child) in ("mark", "case"):
            yield sign_of(document, child, f"infinitive:{'root' if headed else deprel}")


def _over_noun(
    document: Document, noun: int, head: int, own: bool, is_event: Callable[[int], bool]
) -> Iterator[Sign | None]:
    """What governs an event noun: a listed word, or the time and mood of its verb."""
    above = governor(document, head)
    undergoes = document.deprels[noun] == "nsubj:pass" or relation(document, noun) != "nsubj"
    if above is not None and undergoes:
        yield above
    elif is_event(head) or relation(document, noun) in ("obl", "nmod"):
        return
    if document.upos[head] in _VERBAL:
        if not undergoes:
            yield happening_to(document, head)
            yield from _raised(document, head)
        yield from signs_beside(document, head, own)


def _raised(document: Document, verb: int) -> Iterator[Sign | None]:
    """What a passive under a verb makes of that verb's subject: ``berhasil digagalkan``."""
    for child in document.children[verb]:
        if relation(document, child) == "xcomp" and voice_of(document, child):
            yield governor(document, child)
