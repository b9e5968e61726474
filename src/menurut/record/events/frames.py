"""Predicates and the PLOVER events they tell of, from ``languages/<l>/predicates.tsv``.

A frame is found by its head word's lemma (``record/lemmas.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import product
from typing import NamedTuple, cast

from menurut.contract import EventType, Status
from menurut.record.lemmas import Pos, analyses
from menurut.tables import Row, language_table, numbered_rows

_POS_OF: dict[str, tuple[Pos, ...]] = {
    "VERB": ("V",),
    "ADJ": ("V",),
    "NOUN": ("N",),
    "PROPN": ("V",),
    "AUX": ("V",),
}
_CACHED_FORMS = 65_536
_BY = "by:"
"""Before words of the object column that name who does it."""


class Slots(NamedTuple):
    """Argument places that are filled together, such as ``subj`` and ``obl:with``.

    ``all``: each of them must be there (``subj&obl:with``); ``several``: they must name two
    actors or more (``subj*``). ``name``: as the table writes them.
    """

    places: tuple[str, ...]
    all: bool = False
    several: bool = False
    name: str = ""


@dataclass(frozen=True)
class Frame:
    """A row of the predicate table: a predicate and where its actor and recipient stand.

    ``words``: the predicate's own lemma, then those of the words it must have with it.
    ``actor`` and ``recipient``: alternatives, the first that is filled wins; ``authored``: no event
    without an actor known, ``required``: without a recipient, ``expressed``: without words in its
    place. ``objects``: lemmas one of which the object must have (empty: any), ``barred``: none of
    which it may have; ``doers``, ``barred_doers``: the same of who does it. ``origin``: the row,
    for an event's ``basis``; ``line``: where it stands.
    """

    words: tuple[str, ...]
    pos: Pos
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    actor: tuple[Slots, ...]
    authored: bool
    recipient: tuple[Slots, ...]
    required: bool
    expressed: bool
    objects: frozenset[str]
    barred: frozenset[str]
    doers: frozenset[str]
    barred_doers: frozenset[str]
    status: Status | None
    origin: str
    line: int = field(default=0, compare=False)

    @cached_property
    def companions(self) -> tuple[str, ...]:
        """The lemmas of the words that the predicate must have with it."""
        return self.words[1:]

    @cached_property
    def received(self) -> bool:
        """Whether the subject is the recipient: who receives a guest is visited."""
        return any("subj" in slots.places for slots in self.recipient)

    @cached_property
    def agentive(self) -> bool:
        """Whether the subject has a role of its own, so that it is no word of the predicate."""
        sides = (*self.actor, *self.recipient)
        return any("subj" in slots.places for slots in sides)


class Match(NamedTuple):
    """A frame whose head word a form may be, and the voice that the form has."""

    frame: Frame
    voice: str


@cache
def classes(language: str) -> dict[str, frozenset[str]]:
    """Classes of nouns, by name with its ``@``; none where the language has no such table."""
    rows = language_table(language, "classes")
    return {"@" + row["class"].lstrip("@"): frozenset(row["words"].split()) for row in rows}


@cache
def frames(language: str) -> tuple[Frame, ...]:
    """All frames of a language; a cell's comma-separated words make one frame each."""
    rows = numbered_rows(f"languages/{language}/predicates.tsv")
    return tuple(frame for line, row in rows for frame in frames_of(row, language, line))


def frames_of(row: Row, language: str, line: int = 0) -> Iterator[Frame]:
    """The frames of one row of the predicate table, one for each choice of its words."""
    recipient = row["recipient"]
    cells = row["object"].split()
    for words in product(*(cell.split(",") for cell in row["predicate"].split())):
        yield Frame(
            words=words,
            pos=cast(Pos, row["pos"]),
            type=cast(EventType, row["type"]),
            mode=row["mode"] or None,
            contexts=tuple(row["contexts"].split()),
            actor=_places(row["actor"].lstrip("!")),
            authored=row["actor"].startswith("!"),
            recipient=_places(recipient.lstrip("!?")),
            required=recipient.startswith("!"),
            expressed=recipient.startswith("?"),
            objects=_members(cells, "", language),
            barred=_members(cells, "-", language),
            doers=_members(cells, _BY, language),
            barred_doers=_members(cells, "-" + _BY, language),
            status=cast(Status, row["status"]) if row["status"] else None,
            origin=f"languages/{language}/predicates.tsv: {' '.join(words)} {row['pos']}",
            line=line,
        )


def _members(cells: Sequence[str], prefix: str, language: str) -> frozenset[str]:
    """The words, and those of the classes, that stand in cells with just this prefix."""
    named = [cell.removeprefix(prefix) for cell in cells if _prefix(cell) == prefix]
    return frozenset(word for name in named for word in classes(language).get(name, (name,)))


def _prefix(cell: str) -> str:
    barred = "-" if cell.startswith("-") else ""
    return barred + (_BY if cell.removeprefix(barred).startswith(_BY) else "")


def _places(cell: str) -> tuple[Slots, ...]:
    """The alternatives of an actor or recipient cell; none for ``-`` and an empty cell."""
    return tuple(_slots(part) for part in cell.split("|") if part not in ("", "-"))


def _slots(part: str) -> Slots:
    places = tuple(part.rstrip("*").replace("&", "+").split("+"))
    return Slots(places, "&" in part, part.endswith("*"), part)


@cache
def _by_head(language: str) -> dict[tuple[Pos, str], tuple[Frame, ...]]:
    found: dict[tuple[Pos, str], list[Frame]] = {}
    for frame in frames(language):
        found.setdefault((frame.pos, frame.words[0]), []).append(frame)
    return {key: tuple(sorted(rows, key=_generality)) for key, rows in found.items()}


def _generality(frame: Frame) -> tuple[int, bool]:
    return -len(frame.words), not (frame.objects or frame.doers)


@lru_cache(_CACHED_FORMS)
def matches(form: str, upos: str, language: str) -> tuple[Match, ...]:
    """The frames whose head word a lower-cased form may be, most specific first."""
    index = _by_head(language)
    found: dict[Frame, Match] = {}
    for pos in _POS_OF.get(upos, ()):
        for lemma, voice in sorted(analyses(form, language, pos)):
            for frame in index.get((pos, lemma), ()):
                found.setdefault(frame, Match(frame, voice))
    return tuple(sorted(found.values(), key=lambda match: _generality(match.frame)))
