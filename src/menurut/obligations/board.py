"""The board of measures: under each the incidents of a ledger that would bear on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from menurut.ledger.errors import LedgerError
from menurut.ledger.history import batched
from menurut.ledger.passing import whole_incidents
from menurut.ledger.queries import Incident, accounts_of, number_of
from menurut.ledger.store import Snapshot
from menurut.ledger.votes import TakenVote, votes_of
from menurut.obligations.deeds import Deed, deeds
from menurut.obligations.matching import Match, matches, through
from menurut.obligations.regimes import (
    Checked,
    Instrument,
    Measure,
    Regime,
    Stretch,
    event_types,
    regimes,
)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A measure with what would bear on it. ``force``: the stretches in which it holds;
    ``checked``: the public texts that it was read against."""

    regime: str
    instrument: Instrument
    measure: Measure
    force: tuple[Stretch, ...]
    checked: tuple[Checked, ...]
    matches: tuple[Match, ...]


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of one or more regimes, and the incidents that their matches name."""

    regimes: tuple[Regime, ...]
    listed: tuple[Listed, ...]
    incidents: dict[str, Incident]


def board(snapshot: Snapshot, regime: str | None = None, measure: str | None = None) -> Board:
    """The board of a ledger, of all regimes or of one, or of one measure.

    Raises ``LedgerError`` for a regime or a measure that there is none of.
    """
    wanted = _chosen(regime, measure)
    heads: dict[str, Incident] = {}
    found: list[Match] = []
    for pairs in whole_incidents(snapshot):
        met = [m for deed in deeds(pairs, event_types()) for m in matches_of(deed)]
        named = {m.incident for m in met}
        heads |= {incident.id: incident for incident, _told in pairs if incident.id in named}
        found += met
    found += [m for r in regimes() for m in through(r, regimes(), found)]
    listed = tuple(_listed(wanted, measure, _with_votes(snapshot, _joined(found))))
    named = {m.incident for one in listed for m in one.matches}
    return Board(
        regimes=wanted,
        listed=listed,
        incidents={id: incident for id, incident in heads.items() if id in named},
    )


def matches_of(deed: Deed) -> list[Match]:
    """All matches of a deed, without those that follow from others."""
    return [m for regime in regimes() for m in matches(regime, deed)]


def _chosen(regime: str | None, measure: str | None) -> tuple[Regime, ...]:
    known = {one.id: one for one in regimes()}
    if regime is not None and regime not in known:
        raise LedgerError(f"there is no regime {regime!r}; there are: {', '.join(known)}")
    wanted = tuple(known.values()) if regime is None else (known[regime],)
    if measure is None:
        return wanted
    holding = tuple(one for one in wanted if any(m.id == measure for m in one.measures))
    if not holding:
        raise LedgerError(f"there is no measure {measure!r}; they look like 1718.8b")
    return holding


def _listed(
    wanted: Iterable[Regime], measure: str | None, found: Iterable[Match]
) -> Iterator[Listed]:
    held: dict[tuple[str, str], list[Match]] = {}
    for one in found:
        held.setdefault((one.regime, one.measure), []).append(one)
    for regime in wanted:
        for each in regime.measures:
            if measure in (None, each.id):
                yield Listed(
                    regime=regime.id,
                    instrument=regime.instrument_of(each),
                    measure=each,
                    force=regime.force_of(each),
                    checked=regime.texts_of(each),
                    matches=tuple(held.get((regime.id, each.id), ())),
                )


def _with_votes(snapshot: Snapshot, found: list[Match]) -> list[Match]:
    """The matches, each with the votes in whose sentences a report tells of its incident."""
    numbers = sorted({number_of(m.incident) for m in found})
    told = [a for some in batched(numbers) for a in accounts_of(snapshot, some)]
    by_report: dict[str, list[TakenVote]] = {}
    for vote in votes_of(snapshot, (a.report for a in told)):
        by_report.setdefault(vote.report, []).append(vote)
    at: dict[str, dict[TakenVote, None]] = {}
    for account in told:
        for vote in by_report.get(account.report, ()):
            if vote.span[0] <= account.trigger[0] < vote.span[1]:
                at.setdefault(account.incident, {})[vote] = None
    return [msgspec.structs.replace(m, votes=tuple(at.get(m.incident, ()))) for m in found]


def _joined(found: Iterable[Match]) -> list[Match]:
    """One match for a measure and an incident: the one that leaves least open."""
    best: dict[tuple[str, str, str], Match] = {}
    for one in found:
        key = (one.regime, one.measure, one.incident)
        if key not in best or len(one.conditions) < len(best[key].conditions):
            best[key] = one
    return sorted(best.values(), key=lambda m: number_of(m.incident))
