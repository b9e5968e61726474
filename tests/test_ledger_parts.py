"""The ledger's tables and pure parts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.ledger import linking
from menurut.ledger.blocking import kept_under, looked_up
from menurut.ledger.intervals import Interval, interval
from menurut.ledger.matters import matters
from menurut.ledger.names import party_key
from menurut.ledger.parameters import parameters
from menurut.ledger.parties import key_of
from menurut.ledger.profiles import Profile, joined
from menurut.ledger.stems import stem, stems
from menurut.reports.prints import shared_text, signature
from menurut.tables import language_table, languages

AFFIXES = [(at, r["example"]) for at in languages() for r in language_table(at, "stemming")]
MATTERS = [
    (at, r["matter"], r["example"]) for at in languages() for r in language_table(at, "matters")
]


@pytest.mark.parametrize(("language", "example"), [a for a in AFFIXES if a[1]])
def test_stems(language: str, example: str) -> None:
    word, wanted = example.split(">")
    assert stem(word, language) == wanted


@pytest.mark.parametrize(("language", "matter", "example"), MATTERS)
def test_matters(language: str, matter: str, example: str) -> None:
    assert matter in matters(stems(example, language), language)


def test_every_language_knows_the_same_matters() -> None:
    known = {at: {r["matter"] for r in language_table(at, "matters")} for at in languages()}
    assert len({frozenset(names) for names in known.values()}) == 1


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-06-19", "2024-06-19", "2024-06-19"),
        ("2024-06-19T10:00", "2024-06-19", "2024-06-19"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-W25", "2024-06-17", "2024-06-23"),
        ("2024-Q2", "2024-04-01", "2024-06-30"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("2024-06-18/2024-06-19", "2024-06-18", "2024-06-19"),
        ("2006/", "2006-01-01", "2006-12-31"),
    ],
)
def test_intervals(value: str, first: str, last: str) -> None:
    assert interval(value) == Interval(day(first), day(last))


@pytest.mark.parametrize(
    "value", ["P3D", "PRESENT_REF", "XXXX-06", "2024-13", "2024-02-31", "", None]
)
def test_what_names_no_days(value: str | None) -> None:
    assert interval(value) is None


def test_an_open_stretch_lasts_until_today() -> None:
    assert interval("2022-02-24/", day("2024-06-19")) == Interval(
        day("2022-02-24"), day("2024-06-19")
    )


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Korea Utara", "PRK"),
        ("north korea", "PRK"),
        ("PRK GOV", "PRK"),
        ("Pyongyang", "PRK"),
        ("IGO:UN", "IGO:UN"),
        ("Kim Hong-kyun", "~kim hong kyun"),
    ],
)
def test_a_party_is_known_by_any_of_its_names(words: str, key: str) -> None:
    assert party_key(words) == key


def test_who_does_not_speak_for_a_state_stands_alone() -> None:
    assert key_of("KOR EDU", "Leif-Eric Easley") != key_of("KOR GOV", "Seoul") == "KOR"


DAYS = st.integers(day("2023-01-01"), day("2025-01-01"))
PARTIES = st.lists(st.sampled_from(["USA", "RUS", "PRK", "CHN"]), max_size=2, unique=True)
PROFILES = st.builds(
    Profile,
    type=st.sampled_from(["AID", "CONSULT", "ASSAULT", "ACCUSE", "AGREE"]),
    actors=PARTIES.map(tuple),
    recipients=PARTIES.map(tuple),
    when=st.none() | DAYS.map(lambda d: Interval(d, d)),
    told=DAYS.map(lambda d: Interval(d, d)),
    matters=st.sets(st.sampled_from(["arms", "grain"])).map(frozenset),
    statuses=st.sampled_from(["actual", "denied", "planned"]).map(lambda s: frozenset([s])),
)


@given(PROFILES, PROFILES)
def test_comparing_is_symmetric_and_its_score_is_the_sum_of_its_reasons(
    one: Profile, other: Profile
) -> None:
    link, back = linking.compare(one, other), linking.compare(other, one)
    assert sorted(link.reasons) == sorted(back.reasons)
    if link.reasons and one.type == other.type:
        assert link.margin == back.margin
    assert link.score == pytest.approx(sum(parameters().points[r] for r in link.reasons))


@given(PROFILES, PROFILES)
def test_what_would_be_linked_is_found_by_its_keys(one: Profile, other: Profile) -> None:
    far = one.told and other.told and (one.when or one.told).gap(other.when or other.told) > 14
    if linking.compare(one, other).holds and not far:
        assert looked_up(one) & kept_under(other)


@given(PROFILES, PROFILES)
def test_joining_keeps_the_narrowest_days_and_loses_no_party(one: Profile, other: Profile) -> None:
    both = joined(one, other)
    assert set(one.parties) <= set(both.parties)
    assert both.when in (one.when, other.when)


TEXT = " ".join(
    f"the {n} th lorry crossed the bridge at dawn with {n * 7} sacks" for n in range(20)
)


def test_a_cut_and_changed_copy_shares_a_band_and_most_of_its_text() -> None:
    copy = "JAKARTA - " + TEXT[: len(TEXT) * 4 // 5] + " An editor added this."
    assert set(signature(TEXT)) & set(signature(copy))
    assert shared_text(TEXT, copy) > 0.9
    assert shared_text(TEXT, "Something else entirely was told here by other people.") == 0
    assert signature("Too short to know.") == []
