"""Finds the subject of a predicate on a UD tree, also where it is not expressed."""

from __future__ import annotations

from menurut.reader.document import Document
from menurut.record.events.signs import governs, own_act
from menurut.record.events.syntax import (
    VERBAL,
    climb,
    has_subject,
    is_subject,
    possessors,
    preposition,
    relation,
)
from menurut.record.lemmas import markers

_MAX_CLIMB = 6
_RELATIVE = frozenset({"PRON", "SCONJ", "DET"})
_UNDERGOERS = frozenset({"obj", "iobj", "nsubj:pass"})
_OBJECTS = frozenset({"obj", "iobj"})


def surface_subjects(document: Document, word: int, left: int = _MAX_CLIMB) -> list[int]:
    """The words that stand as the subject of a predicate, whatever its voice.

    Where it has none of its own, that of the clause that it shares one with: through relative
    clauses, control, coordination and adverbial clauses, ``left`` steps up at most.
    """
    own = [c for c in document.children[word] if is_subject(document, c)]
    if own := own or _of_auxiliary(document, word):
        return [antecedent(document, word, c) for c in own]
    head, deprel = document.heads[word], document.deprels[word]
    if head < 0 or left == 0:
        return []
    if deprel == "acl:relcl":
        return [head] if gap_of(document, word) != "none" else []
    if deprel == "acl" or deprel.startswith("acl:"):
        return _subject_of_modifier(document, word, head, left)
    if deprel == "xcomp":
        objects = [c for c in document.children[head] if document.deprels[c] in _OBJECTS]
        found = objects[:1] or lent_objects(document, word) or _subject_beside(document, word)
        return found or surface_subjects(document, head, left - 1)
    if deprel == "obj" and document.upos[word] == "VERB" and own_act(document, head):
        return surface_subjects(document, head, left - 1)
    if deprel in ("advcl", "ccomp") and (lent := lent_objects(document, word)):
        return lent
    if deprel == "ccomp" and (before := _objects_before(document, word)):
        return before
    if deprel == "advcl" and _under_object(document, word):
        undergoers = [c for c in document.children[head] if document.deprels[c] in _UNDERGOERS]
        if undergoers := undergoers or _objects_before(document, word):
            return undergoers
    if relation(document, word) in ("conj", "advcl", "ccomp", "parataxis"):
        same_clause = document.upos[head] in VERBAL or has_subject(document, head)
        host = head if same_clause else _verb_joined(document, word, head)
        return surface_subjects(document, host, left - 1) if host is not None else []
    return []


def _of_auxiliary(document: Document, word: int) -> list[int]:
    """The subject that the parser hangs from a predicate's auxiliary (``Chad ingin membeli``)."""
    auxiliaries = [c for c in document.children[word] if relation(document, c) == "aux"]
    return [s for c in auxiliaries for s in document.children[c] if is_subject(document, s)]


def _verb_joined(document: Document, word: int, noun: int) -> int | None:
    """The verb that a finite verb goes on from where the parser joins it to a noun near by.

    ``was indicted for his part in the fight and will resign``.
    """
    children = document.children[word]
    finite = any(document.upos[c] == "AUX" for c in children)
    joined = document.deprels[word] == "conj" and any(document.deprels[c] == "cc" for c in children)
    if not (finite and joined):
        return None
    return next((w for w, _ in climb(document, noun) if document.upos[w] in VERBAL), None)


def _subject_of_modifier(document: Document, word: int, noun: int, left: int) -> list[int]:
    """The subject of a clause that modifies a noun: the noun, or who has it (``plan to``); a name
    is nobody's (``urged Chad to``)."""
    if not _infinitive(document, word, noun) or document.upos[noun] == "PROPN":
        return [noun]
    owners = [o for o in possessors(document, noun) if document.upos[o] not in ("DET", "NUM")]
    owners = owners or _of_phrase(document, noun)
    if owners:
        return owners
    verb = document.heads[noun]
    return surface_subjects(document, verb, left - 1) if verb >= 0 else []


def _of_phrase(document: Document, noun: int) -> list[int]:
    """Whose a noun is under a preposition: ``the decision of the court to``."""
    of = markers(document.language, "part") | markers(document.language, "agent")
    return [
        c
        for c in document.children[noun]
        if relation(document, c) == "nmod" and of & set(preposition(document, c))
    ]


def _subject_beside(document: Document, word: int) -> list[int]:
    """The subject of a complement just before this one under the same verb.

    Serial verbs, where the first bears the subject of them all.
    """
    beside = [
        s
        for s in document.children[document.heads[word]]
        if document.heads[word] < s < word and document.deprels[s] == "xcomp"
    ]
    return [c for s in beside for c in document.children[s] if is_subject(document, c)]


def lent_objects(document: Document, word: int) -> list[int]:
    """What the parser hangs from a complement's verb and belongs to the verb above as well.

    The first of two objects on both sides (``allowed them to visit Rome``), and a subject that
    stands before its clause's marker (``accused them of lying``).
    """
    if document.deprels[word] not in ("xcomp", "advcl", "ccomp"):
        return []
    if subjects := _before_marker(document, word):
        return subjects
    objects = [c for c in document.children[word] if document.deprels[c] == "obj"]
    before = [c for c in objects if c < word]
    return before if len(before) < len(objects) else []


def _before_marker(document: Document, word: int) -> list[int]:
    """The subjects of a clause between the verb above and the clause's own marker."""
    children = document.children[word]
    marks = [c for c in children if relation(document, c) == "mark"]
    head = document.heads[word]
    return [c for c in children if is_subject(document, c) and marks and head < c < marks[0]]


def _objects_before(document: Document, word: int) -> list[int]:
    """The object that stands between a verb and its complement: ``menuduh Mali menyerang Chad``.

    A second subject behind the verb, as the parser has it at times, is one.
    """
    head = document.heads[word]
    children = document.children[head]
    has_subject = any(c < head and document.deprels[c] == "nsubj" for c in children)
    objects = _OBJECTS | {"nsubj"} if has_subject else _OBJECTS
    return [c for c in children if document.deprels[c] in objects and head < c < word]


def _under_object(document: Document, word: int) -> bool:
    """Whether a clause has the object for its subject: ``accused them of lying``."""
    return any(
        document.lower[c] in markers(document.language, "object")
        for c in document.children[word]
        if relation(document, c) in ("mark", "case")
    )


def antecedent(document: Document, word: int, subject: int) -> int:
    """The noun that a relative pronoun stands for, else the subject itself."""
    if document.upos[subject] not in _RELATIVE:
        return subject
    marked = "PronType=Rel" in document.feats[subject]
    if document.deprels[word] == "acl:relcl":
        head = document.heads[word]
        return head if marked or _follows(document, head, subject) else subject
    return _noun_before(document, subject) if marked else subject


def _follows(document: Document, head: int, relative: int) -> bool:
    """Whether a pronoun stands right behind a noun and what is its: *rudal balistik yang*."""
    between = range(head + 1, relative)
    return head < relative and all(head <= document.heads[w] < relative for w in between)


def _noun_before(document: Document, relative: int) -> int:
    """The noun just before a relative pronoun whose clause hangs elsewhere, else the pronoun."""
    before = relative - 1 - (relative > 0 and document.upos[relative - 1] == "PUNCT")
    same = before >= 0 and document.sentence_of[before] == document.sentence_of[relative]
    return before if same and document.upos[before] in ("NOUN", "PROPN") else relative


def gap_of(document: Document, word: int) -> str:
    """What the head noun of a relative clause is in it: ``subj``, ``obj`` or ``none``."""
    if document.deprels[word] != "acl:relcl":
        return "none"
    children = document.children[word]
    subjects = [c for c in children if is_subject(document, c)]
    if not subjects:
        return "subj"
    head = document.heads[word]
    if any(antecedent(document, word, c) == head for c in subjects):
        return "subj"
    adverbial = any(
        "PronType=Rel" in document.feats[c] and relation(document, c) in ("advmod", "obl")
        for c in children
    )
    return "none" if adverbial else "obj"


def _infinitive(document: Document, word: int, noun: int) -> bool:
    """Whether a noun's clause is an infinitive or has a marker (``decision to go``).

    Where forms do not tell, what the noun means does (``rencana menjual``).
    """
    if "VerbForm=Inf" in document.feats[word]:
        return True
    if any(document.deprels[c] == "mark" for c in document.children[word]):
        return True
    return "VerbForm" not in document.feats[word] and governs(document, noun) is not None
