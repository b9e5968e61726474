"""The board of measures on the web desk, its report, and the same over the API and by MCP."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.analyses import arms, denial, visit
from tests.test_desk_hostile import PAYLOADS, hostile
from tests.test_evidence import withdrawn
from tests.test_findings import back

from menurut.desk.assistant.bearing import obligations
from menurut.desk.web.app import make_app
from menurut.export.findings import FORMATS
from menurut.ledger.adding import add
from menurut.ledger.grades import grade
from menurut.ledger.store import Ledger
from menurut.obligations.regimes import regimes

HERE = "http://127.0.0.1:8642"
WEAPONS = {"50 weapons": (50.0, "weapons")}
TEXTS = {text.url for regime in regimes() for text in (*regime.instruments, *regime.sources)}


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")


@pytest.fixture
def where(tmp_path: Path) -> str:
    path = str(tmp_path / "ledger.db")
    with Ledger(path) as ledger:
        add(ledger, *arms("r1", "2024-06-17", "Washington", WEAPONS).pair())
        add(ledger, *denial("r2", "2024-06-18").pair())
        add(ledger, *visit("r3", "2024-06-18").pair())
    return path


def desk(where: str) -> TestClient:
    return TestClient(make_app(where), base_url=HERE, follow_redirects=False)


def shown(client: TestClient, address: str) -> html.HtmlElement:
    answered = client.get(address)
    assert answered.status_code == 200, answered.text
    return html.fromstring(answered.text)


def ids(tree: html.HtmlElement) -> list[str]:
    return [str(id) for id in tree.xpath("//article[@class='measure']//h3/@id")]


def test_the_board_has_measures_incidents_and_gaps(where: str) -> None:
    tree = shown(desk(where), "/obligations")
    assert {"1874.9", "1718.8b", "charter.25"} <= set(ids(tree))
    assert "1718.8d" not in ids(tree)
    measure = tree.xpath("//article[@aria-labelledby='1874.9']")[0].text_content()
    assert "North Korea → Russia" in " ".join(measure.split())
    [case] = tree.xpath("//article[@id='case-i1']")
    text = " ".join(case.text_content().split())
    assert "North Korea not heard named since 17 June 2024" in text
    assert "Russia heard named since 17 June 2024" in text
    assert "It rests on one source: United States." in text
    assert {str(h) for h in tree.xpath("//a/@href") if str(h).startswith("#case")} == {"#case-i1"}
    assert "Obligations" in tree.xpath("//nav[@class='pages']//a[@aria-current]")[0].text


def test_a_regime_and_silent_measures_are_chosen_by_address(where: str) -> None:
    client = desk(where)
    assert all(id.startswith("charter") for id in ids(shown(client, "/obligations?regime=charter")))
    whole = ids(shown(client, "/obligations?regime=dprk&all=yes"))
    assert len(whole) == len(next(r for r in regimes() if r.id == "dprk").measures)
    assert not ids(shown(client, "/obligations?regime=iran"))
    assert client.get("/obligations?regime=mars").status_code == 404


def test_a_change_of_the_ledger_is_seen(where: str) -> None:
    client = desk(where)
    assert "has judged how reliable" in client.get("/obligations").text
    with Ledger(where) as ledger, ledger.write("grade") as draft:
        for subject in ("USA", "RUS"):
            grade(draft, subject, "B2")
    assert "has judged how reliable" not in client.get("/obligations").text
    with Ledger(where) as ledger:
        add(ledger, *withdrawn(arms("r1", "2024-06-17", "Washington", WEAPONS)))
    assert "It rests on one source: United States." not in client.get("/obligations").text


def test_the_board_speaks_indonesian_and_of_the_past(where: str) -> None:
    client = desk(where)
    assert "Kekurangan bukti" in client.get("/obligations?lang=id").text
    assert not ids(shown(client, "/obligations?lang=en&as_of=2001-01-01"))


@pytest.mark.parametrize("format", FORMATS)
def test_the_report_is_downloaded_in_each_format(format: str, where: str) -> None:
    client = desk(where)
    links = shown(client, "/obligations?regime=dprk").xpath("//a[@download]/@href")
    [link] = [str(link) for link in links if f"/report/{format}" in link]
    answered = client.get(link)
    assert answered.status_code == 200
    assert "attachment" in answered.headers["content-disposition"]
    assert back(format, answered.content).sentences
    assert client.get("/obligations/report/exe").status_code == 404
    assert client.get(f"/obligations/report/{format}?measure=1.1").status_code == 404


@pytest.mark.parametrize("bad", PAYLOADS)
def test_hostile_words_are_shown_and_not_obeyed(bad: str, tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.db")
    with Ledger(path) as ledger:
        add(ledger, *hostile(f"r1 {bad}".replace("%", ""), "2024-06-17", bad))
    client = desk(path)
    tree = shown(client, "/obligations")
    assert ids(tree)
    assert not tree.xpath("//iframe|//math|//base|//style|//object|//embed|//b|//img")
    assert not [n for e in tree.iter() for n in e.attrib if n.startswith("on")]
    for href in tree.xpath("//main//@href"):
        assert href in TEXTS or (href.startswith(("/", "#")) and not href.startswith("//")), href
    assert not {"\u202e", "\u2066"} & set(client.get("/obligations").text)


def test_the_api_gives_measures_and_cases(where: str) -> None:
    client = desk(where)
    found = client.get("/api/obligations?regime=dprk").json()
    held = {one["id"]: one["incidents"] for one in found["measures"]}
    assert held["1874.9"] == ["i1"]
    [one] = found["cases"]
    assert "single-source" in {gap["kind"] for gap in one["gaps"]}
    exact = {p["account"]["quotation"]["exact"] for p in one["case"]["pieces"]}
    assert "Moscow denied that North Korea supplied missiles to Russia." in exact
    assert len(client.get("/api/obligations?measure=1718.8d").json()["measures"]) == 1
    assert client.get("/api/obligations?regime=mars").status_code == 404


def test_an_assistant_is_told_who_was_not_heard_and_what_is_lacking(where: str) -> None:
    from menurut.desk.api.obligations import OBLIGATIONS

    with Ledger(where) as ledger, ledger.read() as snapshot:
        asked = msgspec.convert({"regime": "dprk"}, OBLIGATIONS.asked)
        lines = list(obligations(OBLIGATIONS.ask(snapshot, asked)))
    text = "\n".join(lines)
    assert "Would bear on it: i1" in text
    assert '"PRK", named since 2024-06-17, has not been heard' in text
    assert "gap single-source" in text
    assert "> Moscow denied that North Korea supplied missiles to Russia." in lines
