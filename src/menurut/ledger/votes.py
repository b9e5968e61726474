"""The votes that reports of a ledger tell of, with the codes of who voted."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import select

from menurut.contract import Analysis, Outcome, Span, Spans, Voters
from menurut.ledger.history import batched, holds
from menurut.ledger.parties import party
from menurut.ledger.schema import readings, reports
from menurut.ledger.store import Snapshot


class Polled(msgspec.Struct, frozen=True):
    """One side of a vote: how many, and the keys of the parties named."""

    count: int | None
    parties: tuple[str, ...]


class TakenVote(msgspec.Struct, frozen=True, kw_only=True):
    """A vote as one report tells it. ``span``: where; ``words``: its sentences; ``draft``: what
    was voted on; ``renews``: what it would have kept going."""

    report: str
    span: Span
    words: str
    body: str | None
    draft: str
    renews: str
    ayes: Polled
    noes: Polled
    abstentions: Polled
    vetoed_by: tuple[str, ...]
    outcome: Outcome | None
    time: str | None


def votes_of(snapshot: Snapshot, names: Iterable[str]) -> list[TakenVote]:
    """The votes that some reports tell of, report by report."""
    found = (
        select(reports.c.name, reports.c.text, readings.c.analysis)
        .join(readings, readings.c.report == reports.c.id)
        .where(holds(reports, snapshot.revision), holds(readings, snapshot.revision))
        .where(readings.c.analysis.contains('"votes":[{', autoescape=True))
        .order_by(reports.c.id)
    )
    return [
        vote
        for some in batched(sorted(set(names)))
        for row in snapshot.connection.execute(found.where(reports.c.name.in_(some)))
        for vote in taken(row.text, msgspec.json.decode(row.analysis, type=Analysis), row.name)
    ]


def taken(text: str, analysis: Analysis, report: str) -> list[TakenVote]:
    """The votes of one analysis."""
    keys = {actor.id: party(actor).key for actor in analysis.actors}

    def polled(voters: Voters) -> Polled:
        return Polled(voters.count, tuple(keys[a] for a in voters.actors if a in keys))

    def words(spans: Spans) -> str:
        return " ".join(" ".join(text[start:end].split()) for start, end in spans)

    return [
        TakenVote(
            report=report,
            span=vote.span,
            words=words((vote.span,)),
            body=keys.get(vote.body or ""),
            draft=words(vote.draft),
            renews=words(vote.renews),
            ayes=polled(vote.ayes),
            noes=polled(vote.noes),
            abstentions=polled(vote.abstentions),
            vetoed_by=tuple(keys[a] for a in vote.vetoed_by if a in keys),
            outcome=vote.outcome,
            time=vote.time,
        )
        for vote in analysis.votes
    ]
