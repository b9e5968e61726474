"""The review queue without a mouse; every chief page without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tools.browser import Watch, fresh, shown


def queue_of(page: Page) -> list[str]:
    """The words of the accounts in question, in their order."""
    return page.locator("[data-doubt] .side:first-child blockquote").all_inner_texts()


def focused(page: Page, words: str) -> None:
    """Until the account with some words has the focus."""
    quoted = page.locator("[data-doubt]:focus blockquote").first
    expect(quoted).to_have_text(words, use_inner_text=True)


@pytest.mark.parametrize(("key", "told"), [("y", "it belongs there"), ("n", "does not belong")])
def test_the_queue_is_worked_by_keys_alone(page: Page, key: str, told: str) -> None:
    page.goto("/review")
    queue = queue_of(page)
    assert len(set(queue)) >= 2
    focused(page, queue[0])
    page.keyboard.press("j")
    focused(page, queue[1])
    page.keyboard.press("k")
    focused(page, queue[0])
    page.keyboard.press("j")
    focused(page, queue[1])
    page.keyboard.press(key)
    shown(page.locator("[role=status]", has_text=told))
    assert queue[1] not in queue_of(page)
    page.keyboard.press("u")
    shown(page.locator("[role=status]", has_text="taken back"))
    assert sorted(queue_of(page)) == sorted(queue)


def test_keys_are_letters_where_one_writes(page: Page) -> None:
    page.goto("/review")
    before = page.locator("[data-doubt]").count()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("jynu")
    expect(page.locator("#find")).to_have_value("jynu")
    assert page.locator("[data-doubt]").count() == before


def test_the_content_is_one_tab_away(page: Page) -> None:
    page.goto("/incidents")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#main :focus")).to_be_attached()


def test_whatever_has_the_focus_is_seen_to_have_it(page: Page) -> None:
    page.goto("/incidents")
    for _ in range(25):
        page.keyboard.press("Tab")
        outlined = page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; })()"
        )
        assert outlined, page.evaluate("document.activeElement.outerHTML")


def test_everything_can_be_done_without_scripts(browser: Browser, desk: str, watch: Watch) -> None:
    page = fresh(browser, desk, watch, java_script_enabled=False)
    page.goto("/incidents")
    page.locator(".facets a", has_text="contested").click()
    page.wait_for_url(re.compile("status=contested"))
    page.locator(".board h2 a").first.click()
    page.wait_for_url(re.compile("/incidents/i"))
    page.locator("details.why summary").first.click()
    page.locator("details.why form button[value=right]").first.click()
    page.wait_for_url(re.compile("done="))
    page.locator("[role=status] .undo button").click()
    page.locator("[role=status]", has_text="taken back").wait_for()
    page.goto("/read")
    page.locator("textarea").fill("Russia attacked Ukraine on Thursday.")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url(re.compile("/read/.+/1$"))
    assert page.locator("[data-body] a.trigger").count() == 1
    page.context.close()


@pytest.mark.parametrize(
    ("address", "named"),
    [("/timeline", "Closer"), ("/map", "Closer"), ("/map?x=600&y=230&zoom=5", "To the east")],
)
def test_drawings_move_without_scripts(
    browser: Browser, desk: str, watch: Watch, address: str, named: str
) -> None:
    page = fresh(browser, desk, watch, java_script_enabled=False)
    page.goto(address)
    before = page.locator(".zoomed").inner_html()
    page.get_by_role("link", name=named, exact=True).click()
    page.wait_for_url(lambda url: url != f"{desk}{address}")
    assert page.locator(".zoomed").inner_html() != before
    page.context.close()
