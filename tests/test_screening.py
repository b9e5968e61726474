"""Screening: lists of three formats, names alike and not alike, candidates and decisions."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from tests.analyses import Made

from menurut.cli import cli
from menurut.contract import Actor, Name
from menurut.ledger.adding import add
from menurut.ledger.names_told import names_told
from menurut.ledger.store import Ledger
from menurut.screening.decisions import DecisionError, decide, read_decisions
from menurut.screening.entries import Entry, Kind, ListError, read_list
from menurut.screening.matching import Index

pytest.importorskip("rigour", reason="needs menurut[screening], which builds PyICU")

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2024-06-01T00:00:00">
 <INDIVIDUALS>
  <INDIVIDUAL>
   <DATAID>1</DATAID><FIRST_NAME>RI</FIRST_NAME><SECOND_NAME>TAE</SECOND_NAME><THIRD_NAME>SONG</THIRD_NAME>
   <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.999</REFERENCE_NUMBER>
   <LISTED_ON>2016-03-02</LISTED_ON>
   <NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
   <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Lee Tae Song</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Lee</ALIAS_NAME></INDIVIDUAL_ALIAS>
  </INDIVIDUAL>
 </INDIVIDUALS>
 <ENTITIES>
  <ENTITY>
   <DATAID>2</DATAID><FIRST_NAME>NORTHERN STAR SHIPPING COMPANY, LIMITED</FIRST_NAME>
   <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.999</REFERENCE_NUMBER>
   <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>NSSC</ALIAS_NAME></ENTITY_ALIAS>
  </ENTITY>
 </ENTITIES>
</CONSOLIDATED_LIST>
"""
FTM = [
    {
        "id": "Q-1",
        "schema": "Vessel",
        "caption": "Blue Heron",
        "properties": {"name": ["Blue Heron"], "flag": ["ru"]},
        "datasets": ["made_up"],
    },
    {"id": "Q-2", "schema": "Sanction", "caption": "x", "properties": {}},
    {
        "id": "Q-3",
        "schema": "Person",
        "properties": {"name": ["Ivan Petrovich Sokolov"], "topics": ["sanction"]},
    },
]
TABLE = """id,schema,name,aliases,countries,program_ids,dataset,first_seen
T-1,Company,Granite Export LLC,Granit Eksport;GE,ru,PROG-1,made_up,2023-01-02T00:00:00
T-2,Address,Somewhere,,,,made_up,
"""


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    written = {
        "un.xml": UN,
        "entities.ftm.json": "\n".join(map(json.dumps, FTM)),
        "targets.simple.csv": TABLE,
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [tmp_path / name for name in written]


def entries(lists: list[Path]) -> dict[str, Entry]:
    return {entry.id: entry for path in lists for entry in read_list(path)}


def test_entries_of_every_format(lists: list[Path]) -> None:
    found = entries(lists)
    assert set(found) == {"KPi.999", "KPe.999", "Q-1", "Q-3", "T-1"}
    person = found["KPi.999"]
    assert person.names == ("RI TAE SONG", "Lee Tae Song")
    assert (person.kind, person.since, person.programs) == ("person", "2016-03-02", ("DPRK",))
    assert found["T-1"].names == ("Granite Export LLC", "Granit Eksport", "GE")
    assert found["Q-1"].countries == ("ru",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name;something\n", "neither"),
        ("", "neither"),
        ("<html/>", "not the consolidated list"),
        ('{"id": 1}', "line 1"),
        ("schema,caption\n", "without the columns"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>', "entities"),
    ],
)
def test_what_is_no_list_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "list"
    path.write_text(text)
    with pytest.raises(ListError, match=complaint):
        list(read_list(path))


@pytest.mark.parametrize(
    ("name", "kind", "entry"),
    [
        ("Ri Tae-song", "person", "KPi.999"),
        ("Ri Thae Song", "person", "KPi.999"),
        ("Lee Tae Song", "person", "KPi.999"),
        ("Ri Tae Jong", "person", None),
        ("Ri", "person", None),
        ("Ivan Sokolov", "person", "Q-3"),
        ("Sokolov, Ivan", "person", "Q-3"),
        ("Ivan Sokolovsky", "person", None),
        ("Pyotr Sokolov", "person", None),
        ("Northern Star Shipping", "organisation", "KPe.999"),
        ("Northern Star Shipping Co. Ltd", "organisation", "KPe.999"),
        ("Southern Star Shipping", "organisation", None),
        ("Granit Eksport", "organisation", "T-1"),
        ("Granite Import", "organisation", None),
        ("MV Blue Heron", "vessel", "Q-1"),
        ("Grey Heron", "vessel", None),
        ("Blue Heron", "person", None),
    ],
)
def test_names_that_are_alike(lists: list[Path], name: str, kind: Kind, entry: str | None) -> None:
    found = Index(entries(lists).values()).matches(name, kind)
    assert [match.entry.id for match in found] == ([entry] if entry else [])


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of one report that names a person, a firm, a ship and a state."""
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("MENURUT_LEDGER", str(path))
    monkeypatch.setenv("MENURUT_LANG", "en")
    text = "Ri Tae-song of Northern Star Shipping sent the Blue Heron to Russia."
    report, analysis = Made("r1", publisher="Pacific Ledger").say(text).pair()

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    actors = [("Ri Tae-song", "person"), ("Northern Star Shipping", "organization")]
    analysis = msgspec.structs.replace(
        analysis,
        actors=tuple(
            Actor(id=f"x{n}", name=name, kind=kind, mentions=(at(name),))
            for n, (name, kind) in enumerate(actors)
        ),
        names=(Name(at("Blue Heron"), "MISC"), Name(at("Ri Tae-song"), "PER")),
    )
    with Ledger(str(path)) as ledger:
        add(ledger, report, analysis)
    return path


def test_names_are_told_once_a_report_with_their_words(where: Path) -> None:
    with Ledger(str(where)) as ledger, ledger.read() as snapshot:
        told = list(names_told(snapshot))
    assert [(t.name, t.kind) for t in told] == [
        ("Ri Tae-song", "person"),
        ("Northern Star Shipping", "organization"),
        ("Blue Heron", "MISC"),
    ]
    assert told[2].words.startswith("Ri Tae-song of Northern Star")


@pytest.mark.usefixtures("where")
def test_candidates_at_the_command_line(lists: list[Path], tmp_path: Path) -> None:
    names = list(map(str, lists))
    run = CliRunner().invoke(cli, ["screen", *names])
    assert run.exit_code == 0, run.output
    for words in ("Ri Tae-song ~ RI TAE SONG", "KPe.999", "Blue Heron", "not judged", "no proof"):
        assert words in run.output
    kept = str(tmp_path / "decisions.jsonl")
    judge = [
        "--decisions",
        kept,
        "--judge",
        "Ri Tae-song",
        "KPi.999",
        "different",
        "--author",
        "ana",
    ]
    assert CliRunner().invoke(cli, ["screen", *names, *judge]).exit_code == 0
    lines = CliRunner().invoke(cli, ["screen", *names, "--decisions", kept, "--jsonl"]).stdout
    found = [json.loads(line) for line in lines.splitlines()]
    assert found[-1]["entry"]["id"] == "KPi.999"
    assert found[-1]["verdict"] == "different"
    assert found[0]["told"][0]["publisher"] == "Pacific Ledger"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--judge", "a", "b", "same"],
        ["--judge", "a", "b", "maybe", "--decisions", "d"],
        ["--least", "2"],
    ],
)
@pytest.mark.usefixtures("where")
def test_wrong_usage(lists: list[Path], arguments: list[str]) -> None:
    assert CliRunner().invoke(cli, ["screen", str(lists[0]), *arguments]).exit_code == 2


def test_the_latest_decision_counts_and_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    for verdict in ("same", "different"):
        decide(path, "Ri  Tae-song", "KPi.999", verdict, "ana", None)  # type: ignore[arg-type]
    held = read_decisions(path).of("ri tae-song", "KPi.999")
    assert held is not None
    assert held.verdict == "different"
    path.write_text("{}")
    with pytest.raises(DecisionError, match="line 1"):
        read_decisions(path)
