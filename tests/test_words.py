"""Text falls into words as the treebanks cut it, and nothing of it is lost."""

from __future__ import annotations

import tomllib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.reader.words import split_words, word_rules
from menurut.tables import data_file, languages

READ = sorted(languages())


def words(text: str, language: str) -> list[str]:
    return [text[s:e] for s, e in split_words(text, 0, len(text), language)]


def examples() -> list[tuple[str, str]]:
    found = []
    for language in READ:
        table = tomllib.loads(data_file(f"languages/{language}/words.toml").read_text("utf-8"))
        found += [(language, e) for row in table["enclitic"] for e in row["examples"]]
    return found


@pytest.mark.parametrize(("language", "example"), examples())
def test_enclitics_are_cut_as_their_table_says(language: str, example: str) -> None:
    assert words(f"x {example.replace('|', '')} y", language)[1:-1] == example.split("|")


@pytest.mark.parametrize("language", READ)
def test_whole_words_are_never_cut(language: str) -> None:
    for enclitic in word_rules(language).enclitics:
        for word in enclitic.whole:
            assert words(f"x {word} y", language)[1] == word


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The U.S. won't pay $5.3m.", "The U.S. wo n't pay $ 5.3 m ."),
        ("en", "Mr. Kim's well-known plan", "Mr. Kim 's well - known plan"),
        ("en", "He said 'no'.", "He said ' no ' ."),
        ("id", "Pada 19-20 Juni, negara-negara itu", "Pada 19 - 20 Juni , negara-negara itu"),
        ("id", "Rabu (19/6/2024) pukul 01:01 WIB.", "Rabu ( 19/6/2024 ) pukul 01:01 WIB ."),
        ("id", "Jend. A. Yani tiba.", "Jend. A. Yani tiba ."),
        ("xx", "katanya don't", "katanya don't"),
    ],
)
def test_words_of_news_text(language: str, text: str, expected: str) -> None:
    assert words(text, language) == expected.split()


@given(st.text(), st.sampled_from([*READ, "xx"]))
def test_every_visible_character_lies_in_exactly_one_word(text: str, language: str) -> None:
    spans = list(split_words(text, 0, len(text), language))
    assert all(s < e for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = {n for s, e in spans for n in range(s, e)}
    assert {n for n, c in enumerate(text) if not c.isspace()} <= covered
