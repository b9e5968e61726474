"""Why a vote is what it is, and how sure the reader model is of what it found."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import menurut
from menurut.cli import cli
from menurut.contract import Analysis, Explained, Ground, Report
from menurut.desk.view import View
from menurut.desk.web.app import make_app
from menurut.desk.web.cards import Deck
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger
from menurut.pipeline import explain
from menurut.reports import samples

HERE = "http://127.0.0.1:8642"
VETO = (
    "Russia on Thursday vetoed a Security Council resolution that would have renewed the panel of "
    "experts on North Korea. China abstained and the other 13 members voted in favour.\n"
)
VETO_ID = (
    "Rusia pada Kamis memveto rancangan resolusi Dewan Keamanan PBB yang akan memperpanjang panel "
    "ahli tentang Korea Utara. Tiongkok abstain dan 13 anggota lain mendukung.\n"
)
TALLY = "The General Assembly adopted the resolution by a vote of 143 to 5, with 35 abstentions.\n"


def votes(text: str, language: str = "en") -> list[dict[str, list[Ground]]]:
    """The grounds of each vote, by field."""
    report = Report(id="r", text=text, language=language, published_at="2024-03-29")
    _analysis, explanation = explain(report)
    return [_by_field(one) for one in explanation.explained if one.sort == "vote"]


def _by_field(value: Explained) -> dict[str, list[Ground]]:
    fields: dict[str, list[Ground]] = {}
    for ground in value.grounds:
        fields.setdefault(ground.field, []).append(ground)
    return fields


def words(ground: Ground, text: str) -> list[str]:
    return [text[start:end] for start, end in ground.words]


def rows(ground: Ground) -> list[tuple[str | None, dict[str, str]]]:
    return [(rule.file, dict(rule.cells)) for rule in ground.rules]


def test_each_part_of_a_vote_has_its_words_and_its_row() -> None:
    [vote] = votes(VETO)
    held = {field: words(grounds[0], VETO) for field, grounds in vote.items()}
    assert held["body"] == ["Security Council"]
    assert held["renews"] == ["panel of experts on North Korea"]
    assert held["ayes"] == ["13 members voted in favour"]
    assert held["abstentions"] == ["China", "abstained"]
    assert held["vetoed_by"] == held["noes"] == ["Russia", "vetoed"]
    assert held["told_as"] == ["vetoed"]
    assert "resolution" in held["draft"][0]
    file = "languages/en/votes.toml"
    assert rows(vote["ayes"][0]) == [(file, {"ayes": "in favour"})]
    assert rows(vote["vetoed_by"][0]) == [(file, {"veto": "vetoed"})]
    assert rows(vote["renews"][0])[0] == (file, {"renewal": "renewed"})
    lines = Path(menurut.__file__).parent.joinpath("data", file).read_text("utf-8").splitlines()
    for field, key in (("ayes", "ayes"), ("vetoed_by", "veto"), ("draft", "draft")):
        line = vote[field][0].rules[0].line
        assert line is not None
        assert lines[line - 1].startswith(f"{key} = ")


def test_a_vote_in_indonesian_has_grounds_as_well() -> None:
    [vote] = votes(VETO_ID, "id")
    assert {"vetoed_by", "abstentions", "ayes", "outcome"} <= vote.keys()
    assert words(vote["vetoed_by"][0], VETO_ID) == ["Rusia", "memveto"]


def test_a_tally_names_its_form_and_the_words_of_its_outcome() -> None:
    [vote] = votes(TALLY)
    assert words(vote["ayes"][0], TALLY)[0].endswith("143 to 5")
    assert vote["ayes"][0].rules[0].name.endswith(": tally")
    assert words(vote["outcome"][0], TALLY) == ["adopted"]
    assert rows(vote["outcome"][0]) == [("languages/en/votes.toml", {"adopted": "adopted"})]


def test_the_command_and_the_page_show_votes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")
    path = tmp_path / "veto.txt"
    path.write_text(VETO)
    options = ["explain", str(path), "--only", "votes", "--width", "100"]
    result = CliRunner().invoke(cli, [*options, "--published", "2024-03-29"])
    assert result.exit_code == 0, result.output
    shown = " ".join(result.output.split())
    for told in ("Security Council · vetoed", "veto by Russia", "for 13", "lapses if it falls"):
        assert told in shown
    report = Report(id="veto", text=VETO, language="en", published_at="2024-03-29")
    where = str(tmp_path / "ledger.db")
    analysis = menurut.read(VETO, id="veto", language="en", published_at="2024-03-29")
    with Ledger(where) as ledger:
        add(ledger, report, analysis)
    client = TestClient(make_app(where), base_url=HERE, follow_redirects=False)
    page = client.get("/explain/veto").text
    for told in ("veto by", "abstaining", "panel of experts on North Korea", "% sure"):
        assert told in page
    read = client.get("/reports/veto").text
    assert "reader model" in read
    assert "% sure" in read
    kept = client.get("/api/reports/veto").json()["analysis"]
    assert all(0 < name["score"] <= 1 for name in kept["names"])


def test_the_model_says_how_sure_it_is() -> None:
    for report in samples():
        [analysis] = menurut.read_reports([report])
        assert isinstance(analysis, Analysis)
        assert all(n.score is not None and 0 < n.score <= 1 for n in analysis.names)
        said = [s for s in analysis.statements if s.score is not None]
        assert said
        assert all(s.score >= 0.4 and s.content_score is not None for s in said if s.score)
        assert any(event.score is not None for event in analysis.events)
        encoded = json.loads(msgspec.json.encode(analysis))
        assert all(len(str(name["score"])) <= 4 for name in encoded["names"])


def test_a_score_is_shown_on_its_card_and_none_where_there_is_none() -> None:
    report = samples()[0]
    [analysis] = menurut.read_reports([report])
    assert isinstance(analysis, Analysis)
    bare = msgspec.structs.replace(
        analysis,
        names=tuple(msgspec.structs.replace(n, score=None) for n in analysis.names),
        events=tuple(msgspec.structs.replace(e, score=None) for e in analysis.events),
    )
    for held, told in ((analysis, True), (bare, False)):
        cards = Deck(View(report, held)).all()
        assert any(card.scores for card in cards["actor"]) is told
        assert any(card.scores for card in cards["event"]) is told
