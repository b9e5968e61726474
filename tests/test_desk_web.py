"""The web desk: what stands before its pages, the pages, and what can be done on them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.analyses import Made, arms, denial, visit

from menurut.desk.ledger_words import party_words, place_words
from menurut.desk.web import pages
from menurut.desk.web.app import make_app
from menurut.desk.web.judging import back
from menurut.desk.web.pages.read import file_name
from menurut.desk.web.settings import Settings, is_loopback
from menurut.export import FORMATS
from menurut.interface import speaking
from menurut.ledger.adding import add
from menurut.ledger.errors import LedgerError
from menurut.ledger.store import Ledger

HERE = "http://127.0.0.1:8642"
PATIENCE = 300
"""Seconds after which a job hangs."""
PAGES = (
    "/reports",
    "/reports?publisher=Courier&language=en",
    "/reports/r1",
    "/reports/r1?at=0-20",
    "/incidents",
    "/incidents?status=contested&type=aid&actor=PRK&place=RUS&from=2024-06-01&to=2024-07-01&acts=yes",
    "/incidents?order=day",
    "/incidents/i1",
    "/incidents/i1?as_of=2100-01-01",
    "/review",
    "/read",
    "/search",
    "/search?q=missiles",
    "/nowhere",
)


def filled(path: str) -> str:
    """A ledger of four reports, one of which is doubtful."""
    finding = Made("r5", "2024-06-20", publisher="Courier").say(
        "A missile fired by Russia was made in North Korea.", by="UN monitors", kind="conclude"
    )
    with Ledger(path) as ledger:
        for made in (
            arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}),
            denial("r2", "2024-06-18"),
            visit("r3", "2024-06-18", time="2024-06-19", status="planned"),
            arms("r4", "2024-06-19", "Kyiv", {"50 missiles": (50, "missiles")}),
            finding,
        ):
            add(ledger, *made.pair())
    return path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger that the tests leave as it is."""
    return filled(str(tmp_path_factory.mktemp("desk") / "ledger.db"))


@pytest.fixture
def where(tmp_path: Path) -> str:
    """A ledger that a test may change."""
    return filled(str(tmp_path / "ledger.db"))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")


def client(where: str, base: str = HERE, **settings: object) -> TestClient:
    app = make_app(where, Settings(**settings))  # type: ignore[arg-type]
    return TestClient(app, base_url=base, follow_redirects=False)


def token_of(desk: TestClient, path: str = "/review") -> str:
    """What the forms of this session carry."""
    found = html.fromstring(desk.get(path).text).xpath("//input[@name='csrf']/@value")
    return str(found[0])


def answer(desk: TestClient, verdict: str, path: str = "/review", **more: str) -> Any:
    """Answer the first link that a page asks about."""
    tree = html.fromstring(desk.get(path).text)
    form = tree.xpath("//form[@action='/review/answer']")[0]
    fields = {i.get("name"): i.get("value") for i in form.xpath(".//input")}
    return desk.post("/review/answer", data={**fields, "answer": verdict, **more})


def test_every_answer_has_the_policy(kept: str) -> None:
    desk = client(kept)
    for path in ("/incidents", "/static/desk.css", "/nowhere", "/api/nowhere"):
        headers = desk.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "name",
    ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "localhost.evil.example:8642", ""],
)
def test_a_foreign_name_is_not_answered(kept: str, name: str) -> None:
    assert client(kept).get("/incidents", headers={"host": name}).status_code == 421


@pytest.mark.parametrize(
    ("name", "settings", "answered"),
    [
        ("localhost:8642", Settings(), True),
        ("[::1]:8642", Settings(), True),
        ("[::1]", Settings(), True),
        ("LOCALHOST", Settings(), True),
        ("192.168.1.5:8642", Settings(), False),
        ("192.168.1.5:8642", Settings(token="t"), True),
        ("desk.example:80", Settings(token="t"), False),
        ("desk.example:80", Settings(token="t", names=frozenset({"desk.example"})), True),
        ("[fe80::1]:80", Settings(token="t"), True),
    ],
)
def test_the_desk_knows_its_names(name: str, settings: Settings, answered: bool) -> None:
    assert settings.answers_to(name) is answered


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("x.y", False)],
)
def test_only_loopback_needs_no_token(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_a_token_is_asked_for_and_kept_in_a_cookie(kept: str) -> None:
    desk = client(kept, token="secret")
    assert desk.get("/incidents").status_code == 401
    assert desk.get("/static/desk.css").status_code == 401
    assert desk.get("/api/nowhere").status_code == 401
    assert desk.get("/incidents?token=wrong").status_code == 401
    assert desk.post("/review/answer?token=secret").status_code == 401
    bearer = {"authorization": "Bearer secret"}
    assert desk.get("/incidents", headers=bearer).status_code == 200
    entered = desk.get("/incidents?status=planned&token=secret")
    assert entered.headers["location"] == "/incidents?status=planned"
    assert "secret" not in entered.headers["set-cookie"]
    assert desk.get("/incidents").status_code == 200


def test_a_token_in_the_address_leads_nowhere_else(kept: str) -> None:
    entered = client(kept, token="secret").get("//evil.example/?token=secret")
    assert entered.headers.get("location", "/").startswith("/")
    assert not entered.headers.get("location", "/").startswith("//")


@pytest.mark.parametrize(
    ("asked", "headers", "language"),
    [
        ("", {}, "en"),
        ("?lang=id", {}, "id"),
        ("", {"accept-language": "fr, id-ID;q=0.8, en;q=0.5"}, "id"),
        ("", {"cookie": "lang=id", "accept-language": "en"}, "id"),
        ("?lang=tlh", {"accept-language": "??;q=x"}, "en"),
    ],
)
def test_the_reader_chooses_the_language(
    kept: str, asked: str, headers: dict[str, str], language: str
) -> None:
    shown = client(kept).get(f"/incidents{asked}", headers=headers)
    assert f'<html lang="{language}"' in shown.text
    assert ("Peristiwa" if language == "id" else "Incidents") in shown.text


def test_choices_are_remembered(kept: str) -> None:
    desk = client(kept)
    desk.get("/incidents?lang=id&theme=dark")
    shown = desk.get("/review").text
    assert '<html lang="id" data-theme="dark">' in shown
    assert "17 Juni 2024" in desk.get("/incidents/i1").text


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_in_every_language(kept: str, path: str, language: str) -> None:
    mark = "&" if "?" in path else "?"
    shown = client(kept).get(f"{path}{mark}lang={language}")
    assert shown.status_code == (404 if path == "/nowhere" else 200)
    tree = html.fromstring(shown.text)
    assert tree.get("lang") == language
    assert len(tree.xpath("//main")) == len(tree.xpath("//h1")) == 1
    assert not tree.xpath("//script[not(@src)]") + tree.xpath("//style") + tree.xpath("//@style")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in tree.xpath("//a[@href]"):
        assert link.text_content().strip() or link.get("aria-label"), html.tostring(link)
    for field in tree.xpath("//input[not(@type='hidden')]|//textarea|//select"):
        assert field.xpath("ancestor::label") or tree.xpath(f"//label[@for='{field.get('id')}']")


def test_links_within_the_desk_lead_somewhere(kept: str) -> None:
    desk = client(kept)
    own = ("/reports", "/incidents", "/review", "/read", "/search", "/static")
    seen = {"/incidents"}
    for path in PAGES[:-1]:
        seen |= {str(h) for h in html.fromstring(desk.get(path).text).xpath("//a/@href")}
    for path in sorted(p for p in seen if p.startswith(own)):
        assert desk.get(path).status_code == 200, path


def test_an_incident_shows_everyones_account(kept: str) -> None:
    tree = html.fromstring(client(kept).get("/incidents/i1").text)
    columns = {c.get("aria-labelledby"): c.text_content() for c in tree.xpath("//section[@class]")}
    assert {"Washington", "Kyiv"} <= set(re.findall(r"\w+", columns["affirms"]))
    assert "Moscow denied" in columns["denies"]
    rows = [" ".join(r.text_content().split()) for r in tree.xpath("//table//tbody/tr")]
    assert [row.split()[0] for row in rows] == ["24", "50"]
    assert tree.xpath("//table//svg/@aria-label") == ["24 missiles", "50 missiles"]


def test_a_report_shows_what_was_read_and_others_accounts(kept: str) -> None:
    tree = html.fromstring(client(kept).get("/reports/r1").text)
    text = "".join(tree.xpath("//div[@data-body]")[0].text_content().split("\n")).strip()
    assert " ".join(text.split()) == "Washington said North Korea supplied 24 missiles to Russia."
    [trigger] = tree.xpath("//a[contains(@class, 'trigger')]")
    assert (trigger.text, trigger.get("href")) == ("supplied", "/incidents/i1#accounts")
    assert set(trigger.get("data-of").split()) == {"e1", "s1"}
    card = tree.xpath("//article[@id='e1']")[0].text_content()
    assert "Moscow" in card
    assert "denies" in card


def test_words_that_an_address_points_at_are_marked(kept: str) -> None:
    tree = html.fromstring(client(kept).get("/reports/r1?at=16-27").text)
    sought = tree.xpath("//*[contains(@class, 'sought')]")
    assert "".join(piece.text_content() for piece in sought) == "North Korea"
    assert sought[0].get("id") == "at-16"


def test_search_marks_the_words(kept: str) -> None:
    tree = html.fromstring(client(kept).get("/search?q=missile").text)
    assert set(tree.xpath("//mark/text()")) == {"missiles", "missile"}
    assert "Nothing found" in client(kept).get("/search?q=zebra").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/incidents/i999", 404),
        ("/incidents/x", 404),
        ("/incidents/i99999999999999999999999", 404),
        ("/incidents/i1?as_of=yesterday", 400),
        ("/incidents?from=yesterday", 400),
        ("/incidents?after=AAA", 400),
        ("/incidents?after=%00", 400),
        ("/reports/a%00b", 400),
        ("/incidents?type=%27%3B--&actor=%25&place=_&publisher=%FF", 200),
        ("/reports?after=bad", 400),
        ("/reports/nothing", 404),
        ("/reports/../../etc/passwd", 404),
        ("/reports/r1?at=99999999999999-2", 200),
        ("/search?q=%22%20OR%20NEAR(", 200),
        ("/search?q=" + "x" * 5000, 200),
        ("/read/unknown", 404),
        ("/read/unknown/1", 404),
        ("/explain/nothing", 404),
        ("/incidents/i1/export/exe", 404),
        ("/static/../app.py", 404),
    ],
)
def test_bad_addresses_get_a_plain_answer(kept: str, path: str, status: int) -> None:
    shown = client(kept).get(path)
    assert shown.status_code == status
    assert "Traceback" not in shown.text
    plain = path.startswith("/static") or "%00" in path
    assert plain or html.fromstring(shown.text).xpath("//main//h1")


def changes() -> list[str]:
    """The address of every form of the desk."""
    routes, _entries = pages.found()
    forms = [r for r in routes if isinstance(r, Route) and "POST" in (r.methods or ())]
    return [route.path.replace("{key}", "k") for route in forms]


@pytest.mark.parametrize("path", changes())
def test_no_change_without_the_form_of_this_session(kept: str, path: str) -> None:
    desk, other = client(kept), client(kept)
    assert desk.post(path).status_code == 403
    assert desk.post(path, data={"csrf": "x" * 64}).status_code == 403
    assert desk.post(path, data={"csrf": token_of(other)}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "null"},
    ],
)
def test_no_change_from_another_site(where: str, headers: dict[str, str]) -> None:
    desk = client(where)
    good = {"csrf": token_of(desk), "answer": "right", "account": "1", "back": "/review"}
    assert desk.post("/review/answer", data=good, headers=headers).status_code == 403


def test_there_are_forms() -> None:
    assert len(changes()) >= 4


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_a_link_is_judged_and_the_judgement_undone(where: str, verdict: str) -> None:
    desk = client(where, author="editor")
    assert "1 link is doubtful" in desk.get("/review").text
    judged = answer(desk, verdict)
    assert judged.status_code == 303
    shown = desk.get(judged.headers["location"]).text
    assert "Nothing is doubtful" in shown
    assert "editor" in shown
    form = html.fromstring(shown).xpath("//*[@role='status']//form")[0]
    fields = {i.get("name"): i.get("value") for i in form.xpath(".//input")}
    undone = desk.post("/review/undo", data=fields)
    assert undone.status_code == 303
    assert "1 link is doubtful" in desk.get(undone.headers["location"]).text
    assert desk.post("/review/undo", data=fields).status_code == 404


def test_a_link_is_judged_where_it_is_shown(where: str) -> None:
    desk = client(where)
    judged = answer(desk, "wrong", "/incidents/i1?theme=dark")
    assert judged.headers["location"].startswith("/incidents/i1?theme=dark&done=")
    assert judged.headers["location"].endswith("#accounts")
    assert (
        "What people decided" in desk.get("/incidents/i1").text
        or "Undo" in desk.get("/review").text
    )


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"answer": "perhaps"}, 400),
        ({"account": "one"}, 400),
        ({"account": "9" * 40}, 400),
        ({"account": "999999"}, 404),
    ],
)
def test_a_bad_answer_changes_nothing(where: str, fields: dict[str, str], status: int) -> None:
    assert answer(client(where), "right", **fields).status_code == status


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("/incidents/i1?a=b#accounts", "/incidents/i1?a=b&done=x#accounts"),
        ("/review?done=old&what=right", "/review?done=x"),
        ("//evil.example/", "/review?done=x"),
        ("/\\evil.example/", "/review?done=x"),
        ("https://evil.example/", "/review?done=x"),
        ("javascript:alert(1)", "/review?done=x"),
        ("", "/review?done=x"),
    ],
)
def test_a_form_leads_back_to_the_desk_only(address: str, followed: str) -> None:
    answered: Response = back(address, "/review", done="x")
    assert answered.headers["location"] == followed


@pytest.mark.parametrize("format", FORMATS)
def test_the_dossier_is_a_file_in_every_format(kept: str, format: str) -> None:
    given = client(kept).get(f"/incidents/i1/export/{format}")
    assert given.status_code == 200
    assert given.headers["content-disposition"].startswith('attachment; filename="menurut-i1.')
    assert re.search(b"North Korea|PRK|prk", given.content)


def wait_for(desk: TestClient, path: str) -> None:
    """Until a job is done."""
    end = time.monotonic() + PATIENCE
    while desk.get(f"{path}/progress").json()["doing"] != "done":
        assert time.monotonic() < end, "the job is not done"
        time.sleep(0.05)


TEXT = (
    "JAKARTA - Russia attacked a grain depot in Ukraine on Tuesday.\n\n"
    "Kyiv said the attack had killed 12 people, a claim that Moscow denied."
)


def test_a_text_is_read_and_added(where: str) -> None:
    desk = client(where)
    fields = {"csrf": token_of(desk, "/read"), "text": TEXT, "title": "Depot hit"}
    begun = desk.post(
        "/read", data={**fields, "published_at": "2024-06-19", "publisher": "Courier"}
    )
    assert begun.status_code == 303
    job = begun.headers["location"]
    assert "Depot hit" in desk.get(job).text or desk.get(job).status_code == 303
    wait_for(desk, job)
    read = desk.get(job).headers["location"]
    shown = desk.get(read).text
    assert "Only read so far" in shown
    assert 'class="m trigger' in shown
    assert "languages/en/predicates.tsv" in shown
    explained = desk.get(f"{read}/explain").text
    assert "Why it says so" in explained
    assert "out otherwise" not in explained
    added = desk.post(f"{job}/add", data={"csrf": fields["csrf"], "number": "1"})
    assert added.headers["location"].startswith("/reports/pasted-")
    assert "Depot hit" in desk.get(added.headers["location"]).text
    assert "The ledger has this report" in desk.get(read).text
    assert (
        "Why it says so" in desk.get(added.headers["location"].replace("reports", "explain")).text
    )


def test_a_file_of_several_reports_is_read_and_all_are_added(where: str) -> None:
    lines = b'{"id": "n1", "text": "Russia attacked Ukraine on Tuesday."}\n{"id": 5}\n'
    lines += b'{"id": "n2", "text": "Russia accused Ukraine of lying on Tuesday."}\n'
    desk = client(where)
    token = token_of(desk, "/read")
    file = {"file": ("../../wire.jsonl", lines)}
    job = desk.post("/read", data={"csrf": token}, files=file).headers["location"]
    wait_for(desk, job)
    shown = desk.get(job).text
    assert shown.count("1 event") == 2
    assert 'class="error"' in shown
    assert "wire.jsonl" in shown
    assert desk.post(f"{job}/add", data={"csrf": token, "number": "all"}).status_code == 303
    wait_for(desk, job)
    assert desk.get(job).text.count("in the ledger") == 2
    assert desk.get("/reports/n2").status_code == 200


def test_a_report_in_other_words_corrects_only_when_told(where: str) -> None:
    desk = client(where)
    token = token_of(desk, "/read")
    file = {"file": ("r1", b"Russia attacked Ukraine on Tuesday.")}
    job = desk.post("/read", data={"csrf": token}, files=file).headers["location"]
    wait_for(desk, job)
    assert "in other words: adding this one corrects it" in desk.get(f"{job}/1").text
    assert "Washington" in desk.get("/reports/r1").text
    desk.post(f"{job}/add", data={"csrf": token, "number": "1"})
    assert "attacked" in desk.get("/reports/r1").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "paste a text, or choose a file"),
        ({"text": "  \n "}, "paste a text, or choose a file"),
        ({"text": "Good words.", "published_at": "last Tuesday"}, "last Tuesday"),
        ({"text": "Good words.", "language": "tlh"}, "the language is none"),
        ({"text": "\x00\x01\x02\x03"}, "binary"),
    ],
)
def test_what_cannot_be_read_is_told_and_kept_in_the_form(
    kept: str, fields: dict[str, str], words: str
) -> None:
    desk = client(kept)
    told = desk.post("/read", data={"csrf": token_of(desk, "/read"), **fields})
    assert told.status_code == 400
    [alert] = html.fromstring(told.text).xpath("//*[@role='alert']")
    assert words in alert.text_content()


def test_an_upload_is_bounded_however_it_is_sent(kept: str) -> None:
    desk = client(kept, largest=10_000)
    token = token_of(desk, "/read")
    large = {"file": ("large.txt", b"x" * 20_000)}
    assert desk.post("/read", data={"csrf": token}, files=large).status_code == 413

    def parts() -> Iterator[bytes]:
        yield f"csrf={token}&text=".encode()
        for _ in range(20):
            yield b"x" * 1000

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert desk.post("/read", content=parts(), headers=form).status_code == 413


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("news.txt", "news.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\news\\a.html", "a.html"),
        ("..", "report"),
        (".hidden.txt", "hidden.txt"),
        ("a\x00\nb?.txt", "a_b_.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("-rf.txt", "rf.txt"),
    ],
)
def test_a_files_name_leads_nowhere(given: str, name: str) -> None:
    assert file_name(given) == name


def test_a_ledger_that_is_not_there_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger yet"):
        make_app(str(tmp_path / "none.db"))


def test_the_sample_says_what_it_is(kept: str) -> None:
    assert "This is the sample dossier" in client(kept, sample=True).get("/incidents").text
    assert "This is the sample dossier" not in client(kept).get("/incidents").text


def test_a_program_is_refused_with_a_problem(kept: str) -> None:
    refused = client(kept, token="secret").get("/api/incidents")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.json()["status"] == 401
    page = client(kept, token="secret").get("/incidents")
    assert page.headers["content-type"].startswith("text/plain")


def test_bodies_and_places_are_called_as_the_readers_press_does() -> None:
    places = ("North Korea", "Moscow", "Second Thomas Shoal")
    with speaking("id"):
        assert party_words("IGO:UN") == "PBB"
        assert [place_words(name) for name in places] == [
            "Korea Utara",
            "Moskow",
            "Beting Second Thomas",
        ]
    with speaking("en"):
        assert party_words("IGO:UN") == "United Nations"
        assert [place_words(name) for name in places] == list(places)
