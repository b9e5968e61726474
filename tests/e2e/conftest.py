"""A real browser at a real desk. Skipped where there is no Chromium; see ``MENURUT_CHROMIUM``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tools.browser import Watch, chromium, fresh, missing
from tools.desks import opened
from tools.tour import tour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of a module; ``MENURUT_CHROMIUM=required`` makes its want a failure."""
    why = missing()
    if why and os.environ.get("MENURUT_CHROMIUM") == "required":
        pytest.fail(f"no browser, which is required here: {why}")
    if why:
        pytest.skip(why)
    with chromium() as opened_browser:
        yield opened_browser


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """The desk over the sample dossier; its address, without the last slash."""
    with opened(tmp_path_factory.mktemp("desk")) as url:
        yield url.rstrip("/")


@pytest.fixture
def watch(desk: str) -> Iterator[Watch]:
    """Nothing may be seen when a test ends: no error, dialog, or request to elsewhere."""
    watching = Watch(desk)
    yield watching
    assert watching.seen == []


@pytest.fixture
def page(browser: Browser, desk: str, watch: Watch) -> Iterator[Page]:
    opened_page = fresh(browser, desk, watch)
    yield opened_page
    opened_page.context.close()


@pytest.fixture(scope="module")
def addresses(browser: Browser, desk: str) -> dict[str, str]:
    """A page of the desk for each route that shows one."""
    with fresh(browser, desk).context as context:
        return tour(context.pages[0])
