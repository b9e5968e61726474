"""An actor: what it did and met with, what it said, is accused of and denied."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from menurut.desk.api.resource import Listing, Resource, Words
from menurut.ledger.queries import Dossier, who
from menurut.ledger.store import Snapshot


class OneActor(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is wanted."""

    name: Annotated[
        Words,
        Meta(description="A name in any language (`Moscow`, `Korea Utara`) or a code (`RUS`)."),
    ]


def _who(snapshot: Snapshot, asked: OneActor) -> Dossier:
    return who(snapshot, asked.name, asked.limit)


WHO = Resource(
    name="who",
    path="/actors/{name}",
    summary="What an actor did and met with, what it said, is accused of and denied.",
    asked=OneActor,
    answer=Dossier,
    ask=_who,
)
