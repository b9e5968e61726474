"""The examples beside the tables of actors, in whole sentences and by the shipped reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from menurut.contract import Actor, Analysis, Report, Span
from menurut.engines.local import read_reports
from menurut.tables import Row, language_table, languages

MARKED = re.compile(r"\[(.*?)\]")
ROWS = [
    (language, number, row)
    for language in sorted(languages())
    for number, row in enumerate(language_table(language, "actors.examples"))
]


def plain(sentence: str) -> tuple[str, Span]:
    """A sentence without its brackets, and where they stood."""
    marked = MARKED.search(sentence)
    assert marked, sentence
    start = marked.start()
    return MARKED.sub(r"\1", sentence), (start, start + len(marked[1]))


@cache
def analyses() -> dict[tuple[str, int], Analysis]:
    reports = [
        Report(id=f"{language} {number}", text=plain(row["sentence"])[0], language=language)
        for language, number, row in ROWS
    ]
    found = dict(zip([row[:2] for row in ROWS], read_reports(reports), strict=True))
    return {key: a for key, a in found.items() if isinstance(a, Analysis)}


def actors_at(analysis: Analysis, span: Span) -> Iterator[Actor]:
    """The actors that a phrase mentions: what they share is most of both."""
    for actor in analysis.actors:
        for start, end in actor.mentions:
            shared = min(end, span[1]) - max(start, span[0])
            if shared > 0 and shared * 2 > max(end - start, span[1] - span[0]):
                yield actor
                break


@pytest.mark.parametrize(
    ("language", "number", "row"), ROWS, ids=[f"{row[0]}-{row[2]['sentence']}" for row in ROWS]
)
def test_phrase_is_the_actor_of_its_example(language: str, number: int, row: Row) -> None:
    text, span = plain(row["sentence"])
    found = list(actors_at(analyses()[language, number], span))
    if row["code"] == "none":
        assert found == []
        return
    (actor,) = found
    assert actor.code == (None if row["code"] == "?" else row["code"]), actor.basis
    assert actor.kind == (row["kind"] or actor.kind)
    if row["role"]:
        said = " ".join(text[start:end] for start, end in actor.role_spans)
        assert (actor.role, said) == (row["role"], row["role"])


def test_there_are_examples_enough_of_both_kinds() -> None:
    assert len(ROWS) >= 450
    assert sum(row["code"] == "none" for _, _, row in ROWS) >= 35
