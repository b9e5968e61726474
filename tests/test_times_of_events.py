"""The time of an event: its own clause, its statement's, or the report; points and intervals."""

from __future__ import annotations

from datetime import datetime

import pytest

from menurut.contract import Event, Statement
from menurut.reader.document import Document
from menurut.record.times import bounded, find_times, joined
from trees import Named, find_events, statement, tree

PUBLISHED = datetime(2024, 6, 19, 9)
STATES = {"russia": "RUS GOV", "syria": "SYR GOV", "iran": "IRN GOV"}


def events(document: Document, *statements: Statement) -> list[Event]:
    times = find_times(document.text, document.language, PUBLISHED, document)
    actors = Named(document, STATES)
    found, _ = find_events(document, actors, statements, times, (), (), PUBLISHED)
    return list(found)


def timed(event: Event) -> tuple[str | None, str | None, tuple[str, ...]]:
    return event.time, event.time_basis, event.times


LEAD = "Iran PROPN 2 nsubj|waits VERB 0 root"


def test_the_own_clause_comes_first() -> None:
    document = tree(
        "en",
        LEAD,
        "Russia PROPN 2 nsubj|attacked VERB 0 root Tense=Past|Syria PROPN 2 obj|on ADP 5 case|"
        "Monday PROPN 2 obl",
    )
    assert timed(events(document)[0]) == ("2024-06-17", "clause", ("t1",))


def test_what_goes_on_since_is_not_what_happened_then() -> None:
    attack = "Russia PROPN 2 nsubj|attacked VERB 0 root Tense=Past|Syria PROPN 2 obj|"
    document = tree(
        "en",
        LEAD,
        attack + "in ADP 5 case|2006 NUM 2 obl",
        attack + "since ADP 5 case|2006 NUM 2 obl",
    )
    assert [event.time for event in events(document)] == ["2006", "2006/.."]


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("since ADP 5 case|2022 NUM 2 obl", "2022/.."),
        ("until ADP 5 case|2022 NUM 2 obl", "../2022"),
        ("from ADP 5 case|2019 NUM 2 obl|to ADP 7 case|2022 NUM 5 nmod", "2019/2022"),
        (
            "on ADP 5 case|Monday PROPN 2 obl|and CCONJ 7 cc|Tuesday PROPN 5 conj",
            "2024-06-17/2024-06-18",
        ),
        ("in ADP 5 case|2019 NUM 2 obl|and CCONJ 7 cc|2022 NUM 5 conj", "2019"),
    ],
)
def test_since_until_and_from_to_give_intervals(words: str, time: str) -> None:
    document = tree(
        "en",
        LEAD,
        "Russia PROPN 2 nsubj|attacked VERB 0 root Tense=Past|Syria PROPN 2 obj|" + words,
    )
    assert [e.time for e in events(document)] == [time]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("attacked VERB 2 ccomp Tense=Past", ("../2024-06-17", "statement", ("t1",))),
        ("will AUX 7 aux|attack VERB 2 ccomp", ("2024-06-17/..", "statement", ("t1",))),
        ("may AUX 7 aux|attack VERB 2 ccomp", (None, None, ())),
    ],
)
def test_what_is_said_came_before_the_saying_and_what_is_planned_after(
    verb: str, expected: tuple[object, ...]
) -> None:
    object_of = 7 if "AUX" in verb else 6
    verb = verb.replace("7 aux", f"{object_of} aux")
    document = tree(
        "en",
        LEAD,
        "Iran PROPN 2 nsubj|said VERB 0 root Tense=Past|on ADP 4 case|Monday PROPN 2 obl|"
        f"Russia PROPN {object_of} nsubj|{verb}|Syria PROPN {object_of} obj",
    )
    content = document.text[document.text.index("Russia") :]
    told = statement(document, "s1", "say", ("iran",), "said", content)
    assert timed(events(document, told)[0]) == expected


def test_the_first_sentence_happened_when_the_report_appeared() -> None:
    sentence = "Russia PROPN 2 nsubj|attacked VERB 0 root Tense=Past|Syria PROPN 2 obj"
    assert timed(events(tree("en", sentence))[0]) == ("2024-06-19", "report", ())
    assert timed(events(tree("en", LEAD, sentence))[0]) == (None, None, ())


def test_without_a_day_of_publication_the_report_gives_no_time() -> None:
    document = tree("en", "Russia PROPN 2 nsubj|attacked VERB 0 root|Syria PROPN 2 obj")
    actors = Named(document, STATES)
    (event,), _ = find_events(document, actors, (), (), (), ())
    assert timed(event) == (None, None, ())


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "It has stood since early 2006.", "2006/.."),
        ("en", "It must be done by June 30.", "../2024-06-30"),
        ("en", "It was done in 2006.", "2006"),
        ("id", "Berlaku sejak tahun 2006.", "2006/.."),
        ("id", "Berlaku hingga Februari 2025.", "../2025-02"),
        ("id", "Berlaku pada 2006.", "2006"),
        ("id", "Berlaku hingga kini.", "PRESENT_REF"),
    ],
)
def test_the_word_before_opens_an_interval(language: str, text: str, value: str) -> None:
    (time,) = find_times(text, language, PUBLISHED)
    assert bounded(text, language, time) == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "from June 13 to June 15", "2024-06-13/2024-06-15"),
        ("en", "on Monday and Tuesday", "2024-06-17/2024-06-18"),
        ("en", "in 2019 and 2023", None),
        ("en", "in May and for three weeks", None),
        ("id", "dari Senin sampai Rabu", "2024-06-17/2024-06-19"),
        ("id", "dari 1868 hingga 1910", "1868/1910"),
        ("id", "pada 2019 dan 2023", None),
    ],
)
def test_two_expressions_are_one_interval_only_where_words_say_so(
    language: str, text: str, value: str | None
) -> None:
    first, second = find_times(text, language, PUBLISHED)
    assert joined(text, language, first, second) == value
