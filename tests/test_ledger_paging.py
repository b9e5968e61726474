"""Long lists in pages, search by rank, facets, and reports as they are kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.analyses import Made, arms, denial, visit
from tests.test_ledger import put

from menurut.ledger import queries
from menurut.ledger.errors import LedgerError
from menurut.ledger.intervals import day_of
from menurut.ledger.paging import Page
from menurut.ledger.queries import Filter
from menurut.ledger.queries.facets import Value
from menurut.ledger.reports_kept import ReportFilter, page_reports, read_report
from menurut.ledger.store import Ledger


def visits(ledger: Ledger, days: range) -> None:
    """Visits on days of June, four or more apart: two guests take turns, so that none goes on."""
    for day in days:
        guest = ("Vladimir Putin", "Sergei Lavrov")[day // 4 % 2]
        put(ledger, visit(f"v{day}", f"2024-06-{day:02}", guest, time=f"2024-06-{day:02}"))


def all_pages(turn: Callable[[str | None], Page[queries.Incident]]) -> list[str]:
    found, after = [], None
    while True:
        page = turn(after)
        found += [incident.id for incident in page.items]
        after = page.after
        if after is None:
            return found


@pytest.mark.parametrize("by_day", [False, True])
def test_pages_give_what_one_list_gives(ledger: Ledger, by_day: bool) -> None:
    visits(ledger, range(1, 28, 4))
    put(ledger, Made("u1", None).say("Kyiv shelled a town.", "ASSAULT", "shelled", ("Kyiv",)))
    with ledger.read() as snapshot:
        whole = [i.id for i in queries.find_incidents(snapshot, by_day=by_day)]
        paged = all_pages(
            lambda after: queries.page_incidents(snapshot, None, 3, after, by_day=by_day)
        )
    assert len(whole) == 8
    assert paged == whole
    assert (whole[-1] if by_day else whole[0]) == "i8"


def test_a_cursor_holds_its_place_while_the_ledger_grows(ledger: Ledger) -> None:
    visits(ledger, range(1, 20, 4))
    with ledger.read() as snapshot:
        first = queries.page_incidents(snapshot, most=2)
    visits(ledger, range(21, 28, 4))
    with ledger.read() as snapshot:
        second = queries.page_incidents(snapshot, most=2, after=first.after)
    assert [i.id for i in (*first.items, *second.items)] == ["i5", "i4", "i3", "i2"]


@pytest.mark.parametrize("bad", ["", "x", "bm9wZQ", "WyJzZWFyY2giLDEsMl0", "ż" * 300, "W1sxXV0"])
def test_what_is_no_cursor_is_refused(ledger: Ledger, bad: str) -> None:
    with ledger.read() as snapshot, pytest.raises(LedgerError, match="cursor"):
        queries.page_incidents(snapshot, after=bad)


def test_a_cursor_of_another_list_is_refused(ledger: Ledger) -> None:
    visits(ledger, range(1, 20, 4))
    with ledger.read() as snapshot:
        after = queries.page_incidents(snapshot, most=2).after
        with pytest.raises(LedgerError, match="cursor"):
            queries.page_incidents(snapshot, after=after, by_day=True)


def test_reports_are_listed_the_newest_first(ledger: Ledger) -> None:
    put(ledger, arms("r1", "2024-06-18", "Kyiv"), denial("r2", "2024-06-20"))
    put(ledger, arms("r3", "2024-06-17", "Washington"), arms("r4", None, "Seoul"))
    with ledger.read() as snapshot:
        first = page_reports(snapshot, most=2)
        second = page_reports(snapshot, most=2, after=first.after)
        dated = page_reports(snapshot, ReportFilter(last=day_of("2024-06-17")))
    assert [k.report for k in (*first.items, *second.items)] == ["r2", "r1", "r3", "r4"]
    assert second.after is None
    assert [k.report for k in dated.items] == ["r3"]
    assert first.items[0].incidents == ("i1",)


def test_a_report_is_read_whole(ledger: Ledger) -> None:
    made = arms("r1", "2024-06-18", "Kyiv")
    put(ledger, made)
    with ledger.read() as snapshot:
        whole = read_report(snapshot, "r1")
        with pytest.raises(LedgerError, match="no report"):
            read_report(snapshot, "r2")
    report, analysis = made.pair()
    assert (whole.text, whole.analysis) == (report.text, analysis)
    assert [a.source for a in whole.accounts] == ["UKR"]


def test_search_puts_the_most_telling_report_first(ledger: Ledger) -> None:
    filler = "Rain fell on the river. The market opened late and nobody was there. " * 3
    put(
        ledger,
        Made("passing", "2024-06-19").say(filler + "A missile was seen."),
        Made("about", "2024-06-18").say("Missiles were fired. The missile site burned."),
    )
    with ledger.read() as snapshot:
        hits = queries.search(snapshot, "missile")
        [marked] = [hit for hit in hits if hit.report == "about"]
    assert [hit.report for hit in hits] == ["about", "passing"]
    assert [marked.words[slice(*mark)] for mark in marked.marks] == ["Missiles", "missile"]


def test_of_reports_that_say_the_same_the_newer_comes_first(ledger: Ledger) -> None:
    put(ledger, Made("new", "2024-06-19").say("A missile was seen."))
    put(ledger, Made("old", "2019-06-19").say("A missile was seen."))
    with ledger.read() as snapshot:
        assert [hit.report for hit in queries.search(snapshot, "missile")] == ["new", "old"]


def test_search_in_pages_gives_each_report_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("menurut.ledger.queries.searching._RANKED", 3)
    for number in range(8):
        put(ledger, Made(f"r{number}", "2024-06-19").say("A missile was seen." + " Rain." * number))
    found, after = [], None
    with ledger.read() as snapshot:
        while True:
            page = queries.page_hits(snapshot, "missile", 2, after)
            found += [hit.report for hit in page.items]
            after = page.after
            if after is None:
                break
    assert sorted(found) == [f"r{number}" for number in range(8)]


def test_facets_count_what_passes(ledger: Ledger) -> None:
    visits(ledger, range(1, 20, 4))
    arming = arms("r1", "2024-06-17", "Washington")
    arming.publisher = "Harian Contoh"
    put(ledger, arming, denial("r2", "2024-06-18"))
    with ledger.read() as snapshot:
        held = queries.count_facets(snapshot)
        aid = queries.count_facets(snapshot, Filter(type="aid"))
    assert {v.value: v.incidents for v in held.types} == {"CONSULT": 5, "AID": 1}
    assert {v.value: v.incidents for v in aid.statuses} == {"contested": 1}
    assert {v.value: v.incidents for v in aid.publishers} == {"Harian Contoh": 1}
    assert held.actors[0] == Value("PRK", 6)
    assert (aid.counted, aid.whole) == (1, True)
