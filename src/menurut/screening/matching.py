"""How alike two names are, by ``rigour``: parts of names in any script, paired by their letters.

Its tables of what parts of names mean in other tongues (*Ivan*, *John*) are left out: to load them
takes ten seconds and more. The score is the share of both names' letters that is paired, from 0 to
1. What the list has and the report leaves out (a second given name) counts a third: reports are
short.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any, NamedTuple

from menurut.screening.entries import Entry, Kind, ListError

LIKELY = 0.85
"""The least score of a candidate: above it are other spellings, below it other people."""
_UNSAID = 0.35
_CLUES = 2
_MARKS = re.compile(r"[.,()]")
_FEWEST_PARTS = 2
"""Parts that a person's name must have: a bare surname names too many."""


def available() -> None:
    """Raises ``ListError`` where the library that compares names is not installed."""
    if find_spec("rigour") is None:
        raise ListError("for screening install menurut[screening]")


class Match(NamedTuple):
    """An entry that a name may mean. ``name``: the one of its names that is most alike."""

    entry: Entry
    name: str
    score: float


class Index:
    """The names of lists, found by their parts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)
        self._by_part: dict[str, set[int]] = defaultdict(set)
        self._names: list[tuple[int, Any]] = []
        for number, entry in enumerate(self._entries):
            for name in _analyzed(entry.kind, entry.names):
                for part in name.parts:
                    self._by_part[_key(part)].add(len(self._names))
                self._names.append((number, name))

    def __len__(self) -> int:
        return len(self._entries)

    def matches(self, name: str, kind: Kind, least: float = LIKELY) -> list[Match]:
        """The entries that a name may mean, the most alike first."""
        best: dict[int, tuple[float, str]] = {}
        for asked in _analyzed(kind, (name,)):
            if kind == "person" and len(asked.parts) < _FEWEST_PARTS:
                continue
            for place in self._sharing(asked):
                number, listed = self._names[place]
                if _may_be(kind, self._entries[number].kind):
                    score = alike(asked, listed, kind == "person")
                    best[number] = max(best.get(number, (0.0, "")), (score, listed.original))
        found = [
            Match(self._entries[number], held, round(score, 3))
            for number, (score, held) in best.items()
            if score >= least
        ]
        return sorted(found, key=lambda match: (-match.score, match.entry.id))

    def _sharing(self, asked: Any) -> Iterator[int]:
        """Names that share one of the two rarest parts, by how it sounds: *company* is no clue,
        and one part may be misspelt."""
        met = (self._by_part.get(_key(part), set()) for part in asked.parts)
        rarest = sorted(filter(None, met), key=len)[:_CLUES]
        yield from sorted(set().union(*rarest))


def alike(asked: Any, listed: Any, person: bool) -> float:
    """How alike two analysed names are; a person's parts may stand in another order."""
    from rigour.names import align_person_name_order

    orders = [(asked.parts, listed.parts)]
    if person:
        orders.append(align_person_name_order(asked.parts, listed.parts))
    return max(_share(ours, theirs) for ours, theirs in orders)


def _share(ours: Any, theirs: Any) -> float:
    from rigour.names import compare_parts

    met = total = 0.0
    for pair in compare_parts(ours, theirs):
        weight = float(len(pair.qstr) + len(pair.rstr))
        if not pair.qps:
            weight *= _UNSAID
        met, total = met + weight * pair.score, total + weight
    return met / total if total else 0.0


def _analyzed(kind: Kind, names: Iterable[str]) -> Iterator[Any]:
    """Names in parts, forms of firms (*Co. Ltd*, *GmbH*) left off."""
    from rigour.names import NameTypeTag, analyze_names, remove_org_types

    tags = {
        "person": NameTypeTag.PER,
        "organisation": NameTypeTag.ORG,
        "vessel": NameTypeTag.OBJ,
        "unknown": NameTypeTag.ENT,
    }
    if kind in ("organisation", "unknown"):
        plain = [" ".join(_MARKS.sub("", name.casefold()).split()) for name in names]
        names = [remove_org_types(name).strip() or name for name in plain]
    found = analyze_names(tags[kind], list(names), symbols=False)
    return iter(sorted(found, key=lambda name: str(name.original)))


def _key(part: Any) -> str:
    return str(part.metaphone or part.comparable)


def _may_be(told: Kind, listed: Kind) -> bool:
    """A person is a person; of what else a report names, the reader may take one for another."""
    return (told == "person") == (listed == "person") or "unknown" in (told, listed)
