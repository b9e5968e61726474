"""Votes and vetoes, by the examples beside the languages' tables, read with the shipped model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import menurut
from menurut.contract import Analysis, Vote, Voters
from menurut.record.votes.grammar import Example, grammar
from menurut.tables import languages


def examples() -> Iterator[tuple[str, Example]]:
    for language in sorted(languages()):
        rules = grammar(language)
        if rules is not None:
            yield from ((language, example) for example in rules.example)


def told(analysis: Analysis, vote: Vote) -> str:
    """A vote in the words of the examples."""
    codes = {a.id: (a.code or "?").partition(" ")[0] for a in analysis.actors}

    def side(name: str, voters: Voters) -> Iterator[str]:
        if voters.count is not None or voters.actors:
            yield name
            yield from ([str(voters.count)] if voters.count is not None else [])
            yield from sorted(codes[a] for a in voters.actors)

    parts = [codes[vote.body]] if vote.body else []
    for name, voters in (
        ("ayes", vote.ayes),
        ("noes", vote.noes),
        ("abstentions", vote.abstentions),
        ("veto", Voters(None, vote.vetoed_by)),
    ):
        parts += side(name, voters)
    return " ".join([*parts, *filter(None, [vote.outcome])])


@pytest.mark.parametrize(("language", "example"), examples())
def test_the_votes_of_an_example(language: str, example: Example) -> None:
    analysis = menurut.read(example.text, language=language, published_at="2024-03-29")
    assert [told(analysis, vote) for vote in analysis.votes] == list(example.votes)


@pytest.mark.parametrize(
    ("language", "text", "draft", "renews"),
    [
        (
            "en",
            "Russia vetoed a draft resolution that would have renewed the panel of experts.",
            "draft resolution",
            "panel of experts",
        ),
        (
            "id",
            "Rusia memveto perpanjangan mandat panel ahli.",
            "perpanjangan mandat panel ahli",
            "mandat panel ahli",
        ),
    ],
)
def test_what_was_voted_on_and_what_lapses(
    language: str, text: str, draft: str, renews: str
) -> None:
    [vote] = menurut.read(text, language=language, published_at="2024-03-29").votes
    assert draft in text[slice(*vote.draft[0])]
    assert text[slice(*vote.renews[0])] == renews
    assert vote.event is not None


def test_whose_statement_a_vote_lies_in_and_when_it_was() -> None:
    text = "The Kremlin said Russia vetoed the draft resolution on 28 March 2024."
    analysis = menurut.read(text, language="en", published_at="2024-03-29")
    [vote] = analysis.votes
    assert vote.time == "2024-03-28"
    assert vote.according_to == (analysis.statements[0].id,)


def test_a_language_without_a_table_has_no_votes() -> None:
    assert grammar("xx") is None
