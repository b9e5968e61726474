"""Candidates: names in reports that a list may have, each with the words that a person needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from menurut.ledger.names_told import Told
from menurut.screening.decisions import Decisions, Verdict, folded
from menurut.screening.entries import Entry, Kind
from menurut.screening.matching import Index, Match

KINDS: dict[str, tuple[Kind, ...]] = {
    "person": ("person",),
    "PER": ("person",),
    "organization": ("organisation", "vessel"),
    "ORG": ("organisation", "vessel"),
    "MISC": ("vessel", "organisation"),
}
"""What a name of a report may be on a list, by what the reader took it for: it takes a ship for an
organisation now and then. Governments and groups are not screened by name."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A name and an entry that it may mean. ``score``: how alike, from 0 to 1. ``verdict``: what a
    person has decided. ``told``: where the reports name it."""

    name: str
    entry: Entry
    listed_as: str
    score: float
    verdict: Verdict | None
    reason: str | None
    told: tuple[Told, ...]


def screen(
    told: Iterable[Told], index: Index, decisions: Decisions, least: float
) -> Iterator[Candidate]:
    """The candidates, the most alike first; those that a person has ruled out last."""
    names: dict[tuple[str, tuple[Kind, ...]], list[Told]] = {}
    for each in told:
        kinds = KINDS.get(each.kind)
        if kinds is not None:
            names.setdefault((folded(each.name), kinds), []).append(each)
    found = [
        c for (_, kinds), where in names.items() for c in _of(where, kinds, index, decisions, least)
    ]
    yield from sorted(found, key=lambda c: (c.verdict == "different", -c.score, c.name, c.entry.id))


def _of(
    where: list[Told], kinds: Iterable[Kind], index: Index, decisions: Decisions, least: float
) -> Iterator[Candidate]:
    name = where[0].name
    best: dict[str, Match] = {}
    for kind in kinds:
        for match in index.matches(name, kind, least):
            held = best.get(match.entry.id)
            if held is None or held.score < match.score:
                best[match.entry.id] = match
    for match in best.values():
        decided = decisions.of(name, match.entry.id)
        yield Candidate(
            name=name,
            entry=match.entry,
            listed_as=match.name,
            score=match.score,
            verdict=decided.verdict if decided else None,
            reason=decided.reason if decided else None,
            told=tuple(where),
        )
