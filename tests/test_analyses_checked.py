"""Analyses that were made elsewhere: what is wrong is told with file, line and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from tests.analyses import Made, arms, denial, visit

import menurut
from menurut.cli import cli
from menurut.contract import Analysis, Vote
from menurut.reports import dossier
from menurut.runs.checking import faults
from menurut.runs.rows import Row, table_of, write_table

REPORT = arms("r1", "2024-06-17", "Washington", {"50 weapons": (50.0, "weapons")})


def made() -> dict[str, Any]:
    """A sound analysis, as plain data."""
    _report, analysis = REPORT.pair()
    votes = (Vote(id="v1", span=(0, 4), body=analysis.actors[0].id),)
    found: dict[str, Any] = plain(msgspec.structs.replace(analysis, votes=votes))
    return found


def plain(analysis: Analysis) -> Any:
    return json.loads(msgspec.json.encode(analysis))


def told(analysis: dict[str, Any]) -> list[tuple[str, str]]:
    return list(faults(msgspec.convert(analysis, Analysis), REPORT.text))


def set_at(analysis: dict[str, Any], path: str, value: object) -> None:
    """Set a field by its path (``events.0.mode``)."""
    *before, last = path.split(".")
    held: Any = analysis
    for part in before:
        held = held[int(part)] if isinstance(held, list) else held[part]
    if isinstance(held, list):
        held[int(last)] = value
    else:
        held[last] = value


WRONG = (
    ("language", "the moon", "language"),
    ("published_at", "yesterday", "published_at"),
    ("published_at", " 2024-06-17", "published_at"),
    ("edition", {"modified_at": "17/06/2024"}, "edition.modified_at"),
    ("events.0.trigger.0", [40, 4000], "events[0].trigger[0]"),
    ("events.0.trigger.0", [-3, 4], "events[0].trigger[0]"),
    ("events.0.trigger.0", [9, 4], "events[0].trigger[0]"),
    ("sentences.0", [0, 4000], "sentences[0]"),
    ("statements.0.content.0", [0, 4000], "statements[0].content[0]"),
    ("quantities.0.span", [0, 4000], "quantities[0].span"),
    ("actors.0.mentions", [[0, 4000]], "actors[0].mentions[0]"),
    ("votes.0.span", [0, 4000], "votes[0].span"),
    ("events.0.mode", "lend", "events[0].mode"),
    ("events.0.mode", "visit", "events[0].mode"),
    ("events.0.contexts", ["weather"], "events[0].contexts[0]"),
    ("events.0.time", "last week", "events[0].time"),
    ("events.0.time", "2024-02-31", "events[0].time"),
    ("events.0.score", 1.5, "events[0].score"),
    ("events.0.actors", ["a99"], "events[0].actors"),
    ("events.0.according_to", ["s99"], "events[0].according_to"),
    ("events.0.place", "p1", "events[0].place"),
    ("statements.0.within", "s7", "statements[0].within"),
    ("statements.0.source.actors", ["a99"], "statements[0].source.actors"),
    ("quantities.0.low", 60.0, "quantities[0].low"),
    ("votes.0.body", "a99", "votes[0].body"),
    ("votes.0.ayes", {"count": -1, "actors": []}, "votes[0].ayes.count"),
    (
        "places",
        [{"id": "p1", "span": [0, 1], "name": "X", "country": "Russia"}],
        "places[0].country",
    ),
    ("places", [{"id": "p1", "span": [0, 1], "name": "X", "latitude": 91.0}], "places[0].latitude"),
)


def test_a_sound_analysis_has_no_fault() -> None:
    assert told(made()) == []


@pytest.mark.parametrize(("path", "value", "field"), WRONG)
def test_what_is_wrong_is_told_by_its_field(path: str, value: object, field: str) -> None:
    analysis = made()
    set_at(analysis, path, value)
    assert [name for name, _what in told(analysis)] == [field]


def test_an_id_that_is_there_twice_is_told() -> None:
    analysis = made()
    analysis["actors"].append(analysis["actors"][0])
    assert [name for name, _what in told(analysis)] == [f"actors[{len(analysis['actors']) - 1}].id"]


def test_what_menurut_makes_is_sound() -> None:
    for report, analysis in zip(dossier(), menurut.read_reports(dossier()), strict=True):
        assert isinstance(analysis, Analysis)
        assert list(faults(analysis, report.text)) == []


def run(*arguments: object, status: int) -> Result:
    result = CliRunner().invoke(cli, ["add", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result


def test_the_rest_goes_on_and_the_exit_status_says_so(tmp_path: Path) -> None:
    pairs = [
        one.pair()
        for one in (
            arms("r1", "2024-06-17", "Washington"),
            visit("r2", "2024-06-18"),
            denial("r3", "2024-06-19"),
            Made("r4", "2024-06-19").say("Nothing was said."),
        )
    ]
    bad: list[Any] = [plain(analysis) for _report, analysis in pairs]
    bad[0]["published_at"] = "never"
    bad[1]["events"][0]["type"] = "DANCE"
    given, held = tmp_path / "reports.jsonl", tmp_path / "analyses.jsonl"
    given.write_bytes(b"\n".join(msgspec.json.encode(report) for report, _analysis in pairs))
    lines = [json.dumps(one) for one in bad]
    held.write_text("\n".join([lines[0], "{broken", *lines[1:], '{"language": "en"}']))
    result = run(given, "--analyses", held, "--ledger", tmp_path / "l.db", "--jsonl", status=1)
    assert [json.loads(line)["report"] for line in result.stdout.splitlines()] == ["r3", "r4"]
    for words in (
        f"r1: {held}: line 1: published_at: 'never' is no ISO 8601 date or time",
        f"r2: {held}: line 3: events[0].type: invalid enum value 'DANCE'",
        f"{held}: line 2: no analysis",
        f"{held}: line 6: id: it names no report",
    ):
        assert words in result.stderr
    assert "Traceback" not in result.output


def test_a_row_of_parquet_is_checked_as_well(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    rows = []
    for number, one in enumerate((arms("r1", "2024-06-17", "Kyiv"), visit("r2", "2024-06-18")), 1):
        report, analysis = one.pair()
        if number == 1:
            analysis = msgspec.structs.replace(analysis, sentences=((0, 4000),))
        source = str(tmp_path / "x.txt")
        rows.append(Row(source=source, part="", number=number, report=report, result=analysis))
    path = tmp_path / "a.parquet"
    write_table(path, table_of(rows))
    result = run("--analyses", path, "--ledger", tmp_path / "l.db", "--jsonl", status=1)
    assert [json.loads(line)["report"] for line in result.stdout.splitlines()] == ["r2"]
    assert "sentences[0]: 0 to 4000 lies outside the text" in result.stderr
