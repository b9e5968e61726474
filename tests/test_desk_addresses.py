"""Odd addresses, names and headers: the desk leads nowhere else, and says what is wrong."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import anyio
import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.analyses import visit
from tests.test_desk_web import HERE, client, filled, token_of

from menurut.desk.web.app import make_app
from menurut.desk.web.judging import back
from menurut.desk.web.pages.read import file_name
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger that the tests leave as it is, with a report of an odd name."""
    path = filled(str(tmp_path_factory.mktemp("desk") / "ledger.db"))
    with Ledger(path) as ledger:
        add(ledger, *visit("odd?#1", "2024-06-20").pair())
    return path


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")


@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example", "/%5Cevil.example"])
def test_no_link_of_a_page_leads_away(kept: str, path: str) -> None:
    shown = client(kept).get(HERE + path)
    assert shown.status_code == 404
    links = [str(link) for link in html.fromstring(shown.text).xpath("//a/@href")]
    assert any("evil.example" in link for link in links)
    assert not [link for link in links if link.startswith(("//", "/\\"))]


def test_the_choices_of_an_odd_name_lead_back_to_it(kept: str) -> None:
    desk = client(kept)
    once = quote("odd?#1")
    links = html.fromstring(desk.get(f"/reports/{quote(once)}").text).xpath("//a/@href")
    assert f"/reports/{once}?lang=id" in links


def test_the_token_leads_to_the_very_address(kept: str) -> None:
    once = quote("odd?#1")
    entered = client(kept, token="secret").get(f"/reports/{quote(once)}?token=secret")
    assert entered.headers["location"] == f"/reports/{once}"


def test_a_token_may_have_any_letters(kept: str) -> None:
    bearer = {"authorization": "Bearer rahasia-é".encode()}
    assert client(kept, token="rahasia-é").get("/incidents", headers=bearer).status_code == 200


@pytest.mark.parametrize(
    "address", ["/\n///evil.example/", "/\t//evil.example/", "/\r/evil.example"]
)
def test_a_line_end_in_an_address_leads_nowhere_else(address: str) -> None:
    assert not back(address, "/review", done="x").headers["location"].startswith("//")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/incidents/i%D9%A1", 404),
        ("/incidents/i%D9%A1/export/csv", 404),
        ("/incidents?as_of=yesterday", 400),
        ("/incidents/i1?as_of=yesterday", 400),
        ("/incidents?after=AAA", 400),
        ("/reports?after=bad", 400),
        ("/actors/", 404),
        ("/actors/%25", 404),
        ("/actors/_", 404),
        ("/actors/~", 404),
    ],
)
def test_an_odd_address_gets_the_answer_that_is_due(kept: str, path: str, status: int) -> None:
    assert client(kept).get(path).status_code == status


def test_a_bad_date_is_told_in_the_readers_language(kept: str) -> None:
    told = client(kept).get("/incidents?as_of=kemarin&lang=id").text
    assert "bukan tanggal atau waktu ISO 8601" in html.fromstring(told).text_content()


def test_what_a_page_takes_is_told(kept: str) -> None:
    refused = client(kept).put("/incidents")
    assert refused.status_code == 405
    assert set(refused.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_nobody_else_keeps_a_page(kept: str) -> None:
    for path in ("/incidents", "/nowhere", "/reports/r1"):
        assert "private" in client(kept).get(path).headers["cache-control"]
        assert client(kept, token="t").get(path).headers["cache-control"] == "no-store"


def test_a_fault_is_not_kept(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(kept)
    monkeypatch.setattr(app.state, "ledger", None)
    broken = TestClient(app, HERE, raise_server_exceptions=False).get("/incidents")
    assert broken.status_code == 500
    assert broken.headers["cache-control"] == "no-store"
    assert broken.headers["content-security-policy"].startswith("default-src 'none'")


def test_blanks_in_the_browsers_languages_do_not_count(kept: str) -> None:
    asked = {"accept-language": "en ; q=0.2 , id; q=0.9"}
    assert '<html lang="id"' in client(kept).get("/incidents", headers=asked).text


@pytest.mark.parametrize("name", ["新" * 100 + ".txt", "é" * 300, "a" * 300])
def test_a_files_name_is_short_enough_for_a_disk(kept: str, tmp_path: Path, name: str) -> None:
    (tmp_path / file_name(name)).touch()
    desk = client(kept)
    file = {"file": (name, b"Russia attacked Ukraine on Tuesday.")}
    assert desk.post("/read", data={"csrf": token_of(desk, "/read")}, files=file).status_code == 303


def test_an_actor_is_found_by_letters_not_by_patterns(kept: str) -> None:
    assert client(kept).get("/actors/Russia").status_code == 307
    assert "Nobody of that name" in client(kept).get("/actors?q=%25").text


def test_who_goes_away_amid_an_upload_leaves_no_fault(kept: str) -> None:
    sent: list[dict[str, object]] = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/read",
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1:8642"),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ],
    }
    asked = iter([{"type": "http.request", "body": b"text=", "more_body": True}])

    async def receive() -> dict[str, object]:
        return next(asked, {"type": "http.disconnect"})

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    anyio.run(make_app(kept), scope, receive, send)
    assert sent[0]["status"] == 400


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/actors/Nobody", "buku besar tidak mengenal 'Nobody'"),
        ("/incidents/x", "'x' bukan ID peristiwa"),
        ("/incidents?after=AAA", "'AAA' bukan penunjuk halaman daftar ini"),
        ("/reports/%7Bname%7D", "tidak ada berita '{name}' di buku besar"),
    ],
)
def test_what_the_ledger_lacks_is_told_in_the_readers_language(
    kept: str, path: str, words: str
) -> None:
    told = client(kept).get(
        path, params={"lang": "id", "after": "AAA"} if "?" in path else {"lang": "id"}
    )
    assert words in html.fromstring(told.text).text_content()
