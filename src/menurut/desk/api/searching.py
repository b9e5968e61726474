"""Search: reports by their words, in any form and either language."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from menurut.desk.api.resource import Listing, Page, Resource, Words
from menurut.ledger.queries import Hit, search
from menurut.ledger.store import Snapshot


class Query(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which words are wanted."""

    words: Annotated[Words, Meta(description="Words that a report must hold, in any form.")] = (
        msgspec.field(name="q")
    )


def _search(snapshot: Snapshot, asked: Query) -> Page[Hit]:
    return Page(items=tuple(search(snapshot, asked.words, asked.limit)))


SEARCH = Resource(
    name="search",
    path="/search",
    summary="Reports that hold every word of a query, the newest first.",
    asked=Query,
    answer=Page[Hit],
    ask=_search,
    items=Hit,
)
