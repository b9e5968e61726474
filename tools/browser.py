"""Debian's Chromium, driven by Playwright, with an eye on all that a page should not do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}


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
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_path(), args=["--no-sandbox"])
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
    if watch is not None:
        watch.over(context)
    return context.new_page()
