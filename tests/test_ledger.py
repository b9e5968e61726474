"""The ledger on analyses made by hand: linking, standing, history, judgements."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from tests.analyses import Made, arms, denial, visit

from menurut.ledger import grades, judgements, queries
from menurut.ledger.adding import add, relink
from menurut.ledger.copies import print_all
from menurut.ledger.errors import LedgerError
from menurut.ledger.judgements import Correction
from menurut.ledger.queries import Filter, Incident
from menurut.ledger.reviewing import decide, judge, merge_incidents, replay, split_incident
from menurut.ledger.store import Ledger


def put(ledger: Ledger, *made: Made) -> None:
    for report in made:
        add(ledger, *report.pair())


def listed(ledger: Ledger, as_of: str | None = None, **wanted: object) -> list[Incident]:
    with ledger.read(as_of) as snapshot:
        found = queries.find_incidents(snapshot, Filter(**wanted))  # type: ignore[arg-type]
    return sorted(found, key=lambda incident: int(incident.id[1:]))


def only(ledger: Ledger) -> queries.Shown:
    [incident] = listed(ledger)
    with ledger.read() as snapshot:
        return queries.show(snapshot, incident.id)


def accounts(ledger: Ledger, id: str = "i1") -> tuple[queries.Account, ...]:
    with ledger.read() as snapshot:
        return queries.show(snapshot, id).accounts


def sorts(ledger: Ledger) -> list[list[str]]:
    """Which reports tell of one incident, whatever the numbers."""
    found = [sorted({a.report for a in accounts(ledger, i.id)}) for i in listed(ledger)]
    return sorted(found)


# linking and standing


def test_an_undated_denial_finds_the_claim_that_was_dated(ledger: Ledger) -> None:
    sides = ("North Korea",), ("Russia",)
    claim = Made("c1", "2024-06-18").say(
        "Washington said North Korea supplied missiles to Russia.",
        "AID",
        "supplied",
        *sides,
        by="Washington",
        time="2024-05",
    )
    put(ledger, claim, denial("d1", "2024-06-19"))
    assert only(ledger).incident.status == "contested"


def test_a_claim_and_its_denial_months_later_are_one_contested_incident(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-02-28", "Washington"), denial("r2", "2024-05-18"))
    shown = only(ledger)
    assert shown.incident.status == "contested"
    assert {(a.source, a.stance) for a in shown.accounts} == {("USA", "affirms"), ("RUS", "denies")}
    assert "same_type" in shown.accounts[1].reasons


def test_figures_stand_beside_each_other(ledger: Ledger) -> None:
    put(
        ledger,
        arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}),
        arms("r2", "2024-06-18", "Kyiv", {"50 missiles": (50, "missiles")}),
    )
    figures = {a.source: [f.low for f in a.figures] for a in only(ledger).accounts}
    assert figures == {"USA": [24.0], "UKR": [50.0]}
    assert only(ledger).incident.status == "corroborated"


def test_a_spokesman_and_his_capital_are_one_source(ledger: Ledger) -> None:
    put(ledger, denial("r1", "2024-06-17"), denial("r2", "2024-06-18", "Russia"))
    assert {a.source for a in only(ledger).accounts} == {"RUS"}


def test_who_does_it_himself_acknowledges_it(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-06-17", "Washington"), arms("r2", "2024-06-18", "North Korea"))
    assert only(ledger).incident.status == "acknowledged"


def test_reports_in_two_languages_join(ledger: Ledger) -> None:
    indonesian = Made("r2", "2024-06-18", "id").say(
        "Kyiv menyebut Korea Utara memasok rudal ke Rusia.",
        "AID",
        "memasok",
        ("Korea Utara",),
        ("Rusia",),
        by="Kyiv",
    )
    put(ledger, arms("r1", "2024-06-17", "Washington"), indonesian)
    assert only(ledger).incident.sources == 2


def test_visits_of_different_days_persons_and_directions_are_different(ledger: Ledger) -> None:
    put(
        ledger,
        visit("r1", "2024-06-20", time="2024-06-19"),
        visit("r2", "2024-06-20", time="2000-07"),
        visit("r3", "2024-06-20", "Sergei Lavrov", time="2024-06-19"),
    )
    back = Made("r4", "2024-06-20").say(
        "North Korea visited Russia.",
        "CONSULT",
        "visited",
        ("North Korea",),
        ("Russia",),
        mode="visit",
        time="2024-06-19",
    )
    put(ledger, back)
    assert len(listed(ledger)) == 4


def test_an_announcement_comes_true(ledger: Ledger) -> None:
    put(ledger, visit("r1", "2024-06-17", status="planned", time="2024-06-18/2024-06-19"))
    assert (listed(ledger)[0].status, listed(ledger)[0].outcome) == ("planned", "pending")
    put(ledger, visit("r2", "2024-06-20", time="2024-06-19"))
    assert only(ledger).incident.outcome == "happened"


def test_an_announcement_comes_due_when_the_ledger_has_later_reports(ledger: Ledger) -> None:
    put(ledger, visit("r1", "2024-06-17", status="planned", time="2024-06-18"))
    assert [i.id for i in listed(ledger, status="planned")] == ["i1"]
    put(ledger, arms("r2", "2024-07-01", "Kyiv"))
    due = listed(ledger)[0]
    assert (due.status, due.outcome) == ("single-source", "due")
    assert listed(ledger, status="planned") == []
    assert [i.id for i in listed(ledger, status="due")] == ["i1"]


def test_an_announcement_falls_through(ledger: Ledger) -> None:
    put(
        ledger,
        visit("r1", "2024-06-17", status="planned", time="2024-06-18"),
        visit("r2", "2024-06-19", status="denied", time="2024-06-18"),
    )
    assert only(ledger).incident.outcome == "fell-through"


def test_a_long_story_holds_its_single_events(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-06-17", "Washington"))
    shipment = Made("r2", "2024-06-18").say(
        "North Korea supplied missiles to Russia.",
        "AID",
        "supplied",
        ("North Korea",),
        ("Russia",),
        time="2024-01-05",
    )
    put(ledger, shipment)
    assert [(i.id, i.series) for i in listed(ledger)] == [("i1", None), ("i2", "i1")]
    with ledger.read() as snapshot:
        assert [part.id for part in queries.show(snapshot, "i1").parts] == ["i2"]


def test_a_finding_without_an_event_joins_what_it_speaks_of(ledger: Ledger) -> None:
    finding = Made("r2", "2024-06-18").say(
        "A missile fired by Russia was made in North Korea.", by="UN monitors", kind="conclude"
    )
    put(ledger, arms("r1", "2024-06-17", "Washington"), finding)
    assert {a.source for a in only(ledger).accounts} == {"USA", "IGO:UN"}
    assert only(ledger).accounts[1].margin < 1


def test_who_is_accused_and_silent_is_named_until_heard(ledger: Ledger) -> None:
    claim = Made("r1", "2024-06-17").say(
        "Kyiv said Russia shelled a town.", "ASSAULT", "shelled", ("Russia",), by="Kyiv"
    )
    put(ledger, claim)
    assert only(ledger).incident.unheard == ("RUS",)
    answer = Made("r2", "2024-06-18").say(
        "Moscow denied that Russia shelled a town.",
        "ASSAULT",
        "shelled",
        ("Russia",),
        by="Moscow",
        kind="deny",
        status="denied",
    )
    put(ledger, answer)
    assert only(ledger).incident.unheard == ()


WORDS = " ".join(f"word{n} went past the old harbour gate at hour {n}" for n in range(12))


def test_copies_of_one_story_are_one_source(ledger: Ledger) -> None:
    told = [Made(f"r{n}", "2024-06-17", publisher=f"Outlet {n}") for n in range(4)]
    for made in told:
        made.say(
            "North Korea supplied missiles to Russia.",
            "AID",
            "supplied",
            ("North Korea",),
            ("Russia",),
        ).say(WORDS)
    put(ledger, *told)
    shown = only(ledger)
    assert shown.incident.sources == 1
    assert shown.incident.status == "single-source"
    assert [a.origin for a in shown.accounts] == [None, "r0", "r0", "r0"]


def test_prints_that_are_made_anew_are_those_of_adding(ledger: Ledger) -> None:
    def held() -> list[tuple[int, int]]:
        with ledger.read() as snapshot:
            rows = snapshot.connection.execute(
                text("SELECT band, report FROM prints ORDER BY 1, 2")
            )
            return [(row.band, row.report) for row in rows]

    told = [visit("r1", "2024-06-17"), visit("r2", "2024-06-18")]
    for made in told:
        made.say(WORDS)
    put(ledger, *told)
    before = held()
    assert len(before) >= 32
    with ledger.write("prints") as draft:
        draft.connection.execute(text("UPDATE prints SET band = band / 2 + 7"))
        print_all(draft.connection)
    assert held() == before


def test_independent_reports_are_two_sources(ledger: Ledger) -> None:
    one, other = visit("r1", "2024-06-17", time="2024-06-17"), visit("r2", "2024-06-17")
    one.say(WORDS)
    other.say(" ".join(f"other{n} things were seen along the river bank {n}" for n in range(12)))
    put(ledger, one, other)
    assert only(ledger).incident.status == "corroborated"


def test_a_translation_of_an_agency_story_is_a_copy(ledger: Ledger) -> None:
    def story(id: str, language: str, byline: str) -> Made:
        made = Made(id, "2024-06-17", language, byline=byline)
        made.say(
            "North Korea supplied 24 missiles to Russia.",
            "AID",
            "supplied",
            ("North Korea",),
            ("Russia",),
            by="Washington",
            figures={"24 missiles": (24, "missiles")},
        )
        made.say(
            "Vladimir Putin visited North Korea.",
            "CONSULT",
            "visited",
            ("Vladimir Putin",),
            ("North Korea",),
            time="2024-06-16",
        )
        return made.say("Kyiv criticised Russia.", "ACCUSE", "criticised", ("Kyiv",), ("Russia",))

    put(ledger, story("r1", "en", "Reuters"), story("r2", "id", "Reuters"))
    put(ledger, story("r3", "id", "A. Writer"))
    with ledger.read() as snapshot:
        origins = {
            a.report: a.origin
            for i in listed(ledger)
            for a in queries.show(snapshot, i.id).accounts
        }
    assert origins["r2"] == "r1"


# adding


def test_adding_twice_changes_nothing(ledger: Ledger) -> None:
    pair = arms("r1", "2024-06-17", "Washington").pair()
    assert add(ledger, *pair).change == "added"
    before = dumped(ledger)
    assert add(ledger, *pair).change == "unchanged"
    assert dumped(ledger) == before


def dumped(ledger: Ledger) -> list[tuple[object, ...]]:
    tables = ("revisions", "reports", "readings", "tellings", "accounts", "incidents")
    with ledger.read() as snapshot:
        return [
            tuple(row)
            for table in tables
            for row in snapshot.connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))
        ]


def test_an_id_is_not_taken_by_another_publishers_report(ledger: Ledger) -> None:
    one, other = arms("r1", "2024-06-17", "Washington"), denial("r1", "2024-06-18")
    one.publisher, other.publisher = "One", "Other"
    put(ledger, one)
    with pytest.raises(LedgerError, match="One"):
        put(ledger, other)
    assert len(listed(ledger)) == 1


def test_an_analysis_must_be_the_reports(ledger: Ledger) -> None:
    report, _ = arms("r1", "2024-06-17", "Washington").pair()
    _, analysis = denial("r2", "2024-06-18").pair()
    with pytest.raises(LedgerError, match="r2"):
        add(ledger, report, analysis)


def test_a_corrected_report_replaces_what_it_said_and_the_past_stays(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}))
    then = now_of(ledger)
    put(ledger, arms("r1", "2024-06-17", "Washington", {"30 missiles": (30, "missiles")}))
    assert [f.low for a in only(ledger).accounts for f in a.figures] == [30.0]
    with ledger.read(then) as snapshot:
        before = queries.show(snapshot, "i1").accounts
    assert [f.low for a in before for f in a.figures] == [24.0]


def now_of(ledger: Ledger) -> str:
    with ledger.read() as snapshot:
        sql = text("SELECT max(at) FROM revisions")
        return str(snapshot.connection.execute(sql).scalar())


def test_reading_anew_keeps_incidents_and_their_numbers(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-02-28", "Washington"), denial("r2", "2024-05-18"))
    report, analysis = denial("r2", "2024-05-18").pair()
    again = msgspec.structs.replace(analysis, notes=("read by a newer reader",))
    assert add(ledger, report, again).change == "reread"
    assert only(ledger).incident.status == "contested"
    assert len(only(ledger).accounts) == 2


def test_what_is_no_longer_told_leaves_the_ledger_but_not_its_history(ledger: Ledger) -> None:
    put(ledger, visit("r1", "2024-06-17"))
    then = now_of(ledger)
    report, analysis = visit("r1", "2024-06-17").pair()
    add(ledger, report, msgspec.structs.replace(analysis, events=()))
    assert listed(ledger) == []
    assert [i.id for i in listed(ledger, then)] == ["i1"]


DATED = (
    ("a", "2024-06-17", "2024-06-17"),
    ("b", "2024-06-19", "2024-06-17"),
    ("c", "2024-06-19", "2024-06-10"),
    ("d", "2024-06-20", "2000-07"),
    ("e", "2024-06-12", "2024-06-10"),
)


@given(st.permutations(DATED))
def test_the_order_of_adding_does_not_change_the_incidents(
    tmp_path_factory: pytest.TempPathFactory, order: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("order") / "ledger.db"
    with Ledger(str(path)) as opened:
        put(opened, *(visit(id, date, time=time) for id, date, time in order))
        assert sorts(opened) == [["a", "b"], ["c", "e"], ["d"]]


@pytest.mark.parametrize("order", permutations(range(3)))
def test_claims_and_denials_stand_the_same_in_any_order(
    ledger: Ledger, order: Iterable[int]
) -> None:
    made = (
        arms("r1", "2024-06-16", "Washington"),
        denial("r2", "2024-06-17"),
        arms("r3", "2024-06-18", "Kyiv"),
    )
    put(ledger, *(made[n] for n in order))
    shown = only(ledger)
    assert (shown.incident.status, shown.incident.sources) == ("contested", 2)


def test_the_past_does_not_change(ledger: Ledger) -> None:
    moments = []
    for made in (arms("r1", "2024-02-28", "Washington"), arms("r2", "2024-03-01", "Kyiv")):
        put(ledger, made)
        moments.append((now_of(ledger), listed(ledger)))
    put(ledger, denial("r3", "2024-03-02"))
    for moment, then in moments:
        assert listed(ledger, moment) == then
    assert [then[0].status for _, then in moments] == ["single-source", "corroborated"]
    assert listed(ledger, "2001-01-01") == []


def test_a_date_that_is_none_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="ISO"), ledger.read("soon"):
        pass


# judgements


def two_visits(ledger: Ledger) -> None:
    put(
        ledger,
        visit("r1", "2024-06-18", time="2024-06-17"),
        visit("r2", "2024-06-20", time="2024-06-10"),
    )


def test_a_merge_joins_incidents_and_outlives_a_re_reading(ledger: Ledger) -> None:
    two_visits(ledger)
    assert merge_incidents(ledger, [2, 1], "ana", "a slip of the date") == 1
    assert sorts(ledger) == [["r1", "r2"]]
    with ledger.write("reread") as draft:
        relink(draft, "r2")
    assert sorts(ledger) == [["r1", "r2"]]
    with ledger.read() as snapshot, pytest.raises(LedgerError, match="i1"):
        queries.show(snapshot, "i2")


def test_a_split_parts_accounts_and_outlives_a_re_reading(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-06-17", "Washington"), arms("r2", "2024-06-18", "Kyiv"))
    kyiv = next(a for a in accounts(ledger) if a.source == "UKR")
    assert split_incident(ledger, 1, [kyiv.id], "ana") == 2
    for name in ("r1", "r2"):
        with ledger.write("reread") as draft:
            relink(draft, name)
        assert sorts(ledger) == [["r1"], ["r2"]]


def test_judgements_are_replayed_into_another_ledger_before_or_after_the_reports(
    ledger: Ledger, tmp_path: Path
) -> None:
    two_visits(ledger)
    merge_incidents(ledger, [1, 2], "ana")
    put(ledger, arms("r3", "2024-06-17", "Washington"), arms("r4", "2024-06-18", "Kyiv"))
    [wrong] = [a for a in accounts(ledger, "i3") if a.report == "r4"]
    split_incident(ledger, 3, [wrong.id], "ana")
    with ledger.read() as snapshot:
        given_ = judgements.dump(snapshot)
    lines = [msgspec.json.decode(msgspec.json.encode(j), type=judgements.Judgement) for j in given_]
    wanted = sorts(ledger)
    for when in ("before", "after"):
        with Ledger(str(tmp_path / f"{when}.db")) as other:
            if when == "before":
                assert replay(other, lines) == len(lines)
            two_visits(other)
            put(other, arms("r3", "2024-06-17", "Washington"), arms("r4", "2024-06-18", "Kyiv"))
            if when == "after":
                assert replay(other, lines) == len(lines)
            assert replay(other, lines) == 0
            assert sorts(other) == wanted


def test_a_wrong_actor_and_a_wrong_status_are_put_right(ledger: Ledger) -> None:
    put(ledger, visit("r1", "2024-06-18", time="2024-06-17"))
    [account] = accounts(ledger)
    judge(ledger, account.id, "wrong-actor", "ana", value=Correction(actors=("Togo",)))
    [incident] = listed(ledger)
    assert incident.actors == ("TGO",)
    [account] = accounts(ledger, incident.id)
    judge(ledger, account.id, "wrong-status", "ana", value=Correction(status="denied"))
    assert [a.stance for i in listed(ledger) for a in accounts(ledger, i.id)] == ["denies"]


def test_what_is_no_event_is_struck(ledger: Ledger) -> None:
    put(ledger, visit("r1", "2024-06-18"))
    [account] = accounts(ledger)
    judge(ledger, account.id, "not-event", "ana")
    assert listed(ledger) == []


def test_a_judgement_needs_what_its_verdict_asks_for(ledger: Ledger) -> None:
    put(ledger, visit("r1", "2024-06-18"))
    [account] = accounts(ledger)
    for verdict in ("same", "different", "wrong-actor", "wrong-status"):
        with pytest.raises(LedgerError):
            judge(ledger, account.id, verdict, "ana")  # type: ignore[arg-type]
    with pytest.raises(LedgerError):
        judge(ledger, 99, "not-event", "ana")
    with pytest.raises(LedgerError):
        split_incident(ledger, 1, [account.id], "ana")


def test_doubtful_links_come_first_and_a_person_settles_them(ledger: Ledger) -> None:
    finding = Made("r2", "2024-06-18").say(
        "A missile fired by Russia was made in North Korea.", by="UN monitors", kind="conclude"
    )
    put(ledger, arms("r1", "2024-06-17", "Washington"), finding)
    with ledger.read() as snapshot:
        [doubted] = queries.doubtful(snapshot)
    decide(ledger, doubted, True, "ana")
    with ledger.read() as snapshot:
        assert queries.doubtful(snapshot) == []
    assert {a.linked_by for a in accounts(ledger)} == {"menurut", "ana"}


def test_a_grade_is_the_users_and_is_not_counted(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-06-17", "Washington"))
    before = listed(ledger)
    with ledger.write("grade", "ana") as draft:
        grades.grade(draft, "USA", "B2", "well informed")
    with ledger.write("grade", "ana") as draft:
        grades.grade(draft, "USA", "c")
    [account] = accounts(ledger)
    assert [(g.reliability, g.credibility) for g in account.grades] == [("C", None)]
    assert listed(ledger) == before
    for bad in ("", "G", "B7", "2B2"):
        with pytest.raises(LedgerError):
            grades.parsed(bad)


# questions


def test_filters(ledger: Ledger) -> None:
    made = visit("r1", "2024-06-18", time="2024-06-17")
    made.publisher = "Kabar"
    put(ledger, made, arms("r2", "2024-02-18", "Washington"))
    wanted = {
        "i1": [{"actor": "Rusia", "type": "consult"}, {"publisher": "kabar"}, {"type": "CONSULT"}],
        "i2": [{"type": "AID"}, {"type": "aid", "actor": "Korea Utara"}],
    }
    for id, filters in wanted.items():
        for given_ in filters:
            assert [i.id for i in listed(ledger, **given_)] == [id]
    assert len(listed(ledger, actor="PRK")) == 2
    assert listed(ledger, actor="Togo") == []


def test_search_looks_past_inflection_in_either_language(ledger: Ledger) -> None:
    put(
        ledger,
        Made("r1", "2024-06-18", "id").say("Kapal itu mengirimkan beras."),
        Made("r2", "2024-06-18").say("The ships delivered rice."),
    )
    with ledger.read() as snapshot:
        for query, found in {
            "pengiriman": ["r1"],
            "dikirim beras": ["r1"],
            "ship": ["r2"],
            "delivering": ["r2"],
            "gandum": [],
            '"" OR *': [],
            "": [],
        }.items():
            assert [hit.report for hit in queries.search(snapshot, query)] == found, query


def test_who_and_compare_and_stats(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-06-17", "Washington", {"24 missiles": (24, "missiles")}))
    put(
        ledger,
        arms("r2", "2024-06-17", "Kyiv", {"50 missiles": (50, "missiles")}),
        denial("r3", "2024-06-18"),
    )
    with ledger.read() as snapshot:
        dossier = queries.who(snapshot, "Rusia")
        assert [a.report for a in dossier.denied] == ["r3"]
        assert [i.id for i in queries.who(snapshot, "Korea Utara").accused_of] == ["i1"]
        [pair] = queries.compare_reports(snapshot, "r1", "r2").shared
        assert pair.differs == ("figures",)
        assert queries.stats(snapshot).statuses == {"contested": 1}
        with pytest.raises(LedgerError):
            queries.who(snapshot, "Atlantis")
        with pytest.raises(LedgerError):
            queries.compare_reports(snapshot, "r1", "r9")


def test_a_ledger_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.db")
    with Ledger(path) as made, made.write("test") as draft:
        draft.connection.execute(text("INSERT INTO migrations VALUES (99)"))
    with pytest.raises(LedgerError, match="newer"):
        Ledger(path)


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database" * 100)
    for where in (str(broken), str(tmp_path), "mysql://x", str(tmp_path / "no" / "where.db")):
        with pytest.raises(LedgerError):
            Ledger(where)
    with pytest.raises(LedgerError):
        Ledger(str(tmp_path / "new.db"), create=False)
    assert not (tmp_path / "new.db").exists()


FIRST = Path(__file__).parent / "files" / "ledger-1.db"


def test_a_ledger_of_the_first_release_opens_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    shutil.copy(FIRST, path)
    with Ledger(str(path)) as old:
        assert [i.status for i in listed(old)] == ["contested", "planned"]
        put(old, arms("r9", "2024-06-20", "Kyiv"))
        assert [a.source for a in accounts(old)] == ["USA", "RUS", "UKR"]
        with old.read() as snapshot:
            assert len(queries.search(snapshot, "missiles")) == 3
