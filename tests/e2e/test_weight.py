"""What a page weighs, by the browser's own account: bytes, requests, elements, paints, shifts.

``-s`` prints the table that ``docs/desk.md`` speaks of.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tools.browser import PHONE, Watch, fresh
from tools.weight import HEADING, Weight, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BYTES, REQUESTS, ELEMENTS = 400_000, 10, 1_500
SHIFT = 0.1
"""What Lighthouse calls good."""
PAINT = 2_500.0
"""Milliseconds to the largest paint: what Lighthouse calls good."""
PLAIN, TIMES, TRIES = "/plain", 10, 4
"""On a busy machine a page may take ten times what a line of text takes there and then."""


def test_every_page_is_light(
    browser: Browser, desk: str, watch: Watch, addresses: dict[str, str]
) -> None:
    page = fresh(browser, desk, watch, viewport=PHONE)
    weights: dict[str, Weight] = {a: weigh(page, a) for a in addresses.values()}
    page.context.close()
    print("\n" + HEADING + "\n" + "\n".join(w.row(address) for address, w in weights.items()))
    heavy = {
        address: weight
        for address, weight in weights.items()
        if weight.bytes > BYTES
        or weight.requests > REQUESTS
        or weight.elements > ELEMENTS
        or weight.shift > SHIFT
        or not painted_soon(browser, desk, address, weight.paint)
    }
    assert not heavy, json.dumps({a: w._asdict() for a, w in heavy.items()}, indent=1)


def painted_soon(browser: Browser, desk: str, address: str, paint: float) -> bool:
    """Whether a page is, this time or in one of a few more tries."""
    if paint <= PAINT:
        return True
    page = fresh(browser, desk, viewport=PHONE)
    page.route(f"**{PLAIN}", lambda route: route.fulfill(body="<p>News", content_type="text/html"))
    tries = ((weigh(page, PLAIN).paint, weigh(page, address).paint) for _ in range(TRIES))
    soon = any(paint <= max(PAINT, TIMES * plain) for plain, paint in tries)
    page.context.close()
    return soon


def test_what_is_fetched_once_is_kept(browser: Browser, desk: str, watch: Watch) -> None:
    page = fresh(browser, desk, watch)
    first = weigh(page, "/incidents", anew=False)
    again = weigh(page, "/reports", anew=False)
    assert again.bytes < first.bytes
    page.context.close()
