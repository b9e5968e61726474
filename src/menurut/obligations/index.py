"""What bears on which measures, kept in the ledger and brought up to date as it grows.

    snapshot ─ what is kept at a marked revision ─┐
                                                  ├─ Index ─ board
               what changed since, looked at anew ┘

Kept or not, the answer is the same; only the time differs. What is kept counts for measures, words
and code of one digest alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from tempfile import TemporaryFile
from threading import Lock
from typing import IO

import msgspec

from menurut import __version__
from menurut.ledger import bearings
from menurut.ledger.bearings import Kept
from menurut.ledger.charges import affected
from menurut.ledger.errors import StoreError, TooFarBackError
from menurut.ledger.passing import all_incidents
from menurut.ledger.queries import number_of
from menurut.ledger.store import Ledger, Snapshot
from menurut.obligations.deeds import CHARGE
from menurut.obligations.finding import find
from menurut.obligations.matching import Match
from menurut.tables import data_file, languages

_CODE = (
    *(f"obligations/{n}.py" for n in ("deeds", "finding", "goods", "matching", "phrases")),
    *(f"obligations/{n}.py" for n in ("regimes", "wording")),
    *(f"ledger/{n}.py" for n in ("charges", "passing", "stems", "votes")),
)
_TABLES = ("goods", "dealings", "countries")
_lines = msgspec.json.Encoder()
_one_at_a_time = Lock()
LOOKED_AT = 3_000
"""Incidents that a page may look at anew, at most."""


class Index:
    """What bears on measures in a snapshot; measures by their keys (``key_of``).

    ``most``: how many incidents may be looked at anew. Raises ``TooFarBackError`` where more
    changed since anything was kept, or nothing was kept at the time.
    """

    def __init__(self, snapshot: Snapshot, most: int | None = None) -> None:
        self.snapshot = snapshot
        last = bearings.last_revision(snapshot)
        self.at = bearings.marked(snapshot.connection, digest(), last)
        self.stale = [] if self.at == last else _stale(snapshot, self.at)
        if most is not None and len(self.stale) > most:
            raise TooFarBackError(
                "what bore on measures at this time is not kept: {count} incidents would have to "
                "be looked at, and a page looks at {most}; menurut obligations has no such bound",
                count=len(self.stale),
                most=most,
            )
        self.fresh: dict[str, dict[int, Match]] = {}
        for match in find(snapshot, self.stale):
            of_measure = self.fresh.setdefault(key_of(match.regime, match.measure), {})
            of_measure[number_of(match.incident)] = match

    def counts(self) -> dict[str, int]:
        """How many incidents would bear on each measure; measures without any may be left out."""
        found = {key: len(held) for key, held in self.fresh.items()}
        if self.at is not None:
            for key, count in bearings.counts(self.snapshot, self.at, self.stale).items():
                found[key] = found.get(key, 0) + count
        return found

    def newest(self, keys: Sequence[str], most: int, before: int | None = None) -> list[int]:
        """The newest incidents that would bear on any of some measures. ``before``: older ones."""
        fresh = {n for key in keys for n in self.fresh.get(key, ())}
        found = [n for n in fresh if before is None or n < before]
        if self.at is not None:
            found += self._kept(keys, most, before)
        return sorted(found, reverse=True)[:most]

    def _kept(self, keys: Sequence[str], most: int, before: int | None) -> list[int]:
        """The newest that are kept and that nothing has changed since."""
        assert self.at is not None
        stale, found = set(self.stale), list[int]()
        while len(found) < most:
            some = bearings.newest(self.snapshot, self.at, keys, most, before)
            found += [number for number in some if number not in stale]
            if len(some) < most:
                break
            before = some[-1]
        return found

    def matches(self, keys: Sequence[str], numbers: Sequence[int]) -> list[Match]:
        """The matches of some incidents with some measures."""
        stale, wanted = set(self.stale), set(numbers)
        found = [
            match
            for key in keys
            for number, match in self.fresh.get(key, {}).items()
            if number in wanted
        ]
        if self.at is not None:
            old = [number for number in numbers if number not in stale]
            for one in bearings.kept(self.snapshot, self.at, keys, old):
                found.append(msgspec.json.decode(one.match, type=Match))
        return found


def key_of(regime: str, measure: str) -> str:
    """Under which key a measure is kept."""
    return f"{regime} {measure}"


def bring_up_to_date(ledger: Ledger) -> None:
    """Look at whatever changed since the last time, and keep what was found.

    Others may read and write meanwhile; where somebody else kept something first, this is left. So
    it is where the ledger cannot be written: the answers are the same without it.
    """
    with _one_at_a_time, TemporaryFile() as spool:
        with ledger.read() as snapshot:
            last = bearings.last_revision(snapshot)
            at = bearings.marked(snapshot.connection, digest())
            if at == last:
                return
            stale = _stale(snapshot, at)
            for match in find(snapshot, stale):
                spool.write(_lines.encode(match) + b"\n")
        spool.seek(0)
        try:
            with ledger.write("bearings") as draft:
                if bearings.marked(draft.connection, digest()) == at:
                    gone = None if at is None else stale
                    bearings.keep(draft.connection, last, gone, _read(spool))
                    bearings.mark(draft.connection, last, digest())
        except StoreError:
            return


def _read(spool: IO[bytes]) -> Iterator[Kept]:
    for line in spool:
        match = msgspec.json.decode(line, type=Match)
        key = key_of(match.regime, match.measure)
        yield Kept(key, number_of(match.incident), line.decode().rstrip("\n"))


def _stale(snapshot: Snapshot, at: int | None) -> list[int]:
    """The incidents that must be looked at anew: those that changed since a revision, with the
    accusations that this may mean something for; all of them where nothing is kept."""
    if at is None:
        return all_incidents(snapshot)
    changed = bearings.changed(snapshot, at)
    return sorted({*changed, *affected(snapshot, changed, at, CHARGE)})


@cache
def digest() -> str:
    """What is the same for as long as measures, words and the code that compares them are."""
    made = blake2b(__version__.encode(), digest_size=16)
    for part in _parts():
        made.update(part)
    return made.hexdigest()


def _parts() -> Iterator[bytes]:
    folder = data_file("world/regimes")
    held = [folder.joinpath(f.name) for f in sorted(folder.iterdir(), key=lambda f: f.name)]
    held += [files("menurut").joinpath(name) for name in _CODE]
    held += [data_file(f"world/{name}.tsv") for name in ("goods", "countries")]
    for language in sorted(languages()):
        held += [data_file(f"languages/{language}/{name}.tsv") for name in _TABLES]
    yield from (file.read_bytes() for file in held if file.is_file())
