"""Who an actor of a report is across reports."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from menurut.contract import Actor, Span
from menurut.ledger.parameters import parameters
from menurut.reports.prints import words
from menurut.world import bodies

_WORLD = ("IGO:", "NGO:", "GRP:", "IMG:", "ISM:", "MNC:")
_BODIES = "world/bodies.tsv: "
_CLASSES = ("people.tsv: ", "titles.tsv: ")
"""Tables of what people are called who have no name: ``students``, ``soldiers``."""


class Party(msgspec.Struct, frozen=True, array_like=True):
    """A party: ``key`` is the same in every report, ``name`` as this report has it.

    ``person``: the words of the name, where it is somebody's own; else empty.
    """

    key: str
    name: str
    code: str | None = None
    person: str = ""


def folded(name: str) -> str:
    """A name without case, accents and marks."""
    return " ".join(words(name))


def key_of(code: str | None, name: str) -> str:
    """The key under which a party stands: the state, the body, or the code and the name.

    Whoever speaks for a state stands under its alpha-3 code, so that a spokesman, a ministry and
    a capital are one party. A professor or a newspaper does not speak for a state.
    """
    if code is None:
        return f"~{folded(name)}"
    if code.startswith(_WORLD):
        return code
    country, _, sector = code.partition(" ")
    if not sector or sector in parameters().sides.speak_for_state:
        return country
    return f"{code}/{folded(name)}" if name else code


@lru_cache(4096)
def root(key: str) -> str:
    """The country whose people a party is; else the party itself.

    A strike on a country's civilians is one on the country; its rebels are another matter.
    """
    country, _, sector = key.partition("/")[0].partition(" ")
    return country if sector in parameters().sides.people else key


def party(actor: Actor, people: Iterable[Span] = ()) -> Party:
    """The party that an actor of a report stands for. ``people``: the names of persons in it."""
    named = any(s < e2 and s2 < e for s, e in actor.mentions for s2, e2 in people)
    person = folded(actor.name) if actor.kind == "person" and named else ""
    key = key_of(actor.code, actor.name if named else _known_name(actor))
    return Party(key, actor.name, actor.code, person)


def _known_name(actor: Actor) -> str:
    """The name that is the same in every language: the table's own of a body; none of a class of
    people, for ``mahasiswa`` are ``students``."""
    basis = actor.basis or ""
    of = basis.partition(_BODIES)[2].partition(";")[0]
    if of in bodies() and bodies()[of].code == actor.code:
        return bodies()[of].name
    return "" if actor.code and any(table in basis for table in _CLASSES) else actor.name


def same_person(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: one is part of the other."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first
