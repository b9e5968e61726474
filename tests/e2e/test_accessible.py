"""Every page, as axe sees it: no serious and no critical fault, in any dress of the desk."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from tools.browser import DESKTOP, PHONE, Watch, at_rest, fresh

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GRAVE = ("serious", "critical")


def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[dict[str, Any]]:
    """The grave faults of the page that is open.

    The policy of the pages is off here: axe would not be let in.
    """
    page.evaluate(axe())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [fault for fault in found["violations"] if fault["impact"] in GRAVE]


def told(address: str, fault: dict[str, Any]) -> str:
    places = "\n    ".join(node["html"][:200] for node in fault["nodes"][:4])
    return f"{address}: {fault['id']} ({fault['help']})\n    {places}"


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_no_page_has_a_grave_fault(
    browser: Browser,
    desk: str,
    watch: Watch,
    addresses: dict[str, str],
    language: str,
    theme: str,
    size: str,
) -> None:
    page = fresh(
        browser,
        desk,
        watch,
        locale={"en": "en-GB", "id": "id-ID"}[language],
        color_scheme=theme,
        viewport=PHONE if size == "phone" else DESKTOP,
        bypass_csp=True,
    )
    grave = []
    for address in addresses.values():
        page.goto(address)
        at_rest(page)
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")
        grave += [told(address, fault) for fault in faults(page)]
    page.context.close()
    assert not grave, "\n".join(grave)


def test_a_grave_fault_would_be_found(page: Page) -> None:
    page.goto("about:blank")
    page.set_content("<html><body><img src='data:,'><button></button></body></html>")
    assert {"image-alt", "button-name"} <= {fault["id"] for fault in faults(page)}
