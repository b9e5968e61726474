"""Taking decisions back."""

from __future__ import annotations

import pytest
from tests.analyses import Made, arms, denial, visit

from menurut.ledger.adding import add
from menurut.ledger.errors import LedgerError
from menurut.ledger.judgements import dump
from menurut.ledger.queries import accounts_of, find_incidents, number_of, show
from menurut.ledger.queries.decisions import decisions
from menurut.ledger.queries.pulses import newest_accounts, pulses
from menurut.ledger.retracting import retract
from menurut.ledger.reviewing import decide, judge, merge_incidents, replay, split_incident
from menurut.ledger.store import Ledger

State = dict[str, list[tuple[str, str, str, tuple[str, ...], float, str]]]


@pytest.fixture(autouse=True)
def _told(ledger: Ledger) -> None:
    """A ledger, in SQLite or PostgreSQL, of four reports."""
    for made in (
        arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}),
        denial("r2", "2024-06-18"),
        visit("r3", "2024-06-18", time="2024-06-19", status="planned"),
        arms("r4", "2024-06-19", "Kyiv", {"50 missiles": (50, "missiles")}),
    ):
        add(ledger, *made.pair())


def state(ledger: Ledger) -> State:
    """Every incident as it stands, and every account of it but for its number."""
    with ledger.read() as snapshot:
        return {
            f"{i.id} {i.status} {i.sources} {i.reports} {i.actors} {i.about}": [
                (a.report, a.source, a.stance, a.reasons, a.margin, a.linked_by)
                for a in sorted(
                    accounts_of(snapshot, [number_of(i.id)]), key=lambda a: (a.report, a.span)
                )
            ]
            for i in find_incidents(snapshot)
        }


def account_of(ledger: Ledger, report: str, incident: str = "i1") -> int:
    with ledger.read() as snapshot:
        return next(a.id for a in show(snapshot, incident).accounts if a.report == report)


def last(ledger: Ledger) -> str:
    with ledger.read() as snapshot:
        return decisions(snapshot)[0].uid


def answer(ledger: Ledger, report: str, same: bool) -> None:
    with ledger.read() as snapshot:
        account = next(a for a in show(snapshot, "i1").accounts if a.report == report)
    decide(ledger, account, same, "editor")


@pytest.mark.parametrize("same", [True, False])
def test_an_answer_about_a_link_is_taken_back(ledger: Ledger, same: bool) -> None:
    before = state(ledger)
    answer(ledger, "r4", same)
    assert state(ledger) != before
    [taken] = retract(ledger, last(ledger), "editor")
    assert taken.verdict == ("same" if same else "different")
    assert state(ledger) == before


def test_a_merger_is_taken_back_with_the_incident_that_was_gone(ledger: Ledger) -> None:
    before = state(ledger)
    merge_incidents(ledger, [1, 2], "editor")
    assert len(state(ledger)) < len(before)
    retract(ledger, last(ledger), "editor", "a slip")
    assert state(ledger) == before
    with ledger.read() as snapshot:
        [*_, version] = show(snapshot, "i2").versions
    assert (version.kind, version.author, version.reason) == ("retract", "editor", "a slip")


def test_a_split_is_taken_back_whole(ledger: Ledger) -> None:
    before = state(ledger)
    split_incident(ledger, 1, [account_of(ledger, "r2"), account_of(ledger, "r4")], "editor")
    with ledger.read() as snapshot:
        assert len(dump(snapshot)) > 1
    assert len(retract(ledger, last(ledger), "editor")) > 1
    assert state(ledger) == before
    with ledger.read() as snapshot:
        assert dump(snapshot) == []


def test_a_correction_is_taken_back(ledger: Ledger) -> None:
    before = state(ledger)
    judge(ledger, account_of(ledger, "r4"), "not-event", "editor")
    assert state(ledger) != before
    retract(ledger, last(ledger), "editor")
    assert state(ledger) == before


def test_what_a_later_reading_has_changed_is_linked_anew(ledger: Ledger) -> None:
    before = state(ledger)
    answer(ledger, "r4", False)
    uid = last(ledger)
    judge(ledger, account_of(ledger, "r4", "i3"), "not-event", "editor")
    retract(ledger, last(ledger), "editor")
    retract(ledger, uid, "editor")
    assert state(ledger) == before


def test_a_judgement_is_taken_back_once_and_not_replayed(ledger: Ledger) -> None:
    answer(ledger, "r4", False)
    uid = last(ledger)
    with ledger.read() as snapshot:
        kept = dump(snapshot)
    retract(ledger, uid, "editor")
    with pytest.raises(LedgerError, match="taken back"):
        retract(ledger, uid, "editor")
    assert replay(ledger, kept) == 0


def test_decisions_name_what_they_speak_of(ledger: Ledger) -> None:
    answer(ledger, "r4", True)
    with ledger.read() as snapshot:
        [decision] = decisions(snapshot, 1)
        assert decisions(snapshot, 2) == []
    assert (decision.report, decision.incident, decision.author) == ("r4", "i1", "editor")
    assert "missiles" in decision.words


def test_an_incident_has_its_days_and_its_newest_account(ledger: Ledger) -> None:
    with ledger.read() as snapshot:
        beats = pulses(snapshot, [1])["i1"]
        newest = newest_accounts(snapshot, [1, 2])
    assert [beat.day for beat in beats] == sorted(beat.day for beat in beats)
    assert {beat.stance for beat in beats} == {"affirms", "denies"}
    assert newest["i1"].report == "r4"
    assert newest["i2"].report == "r3"


def test_a_statement_that_does_not_belong_opens_no_incident(ledger: Ledger) -> None:
    """It tells of nothing of its own; taken back, it is heard again."""
    words = "UN monitors said they had counted 30 missiles that North Korea sent to Russia."
    heard = Made("r5", "2024-06-20").say(
        words, by="UN monitors", kind="conclude", figures={"30 missiles": (30, "missiles")}
    )
    add(ledger, *heard.pair())
    before = state(ledger)
    answer(ledger, "r5", False)
    after = state(ledger)
    assert len(after) == len(before)
    assert not [a for accounts in after.values() for a in accounts if a[0] == "r5"]
    retract(ledger, last(ledger), "editor")
    statement = account_of(ledger, "r5")
    with pytest.raises(LedgerError, match="only speak of"):
        split_incident(ledger, 1, [statement], "editor")
    assert state(ledger) == before
