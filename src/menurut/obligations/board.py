"""The board of measures: under each the incidents of a ledger that would bear on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from menurut.ledger.errors import LedgerError
from menurut.ledger.paging import cursor, keys_of
from menurut.ledger.passing import heads_of
from menurut.ledger.queries import Incident, number_of
from menurut.ledger.store import Snapshot
from menurut.obligations.index import Index, key_of
from menurut.obligations.matching import Match
from menurut.obligations.regimes import Checked, Instrument, Measure, Regime, Stretch, regimes

_ORDER = "obligations"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A measure with what would bear on it. ``force``: the stretches in which it holds;
    ``checked``: the public texts that it was read against; ``count``: how many incidents there are,
    of which ``matches`` may be some."""

    regime: str
    instrument: Instrument
    measure: Measure
    force: tuple[Stretch, ...]
    checked: tuple[Checked, ...]
    count: int
    matches: tuple[Match, ...]


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of one or more regimes, and the incidents that their matches name.

    ``after``: where the next page of incidents begins; None on the last one.
    """

    regimes: tuple[Regime, ...]
    listed: tuple[Listed, ...]
    incidents: dict[str, Incident]
    after: str | None = None

    def newest(self, most: int) -> Board:
        """The board with the newest of its incidents alone."""
        return self.of(sorted(self.incidents, key=number_of, reverse=True)[:most])

    def of(self, ids: Collection[str]) -> Board:
        """The board with some of its incidents alone."""
        listed = (
            msgspec.structs.replace(one, matches=tuple(m for m in one.matches if m.incident in ids))
            for one in self.listed
        )
        held = {id: incident for id, incident in self.incidents.items() if id in ids}
        return msgspec.structs.replace(self, listed=tuple(listed), incidents=held)


def board(
    snapshot: Snapshot,
    regime: str | None = None,
    measure: str | None = None,
    each: int | None = None,
    looking: int | None = None,
) -> Board:
    """The board of a ledger, of all regimes or of one, or of one measure.

    ``each``: under each measure the newest of its incidents, at most so many; all when left out.
    ``looking``: how many incidents may be looked at anew. Raises ``LedgerError`` for a regime or a
    measure that there is none of, and where more would have to be looked at.
    """
    wanted, chosen = _chosen(regime, measure)
    index = Index(snapshot, looking)
    counts = index.counts()
    found: list[Match] = []
    for key in (key_of(r.id, m.id) for r, m in chosen):
        most = counts.get(key, 0) if each is None else each
        if counts.get(key):
            found += index.matches([key], index.newest([key], most))
    return _made(snapshot, wanted, chosen, counts, found)


def page(
    snapshot: Snapshot,
    regime: str | None = None,
    measure: str | None = None,
    most: int = 50,
    after: str | None = None,
    looking: int | None = None,
) -> Board:
    """The board with a page of the incidents that would bear on any of its measures, the newest
    known first. Raises ``LedgerError`` as ``board`` does, and for a bad cursor."""
    wanted, chosen = _chosen(regime, measure)
    before = None if after is None else keys_of(after, _ORDER, 1)[0]
    index = Index(snapshot, looking)
    keys = [key_of(r.id, m.id) for r, m in chosen]
    numbers = index.newest(keys, most + 1, before)
    behind = cursor(_ORDER, [numbers[most - 1]]) if len(numbers) > most else None
    found = index.matches(keys, numbers[:most])
    made = _made(snapshot, wanted, chosen, index.counts(), found)
    return msgspec.structs.replace(made, after=behind)


def _chosen(
    regime: str | None, measure: str | None
) -> tuple[tuple[Regime, ...], list[tuple[Regime, Measure]]]:
    """The regimes that are wanted, and their measures."""
    known = {one.id: one for one in regimes()}
    if regime is not None and regime not in known:
        raise LedgerError(f"there is no regime {regime!r}; there are: {', '.join(known)}")
    wanted = tuple(known.values()) if regime is None else (known[regime],)
    chosen = [(r, m) for r in wanted for m in r.measures if measure in (None, m.id)]
    if not chosen:
        raise LedgerError(f"there is no measure {measure!r}; they look like 1718.8b")
    held = {r.id for r, _measure in chosen}
    return tuple(r for r in wanted if r.id in held), chosen


def _made(
    snapshot: Snapshot,
    wanted: tuple[Regime, ...],
    chosen: Sequence[tuple[Regime, Measure]],
    counts: dict[str, int],
    found: Sequence[Match],
) -> Board:
    numbers = sorted({number_of(match.incident) for match in found})
    return Board(
        regimes=wanted,
        listed=tuple(_listed(chosen, counts, found)),
        incidents={head.id: head for head in heads_of(snapshot, numbers)},
    )


def _listed(
    chosen: Iterable[tuple[Regime, Measure]], counts: dict[str, int], found: Iterable[Match]
) -> Iterator[Listed]:
    """The measures, each with its matches, the newest known first."""
    held: dict[str, list[Match]] = {}
    for one in found:
        held.setdefault(key_of(one.regime, one.measure), []).append(one)
    for regime, each in chosen:
        key = key_of(regime.id, each.id)
        newest = sorted(held.get(key, ()), key=lambda m: number_of(m.incident), reverse=True)
        yield Listed(
            regime=regime.id,
            instrument=regime.instrument_of(each),
            measure=each,
            force=regime.force_of(each),
            checked=regime.texts_of(each),
            count=counts.get(key, 0),
            matches=tuple(newest),
        )
