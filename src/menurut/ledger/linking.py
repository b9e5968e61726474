"""Whether two profiles are of one incident: evidence for and against, each with its points.

An additive scheme after Fellegi and Sunter (1969), its weights set by hand in
``data/world/linking.toml`` and measured by ``python -m evaluation.linking``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from menurut.ledger.intervals import Interval
from menurut.ledger.parameters import pace_of, parameters
from menurut.ledger.parties import root, same_person
from menurut.ledger.profiles import AHEAD, Profile
from menurut.ledger.spots import between


class Link(msgspec.Struct, frozen=True):
    """A judgement of the program: the reasons, their points together, and by how much it passed.

    ``margin``: points above the threshold; below zero the two are not linked.
    """

    reasons: tuple[str, ...]
    score: float
    margin: float

    @property
    def holds(self) -> bool:
        return self.margin >= 0

    @property
    def doubtful(self) -> bool:
        return 0 <= self.margin < parameters().threshold.doubt


_ACTUAL = frozenset(["actual"])
_DENIED = frozenset(["denied"])
_PACES = ("standing", "single", "speech")
_LONG, _SHORT = 31, 7
_YEAR, _WIDE = 366, 10
UNLIKE = Link((), 0.0, -100.0)
"""Two profiles that cannot be of one incident, whatever else they share."""


def compare(one: Profile, other: Profile, besides: Sequence[str] = ()) -> Link:
    """Weigh two profiles against each other; symmetric in its arguments.

    They must share two parties, or all that one of them has: what ``blocking`` looks up.

    ``besides``: what else is known of the two: ``same_report`` (the reader has told them apart),
    ``same_sentence`` (it told them apart in one sentence: a blow, and whom it hurt),
    ``same_origin`` (copies of one story tell of both: where one leaves the day out, they do not
    contradict each other).
    """
    kind = _kind(one, other)
    wanted = max(1, min(2, len(one.roots), len(other.roots)))
    if kind is None or len(one.roots & other.roots) < wanted:
        return UNLIKE
    reasons = (kind, *_evidence(one, other, kind, "same_origin" in besides), *besides)
    held = parameters()
    score = sum(held.points[reason] for reason in reasons)
    speech = pace_of(one.type) == "speech"
    least = held.threshold.speech if speech else held.threshold.event
    return Link(reasons, score, score - least)


def _kind(one: Profile, other: Profile) -> str | None:
    if one.type == other.type:
        return "same_type"
    shared = one.matters & other.matters
    for either in parameters().kinship.either:
        if {one.type, other.type} <= either.types and either.matter in shared:
            return "told_as_either"
    if _DENIED not in (one.statuses, other.statuses) or not shared:
        return None
    families = parameters().kinship.families
    kindred = any(one.type in family and other.type in family for family in families)
    return "kindred_type" if kindred else None


def _evidence(one: Profile, other: Profile, kind: str, copied: bool) -> Iterator[str]:
    if one.modes and other.modes:
        yield "same_mode" if one.modes & other.modes else "other_mode"
    elif (one.modes | other.modes) & parameters().sides.directed_modes and one.type == other.type:
        yield "visit_or_talks"
    yield from _sides(one, other, kind)
    yield from _persons(one, other)
    undated = one.when is None or other.when is None
    yield "told_together" if copied and undated else _time(one, other)
    if (one.statuses == _DENIED) != (other.statuses == _DENIED):
        yield "denial"
    yield from _place(one, other)
    yield from _subject(one, other)


def _sides(one: Profile, other: Profile, kind: str) -> Iterator[str]:
    sides = parameters().sides
    directed = (one.modes | other.modes) & sides.directed_modes
    if kind == "kindred_type" or (one.type in sides.symmetric and not directed):
        yield from _unordered(one.parties, other.parties)
        return
    yield _side(frozenset(one.actors), frozenset(other.actors), "actors")
    yield _side(frozenset(one.recipients), frozenset(other.recipients), "recipients")


def _unordered(one: frozenset[str], other: frozenset[str]) -> Iterator[str]:
    if one == other and len(one) > 1:
        yield from ("same_actors", "same_recipients")
    elif len(one & other) > 1:
        yield from ("same_actors", "shared_recipients")
    elif len(one) == 1 or len(other) == 1:
        yield from ("same_actors", "no_recipients")
    else:
        yield from ("shared_actors", "other_recipients")


def _side(one: frozenset[str], other: frozenset[str], side: str) -> str:
    if not one or not other:
        return f"no_{side}"
    if one == other:
        return f"same_{side}"
    if one & other:
        return f"shared_{side}"
    kin = frozenset(map(root, one)) & frozenset(map(root, other))
    return f"kin_{side}" if kin else f"other_{side}"


def _persons(one: Profile, other: Profile) -> Iterator[str]:
    for side in ("actors", "recipients"):
        ours, theirs = one.persons.get(side, ()), other.persons.get(side, ())
        if ours and theirs:
            met = any(same_person(a, b) for a in ours for b in theirs)
            yield "same_person" if met else "other_persons"


def pace(one: Profile, other: Profile) -> str:
    """The slower pace of two types."""
    return min(pace_of(one.type), pace_of(other.type), key=_PACES.index)


def _time(one: Profile, other: Profile) -> str:
    if one.when and other.when:
        return _dated(one, other, one.when, other.when)
    if _told_before(one, other) or _told_before(other, one):
        return "told_before"
    ours, theirs = one.when or one.told, other.when or other.told
    if ours is None or theirs is None:
        return "told_late"
    slow = pace(one, other)
    together, soon, late = parameters().pace[slow].days
    if slow == "standing" and (one.when or other.when):
        soon = late = together  # a dated part of what goes on: a series, not the same
    gap = ours.gap(theirs)
    if gap <= together:
        return "told_together"
    if gap <= soon:
        return "told_soon"
    return "told_late" if gap <= late else "told_too_late"


def _told_before(undated: Profile, dated: Profile) -> bool:
    """Whether reports told as done, before its day, what is dated."""
    if undated.when or undated.told is None or dated.when is None:
        return False
    return undated.statuses == _ACTUAL and undated.told.last < dated.when.first


def _dated(one: Profile, other: Profile, ours: Interval, theirs: Interval) -> str:
    gap = ours.gap(theirs)
    if gap and _put_off(one, other, ours, theirs):
        return "put_off"
    if gap and one.modes & other.modes & parameters().sides.directed_modes:
        return "same_trip" if gap <= parameters().trip else "other_time"
    if gap:
        return "next_day" if gap == 1 and ours.days == theirs.days == 1 else "other_time"
    short, long = sorted((ours.days, theirs.days))
    if long <= 3:
        return "same_day"
    wide = long > _YEAR and long > _WIDE * short
    if not wide and (long <= _LONG or short > _SHORT):
        return "same_stretch"
    return "one_of_many" if {one.type, other.type} <= parameters().recurring else "wide_stretch"


def _put_off(one: Profile, other: Profile, ours: Interval, theirs: Interval) -> bool:
    """Whether what was announced for a day was done some days later."""
    late = ours.gap(theirs) <= parameters().pace[pace(one, other)].days[1]
    first, second = (one, other) if ours < theirs else (other, one)
    return late and first.statuses <= AHEAD and second.statuses == _ACTUAL


def _place(one: Profile, other: Profile) -> Iterator[str]:
    found = between(one.places, other.places)
    undated = one.when is None or other.when is None
    if found == "other_place" and undated and pace(one, other) == "standing":
        return  # what goes on for months goes on in many places
    if found:
        yield found


def _subject(one: Profile, other: Profile) -> Iterator[str]:
    if one.matters and other.matters:
        yield "same_matter" if one.matters & other.matters else "other_matter"
    if set(one.figures) & set(other.figures):
        yield "same_figure"
    for language in one.words.keys() & other.words.keys():
        ours, theirs = one.words[language], other.words[language]
        least = min(len(ours), len(theirs))
        if least < 4:
            continue
        share = len(ours & theirs) / least
        if share >= parameters().words.same:
            yield "same_words"
        elif share <= parameters().words.other:
            yield "other_words"
        return


def compare_loose(loose: Profile, incident: Profile) -> Link:
    """Weigh a statement without an event against an incident: it must speak of two of its parties
    and of one of its matters. Never linked beyond doubt, unless it is a party's own denial."""
    shared = loose.roots & incident.roots
    about = loose.matters & incident.matters
    if len(shared) < 2 or not about or pace_of(incident.type) == "speech":
        return UNLIKE
    if between(loose.places, incident.places) in ("other_place", "other_country"):
        return UNLIKE
    reasons = ["speaks_of_parties", "same_matter"]
    if any(a.of and a.of == b.of for a in loose.figures for b in incident.figures):
        reasons.append("counts_the_same")
    if loose.told and incident.told:
        _, soon, late = parameters().pace[pace_of(incident.type)].days
        gap = loose.told.gap(incident.when or incident.told)
        if gap > late:
            return UNLIKE
        reasons.append("told_together" if gap <= soon else "told_late")
    held = parameters()
    score = sum(held.points[reason] for reason in reasons)
    return Link(tuple(reasons), score, min(score - held.threshold.loose, held.threshold.doubt / 2))
