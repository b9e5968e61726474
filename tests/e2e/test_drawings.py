"""Timeline, network and map under wheel, buttons, keys and pointer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tools.browser import PATIENCE, PHONE, Watch, at_rest, fresh


def asked(page: Page) -> dict[str, str]:
    return {name: held[-1] for name, held in parse_qs(urlsplit(page.url).query).items()}


def days(page: Page) -> tuple[int, int]:
    """The window that the timeline shows."""
    drawing = page.locator(".zoomed svg").first
    first, last = (drawing.get_attribute(f"data-{name}") for name in ("first", "last"))
    assert first
    assert last
    return int(first), int(last)


def box(page: Page) -> list[float]:
    """The part of a drawing that is seen: left, top, width, height."""
    held = page.locator(".zoomed svg").first.get_attribute("viewBox")
    assert held
    return [float(number) for number in held.split()]


def until(page: Page, true: Callable[[], object]) -> None:
    """Until something is so. The pages' policy forbids the driver's own way of waiting."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        if page.locator("#chart.waiting").count() == 0 and true():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it never came about at {page.url}")


def left(page: Page, begun: str) -> None:
    """Until the address has changed from what it held."""
    until(page, lambda: begun not in page.url)


def centre(frame: Locator) -> tuple[float, float]:
    frame.scroll_into_view_if_needed()
    at = frame.bounding_box()
    assert at
    return at["x"] + at["width"] / 2, at["y"] + at["height"] / 2


def length(window: tuple[int, int]) -> int:
    return window[1] - window[0]


@pytest.mark.parametrize(("name", "closer"), [("Closer", True), ("Farther", False)])
def test_buttons_stretch_the_time(page: Page, name: str, closer: bool) -> None:
    page.goto("/timeline")
    before = days(page)
    page.get_by_role("link", name=name, exact=True).click()
    until(page, lambda: "from=" in page.url)
    assert (length(days(page)) < length(before)) == closer
    page.go_back()
    until(page, lambda: days(page) == before)


@pytest.mark.parametrize(("key", "sign"), [("ArrowLeft", -1), ("ArrowRight", 1)])
def test_arrows_go_through_the_time(page: Page, key: str, sign: int) -> None:
    page.goto("/timeline?from=2024-05-01&to=2024-07-01")
    before = days(page)
    page.locator(".zoomed").focus()
    page.keyboard.press(key)
    until(page, lambda: days(page) != before)
    after = days(page)
    assert (after[0] - before[0]) * sign > 0
    assert abs(length(after) - length(before)) <= 1
    expect(page.locator(".zoomed")).to_be_focused()


def test_plus_and_minus_zoom(page: Page) -> None:
    page.goto("/timeline?from=2024-05-01&to=2024-07-01")
    before = length(days(page))
    page.locator(".zoomed").focus()
    page.keyboard.press("+")
    left(page, "2024-05-01")
    assert length(days(page)) < before


def test_the_wheel_zooms_about_the_pointer_once_the_drawing_has_the_focus(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto("/timeline?from=2024-05-01&to=2024-07-01")
    frame = page.locator(".zoomed")
    x, y = centre(frame)
    page.mouse.move(x, y)
    scrolled = "scrollY"
    page.mouse.wheel(0, 40)
    until(page, lambda: page.evaluate(scrolled) == 40)
    at_rest(page)
    assert asked(page)["from"] == "2024-05-01"
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    frame.focus()
    x, y = centre(frame)
    page.mouse.move(x, y)
    at, before = page.evaluate(scrolled), days(page)
    page.mouse.wheel(0, -300)
    left(page, "2024-05-01")
    after = days(page)
    assert length(after) < length(before)
    assert abs(sum(after) - sum(before)) / 2 <= length(before) * 0.1
    assert page.evaluate(scrolled) == at


def test_the_time_is_dragged(page: Page) -> None:
    page.goto("/timeline?from=2024-05-01&to=2024-07-01")
    before = days(page)
    x, y = centre(page.locator(".zoomed"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y, steps=5)
    page.mouse.up()
    left(page, "2024-05-01")
    assert days(page)[0] < before[0]
    assert "/timeline" in page.url


def test_a_window_is_drawn_on_the_overview(page: Page) -> None:
    page.goto("/timeline")
    before = days(page)
    at = page.locator("svg.overview").bounding_box()
    assert at
    page.mouse.move(at["x"] + at["width"] * 0.6, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(at["x"] + at["width"] * 0.9, at["y"] + at["height"] / 2, steps=5)
    page.mouse.up()
    until(page, lambda: "from=" in page.url)
    assert length(days(page)) < length(before)
    narrowed = days(page)
    at = page.locator("svg.overview").bounding_box()
    assert at
    page.mouse.click(at["x"] + at["width"] * 0.3, at["y"] + at["height"] / 2)
    until(page, lambda: days(page) != narrowed)
    assert abs(length(days(page)) - length(narrowed)) <= 1


def test_a_mark_tells_what_it_is_and_leads_there(page: Page) -> None:
    page.goto("/timeline")
    mark = page.locator(".zoomed svg .marks a[href^='/incidents/i']").first
    mark.hover(force=True)
    told = page.locator(".told-of")
    expect(told.locator("p").nth(1)).to_be_visible()
    href = mark.get_attribute("href")
    assert href
    mark.click(force=True)
    page.wait_for_url(re.compile(re.escape(href)))


def test_one_stop_of_the_keyboard_for_all_marks(page: Page) -> None:
    page.goto("/timeline")
    links = page.locator(".zoomed svg a")
    stops = links.evaluate_all("all => all.map(a => a.getAttribute('tabindex'))")
    assert stops[0] == "0"
    assert set(stops[1:]) == {"-1"}
    named = links.evaluate_all("all => all.every(a => a.getAttribute('aria-label'))")
    assert named


@pytest.mark.parametrize("name", ["Closer", "Farther", "To the east", "To the north"])
def test_buttons_move_the_map(page: Page, name: str) -> None:
    page.goto("/map?x=790&y=230&zoom=4")
    before = box(page)
    page.get_by_role("link", name=name, exact=True).click()
    left(page, "x=790&y=230&zoom=4")
    after = box(page)
    grows = {"Closer": after[2] < before[2], "Farther": after[2] > before[2]}
    moves = {"To the east": after[0] > before[0], "To the north": after[1] < before[1]}
    assert (grows | moves)[name]


@pytest.mark.parametrize(
    ("key", "index", "sign"),
    [("ArrowLeft", 0, -1), ("ArrowRight", 0, 1), ("ArrowUp", 1, -1), ("ArrowDown", 1, 1)],
)
def test_arrows_move_the_map(page: Page, key: str, index: int, sign: int) -> None:
    page.goto("/map?x=600&y=230&zoom=5")
    before = box(page)
    page.locator(".zoomed").focus()
    page.keyboard.press(key)
    left(page, "x=600&y=230")
    assert (box(page)[index] - before[index]) * sign > 0


def test_the_map_is_dragged_and_wheeled_and_its_address_follows(page: Page) -> None:
    page.goto("/map?x=600&y=230&zoom=5")
    frame = page.locator(".zoomed")
    before = box(page)
    x, y = centre(frame)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y, steps=5)
    page.mouse.up()
    left(page, "x=600&")
    assert box(page)[0] > before[0]
    frame.focus()
    x, y = centre(frame)
    page.mouse.move(x, y)
    dragged, zoom = box(page), asked(page)["zoom"]
    page.mouse.wheel(0, -200)
    left(page, f"zoom={zoom}")
    assert box(page)[2] < dragged[2]
    assert float(asked(page)["zoom"]) > 5


def test_a_move_is_not_undone_by_a_drawing_that_was_on_its_way(page: Page) -> None:
    page.goto("/map?x=600&y=230&zoom=5")
    page.clock.install()
    page.clock.pause_at(time.time() + 3600)
    before = box(page)
    frame = page.locator(".zoomed")
    page.mouse.move(*centre(frame))
    frame.focus()
    page.route("**/map?*", lambda _route: None)
    with page.expect_request("**/map?*"):
        page.keyboard.press("ArrowRight")
    with page.expect_event("requestfailed"):
        page.mouse.wheel(0, -200)
    page.unroute("**/map?*")
    page.clock.run_for(1000)
    left(page, "zoom=5")
    assert box(page)[2] < before[2]


def test_the_network_is_zoomed_by_buttons_and_wheel_where_it_stands(page: Page) -> None:
    page.goto("/network")
    whole = box(page)
    page.get_by_role("button", name="Closer", exact=True).click()
    until(page, lambda: box(page)[2] < whole[2])
    closer = box(page)
    frame = page.locator(".zoomed")
    frame.focus()
    x, y = centre(frame)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -200)
    until(page, lambda: box(page)[2] < closer[2])
    page.get_by_role("button", name="Whole", exact=True).click()
    until(page, lambda: box(page) == pytest.approx(whole))
    page.get_by_role("button", name="Farther", exact=True).click()
    at_rest(page)
    assert box(page) == pytest.approx(whole)


def test_a_tie_of_the_network_shows_its_words(page: Page) -> None:
    page.goto("/network")
    page.locator(".as-table summary").click()
    page.get_by_role("link", name="the words").first.click()
    page.locator("#said q").first.wait_for()


def test_a_telephone_gets_a_drawing_of_its_breadth(
    browser: Browser, desk: str, watch: Watch
) -> None:
    page = fresh(browser, desk, watch, viewport=PHONE, has_touch=True)
    for address in ("/timeline", "/network", "/map"):
        page.goto(address)
        at_rest(page)
        page.locator(".zoomed.narrow svg").first.wait_for()
        assert box(page)[2] < 640
        assert "w=" not in page.url
    page.context.close()


def test_filters_of_a_drawing_are_kept_in_its_address(page: Page) -> None:
    page.goto("/timeline")
    page.get_by_label("Actor").fill("Russia")
    page.locator("select[name=type]").select_option("CONSULT")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile("type=CONSULT"))
    assert asked(page) | {"actor": "Russia", "type": "CONSULT"} == asked(page)
    page.get_by_role("link", name="Closer", exact=True).click()
    until(page, lambda: "from=" in page.url)
    assert asked(page)["actor"] == "Russia"
