"""What people have judged, and what they should look at; a judgement that is sent in."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from menurut.desk.api.resource import Listing, Paged, Resource, Words
from menurut.ledger.judgements import Correction, Judgement, Verdict, page_judgements
from menurut.ledger.paging import Page
from menurut.ledger.queries import Account, doubtful
from menurut.ledger.reviewing import judge
from menurut.ledger.store import Ledger, Snapshot

Reason = Annotated[str, Meta(max_length=2000)]
AccountId = Annotated[int, Meta(ge=1, le=2**63 - 1)]


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A judgement as it is sent in: of an account, or of two (same, different)."""

    account: Annotated[AccountId, Meta(description="The account that is judged.")]
    verdict: Annotated[Verdict, Meta(description="What is judged of it.")]
    other: Annotated[AccountId | None, Meta(description="The other account (same, different).")] = (
        None
    )
    value: Annotated[
        Correction | None, Meta(description="What is right (wrong-actor, wrong-status).")
    ] = None
    author: Annotated[Words, Meta(description="Who judges.")]
    reason: Annotated[Reason | None, Meta(description="Why.")] = None


def take(ledger: Ledger, given: Given) -> Judgement:
    """Write a judgement down and do what it says. Raises ``LedgerError`` for nonsense."""
    return judge(
        ledger,
        given.account,
        given.verdict,
        given.author,
        other=given.other,
        value=given.value,
        reason=given.reason,
    )


def _judgements(snapshot: Snapshot, asked: Paged) -> Page[Judgement]:
    return page_judgements(snapshot, asked.limit, asked.after)


def _doubts(snapshot: Snapshot, asked: Listing) -> Page[Account]:
    return Page(items=tuple(doubtful(snapshot, asked.limit)))


JUDGEMENTS = Resource(
    name="judgements",
    path="/judgements",
    summary="What people have judged, in the order in which the ledger learnt of it.",
    asked=Paged,
    answer=Page[Judgement],
    ask=_judgements,
    items=Judgement,
)
DOUBTS = Resource(
    name="doubts",
    path="/doubts",
    summary="Links that a person should look at, the most doubtful first.",
    asked=Listing,
    answer=Page[Account],
    ask=_doubts,
    items=Account,
)
