"""Holding the board against expected obligations."""

from __future__ import annotations

from evaluation.obligations import compare, is_incident, lines, made_board
from evaluation.seed import Row, Seed
from tests.analyses import arms

from menurut.ledger.queries import Incident
from menurut.obligations import Board


def expected(paragraph: str, **incident: object) -> Row:
    deed = {
        "id": "i1",
        "what": "arms",
        "type": "AID",
        "actors": ["PRK"],
        "recipients": ["RUS"],
        "time_from": None,
        "time_to": None,
    }
    obligation = {
        "id": "o1",
        "instrument": "UNSCR 1718 (2006)",
        "provision": paragraph,
        "bears_on": ["i1"],
    }
    return {
        "report": {"published_at": "2024-06-19"},
        "incidents": [deed | incident],
        "obligations": [obligation],
    }


def boards() -> tuple[list[Incident], Board]:
    report, analysis = arms("r1", "2024-06-17", "Washington").pair()
    return made_board(Seed(report, {}, {}), analysis)


def test_an_obligation_is_found_by_its_paragraph_and_incident() -> None:
    result = compare(expected("para. 8(a)-(b)"), *boards())
    assert result.findings[0].measures == ("1718.8b",)
    assert not result.findings[0].fault
    assert any(line.startswith("1874.9: i1 AID") for line in result.besides)
    assert "1 of 1" in next(iter(lines(result)))


def test_a_miss_says_where_it_is_lost() -> None:
    for provision, change, fault in (
        ("para. 99", {}, "no such measure"),
        ("para. 8(a)(iii)", {}, "the board does not list it"),
        ("para. 8(b)", {"actors": ["IRN"]}, "the ledger has no such incident"),
    ):
        [finding] = compare(expected(provision, **change), *boards()).findings
        assert fault in finding.fault


def test_an_incident_is_known_by_type_parties_and_time() -> None:
    [incident] = [i for i in boards()[0] if i.type == "AID"]
    row = expected("8")["incidents"][0]
    assert is_incident(row, incident)
    assert not is_incident(row | {"type": "ASSAULT"}, incident)
    assert not is_incident(row | {"recipients": ["IRN"]}, incident)
