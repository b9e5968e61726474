"""The pages with drawings: time, network, map, actors."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient
from tests.analyses import Made, arms, denial, visit
from tests.test_ledger_charts import MANILA, officed, placed

from menurut.desk.web.app import make_app
from menurut.desk.web.settings import Settings
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger

HERE = "http://127.0.0.1:8642"
HOSTILE = '<img src=x onerror="alert(1)">'
PAGES = (
    "/timeline",
    "/timeline?actor=RUS&from=2024-06-01&to=2024-07-01&w=360",
    "/network",
    "/network?source=USA&about=PRK",
    "/network?actor=Korea+Utara&w=360",
    "/map",
    "/map?x=790&y=230&zoom=6&place=Manila",
    "/actors",
    "/actors?q=russia",
    "/actors/RUS",
    "/actors/PRK",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = str(Path(tmp_path_factory.mktemp("desk"), "ledger.db"))
    talks = ("CONSULT", "met", ("Kyiv",), ("Togo",))
    with Ledger(path) as ledger:
        for pair in (
            arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}).pair(),
            denial("r2", "2024-06-18").pair(),
            visit("r3", "2024-06-18", time="2024-06-25", status="planned").pair(),
            officed("r4", "2024-06-19", "Kyiv"),
            placed(Made("r5", "2022-01-01").say("Kyiv met Togo.", *talks), MANILA),
            placed(
                Made(HOSTILE, "2023-01-01", publisher=HOSTILE).say(
                    f"Kyiv met Togo {HOSTILE}.", *talks, by="UN monitors"
                ),
                replace(MANILA, name=HOSTILE, latitude=-40.0),
            ),
        ):
            add(ledger, *pair)
    return TestClient(make_app(path, Settings()), base_url=HERE, follow_redirects=False)


class Page(HTMLParser):
    """What a page holds: its tags with their attributes, its links, its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    @property
    def links(self) -> list[str]:
        return [a["href"] or "" for tag, a in self.tags if tag == "a" and "href" in a]

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        return [a for _tag, a in self.tags if name in (a.get("class") or "").split()]


def read(desk: TestClient, address: str) -> Page:
    desk.cookies.clear()
    answer = desk.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return Page(answer.text)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_page_keeps_the_policy_and_escapes_all(
    desk: TestClient, address: str, language: str
) -> None:
    page = read(desk, f"{address}{'&' if '?' in address else '?'}lang={language}")
    for tag, attributes in page.tags:
        assert tag not in ("style", "iframe", "object", "embed", "img")
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/")
        if tag in ("link", "use"):
            assert (attributes["href"] or "").startswith(("/static/", "/map/outline.svg"))
    assert ("html", {"lang": language, "data-theme": "auto"}) in page.tags


@pytest.mark.parametrize("address", PAGES)
def test_the_links_of_a_page_lead_somewhere(desk: TestClient, address: str) -> None:
    for link in dict.fromkeys(read(desk, address).links):
        parts = urlsplit(link)
        known = ("/timeline", "/network", "/map", "/actors")
        if parts.path.startswith(known):
            assert desk.get(link).status_code in (200, 307), link
        if not {"lang", "theme"} & parse_qs(parts.query).keys():
            assert "w" not in parse_qs(parts.query), "the breadth of a screen is nobody else's"


@pytest.mark.parametrize("address", [page for page in PAGES if not page.startswith("/actors")])
def test_a_drawing_is_named_and_has_its_table(desk: TestClient, address: str) -> None:
    page = read(desk, address)
    named = [a for tag, a in page.tags if tag == "svg" and a.get("id")]
    (drawing,) = [a for a in named if a["id"] != "overview"]
    ids = {a.get("id") for _tag, a in page.tags}
    assert {drawing["aria-labelledby"], drawing["aria-describedby"]} <= ids
    assert [a for tag, a in page.tags if tag == "caption"]
    assert len(ids - {None}) == len([a for _t, a in page.tags if a.get("id")]), "an id twice"


def test_the_window_of_the_timeline_is_in_the_address(desk: TestClient) -> None:
    all_of_it = read(desk, "/timeline")
    june = read(desk, "/timeline?from=2024-06-01&to=2024-07-10")
    assert len(june.with_class("mark")) < len(all_of_it.with_class("mark"))
    assert june.with_class("beyond")
    assert "announced" in june.words
    closer = next(a["href"] for a in june.with_class("button") if a.get("data-move") == "in")
    asked = parse_qs(urlsplit(closer or "").query)
    assert asked["from"][0] > "2024-06-01"
    assert asked["to"][0] < "2024-07-10"


def test_a_date_that_is_none_is_told(desk: TestClient) -> None:
    for address in ("/timeline?from=soon", "/network?to=x", "/map?from=2024-13-01"):
        answer = desk.get(address)
        assert answer.status_code == 400
        assert "ISO 8601" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/timeline?from=0001-01-01&to=9999-12-31",
        "/timeline?from=9999-12-31&to=0001-01-01",
        "/timeline?from=9999-12-31&to=9999-12-31",
        "/timeline?w=nan&actor=%00%27%22",
        "/map?x=nan&y=inf&zoom=-1",
        "/map?x=1e400&zoom=x&w=99999",
        "/network?source=nobody&about=nobody&w=-1",
        "/network?actor=" + "x" * 5000,
        "/actors?q=%25",
    ],
)
def test_what_makes_no_sense_does_no_harm(desk: TestClient, address: str) -> None:
    assert desk.get(address).status_code in (200, 400)


def test_a_tie_shows_its_words(desk: TestClient) -> None:
    page = read(desk, "/network?source=USA&about=PRK")
    assert "Washington said North Korea supplied many missiles" in page.words or (
        "Washington said North Korea supplied 24 missiles to Russia." in page.words
    )
    assert page.with_class("chosen")


def test_the_map_has_what_is_placed_and_says_what_is_not(desk: TestClient) -> None:
    page = read(desk, "/map?place=Manila")
    assert len(page.with_class("site")) >= 2
    assert "Kyiv met Togo." in page.words
    assert "1 names none" in page.words or "name none that is known" in page.words
    assert HOSTILE in page.words


def test_the_outline_is_kept_by_the_browser(desk: TestClient) -> None:
    answer = desk.get("/map/outline.svg?0")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "immutable" in answer.headers["cache-control"]


def test_an_actor_has_offices_accusers_and_answers(desk: TestClient) -> None:
    page = read(desk, "/actors/RUS")
    assert "Vladimir Putin" in page.words
    assert "President" in page.words
    assert "Kyiv" in page.words
    korea = read(desk, "/actors/PRK")
    assert "Washington said North Korea" in korea.words
    assert "None in the ledger." in korea.words


def test_an_actor_is_found_by_any_name(desk: TestClient) -> None:
    assert "/actors/RUS" in read(desk, "/actors?q=Putin").links
    answer = desk.get("/actors/Korea%20Utara?as_of=2999-01-01")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/actors/PRK?as_of=2999-01-01"
    assert desk.get("/actors/nobody%20at%20all").status_code == 404


def test_the_past_is_kept_from_page_to_page(desk: TestClient) -> None:
    for path in ("/timeline", "/network", "/actors"):
        links = read(desk, f"{path}?as_of=2999-01-01").links
        inner = [link for link in links if link.startswith(("/incidents/", "/actors/"))]
        assert inner
        assert all("as_of=2999-01-01" in link for link in inner)
