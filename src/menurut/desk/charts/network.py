"""Who says what about whom as a drawing: parties, and curves from who speaks to who is spoken of.

Where the parties stand follows from forces between them (Fruchterman and Reingold 1991), always
from the same beginning; then their boxes are pushed apart until none overlaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from menurut.desk.charts.svg import breadth, drawing, link, number, shortened, tag, text

_SEED = 7
_ROUNDS = 200
_PUSHES = 300
_EVENLY = 0.4
_EDGE = 10.0
_LABEL = 12.0
_NAME = _LABEL + 5
_LONGEST = ((800, 22), (500, 16), (0, 14))
"""From which breadth of the drawing on a name may have so many letters."""
_STRANDS = ("affirms", "denies", "doubts")
_WIDEST = 6.0

Array = NDArray[np.float64]


class Node(NamedTuple):
    """A party. ``weight``: how many accounts it gives and is spoken of in."""

    key: str
    name: str
    href: str
    lines: tuple[str, ...]
    weight: int
    chosen: bool = False


class Line(NamedTuple):
    """What one party says of another: accounts by stance."""

    source: str
    about: str
    stances: Mapping[str, int]
    href: str
    lines: tuple[str, ...]
    chosen: bool = False


class Box(NamedTuple):
    """Where a party stands: its disc's middle and radius, and half the breadth of its name, which
    is empty where there is no room for it."""

    x: float
    y: float
    r: float
    half: float
    name: str

    @property
    def area(self) -> tuple[float, float, float, float]:
        """Left, top, right and foot of disc and name together."""
        half = max(self.half, self.r) if self.name else self.r
        foot = self.y + self.r + (_NAME if self.name else 0)
        return self.x - half, self.y - self.r, self.x + half, foot

    def covers(self, other: Box) -> bool:
        a, b = self.area, other.area
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def most_nodes(width: float) -> int:
    """How many parties have room in a drawing so broad."""
    return int(min(max(width // 24, 10), 40))


def network(
    nodes: Sequence[Node],
    lines: Sequence[Line],
    title: str,
    description: str,
    width: float = 960,
    height: float = 520,
) -> str:
    """The drawing; lines whose parties are not among the nodes are left out."""
    boxes = dict(zip((n.key for n in nodes), laid_out(nodes, lines, width, height), strict=True))
    drawn = [line for line in lines if line.source in boxes and line.about in boxes]
    most = max((max(line.stances.values(), default=1) for line in drawn), default=1)
    inner = [_arrows()]
    inner.append(
        tag("g", *(_curves(line, boxes, most) for line in drawn if line.stances), class_="ties")
    )
    inner.append(tag("g", *(_node(node, boxes[node.key]) for node in nodes), class_="nodes"))
    return drawing(
        "network", (0, 0, width, height), title, description, inner, class_="chart network"
    )


def laid_out(
    nodes: Sequence[Node], lines: Sequence[Line], width: float, height: float
) -> list[Box]:
    """Where the parties stand: within the drawing, none on another.

    Where there is no room for all names, the lightest parties go without.
    """
    if not nodes:
        return []
    index = {node.key: n for n, node in enumerate(nodes)}
    pull = np.zeros((len(nodes), len(nodes)))
    for line in lines:
        if line.source in index and line.about in index:
            a, b = index[line.source], index[line.about]
            pull[a, b] = pull[b, a] = pull[a, b] + np.log1p(sum(line.stances.values()))
    heaviest = max(node.weight for node in nodes) or 1
    radii = np.array([6 + 12 * (node.weight / heaviest) ** 0.5 for node in nodes])
    longest = next(letters for least, letters in _LONGEST if width >= least)
    names = [shortened(node.name, longest) for node in nodes]
    halves = np.array([breadth(name, _LABEL) / 2 for name in names])
    places = _spread(_settled(pull), np.maximum(halves, radii), radii, width, height)
    boxes = [
        Box(float(x), float(y), float(r), float(half), name)
        for (x, y), r, half, name in zip(places, radii, halves, names, strict=True)
    ]
    return _with_room(boxes, [node.weight for node in nodes])


def _with_room(boxes: list[Box], weights: Sequence[int]) -> list[Box]:
    """The boxes, the heaviest first choosing whether there is room for a name."""
    found = [box._replace(name="") for box in boxes]
    for n in sorted(range(len(boxes)), key=lambda n: (-weights[n], n)):
        others = found[:n] + found[n + 1 :]
        if not any(boxes[n].covers(other) for other in others):
            found[n] = boxes[n]
    return found


def _settled(pull: Array) -> Array:
    """Points in a square of side 1, near each other as they are drawn to each other.

    At last they are spread more evenly, by their order: else those apart from all push the rest
    into a corner.
    """
    count = len(pull)
    places: Array = np.random.default_rng(_SEED).random((count, 2))
    ideal = 1 / np.sqrt(count)
    strength = np.where(pull > 0, 0.4 + 0.6 * pull / (pull.max() or 1), 0)
    for step in range(_ROUNDS):
        apart = places[:, None] - places[None]
        length = np.sqrt((apart**2).sum(-1)) + 1e-9
        force = ideal**2 / length - strength * length**2 / ideal
        np.fill_diagonal(force, 0)
        shift = (apart / length[..., None] * force[..., None]).sum(1)
        shift -= 1.2 * (places - 0.5)
        size = np.sqrt((shift**2).sum(-1, keepdims=True)) + 1e-9
        heat = 0.12 * (1 - step / _ROUNDS)
        places = places + shift / size * np.minimum(size, heat)
    low, high = places.min(0), places.max(0)
    shares: Array = (places - low) / np.where(high - low > 1e-6, high - low, 1)
    ranks: Array = shares.argsort(0, kind="stable").argsort(0) / max(count - 1, 1)
    return (1 - _EVENLY) * shares + _EVENLY * ranks


def _spread(places: Array, halves: Array, radii: Array, width: float, height: float) -> Array:
    """The points over the whole drawing, their boxes pushed apart along the shorter way."""
    low = np.stack([halves + _EDGE, radii + _EDGE], 1)
    high = np.stack([width - halves - _EDGE, height - radii - _NAME - _EDGE], 1)
    high = np.maximum(high, low)
    at: Array = low + (places if len(places) > 1 else 0.5) * (high - low)
    tall = radii + _NAME / 2
    for step in range(_PUSHES):
        gap = min(40.0, 480 / len(places)) * (1 - step / _PUSHES)
        middle = at + np.array([0, _NAME / 2])
        apart = middle[:, None] - middle[None]
        lack_x = halves[:, None] + halves[None] + gap - np.abs(apart[..., 0])
        lack_y = tall[:, None] + tall[None] + gap - np.abs(apart[..., 1])
        close = (lack_x > 0) & (lack_y > 0)
        np.fill_diagonal(close, False)
        if not close.any():
            break
        order = np.sign(np.arange(len(at))[:, None] - np.arange(len(at))[None])
        sign = np.where(apart != 0, np.sign(apart), order[..., None])
        upright = lack_y < lack_x
        push_x = np.where(close & ~upright, lack_x, 0) * sign[..., 0]
        push_y = np.where(close & upright, lack_y, 0) * sign[..., 1]
        at = at + 0.35 * np.stack([push_x.sum(1), push_y.sum(1)], 1)
        at = np.clip(at, low, high)
    return at


def _node(node: Node, box: Box) -> str:
    disc = tag("circle", cx=box.x, cy=box.y, r=box.r, class_="disc")
    foot = box.y + box.r + _NAME - 4
    said = text(box.name, box.x, foot, text_anchor="middle", font_size=_LABEL) if box.name else ""
    kind = "node chosen" if node.chosen else "node"
    return link(node.href, node.lines, disc, said, class_=kind, data_party=node.key)


def _curves(line: Line, boxes: Mapping[str, Box], most: int) -> str:
    """A curve for each stance, side by side, all bent to the right of the way they go."""
    one, other = boxes[line.source], boxes[line.about]
    paths = []
    told = [(stance, line.stances[stance]) for stance in _STRANDS if line.stances.get(stance)]
    for n, (stance, count) in enumerate(told):
        thick = 1 + (_WIDEST - 1) * (count / most) ** 0.5
        path = _curve(one, other, 0.12 + 0.09 * n, thick)
        paths.append(
            tag(
                "path",
                d=path,
                class_=f"strand {stance}",
                stroke_width=thick,
                marker_end=f"url(#to-{stance})",
            )
        )
    if not told:
        return ""
    hit = tag("path", d=_curve(one, other, 0.12, 1), class_="hit")
    kind = "line chosen" if line.chosen else "line"
    attributes = {"data_source": line.source, "data_about": line.about}
    return link(line.href, line.lines, *paths, hit, class_=kind, **attributes)


def _curve(one: Box, other: Box, bend: float, thick: float) -> str:
    dx, dy = other.x - one.x, other.y - one.y
    length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    ux, uy = dx / length, dy / length
    mx = (one.x + other.x) / 2 - uy * bend * length
    my = (one.y + other.y) / 2 + ux * bend * length
    sx, sy = _off(one.x, one.y, mx, my, one.r + 2)
    ex, ey = _off(other.x, other.y, mx, my, other.r + 5 + thick)
    return "M" + " ".join(map(number, (sx, sy))) + "Q" + " ".join(map(number, (mx, my, ex, ey)))


def _off(x: float, y: float, to_x: float, to_y: float, by: float) -> tuple[float, float]:
    """A point so far from the first on the way to the second."""
    dx, dy = to_x - x, to_y - y
    length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    return x + dx / length * by, y + dy / length * by


def _arrows() -> str:
    return tag("defs", *_heads())


def _heads() -> Iterator[str]:
    for stance in _STRANDS:
        head = tag("path", d="M0 0L8 4L0 8z", class_=f"head {stance}")
        yield tag(
            "marker",
            head,
            id=f"to-{stance}",
            viewBox="0 0 8 8",
            refX=3,
            refY=4,
            markerWidth=9,
            markerHeight=9,
            markerUnits="userSpaceOnUse",
            orient="auto",
        )
