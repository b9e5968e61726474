"""Numbers in words and figures: the examples of the tables, and what must hold of any number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.record.quantities.numbers import parse_figure, parse_number
from menurut.tables import data_file, languages, table

LANGUAGES = sorted(
    name for name in languages() if data_file(f"languages/{name}/numbers.tsv").is_file()
)


def examples() -> list[tuple[str, str, str]]:
    found = []
    for language in LANGUAGES:
        for row in table(f"languages/{language}/numbers.tsv"):
            for example in filter(None, row["examples"].split(" || ")):
                words, _, value = example.rpartition(" = ")
                found.append((language, words, value))
    return found


@pytest.mark.parametrize(("language", "words", "value"), examples())
def test_the_example_has_the_value_beside_it(language: str, words: str, value: str) -> None:
    found = parse_number(words.split(), language)
    assert (found and found[0]) == (None if value == "none" else float(value))


@pytest.mark.parametrize(
    ("words", "language", "taken"),
    [
        ("dua ratus lima puluh orang", "id", 4),
        ("120 ribu pengikut", "id", 2),
        ("satu rudal", "id", 1),
        ("two hundred and fifty people", "en", 4),
        ("five and six", "en", 1),
        ("two hundred and the rest", "en", 2),
        ("half of them", "en", 0),
        ("a man", "en", 0),
    ],
)
def test_a_number_takes_its_own_words_and_no_more(words: str, language: str, taken: int) -> None:
    found = parse_number(words.split(), language)
    assert (found[1] if found else 0) == taken


@pytest.mark.parametrize("form", ["19/06", "1.2.3", "11.000,000.0", "12a", "", "1..2"])
def test_what_is_no_figure_has_no_value(form: str) -> None:
    assert parse_figure(form, "id") is None


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["id", "en"]))
def test_a_grouped_figure_has_its_integer_value(number: int, language: str) -> None:
    grouped = f"{number:,}"
    form = grouped.replace(",", ".") if language == "id" else grouped
    assert parse_figure(form, language) == number


def _indonesian(number: int) -> str:
    units = [
        "nol",
        "satu",
        "dua",
        "tiga",
        "empat",
        "lima",
        "enam",
        "tujuh",
        "delapan",
        "sembilan",
        "sepuluh",
        "sebelas",
    ]
    if number < 12:
        return units[number]
    if number < 20:
        return f"{units[number - 10]} belas"
    for value, name, single in (
        (10**6, "juta", ""),
        (1000, "ribu", "seribu"),
        (100, "ratus", "seratus"),
        (10, "puluh", ""),
    ):
        if number >= value:
            many, rest = divmod(number, value)
            head = single if many == 1 and single else f"{_indonesian(many)} {name}"
            return f"{head} {_indonesian(rest)}" if rest else head
    raise AssertionError(number)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_an_indonesian_number_in_words_comes_back(number: int) -> None:
    words = _indonesian(number).split()
    assert parse_number(words, "id") == (number, len(words))


def test_a_language_without_a_table_still_reads_figures() -> None:
    assert parse_number(["250"], "xx") == (250.0, 1)
