"""Makes the pictures of the desk that the documentation shows, from the sample dossier.

python -m tools.screenshots [--only NAME ...]

Every page of the desk is taken once; some in the dark, on a telephone, or in Indonesian. The
pictures are WebP files in ``docs/desk``. Needs Chromium and ``playwright``.
"""

from __future__ import annotations

import argparse
import base64
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.browser import DESKTOP, PHONE, at_rest, chromium, fresh
from tools.desks import opened
from tools.tour import tour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parent.parent / "docs" / "desk"
_TALLEST = 1400
_QUALITY = 80


@dataclass(frozen=True)
class Shot:
    """A picture: the route that it shows, and in which dress.

    ``point``: a selector of words to hover over; ``unfolded``: of what is opened first.
    """

    route: str
    language: str = "en"
    theme: str = "light"
    phone: bool = False
    point: str | None = None
    unfolded: str | None = None


SHOTS = {
    "incidents": Shot("/incidents"),
    "incidents-dark": Shot("/incidents", theme="dark"),
    "incidents-phone": Shot("/incidents", phone=True, language="id"),
    "incident": Shot("/incidents/{id}", unfolded="details.why summary"),
    "incident-id": Shot("/incidents/{id}", language="id", theme="dark"),
    "incident-phone": Shot("/incidents/{id}", phone=True),
    "reading-room": Shot("/reports"),
    "report": Shot("/reports/{name:path}", point=".event, .trigger"),
    "report-id": Shot("/reports/{name:path}", language="id", theme="dark"),
    "report-phone": Shot("/reports/{name:path}", phone=True),
    "explain": Shot("/explain/{name:path}"),
    "search": Shot("/search"),
    "timeline": Shot("/timeline"),
    "timeline-dark": Shot("/timeline", theme="dark"),
    "timeline-phone": Shot("/timeline", phone=True, language="id"),
    "network": Shot("/network"),
    "map": Shot("/map"),
    "map-dark": Shot("/map", theme="dark", language="id"),
    "actors": Shot("/actors"),
    "actor": Shot("/actors/{name:path}"),
    "obligations": Shot("/obligations"),
    "obligations-id": Shot("/obligations", language="id", theme="dark"),
    "review": Shot("/review"),
    "review-id": Shot("/review", language="id"),
    "read": Shot("/read"),
    "dropped": Shot("/read/{key}"),
    "draft": Shot("/read/{key}/{number:int}"),
    "draft-explained": Shot("/read/{key}/{number:int}/explain"),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=SHOTS, default=list(SHOTS))
    wanted = parser.parse_args().only
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder)) as url,
        chromium() as browser,
    ):
        desk = url.rstrip("/")
        page = fresh(browser, desk)
        addresses = tour(page)
        page.context.close()
        for name in wanted:
            shot = SHOTS[name]
            taken = take(browser, desk, addresses[shot.route], shot)
            (PICTURES / f"{name}.webp").write_bytes(taken)
            print(f"{name}.webp  {len(taken):,} bytes")


def take(browser: Browser, desk: str, address: str, shot: Shot) -> bytes:
    """The picture of a page, from its top, at most ``_TALLEST`` pixels of it.

    Raises ``RuntimeError`` where the desk answers with a fault.
    """
    size: dict[str, Any] = PHONE if shot.phone else DESKTOP
    page = fresh(
        browser,
        desk,
        viewport=size,
        locale={"en": "en-GB", "id": "id-ID"}[shot.language],
        color_scheme=shot.theme,
        device_scale_factor=2 if shot.phone else 1,
    )
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise RuntimeError(f"{address}: the desk answers {answer.status if answer else 'nothing'}")
    if shot.unfolded:
        page.locator(shot.unfolded).first.click()
    if shot.point:
        page.locator(f"[data-body] :is({shot.point})").first.hover()
        page.locator("#pop").wait_for()
    at_rest(page)
    taken = _webp(page, size, shot)
    page.context.close()
    return taken


def _webp(page: Page, size: dict[str, Any], shot: Shot) -> bytes:
    """Through the browser's own protocol, since Playwright writes no WebP."""
    tall = page.evaluate("document.documentElement.scrollHeight")
    height = min(tall, _TALLEST if not shot.phone else size["height"])
    session = page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}
    given = {"format": "webp", "quality": _QUALITY, "clip": clip, "captureBeyondViewport": True}
    return base64.b64decode(session.send("Page.captureScreenshot", given)["data"])


if __name__ == "__main__":
    main()
