"""What people have judged: data of their own, which win over the program and outlive a re-reading.

A judgement names tellings by report and words (``references``), so that it can be dumped, and
replayed into another ledger. Taking one back closes its row.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Literal, get_args

import msgspec
from sqlalchemy import insert, or_, select

from menurut.contract import EventType, Status
from menurut.ledger.errors import LedgerError
from menurut.ledger.history import close, holds, next_id, now
from menurut.ledger.names import code_of
from menurut.ledger.paging import Order, Page
from menurut.ledger.parties import Party, key_of
from menurut.ledger.profiles import Profile
from menurut.ledger.references import Reference, meant
from menurut.ledger.schema import judgements
from menurut.ledger.store import Draft, Snapshot
from menurut.ledger.tellings import Telling, stance_of

Verdict = Literal["same", "different", "wrong-actor", "wrong-status", "not-event"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
STATUSES: tuple[Status, ...] = get_args(Status)
TYPES: tuple[EventType, ...] = get_args(EventType)
_ORDER = Order("judgements")
PAIRED = frozenset({"same", "different"})


class Correction(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is right instead: codes or names of the parties, or the status."""

    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    status: Status | None = None


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person's judgement of one telling, or of two (same, different)."""

    verdict: Verdict
    of: Reference
    other: Reference | None = None
    value: Correction | None = None
    author: str
    at: str
    reason: str | None = None

    @property
    def uid(self) -> str:
        """The same for the same judgement in every ledger."""
        return blake2b(msgspec.json.encode(self), digest_size=16).hexdigest()


def made(
    verdict: Verdict,
    of: Reference,
    author: str,
    *,
    other: Reference | None = None,
    value: Correction | None = None,
    reason: str | None = None,
) -> Judgement:
    """A judgement of this moment. Raises ``LedgerError`` where it lacks what its verdict needs."""
    if verdict in PAIRED and (other is None or other == of):
        raise LedgerError("the verdict {verdict!r} needs two different tellings", verdict=verdict)
    if verdict == "wrong-actor" and not (value and (value.actors or value.recipients) is not None):
        raise LedgerError("the verdict 'wrong-actor' needs the right actors or recipients")
    if verdict == "wrong-status" and not (value and value.status):
        raise LedgerError("the verdict 'wrong-status' needs the right status")
    return Judgement(
        verdict=verdict, of=of, other=other, value=value, author=author, at=now(), reason=reason
    )


def keep(draft: Draft, judgement: Judgement) -> bool:
    """Write a judgement down; False where the ledger has it already."""
    known = select(judgements.c.id).where(judgements.c.uid == judgement.uid)
    if draft.connection.execute(known).first():
        return False
    other = judgement.other
    draft.connection.execute(
        insert(judgements).values(
            id=next_id(draft.connection, judgements),
            uid=judgement.uid,
            verdict=judgement.verdict,
            report=judgement.of.report,
            start=judgement.of.start,
            end=judgement.of.end,
            type=judgement.of.type,
            other_report=other.report if other else None,
            other_start=other.start if other else None,
            other_end=other.end if other else None,
            other_type=other.type if other else None,
            value=msgspec.json.encode(judgement.value).decode() if judgement.value else None,
            author=judgement.author,
            at=judgement.at,
            reason=judgement.reason,
            since=draft.revision,
        )
    )
    return True


def made_at(draft: Draft, revision: int) -> list[Judgement]:
    """The judgements of one decision that hold today."""
    found = select(judgements).where(judgements.c.since == revision, judgements.c.until.is_(None))
    return [_read(row) for row in draft.connection.execute(found.order_by(judgements.c.id))]


def take_back(draft: Draft, revision: int) -> None:
    """Close the judgements of one decision."""
    held = select(judgements.c.id).where(
        judgements.c.since == revision, judgements.c.until.is_(None)
    )
    close(draft.connection, judgements, list(draft.connection.scalars(held)), draft.revision)


def about(draft: Draft, report: str) -> list[Judgement]:
    """The judgements that name a report, in the order in which they were made."""
    named = or_(judgements.c.report == report, judgements.c.other_report == report)
    found = select(judgements).where(named, holds(judgements, None)).order_by(judgements.c.at)
    return [_read(row) for row in draft.connection.execute(found)]


def apart(draft: Draft) -> list[Judgement]:
    """All judgements that two tellings are not of one incident."""
    found = select(judgements).where(
        judgements.c.verdict == "different", judgements.c.until.is_(None)
    )
    return [_read(row) for row in draft.connection.execute(found)]


def dump(snapshot: Snapshot) -> list[Judgement]:
    """All judgements, in the order in which they were made."""
    found = (
        select(judgements)
        .where(holds(judgements, snapshot.revision))
        .order_by(judgements.c.at, judgements.c.id)
    )
    return [_read(row) for row in snapshot.connection.execute(found)]


def page_judgements(
    snapshot: Snapshot, most: int = 50, after: str | None = None
) -> Page[Judgement]:
    """The judgements, as the ledger came to know them. Raises ``CursorError`` for a bad cursor."""
    found = select(judgements).where(holds(judgements, snapshot.revision))
    stream = _ORDER.by(found, judgements.c.id)
    rows, next_page = _ORDER.read(snapshot.connection, [stream], most, after)
    return Page(items=tuple(map(_read, rows)), after=next_page)


def _read(row: Any) -> Judgement:
    other = row.other_report and Reference(
        row.other_report, row.other_start, row.other_end, row.other_type
    )
    return Judgement(
        verdict=row.verdict,
        of=Reference(row.report, row.start, row.end, row.type),
        other=other or None,
        value=msgspec.json.decode(row.value, type=Correction) if row.value else None,
        author=row.author,
        at=row.at,
        reason=row.reason,
    )


def corrected(told: Iterable[Telling], report: str, judged: Iterable[Judgement]) -> list[Telling]:
    """The tellings of a report as people have put them right, in order of their judgements."""
    found = list(told)
    for judgement in judged:
        if judgement.verdict in PAIRED or judgement.of.report != report:
            continue
        telling = meant(judgement.of, found)
        if telling is None:
            continue
        at = found.index(telling)
        if judgement.verdict == "not-event":
            del found[at]
        elif judgement.value is not None:
            found[at] = _with(telling, judgement.value)
    return found


def _with(telling: Telling, value: Correction) -> Telling:
    if value.status is not None:
        telling = _with_status(telling, value.status)
    if value.actors is not None:
        telling = _with_side(telling, "actors", value.actors)
    if value.recipients is not None:
        telling = _with_side(telling, "recipients", value.recipients)
    return telling


def _with_status(telling: Telling, status: Status) -> Telling:
    before, after = stance_of(telling.status), stance_of(status)
    voices = tuple(
        msgspec.structs.replace(v, stance=after) if v.stance == before else v
        for v in telling.voices
    )
    profile = msgspec.structs.replace(telling.profile, statuses=frozenset([status]))
    return msgspec.structs.replace(telling, status=status, voices=voices, profile=profile)


def _with_side(telling: Telling, side: str, named: tuple[str, ...]) -> Telling:
    known = {p.key: p for p in telling.actors + telling.recipients}
    parties = tuple(known.get(party.key, party) for party in map(named_party, named))
    persons = {s: names for s, names in telling.profile.persons.items() if s != side}
    people = tuple(p.person for p in parties if p.person)
    if people:
        persons[side] = people
    keys = tuple(p.key for p in parties)
    changes: dict[str, Any] = {side: keys, "persons": persons}
    profile: Profile = msgspec.structs.replace(telling.profile, **changes)
    return msgspec.structs.replace(telling, **{side: parties, "profile": profile})


def named_party(words: str) -> Party:
    """The party that a person names: by code (``RUS GOV``, ``IGO:UN``) or by name."""
    code = code_of(words)
    return Party(key_of(code, words), words, code)
