"""The web desk: what stands before its pages, and the pages themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.analyses import arms, denial, visit

from menurut.desk.web.app import make_app
from menurut.desk.web.settings import Settings
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger

HERE = "http://127.0.0.1:8642"


@pytest.fixture
def where(tmp_path: Path) -> str:
    """A ledger of three reports."""
    path = str(tmp_path / "ledger.db")
    with Ledger(path) as ledger:
        for made in (
            arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}),
            denial("r2", "2024-06-18"),
            visit("r3", "2024-06-18", time="2024-06-19", status="planned"),
        ):
            add(ledger, *made.pair())
    return path


def client(where: str, base: str = HERE, **settings: object) -> TestClient:
    app = make_app(where, Settings(**settings))  # type: ignore[arg-type]
    return TestClient(app, base_url=base, follow_redirects=False)


def test_every_answer_has_the_policy(where: str) -> None:
    desk = client(where)
    for path in ("/incidents", "/static/desk.css", "/nowhere", "/api/nowhere"):
        headers = desk.get(path).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""])
def test_a_foreign_name_is_not_answered(where: str, name: str) -> None:
    assert client(where).get("/incidents", headers={"host": name}).status_code == 421


def test_a_token_is_asked_for_and_kept_in_a_cookie(where: str) -> None:
    desk = client(where, token="secret")
    assert desk.get("/incidents").status_code == 401
    assert desk.get("/static/desk.css").status_code == 401
    assert desk.get("/incidents?token=wrong").status_code == 401
    bearer = {"authorization": "Bearer secret"}
    assert desk.get("/incidents", headers=bearer).status_code == 200
    entered = desk.get("/incidents?status=planned&token=secret")
    assert entered.headers["location"] == "/incidents?status=planned"
    assert "secret" not in entered.headers["set-cookie"]
    assert desk.get("/incidents").status_code == 200


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
    where: str,
    asked: str,
    headers: dict[str, str],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")
    answer = client(where).get(f"/incidents{asked}", headers=headers)
    assert f'<html lang="{language}"' in answer.text
    assert ("Peristiwa" if language == "id" else "Incidents") in answer.text
