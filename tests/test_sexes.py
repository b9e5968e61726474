"""Words and names that tell a person's sex."""

from __future__ import annotations

import pytest

from menurut.record.actors.sexes import sexes
from menurut.tables import data_file, languages, table
from menurut.world import name_words

LANGUAGES = sorted(
    name for name in languages() if data_file(f"languages/{name}/sexes.tsv").is_file()
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_tells_one_sex_of_each_word(language: str) -> None:
    found: dict[tuple[str, str], str] = {}
    for row in table(f"languages/{language}/sexes.tsv"):
        assert row["sex"] in ("f", "m")
        assert row["kind"] in ("noun", "name")
        for form in row["forms"].split("|"):
            assert found.setdefault((row["kind"], form), row["sex"]) == row["sex"], form
            assert row["kind"] == "name" or form == form.lower()
            assert row["kind"] == "noun" or len(name_words(form)) == 1


def test_last_telling_noun_of_a_title_counts() -> None:
    assert sexes("en").of_nouns(("prince", "'s", "spokeswoman")) == "f"
    assert sexes("en").of_nouns(("minister",)) == ""


def test_given_names_count_and_the_surname_does_not() -> None:
    assert sexes("en").of_name(("anna", "peter")) == "f"
    assert sexes("en").of_name(("vale", "anna")) == ""


def test_language_without_a_table_tells_nothing() -> None:
    assert sexes("ru").of_nouns(("woman",)) == ""
