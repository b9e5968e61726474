"""Whether a happening is told as done, planned, possible or denied, from ``status.tsv``."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import NamedTuple

from menurut.contract import Statement, Status
from menurut.reader.document import Document
from menurut.record.events.arguments import voice_of
from menurut.record.events.rules import DATED
from menurut.record.events.signs import (
    Sign,
    governor,
    happening_to,
    marked_by,
    sign_of,
    status_of_form,
    takes_for_granted,
)
from menurut.record.events.syntax import is_subject, relation
from menurut.record.lemmas import markers

_QUESTION = "?"
_MAX_CLIMB = 5
_VERBAL = ("VERB", "ADJ", "AUX")
_MARK = "mark "
_REJECTING = ("governor", "denier")
_BESIDE = ("aux", "advmod", "det", "cc", "discourse")
_CLAUSAL = ("xcomp", "ccomp", "csubj", "advcl", "acl")
_NOMINAL = ("obj", "nsubj", "obl", "nmod", "dep")
_ACTED_ON = ("obj", "nsubj:pass")
_CORE = ("nsubj", "obj", "obl:agent")
_COMPLEMENTS = frozenset({"xcomp", "ccomp"})
_OBJECTS = _COMPLEMENTS | {"obj"}
_QUANTIFYING = ("det", "cc", "advmod", "nummod", "amod")


class Judgement(NamedTuple):
    """A status and the signs that set it, innermost first (none: told as done).

    ``borne_out``: a word says that it did come about (``began to``, ``managed to``).
    """

    status: Status
    basis: tuple[Sign, ...] = ()
    borne_out: bool = False

    def under(self, outer: Sign | None) -> Judgement:
        """This judgement under a word that says something of the whole (``may``, ``refuse``)."""
        if outer is None:
            return self
        if outer.status == "actual":
            governed = outer.row.startswith("governor")
            return self._replace(borne_out=True) if governed and not self.basis else self
        if outer.status == "denied" and self.basis and self.basis[-1].row.startswith("doubter"):
            return Judgement("actual", (*self.basis, outer))
        if outer.row.startswith(_MARK) and self.status == "denied":
            return Judgement("possible", (*self.basis, outer))
        status = _COMBINED.get((self.status, outer.status), outer.status)
        return Judgement(status, (*self.basis, outer))


_COMBINED: dict[tuple[Status, Status], Status] = {
    ("denied", "denied"): "possible",
    ("denied", "possible"): "denied",
    ("denied", "planned"): "denied",
    ("possible", "planned"): "possible",
}


def status_of(
    document: Document,
    word: int,
    *,
    default: Status = "actual",
    told: Statement | None = None,
    own: bool = False,
    said: bool = False,
    speech: bool = False,
    is_event: Callable[[int], bool] = lambda _: False,
) -> Judgement:
    """The status of the happening that a word tells of, and the words that set it.

    ``default``: what the predicate itself implies. ``told``: the statement it is told in.
    ``own``: the statement is by the one who does it, so that ``would`` announces. ``said``: the
    word is a noun of speech; who rejects what was said takes for granted that it was. ``speech``:
    it is an act of speech, so that a condition is of what is said. ``is_event``:
    whether a word tells of an event itself; what befalls such a word says nothing of its noun.
    """
    judged = Judgement(default)
    seen: set[int] = set()
    for sign in _signs(document, word, own, speech, is_event):
        rejected = said and sign is not None and sign.row.startswith(_REJECTING)
        if sign is not None and sign.word not in seen and not rejected:
            judged = judged.under(sign)
            seen.add(sign.word)
    if (
        document.text[document.ends[word] : _sentence_end(document, word)]
        .rstrip(" \"”'’")
        .endswith(_QUESTION)
    ):
        judged = judged.under(Sign("possible", -1, _QUESTION))
    if said and told and told.kind == "deny":
        return judged
    return _in_statement(document, word, judged, told)


def to_come(document: Document, word: int, judged: Judgement) -> Judgement:
    """The judgement of what is dated after its report: planned, where it is told as done but not in
    the past (``visits Hanoi next week``)."""
    if judged.status != "actual" or is_past(document, word):
        return judged
    return judged.under(Sign("planned", -1, DATED))


def _in_statement(
    document: Document, word: int, judged: Judgement, told: Statement | None
) -> Judgement:
    """A judgement under the kind of the statement, where no word of denying has set it (``did not
    rule out``) and the happening is not taken for granted."""
    if told is None:
        return judged
    cue = {w for span in told.cue for w in range(*document.words_in(span))}
    answered = told.kind == "deny" and any(sign.word in cue for sign in judged.basis)
    if answered or _is_given(document, word, cue):
        return judged
    row = f"{told.kind}:{judged.status}"
    status = status_of_form(row, "statement", document.language)
    if status is None:
        return judged
    return Judgement(status, (*judged.basis, Sign(status, -1, told.kind, f"statement {row}")))


def _is_given(document: Document, word: int, cue: Container[int]) -> bool:
    """Whether a statement takes a happening for granted, whatever it asks for or denies: it stands
    in an aside of the clause (``after the raid``, ``used in the raid``)."""
    for _ in range(_MAX_CLIMB):
        if word in cue or document.heads[word] < 0:
            return False
        if _is_relative(document, word) or _stands_aside(document, word, "told"):
            return True
        if _is_taken_for_granted(document, word):
            return document.heads[word] not in cue
        word = document.heads[word]
    return False


def _is_taken_for_granted(document: Document, noun: int) -> bool:
    """Whether a noun's preposition, or the verb that it is the object of (``condemned the raid``),
    takes what it tells of for granted."""
    if _stands_aside(document, noun):
        return True
    return relation(document, noun) in ("obj", "obl", "nmod") and takes_for_granted(
        document, document.heads[noun]
    )


def _stands_aside(document: Document, word: int, *kinds: str) -> bool:
    """Whether a word's preposition or conjunction takes it for granted (``given`` rows)."""
    return any(
        status_of_form(document.lower[c], kind, document.language)
        for c in document.children[word]
        if relation(document, c) in ("case", "mark")
        for kind in ("given", *(f"given:{kind}" for kind in kinds))
    )


def _sentence_end(document: Document, word: int) -> int:
    return document.ends[document.sentences[document.sentence_of[word]][1] - 1]


def _signs(
    document: Document, word: int, own: bool, speech: bool, is_event: Callable[[int], bool]
) -> Iterator[Sign | None]:
    """The words that bear on the status, from the predicate outwards."""
    below = _OBJECTS if speech else _COMPLEMENTS
    yield from _beside(document, word, own, below)
    for _ in range(_MAX_CLIMB):
        head = document.heads[word]
        if head < 0:
            return
        deprel = relation(document, word)
        if deprel == "conj":
            if _has_own_subject(document, word) or _other_form(document, word, head):
                return
            yield from (s for s in _beside(document, head, own) if s and s.status != "denied")
        elif deprel in _CLAUSAL:
            if _is_relative(document, word):
                return
            above = None if _stands_apart(document, word) else governor(document, head, clause=True)
            yield from _over_clause(document, word, above)
            if above is None and deprel != "xcomp":
                return
            yield from _beside(document, head, own)
        elif deprel in _NOMINAL:
            if document.upos[word] in ("PRON", "PROPN") or _is_taken_for_granted(document, word):
                return
            yield from _over_noun(document, word, head, own, is_event)
            if is_event(head) or deprel == "obl" or governor(document, head) is None:
                return
        else:
            return
        word = head


def _is_relative(document: Document, word: int) -> bool:
    """Whether a clause says more of a noun, and is not what the noun means (``evidence that``,
    ``rencana mengerahkan``)."""
    if document.deprels[word] != "acl:relcl":
        return False
    children = document.children[word]
    if any(document.upos[c] == "SCONJ" and relation(document, c) == "mark" for c in children):
        return False
    own = any(document.upos[c] == "PRON" or is_subject(document, c) for c in children)
    return own or governor(document, document.heads[word], clause=True) is None


def _stands_apart(document: Document, word: int) -> bool:
    """Whether a clause is no complement of its head: an aside, or what its head was done for
    (``abandoned the post to avoid a siege``)."""
    if _is_aside(document, word):
        return True
    head = document.heads[word]
    acted_on = any(document.deprels[c] in _ACTED_ON for c in document.children[head])
    above = governor(document, head, clause=True)
    denying = above is not None and above.status == "denied"
    purpose = relation(document, word) == "advcl" and any(_purpose(document, word, "advcl"))
    return denying and acted_on and purpose


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
        yield from _beside(document, head, own)


def _raised(document: Document, verb: int) -> Iterator[Sign | None]:
    """What a passive under a verb makes of that verb's subject: ``berhasil digagalkan``."""
    for child in document.children[verb]:
        if relation(document, child) == "xcomp" and voice_of(document, child):
            yield governor(document, child)


def _beside(
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
            present = ("mark:present",) if _is_present(document, word) else ()
            yield marked_by(document, child, _infinitive(document, word), *present, "mark")
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
    found = (sign_of(document, child, kind) for kind in (*kinds, "aux"))
    return next((sign for sign in found if sign), None)


def _infinitive(document: Document, word: int) -> str:
    """What an infinitive that is no complement is: ``is to visit``, ``Putin to visit Hanoi``."""
    if any(relation(document, c) in ("aux", "cop") for c in document.children[word]):
        return "infinitive:aux"
    return "infinitive:root" if document.heads[word] < 0 else "infinitive"


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


def _is_present(document: Document, word: int) -> bool:
    """Whether a clause is in the present tense: what is said to be before it is still to come."""
    return any(
        "Tense=Pres" in document.feats[w] and "VerbForm=Fin" in document.feats[w]
        for w in (word, *document.children[word])
        if w == word or relation(document, w) in ("aux", "cop")
    )


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
    return not tied and (bool(marks) or set_off or _has_own_subject(document, word))


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


def _has_own_subject(document: Document, word: int) -> bool:
    return any(document.deprels[c].startswith("nsubj") for c in document.children[word])


def _other_form(document: Document, word: int, head: int) -> bool:
    """Whether two verbs differ in form, as an infinitive and a participle do."""
    forms = [
        {f for f in document.feats[w].split("|") if f.startswith("VerbForm")} for w in (word, head)
    ]
    return bool(forms[0] and forms[1] and forms[0] != forms[1])
