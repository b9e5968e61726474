"""What is no statement, who is no source, and what a negated cue does not say; by the reader."""

from __future__ import annotations

from functools import cache

import pytest

import menurut
from menurut.contract import Analysis, Report, Statement
from menurut.record.lemmas import candidates
from menurut.tables import language_table

LANGUAGES = ["en", "id"]


@cache
def read(language: str, table: str, column: str) -> tuple[Analysis, ...]:
    """The examples of a table, each read as a report."""
    sentences = [row[column] for row in language_table(language, table)]
    reports = [Report(id=str(n), text=s, language=language) for n, s in enumerate(sentences)]
    found = tuple(menurut.read_reports(reports))
    assert all(isinstance(one, Analysis) for one in found)
    return tuple(one for one in found if isinstance(one, Analysis))


def only(text: str, language: str) -> tuple[Analysis, Statement]:
    analysis = menurut.read(text, language=language)
    [statement] = analysis.statements
    return analysis, statement


def words(text: str, statement: Statement) -> set[str]:
    said = " ".join(text[slice(*span)] for span in statement.cue)
    return set(said.lower().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_that_is_no_speech_makes_no_statement(language: str) -> None:
    rows = language_table(language, "not_reporting")
    for row, analysis in zip(rows, read(language, "not_reporting", "no"), strict=True):
        act = row["cue"].split()[-1]
        for statement in analysis.statements:
            forms = {f for w in words(row["no"], statement) for f in {w, *candidates(w, language)}}
            assert act not in forms, row["no"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_negated_cue_neither_confirms_nor_promises(language: str) -> None:
    for analysis in read(language, "negations", "yes"):
        assert {s.kind for s in analysis.statements} <= {"say"}


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("The union called the decision a mistake.", "en", "say"),
        ("The minister called for a ceasefire.", "en", "demand"),
        ("The party asked the court to annul the vote.", "en", "demand"),
        ("The aide declined to comment on the talks.", "en", "say"),
        ('"Tidak usah khawatir," kata gubernur itu.', "id", "say"),
        ("Gubernur mengatakan akan menindak bank yang melanggar aturan.", "id", "say"),
        ("Gubernur mengatakan tetangganya melanggar perjanjian.", "id", "accuse"),
    ],
)
def test_kinds_by_what_is_said_and_not_by_what_stands_beside_it(
    text: str, language: str, kind: str
) -> None:
    assert only(text, language)[1].kind == kind


def test_whoever_is_accused_or_suspected_is_not_who_says_so() -> None:
    analysis = menurut.read(
        "Polisi menangkap seorang pria yang diduga mencuri kapal.", language="id"
    )
    assert [s.source.spans for s in analysis.statements] == [()]


def test_a_relative_pronoun_speaks_for_the_noun_before_it() -> None:
    text = '"It is over," said Craig Paz of Vela Lines, who estimates that 600 ships are left.'
    analysis = menurut.read(text, language="en")
    names = {actor.id: actor.name for actor in analysis.actors}
    estimate = next(s for s in analysis.statements if s.kind == "estimate")
    assert [names[i] for i in estimate.source.actors] == ["Craig Paz"]


def test_who_stands_under_according_to_says_it_and_not_whom_he_quotes() -> None:
    text = "Menurut Reuters, yang mengutip seorang pejabat Polandia, Rusia menambah pasukan."
    analysis = menurut.read(text, language="id")
    names = {actor.id: actor.name for actor in analysis.actors}
    said = {
        text[slice(*s.cue[0])]: [names[i] for i in s.source.actors] for s in analysis.statements
    }
    assert said["Menurut"] == ["Reuters"]


def test_who_quotes_a_title_is_not_its_holder() -> None:
    text = (
        "Opposition leader Hamzah Zainudin accused Prime Minister Anwar Ibrahim's government of "
        'selective prosecution. "Those who support the prime minister are never charged," he said.'
    )
    analysis = menurut.read(text, language="en")
    names = {actor.id: actor.name for actor in analysis.actors}
    last = analysis.statements[-1]
    assert [names[i] for i in last.source.actors] == ["Hamzah Zainudin"]


def test_the_two_leaders_are_those_who_govern() -> None:
    text = (
        "Indonesian President Prabowo Subianto and Australian Prime Minister Anthony Albanese "
        "signed a treaty. Foreign Minister Sugiono praised it. Lawmaker Ana Lima criticised it. "
        "The two leaders also promised more trade."
    )
    analysis = menurut.read(text, language="en")
    names = {actor.id: actor.name for actor in analysis.actors}
    promise = analysis.statements[-1]
    assert {names[i] for i in promise.source.actors} == {"Prabowo Subianto", "Anthony Albanese"}
