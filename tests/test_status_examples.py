"""The examples of status, certainty and history, in whole sentences and by the shipped reader."""

from __future__ import annotations

import re
from functools import cache

import pytest

from menurut.contract import Analysis, Event, Report
from menurut.engines.local import read_reports
from menurut.tables import Row, language_table, languages

PUBLISHED = "2024-06-19"
MARKED = re.compile(r"\[(.*?)\]")
ROWS = [
    (language, number, row)
    for language in sorted(languages())
    for number, row in enumerate(language_table(language, "status.examples"))
]


def plain(sentence: str) -> tuple[str, int]:
    """A sentence without its brackets, and where they opened."""
    marked = MARKED.search(sentence)
    assert marked, sentence
    return MARKED.sub(r"\1", sentence), marked.start()


@cache
def analyses() -> dict[tuple[str, int], Analysis]:
    reports = [
        Report(
            id=f"{language} {number}",
            text=plain(row["sentence"])[0],
            language=language,
            published_at=PUBLISHED,
        )
        for language, number, row in ROWS
    ]
    found = dict(zip([row[:2] for row in ROWS], read_reports(reports), strict=True))
    return {key: a for key, a in found.items() if isinstance(a, Analysis)}


def event_at(analysis: Analysis, offset: int) -> Event:
    (found,) = (e for e in analysis.events if any(s <= offset < t for s, t in e.trigger))
    return found


@pytest.mark.parametrize(
    ("language", "number", "row"), ROWS, ids=[f"{row[0]}-{row[2]['sentence']}" for row in ROWS]
)
def test_words_set_the_status_of_their_example(language: str, number: int, row: Row) -> None:
    event = event_at(analyses()[language, number], plain(row["sentence"])[1])
    assert event.status == row["status"], event.basis
    if row["certainty"]:
        assert (event.certainty or "none") == row["certainty"]
    if row["background"]:
        assert event.background == (row["background"] == "yes")


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_status_is_shown_often(language: str) -> None:
    shown = [row["status"] for of, _, row in ROWS if of == language]
    assert all(shown.count(s) >= 15 for s in ("actual", "planned", "possible", "denied"))
