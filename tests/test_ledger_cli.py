"""The ledger's commands and exports."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import click
import msgspec
import pytest
from click.testing import CliRunner, Result
from tests.analyses import Made, arms, denial, visit

from menurut import cli_ledger
from menurut.cli import cli
from menurut.desk.ledger_words import party_words
from menurut.export import FORMATS, exporter
from menurut.ledger.adding import add
from menurut.ledger.queries import Shown, show
from menurut.ledger.store import Ledger


@pytest.fixture(autouse=True)
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small ledger, which the commands find by themselves."""
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("MENURUT_LEDGER", str(path))
    monkeypatch.setenv("MENURUT_LANG", "en")
    with Ledger(str(path)) as ledger:
        for made in reports():
            add(ledger, *made.pair())
    return path


def reports() -> tuple[Made, ...]:
    return (
        arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}),
        denial("r2", "2024-06-18"),
        visit("r3", "2024-06-18", time="2024-06-19", status="planned"),
    )


def run(*arguments: str, status: int = 0) -> Result:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == status, result.output
    return result


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["incidents"], ["i1", "contested", "North Korea → Russia"]),
        (["incidents", "--status", "planned"], ["planned (not due yet)", "19 June 2024"]),
        (["timeline", "--actor", "Korea Utara"], ["i1", "i2"]),
        (["show", "i1"], ["AFFIRMS", "DENIES", "24 missiles", "r2", "the same actors", "HISTORY"]),
        (["who", "Moscow"], ["DENIED", "Russia"]),
        (["search", "missile"], ["r1", "r2"]),
        (["compare", "r1", "r2"], ["BOTH TELL OF", "figures", "stances"]),
        (["review"], []),
        (["stats"], ["3  reports", "contested"]),
    ],
)
def test_what_is_shown(arguments: Sequence[str], words: Sequence[str]) -> None:
    shown = run(*arguments).output
    for word in words:
        assert word in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["incidents"],
        ["timeline"],
        ["show", "i1"],
        ["who", "RUS"],
        ["search", "missile"],
        ["compare", "r1", "r2"],
        ["stats"],
        ["review"],
        ["judgements"],
    ],
)
def test_json_lines(arguments: list[str]) -> None:
    more = [] if arguments == ["judgements"] else ["--jsonl"]
    for line in run(*arguments, *more).stdout.splitlines():
        assert isinstance(json.loads(line), dict)


def test_decisions(where: Path, tmp_path: Path) -> None:
    with Ledger(str(where)) as ledger, ledger.read() as snapshot:
        denied = next(a for a in show(snapshot, "i1").accounts if a.stance == "denies")
    assert "i3" in run("split", "i1", str(denied.id), "--author", "ana").output
    assert "i1" in run("merge", "i1", "i3", "--reason", "the same after all").output
    run("grade", "Moscow", "D")
    assert "[D]" in run("show", "i1").output
    dump = tmp_path / "judgements.jsonl"
    dump.write_text(run("judgements").stdout, "utf-8")
    assert len(dump.read_text("utf-8").splitlines()) == 2
    assert "0" in run("judgements", str(dump)).output


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "i99"],
        ["show", "x"],
        ["who", "Atlantis"],
        ["compare", "r1", "r9"],
        ["merge", "i1"],
        ["split", "i1", "999"],
        ["judge", "999", "not-event"],
        ["grade", "Moscow", "Z9"],
        ["judgements", "no-such-file"],
        ["stats", "--ledger", "no-such-ledger.db"],
        ["add", "--analyses", "no-such-file", "x.txt"],
    ],
)
def test_bad_requests_are_named(arguments: list[str]) -> None:
    result = run(*arguments, status=1)
    assert result.output.startswith("Error: ")


@pytest.mark.parametrize("option", ["--as-of", "--from", "--to"])
def test_a_date_that_is_none_is_wrong_usage(option: str) -> None:
    result = run("incidents", option, "soon", status=2)
    assert "'soon' is no date" in result.output


def test_a_damaged_ledger_is_named(where: Path) -> None:
    data = bytearray(where.read_bytes())
    data[8192:] = b"A" * (len(data) - 8192)
    where.write_bytes(data)
    assert run("incidents", status=1).output.startswith("Error: ")


def test_a_list_that_is_cut_says_so_and_an_export_is_never_cut_unasked() -> None:
    held = len(run("incidents", "--jsonl").stdout.splitlines())
    assert held > 1
    assert "There are more" in run("incidents", "--limit", "1").output
    assert "There are more" not in run("incidents").output
    assert len(run("incidents", "--limit", "1", "--jsonl").stdout.splitlines()) == 1
    ids = {row.split(",")[0] for row in run("export", "csv").stdout.splitlines()[1:]}
    assert len(ids) == held


def test_what_wraps_hangs_under_its_text_and_no_line_ends_in_a_blank() -> None:
    lines = run("show", "i1").output.splitlines()
    assert not [line for line in lines if line != line.rstrip()]


def test_parties_are_named_as_a_person_would_write_them() -> None:
    names = {
        "GBR CVL/reid s family": "Reid’s Family [GBR CVL]",
        "IDN LEG/tb hasanuddin": "TB Hasanuddin [IDN LEG]",
        "PSE MED/medics in gaza": "Medics in Gaza [PSE MED]",
        "~mr smith": "Mr Smith",
        "IGO:EU": "European Union",
        "GRP:EUROPE": "Europe",
    }
    assert {key: party_words(key) for key in names} == names


def test_reports_with_analyses_made_before(tmp_path: Path) -> None:
    pairs = [made.pair() for made in (arms("n1", "2024-06-20", "Kyiv"), visit("r3", "2024-06-18"))]
    given, made = tmp_path / "reports.jsonl", tmp_path / "analyses.jsonl"
    given.write_bytes(b"\n".join(msgspec.json.encode(report) for report, _ in pairs))
    lines = [msgspec.json.encode(analysis) for _, analysis in pairs[:1]]
    made.write_bytes(b"\n".join([*lines, b'{"id": "x", "error": "no text"}']))
    result = CliRunner().invoke(cli, ["add", str(given), "--analyses", str(made), "--jsonl"])
    assert result.exit_code == 0, result.output
    added = (json.loads(line) for line in result.stdout.splitlines())
    assert {a["report"]: a["change"] for a in added} == {"n1": "added", "r3": "unchanged"}


@pytest.fixture
def shown(where: Path) -> list[Shown]:
    with Ledger(str(where)) as ledger, ledger.read() as snapshot:
        return [show(snapshot, id) for id in ("i1", "i2")]


@pytest.mark.parametrize("format", ["plover", "cameo", "csv"])
def test_tables_have_a_cell_for_every_column(format: str, shown: list[Shown]) -> None:
    text = exporter(format)(shown).decode()
    rows = list(csv.reader(StringIO(text), "excel" if format == "csv" else "excel-tab"))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 1 + (2 if format != "csv" else sum(len(s.accounts) for s in shown))


def test_what_is_announced_is_an_agreement_in_plover(shown: list[Shown]) -> None:
    rows = exporter("plover")(shown).decode().splitlines()
    assert [row.split("\t")[2] for row in rows[1:]] == ["AID", "AGREE"]


def test_annotations_point_at_the_words(shown: list[Shown]) -> None:
    texts = {made.id: made.pair()[0].text for made in reports()}
    page = json.loads(exporter("annotations")(shown))["first"]["items"]
    assert len(page) == sum(len(s.accounts) for s in shown)
    for item in page:
        position, quotation = item["target"]["selector"]
        text = texts[item["target"]["source"].rsplit(":", 1)[1]]
        assert text[position["start"] : position["end"]] == quotation["exact"]


def test_claims_are_drafted_without_a_verdict(shown: list[Shown]) -> None:
    [draft] = json.loads(exporter("claimreview")(shown))
    assert draft["itemReviewed"]["author"]["name"] == "Washington"
    assert "Moscow" in draft["reviewBody"]
    assert "ratingValue" not in draft["reviewRating"]


def test_the_graph_is_whole(shown: list[Shown]) -> None:
    root = ElementTree.fromstring(exporter("graphml")(shown))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    edges = list(root.iter(f"{space}edge"))
    assert edges
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_a_dossier_has_every_account_and_disarms_it(format: str, shown: list[Shown]) -> None:
    hostile = {"words": "<script>\x1b[31m*bold*", "language": '"><script>'}
    account = msgspec.structs.replace(shown[0].accounts[0], **hostile)
    incident = msgspec.structs.replace(shown[0], accounts=(account, *shown[0].accounts[1:]))
    text = exporter(format)([incident]).decode()
    assert "Moscow" in text
    assert "\x1b" not in text
    assert "<script>" not in text.replace(r"\<script\>", "")


def test_the_commands_offer_every_format() -> None:
    [format] = [p for p in cli_ledger.export_command.params if p.name == "format"]
    assert isinstance(format.type, click.Choice)
    assert tuple(format.type.choices) == FORMATS


def test_a_cell_is_no_formula(shown: list[Shown]) -> None:
    account = msgspec.structs.replace(shown[0].accounts[0], name="=HYPERLINK(1)")
    incident = msgspec.structs.replace(shown[0], accounts=(account,))
    assert b",=HYPER" not in exporter("csv")([incident])
