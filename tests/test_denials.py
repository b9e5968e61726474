"""A denial is tied to what it denies: behind it, before it, in a headline, and why is told."""

from __future__ import annotations

import pytest

from menurut.contract import Event, Report
from menurut.pipeline import explain, read

AFTER = [
    ("en", "Ukraine said that North Korea sent missiles to Russia. Moscow denied it."),
    ("en", "Saudi Arabia said Iran attacked its refinery. Tehran rejected the accusation."),
    ("id", "Ukraina mengatakan Korea Utara mengirim rudal ke Rusia. Moskow membantahnya."),
    ("id", "Arab Saudi mengatakan Iran menyerang kilangnya. Teheran menolak tuduhan itu."),
]
BEFORE = [
    (
        "en",
        "North Korea denied the allegation. South Korea had said that North Korea sent missiles"
        " to Russia.",
    ),
    (
        "id",
        "Korea Utara membantah tuduhan itu. Korea Selatan sebelumnya mengatakan Korea Utara"
        " mengirim rudal ke Rusia.",
    ),
]
HEADLINE = [
    (
        "en",
        "Iran denies attacking Saudi refinery\n\nTEHRAN - Saudi Arabia said on Monday that Iran"
        " attacked its refinery.",
    ),
    (
        "id",
        "Iran Bantah Serang Kilang Saudi\n\nTEHERAN - Arab Saudi mengatakan pada Senin bahwa Iran"
        " menyerang kilangnya.",
    ),
]
SAYS_NOT = [
    (
        "en",
        "North Korea said it never sent missiles to Russia. South Korea says North Korea sent"
        " missiles to Russia.",
    ),
    (
        "id",
        "Korea Utara mengatakan tidak pernah mengirim rudal ke Rusia. Korea Selatan mengatakan"
        " Korea Utara mengirim rudal ke Rusia.",
    ),
]
NESTED = [
    ("en", "Miller said that the US has seen that Putin asked North Korea for weapons."),
    (
        "id",
        "Miller mengatakan bahwa AS telah melihat bahwa Putin meminta senjata kepada Korea Utara.",
    ),
]


def done(language: str, text: str) -> Event:
    """The one event that is denied, or could be."""
    found = [e for e in read(text, language=language).events if e.type in ("AID", "ASSAULT")]
    (event,) = found
    return event


@pytest.mark.parametrize(("language", "text"), [*AFTER, *BEFORE, *HEADLINE, *SAYS_NOT])
def test_a_denial_is_tied_to_what_another_affirms(language: str, text: str) -> None:
    event = done(language, text)
    assert event.status == "actual"
    assert len(event.denied_by) == 1
    assert event.according_to
    assert not set(event.denied_by) & set(event.according_to)


@pytest.mark.parametrize(("language", "text"), [*AFTER, *BEFORE, *HEADLINE])
def test_a_denial_is_an_event_of_its_own(language: str, text: str) -> None:
    events = read(text, language=language).events
    assert [e.status for e in events if e.type == "REJECT"] == ["actual"]


@pytest.mark.parametrize(("language", "text"), NESTED)
def test_who_vouches_is_told_through_nested_statements(language: str, text: str) -> None:
    """Putin's asking is according to the US, as told by Miller."""
    found = read(text, language=language)
    (asking,) = (e for e in found.events if e.type == "REQUEST")
    statements = {s.id: s for s in found.statements}
    names = {a.id: a.code or a.name for a in found.actors}
    (teller,) = (statements[i] for i in asking.according_to)
    assert [names[i] for i in teller.source.actors] == ["USA GOV"]
    assert teller.within is not None
    assert [text[s:e] for s, e in statements[teller.within].source.spans] == ["Miller"]


@pytest.mark.parametrize(
    ("case", "ground"),
    [
        (AFTER[0], "it answers the statement that tells this"),
        (BEFORE[1], "it answers the statement that tells this"),
        (HEADLINE[0], "it denies what it tells of"),
        (SAYS_NOT[1], "it tells that the same has not come about"),
    ],
)
def test_the_ground_that_held_is_named(case: tuple[str, str], ground: str) -> None:
    language, text = case
    _, explained = explain(Report(id="r", text=text, language=language))
    grounds = [g for v in explained.explained for g in v.grounds if g.field == "denied_by"]
    assert [rule.name for g in grounds for rule in g.rules] == [ground]
