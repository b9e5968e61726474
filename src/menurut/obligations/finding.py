"""Which incidents of a ledger would bear on which measures: looked at one by one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

import msgspec

from menurut.ledger.charges import types_of, with_neighbours, words_told_in
from menurut.ledger.history import batched
from menurut.ledger.passing import Whole, whole_incidents
from menurut.ledger.queries import number_of
from menurut.ledger.store import Snapshot
from menurut.ledger.votes import TakenVote, votes_of
from menurut.obligations.deeds import CHARGE, Deed, charges, deeds, set_among
from menurut.obligations.matching import Match, matches, through
from menurut.obligations.regimes import about_types, event_types, regimes

_BATCH = 200


def find(snapshot: Snapshot, numbers: Sequence[int]) -> Iterator[Match]:
    """The matches of some incidents with all measures, one for each measure and incident.

    What an incident would bear on hangs on itself and, where it is an accusation, on the others in
    the reports that tell of it; so it does not matter which incidents are asked for together.
    """
    for some in batched(numbers, _BATCH):
        for pairs in whole_incidents(snapshot, some, event_types() - {CHARGE}):
            made = [*deeds(pairs, event_types())]
            yield from _matched(snapshot, _set_among(snapshot, made, pairs), pairs)
        yield from _charged(snapshot, some)


def _set_among(snapshot: Snapshot, made: Sequence[Deed], pairs: Sequence[Whole]) -> Iterator[Deed]:
    """The deeds; those whose words may be about any country, with those that their reports name."""
    open_ = {d.incident for d in made if d.type in about_types() and not d.subjects}
    reports = {i.id: {a.report for a in given} for i, given in pairs if i.id in open_}
    told = words_told_in(snapshot, {name for names in reports.values() for name in names})
    for one in made:
        own = reports.get(one.incident, ())
        yield set_among(one, (w for name in own for w in told.get(name, ()))) if own else one


def _charged(snapshot: Snapshot, numbers: Sequence[int]) -> Iterator[Match]:
    """The matches of those incidents that are accusations."""
    known = types_of(snapshot, (f"i{number}" for number in numbers))
    own = [number_of(id) for id, type in known.items() if type == CHARGE]
    pairs = with_neighbours(snapshot, own, CHARGE)
    about = types_of(snapshot, (i.about for i, _accounts in pairs if i.about))
    wanted = {f"i{number}" for number in own}
    made = (deed for deed in charges(pairs, about) if deed.incident in wanted)
    yield from _matched(snapshot, made, pairs)


def _matched(snapshot: Snapshot, found: Iterable[Deed], pairs: Sequence[Whole]) -> Iterator[Match]:
    """The matches of deeds, with those that follow from others, and with their votes."""
    direct = [m for deed in found for regime in regimes() for m in matches(regime, deed)]
    derived = [m for regime in regimes() for m in through(regime, regimes(), direct)]
    best = _joined([*direct, *derived])
    votes = _votes(snapshot, {m.incident for m in best}, pairs)
    for one in best:
        yield msgspec.structs.replace(one, votes=votes.get(one.incident, ()))


def _joined(found: Iterable[Match]) -> list[Match]:
    """One match for a measure and an incident: the one that leaves least open."""
    best: dict[tuple[str, str, str], Match] = {}
    for one in found:
        key = (one.regime, one.measure, one.incident)
        if key not in best or len(one.conditions) < len(best[key].conditions):
            best[key] = one
    return list(best.values())


def _votes(
    snapshot: Snapshot, wanted: Container[str], pairs: Iterable[Whole]
) -> dict[str, tuple[TakenVote, ...]]:
    """The votes in whose sentences a report tells of an incident, by incident."""
    told = [a for incident, given in pairs if incident.id in wanted for a in given]
    by_report: dict[str, list[TakenVote]] = {}
    for vote in votes_of(snapshot, {a.report for a in told}):
        by_report.setdefault(vote.report, []).append(vote)
    at: dict[str, dict[TakenVote, None]] = {}
    for account in told:
        for vote in by_report.get(account.report, ()):
            if vote.span[0] <= account.trigger[0] < vote.span[1]:
                at.setdefault(account.incident, {})[vote] = None
    return {incident: tuple(votes) for incident, votes in at.items()}
