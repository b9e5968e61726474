"""Whether a deed, if it happened as told, would bear on a measure, and why.

Nothing here says that a measure was broken. What a telling leaves open (which arms, how much oil,
on which side of a date) stands with the match as a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

import msgspec

from menurut.ledger.intervals import Interval, iso
from menurut.ledger.votes import TakenVote
from menurut.obligations.deeds import Deed, Saying
from menurut.obligations.goods import (
    carriers,
    goods_in,
    is_kind_of,
    made_somewhere,
    may_be,
)
from menurut.obligations.regimes import (
    MEMBERS,
    Measure,
    Regime,
    Relation,
    Stretch,
    Way,
    Words,
    is_side,
    state_of,
)
from menurut.world import countries

TOLD = 60
"""Sayings that a match keeps."""
Aspect = Literal["type", "actor", "recipient", "goods", "origin", "place", "date", "charge"]
Matter = Literal["goods", "direction", "after", "before", "about", "only"]


class Reason(msgspec.Struct, frozen=True):
    """What of a deed bears on a measure. ``value``: a type, a party, goods, a day or stretch;
    ``words``: as a telling has it."""

    aspect: Aspect
    value: str
    words: str | None = None


class Condition(msgspec.Struct, frozen=True):
    """What a telling leaves open. ``value``: goods, a day, a state; ``text``: a measure's own."""

    matter: Matter
    value: str | None = None
    text: Words | None = None


class Match(msgspec.Struct, frozen=True):
    """That a deed would bear on a measure: why, and only if what.

    ``direct``: as a dealing in goods, not by where they were made. ``told``: the first accounts
    that speak of the goods; those of the deed where a measure asks for none. ``votes``:
    those at which it was done.
    """

    regime: str
    measure: str
    incident: str
    relation: Relation
    reasons: tuple[Reason, ...]
    conditions: tuple[Condition, ...]
    direct: bool
    told: tuple[Saying, ...] = ()
    votes: tuple[TakenVote, ...] = ()


class _Held(NamedTuple):
    """A way that a deed fits: for which reasons, and what stays open."""

    reasons: tuple[Reason, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def and_(self, other: _Held) -> _Held:
        return _Held(self.reasons + other.reasons, self.conditions + other.conditions)


def matches(regime: Regime, deed: Deed) -> list[Match]:
    """The measures of a regime on which a deed would bear, each in the surest of its ways.

    A deed that an instrument answers is not held against that instrument's own measures, unless it
    is known to have been done while they were in force.
    """
    found = [m for measure in regime.measures if (m := match(regime, measure, deed)) is not None]
    by_id = {measure.id: measure for measure in regime.measures}
    answered = {by_id[m.measure].instrument for m in found if m.relation == "occasion"}
    return [
        m
        for m in found
        if m.relation == "occasion"
        or by_id[m.measure].instrument not in answered
        or not any(c.matter == "after" for c in m.conditions)
    ]


def match(regime: Regime, measure: Measure, deed: Deed) -> Match | None:
    """The match of a deed with a measure, in the way that leaves least open."""
    near = regime.target is None or deed.concerns(regime.target)
    fits = [
        (way, held)
        for way in measure.bears
        if (near or not way.of_target)
        and not way.through
        and (held := _fit(way, regime, measure, deed)) is not None
    ]
    if not fits:
        return None
    way, held = min(fits, key=lambda fit: len(fit[1].conditions))
    return Match(
        regime=regime.id,
        measure=measure.id,
        incident=deed.incident,
        relation=way.relation,
        reasons=held.reasons,
        conditions=held.conditions,
        direct=way.flow is not None,
        told=tuple(islice(_told_by(deed, held.reasons), TOLD)),
    )


def _told_by(deed: Deed, reasons: Iterable[Reason]) -> Iterator[Saying]:
    """What the accounts say that speak of the goods for which a deed bears on a measure."""
    goods = {reason.value for reason in reasons if reason.aspect == "goods"}
    for saying in deed.sayings:
        spoken = {found.name for found in goods_in(saying.words, saying.language)}
        if not goods or goods & spoken:
            yield saying


def through(regime: Regime, others: Sequence[Regime], found: Iterable[Match]) -> Iterator[Match]:
    """The matches of measures that say why others bind: those of a dealing with a member state."""
    ways = [m for m in regime.measures if any(way.through for way in m.bears)]
    if not ways:
        return
    known = {measure.id: measure for other in others for measure in other.measures}
    by_incident: dict[str, Match] = {}
    for one in found:
        if one.direct and MEMBERS in known[one.measure].binds and _has_member(others, one):
            known_best = by_incident.setdefault(one.incident, one)
            if len(one.conditions) < len(known_best.conditions):
                by_incident[one.incident] = one
    for measure in ways:
        for one in by_incident.values():
            yield msgspec.structs.replace(one, regime=regime.id, measure=measure.id, direct=False)


def _has_member(others: Sequence[Regime], found: Match) -> bool:
    """Whether a state other than the target takes part in a dealing."""
    target = next(o.target for o in others if o.id == found.regime)
    parties = {state_of(r.value) for r in found.reasons if r.aspect in ("actor", "recipient")}
    return any(p in countries() and p != target for p in parties)


def _fit(way: Way, regime: Regime, measure: Measure, deed: Deed) -> _Held | None:
    """How a deed fits a way, or None."""
    held = _Held()
    for part in (
        _by_type(way, deed),
        _by_parties(way, regime.target, deed),
        _by_goods(way, deed, regime.target),
        _by_subject(way, regime.target, deed),
        _by_date(way.force or regime.force_of(measure), deed),
    ):
        if part is None:
            return None
        held = held.and_(part)
    if deed.place:
        held = held.and_(_Held((Reason("place", deed.place),)))
    return held.and_(_Held((), (Condition("only", text=way.only),) if way.only else ()))


def _by_type(way: Way, deed: Deed) -> _Held | None:
    """The type, or that it is only charged: a charge may speak of any dealing."""
    if deed.charge:
        return _Held((Reason("charge", deed.type),)) if way.flow or way.origin else None
    kind = f"{deed.type}/{deed.mode}" if deed.mode else deed.type
    if deed.type in way.events or kind in way.events:
        return _Held((Reason("type", kind),))
    return None


def _by_parties(way: Way, target: str | None, deed: Deed) -> _Held | None:
    if way.flow is not None:
        return _by_path(way, target, deed)
    if way.origin and target not in {one.land for one in deed.made}:
        return None
    reasons = [Reason("origin", target or "")] if way.origin else []
    for aspect, side, keys in (
        ("actor", way.actor, deed.actors),
        ("recipient", way.recipient, deed.recipients),
    ):
        fitting = [key for key in keys if side and is_side(key, side, target)]
        if side and not fitting:
            return None
        reasons += [Reason(aspect, key) for key in fitting]  # type: ignore[arg-type]
    return _Held(tuple(reasons))


def _by_path(way: Way, target: str | None, deed: Deed) -> _Held | None:
    """A path of goods out of the target, or into it; an end that is not told stays open."""
    end = 0 if way.flow == "out" else 1
    fitting = [p for p in deed.paths if p[end] == target and p[1 - end] != target]
    if not fitting:
        return None
    told = fitting if deed.sure else fitting[:1]
    givers = dict.fromkeys(giver for giver, _taker in told if giver)
    takers = dict.fromkeys(taker for _giver, taker in told if taker)
    reasons = [Reason("actor", giver) for giver in givers]
    reasons += [Reason("recipient", taker) for taker in takers]
    open_ = () if deed.sure else (Condition("direction", fitting[0][1] or fitting[0][0]),)
    return _Held(tuple(reasons), open_)


def _by_goods(way: Way, deed: Deed, target: str | None) -> _Held | None:
    """The goods, or goods that may be of the kinds; and all that must be spoken of besides."""
    spoken = _spoken_of(way, deed, target)
    reasons = []
    for name in way.also:
        if name not in deed.goods:
            return None
        reasons.append(Reason("goods", name, deed.goods[name]))
    if not way.goods:
        return _Held(tuple(reasons))
    for name, words in spoken.items():
        if is_kind_of(name, way.goods):
            return _Held((*reasons, Reason("goods", name, words)))
    for name, words in spoken.items():
        if may_be(name, way.goods):
            wanted = next(one for one in way.goods if may_be(name, [one]))
            open_ = Condition("goods", wanted)
            return _Held((*reasons, Reason("goods", name, words)), (open_,))
    return None


def _spoken_of(way: Way, deed: Deed, target: str | None) -> dict[str, str]:
    """The goods that count for a way: of a dealing not what they travel on."""
    spoken = _of_origin(deed, target) if way.origin else deed.goods
    if way.flow and any(n in made_somewhere() and n not in carriers() for n in spoken):
        spoken = {n: w for n, w in spoken.items() if n not in carriers()}
    return {n: w for n, w in spoken.items() if not is_kind_of(n, way.without)}


def _of_origin(deed: Deed, target: str | None) -> dict[str, str]:
    """The goods that were made in the target: all of them where the words tie it to none."""
    tied = {one.goods for one in deed.made if one.land == target}
    return deed.goods if None in tied else {n: w for n, w in deed.goods.items() if n in tied}


def _by_subject(way: Way, target: str | None, deed: Deed) -> _Held | None:
    """That the words are about the target: open where they name no country but the parties',
    and the report speaks of the target elsewhere."""
    if not way.about or target in deed.lands:
        return _Held()
    if deed.subjects or target not in deed.near:
        return None
    return _Held((), (Condition("about", target),))


def _by_date(force: Sequence[Stretch], deed: Deed) -> _Held | None:
    """That a deed lies in force, or may: open where its days reach beyond a stretch."""
    if deed.when is None:
        return _Held((), (Condition("after", force[0].since.isoformat()),))
    for stretch in force:
        if stretch.first <= deed.when.last and deed.when.first <= stretch.last:
            return _Held((Reason("date", _days(deed.when), _told(deed)),), _beyond(stretch, deed))
    return None


def _beyond(stretch: Stretch, deed: Deed) -> tuple[Condition, ...]:
    when = deed.when
    if when is None:
        return ()
    found = []
    if when.first < stretch.first:
        found.append(Condition("after", stretch.since.isoformat()))
    if stretch.until is not None and when.last > stretch.last:
        found.append(Condition("before", stretch.until.isoformat()))
    return tuple(found)


def _days(when: Interval) -> str:
    first, last = iso(when.first) or "", iso(when.last) or ""
    return first if first == last else f"{first}/{last}"


def _told(deed: Deed) -> str | None:
    return "told" if deed.told else None
