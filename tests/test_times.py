"""The engine of the time expressions: context, tense, spans, values."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import from_conllu
from menurut.reader.document import NameRange
from menurut.record.times import find_times
from menurut.record.times.grammar import all_grammars
from menurut.record.times.moments import Moment, nth_weekday, on_weekday, stretch
from menurut.record.times.patterns import Vocabulary, compile_pattern, numeral
from menurut.record.times.readings import period

WEDNESDAY = datetime(2024, 6, 19, 1, 1)


def values(text: str, language: str, published: datetime | None = WEDNESDAY) -> list[str]:
    return [time.value for time in find_times(text, language, published)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ia pergi Senin.", "id", ["XXXX-WXX-1"]),
        ("Ia pergi 18 Juni.", "id", ["XXXX-06-18"]),
        ("Ia pergi pada bulan Juni.", "id", ["XXXX-06"]),
        ("Ia pergi kemarin.", "id", ["PAST_REF"]),
        ("Ia pergi hari ini.", "id", ["PRESENT_REF"]),
        ("Ia akan pergi pekan depan.", "id", ["FUTURE_REF"]),
        ("Ia pergi 18 Juni 2024.", "id", ["2024-06-18"]),
        ("He left two days ago.", "en", ["PAST_REF"]),
        ("He left in the third quarter.", "en", ["XXXX-Q3"]),
        ("He left last summer.", "en", ["XXXX-SU"]),
        ("He left at 5 p.m.", "en", ["T17:00"]),
        ("He left on Monday night.", "en", ["XXXX-WXX-1TNI"]),
    ],
)
def test_without_a_day_of_publication_relative_times_stay_relative(
    text: str, language: str, expected: list[str]
) -> None:
    assert values(text, language, None) == expected


def test_a_language_without_rules_has_no_times() -> None:
    assert find_times("Le 18 juin 2024.", "fr", WEDNESDAY) == ()


def test_the_region_of_a_language_tag_does_not_matter() -> None:
    assert values("He left on June 18.", "en-GB") == ["2024-06-18"]


def test_only_the_given_spans_are_read_and_ids_run_on() -> None:
    text = "Monday.\nHe came on June 3.\nSunday.\nHe left on June 5."
    spans = [(8, 27), (35, len(text))]
    times = find_times(text, "en", WEDNESDAY, spans=spans)
    assert [(t.id, t.value) for t in times] == [("t1", "2024-06-03"), ("t2", "2024-06-05")]


def test_an_expression_does_not_run_over_the_end_of_a_span() -> None:
    assert find_times("June 18, 2024", "en", WEDNESDAY, spans=[(0, 4)])[0].span == (0, 4)


def test_the_basis_names_the_file_and_the_rule() -> None:
    (time,) = find_times("Ia pergi Senin.", "id", WEDNESDAY)
    assert time.basis == "languages/id/times.toml: weekday"


def test_the_day_is_that_of_the_publishers_own_clock() -> None:
    late = datetime.fromisoformat("2024-06-18T23:30:00+07:00")
    assert values("Ia pergi hari ini.", "id", late) == ["2024-06-18"]
    assert values("Ia pergi hari ini.", "id", late.astimezone(UTC)) == ["2024-06-18"]


def test_hours_ago_need_the_hour_of_publication() -> None:
    assert values("He left two hours ago.", "en") == ["2024-06-18T23:01"]
    assert values("He left two hours ago.", "en", datetime(2024, 6, 19)) == ["2024-06-19"]


FUTURE = """
1 Menteri menteri NOUN _ _ 3 nsubj _ _
2 akan akan ADV _ _ 3 advmod _ _
3 berkunjung kunjung VERB _ _ 0 root _ _
4 Kamis Kamis PROPN _ _ 3 obl _ SpaceAfter=No
5 . . PUNCT _ _ 3 punct _ _
"""
REPORTED = """
1 Iran Iran PROPN _ _ 2 nsubj _ _
2 berkata kata VERB _ _ 0 root _ _
3 pada pada ADP _ _ 4 case _ _
4 Kamis Kamis PROPN _ _ 2 obl _ _
5 bahwa bahwa SCONJ _ _ 8 mark _ _
6 Teheran Teheran PROPN _ _ 8 nsubj _ _
7 akan akan ADV _ _ 8 advmod _ _
8 menolak tolak VERB _ _ 2 ccomp _ SpaceAfter=No
9 . . PUNCT _ _ 2 punct _ _
"""
PLANNED = """
1 She she PRON _ _ 2 nsubj _ _
2 plans plan VERB _ Tense=Pres 0 root _ _
3 to to PART _ _ 4 mark _ _
4 visit visit VERB _ VerbForm=Inf 2 xcomp _ _
5 Thursday Thursday PROPN _ _ 4 obl:tmod _ SpaceAfter=No
6 . . PUNCT _ _ 2 punct _ _
"""
NOMINAL = """
1 The the DET _ _ 3 det _ _
2 Thursday Thursday PROPN _ _ 3 compound _ _
3 summit summit NOUN _ _ 5 nsubj _ _
4 will will AUX _ _ 5 aux _ _
5 end end VERB _ VerbForm=Inf 0 root _ SpaceAfter=No
6 . . PUNCT _ _ 5 punct _ _
"""


@pytest.mark.parametrize(
    ("block", "language", "expected"),
    [
        (FUTURE, "id", "2024-06-20"),
        (REPORTED, "id", "2024-06-13"),
        (PLANNED, "en", "2024-06-20"),
        (NOMINAL, "en", "2024-06-20"),
    ],
)
def test_the_clause_tells_past_from_future(block: str, language: str, expected: str) -> None:
    document = from_conllu(block, language)
    (time,) = find_times(document.text, language, WEDNESDAY, document)
    assert time.value == expected


def test_a_month_in_a_persons_name_is_no_time() -> None:
    block = """
1 April April PROPN _ _ 3 nsubj _ _
2 Jones Jones PROPN _ _ 1 flat _ _
3 left leave VERB _ Tense=Past 0 root _ _
4 in in ADP _ _ 5 case _ _
5 April April PROPN _ _ 3 obl _ _
"""
    document = from_conllu(block, "en", names=(NameRange(0, 2, "PER"),))
    (time,) = find_times(document.text, "en", WEDNESDAY, document)
    assert time.span == (20, 25)


def test_an_empty_text_has_no_times() -> None:
    assert find_times("", "id", WEDNESDAY) == ()


WORDS = sorted(
    {word for g in all_grammars() for v in g.classes.values() for word in v.words}
    | {word for g in all_grammars() for v in g.classes.values() for word in v.numerals}
    | {"19", "06", "2024", "31", "(", ")", "/", "-", ",", ".", "the", "pada", "ago", "tahun", "\n"}
)


@given(
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(string.printable, max_size=4)), max_size=12),
    st.sampled_from(["id", "en"]),
    st.sampled_from([None, WEDNESDAY, datetime(1, 1, 1), datetime(9999, 12, 31)]),
)
def test_any_words_at_all_give_ordered_times_within_the_text(
    words: list[str], language: str, published: datetime | None
) -> None:
    text = " ".join(words)
    times = find_times(text, language, published)
    ends = [0]
    for number, time in enumerate(times, 1):
        assert time.id == f"t{number}"
        assert ends[-1] <= time.span[0] < time.span[1] <= len(text)
        assert time.value
        ends.append(time.span[1])


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 7), st.sampled_from([-1, 1]))
def test_the_nearest_weekday_is_that_weekday_within_a_week(
    day: date, weekday: int, turn: int
) -> None:
    found = on_weekday(day, weekday, turn, include=True)
    assert found.isoweekday() == weekday
    assert 0 <= (found - day).days * turn <= 6
    assert 1 <= (on_weekday(day, weekday, turn, include=False) - day).days * turn <= 7


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(-400, 400))
def test_shifting_by_months_and_back_ends_in_the_same_month(day: date, n: int) -> None:
    month = stretch(day, "month")
    assert month.shift(n, "month").shift(-n, "month") == month


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(-400, 400))
def test_shifting_by_weeks_moves_seven_days_a_week(day: date, n: int) -> None:
    week = stretch(day, "week")
    assert week.shift(n, "week").first - week.first == timedelta(weeks=n)


@pytest.mark.parametrize(
    ("grain", "value"),
    [
        ("day", "2024-12-30"),
        ("week", "2025-W01"),
        ("weekend", "2025-W01-WE"),
        ("month", "2024-12"),
        ("quarter", "2024-Q4"),
        ("half", "2024-H2"),
        ("year", "2024"),
        ("decade", "202X"),
        ("century", "20XX"),
    ],
)
def test_a_day_lies_in_a_stretch_of_every_grain(grain: str, value: str) -> None:
    assert stretch(date(2024, 12, 30), grain).value == value


def test_a_season_is_told_by_its_month() -> None:
    assert Moment(date(2024, 12, 1), "season").value == "2024-WI"


def test_beyond_the_calendar_is_an_overflow() -> None:
    with pytest.raises(OverflowError):
        stretch(date(2024, 1, 1), "year").shift(-3000, "year")


@pytest.mark.parametrize(
    ("month", "weekday", "nth", "day"), [(11, 4, 4, 28), (5, 1, -1, 27), (9, 1, 1, 2)]
)
def test_the_nth_weekday_of_a_month(month: int, weekday: int, nth: int, day: int) -> None:
    assert nth_weekday(2024, month, weekday, nth) == date(2024, month, day)


@pytest.mark.parametrize(
    ("language", "words", "number"),
    [
        ("id", "dua puluh lima", 25),
        ("id", "sebelas", 11),
        ("id", "tujuh belas", 17),
        ("id", "dua ratus lima puluh", 250),
        ("id", "tiga ribu lima ratus", 3500),
        ("en", "twenty five", 25),
        ("en", "two hundred and fifty", 250),
        ("en", "three thousand five hundred", 3500),
        ("en", "nineteen ninety six", 1996),
    ],
)
def test_number_words_are_added_and_multiplied(language: str, words: str, number: int) -> None:
    values_of = {g.language: g.classes["number"].numerals for g in all_grammars()}
    assert numeral(words.split(), values_of[language]) == number


@pytest.mark.parametrize(
    ("n", "unit", "fraction", "value"),
    [
        (24, "year", 0, "P24Y"),
        (2, "decade", 0, "P20Y"),
        (0.5, "hour", 0, "PT30M"),
        (0.5, "year", 0, "P6M"),
        (2, "year", 0.5, "P2Y6M"),
        (2.5, "month", 0, "P2.5M"),
        ("X", "minute", 0, "PTXM"),
        ("X", "decade", 0, "PXDE"),
    ],
)
def test_a_length_of_time_has_its_timex3_value(
    n: int | float | str, unit: str, fraction: float, value: str
) -> None:
    assert period(n, unit, fraction) == value


@pytest.mark.parametrize(
    "source", ["{no_such_class}", "(a|b", "a)b", "(a)?", "[0-9]", "(?!a", "<a> (b"]
)
def test_an_ill_formed_pattern_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        compile_pattern(source, {"number": Vocabulary(figures=r"\d+")})


def test_a_form_with_a_capital_is_only_met_with_a_capital() -> None:
    assert values("He may march.", "en") == []
    assert values("Pada Minggu ia pergi.", "id") == ["2024-06-16"]
    assert values("Ia pergi selama dua minggu.", "id") == ["P2W"]
