"""The words of ``status.tsv``: what each makes of the happening beside it or under it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple, cast

from menurut.contract import Status
from menurut.reader.document import Document
from menurut.record.events.syntax import relation
from menurut.record.lemmas import lemmas
from menurut.tables import table

_CACHED_FORMS = 16_384
_PARTICLES = frozenset({"compound:prt", "advmod"})


class Sign(NamedTuple):
    """What bears on a status. ``word``: where it stands (-1: no word of the text); ``form``: the
    word, or what it is; ``row``: the relation and word of its row in the table, empty where it
    is no row."""

    status: Status
    word: int
    form: str
    row: str = ""


def sign_of(document: Document, word: int, kind: str) -> Sign | None:
    """The sign that a word's own row of a kind gives."""
    form = document.lower[word]
    status = status_of_form(form, kind, document.language)
    return Sign(status, word, form, f"{kind} {form}") if status else None


def marked_by(document: Document, word: int, *kinds: str) -> Sign | None:
    """The sign of a preposition or conjunction, the word right before it with it (``ahead of``)."""
    pair = f"{document.lower[word - 1]}_{document.lower[word]}" if word else ""
    status = status_of_form(pair, "mark", document.language)
    if status:
        return Sign(status, word, pair.replace("_", " "), f"mark {pair}")
    return next((sign for kind in kinds if (sign := sign_of(document, word, kind))), None)


def governor(document: Document, word: int, *, clause: bool = False) -> Sign | None:
    """What a word makes of its complement or object (``plan``, ``refuse``, ``rule out``).

    ``clause``: the complement is a clause, so that ``set to`` counts, unlike ``set fire``.
    """
    kinds = ("governor:clause",) if clause else ()
    return _by_lemma(document, word, (*kinds, "governor", "denier", "doubter"))


def takes_for_granted(document: Document, verb: int) -> bool:
    """Whether what a verb acts on must have happened (``condemn``, ``investigate``)."""
    return _by_lemma(document, verb, ("given:object",)) is not None


def happening_to(document: Document, verb: int) -> Sign | None:
    """What a verb says of the happening that is its subject: ``the visit fell through``."""
    return _by_lemma(document, verb, ("subject",))


def governs(document: Document, word: int) -> Status | None:
    """What a listed word makes of the happening that it governs (``plan``, ``refuse``)."""
    sign = governor(document, word)
    return sign.status if sign else None


def intends(document: Document, word: int) -> bool:
    """Whether a word tells an intention, which need not be said (``plan``)."""
    return _lemma(document.lower[word], "intent", document.language) is not None


def own_act(document: Document, word: int) -> bool:
    """Whether what a verb speaks of would be its subject's own doing (``weigh``, ``threaten``)."""
    return _lemma(document.lower[word], "own", document.language) is not None


def obliges(document: Document, word: int) -> int | None:
    """The auxiliary that lays a duty on the predicate's subject (``must``), if there is one."""
    for child in document.children[word]:
        if relation(document, child) in ("aux", "advmod") and status_of_form(
            document.lower[child], "obliges", document.language
        ):
            return child
    return None


def lemma_of(document: Document, word: int, kind: str) -> str | None:
    """The lemma by which a word has a row of a kind, if it has one."""
    found = _lemma(document.lower[word], kind, document.language)
    return found[1] if found else None


def status_of_form(form: str, kind: str, language: str) -> Status | None:
    return _rows(language).get((kind, form))


def _by_lemma(document: Document, word: int, kinds: tuple[str, ...]) -> Sign | None:
    form = document.lower[word]
    particles = [
        document.lower[c] for c in document.children[word] if document.deprels[c] in _PARTICLES
    ]
    tried = (*(f"{kind} {particle}" for particle in particles for kind in kinds), *kinds)
    for kind in tried:
        if found := _lemma(form, kind, document.language):
            status, lemma = found
            return Sign(status, word, form, f"{kind} {lemma}")
    return None


@lru_cache(_CACHED_FORMS)
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
