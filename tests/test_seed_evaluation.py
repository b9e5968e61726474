"""What counts as right when a record is held against an annotated report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation import seed

from menurut.contract import Actor, Analysis, Place, Quantity, Time

TEXT = "On Monday the port union of Dunmore counted 40 ships."


def at(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def expected(**changes: Any) -> dict[str, Any]:
    monday = {"span": at("Monday"), "text": "Monday", "type": "DATE", "value": "2024-06-17"}
    union = {"id": "a1", "name": "port union", "code": "UNK", "mentions": [at("port union")]}
    dunmore = {"span": at("Dunmore"), "text": "Dunmore", "country": "IRL"}
    ships = {"span": at("40 ships"), "of": "ships", "low": 40, "high": None}
    rows = {"times": monday, "actors": union, "places": dunmore, "quantities": ships}
    return {name: [row | changes.get(name, {})] for name, row in rows.items()}


def analysis() -> Analysis:
    return Analysis(
        id="r",
        language="en",
        times=(Time(id="t1", span=(3, 9), type="DATE", value="2024-06-17"),),
        actors=(Actor(id="a1", name="union", kind="group", mentions=((14, 24),)),),
        places=(Place(id="p1", span=(28, 35), name="Dunmore", country="IRL", latitude=52.1),),
        quantities=(Quantity(id="q1", span=(44, 46), low=40, high=None, of="ships"),),
    )


def faulty(rows: dict[str, Any]) -> set[str]:
    """The kinds of which something is counted wrong."""
    verdicts = {name: judge(rows, analysis()) for name, judge in seed.VERDICTS.items()}
    return {name for name, found in verdicts.items() if any(v.fault for v in found)}


def test_all_four_are_right_by_overlap_and_value() -> None:
    assert faulty(expected()) == set()


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("times", {"value": "2024-06-24"}),
        ("times", {"type": "DURATION"}),
        ("actors", {"code": "IRL"}),
        ("actors", {"mentions": [at("port union"), at("Dunmore"), at("ships")]}),
        ("places", {"country": "USA"}),
        ("places", {"span": at("ships")}),
        ("quantities", {"low": 30}),
        ("quantities", {"high": 40}),
    ],
)
def test_each_is_wrong_by_itself(kind: str, change: dict[str, Any]) -> None:
    assert faulty(expected(**{kind: change})) == {kind}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("times", {"value": "X", "alternatives": [{"value": "2024-06-17", "why": "so"}]}),
        ("actors", {"code": "IRL", "alternatives": [{"on": "code", "other": "EDU or UNK"}]}),
        ("quantities", {"low": 30, "alternatives": [{"low": 40, "why": "so"}]}),
    ],
)
def test_a_listed_alternative_is_as_right(kind: str, change: dict[str, Any]) -> None:
    assert faulty(expected(**{kind: change})) == set()


def test_a_folder_without_the_files_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["seed", "--seed", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        seed.main()
    assert stopped.value.code == 1
    assert "no seed" in capsys.readouterr().err


def test_the_command_prints_each_kind_and_the_measures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = {"id": "r", "text": TEXT, "language": "en", "published_at": "2024-06-19"}
    (tmp_path / "expected.json").write_text(json.dumps(expected()), "utf-8")
    line = json.dumps(gold | {"statements": [], "events": []})
    (tmp_path / "gold.jsonl").write_text(line + "\n", "utf-8")
    monkeypatch.setattr("sys.argv", ["seed", "--seed", str(tmp_path)])
    assert seed.main() == 0
    shown = capsys.readouterr().out
    assert "times: 1 of 1 right" in shown
    assert "quantities: 0 of 1 right" in shown
    assert "40.0..40.0" in shown
    assert "events type: 0.0" in shown
