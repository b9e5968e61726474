"""Measures of sanctions regimes, what would bear on them, and what the evidence lacks."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from menurut.desk.api.resource import Limit, Paged, Resource, Words
from menurut.ledger.store import Snapshot
from menurut.obligations import bring_up_to_date, page
from menurut.obligations.board import Listed
from menurut.obligations.evidence import cases
from menurut.obligations.gaps import Weighed, weighed
from menurut.obligations.index import LOOKED_AT
from menurut.obligations.regimes import Checked, Stretch
from menurut.obligations.regimes import Words as Texts

ACCOUNTS = 60
"""Accounts of an incident that are its evidence in an answer, at most."""


class WhichMeasures(Paged, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which measures are wanted, and which page of the incidents that would bear on them."""

    regime: Annotated[Words | None, Meta(description="Of this regime: `dprk`.")] = None
    measure: Annotated[Words | None, Meta(description="This measure alone: `1718.8b`.")] = None
    all: Annotated[bool, Meta(description="Also measures on which nothing bears.")] = False
    limit: Limit = 20


class Bearing(msgspec.Struct, frozen=True, kw_only=True):
    """A measure, and the incidents that would bear on it if they happened as told. ``duty``: our
    paraphrase; ``url``: where the instrument's own text is; ``checked``: the public texts that the
    paraphrase was read against; ``count``: how many incidents there are, of which ``incidents`` has
    those of this page."""

    id: str
    regime: str
    instrument: str
    paragraphs: str
    url: str
    title: Texts
    duty: Texts
    binds: tuple[str, ...]
    force: tuple[Stretch, ...]
    checked: tuple[Checked, ...]
    count: int
    incidents: tuple[str, ...]


class Obligations(msgspec.Struct, frozen=True, kw_only=True):
    """Measures, and a page of the incidents that would bear on them, the newest known first, each
    with its evidence and its gaps. ``after``: where the next page begins; null on the last one."""

    measures: tuple[Bearing, ...]
    cases: tuple[Weighed, ...]
    after: str | None = None


def _obligations(snapshot: Snapshot, asked: WhichMeasures) -> Obligations:
    made = page(snapshot, asked.regime, asked.measure, asked.limit, asked.after, LOOKED_AT)
    wanted = asked.all or asked.measure is not None
    held = reversed(cases(snapshot, made, ACCOUNTS))
    return Obligations(
        measures=tuple(_bearing(one) for one in made.listed if one.count or wanted),
        cases=tuple(map(weighed, held)),
        after=made.after,
    )


def _bearing(one: Listed) -> Bearing:
    return Bearing(
        id=one.measure.id,
        regime=one.regime,
        instrument=one.instrument.name,
        paragraphs=one.measure.paragraphs,
        url=one.instrument.url,
        title=one.measure.title,
        duty=one.measure.duty,
        binds=one.measure.binds,
        force=one.force,
        checked=one.checked,
        count=one.count,
        incidents=tuple(match.incident for match in one.matches),
    )


OBLIGATIONS = Resource(
    name="obligations",
    path="/obligations",
    summary="Measures of sanctions regimes, what would bear on them, and what its evidence lacks.",
    asked=WhichMeasures,
    answer=Obligations,
    ask=_obligations,
    ready=bring_up_to_date,
)
