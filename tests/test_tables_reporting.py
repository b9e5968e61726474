"""The reporting tables: cues, hints and denials of claims, each borne out by its example."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from menurut.contract import StatementKind
from menurut.record.lemmas import candidates
from menurut.record.statements.reporting import find_cue, find_hint
from menurut.tables import Row, table

KINDS = set(get_args(StatementKind))
FEWEST_CUES = 200
_WORD = re.compile(r"\w+(?:[-']\w+)*")

each_language = pytest.mark.parametrize("language", ["en", "id"])


def rows(language: str, name: str) -> tuple[Row, ...]:
    return table(f"languages/{language}/{name}.tsv")


def words(sentence: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(sentence.replace("'s", ""))]


def tells(language: str, phrase: str, sentence: str) -> bool:
    """Whether all words of a phrase stand in the sentence, in any form."""
    there = {lemma for form in words(sentence) for lemma in candidates(form, language)}
    return set(phrase.split()) <= there


def in_sequence(phrase: str, sentence: str) -> bool:
    return f" {phrase} " in f" {' '.join(words(sentence))} "


def doubled(values: list[str]) -> set[str]:
    return {value for value in values if values.count(value) > 1}


@each_language
def test_cues_have_a_part_of_speech_a_kind_and_a_place_for_the_source(language: str) -> None:
    cues = rows(language, "reporting")
    assert {row["pos"] for row in cues} == {"V", "N", "ADJ", "ADP", "ADV"}
    assert {row["kind"] for row in cues} == KINDS
    assert {row["form"] for row in cues} == {"subj", "obl", "poss", "after", "none"}
    assert not [row["cue"] for row in cues if (row["form"] == "poss") != (row["pos"] == "N")]
    assert not [row["cue"] for row in cues if row["cue"] != row["cue"].lower()]


@each_language
def test_cues_are_many_and_stand_once(language: str) -> None:
    cues = [f"{row['cue']} {row['pos']}" for row in rows(language, "reporting")]
    assert len(cues) >= FEWEST_CUES
    assert not doubled(cues)


@each_language
def test_the_example_of_a_cue_has_the_cue(language: str) -> None:
    cues = rows(language, "reporting")
    assert not [row["yes"] for row in cues if not tells(language, row["cue"], row["yes"])]
    assert not [r["no"] for r in cues if r["no"] and not tells(language, r["cue"], r["no"])]


@each_language
def test_a_cue_gives_its_kind(language: str) -> None:
    for row in rows(language, "reporting"):
        found = find_cue(row["cue"].split(), language)
        assert found is not None, row["cue"]
        assert found.kind == row["kind"], row["cue"]


@each_language
def test_a_hint_turns_its_example_to_its_kind(language: str) -> None:
    for row in rows(language, "kind_hints"):
        assert row["kind"] in KINDS, row["phrase"]
        assert in_sequence(row["phrase"], row["yes"]), row["phrase"]
        hint = find_hint(words(row["yes"]), language)
        assert hint, row["yes"]
        assert hint.kind == row["kind"], row["yes"]


@each_language
def test_hints_stand_once(language: str) -> None:
    assert not doubled([row["phrase"] for row in rows(language, "kind_hints")])
