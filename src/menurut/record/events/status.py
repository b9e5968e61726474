"""Whether a happening is told as done, planned, possible or denied, from ``status.tsv``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple, cast

from menurut.contract import StatementKind, Status
from menurut.reader.document import Document
from menurut.record.events.syntax import relation
from menurut.record.lemmas import lemmas, markers
from menurut.tables import table

_MAX_CLIMB = 5
_VERBAL = ("VERB", "ADJ", "AUX")


class Judgement(NamedTuple):
    """A status and the words that set it, innermost first (none: told as done)."""

    status: Status
    basis: tuple[str, ...] = ()

    def under(self, outer: Status | None, word: str) -> Judgement:
        """This judgement under a word that says something of the whole (``may``, ``refuse``)."""
        if outer is None or outer == "actual":
            return self
        status = _COMBINED.get((self.status, outer), outer)
        return Judgement(status, (*self.basis, word))


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
    kind: StatementKind | None = None,
    own: bool = False,
    is_event: Callable[[int], bool] = lambda _: False,
) -> Judgement:
    """The status of the happening that a word tells of, and the words that set it.

    ``default``: what the predicate itself implies. ``kind``: of the statement it is told in.
    ``own``: the statement is by the one who does it, so that ``would`` announces. ``is_event``:
    whether a word tells of an event itself; what befalls such a word says nothing of its noun.
    """
    judged = Judgement(default)
    for outer, cue in _cues(document, word, own, is_event):
        judged = judged.under(outer, cue)
    if (
        document.text[document.ends[word] : _sentence_end(document, word)]
        .rstrip(" \"”'’")
        .endswith("?")
    ):
        judged = judged.under("possible", "?")
    return _in_statement(judged, kind, document.language)


def _in_statement(judged: Judgement, kind: StatementKind | None, language: str) -> Judgement:
    if kind is None:
        return judged
    told = _word(f"{kind}:{judged.status}", "statement", language)
    return Judgement(told, (*judged.basis, kind)) if told else judged


def _sentence_end(document: Document, word: int) -> int:
    return document.ends[document.sentences[document.sentence_of[word]][1] - 1]


def _cues(
    document: Document, word: int, own: bool, is_event: Callable[[int], bool]
) -> Iterator[tuple[Status | None, str]]:
    """The words that bear on the status, from the predicate outwards."""
    yield from _beside(document, word, own)
    for _ in range(_MAX_CLIMB):
        head = document.heads[word]
        if head < 0:
            return
        deprel = relation(document, word)
        if deprel == "conj":
            if _has_own_subject(document, word) or _other_form(document, word, head):
                return
            yield from (c for c in _beside(document, head, own) if c[0] != "denied")
        elif deprel in ("xcomp", "ccomp", "csubj", "advcl", "acl"):
            if document.deprels[word] == "acl:relcl":
                return
            governor = None if _is_aside(document, word) else governs(document, head)
            if governor == "planned" and deprel != "xcomp" and _is_past(document, word):
                governor = "actual"
            if governor is None:
                yield from _purpose(document, word, deprel)
                if deprel != "xcomp":
                    return
            else:
                yield governor, document.lower[head]
            yield from _beside(document, head, own)
        elif deprel in ("obj", "nsubj", "obl", "nmod", "dep"):
            if document.upos[word] in ("PRON", "PROPN"):
                return
            yield from _over_noun(document, word, head, own, is_event)
            if is_event(head) or deprel == "obl" or governs(document, head) is None:
                return
        else:
            return
        word = head


def _over_noun(
    document: Document, noun: int, head: int, own: bool, is_event: Callable[[int], bool]
) -> Iterator[tuple[Status | None, str]]:
    """What governs an event noun: a listed word, or the time and mood of its verb."""
    governor = governs(document, head)
    undergoes = document.deprels[noun] == "nsubj:pass" or relation(document, noun) != "nsubj"
    if governor is not None and undergoes:
        yield governor, document.lower[head]
    elif is_event(head) or relation(document, noun) in ("obl", "nmod"):
        return
    if document.upos[head] in _VERBAL:
        yield from _beside(document, head, own)


def _beside(document: Document, word: int, own: bool) -> Iterator[tuple[Status | None, str]]:
    """Auxiliaries, adverbs, markers and adjectives at a predicate, and its ``if`` clause."""
    language = document.language
    for child in document.children[word]:
        deprel = relation(document, child)
        form = document.lower[child]
        if deprel in ("aux", "advmod", "det", "cc", "discourse"):
            reported = _word(form, "reported", language) if own else None
            yield reported or _word(form, "aux", language), form
        elif deprel in ("mark", "case"):
            to_be = _word(form, "infinitive:aux", language) if _has_aux(document, word) else None
            yield to_be or _word(form, "mark", language), form
        elif deprel in ("amod", "compound", "nmod"):
            yield _word(form, "modifier", language), form
        elif deprel == "advcl":
            yield from _condition(document, child)


def _is_past(document: Document, word: int) -> bool:
    """Whether a clause is told as done by itself: ``announced that it had agreed``."""
    language = document.language
    if any(
        _word(document.lower[c], "aux", language) == "actual"
        for c in document.children[word]
        if relation(document, c) in ("aux", "advmod")
    ):
        return True
    return any(
        "Tense=Past" in document.feats[w] and "VerbForm=Fin" in document.feats[w]
        for w in (word, *document.children[word])
        if w == word or relation(document, w) in ("aux", "cop")
    )


def _has_aux(document: Document, word: int) -> bool:
    """Whether a verb has an auxiliary, as an infinitive that is no complement: ``is to visit``."""
    return any(relation(document, c) in ("aux", "cop") for c in document.children[word])


def _condition(document: Document, clause: int) -> Iterator[tuple[Status | None, str]]:
    for child in document.children[clause]:
        if relation(document, child) in ("mark", "advmod"):
            yield (
                _word(document.lower[child], "condition", document.language),
                document.lower[child],
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
        _word(m, "infinitive:advcl", language) or m in markers(language, "object") for m in marks
    )
    set_off = any(document.deprels[c] == "punct" and c < word for c in document.children[word])
    return not tied and (bool(marks) or set_off or _has_own_subject(document, word))


def _purpose(document: Document, word: int, deprel: str) -> Iterator[tuple[Status | None, str]]:
    """An infinitive under a word that the table does not list: only intended."""
    for child in document.children[word]:
        if relation(document, child) in ("mark", "case"):
            yield (
                _word(document.lower[child], f"infinitive:{deprel}", document.language),
                (document.lower[child]),
            )


def obliges(document: Document, word: int) -> int | None:
    """The auxiliary that lays a duty on the predicate's subject (``must``), if there is one."""
    for child in document.children[word]:
        if relation(document, child) in ("aux", "advmod") and _word(
            document.lower[child], "obliges", document.language
        ):
            return child
    return None


def _has_own_subject(document: Document, word: int) -> bool:
    return any(document.deprels[c].startswith("nsubj") for c in document.children[word])


def _other_form(document: Document, word: int, head: int) -> bool:
    """Whether two verbs differ in form, as an infinitive and a participle do."""
    forms = [
        {f for f in document.feats[w].split("|") if f.startswith("VerbForm")} for w in (word, head)
    ]
    return bool(forms[0] and forms[1] and forms[0] != forms[1])


def intends(document: Document, word: int) -> bool:
    """Whether a word tells an intention, which need not be said (``plan``)."""
    return _lemma(document.lower[word], "intent", document.language) is not None


def governs(document: Document, word: int) -> Status | None:
    """What a listed word makes of the happening that it governs (``plan``, ``refuse``)."""
    form, language = document.lower[word], document.language
    for child in document.children[word]:
        if document.deprels[child] == "compound:prt":
            with_particle = _lemma(form, f"governor {document.lower[child]}", language)
            if with_particle:
                return with_particle
    return _lemma(form, "governor", language) or _lemma(form, "denier", language)


def _word(form: str, kind: str, language: str) -> Status | None:
    return _rows(language).get((kind, form))


@lru_cache(16_384)
def _lemma(form: str, kind: str, language: str) -> Status | None:
    rows = _rows(language)
    return _first(rows.get((kind, lemma)) for lemma in (form, *sorted(lemmas(form, language))))


def _first(found: Iterable[Status | None]) -> Status | None:
    return next((status for status in found if status), None)


@cache
def _rows(language: str) -> dict[tuple[str, str], Status]:
    return {
        (row["relation"], word): cast(Status, row["status"])
        for row in table(f"languages/{language}/status.tsv")
        for word in row["words"].split()
    }
