"""What the drawings ask of a ledger: time, network, places, offices, who is in it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from msgspec.structs import replace
from tests.analyses import Made, arms, denial, visit

from menurut.contract import Analysis, Place, Report
from menurut.ledger.adding import add, add_to
from menurut.ledger.chronology import chronology
from menurut.ledger.names import party_key
from menurut.ledger.network import accounts_between, network
from menurut.ledger.offices import offices
from menurut.ledger.places_told import places_told
from menurut.ledger.queries import Filter, who
from menurut.ledger.roster import bearers, roster
from menurut.ledger.store import Ledger

MANILA = Place(
    id="p1",
    span=(0, 6),
    name="Manila",
    country="PHL",
    latitude=14.6,
    longitude=121.0,
    basis="geonames:1701668; named",
)
LAND = replace(
    MANILA, name="Togo", country="TGO", latitude=8.6, longitude=0.8, basis="countries:TGO"
)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def placed(made: Made, place: Place | None) -> tuple[Report, Analysis]:
    """A report whose events all happen at one place."""
    report, analysis = made.pair()
    events = tuple(replace(event, place="p1") for event in analysis.events)
    return report, replace(analysis, places=(place,) if place else (), events=events)


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    """A ledger of three reports, in each of the databases."""
    add(ledger, *arms("r1", "2024-06-17", "Washington").pair())
    add(ledger, *denial("r2", "2024-06-18").pair())
    add(ledger, *visit("r3", "2024-06-18", time="2024-06-25", status="planned").pair())
    return ledger


# --- time ------------------------------------------------------------------------------------


def test_incidents_stand_at_their_days(ledger: Ledger) -> None:
    with ledger.read() as held:
        found = chronology(held)
    assert dict(found.days) == {day("2024-06-17"): 1, day("2024-06-25"): 1}
    assert found.window == (day("2024-06-17"), day("2024-06-25"))
    assert found.total == 2
    assert found.horizon == day("2024-06-18")
    told, planned = found.moments
    assert (told.dated, told.incident.type) == (False, "AID")
    assert (planned.dated, planned.incident.status) == (True, "planned")


def test_a_filter_and_a_window_narrow_the_time(ledger: Ledger) -> None:
    with ledger.read() as held:
        aid = chronology(held, Filter(type="aid"))
        late = chronology(held, Filter(first=day("2024-06-20")))
        turned = chronology(held, Filter(first=day("2024-06-30"), last=day("2024-06-20")))
        strange = chronology(held, Filter(actor="Togo"))
        before = chronology(held, Filter(last=day("2000-01-01"), first=day("1999-01-01")))
    assert [moment.incident.type for moment in aid.moments] == ["AID"]
    assert [moment.incident.type for moment in late.moments] == ["CONSULT"]
    assert len(late.days) == 2, "the overview shows all days"
    assert turned.window == (day("2024-06-20"), day("2024-06-30"))
    assert (strange.window, strange.moments) == (None, ())
    assert (before.total, before.moments) == (0, ())


def test_a_full_window_is_thinned_evenly(ledger: Ledger) -> None:
    with ledger.write("add") as draft:
        for n in range(60):
            when = (date(2023, 1, 1) + timedelta(days=3 * n)).isoformat()
            words = f"Togo signed pact {n}."
            made = Made(f"t{n}", when).say(
                words, "COOPERATE", "signed", ("Togo",), ("Kyiv",), time=when
            )
            add_to(draft, *made.pair())
    year = {"first": day("2023-01-01"), "last": day("2023-06-29")}
    for actor, most in product((None, "Togo"), (1, 7, 40)):
        with ledger.read() as held:
            found = chronology(held, Filter(actor=actor, **year), most)
        assert found.total == 60
        assert most // 2 <= len(found.moments) <= most
        firsts = [moment.first for moment in found.moments]
        assert firsts == sorted(firsts)
        gaps = [b - a for a, b in pairwise(firsts)]
        assert max(gaps, default=0) <= 2 * 180 / len(firsts) + 1


def test_time_is_shown_as_it_was_known(ledger: Ledger) -> None:
    with ledger.read("2000-01-01") as held:
        assert chronology(held).moments == ()
        assert network(held).ties == ()
        assert places_told(held).spots == ()


# --- who says what about whom ----------------------------------------------------------------


def test_ties_lead_from_who_speaks_to_whom_it_is_about(ledger: Ledger) -> None:
    with ledger.read() as held:
        found = network(held)
    ties = {(tie.source, tie.about): tie for tie in found.ties}
    assert ties.keys() == {("USA", "PRK"), ("USA", "RUS"), ("RUS", "PRK")}
    assert (ties["USA", "PRK"].affirms, ties["USA", "PRK"].denies) == (1, 0)
    assert (ties["RUS", "PRK"].affirms, ties["RUS", "PRK"].denies) == (0, 1)
    assert ties["RUS", "PRK"].types == {"AID": 1}
    assert found.whole


def test_an_actor_has_what_it_says_and_what_is_said_of_it(ledger: Ledger) -> None:
    with ledger.read() as held:
        spoken = network(held, Filter(actor="Washington")).ties
        of_russia = network(held, Filter(actor="Rusia")).ties
        none = network(held, Filter(type="ASSAULT"))
        one = network(held, most=1)
    assert {(tie.source, tie.about) for tie in spoken} == {("USA", "PRK"), ("USA", "RUS")}
    assert {(tie.source, tie.about) for tie in of_russia} == {("USA", "RUS"), ("RUS", "PRK")}
    assert none.ties == ()
    assert (len(one.ties), one.held) == (1, 3)


def test_the_words_behind_a_tie(ledger: Ledger) -> None:
    with ledger.read() as held:
        said = accounts_between(held, "Moscow", "Korea Utara")
        nothing = accounts_between(held, "PRK", "USA")
    assert [account.words for account in said] == [
        "Moscow denied that North Korea supplied missiles to Russia."
    ]
    assert nothing == []


# --- where -----------------------------------------------------------------------------------


def test_places_have_the_coordinates_that_were_read(ledger: Ledger) -> None:
    talks = ("CONSULT", "met", ("Kyiv",), ("Togo",))
    for n, (when, place) in enumerate(
        [("2022-01-01", MANILA), ("2022-06-01", MANILA), ("2023-01-01", LAND), ("2023-06-01", None)]
    ):
        add(ledger, *placed(Made(f"p{n}", when).say("Kyiv met Togo.", *talks, time=when), place))
    with ledger.read() as held:
        found = places_told(held)
        one = places_told(held, most=1)
        togo = places_told(held, Filter(last=day("2022-03-01")))
    manila, land = found.spots
    assert (manila.name, manila.latitude, manila.longitude) == ("Manila", 14.6, 121.0)
    assert (manila.number, manila.whole, len(manila.incidents)) == (2, False, 2)
    assert (land.name, land.whole) == ("Togo", True)
    assert (found.placed, found.unplaced, found.whole) == (3, 3, True)
    assert [spot.name for spot in one.spots] == ["Manila"]
    assert [spot.number for spot in togo.spots] == [1]


def test_a_place_that_the_gazetteer_has_not_is_on_no_map(ledger: Ledger) -> None:
    nowhere = replace(MANILA, name="Nowhere", country=None, latitude=None, longitude=None)
    made = Made("n1", "2022-01-01").say("Kyiv met Togo.", "CONSULT", "met", ("Kyiv",), ("Togo",))
    add(ledger, *placed(made, nowhere))
    with ledger.read() as held:
        found = places_told(held)
    assert found.spots == ()
    assert found.unplaced == 3


# --- offices ---------------------------------------------------------------------------------


def officed(id: str, when: str, said: str | None = None) -> tuple[Report, Analysis]:
    """A report in which President Vladimir Putin visits; as somebody (``said``) says, or not."""
    words = f"{said + ' said ' if said else ''}President Vladimir Putin visited North Korea."
    made = Made(id, when).say(
        words, "CONSULT", "visited", ("Vladimir Putin",), ("North Korea",), by=said, mode="visit"
    )
    report, analysis = made.pair()
    at = words.index("President")
    actors = tuple(
        replace(actor, role="President", role_spans=((at, at + 9),))
        if actor.name == "Vladimir Putin"
        else actor
        for actor in analysis.actors
    )
    return report, replace(analysis, actors=actors)


def test_offices_are_as_told_by_whom(ledger: Ledger) -> None:
    add(ledger, *officed("o1", "2024-06-19"))
    add(ledger, *officed("o2", "2024-06-21", "Kyiv"))
    with ledger.read() as held:
        (office,) = offices(held, "RUS")
        nobody = offices(held, "TGO")
    assert (office.person, office.role, office.code) == ("Vladimir Putin", "President", "RUS GOV")
    assert (office.first, office.last) == ("2024-06-19", "2024-06-21")
    assert (office.told_by, office.by_press) == (("Kyiv",), True)
    assert office.reports == ("o1", "o2")
    assert nobody == []


def test_who_denies_does_not_stand_accused_by_it(ledger: Ledger) -> None:
    made = Made("j1", "2024-06-20").say(
        "Moscow rejected the claim of Kyiv.", "REJECT", "rejected", ("Moscow",), ("Kyiv",)
    )
    add(ledger, *made.pair())
    with ledger.read() as held:
        dossier = who(held, "RUS")
    assert "REJECT" in {incident.type for incident in dossier.did}
    assert "REJECT" not in {incident.type for incident in dossier.accused_of}


# --- who is there ----------------------------------------------------------------------------


def test_the_roster_counts_who_acts_and_speaks(ledger: Ledger) -> None:
    with ledger.read() as held:
        found = {listed.party: listed for listed in roster(held)}
        named = roster(held, "Korea Utara")
        nobody = roster(held, "%")
        first = roster(held, most=1)
    assert found.keys() == {"RUS", "PRK", "USA"}
    assert (found["RUS"].acts, found["RUS"].met_with, found["RUS"].speaks) == (1, 1, 1)
    assert (found["USA"].acts, found["USA"].speaks) == (0, 1)
    assert [listed.party for listed in named] == ["PRK"]
    assert nobody == []
    assert [listed.party for listed in first] == ["RUS"]


def test_a_person_is_found_under_the_party_that_they_speak_for(ledger: Ledger) -> None:
    with ledger.read() as held:
        (putin,) = bearers(held, "putin")
        nobody = bearers(held, "Vladimir Lavrov"), bearers(held, "%"), bearers(held, "Russia")
    with ledger.read("2000-01-01") as held:
        before = bearers(held, "putin")
    assert (putin.person, putin.party) == ("Vladimir Putin", "RUS")
    assert nobody == ([], [], [])
    assert before == []


@pytest.mark.parametrize("key", ["~amnesia group", "USA ACA/joseph byrne", "PRK", "IGO:UN"])
def test_a_key_means_its_party(key: str) -> None:
    assert party_key(key) == key
