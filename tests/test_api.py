"""The ledger's queries as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.analyses import Made, arms, denial, visit
from tests.api_app import api

from menurut.cli import cli
from menurut.desk.api.decoding import LONGEST
from menurut.desk.api.negotiation import chosen
from menurut.desk.api.routes import RESOURCES
from menurut.desk.web.app import make_app
from menurut.desk.web.settings import Settings
from menurut.export import FILES, FORMATS, exporter
from menurut.ledger.adding import add
from menurut.ledger.queries import (
    Filter,
    compare_reports,
    count_facets,
    find_incidents,
    search,
    show,
    stats,
    who,
)
from menurut.ledger.reports_kept import page_reports, read_report
from menurut.ledger.store import Ledger, Snapshot

BEARER = {"Authorization": "Bearer open sesame"}
WIRED = "Moscow denied on Tuesday\nthat North Korea supplied\n  missiles to Russia."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        for made in (
            arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}),
            denial("r2", "2024-06-18"),
            visit("a/b c", "2024-06-18", time="2024-06-19", status="planned"),
        ):
            add(ledger, *made.pair())
        yield ledger


@pytest.fixture
def snapshot(ledger: Ledger) -> Iterator[Snapshot]:
    with ledger.read() as snapshot:
        yield snapshot


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return TestClient(api(ledger, "open sesame"))


def data(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def test_the_answers_are_those_of_the_ledger(client: TestClient, snapshot: Snapshot) -> None:
    for path, wanted in (
        ("incidents", {"items": find_incidents(snapshot), "after": None}),
        ("timeline", {"items": find_incidents(snapshot, by_day=True), "after": None}),
        ("incidents/i1", show(snapshot, "i1")),
        ("actors/Moscow", who(snapshot, "RUS")),
        ("search?q=missile", {"items": search(snapshot, "missiles"), "after": None}),
        ("comparison?first=r1&second=r2", compare_reports(snapshot, "r1", "r2")),
        ("stats", stats(snapshot)),
        ("facets?type=AID", count_facets(snapshot, Filter(type="AID", acts=False))),
        ("reports", page_reports(snapshot)),
        ("reports/r1", read_report(snapshot, "r1")),
    ):
        answer = client.get(f"/api/{path}")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        assert {**answer.json()} == data(wanted), path


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("actor=Korea%20Utara&type=AID", {"i1"}),
        ("status=planned", {"i2"}),
        ("from=2024-06-19&to=2024-06-19", {"i2"}),
        ("to=2020-01-01", set()),
        ("publisher=Nobody", set()),
        ("limit=1", {"i2"}),
        ("as_of=2001-01-01", set()),
    ],
)
def test_incidents_are_filtered(query: str, ids: set[str], client: TestClient) -> None:
    items = client.get(f"/api/incidents?{query}").json()["items"]
    assert {item["id"] for item in items} == ids


@pytest.mark.parametrize(
    "path", ["incidents?", "timeline?acts=true&", "search?q=korea&", "reports?from=2024-01-01&"]
)
def test_pages_follow_each_other_without_gap_or_double(
    path: str, client: TestClient, ledger: Ledger
) -> None:
    for month in range(1, 13):
        day = f"2025-{month:02}-10"
        add(ledger, *visit(f"v{month}", day, time=day).pair())
    whole = client.get(f"/api/{path}limit=200").json()["items"]
    assert len(whole) > 8
    found, next_page = [], f"/api/{path}limit=4"
    while next_page:
        answer = client.get(next_page)
        page = answer.json()
        assert 0 < len(page["items"]) <= 4
        found += page["items"]
        next_page = answer.links.get("next", {}).get("url")
        assert (next_page is None) == (page["after"] is None)
    assert found == whole


def test_a_cursor_of_another_list_is_refused(client: TestClient) -> None:
    after = client.get("/api/incidents?limit=1").json()["after"]
    assert client.get(f"/api/incidents?limit=1&after={after}").status_code == 200
    answer = client.get(f"/api/timeline?limit=1&after={after}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "after"


def test_a_report_is_found_by_an_id_with_a_slash(client: TestClient) -> None:
    held = client.get("/api/reports/a%2Fb%20c").json()
    assert held["kept"]["report"] == "a/b c"
    assert held["text"].startswith("Vladimir Putin visited")


def test_an_account_has_the_reports_words_as_they_stand(ledger: Ledger) -> None:
    sides = ("North Korea",), ("Russia",)
    told = Made("wire", "2024-06-18").say(
        WIRED, "AID", "supplied", *sides, by="Moscow", kind="deny", status="denied"
    )
    add(ledger, *told.pair())
    accounts = TestClient(api(ledger)).get("/api/incidents/i1").json()["accounts"]
    [account] = [a for a in accounts if a["report"] == "wire"]
    text = TestClient(api(ledger)).get("/api/reports/wire").json()["text"]
    assert account["quotation"]["exact"] == text[slice(*account["span"])]
    assert "\n" in account["quotation"]["exact"]


def test_words_are_quoted_by_offsets_or_found(client: TestClient) -> None:
    [whole] = client.get("/api/citations?report=r2").json()["items"]
    [part] = client.get("/api/citations?report=r2&start=7&end=13").json()["items"]
    assert part["words"] == "denied" == whole["words"][7:13]
    [found] = client.get("/api/citations?report=r2&words=denied").json()["items"]
    assert found == part
    for query in ("words=Denied", "start=7&end=7", "end=9999", "words=denied&start=8"):
        assert client.get(f"/api/citations?report=r2&{query}").status_code == 404, query


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("incidents?limit=0", 400, "limit"),
        ("incidents?limit=201", 400, "limit"),
        ("incidents?limit=many", 400, "limit"),
        ("incidents?limit=1&limit=2", 400, "limit"),
        ("incidents?status=true", 400, "status"),
        ("incidents?status=null", 400, "status"),
        ("incidents?from=2024-02-30", 400, "from"),
        ("incidents?as_of=soon", 400, "as_of"),
        ("incidents?colour=red", 400, "colour"),
        ("incidents?actor=%20", 400, "actor"),
        ("incidents?place=x%0A", 400, "place"),
        ("search", 400, "q"),
        ("incidents?after=x", 400, "after"),
        ("reports?origin=r9", 404, None),
        ("exports/csv?id=i1&id=x", 400, "id"),
        ("incidents/first", 404, "id"),
        ("incidents/i99999999999999999999", 404, "id"),
        ("exports/word", 404, "format"),
        ("incidents/i99", 404, None),
        ("actors/Atlantis", 404, None),
        ("reports/r9", 404, None),
        ("comparison?first=r1&second=r9", 404, None),
        ("nothing", 404, None),
        ("incidents/i%0A1", 404, None),
    ],
)
def test_a_problem_names_the_parameter_and_the_reason(
    path: str, status: int, parameter: str | None, client: TestClient
) -> None:
    answer = client.get(f"/api/{path}")
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem.get("parameter") == parameter
    assert problem["detail"]
    assert problem["title"]


def test_methods(client: TestClient) -> None:
    whole = client.get("/api/stats")
    head = client.head("/api/stats")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers == whole.headers
    assert client.head("/api/incidents/i99").status_code == 404
    options = client.options("/api/judgements")
    assert options.status_code == 204
    assert options.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    refused = client.delete("/api/stats")
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, HEAD, OPTIONS"
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_tag_holds_until_the_ledger_changes(client: TestClient, ledger: Ledger) -> None:
    first = client.get("/api/incidents")
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        same = client.get("/api/incidents", headers={"If-None-Match": known})
        assert same.status_code == 304
        assert same.content == b""
        assert same.headers["etag"] == tag
    others = ("/api/incidents?limit=1", "/api/timeline", "/api/incidents?as_of=2030-01-01")
    assert tag not in {client.get(path).headers["etag"] for path in others}
    lines = client.get("/api/incidents", headers={"Accept": "application/jsonl"})
    assert lines.headers["etag"] != tag
    add(ledger, *denial("r5", "2024-06-20").pair())
    changed = client.get("/api/incidents", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


@pytest.mark.parametrize("media", ["application/jsonl", "application/x-ndjson"])
def test_lines_have_the_items_of_the_page(media: str, client: TestClient) -> None:
    lines = client.get("/api/incidents", headers={"Accept": media})
    assert lines.headers["content-type"] == media
    items = [msgspec.json.decode(line) for line in lines.content.splitlines()]
    assert items == client.get("/api/incidents").json()["items"]
    [one] = client.get("/api/incidents/i1", headers={"Accept": media}).content.splitlines()
    assert msgspec.json.decode(one) == client.get("/api/incidents/i1").json()


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "a/b"),
        ("", "a/b"),
        ("*/*", "a/b"),
        ("a/c", "a/c"),
        ("a/b;q=0.1, a/c;q=0.2", "a/c"),
        ("A/C ; Q=1", "a/c"),
        ("a/*", "a/b"),
        ("a/b;q=0, a/*", "a/c"),
        ("text/html, */*;q=0.1", "a/b"),
        ("text/html", None),
        ("a/b;q=none", None),
    ],
)
def test_what_the_client_likes_best_is_chosen(accept: str | None, media: str | None) -> None:
    assert chosen(accept, ("a/b", "a/c")) == media


def test_another_format_is_not_acceptable(client: TestClient) -> None:
    answer = client.get("/api/stats", headers={"Accept": "text/html"})
    assert answer.status_code == 406
    assert "application/jsonl" in answer.json()["detail"]
    assert client.get("/api/exports/csv", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("format", FORMATS)
def test_exports(format: str, client: TestClient, snapshot: Snapshot) -> None:
    answer = client.get(f"/api/exports/{format}?id=i1")
    assert answer.content == exporter(format)([show(snapshot, "i1")])
    assert answer.headers["content-type"].partition(";")[0] == FILES[format].media
    assert b"i2" in client.get("/api/exports/csv?id=i1&id=i2").content
    assert b"i1," not in client.get("/api/exports/csv?status=planned").content


def test_a_judgement_is_taken_from_whoever_has_the_token(client: TestClient) -> None:
    accounts = client.get("/api/incidents/i1").json()["accounts"]
    denied = next(a["id"] for a in accounts if a["stance"] == "denies")
    given = {"account": denied, "verdict": "not-event", "author": "ana", "reason": "a slip"}
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "open sesame"}):
        refused = client.post("/api/judgements", json=given, headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
    kept = client.post("/api/judgements", json=given, headers=BEARER)
    assert kept.status_code == 201
    assert kept.json()["of"]["report"] == "r2"
    assert client.get("/api/judgements").json() == {"items": [kept.json()], "after": None}
    assert client.get("/api/incidents/i1").json()["incident"]["status"] == "single-source"


def test_a_server_without_a_token_takes_no_judgement(ledger: Ledger) -> None:
    answer = TestClient(api(ledger)).post("/api/judgements", json={}, headers=BEARER)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "parameter"),
    [
        (b"{", 400, None),
        (b"\xff", 400, None),
        (b"{}", 422, "account"),
        (b'{"account": 1, "verdict": "nice", "author": "ana"}', 422, "verdict"),
        (b'{"account": 1, "verdict": "same", "author": "ana"}', 422, None),
        (b'{"account": 999, "verdict": "not-event", "author": "ana"}', 422, None),
        (b'{"account": 1, "verdict": "not-event", "author": "ana", "x": 1}', 422, "x"),
        (b"x" * (LONGEST + 1), 413, None),
    ],
)
def test_a_judgement_that_makes_no_sense(
    body: bytes, status: int, parameter: str | None, client: TestClient
) -> None:
    headers = {**BEARER, "Content-Type": "application/json; charset=utf-8"}
    answer = client.post("/api/judgements", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json().get("parameter") == parameter


def test_a_judgement_must_be_json_by_its_type(client: TestClient) -> None:
    form = client.post("/api/judgements", data={"account": "1"}, headers=BEARER)
    assert form.status_code == 415


def test_the_desk_serves_it_behind_its_guard(ledger: Ledger) -> None:
    here = "http://127.0.0.1:8642"
    desk = TestClient(make_app(ledger.where, Settings(token="open sesame")), base_url=here)
    assert desk.get("/api/stats").status_code == 401
    assert desk.get("/api/stats", headers=BEARER).json()["reports"] == 3
    lost = desk.get("/api/incidents/i%0A1", headers=BEARER)
    assert lost.status_code == 404
    assert lost.headers["content-type"] == "application/problem+json"
    given = {"account": 1, "verdict": "not-event", "author": "ana"}
    strange = {**BEARER, "Origin": "https://elsewhere.example"}
    assert desk.post("/api/judgements", json=given, headers=strange).status_code == 403
    assert desk.post("/api/judgements", json=given, headers=BEARER).status_code == 201
    open_to_all = TestClient(make_app(ledger.where), base_url=here)
    assert open_to_all.post("/api/judgements", json=given).status_code == 403


def test_the_index_leads_everywhere(client: TestClient) -> None:
    index = client.get("/api/").json()
    assert client.get(index["schema"]).json()["$defs"]["Analysis"]
    described = client.get(index["description"]).json()
    assert described["servers"] == [{"url": "/api"}]
    assert set(described["paths"]) == {resource.path for resource in RESOURCES}
    assert set(index["resources"]) == {resource.name for resource in RESOURCES}


def test_the_command_prints_the_description(client: TestClient) -> None:
    result = CliRunner().invoke(cli, ["openapi"])
    assert result.exit_code == 0
    assert msgspec.json.decode(result.output) == client.get("/api/openapi.json").json()
