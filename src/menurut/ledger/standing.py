"""Where an incident stands: contested, acknowledged, corroborated, single-source or planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from menurut.ledger.parameters import hostile, pace_of
from menurut.ledger.profiles import Profile

PRESS = "press:"
"""What the key of a report's own voice begins with; the first report of its copies follows."""
_REMEMBERED = 2048
UNNAMED = "unnamed:"
"""What the key of a source that nobody names begins with."""


class Tally(msgspec.Struct, frozen=True):
    """The voices of an incident, counted: by source and stance, by how it is told.

    ``voices``: those that have a name. ``press``: by stance, how many reports speak in their own
    voice or give a source that nobody names; copies count once. ``accused``: how many voices
    accuse. ``reports``: how many reports tell of it.
    """

    voices: dict[str, dict[str, int]] = {}
    press: dict[str, int] = {}
    told: dict[str, int] = {}
    accused: int = 0
    reports: int = 0


class Standing(msgspec.Struct, frozen=True):
    """``voiced``: the status by the voices alone, which holds once what was planned is due."""

    status: str
    voiced: str
    outcome: str | None
    sources: int
    unheard: tuple[str, ...]


class Ballot(msgspec.Struct, frozen=True):
    """One account, as it is counted. ``known``: one of its source and stance is counted already."""

    source: str
    stance: str
    kind: str | None
    known: bool = False


def counted(tally: Tally, status: str | None, ballots: Iterable[Ballot], new_report: bool) -> Tally:
    """The tally with one telling more. ``status``: None for a statement without an event."""
    voices = {source: dict(stances) for source, stances in tally.voices.items()}
    press, accused = dict(tally.press), tally.accused
    for ballot in ballots:
        stances = voices.setdefault(ballot.source, {}) if named(ballot.source) else press
        stances[ballot.stance] = stances.get(ballot.stance, 0) + (
            named(ballot.source) or not ballot.known
        )
        accused += ballot.kind == "accuse"
    told = dict(tally.told)
    if status is not None:
        told[status] = told.get(status, 0) + 1
    return Tally(voices, press, told, accused, tally.reports + new_report)


def added(one: Tally, other: Tally, both: Mapping[str, int], twice: int) -> Tally:
    """Two tallies together. ``both``: by stance, how many of ``press`` are counted in each;
    ``twice``: how many reports are."""
    voices = {source: dict(stances) for source, stances in one.voices.items()}
    for source, stances in other.voices.items():
        held = voices.setdefault(source, {})
        for stance, times in stances.items():
            held[stance] = held.get(stance, 0) + times
    press, told = _sum(one.press, other.press), _sum(one.told, other.told)
    press = {stance: times - both.get(stance, 0) for stance, times in press.items()}
    telling = one.reports + other.reports - twice
    return Tally(voices, press, told, one.accused + other.accused, telling)


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {*one, *other}}


def counted_apart(held: str) -> Tally:
    """A tally as the first release kept it, voices without a name among the others."""
    tally = decode(held)
    press = dict(tally.press)
    for source, stances in tally.voices.items():
        if not named(source):
            for stance in stances:
                press[stance] = press.get(stance, 0) + 1
    voices = {source: stances for source, stances in tally.voices.items() if named(source)}
    return msgspec.structs.replace(tally, voices=voices, press=press)


def standing(profile: Profile, tally: Tally) -> Standing:
    """The standing of an incident, as the contract defines it."""
    affirming, press = _those(tally, "affirms"), tally.press.get("affirms", 0)
    voiced = _voiced(profile, affirming, press, _those(tally, "denies"))
    outcome = _outcome(tally)
    status = "planned" if outcome == "pending" and voiced != "contested" else voiced
    return Standing(status, voiced, outcome, len(affirming) + press, _unheard(profile, tally))


def _those(tally: Tally, stance: str) -> frozenset[str]:
    return frozenset(source for source, stances in tally.voices.items() if stances.get(stance))


def _voiced(
    profile: Profile, affirming: frozenset[str], press: int, denying: frozenset[str]
) -> str:
    if any(press or affirming - {denier} for denier in denying):
        return "contested"
    if affirming & frozenset(profile.actors):
        return "acknowledged"
    return "corroborated" if len(affirming) + press > 1 else "single-source"


def named(source: str) -> bool:
    """Whether a source has a name."""
    return not source.startswith((PRESS, UNNAMED))


def _outcome(tally: Tally) -> str | None:
    if not tally.told.get("planned"):
        return None
    if tally.told.get("actual"):
        return "happened"
    return "fell-through" if tally.told.get("denied") else "pending"


def _unheard(profile: Profile, tally: Tally) -> tuple[str, ...]:
    """The parties that stand accused and have no voice in it."""
    if profile.type == "ACCUSE":
        accused: tuple[str, ...] = profile.recipients
    elif pace_of(profile.type) == "speech":
        return ()
    elif profile.type in hostile() or tally.accused:
        accused = profile.actors
    else:
        return ()
    return tuple(party for party in accused if party not in tally.voices)


encode = msgspec.json.Encoder(order="sorted").encode
decode = lru_cache(_REMEMBERED)(msgspec.json.Decoder(Tally).decode)
