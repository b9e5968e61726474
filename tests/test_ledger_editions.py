"""What senders say of their reports: corrections, versions, kills, and the history they leave."""

from __future__ import annotations

import msgspec
import pytest
from tests.analyses import Made, arms, denial

from menurut.contract import Analysis, Edition, Report
from menurut.ledger import queries
from menurut.ledger.adding import Added, add
from menurut.ledger.errors import LedgerError
from menurut.ledger.queries import Filter, accounts_of
from menurut.ledger.reviewing import judge
from menurut.ledger.store import Ledger


def pair(made: Made, **edition: object) -> tuple[Report, Analysis]:
    said = Edition(**edition)  # type: ignore[arg-type]
    return tuple(msgspec.structs.replace(each, edition=said) for each in made.pair())  # type: ignore[return-value]


def put(ledger: Ledger, made: Made, **edition: object) -> Added:
    return add(ledger, *pair(made, **edition))


def told(ledger: Ledger, as_of: str | None = None) -> dict[str, set[str]]:
    """The reports that tell of each incident."""
    with ledger.read(as_of) as snapshot:
        found = queries.find_incidents(snapshot)
        return {i.id: {a.report for a in queries.show(snapshot, i.id).accounts} for i in found}


def moment(ledger: Ledger) -> str:
    """When the ledger last changed."""
    [incident, *_] = told(ledger)
    with ledger.read() as snapshot:
        return queries.show(snapshot, incident).versions[-1].at


def test_a_correction_under_a_new_id_takes_the_place_of_the_old(ledger: Ledger) -> None:
    put(ledger, arms("a1", "2024-06-01", "Washington"), story="arms", version="1")
    then = moment(ledger)
    figures = {"50 missiles": (50.0, "missiles")}
    corrected = arms("a2", "2024-06-02", "Washington", figures)
    done = put(ledger, corrected, story="arms", version="2", replaces="a1")
    assert done.change == "corrected"
    assert told(ledger) == {"i1": {"a2"}}
    assert told(ledger, then) == {"i1": {"a1"}}


def test_the_same_story_in_a_later_version_needs_no_id(ledger: Ledger) -> None:
    put(ledger, arms("a1", "2024-06-01", "Washington"), story="arms", version="9")
    done = put(ledger, arms("a2", "2024-06-01", "Kyiv"), story="arms", version="10")
    assert done.change == "corrected"
    assert told(ledger) == {"i1": {"a2"}}


def test_an_earlier_edition_that_comes_late_is_passed_over(ledger: Ledger) -> None:
    put(ledger, arms("a2", "2024-06-02", "Kyiv"), story="arms", version="2")
    late = put(ledger, arms("a1", "2024-06-01", "Washington"), story="arms", version="1")
    assert late.change == "superseded"
    assert told(ledger) == {"i1": {"a2"}}


def test_a_kill_withdraws_the_accounts_and_keeps_the_history(ledger: Ledger) -> None:
    put(ledger, arms("a1", "2024-06-01", "Washington"), story="arms")
    put(ledger, denial("d1", "2024-06-02"))
    then = moment(ledger)
    kill = Made("k1", "2024-06-03")
    done = put(ledger, kill, story="arms", replaces="a1", status="canceled")
    assert done.change == "withdrawn"
    assert told(ledger) == {"i1": {"d1"}}
    assert told(ledger, then) == {"i1": {"a1", "d1"}}
    again = put(ledger, arms("a1", "2024-06-01", "Washington"), story="arms")
    assert again.change == "superseded"


def test_a_kill_of_the_same_id_and_words_is_no_unchanged_report(ledger: Ledger) -> None:
    put(ledger, arms("a1", "2024-06-01", "Washington"))
    done = put(ledger, arms("a1", "2024-06-01", "Washington"), status="canceled")
    assert done.change == "withdrawn"
    assert told(ledger) == {}
    assert put(ledger, arms("a1", "2024-06-01", "Washington"), status="canceled") == Added(
        report="a1", change="unchanged"
    )


def test_a_kill_that_comes_first_is_remembered(ledger: Ledger) -> None:
    put(ledger, Made("k1", "2024-06-03"), story="arms", status="canceled")
    late = put(ledger, arms("a1", "2024-06-01", "Washington"), story="arms")
    assert late.change == "superseded"
    assert told(ledger) == {}


def test_nobody_withdraws_the_report_of_another(ledger: Ledger) -> None:
    first = arms("a1", "2024-06-01", "Washington")
    first.publisher = "Pacific Ledger"
    put(ledger, first, story="arms")
    foreign = Made("k1", "2024-06-03", publisher="Somebody Else")
    with pytest.raises(LedgerError, match="Pacific Ledger"):
        put(ledger, foreign, replaces="a1", status="canceled")
    assert told(ledger) == {"i1": {"a1"}}


def test_a_judgement_outlives_two_corrections(ledger: Ledger) -> None:
    put(ledger, arms("a1", "2024-06-01", "Washington"))
    judge(ledger, 1, "not-event", "you")
    assert told(ledger) == {}
    put(ledger, arms("a2", "2024-06-02", "Washington"), replaces="a1")
    put(ledger, arms("a3", "2024-06-03", "Washington"), replaces="a2")
    assert told(ledger) == {}


def test_a_party_that_a_correction_takes_out_is_no_longer_found(ledger: Ledger) -> None:
    def sent(id: str, *actors: str) -> Made:
        sentence = f"{' and '.join(actors)} supplied missiles to Russia."
        return Made(id).say(sentence, "AID", "supplied", actors, ("Russia",))

    put(ledger, sent("a1", "North Korea"))
    put(ledger, sent("a2", "North Korea", "Togo"))
    put(ledger, sent("a2", "North Korea"))
    with ledger.read() as snapshot:
        assert [i.id for i in queries.find_incidents(snapshot, Filter(actor="PRK"))] == ["i1"]
        assert queries.find_incidents(snapshot, Filter(actor="Togo")) == []


def test_an_incident_keeps_its_number_when_its_only_report_is_corrected(ledger: Ledger) -> None:
    put(ledger, arms("a1", "2024-06-01", "Washington"))
    assert put(ledger, arms("a1", "2024-06-01", "Kyiv")).joined == (1,)
    assert told(ledger) == {"i1": {"a1"}}


def test_loose_statements_end_with_the_incident_that_they_speak_of(ledger: Ledger) -> None:
    put(ledger, arms("a1", "2024-06-01", "Washington"))
    loose = Made("s1", "2024-06-02").say(
        "Moscow denied any deal with North Korea on missiles.", by="Moscow", kind="deny"
    )
    put(ledger, loose)
    assert told(ledger) == {"i1": {"a1", "s1"}}
    put(ledger, arms("a1", "2024-06-01", "Washington"), status="canceled")
    assert told(ledger) == {}
    with ledger.read() as snapshot:
        assert accounts_of(snapshot, [1]) == []
