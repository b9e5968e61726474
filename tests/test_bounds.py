"""Answers that do not grow with the ledger: accounts by pages, exports with a bound, the board."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.analyses import Made, arms, denial

from menurut.desk.api import obligations as api
from menurut.desk.api.incidents import INCIDENT
from menurut.desk.assistant.tools import call
from menurut.desk.web.app import make_app
from menurut.desk.web.pages import obligations
from menurut.export import size
from menurut.ledger import bearings
from menurut.ledger.adding import add
from menurut.ledger.errors import TooFarBackError
from menurut.ledger.queries import closeups, show
from menurut.ledger.queries.closeups import some_accounts
from menurut.ledger.store import Ledger
from menurut.obligations import board, page
from menurut.obligations.evidence import cases

HERE = "http://127.0.0.1:8642"
BY = ("Washington", "Kyiv", "Moscow")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")


@pytest.fixture
def where(tmp_path: Path) -> str:
    """A ledger in which one incident has many accounts."""
    path = str(tmp_path / "ledger.db")
    with Ledger(path) as ledger:
        for number in range(12):
            add(ledger, *arms(f"r{number}", "2024-06-17", BY[number % 3]).pair())
        for number in range(12, 17):
            told = Made(f"r{number}", "2024-06-17", publisher=f"Outlet {number}")
            told.say(
                "North Korea supplied missiles to Russia.",
                "AID",
                "supplied",
                ("North Korea",),
                ("Russia",),
            )
            add(ledger, *told.pair())
    return path


@pytest.fixture
def client(where: str) -> TestClient:
    return TestClient(make_app(where), base_url=HERE, follow_redirects=False)


def test_accounts_come_by_pages_each_once(where: str, client: TestClient) -> None:
    with Ledger(where) as ledger, ledger.read() as snapshot:
        whole = show(snapshot, "i1")
    address, met = "/api/incidents/i1?limit=5", list[int]()
    while True:
        answer = client.get(address)
        found = answer.json()
        assert found["counts"] == {"accounts": len(whole.accounts), "parts": 0, "versions": 17}
        assert len(found["accounts"]) <= 5
        assert len(found["versions"]) == (0 if met else 5)
        met += [account["id"] for account in found["accounts"]]
        assert ("link" in answer.headers) is (found["after"] is not None)
        if found["after"] is None:
            break
        address = answer.headers["link"].partition(">")[0].removeprefix("<")
    assert met == [account.id for account in whole.accounts]
    assert client.get("/api/incidents/i1?after=bm8").status_code == 400
    assert client.get("/api/incidents/i1?limit=201").status_code == 400


def test_an_assistant_is_told_that_there_is_more(where: str) -> None:
    with Ledger(where) as ledger:
        found, lines = call(ledger, INCIDENT.name, {"id": "i1", "limit": 4})
        assert "4 of its 17 accounts are given here" in lines
        assert f'ask the same again with after="{found["after"]}"' in lines
        _found, last = call(ledger, INCIDENT.name, {"id": "i1", "limit": 200})
        assert "There is more" not in last
        found, lines = call(ledger, "obligations", {"limit": 1})
        assert "more accounts of it" not in lines


def test_an_export_that_would_be_too_large_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/api/exports/csv?id=i1").status_code == 200
    monkeypatch.setattr(size, "MOST", 16)
    refused = client.get("/api/exports/csv")
    assert refused.status_code == 400
    assert "17 accounts" in refused.json()["detail"]
    assert refused.json()["parameter"] == "limit"
    page = client.get("/incidents/i1/export/csv")
    assert page.status_code == 400
    assert "17 accounts, and an export holds 16" in page.text


def test_evidence_has_the_first_of_every_named_source(where: str) -> None:
    with Ledger(where) as ledger, ledger.read() as snapshot:
        some = some_accounts(snapshot, [1], 5)
        assert {a.source for a in some} >= {"USA", "UKR", "RUS"}
        assert len(some) == 5
        assert [a.id for a in some] == sorted(a.id for a in some)
        [case] = cases(snapshot, board(snapshot), 5)
        assert (len(case.pieces), case.left_out) == (5, 12)
        [whole] = cases(snapshot, board(snapshot))
        assert (len(whole.pieces), whole.left_out) == (17, 0)
        heard = {reply.party: bool(reply.heard) for reply in case.replies}
        assert heard == {reply.party: bool(reply.heard) for reply in whole.replies}


def test_a_page_counts_the_sources_that_it_leaves_out(
    where: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closeups, "_SOURCES", 1)
    with Ledger(where) as ledger:
        add(ledger, *denial("last", "2024-06-18").pair())
    with Ledger(where) as ledger, ledger.read() as snapshot:
        told = show(snapshot, "i1").accounts
        shown = closeups.close_up(snapshot, "i1")
    by = {stance: {a.source for a in told if a.stance == stance} for stance in shown.sources}
    assert shown.sources == {stance: len(sources) for stance, sources in by.items()}
    assert len(shown.sources) > 1
    assert {voice.stance for voice in shown.voices} == set(by)
    assert len(shown.voices) == len(by)
    page = html.fromstring(client.get("/incidents/i1").text)
    for stance, sources in by.items():
        [column] = page.xpath(f"//section[@class='column {stance}']")
        assert column.xpath("string(h3/span)") == str(len(sources))
        left_out = len(sources) - 1
        assert (f"{left_out} more source" in column.text_content()) is bool(left_out)


def test_the_board_shows_some_and_leads_to_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "many.db")
    with Ledger(path) as ledger:
        for number in range(9):
            day = f"2024-0{number + 1}-10"
            told = Made(f"r{number}", day).say(
                f"Washington said North Korea supplied missiles to Russia, {number}.",
                "AID",
                "supplied",
                ("North Korea",),
                ("Russia",),
                by="Washington",
                time=day,
            )
            add(ledger, *told.pair())
        with ledger.read() as snapshot:
            ids = list(page(snapshot, "dprk", "1874.9").incidents)
    assert len(ids) > 3
    monkeypatch.setattr(obligations, "_EACH", 2)
    monkeypatch.setattr(obligations, "_CASES", 2)
    client = TestClient(make_app(path), base_url=HERE, follow_redirects=False)
    tree = html.fromstring(client.get("/obligations?regime=dprk").text)
    [article] = tree.xpath("//article[@aria-labelledby='1874.9']")
    assert len(article.xpath(".//li[@class='bearing']")) == 2
    [more] = article.xpath(".//a[contains(., 'more incident')]/@href")
    met, address = list[str](), str(more)
    while True:
        tree = html.fromstring(client.get(address).text)
        met += map(str, tree.xpath("//li[@class='bearing']//a[@class='id']/text()"))
        further = tree.xpath("//a[@rel='next']/@href")
        if not further:
            break
        address = str(further[0])
    assert sorted(met, key=lambda id: int(id[1:])) == sorted(ids, key=lambda id: int(id[1:]))
    assert client.get("/obligations?measure=1874.9&after=bm8").status_code == 400
    assert client.get("/obligations?measure=9.9").status_code == 404


def test_the_api_pages_the_board(client: TestClient) -> None:
    found = client.get("/api/obligations?regime=dprk&limit=1").json()
    assert found["after"] is None
    assert {one["count"] for one in found["measures"]} == {1}
    assert len(found["cases"]) == 1


def test_a_past_that_is_not_kept_is_refused_where_it_would_take_long(
    where: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = "2099-01-01"
    assert client.get("/obligations").status_code == 200
    for module in (obligations, api):
        monkeypatch.setattr(module, "LOOKED_AT", 0)
    assert client.get(f"/obligations?as_of={now}").status_code == 200
    with Ledger(where) as ledger, ledger.write("forget") as draft:
        bearings.keep(draft.connection, 0, None, ())
    monkeypatch.setattr(obligations, "bring_up_to_date", lambda _ledger: None)
    page = client.get("/obligations")
    assert page.status_code == 400
    assert "1 incidents would have to be looked at" in page.text
    with Ledger(where) as ledger, ledger.read() as snapshot:
        asked = msgspec.convert({}, api.OBLIGATIONS.asked)
        with pytest.raises(TooFarBackError):
            api.OBLIGATIONS.ask(snapshot, asked)
