"""What stands behind an incident that would bear on measures, as panels of experts must show it.

The Security Council's working group on sanctions set down what the reports of panels must meet
(S/2006/997, annex, paragraphs 21 to 28): sources named, words checked, what one source says borne
out by others who do not depend on it, those who took part and saw before those who heard, and
whoever is named given the evidence and a chance to answer. What an account is worth is for a
person to say; this says what there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from menurut.contract import Span
from menurut.ledger.history import PROGRAM
from menurut.ledger.parameters import parameters
from menurut.ledger.queries import Account, Incident, accounts_of, number_of
from menurut.ledger.queries.accounts import graded
from menurut.ledger.queries.closeups import counted_accounts, some_accounts
from menurut.ledger.queries.provenance import (
    Carrier,
    Lost,
    accounts_numbered,
    answers,
    carriers,
    lost_accounts,
    words_at,
)
from menurut.ledger.standing import PRESS, named
from menurut.ledger.store import Snapshot
from menurut.ledger.votes import TakenVote
from menurut.obligations.board import Board, Listed
from menurut.obligations.matching import Match
from menurut.obligations.phrases import all_places, phrases, tokens
from menurut.obligations.regimes import MEMBERS, Measure, state_of
from menurut.tables import language_table
from menurut.world import countries

Hand = Literal["party", "witness", "other", "unnamed", "outlet"]
"""Whose word an account is: of one who is a party to the deed, of a witness, of another who does
not say how it knows, of somebody unnamed, or of the outlet itself."""
Act = tuple[Incident, list[Account]]
_PARTIES = ("actor", "recipient", "origin")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """An account as evidence. ``speakers``: the keys of whoever says it; none for an outlet or
    somebody unnamed. ``passed_on_by``: through whom it came, the nearest first."""

    account: Account
    carrier: Carrier | None
    hand: Hand
    speakers: tuple[str, ...]
    passed_on_by: tuple[str, ...] = ()

    @property
    def first_hand(self) -> bool:
        """Whether one says it who took part or was there, and says it without a go-between."""
        return self.hand in ("party", "witness") and not self.passed_on_by

    @property
    def linked_in_doubt(self) -> bool:
        """Whether only the program ties it to the incident, and not beyond doubt."""
        account = self.account
        return account.linked_by == PROGRAM and account.margin < parameters().threshold.doubt


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A party that an account names, and on whom a measure lays a duty. ``charged``: the accounts
    that name it, the first one first; ``charged_on``: the day of the first; ``heard``: the accounts
    in which it speaks; none: it is not heard."""

    party: str
    charged: tuple[int, ...]
    charged_on: str | None
    heard: tuple[int, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A vote as a report tells it, with its words to the letter."""

    vote: TakenVote
    exact: str
    carrier: Carrier | None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """An incident with the measures on which it would bear, and the evidence for it.

    ``charge``: it is told only as what somebody is accused of; then ``independent`` counts
    accusers, else the ledger's independent sources that affirm it. ``pieces``: the accounts, once
    for each source, stance and stretch of words; ``answering``: those of acts of speech about it.
    ``left_out``: how many of its accounts are not among these.
    """

    incident: Incident
    matches: tuple[Match, ...]
    charge: bool
    independent: int
    pieces: tuple[Piece, ...]
    answering: tuple[Piece, ...]
    replies: tuple[Reply, ...]
    lost: tuple[Lost, ...]
    votes: tuple[Told, ...]
    left_out: int = 0

    def affirming(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.account.stance == "affirms"]

    def challenging(self) -> list[Piece]:
        """Denials of it, and acts that reject it."""
        denials = [piece for piece in self.pieces if piece.account.stance == "denies"]
        return denials + [p for p in self.answering if p.account.type == "REJECT"]


def cases(snapshot: Snapshot, made: Board, most: int | None = None) -> list[Case]:
    """The incidents of a board with their evidence, in the order in which they became known.

    ``most``: at most so many accounts of each; of every source that has a name the first of all.
    """
    measures = {(one.regime, one.measure.id): one for one in made.listed}
    matches: dict[str, list[Match]] = {}
    for one in made.listed:
        for match in one.matches:
            matches.setdefault(match.incident, []).append(match)
    ids = sorted(matches, key=number_of)
    numbers = [number_of(id) for id in ids]
    told = _by_incident(graded(snapshot, _accounts(snapshot, numbers, most)))
    own = counted_accounts(snapshot, numbers) if most is not None else {}
    left = {id: count - len(told.get(id, ())) for id, count in own.items()}
    spoken = {id: _spoken(found) for id, found in matches.items() if all(map(is_charge, found))}
    charging = {a.id: a for a in accounts_numbered(snapshot, set().union(*spoken.values()))}
    for id, wanted in spoken.items():
        told[id] = _charging(
            told.get(id, []), [charging[n] for n in sorted(wanted & charging.keys())]
        )
    about: dict[str, list[Act]] = {}
    for act in answers(snapshot, numbers, most):
        about.setdefault(act[0].about or "", []).append(act)
    lost: dict[str, list[Lost]] = {}
    for gone in lost_accounts(snapshot, numbers):
        lost.setdefault(gone.incident, []).append(gone)
    telling = {account.report for given in told.values() for account in given}
    telling |= {a.report for acts in about.values() for _act, given in acts for a in given}
    known = carriers(snapshot, telling)
    polls = {vote for given in matches.values() for match in given for vote in match.votes}
    exact = words_at(snapshot, ((vote.report, vote.span) for vote in polls))
    return [
        _case(
            made.incidents[id],
            tuple(matches[id]),
            measures,
            told.get(id, []),
            about.get(id, []),
            lost.get(id, ()),
            known,
            exact,
            0 if id in spoken else left.get(id, 0),
        )
        for id in ids
    ]


def _accounts(snapshot: Snapshot, numbers: Sequence[int], most: int | None) -> list[Account]:
    if most is None:
        return accounts_of(snapshot, numbers)
    return some_accounts(snapshot, numbers, most)


def _by_incident(given: Iterable[Account]) -> dict[str, list[Account]]:
    told: dict[str, list[Account]] = {}
    for account in given:
        told.setdefault(account.incident, []).append(account)
    return told


def _case(
    incident: Incident,
    matches: tuple[Match, ...],
    measures: dict[tuple[str, str], Listed],
    told: Sequence[Account],
    about: Sequence[Act],
    lost: Iterable[Lost],
    known: dict[str, Carrier],
    exact: dict[tuple[str, Span], str],
    left_out: int,
) -> Case:
    charge = all(is_charge(match) for match in matches)
    parties = _parties(incident, matches)
    speakers = incident.actors if charge else ()
    pieces = tuple(_pieces(told, known, parties, speakers))
    answering = tuple(_answering(about, known, parties, pieces))
    return Case(
        incident=incident,
        matches=matches,
        charge=charge,
        independent=len(set(speakers)) or incident.sources,
        pieces=pieces,
        answering=answering,
        replies=tuple(_replies(matches, measures, pieces, answering)),
        lost=tuple(lost),
        votes=tuple(
            Told(vote=v, exact=exact.get((v.report, v.span), v.words), carrier=known.get(v.report))
            for v in dict.fromkeys(vote for match in matches for vote in match.votes)
        ),
        left_out=left_out,
    )


def _spoken(matches: Iterable[Match]) -> set[int]:
    """The accounts in which the words stand that matches rest on."""
    return {saying.account for match in matches for saying in match.told}


def _charging(own: list[Account], spoken: list[Account]) -> list[Account]:
    """The accounts of a charge: those that speak of the deed. Where all of them are of a sentence
    that goes on with the charge, those that make it stand in front of them."""
    ids = {account.id for account in own}
    if any(account.id in ids for account in spoken):
        return spoken
    reports = {account.report for account in spoken}
    return [account for account in own if account.report in reports] + spoken


def is_charge(match: Match) -> bool:
    """Whether a match is with what somebody is only accused of."""
    return any(reason.aspect == "charge" for reason in match.reasons)


def _parties(incident: Incident, matches: Iterable[Match]) -> frozenset[str]:
    """The states and bodies that take part in a deed; of a charge, those it names."""
    spoken = {r.value for m in matches for r in m.reasons if r.aspect in _PARTIES}
    charge = all(is_charge(match) for match in matches)
    taking_part = () if charge else (*incident.actors, *incident.recipients)
    return frozenset(map(state_of, (*spoken, *taking_part)))


def _pieces(
    told: Iterable[Account],
    known: dict[str, Carrier],
    parties: frozenset[str],
    speakers: tuple[str, ...],
) -> Iterator[Piece]:
    """Accounts as evidence. ``speakers``: who stands for a report's own voice."""
    seen = set[tuple[str, tuple[int, int], str, str]]()
    for account in told:
        key = (account.report, account.span, account.source, account.stance)
        if key in seen:
            continue
        seen.add(key)
        carrier = known.get(account.report)
        outer = carrier.outer.get(account.statement or "", ()) if carrier else ()
        outlet = account.source.startswith(PRESS)
        says = speakers if outlet else (account.source,) if named(account.source) else ()
        yield Piece(
            account=account,
            carrier=carrier,
            hand=_hand(account, says, parties),
            speakers=says,
            passed_on_by=tuple(name for name in outer if name != account.name),
        )


def _answering(
    about: Iterable[Act],
    known: dict[str, Carrier],
    parties: frozenset[str],
    pieces: Sequence[Piece],
) -> Iterator[Piece]:
    """Acts of speech about an incident, by whoever acts; without those that are told as accounts
    of it already."""
    for act, given in about:
        told = (account for account in given if account.stance == "affirms")
        for piece in _pieces(told, known, parties, act.actors):
            if not any(_same_words(piece, other) for other in pieces):
                yield piece


def _same_words(one: Piece, other: Piece) -> bool:
    """Whether two accounts are of the same speakers, at words that overlap."""
    first, second = one.account, other.account
    return (
        first.report == second.report
        and first.span[0] < second.span[1]
        and second.span[0] < first.span[1]
        and bool(set(one.speakers) & set(other.speakers))
    )


def _hand(account: Account, speakers: Sequence[str], parties: frozenset[str]) -> Hand:
    if account.name and is_witness(account.name, account.language):
        return "witness"
    if any(state_of(key) in parties for key in speakers):
        return "party"
    if speakers:
        return "other"
    return "outlet" if account.source.startswith(PRESS) else "unnamed"


@lru_cache(2048)
def is_witness(name: str, language: str) -> bool:
    """Whether the words that name a source say that it was there (``witnesses.tsv``)."""
    rows = language_table(language, "witnesses")
    wanted = [p for row in rows for p in phrases(row["words"], language)]
    return bool(all_places(wanted, tokens(name, language)))


def _replies(
    matches: Iterable[Match],
    measures: dict[tuple[str, str], Listed],
    pieces: Sequence[Piece],
    answering: Sequence[Piece],
) -> Iterator[Reply]:
    """The parties that are to be heard: those named on whom one of the measures lays a duty."""
    bound: dict[str, None] = {}
    for match in matches:
        measure = measures[match.regime, match.measure].measure
        if match.relation == "bears":
            sides = (r.value for r in match.reasons if r.aspect in _PARTIES)
            bound |= {state_of(side): None for side in sides if binds(measure, side)}
    for party in bound:
        charged = sorted(
            (p for p in pieces if p.account.stance == "affirms" and not _speaks(p, party)),
            key=lambda p: (said_on(p.account) or "9", p.account.id),
        )
        if charged:
            yield Reply(
                party=party,
                charged=tuple(p.account.id for p in charged),
                charged_on=said_on(charged[0].account),
                heard=tuple(p.account.id for p in (*pieces, *answering) if _speaks(p, party)),
            )


def binds(measure: Measure, party: str) -> bool:
    """Whether a measure lays a duty on a party."""
    state = state_of(party)
    return state in measure.binds or (MEMBERS in measure.binds and state in countries())


def _speaks(piece: Piece, party: str) -> bool:
    return any(state_of(key) == party for key in piece.speakers)


def said_on(account: Account) -> str | None:
    """The day on which something was said; else on which it was reported."""
    return account.said_on or (account.published_at[:10] if account.published_at else None)
