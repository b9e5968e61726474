"""Predicates and the PLOVER events they tell of, from ``languages/<l>/predicates.tsv``.

There is no lemmatiser: ``inflection.tsv`` holds rewrite rules from a form to possible lemmas, and
a lemma counts only where the predicate table has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Literal, NamedTuple, cast

from menurut.contract import EventType, Status
from menurut.tables import Row, data_file, table

Pos = Literal["V", "N"]


class Slots(NamedTuple):
    """Argument places that are filled together, such as ``subj`` and ``obl:with``.

    ``all``: each of them must be there (``subj&obl:with``); ``several``: they must name two
    actors or more (``subj*``).
    """

    places: tuple[str, ...]
    all: bool = False
    several: bool = False


_BOTH: tuple[Pos, ...] = ("V", "N")
_POS_OF: dict[str, tuple[Pos, ...]] = {
    "VERB": ("V",),
    "ADJ": ("V",),
    "NOUN": ("N",),
    "PROPN": ("V",),
    "AUX": ("V",),
}
_CACHED_FORMS = 65_536


class Analysis(NamedTuple):
    """A possible lemma of a form. ``voice``: what the form says of it (``passive``...)."""

    lemma: str
    voice: str


class Rule(NamedTuple):
    """A row of ``inflection.tsv``: prefix + stem + suffix becomes to_prefix + stem + to_suffix."""

    pos: str
    prefix: str
    suffix: str
    to_prefix: str
    to_suffix: str
    voice: str

    def apply(self, form: str) -> str | None:
        """The form rewritten, or None where the rule does not fit."""
        if self.suffix == "=":
            return self.to_prefix if form == self.prefix else None
        stem = len(form) - len(self.prefix) - len(self.suffix)
        if stem < 2 or not form.startswith(self.prefix) or not form.endswith(self.suffix):
            return None
        return self.to_prefix + form[len(self.prefix) : len(self.prefix) + stem] + self.to_suffix


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of the predicate table: a predicate and where its actor and recipient stand.

    ``words``: the predicate's own lemma, then those of the words it must have with it.
    ``actor`` and ``recipient``: alternatives, the first that is filled wins; ``required``: no event
    without a recipient known, ``expressed``: without words in its place. ``objects``: lemmas one
    of which the object must have (empty: any), ``barred``: none of which it may have. ``origin``:
    the row, for an event's ``basis``.
    """

    words: tuple[str, ...]
    pos: Pos
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    actor: tuple[Slots, ...]
    recipient: tuple[Slots, ...]
    required: bool
    expressed: bool
    objects: frozenset[str]
    barred: frozenset[str]
    status: Status | None
    origin: str

    @property
    def received(self) -> bool:
        """Whether the subject is the recipient: who receives a guest is visited."""
        return any("subj" in slots.places for slots in self.recipient)


class Match(NamedTuple):
    """A frame whose head word a form may be, and the voice that the form has."""

    frame: Frame
    voice: str


def candidates(form: str, language: str) -> frozenset[str]:
    """The lemmas that a form may have, as a verb or a noun, itself among them."""
    return lemmas(form.lower(), language)


@lru_cache(_CACHED_FORMS)
def lemmas(form: str, language: str) -> frozenset[str]:
    """``candidates`` of a form that is lower-cased already."""
    return frozenset(a.lemma for pos in _BOTH for a in _analyses(form, language, pos))


@lru_cache(_CACHED_FORMS)
def _analyses(form: str, language: str, pos: Pos) -> frozenset[Analysis]:
    found = set()
    for base in _bases(form, language):
        found.add(Analysis(base, ""))
        for rule in _rules(language):
            if rule.pos == pos and (lemma := rule.apply(base)):
                found.add(Analysis(lemma, rule.voice))
    return frozenset(found)


def _bases(form: str, language: str) -> set[str]:
    """The form, and the form without its clitics and its reduplication."""
    bases = {form}
    for rule in _rules(language):
        if rule.pos == "*" and (base := rule.apply(form)):
            bases.add(base)
    for base in tuple(bases):
        first, hyphen, second = base.partition("-")
        if hyphen and first and first.endswith(second):
            bases.add(first)
        elif hyphen and second.startswith(first):
            bases.add(second)
    return bases


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(r["pos"], r["prefix"], r["suffix"], r["to_prefix"], r["to_suffix"], r["voice"])
        for r in table(f"languages/{language}/inflection.tsv")
    )


@cache
def markers(language: str, voice: Literal["agent", "part", "object"]) -> frozenset[str]:
    """The prepositions of a passive's agent (``by``), of a part's whole (``of``), or of what the
    object does (``accused him of lying``)."""
    return frozenset(rule.to_prefix for rule in _rules(language) if rule.voice == voice)


@cache
def classes(language: str) -> dict[str, frozenset[str]]:
    """Classes of nouns, by name with its ``@``; none where the language has no such table."""
    name = f"languages/{language}/classes.tsv"
    if not data_file(name).is_file():
        return {}
    return {"@" + row["class"].lstrip("@"): frozenset(row["words"].split()) for row in table(name)}


@cache
def frames(language: str) -> tuple[Frame, ...]:
    """All frames of a language; a cell's comma-separated words make one frame each."""
    name = f"languages/{language}/predicates.tsv"
    return tuple(frame for row in table(name) for frame in frames_of(row, language))


def frames_of(row: Row, language: str) -> Iterator[Frame]:
    """The frames of one row of the predicate table, one for each choice of its words."""
    recipient = row["recipient"]
    cells = row["object"].split()
    objects = frozenset(
        word
        for cell in cells
        if not cell.startswith("-")
        for word in classes(language).get(cell, (cell,))
    )
    for words in product(*(cell.split(",") for cell in row["predicate"].split())):
        yield Frame(
            words=words,
            pos=cast(Pos, row["pos"]),
            type=cast(EventType, row["type"]),
            mode=row["mode"] or None,
            contexts=tuple(row["contexts"].split()),
            actor=_places(row["actor"]),
            recipient=_places(recipient.lstrip("!?")),
            required=recipient.startswith("!"),
            expressed=recipient.startswith("?"),
            objects=objects,
            barred=frozenset(cell[1:] for cell in cells if cell.startswith("-")),
            status=cast(Status, row["status"]) if row["status"] else None,
            origin=f"languages/{language}/predicates.tsv: {' '.join(words)} {row['pos']}",
        )


def _places(cell: str) -> tuple[Slots, ...]:
    """The alternatives of an actor or recipient cell; none for ``-`` and an empty cell."""
    return tuple(_slots(part) for part in cell.split("|") if part not in ("", "-"))


def _slots(part: str) -> Slots:
    places = tuple(part.rstrip("*").replace("&", "+").split("+"))
    return Slots(places, "&" in part, part.endswith("*"))


@cache
def _by_head(language: str) -> dict[tuple[Pos, str], tuple[Frame, ...]]:
    found: dict[tuple[Pos, str], list[Frame]] = {}
    for frame in frames(language):
        found.setdefault((frame.pos, frame.words[0]), []).append(frame)
    return {key: tuple(sorted(rows, key=_generality)) for key, rows in found.items()}


def _generality(frame: Frame) -> tuple[int, bool]:
    return -len(frame.words), not frame.objects


@lru_cache(_CACHED_FORMS)
def matches(form: str, upos: str, language: str) -> tuple[Match, ...]:
    """The frames whose head word a lower-cased form may be, most specific first."""
    index = _by_head(language)
    found: dict[Frame, Match] = {}
    for pos in _POS_OF.get(upos, ()):
        for lemma, voice in sorted(_analyses(form, language, pos)):
            for frame in index.get((pos, lemma), ()):
                found.setdefault(frame, Match(frame, voice))
    return tuple(sorted(found.values(), key=lambda match: _generality(match.frame)))
