"""Publication stamps: the tables' examples, and what is no stamp."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.reports import ReportError, check_stamp, parse_stamp
from menurut.reports.stamp import is_date, stamp_rows


@pytest.mark.parametrize("row", stamp_rows(), ids=lambda row: f"{row['kind']}-{row['form']}")
def test_every_word_of_the_tables_is_read_in_its_example(row: dict[str, str]) -> None:
    found = parse_stamp(row["example"])
    assert found is not None
    assert found[0] == row["expected"]


@pytest.mark.parametrize(
    ("line", "value", "words"),
    [
        (
            "Dewi | Rabu, 19/06/2024 01:01 WIB",
            "2024-06-19T01:01:00+07:00",
            "Rabu, 19/06/2024 01:01 WIB",
        ),
        ("Kabar - 19/06/2024, 08:12 WIB", "2024-06-19T08:12:00+07:00", "19/06/2024, 08:12 WIB"),
        (
            "June 18, 2024 at 5:03 p.m. EDT",
            "2024-06-18T17:03:00-04:00",
            "June 18, 2024 at 5:03 p.m. EDT",
        ),
        (
            "Published: 18 June 2024 | 14:20 GMT",
            "2024-06-18T14:20:00+00:00",
            "18 June 2024 | 14:20 GMT",
        ),
        (
            "Updated 5:03 p.m. EDT, June 18, 2024",
            "2024-06-18T17:03:00-04:00",
            "5:03 p.m. EDT, June 18, 2024",
        ),
        ("18 June 2024 14:20 UTC+7", "2024-06-18T14:20:00+07:00", "18 June 2024 14:20 UTC+7"),
        (
            "2024-06-18T14:20:05.123+05:30",
            "2024-06-18T14:20:05+05:30",
            "2024-06-18T14:20:05.123+05:30",
        ),
        ("06/18/2024", "2024-06-18", "06/18/2024"),
        ("19 Juni 2024 25:99 WIB", "2024-06-19", None),
    ],
)
def test_a_stamp_is_read_with_the_span_of_its_words(
    line: str, value: str, words: str | None
) -> None:
    found = parse_stamp(line)
    assert found is not None
    assert found[0] == value
    assert words is None or line[slice(*found[1])] == words


@pytest.mark.parametrize("line", ["June 18", "99/99/2024", "31/02/2024", "pada 2024", "", "12:30"])
def test_what_is_no_full_date_is_no_stamp(line: str) -> None:
    assert parse_stamp(line) is None


@given(st.text(max_size=400))
def test_any_line_gives_a_valid_stamp_or_none(line: str) -> None:
    found = parse_stamp(line)
    if found is not None:
        value, (start, end) = found
        assert check_stamp(value) == value
        assert 0 <= start < end <= len(line)


@pytest.mark.parametrize("words", ["June 18", "18 Jun", "Rabu (19/6)", "Sept. 4", "Tuesday"])
def test_a_day_without_a_year_is_a_date_of_a_dateline(words: str) -> None:
    assert is_date(words)


@pytest.mark.parametrize("words", ["MOSKOW", "Junid", "", "19", "May Day"])
def test_other_words_are_no_date(words: str) -> None:
    assert not is_date(words)


@pytest.mark.parametrize(
    "value", ["2024-06-19", "2024-06-19T01:01+07:00", " 2024-06-19T01:01:00Z "]
)
def test_iso_8601_passes_as_given(value: str) -> None:
    assert check_stamp(value) == value.strip()


@pytest.mark.parametrize("value", ["yesterday", "19/06/2024", "", "2024-13-01"])
def test_what_is_not_iso_8601_is_an_error_that_quotes_it(value: str) -> None:
    with pytest.raises(ReportError, match="ISO 8601") as raised:
        check_stamp(value)
    assert repr(value) in str(raised.value)
