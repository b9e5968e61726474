"""Ledgers at scale: what is derived stays true, and a ledger grown in bulk is like one added to."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.growing import Base
from benchmarks.ledger import questions
from benchmarks.synthetic import World
from sqlalchemy import func, select
from tests.invariants import faults

from menurut.ledger import queries
from menurut.ledger.adding import add, relink
from menurut.ledger.queries import Filter
from menurut.ledger.reports_kept import page_reports, read_report
from menurut.ledger.reviewing import merge_incidents, split_incident
from menurut.ledger.schema import accounts, incidents, reports, tellings
from menurut.ledger.store import Ledger


def fill(ledger: Ledger, world: World, first: int, count: int) -> None:
    for report, analysis in world.reports(first, count):
        add(ledger, report, analysis)


def busy() -> World:
    """A world of four powers and a report every hour, so that much is told of few incidents."""
    world = World()
    world.codes = world.codes[:4]
    world.weights = world.weights[:4]
    return world


def test_what_is_derived_stays_true(ledger: Ledger) -> None:
    fill(ledger, busy(), 0, 120)
    assert faults(ledger) == []
    with ledger.read() as snapshot:
        found = queries.find_incidents(snapshot, most=200)
        large = max(found, key=lambda i: i.reports)
        first, second = [i for i in found if i is not large][:2]
        told = queries.show(snapshot, large.id).accounts
    assert large.reports > 3
    into, gone = (queries.number_of(i.id) for i in (second, first))
    merge_incidents(ledger, [into, gone], "a person")
    split_incident(ledger, queries.number_of(large.id), [told[-1].id], "a person")
    assert faults(ledger) == []
    with ledger.write("reread") as draft:
        for number in range(0, 120, 7):
            relink(draft, f"r{number}")
    assert faults(ledger) == []


@pytest.fixture
def grown(tmp_path: Path) -> Ledger:
    with Ledger(str(tmp_path / "grown.db")) as ledger:
        world = busy()
        fill(ledger, world, 0, 60)
        base = Base(ledger, 1)
        for _ in range(3):
            base.repeat()
            world.go_on(1)
        yield ledger


def count(ledger: Ledger, table: object) -> int:
    with ledger.read() as snapshot:
        found = select(func.count()).select_from(table)  # type: ignore[arg-type]
        return int(snapshot.connection.execute(found).scalar_one())


def test_a_grown_ledger_contradicts_itself_nowhere(grown: Ledger) -> None:
    assert faults(grown) == []
    assert count(grown, reports) == 240
    assert count(grown, tellings) % 4 == count(grown, accounts) % 4 == 0


def test_a_grown_ledger_answers_as_one_that_was_added_to(grown: Ledger) -> None:
    with grown.read() as snapshot:
        first = read_report(snapshot, "r7")
        later = read_report(snapshot, "r7-3")
        assert later.text == first.text
        assert later.analysis.id == "r7-3"
        assert later.kept.published_at == "2015-01-04" + first.kept.published_at[10:]
        shown = queries.show(snapshot, later.kept.incidents[0])
        assert {a.report for a in shown.accounts} >= {"r7-3"}
        assert all(a.report.endswith("-3") for a in shown.accounts)
        on_day = Filter(first=735_602, last=735_602)
        assert {i.begins for i in queries.find_incidents(snapshot, on_day)} <= {"2015-01-04", None}
        assert queries.find_incidents(snapshot, on_day)
        [newest] = page_reports(snapshot, most=1).items
        assert newest.report.endswith("-3")
        for name, ask in questions(busy(), 1).items():
            assert ask(snapshot) or "--" in name, name


def test_a_grown_ledger_goes_on(grown: Ledger) -> None:
    """What is told on joins the newest days, as it joins what was added."""
    with Ledger(str(Path(grown.where).with_name("added.db"))) as added:
        world = busy()
        fill(added, world, 0, 60)
        before = count(added, incidents)
        fill(added, world, 60, 20)
        new = count(added, incidents) - before
        assert faults(added) == []
    world = busy()
    for _ in world.reports(0, 60):
        pass
    world.go_on(3)
    before = count(grown, incidents)
    fill(grown, world, 60, 20)
    assert abs(count(grown, incidents) - before - new) <= new // 5
    assert faults(grown) == []
