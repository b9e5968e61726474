"""``menurut explain``: what is asked, what is printed, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from menurut.cli import cli
from menurut.desk.explaining import SORTS, Question
from menurut.reports import ReportError

TEXT = "Kenya closed its border with Somalia on Monday. The minister opened a museum."


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "en")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "border.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments: str | Path, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, ["explain", *map(str, arguments)], input=stdin)


def test_a_page_shows_the_row_the_words_and_the_path(report: Path) -> None:
    page = run(report, "--only", "events", "--width", "200", "--published", "2024-03-05").stdout
    assert "SANCTION" in page
    assert "languages/en/predicates.tsv:" in page
    assert "closed -nsubj-> Kenya" in page
    assert "“closed” … “border”" in page
    assert "\x1b" not in page
    assert "· event ·" in page
    assert "Somalia [SOM GOV]" not in page


def test_words_that_gave_nothing_say_why(report: Path) -> None:
    page = run(report, "--find", "Opened", "--width", "200").stdout
    assert "nothing was read here" in page
    assert "a word is missing that the row asks for" in page
    only = run(report, "--find", "opened", "--only", "actors").stdout
    assert "nothing was read here" not in only


def test_json_lines_hold_an_explanation_for_each_report() -> None:
    row = json.dumps({"id": "one", "text": TEXT, "language": "en"})
    done = run("--jsonl", "--at", str(TEXT.index("closed")), stdin=f"{row}\nbroken\n")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["id"] == "one"
    assert {value["sort"] for value in first["explained"]} == {"event"}
    assert "error" in second
    assert done.exit_code == 1


def test_words_and_offsets_that_are_not_there_are_refused(report: Path) -> None:
    done = run(report, "--find", "Atlantis")
    assert (done.exit_code, "these words are not in it: Atlantis" in done.stderr) == (1, True)
    done = run(report, "--at", str(len(TEXT)))
    assert (done.exit_code, f"only {len(TEXT)} characters" in done.stderr) == (1, True)
    assert run(report, "--at", "-1").exit_code == 2


def test_a_question_finds_its_words() -> None:
    text = "The harbour,  the  Harbour and the harbours."
    assert Question(find="the harbour").spans(text) == [(0, 11), (14, 26)]
    assert Question(at=5).spans(text) == [(4, 11)]
    assert Question(at=11).spans(text) == [(11, 12)]
    assert Question().spans(text) is None
    with pytest.raises(ReportError):
        Question(find="  ").spans(text)


def test_the_help_names_every_sort_and_gives_examples() -> None:
    page = run("--help").stdout
    assert all(sort in page for sort in SORTS)
    assert "--find 'condemned the raid'" in " ".join(page.split())


def test_the_page_speaks_indonesian(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENURUT_LANG", "id")
    page = run(report, "--only", "events", "--width", "200").stdout
    assert "kejadian" in page
    assert "siapa" in page
    assert "stands as" not in page
