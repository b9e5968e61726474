"""Whether a happening is told as done, planned, possible or denied, from ``status.tsv``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple, cast

from menurut.contract import StatementKind, Status
from menurut.reader.document import Document
from menurut.record.events.syntax import relation
from menurut.record.lemmas import lemmas, markers
from menurut.tables import table

_MAX_CLIMB = 5
_VERBAL = ("VERB", "ADJ", "AUX")


class Sign(NamedTuple):
    """What bears on a status. ``word``: where it stands (-1: no word of the text); ``form``: the
    word, or what it is; ``row``: the relation and word of its row in the table, empty where it
    is no row."""

    status: Status
    word: int
    form: str
    row: str = ""


class Judgement(NamedTuple):
    """A status and the signs that set it, innermost first (none: told as done)."""

    status: Status
    basis: tuple[Sign, ...] = ()

    def under(self, outer: Sign | None) -> Judgement:
        """This judgement under a word that says something of the whole (``may``, ``refuse``)."""
        if outer is None or outer.status == "actual":
            return self
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
    for sign in _signs(document, word, own, is_event):
        judged = judged.under(sign)
    if (
        document.text[document.ends[word] : _sentence_end(document, word)]
        .rstrip(" \"”'’")
        .endswith("?")
    ):
        judged = judged.under(Sign("possible", -1, "?"))
    return _in_statement(judged, kind, document.language)


def _in_statement(judged: Judgement, kind: StatementKind | None, language: str) -> Judgement:
    if kind is None:
        return judged
    row = f"{kind}:{judged.status}"
    told = _word(row, "statement", language)
    sign = Sign(told, -1, kind, f"statement {row}") if told else None
    return Judgement(told, (*judged.basis, sign)) if told and sign else judged


def _sentence_end(document: Document, word: int) -> int:
    return document.ends[document.sentences[document.sentence_of[word]][1] - 1]


def _signs(
    document: Document, word: int, own: bool, is_event: Callable[[int], bool]
) -> Iterator[Sign | None]:
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
            yield from (s for s in _beside(document, head, own) if s and s.status != "denied")
        elif deprel in ("xcomp", "ccomp", "csubj", "advcl", "acl"):
            if document.deprels[word] == "acl:relcl":
                return
            governor = None if _is_aside(document, word) else _governor(document, head)
            planned = governor is not None and governor.status == "planned"
            if governor and planned and deprel != "xcomp" and _is_past(document, word):
                governor = governor._replace(status="actual")
            if governor is None:
                yield from _purpose(document, word, deprel)
                if deprel != "xcomp":
                    return
            elif deprel != "ccomp" or governor.status != "planned" or not _is_past(document, word):
                yield governor
            yield from _beside(document, head, own)
        elif deprel in ("obj", "nsubj", "obl", "nmod", "dep"):
            if document.upos[word] in ("PRON", "PROPN"):
                return
            yield from _over_noun(document, word, head, own, is_event)
            if is_event(head) or deprel == "obl" or _governor(document, head) is None:
                return
        else:
            return
        word = head


def _over_noun(
    document: Document, noun: int, head: int, own: bool, is_event: Callable[[int], bool]
) -> Iterator[Sign | None]:
    """What governs an event noun: a listed word, or the time and mood of its verb."""
    governor = _governor(document, head)
    undergoes = document.deprels[noun] == "nsubj:pass" or relation(document, noun) != "nsubj"
    if governor is not None and undergoes:
        yield governor
    elif is_event(head) or relation(document, noun) in ("obl", "nmod"):
        return
    if document.upos[head] in _VERBAL:
        yield from _beside(document, head, own)


def _beside(document: Document, word: int, own: bool) -> Iterator[Sign | None]:
    """Auxiliaries, adverbs, markers and adjectives at a predicate, and its ``if`` clause."""
    for child in document.children[word]:
        deprel = relation(document, child)
        if deprel in ("aux", "advmod", "det", "cc", "discourse"):
            reported = _sign(document, child, "reported") if own else None
            yield reported or _sign(document, child, "aux")
        elif deprel in ("mark", "case"):
            to_be = _sign(document, child, "infinitive:aux") if _has_aux(document, word) else None
            yield to_be or _sign(document, child, "mark")
        elif deprel in ("amod", "compound", "nmod"):
            yield _sign(document, child, "modifier")
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


def _condition(document: Document, clause: int) -> Iterator[Sign | None]:
    for child in document.children[clause]:
        if relation(document, child) in ("mark", "advmod"):
            yield _sign(document, child, "condition")


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


def _purpose(document: Document, word: int, deprel: str) -> Iterator[Sign | None]:
    """An infinitive under a word that the table does not list: only intended."""
    for child in document.children[word]:
        if relation(document, child) in ("mark", "case"):
            yield _sign(document, child, f"infinitive:{deprel}")


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
    sign = _governor(document, word)
    return sign.status if sign else None


def _governor(document: Document, word: int) -> Sign | None:
    form = document.lower[word]
    kinds = ["governor", "denier"]
    for child in document.children[word]:
        if document.deprels[child] == "compound:prt":
            kinds.insert(0, f"governor {document.lower[child]}")
    for kind in kinds:
        if found := _lemma(form, kind, document.language):
            status, lemma = found
            return Sign(status, word, form, f"{kind} {lemma}")
    return None


def _sign(document: Document, word: int, kind: str) -> Sign | None:
    form = document.lower[word]
    status = _word(form, kind, document.language)
    return Sign(status, word, form, f"{kind} {form}") if status else None


def _word(form: str, kind: str, language: str) -> Status | None:
    return _rows(language).get((kind, form))


@lru_cache(16_384)
def _lemma(form: str, kind: str, language: str) -> tuple[Status, str] | None:
    """The status that a form's row of a kind gives, and the lemma that the row has."""
    rows = _rows(language)
    found = ((rows.get((kind, lemma)), lemma) for lemma in (form, *sorted(lemmas(form, language))))
    return next(((status, lemma) for status, lemma in found if status), None)


@cache
def _rows(language: str) -> dict[tuple[str, str], Status]:
    return {
        (row["relation"], word): cast(Status, row["status"])
        for row in table(f"languages/{language}/status.tsv")
        for word in row["words"].split()
    }
