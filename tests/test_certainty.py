"""How sure a speaker is: the longest phrase counts, in the words of saying or beside the event."""

from __future__ import annotations

from typing import get_args

import pytest

from menurut.contract import Certainty, Report
from menurut.pipeline import explain, read
from menurut.record.lemmas import candidates
from menurut.tables import language_table

CASES = [
    ("en", "The general said he was not sure that Mali had attacked Niger.", "low"),
    ("en", "The general is fairly sure that Mali attacked Niger.", "moderate"),
    ("en", "There is no doubt that Mali attacked Niger, Chad said.", "high"),
    ("en", "The general said Mali attacked Niger.", None),
    ("id", "Kami cukup yakin Mali menyerang Niger, kata Menteri Luar Negeri Chad.", "moderate"),
    ("id", "Chad tidak yakin Mali menyerang Niger.", "low"),
    ("id", "Menteri itu mengatakan Mali menyerang Niger.", None),
]


@pytest.mark.parametrize(("language", "text", "certainty"), CASES)
def test_an_event_has_the_certainty_of_its_teller(
    language: str, text: str, certainty: Certainty | None
) -> None:
    (event,) = (e for e in read(text, language=language).events if e.type == "ASSAULT")
    assert event.certainty == certainty
    assert event.status == "actual"


def test_the_statement_has_it_as_well() -> None:
    found = read(CASES[4][1], language="id")
    assert [s.certainty for s in found.statements] == ["moderate"]


@pytest.mark.parametrize("language", ["en", "id"])
def test_rows_have_a_level_and_an_example_that_holds_a_phrase(language: str) -> None:
    for row in language_table(language, "certainty"):
        assert row["certainty"] in ("", *get_args(Certainty))
        words = row["example"].lower().rstrip(".").split()
        lemmas = [candidates(word, language) for word in words]
        phrases = [phrase.split() for phrase in row["words"].split(",")]
        assert any(_stands(phrase, lemmas) for phrase in phrases), row


def _stands(phrase: list[str], lemmas: list[frozenset[str]]) -> bool:
    starts = range(len(lemmas) - len(phrase) + 1)
    return any(all(w in lemmas[s + n] for n, w in enumerate(phrase)) for s in starts)


def test_it_is_explained_by_its_row_and_words() -> None:
    text = "Chad is fairly sure that Mali attacked Niger."
    _, explained = explain(Report(id="r", text=text, language="en"))
    (event,) = (v for v in explained.explained if v.sort == "event")
    (ground,) = (g for g in event.grounds if g.field == "certainty")
    assert ground.value == "moderate"
    assert [text[s:e] for s, e in ground.words] == ["fairly sure"]
    assert ground.rules[0].file == "languages/en/certainty.tsv"
