"""Debian's Chromium, driven by Playwright, with an eye on all that a page should not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}
PATIENCE = 60_000
"""Milliseconds that a state of a page is waited for: a busy machine is ten times slower."""
_STARTING = 3 * PATIENCE
_AT_REST = """async () => {
  await document.fonts.ready;
  await Promise.allSettled(document.getAnimations().map(moving => moving.finished));
  for (let frames = 2; frames; frames -= 1) await new Promise(requestAnimationFrame);
}"""


def missing() -> str | None:
    """Why no browser can be driven here; None where one can."""
    if find_spec("playwright") is None:
        return "playwright is not installed"
    return None if _path() else "chromium is not installed (apt-get install chromium)"


def _path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window, and without a sandbox: it is shown only our own pages."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=_path(), args=["--no-sandbox"], timeout=_STARTING
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What pages did that they should not: each with the address of the page.

    ``excused``: words of a message that a test expects, as of an answer that refuses.
    """

    home: str
    seen: list[str] = field(default_factory=list)
    excused: tuple[str, ...] = ()

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of a context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self._saw(f"error: {error.error}"))
        context.on("dialog", self._dialog)
        context.on("request", self._request)

    def _saw(self, what: str) -> None:
        if not any(words in what for words in self.excused):
            self.seen.append(what)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self._saw(f"{message.type} on {message.location.get('url')}: {message.text}")

    def _dialog(self, dialog: Any) -> None:
        self._saw(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self._saw(f"asks elsewhere: {request.url}")


def fresh(browser: Browser, desk: str, watch: Watch | None = None, **options: Any) -> Page:
    """A page in a context of its own, in English at a desk's width unless told otherwise."""
    usual = {"locale": "en-GB", "viewport": DESKTOP, "base_url": desk}
    context = browser.new_context(**(usual | options))
    context.set_default_timeout(PATIENCE)
    if watch is not None:
        watch.over(context)
    return _slowed(context.new_page())


def _slowed(page: Page) -> Page:
    """The page as a slow machine shows it, where ``MENURUT_SLOW`` is set: each document trickles in
    at so many kilobytes a second, and its scripts run a quarter as fast."""
    if rate := os.environ.get("MENURUT_SLOW"):
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        session.send("Network.enable")
        speed = {name: float(rate) * 1000 for name in ("downloadThroughput", "uploadThroughput")}
        session.send("Network.emulateNetworkConditions", {"offline": False, "latency": 20, **speed})
    return page


def shown(seen: Locator) -> None:
    """Until what a coming page shows is seen, and all of that page is there."""
    seen.wait_for()
    seen.page.wait_for_load_state()


def at_rest(page: Page) -> None:
    """Until nothing moves: the drawing that was asked for is there, with its fonts, and painted."""
    page.wait_for_load_state()
    page.locator("#chart:is(.waiting, .unseen)").wait_for(state="detached")
    page.evaluate(_AT_REST)
