"""Search: reports by their words, in any form and either language."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from menurut.desk.api.resource import Paged, Resource, Words
from menurut.ledger.paging import Page
from menurut.ledger.queries import Hit, page_hits
from menurut.ledger.store import Snapshot


class Query(Paged, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which words are wanted."""

    words: Annotated[Words, Meta(description="Words that a report must hold, in any form.")] = (
        msgspec.field(name="q")
    )


def _search(snapshot: Snapshot, asked: Query) -> Page[Hit]:
    return page_hits(snapshot, asked.words, asked.limit, asked.after)


SEARCH = Resource(
    name="search",
    path="/search",
    summary="Reports that hold every word of a query, the most relevant and newest first.",
    asked=Query,
    answer=Page[Hit],
    ask=_search,
    items=Hit,
)
