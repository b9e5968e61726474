"""The predicate tables: every example beside a row must be read as the row says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menurut.contract import Analysis, Report
from menurut.engines.local import read_reports
from menurut.record.events.frames import Frame, classes, frames, frames_of, matches
from menurut.record.events.tellings import plover
from menurut.record.lemmas import candidates, lemmas
from menurut.tables import Row, data_file, languages, table

LANGUAGES = sorted(
    name for name in languages() if data_file(f"languages/{name}/predicates.tsv").is_file()
)
_TOKEN = re.compile(r"[\w$€£]+(?:-\w+)*")


def _rows() -> Iterator[tuple[str, Row]]:
    for language in LANGUAGES:
        for row in table(f"languages/{language}/predicates.tsv"):
            yield language, row


def _name(value: object) -> str:
    return value["predicate"] if isinstance(value, dict) else str(value)


def _tokens(sentence: str) -> list[str]:
    lowered = [t.lower() for t in _TOKEN.findall(sentence)]
    return lowered + [part for t in lowered if "-" in t for part in t.split("-")]


def _prepositions(frame: Frame) -> list[str] | None:
    """The prepositions of a recipient that must be there; None where it may stand without one."""
    places = [place for slots in frame.recipient for place in slots.places]
    if not frame.required or any(":" not in place for place in places):
        return None
    return [place.rpartition(":")[2] for place in places]


@cache
def _somebody(language: str) -> re.Pattern[str]:
    forms = {
        form
        for row in table(f"languages/{language}/countries.tsv")
        for cell in ("names", "adjectives", "people", "capitals")
        for form in row[cell].split("|")
        if form
    }
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms)))})\b")


def _names_somebody(sentence: str, language: str) -> bool:
    """Whether a sentence names a country, its people or its capital."""
    return bool(_somebody(language).search(sentence))


def _fits(frame: Frame, sentence: str, language: str) -> bool:
    """Whether a sentence has the words that a frame asks for, and none that it bars."""
    tokens = _tokens(sentence)

    def has(wanted: frozenset[str]) -> bool:
        return any(lemmas(token, language) & wanted for token in tokens)

    upos = "NOUN" if frame.pos == "N" else "VERB"
    if not any(frame == m.frame for t in tokens for m in matches(t, upos, language)):
        return False
    if not all(has(frozenset({word})) for word in frame.words[1:]):
        return False
    if (frame.objects and not has(frame.objects)) or has(frame.barred):
        return False
    prepositions = _prepositions(frame)
    return prepositions is None or bool(set(prepositions) & set(tokens))


@pytest.mark.parametrize(("language", "row"), list(_rows()), ids=_name)
def test_examples_of_a_predicate_hold(language: str, row: Row) -> None:
    options = list(frames_of(row, language))
    assert row["yes"], "a row without an example"
    assert row["no"], "a row without a counter-example"
    assert any(_fits(frame, row["yes"], language) for frame in options)
    fits = any(_fits(frame, row["no"], language) for frame in options)
    assert not fits or not _names_somebody(row["no"], language)


@pytest.mark.parametrize(("language", "row"), list(_rows()), ids=_name)
def test_a_predicate_has_plovers_types_modes_and_contexts(language: str, row: Row) -> None:
    assert row["type"] in plover("type")
    if row["mode"]:
        assert row["type"] in plover("mode")[row["mode"]]["of"].split()
    assert set(row["contexts"].split()) <= plover("context").keys()
    named = {cell for cell in row["object"].split() if cell.startswith("@")}
    assert named <= classes(language).keys()


@pytest.mark.parametrize(("language", "least"), [("en", 900), ("id", 700)])
def test_the_tables_are_broad(language: str, least: int) -> None:
    """Predicates are counted by their head words, not by their frames."""
    assert len({(frame.words[0], frame.pos) for frame in frames(language)}) >= least


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_all_examples_are_read_as_their_rows_say(language: str) -> None:
    """The reader errs, on verbless fragments above all, so that not every row can be held to it."""
    rows = table(f"languages/{language}/predicates.tsv")
    wrongly = _share_with_type(rows, "no", language)
    assert _share_with_type(rows, "yes", language) >= 0.88
    assert wrongly <= 0.03


def _share_with_type(rows: Sequence[Row], cell: str, language: str) -> float:
    """How many of the rows' sentences are read as an event of the row's type."""
    reports = [Report(id=str(n), text=row[cell], language=language) for n, row in enumerate(rows)]
    found = 0
    for row, analysis in zip(rows, read_reports(reports), strict=True):
        assert isinstance(analysis, Analysis)
        found += any(event.type == row["type"] for event in analysis.events)
    return found / len(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_rows_are_the_same_frame(language: str) -> None:
    rows = frames(language)
    keys = [(f.words, f.pos, f.type, f.mode, f.objects, f.barred, f.recipient) for f in rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_inflection_hold(language: str) -> None:
    for row in table(f"languages/{language}/inflection.tsv"):
        if row["example"]:
            form, lemma = row["example"].split(">")
            assert lemma in candidates(form, language), row


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("dipasok", "memasok"),
        ("ditandatangani", "menandatangani"),
        ("ditembakkan", "menembakkan"),
        ("dikirim", "mengirim"),
        ("disetujui", "menyetujui"),
        ("Kunjungi", "mengunjungi"),
        ("Serang", "menyerang"),
        ("Tolak", "menolak"),
        ("kunjungan-kunjungan", "kunjungan"),
        ("serangannya", "serangan"),
        ("dipersenjatai", "mempersenjatai"),
        ("tertembak", "menembak"),
        ("dibom", "mengebom"),
    ],
)
def test_indonesian_forms_lead_to_their_lemma(form: str, lemma: str) -> None:
    assert lemma in candidates(form, "id")


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("visited", "visit"),
        ("accusing", "accuse"),
        ("denies", "deny"),
        ("struck", "strike"),
        ("withdrew", "withdraw"),
        ("expelled", "expel"),
        ("treaties", "treaty"),
        ("clashes", "clash"),
    ],
)
def test_english_forms_lead_to_their_lemma(form: str, lemma: str) -> None:
    assert lemma in candidates(form, "en")


def test_the_most_specific_frame_comes_first() -> None:
    found = matches("suspended", "VERB", "en")
    assert len(found[0].frame.words) == 2


def test_a_noun_is_no_verb() -> None:
    assert not any(m.frame.pos == "V" for m in matches("attack", "NOUN", "en"))


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_any_form_has_itself_as_a_lemma(form: str, language: str) -> None:
    assert form.lower() in candidates(form, language)
