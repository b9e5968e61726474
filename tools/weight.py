"""Weighs a page in the browser, in Lighthouse's terms, by the Performance API."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tools.browser import at_rest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_WATCH = """(() => {
  if (window.weighed) return;
  const weighed = window.weighed = {paint: 0, shift: 0, blocked: 0};
  const see = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take))
    .observe({type, buffered: true});
  see('largest-contentful-paint', entry => { weighed.paint = entry.startTime; });
  see('layout-shift', entry => { if (!entry.hadRecentInput) weighed.shift += entry.value; });
  see('longtask', entry => { weighed.blocked += entry.duration - 50; });
})()"""
_READ = """() => {
  const all = [...performance.getEntriesByType('resource'),
    ...performance.getEntriesByType('navigation')];
  return {bytes: all.reduce((sum, entry) => sum + entry.transferSize, 0), requests: all.length,
    elements: document.querySelectorAll('*').length, ...window.weighed};
}"""
_COLUMNS = (
    f"{'kB':>6}{'requests':>10}{'elements':>10}{'paint ms':>10}{'shift':>8}{'blocked ms':>12}"
)
HEADING = f"{'page':<34}{_COLUMNS}"


class Weight(NamedTuple):
    """``bytes``: transferred; ``paint``: milliseconds to the largest; ``shift``: the layout's, as a
    score; ``blocked``: milliseconds of long tasks beyond 50 each."""

    bytes: int
    requests: int
    elements: int
    paint: float
    shift: float
    blocked: float

    def row(self, address: str) -> str:
        return (
            f"{address[:33]:<34}{self.bytes / 1000:>6.0f}{self.requests:>10}{self.elements:>10}"
            f"{self.paint:>10.0f}{self.shift:>8.3f}{self.blocked:>12.0f}"
        )


def weigh(page: Page, address: str, anew: bool = True) -> Weight:
    """Load a page, with nothing kept from others unless told, and weigh it once it is quiet."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    if anew:
        session.send("Network.clearBrowserCache")
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="networkidle")
    at_rest(page)
    found = page.evaluate(_READ)
    session.detach()
    return Weight(**found)
