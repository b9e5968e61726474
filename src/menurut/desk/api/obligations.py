"""Measures of sanctions regimes, what would bear on them, and what the evidence lacks."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from menurut.desk.api.resource import Asked, Resource, Words
from menurut.ledger.store import Snapshot
from menurut.obligations import board
from menurut.obligations.board import Listed
from menurut.obligations.evidence import cases
from menurut.obligations.gaps import Weighed, weighed
from menurut.obligations.regimes import Checked, Stretch
from menurut.obligations.regimes import Words as Texts


class WhichMeasures(Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which measures are wanted."""

    regime: Annotated[Words | None, Meta(description="Of this regime: `dprk`.")] = None
    measure: Annotated[Words | None, Meta(description="This measure alone: `1718.8b`.")] = None
    all: Annotated[bool, Meta(description="Also measures on which nothing bears.")] = False


class Bearing(msgspec.Struct, frozen=True, kw_only=True):
    """A measure, and the incidents that would bear on it if they happened as told. ``duty``: our
    paraphrase; ``url``: where the instrument's own text is; ``checked``: the public texts that the
    paraphrase was read against."""

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
    incidents: tuple[str, ...]


class Obligations(msgspec.Struct, frozen=True, kw_only=True):
    """Measures, and the incidents that they name, with their evidence and its gaps."""

    measures: tuple[Bearing, ...]
    cases: tuple[Weighed, ...]


def _obligations(snapshot: Snapshot, asked: WhichMeasures) -> Obligations:
    made = board(snapshot, asked.regime, asked.measure)
    wanted = asked.all or asked.measure is not None
    return Obligations(
        measures=tuple(_bearing(one) for one in made.listed if one.matches or wanted),
        cases=tuple(map(weighed, cases(snapshot, made))),
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
        incidents=tuple(match.incident for match in one.matches),
    )


OBLIGATIONS = Resource(
    name="obligations",
    path="/obligations",
    summary="Measures of sanctions regimes, what would bear on them, and what its evidence lacks.",
    asked=WhichMeasures,
    answer=Obligations,
    ask=_obligations,
)
