"""Which language a text is in."""

from __future__ import annotations

import pytest

from menurut.reports import detect_language
from menurut.tables import table


@pytest.mark.parametrize("row", table("languages/id/neighbours.tsv"), ids=lambda row: row["own"])
def test_words_of_the_table_speak_for_indonesian(row: dict[str, str]) -> None:
    assert detect_language(row["example"]) == "id"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two states agreed to open the railway line again, the minister said.", "en"),
        (
            "Kerajaan berkata bahawa polis boleh menahan beliau kerana kes itu ialah besar.",
            "ms",
        ),
        ("Правительство заявило, что переговоры начнутся завтра.", "ru"),
        ("Le gouvernement a déclaré que les négociations commenceront demain.", "fr"),
        ("12 34 56", None),
        ("", None),
        ("Ya.", None),
    ],
)
def test_other_languages_are_told_as_they_are(text: str, language: str | None) -> None:
    assert detect_language(text) == language
