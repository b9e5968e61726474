"""Hostile words in reports, names, addresses and uploads: in a real browser nothing runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from playwright.sync_api import Browser, Error, Page, expect
from tests.analyses import CODES, Made
from tools.browser import Watch, fresh, missing
from tools.desks import opened
from tools.tour import drop

from menurut.contract import Analysis, Block, Report
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger

CANARY = "top.canary=1"
CORPUS = tuple(
    line.replace("CANARY", CANARY)
    for line in Path(__file__).with_name("hostile.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
PAGES = (
    "/incidents",
    "/incidents?acts=yes&order=day",
    "/reports",
    "/review",
    "/search?q=supplied",
    "/timeline",
    "/network",
    "/map",
    "/actors",
    "/actors/PRK",
)
FOLLOWED = ("/incidents/", "/reports/", "/explain/", "/actors/", "/network?")
MOST = 60
"""Pages that a walk opens at most."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk over a ledger in which each report says one hostile thing in every field."""
    if why := missing():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("hostile")
    with Ledger(str(folder / "ledger.db")) as ledger:
        for number, bad in enumerate(CORPUS):
            add(ledger, *hostile(number, bad))
    with opened(folder, "--ledger", "ledger.db") as url:
        yield url.rstrip("/")


def hostile(number: int, bad: str) -> tuple[Report, Analysis]:
    """A report that says one thing in its text, title, byline, publisher, id, names and notes."""
    name = f"Envoy {bad}"
    CODES[name] = ("RUS GOV", "UKR GOV", "CHN GOV")[number % 3]
    try:
        made = Made(f"r{number} {bad}", f"2024-06-{1 + number % 25:02}", publisher=bad, byline=bad)
        made.say(
            f"{name} said North Korea supplied {number + 2} {bad} missiles to Russia.",
            "AID",
            "supplied",
            ("North Korea",),
            ("Russia",),
            by=name,
            figures={f"{number + 2} {bad} missiles": (number + 2, f"{bad} missiles")},
        )
        report, analysis = made.pair()
    finally:
        del CODES[name]
    whole = Block("body", (0, len(report.text.rstrip())))
    return (
        msgspec.structs.replace(report, title=bad, url=bad),
        msgspec.structs.replace(analysis, title=bad, blocks=(whole,), notes=(bad,)),
    )


def check(page: Page, address: str) -> None:
    """Open a page, move over it, and see that nothing ran."""
    answer = page.goto(address)
    assert answer is None or answer.status < 500, address
    unharmed(page, address)


def unharmed(page: Page, address: str) -> None:
    """See that nothing ran on a page, and that it is whole."""
    page.wait_for_load_state()
    expect(page.locator("#main"), f"{address} is spoilt").to_be_visible()
    expect(page.locator("body > footer"), f"{address} is spoilt").to_be_attached()
    assert page.evaluate("window.canary") is None, f"something ran on {address}"
    foreign = page.locator(
        "main script, main style, main iframe, main object, main img, main base, main meta,"
        " main [autofocus], main [onload], main [onerror], main [onfocus], main [onmouseover]"
    )
    assert foreign.count() == 0, f"{address} has {foreign.first.evaluate('it => it.outerHTML')}"


def test_no_page_obeys_what_reports_say(page: Page) -> None:
    ahead, seen = list(PAGES), set(PAGES)
    for _ in range(MOST):
        if not ahead:
            break
        address = ahead.pop(0)
        check(page, address)
        for link in page.locator("main a").evaluate_all(
            "all => all.map(a => a.getAttribute('href'))"
        ):
            if link and link.startswith(FOLLOWED) and link not in seen:
                seen.add(link)
                ahead.append(link)
    assert len(seen) >= MOST


def test_every_hostile_report_is_shown_and_harmless(page: Page) -> None:
    for number, bad in enumerate(CORPUS):
        check(page, f"/reports/{quote(f'r{number} {bad}', safe='')}")
        expect(page.locator("[data-body]")).to_contain_text("missiles")
        pieces = page.locator("[data-body] a[data-of]")
        pieces.last.hover()
        unharmed(page, page.url)


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=",
        "/actors?q=",
        "/actors/",
        "/reports/",
        "/incidents/",
        "/incidents?after=",
        "/incidents?actor=",
        "/incidents?publisher=",
        "/incidents?place=",
        "/timeline?actor=",
        "/network?source=USA&about=",
        "/map?place=",
        "/review?done=x&what=",
        "/reports?publisher=",
    ],
)
def test_nothing_in_an_address_runs(page: Page, watch: Watch, address: str) -> None:
    watch.excused = ("status of 400", "status of 404")
    for bad in CORPUS:
        check(page, address + quote(bad, safe=""))


def test_nothing_that_is_written_into_the_search_runs(page: Page) -> None:
    page.goto("/incidents")
    for bad in CORPUS[::6]:
        page.locator("#find").fill(bad)
        with page.expect_navigation(url=re.compile("/search")):
            page.keyboard.press("Enter")
        unharmed(page, bad)
        assert page.locator("#find").input_value().strip() == bad.strip()


@pytest.mark.parametrize("bad", CORPUS[::9])
def test_nothing_in_an_upload_or_its_name_runs(page: Page, bad: str) -> None:
    drop(page, f"{bad}.txt", f"{bad}\n\nRussia attacked Ukraine on Thursday.".encode())
    unharmed(page, bad)


def test_nothing_in_html_that_is_dropped_in_runs(page: Page) -> None:
    body = "".join(f"<p>Russia attacked Ukraine. {bad}</p>" for bad in CORPUS)
    drop(page, "news.html", f"<html><body><article>{body}</article></body></html>".encode())
    unharmed(page, "what was dropped in")


def test_a_page_that_obeys_is_found_out(browser: Browser, desk: str) -> None:
    """The check itself: without escaping, and without the policy, the corpus does run."""
    page = fresh(browser, desk)
    shown = ""
    page.route("**/naive", lambda route: route.fulfill(body=shown, content_type="text/html"))
    page.route("**/attacker.example/**", lambda route: route.abort())
    ran = 0
    for bad in CORPUS:
        shown = f"<!doctype html><body><main id=main><p>{bad}</p></main>"
        with suppress(Error):  # some lead away
            page.goto("/naive")
            ran += page.url.endswith("/naive") and page.evaluate("window.canary") == 1
    page.context.close()
    assert ran >= 15
