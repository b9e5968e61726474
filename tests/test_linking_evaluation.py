"""How linking is measured: what a key asks for, and what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.linking import Echo, Found, Incident, Key, found
from evaluation.vectors import area, f1
from tests.analyses import arms, denial

from menurut.ledger.store import Ledger

CLAIM = "r1 | USA | affirms | North Korea supplied"
DENIAL = "r2 | RUS | denies | denied that North Korea"
MORE = "r3 | UKR | affirms | North Korea supplied"


def measured(tmp_path: Path, *incidents: Incident) -> Found:
    made = (
        arms("r1", "2024-06-18", "Washington", {"24 missiles": (24, "missiles")}),
        denial("r2", "2024-06-19"),
        arms("r3", "2024-06-20", "Kyiv"),
    )
    pairs = [report.pair() for report in made]
    wanted = Key(incident=incidents, echo=(Echo("r1", ("r3",)),))
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        return found(ledger, wanted, [r for r, _ in pairs], [a for _, a in pairs])


def test_what_the_ledger_parts_and_joins_is_counted_by_languages(tmp_path: Path) -> None:
    scores = measured(
        tmp_path,
        Incident("the claim", "AID", (CLAIM, DENIAL, "r9 | USA | affirms | unheard of")),
        Incident("another", "AID", (MORE,)),
    ).scores()
    assert (scores["accounts"].hits, scores["accounts"].gold) == (3, 4)
    links = scores["links en-en"]
    assert (links.hits, links.found, links.gold) == (1, 3, 1)
    assert scores["echoes"].recall == 0


def test_how_incidents_stand_is_asked_for_piece_by_piece(tmp_path: Path) -> None:
    right = Incident(
        "the claim",
        "AID|SUPPORT",
        (CLAIM, DENIAL, MORE),
        status="contested",
        sources=2,
        unheard=(),
        figures=("U* | 24",),
    )
    assert all(right for _, right in measured(tmp_path, right).standings())


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "corroborated"},
        {"outcome": "happened"},
        {"sources": 3},
        {"unheard": ("PRK",)},
        {"figures": ("USA | 50",)},
        {"series": "another"},
    ],
)
def test_what_stands_otherwise_is_told(tmp_path: Path, wrong: dict[str, object]) -> None:
    wanted = Incident("the claim", "AID", (CLAIM, DENIAL, MORE), **wrong)  # type: ignore[arg-type]
    [(line, right)] = measured(tmp_path, wanted).standings()
    assert not right
    assert line.startswith("the claim: ")


def test_words_of_the_trigger_tell_two_events_of_a_sentence_apart(tmp_path: Path) -> None:
    lines = (f"{CLAIM} | supplied", f"{MORE} | missiles")
    result = measured(tmp_path, Incident("the claim", "AID", lines))
    assert result.missing() == [f"the claim: {lines[1]}"]


def test_the_area_is_how_often_the_same_score_higher() -> None:
    assert area([3, 1, 2], [True, False, False]) == 100
    assert area([1, 1], [True, False]) == 50
    assert area([1, 2, 3, 0], [True, False, True, False]) == 75


def test_f1_counts_what_reaches_the_threshold() -> None:
    assert f1([5, 4, 1], [True, False, True], 4) == 50
    assert f1([1], [True], 4) == 0
