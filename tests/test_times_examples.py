"""Every rule of every language gives what the examples beside it say."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from menurut.contract import Time
from menurut.record.times import find_times
from menurut.record.times.grammar import Grammar, Rule, all_grammars
from menurut.record.times.readings import READERS
from menurut.record.times.stretches import CLOCK_FIELDS

BRACKETS = re.compile(r"\[([^\]]+)\]")
EXAMPLES = [
    pytest.param(language, sentence, expected, id=f"{language.language}: {rule.name}: {sentence}")
    for language in all_grammars()
    for rule in language.rules
    for sentence, expected in rule.examples.items()
]
RULES = [
    pytest.param(rule, id=f"{language.language}: {rule.name}")
    for language in all_grammars()
    for rule in language.rules
]


def told(time: Time) -> str:
    """A time as the examples write it."""
    kind = "SET " if time.type == "SET" else ""
    return f"{kind}{time.value}" + (f" {time.mod}" if time.mod else "")


@pytest.mark.parametrize(("language", "sentence", "expected"), EXAMPLES)
def test_a_sentence_gives_the_times_that_its_example_says(
    language: Grammar, sentence: str, expected: str
) -> None:
    text = BRACKETS.sub(r"\1", sentence)
    published = datetime.fromisoformat(language.reference)
    times = find_times(text, language.language, published)
    assert [text[slice(*time.span)] for time in times] == BRACKETS.findall(sentence)
    assert [told(time) for time in times] == [v for v in expected.split(", ") if v]


KNOWN_FIELDS = {
    *CLOCK_FIELDS,
    *("year", "year2", "year_turn", "month", "month2", "day", "day2", "weekday", "nth", "day_turn"),
    *("week_turn", "turn", "past_turn", "quarter", "half", "season", "decade", "century", "within"),
    *("n", "n2", "upper", "count", "unit", "unit2", "fraction", "base", "value", "mod"),
    *("holiday", "place_time", "nth_week", "era", "now", "trailing", "feast", "weekday2"),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_field_of_a_rule_is_one_that_the_readers_know(rule: Rule) -> None:
    named = {name for pattern in rule.patterns for _, name, _ in pattern.groups}
    assert rule.read == "nothing" or named | rule.fields.keys() <= KNOWN_FIELDS


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_known_reader_and_examples(rule: Rule) -> None:
    assert rule.read in READERS or rule.read == "nothing"
    assert rule.examples
