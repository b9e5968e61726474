"""The sample dossier, read with the shipped model: every incident and echo of the key is there."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from evaluation.linking import Found, found, key, read

from menurut.contract import Analysis
from menurut.ledger.adding import add
from menurut.ledger.store import Ledger
from menurut.reports import dossier


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    return read(dossier())


@pytest.fixture(scope="module")
def held(analyses: list[Analysis], tmp_path_factory: pytest.TempPathFactory) -> Found:
    with Ledger(str(tmp_path_factory.mktemp("dossier") / "ledger.db")) as ledger:
        return found(ledger, key(), dossier(), analyses)


def test_accounts_and_links_hold_their_floors(held: Found) -> None:
    scores = held.scores()
    assert scores["pairs"].f1 >= 97
    assert scores["accounts"].f1 >= 95


def test_every_incident_of_the_key_is_one_incident_and_stands_as_it_should(held: Found) -> None:
    for incident, answers in held.answers.items():
        assert len(answers) == 1, incident.name
        [id] = answers
        assert held.incidents[id].type == incident.type
        assert incident.status in (None, held.incidents[id].status), incident.name
        assert incident.outcome in (None, held.incidents[id].outcome), incident.name


def test_the_echoes_are_those_of_the_key(held: Found) -> None:
    copies = {a.report: a.origin for a in held.accounts if a.origin}
    assert copies == {copy: echo.origin for echo in key().echo for copy in echo.copies}


def test_the_arms_transfer_has_everyones_figures(held: Found) -> None:
    [arms] = {i for i in held.incidents.values() if i.type == "AID"}
    told = [a for a in held.accounts if a.incident == arms.id]
    given = {a.source: set[float | None]() for a in told}
    for account in told:
        given[account.source] |= {f.low for f in account.figures if account.stance == "affirms"}
    assert {24.0, 11000.0} <= given["USA"]
    assert 50.0 in given["UKR"]
    assert 1.0 in given["IGO:UN"]
    assert {a.source for a in told if a.stance == "denies"} == {"RUS", "PRK"}


def test_the_dossier_backwards_gives_the_same_arms_transfer(
    analyses: list[Analysis], tmp_path: Path
) -> None:
    pairs = list(zip(dossier(), analyses, strict=True))
    with Ledger(str(tmp_path / "back.db")) as ledger:
        for report, analysis in reversed(pairs):
            add(ledger, report, msgspec.structs.replace(analysis))
        back = found(ledger, key(), dossier(), analyses)
    [arms] = [i for i in back.answers if i.name == "North Korea arms Russia"]
    [(id, accounts)] = back.answers[arms].most_common(1)
    assert back.incidents[id].status == "contested"
    assert accounts >= 0.9 * back.answers[arms].total()
