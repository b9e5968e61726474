"""What measures are held against: an incident as it is told, in states, days and goods.

An accusation whose deed is no incident of its own is taken as one that the accused are charged
with: each sentence that tells it for itself, together with one right behind it that charges nobody
by name and so goes on with it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations

import msgspec

from menurut.contract import Span
from menurut.ledger.intervals import Interval, day_of, interval
from menurut.ledger.queries import Account, Incident
from menurut.obligations.goods import goods_in
from menurut.obligations.regimes import free_types, state_of, targets
from menurut.obligations.wording import Made, Wording, lands_in, wording
from menurut.world import countries

CHARGE = "ACCUSE"
_GIVING = "AID"
_NEAR = 200
Path = tuple[str | None, str | None]


class Saying(msgspec.Struct, frozen=True):
    """What an account tells of a deed, and in which language. ``account``: its number."""

    words: str
    language: str
    account: int = 0


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """A deed as it is told.

    ``paths``: from whom to whom goods go, None where that is not said; ``sure``: the telling says
    which way, else any may be meant. ``when``: its days; ``told``: it is undated, and these are the
    days on which it was told. ``goods``: what it speaks of, in which words; ``sayings``: what its
    accounts say. ``made``: where which goods were made. ``lands``: all countries that its words
    name; ``near``: where they name none but its parties', those that its reports name elsewhere.
    ``charge``: it is told only as what its actors are accused of.
    """

    incident: str
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    when: Interval | None
    told: bool
    place: str | None
    goods: dict[str, str]
    paths: tuple[Path, ...]
    sure: bool
    made: frozenset[Made]
    lands: frozenset[str]
    charge: bool
    sayings: tuple[Saying, ...] = ()
    near: frozenset[str] = frozenset()

    def concerns(self, state: str) -> bool:
        """Whether a state takes part, or made the goods."""
        parties = (*self.actors, *self.recipients)
        made = any(one.land == state for one in self.made)
        return made or any(state_of(key) == state for key in parties)

    @property
    def subjects(self) -> frozenset[str]:
        """The countries that its words name, without its parties'."""
        return self.lands - {state_of(key) for key in (*self.actors, *self.recipients)}


def deeds(
    pairs: Sequence[tuple[Incident, Sequence[Account]]], types: Container[str]
) -> Iterator[Deed]:
    """The deeds of incidents with their accounts: those of some types, and none of a charge."""
    for incident, accounts in pairs:
        if incident.type != CHARGE and incident.type in types and _may_bear(incident, accounts):
            yield deed(incident, accounts)


def _may_bear(incident: Incident, accounts: Iterable[Account]) -> bool:
    """Whether a measure may be near at all: a target takes part, is spoken of, or need not."""
    parties = (*incident.actors, *incident.recipients)
    return incident.type in free_types() or _near(parties, accounts)


def _near(parties: Iterable[str], told: Iterable[Account | Saying]) -> bool:
    """Whether the target of a regime is among parties, or named in what is told."""
    if not targets().isdisjoint(map(state_of, parties)):
        return True
    return any(land.code in targets() for t in told for land in lands_in(t.words, t.language))


def set_among(made: Deed, told: Iterable[tuple[str, str]]) -> Deed:
    """A deed that names no country as its subject, with those that its reports name; ``told``: all
    that they tell, each with its language."""
    near = {land.code for words, language in told for land in lands_in(words, language)}
    return msgspec.structs.replace(made, near=frozenset(near))


def deed(incident: Incident, accounts: Iterable[Account]) -> Deed:
    """The deed of an incident that is none of speech."""
    told = list(accounts)
    sayings = {(a.words, a.language): Saying(a.words, a.language, a.id) for a in told}
    return made_of(incident, sayings.values(), _when(incident, told))


def made_of(
    incident: Incident,
    sayings: Iterable[Saying],
    when: tuple[Interval | None, bool],
    charge: bool = False,
) -> Deed:
    """A deed from the sentences that tell it. ``when``: its days, and whether only of telling."""
    said = [(s, wording(s.words, s.language)) for s in sayings if s.words]
    goods: dict[str, str] = {}
    for saying, _wording in said:
        for found in goods_in(saying.words, saying.language):
            goods.setdefault(found.name, found.words)
    wordings = [w for _saying, w in said]
    lands = {land.code for s, _w in said for land in lands_in(s.words, s.language)}
    actors, recipients = _sides(incident, lands, charge)
    paths, sure = _paths(incident.type, actors, recipients, wordings, charge)
    return Deed(
        incident=incident.id,
        type=incident.type,
        mode=incident.mode,
        actors=actors,
        recipients=recipients,
        when=when[0],
        told=when[1],
        place=incident.country,
        goods=goods,
        paths=paths,
        sure=sure,
        made=frozenset(one for w in wordings for one in w.made),
        lands=frozenset(lands),
        charge=charge,
        sayings=tuple(s for s, _w in said),
    )


def _sides(
    incident: Incident, lands: set[str], charge: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parties on both sides; of a charge, the accused whom this very sentence names."""
    if not charge:
        return incident.actors, incident.recipients
    accused = [key for key in incident.recipients if state_of(key) in countries()]
    return tuple(key for key in accused if state_of(key) in lands), ()


def _paths(
    type: str,
    actors: tuple[str, ...],
    recipients: tuple[str, ...],
    wordings: Sequence[Wording],
    charge: bool,
) -> tuple[tuple[Path, ...], bool]:
    """From whom to whom goods go, and whether the telling says so."""
    givers, takers = _states(actors), _states(recipients)
    if charge or not takers or set(givers) == set(takers):
        return _spoken_paths(givers, wordings)
    if type != _GIVING and any(w.acquires for w in wordings):
        givers, takers = takers, givers
    return tuple((g, t) for g in givers for t in takers if g != t), True


def _spoken_paths(
    parties: tuple[str, ...], wordings: Sequence[Wording]
) -> tuple[tuple[Path, ...], bool]:
    """Paths between parties of whom only the words may say who gives and who gets."""
    to = {c for w in wordings for c in w.to} & set(parties)
    source = {c for w in wordings for c in w.source} & set(parties)
    if to and len(parties) > 1:
        return tuple((p, t) for t in sorted(to) for p in parties if p not in to), True
    if source and len(parties) > 1:
        return tuple((s, p) for s in sorted(source) for p in parties if p not in source), True
    if len(parties) > 1:
        return tuple(permutations(parties, 2)), False
    if any(w.acquires for w in wordings):
        return tuple((None, p) for p in parties), True
    return tuple((p, None) for p in parties), True


def _states(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(state_of, keys)))


def _when(incident: Incident, accounts: Iterable[Account]) -> tuple[Interval | None, bool]:
    """The days of an incident; of one that nobody dates, those on which it was told."""
    if incident.begins:
        dated = interval(f"{incident.begins}/{incident.ends or ''}")
        return dated, False
    days = [day for a in accounts if (day := day_of(a.published_at)) is not None]
    return (Interval(min(days), max(days)) if days else None), True


def _has_deed(charge: Incident, types: Mapping[str, str]) -> bool:
    """Whether what an accusation is about is an incident of its own, and no accusation."""
    return charge.about is not None and types.get(charge.about) != CHARGE


def charges(
    pairs: Sequence[tuple[Incident, Sequence[Account]]], types: Mapping[str, str]
) -> Iterator[Deed]:
    """The deeds that accusations speak of: one for each sentence that charges somebody.

    ``pairs``: all accusations of some reports with their accounts, since one may go on with
    another; ``types``: of the incidents that they are about.
    """
    told = sorted(
        (
            (incident, one)
            for incident, accounts in pairs
            if not _has_deed(incident, types)
            for one in _narrowest(accounts)
        ),
        key=lambda pair: (pair[1].report, pair[1].span),
    )
    goes_on = {b[1].id: a[1].id for a, b in pairwise(told) if _continues(a, b)}
    behind = {before: after for after, before in goes_on.items()}
    by_id = {account.id: account for _incident, account in told}
    for incident, account in told:
        if account.id in goes_on:
            continue
        sayings = [Saying(account.words, account.language, account.id)]
        follower = by_id.get(behind.get(account.id, -1))
        if follower is not None:
            sayings.append(Saying(follower.words, follower.language, follower.id))
        if _near(incident.recipients, sayings):
            yield made_of(incident, sayings, _when(incident, [account]), charge=True)


def _narrowest(accounts: Sequence[Account]) -> list[Account]:
    """The accounts without those of a whole sentence in which another one has a part."""
    spans: dict[str, set[Span]] = {}
    for a in accounts:
        spans.setdefault(a.report, set()).add(a.span)
    return [
        a
        for a in accounts
        if not any(
            span != a.span and a.span[0] <= span[0] and span[1] <= a.span[1]
            for span in spans[a.report]
        )
    ]


def _continues(before: tuple[Incident, Account], after: tuple[Incident, Account]) -> bool:
    """Whether an accusation that names nobody goes on with the one right in front of it."""
    first, second = before[0], after[0]
    near = 0 <= after[1].span[0] - before[1].span[1] <= _NEAR
    same = first.actors == second.actors and before[1].report == after[1].report
    return same and near and bool(first.recipients) and not second.recipients
