"""What a page weighs, by the browser's own account: bytes, requests, elements, paints, shifts.

``-s`` prints the table that ``docs/desk.md`` speaks of.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tools.browser import PHONE, Watch, fresh
from tools.tour import tour
from tools.weight import HEADING, Weight, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BYTES, REQUESTS, ELEMENTS = 400_000, 10, 1_500
SHIFT = 0.1
"""What Lighthouse calls good."""
PAINT = 2_500.0
"""Milliseconds to the largest paint: what Lighthouse calls good, though machines are busy."""


def test_every_page_is_light(browser: Browser, desk: str, watch: Watch) -> None:
    page = fresh(browser, desk, watch, viewport=PHONE)
    weights: dict[str, Weight] = {a: weigh(page, a) for a in tour(page).values()}
    page.context.close()
    print("\n" + HEADING + "\n" + "\n".join(w.row(address) for address, w in weights.items()))
    heavy = {
        address: weight
        for address, weight in weights.items()
        if weight.bytes > BYTES
        or weight.requests > REQUESTS
        or weight.elements > ELEMENTS
        or weight.shift > SHIFT
        or weight.paint > PAINT
    }
    assert not heavy, json.dumps({a: w._asdict() for a, w in heavy.items()}, indent=1)


def test_what_is_fetched_once_is_kept(browser: Browser, desk: str, watch: Watch) -> None:
    page = fresh(browser, desk, watch)
    first = weigh(page, "/incidents", anew=False)
    again = weigh(page, "/reports", anew=False)
    assert again.bytes < first.bytes
    page.context.close()
