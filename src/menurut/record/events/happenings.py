"""Brings the tellings of one happening together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from menurut.contract import Status
from menurut.record.events.circumstances import When
from menurut.record.events.judgements import Judgement
from menurut.record.events.tellings import Actors, Telling, countries, plover
from menurut.record.times import OPEN

_FAMILY: dict[Status, int] = {"actual": 0, "planned": 1, "possible": 1, "denied": 2}


@dataclass(slots=True)
class Happening:
    """One happening: its fullest telling, all tellings, who vouches for it and who denies it.

    ``denied_by``: the ids of the statements that deny it, each with the rule that ties it.
    """

    main: Telling
    tellings: list[Telling]
    according_to: list[str] = field(default_factory=list)
    denied_by: dict[str, str] = field(default_factory=dict)


def bring_together(actors: Actors, tellings: Sequence[Telling]) -> list[Happening]:
    """One happening for each group of tellings; a bare nominal alone (``the visit``) is none."""
    happenings: list[Happening] = []
    by_type: dict[str, list[Happening]] = {}
    for telling in tellings:
        group = by_type.setdefault(telling.type, [])
        earlier = next((h for h in reversed(group) if _same(actors, h.main, telling)), None)
        if earlier is not None:
            _join(actors, earlier, telling)
        elif _stands_alone(actors, telling):
            happening = Happening(telling, [telling])
            _vouch(happening, telling)
            group.append(happening)
            happenings.append(happening)
    return happenings


def _stands_alone(actors: Actors, telling: Telling) -> bool:
    rules = plover("type")[telling.type]
    known = countries(actors, telling.actors) | countries(actors, telling.recipients)
    if not known or not (telling.actors or rules["alone"] == "yes"):
        return False
    return rules["recipient"] != "yes" or bool(telling.recipients) or len(telling.actors) > 1


def _join(actors: Actors, happening: Happening, telling: Telling) -> None:
    main, other = happening.main, telling
    if _fullness(actors, telling) > _fullness(actors, main):
        main, other = telling, main
        happening.according_to = [telling.told_by.id] if telling.told_by else []
    elif not telling.nominal and happening.according_to:
        _vouch(happening, telling)
    happening.main = replace(
        main,
        judgement=_borne_out(main.judgement, other.judgement),
        actors=main.actors or other.actors,
        recipients=main.recipients or tuple(i for i in other.recipients if i not in main.actors),
        time=main.time or other.time,
        place=main.place or other.place,
        quantities=main.quantities or other.quantities,
        doers=main.doers if main.actors else other.doers,
        receivers=main.receivers if main.recipients else other.receivers,
    )
    happening.tellings = [t if t.word != main.word else happening.main for t in happening.tellings]
    happening.tellings.append(happening.main if main is telling else telling)


def _borne_out(judged: Judgement, other: Judgement) -> Judgement:
    """What was to come has come about where another telling says so (``began the withdrawal``)."""
    came = judged.status in ("planned", "possible") and other.status == "actual"
    return other if came and other.borne_out else judged


def _vouch(happening: Happening, telling: Telling) -> None:
    if telling.told_by and telling.told_by.id not in happening.according_to:
        happening.according_to.append(telling.told_by.id)


def _fullness(actors: Actors, telling: Telling) -> tuple[bool, bool, int]:
    filled = bool(countries(actors, telling.actors)) + bool(countries(actors, telling.recipients))
    return not telling.headline, not telling.nominal, filled


def _same(actors: Actors, main: Telling, telling: Telling) -> bool:
    """Whether two tellings of one type tell of one happening."""
    bare = telling.nominal and not telling.actors and not telling.recipients
    if not bare and not _modes_agree(main, telling):
        return False
    if not times_agree(main.time, telling.time) or not _statuses_agree(main, telling):
        return False
    if bare:
        return True
    loose = telling.nominal or main.nominal or telling.headline or main.headline
    if not _parties_agree(actors, main, telling, loose):
        return False
    return loose or _one_telling_over(main, telling)


def _modes_agree(main: Telling, telling: Telling) -> bool:
    """Whether two modes may be one; where modes set happenings apart, no mode is one too."""
    apart = plover("type")[main.type]["modes"] == "apart"
    open_ended = not apart and not (main.mode and telling.mode)
    return open_ended or main.mode == telling.mode


def _one_telling_over(main: Telling, telling: Telling) -> bool:
    """Two full tellings in the body: the same figures and place, and no act done twice."""
    if plover("type")[main.type]["speech"] == "yes":
        return False
    if set(main.quantities) != set(telling.quantities):
        return False
    if _reckoned_from(main.time, telling.time):
        return False
    return main.place is None or telling.place is None or main.place == telling.place


def _parties_agree(actors: Actors, main: Telling, telling: Telling, loose: bool) -> bool:
    first = countries(actors, main.actors), countries(actors, main.recipients)
    second = countries(actors, telling.actors), countries(actors, telling.recipients)
    if not loose:
        return first == second
    if not first[1] or not second[1]:
        whole, part = first[0] | first[1], second[0] | second[1]
        if len(second[0]) > 1 or len(first[0]) > 1:
            return part <= whole or whole <= part
    return all(not a or not b or a <= b or b <= a for a, b in zip(first, second, strict=True)) and (
        bool((first[0] | first[1]) & (second[0] | second[1]))
    )


def _statuses_agree(main: Telling, telling: Telling) -> bool:
    if telling.headline or main.headline:
        return True
    if telling.nominal and not telling.judgement.basis:
        return main.judgement.status != "denied"
    return _FAMILY[main.judgement.status] == _FAMILY[telling.judgement.status]


def times_agree(first: When | None, second: When | None) -> bool:
    """Whether two times may be one: one of them unknown, or one within the other."""
    if first is None or second is None:
        return True
    a, b = _ends(first.value), _ends(second.value)
    if any(x.startswith(y) or y.startswith(x) for x in a for y in b if x and y):
        return True
    return (a[0] <= b[0] <= a[-1]) or (b[0] <= a[0] <= b[-1])


def _reckoned_from(first: When | None, second: When | None) -> bool:
    """Whether one time opens at the other: what has gone on since is not what happened then."""
    if first is None or second is None:
        return False
    values = {first.value, second.value}
    return any(f"{value}/{OPEN}" in values for value in values)


def _ends(value: str) -> list[str]:
    """The ends of an interval, an open one as before or after all others; a point alone."""
    first, *last = value.split("/")
    return [first.replace(OPEN, ""), *(end.replace(OPEN, "~") for end in last)]
