"""The token and the forms of a session, as a browser meets them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tools.browser import Watch, fresh, shown
from tools.desks import opened


def test_the_token_opens_once_and_leaves_the_address(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("guarded")
    with opened(folder, "--token", "a long secret of ours") as url:
        home = url.partition("/?")[0]
        watch = Watch(home, excused=("401", "favicon.ico"))
        page = fresh(browser, home, watch)
        refused = page.goto("/incidents")
        assert refused
        assert refused.status == 401
        page.goto("/incidents?token=a+long+secret+of+ours&status=contested")
        expect(page).to_have_url(f"{home}/incidents?status=contested")
        page.get_by_role("link", name="Review").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Review")
        held = {cookie["name"]: cookie for cookie in page.context.cookies()}
        assert held["menurut_token"]["httpOnly"]
        assert "secret" not in held["menurut_token"]["value"]
        assert watch.seen == []
        page.context.close()


def test_a_form_of_another_session_changes_nothing(page: Page, watch: Watch) -> None:
    watch.excused = ("403",)
    page.goto("/review")
    doubtful = page.locator(".heading").inner_text()
    page.context.clear_cookies()
    page.locator("[data-doubt]").first.get_by_role("button", name="It belongs here").click()
    shown(page.get_by_text("This form is out of date"))
    page.goto("/review")
    assert page.locator(".heading").inner_text() == doubtful


def test_a_page_of_another_site_changes_nothing(page: Page, desk: str, watch: Watch) -> None:
    """A page of ``localhost`` is another site than one of ``127.0.0.1``."""
    elsewhere = desk.replace("127.0.0.1", "localhost")
    watch.excused = ("403", elsewhere, "form-action")
    page.goto("/review")
    before = page.locator(".heading").inner_text()
    page.goto(f"{elsewhere}/static/mark.svg")
    page.route("**/evil", lambda route: route.fulfill(body=_form(desk), content_type="text/html"))
    page.goto(f"{elsewhere}/evil")
    page.locator("button").click()
    page.wait_for_url(re.compile("/review/answer"))
    expect(page.locator("body")).to_contain_text("A page of another site may change nothing here.")
    page.goto(f"{desk}/review")
    assert page.locator(".heading").inner_text() == before


def _form(desk: str) -> str:
    return (
        f"<form method=post action='{desk}/review/answer'><input name=answer value=wrong>"
        "<input name=account value=29><button>Win a prize</button></form>"
    )


def test_no_page_can_be_framed(page: Page, desk: str, watch: Watch) -> None:
    watch.excused = ("frame", "ERR_BLOCKED_BY_RESPONSE", "chrome-error")
    page.route(
        "**/around",
        lambda route: route.fulfill(
            body=f"<iframe src='{desk}/review'></iframe>", content_type="text/html"
        ),
    )
    with page.expect_event("requestfailed", lambda asked: asked.url == f"{desk}/review"):
        page.goto("/around")
    page.wait_for_load_state()
    assert len(page.frames) == 2
    assert all("Review" not in frame.content() for frame in page.frames[1:])
