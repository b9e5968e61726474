"""Who an actor of a report is across reports."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from menurut.contract import Actor, Span
from menurut.ledger.parameters import parameters
from menurut.reports.prints import words

_WORLD = ("IGO:", "NGO:", "GRP:", "IMG:", "ISM:", "MNC:")


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
    return f"{code}/{folded(name)}"


def party(actor: Actor, people: Iterable[Span] = ()) -> Party:
    """The party that an actor of a report stands for. ``people``: the names of persons in it."""
    named = any(s < e2 and s2 < e for s, e in actor.mentions for s2, e2 in people)
    person = folded(actor.name) if actor.kind == "person" and named else ""
    return Party(key_of(actor.code, actor.name), actor.name, actor.code, person)


def same_person(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: one is part of the other."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first
