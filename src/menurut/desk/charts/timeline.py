"""Incidents on a line of time, in a lane for each of the chief actors, and the overview above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from menurut.desk.charts.scale import Scale
from menurut.desk.charts.svg import (
    LETTER,
    breadth,
    drawing,
    glyph,
    link,
    number,
    shortened,
    tag,
    text,
)

_R = 6.0
_APART = 3.0
_SLOT = 26.0
_STACK = 3
"""So many marks of one slot stand above each other; more become one badge with their number."""
_STEP = 2 * _R + _APART
_NAME = 20.0
_FOOT = 6.0
_AXIS = 26.0
_BAR = 4.0
_EDGE = 14.0
_LABEL = 11.0
_NAME_SIZE = 12.0
_NAMED_AT_MOST = 90
"""With more marks than this their kind is not written beside them, nor whom they reach drawn."""


class Mark(NamedTuple):
    """An incident as it is drawn. ``doers``, ``met``: keys of parties; ``lines``: what is told of
    it; ``label``: a word or two; ``first``, ``last``: days as ordinals."""

    href: str
    lines: tuple[str, ...]
    label: str
    status: str
    first: int
    last: int
    doers: tuple[str, ...]
    met: tuple[str, ...]


class Lane(NamedTuple):
    """A line for one actor. ``key``: None for all that no other lane takes."""

    key: str | None
    name: str
    href: str | None


class Words(NamedTuple):
    """What a timeline says: its title, what it shows, the words at the border of the known."""

    title: str
    description: str
    announced: str
    more: Callable[[int], str]
    """How many incidents a badge stands for, in words."""
    date: Callable[[str], str]
    """A TIMEX3 value in words."""


@dataclass(slots=True)
class _Spot:
    """A mark, or a badge for several, with its place in a lane."""

    x: float
    half: float
    marks: list[Mark]
    level: int = 0


def chief_actors(marks: Iterable[Mark], most: int, first: str | None = None) -> list[str]:
    """The parties of most marks, at most so many; ``first`` is chief whatever its number."""
    counted = Counter(key for mark in marks for key in dict.fromkeys(mark.doers + mark.met))
    ranked = sorted(counted, key=lambda key: (key != first, -counted[key], key))
    return ranked[:most]


def timeline(
    marks: Sequence[Mark],
    lanes: Sequence[Lane],
    window: tuple[int, int],
    horizon: int | None,
    zoomed: Callable[[int, int], str],
    words: Words,
    width: float = 960,
) -> str:
    """The drawing. ``window``: first and last day; ``zoomed``: the address of a narrower window.

    A mark stands in the lane of the first of its doers that has one, else of whom it meets; what
    stands beyond ``horizon`` is announced. Nothing overlaps: marks of a day stand above each other.
    """
    scale = Scale(*window, _EDGE, width - _EDGE)
    held = _by_lane([m for m in marks if window[0] <= m.first <= window[1]], lanes)
    few = sum(map(len, held)) <= _NAMED_AT_MOST
    placed = [_placed(lane, scale) for lane in held]
    tops = _tops(placed)
    height = tops[-1][1] + 8 if tops else _AXIS
    rules = [_border(foot, width) for _, foot in tops]
    names = [_name(lane, top, width) for lane, (top, _) in zip(lanes, tops, strict=True)]
    body: list[str] = []
    for spots, (_, foot) in zip(placed, tops, strict=True):
        body += _marks(spots, scale, foot, zoomed, words, few)
    reaches = _reaches(placed, lanes, tops) if few else ()
    inner = [*_axis(scale, height, words), *_beyond(scale, horizon, height, words), *rules]
    inner += [tag("g", *reaches, class_="marks"), *names, tag("g", *body, class_="marks")]
    return drawing(
        "timeline",
        (0, 0, width, height),
        words.title,
        words.description,
        inner,
        class_="chart timeline",
        data_first=window[0],
        data_last=window[1],
    )


def _by_lane(marks: Iterable[Mark], lanes: Sequence[Lane]) -> list[list[Mark]]:
    index = {lane.key: n for n, lane in enumerate(lanes)}
    held: list[list[Mark]] = [[] for _ in lanes]
    for mark in marks:
        known = [index[key] for key in (*mark.doers, *mark.met) if key in index]
        at = known[0] if known else index.get(None)
        if at is not None:
            held[at].append(mark)
    return held


def _placed(marks: list[Mark], scale: Scale) -> list[_Spot]:
    """The marks of a lane on the lowest free levels; of full slots, one badge each."""
    slots: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: (m.first, m.href)):
        slots.setdefault(int(_middle(mark, scale) // _SLOT), []).append(mark)
    spots: list[_Spot] = []
    for slot, held in slots.items():
        if len(held) > _STACK:
            half = _SLOT / 2 - 1
            x = min(max((slot + 0.5) * _SLOT, scale.left + half), scale.right - half)
            spots.append(_Spot(x, half, held))
        else:
            spots += [_Spot(_middle(mark, scale), _R, [mark]) for mark in held]
    spots.sort(key=lambda spot: spot.x - spot.half)
    ends: list[float] = []
    for spot in spots:
        free = (n for n, end in enumerate(ends) if end + _APART <= spot.x - spot.half)
        spot.level = next(free, len(ends))
        ends[spot.level : spot.level + 1] = [spot.x + spot.half]
    return spots


def _middle(mark: Mark, scale: Scale) -> float:
    """Where a mark stands: in the middle of its first day."""
    x = scale.x(mark.first) + min(scale.day / 2, _R)
    return min(max(x, scale.left + _R), scale.right - _R)


def _y(foot: float, level: int) -> float:
    return foot - _FOOT - _R - level * _STEP


def _tops(placed: list[list[_Spot]]) -> list[tuple[float, float]]:
    """Where each lane begins and ends."""
    found = []
    top = _AXIS
    for spots in placed:
        levels = max((spot.level + 1 for spot in spots), default=0)
        foot = top + _NAME + levels * _STEP + _FOOT
        found.append((top, foot))
        top = foot
    return found


def _border(y: float, width: float) -> str:
    return tag("path", d=f"M0 {number(y)}H{number(width)}", class_="border")


def _name(lane: Lane, top: float, width: float) -> str:
    name = shortened(lane.name, int((width - 2 * _EDGE) / (_NAME_SIZE * LETTER)))
    title = text(name, _EDGE, top + 14, class_="lane-name", font_size=_NAME_SIZE)
    return title if lane.href is None else link(lane.href, (lane.name,), title)


def _marks(
    spots: list[_Spot],
    scale: Scale,
    foot: float,
    zoomed: Callable[[int, int], str],
    words: Words,
    named: bool,
) -> Iterator[str]:
    following: dict[int, float] = {}
    for spot in reversed(spots):
        y = _y(foot, spot.level)
        room = following.get(spot.level, scale.right) - (spot.x + spot.half) - 2 * _APART
        following[spot.level] = spot.x - spot.half
        if len(spot.marks) > 1:
            yield _badge(spot, y, zoomed, words)
        else:
            yield _mark(spot, y, scale, room if named else 0)


def _mark(spot: _Spot, y: float, scale: Scale, room: float) -> str:
    (mark,) = spot.marks
    inner = glyph(mark.status, spot.x, y, _R)
    end = scale.inside(mark.last + 1)
    after = spot.x + spot.half
    if end > after and mark.last > mark.first:
        room -= end - after
        after = end
        bar = tag("rect", x=spot.x, y=y - 2, width=end - spot.x, height=4, rx=2, class_="lasts")
        inner = bar + inner
    if mark.label and breadth(mark.label, _LABEL) <= room:
        inner += text(mark.label, after + _APART, y + 4, class_="what", font_size=_LABEL)
    return link(mark.href, mark.lines, inner, class_="mark")


def _badge(spot: _Spot, y: float, zoomed: Callable[[int, int], str], words: Words) -> str:
    first = min(mark.first for mark in spot.marks)
    last = max(mark.first for mark in spot.marks)
    count = len(spot.marks)
    box = tag(
        "rect", x=spot.x - spot.half, y=y - 7, width=2 * spot.half, height=14, rx=7, class_="badge"
    )
    said = text(
        str(count) if count < 1000 else "…",
        spot.x,
        y + 4,
        text_anchor="middle",
        font_size=_LABEL,
        class_="tally",
    )
    return link(zoomed(first, last), (words.more(count),), box, said, class_="mark many")


def _reaches(
    placed: list[list[_Spot]], lanes: Sequence[Lane], tops: list[tuple[float, float]]
) -> Iterator[str]:
    """Lines from a mark to the lanes of those whom it meets."""
    foot_of = {lane.key: foot for lane, (_, foot) in zip(lanes, tops, strict=True)}
    for spots, lane, (_, foot) in zip(placed, lanes, tops, strict=True):
        for spot in spots:
            for key in spot.marks[0].met if len(spot.marks) == 1 else ():
                if key in foot_of and key != lane.key:
                    x, y, end = spot.x, _y(foot, spot.level), foot_of[key]
                    line = f"M{number(x)} {number(y)}V{number(end)}"
                    dot = tag("circle", cx=x, cy=end, r=2.5)
                    yield tag("g", tag("path", d=line), dot, class_="reach")


def _axis(scale: Scale, height: float, words: Words) -> Iterator[str]:
    for x, value in scale.ticks(_LABEL * LETTER):
        said = words.date(value)
        yield tag("path", d=f"M{number(x)} {_AXIS}V{number(height)}", class_="tick")
        if x + breadth(said, _LABEL) <= scale.right + _EDGE:
            yield text(said, x, 16, class_="date", font_size=_LABEL)


def _beyond(scale: Scale, horizon: int | None, height: float, words: Words) -> Iterator[str]:
    """What lies after the newest report: only announced."""
    if horizon is None or horizon >= scale.last:
        return
    x = scale.inside(horizon + 1)
    room = scale.right + _EDGE - x
    yield tag("rect", x=x, y=_AXIS, width=room, height=height - _AXIS, class_="beyond")
    yield tag("path", d=f"M{number(x)} {_AXIS}V{number(height)}", class_="horizon")
    if breadth(words.announced, _LABEL) + 8 <= room:
        yield text(words.announced, x + 5, _AXIS + 13, class_="horizon-word", font_size=_LABEL)


def overview(
    days: Sequence[tuple[int, int]],
    window: tuple[int, int] | None,
    title: str,
    description: str,
    date: Callable[[str], str],
    width: float = 960,
    height: float = 64,
) -> str:
    """How many incidents there are at each time, as bars, with the window marked, if there is one.

    The bars are at most a few hundred, however many days there are.
    """
    ends = [*(window or ()), *(day for day, _ in (*days[:1], *days[-1:]))]
    first, last = (min(ends), max(ends)) if ends else (1, 1)
    scale = Scale(first, last, _EDGE, width - _EDGE)
    foot = height - 18
    inner = [
        tag("path", d=_bars(days, scale, foot), class_="bars"),
        _border(foot, width),
    ]
    if window is not None:
        x, broad = scale.inside(window[0]), scale.inside(window[1] + 1) - scale.inside(window[0])
        box = tag("rect", x=x, y=2, width=max(broad, 3), height=foot - 2, rx=3, class_="window")
        inner.insert(0, box)
    for at, value in scale.ticks(_LABEL * LETTER):
        said = date(value)
        if at + breadth(said, _LABEL) <= width:
            inner.append(text(said, at, height - 4, class_="date", font_size=_LABEL))
    return drawing(
        "overview",
        (0, 0, width, height),
        title,
        description,
        inner,
        class_="chart overview",
        data_first=first,
        data_last=last,
    )


def _bars(days: Sequence[tuple[int, int]], scale: Scale, foot: float) -> str:
    """The path of the bars: what falls within the breadth of one is counted together."""
    counts: Counter[int] = Counter()
    for day, count in days:
        counts[int((scale.x(day + 0.5) - scale.left) // _BAR)] += count
    tallest = max(counts.values(), default=1)
    path = ""
    for slot, held in sorted(counts.items()):
        tall = number(max((foot - 6) * (held / tallest) ** 0.5, 2))
        path += f"M{number(scale.left + slot * _BAR)} {number(foot)}v-{tall}h3v{tall}z"
    return path
