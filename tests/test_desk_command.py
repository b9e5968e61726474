"""The command that opens the desk."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from click.testing import CliRunner
from tools.desks import opened

from menurut.cli import cli

PATIENCE = 300
"""Seconds after which an answer will not come."""


def get(url: str, **headers: str) -> tuple[int, str]:
    try:
        with urlopen(Request(url, headers=headers), timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_without_a_ledger_the_sample_dossier_is_shown_and_nothing_is_left(tmp_path: Path) -> None:
    with opened(tmp_path) as url:
        status, shown = get(url + "incidents", **{"Accept-Language": "en"})
        assert status == 200
        assert "This is the sample dossier" in shown
        assert "North Korea" in shown
        status, shown = get(url + "reports/a%2Fb%20%253C", **{"Accept-Language": "en"})
        assert status == 404
    assert list(tmp_path.iterdir()) == []


def test_whoever_comes_from_elsewhere_needs_the_token(tmp_path: Path) -> None:
    with opened(tmp_path, "--host", "0.0.0.0") as url:
        address, _mark, token = url.partition("/?token=")
        assert len(token) >= 20
        here = address.replace("0.0.0.0", "127.0.0.1")
        assert get(f"{here}/incidents")[0] == 401
        assert get(f"{here}/incidents", Authorization=f"Bearer {token}")[0] == 200
        assert get(f"{here}/incidents", Host="evil.example")[0] == 421


def test_an_empty_token_lets_nobody_in(tmp_path: Path) -> None:
    with opened(tmp_path, "--host", "0.0.0.0", "--token", "") as url:
        address, _mark, token = url.partition("/?token=")
        assert len(token) >= 20
        here = address.replace("0.0.0.0", "127.0.0.1")
        assert get(f"{here}/incidents?token=")[0] == 401
        assert get(f"{here}/incidents", Authorization="Bearer ")[0] == 401


def test_the_address_has_the_whole_token(tmp_path: Path) -> None:
    with opened(tmp_path, "--token", "a&b=c#d é") as url:
        keeping = build_opener(HTTPCookieProcessor())
        with keeping.open(url, timeout=PATIENCE) as answer:
            assert answer.status == 200
            assert "token" not in answer.url


def test_a_ledger_that_is_named_must_be_there(tmp_path: Path) -> None:
    named = ["desk", "--ledger", str(tmp_path / "none.db"), "--no-open"]
    done = CliRunner().invoke(cli, named, env={"MENURUT_LANG": "en"})
    assert done.exit_code == 1
    assert "there is no ledger yet" in done.output


@pytest.mark.parametrize("host", ["203.0.113.1", "no such name"])
def test_an_address_that_cannot_be_had_is_told(tmp_path: Path, host: str) -> None:
    path = str(tmp_path / "ledger.db")
    CliRunner().invoke(cli, ["add", "--ledger", path, "-"], input="Russia attacked Ukraine.\n")
    named = ["desk", "--ledger", path, "--host", host, "--no-open"]
    done = CliRunner().invoke(cli, named, env={"MENURUT_LANG": "en"})
    assert done.exit_code == 1
    assert "cannot listen on" in done.output
