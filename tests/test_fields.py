"""What is told of other fields: sentences without an event, and sentences of politics kept."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from menurut.contract import Analysis, Report
from menurut.engines.local import read_reports
from menurut.record.lemmas import candidates
from menurut.tables import language_table, languages

SENTENCES = [
    (language, row["sentence"])
    for language in sorted(languages())
    for row in language_table(language, "fields.examples")
]
POLITICS = [
    ("en", "The Iranian police arrested a striker after the match."),
    ("en", "Tamil Tiger rebels bombed an air base in Sri Lanka."),
    ("en", "Turkish troops shelled a stadium in Syria."),
    ("id", "Polisi Iran menangkap seorang striker seusai pertandingan."),
    ("id", "Pemberontak Macan Tamil mengebom pangkalan udara di Sri Lanka."),
]


@cache
def events(sentences: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    reports = [Report(id=text, text=text, language=language) for language, text in sentences]
    found = read_reports(reports)
    return {a.id: [e.type for e in a.events] for a in found if isinstance(a, Analysis)}


@pytest.mark.parametrize("sentence", [sentence for _, sentence in SENTENCES])
def test_no_event_is_read_of_another_field(sentence: str) -> None:
    assert events(tuple(SENTENCES))[sentence] == []


@pytest.mark.parametrize("sentence", [sentence for _, sentence in POLITICS])
def test_an_office_or_a_force_keeps_a_sentence(sentence: str) -> None:
    assert events(tuple(POLITICS))[sentence]


@pytest.mark.parametrize("language", ["en", "id"])
def test_rows_are_borne_out_by_their_examples(language: str) -> None:
    for row in language_table(language, "fields"):
        words = row["example"].lower().rstrip(".").split()
        pairs = {f"{a}_{b}" for a, b in pairwise(words)}
        lemmas = {lemma for word in words for lemma in candidates(word, language)}
        assert set(row["words"].split()) & (pairs | lemmas), row["field"]
