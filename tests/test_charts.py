"""The drawings: within their box, nothing on another, bounded, harmless, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from xml.etree import ElementTree

import pytest

from menurut.desk.charts import network, scale, svg, timeline, world_map
from menurut.desk.phrases import time_words
from menurut.interface import speaking
from menurut.tables import table
from menurut.world import countries

HOSTILE = '<script>alert(1)</script>" onload="x\u202e&\x1b[31m'
START = date(2024, 1, 1).toordinal()
WINDOW = (START, START + 364)
WORDS = timeline.Words("All", "Told", "announced", "{} more".format, time_words)
NS = "{http://www.w3.org/2000/svg}"

Area = tuple[float, float, float, float]


def marks(count: int, seed: int = 1, parties: int = 12, name: str = "P") -> list[timeline.Mark]:
    random = Random(seed)
    found = []
    for n in range(count):
        first = START + random.randrange(365)
        pair = [f"{name}{random.randrange(parties)}" for _ in range(2)]
        status = random.choice(["contested", "acknowledged", "corroborated", "planned", "other"])
        lasts = first + random.choice((0, 0, 0, 40))
        told = ("who", "what")
        found.append(
            timeline.Mark(f"/i{n}", told, "meeting", status, first, lasts, (pair[0],), (pair[1],))
        )
    return found


def drawn(found: list[timeline.Mark], width: float = 960, most: int = 8) -> str:
    chief = timeline.chief_actors(found, most)
    lanes = [timeline.Lane(key, key, f"/{key}") for key in chief]
    lanes.append(timeline.Lane(None, "Others", None))
    return timeline.timeline(
        found, lanes, WINDOW, WINDOW[1] - 30, "/?from={}&to={}".format, WORDS, width
    )


def areas(root: ElementTree.Element) -> Iterator[tuple[str, Area]]:
    """What each element covers, with its class."""
    for element in root.iter():
        get = {k: float(v) for k, v in element.attrib.items() if _is_number(v)}
        kind = element.get("class", "")
        if element.tag == f"{NS}circle":
            x, y, r = get["cx"], get["cy"], get["r"]
            yield kind, (x - r, y - r, x + r, y + r)
        elif element.tag == f"{NS}rect":
            yield kind, (get["x"], get["y"], get["x"] + get["width"], get["y"] + get["height"])
        elif element.tag == f"{NS}text":
            size = get["font-size"]
            broad = svg.breadth("".join(element.itertext()), size)
            left = get["x"] - broad * {"middle": 0.5, "end": 1.0}.get(
                element.get("text-anchor", ""), 0
            )
            yield kind, (left, get["y"] - 0.75 * size, left + broad, get["y"] + 0.2 * size)


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def box_of(root: ElementTree.Element) -> Area:
    left, top, broad, tall = map(float, root.attrib["viewBox"].split())
    return left, top, left + broad, top + tall


def within(inner: Area, outer: Area) -> bool:
    slack = 0.05
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def cover(one: Area, other: Area) -> bool:
    slack = 0.05
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def harmless(drawing: str) -> None:
    root = ElementTree.fromstring(drawing)
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in ("script", "style", "foreignObject", "image")
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        assert not element.get("href", "").startswith("javascript")
    assert "\u202e" not in drawing
    assert "\x1b" not in drawing


# --- the timeline ----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 25, 80, 400])
@pytest.mark.parametrize("width", [320, 960])
def test_a_timeline_keeps_within_its_box_and_its_marks_apart(count: int, width: float) -> None:
    root = ElementTree.fromstring(drawn(marks(count, seed=count), width))
    found = list(areas(root))
    assert all(within(area, box_of(root)) for _kind, area in found)
    solid = [a for kind, a in found if kind in ("badge", "what", "lane-name")]
    solid += [a for group in root.iter(f"{NS}g") for a in _glyph(group)]
    pairs = [(a, b) for n, a in enumerate(solid) for b in solid[n + 1 :]]
    assert not [pair for pair in pairs if cover(*pair)]


def _glyph(group: ElementTree.Element) -> list[Area]:
    if not group.get("class", "").startswith("glyph"):
        return []
    return [max((a for _kind, a in areas(group)), key=lambda a: a[2] - a[0])]


def test_every_mark_is_drawn_or_counted_on_a_badge() -> None:
    found = marks(400)
    root = ElementTree.fromstring(drawn(found))
    single = {a.get("href") for a in root.iter(f"{NS}a") if a.get("class") == "mark"}
    many = [t.text for t in root.iter(f"{NS}text") if t.get("class") == "tally"]
    assert len(single) + sum(int(n or 0) for n in many) == len(found)


def test_ten_thousand_incidents_make_a_bounded_drawing() -> None:
    drawing = drawn(marks(10_000))
    assert len(drawing) < 250_000
    assert len(drawn(marks(20_000))) < 1.3 * len(drawing)
    days = [(START + n, 3) for n in range(10_000)]
    assert len(timeline.overview(days, WINDOW, "All", "Told", time_words)) < 15_000


def test_hostile_names_stay_words_of_a_timeline() -> None:
    mark = timeline.Mark(
        "/i1", (HOSTILE, HOSTILE), HOSTILE, "contested", START, START, (HOSTILE,), ()
    )
    lanes = [timeline.Lane(HOSTILE, HOSTILE, "/x")]
    words = WORDS._replace(title=HOSTILE, description=HOSTILE)
    drawing = timeline.timeline([mark], lanes, WINDOW, None, "/?{}{}".format, words)
    harmless(drawing)
    assert "&lt;script&gt;alert(1)" in drawing


def test_what_lies_beyond_the_newest_report_is_told_apart() -> None:
    root = ElementTree.fromstring(drawn(marks(5)))
    beyond = next(a for kind, a in areas(root) if kind == "beyond")
    edge = scale.Scale(*WINDOW, 14, 960 - 14).x(WINDOW[1] - 29)
    assert beyond[0] == pytest.approx(edge, abs=0.01)
    known = timeline.timeline([], [], WINDOW, WINDOW[1] + 1, "{}{}".format, WORDS)
    assert "beyond" not in known


def test_a_chosen_actor_has_the_first_lane() -> None:
    found = marks(50)
    assert timeline.chief_actors(found, 3, "P11")[0] == "P11"
    assert len(timeline.chief_actors(found, 3)) == 3


# --- the scale -------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [3, 9, 40, 200, 800, 9_000, 100_000, 900_000])
@pytest.mark.parametrize("language", ["en", "id"])
def test_dates_beside_the_axis_do_not_touch(days: int, language: str) -> None:
    axis = scale.Scale(START, START + days - 1, 14, 946)
    with speaking(language):
        ticks = axis.ticks(svg.LETTER * 11)
        ends = [tick.x + svg.breadth(time_words(tick.value), 11) for tick in ticks]
    assert ticks or days > 500_000
    assert all(end < tick.x for end, tick in zip(ends, ticks[1:], strict=False))
    assert all(14 <= tick.x <= 946 for tick in ticks)


@pytest.mark.parametrize("window", [(1, 1), (1, 40), (START, START), (3652000, 3652059)])
def test_windows_stay_within_the_calendar(window: tuple[int, int]) -> None:
    moves = [scale.moved(window, by, zoom) for by in (-0.5, 0, 0.5) for zoom in (0.5, 1, 2, 1e6)]
    for first, last in [*moves, scale.widened(*window)]:
        assert 1 <= first <= last <= date.max.toordinal()
        assert scale.day_words(first) <= scale.day_words(last)


def test_a_month_before_is_the_same_day() -> None:
    day = date(2024, 3, 15).toordinal()
    assert date.fromordinal(scale.months_before(day, 1)) == date(2024, 2, 15)
    assert date.fromordinal(scale.months_before(day, 12)) == date(2023, 3, 15)


# --- the network -----------------------------------------------------------------------------


def web(count: int, ties: int, letters: int, seed: int) -> tuple[list, list]:
    random = Random(seed)
    nodes = [
        network.Node(f"k{n}", "x" * random.randint(3, letters), "/", ("x",), random.randint(1, 90))
        for n in range(count)
    ]
    lines = []
    for _ in range(ties):
        a, b = random.randrange(count), random.randrange(count)
        stances = {"affirms": random.randint(0, 9), "denies": random.randint(0, 9)}
        if a != b:
            lines.append(network.Line(f"k{a}", f"k{b}", stances, "/", ("x",)))
    return nodes, lines


@pytest.mark.parametrize("width", [320, 390, 640, 960])
@pytest.mark.parametrize("letters", [8, 30])
def test_parties_stand_within_the_drawing_and_apart(width: float, letters: int) -> None:
    height = 520 if width >= 640 else width * 1.35
    for seed, count in enumerate((1, 2, 7, network.most_nodes(width))):
        nodes, lines = web(count, 60, letters, seed)
        boxes = network.laid_out(nodes, lines, width, height)
        assert all(within(box.area, (0, 0, width, height)) for box in boxes)
        assert not [
            (a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if cover(a.area, b.area)
        ]
        unnamed = [box for box in boxes if not box.name]
        assert len(unnamed) <= len(boxes) // 4


def test_a_network_is_drawn_the_same_each_time() -> None:
    nodes, lines = web(20, 40, 12, 3)
    assert network.network(nodes, lines, "t", "d") == network.network(nodes, lines, "t", "d")


def test_parties_that_speak_of_each_other_stand_nearer() -> None:
    nodes, _ = web(12, 0, 5, 1)
    lines = [
        network.Line(a.key, b.key, {"affirms": 5}, "/", ())
        for group in (nodes[:6], nodes[6:])
        for a in group
        for b in group
        if a != b
    ]
    at = network.laid_out(nodes, lines, 960, 520)

    def apart(a: network.Box, b: network.Box) -> float:
        return float(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5)

    inside = [apart(at[a], at[b]) for a in range(6) for b in range(6) if a != b]
    across = [apart(at[a], at[b]) for a in range(6) for b in range(6, 12)]
    assert sum(inside) / len(inside) < 0.7 * sum(across) / len(across)


def test_hostile_names_stay_words_of_a_network() -> None:
    node = network.Node(HOSTILE, HOSTILE, "/x", (HOSTILE,), 3)
    other = network.Node("b", "b", "/b", ("b",), 1)
    line = network.Line(HOSTILE, "b", {"denies": 2}, "/l", (HOSTILE,))
    harmless(network.network([node, other], [line], HOSTILE, HOSTILE))


def test_a_line_has_a_strand_for_each_stance() -> None:
    nodes, _ = web(2, 0, 5, 1)
    line = network.Line("k0", "k1", {"affirms": 4, "denies": 1, "doubts": 0}, "/", ("x",))
    lost = network.Line("k0", "elsewhere", {"affirms": 4}, "/", ("x",))
    root = ElementTree.fromstring(network.network(nodes, [line, lost], "t", "d"))
    ties = [p for p in root.iter(f"{NS}path") if p.get("class", "").startswith("strand")]
    assert [tie.get("class") for tie in ties] == ["strand affirms", "strand denies"]
    assert float(ties[0].attrib["stroke-width"]) > float(ties[1].attrib["stroke-width"])


# --- the map ---------------------------------------------------------------------------------


def sites(count: int, seed: int = 1) -> list[world_map.Site]:
    random = Random(seed)
    return [
        world_map.Site(
            f"Place {n}",
            random.uniform(-180, 180),
            random.uniform(-55, 80),
            told := int(random.paretovariate(0.7)) % 900 + 1,
            random.randint(0, told),
            n % 5 == 0,
            f"/map?place={n}",
            (f"Place {n}",),
        )
        for n in range(count)
    ]


def mapped(found: list[world_map.Site], view: world_map.View, width: float = 960) -> str:
    return world_map.world_map(
        found, ["IDN", "XXX"], view, "/o.svg", str, "Map", "Told", "{} in {}".format, width
    )


@pytest.mark.parametrize("count", [0, 1, 40, 300])
@pytest.mark.parametrize(
    ("view", "width"),
    [
        (world_map.View(), 960),
        (world_map.View(), 320),
        (world_map.View(0, 0, 7), 960),
        (world_map.View(780, 230, 40), 390),
    ],
)
def test_places_and_their_names_do_not_cover_each_other(
    count: int, view: world_map.View, width: float
) -> None:
    root = ElementTree.fromstring(mapped(sites(count), view, width))
    groups = [g for g in root.iter(f"{NS}g") if g.get("class") == "names"]
    names = [area for group in groups for _kind, area in areas(group)]
    box = box_of(root)
    assert all(within(name, box) for name in names)
    discs = [a for kind, a in areas(root) if kind == "disc"]
    for n, name in enumerate(names):
        assert not [other for other in names[n + 1 :] + discs if cover(name, other)]
    assert len(names) <= 14
    assert names or not discs


def test_no_place_in_sight_is_lost() -> None:
    found = sites(300)
    box = world_map.seen(world_map.View())
    groups = world_map.gathered(found, 1.0, box)
    assert sum(len(group.sites) for group in groups) == len(found)
    apart = [
        ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 >= a.r + b.r - 1e-6
        for n, a in enumerate(groups)
        for b in groups[n + 1 :]
    ]
    assert all(apart)
    nearer = world_map.gathered(found, 0.1, world_map.seen(world_map.View(480, 200, 10)))
    assert all(len(group.sites) < 20 for group in nearer)


def test_hostile_places_stay_words_of_a_map() -> None:
    site = world_map.Site(HOSTILE, 106.8, -6.2, 3, 1, False, "/x", (HOSTILE, HOSTILE))
    drawing = mapped([site, site._replace(longitude=106.9)], world_map.View())
    harmless(drawing)
    assert 'href="/o.svg#IDN"' in drawing
    assert "XXX" not in drawing


@pytest.mark.parametrize("zoom", [0.1, 1, 3.3, 64, 1e9])
def test_a_view_never_leaves_the_map(zoom: float) -> None:
    for x, y in ((-1e6, -1e6), (0, 0), (480, 200), (960, 400), (1e9, 1e9)):
        for width in (320, 960):
            left, top, broad, tall = world_map.seen(world_map.View(x, y, zoom), width)
            assert left >= 0 <= top
            assert left + broad <= world_map.BREADTH + 1e-6
            assert top + tall <= world_map.HEIGHT + 1e-6


def test_the_projection_keeps_areas() -> None:
    def size(latitude: float) -> float:
        (x, y), (right, _), (_, top) = (
            world_map.point(lon, lat)
            for lon, lat in ((30, latitude), (30.01, latitude), (30, latitude + 0.01))
        )
        return (right - x) * (y - top)

    from math import cos, radians

    for latitude in (0, 25, 50, 70):
        assert size(latitude) / size(0) == pytest.approx(cos(radians(latitude)), rel=0.002)


def test_the_outline_has_the_countries_and_lies_within_the_map() -> None:
    rows = {row["country"] for row in table("world/outline.tsv")}
    lacking = set(countries()) - rows
    assert lacking <= {"TUV"}
    for row in table("world/outline.tsv"):
        for ring in row["rings"].split("|"):
            steps = list(map(int, ring.split()))
            assert len(steps) >= 6
            x = y = 0
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + dx, y + dy
                assert -18000 <= x <= 18000
                assert -9000 <= y <= 9000
            assert max(map(abs, steps[2::2])) < 9000, "a side that crosses the whole map"


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [("IDN", 113.9, -0.8), ("PRK", 126.5, 40.3), ("USA", -100, 40), ("RUS", -172, 66.5)],
)
def test_a_country_lies_where_it_is(code: str, longitude: float, latitude: float) -> None:
    row = next(row for row in table("world/outline.tsv") if row["country"] == code)
    assert any(_holds(ring, 100 * longitude, 100 * latitude) for ring in row["rings"].split("|"))


def _holds(ring: str, x: float, y: float) -> bool:
    """Whether a point lies in a ring (the rule of even and odd)."""
    steps = list(map(int, ring.split()))
    points, at = [], (0, 0)
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        at = at[0] + dx, at[1] + dy
        points.append(at)
    inside = False
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def test_the_drawing_of_the_land_is_small_and_harmless() -> None:
    drawing = world_map.outline_drawing()
    assert len(drawing) < 200_000
    harmless(drawing)
    root = ElementTree.fromstring(drawing)
    assert {"land", "IDN", "USA", "XKX"} <= {e.get("id") for e in root.iter()}


# --- the words of SVG ------------------------------------------------------------------------


def test_attributes_and_texts_are_escaped() -> None:
    made = svg.tag("a", svg.safe("<b>&"), data_x='"><script>', class_="k", gone=None, r=1.50)
    assert made == '<a data-x="&quot;&gt;&lt;script&gt;" class="k" r="1.5">&lt;b&gt;&amp;</a>'


@pytest.mark.parametrize(
    ("given", "words"), [(1.0, "1"), (1.25, "1.25"), (0.1 + 0.2, "0.3"), (-0.5, "-0.5"), (7, "7")]
)
def test_numbers_are_short(given: float, words: str) -> None:
    assert svg.number(given) == words


def test_each_standing_has_a_shape_of_its_own() -> None:
    shapes = {
        status: svg.glyph(status, 8, 8, 6).replace(status, "")
        for status in ("contested", "acknowledged", "corroborated", "planned", "single-source")
    }
    assert len(set(shapes.values())) == len(shapes)
