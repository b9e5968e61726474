"""Hostile words in reports, names, searches and forms: the desk shows them and obeys none."""

from __future__ import annotations

from urllib.parse import quote

import msgspec
import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.analyses import CODES, Made

from menurut.contract import Block
from menurut.desk.web.app import make_app
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title><script src=//evil.example></script>",
    "</textarea></p></div><iframe srcdoc='<script>alert(1)</script>'>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% for x in y %}${7*7}<%= 7*7 %>",
    "<!--<script>--!><base href=//evil.example>",
    "&lt;script&gt;&#x3c;b&#x3e;",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "\u202etxt.exe\u2066\u200b<b>",
    "<a href='data:text/html,x' style='position:fixed'>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<link rel=stylesheet href=//evil.example><meta http-equiv=refresh content=0>",
)
ALLOWED = {"href", "action", "src"}
PATHS = (
    "/incidents",
    "/incidents?acts=yes",
    "/incidents/i1",
    "/reports",
    "/review",
    "/search?q=supplied",
)


@pytest.fixture(scope="module", params=range(len(PAYLOADS)))
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A desk over a ledger into which every field says one payload.

    A report's id has no per cent sign, since the test client decodes addresses twice.
    """
    bad = PAYLOADS[request.param]
    path = str(tmp_path_factory.mktemp("hostile") / "ledger.db")
    with Ledger(path) as ledger:
        for number, date in ((1, "2024-06-17"), (2, "2024-06-18")):
            add(ledger, *hostile(f"r{number} {bad}".replace("%", ""), date, bad))
    client = TestClient(make_app(path), base_url="http://localhost:8642")
    client.payload = bad  # type: ignore[attr-defined]
    return client


def hostile(id: str, date: str, bad: str):  # type: ignore[no-untyped-def]
    name = f"Envoy {bad}"
    CODES[name] = "RUS GOV"
    try:
        made = Made(id, date, publisher=f"Outlet {bad}", byline=bad)
        made.say(
            f"{name} said North Korea supplied 24 {bad} missiles to Russia.",
            "AID",
            "supplied",
            ("North Korea",),
            ("Russia",),
            by=name,
            figures={f"24 {bad} missiles": (24, f"{bad} missiles")},
        )
        report, analysis = made.pair()
    finally:
        del CODES[name]
    title = f"Title {bad}"
    whole = Block("body", (0, len(report.text.rstrip())))
    return (
        msgspec.structs.replace(report, title=title, url=bad),
        msgspec.structs.replace(analysis, title=title, blocks=(whole,), notes=(bad,)),
    )


def check(shown: str) -> None:
    """Nothing of a payload has become markup."""
    tree = html.fromstring(shown)
    assert not tree.xpath("//iframe|//math|//base|//style|//object|//embed|//b|//img")
    for script in tree.xpath("//script"):
        assert script.get("src", "").startswith("/static/")
        assert not (script.text or "").strip()
    for link in tree.xpath("//link"):
        assert link.get("href").startswith("/static/")
    for element in tree.iter():
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on"), (element.tag, attribute)
            assert attribute not in ("style", "srcdoc", "autofocus", "formaction")
            if attribute in ALLOWED:
                assert value.startswith(("/", "#")), (element.tag, value)
                assert not value.startswith("//"), (element.tag, value)
    for hidden in "\u202e\u2066":
        assert hidden not in shown


@pytest.mark.parametrize("path", PATHS)
def test_nothing_that_a_report_says_is_obeyed(desk: TestClient, path: str) -> None:
    answered = desk.get(path)
    assert answered.status_code == 200
    check(answered.text)
    for link in html.fromstring(answered.text).xpath("//a/@href"):
        if link.startswith("/reports/"):
            followed = desk.get(str(link))
            assert followed.status_code == 200, link
            check(followed.text)


def test_the_words_are_shown_as_they_stand(desk: TestClient) -> None:
    text = html.fromstring(desk.get("/incidents/i1").text).text_content()
    payload = desk.payload  # type: ignore[attr-defined]
    visible = " ".join(payload.replace("\u202e", "").replace("\u2066", "").split())
    assert visible in " ".join(text.split())


@pytest.mark.parametrize("name", ["q", "after", "lang", "theme", "as_of", "at", "order"])
@pytest.mark.parametrize(
    "path", ["/search", "/incidents", "/reports", "/review", "/read", "/nowhere"]
)
def test_nothing_in_an_address_is_obeyed(desk: TestClient, path: str, name: str) -> None:
    payload = desk.payload  # type: ignore[attr-defined]
    check(desk.get(f"{path}?{name}={quote(payload)}&publisher={quote(payload)}").text)


def test_nothing_in_a_path_is_obeyed(desk: TestClient) -> None:
    payload = quote(desk.payload, safe="")  # type: ignore[attr-defined]
    for path in ("/incidents/", "/reports/", "/explain/", "/read/", "/"):
        check(desk.get(f"{path}{payload}").text)


def test_nothing_in_a_form_is_obeyed(desk: TestClient) -> None:
    payload = desk.payload  # type: ignore[attr-defined]
    token = html.fromstring(desk.get("/read").text).xpath("//input[@name='csrf']/@value")[0]
    fields = dict.fromkeys(("text", "title", "publisher", "published_at", "language"), payload)
    refused = desk.post("/read", data={**fields, "csrf": token})
    assert refused.status_code == 400
    check(refused.text)


def test_the_dossier_of_hostile_words_is_harmless(desk: TestClient) -> None:
    written = html.fromstring(desk.get("/incidents/i1/export/html").text)
    assert not written.xpath("//script|//iframe|//img|//svg|//b|//@onload|//@onerror")


def test_an_unescaped_page_would_be_found() -> None:
    for payload in PAYLOADS[:3]:
        with pytest.raises(AssertionError):
            check(f"<html><body><p>{payload}</p></body></html>")
