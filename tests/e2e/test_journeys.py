"""What people come to the desk for, from beginning to end, in a real browser."""

from __future__ import annotations

import html
import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tools.browser import PHONE, Watch, at_rest, fresh, shown
from tools.tour import DROPPED, drop, dropped


def test_a_report_is_read_added_and_its_incident_found(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Reading room").click()
    page.wait_for_url(re.compile("/reports$"))
    page.get_by_role("link", name="Read a report").click()
    page.wait_for_url(re.compile("/read$"))
    page.get_by_label("Text of the report").fill(DROPPED[0]["text"])
    page.get_by_label("Headline").fill("Depot hit in night attack")
    page.get_by_label("Outlet").fill("Harbour Courier")
    page.get_by_label("Published").fill("2024-06-21")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url(re.compile("/read/.+/1$"))
    expect(page.locator(".keep")).to_contain_text("Only read so far")
    trigger = page.locator("[data-body] a.trigger", has_text="attacked").first
    trigger.hover()
    expect(page.locator("#pop")).to_contain_text("Ukraine")
    page.get_by_role("button", name="Add it to the ledger").click()
    page.wait_for_url(re.compile("/reports/pasted-"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Depot hit in night attack")

    page.get_by_label("Search the reports").fill("grain depot")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    hit = page.locator(".hits li", has_text="Depot hit").first
    assert hit.locator("mark").count() >= 2
    hit.locator(".tells a", has_text="Ukraine").first.click()
    page.wait_for_url(re.compile("/incidents/i"))
    expect(page.locator(".columns")).to_contain_text("Harbour Courier")
    assert page.locator(".columns blockquote").first.inner_text() in DROPPED[0]["text"]


def test_an_incident_is_found_by_its_facets(page: Page) -> None:
    page.goto("/incidents")
    before = page.locator(".board .card").count()
    page.locator(".facets a", has_text="contested").click()
    page.wait_for_url(re.compile("status=contested"))
    page.locator(".facets a", has_text="North Korea").first.click()
    page.wait_for_url(re.compile("actor="))
    cards = page.locator(".board .card")
    assert 0 < cards.count() < before
    for text in cards.all_inner_texts():
        assert "contested" in text.lower()
    cards.locator("h2 a").first.click()
    page.wait_for_url(re.compile("/incidents/i"))
    assert page.locator(".column").count() >= 2
    page.get_by_text("Why it is here").first.click()
    expect(page.locator(".reasons li").first).to_be_visible()
    page.locator(".carried a").first.click()
    page.wait_for_url(re.compile("/reports/.*at="))
    expect(page.locator(".sought").first).to_be_visible()


def test_a_link_is_judged_where_it_stands_and_the_decision_undone(page: Page) -> None:
    page.goto("/review")
    doubt = page.locator("[data-doubt]").first
    incident = doubt.locator(".side a[href^='/incidents/']").first.get_attribute("href")
    account = doubt.locator("input[name=account]").first.get_attribute("value")
    words = doubt.locator("blockquote").first.inner_text()
    assert incident
    page.goto(incident)
    told = page.locator(".account blockquote", has_text=words)
    before = told.count()
    there = page.locator(f"#account-{account}")
    if not there.is_visible():
        page.locator(f"details:has(#account-{account})").first.locator("summary").first.click()
    there.get_by_text("Why it is here").click()
    there.get_by_role("button", name="It does not").click()
    shown(page.locator("[role=status]", has_text="does not belong there"))
    assert told.count() == before - 1
    page.locator("[role=status]").get_by_role("button", name="Undo").click()
    shown(page.locator("[role=status]", has_text="taken back"))
    assert told.count() == before


def test_the_language_is_switched_and_stays(page: Page) -> None:
    page.goto("/incidents?status=contested")
    page.get_by_role("group", name="Language").get_by_role("link", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    expect(page).to_have_url(re.compile("status=contested"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Peristiwa")
    page.goto("/timeline")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("group", name="Bahasa").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")


def test_the_browsers_language_is_spoken(browser: Browser, desk: str, watch: Watch) -> None:
    page = fresh(browser, desk, watch, locale="id-ID")
    page.goto("/reports")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.context.close()


def test_light_and_dark_are_chosen_and_stay(page: Page) -> None:
    def ground(theme: str) -> str:
        page.locator(f"html[data-theme={theme}]").wait_for(state="attached")
        page.wait_for_load_state()
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.goto("/incidents")
    light = ground("auto")
    page.locator(".to-dark").click()
    dark = ground("dark")
    page.goto("/timeline")
    assert ground("dark") == dark != light
    page.locator(".to-light").click()
    assert ground("light") == light


@pytest.mark.parametrize("format", ["html", "markdown", "annotations"])
def test_the_dossier_is_exported(page: Page, format: str) -> None:
    page.goto("/incidents?status=contested")
    page.locator(".board h2 a").first.click()
    page.wait_for_url(re.compile("/incidents/i"))
    with page.expect_download() as waiting:
        if format == "html":
            page.get_by_role("link", name="Export the dossier").click()
        else:
            page.get_by_text("Other formats").click()
            page.locator(f".menu a[href*='/export/{format}']").first.click()
    name = waiting.value.suggested_filename
    assert re.fullmatch(r"menurut-i\d+\.\w+", name)
    content = html.unescape(waiting.value.path().read_text(encoding="utf-8"))
    assert page.locator(".lead .words").inner_text()[:40] in content


def test_a_file_is_read_with_its_progress_and_all_of_it_added(page: Page) -> None:
    job = drop(page, "wire.jsonl", dropped())
    assert page.locator("ol.reports > li").count() == len(DROPPED)
    page.get_by_role("button", name="Add all to the ledger").click()
    shown(page.get_by_role("link", name="in the ledger").nth(len(DROPPED) - 1))
    assert page.url.endswith(job)
    page.get_by_role("link", name="in the ledger").last.click()
    page.wait_for_url(re.compile("/reports/perundingan"))


def test_a_file_that_is_dropped_on_the_page_is_read(page: Page) -> None:
    page.goto("/read")
    carried = page.evaluate_handle(
        "text => { const data = new DataTransfer();"
        " data.items.add(new File([text], 'news.txt', {type: 'text/plain'})); return data; }",
        "Russia attacked Ukraine on Thursday.",
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": carried})
    page.wait_for_url(re.compile("/read/.+/1$"))
    expect(page.locator("[data-body]")).to_contain_text("attacked")


def test_an_incident_is_seen_as_it_was_known(page: Page) -> None:
    page.goto("/incidents?status=contested")
    page.locator(".board h2 a").first.click()
    page.wait_for_url(re.compile("/incidents/i"))
    page.locator(".history a").last.click()
    notice = page.locator(".notice", has_text="as it was known")
    shown(notice)
    seen = [link for link in page.locator("main a").all() if link.is_visible()]
    led = [link.get_attribute("href") or "" for link in seen]
    ways = [to for to in led if re.match(r"/(incidents|actors|reports)/", to)]
    assert ways
    assert all("as_of=" in to for to in ways)
    notice.get_by_role("link").click()
    expect(page).not_to_have_url(re.compile("as_of"))


def test_a_hash_leads_to_the_words_and_escape_closes(page: Page) -> None:
    page.goto("/reports")
    page.locator("ol.reports h2 a").first.click()
    page.wait_for_url(re.compile("/reports/."))
    piece = page.locator("[data-body] a[data-of]").first
    piece.focus()
    page.locator("#pop").wait_for()
    expect(piece).to_have_attribute("aria-describedby", "pop")
    page.keyboard.press("Escape")
    expect(page.locator("#pop")).to_be_hidden()


def test_a_layer_of_marks_is_put_out(page: Page) -> None:
    def painted() -> set[str]:
        return set(
            page.locator("[data-body] .m").evaluate_all(
                "all => all.map(m => getComputedStyle(m).backgroundColor"
                " + getComputedStyle(m).textDecorationLine + getComputedStyle(m).borderBottomStyle)"
            )
        )

    page.goto("/reports")
    page.locator("ol.reports h2 a").first.click()
    page.wait_for_url(re.compile("/reports/."))
    all_of_them = painted()
    for box in page.locator(".layers input").all():
        box.uncheck()
    assert painted() != all_of_them


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_no_page_is_broader_than_the_screen(
    browser: Browser, desk: str, watch: Watch, addresses: dict[str, str], size: str
) -> None:
    page = fresh(browser, desk, watch, **({"viewport": PHONE} if size == "phone" else {}))
    for address in addresses.values():
        page.goto(address)
        at_rest(page)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{address} is {over} pixels too broad"
    page.context.close()


def test_the_api_answers_the_page_that_shows_it(page: Page) -> None:
    page.goto("/incidents")
    shown = page.locator(".board .id").all_inner_texts()
    listed = page.request.get(f"/api/incidents?acts=false&limit={len(shown)}")
    assert [held["id"] for held in json.loads(listed.text())["items"]] == shown
