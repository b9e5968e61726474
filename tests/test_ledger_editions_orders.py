"""Editions in any order, as often as they come: the ledger ends where the sender does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyses import Made, arms

from menurut.contract import Analysis, Edition, Report
from menurut.ledger import queries
from menurut.ledger.adding import add, known_reports
from menurut.ledger.history import now
from menurut.ledger.store import Ledger

SENDER = "Pacific Ledger"


class Sent(NamedTuple):
    """An edition as its sender sends it."""

    id: str
    day: str
    edition: Edition
    kill: bool = False

    def pair(self) -> tuple[Report, Analysis]:
        made = Made(self.id, self.day) if self.kill else arms(self.id, self.day, "Washington")
        made.publisher = SENDER
        status = "canceled" if self.kill else None
        edition = msgspec.structs.replace(self.edition, status=status)
        return signed(*made.pair(), edition=edition)


def signed(report: Report, analysis: Analysis, **said: object) -> tuple[Report, Analysis]:
    """A report and its analysis, with what a sender says of both."""
    return msgspec.structs.replace(report, **said), msgspec.structs.replace(analysis, **said)


@st.composite
def chains(draw: st.DrawFn) -> list[Sent]:
    """Editions of one story, the earliest first: under the ids and with the counts and dates by
    which senders tell which is the later."""
    by = draw(st.sampled_from(["story", "replaces", "both"]))
    counted = draw(st.booleans())
    dated = draw(st.booleans()) or not (counted or by == "replaces")
    sent: list[Sent] = []
    for n in range(draw(st.integers(2, 4))):
        before = sent[-1].id if sent else None
        ordered = dated or (counted and by != "replaces")
        same = before is not None and ordered and draw(st.booleans())
        id = before if before is not None and same else f"r{n}"
        day = date(2024, 6, 1) + timedelta(days=n if dated else 0)
        edition = Edition(
            story="arms" if by != "replaces" else None,
            version=str(n + 1) if counted else None,
            replaces=before if by != "story" and not same else None,
        )
        sent.append(Sent(id, day.isoformat(), edition, draw(st.integers(0, 3)) == 0))
    return sent


def added(order: list[Sent]) -> list[str]:
    """Who tells of incidents when all have come."""
    with Ledger(":memory:") as ledger:
        for each in order:
            add(ledger, *each.pair())
        return standing(ledger)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_editions_in_any_order_end_in_the_last(data: st.DataObject) -> None:
    chain = data.draw(chains())
    again = data.draw(st.lists(st.sampled_from(chain), max_size=3))
    order = data.draw(st.permutations([*chain, *again]))
    last = chain[-1]
    told = [] if last.kill else [last.id]
    assert added(order) == told


def standing(ledger: Ledger, as_of: str | None = None) -> list[str]:
    """Who tells of incidents, at a moment."""
    with ledger.read(as_of) as snapshot:
        found = queries.find_incidents(snapshot)
        return sorted(a.report for i in found for a in queries.show(snapshot, i.id).accounts)


@settings(deadline=None, max_examples=20)
@given(st.data())
def test_what_was_known_stays_known(data: st.DataObject) -> None:
    order = data.draw(st.permutations(data.draw(chains())))
    seen: list[tuple[str, list[str]]] = []
    with Ledger(":memory:") as ledger:
        for sent in order:
            add(ledger, *sent.pair())
            seen.append((now(), standing(ledger)))
        for moment, then in seen:
            assert standing(ledger, moment) == then


def sent(id: str, **edition: str) -> Sent:
    return Sent(id, "2024-06-01", Edition(**edition), kill=id.startswith("kill"))  # type: ignore[arg-type]


def test_a_report_that_was_replaced_does_not_come_back() -> None:
    first, second = sent("a"), sent("b", replaces="a")
    for order in ([first, second], [second, first], [first, second, first, second]):
        assert added(order) == ["b"]


def test_a_report_that_was_killed_does_not_come_back() -> None:
    first, kill = sent("a"), sent("kill", replaces="a")
    for order in ([first, kill, first], [kill, first]):
        assert added(order) == []


def test_a_story_may_have_the_name_of_its_first_edition() -> None:
    first, kill = sent("a"), Sent("kill", "2024-06-02", Edition(story="a"), kill=True)
    for order in ([first, kill], [kill, first], [first, kill, first]):
        assert added(order) == []
    later = Sent("a", "2024-06-03", Edition())
    assert added([first, kill, later]) == ["a"]


def test_a_correction_may_count_from_one_again() -> None:
    assert added([sent("a", version="3"), sent("b", version="1", replaces="a")]) == ["b"]


def test_a_newer_version_in_the_same_words_is_remembered() -> None:
    third = sent("a", story="arms", version="3")
    with Ledger(":memory:") as ledger:
        add(ledger, *sent("a", story="arms", version="1").pair())
        assert known_reports(ledger, [third.pair()[0]]) == set()
        add(ledger, *third.pair())
        assert known_reports(ledger, [third.pair()[0]]) == {"a"}
        late = sent("b", story="arms", version="2")
        assert add(ledger, *late.pair()).change == "superseded"


def test_a_correction_joins_what_two_stories_were() -> None:
    order = [sent("a", version="1"), sent("b", replaces="a", story="arms"), sent("c", story="arms")]
    assert added(order) == ["c"]


def test_a_story_of_another_publisher_is_another_story() -> None:
    mine, theirs = sent("a", story="17"), Sent("b", "2024-06-02", Edition(story="17"))
    with Ledger(":memory:") as ledger:
        add(ledger, *mine.pair())
        other = signed(*theirs.pair(), publisher="Somebody Else")
        assert add(ledger, *other).change == "added"
        assert add(ledger, *sent("c", story="17").pair()).change == "corrected"
        assert standing(ledger) == ["b", "c"]
