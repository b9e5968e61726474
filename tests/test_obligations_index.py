"""What is kept of the board of measures against a pass over everything, however a ledger grows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec
import pytest
from sqlalchemy import select
from tests.analyses import Made, arms, denial, visit
from tests.test_evidence import withdrawn
from tests.test_obligations import VETO, read

import menurut
from menurut.contract import Analysis
from menurut.ledger import bearings
from menurut.ledger.adding import add
from menurut.ledger.errors import CursorError, LedgerError, StoreError
from menurut.ledger.grades import grade
from menurut.ledger.judgements import dump
from menurut.ledger.passing import all_incidents, whole_incidents
from menurut.ledger.queries import accounts_of
from menurut.ledger.retracting import retract
from menurut.ledger.reviewing import merge_incidents, split_incident
from menurut.ledger.schema import bearing_marks
from menurut.ledger.store import Ledger, Snapshot
from menurut.obligations import board, bring_up_to_date, index, page
from menurut.obligations.deeds import CHARGE, charges, deeds, set_among
from menurut.obligations.matching import Match, matches, through
from menurut.obligations.regimes import event_types, regimes
from menurut.reports import dossier

GOODS = ("weapons", "missiles", "coal", "oil", "artillery shells", "luxury cars", "rice")
GIVERS = (("North Korea", "Russia"), ("Russia", "North Korea"), ("North Korea", "Togo"))
Found = dict[tuple[str, str, str], Match]


def whole_pass(snapshot: Snapshot) -> Found:
    """Every match by one look at everything: no index, no batch, no part of the ledger alone."""
    pairs = [pair for some in whole_incidents(snapshot, batch=1_000_000) for pair in some]
    types = {incident.id: incident.type for incident, _accounts in pairs}
    words = dict[str, set[tuple[str, str]]]()
    for account in (a for _incident, given in pairs for a in given):
        words.setdefault(account.report, set()).add((account.words, account.language))
    among = {i.id: [told for a in given for told in words[a.report]] for i, given in pairs}
    made = deeds(pairs, event_types() - {CHARGE})
    told = [one if one.subjects else set_among(one, among[one.incident]) for one in made]
    told += charges([(i, a) for i, a in pairs if i.type == CHARGE], types)
    found = [m for deed in told for regime in regimes() for m in matches(regime, deed)]
    found += [m for regime in regimes() for m in through(regime, regimes(), found)]
    best: Found = {}
    for one in found:
        held = best.get((one.regime, one.measure, one.incident))
        if held is None or len(one.conditions) < len(held.conditions):
            best[one.regime, one.measure, one.incident] = one
    return best


def shown(snapshot: Snapshot, votes: bool = False) -> Found:
    """Every match of the board."""
    made = board(snapshot)
    assert all(one.count == len(one.matches) for one in made.listed)
    return {
        (m.regime, m.measure, m.incident): m if votes else msgspec.structs.replace(m, votes=())
        for one in made.listed
        for m in one.matches
    }


def drawn(random: Random, number: int) -> Made:
    """A report about dealings, charges and answers, some of which go on with one another."""
    day = f"2024-{random.randrange(1, 7):02}-{random.randrange(1, 28):02}"
    made = Made(f"r{number}", day, publisher=random.choice(("Courier", "Herald", None)))
    for _sentence in range(random.randrange(1, 4)):
        giver, taker = random.choice(GIVERS)
        goods, by = random.choice(GOODS), random.choice(("Washington", "Kyiv", "Moscow"))
        kind = random.randrange(6)
        if kind < 2:
            words = f"{by} said {giver} supplied {goods} to {taker}."
            made.say(words, "AID", "supplied", (giver,), (taker,), by=by)
        elif kind == 2:
            words = f"{by} denied that {giver} supplied {goods} to {taker}."
            made.say(
                words, "AID", "supplied", (giver,), (taker,), by=by, kind="deny", status="denied"
            )
        elif kind == 3:
            words = f"{by} accused {giver} of the {goods} that went to {taker}."
            made.say(words, "ACCUSE", "accused", (by,), (giver, taker), mode="disapprove")
        elif kind == 4:
            words = f"{by} also accused it over {goods}."
            made.say(words, "ACCUSE", "accused", (by,), ())
        else:
            words = f"{giver} tested a ballistic missile."
            made.say(words, "MOBILIZE", "tested", (giver,), ())
    return made


def changes(random: Random, ledger: Ledger, steps: int) -> Iterator[None]:
    """A ledger that grows, is corrected, and is judged by a person."""
    kept: list[str] = []
    for number in range(steps):
        kind = random.randrange(12)
        with ledger.read() as snapshot:
            incidents = all_incidents(snapshot)
        try:
            if kind == 0 and kept:
                again = drawn(random, number)
                again.id = random.choice(kept)
                add(ledger, *again.pair())
            elif kind == 1 and kept:
                add(ledger, *withdrawn(drawn(Random(number), int(random.choice(kept)[1:]))))
            elif kind == 2 and len(incidents) > 1:
                merge_incidents(ledger, random.sample(incidents, 2), "me")
            elif kind == 3 and incidents:
                chosen = random.choice(incidents)
                with ledger.read() as snapshot:
                    told = accounts_of(snapshot, [chosen])
                split_incident(ledger, chosen, [random.choice(told).id], "me")
            elif kind == 4:
                with ledger.read() as snapshot:
                    judged = [one.uid for one in dump(snapshot)]
                if judged:
                    retract(ledger, random.choice(judged), "me")
            else:
                made = drawn(random, number)
                kept.append(made.id)
                add(ledger, *made.pair())
        except LedgerError:
            continue
        yield


@pytest.mark.parametrize("seed", range(6))
def test_a_ledger_that_grows_has_the_board_of_a_whole_pass(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        for _change in changes(random, ledger, 40):
            if random.random() < 0.4:
                bring_up_to_date(ledger)
            with ledger.read() as snapshot:
                assert shown(snapshot) == whole_pass(snapshot)
        with ledger.read() as snapshot:
            assert whole_pass(snapshot)


def test_it_is_the_same_in_every_database(ledger: Ledger) -> None:
    random = Random(3)
    for _change in changes(random, ledger, 12):
        bring_up_to_date(ledger)
        with ledger.read() as snapshot:
            assert shown(snapshot) == whole_pass(snapshot)


@pytest.mark.parametrize("seed", range(3))
def test_the_past_has_the_board_that_it_had(seed: int, tmp_path: Path) -> None:
    random, before = Random(seed), dict[int, Found]()
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        for _change in changes(random, ledger, 25):
            if random.random() < 0.5:
                bring_up_to_date(ledger)
            with ledger.read() as snapshot:
                before[bearings.last_revision(snapshot)] = whole_pass(snapshot)
        bring_up_to_date(ledger)
        with ledger.read() as snapshot:
            for revision, held in before.items():
                assert shown(snapshot._replace(revision=revision)) == held


def test_the_sample_dossier_has_the_board_of_a_whole_pass(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        for report, analysis in zip(dossier(), menurut.read_reports(dossier()), strict=True):
            if isinstance(analysis, Analysis):
                add(ledger, report, analysis)
        with ledger.read() as snapshot:
            held, voted = whole_pass(snapshot), shown(snapshot, votes=True)
            assert shown(snapshot) == held
        bring_up_to_date(ledger)
        with ledger.read() as snapshot:
            assert index.Index(snapshot).stale == []
            assert shown(snapshot) == held
            assert shown(snapshot, votes=True) == voted
            assert any(match.votes for match in voted.values())


def test_what_is_kept_is_not_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        add(ledger, *arms("r1", "2024-06-17", "Washington").pair())
        bring_up_to_date(ledger)
        add(ledger, *visit("r2", "2024-06-18").pair())
        looked: list[int] = []
        find = index.find

        def watched(snapshot: Snapshot, numbers: list[int]) -> Iterator[Match]:
            looked.extend(numbers)
            return find(snapshot, numbers)

        monkeypatch.setattr(index, "find", watched)
        with ledger.read() as snapshot:
            assert shown(snapshot)
        assert looked == [2]
        bring_up_to_date(ledger)
        looked.clear()
        bring_up_to_date(ledger)
        with ledger.read() as snapshot:
            assert shown(snapshot)
        assert looked == []


def test_other_measures_make_everything_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        add(ledger, *arms("r1", "2024-06-17", "Washington").pair())
        bring_up_to_date(ledger)
        monkeypatch.setattr(index, "digest", lambda: "other")
        with ledger.read() as snapshot:
            assert index.Index(snapshot).stale == [1]
        bring_up_to_date(ledger)
        with ledger.read() as snapshot:
            marks = snapshot.connection.execute(select(bearing_marks.c.digest)).scalars().all()
            assert marks == ["other"]
            assert shown(snapshot) == whole_pass(snapshot)


def test_a_ledger_that_cannot_be_written_answers_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        add(ledger, *arms("r1", "2024-06-17", "Washington").pair())

        def refuse(*_arguments: object) -> None:
            raise StoreError("attempt to write a readonly database")

        monkeypatch.setattr(ledger, "write", refuse)
        bring_up_to_date(ledger)
        with ledger.read() as snapshot:
            assert bearings.marked(snapshot.connection, index.digest()) is None
            assert shown(snapshot)


def test_a_grade_changes_no_match_and_looks_at_nothing(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        add(ledger, *arms("r1", "2024-06-17", "Washington").pair())
        bring_up_to_date(ledger)
        with ledger.write("grade") as draft:
            grade(draft, "USA", "B")
        with ledger.read() as snapshot:
            assert index.Index(snapshot).stale == []


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        for number in range(7):
            day, (giver, taker) = f"2024-0{number + 1}-10", GIVERS[number % 2]
            said = f"Washington said {giver} supplied missiles to {taker} on 10 {number}."
            made = Made(f"r{number}", day).say(
                said, "AID", "supplied", (giver,), (taker,), by="Washington", time=day
            )
            add(ledger, *made.pair())
        add(ledger, *read("r8", VETO, "2024-03-29"))
        add(ledger, *denial("r9", "2024-06-18").pair())
        yield ledger


@pytest.mark.parametrize("kept", [True, False])
def test_pages_hold_every_incident_once_and_the_newest_first(many: Ledger, kept: bool) -> None:
    if kept:
        bring_up_to_date(many)
    with many.read() as snapshot:
        whole, after, met = board(snapshot), None, list[str]()
        counts = {one.measure.id: one.count for one in whole.listed}
        while True:
            made = page(snapshot, most=2, after=after)
            assert {one.measure.id: one.count for one in made.listed} == counts
            assert len(made.incidents) <= 2
            met += sorted(made.incidents, key=lambda id: -int(id[1:]))
            after = made.after
            if after is None:
                break
        assert met == sorted(whole.incidents, key=lambda id: -int(id[1:]))
        with pytest.raises(CursorError):
            page(snapshot, after="bm8")


def test_a_page_of_one_measure_holds_its_own(many: Ledger) -> None:
    bring_up_to_date(many)
    with many.read() as snapshot:
        [one] = page(snapshot, "dprk", "1874.9", most=1).listed
        assert (one.count > 1, len(one.matches)) == (True, 1)
        top = board(snapshot, each=1)
        assert {len(one.matches) for one in top.listed} == {0, 1}
        assert list(top.newest(1).incidents) == [max(top.incidents, key=lambda id: int(id[1:]))]


def test_a_charge_is_looked_at_again_when_what_goes_on_with_it_moves(tmp_path: Path) -> None:
    told = Made("r1", "2024-06-18").say(
        "Washington criticised what Russia gave to North Korea.",
        "ACCUSE",
        "criticised",
        ("Washington",),
        ("Russia", "North Korea"),
    )
    told.say("It also criticised that oil was in it.", "ACCUSE", "criticised", ("Washington",))
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        add(ledger, *visit("r0", "2024-06-18").pair())
        add(ledger, *told.pair())
        bring_up_to_date(ledger)
        with ledger.read() as snapshot:
            before = shown(snapshot)
            last = all_incidents(snapshot)[-1]
        merge_incidents(ledger, [1, last], "me")
        with ledger.read() as snapshot:
            assert bearings.changed(snapshot, index.Index(snapshot).at or 0) == [1, last]
            assert shown(snapshot) == whole_pass(snapshot) != before
